//! What a chair may offer: assistance, exceptions, opt-outs, side letters.

use super::Builder;
use super::unknown::not_on_the_agenda;
use crate::rules::{Fraction, Unit};
use crate::scenario::file::{AssistanceFile, DonorsFile, ForumFile, Mechanism};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::{Assistance, Clause, Country, Flexibility, Member, OptOuts, SideLetters, Terms, Undertaking};

impl Builder<'_> {
    /// Whether a mechanism is switched on, as all are unless the scenario says otherwise.
    pub(super) fn on(&self, mechanism: Mechanism) -> bool {
        !self.written.mechanisms.off.contains(&mechanism)
    }

    pub(super) fn terms(
        &self,
        id: &str,
        written: &ForumFile,
        clauses: &[Clause],
        members: &[Member],
        countries: &[Country],
        problems: &mut Problems,
    ) -> Terms {
        let modular = written.undertaking == Undertaking::Modular;
        for (key, stated) in [
            ("assistance", written.assistance.is_some()),
            ("opt_outs", written.opt_outs.is_some()),
            ("side_letters", written.side_letters.is_some()),
            ("silence", written.silence.is_some()),
            ("co_sponsorship", written.co_sponsorship.is_some()),
        ] {
            if stated && modular {
                let message = format!("`{key}` makes no sense in a modular undertaking");
                problems.push(
                    Problem::new("comity::scenario::undertaking", Some(self.at(&["forum", id, key])), message).help(
                        "there a member joins the modules it wants; remove the key, or `undertaking = \"single\"`",
                    ),
                );
            }
        }
        self.silence_breaks_nothing(id, written, problems);
        let agenda: Vec<&str> = clauses.iter().map(|clause| clause.id.as_str()).collect();
        let mut chosen = |key: &str, named: &Option<Vec<String>>| match named {
            None => vec![true; clauses.len()],
            Some(named) => {
                for (no, clause) in named.iter().enumerate().filter(|(_, clause)| !agenda.contains(&clause.as_str())) {
                    let at = self.at(&["forum", id, key, "clauses", &no.to_string()]);
                    problems.push(not_on_the_agenda(clause, at, clauses).label("unknown clause"));
                }
                agenda.iter().map(|clause| named.iter().any(|name| name == clause)).collect()
            }
        };
        let flexibility = written.flexibility.as_ref().map(|flexibility| Flexibility {
            step: flexibility.step,
            most: flexibility.most,
            clauses: chosen("flexibility", &flexibility.clauses),
        });
        let opt_outs = written
            .opt_outs
            .as_ref()
            .map(|opt_outs| OptOuts { at_most: opt_outs.at_most, clauses: chosen("opt_outs", &opt_outs.clauses) });
        let side_letters = written.side_letters.as_ref().map(|letters| SideLetters {
            at_most: letters.at_most,
            softening: letters.softening,
            clauses: chosen("side_letters", &letters.clauses),
        });
        let assistance = written.assistance.as_ref().map(|written| {
            let recipients = self.seats(id, "recipients", &written.recipients, members, countries, problems);
            let mut donors = self.donors(id, written, members, countries, problems);
            donors.iter_mut().zip(&recipients).for_each(|(donor, recipient)| *donor &= !recipient);
            Assistance {
                recipients,
                donors,
                transition_relief: written.transition_relief,
                price: written.capacity_building,
                most: written.most,
            }
        });
        Terms {
            coverage: self.on(Mechanism::Coverage),
            assistance: assistance.filter(|_| self.on(Mechanism::Transfers)),
            flexibility: flexibility.filter(|flexibility| self.on(Mechanism::Flexibility) && flexibility.most > 0.0),
            opt_outs: opt_outs.filter(|_| self.on(Mechanism::OptOuts)),
            side_letters: side_letters.filter(|letters| self.on(Mechanism::SideLetters) && letters.softening > 0.0),
            silence: written.silence.filter(|_| self.on(Mechanism::Silence)).map_or(0, |silence| silence.drafts),
            co_sponsorship: written.co_sponsorship.map(|co_sponsorship| co_sponsorship.gain),
        }
    }

    /// Tells of drafts under silence in a forum where a text needs everyone anyway.
    fn silence_breaks_nothing(&self, id: &str, written: &ForumFile, problems: &mut Problems) {
        // What is wrong with the rule is told where it is read.
        let rule = self.rule(&["forum", id, "rule"], &written.rule, usize::MAX, &mut Problems::default());
        if written.silence.is_some() && rule.everyone_holds_a_veto() {
            let rule = rule.code();
            let at = Some(self.at(&["forum", id, "silence"]));
            let message = format!("under {rule} nobody who breaks a silence can be outvoted");
            problems.push(Problem::new("comity::scenario::silence", at, message).help(
                "say in `rule` what decides once silence is broken for good, a majority or a critical mass, or remove \
                 the key",
            ));
        }
    }

    /// Per seat, whether a list of groups and countries names the member.
    fn seats(
        &self,
        id: &str,
        key: &str,
        named: &[String],
        members: &[Member],
        countries: &[Country],
        problems: &mut Problems,
    ) -> Vec<bool> {
        let groups = self.roster.groups();
        for (no, name) in named.iter().enumerate() {
            if !groups.contains(&name.as_str()) && !self.roster.countries.contains_key(name) {
                let at = self.at(&["forum", id, "assistance", key, &no.to_string()]);
                let message = format!("there is no country or group `{name}`");
                problems.push(
                    Problem::new("comity::scenario::unknown_country", Some(at), message)
                        .label("unknown country or group")
                        .suggest(name, groups.iter().copied().chain(self.roster.countries.keys().map(String::as_str))),
                );
            }
        }
        let is_named = |country: &Country| {
            named.iter().any(|name| *name == country.id || country.groups.iter().any(|group| group == name))
        };
        members.iter().map(|member| is_named(&countries[member.country])).collect()
    }

    /// Per seat, whether the member is a donor. Strength is the central value of what may be drawn: who donates is a
    /// fact of the scenario, not of a replication.
    fn donors(
        &self,
        id: &str,
        written: &AssistanceFile,
        members: &[Member],
        countries: &[Country],
        problems: &mut Problems,
    ) -> Vec<bool> {
        match &written.donors {
            DonorsFile::Named(named) => self.seats(id, "donors", named, members, countries, problems),
            DonorsFile::Strong(strong) => {
                let strength = |member: &Member| countries[member.country].capability.centre().max(0.0);
                let all: f64 = members.iter().map(strength).sum();
                let unit = Unit::of(members.iter().map(strength));
                let least = Fraction::of(strong.capability).unwrap_or(Fraction::NOTHING);
                members.iter().map(|member| all > 0.0 && unit.reaches(strength(member), least, all)).collect()
            }
        }
    }
}

//! What follows adoption: horizon, consent, entry into force, dialogues.

use super::Builder;
use super::unknown::not_on_the_agenda;
use crate::rules::Fraction;
use crate::scenario::after::{
    After, Aftermath, Dialogue, EntryIntoForce, Kind, Least, MAX_HORIZON_DAYS, Reservations, Threshold,
};
use crate::scenario::file::{CountedFile, ForceFile, ForumFile, OfFile, ReservationsFile, ShareFile, ThresholdFile};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::{Clause, MAX_QUANTITY, Scenario};

impl Builder<'_> {
    /// What follows adoption in a forum; who may come from outside is added once every forum is known.
    pub(super) fn after(&self, id: &str, written: &ForumFile, clauses: &[Clause], problems: &mut Problems) -> After {
        let dialogue = written.dialogue.clone().unwrap_or_default();
        if written.dialogue.is_some() && written.kind == Kind::Treaty {
            let at = self.resolved.document.key_at(&["forum", id, "dialogue"]);
            problems.push(
                Problem::new("comity::scenario::unknown_key", Some(at), format!("`{id}` is no dialogue"))
                    .help("add `kind = \"dialogue\"`, or take the table out"),
            );
        }
        let force = written.entry_into_force.as_ref();
        After {
            kind: written.kind,
            signature_after_days: written.consent.signature_after_days,
            ratification_scale: written.consent.ratification_scale.unwrap_or(1.0),
            reservations: written.consent.reservations.as_ref().map(|r| self.reservations(id, r, clauses, problems)),
            non_application: None,
            force: force.map(|force| self.entry_into_force(id, force, problems)).unwrap_or_default(),
            accession: None,
            notice_days: written.withdrawal.as_ref().map(|withdrawal| withdrawal.notice_days),
            incorporation: None,
            outsiders: Vec::new(),
            dialogue: Dialogue {
                narrowing: dialogue.narrowing.unwrap_or(0.25),
                convergence: dialogue.convergence.unwrap_or(0.0),
            },
        }
    }

    fn reservations(
        &self,
        id: &str,
        written: &ReservationsFile,
        clauses: &[Clause],
        problems: &mut Problems,
    ) -> Reservations {
        for (no, clause) in written.not.iter().enumerate() {
            if !clauses.iter().any(|known| &known.id == clause) {
                let at = self.at(&["forum", id, "consent", "reservations", "not", &no.to_string()]);
                problems.push(not_on_the_agenda(clause, at, clauses));
            }
        }
        Reservations {
            at_most: written.at_most,
            allowed: clauses.iter().map(|clause| !written.not.contains(&clause.id)).collect(),
        }
    }

    fn entry_into_force(&self, id: &str, written: &ForceFile, problems: &mut Problems) -> EntryIntoForce {
        let (list, key) = match (&written.all, &written.any) {
            (Some(_), Some(_)) => {
                let at = self.at(&["forum", id, "entry_into_force"]);
                problems.push(
                    Problem::new("comity::scenario::unknown_choice", Some(at), "both `all` and `any` are given")
                        .help("keep `all` where every threshold must be met, `any` where one of them is enough"),
                );
                return EntryIntoForce::default();
            }
            (Some(all), None) => (all.as_slice(), "all"),
            (None, Some(any)) => (any.as_slice(), "any"),
            (None, None) => (&[][..], "all"),
        };
        let thresholds = list.iter().enumerate().filter_map(|(no, threshold)| {
            self.threshold(&["forum", id, "entry_into_force", key, &no.to_string()], threshold, problems)
        });
        EntryIntoForce { thresholds: thresholds.collect(), any: key == "any", after_days: written.after_days }
    }

    fn threshold(&self, path: &[&str], written: &ThresholdFile, problems: &mut Problems) -> Option<Threshold> {
        for group in written.group.iter().chain(&written.outside) {
            let known = self.roster.groups();
            if !known.contains(&group.as_str()) {
                problems.push(
                    Problem::new(
                        "comity::scenario::unknown_choice",
                        Some(self.at(path)),
                        format!("no country belongs to a group `{group}`"),
                    )
                    .suggest(group, known),
                );
            }
        }
        let mut share = |share: &ShareFile| {
            let path = [path, &["share"]].concat();
            match share {
                // A share of 0 asks for one consent.
                ShareFile::Number(0.0) => Fraction::NOTHING,
                share => self.share(&path, share, Fraction::NOTHING, problems),
            }
        };
        let least = match (written.count, &written.share, written.of) {
            (Some(count), None, _) => Least::Count(Fraction::exactly(count.min(MAX_QUANTITY)).unwrap_or(Fraction::ONE)),
            (None, Some(written), OfFile::Signatories) => Least::OfSignatories(share(written)),
            (None, Some(written), OfFile::Members) => Least::OfMembers(share(written)),
            _ => {
                problems.push(
                    Problem::new(
                        "comity::scenario::unknown_choice",
                        Some(self.at(path)),
                        "a threshold needs either a `count` or a `share`",
                    )
                    .help("write `{ count = 6 }` or `{ share = 0.5, of = \"signatories\" }`"),
                );
                return None;
            }
        };
        Some(Threshold {
            least,
            by_weight: written.by == CountedFile::Weight,
            group: written.group.clone(),
            outside: written.outside.clone(),
        })
    }

    /// The horizon, and, once every forum is known, who may come from outside.
    pub(super) fn aftermath(&self, scenario: &mut Scenario, problems: &mut Problems) {
        self.outsiders(scenario, problems);
        self.non_application(scenario, problems);
        let written = self.written;
        let Some(text) = &written.horizon else {
            let unplayed = written.forum.values().any(|forum| {
                forum.entry_into_force.is_some()
                    || forum.accession.is_some()
                    || forum.withdrawal.is_some()
                    || forum.incorporation.is_some()
            });
            if unplayed {
                scenario.cautions.push(
                    "what follows adoption is stated but not played: the scenario has no `horizon = 2035-12-31`".into(),
                );
            }
            return;
        };
        let Some(horizon) = self.date(text, &["horizon"], problems) else { return };
        let first = scenario.forums.iter().map(|forum| forum.calendar.start.day()).min().unwrap_or_default();
        let days = horizon.day() - first;
        if !(0..=MAX_HORIZON_DAYS).contains(&days) {
            problems.push(
                Problem::new(
                    "comity::scenario::out_of_range",
                    Some(self.at(&["horizon"])),
                    format!("the horizon {horizon} lies {days} days after the first talks"),
                )
                .help("expected a day at most a hundred years after the first round of the first forum"),
            );
        }
        scenario.aftermath = Some(Aftermath { horizon, seasons_per_year: written.seasons_per_year });
    }
}

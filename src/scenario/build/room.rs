//! Blocs, linkage, first reading and precedents of a forum.

use super::Builder;
use super::unknown::not_on_the_agenda;
use crate::chance::lanes;
use crate::rules::Fraction;
use crate::scenario::evidence::{Basis, Evidence};
use crate::scenario::file::{BlocFile, FirstReadingFile, ForumFile, Mechanism, ShareFile};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::{Bloc, Clause, FirstReading, Linkage, MAX_BLOCS, Member, Precedent, RedLine, Room, Scenario};

/// Exchanges a round where the scenario does not say.
const EXCHANGES: u32 = 10;
/// Clauses that a delegation may offer to give way on in a round, where the scenario does not say.
const ISSUES: u32 = 8;
/// Sponsors that a clause needs where the scenario does not say.
const SPONSORS: u32 = 2;
/// Share of all say that they carry where the scenario does not say.
const SUPPORT: f64 = 0.1;

impl Builder<'_> {
    /// What happens in the room. What is switched off is held against the rules of the format like the rest.
    #[expect(clippy::too_many_arguments, reason = "what a forum is made of")]
    pub(super) fn room(
        &self,
        id: &str,
        written: &ForumFile,
        members: &[Member],
        clauses: &[Clause],
        status_quo: &[f64],
        scenario: &Scenario,
        problems: &mut Problems,
    ) -> Room {
        let on = |mechanism| self.written.mechanisms.has(mechanism);
        let ids: Vec<&str> = members.iter().map(|member| scenario.countries[member.country].id.as_str()).collect();
        let groups: Vec<&[String]> =
            members.iter().map(|member| scenario.countries[member.country].groups.as_slice()).collect();
        let blocs = self.blocs(id, written, &ids, &groups, clauses, problems);
        let text = self.places(&written.precedent, &["forum", id, "precedent"], clauses, problems);
        if written.ratchet.is_some_and(|ratchet| ratchet > 0.0)
            && written.precedent.is_empty()
            && !written.best_text_so_far
        {
            let at = Some(self.at(&["forum", id, "ratchet"]));
            problems.push(
                Problem::new("comity::scenario::missing_key", at, "a ratchet without a precedent holds nothing").help(
                    format!(
                        "add `[forum.{id}.precedent]` with the texts in force, clause by clause, or `best_text_so_far = true`"
                    ),
                ),
            );
        }
        let ratchet = written.ratchet.unwrap_or(0.0);
        if written.best_text_so_far && ratchet == 0.0 {
            let at = Some(self.at(&["forum", id, "best_text_so_far"]));
            problems.push(
                Problem::new("comity::scenario::missing_key", at, "without a ratchet no text pulls the first draft")
                    .help("say how far with `ratchet = 0.5`"),
            );
        }
        let so_far = written.best_text_so_far && on(Mechanism::BestText);
        Room {
            blocs: if on(Mechanism::Caucus) { blocs } else { Vec::new() },
            linkage: written.linkage.filter(|_| on(Mechanism::Exchange)).map(|linkage| Linkage {
                exchanges: linkage.exchanges.unwrap_or(EXCHANGES) as usize,
                partners: linkage.partners.map(|partners| partners as usize),
                issues: linkage.issues.unwrap_or(ISSUES) as usize,
            }),
            first_reading: written
                .first_reading
                .as_ref()
                .map(|reading| self.first_reading(id, reading, written, &ids, &groups, clauses, status_quo, problems))
                .filter(|_| on(Mechanism::Agenda)),
            precedent: (on(Mechanism::Ratchet) && ratchet > 0.0).then_some(Precedent { ratchet, text, so_far }),
        }
    }

    fn blocs(
        &self,
        id: &str,
        written: &ForumFile,
        ids: &[&str],
        groups: &[&[String]],
        clauses: &[Clause],
        problems: &mut Problems,
    ) -> Vec<Bloc> {
        self.limit("blocs", written.bloc.len(), MAX_BLOCS, &["forum", id, "bloc"], problems);
        let names: Vec<&str> = written.bloc.keys().map(String::as_str).collect();
        let lanes = lanes(&names);
        let mut of: Vec<Option<&str>> = vec![None; ids.len()];
        let mut blocs = Vec::new();
        for ((name, bloc), lane) in written.bloc.iter().zip(lanes) {
            let members = self.bloc_members(id, name, bloc, ids, groups, problems);
            for &seat in &members {
                if let Some(other) = of[seat].replace(name) {
                    problems.push(
                        Problem::new(
                            "comity::scenario::bloc",
                            Some(self.resolved.document.key_at(&["forum", id, "bloc", name])),
                            format!("`{}` is in two blocs, `{other}` and `{name}`", ids[seat]),
                        )
                        .label("this bloc")
                        .help("a member follows one common position: name it in one of them, with a list of `members`"),
                    );
                }
            }
            let spokesperson = bloc.spokesperson.as_ref().and_then(|speaker| {
                let seat = members.iter().copied().find(|&seat| ids[seat] == speaker);
                if seat.is_none() && !members.is_empty() {
                    let at = Some(self.at(&["forum", id, "bloc", name, "spokesperson"]));
                    problems.push(
                        Problem::new(
                            "comity::scenario::unknown_country",
                            at,
                            format!("`{speaker}` is no member of the bloc `{name}`"),
                        )
                        .suggest(speaker, members.iter().map(|&seat| ids[seat])),
                    );
                }
                seat
            });
            let lines = self.bloc_lines(id, name, bloc, clauses, problems);
            blocs.push(Bloc { id: name.clone(), members, cohesion: bloc.cohesion, spokesperson, lines, lane });
        }
        blocs
    }

    /// Seats of the members of a bloc, rising.
    fn bloc_members(
        &self,
        id: &str,
        name: &str,
        bloc: &BlocFile,
        ids: &[&str],
        groups: &[&[String]],
        problems: &mut Problems,
    ) -> Vec<usize> {
        let path = |key: &'static str| ["forum", id, "bloc", name, key];
        let mut seats: Vec<usize> = match (&bloc.members, &bloc.group) {
            (Some(list), None) => {
                let mut seats = Vec::new();
                for (no, country) in list.iter().enumerate() {
                    let at = || Some(self.at(&["forum", id, "bloc", name, "members", &no.to_string()]));
                    match ids.iter().position(|member| member == country) {
                        Some(seat) if seats.contains(&seat) => problems.push(
                            Problem::new(
                                "comity::scenario::duplicate",
                                at(),
                                format!("`{country}` stands twice in the bloc `{name}`"),
                            )
                            .help("remove one of them"),
                        ),
                        Some(seat) => seats.push(seat),
                        None => problems.push(
                            Problem::new(
                                "comity::scenario::unknown_country",
                                at(),
                                format!("`{country}` is no member of `{id}`"),
                            )
                            .suggest(country, ids.iter().copied()),
                        ),
                    }
                }
                seats
            }
            (None, Some(group)) => {
                let seats: Vec<usize> = (0..ids.len()).filter(|&seat| groups[seat].contains(group)).collect();
                if seats.is_empty() {
                    let mut known: Vec<&str> = groups.iter().copied().flatten().map(String::as_str).collect();
                    known.sort_unstable();
                    known.dedup();
                    problems.push(
                        Problem::new(
                            "comity::scenario::bloc",
                            Some(self.at(&path("group"))),
                            format!("no member of `{id}` belongs to the group `{group}`"),
                        )
                        .suggest(group, known),
                    );
                }
                seats
            }
            _ => {
                problems.push(
                    Problem::new(
                        "comity::scenario::bloc",
                        Some(self.resolved.document.key_at(&["forum", id, "bloc", name])),
                        format!("the bloc `{name}` needs either `members` or a `group`"),
                    )
                    .help("name its members, or the group whose members in the forum they are, and not both"),
                );
                Vec::new()
            }
        };
        seats.sort_unstable();
        seats
    }

    fn bloc_lines(
        &self,
        id: &str,
        name: &str,
        bloc: &BlocFile,
        clauses: &[Clause],
        problems: &mut Problems,
    ) -> Vec<[Option<RedLine>; 2]> {
        for key in bloc.red_line.keys().filter(|key| !clauses.iter().any(|clause| &clause.id == *key)) {
            let at = self.resolved.document.key_at(&["forum", id, "bloc", name, "red_line", key]);
            problems.push(not_on_the_agenda(key, at, clauses));
        }
        let line = |clause: &Clause| {
            let Some(written) = bloc.red_line.get(&clause.id) else { return [None, None] };
            if let (Some(floor), Some(ceiling)) = (written.floor, written.ceiling)
                && floor > ceiling
            {
                problems.push(
                    Problem::new(
                        "comity::scenario::red_line",
                        Some(self.at(&["forum", id, "bloc", name, "red_line", &clause.id])),
                        format!("the red lines contradict each other: no less than {floor} and no more than {ceiling}"),
                    )
                    .label("no text can respect both")
                    .help("the floor must not lie above the ceiling"),
                );
            }
            [written.floor, written.ceiling].map(|at| at.map(|at| RedLine { at, slack: written.slack }))
        };
        clauses.iter().map(line).collect()
    }

    /// Who is on record as having put a clause forward: by a usable row of evidence about the forum's own instrument in
    /// which the country, or a group that it belongs to, asks for something else than the status quo.
    #[expect(clippy::too_many_arguments, reason = "what a first reading looks at")]
    fn first_reading(
        &self,
        id: &str,
        reading: &FirstReadingFile,
        written: &ForumFile,
        ids: &[&str],
        groups: &[&[String]],
        clauses: &[Clause],
        status_quo: &[f64],
        problems: &mut Problems,
    ) -> FirstReading {
        let as_of = self.seen_from(written);
        let counts = |row: &Evidence| {
            let put_forward =
                matches!(row.basis, Basis::Proposal | Basis::Statement | Basis::NegotiatingReport | Basis::Application);
            let here = written.instrument.as_deref().filter(|instrument| *instrument == row.instrument);
            put_forward && here.is_some() && as_of.is_some_and(|as_of| row.usable(as_of, here))
        };
        let rows: Vec<&Evidence> = self.roster.evidence.iter().filter(|row| counts(row)).collect();
        let on_record = |seat: usize| {
            let speaks_for = |row: &Evidence| row.actor == ids[seat] || groups[seat].contains(&row.actor);
            let asks = |row: &Evidence, clause: &Clause, status_quo: f64| {
                let point = row.point.or_else(|| Some(clause.rungs.get(row.rung?)?.position));
                row.clause == clause.id && point.is_some_and(|point| point != status_quo)
            };
            let clauses = clauses.iter().zip(status_quo);
            clauses.map(|(clause, &q)| rows.iter().any(|row| speaks_for(row) && asks(row, clause, q))).collect()
        };
        let support = match &reading.support {
            // No support is needed at all.
            Some(ShareFile::Number(0.0)) => Fraction::NOTHING,
            Some(written) => {
                self.share(&["forum", id, "first_reading", "support"], written, Fraction::NOTHING, problems)
            }
            None => Fraction::of(SUPPORT).unwrap_or(Fraction::NOTHING),
        };
        FirstReading {
            sponsors: (reading.sponsors.unwrap_or(SPONSORS) as usize).min(ids.len()),
            support,
            zeal: reading.zeal.unwrap_or(1.0),
            on_record: (0..ids.len()).map(on_record).collect(),
        }
    }
}

//! Countries without a seat: those that may accede, and the members of a body that has a second say. They have
//! mandates like members, on the forum's agenda, and do not negotiate.

use super::mandates::note_imputed;
use super::members::Listed;
use super::*;
use crate::scenario::after::{Accession, Incorporation};
use crate::scenario::file::{AccessionFile, ForumFile, IncorporationFile};
use crate::tactics::Tactic;

impl Builder<'_> {
    pub(super) fn outsiders(&self, scenario: &mut Scenario, problems: &mut Problems) {
        let seated = scenario.countries.len();
        for (no, (id, written)) in self.written.forum.iter().enumerate() {
            if scenario.forums.len() <= no || (written.accession.is_none() && written.incorporation.is_none()) {
                continue;
            }
            let body = written.incorporation.as_ref().map(|incorporation| {
                self.members(&["forum", id, "incorporation", "members"], &incorporation.members, problems)
            });
            let applicants = written.accession.as_ref().map(|accession| match &accession.applicants {
                Some(list) => self.members(&["forum", id, "accession", "applicants"], list, problems),
                None => scenario.countries[..seated]
                    .iter()
                    .map(|country| Listed { country: country.id.clone(), weight: None, veto: false, count: None })
                    .collect(),
            });
            let members: Vec<usize> = scenario.forums[no].members.iter().map(|member| member.country).collect();
            let mut outside: Vec<Listed> = Vec::new();
            for listed in body.iter().flatten().chain(applicants.iter().flatten()) {
                let seat = scenario.country(&listed.country).is_some_and(|country| members.contains(&country));
                if !seat && !outside.iter().any(|known| known.country == listed.country) {
                    outside.push(listed.clone());
                }
            }
            let outsiders = self.brief_outsiders(no, id, written, &outside, scenario, problems);
            let candidates: Vec<usize> =
                members.iter().copied().chain(outsiders.iter().map(|outsider| outsider.country)).collect();
            scenario.forums[no].after.outsiders = outsiders;
            let places = |listed: &[Listed], scenario: &Scenario| -> Vec<usize> {
                listed.iter().filter_map(|one| scenario.country(&one.country)).collect()
            };
            if let (Some(accession), Some(applicants)) = (&written.accession, applicants) {
                let applicants = places(&applicants, scenario);
                let accession = self.accession(id, accession, applicants, candidates.len(), scenario, problems);
                scenario.forums[no].after.accession = Some(accession);
            }
            if let (Some(incorporation), Some(body)) = (&written.incorporation, body) {
                let place = |country: &usize| candidates.iter().position(|candidate| candidate == country);
                let members = places(&body, scenario).iter().filter_map(place).collect();
                let path = ["forum", id, "incorporation", "rule"];
                let rule = self.rule(&path, &incorporation.rule, body.len(), problems);
                let opposed = self.opposed_in_body(id, incorporation, &body, scenario, problems);
                scenario.forums[no].after.incorporation = Some(Incorporation {
                    body: incorporation.body.clone(),
                    members,
                    rule,
                    required: incorporation.required,
                    opposed: opposed.iter().filter_map(place).collect(),
                });
            }
        }
    }

    fn brief_outsiders(
        &self,
        no: usize,
        id: &str,
        written: &ForumFile,
        outside: &[Listed],
        scenario: &mut Scenario,
        problems: &mut Problems,
    ) -> Vec<Member> {
        let agenda = scenario.forums[no].agenda.clone();
        let status_quo = scenario.forums[no].status_quo.clone();
        let clauses: Vec<Clause> = agenda.iter().map(|&clause| scenario.clauses[clause].clone()).collect();
        let mandates = self.mandates(id, written, outside, &clauses, &status_quo, problems);
        let mut outsiders = Vec::with_capacity(outside.len());
        for (listed, mandates) in outside.iter().zip(mandates) {
            let country = self.enlist_country(&listed.country, scenario, problems);
            let groups = &scenario.countries[country].groups;
            let sdt = written.sdt.as_ref().filter(|sdt| groups.iter().any(|group| sdt.groups.contains(group)));
            let relief = |clause: &Clause| sdt.filter(|_| clause.softened_by_sdt).map_or(0.0, |sdt| sdt.relief);
            outsiders.push(Member {
                stands_aside: false,
                country,
                weight: listed.weight,
                veto: listed.veto,
                tactic: Tactic::of_onlookers(),
                reservation: Uncertain::Fixed(0.0),
                count: listed.count.unwrap_or(1.0),
                ratifiers: 1,
                relief: clauses.iter().map(relief).collect(),
                mandates,
            });
        }
        note_imputed(no, &outsiders, &agenda, &mut scenario.imputed);
        outsiders
    }

    fn accession(
        &self,
        id: &str,
        written: &AccessionFile,
        applicants: Vec<usize>,
        candidates: usize,
        scenario: &Scenario,
        problems: &mut Problems,
    ) -> Accession {
        let mut opposed = Vec::new();
        for (applicant, parties) in &written.opposed {
            let key = self.resolved.document.key_at(&["forum", id, "accession", "opposed", applicant]);
            let Some(to) = self.enlisted(applicant, key, scenario, problems) else { continue };
            for (item, party) in parties.iter().enumerate() {
                let at = self.at(&["forum", id, "accession", "opposed", applicant, &item.to_string()]);
                opposed.extend(self.enlisted(party, at, scenario, problems).map(|party| (to, party)));
            }
        }
        Accession {
            opens: written
                .opens
                .as_ref()
                .and_then(|text| self.date(text, &["forum", id, "accession", "opens"], problems)),
            rule: self.rule(&["forum", id, "accession", "rule"], &written.rule, candidates, problems),
            opposed,
            applicants,
        }
    }

    fn opposed_in_body(
        &self,
        id: &str,
        written: &IncorporationFile,
        body: &[Listed],
        scenario: &Scenario,
        problems: &mut Problems,
    ) -> Vec<usize> {
        let mut opposed = Vec::new();
        for (item, country) in written.opposed.iter().enumerate() {
            if body.iter().any(|member| &member.country == country) {
                opposed.extend(scenario.country(country));
            } else {
                let at = self.at(&["forum", id, "incorporation", "opposed", &item.to_string()]);
                problems.push(
                    Problem::new(
                        "comity::scenario::unknown_country",
                        Some(at),
                        format!("`{country}` is no member of the body"),
                    )
                    .suggest(country, body.iter().map(|member| member.country.as_str())),
                );
            }
        }
        opposed
    }

    /// The place of a country that has a part in the scenario.
    pub(super) fn enlisted(
        &self,
        country: &str,
        at: crate::scenario::problem::At,
        scenario: &Scenario,
        problems: &mut Problems,
    ) -> Option<usize> {
        let place = scenario.country(country);
        if place.is_none() {
            problems.push(
                Problem::new(
                    "comity::scenario::unknown_country",
                    Some(at),
                    format!("`{country}` has no part in this scenario"),
                )
                .suggest(country, scenario.countries.iter().map(|known| known.id.as_str())),
            );
        }
        place
    }
}

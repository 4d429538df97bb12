//! How an endgame ends: in a text, in more time, or in nothing.

use super::super::nearest::nearest;
use super::super::package::{Package, Part};
use super::super::{watch, yardsticks};
use super::polling::Polling;
use crate::chance::{Chance, Purpose};
use crate::minutes::{Entry, Impasse, Minutes};
use crate::scenario::{self, Undertaking};
use crate::world::{Delegation, Engagement, Instructions, Positions, Proceedings, Record, RollingText, Scene, Watch};

/// The endgame of one forum: what it is played over, and what it leaves behind.
pub(super) struct Ending<'a> {
    pub scene: &'a Scene,
    pub forum: usize,
    /// Per voter, its seat.
    pub seats: &'a [usize],
    /// Per clause, whether it was in the package that the chair tabled.
    pub included: Vec<bool>,
    pub proceedings: &'a mut Proceedings,
    pub text: &'a mut RollingText,
    pub record: &'a mut Record,
    pub watch: &'a mut Watch,
    pub minutes: &'a mut Minutes,
}

impl<'a> Ending<'a> {
    fn written(&self) -> &'a scenario::Forum {
        &self.scene.scenario.forums[self.forum]
    }

    /// Polls the package, and ends the talks by what comes of it.
    pub fn play(&mut self, mut package: Package, chance: &Chance) {
        let (parties, parts, impasse) = self.poll(&mut package);
        watch::take_down(self.watch, &package, self.seats);
        let enough = package.fewest_parties();
        match parties.filter(|parties| parties.iter().filter(|party| **party).count() >= enough) {
            Some(parties) => self.adopt(package, &parties, &parts),
            None if self.has_time(chance) => self.extend(),
            None => self.collapse(package, impasse),
        }
    }

    /// Holds the polls: who becomes a party, if there is a text; each one's part in the assistance; why the last poll was
    /// lost, where it was lost for good.
    fn poll(&mut self, package: &mut Package) -> (Option<Vec<bool>>, Vec<Part>, Option<Impasse>) {
        let (scene, written, seats) = (self.scene, self.written(), self.seats);
        self.minutes.note(|| Entry::PackageTabled { forum: self.forum, bracketed: self.text.open.clone() });
        self.watch.weighed.fill(false);
        let mut polling = Polling {
            forum: self.forum,
            rank: |clause| scene.clause_rank[written.agenda[clause]],
            id: |voter: usize| scene.scenario.countries[written.members[seats[voter]].country].id.as_str(),
            seats,
            parts: Vec::new(),
            impasse: None,
            weighed: &mut self.watch.weighed,
            record: self.record,
            minutes: self.minutes,
        };
        let parties = match written.undertaking {
            Undertaking::Single => polling.carry_package(package),
            Undertaking::Modular => polling.carry_modules(package, self.text),
        };
        let Polling { parts, impasse, .. } = polling;
        (parties, parts, impasse)
    }

    /// Adopts the package among these parties.
    fn adopt(&mut self, package: Package, parties: &[bool], parts: &[Part]) {
        self.proceedings.engagement = Engagement::Adopted;
        let (seats, record) = (self.seats, &mut *self.record);
        seats.iter().zip(parties).for_each(|(&seat, &party)| record.parties[seat] = party);
        for clause in (0..package.point.len()).filter(|&clause| package.included[clause]) {
            record.clauses[clause].adopted = Some(package.point[clause]);
            record.clauses[clause].flexibility = package.exception[clause];
            record.clauses[clause].opt_outs = package.parties_out(clause, parties);
        }
        for voter in (0..parties.len()).filter(|&voter| parties[voter]) {
            record.transfers[seats[voter]] = parts.get(voter).map_or(0.0, Part::transfer);
            record.opted_out[seats[voter]] = package.clauses_out(voter);
        }
        package.co_sponsors(parties, parts).into_iter().for_each(|voter| record.co_sponsors[seats[voter]] = true);
        if self.scene.scenario.measures.solutions {
            let adopted: Vec<Option<f64>> = record.clauses.iter().map(|clause| clause.adopted).collect();
            let tabled = package.tabled_at(self.text.point.to_vec(), std::mem::take(&mut self.included));
            self.watch.distances = yardsticks::distances(tabled, &adopted);
        }
        self.minutes.note(|| Entry::Adopted {
            forum: self.forum,
            parties: (0..parties.len()).filter(|&voter| parties[voter]).map(|voter| seats[voter]).collect(),
        });
    }

    /// Whether the forum gives itself more time: while it has extensions left, by chance. The occasion of the forum under
    /// [`Purpose::Extension`], one draw a lane of extensions.
    fn has_time(&self, chance: &Chance) -> bool {
        let (written, extensions) = (self.written(), self.proceedings.extensions);
        extensions < written.calendar.extensions && {
            let mut stream = chance.stream();
            stream.place(Purpose::Extension, written.occasion, extensions);
            stream.uniform() < written.calendar.extension_chance
        }
    }

    /// Gives the talks more time: what the chair gave up comes back in brackets.
    fn extend(&mut self) {
        let (rounds, proceedings) = (self.written().calendar.extension_rounds, &mut *self.proceedings);
        proceedings.extensions += 1;
        proceedings.reconsidering = true;
        proceedings.deadline += rounds;
        proceedings.engagement = Engagement::Recess;
        for (clause, outcome) in self.record.clauses.iter_mut().enumerate() {
            if outcome.dropped || outcome.dilutions > 0 {
                self.text.reopen(clause);
            }
            outcome.dropped = false;
            outcome.dilutions = 0;
        }
        self.minutes.note(|| Entry::Extended { forum: self.forum, rounds });
    }

    /// Ends the talks without a text, and looks for the nearest that would have been one.
    fn collapse(&mut self, package: Package, impasse: Option<Impasse>) {
        self.proceedings.engagement = Engagement::Collapsed;
        let written = self.written();
        let rank = |clause: usize| self.scene.clause_rank[written.agenda[clause]];
        let nearest = match written.undertaking {
            Undertaking::Single => {
                nearest(package.tabled_at(self.text.point.to_vec(), std::mem::take(&mut self.included)), rank)
            }
            Undertaking::Modular => None,
        };
        self.watch.impasse = Some(Impasse { nearest, ..impasse.unwrap_or_default() });
        self.minutes.note(|| Entry::Collapsed { forum: self.forum });
    }

    /// Sums up who got what of the talks that are over.
    pub fn sum_up<'d>(&mut self, positions: &Positions, all: impl Iterator<Item = (&'d Delegation, &'d Instructions)>) {
        let adopted = (self.proceedings.engagement == Engagement::Adopted).then(|| {
            let points = self.record.clauses.iter().zip(&self.written().status_quo);
            points.map(|(clause, &before)| clause.adopted.unwrap_or(before)).collect::<Vec<f64>>()
        });
        watch::sum_up(self.watch, &self.text.open, adopted.as_deref(), positions, all);
    }
}

//! The desk at which a package is weighed: all that is noted per voter and clause. A forum keeps its desk, so that no
//! endgame has to ask for memory. Each begins by clearing it; what is kept is only what the scenario says of those at the
//! table.

use bevy_ecs::prelude::*;

use super::sheet::Sheet;
use super::{Lane, TILE};
use crate::clause_set::ClauseSet;

/// What is noted of a package, and of who weighs it.
#[derive(Component, Default)]
pub struct Desk {
    /// What is at stake for whom.
    pub interests: Interests,
    /// How the clauses were weighed.
    pub weighed: Weighed,
    /// Who holds out on what.
    pub holding: HoldOuts,
    /// What the chair hears.
    pub hearing: Hearing,
    /// Who objected to what.
    pub watched: Watched,
    /// Whether a voter opted out of a clause, lane by lane of a clause; empty while nobody did.
    pub opted_out: Vec<[bool; TILE]>,
}

/// How the clauses were weighed.
#[derive(Default)]
pub struct Weighed {
    /// Worth of every clause to every voter, against the status quo (in utility).
    pub worth: Sheet,
    /// What every voter holds against every clause [utility; a crossed red line counts for more than any].
    pub grievance: Sheet,
    /// Burden of every clause to every voter (in utility).
    pub burden: Sheet,
    /// What the clauses are worth together, per voter (in utility).
    pub worths: Vec<Lane>,
    /// What the clause that was weighed last was worth before, per voter (in utility).
    pub worth_before: Vec<Lane>,
    /// Clauses that cross a red line of each voter.
    pub crossed: Vec<ClauseSet>,
    /// How many voters have a red line crossed, per clause.
    pub crossing: Vec<u32>,
}

/// The interests of all voters: a sheet, or a row of voters, for each number.
#[derive(Default)]
pub struct Interests {
    /// What each wants [0–1].
    pub ideal: Sheet,
    /// How much it cares [≥ 0].
    pub salience: Sheet,
    /// How much it cares, relative to what it cares about most [0–1].
    pub stake: Sheet,
    /// The least and the most that cross no red line, with room for rounding.
    pub least: Sheet,
    pub most: Sheet,
    /// Pressure beyond which it objects [≥ 0].
    pub resolve: Sheet,
    /// What other texts in force ask of it [0–1].
    pub bound: Sheet,
    /// What its own regime and other texts ask of it already [0–1].
    pub at_home: Sheet,
    /// Share of the burden that it bears: the capacity that it lacks, special treatment taken off [0–1].
    pub borne: Sheet,
    /// Loss that it has without the clause.
    pub loss_before: Sheet,
    /// How much it cares about all clauses together [≥ 0].
    pub cares: Vec<Lane>,
    pub weight: Vec<Lane>,
    /// Its own share of the weight [0–1].
    pub own: Vec<Lane>,
    /// Standing when it objects alone [0–1].
    pub alone: Vec<Lane>,
    /// All its stakes together [≥ 1].
    pub stakes: Vec<Lane>,
    /// Gain over no deal that it insists on (in utility).
    pub reservation: Vec<Lane>,
    /// Pressure beyond which it objects to the package [≥ 0].
    pub package_resolve: Vec<Lane>,
    /// Weight of all voters, added up along the roll call.
    pub all_weight: f64,
    pub at_home_by_law: AtHome,
}

/// What the scenario says about the voters, whatever is drawn: kept while the same members vote.
#[derive(Default)]
pub struct AtHome {
    pub seats: Vec<usize>,
    /// What the voter's own regime does [0–1].
    pub regime: Sheet,
    /// Share of the burden that special treatment leaves [0–1].
    pub left: Sheet,
}

/// Who holds out on what.
#[derive(Default)]
pub struct HoldOuts {
    /// Clauses that each voter insists go.
    pub insists: Vec<ClauseSet>,
    /// On how many clauses each voter insists; whole counts as floats.
    pub insisted: Vec<Lane>,
    /// What the clauses are worth together that each voter insists on (in utility, ≤ 0).
    pub costs: Vec<Lane>,
    /// Whether each is in earnest: it holds out on all that it insists on.
    pub earnest: Vec<[bool; TILE]>,
    /// Whether what each insists on has changed since it was asked.
    pub changed: Vec<[bool; TILE]>,
    /// What everyone's company would be worth to each voter (in utility).
    pub company: Vec<Lane>,
    /// Clauses that each voter holds out on.
    pub on: Vec<ClauseSet>,
    /// How many voters hold out on each clause.
    pub against: Vec<u32>,
}

/// Objections to the package, pair by pair of voter and clause: a table, voter by voter; empty until a poll is lost.
#[derive(Default)]
pub struct Watched {
    pub clauses: usize,
    /// Polls on the whole lost so far (a count).
    pub lost: u32,
    /// Lost polls in which a voter objected to a clause. A pair that stands in the way now has the polls lost before it
    /// began taken off, and those lost until it ends added: nothing has to be counted at the poll.
    pub made: Vec<u32>,
    /// Those that were decisive.
    pub decisive: Vec<u32>,
    /// Clauses of which any of that was noted, per voter.
    pub noted: Vec<ClauseSet>,
}

/// What the chair hears.
#[derive(Default)]
pub struct Hearing {
    /// Per voter, its voice [≥ 0].
    pub voice: Vec<Lane>,
    /// The voices of those who stood in the way when the chair last listened, and nothing of the others.
    pub heard: Vec<Lane>,
    /// Per clause, what those hold against it together.
    pub opposition: Vec<f64>,
    /// Clauses of which that has to be added up anew.
    pub stale: ClauseSet,
}

/// Trade between those at the table, laid out for sums over all of them: kept while the same are there.
#[derive(Component, Default)]
pub struct Partners {
    /// Who is at the table, by the places of their countries in the scenario.
    pub countries: Vec<usize>,
    /// Per partner, the share of everybody's trade that is with it [0–1]; none where the text does not apply.
    pub shares: Sheet,
}

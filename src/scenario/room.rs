//! What happens in the room between statement and draft: blocs, linkage, the first reading, precedents.

use super::RedLine;
use crate::rules::Fraction;

/// Most blocs of one forum.
pub const MAX_BLOCS: usize = 64;

/// The mechanisms inside the rounds of one forum; none of them where the scenario asks for none.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// Coalitions that caucus; no member is in two.
    pub blocs: Vec<Bloc>,
    /// Exchange of positions between clauses.
    pub linkage: Option<Linkage>,
    /// What a clause needs to enter the text.
    pub first_reading: Option<FirstReading>,
    /// What the chair's first draft leans on.
    pub precedent: Option<Precedent>,
}

/// A standing coalition that caucuses (Narlikar 2003).
#[derive(Clone, Debug)]
pub struct Bloc {
    /// Name.
    pub id: String,
    /// Seats of its members, rising.
    pub members: Vec<usize>,
    /// How far its members follow the common position [0–1].
    pub cohesion: f64,
    /// Seat of the member that speaks for it.
    pub spokesperson: Option<usize>,
    /// Per clause of the agenda: the least and the most that it can accept, where it has such red lines.
    pub lines: Vec<[Option<RedLine>; 2]>,
    /// Its lane of chance, among blocs.
    pub lane: u32,
}

/// How much exchange of positions there is (Stokman & Van Oosten 1994).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linkage {
    /// Most exchanges a round (a count).
    pub exchanges: usize,
    /// Delegations heard on each side of each clause (a count); by the number of clauses where not stated.
    pub partners: Option<usize>,
    /// Clauses on which one delegation may offer to give way in one round (a count).
    pub issues: usize,
}

/// What a clause needs to enter the text.
#[derive(Clone, Debug)]
pub struct FirstReading {
    /// Delegations that must put it forward (a count); all of them where there are fewer.
    pub sponsors: usize,
    /// Share of all say on the clause that they must carry [0–1].
    pub support: Fraction,
    /// Chance of putting it forward per unit of stake × distance × standing [≥ 0].
    pub zeal: f64,
    /// Per seat and clause of the agenda: whether it is on record as having put it forward about this instrument.
    pub on_record: Vec<Vec<bool>>,
}

/// What the chair's first draft leans on.
#[derive(Clone, Debug)]
pub struct Precedent {
    /// How far a precedent that goes further pulls the draft [0–1].
    pub ratchet: f64,
    /// Per clause of the agenda, the text in force among the like-minded [0–1].
    pub text: Vec<Option<f64>>,
    /// Whether the best text that members of the forum adopted elsewhere counts too.
    pub so_far: bool,
}

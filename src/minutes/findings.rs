//! What was found on the way: who stood in the way of what, and why there was no text. Found by watching; nothing in
//! the talks reads it.

/// How often a member objected to a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Objections {
    /// Its seat.
    pub seat: usize,
    /// The clause, by its place on the agenda.
    pub clause: usize,
    /// Objections over all rounds and lost polls (a count).
    pub made: u32,
    /// Those of them without which the clause or text would have passed, all else being equal (a count).
    pub decisive: u32,
}

/// Why there was no text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Impasse {
    /// Who stood in the way of the last text that was put to the vote, and on what; in the order of seats, then clauses.
    pub obstacles: Vec<Obstacle>,
    /// Pairs of country and clause in a smallest blocking set (a count); none where no consent would have been enough.
    pub smallest: Option<usize>,
    /// What it would have cost to win the countries of the cheapest smallest blocking set (in utility).
    pub cost: Option<f64>,
    /// The nearest weaker text that would have passed; none where none was found.
    pub nearest: Option<Nearest>,
}

/// A country and a clause that stood in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Obstacle {
    /// Its seat.
    pub seat: usize,
    /// The clause, by its place on the agenda.
    pub clause: usize,
    /// What it would have cost to win the country (in utility).
    pub price: f64,
    /// Whether the pair is in a smallest blocking set.
    pub in_smallest: bool,
}

/// A weaker text that would have passed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearest {
    /// Steps that it is weaker than the text that was tabled (a count).
    pub steps: u32,
    /// Clauses that it changes, by their place on the agenda, and their points; none where it leaves the clause out.
    pub changes: Vec<(usize, Option<f64>)>,
}

/// How far the adopted text is from those that theory names (in utility a member, root mean square); none where the
/// solution names no text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distances {
    /// From the Nash solution.
    pub nash: Option<f64>,
    /// From that of Kalai and Smorodinsky.
    pub kalai_smorodinsky: Option<f64>,
    /// From the egalitarian solution.
    pub egalitarian: Option<f64>,
    /// From the nearest efficient text that leaves nobody worse off.
    pub pareto: f64,
}

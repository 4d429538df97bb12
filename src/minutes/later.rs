//! What happened after adoption, and between forums.

/// Something that happened after adoption, or that one forum did to another. Candidates are members in the order of
/// their seats, then outsiders; clauses are places in the forum's agenda.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are what the words of each event name")]
pub enum Event {
    /// The text was put to another body.
    PutToBody { passed: bool, objecting: Vec<usize> },
    /// The text was signed.
    Signed { candidates: Vec<usize> },
    /// A signatory reserved a clause.
    Reserved { candidate: usize, clause: usize },
    /// A party declared that the text does not apply between it and another.
    Apart { candidate: usize, against: usize },
    /// The domestic pivot of a signatory gains nothing: it will not ratify.
    Rejected { candidate: usize },
    /// An instrument of ratification was deposited.
    Ratified { candidate: usize },
    /// The text entered into force.
    InForce,
    /// A country applied for accession.
    Applied { candidate: usize },
    /// The parties admitted it, and it acceded.
    Acceded { candidate: usize },
    /// The parties did not admit it.
    Refused { candidate: usize, objecting: Vec<usize> },
    /// A party gave notice of withdrawal.
    GaveNotice { candidate: usize, until: crate::quantity::Day },
    /// A text in force elsewhere became what holds for a country without this one.
    Precedent { candidate: usize, clause: usize, point: f64, from: usize },
    /// A shock struck while there were no talks.
    Struck { shock: usize, candidates: Vec<usize> },
    /// A dialogue had told members about each other.
    Informed { from: usize, candidates: Vec<usize> },
    /// A proponent blocked elsewhere put its effort here.
    Shopped { candidate: usize, clause: usize, from: usize },
}

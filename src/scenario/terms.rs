//! What a forum lets its chair do and offer in the endgame, beside weakening the text.

/// What may be offered. Everything here is absent where a scenario does not state it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// Whether staying out of a text that one's trading partners join has a price.
    pub coverage: bool,
    /// Transition periods and capacity building.
    pub assistance: Option<Assistance>,
    /// Exceptions to clauses.
    pub flexibility: Option<Flexibility>,
    /// Opt-outs from clauses.
    pub opt_outs: Option<OptOuts>,
    /// Letters between two members.
    pub side_letters: Option<SideLetters>,
    /// Drafts that are put under silence before the forum's rule decides (a count; 0 where there is no such procedure).
    pub silence: u32,
    /// Gain over no deal that a co-sponsor has more than (in utility), where members co-sponsor.
    pub co_sponsorship: Option<f64>,
}

/// Transition periods and capacity building for members of low capacity, who say themselves which clauses they need
/// them for (Trade Facilitation Agreement of 2014, section II: categories A, B and C).
#[derive(Clone, Debug, PartialEq)]
pub struct Assistance {
    /// Per seat, whether the member may designate clauses.
    pub recipients: Vec<bool>,
    /// Per seat, whether the member pays for capacity building; no recipient does.
    pub donors: Vec<bool>,
    /// Share of a clause's burden that a transition period takes away [0–1].
    pub transition_relief: f64,
    /// Utility that donors pay for each unit of burden taken away [≥ 0].
    pub price: f64,
    /// Most that a donor pays, as a share of its own gain [0–1].
    pub most: f64,
}

/// Exceptions that the chair may attach to a clause (Baccini, Dür & Elsig 2015: deeper agreements carry more of them).
#[derive(Clone, Debug, PartialEq)]
pub struct Flexibility {
    /// Share of a clause's depth by which each exception widens what may be left undone [0–1].
    pub step: f64,
    /// Most of a clause's depth that may be left undone [0–1].
    pub most: f64,
    /// Per clause of the agenda, whether it can carry exceptions.
    pub clauses: Vec<bool>,
}

/// Opt-outs from single clauses of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct OptOuts {
    /// Clauses that one member may opt out of (a count).
    pub at_most: u32,
    /// Per clause of the agenda, whether members may opt out of it.
    pub clauses: Vec<bool>,
}

/// Letters by which two members soften a clause between themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct SideLetters {
    /// Letters that one member may ask for (a count).
    pub at_most: u32,
    /// Share of the clause that a letter sets aside between the two [0–1].
    pub softening: f64,
    /// Per clause of the agenda, whether letters may be exchanged on it.
    pub clauses: Vec<bool>,
}

impl Terms {
    /// What may be offered, a line each, in words.
    pub fn describe(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let count = |flags: &[bool]| flags.iter().filter(|flag| **flag).count();
        let percent = |share: f64| (share * 1000.0).round() / 10.0;
        if let Some(assistance) = &self.assistance {
            lines.push(format!(
                "assistance: {} recipients, {} donors; a transition period takes {}% of a burden away, the rest costs \
                 donors {} a unit, up to {}% of their gain",
                count(&assistance.recipients),
                count(&assistance.donors),
                percent(assistance.transition_relief),
                assistance.price,
                percent(assistance.most)
            ));
        }
        if let Some(flexibility) = &self.flexibility {
            lines.push(format!(
                "exceptions to {} clauses, in steps of {}% of their depth, up to {}%",
                count(&flexibility.clauses),
                percent(flexibility.step),
                percent(flexibility.most)
            ));
        }
        if let Some(opt_outs) = &self.opt_outs {
            let clauses = count(&opt_outs.clauses);
            lines.push(format!("opt-outs from {clauses} clauses, up to {} a member", opt_outs.at_most));
        }
        if let Some(letters) = &self.side_letters {
            lines.push(format!(
                "side letters on {} clauses, up to {} asked for by a member, each sets {}% of a clause aside between two",
                count(&letters.clauses),
                letters.at_most,
                percent(letters.softening)
            ));
        }
        lines
    }
}

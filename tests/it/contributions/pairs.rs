//! Which pairs of runs there are: a scenario as shipped, and the same with one change.

use std::sync::Arc;

use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

/// One change of a scenario, under the name that the page gives it.
pub struct Change {
    pub label: &'static str,
    /// As after `--set`.
    pub set: &'static [&'static str],
}

/// A scenario as shipped against each of these changes.
pub struct Pairs {
    pub name: &'static str,
    pub scenario: &'static str,
    /// The forum that is measured.
    pub forum: &'static str,
    pub replications: u64,
    pub changes: &'static [Change],
}

impl Pairs {
    pub fn scenario(&self, set: &[&str]) -> Arc<Scenario> {
        let set: Vec<String> = set.iter().map(|set| (*set).to_owned()).collect();
        load(self.scenario, &set, &Memory::default()).unwrap_or_else(|problems| panic!("{problems}")).scenario
    }
}

const fn change(label: &'static str, set: &'static [&'static str]) -> Change {
    Change { label, set }
}

/// The text of the Trans-Pacific Partnership, public since November 2015, as a precedent: the rungs of `cptpp`.
const TPP: &str = "forum.jsi.precedent={ data_flows = \"binding_necessity_tested\", \
     data_localisation = \"binding_necessity_tested\", financial_data = \"transfer_allowed_local_copy\", \
     source_code = \"binding_mass_market\", customs_duties_et = \"binding_permanent\", \
     digital_products_nd = \"binding_carveouts\", e_transactions_framework = \"maintain_consistent\", \
     e_signatures = \"non_denial_plus_autonomy\", paperless_trading = \"endeavour\", single_window = \"endeavour\", \
     personal_data_protection = \"framework\", consumer_protection = \"binding_fraud\", spam = \"binding_menu\", \
     cybersecurity = \"recognise\", sme = \"cooperation\", capacity_sdt = \"named_transition\", telecoms = \"chapter\", \
     submarine_cables = \"binding_access\" }";

/// What decides which clauses are in the text.
pub const TALKS: &[Pairs] = &[
    Pairs {
        name: "wto-jsi, off",
        scenario: "wto-jsi",
        forum: "jsi",
        replications: 1000,
        changes: &[
            change("without `shocks`", &["mechanisms.off=[\"shocks\"]"]),
            change("without `coverage`", &["mechanisms.off=[\"coverage\"]"]),
            change("without `transfers`", &["mechanisms.off=[\"transfers\"]"]),
            change("without `flexibility`", &["mechanisms.off=[\"flexibility\"]"]),
        ],
    },
    Pairs {
        name: "wto-jsi, on",
        scenario: "wto-jsi",
        forum: "jsi",
        replications: 1000,
        changes: &[
            change("one of `opt_outs`", &["forum.jsi.opt_outs={ at_most = 1 }"]),
            change("three `side_letters`", &["forum.jsi.side_letters={ at_most = 3 }"]),
            change("`exchange` of positions", &["forum.jsi.linkage={}"]),
            change("a first reading (`agenda`)", &["forum.jsi.first_reading={}"]),
            change("`ratchet` to the text of TPP", &["forum.jsi.ratchet=1.0", TPP]),
            change(
                "`caucus` of the African Group",
                &["forum.jsi.bloc.african={ group = \"AFRICAN_GROUP\", cohesion = 0.5, spokesperson = \"NGA\" }"],
            ),
        ],
    },
    Pairs {
        name: "un-gdc",
        scenario: "un-gdc",
        forum: "gdc",
        replications: 1000,
        changes: &[
            change("without `silence`", &["mechanisms.off=[\"silence\"]"]),
            change("twelve drafts under `silence`", &["forum.gdc.silence.drafts=12"]),
        ],
    },
];

/// What decides what becomes of a text.
pub const AFTER: &[Pairs] = &[
    Pairs {
        name: "wto-jsi-incorporation",
        scenario: "wto-jsi-incorporation",
        forum: "jsi",
        replications: 1000,
        changes: &[
            change("without `ratification`", &["mechanisms.off=[\"ratification\"]"]),
            change("without `incorporation`", &["mechanisms.off=[\"incorporation\"]"]),
            change("without `diffusion`", &["mechanisms.off=[\"diffusion\"]"]),
            change("without `shocks`", &["mechanisms.off=[\"shocks\"]"]),
            change("with `incorporation` required", &["forum.jsi.incorporation.required=true"]),
            change("with `incorporation` that nobody opposes on principle", &["forum.jsi.incorporation.opposed=[]"]),
            change("with `withdrawal`, a year's notice", &["forum.jsi.withdrawal={ notice_days = 365 }"]),
            change("with `consent.reservations`, three each", &["forum.jsi.consent.reservations={ at_most = 3 }"]),
            change("with `side_letters`, three each", &["forum.jsi.side_letters={ at_most = 3 }"]),
            change(
                "with `non_application` where trade is below 0.1 %",
                &["forum.jsi.consent.non_application={ trade_below = 0.001 }"],
            ),
        ],
    },
    Pairs {
        name: "cptpp",
        scenario: "cptpp",
        forum: "cptpp",
        replications: 1000,
        changes: &[
            change("without `ratification`", &["mechanisms.off=[\"ratification\"]"]),
            change("without `accession`", &["mechanisms.off=[\"accession\"]"]),
            change("without `withdrawal`", &["mechanisms.off=[\"withdrawal\"]"]),
            change("without `precedent`", &["mechanisms.off=[\"precedent\"]"]),
            change("without `diffusion`", &["mechanisms.off=[\"diffusion\"]"]),
            change("without `forum_shopping`", &["mechanisms.off=[\"forum_shopping\"]"]),
            change("without `shocks`", &["mechanisms.off=[\"shocks\"]"]),
            change("without `ratchet`", &["mechanisms.off=[\"ratchet\"]"]),
            change("without `coverage`", &["mechanisms.off=[\"coverage\"]"]),
            change("without `transfers`", &["mechanisms.off=[\"transfers\"]"]),
            change("without `flexibility`", &["mechanisms.off=[\"flexibility\"]"]),
            change("with `side_letters`, three each", &["forum.cptpp.side_letters={ at_most = 3 }"]),
            change("with `consent.reservations`, one each", &["forum.cptpp.consent.reservations={ at_most = 1 }"]),
            change(
                "with `non_application` in place of objections to applicants",
                &["forum.cptpp.consent.non_application={ instead_of_objecting = true }"],
            ),
        ],
    },
    Pairs {
        name: "wto-moratorium",
        scenario: "wto-moratorium",
        forum: "mc14",
        replications: 1000,
        changes: &[
            change("without `dialogue`", &["mechanisms.off=[\"dialogue\"]"]),
            change(
                "with a `dialogue` that narrows what is unknown by half",
                &["forum.mc12.dialogue={ narrowing = 0.5 }", "forum.mc13.dialogue={ narrowing = 0.5 }"],
            ),
            change(
                "with a `dialogue` that brings wishes half of the way to its text",
                &[
                    "forum.mc12.dialogue={ narrowing = 0.0, convergence = 0.5 }",
                    "forum.mc13.dialogue={ narrowing = 0.0, convergence = 0.5 }",
                ],
            ),
        ],
    },
    Pairs {
        name: "digital-order",
        scenario: "digital-order",
        forum: "jsi",
        replications: 40,
        changes: &[
            change("without `precedent`", &["mechanisms.off=[\"precedent\"]"]),
            change("without `diffusion`", &["mechanisms.off=[\"diffusion\"]"]),
            change("without `forum_shopping`", &["mechanisms.off=[\"forum_shopping\"]"]),
            change("without `dialogue`", &["mechanisms.off=[\"dialogue\"]"]),
            change("without `shocks`", &["mechanisms.off=[\"shocks\"]"]),
            change(
                "with `best_text` so far in the talks on e-commerce",
                &["forum.jsi.best_text_so_far=true", "forum.jsi.ratchet=1.0"],
            ),
        ],
    },
];

//! Forums as written: who negotiates, how it decides, who holds the pen, how long it has.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    AccessionFile, AssistanceFile, BlocFile, CoSponsorshipFile, ConsentFile, DialogueFile, FirstReadingFile,
    FlexibilityFile, ForceFile, IncorporationFile, LinkageFile, Named, Number, OptOutsFile, RuleFile, SideLettersFile,
    SilenceFile, TacticFile, WithdrawalFile,
};
use crate::scenario::after::Kind;
use crate::scenario::{ChairMode, Consolidation, MAX_QUANTITY, Undertaking};

/// A forum.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForumFile {
    /// Name for people.
    pub name: String,
    /// The instrument negotiated; evidence drawn from its own text does not count here.
    pub instrument: Option<String>,
    /// The day from which this forum is seen, where it is another than that of the scenario [default: the scenario's].
    #[schemars(extend("format" = "date"))]
    pub as_of: Option<String>,
    /// Who negotiates; or a CSV table of them (`country,weight,veto,joined,note,source,confidence`).
    pub members: Members,
    /// Clauses on the agenda [default: all].
    pub agenda: Option<Vec<String>>,
    /// How it decides [default: consensus].
    #[serde(default)]
    pub rule: RuleFile,
    /// Members that stand aside: they negotiate, take no part in the decision and are not bound by it [default: none].
    #[serde(default)]
    pub stand_aside: Vec<String>,
    /// What stands or falls together [default: single].
    #[serde(default)]
    pub undertaking: Undertaking,
    /// Who holds the pen.
    #[serde(default)]
    pub chair: ChairFile,
    /// How long it has.
    pub calendar: CalendarFile,
    /// Loss of every member if there is no text [utility, ≥ 0; default 0].
    pub cost_of_failure: Option<Number>,
    /// What holds if nothing is agreed, per clause: a point [0–1] or a rung's label [default 0].
    #[serde(default)]
    pub status_quo: Named<Place>,
    /// What the institution brings along in place of the members' mean, per clause.
    #[serde(default)]
    pub template: Named<Place>,
    /// Special and differential treatment.
    pub sdt: Option<SdtFile>,
    /// Transition periods and capacity building that the chair may offer in the endgame [default: none].
    pub assistance: Option<AssistanceFile>,
    /// Exceptions that the chair may attach to clauses in the endgame [default: none].
    pub flexibility: Option<FlexibilityFile>,
    /// Opt-outs that members may take in the endgame [default: none].
    pub opt_outs: Option<OptOutsFile>,
    /// Letters by which two members may soften a clause between themselves [default: none].
    pub side_letters: Option<SideLettersFile>,
    /// Drafts that are put under silence before the rule decides [default: none].
    pub silence: Option<SilenceFile>,
    /// Who puts its name to the adopted text [default: it is not asked].
    pub co_sponsorship: Option<CoSponsorshipFile>,
    /// How members concede unless stated for a member [default: polynomial, beta 1].
    pub tactic: Option<TacticFile>,
    /// Gain over no deal that members insist on unless stated for a member [utility; default 0].
    pub reservation: Option<Number>,
    /// What is particular to a member.
    #[serde(default)]
    pub member: Named<MemberFile>,
    /// Blocs by name.
    #[serde(default)]
    pub bloc: Named<BlocFile>,
    /// Exchange of positions between clauses [default: none].
    pub linkage: Option<LinkageFile>,
    /// What a clause needs to enter the text [default: nothing; the whole agenda is on the table].
    pub first_reading: Option<FirstReadingFile>,
    /// Texts in force among the like-minded, known on the `as_of` day, per clause: a point [0–1] or a rung's label.
    #[serde(default)]
    pub precedent: Named<Place>,
    /// Whether the best text that its members adopted elsewhere is a precedent too [default false].
    #[serde(default)]
    pub best_text_so_far: bool,
    /// How far a precedent that goes further pulls the chair's first draft [share, 0–1; default 0].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub ratchet: Option<f64>,
    /// Whether its text binds [default: treaty].
    #[serde(default)]
    pub kind: Kind,
    /// How members consent to be bound.
    #[serde(default)]
    pub consent: ConsentFile,
    /// When the text enters into force [default: once every signatory has consented].
    pub entry_into_force: Option<ForceFile>,
    /// How countries join that did not sign [default: nobody can].
    pub accession: Option<AccessionFile>,
    /// How parties leave [default: nobody can].
    pub withdrawal: Option<WithdrawalFile>,
    /// A second decision, in another body [default: none].
    pub incorporation: Option<IncorporationFile>,
    /// What a dialogue does once it has concluded; for forums of the kind dialogue.
    pub dialogue: Option<DialogueFile>,
}

/// Who negotiates.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Members {
    /// Identifiers of countries.
    List(Vec<String>),
    /// Path of a CSV table with the column `country`.
    Table(String),
}

/// Who holds the pen.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChairFile {
    /// What the chair does [default: formulator].
    #[serde(default)]
    pub mode: ChairMode,
    /// The chairing country; needed for a manipulator.
    pub country: Option<String>,
    /// How stated positions become one text [default: mean].
    #[serde(default)]
    pub consolidation: Consolidation,
}

/// How long a forum has.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// First day of the talks.
    #[schemars(extend("format" = "date"))]
    pub start: String,
    /// Rounds a year [above 0; default 6].
    #[serde(default = "default_rounds_per_year")]
    #[schemars(range(min = 0.1, max = 366.0))]
    pub rounds_per_year: f64,
    /// Rounds until the deadline.
    #[schemars(range(min = 1, max = 10_000))]
    pub rounds: u32,
    /// What happens at the deadline without a text.
    pub extension: Option<ExtensionFile>,
}

fn default_rounds_per_year() -> f64 {
    6.0
}

/// More rounds after the deadline.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionFile {
    /// Chance that it is granted [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance: f64,
    /// How many rounds it gives.
    #[schemars(range(min = 1, max = 10_000))]
    pub rounds: u32,
    /// How often it can be granted [default 1].
    #[serde(default = "once")]
    #[schemars(range(min = 1, max = 30))]
    pub at_most: u32,
}

fn once() -> u32 {
    1
}

/// A point, or the label of a rung.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// A point [0–1].
    Point(f64),
    /// A rung's label.
    Rung(String),
}

/// Special and differential treatment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SdtFile {
    /// Groups that enjoy it.
    pub groups: Vec<String>,
    /// Share of the burden it takes away on clauses that it can soften [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub relief: f64,
}

/// What is particular to a member.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberFile {
    /// Voting and drafting weight [≥ 0; default: the country's capability].
    #[schemars(range(min = 0.0, max = MAX_QUANTITY))]
    pub weight: Option<f64>,
    /// Whether it holds a veto of its own whatever the rule.
    pub veto: Option<bool>,
    /// How it concedes.
    pub tactic: Option<TacticFile>,
    /// Gain over no deal that it insists on (in utility).
    pub reservation: Option<Number>,
    /// For how many its instrument counts towards entry into force; a union may count for its member states [≥ 0; default
    /// 1].
    #[schemars(range(min = 0.0))]
    pub count: Option<f64>,
    /// How many must ratify before it can, each in its own time; 27 for a mixed agreement of the EU [1–1000; default 1].
    #[schemars(range(min = 1, max = 1000))]
    pub ratifiers: Option<u32>,
}

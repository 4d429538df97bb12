//! The parts of a scenario: countries, clauses, mandates, forums with their members and blocs, shocks.
//!
//! A method sets the key of its name. Units, ranges and defaults are those of the types in [`file`](crate::scenario::file).

use super::value::Value;
use crate::quantity::Uncertain;
use crate::scenario::{ChairMode, Consolidation, Undertaking};

/// A part with a method for each of its usual keys.
macro_rules! part {
    ($(#[$what:meta])* $name:ident { $($(#[$doc:meta])* $key:ident: $kind:ty,)* }) => {
        $(#[$what])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(pub(super) Value);

        impl $name {
            $($(#[$doc])* pub fn $key(self, $key: impl Into<$kind>) -> Self {
                self.set(stringify!($key), $key.into())
            })*

            /// Sets any key of this part, in place of what was there. A key that the format does not have is told by the
            /// check.
            pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
                self.0.entries().insert(key.to_owned(), value.into());
                self
            }
        }
    };
}

part! {
    /// A country.
    CountryBuilder {
        /// Name for people; the identifier where not stated.
        name: String,
        /// Bargaining weight from resources [any unit, ≥ 0; default 1, or the indicators].
        capability: Uncertain,
        /// Capacity to put obligations into practice [0–1; default 1, or the indicator].
        capacity: Uncertain,
        /// Formal consents that ratification needs at home [0–100; default 2].
        veto_players: u32,
    }
}

impl CountryBuilder {
    /// Groups it belongs to, e.g. `LDC`.
    pub fn groups<T: Into<String>>(self, groups: impl IntoIterator<Item = T>) -> Self {
        self.set("groups", texts(groups))
    }
}

part! {
    /// A clause: a continuous scale unless it is given rungs.
    ClauseBuilder {
        /// Name for people; the identifier where not stated.
        name: String,
        /// Cost of putting it into practice, relative to other clauses [≥ 0; default 1].
        burden: f64,
        /// Whether special and differential treatment can soften it [default true].
        sdt: bool,
    }
}

impl ClauseBuilder {
    /// With one more text option, from none to strongest: its label, and its effective obligation [0–1].
    pub fn rung(mut self, label: impl Into<String>, position: f64) -> Self {
        let rung = Value::table().with("label", label.into()).with("position", position);
        push(self.0.entries().entry("rungs".to_owned()).or_insert(Value::List(Vec::new())), rung);
        self
    }
}

part! {
    /// What a capital wants on a clause.
    MandateBuilder {
        /// Ideal point [0–1]; needed.
        ideal: Uncertain,
        /// How much it cares [≥ 0; default 1].
        salience: Uncertain,
        /// What its own law already does [0–1; default: the status quo].
        regime: f64,
    }
}

impl MandateBuilder {
    /// The least that it accepts [0–1].
    pub fn floor(self, at: f64) -> Self {
        self.red_line("floor", at)
    }

    /// The most that it accepts [0–1].
    pub fn ceiling(self, at: f64) -> Self {
        self.red_line("ceiling", at)
    }

    /// How much further out its red lines may really lie [standard deviation of the normal whose absolute value it is].
    pub fn slack(self, sd: f64) -> Self {
        self.red_line("slack", sd)
    }

    fn red_line(mut self, key: &str, value: f64) -> Self {
        self.0.entry(&["red_line"]).entries().insert(key.to_owned(), value.into());
        self
    }
}

part! {
    /// A forum: who negotiates what, how it decides, who holds the pen, how long it has.
    ForumBuilder {
        /// Name for people; the identifier where not stated.
        name: String,
        /// The instrument negotiated; evidence drawn from its own text does not count here.
        instrument: String,
        /// How it decides: a word like `unanimity`, or a [choice](Value::choice) that says more [default: consensus].
        rule: Value,
        /// What stands or falls together [default: single].
        undertaking: Undertaking,
        /// How members concede unless stated for a member: a word like `steadfast`, or a choice that says more.
        tactic: Value,
        /// Loss of every member if there is no text [utility, ≥ 0; default 0].
        cost_of_failure: Uncertain,
        /// Gain over no deal that members insist on unless stated for a member [utility; default 0].
        reservation: Uncertain,
        /// How far a precedent that goes further pulls the first draft [share, 0–1; default 0].
        ratchet: f64,
        /// Whether the best text that its members adopted elsewhere is a precedent too [default false].
        best_text_so_far: bool,
    }
}

impl ForumBuilder {
    /// Members with nothing particular to them, after those that it has.
    pub fn members<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        ids.into_iter().for_each(|id| self.join(id.into()));
        self
    }

    /// A member, after those that it has, and what is particular to it. A member that is there already is changed.
    pub fn member(mut self, id: impl Into<String>, particular: impl FnOnce(MemberBuilder) -> MemberBuilder) -> Self {
        let id = id.into();
        self.join(id.clone());
        let own = particular(MemberBuilder(self.0.entry(&["member", &id]).clone()));
        *self.0.entry(&["member", &id]) = own.0;
        self
    }

    /// Clauses on the agenda [default: all].
    pub fn agenda<T: Into<String>>(self, clauses: impl IntoIterator<Item = T>) -> Self {
        self.set("agenda", texts(clauses))
    }

    /// The first day of the talks, a date or a text like `2025-01-01`, and the rounds until the deadline [1–10000].
    pub fn calendar(self, start: impl Into<Value>, rounds: u32) -> Self {
        self.below("calendar", "start", start).below("calendar", "rounds", rounds)
    }

    /// Rounds a year [0.1–366; default 6].
    pub fn rounds_per_year(self, rounds: f64) -> Self {
        self.below("calendar", "rounds_per_year", rounds)
    }

    /// More rounds after a deadline without a text: the chance that they are granted [0–1], how many, and how often.
    pub fn extension(self, chance: f64, rounds: u32, at_most: u32) -> Self {
        let extension = Value::table().with("chance", chance).with("rounds", rounds).with("at_most", at_most);
        self.below("calendar", "extension", extension)
    }

    /// What the chair does [default: it writes a single text].
    pub fn chair(self, mode: ChairMode) -> Self {
        self.below("chair", "mode", mode)
    }

    /// The chairing country; needed for a chair that writes towards its own wish.
    pub fn chaired_by(self, country: impl Into<String>) -> Self {
        self.below("chair", "country", country.into())
    }

    /// How stated positions become one text [default: their weighted mean].
    pub fn consolidation(self, consolidation: Consolidation) -> Self {
        self.below("chair", "consolidation", consolidation)
    }

    /// What holds on a clause if nothing is agreed: a point [0–1; default 0] or the label of a rung.
    pub fn status_quo(self, clause: &str, place: impl Into<Value>) -> Self {
        self.below("status_quo", clause, place)
    }

    /// What the institution brings along on a clause in place of the members' mean: a point or the label of a rung.
    pub fn template(self, clause: &str, place: impl Into<Value>) -> Self {
        self.below("template", clause, place)
    }

    /// The text on a clause in force among the like-minded: a point or the label of a rung.
    pub fn precedent(self, clause: &str, place: impl Into<Value>) -> Self {
        self.below("precedent", clause, place)
    }

    /// A bloc that caucuses. One that is there already is changed.
    pub fn bloc(mut self, name: &str, bloc: impl FnOnce(BlocBuilder) -> BlocBuilder) -> Self {
        let there = BlocBuilder(self.0.entry(&["bloc", name]).clone());
        *self.0.entry(&["bloc", name]) = bloc(there).0;
        self
    }

    fn join(&mut self, id: String) {
        let (members, id) = (self.0.entries().entry("members".to_owned()), Value::Text(id));
        let members = members.or_insert(Value::List(Vec::new()));
        if !matches!(members, Value::List(there) if there.contains(&id)) {
            push(members, id);
        }
    }

    fn below(mut self, table: &str, key: &str, value: impl Into<Value>) -> Self {
        self.0.entry(&[table]).entries().insert(key.to_owned(), value.into());
        self
    }
}

part! {
    /// What is particular to a member of a forum.
    MemberBuilder {
        /// Voting and drafting weight [≥ 0; default: the country's capability].
        weight: f64,
        /// Whether it holds a veto of its own whatever the rule [default false].
        veto: bool,
        /// How it concedes: a word like `steadfast`, or a [choice](Value::choice) that says more.
        tactic: Value,
        /// Gain over no deal that it insists on (in utility).
        reservation: Uncertain,
        /// For how many its instrument counts towards entry into force [≥ 0; default 1].
        count: f64,
        /// How many must ratify before it can [1–1000; default 1].
        ratifiers: u32,
    }
}

part! {
    /// A standing coalition that caucuses in a forum.
    BlocBuilder {
        /// The group whose members in the forum are its members; either this or a list.
        group: String,
        /// How far its members follow the common position [share, 0–1].
        cohesion: f64,
        /// The member that speaks for it; members then object with the standing of the bloc [default: none].
        spokesperson: String,
    }
}

impl BlocBuilder {
    /// Its members; either these or a group.
    pub fn members<T: Into<String>>(self, members: impl IntoIterator<Item = T>) -> Self {
        self.set("members", texts(members))
    }
}

part! {
    /// Something that happens to the talks from outside, on a day or at random.
    ShockBuilder {
        /// Name for people; the identifier where not stated.
        name: String,
        /// Day on which it strikes, a date or a text like `2025-01-01`; give this or a hazard.
        date: Value,
        /// Hazard with which it strikes at random [per year, above 0–100].
        hazard: f64,
        /// Where it is known from; needed.
        source: String,
    }
}

impl ShockBuilder {
    /// Countries that it strikes [default, without groups: all].
    pub fn countries<T: Into<String>>(self, countries: impl IntoIterator<Item = T>) -> Self {
        self.set("countries", texts(countries))
    }

    /// A part of what it does, by its key: `shift`, `salience`, `capability`, `membership`, …
    pub fn effect(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.entry(&["effect"]).entries().insert(key.to_owned(), value.into());
        self
    }
}

fn texts<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Value {
    items.into_iter().map(Into::into).collect::<Vec<String>>().into()
}

/// Adds to a list; what is no list becomes one.
fn push(list: &mut Value, item: Value) {
    match list {
        Value::List(items) => items.push(item),
        other => *other = Value::List(vec![item]),
    }
}

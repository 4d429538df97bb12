//! The columns of `parties.csv`: what became of a country in a forum in one replication.

use crate::export::column::{Column, Row};
use crate::export::marks::Marks;
use crate::minutes::{ForumOutcome, MemberOutcome, Outcome};
use crate::quantity::Date;
use crate::scenario::{Forum, Scenario};

/// A member of a forum, or an outsider that may accede, in one replication.
pub struct PartyRow<'a> {
    replication: u64,
    forum: &'a Forum,
    country: &'a str,
    member: &'a MemberOutcome,
    /// Whether the scenario states a horizon, and so plays what follows adoption.
    horizon: bool,
    /// Its objections and those of them that were decisive (counts); none for an outsider.
    objections: Option<(u64, u64)>,
    /// Its mandates on unverified evidence (a count); none for an outsider.
    unverified: Option<u64>,
}

/// The rows of one replication: members in the order of their seats, then outsiders that may accede.
pub fn rows<'a>(scenario: &'a Scenario, marks: &'a Marks, outcome: &'a Outcome) -> impl Iterator<Item = PartyRow<'a>> {
    let forums = scenario.forums.iter().zip(&outcome.forums).enumerate();
    forums.flat_map(move |(place, (forum, ended))| {
        let objections = objections_by_seat(ended);
        let candidates = ended.members.iter().chain(&ended.outsiders).enumerate();
        candidates.filter(|(no, _)| forum.may_be_bound(*no)).map(move |(no, member)| PartyRow {
            replication: outcome.replication,
            forum,
            country: &scenario.countries[forum.candidate(no).country].id,
            member,
            horizon: scenario.aftermath.is_some(),
            objections: objections.get(no).copied(),
            unverified: marks.member(place, no),
        })
    })
}

/// Per seat, its objections and those that were decisive (counts).
fn objections_by_seat(ended: &ForumOutcome) -> Vec<(u64, u64)> {
    let mut counts = vec![(0, 0); ended.members.len()];
    for objections in &ended.objections {
        let (made, decisive) = &mut counts[objections.seat];
        *made += u64::from(objections.made);
        *decisive += u64::from(objections.decisive);
    }
    counts
}

impl PartyRow<'_> {
    /// Whether it has a seat: objections are counted by seat.
    fn is_member(&self) -> bool {
        self.objections.is_some()
    }
}

impl<'a> Row<'a> for PartyRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        Column::integer("replication", "number", "Replication, counted from 0", |row| Some(row.replication)),
        Column::text("forum", "identifier", "Forum", |row| &row.forum.id),
        Column::text("country", "identifier", "Country: a member, or one that may accede", |row| row.country),
        Column::flag("signed", "true or false", "Whether it signed; empty without a horizon", |row| {
            row.horizon.then_some(row.member.signed)
        }),
        Column::flag(
            "ratified",
            "true or false",
            "Whether it ratified what it had signed before the horizon; empty without a horizon. A country that acceded did not",
            |row| row.horizon.then(|| row.member.ratified()),
        ),
        Column::integer(
            "in_force_year",
            "year",
            "Year from which the text binds it; empty where it does not before the horizon, or no horizon is stated",
            |row| row.member.in_force_day.map(|day| Date::of(day).year.max(0) as u64),
        ),
        Column::fraction(
            "gain",
            "utility",
            "Gain over no deal of the last text put to the vote; empty for who was not at the table, or without such a text",
            |row| row.member.weighed.then_some(row.member.gain),
        ),
        Column::fraction(
            "concession",
            "0-1",
            "How far its last stated positions are from its ideal points, weighted by salience; empty where it never spoke",
            |row| row.member.concession,
        ),
        Column::fraction(
            "distance",
            "0-1",
            "How far the adopted text is from its ideal points, weighted by salience; empty without a text",
            |row| row.member.distance,
        ),
        Column::flag("party", "true or false", "Whether it becomes a party to the text when it is adopted", |row| {
            Some(row.member.party)
        }),
        Column::integer(
            "objections",
            "objections",
            "Its formal objections over all rounds and lost polls; empty without a seat",
            |row| row.objections.map(|(made, _)| made),
        ),
        Column::integer(
            "decisive_objections",
            "objections",
            "Those of them without which the clause or text would have passed; empty without a seat",
            |row| row.objections.map(|(_, decisive)| decisive),
        ),
        Column::integer(
            "letters",
            "letters",
            "Side letters that it exchanged; empty where the forum has none, or for an outsider",
            |row| {
                let exchanges = row.forum.terms.side_letters.is_some() && row.is_member();
                exchanges.then_some(row.member.letters.into())
            },
        ),
        Column::integer(
            "apart",
            "countries",
            "Countries between which and it the text does not apply; empty without a horizon, or where none may declare so",
            |row| (row.horizon && row.forum.after.non_application.is_some()).then_some(row.member.apart.into()),
        ),
        Column::flag(
            "co_sponsor",
            "true or false",
            "Whether it puts its name to the adopted text; empty where the forum knows no co-sponsors, or for an outsider",
            |row| {
                let named = row.forum.terms.co_sponsorship.is_some() && row.is_member();
                named.then_some(row.member.co_sponsor)
            },
        ),
        Column::integer(
            "unverified",
            "mandates",
            "Of its mandates, those on evidence of which some is unverified; empty without a seat",
            |row| row.unverified,
        ),
        Column::flag(
            "acceded",
            "true or false",
            "Whether it acceded before the horizon; empty without a horizon",
            |row| row.horizon.then_some(row.member.acceded),
        ),
    ];
}

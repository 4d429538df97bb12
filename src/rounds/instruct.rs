//! The opening: what each country is worth, what its capital really wants, and a blank text on the table.
//!
//! All that a replication draws before the first round is drawn here, keyed by purpose, forum and country.

use bevy_ecs::prelude::*;

use crate::chance::{Chance, NOBODY, Purpose, Stream};
use crate::maths::{normal_quantile, normal_quantiles, pow};
use crate::minutes::ClauseOutcome;
use crate::quantity::Uncertain;
use crate::scenario::{MAX_CLAUSES, Mandate, Member, Origin, RedLine};
use crate::world::{
    Concessions, Country, Delegation, DelegationOf, Drawn, DrawnParameters, Engagement, Forum, Instructions,
    Proceedings, Record, RollCall, RollingText, Scene, Strength, Watch, day_of_round,
};

/// Draws the parameters and the countries. Occasion 0 of [`Purpose::Delegation`].
pub fn appraise(
    scene: Res<Scene>,
    chance: Res<Chance>,
    mut parameters: ResMut<DrawnParameters>,
    mut countries: Query<(&Country, &mut Drawn)>,
) {
    let mut stream = chance.stream();
    let stated = &scene.scenario.parameters;
    stream.place(Purpose::Parameters, 0, NOBODY);
    let mut draw = |value: Uncertain, low: f64, high: f64| value.quantile(stream.uniform()).clamp(low, high);
    *parameters = DrawnParameters {
        loss_exponent: draw(stated.loss_exponent, 1.0, 4.0),
        capability_exponent: draw(stated.capability_exponent, 0.0, 4.0),
        rigidity: draw(stated.rigidity, 0.0, 1.0),
        assertiveness: draw(stated.assertiveness, 0.0, f64::MAX),
        isolation: draw(stated.isolation, 0.0, 4.0),
        burden_price: draw(stated.burden_price, 0.0, f64::MAX),
        indifference: draw(stated.indifference, 0.0, 1.0),
        common_error: draw(stated.common_error, 0.0, 1.0),
        exclusion_price: draw(stated.exclusion_price, 0.0, f64::MAX),
    };
    for (country, mut drawn) in &mut countries {
        let stated = &scene.scenario.countries[country.0];
        let needed = stated.capability.is_drawn() || stated.capacity.is_drawn();
        if needed {
            stream.place(Purpose::Delegation, 0, stated.lane);
        }
        let mut draw = |value: Uncertain| value.quantile(if needed { stream.uniform() } else { 0.5 });
        drawn.capability = draw(stated.capability).max(0.0);
        drawn.capacity = draw(stated.capacity).clamp(0.0, 1.0);
    }
}

/// Draws what each capital wants, on the occasion of its forum.
pub fn instruct(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    forums: Query<(&Forum, &RollCall)>,
    countries: Query<&Drawn>,
    mut delegations: Query<(&Delegation, &DelegationOf, &mut Instructions, &mut Strength)>,
) {
    let mut stream = chance.stream();
    for (forum, roll_call) in &forums {
        let written = &scene.scenario.forums[forum.0];
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let occasion = written.occasion;
        let shared = shared_errors(&mut stream, &scene, &written.agenda, parameters.common_error);
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((delegation, country, mut instructions, mut strength))) = seats.fetch_next() {
            let member = &written.members[delegation.seat];
            let lane = scene.scenario.countries[member.country].lane;
            let Ok(drawn) = countries.get(country.0) else {
                continue;
            };
            let weight = member.weight.unwrap_or(drawn.capability);
            *strength = Strength { weight, alone: weight, capacity: drawn.capacity };
            let draws = Draws { stream: &mut stream, occasion, lane, places: &places, shared: &shared };
            brief(&mut instructions, member, draws, &parameters);
            speak_up(&mut instructions, weight, &parameters);
        }
    }
}

/// Puts a blank text on the table of every forum, at its status quo.
pub fn open(
    scene: Res<Scene>,
    chance: Res<Chance>,
    mut forums: Query<(&Forum, &mut RollingText, &mut Proceedings, &mut Concessions, &mut Record, &mut Watch)>,
) {
    for (forum, mut text, mut proceedings, mut concessions, mut record, mut watch) in &mut forums {
        let written = &scene.scenario.forums[forum.0];
        text.reopen_all(&written.status_quo);
        let luck = chance.stream().place(Purpose::Parameters, written.occasion, NOBODY).uniform();
        *proceedings = Proceedings {
            round: 0,
            deadline: written.calendar.rounds,
            extensions: 0,
            reconsidering: false,
            engagement: Engagement::Recess,
            next_session: day_of_round(&written.calendar, 1),
            total_weight: 0.0,
            cost_of_failure: written.cost_of_failure.quantile(luck).max(0.0),
        };
        (0..written.members.len()).for_each(|seat| concessions.begin(seat));
        record.clauses.fill(ClauseOutcome { proposed: true, ..ClauseOutcome::default() });
        record.polls = 0;
        record.unopposed = None;
        record.co_sponsors.fill(false);
        record.gains.fill(0.0);
        record.parties.fill(false);
        record.transfers.fill(0.0);
        record.opted_out.fill(0);
        record.letters.fill(0);
        watch.clear();
    }
}

/// Where the draws of each clause of an agenda stand in a lane: in the order of the clauses' identifiers.
pub(crate) fn draw_places(agenda: &[usize], rank: &[usize]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..agenda.len()).collect();
    places.sort_by_key(|&place| rank[agenda[place]]);
    places
}

/// The draws of one delegation.
pub(crate) struct Draws<'a> {
    pub stream: &'a mut Stream,
    pub occasion: u16,
    pub lane: u32,
    pub places: &'a [usize],
    /// Per clause, the part of the error that all countries share, in standard deviations; none where there is none.
    pub shared: &'a [Shared],
}

/// The error that mandates read from evidence on one clause have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shared {
    /// The common part, in standard deviations.
    pub error: f64,
    /// What is left to each country: share of the standard deviation [0–1].
    pub own: f64,
}

/// Draws what the mandates of a forum's clauses have in common. Codings of a clause err together: a ladder placed too
/// high, or a literature that overstates how much everyone wants, moves all countries at once. Independent errors alone
/// would average out over many countries and make a forum look surer than it is.
pub(crate) fn shared_errors(stream: &mut Stream, scene: &Scene, agenda: &[usize], common_error: f64) -> Vec<Shared> {
    if common_error == 0.0 {
        return vec![Shared { error: 0.0, own: 1.0 }; agenda.len()];
    }
    let (common, own) = (common_error.sqrt(), (1.0 - common_error).sqrt());
    stream.place(Purpose::CommonError, 0, NOBODY);
    let mut by_rank: Vec<f64> = Vec::with_capacity(scene.clause_rank.len());
    by_rank.extend(scene.clause_rank.iter().map(|_| common * normal_quantile(stream.uniform())));
    agenda.iter().map(|&clause| Shared { error: by_rank[scene.clause_rank[clause]], own }).collect()
}

impl Draws<'_> {
    /// One uniform number per clause for a purpose. Where nothing depends on them they are not asked for, which moves no
    /// other draw.
    fn each(&mut self, purpose: Purpose, needed: bool, mut give: impl FnMut(usize, f64)) {
        if needed {
            self.stream.place(purpose, self.occasion, self.lane);
        }
        for &clause in self.places {
            give(clause, if needed { self.stream.uniform() } else { 0.5 });
        }
    }

    /// A value of the delegation as a whole.
    fn one(&mut self, purpose: Purpose, value: Uncertain) -> f64 {
        match value {
            Uncertain::Fixed(value) => value,
            _ => value.quantile(self.stream.place(purpose, self.occasion, self.lane).uniform()),
        }
    }

    /// Red lines, with two numbers a clause, one for each side.
    fn red_lines(&mut self, to: &mut Instructions, mandates: &[Mandate]) {
        let drawn = |line: Option<RedLine>| line.is_some_and(|line| line.slack > 0.0);
        let (floors, ceilings) = (|m: &Mandate| drawn(m.floor), |m: &Mandate| drawn(m.ceiling));
        let (below, above) = (mandates.iter().any(floors), mandates.iter().any(ceilings));
        let mut out = [[0.5; MAX_CLAUSES]; 2];
        if below || above {
            self.stream.place(Purpose::RedLine, self.occasion, self.lane);
            for &clause in self.places {
                for side in &mut out {
                    side[clause] = 0.5 + self.stream.uniform() / 2.0;
                }
            }
        }
        for (side, needed) in out.iter_mut().zip([below, above]) {
            if needed {
                normal_quantiles(&mut side[..mandates.len()]);
            }
        }
        let beyond = |line: RedLine, out: f64| if line.slack > 0.0 { line.slack * out } else { 0.0 };
        for (clause, mandate) in mandates.iter().enumerate() {
            to.floor[clause] = mandate.floor.map_or(-1.0, |line| line.at - beyond(line, out[0][clause]));
            to.ceiling[clause] = mandate.ceiling.map_or(2.0, |line| line.at + beyond(line, out[1][clause]));
        }
    }

    /// What a country wants on every clause, before its red lines are asked.
    fn ideal_points(&mut self, to: &mut Instructions, mandates: &[Mandate]) {
        let mut luck = [0.5; MAX_CLAUSES];
        self.each(Purpose::IdealPoint, mandates.iter().any(|mandate| mandate.ideal.is_drawn()), |clause, u| {
            luck[clause] = u;
        });
        let mut normal = luck;
        if mandates.iter().any(|mandate| matches!(mandate.ideal, Uncertain::Normal { .. })) {
            normal_quantiles(&mut normal[..mandates.len()]);
        }
        for (clause, mandate) in mandates.iter().enumerate() {
            to.ideal[clause] = match mandate.ideal {
                Uncertain::Normal { mean, sd } => mean + sd * shared_in(mandate, normal[clause], self.shared[clause]),
                stated => stated.quantile(luck[clause]),
            };
        }
    }
}

/// Draws the instructions of one delegation.
pub(crate) fn brief(to: &mut Instructions, member: &Member, mut draws: Draws, parameters: &DrawnParameters) {
    let mandates = &member.mandates;
    to.bound.fill(0.0);
    draws.red_lines(to, mandates);
    draws.ideal_points(to, mandates);
    for ((wanted, &floor), &ceiling) in to.ideal.iter_mut().zip(&to.floor).zip(&to.ceiling) {
        *wanted = wanted.clamp(0.0, 1.0).max(floor).min(ceiling);
    }
    draws.each(Purpose::Salience, mandates.iter().any(|mandate| mandate.salience.is_drawn()), |clause, u| {
        to.salience[clause] = mandates[clause].salience.quantile(u).max(0.0);
    });
    weigh_up(to, parameters);
    to.reservation = draws.one(Purpose::Delegation, member.reservation);
    draws.stream.place(Purpose::Resolve, draws.occasion, draws.lane);
    draw_resolve(to, draws.stream, draws.places, parameters.assertiveness);
}

/// What follows from saliences: stakes, and what a delegation gives on each clause.
pub(crate) fn weigh_up(to: &mut Instructions, parameters: &DrawnParameters) {
    let most = to.salience.iter().fold(0.0f64, |most, &s| most.max(s));
    to.total_salience = to.salience.iter().sum();
    for ((stake, give), &salience) in to.stake.iter_mut().zip(&mut to.give).zip(&to.salience) {
        *stake = if most > 0.0 { salience / most } else { 0.0 };
        *give = 1.0 - parameters.rigidity * *stake;
    }
    to.stakes = to.stake.iter().sum::<f64>().max(1.0);
}

/// What a delegation of a weight has to say on each clause: capability^ω × salience.
pub(crate) fn speak_up(to: &mut Instructions, weight: f64, parameters: &DrawnParameters) {
    let loudness = pow(weight, parameters.capability_exponent);
    let Instructions { say, salience, .. } = to;
    for (say, salience) in say.iter_mut().zip(&*salience) {
        *say = loudness * salience;
    }
}

/// Draws at which pressure a delegation objects: to the package first, then to the clauses.
fn draw_resolve(to: &mut Instructions, stream: &mut Stream, places: &[usize], assertiveness: f64) {
    to.package_resolve = resolve(stream.uniform(), assertiveness);
    for &clause in places {
        to.resolve[clause] = resolve(stream.uniform(), assertiveness);
    }
}

/// Draws of [`draw_resolve`] that one extension needs at most.
const SECOND_THOUGHTS: usize = MAX_CLAUSES + 1;

/// Has the capitals of an extended forum think again: what it would take to make them object is drawn anew. What they
/// want stays as it is.
pub fn reconsider(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    mut forums: Query<(&Forum, &RollCall, &mut Proceedings, &mut RollingText)>,
    mut delegations: Query<(&Delegation, &mut Instructions)>,
) {
    for (forum, roll_call, mut proceedings, mut text) in &mut forums {
        if !std::mem::take(&mut proceedings.reconsidering) {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let mut stream = chance.stream();
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((delegation, mut instructions))) = seats.fetch_next() {
            let lane = scene.scenario.countries[written.members[delegation.seat].country].lane;
            stream.place(Purpose::SecondThoughts, written.occasion, lane);
            stream.skip((proceedings.extensions - 1) as usize * SECOND_THOUGHTS);
            draw_resolve(&mut instructions, &mut stream, &places, parameters.assertiveness);
        }
        text.moved.clear();
        text.moved.extend(0..written.agenda.len());
    }
}

/// By how much a country's own error is off, in standard deviations: where a mandate is read from evidence, part of the
/// error is everyone's.
fn shared_in(mandate: &Mandate, own: f64, shared: Shared) -> f64 {
    match mandate.origin {
        Origin::Evidence { .. } | Origin::Imputed { .. } => shared.error + shared.own * own,
        _ => own,
    }
}

/// How far beyond where it was stated a red line really lies.
pub(super) fn half_normal(line: RedLine, u: f64) -> f64 {
    if line.slack > 0.0 { Uncertain::Normal { mean: 0.0, sd: line.slack }.quantile(0.5 + u / 2.0) } else { 0.0 }
}

/// The pressure at which a delegation objects. With pressure x and assertiveness b its odds of objecting are b·x, so
/// it objects when u < b·x / (1 + b·x): when x exceeds u / (1 − u) / b.
pub(crate) fn resolve(u: f64, assertiveness: f64) -> f64 {
    if assertiveness > 0.0 { u / (1.0 - u) / assertiveness } else { f64::INFINITY }
}

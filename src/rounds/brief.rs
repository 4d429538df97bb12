//! Briefing: what a capital really wants is drawn from the mandates of its delegation.
//!
//! Draws of a purpose are asked for all at once. Where nothing depends on them they are not asked for, which moves no other
//! draw.

use crate::chance::{NOBODY, Purpose, Stream};
use crate::maths::{higher, lower, normal_quantiles, pow};
use crate::quantity::Uncertain;
use crate::scenario::MAX_CLAUSES;
use crate::world::{Brief, DrawnParameters, Instructions, Scene, Spread};

/// Room to draw in, so that nobody has to make any for each delegation.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    /// Numbers in the order in which they are drawn.
    drawn: [f64; 2 * MAX_CLAUSES],
    /// The same by clause, on one side of the text and on the other.
    sides: [[f64; MAX_CLAUSES]; 2],
}

impl Room {
    pub fn new() -> Self {
        Room { drawn: [0.5; 2 * MAX_CLAUSES], sides: [[0.5; MAX_CLAUSES]; 2] }
    }

    /// The next draws of a stream, one for each clause at its place.
    fn next_each(&mut self, stream: &mut Stream, places: &[usize]) -> &mut [f64] {
        let Room { drawn, sides: [luck, _] } = self;
        let drawn = &mut drawn[..places.len()];
        stream.uniforms(drawn);
        places.iter().zip(drawn).for_each(|(&clause, drawn)| luck[clause] = *drawn);
        &mut luck[..places.len()]
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
    pub room: &'a mut Room,
    /// Per clause, the part of the error that all countries share; empty where they share none.
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
        return Vec::new();
    }
    let (common, own) = (common_error.sqrt(), (1.0 - common_error).sqrt());
    stream.place(Purpose::CommonError, 0, NOBODY);
    let mut by_rank = vec![0.0; scene.clause_rank.len()];
    stream.uniforms(&mut by_rank);
    normal_quantiles(&mut by_rank);
    agenda.iter().map(|&clause| Shared { error: common * by_rank[scene.clause_rank[clause]], own }).collect()
}

impl Draws<'_> {
    fn place(&mut self, purpose: Purpose) -> &mut Stream {
        self.stream.place(purpose, self.occasion, self.lane)
    }

    /// One uniform number per clause.
    fn each(&mut self, purpose: Purpose) -> &mut [f64] {
        self.place(purpose);
        self.room.next_each(self.stream, self.places)
    }

    /// A value of the delegation as a whole.
    fn one(&mut self, purpose: Purpose, value: Uncertain) -> f64 {
        match value {
            Uncertain::Fixed(value) => value,
            _ => value.quantile(self.place(purpose).uniform()),
        }
    }

    /// Red lines, with two numbers a clause, one for each side: how far out each lies, in standard deviations.
    fn red_lines(&mut self, to: &mut Instructions, brief: &Brief) {
        let Brief { floor, ceiling, .. } = brief;
        if floor.is_drawn || ceiling.is_drawn {
            self.stream.place(Purpose::RedLine, self.occasion, self.lane);
            let Room { drawn, sides: [below, above] } = &mut *self.room;
            let drawn = &mut drawn[..2 * self.places.len()];
            self.stream.uniforms(drawn);
            for (&clause, pair) in self.places.iter().zip(drawn.chunks_exact(2)) {
                (below[clause], above[clause]) = (0.5 + pair[0] / 2.0, 0.5 + pair[1] / 2.0);
            }
        }
        let [below, above] = &mut self.room.sides;
        lines(&mut to.floor, floor, -1.0, below);
        lines(&mut to.ceiling, ceiling, 1.0, above);
    }

    /// What a country wants on every clause, before its red lines are asked.
    fn ideal_points(&mut self, to: &mut [f64], brief: &Brief) {
        let shared = self.shared;
        self.stated(Purpose::IdealPoint, to, &brief.ideal, |off| {
            // Where a mandate is read from evidence, part of the error is everyone's.
            for ((off, shared), from_evidence) in off.iter_mut().zip(shared).zip(&brief.from_evidence) {
                *off = if *from_evidence { shared.error + shared.own * *off } else { *off };
            }
        });
    }

    /// Numbers that were stated, each as far off as its luck has it, in standard deviations.
    fn stated(&mut self, purpose: Purpose, to: &mut [f64], stated: &Spread, share: impl FnOnce(&mut [f64])) {
        to.copy_from_slice(&stated.at);
        if !stated.needs_luck() {
            return;
        }
        let off = self.each(purpose);
        for &(clause, shaped) in &stated.shaped {
            to[clause] = shaped.quantile(off[clause]);
        }
        if stated.is_drawn {
            normal_quantiles(off);
            share(off);
            to.iter_mut().zip(&stated.sd).zip(off).for_each(|((to, sd), off)| *to += sd * *off);
        }
    }

    /// How much it cares about every clause, and what follows from it.
    fn saliences(&mut self, to: &mut Instructions, brief: &Brief) {
        if let Some(cares) = &brief.cares {
            return cares.tell(to);
        }
        self.stated(Purpose::Salience, &mut to.salience, &brief.salience, |_| ());
        to.salience.iter_mut().for_each(|salience| *salience = salience.max(0.0));
        to.weigh();
    }
}

/// Red lines of one side, each as far out as its luck has it.
fn lines(to: &mut [f64], lines: &Spread, outwards: f64, out: &mut [f64]) {
    to.copy_from_slice(&lines.at);
    if lines.is_drawn {
        let out = &mut out[..to.len()];
        normal_quantiles(out);
        let lines = to.iter_mut().zip(&lines.sd).zip(out);
        lines.for_each(|((line, slack), out)| *line += outwards * (slack * *out));
    }
}

/// Draws the instructions of one delegation.
pub(crate) fn brief(
    to: &mut Instructions,
    (brief, reservation): (&Brief, Uncertain),
    mut draws: Draws,
    parameters: &DrawnParameters,
) {
    to.bound.fill(0.0);
    draws.red_lines(to, brief);
    draws.ideal_points(&mut to.ideal, brief);
    for ((wanted, &floor), &ceiling) in to.ideal.iter_mut().zip(&to.floor).zip(&to.ceiling) {
        *wanted = lower(higher(wanted.clamp(0.0, 1.0), floor), ceiling);
    }
    draws.saliences(to, brief);
    slow_down(to, parameters);
    to.reservation = draws.one(Purpose::Delegation, reservation);
    draws.place(Purpose::Resolve);
    draw_resolve(to, draws.stream, draws.places, draws.room, parameters.assertiveness);
}

/// What follows from saliences: stakes, and what a delegation gives on each clause.
pub(crate) fn weigh_up(to: &mut Instructions, parameters: &DrawnParameters) {
    to.weigh();
    slow_down(to, parameters);
}

/// What a delegation gives on each clause, where stakes slow it down.
fn slow_down(to: &mut Instructions, parameters: &DrawnParameters) {
    to.give.iter_mut().zip(&to.stake).for_each(|(give, stake)| *give = 1.0 - parameters.rigidity * stake);
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
pub(super) fn draw_resolve(
    to: &mut Instructions,
    stream: &mut Stream,
    places: &[usize],
    room: &mut Room,
    assertiveness: f64,
) {
    to.package_resolve = resolve(stream.uniform(), assertiveness);
    let luck = room.next_each(stream, places);
    to.resolve.iter_mut().zip(luck).for_each(|(to, luck)| *to = resolve(*luck, assertiveness));
}

/// Draws of [`draw_resolve`] that one extension needs at most.
pub(super) const SECOND_THOUGHTS: usize = MAX_CLAUSES + 1;

/// The pressure at which a delegation objects. With pressure x and assertiveness b its odds of objecting are b·x, so
/// it objects when u < b·x / (1 + b·x): when x exceeds u / (1 − u) / b.
pub(crate) fn resolve(u: f64, assertiveness: f64) -> f64 {
    if assertiveness > 0.0 { u / (1.0 - u) / assertiveness } else { f64::INFINITY }
}

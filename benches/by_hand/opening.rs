//! The opening: every draw of a replication.

use comity::chance::{Chance, NOBODY, Purpose, Stream};
use comity::maths::{normal_quantile, normal_quantiles, pow};
use comity::minutes::ClauseOutcome;
use comity::quantity::Uncertain;
use comity::scenario::{Forum, MAX_CLAUSES, Member};
use comity::world::Spread;

use super::{ByHand, Drawn, TILE, share};

impl ByHand {
    /// Draws parameters, countries and instructions, and puts a blank text on the table.
    pub(super) fn open(&mut self, chance: &Chance) -> Drawn {
        let scenario = self.scenario.clone();
        let forum = &scenario.forums[0];
        let mut stream = chance.stream();
        stream.place(Purpose::Parameters, 0, NOBODY);
        let mut draw = |value: Uncertain| value.quantile(stream.uniform());
        let parameters = scenario.parameters.map(|value, parameter| parameter.cut(draw(value)));
        let errors = self.common_errors(&mut stream, parameters.common_error);
        for (seat, member) in forum.members.iter().enumerate() {
            let country = &scenario.countries[member.country];
            let (capability, capacity) = match country.capability.is_drawn() || country.capacity.is_drawn() {
                true => {
                    stream.place(Purpose::Delegation, 0, country.lane);
                    (country.capability.quantile(stream.uniform()), country.capacity.quantile(stream.uniform()))
                }
                false => (country.capability.quantile(0.5), country.capacity.quantile(0.5)),
            };
            self.members.weight[seat] = member.weight.unwrap_or(capability.max(0.0));
            self.members.capacity[seat] = capacity.clamp(0.0, 1.0);
            self.instruct(&mut stream, forum, seat, member, country.lane, &errors, &parameters);
        }
        self.take_stock(&parameters);

        self.cost_of_failure = {
            let luck = stream.place(Purpose::Parameters, forum.occasion, NOBODY).uniform();
            forum.cost_of_failure.quantile(luck).max(0.0)
        };
        let text = &mut self.text;
        text.point.copy_from_slice(&forum.status_quo);
        text.agreed.fill(None);
        text.tabled.fill(false);
        text.open.clear();
        text.open.extend(0..forum.agenda.len());
        text.moved.clear();
        text.moved.extend(0..forum.agenda.len());
        text.low.copy_from_slice(&forum.status_quo);
        text.high.copy_from_slice(&forum.status_quo);
        self.clause_outcomes.fill(ClauseOutcome { proposed: true, ..ClauseOutcome::default() });
        self.parties.fill(false);
        self.gains.fill(0.0);
        self.members.level.fill(0.0);
        self.members.next.fill(0.0);
        self.polls = 0;
        parameters
    }

    /// Per clause of the agenda, the error that all mandates share, and what is left to each.
    fn common_errors(&self, stream: &mut Stream, common_error: f64) -> Vec<(f64, f64)> {
        if common_error == 0.0 {
            return vec![(0.0, 1.0); self.clauses];
        }
        stream.place(Purpose::CommonError, 0, NOBODY);
        let (common, own) = (common_error.sqrt(), (1.0 - common_error).sqrt());
        let by_rank: Vec<f64> = self.rank.iter().map(|_| common * normal_quantile(stream.uniform())).collect();
        self.scenario.forums[0].agenda.iter().map(|&clause| (by_rank[self.rank[clause]], own)).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "a loop's body, named")]
    fn instruct(
        &mut self,
        stream: &mut Stream,
        forum: &Forum,
        seat: usize,
        member: &Member,
        lane: u32,
        errors: &[(f64, f64)],
        parameters: &Drawn,
    ) {
        let (from, to) = (seat * self.clauses, (seat + 1) * self.clauses);
        let (brief, places) = (&self.briefs[seat], &self.places);
        let wants = &mut self.wants;
        let m = self.clauses;
        let mut drawn = [0.0; 2 * MAX_CLAUSES];
        if brief.floor.is_drawn || brief.ceiling.is_drawn {
            stream.place(Purpose::RedLine, forum.occasion, lane).uniforms(&mut drawn[..2 * m]);
        }
        let mut line = |row: &mut [f64], line: &Spread, side: usize, outwards: f64| {
            row.copy_from_slice(&line.at);
            if line.is_drawn {
                let out = &mut self.luck[..m];
                for (&clause, pair) in places.iter().zip(drawn.chunks_exact(2)) {
                    out[clause] = 0.5 + pair[side] / 2.0;
                }
                normal_quantiles(out);
                for ((at, slack), out) in row.iter_mut().zip(&line.sd).zip(out) {
                    *at += outwards * (slack * *out);
                }
            }
        };
        let (floor, ceiling) = (&mut wants.floor[from..to], &mut wants.ceiling[from..to]);
        line(floor, &brief.floor, 0, -1.0);
        line(ceiling, &brief.ceiling, 1, 1.0);
        let luck = &mut self.luck[..m];
        let ideal = &mut wants.ideal[from..to];
        let members = forum.members.len();
        ideal.copy_from_slice(&brief.ideal.at);
        if brief.ideal.needs_luck() {
            each(stream.place(Purpose::IdealPoint, forum.occasion, lane), places, luck);
            for &(clause, shaped) in &brief.ideal.shaped {
                ideal[clause] = shaped.quantile(luck[clause]);
            }
            if brief.ideal.is_drawn {
                normal_quantiles(luck);
                for clause in 0..m {
                    let (shared, own) = errors[clause];
                    let off = if brief.from_evidence[clause] { shared + own * luck[clause] } else { luck[clause] };
                    ideal[clause] += brief.ideal.sd[clause] * off;
                }
            }
        }
        for clause in 0..m {
            let (low, high) = (floor[clause], ceiling[clause]);
            let wanted = ideal[clause].clamp(0.0, 1.0).max(low).min(high);
            ideal[clause] = wanted;
            self.stances.aim[clause / TILE * members + seat][clause % TILE] = if wanted < low { low } else { wanted };
        }
        let salience = &mut wants.salience[from..to];
        salience.copy_from_slice(&brief.salience.at);
        if brief.salience.needs_luck() {
            each(stream.place(Purpose::Salience, forum.occasion, lane), places, luck);
            for &(clause, shaped) in &brief.salience.shaped {
                salience[clause] = shaped.quantile(luck[clause]);
            }
            if brief.salience.is_drawn {
                normal_quantiles(luck);
                salience.iter_mut().zip(&brief.salience.sd).zip(&*luck).for_each(|((to, sd), off)| *to += sd * off);
            }
        }
        salience.iter_mut().for_each(|salience| *salience = salience.max(0.0));
        let most = salience.iter().fold(0.0f64, |most, &salience| most.max(salience));
        let loudness = pow(self.members.weight[seat], parameters.capability_exponent);
        let (stake, give) = (&mut wants.stake[from..to], &mut wants.give[from..to]);
        for clause in 0..self.clauses {
            stake[clause] = if most > 0.0 { salience[clause] / most } else { 0.0 };
            give[clause] = 1.0 - parameters.rigidity * stake[clause];
            self.stances.say[clause / TILE * members + seat][clause % TILE] = loudness * salience[clause];
        }
        self.members.total_salience[seat] = salience.iter().sum();
        self.members.stakes[seat] = stake.iter().sum::<f64>().max(1.0);
        self.members.reservation[seat] = match member.reservation {
            Uncertain::Fixed(value) => value,
            drawn => drawn.quantile(stream.place(Purpose::Delegation, forum.occasion, lane).uniform()),
        };
        stream.place(Purpose::Resolve, forum.occasion, lane);
        self.draw_resolve(stream, seat, parameters.assertiveness);
    }

    fn draw_resolve(&mut self, stream: &mut Stream, seat: usize, assertiveness: f64) {
        let resolve = |u: f64| if assertiveness > 0.0 { u / (1.0 - u) / assertiveness } else { f64::INFINITY };
        self.members.package_resolve[seat] = resolve(stream.uniform());
        let row = &mut self.wants.resolve[seat * self.clauses..(seat + 1) * self.clauses];
        each(stream, &self.places, row);
        row.iter_mut().for_each(|to| *to = resolve(*to));
    }

    /// Weights, standings and says together.
    fn take_stock(&mut self, parameters: &Drawn) {
        let members = &mut self.members;
        let strongest = members.weight.iter().fold(0.0f64, |most, &weight| most.max(weight));
        let mut total = 0.0;
        self.all_say.fill(0.0);
        let decides = self.scenario.forums[0].members.iter().map(|member| member.decides());
        members.weight.iter().zip(decides).filter(|(_, decides)| *decides).for_each(|(weight, _)| total += weight);
        for (all, says) in self.all_say.chunks_mut(TILE).zip(self.stances.say.chunks_exact(members.weight.len())) {
            for say in says {
                all.iter_mut().zip(say).for_each(|(all, say)| *all += say);
            }
        }
        self.total_weight = total;
        for seat in 0..members.weight.len() {
            let weight = members.weight[seat];
            members.alone[seat] = pow(if strongest > 0.0 { weight / strongest } else { 1.0 }, parameters.isolation);
            members.own[seat] = share(weight, total).min(1.0);
        }
    }

    /// After an extension: what it takes to make members object is drawn anew, and clauses that were given up come back.
    pub(super) fn reconsider(&mut self, forum: &Forum, chance: &Chance, extensions: u32, assertiveness: f64) {
        let scenario = self.scenario.clone();
        let mut stream = chance.stream();
        for (seat, member) in forum.members.iter().enumerate() {
            stream.place(Purpose::SecondThoughts, forum.occasion, scenario.countries[member.country].lane);
            stream.skip((extensions - 1) as usize * (MAX_CLAUSES + 1));
            self.draw_resolve(&mut stream, seat, assertiveness);
        }
        for (clause, outcome) in self.clause_outcomes.iter_mut().enumerate() {
            if (outcome.dropped || outcome.dilutions > 0) && self.text.agreed[clause].take().is_some() {
                self.text.open.push(clause);
            }
            outcome.dropped = false;
            outcome.dilutions = 0;
        }
        self.text.open.sort_unstable();
        self.text.moved.clear();
        self.text.moved.extend(0..self.clauses);
    }
}

/// The next draws of a stream, one for each clause at its place.
fn each(stream: &mut Stream, places: &[usize], to: &mut [f64]) {
    let mut drawn = [0.0; MAX_CLAUSES];
    let drawn = &mut drawn[..places.len()];
    stream.uniforms(drawn);
    places.iter().zip(drawn).for_each(|(&clause, drawn)| to[clause] = *drawn);
}

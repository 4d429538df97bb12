//! Caucus: blocs agree on common positions, and their members follow as far as the bloc coheres.
//!
//! A bloc of the weak bargains as one to make its objections count (Narlikar 2003); in the small room one member speaks
//! for it (Patel 2007). It holds as long as nobody is won over by a side-deal: a member that has given way on a clause in
//! an exchange has left the common position there (Narlikar & Odell 2006).

use bevy_ecs::prelude::*;

use super::aim::Stances;
use super::brief::draw_places;
use super::instruct::half_normal;
use crate::chance::{Chance, Purpose, Stream};
use crate::minutes::{Entry, Minutes};
use crate::scenario::{Bloc, RedLine};
use crate::world::{
    Bearings, Concessions, Deal, Deals, Engagement, Forum, Instructions, Positions, Proceedings, RollCall, RollingText,
    Scales, Scene,
};

/// Binds the members of every bloc by its red lines, those too that are not there yet.
pub fn found_blocs(
    scene: Res<Scene>,
    chance: Res<Chance>,
    forums: Query<(&Forum, &RollCall)>,
    mut delegations: Query<&mut Instructions>,
) {
    for (forum, roll_call) in &forums {
        let written = &scene.scenario.forums[forum.0];
        if written.room.blocs.is_empty() {
            continue;
        }
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let mut stream = chance.stream();
        for bloc in written.room.blocs.iter().filter(|bloc| bloc.cohesion > 0.0) {
            let lines = draw_lines(&mut stream, written.occasion, bloc, &places);
            let seats = bloc.members.iter().filter_map(|&seat| roll_call.seats().get(seat));
            let mut members = delegations.iter_many_mut(seats);
            while let Some(Ok(mut instructions)) = members.fetch_next() {
                for (clause, &line) in lines.iter().enumerate() {
                    let own = (instructions.floor[clause], instructions.ceiling[clause]);
                    let bound = bind(own, line, bloc.cohesion);
                    (instructions.floor[clause], instructions.ceiling[clause]) = bound;
                }
            }
        }
    }
}

/// What a forum's blocs move.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        &'static RollingText,
        &'static Proceedings,
        &'static Concessions,
        &'static Scales,
        &'static mut Positions,
        &'static mut Bearings,
    ),
>;

/// Pulls what members pursue and say towards the bloc's mean, weighted by their say, clause by clause.
///
/// Aims are pulled from what each member wants by itself, so that a bloc that coheres by half moves its members by half
/// however many rounds there are; statements from what each has just said.
pub fn caucus(
    scene: Res<Scene>,
    mut forums: Halls,
    delegations: Query<(&Instructions, &Deals)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, text, proceedings, concessions, scales, mut positions, mut bearings) in &mut forums {
        let blocs = &scene.scenario.forums[forum.0].room.blocs;
        if blocs.is_empty() || proceedings.engagement != Engagement::InSession {
            continue;
        }
        let mut common = vec![Common::default(); text.point.len()];
        let (positions, bearings) = (&mut *positions, &mut *bearings);
        let mut stances = Stances { positions, bearings, concessions, scales, text };
        for (no, bloc) in blocs.iter().enumerate().filter(|(_, bloc)| bloc.cohesion > 0.0) {
            let pull = |own: f64, common: f64| (1.0 - bloc.cohesion) * own + bloc.cohesion * common;
            common.fill(Common::default());
            let members = || bloc.members.iter().filter_map(|&seat| Some((seat, roll_call.delegation(seat)?)));
            let members = || members().filter_map(|(seat, one)| Some((seat, delegations.get(one).ok()?)));
            for (_, (instructions, deals)) in members() {
                for &clause in text.open.iter().filter(|&&clause| deals.on[clause] != Deal::Gave) {
                    common[clause].hear(wish(instructions, clause), instructions.say[clause]);
                }
            }
            for (seat, (instructions, deals)) in members() {
                for &clause in text.open.iter().filter(|&&clause| deals.on[clause] != Deal::Gave) {
                    let Some(agreed) = common[clause].agreed() else { continue };
                    let aim = instructions.within_lines(clause, pull(wish(instructions, clause), agreed));
                    if aim != stances.positions.aim.at(seat, clause) {
                        stances.turn(seat, instructions, clause, aim);
                    }
                }
            }
            common.fill(Common::default());
            for (seat, (instructions, deals)) in members() {
                for &clause in text.open.iter().filter(|&&clause| deals.on[clause] != Deal::Gave) {
                    common[clause].hear(stances.positions.stated.at(seat, clause), instructions.say[clause]);
                }
            }
            for (seat, (instructions, deals)) in members() {
                for &clause in text.open.iter().filter(|&&clause| deals.on[clause] != Deal::Gave) {
                    let Some(agreed) = common[clause].agreed() else { continue };
                    let stated = stances.positions.stated.at_mut(seat, clause);
                    *stated = instructions.within_lines(clause, pull(*stated, agreed));
                }
            }
            for &clause in &text.open {
                if let Some(point) = common[clause].agreed() {
                    minutes.note(|| Entry::Caucused { forum: forum.0, bloc: no, clause, point });
                }
            }
        }
    }
}

/// What a member would pursue by itself (0–1).
fn wish(instructions: &Instructions, clause: usize) -> f64 {
    instructions.within_lines(clause, instructions.ideal[clause])
}

/// The delegations of a bloc that are there, in the order of the roll call.
pub(super) fn seats(bloc: &Bloc, roll_call: &RollCall) -> impl Iterator<Item = Entity> {
    bloc.members.iter().filter_map(|&seat| roll_call.delegation(seat))
}

/// A mean weighted by say, on the way.
#[derive(Clone, Copy, Debug, Default)]
struct Common {
    say: f64,
    heard: f64,
}

impl Common {
    fn hear(&mut self, point: f64, say: f64) {
        self.say += say;
        self.heard += say * point;
    }

    /// The common position; none on what no member cares about.
    fn agreed(self) -> Option<f64> {
        let mean = self.heard / self.say;
        (self.say > 0.0 && mean.is_finite()).then_some(mean)
    }
}

/// The red lines of a bloc in this replication, per clause: stated, or further out by its slack.
fn draw_lines(stream: &mut Stream, occasion: u16, bloc: &Bloc, places: &[usize]) -> Vec<[Option<f64>; 2]> {
    let mut lines = vec![[None; 2]; places.len()];
    stream.place(Purpose::BlocRedLine, occasion, bloc.lane);
    for &clause in places {
        let [floor, ceiling] = bloc.lines[clause];
        let (below, above) = (stream.uniform(), stream.uniform());
        let out = |line: RedLine, u: f64| half_normal(line, u);
        lines[clause] = [floor.map(|line| line.at - out(line, below)), ceiling.map(|line| line.at + out(line, above))];
    }
    lines
}

/// The red lines of a member under those of its bloc: its own move towards the bloc's, where that is stricter, as far as
/// the bloc coheres (a judgement). A member without a line has one at the end of the scale, where it binds nothing. Its
/// own lines come first: the bloc never makes it accept less than its floor or more than its ceiling.
fn bind((floor, ceiling): (f64, f64), [least, most]: [Option<f64>; 2], cohesion: f64) -> (f64, f64) {
    let towards = |from: f64, to: f64| from + cohesion * (to - from);
    let stricter_floor = least.filter(|&least| least > floor.max(0.0)).map(|least| towards(floor.max(0.0), least));
    let stricter_ceiling = most.filter(|&most| most < ceiling.min(1.0)).map(|most| towards(ceiling.min(1.0), most));
    (stricter_floor.map_or(floor, |line| line.min(ceiling)), stricter_ceiling.map_or(ceiling, |line| line.max(floor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: (f64, f64) = (-1.0, 2.0);

    #[test]
    fn a_members_line_moves_towards_the_blocs_as_far_as_the_bloc_coheres() {
        // From the end of the scale: 0 + 0.5 · 0.4, and 1 − 0.5 · (1 − 0.5).
        assert_eq!(bind(NONE, [Some(0.4), Some(0.5)], 0.5), (0.2, 0.75));
        assert_eq!(bind(NONE, [Some(0.4), Some(0.5)], 1.0), (0.4, 0.5));
        // From its own ceiling of 0.75, half of the way to 0.25.
        assert_eq!(bind((-1.0, 0.75), [None, Some(0.25)], 0.5), (-1.0, 0.5));
    }

    #[test]
    fn a_looser_line_of_the_bloc_changes_nothing_and_no_line_neither() {
        assert_eq!(bind((0.5, 0.75), [Some(0.4), Some(0.8)], 1.0), (0.5, 0.75));
        assert_eq!(bind(NONE, [None, None], 1.0), NONE);
    }

    #[test]
    fn its_own_lines_come_first_and_never_contradict_each_other() {
        assert_eq!(bind((-1.0, 0.3), [Some(0.5), None], 1.0), (0.3, 0.3));
        assert_eq!(bind((0.7, 2.0), [None, Some(0.5)], 1.0), (0.7, 0.7));
        for own in [NONE, (0.2, 0.6), (0.7, 2.0), (-1.0, 0.1)] {
            for cohesion in [0.1, 0.5, 1.0] {
                let (floor, ceiling) = bind(own, [Some(0.3), Some(0.5)], cohesion);
                assert!(floor <= ceiling && floor >= own.0 && ceiling <= own.1, "{own:?} {cohesion}");
            }
        }
    }

    #[test]
    fn the_common_position_is_the_mean_weighted_by_say() {
        let mut common = Common::default();
        assert_eq!(common.agreed(), None);
        common.hear(1.0, 3.0);
        common.hear(0.0, 1.0);
        assert_eq!(common.agreed(), Some(0.75));
    }
}

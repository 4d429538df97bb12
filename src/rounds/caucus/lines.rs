//! The red lines of a bloc, and how they bind its members.

use bevy_ecs::prelude::*;

use super::super::brief::draw_places;
use crate::chance::{Chance, Purpose, Stream};
use crate::quantity::Uncertain;
use crate::scenario::{Bloc, RedLine};
use crate::world::{Forum, Instructions, RollCall, Scene};

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

/// The red lines of a bloc in this replication, per clause: stated, or further out by its slack.
fn draw_lines(stream: &mut Stream, occasion: u16, bloc: &Bloc, places: &[usize]) -> Vec<[Option<f64>; 2]> {
    let mut lines = vec![[None; 2]; places.len()];
    stream.place(Purpose::BlocRedLine, occasion, bloc.lane);
    for &clause in places {
        let [floor, ceiling] = bloc.lines[clause];
        let (below, above) = (stream.uniform(), stream.uniform());
        let out = |line: RedLine, u: f64| Uncertain::Normal { mean: 0.0, sd: line.slack }.quantile(0.5 + u / 2.0);
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
}

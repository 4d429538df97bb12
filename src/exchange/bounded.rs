//! Exchange with bounded work, for use within a round of a simulation.

use super::frontier::Frontier;
use super::realise::Realised;
use super::shortlist::Shortlist;
use super::stakes::Stakes;
use super::{Roles, Table};

/// How much a round of exchanges may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Suppliers heard on each side of each issue.
    pub partners: usize,
    /// Issues an actor may supply.
    pub issues: usize,
    /// Exchanges concluded.
    pub exchanges: usize,
}

impl Bounds {
    /// Ten exchanges on a table of so many issues, eight issues an actor, and about a hundred suppliers heard in all, at
    /// least two on each side of an issue.
    ///
    /// On random tables of 65 × 27 and 90 × 30 these gain 85 to 92 % of what the first ten of [`realise`](super::realise)
    /// gain, in less than a tenth of a millisecond.
    pub fn for_issues(issues: usize) -> Self {
        Self { partners: (50 / issues.max(1)).max(2), issues: 8, exchanges: 10 }
    }
}

/// Memory that rounds of exchanges work in. Tables of the same size after the first need no more of it, except for a round
/// that finds more pairs or concludes more exchanges than any before.
#[derive(Debug, Default)]
pub struct Workspace {
    stakes: Stakes,
    shortlist: Shortlist,
    pub(super) frontier: Frontier,
    realised: Realised,
}

/// As [`realise`](super::realise), but among a shortlist of pairs.
///
/// On each side of each issue only the `partners` suppliers are heard whose giving way is worth most: how far they can
/// shift the outcome, times how much more the issue matters to the one on the other side to whom it matters most. Of
/// those, each actor keeps its `issues` best. Pairs are made of what is left. With bounds as large as the table nothing
/// is lost.
///
/// With n actors, m issues and b partners this looks at n·m stakes and at most (2 m b)² / 2 pairs, up to three times each.
/// Those that could gain enough to come up are worked out, and after each exchange those of them again that are over one of
/// its issues, about 4 / m of them.
pub fn realise_within<'w>(table: &Table, roles: Roles, bounds: Bounds, workspace: &'w mut Workspace) -> &'w Realised {
    let Workspace { stakes, shortlist, frontier, realised } = workspace;
    stakes.open(table);
    shortlist.fill(stakes, bounds);
    frontier.settle(shortlist, stakes, roles, bounds.exchanges, realised);
    realised
}

#[cfg(test)]
mod tests {
    use super::super::golden::{Case, PARIS, TOLL};
    use super::super::realise;
    use super::*;

    #[test]
    fn bounds_as_large_as_the_table_lose_nothing() {
        for case in [PARIS, TOLL] {
            case.with(|table| {
                for roles in [Roles::Kept, Roles::Free] {
                    let all = Bounds { partners: 15, issues: 6, exchanges: usize::MAX };
                    let mut workspace = Workspace::default();
                    assert_eq!(*realise_within(table, roles, all, &mut workspace), realise(table, roles, usize::MAX));
                }
            });
        }
    }

    #[test]
    fn the_usual_bounds_find_the_best_exchanges_of_small_tables() {
        for (case, issues) in [(PARIS, 3), (TOLL, 6)] {
            case.with(|table| {
                let mut workspace = Workspace::default();
                let found = gain(realise_within(table, Roles::Kept, Bounds::for_issues(issues), &mut workspace));
                assert!(found > 0.99 * gain(&realise(table, Roles::Kept, 10)), "{found}");
            });
        }
    }

    fn gain(realised: &Realised) -> f64 {
        realised.exchanges.iter().fold(0.0, |sum, exchange| sum + exchange.gain)
    }

    #[test]
    fn a_bound_of_nothing_concludes_nothing() {
        let mut workspace = Workspace::default();
        for bounds in [
            Bounds { partners: 0, ..Bounds::for_issues(3) },
            Bounds { issues: 0, ..Bounds::for_issues(3) },
            Bounds { exchanges: 0, ..Bounds::for_issues(3) },
        ] {
            PARIS.with(|table| {
                let realised = realise_within(table, Roles::Kept, bounds, &mut workspace);
                assert!(realised.exchanges.is_empty());
                assert_eq!(realised.before, realised.outcomes);
            });
        }
    }

    #[test]
    fn a_workspace_that_has_been_used_is_as_good_as_new_and_asks_for_no_more_memory() {
        let mut used = Workspace::default();
        let run = |case: Case, workspace: &mut Workspace| {
            case.with(|table| realise_within(table, Roles::Kept, Bounds::for_issues(3), workspace).clone())
        };
        run(TOLL, &mut used);
        let first = run(PARIS, &mut used);
        assert_eq!(first, run(PARIS, &mut Workspace::default()));
        let memory = |workspace: &Workspace| {
            (
                workspace.stakes.positions.as_ptr(),
                workspace.realised.voting.as_ptr(),
                workspace.realised.exchanges.as_ptr(),
            )
        };
        let before = memory(&used);
        run(TOLL, &mut used);
        run(PARIS, &mut used);
        assert_eq!(before, memory(&used));
    }
}

//! Solutions over texts of clauses and rungs, and how far a text is from efficiency, against a look at every text in exact
//! fractions.

use comity::solutions::{Attainable, Solution, TextSpace};

use super::{Row, agreed, cases, disagreeing, near, numbers};

/// What each rung of each clause is worth to each member.
fn worth(row: &Row) -> Vec<Vec<Vec<f64>>> {
    row.text("worth").split('/').map(|clause| clause.split(';').map(numbers).collect()).collect()
}

fn space(row: &Row) -> TextSpace {
    TextSpace::new(worth(row), row.numbers("disagreement")).unwrap()
}

fn rungs(text: &str) -> Vec<usize> {
    numbers(text).into_iter().map(|rung| rung as usize).collect()
}

/// Cases in which a solution names another text than the answer, or none.
fn wrong(solution: Solution, solve: impl Fn(&Row) -> Option<Vec<usize>>) -> Vec<String> {
    let rows = cases("texts.csv");
    let found = rows.iter().map(|row| {
        let expected = Some(rungs(row.text(solution.name()))).filter(|text| !text.is_empty());
        (format!("{} of case {}", solution.name(), row.text("case")), solve(row), expected)
    });
    disagreeing(found, |one, other| one == other)
}

fn place(solution: Solution) -> usize {
    Solution::ALL.iter().position(|other| *other == solution).unwrap()
}

#[test]
fn solutions_over_texts_agree_with_an_independent_computation() {
    for solution in Solution::ALL {
        let solve = |row: &Row| {
            let found = space(row).solve(&rungs(row.text("text")))[place(solution)].clone();
            found.map(|found| {
                assert!(found.exact);
                found.text
            })
        };
        agreed(&wrong(solution, solve));
    }
}

#[test]
fn distance_from_efficiency_agrees_with_an_independent_computation() {
    let rows = cases("texts.csv");
    let found = rows.iter().map(|row| {
        let found = space(row).efficiency(&rungs(row.text("text")));
        let expected = (row.number("distance").unwrap(), row.number("left").unwrap());
        (format!("case {}", row.text("case")), (found.distance, found.left), expected)
    });
    agreed(&disagreeing(found, |one, other| near(one.0, other.0) && near(one.1, other.1)));
}

#[test]
fn another_solution_over_texts_is_found_out() {
    // Disagreement better for everyone by three tenths; one solution in the place of another.
    let dearer = |row: &Row| {
        let disagreement = row.numbers("disagreement").iter().map(|d| d + 0.3).collect();
        TextSpace::new(worth(row), disagreement).unwrap().solve(&rungs(row.text("text")))[0]
            .clone()
            .map(|found| found.text)
    };
    assert!(wrong(Solution::Nash, dearer).len() > 15);
    let other = |solution: Solution| {
        move |row: &Row| space(row).solve(&rungs(row.text("text")))[place(solution)].clone().map(|found| found.text)
    };
    for (asked, given) in [
        (Solution::Nash, Solution::KalaiSmorodinsky),
        (Solution::KalaiSmorodinsky, Solution::Egalitarian),
        (Solution::Egalitarian, Solution::Nash),
        (Solution::Utilitarian, Solution::Nash),
    ] {
        assert!(wrong(asked, other(given)).len() > 15, "{}", asked.name());
    }
}

#[test]
fn a_text_that_gives_someone_back_what_it_has_already_is_no_gain_however_sums_round() {
    // 0.1 + 0.2 is 0.30000000000000004, and 0.1 + 0.7 is 0.7999…: as decimals each is what there is without agreement.
    let one = |first: f64, second: f64, without: f64| {
        let worth = vec![vec![vec![first, 1.0]], vec![vec![second, 1.0]]];
        TextSpace::new(worth, vec![without, 0.0]).unwrap().solve(&[0, 0]).map(|found| found.is_some())
    };
    for (first, second, without) in
        [(0.1, 0.2, 0.3), (0.1, 0.7, 0.8), (0.3, 0.6, 0.9), (0.4, 0.3, 0.7), (0.5, 0.25, 0.75)]
    {
        // Nash asks that everyone gain, the others that nobody lose.
        assert_eq!(one(first, second, without), [false, true, true, true], "{first} + {second}");
        assert_eq!(one(first, second, without - 0.001), [true; 4], "{first} + {second}, with something to gain");
        assert_eq!(one(first, second, without + 0.001), [false, false, false, true], "{first} + {second}, at a loss");
    }
    // Nor does rounding make one of two equal texts better than the other.
    let set = Attainable::new(vec![vec![0.1 + 0.2, 1.0], vec![0.3, 1.0]], vec![0.0, 0.0]).unwrap();
    assert!(set.is_efficient(&[0.3, 1.0]));
    assert_eq!(set.efficiency(&[0.3, 1.0]).left, 0.0);
    assert!(!set.is_efficient(&[0.29, 1.0]));
}

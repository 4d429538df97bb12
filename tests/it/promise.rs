//! How a promise is held to its word: a check that no case may break, and that is seen to break where a premise is
//! taken away. A check that cannot fail shows nothing.

use std::cell::Cell;
use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

/// What a check says of one case: how the promise was broken, or whether the case had anything to say about it.
pub type Kept = Result<bool, String>;

/// The check of a case that always speaks.
pub fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Kept {
    if holds { Ok(true) } else { Err(otherwise()) }
}

/// Holds a promise against generated cases. A quarter of them at least must speak: a promise about adopted texts is not
/// kept by talks that never adopt one.
pub fn kept<S: Strategy>(cases: u32, of: S, check: impl Fn(&S::Value) -> Kept)
where
    S::Value: Debug,
{
    let mut runner = runner(cases);
    let cases = runner.config().cases;
    let speaking = Cell::new(0);
    let ran = runner.run(&of, |case| {
        let spoke = check(&case).map_err(TestCaseError::fail)?;
        speaking.set(speaking.get() + u32::from(spoke));
        Ok(())
    });
    if let Err(broken) = ran {
        panic!("{broken}");
    }
    let speaking = speaking.get();
    assert!(4 * speaking >= cases, "only {speaking} of {cases} cases have anything to say");
}

/// The negative control: among cases that lack a premise, the same check finds one that breaks the promise.
pub fn broken<S: Strategy>(cases: u32, of: S, check: impl Fn(&S::Value) -> Kept) {
    let mut runner = runner(cases);
    let cases = runner.config().cases;
    let found = (0..cases).any(|_| match of.new_tree(&mut runner) {
        Ok(tree) => check(&tree.current()).is_err(),
        Err(reason) => panic!("no case: {reason}"),
    });
    assert!(found, "the check passes even where the premise is missing");
}

/// The same cases in every run, so that a failure is a failure of the change at hand; `PROPTEST_RNG_SEED` asks for
/// others, `PROPTEST_CASES` for more.
fn runner(cases: u32) -> TestRunner {
    let asked = |variable| std::env::var_os(variable).is_some();
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if !asked("PROPTEST_CASES") {
        config.cases = cases;
    }
    if !asked("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(1648);
    }
    TestRunner::new(config)
}

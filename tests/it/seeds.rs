//! Seeds of all sizes: whoever reads what comity writes, or what an author writes, has the same one.

use serde_json::Value;

use crate::folder::Folder;

/// Largest number up to which readers that know only floating point keep every whole number.
const EXACT: u64 = 1 << 53;
/// Seeds that some reader of TOML or JSON would refuse or round, as numbers.
const LARGE: [u64; 5] = [EXACT + 1, (1 << 63) - 1, 1 << 63, u64::MAX - 1, u64::MAX];

fn digest(out: &str) -> &str {
    out.trim_end().rsplit("digest ").next().unwrap()
}

/// Whether every number of a JSON text survives a reader that knows only floating point.
fn survives(json: &Value) -> bool {
    match json {
        Value::Number(number) => number.as_u64().is_none_or(|number| number <= EXACT),
        Value::Array(items) => items.iter().all(survives),
        Value::Object(entries) => entries.values().all(survives),
        _ => true,
    }
}

#[test]
fn a_seed_of_any_size_survives_every_reader_of_a_run() {
    let folder = Folder::new();
    let mut digests = std::collections::BTreeSet::new();
    for seed in [0, 7, EXACT].into_iter().chain(LARGE) {
        let (seed, out) = (seed.to_string(), format!("run-{seed}"));
        let said = folder.comity(&["run", "minimal", "-n", "40", "-q", "-s", &seed, "--out", &out]).well();
        digests.insert(digest(&said.out).to_owned());
        for file in ["manifest.json", "datapackage.json"] {
            let json: Value = serde_json::from_str(&folder.read(&format!("{out}/{file}"))).unwrap();
            assert!(survives(&json), "{file} of {seed}");
        }
        let manifest: Value = serde_json::from_str(&folder.read(&format!("{out}/manifest.json"))).unwrap();
        assert_eq!(manifest["seed"], seed.as_str());
        let verified = folder.comity(&["verify", &out]).well();
        assert!(verified.out.contains(&format!("under seed {seed} ")), "{}", verified.out);
        folder.comity(&["replay", &out, "-r", "3"]).well();
    }
    assert_eq!(digests.len(), 8, "neighbours are told apart");
    // The control: as numbers the large ones do not survive.
    assert!(LARGE.iter().all(|seed| !survives(&Value::from(*seed))));
}

#[test]
fn a_scenario_states_a_seed_of_any_size_as_text_and_is_recorded_as_every_reader_keeps_it() {
    let folder = Folder::new();
    let minimal = std::fs::read_to_string(crate::folder::home().join("scenarios/minimal.toml")).unwrap();
    let with = |seed: &str| {
        let without: Vec<&str> = minimal.lines().filter(|line| !line.starts_with("seed ")).collect();
        format!("seed = {seed}\n{}\n", without.join("\n"))
    };
    for seed in [7].into_iter().chain(LARGE) {
        let (text, out) = (seed.to_string(), format!("run-{seed}"));
        folder.write("s.toml", with(&format!("\"{seed}\"")));
        let said = folder.comity(&["check", "s.toml"]).well();
        assert!(!said.out.contains("seed"), "{}", said.out);
        let stated = folder.comity(&["run", "s.toml", "-n", "20", "-q", "--out", &out]).well();
        let typed =
            ["run", "minimal", "-n", "20", "-q", "-s", &text, "--out", &format!("{out}-typed")].map(str::to_owned);
        let typed = folder.comity(&typed.iter().map(String::as_str).collect::<Vec<_>>()).well();
        assert_eq!(digest(&stated.out), digest(&typed.out));
        let set = folder.comity(&["run", "minimal", "-n", "20", "-q", "--set", &format!("seed=\"{seed}\"")]).well();
        assert_eq!(digest(&stated.out), digest(&set.out));
        let recorded: toml::Table = folder.read(&format!("{out}/scenario.toml")).parse().unwrap();
        let kept = match &recorded["seed"] {
            toml::Value::Integer(number) => number.to_string(),
            text => text.as_str().unwrap().to_owned(),
        };
        assert_eq!(kept, text);
        folder.comity(&["verify", &out]).well();
    }
}

#[test]
fn a_seed_that_a_reader_would_round_is_told_with_what_to_write() {
    let folder = Folder::new();
    for seed in [EXACT + 1, (1 << 63) - 1] {
        // It means what it says, and says what it might come to elsewhere.
        let set = format!("seed={seed}");
        let said = folder.comity(&["check", "minimal", "--set", &set]).well().out;
        assert!(said.contains(&format!("`seed = \"{seed}\"`")) && said.contains("round"), "{said}");
        let out = seed.to_string();
        folder.comity(&["run", "minimal", "-n", "5", "-q", "--set", &set, "--out", &out]).well();
        let recorded: toml::Table = folder.read(&format!("{out}/scenario.toml")).parse().unwrap();
        assert_eq!(recorded["seed"].as_str(), Some(out.as_str()));
        folder.comity(&["verify", &out]).well();
    }
    // Beyond what a number of TOML may be.
    for seed in [1 << 63, u64::MAX] {
        let said = folder.comity(&["check", "minimal", "--set", &format!("seed={seed}")]);
        said.fails(1, "this whole number is too large")
            .fails(1, "stands in quotes")
            .fails(1, "\"18446744073709551615\"");
    }
    for (wrong, words) in [
        ("\"18446744073709551616\"", "is no seed"),
        ("\"one\"", "\"one\" is no seed"),
        ("\"\"", "\"\" is no seed"),
        ("\"-1\"", "expected a whole number from 0 to 18446744073709551615"),
        ("-1", "is -1, out of its range"),
        ("1.5", "`seed` cannot be a number"),
        ("true", "`seed` cannot be true or false"),
    ] {
        folder.comity(&["check", "minimal", "--set", &format!("seed={wrong}")]).fails(1, words);
    }
    // The control: up to 2⁵³ there is nothing to say.
    for seed in [0, 1, EXACT] {
        let said = folder.comity(&["check", "minimal", "--set", &format!("seed={seed}")]).well();
        assert!(!said.out.contains("seed"), "{}", said.out);
    }
}

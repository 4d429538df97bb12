//! The command line: what each command prints where, and how it ends.

use crate::folder::{Folder, at_home};

/// The commands that `comity --help` lists.
fn commands() -> Vec<String> {
    let help = at_home(&["--help"]).well().out;
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let lines = list.lines().take_while(|line| !line.trim().is_empty()).filter(|line| !line.starts_with("   "));
    let names = lines.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(str::to_owned).collect()
}

#[test]
fn the_help_of_every_command_reads_like_this() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/help");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("comity", at_home(&["--help"]).well().out);
        let commands = commands();
        assert!(commands.len() >= 9, "{commands:?}");
        for command in commands {
            let said = at_home(&[&command, "--help"]).well();
            assert_eq!(said.err, "");
            insta::assert_snapshot!(command, said.out);
        }
    });
}

#[test]
fn wrong_usage_ends_with_2_and_leaves_nothing() {
    let folder = Folder::new();
    for wrong in [
        &[][..],
        &["negotiate"],
        &["run"],
        &["run", "minimal", "--replications", "0"],
        &["run", "minimal", "--replications", "many"],
        &["run", "minimal", "--replications", "1000000001"],
        &["run", "minimal", "--threads", "0"],
        &["run", "minimal", "--seed", "-1"],
        &["run", "minimal", "--tables", "votes"],
        &["run", "minimal", "--shard", "0/3"],
        &["run", "minimal", "--shard", "4/3"],
        &["run", "minimal", "--shard", "third"],
        &["run", "minimal", "--out", ""],
        &["run", "minimal", "extra"],
        &["check"],
        &["replay", "somewhere"],
        &["replay", "somewhere", "--replication", "first"],
        &["completions", "cmd"],
    ] {
        folder.comity(wrong).fails(2, "--help");
    }
    assert!(folder.listing().is_empty(), "{:?}", folder.listing());
}

#[test]
fn the_version_is_that_of_the_package() {
    let said = at_home(&["--version"]).well();
    assert_eq!(said.out, format!("comity {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_shipped_scenario_is_listed_and_holds_from_any_folder() {
    let folder = Folder::new();
    let list = folder.comity(&["list"]).well().out;
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"minimal") && names.contains(&"wto-jsi"), "{list}");
    for name in names {
        let said = folder.comity(&["check", name]).well();
        assert!(said.out.starts_with(&format!("{name}: valid.")), "{}", said.out);
        assert_eq!(said.err, "");
        assert!(!folder.comity(&["show", name]).well().out.is_empty());
    }
    assert!(folder.listing().is_empty());
}

#[test]
fn show_tells_only_of_what_it_is_asked_for_and_knows_what_there_is() {
    let folder = Folder::new();
    let alba = folder.comity(&["show", "minimal", "--country", "Alba"]).well().out;
    assert!(alba.contains("Alba     wants") && !alba.contains("Borduria wants"), "{alba}");
    folder.comity(&["show", "minimal", "--country", "Abla"]).fails(1, "did you mean `Alba`?");
    folder.comity(&["show", "minimal", "--clause", "data_flow"]).fails(1, "did you mean `data_flows`?");
}

#[test]
fn show_has_a_table_of_who_wants_what_that_marks_red_lines_and_what_is_not_known() {
    let said = at_home(&["show", "rcep", "--brief", "--clause", "data_flows"]).well().out;
    let wishes: Vec<Vec<&str>> = said
        .lines()
        .skip_while(|line| *line != "## Who wants what")
        .filter(|line| line.starts_with("  ") || line.starts_with(" data_flows"))
        .map(|line| line.split_whitespace().collect())
        .collect();
    let cell = |country: &str| {
        let found = wishes.windows(2).find_map(|rows| {
            let at = rows[0].iter().position(|&code| code == country)?;
            rows[1].get(at + 1).filter(|_| rows[1][0] == "data_flows")
        });
        found.unwrap_or_else(|| panic!("no cell for {country}:\n{said}")).to_string()
    };
    // Evidence without and with unverified rows, imputed, and below a red line.
    assert_eq!([cell("BRN"), cell("AUS"), cell("IDN"), cell("IND")], ["0.70", "0.65?", "0.32*", "0.00]"]);
    // Sixteen members, each in one part of the table.
    assert_eq!(wishes.iter().filter(|row| row[0] == "data_flows").map(|row| row.len() - 1).sum::<usize>(), 16);
    assert!(!said.contains("-- evidence"), "brief leaves the mandates one by one out");
}

#[test]
fn no_caution_is_told_twice() {
    let said = at_home(&["show", "wto-jsi"]).well().out;
    let mut cautions: Vec<&str> = said.lines().filter(|line| line.starts_with("Caution: ")).collect();
    assert!(cautions.len() > 3, "{cautions:?}");
    let first_feature = cautions.iter().position(|line| line.contains("gdp_per_capita"));
    let capacity = cautions.iter().position(|line| line.contains("digital_capacity"));
    assert!(capacity < first_feature, "in the order of first mention: {cautions:?}");
    let all = cautions.len();
    cautions.sort_unstable();
    cautions.dedup();
    assert_eq!(cautions.len(), all);
}

#[test]
fn what_has_no_effect_is_cautioned_against() {
    let folder = Folder::new();
    let without_alba = r#"forum.talks.members=["Borduria", "Carpania"]"#;
    let said = folder.comity(&["check", "minimal", "--set", without_alba]).well().out;
    assert!(said.contains("Caution: `mandate.Alba` has no effect: `Alba` is a member of no forum"), "{said}");
    let group = ["--set", r#"country.Alba.groups=["LDC"]"#, "--set", "forum.talks.sdt.relief=0.5"];
    let enjoyed = [&["check", "minimal", "--set", r#"forum.talks.sdt.groups=["LDC"]"#], &group[..]].concat();
    assert!(!folder.comity(&enjoyed).well().out.contains("Caution"));
    let said = folder.comity(&[&enjoyed[..], &["--set", without_alba]].concat()).well().out;
    assert!(said.contains("no member of `talks` belongs to `LDC`"), "{said}");
    let said = folder.comity(&["check", "wto-jsi", "--set", "forum.jsi.instrument=WTO_ECA_2042"]).well().out;
    assert!(said.contains("no evidence is drawn from `WTO_ECA_2042`"), "{said}");
}

#[test]
fn all_scenarios_are_checked_even_where_one_is_wrong() {
    let folder = Folder::new();
    folder.write("wrong.toml", "title = 7\n").write("worse.toml", "title =\n");
    let said = folder.comity(&["check", "wrong.toml", "minimal", "worse.toml"]);
    assert_eq!(said.status, Some(1));
    assert!(said.out.starts_with("minimal: valid."), "{}", said.out);
    assert!(said.err.contains("wrong.toml:1:9") && said.err.contains("worse.toml:1:8"), "{}", said.err);
}

#[test]
fn a_run_prints_its_summary_and_nothing_else_to_standard_output() {
    let folder = Folder::new();
    let said = folder.comity(&["run", "minimal", "-n", "20", "--out", "loud"]).well();
    assert!(said.out.starts_with("Three countries, one clause\n20 replications, seed 1\n"), "{}", said.out);
    assert!(said.out.lines().last().unwrap().starts_with("digest "), "{}", said.out);
    assert!(said.err.starts_with("Wrote loud in "), "{}", said.err);
    let quiet = folder.comity(&["run", "minimal", "-n", "20", "--out", "quiet", "--quiet"]).well();
    assert_eq!((quiet.out, quiet.err), (said.out, String::new()));
}

#[test]
fn runs_without_a_place_are_counted_up_under_results() {
    let folder = Folder::new();
    for place in ["results/minimal/run-1", "results/minimal/run-2"] {
        let said = folder.comity(&["run", "minimal", "-n", "1"]).well();
        assert!(said.err.starts_with(&format!("Wrote {place} in ")), "{}", said.err);
    }
    assert!(folder.path("results/minimal/run-2/manifest.json").is_file());
}

#[test]
fn nothing_is_coloured_off_a_terminal() {
    let folder = Folder::new();
    for arguments in [
        &["--help"][..],
        &["run", "--help"],
        &["check", "nowhere.toml"],
        &["negotiate"],
        &["show", "minimal"],
        &["run", "minimal", "-n", "2", "--out", "run"],
        &["replay", "run", "-r", "1"],
    ] {
        let said = folder.comity(arguments);
        assert!(!said.out.contains('\x1b') && !said.err.contains('\x1b'), "{arguments:?}: {said:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn diagnostics_are_coloured_on_a_terminal_but_never_under_no_color() {
    let folder = Folder::new();
    // `script` gives its command a terminal; without it there is nothing to look at.
    let on_a_terminal = |no_color: Option<&str>| {
        let program = env!("CARGO_BIN_EXE_comity");
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &format!("'{program}' check nowhere.toml"), "/dev/null"]);
        script
            .current_dir(folder.path(""))
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .stdin(std::process::Stdio::null());
        script.envs(no_color.map(|value| ("NO_COLOR", value)));
        script.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(plain) = on_a_terminal(Some("1")) else { return };
    assert!(plain.contains("cannot read nowhere.toml") && !plain.contains("\x1b["), "{plain:?}");
    assert!(on_a_terminal(None).unwrap().contains("\x1b["));
    // https://no-color.org: only a value that is not empty counts.
    assert!(on_a_terminal(Some("")).unwrap().contains("\x1b["));
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    use std::io::{BufRead, BufReader};
    let folder = Folder::new();
    // More than any pipe holds, of which one line is read.
    let mut child = folder.command(&["show", "wto-jsi"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("WTO Joint Statement Initiative"));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    // Nobody there from the start.
    for arguments in
        [&["schema"][..], &["list"], &["run", "minimal", "-n", "3", "--out", "run", "-q"], &["check", "minimal"]]
    {
        let said = without_reader(&folder, arguments);
        assert_eq!((said.status, said.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
    assert!(folder.path("run/manifest.json").is_file());
}

#[test]
fn a_reader_that_has_gone_does_not_make_wrong_right() {
    let folder = Folder::new();
    folder.write("wrong.toml", "title = 7\n");
    without_reader(&folder, &["check", "minimal", "wrong.toml"]).fails(1, "`title` should be text");
    folder.comity(&["run", "minimal", "-n", "3", "--out", "run"]).well();
    let tampered = folder.read("run/runs.csv").replace("\n1,talks,", "\n1,walks,");
    folder.write("run/runs.csv", tampered);
    without_reader(&folder, &["replay", "run", "-r", "1"]).fails(1, "replication 1 is not what was recorded");
}

/// Calls `comity` with a standard output that nobody reads.
fn without_reader(folder: &Folder, arguments: &[&str]) -> crate::folder::Said {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    crate::folder::Said::of(&folder.command(arguments).stdout(writer).output().unwrap())
}

#[test]
fn completions_are_printed_for_every_usual_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = at_home(&["completions", shell]).well();
        assert!(said.out.contains("comity") && said.out.contains("replications"), "{shell}");
        assert_eq!(said.err, "");
    }
}

#[test]
fn an_override_changes_the_scenario_that_is_run_and_recorded() {
    let folder = Folder::new();
    let set = ["--set", "forum.talks.calendar.rounds=3", "--set", "forum.talks.rule=unanimity"];
    folder.comity(&[&["run", "minimal", "-n", "5", "--out", "run"], &set[..]].concat()).well();
    let scenario: toml::Table = folder.read("run/scenario.toml").parse().unwrap();
    assert_eq!(scenario["forum"]["talks"]["calendar"]["rounds"].as_integer(), Some(3));
    assert_eq!(scenario["forum"]["talks"]["rule"].as_str(), Some("unanimity"));
    let manifest: serde_json::Value = serde_json::from_str(&folder.read("run/manifest.json")).unwrap();
    assert_eq!(manifest["overrides"], serde_json::json!([set[1], set[3]]));
}

#[test]
fn an_override_that_makes_no_sense_is_pointed_at() {
    let folder = Folder::new();
    for (set, words) in [
        ("forum.talks.calendar.rounds", "there is no `=` in this override"),
        ("forum..rounds=3", "a part of this key is empty"),
        ("=3", "a part of this key is empty"),
        ("forum.talks.calender.rounds=3", "did you mean `calendar`?"),
        ("forum.talks.calendar.rounds=soon", "`rounds` should be a whole number, not text"),
        ("forum.talks.calendar.rounds=0", "`rounds` is 0, out of its range"),
        ("forum.talks.cost_of_failure=inf", "this is not a finite number"),
        ("title.of.the.scenario=7", "`title` should be text in quotes, not a table"),
        ("tables.evidence=nowhere.csv", "cannot read nowhere.csv: there is no such file"),
    ] {
        let said = folder.comity(&["run", "minimal", "--set", set]).fails(1, words);
        assert!(said.err.contains(set), "the override is shown:\n{}", said.err);
    }
    assert!(folder.listing().is_empty());
}

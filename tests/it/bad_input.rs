//! Input that cannot be read and places that cannot be written to: a clear word on standard error, a status, and
//! everything as it was.

use std::io::{Error, ErrorKind, Write};

use comity::conference::Conference;
use comity::export::{Batch, Outlet, Recorder, Staging, Table, Unrecorded};
use comity::scenario::check::load;
use comity::scenario::source::Disk;

use crate::folder::Folder;

/// Every command that reads a scenario.
const READERS: [&[&str]; 3] = [&["check"], &["show"], &["run"]];

/// Each reader fails on a scenario with these words and leaves the folder as it was.
#[track_caller]
fn refused(folder: &Folder, scenario: &str, words: &str) {
    let before = folder.listing();
    for reader in READERS {
        folder.comity(&[reader, &[scenario]].concat()).fails(1, words);
    }
    assert_eq!(folder.listing(), before);
}

#[test]
fn a_scenario_that_is_not_there_is_missed_and_the_shipped_ones_are_offered() {
    let folder = Folder::new();
    refused(&folder, "nowhere.toml", "cannot read nowhere.toml: there is no such file");
    refused(&folder, "nowhere.toml", "`comity list` names the shipped scenarios");
    refused(&folder, "minimum", "did you mean `minimal`?");
    refused(&folder, "no such thing", "expected one of: `australia-singapore`");
}

#[test]
fn an_empty_scenario_lacks_everything_that_is_needed() {
    let folder = Folder::new();
    folder.write("empty.toml", "").write("blank.toml", " \n\t\n# nothing\n");
    for name in ["empty.toml", "blank.toml"] {
        refused(&folder, name, "the scenario lacks the key `title`");
    }
}

#[test]
fn a_folder_is_no_scenario() {
    let folder = Folder::new();
    folder.write("talks/readme", "");
    refused(&folder, "talks", "cannot read talks: it is a directory, not a file");
    refused(&folder, ".", "cannot read .: it is a directory, not a file");
}

#[test]
fn bytes_that_are_not_utf8_are_counted_out() {
    let folder = Folder::new();
    folder.write("latin1.toml", b"title = \"N\xe9gociation\"\n").write("utf16.toml", b"\xff\xfet\0i\0t\0l\0e\0");
    refused(&folder, "latin1.toml", "latin1.toml is not UTF-8 text: byte 10, in line 1, is not valid");
    refused(&folder, "utf16.toml", "save the file as UTF-8");
}

#[test]
fn a_byte_order_mark_before_a_scenario_is_no_part_of_it() {
    let folder = Folder::new();
    let minimal = std::fs::read(crate::folder::home().join("scenarios/minimal.toml")).unwrap();
    folder.write("marked.toml", [b"\xef\xbb\xbf", &minimal[..]].concat());
    folder.comity(&["check", "marked.toml"]).well();
}

#[test]
fn a_number_that_is_none_is_refused_wherever_it_stands() {
    let folder = Folder::new();
    for number in ["nan", "inf", "-inf", "+nan", "1e999"] {
        for key in ["country.Alba.capability", "forum.talks.cost_of_failure", "mandate.Alba.data_flows.ideal"] {
            let set = format!("{key}={number}");
            folder.comity(&["check", "minimal", "--set", &set]).fails(1, "this is not a finite number");
        }
    }
}

#[test]
fn no_number_that_is_allowed_is_too_large_to_count_with() {
    let folder = Folder::new();
    let largest = "1000000000000000000";
    let spread = "{ normal = { mean = 1e18, sd = 1e18 } }";
    for key in [
        "country.Alba.capability",
        "country.Carpania.capability",
        "forum.talks.cost_of_failure",
        "forum.talks.reservation",
        "mandate.Alba.data_flows.salience",
        "parameters.assertiveness",
        "parameters.burden_price",
        "parameters.exclusion_price",
    ] {
        for value in [largest, spread] {
            let set = format!("{key}={value}");
            let run = ["run", "minimal", "-n", "20", "-q", "--tables", "none", "--set", &set];
            let all_else = ["--set", "parameters.capability_exponent=4", "--set", "clause.data_flows.burden=1e18"];
            folder.comity(&[&run[..], &all_else].concat()).well();
        }
        let too_large = format!("{key}=1e19");
        folder.comity(&["check", "minimal", "--set", &too_large]).fails(1, "is 1e19, out of its range");
    }
}

#[test]
fn talks_among_countries_without_any_weight_or_care_are_still_numbers() {
    let folder = Folder::new();
    let set = |key: &str| ["--set".to_owned(), format!("{key}=0")];
    let weightless = ["country.Alba.capability", "country.Borduria.capability", "country.Carpania.capability"];
    let careless = ["Alba", "Borduria", "Carpania"].map(|country| format!("mandate.{country}.data_flows.salience"));
    for zeros in [weightless.map(str::to_owned), careless] {
        let sets: Vec<String> = zeros.iter().flat_map(|key| set(key)).collect();
        let run = ["run", "minimal", "-n", "20", "-q"].map(str::to_owned);
        let arguments: Vec<&str> = run.iter().chain(&sets).map(String::as_str).collect();
        for rule in ["consensus", "{ critical_mass = { share = 0.9 } }", "{ simple_majority = { by = \"weight\" } }"] {
            let rule = format!("forum.talks.rule={rule}");
            folder.comity(&[&arguments[..], &["--set", &rule]].concat()).well();
        }
    }
}

#[test]
fn a_run_never_takes_the_place_of_what_it_is_not_told_to_replace() {
    let folder = Folder::new();
    let run = ["run", "minimal", "-n", "3", "--out"];
    folder.comity(&[&run[..], &["done"]].concat()).well();
    folder.write("done/notes.txt", "mine").write("letters/a.txt", "dear").write("file", "text");
    let before = folder.listing();
    let first = folder.read("done/manifest.json");
    for (place, force, words) in [
        ("done", false, "done already holds a run"),
        ("letters", false, "letters is not empty and holds no run"),
        ("letters", true, "--force replaces only runs"),
        ("file", false, "file is not a folder"),
        ("file", true, "file is not a folder"),
        (".", true, ". is not empty and holds no run"),
    ] {
        let force: &[&str] = if force { &["--force"] } else { &[] };
        folder.comity(&[&run[..], &[place], force].concat()).fails(1, words);
    }
    assert_eq!(folder.listing(), before);
    assert_eq!(folder.read("done/manifest.json"), first);

    folder.comity(&[&run[..], &["done", "--force", "--seed", "2"]].concat()).well();
    assert!(!folder.path("done/notes.txt").exists(), "the old run is replaced whole");
    assert!(folder.listing().iter().all(|name| !name.contains(".comity")), "{:?}", folder.listing());
    std::fs::create_dir(folder.path("empty")).unwrap();
    folder.comity(&[&run[..], &["empty"]].concat()).well();
}

#[test]
fn a_run_does_not_begin_where_it_could_not_end() {
    let folder = Folder::new();
    folder.write("file", "text");
    let before = folder.listing();
    for place in ["file/run", "file/deep/run"] {
        folder.comity(&["run", "minimal", "--out", place]).fails(1, "file is not a folder");
    }
    if cfg!(unix) {
        assert!(std::process::Command::new("mkfifo").arg(folder.path("pipe")).status().unwrap().success());
        for place in ["pipe/run", "pipe", "/dev/null/run", "/dev/full/run", "/dev/null"] {
            folder.comity(&["run", "minimal", "--out", place]).fails(1, "is not a folder");
        }
        std::fs::remove_file(folder.path("pipe")).unwrap();
    }
    assert_eq!(folder.listing(), before);
}

#[test]
fn a_run_that_fails_takes_the_folders_with_it_that_it_made() {
    let folder = Folder::new();
    folder.write("kept/file", "");
    let staging = Staging::begin(&folder.path("kept/new/newer/run"), false).unwrap();
    assert!(folder.path("kept/new/newer").is_dir());
    drop(staging);
    assert_eq!(folder.listing(), ["kept/", "kept/file"]);
}

#[test]
#[cfg(unix)]
fn a_pipe_can_hold_a_scenario_and_an_endless_device_is_refused() {
    let folder = Folder::new();
    let minimal = crate::folder::home().join("scenarios/minimal.toml");
    let shell = |script: &str| {
        let mut sh = std::process::Command::new("sh");
        sh.args(["-c", script]).current_dir(folder.path("")).env("COMITY", env!("CARGO_BIN_EXE_comity"));
        crate::folder::Said::of(&sh.env("MINIMAL", &minimal).output().unwrap())
    };
    let said = shell(r#"mkfifo pipe && { cat "$MINIMAL" > pipe & "$COMITY" check pipe; }"#).well();
    assert!(said.out.starts_with("pipe: valid."), "{}", said.out);
    refused(&folder, "/dev/null", "the scenario lacks the key `title`");
    if std::path::Path::new("/dev/zero").exists() {
        folder.comity(&["check", "/dev/zero"]).fails(1, "it is larger than 64 MiB");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn results_that_cannot_be_printed_are_an_error() {
    let folder = Folder::new();
    for arguments in [&["list"][..], &["schema"], &["show", "minimal"], &["completions", "bash"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let said = crate::folder::Said::of(&folder.command(arguments).stdout(full).output().unwrap());
        said.fails(1, "cannot write to standard output");
    }
}

/// A disk with room for so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let fits = bytes.len().min(self.0);
        self.0 -= fits;
        if fits == 0 && !bytes.is_empty() { Err(Error::from(ErrorKind::StorageFull)) } else { Ok(fits) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_disk_that_fills_up_fails_the_recording_of_whichever_table_it_meets() {
    let scenario = load("minimal", &[], &Disk).unwrap().scenario;
    let record = |full: Table, room: usize| -> Result<(), Unrecorded> {
        let mut conference = Conference::new(scenario.clone());
        let open = |table| {
            let room = if table == full { room } else { usize::MAX };
            Ok(Some(Outlet::csv(Full(room))))
        };
        let mut recorder = Recorder::new(&scenario, open)?;
        let forms = recorder.forms();
        for batch in 0..3 {
            recorder.take(Batch::play(&mut conference, &scenario, 1, batch * 10..batch * 10 + 10, forms))?;
        }
        recorder.finish().map(drop)
    };
    for table in Table::ALL {
        assert!(record(table, usize::MAX).is_ok());
        for room in [0, 1, table.header().len(), table.header().len() + 40] {
            let recorded = record(table, room);
            // A scenario without evidence imputes nothing: there the header is the table.
            let enough = table == Table::Imputed && room >= table.header().len();
            match recorded {
                Err(Unrecorded::NotWritten(at, error)) => {
                    assert_eq!((at, error.kind(), enough), (table, ErrorKind::StorageFull, false));
                }
                other => assert!(enough && other.is_ok(), "{table:?} with room for {room}: {other:?}"),
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn a_run_that_meets_the_end_of_the_disk_says_so_and_leaves_nothing() {
    let folder = Folder::new();
    // The limit on the size of files stands in for a full disk: writing beyond it fails.
    let script = r#"trap '' XFSZ; ulimit -f 4; exec "$COMITY" run minimal -n 2000 --out new/run"#;
    let mut sh = std::process::Command::new("sh");
    sh.args(["-c", script]).current_dir(folder.path("")).env("COMITY", env!("CARGO_BIN_EXE_comity"));
    let said = crate::folder::Said::of(&sh.output().unwrap()).fails(1, "cannot write new/run/");
    assert!(said.err.contains("nothing was left behind"), "{}", said.err);
    assert!(folder.listing().is_empty(), "{:?}", folder.listing());
}

//! What was typed, for the record: of every path only its last part. Where somebody keeps files is no part of a run.

use std::ffi::OsString;

use toml::de::DeValue;

/// Options whose values look like paths and are none.
const NO_PATHS: &[&str] = &["--shard", "--tables", "--replications", "--seed", "--threads"];
/// Keys of a scenario whose values are names of files, or may be.
const PATHS: &[&str] = &["members", "applicants", "extends"];

/// A command line as it goes on record: the program and every path by its last part.
pub fn command(arguments: impl IntoIterator<Item = OsString>) -> Vec<String> {
    let mut typed = Vec::new();
    let mut option: Option<String> = None;
    let mut only_paths = false;
    for argument in arguments {
        let argument = argument.to_string_lossy();
        // No value of an option begins with a hyphen: what follows one without a value is the next option.
        if let Some(option) = option.take().filter(|_| !argument.starts_with('-')) {
            typed.push(value(&option, &argument));
        } else if typed.is_empty() || only_paths || !argument.starts_with('-') || argument == "-" {
            typed.push(last_part(&argument));
        } else if argument == "--" {
            only_paths = true;
            typed.push(argument.into_owned());
        } else if let Some((name, text)) = argument.split_once('=').filter(|_| argument.starts_with("--")) {
            typed.push(format!("{name}={}", value(name, text)));
        } else if let Some((flags, path)) = attached(&argument) {
            typed.push(format!("{flags}{}", last_part(path)));
        } else {
            option = Some(argument.to_string());
            typed.push(argument.into_owned());
        }
    }
    typed
}

/// A path that stands behind the letter of its option without a blank: `-orun`, `-qo=run`.
fn attached(argument: &str) -> Option<(&str, &str)> {
    let end = argument.strip_prefix('-')?.trim_start_matches('q').strip_prefix('o')?;
    let path = end.strip_prefix('=').unwrap_or(end);
    (!path.is_empty() && !argument.starts_with("--")).then(|| argument.split_at(argument.len() - path.len()))
}

/// The value of an option.
fn value(option: &str, text: &str) -> String {
    match option {
        "--set" => assignment(text),
        option if NO_PATHS.contains(&option) => text.to_owned(),
        _ => last_part(text),
    }
}

/// An override, `KEY=VALUE`: of every path in its value the last part.
pub fn assignment(text: &str) -> String {
    let Some((key, written)) = text.split_once('=') else { return last_part(text) };
    let keys: Vec<&str> = key.split('.').map(str::trim).collect();
    let is_path = keys.first() == Some(&"tables") || keys.last().is_some_and(|key| PATHS.contains(key));
    let Ok(value) = DeValue::parse(written.trim()) else { return format!("{key}={}", words(written, is_path)) };
    let blank = written.len() - written.trim_start().len();
    let mut texts = Vec::new();
    texts_of(value.get_ref(), value.span(), is_path, &mut texts);
    let mut short = written.to_owned();
    // From the end, so that places further on stay what they are.
    texts.sort_by_key(|(span, ..)| std::cmp::Reverse(span.start));
    for (span, found, is_path) in texts {
        let kept = words(&found, is_path);
        if kept != found {
            short.replace_range(blank + span.start..blank + span.end, &toml::Value::String(kept).to_string());
        }
    }
    format!("{key}={short}")
}

type Found = (std::ops::Range<usize>, String, bool);

/// Every text of a value, with its place and whether it names a file.
fn texts_of(value: &DeValue, span: std::ops::Range<usize>, is_path: bool, found: &mut Vec<Found>) {
    match value {
        DeValue::String(text) => found.push((span, text.to_string(), is_path)),
        DeValue::Array(items) => {
            items.iter().for_each(|item| texts_of(item.get_ref(), item.span(), is_path, found));
        }
        DeValue::Table(entries) => entries.iter().for_each(|(key, item)| {
            let is_path = is_path || key.get_ref() == "tables" || PATHS.contains(&key.get_ref().as_ref());
            texts_of(item.get_ref(), item.span(), is_path, found);
        }),
        _ => {}
    }
}

/// A text by its last part where it is a path; in prose, only the paths from the root of a disk.
fn words(text: &str, is_path: bool) -> String {
    if is_path {
        return last_part(text);
    }
    if !text.trim().contains(char::is_whitespace) {
        let is_fraction = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
        return if is_fraction || is_address(text) { text.to_owned() } else { last_part(text) };
    }
    let word = |word: &str| if is_absolute(word.trim()) { last_part(word) } else { word.to_owned() };
    // A path may have blanks in it: then the whole text is one.
    if is_absolute(text.trim()) {
        last_part(text)
    } else {
        text.split_inclusive(char::is_whitespace).map(word).collect()
    }
}

/// Whether a text is an address of the web, which names no file of this machine.
fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme))
}

/// Whether a text begins as paths from the root, from home, or of another machine do.
fn is_absolute(text: &str) -> bool {
    let text = text.trim_start_matches(['"', '\'', '(', '<', '[']);
    let drive = || {
        let mut letters = text.chars();
        letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
            && letters.next() == Some(':')
            && letters.next().is_some_and(|letter| letter == '/' || letter == '\\')
    };
    let starts = |start: &&str| text.len() > start.len() && text.starts_with(*start);
    ["/", "~", "\\", "file:", "../", "..\\"].iter().any(starts) || drive()
}

/// The last part of a path, of this or another system; of one without separators the whole. What has no last part, as the
/// root of a disk, is `.`.
pub fn last_part(path: &str) -> String {
    if !path.contains(['/', '\\']) {
        return path.to_owned();
    }
    let mut parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && !part.ends_with(':'));
    parts.next_back().unwrap_or(".").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(arguments: &[&str]) -> String {
        command(arguments.iter().map(OsString::from)).join(" ")
    }

    #[test]
    fn of_the_program_and_of_every_path_only_the_last_part_is_kept() {
        for (line, kept) in [
            (&["/usr/bin/comity", "run", "wto-jsi", "--out", "run-1"][..], "comity run wto-jsi --out run-1"),
            (&["C:\\bin\\comity.exe", "run", "C:\\me\\a.toml"], "comity.exe run a.toml"),
            (&["comity", "run", "../me/a.toml", "--out=/home/me/runs/one/"], "comity run a.toml --out=one"),
            (&["comity", "run", "-o/home/me/run", "-q", "~/a.toml"], "comity run -orun -q a.toml"),
            (&["comity", "run", "-qo=/home/me/run", "--force", "/home/me/a.toml"], "comity run -qo=run --force a.toml"),
            (&["comity", "run", "--", "/home/me/-a.toml"], "comity run -- -a.toml"),
            (&["comity", "run", "a b/c d.toml", "-o", "file:///home/me/x"], "comity run c d.toml -o x"),
            (&["comity", "run", "\\\\server\\share\\a.toml", "--out", "/"], "comity run a.toml --out ."),
        ] {
            assert_eq!(typed(line), kept);
        }
    }

    #[test]
    fn what_is_no_path_stays_as_typed() {
        for line in [
            &["comity", "run", "wto-jsi", "--shard", "1/4", "--tables", "runs,clauses", "-n", "10", "--shard=2/4"][..],
            &["comity", "run", "minimal", "--set", "forum.talks.rule.qualified_majority.share=\"2/3\""],
            &["comity", "run", "minimal", "--set", "title=\"Trade and/or data\"", "-s", "18446744073709551615"],
            &["comity", "run", "minimal", "-q", "--force", "--set", "country.A.source=https://example.org/a/b"],
        ] {
            assert_eq!(typed(line), line.join(" "));
        }
    }

    #[test]
    fn an_override_names_no_folder_however_it_is_quoted() {
        for (text, kept) in [
            ("tables.evidence=/home/me/x.csv", "tables.evidence=x.csv"),
            ("tables.evidence = \"/home/me/my file.csv\"", "tables.evidence = \"my file.csv\""),
            ("tables.evidence='C:\\x\\y.csv'", "tables.evidence=\"y.csv\""),
            ("tables.evidence=my folder/y.csv", "tables.evidence=y.csv"),
            (
                "tables={ evidence = \"/a/b.csv\", clauses = '../c/d.csv' }",
                "tables={ evidence = \"b.csv\", clauses = \"d.csv\" }",
            ),
            (
                "forum={ jsi = { members = \"/a/m.csv\", rounds = 3 } }",
                "forum={ jsi = { members = \"m.csv\", rounds = 3 } }",
            ),
            ("forum.jsi.members=~/lists/m.xlsx#sheet", "forum.jsi.members=m.xlsx#sheet"),
            ("question=Read /home/me/x.csv first", "question=Read x.csv first"),
            ("forum.jsi.members=[\"/a\", \"B\"]", "forum.jsi.members=[\"a\", \"B\"]"),
        ] {
            assert_eq!(assignment(text), kept);
            assert!(!["/home", "/a/", "C:", "me/"].iter().any(|folder| assignment(text).contains(folder)), "{text}");
        }
    }
}

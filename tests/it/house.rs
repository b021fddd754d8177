//! The house as DESIGN.md draws it: every arrow points down, none up, and none in a circle.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a layer may name, besides itself. What is further down in this list may name what is further up, never the other way.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("error", &["value"]),
    ("value", &["error"]),
    ("period", &["error", "value"]),
    ("record", &["error", "value", "period"]),
    ("tally", &["error", "value", "period", "record"]),
    ("kpi", &["error", "value", "period", "record", "tally"]),
    ("exchange", &["error", "value", "period", "record"]),
    ("scoring", &["error", "value", "record"]),
    ("workload", &["error", "value"]),
    ("sla", &["error", "value", "period", "record", "tally"]),
    ("import", &["error", "value", "period", "record", "tally"]),
    ("book", &["error", "value", "period", "record", "tally"]),
    (
        "audit",
        &["error", "value", "period", "record", "tally", "kpi", "book"],
    ),
    (
        "report",
        &["error", "value", "period", "record", "tally", "kpi", "book"],
    ),
    (
        "scorecard",
        &[
            "error", "value", "period", "record", "tally", "kpi", "book", "report",
        ],
    ),
    (
        "plan",
        &[
            "error", "value", "period", "record", "tally", "kpi", "book", "report",
        ],
    ),
];

/// What an error names of the values: the ids, whose definitions know of no error.
const IDS: &str = "value::id";
const DEFINITIONS: [&str; 4] = [
    "value/id/ids.rs",
    "value/id/record_id.rs",
    "value/id/short_text.rs",
    "value/id/stretch.rs",
];

#[test]
fn no_arrow_points_up() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let Some((_, may_name)) = MAY_NAME.iter().find(|(layer, _)| *layer == layer_of(&file))
        else {
            continue;
        };
        for named in named(&text) {
            if named != layer_of(&file) && !may_name.contains(&named.as_str()) {
                faults.push(format!("{file} names {named}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn errors_and_ids_go_in_no_circle() {
    let mut faults = Vec::new();
    let sources = sources();
    let found = sources
        .iter()
        .filter(|(file, _)| DEFINITIONS.contains(&file.as_str()));
    assert_eq!(found.count(), DEFINITIONS.len());
    for (file, text) in sources {
        let values = paths(&text).filter(|path| path.starts_with("value"));
        if layer_of(&file) == "error" {
            let others = values.filter(|path| !path.starts_with(IDS));
            faults.extend(others.map(|path| format!("{file} names {path}")));
        } else if DEFINITIONS.contains(&file.as_str()) {
            let errors = paths(&text).filter(|path| path.starts_with("error"));
            faults.extend(errors.map(|path| format!("{file} names {path}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_room_is_drawn() {
    let drawn: BTreeSet<String> = MAY_NAME
        .iter()
        .map(|(layer, _)| (*layer).to_owned())
        .collect();
    let found: BTreeSet<String> = sources()
        .iter()
        .map(|(file, _)| layer_of(file).to_owned())
        .filter(|layer| layer != "lib")
        .collect();
    let undrawn: Vec<&String> = found.difference(&drawn).collect();
    assert!(undrawn.is_empty(), "no rule for {undrawn:?}");
    assert!(found.len() > 10, "{found:?}");
}

fn layer_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// The rooms of the crate that a source text names, without its documentation and its tests.
fn named(text: &str) -> BTreeSet<String> {
    let first = |path: &str| path.split("::").next().unwrap().to_owned();
    let rooms = paths(text).map(first);
    rooms
        .filter(|room| MAY_NAME.iter().any(|(layer, _)| layer == room))
        .collect()
}

/// Everything behind a `crate::` in a source text.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            &rest[..end.unwrap_or(rest.len())]
        })
}

/// Every source file by its path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    let name = |path: &PathBuf| {
        path.strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/")
    };
    found
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).unwrap()))
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

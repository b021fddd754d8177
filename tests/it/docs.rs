//! Every KPI's documentation holds what it must, in order; the index in `kpi`, the catalog and the README name every KPI, and say the same of it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sales_metrics::report::{catalog, find};

const HEADINGS: [&str; 7] = [
    "Formula", "Counts", "Unit", "Errors", "Examples", "See also", "Source",
];

/// KPIs of what no report holds, such as forecasts that were made or leads told apart by channel, and those whose answer is no single value.
pub(crate) const OUTSIDE_OF_THE_CATALOG: [&str; 30] = [
    "arr_movements",
    "arr_per_fte",
    "attainment_distribution",
    "available_to_renew",
    "average_milestone_days",
    "category_forecast",
    "channel_cost_per_lead",
    "customer_concentration",
    "forecast_accuracy",
    "forecast_bias",
    "forecast_ratio",
    "funnel",
    "late_revenue_rate",
    "loss_reasons",
    "marketing_return",
    "mase",
    "median_milestone_days",
    "outcome_distribution",
    "pipeline_created_per_rep",
    "pipeline_generation_rate",
    "pipeline_needed",
    "ramp_curve",
    "response_time_distribution",
    "retention_cohorts",
    "stage_coverage",
    "stale_pipeline",
    "time_to_first_win",
    "wape",
    "win_calibration",
    "win_rate_without",
];

/// A public function and the documentation above it.
struct Documented {
    name: String,
    doc: Vec<String>,
}

/// A heading of a documentation, and the lines under it that are not empty.
struct Section<'a> {
    heading: &'a str,
    lines: Vec<&'a str>,
}

#[test]
fn every_kpi_is_documented_in_full() {
    let kpis = kpis().unwrap();
    let named = |kpi: &Documented, fault: &String| format!("{} {fault}", kpi.name);
    let faults: Vec<String> = kpis
        .iter()
        .flat_map(|kpi| {
            faults(&kpi.doc)
                .iter()
                .map(|fault| named(kpi, fault))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_index_names_every_kpi_once() {
    let index = fs::read_to_string(folder().join("mod.rs")).unwrap();
    let faults: Vec<String> = kpis()
        .unwrap()
        .iter()
        .map(|kpi| (&kpi.name, rows_of(&index, &kpi.name)))
        .filter(|(_, rows)| *rows != 1)
        .map(|(name, rows)| format!("{name} has {rows} rows in the index of kpi/mod.rs, not 1"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The name says `_rate`, the signature what that is: the index names those that are no share of a whole.
#[test]
fn the_index_names_every_rate_that_may_pass_a_hundred_percent() {
    let index = fs::read_to_string(folder().join("mod.rs")).unwrap();
    let (_, said) = index.split_once("//! What ends in `_rate`").unwrap();
    let (said, _) = said.split_once("//!\n").unwrap();
    let mut said: Vec<&str> = said
        .split("[`")
        .filter_map(|link| link.split_once("`]"))
        .map(|(name, _)| name)
        .filter(|name| name.ends_with("_rate"))
        .collect();
    said.sort_unstable();
    let mut percents = Vec::new();
    for (name, returned) in signatures().unwrap() {
        let result = returned.strip_prefix("Result<").unwrap_or(&returned);
        match result.split([',', '>']).next() {
            Some("Percent") if name.ends_with("_rate") => percents.push(name),
            Some(other) => assert!(
                !name.ends_with("_rate") || other == "Rate",
                "{name}: {other}"
            ),
            None => panic!("{name} returns nothing"),
        }
    }
    percents.sort_unstable();
    assert_eq!(said, percents);
    assert_eq!(said.len(), 14, "the number that the text gives");
}

/// A catalog entry is the function's documentation, the index's row and the README's row in one, and none of them may say something else.
#[test]
fn an_entry_has_the_formula_of_its_function() {
    let formulas: BTreeMap<String, String> = kpis()
        .unwrap()
        .into_iter()
        .map(|kpi| (kpi.name, formula(&kpi.doc)))
        .collect();
    for kpi in catalog() {
        let formula = formulas.get(kpi.name()).map(String::as_str);
        assert_eq!(kpi.formula(), formula, "{}", kpi.name());
        assert!(formula.is_some_and(|formula| !formula.is_empty()));
    }
}

#[test]
fn the_index_asks_the_question_of_the_entry() {
    let index = fs::read_to_string(folder().join("mod.rs")).unwrap();
    for kpi in catalog() {
        let link = format!(" | [`{}`] |", kpi.name());
        let mut rows = index.lines().filter_map(|line| line.strip_suffix(&link));
        let asked = rows.next().and_then(|row| row.strip_prefix("//! | "));
        let question = kpi.question().unwrap();
        let abbreviated = kpi.abbreviation().map_or_else(
            || question.to_owned(),
            |short| question.replace('?', &format!(" ({short})?")),
        );
        assert_eq!(asked, Some(abbreviated.as_str()), "{}", kpi.name());
        let is_one = question.ends_with('?') && question.matches(['?', '.']).count() == 1;
        assert!(
            is_one && question.starts_with(char::is_uppercase),
            "{question}"
        );
    }
}

#[test]
fn a_function_is_found_by_its_abbreviation() {
    let aliases = aliases().unwrap();
    for kpi in catalog() {
        let of_it = aliases.iter().filter(|(name, _)| name == kpi.name());
        let of_it: Vec<&str> = of_it.map(|(_, alias)| alias.as_str()).collect();
        if let Some(short) = kpi.abbreviation() {
            assert!(of_it.contains(&short), "{}: {of_it:?}", kpi.name());
        }
    }
    assert!(aliases.iter().any(|(_, alias)| alias == "NDR"));
}

#[test]
fn the_readme_names_every_kpi_once_with_its_abbreviation() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let (_, table) = readme
        .split_once("| question | function of `kpi` | abbreviation |\n")
        .unwrap();
    let mut named = Vec::new();
    for row in table.lines().skip(1).take_while(|row| row.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, functions, abbreviations] = cells.as_slice() else {
            panic!("{row}");
        };
        let functions: Vec<&str> = functions
            .split(", ")
            .map(|name| name.trim_matches('`'))
            .collect();
        let short = functions.iter().filter_map(|name| {
            let alone = OUTSIDE_OF_THE_CATALOG.contains(name);
            if alone {
                None
            } else {
                find(name).unwrap().abbreviation()
            }
        });
        assert_eq!(
            *abbreviations,
            short.collect::<Vec<_>>().join(", "),
            "{row}"
        );
        named.extend(functions);
    }
    named.sort_unstable();
    let mut all = names_of_kpis();
    all.sort_unstable();
    assert_eq!(named, all);
}

#[test]
fn every_file_of_kpis_is_read() {
    let names = names_of_kpis();
    for name in ["total_revenue", "win_rate", "pipeline_velocity"] {
        assert!(
            names.iter().any(|found| found == name),
            "{name} is not among {names:?}"
        );
    }
}

/// The names of all functions in `kpi`.
pub(crate) fn names_of_kpis() -> Vec<String> {
    kpis().unwrap().into_iter().map(|kpi| kpi.name).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kpi")
}

fn kpis() -> io::Result<Vec<Documented>> {
    let mut kpis = Vec::new();
    for entry in fs::read_dir(folder())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            kpis.extend(functions(&fs::read_to_string(path)?));
        }
    }
    Ok(kpis)
}

/// The name of every KPI, and what it returns.
fn signatures() -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder())? {
        let source = fs::read_to_string(entry?.path())?;
        for rest in source.split("\npub fn ").skip(1) {
            let signature = rest.split(" {").next().unwrap_or_default();
            let name = signature.split(['(', '<']).next().unwrap_or_default();
            let returned = signature.rsplit("-> ").next().unwrap_or_default();
            found.push((name.to_owned(), returned.to_owned()));
        }
    }
    Ok(found)
}

/// The text block under the heading.
fn formula(doc: &[String]) -> String {
    let mut lines = doc.iter().skip_while(|line| *line != "# Formula").skip(1);
    assert_eq!(lines.next().map(String::as_str), Some("```text"));
    let block: Vec<&str> = lines
        .take_while(|line| *line != "```")
        .map(String::as_str)
        .collect();
    block.join("\n")
}

/// Each function of `kpi` with each of its aliases.
fn aliases() -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder())? {
        let source = fs::read_to_string(entry?.path())?;
        let mut waiting = Vec::new();
        for line in source.lines() {
            let alias = line.strip_prefix("#[doc(alias = \"");
            if let Some(alias) = alias.and_then(|rest| rest.strip_suffix("\")]")) {
                waiting.push(alias.to_owned());
            } else if let Some(name) = public_name(line) {
                found.extend(waiting.drain(..).map(|alias| (name.clone(), alias)));
            }
        }
        assert!(waiting.is_empty(), "{waiting:?}");
    }
    Ok(found)
}

/// The public functions of a source text that are not methods. (`pub(super)` ones are not public.)
fn functions(source: &str) -> Vec<Documented> {
    let (mut found, mut doc) = (Vec::new(), Vec::new());
    for line in source.lines() {
        if let Some(text) = line.strip_prefix("///") {
            doc.push(text.strip_prefix(' ').unwrap_or(text).to_owned());
        } else if let Some(name) = public_name(line) {
            let doc = std::mem::take(&mut doc);
            found.push(Documented { name, doc });
        } else if !line.starts_with("#[") {
            doc.clear();
        }
    }
    found
}

fn public_name(line: &str) -> Option<String> {
    let rest = line.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const ").unwrap_or(rest);
    let name = rest.strip_prefix("fn ")?.split(['(', '<']).next()?;
    Some(name.to_owned())
}

/// What is wrong with a KPI's documentation.
fn faults(doc: &[String]) -> Vec<String> {
    let (summary, sections) = sections(doc);
    let mut faults = Vec::new();
    if summary.is_empty() {
        faults.push("has no text before its first heading".to_owned());
    }
    faults.extend(heading_faults(&sections));
    for section in &sections {
        match section.heading {
            "Formula" if !section.lines.contains(&"```text") => {
                faults.push("has no text block under # Formula".to_owned());
            }
            "Examples" => faults.extend(example_faults(&section.lines)),
            _ => {}
        }
    }
    faults
}

/// The lines above the first heading that say something, and the sections. A `# ` within a code block hides a line of code.
fn sections(doc: &[String]) -> (Vec<&str>, Vec<Section<'_>>) {
    let (mut summary, mut sections, mut in_code) = (Vec::new(), Vec::<Section>::new(), false);
    for line in doc
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
    {
        in_code ^= line.starts_with("```");
        if let (Some(heading), false) = (line.strip_prefix("# "), in_code) {
            let lines = Vec::new();
            sections.push(Section { heading, lines });
        } else if let Some(section) = sections.last_mut() {
            section.lines.push(line);
        } else {
            summary.push(line);
        }
    }
    (summary, sections)
}

fn heading_faults(sections: &[Section]) -> Vec<String> {
    let mut faults = Vec::new();
    for heading in HEADINGS {
        match sections.iter().find(|section| section.heading == heading) {
            None => faults.push(format!("lacks # {heading}")),
            Some(section) if section.lines.is_empty() => {
                faults.push(format!("has nothing under # {heading}"));
            }
            Some(_) => {}
        }
    }
    let rank = |section: &Section| HEADINGS.iter().position(|known| *known == section.heading);
    for (before, after) in sections.iter().zip(sections.iter().skip(1)) {
        if rank(before) >= rank(after) {
            faults.push(format!("has # {} out of order", after.heading));
        }
    }
    faults
}

fn example_faults(lines: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    if doctests(lines) < 2 {
        faults.push("has fewer than two doctests under # Examples".to_owned());
    }
    let Some(at) = lines.iter().position(|line| line.starts_with("Surprise:")) else {
        faults.push("has no line that starts with Surprise: under # Examples".to_owned());
        return faults;
    };
    let (ordinary, surprising) = lines.split_at(at);
    if doctests(ordinary) == 0 || doctests(surprising) == 0 {
        faults.push("lacks a doctest before or after Surprise: under # Examples".to_owned());
    }
    faults
}

/// How many code blocks of these lines are compiled, run, and hold a check.
fn doctests(lines: &[&str]) -> u64 {
    let (mut count, mut opening, mut checks) = (0, None, false);
    for line in lines {
        match (line.starts_with("```"), opening) {
            (true, None) => (opening, checks) = (Some(*line), false),
            (true, Some(fence)) => {
                count += u64::from(fence == "```" && checks);
                opening = None;
            }
            (false, _) => checks |= line.contains("assert"),
        }
    }
    count
}

/// How many rows of the index link to a function.
fn rows_of(index: &str, name: &str) -> usize {
    let link = format!("| [`{name}`] |");
    let is_row = |line: &&str| line.starts_with("//! |") && line.ends_with(&link);
    index.lines().filter(is_row).count()
}

/// The tests of this file's own parser.
#[cfg(test)]
mod parser {
    use super::{Documented, faults, functions, rows_of};

    const SOUND: &str = r"
/// What it says.
///
/// # Formula
/// ```text
/// # not a heading
/// ```
///
/// # Counts
/// Deals.
///
/// # Unit
/// Days.
///
/// # Errors
/// None.
///
/// # Examples
/// One:
/// ```
/// # use hidden::line;
/// assert!(true);
/// ```
/// Surprise: another.
/// ```
/// assert!(true);
/// ```
///
/// # See also
/// - Nothing.
///
/// # Source
/// This crate's definition.
#[must_use]
pub fn sound(deals: &DealTally) -> u64 {
";

    fn faults_of(source: &str) -> Vec<String> {
        let found = functions(source);
        let [Documented { name, doc }] = found.as_slice() else {
            panic!("{} functions", found.len());
        };
        assert_eq!(name, "sound");
        faults(doc)
    }

    /// The faults after one edit of the sound documentation.
    fn faults_with(old: &str, new: &str) -> Vec<String> {
        assert!(SOUND.contains(old), "{old}");
        faults_of(&SOUND.replacen(old, new, 1))
    }

    #[test]
    fn a_sound_documentation_has_no_fault() {
        assert_eq!(faults_of(SOUND), [""; 0]);
    }

    #[test]
    fn a_missing_heading_is_noticed() {
        for heading in super::HEADINGS {
            let line = format!("/// # {heading}\n");
            let lacks = format!("lacks # {heading}");
            assert!(faults_with(&line, "").contains(&lacks), "{heading}");
        }
    }

    #[test]
    fn a_misspelt_heading_is_a_missing_one_and_stands_out() {
        let faults = faults_with("# Unit", "# Units");
        assert_eq!(faults, ["lacks # Unit", "has # Units out of order"]);
    }

    #[test]
    fn misordered_and_repeated_headings_are_noticed() {
        let swapped = SOUND
            .replacen("# Counts", "# X", 1)
            .replacen("# Unit", "# Counts", 1);
        let faults = faults_of(&swapped.replacen("# X", "# Unit", 1));
        assert_eq!(faults, ["has # Counts out of order"]);
        assert_eq!(
            faults_with("/// Days.", "/// Days.\n/// # Unit\n/// Days."),
            ["has # Unit out of order"]
        );
    }

    #[test]
    fn empty_parts_are_noticed() {
        assert_eq!(
            faults_with("/// Deals.\n", ""),
            ["has nothing under # Counts"]
        );
        assert_eq!(
            faults_with("/// What it says.\n", ""),
            ["has no text before its first heading"]
        );
        assert_eq!(
            faults_with("```text", "```ignore"),
            ["has no text block under # Formula"]
        );
    }

    #[test]
    fn a_function_without_documentation_lacks_all_of_it() {
        let faults = faults_of("/// Of another item.\n\npub fn sound() {}\n");
        assert_eq!(faults.len(), 1 + super::HEADINGS.len());
    }

    #[test]
    fn missing_examples_are_noticed() {
        let few = "has fewer than two doctests under # Examples".to_owned();
        assert!(faults_with("/// One:\n/// ```", "/// One:\n/// ```ignore").contains(&few));
        assert!(faults_with("/// assert!(true);\n/// ```\n///\n", "/// ```\n///\n").contains(&few));
        let unsurprising = "has no line that starts with Surprise: under # Examples";
        assert_eq!(
            faults_with("Surprise: another.", "Another."),
            [unsurprising]
        );
        let one_sided = "lacks a doctest before or after Surprise: under # Examples";
        let first = faults_with("/// One:\n", "/// Surprise: one.\n");
        assert_eq!(first, [one_sided]);
    }

    #[test]
    fn only_public_functions_are_read() {
        let source = "fn a() {}\npub(super) fn b() {}\n    pub fn c() {}\npub use d;\npub const fn e<T>() {}\npub fn f(\n";
        let names: Vec<String> = functions(source).into_iter().map(|kpi| kpi.name).collect();
        assert_eq!(names, ["e", "f"]);
    }

    #[test]
    fn the_index_is_read_row_by_row() {
        let index = "//! | how many? | [`win_rate`] |\n//! See [`win_rate`].\n//! | of money? | [`win_rate_by_value`] |\n";
        assert_eq!(rows_of(index, "win_rate"), 1);
        assert_eq!(rows_of(index, "win"), 0);
        assert_eq!(rows_of(index, "loss_rate"), 0);
    }
}

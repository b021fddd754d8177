//! A summary as a text for a terminal.

use core::fmt;

use super::{AmountRange, DateRange, KindSummary, Rejections, Summary, UndeclaredWords};
use crate::value::number::Shown;

/// How many words of a column are shown.
const WORDS: usize = 10;

/// The name of a line, how many rows it is about, and what is said of them.
type Line = (String, u64, String);

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", heading(self))?;
        for kind in self.kinds() {
            part(f, kind.kind, &of_kind(kind))?;
        }
        rejected(f, &self.rejections())?;
        let undeclared = self.undeclared();
        let words: Vec<Line> = undeclared.iter().map(|words| of_words(words)).collect();
        part(f, "undeclared words", &words)?;
        let left_out = self.left_out().iter().filter(|(_, rows)| *rows > 0);
        let left_out = left_out.map(|(reason, rows)| (reason.clone(), *rows, String::new()));
        part(f, "left out", &left_out.collect::<Vec<Line>>())?;
        part(f, "odd", &oddities(self))
    }
}

fn heading(summary: &Summary) -> String {
    let kinds = summary.kinds().iter();
    let mut parts: Vec<String> = kinds
        .map(|kind| format!("{} {}", count(kind.records), kind.kind))
        .collect();
    let rejected = summary.rejected();
    let known = summary.records().saturating_add(rejected);
    let left_out = summary.rows().saturating_sub(known);
    parts.push(format!("{} rejected", count(rejected)));
    parts.push(format!("{} left out", count(left_out)));
    format!("{} rows: {}", count(summary.rows()), parts.join(", "))
}

fn of_kind(kind: &KindSummary) -> Vec<Line> {
    let mut lines = Vec::new();
    for DateRange {
        field,
        known,
        first,
        last,
    } in &kind.dates
    {
        if let (Some(first), Some(last)) = (first, last) {
            let range = range(first, last);
            lines.push(((*field).to_owned(), *known, range));
        }
    }
    for AmountRange {
        field,
        known,
        least,
        most,
    } in &kind.amounts
    {
        let [from, to] = [least, most].map(|amount| Shown(amount.amount()));
        let range = format!("{} {}", range(&from, &to), least.currency());
        lines.push(((*field).to_owned(), *known, range));
    }
    for rates in &kind.rates {
        let range = range(&rates.least, &rates.most);
        lines.push((rates.field.to_owned(), rates.known, range));
    }
    for (currency, records) in &kind.currencies {
        lines.push(("currency".to_owned(), *records, currency.to_string()));
    }
    lines
}

fn range(from: &impl fmt::Display, to: &impl fmt::Display) -> String {
    let [from, to] = [format!("{from:#}"), format!("{to:#}")];
    if from == to {
        return from;
    }
    format!("{from} to {to}")
}

fn of_words(words: &UndeclaredWords) -> Line {
    let shown = words.words.iter().take(WORDS);
    let mut texts: Vec<String> = shown
        .map(|(word, rows)| match rows {
            1 => format!("\"{word}\""),
            rows => format!("\"{word}\" {}", count(*rows)),
        })
        .collect();
    let rest = words.words.iter().skip(WORDS);
    let rest = rest.fold(words.further(), |sum, (_, rows)| sum.saturating_add(*rows));
    if rest > 0 {
        texts.push(format!("other words {}", count(rest)));
    }
    (words.column.clone(), words.rows, texts.join(", "))
}

fn oddities(summary: &Summary) -> Vec<Line> {
    let mut lines = Vec::new();
    if summary.rounded() > 0 {
        let rounded = "rounded amounts".to_owned();
        lines.push((rounded, summary.rounded(), String::new()));
    }
    if summary.swallowed() > 0 {
        let name = "rows with lines like rows".to_owned();
        let first = summary.swallowed_lines().iter();
        let first: Vec<String> = first.map(ToString::to_string).collect();
        let first = format!("a quote may have swallowed them: {}", first.join(", "));
        lines.push((name, summary.swallowed(), first));
    }
    lines
}

/// The first example says what is wrong, the others where it is, too.
fn rejected(f: &mut fmt::Formatter<'_>, all: &[&Rejections]) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(f, "rejected")?;
    let counts: Vec<String> = all.iter().map(|reason| count(reason.rows)).collect();
    let width = counts.iter().map(String::len).max().unwrap_or_default();
    for (reason, count) in all.iter().zip(&counts) {
        let mut examples = reason.examples.iter();
        if let Some(first) = examples.next() {
            writeln!(f, "  {count:>width$}  {first}")?;
        }
        for example in examples {
            let at = example.at();
            match &example.error.value {
                Some(value) => writeln!(f, "  {:width$}  {at}: \"{value}\"", "")?,
                None => writeln!(f, "  {:width$}  {at}", "")?,
            }
        }
    }
    Ok(())
}

/// Lines below a name, in columns.
fn part(f: &mut fmt::Formatter<'_>, name: &str, lines: &[Line]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "{name}")?;
    let names = lines.iter().map(|(name, ..)| name.chars().count());
    let counts: Vec<String> = lines.iter().map(|(_, rows, _)| count(*rows)).collect();
    let wide = names.max().unwrap_or_default();
    let width = counts.iter().map(String::len).max().unwrap_or_default();
    for ((name, _, said), count) in lines.iter().zip(&counts) {
        let line = format!("  {name:wide$}  {count:>width$}  {said}");
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A count with its digits in groups.
fn count(count: u64) -> String {
    format!("{:#}", Shown(count.into()))
}

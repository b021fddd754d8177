//! Rows and columns in plain text: aligned, with units, and with a note for each reason why a value is missing.

use core::fmt;

use super::{Family, Reading};
use crate::period::{FiscalCalendar, Scope};

pub(crate) struct Row {
    /// Rows of one family stand together, under its name.
    pub(crate) family: Option<Family>,
    /// Title and unit, on the left.
    pub(crate) head: Vec<String>,
    /// The figures, on the right.
    pub(crate) cells: Vec<String>,
}

/// The period, and the day from which one looks where that is not its last.
pub(super) fn period(scope: Scope, fiscal: Option<FiscalCalendar>) -> String {
    let period = scope.period();
    let fiscal = fiscal.and_then(|calendar| calendar.heading(period));
    let label = fiscal.unwrap_or_else(|| period.label());
    if !scope.is_complete() {
        return format!("{label} to {}", scope.as_of_day());
    }
    if scope.looks_back() {
        return format!("{label} as of {}", scope.as_of_day());
    }
    label
}

/// A group's name, and that of what belongs to none.
pub(super) fn group(name: Option<&str>) -> &str {
    name.unwrap_or("(none)")
}

/// The reasons why values are missing, each once, in the order in which they are marked: whoever prints marks from top to bottom.
#[derive(Default)]
pub(crate) struct Notes(Vec<String>);

impl Notes {
    /// The mark of a reason, or of a reservation, which is listed below the rows.
    pub(crate) fn mark(&mut self, reason: &dyn fmt::Display) -> String {
        let reason = reason.to_string();
        let known = self.0.iter().position(|known| *known == reason);
        let position = known.unwrap_or_else(|| {
            self.0.push(reason);
            self.0.len().saturating_sub(1)
        });
        superscript(position.saturating_add(1))
    }
}

/// The unit that the values of a row have in common, and their figures; where their units differ, each figure has its own.
pub(super) fn cells(readings: &[&Reading], notes: &mut Notes) -> (String, Vec<String>) {
    let known = readings
        .iter()
        .filter_map(|reading| reading.value.as_ref().ok());
    let mut units = known.map(|value| value.unit_and_figure().0);
    let first = units.next().unwrap_or_default();
    let is_common = units.all(|unit| unit == first);
    let mut cells = Vec::new();
    for reading in readings {
        let mut cell = match &reading.value {
            Ok(value) if is_common => value.unit_and_figure().1,
            Ok(value) => value.figure_with_unit(),
            Err(error) => format!("– {}", notes.mark(error)),
        };
        for caveat in &reading.caveats {
            cell = format!("{cell} {}", notes.mark(caveat));
        }
        cells.push(cell);
    }
    (if is_common { first } else { String::new() }, cells)
}

fn superscript(number: usize) -> String {
    let digit = |digit: char| match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    number.to_string().chars().map(digit).collect()
}

/// The rows of each family under its name, below the headings of the figures.
pub(crate) fn write(f: &mut fmt::Formatter<'_>, headings: &[String], rows: &[Row]) -> fmt::Result {
    let head = widths(rows.iter().map(|row| &row.head));
    let headings = headings.to_vec();
    let cells = widths(rows.iter().map(|row| &row.cells).chain([&headings]));
    let no_head = vec![String::new(); head.len()];
    line(f, (&no_head, &head), (&headings, &cells))?;
    let mut family = None;
    for row in rows {
        if let Some(other) = row.family.filter(|other| family != Some(*other)) {
            family = Some(other);
            writeln!(f, "{}", other.name())?;
        }
        line(f, (&row.head, &head), (&row.cells, &cells))?;
    }
    Ok(())
}

/// How wide each column must be.
fn widths<'r>(rows: impl Iterator<Item = &'r Vec<String>>) -> Vec<usize> {
    let mut widths = Vec::new();
    for row in rows {
        widths.resize(row.len().max(widths.len()), 0_usize);
        for (width, text) in widths.iter_mut().zip(row) {
            *width = text.chars().count().max(*width);
        }
    }
    widths
}

fn line(
    f: &mut fmt::Formatter<'_>,
    (head, head_widths): (&[String], &[usize]),
    (cells, cell_widths): (&[String], &[usize]),
) -> fmt::Result {
    for (text, width) in head.iter().zip(head_widths) {
        write!(f, "  {text:<width$}")?;
    }
    for (text, width) in cells.iter().zip(cell_widths) {
        write!(f, "  {text:>width$}")?;
    }
    writeln!(f)
}

/// What stands below the rows: what the mark of a small sample means, and the reasons.
pub(crate) fn write_notes(
    f: &mut fmt::Formatter<'_>,
    small: &[String],
    notes: &Notes,
) -> fmt::Result {
    if !small.is_empty() {
        writeln!(f, "\n* {}", small.join("; "))?;
    }
    if !notes.0.is_empty() {
        writeln!(f)?;
    }
    for (number, reason) in (1_usize..).zip(&notes.0) {
        writeln!(f, "{} {reason}", superscript(number))?;
    }
    Ok(())
}

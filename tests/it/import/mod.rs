//! Records from CSV: what every cell may and may not say, and that no row is lost on the way.

mod cells;
mod changes;
mod exports;
mod files;
mod keys;
mod laws;
mod mappings;
mod owners;
mod percents;
mod places;
mod pouring;
mod records;
mod samples;
mod stages;
mod states;
mod styles;
mod summary;
mod whole;
mod whole_past;

use sales_metrics::DealStatus;
use sales_metrics::import::{
    Column, CurrencyColumn, DealColumns, ImportError, Imported, OutcomeColumn, RowError, read,
};
use sales_metrics::{Currency, Deal};

const HEADER: [&str; 17] = [
    "id", "created", "closed", "stage", "ccy", "amount", "cost", "list", "p", "contact",
    "expected", "reason", "owner", "account", "product", "segment", "note",
];

/// A won deal with nothing but what it must have.
const CELLS: [(&str, &str); 5] = [
    ("id", "D-1"),
    ("created", "2024-01-05"),
    ("closed", "2024-03-01"),
    ("stage", "Won"),
    ("ccy", "USD"),
];

fn outcome() -> OutcomeColumn {
    OutcomeColumn::new("stage")
        .with_won(["Won"])
        .with_lost(["Lost"])
        .with_disqualified(["Junk"])
        .with_open(["Talk", "Offer"])
}

/// A column for everything but `note`, which nobody named.
fn columns() -> DealColumns {
    let currency = CurrencyColumn::new("ccy");
    DealColumns::new("id", outcome(), currency)
        .with_created("created")
        .with_closed("closed")
        .with_amount("amount")
        .with_cost("cost")
        .with_list_price("list")
        .with_probability("p")
        .with_first_contact("contact")
        .with_expected_close("expected")
        .with_loss_reason("reason")
        .with_owner("owner")
        .with_account("account")
        .with_stage("stage")
        .with_product("product")
        .with_dimension("segment", "segment")
}

/// Only what every deal needs, for files of four columns.
fn few() -> DealColumns {
    DealColumns::new("id", outcome(), Currency::USD)
        .with_created("created")
        .with_closed("closed")
}

const FEW: &str = "id,created,closed,stage\n";

fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn line(cells: &[impl AsRef<str>], delimiter: char) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| quoted(cell.as_ref(), delimiter))
        .collect();
    cells.join(&delimiter.to_string())
}

/// The row of [`CELLS`] with other cells in it; of a column that is named twice the last counts.
fn row(other: &[(&str, &str)], delimiter: char) -> String {
    assert!(other.iter().all(|(name, _)| HEADER.contains(name)));
    let cell = |name: &str| {
        let mut all = CELLS.iter().chain(other).rev();
        all.find(|(of, _)| *of == name)
            .map_or("", |(_, cell)| *cell)
    };
    line(&HEADER.map(cell), delimiter)
}

/// A file of that one row, under a header.
fn file(other: &[(&str, &str)], delimiter: char) -> String {
    format!("{}\n{}\n", line(&HEADER, delimiter), row(other, delimiter))
}

fn deals_in(file: impl AsRef<[u8]>, columns: &DealColumns) -> Imported<Deal> {
    read(file.as_ref(), columns).unwrap()
}

fn deals(file: impl AsRef<[u8]>, columns: &DealColumns) -> Vec<Deal> {
    let Imported {
        records, rejected, ..
    } = deals_in(file, columns);
    assert_eq!(rejected, []);
    records
}

fn rejected(file: impl AsRef<[u8]>, columns: &DealColumns) -> Vec<RowError> {
    let Imported {
        records, rejected, ..
    } = deals_in(file, columns);
    assert_eq!(records, []);
    rejected
}

fn refusal(file: impl AsRef<[u8]>, columns: &DealColumns) -> ImportError {
    read(file.as_ref(), columns).unwrap_err()
}

/// The deal of a row with these cells.
fn deal_by(columns: &DealColumns, cells: &[(&str, &str)]) -> Deal {
    let mut deals = deals(file(cells, ','), columns);
    assert_eq!(deals.len(), 1);
    deals.remove(0)
}

fn deal(cells: &[(&str, &str)]) -> Deal {
    deal_by(&columns(), cells)
}

/// What is wrong with a row with these cells.
fn error_by(columns: &DealColumns, cells: &[(&str, &str)]) -> String {
    let errors = rejected(file(cells, ','), columns);
    assert_eq!(errors.len(), 1);
    errors[0].to_string()
}

fn error(cells: &[(&str, &str)]) -> String {
    error_by(&columns(), cells)
}

fn texts(errors: &[RowError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

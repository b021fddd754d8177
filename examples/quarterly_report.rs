//! The deal KPIs of every quarter in a CRM export, the reps ranked, and what is odd in the records.
//!
//! `cargo run --release --example quarterly_report` reads the sample that ships with the crate;
//! `cargo run --release --example quarterly_report -- DEALS.csv COLUMNS.json [AS_OF]` reads any other, as of its last date
//! or of the day given.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

use sales_metrics::audit::{self, Audit};
use sales_metrics::import::{DealColumns, Imported, read_deals};
use sales_metrics::report::{self, Inputs, Table, leaderboard};
use sales_metrics::{
    Currency, Deal, DealDetail, DealTotals, NaiveDate, Period, Rate, RepId, Scope, Undefined,
};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/deals.csv");
const SAMPLE_COLUMNS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/columns/sample.json");
/// Quarters that fit side by side; tables overlap by one, so that each quarter stands beside the previous one.
const QUARTERS_A_TABLE: usize = 5;
/// Lines of a list that are shown before the rest is only counted.
const SHOWN: usize = 5;

fn main() -> ExitCode {
    match report() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn report() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (deals, columns, as_of) = match arguments.as_slice() {
        [] => (SAMPLE, SAMPLE_COLUMNS, None),
        [deals, columns] => (deals.as_str(), columns.as_str(), None),
        [deals, columns, day] => (deals.as_str(), columns.as_str(), Some(parse_day(day)?)),
        _ => return Err("usage: quarterly_report [DEALS.csv COLUMNS.json [AS_OF]]".into()),
    };
    let columns: DealColumns = serde_json::from_reader(open(columns)?)?;
    let Imported {
        records: deals,
        rejected,
    } = read_deals(open(deals)?, &columns)?;

    println!(
        "{} deals read, {} rows rejected",
        deals.len(),
        rejected.len()
    );
    print_list(&rejected);
    let (Some(day), Some(currency)) = (as_of.or_else(|| last_date(&deals)), usual_currency(&deals))
    else {
        return Err("the file holds no deal".into());
    };
    let findings = Audit::new(day)?.deals(&deals);
    let (deals, others): (Vec<Deal>, Vec<Deal>) = deals
        .into_iter()
        .partition(|deal| deal.currency() == currency);
    println!("as of {day}, in {currency}");
    if !others.is_empty() {
        let ids: Vec<&str> = others.iter().map(|deal| deal.id().as_str()).collect();
        println!("left out, being in another currency: {}", ids.join(", "));
    }

    let scopes = quarters(&deals, day, currency)?;
    print_quarters(&deals, &scopes)?;
    if let Some(last) = scopes.last() {
        print_reps(&deals, *last)?;
    }
    println!("\nFINDINGS");
    for (name, found) in audit::summary(&findings) {
        println!("  {:<24} {found}", name.replace('_', " "));
    }
    print_at_risk(&deals, day, currency)
}

fn parse_day(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|error| format!("{text}: {error}; write the day as 2026-03-31"))
}

fn open(path: &str) -> Result<BufReader<File>, String> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|error| format!("{path}: {error}"))
}

fn print_list(lines: &[impl std::fmt::Display]) {
    for line in lines.iter().take(SHOWN) {
        println!("  {line}");
    }
    if lines.len() > SHOWN {
        println!("  … and {} more", lines.len().saturating_sub(SHOWN));
    }
}

/// The day of the export, as far as the records tell.
fn last_date(deals: &[Deal]) -> Option<NaiveDate> {
    deals
        .iter()
        .flat_map(|deal| [Some(deal.created()), deal.closed()])
        .flatten()
        .max()
}

fn first_date(deals: &[Deal]) -> Option<NaiveDate> {
    deals.iter().map(Deal::created).min()
}

fn usual_currency(deals: &[Deal]) -> Option<Currency> {
    let mut counts: BTreeMap<Currency, u64> = BTreeMap::new();
    for deal in deals {
        *counts.entry(deal.currency()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(currency, _)| currency)
}

/// The quarters from the first deal to the last date; the last one is seen from that date.
fn quarters(
    deals: &[Deal],
    day: NaiveDate,
    currency: Currency,
) -> Result<Vec<Scope>, Box<dyn Error>> {
    let first = first_date(deals).unwrap_or(day);
    let mut quarter = Period::quarter_of(first)?;
    let mut scopes = Vec::new();
    while quarter.start() <= day {
        let whole = Scope::new(quarter, currency);
        scopes.push(if quarter.contains(day) {
            whole.as_of(day)?
        } else {
            whole
        });
        quarter = quarter.next()?;
    }
    Ok(scopes)
}

fn print_quarters(deals: &[Deal], scopes: &[Scope]) -> Result<(), Box<dyn Error>> {
    // What each quarter is compared with: the one before, as long as this one has run.
    let previous = scopes
        .iter()
        .map(|scope| scope.previous())
        .collect::<Result<Vec<_>, _>>()?;
    let all = DealDetail::series(deals, scopes.iter().chain(&previous).copied())?;
    let (details, before) = all.split_at(scopes.len());
    let mut columns = Vec::new();
    for ((scope, detail), previous) in scopes.iter().zip(details).zip(before) {
        columns.push((
            scope.period().label(),
            Inputs::new(detail).with_previous(previous)?,
        ));
    }
    for quarters in windows(&columns) {
        print_counts(quarters);
        let table = quarters
            .iter()
            .fold(Table::new(shown_kpis()), |table, (label, inputs)| {
                table.with_column(label, *inputs)
            });
        println!("\n{table}");
    }
    Ok(())
}

/// What the rates are rates of.
fn print_counts(quarters: &[(String, Inputs<'_>)]) {
    type Count = fn(&DealTotals) -> u64;
    let counts: [(&str, Count); 6] = [
        ("won", |totals| totals.won.count),
        ("lost", |totals| totals.lost.count),
        ("disqualified", |totals| totals.disqualified.count),
        ("open at the end", |totals| totals.open.count),
        ("created", |totals| totals.created.count),
        ("  of these won by the end", |totals| totals.cohort_won),
    ];
    print!("\n{:<27}", "DEALS");
    for (label, _) in quarters {
        print!("{label:>12}");
    }
    for (name, count) in counts {
        print!("\n  {name:<25}");
        for (_, inputs) in quarters {
            print!("{:>12}", count(inputs.tally().totals()));
        }
    }
    println!();
}

/// As many columns as fit a table; the last of one table is the first of the next.
fn windows<T>(mut columns: &[T]) -> Vec<&[T]> {
    let mut tables = Vec::new();
    while let Some(table) = columns.get(..QUARTERS_A_TABLE) {
        tables.push(table);
        columns = columns
            .get(QUARTERS_A_TABLE.saturating_sub(1)..)
            .unwrap_or_default();
    }
    if columns.len() > 1 || tables.is_empty() {
        tables.push(columns);
    }
    tables
}

/// All but those that need a target, which an export does not hold.
fn shown_kpis() -> impl Iterator<Item = &'static report::Kpi> {
    report::catalog()
        .iter()
        .filter(|kpi| kpi.needs() != report::Needs::Target)
}

fn print_reps(deals: &[Deal], scope: Scope) -> Result<(), Box<dyn Error>> {
    let by_rep: BTreeMap<Option<&RepId>, DealDetail> = DealDetail::by(deals, scope, Deal::owner)?;
    let columns = [
        "total_revenue",
        "win_rate",
        "average_deal_size",
        "sales_cycle_length",
        "open_deals",
    ];
    let Some(revenue) = report::kpi("total_revenue") else {
        return Err("the catalog has no total_revenue".into());
    };
    println!("REPS BY REVENUE, {}", scope.period().label());
    print!("  {:>4} {:<20}", "rank", "rep");
    for name in columns {
        print!(" {:>18}", name.replace('_', " "));
    }
    println!();
    let groups = by_rep
        .iter()
        .map(|(rep, detail)| ((*rep, detail), Inputs::new(detail)));
    for place in leaderboard(revenue, groups) {
        let (rep, detail) = place.key;
        let rank = place
            .rank
            .map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        print!("  {rank:>4} {:<20}", rep.map_or("(none)", RepId::as_str));
        for kpi in columns.iter().filter_map(|name| report::kpi(name)) {
            let cell = kpi
                .evaluate(&Inputs::new(detail))
                .map_or_else(|_| "–".to_owned(), |value| value.rounded());
            print!(" {cell:>18}");
        }
        println!();
    }
    Ok(())
}

fn print_at_risk(deals: &[Deal], day: NaiveDate, currency: Currency) -> Result<(), Box<dyn Error>> {
    // The usual cycle is that of all wins up to the day.
    let first = first_date(deals).unwrap_or(day);
    let all = Period::between(first, day.succ_opt().ok_or("the last day there is")?)?;
    let detail = DealDetail::of(deals, Scope::new(all, currency))?;
    let percentile = Rate::from_percent(90)?;
    println!("\nAT RISK: open for longer than {percentile} of the won deals took");
    match audit::at_risk(deals, &detail, percentile) {
        Ok(at_risk) if at_risk.is_empty() => println!("  none"),
        Ok(at_risk) => print_list(&at_risk),
        Err(sales_metrics::Error::Undefined(reason @ Undefined::NoWonDeals)) => {
            println!("  – {reason}");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

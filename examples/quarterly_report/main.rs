//! Every KPI of a business in its last quarter beside the previous one and the same one a year before; the deals' KPIs in every
//! quarter; the reps ranked; and what is odd in the records.
//!
//! `cargo run --release --example quarterly_report` reads the sample that ships with the crate, as its manifest
//! `examples/business.json` says;
//! `cargo run --release --example quarterly_report -- BUSINESS.json [FOLDER] [AS_OF]` reads another business, whose files may stand in a
//! folder of their own: `examples/salesforce-demo.json` is the manifest of an export of Salesforce, and `examples/data/salesforce` a few
//! rows of one;
//! `cargo run --release --example quarterly_report -- DEALS.csv COLUMNS.json [AS_OF]` an export of deals alone,
//! as of the last date in the deals or of the day given.

#[path = "../common/business.rs"]
mod business;
mod show;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use business::{Manifest, arguments, told};
use sales_metrics::audit::{self, Audit};
use sales_metrics::report::{self, Inputs, Report, ReportPlan};
use sales_metrics::{
    Book, BookTally, Deal, DealDetail, Dimension, NaiveDate, Period, Rate, Scope, Undefined,
};

fn main() -> ExitCode {
    told(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments = arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let is_manifest = |path: &str| Path::new(path).extension().is_some_and(|end| end == "json");
    let (manifest, as_of) = match arguments.as_slice() {
        [] => (Manifest::sample()?, None),
        [path, rest @ ..] if is_manifest(path) => {
            let (folder, day) = match rest {
                [folder, rest @ ..] if Path::new(folder).is_dir() => {
                    (Some(Path::new(*folder)), rest)
                }
                rest => (None, rest),
            };
            (
                Manifest::read(Path::new(path), folder)?,
                day.first().copied(),
            )
        }
        [deals, columns] => (Manifest::of_deals(deals, columns), None),
        [deals, columns, day] => (Manifest::of_deals(deals, columns), Some(*day)),
        _ => {
            return Err(
                "usage: quarterly_report [BUSINESS.json [FOLDER] [AS_OF] | DEALS.csv COLUMNS.json [AS_OF]]"
                    .into(),
            );
        }
    };
    let (book, others) = manifest.records()?;
    let day = match as_of {
        Some(text) => parse_day(text)?,
        None => last_date(book.deals()).ok_or("the file holds no deal")?,
    };
    println!("as of {day}, in {}", book.currency());
    if !others.is_empty() {
        println!("left out, being in another currency:");
        show::list(&others);
    }
    print(&book, day)
}

fn parse_day(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|error| format!("{text}: {error}; write the day as 2026-03-31"))
}

fn print(book: &Book, day: NaiveDate) -> Result<(), Box<dyn Error>> {
    let scopes = quarters(book, day)?;
    let Some(last) = scopes.last().copied() else {
        return Err("the as-of day is before every deal".into());
    };
    print_quarters(book, &scopes)?;

    let label = last.period().label();
    println!("EVERY KPI, {label} AS OF {day}\n");
    println!("{}", Report::of(book, &ReportPlan::new(last))?);
    let dimensions = book.dimensions();
    if dimensions.contains(&Dimension::Team) {
        println!("TO BEGIN WITH, BY TEAM, {label}\n");
        let starter = ReportPlan::new(last).with_kpis(report::starter_set());
        println!(
            "{}",
            Report::of(book, &starter.with_dimension(Dimension::Team))?
        );
    }
    if dimensions.contains(&Dimension::Rep) {
        println!("REPS, {label}\n");
        print_rankings(book, last)?;
    }

    println!("FINDINGS");
    let findings = Audit::new(day)?.book(book);
    for (name, found) in audit::summary(&findings) {
        println!("  {:<28} {found}", name.replace('_', " "));
    }
    print_at_risk(book, day)
}

/// The reps by what they won, and by how well they win.
fn print_rankings(book: &Book, scope: Scope) -> Result<(), Box<dyn Error>> {
    let names = ["total_revenue", "win_rate", "sales_cycle_length"];
    let kpis = names.map(report::find).into_iter();
    let plan = ReportPlan::new(scope)
        .with_kpis(kpis.collect::<Result<Vec<_>, _>>()?)
        .with_dimension(Dimension::Rep);
    let report = Report::of(book, &plan)?;
    for board in names
        .into_iter()
        .filter_map(|name| report.leaderboard(name))
    {
        println!("{board}");
    }
    Ok(())
}

/// The quarters from the first deal to the as-of day; the last one is seen from that day.
fn quarters(book: &Book, day: NaiveDate) -> Result<Vec<Scope>, Box<dyn Error>> {
    let first = first_date(book.deals()).unwrap_or(day);
    let mut quarter = Period::quarter_of(first)?;
    let mut scopes = Vec::new();
    while quarter.start() <= day {
        let whole = Scope::new(quarter, book.currency());
        scopes.push(if quarter.contains(day) {
            whole.as_of(day)?
        } else {
            whole
        });
        quarter = quarter.next()?;
    }
    Ok(scopes)
}

/// The day of the export, as far as the deals tell.
fn last_date(deals: &[Deal]) -> Option<NaiveDate> {
    deals
        .iter()
        .flat_map(|deal| [deal.created(), deal.closed()])
        .flatten()
        .max()
}

fn first_date(deals: &[Deal]) -> Option<NaiveDate> {
    deals.iter().filter_map(Deal::created).min()
}

fn print_quarters(book: &Book, scopes: &[Scope]) -> Result<(), Box<dyn Error>> {
    // What each quarter is compared with: the one before, as long as this one has run.
    let previous = scopes
        .iter()
        .map(|scope| scope.previous())
        .collect::<Result<Vec<_>, _>>()?;
    let all = scopes.iter().chain(&previous).copied();
    let all = BookTally::series(book, all)?;
    let (tallies, before) = all.split_at(scopes.len());
    let mut columns = Vec::new();
    for ((scope, tally), previous) in scopes.iter().zip(tallies).zip(before) {
        columns.push((
            scope.period().label(),
            Inputs::new(tally).with_previous(previous)?,
        ));
    }
    show::quarters(&columns);
    Ok(())
}

fn print_at_risk(book: &Book, day: NaiveDate) -> Result<(), Box<dyn Error>> {
    // The usual cycle is that of all wins up to the day.
    let first = first_date(book.deals()).unwrap_or(day).min(day);
    let all = Period::between(first, day.succ_opt().ok_or("the last day there is")?)?;
    let detail = DealDetail::of(book.deals(), Scope::new(all, book.currency()))?;
    let percentile = Rate::from_percent(90)?;
    println!("\nAT RISK: open for longer than {percentile} of the won deals took");
    match audit::at_risk(book.deals(), &detail, percentile) {
        Ok(at_risk) if at_risk.is_empty() => println!("  none"),
        Ok(at_risk) => show::list(&at_risk),
        Err(error) if error.undefined() == Some(Undefined::NoWonDeals) => {
            println!("  – {error}");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

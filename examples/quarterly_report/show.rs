//! Lists and tables on the terminal.

use sales_metrics::Undefined;
use sales_metrics::report::{self, Inputs, Kpi, Needs, Parameter, Records, Table};
use sales_metrics::tally::DealTotals;

/// Quarters that fit side by side; tables overlap by one, so that each quarter stands beside the previous one.
const QUARTERS_A_TABLE: usize = 5;
/// Lines of a list that are shown before the rest is only counted.
const SHOWN: usize = 5;

pub(crate) fn list(lines: &[impl std::fmt::Display]) {
    for line in lines.iter().take(SHOWN) {
        println!("  {line}");
    }
    if lines.len() > SHOWN {
        println!("  … and {} more", lines.len().saturating_sub(SHOWN));
    }
}

/// The deal KPIs of each quarter, each beside the previous one.
pub(crate) fn quarters(columns: &[(String, Inputs<'_>)]) {
    for quarters in windows(columns) {
        counts(quarters);
        let deals_alone: Vec<&Kpi> = report::catalog()
            .iter()
            .filter(|kpi| {
                let needs = kpi.needs();
                needs.contains(&Needs::Records(Records::Deals))
                    && !needs.iter().any(|needs| NOT_IN_DEALS.contains(needs))
            })
            .collect();
        let table = quarters
            .iter()
            .fold(Table::new(deals_alone), |table, (label, inputs)| {
                table.with_column(label, *inputs)
            });
        println!("\n{table}");
    }
}

/// What an export of deals does not hold.
const NOT_IN_DEALS: [Needs; 9] = [
    Needs::Records(Records::Leads),
    Needs::Records(Records::Activities),
    Needs::Records(Records::Reps),
    Needs::Records(Records::Quotas),
    Needs::Records(Records::Contracts),
    Needs::Records(Records::Spend),
    Needs::Records(Records::Purchases),
    Needs::Parameter(Parameter::Target),
    Needs::Parameter(Parameter::OperatingMargin),
];

/// What the rates are rates of.
fn counts(quarters: &[(String, Inputs<'_>)]) {
    type Count = fn(&DealTotals) -> Result<u64, Undefined>;
    let counts: [(&str, Count); 6] = [
        ("won", |totals| Ok(totals.won()?.count)),
        ("lost", |totals| Ok(totals.lost()?.count)),
        ("disqualified", |totals| Ok(totals.disqualified()?.count)),
        ("open at the end", |totals| Ok(totals.open()?.count)),
        ("created", |totals| Ok(totals.created()?.count)),
        ("  of these won by the end", DealTotals::cohort_won),
    ];
    print!("\n{:<27}", "DEALS");
    for (label, _) in quarters {
        print!("{label:>12}");
    }
    for (name, count) in counts {
        print!("\n  {name:<25}");
        for (_, inputs) in quarters {
            let deals = inputs.tally().deals();
            let count = deals.map_or(Ok(0), |deals| count(deals.totals()));
            print!("{:>12}", count.map_or("–".to_owned(), |n| n.to_string()));
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

//! A CSV file of 200,000 deals: what the `csv` crate takes to read its rows and do nothing, and what it takes to tally them; and a file of
//! 13 columns, of which five or all are mapped.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::pedantic,
    reason = "a benchmark that fails should stop"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use csv::{ByteRecord, Reader};
use sales_metrics::import::{DealColumns, DealReader, OutcomeColumn, pour};
use sales_metrics::{Currency, DealTally, Period, Scope};

const ROWS: usize = 200_000;
const COLUMNS: &str = include_str!("../examples/columns/crm-sales-opportunities.json");

/// A number below `end` that the processor cannot foretell, as it cannot in a real file.
fn below(state: &mut u64, end: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % end
}

/// Names of different lengths.
fn names(count: usize, state: &mut u64) -> Vec<String> {
    let parts = [
        "Ma",
        "Darcel",
        " Schlecht",
        " Corp",
        "oration",
        "son",
        "tech",
        " Inc",
        "Beta",
        "ver",
    ];
    let mut name = |at: usize| {
        let parts: String = (0..2 + at % 2)
            .map(|_| parts[below(state, 10) as usize])
            .collect();
        format!("{} {at}", parts.trim())
    };
    (0..count).map(&mut name).collect()
}

/// Rows in the proportions of a real export: about half won, a quarter lost with an amount of 0, the rest open.
fn file() -> String {
    let state = &mut 42;
    let products = [
        "GTX Plus Basic",
        "GTXPro",
        "MG Special",
        "GTX Basic",
        "MG Advanced",
        "GTX Plus Pro",
        "GTK 500",
    ];
    let (agents, accounts) = (names(30, state), names(85, state));
    let mut file = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n".to_owned();
    for row in 0..ROWS {
        let (agent, account) = (
            &agents[below(state, 30) as usize],
            &accounts[below(state, 85) as usize],
        );
        let product = products[below(state, 7) as usize];
        let mut day = |year| {
            format!(
                "{year}-{:02}-{:02}",
                below(state, 12) + 1,
                below(state, 28) + 1
            )
        };
        let (start, close) = (day(2016), day(2017));
        write!(
            file,
            "{:08X},{agent},{product},{account},",
            row * 2_654_435_761 % (1 << 32)
        )
        .unwrap();
        match below(state, 100) {
            0..53 => writeln!(file, "Won,{start},{close},{}", below(state, 6000)).unwrap(),
            53..82 => writeln!(file, "Lost,{start},{close},0").unwrap(),
            _ => writeln!(file, "Engaging,{start},,").unwrap(),
        }
    }
    file
}

fn read_rows(file: &str) -> usize {
    let (mut reader, mut record, mut rows) =
        (Reader::from_reader(file.as_bytes()), ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).unwrap() {
        rows += 1;
    }
    rows
}

fn tally(file: &str, columns: &DealColumns, scope: Scope) -> DealTally {
    let mut tally = DealTally::new(scope);
    for deal in DealReader::new(file.as_bytes(), columns).unwrap() {
        tally.record(&deal.unwrap()).unwrap();
    }
    tally
}

/// Rows of 13 columns, as those of `rivals_import.py`.
fn wide_file() -> String {
    let state = &mut 42;
    let mut file = "id,owner,account,product,source,region,amount,cost,created,closed,outcome,stage,probability\n".to_owned();
    for row in 0..ROWS {
        let mut number = |end| below(state, end);
        let (cents, outcome) = (number(5_000_000) + 1_000, number(100));
        let created = format!("2022-{:02}-{:02}", number(12) + 1, number(28) + 1);
        let closed = format!("2023-{:02}-{:02}", number(12) + 1, number(28) + 1);
        let (closed, outcome, stage, chance) = match outcome {
            0..33 => (closed.as_str(), "won", "closed_won", 100),
            33..85 => (closed.as_str(), "lost", "closed_lost", 0),
            _ => ("", "open", "proposal", number(20) * 5),
        };
        writeln!(
            file,
            "D{row:08},rep-{:04},acct-{:05},product-{:02},source-{},region-{:02},{}.{:02},{}.00,{created},{closed},{outcome},{stage},{}.{:02}",
            number(500),
            number(50_000),
            number(20),
            number(8),
            number(10),
            cents / 100,
            cents % 100,
            cents / 200,
            chance / 100,
            chance % 100,
        )
        .unwrap();
    }
    file
}

fn five_columns() -> DealColumns {
    let outcome = OutcomeColumn::new("outcome")
        .with_won(["won"])
        .with_lost(["lost"])
        .with_open(["open"]);
    DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_closed("closed")
        .with_amount("amount")
}

fn thirteen_columns() -> DealColumns {
    five_columns()
        .with_owner("owner")
        .with_account("account")
        .with_product("product")
        .with_source("source")
        .with_region("region")
        .with_cost("cost")
        .with_stage("stage")
        .with_probability("probability")
}

fn poured(file: &str, columns: &DealColumns, scope: Scope) -> DealTally {
    let mut tally = DealTally::new(scope);
    let poured = pour(file.as_bytes(), columns, &mut tally).unwrap();
    assert_eq!(poured.records, ROWS as u64);
    tally
}

fn wide(criterion: &mut Criterion) {
    let file = wide_file();
    let scope = Scope::new(Period::year(2023).unwrap(), Currency::USD);
    let mut group = criterion.benchmark_group("13 columns");
    group.throughput(Throughput::Bytes(file.len().try_into().unwrap()));
    group.sample_size(20);
    for (name, columns) in [
        ("five mapped, into a tally", five_columns()),
        ("all mapped, into a tally", thirteen_columns()),
    ] {
        let all = poured(&file, &columns, scope);
        let totals = all.totals();
        let words = |word: &str| file.matches(word).count() as u64;
        assert_eq!(totals.won().unwrap().priced, words(",won,"));
        assert_eq!(totals.lost().unwrap().count, words(",lost,"));
        assert_eq!(totals.open().unwrap().count, words(",open,"));
        assert_eq!(all, tally(&file, &columns, scope));
        group.bench_function(name, |bench| {
            bench.iter(|| poured(black_box(&file), &columns, scope))
        });
    }
    group.finish();
}

fn import(criterion: &mut Criterion) {
    let file = file();
    let columns: DealColumns = serde_json::from_str(COLUMNS).unwrap();
    let scope = Scope::new(Period::year(2017).unwrap(), Currency::USD);
    let all = tally(&file, &columns, scope);
    assert_eq!(read_rows(&file), ROWS);
    let totals = all.totals();
    let words = |word: &str| file.matches(word).count() as u64;
    assert_eq!(totals.records().unwrap(), ROWS as u64);
    assert_eq!(
        (totals.won().unwrap().count, totals.won().unwrap().priced),
        (words(",Won,"), words(",Won,"))
    );
    assert_eq!(
        (totals.lost().unwrap().count, totals.lost().unwrap().priced),
        (words(",Lost,"), 0)
    );
    assert_eq!(
        (
            totals.open().unwrap().count,
            totals.won_cycle().unwrap().count
        ),
        (words(",Engaging,"), words(",Won,"))
    );

    let mut group = criterion.benchmark_group("import");
    group.throughput(Throughput::Bytes(file.len().try_into().unwrap()));
    group.sample_size(20);
    group.bench_function("csv reads the rows", |bench| {
        bench.iter(|| read_rows(black_box(&file)))
    });
    group.bench_function("rows into a tally", |bench| {
        bench.iter(|| tally(black_box(&file), &columns, scope))
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    import(&mut criterion);
    wide(&mut criterion);
    criterion.final_summary();
}

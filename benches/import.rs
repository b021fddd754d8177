//! A CSV file of 200,000 deals: what the `csv` crate takes to read its rows and do nothing, and what it takes to tally them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark that fails should stop"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use csv::{ByteRecord, Reader};
use sales_metrics::import::{DealColumns, DealReader};
use sales_metrics::{Currency, DealTally, Period, Scope};

const ROWS: usize = 200_000;
const COLUMNS: &str = include_str!("../examples/columns/crm-sales-opportunities.json");

/// Rows in the proportions of a real export: about half won, a quarter lost with an amount of 0, the rest open.
fn file() -> String {
    let products = [
        "GTX Plus Basic",
        "GTXPro",
        "MG Special",
        "GTX Basic",
        "MG Advanced",
    ];
    let mut file = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n".to_owned();
    for row in 0..ROWS {
        let (agent, product) = (row * 7 % 30, products[row % 5]);
        let (account, start) = (
            row * 31 % 85,
            format!("2016-{:02}-{:02}", row % 12 + 1, row % 28 + 1),
        );
        let close = format!("2017-{:02}-{:02}", row * 5 % 12 + 1, row * 3 % 28 + 1);
        write!(
            file,
            "{row:08X},Agent Family{agent},{product},Company {account},"
        )
        .unwrap();
        match row % 100 {
            0..53 => writeln!(file, "Won,{start},{close},{}", row * 13 % 6000).unwrap(),
            53..80 => writeln!(file, "Lost,{start},{close},0").unwrap(),
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

fn import(criterion: &mut Criterion) {
    let file = file();
    let columns: DealColumns = serde_json::from_str(COLUMNS).unwrap();
    let scope = Scope::new(Period::year(2017).unwrap(), Currency::USD);
    let all = tally(&file, &columns, scope);
    assert_eq!(read_rows(&file), ROWS);
    assert_eq!(all.totals().records, 200_000);
    assert_eq!(
        (all.totals().won.count, all.totals().lost.count),
        (106_000, 54_000)
    );
    assert_eq!(all.totals().lost.priced, 0);

    let mut group = criterion.benchmark_group("import");
    group.throughput(Throughput::Bytes(file.len().try_into().unwrap()));
    group.sample_size(20);
    group.bench_function("csv reads the rows", |bench| {
        bench.iter(|| read_rows(black_box(&file)));
    });
    group.bench_function("rows into a tally", |bench| {
        bench.iter(|| tally(black_box(&file), &columns, scope));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    import(&mut criterion);
    criterion.final_summary();
}

//! Into a tally as into memory: the same rows are refused, for the same reasons, and the same figures come out, whatever the bytes.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::import::{DealReader, WordColumn, pour};
use sales_metrics::{
    DealDetail, DealKind, DealTally, ErrorKind, LeadTally, Origin, Period, PurchaseTally, Scope,
    SpreadTally,
};

use super::*;
use crate::support::config;

/// What the cells of a column may say, the sound ones first. An empty one may stand anywhere.
const CHOICES: [(&str, &[&str]); 21] = [
    (
        "id",
        &[
            "D-1",
            "D-2",
            "Größe 1",
            "x\u{7f}",
            "\u{a0}",
            "twenty-three bytes of id",
            " D-3 ",
        ],
    ),
    (
        "created",
        &[
            "2024-01-05",
            "2024-02-30",
            "1899-12-31",
            "3000-01-01",
            "2024-1-5",
            "0000-01-01",
        ],
    ),
    (
        "closed",
        &[
            "2024-03-01",
            "2024-03-01",
            "2025-13-01",
            "2024/03/01",
            "2024-03-01T",
        ],
    ),
    (
        "stage",
        &[
            "Won", "Won", "Lost", "Junk", "Talk", "won", " Offer", "\u{ff}",
        ],
    ),
    ("ccy", &["USD", "USD", "usd", "EUR", "XX"]),
    (
        "amount",
        &[
            "1200",
            "0.5",
            "-3",
            "1.23456",
            "1,5",
            "999999999999999",
            "123456789012.5",
            ".5",
            "5.",
        ],
    ),
    ("cost", &["10", "-1", "1e3", "+4", "00012.3400"]),
    ("list", &["1500", "0", "n/a", "1234567890123456.78"]),
    ("p", &["0.5", "1", "1.000001", "0.1234567", "-0.1", "100"]),
    ("contact", &["2024-01-01", "1800-01-01", "x"]),
    ("expected", &["2024-06-30", "2999-12-31", "2024-06-31"]),
    ("reason", &["price", "two\nlines", "a\tb", "\u{7}"]),
    (
        "owner",
        &[
            "ada",
            "ada",
            "x\u{1}y",
            "a longer name than fits in place",
            "\u{2028}",
            "ada; ben",
            "ben;ada;a longer name than fits in place",
            ";ada",
            "ada;ada",
        ],
    ),
    (
        "account",
        &[
            "Initech",
            "Hooli",
            "ö",
            "a\u{85}b",
            "Initech of a very long name indeed",
        ],
    ),
    (
        "product",
        &["GTX", "GTX Basic", "é x", "x\u{0}", " \u{a0}y"],
    ),
    (
        "segment",
        &[
            "mid",
            "\u{1f}",
            "long long long long long long long long long long",
        ],
    ),
    ("kind", &["N", "R", "?", ""]),
    ("found", &["M", "S", "P", "?"]),
    ("second", &["ben", "ada", "\u{2}"]),
    ("share", &["60", "100 %", "0", "101", "x"]),
    ("other_share", &["40", "40%", "", "39.99999"]),
];

fn every_column() -> DealColumns {
    let kinds = WordColumn::new("kind")
        .with_words(DealKind::New, ["N"])
        .with_words(DealKind::Renewal, ["R"]);
    columns().with_kind(kinds)
}

/// The same with who found the deal.
fn with_origin() -> DealColumns {
    let found = WordColumn::new("found")
        .with_words(Origin::Marketing, ["M"])
        .with_words(Origin::Sales, ["S"])
        .with_words(Origin::Partner, ["P"]);
    every_column().with_origin(found)
}

/// The same with several owners in place of one.
fn shared() -> DealColumns {
    let mut json = serde_json::to_value(every_column()).unwrap();
    json.as_object_mut().unwrap().remove("owner").unwrap();
    let columns: DealColumns = serde_json::from_value(json).unwrap();
    columns
        .with_owner_share("owner", "share")
        .with_owner_share("second", "other_share")
}

fn cell(choices: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        12 => Just(choices[0].as_bytes().to_vec()),
        3 => Just(Vec::new()),
        4 => select(choices).prop_map(|text| text.as_bytes().to_vec()),
        1 => select(vec![&b"\xff"[..], b" \xe9", b"\"a\"\"b\"", b"a,b", b"\"", b"'", b"\xc2", b"\x80 "]).prop_map(<[u8]>::to_vec),
    ]
}

/// Rows of which many are sound but for a cell, and of which the rest are not.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let row: Vec<_> = CHOICES.iter().map(|(_, choices)| cell(choices)).collect();
    vec(row, 0..8).prop_map(|rows| {
        let mut file = CHOICES.map(|(name, _)| name).join(",").into_bytes();
        for row in rows {
            file.push(b'\n');
            let cells = row.into_iter().map(|cell| {
                if cell.contains(&b'\n') {
                    [b"\"", &cell[..], b"\""].concat()
                } else {
                    cell
                }
            });
            file.extend(cells.collect::<Vec<_>>().join(&b','));
        }
        file
    })
}

fn scope() -> Scope {
    Scope::new(Period::quarter(2024, 1).unwrap(), Currency::USD)
}

/// Both roads, into what reads facts alone, the account, too, who found the deal as well, and everything.
fn expect_same(file: &[u8], columns: &DealColumns) -> Result<(), TestCaseError> {
    let read = read(file, columns).unwrap();
    let (mut deals, mut detail) = (DealTally::new(scope()), DealDetail::new(scope()));
    let mut spread = SpreadTally::new(scope());
    let mut all = (PurchaseTally::new(scope()), DealTally::new(scope()));
    let count = |records: &[Deal]| u64::try_from(records.len()).unwrap();
    let other = read
        .records
        .iter()
        .position(|deal| deal.currency() != Currency::USD);
    let before = &read.records[..other.unwrap_or(read.records.len())];
    for poured in [
        pour(file, columns, &mut deals),
        pour(file, columns, &mut detail),
        pour(file, columns, &mut spread),
        pour(file, columns, &mut all),
    ] {
        match (poured, other) {
            (Ok(poured), None) => {
                prop_assert_eq!(poured.records, count(&read.records));
                prop_assert_eq!(&poured.rejected, &read.rejected);
                prop_assert_eq!(&poured.left_out, &read.left_out);
                prop_assert_eq!(poured.rounded, read.rounded);
                prop_assert_eq!(&poured.swallowed, &read.swallowed);
            }
            (Err(ImportError::Refused { error, .. }), Some(_)) => {
                prop_assert_eq!(error.kind(), ErrorKind::CurrencyMismatch);
            }
            (poured, _) => prop_assert!(false, "{:?}", poured),
        }
    }
    prop_assert_eq!(&deals, &DealTally::of(before, scope()).unwrap());
    prop_assert_eq!(&detail, &DealDetail::of(before, scope()).unwrap());
    prop_assert_eq!(&spread, &SpreadTally::of(before, scope()).unwrap());
    prop_assert_eq!(all, (PurchaseTally::of(before, scope()).unwrap(), deals));
    Ok(())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn what_is_poured_is_what_is_read(file in files()) {
        expect_same(&file, &every_column())?;
        expect_same(&file, &with_origin())?;
        expect_same(&file, &shared())?;
        expect_same(&file, &every_column().with_owner_separator(';'))?;
    }

    #[test]
    fn so_it_is_of_any_bytes(bytes in vec(any::<u8>(), 0..60), body in super::laws::bodies()) {
        for body in [bytes, body] {
            expect_same(&[FEW.as_bytes(), &body].concat(), &few())?;
        }
    }
}

#[test]
fn a_record_that_the_tally_refuses_ends_the_pouring_and_leaves_the_tally_as_it_was() {
    let file = "id,created,closed,stage,ccy\nD-1,2024-01-05,,Talk,USD\n\nD-2,2024-01-05,,Talk,EUR\nD-3,2024-01-05,,Talk,USD\n";
    let columns = DealColumns::new("id", outcome(), CurrencyColumn::new("ccy"))
        .with_created("created")
        .with_closed("closed");
    let mut deals = DealTally::new(scope());
    let mut reader = DealReader::new(file.as_bytes(), &columns).unwrap();
    let error = reader.pour(&mut deals).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 4: deal D-2 is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out"
    );
    assert_eq!(deals.totals().records(), Ok(1));
    assert_eq!(reader.pour(&mut deals).unwrap().records, 1);
}

#[test]
fn a_file_that_cannot_be_read_on_is_an_error_of_both_roads() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    use std::io::Read as _;
    let file = || {
        "id,created,closed,stage\nD-1,2024-01-05,,Talk\n"
            .as_bytes()
            .chain(Broken)
    };
    let mut deals = DealTally::new(scope());
    let error = pour(file(), &few(), &mut deals).unwrap_err();
    assert_eq!(error, read(file(), &few()).unwrap_err());
}

#[test]
fn other_records_are_poured_too_and_rows_left_out_are_counted() {
    use sales_metrics::import::{LeadColumns, LeftOut};

    let file = "id,at,deleted\nL-1,2024-01-05T08:00Z,no\nL-2,2024-01-06T08:00Z,yes\nL-3,then,no\n";
    let columns = LeadColumns::new("id", "at")
        .with_instants("YYYY-MM-DDThh:mmz")
        .with_left_out(LeftOut::rows("deleted", "deleted", ["yes"]));
    let mut leads = LeadTally::new(scope());
    let poured = pour(file.as_bytes(), &columns, &mut leads).unwrap();
    assert_eq!((poured.records, poured.rejected.len()), (1, 1));
    assert_eq!(poured.left_out, [("deleted".to_owned(), 1)]);
    assert_eq!(leads.totals().records(), Ok(1));
}

//! What a summary tells of a reading: all its rows, each once, whatever they became.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::import::{
    ActivityColumns, Columns, ContractColumns, LeadColumns, LeftOut, QuotaColumns, Reader,
    RepColumns, SpendColumns, Summary, WorkTimeColumns, pour,
};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::*;
use crate::support::config;

const HEAD: &str = "id,created,closed,stage,ccy,amount,note\n";

fn seven() -> DealColumns {
    DealColumns::new("id", outcome(), CurrencyColumn::new("ccy"))
        .with_created("created")
        .with_closed("closed")
        .with_amount("amount")
        .rounded_to(0)
        .with_left_out(LeftOut::rows("deleted", "note", ["deleted"]))
        .with_left_out(LeftOut::rows("a total", "id", ["Total"]))
}

/// Rows that become whatever a row can become.
const ROWS: [&str; 17] = [
    "D-1,2024-01-05,2024-03-01,Won,USD,1500.4,\n",
    "D-2,2024-02-05,2024-03-09,Lost,USD,900,\n",
    "D-3,2023-12-24,,Talk,EUR,70.5,\n",
    "D-4,2024-01-09,,Offer,EUR,,\n",
    "D-5,2024-01-09,,Offer,USD,9k,\n",
    "D-6,2024-01-09,,Offer,USD,about 5,\n",
    "D-7,9.1.2024,,Offer,USD,1,\n",
    "D-8,2024-01-09,,Ofer,USD,1,\n",
    "D-9,2024-01-09,,Talk ,USD,1,\n",
    "D-10,2024-01-09,,,USD,1,\n",
    "D-11,2024-01-09,,Talk\n",
    "D-12,2024-03-09,2024-03-08,Won,USD,1,\n",
    "D-13,2024-01-09,,Talk,USD,1,deleted\n",
    "Total,,,,,2500,\n",
    "D-14,2024-01-09,,Talk,USD,1,\"a note\nof two lines\"\n",
    "D-15,2024-01-09,,Talk,USD,1,\"swallowed\nD-16,2024-01-09,,Talk,USD,1,\nD-17\"\n",
    "D-18,2024-01-09,,Talk,USD,200000000000000,\n",
];

fn file_of(rows: &[&str]) -> String {
    format!("{HEAD}{}", rows.concat())
}

/// By a reader, as the documentation has it.
fn streamed(file: &str, columns: &DealColumns) -> Summary {
    let mut summary = Summary::new();
    let mut reader = Reader::new(file.as_bytes(), columns).unwrap();
    for row in &mut reader {
        match row {
            Ok(deal) => summary.record(&deal),
            Err(error) => summary.reject(&error),
        }
    }
    summary.finish(&reader);
    summary
}

fn of(rows: &[&str]) -> Summary {
    streamed(&file_of(rows), &seven())
}

fn merged<'a>(parts: impl IntoIterator<Item = &'a Summary>) -> Summary {
    let mut sum = Summary::new();
    parts.into_iter().for_each(|part| sum.merge(part));
    sum
}

/// All its counts, without the examples and without the order in which things came.
fn counts(summary: &Summary) -> serde_json::Value {
    let mut wire = serde_json::to_value(summary).unwrap();
    for reason in wire["rejections"].as_array_mut().unwrap() {
        reason["examples"] = json!(null);
    }
    for list in ["rejections", "undeclared"] {
        let entries = wire[list].as_array_mut().unwrap();
        entries.sort_by_key(ToString::to_string);
    }
    wire["swallowed"]["lines"] = json!(null);
    wire
}

const TEXT: &str = r#"18 rows: 8 deals, 8 rejected, 2 left out
deals
  created   8  2023-12-24 to 2024-03-09
  closed    3  2024-03-01 to 2024-03-09
  amount    1  71 EUR
  amount    6  1 to 1,500 USD
  currency  2  EUR
  currency  6  USD
rejected
  2  line 6, column "amount": "9k" is no number in the format 1234.56
     line 7: "about 5"
  2  line 9, column "stage": "Ofer" is not declared; the words are "Junk", "Lost", "Offer", "Talk", "Won"
     line 22: "Ofer"
  1  line 8, column "created": "9.1.2024" is no date in the format YYYY-MM-DD
  1  line 11, column "stage": the cell is empty, but every row needs it
  1  line 12: the number of fields is 4, but 7 in the header
  1  line 21, column "amount": deal D-18: amount is 200000000000000, but cannot exceed 100000000000000 (10^14)
undeclared words
  stage  2  "Ofer" 2
left out
  deleted  1
  a total  1
odd
  rounded amounts            2
  rows with lines like rows  1  a quote may have swallowed them: line 18
"#;

#[test]
fn the_text_of_a_summary() {
    let mut rows = ROWS.to_vec();
    rows.push(ROWS[7]);
    let summary = of(&rows);
    assert_eq!(summary.to_string(), TEXT);
}

#[test]
fn a_file_without_a_flaw_has_a_short_summary() {
    assert_eq!(
        of(&ROWS[3..4]).to_string(),
        "1 rows: 1 deals, 0 rejected, 0 left out\ndeals\n  created   1  2024-01-09\n  currency  1  EUR\n"
    );
    let nothing = "0 rows: 0 rejected, 0 left out\n";
    assert_eq!(of(&[]).to_string(), nothing);
    assert_eq!(Summary::new().to_string(), nothing);
}

#[test]
fn the_json_of_a_summary() {
    let summary = of(&[ROWS[0], ROWS[4], ROWS[7], ROWS[12], ROWS[15]]);
    let wire = serde_json::to_value(&summary).unwrap();
    let date = |field: &str, known: u64, first: Option<&str>, last: Option<&str>| json!({"field": field, "known": known, "first": first, "last": last});
    let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
    let deals = json!({
        "kind": "deals",
        "records": 2,
        "dates": [
            date("created", 2, Some("2024-01-05"), Some("2024-01-09")),
            date("closed", 1, Some("2024-03-01"), Some("2024-03-01")),
            date("first_contact", 0, None, None),
            date("expected_close", 0, None, None),
        ],
        "amounts": [{"field": "amount", "known": 2, "least": usd("1"), "most": usd("1500")}],
        "rates": [],
        "currencies": {"USD": 2},
    });
    let no_number = "line 3, column \"amount\": \"9k\" is no number in the format 1234.56";
    let no_word = "line 4, column \"stage\": \"Ofer\" is not declared; the words are \"Junk\", \"Lost\", \"Offer\", \"Talk\", \"Won\"";
    let expected = json!({
        "rows": 5,
        "records": 2,
        "rejected": 2,
        "kinds": [deals],
        "rejections": [
            {"column": "amount", "rows": 1, "examples": [{"line": 3, "value": "9k", "text": no_number}]},
            {"column": "stage", "rows": 1, "examples": [{"line": 4, "value": "Ofer", "text": no_word}]},
        ],
        "undeclared": [{"column": "stage", "rows": 1, "words": {"Ofer": 1}}],
        "left_out": {"deleted": 1, "a total": 0},
        "rounded": 1,
        "swallowed": {"rows": 1, "lines": [{"line": 6}]},
    });
    assert_eq!(wire, expected);
}

#[test]
fn words_beyond_a_hundred_of_a_column_are_counted() {
    let row = |n: usize| format!("D-{n},2024-01-09,,Word {n},USD,1,\n");
    let rows: Vec<String> = (0..150).chain([7, 149]).map(row).collect();
    let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
    let summary = of(&texts);
    let words = summary.undeclared()[0];
    assert_eq!(words.column, "stage");
    assert_eq!(
        (words.rows, words.words.len(), words.further()),
        (152, 100, 51)
    );
    assert_eq!(words.words[0], ("Word 7".to_owned(), 2));

    let twice = merged([&summary, &summary]);
    let words = twice.undeclared()[0];
    assert_eq!(
        (words.rows, words.words.len(), words.further()),
        (304, 100, 102)
    );
    assert_eq!(twice.rejections()[0].rows, 304);
    assert_eq!(twice.rejections()[0].examples.len(), 3);
    assert!(
        twice
            .to_string()
            .contains("\n  stage  304  \"Word 7\" 4, \"Word 0\" 2, ")
    );
    assert!(
        twice
            .to_string()
            .contains(", \"Word 9\" 2, other words 282\n")
    );
}

#[test]
fn lines_that_look_like_rows_are_found_in_whatever_becomes_of_their_row() {
    let swallowing = "\"x\nD-2,2024-01-09,,Talk,USD,1,\n\"\n";
    let became = [
        format!("D-1,2024-01-09,,Talk,USD,1,{swallowing}"),
        format!("D-1,2024-01-09,,Ofer,USD,1,{swallowing}"),
        format!("Total,,,,,,{swallowing}"),
        format!("D-1,2024-01-09,{swallowing}"),
    ];
    for row in &became {
        let summary = of(&[ROWS[0], row]);
        let lines = summary.swallowed_lines().iter().map(|at| at.line);
        let found = (summary.swallowed(), lines.collect::<Vec<_>>());
        assert_eq!(found, (1, vec![3]), "{row}");
    }
    // Where there is one column, every line has its number of cells.
    let names = read(
        "name\n\"Ada\nByron\"\n".as_bytes(),
        &RepColumns::new("name"),
    );
    assert_eq!(names.unwrap().swallowed.rows, 0);
}

/// Line 3 of which file?
#[test]
fn lines_of_several_files_have_their_names() {
    let swallowing = "D-9,2024-01-09,,Talk,USD,1,\"x\nD-2,2024-01-09,,Talk,USD,1,\n\"\n";
    let (first, second) = ([ROWS[4], ROWS[0]], [ROWS[0], ROWS[5], swallowing, ROWS[10]]);
    let mut summary = Summary::new();
    for (name, rows) in [("deals-1.csv", &first[..]), ("deals-2.csv", &second)] {
        summary.begin(name);
        let poured = pour(file_of(rows).as_bytes(), &seven(), &mut summary).unwrap();
        summary.finish(&poured);
    }
    let text = r#"6 rows: 3 deals, 3 rejected, 0 left out
deals
  created   3  2024-01-05 to 2024-01-09
  closed    2  2024-03-01
  amount    3  1 to 1,500 USD
  currency  3  USD
rejected
  2  deals-1.csv, line 2, column "amount": "9k" is no number in the format 1234.56
     deals-2.csv, line 3: "about 5"
  1  deals-2.csv, line 7: the number of fields is 4, but 7 in the header
odd
  rounded amounts            2
  rows with lines like rows  1  a quote may have swallowed them: deals-2.csv, line 4
"#;
    assert_eq!(summary.to_string(), text);
    let wire = serde_json::to_value(&summary).unwrap();
    let at = json!({"file": "deals-2.csv", "line": 4});
    assert_eq!(wire["swallowed"], json!({"rows": 1, "lines": [at]}));
    let example = &wire["rejections"][0]["examples"][1];
    assert_eq!(
        (&example["file"], &example["line"]),
        (&json!("deals-2.csv"), &json!(3))
    );
    // Each by itself, and then together, is the same; and what is told after the end of a file is of none.
    let [mut a, mut b] = [Summary::new(), Summary::new()];
    for (name, part, rows) in [
        ("deals-1.csv", &mut a, &first[..]),
        ("deals-2.csv", &mut b, &second),
    ] {
        part.begin(name);
        let poured = pour(file_of(rows).as_bytes(), &seven(), part).unwrap();
        part.finish(&poured);
    }
    assert_eq!(merged([&a, &b]), summary);
    for error in &deals_in(file_of(&first), &seven()).rejected {
        summary.reject(error);
    }
    assert!(
        summary.to_string().contains("\n     line 2: \"9k\"\n"),
        "{summary}"
    );
}

#[test]
fn summaries_of_several_kinds_stand_side_by_side() {
    let reps =
        Summary::of(&read("name\nAda\n\"\"\n".as_bytes(), &RepColumns::new("name")).unwrap());
    let deals = of(&[ROWS[0], ROWS[9]]);
    let [sum, other] = [merged([&deals, &reps]), merged([&reps, &deals])];
    assert_eq!(sum.kinds(), other.kinds());
    assert_eq!(counts(&sum), counts(&other));
    let text = sum.to_string();
    let heading = "4 rows: 1 deals, 1 reps, 2 rejected, 0 left out\ndeals\n";
    assert!(text.starts_with(heading), "{text}");
    // An empty id and an empty stage are two reasons, since they are in two columns.
    assert_eq!(sum.rejections().len(), 2);
}

/// The first line of the summary of a sample, and the names of its ranges.
fn sample<C>(data: &str, columns: &str) -> (String, Vec<String>)
where
    C: Columns + DeserializeOwned,
{
    let columns: C = serde_json::from_str(columns).unwrap();
    let summary = Summary::of(&read(data.as_bytes(), &columns).unwrap());
    let kind = &summary.kinds()[0];
    let dates = kind.dates.iter().filter(|range| range.known > 0);
    let mut names: Vec<String> = dates.map(|range| range.field.to_owned()).collect();
    let amounts = kind.amounts.iter();
    names.extend(amounts.map(|range| format!("{} {}", range.field, range.least.currency())));
    let text = summary.to_string();
    (text.lines().next().unwrap().to_owned(), names)
}

macro_rules! sample {
    ($columns:ty, $name:literal) => {
        sample::<$columns>(
            include_str!(concat!("../../../examples/data/", $name, ".csv")),
            include_str!(concat!("../../../examples/columns/", $name, ".json")),
        )
    };
}

#[test]
fn every_kind_of_record_tells_its_dates_and_amounts() {
    let samples = [
        sample!(DealColumns, "deals"),
        sample!(LeadColumns, "leads"),
        sample!(ActivityColumns, "activities"),
        sample!(RepColumns, "reps"),
        sample!(QuotaColumns, "quotas"),
        sample!(ContractColumns, "contracts"),
        sample!(SpendColumns, "spend"),
        sample!(WorkTimeColumns, "work_time"),
    ];
    let told = samples.map(|(text, names)| format!("{text}: {}", names.join(", ")));
    let expected = [
        "115 rows: 112 deals, 3 rejected, 0 left out: created, closed, first_contact, expected_close, amount EUR, amount USD, cost EUR, cost USD, list_price EUR, list_price USD",
        "153 rows: 151 leads, 2 rejected, 0 left out: arrived, assigned, first_touch, marketing_qualified, accepted, rejected, sales_qualified, qualified, converted, won, disqualified",
        "438 rows: 436 activities, 2 rejected, 0 left out: at, booked",
        "8 rows: 7 reps, 1 rejected, 0 left out: hired, left",
        "31 rows: 29 quotas, 2 rejected, 0 left out: start, last_day, amount USD",
        "41 rows: 39 contracts, 2 rejected, 0 left out: start, last_day, terminated, signed, notice, one_time USD, yearly USD",
        "32 rows: 31 expenses, 1 rejected, 0 left out: on, amount USD",
        "145 rows: 143 work times, 2 rejected, 0 left out: on",
    ];
    assert_eq!(told, expected);
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn records_rejected_and_left_out_rows_are_all_rows(rows in vec(select(&ROWS[..]), 0..40)) {
        let summary = of(&rows);
        let total = u64::try_from(rows.len()).unwrap();
        let left_out: u64 = summary.left_out().iter().map(|(_, rows)| rows).sum();
        prop_assert_eq!(summary.rows(), total);
        prop_assert_eq!(summary.records() + summary.rejected() + left_out, total);
        // By every road.
        let file = file_of(&rows);
        prop_assert_eq!(&Summary::of(&deals_in(&file, &seven())), &summary);
        let mut filled = Summary::new();
        let poured = pour(file.as_bytes(), &seven(), &mut filled).unwrap();
        filled.finish(&poured);
        prop_assert_eq!(&filled, &summary);
        // What is rejected for an undeclared word is among these.
        let words: u64 = summary.undeclared().iter().map(|words| words.rows).sum();
        let of_words = summary.rejections().into_iter().filter(|reason| {
            matches!(reason.examples[0].error.problem, sales_metrics::import::Problem::UnknownWord { .. })
        });
        prop_assert_eq!(words, of_words.map(|reason| reason.rows).sum::<u64>());
    }

    #[test]
    fn parts_add_up_to_the_whole_in_any_order(
        rows in vec((select(&ROWS[..]), 0..3_usize), 0..40),
        order in Just([0, 1, 2]).prop_shuffle(),
    ) {
        let all: Vec<&str> = rows.iter().map(|(row, _)| *row).collect();
        let parts = [0, 1, 2].map(|part| {
            let rows = rows.iter().filter(|(_, of)| *of == part);
            of(&rows.map(|(row, _)| *row).collect::<Vec<_>>())
        });
        let sum = merged(order.map(|part| &parts[part]));
        prop_assert_eq!(counts(&sum), counts(&of(&all)));
        // One after another they are the whole with its examples, too, but for their lines.
        let [a, b, c] = &parts;
        let [left, right] = [merged([&merged([a, b]), c]), merged([a, &merged([b, c])])];
        prop_assert_eq!(left, right);
    }

    #[test]
    fn examples_are_the_first_rows_of_their_reason(rows in vec(select(&ROWS[..]), 0..40)) {
        let imported = deals_in(file_of(&rows), &seven());
        let summary = Summary::of(&imported);
        let counts: Vec<u64> = summary.rejections().iter().map(|reason| reason.rows).collect();
        prop_assert!(counts.is_sorted_by(|a, b| a >= b));
        for reason in summary.rejections() {
            let first = &reason.examples[0].error;
            let same = |error: &&RowError| {
                error.column == first.column
                    && core::mem::discriminant(&error.problem) == core::mem::discriminant(&first.problem)
            };
            let all: Vec<&RowError> = imported.rejected.iter().filter(same).collect();
            prop_assert_eq!(u64::try_from(all.len()).unwrap(), reason.rows);
            let kept = reason.examples.iter().map(|example| &example.error);
            let kept: Vec<&RowError> = kept.collect();
            prop_assert_eq!(&all[..all.len().min(3)], &kept[..]);
        }
    }
}

//! Percents and shares: 0.25 is a quarter of a percent, and likely meant to be a quarter.

use proptest::collection::vec;
use proptest::prelude::*;
use sales_metrics::import::{
    ChangeColumns, ChangedField, DealReader, Problem, RepColumns, StateColumns, WordColumn, pour,
};
use sales_metrics::{DealTally, Period, Rate, Scope};

use super::*;
use crate::support::{config, dec};

fn chances() -> DealColumns {
    let outcome = OutcomeColumn::new("stage").with_open(["Talk"]);
    DealColumns::new("id", outcome, Currency::USD).with_probability_percent("chance")
}

fn file_of(chances: &[String]) -> String {
    let rows = chances.iter().enumerate();
    let rows = rows.map(|(at, chance)| format!("D-{at},Talk,{chance}\n"));
    format!("id,stage,chance\n{}", rows.collect::<String>())
}

fn only_shares<T: std::fmt::Debug>(result: Result<T, ImportError>) -> String {
    match result {
        Err(error @ ImportError::OnlyShares(_)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_column_of_percents_that_holds_shares_alone_is_an_error() {
    let said = "line 3, column \"chance\": \"0.25\" is declared as percent, but no number of its kind, in the rows that could be read, is above 1; declare the column as probability, \
         which goes from 0 to 1, or write percentages with their sign";
    let file = "id,stage,chance\nD-1,Talk,\nD-2,Talk,0.25\nD-3,Talk,0.5\nD-4,Talk,1\nD-5,Talk,0\n";
    assert_eq!(only_shares(read(file.as_bytes(), &chances())), said);
    let march = Scope::new(Period::month(2026, 3).unwrap(), Currency::USD);
    let mut tally = DealTally::new(march);
    assert_eq!(
        only_shares(pour(file.as_bytes(), &chances(), &mut tally)),
        said
    );

    // Whoever takes the rows one by one is told at the end, once.
    let mut reader = DealReader::new(file.as_bytes(), &chances()).unwrap();
    let rows: Vec<_> = reader.by_ref().collect();
    assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 5);
    let last = rows.last().unwrap().as_ref().unwrap_err();
    assert_eq!(last.to_string(), said);
    assert!(matches!(
        last.problem,
        Problem::OnlyShares {
            declare: "probability"
        }
    ));
    assert!(reader.next().is_none());
}

#[test]
fn so_it_is_of_whatever_is_declared_as_percent() {
    let states =
        StateColumns::new("deal", "at", outcome(), Currency::USD).with_probability_percent("p");
    let file = "deal,at,stage,p\nD-1,2026-01-09,Talk,0.4\n";
    let said = only_shares(read(file.as_bytes(), &states));
    assert!(said.contains("declare the column as probability"), "{said}");

    let fields = WordColumn::new("field").with_words(ChangedField::ProbabilityPercent, ["Chance"]);
    let changes = ChangeColumns::new("deal", "at", fields, "old", "new");
    let file = "deal,at,field,old,new\nD-1,2026-01-09,Chance,0.4,";
    let said = only_shares(read(format!("{file}0.6\n").as_bytes(), &changes));
    assert!(
        said.starts_with("line 2, column \"old\": \"0.4\""),
        "{said}"
    );
    // Both columns are of one kind of number.
    let read_on = read(format!("{file}60\n").as_bytes(), &changes).unwrap();
    assert_eq!(read_on.records.len(), 1);

    let reps = RepColumns::new("name").with_full_time_share_percent("share");
    let file = "name,share\nada,0.8\nben,1\n";
    let said = only_shares(read(file.as_bytes(), &reps));
    assert!(
        said.contains("declare the column as full_time_share, "),
        "{said}"
    );
    let reps = RepColumns::new("name").with_ramp_percent("share");
    let file = "name,share\nada,0.25; 0.5; 1\n";
    let said = only_shares(read(file.as_bytes(), &reps));
    assert!(said.contains("declare the column as ramp, "), "{said}");
}

#[test]
fn shares_of_reps_are_from_0_to_1() {
    let reps = RepColumns::new("name")
        .with_full_time_share("share")
        .with_ramp("ramp")
        .with_ramp_separator('/');
    let file = "name,share,ramp\nada,0.8,0 / 0.25 / 1\nben,80,\ncleo,,0/50\ndan,,0/50%\n";
    let read = read(file.as_bytes(), &reps).unwrap();
    let [ada] = read.records.as_slice() else {
        panic!("{read:?}");
    };
    let rate = |percent: i64| Rate::from_percent(percent).unwrap();
    assert_eq!(ada.full_time_share(), rate(80));
    assert!(
        ada.ramp()
            .unwrap()
            .shares()
            .eq([rate(0), rate(25), rate(100)])
    );
    let said: Vec<String> = read.rejected.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 3, column \"share\": the rate 80 is not between 0 and 1 (0% and 100%)",
            "line 4, column \"ramp\": \"0/50\": the rate 50 is not between 0 and 1 (0% and 100%)",
            "line 5, column \"ramp\": \"0/50%\" is no number in the format 1234.56",
        ]
    );
    for (a, b) in [
        ("full_time_share", "full_time_share_percent"),
        ("ramp", "ramp_percent"),
    ] {
        let json = format!(r#"{{"id": "name", "{a}": "x", "{b}": "y"}}"#);
        let error = serde_json::from_str::<RepColumns>(&json).unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains(&format!("name {a} or {b}, not both")),
            "{said}"
        );
    }
}

/// A number of percents as a file writes it, with its sign or without, or nothing.
fn written() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        3 => (1_u32..100).prop_map(|hundredths| format!("0.{hundredths:02}")),
        2 => prop_oneof![Just("0"), Just("0.00"), Just("1"), Just("1.0"), Just("")].prop_map(str::to_owned),
        1 => (101_u32..10_000).prop_map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100)),
    ];
    (number, 0..10).prop_map(|(number, sign)| match sign {
        0 if !number.is_empty() => number + "%",
        1 if !number.is_empty() => number + " %",
        _ => number,
    })
}

proptest! {
    #![proptest_config(config(500))]

    /// A number above 1, or one with its sign, makes them percents; a number between 0 and 1 that is in no such company is a share.
    #[test]
    fn shares_are_told_from_percents_by_their_company(chances in vec(written(), 0..12)) {
        let number = |text: &String| dec(text.trim_end_matches([' ', '%']));
        let known: Vec<&String> = chances.iter().filter(|text| !text.is_empty()).collect();
        let is_sure = |text: &&&String| text.ends_with('%') || number(text) > dec("1");
        let is_share = |text: &&&String| dec("0") < number(text) && number(text) < dec("1");
        let is_wrong = !known.iter().any(|text| is_sure(&text)) && known.iter().any(|text| is_share(&text));
        let file = file_of(&chances);
        let result = read(file.as_bytes(), &self::chances());
        prop_assert_eq!(matches!(result, Err(ImportError::OnlyShares(_))), is_wrong, "{}", file);
        if let Ok(read) = result {
            let expected = chances.iter().map(|text| (!text.is_empty()).then(|| number(text)));
            let found = read.records.iter().map(|deal| deal.probability().map(Rate::percent));
            prop_assert!(expected.eq(found), "{}", file);
        }
    }
}

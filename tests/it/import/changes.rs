//! Changes of deals from files: what a row becomes, and what it is refused for.

use std::fmt::Debug;

use sales_metrics::import::{
    ChangeColumns, ChangedField, Imported, LeftOut, NumberFormat, Summary, WordColumn, Words, pour,
};
use sales_metrics::{DealChange, DealStatus, ForecastCategory, Rate, instant};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::support::{day, dec};

fn fields() -> WordColumn<ChangedField> {
    WordColumn::new("field")
        .with_words(ChangedField::Stage, ["Stage"])
        .with_words(ChangedField::Owner, ["Owner"])
        .with_words(ChangedField::Amount, ["Amount"])
        .with_words(ChangedField::ExpectedClose, ["Due"])
        .with_words(ChangedField::Probability, ["Share"])
        .with_words(ChangedField::ProbabilityPercent, ["Chance"])
        .with_words(ChangedField::ForecastCategory, ["Forecast"])
}

fn categories() -> Words<ForecastCategory> {
    Words::new()
        .with_words(ForecastCategory::Commit, ["Commit"])
        .with_words(ForecastCategory::BestCase, ["Best Case"])
        .with_unknown(["Closed"])
}

fn stages() -> Words<DealStatus> {
    Words::new()
        .with_words(DealStatus::Won, ["Closed Won"])
        .with_words(DealStatus::Lost, ["Closed Lost"])
        .with_others(DealStatus::Open)
}

fn statuses() -> Words<DealStatus> {
    Words::new()
        .with_words(DealStatus::Won, ["won"])
        .with_words(DealStatus::Open, ["open"])
        .with_unknown(["-"])
}

/// With a stage that says how a deal stands.
fn columns() -> ChangeColumns {
    ChangeColumns::new("deal", "at", fields(), "old", "new")
        .with_status_by_stage(stages())
        .with_forecast_category(categories())
        .with_left_out(LeftOut::rows("other fields", "field", ["Next step"]))
}

/// With a status of its own.
fn with_status() -> ChangeColumns {
    let fields = WordColumn::new("field")
        .with_words(ChangedField::Stage, ["Stage"])
        .with_words(ChangedField::Status, ["Status"]);
    ChangeColumns::new("deal", "at", fields, "old", "new").with_status(statuses())
}

fn read_rows(columns: &ChangeColumns, rows: &str) -> Imported<DealChange> {
    read(format!("deal,at,field,old,new\n{rows}").as_bytes(), columns).unwrap()
}

#[test]
fn each_field_is_read_as_it_is_written() {
    let rows = "\
D-1,2026-01-07,Stage,Demo,Offer
D-1,2026-01-08,Owner,,ada
D-1,2026-01-09,Amount,\"-1,000.5\",900
D-1,2026-01-10,Due,2026-03-31,
D-1,2026-01-11,Share,0.25,1
D-1,2026-01-12,Chance,25%,
D-1,2026-01-13,Forecast,Best Case,Closed
D-1,2026-01-14,Next step,,call back
D-1,2026-01-15,Stage,Offer,Closed Won
";
    let found = read_rows(&columns().with_grouping_mark(','), rows);
    assert_eq!(found.rejected, []);
    assert_eq!(found.left_out, [("other fields".to_owned(), 1)]);
    let none = None::<&str>;
    let percent = |percent: i64| Some(Rate::from_percent(percent).unwrap());
    let open = DealStatus::Open;
    let expected = [
        DealChange::of_stage("D-1", day("2026-01-07"), Some("Demo"), Some("Offer"))
            .map(|change| change.with_status(open, open)),
        DealChange::of_owner("D-1", day("2026-01-08"), none, Some("ada")),
        DealChange::of_amount(
            "D-1",
            day("2026-01-09"),
            Some(dec("-1000.5")),
            Some(dec("900")),
        ),
        DealChange::of_expected_close("D-1", day("2026-01-10"), Some(day("2026-03-31")), None),
        DealChange::of_probability("D-1", day("2026-01-11"), percent(25), percent(100)),
        DealChange::of_probability("D-1", day("2026-01-12"), percent(25), None),
        DealChange::of_forecast_category(
            "D-1",
            day("2026-01-13"),
            Some(ForecastCategory::BestCase),
            None,
        ),
        DealChange::of_stage("D-1", day("2026-01-15"), Some("Offer"), Some("Closed Won"))
            .map(|change| change.with_status(open, DealStatus::Won)),
    ];
    assert_eq!(found.records, expected.map(Result::unwrap));
    let summary = Summary::of(&found).to_string();
    assert!(
        summary.starts_with("9 rows: 8 changes, 0 rejected, 1 left out\nchanges\n  at  8  2026-01-07 to 2026-01-15\n"),
        "{summary}"
    );
    let mut poured = Summary::new();
    let columns = columns().with_grouping_mark(',');
    pour(
        format!("deal,at,field,old,new\n{rows}").as_bytes(),
        &columns,
        &mut poured,
    )
    .unwrap();
    assert_eq!(poured.records(), 8);
}

#[test]
fn a_status_is_a_field_of_its_own() {
    let rows = "D-1,2026-01-07,Status,open,won\nD-1,2026-01-07,Stage,,Offer\n";
    let found = read_rows(&with_status(), rows);
    assert_eq!(found.rejected, []);
    let at = day("2026-01-07");
    let expected = [
        DealChange::of_status("D-1", at, DealStatus::Open, DealStatus::Won),
        DealChange::of_stage("D-1", at, None, Some("Offer")),
    ];
    assert_eq!(found.records, expected.map(Result::unwrap));
}

#[test]
fn instants_runs_and_fixed_fields_are_read() {
    let columns = ChangeColumns::without_from("d", "at", ChangedField::Stage.into(), "stage")
        .with_status_by_stage(stages())
        .with_run("n")
        .with_instants("YYYY-MM-DD hh:mmz");
    let file = "d,at,stage,n\nD-1,2026-01-07 09:30Z,Closed Lost,3\nD-1,2026-01-07 10:00Z,,\n";
    let found = read(file.as_bytes(), &columns).unwrap();
    assert_eq!(found.rejected, []);
    let at = |time: &str| instant(&format!("2026-01-07T{time}:00Z")).unwrap();
    let stage = |time, to| DealChange::of_stage("D-1", at(time), None, to).unwrap();
    let lost = stage("09:30", Some("Closed Lost"))
        .with_status(DealStatus::Open, DealStatus::Lost)
        .with_run(3);
    let expected = [lost.without_from(), stage("10:00", None).without_from()];
    assert_eq!(found.records, expected);
    let runs: Vec<u32> = found.records.iter().map(DealChange::run).collect();
    assert_eq!(runs, [3, 0]);
}

/// What a cell means may go by the field.
#[test]
fn cells_are_unknown_or_ignored_by_field() {
    let old = Column::new("old").with_unknown_when(ChangedField::Amount, ["0"]);
    let new = Column::new("new").with_ignored_when([ChangedField::Owner]);
    let columns =
        ChangeColumns::new("deal", "at", fields(), old, new).with_forecast_category(categories());
    let rows = "D-1,2026-01-07,Amount,0.00,5\nD-1,2026-01-07,Owner,0,ada\n";
    let found = read_rows(&columns, rows);
    let at = day("2026-01-07");
    let expected = [
        DealChange::of_amount("D-1", at, None, Some(5)),
        DealChange::of_owner("D-1", at, Some("0"), None),
    ];
    assert_eq!(found.records, expected.map(Result::unwrap));
}

#[test]
fn each_refusal_names_its_cell() {
    let too_much = "1000000000000000";
    for (columns, row, text) in [
        (
            columns(),
            "D-1,2026-01-07,IsPrivate,false,true".to_owned(),
            "line 2, column \"field\": \"IsPrivate\" is not declared; the words are \"Amount\", \"Chance\", \"Due\", \"Forecast\", \"Owner\", \"Share\", \"Stage\"",
        ),
        (
            columns(),
            "D-1,2026-01-07,,a,b".to_owned(),
            "line 2, column \"field\": the cell is empty, but every row needs it",
        ),
        (
            columns(),
            ",2026-01-07,Owner,a,b".to_owned(),
            "line 2, column \"deal\": the cell is empty, but every row needs it",
        ),
        (
            columns(),
            "D-1,,Owner,a,b".to_owned(),
            "line 2, column \"at\": the cell is empty, but every row needs it",
        ),
        (
            columns(),
            "D-1,3000-01-07,Owner,a,b".to_owned(),
            "line 2, column \"at\": deal D-1: change: 3000-01-07 is outside of the supported years 1900 to 2999",
        ),
        (
            columns(),
            "D-1,2026-01-07,Amount,1e3,900".to_owned(),
            "line 2, column \"old\": \"1e3\" is no number in the format 1234.56",
        ),
        (
            columns(),
            format!("D-1,2026-01-07,Amount,900,{too_much}"),
            "line 2, column \"new\": deal D-1: amount is 1000000000000000, but cannot exceed 100000000000000 (10^14)",
        ),
        (
            columns(),
            "D-1,2026-01-07,Due,,31.03.2026".to_owned(),
            "line 2, column \"new\": \"31.03.2026\" is no date in the format YYYY-MM-DD",
        ),
        (
            columns(),
            "D-1,2026-01-07,Chance,likely,50".to_owned(),
            "line 2, column \"old\": \"likely\" is no number in the format 1234.56",
        ),
        (
            columns(),
            "D-1,2026-01-07,Share,0.5,25".to_owned(),
            "line 2, column \"new\": the rate 25 is not between 0 and 1 (0% and 100%)",
        ),
        (
            columns(),
            "D-1,2026-01-07,Forecast,Commit,Maybe".to_owned(),
            "line 2, column \"new\": \"Maybe\" is not declared; the words are \"Best Case\", \"Closed\", \"Commit\"",
        ),
        (
            columns(),
            "D-1,2026-01-07,Stage,,Closed Won".to_owned(),
            "line 2, column \"old\": the stage says nothing of the status, but the one of column \"new\" does; declare what it means, or what no stage does as \"\"",
        ),
        (
            columns(),
            "D-1,2026-01-07,Stage,Offer,".to_owned(),
            "line 2, column \"new\": the stage says nothing of the status, but the one of column \"old\" does; declare what it means, or what no stage does as \"\"",
        ),
        (
            with_status(),
            "D-1,2026-01-07,Status,open,".to_owned(),
            "line 2, column \"new\": the cell is empty, but every row needs it",
        ),
        (
            with_status(),
            "D-1,2026-01-07,Status,gone,won".to_owned(),
            "line 2, column \"old\": \"gone\" is not declared; the words are \"-\", \"open\", \"won\"",
        ),
    ] {
        let found = read_rows(&columns, &format!("{row}\n"));
        assert_eq!(found.records, []);
        assert_eq!(found.rejected[0].to_string(), text, "{row}");
    }
}

/// The empty word says what no stage means.
#[test]
fn no_stage_may_be_open() {
    let stages = stages().with_words(DealStatus::Open, [""]);
    let columns = columns().with_status_by_stage(stages);
    let found = read_rows(&columns, "D-1,2026-01-07,Stage,,Closed Won\n");
    let change = DealChange::of_stage("D-1", day("2026-01-07"), None, Some("Closed Won")).unwrap();
    let won = change.with_status(DealStatus::Open, DealStatus::Won);
    assert_eq!(found.records, [won]);
}

fn assert_refused<C>(columns: &C, problem: &str)
where
    C: sales_metrics::import::Columns + Serialize + DeserializeOwned + Debug,
{
    let expected = format!("columns: {problem}");
    let error = read(&b""[..], columns).err().unwrap();
    assert_eq!(error.to_string(), expected);
    let json = serde_json::to_value(columns).unwrap();
    let error = serde_json::from_value::<C>(json).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_mapping_has_words_for_what_it_reads_and_nothing_else() {
    let of = |field: ChangedField| ChangeColumns::new("d", "at", field.into(), "old", "new");
    assert_refused(
        &of(ChangedField::Status),
        "a changed status is a word; say as status what its words mean",
    );
    assert_refused(
        &of(ChangedField::ForecastCategory),
        "a changed forecast_category is a word; say as forecast_category what its words mean",
    );
    assert_refused(
        &of(ChangedField::Stage).with_status(statuses()),
        "status has words, but no word of field means it",
    );
    assert_refused(
        &of(ChangedField::Amount).with_status_by_stage(stages()),
        "status_by_stage has words, but no word of field means stage",
    );
    assert_refused(
        &columns().with_status(statuses()),
        "name status or status_by_stage, not both",
    );
    assert_refused(
        &of(ChangedField::Stage).with_status_by_stage(Words::new()),
        "status_by_stage has no words; declare what they mean",
    );
    let twice = stages().with_words(DealStatus::Open, ["Closed Won"]);
    assert_refused(
        &of(ChangedField::Stage).with_status_by_stage(twice),
        "the word \"Closed Won\" of status_by_stage stands twice",
    );
    let minor = "changes name no currency, so that no amount of them can be in its minor unit; multiply what the file says first";
    assert_refused(&columns().in_minor_units(), minor);
    let new = Column::new("new").with_numbers(NumberFormat::new().in_minor_units());
    let columns = ChangeColumns::new("d", "at", ChangedField::Amount.into(), "old", new);
    assert_refused(&columns, minor);
}

#[test]
fn listed_words_have_no_column() {
    let refused = |words: serde_json::Value| {
        let json = serde_json::json!({
            "deal": "d", "at": "at", "field": {"fixed": "status"}, "from": "old", "to": "new", "status": words,
        });
        let error = serde_json::from_value::<ChangeColumns>(json).unwrap_err();
        error.to_string()
    };
    for key in ["column", "fixed", "or", "nth", "ignored_when", "won"] {
        let words = serde_json::json!({"words": {"won": ["W"]}, key: "x"});
        assert_eq!(
            refused(words),
            format!("unknown field `{key}`, expected one of `words`, `unknown`, `others`")
        );
    }
    assert_eq!(
        refused(serde_json::json!(["W"])),
        "invalid type: sequence, expected an object with \"words\""
    );
}

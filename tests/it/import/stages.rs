//! Dates of stages from files: what a row becomes, and what it is refused for.

use sales_metrics::import::{Imported, StageColumns, Summary};
use sales_metrics::{StagesEntered, instant};

use super::*;
use crate::support::day;

fn columns() -> StageColumns {
    let stages = [("Demo", "demo on"), ("Offer", "offer on")];
    StageColumns::new("deal", stages).with_instants(["YYYY-MM-DD hh:mmz", "YYYY-MM-DD"])
}

fn read_rows(rows: &str) -> Imported<StagesEntered> {
    let file = format!("offer on,deal,note,demo on\n{rows}");
    read(file.as_bytes(), &columns()).unwrap()
}

fn deal(id: &str) -> StagesEntered {
    StagesEntered::new(id).unwrap()
}

#[test]
fn a_row_is_the_stages_that_it_has_a_date_for() {
    let found = read_rows("2026-01-07 09:30Z,D-1,,2026-01-09\n2026-02-02,D-2,x,\n,D-3,,\n");
    assert_eq!(found.rejected, []);
    let at = instant("2026-01-07T09:30:00Z").unwrap();
    // In the order of the stages, whatever that of the columns or of the dates.
    let first = deal("D-1").with_stage("Demo", day("2026-01-09"));
    let first = first.and_then(|deal| deal.with_stage("Offer", at));
    let second = deal("D-2").with_stage("Offer", day("2026-02-02"));
    let expected = [first.unwrap(), second.unwrap(), deal("D-3")];
    assert_eq!(found.records, expected);
    let stages: Vec<String> = found.records[0]
        .entered()
        .map(|(stage, at)| format!("{stage} {at}"))
        .collect();
    assert_eq!(
        stages,
        ["Demo 2026-01-09", "Offer 2026-01-07T09:30:00+00:00"]
    );
    assert_eq!(
        Summary::of(&found).to_string(),
        "3 rows: 3 stages entered, 0 rejected, 0 left out\nstages entered\n  entered  2  2026-01-07 to 2026-02-02\n"
    );
}

#[test]
fn each_refusal_names_its_cell() {
    for (row, text) in [
        (
            "2026-01-07,,,",
            "line 2, column \"deal\": the cell is empty, but every row needs it",
        ),
        (
            "soon,D-1,,2026-01-07",
            "line 2, column \"offer on\": \"soon\" is no date in the format YYYY-MM-DD hh:mmz or YYYY-MM-DD",
        ),
        (
            ",D-1,,3000-01-01",
            "line 2, column \"demo on\": deal D-1: stage: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
    ] {
        let found = read_rows(&format!("{row}\n"));
        assert_eq!(found.records, []);
        assert_eq!(found.rejected[0].to_string(), text);
    }
}

#[test]
fn stages_are_named_and_each_once() {
    let refused = |stages: &[(&str, &str)]| {
        let columns = StageColumns::new("deal", stages.iter().copied());
        let error = read(&b"deal,a,b\n"[..], &columns).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        refused(&[]),
        "columns: stages has no stage; name each with its column, in their order"
    );
    assert_eq!(
        refused(&[("Demo", "a"), ("Demo", "b")]),
        "columns: the stage \"Demo\" has two columns"
    );
    assert_eq!(
        refused(&[("", "a")]),
        "columns: a stage's label \"\" is empty"
    );
    assert_eq!(
        refused(&[("Demo", "c")]),
        "the header lacks \"c\"; it has \"deal\", \"a\", \"b\""
    );
    let unclear = columns().with_instants("YYYY-MM-DD hh:mm");
    let error = read(&b"deal,demo on,offer on\n"[..], &unclear).unwrap_err();
    assert!(error.to_string().contains("place"), "{error}");
    let json = r#"{"deal": "d", "stages": [{"stage": "Demo", "entered": "a", "left": "b"}]}"#;
    let error = serde_json::from_str::<StageColumns>(json).unwrap_err();
    assert!(
        error.to_string().starts_with("unknown field `left`"),
        "{error}"
    );
}

//! Every kind: its order, its text and its JSON; and the summary by kinds.

use std::collections::{BTreeMap, BTreeSet};

use super::{audit, bare, clean, won};
use sales_metrics::audit::{self, Finding, FindingKind, Found};
use sales_metrics::{DealId, Outcome};

/// Every kind there is, as read from its JSON, with that and its text.
fn every_kind() -> Vec<(FindingKind, &'static str, &'static str)> {
    [
        (r#""duplicate_id""#, "an earlier record has the same id"),
        (r#"{"other_currency":{"usual":"EUR","found":"USD"}}"#, "it is in USD, but most are in EUR"),
        (r#"{"other_spelling":{"field":"owner","usual":"ada","found":"Ada"}}"#, "its owner is written \"Ada\", but mostly \"ada\""),
        (r#"{"more_decimals_than_currency":{"field":"amount"}}"#, "its amount has more decimals than its currency"),
        (r#"{"dated_after_as_of":{"on":"2026-01-02"}}"#, "dated 2026-01-02, after the as-of day"),
        (r#""missing_creation""#, "nobody knows when it was created"),
        (r#""negative_amount""#, "its amount is below 0, but it is not won"),
        (r#"{"written_in_utc":{"at":"2026-03-04T18:00:00+00:00"}}"#, "written in UTC (2026-03-04T18:00:00+00:00), beside a calendar without a place; give the book its place"),
        (r#"{"created_after_as_of":{"created":"2026-02-03"}}"#, "created on 2026-02-03, after the as-of day"),
        (r#"{"closed_before_created":{"created":"2026-02-03","closed":"2026-01-02"}}"#, "closed on 2026-01-02, before it was created on 2026-02-03"),
        (r#"{"closed_after_as_of":{"closed":"2026-01-02"}}"#, "closed on 2026-01-02, after the as-of day"),
        (r#"{"first_contact_after_close":{"first_contact":"2026-02-03","closed":"2026-01-02"}}"#, "first contact on 2026-02-03, after it closed on 2026-01-02"),
        (r#""won_without_amount""#, "won, but it has no amount"),
        (r#""won_for_zero""#, "won, but its amount is 0"),
        (r#""lost_without_amount""#, "lost, but it has no amount"),
        (r#""lost_for_zero""#, "lost, but its amount is 0"),
        (r#""open_without_amount""#, "open, but it has no amount"),
        (r#""open_for_zero""#, "open, but its amount is 0"),
        (r#""missing_probability""#, "open, but it has no probability"),
        (r#""missing_expected_close""#, "open, but it has no expected close"),
        (r#"{"expected_close_overdue":{"expected":"2026-01-02"}}"#, "still open, though expected to close by 2026-01-02"),
        (r#"{"arrived_after_as_of":{"arrived":"2026-01-02"}}"#, "arrived on 2026-01-02, after the as-of day"),
        (r#"{"touched_before_arrival":{"touched":"2026-01-02T09:30:00-05:00","arrived":"2026-02-03T18:30:00.250+01:00"}}"#, "first touched at 2026-01-02T09:30:00-05:00, before it arrived at 2026-02-03T18:30:00.250+01:00"),
        (r#"{"touched_after_as_of":{"touched":"2026-01-02"}}"#, "first touched on 2026-01-02, after the as-of day"),
        (r#"{"qualified_after_as_of":{"qualified":"2026-01-02"}}"#, "qualified on 2026-01-02, after the as-of day"),
        (r#"{"converted_before_arrival":{"arrived":"2026-02-03","converted":"2026-01-02"}}"#, "converted on 2026-01-02, before it arrived on 2026-02-03"),
        (r#"{"converted_after_as_of":{"converted":"2026-01-02"}}"#, "converted on 2026-01-02, after the as-of day"),
        (r#"{"shared_deal":{"deal":"D-9"}}"#, "another lead became its deal D-9, too"),
        (r#"{"deal_not_won":{"deal":"D-9"}}"#, "won, but its deal D-9 is not"),
        (r#"{"won_after_as_of":{"won":"2026-01-02"}}"#, "won on 2026-01-02, after the as-of day"),
        (r#"{"disqualified_after_as_of":{"disqualified":"2026-01-02"}}"#, "given up on 2026-01-02, after the as-of day"),
        (r#"{"converted_and_disqualified":{"converted":"2026-01-02","disqualified":"2026-02-03"}}"#, "converted on 2026-01-02, and given up on 2026-02-03"),
        (r#""undated_conversion""#, "nobody knows when it was converted"),
        (r#""undated_disqualification""#, "nobody knows when it was given up"),
        (r#""missing_time""#, "nobody knows at which times of day it arrived and was touched"),
        (r#""missing_origin""#, "it has no origin"),
        (r#"{"meeting_still_booked":{"on":"2026-01-02"}}"#, "still booked, though it was on 2026-01-02"),
        (r#""call_without_disposition""#, "a call, but it has no disposition"),
        (r#""connected_without_duration""#, "a connected call, but it has no duration"),
        (r#""ramp_without_hire_date""#, "it has a ramp, but no hire date"),
        (r#""missing_quota""#, "active, but it has no quota, and others have one"),
        (r#"{"overlapping_quota":{"other":"2026-01-01/2026-04-01"}}"#, "it overlaps with the one for 2026-01-01/2026-04-01"),
        (r#""zero_quota""#, "it is 0"),
        (r#""quota_without_work""#, "the rep does not work on any day of it"),
        (r#""manager_quota_is_sum""#, "it is the sum of the quotas of those who report to its rep"),
        (r#"{"overlapping_renewal":{"start":"2026-01-02","renewed":"C-9"}}"#, "starts on 2026-01-02, before contract C-9, which it renews, has ended"),
        (r#"{"renews_other_account":{"renewed":"C-9"}}"#, "contract C-9, which it renews, is another account's"),
        (r#""missing_recurring_fee""#, "it has no recurring fee"),
        (r#""zero_recurring_fee""#, "its recurring fee is 0"),
        (r#""open_ended""#, "it has no agreed end"),
        (r#""zero_spend""#, "its amount is 0"),
        (r#""missing_channel""#, "it has no channel"),
        (r#"{"too_many_hours":{"days":2}}"#, "more than 24 hours a day, over 2 days"),
        (r#""missing_owner""#, "it has no owner"),
        (r#""missing_rep""#, "it has no rep"),
        (r#"{"unknown_rep":{"rep":"ada"}}"#, "its rep ada is not among the known reps"),
        (r#"{"owner_not_active":{"rep":"ada","on":"2026-01-02"}}"#, "its owner ada was not active on 2026-01-02"),
        (r#"{"rep_not_active":{"rep":"ada","on":"2026-01-02"}}"#, "its rep ada was not active on 2026-01-02"),
        (r#"{"unknown_lead":{"lead":"L-9"}}"#, "its lead L-9 is not among the known leads"),
        (r#"{"unknown_deal":{"deal":"D-9"}}"#, "its deal D-9 is not among the known deals"),
        (r#""missing_record""#, "it has states, but no record"),
        (r#"{"state_before_creation":{"on":"2026-01-02"}}"#, "a state of 2026-01-02 is before its creation"),
        (r#"{"states_at_once":{"on":"2026-01-02"}}"#, "two states of 2026-01-02 are of one instant and one place, and differ"),
        (r#"{"unlike_its_record":{"field":"amount"}}"#, "its last state has another amount than its record"),
        (r#"{"stage_out_of_order":{"stage":"Verbal"}}"#, "it was in \"Verbal\", which is no stage of the pipeline"),
        (r#"{"unknown_contract":{"renewed":"C-9"}}"#, "contract C-9, which it renews, is not among the known contracts"),
    ]
    .map(|(json, text)| (serde_json::from_str(json).unwrap(), json, text))
    .to_vec()
}

#[test]
fn every_kind_is_named_here_and_found_in_some_record() {
    // The names, as the source has them: a kind that is added there is missing here.
    let source = include_str!("../../../src/audit/kind_text.rs");
    let names: BTreeSet<&str> = source
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\",")?.split_once(" => \""))
        .map(|(_, name)| name)
        .collect();
    let kinds = every_kind();
    let here: BTreeSet<&str> = kinds.iter().map(|(kind, ..)| kind.name()).collect();
    assert_eq!(names, here);
    assert_eq!(here.len(), kinds.len());
    let mut found = super::laws::found_in_odd_records();
    found.extend(audit().book(&super::book::in_utc()));
    found.extend(audit().book(&super::history::odd()));
    let found: BTreeSet<&str> = found.iter().map(|finding| finding.kind.name()).collect();
    let never: Vec<_> = here.difference(&found).collect();
    assert_eq!(never, [&""; 0]);
}

#[test]
fn text_json_and_name_of_every_kind_and_back() {
    let kinds = every_kind();
    assert!(
        kinds.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "in the order of the kinds"
    );
    for (kind, json, text) in kinds {
        assert_eq!(kind.to_string(), text);
        let finding = Finding {
            record: (&DealId::new("D-1").unwrap()).into(),
            kind,
        };
        let whole = serde_json::to_string(&finding).unwrap();
        assert_eq!(
            whole,
            format!(r#"{{"record":{{"deal":"D-1"}},"kind":{json}}}"#)
        );
        assert_eq!(serde_json::from_str::<Finding>(&whole).unwrap(), finding);
        let name = json.split('"').nth(1);
        assert_eq!(name, Some(finding.kind.name()));
    }
    let json = r#"{"converted_and_disqualified":{"disqualified":"2026-02-03"}}"#;
    let undated: FindingKind = serde_json::from_str(json).unwrap();
    assert_eq!(undated.to_string(), "converted, and given up on 2026-02-03");
    assert_eq!(serde_json::to_string(&undated).unwrap(), json);
    let one_day: FindingKind = serde_json::from_str(r#"{"too_many_hours":{"days":1}}"#).unwrap();
    assert_eq!(one_day.to_string(), "more than 24 hours in a day");
}

#[test]
fn json_of_findings_about_every_record() {
    for (record, text) in [
        (r#"{"lead":"L-1"}"#, "lead L-1"),
        (r#"{"activity":"A-1"}"#, "activity A-1"),
        (r#"{"rep":"ada"}"#, "rep ada"),
        (
            r#"{"quota":["ada","2026-01-01/2026-04-01"]}"#,
            "quota of ada for 2026-01-01/2026-04-01",
        ),
        (r#"{"contract":"C-1"}"#, "contract C-1"),
        (r#"{"spend":"S-1"}"#, "spend S-1"),
        (
            r#"{"work_time":["ada","2026-01-01/2026-01-02"]}"#,
            "work time of ada in 2026-01-01/2026-01-02",
        ),
    ] {
        let json = format!(r#"{{"record":{record},"kind":"duplicate_id"}}"#);
        let finding: Finding = serde_json::from_str(&json).unwrap();
        assert_eq!(
            finding.to_string(),
            format!("{text}: an earlier record has the same id")
        );
        assert_eq!(serde_json::to_string(&finding).unwrap(), json);
    }
}

#[test]
fn json_that_no_finding_has_is_refused() {
    for json in [
        r#"{"record":{"deal":"D-1"},"kind":"closed_before_christmas"}"#,
        r#"{"record":{"deal":"D-1"},"kind":"missing_owner","extra":1}"#,
        r#"{"record":{"deal":""},"kind":"missing_owner"}"#,
        r#"{"record":{"deal":"D-1"}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"unknown_rep":{}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"unknown_rep":{"rep":"ada","on":"2026-01-02"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":"26-01-02"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":"2026-1-2"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":"1899-12-31"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":20260102}}}"#,
        r#"{"record":{"lead":"L-1"},"kind":{"touched_before_arrival":{"touched":"2026-01-02","arrived":"2026-01-03T09"}}}"#,
        r#"{"record":{"lead":"L-1"},"kind":{"touched_before_arrival":{"touched":"2026-01-02T09:00:00Z","arrived":"1899-12-31T09:00:00Z"}}}"#,
        r#"{"record":{"lead":"L-1"},"kind":{"shared_deal":{"deal":""}}}"#,
        r#"{"record":{"lead":"L-1"},"kind":{"written_in_utc":{"at":"2026-03-04"}}}"#,
        r#"{"record":{"work_time":["ada","2026-01-02/2026-01-03"]},"kind":{"too_many_hours":{"days":-1}}}"#,
    ] {
        assert!(serde_json::from_str::<Finding>(json).is_err(), "{json}");
    }
}

#[test]
fn texts_pad_as_a_whole() {
    let finding = Finding {
        record: (&DealId::new("D-1").unwrap()).into(),
        kind: FindingKind::MissingOwner,
    };
    assert_eq!(format!("{finding:30}|"), "deal D-1: it has no owner     |");
    assert_eq!(format!("{:>16}|", finding.kind), " it has no owner|");
    let found: Found = serde_json::from_str(r#"{"count":2,"first":{"deal":"D-1"}}"#).unwrap();
    assert_eq!(format!("{found:>23}|"), "    2 (first: deal D-1)|");
}

#[test]
fn the_summary_counts_each_kind_and_names_its_first_deal() {
    let deals = [
        clean("D-1", Outcome::Open),
        bare("D-3", won("2026-02-01")),
        bare("D-2", won("2026-02-01")),
        clean("D-4", won("2026-05-01")),
    ];
    let findings = audit().deals(&deals);
    let summary = audit::summary(&findings);
    let lines: Vec<_> = summary
        .iter()
        .map(|(name, found)| format!("{name}: {found}"))
        .collect();
    assert_eq!(
        lines,
        [
            "closed_after_as_of: 1 (first: deal D-4)",
            "missing_owner: 2 (first: deal D-3)",
            "won_without_amount: 2 (first: deal D-3)",
        ]
    );
    let json = serde_json::to_string(&summary["missing_owner"]).unwrap();
    assert_eq!(json, r#"{"count":2,"first":{"deal":"D-3"}}"#);
    assert_eq!(audit::summary([]), BTreeMap::new());
}

//! The mappings of all records but deals: every key of their JSON, and what contradicts itself.

use std::collections::BTreeSet;
use std::fmt::Debug;

use sales_metrics::import::{
    ActivityColumns, Answer, ChangeColumns, ChangedField, Columns, ContractColumns, LeadColumns,
    QuotaColumns, Reader, RepColumns, SpendColumns, StageColumns, StateColumns, WordColumn, Words,
    WorkTimeColumns,
};
use sales_metrics::{
    ActivityKind, Departure, Disposition, FiscalCalendar, FiscalYearLabel, FixedOffset,
    ForecastCategory, MeetingStatus, Origin, Per, Place, SpendCategory, instant,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;

/// The JSON reads as what was built, and what was built writes it.
fn assert_same<C>(json: &Value, built: &C)
where
    C: Serialize + DeserializeOwned + PartialEq + Debug,
{
    assert_eq!(serde_json::from_value::<C>(json.clone()).unwrap(), *built);
    assert_eq!(serde_json::to_value(built).unwrap(), *json);
}

/// Whoever builds it in code is told when the file is opened; whoever reads it from JSON, at once.
fn assert_refused<C>(columns: &C, problem: &str)
where
    C: Columns + Serialize + DeserializeOwned + Debug,
{
    let expected = format!("columns: {problem}");
    let error = Reader::new(&b""[..], columns).err().unwrap();
    assert_eq!(error.to_string(), expected);
    let json = serde_json::to_value(columns).unwrap();
    let error = serde_json::from_value::<C>(json).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

/// With a change of the clocks.
fn place() -> Place {
    let hours = |east: i32| FixedOffset::east_opt(east * 3_600).unwrap();
    let spring = instant("2026-03-29T01:00:00Z").unwrap();
    Place::changing(hours(1), [(spring, hours(2))]).unwrap()
}

fn leads() -> LeadColumns {
    LeadColumns::new("id", "at").with_instants("YYYY-MM-DD hh:mmz")
}

fn calls() -> WordColumn<ActivityKind> {
    WordColumn::new("type").with_words(ActivityKind::Call, ["Call", "Telefonat"])
}

fn activities() -> ActivityColumns {
    ActivityColumns::new("id", calls(), "at").with_instants("YYYY-MM-DD hh:mmz")
}

fn quotas() -> QuotaColumns {
    QuotaColumns::new("rep")
        .with_period("for")
        .with_deals("deals")
}

fn contracts() -> ContractColumns {
    ContractColumns::new("id", "account", "from", Currency::EUR)
}

fn spend() -> SpendColumns {
    SpendColumns::new(
        "id",
        "day",
        "sum",
        Currency::EUR,
        WordColumn::fixed(SpendCategory::Sales),
    )
}

fn hours() -> WorkTimeColumns {
    WorkTimeColumns::new("rep", "day").with_working_hours("h")
}

/// One mapping of each record with every key that can stand beside the others, as JSON and as built.
fn lead_keys() -> (Value, LeadColumns) {
    let json = json!({
        "id": "a", "arrived": "b", "assigned": "c", "first_touch": "d", "attempts": ["e", {"column": "f", "unknown": ["-"]}],
        "marketing_qualified": "r", "accepted": "s", "rejected": "t", "sales_qualified": "u",
        "qualified": "g", "converted": "h", "deal": "i", "won": "j", "disqualified": "k", "source": "l",
        "origin": {"column": "m", "words": {"marketing": ["MKT"], "sales": ["AE", "SDR"], "partner": ["PAR"]}, "unknown": ["?"]},
        "fit": "n", "interest": {"column": "o", "unknown": ["n/a"]}, "owner": "p", "dimensions": {"region": "q"},
        "dates": "D.M.YYYY", "instants": "YYYY-MM-DD hh:mm", "place": [{"offset": "+01:00"}, {"from": "2026-03-29T01:00:00+00:00", "offset": "+02:00"}],
        "offset": "Z", "decimal_mark": ",", "grouping_mark": ".", "delimiter": ";",
    });
    let origin = WordColumn::new("m")
        .with_words(Origin::Marketing, ["MKT"])
        .with_words(Origin::Sales, ["SDR"])
        .with_words(Origin::Sales, ["AE"])
        .with_words(Origin::Partner, ["PAR"])
        .with_unknown(["?"]);
    let built = LeadColumns::new("a", "b")
        .with_assigned("c")
        .with_first_touch("d")
        .with_attempt("e")
        .with_attempt(Column::new("f").with_unknown(["-"]))
        .with_marketing_qualified("r")
        .with_accepted("s")
        .with_rejected("t")
        .with_sales_qualified("u")
        .with_qualified("g")
        .with_converted("h")
        .with_deal("i")
        .with_won("j")
        .with_disqualified("k")
        .with_source("l")
        .with_origin(origin)
        .with_fit("n")
        .with_interest(Column::new("o").with_unknown(["n/a"]))
        .with_owner("p")
        .with_dimension("region", "q")
        .with_dates("D.M.YYYY")
        .with_instants("YYYY-MM-DD hh:mm")
        .with_place(place())
        .with_offset("Z")
        .with_decimal_mark(',')
        .with_grouping_mark('.')
        .with_delimiter(';');
    (json, built)
}

fn activity_keys() -> (Value, ActivityColumns) {
    let json = json!({
    "id": "a", "kind": {"column": "b", "words": {"call": ["Call"], "email": ["Mail"], "message": ["SMS"], "meeting": ["Demo"], "other": [""]}},
    "at": "c", "rep": "d", "duration_minutes": "e",
    "disposition": {"column": "f", "words": {"positive": ["+"], "neutral": ["0"], "negative": ["-"], "voicemail": ["vm"], "missed": ["x"]}},
    "meeting_status": {"column": "g", "words": {
        "booked": ["b"], "held": ["h"], "no_show": ["n"], "cancelled": ["c"], "rescheduled": ["r"],
    }},
    "inbound": {"column": "h", "words": {"yes": ["back", "in"], "no": ["out"]}},
    "callback": {"column": "h", "words": {"yes": ["back"], "no": ["in", "out"]}}, "booked": "k",
    "lead": "i", "deal": "j", "instants": "YYYY-MM-DD hh:mmz",
        });
    let kind = WordColumn::new("b")
        .with_words(ActivityKind::Call, ["Call"])
        .with_words(ActivityKind::Email, ["Mail"])
        .with_words(ActivityKind::Message, ["SMS"])
        .with_words(ActivityKind::Meeting, ["Demo"])
        .with_words(ActivityKind::Other, [""]);
    let disposition = WordColumn::new("f")
        .with_words(Disposition::Positive, ["+"])
        .with_words(Disposition::Neutral, ["0"])
        .with_words(Disposition::Negative, ["-"])
        .with_words(Disposition::Voicemail, ["vm"])
        .with_words(Disposition::Missed, ["x"]);
    let status = WordColumn::new("g")
        .with_words(MeetingStatus::Booked, ["b"])
        .with_words(MeetingStatus::Held, ["h"])
        .with_words(MeetingStatus::NoShow, ["n"])
        .with_words(MeetingStatus::Cancelled, ["c"])
        .with_words(MeetingStatus::Rescheduled, ["r"]);
    let inbound = WordColumn::new("h")
        .with_words(Answer::Yes, ["back", "in"])
        .with_words(Answer::No, ["out"]);
    let callback = WordColumn::new("h")
        .with_words(Answer::Yes, ["back"])
        .with_words(Answer::No, ["in", "out"]);
    let built = ActivityColumns::new("a", kind, "c")
        .with_rep("d")
        .with_duration_minutes("e")
        .with_disposition(disposition)
        .with_meeting_status(status)
        .with_inbound(inbound)
        .with_callback(callback)
        .with_booked("k")
        .with_lead("i")
        .with_deal("j")
        .with_instants("YYYY-MM-DD hh:mmz");
    (json, built)
}

fn rep_keys() -> (Value, RepColumns) {
    let json = json!({
        "id": "a", "name": "g", "team": "b", "manager": "h", "hired": "c", "left": "d",
        "teams": [{"team": "i", "since": "j"}, {"team": {"column": "k", "unknown": ["-"]}, "since": "l"}],
        "departure": {"column": "m", "words": {"voluntary": ["quit"], "involuntary": ["fired"]}}, "full_time_share_percent": "e", "ramp_percent": "f",
        "ramp_separator": "/"});
    let departure = WordColumn::new("m")
        .with_words(Departure::Voluntary, ["quit"])
        .with_words(Departure::Involuntary, ["fired"]);
    let built = RepColumns::new("a")
        .with_name("g")
        .with_team("b")
        .with_team_since("i", "j")
        .with_team_since(Column::new("k").with_unknown(["-"]), "l")
        .with_manager("h")
        .with_hired("c")
        .with_left("d")
        .with_departure(departure)
        .with_full_time_share_percent("e")
        .with_ramp_percent("f")
        .with_ramp_separator('/');
    (json, built)
}

fn quota_keys() -> (Value, QuotaColumns) {
    let json = json!({
    "rep": "a", "start": "b", "last_day": "c", "amount": "d", "currency": {"column": "e"}, "deals": "f",
    });
    let built = QuotaColumns::new("a")
        .with_start("b")
        .with_last_day("c")
        .with_amount("d", CurrencyColumn::new("e"))
        .with_deals("f");
    (json, built)
}

fn contract_keys() -> (Value, ContractColumns) {
    let json = json!({
    "id": "a", "account": "b", "start": "c", "currency": {"fixed": "EUR"}, "last_day": "d", "terminated": "e",
    "recurring": "f", "recurring_per": {"column": "g", "words": {"month": ["m"], "quarter": ["q"], "year": ["y"]}},
    "one_time": "h", "renewal_of": "i", "renewal_separator": "/", "signed": "k", "notice": "l",
    "trial": {"column": "m", "words": {"yes": ["pilot"]}}, "auto_renewal": {"fixed": "yes"}, "dimensions": {"plan": "j"},
    });
    let per = WordColumn::new("g")
        .with_words(Per::Month, ["m"])
        .with_words(Per::Quarter, ["q"])
        .with_words(Per::Year, ["y"]);
    let built = ContractColumns::new("a", "b", "c", Currency::EUR)
        .with_last_day("d")
        .with_terminated("e")
        .with_recurring("f", per)
        .with_one_time("h")
        .with_renewal_of("i")
        .with_renewal_separator('/')
        .with_signed("k")
        .with_notice("l")
        .with_trial(WordColumn::new("m").with_words(Answer::Yes, ["pilot"]))
        .with_auto_renewal(WordColumn::fixed(Answer::Yes))
        .with_dimension("plan", "j");
    (json, built)
}

fn spend_keys() -> (Value, SpendColumns) {
    let json = json!({
    "id": "a", "on": "b", "amount": "c", "currency": {"fixed": "EUR"}, "category": {"fixed": "marketing"},
    "source": "d", "dimensions": {"region": "e"},
    });
    let built = SpendColumns::new(
        "a",
        "b",
        "c",
        Currency::EUR,
        WordColumn::fixed(SpendCategory::Marketing),
    )
    .with_source("d")
    .with_dimension("region", "e");
    (json, built)
}

fn work_time_keys() -> (Value, WorkTimeColumns) {
    let json = json!({
    "rep": "a", "on": "b", "working_hours": "c", "selling_minutes": "d",
    });
    let built = WorkTimeColumns::new("a", "b")
        .with_working_hours("c")
        .with_selling_minutes("d");
    (json, built)
}

fn state_keys() -> (Value, StateColumns) {
    let json = json!({
        "deal": "a", "at": "b", "outcome": {"column": "c", "won": ["W"], "others": "open"}, "currency": {"fixed": "EUR"},
        "run": "d", "stage": "e", "owner": "f", "amount": "g", "expected_close": "h", "closed": "i", "probability_percent": "j",
        "forecast_category": {"column": "k", "words": {"commit": ["C"]}}, "deleted": {"column": "l", "words": {"yes": ["x"], "no": [""]}},
        "instants": "YYYY-MM-DDThh:mmz",
    });
    let outcome = OutcomeColumn::new("c")
        .with_won(["W"])
        .with_others(DealStatus::Open);
    let category = WordColumn::new("k").with_words(ForecastCategory::Commit, ["C"]);
    let deleted = WordColumn::new("l")
        .with_words(Answer::Yes, ["x"])
        .with_words(Answer::No, [""]);
    let built = StateColumns::new("a", "b", outcome, Currency::EUR)
        .with_run("d")
        .with_stage("e")
        .with_owner("f")
        .with_amount("g")
        .with_expected_close("h")
        .with_closed("i")
        .with_probability_percent("j")
        .with_forecast_category(category)
        .with_deleted(deleted)
        .with_instants("YYYY-MM-DDThh:mmz");
    (json, built)
}

fn change_keys() -> (Value, ChangeColumns) {
    let json = json!({
        "deal": "a", "at": "b", "from": "d", "to": "e", "run": "f", "instants": "YYYY-MM-DDThh:mmz",
        "field": {"column": "c", "words": {
            "stage": ["S"], "status": ["T"], "owner": ["O"], "amount": ["A"], "expected_close": ["E"], "probability": ["P"],
            "probability_percent": ["%"], "forecast_category": ["F"],
        }},
        "status": {"words": {"won": ["W"], "disqualified": ["D"]}, "unknown": ["?"], "others": "open"},
        "forecast_category": {"words": {"best_case": ["B"]}},
    });
    let field = WordColumn::new("c")
        .with_words(ChangedField::Stage, ["S"])
        .with_words(ChangedField::Status, ["T"])
        .with_words(ChangedField::Owner, ["O"])
        .with_words(ChangedField::Amount, ["A"])
        .with_words(ChangedField::ExpectedClose, ["E"])
        .with_words(ChangedField::Probability, ["P"])
        .with_words(ChangedField::ProbabilityPercent, ["%"])
        .with_words(ChangedField::ForecastCategory, ["F"]);
    let status = Words::new()
        .with_words(DealStatus::Won, ["W"])
        .with_words(DealStatus::Disqualified, ["D"])
        .with_unknown(["?"])
        .with_others(DealStatus::Open);
    let built = ChangeColumns::new("a", "b", field, "d", "e")
        .with_run("f")
        .with_status(status)
        .with_forecast_category(Words::new().with_words(ForecastCategory::BestCase, ["B"]))
        .with_instants("YYYY-MM-DDThh:mmz");
    (json, built)
}

fn change_keys_of_stages() -> (Value, ChangeColumns) {
    let json = json!({
        "deal": "a", "at": "b", "field": {"fixed": "stage"}, "to": "c", "status_by_stage": {"words": {"lost": ["L"]}},
    });
    let stages = Words::new().with_words(DealStatus::Lost, ["L"]);
    let built = ChangeColumns::without_from("a", "b", ChangedField::Stage.into(), "c")
        .with_status_by_stage(stages);
    (json, built)
}

fn stage_keys() -> (Value, StageColumns) {
    let json = json!({
        "deal": "a",
        "stages": [{"stage": "Z", "entered": "b"}, {"stage": "A", "entered": {"column": "c", "unknown": ["-"]}}],
        "instants": "YYYY-MM-DDThh:mmz",
    });
    let unknown = Column::new("c").with_unknown(["-"]);
    let built = StageColumns::new("a", [("Z", Column::new("b")), ("A", unknown)])
        .with_instants("YYYY-MM-DDThh:mmz");
    (json, built)
}

#[test]
fn the_json_of_every_key_is_what_the_builder_builds() {
    let (json, built) = lead_keys();
    assert_same(&json, &built);
    let (json, built) = activity_keys();
    assert_same(&json, &built);
    let (json, built) = rep_keys();
    assert_same(&json, &built);
    let (json, built) = quota_keys();
    assert_same(&json, &built);
    let (json, built) = contract_keys();
    assert_same(&json, &built);
    let (json, built) = spend_keys();
    assert_same(&json, &built);
    let (json, built) = work_time_keys();
    assert_same(&json, &built);
    let (json, built) = state_keys();
    assert_same(&json, &built);
    let (json, built) = change_keys();
    assert_same(&json, &built);
    let (json, built) = change_keys_of_stages();
    assert_same(&json, &built);
    let (json, built) = stage_keys();
    assert_same(&json, &built);
}

/// The keys of the table under a heading of the documentation.
fn documented(heading: &str) -> BTreeSet<String> {
    let text = include_str!("../../../src/import/mod.rs");
    let heading = format!("//! ## {heading}\n");
    let (_, section) = text.split_once(&heading).unwrap();
    let section = section.split("\n//! ## ").next().unwrap();
    let rows = section.lines().filter_map(|line| {
        let (key, _) = line.strip_prefix("//! | `")?.split_once("` |")?;
        Some(key.to_owned())
    });
    rows.collect()
}

/// The keys that the error of an unknown one lists.
fn accepted<C: DeserializeOwned>() -> BTreeSet<String> {
    let error = serde_json::from_value::<C>(json!({"?": 1})).err().unwrap();
    let text = error.to_string();
    let (_, keys) = text.split_once("expected one of ").unwrap();
    keys.split(", ")
        .map(|key| key.trim_matches('`').to_owned())
        .collect()
}

#[test]
fn the_tables_of_the_documentation_list_the_keys_that_are_read() {
    let common = documented("Every mapping");
    for (heading, accepted) in [
        ("Deals", accepted::<DealColumns>()),
        ("Leads", accepted::<LeadColumns>()),
        ("Activities", accepted::<ActivityColumns>()),
        ("Reps", accepted::<RepColumns>()),
        ("Quotas", accepted::<QuotaColumns>()),
        ("Contracts", accepted::<ContractColumns>()),
        ("Spend", accepted::<SpendColumns>()),
        ("Working time", accepted::<WorkTimeColumns>()),
        ("States", accepted::<StateColumns>()),
        ("Changes", accepted::<ChangeColumns>()),
        ("Stages entered", accepted::<StageColumns>()),
    ] {
        let documented: BTreeSet<String> = documented(heading).union(&common).cloned().collect();
        assert_eq!(documented, accepted, "{heading}");
    }
    assert!(common.contains("dates") && common.len() == 18);
}

#[test]
fn what_json_leaves_out_has_a_default() {
    let json = json!({"id": "id"});
    let reps: RepColumns = serde_json::from_value(json).unwrap();
    assert_eq!(reps, RepColumns::new("id"));
    assert_eq!(serde_json::to_value(&reps).unwrap(), json!({"id": "id"}));
}

#[test]
fn what_all_mappings_check_is_checked_in_each() {
    assert_refused(
        &leads().with_delimiter('a'),
        "the delimiter is 'a', but must be one ASCII mark, such as ',', ';' or a tab",
    );
    assert_refused(
        &hours().with_decimal_mark('-'),
        "'-' cannot be the decimal or the grouping mark",
    );
    assert_refused(&contracts().with_last_day(""), "a column has an empty name");
    assert_refused(
        &spend().with_source("x "),
        "\"x \" begins or ends with white space, but cells are compared without",
    );
    assert_refused(
        &leads().with_source("x").with_dimension("source", "y"),
        "the dimension \"source\" has two columns",
    );
    assert_refused(
        &contracts().with_dimension(" ", "y"),
        "a dimension's label \" \" begins or ends with white space; trim it first",
    );
}

#[test]
fn only_deals_have_a_status() {
    let problem = |name: &str| {
        format!(
            "column \"{name}\": unknown_when and ignored_when are for the statuses of deals, the kinds of activities and the fields of changes; say what is unknown as unknown"
        )
    };
    let when = Column::new("fee").with_unknown_when(DealStatus::Lost, ["0"]);
    let ignored = Column::new("team").with_ignored_when([DealStatus::Open]);
    assert_refused(&contracts().with_one_time(when.clone()), &problem("fee"));
    assert_refused(
        &contracts().with_dimension("x", when.clone()),
        &problem("fee"),
    );
    assert_refused(
        &RepColumns::new("id").with_team(ignored.clone()),
        &problem("team"),
    );
    assert_refused(&leads().with_attempt(ignored), &problem("team"));
    assert_refused(&hours().with_selling_hours(when), &problem("fee"));
}

#[test]
fn words_are_declared_once_and_fixed_ones_have_none() {
    let with = |kind| ActivityColumns::new("id", kind, "at").with_instants("YYYY-MM-DD hh:mmz");
    let twice = calls().with_words(ActivityKind::Email, ["Call"]);
    assert_refused(
        &with(twice),
        "the word \"Call\" of column \"type\" stands twice",
    );
    let unknown = calls().with_unknown(["Call"]);
    assert_refused(
        &with(unknown),
        "the word \"Call\" of column \"type\" stands twice",
    );
    let none = WordColumn::new("type");
    assert_refused(
        &with(none),
        "column \"type\" has no words; declare what they mean",
    );
    let only_unknown = WordColumn::new("type").with_unknown(["-"]);
    assert_refused(
        &with(only_unknown),
        "column \"type\" has no words; declare what they mean",
    );
    let fixed = WordColumn::fixed(ActivityKind::Call).with_words(ActivityKind::Call, ["Call"]);
    assert_refused(&with(fixed), "what is fixed has no column, and no words");
    let spaced = calls().with_words(ActivityKind::Email, [" Mail"]);
    assert_refused(
        &with(spaced),
        "\" Mail\" begins or ends with white space, but cells are compared without",
    );
    assert_refused(
        &with(WordColumn::new("").with_words(ActivityKind::Call, ["c"])),
        "a column has an empty name",
    );
    for (kind, problem) in [
        (
            json!({}),
            "columns: words need their column, or say what is fixed",
        ),
        (
            json!({"fixed": "call", "column": "x"}),
            "columns: what is fixed has no column, and no words",
        ),
        (
            json!({"fixed": "fax"}),
            "unknown variant `fax`, expected one of `call`, ",
        ),
        (
            json!({"column": "x", "words": {"fax": []}}),
            "unknown variant `fax`, expected one of `call`, ",
        ),
        (
            json!({"column": "x", "word": {}}),
            "unknown field `word`, the nearest is `words`, expected one of `fixed`, `column`, `aliases`, `nth`, `words`, `unknown`, ",
        ),
    ] {
        let json = json!({"id": "id", "kind": kind, "at": "at", "dates": "YYYY-MM-DD hh:mmz"});
        let error = serde_json::from_value::<ActivityColumns>(json)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(problem), "{error}");
    }
    let twice = r#"{"id": "id", "at": "at", "kind": {"column": "x", "words": {"call": ["a"], "call": ["b"]}}}"#;
    let error = serde_json::from_str::<ActivityColumns>(twice)
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("\"call\" stands twice"), "{error}");
}

#[test]
fn times_are_whole_and_have_an_offset() {
    let bare = LeadColumns::new("id", "at");
    let hours = bare.clone().with_dates("YYYY-MM-DD hh z");
    assert_refused(
        &hours,
        "the format \"YYYY-MM-DD hh z\" lacks mm, but an instant needs it; leave out the hour, too, where no time is known",
    );
    let local = bare.clone().with_instants("YYYY-MM-DD hh:mm");
    assert_refused(
        &local,
        "the format \"YYYY-MM-DD hh:mm\" lacks z, the offset; write on whose clock the times are as place, such as \"+01:00\", or by with_place where the clocks change",
    );
    for offset in [
        "", "1", "CET", "+1:00", "+25:00", "+01:60", "+01:00 ", "01:00", "Z+01:00",
    ] {
        let problem = format!("the offset \"{offset}\" must be written as +01:00, or as Z");
        let local = local.clone().with_place("+01:00".parse().unwrap());
        assert_refused(&local.with_offset(offset), &problem);
    }
    assert_refused(
        &local.with_offset("Z"),
        "the offset is that of a clock which is not the place's; name the place, too, or write the offset as the place",
    );
    // Nothing is written without an offset.
    let idle = "the offset is that of times without one, but no format has hh and mm without z; leave it out";
    let there = || "+01:00".parse().unwrap();
    assert_refused(&activities().with_place(there()).with_offset("Z"), idle);
    assert_refused(&few().with_place(there()).with_offset("Z"), idle);
    let in_utc = few().with_dates("YYYY-MM-DDThh:mm:ssZ");
    assert_refused(&in_utc.with_place(there()).with_offset("Z"), idle);
    let nonsense = bare.with_instants("hh:mm");
    let error = Reader::new(&b""[..], &nonsense).err().unwrap().to_string();
    assert!(
        error.starts_with("columns: the date format \"hh:mm\" lacks the year"),
        "{error}"
    );
}

#[test]
fn columns_that_belong_together_are_named_together() {
    assert_refused(
        &leads().with_won("w"),
        "only what was converted can be won; name converted, deal or is_converted, too",
    );
    let period = "name the column of the period, or year and quarter, or start, and with it one of last_day, ends_before and lasting";
    let bare = QuotaColumns::new("rep").with_deals("deals");
    assert_refused(&bare, period);
    assert_refused(&bare.clone().with_start("from"), period);
    assert_refused(&bare.clone().with_last_day("to"), period);
    assert_refused(&quotas().with_start("from").with_last_day("to"), period);
    assert_refused(&quotas().with_last_day("to"), period);
    let quarter = "a year and a quarter are a period; name both, and nothing else of it";
    assert_refused(&bare.clone().with_year("y"), quarter);
    assert_refused(&bare.clone().with_quarter("q"), quarter);
    let both = bare.clone().with_year("y").with_quarter("q");
    assert_refused(&both.clone().with_period("for"), quarter);
    assert_refused(&both.clone().with_start("from"), quarter);
    let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear).unwrap();
    let days = bare.clone().with_start("from").with_last_day("to");
    assert_refused(
        &days.with_fiscal_calendar(fiscal),
        "days are of no fiscal calendar; name it with period, or with year and quarter",
    );
    assert_refused(
        &QuotaColumns::new("rep").with_period("for"),
        "a quota is of money or of deals; name amount, or deals",
    );
    for (key, column) in [
        ("amount", json!("x")),
        ("currency", json!({"fixed": "USD"})),
    ] {
        let mut json = serde_json::to_value(quotas()).unwrap();
        json[key] = column;
        let error = serde_json::from_value::<QuotaColumns>(json).unwrap_err();
        assert_eq!(
            error.to_string(),
            "columns: an amount has a currency; name both, or neither"
        );
    }
    for (key, column) in [
        ("recurring", json!("x")),
        ("recurring_per", json!({"fixed": "month"})),
    ] {
        let mut json = serde_json::to_value(contracts()).unwrap();
        json[key] = column;
        let error = serde_json::from_value::<ContractColumns>(json).unwrap_err();
        assert_eq!(
            error.to_string(),
            "columns: a recurring fee is due every day, week, month, quarter, half-year or year; name both, recurring and recurring_per"
        );
    }
}

#[test]
fn a_length_has_one_unit() {
    let two = activities()
        .with_duration_seconds("s")
        .with_duration_hours("h");
    assert_refused(&two, "duration is named in several units; name one of them");
    let two = hours().with_working_minutes("m");
    assert_refused(&two, "working is named in several units; name one of them");
    let two = hours().with_selling_minutes("m").with_selling_seconds("s");
    assert_refused(&two, "selling is named in several units; name one of them");
    let none = WorkTimeColumns::new("rep", "day").with_selling_hours("h");
    assert_refused(
        &none,
        "working time needs its length; name working_seconds, working_minutes or working_hours",
    );
}

#[test]
fn the_separator_of_a_ramp_is_no_part_of_a_number() {
    let reps = RepColumns::new("id").with_grouping_mark(',');
    for mark in ['.', ',', '-', '%', '5'] {
        let problem = format!(
            "{mark:?} cannot part the months of a ramp, since it can be a part of a number"
        );
        assert_refused(&reps.clone().with_ramp_separator(mark), &problem);
    }
    let problem = "'x' cannot part the ids of contracts, since it can be a part of one";
    assert_refused(&contracts().with_renewal_separator('x'), problem);
}

#[test]
fn a_header_with_another_delimiter_is_told_apart_from_one_without_the_columns() {
    let columns = RepColumns::new("id").with_team("team");
    let error = |header: &str, columns: &RepColumns| {
        let error = Reader::new(header.as_bytes(), columns).err().unwrap();
        error.to_string()
    };
    for (header, mark) in [
        ("id;team", "';'"),
        ("id\tteam", "'\\t'"),
        ("id|team", "'|'"),
        ("a|b;id;team", "';'"),
        ("a|id;team", "';'"),
    ] {
        let text = error(header, &columns);
        let hint = format!("; if {mark} parts its columns, declare it as the delimiter");
        assert!(text.ends_with(&hint), "{text}");
    }
    let text = error("id,team,a", &columns.clone().with_delimiter(';'));
    assert!(text.ends_with("if ',' parts its columns, declare it as the delimiter"));
    for header in ["id", "name", "a;b,c", "\"id,team\""] {
        assert!(!error(header, &columns).contains("delimiter"), "{header}");
    }
}

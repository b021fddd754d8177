//! The wire format, fixed literally, and what is refused when it is read.

use core::fmt::Debug;

use proptest::prelude::*;
use sales_metrics::tally::{
    AmountSum, Cycle, DealTotals, Given, Paired, Priced, Weighed, WeightedSum,
};
use sales_metrics::{
    AccountId, Average, Confidence, Currency, Days, Deal, DealDetail, DealId, DealTally,
    FiscalCalendar, FiscalYearEnd, FiscalYearLabel, Interval, Label, Length, Money, MoneyPer,
    Multiple, Outcome, Per, Percent, Period, QuarterWeeks, Rate, Rep, RepId, Scope, SpreadTally,
    Undefined, Volume, Weekday,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::support::{config, day, dec, many_deals, period, scope, usd, volume};

/// Written as this text, and read back from it.
#[track_caller]
fn pinned<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(&serde_json::from_str::<T>(text).unwrap(), value);
    // Neither depends on the text being at hand in one piece.
    let tree: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    assert_eq!(
        &serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(),
        value
    );
}

/// Refused, with this in the error.
#[track_caller]
fn refused<T: DeserializeOwned + Debug>(text: &str, because: &str) {
    let error = serde_json::from_str::<T>(text).expect_err(text).to_string();
    assert!(error.contains(because), "{text}: {error}");
}

#[test]
fn values() {
    pinned(&usd("12.50"), r#"{"amount":"12.50","currency":"USD"}"#);
    pinned(&usd("-0.0001"), r#"{"amount":"-0.0001","currency":"USD"}"#);
    pinned(
        &MoneyPer::new(usd("20000"), Per::Day),
        r#"{"amount":"20000","currency":"USD","per":"day"}"#,
    );
    pinned(&Per::Month, r#""month""#);
    pinned(&Per::Year, r#""year""#);
    pinned(&"62.5%".parse::<Rate>().unwrap(), r#""0.625""#);
    pinned(&Rate::ONE, r#""1""#);
    pinned(&"-12.5%".parse::<Percent>().unwrap(), r#""-0.125""#);
    pinned(&Multiple::new(dec("3.20")), r#""3.2""#);
    pinned(&Average::new(dec("1.50")), r#""1.5""#);
    pinned(&Length::minutes(4), "240000000");
    pinned(&Length::micros(u64::MAX), "18446744073709551615");
    pinned(&Days::new(dec("65.625")).unwrap(), r#""65.625""#);
    pinned(&Currency::EUR, r#""EUR""#);
    pinned(
        &volume(12, 2, "5000"),
        r#"{"count":12,"unpriced":2,"total":{"amount":"5000","currency":"USD"}}"#,
    );
    pinned(
        &Interval::new(Rate::ZERO, Rate::HALF).unwrap(),
        r#"{"low":"0","high":"0.5"}"#,
    );
    pinned(&Confidence::Ninety, r#""ninety""#);
    pinned(&Confidence::NinetyFive, r#""ninety_five""#);
    pinned(&Confidence::NinetyNine, r#""ninety_nine""#);
    pinned(&AmountSum::try_from(dec("1.5")).unwrap(), r#""1.5""#);
    pinned(
        &WeightedSum::try_from(dec("0.0000000001")).unwrap(),
        r#""0.0000000001""#,
    );
    let written = |reason: Undefined| serde_json::to_string(&reason).unwrap();
    assert_eq!(written(Undefined::NoWonDeals), r#""no_won_deals""#);
    assert_eq!(written(Undefined::Own("no seven was rolled")), r#""own""#);
}

#[test]
fn periods_and_scopes() {
    pinned(&period("2026-Q1"), r#""2026-01-01/2026-04-01""#);
    assert_eq!(
        serde_json::from_str::<Period>(r#""2026-Q1""#).unwrap(),
        period("2026-Q1")
    );
    pinned(
        &scope("2026-Q1").as_of(day("2026-02-14")).unwrap(),
        r#"{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-02-14"}"#,
    );
    let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear).unwrap();
    pinned(&fiscal, r#"{"first_month":2,"label":"end_year"}"#);
    pinned(&FiscalYearLabel::StartYear, r#""start_year""#);
    let weeks = fiscal.in_weeks(
        FiscalYearEnd::Nearest(Weekday::Sat),
        QuarterWeeks::FourFiveFour,
    );
    pinned(
        &weeks,
        r#"{"first_month":2,"label":"end_year","weeks":{"end":{"nearest":"saturday"},"quarter":"4-5-4"}}"#,
    );
}

#[test]
fn ids() {
    pinned(&DealId::new("D-1").unwrap(), r#""D-1""#);
    pinned(
        &RepId::new("ada \"the\" ben").unwrap(),
        r#""ada \"the\" ben""#,
    );
    pinned(&AccountId::new("Ægir").unwrap(), r#""Ægir""#);
    pinned(&Label::new("mid-market").unwrap(), r#""mid-market""#);
}

#[test]
fn reps() {
    let rep = Rep::new("ada").unwrap();
    pinned(&rep, r#"{"id":"ada"}"#);
    let rep = rep
        .with_team("north")
        .unwrap()
        .with_hired(day("2025-04-01"))
        .unwrap();
    let rep = rep.with_left(day("2026-01-31")).unwrap();
    pinned(
        &rep,
        r#"{"id":"ada","team":"north","hired":"2025-04-01","left":"2026-01-31"}"#,
    );
}

#[test]
fn deals() {
    let deal = |outcome| Deal::new("D-1", day("2026-01-07"), outcome, Currency::USD).unwrap();
    pinned(
        &deal(Outcome::Open),
        r#"{"id":"D-1","currency":"USD","created":"2026-01-07","status":"open"}"#,
    );
    let on = day("2026-02-20");
    pinned(
        &deal(Outcome::Won { on }),
        r#"{"id":"D-1","currency":"USD","created":"2026-01-07","status":"won","closed":"2026-02-20"}"#,
    );
    pinned(
        &deal(Outcome::Disqualified { on }),
        r#"{"id":"D-1","currency":"USD","created":"2026-01-07","status":"disqualified","closed":"2026-02-20"}"#,
    );
    let full = deal(Outcome::Lost { on })
        .with_loss_reason("price")
        .unwrap()
        .with_owner("ada")
        .unwrap()
        .with_account("Initech")
        .unwrap()
        .with_amount(dec("12500.50"))
        .unwrap()
        .with_cost(0)
        .unwrap()
        .with_list_price(15_000)
        .unwrap()
        .with_probability("12.5%".parse().unwrap())
        .unwrap()
        .with_first_contact(day("2025-12-24"))
        .unwrap()
        .with_expected_close(day("2026-03-31"))
        .unwrap()
        .with_stage("demo")
        .unwrap()
        .with_dimension("segment", "mid")
        .unwrap()
        .with_region("north")
        .unwrap();
    pinned(
        &full,
        concat!(
            r#"{"id":"D-1","currency":"USD","created":"2026-01-07","status":"lost","closed":"2026-02-20","#,
            r#""loss_reason":"price","owner":"ada","account":"Initech","amount":"12500.5","cost":"0","#,
            r#""list_price":"15000","probability":"0.125","first_contact":"2025-12-24","#,
            r#""expected_close":"2026-03-31","stage":"demo","dimensions":{"region":"north","segment":"mid"}}"#,
        ),
    );
}

fn totals() -> Given<DealTotals> {
    DealTotals::given()
        .records(3)
        .created(Priced::all(2, dec("30").try_into().unwrap()))
        .without_creation(0)
        .cohort_won(1)
        .cohort_open(0)
        .won(Priced::all(1, dec("12.5").try_into().unwrap()))
        .credits(Priced::none(0))
        .lost(Priced::none(0))
        .disqualified(Priced::none(0))
        .costed(Paired::default())
        .listed(Paired::default())
        .won_cycle(Cycle::of(1, 44))
        .lost_cycle(Cycle::default())
        .contact_cycle(Cycle::default())
        .open(Priced::all(1, dec("17.5").try_into().unwrap()))
        .open_then(0)
        .open_days(9)
        .open_without_creation(0)
        .expected(Priced::none(0))
        .overdue(Priced::none(0))
        .without_expected_close(0)
        .weighed(Weighed::of(1, dec("8.75").try_into().unwrap()))
        .due_weighed(Weighed::default())
}

const TALLY: &str = concat!(
    r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"totals":{"records":3,"#,
    r#""created":{"count":2,"priced":2,"amount":"30"},"without_creation":0,"cohort_won":1,"cohort_open":0,"#,
    r#""won":{"count":1,"priced":1,"amount":"12.5"},"credits":{"count":0,"priced":0,"amount":"0"},"lost":{"count":0,"priced":0,"amount":"0"},"#,
    r#""disqualified":{"count":0,"priced":0,"amount":"0"},"costed":{"count":0,"amount":"0","other":"0"},"#,
    r#""listed":{"count":0,"amount":"0","other":"0"},"won_cycle":{"count":1,"days":44,"unsound":0},"#,
    r#""lost_cycle":{"count":0,"days":0,"unsound":0},"contact_cycle":{"count":0,"days":0,"unsound":0},"#,
    r#""open":{"count":1,"priced":1,"amount":"17.5"},"open_then":0,"open_days":9,"open_without_creation":0,"#,
    r#""expected":{"count":0,"priced":0,"amount":"0"},"overdue":{"count":0,"priced":0,"amount":"0"},"without_expected_close":0,"#,
    r#""weighed":{"count":1,"amount":"8.75"},"due_weighed":{"count":0,"amount":"0"}}}"#,
);

const BY_ORIGIN: &str = concat!(
    r#""created_by":{"marketing":{"count":1,"priced":1,"amount":"17.5"},"#,
    r#""sales":{"count":1,"priced":1,"amount":"12.5"},"partner":{"count":0,"priced":0,"amount":"0"}},"#,
    r#""won_by":{"marketing":{"count":0,"priced":0,"amount":"0"},"#,
    r#""sales":{"count":1,"priced":1,"amount":"12.5"},"partner":{"count":0,"priced":0,"amount":"0"}}"#,
);

fn detail() -> String {
    format!(
        r#"{{"tally":{TALLY},"cycle_days":[44],"deal_sizes":["12.5"],"open_ages":[9],"accounts":["Initech"],"account_amount":"12.5"}}"#
    )
}

/// The same deals.
fn spread() -> String {
    format!(
        r#"{{"tally":{TALLY},"accounts":{{"Initech":"12.5"}},"won_days":[[40,{{"count":1,"priced":1,"amount":"12.5"}}]],"listed":[],"past_due":{{"count":0,"priced":0,"amount":"0"}},{BY_ORIGIN}}}"#
    )
}

#[test]
fn tallies() {
    let tally = DealTally::from_totals(scope("2026-Q1"), totals()).unwrap();
    pinned(&tally, TALLY);
    let detail_text = detail();
    let detail: DealDetail = serde_json::from_str(&detail_text).unwrap();
    assert_eq!(detail.tally(), &tally);
    pinned(&detail, &detail_text);
    let spread_text = spread();
    let spread: SpreadTally = serde_json::from_str(&spread_text).unwrap();
    assert_eq!(spread.tally(), &tally);
    pinned(&spread, &spread_text);
}

/// What a database does not send is not 0.
#[test]
fn totals_left_out_are_not_counted() {
    let text = r#"{"records":4,"won":{"count":3,"priced":0,"amount":"0"}}"#;
    let totals: DealTotals = serde_json::from_str(text).unwrap();
    let won = Priced::none(3);
    let given = DealTotals::given().records(4).won(won);
    assert_eq!(totals, DealTotals::from(given));
    assert_eq!(totals.won(), Ok(won));
    assert_eq!(totals.lost(), Err(Undefined::NotCounted("lost")));
    assert_eq!(serde_json::to_string(&totals).unwrap(), text);
    let tally = DealTally::from_totals(scope("2026-Q1"), totals).unwrap();
    let text = serde_json::to_string(&tally).unwrap();
    assert_eq!(serde_json::from_str::<DealTally>(&text).unwrap(), tally);

    let null: DealTotals = serde_json::from_str(r#"{"lost":null}"#).unwrap();
    assert_eq!(null, DealTotals::given().into());
    let nothing: DealTotals = serde_json::from_str("{}").unwrap();
    assert_eq!(nothing, DealTotals::given().into());
    assert_eq!(format!("{nothing:?}"), "DealTotals");
    assert_eq!(
        format!("{:?}", DealTotals::from(DealTotals::given().open_then(2))),
        "DealTotals { open_then: 2 }"
    );
    // A counter is given as a whole.
    refused::<DealTotals>(r#"{"won":{"count":3}}"#, "missing field `priced`");
    refused::<Paired>("{}", "missing field `count`");
}

/// Medians and accounts are those of all deals, so what a detail counts is whole.
#[test]
fn a_detail_holds_every_counter() {
    let text = detail().replace(r#""open_then":0,"#, "");
    refused::<DealDetail>(&text, "a detail's tally holds every counter");
    let text = spread().replace(r#""open_then":0,"#, "");
    refused::<SpreadTally>(&text, "a detail's tally holds every counter");
}

#[test]
fn whole_numbers_are_read_and_floats_are_not() {
    let money = |amount: &str| format!(r#"{{"amount":{amount},"currency":"USD"}}"#);
    assert_eq!(
        serde_json::from_str::<Money>(&money("12")).unwrap(),
        usd("12")
    );
    assert_eq!(
        serde_json::from_str::<Money>(&money("-12")).unwrap(),
        usd("-12")
    );
    assert_eq!(
        serde_json::from_str::<Money>(&money("18446744073709551615")).unwrap(),
        usd("18446744073709551615")
    );
    for number in ["-1", "1.5", "1e3", "18446744073709551616", "\"1\""] {
        assert!(serde_json::from_str::<Length>(number).is_err(), "{number}");
    }
    let hint = "is not exact; put it in quotes, as in \"12.50\"";
    for float in ["12.5", "12.0", "1e3", "-0.0", "18446744073709551616"] {
        refused::<Money>(&money(float), hint);
        refused::<Rate>(float, hint);
        refused::<Percent>(float, hint);
        refused::<Multiple>(float, hint);
        refused::<Average>(float, hint);
        refused::<Days>(float, hint);
        refused::<AmountSum>(float, hint);
        refused::<Deal>(&deal_with(&format!(r#""amount":{float}"#)), hint);
        refused::<MoneyPer>(
            &format!(r#"{{"amount":{float},"currency":"USD","per":"day"}}"#),
            hint,
        );
    }
    refused::<Money>(
        &money("null"),
        "a decimal number in quotes, such as \"12.50\"",
    );
    refused::<Money>(&money("true"), "a decimal number in quotes");
    refused::<Money>(&money(r#""1e3""#), "\"1e3\" is no exact number");
    refused::<Money>(&money(r#""NaN""#), "is no exact number");
}

fn deal_with(more: &str) -> String {
    format!(r#"{{"id":"D-1","currency":"USD","created":"2026-01-07","status":"open",{more}}}"#)
}

#[test]
fn unknown_fields_are_refused() {
    let unknown = "unknown field `typo`";
    refused::<Money>(r#"{"amount":"1","currency":"USD","typo":1}"#, unknown);
    refused::<MoneyPer>(
        r#"{"amount":"1","currency":"USD","per":"day","typo":1}"#,
        unknown,
    );
    refused::<Volume>(
        r#"{"count":0,"unpriced":0,"total":{"amount":"0","currency":"USD"},"typo":1}"#,
        unknown,
    );
    refused::<Interval<Rate>>(r#"{"low":"0","high":"1","typo":1}"#, unknown);
    refused::<Scope>(
        r#"{"period":"2026","currency":"USD","as_of":"2026-01-01","typo":1}"#,
        unknown,
    );
    refused::<FiscalCalendar>(r#"{"first_month":1,"label":"end_year","typo":1}"#, unknown);
    refused::<Rep>(r#"{"id":"ada","typo":1}"#, unknown);
    refused::<Deal>(&deal_with(r#""typo":1"#), unknown);
    refused::<DealTotals>(r#"{"typo":1}"#, unknown);
    refused::<Priced>(r#"{"typo":1}"#, unknown);
    refused::<Paired>(r#"{"typo":1}"#, unknown);
    refused::<Cycle>(r#"{"typo":1}"#, unknown);
    refused::<Weighed>(r#"{"typo":1}"#, unknown);
    refused::<DealTally>(&TALLY.replacen('{', r#"{"typo":1,"#, 1), unknown);
    refused::<DealDetail>(&detail().replacen('{', r#"{"typo":1,"#, 1), unknown);
    refused::<SpreadTally>(&spread().replacen('{', r#"{"typo":1,"#, 1), unknown);
}

#[test]
fn invariants_of_values_hold_when_read() {
    refused::<Rate>(r#""1.2""#, "the rate 1.2 is not between 0 and 1");
    refused::<Rate>(r#""-0.1""#, "the rate -0.1 is not between 0 and 1");
    refused::<Rate>("2", "the rate 2 is not between 0 and 1");
    refused::<Rate>(r#""12%""#, "\"12%\" is no exact number");
    refused::<Days>(r#""-1""#, "-1 days: a length of time is never negative");
    refused::<Percent>(
        r#""79228162514264337593543950335""#,
        "beyond what a decimal number holds",
    );
    refused::<AmountSum>(r#""-1""#, "-1 is no sum of amounts");
    refused::<AmountSum>(r#""0.00001""#, "at most 4 decimals");
    refused::<AmountSum>(r#""79228162514264337593543950335""#, "is no sum of amounts");
    refused::<Interval<Rate>>(
        r#"{"low":"0.6","high":"0.5"}"#,
        "the low end of an interval is above its high end",
    );
    refused::<Volume>(
        r#"{"count":1,"unpriced":2,"total":{"amount":"0","currency":"USD"}}"#,
        "unpriced records are at most its count",
    );
    refused::<Volume>(
        r#"{"count":1,"unpriced":1,"total":{"amount":"1","currency":"USD"}}"#,
        "has a total of 0",
    );
    refused::<Volume>(
        r#"{"count":-1,"unpriced":0,"total":{"amount":"1","currency":"USD"}}"#,
        "invalid value",
    );
    refused::<Currency>(r#""usd""#, "\"usd\" is no ISO 4217 currency code");
    refused::<FiscalCalendar>(
        r#"{"first_month":13,"label":"end_year"}"#,
        "there is no month 13",
    );
    refused::<Period>(r#""2026-04-01/2026-04-01""#, "has no day in it");
    refused::<DealId>(r#""""#, "deal id \"\" is empty");
    refused::<Label>(r#"" x""#, "white space");
    refused::<Confidence>(r#""ninety-five""#, "unknown variant");
}

#[test]
fn invariants_of_records_hold_when_read() {
    refused::<Rep>(
        r#"{"id":"ada","hired":"2026-02-01","left":"2026-01-31"}"#,
        "left on 2026-01-31, before being hired on 2026-02-01",
    );
    for status in ["won", "lost", "disqualified"] {
        let text = format!(
            r#"{{"id":"D-1","currency":"USD","created":"2026-01-07","status":"{status}"}}"#
        );
        refused::<Deal>(&text, "deal D-1: it is closed, but has no close date");
    }
    refused::<Deal>(
        &deal_with(r#""closed":"2026-02-01""#),
        "deal D-1: it is open, but has a close date",
    );
    refused::<Deal>(
        &deal_with(r#""loss_reason":"price""#),
        "deal D-1: a loss reason was given, but the deal is not lost",
    );
    refused::<Deal>(
        &deal_with(r#""cost":"-1""#),
        "deal D-1: cost is -1, but cannot be negative",
    );
    refused::<Deal>(
        &deal_with(r#""cost":"0.00001""#),
        "deal D-1: cost is 0.00001, but at most 4 decimals",
    );
    refused::<Deal>(
        &deal_with(r#""list_price":"100000000000000.0001""#),
        "deal D-1: list price is 100000000000000.0001, but cannot exceed",
    );
    refused::<Deal>(&deal_with(r#""probability":"1.5""#), "the rate 1.5");
    refused::<Deal>(
        &deal_with(r#""probability":"0.1234567""#),
        "at most 6 decimals",
    );
    refused::<Deal>(
        &deal_with(r#""dimensions":{"":"x"}"#),
        "label \"\" is empty",
    );
    refused::<Deal>(&deal_with(r#""status":"won""#), "duplicate field `status`");
    refused::<Deal>(
        r#"{"id":"D-1","currency":"USD","created":"2026-01-07"}"#,
        "missing field `status`",
    );
    refused::<Deal>(
        r#"{"id":"D-1","currency":"USD","created":"2026-01-07","status":"Won"}"#,
        "unknown variant",
    );
}

#[test]
fn dates_are_strict() {
    for text in [
        "24-01-05",
        "2026-1-5",
        "2026/01/05",
        "20260105",
        "2026-01-05T00:00:00",
        " 2026-01-05",
        "2026-02-30",
        "2025-02-29",
        "+2026-01-05",
        "２０２６-01-05",
        "",
    ] {
        let shown = format!("\"{text}\" is no date; write it as 2026-03-31");
        refused::<Rep>(&format!(r#"{{"id":"ada","hired":"{text}"}}"#), &shown);
    }
    for text in ["1899-12-31", "3000-01-01", "0000-01-01", "9999-12-31"] {
        let outside = format!("{text} is outside of the supported years 1900 to 2999");
        refused::<Rep>(&format!(r#"{{"id":"ada","hired":"{text}"}}"#), &outside);
        refused::<Scope>(
            &format!(r#"{{"period":"2026","currency":"USD","as_of":"{text}"}}"#),
            &outside,
        );
    }
    refused::<Rep>(r#"{"id":"ada","hired":20260105}"#, "invalid type");
}

#[test]
fn inconsistent_tallies_are_refused() {
    let changed = |from: &str, to: &str| {
        let text = TALLY.replacen(from, to, 1);
        assert_ne!(text, TALLY, "{from}");
        text
    };
    let rule = "totals that no records can have";
    refused::<DealTally>(&changed(r#""records":3"#, r#""records":1"#), rule);
    refused::<DealTally>(&changed(r#""priced":1"#, r#""priced":2"#), rule);
    refused::<DealTally>(&changed(r#""cohort_won":1"#, r#""cohort_won":3"#), rule);
    refused::<DealTally>(&changed(r#""open_then":0"#, r#""open_then":2"#), rule);
    refused::<DealTally>(&changed("8.75", "17.5000000001"), rule);
    refused::<DealTally>(&changed("8.75", "-8.75"), "is no sum of amounts");
    refused::<DealTally>(&changed(r#""days":44"#, r#""days":401767"#), rule);
}

#[test]
fn a_detail_that_is_not_its_tallys_is_refused() {
    let detail = detail();
    let rule = "a detail's cycles, sizes, ages and accounts are those that its tally counts";
    let changes = [
        ("[44]", "[43]"),
        ("[44]", "[44,0]"),
        ("[44]", "[]"),
        ("[\"12.5\"]", "[\"12.4999\"]"),
        ("[\"12.5\"]", "[\"12.5\",\"0\"]"),
        ("[9]", "[8]"),
        ("[9]", "[9,0]"),
        ("[\"Initech\"]", "[]"),
        ("[\"Initech\"]", "[\"Initech\",\"Acme\"]"),
        (
            r#""account_amount":"12.5""#,
            r#""account_amount":"12.5001""#,
        ),
        ("[44]", "[18446744073709551615]"),
    ];
    for (from, to) in changes {
        let text = detail.replacen(from, to, 1);
        assert_ne!(text, detail, "{from}");
        refused::<DealDetail>(&text, rule);
    }
    refused::<DealDetail>(&detail.replacen("[44]", "[-1]", 1), "invalid value");
    refused::<DealDetail>(&detail.replacen("[\"12.5\"]", "[12.5]", 1), "is not exact");
    refused::<DealDetail>(
        &detail.replacen("[\"12.5\"]", "[\"-12.5\"]", 1),
        "is no sum of amounts",
    );
    refused::<DealDetail>(
        &detail.replacen("[\"12.5\"]", "[\"79228162514264337593543950335\"]", 1),
        "is no sum of amounts",
    );
}

#[test]
fn a_spread_that_is_not_its_tallys_is_refused() {
    let spread = spread();
    let rule = "a spread's accounts, days, discounts, origins and what is past due are of the deals that its tally counts";
    let changes = [
        (r#"{"Initech":"12.5"}"#, r#"{"Acme":"0","Initech":"12.5"}"#),
        (r#""Initech":"12.5""#, r#""Initech":"12.5001""#),
        (
            r#"{"Initech":"12.5"}"#,
            r#"{"Acme":"7922816251426433759354395.0335","Initech":"0.0001"}"#,
        ),
        (
            r#""won_days":[[40,{"count":1"#,
            r#""won_days":[[40,{"count":2"#,
        ),
        (
            r#""won_days":[[40,{"count":1"#,
            r#""won_days":[[40,{"count":18446744073709551615"#,
        ),
        (
            r#""won_days":["#,
            r#""won_days":[[40,{"count":1,"priced":0,"amount":"0"}],"#,
        ),
        (
            r#""won_days":["#,
            r#""won_days":[[39,{"count":0,"priced":0,"amount":"0"}],"#,
        ),
        (r#""won_days":[[40,"#, r#""won_days":[[0,"#),
        (r#""won_days":[[40,"#, r#""won_days":[[4000000000,"#),
        (r#""listed":[]"#, r#""listed":[["12.5","20"]]"#),
        (r#""listed":[]"#, r#""listed":[["0","0"]]"#),
        (r#""past_due":{"count":0"#, r#""past_due":{"count":2"#),
        (
            r#""past_due":{"count":0"#,
            r#""past_due":{"count":18446744073709551615"#,
        ),
        (
            r#"{"marketing":{"count":1,"priced":1,"amount":"17.5"}"#,
            r#"{"marketing":{"count":1,"priced":1,"amount":"17.5001"}"#,
        ),
        (
            r#""won_by":{"marketing":{"count":0"#,
            r#""won_by":{"marketing":{"count":18446744073709551615"#,
        ),
        (
            r#""won_by":{"marketing":{"count":0,"priced":0,"amount":"0"}"#,
            r#""won_by":{"marketing":{"count":1,"priced":1,"amount":"0"}"#,
        ),
    ];
    for (from, to) in changes {
        let text = spread.replacen(from, to, 1);
        assert_ne!(text, spread, "{from}");
        refused::<SpreadTally>(&text, rule);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let id: Result<RepId, _> = serde_json::from_slice(b"\"a\xff\"");
    assert!(id.unwrap_err().to_string().contains("unicode"));
    assert!(
        serde_json::from_slice::<Money>(b"{\"amount\":\"1\xc3\",\"currency\":\"USD\"}").is_err()
    );
    refused::<RepId>(r#""\ud800""#, "");
    refused::<RepId>(r#""a\u0000b""#, "contains a control character");
}

/// An error quotes at most 40 characters of what it refuses.
#[test]
fn errors_of_reading_stay_short() {
    let long = "9".repeat(100_000);
    for error in [
        serde_json::from_str::<Rate>(&format!("\"{long}\""))
            .unwrap_err()
            .to_string(),
        serde_json::from_str::<Currency>(&format!("\"{long}\""))
            .unwrap_err()
            .to_string(),
        serde_json::from_str::<Period>(&format!("\"{long}\""))
            .unwrap_err()
            .to_string(),
        serde_json::from_str::<RepId>(&format!("\"{long}\""))
            .unwrap_err()
            .to_string(),
    ] {
        assert!(error.len() < 250 && error.contains('…'), "{error}");
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn deals_survive_the_wire(deals in many_deals()) {
        let text = serde_json::to_string(&deals).unwrap();
        let back: Vec<Deal> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&back, &deals);
        prop_assert_eq!(serde_json::to_string(&back).unwrap(), text);
    }
}

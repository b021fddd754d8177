//! Contracts and expenses: what they hold, their wire format, and what their doors refuse.

use sales_metrics::{
    Contract, Currency, Error, ErrorKind, Label, Money, MoneyPer, Per, Spend, SpendCategory, kpi,
};

use crate::support::{day, dec, kind_of, usd};

fn contract() -> Contract {
    Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD).unwrap()
}

fn full() -> Contract {
    contract()
        .with_last_day(day("2028-12-31"))
        .and_then(|contract| contract.with_terminated(day("2027-06-30")))
        .and_then(|contract| contract.with_recurring(dec("25000.5"), Per::Quarter))
        .and_then(|contract| contract.with_one_time(dec("4000.25")))
        .and_then(|contract| contract.with_renewal_of("C-0"))
        .and_then(|contract| contract.with_signed(day("2025-11-28")))
        .and_then(|contract| contract.with_notice(day("2027-05-02")))
        .map(|contract| contract.with_trial().with_auto_renewal())
        .and_then(|contract| contract.with_owner("ada"))
        .and_then(|contract| contract.with_dimension("region", "north"))
        .unwrap()
}

const FULL: &str = r#"{"id":"C-1","account":"Acme","currency":"USD","start":"2026-01-01","last_day":"2028-12-31","terminated":"2027-06-30","recurring":{"amount":"25000.5","per":"quarter"},"one_time":"4000.25","renewal_of":"C-0","signed":"2025-11-28","notice":"2027-05-02","trial":true,"auto_renewal":true,"owner":"ada","dimensions":{"region":"north"}}"#;

#[test]
fn a_contract_holds_what_it_was_given() {
    let full = full();
    assert_eq!(
        (full.id().as_str(), full.account().as_str()),
        ("C-1", "Acme")
    );
    assert_eq!(full.start(), day("2026-01-01"));
    assert_eq!(full.last_day(), Some(day("2028-12-31")));
    assert_eq!(full.terminated(), Some(day("2027-06-30")));
    assert_eq!(
        full.recurring(),
        Some(MoneyPer::new(usd("25000.5"), Per::Quarter))
    );
    assert_eq!(full.yearly(), Some(MoneyPer::new(usd("100002"), Per::Year)));
    assert_eq!(full.one_time(), Some(usd("4000.25")));
    assert_eq!(full.renewal_of(), ["C-0".try_into().unwrap()]);
    assert_eq!(full.signed(), Some(day("2025-11-28")));
    assert_eq!(full.notice(), Some(day("2027-05-02")));
    assert!(full.is_trial() && full.is_auto_renewing());
    assert_eq!(full.owner().map(AsRef::as_ref), Some("ada"));
    assert_eq!(
        full.dimension("region"),
        Some(&Label::new("north").unwrap())
    );
    assert_eq!(
        (full.dimension("plan"), full.dimensions().count()),
        (None, 1)
    );
    let bare = contract();
    assert_eq!(
        (bare.last_day(), bare.terminated(), bare.renewal_of().len()),
        (None, None, 0)
    );
    assert_eq!(
        (bare.signed(), bare.notice(), bare.owner()),
        (None, None, None)
    );
    assert!(!bare.is_trial() && !bare.is_auto_renewing());
    assert_eq!(
        (bare.recurring(), bare.yearly(), bare.one_time()),
        (None, None, None)
    );
    assert_eq!(
        (bare.currency(), bare.dimensions().count()),
        (Currency::USD, 0)
    );
}

#[test]
fn the_wire_format_of_a_contract() {
    assert_eq!(serde_json::to_string(&full()).unwrap(), FULL);
    assert_eq!(serde_json::from_str::<Contract>(FULL).unwrap(), full());
    let bare = r#"{"id":"C-1","account":"Acme","currency":"USD","start":"2026-01-01"}"#;
    assert_eq!(serde_json::to_string(&contract()).unwrap(), bare);
    assert_eq!(serde_json::from_str::<Contract>(bare).unwrap(), contract());
}

/// In whatever order, and however often, they are named.
#[test]
fn several_contracts_are_merged_into_one() {
    let renewing = |ids: &[&str]| {
        let named = ids
            .iter()
            .try_fold(contract(), |contract, id| contract.with_renewal_of(*id));
        named.unwrap()
    };
    let merged = renewing(&["C-3", "C-0", "C-2"]);
    let ids: Vec<&str> = merged.renewal_of().iter().map(|id| id.as_str()).collect();
    assert_eq!(ids, ["C-0", "C-2", "C-3"]);
    assert_eq!(renewing(&["C-0", "C-3", "C-0", "C-2", "C-3"]), merged);
    assert_eq!(renewing(&["C-0", "C-0"]), renewing(&["C-0"]));

    let text = serde_json::to_string(&merged).unwrap();
    assert!(
        text.ends_with(r#""renewal_of":["C-0","C-2","C-3"]}"#),
        "{text}"
    );
    let absent = text.replace(r#"["C-0","C-2","C-3"]"#, "null");
    assert_eq!(
        serde_json::from_str::<Contract>(&absent).unwrap(),
        contract()
    );
    let shuffled = text.replace(r#"["C-0","C-2","C-3"]"#, r#"["C-2","C-0","C-3","C-2"]"#);
    for text in [text.as_str(), &shuffled] {
        assert_eq!(serde_json::from_str::<Contract>(text).unwrap(), merged);
    }
    let read = |ids: &str| {
        let text = text.replace(r#"["C-0","C-2","C-3"]"#, ids);
        serde_json::from_str::<Contract>(&text)
    };
    assert_eq!(read(r#"["C-0"]"#).unwrap(), renewing(&["C-0"]));
    assert_eq!(read("[]").unwrap(), contract());
    for (ids, because) in [
        (r#"["C-0","C-1"]"#, "renewal of itself"),
        (r#"["C-0",""]"#, "contract id \"\" is empty"),
        ("7", "expected the id of a contract, or a list of ids"),
        ("[7]", "invalid type"),
    ] {
        let error = read(ids).unwrap_err().to_string();
        assert!(error.contains(because), "{ids}: {error}");
    }
}

#[test]
fn what_the_wire_of_a_contract_refuses() {
    let edits = [
        (
            r#""terminated":"2027-06-30""#,
            r#""terminated":"2025-12-31""#,
            "terminated is 2025-12-31, before its start",
        ),
        (
            r#""last_day":"2028-12-31""#,
            r#""last_day":"2025-12-31""#,
            "end is 2025-12-31, before its start",
        ),
        (
            r#""per":"quarter""#,
            r#""per":"quarter","every":0"#,
            "it is due every 0 units of time; give 1 or more",
        ),
        (
            r#""per":"quarter""#,
            r#""per":"quarter","every":65536"#,
            "invalid value: integer `65536`, expected u16",
        ),
        (
            r#""per":"quarter""#,
            r#""per":"fortnight""#,
            "unknown variant",
        ),
        (r#""amount":"25000.5""#, r#""amount":25000.5"#, "not exact"),
        (
            r#""amount":"25000.5""#,
            r#""amount":"-1""#,
            "recurring fee is -1, but cannot be negative",
        ),
        (
            r#""one_time":"4000.25""#,
            r#""one_time":"0.00001""#,
            "one-time fee is 0.00001, but at most 4 decimals",
        ),
        (
            r#""renewal_of":"C-0""#,
            r#""renewal_of":"C-1""#,
            "renewal of itself",
        ),
        (
            r#""renewal_of":"C-0""#,
            r#""renews":"C-0""#,
            "unknown field",
        ),
        (
            r#""start":"2026-01-01""#,
            r#""start":"26-01-01""#,
            "is no date",
        ),
        (r#""account":"Acme""#, r#""account":"""#, "is empty"),
        (
            r#""signed":"2025-11-28""#,
            r#""signed":"3025-11-28""#,
            "outside of the supported years",
        ),
        (
            r#""notice":"2027-05-02""#,
            r#""notice":true"#,
            "invalid type",
        ),
        (r#""trial":true"#, r#""trial":"yes""#, "invalid type"),
    ];
    // One that renews itself may end later than was agreed.
    let later = FULL.replacen("2027-06-30", "2029-01-01", 1);
    assert!(serde_json::from_str::<Contract>(&later).is_ok());
    let plain = later.replacen(r#","auto_renewal":true"#, "", 1);
    let error = serde_json::from_str::<Contract>(&plain).unwrap_err();
    assert!(
        error.to_string().contains("after its agreed end"),
        "{error}"
    );
    for (old, new, because) in edits {
        let text = FULL.replacen(old, new, 1);
        assert_ne!(text, FULL, "{old}");
        let error = serde_json::from_str::<Contract>(&text)
            .unwrap_err()
            .to_string();
        assert!(error.contains(because), "{text}: {error}");
    }
}

#[test]
fn a_contract_holds_from_its_first_day_to_its_last() {
    let active = |contract: &Contract, on: [&str; 4]| on.map(|on| contract.is_active(day(on)));
    let ends = contract().with_last_day(day("2026-12-31")).unwrap();
    let days = ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"];
    assert_eq!(active(&ends, days), [false, true, true, false]);
    assert_eq!(active(&contract(), days), [false, true, true, true]);
    let cut = ends.with_terminated(day("2026-01-01")).unwrap();
    assert_eq!(active(&cut, days), [false, true, false, false]);
    let open = contract().with_terminated(day("2026-12-31")).unwrap();
    assert_eq!(active(&open, days), [false, true, true, false]);
}

#[test]
fn days_are_in_order_whichever_comes_first() {
    let told = |refused: Result<Contract, Error>| {
        let error = refused.unwrap_err();
        (error.kind(), error.field().map(str::to_owned))
    };
    let early = contract().with_last_day(day("2025-12-31"));
    assert_eq!(
        told(early),
        (ErrorKind::EndBeforeStart, Some("end".to_owned()))
    );
    let early = contract().with_terminated(day("2025-12-31"));
    assert_eq!(
        told(early),
        (ErrorKind::EndBeforeStart, Some("terminated".to_owned()))
    );
    let cut = contract().with_terminated(day("2026-07-01")).unwrap();
    let late = cut.clone().with_last_day(day("2026-06-30"));
    assert!(kind_of(&late) == Some(ErrorKind::TerminatedAfterEnd));
    // On the last day itself it is within its term.
    assert!(cut.with_last_day(day("2026-07-01")).is_ok());
    assert!(contract().with_last_day(day("2026-01-01")).is_ok());
    assert!(contract().with_last_day(day("3000-01-01")).is_err());
}

#[test]
fn a_year_of_the_fee_is_an_amount_too() {
    let most = dec("100000000000000");
    assert!(contract().with_recurring(most, Per::Year).is_ok());
    let quarter = contract()
        .with_recurring(dec("25000000000000"), Per::Quarter)
        .unwrap();
    assert_eq!(quarter.yearly().unwrap().amount(), most);
    let error = contract()
        .with_recurring(dec("25000000000000.0001"), Per::Quarter)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "contract C-1: recurring fee a year is 100000000000000.0004, but cannot exceed 100000000000000 (10^14)"
    );
    for (amount, per) in [
        ("100000000000000", Per::Month),
        ("100000000000001", Per::Year),
    ] {
        let error = contract().with_recurring(dec(amount), per).unwrap_err();
        assert!(error.kind() == ErrorKind::AmountTooLarge, "{error}");
    }
}

#[test]
fn total_values() {
    let value = |last: &str, fee: &str, per| {
        let contract = contract().with_last_day(day(last)).unwrap();
        contract
            .with_recurring(dec(fee), per)
            .unwrap()
            .total_value()
    };
    assert_eq!(
        value("2028-12-31", "100000", Per::Year),
        Some(usd("300000"))
    );
    assert_eq!(value("2026-03-31", "100", Per::Month), Some(usd("300")));
    assert_eq!(
        value("2026-01-31", "100", Per::Quarter),
        None,
        "a third of it has no end"
    );
    assert_eq!(value("2026-01-31", "0.3", Per::Quarter), Some(usd("0.1")));
    assert_eq!(
        value("2026-03-30", "100", Per::Month),
        None,
        "no whole months"
    );
    assert_eq!(
        value("2999-12-31", "100000000000000", Per::Year),
        Some(usd("97400000000000000"))
    );
    assert_eq!(contract().total_value(), None);
    assert_eq!(
        contract()
            .with_last_day(day("2026-12-31"))
            .unwrap()
            .total_value(),
        None
    );
    let open = contract().with_recurring(1, Per::Month).unwrap();
    assert_eq!(open.total_value(), None);
    // The term is the agreed one, and one-time fees are counted once.
    let cut = full().with_recurring(300, Per::Quarter).unwrap();
    assert_eq!(cut.total_value(), Some(usd("7600.25")));
    assert_eq!(
        kpi::annual_contract_value(&cut).unwrap().to_string(),
        "1200 USD/year"
    );
}

/// A year has 365 days, 52 weeks, 12 months, 4 quarters, 2 halves.
#[test]
fn a_year_of_every_unit() {
    let yearly = |every, per| {
        let contract = contract().with_recurring_every(120, every, per).unwrap();
        assert_eq!(contract.recurring(), Some(MoneyPer::new(usd("120"), per)));
        assert_eq!(contract.recurring_every(), Some(every));
        let json = serde_json::to_string(&contract).unwrap();
        assert_eq!(json.contains("every"), every != 1, "{json}");
        assert_eq!(serde_json::from_str::<Contract>(&json).unwrap(), contract);
        contract.yearly().unwrap().amount()
    };
    for (every, per, expected) in [
        (1, Per::Day, "43800"),
        (1, Per::Week, "6240"),
        (1, Per::Month, "1440"),
        (1, Per::Quarter, "480"),
        (1, Per::HalfYear, "240"),
        (1, Per::Year, "120"),
        (2, Per::Year, "60"),
        (4, Per::Week, "1560"),
        (6, Per::Month, "240"),
        (7, Per::Year, "17.1429"),
        (9, Per::Year, "13.3333"),
        (32_000, Per::Year, "0.0038"), // 0.00375, half away from zero
    ] {
        assert_eq!(yearly(every, per), dec(expected), "{every} {per:?}");
    }
    let json = r#"{"id":"C-1","account":"Initech","currency":"USD","start":"2026-01-01","recurring":{"amount":"120","per":"half_year","every":3}}"#;
    let read: Contract = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert_eq!(
        Contract::new("C-1", "Initech", day("2026-01-01"), Currency::USD)
            .unwrap()
            .with_recurring_every(120, 3, Per::HalfYear),
        Ok(read)
    );
    let error = contract().with_recurring_every(120, 0, Per::Year);
    assert_eq!(
        error.unwrap_err().to_string(),
        "contract C-1: it is due every 0 units of time; give 1 or more"
    );
    let most = dec("100000000000000");
    assert_eq!(
        contract()
            .with_recurring(most, Per::Day)
            .unwrap_err()
            .to_string(),
        "contract C-1: recurring fee a year is 36500000000000000, but cannot exceed 100000000000000 (10^14)"
    );
    let every_year = contract().with_recurring_every(most, 12, Per::Month);
    assert_eq!(every_year.unwrap().yearly().unwrap().amount(), most);
}

/// Of the fee itself, and not of what is rounded in a year of it.
#[test]
fn a_total_value_of_every_so_many_units() {
    let value = |every, per| {
        let contract = contract().with_last_day(day("2028-12-31")).unwrap();
        let contract = contract.with_recurring_every(100, every, per).unwrap();
        contract.total_value()
    };
    assert_eq!(value(3, Per::Year), Some(usd("100")));
    assert_eq!(value(18, Per::Month), Some(usd("200")));
    assert_eq!(value(1, Per::Week), Some(usd("15600")));
    assert_eq!(value(7, Per::Year), None, "a seventh has no end");
}

#[test]
fn units_of_time_are_read_from_text() {
    for per in Per::ALL {
        let text = format!("1 USD/{}", per.name());
        assert_eq!(text.parse(), Ok(MoneyPer::new(usd("1"), *per)));
    }
}

#[test]
fn a_fee_per_quarter_is_read_from_text() {
    assert_eq!(
        "1 USD/quarter".parse(),
        Ok(MoneyPer::new(usd("1"), Per::Quarter))
    );
}

const SPEND: &str = r#"{"id":"S-1","on":"2026-02-03","amount":"1200.5","currency":"USD","category":"marketing","source":"webinar","dimensions":{"region":"north"}}"#;

#[test]
fn an_expense_holds_what_it_was_given() {
    let spend = Spend::new(
        "S-1",
        day("2026-02-03"),
        dec("1200.50"),
        Currency::USD,
        SpendCategory::Marketing,
    )
    .and_then(|spend| spend.with_source("webinar"))
    .and_then(|spend| spend.with_dimension("region", "north"))
    .unwrap();
    assert_eq!(
        (spend.id().as_str(), spend.on()),
        ("S-1", day("2026-02-03"))
    );
    assert_eq!(
        (spend.amount(), spend.currency()),
        (usd("1200.5"), Currency::USD)
    );
    assert_eq!(spend.category(), SpendCategory::Marketing);
    assert_eq!(spend.source(), Some(&Label::new("webinar").unwrap()));
    assert_eq!(
        spend.dimension("region"),
        Some(&Label::new("north").unwrap())
    );
    assert_eq!(spend.dimensions().count(), 1);
    assert_eq!(serde_json::to_string(&spend).unwrap(), SPEND);
    assert_eq!(serde_json::from_str::<Spend>(SPEND).unwrap(), spend);
}

#[test]
fn what_the_door_of_an_expense_refuses() {
    let new = |on, amount| {
        Spend::new(
            "S-1",
            day(on),
            dec(amount),
            Currency::USD,
            SpendCategory::Sales,
        )
    };
    let text = |spend: Result<Spend, Error>| spend.unwrap_err().to_string();
    assert_eq!(
        text(new("2026-01-01", "-100000000000001")),
        "spend S-1: amount is -100000000000001, but cannot exceed 100000000000000 (10^14)"
    );
    assert!(text(new("1899-12-31", "1")).starts_with("spend S-1: date: 1899-12-31 is outside"));
    assert!(text(new("2026-01-01", "0.00001")).contains("at most 4 decimals"));
    assert!(text(new("2026-01-01", "100000000000000.0001")).contains("cannot exceed"));
    for (old, new, because) in [
        ("marketing", "support", "unknown variant"),
        (
            r#""source":"webinar""#,
            r#""channel":"webinar""#,
            "unknown field",
        ),
        (r#""amount":"1200.5""#, r#""amount":1200.5"#, "not exact"),
        (r#""amount":"1200.5","#, "", "missing field"),
    ] {
        let text = SPEND.replacen(old, new, 1);
        let error = serde_json::from_str::<Spend>(&text)
            .unwrap_err()
            .to_string();
        assert!(error.contains(because), "{text}: {error}");
    }
    let categories = [
        SpendCategory::Sales,
        SpendCategory::Marketing,
        SpendCategory::Other,
    ];
    assert_eq!(
        serde_json::to_string(&categories).unwrap(),
        r#"["sales","marketing","other"]"#
    );
    assert_eq!(
        Money::zero(Currency::USD),
        new("2026-01-01", "0").unwrap().amount()
    );
}

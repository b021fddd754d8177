//! Several currencies brought into one: the rate of the right day, one rounding, and nothing lost.

use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::exchange::Converted;
use sales_metrics::{
    Currency, Deal, DealTally, Decimal, Error, ExchangeRates, Money, Outcome, RecordId, kpi,
};

use crate::support::{Q, Raw, config, day, deals_up_to, dec, exact, q, scope};

fn rates() -> ExchangeRates {
    let rate = |rates: ExchangeRates, on: &str, rate: &str| {
        rates.with_rate(Currency::EUR, day(on), dec(rate)).unwrap()
    };
    let rates = rate(ExchangeRates::new(Currency::USD), "2024-03-01", "1.105");
    rate(rates, "2024-03-04", "1.2")
}

fn won(id: &str, currency: Currency, on: &str, amount: &str) -> Deal {
    let won = Outcome::Won { on: day(on) };
    let deal = Deal::new(id, currency, day("2024-01-01"), won).unwrap();
    deal.with_amount(dec(amount)).unwrap()
}

fn amounts(converted: &Converted<Deal>) -> Vec<String> {
    let amounts = converted.records.iter().map(|deal| deal.amount());
    amounts.map(|money| money.unwrap().to_string()).collect()
}

/// A popular tool takes a missing rate as 1: a pound is then a dollar.
#[test]
fn a_missing_rate_is_not_1_and_drops_nothing_unseen() {
    let deals = [
        won("D-1", Currency::GBP, "2024-03-02", "1000"),
        won("D-2", Currency::USD, "2024-03-02", "1000"),
    ];
    let converted = rates().convert(&deals, day("2024-03-31")).unwrap();
    let tally = DealTally::of(&converted.records, scope("2024-Q1")).unwrap();
    assert_eq!(kpi::total_revenue(&tally).unwrap().to_string(), "1000 USD");
    let [lost] = converted.without_rate.as_slice() else {
        panic!("{converted:?}")
    };
    assert_eq!(lost.record, RecordId::from(deals[0].id()));
    assert_eq!(
        lost.to_string(),
        "deal D-1: no rate from GBP to USD on 2024-03-02"
    );
}

#[test]
fn a_record_is_converted_at_its_own_date() {
    let open = Deal::new("D-3", Currency::EUR, day("2024-01-01"), Outcome::Open);
    let deals = [
        won("D-1", Currency::EUR, "2024-03-03", "100"),
        won("D-2", Currency::EUR, "2024-03-04", "100"),
        open.and_then(|deal| deal.with_amount(100)).unwrap(),
    ];
    let converted = rates().convert(&deals, day("2024-03-02")).unwrap();
    assert_eq!(amounts(&converted), ["110.5 USD", "120 USD", "110.5 USD"]);
}

#[test]
fn a_rate_holds_for_a_week_and_no_longer() {
    let rate = |rates: &ExchangeRates, on| rates.rate(Currency::EUR, day(on));
    assert_eq!(rate(&rates(), "2024-02-29"), None);
    assert_eq!(rate(&rates(), "2024-03-11"), Some(dec("1.2")));
    assert_eq!(rate(&rates(), "2024-03-12"), None);
    let monthly = rates().with_valid_days(31);
    assert_eq!(rate(&monthly, "2024-04-04"), Some(dec("1.2")));
    assert_eq!(rate(&monthly, "2024-04-05"), None);
    assert_eq!(
        rates().rate(Currency::USD, day("1900-01-01")),
        Some(dec("1"))
    );
}

/// Two thirds of a cent too little each: rounding the sum instead of each amount gives another figure.
#[test]
fn each_amount_is_rounded_before_the_sum() {
    let rates = ExchangeRates::new(Currency::USD)
        .with_rate(Currency::EUR, day("2024-03-01"), dec("0.333"))
        .unwrap();
    let deals: Vec<Deal> = (0..3)
        .map(|n| won(&format!("D-{n}"), Currency::EUR, "2024-03-01", "0.05"))
        .collect();
    let converted = rates.convert(&deals, day("2024-03-31")).unwrap();
    let tally = DealTally::of(&converted.records, scope("2024-Q1")).unwrap();
    assert_eq!(kpi::total_revenue(&tally).unwrap().to_string(), "0.06 USD");
}

#[test]
fn halves_round_away_from_zero_to_the_minor_unit() {
    let into = |to, rate: &str, amount: &str| {
        let rates = ExchangeRates::new(to);
        let rates = rates.with_rate(Currency::EUR, day("2024-03-01"), dec(rate));
        let deal = won("D-1", Currency::EUR, "2024-03-01", amount);
        let converted = rates.unwrap().convert([&deal], day("2024-03-31")).unwrap();
        amounts(&converted).remove(0)
    };
    assert_eq!(into(Currency::USD, "1", "0.005"), "0.01 USD");
    assert_eq!(into(Currency::USD, "1", "0.0049"), "0 USD");
    assert_eq!(into(Currency::JPY, "161.5", "1"), "162 JPY");
    let dinar = Currency::from_code("BHD").unwrap();
    assert_eq!(into(dinar, "0.4001", "1.5"), "0.6 BHD");
    assert_eq!(into(dinar, "0.401", "1.5"), "0.602 BHD");
}

#[test]
fn costs_and_list_prices_are_converted_too_and_all_else_stays() {
    let deal = won("D-1", Currency::EUR, "2024-03-04", "100");
    let deal = deal.with_cost(50).unwrap().with_list_price(200).unwrap();
    let deal = deal.with_owner("ada").unwrap().with_source("web").unwrap();
    let converted = rates().convert([&deal], day("2024-03-31")).unwrap();
    let there = &converted.records[0];
    assert_eq!(there.cost(), Some(Money::new(60, Currency::USD)));
    assert_eq!(there.list_price(), Some(Money::new(240, Currency::USD)));
    assert_eq!(
        (there.owner(), there.source()),
        (deal.owner(), deal.source())
    );
    assert_eq!((there.id(), there.outcome()), (deal.id(), deal.outcome()));
}

#[test]
fn rates_that_cannot_be_are_refused() {
    let refused = |from, rate: &str| {
        let rates = rates().with_rate(from, day("2024-03-04"), dec(rate));
        rates.unwrap_err().to_string()
    };
    assert_eq!(
        refused(Currency::USD, "1"),
        "the rate 1 from USD to USD on 2024-03-04 is of the target currency itself, which is always 1"
    );
    assert_eq!(
        refused(Currency::GBP, "0"),
        "the rate 0 from GBP to USD on 2024-03-04 must be above 0"
    );
    assert_eq!(
        refused(Currency::GBP, "1.234567890123456789"),
        "the rate 1.234567890123456789 from GBP to USD on 2024-03-04 has more than 18 digits or 18 decimals; round it"
    );
    assert_eq!(
        refused(Currency::EUR, "1.3"),
        "the rate 1.3 from EUR to USD on 2024-03-04 is the second one of that day"
    );
    assert!(
        rates()
            .with_rate(Currency::EUR, day("2024-03-04"), dec("1.20"))
            .is_ok()
    );
}

#[test]
fn what_becomes_too_large_is_an_error() {
    let rates = ExchangeRates::new(Currency::JPY)
        .with_rate(Currency::EUR, day("2024-03-01"), 160)
        .unwrap();
    let deal = won("D-1", Currency::EUR, "2024-03-01", "1000000000000");
    assert_eq!(
        rates.convert([&deal], day("2024-03-31")).unwrap_err(),
        Error::AmountTooLarge {
            record: "deal D-1".to_owned(),
            field: "amount",
            amount: dec("1000000000000"),
        }
    );
}

#[test]
fn json_round_trip() {
    let text = serde_json::to_string(&rates()).unwrap();
    assert_eq!(
        text,
        r#"{"to":"USD","rates":{"EUR":{"2024-03-01":"1.105","2024-03-04":"1.2"}},"valid_days":7}"#
    );
    assert_eq!(
        serde_json::from_str::<ExchangeRates>(&text).unwrap(),
        rates()
    );
    for wrong in [
        r#"{"to":"USD","rates":{"EUR":{"2024-03-01":"0"}}}"#,
        r#"{"to":"USD","rates":{"EUR":{"2024-03-01":1.1}}}"#,
        r#"{"to":"USD","rates":{"USD":{"2024-03-01":"1"}}}"#,
        r#"{"to":"USD","rates":{},"more":1}"#,
    ] {
        assert!(
            serde_json::from_str::<ExchangeRates>(wrong).is_err(),
            "{wrong}"
        );
    }
}

/// Half away from zero, over exact fractions.
fn rounded(value: &Q, places: u32) -> Q {
    let unit = BigInt::from(10).pow(places);
    let whole = (value * Q::from(unit.clone()) + q(1, 2)).floor();
    whole / Q::from(unit)
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn every_record_is_converted_exactly_or_named(
        raw in proptest::collection::vec((deals_up_to(1_000_000_000_000_000), 0..3_usize), 0..8),
        mantissa in prop_oneof![1_u64..=200_000_000, 1..=999_999_999_999_999_999_u64],
        scale in select(vec![6_u32, 8, 18]),
        to in select(vec![Currency::USD, Currency::JPY]),
    ) {
        let rate = Decimal::from_i128_with_scale(i128::from(mantissa), scale);
        let rates = ExchangeRates::new(to)
            .with_rate(Currency::EUR, day("1900-01-01"), rate)
            .unwrap()
            .with_valid_days(500_000);
        let currencies = [Currency::EUR, Currency::GBP, to];
        let deals: Vec<Deal> = raw
            .iter()
            .enumerate()
            .map(|(n, (raw, currency))| Raw::deal(raw, &format!("D-{n}"), currencies[*currency]))
            .collect();
        let Ok(converted) = rates.convert(&deals, day("2024-03-31")) else {
            // 10¹⁴ was passed.
            prop_assert!(exact(rate) > q(100, 1));
            return Ok(());
        };
        prop_assert_eq!(converted.records.len() + converted.without_rate.len(), deals.len());
        for deal in &deals {
            let lost = converted.without_rate.iter().any(|lost| lost.record == deal.id().into());
            prop_assert_eq!(lost, deal.currency() == Currency::GBP);
            let Some(there) = converted.records.iter().find(|there| there.id() == deal.id()) else { continue };
            prop_assert_eq!(there.currency(), to);
            let pairs = [(deal.amount(), there.amount()), (deal.cost(), there.cost()), (deal.list_price(), there.list_price())];
            for (before, after) in pairs {
                let (before, after) = (before.map(|m| exact(m.amount())), after.map(|m| exact(m.amount())));
                let expected = if deal.currency() == to {
                    before
                } else {
                    before.map(|amount| rounded(&(amount * exact(rate)), to.minor_units()))
                };
                prop_assert_eq!(after, expected);
            }
        }
    }
}

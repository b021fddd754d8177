//! Several currencies brought into one: the rate of the right day, one rounding, and nothing lost.

use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::exchange::ExchangeRates;
use sales_metrics::exchange::{Converted, NoRate};
use sales_metrics::{
    Book, BookTally, Contract, Currency, CustomerTally, Deal, DealTally, Decimal, ErrorKind, Money,
    MoneyPer, Outcome, Per, Quota, RecordId, Spend, SpendCategory, kpi,
};

use crate::support::{Q, Raw, complaint, config, day, deals_up_to, dec, exact, q, scope, usd};

fn rates() -> ExchangeRates {
    let rate = |rates: ExchangeRates, on: &str, rate: &str| {
        rates.with_rate(Currency::EUR, day(on), dec(rate)).unwrap()
    };
    let rates = rate(ExchangeRates::new(Currency::USD), "2024-03-01", "1.105");
    rate(rates, "2024-03-04", "1.2")
}

fn won(id: &str, currency: Currency, on: &str, amount: &str) -> Deal {
    let won = Outcome::Won { on: day(on) };
    let deal = Deal::new(id, day("2024-01-01"), won, currency).unwrap();
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
    let open = Deal::new("D-3", day("2024-01-01"), Outcome::Open, Currency::EUR);
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
    let text = "deal D-1: amount is 1000000000000, but cannot exceed 100000000000000 (10^14)";
    assert_eq!(
        complaint(rates.convert([&deal], day("2024-03-31"))),
        (ErrorKind::AmountTooLarge, text.to_owned())
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

fn contract(currency: Currency) -> Contract {
    Contract::new("C-1", "Acme", day("2024-03-04"), currency)
        .and_then(|contract| contract.with_last_day(day("2025-03-03")))
        .and_then(|contract| contract.with_terminated(day("2024-12-31")))
        .and_then(|contract| contract.with_recurring(100, Per::Quarter))
        .and_then(|contract| contract.with_one_time(dec("0.05")))
        .and_then(|contract| contract.with_renewal_of("C-0"))
        .and_then(|contract| contract.with_signed(day("2023-12-01")))
        .and_then(|contract| contract.with_notice(day("2024-02-01")))
        .map(|contract| contract.with_trial().with_auto_renewal())
        .and_then(|contract| contract.with_dimension("region", "north"))
        .unwrap()
}

fn paid(currency: Currency) -> Contract {
    Contract::new("C-1", "Acme", day("2024-03-04"), currency)
        .and_then(|contract| contract.with_recurring(100, Per::Quarter))
        .unwrap()
}

fn spend(on: &str, amount: &str, currency: Currency) -> Spend {
    let marketing = SpendCategory::Marketing;
    let spend = Spend::new("S-1", day(on), dec(amount), currency, marketing).unwrap();
    spend.with_source("ads").unwrap()
}

fn quota(of: &str, currency: Currency) -> Quota {
    Quota::of_money("ada", of.parse().unwrap(), 1_000, currency).unwrap()
}

/// At the rate of its first day, its end and its termination notwithstanding.
#[test]
fn a_contract_is_converted_at_its_start_fees_and_all_else_as_it_was() {
    let contract = contract(Currency::EUR);
    let converted = rates().convert([&contract], day("2030-01-01")).unwrap();
    let there = &converted.records[0];
    let fee = MoneyPer::new(Money::new(120, Currency::USD), Per::Quarter);
    assert_eq!(there.recurring(), Some(fee));
    assert_eq!(
        there.one_time(),
        Some(Money::new(dec("0.06"), Currency::USD))
    );
    assert_eq!(there.currency(), Currency::USD);
    assert_eq!(
        (there.id(), there.account()),
        (contract.id(), contract.account())
    );
    assert_eq!(
        (there.start(), there.last_day(), there.terminated()),
        (contract.start(), contract.last_day(), contract.terminated())
    );
    assert_eq!(there.renewal_of(), contract.renewal_of());
    assert_eq!(
        (there.signed(), there.notice()),
        (contract.signed(), contract.notice())
    );
    assert!(there.is_trial() && there.is_auto_renewing());
    assert_eq!(there.dimension("region"), contract.dimension("region"));
}

#[test]
fn an_expense_is_converted_at_its_date() {
    let spends = [
        spend("2024-03-03", "100", Currency::EUR),
        spend("2024-03-04", "100", Currency::EUR),
        spend("2024-03-04", "100.005", Currency::USD),
    ];
    let converted = rates().convert(&spends, day("2024-03-04")).unwrap();
    let amounts = converted
        .records
        .iter()
        .map(|spend| spend.amount().to_string());
    // What is in dollars already is not rounded.
    assert_eq!(
        amounts.collect::<Vec<_>>(),
        ["110.5 USD", "120 USD", "100.005 USD"]
    );
    let there = &converted.records[0];
    assert_eq!(
        (there.id(), there.on(), there.category(), there.source()),
        (
            spends[0].id(),
            spends[0].on(),
            spends[0].category(),
            spends[0].source()
        )
    );
}

/// The same goal for each month of a quarter would be another one every month if it went by the day of the report.
#[test]
fn a_quota_is_converted_at_the_first_day_of_its_period() {
    let deals = Quota::of_deals("ada", "2024-Q1".parse().unwrap(), 7).unwrap();
    let march = quota("2024-03", Currency::EUR);
    let quotas = [
        march.clone(),
        deals.clone(),
        quota("2024-Q2", Currency::EUR),
    ];
    let converted = rates().convert(&quotas, day("2024-03-04")).unwrap();
    let [there, same] = converted.records.as_slice() else {
        panic!("{converted:?}")
    };
    assert_eq!(there.amount(), Some(Money::new(1_105, Currency::USD)));
    assert_eq!((there.rep(), there.period()), (march.rep(), march.period()));
    // A quota of deals has no currency, and needs no rate.
    assert_eq!(same, &deals);
    let lost: Vec<String> = converted
        .without_rate
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        lost,
        ["quota of ada for 2024-04-01/2024-07-01: no rate from EUR to USD on 2024-04-01"]
    );
}

#[test]
fn records_without_a_rate_are_named() {
    let pounds = Currency::GBP;
    let lost = |lost: &[NoRate]| lost.iter().map(ToString::to_string).collect::<Vec<_>>();
    let contracts = rates()
        .convert([&contract(pounds)], day("2024-03-04"))
        .unwrap();
    assert_eq!(
        lost(&contracts.without_rate),
        ["contract C-1: no rate from GBP to USD on 2024-03-04"]
    );
    let spends = rates()
        .convert([&spend("2024-03-02", "1", pounds)], day("2024-03-04"))
        .unwrap();
    assert_eq!(
        lost(&spends.without_rate),
        ["spend S-1: no rate from GBP to USD on 2024-03-02"]
    );
    assert!(contracts.records.is_empty() && spends.records.is_empty());
}

#[test]
fn what_becomes_too_large_names_its_record_and_field() {
    let rates = ExchangeRates::new(Currency::JPY)
        .with_rate(Currency::EUR, day("2024-03-01"), 160)
        .unwrap();
    let at = day("2024-03-04");
    let much = "1000000000000";
    let of_contract = contract(Currency::EUR).with_one_time(dec(much)).unwrap();
    let of_quota = Quota::of_money("ada", "2024-03".parse().unwrap(), dec(much), Currency::EUR);
    let errors = [
        rates.convert([&of_contract], at).unwrap_err(),
        rates
            .convert([&spend("2024-03-04", much, Currency::EUR)], at)
            .unwrap_err(),
        rates.convert([&of_quota.unwrap()], at).unwrap_err(),
    ];
    let found = errors.map(|error| {
        assert_eq!(error.kind(), ErrorKind::AmountTooLarge, "{error}");
        let (record, field) = (error.record().unwrap(), error.field().unwrap());
        let text =
            format!("{record}: {field} is {much}, but cannot exceed 100000000000000 (10^14)");
        assert_eq!(error.to_string(), text);
        format!("{record}: {field}")
    });
    assert_eq!(
        found,
        [
            "contract C-1: one-time fee",
            "spend S-1: amount",
            "quota of ada for 2024-03-01/2024-04-01: amount",
        ]
    );
}

/// Records of several currencies, once converted, are a book's.
#[test]
fn what_is_converted_passes_the_door_of_a_book() {
    let book = Book::new(Currency::USD);
    let (contract, spend) = (paid(Currency::EUR), spend("2024-03-04", "5", Currency::EUR));
    let quota = quota("2024-03", Currency::EUR);
    assert!(book.clone().with_contracts([contract.clone()]).is_err());
    let at = day("2024-03-31");
    let book = book
        .with_contracts(rates().convert([&contract], at).unwrap().records)
        .and_then(|book| book.with_spend(rates().convert([&spend], at)?.records))
        .and_then(|book| book.with_quotas(rates().convert([&quota], at)?.records))
        .unwrap();
    let tally = BookTally::of(&book, scope("2024-03")).unwrap();
    let recurring = kpi::arr(tally.customers().unwrap()).unwrap();
    assert_eq!(recurring.to_string(), "480 USD/year");
    let outlay = tally.spend().unwrap().totals().acquisition().unwrap();
    assert_eq!(outlay.net(), dec("6"));
}

/// Nobody pays more, and at the rates of their own starts it looks as if they did.
#[test]
fn at_the_rates_of_one_day_a_renewal_for_the_same_fee_moves_nothing() {
    let contract = |id: &str, start: &str| {
        let contract = Contract::new(id, "Acme", day(start), Currency::EUR);
        contract.and_then(|contract| contract.with_recurring(1_000, Per::Month))
    };
    let first =
        contract("C-1", "2024-01-02").and_then(|first| first.with_last_day(day("2024-02-29")));
    let next = contract("C-2", "2024-03-01").and_then(|next| next.with_renewal_of("C-1"));
    let contracts = [first.unwrap(), next.unwrap()];
    let rates = ExchangeRates::new(Currency::USD)
        .with_rate(Currency::EUR, day("2024-01-02"), 1)
        .and_then(|rates| rates.with_rate(Currency::EUR, day("2024-03-01"), 2))
        .unwrap();
    let retention = |contracts: &[Contract]| {
        let tally = CustomerTally::of(contracts, scope("2024-03")).unwrap();
        kpi::net_revenue_retention(&tally).unwrap().to_string()
    };
    let march = day("2024-03-02");
    let booked = rates.convert(&contracts, march).unwrap();
    assert_eq!(retention(&booked.records), "200%");
    let constant = rates.convert_at(&contracts, march).unwrap();
    assert_eq!(retention(&constant.records), "100%");
    assert_eq!(kpi_of_arr(&constant.records), "24000 USD/year");
    // A day without a rate is named for each of them.
    let missing = rates.convert_at(&contracts, day("2024-02-01")).unwrap();
    let days: Vec<_> = missing.without_rate.iter().map(|none| none.on).collect();
    assert_eq!(days, [day("2024-02-01"); 2]);
}

fn kpi_of_arr(contracts: &[Contract]) -> String {
    kpi::arr(&CustomerTally::of(contracts, scope("2024-03")).unwrap())
        .unwrap()
        .to_string()
}

/// What is given back is given back in another currency as well.
#[test]
fn amounts_below_zero_stay_below_zero() {
    let rates = ExchangeRates::new(Currency::USD)
        .with_rate(Currency::EUR, day("2026-01-01"), 2)
        .unwrap();
    let (on, euro) = (day("2026-01-05"), Currency::EUR);
    let credit = Deal::new("D-1", None, Outcome::Won { on }, euro)
        .and_then(|deal| deal.with_amount(-20))
        .unwrap();
    let deals = rates.convert(&[credit], on).unwrap().records;
    assert_eq!(deals[0].amount(), Some(usd("-40")));
    let refund = Spend::new("S-1", on, -7, euro, SpendCategory::Sales).unwrap();
    let spend = rates.convert(&[refund], on).unwrap().records;
    assert_eq!(spend[0].amount(), usd("-14"));
}

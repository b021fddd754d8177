//! The worked examples of the catalogue, section 5, and the mistakes that the guides make.

use std::slice;

use sales_metrics::tally::{DealTotals, Priced, SpendTotals, Spent};
use sales_metrics::{
    Contract, Currency, CustomerTally, Deal, DealTally, ErrorKind, Label, Money, MoneyPer, Months,
    Outcome, Per, Percent, PurchaseTally, Rate, RenewalTally, Scope, Spend, SpendCategory,
    SpendTally, Undefined, kpi,
};

use crate::support::{complaint, day, dec, kind_of, scope, usd};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn contract(id: &str, account: &str, start: &str) -> Contract {
    Contract::new(id, account, day(start), Currency::USD).unwrap()
}

fn monthly(contract: Contract, amount: i64) -> Contract {
    contract.with_recurring(amount, Per::Month).unwrap()
}

fn until(contract: Contract, last: &str) -> Contract {
    contract.with_last_day(day(last)).unwrap()
}

fn customers(contracts: &[Contract]) -> CustomerTally {
    CustomerTally::of(contracts, q1()).unwrap()
}

fn renewals(contracts: &[Contract]) -> RenewalTally {
    RenewalTally::of(contracts, q1()).unwrap()
}

fn won(id: &str, account: &str, on: &str) -> Deal {
    let outcome = Outcome::Won { on: day(on) };
    Deal::new(id, day("2025-01-01"), outcome, Currency::USD)
        .and_then(|deal| deal.with_account(account))
        .unwrap()
}

fn spent(scope: Scope, sales: &str, marketing: &str, other: &str) -> SpendTally {
    let one = |amount| Spent::of(1, dec(amount).try_into().unwrap());
    let totals = SpendTotals::given()
        .records(3)
        .sales(one(sales))
        .marketing(one(marketing))
        .other(one(other));
    SpendTally::from_totals(scope, totals).unwrap()
}

/// 500 customers at the start, 30 of them lost, 20 new.
fn five_hundred() -> CustomerTally {
    let contracts = (0..520).map(|n| {
        let start = if n < 500 { "2025-04-01" } else { "2026-02-01" };
        let contract = contract(&format!("C-{n}"), &format!("A-{n}"), start);
        if n < 30 {
            until(contract, "2026-02-28")
        } else {
            contract
        }
    });
    customers(&contracts.collect::<Vec<_>>())
}

#[test]
fn acquisition_cost_of_fifty_customers() {
    let deals: Vec<Deal> = (0..50)
        .map(|n| won(&format!("D-{n}"), &format!("A-{n}"), "2026-02-20"))
        .collect();
    let purchases = PurchaseTally::of(&deals, q1()).unwrap();
    // What is spent on anything else wins no customer.
    let spend = spent(q1(), "60000", "40000", "7777");
    assert_eq!(
        kpi::customer_acquisition_cost(&spend, &purchases),
        Ok(usd("2000"))
    );
}

#[test]
fn an_old_customer_is_not_acquired_again() {
    let deals = [
        won("D-1", "Acme", "2025-12-31"),
        won("D-2", "Acme", "2026-01-01"),
        won("D-3", "Initech", "2026-03-31"),
        won("D-4", "Umbrella", "2026-04-01"),
    ];
    let purchases = PurchaseTally::of(&deals, q1()).unwrap();
    assert_eq!(
        (
            purchases.totals().new_customers().unwrap(),
            purchases.totals().customers().unwrap()
        ),
        (1, 2)
    );
}

#[test]
fn the_channel_is_that_of_the_first_win() {
    let from = |deal: Deal, source: &str| deal.with_source(source).unwrap();
    let deals = [
        from(won("D-1", "Acme", "2026-02-01"), "referral"),
        from(won("D-2", "Acme", "2026-01-15"), "webinar"),
        // Two on one day: the first by name; none is last.
        won("D-3", "Initech", "2026-01-15"),
        from(won("D-4", "Initech", "2026-01-15"), "webinar"),
        from(won("D-5", "Initech", "2026-01-15"), "ads"),
        won("D-6", "Umbrella", "2026-01-15"),
    ];
    let purchases = PurchaseTally::of(&deals, q1()).unwrap();
    let of = |channel: &str| purchases.new_customers_of(&Label::new(channel).unwrap());
    assert_eq!(
        (of("webinar"), of("ads"), of("referral")),
        (Ok(1), Ok(1), Ok(0))
    );
    assert_eq!(purchases.new_customers_by_channel().unwrap()[&None], 1);
    let webinar = Label::new("webinar").unwrap();
    let spends = [
        (SpendCategory::Marketing, 500, "webinar"),
        (SpendCategory::Sales, 100, "webinar"),
        (SpendCategory::Other, 9, "webinar"),
        (SpendCategory::Sales, 70, "ads"),
    ];
    let spends = spends.map(|(category, amount, channel)| {
        Spend::new("S", day("2026-01-01"), amount, Currency::USD, category)
            .and_then(|spend| spend.with_source(channel))
            .unwrap()
    });
    let spend = SpendTally::of(&spends, q1()).unwrap();
    assert_eq!(
        kpi::cost_per_acquisition(&spend, &purchases, &webinar),
        Ok(usd("600"))
    );
    assert_eq!(spend.channels().unwrap().len(), 2);
    let fair = Label::new("fair").unwrap();
    assert_eq!(
        kpi::cost_per_acquisition(&spend, &purchases, &fair),
        Err(Undefined::NoNewCustomersOfChannel.into())
    );
    assert_eq!(spend.channel(&fair), Ok(SpendTotals::default()));
}

/// [B] prints 2 %.
#[test]
fn churn_is_not_the_net_change_of_customers() {
    assert_eq!(kpi::churn_rate(&five_hundred()).unwrap().to_string(), "6%");
    let change = kpi::net_customer_change(&five_hundred()).unwrap();
    assert_eq!(change.to_string(), "-2%");
}

#[test]
fn retention_of_five_hundred() {
    assert_eq!(
        kpi::retention_rate(&five_hundred()).unwrap().to_string(),
        "94%"
    );
}

/// [B] leaves out the unit of time.
#[test]
fn lifetime_value_needs_units_of_time() {
    let value = |per| {
        let revenue = MoneyPer::new(usd("5000"), per);
        kpi::customer_lifetime_value(revenue, Months::of_years(3).unwrap())
    };
    assert_eq!(value(Per::Year), Ok(usd("15000")));
    assert_eq!(value(Per::Month), Ok(usd("180000")));
    assert_eq!(value(Per::Quarter), Ok(usd("60000")));
    assert_eq!(value(Per::HalfYear), Ok(usd("30000")));
    // By convention, a year has 52 weeks and 365 days.
    assert_eq!(value(Per::Week), Ok(usd("780000")));
    assert_eq!(value(Per::Day), Ok(usd("5475000")));
}

#[test]
fn margin_lifetime_value_of_three_years() {
    let revenue = MoneyPer::new(usd("5000"), Per::Year);
    let margin = Percent::from_percent(60).unwrap();
    // A 36th a month is three years.
    let churn = Rate::from_fraction(dec("1") / dec("36")).unwrap();
    let value = kpi::margin_lifetime_value(revenue, margin, churn, Per::Month).unwrap();
    assert_eq!(format!("{value:.2}"), "9000.00 USD");
    let a_day = MoneyPer::new(usd("1"), Per::Day);
    let churn = Rate::from_percent(1).unwrap();
    let value = kpi::margin_lifetime_value(a_day, margin, churn, Per::Day);
    assert_eq!(value, Ok(usd("60")));
    let value = kpi::margin_lifetime_value(a_day, margin, churn, Per::Year);
    assert_eq!(value, Ok(usd("21900")));
    let value = kpi::margin_lifetime_value(a_day, margin, churn, Per::Week);
    assert_eq!(
        value.map(|money| format!("{money:.2}")),
        Ok("421.15 USD".into())
    );
}

/// Cost and money of the same customers: whatever the old ones pay.
#[test]
fn payback_of_the_new_customers() {
    let new = (0..10).map(|n| {
        let contract = contract(&format!("C-{n}"), &format!("A-{n}"), "2026-02-01");
        monthly(contract, 100)
    });
    let mut contracts: Vec<Contract> = new.collect();
    let margin = |percent: i64| Percent::from_percent(percent).unwrap();
    let spend = spent(q1(), "70000", "50000", "999");
    let payback =
        |contracts: &[Contract], margin| kpi::cac_payback(&spend, &customers(contracts), margin);
    let text = |contracts: &[Contract]| payback(contracts, margin(80)).unwrap().to_string();
    assert_eq!(text(&contracts), "150 months");
    contracts.push(monthly(contract("C-X", "Initech", "2024-01-01"), 50_000));
    // One who comes back, one who tries it out, one who buys once, and one whose fee nobody knows are no new money.
    let old = until(contract("C-Y", "Acme", "2024-01-01"), "2024-12-31");
    contracts.push(monthly(old, 900));
    contracts.push(monthly(contract("C-Z", "Acme", "2026-02-01"), 900));
    contracts.push(monthly(contract("T-1", "Tryout", "2026-02-01"), 900).with_trial());
    let once = contract("O-1", "Once", "2026-02-01");
    contracts.push(once.with_one_time(900).unwrap());
    contracts.push(contract("U-1", "Umbrella", "2026-02-01"));
    assert_eq!(text(&contracts), "150 months");
    let never = Err(Undefined::GrossProfitNotPositive.into());
    assert_eq!(payback(&contracts, margin(0)), never);
    assert_eq!(payback(&contracts, margin(-10)), never);
    assert_eq!(payback(&[], margin(80)), never);
    let nothing = kpi::cac_payback(&SpendTally::new(q1()), &customers(&contracts), margin(80));
    assert_eq!(nothing, Err(Undefined::NoSpend.into()));
    let free = kpi::cac_payback(
        &spent(q1(), "0", "0", "9"),
        &customers(&contracts),
        margin(80),
    );
    assert_eq!(free.unwrap().to_string(), "0 months");
    let mixed = kpi::ltv_to_cac(usd("1"), Money::new(1, Currency::EUR));
    assert!(kind_of(&mixed) == Some(ErrorKind::CurrencyMismatch));
}

#[test]
fn reactivation_is_not_expansion() {
    let contracts = [
        monthly(
            until(contract("C-1", "Acme", "2024-01-01"), "2024-12-31"),
            500,
        ),
        monthly(contract("C-2", "Acme", "2026-02-01"), 700),
    ];
    let moved = kpi::mrr_movements(&customers(&contracts)).unwrap().yearly();
    assert_eq!(moved.reactivation().unwrap().decimal(), dec("8400"));
    let others = [
        moved.new().unwrap(),
        moved.expansion().unwrap(),
        moved.contraction().unwrap(),
        moved.churn().unwrap(),
        moved.opening().unwrap(),
    ];
    assert!(others.iter().all(|part| part.decimal() == dec("0")));
    assert_eq!(customers(&contracts).totals().reactivated().unwrap(), 1);
}

/// A trial is no customer, so that the first paid contract is new business, and not growth of the old.
#[test]
fn from_a_trial_to_paid_is_new() {
    let base = monthly(contract("C-0", "Base", "2025-01-01"), 100);
    let tried = until(contract("T-1", "Acme", "2025-12-15"), "2026-01-14");
    let paid = monthly(contract("C-1", "Acme", "2026-01-15"), 50);
    let trials = [
        tried.clone().with_trial(),
        monthly(tried.clone(), 70).with_trial(),
        monthly(tried.clone(), 0),
        tried.with_one_time(9).unwrap(),
    ];
    for trial in trials {
        let all = customers(&[base.clone(), trial, paid.clone()]);
        let moved = kpi::mrr_movements(&all).unwrap();
        assert_eq!(moved.new_business().to_string(), "50 USD/month");
        assert_eq!(moved.expansion().to_string(), "0 USD/month");
        let net = kpi::net_revenue_retention(&all).unwrap();
        assert_eq!(net.to_string(), "100%");
        let totals = all.totals();
        assert_eq!((totals.at_start().unwrap(), totals.new().unwrap()), (1, 1));
    }
}

/// A trial of last year is no history either.
#[test]
fn a_trial_in_the_past_makes_nobody_come_back() {
    let tried = until(contract("T-2", "Beta", "2025-03-01"), "2025-03-14");
    let paid = monthly(contract("C-2", "Beta", "2026-02-01"), 80);
    for trial in [monthly(tried.clone(), 0), tried.with_trial()] {
        let all = customers(&[trial, paid.clone()]);
        let moved = kpi::mrr_movements(&all).unwrap();
        assert_eq!(moved.new_business().to_string(), "80 USD/month");
        assert_eq!(moved.reactivation().to_string(), "0 USD/month");
        assert_eq!(all.totals().first_contracts().unwrap(), 1);
    }
}

/// Sold once: no customer, and counted apart, by the day of signing.
#[test]
fn one_time_sales_stand_apart() {
    let sale = |id: &str, start: &str| {
        let contract = contract(id, id, start);
        contract.with_one_time(500).unwrap()
    };
    let all = customers(&[
        sale("O-1", "2026-02-01"),
        sale("O-2", "2026-04-01")
            .with_signed(day("2026-03-31"))
            .unwrap(),
        sale("O-3", "2026-02-01")
            .with_signed(day("2025-12-31"))
            .unwrap(),
        sale("O-4", "2026-02-01").with_trial(),
        monthly(sale("C-1", "2026-02-01"), 10),
    ]);
    let sales = all.totals().one_time_sales().unwrap();
    assert_eq!((sales.count, sales.amount.decimal()), (2, dec("1000")));
    assert_eq!(all.totals().at_end().unwrap(), 1);
    assert_eq!(kpi::arr(&all).unwrap().to_string(), "120 USD/year");
}

/// By months it is churn and reactivation, by the quarter neither; the net is the same.
#[test]
fn whoever_leaves_in_january_and_is_back_in_march() {
    let contracts = [
        monthly(
            until(contract("A-1", "Acme", "2025-01-01"), "2026-01-20"),
            100,
        ),
        monthly(contract("A-2", "Acme", "2026-03-10"), 100),
    ];
    let text = |scope| {
        let customers = CustomerTally::of(&contracts, scope).unwrap();
        kpi::mrr_movements(&customers).unwrap().to_string()
    };
    let months: Vec<String> = q1().months().map(text).collect();
    assert_eq!(
        months,
        [
            "new 0 + reactivation 0 + expansion 0 - contraction 0 - churn 100 = -100 USD/month",
            "new 0 + reactivation 0 + expansion 0 - contraction 0 - churn 0 = 0 USD/month",
            "new 0 + reactivation 100 + expansion 0 - contraction 0 - churn 0 = 100 USD/month",
        ]
    );
    let quarter = "new 0 + reactivation 0 + expansion 0 - contraction 0 - churn 0 = 0 USD/month";
    assert_eq!(text(q1()), quarter);
    let customers = CustomerTally::of(&contracts, q1()).unwrap();
    assert_eq!(
        kpi::quick_ratio(&customers),
        Err(Undefined::NoRecurringLoss)
    );
}

#[test]
fn the_evenings_of_a_period() {
    let ends = |last: &str| until(contract("C", "Acme", "2025-01-01"), last);
    let totals = |contract: Contract| *customers(&[contract]).totals();
    let gone_before = totals(ends("2025-12-30"));
    assert_eq!(
        (gone_before.at_start().unwrap(), gone_before.lost().unwrap()),
        (0, 0)
    );
    let last_day_before = totals(ends("2025-12-31"));
    assert_eq!(
        (
            last_day_before.at_start().unwrap(),
            last_day_before.lost().unwrap()
        ),
        (1, 1)
    );
    let last_day = totals(ends("2026-03-31"));
    assert_eq!(
        (last_day.at_start().unwrap(), last_day.retained().unwrap()),
        (1, 1)
    );
    let starts = |start: &str| totals(contract("C", "Acme", start));
    let on_the_eve = starts("2025-12-31");
    assert_eq!(
        (on_the_eve.at_start().unwrap(), on_the_eve.new().unwrap()),
        (1, 0)
    );
    let on_the_first = starts("2026-01-01");
    assert_eq!(
        (
            on_the_first.at_start().unwrap(),
            on_the_first.new().unwrap(),
            on_the_first.first_contracts().unwrap()
        ),
        (0, 1, 1)
    );
    assert_eq!(starts("2026-03-31").new().unwrap(), 1);
    assert_eq!(starts("2026-04-01").at_end().unwrap(), 0);
    // Came and went within it.
    let brief = totals(until(contract("C", "Acme", "2026-01-05"), "2026-03-30"));
    assert_eq!(
        (
            brief.new().unwrap(),
            brief.lost().unwrap(),
            brief.first_contracts().unwrap(),
            brief.signed().unwrap().count
        ),
        (0, 0, 1, 1)
    );
}

#[test]
fn before_the_period_nothing_has_moved() {
    let early = q1().as_of(day("2025-06-30")).unwrap();
    let contracts = [
        monthly(contract("C-1", "Acme", "2025-01-01"), 100),
        monthly(contract("C-2", "Initech", "2026-01-01"), 200),
    ];
    let customers = CustomerTally::of(&contracts, early).unwrap();
    assert_eq!(kpi::churn_rate(&customers), Err(Undefined::NothingElapsed));
    assert_eq!(
        kpi::net_negative_churn(&customers),
        Err(Undefined::NothingElapsed)
    );
    assert_eq!(kpi::quick_ratio(&customers), Err(Undefined::NothingElapsed));
    let burn = Money::new(1, Currency::USD);
    assert_eq!(
        kpi::burn_multiple(burn, &customers),
        Err(Undefined::NothingElapsed.into())
    );
    assert_eq!(kpi::arr(&customers).unwrap().to_string(), "1200 USD/year");
    assert_eq!(
        kpi::mrr_movements(&customers)
            .unwrap()
            .net_change()
            .to_string(),
        "0 USD/month"
    );
    // On its first evening it has.
    let first = CustomerTally::of(&contracts, q1().as_of(day("2026-01-01")).unwrap()).unwrap();
    assert_eq!(kpi::churn_rate(&first), Ok(Rate::ZERO));
    assert_eq!(first.totals().new().unwrap(), 1);
}

/// [L] describes that more is lost than gained.
#[test]
fn net_negative_churn_is_that_expansion_exceeds_what_was_lost() {
    let base = |extra: i64| {
        customers(&[
            monthly(contract("C-1", "Acme", "2025-01-01"), 900),
            monthly(
                until(contract("C-2", "Initech", "2025-01-01"), "2026-02-28"),
                100,
            ),
            monthly(contract("C-3", "Acme", "2026-02-01"), extra),
            // A new customer plays no part.
            monthly(contract("C-4", "Umbrella", "2026-02-01"), 9_000),
        ])
    };
    assert_eq!(kpi::net_negative_churn(&base(99)), Ok(false));
    assert_eq!(
        kpi::net_negative_churn(&base(100)),
        Ok(false),
        "100 % is not above 100 %"
    );
    assert_eq!(kpi::net_negative_churn(&base(101)), Ok(true));
    assert_eq!(
        kpi::gross_revenue_retention(&base(101))
            .unwrap()
            .to_string(),
        "90%"
    );
    assert_eq!(
        kpi::net_revenue_retention(&base(101)).unwrap().to_string(),
        "100.1%"
    );
    assert_eq!(kpi::quick_ratio(&base(100)).unwrap().to_string(), "91×");
}

fn renews(contract: Contract, of: &[&str]) -> Contract {
    of.iter().fold(contract, |contract, of| {
        contract.with_renewal_of(*of).unwrap()
    })
}

/// A year to the end of March 2026, at 100 a month.
fn due(id: &str) -> Contract {
    monthly(until(contract(id, id, "2025-04-01"), "2026-03-31"), 100)
}

/// Total, on time, and the share of contracts that were not renewed.
fn rates(contracts: &[Contract], as_of: &str) -> [String; 3] {
    let scope = q1().as_of(day(as_of)).unwrap();
    let renewals = RenewalTally::of(contracts, scope).unwrap();
    let text = |rate: Result<Percent, Undefined>| {
        rate.map_or_else(|none| none.to_string(), |rate| format!("{rate:.1}"))
    };
    [
        text(kpi::renewal_rate(&renewals)),
        text(kpi::on_time_renewal_rate(&renewals)),
        kpi::non_renewal_rate(&renewals)
            .map_or_else(|none| none.to_string(), |rate| format!("{rate:.1}")),
    ]
}

#[test]
fn renewals_are_counted_once() {
    let renews =
        |id: &str, of: &str, fee| renews(monthly(contract(id, of, "2026-06-01"), fee), &[of]);
    let contracts = [
        due("C-1"),
        due("C-2"),
        due("C-3"),
        due("C-4"),
        // Split in two: one renewal, the money of both.
        renews("C-5", "C-1", 30),
        renews("C-6", "C-1", 40),
        renews("C-7", "C-2", 130),
        // Of a contract that nobody has recorded.
        renews("C-8", "C-0", 999),
        // Without a fee nobody knows what was renewed.
        contract("C-9", "C-3", "2026-04-01")
            .with_renewal_of("C-3")
            .unwrap(),
    ];
    let renewals = RenewalTally::of(&contracts, q1().as_of(day("2026-06-30")).unwrap()).unwrap();
    let totals = renewals.totals();
    assert_eq!(
        (
            totals.due().unwrap().count,
            totals.renewed().unwrap(),
            totals.due().unwrap().unpriced()
        ),
        (4, 3, 1)
    );
    assert_eq!(kpi::non_renewal_rate(&renewals).unwrap().to_string(), "25%");
    // (30 + 40 + 130) of 300.
    assert_eq!(
        format!("{:.1}", kpi::renewal_rate(&renewals).unwrap()),
        "66.7%"
    );
    // Twice in the file, counted once.
    let twice = contracts.iter().chain(&contracts);
    let doubled = RenewalTally::of(twice, renewals.scope()).unwrap();
    assert_eq!(doubled.totals().due(), totals.due());
    assert_eq!(doubled.totals().renewed_amount(), totals.renewed_amount());
}

/// By as-of: what begins later, is signed later, or ended on its first day, renews nothing.
#[test]
fn what_renews_by_the_as_of_day() {
    let next = |start: &str| renews(monthly(contract("C-2", "C-1", start), 100), &["C-1"]);
    let all = |renewal: Contract| [due("C-1"), renewal];
    let [yes, no] = ["100.0%", "0.0%"];
    assert_eq!(
        rates(&all(next("2026-04-01")), "2026-03-31"),
        [yes, yes, no]
    );
    assert_eq!(rates(&all(next("2026-04-02")), "2026-03-31"), [no, no, yes]);
    assert_eq!(rates(&all(next("2029-01-01")), "2026-03-31"), [no, no, yes]);
    // From a later day, late ones count, and are late.
    assert_eq!(rates(&all(next("2026-06-01")), "2026-06-30"), [yes, no, no]);
    let signed = |on: &str| next("2026-04-01").with_signed(day(on)).unwrap();
    assert_eq!(
        rates(&all(signed("2026-03-31")), "2026-03-31"),
        [yes, yes, no]
    );
    assert_eq!(
        rates(&all(signed("2026-04-01")), "2026-03-31"),
        [no, no, yes]
    );
    assert_eq!(
        rates(&all(signed("2026-04-01")), "2026-04-01"),
        [yes, no, no]
    );
    // Signed in time is on time, however late it begins.
    let later = next("2026-06-01").with_signed(day("2026-03-31")).unwrap();
    assert_eq!(rates(&all(later), "2026-06-30"), [yes, yes, no]);
    let called_off = until(next("2026-04-01"), "2026-04-01");
    assert_eq!(rates(&all(called_off), "2026-04-30"), [no, no, yes]);
}

/// A month in between, then a year, both naming the old one, are not added up; two that run side by side are.
#[test]
fn a_bridge_and_the_year_after_it() {
    let bridge = until(contract("C-2", "C-1", "2026-04-01"), "2026-04-30");
    let bridge = renews(monthly(bridge, 100), &["C-1"]);
    let year = renews(monthly(contract("C-3", "C-1", "2026-05-01"), 100), &["C-1"]);
    let all = [due("C-1"), bridge, year];
    // The year's renewal is none of the bridge's, and late.
    assert_eq!(rates(&all, "2026-05-31"), ["100.0%", "100.0%", "0.0%"]);
    let beside = renews(monthly(contract("C-4", "C-1", "2026-05-15"), 20), &["C-1"]);
    let all = [&all[..], &[beside]].concat();
    assert_eq!(rates(&all, "2026-05-31"), ["120.0%", "100.0%", "0.0%"]);
}

/// Replaced a month before its end by a larger one: renewed, and not terminated.
#[test]
fn an_early_renewal_is_one() {
    let cut = due("C-1").with_terminated(day("2026-02-28")).unwrap();
    let new = |start: &str| renews(monthly(contract("C-2", "C-1", start), 150), &["C-1"]);
    let early = |contracts: &[Contract]| {
        kpi::early_termination_rate(&renewals(contracts))
            .unwrap()
            .to_string()
    };
    let replaced = [cut.clone(), new("2026-03-01"), due("C-3")];
    assert_eq!(rates(&replaced, "2026-03-31"), ["75.0%", "75.0%", "50.0%"]);
    assert_eq!(early(&replaced), "0%");
    // A day of nothing between them, and it was terminated; what follows is no renewal of it.
    let apart = [cut.clone(), new("2026-03-02"), due("C-3")];
    assert_eq!(rates(&apart, "2026-03-31"), ["0.0%", "0.0%", "100.0%"]);
    assert_eq!(early(&apart), "50%");
    assert_eq!(early(&[cut]), "100%");
}

/// Two at 100 become one at 200: each fee counts once.
#[test]
fn contracts_that_one_renews_are_one_group() {
    let merged = renews(
        monthly(contract("C-3", "C-1", "2026-04-01"), 150),
        &["C-2", "C-1"],
    );
    let all = [due("C-1"), due("C-2"), merged.clone()];
    assert_eq!(rates(&all, "2026-03-31"), ["75.0%", "75.0%", "0.0%"]);
    let totals = *renewals(&all).totals();
    assert_eq!(
        (totals.due().unwrap().count, totals.renewed().unwrap()),
        (2, 2)
    );
    // By another that renews one of them and a third, all three are.
    let other = renews(
        monthly(contract("C-4", "C-1", "2026-04-01"), 30),
        &["C-2", "C-5"],
    );
    let all = [&all[..], &[due("C-5"), other]].concat();
    assert_eq!(rates(&all, "2026-03-31"), ["60.0%", "60.0%", "0.0%"]);
    // Where one of the fees is not known, none of the group counts in money.
    let unknown = until(contract("C-5", "C-5", "2025-04-01"), "2026-03-31");
    let mut all = all;
    all[3] = unknown;
    let none = Undefined::NoRecurringFee.to_string();
    assert_eq!(
        rates(&all, "2026-03-31"),
        [none.clone(), none, "0.0%".to_owned()]
    );
}

/// It renews itself unless notice was given by its end.
#[test]
fn a_contract_that_renews_itself() {
    let year = due("C-1").with_auto_renewal();
    assert_eq!(
        rates(std::slice::from_ref(&year), "2026-03-31"),
        ["100.0%", "100.0%", "0.0%"]
    );
    let late = year.clone().with_notice(day("2026-04-01")).unwrap();
    assert_eq!(rates(&[late], "2026-04-30"), ["100.0%", "100.0%", "0.0%"]);
    let noticed = year.clone().with_notice(day("2026-03-31")).unwrap();
    assert_eq!(
        rates(std::slice::from_ref(&noticed), "2026-03-31"),
        ["0.0%", "0.0%", "100.0%"]
    );
    let after = scope("2026-Q2");
    let lost = |contract: Contract| {
        CustomerTally::of([contract], after)
            .unwrap()
            .totals()
            .lost()
    };
    assert_eq!((lost(year.clone()), lost(noticed.clone())), (Ok(0), Ok(1)));
    assert_eq!(
        lost(year.clone().with_terminated(day("2026-05-31")).unwrap()),
        Ok(1)
    );
    // Another one in its place counts instead of it. It holds for all that, until somebody says that it ended.
    let next = renews(monthly(contract("C-2", "C-1", "2026-04-01"), 60), &["C-1"]);
    let arr = |old: &Contract| {
        let customers = CustomerTally::of([old, &next], after).unwrap();
        kpi::arr(&customers).unwrap().to_string()
    };
    assert_eq!(arr(&year), "1920 USD/year");
    assert_eq!(arr(&noticed), "720 USD/year");
    assert_eq!(
        rates(&[year, next], "2026-03-31"),
        ["60.0%", "60.0%", "0.0%"]
    );
    let evergreen = monthly(contract("C-3", "C-3", "2025-04-01"), 100);
    assert_eq!(
        rates(&[evergreen], "2026-03-31")[0],
        Undefined::NoContractsDue.to_string()
    );
}

/// Trials, what is free and what is sold once come up for nothing; what renews for nothing renews.
#[test]
fn only_contracts_of_customers_come_up() {
    let ends = || until(contract("C-1", "C-1", "2025-04-01"), "2026-03-31");
    let none = Undefined::NoContractsDue.to_string();
    for contract in [
        due("C-1").with_trial(),
        monthly(ends(), 0),
        ends().with_one_time(5).unwrap(),
    ] {
        assert_eq!(
            rates(std::slice::from_ref(&contract), "2026-03-31")[0],
            none
        );
        assert_eq!(renewals(&[contract]).totals().contracts_at_start(), Ok(0));
    }
    let free = renews(monthly(contract("C-2", "C-1", "2026-04-01"), 0), &["C-1"]);
    assert_eq!(
        rates(&[due("C-1"), free], "2026-03-31"),
        ["0.0%", "0.0%", "0.0%"]
    );
}

/// What it was renewed from is unknown, so the new fee is no part of the sum.
#[test]
fn a_renewal_of_a_contract_without_a_fee_is_no_money_renewed() {
    let unknown = until(contract("C-1", "Acme", "2025-04-01"), "2026-03-31");
    let renewal = monthly(contract("C-2", "Acme", "2026-04-01"), 500);
    let renewal = renewal.with_renewal_of("C-1").unwrap();
    let paid = monthly(
        until(contract("C-3", "Acme", "2025-04-01"), "2026-03-31"),
        100,
    );
    let alone = renewals(&[unknown.clone(), renewal.clone()]);
    assert_eq!(kpi::renewal_rate(&alone), Err(Undefined::NoRecurringFee));
    let renewals = renewals(&[unknown, renewal, paid]);
    assert_eq!(kpi::renewal_rate(&renewals).unwrap().to_string(), "0%");
    assert_eq!(kpi::non_renewal_rate(&renewals).unwrap().to_string(), "50%");
}

/// The old ones are one group: they are held against the new one as a whole, or not at all.
#[test]
fn one_contract_renews_three() {
    let due = |id: &str, fee: i64| {
        let old = until(contract(id, "Acme", "2025-04-01"), "2026-03-31");
        if fee > 0 { monthly(old, fee) } else { old }
    };
    let new = |id: &str, fee: i64, renewed: &[&str]| {
        let new = monthly(contract(id, "Acme", "2026-04-01"), fee);
        let named = renewed
            .iter()
            .try_fold(new, |new, id| new.with_renewal_of(*id));
        named.unwrap()
    };
    let figures = |contracts: &[Contract]| {
        let whole = renewals(contracts);
        for at in 0..=contracts.len() {
            let (first, rest) = contracts.split_at(at);
            let mut merged = renewals(rest);
            merged.merge(&renewals(first)).unwrap();
            assert_eq!(merged, whole);
            let mut streamed = renewals(first);
            for contract in rest {
                streamed.record(contract).unwrap();
            }
            assert_eq!(streamed, whole);
            assert_eq!(streamed.totals(), whole.totals());
        }
        let totals = *whole.totals();
        let due = totals.due().unwrap();
        let rate = kpi::renewal_rate(&whole).map(|rate| rate.to_string());
        (due.count, due.priced, totals.renewed().unwrap(), rate)
    };
    let percent = |text: &str| Ok(text.to_owned());

    let three = [due("C-1", 50), due("C-2", 100), due("C-3", 50)];
    let with = |more: &[Contract]| [&three, more].concat();
    let one = new("C-4", 240, &["C-1", "C-2", "C-3"]);
    assert_eq!(
        figures(&with(slice::from_ref(&one))),
        (3, 3, 3, percent("120%"))
    );
    // A fourth that nothing renews, and one renewed by itself.
    let apart = [due("C-5", 100), due("C-6", 100), new("C-7", 60, &["C-6"])];
    let all = [&with(slice::from_ref(&one))[..], &apart].concat();
    assert_eq!(figures(&all), (5, 5, 4, percent("75%")));
    // One of the three is renewed by another one, too; two groups that share one are one.
    let side = new("C-8", 60, &["C-2"]);
    assert_eq!(
        figures(&with(&[one.clone(), side])),
        (3, 3, 3, percent("150%"))
    );
    let pairs = [
        new("C-8", 100, &["C-1", "C-2"]),
        new("C-9", 60, &["C-2", "C-3"]),
    ];
    assert_eq!(figures(&with(&pairs)), (3, 3, 3, percent("80%")));
    // Of which one has no fee: what was renewed for how much, nobody knows.
    let unknown = [due("C-1", 0), due("C-2", 100), due("C-3", 50), one.clone()];
    let none = Err(Undefined::NoRecurringFee);
    assert_eq!(figures(&unknown), (3, 0, 3, none));
    // One that nobody has recorded is as good as none.
    assert_eq!(figures(&[due("C-2", 100), one]), (1, 1, 1, percent("240%")));
}

#[test]
fn what_came_up_for_renewal() {
    let count = |contract: Contract| renewals(&[contract]).totals().due().unwrap().count;
    let ends = |last: &str| until(contract("C", "Acme", "2025-01-01"), last);
    let counts = ["2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01"].map(|on| count(ends(on)));
    assert_eq!(counts, [0, 1, 1, 0]);
    let cut = |on: &str| ends("2026-03-31").with_terminated(day(on)).unwrap();
    assert_eq!((count(cut("2026-03-30")), count(cut("2026-03-31"))), (0, 1));
}

#[test]
fn early_is_before_the_term_and_gone_by_the_end() {
    let count = |terminated: &str, end: Option<&str>| {
        let mut contract = contract("C", "Acme", "2025-01-01");
        if let Some(end) = end {
            contract = until(contract, end);
        }
        let contract = contract.with_terminated(day(terminated)).unwrap();
        renewals(&[contract]).totals().terminated_early().unwrap()
    };
    let days = ["2025-12-30", "2025-12-31", "2026-03-30", "2026-03-31"];
    assert_eq!(days.map(|on| count(on, Some("2026-12-31"))), [0, 1, 1, 0]);
    assert_eq!(
        days.map(|on| count(on, None)),
        [0; 4],
        "without a term nothing is early"
    );
    assert_eq!(
        count("2026-02-28", Some("2026-02-28")),
        0,
        "on its last day it is on time"
    );
}

/// [L]'s text divides by the years that remain.
#[test]
fn contract_value_is_by_all_years_not_by_the_remaining_ones() {
    let contract = until(contract("C-1", "Acme", "2026-01-01"), "2028-12-31");
    let contract = contract.with_recurring(dec("100000"), Per::Year).unwrap();
    assert_eq!(contract.total_value(), Some(usd("300000")));
    let value = kpi::annual_contract_value(&contract).unwrap();
    assert_eq!(value, MoneyPer::new(usd("100000"), Per::Year));
    let setup = contract.with_one_time(50_000).unwrap();
    assert_eq!(kpi::annual_contract_value(&setup), Ok(value));
    assert_eq!(kpi::average_contract_value(&customers(&[setup])), Ok(value));
}

#[test]
fn recurring_revenue_adds_up_before_it_is_divided() {
    let yearly = |id| {
        contract(id, "Acme", "2025-01-01")
            .with_recurring(100, Per::Year)
            .unwrap()
    };
    let customers = customers(&[yearly("C-1"), yearly("C-2"), yearly("C-3")]);
    assert_eq!(kpi::mrr(&customers).unwrap().to_string(), "25 USD/month");
    assert_eq!(kpi::arr(&customers).unwrap().to_string(), "300 USD/year");
}

fn revenue(scope: Scope, amount: &str) -> DealTally {
    let won = Priced::all(1, dec(amount).try_into().unwrap());
    let totals = DealTotals::given().records(1).won(won);
    DealTally::from_totals(scope, totals).unwrap()
}

#[test]
fn magic_number_of_two_quarters_that_meet() {
    let before = scope("2025-Q4");
    let spend = spent(before, "200000", "50000", "999");
    let number = |now: Scope, before: Scope| {
        kpi::bookings_magic_number(&revenue(now, "850000"), &revenue(before, "800000"), &spend)
    };
    assert_eq!(number(q1(), before).unwrap().to_string(), "0.8×");
    let shrunk =
        kpi::bookings_magic_number(&revenue(q1(), "0"), &revenue(before, "250000"), &spend);
    assert_eq!(shrunk.unwrap().to_string(), "-4×");
    let not_quarters = [
        (q1(), scope("2025-Q3")),
        (q1(), q1()),
        (before, q1()),
        (scope("2026-01"), scope("2025-12")),
        (scope("2026"), scope("2025")),
        (q1().as_of(day("2026-03-30")).unwrap(), before),
        (q1(), before.as_of(day("2025-12-30")).unwrap()),
        (scope("2026-01-01/2026-04-02"), before),
        (q1(), scope("2025-10-02/2026-01-01")),
    ];
    for (now, before) in not_quarters {
        let refused = number(now, before);
        let text = format!(
            "{now} and {before} are not a whole quarter and the whole quarter before it; tally two whole quarters, one directly after the other"
        );
        assert_eq!(
            complaint(refused),
            (ErrorKind::NotConsecutiveQuarters, text)
        );
    }
    // A fiscal quarter is one, too.
    let (now, before) = (
        scope("2026-02-01/2026-05-01"),
        scope("2025-11-01/2026-02-01"),
    );
    let spend = spent(before, "1", "0", "0");
    let fiscal = kpi::bookings_magic_number(&revenue(now, "1"), &revenue(before, "1"), &spend);
    assert!(fiscal.is_ok());
    // And one of 13 weeks after one of 14.
    let (now, before) = (
        scope("2024-02-04/2024-05-05"),
        scope("2023-10-29/2024-02-04"),
    );
    let spend = spent(before, "1", "0", "0");
    let weeks = kpi::bookings_magic_number(&revenue(now, "1"), &revenue(before, "1"), &spend);
    assert!(weeks.is_ok());
    assert!(kpi::magic_number(&CustomerTally::new(now), &spend).is_ok());
}

/// A deal over three years counts three times what it brings in a year.
#[test]
fn magic_number_is_of_recurring_revenue() {
    let before = scope("2025-Q4");
    let spend = spent(before, "400000", "0", "999");
    let yearly = |id: &str, start: &str| {
        let contract = contract(id, id, start);
        contract.with_recurring(100_000, Per::Year).unwrap()
    };
    let all = customers(&[
        yearly("C-1", "2025-10-01"),
        until(yearly("C-2", "2026-02-01"), "2029-01-31"),
    ]);
    assert_eq!(
        kpi::magic_number(&all, &spend).unwrap().to_string(),
        "0.25×"
    );
    let deals = (revenue(q1(), "300000"), revenue(before, "100000"));
    let bookings = kpi::bookings_magic_number(&deals.0, &deals.1, &spend);
    assert_eq!(bookings.unwrap().to_string(), "2×");
    let none = kpi::magic_number(&all, &SpendTally::new(before));
    assert_eq!(none, Err(Undefined::NoSpend.into()));
    let nothing = kpi::magic_number(&all, &spent(before, "0", "0", "9"));
    assert_eq!(nothing, Err(Undefined::SpendNotPositive.into()));
    let unknown = customers(&[contract("C-1", "Acme", "2026-02-01")]);
    let unknown = kpi::magic_number(&unknown, &spend);
    assert_eq!(unknown, Err(Undefined::NoRecurringFee.into()));
    let same = kpi::magic_number(&all, &spent(q1(), "1", "0", "0"));
    assert!(kind_of(&same) == Some(ErrorKind::NotConsecutiveQuarters));
    let euros = SpendTally::new(Scope::new(before.period(), Currency::EUR));
    let euros = kpi::magic_number(&all, &euros);
    assert!(kind_of(&euros) == Some(ErrorKind::CurrencyMismatch));
}

#[test]
fn two_sources_are_of_one_scope_and_currency() {
    let other = scope("2026-Q2");
    let spend = spent(q1(), "1", "1", "1");
    let refusals = [
        kpi::customer_acquisition_cost(&spend, &PurchaseTally::new(other)).unwrap_err(),
        kpi::cost_per_new_contract(&spend, &CustomerTally::new(other)).unwrap_err(),
        kpi::cac_payback(
            &spend,
            &CustomerTally::new(other),
            Percent::from_percent(80).unwrap(),
        )
        .unwrap_err(),
        kpi::cost_per_acquisition(
            &spend,
            &PurchaseTally::new(other),
            &Label::new("ads").unwrap(),
        )
        .unwrap_err(),
    ];
    for refused in refusals {
        assert!(refused.kind() == ErrorKind::ScopeMismatch, "{refused}");
    }
    let euros = Money::new(1, Currency::EUR);
    let refused = kpi::burn_multiple(euros, &CustomerTally::new(q1()));
    assert!(kind_of(&refused) == Some(ErrorKind::CurrencyMismatch));
    let euros = Scope::new(scope("2025-Q4").period(), Currency::EUR);
    let refused = kpi::bookings_magic_number(
        &revenue(q1(), "1"),
        &revenue(euros, "1"),
        &SpendTally::new(euros),
    );
    assert!(kind_of(&refused) == Some(ErrorKind::CurrencyMismatch));
}

#[test]
fn growth_and_margin() {
    let percent = |value: i64| Percent::from_percent(value).unwrap();
    assert_eq!(kpi::rule_of_40(percent(30), percent(15)), Ok(percent(45)));
    assert_eq!(kpi::rule_of_40(percent(90), percent(-60)), Ok(percent(30)));
    let most = Percent::from_percent(sales_metrics::Decimal::MAX).unwrap();
    assert_eq!(kpi::rule_of_40(most, most), Err(Undefined::OutOfRange));
}

/// The first and the last supported day are periods' bounds like others.
#[test]
fn at_the_ends_of_time() {
    let contracts = [
        monthly(contract("C-1", "Acme", "1900-01-01"), 1),
        monthly(
            until(contract("C-2", "Initech", "1900-01-01"), "2999-12-31"),
            1,
        ),
    ];
    let first = *CustomerTally::of(&contracts, scope("1900"))
        .unwrap()
        .totals();
    assert_eq!((first.at_start().unwrap(), first.new().unwrap()), (0, 2));
    let last = *CustomerTally::of(&contracts, scope("2999"))
        .unwrap()
        .totals();
    assert_eq!((last.at_start().unwrap(), last.at_end().unwrap()), (2, 2));
    let renewals = RenewalTally::of(&contracts, scope("2999")).unwrap();
    assert_eq!(renewals.totals().due().unwrap().count, 1);
}

/// Whoever divides all fees by all customers halves them where one fee is missing.
#[test]
fn revenue_per_account_is_of_the_accounts_whose_fee_is_known() {
    let all = customers(&[
        monthly(contract("C-1", "Acme", "2025-01-01"), 700),
        monthly(contract("C-2", "Acme", "2026-02-01"), 100),
        monthly(contract("C-3", "Initech", "2025-01-01"), 200),
        contract("C-4", "Umbrella", "2025-01-01"),
    ]);
    let each = kpi::recurring_revenue_per_account(&all).unwrap();
    assert_eq!(each.to_string(), "6000 USD/year");
    let totals = all.totals();
    assert_eq!(
        (totals.at_end().unwrap(), totals.priced_at_end().unwrap()),
        (3, 2)
    );
    assert_eq!(
        (
            totals.at_start().unwrap(),
            totals.priced_at_start().unwrap()
        ),
        (3, 2)
    );
    let unknown = customers(&[contract("C-4", "Umbrella", "2025-01-01")]);
    assert_eq!(
        kpi::recurring_revenue_per_account(&unknown),
        Err(Undefined::NoRecurringFee)
    );
    assert_eq!(
        kpi::recurring_revenue_per_account(&customers(&[])),
        Err(Undefined::NoCustomersAtEnd)
    );
}

/// A fee that is written down later, or no longer, is neither growth nor loss.
#[test]
fn a_fee_that_became_known_is_no_expansion() {
    let old = |id: &str| until(contract(id, "Acme", "2025-01-01"), "2026-01-31");
    let new = |id: &str| contract(id, "Acme", "2026-02-01");
    let base = || monthly(contract("C-0", "Base", "2025-01-01"), 100);
    let texts = |contracts: [Contract; 2]| {
        let all = customers(&[&[base()][..], &contracts].concat());
        let net = kpi::net_revenue_retention(&all).unwrap().to_string();
        let gross = kpi::gross_revenue_retention(&all).unwrap().to_string();
        assert_eq!((net.as_str(), gross.as_str()), ("100%", "100%"));
        kpi::mrr_movements(&all).unwrap().to_string()
    };
    let known = texts([old("C-1"), monthly(new("C-2"), 300)]);
    let nothing = "new 0 + reactivation 0 + expansion 0 - contraction 0 - churn 0";
    assert_eq!(
        known,
        format!("{nothing} + became known 300 - became unknown 0 = 300 USD/month")
    );
    let unknown = texts([monthly(old("C-1"), 300), new("C-2")]);
    assert_eq!(
        unknown,
        format!("{nothing} + became known 0 - became unknown 300 = -300 USD/month")
    );
    // One of two fees is enough: what it pays is not known.
    let part = texts([
        monthly(contract("C-1", "Acme", "2025-01-01"), 100),
        old("C-2"),
    ]);
    assert_eq!(part, format!("{nothing} = 0 USD/month"));
    let totals = *customers(&[
        old("C-1"),
        monthly(contract("C-2", "Acme", "2025-01-01"), 9),
    ])
    .totals();
    assert_eq!(
        (totals.at_start(), totals.priced_at_start()),
        (Ok(1), Ok(0))
    );
    assert_eq!((totals.at_end(), totals.priced_at_end()), (Ok(1), Ok(1)));
    // Gone is known.
    let gone = customers(&[base(), old("C-1")]);
    assert_eq!(kpi::churn_rate(&gone).unwrap().to_string(), "50%");
    let gone = customers(&[base(), monthly(old("C-1"), 300)]);
    assert_eq!(
        kpi::net_revenue_retention(&gone).unwrap().to_string(),
        "25%"
    );
}

/// Rule 2: where no fee is known there is no recurring revenue of 0.
#[test]
fn recurring_revenue_that_nobody_knows() {
    let unknown = customers(&[contract("C-1", "Acme", "2025-01-01")]);
    assert_eq!(kpi::arr(&unknown), Err(Undefined::NoRecurringFee));
    assert_eq!(kpi::mrr(&unknown), Err(Undefined::NoRecurringFee));
    assert_eq!(kpi::arr(&customers(&[])).unwrap().to_string(), "0 USD/year");
    let trial = customers(&[monthly(contract("C-1", "Acme", "2025-01-01"), 5).with_trial()]);
    assert_eq!(kpi::arr(&trial).unwrap().to_string(), "0 USD/year");
}

/// A renewal is no new contract, one without an end is, and it counts on the day of signing.
#[test]
fn average_contract_value_is_of_new_contracts() {
    let yearly = |id: &str, start: &str, fee: i64| {
        contract(id, id, start)
            .with_recurring(fee, Per::Year)
            .unwrap()
    };
    let value = |contracts: &[Contract]| kpi::average_contract_value(&customers(contracts));
    let new = yearly("C-1", "2026-02-01", 1_000);
    let renewal = renews(yearly("C-2", "2026-02-01", 9_000), &["C-0"]);
    let all = [
        new.clone(),
        renewal.clone(),
        yearly("C-3", "2026-02-01", 5).with_trial(),
        yearly("C-4", "2026-02-01", 0),
        contract("C-5", "C-5", "2026-02-01"),
        yearly("C-6", "2026-02-01", 70)
            .with_signed(day("2025-12-31"))
            .unwrap(),
    ];
    assert_eq!(value(&all).unwrap().to_string(), "1000 USD/year");
    let signed = yearly("C-7", "2026-04-01", 3_000).with_signed(day("2026-03-31"));
    assert_eq!(
        value(&[new, signed.unwrap()]).unwrap().to_string(),
        "2000 USD/year"
    );
    assert_eq!(value(&[renewal]), Err(Undefined::NoContractsSigned));
    let unknown = [contract("C-5", "C-5", "2026-02-01")];
    assert_eq!(value(&unknown), Err(Undefined::NoRecurringFee));
}

/// A win of 0 and a credit are no purchase, a win of an unknown amount is.
#[test]
fn a_free_win_makes_no_customer() {
    let free = won("D-1", "Acme", "2025-06-30").with_amount(0).unwrap();
    let unknown = won("D-2", "Initech", "2025-06-30");
    let paid = |id: &str, account: &str| won(id, account, "2026-02-03").with_amount(9).unwrap();
    let credit = won("D-5", "Umbrella", "2026-02-03")
        .with_amount(-5)
        .unwrap();
    let deals = [
        free,
        unknown,
        paid("D-3", "Acme"),
        paid("D-4", "Initech"),
        credit,
    ];
    let purchases = PurchaseTally::of(&deals, q1()).unwrap();
    assert_eq!(purchases.totals().won(), Ok(3));
    assert_eq!(purchases.totals().new_customers(), Ok(1));
}

/// Of the first quarter: how each kind of contract stands in it, in words.
#[test]
fn a_standing_says_how_a_contract_counts() {
    let ended = |start, last, terminated: Option<&str>| {
        let contract = monthly(until(contract("C", "Acme", start), last), 1);
        match terminated {
            Some(on) => contract.with_terminated(day(on)).unwrap(),
            None => contract,
        }
    };
    let cases = [
        (
            monthly(contract("C", "Acme", "2025-05-01"), 1),
            "active at the start and at the end",
        ),
        (
            monthly(contract("C", "Acme", "2025-05-01"), 1).with_trial(),
            "active at the start and at the end; pays nothing",
        ),
        (
            contract("C", "Acme", "2025-05-01")
                .with_one_time(1)
                .unwrap(),
            "active at the start and at the end; sold once",
        ),
        (
            contract("C", "Acme", "2025-05-01"),
            "active at the start and at the end; of unknown fee",
        ),
        (
            monthly(contract("C", "Acme", "2026-01-01"), 1),
            "active at the end, not at the start; signed in the period",
        ),
        (
            ended("2025-04-01", "2026-03-31", None),
            "active at the start and at the end; up for renewal in the period",
        ),
        (
            ended("2025-04-01", "2026-03-30", None),
            "active at the start, not at the end; up for renewal in the period",
        ),
        (
            ended("2025-04-01", "2026-03-31", Some("2026-01-31")),
            "active at the start, not at the end; ended before its term",
        ),
        (
            ended("2026-01-01", "2026-02-28", Some("2026-01-31")),
            "active neither at the start nor at the end; signed in the period",
        ),
        (
            ended("2025-01-01", "2025-12-31", None),
            "active at the start, not at the end",
        ),
        (
            ended("2025-01-01", "2025-12-30", None),
            "active neither at the start nor at the end",
        ),
    ];
    for (contract, text) in cases {
        assert_eq!(contract.standing(q1()).to_string(), text);
    }
}

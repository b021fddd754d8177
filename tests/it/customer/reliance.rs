//! Worked examples of section 11: who buys again, who came back, on how few the revenue hangs, and what a channel brings.

use std::collections::BTreeMap;

use sales_metrics::{
    Contract, Currency, CustomerTally, Deal, DealDetail, Label, Outcome, Per, Percent,
    PurchaseTally, Rate, Scope, Spend, SpendCategory, SpendTally, SpreadTally, Undefined, kpi,
};

use crate::support::{day, scope};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn won(id: &str, account: &str, on: &str, amount: i64) -> Deal {
    let outcome = Outcome::Won { on: day(on) };
    Deal::new(id, day("2025-01-01"), outcome, Currency::USD)
        .and_then(|deal| deal.with_account(account)?.with_amount(amount))
        .unwrap()
}

fn contract(id: &str, account: &str, start: &str) -> Contract {
    Contract::new(id, account, day(start), Currency::USD).unwrap()
}

fn percent(rate: Result<Rate, Undefined>) -> String {
    rate.unwrap().to_string()
}

/// What came to light late is the first all the same: the deals of the new first day are then repeats of it.
#[test]
fn an_earlier_first_win_makes_the_others_repeats() {
    let later = [
        won("D-1", "Acme", "2026-02-20", 100),
        won("D-2", "Acme", "2026-02-20", 50),
        won("D-3", "Initech", "2026-03-02", 50),
    ];
    let earlier = [won("D-0", "Acme", "2026-01-05", 200)];
    let of = |deals: &[Deal]| PurchaseTally::of(deals, q1()).unwrap();
    assert_eq!(percent(kpi::repeat_revenue_rate(&of(&later))), "0%");
    let mut merged = of(&later);
    merged.merge(&of(&earlier)).unwrap();
    assert_eq!(percent(kpi::repeat_revenue_rate(&merged)), "37.5%");
    assert_eq!(merged, of(&[&earlier[..], &later].concat()));
}

/// A win of 0 is no first purchase, one whose amount nobody knows is; a credit is neither.
#[test]
fn what_counts_as_a_first_purchase() {
    let unknown = Deal::new(
        "D-0",
        day("2025-01-01"),
        Outcome::Won {
            on: day("2026-01-05"),
        },
        Currency::USD,
    )
    .and_then(|deal| deal.with_account("Acme"))
    .unwrap();
    let second = won("D-2", "Acme", "2026-02-20", 100);
    let rate = |first: Deal| {
        let purchases = PurchaseTally::of([first, second.clone()], q1()).unwrap();
        percent(kpi::repeat_revenue_rate(&purchases))
    };
    assert_eq!(rate(won("D-1", "Acme", "2026-01-05", 0)), "0%");
    assert_eq!(rate(won("D-1", "Acme", "2026-01-05", -70)), "0%");
    assert_eq!(rate(unknown), "100%");
}

/// Who only tried it was no customer, and cannot come back.
#[test]
fn a_trial_makes_no_former_customer() {
    let ended = |contract: Contract| contract.with_last_day(day("2025-06-30")).unwrap();
    let paid = |contract: Contract| contract.with_recurring(10, Per::Month).unwrap();
    let contracts = [
        ended(contract("C-1", "Acme", "2025-01-01").with_trial()),
        paid(contract("C-2", "Acme", "2026-02-01")),
        ended(paid(contract("C-3", "Initech", "2025-01-01"))),
    ];
    let customers = CustomerTally::of(&contracts, q1()).unwrap();
    assert_eq!(customers.totals().former(), Ok(1));
    assert_eq!(percent(kpi::win_back_rate(&customers)), "0%");
}

#[test]
fn none_of_them_and_more_than_there_are() {
    let deals = [
        won("D-1", "Acme", "2026-02-20", 100),
        won("D-2", "Acme", "2026-02-21", 100),
        won("D-3", "Initech", "2026-02-22", 300),
    ];
    let (detail, spread) = (
        DealDetail::of(&deals, q1()).unwrap(),
        SpreadTally::of(&deals, q1()).unwrap(),
    );
    for (n, accounts, sizes) in [(0, "0%", "0%"), (1, "60%", "60%"), (2, "100%", "80%")] {
        assert_eq!(percent(kpi::revenue_concentration(&spread, n)), accounts);
        assert_eq!(percent(kpi::deal_concentration(&detail, n)), sizes);
    }
    assert_eq!(
        percent(kpi::revenue_concentration(&spread, u32::MAX)),
        "100%"
    );
    assert_eq!(percent(kpi::deal_concentration(&detail, 9)), "100%");
}

/// Spent and nothing sold is a loss of all of it; of a fee that nobody knows it is not known when it is paid back.
#[test]
fn a_channel_that_brought_nothing() {
    let spend = Spend::new(
        "S-1",
        day("2026-01-31"),
        500,
        Currency::USD,
        SpendCategory::Sales,
    )
    .and_then(|spend| spend.with_source("fair"))
    .unwrap();
    let spend = SpendTally::of([spend], q1()).unwrap();
    let (fair, half) = (
        Label::new("fair").unwrap(),
        Percent::from_percent(50).unwrap(),
    );
    let none = BTreeMap::new();
    let earned = kpi::marketing_return(&spend, &none, &fair, half).unwrap();
    assert_eq!(earned.to_string(), "-100%");
    let bought = won("D-1", "Acme", "2026-02-20", 9).with_source("fair");
    let bought = PurchaseTally::of([bought.unwrap()], q1()).unwrap();
    let payback = |contracts: &[Contract]| {
        let customers = CustomerTally::of(contracts, q1()).unwrap();
        kpi::channel_cac_payback(&spend, &bought, &customers, &fair, half)
    };
    let unknown = [contract("C-1", "Acme", "2026-02-01")];
    let nothing = Err(Undefined::GrossProfitNotPositive.into());
    assert_eq!(payback(&[]), nothing);
    // A trial is no customer, and of a customer of another channel it is not asked.
    let [trial] = unknown.clone().map(Contract::with_trial);
    assert_eq!(
        payback(&[trial, contract("C-2", "Initech", "2026-02-01")]),
        nothing
    );
    assert_eq!(payback(&unknown), Err(Undefined::NoRecurringFee.into()));
    let customers = CustomerTally::of(&unknown, q1()).unwrap();
    let accounts = bought.new_customers().unwrap().map(|(account, ..)| account);
    let paid = customers.paid_by(accounts).unwrap();
    assert_eq!((paid.count, paid.unpriced()), (1, 1));
}

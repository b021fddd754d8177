//! Every finding of contracts and expenses by the least record that shows it.

use super::{audit, texts};
use crate::support::day;
use sales_metrics::{Contract, Currency, Per, Rep, Spend, SpendCategory};

fn bare_contract(id: &str, account: &str, start: &str) -> Contract {
    Contract::new(id, account, day(start), Currency::EUR).unwrap()
}

/// A contract with nothing odd about it.
fn clean_contract(id: &str, account: &str, start: &str, end: &str) -> Contract {
    bare_contract(id, account, start)
        .with_last_day(day(end))
        .and_then(|contract| contract.with_recurring(100, Per::Month))
        .unwrap()
}

fn of_2025(id: &str) -> Contract {
    clean_contract(id, "Acme", "2025-01-01", "2025-12-31")
}

fn renewing(contract: Contract, id: &str) -> Contract {
    contract.with_renewal_of(id).unwrap()
}

fn lines(contracts: &[Contract]) -> Vec<String> {
    texts(&audit().with_contracts(contracts).contracts(contracts))
}

#[test]
fn a_clean_contract_has_no_finding() {
    // A gap before the renewal, a term that has not begun, and a start that is far off: nothing of it is odd.
    let contracts = [
        renewing(
            clean_contract("C-2", "Acme", "2026-02-01", "2027-01-31"),
            "C-1",
        ),
        of_2025("C-1"),
        clean_contract("C-3", "Initech", "2026-04-01", "2027-03-31"),
    ];
    assert_eq!(lines(&contracts), [""; 0]);
    assert_eq!(lines(&[]), [""; 0]);
}

#[test]
fn fees_and_ends_that_are_missing() {
    let bare = bare_contract("C-1", "Acme", "2026-01-01");
    let (no_fee, no_end) = (
        "contract C-1: it has no recurring fee",
        "contract C-1: it has no agreed end",
    );
    assert_eq!(lines(core::slice::from_ref(&bare)), [no_fee, no_end]);
    let once = bare.clone().with_one_time(900).unwrap();
    assert_eq!(lines(&[once]), [no_end], "it was sold once");
    assert_eq!(lines(&[bare.clone().with_trial()]), [no_end]);
    let terminated = bare.with_terminated(day("2026-02-28")).unwrap();
    assert_eq!(lines(&[terminated]), [no_fee, no_end]);
    let free = of_2025("C-1").with_recurring(0, Per::Year).unwrap();
    assert_eq!(lines(&[free]), ["contract C-1: its recurring fee is 0"]);
    let trial = of_2025("C-1").with_recurring(0, Per::Year).unwrap();
    assert_eq!(lines(&[trial.with_trial()]), [""; 0]);
}

#[test]
fn a_renewal_that_starts_too_soon() {
    let starting = |start| renewing(clean_contract("C-2", "Acme", start, "2028-12-31"), "C-1");
    let too_soon = |start: &str| {
        [format!(
            "contract C-2: starts on {start}, before contract C-1, which it renews, has ended"
        )]
    };
    assert_eq!(lines(&[of_2025("C-1"), starting("2026-01-01")]), [""; 0]);
    assert_eq!(
        lines(&[of_2025("C-1"), starting("2025-12-31")]),
        too_soon("2025-12-31")
    );
    assert_eq!(
        lines(&[starting("2024-12-31"), of_2025("C-1")]),
        too_soon("2024-12-31")
    );
    let cut = of_2025("C-1").with_terminated(day("2025-06-30")).unwrap();
    assert_eq!(lines(&[cut.clone(), starting("2025-07-01")]), [""; 0]);
    assert_eq!(
        lines(&[cut.clone(), starting("2025-06-30")]),
        too_soon("2025-06-30")
    );
    let endless = bare_contract("C-1", "Acme", "2025-01-01")
        .with_recurring(100, Per::Month)
        .unwrap();
    let found = lines(&[endless, starting("2027-01-01")]);
    assert_eq!(found[1..], too_soon("2027-01-01"));
    // Unless notice is given, the old one goes on after its agreed end.
    let itself = of_2025("C-1").with_auto_renewal();
    assert_eq!(
        lines(&[itself.clone(), starting("2026-01-01")]),
        too_soon("2026-01-01")
    );
    let noticed = itself.clone().with_notice(day("2025-12-31")).unwrap();
    assert_eq!(lines(&[noticed, starting("2026-01-01")]), [""; 0]);
    let ended = itself.with_terminated(day("2026-02-28")).unwrap();
    assert_eq!(
        lines(&[ended.clone(), starting("2026-02-28")]),
        too_soon("2026-02-28")
    );
    assert_eq!(lines(&[ended, starting("2026-03-01")]), [""; 0]);
    // Of several with its id, one that has ended is enough.
    let twice = lines(&[of_2025("C-1"), cut, starting("2025-07-01")]);
    assert_eq!(twice, ["contract C-1: an earlier record has the same id"]);
}

/// As of deals and leads: nobody can look after it who is not there.
#[test]
fn an_owner_who_is_not_known_or_not_at_work() {
    let of = |owner: &str, id: &str, last: &str| {
        clean_contract(id, "Acme", "2025-01-01", last)
            .with_owner(owner)
            .unwrap()
    };
    let eve = of("eve", "C-1", "2028-12-31");
    assert_eq!(audit().contracts([&eve]), []);
    let ada = Rep::new("ada")
        .unwrap()
        .with_left(day("2026-01-31"))
        .unwrap();
    let audit = audit().with_reps([ada]);
    assert_eq!(
        texts(&audit.contracts([&eve])),
        ["contract C-1: its rep eve is not among the known reps"]
    );
    let (holds, is_over) = (
        of("ada", "C-1", "2028-12-31"),
        of("ada", "C-2", "2025-12-31"),
    );
    assert_eq!(
        texts(&audit.contracts([&holds, &is_over])),
        ["contract C-1: its owner ada was not active on 2026-03-31"]
    );
    let spelt = of("Ada", "C-3", "2025-12-31");
    let found = texts(&super::audit().contracts([&is_over, &spelt]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("owner"), "{found:?}");
}

#[test]
fn a_renewal_of_a_missing_contract_or_of_another_account() {
    let lost = renewing(of_2025("C-2"), "C-9");
    assert_eq!(
        lines(core::slice::from_ref(&lost)),
        ["contract C-2: contract C-9, which it renews, is not among the known contracts"]
    );
    assert_eq!(audit().contracts([&lost]), []);
    let renewal = renewing(
        clean_contract("C-2", "Initech", "2026-01-01", "2026-12-31"),
        "C-1",
    );
    assert_eq!(
        lines(&[of_2025("C-1"), renewal.clone()]),
        ["contract C-2: contract C-1, which it renews, is another account's"]
    );
    // Known from before, and of both accounts.
    let same = clean_contract("C-1", "Initech", "2025-01-01", "2025-12-31");
    let known = audit().with_contracts([of_2025("C-1")]);
    assert_eq!(known.contracts([&renewal]).len(), 1);
    assert_eq!(known.with_contracts([same]).contracts([renewal]), []);
}

#[test]
fn contracts_that_are_there_twice_or_in_another_currency() {
    let dollars = Contract::new("C-3", "Acme", day("2026-01-01"), Currency::USD)
        .and_then(|contract| contract.with_last_day(day("2026-12-31")))
        .and_then(|contract| contract.with_recurring(100, Per::Month))
        .unwrap();
    assert_eq!(
        lines(&[of_2025("C-1"), dollars, of_2025("C-1")]),
        [
            "contract C-3: it is in USD, but most are in EUR",
            "contract C-1: an earlier record has the same id",
        ]
    );
}

fn spend(on: &str, amount: u64, category: SpendCategory) -> Spend {
    Spend::new("S-1", day(on), amount, Currency::EUR, category).unwrap()
}

#[test]
fn what_is_odd_about_an_expense() {
    let lines = |spend: &[Spend]| texts(&audit().spend(spend));
    let webinar = |on, amount| {
        let spend = spend(on, amount, SpendCategory::Marketing);
        spend.with_source("webinar").unwrap()
    };
    assert_eq!(lines(&[webinar("2026-03-31", 1)]), [""; 0]);
    assert_eq!(
        lines(&[webinar("2026-04-01", 1)]),
        ["spend S-1: dated 2026-04-01, after the as-of day"]
    );
    assert_eq!(
        lines(&[webinar("2026-03-31", 0)]),
        ["spend S-1: its amount is 0"]
    );
    let unplaced = |category| lines(&[spend("2026-03-31", 1, category)]);
    for category in [SpendCategory::Sales, SpendCategory::Marketing] {
        assert_eq!(unplaced(category), ["spend S-1: it has no channel"]);
    }
    // Rent is spent on no channel, and no cost per channel counts it.
    assert_eq!(unplaced(SpendCategory::Other), [""; 0]);
    let dollars = Spend::new(
        "S-0",
        day("2026-03-31"),
        1,
        Currency::USD,
        SpendCategory::Other,
    );
    assert_eq!(
        lines(&[
            webinar("2026-03-31", 1),
            dollars.unwrap(),
            webinar("2026-03-30", 1)
        ]),
        [
            "spend S-0: it is in USD, but most are in EUR",
            "spend S-1: an earlier record has the same id",
        ]
    );
}

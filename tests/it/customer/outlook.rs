//! What is agreed on by an evening, and what is left of the customers of a month: a second time, from the catalogue's words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use proptest::prelude::*;
use sales_metrics::{
    CohortTally, CommitmentTally, Contract, Currency, CustomerTally, Decimal, Per, Scope,
    Undefined, Volume, kpi,
};

use super::oracle::{Answer, is_active, last_day, makes_customer, recurring};
use super::{RawContract, contracts, many_contracts};
use crate::support::{Q, config, day, exact, q, scope, scopes, tiny};

/// How many days after the evening one looks.
const DAYS: [u32; 3] = [0, 90, 400];

pub(super) fn said(raw: &[RawContract], scope: Scope, put: &mut impl FnMut(&str, Answer)) {
    let agreed = CommitmentTally::of(contracts(raw), scope).unwrap();
    let amount = |amount: Decimal| exact(amount);
    let carr = kpi::committed_arr(&agreed);
    assert!(carr.is_err() || carr.unwrap().per() == Per::Year);
    put("committed_arr", carr.map(|per| amount(per.amount())));
    let totals = agreed.totals();
    let parts = [
        ("in_force", totals.in_force),
        ("under_notice", totals.under_notice),
        ("renewed", totals.renewed),
        ("upcoming", totals.upcoming),
        ("without_signing", totals.without_signing),
        ("without_notice", totals.without_notice),
    ];
    for (name, part) in parts {
        put(&format!("agreed.{name}"), Ok(q(part.count, 1)));
        put(
            &format!("agreed.{name}.unpriced"),
            Ok(q(part.unpriced(), 1)),
        );
    }
    for days in DAYS {
        let volume = kpi::available_to_renew(&agreed, days);
        put(
            &format!("available_to_renew.{days}"),
            Ok(q(volume.count(), 1)),
        );
        put(
            &format!("available_to_renew.{days}.amount"),
            Ok(known(volume)),
        );
    }
    let cohorts = CohortTally::of(contracts(raw), scope).unwrap();
    let customers = kpi::retention_cohorts(&cohorts).map(|cohorts| {
        let evenings = cohorts.iter().flat_map(|cohort| &cohort.evenings);
        q(evenings.map(|evening| evening.customers).sum::<u64>(), 1)
    });
    put("retention_cohorts", customers);
}

/// What is known of it.
fn known(volume: Volume) -> Q {
    volume
        .amount()
        .map_or_else(|_| q(0, 1), |money| exact(money.amount()))
}

fn sum(values: impl IntoIterator<Item = Q>) -> Q {
    values.into_iter().fold(q(0, 1), |sum, value| sum + value)
}

pub(super) fn truth(raw: &[RawContract], scope: Scope, put: &mut impl FnMut(&str, Answer)) {
    let evening = scope.period().last_day().min(scope.as_of_day());
    let by_then = |on: Option<NaiveDate>| on.is_some_and(|on| on <= evening);
    let is_signed = |c: &RawContract| c.signed.unwrap_or(c.start) <= evening;
    let is_noticed = |c: &RawContract| by_then(c.notice);
    let is_withdrawn = |c: &RawContract| last_day(c) == Some(c.start) && is_noticed(c);
    let takes_a_place = |c: &RawContract| {
        is_active(c, evening) || (c.start > evening && is_signed(c) && !is_withdrawn(c))
    };
    // Whatever is replaced hands the place of what it renewed on: until nothing more comes of it.
    let mut renewed = BTreeSet::new();
    loop {
        let before = renewed.clone();
        for (own, c) in raw.iter().enumerate() {
            if takes_a_place(c) || before.contains(&own) {
                renewed.extend(c.renewal_of.iter().filter(|old| **old != own).copied());
            }
        }
        if renewed == before {
            break;
        }
    }
    let customers: Vec<(usize, &RawContract)> = raw
        .iter()
        .enumerate()
        .filter(|(_, c)| makes_customer(c))
        .collect();
    let those = |is_so: &dyn Fn(usize, &RawContract) -> bool| -> Vec<&RawContract> {
        let chosen = customers.iter().filter(|(number, c)| is_so(*number, c));
        chosen.map(|(_, c)| *c).collect()
    };
    let holds = |c: &RawContract| is_active(c, evening);
    let begins_later = |c: &RawContract| c.start > evening;
    let goes_on = |number: usize, c: &RawContract| !is_noticed(c) && !renewed.contains(&number);
    let committed =
        those(&|number, c| goes_on(number, c) && (holds(c) || (begins_later(c) && is_signed(c))));
    let parts: [(&str, Vec<&RawContract>); 6] = [
        ("in_force", those(&|_, c| holds(c))),
        ("under_notice", those(&|_, c| holds(c) && is_noticed(c))),
        (
            "renewed",
            those(&|number, c| holds(c) && !is_noticed(c) && renewed.contains(&number)),
        ),
        (
            "upcoming",
            those(&|number, c| begins_later(c) && is_signed(c) && goes_on(number, c)),
        ),
        (
            "without_signing",
            those(&|_, c| begins_later(c) && c.signed.is_none()),
        ),
        (
            "without_notice",
            those(&|_, c| holds(c) && c.terminated.is_some() && c.notice.is_none()),
        ),
    ];
    for (name, part) in parts {
        let unknown = part.iter().filter(|c| recurring(c).is_none()).count();
        put(&format!("agreed.{name}"), Ok(q(part.len(), 1)));
        put(&format!("agreed.{name}.unpriced"), Ok(q(unknown, 1)));
    }
    let fees: Vec<Q> = committed.iter().filter_map(|c| recurring(c)).collect();
    let carr = if !committed.is_empty() && fees.is_empty() {
        Err(Undefined::NoRecurringFee)
    } else {
        Ok(sum(fees))
    };
    put("committed_arr", carr);
    for days in DAYS {
        let until = evening + Days::new(days.into());
        let ending =
            those(&|_, c| holds(c) && c.end.is_some_and(|end| evening < end && end <= until));
        put(
            &format!("available_to_renew.{days}"),
            Ok(q(ending.len(), 1)),
        );
        let fees = ending.iter().filter_map(|c| recurring(c));
        put(&format!("available_to_renew.{days}.amount"), Ok(sum(fees)));
    }
    let cohorts = cohorts(raw, scope);
    let customers = cohorts.values().flat_map(|(_, evenings)| evenings);
    let customers = customers.map(|(_, count, _)| *count).sum::<usize>();
    put(
        "retention_cohorts",
        if cohorts.is_empty() {
            Err(Undefined::NoNewContracts)
        } else {
            Ok(q(customers, 1))
        },
    );
}

/// An evening, the customers on it, and their money against that of the first evening.
type Evening = (NaiveDate, usize, Answer);

/// By the first day of the month, how many came, and what is left.
fn cohorts(raw: &[RawContract], scope: Scope) -> BTreeMap<NaiveDate, (usize, Vec<Evening>)> {
    let (period, as_of) = (scope.period(), scope.as_of_day());
    let mut firsts: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for contract in raw.iter().filter(|c| makes_customer(c)) {
        let first = firsts.entry(contract.account).or_insert(contract.start);
        *first = contract.start.min(*first);
    }
    let mut months: BTreeMap<NaiveDate, Vec<&str>> = BTreeMap::new();
    for (account, first) in firsts {
        if period.contains(first) && first <= as_of {
            let month = first.with_day(1).unwrap();
            months.entry(month).or_default().push(account);
        }
    }
    let of = |account: &str, evening: NaiveDate| -> Vec<&RawContract> {
        let own = raw.iter().filter(|c| c.account == account);
        own.filter(|c| makes_customer(c) && is_active(c, evening))
            .collect()
    };
    let paid = |account: &str, evening: NaiveDate| -> Option<Q> {
        let fees: Option<Vec<Q>> = of(account, evening).into_iter().map(recurring).collect();
        fees.map(sum)
    };
    let rows = months.into_iter().map(|(month, accounts)| {
        let evenings = (1..).map(|later| (month + Months::new(later)).pred_opt().unwrap());
        let evenings: Vec<NaiveDate> = evenings.take_while(|on| *on <= as_of).collect();
        let row = evenings.iter().map(|on| {
            let left = accounts.iter().filter(|own| !of(own, *on).is_empty());
            let pairs = accounts
                .iter()
                .filter_map(|own| Some((paid(own, evenings[0])?, paid(own, *on)?)));
            let (first, now): (Vec<Q>, Vec<Q>) = pairs.unzip();
            let (first, now) = (sum(first), sum(now));
            let money = if first == q(0, 1) {
                Err(Undefined::ZeroOpeningRevenue)
            } else {
                Ok(now / first)
            };
            (*on, left.count(), money)
        });
        (month, (accounts.len(), row.collect()))
    });
    rows.collect()
}

fn is_close(found: &Q, truth: &Q) -> bool {
    let distance = if found > truth {
        found - truth
    } else {
        truth - found
    };
    distance <= tiny(26) * (truth.clone() + q(1, 1))
}

proptest! {
    #![proptest_config(config(512))]

    /// The whole table, seen from the end of the period or from a day long after it.
    #[test]
    fn cohorts_are_what_is_left_on_each_evening(raw in many_contracts(), scope in scopes(), later in 0_u64..900) {
        let as_of = scope.as_of_day().checked_add_days(Days::new(later)).filter(|on| on.year() < 3000);
        let scope = scope.as_of(as_of.unwrap_or(scope.as_of_day())).unwrap();
        let expected = cohorts(&raw, scope);
        let tally = CohortTally::of(contracts(&raw), scope).unwrap();
        let base: usize = expected.values().map(|(accounts, _)| accounts).sum();
        prop_assert_eq!(tally.totals().accounts, base as u64);
        let found = kpi::retention_cohorts(&tally).unwrap_or_default();
        prop_assert_eq!(found.len(), expected.len());
        for (row, (month, (accounts, evenings))) in found.iter().zip(&expected) {
            prop_assert_eq!((row.month.start(), row.accounts), (*month, *accounts as u64));
            prop_assert_eq!(row.evenings.len(), evenings.len());
            for (found, (on, customers, money)) in row.evenings.iter().zip(evenings) {
                prop_assert_eq!((found.on, found.customers), (*on, *customers as u64));
                prop_assert!(is_close(&exact(found.retention.fraction()), &q(*customers, *accounts)));
                match (found.revenue.map(|share| exact(share.fraction())), money) {
                    (Ok(found), Ok(money)) => prop_assert!(is_close(&found, money), "{found} {money}"),
                    (found, money) => prop_assert_eq!(found.map(|_| ()), money.clone().map(|_| ())),
                }
            }
        }
    }

    /// Where nobody gives notice, signs ahead, or renews, it is what is in force.
    #[test]
    fn without_notice_and_signatures_it_is_the_arr(mut raw in many_contracts(), scope in scopes()) {
        for contract in &mut raw {
            contract.signed = None;
            contract.notice = None;
            contract.renewal_of.clear();
        }
        let agreed = CommitmentTally::of(contracts(&raw), scope).unwrap();
        let customers = CustomerTally::of(contracts(&raw), scope).unwrap();
        prop_assert_eq!(kpi::committed_arr(&agreed), kpi::arr(&customers));
        prop_assert_eq!(agreed.totals().in_force, customers.totals().contracts_at_end().unwrap());
    }
}

fn contract(id: &str, start: &str, fee: i64) -> Contract {
    Contract::new(id, "Acme", day(start), Currency::USD)
        .and_then(|contract| contract.with_recurring(fee, Per::Year))
        .unwrap()
}

fn carr(contracts: &[Contract]) -> String {
    let agreed = CommitmentTally::of(contracts, scope("2026-Q1")).unwrap();
    kpi::committed_arr(&agreed).unwrap().to_string()
}

/// The catalogue's example, and each part of it by itself.
#[test]
fn what_is_signed_takes_the_place_of_what_it_renews() {
    let old = contract("C-1", "2025-07-01", 100);
    let old = old.with_last_day(day("2026-06-30")).unwrap();
    let new = contract("C-2", "2026-07-01", 110)
        .with_renewal_of("C-1")
        .unwrap();
    let signed = |on| new.clone().with_signed(day(on)).unwrap();
    assert_eq!(carr(&[old.clone(), signed("2026-03-31")]), "110 USD/year");
    // Signed a day too late, or nobody knows when: then on its first day.
    assert_eq!(carr(&[old.clone(), signed("2026-04-01")]), "100 USD/year");
    assert_eq!(carr(&[old.clone(), new.clone()]), "100 USD/year");
    let agreed = CommitmentTally::of([&old, &new], scope("2026-Q1")).unwrap();
    assert_eq!(agreed.totals().without_signing.count, 1);
    // Beside another contract, a new one comes on top.
    let other = contract("C-3", "2026-07-01", 7).with_signed(day("2026-03-01"));
    assert_eq!(
        carr(&[old.clone(), signed("2026-03-31"), other.unwrap()]),
        "117 USD/year"
    );
    // A renewal of the renewal takes its place in turn.
    let next = contract("C-4", "2027-07-01", 130).with_renewal_of("C-2");
    let next = next.and_then(|next| next.with_signed(day("2026-03-31")));
    assert_eq!(
        carr(&[old.clone(), signed("2026-03-31"), next.unwrap()]),
        "130 USD/year"
    );
    // Withdrawn before it began, it renews nothing.
    let withdrawn = signed("2026-02-01").with_terminated(day("2026-07-01"));
    let withdrawn = withdrawn.and_then(|new| new.with_notice(day("2026-03-01")));
    assert_eq!(carr(&[old.clone(), withdrawn.unwrap()]), "100 USD/year");
    // And under notice, neither the old one nor the new one goes on.
    let ended = signed("2026-02-01").with_notice(day("2026-03-01"));
    assert_eq!(carr(&[old, ended.unwrap()]), "0 USD/year");
}

/// A contract in force goes on, whenever its renewal's paper was signed; and what is over is in nobody's place.
#[test]
fn nobody_is_counted_twice_and_nobody_left_out() {
    let old = contract("C-1", "2025-07-01", 100);
    let old = old.with_last_day(day("2026-06-30")).unwrap();
    let new = contract("C-2", "2026-03-01", 110).with_renewal_of("C-1");
    let new = new.unwrap();
    let late = new.clone().with_signed(day("2026-04-10")).unwrap();
    assert_eq!(carr(&[old.clone(), late.clone()]), "110 USD/year");
    assert_eq!(carr(&[late, old.clone()]), "110 USD/year");
    // Over on the evening, or on the day before it; the last day counts.
    let until = |last| new.clone().with_terminated(day(last)).unwrap();
    assert_eq!(carr(&[old.clone(), until("2026-03-30")]), "100 USD/year");
    assert_eq!(carr(&[old.clone(), until("2026-03-31")]), "110 USD/year");
    // What renews the one that is over is in the place of the first, in whatever order they come.
    let over = until("2026-03-30");
    let next = contract("C-3", "2026-04-01", 130).with_renewal_of("C-2");
    let next = next.unwrap().with_signed(day("2026-03-15")).unwrap();
    let all = [old, over, next];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let [first, second, third] = order.map(|at: usize| all[at].clone());
        assert_eq!(
            carr(&[first.clone(), second.clone(), third.clone()]),
            "130 USD/year"
        );
        let q1 = scope("2026-Q1");
        let mut merged = CommitmentTally::of([first], q1).unwrap();
        merged
            .merge(&CommitmentTally::of([second, third], q1).unwrap())
            .unwrap();
        assert_eq!(merged, CommitmentTally::of(&all, q1).unwrap());
    }
    let text = serde_json::to_string(&CommitmentTally::of(&all, scope("2026-Q1")).unwrap());
    let text = text.unwrap();
    assert!(text.contains(r#""passed":{"C-2":["C-1"]}"#), "{text}");
    refused::<CommitmentTally>(
        &text,
        &[
            (r#""C-2":["C-1"]"#, r#""C-2":[]"#),
            (r#""C-2":["C-1"]"#, r#""C-2":["C-1","C-1"]"#),
            (r#""C-2":["C-1"]"#, r#""C-2":["C-0"]"#),
        ],
    );
}

/// Who left and came back is a customer again; whose fee is not known is in no sum of money.
#[test]
fn whoever_comes_back_is_there_again() {
    let january = contract("C-1", "2026-01-05", 100);
    let january = january.with_last_day(day("2026-01-31")).unwrap();
    let march = contract("C-2", "2026-03-05", 250);
    let nobody_knows = Contract::new("C-3", "Initech", day("2026-01-31"), Currency::USD);
    let all = [march, january, nobody_knows.unwrap()];
    let tally = CohortTally::of(&all, scope("2026-Q1")).unwrap();
    let cohorts = kpi::retention_cohorts(&tally).unwrap();
    assert_eq!((cohorts.len(), cohorts[0].accounts), (1, 2));
    let rows: Vec<_> = cohorts[0].evenings.iter().collect();
    let texts = rows
        .iter()
        .map(|row| format!("{} {}", row.retention, row.revenue.unwrap()));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        ["100% 100%", "50% 0%", "100% 250%"]
    );
    let json = serde_json::to_string(&cohorts[0].evenings[1]).unwrap();
    assert_eq!(
        json,
        r#"{"on":"2026-02-28","customers":1,"retention":"0.5","revenue":{"Ok":"0"}}"#
    );
}

fn refused<T: serde::de::DeserializeOwned + core::fmt::Debug>(sound: &str, edits: &[(&str, &str)]) {
    serde_json::from_str::<T>(sound).unwrap();
    for (old, new) in edits {
        let text = sound.replacen(old, new, 1);
        assert_ne!(text, sound, "{old}");
        let error = serde_json::from_str::<T>(&text).expect_err(&text);
        let error = error.to_string();
        assert!(
            error.contains("totals that no records can have") || error.contains("unknown field"),
            "{text}: {error}"
        );
    }
}

#[test]
fn commitments_that_no_contracts_make() {
    let old = contract("C-1", "2025-07-01", 100);
    let old = old.with_last_day(day("2026-06-30")).unwrap();
    let new = contract("C-2", "2026-07-01", 110).with_signed(day("2026-03-15"));
    let new = new.and_then(|new| new.with_renewal_of("C-1")).unwrap();
    let agreed = CommitmentTally::of([old, new], scope("2026-Q1")).unwrap();
    let text = serde_json::to_string(&agreed).unwrap();
    let hundred = r#"{"count":1,"priced":1,"amount":"100"}"#;
    let none = r#"{"count":0,"priced":0,"amount":"0"}"#;
    assert_eq!(
        text,
        format!(
            r#"{{"scope":{{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"}},"totals":{{"records":2,"in_force":{hundred},"under_notice":{none},"renewed":{hundred},"upcoming":{{"count":1,"priced":1,"amount":"110"}},"without_signing":{none},"without_notice":{none},"all_signed":{{"count":1,"priced":0,"amount":"0"}},"with_term":0,"term_months":0,"term_days":0,"multi_year":0}},"contracts":{{"C-1":{{"in_force":{hundred},"upcoming":{none},"renewed":true}},"C-2":{{"in_force":{none},"upcoming":{{"count":1,"priced":1,"amount":"110"}},"renewed":false}}}},"ends":{{"2026-06-30":{hundred}}}}}"#
        )
    );
    refused::<CommitmentTally>(
        &text,
        &[
            (r#""records":2"#, r#""records":0"#),
            (r#""records":2"#, r#""records":10000000001"#),
            (r#""in_force":{"count":1"#, r#""in_force":{"count":2"#),
            (r#""renewed":true"#, r#""renewed":false"#),
            (r#""renewed":{"count":1"#, r#""renewed":{"count":0"#),
            (r#""upcoming":{"count":1"#, r#""upcoming":{"count":2"#),
            (
                r#""under_notice":{"count":0"#,
                r#""under_notice":{"count":1"#,
            ),
            (
                r#""without_notice":{"count":0"#,
                r#""without_notice":{"count":2"#,
            ),
            (r#""2026-06-30":{"count":1"#, r#""2026-06-30":{"count":2"#),
            (r#""2026-06-30""#, r#""2026-03-31""#),
            (r#""ends""#, r#""end""#),
        ],
    );
}

/// Terms of two years, and of two years and a day, and what can not be said of them.
#[test]
fn terms_that_no_contracts_make() {
    let [two_years, year] = ["2027-12-31", "2026-12-31"].map(|last| {
        let signed = contract("C-1", "2026-01-01", 100);
        signed.with_last_day(day(last)).unwrap()
    });
    let longer = two_years.clone().with_last_day(day("2028-01-01")).unwrap();
    let open = contract("C-1", "2026-01-01", 100);
    let text = |contracts: &[Contract]| {
        let agreed = CommitmentTally::of(contracts, scope("2026-Q1")).unwrap();
        serde_json::to_string(&agreed).unwrap()
    };
    let sound = text(&[two_years, longer, open]);
    let signed = r#""all_signed":{"count":3,"priced":1,"amount":"200"},"with_term":2,"term_months":48,"term_days":1,"multi_year":2"#;
    assert!(sound.contains(signed), "{sound}");
    refused::<CommitmentTally>(
        &sound,
        &[
            (r#""all_signed":{"count":3"#, r#""all_signed":{"count":4"#),
            (r#""all_signed":{"count":3"#, r#""all_signed":{"count":1"#),
            (
                r#""all_signed":{"count":3,"priced":1"#,
                r#""all_signed":{"count":3,"priced":3"#,
            ),
            (
                r#""all_signed":{"count":3,"priced":1"#,
                r#""all_signed":{"count":3,"priced":0"#,
            ),
            (r#""with_term":2"#, r#""with_term":4"#),
            (r#""with_term":2"#, r#""with_term":1"#),
            (r#""multi_year":2"#, r#""multi_year":3"#),
            (r#""term_months":48"#, r#""term_months":47"#),
            (r#""term_months":48"#, r#""term_months":26401"#),
            (r#""term_days":1"#, r#""term_days":61"#),
        ],
    );
    // A year is not several, and has no 31 days beyond its months.
    refused::<CommitmentTally>(
        &text(&[year]),
        &[
            (r#""with_term":1"#, r#""with_term":0"#),
            (r#""multi_year":0"#, r#""multi_year":1"#),
            (r#""term_days":0"#, r#""term_days":31"#),
        ],
    );
}

#[test]
fn cohorts_that_no_contracts_make() {
    let tally = CohortTally::of([contract("C-1", "2026-01-05", 100)], scope("2026-Q1")).unwrap();
    let text = serde_json::to_string(&tally).unwrap();
    assert_eq!(
        text,
        r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"records":1,"accounts":{"Acme":[{"start":"2026-01-05","fee":"100"}]}}"#
    );
    refused::<CohortTally>(
        &text,
        &[
            (r#""records":1"#, r#""records":0"#),
            (r#""records":1"#, r#""records":10000000001"#),
            (r#""start":"2026-01-05""#, r#""start":"2026-04-01""#),
            (
                r#""start":"2026-01-05""#,
                r#""start":"2026-01-05","last":"2026-01-04""#,
            ),
            (r#""fee":"100""#, r#""fee":"0""#),
            (r#"[{"start":"2026-01-05","fee":"100"}]"#, "[]"),
            (r#""fee""#, r#""fees""#),
        ],
    );
}

/// A day less than two years is no contract of several years, and a renewal of two years is one.
#[test]
fn two_years_are_several_to_the_day() {
    for (last, share) in [
        ("2027-12-30", "0%"),
        ("2027-12-31", "100%"),
        ("2028-01-01", "100%"),
    ] {
        let signed = contract("C-1", "2026-01-01", 100)
            .with_last_day(day(last))
            .unwrap();
        let agreed = CommitmentTally::of([signed], scope("2026-Q1")).unwrap();
        assert_eq!(
            kpi::multi_year_rate(&agreed).unwrap().to_string(),
            share,
            "{last}"
        );
    }
}

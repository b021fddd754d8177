//! What holds for every KPI of customers, whatever the contracts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use proptest::prelude::*;
use sales_metrics::tally::{
    AccountStanding, AmountSum, CommitmentTotals, ContractOutcome, ContractStanding,
    CustomerTotals, Priced, RenewalStanding, RenewalTotals,
};
use sales_metrics::{
    CommitmentTally, Contract, Currency, CustomerTally, MoneyPer, MrrMovements, Per, PurchaseTally,
    RenewalTally, Scope, SpendTally, date, kpi,
};

use super::oracle::{Answer, cases, said};
use super::{
    RawContract, contracts, contracts_up_to, many_contracts, many_purchases, many_spends,
    purchases, spends,
};
use crate::support::{Q, config, exact, q, scopes};

/// Which names are shares of a whole.
const RATES: [&str; 9] = [
    "gross_revenue_churn_rate",
    "customer_concentration.1",
    "customer_concentration_index",
    "multi_year_rate",
    "churn_rate",
    "retention_rate",
    "non_renewal_rate",
    "early_termination_rate",
    "gross_revenue_retention",
];

fn tally(raw: &[RawContract], scope: Scope) -> CustomerTally {
    CustomerTally::of(contracts(raw), scope).unwrap()
}

fn renewals(raw: &[RawContract], scope: Scope) -> RenewalTally {
    RenewalTally::of(contracts(raw), scope).unwrap()
}

/// Its months, one after the other.
fn months(scope: Scope) -> Vec<Scope> {
    scope.months().take(24).collect()
}

fn numbers(priced: Priced) -> [Q; 3] {
    [
        q(priced.count, 1),
        q(priced.priced, 1),
        exact(priced.amount.decimal()),
    ]
}

/// What a totals' flows are as numbers.
fn flows(totals: &CustomerTotals) -> Vec<Q> {
    let mut flows = Vec::from(numbers(totals.signed().unwrap()));
    flows.extend(numbers(totals.one_time_sales().unwrap()));
    flows.push(q(totals.first_contracts().unwrap(), 1));
    flows
}

/// What was signed, as numbers.
fn signed_flows(totals: &CommitmentTotals) -> Vec<Q> {
    let mut flows = Vec::from(numbers(totals.all_signed));
    let counts = [
        totals.with_term,
        totals.term_months,
        totals.term_days,
        totals.multi_year,
    ];
    flows.extend(counts.map(|count| q(count, 1)));
    flows
}

/// Of a cohort that is seen from one day. Money is not among them: a group of contracts that one renews may come up in two months.
fn renewal_flows(totals: RenewalTotals) -> Vec<Q> {
    let counts = [
        totals.due().unwrap().count,
        totals.renewed().unwrap(),
        totals.on_time().unwrap(),
    ];
    counts.map(|count| q(count, 1)).to_vec()
}

fn added(parts: impl Iterator<Item = Vec<Q>>) -> Vec<Q> {
    parts
        .reduce(|sum, part| sum.into_iter().zip(part).map(|(a, b)| a + b).collect())
        .unwrap()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn figures_stay_within_their_bounds(case in cases()) {
        let (zero, one) = (q(0, 1), q(1, 1));
        let said = said(&case);
        for (name, answer) in &said {
            let Ok(value) = answer else { continue };
            if RATES.contains(&name.as_str()) {
                prop_assert!(zero <= *value && *value <= one, "{}", name);
            }
            let signed = ["arr_growth", "arr_movements.net", "net", "renewal_uplift", "spend.", "burn", "magic", "bookings_magic", "rule", "ltv", "customer_lifetime", "margin_lifetime", "marketing_return"];
            let may_be_negative = signed.iter().any(|part| name.starts_with(part)) || name == "mrr_movements.net";
            let may_be_negative = may_be_negative && (!name.starts_with("spend.") || name.strip_suffix(".net").is_some());
            prop_assert!(may_be_negative || *value >= zero, "{}", name);
        }
        let get = |name: &str| said[name].clone();
        if let (Ok(churn), Ok(kept)) = (get("churn_rate"), get("retention_rate")) {
            // Each is rounded once at most.
            let off = churn + kept - one;
            prop_assert!(off <= q(1, 10_u64.pow(18)) && off >= q(-1, 10_u64.pow(18)));
        }
        if let (Ok(gross), Ok(net)) = (get("gross_revenue_retention"), get("net_revenue_retention")) {
            prop_assert!(gross <= net);
        }
        prop_assert!(get("net_customer_change").map_or(true, |change| change >= q(-1, 1)));
        prop_assert!(get("net_revenue_retention").map_or(true, |net| net >= zero));
    }

    /// new + reactivation + expansion − contraction − churn ± fees that became known or unknown = closing − opening, exactly.
    #[test]
    fn movements_add_up(raw in many_contracts(), scope in scopes()) {
        let tally = tally(&raw, scope);
        let moved = kpi::mrr_movements(&tally).unwrap();
        let yearly = moved.yearly();
        let [opening, new, back, more, less, lost, known, unknown, closing] = [
            yearly.opening().unwrap(), yearly.new().unwrap(), yearly.reactivation().unwrap(), yearly.expansion().unwrap(), yearly.contraction().unwrap(), yearly.churn().unwrap(),
            yearly.became_known().unwrap(), yearly.became_unknown().unwrap(), yearly.closing().unwrap(),
        ].map(|part| exact(part.decimal()));
        prop_assert_eq!(&closing - &opening, new + back + more - less - lost + known - unknown);
        prop_assert_eq!(MrrMovements::new(yearly, Currency::USD).unwrap(), moved);
        let totals = tally.totals();
        prop_assert_eq!(totals.at_start().unwrap(), totals.retained().unwrap() + totals.lost().unwrap());
        prop_assert_eq!(totals.at_end().unwrap(), totals.retained().unwrap() + totals.new().unwrap() + totals.reactivated().unwrap());
        prop_assert_eq!(totals.contracts_at_start().unwrap().amount, yearly.opening().unwrap());
        prop_assert_eq!(totals.contracts_at_end().unwrap().amount, yearly.closing().unwrap());
    }

    /// The closing of a month is the opening of the next; what moved in all of them moved in the whole.
    #[test]
    fn months_meet(raw in many_contracts(), scope in scopes()) {
        let parts: Vec<CustomerTotals> = CustomerTally::series(contracts(&raw), months(scope)).unwrap()
            .iter().map(|part| *part.totals()).collect();
        for (scope, (earlier, later)) in months(scope).iter().skip(1).zip(parts.iter().zip(&parts[1..])) {
            if scope.elapsed_days() > 0 {
                prop_assert_eq!(earlier.contracts_at_end().unwrap(), later.contracts_at_start().unwrap());
                prop_assert_eq!(earlier.recurring().unwrap().closing().unwrap(), later.recurring().unwrap().opening().unwrap());
                prop_assert_eq!(earlier.at_end().unwrap(), later.at_start().unwrap());
            }
        }
        if scope.months().nth(24).is_none() {
            let whole = *tally(&raw, scope).totals();
            prop_assert_eq!(parts[0].recurring().unwrap().opening().unwrap(), whole.recurring().unwrap().opening().unwrap());
            prop_assert_eq!(added(parts.iter().map(flows)), flows(&whole));
            let signed = CommitmentTally::series(contracts(&raw), months(scope)).unwrap();
            let whole = CommitmentTally::of(contracts(&raw), scope).unwrap();
            let parts = signed.iter().map(|part| signed_flows(part.totals()));
            prop_assert_eq!(added(parts), signed_flows(whole.totals()));
            let as_of = scope.as_of_day();
            let months = months(scope).into_iter().map(|month| month.as_of(as_of).unwrap());
            let parts = RenewalTally::series(contracts(&raw), months).unwrap();
            let parts = parts.iter().map(|part| renewal_flows(*part.totals()));
            prop_assert_eq!(added(parts), renewal_flows(*renewals(&raw, scope).totals()));
        }
    }

    #[test]
    fn spend_and_new_customers_of_months_add_up(
        spent in many_spends(), bought in many_purchases(), scope in scopes(),
    ) {
        if scope.months().nth(24).is_none() {
            let (spent, bought) = (spends(&spent), purchases(&bought));
            let numbers = |spend: &SpendTally, purchases: &PurchaseTally| {
                let totals = spend.totals();
                vec![
                    exact(totals.sales().unwrap().net()),
                    exact(totals.marketing().unwrap().net()),
                    exact(totals.other().unwrap().net()),
                    exact(totals.acquisition().unwrap().net()),
                    q(totals.sales().unwrap().count + totals.marketing().unwrap().count + totals.other().unwrap().count, 1),
                    q(purchases.totals().new_customers().unwrap(), 1),
                ]
            };
            let whole = numbers(&SpendTally::of(&spent, scope).unwrap(), &PurchaseTally::of(&bought, scope).unwrap());
            let months = SpendTally::series(&spent, months(scope)).unwrap().into_iter()
                .zip(PurchaseTally::series(&bought, months(scope)).unwrap());
            prop_assert_eq!(added(months.map(|(spend, bought)| numbers(&spend, &bought))), whole);
        }
    }

    /// Cents for euros, thousands for units: money scales, and nothing else moves.
    #[test]
    fn a_factor_scales_money_and_nothing_else(
        raw in proptest::collection::vec(contracts_up_to(1_000_000_000_000_000), 0..=10),
        scope in scopes(),
        factor in 2_u64..=1_000,
    ) {
        let mut scaled = raw.clone();
        for (units, ..) in scaled.iter_mut().filter_map(|contract| contract.fee.as_mut()) {
            *units *= factor;
        }
        let (before, after) = (tally(&raw, scope), tally(&scaled, scope));
        prop_assert_eq!(shares(&before), shares(&after));
        let (once, times) = (renewals(&raw, scope), renewals(&scaled, scope));
        prop_assert_eq!(kpi::renewal_rate(&once), kpi::renewal_rate(&times));
        prop_assert_eq!(kpi::on_time_renewal_rate(&once), kpi::on_time_renewal_rate(&times));
        let amount = |tally: &CustomerTally| kpi::arr(tally).map(|arr| exact(arr.amount()));
        prop_assert_eq!(amount(&before).map(|arr| arr * q(factor, 1)), amount(&after));
        let [a, b] = [&before, &after].map(|tally| kpi::mrr_movements(tally).unwrap().yearly());
        for (a, b) in [(a.new().unwrap(), b.new().unwrap()), (a.reactivation().unwrap(), b.reactivation().unwrap()), (a.expansion().unwrap(), b.expansion().unwrap()), (a.churn().unwrap(), b.churn().unwrap())] {
            prop_assert_eq!(exact(a.decimal()) * q(factor, 1), exact(b.decimal()));
        }
    }

    #[test]
    fn standings_are_what_tallies_count(
        raw in many_contracts(), spent in many_spends(), scope in scopes(),
    ) {
        let (contracts, spends) = (contracts(&raw), spends(&spent));
        let those = |counts: fn(ContractStanding) -> bool| {
            contracts.iter().filter(move |contract| counts(contract.standing(scope)))
        };
        let accounts = |counts: fn(ContractStanding) -> bool| {
            let those = those(counts).filter(|contract| contract.standing(scope).makes_customer());
            those.map(Contract::account).collect::<BTreeSet<_>>().len() as u64
        };
        let totals = *CustomerTally::of(&contracts, scope).unwrap().totals();
        prop_assert_eq!(totals.at_start().unwrap(), accounts(ContractStanding::is_active_at_start));
        prop_assert_eq!(totals.at_end().unwrap(), accounts(ContractStanding::is_active_at_end));
        prop_assert_eq!(totals.signed().unwrap().count, those(ContractStanding::is_new_business).count() as u64);
        let sold_once = those(|standing| standing.is_one_time_sale() && standing.is_signed());
        prop_assert_eq!(totals.one_time_sales().unwrap().count, sold_once.count() as u64);
        // Those that were renewed early stand in the tally alone.
        let renewals = RenewalTally::of(&contracts, scope).unwrap();
        let listed: BTreeMap<_, _> = renewals.contracts().unwrap().collect();
        for contract in those(ContractStanding::is_due) {
            prop_assert!(listed[contract.id()].is_due());
        }
        for (id, standing) in listed {
            let contract = contracts.iter().find(|contract| *contract.id() == id).unwrap();
            let own = contract.standing(scope);
            prop_assert!(own.makes_customer());
            prop_assert!(standing.is_due() || own.is_cut_short());
        }
        let counted = spends.iter().filter(|spend| spend.standing(scope).is_counted());
        let totals = *SpendTally::of(&spends, scope).unwrap().totals();
        let all = [totals.sales().unwrap(), totals.marketing().unwrap(), totals.other().unwrap()];
        let count: u64 = all.iter().map(|spent| spent.count + spent.refunds).sum();
        prop_assert_eq!(count, counted.count() as u64);
    }

    /// However the contracts came in, the totals are those of all of them.
    #[test]
    fn totals_are_of_all_that_was_added(
        raw in many_contracts(), at in 0_usize..=12, scope in scopes(),
    ) {
        let all = contracts(&raw);
        let whole = *CustomerTally::of(&all, scope).unwrap().totals();
        let (first, rest) = all.split_at(at.min(all.len()));
        let first = CustomerTally::of(first, scope).unwrap();
        let mut streamed = first.clone();
        for contract in rest {
            streamed.record(contract).unwrap();
        }
        prop_assert_eq!(*streamed.totals(), whole);
        let mut merged = first;
        merged.merge(&CustomerTally::of(rest, scope).unwrap()).unwrap();
        prop_assert_eq!(*merged.totals(), whole);
        let text = serde_json::to_string(&merged).unwrap();
        prop_assert_eq!(serde_json::from_str::<CustomerTally>(&text).unwrap(), merged);
    }

    /// Wherever a contract and its renewal came in, they are matched.
    #[test]
    fn renewals_are_of_all_that_was_added(
        raw in many_contracts(), at in 0_usize..=12, scope in scopes(), twice in any::<bool>(),
    ) {
        let mut all = contracts(&raw);
        if twice {
            all.extend_from_within(..);
        }
        let whole = *RenewalTally::of(&all, scope).unwrap().totals();
        let (first, rest) = all.split_at(at.min(all.len()));
        let first = RenewalTally::of(first, scope).unwrap();
        let mut streamed = first.clone();
        for contract in rest {
            streamed.record(contract).unwrap();
        }
        prop_assert_eq!(*streamed.totals(), whole);
        let mut merged = RenewalTally::of(rest, scope).unwrap();
        merged.merge(&first).unwrap();
        prop_assert_eq!(*merged.totals(), whole);
        let text = serde_json::to_string(&merged).unwrap();
        prop_assert_eq!(serde_json::from_str::<RenewalTally>(&text).unwrap(), merged);
        if twice {
            let (once, whole) = (renewals(&raw, scope), RenewalTally::of(&all, scope).unwrap());
            prop_assert_eq!(kpi::non_renewal_rate(&once), kpi::non_renewal_rate(&whole));
            prop_assert_eq!(kpi::renewal_rate(&once), kpi::renewal_rate(&whole));
            prop_assert_eq!(kpi::on_time_renewal_rate(&once), kpi::on_time_renewal_rate(&whole));
            prop_assert_eq!(kpi::early_termination_rate(&once), kpi::early_termination_rate(&whole));
        }
    }

    /// Whoever is listed counts, and adds up to the totals.
    #[test]
    fn what_is_listed_adds_up_to_what_is_counted(
        raw in many_contracts(), bought in many_purchases(), scope in scopes(),
    ) {
        let customers = tally(&raw, scope);
        let accounts: Vec<_> = customers.accounts().unwrap().collect();
        prop_assert!(accounts.is_sorted_by_key(|(account, _)| *account));
        let count = |is_one: fn(AccountStanding) -> bool| {
            accounts.iter().filter(|(_, standing)| is_one(*standing)).count() as u64
        };
        let money = |is_one: fn(AccountStanding) -> bool| {
            let those = accounts.iter().filter(|(_, standing)| is_one(*standing) && standing.has_known_fees());
            those.fold(q(0, 1), |sum, (_, standing)| sum + exact(standing.change().amount()))
        };
        let totals = customers.totals();
        let moved = totals.recurring().unwrap();
        let sum = |sum: AmountSum| exact(sum.decimal());
        prop_assert_eq!(count(AccountStanding::is_customer_at_start), totals.at_start().unwrap());
        prop_assert_eq!(count(AccountStanding::is_customer_at_end), totals.at_end().unwrap());
        prop_assert_eq!(count(AccountStanding::is_new), totals.new().unwrap());
        prop_assert_eq!(count(AccountStanding::is_reactivated), totals.reactivated().unwrap());
        prop_assert_eq!(count(AccountStanding::is_lost), totals.lost().unwrap());
        prop_assert_eq!(count(AccountStanding::is_retained), totals.retained().unwrap());
        prop_assert_eq!(count(AccountStanding::has_first_contract), totals.first_contracts().unwrap());
        prop_assert_eq!(money(AccountStanding::is_new), sum(moved.new().unwrap()));
        prop_assert_eq!(money(AccountStanding::is_reactivated), sum(moved.reactivation().unwrap()));
        prop_assert_eq!(money(AccountStanding::is_expanded), sum(moved.expansion().unwrap()));
        prop_assert_eq!(-money(AccountStanding::is_contracted), sum(moved.contraction().unwrap()));
        prop_assert_eq!(-money(AccountStanding::is_lost), sum(moved.churn().unwrap()));
        let others = accounts.iter().filter(|(_, standing)| !standing.has_known_fees());
        let others = others.fold(q(0, 1), |sum, (_, standing)| sum + exact(standing.change().amount()));
        prop_assert_eq!(others, sum(moved.became_known().unwrap()) - sum(moved.became_unknown().unwrap()));

        let renewals = renewals(&raw, scope);
        let totals = renewals.totals();
        let listed: Vec<_> = renewals.contracts().unwrap().collect();
        prop_assert!(listed.is_sorted_by_key(|(id, _)| id));
        let count = |is_one: fn(&RenewalStanding) -> bool| {
            listed.iter().filter(|(_, standing)| is_one(standing)).count() as u64
        };
        prop_assert_eq!(count(|one| one.is_due()), totals.due().unwrap().count);
        prop_assert_eq!(count(|one| one.is_renewed()), totals.renewed().unwrap());
        prop_assert_eq!(count(|one| one.outcome() == ContractOutcome::RenewedOnTime), totals.on_time().unwrap());
        prop_assert_eq!(count(|one| one.outcome() == ContractOutcome::TerminatedEarly), totals.terminated_early().unwrap());
        prop_assert_eq!(count(|one| one.is_priced()), totals.due().unwrap().priced);
        let money = |fee: fn(RenewalStanding) -> Option<MoneyPer>| {
            let priced = listed.iter().filter(|(_, standing)| standing.is_priced());
            priced.fold(q(0, 1), |sum, (_, standing)| sum + exact(fee(*standing).unwrap().amount()))
        };
        prop_assert_eq!(money(RenewalStanding::fee), sum(totals.due().unwrap().amount));
        prop_assert_eq!(money(RenewalStanding::renewed_fee), sum(totals.renewed_amount().unwrap()));

        let bought = PurchaseTally::of(purchases(&bought), scope).unwrap();
        let new: Vec<_> = bought.new_customers().unwrap().collect();
        prop_assert!(new.is_sorted_by_key(|(account, ..)| *account));
        prop_assert_eq!(new.len() as u64, bought.totals().new_customers().unwrap());
        for (channel, count) in bought.new_customers_by_channel().unwrap() {
            let through = new.iter().filter(|(.., of)| *of == channel);
            prop_assert_eq!(through.count() as u64, count);
        }
    }

    /// Whoever tries it out, has it for nothing, or bought once, is no customer; only that was once sold stands apart.
    #[test]
    fn a_contract_that_makes_no_customer_moves_nothing(
        raw in many_contracts(), scope in scopes(), which in 0..3,
    ) {
        let with = |contract: Contract| {
            let mut all = contracts(&raw);
            all.push(contract);
            let customers = CustomerTally::of(&all, scope).unwrap();
            let mut text = serde_json::to_value(customers.totals()).unwrap();
            text["records"] = 0.into();
            text["one_time_sales"] = 0.into();
            (text, *RenewalTally::of(&all, scope).unwrap().totals())
        };
        let contract = Contract::new("X", "Acme", date(2020, 1, 1).unwrap(), Currency::USD).unwrap();
        let long_gone = contract.clone().with_recurring(0, Per::Year).unwrap().with_last_day(date(2020, 1, 1).unwrap());
        let contract = match which {
            0 => contract.with_recurring(9, Per::Year).unwrap().with_trial(),
            1 => contract.with_recurring(0, Per::Year).unwrap(),
            _ => contract.with_one_time(9).unwrap(),
        };
        prop_assert_eq!(with(contract.clone()), with(long_gone.unwrap()));
        let ends = contract.with_last_day(scope.period().start().max(date(2020, 1, 2).unwrap()));
        prop_assert_eq!(with(ends.unwrap()).1.due(), renewals(&raw, scope).totals().due());
    }

    /// Long gone, or not yet begun: but for the number of records nothing moves.
    #[test]
    fn a_contract_that_does_not_count_changes_nothing(
        raw in many_contracts(), scope in scopes(), away in 1_u64..900, took in 0_u64..900, known in any::<bool>(),
    ) {
        let expected = *tally(&raw, scope).totals();
        let other = |totals: CustomerTotals| {
            let mut text = serde_json::to_value(totals).unwrap();
            text["records"] = (totals.records().unwrap() + 1).into();
            serde_json::from_value::<CustomerTotals>(text).unwrap()
        };
        let expected = other(expected);
        let with = |contract: Contract| {
            let mut all = contracts(&raw);
            all.push(contract.with_recurring(70, Per::Month).unwrap());
            *CustomerTally::of(&all, scope).unwrap().totals()
        };
        let eve = scope.period().start().pred_opt().unwrap().min(scope.as_of_day());
        // Of another account: one who was a customer before is not new.
        if let Some(last) = eve.checked_sub_days(Days::new(away)).filter(|last| *last - Days::new(took) >= date(1900, 1, 1).unwrap()) {
            let gone = Contract::new("X", "Nobody", last - Days::new(took), Currency::USD).unwrap();
            // It may come back, which is all that it changes.
            let mut text = serde_json::to_value(expected).unwrap();
            text["former"] = (expected.former().unwrap() + 1).into();
            let with_one_more = serde_json::from_value::<CustomerTotals>(text).unwrap();
            prop_assert_eq!(with(gone.with_last_day(last).unwrap()), with_one_more);
        }
        let later = scope.period().last_day().min(scope.as_of_day()) + Days::new(away);
        let account = if known { "Acme" } else { "Nobody" };
        if later <= date(2999, 12, 31).unwrap() {
            let future = Contract::new("X", account, later, Currency::USD).unwrap();
            prop_assert_eq!(with(future), expected);
        }
    }
}

fn shares(tally: &CustomerTally) -> BTreeMap<&'static str, Answer> {
    let fraction = |share: Result<_, _>| share.map(exact);
    BTreeMap::from([
        (
            "churn",
            fraction(kpi::churn_rate(tally).map(|r| r.fraction())),
        ),
        (
            "gross",
            fraction(kpi::gross_revenue_retention(tally).map(|r| r.fraction())),
        ),
        (
            "net",
            fraction(kpi::net_revenue_retention(tally).map(|p| p.fraction())),
        ),
        (
            "quick",
            fraction(kpi::quick_ratio(tally).map(|m| m.decimal())),
        ),
    ])
}

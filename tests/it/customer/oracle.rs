//! Every KPI of customers a second time: from the plain data, over exact fractions, the long way round.
//!
//! Written from the catalogue, not from the crate. Nothing is shared with it but dates and the names of reasons.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months as CalendarMonths, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    CommitmentTally, CustomerTally, DealDetail, DealTally, Decimal, Error, Label, Money, MoneyPer,
    Months, Outcome, Per, Percent, PurchaseTally, Rate, RenewalTally, Rep, Roster, Scope,
    SpendCategory, SpendTally, SpreadTally, TeamTally, Undefined, kpi,
};

use super::outlook;
use super::{
    ACCOUNTS, CHANNELS, RawContract, RawPurchase, RawSpend, contracts, many_contracts,
    many_purchases, many_spends, purchases, spends,
};
use crate::support::{
    Q, config, day, exact, functions, millionths_of, q, scope, scopes, tiny, units_of, usd,
};

pub(crate) type Answer = Result<Q, Undefined>;
pub(crate) type Answers = BTreeMap<String, Answer>;

/// Everything that the KPIs of customers take.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) contracts: Vec<RawContract>,
    pub(crate) purchases: Vec<RawPurchase>,
    pub(crate) spends: Vec<RawSpend>,
    pub(crate) scope: Scope,
    /// In units of 10⁻⁴; may be 0 or below.
    money: [i64; 2],
    /// In millionths; may be 0 or below.
    percents: [i64; 2],
    /// In millionths.
    rate: u32,
    pers: [Per; 2],
}

pub(crate) fn cases() -> impl Strategy<Value = Case> {
    let money = || {
        prop_oneof![
            select(vec![0_i64, 1, -1, 10_000]),
            -10_000_000_i64..=900_000_000_000
        ]
    };
    let percent = || {
        prop_oneof![
            select(vec![0_i64, 1_000_000, -1]),
            -2_000_000_i64..=5_000_000
        ]
    };
    let rate = prop_oneof![select(vec![0, 1_000_000]), 1..=1_000_000_u32];
    let per = || select(Per::ALL.to_vec());
    let records = (many_contracts(), many_purchases(), many_spends(), scopes());
    let numbers = (
        [money(), money()],
        [percent(), percent()],
        rate,
        [per(), per()],
    );
    (records, numbers).prop_map(
        |((contracts, purchases, spends, scope), (money, percents, rate, pers))| Case {
            contracts,
            purchases,
            spends,
            scope,
            money,
            percents,
            rate,
            pers,
        },
    )
}

// What the crate says.

fn reason(error: Error) -> Undefined {
    error
        .undefined()
        .unwrap_or_else(|| panic!("good input was refused: {error}"))
}

struct Said(Answers);

impl Said {
    fn put<E: Into<Error>>(&mut self, name: &str, value: Result<Decimal, E>) {
        let value = value.map(exact).map_err(|error| reason(error.into()));
        self.0.insert(name.to_owned(), value);
    }

    fn count(&mut self, name: &str, count: u64) {
        self.put::<Undefined>(name, Ok(count.into()));
    }

    fn per(&mut self, name: &str, value: MoneyPer, per: Per) {
        assert_eq!(value.per(), per, "{name}");
        self.put::<Undefined>(name, Ok(value.amount()));
    }
}

pub(crate) fn said(case: &Case) -> Answers {
    let mut said = Said(Answers::new());
    let customers = CustomerTally::of(contracts(&case.contracts), case.scope).unwrap();
    counts(&mut said, &customers);
    customer_kpis(&mut said, &customers);
    annual_kpis(&mut said, case, &customers);
    signed_kpis(&mut said, case);
    let renewals = RenewalTally::of(contracts(&case.contracts), case.scope).unwrap();
    assert_eq!(
        renewals.totals().records().unwrap(),
        customers.totals().records().unwrap()
    );
    renewal_kpis(&mut said, &renewals);
    outlook::said(&case.contracts, case.scope, &mut |name, answer| {
        said.0.insert(name.to_owned(), answer);
    });
    costs(&mut said, case, &customers);
    given(&mut said, case);
    said.0
}

fn counts(said: &mut Said, customers: &CustomerTally) {
    let totals = customers.totals();
    for (name, count) in [
        ("records", totals.records().unwrap()),
        ("at_start", totals.at_start().unwrap()),
        ("at_end", totals.at_end().unwrap()),
        ("priced_at_start", totals.priced_at_start().unwrap()),
        ("priced_at_end", totals.priced_at_end().unwrap()),
        ("retained", totals.retained().unwrap()),
        ("lost", totals.lost().unwrap()),
        ("new", totals.new().unwrap()),
        ("reactivated", totals.reactivated().unwrap()),
        ("former", totals.former().unwrap()),
        ("first_contracts", totals.first_contracts().unwrap()),
        (
            "contracts_at_start",
            totals.contracts_at_start().unwrap().count,
        ),
        (
            "contracts_at_start.unpriced",
            totals.contracts_at_start().unwrap().unpriced(),
        ),
        ("contracts_at_end", totals.contracts_at_end().unwrap().count),
        (
            "contracts_at_end.unpriced",
            totals.contracts_at_end().unwrap().unpriced(),
        ),
        ("signed", totals.signed().unwrap().count),
        ("signed.unpriced", totals.signed().unwrap().unpriced()),
        ("one_time_sales", totals.one_time_sales().unwrap().count),
    ] {
        said.count(name, count);
    }
    let sales = totals.one_time_sales().unwrap().amount;
    said.put::<Undefined>("one_time_sales.amount", Ok(sales.decimal()));
}

fn customer_kpis(said: &mut Said, customers: &CustomerTally) {
    said.put(
        "churn_rate",
        kpi::churn_rate(customers).map(|r| r.fraction()),
    );
    said.put(
        "retention_rate",
        kpi::retention_rate(customers).map(|r| r.fraction()),
    );
    said.put(
        "net_customer_change",
        kpi::net_customer_change(customers).map(|p| p.fraction()),
    );
    said.put(
        "gross_revenue_retention",
        kpi::gross_revenue_retention(customers).map(|r| r.fraction()),
    );
    said.put(
        "net_revenue_retention",
        kpi::net_revenue_retention(customers).map(|p| p.fraction()),
    );
    let negative = kpi::net_negative_churn(customers).map(|yes| Decimal::from(u64::from(yes)));
    said.put("net_negative_churn", negative);
    said.put(
        "win_back_rate",
        kpi::win_back_rate(customers).map(|r| r.fraction()),
    );
    said.put(
        "quick_ratio",
        kpi::quick_ratio(customers).map(|m| m.decimal()),
    );
    let contract = kpi::average_contract_value(customers);
    assert!(contract.is_err() || contract.unwrap().per() == Per::Year);
    said.put("average_contract_value", contract.map(|per| per.amount()));
    let each = kpi::recurring_revenue_per_account(customers);
    assert!(each.is_err() || each.unwrap().per() == Per::Year);
    said.put(
        "recurring_revenue_per_account",
        each.map(|per| per.amount()),
    );
    for (name, value, per) in [
        ("arr", kpi::arr(customers), Per::Year),
        ("mrr", kpi::mrr(customers), Per::Month),
    ] {
        assert!(value.is_err() || value.unwrap().per() == per);
        said.put(name, value.map(|per| per.amount()));
    }
    let moved = kpi::mrr_movements(customers).unwrap();
    for (name, part) in [
        ("opening", moved.opening()),
        ("new", moved.new_business()),
        ("reactivation", moved.reactivation()),
        ("expansion", moved.expansion()),
        ("contraction", moved.contraction()),
        ("churn", moved.churn()),
        ("became_known", moved.became_known()),
        ("became_unknown", moved.became_unknown()),
        ("closing", moved.closing()),
        ("net", moved.net_change()),
    ] {
        said.per(&format!("mrr_movements.{name}"), part, Per::Month);
    }
}

/// What recurs a year, and how it is spread.
fn annual_kpis(said: &mut Said, case: &Case, customers: &CustomerTally) {
    let moved = kpi::arr_movements(customers).unwrap();
    for (name, part) in [
        ("opening", moved.opening()),
        ("new", moved.new_business()),
        ("reactivation", moved.reactivation()),
        ("expansion", moved.expansion()),
        ("contraction", moved.contraction()),
        ("churn", moved.churn()),
        ("became_known", moved.became_known()),
        ("became_unknown", moved.became_unknown()),
        ("closing", moved.closing()),
        ("net", moved.net_change()),
    ] {
        said.per(&format!("arr_movements.{name}"), part, Per::Year);
    }
    said.per(
        "net_new_arr",
        kpi::net_new_arr(customers).unwrap(),
        Per::Year,
    );
    let growth = case.scope.year_before().map(|before| {
        let before = CustomerTally::of(contracts(&case.contracts), before).unwrap();
        kpi::arr_growth(customers, &before)
    });
    let growth = growth.unwrap_or(Err(Undefined::NoYearBefore.into()));
    said.put("arr_growth", growth.map(|p| p.fraction()));
    let gross = kpi::gross_revenue_churn_rate(customers);
    said.put("gross_revenue_churn_rate", gross.map(|r| r.fraction()));
    let net = kpi::net_revenue_churn_rate(customers);
    said.put("net_revenue_churn_rate", net.map(|p| p.fraction()));
    let more = kpi::expansion_rate(customers);
    said.put("expansion_rate", more.map(|p| p.fraction()));
    for n in 0..3 {
        let share = kpi::customer_concentration(customers, n).map(|r| r.fraction());
        said.put(&format!("customer_concentration.{n}"), share);
    }
    let index = kpi::customer_concentration_index(customers);
    said.put("customer_concentration_index", index.map(|r| r.fraction()));
    let each = kpi::arr_per_fte(customers, Decimal::new(case.money[0], 4));
    said.put("arr_per_fte", each.map(|per| per.amount()));
    let staff = (0..heads(case)).map(|number| Rep::new(format!("R-{number}")));
    let gone = Rep::new("gone").and_then(|rep| rep.with_left(day("1900-01-01")));
    let staff = staff.chain([gone]).map(Result::unwrap);
    let roster = Roster::new(staff, []).unwrap();
    let team = TeamTally::new(case.scope.with_roster(&roster).unwrap());
    let each = kpi::arr_per_rep(customers, &team);
    said.put("arr_per_rep", each.map(|per| per.amount()));
}

/// Of whom nobody ever leaves.
fn heads(case: &Case) -> u32 {
    case.rate % 3
}

/// What was signed.
fn signed_kpis(said: &mut Said, case: &Case) {
    let agreed = CommitmentTally::of(contracts(&case.contracts), case.scope).unwrap();
    let totals = agreed.totals();
    said.count("all_signed", totals.all_signed.count);
    said.count("all_signed.unpriced", totals.all_signed.unpriced());
    said.count("with_term", totals.with_term);
    said.count("multi_year", totals.multi_year);
    let value = kpi::total_contract_value(&agreed);
    said.put("total_contract_value", value.map(|money| money.amount()));
    let term = kpi::average_contract_term(&agreed);
    said.put("average_contract_term", term.map(|months| months.decimal()));
    let several = kpi::multi_year_rate(&agreed);
    said.put("multi_year_rate", several.map(|r| r.fraction()));
}

fn renewal_kpis(said: &mut Said, renewals: &RenewalTally) {
    let totals = renewals.totals();
    said.count("due", totals.due().unwrap().count);
    said.count("due.unpriced", totals.due().unwrap().unpriced());
    said.count("renewed", totals.renewed().unwrap());
    said.put(
        "non_renewal_rate",
        kpi::non_renewal_rate(renewals).map(|r| r.fraction()),
    );
    said.put(
        "renewal_rate",
        kpi::renewal_rate(renewals).map(|p| p.fraction()),
    );
    said.put(
        "renewal_uplift",
        kpi::renewal_uplift(renewals).map(|p| p.fraction()),
    );
    said.count("on_time", totals.on_time().unwrap());
    let due = totals.due_on_time().unwrap();
    assert_eq!(due.count, totals.due().unwrap().count);
    said.count("due_on_time.unpriced", due.unpriced());
    said.put(
        "on_time_renewal_rate",
        kpi::on_time_renewal_rate(renewals).map(|p| p.fraction()),
    );
    said.count("terminated_early", totals.terminated_early().unwrap());
    said.count(
        "renewals.contracts_at_start",
        totals.contracts_at_start().unwrap(),
    );
    said.put(
        "early_termination_rate",
        kpi::early_termination_rate(renewals).map(|r| r.fraction()),
    );
}

fn costs(said: &mut Said, case: &Case, customers: &CustomerTally) {
    let spend = SpendTally::of(spends(&case.spends), case.scope).unwrap();
    let deals = purchases(&case.purchases);
    let bought = PurchaseTally::of(&deals, case.scope).unwrap();
    let cac = kpi::customer_acquisition_cost(&spend, &bought);
    said.put("customer_acquisition_cost", cac.map(|money| money.amount()));
    let contract = kpi::cost_per_new_contract(&spend, customers);
    said.put(
        "cost_per_new_contract",
        contract.map(|money| money.amount()),
    );
    let margin = percent(case.percents[0]);
    let payback = kpi::cac_payback(&spend, customers, margin);
    said.put("cac_payback", payback.map(|months| months.decimal()));
    for (name, ratio) in [
        ("new_cac_ratio", kpi::new_cac_ratio(&spend, customers)),
        (
            "blended_cac_ratio",
            kpi::blended_cac_ratio(&spend, customers),
        ),
    ] {
        said.put(name, ratio.map(|multiple| multiple.decimal()));
    }
    let all = DealDetail::of(&deals, case.scope).unwrap();
    let spread = SpreadTally::of(&deals, case.scope).unwrap();
    for (name, ratio) in [
        (
            "sales_cost_ratio",
            kpi::sales_cost_ratio(&spend, all.tally()),
        ),
        (
            "marketing_cost_ratio",
            kpi::marketing_cost_ratio(&spend, all.tally()),
        ),
    ] {
        said.put(name, ratio.map(|percent| percent.fraction()));
    }
    let again = kpi::repeat_revenue_rate(&bought);
    said.put("repeat_revenue_rate", again.map(|rate| rate.fraction()));
    for n in 1..=2 {
        let share = kpi::revenue_concentration(&spread, n).map(|rate| rate.fraction());
        said.put(&format!("revenue_concentration.{n}"), share);
        let share = kpi::deal_concentration(&all, n).map(|rate| rate.fraction());
        said.put(&format!("deal_concentration.{n}"), share);
    }
    let channels = bought.new_customers_by_channel().unwrap();
    let by_channel = DealTally::by(&deals, case.scope, |deal| deal.source()).unwrap();
    for channel in CHANNELS {
        let label = Label::new(channel).unwrap();
        let payback = kpi::channel_cac_payback(&spend, &bought, customers, &label, margin);
        said.put(
            &format!("channel_cac_payback.{channel}"),
            payback.map(|months| months.decimal()),
        );
        let earned = kpi::marketing_return(&spend, &by_channel, &label, margin);
        said.put(
            &format!("marketing_return.{channel}"),
            earned.map(|percent| percent.fraction()),
        );
        let cost = kpi::cost_per_acquisition(&spend, &bought, &label);
        said.put(
            &format!("cost_per_acquisition.{channel}"),
            cost.map(|money| money.amount()),
        );
        let count = channels.get(&Some(&label)).copied().unwrap_or_default();
        assert_eq!(bought.new_customers_of(&label), Ok(count));
    }
    said.count("new_customers", bought.totals().new_customers().unwrap());
    assert_eq!(
        channels.values().sum::<u64>(),
        bought.totals().new_customers().unwrap()
    );
    said.count("customers", bought.totals().customers().unwrap());
    said.count(
        "without_account",
        bought.totals().without_account().unwrap(),
    );
    let totals = spend.totals();
    said.count("spend.records", totals.records().unwrap());
    for (name, spent) in [
        ("sales", totals.sales().unwrap()),
        ("marketing", totals.marketing().unwrap()),
        ("other", totals.other().unwrap()),
    ] {
        said.count(&format!("spend.{name}.count"), spent.count);
        said.put::<Undefined>(&format!("spend.{name}"), Ok(spent.amount.decimal()));
        said.count(&format!("spend.{name}.refunds"), spent.refunds);
        said.put::<Undefined>(&format!("spend.{name}.net"), Ok(spent.net()));
    }
    let (now, before) = (scope("2024-Q1"), scope("2023-Q4"));
    let revenue = |scope| DealTally::of(&deals, scope).unwrap();
    let spend = SpendTally::of(spends(&case.spends), before).unwrap();
    let magic = kpi::bookings_magic_number(&revenue(now), &revenue(before), &spend);
    said.put("bookings_magic_number", magic.map(|m| m.decimal()));
    let quarter = CustomerTally::of(contracts(&case.contracts), now).unwrap();
    let magic = kpi::magic_number(&quarter, &spend);
    said.put("magic_number", magic.map(|m| m.decimal()));
    let burn = kpi::burn_multiple(case.first(), customers);
    said.put("burn_multiple", burn.map(|m| m.decimal()));
}

fn given(said: &mut Said, case: &Case) {
    let (first, second) = (case.first(), case.second());
    let revenue = MoneyPer::new(second, case.pers[0]);
    let margin = percent(case.percents[0]);
    let churn = millionths_of(case.rate);
    said.put(
        "ltv_to_cac",
        kpi::ltv_to_cac(first, second).map(|m| m.decimal()),
    );
    let sum = kpi::rule_of_40(margin, percent(case.percents[1]));
    said.put("rule_of_40", sum.map(|p| p.fraction()));
    let lifetime = kpi::customer_lifetime_value(revenue, Months::new(churn.percent()).unwrap());
    let value = kpi::margin_lifetime_value(revenue, margin, churn, case.pers[1]);
    said.put(
        "customer_lifetime_value",
        lifetime.map(|money| money.amount()),
    );
    said.put("margin_lifetime_value", value.map(|money| money.amount()));
}

fn percent(millionths: i64) -> Percent {
    let sign = Decimal::from(millionths.signum());
    Percent::from_fraction(sign * units_of(millionths.unsigned_abs(), 6)).unwrap()
}

impl Case {
    fn first(&self) -> Money {
        usd(&(Decimal::from(self.money[0]) / Decimal::from(10_000)).to_string())
    }

    fn second(&self) -> Money {
        usd(&(Decimal::from(self.money[1]) / Decimal::from(10_000)).to_string())
    }
}

// What is true.

fn zero() -> Q {
    q(0, 1)
}

fn sum(values: impl IntoIterator<Item = Q>) -> Q {
    values
        .into_iter()
        .fold(zero(), |total, value| total + value)
}

fn ratio(part: Q, whole: Q, none: Undefined) -> Answer {
    if whole == zero() {
        Err(none)
    } else {
        Ok(part / whole)
    }
}

pub(crate) fn a_year(per: Per) -> i64 {
    match per {
        Per::Day => 365,
        Per::Week => 52,
        Per::Month => 12,
        Per::Quarter => 4,
        Per::HalfYear => 2,
        Per::Year => 1,
        other => panic!("a new one: {other:?}"),
    }
}

/// To 4 decimals, half away from zero.
fn yearly(contract: &RawContract) -> Option<Q> {
    let (units, every, per) = contract.fee?;
    Some((q(units, every) * q(a_year(per), 1)).round() / q(10_000, 1))
}

/// A recurring fee above 0 or an unknown one, and no trial.
pub(super) fn makes_customer(contract: &RawContract) -> bool {
    match (contract.fee, contract.one_time) {
        _ if contract.trial => false,
        (Some((units, ..)), _) => units > 0,
        (None, one_time) => one_time.is_none(),
    }
}

/// None where it is not known.
pub(super) fn recurring(contract: &RawContract) -> Option<Q> {
    let is_known = contract.trial || contract.fee.is_some() || contract.one_time.is_some();
    if contract.trial {
        return Some(zero());
    }
    is_known.then(|| yearly(contract).unwrap_or_else(zero))
}

/// Whether it ended before its term.
fn is_cut(contract: &RawContract) -> bool {
    contract.terminated.is_some() && contract.end.is_some() && contract.terminated < contract.end
}

pub(super) fn last_day(contract: &RawContract) -> Option<NaiveDate> {
    if contract.terminated.is_some() {
        return contract.terminated;
    }
    let end = contract.end?;
    let given_notice = contract.notice.is_some_and(|notice| notice <= end);
    (!contract.auto_renewal || given_notice).then_some(end)
}

pub(super) fn is_active(contract: &RawContract, evening: NaiveDate) -> bool {
    contract.start <= evening && last_day(contract).is_none_or(|last| evening <= last)
}

struct Naive<'a> {
    contracts: &'a [RawContract],
    /// The first day and the day after the last, and the day from which one looks.
    window: (NaiveDate, NaiveDate, NaiveDate),
    /// The evenings.
    opening: NaiveDate,
    closing: NaiveDate,
}

impl<'a> Naive<'a> {
    fn new(contracts: &'a [RawContract], scope: Scope) -> Self {
        let (period, as_of) = (scope.period(), scope.as_of_day());
        Self {
            contracts,
            window: (period.start(), period.end(), as_of),
            opening: period.start().pred_opt().unwrap().min(as_of),
            closing: period.last_day().min(as_of),
        }
    }

    fn happened(&self, on: NaiveDate) -> bool {
        let (start, end, as_of) = self.window;
        start <= on && on < end && on <= as_of
    }

    fn begun(&self) -> Result<(), Undefined> {
        let (start, _, as_of) = self.window;
        if as_of < start {
            Err(Undefined::NothingElapsed)
        } else {
            Ok(())
        }
    }

    /// Those that make customers.
    fn active(&self, evening: NaiveDate) -> Vec<&'a RawContract> {
        let active = self.contracts.iter().filter(|c| is_active(c, evening));
        active.filter(|c| makes_customer(c)).collect()
    }

    fn customers(&self, evening: NaiveDate) -> BTreeSet<&'a str> {
        self.active(evening).iter().map(|c| c.account).collect()
    }

    fn of(&self, account: &str, evening: NaiveDate) -> Vec<&'a RawContract> {
        let active = self.active(evening).into_iter();
        active.filter(|c| c.account == account).collect()
    }

    fn recurring(&self, account: &str, evening: NaiveDate) -> Q {
        let all = self.of(account, evening);
        sum(all.into_iter().filter_map(recurring))
    }

    fn is_known(&self, account: &str, evening: NaiveDate) -> bool {
        let all = self.of(account, evening);
        all.into_iter().all(|c| recurring(c).is_some())
    }

    fn first_start(&self, account: &str) -> Option<NaiveDate> {
        let all = self.contracts.iter().filter(|c| c.account == account);
        all.filter(|c| makes_customer(c)).map(|c| c.start).min()
    }

    /// What is known of all fees.
    fn arr(&self, evening: NaiveDate) -> Answer {
        let fees: Vec<Option<Q>> = self.active(evening).into_iter().map(recurring).collect();
        if !fees.is_empty() && fees.iter().all(Option::is_none) {
            return Err(Undefined::NoRecurringFee);
        }
        Ok(sum(fees.into_iter().flatten()))
    }

    /// The numbers of those that renew one by the as-of day.
    fn renewals(&self, number: usize) -> Vec<usize> {
        let (_, _, as_of) = self.window;
        let numbers = 0..self.contracts.len();
        numbers
            .filter(|own| *own != number)
            .filter(|own| {
                let renewal = &self.contracts[*own];
                renewal.renewal_of.contains(&number)
                    && renewal.start <= as_of.succ_opt().unwrap()
                    && renewal.signed.is_none_or(|on| on <= as_of)
                    && last_day(renewal) != Some(renewal.start)
            })
            .collect()
    }

    /// Of one that ended before its term: whether a renewal took its place.
    fn is_replaced(&self, number: usize) -> bool {
        let next = self.contracts[number]
            .terminated
            .unwrap()
            .succ_opt()
            .unwrap();
        let renewals = self.renewals(number);
        renewals
            .iter()
            .any(|own| self.contracts[*own].start <= next)
    }

    /// The numbers of those that came up.
    fn due(&self) -> Vec<usize> {
        let numbers = 0..self.contracts.len();
        numbers
            .filter(|number| makes_customer(&self.contracts[*number]))
            .filter(|number| {
                let contract = &self.contracts[*number];
                if is_cut(contract) {
                    return self.happened(contract.terminated.unwrap())
                        && self.is_replaced(*number);
                }
                contract.end.is_some_and(|end| self.happened(end))
            })
            .collect()
    }

    fn on_time(&self, number: usize) -> Vec<usize> {
        let old = &self.contracts[number];
        let last = if is_cut(old) { old.terminated } else { old.end }.unwrap();
        let mut renewals = self.renewals(number);
        renewals.retain(|own| {
            let renewal = &self.contracts[*own];
            match renewal.signed {
                Some(on) => on <= last,
                None => renewal.start <= last.succ_opt().unwrap(),
            }
        });
        renewals
    }

    fn went_on(&self, number: usize) -> bool {
        let contract = &self.contracts[number];
        !is_cut(contract)
            && contract.auto_renewal
            && last_day(contract).is_none_or(|last| Some(last) > contract.end)
    }

    /// How many were renewed, how many are of known fees, what these came up with and go on with, and what those of them that were
    /// renewed came up with.
    fn renewed(&self, renewals: impl Fn(usize) -> Vec<usize>) -> (usize, usize, Q, Q, Q) {
        let due = self.due();
        let is_renewed = |number: &&usize| self.went_on(**number) || !renewals(**number).is_empty();
        let renewed = due.iter().filter(is_renewed).count();
        // What has a renewal in common is one group.
        let mut groups: Vec<(Vec<usize>, BTreeSet<usize>)> = Vec::new();
        for number in due {
            let (mut members, mut by) = (vec![number], BTreeSet::from_iter(renewals(number)));
            let (joined, others) = groups
                .into_iter()
                .partition::<Vec<_>, _>(|(_, others)| !others.is_disjoint(&by));
            for (more, others) in joined {
                members.extend(more);
                by.extend(others);
            }
            groups = others;
            groups.push((members, by));
        }
        let (mut priced, mut before, mut after, mut old) = (0, zero(), zero(), zero());
        for (members, by) in groups {
            let came_up = self.fees(members.iter().copied());
            let day = by.iter().map(|own| self.contracts[*own].start).max();
            let together = by
                .iter()
                .filter(|own| day.is_some_and(|day| is_active(&self.contracts[**own], day)));
            let is_renewed = !by.is_empty() || members.iter().any(|own| self.went_on(*own));
            let of_itself = members
                .iter()
                .filter(|number| self.went_on(**number) && renewals(**number).is_empty());
            let goes_on = self.fees(together.chain(of_itself).copied());
            if let (Some(came_up), Some(goes_on)) = (came_up, goes_on) {
                priced += members.len();
                if is_renewed {
                    old += came_up.clone();
                }
                before += came_up;
                after += goes_on;
            }
        }
        (renewed, priced, before, after, old)
    }

    fn fees(&self, numbers: impl Iterator<Item = usize>) -> Option<Q> {
        let fees = numbers.map(|number| recurring(&self.contracts[number]));
        fees.collect::<Option<Vec<Q>>>().map(sum)
    }
}

fn truth(case: &Case) -> Answers {
    let naive = Naive::new(&case.contracts, case.scope);
    let mut all = Answers::new();
    let mut put = |name: &str, answer: Answer| {
        all.insert(name.to_owned(), answer);
    };
    customers_truth(&naive, &mut put);
    contracts_truth(&naive, &mut put);
    signed_truth(&naive, &mut put);
    outlook::truth(&case.contracts, case.scope, &mut put);
    spread_truth(&naive, &mut put);
    recurring_truth(&naive, case, &mut put);
    costs_truth(&naive, case, &mut put);
    given_truth(case, &mut put);
    all
}

fn number(count: usize) -> Q {
    q(count, 1)
}

fn customers_truth(naive: &Naive<'_>, put: &mut impl FnMut(&str, Answer)) {
    let (before, now) = (
        naive.customers(naive.opening),
        naive.customers(naive.closing),
    );
    let lost = number(before.difference(&now).count());
    let retained = number(before.intersection(&now).count());
    let gained: Vec<&str> = now.difference(&before).copied().collect();
    let is_new = |account: &&&str| naive.first_start(account) > Some(naive.opening);
    let new = gained.iter().filter(is_new).count();
    let accounts: BTreeSet<&str> = naive.contracts.iter().map(|c| c.account).collect();
    let first = accounts.iter().filter(|account| {
        naive
            .first_start(account)
            .is_some_and(|on| naive.happened(on))
    });
    put("records", Ok(number(naive.contracts.len())));
    put("at_start", Ok(number(before.len())));
    put("at_end", Ok(number(now.len())));
    let priced = |evening: NaiveDate| {
        let all = naive.customers(evening).into_iter();
        all.filter(|account| naive.is_known(account, evening))
            .collect::<Vec<_>>()
    };
    put("priced_at_start", Ok(number(priced(naive.opening).len())));
    let known = priced(naive.closing);
    put("priced_at_end", Ok(number(known.len())));
    let all = sum(known
        .iter()
        .map(|account| naive.recurring(account, naive.closing)));
    let none = match now.len() {
        0 => Undefined::NoCustomersAtEnd,
        _ => Undefined::NoRecurringFee,
    };
    put(
        "recurring_revenue_per_account",
        ratio(all, number(known.len()), none),
    );
    let former: Vec<&&str> = accounts
        .iter()
        .filter(|account| {
            naive
                .first_start(account)
                .is_some_and(|on| on <= naive.opening)
        })
        .filter(|account| !before.contains(**account))
        .collect();
    let back = former.iter().filter(|account| now.contains(***account));
    let rate = ratio(
        number(back.count()),
        number(former.len()),
        Undefined::NoFormerCustomers,
    );
    put("win_back_rate", naive.begun().and(rate));
    put("former", Ok(number(former.len())));
    put("retained", Ok(retained.clone()));
    put("lost", Ok(lost.clone()));
    put("new", Ok(number(new)));
    put("reactivated", Ok(number(gained.len() - new)));
    put("first_contracts", Ok(number(first.count())));
    let none = Undefined::NoCustomersAtStart;
    let start = number(before.len());
    let begun = naive.begun();
    put(
        "churn_rate",
        begun.and_then(|()| ratio(lost.clone(), start.clone(), none)),
    );
    put(
        "retention_rate",
        begun.and_then(|()| ratio(retained, start.clone(), none)),
    );
    let change = number(gained.len()) - lost;
    put(
        "net_customer_change",
        begun.and_then(|()| ratio(change, start, none)),
    );
}

fn contracts_truth(naive: &Naive<'_>, put: &mut impl FnMut(&str, Answer)) {
    for (name, evening) in [
        ("contracts_at_start", naive.opening),
        ("contracts_at_end", naive.closing),
    ] {
        let active = naive.active(evening);
        let unpriced = active.iter().filter(|c| recurring(c).is_none()).count();
        put(name, Ok(number(active.len())));
        put(&format!("{name}.unpriced"), Ok(number(unpriced)));
    }
    let at_start = naive.active(naive.opening).len();
    let early = (0..naive.contracts.len())
        .filter(|number| {
            let c = &naive.contracts[*number];
            makes_customer(c)
                && is_cut(c)
                && is_active(c, naive.opening)
                && !is_active(c, naive.closing)
                && !naive.is_replaced(*number)
        })
        .count();
    put("terminated_early", Ok(number(early)));
    put("renewals.contracts_at_start", Ok(number(at_start)));
    let rate = ratio(
        number(early),
        number(at_start),
        Undefined::NoContractsAtStart,
    );
    put("early_termination_rate", naive.begun().and(rate));

    let due = naive.due().len();
    let (renewed, priced, before, after, old) = naive.renewed(|old| naive.renewals(old));
    put("due", Ok(number(due)));
    put("renewed", Ok(number(renewed)));
    put("due.unpriced", Ok(number(due - priced)));
    put(
        "non_renewal_rate",
        ratio(
            number(due - renewed),
            number(due),
            Undefined::NoContractsDue,
        ),
    );
    let none = match due {
        0 => Undefined::NoContractsDue,
        _ => Undefined::NoRecurringFee,
    };
    put("renewal_rate", ratio(after.clone(), before, none));
    let none_renewed = match renewed {
        0 => Undefined::NothingRenewed,
        _ => Undefined::NoRecurringFee,
    };
    put("renewal_uplift", ratio(after - &old, old, none_renewed));
    let (renewed, priced, before, after, _) = naive.renewed(|old| naive.on_time(old));
    put("on_time", Ok(number(renewed)));
    put("due_on_time.unpriced", Ok(number(due - priced)));
    put("on_time_renewal_rate", ratio(after, before, none));

    let signed = |c: &&RawContract| naive.happened(c.signed.unwrap_or(c.start));
    let all: Vec<_> = naive.contracts.iter().filter(signed).collect();
    let is_new = |number: usize, c: &RawContract| {
        makes_customer(c) && c.renewal_of.iter().all(|renewed| *renewed == number)
    };
    let numbered = naive.contracts.iter().enumerate();
    let new: Vec<_> = numbered
        .filter(|(n, c)| is_new(*n, c) && signed(c))
        .map(|(_, c)| c)
        .collect();
    let values: Vec<Q> = new.iter().filter_map(|c| recurring(c)).collect();
    put("signed", Ok(number(new.len())));
    put("signed.unpriced", Ok(number(new.len() - values.len())));
    let none = match new.len() {
        0 => Undefined::NoContractsSigned,
        _ => Undefined::NoRecurringFee,
    };
    let count = number(values.len());
    put("average_contract_value", ratio(sum(values), count, none));
    let once = all.iter().filter(|c| !c.trial && c.fee.is_none());
    let once: Vec<u64> = once.filter_map(|c| c.one_time).collect();
    put("one_time_sales", Ok(number(once.len())));
    put(
        "one_time_sales.amount",
        Ok(sum(once.into_iter().map(|units| q(units, 10_000)))),
    );
}

/// The months that fit into a term, and the days that are left over.
fn term(contract: &RawContract) -> Option<(u32, i64)> {
    let after = contract.end?.succ_opt().unwrap();
    let until = |months| contract.start + CalendarMonths::new(months);
    let months = (1..20_000)
        .take_while(|months| until(*months) <= after)
        .count();
    let months = u32::try_from(months).unwrap();
    Some((months, (after - until(months)).num_days()))
}

/// All fees of a term, where they are known to the last unit: of months alone, each of which ends as it begins.
fn value(contract: &RawContract) -> Option<Q> {
    let (units, every, per) = contract.fee?;
    let (months, _) = term(contract)?;
    let after = contract.end?.succ_opt().unwrap();
    let fees = q(units, every) * q(a_year(per), 12) * q(months, 1);
    let value = (fees.clone() + q(contract.one_time.unwrap_or(0), 1)) / q(10_000, 1);
    let is_exact = contract.start.day() == after.day() && fees.is_integer();
    (is_exact && value <= q(100_000_000_000_000_u64, 1)).then_some(value)
}

fn signed_truth(naive: &Naive<'_>, put: &mut impl FnMut(&str, Answer)) {
    let customers = naive.contracts.iter().filter(|c| makes_customer(c));
    let signed: Vec<_> = customers
        .filter(|c| naive.happened(c.signed.unwrap_or(c.start)))
        .collect();
    let values: Vec<Q> = signed.iter().filter_map(|c| value(c)).collect();
    put("all_signed", Ok(number(signed.len())));
    put(
        "all_signed.unpriced",
        Ok(number(signed.len() - values.len())),
    );
    let is_unknown = !signed.is_empty() && values.is_empty();
    let total = if is_unknown {
        Err(Undefined::NoTotalValue)
    } else {
        Ok(sum(values))
    };
    put("total_contract_value", total);
    let terms: Vec<_> = signed.iter().filter_map(|c| term(c)).collect();
    let several = terms.iter().filter(|(months, _)| *months >= 24).count();
    put("with_term", Ok(number(terms.len())));
    put("multi_year", Ok(number(several)));
    let none = match signed.len() {
        0 => Undefined::NothingSigned,
        _ => Undefined::NoTerm,
    };
    let count = number(terms.len());
    put(
        "multi_year_rate",
        ratio(number(several), count.clone(), none),
    );
    let months = terms
        .iter()
        .map(|(months, days)| q(*months, 1) + q(*days, 365) * q(12, 1));
    put("average_contract_term", ratio(sum(months), count, none));
}

/// How the recurring revenue of the customers of known fee is spread.
fn spread_truth(naive: &Naive<'_>, put: &mut impl FnMut(&str, Answer)) {
    let customers = naive.customers(naive.closing);
    let known = customers
        .iter()
        .filter(|account| naive.is_known(account, naive.closing));
    let mut paid: Vec<Q> = known
        .map(|account| naive.recurring(account, naive.closing))
        .collect();
    paid.sort();
    let all = sum(paid.iter().cloned());
    let none = match customers.len() {
        0 => Undefined::NoCustomersAtEnd,
        _ => Undefined::NoRecurringFee,
    };
    for n in 0..3 {
        let largest = sum(paid.iter().rev().take(n).cloned());
        put(
            &format!("customer_concentration.{n}"),
            ratio(largest, all.clone(), none),
        );
    }
    let squares = sum(paid.iter().map(|paid| paid * paid));
    let square = &all * &all;
    put("customer_concentration_index", ratio(squares, square, none));
}

fn recurring_truth(naive: &Naive<'_>, case: &Case, put: &mut impl FnMut(&str, Answer)) {
    let (before, now) = (
        naive.customers(naive.opening),
        naive.customers(naive.closing),
    );
    let mut moved: BTreeMap<&str, Q> = BTreeMap::new();
    let mut add = |part: &'static str, amount: Q| {
        *moved.entry(part).or_insert_with(zero) += amount;
    };
    for part in [
        "opening",
        "new",
        "reactivation",
        "expansion",
        "contraction",
        "churn",
        "became_known",
        "became_unknown",
        "closing",
    ] {
        add(part, zero());
    }
    let (mut smaller, mut remaining, mut base) = (zero(), zero(), zero());
    for account in before.union(&now) {
        let start = naive.recurring(account, naive.opening);
        let end = naive.recurring(account, naive.closing);
        add("opening", start.clone());
        add("closing", end.clone());
        let is_known = |evening| naive.is_known(account, evening);
        if !(is_known(naive.opening) && is_known(naive.closing)) {
            if end > start {
                add("became_known", end - start);
            } else {
                add("became_unknown", start - end);
            }
            continue;
        }
        if before.contains(account) {
            base += start.clone();
            smaller += start.clone().min(end.clone());
            remaining += end.clone();
        }
        let is_new = naive.first_start(account) > Some(naive.opening);
        match (before.contains(account), now.contains(account)) {
            (true, false) => add("churn", start),
            (false, _) if is_new => add("new", end),
            (false, _) => add("reactivation", end),
            (true, true) if end > start => add("expansion", end - start),
            (true, true) => add("contraction", start - end),
        }
    }
    let twelfth = |amount: &Q| amount / q(12, 1);
    for (part, amount) in &moved {
        put(&format!("arr_movements.{part}"), Ok(amount.clone()));
        put(&format!("mrr_movements.{part}"), Ok(twelfth(amount)));
    }
    let (opening, closing) = (&moved["opening"], &moved["closing"]);
    let gain = closing - opening;
    put("mrr_movements.net", Ok(twelfth(&gain)));
    put("arr_movements.net", Ok(gain.clone()));
    put("net_new_arr", Ok(gain.clone()));
    let arr = naive.arr(naive.closing);
    put("arr", arr.clone());
    put("mrr", arr.clone().map(|arr| twelfth(&arr)));
    let (begun, none) = (naive.begun(), Undefined::ZeroOpeningRevenue);
    let lost = &moved["contraction"] + &moved["churn"];
    let of_opening = |part: Q| begun.and_then(|()| ratio(part, base.clone(), none));
    put("gross_revenue_churn_rate", of_opening(lost.clone()));
    put(
        "net_revenue_churn_rate",
        of_opening(lost - &moved["expansion"]),
    );
    put("expansion_rate", of_opening(moved["expansion"].clone()));
    let year_before = case.scope.year_before().map(|earlier| {
        let earlier = Naive::new(naive.contracts, earlier);
        begun.and_then(|()| earlier.arr(earlier.closing))
    });
    // In the first years that there are.
    let year_before = year_before.unwrap_or(Err(Undefined::NoYearBefore));
    let growth = year_before.and_then(|base| {
        if base == zero() {
            return Err(Undefined::ZeroPreviousRevenue);
        }
        Ok((arr.clone()? - &base) / &base)
    });
    put("arr_growth", growth);
    let staff = q(case.money[0], 10_000);
    let each = if staff > zero() {
        arr.clone().map(|arr| arr / staff)
    } else {
        Err(Undefined::StaffNotPositive)
    };
    put("arr_per_fte", each);
    let reps = heads(case);
    let each = match reps {
        0 => Err(Undefined::NoRepsOnTheDay),
        _ => arr.clone().map(|arr| arr / q(reps, 1)),
    };
    put("arr_per_rep", each);
    put(
        "gross_revenue_retention",
        begun.and_then(|()| ratio(smaller, base.clone(), none)),
    );
    let net = begun.and_then(|()| ratio(remaining, base, none));
    put(
        "net_negative_churn",
        net.clone().map(|net| q(i64::from(net > q(1, 1)), 1)),
    );
    put("net_revenue_retention", net);
    let gained = &moved["new"] + &moved["reactivation"] + &moved["expansion"];
    let lost = &moved["contraction"] + &moved["churn"];
    put(
        "quick_ratio",
        begun.and_then(|()| ratio(gained, lost, Undefined::NoRecurringLoss)),
    );
    let burn = naive.arr(naive.opening).and(arr.clone()).and_then(|_| {
        if gain > zero() {
            Ok(q(case.money[0], 10_000) / &gain)
        } else {
            Err(Undefined::NoRecurringGrowth)
        }
    });
    put("burn_multiple", begun.and(burn));
    let spend = spent(naive, &case.spends, is_acquisition);
    let cost = cost_per(spend, number(1), Undefined::NoNewCustomers);
    for (name, gained, none) in [
        (
            "new_cac_ratio",
            moved["new"].clone(),
            Undefined::NoNewRecurring,
        ),
        (
            "blended_cac_ratio",
            &moved["new"] + &moved["expansion"],
            Undefined::NoRecurringGain,
        ),
    ] {
        put(
            name,
            cost.clone().and_then(|cost| ratio(cost, gained, none)),
        );
    }
    let payback = cost.and_then(|spend| {
        let profit = twelfth(&moved["new"]) * q(case.percents[0], 1_000_000);
        if profit > zero() {
            Ok(spend / profit)
        } else {
            Err(Undefined::GrossProfitNotPositive)
        }
    });
    put("cac_payback", payback);
}

/// Its day, whether it lacks a source, and its source: in the order in which they come first.
type Win = (NaiveDate, bool, Option<&'static str>);

/// Day and source of the first win of each, from the whole history up to as-of.
fn first_wins(naive: &Naive<'_>, deals: &[RawPurchase]) -> Vec<(NaiveDate, Option<&'static str>)> {
    let (_, _, as_of) = naive.window;
    let mut wins: BTreeMap<&str, Vec<Win>> = BTreeMap::new();
    for (raw, source) in deals {
        if let (Outcome::Won { on }, Some(account)) = (raw.outcome, raw.account) {
            if on <= as_of && raw.amount != Some(0) {
                wins.entry(account)
                    .or_default()
                    .push((on, source.is_none(), *source));
            }
        }
    }
    let first = wins
        .into_values()
        .map(|wins| wins.into_iter().min().unwrap());
    first.map(|(on, _, source)| (on, source)).collect()
}

/// What was spent less what came back; none where nothing of it is recorded.
fn spent(naive: &Naive<'_>, spends: &[RawSpend], which: impl Fn(&RawSpend) -> bool) -> Option<Q> {
    let those = spends.iter().filter(|s| naive.happened(s.on) && which(s));
    let units: Vec<Q> = those.map(|s| q(s.units, 10_000)).collect();
    (!units.is_empty()).then(|| sum(units))
}

/// Undefined where nobody came, where nothing is recorded, and where more came back than was spent.
fn cost_per(spent: Option<Q>, count: Q, none: Undefined) -> Answer {
    if count == zero() {
        return Err(none);
    }
    match spent {
        None => Err(Undefined::NoSpend),
        Some(cost) if cost < zero() => Err(Undefined::SpendNotPositive),
        Some(cost) => Ok(cost / count),
    }
}

fn is_acquisition(spend: &RawSpend) -> bool {
    spend.category != SpendCategory::Other
}

fn costs_truth(naive: &Naive<'_>, case: &Case, put: &mut impl FnMut(&str, Answer)) {
    let firsts = first_wins(naive, &case.purchases);
    put("customers", Ok(number(firsts.len())));
    let new: Vec<_> = firsts
        .iter()
        .filter(|(on, _)| naive.happened(*on))
        .collect();
    put("new_customers", Ok(number(new.len())));
    let (_, _, as_of) = naive.window;
    let nobody = case.purchases.iter().filter(|(raw, _)| {
        raw.account.is_none()
            && raw.amount != Some(0)
            && matches!(raw.outcome, Outcome::Won { on } if on <= as_of)
    });
    put("without_account", Ok(number(nobody.count())));
    let cost = spent(naive, &case.spends, is_acquisition);
    let cac = cost_per(cost.clone(), number(new.len()), Undefined::NoNewCustomers);
    put("customer_acquisition_cost", cac);
    for channel in CHANNELS {
        let cost = spent(naive, &case.spends, |s| {
            is_acquisition(s) && s.channel == Some(channel)
        });
        let through = new
            .iter()
            .filter(|(_, source)| *source == Some(channel))
            .count();
        let none = Undefined::NoNewCustomersOfChannel;
        let cost = cost_per(cost, number(through), none);
        put(&format!("cost_per_acquisition.{channel}"), cost);
    }
    let accounts: BTreeSet<&str> = naive.contracts.iter().map(|c| c.account).collect();
    let first = accounts.iter().filter(|account| {
        naive
            .first_start(account)
            .is_some_and(|on| naive.happened(on))
    });
    let contract = cost_per(cost, number(first.count()), Undefined::NoNewContracts);
    put("cost_per_new_contract", contract);
    put("spend.records", Ok(number(case.spends.len())));
    for (name, category) in [
        ("sales", SpendCategory::Sales),
        ("marketing", SpendCategory::Marketing),
        ("other", SpendCategory::Other),
    ] {
        let those = case
            .spends
            .iter()
            .filter(|s| naive.happened(s.on) && s.category == category);
        let (given, back): (Vec<_>, Vec<_>) = those.partition(|s| s.units >= 0);
        put(&format!("spend.{name}.count"), Ok(number(given.len())));
        put(&format!("spend.{name}.refunds"), Ok(number(back.len())));
        let given = sum(given.iter().map(|s| q(s.units, 10_000)));
        put(&format!("spend.{name}"), Ok(given));
        let net = spent(naive, &case.spends, |s| s.category == category);
        put(&format!("spend.{name}.net"), Ok(net.unwrap_or(zero())));
    }
    bookings_truth(naive, case, put);
    for channel in CHANNELS {
        channel_truth(naive, case, channel, put);
    }
    put("bookings_magic_number", bookings_magic(case));
    put("magic_number", magic(case));
}

/// The deals won in the period: their accounts, amounts, days and sources.
fn won_of<'a>(naive: &Naive<'_>, case: &'a Case) -> Vec<(&'a RawPurchase, NaiveDate)> {
    let won = case
        .purchases
        .iter()
        .filter_map(|deal| match deal.0.outcome {
            Outcome::Won { on } if naive.happened(on) => Some((deal, on)),
            _ => None,
        });
    won.collect()
}

/// What they add up to: nothing won, or nothing with an amount, is no sum.
fn total(amounts: &[Option<u64>]) -> Answer {
    if amounts.is_empty() {
        return Err(Undefined::NoWonDeals);
    }
    if amounts.iter().all(Option::is_none) {
        return Err(Undefined::NothingPriced);
    }
    Ok(sum(amounts.iter().flatten().map(|units| q(*units, 10_000))))
}

/// The share of the n largest: each is taken out of what is left of them.
fn largest(mut parts: Vec<u64>, n: u32) -> Answer {
    let whole: u128 = parts.iter().map(|units| u128::from(*units)).sum();
    let mut taken = 0_u128;
    for _ in 0..n {
        let Some(place) = (0..parts.len()).max_by_key(|place| parts[*place]) else {
            break;
        };
        taken += u128::from(parts.swap_remove(place));
    }
    let units = |units: u128| q(i128::try_from(units).unwrap(), 1);
    ratio(units(taken), units(whole), Undefined::ZeroRevenue)
}

fn bookings_truth(naive: &Naive<'_>, case: &Case, put: &mut impl FnMut(&str, Answer)) {
    let won = won_of(naive, case);
    let amounts: Vec<Option<u64>> = won.iter().map(|(deal, _)| deal.0.amount).collect();
    for (name, category) in [
        ("sales_cost_ratio", SpendCategory::Sales),
        ("marketing_cost_ratio", SpendCategory::Marketing),
    ] {
        let cost = spent(naive, &case.spends, |s| s.category == category);
        let cost = cost_per(cost, number(1), Undefined::NoWonDeals);
        let share = cost.and_then(|cost| ratio(cost, total(&amounts)?, Undefined::ZeroRevenue));
        put(name, share);
    }
    let mut spent_by: BTreeMap<&str, u64> = BTreeMap::new();
    for (deal, _) in &won {
        if let (Some(account), Some(units)) = (deal.0.account, deal.0.amount) {
            *spent_by.entry(account).or_default() += units;
        }
    }
    let sizes: Vec<u64> = amounts.iter().flatten().copied().collect();
    for n in 1..=2 {
        let accounts: Vec<u64> = spent_by.values().copied().collect();
        let share = if accounts.is_empty() {
            Err(Undefined::NoAccounts)
        } else {
            largest(accounts, n)
        };
        put(&format!("revenue_concentration.{n}"), share);
        let share = total(&amounts).and_then(|_| largest(sizes.clone(), n));
        put(&format!("deal_concentration.{n}"), share);
    }
    // Of each purchase it is asked whether the account had bought on an earlier day.
    let bought: Vec<_> = won
        .iter()
        .filter(|(deal, _)| deal.0.account.is_some() && deal.0.amount != Some(0))
        .collect();
    let had_bought = |account: Option<&str>, day: NaiveDate| {
        case.purchases.iter().any(|(raw, _)| {
            let before = matches!(raw.outcome, Outcome::Won { on } if on < day);
            raw.account == account && raw.amount != Some(0) && before
        })
    };
    let again = bought
        .iter()
        .filter(|(deal, on)| had_bought(deal.0.account, *on));
    let again = sum(again
        .filter_map(|(deal, _)| deal.0.amount)
        .map(|units| q(units, 10_000)));
    let all: Vec<Option<u64>> = bought.iter().map(|(deal, _)| deal.0.amount).collect();
    let all = match total(&all) {
        Err(Undefined::NoWonDeals) => Err(Undefined::NoAccounts),
        all => all,
    };
    let rate = all.and_then(|all| ratio(again, all, Undefined::ZeroRevenue));
    put("repeat_revenue_rate", rate);
}

fn channel_truth(
    naive: &Naive<'_>,
    case: &Case,
    channel: &str,
    put: &mut impl FnMut(&str, Answer),
) {
    let cost = spent(naive, &case.spends, |s| {
        is_acquisition(s) && s.channel == Some(channel)
    });
    let margin = q(case.percents[0], 1_000_000);
    let firsts = ACCOUNTS.iter().filter_map(|account| {
        let theirs: Vec<RawPurchase> = case
            .purchases
            .iter()
            .filter(|(raw, _)| raw.account == Some(*account))
            .cloned()
            .collect();
        let (on, source) = first_wins(naive, &theirs).pop()?;
        (naive.happened(on) && source == Some(channel)).then_some(*account)
    });
    let accounts: Vec<&str> = firsts.collect();
    let known = accounts
        .iter()
        .filter(|account| naive.is_known(account, naive.closing));
    let yearly = sum(known.map(|account| naive.recurring(account, naive.closing)));
    let profit = yearly / q(12, 1) * margin.clone();
    let each = cost_per(
        cost.clone(),
        number(accounts.len()),
        Undefined::NoNewCustomersOfChannel,
    );
    let customers = naive.customers(naive.closing);
    let mut customers = accounts.iter().filter(|own| customers.contains(*own));
    let is_unknown = |own: &&str| !naive.is_known(own, naive.closing);
    let are_unknown = customers.clone().count() > 0 && customers.all(is_unknown);
    let fees = if are_unknown {
        Err(Undefined::NoRecurringFee)
    } else {
        Ok(())
    };
    let payback = each.and_then(|each| {
        fees?;
        if profit > zero() {
            Ok(each * number(accounts.len()) / profit)
        } else {
            Err(Undefined::GrossProfitNotPositive)
        }
    });
    put(&format!("channel_cac_payback.{channel}"), payback);
    let through = won_of(naive, case).into_iter();
    let through = through.filter(|(deal, _)| deal.1 == Some(channel));
    let through: Vec<Option<u64>> = through.map(|(deal, _)| deal.0.amount).collect();
    let won = match total(&through) {
        Err(Undefined::NoWonDeals) => Ok(zero()),
        won => won,
    };
    let earned = match cost {
        None => Err(Undefined::NoSpend),
        Some(cost) if cost <= zero() => Err(Undefined::SpendNotPositive),
        Some(cost) => won.map(|won| (won * margin - cost.clone()) / cost),
    };
    put(&format!("marketing_return.{channel}"), earned);
}

/// Spend to be divided by, of the last quarter of 2023.
fn divisor(case: &Case) -> Answer {
    let before = Naive::new(&[], scope("2023-Q4"));
    let spend = spent(&before, &case.spends, is_acquisition).ok_or(Undefined::NoSpend)?;
    if spend > zero() {
        Ok(spend)
    } else {
        Err(Undefined::SpendNotPositive)
    }
}

/// Of the first quarter of 2024.
fn magic(case: &Case) -> Answer {
    let spend = divisor(case)?;
    let naive = Naive::new(&case.contracts, scope("2024-Q1"));
    let closing = naive.arr(naive.closing)?;
    Ok((closing - naive.arr(naive.opening)?) / spend)
}

fn bookings_magic(case: &Case) -> Answer {
    let (now, before) = (
        Naive::new(&[], scope("2024-Q1")),
        Naive::new(&[], scope("2023-Q4")),
    );
    let spend = divisor(case)?;
    let revenue = |naive: &Naive<'_>| {
        let won: Vec<_> = case
            .purchases
            .iter()
            .filter(|(raw, _)| matches!(raw.outcome, Outcome::Won { on } if naive.happened(on)))
            .map(|(raw, _)| raw.amount)
            .collect();
        if !won.is_empty() && won.iter().all(Option::is_none) {
            return Err(Undefined::NothingPriced);
        }
        Ok(sum(won.into_iter().flatten().map(|units| q(units, 10_000))))
    };
    Ok((revenue(&now)? - revenue(&before)?) * q(4, 1) / spend)
}

fn given_truth(case: &Case, put: &mut impl FnMut(&str, Answer)) {
    let [first, second] = case.money.map(|units| q(units, 10_000));
    let [margin, other] = case.percents.map(|millionths| q(millionths, 1_000_000));
    let churn = q(case.rate, 1_000_000);
    put("rule_of_40", Ok(&margin + other));
    let ltv = if second > zero() {
        Ok(&first / &second)
    } else {
        Err(Undefined::CostNotPositive)
    };
    put("ltv_to_cac", ltv);
    let [per, churn_per] = case.pers.map(a_year);
    let monthly = &second * q(per, 12);
    put(
        "customer_lifetime_value",
        Ok(monthly * (&churn * q(100, 1))),
    );
    let profit = second * q(per, churn_per) * margin;
    put(
        "margin_lifetime_value",
        ratio(profit, churn, Undefined::ZeroChurn),
    );
}

/// One division rounds the 28th digit, or the 28th decimal.
fn close(found: &Q, truth: &Q) -> bool {
    let absolute = |value: Q| if value < zero() { -value } else { value };
    let distance = absolute(found - truth);
    distance <= tiny(28) || distance <= tiny(26) * absolute(truth.clone())
}

fn agree(found: &Answer, truth: &Answer) -> bool {
    match (found, truth) {
        (Ok(found), Ok(truth)) => close(found, truth),
        (found, truth) => found == truth,
    }
}

proptest! {
    #![proptest_config(config(768))]

    #[test]
    fn the_crate_agrees_with_the_long_way_round(case in cases()) {
        let (said, truth) = (said(&case), truth(&case));
        prop_assert_eq!(said.keys().collect::<Vec<_>>(), truth.keys().collect::<Vec<_>>());
        for (name, found) in &said {
            prop_assert!(agree(found, &truth[name]), "{}: {:?}, not {:?}", name, found, truth[name]);
        }
    }
}

/// What the cases never reach, they don't prove.
#[test]
fn every_answer_and_every_reason_is_reached() {
    let mut runner = TestRunner::deterministic();
    let mut defined: BTreeMap<String, u32> = BTreeMap::new();
    let mut above: BTreeMap<String, u32> = BTreeMap::new();
    let mut reasons: BTreeSet<(String, Undefined)> = BTreeSet::new();
    for _ in 0..1_000 {
        let case = cases().new_tree(&mut runner).unwrap().current();
        for (name, answer) in truth(&case) {
            *defined.entry(name.clone()).or_default() += u32::from(answer.is_ok());
            let positive = answer.as_ref().is_ok_and(|value| *value > zero());
            *above.entry(name.clone()).or_default() += u32::from(positive);
            reasons.extend(answer.err().map(|reason| (name, reason)));
        }
    }
    for (name, times) in &defined {
        // Of one channel, some are defined.
        let (least, least_above) = match name.split('.').next() {
            Some("cost_per_acquisition") => (15, 15),
            Some("channel_cac_payback") => (3, 3),
            _ => (40, 15),
        };
        let of_nothing = ["customer_concentration.0", "available_to_renew.0"];
        if of_nothing.iter().any(|nothing| name.starts_with(nothing)) {
            continue;
        }
        assert!(
            *times >= least,
            "{name} is defined only {times} times of 1000"
        );
        assert!(
            above[name] >= least_above,
            "{name} is above 0 only {} times of 1000",
            above[name]
        );
    }
    let expected = [
        ("arr", Undefined::NoRecurringFee),
        ("arr_growth", Undefined::NoRecurringFee),
        ("arr_growth", Undefined::NothingElapsed),
        ("arr_growth", Undefined::ZeroPreviousRevenue),
        ("arr_per_fte", Undefined::StaffNotPositive),
        ("arr_per_rep", Undefined::NoRepsOnTheDay),
        ("average_contract_term", Undefined::NoTerm),
        ("average_contract_term", Undefined::NothingSigned),
        ("customer_concentration.1", Undefined::NoCustomersAtEnd),
        ("customer_concentration_index", Undefined::NoRecurringFee),
        ("expansion_rate", Undefined::NothingElapsed),
        ("gross_revenue_churn_rate", Undefined::ZeroOpeningRevenue),
        ("multi_year_rate", Undefined::NoTerm),
        ("net_revenue_churn_rate", Undefined::ZeroOpeningRevenue),
        ("renewal_uplift", Undefined::NoRecurringFee),
        ("renewal_uplift", Undefined::NothingRenewed),
        ("total_contract_value", Undefined::NoTotalValue),
        ("average_contract_value", Undefined::NoRecurringFee),
        ("average_contract_value", Undefined::NoContractsSigned),
        ("burn_multiple", Undefined::NoRecurringGrowth),
        ("committed_arr", Undefined::NoRecurringFee),
        ("retention_cohorts", Undefined::NoNewContracts),
        ("burn_multiple", Undefined::NothingElapsed),
        ("burn_multiple", Undefined::NoRecurringFee),
        ("cac_payback", Undefined::NoSpend),
        ("cac_payback", Undefined::SpendNotPositive),
        ("cac_payback", Undefined::GrossProfitNotPositive),
        ("new_cac_ratio", Undefined::NoSpend),
        ("new_cac_ratio", Undefined::SpendNotPositive),
        ("new_cac_ratio", Undefined::NoNewRecurring),
        ("blended_cac_ratio", Undefined::NoRecurringGain),
        ("sales_cost_ratio", Undefined::NoSpend),
        ("sales_cost_ratio", Undefined::SpendNotPositive),
        ("sales_cost_ratio", Undefined::NoWonDeals),
        ("sales_cost_ratio", Undefined::NothingPriced),
        ("marketing_cost_ratio", Undefined::NoSpend),
        ("channel_cac_payback.ads", Undefined::NoSpend),
        (
            "channel_cac_payback.ads",
            Undefined::NoNewCustomersOfChannel,
        ),
        ("channel_cac_payback.ads", Undefined::GrossProfitNotPositive),
        ("channel_cac_payback.ads", Undefined::NoRecurringFee),
        ("marketing_return.ads", Undefined::NoSpend),
        ("marketing_return.ads", Undefined::SpendNotPositive),
        ("marketing_return.ads", Undefined::NothingPriced),
        ("repeat_revenue_rate", Undefined::NoAccounts),
        ("repeat_revenue_rate", Undefined::NothingPriced),
        ("revenue_concentration.1", Undefined::NoAccounts),
        ("revenue_concentration.1", Undefined::ZeroRevenue),
        ("deal_concentration.1", Undefined::NoWonDeals),
        ("deal_concentration.1", Undefined::NothingPriced),
        ("deal_concentration.1", Undefined::ZeroRevenue),
        ("win_back_rate", Undefined::NoFormerCustomers),
        ("win_back_rate", Undefined::NothingElapsed),
        ("churn_rate", Undefined::NoCustomersAtStart),
        ("churn_rate", Undefined::NothingElapsed),
        (
            "cost_per_acquisition.ads",
            Undefined::NoNewCustomersOfChannel,
        ),
        ("bookings_magic_number", Undefined::NoSpend),
        ("bookings_magic_number", Undefined::NothingPriced),
        ("bookings_magic_number", Undefined::SpendNotPositive),
        ("cost_per_acquisition.ads", Undefined::NoSpend),
        ("cost_per_new_contract", Undefined::NoNewContracts),
        ("cost_per_new_contract", Undefined::NoSpend),
        ("customer_acquisition_cost", Undefined::NoSpend),
        ("customer_acquisition_cost", Undefined::NoNewCustomers),
        ("early_termination_rate", Undefined::NoContractsAtStart),
        ("early_termination_rate", Undefined::NothingElapsed),
        ("gross_revenue_retention", Undefined::NothingElapsed),
        ("gross_revenue_retention", Undefined::ZeroOpeningRevenue),
        ("ltv_to_cac", Undefined::CostNotPositive),
        ("magic_number", Undefined::NoRecurringFee),
        ("magic_number", Undefined::NoSpend),
        ("magic_number", Undefined::SpendNotPositive),
        ("customer_acquisition_cost", Undefined::SpendNotPositive),
        ("margin_lifetime_value", Undefined::ZeroChurn),
        ("net_customer_change", Undefined::NothingElapsed),
        ("net_negative_churn", Undefined::ZeroOpeningRevenue),
        ("net_revenue_retention", Undefined::NothingElapsed),
        ("non_renewal_rate", Undefined::NoContractsDue),
        ("quick_ratio", Undefined::NoRecurringLoss),
        ("quick_ratio", Undefined::NothingElapsed),
        ("recurring_revenue_per_account", Undefined::NoCustomersAtEnd),
        ("recurring_revenue_per_account", Undefined::NoRecurringFee),
        ("renewal_rate", Undefined::NoContractsDue),
        ("renewal_rate", Undefined::NoRecurringFee),
        ("on_time_renewal_rate", Undefined::NoContractsDue),
        ("on_time_renewal_rate", Undefined::NoRecurringFee),
        ("retention_rate", Undefined::NothingElapsed),
    ];
    for (name, reason) in expected {
        assert!(
            reasons.contains(&(name.to_owned(), reason)),
            "never reached: {name} {reason:?}"
        );
    }
}

/// The names of what is computed a second time here, for some case.
pub(crate) fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let case = cases().new_tree(runner).unwrap().current();
    truth(&case).into_keys().collect()
}

/// A KPI of customers that is not in the lists above would go unproven.
#[test]
fn no_kpi_of_customers_is_left_out() {
    let sources = [
        include_str!("../../../src/kpi/acquisition.rs"),
        include_str!("../../../src/kpi/retention.rs"),
        include_str!("../../../src/kpi/recurring.rs"),
        include_str!("../../../src/kpi/annual.rs"),
        include_str!("../../../src/kpi/contracts.rs"),
        include_str!("../../../src/kpi/cohorts.rs"),
    ];
    let mut runner = TestRunner::deterministic();
    let mut listed = BTreeSet::new();
    for _ in 0..20 {
        let case = cases().new_tree(&mut runner).unwrap().current();
        let names = said(&case).into_keys();
        listed.extend(names.map(|name| name.split('.').next().unwrap().to_owned()));
    }
    let found: Vec<&str> = sources
        .iter()
        .flat_map(|source| functions(source))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(found.len(), 47);
    for name in found {
        assert!(listed.contains(name), "{name} is missing");
    }
}

/// Rates are rates, whatever is given.
#[test]
fn a_churn_of_a_third() {
    let third = Rate::from_fraction("0.3333333333333333333333333333".parse().unwrap()).unwrap();
    let revenue = MoneyPer::new(usd("5000"), Per::Year);
    let margin = Percent::from_percent(60).unwrap();
    let value = kpi::margin_lifetime_value(revenue, margin, third, Per::Year).unwrap();
    assert_eq!(format!("{value:.2}"), "9000.00 USD");
}

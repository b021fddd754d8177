//! The KPIs that join two families a second time: from the plain data of a small whole business, over exact fractions. Written from
//! the catalogue, not from the crate. At the end, the guard that no KPI at all is without an oracle.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    Activity, ActivityKind, Average, Book, Currency, Deal, DealTally, Error, ErrorKind, Label,
    Lead, LeadDetail, LeadTally, MeetingStatus, NaiveTime, Origin, Outcome, Per, Percent,
    PurchaseTally, Rep, Roster, Scope, Spend, SpendCategory, SpendTally, SpreadTally, TeamTally,
    Undefined, Weekday, WorkCalendar, instant, kpi,
};

use crate::activity::KINDS;
use crate::business::{Business, businesses};
use crate::customer::{CHANNELS, RawSpend};
use crate::figures::Answer;
use crate::support::{Q, Raw, config, day, exact, q, scope, tiny};
use crate::team::RawRep;
use crate::{activity, customer, docs, history, lead, team};

type Answers = BTreeMap<String, Answer>;

/// A business, and the kind of activity that is asked for.
fn cases() -> impl Strategy<Value = (Business, ActivityKind)> {
    (businesses(), select(KINDS.to_vec()))
}

// What the crate says.

fn reason(error: Error) -> Undefined {
    error
        .undefined()
        .unwrap_or_else(|| panic!("good input was refused: {error}"))
}

struct Tallies {
    deals: DealTally,
    purchases: PurchaseTally,
    leads: LeadDetail,
    team: TeamTally,
    spend: SpendTally,
    /// The deals of a book, some of which have an origin of their own.
    found: SpreadTally,
}

/// Whom the deal of that number says itself that it was found by.
fn own_origin(number: usize) -> Option<Origin> {
    [
        Some(Origin::Marketing),
        None,
        Some(Origin::Sales),
        None,
        None,
    ][number % 5]
}

/// A book of them, where each second business brings its leads before its deals.
fn deals_of_a_book(business: &Business) -> Vec<Deal> {
    let deals = business.deals().into_iter().enumerate();
    let deals = deals.map(|(number, deal)| match own_origin(number) {
        Some(origin) => deal.with_origin(origin),
        None => deal,
    });
    let book = Book::new(Currency::USD);
    let book = if business.turn == 0 {
        let book = book.with_leads(business.leads()).unwrap();
        book.with_deals(deals)
    } else {
        let book = book.with_deals(deals).unwrap();
        book.with_leads(business.leads())
    };
    book.unwrap().deals().to_vec()
}

impl Tallies {
    fn of(business: &Business, scope: Scope) -> Self {
        let deals = business.deals();
        let view = business.team.scope.with_roster(&business.team.roster());
        Self {
            purchases: PurchaseTally::of(&deals, scope).unwrap(),
            leads: LeadDetail::of(business.leads(), scope).unwrap(),
            team: TeamTally::of(&deals, view.unwrap())
                .and_then(|team| team.with_activities(business.activities()))
                .unwrap(),
            spend: SpendTally::of(business.spend(), scope).unwrap(),
            found: SpreadTally::of(deals_of_a_book(business), scope).unwrap(),
            deals: DealTally::of(deals, scope).unwrap(),
        }
    }
}

fn figures(business: &Business, kind: ActivityKind) -> Answers {
    let Tallies {
        deals,
        purchases,
        leads,
        team,
        spend,
        found,
    } = Tallies::of(business, business.scope());
    let calendar = lead::calendar();
    let numbers = [
        (
            "leads_per_rep",
            kpi::leads_per_rep(&leads, &team).map(Average::decimal),
        ),
        (
            "touchpoints_per_rep",
            kpi::touchpoints_per_rep(&team)
                .map(Average::decimal)
                .map_err(Error::from),
        ),
        (
            "activities_per_rep_per_day",
            kpi::activities_per_rep_per_day(&team, kind, &calendar)
                .map(Average::decimal)
                .map_err(Error::from),
        ),
        (
            "cost_per_lead",
            kpi::cost_per_lead(&spend, leads.tally()).map(|money| money.amount()),
        ),
        (
            "full_cost_per_lead",
            kpi::full_cost_per_lead(&spend, leads.tally()).map(|money| money.amount()),
        ),
        (
            "cost_per_converted_customer",
            kpi::cost_per_converted_customer(&spend, &purchases).map(|money| money.amount()),
        ),
        (
            "sales_efficiency",
            kpi::sales_efficiency(&deals, &spend).map(|multiple| multiple.decimal()),
        ),
    ];
    let mut all: Answers = numbers
        .map(|(name, number)| (name.to_owned(), number.map(exact).map_err(reason)))
        .into();
    for (name, rate) in [
        (
            "marketing_sourced_pipeline_rate",
            kpi::marketing_sourced_pipeline_rate(&found),
        ),
        (
            "marketing_sourced_revenue_rate",
            kpi::marketing_sourced_revenue_rate(&found),
        ),
    ] {
        all.insert(name.to_owned(), rate.map(|rate| exact(rate.fraction())));
    }
    for channel in CHANNELS {
        let label = Label::new(channel).unwrap();
        let records = business.leads();
        let by_channel = LeadTally::by(&records, business.scope(), Lead::source).unwrap();
        let cost = kpi::channel_cost_per_lead(&spend, &by_channel, &label);
        let cost = cost.map(|money| exact(money.amount())).map_err(reason);
        all.insert(format!("channel_cost_per_lead.{channel}"), cost);
    }
    for cap in 0..CAPS {
        let overloaded = kpi::overloaded_reps(&leads, &team, cap).map_err(reason);
        all.insert(
            format!("overloaded_reps.{cap}"),
            overloaded.map(|n| q(n, 1)),
        );
    }
    for (number, contract) in business.contracts().iter().enumerate() {
        let value = kpi::annual_contract_value(contract);
        assert!(value.is_err() || value.unwrap().per() == Per::Year);
        let value = value.map(|value| exact(value.amount()));
        all.insert(format!("annual_contract_value.{number}"), value);
    }
    all
}

/// How many open leads a rep may have.
const CAPS: u64 = 3;

// What is true.

struct Naive<'a> {
    business: &'a Business,
    /// Rule 4: of the period's last day, or of the as-of day where that is earlier.
    evening: NaiveDate,
    /// The days of the period up to the as-of day.
    days: BTreeSet<NaiveDate>,
}

fn sum(values: impl IntoIterator<Item = Q>) -> Q {
    values
        .into_iter()
        .fold(q(0, 1), |total, value| total + value)
}

fn ratio(part: Q, whole: Q, none: Undefined) -> Answer {
    if whole == q(0, 1) {
        Err(none)
    } else {
        Ok(part / whole)
    }
}

/// Undefined where nobody came, where nothing is recorded, and where more came back than was spent.
fn cost_per(spent: Option<Q>, count: Q, none: Undefined) -> Answer {
    if count == q(0, 1) {
        return Err(none);
    }
    match spent {
        None => Err(Undefined::NoSpend),
        Some(cost) if cost < q(0, 1) => Err(Undefined::SpendNotPositive),
        Some(cost) => Ok(cost / count),
    }
}

fn won_on(deal: &Raw) -> Option<NaiveDate> {
    match deal.outcome {
        Outcome::Won { on } => Some(on),
        _ => None,
    }
}

impl<'a> Naive<'a> {
    fn new(business: &'a Business) -> Self {
        let scope = business.scope();
        let (period, as_of) = (scope.period(), scope.as_of_day());
        let days = period.start().iter_days();
        let days = days.take_while(|day| *day < period.end() && *day <= as_of);
        Self {
            business,
            evening: period.last_day().min(as_of),
            days: days.collect(),
        }
    }

    fn works(rep: &RawRep, day: NaiveDate) -> bool {
        rep.hired.is_none_or(|hired| day >= hired) && rep.left.is_none_or(|left| day <= left)
    }

    /// On the evening: a stock. Who leaves on that day is gone.
    fn heads(&self) -> Vec<&'a RawRep> {
        let reps = self.business.team.reps.iter();
        let stays = |rep: &&RawRep| rep.left.is_none_or(|left| left > self.evening);
        let there = reps.filter(|rep| Self::works(rep, self.evening));
        there.filter(stays).collect()
    }

    /// With a day of employment in the period: a flow.
    fn active_reps(&self) -> Result<Vec<&'a RawRep>, Undefined> {
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        let reps = self.business.team.reps.iter();
        let active: Vec<_> = reps
            .filter(|rep| self.days_of(rep).next().is_some())
            .collect();
        if active.is_empty() {
            return Err(Undefined::NoActiveReps);
        }
        Ok(active)
    }

    fn days_of<'b>(&'b self, rep: &'b RawRep) -> impl Iterator<Item = NaiveDate> + 'b {
        let days = self.days.iter().copied();
        days.filter(|day| Self::works(rep, *day))
    }

    /// Of reps on days of employment.
    fn activities(&self, kinds: &[ActivityKind]) -> Q {
        let all = self.business.activities.iter();
        let counted = all.filter(|raw| kinds.contains(&raw.kind) && self.days.contains(&raw.date));
        let once = counted.filter(|raw| raw.status != Some(MeetingStatus::Rescheduled));
        let of_reps = once.filter(|raw| {
            let mut reps = self.business.team.reps.iter();
            reps.any(|rep| raw.rep == Some(rep.id) && Self::works(rep, raw.date))
        });
        q(of_reps.count(), 1)
    }

    /// Less what came back; none where nothing of it is recorded.
    fn spend(&self, categories: &[SpendCategory]) -> Option<Q> {
        self.spend_of(categories, |_| true)
    }

    fn spend_of(&self, categories: &[SpendCategory], of: impl Fn(&RawSpend) -> bool) -> Option<Q> {
        let all = self.business.spends.iter().filter(|raw| of(raw));
        let counted =
            all.filter(|raw| categories.contains(&raw.category) && self.days.contains(&raw.on));
        let units: Vec<Q> = counted.map(|raw| q(raw.units, 10_000)).collect();
        (!units.is_empty()).then(|| sum(units))
    }

    /// Of all reps together, in employment.
    fn working_days(&self) -> Q {
        let is_worked =
            |date: &NaiveDate| date.weekday() != Weekday::Sun && *date != day("2024-02-29");
        let reps = self.business.team.reps.iter();
        let each = reps.map(|rep| self.days_of(rep).filter(is_worked).count());
        q(each.sum::<usize>(), 1)
    }

    fn open_leads_of(&self, rep: &RawRep) -> usize {
        let by_then = |on: Option<NaiveDate>| on.is_some_and(|on| on <= self.evening);
        let open = self.business.leads.iter().filter(|lead| {
            by_then(Some(lead.arrived.date_naive()))
                && !by_then(lead.converted)
                && !by_then(lead.disqualified)
        });
        open.filter(|lead| lead.owner == Some(rep.id)).count()
    }

    fn new_leads(&self, of: impl Fn(usize) -> bool) -> Q {
        let leads = self.business.leads.iter().enumerate();
        let arrived = leads
            .filter(|(number, lead)| of(*number) && self.days.contains(&lead.arrived.date_naive()));
        q(arrived.count(), 1)
    }

    /// Accounts whose first ever win lies in the period.
    fn new_customers(&self) -> Q {
        let mut firsts: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        for deal in &self.business.team.deals {
            let (Some(account), Some(on)) = (deal.account, won_on(deal)) else {
                continue;
            };
            // A win of 0 is no purchase.
            if deal.amount == Some(0) {
                continue;
            }
            let first = firsts.entry(account).or_insert(on);
            *first = on.min(*first);
        }
        let new = firsts.values().filter(|on| self.days.contains(on));
        q(new.count(), 1)
    }

    /// A deal's own origin, else the first of all origins that its leads have.
    fn origin(&self, number: usize) -> Option<Origin> {
        let leads = self.business.leads.iter().enumerate();
        let theirs = leads.filter(|(lead, _)| self.business.deal_of(*lead) == Some(number));
        let told = theirs.filter_map(|(_, lead)| lead.origin).min();
        own_origin(number).or(told)
    }

    /// What marketing found of these deals, in money.
    fn by_marketing(&self, counts: impl Fn(&Raw) -> bool, none: [Undefined; 2]) -> Answer {
        let [no_deal, zero] = none;
        let deals = self.business.team.deals.iter().enumerate();
        let deals: Vec<_> = deals.filter(|(_, deal)| counts(deal)).collect();
        if deals.is_empty() {
            return Err(no_deal);
        }
        let origins = deals
            .iter()
            .filter_map(|(number, deal)| Some((self.origin(*number)?, deal.amount)));
        let known: Vec<(Origin, Option<u64>)> = origins.collect();
        if known.is_empty() {
            return Err(Undefined::NoDealOrigin);
        }
        // What is found by one side counts as 0 only where it found nothing.
        for by_marketing in [true, false] {
            let mut side = known
                .iter()
                .filter(|(origin, _)| (*origin == Origin::Marketing) == by_marketing)
                .peekable();
            if side.peek().is_some() && side.all(|(_, amount)| amount.is_none()) {
                return Err(Undefined::NothingPriced);
            }
        }
        let money = |of: &dyn Fn(Origin) -> bool| {
            let those = known.iter().filter(|(origin, _)| of(*origin));
            sum(those.filter_map(|(_, amount)| Some(q(amount.as_ref().copied()?, 10_000))))
        };
        let marketing = money(&|origin| origin == Origin::Marketing);
        ratio(marketing, money(&|_| true), zero)
    }

    /// Rule 2: 0 only where nothing was won, unknown where none has an amount.
    fn revenue(&self) -> Answer {
        let deals = self.business.team.deals.iter();
        let won = deals.filter(|deal| won_on(deal).is_some_and(|on| self.days.contains(&on)));
        let won: Vec<Option<u64>> = won.map(|deal| deal.amount).collect();
        if !won.is_empty() && won.iter().all(Option::is_none) {
            return Err(Undefined::NothingPriced);
        }
        Ok(sum(won.iter().flatten().map(|units| q(*units, 10_000))))
    }
}

fn answers(business: &Business, kind: ActivityKind) -> Answers {
    use SpendCategory::{Marketing, Sales};
    let naive = Naive::new(business);
    let mut all = Answers::new();
    let mut put = |name: &str, answer: Answer| all.insert(name.to_owned(), answer);
    let heads = naive.heads();
    let owned: Vec<usize> = heads.iter().map(|rep| naive.open_leads_of(rep)).collect();
    let leads = q(owned.iter().sum::<usize>(), 1);
    put(
        "leads_per_rep",
        ratio(leads, q(heads.len(), 1), Undefined::NoRepsOnTheDay),
    );
    for cap in 0..CAPS {
        let overloaded = owned.iter().filter(|count| **count as u64 > cap).count();
        put(&format!("overloaded_reps.{cap}"), Ok(q(overloaded, 1)));
    }
    let reps = naive.active_reps().map(|reps| q(reps.len(), 1));
    let each = reps.clone().map(|reps| naive.activities(&KINDS) / reps);
    put("touchpoints_per_rep", each);
    let a_day = reps.and_then(|_| {
        let (done, days) = (naive.activities(&[kind]), naive.working_days());
        ratio(done, days, Undefined::NoWorkingDays)
    });
    put("activities_per_rep_per_day", a_day);
    let is_created = |deal: &Raw| !deal.is_undated && naive.days.contains(&deal.created);
    let none = [Undefined::NoDealsCreated, Undefined::ZeroCreatedAmount];
    put(
        "marketing_sourced_pipeline_rate",
        naive.by_marketing(is_created, none),
    );
    let is_won = |deal: &Raw| won_on(deal).is_some_and(|on| naive.days.contains(&on));
    let none = [Undefined::NoWonDeals, Undefined::ZeroRevenue];
    put(
        "marketing_sourced_revenue_rate",
        naive.by_marketing(is_won, none),
    );
    for channel in CHANNELS {
        let leads = naive.new_leads(|number| business.channel(number) == Some(channel));
        let spent = naive.spend_of(&[Sales, Marketing], |raw| raw.channel == Some(channel));
        let cost = cost_per(spent, leads, Undefined::NoLeads);
        put(&format!("channel_cost_per_lead.{channel}"), cost);
    }
    let leads = naive.new_leads(|_| true);
    let marketing = naive.spend(&[Marketing]);
    put(
        "cost_per_lead",
        cost_per(marketing, leads.clone(), Undefined::NoLeads),
    );
    let both = naive.spend(&[Sales, Marketing]);
    put(
        "full_cost_per_lead",
        cost_per(both, leads, Undefined::NoLeads),
    );
    let (spent, customers) = (naive.spend(&[Sales]), naive.new_customers());
    let cost = cost_per(spent.clone(), customers, Undefined::NoNewCustomers);
    put("cost_per_converted_customer", cost);
    let efficiency = match spent {
        None => Err(Undefined::NoSpend),
        Some(spent) if spent <= q(0, 1) => Err(Undefined::SpendNotPositive),
        Some(spent) => naive.revenue().map(|revenue| revenue / spent),
    };
    put("sales_efficiency", efficiency);
    for (number, contract) in business.contracts.iter().enumerate() {
        let value = match contract.fee {
            None => Err(Undefined::NoRecurringFee),
            Some((units, every, per)) => Ok(q(units, every) * q(customer::a_year(per), 10_000)),
        };
        put(&format!("annual_contract_value.{number}"), value);
    }
    all
}

/// One division: 28 significant digits and at most 28 decimals.
fn agree(found: &Answer, truth: &Answer) -> bool {
    match (found, truth) {
        (Ok(found), Ok(truth)) => {
            let off = if found > truth {
                found - truth
            } else {
                truth - found
            };
            off <= truth * tiny(27) + tiny(28)
        }
        (found, truth) => found == truth,
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn every_joined_kpi_agrees_with_the_oracle((business, kind) in cases()) {
        let (found, truth) = (figures(&business, kind), answers(&business, kind));
        prop_assert!(found.keys().eq(truth.keys()), "{:?}", found.keys());
        for (name, found) in &found {
            let truth = &truth[name];
            prop_assert!(agree(found, truth), "{name}: {found:?}, but {truth:?}");
        }
    }

    #[test]
    fn joined_figures_keep_within_their_bounds((business, kind) in cases()) {
        let figures = figures(&business, kind);
        for (name, value) in &figures {
            let at_least_zero = value.as_ref().map_or(true, |value| *value >= q(0, 1));
            prop_assert!(at_least_zero, "{name}: {value:?}");
        }
        // Sales alone spends at most what sales and marketing spend together.
        let tallies = Tallies::of(&business, business.scope());
        let cost = kpi::customer_acquisition_cost(&tallies.spend, &tallies.purchases);
        let sales = kpi::cost_per_converted_customer(&tallies.spend, &tallies.purchases);
        let marketing = tallies.spend.totals().marketing().unwrap();
        if marketing.refunds == 0 && let (Ok(cost), Ok(sales)) = (cost, sales) {
            prop_assert!(sales <= cost);
        }
    }

    /// By day, each kind by itself adds up to all of them.
    #[test]
    fn kinds_add_up_to_all_touchpoints(business in businesses()) {
        let naive = Naive::new(&business);
        let each: Vec<Answer> = KINDS
            .iter()
            .map(|kind| figures(&business, *kind)["activities_per_rep_per_day"].clone())
            .collect();
        let all = figures(&business, ActivityKind::Call)["touchpoints_per_rep"].clone();
        let Ok(reps) = naive.active_reps() else { return Ok(()) };
        let Ok(each) = each.into_iter().collect::<Result<Vec<Q>, _>>() else { return Ok(()) };
        let together = sum(each) * naive.working_days();
        let off = all.unwrap() * q(reps.len(), 1) - together;
        prop_assert!(off <= tiny(20) && -off <= tiny(20));
    }

    /// Both must look at the same: never the leads of one quarter beside the reps of another.
    #[test]
    fn tallies_of_different_scopes_are_not_joined(business in businesses()) {
        let mine = Tallies::of(&business, business.scope());
        for other in crate::laws::other_scopes(business.scope()) {
            if other.currency() != Currency::USD {
                continue;
            }
            let theirs = Tallies::of(&business, other);
            let errors = [
                kpi::leads_per_rep(&theirs.leads, &mine.team).unwrap_err(),
                kpi::overloaded_reps(&theirs.leads, &mine.team, 1).unwrap_err(),
                kpi::cost_per_lead(&mine.spend, theirs.leads.tally()).unwrap_err(),
                kpi::full_cost_per_lead(&mine.spend, theirs.leads.tally()).unwrap_err(),
                kpi::channel_cost_per_lead(
                    &mine.spend,
                    &BTreeMap::from([(Some(&ads()), theirs.leads.tally().clone())]),
                    &ads(),
                ).unwrap_err(),
                kpi::sales_cost_ratio(&mine.spend, &theirs.deals).unwrap_err(),
                kpi::marketing_cost_ratio(&mine.spend, &theirs.deals).unwrap_err(),
                kpi::marketing_return(
                    &mine.spend,
                    &BTreeMap::from([(Some(&ads()), theirs.deals.clone())]),
                    &ads(),
                    whole(),
                ).unwrap_err(),
                kpi::cost_per_converted_customer(&mine.spend, &theirs.purchases).unwrap_err(),
                kpi::sales_efficiency(&theirs.deals, &mine.spend).unwrap_err(),
            ];
            for error in errors {
                let differ = error.kind() == ErrorKind::ScopeMismatch;
                prop_assert!(differ, "{}", error);
            }
        }
    }
}

/// Without this, an oracle and a crate that both say "undefined" all the time would agree.
#[test]
fn cases_reach_every_answer_and_every_reason() {
    let mut runner = TestRunner::deterministic();
    let mut telling: BTreeMap<String, u32> = BTreeMap::new();
    let mut reasons: BTreeSet<(String, Undefined)> = BTreeSet::new();
    for _ in 0..1_200 {
        let (business, kind) = cases().new_tree(&mut runner).unwrap().current();
        for (name, answer) in answers(&business, kind) {
            let name = name.split('.').next().unwrap().to_owned();
            let is_telling = answer.as_ref().is_ok_and(|value| *value != q(0, 1));
            *telling.entry(name.clone()).or_default() += u32::from(is_telling);
            reasons.extend(answer.err().map(|reason| (name, reason)));
        }
    }
    for (name, times) in &telling {
        assert!(*times >= 60, "{name}: only {times} times of 1200");
    }
    let expected = [
        ("activities_per_rep_per_day", Undefined::NoActiveReps),
        ("activities_per_rep_per_day", Undefined::NoWorkingDays),
        ("activities_per_rep_per_day", Undefined::NothingElapsed),
        ("annual_contract_value", Undefined::NoRecurringFee),
        ("channel_cost_per_lead", Undefined::NoLeads),
        ("channel_cost_per_lead", Undefined::NoSpend),
        ("channel_cost_per_lead", Undefined::SpendNotPositive),
        ("cost_per_converted_customer", Undefined::NoNewCustomers),
        ("cost_per_lead", Undefined::NoLeads),
        ("cost_per_lead", Undefined::NoSpend),
        ("cost_per_lead", Undefined::SpendNotPositive),
        ("cost_per_converted_customer", Undefined::NoSpend),
        ("cost_per_converted_customer", Undefined::SpendNotPositive),
        ("full_cost_per_lead", Undefined::NoLeads),
        ("full_cost_per_lead", Undefined::NoSpend),
        ("full_cost_per_lead", Undefined::SpendNotPositive),
        ("sales_efficiency", Undefined::SpendNotPositive),
        ("leads_per_rep", Undefined::NoRepsOnTheDay),
        ("sales_efficiency", Undefined::NothingPriced),
        ("sales_efficiency", Undefined::NoSpend),
        ("marketing_sourced_pipeline_rate", Undefined::NoDealOrigin),
        ("marketing_sourced_pipeline_rate", Undefined::NoDealsCreated),
        ("marketing_sourced_pipeline_rate", Undefined::NothingPriced),
        (
            "marketing_sourced_pipeline_rate",
            Undefined::ZeroCreatedAmount,
        ),
        ("marketing_sourced_revenue_rate", Undefined::NoDealOrigin),
        ("marketing_sourced_revenue_rate", Undefined::NoWonDeals),
        ("marketing_sourced_revenue_rate", Undefined::NothingPriced),
        ("marketing_sourced_revenue_rate", Undefined::ZeroRevenue),
        ("touchpoints_per_rep", Undefined::NoActiveReps),
        ("touchpoints_per_rep", Undefined::NothingElapsed),
    ];
    let expected: BTreeSet<_> = expected
        .map(|(name, reason)| (name.to_owned(), reason))
        .into();
    assert_eq!(reasons, expected);
}

// Worked examples, and what a careless reading makes of them.

fn ads() -> Label {
    Label::new("ads").unwrap()
}

fn whole() -> Percent {
    Percent::from_percent(100).unwrap()
}

fn q1() -> Scope {
    scope("2026-Q1")
}

fn spent(id: &str, amount: u32, category: SpendCategory) -> Spend {
    Spend::new(id, day("2026-01-31"), amount, Currency::USD, category).unwrap()
}

fn spend() -> SpendTally {
    let all = [
        spent("S-1", 9_000, SpendCategory::Sales),
        spent("S-2", 5_000, SpendCategory::Marketing),
        spent("S-3", 70_000, SpendCategory::Other),
    ];
    SpendTally::of(all, q1()).unwrap()
}

fn won(id: &str, on: &str, account: &str) -> Deal {
    let won = Outcome::Won { on: day(on) };
    let deal = Deal::new(id, day("2025-01-07"), won, Currency::USD).unwrap();
    deal.with_account(account).unwrap()
}

fn team_of<const N: usize>(reps: [Rep; N]) -> TeamTally {
    let view = q1().with_roster(&Roster::new(reps, []).unwrap());
    TeamTally::new(view.unwrap())
}

fn rep(id: &str) -> Rep {
    Rep::new(id).unwrap()
}

fn lead_of(id: &str, arrived: &str) -> Lead {
    Lead::new(id, instant(arrived).unwrap()).unwrap()
}

fn done(id: &str, kind: ActivityKind, at: &str) -> Activity {
    Activity::new(id, kind, instant(at).unwrap()).unwrap()
}

/// Rent is no part of what a lead costs.
#[test]
fn other_spend_is_not_a_lead_s_cost() {
    let leads = [
        lead_of("L-1", "2026-01-01T00:00:00+01:00"),
        lead_of("L-2", "2026-03-31T23:59:59-05:00"),
        lead_of("L-3", "2026-04-01T00:00:00+01:00"),
    ];
    let leads = LeadTally::of(leads, q1()).unwrap();
    let cost = kpi::full_cost_per_lead(&spend(), &leads).unwrap();
    assert_eq!(cost.to_string(), "7000 USD");
    let cost = kpi::cost_per_lead(&spend(), &leads).unwrap();
    assert_eq!(cost.to_string(), "2500 USD");
}

/// Who bought before is a customer already.
#[test]
fn a_second_win_converts_nobody() {
    let deals = [
        won("D-1", "2025-12-31", "Initech"),
        won("D-2", "2026-02-20", "Initech"),
        won("D-3", "2026-02-20", "Acme"),
        won("D-4", "2026-03-31", "Acme"),
    ];
    let purchases = PurchaseTally::of(deals, q1()).unwrap();
    let cost = kpi::cost_per_converted_customer(&spend(), &purchases).unwrap();
    assert_eq!(cost.to_string(), "9000 USD");
}

#[test]
fn efficiency_is_of_sales_spend_not_of_all_spend() {
    let deal = won("D-1", "2026-02-20", "Acme").with_amount(45_000);
    let deals = DealTally::of([deal.unwrap()], q1()).unwrap();
    let efficiency = kpi::sales_efficiency(&deals, &spend()).unwrap();
    assert_eq!(efficiency.to_string(), "5×");
    // Nothing won for what was spent is an answer: 0. An unknown amount is none.
    let none = DealTally::new(q1());
    assert_eq!(
        kpi::sales_efficiency(&none, &spend()).unwrap().to_string(),
        "0×"
    );
    let unpriced = DealTally::of([won("D-1", "2026-02-20", "Acme")], q1()).unwrap();
    assert_eq!(
        kpi::sales_efficiency(&unpriced, &spend()),
        Err(Undefined::NothingPriced.into())
    );
}

fn owned(id: &str, arrived: &str, owner: &str) -> Lead {
    lead_of(id, arrived).with_owner(owner).unwrap()
}

fn done_by(rep: &str, kind: ActivityKind, at: &str) -> Activity {
    done("A", kind, at).with_rep(rep).unwrap()
}

/// Leads are shared by who is there in the end; touchpoints by who was there at all.
#[test]
fn who_left_shares_no_leads_but_did_touch() {
    let gone = rep("ben").with_left(day("2026-03-30")).unwrap();
    let team = team_of([rep("ada"), gone]);
    let leads = [
        owned("L-1", "2025-05-01T09:00:00Z", "ada"),
        owned("L-2", "2026-02-01T09:00:00Z", "ada"),
        owned("L-3", "2026-02-01T09:00:00Z", "ben"),
        lead_of("L-4", "2026-02-01T09:00:00Z"),
    ];
    let leads = LeadDetail::of(leads, q1()).unwrap();
    assert_eq!(kpi::leads_per_rep(&leads, &team).unwrap().to_string(), "2");
    assert_eq!(kpi::overloaded_reps(&leads, &team, 1).unwrap(), 1);
    let calls = [
        done_by("ben", ActivityKind::Call, "2026-01-01T00:00:00+14:00"),
        done_by("ada", ActivityKind::Other, "2026-03-31T23:59:59-12:00"),
        done_by("ada", ActivityKind::Email, "2026-04-01T00:00:00+14:00"),
        done_by("ben", ActivityKind::Email, "2026-03-31T09:00:00Z"),
    ];
    let team = team.with_activities(calls).unwrap();
    let each = kpi::touchpoints_per_rep(&team).unwrap();
    assert_eq!(each.to_string(), "1");
}

/// Ten calls by a bot and six hundred leads in a queue are no work of Ada's.
#[test]
fn who_is_no_rep_is_in_no_figure_per_rep() {
    let team = team_of([rep("ada")]);
    let call = done_by("marketing-bot", ActivityKind::Call, "2026-02-03T09:00:00Z");
    let team = team.with_activities(vec![call; 10]).unwrap();
    assert_eq!(kpi::touchpoints_per_rep(&team).unwrap().to_string(), "0");
    let lead = owned("L", "2026-02-03T09:00:00Z", "inbound-queue");
    let leads = LeadDetail::of(vec![lead; 600], q1()).unwrap();
    assert_eq!(kpi::leads_per_rep(&leads, &team).unwrap().to_string(), "0");
    assert_eq!(kpi::overloaded_reps(&leads, &team, 500).unwrap(), 0);
}

/// 40 calls in a week that Ben joins on its last working day: five days of Ada and one of Ben.
#[test]
fn a_new_rep_weighs_a_working_day() {
    let week = scope("2026-W07");
    let ben = rep("ben").with_hired(day("2026-02-13")).unwrap();
    let view = week.with_roster(&Roster::new([rep("ada"), ben], []).unwrap());
    let call = done_by("ada", ActivityKind::Call, "2026-02-10T09:00:00Z");
    let team = TeamTally::new(view.unwrap()).with_activities(vec![call; 40]);
    let a_day =
        kpi::activities_per_rep_per_day(&team.unwrap(), ActivityKind::Call, &weekdays()).unwrap();
    let expected = sales_metrics::Decimal::from(40) / sales_metrics::Decimal::from(6);
    assert_eq!(exact(a_day.decimal()), exact(expected));
}

/// Activities that were counted in one of two tallies alone are not counted in both; a tally of nothing takes nothing away.
#[test]
fn activities_are_counted_in_all_parts_or_not_at_all() {
    let call = done_by("ada", ActivityKind::Call, "2026-02-03T09:00:00Z");
    let with = |deals: &[Deal]| {
        let team = team_of([rep("ada")]);
        let deals = TeamTally::of(deals, q1().with_roster(team.roster()).unwrap());
        deals.unwrap()
    };
    let deal = won("D-1", "2026-02-20", "Acme").with_owner("ada").unwrap();
    let counted = with(&[]).with_activities([&call]).unwrap();
    let said = |team: &TeamTally| kpi::touchpoints_per_rep(team).map(|each| each.to_string());
    let mut sum = counted.clone();
    sum.merge(&with(&[])).unwrap();
    assert_eq!(said(&sum), Ok("1".to_owned()));
    sum.merge(&counted).unwrap();
    assert_eq!(said(&sum), Ok("2".to_owned()));
    sum.merge(&with(&[deal])).unwrap();
    assert_eq!(said(&sum), Err(Undefined::NotCounted("activities")));
}

/// A meeting that is put off twice and then held is one meeting of the rep, not three.
#[test]
fn a_meeting_that_was_put_off_is_done_once() {
    let meeting = |on: &str, status| {
        let meeting = done_by("ada", ActivityKind::Meeting, &format!("{on}T09:00:00Z"));
        meeting.with_meeting_status(status).unwrap()
    };
    let meetings = [
        meeting("2026-03-02", MeetingStatus::Rescheduled),
        meeting("2026-03-09", MeetingStatus::Rescheduled),
        meeting("2026-03-16", MeetingStatus::Cancelled),
    ];
    let team = team_of([rep("ada")]).with_activities(meetings).unwrap();
    let each = kpi::touchpoints_per_rep(&team).unwrap();
    assert_eq!(each.to_string(), "1");
    let midnight = NaiveTime::from_hms_opt(0, 0, 0).unwrap();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    let mondays = WorkCalendar::new([Weekday::Mon], midnight, noon).unwrap();
    let kind = ActivityKind::Meeting;
    let a_day = kpi::activities_per_rep_per_day(&team, kind, &mondays);
    // January 5 to March 30.
    assert_eq!(
        exact(a_day.unwrap().decimal()),
        exact(sales_metrics::Decimal::ONE / sales_metrics::Decimal::from(13))
    );
}

fn weekdays() -> WorkCalendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    WorkCalendar::new(week, hour(9), hour(17)).unwrap()
}

/// 120 calls of 3 reps in the 62 working days from January to March, less two holidays: not by 90 calendar days.
#[test]
fn a_working_day_is_no_calendar_day() {
    let calls: Vec<Activity> = (0..120)
        .map(|n| {
            let at = format!("2026-02-{:02}T09:00:00Z", 1 + n % 28);
            done_by(["ada", "ben", "cleo"][n % 3], ActivityKind::Call, &at)
        })
        .collect();
    let calendar = weekdays();
    let holidays = [
        day("2026-01-01"),
        day("2026-01-06"),
        day("2026-01-10"),
        day("2026-04-03"),
    ];
    let calendar = calendar.with_holidays(holidays).unwrap();
    let team = team_of([rep("ada"), rep("ben"), rep("cleo")]);
    let team = team.with_activities(calls).unwrap();
    let a_day = kpi::activities_per_rep_per_day(&team, ActivityKind::Call, &calendar);
    // 64 weekdays, of which two are holidays; the third one is a Saturday, the fourth in April.
    assert_eq!(
        exact(a_day.unwrap().decimal()),
        exact(sales_metrics::Decimal::from(120) / sales_metrics::Decimal::from(186))
    );
    let emails = kpi::activities_per_rep_per_day(&team, ActivityKind::Email, &calendar);
    assert_eq!(emails.unwrap().to_string(), "0");
}

/// Every public function of `kpi` is computed a second time by one of the oracles: what is in none of them goes unproven.
#[test]
fn every_kpi_is_recomputed_by_an_oracle() {
    let mut proven: BTreeSet<String> = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..20 {
        let names = [
            crate::figures::figures(
                &crate::support::cases()
                    .new_tree(&mut runner)
                    .unwrap()
                    .current(),
            )
            .into_iter()
            .map(|figure| figure.name.to_owned())
            .collect(),
            crate::deal::survival::recomputed().to_vec(),
            crate::deal::coverage::recomputed().to_vec(),
            crate::deal::losses::recomputed().to_vec(),
            crate::deal::quiet::recomputed().to_vec(),
            team::created::recomputed().to_vec(),
            lead::milestones::recomputed().to_vec(),
            lead::recomputed(&mut runner),
            lead::responses::recomputed().to_vec(),
            activity::recomputed(&mut runner),
            customer::recomputed(&mut runner),
            team::ramp::recomputed().to_vec(),
            team::recomputed(&mut runner),
            crate::deal::forecast::recomputed(&mut runner),
            history::recomputed(&mut runner),
            history::calibrated().to_vec(),
            recomputed(&mut runner),
        ];
        let names: Vec<String> = names.into_iter().flatten().collect();
        proven.extend(
            names
                .iter()
                .map(|name| name.split('.').next().unwrap().to_owned()),
        );
    }
    let unproven: Vec<String> = docs::names_of_kpis()
        .into_iter()
        .filter(|name| !proven.contains(name))
        .collect();
    assert_eq!(unproven, [""; 0]);
}

fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let (business, kind) = cases().new_tree(runner).unwrap().current();
    answers(&business, kind).into_keys().collect()
}

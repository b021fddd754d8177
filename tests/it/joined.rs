//! The KPIs that join two families a second time: from the plain data of a small whole business, over exact fractions. Written from
//! the catalogue, not from the crate. At the end, the guard that no KPI at all is without an oracle.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Average, Currency, Deal, DealTally, Error, ErrorKind,
    Lead, LeadTally, MeetingStatus, NaiveTime, Outcome, Per, PurchaseTally, Rep, Roster, Scope,
    Spend, SpendCategory, SpendTally, TeamTally, Undefined, Weekday, WorkCalendar, instant, kpi,
};

use crate::activity::KINDS;
use crate::business::{Business, businesses};
use crate::figures::Answer;
use crate::support::{Q, Raw, config, day, exact, q, scope, tiny};
use crate::team::RawRep;
use crate::{activity, customer, docs, lead, team};

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
    leads: LeadTally,
    activities: ActivityTally,
    team: TeamTally,
    spend: SpendTally,
}

impl Tallies {
    fn of(business: &Business, scope: Scope) -> Self {
        let deals = business.deals();
        let view = business.team.scope.with_roster(&business.team.roster());
        Self {
            purchases: PurchaseTally::of(&deals, scope).unwrap(),
            leads: LeadTally::of(business.leads(), scope).unwrap(),
            activities: ActivityTally::of(business.activities(), scope).unwrap(),
            team: TeamTally::of(&deals, view.unwrap()).unwrap(),
            spend: SpendTally::of(business.spend(), scope).unwrap(),
            deals: DealTally::of(deals, scope).unwrap(),
        }
    }
}

fn figures(business: &Business, kind: ActivityKind) -> Answers {
    let Tallies {
        deals,
        purchases,
        leads,
        activities,
        team,
        spend,
    } = Tallies::of(business, business.scope());
    let calendar = lead::calendar();
    let numbers = [
        (
            "leads_per_rep",
            kpi::leads_per_rep(&leads, &team).map(Average::decimal),
        ),
        (
            "touchpoints_per_rep",
            kpi::touchpoints_per_rep(&activities, &team).map(Average::decimal),
        ),
        (
            "activities_per_rep_per_day",
            kpi::activities_per_rep_per_day(&activities, &team, kind, &calendar)
                .map(Average::decimal),
        ),
        (
            "cost_per_lead",
            kpi::cost_per_lead(&spend, &leads).map(|money| money.amount()),
        ),
        (
            "full_cost_per_lead",
            kpi::full_cost_per_lead(&spend, &leads).map(|money| money.amount()),
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
    for (number, contract) in business.contracts().iter().enumerate() {
        let value = kpi::annual_contract_value(contract);
        assert!(value.is_err() || value.unwrap().per() == Per::Year);
        let value = value.map(|value| exact(value.amount()));
        all.insert(format!("annual_contract_value.{number}"), value);
    }
    all
}

// What is true.

struct Naive<'a> {
    business: &'a Business,
    as_of: NaiveDate,
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
            as_of,
            evening: period.last_day().min(as_of),
            days: days.collect(),
        }
    }

    fn works(rep: &RawRep, day: NaiveDate) -> bool {
        rep.hired.is_none_or(|hired| day >= hired) && rep.left.is_none_or(|left| day <= left)
    }

    fn reps_who(&self, which: impl Fn(&RawRep) -> bool) -> Q {
        let reps = self.business.team.reps.iter();
        q(reps.filter(|rep| which(rep)).count(), 1)
    }

    /// On the as-of day: a stock.
    fn reps_then(&self) -> Q {
        self.reps_who(|rep| Self::works(rep, self.as_of))
    }

    /// On some day of the period: a flow.
    fn reps_of_the_period(&self) -> Answer {
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        let reps = self.reps_who(|rep| self.days.iter().any(|day| Self::works(rep, *day)));
        if reps == q(0, 1) {
            return Err(Undefined::NoActiveReps);
        }
        Ok(reps)
    }

    fn activities(&self, kinds: &[ActivityKind]) -> Q {
        let all = self.business.activities.iter();
        let counted = all.filter(|raw| kinds.contains(&raw.kind) && self.days.contains(&raw.date));
        let once = counted.filter(|raw| raw.status != Some(MeetingStatus::Rescheduled));
        q(once.count(), 1)
    }

    /// Less what came back; none where nothing of it is recorded.
    fn spend(&self, categories: &[SpendCategory]) -> Option<Q> {
        let all = self.business.spends.iter();
        let counted =
            all.filter(|raw| categories.contains(&raw.category) && self.days.contains(&raw.on));
        let units: Vec<Q> = counted.map(|raw| q(raw.units, 10_000)).collect();
        (!units.is_empty()).then(|| sum(units))
    }

    fn working_days(&self) -> Q {
        let worked = self
            .days
            .iter()
            .filter(|date| date.weekday() != Weekday::Sun && **date != day("2024-02-29"));
        q(worked.count(), 1)
    }

    fn open_leads(&self) -> Q {
        let by_then = |on: Option<NaiveDate>| on.is_some_and(|on| on <= self.evening);
        let open = self.business.leads.iter().filter(|lead| {
            by_then(Some(lead.arrived.date_naive()))
                && !by_then(lead.converted)
                && !by_then(lead.disqualified)
        });
        q(open.count(), 1)
    }

    fn new_leads(&self) -> Q {
        let leads = self.business.leads.iter();
        let arrived = leads.filter(|lead| self.days.contains(&lead.arrived.date_naive()));
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
    let (leads, reps) = (naive.open_leads(), naive.reps_then());
    put(
        "leads_per_rep",
        ratio(leads, reps, Undefined::NoRepsOnTheDay),
    );
    let reps = naive.reps_of_the_period();
    let each = reps.clone().map(|reps| naive.activities(&KINDS) / reps);
    put("touchpoints_per_rep", each);
    let a_day = reps.and_then(|reps| {
        let (done, days) = (naive.activities(&[kind]), naive.working_days());
        ratio(done, reps * days, Undefined::NoWorkingDays)
    });
    put("activities_per_rep_per_day", a_day);
    let leads = naive.new_leads();
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
            Some((units, Per::Month)) => Ok(q(units * 12, 10_000)),
            Some((units, Per::Quarter)) => Ok(q(units * 4, 10_000)),
            Some((units, _)) => Ok(q(units, 10_000)),
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
        // Those of one kind on one day are at most those of every kind in the whole period.
        let both = [&figures["activities_per_rep_per_day"], &figures["touchpoints_per_rep"]];
        if let [Ok(a_day), Ok(all)] = both {
            prop_assert!(a_day <= all);
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

    /// Per rep and day, each kind by itself adds up to all of them.
    #[test]
    fn kinds_add_up_to_all_touchpoints(business in businesses()) {
        let naive = Naive::new(&business);
        let each: Vec<Answer> = KINDS
            .iter()
            .map(|kind| figures(&business, *kind)["activities_per_rep_per_day"].clone())
            .collect();
        let all = figures(&business, ActivityKind::Call)["touchpoints_per_rep"].clone();
        let Ok(each) = each.into_iter().collect::<Result<Vec<Q>, _>>() else { return Ok(()) };
        let together = sum(each) * naive.working_days();
        let off = all.unwrap() - together;
        prop_assert!(off <= tiny(20) && -off <= tiny(20));
    }

    /// Both must look at the same: never the leads of one quarter beside the reps of another.
    #[test]
    fn tallies_of_different_scopes_are_not_joined((business, kind) in cases()) {
        let mine = Tallies::of(&business, business.scope());
        for other in crate::laws::other_scopes(business.scope()) {
            if other.currency() != Currency::USD {
                continue;
            }
            let theirs = Tallies::of(&business, other);
            let calendar = lead::calendar();
            let errors = [
                kpi::leads_per_rep(&theirs.leads, &mine.team).unwrap_err(),
                kpi::touchpoints_per_rep(&theirs.activities, &mine.team).unwrap_err(),
                kpi::activities_per_rep_per_day(&theirs.activities, &mine.team, kind, &calendar).unwrap_err(),
                kpi::cost_per_lead(&mine.spend, &theirs.leads).unwrap_err(),
                kpi::full_cost_per_lead(&mine.spend, &theirs.leads).unwrap_err(),
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
        ("touchpoints_per_rep", Undefined::NoActiveReps),
        ("touchpoints_per_rep", Undefined::NothingElapsed),
    ];
    let expected: BTreeSet<_> = expected
        .map(|(name, reason)| (name.to_owned(), reason))
        .into();
    assert_eq!(reasons, expected);
}

// Worked examples, and what a careless reading makes of them.

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

/// Leads are shared by who is there in the end; touchpoints by who was there at all.
#[test]
fn who_left_shares_no_leads_but_did_touch() {
    let gone = rep("ben").with_left(day("2026-03-30")).unwrap();
    let team = team_of([rep("ada"), gone]);
    let leads = [
        lead_of("L-1", "2025-05-01T09:00:00Z"),
        lead_of("L-2", "2026-02-01T09:00:00Z"),
    ];
    let leads = LeadTally::of(leads, q1()).unwrap();
    assert_eq!(kpi::leads_per_rep(&leads, &team).unwrap().to_string(), "2");
    let calls = [
        done("A-1", ActivityKind::Call, "2026-01-01T00:00:00+14:00"),
        done("A-2", ActivityKind::Other, "2026-03-31T23:59:59-12:00"),
        done("A-3", ActivityKind::Email, "2026-04-01T00:00:00+14:00"),
    ];
    let activities = ActivityTally::of(calls, q1()).unwrap();
    let each = kpi::touchpoints_per_rep(&activities, &team).unwrap();
    assert_eq!(each.to_string(), "1");
}

/// A meeting that is put off twice and then held is one meeting of the rep, not three.
#[test]
fn a_meeting_that_was_put_off_is_done_once() {
    let meeting = |on: &str, status| {
        let meeting = done("A", ActivityKind::Meeting, &format!("{on}T09:00:00Z"));
        meeting.with_meeting_status(status).unwrap()
    };
    let meetings = [
        meeting("2026-03-02", MeetingStatus::Rescheduled),
        meeting("2026-03-09", MeetingStatus::Rescheduled),
        meeting("2026-03-16", MeetingStatus::Cancelled),
    ];
    let activities = ActivityTally::of(meetings, q1()).unwrap();
    let team = team_of([rep("ada")]);
    let each = kpi::touchpoints_per_rep(&activities, &team).unwrap();
    assert_eq!(each.to_string(), "1");
    let midnight = NaiveTime::from_hms_opt(0, 0, 0).unwrap();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    let mondays = WorkCalendar::new([Weekday::Mon], midnight, noon).unwrap();
    let kind = ActivityKind::Meeting;
    let a_day = kpi::activities_per_rep_per_day(&activities, &team, kind, &mondays);
    // January 5 to March 30.
    assert_eq!(
        exact(a_day.unwrap().decimal()),
        exact(sales_metrics::Decimal::ONE / sales_metrics::Decimal::from(13))
    );
}

/// 120 calls of 3 reps in the 62 working days from January to March, less two holidays: not by 90 calendar days.
#[test]
fn a_working_day_is_no_calendar_day() {
    let calls: Vec<Activity> = (0..120)
        .map(|n| {
            let at = format!("2026-02-{:02}T09:00:00Z", 1 + n % 28);
            done(&format!("A-{n}"), ActivityKind::Call, &at)
        })
        .collect();
    let activities = ActivityTally::of(calls, q1()).unwrap();
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let calendar = WorkCalendar::new(week, hour(9), hour(17)).unwrap();
    let holidays = [
        day("2026-01-01"),
        day("2026-01-06"),
        day("2026-01-10"),
        day("2026-04-03"),
    ];
    let calendar = calendar.with_holidays(holidays).unwrap();
    let team = team_of([rep("ada"), rep("ben"), rep("cleo")]);
    let a_day = kpi::activities_per_rep_per_day(&activities, &team, ActivityKind::Call, &calendar);
    // 64 weekdays, of which two are holidays; the third one is a Saturday, the fourth in April.
    assert_eq!(
        exact(a_day.unwrap().decimal()),
        exact(sales_metrics::Decimal::from(120) / sales_metrics::Decimal::from(186))
    );
    let emails =
        kpi::activities_per_rep_per_day(&activities, &team, ActivityKind::Email, &calendar);
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
            lead::recomputed(&mut runner),
            activity::recomputed(&mut runner),
            customer::recomputed(&mut runner),
            team::recomputed(&mut runner),
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

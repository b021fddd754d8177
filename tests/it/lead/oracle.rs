//! Every KPI of leads a second time: from the plain data, over exact fractions, the long way round.
//!
//! Written from the catalogue, not from the crate. Nothing is shared with it but dates and the names of reasons.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    DealTally, Error, LeadDetail, LeadScope, LeadTally, Length, Origin, Outcome, Scope, Undefined,
    kpi,
};

use super::{Instant, RawLead, build, calendar, clocks, instant_on, many_raw_leads};
use crate::support::{
    Q, Raw, config, day, exact, expect_values, functions, many_raw, millionths_of, q, scope,
    scopes, tiny,
};

type Answer = Result<Q, Undefined>;
pub(super) type Answers = BTreeMap<&'static str, Answer>;

/// Everything that the KPIs of leads take.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) leads: Vec<RawLead>,
    pub(super) deals: Vec<Raw>,
    pub(super) scope: Scope,
    pub(super) in_working_time: bool,
    /// On the as-of day, if one looks in the middle of it.
    pub(super) instant: Option<Instant>,
    /// A percentile, in millionths.
    pub(super) p: u32,
    /// In microseconds.
    pub(super) within: u64,
    pub(super) days: u32,
    pub(super) age: u32,
}

pub(super) fn cases() -> impl Strategy<Value = Case> {
    let p = prop_oneof![
        select(vec![0, 500_000, 750_000, 1_000_000]),
        0..=1_000_000_u32
    ];
    let minute = 60_000_000;
    let within = prop_oneof![
        select(vec![0, 1, 5 * minute, 5 * minute, 1_440 * minute, u64::MAX]),
        0..100_000 * minute,
    ];
    let days = select(vec![0, 1, 2, 7, 7, 30, 401_767, u32::MAX]);
    (
        many_raw_leads(),
        many_raw(),
        (
            scopes(),
            any::<bool>(),
            proptest::option::weighted(0.4, clocks()),
        ),
        (p, within, days),
        select(vec![0_u32, 1, 29, 60, 401_766]),
    )
        .prop_map(|(leads, deals, view, limits, age)| Case {
            leads,
            deals,
            scope: view.0,
            in_working_time: view.1,
            instant: view
                .2
                .map(|(micros, place)| instant_on(view.0.as_of_day(), micros, place)),
            p: limits.0,
            within: limits.1,
            days: limits.2,
            age,
        })
}

fn of(count: usize) -> Q {
    q(count, 1)
}

fn ratio(part: usize, whole: usize, none: Undefined) -> Answer {
    if whole == 0 {
        Err(none)
    } else {
        Ok(q(part, whole))
    }
}

fn micros(length: TimeDelta) -> i128 {
    i128::from(length.num_microseconds().unwrap())
}

impl RawLead {
    /// Of two at one instant the one further west, where its day began later.
    fn touched(&self) -> Option<Instant> {
        let touches = self.first_touch.iter().chain(&self.attempts);
        touches
            .min_by_key(|touch| (**touch, touch.offset().local_minus_utc()))
            .copied()
    }

    /// Everything is dated on the clock by which it is written.
    fn touched_on(&self) -> Option<NaiveDate> {
        self.touched().map(|touch| touch.date_naive())
    }
}

/// The leads, the period `[start, end)`, and the day from which one looks.
struct Naive<'a> {
    leads: &'a [RawLead],
    start: NaiveDate,
    end: NaiveDate,
    as_of: NaiveDate,
    /// Rule 4: of the period's last day, or of the as-of day where that is earlier.
    last_evening: NaiveDate,
    instant: Option<Instant>,
    in_working_time: bool,
}

type Group<'a> = Vec<&'a RawLead>;

impl<'a> Naive<'a> {
    fn new(case: &'a Case, scope: Scope) -> Self {
        Self {
            leads: &case.leads,
            start: scope.period().start(),
            end: scope.period().end(),
            as_of: scope.as_of_day(),
            last_evening: scope.period().last_day().min(scope.as_of_day()),
            instant: case.instant.filter(|_| scope == case.scope),
            in_working_time: case.in_working_time,
        }
    }

    /// Nothing after the instant is seen.
    fn is_seen(&self, at: Instant) -> bool {
        self.instant.is_none_or(|instant| at <= instant)
    }

    fn is_touched(&self, lead: &RawLead) -> bool {
        lead.touched().is_some_and(|touch| self.is_seen(touch)) && self.by_then(lead.touched_on())
    }

    /// By the evening on which stock is read.
    fn is_touched_then(&self, lead: &RawLead) -> bool {
        self.is_touched(lead) && lead.touched_on().is_some_and(|on| on <= self.last_evening)
    }

    fn in_period(&self, on: NaiveDate) -> bool {
        self.start <= on && on < self.end && on <= self.as_of
    }

    fn by_then(&self, on: Option<NaiveDate>) -> bool {
        on.is_some_and(|on| on <= self.as_of)
    }

    fn those(&self, which: impl Fn(&RawLead) -> bool) -> Group<'a> {
        let seen = self.leads.iter().filter(|lead| self.is_seen(lead.arrived));
        seen.filter(|lead| which(lead)).collect()
    }

    fn arrived(&self) -> Group<'a> {
        self.those(|lead| self.in_period(lead.arrived.date_naive()))
    }

    fn arrived_and(&self, which: impl Fn(&RawLead) -> bool) -> usize {
        self.arrived()
            .into_iter()
            .filter(|lead| which(lead))
            .count()
    }

    fn qualified(&self) -> usize {
        self.arrived_and(|lead| self.by_then(lead.qualified))
    }

    fn open(&self) -> Group<'a> {
        let later = |on: Option<NaiveDate>| on.is_none_or(|on| on > self.last_evening);
        self.those(|lead| {
            lead.arrived.date_naive() <= self.last_evening
                && later(lead.converted)
                && later(lead.disqualified)
        })
    }

    /// By the day on which it was: a flow.
    fn newly_qualified(&self) -> usize {
        // Whether it has arrived is not asked: odd, but possible.
        let leads = self.leads.iter();
        leads
            .filter(|lead| lead.qualified.is_some_and(|on| self.in_period(on)))
            .count()
    }

    fn contacted(&self) -> Group<'a> {
        // Whether it has arrived is not asked: odd, but possible.
        let leads = self.leads.iter();
        let touched = leads.filter(|lead| self.is_touched(lead));
        touched
            .filter(|lead| self.in_period(lead.touched_on().unwrap()))
            .collect()
    }

    /// When one looks.
    fn looked_at(&self, lead: &RawLead) -> Instant {
        let evening = midnight_after(lead, self.as_of);
        self.instant.unwrap_or(evening)
    }

    /// Microseconds that count, each end on the clock by which it is written, and never more than have passed; none backwards.
    fn between(&self, from: Instant, until: Instant) -> Option<i128> {
        let passed = micros(until - from);
        let counted = if self.in_working_time {
            worked(from.naive_local(), until.naive_local()).min(passed)
        } else {
            passed
        };
        (passed >= 0).then_some(counted)
    }

    /// From arrival to touch, of those that were touched by then, but not before they arrived; and from arrival to when one looks.
    fn answered(&self) -> Vec<(i128, i128)> {
        let mut all = Vec::new();
        for lead in self
            .arrived()
            .into_iter()
            .filter(|lead| self.is_touched(lead))
        {
            if let Some(response) = self.between(lead.arrived, lead.touched().unwrap()) {
                let waited = self
                    .between(lead.arrived, self.looked_at(lead))
                    .unwrap_or(0);
                // One that was touched has had that long, wherever the touch was written.
                all.push((response, waited.max(response)));
            }
        }
        all
    }

    fn responses(&self) -> Vec<Q> {
        self.answered()
            .into_iter()
            .map(|(response, _)| q(response, 1))
            .collect()
    }

    /// How each arrived lead stands after so long a time.
    fn compliance(&self, within: i128) -> Compliance {
        let mut all = Compliance::default();
        for (response, waited) in self.answered() {
            match (waited < within, response <= within) {
                (true, _) => all.pending += 1,
                (false, true) => all.met += 1,
                (false, false) => all.late += 1,
            }
        }
        for lead in self
            .arrived()
            .into_iter()
            .filter(|lead| !self.is_touched(lead))
        {
            let waited = self
                .between(lead.arrived, self.looked_at(lead))
                .unwrap_or(0);
            let given_up = lead.disqualified.filter(|on| self.by_then(Some(*on)));
            let until_then = given_up.map(|on| {
                let evening = midnight_after(lead, on);
                self.between(lead.arrived, evening).unwrap_or(0).min(waited)
            });
            match until_then {
                Some(waited) if waited < within => all.given_up += 1,
                None if waited < within => all.pending += 1,
                _ => all.overdue += 1,
            }
        }
        all
    }

    fn no_lead_or(&self, none: Undefined) -> Undefined {
        if self.arrived().is_empty() {
            Undefined::NoLeads
        } else {
            none
        }
    }

    fn no_response(&self) -> Undefined {
        self.no_lead_or(match self.arrived_and(|lead| self.is_touched(lead)) {
            0 => Undefined::NoTouchedLeads,
            _ => Undefined::NoSoundResponse,
        })
    }

    fn persistence(&self, days: u32) -> Answer {
        let window = i128::from(days) * 86_400_000_000;
        let mut arrived = self.arrived();
        arrived.retain(|lead| micros(self.looked_at(lead) - lead.arrived) >= window);
        let attempts = arrived.iter().flat_map(|lead| {
            let after = lead
                .attempts
                .iter()
                .map(|attempt| micros(*attempt - lead.arrived));
            after.filter(|after| 0 <= *after && *after < window)
        });
        ratio(
            attempts.count(),
            arrived.len(),
            self.no_lead_or(Undefined::NoLeadsThatOld),
        )
    }
}

/// How soon the leads were met whose greatest limit is over.
pub(super) struct Bands {
    pub(super) arrived: usize,
    pub(super) pending: usize,
    /// Within each limit, but none before it; later; never. How many leads, and how many of them became an opportunity.
    pub(super) groups: Vec<(usize, usize)>,
}

impl Case {
    pub(super) fn bands(&self, limits: &[u64]) -> Bands {
        let naive = Naive::new(self, self.scope);
        let last = i128::from(*limits.last().unwrap());
        let mut bands = Bands {
            arrived: naive.arrived().len(),
            pending: 0,
            groups: vec![(0, 0); limits.len() + 2],
        };
        for lead in naive.arrived() {
            let between = |until| naive.between(lead.arrived, until);
            let mut waited = between(naive.looked_at(lead)).unwrap_or(0);
            let touch = lead.touched().filter(|_| naive.is_touched(lead));
            let group = match touch.map(between) {
                // Before it arrived.
                Some(None) => continue,
                Some(Some(response)) => {
                    waited = waited.max(response);
                    let is_within = |limit: &u64| response <= i128::from(*limit);
                    limits.iter().position(is_within).unwrap_or(limits.len())
                }
                None => limits.len() + 1,
            };
            let given_up = lead.disqualified.filter(|on| naive.by_then(Some(*on)));
            if let (Some(on), None) = (given_up, touch) {
                waited = waited.min(between(midnight_after(lead, on)).unwrap_or(0));
                if waited < last {
                    continue;
                }
            }
            if waited < last {
                bands.pending += 1;
                continue;
            }
            let (leads, converted) = &mut bands.groups[group];
            *leads += 1;
            *converted += usize::from(naive.by_then(lead.converted));
        }
        bands
    }
}

/// Midnight after a day, on the lead's clock.
fn midnight_after(lead: &RawLead, on: NaiveDate) -> Instant {
    let midnight = on.and_time(NaiveTime::MIN) + TimeDelta::days(1);
    midnight.and_local_timezone(*lead.arrived.offset()).unwrap()
}

/// Of the leads that arrived: what became of each within a time.
#[derive(Default)]
struct Compliance {
    met: usize,
    late: usize,
    overdue: usize,
    pending: usize,
    given_up: usize,
}

/// Monday to Friday from 9 to 17, Saturday from 10 to 13, and a free leap day: day by day.
fn worked(from: NaiveDateTime, until: NaiveDateTime) -> i128 {
    let mut sum = 0;
    for date in from
        .date()
        .iter_days()
        .take_while(|date| *date <= until.date())
    {
        let (open, close) = match date.weekday().number_from_monday() {
            _ if date == day("2024-02-29") => continue,
            1..=5 => (9, 17),
            6 => (10, 13),
            _ => continue,
        };
        let hour = |hour| date.and_hms_opt(hour, 0, 0).unwrap();
        let (begin, end) = (hour(open).max(from), hour(close).min(until));
        sum += micros(end - begin).max(0);
    }
    sum
}

fn sum(values: &[Q]) -> Q {
    values.iter().fold(q(0, 1), |total, value| total + value)
}

/// Rule 6: linear between the two nearest, at position p·(n − 1).
fn percentile(values: &[Q], millionths: u32, none: Undefined) -> Answer {
    let mut sorted = values.to_vec();
    sorted.sort();
    let last = sorted.len().checked_sub(1).ok_or(none)?;
    let position = q(millionths, 1_000_000) * of(last);
    let below = usize::try_from(position.to_integer()).unwrap();
    let above = last.min(below + 1);
    Ok(&sorted[below] + position.fract() * (&sorted[above] - &sorted[below]))
}

/// To the microsecond, half away from zero.
fn rounded(length: Q) -> Q {
    length.round()
}

pub(super) fn answers(case: &Case) -> Answers {
    let naive = Naive::new(case, case.scope);
    let mut all = Answers::new();
    counts(&naive, case, &mut all);
    waiting(&naive, case, &mut all);
    stock(&naive, case, &mut all);
    all
}

fn counts(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let arrived = naive.arrived().len();
    let cohort = |part| ratio(part, arrived, Undefined::NoLeads);
    all.insert("qualified_leads", Ok(of(naive.newly_qualified())));
    all.insert("qualification_rate", cohort(naive.qualified()));
    let converted = naive.arrived_and(|lead| naive.by_then(lead.converted));
    all.insert("lead_conversion_rate", cohort(converted));
    let won = naive.arrived_and(|lead| naive.by_then(lead.converted) && naive.by_then(lead.won));
    all.insert("lead_to_customer_rate", cohort(won));
    let deals = case.deals.iter();
    let deals =
        deals.filter(|deal| matches!(deal.outcome, Outcome::Won { on } if naive.in_period(on)));
    all.insert("close_rate", cohort(deals.count()));

    let found_by = |origin| naive.arrived_and(|lead| lead.origin == Some(origin));
    let (marketing, sales) = (found_by(Origin::Marketing), found_by(Origin::Sales));
    let none = naive.no_lead_or(Undefined::NoKnownOrigin);
    let known = naive.arrived_and(|lead| lead.origin.is_some());
    all.insert("marketing_sourced_rate", ratio(marketing, known, none));
    all.insert("sales_sourced_rate", ratio(sales, known, none));

    if let Ok(earlier) = case.scope.previous() {
        let before = of(Naive::new(case, earlier).newly_qualified());
        let growth = if before == q(0, 1) {
            Err(Undefined::ZeroPreviousLeads)
        } else {
            Ok((of(naive.newly_qualified()) - &before) / before)
        };
        all.insert("lead_velocity_rate", growth);
    }
    let by_marketing = naive.arrived_and(|lead| naive.by_then(lead.marketing_qualified));
    all.insert("lead_to_mql_rate", cohort(by_marketing));
    handed_over(naive, all);
    let contacted = naive.contacted();
    let became = contacted
        .iter()
        .filter(|lead| naive.by_then(lead.converted));
    let rate = ratio(became.count(), contacted.len(), Undefined::NoContactedLeads);
    all.insert("prospect_to_opportunity_rate", rate);
}

/// By the days of marketing and sales, whenever a lead arrived.
fn handed_over(naive: &Naive<'_>, all: &mut Answers) {
    let in_period = |on: Option<NaiveDate>| on.is_some_and(|on| naive.in_period(on));
    let leads = || naive.leads.iter();
    let (mut accepted, mut decided) = (0, 0);
    for lead in leads().filter(|lead| in_period(lead.marketing_qualified)) {
        let seen = |on: Option<NaiveDate>| on.filter(|on| *on <= naive.as_of);
        match (seen(lead.accepted), seen(lead.rejected)) {
            (None, None) => continue,
            (Some(yes), Some(no)) => accepted += usize::from(yes >= no),
            (yes, _) => accepted += usize::from(yes.is_some()),
        }
        decided += 1;
    }
    let rate = ratio(accepted, decided, Undefined::NoHandoversDecided);
    all.insert("sales_acceptance_rate", rate);
    let taken: Vec<_> = leads().filter(|lead| in_period(lead.accepted)).collect();
    let by_sales = taken
        .iter()
        .filter(|lead| lead.by_sales && naive.by_then(lead.qualified));
    let rate = ratio(by_sales.count(), taken.len(), Undefined::NoAcceptedLeads);
    all.insert("sal_to_sql_rate", rate);
}

fn waiting(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let responses = naive.responses();
    let none = naive.no_response();
    let mean = match responses.len() {
        0 => Err(none),
        n => Ok(rounded(sum(&responses) / of(n))),
    };
    all.insert("average_response_time", mean);
    all.insert(
        "median_response_time",
        percentile(&responses, 500_000, none).map(rounded),
    );
    all.insert(
        "response_time_percentile",
        percentile(&responses, case.p, none).map(rounded),
    );

    let of_time = naive.compliance(case.within.into());
    let due = of_time.met + of_time.late + of_time.overdue;
    let none = naive.no_lead_or(Undefined::NoDueLeads);
    all.insert("response_compliance", ratio(of_time.met, due, none));
    let counts = [
        ("response_compliance.pending", of_time.pending),
        ("response_compliance.given_up", of_time.given_up),
        ("response_compliance.overdue", of_time.overdue),
        ("response_compliance.due", due),
    ];
    all.extend(counts.map(|(name, count)| (name, Ok(of(count)))));
    all.insert("contact_persistence", naive.persistence(case.days));
    let mut of_yesterday = naive.arrived();
    of_yesterday.retain(|lead| naive.looked_at(lead) - lead.arrived >= TimeDelta::days(1));
    let touched = of_yesterday.iter().filter(|lead| naive.is_touched(lead));
    let none = naive.no_lead_or(Undefined::NoLeadsThatOld);
    let rate = ratio(touched.count(), of_yesterday.len(), none);
    all.insert("touched_lead_rate", rate);
}

fn stock(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let open = naive.open();
    let neglected = open.iter().filter(|lead| {
        let age = (naive.last_evening - lead.arrived.date_naive()).num_days();
        age > i64::from(case.age) && !naive.is_touched_then(lead)
    });
    let rate = ratio(neglected.count(), open.len(), Undefined::NoOpenLeads);
    all.insert("neglected_lead_rate", rate);
}

fn reason(error: Error) -> Undefined {
    error
        .undefined()
        .unwrap_or_else(|| panic!("good input was refused: {error}"))
}

fn length(length: Length) -> Q {
    q(length.to_micros(), 1)
}

/// What a tally of the case's leads looks at.
pub(super) fn view(case: &Case) -> LeadScope {
    let view = if case.in_working_time {
        case.scope.in_working_time(&calendar())
    } else {
        case.scope.into()
    };
    let view = match case.instant {
        Some(instant) => view.as_of_instant(instant).unwrap(),
        None => view,
    };
    assert_eq!(view.scope(), case.scope);
    view
}

fn detail(case: &Case) -> LeadDetail {
    LeadDetail::of(build(&case.leads), view(case)).unwrap()
}

/// Every KPI of leads, read through the crate.
pub(super) fn figures(case: &Case) -> Answers {
    let leads = build(&case.leads);
    let detail = detail(case);
    let tally = detail.tally();
    let deals = DealTally::of(crate::support::build(&case.deals), case.scope).unwrap();
    let within = Length::micros(case.within);
    let rates = [
        ("qualification_rate", kpi::qualification_rate(tally)),
        ("lead_conversion_rate", kpi::lead_conversion_rate(tally)),
        ("lead_to_customer_rate", kpi::lead_to_customer_rate(tally)),
        ("marketing_sourced_rate", kpi::marketing_sourced_rate(tally)),
        ("sales_sourced_rate", kpi::sales_sourced_rate(tally)),
        (
            "prospect_to_opportunity_rate",
            kpi::prospect_to_opportunity_rate(tally),
        ),
        (
            "response_compliance",
            kpi::response_compliance(&detail, within),
        ),
        (
            "neglected_lead_rate",
            kpi::neglected_lead_rate(&detail, case.age),
        ),
        ("lead_to_mql_rate", kpi::lead_to_mql_rate(tally)),
        ("sales_acceptance_rate", kpi::sales_acceptance_rate(tally)),
        ("sal_to_sql_rate", kpi::sal_to_sql_rate(tally)),
        ("touched_lead_rate", kpi::touched_lead_rate(&detail)),
    ];
    let mut all: Answers = rates
        .map(|(name, rate)| (name, rate.map(|r| exact(r.fraction()))))
        .into();
    let lengths = [
        ("average_response_time", kpi::average_response_time(&detail)),
        ("median_response_time", kpi::median_response_time(&detail)),
        (
            "response_time_percentile",
            kpi::response_time_percentile(&detail, millionths_of(case.p)),
        ),
    ];
    all.extend(lengths.map(|(name, time)| (name, time.map(length))));
    all.insert(
        "qualified_leads",
        Ok(q(kpi::qualified_leads(tally).unwrap(), 1)),
    );
    let counts = [
        ("response_compliance.pending", detail.pending(within)),
        (
            "response_compliance.given_up",
            detail.given_up_before(within),
        ),
        ("response_compliance.overdue", detail.overdue(within)),
        ("response_compliance.due", detail.due(within)),
    ];
    all.extend(counts.map(|(name, count)| (name, Ok(q(count, 1)))));
    all.insert(
        "contact_persistence",
        kpi::contact_persistence(&detail, case.days).map(|n| exact(n.decimal())),
    );
    let close = kpi::close_rate(&deals, tally).map_err(reason);
    all.insert("close_rate", close.map(|p| exact(p.fraction())));
    if let Ok(earlier) = case.scope.previous() {
        let previous = LeadTally::of(&leads, earlier).unwrap();
        let growth = kpi::lead_velocity_rate(tally, &previous).map_err(reason);
        all.insert("lead_velocity_rate", growth.map(|p| exact(p.fraction())));
    }
    all
}

fn agree(name: &str, found: &Answer, truth: &Answer) -> bool {
    let divided =
        name.ends_with("_rate") || ["response_compliance", "contact_persistence"].contains(&name);
    match (found, truth) {
        (Ok(found), Ok(truth)) if divided => {
            let distance = if found < truth {
                truth - found
            } else {
                found - truth
            };
            distance <= tiny(26)
        }
        (found, truth) => found == truth,
    }
}

proptest! {
    #![proptest_config(config(768))]

    #[test]
    fn every_kpi_agrees_with_the_oracle(case in cases()) {
        let truth = answers(&case);
        let found = figures(&case);
        prop_assert!(truth.keys().eq(found.keys()), "{:?}", found.keys());
        for (name, found) in found {
            let truth = &truth[name];
            prop_assert!(agree(name, &found, truth), "{name}: {found:?}, but {truth:?}");
        }
    }

    /// A user's own figure is read from the very values that the crate's are.
    #[test]
    fn every_value_of_a_detail(case in cases()) {
        let naive = Naive::new(&case, case.scope);
        let detail = detail(&case);
        let responses = detail.responses();
        expect_values(&responses, &naive.responses(), length, Length::micros(case.within));
        let p = millionths_of(case.p);
        prop_assert_eq!(responses.median(), kpi::median_response_time(&detail).ok());
        prop_assert_eq!(responses.percentile(p), kpi::response_time_percentile(&detail, p).ok());
        let open = naive.open();
        let evening = naive.last_evening;
        let untouched = open.iter().filter(|lead| !naive.is_touched_then(lead));
        let ages = untouched.clone().map(|lead| {
            q((evening - lead.arrived.date_naive()).num_days(), 1)
        });
        let ages: Vec<Q> = ages.collect();
        expect_values(&detail.untouched_ages(), &ages, |days| exact(days.decimal()), case.age.into());
    }

    /// What stands beside the figures.
    #[test]
    fn what_is_left_out_is_counted(case in cases()) {
        let naive = Naive::new(&case, case.scope);
        let detail = detail(&case);
        let early = naive.arrived_and(|lead| naive.is_touched(lead) && lead.touched().unwrap() < lead.arrived);
        prop_assert_eq!(detail.touched_before_arrival(), early as u64);
        let untouched = naive.arrived_and(|lead| !naive.is_touched(lead));
        prop_assert_eq!(detail.tally().totals().untouched(), Ok(untouched as u64));
        let unknown = naive.arrived_and(|lead| lead.origin.is_none());
        prop_assert_eq!(detail.tally().totals().unknown_origin(), Ok(unknown as u64));
        let within = Length::micros(case.within);
        let left_out = early as u64 + detail.pending(within) + detail.given_up_before(within);
        prop_assert_eq!(left_out + detail.due(within), detail.totals().arrived().unwrap());
        let open = naive.open();
        let unowned = open.iter().filter(|lead| lead.owner.is_none());
        prop_assert_eq!(detail.open_without_owner(), unowned.count() as u64);
        for (owner, count) in detail.open_by_owner() {
            let owned = open.iter().filter(|lead| lead.owner == Some(owner.as_str()));
            prop_assert_eq!(count, owned.count() as u64);
        }
    }
}

/// The names of what is computed a second time here, for some case.
pub(crate) fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let case = cases().new_tree(runner).unwrap().current();
    answers(&case).into_keys().map(str::to_owned).collect()
}

/// Without this, an oracle and a crate that both say "undefined" all the time would agree.
#[test]
fn generated_cases_reach_every_answer_and_every_reason() {
    let mut runner = TestRunner::deterministic();
    let mut defined: BTreeMap<&str, u32> = BTreeMap::new();
    let mut reasons: BTreeSet<(&str, Undefined)> = BTreeSet::new();
    for _ in 0..1_500 {
        let case = cases().new_tree(&mut runner).unwrap().current();
        for (name, answer) in answers(&case) {
            let telling = answer.as_ref().is_ok_and(|value| *value != q(0, 1));
            *defined.entry(name).or_default() += u32::from(telling);
            reasons.extend(answer.err().map(|reason| (name, reason)));
        }
    }
    for (name, times) in &defined {
        assert!(
            *times >= 40,
            "{name} is other than 0 only {times} times of 1500"
        );
    }
    let expected = [
        ("average_response_time", Undefined::NoLeads),
        ("average_response_time", Undefined::NoTouchedLeads),
        ("average_response_time", Undefined::NoSoundResponse),
        ("close_rate", Undefined::NoLeads),
        ("contact_persistence", Undefined::NoLeads),
        ("contact_persistence", Undefined::NoLeadsThatOld),
        ("lead_velocity_rate", Undefined::ZeroPreviousLeads),
        ("marketing_sourced_rate", Undefined::NoKnownOrigin),
        ("neglected_lead_rate", Undefined::NoOpenLeads),
        ("prospect_to_opportunity_rate", Undefined::NoContactedLeads),
        ("qualification_rate", Undefined::NoLeads),
        ("response_compliance", Undefined::NoDueLeads),
        ("response_compliance", Undefined::NoLeads),
        ("sales_sourced_rate", Undefined::NoLeads),
        ("lead_to_mql_rate", Undefined::NoLeads),
        ("sales_acceptance_rate", Undefined::NoHandoversDecided),
        ("sal_to_sql_rate", Undefined::NoAcceptedLeads),
        ("touched_lead_rate", Undefined::NoLeads),
        ("touched_lead_rate", Undefined::NoLeadsThatOld),
    ];
    for pair in expected {
        assert!(reasons.contains(&pair), "never reached: {pair:?}");
    }
}

/// A KPI of leads that is not in the list above would go unproven.
#[test]
fn no_kpi_of_leads_is_left_out() {
    let sources = [
        include_str!("../../../src/kpi/handover.rs"),
        include_str!("../../../src/kpi/lead.rs"),
        include_str!("../../../src/kpi/conversion.rs"),
    ];
    let case = Case {
        leads: Vec::new(),
        deals: Vec::new(),
        scope: scope("2024-Q1"),
        in_working_time: false,
        instant: None,
        p: 0,
        within: 0,
        days: 0,
        age: 0,
    };
    let figures = figures(&case);
    let mut found = BTreeSet::new();
    for (name, takes) in sources.iter().flat_map(|source| functions(source)) {
        // Those that take the team or the spend as well are proven in joined.rs.
        let is_joined = takes.contains("TeamTally") || takes.contains("SpendTally");
        if (takes.contains("LeadTally") || takes.contains("LeadDetail")) && !is_joined {
            found.insert(name);
        }
    }
    let listed: BTreeSet<&str> = figures
        .keys()
        .map(|name| name.split('.').next().unwrap())
        .collect();
    assert_eq!(found, listed);
}

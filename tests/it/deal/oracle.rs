//! Every KPI of deals a second time: from the plain data, over exact fractions, the long way round.
//!
//! Written from the catalogue, not from the crate. Nothing is shared with it but dates and the names of reasons.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{
    Currency, DealDetail, DealTally, Decimal, Money, Outcome, Scope, Undefined, kpi,
};

use crate::figures::{Answer, CONFIDENCES, Figure, figures};
use crate::support::{
    Case, Q, Raw, build, cases, config, day, decided, exact, expect_values, functions,
    millionths_of, q, scope, tiny,
};

/// The deals, the period `[start, end)`, and the day from which one looks.
struct Naive<'a> {
    deals: &'a [Raw],
    start: NaiveDate,
    end: NaiveDate,
    as_of: NaiveDate,
    /// Rule 4: of the period's last day, or of the as-of day where that is earlier.
    evening: NaiveDate,
}

type Group<'a> = Vec<&'a Raw>;

fn zero() -> Q {
    q(0, 1)
}

fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

fn count(group: &Group<'_>) -> Q {
    q(group.len(), 1)
}

fn money(units: u64) -> Q {
    q(units, 10_000)
}

/// Rule 11: below 0, it is none.
fn price(deal: &Raw) -> Option<u64> {
    deal.amount.filter(|_| !deal.is_negative)
}

fn born(deal: &Raw) -> Option<NaiveDate> {
    (!deal.is_undated).then_some(deal.created)
}

/// Rule 11: won at a negative amount, it stands in the credits and nowhere else.
fn is_credit(deal: &Raw) -> bool {
    deal.is_negative && matches!(deal.outcome, Outcome::Won { .. })
}

fn amounts(group: &Group<'_>) -> Vec<Q> {
    group.iter().filter_map(|d| price(d)).map(money).collect()
}

fn sum(values: &[Q]) -> Q {
    values.iter().fold(zero(), |total, value| total + value)
}

/// Rule 2: 0 only where no record counts, unknown where none of them has an amount.
fn total(group: &Group<'_>) -> Answer {
    let known = amounts(group);
    if !group.is_empty() && known.is_empty() {
        return Err(Undefined::NothingPriced);
    }
    Ok(sum(&known))
}

fn ratio(part: Q, whole: Q, reason: Undefined) -> Answer {
    if whole == zero() {
        Err(reason)
    } else {
        Ok(part / whole)
    }
}

fn mean(values: &[Q], none: Undefined) -> Answer {
    ratio(sum(values), q(values.len(), 1), none)
}

/// Rule 6: linear between the two nearest, at position p·(n − 1).
fn percentile(values: &[Q], millionths: u32, none: Undefined) -> Answer {
    let mut sorted = values.to_vec();
    sorted.sort();
    let Some(last) = sorted.len().checked_sub(1) else {
        return Err(none);
    };
    let position = q(millionths, 1_000_000) * q(last, 1);
    let below = usize::try_from(position.to_integer()).unwrap();
    let above = last.min(below + 1);
    let share = position.fract();
    Ok(&sorted[below] + share * (&sorted[above] - &sorted[below]))
}

impl<'a> Naive<'a> {
    fn new(deals: &'a [Raw], scope: Scope) -> Self {
        Self {
            deals,
            start: scope.period().start(),
            end: scope.period().end(),
            as_of: scope.as_of_day(),
            evening: scope.period().last_day().min(scope.as_of_day()),
        }
    }

    fn happened(&self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end && day <= self.as_of
    }

    fn those(&self, which: impl Fn(&Raw) -> bool) -> Group<'a> {
        let deals = self.deals.iter().filter(|deal| !is_credit(deal));
        deals.filter(|deal| which(deal)).collect()
    }

    fn credits(&self) -> Vec<Q> {
        let credits = self.deals.iter().filter(|deal| is_credit(deal));
        let given = credits.filter(|deal| self.happened(deal.closed().unwrap()));
        given.map(|deal| money(deal.amount.unwrap())).collect()
    }

    fn won(&self) -> Group<'a> {
        self.those(|d| matches!(d.outcome, Outcome::Won { on } if self.happened(on)))
    }

    fn lost(&self) -> Group<'a> {
        self.those(|d| matches!(d.outcome, Outcome::Lost { on } if self.happened(on)))
    }

    fn decided(&self) -> Group<'a> {
        [self.won(), self.lost()].concat()
    }

    fn closed(&self) -> Group<'a> {
        self.those(|d| d.closed().is_some_and(|on| self.happened(on)))
    }

    fn created(&self) -> Group<'a> {
        self.those(|d| born(d).is_some_and(|on| self.happened(on)))
    }

    fn open(&self) -> Group<'a> {
        self.those(|d| {
            // From its creation, or else from its first known day; of which none is known, it has always been there.
            let known = born(d).or(d.first_contact).or(d.closed());
            known.is_none_or(|since| since <= self.evening)
                && d.closed().is_none_or(|on| on > self.evening)
        })
    }

    /// Expected in the period and, once it has begun, before it.
    fn due(&self) -> Group<'a> {
        let begun = self.start <= self.evening;
        let mut open = self.open();
        open.retain(|d| {
            d.expected_close
                .is_some_and(|on| on < self.end && (begun || self.start <= on))
        });
        open
    }

    fn is_over(&self) -> bool {
        self.end <= self.as_of + Days::new(1)
    }

    fn needs_history(&self) -> Result<(), Undefined> {
        let open = self.open();
        let seen_later = self.as_of > self.evening && !open.is_empty();
        if seen_later || open.iter().any(|d| d.closed().is_some()) {
            Err(Undefined::NeedsHistory)
        } else {
            Ok(())
        }
    }

    fn none_won_or(&self, otherwise: Undefined) -> Undefined {
        if self.won().is_empty() {
            Undefined::NoWonDeals
        } else {
            otherwise
        }
    }

    fn elapsed(&self) -> i64 {
        let days =
            (0..days_between(self.start, self.end)).map(|n| self.start + Days::new(n as u64));
        days.filter(|day| *day <= self.as_of).count() as i64
    }

    /// Days from a start to the close, of those that start before they close.
    fn cycles(group: &Group<'_>, start: impl Fn(&Raw) -> Option<NaiveDate>) -> Vec<Q> {
        let spans = group
            .iter()
            .filter_map(|d| Some(days_between(start(d)?, d.closed()?)));
        spans
            .filter(|days| *days >= 0)
            .map(|days| q(days, 1))
            .collect()
    }

    fn won_cycles(&self) -> Vec<Q> {
        Self::cycles(&self.won(), born)
    }

    /// The won deals with an amount and another price: Σ amounts, Σ others, how many.
    fn paired(&self, other: impl Fn(&Raw) -> Option<u64>) -> (Q, Q, usize) {
        let won = self.won();
        let pairs: Vec<_> = won
            .iter()
            .filter_map(|d| Some((price(d)?, other(d)?)))
            .collect();
        let (amounts, others): (Vec<Q>, Vec<Q>) =
            pairs.iter().map(|(a, b)| (money(*a), money(*b))).unzip();
        (sum(&amounts), sum(&others), pairs.len())
    }

    fn ages(&self) -> Vec<i64> {
        self.open()
            .iter()
            .filter_map(|d| Some(days_between(born(d)?, self.evening)))
            .collect()
    }
}

fn growth(case: &Case, earlier: Scope) -> Answer {
    let before = total(&Naive::new(&case.deals, earlier).won())?;
    let now = total(&Naive::new(&case.deals, case.scope).won());
    // Which of two missing things is named first is no concern of the catalogue; the base is needed first.
    if before == zero() {
        return Err(Undefined::ZeroPreviousRevenue);
    }
    Ok((now? - &before) / before)
}

/// From as many days before the end of the one as before that of the other, or after; none where there is no such day.
fn growth_to_end(case: &Case, earlier: Scope) -> Option<Answer> {
    let left = case.scope.period().end() - case.scope.as_of_day();
    let day = earlier.period().end() - left;
    let eve = earlier.period().start() - Days::new(1);
    let has_begun = case.scope.as_of_day() >= case.scope.period().start();
    let day = if has_begun { day } else { day.min(eve) };
    Some(growth(case, earlier.as_of(day).ok()?))
}

type Answers = BTreeMap<&'static str, Answer>;

pub(crate) fn answers(case: &Case) -> Answers {
    let naive = Naive::new(&case.deals, case.scope);
    let mut all = Answers::new();
    revenue(&naive, case, &mut all);
    conversion(&naive, case, &mut all);
    pipeline(&naive, case, &mut all);
    all
}

fn revenue(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let won = naive.won();
    let priced = amounts(&won);
    let no_price = naive.none_won_or(Undefined::NothingPriced);
    all.insert("total_revenue", total(&won));
    let given_back = sum(&naive.credits());
    all.insert("net_revenue", total(&won).map(|won| won - &given_back));
    let credits = naive.credits();
    all.insert("credits", Ok(q(credits.len(), 1)));
    all.insert("credits.unpriced", Ok(zero()));
    all.insert("credits.amount", Ok(given_back));
    let elapsed = q(naive.elapsed(), 1);
    let per_day = match naive.elapsed() {
        0 => Err(Undefined::NothingElapsed),
        _ => total(&won).map(|sum| sum / elapsed),
    };
    all.insert("revenue_per_day", per_day);
    if let Ok(scope) = case.scope.previous() {
        all.insert("revenue_growth", growth(case, scope));
        if let Some(answer) = growth_to_end(case, scope) {
            all.insert("revenue_growth.to_end", answer);
        }
    }
    if let Ok(scope) = case.scope.year_before() {
        all.insert("revenue_growth.year", growth(case, scope));
    }
    all.insert("average_deal_size", mean(&priced, no_price));
    all.insert("median_deal_size", percentile(&priced, 500_000, no_price));
    all.insert("smoothed_deal_size", mean(&priced, no_price));

    let (sold, cost, costed) = naive.paired(|d| d.cost);
    let none_costed = naive.none_won_or(Undefined::NothingCosted);
    let profit = &sold - cost;
    let uncosted = !won.is_empty() && costed == 0;
    let gross = if uncosted {
        Err(Undefined::NothingCosted)
    } else {
        Ok(profit.clone())
    };
    all.insert("gross_profit", gross);
    all.insert(
        "average_deal_profit",
        ratio(profit.clone(), q(costed, 1), none_costed),
    );
    let no_margin = if costed == 0 {
        none_costed
    } else {
        Undefined::ZeroRevenue
    };
    all.insert("profit_margin", ratio(profit, sold, no_margin));

    let named: Group<'_> = won
        .iter()
        .copied()
        .filter(|d| d.account.is_some())
        .collect();
    let accounts: BTreeSet<_> = named
        .iter()
        .filter(|d| price(d).is_some())
        .map(|d| d.account)
        .collect();
    let per_account = ratio(
        sum(&amounts(&named)),
        q(accounts.len(), 1),
        Undefined::NoAccounts,
    );
    all.insert("average_revenue_per_account", per_account);

    let (sold, list, listed) = naive.paired(|d| d.list_price);
    let no_discount = match listed {
        0 => naive.none_won_or(Undefined::NothingListed),
        _ => Undefined::ZeroListPrice,
    };
    all.insert("discount_rate", ratio(&list - sold, list, no_discount));
}

fn conversion(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let (won, lost, decided) = (naive.won(), naive.lost(), naive.decided());
    let rate = ratio(count(&won), count(&decided), Undefined::NoDecidedDeals);
    all.insert("win_rate", rate);
    let broad = ratio(
        count(&won),
        count(&naive.closed()),
        Undefined::NoClosedDeals,
    );
    all.insert("broad_win_rate", broad);
    all.insert("win_rate_by_value", by_value(&won, &lost));
    let created = naive.created();
    let mature: Group<'_> = created
        .iter()
        .copied()
        .filter(|d| matches!(d.outcome, Outcome::Won { on } if on <= naive.as_of))
        .collect();
    let cohort = ratio(count(&mature), count(&created), Undefined::NoDealsCreated);
    all.insert("cohort_win_rate", cohort);
    for (at, (_, [low, high])) in CONFIDENCES.into_iter().enumerate() {
        let ends = (!decided.is_empty())
            .then(|| wilson(won.len() as u64, decided.len() as u64, &z(at)))
            .ok_or(Undefined::NoDecidedDeals);
        all.insert(low, ends.clone().map(|ends| ends.0));
        all.insert(high, ends.map(|ends| ends.1));
    }
    all.insert(
        "win_loss_ratio",
        ratio(count(&won), count(&lost), Undefined::NoLostDeals),
    );
    let converted = ratio(count(&won), count(&created), Undefined::NoDealsCreated);
    all.insert("opportunity_conversion_rate", converted);

    let cycles = naive.won_cycles();
    let no_cycle = naive.none_won_or(Undefined::NoSoundCycle);
    all.insert("sales_cycle_length", mean(&cycles, no_cycle));
    all.insert("median_sales_cycle", percentile(&cycles, 500_000, no_cycle));
    all.insert(
        "sales_cycle_percentile",
        percentile(&cycles, case.p, no_cycle),
    );
    let contacts = Naive::cycles(&won, |d| d.first_contact);
    let no_contact = naive.none_won_or(Undefined::NoFirstContact);
    all.insert("first_contact_cycle_length", mean(&contacts, no_contact));
    let both = Naive::cycles(&decided, born);
    let none = if decided.is_empty() {
        Undefined::NoDecidedDeals
    } else {
        Undefined::NoSoundCycle
    };
    all.insert("closed_cycle_length", mean(&both, none));
    let ages: Vec<Q> = naive.ages().into_iter().map(|age| q(age, 1)).collect();
    all.insert(
        "average_deal_age",
        mean(
            &ages,
            if naive.open().is_empty() {
                Undefined::NoOpenDeals
            } else {
                Undefined::NoCreation
            },
        ),
    );
}

fn by_value(won: &Group<'_>, lost: &Group<'_>) -> Answer {
    if won.is_empty() && lost.is_empty() {
        return Err(Undefined::NoDecidedDeals);
    }
    let (won, lost) = (total(won)?, total(lost)?);
    ratio(won.clone(), won + lost, Undefined::ZeroDecidedAmount)
}

/// Two-sided normal quantiles, to 36 decimals.
fn z(at: usize) -> Q {
    let digits = [
        "1644853626951472714863848907991632136",
        "1959963984540054235524594430520551527",
        "2575829303548900760978576748603814118",
    ];
    Q::new(digits[at].parse().unwrap(), BigInt::from(10).pow(36))
}

/// To 60 decimals.
fn square_root(value: &Q) -> Q {
    let shifted = value * Q::from(BigInt::from(10).pow(120));
    Q::new(shifted.to_integer().sqrt(), BigInt::from(10).pow(60))
}

/// As textbooks print it: (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n).
fn wilson(won: u64, decided: u64, z: &Q) -> (Q, Q) {
    let n = q(decided, 1);
    let share = q(won, 1) / &n;
    let z2_n = z * z / &n;
    let variance = &share * (q(1, 1) - &share) / &n + &z2_n / (q(4, 1) * &n);
    let spread = z * square_root(&variance);
    let centre = share + &z2_n / q(2, 1);
    let whole = q(1, 1) + z2_n;
    ((&centre - &spread) / &whole, (centre + spread) / whole)
}

/// By the working days of `lead::calendar`, walked one by one: Mondays to Saturdays, but for one holiday.
fn pace(naive: &Naive<'_>, all: &Answers, target: &Q) -> Answer {
    if *target <= zero() {
        return Err(Undefined::TargetNotPositive);
    }
    let won = all["total_revenue"].clone()?;
    if naive.as_of < naive.start {
        return Err(Undefined::NothingElapsed);
    }
    let worked = |until: NaiveDate| {
        let days = naive.start.iter_days().take_while(|on| *on < until);
        let worked = days.filter(|on| on.weekday() != Weekday::Sun && *on != day("2024-02-29"));
        worked.count()
    };
    match worked(naive.end.min(naive.as_of + Days::new(1))) {
        0 => Err(Undefined::NoWorkingDays),
        over => Ok(won * q(worked(naive.end), 1) / (target * q(over, 1))),
    }
}

fn pipeline(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let open = naive.open();
    let history = naive.needs_history();
    all.insert("pipeline_value", history.and_then(|()| total(&open)));
    let volumes = [
        (
            [
                "hindsight_pipeline_value",
                "hindsight_pipeline_value.unpriced",
                "hindsight_pipeline_value.amount",
            ],
            open.clone(),
        ),
        (
            [
                "pipeline_inflow",
                "pipeline_inflow.unpriced",
                "pipeline_inflow.amount",
            ],
            naive.created(),
        ),
        (
            [
                "pipeline_outflow",
                "pipeline_outflow.unpriced",
                "pipeline_outflow.amount",
            ],
            naive.closed(),
        ),
    ];
    for ([size, unpriced, amount], group) in volumes {
        all.insert(size, Ok(count(&group)));
        all.insert(
            unpriced,
            Ok(q(group.iter().filter(|d| price(d).is_none()).count(), 1)),
        );
        all.insert(amount, total(&group));
    }
    all.insert("open_deals", Ok(count(&open)));
    all.insert("pipeline_created", total(&naive.created()));
    all.insert("opportunities_created", Ok(count(&naive.created())));
    all.insert("weighted_pipeline", history.and_then(|()| weighted(&open)));
    all.insert("pipeline_velocity", velocity(naive, all));
    forecasts(naive, all);
    let target = q(case.target, 10_000);
    let covered = || history.and_then(|()| total(&naive.due()));
    let positive = match case.target {
        ..=0 => Err(Undefined::TargetNotPositive),
        _ if naive.is_over() => Err(Undefined::PeriodOver),
        _ => Ok(()),
    };
    let coverage = positive.and_then(|()| covered()).map(|sum| sum / &target);
    all.insert("pipeline_coverage", coverage);
    let rest = positive.and_then(|()| total(&naive.won())).and_then(|won| {
        let rest = &target - won;
        if rest <= zero() {
            return Err(Undefined::TargetMet);
        }
        covered().map(|sum| sum / rest)
    });
    all.insert("remaining_pipeline_coverage", rest);
    all.insert("pace", pace(naive, all, &target));
    sizes(naive, case, all);
    late(naive, case, all);
    all.insert("pipeline_needed", needed(case, all));
    let generated = match case.target {
        ..=0 => Err(Undefined::TargetNotPositive),
        _ => total(&naive.created()).map(|created| created / &target),
    };
    all.insert("pipeline_generation_rate", generated);
    let older = naive
        .ages()
        .into_iter()
        .filter(|age| *age > i64::from(case.age))
        .count();
    all.insert("deals_older_than", Ok(q(older, 1)));
}

/// Of what is open, lost and won.
fn sizes(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let mean_of = |group: &Group<'_>, none| {
        if group.is_empty() {
            return Err(none);
        }
        mean(&amounts(group), Undefined::NothingPriced)
    };
    let open = naive.needs_history();
    let open = open.and_then(|()| mean_of(&naive.open(), Undefined::NoOpenDeals));
    all.insert("average_open_deal_size", open);
    let lost = naive.lost();
    let lost_size = mean_of(&lost, Undefined::NoLostDeals);
    all.insert("average_lost_deal_size", lost_size);
    let no_price = naive.none_won_or(Undefined::NothingPriced);
    let size = percentile(&amounts(&naive.won()), case.p, no_price);
    all.insert("deal_size_percentile", size);
    let none = if lost.is_empty() {
        Undefined::NoLostDeals
    } else {
        Undefined::NoSoundCycle
    };
    all.insert("time_to_loss", mean(&Naive::cycles(&lost, born), none));
}

/// How late it was won, and how far below the list price; what is late and still open.
fn late(naive: &Naive<'_>, case: &Case, all: &mut Answers) {
    let won = naive.won();
    let first = naive.end.checked_sub_days(Days::new(case.age.into()));
    let is_late = |d: &&Raw| first.is_none_or(|first| first <= d.closed().unwrap());
    let late: Group<'_> = won.iter().copied().filter(is_late).collect();
    let rate = if naive.is_over() {
        let none = naive.none_won_or(Undefined::ZeroRevenue);
        total(&won).and_then(|all| ratio(total(&late)?, all, none))
    } else {
        Err(Undefined::NothingOver)
    };
    all.insert("late_revenue_rate", rate);
    let discount = |d: &&Raw| {
        let (sold, list) = (
            money(price(d)?),
            money(d.list_price.filter(|list| *list > 0)?),
        );
        Some(q(1, 1) - sold / list)
    };
    let discounts: Vec<Q> = won.iter().filter_map(discount).collect();
    let none = match naive.paired(|d| d.list_price) {
        (_, _, 0) => naive.none_won_or(Undefined::NothingListed),
        _ => Undefined::ZeroListPrice,
    };
    all.insert("discount_percentile", percentile(&discounts, case.p, none));
    let below = discounts.iter().filter(|discount| **discount > zero());
    let below = ratio(q(below.count(), 1), q(discounts.len(), 1), none);
    all.insert("discounted_deal_rate", below);
    let mut overdue = naive.open();
    overdue.retain(|d| d.expected_close.is_some_and(|on| on < naive.evening));
    let unpriced = overdue.iter().filter(|d| price(d).is_none()).count();
    let history = naive.needs_history();
    let said = |answer: Answer| history.and(answer);
    all.insert("overdue_pipeline", said(Ok(count(&overdue))));
    all.insert("overdue_pipeline.unpriced", said(Ok(q(unpriced, 1))));
    all.insert("overdue_pipeline.amount", said(total(&overdue)));
}

/// At a win rate of the case's share.
fn needed(case: &Case, all: &Answers) -> Answer {
    if case.target <= 0 {
        return Err(Undefined::TargetNotPositive);
    }
    if case.p == 0 {
        return Err(Undefined::ZeroWinRate);
    }
    let missing = q(case.target, 10_000) - all["weighted_forecast"].clone()?;
    if missing <= zero() {
        return Err(Undefined::ForecastReachesTarget);
    }
    Ok(missing / q(case.p, 1_000_000))
}

fn forecasts(naive: &Naive<'_>, all: &mut Answers) {
    let won = total(&naive.won());
    let weighed = naive
        .needs_history()
        .and_then(|()| weighted(&naive.due()))
        .and_then(|due| Ok(due + won.clone()?));
    let forecast = if naive.is_over() {
        won.clone()
    } else {
        weighed
    };
    all.insert("weighted_forecast", forecast);
    let days = |end| days_between(naive.start, end);
    let elapsed = days(naive.end.min(naive.as_of + Days::new(1)));
    let run_rate = won.and_then(|won| match elapsed {
        ..=0 => Err(Undefined::NothingElapsed),
        _ => Ok(won * q(days(naive.end), elapsed)),
    });
    all.insert("run_rate_forecast", run_rate);
}

fn weighted(open: &Group<'_>) -> Answer {
    let weights: Vec<Q> = open
        .iter()
        .filter_map(|d| Some(money(price(d)?) * q(d.probability?, 1_000_000)))
        .collect();
    if !open.is_empty() && weights.is_empty() {
        return Err(Undefined::NothingWeighable);
    }
    Ok(sum(&weights))
}

/// O × win rate × average deal size / cycle length.
fn velocity(naive: &Naive<'_>, all: &Answers) -> Answer {
    let factor = |name: &str| all[name].clone();
    let wins = factor("win_rate")? * factor("average_deal_size")? * count(&naive.open());
    ratio(wins, factor("sales_cycle_length")?, Undefined::ZeroCycle)
}

/// How far a figure may be from the truth: (relative, absolute); `None` where it must be exact.
fn tolerance(name: &str) -> Option<(Q, Q)> {
    match name {
        "total_revenue"
        | "net_revenue"
        | "credits"
        | "credits.unpriced"
        | "credits.amount"
        | "median_deal_size"
        | "gross_profit"
        | "median_sales_cycle"
        | "sales_cycle_percentile"
        | "weighted_pipeline"
        | "weighted_forecast"
        | "overdue_pipeline"
        | "overdue_pipeline.unpriced"
        | "overdue_pipeline.amount"
        | "deals_older_than" => None,
        // The product of three quotients, each of which keeps 28 decimals.
        "pipeline_velocity" => Some((tiny(22), tiny(26))),
        // A root, and a quantile that is kept to 20 decimals.
        name if name.starts_with("win_rate_interval") => Some((zero(), tiny(19))),
        "pipeline_needed" | "pipeline_generation_rate" => Some((tiny(26), tiny(27))),
        name if name.starts_with("pipeline_") && !name.ends_with("coverage") => None,
        name if name.starts_with("hindsight") || name.ends_with("created") => None,
        "open_deals" => None,
        // One division.
        _ => Some((tiny(26), tiny(27))),
    }
}

fn absolute(value: Q) -> Q {
    if value < zero() { -value } else { value }
}

pub(crate) fn close(name: &str, found: &Q, truth: &Q) -> bool {
    match tolerance(name) {
        None => found == truth,
        Some((relative, least)) => {
            let distance = absolute(found - truth);
            distance <= least || distance <= relative * absolute(truth.clone())
        }
    }
}

fn agree(figure: &Figure, truth: &Answer) -> bool {
    match (&figure.value, truth) {
        (Ok(found), Ok(truth)) => close(figure.name, found, truth),
        (found, truth) => found == truth,
    }
}

proptest! {
    #![proptest_config(config(768))]

    #[test]
    fn every_kpi_agrees_with_the_oracle(case in cases()) {
        let truth = answers(&case);
        for figure in figures(&case) {
            let name = figure.name;
            prop_assert!(agree(&figure, &truth[name]), "{name}: {:?}, but {:?}", figure.value, truth[name]);
        }
    }
}

proptest! {
    #![proptest_config(config(512))]

    /// A user's own figure is read from the very values that the crate's are.
    #[test]
    fn every_value_of_a_detail(case in cases()) {
        let detail = DealDetail::of(build(&case.deals), case.scope).unwrap();
        let naive = Naive::new(&case.deals, case.scope);
        let days = sales_metrics::Days::new(Decimal::new(i64::from(case.age) * 10 + 5, 1)).unwrap();
        let whole: sales_metrics::Days = case.age.into();
        let ages: Vec<Q> = naive.ages().into_iter().map(|days| q(days, 1)).collect();
        for limit in [days, whole] {
            expect_values(&detail.cycles(), &naive.won_cycles(), |days| exact(days.decimal()), limit);
            expect_values(&detail.ages(), &ages, |days| exact(days.decimal()), limit);
        }
        let amounts = amounts(&naive.won());
        let usd = |amount| Money::new(amount, Currency::USD);
        for limit in [usd(Decimal::new(case.target, 5)), usd(Decimal::MAX), usd(Decimal::ZERO)] {
            expect_values(&detail.sizes(), &amounts, |money| exact(money.amount()), limit);
        }
        let euro = Money::new(1, Currency::EUR);
        prop_assert_eq!((detail.sizes().count_above(euro), detail.sizes().count_up_to(euro)), (0, 0));

        let p = millionths_of(case.p);
        let near = |found: Option<Decimal>, values: &[Q]| match percentile(values, case.p, Undefined::NoWonDeals) {
            Ok(truth) => {
                let off = exact(found.unwrap()) - &truth;
                off.clone() * off <= (truth * tiny(26) + tiny(24)).pow(2)
            }
            Err(_) => found.is_none(),
        };
        prop_assert!(near(detail.sizes().percentile(p).map(Money::decimal), &amounts));
        prop_assert!(near(detail.ages().percentile(p).map(sales_metrics::Days::decimal), &ages));
        prop_assert_eq!(detail.sizes().median(), kpi::median_deal_size(&detail).ok());
        prop_assert_eq!(detail.cycles().median(), kpi::median_sales_cycle(&detail).ok());
        prop_assert_eq!(detail.cycles().percentile(p), kpi::sales_cycle_percentile(&detail, p).ok());
        prop_assert_eq!(detail.ages().count_above(whole), kpi::deals_older_than(&detail, case.age));
    }
}

/// The interval at sizes that no generated set of deals reaches.
#[test]
fn interval_of_large_and_lopsided_counts() {
    for (won, lost) in [
        (0, 1),
        (1, 0),
        (1, 999_999),
        (123_456_789, 987_654_321),
        (1, 9_999_999_999),
    ] {
        let tally = DealTally::from_totals(scope("2026"), decided(won, lost)).unwrap();
        for (at, (confidence, [name, _])) in CONFIDENCES.into_iter().enumerate() {
            let found = kpi::win_rate_interval(&tally, confidence).unwrap();
            let (low, high) = wilson(won, won + lost, &z(at));
            assert!(
                close(name, &exact(found.low().fraction()), &low),
                "{won} {lost}"
            );
            assert!(
                close(name, &exact(found.high().fraction()), &high),
                "{won} {lost}"
            );
        }
    }
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
            *defined.entry(name).or_default() += u32::from(answer.is_ok());
            reasons.extend(answer.err().map(|reason| (name, reason)));
        }
    }
    for (name, times) in &defined {
        assert!(*times >= 40, "{name} is defined only {times} times of 1500");
    }
    let expected = [
        ("average_deal_profit", Undefined::NothingCosted),
        ("average_deal_size", Undefined::NoWonDeals),
        ("average_deal_size", Undefined::NothingPriced),
        ("average_lost_deal_size", Undefined::NothingPriced),
        ("average_open_deal_size", Undefined::NeedsHistory),
        ("average_open_deal_size", Undefined::NothingPriced),
        ("average_revenue_per_account", Undefined::NoAccounts),
        ("broad_win_rate", Undefined::NoClosedDeals),
        ("cohort_win_rate", Undefined::NoDealsCreated),
        ("discount_rate", Undefined::NothingListed),
        ("discount_rate", Undefined::ZeroListPrice),
        ("discount_percentile", Undefined::NothingListed),
        ("discounted_deal_rate", Undefined::NoWonDeals),
        ("discounted_deal_rate", Undefined::ZeroListPrice),
        ("late_revenue_rate", Undefined::NothingOver),
        ("late_revenue_rate", Undefined::NothingPriced),
        ("late_revenue_rate", Undefined::ZeroRevenue),
        ("overdue_pipeline", Undefined::NeedsHistory),
        ("overdue_pipeline.amount", Undefined::NothingPriced),
        ("first_contact_cycle_length", Undefined::NoFirstContact),
        ("pipeline_coverage", Undefined::TargetNotPositive),
        ("pipeline_coverage", Undefined::PeriodOver),
        ("average_deal_age", Undefined::NoCreation),
        ("pipeline_needed", Undefined::ForecastReachesTarget),
        ("pipeline_needed", Undefined::ZeroWinRate),
        ("pipeline_value", Undefined::NeedsHistory),
        ("pipeline_value", Undefined::NothingPriced),
        ("pipeline_velocity", Undefined::ZeroCycle),
        ("profit_margin", Undefined::ZeroRevenue),
        ("remaining_pipeline_coverage", Undefined::TargetMet),
        ("revenue_growth", Undefined::ZeroPreviousRevenue),
        ("revenue_per_day", Undefined::NothingElapsed),
        ("sales_cycle_length", Undefined::NoSoundCycle),
        ("average_deal_age", Undefined::NoOpenDeals),
        ("time_to_loss", Undefined::NoSoundCycle),
        ("run_rate_forecast", Undefined::NothingElapsed),
        ("weighted_forecast", Undefined::NeedsHistory),
        ("weighted_forecast", Undefined::NothingWeighable),
        ("weighted_pipeline", Undefined::NothingWeighable),
        ("win_loss_ratio", Undefined::NoLostDeals),
        ("win_rate", Undefined::NoDecidedDeals),
        ("win_rate_by_value", Undefined::ZeroDecidedAmount),
    ];
    for pair in expected {
        assert!(reasons.contains(&pair), "never reached: {pair:?}");
    }
}

/// A KPI of deals that is not in the list above would go unproven.
#[test]
fn no_kpi_of_deals_is_left_out() {
    let sources = [
        include_str!("../../../src/kpi/revenue.rs"),
        include_str!("../../../src/kpi/conversion.rs"),
        include_str!("../../../src/kpi/coverage.rs"),
        include_str!("../../../src/kpi/deal_size.rs"),
        include_str!("../../../src/kpi/losses.rs"),
        include_str!("../../../src/kpi/pipeline.rs"),
        include_str!("../../../src/kpi/forecast.rs"),
    ];
    let case = Case {
        deals: Vec::new(),
        scope: scope("2024-Q1"),
        target: 1,
        p: 0,
        age: 0,
    };
    let listed: BTreeSet<&str> = figures(&case)
        .iter()
        .map(|figure| figure.name.split('.').next().unwrap())
        .collect();
    let mut found = 0;
    for (name, takes) in sources.iter().flat_map(|source| functions(source)) {
        // Those that take leads as well are proven beside the leads.
        let takes_leads = takes.contains("LeadTally");
        if (takes.contains("DealTally") && !takes_leads)
            || takes.contains("DealDetail")
            || takes.contains("SpreadTally")
        {
            assert!(listed.contains(name), "{name} is missing in figures.rs");
            found += 1;
        }
    }
    assert_eq!(found, listed.len());
}

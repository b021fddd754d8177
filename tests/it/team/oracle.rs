//! Every KPI of a team a second time: from the plain data, day by day, over exact fractions. Written from the catalogue, not from
//! the crate.

use chrono::{Datelike as _, Days, NaiveDate};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::{Outcome, Scope, Undefined};

use super::figures::{Answers, EDGES, figures, series_figures};
use super::{RawGoal, RawQuota, RawRep, TeamCase, months_after, series_cases, team_cases};
use crate::figures::Answer;
use crate::support::{Q, Raw, config, q, tiny};

struct Naive<'a> {
    case: &'a TeamCase,
    start: NaiveDate,
    end: NaiveDate,
    as_of: NaiveDate,
    /// The days of the period up to the as-of day.
    days: Vec<NaiveDate>,
}

fn days_of(start: NaiveDate, end: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    start.iter_days().take_while(move |day| *day < end)
}

fn sum(values: impl IntoIterator<Item = Q>) -> Q {
    values
        .into_iter()
        .fold(q(0, 1), |total, value| total + value)
}

pub(super) fn works(rep: &RawRep, day: NaiveDate) -> bool {
    rep.hired.is_none_or(|hired| day >= hired) && rep.left.is_none_or(|left| day <= left)
}

/// What part of a quota is expected on a day.
fn share(rep: &RawRep, day: NaiveDate) -> Q {
    if !works(rep, day) {
        return q(0, 1);
    }
    let (Some(ramp), Some(hired)) = (&rep.ramp, rep.hired) else {
        return q(1, 1);
    };
    let month = (0_u32..ramp.len() as u32)
        .take_while(|n| months_after(hired, n + 1) <= day)
        .count();
    ramp.get(month)
        .map_or(q(1, 1), |share| q(*share, 1_000_000))
}

fn goal(quota: &RawQuota) -> Q {
    match quota.goal {
        RawGoal::Money(units) => q(units, 10_000),
        RawGoal::Deals(deals) => q(deals, 1),
    }
}

/// What is left of a quota for the days of work, after the ramp.
fn expected(rep: &RawRep, quota: &RawQuota) -> Q {
    let days: Vec<_> = days_of(quota.period.start(), quota.period.end()).collect();
    let worked = sum(days.iter().map(|day| share(rep, *day)));
    goal(quota) * worked / q(days.len(), 1)
}

/// What one of its owners has of a deal.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) rep: Option<&'static str>,
    is_owner: bool,
    on: NaiveDate,
    pub(super) amount: Option<Q>,
}

/// By shares, to the cent; what is left over is the owner's.
pub(super) fn parts(on: NaiveDate, deal: &Raw) -> Vec<Part> {
    let part = |rep, is_owner, units: Option<u64>| Part {
        rep,
        is_owner,
        on,
        amount: units.map(|units| q(units, 10_000)),
    };
    let Some((partner, share)) = deal.partner else {
        return vec![part(deal.owner, true, deal.amount)];
    };
    let theirs = deal.amount.map(|units| {
        let exact = u128::from(units) * u128::from(share) / 1_000_000;
        u64::try_from(exact).unwrap() / 100 * 100
    });
    let rest = deal.amount.zip(theirs).map(|(all, theirs)| all - theirs);
    vec![
        part(deal.owner, true, rest),
        part(Some(partner), false, theirs),
    ]
}

impl<'a> Naive<'a> {
    fn new(case: &'a TeamCase, scope: Scope) -> Self {
        let (start, end) = (scope.period().start(), scope.period().end());
        let as_of = scope.as_of_day();
        let days = days_of(start, end).filter(|day| *day <= as_of).collect();
        Self {
            case,
            start,
            end,
            as_of,
            days,
        }
    }

    fn won(&self) -> impl Iterator<Item = (NaiveDate, &'a Raw)> {
        self.case
            .deals
            .iter()
            .filter_map(|deal| match deal.outcome {
                Outcome::Won { on } if self.days.contains(&on) => Some((on, deal)),
                _ => None,
            })
    }

    /// Whether there is such a rep, who works on that day.
    fn is_rep_on(&self, id: &str, day: NaiveDate) -> bool {
        let mut reps = self.case.reps.iter();
        reps.any(|rep| rep.id == id && works(rep, day))
    }

    /// What a rep won on days of employment.
    fn won_by(&self, rep: &RawRep) -> Vec<Part> {
        let won = self.won().filter(|(on, _)| works(rep, *on));
        let parts = won.flat_map(|(on, deal)| parts(on, deal));
        parts.filter(|part| part.rep == Some(rep.id)).collect()
    }

    /// What is won by nobody who is a rep on that day: for each such deal all parts together.
    fn unassigned(&self) -> Vec<Option<Q>> {
        let nobodys = self.won().filter_map(|(on, deal)| {
            let mut nobodys = parts(on, deal);
            nobodys.retain(|part| part.rep.is_none_or(|rep| !self.is_rep_on(rep, on)));
            let amounts = || nobodys.iter().filter_map(|part| part.amount.clone());
            let amount = deal.amount.map(|_| sum(amounts()));
            (!nobodys.is_empty()).then_some(amount)
        });
        nobodys.collect()
    }

    /// The rep's quotas of a kind in the period.
    fn quotas(&self, rep: &RawRep, money: bool) -> impl Iterator<Item = &'a RawQuota> {
        let (start, end, id) = (self.start, self.end, rep.id);
        self.case.quotas.iter().filter(move |quota| {
            let inside = start <= quota.period.start() && quota.period.end() <= end;
            quota.rep == id && inside && matches!(quota.goal, RawGoal::Money(_)) == money
        })
    }

    /// What a rep won on days of employment that a quota above 0 covers, as it is for the days of work and after the ramp. Shares of
    /// a deal are money: of a quota of deals it is the owner's.
    fn toward(&self, rep: &RawRep, money: bool) -> Vec<Part> {
        let asked = |on| {
            let mut quotas = self.quotas(rep, money);
            quotas.any(|quota| quota.period.contains(on) && expected(rep, quota) > q(0, 1))
        };
        let mut won = self.won_by(rep);
        won.retain(|part| asked(part.on) && (money || part.is_owner));
        won
    }

    fn quota(&self, rep: &RawRep, money: bool) -> Option<Q> {
        let mine = self.quotas(rep, money);
        let parts: Vec<Q> = mine.map(|quota| expected(rep, quota)).collect();
        (!parts.is_empty()).then(|| sum(parts))
    }

    fn with_quota(&self, money: bool) -> Vec<(&'a RawRep, Q)> {
        let reps = self.case.reps.iter();
        reps.filter_map(|rep| Some((rep, self.quota(rep, money)?)))
            .collect()
    }

    /// What the reps won toward quotas above 0, and the quotas.
    fn against(&self, money: bool) -> Result<(Vec<Part>, Q), Undefined> {
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        let reps = self.with_quota(money);
        if reps.is_empty() {
            return Err(if money {
                Undefined::NoQuota
            } else {
                Undefined::NoDealQuota
            });
        }
        let quota = sum(reps.iter().map(|(_, quota)| quota.clone()));
        if quota == q(0, 1) {
            return Err(Undefined::ZeroQuota);
        }
        let won = reps.iter().flat_map(|(rep, _)| self.toward(rep, money));
        Ok((won.collect(), quota))
    }

    fn attainment(&self) -> Answer {
        let (won, quota) = self.against(true)?;
        Ok(total(&won)? / quota)
    }

    fn worked(&self, rep: &RawRep) -> usize {
        self.days.iter().filter(|day| works(rep, **day)).count()
    }

    fn active(&self) -> Vec<&'a RawRep> {
        let reps = self.case.reps.iter();
        reps.filter(|rep| self.worked(rep) > 0).collect()
    }

    fn is_at_quota(&self, rep: &RawRep) -> Result<bool, Undefined> {
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        let quota = self.quota(rep, true).ok_or(Undefined::NoQuota)?;
        if quota == q(0, 1) {
            return Err(Undefined::ZeroQuota);
        }
        Ok(total(&self.toward(rep, true))? >= quota)
    }

    /// Whether this is a whole period of employment, in which the rep won the full quota, as it is without a ramp.
    fn is_ramped(&self, rep: &RawRep) -> bool {
        let mut days = days_of(self.start, self.end);
        let is_whole = self.is_over() && days.all(|day| works(rep, day));
        let full = sum(self.quotas(rep, true).map(goal));
        let won = total(&self.toward(rep, true));
        is_whole && full > q(0, 1) && won.is_ok_and(|won| won >= full)
    }

    /// How much of the quota each rep won, of those of whom it is known.
    fn judged(&self, who: impl Fn(&RawRep) -> bool, none: Undefined) -> Result<Vec<Q>, Undefined> {
        self.against(true)?;
        let mut asked = 0;
        let mut known = Vec::new();
        for rep in self.active().into_iter().filter(|rep| who(rep)) {
            let quota = self.quota(rep, true).filter(|quota| *quota > q(0, 1));
            let Some(quota) = quota else { continue };
            asked += 1;
            known.extend(total(&self.toward(rep, true)).ok().map(|won| won / quota));
        }
        match (asked, known.len()) {
            (0, _) => Err(none),
            (_, 0) => Err(Undefined::NothingPriced),
            _ => Ok(known),
        }
    }

    fn at_quota_rate(&self, who: impl Fn(&RawRep) -> bool, none: Undefined) -> Answer {
        let known = self.judged(who, none)?;
        let there = known.iter().filter(|part| **part >= q(1, 1)).count();
        Ok(q(there, known.len()))
    }

    /// No month of the ramp is left on the first day of the period.
    fn is_past_ramp(&self, rep: &RawRep) -> bool {
        let (Some(ramp), Some(hired)) = (&rep.ramp, rep.hired) else {
            return true;
        };
        let months = u32::try_from(ramp.len()).unwrap();
        months == 0 || months_after(hired, months) <= self.start
    }

    /// How many reps are in a band, and of how many.
    fn band(&self, band: usize) -> Result<(usize, usize), Undefined> {
        let known = self.judged(|_| true, Undefined::NoQuota)?;
        let edge = |n: usize| EDGES.get(n).map(|edge| q(*edge, 100));
        let (from, to) = (band.checked_sub(1).and_then(edge), edge(band));
        let is_in = |part: &&Q| {
            from.as_ref().is_none_or(|from| from <= *part)
                && to.as_ref().is_none_or(|to| *part < to)
        };
        Ok((known.iter().filter(is_in).count(), known.len()))
    }

    fn capacity(&self) -> Answer {
        let reps = self.with_quota(true);
        if reps.is_empty() {
            return Err(Undefined::NoQuota);
        }
        Ok(sum(reps.into_iter().map(|(_, quota)| quota)))
    }

    fn revenue(&self) -> Answer {
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        if self.active().is_empty() {
            return Err(Undefined::NoActiveReps);
        }
        let won: Vec<Part> = self
            .active()
            .into_iter()
            .flat_map(|rep| self.won_by(rep))
            .collect();
        total(&won)
    }

    /// What the n best reps won of all that reps won: as if each were struck off the list once it is counted.
    fn concentration(&self, n: usize) -> Answer {
        let reps = self.case.reps.iter();
        let each: Vec<Vec<Part>> = reps.map(|rep| self.won_by(rep)).collect();
        if each.iter().all(Vec::is_empty) {
            return Err(Undefined::NoWonDeals);
        }
        let amounts = |won: &Vec<Part>| sum(won.iter().filter_map(|part| part.amount.clone()));
        let whole = total(&each.concat())?;
        if whole == q(0, 1) {
            return Err(Undefined::ZeroRevenue);
        }
        let mut left: Vec<Q> = each.iter().map(amounts).collect();
        let mut best = q(0, 1);
        for _ in 0..n.min(left.len()) {
            let most = left.iter().max().unwrap().clone();
            left.remove(left.iter().position(|won| *won == most).unwrap());
            best += most;
        }
        Ok(best / whole)
    }

    fn full_time(&self) -> Answer {
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        let reps = self.case.reps.iter();
        let days = reps.map(|rep| q(rep.share, 1_000_000) * q(self.worked(rep), 1));
        Ok(sum(days) / q(self.days.len(), 1))
    }

    fn percentile(&self) -> Answer {
        // The reasons come in the order of the other two figures; what is not priced is judged rep by rep.
        if let Err(reason @ (Undefined::NothingElapsed | Undefined::NoActiveReps)) = self.revenue()
        {
            return Err(reason);
        }
        let active = self.active();
        let amounts = active.iter().map(|rep| total(&self.won_by(rep)));
        let mut amounts: Vec<Q> = amounts.filter_map(Result::ok).collect();
        amounts.sort();
        interpolated(&amounts, self.case.p, Undefined::NothingPriced)
    }

    fn staffing(&self) -> [usize; 4] {
        let count = |counts: &dyn Fn(&RawRep) -> bool| {
            self.case.reps.iter().filter(|rep| counts(rep)).count()
        };
        let within = |day: Option<NaiveDate>| day.is_some_and(|day| self.days.contains(&day));
        // Who leaves on a day is gone on its evening.
        let on_evening = |day: NaiveDate| {
            count(&|rep| works(rep, day) && rep.left.is_none_or(|left| left > day))
        };
        let (eve, last) = (self.start - Days::new(1), self.end - Days::new(1));
        [
            on_evening(eve.min(self.as_of)),
            count(&|rep| within(rep.hired)),
            count(&|rep| within(rep.left)),
            on_evening(last.min(self.as_of)),
        ]
    }

    fn turnover(&self) -> Answer {
        let [start, _, left, end] = self.staffing();
        if self.days.is_empty() {
            return Err(Undefined::NothingElapsed);
        }
        if start + end == 0 {
            return Err(Undefined::NoHeadCount);
        }
        Ok(q(left, 1) / (q(start + end, 1) / q(2, 1)))
    }
}

impl Naive<'_> {
    /// Of what has lasted for 28 days alone.
    fn yearly_turnover(&self) -> Answer {
        let rate = self.turnover()?;
        if self.days.len() < 28 {
            return Err(Undefined::TooShort);
        }
        Ok(rate * self.years())
    }

    /// Whether the last day of the period has come.
    fn is_over(&self) -> bool {
        self.as_of >= self.end - Days::new(1)
    }

    /// How many such periods are a year: by whole months, of which each begins on the same day, else by days.
    fn years(&self) -> Q {
        let same_day = self.start.day() == self.end.day();
        let months = (1..50).find(|n| same_day && months_after(self.start, *n) == self.end);
        match months {
            Some(months) if self.is_over() => q(12, months),
            _ => q(365, self.days.len()),
        }
    }
}

/// Rule 2: 0 only where no deal counts, unknown where none has an amount.
fn total(won: &[Part]) -> Answer {
    let known: Vec<Q> = won.iter().filter_map(|part| part.amount.clone()).collect();
    if known.is_empty() && !won.is_empty() {
        return Err(Undefined::NothingPriced);
    }
    Ok(sum(known))
}

fn worth(won: &[Part]) -> Q {
    sum(won.iter().filter_map(|part| part.amount.clone()))
}

pub(super) fn interpolated(sorted: &[Q], millionths: u32, none: Undefined) -> Answer {
    let last = sorted.len().checked_sub(1).ok_or(none)?;
    let position = q(millionths, 1_000_000) * q(last, 1);
    let below = usize::try_from(position.to_integer()).unwrap();
    let above = last.min(below + 1);
    Ok(&sorted[below] + position.fract() * (&sorted[above] - &sorted[below]))
}

fn answers(case: &TeamCase) -> Answers {
    let naive = Naive::new(case, case.scope);
    let mut all = Answers::new();
    let mut put = |name: &str, answer: Answer| all.insert(name.to_owned(), answer);
    put("quota_attainment", naive.attainment());
    let deals = naive.against(false);
    put(
        "deal_quota_attainment",
        deals.map(|(won, quota)| q(won.len(), 1) / quota),
    );
    let rate = naive.at_quota_rate(|_| true, Undefined::NoQuota);
    put("reps_at_quota_rate", rate);
    let rate = naive.at_quota_rate(|rep| naive.is_past_ramp(rep), Undefined::NoRampedReps);
    put("ramped_reps_at_quota_rate", rate);
    let rate = naive.at_quota_rate(|rep| !naive.is_past_ramp(rep), Undefined::NoRampingReps);
    put("ramping_reps_at_quota_rate", rate);
    let each = naive.judged(|_| true, Undefined::NoQuota);
    let percentile = each.and_then(|mut each| {
        each.sort();
        interpolated(&each, case.p, Undefined::NoQuota)
    });
    put("attainment_percentile", percentile);
    for band in 0..=EDGES.len() {
        let name = format!("attainment_distribution.{band}");
        let found = naive.band(band);
        put(
            &format!("{name}.share"),
            found.map(|(reps, all)| q(reps, all)),
        );
        put(&name, found.map(|(reps, _)| q(reps, 1)));
    }
    put("quota_capacity", naive.capacity());
    put(
        "quota_coverage",
        naive.capacity().map(|all| all / q(70_000, 1)),
    );
    put("turnover_rate", naive.turnover());
    put("annualized_turnover_rate", naive.yearly_turnover());
    let heads = naive.active().len();
    put(
        "rep_productivity",
        naive.revenue().map(|sum| sum / q(heads, 1)),
    );
    let full_time = naive.revenue().map(|sum| sum / naive.full_time().unwrap());
    put("full_time_rep_productivity", full_time);
    put("rep_productivity_percentile", naive.percentile());
    for n in 0..=2 {
        put(&format!("rep_concentration.{n}"), naive.concentration(n));
    }
    put("full_time_equivalents", naive.full_time());
    put("active_reps", Ok(q(heads, 1)));
    let evening = naive.as_of.min(naive.end - Days::new(1));
    let stays = |rep: &RawRep| rep.left.is_none_or(|left| left > evening);
    let then = case
        .reps
        .iter()
        .filter(|rep| works(rep, evening) && stays(rep));
    put("heads", Ok(q(then.count(), 1)));
    let nobodys = naive.unassigned();
    put("unassigned", Ok(q(nobodys.len(), 1)));
    put("unassigned.amount", Ok(sum(nobodys.into_iter().flatten())));
    let (mut inside, mut outside) = (q(0, 1), q(0, 1));
    for (name, count) in ["at_start", "joined", "left", "at_end"]
        .iter()
        .zip(naive.staffing())
    {
        put(&format!("staffing.{name}"), Ok(q(count, 1)));
    }
    for rep in &case.reps {
        let id = rep.id;
        let all = naive.won_by(rep);
        put(&format!("{id}.won"), Ok(q(all.len(), 1)));
        put(&format!("{id}.won_amount"), Ok(worth(&all)));
        let owned = all.iter().filter(|part| part.is_owner).count();
        put(&format!("{id}.deals_won"), Ok(q(owned, 1)));
        let (won, count) = (naive.toward(rep, true), naive.toward(rep, false).len());
        put(&format!("{id}.toward_quota"), Ok(q(won.len(), 1)));
        inside += worth(&won);
        outside += worth(&all) - worth(&won);
        put(&format!("{id}.toward_deal_quota"), Ok(q(count, 1)));
        let begun = if naive.days.is_empty() {
            Err(Undefined::NothingElapsed)
        } else {
            Ok(())
        };
        let above_zero = |quota: Q| {
            if quota == q(0, 1) {
                return Err(Undefined::ZeroQuota);
            }
            Ok(quota)
        };
        let quota = naive.quota(rep, true).ok_or(Undefined::NoQuota);
        put(&format!("{id}.quota"), quota.clone());
        let quota = begun.and(quota);
        let attained = quota
            .and_then(above_zero)
            .and_then(|q| Ok(total(&won)? / q));
        put(&format!("{id}.attainment"), attained);
        let quota = naive.quota(rep, false).ok_or(Undefined::NoDealQuota);
        put(&format!("{id}.deal_quota"), quota.clone());
        put(
            &format!("{id}.deal_attainment"),
            begun
                .and(quota)
                .and_then(above_zero)
                .map(|quota| q(count, 1) / quota),
        );
        let there = naive.is_at_quota(rep).map(|there| q(u64::from(there), 1));
        put(&format!("{id}.is_at_quota"), there);
    }
    put("toward_quotas.amount", Ok(inside));
    put("outside_quotas.amount", Ok(outside));
    all
}

fn series_answers(case: &TeamCase) -> Answers {
    let months = crate::figures::months(case.scope);
    let series: Vec<Naive<'_>> = months
        .iter()
        .map(|month| Naive::new(case, *month))
        .collect();
    let finished: Vec<_> = series.iter().filter(|naive| naive.is_over()).collect();
    let latest = finished.last().map(|naive| naive.attainment());
    let mut streak = match latest {
        None => Err(Undefined::NothingOver),
        Some(Err(reason)) => Err(reason),
        Some(Ok(_)) => Ok(0),
    };
    let counted = if streak.is_ok() { &finished[..] } else { &[] };
    for naive in counted.iter().rev() {
        match naive.attainment() {
            Ok(part) if part < q(1, 1) => streak = streak.map(|n| n + 1),
            Ok(_) | Err(Undefined::NoQuota) => break,
            Err(reason) => {
                streak = Err(reason);
                break;
            }
        }
    }
    let last = series.last().unwrap();
    let hired = |rep: &&RawRep| {
        rep.hired
            .is_some_and(|on| case.scope.period().contains(on) && on <= last.as_of)
    };
    let mut took: Vec<Q> = Vec::new();
    let mut ramping = 0;
    for rep in case.reps.iter().filter(hired) {
        let first = series.iter().find(|naive| naive.is_ramped(rep));
        match first {
            Some(naive) => {
                let last_day = *naive.days.last().unwrap();
                took.push(q((last_day - rep.hired.unwrap()).num_days(), 1));
            }
            None => ramping += 1,
        }
    }
    took.sort();
    let median = interpolated(&took, 500_000, Undefined::NobodyAtQuota);
    [
        ("below_quota_streak", streak.map(|n| q(n, 1))),
        ("ramp_time", median),
        ("ramping_reps", Ok(q(ramping, 1))),
    ]
    .map(|(name, answer)| (name.to_owned(), answer))
    .into()
}

/// Figures of whole numbers are exact; the others to the digits of a decimal.
fn agree(found: &Answer, truth: &Answer) -> bool {
    match (found, truth) {
        (Ok(found), Ok(truth)) => {
            let zero = q(0, 1);
            let distance = if found > truth {
                found - truth
            } else {
                truth - found
            };
            distance == zero || distance <= tiny(26) * truth || distance <= tiny(26)
        }
        (found, truth) => found == truth,
    }
}

fn expect_same(found: &Answers, truth: &Answers) -> Result<(), TestCaseError> {
    prop_assert_eq!(
        found.keys().collect::<Vec<_>>(),
        truth.keys().collect::<Vec<_>>()
    );
    for (name, found) in found {
        prop_assert!(
            agree(found, &truth[name]),
            "{name}: {found:?}, but {:?}",
            truth[name]
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn every_kpi_of_a_team_agrees_with_the_oracle(case in team_cases()) {
        expect_same(&figures(&case), &answers(&case))?;
    }

    #[test]
    fn every_kpi_of_a_series_agrees_with_the_oracle(case in series_cases()) {
        expect_same(&series_figures(&case), &series_answers(&case))?;
    }
}

/// The names of what is computed a second time here, for some case.
pub(crate) fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let case = team_cases().new_tree(runner).unwrap().current();
    let series = series_cases().new_tree(runner).unwrap().current();
    let names = answers(&case).into_keys();
    names.chain(series_answers(&series).into_keys()).collect()
}

/// The oracle is of use only where both answers and reasons come up.
#[test]
fn the_cases_meet_every_reason() {
    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    let (mut ties, mut streaks, mut ramps) = (0, 0, 0);
    for _ in 0..800 {
        let case = team_cases().new_tree(&mut runner).unwrap().current();
        let truth = answers(&case);
        seen.extend(truth.values().filter_map(|answer| answer.clone().err()));
        let ones = truth
            .iter()
            .filter(|(name, answer)| name.ends_with(".attainment") && **answer == Ok(q(1, 1)));
        ties += ones.count();
        let case = series_cases().new_tree(&mut runner).unwrap().current();
        let truth = series_answers(&case);
        seen.extend(truth.values().filter_map(|answer| answer.clone().err()));
        let above_zero = |name: &str| truth[name].as_ref().is_ok_and(|n| *n > q(0, 1));
        streaks += u32::from(above_zero("below_quota_streak"));
        ramps += u32::from(above_zero("ramp_time"));
    }
    let reasons = [
        Undefined::NoRampedReps,
        Undefined::NoRampingReps,
        Undefined::NothingPriced,
        Undefined::NoWonDeals,
        Undefined::ZeroRevenue,
        Undefined::NothingElapsed,
        Undefined::NoQuota,
        Undefined::NoDealQuota,
        Undefined::ZeroQuota,
        Undefined::NoActiveReps,
        Undefined::NoHeadCount,
        Undefined::NobodyAtQuota,
        Undefined::NothingOver,
        Undefined::TooShort,
    ];
    assert_eq!(seen, reasons.into());
    assert!(
        ties > 5 && streaks > 20 && ramps > 5,
        "{ties} {streaks} {ramps}"
    );
}

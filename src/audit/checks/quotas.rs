use core::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::period::{Day, Period};
use crate::record::{Goal, Quota, Rep};
use crate::value::{Currency, RepId, sorted};

/// Where a quota stands among the others: those of one rep and kind together, the earlier first.
type Place = (RepId, bool, Period, usize);

impl Audit {
    /// Everything odd about these quotas, as [`deals`](Self::deals) says it of deals.
    ///
    /// Their reps are checked against [`with_reps`](Self::with_reps).
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Period, Quota, date};
    ///
    /// let quotas = [
    ///     Quota::of_deals("ada", Period::quarter(2026, 1)?, 12)?,
    ///     Quota::of_deals("ada", Period::month(2026, 3)?, 4)?,
    /// ];
    /// let findings = Audit::new(date(2026, 3, 31)?)?.quotas(&quotas);
    /// assert_eq!(
    ///     findings[0].to_string(),
    ///     "quota of ada for 2026-03-01/2026-04-01: it overlaps with the one for 2026-01-01/2026-04-01",
    /// );
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn quotas<I>(&self, quotas: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Quota>,
    {
        Passed::findings(vec![self.pass_quotas(quotas)])
    }

    pub(in crate::audit) fn pass_quotas<I>(&self, quotas: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Quota>,
    {
        let mut passed = Passed::default();
        let mut places: Vec<Place> = Vec::new();
        let mut asked: Vec<Asked> = Vec::new();
        for quota in quotas {
            let quota = quota.borrow();
            let (rep, period) = (quota.rep(), quota.period());
            let position = passed.pass(quota);
            self.quota(quota, &mut passed);
            places.push((rep.clone(), quota.deals().is_some(), period, position));
            asked.push(Asked::of(quota, position));
        }
        passed.find_other_currencies();
        find_overlaps(places, &mut passed);
        self.find_sums(&asked, &mut passed);
        passed
    }

    fn quota(&self, quota: &Quota, passed: &mut Passed) {
        let no_money = quota.amount().is_some_and(|money| money.amount().is_zero());
        let zero = no_money || quota.deals() == Some(0);
        passed.note(&mut [
            zero.then_some(FindingKind::ZeroQuota),
            self.without_work(quota),
            self.unknown_rep(quota.rep()),
        ]);
        passed.price("amount", quota.amount());
        passed.name("rep", Some(quota.rep().as_str()));
    }

    fn without_work(&self, quota: &Quota) -> Option<FindingKind> {
        let stays = self.reps.as_ref()?.get(quota.rep())?;
        let works = stays.iter().any(|stay| works_in(stay, quota.period()));
        (!works).then_some(FindingKind::QuotaWithoutWork)
    }
}

/// What a quota asks for, and of whom.
struct Asked {
    rep: RepId,
    period: Period,
    /// None where deals are asked for.
    currency: Option<Currency>,
    goal: u64,
    position: usize,
}

impl Asked {
    fn of(quota: &Quota, position: usize) -> Self {
        let (goal, currency) = match quota.goal() {
            Goal::Money { amount, currency } => (amount.units(), Some(currency)),
            Goal::Deals(deals) => (deals, None),
        };
        Self {
            rep: quota.rep().clone(),
            period: quota.period(),
            currency,
            goal,
            position,
        }
    }
}

/// Who reports to whom; of several stays, each once.
type Reports<'a> = HashMap<&'a RepId, HashSet<&'a RepId>>;

/// What is asked of a rep in money of a currency, or in deals.
type ByRep<'a> = HashMap<(&'a RepId, Option<Currency>), Vec<&'a Asked>>;

impl Audit {
    /// Finds the quotas that are what is asked, within the same period, of several reps below the quota's rep.
    fn find_sums(&self, asked: &[Asked], passed: &mut Passed) {
        let reports = self.reports();
        let mut by_rep = ByRep::new();
        for quota in asked {
            let of_rep = by_rep.entry((&quota.rep, quota.currency)).or_default();
            of_rep.push(quota);
        }
        for quota in asked {
            if quota.is_sum_of(&team_of(quota, &reports, &by_rep)) {
                passed.found(quota.position, FindingKind::ManagerQuotaIsSum);
            }
        }
    }

    fn reports(&self) -> Reports<'_> {
        let mut reports = Reports::new();
        for rep in self.reps.iter().flat_map(HashMap::values).flatten() {
            if let Some(manager) = rep.manager() {
                reports.entry(manager).or_default().insert(rep.id());
            }
        }
        reports
    }
}

/// What is asked, within its period, of those who report to its rep; where nothing is asked of one of them, of those below.
fn team_of<'a>(quota: &'a Asked, reports: &Reports<'a>, by_rep: &ByRep<'a>) -> Vec<&'a Asked> {
    let mut team = Vec::new();
    let mut seen = HashSet::from([&quota.rep]);
    let mut without = vec![&quota.rep];
    while let Some(manager) = without.pop() {
        for rep in reports.get(manager).into_iter().flatten().copied() {
            // Who reports to whom may be a circle.
            if !seen.insert(rep) {
                continue;
            }
            let others = team.len();
            if let Some(own) = by_rep.get(&(rep, quota.currency)) {
                team.extend(within(quota.period, own));
            }
            if team.len() == others {
                without.push(rep);
            }
        }
    }
    team
}

/// Those for the very period, or else those for parts of it.
fn within<'a>(period: Period, own: &[&'a Asked]) -> impl Iterator<Item = &'a Asked> {
    let is_whole = own.iter().any(|quota| quota.period == period);
    let counts = move |quota: &&Asked| {
        if is_whole {
            return quota.period == period;
        }
        let ((start, end), (first, last)) = (period.bounds(), quota.period.bounds());
        start <= first && last <= end
    };
    own.iter().copied().filter(counts)
}

impl Asked {
    /// Whether it is what is asked of a team of several reps, without a day of its period on which nothing is asked of any of them.
    fn is_sum_of(&self, team: &[&Self]) -> bool {
        let are_several = team.windows(2).any(|pair| match pair {
            [a, b] => a.rep != b.rep,
            _ => false,
        });
        let goals = team.iter().map(|quota| u128::from(quota.goal));
        let sum = goals.fold(0, u128::saturating_add);
        are_several && sum > 0 && sum == u128::from(self.goal) && self.is_made_up_of(team)
    }

    fn is_made_up_of(&self, parts: &[&Self]) -> bool {
        let (start, end) = self.period.bounds();
        let parts: Vec<(Day, Day)> = parts.iter().map(|part| part.period.bounds()).collect();
        let mut reached = start;
        for (first, last) in sorted(parts, Ord::cmp) {
            if first > reached {
                return false;
            }
            reached = reached.max(last);
        }
        reached >= end
    }
}

/// Whether a rep works on some day of a period.
fn works_in(rep: &Rep, period: Period) -> bool {
    let ((start, end), (hired, left)) = (period.bounds(), rep.employment());
    start.max(hired) < end.min(left)
}

/// Finds the quotas on whose first day an earlier one of the rep and the kind still holds.
fn find_overlaps(places: Vec<Place>, passed: &mut Passed) {
    let places = sorted(places, Ord::cmp);
    for quotas in places.chunk_by(|a, b| (&a.0, a.1) == (&b.0, b.1)) {
        let mut longest: Option<Period> = None;
        for (_, _, period, position) in quotas {
            if let Some(other) = longest.filter(|other| period.start() < other.end()) {
                passed.found(*position, FindingKind::OverlappingQuota { other });
            }
            longest = longest
                .filter(|other| other.end() >= period.end())
                .or(Some(*period));
        }
    }
}

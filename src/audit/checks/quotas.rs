use core::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::period::Period;
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

impl Audit {
    /// Finds the quotas that are what is asked, for the same period, of the several reps who report to the quota's rep.
    fn find_sums(&self, asked: &[Asked], passed: &mut Passed) {
        // What is asked of those who report to somebody, and of how many.
        let mut of_teams: HashMap<_, (u32, u128)> = HashMap::new();
        for quota in asked {
            for manager in self.managers(&quota.rep) {
                let team = (manager, quota.period, quota.currency);
                let (count, sum) = of_teams.entry(team).or_default();
                *count = count.saturating_add(1);
                *sum = sum.saturating_add(quota.goal.into());
            }
        }
        for quota in asked {
            let of_team = of_teams.get(&(&quota.rep, quota.period, quota.currency));
            let is_sum = |(count, sum): &(u32, u128)| {
                *count > 1 && *sum > 0 && *sum == u128::from(quota.goal)
            };
            if of_team.is_some_and(is_sum) {
                passed.found(quota.position, FindingKind::ManagerQuotaIsSum);
            }
        }
    }

    /// Whom a rep reports to; of several stays, each once.
    fn managers(&self, rep: &RepId) -> HashSet<&RepId> {
        let stays = self.reps.as_ref().and_then(|known| known.get(rep));
        stays
            .into_iter()
            .flatten()
            .filter_map(Rep::manager)
            .collect()
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

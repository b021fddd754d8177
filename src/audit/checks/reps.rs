use core::borrow::Borrow;

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::record::Rep;
use crate::value::RepId;

impl Audit {
    /// Everything odd about these reps, as [`deals`](Self::deals) says it of deals.
    ///
    /// Who lacks a quota is told by [`with_quotas`](Self::with_quotas).
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Period, Quota, Rep, date};
    ///
    /// let reps = [Rep::new("ada")?, Rep::new("ben")?];
    /// let quotas = [Quota::of_deals("ada", Period::quarter(2026, 1)?, 12)?];
    /// let findings = Audit::new(date(2026, 3, 31)?)?.with_quotas(&quotas).reps(&reps);
    /// assert_eq!(findings[0].to_string(), "rep ben: active, but it has no quota, and others have one");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn reps<I>(&self, reps: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Rep>,
    {
        Passed::findings(vec![self.pass_reps(reps)])
    }

    pub(in crate::audit) fn pass_reps<I>(&self, reps: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Rep>,
    {
        let mut passed = Passed::default();
        for rep in reps {
            let rep = rep.borrow();
            passed.pass(rep);
            self.rep(rep, &mut passed);
        }
        passed.find_duplicates();
        passed
    }

    fn rep(&self, rep: &Rep, passed: &mut Passed) {
        let unanchored = rep.ramp().is_some() && rep.hired().is_none();
        let others = self.quotas.as_ref();
        let without = others.is_some_and(|with| !with.is_empty() && !with.contains(rep.id()));
        let missing = without && rep.is_active(self.as_of);
        passed.note(&mut [
            unanchored.then_some(FindingKind::RampWithoutHireDate),
            missing.then_some(FindingKind::MissingQuota),
        ]);
        passed.name("id", Some(rep.id().as_str()));
        passed.name("manager", rep.manager().map(RepId::as_str));
        for (_, team) in rep.teams() {
            passed.name("team", Some(team.as_str()));
        }
        passed.dimensions(rep.dimensions());
    }
}

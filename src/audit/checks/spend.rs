use core::borrow::Borrow;

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::record::{Spend, SpendCategory};
use crate::value::Label;

impl Audit {
    /// Everything odd about these expenses, as [`deals`](Self::deals) says it of deals.
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Currency, Spend, SpendCategory, date};
    ///
    /// let spend = Spend::new("S-1", date(2026, 2, 3)?, 1_200, Currency::USD, SpendCategory::Marketing)?;
    /// let findings = Audit::new(date(2026, 3, 31)?)?.spend([&spend]);
    /// assert_eq!(findings[0].to_string(), "spend S-1: it has no channel");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn spend<I>(&self, spend: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Spend>,
    {
        Passed::findings(vec![self.pass_spend(spend)])
    }

    pub(in crate::audit) fn pass_spend<I>(&self, spend: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Spend>,
    {
        let mut passed = Passed::default();
        for spend in spend {
            let spend = spend.borrow();
            passed.pass(spend);
            self.expense(spend, &mut passed);
        }
        passed.find_duplicates();
        passed.find_other_currencies();
        passed
    }

    fn expense(&self, spend: &Spend, passed: &mut Passed) {
        let on = spend.on();
        // No KPI of channels counts any other category.
        let acquires = spend.category() != SpendCategory::Other;
        let unplaced = acquires && spend.source().is_none();
        passed.note(&mut [
            (on > self.as_of).then_some(FindingKind::DatedAfterAsOf { on }),
            spend
                .amount()
                .amount()
                .is_zero()
                .then_some(FindingKind::ZeroSpend),
            unplaced.then_some(FindingKind::MissingChannel),
        ]);
        passed.price("amount", Some(spend.amount()));
        passed.name("source", spend.source().map(Label::as_str));
        passed.dimensions(spend.dimensions());
    }
}

//! Parts of a book.

use std::collections::HashSet;
use std::sync::Arc;

use super::Book;
use crate::record::{Activity, Contract, Deal, Lead, Quota, Rep, Spend, WorkTime};
use crate::value::{RepId, kept};

/// The records of one kind that are to be kept, and all those of the others, which are shared with the whole.
impl Book {
    /// The book with some of its deals alone.
    ///
    /// Its leads keep the outcome that their deals gave them, whether these are kept or not: filter the leads, too, to look at those of a
    /// part. Of a history, the states of the deals that are kept remain. An account whose first deal is not kept is a new customer of the part with the first that is.
    ///
    /// ```
    /// use sales_metrics::{Book, BookTally, Currency, Deal, Outcome, Period, Scope, date, kpi};
    ///
    /// let won = |id, region, amount| {
    ///     let deal = Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?;
    ///     deal.with_region(region)?.with_amount(amount)
    /// };
    /// let book = Book::new(Currency::USD).with_deals([won("D-1", "north", 900)?, won("D-2", "south", 500)?])?;
    /// let north = book.filter_deals(|deal| deal.region().is_some_and(|region| region.as_str() == "north"));
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let tally = BookTally::of(&north, q1)?;
    /// assert_eq!(kpi::total_revenue(tally.deals().expect("there are deals"))?.to_string(), "900 USD");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn filter_deals(&self, keep: impl FnMut(&Deal) -> bool) -> Self {
        let mut part = self.part();
        part.records.deals = kept(&self.records.deals, keep);
        part.joins = Arc::new(self.joins.stale());
        let records = Arc::clone(&part.records.deals);
        let history = self.history.as_deref().cloned();
        part.history = history.map(|history| Arc::new(history.sharing(records, true)));
        part
    }

    /// The book with some of its leads alone. Deals keep the origins that they have of other ones.
    #[must_use]
    pub fn filter_leads(&self, keep: impl FnMut(&Lead) -> bool) -> Self {
        let mut part = self.part();
        part.records.leads = kept(&self.records.leads, keep);
        part.joins = Arc::new(self.joins.stale());
        part
    }

    /// The book with some of its activities alone.
    #[must_use]
    pub fn filter_activities(&self, keep: impl FnMut(&Activity) -> bool) -> Self {
        let mut part = self.part();
        part.records.activities = kept(&self.records.activities, keep);
        part
    }

    /// The book with some of its reps alone, and without the quotas of the others. What these sold remains, as the deals of nobody in the
    /// team: filter the deals, too, to leave it out.
    #[must_use]
    pub fn filter_reps(&self, keep: impl FnMut(&Rep) -> bool) -> Self {
        let mut part = self.part();
        part.records.reps = kept(&self.records.reps, keep);
        let mut gone: HashSet<&RepId> = self.reps().iter().map(Rep::id).collect();
        for rep in part.records.reps.iter() {
            gone.remove(rep.id());
        }
        part.records.quotas = kept(&self.records.quotas, |quota| !gone.contains(quota.rep()));
        part
    }

    /// The book with some of its quotas alone.
    #[must_use]
    pub fn filter_quotas(&self, keep: impl FnMut(&Quota) -> bool) -> Self {
        let mut part = self.part();
        part.records.quotas = kept(&self.records.quotas, keep);
        part
    }

    /// The book with some of its hours of work alone.
    #[must_use]
    pub fn filter_work_time(&self, keep: impl FnMut(&WorkTime) -> bool) -> Self {
        let mut part = self.part();
        part.records.work_time = kept(&self.records.work_time, keep);
        part
    }

    /// The book with some of its contracts alone.
    #[must_use]
    pub fn filter_contracts(&self, keep: impl FnMut(&Contract) -> bool) -> Self {
        let mut part = self.part();
        part.records.contracts = kept(&self.records.contracts, keep);
        part
    }

    /// The book with some of its expenses alone.
    #[must_use]
    pub fn filter_spend(&self, keep: impl FnMut(&Spend) -> bool) -> Self {
        let mut part = self.part();
        part.records.spend = kept(&self.records.spend, keep);
        part
    }

    /// To be changed.
    fn part(&self) -> Self {
        let mut part = self.clone();
        part.recorded.take();
        part
    }
}

//! What is odd in the records: a list of [`Finding`]s, and the deals [`at_risk`].
//!
//! A close before the creation, a won deal without an amount, an id that comes twice: real exports hold such deals. They are no
//! errors, since a KPI can say how it counts them, and they are never silent, since each one bends a KPI. What an audit finds
//! is what to repair in the CRM, or to name beside the figures.
//!
//! ```
//! use sales_metrics::audit::{self, Audit, FindingKind};
//! use sales_metrics::{Currency, Deal, Outcome, Rep, date};
//!
//! let won = |on| Outcome::Won { on };
//! let deals = [
//!     Deal::new("D-1", Currency::USD, date(2026, 1, 7)?, won(date(2026, 2, 20)?))?.with_amount(900)?.with_owner("ada")?,
//!     Deal::new("D-2", Currency::USD, date(2026, 3, 9)?, won(date(2026, 2, 3)?))?.with_amount(400)?.with_owner("bob")?,
//!     Deal::new("D-3", Currency::USD, date(2026, 3, 2)?, won(date(2026, 3, 30)?))?.with_owner("ada")?,
//! ];
//! let reps = [Rep::new("ada")?];
//!
//! let findings = Audit::new(date(2026, 3, 31)?)?.with_reps(&reps).deals(&deals);
//! let lines: Vec<String> = findings.iter().map(|finding| finding.to_string()).collect();
//! assert_eq!(lines, [
//!     "deal D-2: closed on 2026-02-03, before it was created on 2026-03-09",
//!     "deal D-2: its owner bob is not among the known reps",
//!     "deal D-3: won, but it has no amount",
//! ]);
//!
//! // As many as there are, for a report; and one kind of them, to act upon.
//! let summary = audit::summary(&findings);
//! assert_eq!(summary["closed_before_created"].to_string(), "1 (first: deal D-2)");
//! let unpriced = findings.iter().filter(|finding| finding.kind == FindingKind::WonWithoutAmount);
//! assert_eq!(unpriced.count(), 1);
//! # Ok::<(), sales_metrics::Error>(())
//! ```

mod at_risk;
mod checks;
mod finding;
mod iso;
mod summary;

use core::borrow::Borrow;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

pub use at_risk::{AtRisk, at_risk};
pub use finding::{Finding, FindingKind};
pub use summary::{Found, summary};

use crate::error::Error;
use crate::period::Day;
use crate::record::{Deal, RecordId, Rep, RepId};
use crate::value::Currency;

/// Looks for what is odd in deals, as they stand on a day.
///
/// An audit asks how a record stands today, and so needs no period: a deal without a close is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    as_of: NaiveDate,
    /// None: who the reps are is not known. Whoever left and came back is listed more than once.
    reps: Option<BTreeMap<RepId, Vec<Rep>>>,
}

impl Audit {
    /// An audit of records as they stood on a day: the day of the export, as a rule. Whatever is dated later is odd.
    ///
    /// # Errors
    /// [`Error::DateOutOfRange`] outside of the years 1900 to 2999.
    pub fn new(as_of: NaiveDate) -> Result<Self, Error> {
        Day::new(as_of, || "as-of day".to_owned())?;
        Ok(Self { as_of, reps: None })
    }

    /// Also checks the deals' owners against these reps: all there are, and those who have left.
    ///
    /// Without this, no owner is unknown; with an empty list, every one is. A rep who left and came back is given twice.
    #[must_use]
    pub fn with_reps<I>(mut self, reps: I) -> Self
    where
        I: IntoIterator,
        I::Item: Borrow<Rep>,
    {
        let known = self.reps.get_or_insert_default();
        for rep in reps {
            let rep = rep.borrow();
            known.entry(rep.id().clone()).or_default().push(rep.clone());
        }
        self
    }

    /// Everything odd about these deals: in the order of the deals, and of one deal in the order of [`FindingKind`].
    ///
    /// One pass, over a stream as well as over a slice; only ids and currencies are kept. In another order of the deals the
    /// findings are the same, in that order.
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Currency, Deal, Outcome, date};
    ///
    /// let lost = Outcome::Lost { on: date(2026, 2, 20)? };
    /// let deal = Deal::new("D-1", Currency::USD, date(2026, 1, 7)?, lost)?.with_amount(900)?.with_owner("ada")?;
    /// assert_eq!(Audit::new(date(2026, 3, 31)?)?.deals([&deal]), []);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn deals<I>(&self, deals: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Deal>,
    {
        let mut passed = Passed::default();
        for deal in deals {
            let deal = deal.borrow();
            passed.pass(deal.id().into(), Some(deal.currency()), self.check(deal));
        }
        passed.findings()
    }
}

/// What is kept of the records that have passed.
#[derive(Default)]
struct Passed {
    records: Vec<(RecordId, Option<Currency>)>,
    /// With the position of the record.
    findings: Vec<(usize, Finding)>,
}

impl Passed {
    /// One more record, and what is odd about it by itself.
    fn pass(
        &mut self,
        record: RecordId,
        currency: Option<Currency>,
        kinds: impl Iterator<Item = FindingKind>,
    ) {
        let position = self.records.len();
        for kind in kinds {
            self.found(position, &record, kind);
        }
        self.records.push((record, currency));
    }

    fn found(&mut self, position: usize, record: &RecordId, kind: FindingKind) {
        let record = record.clone();
        self.findings.push((position, Finding { record, kind }));
    }

    /// Finds what only all records together show.
    fn compare(&mut self) {
        let records = core::mem::take(&mut self.records);
        let usual = usual_currency(records.iter().filter_map(|(_, currency)| *currency));
        let mut seen = HashSet::with_capacity(records.len());
        for (position, (record, currency)) in records.iter().enumerate() {
            if !seen.insert(record) {
                self.found(position, record, FindingKind::DuplicateId);
            }
            if let (Some(usual), Some(found)) = (usual, *currency) {
                if usual != found {
                    self.found(
                        position,
                        record,
                        FindingKind::OtherCurrency { usual, found },
                    );
                }
            }
        }
    }

    fn findings(mut self) -> Vec<Finding> {
        self.compare();
        self.findings.sort();
        self.findings
            .into_iter()
            .map(|(_, finding)| finding)
            .collect()
    }
}

/// The currency of most records; of several, the first by its code, so that the order of the records does not matter.
fn usual_currency(currencies: impl Iterator<Item = Currency>) -> Option<Currency> {
    let mut counts: HashMap<Currency, u64> = HashMap::new();
    for currency in currencies {
        *counts.entry(currency).or_default() += 1;
    }
    counts
        .into_iter()
        .min_by_key(|(currency, count)| (core::cmp::Reverse(*count), currency.code()))
        .map(|(currency, _)| currency)
}

//! What is odd in the records: a list of [`Finding`]s, and the deals [`at_risk`].
//!
//! A close before the creation, a lead converted to a missing deal, a quota of nobody, an id that comes twice: real exports hold
//! such records. They are no errors, since a KPI can say how it counts them, and they are never silent, since each one bends a
//! KPI. What an audit finds is what to repair in the CRM, or to name beside the figures.
//!
//! ```
//! use sales_metrics::audit::{self, Audit, FindingKind};
//! use sales_metrics::{Book, Currency, Deal, Lead, Origin, Outcome, Rep, date, instant};
//!
//! let won = |on| Outcome::Won { on };
//! let deals = [
//!     Deal::new("D-1", date(2026, 1, 7)?, won(date(2026, 2, 20)?), Currency::USD)?.with_amount(900)?.with_owner("ada")?,
//!     Deal::new("D-2", date(2026, 3, 9)?, won(date(2026, 2, 3)?), Currency::USD)?.with_amount(400)?.with_owner("bob")?,
//!     Deal::new("D-3", date(2026, 3, 2)?, won(date(2026, 3, 30)?), Currency::USD)?.with_owner("ada")?,
//! ];
//! let lead = Lead::new("L-1", instant("2026-02-06T18:30:00+01:00")?)?.with_origin(Origin::Sales).with_owner("ada")?;
//! let leads = [lead.with_conversion("D-9", date(2026, 2, 10)?)?];
//! let book = Book::new(Currency::USD).with_deals(deals)?.with_leads(leads)?.with_reps([Rep::new("ada")?])?;
//!
//! let findings = Audit::new(date(2026, 3, 31)?)?.book(&book);
//! let lines: Vec<String> = findings.iter().map(|finding| finding.to_string()).collect();
//! assert_eq!(lines, [
//!     "deal D-2: closed on 2026-02-03, before it was created on 2026-03-09",
//!     "deal D-2: its rep bob is not among the known reps",
//!     "deal D-3: won, but it has no amount",
//!     "lead L-1: its deal D-9 is not among the known deals",
//! ]);
//!
//! // As many as there are, for a report; and one kind of them, to act upon.
//! let summary = audit::summary(&findings);
//! assert_eq!(summary["closed_before_created"].to_string(), "1 (first: deal D-2)");
//! let unpriced = findings.iter().filter(|finding| finding.kind == FindingKind::WonWithoutAmount);
//! assert_eq!(unpriced.count(), 1);
//!
//! // One kind of record alone, against those that are known.
//! assert_eq!(Audit::new(date(2026, 3, 31)?)?.with_deals(book.deals()).leads(book.leads()), findings[3..]);
//! # Ok::<(), sales_metrics::Error>(())
//! ```

mod at_risk;
mod checks;
mod finding;
mod iso;
mod kind;
mod kind_text;
mod passed;
mod summary;

use core::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

pub use at_risk::{AtRisk, at_risk};
pub use finding::Finding;
pub use kind::FindingKind;
pub use summary::{Found, summary};

use passed::Passed;

use crate::book::{AllRecords, Book};
use crate::error::Error;
use crate::period::Day;
use crate::record::{Contract, Deal, Lead, Outcome, Quota, Rep};
use crate::value::{AccountId, ContractId, DealId, LeadId, RepId};

/// Looks for what is odd in records, as they stand on a day.
///
/// An audit asks how a record stands today, and so needs no period: a deal without a close is open.
///
/// What a record names is checked against the records that are given before, by `with_…`: all there are, also those of other
/// periods. Without them, nothing that a record names is unknown; with an empty list, all of it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    as_of: NaiveDate,
    /// Each of these is none where it is not known what there is. Whoever left and came back is listed more than once.
    reps: Option<HashMap<RepId, Vec<Rep>>>,
    /// Who has one.
    quotas: Option<HashSet<RepId>>,
    /// Whether it was won.
    deals: Option<HashMap<DealId, bool>>,
    leads: Option<HashSet<LeadId>>,
    contracts: Option<HashMap<ContractId, Vec<Renewable>>>,
    /// Whether instants are read by a calendar on the clock by which they are written.
    has_no_place: bool,
}

/// What is kept of a contract that another one may renew.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Renewable {
    account: AccountId,
    /// None where it goes on.
    last_day: Option<NaiveDate>,
}

impl Audit {
    /// An audit of records as they stood on a day: the day of the export, as a rule. Whatever is dated later is odd.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(as_of: NaiveDate) -> Result<Self, Error> {
        Day::new(as_of).map_err(|error| error.about("as-of day"))?;
        Ok(Self {
            as_of,
            reps: None,
            quotas: None,
            deals: None,
            leads: None,
            contracts: None,
            has_no_place: false,
        })
    }

    /// Also checks owners and reps against these: all there are, and those who have left.
    ///
    /// A rep who left and came back is given twice.
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

    /// Also finds the reps who have none of these quotas. Where there are none at all, nobody lacks one.
    #[must_use]
    pub fn with_quotas<I>(mut self, quotas: I) -> Self
    where
        I: IntoIterator,
        I::Item: Borrow<Quota>,
    {
        let reps = quotas.into_iter().map(|quota| quota.borrow().rep().clone());
        self.quotas.get_or_insert_default().extend(reps);
        self
    }

    /// Also checks against these deals what leads became, and what activities are about. Only ids are kept, and which deals were won.
    #[must_use]
    pub fn with_deals<I>(mut self, deals: I) -> Self
    where
        I: IntoIterator,
        I::Item: Borrow<Deal>,
    {
        let known = self.deals.get_or_insert_default();
        for deal in deals {
            let deal = deal.borrow();
            let won = known.entry(deal.id().clone()).or_default();
            *won |= matches!(deal.outcome(), Outcome::Won { .. });
        }
        self
    }

    /// Also checks against these leads what activities are about. Only ids are kept.
    #[must_use]
    pub fn with_leads<I>(mut self, leads: I) -> Self
    where
        I: IntoIterator,
        I::Item: Borrow<Lead>,
    {
        let ids = leads.into_iter().map(|lead| lead.borrow().id().clone());
        self.leads.get_or_insert_default().extend(ids);
        self
    }

    /// Also checks renewals against these contracts. Only ids are kept, with accounts and last days.
    #[must_use]
    pub fn with_contracts<I>(mut self, contracts: I) -> Self
    where
        I: IntoIterator,
        I::Item: Borrow<Contract>,
    {
        let known = self.contracts.get_or_insert_default();
        for contract in contracts {
            let contract = contract.borrow();
            let renewable = Renewable {
                account: contract.account().clone(),
                last_day: contract.terms().last().map(Day::date),
            };
            known
                .entry(contract.id().clone())
                .or_default()
                .push(renewable);
        }
        self
    }

    /// Everything odd about the records of a book: deals, leads, activities, reps, quotas, contracts, expenses and hours, and the states of
    /// deals, in this order.
    ///
    /// Each kind is checked against the others that the book has, and against what was given to this audit before. What a book
    /// does not have at all is not missed.
    #[must_use]
    pub fn book(&self, book: &Book) -> Vec<Finding> {
        let audit = self.clone().knowing(book);
        let AllRecords {
            deals,
            leads,
            activities,
            reps,
            quotas,
            work_time,
            contracts,
            spend,
        } = book.records();
        let mut findings = Passed::findings(vec![
            audit.pass_deals(deals.iter()),
            audit.pass_leads(leads.iter()),
            audit.pass_activities(activities.iter()),
            audit.pass_reps(reps.iter()),
            audit.pass_quotas(quotas.iter()),
            audit.pass_contracts(contracts.iter()),
            audit.pass_spend(spend.iter()),
            audit.pass_work_time(work_time.iter()),
        ]);
        if let Some(history) = book.history() {
            findings.extend(audit.states(history, book.stages()));
        }
        findings
    }

    fn knowing(mut self, book: &Book) -> Self {
        // Nothing names an activity, hours or an expense.
        let AllRecords {
            deals,
            leads,
            activities: _,
            reps,
            quotas,
            work_time: _,
            contracts,
            spend: _,
        } = book.records();
        self.has_no_place = book.calendar().is_some() && book.place().is_none();
        if !reps.is_empty() {
            self = self.with_reps(reps.iter());
        }
        if !deals.is_empty() {
            self = self.with_deals(deals.iter());
        }
        if !leads.is_empty() {
            self = self.with_leads(leads.iter());
        }
        self.with_quotas(quotas.iter())
            .with_contracts(contracts.iter())
    }
}

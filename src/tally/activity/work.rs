use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{LONGEST_MICROS, WorkFacts, WorkTime, WorkTimeStanding};
use crate::tally::activity::totals::sum_of_micros;
use crate::tally::engine::fixed;
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;
use crate::value::Length;

/// The exact sums of the working time of one scope. The scope's currency plays no part in it.
///
/// What a tally is and how it adds up: [`tally`](crate::tally).
///
/// ```
/// use sales_metrics::{Currency, Length, Period, Scope, WorkTally, WorkTime, date, kpi};
///
/// let weeks = [
///     WorkTime::new("ada", date(2026, 3, 6)?, Length::hours(40))?.with_selling(Length::hours(30))?,
///     WorkTime::new("ben", date(2026, 3, 6)?, Length::hours(38))?,
/// ];
/// let march = Scope::new(Period::month(2026, 3)?, Currency::EUR);
/// let tally = WorkTally::of(&weeks, march)?;
/// assert_eq!(kpi::selling_time_rate(&tally)?.to_string(), "75%");
/// assert_eq!(tally.totals().without_selling()?, 1);
/// assert_eq!(tally.totals().working_time()?, Length::hours(78));
/// assert_eq!(tally.totals().selling_time()?, Length::hours(30));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct WorkTally {
    scope: Scope,
    /// Invariant: what [`WorkTotals::checked`] demands.
    totals: WorkTotals,
}

given! {
    /// Everything a [`WorkTally`] adds up: what one reads from it, and the form in which ready-made totals go in. Times are in
    /// microseconds.
    ///
    /// All but `records` is of the working time dated in the period, and not after the as-of day.
    #[derive(Copy)]
    pub struct WorkTotals {
        /// All records of working time that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Records that say how much of the working time was selling.
        pub(super) with_selling: u64,
        /// Records that do not; their working time is not in the rate.
        pub(super) without_selling: u64,
        /// Working time, of all records.
        pub(super) working_micros: u64,
        /// Working time of the records that say how much of it was selling.
        pub(super) known_working_micros: u64,
        /// Selling time of the same.
        pub(super) selling_micros: u64,
    }
}

impl WorkTotals {
    /// Working time, of all records.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it was not given.
    pub fn working_time(&self) -> Result<Length, Undefined> {
        self.working_micros().map(Length::micros)
    }

    /// Selling time, of the records that say how much of their working time it was.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where it was not given.
    pub fn selling_time(&self) -> Result<Length, Undefined> {
        self.selling_micros().map(Length::micros)
    }

    /// Adds a record. Nothing has changed where it fails.
    #[inline]
    fn add(&mut self, facts: &WorkFacts, scope: &Scope) -> Result<(), Error> {
        expect_room(self.records, 1)?;
        if WorkTimeStanding::of(facts, scope).is_counted() {
            self.working_micros = sum_of_micros(self.working_micros, facts.working)?;
            // The other two sums of time are parts of this one.
            let known = u64::from(facts.selling.is_some());
            self.known_working_micros += facts.working * known;
            self.selling_micros += facts.selling.unwrap_or_default();
            self.with_selling += known;
            self.without_selling += 1 - known;
        }
        self.records += 1;
        Ok(())
    }

    /// The sums of both, which must be totals of different records: not settled yet, nor checked.
    fn plus(self, other: Self) -> Result<Self, Error> {
        Ok(Self {
            missing: self.missing.or(other.missing),
            records: self.records + other.records,
            with_selling: self.with_selling + other.with_selling,
            without_selling: self.without_selling + other.without_selling,
            working_micros: sum_of_micros(self.working_micros, other.working_micros)?,
            known_working_micros: sum_of_micros(
                self.known_working_micros,
                other.known_working_micros,
            )?,
            selling_micros: sum_of_micros(self.selling_micros, other.selling_micros)?,
        })
    }

    /// Checks that some set of records can have these totals, as far as those that are given show it: a whole that is missing is as
    /// large as it may be, and a part of it that is missing is 0.
    fn checked(self) -> Result<Self, Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let looked_at = u128::from(self.with_selling) + u128::from(self.without_selling);
        let with_selling = self.with_selling().unwrap_or(records);
        let without_selling = self.without_selling().unwrap_or(records);
        let working = self.working_micros().unwrap_or(u64::MAX);
        let known = self.known_working_micros().unwrap_or(working);
        let unknown = working.checked_sub(known);
        let all = with_selling.saturating_add(without_selling);
        let fits = |micros: u64, count: u64| {
            u128::from(micros) <= u128::from(count) * u128::from(LONGEST_MICROS)
        };
        let rules = [
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                looked_at <= u128::from(records),
                "records are all that were looked at: at least those with and without selling time",
            ),
            (
                unknown.is_some() && self.selling_micros <= known,
                "known_working_micros is a part of working_micros, and selling_micros a part of it",
            ),
            (
                fits(self.working_micros, all)
                    && fits(
                        self.known_working_micros.max(self.selling_micros),
                        with_selling,
                    )
                    && (self.working_micros().is_err()
                        || unknown.is_none_or(|unknown| fits(unknown, without_selling))),
                "working time is that of the records with and without selling time, at most 2^63 - 1 microseconds each",
            ),
        ];
        expect_all(&rules)?;
        Ok(self)
    }
}

impl WorkTally {
    /// The tally of ready-made totals: a database's counts and sums.
    ///
    /// What is left out is not counted, and not 0. These do for:
    ///
    /// | counters | KPIs |
    /// | --- | --- |
    /// | `with_selling`, `without_selling`, `selling_micros` | [`selling_time`](crate::kpi::selling_time) |
    /// | `with_selling`, `without_selling`, `selling_micros`, `known_working_micros` | [`selling_time_rate`](crate::kpi::selling_time_rate) |
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no records can have such totals: more selling than working time, say.
    pub fn from_totals(scope: Scope, totals: impl Into<WorkTotals>) -> Result<Self, Error> {
        Ok(Self {
            scope,
            totals: totals.into().checked()?,
        })
    }
}

fixed!(WorkTally of WorkTime, reads Everything, WorkTotals, "[`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge) beyond 10¹⁰ records, or 2⁶⁴ µs of working time.", |totals, work, scope| totals.add(work.facts(), scope));

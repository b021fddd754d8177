//! Where a business is: on whose clock its days and hours are read.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset as _, TimeZone};

use super::Moment;
use super::day::out_of_range;
use super::error::PeriodProblem;
use super::moment::MICROS_A_DAY;
use crate::error::Error;
use crate::period::Day;
use crate::value::length::MICROS_A_SECOND;

/// Where a business is: its offset from UTC, or its offsets, each with the instant from which it holds, as those of a time zone.
///
/// A day is a day where the business is. Many exports write their instants in UTC, or wherever somebody was at the time; what gets a
/// place ([`Book::with_place`](crate::Book::with_place), a mapping of [`import`](crate::import)) brings every instant to it, before its date or its
/// working hours are read. It stays the same instant. Offsets are kept to the minute.
///
/// A time zone is anything that implements [`chrono::TimeZone`]: one of the crate `chrono-tz`, `chrono::Local`, or one of your own.
///
/// ```
/// use sales_metrics::{FixedOffset, Place, instant};
///
/// let (winter, summer) = (FixedOffset::west_opt(5 * 3_600), FixedOffset::west_opt(4 * 3_600));
/// let (winter, summer) = (winter.expect("an offset"), summer.expect("an offset"));
/// let new_york = Place::changing(winter, [
///     (instant("2026-03-08T07:00:00Z")?, summer),
///     (instant("2026-11-01T06:00:00Z")?, winter),
/// ])?;
/// assert_eq!(new_york.at(instant("2026-04-01T01:00:00Z")?).to_rfc3339(), "2026-03-31T21:00:00-04:00");
///
/// let always_winter: Place = "-05:00".parse()?;
/// assert_eq!(always_winter, Place::in_zone(&winter)); // or &chrono_tz::America::New_York
/// let in_utc: Place = "UTC".parse()?;
/// assert_eq!(in_utc, "+00:00".parse()?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// In JSON it is the offset, `"-05:00"` or `"UTC"`, or a list of them: `[{"offset": "-05:00"}, {"from": "2026-03-08T07:00:00Z", "offset": "-04:00"}]`.
/// The first holds from the beginning, and the last one for ever. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Seconds east of UTC before the first change. Invariant: whole minutes, less than a day.
    first: i32,
    /// The earliest first. Invariant: each is later than the one before it, and to another offset.
    changes: Arc<[Change]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Change {
    /// Microseconds since 1970 in UTC. Invariant: in the supported years.
    pub(super) from: i64,
    /// Seconds east of UTC, as the first ones.
    pub(super) east: i32,
}

const SECONDS_A_DAY: i64 = 86_400;

impl Place {
    /// A place of one offset: it does not know summer time.
    #[must_use]
    pub fn fixed(offset: FixedOffset) -> Self {
        Self::of(whole_minutes(offset.local_minus_utc()), Vec::new())
    }

    /// A place whose offset changes: the first one, which holds from the beginning, and the others with the instants from which they
    /// hold, the earliest first. The last one holds for ever.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPlace`](crate::ErrorKind::InvalidPlace) where a change is not later than the one before it;
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn changing(
        first: FixedOffset,
        changes: impl IntoIterator<Item = (DateTime<FixedOffset>, FixedOffset)>,
    ) -> Result<Self, Error> {
        let mut list = Vec::new();
        for (from, offset) in changes {
            let utc = from.to_utc().fixed_offset();
            if Day::supported(utc.date_naive()).is_none() {
                return Err(out_of_range(utc.date_naive()).about("change of a place's offset"));
            }
            list.push(Change {
                from: utc.timestamp_micros(),
                east: whole_minutes(offset.local_minus_utc()),
            });
        }
        Self::in_order(whole_minutes(first.local_minus_utc()), list)
    }

    /// The place of a time zone: its changes in all the years from 1900 to 2999, to the second.
    ///
    /// It is asked for the offset of every day, which takes a few hundredths of a second: make a place once. Two changes within one day
    /// that undo each other are not seen.
    ///
    /// ```
    /// use sales_metrics::chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, MappedLocalTime, TimeZone};
    /// use sales_metrics::{Place, instant};
    ///
    /// /// Summer time from April to September, as in no real place.
    /// #[derive(Clone)]
    /// struct Somewhere;
    ///
    /// impl TimeZone for Somewhere {
    ///     type Offset = FixedOffset;
    ///     fn from_offset(_: &FixedOffset) -> Self { Self }
    ///     fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
    ///         let hours = if (4..10).contains(&utc.month()) { 2 } else { 1 };
    ///         FixedOffset::east_opt(hours * 3_600).expect("an offset")
    ///     }
    ///     // What a place does not ask.
    ///     fn offset_from_utc_date(&self, utc: &NaiveDate) -> FixedOffset {
    ///         self.offset_from_utc_datetime(&utc.and_hms_opt(0, 0, 0).expect("midnight"))
    ///     }
    ///     fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<FixedOffset> {
    ///         MappedLocalTime::Single(self.offset_from_utc_date(local))
    ///     }
    ///     fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
    ///         MappedLocalTime::Single(self.offset_from_utc_datetime(local))
    ///     }
    /// }
    ///
    /// let place = Place::in_zone(&Somewhere);
    /// assert_eq!(place.at(instant("2026-03-31T23:59:59Z")?).to_rfc3339(), "2026-04-01T00:59:59+01:00");
    /// assert_eq!(place.at(instant("2026-04-01T00:00:00Z")?).to_rfc3339(), "2026-04-01T02:00:00+02:00");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn in_zone<Z: TimeZone>(zone: &Z) -> Self {
        Self::found(&|second| {
            let utc = DateTime::from_timestamp(second, 0).unwrap_or_default();
            let offset = zone.offset_from_utc_datetime(&utc.naive_utc());
            whole_minutes(offset.fix().local_minus_utc())
        })
    }

    /// By the offset that holds at each second since 1970.
    fn found(east_at: &dyn Fn(i64) -> i32) -> Self {
        let mut changes = Vec::new();
        let mut known = FIRST_SECOND;
        let first = east_at(known);
        let mut east = first;
        while known < LAST_SECOND {
            let probe = known.saturating_add(SECONDS_A_DAY).min(LAST_SECOND);
            let there = east_at(probe);
            if there == east {
                known = probe;
                continue;
            }
            // The first second of another offset lies behind `known`, and not behind `other`.
            let mut other = probe;
            while other.saturating_sub(known) > 1 {
                let middle = known.saturating_add(other.saturating_sub(known) / 2);
                if east_at(middle) == east {
                    known = middle;
                } else {
                    other = middle;
                }
            }
            east = east_at(other);
            known = other;
            let from = other.saturating_mul(MICROS_A_SECOND);
            changes.push(Change { from, east });
        }
        Self::of(first, changes)
    }

    /// Of changes in any order, which is refused unless it is theirs.
    pub(super) fn in_order(first: i32, changes: Vec<Change>) -> Result<Self, Error> {
        for pair in changes.windows(2) {
            if let [before, after] = pair {
                if after.from <= before.from {
                    return Err(PeriodProblem::UnorderedPlace {
                        before: before.at(),
                        after: after.at(),
                    }
                    .into());
                }
            }
        }
        Ok(Self::of(first, changes))
    }

    /// Of changes in order, of which those to the same offset are none.
    pub(super) fn of(first: i32, mut changes: Vec<Change>) -> Self {
        let mut east = first;
        changes.retain(|change| {
            let is_other = change.east != east;
            east = change.east;
            is_other
        });
        Self {
            first,
            changes: changes.into(),
        }
    }

    /// The same instant, written at the offset that holds at the place then.
    #[must_use]
    pub fn at(&self, instant: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let micros = instant.timestamp_micros();
        match FixedOffset::east_opt(self.east_at(micros)) {
            Some(offset) => instant.with_timezone(&offset),
            None => instant,
        }
    }

    /// Seconds east of UTC at an instant, in microseconds since 1970.
    #[inline]
    pub(super) fn east_at(&self, micros: i64) -> i32 {
        self.east_behind(self.changes.partition_point(|change| change.from <= micros))
    }

    /// After so many changes.
    fn east_behind(&self, changes: usize) -> i32 {
        let last = changes
            .checked_sub(1)
            .and_then(|last| self.changes.get(last));
        last.map_or(self.first, |change| change.east)
    }

    /// The instant of a time on the clock there, to the microsecond. Where the clock shows it twice, the first; none where the clock skips
    /// it.
    ///
    /// ```
    /// use sales_metrics::{Place, date};
    ///
    /// let new_york: Place = "-05:00".parse()?;
    /// let nine = date(2026, 1, 7)?.and_hms_opt(9, 0, 0).expect("a time");
    /// assert_eq!(new_york.instant_of(nine).map(|at| at.to_rfc3339()).as_deref(), Some("2026-01-07T09:00:00-05:00"));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn instant_of(&self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        let micros = self.micros_of(local.and_utc().timestamp_micros())?;
        let utc = DateTime::from_timestamp_micros(micros)?;
        Some(self.at(utc.fixed_offset()))
    }

    /// The same, both in microseconds since 1970.
    fn micros_of(&self, local: i64) -> Option<i64> {
        // No offset is as large as a day.
        let earliest = local.saturating_sub(MICROS_A_DAY);
        let latest = local.saturating_add(MICROS_A_DAY);
        let behind = |change: &Change| change.from <= earliest;
        let mut place = self.changes.partition_point(behind);
        let mut begin = i64::MIN;
        loop {
            let east = i64::from(self.east_behind(place)).saturating_mul(MICROS_A_SECOND);
            let instant = local.saturating_sub(east);
            let end = self.changes.get(place).map(|change| change.from);
            if begin <= instant && end.is_none_or(|end| instant < end) {
                return Some(instant);
            }
            // What one change skips, the next may show.
            begin = end.filter(|end| *end <= latest)?;
            place = place.saturating_add(1);
        }
    }

    pub(super) fn first(&self) -> i32 {
        self.first
    }

    pub(super) fn changes(&self) -> &[Change] {
        &self.changes
    }
}

impl Change {
    /// When, in UTC.
    pub(super) fn at(self) -> DateTime<FixedOffset> {
        let utc = DateTime::from_timestamp_micros(self.from);
        utc.unwrap_or_default().fixed_offset()
    }
}

/// 1900-01-01 in UTC.
const FIRST_SECOND: i64 = -2_208_988_800;
/// The last second of 2999 in UTC.
const LAST_SECOND: i64 = 32_503_679_999;

/// As an instant keeps its offset: what is finer than a minute is cut.
pub(super) fn whole_minutes(east: i32) -> i32 {
    east.saturating_sub(east % 60)
}

impl Moment {
    /// The same instant, on the clock of a place.
    ///
    /// # Errors
    /// Where its date there is outside of the supported years.
    pub(crate) fn at(self, place: &Place) -> Result<Self, Error> {
        let moved = self.with_east(place.east_at(self.micros()));
        let day = moved.day();
        match Day::supported(day.date()) {
            Some(_) => Ok(moved),
            None => Err(out_of_range(day.date())),
        }
    }
}

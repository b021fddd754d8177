//! Working days and working hours.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::error::PeriodProblem;
use super::moment::{DAY_OF_1970, MICROS_A_DAY, Moment};
use super::work_calendar_wire::{WeekWire, Wire};
use super::work_hours::{DAY, Hours, WEEK};
use super::{Day, Period};
use crate::error::Error;
use crate::value::length::MICROS_A_SECOND;
use crate::value::{Length, sorted};

/// When there is work: hours by weekday, and holidays on which there is none.
///
/// Hours are one stretch of time a day, or several. One that goes on after midnight belongs to the day on which it begins: whether
/// that is a holiday decides about all of it. Times are kept to the microsecond, and what is finer is cut. A calendar has no place: hours are
/// those on the clock by which an instant is written ([`Place`](crate::Place)). Cloning is cheap.
///
/// ```
/// use sales_metrics::{DateTime, Length, NaiveTime, Weekday, WorkCalendar, date};
///
/// let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
/// let calendar = WorkCalendar::new(week, hour(9), hour(17))?.with_holiday(date(2026, 12, 25)?)?;
///
/// // A lead arrives on Friday at 18:30 and is called on Monday at 9:10.
/// let at = |text| DateTime::parse_from_rfc3339(text).unwrap();
/// let waited = calendar.working_time(at("2026-03-06T18:30:00+01:00"), at("2026-03-09T09:10:00+01:00"));
/// assert_eq!(waited, Length::minutes(10));
/// assert!(!calendar.is_working_day(date(2026, 12, 25)?));
///
/// // A break at noon, and a night shift on Fridays.
/// let with_breaks = calendar
///     .with_hours(week, [(hour(9), hour(12)), (hour(13), hour(17))])?
///     .with_hours([Weekday::Fri], [(hour(22), hour(6))])?;
/// let waited = with_breaks.working_time(at("2026-03-06T18:30:00+01:00"), at("2026-03-09T09:10:00+01:00"));
/// assert_eq!(waited, Length::minutes(8 * 60 + 10));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// In JSON: `{"hours":{"monday":{"from":"09:00","to":"17:00"},"friday":[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"15:00"}]},"holidays":["2026-12-25"]}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct WorkCalendar(Arc<Calendar>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Calendar {
    /// From Monday on. Invariant: there are hours on one of them, and none overlap.
    week: [Hours; 7],
    /// In order, each once.
    holidays: Vec<Day>,
    sums: Sums,
}

/// What follows from the hours and the holidays, so that any stretch of time is reckoned by a few additions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Sums {
    /// Work of a week without holidays.
    week: u64,
    /// Work of such a week before each of its days.
    before: [u64; 7],
    /// Work that falls out on all holidays before each of them, and before the end of time.
    free: Vec<u64>,
    /// Whether some hours go on after midnight.
    has_nights: bool,
}

impl WorkCalendar {
    /// The same hours on each of these days, and none on the others. To a time that is not after `from`, they go on after midnight: from
    /// 22:00 to 6:00 is eight hours, and from 0:00 to 0:00 is the whole day.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyWeek`](crate::ErrorKind::EmptyWeek) where no day is given; [`ErrorKind::EmptyHours`](crate::ErrorKind::EmptyHours) where `from` is `to`, but not midnight;
    /// [`ErrorKind::OverlappingHours`](crate::ErrorKind::OverlappingHours) where one day's go on when the next day's have begun.
    pub fn new(
        days: impl IntoIterator<Item = Weekday>,
        from: NaiveTime,
        to: NaiveTime,
    ) -> Result<Self, Error> {
        let nothing = Calendar {
            week: <[Hours; 7]>::default(),
            holidays: Vec::new(),
            sums: Sums::default(),
        };
        Self(Arc::new(nothing))
            .with_hours(days, [(from, to)])?
            .not_empty()
    }

    /// Other hours on some days of the week, instead of those they had: each stretch from a time to another, in any order. Without a
    /// stretch they are free.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`ErrorKind::OverlappingHours`](crate::ErrorKind::OverlappingHours) where two stretches overlap.
    pub fn with_hours(
        mut self,
        days: impl IntoIterator<Item = Weekday>,
        stretches: impl IntoIterator<Item = (NaiveTime, NaiveTime)>,
    ) -> Result<Self, Error> {
        let mut clocks = Vec::new();
        for (from, to) in stretches {
            clocks.push((Clock::new(from), Clock::new(to)));
        }
        let calendar = Arc::make_mut(&mut self.0);
        for weekday in days {
            let hours = Hours::new(weekday, clocks.iter().copied())?;
            if let Some(place) = calendar.week.get_mut(place_of(weekday)) {
                *place = hours;
            }
        }
        calendar.expect_apart()?;
        calendar.add_up();
        self.not_empty()
    }

    /// One more day without work. A holiday on a day that is free anyhow changes nothing.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_holiday(self, on: NaiveDate) -> Result<Self, Error> {
        self.with_holidays([on])
    }

    /// More days without work.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_holidays(
        mut self,
        days: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self, Error> {
        let calendar = Arc::make_mut(&mut self.0);
        for day in days {
            let day = Day::new(day).map_err(|error| error.about("holiday"))?;
            calendar.holidays.push(day);
        }
        calendar.holidays = sorted(core::mem::take(&mut calendar.holidays), Ord::cmp);
        calendar.holidays.dedup();
        calendar.add_up();
        Ok(self)
    }

    /// The stretches of work that begin on that day of the week, from when to when, the earliest first. One that ends at or before the
    /// time of its beginning ends on the next day.
    pub fn hours(&self, weekday: Weekday) -> impl Iterator<Item = (NaiveTime, NaiveTime)> {
        let hours = self.0.week.get(place_of(weekday));
        hours.into_iter().flat_map(Hours::times)
    }

    /// The holidays, the earliest first.
    pub fn holidays(&self) -> impl Iterator<Item = NaiveDate> {
        self.0.holidays.iter().map(|day| day.date())
    }

    /// Whether there are hours on that day of the week, and it is no holiday.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let day = i64::from(date.num_days_from_ce());
        let (next, this) = (day.saturating_add(1), day);
        self.0.days_before(counted(next)) > self.0.days_before(counted(this))
    }

    /// How many days of a period are working days.
    #[must_use]
    pub fn working_days(&self, period: Period) -> u32 {
        let (start, end) = period.bounds();
        let before = |day: Day| self.0.days_before(counted(day.number()));
        let days = before(end).saturating_sub(before(start));
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// The working time between two instants: 0 where the second is not the later one.
    ///
    /// Each is read on the clock by which it is written, so that a change of the clocks between them takes nothing away and adds nothing;
    /// an hour of work that the clock skips, or shows twice, counts as on its face. It is never longer than the time that has passed.
    /// Instants are taken to the microsecond.
    ///
    /// ```
    /// use sales_metrics::{Length, NaiveTime, Weekday, WorkCalendar, instant};
    ///
    /// let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    /// let calendar = WorkCalendar::new([Weekday::Mon, Weekday::Fri], hour(9), hour(17))?;
    /// let (friday, monday) = (instant("2026-03-27T16:00:00+01:00")?, instant("2026-03-30T09:30:00+02:00")?);
    /// assert_eq!(calendar.working_time(friday, monday), Length::minutes(90));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn working_time(
        &self,
        from: DateTime<FixedOffset>,
        until: DateTime<FixedOffset>,
    ) -> Length {
        let by = |instant: DateTime<FixedOffset>| {
            let east = i64::from(instant.offset().local_minus_utc());
            let east = east.saturating_mul(MICROS_A_SECOND);
            self.0
                .worked_by(instant.timestamp_micros().saturating_add(east))
        };
        let passed = until
            .timestamp_micros()
            .saturating_sub(from.timestamp_micros());
        let passed = u64::try_from(passed).unwrap_or_default();
        Length::micros(by(until).saturating_sub(by(from)).min(passed))
    }

    /// How much work is done by a moment, in microseconds since long ago: the difference of two is the working time between them.
    #[inline]
    pub(crate) fn worked_by(&self, at: Moment) -> u64 {
        self.0.worked_by(at.local_micros())
    }

    /// The same by the midnight at which a day ends.
    pub(crate) fn worked_by_end_of(&self, day: Day) -> u64 {
        let days = day.following().number().saturating_sub(DAY_OF_1970);
        self.0.worked_by(days.saturating_mul(MICROS_A_DAY))
    }

    fn not_empty(self) -> Result<Self, Error> {
        if self.0.week.iter().all(Hours::is_empty) {
            return Err(PeriodProblem::EmptyWeek.into());
        }
        Ok(self)
    }
}

impl Calendar {
    fn expect_apart(&self) -> Result<(), Error> {
        let next = WEEK.iter().zip(&self.week).cycle().skip(1);
        for ((weekday, hours), (next_weekday, next)) in WEEK.iter().zip(&self.week).zip(next) {
            hours.expect_over_before(*weekday, (*next_weekday, next))?;
        }
        Ok(())
    }

    fn add_up(&mut self) {
        let mut sums = Sums::default();
        for (before, hours) in sums.before.iter_mut().zip(&self.week) {
            *before = sums.week;
            sums.week += hours.length();
            sums.has_nights |= hours.pass_midnight();
        }
        let mut sum = 0;
        sums.free.push(sum);
        for day in &self.holidays {
            sum += self
                .usual_hours(counted(day.number()))
                .map_or(0, Hours::length);
            sums.free.push(sum);
        }
        self.sums = sums;
    }

    /// The hours of a day, holiday or not.
    #[inline]
    fn usual_hours(&self, day: u64) -> Option<&Hours> {
        self.week.get(weekday_of(day))
    }

    /// How much work is done by a time on the clock, in microseconds since 1970 there: that of all days before, less what of the last
    /// night is still to come, and what is done of this day.
    #[inline]
    fn worked_by(&self, local: i64) -> u64 {
        let number = local.div_euclid(MICROS_A_DAY).saturating_add(DAY_OF_1970);
        let micros = local.rem_euclid(MICROS_A_DAY).unsigned_abs();
        let day = counted(number);
        let holidays = self.holidays_before(number);
        let is_free = |place: Option<usize>, number: i64| {
            let holiday = place.and_then(|place| self.holidays.get(place));
            holiday.is_some_and(|day| day.number() == number)
        };
        let usual = (day / 7) * self.sums.week + item(&self.sums.before, weekday_of(day));
        let mut worked = usual.saturating_sub(item(&self.sums.free, holidays));
        if !is_free(Some(holidays), number) {
            worked += self.usual_hours(day).map_or(0, |hours| hours.until(micros));
        }
        if self.sums.has_nights && !is_free(holidays.checked_sub(1), number.saturating_sub(1)) {
            let last = self.usual_hours(day.saturating_sub(1));
            let rest = last.map_or(0, |hours| {
                hours.length().saturating_sub(hours.until(micros + DAY))
            });
            worked = worked.saturating_sub(rest);
        }
        worked
    }

    /// How many working days there are before a day, since long ago.
    fn days_before(&self, day: u64) -> u64 {
        let works =
            |day: u64| u64::from(self.usual_hours(day).is_some_and(|hours| !hours.is_empty()));
        let whole = (0..7).fold(0, |sum, day| sum + works(day));
        let rest = (day - day % 7..day).fold(0, |sum, day| sum + works(day));
        let mut free = 0;
        for holiday in &self.holidays {
            let holiday = counted(holiday.number());
            if holiday < day {
                free += works(holiday);
            }
        }
        (day / 7 * whole + rest).saturating_sub(free)
    }

    fn holidays_before(&self, number: i64) -> usize {
        self.holidays.partition_point(|day| day.number() < number)
    }
}

#[inline]
fn item(list: &[u64], place: usize) -> u64 {
    list.get(place).copied().unwrap_or_default()
}

/// Whole weeks of days, more than lie before the first of the year 1 wherever `chrono` goes: counted from there, no day is negative.
const LONG_AGO: i64 = 7 * 13_700_000;

/// Days since long ago, of a number of days as `chrono` counts them. Day 1 of those is a Monday.
#[inline]
fn counted(number: i64) -> u64 {
    u64::try_from(number.saturating_sub(1).saturating_add(LONG_AGO)).unwrap_or_default()
}

/// From Monday on.
#[inline]
fn weekday_of(day: u64) -> usize {
    usize::try_from(day % 7).unwrap_or_default()
}

fn place_of(weekday: Weekday) -> usize {
    usize::try_from(weekday.num_days_from_monday()).unwrap_or_default()
}

impl TryFrom<Wire> for WorkCalendar {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let calendar = Calendar {
            week: wire.hours.week()?,
            holidays: Vec::new(),
            sums: Sums::default(),
        };
        calendar.expect_apart()?;
        let holidays = wire.holidays.into_iter().map(Day::date);
        Self(Arc::new(calendar))
            .not_empty()?
            .with_holidays(holidays)
    }
}

impl From<WorkCalendar> for Wire {
    fn from(calendar: WorkCalendar) -> Self {
        Self {
            hours: WeekWire::of(&calendar.0.week),
            holidays: calendar.0.holidays.clone(),
        }
    }
}

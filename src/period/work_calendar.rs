//! Working days and working hours.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::moment::{DAY_OF_1970, MICROS_A_DAY, Moment};
use super::{Day, Period};
use crate::error::Error;
use crate::value::length::MICROS_A_SECOND;
use crate::value::{Length, sorted};

/// When there is work: hours by weekday, and holidays on which there is none.
///
/// Hours begin and end on the same day; they are kept to the microsecond, and what is finer is cut. Cloning is cheap.
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
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// In JSON: `{"hours":{"monday":{"from":"09:00","to":"17:00"}},"holidays":["2026-12-25"]}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct WorkCalendar(Arc<Calendar>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Calendar {
    /// From Monday on. Invariant: there are hours on one of them.
    week: [Option<Hours>; 7],
    /// In order, each once.
    holidays: Vec<Day>,
}

/// Invariant: `from` is before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    from: Clock,
    to: Clock,
}

impl Hours {
    fn new(weekday: Weekday, from: Clock, to: Clock) -> Result<Self, Error> {
        if from < to {
            return Ok(Self { from, to });
        }
        Err(Error::HoursReversed {
            weekday,
            from: from.time(),
            to: to.time(),
        })
    }

    fn length(self) -> u64 {
        self.until(u64::MAX)
    }

    /// How much of them has passed so many microseconds after midnight.
    fn until(self, micros: u64) -> u64 {
        let (from, to) = (self.from.micros(), self.to.micros());
        micros.min(to).saturating_sub(from)
    }
}

impl WorkCalendar {
    /// The same hours on each of these days, and none on the others.
    ///
    /// # Errors
    /// [`Error::EmptyWeek`] where no day is given; [`Error::HoursReversed`] where `from` is not before `to`.
    pub fn new(
        days: impl IntoIterator<Item = Weekday>,
        from: NaiveTime,
        to: NaiveTime,
    ) -> Result<Self, Error> {
        let nothing = Calendar {
            week: [None; 7],
            holidays: Vec::new(),
        };
        let mut calendar = Self(Arc::new(nothing));
        for day in days {
            calendar = calendar.with_hours(day, from, to)?;
        }
        calendar.not_empty()
    }

    /// Other hours on one day of the week.
    ///
    /// # Errors
    /// [`Error::HoursReversed`] where `from` is not before `to`.
    pub fn with_hours(
        mut self,
        weekday: Weekday,
        from: NaiveTime,
        to: NaiveTime,
    ) -> Result<Self, Error> {
        let hours = Hours::new(weekday, Clock::new(from), Clock::new(to))?;
        let week = &mut Arc::make_mut(&mut self.0).week;
        if let Some(place) = week.get_mut(place_of(weekday)) {
            *place = Some(hours);
        }
        Ok(self)
    }

    /// One more day without work. A holiday on a day that is free anyhow changes nothing.
    ///
    /// # Errors
    /// [`Error::DateOutOfRange`].
    pub fn with_holiday(self, on: NaiveDate) -> Result<Self, Error> {
        self.with_holidays([on])
    }

    /// More days without work.
    ///
    /// # Errors
    /// [`Error::DateOutOfRange`].
    pub fn with_holidays(
        mut self,
        days: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self, Error> {
        let holidays = &mut Arc::make_mut(&mut self.0).holidays;
        for day in days {
            holidays.push(Day::new(day, || "holiday".to_owned())?);
        }
        *holidays = sorted(core::mem::take(holidays), Ord::cmp);
        holidays.dedup();
        Ok(self)
    }

    /// From when to when there is work on that day of the week.
    #[must_use]
    pub fn hours(&self, weekday: Weekday) -> Option<(NaiveTime, NaiveTime)> {
        let hours = self.0.hours_at(place_of(weekday))?;
        Some((hours.from.time(), hours.to.time()))
    }

    /// The holidays, the earliest first.
    pub fn holidays(&self) -> impl Iterator<Item = NaiveDate> {
        self.0.holidays.iter().map(|day| day.date())
    }

    /// Whether there are hours on that day of the week, and it is no holiday.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let day = i64::from(date.num_days_from_ce());
        self.0.sum(day, day.saturating_add(1), |_| 1) == 1
    }

    /// How many days of a period are working days.
    #[must_use]
    pub fn working_days(&self, period: Period) -> u32 {
        let (start, end) = period.bounds();
        let days = self.0.sum(start.number(), end.number(), |_| 1);
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// The working time between two instants: 0 where the second is not the later one. The hours are those on the clock at the
    /// place of `from`; `until` is read at the same offset, so that across a change of the clocks the time can be an hour off.
    /// Instants are taken to the microsecond.
    #[must_use]
    pub fn working_time(
        &self,
        from: DateTime<FixedOffset>,
        until: DateTime<FixedOffset>,
    ) -> Length {
        let east = i64::from(from.offset().local_minus_utc()).saturating_mul(MICROS_A_SECOND);
        let local =
            |instant: DateTime<FixedOffset>| instant.timestamp_micros().saturating_add(east);
        Length::micros(self.0.micros(local(from), local(until)))
    }

    /// As [`working_time`](Self::working_time), in microseconds.
    #[inline]
    pub(crate) fn working_micros(&self, from: Moment, until: Moment) -> u64 {
        self.0
            .micros(from.local_micros(), until.at_place_of(from).local_micros())
    }

    fn not_empty(self) -> Result<Self, Error> {
        if self.0.week.iter().all(Option::is_none) {
            return Err(Error::EmptyWeek);
        }
        Ok(self)
    }
}

impl Calendar {
    fn hours_at(&self, place: usize) -> Option<Hours> {
        self.week.get(place).copied().flatten()
    }

    /// The hours of the day with that number, holiday or not.
    fn usual_hours(&self, day: i64) -> Option<Hours> {
        // Day 1 is a Monday.
        let place = day.saturating_sub(1).rem_euclid(7);
        self.hours_at(usize::try_from(place).ok()?)
    }

    /// Working time between two times on one clock, in microseconds since 1970 there.
    fn micros(&self, from: i64, until: i64) -> u64 {
        if until <= from {
            return 0;
        }
        let (first, last) = (day_of(from), day_of(until));
        let days = self.sum(first, last, Hours::length);
        (days + self.passed(last, until)).saturating_sub(self.passed(first, from))
    }

    /// How much of that day's work is done at a time of it.
    fn passed(&self, day: i64, at: i64) -> u64 {
        let micros = at.rem_euclid(MICROS_A_DAY).unsigned_abs();
        let hours = self.usual_hours(day);
        let hours = hours.filter(|_| self.holidays_in(day, day.saturating_add(1)).is_empty());
        hours.map_or(0, |hours| hours.until(micros))
    }

    /// Adds up something of the working days from `first` up to, and not including, `end`: whole weeks at once, then the days that
    /// are left, less the holidays.
    fn sum(&self, first: i64, end: i64, of: impl Fn(Hours) -> u64) -> u64 {
        let add = |sum, hours: Option<Hours>| sum + hours.map_or(0, &of);
        let weeks = end.saturating_sub(first).max(0).unsigned_abs() / 7;
        let rest = end.saturating_sub(first).max(0) % 7;
        let week = match weeks {
            0 => 0,
            _ => self.week.iter().copied().fold(0, add),
        };
        let rest = (end.saturating_sub(rest)..end).map(|day| self.usual_hours(day));
        let holidays = self.holidays_in(first, end).iter();
        let free = holidays.map(|day| self.usual_hours(day.number()));
        (weeks * week + rest.fold(0, add)).saturating_sub(free.fold(0, add))
    }

    fn holidays_in(&self, first: i64, end: i64) -> &[Day] {
        let place = |number| self.holidays.partition_point(|day| day.number() < number);
        self.holidays
            .get(place(first)..place(end))
            .unwrap_or_default()
    }
}

/// The number of the day on which a time lies, in microseconds since 1970.
fn day_of(micros: i64) -> i64 {
    micros.div_euclid(MICROS_A_DAY).saturating_add(DAY_OF_1970)
}

fn place_of(weekday: Weekday) -> usize {
    usize::try_from(weekday.num_days_from_monday()).unwrap_or_default()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    hours: Week,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    holidays: Vec<Day>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    #[serde(skip_serializing_if = "Option::is_none")]
    monday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tuesday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wednesday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thursday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    friday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saturday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sunday: Option<Hours>,
}

impl TryFrom<Wire> for WorkCalendar {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let week = wire.hours;
        let days = [
            (Weekday::Mon, week.monday),
            (Weekday::Tue, week.tuesday),
            (Weekday::Wed, week.wednesday),
            (Weekday::Thu, week.thursday),
            (Weekday::Fri, week.friday),
            (Weekday::Sat, week.saturday),
            (Weekday::Sun, week.sunday),
        ];
        for (weekday, hours) in days {
            if let Some(Hours { from, to }) = hours {
                Hours::new(weekday, from, to)?;
            }
        }
        let calendar = Calendar {
            week: days.map(|(_, hours)| hours),
            holidays: Vec::new(),
        };
        let holidays = wire.holidays.into_iter().map(Day::date);
        Self(Arc::new(calendar))
            .not_empty()?
            .with_holidays(holidays)
    }
}

impl From<WorkCalendar> for Wire {
    fn from(calendar: WorkCalendar) -> Self {
        let [
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        ] = calendar.0.week;
        Self {
            hours: Week {
                monday,
                tuesday,
                wednesday,
                thursday,
                friday,
                saturday,
                sunday,
            },
            holidays: calendar.0.holidays.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways of asking give one answer, whatever the places.
    #[test]
    fn moments_are_read_on_the_clock_of_the_first() {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let calendar = WorkCalendar::new([Weekday::Mon], hour(9), hour(17)).unwrap();
        let at = |text| DateTime::parse_from_rfc3339(text).unwrap();
        let east = at("2026-03-09T16:00:00+09:00");
        let west = at("2026-03-09T03:30:00-04:00");
        for (from, until, minutes) in [(east, west, 30), (west, east, 0), (east, east, 0)] {
            let moment = |instant| Moment::new(instant, String::new).unwrap();
            let micros = calendar.working_micros(moment(from), moment(until));
            assert_eq!(Length::micros(micros), calendar.working_time(from, until));
            assert_eq!(Length::micros(micros), Length::minutes(minutes));
        }
    }
}

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::PeriodProblem;
use super::{Day, Moment, Place, When, instant};
use crate::error::{Error, shorten};
use crate::value::dates::parse_date;
use crate::value::length::MICROS_A_SECOND;

/// A [`When`] as records keep it: a moment, or a day alone, in the room of a moment. The time of day cannot be read where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Stamp(
    /// Or [`Moment::of_day`].
    Moment,
);

const TEN_HOURS: i64 = 10 * 3_600 * MICROS_A_SECOND;

impl Stamp {
    /// The stamp of what lies in the supported years.
    pub(crate) fn new(when: When) -> Result<Self, Error> {
        match when {
            When::Day(day) => Day::new(day).map(Self::of_day),
            When::Instant(instant) => Moment::new(instant).map(Self),
        }
    }

    pub(crate) fn of_day(day: Day) -> Self {
        Self(Moment::of_day(day))
    }

    pub(crate) fn when(self) -> When {
        match self.moment() {
            Some(moment) => When::Instant(moment.instant()),
            None => When::Day(self.day().date()),
        }
    }

    /// The moment, where the time of day is known.
    #[inline]
    pub(crate) fn moment(self) -> Option<Moment> {
        (!self.0.is_day()).then_some(self.0)
    }

    /// The date at its place.
    pub(crate) fn day(self) -> Day {
        self.0.day()
    }

    /// Whether it comes before another one. Where one of them is a day alone, days decide, and on one day it is the first: it may have been.
    pub(crate) fn is_before(self, other: Self) -> bool {
        match (self.moment(), other.moment()) {
            (Some(this), Some(other)) => this < other,
            (this, that) => (self.day(), this.is_some()) < (other.day(), that.is_some()),
        }
    }

    /// Whether it surely came before another one: of one day, a day alone need not.
    pub(crate) fn is_surely_before(self, other: Self) -> bool {
        match (self.moment(), other.moment()) {
            (Some(this), Some(other)) => other.micros_since(this).is_some_and(|micros| micros > 0),
            _ => self.day() < other.day(),
        }
    }

    /// Where it stands among others, as a number: by instants, and a day alone before an instant at its midnight in UTC.
    pub(crate) fn order(self) -> i64 {
        let timed = i64::from(!self.0.is_day());
        self.0.micros().saturating_mul(2).saturating_add(timed)
    }

    /// The instant that has this place among others, in UTC; none where a day alone has it.
    pub(crate) fn instant_of(order: i64) -> Option<Moment> {
        let is_instant = order.rem_euclid(2) == 1;
        is_instant.then(|| Moment::of_micros(order.div_euclid(2)))
    }

    /// Whether it comes after a moment; a day alone where all of that moment's day is before it.
    #[inline]
    pub(crate) fn is_after(self, moment: Moment) -> bool {
        match self.moment() {
            Some(at) => moment.micros_since(at).is_none(),
            None => self.day() > moment.day(),
        }
    }

    /// Whole days that passed from an earlier one to this one: of 24 hours, or of the calendar where one of them is a day alone. None where that one is later.
    #[inline]
    pub(crate) fn whole_days_since(self, earlier: Self) -> Option<u32> {
        match (self.moment(), earlier.moment()) {
            (Some(this), Some(earlier)) => this.whole_days_since(earlier),
            _ => self.day().days_since(earlier.day()),
        }
    }

    /// A day alone, behind an earlier stamp: as that day or, where an instant that was taken down by then has its place behind it, as an hour of it
    /// that is on that day from Hawaii to New Zealand, or else as that stamp.
    pub(crate) fn of_day_behind(day: Day, earlier: Self) -> Self {
        let alone = Self::of_day(day);
        if earlier.order() <= alone.order() {
            return alone;
        }
        let micros = alone.0.micros().saturating_add(TEN_HOURS);
        let timed = Self(Moment::of_micros(micros));
        if earlier.order() < timed.order() {
            timed
        } else {
            earlier
        }
    }

    /// The same, on the clock of a place; a day alone is the day there.
    ///
    /// # Errors
    /// As [`Moment::at`].
    pub(crate) fn at(self, place: &Place) -> Result<Self, Error> {
        match self.moment() {
            Some(moment) => moment.at(place).map(Self),
            None => Ok(self),
        }
    }
}

impl From<Moment> for Stamp {
    fn from(moment: Moment) -> Self {
        Self(moment)
    }
}

impl FromStr for Stamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let when = match parse_date(text) {
            Some(day) => When::Day(day),
            None => When::Instant(instant(text).map_err(|_| PeriodProblem::InvalidWhen {
                text: shorten(text),
            })?),
        };
        Self::new(when).map_err(|error| error.about("when"))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.when(), f)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

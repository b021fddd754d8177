//! The work that begins on one day of the week: one stretch of time, or several.

use core::fmt;

use chrono::{NaiveTime, Weekday};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clock::Clock;
use super::error::PeriodProblem;
use super::moment::MICROS_A_DAY;
use crate::error::Error;
use crate::value::sorted;

/// In the order of their beginnings. Invariant: none overlaps the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Hours(Vec<Stretch>);

/// Microseconds since the midnight at which its day begins. Invariant: `from` is on that day, and `to` is later, by a day at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Stretch {
    from: u64,
    to: u64,
}

pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

pub(super) const DAY: u64 = MICROS_A_DAY.unsigned_abs();

impl Stretch {
    /// To a time that is not after its beginning: to that time of the next day.
    fn new(weekday: Weekday, from: Clock, to: Clock) -> Result<Self, Error> {
        let midnight = Clock::new(NaiveTime::MIN);
        if from == to && from != midnight {
            let from = from.time();
            return Err(PeriodProblem::EmptyHours { weekday, from }.into());
        }
        let next_day = if to <= from { DAY } else { 0 };
        let (from, to) = (from.micros(), to.micros() + next_day);
        Ok(Self { from, to })
    }

    /// How much of it has passed so many microseconds after its midnight.
    #[inline]
    fn until(self, micros: u64) -> u64 {
        micros.min(self.to).saturating_sub(self.from)
    }

    fn bounds(self) -> (Clock, Clock) {
        (Clock::of_micros(self.from), Clock::of_micros(self.to % DAY))
    }

    fn times(self) -> (NaiveTime, NaiveTime) {
        let (from, to) = self.bounds();
        (from.time(), to.time())
    }
}

impl Hours {
    pub(super) fn new(
        weekday: Weekday,
        stretches: impl IntoIterator<Item = (Clock, Clock)>,
    ) -> Result<Self, Error> {
        let mut list = Vec::new();
        for (from, to) in stretches {
            list.push(Stretch::new(weekday, from, to)?);
        }
        let list = sorted(list, Ord::cmp);
        for pair in list.windows(2) {
            if let [a, b] = pair {
                expect_apart((weekday, *a), (weekday, *b), b.from)?;
            }
        }
        Ok(Self(list))
    }

    /// Refused where they go on when those of the next day have begun.
    pub(super) fn expect_over_before(
        &self,
        weekday: Weekday,
        next: (Weekday, &Self),
    ) -> Result<(), Error> {
        match (self.0.last(), next.1.0.first()) {
            (Some(last), Some(first)) => {
                expect_apart((weekday, *last), (next.0, *first), first.from + DAY)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn length(&self) -> u64 {
        self.until(u64::MAX)
    }

    /// How much of them has passed so many microseconds after the midnight of their day.
    #[inline]
    pub(super) fn until(&self, micros: u64) -> u64 {
        let mut sum = 0;
        for stretch in &self.0 {
            sum += stretch.until(micros);
        }
        sum
    }

    /// Whether they go on after midnight.
    pub(super) fn pass_midnight(&self) -> bool {
        self.0.last().is_some_and(|last| last.to > DAY)
    }

    pub(super) fn times(&self) -> impl ExactSizeIterator<Item = (NaiveTime, NaiveTime)> {
        self.0.iter().map(|stretch| stretch.times())
    }

    pub(super) fn wire(&self) -> Option<HoursWire> {
        let mut list = Vec::new();
        for stretch in &self.0 {
            let (from, to) = stretch.bounds();
            list.push(StretchWire { from, to });
        }
        (!list.is_empty()).then_some(HoursWire(list))
    }
}

/// Two stretches of which the second begins so many microseconds after the midnight of the first.
fn expect_apart(
    (weekday, stretch): (Weekday, Stretch),
    (next_weekday, next): (Weekday, Stretch),
    begin: u64,
) -> Result<(), Error> {
    if stretch.to <= begin {
        return Ok(());
    }
    let problem = PeriodProblem::OverlappingHours {
        weekday,
        times: stretch.times(),
        next_weekday,
        next_times: next.times(),
    };
    Err(problem.into())
}

/// In JSON an object, or, of several stretches, a list of them.
pub(super) struct HoursWire(Vec<StretchWire>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StretchWire {
    from: Clock,
    to: Clock,
}

impl HoursWire {
    pub(super) fn hours(self, weekday: Weekday) -> Result<Hours, Error> {
        let stretches = self.0.into_iter();
        Hours::new(weekday, stretches.map(|stretch| (stretch.from, stretch.to)))
    }
}

impl Serialize for HoursWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            list => list.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for HoursWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HoursVisitor)
    }
}

/// Spelled out, since an untagged enum would not say what is wrong.
struct HoursVisitor;

impl<'de> Visitor<'de> for HoursVisitor {
    type Value = HoursWire;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{\"from\", \"to\"}, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<HoursWire, A::Error> {
        let one = StretchWire::deserialize(MapAccessDeserializer::new(map))?;
        Ok(HoursWire(vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<HoursWire, A::Error> {
        let mut all = Vec::new();
        while let Some(stretch) = list.next_element()? {
            all.push(stretch);
        }
        if all.is_empty() {
            let text = "a day of the week without hours is left out";
            return Err(de::Error::custom(text));
        }
        Ok(HoursWire(all))
    }
}

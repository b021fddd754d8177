use core::fmt;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::ExpectedCloseRate;
use crate::book::{Book, BookTally, Dimension};
use crate::error::{Error, Undefined, write_result};
use crate::period::Scope;
use crate::report::text::{self, Notes, Row};
use crate::report::{Better, Inputs, Standing, ranked};
use crate::tally::DealTally;
use crate::value::{Confidence, Interval, Rate};

/// The reps of a business, or its teams, regions, …, ranked by how many of their next deals they are likely to win.
///
/// Each has its [`ExpectedCloseRate`] among all the others, deals that belong to no group among them. The rank goes by the low end of its
/// interval, which is what its record proves: three wins of three stand behind sixty of a hundred, however little the others' record
/// weighs. Equal ones share a rank. Who has decided no deal is expected to do as the others, and stands by the low end of that; without a rate,
/// and last, without a rank, is whoever has no others to compare with, or a weight of 0 and no deal that was decided.
///
/// It prints as text, and serialises.
///
/// ```
/// use sales_metrics::scorecard::CloseRates;
/// use sales_metrics::{Book, Confidence, Currency, Deal, Dimension, Outcome, Period, Scope, date};
///
/// let (won, lost) = (Outcome::Won { on: date(2026, 2, 20)? }, Outcome::Lost { on: date(2026, 3, 1)? });
/// let mut deals = Vec::new();
/// for (rep, outcome, count) in [("ada", won, 60), ("ada", lost, 40), ("ben", won, 3), ("eve", won, 60), ("eve", lost, 140)] {
///     for _ in 0..count {
///         deals.push(Deal::new(deals.len(), date(2026, 1, 7)?, outcome, Currency::USD)?.with_owner(rep)?);
///     }
/// }
/// let book = Book::new(Currency::USD).with_deals(deals)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
///
/// let rates = CloseRates::of(&book, q1, &Dimension::Rep, 20, Confidence::NinetyFive)?;
/// let lines: Vec<String> = rates.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
/// assert_eq!(lines, [
///     "expected close rate by rep, 2026-Q1",
///     "                    95% sure    n",
///     "  1  ada  55.2%  46.3%–63.8%  100",
///     "  2  ben  47.8%  29.2%–67.0%    3",
///     "  3  eve  32.8%  27.0%–39.3%  200",
///     "",
///     "the others' record weighs as much as 20 deals",
/// ]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseRates {
    scope: Scope,
    by: Dimension,
    weight: u32,
    confidence: Confidence,
    places: Vec<CloseRatePlace>,
}

/// A place in [`CloseRates`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CloseRatePlace {
    /// From 1 on; equal ones share a rank, and the next rank is then left out. None where there is nothing to rank.
    pub rank: Option<usize>,
    /// Whose place it is; none for what belongs to no group.
    pub group: Option<String>,
    /// The rate, or why there is none.
    pub rate: Result<ExpectedCloseRate, Undefined>,
    /// Between which bounds it lies, by the low one of which it is ranked.
    pub interval: Result<Interval<Rate>, Undefined>,
}

impl CloseRates {
    /// The groups of a book's deals by a dimension in a scope: the record of all others counts for so many deals, and the interval is to
    /// hold the true rate so surely.
    ///
    /// # Errors
    /// As [`BookTally::by`]. Why a group has no rate stands in its place.
    pub fn of(
        book: &Book,
        scope: Scope,
        dimension: &Dimension,
        weight: u32,
        confidence: Confidence,
    ) -> Result<Self, Error> {
        let groups = BookTally::groups(book, scope, dimension)?;
        let mut all = DealTally::new(scope);
        for (_, group) in groups.iter() {
            if let Ok(deals) = Inputs::new(group).deals() {
                all.merge(deals)?;
            }
        }
        let mut places = Vec::new();
        for (group, tally) in groups.iter() {
            let rate = expected(tally, &all, weight)?;
            places.push(CloseRatePlace {
                rank: None,
                group: group.map(ToOwned::to_owned),
                rate,
                interval: rate.and_then(|rate| rate.interval(confidence)),
            });
        }
        Ok(Self {
            scope,
            by: dimension.clone(),
            weight,
            confidence,
            places: in_order(&places),
        })
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// By what the groups are told apart.
    #[must_use]
    pub fn dimension(&self) -> &Dimension {
        &self.by
    }

    /// For how many deals the others' record counts.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.weight
    }

    /// How sure the intervals are.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The places, the best first.
    #[must_use]
    pub fn places(&self) -> &[CloseRatePlace] {
        &self.places
    }
}

/// The rate of a group, or why it has none.
fn expected(
    group: &BookTally,
    all: &DealTally,
    weight: u32,
) -> Result<Result<ExpectedCloseRate, Undefined>, Error> {
    let deals = match Inputs::new(group).deals() {
        Ok(deals) => deals,
        Err(reason) => return Ok(Err(reason)),
    };
    match ExpectedCloseRate::of(deals, all, weight) {
        Ok(rate) => Ok(Ok(rate)),
        Err(error) => error.undefined().map(Err).ok_or(error),
    }
}

fn in_order(places: &[CloseRatePlace]) -> Vec<CloseRatePlace> {
    let mut lows: Vec<Standing> = Vec::new();
    for place in places {
        let interval = place.interval.as_ref().ok();
        lows.push(interval.map(|interval| (interval.low().fraction(), false)));
    }
    let mut ordered = Vec::new();
    for (rank, at) in ranked(Better::Up, &lows) {
        let place = places.get(at).cloned();
        ordered.extend(place.map(|place| CloseRatePlace { rank, ..place }));
    }
    ordered
}

impl Serialize for CloseRates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("scope", &self.scope)?;
        map.serialize_entry("by", &self.by)?;
        map.serialize_entry("weight", &self.weight)?;
        map.serialize_entry("confidence", &self.confidence)?;
        map.serialize_entry("places", &self.places)?;
        map.end()
    }
}

/// The rate and its interval, or `undefined` with the reason's name and its text.
impl Serialize for CloseRatePlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rank", &self.rank)?;
        map.serialize_entry("group", &self.group)?;
        if let Ok(rate) = &self.rate {
            map.serialize_entry("rate", rate)?;
        }
        write_result(&mut map, "interval", &self.interval)?;
        map.end()
    }
}

impl CloseRatePlace {
    fn row(&self, notes: &mut Notes) -> Row {
        let rank = self.rank.map_or("–".to_owned(), |rank| rank.to_string());
        let (rate, decided) = match &self.rate {
            Ok(rate) => (format!("{rate:.1}"), rate.decided().to_string()),
            Err(reason) => (format!("– {}", notes.mark(reason)), String::new()),
        };
        let interval = match &self.interval {
            Ok(interval) => format!("{interval:.1}"),
            Err(_) => String::new(),
        };
        Row {
            family: None,
            head: vec![rank, text::group(self.group.as_deref()).to_owned()],
            cells: vec![rate, interval, decided],
        }
    }
}

impl fmt::Display for CloseRates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = text::period(self.scope, None);
        writeln!(f, "expected close rate by {}, {period}", self.by)?;
        let mut notes = Notes::default();
        let mut rows = Vec::new();
        for place in &self.places {
            rows.push(place.row(&mut notes));
        }
        let sure = format!("{} sure", self.confidence.level());
        text::write(f, &[String::new(), sure, "n".to_owned()], &rows)?;
        let weight = self.weight;
        writeln!(f, "\nthe others' record weighs as much as {weight} deals")?;
        text::write_notes(f, &[], &notes)
    }
}

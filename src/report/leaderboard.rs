use core::fmt;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::rank::{Standing, ranked};
use super::readings::readings as groups;
use super::text::{self, Notes, Row};
use super::{Kpi, Reading, ReportPlan};
use crate::book::{Book, Dimension};
use crate::error::Error;
use crate::period::{FiscalCalendar, Scope};
use crate::value::sorted;

/// The groups of a business ranked by one KPI, in a way that does not mislead.
///
/// First stand the groups whose value rests on enough records, the best first, by what the KPI calls better (where neither way is,
/// the largest first). Then, in the same order, those whose rate or mean rests on too few to prove much, however good it looks. Last come
/// those that cannot be ranked, without a rank: their value is undefined, or a volume of which nobody knows the money, by which a volume is
/// ranked. Equal values share a rank, and stand in the order of their groups.
///
/// It prints as text, and serialises. With other [parameters](super::Parameters), or by several KPIs at once, a report is ranked:
/// [`Report::leaderboard`](super::Report::leaderboard). By a fiscal calendar: [`of_fiscal`](Self::of_fiscal).
///
/// ```
/// use sales_metrics::report::{self, Leaderboard};
/// use sales_metrics::{Book, Currency, Deal, Dimension, Outcome, Period, Scope, date};
///
/// let (won, lost) = (Outcome::Won { on: date(2026, 2, 20)? }, Outcome::Lost { on: date(2026, 3, 1)? });
/// let deals = [("D-1", "ada", won), ("D-2", "ada", lost), ("D-3", "ada", won), ("D-4", "ben", won), ("D-5", "eve", Outcome::Open)]
///     .into_iter()
///     .map(|(id, rep, outcome)| Deal::new(id, date(2026, 1, 7)?, outcome, Currency::USD)?.with_owner(rep))
///     .collect::<Result<Vec<_>, _>>()?;
/// let book = Book::new(Currency::USD).with_deals(deals)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
///
/// let win_rate = report::find("win_rate")?;
/// let board = Leaderboard::of(&book, q1, &Dimension::Rep, win_rate)?.with_least_sample(3);
/// let lines: Vec<String> = board.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
/// assert_eq!(lines, [
///     "win rate by rep, 2026-Q1",
///     "                  n",
///     "  1  ada   66.7%  3",
///     "  2  ben  100.0%  1 *",
///     "  –  eve     – ¹  0",
///     "",
///     "* fewer than 3 records",
///     "",
///     "¹ no deal was won or lost",
/// ]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Leaderboard {
    scope: Scope,
    by: Dimension,
    kpi: Kpi,
    title: String,
    least_sample: u64,
    fiscal: Option<FiscalCalendar>,
    places: Vec<Place>,
}

/// A place in a [`Leaderboard`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// From 1 on; equal values share a rank, and the next rank is then left out. None where there is nothing to rank.
    pub rank: Option<usize>,
    /// Whose place it is; none for what belongs to no group.
    pub group: Option<String>,
    /// The value, or why there is none, and on how many records it rests.
    pub reading: Reading,
}

impl Leaderboard {
    /// The groups of a book's records by a dimension, ranked by a KPI in a scope, with the [usual](super::Parameters) parameters. Each
    /// tally that a period needs is filled in one pass over the records.
    ///
    /// # Errors
    /// As [`BookTally::by`](crate::BookTally::by). What goes wrong with one group stands in its place.
    pub fn of(book: &Book, scope: Scope, dimension: &Dimension, kpi: &Kpi) -> Result<Self, Error> {
        Self::by_plan(book, &ReportPlan::new(scope), dimension, kpi)
    }

    /// The same of a year, quarter or month of a fiscal calendar: it is called by its name, and a KPI that compares it with an earlier one
    /// has that of the calendar.
    ///
    /// ```
    /// use sales_metrics::report::{Leaderboard, find};
    /// use sales_metrics::{Book, Currency, Deal, Dimension, FiscalCalendar, FiscalYearLabel, Outcome, Scope, date};
    ///
    /// let deal = Deal::new("D-1", date(2026, 3, 2)?, Outcome::Open, Currency::USD)?.with_owner("ada")?;
    /// let book = Book::new(Currency::USD).with_deals([deal])?;
    /// let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear)?;
    /// let q1 = Scope::new(fiscal.quarter(2027, 1)?, Currency::USD);
    ///
    /// let board = Leaderboard::of_fiscal(&book, q1, fiscal, &Dimension::Rep, find("open_deals")?)?;
    /// assert!(board.to_string().starts_with("open deals by rep, FY2027-Q1\n"));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn of_fiscal(
        book: &Book,
        scope: Scope,
        calendar: FiscalCalendar,
        dimension: &Dimension,
        kpi: &Kpi,
    ) -> Result<Self, Error> {
        let plan = ReportPlan::new(scope).with_fiscal_calendar(calendar);
        Self::by_plan(book, &plan, dimension, kpi)
    }

    fn by_plan(
        book: &Book,
        plan: &ReportPlan,
        dimension: &Dimension,
        kpi: &Kpi,
    ) -> Result<Self, Error> {
        let plan = plan.clone().with_dimension(dimension.clone());
        let mut readings = Vec::new();
        for group in groups(book, &plan, core::slice::from_ref(kpi))? {
            let of_kpi = group.readings.into_iter();
            readings.extend(of_kpi.map(|reading| (group.group.clone(), reading)));
        }
        let title = kpi.title_with(&plan.parameters);
        let board = Self::new((plan.scope, plan.fiscal), dimension.clone(), kpi, title);
        Ok(board.ranking(plan.least_sample, &readings))
    }

    /// Without a place yet.
    pub(super) fn new(
        (scope, fiscal): (Scope, Option<FiscalCalendar>),
        by: Dimension,
        kpi: &Kpi,
        title: String,
    ) -> Self {
        Self {
            scope,
            by,
            kpi: kpi.clone(),
            title,
            least_sample: 0,
            fiscal,
            places: Vec::new(),
        }
    }

    /// The same of these readings, which are marked by that least sample.
    pub(super) fn ranking(self, least_sample: u64, readings: &[(Option<String>, Reading)]) -> Self {
        let standings: Vec<Standing> = readings.iter().map(|(_, of)| self.standing(of)).collect();
        let mut places = Vec::new();
        for (rank, at) in ranked(self.kpi.better(), &standings) {
            let place = readings.get(at).cloned();
            places.extend(place.map(|(group, reading)| Place {
                rank,
                group,
                reading,
            }));
        }
        Self {
            least_sample,
            places,
            ..self
        }
    }

    /// How many records a rate or a mean should rest on: 30 unless it is said otherwise, here or by the [KPI](Kpi::with_least_sample)
    /// itself. Those with fewer stand after the others.
    #[must_use]
    pub fn with_least_sample(mut self, least_sample: u64) -> Self {
        let places = core::mem::take(&mut self.places).into_iter();
        let marked = places
            .map(|Place { group, reading, .. }| (group, reading.marked(&self.kpi, least_sample)));
        let readings = sorted(marked.collect(), |(a, _), (b, _)| a.cmp(b));
        self.ranking(least_sample, &readings)
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

    /// By what they are ranked.
    #[must_use]
    pub fn kpi(&self) -> &Kpi {
        &self.kpi
    }

    /// The KPI's name for people, and the parameters it was evaluated with.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The places, the best first.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Amounts of another currency cannot be ranked: a yen is not worth a euro.
    fn standing(&self, reading: &Reading) -> Standing {
        let value = reading.value.as_ref().ok()?;
        let is_own = value
            .currency()
            .is_none_or(|currency| currency == self.scope.currency());
        let known = value.known_magnitude().filter(|_| is_own)?;
        Some((known, reading.is_small))
    }

    fn row(place: &Place, figure: String) -> Row {
        let rank = place
            .rank
            .map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        Row {
            family: None,
            head: vec![rank, text::group(place.group.as_deref()).to_owned()],
            cells: vec![figure, place.reading.size()],
        }
    }
}

impl Serialize for Leaderboard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("scope", &self.scope)?;
        map.serialize_entry("by", &self.by)?;
        map.serialize_entry("kpi", self.kpi.name())?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("better", &self.kpi.better())?;
        let least = self.kpi.least_sample_or(self.least_sample);
        map.serialize_entry("least_sample", &least)?;
        if let Some(fiscal) = &self.fiscal {
            map.serialize_entry("fiscal", fiscal)?;
        }
        map.serialize_entry("places", &self.places)?;
        map.end()
    }
}

impl fmt::Display for Leaderboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = text::period(self.scope, self.fiscal);
        writeln!(f, "{} by {}, {period}", self.title, self.by)?;
        let places = self.places.iter();
        let values: Vec<_> = places.map(|place| &place.reading).collect();
        let mut notes = Notes::default();
        let (unit, figures) = text::cells(&values, &mut notes);
        let rows = self.places.iter().zip(figures);
        let rows: Vec<Row> = rows
            .map(|(place, figure)| Self::row(place, figure))
            .collect();
        text::write(f, &[unit, "n  ".to_owned()], &rows)?;
        let small = self.places.iter().any(|place| place.reading.is_small);
        let least = self.kpi.least_sample_or(self.least_sample);
        let meaning = small.then(|| format!("fewer than {least} records"));
        text::write_notes(f, meaning.as_slice(), &notes)
    }
}

use core::fmt;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::columns::{Column, Columns, columns};
use super::text::{self, Notes, Row};
use super::{Inputs, Kpi, Leaderboard, Reading, ReportPlan};
use crate::book::{Book, Dimension};
use crate::error::Error;
use crate::period::{FiscalCalendar, Scope};
use crate::value::sorted;

/// KPIs of one period, beside the previous period and the same one a year before.
///
/// Each has the number of records that it rests on, a flag where a rate or a mean rests on too few, and the reason where it has no
/// value. (Its text shows the number and the flag of its own period; the JSON and [`Reading`] have them for all.) A running period stands
/// beside the same number of days of the earlier ones, or [their ends](ReportPlan::aligned_to_end). It prints as text, and serialises.
///
/// A target, a net burn, an operating margin and a contract were given for the report's own period of the whole business, so what needs
/// them has no value in the earlier periods and in groups. Streaks and ramp times look back as far as there are quotas, on 40 periods at
/// most.
///
/// ```
/// use sales_metrics::report::{self, Report, ReportPlan};
/// use sales_metrics::{Book, Currency, Deal, Outcome, Period, Scope, date};
///
/// let deals = [
///     Deal::new("D-1", date(2025, 10, 7)?, Outcome::Won { on: date(2025, 11, 20)? }, Currency::USD)?.with_amount(10_000)?,
///     Deal::new("D-2", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(12_500)?,
///     Deal::new("D-3", date(2026, 1, 9)?, Outcome::Lost { on: date(2026, 3, 1)? }, Currency::USD)?,
/// ];
/// let book = Book::new(Currency::USD).with_deals(deals)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let chosen = ["total_revenue", "revenue_growth", "win_rate"].into_iter().map(report::find);
/// let report = Report::of(&book, &ReportPlan::new(q1).with_kpis(chosen.collect::<Result<Vec<_>, _>>()?))?;
/// let lines: Vec<String> = report.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
/// assert_eq!(lines, [
///     "                                  2026-Q1    2025-Q4  2025-Q1  n",
///     "revenue",
///     "  total revenue   USD  lagging  12,500.00  10,000.00     0.00  1",
///     "  revenue growth       lagging      25.0%        – ¹      – ¹  1 *",
///     "conversion",
///     "  win rate             lagging      50.0%     100.0%      – ²  2 *",
///     "",
///     "* fewer than 30 records",
///     "",
///     "¹ the previous period's bookings are 0",
///     "² no deal was won or lost",
/// ]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    pub(super) scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year_before: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<Dimension>,
    least_sample: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fiscal: Option<FiscalCalendar>,
    pub(super) sections: Vec<Section>,
}

/// The KPIs of the whole business, or of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    pub(super) group: Option<String>,
    pub(super) lines: Vec<Line>,
}

/// One KPI in the periods of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    kpi: Kpi,
    title: String,
    now: Reading,
    previous: Option<Reading>,
    year_before: Option<Reading>,
}

impl Report {
    /// The report on a book that a plan asks for, each tally filled in one pass over its records.
    ///
    /// # Errors
    /// As [`BookTally::of`](crate::BookTally::of), or by a dimension as [`BookTally::by`](crate::BookTally::by). What goes wrong with one KPI stands in its place in the report.
    pub fn of(book: &Book, plan: &ReportPlan) -> Result<Self, Error> {
        let kpis = plan.kpis(book);
        let columns = columns(book, plan, &kpis)?;
        let groups = columns.now.groups();
        let sections = groups.map(|(group, now)| Section::of(plan, &kpis, &columns, (group, now?)));
        Ok(Self {
            scope: plan.scope,
            previous: columns.previous.as_ref().map(Column::scope),
            year_before: columns.year_before.as_ref().map(Column::scope),
            by: plan.by.clone(),
            least_sample: plan.least_sample,
            fiscal: plan.fiscal,
            sections: sections.collect::<Result<_, _>>()?,
        })
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The previous period, seen as this one is.
    #[must_use]
    pub fn previous(&self) -> Option<Scope> {
        self.previous
    }

    /// The same period a year before, seen as this one is; none where that is the previous one.
    #[must_use]
    pub fn year_before(&self) -> Option<Scope> {
        self.year_before
    }

    /// What the mark of a small sample means.
    fn small(&self) -> Vec<String> {
        let mut marked = Vec::new();
        for section in &self.sections {
            let small = section.lines.iter().filter(|line| line.now.is_small);
            marked.extend(small.map(|line| &line.kpi));
        }
        text::small(&marked, self.least_sample)
    }

    /// One section for the whole, or one for each group in the order of their names.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Its groups ranked by one of its KPIs in its own period; none where it is not by group, or shows no KPI of that
    /// [name](Kpi::name), to the letter. It is as [`Leaderboard::of`] would be, with the parameters, the least sample and the fiscal calendar
    /// of the report.
    ///
    /// ```
    /// use sales_metrics::report::{self, Parameters, Report, ReportPlan};
    /// use sales_metrics::{Book, Currency, Deal, Dimension, Outcome, Period, Scope, date};
    ///
    /// let deal = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_owner("ada")?;
    /// let book = Book::new(Currency::USD).with_deals([deal])?;
    /// let plan = ReportPlan::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD))
    ///     .with_dimension(Dimension::Rep)
    ///     .with_parameters(Parameters::new().with_age_limit(60))
    ///     .with_kpis([report::find("open_deals")?, report::find("deals_older_than")?]);
    ///
    /// let report = Report::of(&book, &plan)?;
    /// let oldest = report.leaderboard("deals_older_than").expect("it is shown");
    /// assert_eq!(oldest.title(), "deals older than (60 days)");
    /// assert_eq!(oldest.places()[0].group.as_deref(), Some("ada"));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn leaderboard(&self, kpi: &str) -> Option<Leaderboard> {
        let by = self.by.clone()?;
        let mut lines = self.sections.iter().filter_map(|section| section.line(kpi));
        let first = lines.next()?;
        let reading =
            |section: &Section| Some((section.group.clone(), section.line(kpi)?.now.clone()));
        let readings: Vec<_> = self.sections.iter().filter_map(reading).collect();
        let title = first.title.clone();
        let board = Leaderboard::new((self.scope, self.fiscal), by, &first.kpi, title);
        Some(board.ranking(self.least_sample, &readings))
    }
}

fn inputs<'i>(
    column: Option<&'i Column<'_>>,
    group: Option<&'i str>,
) -> Result<Option<Inputs<'i>>, Error> {
    let inputs = column.map(|column| column.inputs(group));
    Ok(inputs.transpose()?.flatten())
}

impl Section {
    fn of(
        plan: &ReportPlan,
        kpis: &[Kpi],
        columns: &Columns<'_>,
        (group, now): (Option<&str>, Inputs<'_>),
    ) -> Result<Self, Error> {
        let previous = inputs(columns.previous.as_ref(), group)?;
        let year_before = inputs(columns.year_before.as_ref(), group)?;
        let earlier = [&previous, &year_before];
        let lines = kpis.iter();
        let lines = lines.map(|kpi| Line::of(kpi, plan.least_sample, &now, earlier));
        Ok(Self {
            group: group.map(ToOwned::to_owned),
            lines: lines.collect(),
        })
    }

    /// The group; none for the whole business, or for what belongs to no group.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// Its KPIs, in the order of the plan.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The line of a KPI by its name.
    #[must_use]
    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.kpi.name() == name)
    }
}

impl Line {
    fn of(
        kpi: &Kpi,
        least_sample: u64,
        now: &Inputs<'_>,
        earlier: [&Option<Inputs<'_>>; 2],
    ) -> Self {
        let reading = |inputs: &Inputs<'_>| Reading::of(kpi, inputs, least_sample);
        let [previous, year_before] = earlier.map(|inputs| inputs.as_ref().map(reading));
        Self {
            kpi: kpi.clone(),
            title: kpi.title(now),
            now: reading(now),
            previous,
            year_before,
        }
    }

    /// The KPI.
    #[must_use]
    pub fn kpi(&self) -> &Kpi {
        &self.kpi
    }

    /// Its name for people, and the parameters it was evaluated with.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// In the report's period.
    #[must_use]
    pub fn now(&self) -> &Reading {
        &self.now
    }

    /// In the previous one.
    #[must_use]
    pub fn previous(&self) -> Option<&Reading> {
        self.previous.as_ref()
    }

    /// In the same one a year before.
    #[must_use]
    pub fn year_before(&self) -> Option<&Reading> {
        self.year_before.as_ref()
    }

    fn row(&self, notes: &mut Notes) -> Row {
        let readings = [Some(&self.now), self.previous(), self.year_before()];
        let readings: Vec<_> = readings.into_iter().flatten().collect();
        let (unit, mut cells) = text::cells(&readings, notes);
        cells.push(self.now.size());
        Row {
            family: Some(self.kpi.family()),
            head: vec![
                self.title.clone(),
                unit,
                self.kpi.timing().name().to_owned(),
            ],
            cells,
        }
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kpi", self.kpi.name())?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("family", &self.kpi.family())?;
        map.serialize_entry("better", &self.kpi.better())?;
        map.serialize_entry("timing", &self.kpi.timing())?;
        if let Some(least_sample) = self.kpi.least_sample() {
            map.serialize_entry("least_sample", &least_sample)?;
        }
        map.serialize_entry("now", &self.now)?;
        let earlier = [
            ("previous", &self.previous),
            ("year_before", &self.year_before),
        ];
        for (name, reading) in earlier {
            if let Some(reading) = reading {
                map.serialize_entry(name, reading)?;
            }
        }
        map.end()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scopes = [Some(self.scope), self.previous, self.year_before];
        let mut headings: Vec<String> = scopes
            .iter()
            .flatten()
            .map(|scope| text::period(*scope, self.fiscal))
            .collect();
        headings.push("n  ".to_owned());
        let mut notes = Notes::default();
        for section in &self.sections {
            if let Some(by) = &self.by {
                let group = text::group(section.group());
                writeln!(f, "{} {group}", by.to_string().to_uppercase())?;
            }
            // A choice of KPIs may jump between the families; the reasons are numbered as they are printed.
            let lines: Vec<&Line> = section.lines.iter().collect();
            let lines = sorted(lines, |a, b| a.kpi.family().cmp(&b.kpi.family()));
            let rows: Vec<Row> = lines.iter().map(|line| line.row(&mut notes)).collect();
            text::write(f, &headings, &rows)?;
        }
        text::write_notes(f, &self.small(), &notes)
    }
}

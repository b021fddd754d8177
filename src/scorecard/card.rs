use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

use super::metric::expect_positive;
use super::score::Scores;
use super::{Metric, benchmark};
use crate::book::Book;
use crate::error::Error;
use crate::report::{Kpi, ReportPlan, Value, readings};
use crate::value::{Money, Percent};

/// What reps are to do and to reach, as weighted metrics, each with a benchmark, in two parts: activities, which one can decide to do, and
/// objectives, which come of them.
///
/// A metric is a KPI of the [catalog](crate::report::catalog) or [one's own](Kpi::own), and a KPI stands in a card once: given again it
/// takes the place of the earlier one. Two figures come of them, for each part and over all:
///
/// ```text
/// points     = Σ units × weight
/// attainment = Σ weight × min(actual / benchmark, cap) / Σ weight
/// ```
///
/// Points are given for what is counted and of which more is better ([`Metric::gives_points`]): a new opportunity may be worth 15.
/// Attainment is of all metrics. Where less is better the ratio is benchmark / actual, and an actual of 0 reaches the cap. An actual below 0
/// counts as 0. What is reached beyond the cap, which is 100 % unless [it is said otherwise](Self::with_cap), makes up for nothing.
///
/// A metric without a value leaves the weights, above and below the line, and stands in the [`Scores`] with its reason; each figure there is
/// the one that a [`Report`](crate::report::Report) on the same plan shows.
///
/// It is data: its JSON has each metric as [`Metric`] says, and the cap as it prints (`"120%"`). It is written, and read where all of its
/// KPIs are in the catalog; what else was said of them, such as a [label](Kpi::with_label), is not in it.
///
/// ```
/// use sales_metrics::report::{ReportPlan, find};
/// use sales_metrics::scorecard::Scorecard;
/// use sales_metrics::{Book, Currency, Deal, Dimension, Outcome, Period, Rate, Scope, date};
///
/// let card = Scorecard::new()
///     .with_activity(find("opportunities_created")?, 15, 4_u64)?
///     .with_objective(find("win_rate")?, 30, "60%".parse::<Rate>()?)?;
/// let text = r#"{"activities":[{"kpi":"opportunities_created","weight":15,"benchmark":4}],
///                "objectives":[{"kpi":"win_rate","weight":30,"benchmark":"60%"}]}"#;
/// assert_eq!(serde_json::from_str::<Scorecard>(text).ok(), Some(card.clone()));
///
/// let (won, lost) = (Outcome::Won { on: date(2026, 2, 20)? }, Outcome::Lost { on: date(2026, 3, 1)? });
/// let deals = [("D-1", "ada", won), ("D-2", "ada", lost), ("D-3", "ben", won), ("D-4", "eve", Outcome::Open)]
///     .into_iter()
///     .map(|(id, rep, outcome)| Deal::new(id, date(2026, 1, 7)?, outcome, Currency::USD)?.with_owner(rep))
///     .collect::<Result<Vec<_>, _>>()?;
/// let book = Book::new(Currency::USD).with_deals(deals)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
///
/// let scores = card.score(&book, &ReportPlan::new(q1).with_dimension(Dimension::Rep).with_least_sample(2))?;
/// let lines: Vec<String> = scores.to_string().lines().take(6).map(|line| line.trim_end().to_owned()).collect();
/// assert_eq!(lines, [
///     "scorecard by rep, 2026-Q1",
///     "          activities  objectives  attainment  points",
///     "  1  ben     25.0%      100.0% *     75.0% *      15",
///     "  2  ada     50.0%       83.3%       72.2%        30",
///     "  3  eve     25.0%           –       25.0%        15",
///     "",
/// ]);
/// // Two opportunities of four: half of the weight of 15; a win rate of 50 % for the 60 % that were asked for: five sixths of 30.
/// let ada = &scores.scores()[0];
/// assert_eq!(ada.overall.attainment.map(|share| format!("{share:.4}")), Ok("72.2222%".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Scorecard {
    activities: Vec<Metric>,
    objectives: Vec<Metric>,
    /// Invariant: above 0.
    #[serde(serialize_with = "as_text")]
    cap: Percent,
}

fn as_text<S: Serializer>(cap: &Percent, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(cap)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(default)]
    activities: Vec<Metric>,
    #[serde(default)]
    objectives: Vec<Metric>,
    cap: Option<String>,
}

impl TryFrom<Wire> for Scorecard {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut card = Self::new();
        for metric in wire.activities {
            card = card.with(metric, Part::Activities);
        }
        for metric in wire.objectives {
            card = card.with(metric, Part::Objectives);
        }
        match wire.cap {
            Some(cap) => card.with_cap(cap.parse()?),
            None => Ok(card),
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Activities,
    Objectives,
}

impl Default for Scorecard {
    fn default() -> Self {
        Self::new()
    }
}

impl Scorecard {
    /// Without a metric yet, and with a cap of 100 %.
    #[must_use]
    pub fn new() -> Self {
        Self {
            activities: Vec::new(),
            objectives: Vec::new(),
            cap: Percent::HUNDRED,
        }
    }

    /// One more metric of what is done: how much it weighs, and what is to be reached, in the unit of the KPI: a `u64` for counts, a
    /// [`Money`], a [`Rate`](crate::Rate), [`Days`](crate::Days). (Of a volume or a waterfall it is money, of an
    /// interval a rate, of movements money per month: the part by which they are ranked. A whole number will do for an average.)
    ///
    /// # Errors
    /// [`ErrorKind::NotPositive`](crate::ErrorKind::NotPositive) for a weight or a benchmark that is not above 0;
    /// [`ErrorKind::UnitMismatch`](crate::ErrorKind::UnitMismatch) for a benchmark in another unit than the KPI's;
    /// [`ErrorKind::NoDirection`](crate::ErrorKind::NoDirection) for a KPI of which neither more nor less is better, unless
    /// [`Kpi::with_better`] says which.
    pub fn with_activity(
        self,
        kpi: &Kpi,
        weight: impl Into<Decimal>,
        benchmark: impl Into<Value>,
    ) -> Result<Self, Error> {
        let metric = Metric::new(kpi, weight.into(), &benchmark.into())?;
        Ok(self.with(metric, Part::Activities))
    }

    /// One more metric of what is reached.
    ///
    /// # Errors
    /// As [`with_activity`](Self::with_activity).
    pub fn with_objective(
        self,
        kpi: &Kpi,
        weight: impl Into<Decimal>,
        benchmark: impl Into<Value>,
    ) -> Result<Self, Error> {
        let metric = Metric::new(kpi, weight.into(), &benchmark.into())?;
        Ok(self.with(metric, Part::Objectives))
    }

    fn with(mut self, metric: Metric, part: Part) -> Self {
        let (own, other) = match part {
            Part::Activities => (&mut self.activities, &mut self.objectives),
            Part::Objectives => (&mut self.objectives, &mut self.activities),
        };
        other.retain(|known| known.kpi() != metric.kpi());
        match own.iter_mut().find(|known| known.kpi() == metric.kpi()) {
            Some(known) => *known = metric,
            None => own.push(metric),
        }
        self
    }

    /// How much of its benchmark a metric can reach at most: 100 % unless it is said otherwise. A higher one lets what is beyond one
    /// benchmark make up for what is missing at another.
    ///
    /// # Errors
    /// [`ErrorKind::NotPositive`](crate::ErrorKind::NotPositive) unless it is above 0.
    pub fn with_cap(self, cap: Percent) -> Result<Self, Error> {
        expect_positive("cap", "", cap.fraction(), &cap)?;
        Ok(Self { cap, ..self })
    }

    /// What is to be done, in the order in which it was given.
    #[must_use]
    pub fn activities(&self) -> &[Metric] {
        &self.activities
    }

    /// What is to be reached, in the order in which it was given.
    #[must_use]
    pub fn objectives(&self) -> &[Metric] {
        &self.objectives
    }

    /// The KPIs of its metrics, activities first: to show them in a report, too.
    #[must_use]
    pub fn kpis(&self) -> Vec<Kpi> {
        let mut kpis = Vec::new();
        for metric in self.activities.iter().chain(&self.objectives) {
            kpis.push(metric.kpi().clone());
        }
        kpis
    }

    /// How much of its benchmark a metric can reach at most.
    #[must_use]
    pub fn cap(&self) -> Percent {
        self.cap
    }

    /// How a business did by it in the period of a plan: the whole, or each group of the plan's [dimension](ReportPlan::with_dimension),
    /// with its parameters, its least sample and its fiscal calendar. (The KPIs are those of the card, whatever the plan has chosen.)
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a benchmark in another currency than the plan's scope or the
    /// KPI's value; [`ErrorKind::UnitMismatch`](crate::ErrorKind::UnitMismatch) for one per another unit of time; and as
    /// [`BookTally::of`](crate::BookTally::of), or by a dimension as [`BookTally::by`](crate::BookTally::by). Why a metric has no value stands
    /// in its place.
    pub fn score(&self, book: &Book, plan: &ReportPlan) -> Result<Scores, Error> {
        let currency = plan.scope.currency();
        for metric in self.activities.iter().chain(&self.objectives) {
            let asked = Value::Money(Money::new(0, currency));
            benchmark::expect_like(metric.kpi().name(), metric.benchmark(), &asked)?;
        }
        let groups = readings(book, plan, &self.kpis())?;
        Scores::of(self, plan, groups)
    }
}

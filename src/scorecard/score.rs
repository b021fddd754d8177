use rust_decimal::Decimal;

use super::{Metric, Scorecard, benchmark};
use crate::book::Dimension;
use crate::error::{Error, Undefined};
use crate::period::{FiscalCalendar, Scope};
use crate::report::{Better, Reading, Readings, ReportPlan, Standing, ranked};
use crate::value::Percent;

/// How a business did by a [`Scorecard`]: the whole, or each of its groups.
///
/// It prints as text, and serialises: first the groups by their attainment, then each metric of each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    pub(super) scope: Scope,
    pub(super) by: Option<Dimension>,
    pub(super) least_sample: u64,
    pub(super) fiscal: Option<FiscalCalendar>,
    pub(super) cap: Percent,
    of_groups: Vec<Score>,
}

/// How the whole or one group did by a [`Scorecard`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// Whose it is; none for the whole business, or for what belongs to no group.
    pub group: Option<String>,
    /// What was done.
    pub activities: PartScore,
    /// What was reached.
    pub objectives: PartScore,
    /// Both together: by the weights of the metrics, not the mean of the two parts.
    pub overall: Total,
}

/// One part of a [`Score`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartScore {
    /// In the order of the card; those without a value, too.
    pub metrics: Vec<MetricScore>,
    /// What they come to.
    pub total: Total,
}

/// What metrics come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Total {
    /// Σ weight × min(actual / benchmark, cap) / Σ weight, of the metrics that have a value: from 0 to the cap.
    /// [`Undefined::NoMetrics`] where there is none, [`Undefined::NoMetricValues`] where none has a value.
    pub attainment: Result<Percent, Undefined>,
    /// Σ units × weight, of the metrics that [give points](Metric::gives_points) and have a value; undefined as above.
    pub points: Result<Decimal, Undefined>,
    /// Whether a metric in it rests on too few records to prove much.
    pub is_small: bool,
}

/// One metric of a [`Score`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MetricScore {
    /// The KPI, its weight and its benchmark.
    pub metric: Metric,
    /// The KPI's name for people, and the parameters it was evaluated with.
    pub title: String,
    /// The actual value, or why there is none, and on how many records it rests.
    pub reading: Reading,
    /// min(actual / benchmark, cap); none where there is no value.
    pub attainment: Option<Percent>,
    /// units × weight; none where there is no value, or the metric gives no points.
    pub points: Option<Decimal>,
}

impl Scores {
    pub(super) fn of(
        card: &Scorecard,
        plan: &ReportPlan,
        groups: Vec<Readings>,
    ) -> Result<Self, Error> {
        let mut of_groups = Vec::new();
        for Readings { group, readings } in groups {
            let mut readings = readings.into_iter();
            let mut part = |metrics: &[Metric]| {
                let mut scored = Vec::new();
                for (metric, reading) in metrics.iter().zip(&mut readings) {
                    scored.push(MetricScore::of(metric, reading, card.cap(), plan)?);
                }
                Ok::<_, Error>(scored)
            };
            let (activities, objectives) = (part(card.activities())?, part(card.objectives())?);
            let all: Vec<&MetricScore> = activities.iter().chain(&objectives).collect();
            of_groups.push(Score {
                group,
                overall: Total::of(&all, card.cap()),
                activities: PartScore::of(activities, card.cap()),
                objectives: PartScore::of(objectives, card.cap()),
            });
        }
        Ok(Self {
            scope: plan.scope,
            by: plan.by.clone(),
            least_sample: plan.least_sample,
            fiscal: plan.fiscal,
            cap: card.cap(),
            of_groups,
        })
    }

    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// By what the groups are told apart; none of the whole business.
    #[must_use]
    pub fn dimension(&self) -> Option<&Dimension> {
        self.by.as_ref()
    }

    /// One for the whole, or one for each group in the order of their names.
    #[must_use]
    pub fn scores(&self) -> &[Score] {
        &self.of_groups
    }

    /// The same by their attainment over all, the best first, each with its rank: equal ones share one, and those without an attainment
    /// stand last, without one. Small samples are marked, and ranked as the others are.
    #[must_use]
    pub fn by_attainment(&self) -> Vec<(Option<usize>, &Score)> {
        self.ranked(|score| score.overall.attainment.ok().map(Percent::fraction))
    }

    /// The same by their points over all.
    #[must_use]
    pub fn by_points(&self) -> Vec<(Option<usize>, &Score)> {
        self.ranked(|score| score.overall.points.ok())
    }

    fn ranked(&self, by: fn(&Score) -> Option<Decimal>) -> Vec<(Option<usize>, &Score)> {
        let values = self.of_groups.iter().map(by);
        let values: Vec<Standing> = values.map(|value| Some((value?, false))).collect();
        let mut all = Vec::new();
        for (rank, at) in ranked(Better::Up, &values) {
            all.extend(self.of_groups.get(at).map(|score| (rank, score)));
        }
        all
    }
}

impl PartScore {
    fn of(metrics: Vec<MetricScore>, cap: Percent) -> Self {
        let all: Vec<&MetricScore> = metrics.iter().collect();
        let total = Total::of(&all, cap);
        Self { metrics, total }
    }
}

impl MetricScore {
    fn of(
        metric: &Metric,
        reading: Reading,
        cap: Percent,
        plan: &ReportPlan,
    ) -> Result<Self, Error> {
        let mut known = None;
        if let Ok(actual) = &reading.value {
            benchmark::expect_like(metric.kpi().name(), metric.benchmark(), actual)?;
            known = actual.known_magnitude();
        }
        let ratio = known.map(|actual| metric.ratio(actual, cap.fraction()));
        let units = known.filter(|_| metric.gives_points());
        Ok(Self {
            title: metric.kpi().title_with(&plan.parameters),
            // It is at most the cap, which is a percentage.
            attainment: ratio.and_then(|ratio| Percent::from_fraction(ratio).ok()),
            points: units.and_then(|units| units.checked_mul(metric.weight())),
            metric: metric.clone(),
            reading,
        })
    }
}

impl Total {
    fn of(metrics: &[&MetricScore], cap: Percent) -> Self {
        let points = metrics.iter().filter(|scored| scored.metric.gives_points());
        let counted = metrics.iter().any(|scored| scored.attainment.is_some());
        let is_small =
            |scored: &&MetricScore| scored.attainment.is_some() && scored.reading.is_small;
        Self {
            attainment: match (metrics.is_empty(), counted) {
                (true, _) => Err(Undefined::NoMetrics),
                (false, false) => Err(Undefined::NoMetricValues),
                (false, true) => attainment(metrics, cap).ok_or(Undefined::OutOfRange),
            },
            points: sum_of_points(points),
            is_small: metrics.iter().any(is_small),
        }
    }
}

/// Of those that have a value, of which there are some.
fn attainment(metrics: &[&MetricScore], cap: Percent) -> Option<Percent> {
    let (mut reached, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for scored in metrics {
        if let Some(attainment) = scored.attainment {
            let weight = scored.metric.weight();
            reached = reached.checked_add(weight.checked_mul(attainment.fraction())?)?;
            weights = weights.checked_add(weight)?;
        }
    }
    // What the digits of a decimal round away does not lift it above the cap.
    let share = reached.checked_div(weights)?.min(cap.fraction());
    Percent::from_fraction(share).ok()
}

fn sum_of_points<'s>(
    metrics: impl Iterator<Item = &'s &'s MetricScore>,
) -> Result<Decimal, Undefined> {
    let (mut none, mut sum) = (Undefined::NoMetrics, None);
    for scored in metrics {
        none = Undefined::NoMetricValues;
        if scored.attainment.is_some() {
            let known: Decimal = sum.unwrap_or_default();
            let more = scored.points.and_then(|points| known.checked_add(points));
            sum = Some(more.ok_or(Undefined::OutOfRange)?);
        }
    }
    sum.ok_or(none)
}

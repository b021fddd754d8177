use core::cmp::Ordering;
use core::fmt;

use serde::Serialize;

use super::watch::share_worse;
use super::{Kpi, Line, Reading, Report, Watch, text};
use crate::value::{Confidence, Interval, Percent, Rate, sorted};

/// A KPI that got worse, and why that is taken seriously: a line that needs a word.
///
/// Its text is one line; its JSON is written, not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Worsened {
    /// Whose it is; none for the whole business, or for what belongs to no group.
    pub group: Option<String>,
    /// The KPI.
    #[serde(serialize_with = "by_name")]
    pub kpi: Kpi,
    /// Its name for people, and the parameters it was evaluated with.
    pub title: String,
    /// In the report's period, with its sample and its reservations.
    pub now: Reading,
    /// In the one that it is compared with.
    pub before: Reading,
    /// How much worse, as a share of what was before; none where that was 0.
    pub share: Option<Percent>,
    /// Why it is taken seriously.
    pub evidence: Evidence,
    #[serde(skip)]
    is_of_group: bool,
}

/// Why it is taken seriously that a KPI [got worse](Worsened).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// A share of records, or what restates one: with this confidence the share is worse by so much at least and at most, as a difference of
    /// the two rates.
    Interval {
        /// By so much: its low end is above 0, or so near that it rounds to it.
        worse_by: Interval<Rate>,
        /// How sure that is.
        confidence: Confidence,
    },
    /// Another estimate: it is worse by the threshold at least, and neither of its samples is small.
    Samples {
        /// Of what was before.
        threshold: Percent,
    },
    /// A sum or a count: it is worse by the threshold at least.
    Threshold {
        /// Of what was before.
        threshold: Percent,
    },
}

fn by_name<S: serde::Serializer>(kpi: &Kpi, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kpi.name())
}

impl Report {
    /// What got worse, of the whole or of each group, by rules that [`Watch`] has: the gravest first, by what share of what was before it is
    /// worse; what was 0 before stands before all else, and equals in the order of the report. A rate or a mean of few records is not there.
    ///
    /// KPIs that say the same, as a churn and its retention, may both be there: choose those that you want to hear of.
    ///
    /// ```
    /// use sales_metrics::report::{Report, ReportPlan, Watch, find};
    /// use sales_metrics::{Book, Currency, Deal, Dimension, Outcome, Period, Scope, date};
    ///
    /// // Ada won 60 of 100 and now 40 of 100, Ben two of three and now one of three.
    /// let mut deals = Vec::new();
    /// for (rep, count, month, won) in [
    ///     ("ada", 60, 11, true), ("ada", 40, 11, false), ("ada", 40, 14, true), ("ada", 60, 14, false),
    ///     ("ben", 2, 11, true), ("ben", 1, 11, false), ("ben", 1, 14, true), ("ben", 2, 14, false),
    /// ] {
    ///     let on = if month == 11 { date(2025, 11, 20)? } else { date(2026, 2, 20)? };
    ///     let outcome = if won { Outcome::Won { on } } else { Outcome::Lost { on } };
    ///     for _ in 0..count {
    ///         deals.push(Deal::new(deals.len(), date(2025, 10, 7)?, outcome, Currency::USD)?.with_owner(rep)?);
    ///     }
    /// }
    /// let book = Book::new(Currency::USD).with_deals(deals)?;
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let plan = ReportPlan::new(q1).with_dimension(Dimension::Rep).with_kpis([find("win_rate")?]);
    ///
    /// let worse = Report::of(&book, &plan)?.worsened(&Watch::previous());
    /// let lines: Vec<String> = worse.iter().map(ToString::to_string).collect();
    /// assert_eq!(lines, [
    ///     "ada: win rate 40.0% (n 100), was 60.0% (n 100): 33.3% worse; by 6.1 to 32.8 points at 95% confidence",
    /// ]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn worsened(&self, watch: &Watch) -> Vec<Worsened> {
        let is_of_group = self.by.is_some();
        let mut found = Vec::new();
        for section in &self.sections {
            for line in &section.lines {
                let group = section.group.clone();
                let before = self.before(line, watch);
                let worse = before.and_then(|before| Worsened::of(line, before, watch));
                found.extend(worse.map(|worse| Worsened {
                    group,
                    is_of_group,
                    ..worse
                }));
            }
        }
        sorted(found, gravest_first)
    }

    /// What a line is compared with. A year stands beside the one before it once.
    fn before<'l>(&self, line: &'l Line, watch: &Watch) -> Option<&'l Reading> {
        let scope = self.scope;
        let is_previous = !watch.is_year_before
            || scope.year_before_by(self.fiscal).ok() == scope.previous_by(self.fiscal).ok();
        if is_previous {
            line.previous()
        } else {
            line.year_before()
        }
    }
}

impl Worsened {
    fn of(line: &Line, before: &Reading, watch: &Watch) -> Option<Self> {
        let (kpi, now) = (line.kpi(), line.now());
        let evidence = watch.evidence(kpi, now, before)?;
        let share = share_worse(kpi, now, before);
        Some(Self {
            group: None,
            kpi: kpi.clone(),
            title: line.title().to_owned(),
            now: now.clone(),
            before: before.clone(),
            share: share.and_then(|share| Percent::from_fraction(share).ok()),
            evidence,
            is_of_group: false,
        })
    }
}

fn gravest_first(a: &Worsened, b: &Worsened) -> Ordering {
    match (a.share, b.share) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => b.cmp(&a),
    }
}

impl fmt::Display for Worsened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_of_group {
            write!(f, "{}: ", text::group(self.group.as_deref()))?;
        }
        let (now, before) = (figure(&self.now), figure(&self.before));
        write!(f, "{} {now}, was {before}: ", self.title)?;
        match self.share {
            Some(share) => write!(f, "{share:.1} worse; {}", self.evidence)?,
            None => write!(f, "worse; {}", self.evidence)?,
        }
        let mut said = Vec::new();
        for caveat in self.now.caveats.iter().chain(&self.before.caveats) {
            if !said.contains(&caveat) {
                write!(f, "; {caveat}")?;
                said.push(caveat);
            }
        }
        Ok(())
    }
}

/// The value, and on how many records it rests.
fn figure(reading: &Reading) -> String {
    let figure = match &reading.value {
        Ok(value) => value.figure_with_unit(),
        Err(error) => error.to_string(),
    };
    match reading.sample {
        Some(sample) => format!("{figure} (n {sample})"),
        None => figure,
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interval {
                worse_by,
                confidence,
            } => {
                let points = |rate: &Rate| format!("{rate:.1}").replace('%', "");
                let (low, high) = (points(worse_by.low()), points(worse_by.high()));
                let sure = confidence.level();
                write!(f, "by {low} to {high} points at {sure} confidence")
            }
            Self::Samples { threshold } => {
                write!(f, "{threshold} or more, and neither sample is small")
            }
            Self::Threshold { threshold } => write!(f, "{threshold} or more"),
        }
    }
}

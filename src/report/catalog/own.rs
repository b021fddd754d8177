//! KPIs of a user's own.

use std::borrow::Cow;
use std::sync::Arc;

use super::kpi::{Definition, Kpi, Read, Text};
use super::samples::{Sample, Size};
use super::search::called;
use super::{Better, Family, Needs, Timing};
use crate::error::Error;
use crate::report::error::ReportProblem;
use crate::report::{Inputs, Unit, Value};
use crate::value::Label;

/// How a user counts the records that a value rests on.
type OwnSize = Arc<dyn Fn(&Inputs<'_>) -> Option<u64> + Send + Sync>;

/// KPIs of your own, and what can be said of any.
impl Kpi {
    /// A KPI of your own: its name for programs and its label for people, its subject, the unit of its value, which way is better, and how
    /// it is read off the [`Inputs`].
    ///
    /// What else there is to say is said by `with_…`; until then it lags, needs nothing, and is no matter of records. The reason why it has
    /// no value is one of its parts' or [`Undefined::Own`](crate::Undefined::Own).
    ///
    /// # Errors
    /// [`ErrorKind::DuplicateKpi`](crate::ErrorKind::DuplicateKpi) for a name or a label by which [`find`](crate::report::find) has one of
    /// the catalog;
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId) where the name or the label is empty, too long, or has white space at its ends
    /// or control characters. Where its value turns out to be of another unit, evaluating it is an
    /// [`ErrorKind::UnitMismatch`](crate::ErrorKind::UnitMismatch).
    ///
    /// # Examples
    /// One that is made of another, of two periods:
    /// ```
    /// use sales_metrics::report::{Better, Earlier, Family, Inputs, Kpi, Needs, Records, Unit, find};
    /// use sales_metrics::{BookTally, Currency, Deal, DealDetail, Outcome, Percent, Period, Scope, Undefined, date};
    ///
    /// let win_rate = find("win_rate")?;
    /// let gain = Kpi::own("win_rate_gain", "win rate gain", Family::Conversion, Unit::Percent, Better::Up, move |inputs| {
    ///     let now = win_rate.evaluate(inputs)?.magnitude();
    ///     let before = win_rate.evaluate(&inputs.previous()?)?.magnitude();
    ///     Ok(Percent::from_fraction(now.checked_sub(before).ok_or(Undefined::OutOfRange)?)?)
    /// })?
    /// .with_needs([Needs::Records(Records::Deals), Needs::Earlier(Earlier::Previous)])
    /// .with_question("How many points did the win rate gain?");
    ///
    /// let won = |on| Deal::new("D-1", date(2025, 10, 7)?, Outcome::Won { on }, Currency::USD);
    /// let lost = |on| Deal::new("D-2", date(2025, 10, 7)?, Outcome::Lost { on }, Currency::USD);
    /// let deals = [won(date(2025, 11, 20)?)?, lost(date(2025, 12, 1)?)?, won(date(2026, 2, 20)?)?];
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let tally = |scope| Ok::<_, sales_metrics::Error>(BookTally::from(DealDetail::of(&deals, scope)?));
    /// let (now, before) = (tally(q1)?, tally(q1.previous()?)?);
    ///
    /// let inputs = Inputs::new(&now);
    /// assert_eq!(gain.evaluate(&inputs.with_previous(&before)?)?.to_string(), "50%");
    /// assert_eq!(gain.evaluate(&inputs).unwrap_err().undefined(), Some(Undefined::NoPreviousPeriod));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn own<T: Into<Value>>(
        name: &str,
        label: &str,
        family: Family,
        unit: Unit,
        better: Better,
        evaluate: impl Fn(&Inputs<'_>) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let evaluate = move |inputs: &Inputs<'_>| expect_unit(unit, evaluate(inputs)?.into());
        Ok(Self::of_user(Definition {
            name: own_text(name, "name", name)?,
            label: own_text(name, "label", label)?,
            abbreviation: None,
            question: None,
            formula: None,
            family,
            unit,
            better,
            timing: Timing::Lagging,
            needs: Cow::Borrowed(&[]),
            least_sample: None,
            sample: Sample::No,
            evaluate: Read::Own(Arc::new(evaluate)),
        }))
    }

    /// Whether it leads; it lags unless it is said otherwise.
    #[must_use]
    pub fn with_timing(self, timing: Timing) -> Self {
        let mut own = self.into_definition();
        own.timing = timing;
        Self::of_user(own)
    }

    /// What it is evaluated from. A report has the earlier periods for it that it needs, and its title the parameters; where there is no
    /// choice of KPIs, [`ReportPlan::with_own_kpis`](crate::report::ReportPlan::with_own_kpis) shows it if the book has what it needs.
    #[must_use]
    pub fn with_needs(self, needs: impl IntoIterator<Item = Needs>) -> Self {
        let mut own = self.into_definition();
        own.needs = needs.into_iter().collect();
        Self::of_user(own)
    }

    /// How many records it rests on, of a rate or a mean: few of them prove little. Where it cannot be told, the error is why, and the
    /// reading has no number.
    #[must_use]
    pub fn with_estimate_sample(
        self,
        size: impl Fn(&Inputs<'_>) -> Result<u64, Error> + Send + Sync + 'static,
    ) -> Self {
        self.with_sample(Sample::Mean, Arc::new(move |inputs| size(inputs).ok()))
    }

    /// How many records it rests on, of a count or a sum: it is what it is, however few. Where it cannot be told, the error is why, and the
    /// reading has no number.
    #[must_use]
    pub fn with_sum_sample(
        self,
        size: impl Fn(&Inputs<'_>) -> Result<u64, Error> + Send + Sync + 'static,
    ) -> Self {
        let of = if self.is_flow() {
            Sample::Flow
        } else {
            Sample::Sum
        };
        self.with_sample(of, Arc::new(move |inputs| size(inputs).ok()))
    }

    fn with_sample(self, of: fn(Size) -> Sample, size: OwnSize) -> Self {
        let mut own = self.into_definition();
        own.sample = of(Read::Own(size));
        Self::of_user(own)
    }

    /// It [adds up](Self::is_flow) over time, as a count or a sum of what happened does, and no estimate does.
    #[must_use]
    pub fn as_flow(self) -> Self {
        let mut own = self.into_definition();
        own.sample = match own.sample {
            Sample::No => Sample::Flow(Read::Entry(|_| None)),
            Sample::Sum(size)
            | Sample::Flow(size)
            | Sample::Mean(size)
            | Sample::Odds(size)
            | Sample::Uneven(size) => Sample::Flow(size),
        };
        Self::of_user(own)
    }

    /// On how many records it should rest, if it is a rate or a mean, whatever the plan of a report says of all. With fewer it is flagged.
    ///
    /// ```
    /// use sales_metrics::report;
    ///
    /// // One's own threshold for a KPI of the catalog.
    /// let strict = report::find("win_rate")?.clone().with_least_sample(100);
    /// assert_eq!(strict.least_sample(), Some(100));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn with_least_sample(self, least_sample: u64) -> Self {
        let mut own = self.into_definition();
        own.least_sample = Some(least_sample);
        Self::of_user(own)
    }

    /// Which way is better, where it goes another way for you than for most, or neither by itself.
    ///
    /// ```
    /// use sales_metrics::report::{self, Better};
    ///
    /// let on_the_phone = report::find("time_allocation")?.clone().with_better(Better::Up);
    /// assert_eq!(on_the_phone.better(), Better::Up);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn with_better(self, better: Better) -> Self {
        let mut own = self.into_definition();
        own.better = better;
        Self::of_user(own)
    }

    /// Another label: in another language, say.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId) where it is empty, too long, or has white space at its ends or control
    /// characters; [`ErrorKind::DuplicateKpi`](crate::ErrorKind::DuplicateKpi) where another of the catalog is called so.
    ///
    /// ```
    /// use sales_metrics::report;
    ///
    /// let german = report::find("churn_rate")?.clone().with_label("Kundenverlust")?;
    /// assert_eq!((german.name(), german.label()), ("churn_rate", "Kundenverlust"));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn with_label(self, label: &str) -> Result<Self, Error> {
        let mut own = self.into_definition();
        own.label = own_text(&own.name, "label", label)?;
        Ok(Self::of_user(own))
    }

    /// What it is abbreviated to.
    ///
    /// # Errors
    /// As [`with_label`](Self::with_label).
    pub fn with_abbreviation(self, abbreviation: &str) -> Result<Self, Error> {
        let mut own = self.into_definition();
        own.abbreviation = Some(own_text(&own.name, "abbreviation", abbreviation)?);
        Ok(Self::of_user(own))
    }

    /// The question that it answers.
    #[must_use]
    pub fn with_question(self, question: &str) -> Self {
        self.with_text(question, |own| &mut own.question)
    }

    /// How it is reckoned, in words.
    #[must_use]
    pub fn with_formula(self, formula: &str) -> Self {
        self.with_text(formula, |own| &mut own.formula)
    }

    fn with_text(self, text: &str, place: fn(&mut Definition) -> &mut Option<Text>) -> Self {
        let mut own = self.into_definition();
        *place(&mut own) = Some(Cow::Owned(text.to_owned()));
        Self::of_user(own)
    }
}

/// What a table shows is by the rule of all labels.
fn checked(text: &str, field: &'static str) -> Result<Text, Error> {
    let label = Label::new(text).map_err(|error| error.about(field))?;
    Ok(Cow::Owned(label.as_str().to_owned()))
}

/// By what one KPI of the catalog is found, another is not called: of one's own, or of the catalog under another label.
fn own_text(name: &str, field: &'static str, text: &str) -> Result<Text, Error> {
    let of_catalog = called(name).filter(|kpi| kpi.name() == name);
    match called(text) {
        Some(taken) if field == "name" || of_catalog != Some(taken) => {
            Err(ReportProblem::DuplicateKpi { field, taken }.into())
        }
        _ => checked(text, field),
    }
}

#[allow(clippy::large_types_passed_by_value, reason = "it is handed on")]
fn expect_unit(expected: Unit, value: Value) -> Result<Value, Error> {
    match value.unit() {
        found if found == expected => Ok(value),
        found => Err(ReportProblem::UnitMismatch { expected, found }.into()),
    }
}

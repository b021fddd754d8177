use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::samples::Sample;
use super::{Better, Family, Needs, Timing};
use crate::error::Error;
use crate::report::{Inputs, Parameters, Unit, Value};
use crate::value::Rate;

/// A KPI as data: what it is, and how to evaluate it.
///
/// It is one of the [`catalog`](super::catalog) or one of your own ([`Kpi::own`]), and goes wherever KPIs go. It is a reference, cheap to
/// clone. In JSON it is what it says of itself.
///
/// ```
/// use sales_metrics::report;
///
/// let retention = report::find("NRR")?;
/// assert_eq!((retention.name(), retention.label()), ("net_revenue_retention", "net revenue retention"));
/// assert_eq!(retention.formula(), Some("Σ at the end / Σ at the start, over the customers at the start whose fees are known"));
/// let json = serde_json::to_value(retention).expect("texts and names");
/// assert_eq!((json["abbreviation"].as_str(), json["unit"].as_str()), (Some("NRR"), Some("percent")));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone)]
pub struct Kpi(Repr);

#[derive(Clone)]
enum Repr {
    /// Of the catalog.
    Entry(&'static Definition),
    /// Of a user.
    Own(Arc<Definition>),
}

/// Of the catalog, or a user's.
pub(super) type Text = Cow<'static, str>;

/// What a KPI is, in the order of its JSON.
#[derive(Clone, Serialize)]
pub(super) struct Definition {
    pub(super) name: Text,
    pub(super) label: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) abbreviation: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) formula: Option<Text>,
    pub(super) family: Family,
    pub(super) unit: Unit,
    pub(super) better: Better,
    pub(super) timing: Timing,
    pub(super) needs: Cow<'static, [Needs]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) least_sample: Option<u64>,
    #[serde(skip)]
    pub(super) sample: Sample,
    #[serde(skip)]
    pub(super) evaluate: Read<Result<Value, Error>>,
}

/// What is read off the inputs.
#[derive(Clone)]
pub(super) enum Read<T> {
    /// By this crate.
    Entry(fn(&Inputs<'_>) -> T),
    /// By a user.
    Own(Arc<dyn Fn(&Inputs<'_>) -> T + Send + Sync>),
}

impl<T> Read<T> {
    pub(super) fn of(&self, inputs: &Inputs<'_>) -> T {
        match self {
            Self::Entry(read) => read(inputs),
            Self::Own(read) => read(inputs),
        }
    }
}

impl Kpi {
    pub(super) fn of_catalog(entry: &'static Definition) -> Self {
        Self(Repr::Entry(entry))
    }

    pub(super) fn of_user(own: Definition) -> Self {
        Self(Repr::Own(Arc::new(own)))
    }

    pub(super) fn definition(&self) -> &Definition {
        match &self.0 {
            Repr::Entry(entry) => entry,
            Repr::Own(own) => own,
        }
    }

    /// By which it is called; the name again for each text that it has not.
    pub(super) fn texts(&self) -> [&str; 4] {
        let said = self.definition();
        let name = said.name.as_ref();
        let abbreviation = said.abbreviation.as_deref().unwrap_or(name);
        let question = said.question.as_deref().unwrap_or(name);
        [name, &said.label, abbreviation, question]
    }

    /// To say something else of it.
    pub(super) fn into_definition(self) -> Definition {
        match self.0 {
            Repr::Entry(entry) => entry.clone(),
            Repr::Own(own) => Arc::unwrap_or_clone(own),
        }
    }

    /// Its name: of one of the catalog that of its function in [`kpi`](crate::kpi).
    #[must_use]
    pub fn name(&self) -> &str {
        &self.definition().name
    }

    /// Its name for people: `win rate`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.definition().label
    }

    /// Its label, and the parameter it is evaluated with: `sales cycle percentile (90%)`.
    #[must_use]
    pub fn title(&self, inputs: &Inputs<'_>) -> String {
        self.title_with(inputs.parameters())
    }

    /// The same where there are no inputs yet.
    pub(crate) fn title_with(&self, parameters: &Parameters) -> String {
        let mut title = self.label().to_owned();
        let mut joint = " (";
        for needs in self.needs() {
            let Needs::Parameter(parameter) = needs else {
                continue;
            };
            if let Some(text) = parameters.text(*parameter) {
                title.push_str(joint);
                title.push_str(&text);
                joint = ", ";
            }
        }
        if joint == ", " {
            title.push(')');
        }
        title
    }

    /// What the field abbreviates it to, where it does: `NRR`.
    #[must_use]
    pub fn abbreviation(&self) -> Option<&str> {
        self.definition().abbreviation.as_deref()
    }

    /// The question that it answers: `What share of the decided deals do we win?`. Every KPI of the catalog has one.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        self.definition().question.as_deref()
    }

    /// How it is reckoned: `won / (won + lost)`. Every KPI of the catalog says it, in the words of its function's documentation.
    #[must_use]
    pub fn formula(&self) -> Option<&str> {
        self.definition().formula.as_deref()
    }

    /// Its subject.
    #[must_use]
    pub fn family(&self) -> Family {
        self.definition().family
    }

    /// The unit of its value.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.definition().unit
    }

    /// Which way it should go.
    #[must_use]
    pub fn better(&self) -> Better {
        self.definition().better
    }

    /// Whether it leads or lags.
    #[must_use]
    pub fn timing(&self) -> Timing {
        self.definition().timing
    }

    /// What it is evaluated from.
    #[must_use]
    pub fn needs(&self) -> &[Needs] {
        &self.definition().needs
    }

    /// On how many records its value rests; none where it is no matter of records.
    #[must_use]
    pub fn sample(&self, inputs: &Inputs<'_>) -> Option<u64> {
        self.definition().sample.size(inputs)
    }

    /// Whether it is a rate, a share, a mean or another quotient, of which few records prove little: with other records of the same business
    /// it would be another. What was won, spent or counted is as much as it is, by however few.
    #[must_use]
    pub fn is_estimate(&self) -> bool {
        matches!(
            self.definition().sample,
            Sample::Mean(_) | Sample::Odds(_) | Sample::Uneven(_)
        )
    }

    /// Whether it is a rate that says which part of the records of its [sample](Self::sample) it is true of, as a win rate does: only of
    /// such a share an interval can be told from the two numbers. Of a share of money or hours few records may hold most, and others are
    /// not followed to the end. A rate of one's own with an [estimate's sample](Self::with_estimate_sample) is taken for one.
    #[must_use]
    pub fn is_share_of_records(&self) -> bool {
        let definition = self.definition();
        definition.unit == Unit::Rate && matches!(definition.sample, Sample::Mean(_))
    }

    /// Which part of the records of its sample one of its values is true of: a [share of records](Self::is_share_of_records) itself, and the
    /// share that odds restate.
    pub(in crate::report) fn share_of_records(&self, value: &Value) -> Option<Rate> {
        match (value, &self.definition().sample) {
            (Value::Rate(rate), _) => self.is_share_of_records().then_some(*rate),
            (Value::Multiple(odds), Sample::Odds(_)) => {
                let all = odds.decimal().checked_add(Decimal::ONE)?;
                Rate::from_fraction(odds.decimal().checked_div(all)?).ok()
            }
            _ => None,
        }
    }

    /// Whether it is a flow: what the months have adds up to what their quarter has. Rates and means do not, nor does what is counted on an
    /// evening. One of your own does where it [says so](Self::as_flow).
    #[must_use]
    pub fn is_flow(&self) -> bool {
        matches!(self.definition().sample, Sample::Flow(_))
    }

    /// On how many records it should rest, where it says so itself: then this holds, and not
    /// [`ReportPlan::with_least_sample`](crate::report::ReportPlan::with_least_sample).
    #[must_use]
    pub fn least_sample(&self) -> Option<u64> {
        self.definition().least_sample
    }

    /// The same where it says none itself.
    pub(in crate::report) fn least_sample_or(&self, usual: u64) -> u64 {
        self.least_sample().unwrap_or(usual)
    }

    /// Its value.
    ///
    /// # Errors
    /// Why there is none: as a rule an [`ErrorKind::Undefined`](crate::ErrorKind::Undefined), with the reason that its function documents.
    pub fn evaluate(&self, inputs: &Inputs<'_>) -> Result<Value, Error> {
        self.definition().evaluate.of(inputs)
    }
}

impl PartialEq for Kpi {
    /// By their names.
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Kpi {}

impl Serialize for Kpi {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.definition().serialize(serializer)
    }
}

impl fmt::Debug for Kpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kpi").field(&self.name()).finish()
    }
}

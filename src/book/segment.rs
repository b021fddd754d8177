use core::fmt;
use std::collections::HashSet;
use std::sync::Arc;

use super::error::BookProblem;
use super::{Book, Dimension, DimensionName};
use crate::error::{Error, shorten};
use crate::record::{Contract, Deal, Dimensioned, Lead, Particulars, Rep, Spend};
use crate::value::id::checked;
use crate::value::{IntoId, Label};

/// A dimension that is derived from the records: a band of sizes, a tenure, a territory made of region and size, a stage.
///
/// For each kind of record that it applies to it has a function, which says to which value a record belongs, or to none. A book with it
/// ([`Book::with_segment`]) has a dimension of its name, which stands wherever one does: in groups, reports, rankings.
///
/// ```
/// use sales_metrics::{Book, BookTally, Currency, Deal, Dimension, Money, Outcome, Period, Scope, Segment, date, kpi};
///
/// let limit = Money::new(10_000, Currency::USD);
/// let size = Segment::new("size")?.of_deals(move |deal| match deal.amount()? {
///     amount if amount < limit => Some("small"),
///     _ => Some("large"),
/// });
///
/// let won = |id, amount: u32| {
///     let deal = Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?;
///     deal.with_amount(amount)
/// };
/// let book = Book::new(Currency::USD).with_segment(size)?.with_deals([won("D-1", 9_000)?, won("D-2", 12_500)?])?;
/// let (q1, by_size) = (Scope::new(Period::quarter(2026, 1)?, Currency::USD), Dimension::named("size")?);
/// let groups = BookTally::by(&book, q1, &by_size)?;
/// assert_eq!(kpi::total_revenue(groups[&Some("large")].deals().expect("there are deals"))?.to_string(), "12500 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// A function sees a record without a value of that name, if it has one, so that its answer alone holds: to fill the gaps of a dimension,
/// give the segment another name. It is asked of each record when it comes into a book, and again where the book changes the record (its
/// place, what became of a lead's deal), so it must say the same of the same record. It may read another segment that the book was given before.
///
/// What has no function is told apart by its rep: a segment of reps alone (a tenure, a territory) tells apart what they own and do, too.
#[derive(Clone)]
pub struct Segment {
    name: Label,
    deals: Option<Rule<Deal>>,
    leads: Option<Rule<Lead>>,
    contracts: Option<Rule<Contract>>,
    spend: Option<Rule<Spend>>,
    reps: Option<Rule<Rep>>,
}

fn taken(name: &str, problem: &'static str) -> Error {
    let name = shorten(name);
    BookProblem::TakenName { name, problem }.into()
}

type Rule<R> = Arc<dyn Fn(&R) -> Result<Option<Label>, Error> + Send + Sync>;

fn rule<R, L: IntoId<Label>>(value: impl Fn(&R) -> Option<L> + Send + Sync + 'static) -> Rule<R> {
    Arc::new(move |record| value(record).map(checked).transpose())
}

impl Segment {
    /// A segment of no record yet.
    ///
    /// # Errors
    /// [`ErrorKind::TakenName`](crate::ErrorKind::TakenName) for `rep` and `team`; [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn new(name: &str) -> Result<Self, Error> {
        let Dimension::Named(DimensionName(name)) = Dimension::named(name)? else {
            let problem = "is a dimension of every book";
            return Err(taken(name, problem));
        };
        Ok(Self {
            name,
            deals: None,
            leads: None,
            contracts: None,
            spend: None,
            reps: None,
        })
    }

    /// To which value a deal belongs, by what its record says today.
    #[must_use]
    pub fn of_deals<L: IntoId<Label>>(
        mut self,
        value: impl Fn(&Deal) -> Option<L> + Send + Sync + 'static,
    ) -> Self {
        self.deals = Some(rule(value));
        self
    }

    /// To which value a lead belongs.
    #[must_use]
    pub fn of_leads<L: IntoId<Label>>(
        mut self,
        value: impl Fn(&Lead) -> Option<L> + Send + Sync + 'static,
    ) -> Self {
        self.leads = Some(rule(value));
        self
    }

    /// To which value a contract belongs.
    #[must_use]
    pub fn of_contracts<L: IntoId<Label>>(
        mut self,
        value: impl Fn(&Contract) -> Option<L> + Send + Sync + 'static,
    ) -> Self {
        self.contracts = Some(rule(value));
        self
    }

    /// To which value an expense belongs.
    #[must_use]
    pub fn of_spend<L: IntoId<Label>>(
        mut self,
        value: impl Fn(&Spend) -> Option<L> + Send + Sync + 'static,
    ) -> Self {
        self.spend = Some(rule(value));
        self
    }

    /// To which value a rep belongs, with all that the rep owns and does, but for records of a kind that has a function of its own.
    #[must_use]
    pub fn of_reps<L: IntoId<Label>>(
        mut self,
        value: impl Fn(&Rep) -> Option<L> + Send + Sync + 'static,
    ) -> Self {
        self.reps = Some(rule(value));
        self
    }

    /// Its name, which is that of its dimension.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Segment").field(&self.name).finish()
    }
}

/// A record that a segment may have a function for.
pub(super) trait Segmented: Dimensioned {
    fn rule(segment: &Segment) -> Option<&Rule<Self>>;
}

macro_rules! segmented {
    ($($record:ty: $rule:ident;)*) => {
        $(
            impl Segmented for $record {
                fn rule(segment: &Segment) -> Option<&Rule<Self>> {
                    segment.$rule.as_ref()
                }
            }
        )*
    };
}

segmented! {
    Deal: deals;
    Lead: leads;
    Contract: contracts;
    Spend: spend;
    Rep: reps;
}

/// Gives a record its value of each segment.
pub(super) fn mark<R: Segmented>(segments: &[Segment], record: &mut R) -> Result<(), Error> {
    for segment in segments {
        let Some(rule) = R::rule(segment) else {
            continue;
        };
        record.remove_dimension(&segment.name);
        let about = |error: Error| {
            error
                .about(segment.name().to_owned())
                .of(record.record_id())
        };
        if let Some(value) = rule(record).map_err(about)? {
            record.set_dimension(segment.name.clone(), value);
        }
    }
    Ok(())
}

fn mark_all<R: Segmented + Clone>(
    segments: &[Segment],
    records: &mut Arc<Vec<R>>,
) -> Result<(), Error> {
    if !apply::<R>(segments) {
        return Ok(());
    }
    for record in Arc::make_mut(records) {
        mark(segments, record)?;
    }
    Ok(())
}

/// Whether a segment has a function for such records.
fn apply<R: Segmented>(segments: &[Segment]) -> bool {
    segments.iter().any(|segment| R::rule(segment).is_some())
}

/// Deals with their segments; those that agree in their words share them again.
#[derive(Default)]
pub(super) struct Marked {
    words: HashSet<Arc<Particulars>>,
}

impl Marked {
    pub(super) fn mark(&mut self, segments: &[Segment], deal: &mut Deal) -> Result<(), Error> {
        if apply::<Deal>(segments) {
            mark(segments, deal)?;
            deal.share_particulars(&mut self.words);
        }
        Ok(())
    }

    /// The same of a deal whose words are others now.
    pub(super) fn mark_anew(&mut self, segments: &[Segment], deal: &mut Deal) -> Result<(), Error> {
        mark(segments, deal)?;
        deal.share_particulars(&mut self.words);
        Ok(())
    }
}

impl Book {
    /// A dimension that is derived from its records, those it has and those that come.
    ///
    /// # Errors
    /// [`ErrorKind::TakenName`](crate::ErrorKind::TakenName) where it has a segment of that name;
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId) where a function answers with what is no label, here and wherever records come in.
    pub fn with_segment(mut self, segment: Segment) -> Result<Self, Error> {
        if self.segments.iter().any(|known| known.name == segment.name) {
            return Err(taken(segment.name(), "is a segment of this book"));
        }
        let one = core::slice::from_ref(&segment);
        if segment.deals.is_some() {
            let history = self.history_apart();
            let mut marked = Marked::default();
            for deal in Arc::make_mut(&mut self.records.deals) {
                marked.mark(one, deal)?;
            }
            self = self.with_history_of_its_deals(history);
        }
        let records = &mut self.records;
        mark_all(one, &mut records.leads)?;
        mark_all(one, &mut records.contracts)?;
        mark_all(one, &mut records.spend)?;
        mark_all(one, &mut records.reps)?;
        let mut segments = self.segments.to_vec();
        segments.push(segment);
        self.segments = segments.into();
        Ok(self)
    }
}

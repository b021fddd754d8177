use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::Deal;
use crate::tally::deal::DealTally;
use crate::tally::deal::contains::contains;
use crate::tally::engine::{Fill, verbs};
use crate::tally::priced::{MAX_RECORDS, Priced};
use crate::tally::rules::{WHOLE, expect_all};
use crate::tally::store::Ledger;
use crate::value::{Entries, Label};

/// A [`DealTally`], and the lost deals by what they were lost for.
///
/// It has the verbs of a tally; [`tally`](Self::tally) is the part of a fixed size, which the other KPIs take. Against the values of a
/// dimension, such as a competitor or a segment, it is asked for with [`by`](Self::by).
///
/// ```
/// use sales_metrics::{Currency, Deal, LossTally, Outcome, Period, Scope, date, kpi};
///
/// let lost = |id, reason| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 3, 2)? }, Currency::USD)?.with_loss_reason(reason)
/// };
/// let deals = [
///     lost("D-1", "price")?.with_dimension("segment", "smb")?,
///     lost("D-2", "price")?.with_dimension("segment", "smb")?,
///     lost("D-3", "no budget")?.with_dimension("segment", "enterprise")?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let losses = LossTally::by(&deals, q1, |deal| deal.dimension("segment").map(|segment| segment.as_str()))?;
/// let worst = |segment| kpi::loss_reasons(&losses[&Some(segment)]).map(|table| table.reasons()[0].reason.to_string());
/// assert_eq!((worst("smb")?, worst("enterprise")?), ("price".to_owned(), "no budget".to_owned()));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct LossTally {
    tally: DealTally,
    /// Of the lost deals, those that have a reason.
    reasons: Ledger<Label, Priced>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    tally: DealTally,
    reasons: Entries<Label, Priced>,
}

impl TryFrom<Wire> for LossTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let reasons = Ledger::from(wire.reasons);
        let tally = wire.tally;
        Self { tally, reasons }.checked()
    }
}

impl From<LossTally> for Wire {
    fn from(losses: LossTally) -> Self {
        Self {
            tally: losses.tally,
            reasons: losses.reasons.sorted(),
        }
    }
}

contains!(LossTally);

impl LossTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            tally: DealTally::new(scope),
            reasons: Ledger::new(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`DealTally::of`]; the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope();
        self.add(deal, &scope)
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// As [`DealTally::merge`]; the tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.tally.merge(&other.tally)?;
        self.reasons.merge(&other.reasons);
        Ok(())
    }

    /// The lost deals of each reason, in the order of their names. A reason is told apart by its text.
    pub fn reasons(&self) -> impl Iterator<Item = (&Label, Priced)> {
        let reasons = self.reasons.in_order().into_iter();
        reasons.map(|(reason, lost)| (reason, *lost))
    }

    /// The lost deals of these reasons, each reason taken once.
    #[must_use]
    pub fn lost_for(&self, reasons: &[&str]) -> Priced {
        self.sum(|reason| reasons.contains(&reason.as_str()))
    }

    /// The lost deals of which nobody said what they were lost for.
    #[must_use]
    pub fn without_reason(&self) -> Priced {
        self.totals().lost.less(self.sum(|_| true))
    }

    fn sum(&self, counts: impl Fn(&Label) -> bool) -> Priced {
        let mut sum = Priced::default();
        for (reason, lost) in self.reasons.iter() {
            if counts(reason) {
                sum = sum.plus(*lost);
            }
        }
        sum
    }

    /// Checks that the deals with a reason are some of those that the tally counts as lost.
    fn checked(self) -> Result<Self, Error> {
        let totals = self.tally.totals();
        let some = 1..=MAX_RECORDS;
        let is_sound = |lost: &Priced| lost.is_sound() && some.contains(&lost.count);
        let agree =
            self.reasons.entries().all(is_sound) && self.sum(|_| true).is_part_of(totals.lost);
        expect_all(&[(totals.is_whole(), WHOLE), (agree, OF_TALLY)])?;
        Ok(self)
    }
}

const OF_TALLY: &str =
    "deals that were lost for a reason are some of those that its tally counts as lost";

verbs!(LossTally of Deal, reads Everything, Scope, "As [`DealTally::of`].");

impl Fill<Deal> for LossTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        self.tally.add(deal, scope)?;
        if !deal.standing(*scope).is_lost() {
            return Ok(());
        }
        if let Some(reason) = deal.loss_reason() {
            self.reasons.put(reason, Priced::of(deal.facts().amount()));
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}

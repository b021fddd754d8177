use core::fmt;

use serde::Serialize;

use super::waterfall::{Repriced, Waterfall};
use crate::tally::priced::Priced;
use crate::value::{AmountSum, Currency, Money, Volume, number};

/// What was open, what came in, what went out, and what is open: [`pipeline_waterfall`](crate::kpi::pipeline_waterfall) and
/// [`due_pipeline_waterfall`](crate::kpi::due_pipeline_waterfall).
///
/// Its text is the money alone: `370 + created 60 + moved in 0 + … - won 510 - lost 530 - disqualified 0 = 80 USD`. Each part says how many deals or events it
/// is of, and how many of them have no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PipelineWaterfall {
    currency: Currency,
    parts: Waterfall,
}

/// Changes of amounts in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct PriceChanges {
    /// How many changes.
    pub changes: u64,
    /// Of how many deals.
    pub deals: u64,
    /// How many of the changes gave a deal its first amount, or took it away.
    pub switched: u64,
    /// What they come to; 0 or more.
    pub total: Money,
}

impl PipelineWaterfall {
    pub(crate) fn of(parts: &Waterfall, currency: Currency) -> Self {
        let parts = *parts;
        Self { currency, parts }
    }

    /// The exact counts and sums.
    #[must_use]
    pub fn parts(self) -> Waterfall {
        self.parts
    }

    /// Open on the evening before.
    #[must_use]
    pub fn opening(self) -> Volume {
        self.volume(self.parts.opening)
    }

    /// Created, at their first amounts.
    #[must_use]
    pub fn created(self) -> Volume {
        self.volume(self.parts.created)
    }

    /// Come in from another expected close; in a group, from another owner or stage, too.
    #[must_use]
    pub fn moved_in(self) -> Volume {
        self.volume(self.parts.moved_in)
    }

    /// Reopened, at the amounts of the closed states. Events, not deals.
    #[must_use]
    pub fn reopened(self) -> Volume {
        self.volume(self.parts.reopened)
    }

    /// Amounts that grew, or were set for the first time.
    #[must_use]
    pub fn increased(self) -> PriceChanges {
        self.changes(self.parts.increased)
    }

    /// Amounts that shrank, or were taken away.
    #[must_use]
    pub fn decreased(self) -> PriceChanges {
        self.changes(self.parts.decreased)
    }

    /// Gone to another expected close; in a group, to another owner or stage, too.
    #[must_use]
    pub fn moved_out(self) -> Volume {
        self.volume(self.parts.moved_out)
    }

    /// Won. Events, not deals.
    #[must_use]
    pub fn won(self) -> Volume {
        self.volume(self.parts.won)
    }

    /// Lost. Events, not deals.
    #[must_use]
    pub fn lost(self) -> Volume {
        self.volume(self.parts.lost)
    }

    /// Disqualified. Events, not deals.
    #[must_use]
    pub fn disqualified(self) -> Volume {
        self.volume(self.parts.disqualified)
    }

    /// Open on the evening.
    #[must_use]
    pub fn closing(self) -> Volume {
        self.volume(self.parts.closing)
    }

    fn volume(self, part: Priced) -> Volume {
        part.sound_volume(self.currency)
    }

    fn changes(self, part: Repriced) -> PriceChanges {
        PriceChanges {
            changes: part.changes,
            deals: part.deals,
            switched: part.switched,
            total: Money::new(part.amount.decimal(), self.currency),
        }
    }
}

/// `70 changes of 61 deals · 347000 USD`.
impl fmt::Display for PriceChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = number::Style::of(f).text(self.total);
        let (changes, deals) = (self.changes, self.deals);
        let plural = |count| if count == 1 { "" } else { "s" };
        let text = format!(
            "{changes} change{} of {deals} deal{} · {total}",
            plural(changes),
            plural(deals)
        );
        number::pad(&text, f)
    }
}

impl fmt::Display for PipelineWaterfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = number::Style::of(f);
        let figure = |sum: AmountSum| style.text(number::Shown(sum.decimal()));
        let parts = &self.parts;
        let text = format!(
            "{} + created {} + moved in {} + reopened {} + increased {} - decreased {} - moved out {} - won {} - lost {} - disqualified {} = {} {}",
            figure(parts.opening.amount),
            figure(parts.created.amount),
            figure(parts.moved_in.amount),
            figure(parts.reopened.amount),
            figure(parts.increased.amount),
            figure(parts.decreased.amount),
            figure(parts.moved_out.amount),
            figure(parts.won.amount),
            figure(parts.lost.amount),
            figure(parts.disqualified.amount),
            figure(parts.closing.amount),
            self.currency,
        );
        number::pad(&text, f)
    }
}

mod by_origin;
mod calibration;
mod contains;
mod detail;
mod forecast;
mod funnel;
mod listed;
mod losses;
mod movement;
mod quiet;
mod spread;
mod survival;
mod totals;

pub use calibration::{BandTotals, CalibrationTally};
pub use detail::DealDetail;
pub use forecast::{DueDeal, ForecastTally};
pub use funnel::{FunnelScope, FunnelTally, Reach, StageTotals, StepTotals};
pub(crate) use funnel::{Step, checked_stages};
pub use losses::LossTally;
pub use movement::{
    MovementScope, MovementTally, MovementTotals, PipelineWaterfall, PriceChanges, Repriced,
    Waterfall,
};
pub use quiet::QuietTally;
pub use spread::SpreadTally;
pub use survival::{SurvivalDay, SurvivalTally, SurvivalTotals};
pub use totals::{Cycle, DealTotals, Paired, Weighed};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Deal, Record};
use crate::tally::engine::fixed;

/// The exact counts and sums of the deals of one scope: what every deal KPI of a fixed size is read from.
///
/// What a tally is and how it adds up: [`tally`](crate::tally).
///
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_amount(12_500)?,
///     Deal::new("D-2", date(2026, 1, 9)?, Outcome::Lost { on: date(2026, 3, 1)? }, Currency::USD)?,
///     Deal::new("D-3", date(2026, 3, 2)?, Outcome::Open, Currency::USD)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let tally = DealTally::of(&deals, q1)?;
/// assert_eq!(format!("{:.1}", kpi::win_rate(&tally)?), "50.0%");
/// assert_eq!(tally.totals().open()?.count, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct DealTally {
    scope: Scope,
    /// Invariant: what [`DealTotals::checked`] demands.
    totals: DealTotals,
}

impl DealTally {
    /// The tally of ready-made totals: a database's counts and sums. [`tally::sql`](crate::tally::sql) has the query, and which KPI needs
    /// which counters; what is left out is not counted, and not 0.
    ///
    /// ```
    /// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
    /// use sales_metrics::tally::{DealTotals, Priced};
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let totals = DealTotals::given()
    ///     .records(400)
    ///     .won(Priced::some(25, 24, Decimal::from(480_000).try_into()?))
    ///     .lost(Priced::none(75));
    /// let tally = DealTally::from_totals(q1, totals)?;
    /// assert_eq!(kpi::win_rate(&tally)?.to_string(), "25%");
    /// assert_eq!(kpi::average_deal_size(&tally)?.to_string(), "20000 USD");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where no deals can have such totals: more priced won deals than won ones, say.
    pub fn from_totals(scope: Scope, totals: impl Into<DealTotals>) -> Result<Self, Error> {
        Ok(Self {
            scope,
            totals: totals.into().checked()?,
        })
    }
}

fixed!(DealTally of Deal, reads Facts, DealTotals, "[`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for a deal in another currency; [`ErrorKind::TotalTooLarge`](crate::ErrorKind::TotalTooLarge).", |totals, deal, scope| {
    deal.expect_currency(scope.currency())?;
    totals.add(deal.facts(), scope)
});

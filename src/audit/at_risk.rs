use core::borrow::Borrow;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::kpi;
use crate::period::Scope;
use crate::record::{Deal, Record};
use crate::tally::DealDetail;
use crate::value::{Days, DealId, Rate, RepId};

/// An open deal that has been open for longer than won deals usually take.
///
/// Its text is `deal D-4 of ada: open for 95 days, longer than 61.5 days`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AtRisk {
    /// The deal.
    pub deal: DealId,
    /// Its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<RepId>,
    /// From its creation to the as-of day.
    pub age: Days,
    /// The percentile of the won deals' cycle, which it exceeds.
    pub threshold: Days,
}

/// The open deals older than a percentile of the won deals' sales cycle; the oldest first, and of one age by id.
///
/// Open and won is what `detail` counts so: open on the evening of its scope's as-of day (deals that have closed since
/// included), won in its period. The threshold is [`sales_cycle_percentile`](kpi::sales_cycle_percentile). Only a greater age
/// is at risk, not an equal one. `deals` may be others than those in `detail`: one team's, held against the cycle of all.
///
/// Deals that stay open for long never show in the cycle of those that closed, so the threshold is rather low: read the list
/// as deals to ask about, not as deals to give up.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Rate, Scope, audit, date};
///
/// let won = |on| Outcome::Won { on };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 10)?, won(date(2026, 1, 20)?), Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 10)?, won(date(2026, 2, 9)?), Currency::USD)?,
///     Deal::new("D-3", date(2026, 3, 21)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-4", date(2026, 2, 4)?, Outcome::Open, Currency::USD)?.with_owner("ada")?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let detail = DealDetail::of(&deals, q1)?;
///
/// let at_risk = audit::at_risk(&deals, &detail, Rate::from_percent(75)?)?;
/// assert_eq!(at_risk.len(), 1);
/// assert_eq!(at_risk[0].to_string(), "deal D-4 of ada: open for 55 days, longer than 25 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # Errors
/// As [`sales_cycle_percentile`](kpi::sales_cycle_percentile): without a won deal of sound dates there is no usual cycle.
/// [`Error::CurrencyMismatch`] for a deal in another currency than the detail's.
pub fn at_risk<I>(deals: I, detail: &DealDetail, percentile: Rate) -> Result<Vec<AtRisk>, Error>
where
    I: IntoIterator,
    I::Item: Borrow<Deal>,
{
    let threshold = kpi::sales_cycle_percentile(detail, percentile)?;
    let mut found = Vec::new();
    for deal in deals {
        let deal = deal.borrow();
        let age = open_age(deal, detail.scope())?;
        if let Some(age) = age.filter(|age| *age > threshold) {
            found.push(AtRisk {
                deal: deal.id().clone(),
                owner: deal.owner().cloned(),
                age,
                threshold,
            });
        }
    }
    found.sort_by(|a, b| b.age.cmp(&a.age).then_with(|| a.deal.cmp(&b.deal)));
    Ok(found)
}

/// How long it has been open on the as-of day, if it is.
fn open_age(deal: &Deal, scope: Scope) -> Result<Option<Days>, Error> {
    deal.expect_currency(scope.currency())?;
    deal.standing(scope).open_days().map(Days::new).transpose()
}

impl fmt::Display for AtRisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            deal,
            owner,
            age,
            threshold,
        } = self;
        let owner = owner.as_ref().map(|rep| format!(" of {rep}"));
        let owner = owner.unwrap_or_default();
        f.pad(&format!(
            "deal {deal}{owner}: open for {age}, longer than {threshold}"
        ))
    }
}

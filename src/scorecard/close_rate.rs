use core::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::error::{Error, Undefined};
use crate::kpi;
use crate::tally::DealTally;
use crate::tally::error::impossible;
use crate::value::{Confidence, Interval, Rate};

/// How many of the next deals a rep is likely to win: the rep's own win rate, and that of all the others where the rep has decided few.
///
/// It is (W + k × r) / (W + L + k): W and L are the deals that the rep won and lost, r is the win rate of the team without that rep, and k
/// says for how many deals the team's record counts. Three wins of three do not outrank sixty of a hundred then.
///
/// ```
/// use sales_metrics::scorecard::ExpectedCloseRate;
/// use sales_metrics::tally::{DealTotals, Priced};
/// use sales_metrics::{Confidence, Currency, DealTally, Period, Scope};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let decided = |won, lost| DealTally::from_totals(q1, DealTotals::given().won(Priced::none(won)).lost(Priced::none(lost)));
/// let (ada, ben, team) = (decided(60, 40)?, decided(3, 0)?, decided(123, 180)?);
///
/// let ada = ExpectedCloseRate::of(&ada, &team, 20)?;
/// let ben = ExpectedCloseRate::of(&ben, &team, 20)?;
/// assert_eq!(format!("{ada:.1}, {ben:.1}"), "55.2%, 47.8%");
/// assert_eq!(ben.of_others().to_string(), "40%");
/// assert_eq!(format!("{:.0}", ben.interval(Confidence::NinetyFive)?), "29%–67%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// By rep, from a map of tallies, in one pass over the deals; [`Kpi::own`](crate::report::Kpi::own) brings it into reports and rankings:
///
/// ```
/// use sales_metrics::scorecard::ExpectedCloseRate;
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date};
/// # let (won, lost) = (Outcome::Won { on: date(2026, 2, 20)? }, Outcome::Lost { on: date(2026, 3, 1)? });
/// # let deals = [("D-1", "ada", won), ("D-2", "ada", lost), ("D-3", "ben", won)]
/// #     .into_iter()
/// #     .map(|(id, rep, outcome)| Deal::new(id, date(2026, 1, 7)?, outcome, Currency::USD)?.with_owner(rep))
/// #     .collect::<Result<Vec<_>, _>>()?;
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
///
/// let team = DealTally::of(&deals, q1)?;
/// for (rep, tally) in DealTally::by(&deals, q1, Deal::owner)? {
///     let expected = ExpectedCloseRate::of(&tally, &team, 4)?;
///     println!("{rep:?}: {expected:.1}");
/// }
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// Its JSON is written, not read: the rate, and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ExpectedCloseRate {
    rate: Rate,
    won: u64,
    lost: u64,
    /// Invariant: with a weight above 0, won of decided ones, of which there are some.
    of_others: Rate,
    weight: u32,
    /// The others' share of what is likely to be won: weight × their win rate.
    #[serde(skip)]
    borrowed: Decimal,
}

impl ExpectedCloseRate {
    /// Of a rep's deals among those of the whole team, the rep's own among them; the team's record without the rep's counts for so many
    /// deals.
    ///
    /// # Errors
    /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where they are of two scopes;
    /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where the rep won or lost more than the team;
    /// [`Undefined::NobodyElseDecided`] where none of the others' deals was won or lost. (With a weight of 0 these play no part, and it is the plain
    /// win rate: [`Undefined::NoDecidedDeals`] where the rep decided none.)
    pub fn of(rep: &DealTally, team: &DealTally, weight: u32) -> Result<Self, Error> {
        team.scope().expect_of("the rep's tally", rep.scope())?;
        let (won, lost) = decided(rep)?;
        let (all_won, all_lost) = decided(team)?;
        let others = all_won.checked_sub(won).zip(all_lost.checked_sub(lost));
        let (others_won, others_lost) = others.ok_or_else(|| impossible(PART))?;
        let others = others_won + others_lost;
        let of_others = Rate::of_whole(others_won, others, Undefined::NobodyElseDecided);
        if weight == 0 {
            return Ok(Self {
                rate: kpi::win_rate(rep)?,
                won,
                lost,
                of_others: of_others.unwrap_or(Rate::ZERO),
                weight,
                borrowed: Decimal::ZERO,
            });
        }
        let of_others = of_others?;
        let others = u128::from(others);
        let borrowed = u128::from(weight) * u128::from(others_won);
        // One division: all of it times the number of the others' deals.
        let part = u128::from(won) * others + borrowed;
        let whole = (u128::from(won + lost) + u128::from(weight)) * others;
        let borrowed = decimal(borrowed)?.checked_div(decimal(others)?);
        Ok(Self {
            rate: Rate::of_whole(decimal(part)?, decimal(whole)?, Undefined::OutOfRange)?,
            won,
            lost,
            of_others,
            weight,
            borrowed: borrowed.ok_or(Undefined::OutOfRange)?,
        })
    }

    /// The rate itself.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// How many deals the rep won and lost.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.won.saturating_add(self.lost)
    }

    /// The win rate of the team without the rep; 0 % where that counts for nothing and nobody else has decided a deal.
    #[must_use]
    pub fn of_others(&self) -> Rate {
        self.of_others
    }

    /// For how many deals the others' record counts.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.weight
    }

    /// Between which bounds it lies: Wilson's score interval at W + k × r won of W + L + k.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] where its ends have more digits than a decimal holds.
    pub fn interval(&self, confidence: Confidence) -> Result<Interval<Rate>, Undefined> {
        let bounds = || {
            let won = Decimal::from(self.won).checked_add(self.borrowed)?;
            let not_borrowed = Decimal::from(self.weight).checked_sub(self.borrowed)?;
            Interval::wilson(
                won,
                Decimal::from(self.lost).checked_add(not_borrowed)?,
                confidence,
            )
        };
        bounds().ok_or(Undefined::OutOfRange)
    }
}

impl fmt::Display for ExpectedCloseRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.rate, f)
    }
}

const PART: &str = "a rep's won and lost deals are a part of the team's";

fn decided(deals: &DealTally) -> Result<(u64, u64), Undefined> {
    let totals = deals.totals();
    Ok((totals.won()?.count, totals.lost()?.count))
}

fn decimal(number: u128) -> Result<Decimal, Undefined> {
    let number = i128::try_from(number).ok();
    let decimal = number.and_then(|number| Decimal::try_from_i128_with_scale(number, 0).ok());
    decimal.ok_or(Undefined::OutOfRange)
}

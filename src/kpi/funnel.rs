//! Where deals get stuck, and how long they take.

use crate::error::Undefined;
use crate::kpi::{reckon, survival};
use crate::tally::SurvivalTally;
use crate::value::{Days, Rate};

/// How long the deal in the middle takes until it is closed, won or not, those that are still open among them.
///
/// A median of closed deals is too short while others are open: it is that of the quick ones. Here an open deal counts as one that takes
/// longer than it has been seen, which is all that is known of it.
///
/// # Formula
/// ```text
/// Kaplan–Meier: left(t) = Π (1 − closed(s) / at risk(s)) over the days s ≤ t after creation;
/// the first t with left(t) < 1/2, or the middle of the time for which exactly half are left
/// ```
///
/// # Counts
/// Deals created in the period, up to the as-of day. Those closed by the as-of day took until their close, however they closed; the others
/// are open on it, and were seen for so long (they are *censored*). All closes of a day count at once, and who was seen until that day is at
/// risk on it. Left out and counted in [`totals`](SurvivalTally::totals): deals closed before their creation, those without one, credits.
///
/// # Unit
/// [`Days`], 0 or more, halves possible; shorter is better.
///
/// # Errors
/// - [`Undefined::NoDealsCreated`] where no deal was created.
/// - [`Undefined::NoSoundCycle`] where deals were created, and all of them closed before.
/// - [`Undefined::HalfStillLeft`] where there were never fewer than half left: most are open, or were seen for too short a time.
///
/// # Examples
/// Nothing is open, and it is the plain median:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, date, kpi};
///
/// let (created, q1) = (date(2026, 1, 1)?, Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let deals = [
///     Deal::new("D-1", created, Outcome::Won { on: date(2026, 1, 11)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Lost { on: date(2026, 1, 21)? }, Currency::USD)?,
/// ];
/// assert_eq!(kpi::corrected_median_cycle(&SurvivalTally::of(&deals, q1)?)?.to_string(), "15 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: two deals that are still open, and of which no close is known, make it twice as long. Among the closed ones alone, or with the
/// open ones taken as closed today, it would stay short.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, SurvivalTally, date, kpi};
/// # let (created, q1) = (date(2026, 1, 1)?, Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let deals = [
///     Deal::new("D-1", created, Outcome::Won { on: date(2026, 1, 11)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Lost { on: date(2026, 1, 21)? }, Currency::USD)?,
///     Deal::new("D-3", created, Outcome::Lost { on: date(2026, 1, 31)? }, Currency::USD)?,
///     Deal::new("D-4", date(2026, 3, 10)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-5", created, Outcome::Open, Currency::USD)?,
/// ];
/// assert_eq!(kpi::corrected_median_cycle(&SurvivalTally::of(&deals, q1)?)?.to_string(), "30 days");
/// assert_eq!(kpi::closed_cycle_length(&DealTally::of(&deals, q1)?)?.to_string(), "20 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`closed_cycle_length`](super::closed_cycle_length): the mean of those won and lost in the period, whenever created
/// - [`median_sales_cycle`](super::median_sales_cycle): of the deals won in the period alone
/// - [`win_probability_within`]: how many of the same deals are won by when
///
/// # Source
/// E. L. Kaplan and P. Meier, *Nonparametric estimation from incomplete observations* (1958).
#[doc(alias = "Kaplan-Meier")]
#[doc(alias = "survival")]
pub fn corrected_median_cycle(deals: &SurvivalTally) -> Result<Days, Undefined> {
    expect_followed(deals)?;
    let (from, to) = survival::half_left(deals).ok_or(Undefined::HalfStillLeft)?;
    reckon::days(reckon::quotient(u64::from(from) + u64::from(to), 2_u64)?)
}

/// How likely a new deal is won within so many days of its creation, by what became of those created in the period.
///
/// # Formula
/// ```text
/// Σ left(t − 1) × won(t) / at risk(t) over the days t ≤ N after creation, left as for corrected_median_cycle
/// ```
///
/// # Counts
/// As [`corrected_median_cycle`]: deals created in the period, up to the as-of day; those open on it were seen for so long. The day of the creation
/// is day 0, and counts. Every other close ends a deal's chance to be won (it is a *competing risk*). Where nothing is open, it is the share of the
/// deals that was won within that time.
///
/// # Unit
/// [`Rate`], 0–100 %; higher is better. All its digits are right.
///
/// # Errors
/// - [`Undefined::NoDealsCreated`] where no deal was created.
/// - [`Undefined::NoSoundCycle`] where deals were created, and all of them closed before.
/// - [`Undefined::NotSeenThatLong`] where some are left, and none was seen for so many days.
///
/// # Examples
/// Six deals of 1 to 6 days:
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, Undefined, date, kpi};
///
/// let day = |day| date(2026, 3, day);
/// let (won, lost) = (Outcome::Won { on: day(31)? }, Outcome::Lost { on: day(31)? });
/// let outcomes = [Outcome::Open, won, won, lost, lost, Outcome::Open];
/// let mut deals = SurvivalTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (outcome, days) in outcomes.into_iter().zip(1..) {
///     deals.record(&Deal::new(format!("D-{days}"), day(31 - days)?, outcome, Currency::USD)?)?;
/// }
/// assert_eq!(kpi::win_probability_within(&deals, 6)?.to_string(), "40%");
/// assert_eq!(kpi::win_probability_within(&deals, 7), Err(Undefined::NotSeenThatLong));
/// assert_eq!(kpi::corrected_median_cycle(&deals)?.to_string(), "4 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lost deal can't be won any more. Whoever takes it for one that is only watched no longer (1 − Kaplan–Meier of the wins)
/// promises that every deal of these is won in the end.
/// ```
/// # use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SurvivalTally, date, kpi};
/// # let (created, q1) = (date(2026, 1, 1)?, Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let deals = [
///     Deal::new("D-1", created, Outcome::Lost { on: date(2026, 1, 11)? }, Currency::USD)?,
///     Deal::new("D-2", created, Outcome::Won { on: date(2026, 1, 21)? }, Currency::USD)?,
/// ];
/// let deals = SurvivalTally::of(&deals, q1)?;
/// assert_eq!(kpi::win_probability_within(&deals, 90)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cohort_win_rate`](super::cohort_win_rate): the share won so far, which rises while deals are open
/// - [`win_rate`](super::win_rate): of those decided in the period, whenever created
/// - [`corrected_median_cycle`]: how long the same deals take
///
/// # Source
/// J. D. Kalbfleisch and R. L. Prentice, *The statistical analysis of failure time data* (1980), where it is the cumulative incidence.
#[doc(alias = "cumulative incidence")]
#[doc(alias = "survival")]
pub fn win_probability_within(deals: &SurvivalTally, days: u32) -> Result<Rate, Undefined> {
    expect_followed(deals)?;
    let share = survival::won_within(deals, days).ok_or(Undefined::NotSeenThatLong)?;
    Rate::from_fraction(share).map_err(|_| Undefined::OutOfRange)
}

fn expect_followed(deals: &SurvivalTally) -> Result<(), Undefined> {
    let totals = deals.totals();
    match (totals.followed(), totals.closed_before_creation) {
        (0, 0) => Err(Undefined::NoDealsCreated),
        (0, _) => Err(Undefined::NoSoundCycle),
        _ => Ok(()),
    }
}

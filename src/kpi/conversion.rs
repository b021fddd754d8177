//! Who wins, how often, and how long it takes.

use super::reckon;
use crate::error::{Error, Undefined};
use crate::tally::{DealDetail, DealTally, LeadTally};
use crate::value::{Confidence, Days, Interval, Multiple, Percent, Rate};

/// How many of the decided deals we win.
///
/// # Formula
/// ```text
/// won / (won + lost)
/// ```
///
/// # Counts
/// Deals won and lost, by close date. Neither open nor disqualified ones, nor [`credits`](super::credits).
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoDecidedDeals`] where no deal was won or lost.
///
/// # Examples
/// 25 won and 75 lost:
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given().records(100).won(Priced::none(25)).lost(Priced::none(75));
/// assert_eq!(kpi::win_rate(&DealTally::from_totals(q1, totals)?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: open deals are no defeats. One won, one lost and two still open are 50 %, not 25 %.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 3, 1)? }, Currency::USD)?,
///     Deal::new("D-3", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?,
///     Deal::new("D-4", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?,
/// ];
/// assert_eq!(kpi::win_rate(&DealTally::of(&deals, q1)?)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate_interval`]: how far a rate of so few deals can be trusted
/// - [`win_rate_by_value`]: of the money, not of the deals
/// - [`broad_win_rate`]: disqualified deals count against it
/// - [`cohort_win_rate`]: of the deals created in the period, whenever they close
/// - [`win_loss_ratio`]: wins for each loss
///
/// # Source
/// LeadFuze, *6 steps to a sales metrics strategy* (2022).
pub fn win_rate(deals: &DealTally) -> Result<Rate, Undefined> {
    let (won, lost) = decided(deals)?;
    reckon::rate(won, won + lost, Undefined::NoDecidedDeals)
}

/// How many of all closed deals we win, those that turned out to be none included.
///
/// # Formula
/// ```text
/// won / (won + lost + disqualified)
/// ```
///
/// # Counts
/// Deals won, lost and disqualified, by close date. Not open ones.
///
/// # Unit
/// [`Rate`], 0 % to 100 %, never above [`win_rate`]; higher is better.
///
/// # Errors
/// [`Undefined::NoClosedDeals`] where no deal was won, lost or disqualified.
///
/// # Examples
/// 25 won, 50 lost and 25 disqualified:
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given()
///     .records(100)
///     .won(Priced::none(25))
///     .lost(Priced::none(50))
///     .disqualified(Priced::none(25));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::broad_win_rate(&deals)?.to_string(), "25%");
/// assert_eq!(format!("{:.1}", kpi::win_rate(&deals)?), "33.3%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: where deals were only disqualified this rate is 0 %, while the win rate has no answer.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (none, three) = (Priced::none(0), Priced::none(3));
/// let deals = DealTally::from_totals(q1, DealTotals::given().won(none).lost(none).disqualified(three))?;
/// assert_eq!(kpi::broad_win_rate(&deals)?.to_string(), "0%");
/// assert_eq!(kpi::win_rate(&deals), Err(Undefined::NoDecidedDeals));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`]: disqualified deals don't count at all
///
/// # Source
/// This crate's definition.
pub fn broad_win_rate(deals: &DealTally) -> Result<Rate, Undefined> {
    let (won, lost) = decided(deals)?;
    let closed = won + lost + deals.totals().disqualified()?.count;
    reckon::rate(won, closed, Undefined::NoClosedDeals)
}

/// How many deals were won, and how many lost.
fn decided(deals: &DealTally) -> Result<(u64, u64), Undefined> {
    let totals = deals.totals();
    Ok((totals.won()?.count, totals.lost()?.count))
}

/// How much of the money that was decided on we win.
///
/// # Formula
/// ```text
/// Σ amount of the won deals / Σ amount of the won and lost deals
/// ```
///
/// # Counts
/// Won and lost deals with an amount, by close date. `totals().won()?.unpriced()` and `totals().lost()?.unpriced()` say how
/// many have none; where that is true of all on one side, there is no answer.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better. Above [`win_rate`] where the larger deals are won.
///
/// # Errors
/// - [`Undefined::NoDecidedDeals`] where no deal was won or lost.
/// - [`Undefined::NothingPriced`] where deals were won and none of them has an amount, or the same of the lost ones.
/// - [`Undefined::ZeroDecidedAmount`] where all the amounts add up to 0.
///
/// # Examples
/// 25 won worth 600,000 and 75 lost worth 400,000:
/// ```
/// use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given()
///     .records(100)
///     .won(Priced::all(25, Decimal::from(600_000).try_into()?))
///     .lost(Priced::all(75, Decimal::from(400_000).try_into()?));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::win_rate_by_value(&deals)?.to_string(), "60%");
/// assert_eq!(kpi::win_rate(&deals)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: an export that writes no amounts for lost deals gives no answer. Taken as 0, they would make it 100 %.
/// ```
/// # use sales_metrics::{Currency, DealTally, Decimal, Period, Scope, Undefined, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given()
///     .records(100)
///     .won(Priced::all(25, Decimal::from(600_000).try_into()?))
///     .lost(Priced::none(75));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(kpi::win_rate_by_value(&deals), Err(Undefined::NothingPriced));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`]: every deal counts the same
///
/// # Source
/// This crate's definition.
pub fn win_rate_by_value(deals: &DealTally) -> Result<Rate, Undefined> {
    let (won, lost) = (deals.totals().won()?, deals.totals().lost()?);
    let decided = won.plus(lost);
    if decided.count == 0 {
        return Err(Undefined::NoDecidedDeals);
    }
    let won = reckon::amount(deals.scope(), won)?.amount();
    reckon::amount(deals.scope(), lost)?;
    reckon::rate(won, decided.amount.decimal(), Undefined::ZeroDecidedAmount)
}

/// Between which bounds the win rate lies, given how few deals it was measured on.
///
/// # Formula
/// ```text
/// (2w + z² ± z × √(z² + 4wl / n)) / (2 × (n + z²)), w won, l lost, n = w + l
/// z = 1.645, 1.960 or 2.576 for 90, 95 or 99 %, held to 20 decimals
/// ```
/// Wilson's score interval. The root is taken to the digits of a decimal; where nothing was lost, the upper end is
/// exactly 100 %, where nothing was won, the lower one exactly 0 %.
///
/// # Counts
/// Deals won and lost, by close date; as [`win_rate`].
///
/// # Unit
/// [`Interval`] of [`Rate`], both ends from 0 % to 100 %, the win rate between them; narrower is surer, and higher is
/// better.
///
/// # Errors
/// [`Undefined::NoDecidedDeals`] where no deal was won or lost.
///
/// # Examples
/// 8 won of 10, at 95 %:
/// ```
/// use sales_metrics::{Confidence, Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given().records(10).won(Priced::none(8)).lost(Priced::none(2));
/// let deals = DealTally::from_totals(q1, totals)?;
/// let interval = kpi::win_rate_interval(&deals, Confidence::NinetyFive)?;
/// assert_eq!(format!("{interval:.2}"), "49.02%–94.33%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: one win of one does not prove that we always win. The usual textbook formula, rate ± z × standard error,
/// says 100 % to 100 % here.
/// ```
/// # use sales_metrics::{Confidence, Currency, DealTally, Period, Scope, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let (won, lost) = (Priced::none(1), Priced::none(0));
/// let deals = DealTally::from_totals(q1, DealTotals::given().won(won).lost(lost))?;
/// let interval = kpi::win_rate_interval(&deals, Confidence::NinetyNine)?;
/// assert_eq!(format!("{interval:.1}"), "13.1%–100.0%");
/// assert_eq!(interval.high(), &kpi::win_rate(&deals)?);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`]: the rate itself, which is not the middle of the interval
///
/// # Source
/// Wilson, *Probable inference, the law of succession, and statistical inference* (1927).
pub fn win_rate_interval(
    deals: &DealTally,
    confidence: Confidence,
) -> Result<Interval<Rate>, Undefined> {
    let (won, lost) = decided(deals)?;
    if won + lost == 0 {
        return Err(Undefined::NoDecidedDeals);
    }
    Interval::wilson(won.into(), lost.into(), confidence).ok_or(Undefined::OutOfRange)
}

/// How many deals we win for each one we lose.
///
/// # Formula
/// ```text
/// won / lost
/// ```
///
/// # Counts
/// Deals won and lost, by close date. Neither open nor disqualified ones.
///
/// # Unit
/// [`Multiple`], 0 or more, without an upper end; higher is better. 1× is a win rate of 50 %.
///
/// # Errors
/// [`Undefined::NoLostDeals`] where no deal was lost, however many were won.
///
/// # Examples
/// 30 won and 20 lost:
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given().records(50).won(Priced::none(30)).lost(Priced::none(20));
/// assert_eq!(kpi::win_loss_ratio(&DealTally::from_totals(q1, totals)?)?.to_string(), "1.5×");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: Mailshake lists this under the win rate. One won and three lost are a ratio of 0.33×, and a rate of 25 %.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// # use sales_metrics::tally::{DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// # let totals = DealTotals::given().records(4).won(Priced::none(1)).lost(Priced::none(3));
/// let deals = DealTally::from_totals(q1, totals)?;
/// assert_eq!(format!("{:.2}", kpi::win_loss_ratio(&deals)?), "0.33×");
/// assert_eq!(kpi::win_rate(&deals)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`]: of all decided deals, not for each lost one
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn win_loss_ratio(deals: &DealTally) -> Result<Multiple, Undefined> {
    let (won, lost) = decided(deals)?;
    if lost == 0 {
        return Err(Undefined::NoLostDeals);
    }
    reckon::quotient(won, lost).map(Multiple::new)
}

/// How many of the deals created in the period we have won by now.
///
/// # Formula
/// ```text
/// deals created in the period and won by the as-of day / deals created in the period
/// ```
///
/// # Counts
/// Deals by creation date, up to the as-of day; of these, the won ones by close date, in the period or after it, up to
/// the as-of day. The rate grows as the cohort matures; `totals().cohort_open()` says how many of it are still open.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoDealsCreated`] where no deal was created.
///
/// # Examples
/// 100 deals created, 25 of them won by now:
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let created = Priced::none(100);
/// let totals = DealTotals::given().records(100).created(created).cohort_won(25);
/// assert_eq!(kpi::cohort_win_rate(&DealTally::from_totals(q1, totals)?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the rate of a past quarter changes. Seen from its last day, none of these two is won; seen from June, one
/// is.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Lost { on: date(2026, 2, 2)? }, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 9)?, Outcome::Won { on: date(2026, 5, 5)? }, Currency::USD)?,
/// ];
/// let then = DealTally::of(&deals, q1)?;
/// assert_eq!((kpi::cohort_win_rate(&then)?.to_string().as_str(), then.totals().cohort_open()?), ("0%", 1));
/// let later = DealTally::of(&deals, q1.as_of(date(2026, 6, 30)?)?)?;
/// assert_eq!((kpi::cohort_win_rate(&later)?.to_string().as_str(), later.totals().cohort_open()?), ("50%", 0));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`win_rate`]: of the deals decided in the period, whenever they were created; it does not change later
/// - [`opportunity_conversion_rate`]: wins of the period against creations of the period, which are not the same deals
///
/// # Source
/// Bouncer, *B2B sales metrics*, whose opportunity conversion rate it is if one follows the same deals.
pub fn cohort_win_rate(deals: &DealTally) -> Result<Rate, Undefined> {
    let totals = deals.totals();
    let (won, created) = (totals.cohort_won()?, totals.created()?.count);
    reckon::rate(won, created, Undefined::NoDealsCreated)
}

/// How many deals we won in the period, against how many came in.
///
/// # Formula
/// ```text
/// deals won in the period / deals created in the period
/// ```
///
/// # Counts
/// The won ones by close date, the created ones by creation date: two populations that overlap only in part.
///
/// # Unit
/// [`Percent`], 0 % or more, and it can pass 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoDealsCreated`] where no deal was created.
///
/// # Examples
/// 100 deals created, 25 won:
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given().records(120).created(Priced::none(100)).won(Priced::none(25));
/// assert_eq!(kpi::opportunity_conversion_rate(&DealTally::from_totals(q1, totals)?)?.to_string(), "25%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a slow quarter that reaps what an earlier one sowed converts more than all: here two wins, and one new
/// deal.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2025, 11, 4)?, Outcome::Won { on: date(2026, 1, 20)? }, Currency::USD)?,
///     Deal::new("D-2", date(2025, 12, 2)?, Outcome::Won { on: date(2026, 2, 3)? }, Currency::USD)?,
///     Deal::new("D-3", date(2026, 3, 9)?, Outcome::Open, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, q1)?;
/// assert_eq!(kpi::opportunity_conversion_rate(&deals)?.to_string(), "200%");
/// assert_eq!(kpi::cohort_win_rate(&deals)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`cohort_win_rate`]: follows the same deals, so it never passes 100 %
/// - [`win_rate`]: of the decided deals
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn opportunity_conversion_rate(deals: &DealTally) -> Result<Percent, Undefined> {
    let totals = deals.totals();
    let (won, created) = (totals.won()?.count, totals.created()?.count);
    reckon::percent_or(won, created, Undefined::NoDealsCreated)
}

/// How many of the period's leads became an opportunity.
///
/// # Formula
/// ```text
/// leads that arrived in the period and became an opportunity by the as-of day / leads that arrived in the period
/// ```
///
/// # Counts
/// Leads, by date of arrival, up to the as-of day; of these, the ones converted on or before the as-of day, in the period or after
/// it. One that was converted on a day that nobody knows counts from whatever day one looks, so that the rate as of a day gone by may be too
/// high: `totals().converted_undated()` says of how many that is so. The rate grows as the cohort matures; `totals().cohort_open()` says how many of it are still open.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoLeads`] where no lead arrived.
///
/// # Examples
/// 1,000 leads, 200 of them an opportunity by now:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(1_000).arrived(1_000).converted(200);
/// assert_eq!(kpi::lead_conversion_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "20%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a conversion counts where its lead arrived. This one of December became an opportunity in January, and is none
/// of the first quarter's.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, instant, kpi};
/// let leads = [
///     Lead::new("L-1", instant("2025-12-30T09:00:00Z")?)?.with_conversion("D-1", date(2026, 1, 15)?)?,
///     Lead::new("L-2", instant("2026-01-07T09:00:00Z")?)?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::lead_conversion_rate(&LeadTally::of(&leads, q1)?)?.to_string(), "0%");
///
/// let q4 = Scope::new(Period::quarter(2025, 4)?, Currency::USD).as_of(date(2026, 1, 31)?)?;
/// assert_eq!(kpi::lead_conversion_rate(&LeadTally::of(&leads, q4)?)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`lead_to_customer_rate`]: of the same leads, those whose opportunity was won
/// - [`qualification_rate`]: of the same leads, those worth a rep's time
/// - [`prospect_to_opportunity_rate`](super::prospect_to_opportunity_rate): of the leads contacted in the period
///
/// # Source
/// Bouncer, *B2B sales metrics*, which says "to opportunities or customers": here these are two rates.
pub fn lead_conversion_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    of_arrived(leads, leads.totals().converted()?)
}

/// How many of the period's leads became a customer.
///
/// # Formula
/// ```text
/// leads that arrived in the period and whose opportunity was won by the as-of day / leads that arrived in the period
/// ```
///
/// # Counts
/// Leads, by date of arrival, up to the as-of day; of these, the ones converted and won on or before the as-of day, in the period or
/// after it.
///
/// # Unit
/// [`Rate`], 0 % to 100 %, never above [`lead_conversion_rate`]; higher is better.
///
/// # Errors
/// [`Undefined::NoLeads`] where no lead arrived.
///
/// # Examples
/// 1,000 leads, 200 of them an opportunity and 50 won by now:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(1_000).arrived(1_000).converted(200).won(50);
/// assert_eq!(kpi::lead_to_customer_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "5%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: seen from the quarter's last day, the rate of a business that needs four months to win is 0 %. Look later.
/// ```
/// # use sales_metrics::{Currency, Deal, Lead, LeadTally, Outcome, Period, Scope, date, instant, kpi};
/// let deal = Deal::new("D-1", date(2026, 2, 2)?, Outcome::Won { on: date(2026, 6, 9)? }, Currency::USD)?;
/// let lead = Lead::new("L-1", instant("2026-01-30T09:00:00Z")?)?.with_outcome_of(&deal)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// assert_eq!(kpi::lead_to_customer_rate(&LeadTally::of([&lead], q1)?)?.to_string(), "0%");
/// let later = q1.as_of(date(2026, 6, 30)?)?;
/// assert_eq!(kpi::lead_to_customer_rate(&LeadTally::of([&lead], later)?)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`lead_conversion_rate`]: of the same leads, those that became an opportunity
/// - [`close_rate`]: the period's wins against its leads, which are not the same people
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn lead_to_customer_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    of_arrived(leads, leads.totals().won()?)
}

/// How many deals we won in the period, against how many leads came in.
///
/// # Formula
/// ```text
/// deals won in the period / leads that arrived in the period
/// ```
///
/// # Counts
/// Deals by close date, leads by date of arrival, both up to the as-of day: two populations that overlap only in part.
///
/// # Unit
/// [`Percent`], 0 % or more, and it can pass 100 %; higher is better.
///
/// # Errors
/// - [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the two tallies are of two scopes.
/// - [`Undefined::NoLeads`] where no lead arrived.
///
/// # Examples
/// 200 leads, 30 deals won:
/// ```
/// use sales_metrics::{Currency, DealTally, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::{DealTotals, LeadTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let won = Priced::none(30);
/// let deals = DealTally::from_totals(q1, DealTotals::given().records(30).won(won))?;
/// let leads = LeadTally::from_totals(q1, LeadTotals::given().records(200).arrived(200))?;
/// assert_eq!(kpi::close_rate(&deals, &leads)?.to_string(), "15%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: the quarter in which marketing stops closes best. Two wins of last year's leads against one new lead are 200 %.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Lead, LeadTally, Outcome, Period, Scope, date, instant, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2025, 11, 4)?, Outcome::Won { on: date(2026, 1, 20)? }, Currency::USD)?,
///     Deal::new("D-2", date(2025, 12, 2)?, Outcome::Won { on: date(2026, 2, 3)? }, Currency::USD)?,
/// ];
/// let leads = LeadTally::of([Lead::new("L-9", instant("2026-01-07T09:00:00Z")?)?], q1)?;
/// assert_eq!(kpi::close_rate(&DealTally::of(&deals, q1)?, &leads)?.to_string(), "200%");
/// assert_eq!(kpi::lead_to_customer_rate(&leads)?.to_string(), "0%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`lead_to_customer_rate`]: follows the same leads, so it never passes 100 %
/// - [`win_rate`]: of the decided deals
///
/// # Source
/// Mailshake, *Sales operations: the ultimate guide* (2022).
pub fn close_rate(deals: &DealTally, leads: &LeadTally) -> Result<Percent, Error> {
    deals.scope().expect_days_of("the leads", leads.scope())?;
    let (won, arrived) = (deals.totals().won()?.count, leads.totals().arrived()?);
    Ok(reckon::percent_or(won, arrived, Undefined::NoLeads)?)
}

/// How many of the period's leads are worth a rep's time.
///
/// # Formula
/// ```text
/// leads that arrived in the period and were qualified by the as-of day / leads that arrived in the period
/// ```
///
/// # Counts
/// Leads, by date of arrival, up to the as-of day; of these, the ones qualified on or before the as-of day, in the period or after
/// it.
///
/// # Unit
/// [`Rate`], 0 % to 100 %; higher is better.
///
/// # Errors
/// [`Undefined::NoLeads`] where no lead arrived.
///
/// # Examples
/// 500 leads, 150 of them qualified:
/// ```
/// use sales_metrics::{Currency, LeadTally, Period, Scope, kpi};
/// use sales_metrics::tally::LeadTotals;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = LeadTotals::given().records(500).arrived(500).qualified(150);
/// assert_eq!(kpi::qualification_rate(&LeadTally::from_totals(q1, totals)?)?.to_string(), "30%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a lead that became an opportunity without ever being called qualified lowers this rate. Nothing is inferred.
/// ```
/// # use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, instant, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let leads = [
///     Lead::new("L-1", instant("2026-01-07T09:00:00Z")?)?.with_qualified(date(2026, 1, 8)?)?,
///     Lead::new("L-2", instant("2026-01-09T09:00:00Z")?)?.with_conversion("D-1", date(2026, 1, 15)?)?,
/// ];
/// let leads = LeadTally::of(&leads, q1)?;
/// assert_eq!(kpi::qualification_rate(&leads)?.to_string(), "50%");
/// assert_eq!(kpi::lead_conversion_rate(&leads)?.to_string(), "50%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`qualified_leads`](super::qualified_leads): their number
/// - [`lead_conversion_rate`]: of the same leads, those that became an opportunity
///
/// # Source
/// Bouncer, *B2B sales metrics*.
pub fn qualification_rate(leads: &LeadTally) -> Result<Rate, Undefined> {
    of_arrived(leads, leads.totals().qualified()?)
}

fn of_arrived(leads: &LeadTally, part: u64) -> Result<Rate, Undefined> {
    reckon::rate(part, leads.totals().arrived()?, Undefined::NoLeads)
}

/// How long it takes us to win a deal, from its creation.
///
/// # Formula
/// ```text
/// Σ (close − creation) in days / won deals created on or before their close
/// ```
///
/// # Counts
/// Won deals, by close date. Those that closed before they were created are left out; `totals().won_cycle()?.unsound`
/// counts them.
///
/// # Unit
/// [`Days`], 0 or more; shorter is better. A deal won on the day of its creation took 0 days.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NoSoundCycle`] where deals were won, and of none is the creation known and on or before its close.
///
/// # Examples
/// Ten deals that took 200 days together:
/// ```
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// use sales_metrics::tally::{Cycle, DealTotals, Priced};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given().records(10).won(Priced::none(10)).won_cycle(Cycle::of(10, 200));
/// assert_eq!(kpi::sales_cycle_length(&DealTally::from_totals(q1, totals)?)?.to_string(), "20 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: a deal entered after it was won does not shorten the cycle. Averaged in with its −4 days, it would make 8
/// of 20.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 10)?, Outcome::Won { on: date(2026, 1, 30)? }, Currency::USD)?,
///     Deal::new("D-2", date(2026, 3, 5)?, Outcome::Won { on: date(2026, 3, 1)? }, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, q1)?;
/// assert_eq!(kpi::sales_cycle_length(&deals)?.to_string(), "20 days");
/// assert_eq!(deals.totals().won_cycle()?.unsound, 1);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_sales_cycle`]: the deal in the middle, which one endless deal does not move
/// - [`first_contact_cycle_length`]: starts earlier, at the first contact
/// - [`closed_cycle_length`]: over won and lost deals
/// - [`average_deal_age`](super::average_deal_age): of the deals still open
///
/// # Source
/// Bouncer, *B2B sales metrics*; LeadFuze, *6 steps to a sales metrics strategy* (2022), whose start, the qualified
/// opportunity, is a deal's creation here.
#[doc(alias = "days to close")]
pub fn sales_cycle_length(deals: &DealTally) -> Result<Days, Undefined> {
    let cycle = deals.totals().won_cycle()?;
    reckon::mean_days(cycle.days, cycle.count, || {
        reckon::none_won_or(deals, Undefined::NoSoundCycle)
    })
}

/// How long it takes us to win a deal, from the first contact.
///
/// # Formula
/// ```text
/// Σ (close − first contact) in days / won deals that have a first contact
/// ```
///
/// # Counts
/// Won deals with a first contact, by close date. Those that closed before it are left out;
/// `totals().contact_cycle()?.unsound` counts them.
///
/// # Unit
/// [`Days`], 0 or more; shorter is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NoFirstContact`] where deals were won, and none has a first contact on or before its close.
///
/// # Examples
/// A first contact ten days before the deal was created:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deal = Deal::new("D-1", date(2026, 1, 11)?, Outcome::Won { on: date(2026, 1, 31)? }, Currency::USD)?
///     .with_first_contact(date(2026, 1, 1)?)?;
/// let deals = DealTally::of([deal], q1)?;
/// assert_eq!(kpi::first_contact_cycle_length(&deals)?.to_string(), "30 days");
/// assert_eq!(kpi::sales_cycle_length(&deals)?.to_string(), "20 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it can be shorter than the sales cycle, since it does not cover the same deals: only one of these has a
/// first contact.
/// ```
/// # use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 11)?, Outcome::Won { on: date(2026, 1, 31)? }, Currency::USD)?
///         .with_first_contact(date(2026, 1, 1)?)?,
///     Deal::new("D-2", date(2025, 11, 22)?, Outcome::Won { on: date(2026, 3, 2)? }, Currency::USD)?,
/// ];
/// let deals = DealTally::of(&deals, q1)?;
/// assert_eq!(kpi::first_contact_cycle_length(&deals)?.to_string(), "30 days");
/// assert_eq!(kpi::sales_cycle_length(&deals)?.to_string(), "60 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_cycle_length`]: starts at the deal's creation, which every deal has
///
/// # Source
/// Bouncer, *B2B sales metrics*, and Mailshake, *Sales operations: the ultimate guide* (2022), start here.
pub fn first_contact_cycle_length(deals: &DealTally) -> Result<Days, Undefined> {
    let cycle = deals.totals().contact_cycle()?;
    reckon::mean_days(cycle.days, cycle.count, || {
        reckon::none_won_or(deals, Undefined::NoFirstContact)
    })
}

/// How long the deal in the middle took to win: half took longer, half were quicker.
///
/// # Formula
/// ```text
/// percentile 50 of (close − creation) in days
/// ```
///
/// # Counts
/// Won deals, by close date; as [`sales_cycle_length`].
///
/// # Unit
/// [`Days`], 0 or more, halves possible; shorter is better.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NoSoundCycle`] where deals were won, and of none is the creation known and on or before its close.
///
/// # Examples
/// Deals of 10 and 20 days:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let won = Outcome::Won { on: date(2026, 1, 31)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 21)?, won, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 11)?, won, Currency::USD)?,
/// ];
/// let deals = DealDetail::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::median_sales_cycle(&deals)?.to_string(), "15 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: one deal that took a year and more moves the mean, and leaves the median where most deals are.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
/// # let won = Outcome::Won { on: date(2026, 1, 31)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 21)?, won, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 11)?, won, Currency::USD)?,
///     Deal::new("D-3", date(2024, 12, 7)?, won, Currency::USD)?,
/// ];
/// # let deals = DealDetail::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::median_sales_cycle(&deals)?.to_string(), "20 days");
/// assert_eq!(kpi::sales_cycle_length(deals.tally())?.to_string(), "150 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_cycle_length`]: the mean
/// - [`sales_cycle_percentile`]: any other percentile
///
/// # Source
/// This crate's definition.
pub fn median_sales_cycle(deals: &DealDetail) -> Result<Days, Undefined> {
    sales_cycle_percentile(deals, Rate::HALF)
}

/// Within how many days a given share of the won deals was won.
///
/// # Formula
/// ```text
/// percentile p of (close − creation) in days: the value at position p × (n − 1) of the n sorted cycles, interpolated
/// linearly between the two nearest
/// ```
///
/// # Counts
/// Won deals, by close date; as [`sales_cycle_length`].
///
/// # Unit
/// [`Days`], 0 or more, fractions possible; shorter is better. `p` is a [`Rate`]: 0 % gives the shortest cycle, 100 %
/// the longest.
///
/// # Errors
/// - [`Undefined::NoWonDeals`] where no deal was won.
/// - [`Undefined::NoSoundCycle`] where deals were won, and of none is the creation known and on or before its close.
///
/// # Examples
/// Deals of 10 and 20 days:
/// ```
/// use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Scope, date, kpi};
///
/// let won = Outcome::Won { on: date(2026, 1, 31)? };
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 21)?, won, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 11)?, won, Currency::USD)?,
/// ];
/// let deals = DealDetail::of(&deals, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
/// assert_eq!(kpi::sales_cycle_percentile(&deals, "75%".parse()?)?.to_string(), "17.5 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: tools disagree on percentiles. Of 10, 20, 30 and 40 days, the 90th lies at position 2.7 and is 37 days; a
/// tool that takes the nearest deal says 40.
/// ```
/// # use sales_metrics::{Currency, Deal, DealDetail, Outcome, Period, Rate, Scope, date, kpi};
/// let mut deals = DealDetail::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// for (id, day) in [("D-1", 1), ("D-2", 11), ("D-3", 21), ("D-4", 31)] {
///     let won = Outcome::Won { on: date(2026, 2, 10)? };
///     deals.record(&Deal::new(id, date(2026, 1, day)?, won, Currency::USD)?)?;
/// }
/// assert_eq!(kpi::sales_cycle_percentile(&deals, "90%".parse()?)?.to_string(), "37 days");
/// assert_eq!(kpi::sales_cycle_percentile(&deals, Rate::ONE)?.to_string(), "40 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`median_sales_cycle`]: the percentile at 50 %
/// - [`sales_cycle_length`]: the mean
///
/// # Source
/// This crate's definition; the percentile is SQL's `PERCENTILE_CONT` and the spreadsheets' `PERCENTILE.INC`.
pub fn sales_cycle_percentile(deals: &DealDetail, p: Rate) -> Result<Days, Undefined> {
    let none = reckon::none_won_or(deals.tally(), Undefined::NoSoundCycle);
    deals.cycles().percentile(p).ok_or(none)
}

/// How long it takes until a deal is decided, either way.
///
/// # Formula
/// ```text
/// Σ (close − creation) in days / won and lost deals created on or before their close
/// ```
///
/// # Counts
/// Won and lost deals, by close date; disqualified ones don't count. Those that closed before they were created are
/// left out; `totals().won_cycle()?.unsound` and `totals().lost_cycle()?.unsound` count them.
///
/// # Unit
/// [`Days`], 0 or more; shorter is better.
///
/// # Errors
/// - [`Undefined::NoDecidedDeals`] where no deal was won or lost.
/// - [`Undefined::NoSoundCycle`] where of none of them the creation is known and on or before the close.
///
/// # Examples
/// One deal won after 20 days, one lost after 40:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 1)?, Outcome::Won { on: date(2026, 1, 21)? }, Currency::USD)?,
///     Deal::new("D-2", date(2026, 1, 1)?, Outcome::Lost { on: date(2026, 2, 10)? }, Currency::USD)?,
/// ];
/// assert_eq!(kpi::closed_cycle_length(&DealTally::of(&deals, q1)?)?.to_string(), "30 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
/// Surprise: it is not halfway between the two cycles. One win of 10 days and three losses of 50 make 40 days, not 30.
/// ```
/// # use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
/// # use sales_metrics::tally::{Cycle, DealTotals, Priced};
/// # let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let totals = DealTotals::given()
///     .records(4)
///     .won(Priced::none(1))
///     .won_cycle(Cycle::of(1, 10))
///     .lost(Priced::none(3))
///     .lost_cycle(Cycle::of(3, 150));
/// assert_eq!(kpi::closed_cycle_length(&DealTally::from_totals(q1, totals)?)?.to_string(), "40 days");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
///
/// # See also
/// - [`sales_cycle_length`]: won deals alone
///
/// # Source
/// This crate's definition.
#[doc(alias = "time to close")]
pub fn closed_cycle_length(deals: &DealTally) -> Result<Days, Undefined> {
    let totals = deals.totals();
    let cycle = totals.won_cycle()?.plus(totals.lost_cycle()?);
    reckon::mean_days(cycle.days, cycle.count, || match decided(deals) {
        Ok((0, 0)) => Undefined::NoDecidedDeals,
        Ok(_) => Undefined::NoSoundCycle,
        Err(reason) => reason,
    })
}

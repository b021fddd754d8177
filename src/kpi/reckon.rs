//! The few steps that formulas are made of.

use rust_decimal::Decimal;

use crate::error::{Error, Undefined};
use crate::kpi::error::KpiProblem;
use crate::period::{Period, Scope, WorkCalendar};
use crate::tally::{CustomerTally, CustomerTotals, DealTally, LeadTally, Priced, Spent};
use crate::value::money::expect_currency;
use crate::value::{
    AmountSum, Average, Days, Length, Money, MoneyPer, Months, Per, Percent, Rate, Volume, Whole,
    sorted,
};

/// The one division. Whoever calls it has made sure that `whole` is not 0 and has a reason of its own if it is.
pub(super) fn quotient(
    part: impl Into<Decimal>,
    whole: impl Into<Decimal>,
) -> Result<Decimal, Undefined> {
    let quotient = part.into().checked_div(whole.into());
    quotient.ok_or(Undefined::OutOfRange)
}

pub(super) fn product(a: Decimal, b: impl Into<Decimal>) -> Result<Decimal, Undefined> {
    a.checked_mul(b.into()).ok_or(Undefined::OutOfRange)
}

pub(super) fn difference(a: Decimal, b: Decimal) -> Result<Decimal, Undefined> {
    a.checked_sub(b).ok_or(Undefined::OutOfRange)
}

/// A share of a whole, or the reason where there is no whole.
pub(super) fn rate(
    part: impl Into<Decimal>,
    whole: impl Into<Decimal>,
    no_whole: Undefined,
) -> Result<Rate, Undefined> {
    Rate::of_whole(part, whole, no_whole)
}

pub(super) fn percent(
    part: impl Into<Decimal>,
    whole: impl Into<Decimal>,
) -> Result<Percent, Undefined> {
    Percent::from_fraction(quotient(part, whole)?)
}

/// As [`rate`], where the part may pass the whole.
pub(super) fn percent_or(
    part: impl Into<Decimal>,
    whole: impl Into<Decimal>,
    no_whole: Undefined,
) -> Result<Percent, Undefined> {
    let whole = whole.into();
    if whole.is_zero() {
        return Err(no_whole);
    }
    percent(part, whole)
}

/// A mean count, or the reason where there is nothing to divide by.
pub(crate) fn mean(sum: u64, count: u64, none: Undefined) -> Result<Average, Undefined> {
    if count == 0 {
        return Err(none);
    }
    quotient(sum, count).map(Average::new)
}

pub(super) fn days(count: Decimal) -> Result<Days, Undefined> {
    Days::new(count).map_err(|_| Undefined::OutOfRange)
}

/// The reason is asked for where there is nothing alone: it may need what was not counted.
pub(super) fn mean_days(
    sum: u64,
    count: u64,
    none: impl FnOnce() -> Undefined,
) -> Result<Days, Undefined> {
    if count == 0 {
        return Err(none());
    }
    days(quotient(sum, count)?)
}

/// The mean of `count` lengths of time in microseconds, rounded to the microsecond, half away from zero.
pub(super) fn mean_length(micros: u128, count: u64, none: Undefined) -> Result<Length, Undefined> {
    let (doubled, count) = (micros * 2, u128::from(count));
    let mean = (doubled + count).checked_div(count * 2).ok_or(none)?;
    let micros = u64::try_from(mean).map_err(|_| Undefined::OutOfRange)?;
    Ok(Length::micros(micros))
}

pub(super) fn money(scope: Scope, amount: Decimal) -> Money {
    Money::new(amount.normalize(), scope.currency())
}

pub(super) fn money_per_day(scope: Scope, amount: Decimal) -> MoneyPer {
    MoneyPer::new(money(scope, amount), Per::Day)
}

/// What the deals of a group add up to: 0 where there is none, unknown where none has an amount.
pub(super) fn amount(scope: Scope, group: Priced) -> Result<Money, Undefined> {
    volume(scope, group).amount()
}

pub(super) fn volume(scope: Scope, group: Priced) -> Volume {
    group.sound_volume(scope.currency())
}

pub(super) fn mean_money(scope: Scope, sum: AmountSum, count: u64) -> Result<Money, Undefined> {
    Ok(money(scope, quotient(sum.decimal(), count)?))
}

/// What each of `count` cost.
pub(super) fn mean_cost(scope: Scope, spent: Spent, count: u64) -> Result<Money, Undefined> {
    Ok(money(scope, quotient(cost(spent)?, count)?))
}

/// What was spent, where no more came back.
pub(super) fn cost(spent: Spent) -> Result<Decimal, Undefined> {
    let cost = recorded(spent)?;
    if cost < Decimal::ZERO {
        return Err(Undefined::SpendNotPositive);
    }
    Ok(cost)
}

/// What was spent, to be divided by.
pub(super) fn divisor(spent: Spent) -> Result<Decimal, Undefined> {
    let cost = recorded(spent)?;
    if cost <= Decimal::ZERO {
        return Err(Undefined::SpendNotPositive);
    }
    Ok(cost)
}

/// In how many months a cost is paid back by recurring revenue of a year at a margin.
pub(super) fn payback(
    cost: Decimal,
    yearly: AmountSum,
    margin: Percent,
) -> Result<Months, Undefined> {
    let profit = product(yearly.decimal(), margin.fraction())?;
    if profit <= Decimal::ZERO {
        return Err(Undefined::GrossProfitNotPositive);
    }
    let months = quotient(product(cost, 12)?, profit)?;
    Months::new(months).map_err(|_| Undefined::OutOfRange)
}

/// Nothing recorded is not 0.
fn recorded(spent: Spent) -> Result<Decimal, Undefined> {
    if spent.is_unrecorded() {
        return Err(Undefined::NoSpend);
    }
    Ok(spent.net())
}

/// Why there is no priced won deal: none was won, or none of the won has an amount.
pub(super) fn no_priced_win(tally: &DealTally) -> Undefined {
    none_won_or(tally, Undefined::NothingPriced)
}

pub(super) fn none_won_or(tally: &DealTally, otherwise: Undefined) -> Undefined {
    match tally.totals().won() {
        Ok(won) if won.count == 0 => Undefined::NoWonDeals,
        Ok(_) => otherwise,
        Err(reason) => reason,
    }
}

/// Why of no customer at the end it is known what they pay.
pub(super) fn no_known_customer(totals: &CustomerTotals) -> Result<Undefined, Undefined> {
    Ok(match totals.at_end()? {
        0 => Undefined::NoCustomersAtEnd,
        _ => Undefined::NoRecurringFee,
    })
}

/// What the `n` largest are of all; the reason where these add up to 0.
pub(super) fn of_the_largest(
    amounts: Vec<Decimal>,
    n: u32,
    none: Undefined,
) -> Result<Rate, Undefined> {
    let largest_first = sorted(amounts, |a, b| b.cmp(a));
    let (mut part, mut whole, mut left) = (Decimal::ZERO, Decimal::ZERO, n);
    for amount in largest_first {
        whole = whole.checked_add(amount).ok_or(Undefined::OutOfRange)?;
        if left > 0 {
            (part, left) = (whole, left.saturating_sub(1));
        }
    }
    rate(part, whole, none)
}

/// Σ (each / all)², exact up to its last digit; none where they add up to 0.
pub(super) fn sum_of_squared_shares(amounts: &[AmountSum]) -> Option<Decimal> {
    let (mut all, mut squares) = (AmountSum::ZERO, Whole::new(0));
    for amount in amounts {
        all.add(amount.units());
        squares.add(&square(*amount), 1);
    }
    (all > AmountSum::ZERO).then(|| squares.share_of(&square(all)))
}

fn square(amount: AmountSum) -> Whole {
    Whole::square(amount.units())
}

pub(super) fn none_arrived_or(leads: &LeadTally, otherwise: Undefined) -> Undefined {
    match leads.totals().arrived() {
        Ok(0) => Undefined::NoLeads,
        Ok(_) => otherwise,
        Err(reason) => reason,
    }
}

/// Why no lead is due: what they waited is known of some, or of none.
pub(super) fn none_due(waits_are_unknown: bool) -> Undefined {
    if waits_are_unknown {
        return Undefined::NoTimeOfDay;
    }
    Undefined::NoDueLeads
}

/// The one check that an earlier scope can be compared with a later one.
pub(super) fn expect_alike(now: Scope, before: Scope) -> Result<(), Error> {
    expect_currency("the previous period", now.currency(), before.currency())?;
    expect_days_alike(now, before)
}

/// The same where no money is counted: then the currency plays no part.
pub(super) fn expect_days_alike(now: Scope, before: Scope) -> Result<(), Error> {
    if before.period().start() >= now.period().start() {
        return Err(KpiProblem::SeriesOutOfOrder {
            earlier: before,
            later: now,
        }
        .into());
    }
    if now.is_like(before) {
        return Ok(());
    }
    Err(KpiProblem::PeriodsNotAlike {
        current: now,
        previous: before,
    }
    .into())
}

/// The one check that the scopes of a series run from the past to the present, in one currency.
pub(super) fn expect_series(scopes: impl Iterator<Item = Scope> + Clone) -> Result<(), Error> {
    for (past, now) in scopes.clone().zip(scopes.skip(1)) {
        expect_currency("a tally of the series", past.currency(), now.currency())?;
        if now.period().start() < past.period().end() {
            return Err(KpiProblem::SeriesOutOfOrder {
                earlier: past,
                later: now,
            }
            .into());
        }
    }
    Ok(())
}

/// What moves between two evenings is known once the first day has passed.
pub(super) fn elapsed(customers: &CustomerTally) -> Result<&CustomerTotals, Undefined> {
    if customers.scope().elapsed_days() == 0 {
        return Err(Undefined::NothingElapsed);
    }
    Ok(customers.totals())
}

/// The working days of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorkingDays {
    /// Up to the as-of day, that day among them. Invariant: at least one.
    pub(crate) over: u32,
    /// Invariant: at least as many.
    pub(crate) all: u32,
}

impl WorkingDays {
    /// None where the period has not begun, or no working day of it is over.
    pub(crate) fn of(scope: Scope, calendar: &WorkCalendar) -> Result<Self, Undefined> {
        let (start, end) = scope.window();
        let elapsed = Period::of_days(start, end).ok_or(Undefined::NothingElapsed)?;
        match calendar.working_days(elapsed) {
            0 => Err(Undefined::NoWorkingDays),
            over => Ok(Self {
                over,
                all: calendar.working_days(scope.period()),
            }),
        }
    }

    /// What was done so far, against the share of a target that is due by now. The target is not 0.
    pub(crate) fn pace(self, done: Decimal, target: Decimal) -> Result<Percent, Undefined> {
        percent(product(done, self.all)?, product(target, self.over)?)
    }
}

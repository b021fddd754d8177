//! What a tally needs of one contract, and nothing else: small, copied freely, and free of text.

use crate::error::Error;
use crate::period::Day;
use crate::record::Amount;
use crate::record::error::RecordProblem;
use crate::value::error::ValueProblem;
use crate::value::{Currency, Per};

/// The part of a [`Contract`](crate::record::Contract) that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Terms {
    pub(crate) start: Day,
    /// The agreed last day.
    pub(crate) end: Option<Day>,
    /// The actual last day, where it was terminated.
    pub(crate) terminated: Option<Day>,
    pub(crate) recurring: Option<Recurring>,
    pub(crate) one_time: Option<Amount>,
    /// The day on which it was agreed on.
    pub(crate) signed: Option<Day>,
    /// The day on which its end became known.
    pub(crate) notice: Option<Day>,
    pub(crate) trial: bool,
    pub(crate) auto_renewal: bool,
    pub(crate) currency: Currency,
}

impl Terms {
    pub(in crate::record) fn new(start: Day, currency: Currency) -> Self {
        Self {
            start,
            end: None,
            terminated: None,
            recurring: None,
            one_time: None,
            signed: None,
            notice: None,
            trial: false,
            auto_renewal: false,
            currency,
        }
    }

    /// The last day on which it holds; none where it goes on.
    #[inline]
    pub(crate) fn last(&self) -> Option<Day> {
        self.terminated.or(self.end)
    }

    /// The day after its last: the day on which it ends. Later than all where it goes on.
    #[inline]
    pub(crate) fn ends_on(&self) -> Day {
        self.last().map_or(Day::NEVER, Day::following)
    }

    /// Whether it holds on the evening before a day.
    #[inline]
    pub(crate) fn is_active_before(&self, day: Day) -> bool {
        self.start < day && day <= self.ends_on()
    }

    /// Whether it was terminated before its agreed end.
    #[inline]
    pub(crate) fn is_cut_short(&self) -> bool {
        let cut = |end: Day| self.terminated.is_some_and(|last| last < end);
        self.end.is_some_and(cut)
    }

    /// What the recurring fee comes to in a year.
    #[inline]
    pub(crate) fn yearly(&self) -> Option<Amount> {
        self.recurring.map(|recurring| recurring.yearly)
    }
}

/// A fee that is due again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Recurring {
    fee: Amount,
    per: Per,
    /// Invariant: the fee times how often it is due in a year.
    yearly: Amount,
}

impl Recurring {
    pub(in crate::record) fn new(fee: Amount, per: Per) -> Result<Self, Error> {
        let times = per.times_a_year().ok_or(ValueProblem::PerDay)?;
        let units = fee.units().saturating_mul(times);
        let yearly = Amount::of_units(units).ok_or_else(|| {
            let amount = Amount::decimal_of(units);
            let problem = RecordProblem::AmountTooLarge { amount };
            Error::from(problem).about("recurring fee a year")
        })?;
        Ok(Self { fee, per, yearly })
    }

    /// As it was given.
    pub(super) fn fee(self) -> Amount {
        self.fee
    }

    pub(super) fn per(self) -> Per {
        self.per
    }
}

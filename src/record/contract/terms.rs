//! What a tally needs of one contract, and nothing else: small, copied freely, and free of text.

use core::num::NonZeroU16;

use crate::error::Error;
use crate::period::{Day, Period};
use crate::record::Amount;
use crate::record::error::RecordProblem;
use crate::value::{AmountSum, Currency, Per};

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
        let agreed = || self.end.filter(|end| !self.renews_itself_after(*end));
        self.terminated.or_else(agreed)
    }

    /// Whether it goes on after its agreed end of itself: no notice was given by then.
    #[inline]
    fn renews_itself_after(&self, end: Day) -> bool {
        self.auto_renewal && self.notice.is_none_or(|notice| end < notice)
    }

    /// Whether it has gone on after its agreed end of itself.
    #[inline]
    pub(crate) fn has_renewed_itself(&self) -> bool {
        let outlasts = |end: Day| end.following() < self.ends_on();
        self.auto_renewal && self.end.is_some_and(outlasts)
    }

    /// The day after its last: the day on which it ends. Later than all where it goes on.
    #[inline]
    pub(crate) fn ends_on(&self) -> Day {
        self.last().map_or(Day::NEVER, Day::following)
    }

    /// Whether it holds on the evening before a day.
    pub(crate) fn is_active_before(&self, day: Day) -> bool {
        let (is_active, _) = self.are_active_before((day, day));
        is_active
    }

    /// Whether it holds on the evenings before two days.
    #[inline]
    pub(crate) fn are_active_before(&self, days: (Day, Day)) -> (bool, bool) {
        let ends_on = self.ends_on();
        let is_active = |day: Day| self.start < day && day <= ends_on;
        (is_active(days.0), is_active(days.1))
    }

    /// Whether it was terminated before its agreed end.
    #[inline]
    pub(crate) fn is_cut_short(&self) -> bool {
        let cut = |end: Day| self.terminated.is_some_and(|last| last < end);
        self.end.is_some_and(cut)
    }

    /// What it pays again and again.
    #[inline]
    pub(crate) fn pays(&self) -> Pays {
        match (self.yearly(), self.one_time) {
            _ if self.trial => Pays::Nothing,
            (Some(fee), _) if fee.units() == 0 => Pays::Nothing,
            (Some(fee), _) => Pays::Yearly(fee),
            (None, Some(_)) => Pays::Once,
            (None, None) => Pays::Unknown,
        }
    }

    /// The day on which it was agreed on: its first where no other is known.
    #[inline]
    pub(crate) fn agreed_on(&self) -> Day {
        self.signed.unwrap_or(self.start)
    }

    /// From its first day to the last that was agreed on; none where it has no term.
    fn term(&self) -> Option<Period> {
        Period::of_days(self.start, self.end?.following())
    }

    /// How long the term is: whole months from its first day, and the days that are left over.
    pub(crate) fn months_and_days(&self) -> Option<(u64, u64)> {
        let (months, days) = self.term()?.months_and_days()?;
        Some((u64::try_from(months).ok()?, u64::from(days)))
    }

    /// Everything that the term brings in: see [`Contract::total_value`](crate::record::Contract::total_value).
    pub(crate) fn total_value(&self) -> Option<AmountSum> {
        let months = self.term()?.whole_months()?;
        let (fees, parts) = self.recurring?.over(u64::try_from(months).ok()?);
        if fees % parts != 0 {
            return None;
        }
        let one_time = self.one_time.map_or(0, Amount::units);
        AmountSum::of_units(one_time).checked_add(fees / parts)
    }

    /// What the recurring fee comes to in a year.
    #[inline]
    pub(crate) fn yearly(&self) -> Option<Amount> {
        self.recurring.map(|recurring| recurring.yearly)
    }
}

/// What a contract pays again and again: by that, it makes its account a customer or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pays {
    /// A trial, whatever its fee, or a fee of 0.
    Nothing,
    /// A one-time fee alone.
    Once,
    /// No fee at all is known.
    Unknown,
    /// So much a year, above 0.
    Yearly(Amount),
}

impl Pays {
    /// Whether its account is a customer as long as it holds.
    #[inline]
    pub(crate) fn makes_customer(self) -> bool {
        matches!(self, Self::Unknown | Self::Yearly(_))
    }

    /// The recurring money a year; none where it is not known.
    #[inline]
    pub(crate) fn yearly(self) -> Option<Amount> {
        match self {
            Self::Yearly(fee) => Some(fee),
            Self::Unknown => None,
            Self::Nothing | Self::Once => Amount::of_units(0),
        }
    }
}

/// A fee that is due again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Recurring {
    fee: Amount,
    per: Per,
    /// Units of time from one fee to the next.
    every: NonZeroU16,
    /// Invariant: the fee times how often it is due in a year, to the nearest unit of an amount.
    yearly: Amount,
}

impl Recurring {
    pub(in crate::record) fn new(fee: Amount, every: u16, per: Per) -> Result<Self, Error> {
        let every = NonZeroU16::new(every).ok_or(RecordProblem::Contradiction {
            field: "recurring fee",
            problem: "it is due every 0 units of time; give 1 or more",
        })?;
        let mut recurring = Self {
            fee,
            per,
            every,
            yearly: fee,
        };
        // Half away from zero: a fee is never below it.
        let (twelvefold, twelve) = recurring.over(12);
        let units = twelvefold.saturating_add(twelve / 2) / twelve;
        let yearly = Amount::of_any(units);
        recurring.yearly = yearly.map_err(|error| error.about("recurring fee a year"))?;
        Ok(recurring)
    }

    /// What it comes to in so many months: a fraction, in units of an amount.
    fn over(self, months: u64) -> (u128, u128) {
        let times = u128::from(self.per.times_a_year()).saturating_mul(u128::from(months));
        let fees = u128::from(self.fee.units()).saturating_mul(times);
        (fees, u128::from(self.every.get()).saturating_mul(12))
    }

    /// As it was given.
    pub(super) fn fee(self) -> Amount {
        self.fee
    }

    pub(super) fn per(self) -> Per {
        self.per
    }

    pub(super) fn every(self) -> u16 {
        self.every.get()
    }
}

use core::fmt;

use crate::period::{Day, Scope};
use crate::record::{Pays, Terms};

/// How a contract counts in a scope: the one rule, by which every tally counts.
///
/// Whether it holds is read on two evenings: that before the period's first day, and that of its last day or of the as-of day,
/// whichever is earlier. A contract ends on the day after its last, so one that starts on the first day of the period was not there
/// at the start, and one whose last day is the period's last is there at the end. Where the as-of day is before the period, both
/// evenings are that of the as-of day. What happened (signed, due) counts where its date lies in the period and not after the as-of
/// day.
///
/// A recurring fee above 0 [makes its account a customer](Self::makes_customer) as long as it holds, and so does one that nobody has
/// written down. A trial, a contract of a fee of 0 and a one-time sale make no customer, no history and no renewal.
///
/// ```
/// use sales_metrics::{Contract, Currency, Per, Period, Scope, date};
///
/// let contract = Contract::new("C-1", "Initech", date(2025, 2, 1)?, Currency::USD)?
///     .with_last_day(date(2026, 1, 31)?)?
///     .with_recurring(100, Per::Month)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let standing = contract.standing(q1);
/// assert!(standing.is_active_at_start() && !standing.is_active_at_end() && standing.is_due());
/// assert_eq!(standing.to_string(), "active at the start, not at the end; up for renewal in the period");
///
/// let trial = contract.with_trial().standing(q1);
/// assert!(trial.is_active_at_start() && !trial.makes_customer() && !trial.is_due());
/// assert_eq!(trial.to_string(), "active at the start, not at the end; pays nothing");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none excludes another"
)]
pub struct ContractStanding {
    at_start: bool,
    at_end: bool,
    signed: bool,
    /// The agreed last day lies in the period, up to the as-of day.
    runs_out: bool,
    /// The last day does, and it is before the agreed one.
    breaks_off: bool,
    cut_short: bool,
    renews: bool,
    pays: Pays,
}

impl ContractStanding {
    /// `renews` tells whether it names another contract that it renews.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "each tally reads a few of these facts of every contract, and need not find out the others: measured"
    )]
    pub(crate) fn of(terms: &Terms, renews: bool, scope: &Scope) -> Self {
        let (start, end) = scope.window();
        let in_period = |day: Day| start <= day && day < end;
        let cut_short = terms.is_cut_short();
        let (at_start, at_end) = terms.are_active_before(scope.evenings());
        Self {
            at_start,
            at_end,
            signed: in_period(terms.agreed_on()),
            runs_out: terms.end.is_some_and(in_period),
            breaks_off: cut_short && terms.terminated.is_some_and(in_period),
            cut_short,
            renews,
            pays: terms.pays(),
        }
    }

    /// Active on the evening before the period.
    #[must_use]
    #[inline]
    pub fn is_active_at_start(self) -> bool {
        self.at_start
    }

    /// Active on the evening of the period's last day, or of the as-of day where that is earlier.
    #[must_use]
    #[inline]
    pub fn is_active_at_end(self) -> bool {
        self.at_end
    }

    /// Its account is a customer as long as it holds: it has a recurring fee above 0, or nobody knows its fees, and it is no trial.
    #[must_use]
    #[inline]
    pub fn makes_customer(self) -> bool {
        self.pays.makes_customer()
    }

    /// It is no trial, and none of its fees is known: a customer that is in no rate of money.
    #[must_use]
    #[inline]
    pub fn is_of_unknown_fee(self) -> bool {
        self.pays == Pays::Unknown
    }

    /// It has a one-time fee and no recurring one, and is no trial.
    #[must_use]
    #[inline]
    pub fn is_one_time_sale(self) -> bool {
        self.pays == Pays::Once
    }

    /// Signed in the period, up to the as-of day: by the day of signing, where that is known, else by its first day.
    #[must_use]
    #[inline]
    pub fn is_signed(self) -> bool {
        self.signed
    }

    /// Signed in the period, and it makes a customer and renews no other contract.
    #[must_use]
    #[inline]
    pub fn is_new_business(self) -> bool {
        self.signed && !self.renews && self.makes_customer()
    }

    /// Up for renewal in the period, up to the as-of day: its agreed last day lies there, and it was not terminated before.
    #[must_use]
    #[inline]
    pub fn is_due(self) -> bool {
        self.runs_out && !self.cut_short && self.makes_customer()
    }

    /// Active at the start and not at the end, since it was ended before its agreed last day. If another contract replaced it, it was
    /// renewed early, else terminated early: that, a [`RenewalTally`](crate::RenewalTally) knows.
    #[must_use]
    #[inline]
    pub fn is_cut_short(self) -> bool {
        self.at_start && !self.at_end && self.cut_short && self.makes_customer()
    }

    /// Its last day lies in the period, up to the as-of day, and before the agreed one: it came up for renewal, if another contract
    /// replaced it.
    #[inline]
    pub(crate) fn breaks_off(self) -> bool {
        self.breaks_off && self.makes_customer()
    }

    #[inline]
    pub(crate) fn pays(self) -> Pays {
        self.pays
    }
}

impl fmt::Display for ContractStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let active = match (self.at_start, self.at_end) {
            (true, true) => "active at the start and at the end",
            (true, false) => "active at the start, not at the end",
            (false, true) => "active at the end, not at the start",
            (false, false) => "active neither at the start nor at the end",
        };
        let happened = [
            (self.signed, "; signed in the period"),
            (self.is_due(), "; up for renewal in the period"),
            (self.is_cut_short(), "; ended before its term"),
            (self.pays == Pays::Nothing, "; pays nothing"),
            (self.is_one_time_sale(), "; sold once"),
            (self.is_of_unknown_fee(), "; of unknown fee"),
        ];
        let happened = happened
            .iter()
            .filter_map(|(holds, words)| holds.then_some(*words));
        f.pad(&format!("{active}{}", happened.collect::<String>()))
    }
}

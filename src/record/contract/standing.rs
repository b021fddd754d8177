use core::fmt;

use crate::period::Scope;
use crate::record::Terms;

/// How a contract counts in a scope: the one rule, by which every tally counts.
///
/// Whether it holds is read on two evenings: that before the period's first day, and that of its last day or of the as-of day,
/// whichever is earlier. A contract ends on the day after its last, so one that starts on the first day of the period was not there
/// at the start, and one whose last day is the period's last is there at the end. Where the as-of day is before the period, both
/// evenings are that of the as-of day. What happened (signed, due) counts where its date lies in the period and not after the as-of
/// day.
///
/// ```
/// use sales_metrics::{Contract, Currency, Period, Scope, date};
///
/// let contract = Contract::new("C-1", "Initech", date(2025, 2, 1)?, Currency::USD)?.with_last_day(date(2026, 1, 31)?)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let standing = contract.standing(q1);
/// assert!(standing.is_active_at_start() && !standing.is_active_at_end() && standing.is_due());
/// assert_eq!(standing.to_string(), "active at the start, not at the end; up for renewal in the period");
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
    cut_short: bool,
}

impl ContractStanding {
    #[inline]
    pub(crate) fn of(terms: &Terms, scope: &Scope) -> Self {
        let (opening, closing) = scope.evenings();
        Self {
            at_start: terms.is_active_before(opening),
            at_end: terms.is_active_before(closing),
            signed: scope.counts(terms.start),
            runs_out: terms.end.is_some_and(|end| scope.counts(end)),
            cut_short: terms.is_cut_short(),
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

    /// Signed in the period, up to the as-of day: its first day lies there.
    #[must_use]
    #[inline]
    pub fn is_signed(self) -> bool {
        self.signed
    }

    /// Up for renewal in the period, up to the as-of day: its agreed last day lies there, and it was not terminated before.
    #[must_use]
    #[inline]
    pub fn is_due(self) -> bool {
        self.runs_out && !self.cut_short
    }

    /// Active at the start and not at the end, since it was terminated before its agreed last day.
    #[must_use]
    #[inline]
    pub fn is_terminated_early(self) -> bool {
        self.at_start && !self.at_end && self.cut_short
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
            (self.is_terminated_early(), "; terminated early"),
        ];
        let happened = happened
            .iter()
            .filter_map(|(holds, words)| holds.then_some(*words));
        f.pad(&format!("{active}{}", happened.collect::<String>()))
    }
}

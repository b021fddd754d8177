//! Whether columns that are declared as percent hold shares from 0 to 1: a chance of a quarter per cent is hardly ever meant.

use rust_decimal::Decimal;

use super::row::Cell;
use crate::import::{Problem, RowError};

/// What is known of the percents read so far, by what they are of.
pub(in crate::import) struct Percents {
    pub(in crate::import) probability: Percent,
    pub(in crate::import) full_time_share: Percent,
    pub(in crate::import) ramp: Percent,
}

/// The percents of one field.
pub(in crate::import) struct Percent {
    /// The key under which a mapping names a column of shares.
    declare: &'static str,
    known: Known,
}

/// A number above 1, or one with its sign, shows that they are percents.
enum Known {
    Nothing,
    /// The first share, where all numbers so far are shares.
    Shares(RowError),
    Percents,
}

impl Percent {
    fn of(declare: &'static str) -> Self {
        let known = Known::Nothing;
        Self { declare, known }
    }

    /// What is percents without any doubt.
    pub(in crate::import) fn sure() -> Self {
        let (declare, known) = ("", Known::Percents);
        Self { declare, known }
    }

    /// Whether they are surely percents.
    #[inline]
    pub(in crate::import) fn is_sure(&self) -> bool {
        matches!(self.known, Known::Percents)
    }

    /// One more number of them, on a line.
    pub(super) fn note(
        &mut self,
        (number, has_sign): (Decimal, bool),
        (cell, line): (Cell<'_>, u64),
    ) {
        if has_sign || number > Decimal::ONE {
            self.known = Known::Percents;
        }
        let is_share = Decimal::ZERO < number && number < Decimal::ONE;
        if is_share && matches!(self.known, Known::Nothing) {
            let declare = self.declare;
            let problem = Problem::OnlyShares { declare };
            self.known = Known::Shares(cell.wrong(problem).on(line));
        }
    }

    /// What is wrong with them, once.
    fn error(&mut self) -> Option<RowError> {
        match core::mem::replace(&mut self.known, Known::Percents) {
            Known::Shares(error) => Some(error),
            Known::Nothing | Known::Percents => None,
        }
    }
}

impl Percents {
    pub(super) fn new() -> Self {
        Self {
            probability: Percent::of("probability"),
            full_time_share: Percent::of("full_time_share"),
            ramp: Percent::of("ramp"),
        }
    }

    /// What is wrong with those of a file that has ended, once.
    pub(in crate::import) fn error(&mut self) -> Option<RowError> {
        let error = self.probability.error();
        let error = error.or_else(|| self.full_time_share.error());
        error.or_else(|| self.ramp.error())
    }
}

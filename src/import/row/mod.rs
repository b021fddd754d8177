//! From the cells of a row to a record: every record takes this road, whatever the file.

mod cells;
mod checks;
mod field;
mod finder;
mod formats;
mod header;
mod left_out;
mod percents;
mod recent;
#[allow(clippy::module_inception, reason = "a row is what this room is about")]
mod row;
mod seen;
mod trouble;
mod word_list;

pub(super) use cells::Cells;
pub(super) use finder::Finder;
pub(super) use trouble::Trouble;

pub(super) use cells::{Said, if_yes, missing, missing_beside, needed, with};
pub(super) use field::{CurrencyField, Field, LengthField, Listed, RowClass, WordField};
pub(super) use formats::Formats;
pub(super) use header::Header;
pub(super) use left_out::LeftOutRows;
pub(super) use percents::Percent;
pub(super) use recent::Recent;
pub(super) use row::{Cell, Extra, Row, Virtual, again, label, text};
pub(super) use seen::Seen;
pub(super) use word_list::folded;

use crate::error::Error;
use crate::tally::Take;

/// What makes a record of the cells of a row.
#[allow(
    unreachable_pub,
    reason = "a hidden part of `Columns`, which older compilers don't see as reached"
)]
pub trait Build {
    /// The record.
    type Record;

    /// Makes it, or says what is wrong.
    #[doc(hidden)]
    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Self::Record, Trouble>;

    /// Gives it to a tally, or says what is wrong with the row, or what the tally said. The record of the row before may be of use.
    #[doc(hidden)]
    #[inline]
    fn give<'a, T: Take<Self::Record>>(
        &'a self,
        cells: &mut Cells<'a>,
        _before: &mut Option<Self::Record>,
        into: &mut T,
    ) -> Result<Result<(), Error>, Trouble> {
        let record = self.build(cells)?;
        Ok(into.take(&record))
    }
}

/// A mapping in its places.
pub(super) struct Laid<L> {
    pub(super) layout: L,
    pub(super) virtuals: Vec<Virtual>,
    pub(super) left_out: LeftOutRows,
}

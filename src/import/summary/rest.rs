//! What is left to be told of a file when its records were.

use self::sealed::Counts;
use super::Summary;
use crate::error::Error;
use crate::import::mapping::Columns;
use crate::import::source::Source;
use crate::import::{Poured, Reader, Summarized};
use crate::tally::{Reads, Take};

/// What [`Summary::finish`] takes: a [`Reader`] at its end, or what became of a file that was [poured](crate::import::pour). It cannot be
/// implemented outside of this crate.
pub trait Rest: Counts {}

impl<T: Counts> Rest for T {}

mod sealed {
    use super::Summary;

    pub trait Counts {
        fn tell(&self, summary: &mut Summary);
    }
}

impl<S: Source, C: Columns> Counts for Reader<S, C> {
    fn tell(&self, summary: &mut Summary) {
        summary.take_counts(self.left_out(), self.rounded(), self.swallowed());
    }
}

/// Its records were taken one by one.
impl Counts for Poured {
    fn tell(&self, summary: &mut Summary) {
        for error in &self.rejected {
            summary.reject(error);
        }
        summary.take_counts(&self.left_out, self.rounded, &self.swallowed);
    }
}

impl<R: Summarized> Take<R> for Summary {
    const READS: Reads = Reads::Everything;

    #[inline]
    fn take(&mut self, record: &R) -> Result<(), Error> {
        self.record(record);
        Ok(())
    }
}

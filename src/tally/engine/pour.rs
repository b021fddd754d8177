//! What takes records one by one, as a file gives them.

use crate::error::Error;

/// What takes records one by one and keeps none: every tally that has a `record`, for the records that it takes.
///
/// The trait is there to be read in a signature, not to be implemented or called: it is sealed.
/// `import::pour` (feature `csv`) fills one from a file, and makes no more of a row than the tally reads. A pair takes each record twice;
/// where the second refuses one, the first has counted it.
pub trait Pour<R>: Take<R> {}

impl<R, T: Take<R>> Pour<R> for T {}

/// Such a thing, as whoever gives it records knows it.
pub trait Take<R> {
    /// What it reads of a record.
    const READS: Reads;

    /// Takes a record; nothing has changed where it fails.
    fn take(&mut self, record: &R) -> Result<(), Error>;
}

/// How much of a record is read. Each holds those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Its dates, amounts and standing; the id in an error alone.
    Facts,
    /// Of a deal, the account, too.
    Account,
    /// And who found it.
    AccountAndOrigin,
    Everything,
}

impl Reads {
    const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            (Self::AccountAndOrigin, _) | (_, Self::AccountAndOrigin) => Self::AccountAndOrigin,
            (Self::Account, _) | (_, Self::Account) => Self::Account,
            (Self::Facts, Self::Facts) => Self::Facts,
        }
    }
}

impl<R, T: Take<R>> Take<R> for &mut T {
    const READS: Reads = T::READS;

    #[inline]
    fn take(&mut self, record: &R) -> Result<(), Error> {
        (**self).take(record)
    }
}

impl<R, A: Take<R>, B: Take<R>> Take<R> for (A, B) {
    const READS: Reads = A::READS.or(B::READS);

    #[inline]
    fn take(&mut self, record: &R) -> Result<(), Error> {
        self.0.take(record)?;
        self.1.take(record)
    }
}

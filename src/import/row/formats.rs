//! How dates, instants and numbers are read: what a mapping declares, checked before a file is opened.

use chrono::FixedOffset;

use crate::import::dates::{self, Calendar, Clocks, Dates, Months, Years};
use crate::import::mapping::{FileFormat, invalid, problem};
use crate::import::numbers::Numbers;
use crate::import::{ImportError, NumberFormat, Texts};

/// Of a file, or of a column that has its own.
pub(in crate::import) struct Formats {
    pub(in crate::import) dates: Dates,
    /// As dates, of records that have none.
    pub(in crate::import) instants: Dates,
    pub(in crate::import) numbers: Numbers,
}

/// What the columns of a file have in common.
pub(super) struct Declared<'a> {
    file: &'a FileFormat,
    instants: Option<&'a Texts>,
    calendar: Calendar,
}

impl<'a> Declared<'a> {
    pub(super) fn new(
        file: &'a FileFormat,
        instants: Option<&'a Texts>,
    ) -> Result<Self, ImportError> {
        let calendar = calendar(file)?;
        Ok(Self {
            file,
            instants,
            calendar,
        })
    }

    pub(super) fn clocks(&self) -> &Clocks {
        &self.calendar.clocks
    }

    /// The formats of the file.
    pub(super) fn of_file(&self) -> Result<Formats, ImportError> {
        self.of_column(None, &NumberFormat::new())
    }

    /// Those of a column.
    pub(super) fn of_column(
        &self,
        own: Option<&Texts>,
        numbers: &NumberFormat,
    ) -> Result<Formats, ImportError> {
        let iso = Texts::from(dates::ISO);
        let of_file = self.file.dates.as_ref().unwrap_or(&iso);
        let dates = own.unwrap_or(of_file);
        let instants = own.or(self.instants).unwrap_or(of_file);
        let numbers = numbers.within(&self.file.numbers);
        Ok(Formats {
            dates: Dates::new(dates, &self.calendar).map_err(problem)?,
            instants: Dates::new(instants, &self.calendar).map_err(problem)?,
            numbers: Numbers::new(&numbers).map_err(problem)?,
        })
    }
}

fn calendar(file: &FileFormat) -> Result<Calendar, ImportError> {
    let months = match &file.months {
        None => Months::default(),
        Some(months) => Months::of(months).map_err(problem)?,
    };
    let years = match file.years_from {
        None => Years::default(),
        Some(first) => Years::from(first).ok_or_else(|| {
            problem(format!(
                "years_from is {first}, but must be a year from 1900 to 2900"
            ))
        })?,
    };
    let clocks = clocks(file)?;
    Ok(Calendar {
        clocks,
        months,
        years,
    })
}

fn clocks(file: &FileFormat) -> Result<Clocks, ImportError> {
    if file.offset.is_some() && file.place.is_none() {
        return invalid(
            "the offset is that of a clock which is not the place's; name the place, too, or write the offset as the place",
        );
    }
    Ok(Clocks {
        place: file.place.clone(),
        offset: file.offset.as_deref().map(declared).transpose()?,
    })
}

impl Formats {
    /// Whether it has times without an offset.
    pub(super) fn is_local(&self) -> bool {
        self.dates.is_local() || self.instants.is_local()
    }

    /// Times are whole, and on somebody's clock: the pattern says on whose, or the place is known.
    pub(super) fn expect_clock(&self, clocks: &Clocks) -> Result<(), ImportError> {
        if self.instants.has_hour() && !self.instants.has_time() {
            return invalid(format!(
                "the format \"{}\" lacks mm, but an instant needs it; leave out the hour, too, where no time is known",
                self.instants.patterns()
            ));
        }
        if self.instants.is_local() && clocks.place.is_none() {
            return invalid(format!(
                "the format \"{}\" lacks z, the offset; write on whose clock the times are as place, such as \"+01:00\", or by with_place where the clocks change",
                self.instants.patterns()
            ));
        }
        Ok(())
    }
}

fn declared(offset: &str) -> Result<FixedOffset, ImportError> {
    dates::offset(offset.as_bytes()).map_or_else(
        || {
            invalid(format!(
                "the offset \"{offset}\" must be written as +01:00, or as Z"
            ))
        },
        Ok,
    )
}

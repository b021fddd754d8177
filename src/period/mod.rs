//! Time: the [`Period`] one measures, the [`Scope`] one looks through, fiscal calendars and working hours.

mod calendar;
mod clock;
pub(crate) mod day;
mod fiscal;
pub(crate) mod moment;
#[expect(clippy::module_inception, reason = "the noun of this module")]
mod period;
mod scope;
mod text;

pub use calendar::WorkCalendar;
pub(crate) use day::Day;
pub use day::date;
pub use fiscal::{FiscalCalendar, FiscalYearLabel};
pub(crate) use moment::Moment;
pub use moment::instant;
pub use period::Period;
pub use scope::Scope;

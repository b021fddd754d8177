//! Time: the [`Period`] one measures, the [`Scope`] one looks through, fiscal calendars, working hours, and the [`Place`] on whose clock all
//! of it is read.

mod clock;
pub(crate) mod day;
pub(crate) mod error;
mod fiscal;
mod fiscal_weeks;
pub(crate) mod moment;
#[expect(clippy::module_inception, reason = "the noun of this module")]
mod period;
mod place;
mod place_wire;
#[cfg(feature = "csv")]
mod quick_day;
mod scope;
mod stamp;
mod text;
mod when;
mod work_calendar;
mod work_calendar_wire;
mod work_hours;

pub(crate) use day::{Day, days_between};
pub use day::{date, day};
pub use fiscal::{FiscalCalendar, FiscalYearLabel};
pub use fiscal_weeks::{FiscalYearEnd, QuarterWeeks};
pub(crate) use moment::Moment;
pub use moment::instant;
pub use period::Period;
pub use place::Place;
pub use scope::Scope;
pub(crate) use stamp::Stamp;
#[cfg(feature = "csv")]
pub(crate) use text::MONTHS;
pub use when::When;
pub use work_calendar::WorkCalendar;

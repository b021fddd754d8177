//! Who sells, and what is expected of them.

mod departure;
mod quota;
mod ramp;
mod rep;
mod roster;

pub use departure::Departure;
pub(crate) use quota::Goal;
pub use quota::Quota;
pub use ramp::Ramp;
pub use rep::Rep;
pub use roster::Roster;

//! What the records of several families are made of.

mod amount;
pub(crate) mod dimensions;
mod length;

pub(crate) use amount::{Amount, Share};
pub(crate) use dimensions::{Dimensioned, Dimensions, Entries};
pub(crate) use length::{LONGEST_MICROS, Lasted};

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What the words of a column mean that answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// Marks a record where the answer is yes.
pub(super) fn if_yes<R>(
    mark: fn(R) -> Result<R, Error>,
) -> impl FnOnce(R, Answer) -> Result<R, Error> {
    move |record, answer| match answer {
        Answer::Yes => mark(record),
        Answer::No => Ok(record),
    }
}

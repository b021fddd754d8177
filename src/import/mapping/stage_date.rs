use serde::{Deserialize, Serialize};

use super::Column;

/// A stage, and the column that says when a deal entered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct StageDate {
    pub(in crate::import) stage: String,
    pub(in crate::import) entered: Column,
}

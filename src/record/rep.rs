use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::checked;
use super::{Label, RepId};
use crate::error::Error;
use crate::period::Day;

/// A sales rep: who, in which team, and from when to when.
///
/// ```
/// use sales_metrics::{Rep, date};
///
/// let ada = Rep::new("ada")?.with_team("north")?.with_hired(date(2025, 4, 1)?)?.with_left(date(2026, 1, 31)?)?;
/// assert!(ada.is_active(date(2026, 1, 31)?) && !ada.is_active(date(2026, 2, 1)?));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Rep {
    id: RepId,
    team: Option<Label>,
    hired: Option<Day>,
    /// Invariant: not before `hired`.
    left: Option<Day>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    id: RepId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<Label>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hired: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<Day>,
}

impl TryFrom<Wire> for Rep {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        Self {
            id: wire.id,
            team: wire.team,
            hired: wire.hired,
            left: wire.left,
        }
        .in_order()
    }
}

impl From<Rep> for Wire {
    fn from(rep: Rep) -> Self {
        Self {
            id: rep.id,
            team: rep.team,
            hired: rep.hired,
            left: rep.left,
        }
    }
}

impl Rep {
    /// A rep.
    ///
    /// # Errors
    /// [`Error::InvalidId`].
    pub fn new(id: impl TryInto<RepId, Error: Into<Error>>) -> Result<Self, Error> {
        Ok(Self {
            id: checked(id)?,
            team: None,
            hired: None,
            left: None,
        })
    }

    /// The team.
    ///
    /// # Errors
    /// [`Error::InvalidId`].
    pub fn with_team(
        mut self,
        team: impl TryInto<Label, Error: Into<Error>>,
    ) -> Result<Self, Error> {
        self.team = Some(checked(team)?);
        Ok(self)
    }

    /// The first day of work.
    ///
    /// # Errors
    /// [`Error::LeftBeforeHired`], [`Error::DateOutOfRange`].
    pub fn with_hired(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.hired = Some(self.day("hired", on)?);
        self.in_order()
    }

    /// The last day of work.
    ///
    /// # Errors
    /// [`Error::LeftBeforeHired`], [`Error::DateOutOfRange`].
    pub fn with_left(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.left = Some(self.day("left", on)?);
        self.in_order()
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &RepId {
        &self.id
    }

    /// The team.
    #[must_use]
    pub fn team(&self) -> Option<&Label> {
        self.team.as_ref()
    }

    /// The first day of work; none where it is before all records.
    #[must_use]
    pub fn hired(&self) -> Option<NaiveDate> {
        self.hired.map(Day::date)
    }

    /// The last day of work; none while the rep stays.
    #[must_use]
    pub fn left(&self) -> Option<NaiveDate> {
        self.left.map(Day::date)
    }

    /// Whether the rep works on that day: from the day of hire to the last day of work, both included.
    #[must_use]
    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.hired().is_none_or(|hired| hired <= on) && self.left().is_none_or(|left| on <= left)
    }

    fn day(&self, field: &str, date: NaiveDate) -> Result<Day, Error> {
        Day::new(date, || format!("rep {}: {field}", self.id))
    }

    fn in_order(self) -> Result<Self, Error> {
        match (self.hired, self.left) {
            (Some(hired), Some(left)) if left < hired => Err(Error::LeftBeforeHired {
                rep: self.id,
                hired: hired.date(),
                left: left.date(),
            }),
            _ => Ok(self),
        }
    }
}

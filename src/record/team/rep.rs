use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Period, days_between};
use crate::record::{Ramp, Record, Share};
use crate::value::id::checked;
use crate::value::{Currency, IntoId, Label, Rate, RecordId, RepId};

/// A sales rep: who, in which team, from when to when, and how much of a full-time week.
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
    /// Invariant: above 0. None is all of it.
    full_time_share: Option<Share>,
    ramp: Option<Ramp>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    id: RepId,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hired: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_time_share: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ramp: Option<Ramp>,
}

impl TryFrom<Wire> for Rep {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let rep = Self {
            id: wire.id,
            team: wire.team,
            hired: wire.hired,
            left: wire.left,
            full_time_share: None,
            ramp: wire.ramp,
        };
        match wire.full_time_share {
            Some(share) => rep.with_full_time_share(share)?.in_order(),
            None => rep.in_order(),
        }
    }
}

impl From<Rep> for Wire {
    fn from(rep: Rep) -> Self {
        Self {
            id: rep.id,
            team: rep.team,
            hired: rep.hired,
            left: rep.left,
            full_time_share: rep.full_time_share.map(Share::rate),
            ramp: rep.ramp,
        }
    }
}

impl Rep {
    /// A rep.
    ///
    /// # Errors
    /// [`Error::InvalidId`].
    pub fn new(id: impl IntoId<RepId>) -> Result<Self, Error> {
        Ok(Self {
            id: checked(id)?,
            team: None,
            hired: None,
            left: None,
            full_time_share: None,
            ramp: None,
        })
    }

    /// The team.
    ///
    /// # Errors
    /// [`Error::InvalidId`].
    pub fn with_team(mut self, team: impl IntoId<Label>) -> Result<Self, Error> {
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

    /// The part of a full-time week that the rep works: 100 % unless said otherwise.
    ///
    /// # Errors
    /// [`Error::ZeroShare`]; [`Error::TooManyDecimals`] where the fraction has more than 6.
    pub fn with_full_time_share(mut self, share: Rate) -> Result<Self, Error> {
        let (record, field) = (|| format!("rep {}", self.id), "full-time share");
        if share == Rate::ZERO {
            let record = record();
            return Err(Error::ZeroShare { record, field });
        }
        let checked = Share::checked(share, record, field)?;
        self.full_time_share = (share != Rate::ONE).then_some(checked);
        Ok(self)
    }

    /// How much of a quota is expected in the first months after the hire date. Without a hire date it has no effect.
    #[must_use]
    pub fn with_ramp(self, ramp: Ramp) -> Self {
        let ramp = Some(ramp);
        Self { ramp, ..self }
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

    /// The part of a full-time week that the rep works, above 0 %.
    #[must_use]
    pub fn full_time_share(&self) -> Rate {
        self.full_time_share.map_or(Rate::ONE, Share::rate)
    }

    /// How much of a quota is expected in the first months after the hire date.
    #[must_use]
    pub fn ramp(&self) -> Option<&Ramp> {
        self.ramp.as_ref()
    }

    /// Whether the rep works on that day: from the day of hire to the last day of work, both included.
    #[must_use]
    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.hired().is_none_or(|hired| hired <= on) && self.left().is_none_or(|left| on <= left)
    }

    /// The days of work: from the first up to, and not including, the second.
    pub(crate) fn employment(&self) -> (Day, Day) {
        let end = self.left.map_or(Day::NEVER, Day::following);
        (self.hired.unwrap_or(Day::FIRST), end)
    }

    /// The full-time share in millionths.
    pub(crate) fn full_time_millionths(&self) -> u64 {
        self.full_time_share.map_or(Share::WHOLE, Share::millionths)
    }

    /// What part of a quota for this period is expected: for each day of work the share of the ramp, in millionths, added up.
    /// All of the quota would be a million for each day of the period.
    pub(crate) fn expected_millionths(&self, period: Period) -> u64 {
        let (start, end) = period.bounds();
        let (hired, left) = self.employment();
        let (from, to) = (start.max(hired), end.min(left));
        let whole = days_between(from, to) * Share::WHOLE;
        let spared = match (&self.ramp, self.hired) {
            (Some(ramp), Some(hired)) => ramp.spared_millionths(hired, from, to),
            _ => 0,
        };
        whole.saturating_sub(spared)
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

impl Record for Rep {
    fn record_id(&self) -> RecordId {
        (&self.id).into()
    }

    fn currency(&self) -> Option<Currency> {
        None
    }
}

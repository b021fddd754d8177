use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Period, days_between};
use crate::record::error::RecordProblem;
use crate::record::{Departure, Dimensioned, Dimensions, Ramp, Record, Share};
use crate::value::id::{checked, own};
use crate::value::{Currency, Entries, IntoId, Label, Rate, RecordId, RepId};

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
    name: Option<Label>,
    /// Each with the day from which it holds; that of always from before every day.
    teams: Entries<Day, Label>,
    manager: Option<RepId>,
    hired: Option<Day>,
    /// Invariant: not before `hired`.
    left: Option<Day>,
    departure: Option<Departure>,
    /// Invariant: above 0. None is all of it.
    full_time_share: Option<Share>,
    ramp: Option<Ramp>,
    dimensions: Dimensions,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    id: RepId,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<Label>,
    /// Those that hold from a day on.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    teams: Entries<Day, Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<RepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hired: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    departure: Option<Departure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_time_share: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ramp: Option<Ramp>,
    #[serde(default, skip_serializing_if = "Dimensions::is_empty")]
    dimensions: Dimensions,
}

impl TryFrom<Wire> for Rep {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut teams = wire.teams;
        if let Some(team) = wire.team {
            teams.set(Day::FIRST, team);
        }
        let rep = Self {
            id: wire.id,
            name: wire.name,
            teams,
            manager: None,
            hired: wire.hired,
            left: wire.left,
            departure: wire.departure,
            full_time_share: None,
            ramp: wire.ramp,
            dimensions: wire.dimensions,
        };
        rep.with(wire.manager.as_ref(), Self::with_manager)?
            .with(wire.full_time_share, Self::with_full_time_share)?
            .in_order()
    }
}

impl From<Rep> for Wire {
    fn from(rep: Rep) -> Self {
        let mut teams = rep.teams;
        Self {
            id: rep.id,
            name: rep.name,
            team: teams.remove(&Day::FIRST),
            teams,
            manager: rep.manager,
            hired: rep.hired,
            left: rep.left,
            departure: rep.departure,
            full_time_share: rep.full_time_share.map(Share::rate),
            ramp: rep.ramp,
            dimensions: rep.dimensions,
        }
    }
}

impl Rep {
    /// A rep.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn new(id: impl IntoId<RepId>) -> Result<Self, Error> {
        Ok(Self {
            id: own(id)?,
            name: None,
            teams: Entries::default(),
            manager: None,
            hired: None,
            left: None,
            departure: None,
            full_time_share: None,
            ramp: None,
            dimensions: Dimensions::default(),
        })
    }

    /// The name to show.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_name(mut self, name: impl IntoId<Label>) -> Result<Self, Error> {
        self.name = Some(self.in_field("name", checked(name))?);
        Ok(self)
    }

    /// The team: always, or until the first [`with_team_since`](Self::with_team_since).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_team(mut self, team: impl IntoId<Label>) -> Result<Self, Error> {
        let team = self.in_field("team", checked(team))?;
        self.teams.set(Day::FIRST, team);
        Ok(self)
    }

    /// The team from a day on, until the next such day; in any order. Given again for the same day, the last one holds.
    ///
    /// ```
    /// use sales_metrics::{Rep, date};
    ///
    /// let ada = Rep::new("ada")?.with_team("north")?.with_team_since("south", date(2026, 7, 1)?)?;
    /// let on = |on| ada.team_on(on).map(|team| team.as_str());
    /// assert_eq!(on(date(2026, 6, 30)?), Some("north"));
    /// assert_eq!(on(date(2026, 7, 1)?), Some("south"));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId), [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_team_since(
        mut self,
        team: impl IntoId<Label>,
        since: NaiveDate,
    ) -> Result<Self, Error> {
        let team = self.in_field("team", checked(team))?;
        let since = self.in_field("team", Day::new(since))?;
        self.teams.set(since, team);
        Ok(self)
    }

    /// Whom the rep reports to.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId), [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) where it is the rep.
    pub fn with_manager(mut self, manager: impl IntoId<RepId>) -> Result<Self, Error> {
        let manager = self.in_field("manager", checked(manager))?;
        if manager == self.id {
            let (field, problem) = ("manager", "nobody reports to oneself");
            let problem = RecordProblem::Contradiction { field, problem };
            return self.in_field(field, Err(problem.into()));
        }
        self.manager = Some(manager);
        Ok(self)
    }

    /// The first day of work.
    ///
    /// # Errors
    /// [`ErrorKind::LeftBeforeHired`](crate::ErrorKind::LeftBeforeHired), [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_hired(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.hired = Some(self.in_field("hired", Day::new(on))?);
        self.in_order()
    }

    /// The last day of work.
    ///
    /// # Errors
    /// [`ErrorKind::LeftBeforeHired`](crate::ErrorKind::LeftBeforeHired), [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_left(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.left = Some(self.in_field("left", Day::new(on))?);
        self.in_order()
    }

    /// At whose wish the rep left; while the rep stays, it says nothing.
    #[must_use]
    pub fn with_departure(mut self, departure: Departure) -> Self {
        self.departure = Some(departure);
        self
    }

    /// The part of a full-time week that the rep works: 100 % unless said otherwise.
    ///
    /// # Errors
    /// [`ErrorKind::ZeroShare`](crate::ErrorKind::ZeroShare); [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) where the fraction has more than 6.
    pub fn with_full_time_share(mut self, share: Rate) -> Result<Self, Error> {
        let checked = self.in_field("full-time share", Share::above_zero(share))?;
        self.full_time_share = (share != Rate::ONE).then_some(checked);
        Ok(self)
    }

    /// How much of a quota is expected in the first months after the hire date. Without a hire date it has no effect.
    #[must_use]
    pub fn with_ramp(self, ramp: Ramp) -> Self {
        let ramp = Some(ramp);
        Self { ramp, ..self }
    }

    /// A dimension to group by, such as a region or a territory; set again, the last value holds. What a rep did, and what a rep owns, is told
    /// apart by it, too, where no record of that kind has that dimension itself.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_dimension(
        mut self,
        name: impl IntoId<Label>,
        value: impl IntoId<Label>,
    ) -> Result<Self, Error> {
        let (name, value) = self.checked_dimension(name, value)?;
        self.set_dimension(name, value);
        Ok(self)
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &RepId {
        &self.id
    }

    /// The name to show; none where there is but the id.
    #[must_use]
    pub fn name(&self) -> Option<&Label> {
        self.name.as_ref()
    }

    /// The team: of several, the last one.
    #[must_use]
    pub fn team(&self) -> Option<&Label> {
        self.teams.iter().last().map(|(_, team)| team)
    }

    /// The team on a day of the years 1900 to 2999.
    #[must_use]
    pub fn team_on(&self, on: NaiveDate) -> Option<&Label> {
        self.team_at(Day::supported(on)?)
    }

    pub(crate) fn team_at(&self, on: Day) -> Option<&Label> {
        self.teams.last_up_to(&on).map(|(_, team)| team)
    }

    /// The teams, each with the day from which it holds; none for that of always.
    pub fn teams(&self) -> impl Iterator<Item = (Option<NaiveDate>, &Label)> {
        let since = |since: Day| (since != Day::FIRST).then(|| since.date());
        self.teams
            .iter()
            .map(move |(day, team)| (since(*day), team))
    }

    /// Whom the rep reports to.
    #[must_use]
    pub fn manager(&self) -> Option<&RepId> {
        self.manager.as_ref()
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

    /// At whose wish the rep left, where that is known.
    #[must_use]
    pub fn departure(&self) -> Option<Departure> {
        self.departure
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

    /// A dimension by its name.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&Label> {
        self.dimensions.get(name)
    }

    /// All dimensions and their values, by name.
    pub fn dimensions(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.dimensions.iter()
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

    /// Whether the ramp is over on a day. One without a hire date has no effect, as if there were none.
    pub(crate) fn is_ramped_on(&self, day: Day) -> bool {
        match (&self.ramp, self.hired) {
            (Some(ramp), Some(hired)) => ramp.is_over_on(hired, day),
            _ => true,
        }
    }

    fn in_order(self) -> Result<Self, Error> {
        match (self.hired, self.left) {
            (Some(hired), Some(left)) if left < hired => {
                let (hired, left) = (hired.date(), left.date());
                let problem = RecordProblem::LeftBeforeHired { hired, left };
                self.in_field("left", Err(problem.into()))
            }
            _ => Ok(self),
        }
    }
}

impl Dimensioned for Rep {
    fn set_dimension(&mut self, name: Label, value: Label) {
        self.dimensions.set(name, value);
    }

    fn remove_dimension(&mut self, name: &Label) {
        self.dimensions.remove(name);
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

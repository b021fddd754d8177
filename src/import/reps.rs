use serde::{Deserialize, Serialize};

use super::cells::{Build, Cells, missing_beside, needed, with};
use super::field::{Field, WordField};
use super::finder::Finder;
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, mapping};
use super::row::Trouble;
use super::{Column, ImportError, WordColumn};
use crate::record::{Departure, Ramp, Rep};

mapping! {
    /// Which column of a file of reps is what, and how the file writes dates and numbers. It is data: built here, or read
    /// from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// ```
    /// use sales_metrics::import::{RepColumns, read};
    ///
    /// let columns = RepColumns::new("Name").with_hired("Since").with_ramp_percent("Ramp").with_ramp_separator('/');
    /// let file = "Name,Since,Ramp\nada,2026-03-15,0 / 25 / 50\n";
    /// let reps = read(file.as_bytes(), &columns)?.records;
    /// assert_eq!(reps[0].ramp().unwrap().shares().count(), 3);
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    RepColumns {
        required {
            id: String,
        }
        columns {
            /// The name to show.
            with_name name
            /// The team.
            with_team team
            /// The id of the rep's manager.
            with_manager manager
            /// The first day of work.
            with_hired hired
            /// The last day of work; empty while the rep stays.
            with_left left
            /// The part of a full-time week, above 0 and up to 100, with or without a `%` behind it.
            with_full_time_share_percent full_time_share_percent
            /// How much of a quota is expected in the first, second, … month after the hire date: numbers from 0 to 100, with or
            /// without a `%` behind each, parted by the separator.
            with_ramp_percent ramp_percent
        }
        others {
            #[serde(skip_serializing_if = "Vec::is_empty")]
            teams: Vec<TeamSince>,
            #[serde(skip_serializing_if = "Option::is_none")]
            departure: Option<WordColumn<Departure>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            ramp_separator: Option<char>,
        }
    }
}

/// A team, and the day from which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamSince {
    team: Column,
    since: Column,
}

impl RepColumns {
    /// The column that every rep needs: the id.
    pub fn new(id: impl Into<String>) -> Self {
        Self(Wire::of(id.into()))
    }

    /// A further team, and the first day on which it holds, for whoever has changed it: both cells are filled, or both empty. Call it
    /// again for each further change.
    #[must_use]
    pub fn with_team_since(mut self, team: impl Into<Column>, since: impl Into<Column>) -> Self {
        let (team, since) = (team.into(), since.into());
        self.0.teams.push(TeamSince { team, since });
        self
    }

    /// At whose wish a rep left.
    #[must_use]
    pub fn with_departure(mut self, words: WordColumn<Departure>) -> Self {
        self.0.departure = Some(words);
        self
    }

    /// The mark between the months of a ramp; `;` unless said otherwise.
    #[must_use]
    pub fn with_ramp_separator(mut self, mark: char) -> Self {
        self.0.ramp_separator = Some(mark);
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    id: Field,
    name: Field,
    team: Field,
    teams: Vec<(Field, Field)>,
    manager: Field,
    hired: Field,
    left: Field,
    departure: WordField<Departure>,
    full_time_share: Field,
    ramp: Field,
    ramp_separator: char,
    formats: Formats,
}

impl Columns for RepColumns {
    type Record = Rep;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        let ramp_separator = wire.ramp_separator.unwrap_or(';');
        if ramp_separator == '%' || formats.numbers.may_hold(ramp_separator) {
            return invalid(format!(
                "{ramp_separator:?} cannot part the months of a ramp, since it can be a part of a number"
            ));
        }
        let mut teams = Vec::new();
        for TeamSince { team, since } in &wire.teams {
            teams.push((finder.column(team), finder.column(since)));
        }
        Ok(Layout {
            id: finder.required(&wire.id),
            name: finder.optional(wire.name.as_ref()),
            team: finder.optional(wire.team.as_ref()),
            teams,
            manager: finder.optional(wire.manager.as_ref()),
            hired: finder.optional(wire.hired.as_ref()),
            left: finder.optional(wire.left.as_ref()),
            departure: finder.optional_words(wire.departure.as_ref()),
            full_time_share: finder.optional(wire.full_time_share_percent.as_ref()),
            ramp: finder.optional(wire.ramp_percent.as_ref()),
            ramp_separator,
            formats,
        })
    }
}

impl Build<Rep> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Rep, Trouble> {
        let mut rep = needed(cells.rep(&self.id)?, &self.id)?.make(Rep::new)?;
        rep = with(rep, cells.label(&self.name)?, Rep::with_name)?;
        rep = self.in_teams(rep, cells)?;
        rep = with(rep, cells.rep(&self.manager)?, Rep::with_manager)?;
        rep = with(rep, cells.date(&self.hired)?, Rep::with_hired)?;
        rep = with(rep, cells.date(&self.left)?, Rep::with_left)?;
        if let Some(departure) = cells.word(&self.departure)? {
            rep = rep.with_departure(departure.value);
        }
        let share = cells.percent(&self.full_time_share)?;
        rep = with(rep, share, Rep::with_full_time_share)?;
        let ramp = cells.percents(&self.ramp, self.ramp_separator)?;
        with(rep, ramp, |rep, shares| {
            Ok(rep.with_ramp(Ramp::new(shares)?))
        })
    }
}

impl Layout {
    fn in_teams<'a>(&'a self, rep: Rep, cells: &mut Cells<'a>) -> Result<Rep, Trouble> {
        let mut rep = with(rep, cells.label(&self.team)?, Rep::with_team)?;
        for (team, since) in &self.teams {
            rep = match (cells.label(team)?, cells.date(since)?) {
                (None, None) => rep,
                (Some(team), Some(since)) => {
                    since.make(|since| rep.with_team_since(team.value, since))?
                }
                (Some(_), None) => return Err(missing_beside(since, team)),
                (None, Some(_)) => return Err(missing_beside(team, since)),
            };
        }
        Ok(rep)
    }
}

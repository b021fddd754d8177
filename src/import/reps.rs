use super::mapping::{Columns, Entry, Mapping, Meanings as _, invalid, mapping};
use super::row::{Build, Cells, Field, Finder, Trouble, WordField, missing_beside, needed, with};
use super::{Column, ImportError, WordColumn};
use crate::record::{Departure, Ramp, Rep};
use crate::value::Label;

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
            id: What::Column,
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
            /// The part of a full-time week, above 0 and up to 1.
            with_full_time_share full_time_share
            /// The same, above 0 and up to 100, with or without a `%` behind it.
            with_full_time_share_percent full_time_share_percent
            /// How much of a quota is expected in the first, second, … month after the hire date: numbers from 0 to 1, parted by the
            /// separator.
            with_ramp ramp
            /// The same from 0 to 100, with or without a `%` behind each.
            with_ramp_percent ramp_percent
        }
        others {
            teams: What::Pairs(&["team", "since"]),
            departure: What::Words(Departure::NAMES),
            ramp_separator: What::Mark,
        }
    }
    grouped by dimensions
}

impl RepColumns {
    /// The column that every rep needs: the id.
    pub fn new(id: impl Into<Column>) -> Self {
        Self(Mapping::of(vec![("id", id.into().into())]))
    }

    /// A further team, and the first day on which it holds, for whoever has changed it: both cells are filled, or both empty. Call it
    /// again for each further change.
    #[must_use]
    pub fn with_team_since(mut self, team: impl Into<Column>, since: impl Into<Column>) -> Self {
        self.0.push_pair("teams", (team.into(), since.into()));
        self
    }

    /// At whose wish a rep left.
    #[must_use]
    pub fn with_departure(mut self, words: WordColumn<Departure>) -> Self {
        self.0.set("departure", words.into());
        self
    }

    /// The mark between the months of a ramp; `;` unless said otherwise.
    #[must_use]
    pub fn with_ramp_separator(mut self, mark: char) -> Self {
        self.0.set("ramp_separator", Entry::Mark(mark));
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
    full_time_share_percent: Field,
    ramp: Field,
    ramp_percent: Field,
    ramp_separator: char,
    dimensions: Vec<(Label, Field)>,
}

impl Columns for RepColumns {
    type Record = Rep;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        mapping.expect_one_of("full_time_share", "full_time_share_percent")?;
        mapping.expect_one_of("ramp", "ramp_percent")?;
        let ramp_separator = mapping.mark("ramp_separator").unwrap_or(';');
        if ramp_separator == '%' || finder.numbers().may_hold(ramp_separator) {
            return invalid(format!(
                "{ramp_separator:?} cannot part the months of a ramp, since it can be a part of a number"
            ));
        }
        Ok(Layout {
            id: finder.field("id"),
            name: finder.field("name"),
            team: finder.field("team"),
            teams: finder.pairs("teams"),
            manager: finder.field("manager"),
            hired: finder.field("hired"),
            left: finder.field("left"),
            departure: finder.words("departure"),
            full_time_share: finder.field("full_time_share"),
            full_time_share_percent: finder.field("full_time_share_percent"),
            ramp: finder.field("ramp"),
            ramp_percent: finder.field("ramp_percent"),
            ramp_separator,
            dimensions: finder.dimensions(&[]),
        })
    }
}

impl Build for Layout {
    type Record = Rep;

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
        let share = cells.share(&self.full_time_share)?;
        rep = with(rep, share, Rep::with_full_time_share)?;
        let percent = &self.full_time_share_percent;
        let percent = cells.percent(percent, |all| &mut all.full_time_share)?;
        rep = with(rep, percent, Rep::with_full_time_share)?;
        let with_ramp = |rep: Rep, shares| Ok(rep.with_ramp(Ramp::new(shares)?));
        let ramp = cells.shares(&self.ramp, self.ramp_separator)?;
        rep = with(rep, ramp, with_ramp)?;
        let ramp = &self.ramp_percent;
        let ramp = cells.percents(ramp, self.ramp_separator, |all| &mut all.ramp)?;
        rep = with(rep, ramp, with_ramp)?;
        cells.dimensions(rep, &self.dimensions, Rep::with_dimension)
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
                (Some(_), None) => return Err(missing_beside(since.name(), team)),
                (None, Some(_)) => return Err(missing_beside(team.name(), since)),
            };
        }
        Ok(rep)
    }
}

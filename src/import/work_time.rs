use super::mapping::{Columns, Mapping, invalid, mapping};
use super::row::{Build, Cells, Field, Finder, LengthField, Trouble, needed, with};
use super::{Column, ImportError};
use crate::record::WorkTime;

mapping! {
    /// Which column of a file of working time is what, and how the file writes dates and numbers. It is data: built here, or
    /// read from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// Lengths are decimal numbers of one unit; what is finer than a microsecond is cut.
    ///
    /// ```
    /// use sales_metrics::Length;
    /// use sales_metrics::import::{WorkTimeColumns, read};
    ///
    /// let columns = WorkTimeColumns::new("rep", "day").with_working_hours("h").with_selling_minutes("selling (min)");
    /// let times = read("rep,day,h,selling (min)\nada,2026-03-06,7.5,300\n".as_bytes(), &columns)?.records;
    /// assert_eq!(times[0].working(), Length::minutes(450));
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    WorkTimeColumns {
        required {
            rep: What::Column,
            on: What::Column,
        }
        columns {
            /// How long the rep worked, in seconds. One of the three units is required.
            with_working_seconds working_seconds
            /// How long the rep worked, in minutes.
            with_working_minutes working_minutes
            /// How long the rep worked, in hours.
            with_working_hours working_hours
            /// How much of it was selling, in seconds.
            with_selling_seconds selling_seconds
            /// How much of it was selling, in minutes.
            with_selling_minutes selling_minutes
            /// How much of it was selling, in hours.
            with_selling_hours selling_hours
        }
        others {}
    }
}

impl WorkTimeColumns {
    /// The columns that all working time needs: the rep's id, and the day. How long the rep worked comes on top.
    pub fn new(rep: impl Into<Column>, on: impl Into<Column>) -> Self {
        Self(Mapping::of(vec![
            ("rep", rep.into().into()),
            ("on", on.into().into()),
        ]))
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    rep: Field,
    on: Field,
    working: LengthField,
    selling: LengthField,
}

impl Columns for WorkTimeColumns {
    type Record = WorkTime;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        let named = |unit| mapping.has(&format!("working_{unit}"));
        if !["seconds", "minutes", "hours"].into_iter().any(named) {
            return invalid(
                "working time needs its length; name working_seconds, working_minutes or working_hours",
            );
        }
        Ok(Layout {
            rep: finder.field("rep"),
            on: finder.field("on"),
            working: finder.length("working"),
            selling: finder.length("selling"),
        })
    }
}

impl Build for Layout {
    type Record = WorkTime;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<WorkTime, Trouble> {
        let rep = needed(cells.rep(&self.rep)?, &self.rep)?.value;
        let on = needed(cells.date(&self.on)?, &self.on)?;
        let on = on.in_years(&rep, "working time")?;
        let working = needed(cells.length(&self.working)?, self.working.field())?;
        let work = working.make(|working| WorkTime::new(rep, on, working))?;
        with(work, cells.length(&self.selling)?, WorkTime::with_selling)
    }
}

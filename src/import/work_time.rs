use super::ImportError;
use super::cells::{Build, Cells, needed, with};
use super::field::{Field, LengthField};
use super::finder::Finder;
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, mapping};
use super::row::Trouble;
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
            rep: String,
            on: String,
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
    pub fn new(rep: impl Into<String>, on: impl Into<String>) -> Self {
        Self(Wire::of(rep.into(), on.into()))
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    rep: Field,
    on: Field,
    working: LengthField,
    selling: LengthField,
    formats: Formats,
}

impl Columns for WorkTimeColumns {
    type Record = WorkTime;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        let working = [
            wire.working_seconds.as_ref(),
            wire.working_minutes.as_ref(),
            wire.working_hours.as_ref(),
        ];
        if working.iter().all(Option::is_none) {
            return invalid(
                "working time needs its length; name working_seconds, working_minutes or working_hours",
            );
        }
        let selling = [
            wire.selling_seconds.as_ref(),
            wire.selling_minutes.as_ref(),
            wire.selling_hours.as_ref(),
        ];
        Ok(Layout {
            rep: finder.required(&wire.rep),
            on: finder.required(&wire.on),
            working: finder.length("working", working),
            selling: finder.length("selling", selling),
            formats,
        })
    }
}

impl Build<WorkTime> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<WorkTime, Trouble> {
        let rep = needed(cells.rep(&self.rep)?, &self.rep)?.value;
        let on = needed(cells.date(&self.on)?, &self.on)?;
        let on = on.in_years(|| format!("rep {rep}: working time"))?;
        let working = needed(cells.length(&self.working)?, &self.working.field)?;
        let work = working.make(|working| WorkTime::new(rep, on, working))?;
        with(work, cells.length(&self.selling)?, WorkTime::with_selling)
    }
}

use chrono::NaiveDate;

use super::cells::{Build, Cells, missing_beside, needed, with};
use super::field::{Field, WordField};
use super::finder::Finder;
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, instants, mapping};
use super::row::Trouble;
use super::{Column, ImportError, WordColumn};
use crate::error::Error;
use crate::record::{Lead, Origin, SOURCE};
use crate::value::{DealId, Label, LeadId};

mapping! {
    /// Which column of a file of leads is what, and how the file writes instants, dates and numbers. It is data: built here, or
    /// read from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// ```
    /// use sales_metrics::import::{LeadColumns, WordColumn, read};
    /// use sales_metrics::Origin;
    ///
    /// let origin = WordColumn::new("By").with_words(Origin::Marketing, ["MKT"]).with_words(Origin::Sales, ["SDR"]);
    /// let columns = LeadColumns::new("Lead", "Arrived")
    ///     .with_attempt("1st call")
    ///     .with_attempt("2nd call")
    ///     .with_qualified("Qualified")
    ///     .with_origin(origin)
    ///     .with_instants("YYYY-MM-DD hh:mm")
    ///     .with_place("+01:00".parse()?);
    /// let file = "Lead,Arrived,1st call,2nd call,Qualified,By\n\
    ///     L-1,2026-03-06 18:30,2026-03-09 09:10,2026-03-10 11:00,2026-03-10,MKT\n";
    /// let leads = read(file.as_bytes(), &columns)?.records;
    /// assert_eq!(leads[0].first_touch().unwrap().to_string(), "2026-03-09T09:10:00+01:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    LeadColumns {
        required {
            id: String,
            arrived: String,
        }
        columns {
            /// The instant at which it was handed over to a rep.
            with_assigned assigned
            /// The instant at which a human first got in touch.
            with_first_touch first_touch
            /// The date on which it met the criteria of marketing: it became an MQL.
            with_marketing_qualified marketing_qualified
            /// The date on which sales accepted it.
            with_accepted accepted
            /// The date on which sales gave it back to marketing.
            with_rejected rejected
            /// The date on which it met the criteria of sales: it became an SQL.
            with_sales_qualified sales_qualified
            /// The date on which it met the criteria of a qualified lead; that of sales, where it is known, stands before it.
            with_qualified qualified
            /// The date on which it became an opportunity; it stands where the deal does.
            with_converted converted
            /// The id of the deal that it became; it stands where the date of conversion does.
            with_deal deal
            /// The date on which that deal was won.
            with_won won
            /// The date on which it was given up.
            with_disqualified disqualified
            /// Where it came from: the dimension `source`.
            with_source source
            /// How well it fits what is sold: 0 to 100 points.
            with_fit fit
            /// How interested it is: 0 to 100 points.
            with_interest interest
            /// The rep who owns it.
            with_owner owner
        }
        others {
            #[serde(skip_serializing_if = "Vec::is_empty")]
            attempts: Vec<Column>,
            #[serde(skip_serializing_if = "Option::is_none")]
            origin: Option<WordColumn<Origin>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            instants: Option<String>,
        }
    }
    grouped by dimensions
}

instants!(LeadColumns);

impl LeadColumns {
    /// The columns that every lead needs: its id, and the instant of its arrival.
    pub fn new(id: impl Into<String>, arrived: impl Into<String>) -> Self {
        Self(Wire::of(id.into(), arrived.into()))
    }

    /// A column of instants at which a human tried to get in touch; call it again for each further column.
    #[must_use]
    pub fn with_attempt(mut self, column: impl Into<Column>) -> Self {
        self.0.attempts.push(column.into());
        self
    }

    /// Who found it: marketing, sales or a partner.
    #[must_use]
    pub fn with_origin(mut self, origin: WordColumn<Origin>) -> Self {
        self.0.origin = Some(origin);
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    id: Field,
    arrived: Field,
    assigned: Field,
    first_touch: Field,
    attempts: Vec<Field>,
    marketing_qualified: Field,
    accepted: Field,
    rejected: Field,
    sales_qualified: Field,
    qualified: Field,
    converted: Field,
    deal: Field,
    won: Field,
    disqualified: Field,
    origin: WordField<Origin>,
    fit: Field,
    interest: Field,
    owner: Field,
    dimensions: Vec<(Label, Field)>,
    formats: Formats,
}

impl Columns for LeadColumns {
    type Record = Lead;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format_of_instants()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        if wire.converted.is_some() != wire.deal.is_some() {
            return invalid("a conversion is a date and a deal; name both, converted and deal");
        }
        if wire.won.is_some() && wire.converted.is_none() {
            return invalid("only what was converted can be won; name converted and deal, too");
        }
        Ok(Layout {
            id: finder.required(&wire.id),
            arrived: finder.required(&wire.arrived),
            assigned: finder.optional(wire.assigned.as_ref()),
            first_touch: finder.optional(wire.first_touch.as_ref()),
            attempts: wire
                .attempts
                .iter()
                .map(|column| finder.column(column))
                .collect(),
            marketing_qualified: finder.optional(wire.marketing_qualified.as_ref()),
            accepted: finder.optional(wire.accepted.as_ref()),
            rejected: finder.optional(wire.rejected.as_ref()),
            sales_qualified: finder.optional(wire.sales_qualified.as_ref()),
            qualified: finder.optional(wire.qualified.as_ref()),
            converted: finder.optional(wire.converted.as_ref()),
            deal: finder.optional(wire.deal.as_ref()),
            won: finder.optional(wire.won.as_ref()),
            disqualified: finder.optional(wire.disqualified.as_ref()),
            origin: finder.optional_words(wire.origin.as_ref()),
            fit: finder.optional(wire.fit.as_ref()),
            interest: finder.optional(wire.interest.as_ref()),
            owner: finder.optional(wire.owner.as_ref()),
            dimensions: finder.dimensions(&[(SOURCE, wire.source.as_ref())], wire.further()),
            formats,
        })
    }
}

type SetDate = fn(Lead, NaiveDate) -> Result<Lead, Error>;

impl Build<Lead> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let lead = self.arrival(cells)?;
        let lead = self.touches(lead, cells)?;
        let lead = self.conversion(lead, cells)?;
        let mut lead = self.points(lead, cells)?;
        lead = self.milestones(lead, cells)?;
        lead = with(lead, cells.date(&self.won)?, Lead::with_won)?;
        lead = with(
            lead,
            cells.date(&self.disqualified)?,
            Lead::with_disqualified,
        )?;
        lead = with(lead, cells.rep(&self.owner)?, Lead::with_owner)?;
        lead = cells.dimensions(lead, &self.dimensions, Lead::with_dimension)?;
        Ok(match cells.word(&self.origin)? {
            Some(origin) => lead.with_origin(origin.value),
            None => lead,
        })
    }
}

impl Layout {
    fn arrival<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let id = needed(cells.text(&self.id, LeadId::new)?, &self.id)?;
        let arrived = cells.instant(&self.arrived)?;
        needed(arrived, &self.arrived)?.make(|arrived| Lead::new(id.value, arrived))
    }

    fn touches<'a>(&'a self, mut lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let assigned = cells.instant(&self.assigned)?;
        lead = with(lead, assigned, Lead::with_assigned)?;
        let first = cells.instant(&self.first_touch)?;
        lead = with(lead, first, Lead::with_first_touch)?;
        for attempt in &self.attempts {
            lead = with(lead, cells.instant(attempt)?, Lead::with_attempt)?;
        }
        Ok(lead)
    }

    /// From marketing to sales.
    fn milestones<'a>(&'a self, mut lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let set: [(&Field, SetDate); 5] = [
            (&self.marketing_qualified, Lead::with_marketing_qualified),
            (&self.accepted, Lead::with_accepted),
            (&self.rejected, Lead::with_rejected),
            (&self.sales_qualified, Lead::with_sales_qualified),
            (&self.qualified, Lead::with_qualified),
        ];
        for (field, set) in set {
            lead = with(lead, cells.date(field)?, set)?;
        }
        Ok(lead)
    }

    fn conversion<'a>(&'a self, lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let deal = cells.text(&self.deal, DealId::new)?;
        match (deal, cells.date(&self.converted)?) {
            (None, None) => Ok(lead),
            (Some(deal), Some(on)) => on.make(|on| lead.with_conversion(deal.value, on)),
            (Some(_), None) => Err(missing_beside(&self.converted, &self.deal)),
            (None, Some(_)) => Err(missing_beside(&self.deal, &self.converted)),
        }
    }

    fn points<'a>(&'a self, lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let points = |points| u8::try_from(points).unwrap_or(u8::MAX);
        let fit = cells.count(&self.fit, MOST_POINTS)?;
        let lead = with(lead, fit, |lead, fit| lead.with_fit(points(fit)))?;
        let interest = cells.count(&self.interest, MOST_POINTS)?;
        with(lead, interest, |lead, interest| {
            lead.with_interest(points(interest))
        })
    }
}

/// As a lead takes them.
const MOST_POINTS: u64 = 100;

use chrono::NaiveDate;

use super::mapping::{Columns, Mapping, Meanings as _, instants, invalid, mapping};
use super::row::{Build, Cells, Field, Finder, Trouble, WordField, needed, with};
use super::{Answer, Column, ImportError, Problem, WordColumn};
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
            id: What::Column,
            arrived: What::Column,
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
            /// The date on which it was converted; empty where it was not, or nobody knows when.
            with_converted converted
            /// The id of the deal that it became, where that is known.
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
            attempts: What::Columns,
            origin: What::Words(Origin::NAMES),
            is_converted: What::Words(Answer::NAMES),
            is_disqualified: What::Words(Answer::NAMES),
            instants: What::Texts,
        }
    }
    grouped by dimensions
}

instants!(LeadColumns);

impl LeadColumns {
    /// The columns that every lead needs: its id, and the instant of its arrival.
    pub fn new(id: impl Into<Column>, arrived: impl Into<Column>) -> Self {
        Self(Mapping::of(vec![
            ("id", id.into().into()),
            ("arrived", arrived.into().into()),
        ]))
    }

    /// A column of instants at which a human tried to get in touch; call it again for each further column.
    #[must_use]
    pub fn with_attempt(mut self, column: impl Into<Column>) -> Self {
        self.0.push("attempts", column.into());
        self
    }

    /// Whether it was converted, where the file says so: of what was, the deal and the date may be unknown.
    #[must_use]
    pub fn with_is_converted(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("is_converted", words.into());
        self
    }

    /// Whether it was given up, where the file says so: the date of that may be unknown.
    #[must_use]
    pub fn with_is_disqualified(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("is_disqualified", words.into());
        self
    }

    /// Who found it: marketing, sales or a partner.
    #[must_use]
    pub fn with_origin(mut self, origin: WordColumn<Origin>) -> Self {
        self.0.set("origin", origin.into());
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
    is_converted: WordField<Answer>,
    is_disqualified: WordField<Answer>,
    origin: WordField<Origin>,
    fit: Field,
    interest: Field,
    owner: Field,
    dimensions: Vec<(Label, Field)>,
}

impl Columns for LeadColumns {
    type Record = Lead;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        let converts = ["converted", "deal", "is_converted"];
        if mapping.has("won") && !converts.into_iter().any(|key| mapping.has(key)) {
            return invalid(
                "only what was converted can be won; name converted, deal or is_converted, too",
            );
        }
        Ok(Layout {
            id: finder.field("id"),
            arrived: finder.instant("arrived"),
            assigned: finder.instant("assigned"),
            first_touch: finder.instant("first_touch"),
            attempts: finder.instants("attempts"),
            marketing_qualified: finder.field("marketing_qualified"),
            accepted: finder.field("accepted"),
            rejected: finder.field("rejected"),
            sales_qualified: finder.field("sales_qualified"),
            qualified: finder.field("qualified"),
            converted: finder.field("converted"),
            deal: finder.field("deal"),
            won: finder.field("won"),
            disqualified: finder.field("disqualified"),
            is_converted: finder.words("is_converted"),
            is_disqualified: finder.words("is_disqualified"),
            origin: finder.words("origin"),
            fit: finder.field("fit"),
            interest: finder.field("interest"),
            owner: finder.field("owner"),
            dimensions: finder.dimensions(&[SOURCE]),
        })
    }
}

type SetDate = fn(Lead, NaiveDate) -> Result<Lead, Error>;

impl Build for Layout {
    type Record = Lead;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let lead = self.arrival(cells)?;
        let lead = self.touches(lead, cells)?;
        let lead = self.conversion(lead, cells)?;
        let mut lead = self.points(lead, cells)?;
        lead = self.milestones(lead, cells)?;
        lead = with(lead, cells.date(&self.won)?, Lead::with_won)?;
        lead = self.disqualification(lead, cells)?;
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
        let arrived = cells.when(&self.arrived)?;
        needed(arrived, &self.arrived)?.make(|arrived| Lead::new(id.value, arrived))
    }

    fn touches<'a>(&'a self, mut lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let assigned = cells.when(&self.assigned)?;
        lead = with(lead, assigned, Lead::with_assigned)?;
        let first = cells.when(&self.first_touch)?;
        lead = with(lead, first, Lead::with_first_touch)?;
        for attempt in &self.attempts {
            lead = with(lead, cells.when(attempt)?, Lead::with_attempt)?;
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

    /// By a deal, by a date, or by a mere yes; whatever is known of it.
    fn conversion<'a>(&'a self, lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let deal = cells.text(&self.deal, DealId::new)?;
        let on = cells.date(&self.converted)?;
        match cells.word(&self.is_converted)?.map(|said| said.value) {
            Some(Answer::No) => {
                no_beside(&self.is_converted, &self.deal, deal.is_some())?;
                no_beside(&self.is_converted, &self.converted, on.is_some())?;
                Ok(lead)
            }
            Some(Answer::Yes) if deal.is_none() && on.is_none() => {
                Ok(lead.with_undated_conversion())
            }
            _ => {
                let lead = with(lead, deal, Lead::with_deal)?;
                with(lead, on, Lead::with_converted)
            }
        }
    }

    fn disqualification<'a>(&'a self, lead: Lead, cells: &mut Cells<'a>) -> Result<Lead, Trouble> {
        let on = cells.date(&self.disqualified)?;
        match cells.word(&self.is_disqualified)?.map(|said| said.value) {
            Some(Answer::No) => {
                no_beside(&self.is_disqualified, &self.disqualified, on.is_some())?;
                Ok(lead)
            }
            Some(Answer::Yes) if on.is_none() => Ok(lead.with_undated_disqualification()),
            _ => with(lead, on, Lead::with_disqualified),
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

/// A no that stands beside what only a yes has.
fn no_beside(answer: &WordField<Answer>, other: &Field, is_there: bool) -> Result<(), Trouble> {
    if !is_there {
        return Ok(());
    }
    let column = answer.name().to_owned();
    let problem = Problem::NotBoth { column };
    Err(Trouble::of_column(other.name(), b"", problem))
}

use super::cells::{Build, Cells, missing, needed, with};
use super::field::{CurrencyField, Field, WordField};
use super::finder::Finder;
use super::format::{Format, Formats};
use super::mapping::{Columns, mapping};
use super::row::Trouble;
use super::{CurrencyColumn, ImportError, WordColumn};
use crate::record::{Spend, SpendCategory};
use crate::value::{Label, SpendId};

mapping! {
    /// Which column of a file of expenses is what, and how the file writes dates and numbers. It is data: built here, or read
    /// from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// ```
    /// use sales_metrics::import::{SpendColumns, WordColumn, read};
    /// use sales_metrics::{Currency, SpendCategory};
    ///
    /// let columns = SpendColumns::new("no", "date", "sum", Currency::USD, WordColumn::fixed(SpendCategory::Marketing)).with_source("channel");
    /// let spend = read("no,date,sum,channel\nS-1,2026-02-03,1200,webinar\n".as_bytes(), &columns)?.records;
    /// assert_eq!(spend[0].amount().to_string(), "1200 USD");
    ///
    /// let category = WordColumn::new("kind").with_words(SpendCategory::Sales, ["pay", "travel"]);
    /// let columns = SpendColumns::new("no", "date", "sum", Currency::USD, category);
    /// # let _ = columns;
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    SpendColumns {
        required {
            id: String,
            on: String,
            amount: String,
            currency: CurrencyColumn,
            category: WordColumn<SpendCategory>,
        }
        columns {
            /// The channel it was spent on: what deals name as their source.
            with_source source
        }
        others {}
    }
    grouped by dimensions
}

impl SpendColumns {
    /// The columns that every expense needs: its id, its day, how much it was, in which currency, and what for.
    pub fn new(
        id: impl Into<String>,
        on: impl Into<String>,
        amount: impl Into<String>,
        currency: impl Into<CurrencyColumn>,
        category: WordColumn<SpendCategory>,
    ) -> Self {
        Self(Wire::of(
            id.into(),
            on.into(),
            amount.into(),
            currency.into(),
            category,
        ))
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    id: Field,
    on: Field,
    amount: Field,
    currency: CurrencyField,
    category: WordField<SpendCategory>,
    source: Field,
    dimensions: Vec<(Label, Field)>,
    formats: Formats,
}

impl Columns for SpendColumns {
    type Record = Spend;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        Ok(Layout {
            id: finder.required(&wire.id),
            on: finder.required(&wire.on),
            amount: finder.required(&wire.amount),
            currency: finder.currency(&wire.currency),
            category: finder.words(&wire.category),
            source: finder.optional(wire.source.as_ref()),
            dimensions: finder.dimensions(&[], wire.further()),
            formats,
        })
    }
}

impl Build<Spend> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Spend, Trouble> {
        let spend = self.expense(cells)?;
        let spend = with(spend, cells.label(&self.source)?, Spend::with_source)?;
        cells.dimensions(spend, &self.dimensions, Spend::with_dimension)
    }
}

impl Layout {
    fn expense<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Spend, Trouble> {
        let id = needed(cells.text(&self.id, SpendId::new)?, &self.id)?.value;
        let on = needed(cells.date(&self.on)?, &self.on)?;
        let on = on.in_years(|| format!("spend {id}: date"))?;
        let currency = cells.currency(&self.currency)?;
        let category = cells.needed_word(&self.category, missing)?;
        let amount = needed(cells.number(&self.amount)?, &self.amount)?;
        amount.make(|amount| Spend::new(id, on, amount, currency, category))
    }
}

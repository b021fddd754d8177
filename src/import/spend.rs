use super::mapping::{Columns, Mapping, Meanings as _, mapping};
use super::row::{Build, Cells, CurrencyField, Field, Finder, Trouble, WordField, needed, with};
use super::{Column, CurrencyColumn, ImportError, WordColumn};
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
            id: What::Column,
            on: What::Column,
            amount: What::Column,
            currency: What::Currency,
            category: What::Words(SpendCategory::NAMES),
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
        id: impl Into<Column>,
        on: impl Into<Column>,
        amount: impl Into<Column>,
        currency: impl Into<CurrencyColumn>,
        category: WordColumn<SpendCategory>,
    ) -> Self {
        Self(Mapping::of(vec![
            ("id", id.into().into()),
            ("on", on.into().into()),
            ("amount", amount.into().into()),
            ("currency", currency.into().into()),
            ("category", category.into()),
        ]))
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
}

impl Columns for SpendColumns {
    type Record = Spend;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        Ok(Layout {
            id: finder.field("id"),
            on: finder.field("on"),
            amount: finder.field("amount"),
            currency: finder.currency("currency"),
            category: finder.words("category"),
            source: finder.field("source"),
            dimensions: finder.dimensions(&[]),
        })
    }
}

impl Build for Layout {
    type Record = Spend;

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
        let on = on.in_years(&id, "date")?;
        let currency = cells.currency(&self.currency)?;
        let category = cells.needed_word(&self.category)?;
        let amount = needed(cells.money(&self.amount, currency)?, &self.amount)?;
        amount.make(|amount| Spend::new(id, on, amount, currency, category))
    }
}

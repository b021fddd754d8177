use rust_decimal::Decimal;

use super::cells::{Build, Cells, Said, missing, needed};
use super::field::{CurrencyField, Field};
use super::finder::Finder;
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, mapping};
use super::row::Trouble;
use super::{Column, CurrencyColumn, ImportError, Problem};
use crate::period::Period;
use crate::record::Quota;
use crate::value::RepId;

mapping! {
    /// Which column of a file of quotas is what, and how the file writes dates and numbers. It is data: built here, or read
    /// from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// The period is one column of texts, or two of dates; a quota is an amount or a number of deals. Where both are named, each
    /// row has one.
    ///
    /// ```
    /// use sales_metrics::Currency;
    /// use sales_metrics::import::{QuotaColumns, read};
    ///
    /// let columns = QuotaColumns::new("rep").with_period("for").with_amount("target", Currency::USD);
    /// let quotas = read("rep,for,target\nada,2026-Q1,250000\n".as_bytes(), &columns)?.records;
    /// assert_eq!(quotas[0].period().to_string(), "2026-01-01/2026-04-01");
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    QuotaColumns {
        required {
            rep: String,
        }
        columns {
            /// The period: `2026-Q1`, `2026-H1`, `2026-03`, `2026-W07`, `2026-03-31`, `2026` or `2026-01-01/2026-04-01`, whose last day is the one before.
            with_period period
            /// Its first day, where the period is two dates.
            with_start start
            /// Its last day, where the period is two dates.
            with_last_day last_day
            /// How many deals are to be won.
            with_deals deals
        }
        others {
            #[serde(skip_serializing_if = "Option::is_none")]
            amount: Option<Column>,
            #[serde(skip_serializing_if = "Option::is_none")]
            currency: Option<CurrencyColumn>,
        }
    }
}

impl QuotaColumns {
    /// The column that every quota needs: the rep's id. A period, and an amount or deals, come on top.
    pub fn new(rep: impl Into<String>) -> Self {
        Self(Wire::of(rep.into()))
    }

    /// The amount that is to be won, and its currency.
    #[must_use]
    pub fn with_amount(
        mut self,
        column: impl Into<Column>,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        self.0.amount = Some(column.into());
        self.0.currency = Some(currency.into());
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    rep: Field,
    span: Span,
    amount: Field,
    currency: Option<CurrencyField>,
    deals: Field,
    formats: Formats,
}

enum Span {
    Text(Field),
    Days { start: Field, end: Field },
}

impl Columns for QuotaColumns {
    type Record = Quota;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        if wire.amount.is_none() && wire.deals.is_none() {
            return invalid("a quota is of money or of deals; name amount, or deals");
        }
        if wire.amount.is_some() != wire.currency.is_some() {
            return invalid("an amount has a currency; name both, or neither");
        }
        Ok(Layout {
            rep: finder.required(&wire.rep),
            span: wire.span(finder)?,
            amount: finder.optional(wire.amount.as_ref()),
            currency: wire.currency.as_ref().map(|column| finder.currency(column)),
            deals: finder.optional(wire.deals.as_ref()),
            formats,
        })
    }
}

impl Wire {
    fn span(&self, finder: &mut Finder<'_>) -> Result<Span, ImportError> {
        match (&self.period, &self.start, &self.last_day) {
            (Some(period), None, None) => Ok(Span::Text(finder.column(period))),
            (None, Some(start), Some(end)) => Ok(Span::Days {
                start: finder.column(start),
                end: finder.column(end),
            }),
            _ => invalid("name the column of the period, or those of its start and its end"),
        }
    }
}

impl Build<Quota> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Quota, Trouble> {
        let rep = needed(cells.rep(&self.rep)?, &self.rep)?.value;
        let period = self.span.period(cells)?;
        let deals = cells.count(&self.deals, u64::MAX)?;
        match (cells.number(&self.amount)?, deals) {
            (None, None) => Err(self.without_goal()),
            (Some(_), Some(_)) => Err(cells.not_both(&self.deals, &self.amount)),
            (None, Some(deals)) => deals.make(|deals| Quota::of_deals(rep, period, deals)),
            (Some(amount), None) => self.of_money(rep, period, amount, cells),
        }
    }
}

impl Layout {
    fn of_money(
        &self,
        rep: RepId,
        period: Period,
        amount: Said<'_, Decimal>,
        cells: &mut Cells<'_>,
    ) -> Result<Quota, Trouble> {
        let Some(currency) = &self.currency else {
            return Err(self.without_goal());
        };
        let currency = cells.currency(currency)?;
        amount.make(|amount| Quota::of_money(rep, period, amount, currency))
    }

    #[cold]
    fn without_goal(&self) -> Trouble {
        let column = self.deals.name.clone();
        match (self.amount.is_absent(), self.deals.is_absent()) {
            (false, false) => Trouble::of_cell(&self.amount, b"", Problem::MissingBoth { column }),
            (false, true) => missing(&self.amount),
            _ => missing(&self.deals),
        }
    }
}

impl Span {
    fn period<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Period, Trouble> {
        let (start, end) = match self {
            Self::Text(field) => {
                let period = cells.text(field, str::parse)?;
                return needed(period, field).map(|period| period.value);
            }
            Self::Days { start, end } => (start, end),
        };
        let start = needed(cells.date(start)?, start)?.value;
        let end = needed(cells.date(end)?, end)?;
        end.make(|last| Period::between(start, last.succ_opt().unwrap_or(last)))
    }
}

use chrono::{Days, Months, NaiveDate};

use super::mapping::{Columns, Entry, Mapping, Meanings as _, invalid, mapping};
use super::row::{Build, Cells, CurrencyField, Field, Finder, Trouble, WordField, missing, needed};
use super::{Column, CurrencyColumn, ImportError, Problem, WordColumn};
use crate::error::Error;
use crate::period::{FiscalCalendar, Period};
use crate::record::Quota;
use crate::value::{Per, RepId};

mapping! {
    /// Which column of a file of quotas is what, and how the file writes dates and numbers. It is data: built here, or read
    /// from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// The period is one column of texts, or a year and its quarter, or two dates, or its first day and how long it is; a quota is an amount
    /// or a number of deals. Where both are named, each row has one.
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
            rep: What::Column,
        }
        columns {
            /// The period: `2026-Q1`, `2026-H1`, `2026-03`, `2026-W07`, `2026-03-31`, `2026` or `2026-01-01/2026-04-01`, whose last day is the one before.
            with_period period
            /// The year, where the period is a quarter in two columns.
            with_year year
            /// The quarter of that year: `1` or `Q1`.
            with_quarter quarter
            /// Its first day, where the period is two dates.
            with_start start
            /// Its last day, where the period is two dates.
            with_last_day last_day
            /// The day after its last one, where the file names that.
            with_ends_before ends_before
            /// How many deals are to be won.
            with_deals deals
        }
        others {
            fiscal: What::Fiscal,
            lasting: What::Words(Per::NAMES),
            amount: What::Column,
            currency: What::Currency,
        }
    }
}

impl QuotaColumns {
    /// The column that every quota needs: the rep's id. A period, and an amount or deals, come on top.
    pub fn new(rep: impl Into<Column>) -> Self {
        Self(Mapping::of(vec![("rep", rep.into().into())]))
    }

    /// The calendar whose years, quarters and months the periods are, as `FY2026-Q1`; that of everybody unless said otherwise.
    ///
    /// ```
    /// use sales_metrics::import::{QuotaColumns, read};
    /// use sales_metrics::{Currency, FiscalCalendar, FiscalYearLabel};
    ///
    /// // From February on, by the year in which it ends; the file has the year and the number of the quarter in two columns.
    /// let columns = QuotaColumns::new("rep")
    ///     .with_year("FY")
    ///     .with_quarter("Quarter")
    ///     .with_fiscal_calendar(FiscalCalendar::new(2, FiscalYearLabel::EndYear)?)
    ///     .with_amount("target", Currency::USD);
    /// let quotas = read("rep,FY,Quarter,target\nada,2027,1,250000\n".as_bytes(), &columns)?.records;
    /// assert_eq!(quotas[0].period().to_string(), "2026-02-01/2026-05-01");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_fiscal_calendar(mut self, calendar: FiscalCalendar) -> Self {
        self.0.set("fiscal", Entry::Fiscal(calendar));
        self
    }

    /// How long the period is, where only its first day is named; of a file of months `Per::Month.into()`. A month from a day that the next
    /// one lacks goes up to the day before that one's last: from 31 January up to 27 February.
    #[must_use]
    pub fn with_lasting(mut self, words: WordColumn<Per>) -> Self {
        self.0.set("lasting", words.into());
        self
    }

    /// The amount that is to be won, and its currency.
    #[must_use]
    pub fn with_amount(
        mut self,
        column: impl Into<Column>,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        self.0.set_column("amount", column);
        self.0.set("currency", currency.into().into());
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    rep: Field,
    span: Span,
    amount: Field,
    currency: CurrencyField,
    deals: Field,
}

enum Span {
    Text(Field, Option<FiscalCalendar>),
    Quarter {
        year: Field,
        quarter: Field,
        of: Option<FiscalCalendar>,
    },
    Days {
        start: Field,
        last_day: Field,
        ends_before: Field,
    },
    Lasting(Field, WordField<Per>),
}

impl Columns for QuotaColumns {
    type Record = Quota;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        if !mapping.has("amount") && !mapping.has("deals") {
            return invalid("a quota is of money or of deals; name amount, or deals");
        }
        if mapping.has("amount") != mapping.has("currency") {
            return invalid("an amount has a currency; name both, or neither");
        }
        Ok(Layout {
            rep: finder.field("rep"),
            span: span(finder)?,
            amount: finder.field("amount"),
            currency: finder.currency("currency"),
            deals: finder.field("deals"),
        })
    }
}

fn span(finder: &mut Finder<'_>) -> Result<Span, ImportError> {
    let has = |key| finder.mapping.has(key);
    let of = finder.mapping.fiscal("fiscal");
    if of.is_some() && has("start") {
        return invalid(
            "days are of no fiscal calendar; name it with period, or with year and quarter",
        );
    }
    let ends = ["last_day", "ends_before", "lasting"].map(has);
    let ends = ends.into_iter().filter(|named| *named).count();
    if has("year") || has("quarter") {
        if !has("year") || !has("quarter") || has("period") || has("start") || ends > 0 {
            return invalid("a year and a quarter are a period; name both, and nothing else of it");
        }
        return Ok(Span::Quarter {
            year: finder.field("year"),
            quarter: finder.field("quarter"),
            of,
        });
    }
    match (has("period"), has("start"), ends) {
        (true, false, 0) => Ok(Span::Text(finder.field("period"), of)),
        (false, true, 1) if has("lasting") => {
            let start = finder.field("start");
            Ok(Span::Lasting(start, finder.words("lasting")))
        }
        (false, true, 1) => Ok(Span::Days {
            start: finder.field("start"),
            last_day: finder.field("last_day"),
            ends_before: finder.field("ends_before"),
        }),
        _ => invalid(
            "name the column of the period, or year and quarter, or start, and with it one of last_day, ends_before and lasting",
        ),
    }
}

impl Build for Layout {
    type Record = Quota;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Quota, Trouble> {
        let rep = needed(cells.rep(&self.rep)?, &self.rep)?.value;
        let period = self.span.period(cells)?;
        let deals = cells.count(&self.deals, u64::MAX)?;
        match (cells.number(&self.amount)?, deals) {
            (None, None) => Err(self.without_goal()),
            (Some(_), Some(deals)) => Err(deals.not_beside(&self.amount)),
            (None, Some(deals)) => deals.make(|deals| Quota::of_deals(rep, period, deals)),
            (Some(_), None) => self.of_money(rep, period, cells),
        }
    }
}

impl Layout {
    fn of_money<'a>(
        &'a self,
        rep: RepId,
        period: Period,
        cells: &mut Cells<'a>,
    ) -> Result<Quota, Trouble> {
        let currency = cells.currency(&self.currency)?;
        let amount = needed(cells.money(&self.amount, currency)?, &self.amount)?;
        amount.make(|amount| Quota::of_money(rep, period, amount, currency))
    }

    #[cold]
    fn without_goal(&self) -> Trouble {
        let column = self.deals.name().to_owned();
        match (self.amount.is_absent(), self.deals.is_absent()) {
            (false, false) => {
                Trouble::of_column(self.amount.name(), b"", Problem::MissingBoth { column })
            }
            (false, true) => missing(&self.amount),
            _ => missing(&self.deals),
        }
    }
}

impl Span {
    fn period<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Period, Trouble> {
        match self {
            Self::Text(field, of) => {
                let period = cells.text(field, |text| named(text, *of))?;
                needed(period, field).map(|period| period.value)
            }
            Self::Quarter { year, quarter, of } => {
                let own = |text: &str| Ok(text.to_owned());
                let year = needed(cells.text(year, own)?, year)?;
                let said = needed(cells.text(quarter, own)?, quarter)?;
                let period = said.make(|said| {
                    let number = said.strip_prefix(['Q', 'q']).unwrap_or(&said);
                    named(&format!("{}-Q{number}", year.value), *of)
                });
                // No quarter is one of what is no year, or a part of one.
                if period.is_err() && named(&format!("{}-Q1", year.value), *of).is_err() {
                    if named(&year.value, *of).is_ok() {
                        let column = quarter.name().to_owned();
                        return Err(year.wrong(Problem::NoYear { column }));
                    }
                    year.make(|year| named(&year, *of))?;
                }
                period
            }
            Self::Days {
                start,
                last_day,
                ends_before,
            } => {
                let start = needed(cells.date(start)?, start)?.value;
                let field = if last_day.is_absent() {
                    ends_before
                } else {
                    last_day
                };
                let last = needed(cells.last_day(last_day, ends_before)?, field)?;
                last.make(|last| Period::between(start, last.succ_opt().unwrap_or(last)))
            }
            Self::Lasting(start, lasting) => {
                let start = needed(cells.date(start)?, start)?;
                let per = cells.needed_word(lasting)?;
                start.make(|start| Period::between(start, after(start, per).unwrap_or(start)))
            }
        }
    }
}

/// A period by its name.
fn named(text: &str, of: Option<FiscalCalendar>) -> Result<Period, Error> {
    match of {
        Some(calendar) => calendar.named(text),
        None => text.parse(),
    }
}

/// The day after so much time that begins on this one.
fn after(start: NaiveDate, per: Per) -> Option<NaiveDate> {
    match per {
        Per::Day => start.checked_add_days(Days::new(1)),
        Per::Week => start.checked_add_days(Days::new(7)),
        Per::Month => start.checked_add_months(Months::new(1)),
        Per::Quarter => start.checked_add_months(Months::new(3)),
        Per::HalfYear => start.checked_add_months(Months::new(6)),
        Per::Year => start.checked_add_months(Months::new(12)),
    }
}

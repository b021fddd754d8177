//! The facts of a deal: what tallies read of it.

use rust_decimal::Decimal;

use super::Problem;
use super::deal_row::Layout;
use super::head::Short;
use super::row::{Field, Formats, Percent, Row, Seen, Trouble, text};
use crate::error::Error;
use crate::period::Day;
use crate::record::{Amount, DealStatus, Facts, Share};
use crate::value::{Currency, DealId, Rate};

impl Layout {
    /// Puts what the row says in place of other facts; of what is wrong in it they are not.
    pub(super) fn put_facts(
        &self,
        (row, status): (&Row<'_>, DealStatus),
        seen: &mut Seen,
        facts: &mut Facts,
    ) -> Result<(), Trouble> {
        let id = &self.id;
        let currency = row.currency(&self.currency, &mut seen.currency)?;
        let created = day(row, &self.created, (id, &"created"))?;
        let closed = day(row, &self.closed, (id, &"close"))?;
        let first_contact = day(row, &self.first_contact, (id, &"first contact"))?;
        let expected_close = day(row, &self.expected_close, (id, &"expected close"))?;
        let ending = status.ending(closed);
        let ending = ending.map_err(|error| self.mismatch(row, of(row, id, error)))?;
        let worth = self.worth(row, currency, seen)?;
        let cost = amount((row, currency), &self.cost, (id, &"cost"), seen)?;
        let list_price = amount((row, currency), &self.list_price, (id, &"list price"), seen)?;
        let probability = self.likelihood(row, &mut seen.percents.probability)?;
        let mut new = Facts::new(created, ending, currency);
        if let Some(worth) = worth {
            new.set_amount(worth);
        }
        (new.cost, new.list_price, new.probability) = (cost, list_price, probability);
        (new.first_contact, new.expected_close) = (first_contact, expected_close);
        *facts = new;
        Ok(())
    }

    /// The close date does not fit the outcome.
    #[cold]
    fn mismatch(&self, row: &Row<'_>, error: Error) -> Trouble {
        if let Ok(Some(cell)) = row.known(&self.closed) {
            return cell.refused(error);
        }
        let problem = Problem::Refused(Box::new(error));
        if self.closed.is_absent() {
            return Trouble::of_column(self.outcome.name(), b"", problem);
        }
        Trouble::of_column(self.closed.name(), row.written(&self.closed), problem)
    }

    /// What it is worth, and whether that is below 0.
    #[inline]
    fn worth(
        &self,
        row: &Row<'_>,
        currency: Currency,
        seen: &mut Seen,
    ) -> Result<Option<(Amount, bool)>, Trouble> {
        let quick = row.quick(&self.amount, |cell, formats| {
            Some((quick_amount(cell, formats)?, false))
        });
        quick.or(|| {
            money((row, currency), &self.amount, seen, |decimal| {
                Amount::signed(decimal).map_err(|error| of(row, &self.id, error.about("amount")))
            })
        })
    }

    #[inline]
    fn likelihood(&self, row: &Row<'_>, percent: &mut Percent) -> Result<Option<Share>, Trouble> {
        let quick = row.quick(&self.probability, |cell, formats| {
            Share::of_millionths(formats.numbers.units(cell.head(), 6)?)
        });
        let share = quick.or(|| match row.known(&self.probability)? {
            Some(cell) => row.figure(cell, |decimal| {
                likelihood((row, &self.id), Rate::from_fraction(decimal)?)
            }),
            None => Ok(None),
        })?;
        if share.is_some() || self.probability_percent.is_absent() {
            return Ok(share);
        }
        // A ten-thousandth of a percent is a millionth. Until these are surely percents, each is looked at.
        let quick = row.quick(&self.probability_percent, |cell, formats| {
            let number = percent.is_sure().then(|| cell.without(b'%').head())?;
            Share::of_millionths(formats.numbers.units(number, 4)?)
        });
        quick.or(|| match row.known(&self.probability_percent)? {
            Some(cell) => row.percent(cell, percent, |decimal| {
                likelihood((row, &self.id), Rate::from_percent(decimal)?)
            }),
            None => Ok(None),
        })
    }
}

/// The column of a deal's id, and the name of a field: for an error.
type Names<'a> = (&'a Field, &'static &'static str);

#[inline]
fn day(row: &Row<'_>, field: &Field, names: Names<'_>) -> Result<Option<Day>, Trouble> {
    // Most mappings name one or two of the four days: the others cost no call.
    if field.is_absent() {
        return Ok(None);
    }
    mapped_day(row, field, names)
}

#[inline(never)]
fn mapped_day(row: &Row<'_>, field: &Field, names: Names<'_>) -> Result<Option<Day>, Trouble> {
    let quick = row.quick(field, |cell, formats| formats.dates.quick(cell));
    quick.or(|| thorough_day(row, field, names))
}

/// By way of the calendar, which knows all the reasons against it.
#[inline(never)]
fn thorough_day(
    row: &Row<'_>,
    field: &Field,
    (id, name): Names<'_>,
) -> Result<Option<Day>, Trouble> {
    let Some(cell) = row.known(field)? else {
        return Ok(None);
    };
    let dates = &cell.part.formats.dates;
    let date = dates
        .read(cell.text)
        .ok_or_else(|| cell.wrong(dates.no_date()))?;
    let day = Day::new(date).map_err(|error| cell.refused(of(row, id, error.about(*name))))?;
    Ok(Some(day))
}

#[inline]
fn amount(
    (row, currency): (&Row<'_>, Currency),
    field: &Field,
    names: Names<'_>,
    seen: &mut Seen,
) -> Result<Option<Amount>, Trouble> {
    // As days.
    if field.is_absent() {
        return Ok(None);
    }
    mapped_amount((row, currency), field, names, seen)
}

#[inline(never)]
fn mapped_amount(
    (row, currency): (&Row<'_>, Currency),
    field: &Field,
    (id, name): Names<'_>,
    seen: &mut Seen,
) -> Result<Option<Amount>, Trouble> {
    row.quick(field, quick_amount).or(|| {
        money((row, currency), field, seen, |decimal| {
            Amount::new(decimal).map_err(|error| of(row, id, error.about(*name)))
        })
    })
}

#[inline]
fn quick_amount(cell: Short<'_>, formats: &Formats) -> Option<Amount> {
    Amount::of_units(formats.numbers.units(cell.head(), 4)?)
}

/// An amount, by way of `Decimal`, which knows all the reasons against it.
#[inline(never)]
fn money<T>(
    (row, currency): (&Row<'_>, Currency),
    field: &Field,
    seen: &mut Seen,
    make: impl Fn(Decimal) -> Result<T, Error>,
) -> Result<Option<T>, Trouble> {
    match row.known(field)? {
        Some(cell) => row.money(cell, currency.minor_units(), seen, make),
        None => Ok(None),
    }
}

fn likelihood((row, id): (&Row<'_>, &Field), rate: Rate) -> Result<Share, Error> {
    Share::new(rate).map_err(|error| of(row, id, error.about("probability")))
}

/// An error of the deal whose id stands in this column.
#[cold]
pub(super) fn of(row: &Row<'_>, id: &Field, error: Error) -> Error {
    match row.required(id).map(|cell| text(cell.text, DealId::new)) {
        Ok(Ok(id)) => error.of(&id),
        _ => error,
    }
}

//! One row becomes one deal, or says why not.

use std::sync::Arc;

use csv::ByteRecord;

use super::field::{CurrencyField, Field, Words};
use super::format::Formats;
use super::recent::Recent;
use super::row::{Row, Rows, Trouble, cell, first_line, text, without_percent};
use super::seen::Seen;
use super::{Problem, RowError};
use crate::error::Error;
use crate::period::Day;
use crate::record::{Amount, Deal, DealStatus, Facts, Particulars, Share, expect_lost};
use crate::value::{AccountId, DealId, Label, Rate, RepId};

/// Where everything is, and how it is written.
pub struct Layout {
    pub(super) id: Field,
    pub(super) created: Field,
    pub(super) outcome: Field,
    pub(super) words: Words<DealStatus>,
    pub(super) currency: CurrencyField,
    pub(super) closed: Option<Field>,
    pub(super) owner: Option<Field>,
    pub(super) account: Option<Field>,
    pub(super) amount: Option<Field>,
    pub(super) cost: Option<Field>,
    pub(super) list_price: Option<Field>,
    pub(super) stage: Option<Field>,
    pub(super) probability: Option<Field>,
    pub(super) probability_percent: Option<Field>,
    pub(super) first_contact: Option<Field>,
    pub(super) expected_close: Option<Field>,
    pub(super) loss_reason: Option<Field>,
    pub(super) dimensions: Vec<(Label, Field)>,
    pub(super) formats: Formats,
}

type Parts = (
    DealId,
    Facts,
    Option<RepId>,
    Option<AccountId>,
    Option<Arc<Particulars>>,
);

impl Rows<Deal> for Layout {
    // A deal that is wrapped later is copied once more, which takes a tenth of the whole time.
    fn item(
        &self,
        record: &ByteRecord,
        seen: &mut Seen,
        after: u64,
    ) -> Option<Result<Deal, RowError>> {
        match self.parts(record, seen) {
            Ok((id, facts, owner, account, particulars)) => {
                Some(Ok(Deal::of_parts(id, facts, owner, account, particulars)))
            }
            Err(trouble) => Some(Err(trouble.on(first_line(record, after)))),
        }
    }
}

impl Layout {
    #[inline]
    fn parts(&self, record: &ByteRecord, seen: &mut Seen) -> Result<Parts, Trouble> {
        let status = self.status(record)?;
        let row = Row::of_deal(record, status);
        let cell = row.required(&self.id)?;
        let id = match DealId::quick(cell) {
            Some(id) => id,
            None => text(cell, DealId::new).map_err(|error| self.id.refuses(cell, error))?,
        };
        let facts = self.facts((row, status), &id, seen)?;
        let owner = row.text(self.owner.as_ref(), &mut seen.owners, RepId::new)?;
        let account = row.text(self.account.as_ref(), &mut seen.accounts, AccountId::new)?;
        let particulars = self.particulars(row, &id, &facts, seen)?;
        Ok((id, facts, owner, account, particulars))
    }

    fn status(&self, record: &ByteRecord) -> Result<DealStatus, Trouble> {
        let cell = cell(record, &self.outcome)?;
        match self.words.meaning(cell) {
            Some(status) => Ok(status),
            None if cell.is_empty() => Err(Trouble::of_cell(&self.outcome, cell, Problem::Missing)),
            None => Err(Trouble::of_cell(
                &self.outcome,
                cell,
                Problem::UnknownStatus,
            )),
        }
    }

    /// What tallies read.
    fn facts(
        &self,
        (row, status): (Row<'_>, DealStatus),
        id: &DealId,
        seen: &mut Seen,
    ) -> Result<Facts, Trouble> {
        let currency = row.currency(&self.currency, &mut seen.currency)?;
        let cell = row.required(&self.created)?;
        let created = self.day((&self.created, cell), id, "created", seen)?;
        let mut day = |field: &Option<Field>, name| match field {
            Some(field) => match row.known(field)? {
                [] => Ok(None),
                cell => self.day((field, cell), id, name, seen).map(Some),
            },
            None => Ok(None),
        };
        let closed = day(&self.closed, "close")?;
        let first_contact = day(&self.first_contact, "first contact")?;
        let expected_close = day(&self.expected_close, "expected close")?;
        let ending = status.ending(closed).map_err(|error| error.of(id));
        Ok(Facts {
            created,
            ending: ending.map_err(|error| self.mismatch(row, error))?,
            first_contact,
            expected_close,
            amount: self.amount(row, self.amount.as_ref(), id, "amount")?,
            cost: self.amount(row, self.cost.as_ref(), id, "cost")?,
            list_price: self.amount(row, self.list_price.as_ref(), id, "list price")?,
            probability: self.likelihood(row, id)?,
            currency,
        })
    }

    fn mismatch(&self, row: Row<'_>, error: Error) -> Trouble {
        let field = self.closed.as_ref().unwrap_or(&self.outcome);
        field.refuses(cell(row.record, field).unwrap_or_default(), error)
    }

    fn day(
        &self,
        (field, cell): (&Field, &[u8]),
        id: &DealId,
        name: &'static str,
        seen: &mut Seen,
    ) -> Result<Day, Trouble> {
        seen.days.get(cell, || {
            let date = self.formats.dates.read(cell).ok_or_else(|| {
                let format = self.formats.dates.pattern().to_owned();
                Trouble::of_cell(field, cell, Problem::NoDate { format })
            })?;
            Day::new(date).map_err(|error| field.refuses(cell, error.about(name).of(id)))
        })
    }

    /// The words to group by. They are few, so the deals of a file share them.
    fn particulars(
        &self,
        row: Row<'_>,
        id: &DealId,
        facts: &Facts,
        seen: &mut Seen,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        if let Some(field) = &self.loss_reason {
            let cell = row.known(field)?;
            if !cell.is_empty() {
                expect_lost(facts.ending).map_err(|error| field.refuses(cell, error.of(id)))?;
            }
        }
        seen.key.clear();
        let own = [&self.stage, &self.loss_reason].into_iter().flatten();
        for field in own.chain(self.dimensions.iter().map(|(_, field)| field)) {
            seen.key.extend_from_slice(row.known(field)?);
            // No UTF-8 has this byte in it, and nothing else is kept.
            seen.key.push(0xff);
        }
        let Seen {
            key,
            particulars,
            labels,
            ..
        } = seen;
        particulars.get(key, || self.new_particulars(row, labels))
    }

    #[cold]
    fn new_particulars(
        &self,
        row: Row<'_>,
        labels: &mut Recent<Label>,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        let mut new = Particulars::default();
        new.stage = row.text(self.stage.as_ref(), labels, Label::new)?;
        new.loss_reason = row.text(self.loss_reason.as_ref(), labels, Label::new)?;
        for (name, field) in &self.dimensions {
            if let Some(value) = row.text(Some(field), labels, Label::new)? {
                new.dimensions.set(name.clone(), value);
            }
        }
        Ok((new != Particulars::default()).then(|| Arc::new(new)))
    }

    fn amount(
        &self,
        row: Row<'_>,
        field: Option<&Field>,
        id: &DealId,
        name: &'static str,
    ) -> Result<Option<Amount>, Trouble> {
        let Some(field) = field else {
            return Ok(None);
        };
        let cell = row.known(field)?;
        let quick = || Amount::of_units(self.formats.numbers.units(cell, 4)?);
        row.figure(self.formats.numbers, (field, cell), quick, |decimal| {
            Amount::new(decimal).map_err(|error| error.about(name).of(id))
        })
    }

    fn likelihood(&self, row: Row<'_>, id: &DealId) -> Result<Option<Share>, Trouble> {
        if let Some(field) = &self.probability {
            let cell = row.known(field)?;
            let quick = || Share::of_millionths(self.formats.numbers.units(cell, 6)?);
            return row.figure(self.formats.numbers, (field, cell), quick, |decimal| {
                likelihood(id, Rate::from_fraction(decimal)?)
            });
        }
        let Some(field) = &self.probability_percent else {
            return Ok(None);
        };
        let whole = row.known(field)?;
        let cell = without_percent(whole);
        // A ten-thousandth of a percent is a millionth.
        let quick = || Share::of_millionths(self.formats.numbers.units(cell, 4)?);
        let likelihood = row.figure(self.formats.numbers, (field, cell), quick, |decimal| {
            likelihood(id, Rate::from_percent(decimal)?)
        });
        likelihood.map_err(|trouble| trouble.quoting(whole))
    }
}

fn likelihood(id: &DealId, rate: Rate) -> Result<Share, Error> {
    Share::new(rate).map_err(|error| error.about("probability").of(id))
}

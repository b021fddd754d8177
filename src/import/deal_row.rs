//! One row becomes one deal, or says why not.

use std::sync::Arc;

use csv::ByteRecord;

use super::cells::missing_beside;
use super::field::{CurrencyField, Field, OwnerField, WordField, Words};
use super::format::Formats;
use super::recent::Recent;
use super::row::{Row, Rows, Trouble, cell, first_line, text, without_percent};
use super::seen::Seen;
use super::{Problem, RowError};
use crate::error::Error;
use crate::period::Day;
use crate::record::{
    Amount, Deal, DealKind, DealStatus, Facts, ForecastCategory, Origin, OwnerShare, Particulars,
    Share, checked_owners, expect_lost,
};
use crate::value::{AccountId, DealId, Label, Rate, RepId};

/// Where everything is, and how it is written.
pub struct Layout {
    pub(super) id: Field,
    pub(super) created: Option<Field>,
    pub(super) outcome: Field,
    pub(super) words: Words<DealStatus>,
    pub(super) currency: CurrencyField,
    pub(super) closed: Option<Field>,
    pub(super) owner: Option<Field>,
    /// Those who may share a deal, the owner first; none where `owner` is named.
    pub(super) owners: Vec<OwnerField>,
    pub(super) kind: WordField<DealKind>,
    pub(super) origin: WordField<Origin>,
    pub(super) forecast: WordField<ForecastCategory>,
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
        let mut facts = self.facts((row, status), &id, seen)?;
        let (owner, shared) = self.owner(row, &id)?;
        let owner = row.text(owner, &mut seen.owners, RepId::new)?;
        facts.shared = shared;
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
        let mut day = |field: &Option<Field>, name| match field {
            Some(field) => match row.known(field)? {
                [] => Ok(None),
                cell => self.day((field, cell), id, name, seen).map(Some),
            },
            None => Ok(None),
        };
        let created = day(&self.created, "created")?;
        let closed = day(&self.closed, "close")?;
        let first_contact = day(&self.first_contact, "first contact")?;
        let expected_close = day(&self.expected_close, "expected close")?;
        let ending = status.ending(closed).map_err(|error| error.of(id));
        let ending = ending.map_err(|error| self.mismatch(row, error))?;
        let mut facts = Facts::new(created, ending, currency);
        if let Some(amount) = self.worth(row, id)? {
            facts.set_amount(amount);
        }
        facts.first_contact = first_contact;
        facts.expected_close = expected_close;
        facts.cost = self.amount(row, self.cost.as_ref(), id, "cost")?;
        facts.list_price = self.amount(row, self.list_price.as_ref(), id, "list price")?;
        facts.probability = self.likelihood(row, id)?;
        Ok(facts)
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
            let dates = &self.formats.dates;
            let date = dates
                .read(cell)
                .ok_or_else(|| Trouble::of_cell(field, cell, dates.no_date()))?;
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
        let own = [
            self.stage.as_ref(),
            self.loss_reason.as_ref(),
            self.kind.column(),
            self.origin.column(),
            self.forecast.column(),
        ];
        let own = own.into_iter().flatten();
        for field in own.chain(self.dimensions.iter().map(|(_, field)| field)) {
            seen.key(row.known(field)?);
        }
        if facts.shared {
            for owner in &self.owners {
                seen.key(row.known(&owner.rep)?);
                seen.key(row.known(&owner.percent)?);
            }
        }
        let Seen {
            key,
            particulars,
            labels,
            ..
        } = seen;
        particulars.get(key, || self.new_particulars((row, id), facts, labels))
    }

    #[cold]
    fn new_particulars(
        &self,
        (row, id): (Row<'_>, &DealId),
        facts: &Facts,
        labels: &mut Recent<Label>,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        let mut new = Particulars::default();
        new.stage = row.text(self.stage.as_ref(), labels, Label::new)?;
        new.loss_reason = row.text(self.loss_reason.as_ref(), labels, Label::new)?;
        new.kind = row.word(&self.kind)?;
        new.origin = row.word(&self.origin)?;
        new.forecast = row.word(&self.forecast)?;
        if facts.shared {
            new.owners = self.shares(row, id)?;
        }
        for (name, field) in &self.dimensions {
            if let Some(value) = row.text(Some(field), labels, Label::new)? {
                new.dimensions.set(name.clone(), value);
            }
        }
        Ok((new != Particulars::default()).then(|| Arc::new(new)))
    }

    /// The column of the one who owns it, and whether others stand in theirs.
    fn owner(&self, row: Row<'_>, id: &DealId) -> Result<(Option<&Field>, bool), Trouble> {
        let mut first = self.owner.as_ref();
        let (mut shared, mut has_shares) = (false, false);
        for OwnerField { rep, percent } in &self.owners {
            let has_share = !row.known(percent)?.is_empty();
            if !row.known(rep)?.is_empty() {
                shared = first.is_some();
                first = first.or(Some(rep));
            } else if has_share {
                return Err(missing_beside(rep, percent));
            }
            has_shares |= has_share;
        }
        // The share of one who stands alone is no news, but may be wrong.
        if has_shares && !shared {
            self.shares(row, id)?;
        }
        Ok((first, shared))
    }

    /// Of several owners.
    #[cold]
    fn shares(&self, row: Row<'_>, id: &DealId) -> Result<Box<[OwnerShare]>, Trouble> {
        let mut owners = Vec::new();
        let mut last = None;
        for OwnerField { rep, percent } in &self.owners {
            let cell = row.known(rep)?;
            if cell.is_empty() {
                continue;
            }
            let owner = text(cell, RepId::new).map_err(|error| rep.refuses(cell, error))?;
            let whole = row.known(percent)?;
            let numbers = self.formats.numbers;
            let share = row.figure(
                numbers,
                (percent, without_percent(whole)),
                || None,
                |decimal| {
                    let share = Share::above_zero(Rate::from_percent(decimal)?);
                    share.map_err(|error| error.about("owners").of(id))
                },
            );
            let share = share.map_err(|trouble| trouble.quoting(whole))?;
            owners.push((owner, share.ok_or_else(|| missing_beside(percent, rep))?));
            last = Some(percent);
        }
        let checked = checked_owners(owners).map_err(|error| error.of(id));
        checked.map_err(|error| match last {
            Some(field) => field.refuses(row.known(field).unwrap_or_default(), error),
            None => Trouble::of_row(Problem::Refused(Box::new(error))),
        })
    }

    /// What it is worth, and whether that is below 0.
    fn worth(&self, row: Row<'_>, id: &DealId) -> Result<Option<(Amount, bool)>, Trouble> {
        let Some(field) = &self.amount else {
            return Ok(None);
        };
        let cell = row.known(field)?;
        let quick = || {
            Some((
                Amount::of_units(self.formats.numbers.units(cell, 4)?)?,
                false,
            ))
        };
        row.figure(self.formats.numbers, (field, cell), quick, |decimal| {
            Amount::signed(decimal).map_err(|error| error.about("amount").of(id))
        })
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

//! One row becomes one deal, or says why not.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Problem;
use super::deal_words::Word;
use super::row::{
    Build, Cell, Cells, CurrencyField, Field, Recent, Row, Seen, Trouble, WordField, again,
    missing_beside, text, without_percent,
};
use crate::error::Error;
use crate::period::Day;
use crate::record::{
    Amount, Deal, DealStatus, Facts, OwnerShare, Particulars, Share, checked_owners, expect_lost,
};
use crate::tally::Reads;
use crate::value::id::is_sound;
use crate::value::{AccountId, Currency, DealId, Label, Rate, RepId};

/// Where everything is, and how it is written.
pub struct Layout {
    pub(super) id: Field,
    pub(super) created: Field,
    pub(super) outcome: WordField<DealStatus>,
    pub(super) currency: CurrencyField,
    pub(super) closed: Field,
    pub(super) owner: Field,
    /// Those who may share a deal and their shares, the owner first; none where `owner` is named.
    pub(super) owners: Vec<(Field, Field)>,
    pub(super) account: Field,
    pub(super) amount: Field,
    pub(super) cost: Field,
    pub(super) list_price: Field,
    pub(super) probability: Field,
    pub(super) probability_percent: Field,
    pub(super) first_contact: Field,
    pub(super) expected_close: Field,
    pub(super) loss_reason: Field,
    pub(super) words: Vec<Word>,
    /// Whether the texts among these are cells of the file, and mean what they say: nothing is wrong with them in a row that is plain.
    pub(super) has_plain_texts: bool,
}

impl Build for Layout {
    type Record = Deal;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Deal, Trouble> {
        let status = cells.class(&self.outcome)?;
        let (row, seen, reads) = (cells.row, &mut *cells.seen, cells.reads);
        let cell = row.required(&self.id)?;
        let id = match DealId::quick(cell.text) {
            Some(id) => id,
            None => text(cell.text, DealId::new).map_err(|error| cell.refused(error))?,
        };
        let mut facts = self.facts((row, status), &id, seen)?;
        let (owner, shared) = self.owner(row, &id)?;
        facts.shared = shared;
        let is_whole = reads == Reads::Everything;
        let is_plain = !is_whole && self.has_plain_texts && row.raw.is_plain();
        let owner = if is_plain {
            None
        } else {
            read_or_check(row.known(owner)?, is_whole, |cell| rep(cell, seen))?
        };
        let account = if is_plain && reads == Reads::Facts {
            None
        } else {
            let known = row.known(&self.account)?;
            read_or_check(known, reads != Reads::Facts, |cell| account(cell, seen))?
        };
        if let Some(cell) = row.known(&self.loss_reason)? {
            expect_lost(facts.ending).map_err(|error| cell.refused(error.of(&id)))?;
        }
        let particulars = if !is_whole && !shared && self.are_words_sound(row, is_plain) {
            None
        } else {
            self.particulars(row, &id, &facts, seen)?
        };
        Ok(Deal::of_parts(id, facts, owner, account, particulars))
    }
}

/// What a cell says, if somebody reads it; else it is sound, or wrong as it would be if somebody did.
#[inline]
fn read_or_check<'a, T>(
    known: Option<Cell<'a>>,
    is_read: bool,
    read: impl FnOnce(Cell<'a>) -> Result<T, Trouble>,
) -> Result<Option<T>, Trouble> {
    match known {
        Some(cell) if is_read || !is_sound(cell.text) => read(cell).map(Some),
        _ => Ok(None),
    }
}

#[inline]
fn rep(cell: Cell<'_>, seen: &mut Seen) -> Result<RepId, Trouble> {
    match RepId::quick(cell.text) {
        Some(rep) => Ok(rep),
        None => again(cell, &mut seen.owners, RepId::new),
    }
}

#[inline]
fn account(cell: Cell<'_>, seen: &mut Seen) -> Result<AccountId, Trouble> {
    match AccountId::quick(cell.text) {
        Some(account) => Ok(account),
        None => again(cell, &mut seen.accounts, AccountId::new),
    }
}

impl Layout {
    /// What tallies read.
    fn facts(
        &self,
        (row, status): (Row<'_>, DealStatus),
        id: &DealId,
        seen: &mut Seen,
    ) -> Result<Facts, Trouble> {
        let currency = row.currency(&self.currency, &mut seen.currency)?;
        let created = day(row, &self.created, id, "created")?;
        let closed = day(row, &self.closed, id, "close")?;
        let first_contact = day(row, &self.first_contact, id, "first contact")?;
        let expected_close = day(row, &self.expected_close, id, "expected close")?;
        let ending = status.ending(closed).map_err(|error| error.of(id));
        let ending = ending.map_err(|error| self.mismatch(row, error))?;
        let mut facts = Facts::new(created, ending, currency);
        if let Some(amount) = self.worth(row, currency, id, seen)? {
            facts.set_amount(amount);
        }
        facts.first_contact = first_contact;
        facts.expected_close = expected_close;
        facts.cost = amount((row, currency), &self.cost, (id, "cost"), seen)?;
        facts.list_price = amount((row, currency), &self.list_price, (id, "list price"), seen)?;
        facts.probability = self.likelihood(row, id)?;
        Ok(facts)
    }

    /// The close date does not fit the outcome.
    fn mismatch(&self, row: Row<'_>, error: Error) -> Trouble {
        if let Ok(Some(cell)) = row.known(&self.closed) {
            return cell.refused(error);
        }
        let problem = Problem::Refused(Box::new(error));
        if self.closed.is_absent() {
            return Trouble::of_column(self.outcome.name(), b"", problem);
        }
        Trouble::of_column(self.closed.name(), row.written(&self.closed), problem)
    }

    /// The words to group by. They are few, so the deals of a file share them.
    fn particulars(
        &self,
        row: Row<'_>,
        id: &DealId,
        facts: &Facts,
        seen: &mut Seen,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        seen.key.clear();
        for word in &self.words {
            word.key(row, seen)?;
        }
        if facts.shared {
            for (rep, percent) in &self.owners {
                seen.key_of(row.known(rep)?);
                seen.key_of(row.known(percent)?);
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

    /// Whether there is nothing wrong with them, as far as that is told at once.
    #[inline]
    fn are_words_sound(&self, row: Row<'_>, is_plain: bool) -> bool {
        for word in &self.words {
            if !word.is_sound(row, is_plain) {
                return false;
            }
        }
        true
    }

    /// Whether it has ids or labels but the deal's own id.
    pub(super) fn has_texts(&self) -> bool {
        !(self.owner.is_absent() && self.account.is_absent() && self.words.is_empty())
    }

    /// Whether all of them mean what they say.
    pub(super) fn is_plain(&self) -> bool {
        let are_words_plain = self.words.iter().all(Word::is_plain);
        self.owners.is_empty()
            && self.owner.is_plain()
            && self.account.is_plain()
            && are_words_plain
    }

    #[cold]
    fn new_particulars(
        &self,
        (row, id): (Row<'_>, &DealId),
        facts: &Facts,
        labels: &mut Recent<Label>,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        let mut new = Particulars::default();
        for word in &self.words {
            word.put(&mut new, row, labels)?;
        }
        if facts.shared {
            new.owners = self.shares(row, id)?;
        }
        Ok((new != Particulars::default()).then(|| Arc::new(new)))
    }

    /// The columns of the one who owns it, and whether others stand in theirs.
    fn owner(&self, row: Row<'_>, id: &DealId) -> Result<(&Field, bool), Trouble> {
        let mut first = (!self.owner.is_absent()).then_some(&self.owner);
        let (mut shared, mut has_shares) = (false, false);
        for (rep, percent) in &self.owners {
            let has_share = row.known(percent)?.is_some();
            if row.known(rep)?.is_some() {
                shared = first.is_some();
                first = first.or(Some(rep));
            } else if has_share {
                return Err(missing_beside(rep.name(), percent));
            }
            has_shares |= has_share;
        }
        // The share of one who stands alone is no news, but may be wrong.
        if has_shares && !shared {
            self.shares(row, id)?;
        }
        Ok((first.unwrap_or(&self.owner), shared))
    }

    /// Of several owners.
    #[cold]
    fn shares(&self, row: Row<'_>, id: &DealId) -> Result<Box<[OwnerShare]>, Trouble> {
        let mut owners = Vec::new();
        let mut last = None;
        for (rep, percent) in &self.owners {
            let Some(cell) = row.known(rep)? else {
                continue;
            };
            let owner = text(cell.text, RepId::new).map_err(|error| cell.refused(error))?;
            let share = percent_of(
                row,
                percent,
                |_| None,
                |decimal| {
                    let share = Share::above_zero(Rate::from_percent(decimal)?);
                    share.map_err(|error| error.about("owners").of(id))
                },
            )?;
            owners.push((
                owner,
                share.ok_or_else(|| missing_beside(percent.name(), rep))?,
            ));
            last = row.known(percent)?;
        }
        let checked = checked_owners(owners).map_err(|error| error.of(id));
        checked.map_err(|error| match last {
            Some(cell) => cell.refused(error),
            None => Trouble::of_row(Problem::Refused(Box::new(error))),
        })
    }

    /// What it is worth, and whether that is below 0.
    fn worth(
        &self,
        row: Row<'_>,
        currency: Currency,
        id: &DealId,
        seen: &mut Seen,
    ) -> Result<Option<(Amount, bool)>, Trouble> {
        let Some(cell) = row.known(&self.amount)? else {
            return Ok(None);
        };
        let quick = || Some((quick_amount(cell)?, false));
        row.money(cell, currency, seen, quick, |decimal| {
            Amount::signed(decimal).map_err(|error| error.about("amount").of(id))
        })
    }

    fn likelihood(&self, row: Row<'_>, id: &DealId) -> Result<Option<Share>, Trouble> {
        if let Some(cell) = row.known(&self.probability)? {
            let quick = || Share::of_millionths(cell.part.formats.numbers.units(cell.text, 6)?);
            return row.figure(cell, quick, |decimal| {
                likelihood(id, Rate::from_fraction(decimal)?)
            });
        }
        // A ten-thousandth of a percent is a millionth.
        let quick =
            |cell: Cell<'_>| Share::of_millionths(cell.part.formats.numbers.units(cell.text, 4)?);
        percent_of(row, &self.probability_percent, quick, |decimal| {
            likelihood(id, Rate::from_percent(decimal)?)
        })
    }
}

/// A number of percents, with a `%` behind it or without.
fn percent_of<T>(
    row: Row<'_>,
    field: &Field,
    quick: impl Fn(Cell<'_>) -> Option<T>,
    thorough: impl Fn(Decimal) -> Result<T, Error>,
) -> Result<Option<T>, Trouble> {
    let Some(whole) = row.known(field)? else {
        return Ok(None);
    };
    let cell = without_percent(whole);
    let value = row.figure(cell, || quick(cell), thorough);
    value.map_err(|trouble| trouble.quoting(whole.text))
}

fn day(
    row: Row<'_>,
    field: &Field,
    id: &DealId,
    name: &'static str,
) -> Result<Option<Day>, Trouble> {
    let Some(cell) = row.known(field)? else {
        return Ok(None);
    };
    let dates = &cell.part.formats.dates;
    if let Some(day) = dates.quick(cell.text) {
        return Ok(Some(day));
    }
    let date = dates
        .read(cell.text)
        .ok_or_else(|| cell.wrong(dates.no_date()))?;
    let day = Day::new(date).map_err(|error| cell.refused(error.about(name).of(id)))?;
    Ok(Some(day))
}

fn amount(
    (row, currency): (Row<'_>, Currency),
    field: &Field,
    (id, name): (&DealId, &'static str),
    seen: &mut Seen,
) -> Result<Option<Amount>, Trouble> {
    let Some(cell) = row.known(field)? else {
        return Ok(None);
    };
    let quick = || quick_amount(cell);
    row.money(cell, currency, seen, quick, |decimal| {
        Amount::new(decimal).map_err(|error| error.about(name).of(id))
    })
}

fn quick_amount(cell: Cell<'_>) -> Option<Amount> {
    Amount::of_units(cell.part.formats.numbers.units(cell.text, 4)?)
}

fn likelihood(id: &DealId, rate: Rate) -> Result<Share, Error> {
    Share::new(rate).map_err(|error| error.about("probability").of(id))
}

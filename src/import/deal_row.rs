//! One row becomes one deal, or says why not.

use std::sync::Arc;

use super::deal_facts::of;
use super::deal_words::Word;
use super::row::{
    Build, Cell, Cells, CurrencyField, Field, Percent, Recent, Row, Seen, Trouble, WordField,
    again, missing_beside, text,
};
use crate::error::Error;
use crate::record::{
    Deal, DealStatus, Facts, OwnerShare, Particulars, Share, checked_owners, expect_lost,
};
use crate::tally::{Reads, Take};
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
    /// Between several in the cell of the owner, who share alike.
    pub(super) owner_separator: Option<char>,
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
    /// Whether the origin is among these.
    pub(super) has_origin: bool,
    /// Whether the texts among these are cells of the file, and mean what they say: nothing is wrong with them in a row that is plain.
    pub(super) has_plain_texts: bool,
}

impl Build for Layout {
    type Record = Deal;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Deal, Trouble> {
        let status = cells.class(&self.outcome)?;
        let (row, seen, reads) = (&cells.row, &mut *cells.seen, cells.reads);
        let cell = row.required(&self.id)?;
        let id = match DealId::quick(cell.text) {
            Some(id) => id,
            None => deal_id(cell)?,
        };
        let mut facts = Facts::new(None, None, Currency::USD);
        self.put_facts((row, status), seen, &mut facts)?;
        let (owner, shared) = self.owner(row)?;
        facts.shared = shared;
        let is_whole = reads == Reads::Everything;
        let is_plain = !is_whole && self.is_row_plain(row);
        let owner = if is_plain {
            None
        } else {
            let cell = row.known_text(owner)?.map(|cell| self.first_of(cell));
            read_or_check(cell, is_whole, |cell| rep(cell, seen))?
        };
        let account = if is_plain && reads == Reads::Facts {
            None
        } else {
            let known = row.known_text(&self.account)?;
            read_or_check(known, reads != Reads::Facts, |cell| account(cell, seen))?
        };
        self.expect_lost(row, &facts)?;
        let are_words_read = is_whole || (self.has_origin && reads == Reads::AccountAndOrigin);
        let particulars = if !are_words_read && !shared && self.are_words_sound(row, is_plain) {
            None
        } else {
            self.particulars(row, &facts, seen)?
        };
        Ok(Deal::of_parts(id, facts, owner, account, particulars))
    }

    /// Where only the facts are read, they are put into the deal of the row before: nothing else is made of a row, but for an error.
    #[inline]
    fn give<'a, T: Take<Deal>>(
        &'a self,
        cells: &mut Cells<'a>,
        before: &mut Option<Deal>,
        into: &mut T,
    ) -> Result<Result<(), Error>, Trouble> {
        if T::READS != Reads::Facts {
            let deal = self.build(cells)?;
            return Ok(into.take(&deal));
        }
        let Some(deal) = before.as_mut() else {
            let deal = before.insert(self.build(cells)?);
            return Ok(into.take(deal));
        };
        self.put_brief(cells, deal.facts_mut())?;
        let taken = into.take(deal);
        Ok(taken.map_err(|error| self.of_this(&cells.row, error)))
    }
}

#[cold]
fn deal_id(cell: Cell<'_>) -> Result<DealId, Trouble> {
    text(cell.text, DealId::new).map_err(|error| cell.refused(error))
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

/// The texts that a mark parts in a cell.
fn parts(cell: Cell<'_>, mark: char) -> impl Iterator<Item = &str> {
    let whole = core::str::from_utf8(cell.text).unwrap_or_default();
    whole.split(mark).map(str::trim)
}

impl Layout {
    /// The facts of a row with which nothing is wrong.
    #[inline]
    fn put_brief<'a>(&'a self, cells: &mut Cells<'a>, facts: &mut Facts) -> Result<(), Trouble> {
        let status = cells.class(&self.outcome)?;
        let (row, seen) = (&cells.row, &mut *cells.seen);
        let is_plain = self.is_row_plain(row);
        if !is_plain || !row.begins(&self.id) {
            let cell = row.required(&self.id)?;
            if !is_sound(cell.text) {
                deal_id(cell)?;
            }
        }
        self.put_facts((row, status), seen, facts)?;
        let (owner, shared) = self.owner(row)?;
        facts.shared = shared;
        if !is_plain {
            let cell = row.known_text(owner)?.map(|cell| self.first_of(cell));
            read_or_check(cell, false, |cell| rep(cell, seen))?;
            read_or_check(row.known_text(&self.account)?, false, |cell| {
                account(cell, seen)
            })?;
        }
        self.expect_lost(row, facts)?;
        let are_sound = self.words.is_empty() || self.are_words_sound(row, is_plain);
        if shared || !are_sound {
            self.particulars(row, facts, seen)?;
        }
        Ok(())
    }

    /// An error of a deal that had another id, as one of the deal of this row.
    #[cold]
    fn of_this(&self, row: &Row<'_>, error: Error) -> Error {
        match error.record() {
            Some(_) => of(row, &self.id, error),
            None => error,
        }
    }

    /// Whether nothing is wrong with the texts of a row, since all of it is plain.
    #[inline]
    fn is_row_plain(&self, row: &Row<'_>) -> bool {
        self.has_plain_texts && row.raw.is_plain()
    }

    #[inline]
    fn expect_lost(&self, row: &Row<'_>, facts: &Facts) -> Result<(), Trouble> {
        if self.loss_reason.is_absent() {
            return Ok(());
        }
        let Some(cell) = row.known(&self.loss_reason)? else {
            return Ok(());
        };
        expect_lost(facts.ending).map_err(|error| cell.refused(of(row, &self.id, error)))
    }

    /// The words to group by. They are few, so the deals of a file share them.
    fn particulars(
        &self,
        row: &Row<'_>,
        facts: &Facts,
        seen: &mut Seen,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        seen.key.clear();
        for word in &self.words {
            word.key(row, seen)?;
        }
        if facts.shared {
            if self.owner_separator.is_some() {
                seen.key_of(row.known_text(&self.owner)?);
            }
            for (rep, percent) in &self.owners {
                seen.key_of(row.known_text(rep)?);
                seen.key_of(row.known(percent)?);
            }
        }
        let Seen {
            key,
            particulars,
            labels,
            ..
        } = seen;
        particulars.get(key, || self.new_particulars(row, facts, labels))
    }

    /// Whether there is nothing wrong with them, as far as that is told at once.
    #[inline]
    fn are_words_sound(&self, row: &Row<'_>, is_plain: bool) -> bool {
        for word in &self.words {
            if !word.is_sound(row, is_plain) {
                return false;
            }
        }
        true
    }

    /// Whether all ids and labels mean what they say.
    pub(super) fn is_plain(&self) -> bool {
        let are_words_plain = self.words.iter().all(Word::is_plain);
        self.owners.is_empty()
            && self.owner_separator.is_none()
            && self.id.is_plain()
            && self.owner.is_plain()
            && self.account.is_plain()
            && are_words_plain
    }

    #[cold]
    fn new_particulars(
        &self,
        row: &Row<'_>,
        facts: &Facts,
        labels: &mut Recent<Label>,
    ) -> Result<Option<Arc<Particulars>>, Trouble> {
        let mut new = Particulars::default();
        for word in &self.words {
            word.put(&mut new, row, labels)?;
        }
        if facts.shared {
            new.owners = match self.owner_separator {
                Some(mark) => self.equal_shares(row, mark)?,
                None => self.shares(row)?,
            };
        }
        Ok((new != Particulars::default()).then(|| Arc::new(new)))
    }

    /// The columns of the one who owns it, and whether others stand in theirs.
    #[inline]
    fn owner(&self, row: &Row<'_>) -> Result<(&Field, bool), Trouble> {
        if let Some(mark) = self.owner_separator {
            let cell = row.known_text(&self.owner)?;
            return Ok((
                &self.owner,
                cell.is_some_and(|cell| parts(cell, mark).count() > 1),
            ));
        }
        if self.owners.is_empty() {
            return Ok((&self.owner, false));
        }
        self.first_owner(row)
    }

    /// Of a cell of several owners the one who owns it.
    #[inline]
    fn first_of<'a>(&self, cell: Cell<'a>) -> Cell<'a> {
        let first = self
            .owner_separator
            .and_then(|mark| parts(cell, mark).next());
        let text = first.map_or(cell.text, str::as_bytes);
        Cell { text, ..cell }
    }

    /// Of the owners in one cell. They make a whole, of which the first has what cannot be shared out.
    #[cold]
    fn equal_shares(&self, row: &Row<'_>, mark: char) -> Result<Box<[OwnerShare]>, Trouble> {
        let Some(cell) = row.known_text(&self.owner)? else {
            return Ok([].into());
        };
        let refused = |error| cell.refused(of(row, &self.id, error));
        let count = parts(cell, mark).fold(0, |count: u64, _| count + 1).max(1);
        let (each, rest) = (Share::WHOLE / count, Share::WHOLE % count);
        let mut owners: Vec<OwnerShare> = Vec::new();
        for part in parts(cell, mark) {
            let owner = RepId::new(part).map_err(|error| refused(error.about("owner")))?;
            let millionths = if owners.is_empty() { each + rest } else { each };
            let share = Share::of_millionths(millionths);
            owners.extend(share.map(|share| (owner, share)));
        }
        checked_owners(owners).map_err(refused)
    }

    fn first_owner(&self, row: &Row<'_>) -> Result<(&Field, bool), Trouble> {
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
            self.shares(row)?;
        }
        Ok((first.unwrap_or(&self.owner), shared))
    }

    /// Of several owners.
    #[cold]
    fn shares(&self, row: &Row<'_>) -> Result<Box<[OwnerShare]>, Trouble> {
        let mut owners = Vec::new();
        let mut last = None;
        for (rep, percent) in &self.owners {
            let Some(cell) = row.known_text(rep)? else {
                continue;
            };
            let owner = text(cell.text, RepId::new).map_err(|error| cell.refused(error))?;
            last = row.known(percent)?;
            let share = match last {
                // They make 100, which shares don't.
                Some(cell) => row.percent(cell, &mut Percent::sure(), |decimal| {
                    let share = Share::above_zero(Rate::from_percent(decimal)?);
                    share.map_err(|error| of(row, &self.id, error.about("owners")))
                })?,
                None => None,
            };
            owners.push((
                owner,
                share.ok_or_else(|| missing_beside(percent.name(), rep))?,
            ));
        }
        let checked = checked_owners(owners).map_err(|error| of(row, &self.id, error));
        checked.map_err(|error| match last {
            Some(cell) => cell.refused(error),
            None => Trouble::of_error(error),
        })
    }
}

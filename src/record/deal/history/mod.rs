//! What deals were, on any day: their states in time, beside today's records.

mod entry;
mod keeps;
mod names;
mod snapshot;
mod states;
mod timeline;

pub(crate) use keeps::Keeps;
pub(crate) use names::Number;
pub use snapshot::DealsThen;
pub(crate) use timeline::{At, Change, LeftOut, Timeline};

use core::borrow::Borrow;
use core::fmt;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use entry::Entry;
use names::Names;
use states::States;

use crate::error::Error;
use crate::period::{Day, Place};
use crate::record::deal::change::DealChange;
use crate::record::deal::stages_entered::StagesEntered;
use crate::record::deal::state::DealState;
use crate::record::deal::undone::undone;
use crate::record::error::RecordProblem;
use crate::record::{Deal, Record};
use crate::value::{Currency, DealId, Label, QuickHash, RepId};

/// How many states are taken at once.
const BATCH: usize = 128;

/// The states of deals in time, beside today's records of them: what the pipeline looked like on any day, and what has moved since.
///
/// Today's record says today's amount, stage and expected close; on a past evening that is hindsight. With a history,
/// [`deals_on`](Self::deals_on) gives the deals as they were, which are tallied as any others, and [`MovementTally`](crate::MovementTally)
/// and [`FunnelTally`](crate::FunnelTally) say what happened between two evenings.
///
/// - States come in any order; those of one instant count in the order of their running numbers.
/// - From its creation to its first state a deal is as that state says, but open. A deal without states is as its record says. A deal of which there is no record
///   exists from its first state on.
/// - A deal whose last state is [deleted](DealState::with_deletion) is left out everywhere.
/// - A field that no state of the whole history names is one that its source does not keep. Owners are then those of the records; all else is
///   not known: amounts, stages and expected closes of a past day are never taken from today's record.
///
/// A state takes 56 bytes, and a deal about 80 beside its record.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealState, DealStatus, DealTally, History, Outcome, Period, Scope, date, day, kpi};
///
/// // Won in April for 900; at the end of March it was open, at 1,000.
/// let today = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 4, 9)? }, Currency::USD)?.with_amount(900)?;
/// let states = [
///     DealState::new("D-1", day("2026-01-07")?, DealStatus::Open, Currency::USD)?.with_amount(1_000)?,
///     DealState::new("D-1", day("2026-04-09")?, DealStatus::Won, Currency::USD)?.with_amount(900)?,
/// ];
/// let history = History::new(Currency::USD).with_deals([today])?.with_states(states)?;
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let deals = DealTally::of(history.deals_on(q1.evening())?, q1)?;
/// assert_eq!(kpi::pipeline_value(&deals)?.to_string(), "1000 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone)]
pub struct History {
    currency: Currency,
    records: Arc<Vec<Deal>>,
    /// Of each record, the numbers of its deal (0 without states), its owner and its stage.
    numbers: Vec<[Number; 3]>,
    deals: Arc<Names<DealId>>,
    owners: Names<RepId>,
    stages: Names<Label>,
    states: Arc<States>,
    /// Those deals of which there are states and no record.
    strangers: Vec<Number>,
    /// Whether those without a record are left out: of a part of the records they may be of another part.
    is_part: bool,
    keeps: Keeps,
    place: Option<Place>,
}

impl History {
    /// A history of no deals yet, in a currency.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            records: Arc::default(),
            numbers: Vec::new(),
            deals: Arc::new(Names::new()),
            owners: Names::new(),
            stages: Names::new(),
            states: Arc::default(),
            strangers: Vec::new(),
            is_part: false,
            keeps: Keeps::default(),
            place: None,
        }
    }

    /// Today's records of more deals: their creation, accounts, dimensions and owners.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency.
    pub fn with_deals(mut self, deals: impl IntoIterator<Item = Deal>) -> Result<Self, Error> {
        // A list of deals alone is kept where it is.
        let mut more: Vec<Deal> = deals.into_iter().collect();
        for deal in &more {
            deal.expect_currency(self.currency)?;
        }
        let known = Arc::make_mut(&mut self.records);
        if known.is_empty() {
            *known = more;
        } else {
            known.append(&mut more);
        }
        self.join();
        self.align();
        Ok(self)
    }

    /// More states, in any order. Each is taken as it is: one that comes twice changes nothing.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency;
    /// [`ErrorKind::CountTooLarge`](crate::ErrorKind::CountTooLarge) beyond four billion deals.
    pub fn with_states<S: Borrow<DealState>>(
        mut self,
        states: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        let mut states = states.into_iter();
        let (least, _) = states.size_hint();
        Arc::make_mut(&mut self.states).reserve(least);
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            batch.clear();
            batch.extend(states.by_ref().take(BATCH));
            if batch.is_empty() {
                break;
            }
            self.push(&batch)?;
        }
        self.join();
        self.sort();
        Ok(self)
    }

    /// The states that single changes of fields amount to, in any order: each begins with today's record of its deal, which must be here, and is
    /// undone. A deal was, from its creation on, what is left when all are undone. Give all changes of a deal at once.
    ///
    /// A change that ends elsewhere than the record, or than the next change begins, is taken as it is. Where no change tells how a deal came to stand as it
    /// does, it closed as its record says, at the end of its close date.
    ///
    /// A deal that was deleted since may have changes and no record. They say neither its currency nor what never changed, so that no state can be made of
    /// them: leave them out first, and count them.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownDeal`](crate::ErrorKind::UnknownDeal) for a change of a deal without a record; as [`with_states`](Self::with_states).
    pub fn with_changes<C: Borrow<DealChange>>(
        self,
        changes: impl IntoIterator<Item = C>,
    ) -> Result<Self, Error> {
        let changes: Vec<C> = changes.into_iter().collect();
        let mut by_deal: HashMap<&DealId, Vec<&DealChange>, QuickHash> =
            HashMap::with_hasher(QuickHash::new());
        for change in &changes {
            let change = change.borrow();
            by_deal.entry(change.deal()).or_default().push(change);
        }
        let mut states = Vec::new();
        for record in self.records.iter() {
            if let Some(mut own) = by_deal.remove(record.id()) {
                own.sort_by_key(|change| change.place());
                states.extend(undone(record, &own));
            }
        }
        match by_deal.into_keys().min() {
            Some(stranger) => Err(Error::from(RecordProblem::NoRecordOfChange).of(stranger)),
            None => self.with_states(states),
        }
    }

    /// The states that a date for each stage amounts to, in any order: each deal closed as today's record says, which must be here; where it entered a stage
    /// later than on its close date, that is known from then on.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownDeal`](crate::ErrorKind::UnknownDeal) for a deal without a record; as [`with_states`](Self::with_states).
    pub fn with_stages_entered<E: Borrow<StagesEntered>>(
        self,
        entered: impl IntoIterator<Item = E>,
    ) -> Result<Self, Error> {
        let mut records: HashMap<&DealId, &Deal, QuickHash> =
            HashMap::with_hasher(QuickHash::new());
        for record in self.records.iter() {
            records.entry(record.id()).or_insert(record);
        }
        let mut states = Vec::new();
        for entered in entered {
            let entered = entered.borrow();
            let Some(record) = records.get(entered.deal()) else {
                return Err(Error::from(RecordProblem::NoRecordOfStages).of(entered.deal()));
            };
            states.extend(entered.states(record));
        }
        self.with_states(states)
    }

    /// The records and states of another history, of other deals or of the same.
    ///
    /// # Errors
    /// As [`with_deals`](Self::with_deals) and [`with_states`](Self::with_states).
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if other.currency != self.currency {
            return Err(other.mismatch(self.currency));
        }
        let deals = Arc::make_mut(&mut self.deals).numbers_in(&other.deals);
        let owners = self.owners.numbers_in(&other.owners);
        let stages = self.stages.numbers_in(&other.stages);
        let theirs = other.states.all().iter().map(|entry| {
            let mut entry = *entry;
            entry.deal = renumbered(&deals, entry.deal);
            entry.owner = renumbered(&owners, entry.owner);
            entry.stage = renumbered(&stages, entry.stage);
            entry
        });
        Arc::make_mut(&mut self.states).extend(theirs);
        Arc::make_mut(&mut self.records).extend(other.records.iter().cloned());
        self.join();
        self.sort();
        Ok(())
    }

    /// Where the business is: the day of each state, those it has and those that come, is the day there. Without a place, the offset
    /// holds that each was written with.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) where a date there is outside of the years 1900 to 2999.
    pub fn with_place(mut self, place: Place) -> Result<Self, Error> {
        for entry in Arc::make_mut(&mut self.states).all_mut() {
            let moved = entry.move_to(&place);
            let id = self.deals.get(entry.deal);
            moved.map_err(|error| match id {
                Some(id) => error.about("state").of(id),
                None => error.about("state"),
            })?;
        }
        self.place = Some(place);
        self.sort();
        Ok(self)
    }

    /// The same states beside other records. Of a part of the records, deals without one are left out.
    pub(crate) fn sharing(mut self, records: Arc<Vec<Deal>>, is_part: bool) -> Self {
        self.records = records;
        self.is_part |= is_part;
        self.join();
        if !is_part {
            self.align();
        }
        self
    }

    /// The currency of its amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Today's records.
    #[must_use]
    pub fn deals(&self) -> &[Deal] {
        &self.records
    }

    /// The day of the first state of all: no evening before it is known.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.keeps.first.map(Day::date)
    }

    /// The day of the last state of all.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        let days = self.states.all().iter().map(|state| state.day);
        days.max().map(Day::date)
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> u64 {
        u64::try_from(self.states.all().len()).unwrap_or(u64::MAX)
    }

    /// The deals that have states and no record, since it was deleted, say: they exist from their first state on.
    pub fn unknown_deals(&self) -> impl Iterator<Item = &DealId> {
        let numbers = self.strangers.iter();
        numbers.filter_map(|number| self.deals.get(*number))
    }

    /// The stages that any state names, in the order of their names.
    #[must_use]
    pub fn stages(&self) -> Vec<&Label> {
        let mut stages: Vec<&Label> = self.stages.iter().collect();
        stages.sort();
        stages
    }

    fn push<S: Borrow<DealState>>(&mut self, batch: &[S]) -> Result<(), Error> {
        let batch = batch.iter().map(Borrow::borrow);
        let deals = Arc::make_mut(&mut self.deals);
        let deals = deals.numbers_of(batch.clone().map(|state: &DealState| Some(&state.deal)));
        let owners = batch.clone().map(|state| state.owner.as_ref());
        let owners = self.owners.numbers_of(owners);
        let labels = batch.clone().map(|state| state.stage.as_ref());
        let labels = self.stages.numbers_of(labels);
        let states = Arc::make_mut(&mut self.states);
        for (((state, deal), owner), label) in batch.zip(deals).zip(owners).zip(labels) {
            state.expect_currency(self.currency)?;
            let mut facts = state.facts;
            if let Some(place) = &self.place {
                facts.at = state.in_field("state", facts.at.at(place))?;
            }
            if deal == Number::MAX {
                let (count, most) = (u64::from(Number::MAX), u64::from(Number::MAX - 1));
                let problem = RecordProblem::CountTooLarge { count, most };
                return state.in_field("deals of a history", Err(problem.into()));
            }
            states.extend([Entry::of(facts, deal, owner, label)]);
        }
        Ok(())
    }

    /// States by deal in the order of the records, so that both are met in the order of memory, and those of a deal in time.
    fn sort(&mut self) {
        self.keeps = self.kept();
        let (owners, stages) = (&self.owners, &self.stages);
        let texts = |entry: &Entry| (stages.get(entry.stage), owners.get(entry.owner));
        let first = self.numbers.iter().map(|[deal, ..]| *deal);
        let arranged = self.states.arranged(first, |own| {
            if !own.is_sorted_by(|a, b| a.by_time(b).is_lt()) {
                own.sort_by(|a, b| {
                    let order = a.by_time(b).then_with(|| a.by_content(b));
                    order.then_with(|| texts(a).cmp(&texts(b)))
                });
            }
        });
        self.states = Arc::new(arranged);
    }

    /// The order of [`sort`](Self::sort), where the records came after the states.
    fn align(&mut self) {
        let deals = self.numbers.iter().map(|[deal, ..]| *deal);
        if !self.states.are_along(deals) {
            self.sort();
        }
    }

    fn kept(&self) -> Keeps {
        let mut keeps = Keeps::default();
        for entry in self.states.all() {
            keeps.owners |= entry.owner != 0;
            keeps.stages |= entry.stage != 0;
            keeps.amounts |= entry.signed_amount().is_some();
            keeps.expected |= entry.expected.is_some();
            keeps.first = Some(keeps.first.map_or(entry.day, |first| first.min(entry.day)));
        }
        keeps
    }

    /// Which record has which states.
    fn join(&mut self) {
        self.numbers.clear();
        for records in self.records.chunks(BATCH) {
            let records = records.iter();
            let deals = self
                .deals
                .find_all(records.clone().map(|record| Some(record.id())));
            let owners = self.owners.numbers_of(records.clone().map(Deal::owner));
            let stages = self.stages.numbers_of(records.map(Deal::stage));
            for ((deal, owner), stage) in deals.into_iter().zip(owners).zip(stages) {
                self.numbers.push([deal, owner, stage]);
            }
        }
        let mut known = vec![false; self.deals.len()];
        for [deal, ..] in &self.numbers {
            let place = usize::try_from(*deal)
                .ok()
                .and_then(|deal| deal.checked_sub(1));
            if let Some(known) = place.and_then(|place| known.get_mut(place)) {
                *known = true;
            }
        }
        self.strangers.clear();
        for (known, number) in known.iter().zip(1..) {
            if !known && !self.is_part {
                self.strangers.push(number);
            }
        }
    }

    /// Each deal in time: those of the records in their order, then those without.
    pub(crate) fn timelines(&self) -> impl Iterator<Item = Timeline<'_>> {
        let records = self.records.iter().zip(&self.numbers);
        let known = records.map(|(record, [deal, owner, stage])| {
            Timeline::new(self, self.states.of(*deal), Some((record, *owner, *stage)))
        });
        let strangers = self.strangers.iter();
        known.chain(strangers.map(|deal| Timeline::new(self, self.states.of(*deal), None)))
    }

    /// What it says of all, and since when.
    pub(crate) fn keeps(&self) -> Keeps {
        self.keeps
    }

    /// Whoever owns or owned a deal.
    pub(crate) fn owners(&self) -> impl Iterator<Item = &RepId> {
        self.owners.iter()
    }

    /// One more than the highest number of an owner.
    pub(crate) fn owner_numbers(&self) -> usize {
        self.owners.len().saturating_add(1)
    }

    /// One more than the highest number of a stage.
    pub(crate) fn stage_numbers(&self) -> usize {
        self.stages.len().saturating_add(1)
    }

    pub(crate) fn owner(&self, number: Number) -> Option<&RepId> {
        self.owners.get(number)
    }

    pub(crate) fn stage(&self, number: Number) -> Option<&Label> {
        self.stages.get(number)
    }

    /// The number that states have a stage under: 0 where none names it.
    pub(crate) fn number_of_stage(&self, stage: &Label) -> Number {
        self.stages.find(stage)
    }

    #[cold]
    fn mismatch(&self, expected: Currency) -> Error {
        crate::value::money::mismatch(Some("the history"), expected, self.currency)
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_struct("History");
        text.field("currency", &self.currency);
        text.field("deals", &self.records.len());
        text.field("states", &self.states());
        text.finish_non_exhaustive()
    }
}

fn renumbered(numbers: &[Number], number: Number) -> Number {
    let place = usize::try_from(number)
        .ok()
        .and_then(|number| number.checked_sub(1));
    place
        .and_then(|place| numbers.get(place))
        .copied()
        .unwrap_or_default()
}

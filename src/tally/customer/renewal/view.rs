//! What one contract comes to with those that renew it: who is due, who was renewed, and for how much.

use super::parts::{Came, Ending, Old, Successor, run_together};
use super::standing::ContractOutcome;
use super::totals::RenewalTotals;
use crate::tally::priced::Priced;
use crate::tally::store::Turn;
use crate::value::AmountSum;

/// A contract, with those that renew it: each once.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    came: &'a Came,
    renewed_by: &'a [Successor],
}

/// Which contracts are looked at as renewals.
pub(super) type Counts = fn(&Successor, &Old) -> bool;

pub(super) const ALL: Counts = |_, _| true;
pub(super) const ON_TIME: Counts = Successor::is_on_time;

/// What came up, and what goes on of it; none where it is not known.
#[derive(Clone, Copy)]
pub(super) struct Money {
    pub(super) before: Option<u128>,
    pub(super) after: Option<u128>,
}

impl<'a> View<'a> {
    pub(super) fn of(came: &'a Came, renewed_by: &'a [Successor]) -> Self {
        Self { came, renewed_by }
    }

    fn old(self) -> &'a Old {
        &self.came.old
    }

    /// Whether its own renewal ended it before its term.
    fn is_replaced(self) -> bool {
        let mut successors = self.renewed_by.iter();
        successors.any(|successor| successor.replaces(self.old()))
    }

    pub(super) fn is_due(self) -> bool {
        match self.old().ending {
            Ending::CutBefore => false,
            Ending::CutShort => self.is_replaced(),
            Ending::RunOut | Ending::WentOn => true,
        }
    }

    fn terminated_early(self) -> u64 {
        if self.old().is_cut() && self.is_replaced() {
            return 0;
        }
        self.came.cut
    }

    fn went_on(self) -> bool {
        self.old().ending == Ending::WentOn
    }

    pub(super) fn is_renewed(self, counts: Counts) -> bool {
        self.went_on() || self.is_followed(counts)
    }

    fn is_followed(self, counts: Counts) -> bool {
        self.successors(counts).next().is_some()
    }

    pub(super) fn successors(self, counts: Counts) -> impl Iterator<Item = &'a Successor> + Clone {
        let successors = self.renewed_by.iter();
        successors.filter(move |successor| counts(successor, self.old()))
    }

    /// None where it neither came up nor was terminated early.
    pub(super) fn outcome(self) -> Option<ContractOutcome> {
        if !self.is_due() {
            let early = self.terminated_early() > 0;
            return early.then_some(ContractOutcome::TerminatedEarly);
        }
        Some(match (self.is_renewed(ON_TIME), self.is_renewed(ALL)) {
            (true, _) => ContractOutcome::RenewedOnTime,
            (_, true) => ContractOutcome::RenewedLate,
            _ => ContractOutcome::NotRenewed,
        })
    }

    pub(super) fn fee(self) -> Option<u128> {
        self.old().fee.units()
    }

    /// What goes on of itself, where nothing else renews it.
    pub(super) fn of_itself(self, counts: Counts) -> Option<u128> {
        if self.went_on() && !self.is_followed(counts) {
            return self.fee();
        }
        Some(0)
    }

    /// What it comes to where no other contract hangs together with it.
    #[inline]
    pub(super) fn money(self, counts: Counts) -> Money {
        let others = match self.renewed_by {
            // Nearly always there is one at most, which runs together with nothing.
            [] => Some(0),
            [one] if !counts(one, self.old()) => Some(0),
            [one] => one.fee.units(),
            _ => run_together(self.successors(counts)),
        };
        Money {
            before: self.fee(),
            after: plus(self.of_itself(counts), others),
        }
    }

    /// The same of those that are on time, where all are renewals of so much money.
    #[inline]
    fn money_on_time(self, all: Money) -> Money {
        let mut successors = self.renewed_by.iter();
        if successors.all(|successor| successor.is_on_time(self.old())) {
            return all;
        }
        self.money(ON_TIME)
    }

    /// Counts it, but for its money.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a twentieth of a pass: which way it turns is then known where it is called"
    )]
    pub(super) fn count(self, turn: Turn, totals: &mut RenewalTotals) {
        turn.count(&mut totals.terminated_early, self.terminated_early());
        if self.is_due() {
            turn.count(&mut totals.due.count, 1);
            turn.count(&mut totals.due_on_time.count, 1);
            turn.count(&mut totals.renewed, u64::from(self.is_renewed(ALL)));
            turn.count(&mut totals.on_time, u64::from(self.is_renewed(ON_TIME)));
        }
    }

    /// Counts it with its money, where no other contract hangs together with it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a twentieth of a pass: which way it turns is then known where it is called"
    )]
    pub(super) fn count_alone(self, turn: Turn, totals: &mut RenewalTotals) {
        self.count(turn, totals);
        if self.is_due() {
            let money = self.money(ALL);
            money.count(1, turn, &mut totals.due, &mut totals.renewed_amount);
            if self.is_renewed(ALL) {
                money.count_before(turn, totals);
            }
            let (due, renewed) = (&mut totals.due_on_time, &mut totals.on_time_amount);
            self.money_on_time(money).count(1, turn, due, renewed);
        }
    }
}

impl Money {
    /// It counts where it is known on both sides.
    pub(super) fn count(
        &self,
        members: u64,
        turn: Turn,
        due: &mut Priced,
        renewed: &mut AmountSum,
    ) {
        if let (Some(before), Some(after)) = (self.before, self.after) {
            turn.count(&mut due.priced, members);
            turn.add(&mut due.amount, before);
            turn.add(renewed, after);
        }
    }

    /// Of what was renewed.
    pub(super) fn count_before(&self, turn: Turn, totals: &mut RenewalTotals) {
        if let (Some(before), Some(_)) = (self.before, self.after) {
            turn.add(&mut totals.renewed_before, before);
        }
    }
}

pub(super) fn plus(sum: Option<u128>, more: Option<u128>) -> Option<u128> {
    Some(sum? + more?)
}

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::Amount;
use crate::tally::priced::{MAX_RECORDS, Priced};
use crate::tally::rules::expect_all;
use crate::value::AmountSum;

/// From one evening to another: what was open, what came in, what went out, what is open.
///
/// It adds up, in deals, in those with an amount, and in money: opening + created + moved in + reopened + increased − decreased − moved out −
/// won − lost − disqualified = closing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Waterfall {
    /// Open on the evening before.
    pub opening: Priced,
    /// Created.
    pub created: Priced,
    /// From elsewhere: another expected close, and in a group another owner or stage.
    pub moved_in: Priced,
    /// Open again, at the amount of the closed state. Events, not deals.
    pub reopened: Priced,
    /// Worth more than before.
    pub increased: Repriced,
    /// Worth less than before.
    pub decreased: Repriced,
    /// To elsewhere.
    pub moved_out: Priced,
    /// Won, at the amount for which it was. Events, not deals: one may be reopened and won again.
    pub won: Priced,
    /// Lost, likewise.
    pub lost: Priced,
    /// Disqualified, likewise.
    pub disqualified: Priced,
    /// Open on the evening.
    pub closing: Priced,
}

/// Changes of amounts in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Repriced {
    /// How many changes.
    pub changes: u64,
    /// Of how many deals.
    pub deals: u64,
    /// How many of the changes gave a deal its first amount, or took it away.
    pub switched: u64,
    /// What they come to.
    pub amount: AmountSum,
}

impl Repriced {
    #[inline]
    pub(super) fn add(&mut self, by: u64, switches: bool, is_first: bool) {
        self.changes += 1;
        self.deals += u64::from(is_first);
        self.switched += u64::from(switches);
        self.amount.add(u128::from(by));
    }

    fn plus(mut self, other: Self) -> Self {
        self.changes += other.changes;
        self.deals += other.deals;
        self.switched += other.switched;
        self.amount.add(other.amount.units());
        self
    }

    fn is_sound(self) -> bool {
        self.changes <= MAX_RECORDS
            && self.deals <= self.changes
            && self.switched <= self.changes
            && self.amount.units() <= u128::from(self.changes) * u128::from(Amount::MAX_UNITS)
    }
}

impl Waterfall {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            opening: self.opening.plus(other.opening),
            created: self.created.plus(other.created),
            moved_in: self.moved_in.plus(other.moved_in),
            reopened: self.reopened.plus(other.reopened),
            increased: self.increased.plus(other.increased),
            decreased: self.decreased.plus(other.decreased),
            moved_out: self.moved_out.plus(other.moved_out),
            won: self.won.plus(other.won),
            lost: self.lost.plus(other.lost),
            disqualified: self.disqualified.plus(other.disqualified),
            closing: self.closing.plus(other.closing),
        }
    }

    fn ins(&self) -> [Priced; 4] {
        [self.opening, self.created, self.moved_in, self.reopened]
    }

    fn outs(&self) -> [Priced; 5] {
        let closed = [self.won, self.lost, self.disqualified];
        let [won, lost, disqualified] = closed;
        [self.moved_out, won, lost, disqualified, self.closing]
    }

    /// Whether it adds up.
    fn balances(&self) -> bool {
        let sum = |parts: &[Priced]| {
            parts
                .iter()
                .fold(Priced::default(), |sum, part| sum.plus(*part))
        };
        let (mut ins, mut outs) = (sum(&self.ins()), sum(&self.outs()));
        ins.amount.add(self.increased.amount.units());
        ins.priced += self.increased.switched;
        outs.amount.add(self.decreased.amount.units());
        outs.priced += self.decreased.switched;
        ins == outs
    }

    pub(super) fn checked(self) -> Result<Self, Error> {
        let mut parts = self.ins().into_iter().chain(self.outs());
        let sound = parts.all(|part| part.is_sound() && part.count <= MAX_RECORDS);
        expect_all(&[
            (
                sound && self.increased.is_sound() && self.decreased.is_sound(),
                "priced deals are at most the count, and their amounts at most 10^14 each",
            ),
            (
                self.balances(),
                "opening + created + moved in + reopened + increased is decreased + moved out + won + lost + disqualified + closing",
            ),
        ])?;
        Ok(self)
    }
}

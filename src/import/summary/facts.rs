//! What a summary asks of a record.

use self::sealed::Facts;
use super::KindSummary;
use crate::period::When;
use crate::record::{
    Activity, Contract, Deal, DealChange, DealState, Lead, Quota, Rep, Spend, StagesEntered,
    WorkTime,
};
use crate::value::{MoneyPer, Rate};

/// A record that a [`Summary`](super::Summary) can count: of any kind that can be read. It cannot be implemented outside of this crate.
pub trait Summarized: Facts {}

impl<T: Facts> Summarized for T {}

mod sealed {
    use super::KindSummary;

    pub trait Facts {
        /// What several of them are called.
        const KIND: &'static str;
        /// All its dates and amounts, by their keys in the mapping.
        fn tell(&self, kind: &mut KindSummary);
    }
}

impl Facts for Deal {
    const KIND: &'static str = "deals";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("created", self.created());
        kind.date("closed", self.closed());
        kind.date("first_contact", self.first_contact());
        kind.date("expected_close", self.expected_close());
        kind.amount("amount", self.amount());
        kind.amount("cost", self.cost());
        kind.amount("list_price", self.list_price());
        kind.rate("probability", self.probability());
        kind.currency(self.currency());
    }
}

impl Facts for Lead {
    const KIND: &'static str = "leads";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("arrived", Some(self.arrived().date()));
        kind.date("assigned", self.assigned().map(When::date));
        kind.date("first_touch", self.first_touch().map(When::date));
        kind.date("marketing_qualified", self.marketing_qualified());
        kind.date("accepted", self.accepted());
        kind.date("rejected", self.rejected());
        kind.date("sales_qualified", self.sales_qualified());
        kind.date("qualified", self.qualified());
        kind.date("converted", self.converted());
        kind.date("won", self.won());
        kind.date("disqualified", self.disqualified());
    }
}

impl Facts for Activity {
    const KIND: &'static str = "activities";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("at", Some(self.at().date()));
        kind.date("booked", self.booked());
    }
}

impl Facts for Rep {
    const KIND: &'static str = "reps";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("hired", self.hired());
        kind.date("left", self.left());
        let share = self.full_time_share();
        kind.rate("full_time_share", (share < Rate::ONE).then_some(share));
    }
}

impl Facts for Quota {
    const KIND: &'static str = "quotas";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("start", Some(self.period().start()));
        kind.date("last_day", Some(self.period().last_day()));
        kind.amount("amount", self.amount());
        if let Some(amount) = self.amount() {
            kind.currency(amount.currency());
        }
    }
}

impl Facts for Contract {
    const KIND: &'static str = "contracts";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("start", Some(self.start()));
        kind.date("last_day", self.last_day());
        kind.date("terminated", self.terminated());
        kind.date("signed", self.signed());
        kind.date("notice", self.notice());
        kind.amount("one_time", self.one_time());
        kind.amount("yearly", self.yearly().map(MoneyPer::money));
        kind.currency(self.currency());
    }
}

impl Facts for Spend {
    const KIND: &'static str = "expenses";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("on", Some(self.on()));
        kind.amount("amount", Some(self.amount()));
        kind.currency(self.currency());
    }
}

impl Facts for WorkTime {
    const KIND: &'static str = "work times";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("on", Some(self.on()));
    }
}

impl Facts for DealState {
    const KIND: &'static str = "states";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("at", Some(self.at().date()));
        kind.date("expected_close", self.expected_close());
        kind.date("closed", self.close());
        kind.amount("amount", self.amount());
        kind.rate("probability", self.probability());
        kind.currency(self.currency());
    }
}

impl Facts for DealChange {
    const KIND: &'static str = "changes";

    fn tell(&self, kind: &mut KindSummary) {
        kind.date("at", Some(self.at().date()));
    }
}

impl Facts for StagesEntered {
    const KIND: &'static str = "stages entered";

    fn tell(&self, kind: &mut KindSummary) {
        let days = || self.entered().map(|(_, at)| at.date());
        let known = u64::from(days().next().is_some());
        kind.dates_of("entered", known, days().min(), days().max());
    }
}

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{LeadFacts, LeadStanding, Origin};
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;

given! {
    /// Everything a [`LeadTally`](crate::LeadTally) counts: what one reads from it, and the form in which ready-made totals go in.
    ///
    /// Arrived, and contacted, means: dated in the period, and not after the as-of day. What became of these leads counts if it
    /// happened on or before the as-of day. Open means: on the evening of the as-of day.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    pub struct LeadTotals {
        /// All leads that were looked at, whether they count or not.
        pub records: u64,
        /// Arrived in the period.
        pub arrived: u64,
        /// Of the arrived ones, those qualified.
        pub qualified: u64,
        /// Of the arrived ones, those that became an opportunity.
        pub converted: u64,
        /// Of the converted ones, those whose opportunity was won.
        pub won: u64,
        /// Of the arrived ones, those given up.
        pub disqualified: u64,
        /// Of the arrived ones, those touched by a human, before their arrival or after it.
        pub touched: u64,
        /// Of the arrived ones, those that marketing found.
        pub marketing: u64,
        /// Of the arrived ones, those that sales found.
        pub sales: u64,
        /// Of the arrived ones, those still open.
        pub cohort_open: u64,
        /// Open, whenever they arrived.
        pub open: u64,
        /// Of the open ones, those not touched by a human yet.
        pub open_untouched: u64,
        /// Touched for the first time in the period, whenever they arrived.
        pub contacted: u64,
        /// Of the contacted ones, those that became an opportunity.
        pub contacted_converted: u64,
    }
}

impl LeadTotals {
    /// How many of the arrived ones neither marketing nor sales found: a partner brought them, or nobody knows who did.
    #[must_use]
    pub fn unknown_origin(self) -> u64 {
        self.arrived
            .saturating_sub(self.marketing.saturating_add(self.sales))
    }

    /// How many of the arrived ones no human has touched.
    #[must_use]
    pub fn untouched(self) -> u64 {
        self.arrived.saturating_sub(self.touched)
    }

    /// Counts a lead. Nothing has changed where it fails.
    #[inline]
    pub(in crate::tally) fn add(&mut self, facts: &LeadFacts, scope: &Scope) -> Result<(), Error> {
        expect_room(self.records, 1)?;
        let standing = LeadStanding::of(facts, scope);
        self.records += 1;
        if standing.is_arrived() {
            self.add_arrived(standing, facts.origin);
        }
        self.open += u64::from(standing.is_open());
        self.open_untouched += u64::from(standing.is_open() & !standing.is_touched());
        self.contacted += u64::from(standing.is_contacted());
        self.contacted_converted += u64::from(standing.is_contacted() & standing.is_converted());
        Ok(())
    }

    #[inline]
    fn add_arrived(&mut self, standing: LeadStanding, origin: Option<Origin>) {
        self.arrived += 1;
        self.qualified += u64::from(standing.is_qualified());
        self.converted += u64::from(standing.is_converted());
        self.won += u64::from(standing.is_won());
        self.disqualified += u64::from(standing.is_disqualified());
        self.touched += u64::from(standing.is_touched());
        self.marketing += u64::from(origin == Some(Origin::Marketing));
        self.sales += u64::from(origin == Some(Origin::Sales));
        self.cohort_open += u64::from(standing.is_open());
    }

    /// The totals of both, which must be totals of different leads.
    pub(in crate::tally) fn plus(self, other: Self) -> Result<Self, Error> {
        expect_room(self.records, other.records)?;
        Ok(Self {
            records: self.records + other.records,
            arrived: self.arrived + other.arrived,
            qualified: self.qualified + other.qualified,
            converted: self.converted + other.converted,
            won: self.won + other.won,
            disqualified: self.disqualified + other.disqualified,
            touched: self.touched + other.touched,
            marketing: self.marketing + other.marketing,
            sales: self.sales + other.sales,
            cohort_open: self.cohort_open + other.cohort_open,
            open: self.open + other.open,
            open_untouched: self.open_untouched + other.open_untouched,
            contacted: self.contacted + other.contacted,
            contacted_converted: self.contacted_converted + other.contacted_converted,
        })
    }

    /// Checks that some set of leads can have these totals, as far as the totals show it.
    pub(in crate::tally) fn checked(self) -> Result<Self, Error> {
        let of_arrived = [
            self.qualified,
            self.converted,
            self.disqualified,
            self.touched,
        ];
        let closed = self.converted.max(self.disqualified);
        let rules = [
            (self.records <= MAX_RECORDS, "records are at most 10^10"),
            (
                self.arrived.max(self.open).max(self.contacted) <= self.records,
                "records are all leads looked at: at least the arrived, the open and the contacted ones",
            ),
            (
                of_arrived.iter().all(|part| *part <= self.arrived),
                "qualified, converted, disqualified and touched leads are parts of the arrived ones",
            ),
            (
                self.won <= self.converted,
                "won leads are a part of the converted ones",
            ),
            (
                self.marketing.saturating_add(self.sales) <= self.arrived,
                "marketing and sales are parts of the arrived leads",
            ),
            (
                self.cohort_open <= self.open
                    && self.cohort_open.saturating_add(closed) <= self.arrived,
                "cohort_open is a part of open, and of the arrived leads that are neither converted nor disqualified",
            ),
            (
                self.open_untouched <= self.open,
                "open_untouched is a part of open",
            ),
            (
                self.contacted_converted <= self.contacted,
                "contacted_converted is a part of contacted",
            ),
        ];
        expect_all(&rules)?;
        Ok(self)
    }
}

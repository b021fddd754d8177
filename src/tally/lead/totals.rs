use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::record::{Lead, LeadFacts, LeadStanding, Origin};
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, expect_room};
use crate::tally::rules::expect_all;

given! {
    /// Everything a [`LeadTally`](crate::LeadTally) counts: what one reads from it, and the form in which ready-made totals go in.
    ///
    /// Arrived, newly qualified and contacted mean: dated in the period, and not after the as-of day. What became of these leads counts if
    /// it happened on or before the as-of day. Open means: on the [`evening`](crate::Scope::evening).
    #[derive(Copy)]
    pub struct LeadTotals {
        /// All leads that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Arrived in the period.
        pub(super) arrived: u64,
        /// Of the arrived ones, those qualified.
        pub(super) qualified: u64,
        /// Qualified in the period, whenever they arrived.
        pub(super) newly_qualified: u64,
        /// Of the arrived ones, those that became an opportunity.
        pub(super) converted: u64,
        /// Of the converted ones, those of which nobody knows the day: whether it was by the as-of day cannot be told.
        pub(super) converted_undated: u64,
        /// Of the converted ones, those whose opportunity was won.
        pub(super) won: u64,
        /// Of the arrived ones, those given up.
        pub(super) disqualified: u64,
        /// Of those given up, those of which nobody knows the day.
        pub(super) disqualified_undated: u64,
        /// Of the arrived ones, those touched by a human, before their arrival or after it.
        pub(super) touched: u64,
        /// Of the arrived ones, those that marketing found.
        pub(super) marketing: u64,
        /// Of the arrived ones, those that sales found.
        pub(super) sales: u64,
        /// Of the arrived ones, those that a partner brought.
        pub(super) partner: u64,
        /// Of the arrived ones, those neither converted nor given up by the as-of day.
        pub(super) cohort_open: u64,
        /// Open, whenever they arrived. One that was converted or given up on a day that nobody knows is open on no evening.
        pub(super) open: u64,
        /// Of the open ones, those not touched by a human yet.
        pub(super) open_untouched: u64,
        /// Touched for the first time in the period, whenever they arrived.
        pub(super) contacted: u64,
        /// Of the contacted ones, those that became an opportunity.
        pub(super) contacted_converted: u64,
        /// Of the arrived ones, those that marketing qualified: MQLs.
        pub(super) marketing_qualified: u64,
        /// Qualified by marketing in the period, whenever they arrived.
        pub(super) newly_marketing_qualified: u64,
        /// Of these, those that sales has accepted, and not given back since.
        pub(super) marketing_accepted: u64,
        /// Of the same, those that sales has given back, and not accepted since.
        pub(super) marketing_rejected: u64,
        /// Accepted by sales in the period, whenever they arrived, and whatever sales said later: SALs.
        pub(super) newly_accepted: u64,
        /// Of these, those that sales qualified: SQLs.
        pub(super) accepted_qualified: u64,
    }
}

impl LeadTotals {
    /// How many of the arrived ones marketing or sales found, or a partner brought.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where `marketing`, `sales` or `partner` was not given.
    pub fn known_origin(&self) -> Result<u64, Undefined> {
        let ours = self.marketing()?.saturating_add(self.sales()?);
        Ok(ours.saturating_add(self.partner()?))
    }

    /// Of how many of the arrived ones nobody knows who found them.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where `arrived`, `marketing`, `sales` or `partner` was not given.
    pub fn unknown_origin(&self) -> Result<u64, Undefined> {
        let known = self.known_origin()?;
        Ok(self.arrived()?.saturating_sub(known))
    }

    /// How many of those newly qualified by marketing sales has neither accepted nor given back.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where `newly_marketing_qualified`, `marketing_accepted` or `marketing_rejected` was not given.
    pub fn acceptance_pending(&self) -> Result<u64, Undefined> {
        let accepted = self.marketing_accepted()?;
        let decided = accepted.saturating_add(self.marketing_rejected()?);
        Ok(self.newly_marketing_qualified()?.saturating_sub(decided))
    }

    /// How many of the arrived ones no human has touched.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where `arrived` or `touched` was not given.
    pub fn untouched(&self) -> Result<u64, Undefined> {
        Ok(self.arrived()?.saturating_sub(self.touched()?))
    }

    /// Counts a lead. Nothing has changed where it fails.
    #[inline]
    pub(in crate::tally) fn add(&mut self, lead: &Lead, scope: &Scope) -> Result<(), Error> {
        self.add_seen(lead, lead.facts(), scope).map(|_| ())
    }

    /// Counts what is seen of a lead, and says how it stands, but for the milestones, which few leads say.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "how it stands is otherwise written to memory, to be read once: measured"
    )]
    pub(super) fn add_seen(
        &mut self,
        lead: &Lead,
        seen: &LeadFacts,
        scope: &Scope,
    ) -> Result<LeadStanding, Error> {
        let standing = LeadStanding::of(seen, scope);
        self.add_standing(standing, seen.origin)?;
        if lead.says_milestones(seen) {
            self.add_milestones(lead.standing_of(seen, scope));
        }
        Ok(standing)
    }

    #[inline]
    fn add_standing(
        &mut self,
        standing: LeadStanding,
        origin: Option<Origin>,
    ) -> Result<(), Error> {
        expect_room(self.records, 1)?;
        self.records += 1;
        if standing.is_arrived() {
            self.add_arrived(standing, origin);
        }
        self.open += u64::from(standing.is_open());
        self.open_untouched += u64::from(standing.is_open_untouched());
        self.newly_qualified += u64::from(standing.is_newly_qualified());
        self.contacted += u64::from(standing.is_contacted());
        self.contacted_converted += u64::from(standing.is_contacted() & standing.is_converted());
        Ok(())
    }

    fn add_milestones(&mut self, standing: LeadStanding) {
        let marketing_qualified = standing.is_arrived() & standing.is_marketing_qualified();
        self.marketing_qualified += u64::from(marketing_qualified);
        let by_marketing = standing.is_newly_marketing_qualified();
        self.newly_marketing_qualified += u64::from(by_marketing);
        self.marketing_accepted += u64::from(by_marketing & standing.is_accepted());
        self.marketing_rejected += u64::from(by_marketing & standing.is_rejected());
        let accepted = standing.is_newly_accepted();
        self.newly_accepted += u64::from(accepted);
        self.accepted_qualified += u64::from(accepted & standing.is_sales_qualified());
    }

    #[inline]
    fn add_arrived(&mut self, standing: LeadStanding, origin: Option<Origin>) {
        self.arrived += 1;
        self.qualified += u64::from(standing.is_qualified());
        self.converted += u64::from(standing.is_converted());
        self.converted_undated += u64::from(standing.is_converted_undated());
        self.won += u64::from(standing.is_won());
        self.disqualified += u64::from(standing.is_disqualified());
        self.disqualified_undated += u64::from(standing.is_disqualified_undated());
        self.touched += u64::from(standing.is_touched());
        self.marketing += u64::from(origin == Some(Origin::Marketing));
        self.sales += u64::from(origin == Some(Origin::Sales));
        self.partner += u64::from(origin == Some(Origin::Partner));
        self.cohort_open += u64::from(standing.is_pending());
    }

    /// The sums of both, which must be totals of different leads: not settled yet, nor checked.
    #[expect(clippy::unnecessary_wraps, reason = "as of all totals of a fixed size")]
    pub(in crate::tally) fn plus(self, other: Self) -> Result<Self, Error> {
        Ok(Self {
            missing: self.missing.or(other.missing),
            records: self.records + other.records,
            arrived: self.arrived + other.arrived,
            qualified: self.qualified + other.qualified,
            newly_qualified: self.newly_qualified + other.newly_qualified,
            converted: self.converted + other.converted,
            converted_undated: self.converted_undated + other.converted_undated,
            won: self.won + other.won,
            disqualified: self.disqualified + other.disqualified,
            disqualified_undated: self.disqualified_undated + other.disqualified_undated,
            touched: self.touched + other.touched,
            marketing: self.marketing + other.marketing,
            sales: self.sales + other.sales,
            partner: self.partner + other.partner,
            cohort_open: self.cohort_open + other.cohort_open,
            open: self.open + other.open,
            open_untouched: self.open_untouched + other.open_untouched,
            contacted: self.contacted + other.contacted,
            contacted_converted: self.contacted_converted + other.contacted_converted,
            marketing_qualified: self.marketing_qualified + other.marketing_qualified,
            newly_marketing_qualified: self.newly_marketing_qualified
                + other.newly_marketing_qualified,
            marketing_accepted: self.marketing_accepted + other.marketing_accepted,
            marketing_rejected: self.marketing_rejected + other.marketing_rejected,
            newly_accepted: self.newly_accepted + other.newly_accepted,
            accepted_qualified: self.accepted_qualified + other.accepted_qualified,
        })
    }

    /// Checks that some set of leads can have these totals, as far as those that are given show it: a whole that is missing is as
    /// large as it may be, and a part of it that is missing is 0.
    pub(in crate::tally) fn checked(self) -> Result<Self, Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let arrived = self.arrived().unwrap_or(records);
        let converted = self.converted().unwrap_or(arrived);
        let disqualified = self.disqualified().unwrap_or(arrived);
        let open = self.open().unwrap_or(records);
        let contacted = self.contacted().unwrap_or(records);
        let by_marketing = self.newly_marketing_qualified().unwrap_or(records);
        let accepted = self.newly_accepted().unwrap_or(records);
        let of_arrived = [
            self.qualified,
            self.marketing_qualified,
            self.converted,
            self.disqualified,
            self.touched,
        ];
        let closed = self.converted.max(self.disqualified);
        let rules = [
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                arrived.max(open).max(contacted).max(self.newly_qualified) <= records,
                "records are all leads looked at: at least the arrived, the open, the contacted and the newly qualified ones",
            ),
            (
                of_arrived.iter().all(|part| *part <= arrived),
                "qualified, marketing_qualified, converted, disqualified and touched leads are parts of the arrived ones",
            ),
            (
                self.newly_marketing_qualified.max(self.newly_accepted) <= records,
                "newly_marketing_qualified and newly_accepted leads are among the records",
            ),
            (
                self.marketing_accepted
                    .saturating_add(self.marketing_rejected)
                    <= by_marketing,
                "marketing_accepted and marketing_rejected are parts of newly_marketing_qualified",
            ),
            (
                self.accepted_qualified <= accepted,
                "accepted_qualified is a part of newly_accepted",
            ),
            (
                self.won <= converted,
                "won leads are a part of the converted ones",
            ),
            (
                self.converted_undated <= converted && self.disqualified_undated <= disqualified,
                "converted_undated is a part of converted, and disqualified_undated of disqualified",
            ),
            (
                self.marketing
                    .saturating_add(self.sales)
                    .saturating_add(self.partner)
                    <= arrived,
                "marketing, sales and partner are parts of the arrived leads",
            ),
            (
                self.cohort_open.saturating_add(closed) <= arrived,
                "cohort_open is a part of the arrived leads that are neither converted nor disqualified",
            ),
            (
                self.open_untouched <= open,
                "open_untouched is a part of open",
            ),
            (
                self.contacted_converted <= contacted,
                "contacted_converted is a part of contacted",
            ),
        ];
        expect_all(&rules)?;
        Ok(self)
    }
}

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::period::{Period, When};
use crate::value::{ContractId, Currency, DealId, Label, LeadId, RepId};

/// What can be odd about a record, and which KPI it bends.
///
/// First what any record can show, then what deals, leads, activities, reps and quotas, contracts, expenses and hours show,
/// and last whom and what a record names.
///
/// Amounts of deals have a kind for each way a deal can stand: what a won deal lacks is missing from the revenue, while many
/// exports have no amounts of lost deals at all. A disqualified deal needs none. Take the kinds that matter to you.
///
/// A kind may learn another value: match those with values with `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum FindingKind {
    /// An earlier record has the same id (of hours: the same rep and day); found once for each further one.
    ///
    /// If it is the same record, every count and every sum has it twice. A rep who is listed twice is refused by
    /// [`Roster`](crate::Roster), on which all KPIs of a team rest: whoever left and came back needs another id there.
    DuplicateId,
    /// It is not in the currency of most records of its kind (of two that lead, the one whose code comes first).
    ///
    /// A tally of that currency refuses it: convert its amounts first, or tally each currency apart.
    #[non_exhaustive]
    OtherCurrency {
        /// The currency of most.
        usual: Currency,
        /// Its own.
        found: Currency,
    },
    /// It writes a word otherwise than most records do, in capitals or spaces alone. Of a book, whatever figures compare is compared: the
    /// people, accounts and sources that records of any kind name, and dimensions of the same name.
    ///
    /// They are two owners, accounts or groups to every figure: a rep's wins, an account's first one or a channel's cost are torn apart. Of
    /// two spellings that lead, the usual one is that which comes first by its text.
    #[non_exhaustive]
    OtherSpelling {
        /// Which word: `owner`, `account`, of a rep itself `id`, or the name of a dimension.
        field: String,
        /// As most write it.
        usual: String,
        /// As it does.
        found: String,
    },
    /// An amount has more decimals than its currency.
    ///
    /// Often a mark between thousands was taken for the decimal mark, and the mapping should name it (`grouping_mark`): `1.234` is then 1 and a quarter, and every sum with it is too low.
    #[non_exhaustive]
    MoreDecimalsThanCurrency {
        /// Which amount.
        field: String,
    },
    /// It is an activity, an expense or hours of a day after the as-of day.
    ///
    /// It counts in no figure until then: [`touchpoints_per_rep`](crate::kpi::touchpoints_per_rep),
    /// [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost) and [`selling_time`](crate::kpi::selling_time) are
    /// too low if the date is wrong. A meeting is found where it is said to have been held or missed: it may well lie ahead.
    #[non_exhaustive]
    DatedAfterAsOf {
        /// Its day.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
    /// Nobody knows when the deal was created.
    ///
    /// It exists from its first known day, and is in no cohort, age or cycle: [`sales_cycle_length`](crate::kpi::sales_cycle_length),
    /// [`cohort_win_rate`](crate::kpi::cohort_win_rate) and [`opportunities_created`](crate::kpi::opportunities_created) are of the others, and
    /// [`opportunity_conversion_rate`](crate::kpi::opportunity_conversion_rate) is too high where it is won;
    /// `totals().without_creation()` counts it.
    MissingCreation,
    /// Its amount is below 0, and it is not won.
    ///
    /// It counts as a deal without an amount. A won one would be a credit: what was given back to a customer.
    NegativeAmount,
    /// The lead or the activity has an instant that is written in UTC, in a book that has a calendar and no place.
    ///
    /// Its working hours are read on the clock of UTC, and its date is the one there: unless that is the clock of the business,
    /// [`average_response_time`](crate::kpi::average_response_time), [`response_compliance`](crate::kpi::response_compliance) and
    /// every count by date are wrong. [`Book::with_place`](crate::Book::with_place) brings it to the place of the business, which may be
    /// `Z`; then it is found no more.
    #[non_exhaustive]
    WrittenInUtc {
        /// The first such instant: its arrival, or a touch; when it was done.
        #[serde(with = "super::iso::instant")]
        at: DateTime<FixedOffset>,
    },
    /// It was created after the as-of day.
    ///
    /// It counts neither as created nor as open yet, so it is missing from the pipeline. Often two digits of a date are
    /// swapped, or a draft is dated ahead.
    #[non_exhaustive]
    CreatedAfterAsOf {
        /// The day it was created.
        #[serde(with = "super::iso")]
        created: NaiveDate,
    },
    /// It closed before it was created, as when it was entered after the fact.
    ///
    /// It counts as won or lost, but no cycle is negative: [`sales_cycle_length`](crate::kpi::sales_cycle_length) and its
    /// siblings leave it out, and count it in `totals().won_cycle()?.unsound` or `lost_cycle.unsound`.
    #[non_exhaustive]
    ClosedBeforeCreated {
        /// The day it was created.
        #[serde(with = "super::iso")]
        created: NaiveDate,
        /// The day it closed.
        #[serde(with = "super::iso")]
        closed: NaiveDate,
    },
    /// It is closed, on a day after the as-of day.
    ///
    /// Until then it counts as open, not as won or lost: its revenue is missing, and
    /// [`pipeline_value`](crate::kpi::pipeline_value) asks for history. Often an expected close was entered as the close.
    #[non_exhaustive]
    ClosedAfterAsOf {
        /// The day it closed.
        #[serde(with = "super::iso")]
        closed: NaiveDate,
    },
    /// Its first contact came after its close.
    ///
    /// [`first_contact_cycle_length`](crate::kpi::first_contact_cycle_length) leaves it out, and counts it in
    /// `totals().contact_cycle()?.unsound` if it was won.
    #[non_exhaustive]
    FirstContactAfterClose {
        /// The day of the first contact.
        #[serde(with = "super::iso")]
        first_contact: NaiveDate,
        /// The day it closed.
        #[serde(with = "super::iso")]
        closed: NaiveDate,
    },
    /// It was won and has no amount.
    ///
    /// [`total_revenue`](crate::kpi::total_revenue) is too low by what it is worth;
    /// [`average_deal_size`](crate::kpi::average_deal_size) is the mean of the others.
    WonWithoutAmount,
    /// It was won for an amount of 0.
    ///
    /// If that stands for a missing amount, [`average_deal_size`](crate::kpi::average_deal_size) and
    /// [`median_deal_size`](crate::kpi::median_deal_size) are too low. If it was free, they are right.
    WonForZero,
    /// It was lost and has no amount.
    ///
    /// [`win_rate_by_value`](crate::kpi::win_rate_by_value) is too high by what it would have been worth.
    LostWithoutAmount,
    /// It was lost and has an amount of 0, which many exports write for every lost deal.
    ///
    /// [`win_rate_by_value`](crate::kpi::win_rate_by_value) is then too high: 100 % where every lost deal has it.
    LostForZero,
    /// It is open and has no amount.
    ///
    /// [`pipeline_value`](crate::kpi::pipeline_value), [`weighted_pipeline`](crate::kpi::weighted_pipeline) and
    /// [`pipeline_coverage`](crate::kpi::pipeline_coverage) are too low by what it is worth.
    OpenWithoutAmount,
    /// It is open with an amount of 0, which often holds the place of one that is not known yet.
    ///
    /// It makes the same KPIs too low as a missing one, and they don't count it as missing.
    OpenForZero,
    /// It is open and has no probability.
    ///
    /// [`weighted_pipeline`](crate::kpi::weighted_pipeline) leaves it out.
    MissingProbability,
    /// It is open and has no expected close.
    ///
    /// [`pipeline_coverage`](crate::kpi::pipeline_coverage) of every period leaves it out.
    MissingExpectedClose,
    /// It is open, and was expected to close before the as-of day.
    ///
    /// [`pipeline_coverage`](crate::kpi::pipeline_coverage) of the running period has it with the overdue ones; if it is to close later, or
    /// never, that is too high.
    #[non_exhaustive]
    ExpectedCloseOverdue {
        /// The day by which it was to close.
        #[serde(with = "super::iso")]
        expected: NaiveDate,
    },
    /// The lead arrived after the as-of day.
    ///
    /// It counts neither as arrived nor as open yet: [`cost_per_lead`](crate::kpi::cost_per_lead) is too high, and
    /// [`leads_per_rep`](crate::kpi::leads_per_rep) too low.
    #[non_exhaustive]
    ArrivedAfterAsOf {
        /// The day it arrived.
        #[serde(with = "super::iso")]
        arrived: NaiveDate,
    },
    /// The lead was touched before it arrived.
    ///
    /// No response time is negative: [`average_response_time`](crate::kpi::average_response_time),
    /// [`response_compliance`](crate::kpi::response_compliance) and their siblings leave it out, and
    /// [`LeadDetail::touched_before_arrival`](crate::LeadDetail::touched_before_arrival) counts it.
    #[non_exhaustive]
    TouchedBeforeArrival {
        /// The first touch.
        touched: When,
        /// When it arrived.
        arrived: When,
    },
    /// The lead was first touched after the as-of day.
    ///
    /// Until then it counts as untouched: [`neglected_lead_rate`](crate::kpi::neglected_lead_rate) is too high, and
    /// [`response_compliance`](crate::kpi::response_compliance) too low.
    #[non_exhaustive]
    TouchedAfterAsOf {
        /// The day of the first touch, at its own offset.
        #[serde(with = "super::iso")]
        touched: NaiveDate,
    },
    /// The lead was qualified after the as-of day.
    ///
    /// Until then it does not count as qualified: [`qualified_leads`](crate::kpi::qualified_leads) and
    /// [`qualification_rate`](crate::kpi::qualification_rate) are too low.
    #[non_exhaustive]
    QualifiedAfterAsOf {
        /// The day it was qualified.
        #[serde(with = "super::iso")]
        qualified: NaiveDate,
    },
    /// The lead became a deal before it arrived, as when it was entered after the fact.
    ///
    /// It counts as converted, though the deal did not come from it:
    /// [`lead_conversion_rate`](crate::kpi::lead_conversion_rate) is too high.
    #[non_exhaustive]
    ConvertedBeforeArrival {
        /// The day it arrived.
        #[serde(with = "super::iso")]
        arrived: NaiveDate,
        /// The day it became a deal.
        #[serde(with = "super::iso")]
        converted: NaiveDate,
    },
    /// The lead became a deal after the as-of day.
    ///
    /// Until then it counts as open: [`lead_conversion_rate`](crate::kpi::lead_conversion_rate) is too low.
    #[non_exhaustive]
    ConvertedAfterAsOf {
        /// The day it became a deal.
        #[serde(with = "super::iso")]
        converted: NaiveDate,
    },
    /// Another lead became the same deal; found for each of them.
    ///
    /// The deal counts once for every lead: [`lead_conversion_rate`](crate::kpi::lead_conversion_rate) and
    /// [`lead_to_customer_rate`](crate::kpi::lead_to_customer_rate) are too high.
    #[non_exhaustive]
    SharedDeal {
        /// The deal.
        deal: DealId,
    },
    /// The lead was won, but its deal, one of those given to [`Audit::with_deals`](super::Audit::with_deals), is not.
    ///
    /// [`lead_to_customer_rate`](crate::kpi::lead_to_customer_rate) is too high.
    /// [`Lead::with_outcome_of`](crate::Lead::with_outcome_of) takes the outcome from the deal, and so does a
    /// [`Book`](crate::Book).
    #[non_exhaustive]
    DealNotWon {
        /// The deal.
        deal: DealId,
    },
    /// The lead was won after the as-of day.
    ///
    /// Until then it does not count as won: [`lead_to_customer_rate`](crate::kpi::lead_to_customer_rate) is too low.
    #[non_exhaustive]
    WonAfterAsOf {
        /// The day its deal was won.
        #[serde(with = "super::iso")]
        won: NaiveDate,
    },
    /// The lead was given up after the as-of day.
    ///
    /// Until then it counts as open: [`leads_per_rep`](crate::kpi::leads_per_rep) is too high.
    #[non_exhaustive]
    DisqualifiedAfterAsOf {
        /// The day it was given up.
        #[serde(with = "super::iso")]
        disqualified: NaiveDate,
    },
    /// The lead became a deal, and it was given up, too.
    ///
    /// It counts as both: [`lead_conversion_rate`](crate::kpi::lead_conversion_rate) is too high if it was given up.
    #[non_exhaustive]
    ConvertedAndDisqualified {
        /// The day it became a deal, where that is known.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            with = "super::iso::maybe"
        )]
        converted: Option<NaiveDate>,
        /// The day it was given up, where that is known.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            with = "super::iso::maybe"
        )]
        disqualified: Option<NaiveDate>,
    },
    /// The lead was converted, and nobody knows when.
    ///
    /// It counts as converted from whatever day one looks: [`lead_conversion_rate`](crate::kpi::lead_conversion_rate) as of an earlier day may
    /// be too high, and [`leads_per_rep`](crate::kpi::leads_per_rep) of an earlier evening too low. `totals().converted_undated()` counts it.
    UndatedConversion,
    /// The lead was given up, and nobody knows when.
    ///
    /// It counts as given up from whatever day one looks: [`leads_per_rep`](crate::kpi::leads_per_rep) of an earlier evening may be too low.
    /// `totals().disqualified_undated()` counts it.
    UndatedDisqualification,
    /// The lead arrived or was touched on a day, and nobody knows at which time.
    ///
    /// It is in no response and in no waiting time: [`average_response_time`](crate::kpi::average_response_time) and
    /// [`response_compliance`](crate::kpi::response_compliance) leave it out, and
    /// [`LeadDetail::without_time`](crate::LeadDetail::without_time) counts it.
    MissingTime,
    /// Nobody knows who found the lead.
    ///
    /// [`marketing_sourced_rate`](crate::kpi::marketing_sourced_rate) and
    /// [`sales_sourced_rate`](crate::kpi::sales_sourced_rate) leave it out, and `totals().unknown_origin()` counts it.
    MissingOrigin,
    /// The meeting is still booked, more than a week after its day.
    ///
    /// [`show_rate`](crate::kpi::show_rate) and [`no_show_rate`](crate::kpi::no_show_rate) leave it out: they are about those
    /// meetings alone that somebody looked after.
    #[non_exhaustive]
    MeetingStillBooked {
        /// The day it was booked for.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
    /// The call does not say whether the other side was reached.
    ///
    /// It does not count as connected: [`meeting_booked_rate`](crate::kpi::meeting_booked_rate) is too high if it was. If it was
    /// missed, [`callback_rate`](crate::kpi::callback_rate) is.
    CallWithoutDisposition,
    /// The call was connected, and nobody knows for how long.
    ///
    /// [`average_call_duration`](crate::kpi::average_call_duration) and [`time_allocation`](crate::kpi::time_allocation) leave it
    /// out.
    ConnectedWithoutDuration,
    /// The rep has a ramp, but no hire date from which its months could be counted.
    ///
    /// The ramp has no effect: all of the quota is expected, and [`quota_attainment`](crate::kpi::quota_attainment) is too low
    /// if the rep is new.
    RampWithoutHireDate,
    /// The rep works on the as-of day and has no quota at all, while others have one
    /// ([`Audit::with_quotas`](super::Audit::with_quotas)).
    ///
    /// What the rep wins is in no figure of attainment: [`quota_attainment`](crate::kpi::quota_attainment) and
    /// [`reps_at_quota_rate`](crate::kpi::reps_at_quota_rate) are those of the others.
    MissingQuota,
    /// Another quota of the rep, of money as it is or of deals as it is, holds on some of its days and begins no later.
    ///
    /// [`Roster`](crate::Roster) refuses such quotas, since those days would be asked for twice: no KPI of the team is known.
    #[non_exhaustive]
    OverlappingQuota {
        /// The period of the other.
        other: Period,
    },
    /// The quota is 0.
    ///
    /// What the rep wins counts toward no quota: if the 0 stands for one that nobody knows, [`quota_attainment`](crate::kpi::quota_attainment) or
    /// [`deal_quota_attainment`](crate::kpi::deal_quota_attainment) lacks both the wins and the quota.
    ZeroQuota,
    /// The rep does not work on any day of the quota's period.
    ///
    /// Nothing of it is expected, and no win counts toward it: if a date is wrong, [`quota_attainment`](crate::kpi::quota_attainment) lacks both.
    QuotaWithoutWork,
    /// The quota is the sum of those of the reps who report to its rep, two at least, for the same period or for parts that make it up. Of
    /// whoever between them has none, those below count.
    ///
    /// What the team is to win is asked for twice: [`quota_attainment`](crate::kpi::quota_attainment) is about half of what it is, and
    /// [`reps_at_quota_rate`](crate::kpi::reps_at_quota_rate) is too low. Leave it out:
    /// [`Book::filter_quotas`](crate::Book::filter_quotas).
    ManagerQuotaIsSum,
    /// The contract starts on or before the last day of the one that it renews, or that one goes on without one: it has none, or
    /// [renews itself](crate::Contract::with_auto_renewal).
    ///
    /// Both are active then: [`arr`](crate::kpi::arr) and [`mrr`](crate::kpi::mrr) have the fees of both. Say when the old one ended
    /// ([`Contract::with_terminated`](crate::Contract::with_terminated)) or that notice was given
    /// ([`Contract::with_notice`](crate::Contract::with_notice)).
    #[non_exhaustive]
    OverlappingRenewal {
        /// Its first day.
        #[serde(with = "super::iso")]
        start: NaiveDate,
        /// The contract that it renews.
        renewed: ContractId,
    },
    /// The contract renews another account's.
    ///
    /// That one counts as renewed: [`non_renewal_rate`](crate::kpi::non_renewal_rate) is too low if the link is wrong. If the
    /// account changed its name, [`churn_rate`](crate::kpi::churn_rate) is too high.
    #[non_exhaustive]
    RenewsOtherAccount {
        /// The contract that it renews.
        renewed: ContractId,
    },
    /// The contract has no recurring fee.
    ///
    /// [`arr`](crate::kpi::arr) and [`mrr`](crate::kpi::mrr) are too low if it has one; of a renewal,
    /// [`renewal_rate`](crate::kpi::renewal_rate) leaves out both contracts.
    MissingRecurringFee,
    /// The contract has a recurring fee of 0.
    ///
    /// If that stands for a missing one, [`arr`](crate::kpi::arr) and [`renewal_rate`](crate::kpi::renewal_rate) are too low,
    /// and nothing says so.
    ZeroRecurringFee,
    /// The contract is open-ended: no last day was agreed on.
    ///
    /// It never comes up for renewal: [`non_renewal_rate`](crate::kpi::non_renewal_rate) and
    /// [`renewal_rate`](crate::kpi::renewal_rate) leave it out; [`average_contract_value`](crate::kpi::average_contract_value) has it.
    OpenEnded,
    /// The expense is 0.
    ///
    /// If that stands for an unknown amount, [`customer_acquisition_cost`](crate::kpi::customer_acquisition_cost) and
    /// [`cost_per_lead`](crate::kpi::cost_per_lead) are too low.
    ZeroSpend,
    /// The expense is on sales or marketing, and names no channel.
    ///
    /// It is in no channel's [`cost_per_acquisition`](crate::kpi::cost_per_acquisition): their sum is less than the whole.
    MissingChannel,
    /// The rep worked for more than 24 hours a day: since the hours before, and for a week at most.
    ///
    /// Hours may be logged by the day or by the week, so that 40 are no error by themselves.
    /// [`selling_time`](crate::kpi::selling_time) is too high, and with it most likely
    /// [`selling_time_rate`](crate::kpi::selling_time_rate) is wrong.
    #[non_exhaustive]
    TooManyHours {
        /// Since the rep's hours before: 7 where there are none, or none in the last week.
        days: u64,
    },
    /// It has no owner: a deal, or a lead that is open.
    ///
    /// It is missing from every rep's figures: their sum is less than the whole. An open lead overloads nobody
    /// ([`overloaded_reps`](crate::kpi::overloaded_reps)).
    MissingOwner,
    /// The activity does not say which rep did it.
    ///
    /// It is missing from every figure per rep: [`touchpoints_per_rep`](crate::kpi::touchpoints_per_rep) and
    /// [`activities_per_rep_per_day`](crate::kpi::activities_per_rep_per_day) are too low.
    MissingRep,
    /// The rep whom it names is not among those given to [`Audit::with_reps`](super::Audit::with_reps).
    ///
    /// It counts for somebody who is in no team, and so is missing from every figure per rep; what was won is
    /// [`unassigned`](crate::TeamTally::unassigned). A quota of nobody is refused by [`Roster`](crate::Roster).
    #[non_exhaustive]
    UnknownRep {
        /// The rep.
        rep: RepId,
    },
    /// Its owner was not at work on the day it closed or, while it is open, is not on the as-of day. A lead closes when it becomes a
    /// deal or is given up; a contract is open while it holds.
    ///
    /// What was won is [`unassigned`](crate::TeamTally::unassigned), in no figure per rep; what is open is looked after by nobody:
    /// [`leads_per_rep`](crate::kpi::leads_per_rep) leaves it out.
    #[non_exhaustive]
    OwnerNotActive {
        /// The owner.
        rep: RepId,
        /// The day it closed, or the as-of day.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
    /// The rep who did it was not at work on that day.
    ///
    /// It counts for nobody: if a date is wrong, [`touchpoints_per_rep`](crate::kpi::touchpoints_per_rep) and
    /// [`activities_per_rep_per_day`](crate::kpi::activities_per_rep_per_day) are too low.
    #[non_exhaustive]
    RepNotActive {
        /// The rep.
        rep: RepId,
        /// The day of the activity.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
    /// The lead that it names is not among those given to [`Audit::with_leads`](super::Audit::with_leads).
    ///
    /// The lead is missing from all figures of leads, or the activity is about another one.
    #[non_exhaustive]
    UnknownLead {
        /// The lead.
        lead: LeadId,
    },
    /// The deal that it names is not among those given to [`Audit::with_deals`](super::Audit::with_deals).
    ///
    /// A lead counts as converted, but nothing tells whether it was won:
    /// [`lead_to_customer_rate`](crate::kpi::lead_to_customer_rate) is too low if it was.
    #[non_exhaustive]
    UnknownDeal {
        /// The deal.
        deal: DealId,
    },
    /// Of a history: there are states of the deal, and no record of it.
    ///
    /// It is in every figure of the past, from its first state on, and in none of today.
    MissingRecord,
    /// Of a history: the deal has a state before its creation.
    ///
    /// The deal exists since its creation; what was so before counts from then on.
    #[non_exhaustive]
    StateBeforeCreation {
        /// The day of the state.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
    /// Of a history: two states of the deal have one instant and one running number, and say different things.
    ///
    /// Which of them holds is decided by what they say, so that it is the same in any order; it may be the wrong one.
    #[non_exhaustive]
    StatesAtOnce {
        /// The day of the states.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
    /// Of a history: the last state of the deal says something else than today's record.
    ///
    /// One of them is out of date: the figures of today and those of a history that ends today differ.
    #[non_exhaustive]
    UnlikeItsRecord {
        /// What differs.
        field: String,
    },
    /// Of a history: the deal was, while open, in a stage that is not among those of the book.
    ///
    /// In the funnel it stayed where it was before.
    #[non_exhaustive]
    StageOutOfOrder {
        /// The stage.
        stage: Label,
    },
    /// The contract that it renews is not among those given to [`Audit::with_contracts`](super::Audit::with_contracts).
    ///
    /// Without the earlier one its account looks new: [`cost_per_new_contract`](crate::kpi::cost_per_new_contract) is too low,
    /// and [`mrr_movements`](crate::kpi::mrr_movements) has its fee as new.
    #[non_exhaustive]
    UnknownContract {
        /// The contract that it renews.
        renewed: ContractId,
    },
}

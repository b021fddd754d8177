//! On how many records a value rests. Where that was not counted, nobody knows.

use core::borrow::Borrow as _;

use super::kpi::Read;
use crate::error::Undefined;
use crate::kpi;
use crate::record::Origin;
use crate::report::Inputs;
use crate::tally::{
    ActivityTotals, CommitmentTotals, CustomerTotals, DealDetail, DealTotals, LeadDetail,
    LeadTotals, MovementTotals, Priced, PurchaseTally, RenewalTotals, SpreadTally, StageTotals,
    SurvivalTally, TeamTally, WorkTotals,
};

/// How the records behind a value are counted.
#[derive(Clone)]
pub(super) enum Sample {
    /// It is no matter of records.
    No,
    /// The value is a count or a sum of these: it is what it is, however few.
    Sum(Size),
    /// The same of what happens, so that it adds up over time.
    Flow(Size),
    /// The value is a rate, a share, a mean or another quotient of these: few of them prove little.
    Mean(Size),
    /// The same of odds, so many of these for each other one: the share of them in other words.
    Odds(Size),
    /// The same of a rate that is no share of them: few may hold most of the money or the hours, or they were not followed to the end.
    Uneven(Size),
}

pub(super) type Size = Read<Option<u64>>;

impl Sample {
    pub(super) fn size(&self, inputs: &Inputs<'_>) -> Option<u64> {
        match self {
            Self::No => None,
            Self::Sum(size)
            | Self::Flow(size)
            | Self::Mean(size)
            | Self::Odds(size)
            | Self::Uneven(size) => size.of(inputs),
        }
    }
}

macro_rules! sizes {
    ($source:ident, $totals:ty: $($name:ident = |$counted:ident| $size:expr,)*) => {
        $(
            pub(super) fn $name(inputs: &Inputs<'_>) -> Option<u64> {
                #[allow(clippy::unnecessary_wraps, reason = "other sizes may not have been counted")]
                // A function, since a closure that is made a pointer costs another one to call it.
                fn size($counted: &$totals) -> Result<u64, Undefined> {
                    $size
                }
                size($source(inputs)?.borrow()).ok()
            }
        )*
    };
}

fn deals<'a>(inputs: &Inputs<'a>) -> Option<&'a DealTotals> {
    Some(inputs.deals().ok()?.totals())
}

sizes! { deals, DealTotals:
    won = |deals| Ok(deals.won()?.count),
    priced = |deals| Ok(deals.won()?.priced),
    costed = |deals| Ok(deals.costed()?.count),
    listed = |deals| Ok(deals.listed()?.count),
    decided = |deals| Ok(deals.won()?.count + deals.lost()?.count),
    decided_priced = |deals| Ok(deals.won()?.priced + deals.lost()?.priced),
    closed = |deals| Ok(deals.won()?.count + deals.lost()?.count + deals.disqualified()?.count),
    created = |deals| Ok(deals.created()?.count),
    won_cycles = |deals| Ok(deals.won_cycle()?.count),
    contact_cycles = |deals| Ok(deals.contact_cycle()?.count),
    lost_priced = |deals| Ok(deals.lost()?.priced),
    lost_cycles = |deals| Ok(deals.lost_cycle()?.count),
    closed_cycles = |deals| Ok(deals.won_cycle()?.count + deals.lost_cycle()?.count),
    open_by_records = |deals| Ok(deals.open()?.count),
    forecast = |deals| Ok(deals.won()?.count + deals.due_weighed()?.count),
    credited = |deals| Ok(deals.credits()?.count),
}

fn stock<'a>(inputs: &Inputs<'a>) -> Option<&'a DealTotals> {
    Some(inputs.stock_tally().ok()?.totals())
}

sizes! { stock, DealTotals:
    open = |deals| Ok(deals.open()?.count),
    open_priced = |deals| Ok(deals.open()?.priced),
    aged = |deals| Ok(deals.open()?.count.saturating_sub(deals.open_without_creation()?)),
    weighed = |deals| Ok(deals.weighed()?.count),
    due = |deals| Ok(deals.expected()?.count + deals.overdue()?.count),
    won_cycles_then = |deals| Ok(deals.won_cycle()?.count),
}

fn movements<'a>(inputs: &Inputs<'a>) -> Option<&'a MovementTotals> {
    Some(inputs.movements().ok()?.totals())
}

sizes! { movements, MovementTotals:
    opened = |moved| Ok(moved.rolling.opening.count + moved.rolling.created.count),
    expected_then = |moved| Ok(moved.expected.count),
}

fn stage(inputs: &Inputs<'_>) -> Option<StageTotals> {
    let stage = inputs.stage().ok()?;
    inputs.funnel().ok()?.stage(stage.as_str()).ok()
}

pub(super) fn left_stage(inputs: &Inputs<'_>) -> Option<u64> {
    let stage = inputs.stage().ok()?;
    let days = inputs.funnel().ok()?.days_in(stage.as_str()).ok()?;
    Some(days.count())
}

sizes! { stage, StageTotals:
    came_to_stage = |stage| Ok(stage.reached),
    visits_ended = |stage| Ok(stage.ended),
    decided_at_stage = |stage| Ok(stage.decided),
}

/// Of this period and the previous one.
pub(super) fn priced_of_both(inputs: &Inputs<'_>) -> Option<u64> {
    Some(priced(inputs)? + priced(&inputs.previous().ok()?)?)
}

fn detail<'a>(inputs: &Inputs<'a>) -> Option<&'a DealDetail> {
    inputs.detail().ok()
}

sizes! { detail, DealDetail:
    accounts = |detail| Ok(detail.accounts()),
}

fn spread<'a>(inputs: &Inputs<'a>) -> Option<&'a SpreadTally> {
    inputs.spread().ok()
}

sizes! { spread, SpreadTally:
    accounts_of_spread = |spread| Ok(spread.accounts()),
    listed_above_zero = |spread| Ok(spread.discounted().0),
    created_of_known_origin = |spread| Ok(found(|origin| spread.created_by(origin))),
    won_of_known_origin = |spread| Ok(found(|origin| spread.won_by(origin))),
}

fn stock_spread<'a>(inputs: &Inputs<'a>) -> Option<&'a SpreadTally> {
    inputs.stock_spread().ok()
}

sizes! { stock_spread, SpreadTally:
    open_of_spread = |spread| Ok(spread.totals().open()?.count),
}

/// Those with an amount.
fn found(found_by: impl Fn(Origin) -> Priced) -> u64 {
    let origins = [Origin::Marketing, Origin::Sales, Origin::Partner];
    let priced = origins.map(|origin| found_by(origin).priced);
    priced.into_iter().fold(0, u64::saturating_add)
}

fn survival<'a>(inputs: &Inputs<'a>) -> Option<&'a SurvivalTally> {
    inputs.survival().ok()
}

sizes! { survival, SurvivalTally:
    followed = |deals| Ok(deals.totals().followed()),
}

fn leads<'a>(inputs: &Inputs<'a>) -> Option<&'a LeadTotals> {
    Some(inputs.leads().ok()?.totals())
}

sizes! { leads, LeadTotals:
    arrived = |leads| leads.arrived(),
    newly_qualified = |leads| leads.newly_qualified(),
    contacted = |leads| leads.contacted(),
    decided_handovers = |leads| Ok(leads.marketing_accepted()? + leads.marketing_rejected()?),
    accepted_leads = |leads| leads.newly_accepted(),
    of_known_origin = |leads| leads.known_origin(),
    open_leads = |leads| leads.open(),
}

fn lead_detail<'a>(inputs: &Inputs<'a>) -> Option<&'a LeadDetail> {
    inputs.lead_detail().ok()
}

sizes! { lead_detail, LeadDetail:
    answered = |leads| Ok(leads.responses().count()),
    day_old_leads = |leads| Ok(leads.as_old_as(1)),
}

/// Those whose time for a response is up.
pub(super) fn due_leads(inputs: &Inputs<'_>) -> Option<u64> {
    let limit = inputs.parameters().response_limit();
    Some(inputs.lead_detail().ok()?.due(limit))
}

/// Those whose days for attempts are over.
pub(super) fn tried_leads(inputs: &Inputs<'_>) -> Option<u64> {
    let days = inputs.parameters().attempt_days();
    Some(inputs.lead_detail().ok()?.as_old_as(days))
}

fn activities<'a>(inputs: &Inputs<'a>) -> Option<&'a ActivityTotals> {
    Some(inputs.activities().ok()?.totals())
}

sizes! { activities, ActivityTotals:
    calls = |activities| Ok(activities.calls()?.count),
    timed_calls = |activities| Ok(activities.calls()?.timed),
    connected = |activities| activities.call_outcomes()?.connected(),
    unanswered = |activities| Ok(activities.call_outcomes()?.voicemail()? + activities.call_outcomes()?.missed()?),
    called_out = |activities| activities.call_outcomes()?.outbound_known(),
    emails = |activities| Ok(activities.emails()?.count),
    booked_meetings = |activities| activities.meetings_booked(),
    met_or_missed = |activities| Ok(activities.meeting_outcomes()?.held()? + activities.meeting_outcomes()?.no_show()?),
    timed_activities = |activities| Ok(activities.all()?.saturating_sub(activities.untimed()?)),
}

pub(super) fn activities_of_kind(inputs: &Inputs<'_>) -> Option<u64> {
    let kind = inputs.parameters().activity_kind();
    inputs.reps().ok()?.done(kind).ok()
}

fn work_time<'a>(inputs: &Inputs<'a>) -> Option<&'a WorkTotals> {
    Some(inputs.work_time().ok()?.totals())
}

sizes! { work_time, WorkTotals:
    with_selling = |hours| hours.with_selling(),
}

fn team<'a>(inputs: &Inputs<'a>) -> Option<&'a TeamTally> {
    inputs.team().ok()
}

fn reps_alone<'a>(inputs: &Inputs<'a>) -> Option<&'a TeamTally> {
    inputs.reps().ok()
}

sizes! { reps_alone, TeamTally:
    active_reps = |team| Ok(team.active_reps()),
    heads = |team| Ok(team.heads()),
}

sizes! { team, TeamTally:
    reps_with_quota = |team| Ok(u64::try_from(team.reps().filter(|rep| rep.quota().is_ok()).count()).unwrap_or(u64::MAX)),
    reps_judged = |team| Ok(judged(team, |_| true)),
    ramped_reps_judged = |team| Ok(judged(team, |is_ramped| is_ramped)),
    ramping_reps_judged = |team| Ok(judged(team, |is_ramped| !is_ramped)),
    reps_with_deal_quota = |team| Ok(u64::try_from(team.reps().filter(|rep| rep.deal_quota().is_ok()).count()).unwrap_or(u64::MAX)),
}

/// New reps who reached their quota.
pub(super) fn reps_ramped(inputs: &Inputs<'_>) -> Option<u64> {
    kpi::ramped_reps(inputs.history().ok()?).ok()
}

/// Of how many reps it is known whether they reached quota, of those whose ramp is over, or not.
fn judged(team: &TeamTally, counts: fn(bool) -> bool) -> u64 {
    let reps = team.reps_at_work();
    let asked = reps.filter(|rep| counts(team.is_ramped(rep.rep())));
    let known = asked.filter(|rep| rep.is_at_quota().is_ok());
    u64::try_from(known.count()).unwrap_or(u64::MAX)
}

fn customers<'a>(inputs: &Inputs<'a>) -> Option<&'a CustomerTotals> {
    Some(inputs.customers().ok()?.totals())
}

sizes! { customers, CustomerTotals:
    customers_at_start = |customers| customers.at_start(),
    priced_customers = |customers| customers.priced_at_end(),
    new_payers = |customers| customers.new(),
    contracts_at_end = |customers| Ok(customers.contracts_at_end()?.count),
    first_contracts = |customers| customers.first_contracts(),
    signed_contracts = |customers| Ok(customers.signed()?.priced),
    former_customers = |customers| customers.former(),
}

fn renewals<'a>(inputs: &Inputs<'a>) -> Option<&'a RenewalTotals> {
    Some(inputs.renewals().ok()?.totals())
}

sizes! { renewals, RenewalTotals:
    due_contracts = |renewals| Ok(renewals.due()?.count),
    due_priced = |renewals| Ok(renewals.due()?.priced),
    renewed_contracts = |renewals| renewals.renewed(),
    due_on_time = |renewals| Ok(renewals.due_on_time()?.priced),
    contracts_at_start = |renewals| renewals.contracts_at_start(),
}

fn commitments<'a>(inputs: &Inputs<'a>) -> Option<&'a CommitmentTotals> {
    Some(inputs.commitments().ok()?.totals())
}

sizes! { commitments, CommitmentTotals:
    committed_contracts = |agreed| Ok(agreed.committed().count),
    signed_of_known_value = |agreed| Ok(agreed.all_signed.priced),
    signed_with_term = |agreed| Ok(agreed.with_term),
}

fn purchases<'a>(inputs: &Inputs<'a>) -> Option<&'a PurchaseTally> {
    inputs.purchases().ok()
}

sizes! { purchases, PurchaseTally:
    new_customers = |purchases| purchases.totals().new_customers(),
    purchases_of_accounts = |purchases| Ok(purchases.totals().won_by_accounts()?.priced),
}

pub(super) fn new_customers_of_channel(inputs: &Inputs<'_>) -> Option<u64> {
    let channel = inputs.channel().ok()?;
    purchases(inputs)?.new_customers_of(channel).ok()
}

//! The names of the kinds, and what they say.

use core::fmt;

use chrono::NaiveDate;

use super::FindingKind;
use crate::period::When;

impl FindingKind {
    /// Its name without its values: stable, and the same as in JSON.
    ///
    /// ```
    /// use sales_metrics::audit::FindingKind;
    ///
    /// assert_eq!(FindingKind::MissingOwner.name(), "missing_owner");
    /// ```
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::DuplicateId => "duplicate_id",
            Self::OtherCurrency { .. } => "other_currency",
            Self::OtherSpelling { .. } => "other_spelling",
            Self::MoreDecimalsThanCurrency { .. } => "more_decimals_than_currency",
            Self::DatedAfterAsOf { .. } => "dated_after_as_of",
            Self::MissingCreation => "missing_creation",
            Self::NegativeAmount => "negative_amount",
            Self::WrittenInUtc { .. } => "written_in_utc",
            Self::CreatedAfterAsOf { .. } => "created_after_as_of",
            Self::ClosedBeforeCreated { .. } => "closed_before_created",
            Self::ClosedAfterAsOf { .. } => "closed_after_as_of",
            Self::FirstContactAfterClose { .. } => "first_contact_after_close",
            Self::WonWithoutAmount => "won_without_amount",
            Self::WonForZero => "won_for_zero",
            Self::LostWithoutAmount => "lost_without_amount",
            Self::LostForZero => "lost_for_zero",
            Self::OpenWithoutAmount => "open_without_amount",
            Self::OpenForZero => "open_for_zero",
            Self::MissingProbability => "missing_probability",
            Self::MissingExpectedClose => "missing_expected_close",
            Self::ExpectedCloseOverdue { .. } => "expected_close_overdue",
            Self::ArrivedAfterAsOf { .. } => "arrived_after_as_of",
            Self::TouchedBeforeArrival { .. } => "touched_before_arrival",
            Self::TouchedAfterAsOf { .. } => "touched_after_as_of",
            Self::QualifiedAfterAsOf { .. } => "qualified_after_as_of",
            Self::ConvertedBeforeArrival { .. } => "converted_before_arrival",
            Self::ConvertedAfterAsOf { .. } => "converted_after_as_of",
            Self::SharedDeal { .. } => "shared_deal",
            Self::DealNotWon { .. } => "deal_not_won",
            Self::WonAfterAsOf { .. } => "won_after_as_of",
            Self::DisqualifiedAfterAsOf { .. } => "disqualified_after_as_of",
            Self::ConvertedAndDisqualified { .. } => "converted_and_disqualified",
            Self::UndatedConversion => "undated_conversion",
            Self::UndatedDisqualification => "undated_disqualification",
            Self::MissingTime => "missing_time",
            Self::MissingOrigin => "missing_origin",
            Self::MeetingStillBooked { .. } => "meeting_still_booked",
            Self::CallWithoutDisposition => "call_without_disposition",
            Self::ConnectedWithoutDuration => "connected_without_duration",
            Self::RampWithoutHireDate => "ramp_without_hire_date",
            Self::MissingQuota => "missing_quota",
            Self::OverlappingQuota { .. } => "overlapping_quota",
            Self::ZeroQuota => "zero_quota",
            Self::QuotaWithoutWork => "quota_without_work",
            Self::ManagerQuotaIsSum => "manager_quota_is_sum",
            Self::OverlappingRenewal { .. } => "overlapping_renewal",
            Self::RenewsOtherAccount { .. } => "renews_other_account",
            Self::MissingRecurringFee => "missing_recurring_fee",
            Self::ZeroRecurringFee => "zero_recurring_fee",
            Self::OpenEnded => "open_ended",
            Self::ZeroSpend => "zero_spend",
            Self::MissingChannel => "missing_channel",
            Self::TooManyHours { .. } => "too_many_hours",
            Self::MissingOwner => "missing_owner",
            Self::MissingRep => "missing_rep",
            Self::UnknownRep { .. } => "unknown_rep",
            Self::OwnerNotActive { .. } => "owner_not_active",
            Self::RepNotActive { .. } => "rep_not_active",
            Self::UnknownLead { .. } => "unknown_lead",
            Self::UnknownDeal { .. } => "unknown_deal",
            Self::MissingRecord => "missing_record",
            Self::StateBeforeCreation { .. } => "state_before_creation",
            Self::StatesAtOnce { .. } => "states_at_once",
            Self::UnlikeItsRecord { .. } => "unlike_its_record",
            Self::StageOutOfOrder { .. } => "stage_out_of_order",
            Self::UnknownContract { .. } => "unknown_contract",
        }
    }

    #[expect(clippy::too_many_lines, reason = "a line or two for each kind")]
    fn text(&self) -> String {
        match self {
            Self::DuplicateId => "an earlier record has the same id".into(),
            Self::OtherCurrency { usual, found } => {
                format!("it is in {found}, but most are in {usual}")
            }
            Self::OtherSpelling {
                field,
                usual,
                found,
            } => format!("its {field} is written {found:?}, but mostly {usual:?}"),
            Self::MoreDecimalsThanCurrency { field } => {
                format!("its {field} has more decimals than its currency")
            }
            Self::DatedAfterAsOf { on } => format!("dated {on}, after the as-of day"),
            Self::MissingCreation => "nobody knows when it was created".into(),
            Self::NegativeAmount => "its amount is below 0, but it is not won".into(),
            Self::WrittenInUtc { at } => {
                let at = When::Instant(*at);
                format!(
                    "written in UTC ({at}), beside a calendar without a place; give the book its place"
                )
            }
            Self::CreatedAfterAsOf { created } => {
                format!("created on {created}, after the as-of day")
            }
            Self::ClosedBeforeCreated { created, closed } => {
                format!("closed on {closed}, before it was created on {created}")
            }
            Self::ClosedAfterAsOf { closed } => format!("closed on {closed}, after the as-of day"),
            Self::FirstContactAfterClose {
                first_contact,
                closed,
            } => format!("first contact on {first_contact}, after it closed on {closed}"),
            Self::WonWithoutAmount => "won, but it has no amount".into(),
            Self::WonForZero => "won, but its amount is 0".into(),
            Self::LostWithoutAmount => "lost, but it has no amount".into(),
            Self::LostForZero => "lost, but its amount is 0".into(),
            Self::OpenWithoutAmount => "open, but it has no amount".into(),
            Self::OpenForZero => "open, but its amount is 0".into(),
            Self::MissingProbability => "open, but it has no probability".into(),
            Self::MissingExpectedClose => "open, but it has no expected close".into(),
            Self::ExpectedCloseOverdue { expected } => {
                format!("still open, though expected to close by {expected}")
            }
            Self::ArrivedAfterAsOf { arrived } => {
                format!("arrived on {arrived}, after the as-of day")
            }
            Self::TouchedBeforeArrival { touched, arrived } => {
                let (touched, arrived) = (told(*touched), told(*arrived));
                format!("first touched {touched}, before it arrived {arrived}")
            }
            Self::TouchedAfterAsOf { touched } => {
                format!("first touched on {touched}, after the as-of day")
            }
            Self::QualifiedAfterAsOf { qualified } => {
                format!("qualified on {qualified}, after the as-of day")
            }
            Self::ConvertedBeforeArrival { arrived, converted } => {
                format!("converted on {converted}, before it arrived on {arrived}")
            }
            Self::ConvertedAfterAsOf { converted } => {
                format!("converted on {converted}, after the as-of day")
            }
            Self::SharedDeal { deal } => format!("another lead became its deal {deal}, too"),
            Self::DealNotWon { deal } => format!("won, but its deal {deal} is not"),
            Self::WonAfterAsOf { won } => format!("won on {won}, after the as-of day"),
            Self::DisqualifiedAfterAsOf { disqualified } => {
                format!("given up on {disqualified}, after the as-of day")
            }
            Self::ConvertedAndDisqualified { .. }
            | Self::MeetingStillBooked { .. }
            | Self::CallWithoutDisposition
            | Self::ConnectedWithoutDuration
            | Self::UndatedConversion
            | Self::UndatedDisqualification
            | Self::MissingTime
            | Self::MissingOrigin
            | Self::RampWithoutHireDate
            | Self::MissingQuota
            | Self::OverlappingQuota { .. }
            | Self::ZeroQuota
            | Self::QuotaWithoutWork
            | Self::ManagerQuotaIsSum
            | Self::OverlappingRenewal { .. }
            | Self::RenewsOtherAccount { .. }
            | Self::MissingRecurringFee
            | Self::ZeroRecurringFee
            | Self::OpenEnded
            | Self::ZeroSpend
            | Self::MissingChannel
            | Self::TooManyHours { .. }
            | Self::MissingOwner
            | Self::MissingRep
            | Self::UnknownRep { .. }
            | Self::OwnerNotActive { .. }
            | Self::RepNotActive { .. }
            | Self::UnknownLead { .. }
            | Self::UnknownDeal { .. }
            | Self::MissingRecord
            | Self::StateBeforeCreation { .. }
            | Self::StatesAtOnce { .. }
            | Self::UnlikeItsRecord { .. }
            | Self::StageOutOfOrder { .. }
            | Self::UnknownContract { .. } => self.rest(),
        }
    }

    /// The same of how leads end and what they do not say, of activities, reps, contracts, expenses and hours, and of whom and what a record names.
    fn rest(&self) -> String {
        match self {
            Self::ConvertedAndDisqualified {
                converted,
                disqualified,
            } => {
                let (converted, disqualified) = (on_day(*converted), on_day(*disqualified));
                format!("converted{converted}, and given up{disqualified}")
            }
            Self::UndatedConversion => "nobody knows when it was converted".into(),
            Self::UndatedDisqualification => "nobody knows when it was given up".into(),
            Self::MissingTime => {
                "nobody knows at which times of day it arrived and was touched".into()
            }
            Self::MissingOrigin => "it has no origin".into(),
            Self::MeetingStillBooked { on } => format!("still booked, though it was on {on}"),
            Self::CallWithoutDisposition => "a call, but it has no disposition".into(),
            Self::ConnectedWithoutDuration => "a connected call, but it has no duration".into(),
            Self::RampWithoutHireDate => "it has a ramp, but no hire date".into(),
            Self::MissingQuota => "active, but it has no quota, and others have one".into(),
            Self::OverlappingQuota { other } => format!("it overlaps with the one for {other}"),
            Self::ZeroQuota => "it is 0".into(),
            Self::QuotaWithoutWork => "the rep does not work on any day of it".into(),
            Self::ManagerQuotaIsSum => {
                "it is the sum of the quotas of those who report to its rep".into()
            }
            Self::OverlappingRenewal { start, renewed } => {
                format!("starts on {start}, before contract {renewed}, which it renews, has ended")
            }
            Self::RenewsOtherAccount { renewed } => {
                format!("contract {renewed}, which it renews, is another account's")
            }
            Self::MissingRecurringFee => "it has no recurring fee".into(),
            Self::ZeroRecurringFee => "its recurring fee is 0".into(),
            Self::OpenEnded => "it has no agreed end".into(),
            Self::ZeroSpend => "its amount is 0".into(),
            Self::MissingChannel => "it has no channel".into(),
            Self::TooManyHours { days: 1 } => "more than 24 hours in a day".into(),
            Self::TooManyHours { days } => format!("more than 24 hours a day, over {days} days"),
            Self::MissingOwner => "it has no owner".into(),
            Self::MissingRep => "it has no rep".into(),
            Self::UnknownRep { rep } => format!("its rep {rep} is not among the known reps"),
            Self::OwnerNotActive { rep, on } => format!("its owner {rep} was not active on {on}"),
            Self::RepNotActive { rep, on } => format!("its rep {rep} was not active on {on}"),
            Self::UnknownLead { lead } => format!("its lead {lead} is not among the known leads"),
            Self::UnknownDeal { deal } => format!("its deal {deal} is not among the known deals"),
            Self::MissingRecord => "it has states, but no record".into(),
            Self::StateBeforeCreation { on } => {
                format!("a state of {on} is before its creation")
            }
            Self::StatesAtOnce { on } => {
                format!("two states of {on} are of one instant and one place, and differ")
            }
            Self::UnlikeItsRecord { field } => {
                format!("its last state has another {field} than its record")
            }
            Self::StageOutOfOrder { stage } => {
                format!(
                    "it was in {:?}, which is no stage of the pipeline",
                    stage.as_str()
                )
            }
            Self::UnknownContract { renewed } => {
                format!("contract {renewed}, which it renews, is not among the known contracts")
            }
            _ => String::new(),
        }
    }
}

fn on_day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| format!(" on {day}"))
}

fn told(when: When) -> String {
    match when {
        When::Day(day) => format!("on {day}"),
        When::Instant(_) => format!("at {when}"),
    }
}

/// What is odd, without the record.
impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

use core::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::record::{RecordId, RepId};
use crate::value::Currency;

/// One odd thing about one record.
///
/// Its text is a line that names the record, what is odd, and the values. In JSON:
///
/// ```
/// use sales_metrics::audit::{Finding, FindingKind};
/// use sales_metrics::{DealId, RecordId, date};
///
/// let kind = FindingKind::ExpectedCloseOverdue { expected: date(2026, 2, 28)? };
/// let finding = Finding { record: RecordId::Deal(DealId::new("D-7")?), kind };
/// assert_eq!(finding.to_string(), "deal D-7: still open, though expected to close by 2026-02-28");
/// assert_eq!(
///     serde_json::to_string(&finding)?,
///     r#"{"record":{"deal":"D-7"},"kind":{"expected_close_overdue":{"expected":"2026-02-28"}}}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The record.
    pub record: RecordId,
    /// What is odd about it.
    pub kind: FindingKind,
}

/// What can be odd about a deal, and which KPI it bends.
///
/// Amounts have a kind for each way a deal can stand: what a won deal lacks is missing from the revenue, while many exports
/// have no amounts of lost deals at all. A disqualified deal needs none. Take the kinds that matter to you.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum FindingKind {
    /// An earlier deal has the same id; found once for each further one.
    ///
    /// If it is the same deal, every count and every sum has it twice.
    DuplicateId,
    /// It is not in the currency of most deals (of two that lead, the one whose code comes first).
    ///
    /// A tally of that currency refuses it: convert its amounts first, or tally each currency apart.
    OtherCurrency {
        /// The currency of most deals.
        usual: Currency,
        /// Its own.
        found: Currency,
    },
    /// It was created after the as-of day.
    ///
    /// It counts neither as created nor as open yet, so it is missing from the pipeline. Often two digits of a date are
    /// swapped, or a draft is dated ahead.
    CreatedAfterAsOf {
        /// The day it was created.
        #[serde(with = "super::iso")]
        created: NaiveDate,
    },
    /// It closed before it was created, as when it was entered after the fact.
    ///
    /// It counts as won or lost, but no cycle is negative: [`sales_cycle_length`](crate::kpi::sales_cycle_length) and its
    /// siblings leave it out, and count it in `totals().won_cycle.unsound` or `lost_cycle.unsound`.
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
    ClosedAfterAsOf {
        /// The day it closed.
        #[serde(with = "super::iso")]
        closed: NaiveDate,
    },
    /// Its first contact came after its close.
    ///
    /// [`first_contact_cycle_length`](crate::kpi::first_contact_cycle_length) leaves it out, and counts it in
    /// `totals().contact_cycle.unsound` if it was won.
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
    /// It still covers the period in which it was to close, and no later one:
    /// [`pipeline_coverage`](crate::kpi::pipeline_coverage) is too high in the one or too low in the other.
    ExpectedCloseOverdue {
        /// The day by which it was to close.
        #[serde(with = "super::iso")]
        expected: NaiveDate,
    },
    /// It has no owner.
    ///
    /// It is missing from every rep's figures: their sum is less than the whole.
    MissingOwner,
    /// Its owner is not among the reps given to [`Audit::with_reps`](super::Audit::with_reps).
    ///
    /// It counts for somebody who is in no team, and so is missing from the figures of all teams.
    UnknownRep {
        /// The owner.
        rep: RepId,
    },
    /// Its owner was not at work on the day it closed or, while it is open, is not on the as-of day.
    ///
    /// A closed one counts for a rep who was not there; an open one is looked after by nobody.
    OwnerNotActive {
        /// The owner.
        rep: RepId,
        /// The day it closed, or the as-of day.
        #[serde(with = "super::iso")]
        on: NaiveDate,
    },
}

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
            Self::MissingOwner => "missing_owner",
            Self::UnknownRep { .. } => "unknown_rep",
            Self::OwnerNotActive { .. } => "owner_not_active",
        }
    }

    fn text(&self) -> String {
        let plain = match self {
            Self::DuplicateId => "an earlier deal has the same id",
            Self::WonWithoutAmount => "won, but it has no amount",
            Self::WonForZero => "won, but its amount is 0",
            Self::LostWithoutAmount => "lost, but it has no amount",
            Self::LostForZero => "lost, but its amount is 0",
            Self::OpenWithoutAmount => "open, but it has no amount",
            Self::OpenForZero => "open, but its amount is 0",
            Self::MissingProbability => "open, but it has no probability",
            Self::MissingExpectedClose => "open, but it has no expected close",
            Self::MissingOwner => "it has no owner",
            Self::OtherCurrency { usual, found } => {
                return format!("it is in {found}, but most deals are in {usual}");
            }
            Self::CreatedAfterAsOf { created } => {
                return format!("created on {created}, after the as-of day");
            }
            Self::ClosedBeforeCreated { created, closed } => {
                return format!("closed on {closed}, before it was created on {created}");
            }
            Self::ClosedAfterAsOf { closed } => {
                return format!("closed on {closed}, after the as-of day");
            }
            Self::FirstContactAfterClose {
                first_contact,
                closed,
            } => {
                return format!("first contact on {first_contact}, after it closed on {closed}");
            }
            Self::ExpectedCloseOverdue { expected } => {
                return format!("still open, though expected to close by {expected}");
            }
            Self::UnknownRep { rep } => {
                return format!("its owner {rep} is not among the known reps");
            }
            Self::OwnerNotActive { rep, on } => {
                return format!("its owner {rep} was not active on {on}");
            }
        };
        plain.to_owned()
    }
}

/// What is odd, without the record.
impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}: {}", self.record, self.kind))
    }
}

use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::period::Period;
use crate::value::{Label, RepId};

/// What is wrong with a tally, or with two.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TallyProblem {
    #[error(
        "straddles the edge of {period}; look at a period that holds all of it, set a quota for each part, or take Roster::without_quotas() for what needs none"
    )]
    QuotaStraddles { period: Period },
    #[error(
        "a grid of {found} scopes cannot be merged into one of {expected}; tally both in the same scopes"
    )]
    ScopesOfGrids { expected: usize, found: usize },
    #[error(
        "the movements of deals due in {expected} cannot be merged with those of deals due in {found}; tally both in the same scope"
    )]
    TargetsDiffer { expected: Period, found: Period },
    #[error("stages: {stage:?} stands twice; give each once, from the first to the last")]
    StageTwice { stage: Label },
    #[error("stages: {count} were given; give from 1 to {most}, from the first to the last")]
    StageCount { count: usize, most: usize },
    #[error("{stage:?} is no stage of the funnel; its stages are {stages}")]
    UnknownStage { stage: String, stages: String },
    #[error("{to:?} does not lie beyond {from:?}; give the earlier stage first")]
    StagesReversed { from: String, to: String },
    #[error(
        "the lower edges of bands must rise, and there must be one; give each once, the lowest first"
    )]
    BandsOutOfOrder,
    #[error("the limits must rise, and there must be one; give each once, the shortest first")]
    LimitsOutOfOrder,
    #[error("the tallies have different bands; tally both by one list of bands")]
    BandsDiffer,
    #[error("the tallies have different stages; tally both by one list of stages")]
    StagesDiffer,
    #[error("the tallies are of different rosters; tally all of them with one")]
    RosterMismatch,
    #[error(
        "rep {rep}, or a quota of theirs, is not the same in both rosters; tally all deals with one roster, or parts of it"
    )]
    RepsDiffer { rep: RepId },
    #[error(
        "a tally without rep {rep} has won deals of nobody in its roster, which may be theirs; tally all deals with one roster, or parts of it"
    )]
    WinsOfNobody { rep: RepId },
    #[error(
        "a tally of leads cannot be merged into one that counts waiting by another calendar, or by none; tally both by one calendar"
    )]
    CalendarMismatch,
    #[error("totals that no records can have: {rule}")]
    InconsistentTotals { rule: &'static str },
    #[error(
        "{total} would pass the largest total that a tally holds exactly; tally smaller groups"
    )]
    TotalTooLarge { total: &'static str },
    #[error(
        "a tally made of totals knows none of its {parts}, so that nothing can be added to it; count all records together, or tally them"
    )]
    ReadyMade { parts: &'static str },
    #[error(
        "a tally that knows its channels takes no other ones; give them once, to a tally made of totals"
    )]
    ChannelsKnown,
}

impl Problem for TallyProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::QuotaStraddles { .. } => ErrorKind::QuotaStraddles,
            Self::ScopesOfGrids { .. }
            | Self::TargetsDiffer { .. }
            | Self::StagesDiffer
            | Self::BandsDiffer => ErrorKind::ScopeMismatch,
            Self::StageTwice { .. } | Self::StageCount { .. } | Self::StagesReversed { .. } => {
                ErrorKind::InvalidStages
            }
            Self::UnknownStage { .. } => ErrorKind::UnknownStage,
            Self::BandsOutOfOrder | Self::LimitsOutOfOrder => ErrorKind::BandsOutOfOrder,
            Self::RosterMismatch | Self::RepsDiffer { .. } | Self::WinsOfNobody { .. } => {
                ErrorKind::RosterMismatch
            }
            Self::CalendarMismatch => ErrorKind::CalendarMismatch,
            Self::InconsistentTotals { .. } => ErrorKind::InconsistentTotals,
            Self::TotalTooLarge { .. } => ErrorKind::TotalTooLarge,
            Self::ReadyMade { .. } | Self::ChannelsKnown => ErrorKind::ReadyMade,
        }
    }

    fn joint(&self) -> Joint {
        match self {
            Self::QuotaStraddles { .. } => Joint::Space,
            _ => Joint::Apart,
        }
    }

    fn field(&self) -> Option<&'static str> {
        matches!(self, Self::QuotaStraddles { .. }).then_some("period")
    }
}

impl From<TallyProblem> for Error {
    fn from(problem: TallyProblem) -> Self {
        Self::new(problem)
    }
}

/// The total that no tally passes: see the documentation of `tally`.
pub(super) const RECORDS: &str = "the number of records (10^10)";

#[cold]
pub(crate) fn impossible(rule: &'static str) -> Error {
    TallyProblem::InconsistentTotals { rule }.into()
}

#[cold]
pub(super) fn too_large(total: &'static str) -> Error {
    TallyProblem::TotalTooLarge { total }.into()
}

/// Why two sound totals have no sum: of all their rules it can break that of the most records alone.
#[cold]
pub(super) fn no_room(_: Error) -> Error {
    too_large(RECORDS)
}

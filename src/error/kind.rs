use serde::{Deserialize, Serialize};

/// What kind of [`Error`](crate::Error) it is: what to match on.
///
/// Where two things that must agree do not, its name ends in `Mismatch`; a record at odds with itself is a
/// [`Contradiction`](Self::Contradiction). Its JSON is its name (`"negative_amount"`).
///
/// ```
/// use sales_metrics::{Currency, Deal, ErrorKind, Outcome, date};
///
/// let error = Deal::new("D-1", date(2026, 1, 7)?, Outcome::Open, Currency::USD)?.with_cost(-1).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::NegativeAmount);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input is good, and there is no answer: [`Error::undefined`](crate::Error::undefined) says why.
    Undefined,

    /// Text that is no number.
    InvalidNumber,
    /// A number that lacks its unit.
    MissingUnit,
    /// A share of a whole that is none.
    RateOutOfRange,
    /// A length of time below 0.
    NegativeDays,
    /// A length of time below 0.
    NegativeMonths,
    /// What is no [`Length`](crate::Length), and text that is none.
    UnfitLength,
    /// A low end above its high end.
    IntervalReversed,
    /// A sum that is no sum of amounts.
    InvalidSum,
    /// A code that ISO 4217 does not know.
    UnknownCurrency,
    /// Two currencies where one was asked for.
    CurrencyMismatch,
    /// An id or a label that cannot be one.
    InvalidId,

    /// A date outside of the supported years, or no date at all.
    DateOutOfRange,
    /// Text that is no date.
    InvalidDate,
    /// Text that is no instant.
    InvalidInstant,
    /// Text that is no offset of a place, or offsets that are out of order.
    InvalidPlace,
    /// A working calendar without a working day.
    EmptyWeek,
    /// Working hours that end at once.
    EmptyHours,
    /// Working hours that begin before others are over.
    OverlappingHours,
    /// Text that is no period.
    InvalidPeriod,
    /// A period that would hold no day.
    EmptyPeriod,
    /// A month, quarter, week or year that does not exist or is not supported.
    NoSuchPeriod,
    /// A period before 1900 or after 2999.
    PeriodOutOfRange,
    /// Tallies of two scopes where one was asked for: to merge them, or to read them together.
    ScopeMismatch,

    /// An amount below 0 on a record.
    NegativeAmount,
    /// An amount that is too large to be one.
    AmountTooLarge,
    /// A figure with more decimals than a record, or the minor unit of a currency, has.
    TooManyDecimals,
    /// A length of time on a record that is below 0 or finer than a microsecond.
    InvalidLength,
    /// A share that is 0 and cannot be: one on a record, or the weights among which a target is divided.
    ZeroShare,
    /// Shares of one whole that do not add up to it.
    SharesNotWhole,
    /// A count on a record that is too large to be one.
    CountTooLarge,
    /// More points than there are.
    PointsOutOfRange,
    /// A record at odds with itself: an open deal with a close date, a lead that was won and never converted, a callback that is no call,
    /// a quota of both money and deals.
    Contradiction,
    /// A reason for a loss on a deal that is not lost.
    LossReasonWithoutLoss,
    /// A lead that would become a second deal.
    ConvertedElsewhere,
    /// A rep who sold for longer than worked.
    SellingBeyondWorking,
    /// A rep who left before being hired.
    LeftBeforeHired,
    /// A contract that ends before it starts.
    EndBeforeStart,
    /// A contract that was ended early, and after its term.
    TerminatedAfterEnd,
    /// A contract that names itself as the one it renews.
    RenewsItself,
    /// A change of a deal of which a history has no record.
    UnknownDeal,
    /// A rep whom a roster has twice.
    DuplicateRep,
    /// A quota of a rep whom the roster lacks.
    UnknownRep,
    /// Two quotas of one rep and one kind for the same days.
    QuotasOverlap,

    /// A quota that is partly in a period and partly outside of it.
    QuotaStraddles,
    /// Tallies of two rosters where one was asked for.
    RosterMismatch,
    /// Tallies of leads whose waiting was counted by two calendars, or by one calendar and by the clock.
    CalendarMismatch,
    /// Tallies of two books of which one lacks what the other has of the same records: a detail, renewals beside customers.
    TallyMismatch,
    /// Stages of a pipeline that are none, stand twice or are in the wrong order.
    InvalidStages,
    /// A stage that a funnel does not have.
    UnknownStage,
    /// A name for a segment that another dimension of the book has.
    TakenName,
    /// A dimension that no record of a book has.
    UnknownDimension,
    /// Totals that no set of records can have.
    InconsistentTotals,
    /// More than a tally holds exactly.
    TotalTooLarge,
    /// A record or a tally that cannot be added to what is made of totals, since distinct accounts do not add up; or channels given to
    /// a tally that knows its own.
    ReadyMade,

    /// Two stretches of time that cannot be compared.
    PeriodsNotAlike,
    /// Two stretches of time that are not a whole quarter and the one before it.
    NotConsecutiveQuarters,
    /// A series of tallies whose periods overlap or run backwards.
    SeriesOutOfOrder,

    /// An exchange rate that cannot be one.
    InvalidExchangeRate,
    /// No exchange rate holds on a day.
    NoExchangeRate,
    /// A grid of actions whose bands do not rise.
    BandsOutOfOrder,

    /// Periods that do not make up the one that is to be divided.
    PeriodsNotWhole,

    /// A text by which no KPI is called.
    UnknownKpi,
    /// A KPI under a name, a label or an abbreviation by which another of the catalog is found.
    DuplicateKpi,
    /// A value in another unit than its KPI's, or a goal for what is no single number.
    UnitMismatch,
    /// A weight, a benchmark or a cap that is not above 0.
    NotPositive,
    /// A KPI of which neither more nor less is better, where one of them must be: for a goal, on a scorecard.
    NoDirection,
}

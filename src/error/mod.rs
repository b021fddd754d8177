//! [`Error`]: the input is bad. [`Undefined`]: the input is good, and there is no answer.

mod undefined;

pub use undefined::Undefined;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use rust_decimal::Decimal;

use crate::period::{Period, Scope};
use crate::value::{ActivityId, ContractId, Currency, DealId, LeadId, Length, RepId};

/// Input that is wrong, with the values that are.
///
/// Texts are lower case, name the record and the field, and say what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is good, and there is no answer.
    #[error(transparent)]
    Undefined(#[from] Undefined),

    /// Text that is no number.
    #[error("\"{text}\" is no exact number; write it as -1234.56, with at most 28 digits")]
    InvalidNumber {
        /// The text, cut.
        text: String,
    },
    /// A number that lacks its unit.
    #[error("\"{text}\" lacks its unit; write it after the number, as in \"12{unit}\"")]
    MissingUnit {
        /// The text, cut.
        text: String,
        /// The unit that belongs there.
        unit: String,
    },
    /// A share of a whole that is none.
    #[error("the rate {fraction} is not between 0 and 1 (0% and 100%)")]
    RateOutOfRange {
        /// The value.
        fraction: Decimal,
    },
    /// A length of time below 0.
    #[error("{days} days: a length of time is never negative")]
    NegativeDays {
        /// The value.
        days: Decimal,
    },
    /// A length of time below 0.
    #[error("{months} months: a length of time is never negative")]
    NegativeMonths {
        /// The value.
        months: Decimal,
    },
    /// A low end above its high end.
    #[error("the low end of an interval is above its high end, or cannot be compared with it")]
    IntervalReversed,
    /// A code that ISO 4217 does not know.
    #[error("\"{code}\" is no ISO 4217 currency code; write three capitals, such as EUR")]
    UnknownCurrency {
        /// The text, cut.
        code: String,
    },
    /// Two currencies where one was asked for.
    #[error(
        "{what} is in {found}, but {expected} was asked for; convert it first or take it apart"
    )]
    CurrencyMismatch {
        /// What has the other currency.
        what: String,
        /// What was asked for.
        expected: Currency,
        /// What was found.
        found: Currency,
    },

    /// An exchange rate that cannot be one.
    #[error("the rate {rate} from {from} to {to} on {on} {problem}")]
    InvalidExchangeRate {
        /// The currency that one unit is of.
        from: Currency,
        /// The currency of what it is worth.
        to: Currency,
        /// From when on.
        on: NaiveDate,
        /// The rate.
        rate: Decimal,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// No exchange rate holds on a day.
    #[error(
        "there is no rate from {from} to {to} on {on}; add one of that day or of the days before"
    )]
    NoExchangeRate {
        /// The currency of the amount.
        from: Currency,
        /// The currency that was asked for.
        to: Currency,
        /// The day.
        on: NaiveDate,
    },

    /// A date outside of the supported years, or no date at all.
    #[error("{field}: {date} is outside of the supported years 1900 to 2999")]
    DateOutOfRange {
        /// Which date.
        field: String,
        /// Its value.
        date: NaiveDate,
    },
    /// Text that is no date.
    #[error("\"{text}\" is no date; write it as 2026-03-31")]
    InvalidDate {
        /// The text, cut.
        text: String,
    },
    /// Text that is no instant.
    #[error("\"{text}\" is no instant; write it with its offset, as 2026-03-31T17:45:00+02:00")]
    InvalidInstant {
        /// The text, cut.
        text: String,
    },
    /// Text that is no time on the clock.
    #[error("\"{text}\" is no time of day; write it as 09:30 or 17:45:30")]
    InvalidTime {
        /// The text, cut.
        text: String,
    },
    /// A working calendar without a working day.
    #[error("a working calendar needs hours on one day of the week at least")]
    EmptyWeek,
    /// Working hours that end before they begin, or at once.
    #[error(
        "working hours on {weekday} from {from} to {to} hold no time; they begin and end on one day"
    )]
    HoursReversed {
        /// The day of the week.
        weekday: Weekday,
        /// When they would begin.
        from: NaiveTime,
        /// When they would end.
        to: NaiveTime,
    },
    /// Text that is no period.
    #[error(
        "\"{text}\" is no period; write 2026, 2026-Q1, 2026-03, 2026-W07 or 2026-01-01/2026-04-01 (the second day excluded)"
    )]
    InvalidPeriod {
        /// The text, cut.
        text: String,
    },
    /// A period that would hold no day.
    #[error("a period from {start} up to, not including, {end} has no day in it")]
    EmptyPeriod {
        /// Its first day.
        start: NaiveDate,
        /// The day after its last.
        end: NaiveDate,
    },
    /// A month, quarter, week or year that does not exist or is not supported.
    #[error("there is no {unit} {number}; expected {expected}")]
    NoSuchPeriod {
        /// Month, quarter, …
        unit: &'static str,
        /// The number asked for.
        number: i64,
        /// What there is.
        expected: &'static str,
    },
    /// A period before 1900 or after 2999.
    #[error("the period {relation} {period} is outside of the supported years 1900 to 2999")]
    PeriodOutOfRange {
        /// Before, after, a year before.
        relation: &'static str,
        /// The period one stepped from.
        period: Period,
    },
    /// Two stretches of time that cannot be compared.
    #[error(
        "{current} and {previous} are not of like length; compare whole periods, or the same number of days of each"
    )]
    PeriodsNotAlike {
        /// The later one.
        current: Scope,
        /// The earlier one.
        previous: Scope,
    },
    /// Two stretches of time that are not a whole quarter and the one before it.
    #[error(
        "{current} and {previous} are not a whole quarter and the whole quarter before it; tally two whole quarters, one directly after the other"
    )]
    NotConsecutiveQuarters {
        /// The later one.
        current: Scope,
        /// The earlier one.
        previous: Scope,
    },

    /// A series of tallies whose periods overlap or run backwards.
    #[error(
        "{later} begins before {earlier} ends; a series runs from the past to the present without overlap"
    )]
    SeriesOutOfOrder {
        /// The one that comes first in the series.
        earlier: Scope,
        /// The one that comes next.
        later: Scope,
    },

    /// An id or a label that cannot be one.
    #[error("{kind} \"{text}\" {problem}")]
    InvalidId {
        /// Deal id, rep id, …
        kind: &'static str,
        /// The text, cut.
        text: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// An amount below 0 on a record.
    #[error("{record}: {field} is {amount}, but cannot be negative")]
    NegativeAmount {
        /// The record, such as `deal D-1`.
        record: String,
        /// The field.
        field: &'static str,
        /// Its value.
        amount: Decimal,
    },
    /// An amount that is too large to be one.
    #[error("{record}: {field} is {amount}, but cannot exceed 100000000000000 (10^14)")]
    AmountTooLarge {
        /// The record, such as `deal D-1`.
        record: String,
        /// The field.
        field: &'static str,
        /// Its value.
        amount: Decimal,
    },
    /// A figure with more decimals than a record keeps.
    #[error("{record}: {field} is {value}, but at most {places} decimals are kept; round it first")]
    TooManyDecimals {
        /// The record, such as `deal D-1`.
        record: String,
        /// The field.
        field: &'static str,
        /// Its value.
        value: Decimal,
        /// How many decimals are kept.
        places: u32,
    },
    /// A reason for a loss on a deal that is not lost.
    #[error("deal {deal}: a loss reason was given, but the deal is not lost")]
    LossReasonWithoutLoss {
        /// The deal.
        deal: DealId,
    },
    /// An outcome and a close date that contradict each other.
    #[error("deal {deal}: {problem}")]
    OutcomeMismatch {
        /// The deal.
        deal: DealId,
        /// What contradicts what.
        problem: &'static str,
    },
    /// A length of time on a record that is below 0 or finer than a microsecond.
    #[error("{record}: {field} is {length}, but must be a whole number of microseconds, 0 or more")]
    InvalidLength {
        /// The record, such as `activity A-1`.
        record: String,
        /// The field.
        field: &'static str,
        /// Its value.
        length: TimeDelta,
    },
    /// What is no [`Length`](crate::Length).
    #[error(
        "a length of time is {length}, but must be a whole number of microseconds, from 0 to 2^64 - 1"
    )]
    UnfitLength {
        /// The value.
        length: TimeDelta,
    },
    /// A lead's conversion that contradicts itself.
    #[error("lead {lead}: {problem}")]
    ConversionMismatch {
        /// The lead.
        lead: LeadId,
        /// What contradicts what.
        problem: &'static str,
    },
    /// A lead that would become a second deal.
    #[error("lead {lead}: it became deal {deal} already, so it cannot become deal {found}")]
    ConvertedElsewhere {
        /// The lead.
        lead: LeadId,
        /// The deal that it became.
        deal: DealId,
        /// The other one.
        found: DealId,
    },
    /// More points than there are.
    #[error("{record}: {field} is {points}, but must be from 0 to 100 points")]
    PointsOutOfRange {
        /// The record, such as `lead L-1`.
        record: String,
        /// The field.
        field: &'static str,
        /// Its value.
        points: u8,
    },
    /// Something that only another kind of activity can have.
    #[error("activity {activity}: {problem}")]
    ActivityMismatch {
        /// The activity.
        activity: ActivityId,
        /// What contradicts what.
        problem: &'static str,
    },
    /// A rep who sold for longer than worked.
    #[error(
        "rep {rep} on {on}: selling for {selling} is more than working for {working}; it is a part of it"
    )]
    SellingBeyondWorking {
        /// The rep.
        rep: RepId,
        /// The day.
        on: NaiveDate,
        /// How long the rep sold.
        selling: Length,
        /// How long the rep worked.
        working: Length,
    },
    /// A grid of actions whose bands do not rise.
    #[error("the {axis} bands of a grid must each begin above the one before")]
    BandsOutOfOrder {
        /// Fit or interest.
        axis: &'static str,
    },
    /// A rep who left before being hired.
    #[error(
        "rep {rep}: left on {left}, before being hired on {hired}; swap them, or leave out the end of an earlier stay"
    )]
    LeftBeforeHired {
        /// The rep.
        rep: RepId,
        /// The hire date.
        hired: NaiveDate,
        /// The leave date.
        left: NaiveDate,
    },

    /// A share on a record that is 0 and cannot be.
    #[error("{record}: {field} is 0%, but must be above 0%")]
    ZeroShare {
        /// The record, such as `rep ada`.
        record: String,
        /// The field.
        field: &'static str,
    },
    /// A count on a record that is too large to be one.
    #[error("{record}: {field} is {count}, but cannot exceed {most}")]
    CountTooLarge {
        /// The record, such as `quota of ada for 2026-01-01/2026-04-01`.
        record: String,
        /// The field.
        field: &'static str,
        /// Its value.
        count: u64,
        /// The largest value it may have.
        most: u64,
    },
    /// A quota that is not one of money or one of deals.
    #[error("{quota}: {problem}")]
    QuotaMismatch {
        /// The quota, such as `quota of ada for 2026-01-01/2026-04-01`.
        quota: String,
        /// What is missing or too much.
        problem: &'static str,
    },
    /// A rep whom a roster has twice.
    #[error("rep {rep} is in the roster twice; give each rep once")]
    DuplicateRep {
        /// The rep.
        rep: RepId,
    },
    /// A quota of a rep whom the roster lacks.
    #[error("{quota}: rep {rep} is not in the roster; add the rep or leave out the quota")]
    UnknownRep {
        /// The quota, such as `quota of ada for 2026-01-01/2026-04-01`.
        quota: String,
        /// The rep.
        rep: RepId,
    },
    /// Two quotas of one rep and one kind for the same days.
    #[error("{quota} overlaps the one for {other}; a day has one quota of money and one of deals")]
    QuotasOverlap {
        /// The later quota, such as `quota of ada for 2026-01-01/2026-04-01`.
        quota: String,
        /// The period of the earlier one.
        other: Period,
    },
    /// A quota that is partly in a period and partly outside of it.
    #[error(
        "{quota} straddles the edge of {period}; look at a period that holds all of it, set a quota for each part, or take Roster::without_quotas() for what needs none"
    )]
    QuotaStraddles {
        /// The quota, such as `quota of ada for 2026-01-01/2026-04-01`.
        quota: String,
        /// The period that one looks at.
        period: Period,
    },
    /// A contract that ends before it starts.
    #[error("contract {contract}: {field} is {last}, before its start on {start}")]
    EndBeforeStart {
        /// The contract.
        contract: ContractId,
        /// Which of its last days: the agreed or the actual one.
        field: &'static str,
        /// The first day.
        start: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// A contract that was ended early, and after its term.
    #[error("contract {contract}: terminated on {terminated}, after its agreed end on {end}")]
    TerminatedAfterEnd {
        /// The contract.
        contract: ContractId,
        /// The agreed last day.
        end: NaiveDate,
        /// The actual last day.
        terminated: NaiveDate,
    },
    /// A contract that names itself as the one it renews.
    #[error("contract {contract}: it cannot be the renewal of itself")]
    RenewsItself {
        /// The contract.
        contract: ContractId,
    },
    /// Money per day where months, quarters or years are reckoned with.
    #[error(
        "{what} is per day, but months differ in their days; give it per month, quarter or year"
    )]
    PerDay {
        /// What is per day.
        what: String,
    },

    /// Tallies that are read together, and one of them is not of the scope that it should be of.
    #[error(
        "the tally of {what} is of {found}, but {expected} was asked for; tally it in that scope"
    )]
    ScopesDiffer {
        /// What is of another scope.
        what: &'static str,
        /// The scope that it should be of.
        expected: Scope,
        /// The scope that it is of.
        found: Scope,
    },
    /// Tallies of two scopes where one was asked for.
    #[error("a tally of {found} cannot be merged into one of {expected}; tally both in one scope")]
    ScopeMismatch {
        /// The scope of the tally merged into.
        expected: Scope,
        /// The scope of the other.
        found: Scope,
    },
    /// Tallies of two rosters where one was asked for.
    #[error("the tallies are of different rosters; tally all of them with one")]
    RostersDiffer,
    /// Tallies of leads whose waiting was counted by two calendars, or by one calendar and by the clock.
    #[error(
        "a tally of leads cannot be merged into one that counts waiting by another calendar, or by none; tally both by one calendar"
    )]
    CalendarMismatch,
    /// Totals that no set of records can have.
    #[error("totals that no records can have: {rule}")]
    InconsistentTotals {
        /// The rule that is broken.
        rule: &'static str,
    },
    /// A sum that is no sum of amounts.
    #[error(
        "{value} is no sum of amounts: it must be 0 or more, with at most {places} decimals and 28 digits"
    )]
    InvalidSum {
        /// The value.
        value: Decimal,
        /// How many decimals are kept.
        places: u32,
    },
    /// More than a tally holds exactly.
    #[error(
        "{total} would pass the largest total that a tally holds exactly; tally smaller groups"
    )]
    TotalTooLarge {
        /// Which total.
        total: &'static str,
    },
}

impl From<core::convert::Infallible> for Error {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}

/// Input as an error may quote it: at most 40 characters, no control characters.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = text.chars();
    let mut short: String = characters
        .by_ref()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

//! What every public type can do, fixed: taking any of it away would break somebody.

use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::str::FromStr;

use sales_metrics::scoring::{Aspect, LeadScore};
use sales_metrics::tally::{
    ActivityStanding, DealStanding, DealStock, LeadStanding, WorkTimeStanding,
};
use sales_metrics::tally::{
    ActivityTotals, AmountSum, CallOutcomes, Cycle, DealTotals, LeadTotals, Logged,
    MeetingOutcomes, Paired, Priced, RepResult, RepWins, Staffing, TeamTotals, Weighed,
    WeightedSum, WorkTotals,
};
use sales_metrics::{
    AccountId, Activity, ActivityKind, ActivityTally, Average, Confidence, Currency, Days, Deal,
    DealDetail, DealId, DealKind, DealTally, Departure, Disposition, Error, ErrorKind,
    FiscalCalendar, FiscalYearLabel, ForecastCategory, Interval, Label, Lead, LeadDetail, LeadId,
    LeadScope, LeadTally, Length, MeetingStatus, Money, MoneyPer, Multiple, Origin, Outcome, Per,
    Percent, Period, Quota, Ramp, Rate, Rep, RepId, Roster, Scope, TeamScope, TeamTally, Undefined,
    Volume, WorkCalendar, WorkTally, WorkTime,
};
use serde::{Serialize, de::DeserializeOwned};

fn common<T: Send + Sync + Unpin + Debug + Clone + PartialEq + 'static>() {}
fn copy<T: Copy + Eq>() {}
fn hash<T: Eq + Hash>() {}
fn ordered<T: Ord>() {}
fn partly_ordered<T: PartialOrd>() {}
fn text<T: Display + FromStr<Err = Error>>() {}
fn shown<T: Display>() {}
fn wire<T: Serialize + DeserializeOwned>() {}
fn default<T: Default>() {}
/// Whoever can be looked up by a text is hashed and ordered as it is, short or long.
fn id<T>()
where
    T: for<'a> TryFrom<&'a str, Error: Debug> + TryFrom<String> + AsRef<str>,
    T: core::borrow::Borrow<str> + Hash + Ord,
{
    use std::hash::{BuildHasher, RandomState};
    let hasher = RandomState::new();
    let texts = [
        "A",
        "B",
        "Æ",
        "x".repeat(22).as_str(),
        "x".repeat(23).as_str(),
        "é".repeat(11).as_str(),
    ]
    .map(|text| text.to_owned());
    let ids: Vec<T> = texts
        .iter()
        .map(|text| T::try_from(text.as_str()).unwrap())
        .collect();
    for (text, id) in texts.iter().zip(&ids) {
        assert_eq!(
            hasher.hash_one(id),
            hasher.hash_one(text.as_str()),
            "{text}"
        );
        for (other, than) in texts.iter().zip(&ids) {
            assert_eq!(id.cmp(than), text.cmp(other), "{text} {other}");
            assert_eq!(id == than, text == other, "{text} {other}");
        }
    }
}
fn kept<T: Send + Sync + Unpin + Debug + Clone>() {}
fn written<T: Serialize>() {}
fn std_error<T: std::error::Error + Send + Sync + 'static>() {}

macro_rules! every {
    ($($check:ident: $($type:ty),+;)+) => {
        $($($check::<$type>();)+)+
    };
}

#[test]
fn common_traits() {
    every! {
        common: AccountId, Average, Confidence, Currency, Cycle, Days, Deal, DealDetail, DealId, DealTally, DealTotals,
            Error, FiscalCalendar, FiscalYearLabel, Interval<Rate>, Label, Length, Money, MoneyPer, Multiple, Outcome,
            Paired, Per, Percent, Period, Priced, Rate, Rep, RepId, Scope, DealStanding, DealStock, AmountSum, WeightedSum,
            Undefined, Volume, Weighed, WorkCalendar,
            Activity, ActivityKind, ActivityTally, ActivityTotals, CallOutcomes, Disposition, Logged,
            MeetingOutcomes, MeetingStatus, WorkTally, WorkTime, WorkTotals;
        common: ActivityStanding, ErrorKind, WorkTimeStanding;
        ordered: ErrorKind;
        wire: ErrorKind;
        copy: ActivityStanding, ErrorKind, WorkTimeStanding;
        hash: ActivityStanding, ErrorKind, WorkTimeStanding;
        shown: ActivityStanding, WorkTimeStanding;
        common: DealKind, Departure, ForecastCategory;
        copy: DealKind, Departure, ForecastCategory;
        hash: DealKind, Departure, ForecastCategory;
        ordered: DealKind, Departure, ForecastCategory;
        wire: DealKind, Departure, ForecastCategory;
        common: Quota, Ramp, RepResult<'static>, RepWins, Roster, Staffing, TeamScope, TeamTally, TeamTotals;
        copy: RepResult<'static>, RepWins, Staffing;
        hash: Quota, Ramp, RepWins, Roster, Staffing, TeamTotals;
        wire: Quota, Ramp, RepWins, Roster, Staffing, TeamTally, TeamTotals;
        default: RepWins, Roster, Staffing, TeamTotals;
        copy: Average, Confidence, Currency, Cycle, Days, DealTotals, FiscalCalendar, FiscalYearLabel, Interval<Rate>,
            Length, Money, MoneyPer, Multiple, Outcome, Paired, Per, Percent, Period, Priced, Rate, Scope, DealStanding,
            DealStock, AmountSum, Undefined, Volume, Weighed,
            ActivityKind, ActivityTotals, CallOutcomes, Disposition, Logged, MeetingOutcomes, MeetingStatus,
            WorkTotals;
        hash: AccountId, Average, Confidence, Currency, Cycle, Days, Deal, DealId, DealTotals, FiscalCalendar,
            FiscalYearLabel, Interval<Rate>, Label, Length, Money, MoneyPer, Multiple, Outcome, Paired, Per, Percent,
            Period, Priced, Rate, Rep, RepId, Scope, DealStanding, DealStock, AmountSum, Undefined, Volume, Weighed,
            WorkCalendar,
            Activity, ActivityKind, ActivityTotals, CallOutcomes, Disposition, Logged, MeetingOutcomes,
            MeetingStatus, WorkTime, WorkTotals;
        ordered: AccountId, Average, Confidence, Currency, Days, DealId, FiscalYearLabel, Label, Length, Multiple, Per, Percent,
            Period, Rate, RepId, DealStock, AmountSum, Undefined,
            ActivityKind, Disposition, MeetingStatus;
        partly_ordered: Money, MoneyPer;
        text: AccountId, Average, Currency, Days, DealId, Label, Money, MoneyPer, Multiple, Percent, Period, Rate, RepId;
        shown: Length, Error, Interval<Money>, Scope, DealStanding, Undefined, Volume;
        wire: AccountId, Average, Confidence, Currency, Cycle, Days, Deal, DealDetail, DealId, DealTally, DealTotals,
            FiscalCalendar, FiscalYearLabel, Interval<Money>, Label, Length, Money, MoneyPer, Multiple, Paired, Per,
            Percent, Period, Priced, Rate, Rep, RepId, Scope, AmountSum, WeightedSum, Undefined, Volume, Weighed,
            WorkCalendar,
            Activity, ActivityKind, ActivityTally, ActivityTotals, CallOutcomes, Disposition, Logged,
            MeetingOutcomes, MeetingStatus, WorkTally, WorkTime, WorkTotals;
        default: Length, Cycle, DealTotals, Paired, Priced, AmountSum, Weighed,
            ActivityTotals, CallOutcomes, Logged, MeetingOutcomes, MeetingStatus, WorkTotals;
        id: AccountId, DealId, Label, RepId;
        std_error: Error, Undefined;
    }
}

#[test]
fn common_traits_of_leads() {
    every! {
        common: Aspect, Lead, LeadDetail, LeadId, LeadScope, LeadScore, LeadStanding, LeadTally, LeadTotals, Origin;
        copy: Aspect, LeadStanding, LeadTotals, Origin;
        hash: Lead, LeadId, LeadScope, LeadStanding, LeadTotals, Origin;
        ordered: Aspect, LeadId, Origin;
        text: LeadId;
        shown: LeadStanding;
        wire: Aspect, Lead, LeadDetail, LeadId, LeadTally, LeadTotals, Origin;
        default: LeadTotals;
        id: LeadId;
    }
}

#[test]
fn common_traits_of_contracts_spend_and_customers() {
    use sales_metrics::tally::{ContractStanding, SpendStanding};
    use sales_metrics::tally::{CustomerTotals, Movements, RenewalTotals, SpendTotals, Spent};
    use sales_metrics::{
        Contract, ContractId, CustomerTally, Months, MrrMovements, PurchaseTally, RenewalTally,
        Spend, SpendCategory, SpendId, SpendTally,
    };
    every! {
        common: ContractStanding, SpendStanding;
        copy: ContractStanding, SpendStanding;
        hash: ContractStanding, SpendStanding;
        shown: ContractStanding, SpendStanding;
        common: Contract, ContractId, CustomerTally, CustomerTotals, Months, Movements, MrrMovements,
            PurchaseTally, RenewalTally, RenewalTotals, Spend, SpendCategory, SpendId, SpendTally, SpendTotals, Spent;
        copy: CustomerTotals, Months, Movements, MrrMovements, RenewalTotals, SpendCategory, SpendTotals, Spent;
        hash: Contract, ContractId, CustomerTotals, Months, Movements, MrrMovements, RenewalTotals, Spend, SpendCategory,
            SpendId, SpendTotals, Spent;
        ordered: ContractId, Months, SpendCategory, SpendId;
        text: ContractId, Months, SpendId;
        wire: Contract, ContractId, CustomerTally, CustomerTotals, Months, Movements, MrrMovements,
            PurchaseTally, RenewalTally, RenewalTotals, Spend, SpendCategory, SpendId, SpendTally, SpendTotals, Spent;
        default: CustomerTotals, Movements, RenewalTotals, SpendTotals, Spent;
        id: ContractId, SpendId;
    }
    assert!(size_of::<Contract>() <= 144, "{}", size_of::<Contract>());
    assert!(size_of::<Spend>() <= 80, "{}", size_of::<Spend>());
}

#[test]
fn common_traits_of_books_exchange_and_audit() {
    use sales_metrics::DimensionName;
    use sales_metrics::audit::{AtRisk, Finding, FindingKind, Found};
    use sales_metrics::exchange::ExchangeRates;
    use sales_metrics::exchange::{Converted, NoRate};
    use sales_metrics::{BookTally, Dimension};
    every! {
        common: AtRisk, BookTally, Converted<Deal>, Dimension, DimensionName, ExchangeRates, Finding, FindingKind, Found, NoRate;
        hash: AtRisk, Dimension, DimensionName, Finding, FindingKind, Found, NoRate;
        ordered: Dimension, DimensionName, Finding, FindingKind, Found;
        text: Dimension;
        shown: AtRisk, Finding, NoRate;
        wire: AtRisk, Dimension, ExchangeRates, Finding, FindingKind, Found;
    }
    kept::<sales_metrics::Book>();
    kept::<sales_metrics::tally::Distribution<'static, Money>>();
}

#[test]
fn common_traits_of_reports() {
    use sales_metrics::report::{
        Better, Earlier, Family, Inputs, Kpi, Line, Needs, Parameter, Parameters, Place, Reading,
        Records, Report, ReportPlan, Section, Table, Timing, Unit, Value,
    };
    every! {
        common: Better, Family, Kpi, Line, Needs, Parameters, Place<String>, Reading, Report, Section, Timing, Unit, Value;
        common: Earlier, Parameter, Records;
        copy: Earlier, Parameter, Records;
        hash: Earlier, Parameter, Records;
        ordered: Earlier, Parameter, Records;
        written: Earlier, Parameter, Records;
        kept: Inputs<'static>, ReportPlan, Table<'static>;
        copy: Better, Family, Kpi, Needs, Timing, Unit, Value;
        hash: Better, Family, Needs, Timing, Unit, Value;
        ordered: Better, Family, Needs, Timing, Unit;
        shown: Report, Table<'static>, Value;
        written: Better, Family, Line, Needs, Reading, Report, Section, Timing, Unit, Value;
        default: Parameters;
    }
}

#[test]
fn sizes() {
    assert!(size_of::<DealTally>() < 1_024, "{}", size_of::<DealTally>());
    assert!(size_of::<Lead>() <= 208, "{}", size_of::<Lead>());
    assert!(size_of::<Deal>() <= 136, "{}", size_of::<Deal>());
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
    assert_eq!(size_of::<Undefined>(), 1);
    assert_eq!(size_of::<Period>(), 8);
    assert!(size_of::<Scope>() <= 16, "{}", size_of::<Scope>());
}

#[test]
fn an_error_passes_as_a_boxed_one() {
    fn fails() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Err(Error::from(Undefined::NoWonDeals))?;
        Ok(())
    }
    assert_eq!(fails().unwrap_err().to_string(), "no deal was won");
}

#[test]
fn an_id_is_found_by_its_text() {
    let ids = std::collections::HashSet::from([RepId::new("ada").unwrap()]);
    assert!(ids.contains("ada"));
    let ids = std::collections::BTreeSet::from([AccountId::new("Ægir").unwrap()]);
    assert!(ids.contains("Ægir"));
}

/// Records are taken by value, by reference and from any iterator.
#[test]
fn records_come_in_any_form() {
    let scope = crate::support::scope("2024-Q1");
    let deals: Vec<Deal> = Vec::new();
    let boxed: Vec<Box<Deal>> = Vec::new();
    let shared: Vec<std::sync::Arc<Deal>> = Vec::new();
    let empty = DealTally::new(scope);
    assert_eq!(DealTally::of(boxed, scope).unwrap(), empty);
    assert_eq!(DealTally::of(shared, scope).unwrap(), empty);
    assert_eq!(
        DealTally::of(deals.iter().filter(|_| true), scope).unwrap(),
        empty
    );
    assert_eq!(DealTally::of(deals, scope).unwrap(), empty);
}

//! What every public type can do, fixed: taking any of it away would break somebody.

use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::str::FromStr;

use sales_metrics::report::{Evidence, Watch, Worsened};
use sales_metrics::scorecard::{
    CloseRatePlace, CloseRates, ExpectedCloseRate, Metric, MetricScore, PartScore, Score,
    Scorecard, Scores, Total,
};
use sales_metrics::scoring::{Aspect, LeadScore};
use sales_metrics::sla::{Clause, Kept, MonthOfSupply, Sla, SupplyState};
use sales_metrics::tally::{
    ActivityStanding, DealStanding, DealStock, LeadStanding, WorkTimeStanding,
};
use sales_metrics::tally::{
    ActivityTotals, AmountSum, CallOutcomes, Cycle, DealSurvival, DealTotals, LeadTotals, Logged,
    MeetingOutcomes, Paired, Priced, RepActivities, RepResult, RepWins, Staffing, SurvivalDay,
    SurvivalTotals, TeamTotals, Weighed, WeightedSum, WorkTotals,
};
use sales_metrics::{
    AccountId, Activity, ActivityKind, ActivityTally, Average, Confidence, Currency, Days, Deal,
    DealDetail, DealId, DealKind, DealTally, Departure, Disposition, Error, ErrorKind,
    FiscalCalendar, FiscalYearLabel, ForecastCategory, Interval, Label, Lead, LeadDetail, LeadId,
    LeadScope, LeadTally, Length, MeetingStatus, Money, MoneyPer, Multiple, Origin, Outcome, Per,
    Percent, Period, Quota, Ramp, Rate, Rep, RepId, Roster, Scope, SurvivalTally, TeamScope,
    TeamTally, Undefined, Volume, WorkCalendar, WorkTally, WorkTime,
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
fn common_traits_of_histories() {
    use sales_metrics::kpi::{AttainmentBand, CalibrationBand, Funnel, FunnelStep};
    use sales_metrics::tally::{
        BandTotals, MovementTotals, PipelineWaterfall, PriceChanges, Reach, Repriced, StageTotals,
        StepTotals, Waterfall,
    };
    use sales_metrics::{
        CalibrationTally, DealChange, DealState, DealsThen, FunnelScope, FunnelTally, History,
        MovementScope, MovementTally, StagesEntered,
    };
    every! {
        common: DealState, DealChange, StagesEntered, MovementTally, MovementTotals, FunnelTally, CalibrationTally, Funnel, FunnelStep;
        common: MovementScope, FunnelScope, PipelineWaterfall, PriceChanges, Repriced, StageTotals, StepTotals, Waterfall,
            BandTotals, CalibrationBand, AttainmentBand, Reach<'static>;
        kept: History, DealsThen<'static>;
        copy: MovementScope, MovementTotals, PipelineWaterfall, PriceChanges, Repriced, StageTotals, StepTotals, Waterfall,
            BandTotals, CalibrationBand, AttainmentBand, Reach<'static>;
        hash: DealState, DealChange, StagesEntered, MovementScope, FunnelScope, PipelineWaterfall, PriceChanges, Repriced, StageTotals,
            StepTotals, Waterfall;
        wire: DealState, MovementTally, MovementScope, FunnelTally, FunnelScope, CalibrationTally;
        written: Funnel, FunnelStep, PipelineWaterfall, PriceChanges, CalibrationBand, AttainmentBand;
        shown: MovementScope, FunnelScope, PipelineWaterfall, PriceChanges;
        default: MovementTotals, Repriced, StageTotals, StepTotals, Waterfall;
    }
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
        common: Sla, Kept, Clause, MonthOfSupply, SupplyState;
        copy: Sla, SupplyState;
        hash: Sla, SupplyState;
        ordered: SupplyState;
        wire: Sla;
        default: Sla, Kept, Clause;
        common: Evidence, Watch, Worsened;
        copy: Evidence, Watch;
        hash: Watch;
        written: Evidence, Worsened;
        shown: Evidence, Worsened;
        common: CloseRatePlace, CloseRates, Metric, MetricScore, PartScore, Score, Scorecard, Scores, Total;
        copy: Total;
        wire: Metric, Scorecard;
        written: CloseRatePlace, CloseRates, MetricScore, PartScore, Score, Scores, Total;
        shown: CloseRates, Scores;
        default: Scorecard;
        common: ExpectedCloseRate;
        copy: ExpectedCloseRate;
        hash: ExpectedCloseRate;
        common: DealSurvival, SurvivalDay, SurvivalTally, SurvivalTotals;
        copy: DealSurvival, SurvivalDay, SurvivalTotals;
        hash: DealSurvival, SurvivalDay, SurvivalTotals;
        ordered: DealSurvival;
        wire: SurvivalTally, SurvivalTotals;
        default: SurvivalTotals;
        common: DealKind, Departure, ForecastCategory;
        copy: DealKind, Departure, ForecastCategory;
        hash: DealKind, Departure, ForecastCategory;
        ordered: DealKind, Departure, ForecastCategory;
        wire: DealKind, Departure, ForecastCategory;
        common: Quota, Ramp, RepResult<'static>, RepActivities, RepWins, Roster, Staffing, TeamScope, TeamTally, TeamTotals;
        copy: RepResult<'static>, RepActivities, RepWins, Staffing;
        hash: Quota, Ramp, RepActivities, RepWins, Roster, Staffing, TeamTotals;
        wire: Quota, Ramp, RepActivities, RepWins, Roster, Staffing, TeamTally, TeamTotals;
        default: RepActivities, RepWins, Roster, Staffing, TeamTotals;
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
        text: AccountId, Average, Currency, Days, DealId, Label, Length, Money, MoneyPer, Multiple, Percent, Period, Rate, RepId;
        shown: Error, Interval<Money>, Scope, DealStanding, Undefined, Volume;
        wire: AccountId, Average, Confidence, Currency, Cycle, Days, Deal, DealDetail, DealId, DealTally, DealTotals,
            FiscalCalendar, FiscalYearLabel, Interval<Money>, Label, Length, Money, MoneyPer, Multiple, Paired, Per,
            Percent, Period, Priced, Rate, Rep, RepId, Scope, AmountSum, WeightedSum, Volume, Weighed,
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
fn common_traits_of_forecasts_and_losses() {
    use sales_metrics::kpi::{LossReason, LossReasons};
    use sales_metrics::tally::{CreatedTotals, DueDeal};
    use sales_metrics::{
        CategoryForecast, CreatedTally, ForecastTally, LossTally, OutcomeDistribution, QuietTally,
        SpreadTally,
    };

    every! {
        common: CreatedTally, CreatedTotals, LossReason, LossReasons, LossTally, QuietTally, SpreadTally;
        common: CategoryForecast, DueDeal, ForecastTally, OutcomeDistribution;
        copy: CategoryForecast;
        hash: CategoryForecast, DueDeal;
        copy: CreatedTotals;
        hash: CreatedTotals;
        default: CreatedTotals;
        wire: CreatedTally, CreatedTotals, ForecastTally, LossTally, QuietTally, SpreadTally;
    }
}

#[test]
fn common_traits_of_leads() {
    use sales_metrics::kpi::{RampMonth, ResponseBand};
    use sales_metrics::tally::{RampTotals, ResponseGroup, ResponseTotals, WayTotals};
    use sales_metrics::{Milestone, MilestoneTally, RampTally, ResponseScope, ResponseTally};
    every! {
        common: Milestone, MilestoneTally, RampMonth, RampTally, ResponseBand, ResponseScope, ResponseTally, ResponseTotals,
            RampTotals, ResponseGroup, WayTotals;
        copy: Milestone, RampMonth, ResponseBand, ResponseGroup, WayTotals;
        hash: Milestone, ResponseBand, ResponseGroup, ResponseScope, ResponseTotals, WayTotals;
        ordered: Milestone;
        wire: Milestone, MilestoneTally, RampTally, RampTotals, ResponseGroup, ResponseTally, ResponseTotals, WayTotals;
        written: RampMonth, ResponseBand;
        default: RampTotals, ResponseGroup, ResponseTotals;
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
    use sales_metrics::kpi::{RetentionCohort, RetentionEvening};
    use sales_metrics::tally::{
        AccountStanding, ContractOutcome, ContractStanding, RenewalStanding, SpendStanding,
    };
    use sales_metrics::tally::{
        CohortTotals, CommitmentTotals, CustomerTotals, Movements, RenewalTotals, SpendTotals,
        Spent,
    };
    use sales_metrics::{
        ArrMovements, CohortTally, CommitmentTally, Contract, ContractId, CustomerTally, Months,
        MrrMovements, PurchaseTally, RenewalTally, Spend, SpendCategory, SpendId, SpendTally,
    };
    every! {
        common: AccountStanding, ContractOutcome, ContractStanding, RenewalStanding, SpendStanding;
        copy: AccountStanding, ContractOutcome, ContractStanding, RenewalStanding, SpendStanding;
        hash: AccountStanding, ContractOutcome, ContractStanding, RenewalStanding, SpendStanding;
        shown: AccountStanding, ContractOutcome, ContractStanding, RenewalStanding, SpendStanding;
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
    every! {
        common: ArrMovements, CohortTally, CohortTotals, CommitmentTally, CommitmentTotals, RetentionCohort, RetentionEvening;
        copy: ArrMovements, CohortTotals, CommitmentTotals, RetentionEvening;
        hash: ArrMovements, CohortTotals, CommitmentTotals;
        wire: ArrMovements, CohortTally, CohortTotals, CommitmentTally, CommitmentTotals;
        written: RetentionCohort, RetentionEvening;
        default: CohortTotals, CommitmentTotals;
        shown: ArrMovements;
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
    common::<sales_metrics::tally::Grid<RepId, DealTally>>();
}

#[test]
fn common_traits_of_summaries() {
    use sales_metrics::import::{
        AmountRange, DateRange, KindSummary, Rejections, Summary, Swallowed, UndeclaredWords,
    };
    every! {
        common: AmountRange, DateRange, KindSummary, Rejections, Summary, Swallowed, UndeclaredWords;
        shown: Summary;
        written: AmountRange, DateRange, KindSummary, Rejections, Summary, Swallowed, UndeclaredWords;
        default: Summary, Swallowed;
    }
}

#[test]
fn common_traits_of_plans() {
    use sales_metrics::plan::{Beside, Goal, GoalState, Input, Line, Load, Need, Plan, Progress};
    every! {
        common: Beside, Goal, GoalState, Input<Rate>, Line, Load, Need, Plan, Progress;
        copy: GoalState, Input<Rate>, Load, Need;
        hash: GoalState, Input<Rate>, Load, Need;
        ordered: GoalState;
        shown: Beside, GoalState, Need, Plan, Progress;
        wire: Plan;
        written: Beside, Goal, GoalState, Input<Rate>, Line, Load, Need, Progress;
    }
}

#[test]
fn common_traits_of_reports() {
    use sales_metrics::report::{
        Better, Earlier, Family, Inputs, Kpi, Leaderboard, Line, Needs, Parameter, Parameters,
        Place, Reading, Records, Report, ReportPlan, Section, Table, Timing, Unit, Value,
    };
    every! {
        common: Better, Family, Kpi, Leaderboard, Line, Needs, Parameters, Place, Reading, Report, Section, Timing, Unit, Value;
        common: Earlier, Parameter, Records;
        copy: Earlier, Parameter, Records;
        hash: Earlier, Parameter, Records;
        ordered: Earlier, Parameter, Records;
        written: Earlier, Parameter, Records;
        kept: Inputs<'static>, ReportPlan, Table<'static>;
        copy: Better, Family, Needs, Timing, Unit, Value;
        hash: Better, Family, Needs, Timing, Unit, Value;
        ordered: Better, Family, Needs, Timing, Unit;
        shown: Leaderboard, Report, Table<'static>, Value;
        written: Better, Family, Kpi, Leaderboard, Line, Needs, Place, Reading, Report, Section, Timing, Unit, Value;
        default: Parameters;
    }
}

#[test]
fn sizes() {
    assert!(size_of::<DealTally>() < 1_024, "{}", size_of::<DealTally>());
    assert!(size_of::<Lead>() <= 208, "{}", size_of::<Lead>());
    assert!(size_of::<Deal>() <= 136, "{}", size_of::<Deal>());
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
    assert!(size_of::<Undefined>() <= 24, "{}", size_of::<Undefined>());
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

/// As in a `main` that returns a boxed error, and prints it by `Debug`.
#[test]
fn what_main_prints_is_the_text() {
    type Boxed = Box<dyn std::error::Error>;
    fn text(of: impl FnOnce() -> Result<(), Boxed>) -> String {
        format!("{:?}", of().unwrap_err())
    }
    let reason = || Err(Undefined::NoWonDeals)?;
    assert_eq!(text(reason), "no deal was won");
    let error = || Err("x".parse::<Period>().unwrap_err())?;
    assert!(text(error).starts_with("\"x\" is no period"));
    let file = || {
        let columns = sales_metrics::import::RepColumns::new("id");
        sales_metrics::import::read("".as_bytes(), &columns)?;
        Ok(())
    };
    assert_eq!(
        text(file),
        "the file is empty; its first row must name the columns"
    );
    let row = || {
        let columns = sales_metrics::import::RepColumns::new("id");
        let mut read = sales_metrics::import::read("id\n\"\"\n".as_bytes(), &columns)?;
        Err(read.rejected.remove(0))?
    };
    assert_eq!(
        text(row),
        "line 2, column \"id\": the cell is empty, but every row needs it"
    );
    // The errors of what is re-exported pass as boxed ones, too.
    let date = || {
        "x".parse::<sales_metrics::NaiveDate>()?;
        Ok(())
    };
    let number = || {
        "x".parse::<sales_metrics::Decimal>()?;
        Ok(())
    };
    assert!(!text(date).is_empty() && !text(number).is_empty());
}

/// What a row of a database may lack goes in by the same word for every record, whether its `with_…` can fail or not.
#[test]
fn what_is_optional_goes_into_every_record() {
    use sales_metrics::{Contract, Spend, SpendCategory, date, day, instant};
    let (on, at) = (
        day("2026-03-06").unwrap(),
        instant("2026-03-06T09:00:00Z").unwrap(),
    );
    let (some, none) = (Some("ada"), None::<String>);
    let deal = Deal::new("D-1", on, Outcome::Open, Currency::EUR).unwrap();
    let with = deal.clone().with(some, Deal::with_owner).unwrap();
    assert_eq!(with, deal.clone().with_owner("ada").unwrap());
    assert_eq!(
        deal.clone().with(none.as_ref(), Deal::with_owner),
        Ok(deal.clone())
    );
    let refused = deal.clone().with(Some(-1), Deal::with_amount);
    assert_eq!(refused, deal.with_amount(-1));

    let lead = Lead::new("L-1", at).unwrap();
    let with = lead
        .clone()
        .with(Some(Origin::Sales), Lead::with_origin)
        .unwrap()
        .with(Some(("D-1", on)), |lead, (deal, on)| {
            lead.with_conversion(deal, on)
        })
        .unwrap();
    let by_hand = lead.with_origin(Origin::Sales).with_conversion("D-1", on);
    assert_eq!(Ok(with), by_hand);

    let call = Activity::new(1, ActivityKind::Call, at).unwrap();
    let with = call
        .clone()
        .with(Some(Disposition::Positive), Activity::with_disposition);
    assert_eq!(with, Ok(call.with_disposition(Disposition::Positive)));
    let rep = Rep::new("ada").unwrap();
    let with = rep.clone().with(Some(on), Rep::with_hired);
    assert_eq!(with, rep.with_hired(on));
    let contract = Contract::new("C-1", "Acme", on, Currency::EUR).unwrap();
    let monthly = |contract: Contract, fee: i64| contract.with_recurring(fee, Per::Month);
    let with = contract.clone().with(Some(9), monthly);
    assert_eq!(with, contract.with_recurring(9, Per::Month));
    let spend = Spend::new("S-1", on, 1, Currency::EUR, SpendCategory::Sales).unwrap();
    let with = spend.clone().with(Some("fair"), Spend::with_source);
    assert_eq!(with, spend.with_source("fair"));
    let hours = WorkTime::new("ada", date(2026, 3, 6).unwrap(), Length::hours(8)).unwrap();
    let with = hours
        .clone()
        .with(Some(Length::hours(3)), WorkTime::with_selling);
    assert_eq!(with, hours.with_selling(Length::hours(3)));
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
    let rows = DealTally::grid(boxed.clone(), [scope], |_| ()).unwrap();
    let same = DealTally::grid(shared.iter().cloned(), [scope], |_| ()).unwrap();
    assert_eq!((rows.groups().count(), &rows), (0, &same));
    assert_eq!(rows.series().unwrap(), std::slice::from_ref(&empty));
    assert_eq!(DealTally::of(boxed, scope).unwrap(), empty);
    assert_eq!(DealTally::of(shared, scope).unwrap(), empty);
    assert_eq!(
        DealTally::of(deals.iter().filter(|_| true), scope).unwrap(),
        empty
    );
    assert_eq!(DealTally::of(deals, scope).unwrap(), empty);
}

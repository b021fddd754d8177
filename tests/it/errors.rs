//! Every error and every reason, produced where it can be, and its text to the letter.

use std::collections::BTreeSet;

use sales_metrics::exchange::ExchangeRates;
use sales_metrics::report::{
    self, Better, Family, Inputs, Kpi, Parameters, ReportPlan, Unit, Value,
};
use sales_metrics::scorecard::{ExpectedCloseRate, Scorecard};
use sales_metrics::scoring::LeadScoring;
use sales_metrics::tally::{AmountSum, CustomerTotals, DealTotals, Paired, Priced, RenewalTotals};
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Book, BookTally, CommitmentTally, Contract, Currency,
    CustomerTally, DateTime, Days, Deal, DealDetail, DealId, DealTally, Decimal, Error, ErrorKind,
    FiscalCalendar, FiscalYearLabel, FixedOffset, Interval, Label, Lead, LeadDetail, LeadTally,
    Length, MeetingStatus, Money, MoneyPer, Months, NaiveTime, Outcome, Per, Percent, Period,
    Place, PurchaseTally, QuietTally, Quota, Rate, RenewalTally, Rep, RepId, Roster, Scope,
    Segment, Spend, SpendCategory, SpendTally, SpreadTally, SurvivalTally, TeamScope, TeamTally,
    TimeDelta, Undefined, Weekday, When, WorkCalendar, WorkTally, WorkTime, date, instant, kpi,
};

use crate::support::{broken, complaint, day, dec, period, scope, usd};
use crate::{goal, history, plan};

fn deal() -> Deal {
    Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap()
}

fn won() -> Deal {
    Deal::new(
        "D-1",
        day("2026-01-07"),
        Outcome::Won {
            on: day("2026-02-01"),
        },
        Currency::USD,
    )
    .unwrap()
}

fn contract() -> Contract {
    Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD).unwrap()
}

/// One that comes up for renewal in the first quarter.
fn due() -> Contract {
    contract().with_last_day(day("2026-03-31")).unwrap()
}

fn customers(contracts: &[Contract]) -> CustomerTally {
    CustomerTally::of(contracts, q1()).unwrap()
}

fn agreed(contracts: &[Contract]) -> CommitmentTally {
    CommitmentTally::of(contracts, q1()).unwrap()
}

/// One expense on sales in the first quarter.
fn spent(amount: i64) -> SpendTally {
    let spend = Spend::new(
        "S-1",
        date(2026, 1, 31).unwrap(),
        amount,
        Currency::USD,
        SpendCategory::Sales,
    );
    SpendTally::of([spend.unwrap()], q1()).unwrap()
}

fn renewals(contracts: &[Contract]) -> RenewalTally {
    RenewalTally::of(contracts, q1()).unwrap()
}

fn monthly(amount: &str) -> MoneyPer {
    MoneyPer::new(usd(amount), Per::Month)
}

fn spread_of(deals: &[Deal]) -> SpreadTally {
    SpreadTally::of(deals, q1()).unwrap()
}

/// A deal of the period that marketing found.
fn found_for(amount: u32) -> Deal {
    let deal = Deal::new("D-9", day("2026-03-06"), Outcome::Open, Currency::USD).unwrap();
    deal.with_amount(amount)
        .unwrap()
        .with_origin(sales_metrics::Origin::Marketing)
}

/// A KPI of one's own that is always 7.
fn own(name: &str, unit: Unit) -> Result<Kpi, Error> {
    let family = Family::Own("numbers");
    Kpi::own(name, "sevens", family, unit, Better::Up, |_| Ok(7_u64))
}

/// A scorecard of one metric.
fn card(name: &str, weight: i64, benchmark: impl Into<Value>) -> Result<Scorecard, Error> {
    Scorecard::new().with_objective(report::find(name)?, weight, benchmark)
}

/// Why it cannot be held against a business.
fn scored(name: &str, benchmark: impl Into<Value>) -> Error {
    let deal = won().with_amount(100).unwrap();
    let book = Book::new(Currency::USD).with_deals([deal]).unwrap();
    let card = card(name, 1, benchmark).unwrap();
    card.score(&book, &ReportPlan::new(q1())).unwrap_err()
}

/// Why a scorecard has no attainment.
/// Signed in the quarter, and it goes on until it is ended.
fn evergreen() -> Contract {
    Contract::new("C-7", "Acme", day("2026-02-01"), Currency::USD)
        .and_then(|contract| contract.with_recurring(5, Per::Month))
        .unwrap()
}

fn attainment(card: &Scorecard) -> Undefined {
    let book = Book::new(Currency::USD).with_deals([deal()]).unwrap();
    let scores = card.score(&book, &ReportPlan::new(q1())).unwrap();
    scores.scores()[0].overall.attainment.unwrap_err()
}

fn spent_on_nobody() -> Undefined {
    let (spend, purchases) = (SpendTally::new(q1()), PurchaseTally::new(q1()));
    reason(kpi::customer_acquisition_cost(&spend, &purchases))
}

fn reason<T: core::fmt::Debug>(answer: Result<T, Error>) -> Undefined {
    match answer {
        Err(error) => error
            .undefined()
            .unwrap_or_else(|| panic!("{error} is no reason")),
        Ok(other) => panic!("{other:?}"),
    }
}

fn q1() -> Scope {
    scope("2026-Q1")
}

fn noon() -> NaiveTime {
    "12:00".parse().unwrap()
}

fn utc() -> FixedOffset {
    FixedOffset::east_opt(0).unwrap()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn call() -> Activity {
    Activity::new("A-1", ActivityKind::Call, at("2026-03-06T18:30:00+01:00")).unwrap()
}

fn meeting() -> Activity {
    Activity::new(
        "A-1",
        ActivityKind::Meeting,
        at("2026-03-06T18:30:00+01:00"),
    )
    .unwrap()
}

fn week() -> WorkTime {
    WorkTime::new("ada", day("2026-03-06"), TimeDelta::hours(40)).unwrap()
}

fn activities<const N: usize>(activities: [Activity; N]) -> ActivityTally {
    ActivityTally::of(activities, q1()).unwrap()
}

/// As long as a length can be.
fn endless() -> WorkTime {
    WorkTime::new("ada", day("2026-03-06"), TimeDelta::microseconds(i64::MAX)).unwrap()
}

fn empty() -> DealTally {
    DealTally::new(q1())
}

/// An open deal of which nobody knows when it was created.
fn undated() -> DealTally {
    tally(&[Deal::new("D-1", None, Outcome::Open, Currency::USD).unwrap()])
}

/// More than was spent.
fn given_back() -> SpendTally {
    let on = day("2026-01-31");
    let refund = Spend::new("S-1", on, -1, Currency::USD, SpendCategory::Sales);
    SpendTally::of([refund.unwrap()], q1()).unwrap()
}

/// Seen from a day in the quarter.
fn running(deals: &[Deal]) -> DealTally {
    DealTally::of(deals, q1().as_of(day("2026-03-30")).unwrap()).unwrap()
}

fn tally(deals: &[Deal]) -> DealTally {
    DealTally::of(deals, q1()).unwrap()
}

/// What is refused by a tally of customers that is made of totals.
fn ready_made(add: impl Fn(&mut CustomerTally) -> Result<(), Error>) -> Error {
    let totals = CustomerTotals::given().at_start(1);
    let mut tally = CustomerTally::from_totals(q1(), totals).unwrap();
    let before = tally.clone();
    let refused = add(&mut tally).unwrap_err();
    assert_eq!(tally, before);
    refused
}

fn totals(totals: impl Into<DealTotals>) -> Error {
    DealTally::from_totals(q1(), totals).unwrap_err()
}

fn ada() -> Rep {
    Rep::new("ada").unwrap()
}

/// Of one rep, for the first quarter.
fn quota(amount: i64) -> Quota {
    Quota::of_money("ada", period("2026-Q1"), amount, Currency::USD).unwrap()
}

fn roster<const R: usize, const Q: usize>(
    reps: [Rep; R],
    quotas: [Quota; Q],
) -> Result<Roster, Error> {
    Roster::new(reps, quotas)
}

fn team_scope<const R: usize>(reps: [Rep; R]) -> TeamScope {
    q1().with_roster(&roster(reps, []).unwrap()).unwrap()
}

fn team<const R: usize, const Q: usize>(reps: [Rep; R], quotas: [Quota; Q]) -> TeamTally {
    let view = q1().with_roster(&roster(reps, quotas).unwrap());
    TeamTally::new(view.unwrap())
}

fn full() -> DealTally {
    let totals = DealTotals::given().records(10_000_000_000);
    DealTally::from_totals(q1(), totals).unwrap()
}

fn lead() -> Lead {
    Lead::new("L-1", instant("2026-01-07T09:00:00Z").unwrap()).unwrap()
}

fn early_touch() -> Lead {
    let before = instant("2026-01-07T08:59:59Z").unwrap();
    lead().with_first_touch(before).unwrap()
}

fn leads(leads: &[Lead]) -> LeadDetail {
    LeadDetail::of(leads, q1()).unwrap()
}

/// By a dimension that no record has.
fn by<const N: usize>(dimension: &str, deals: [Deal; N]) -> Error {
    let book = sales_metrics::Book::new(Currency::USD).with_deals(deals);
    let dimension = dimension.parse().unwrap();
    BookTally::by(&book.unwrap(), q1(), &dimension).unwrap_err()
}

/// Each with its text.
fn errors() -> Vec<(Error, &'static str)> {
    let may = scope("2026-05");
    vec![
        (
            report::find("win_rat").unwrap_err(),
            "no KPI is called \"win_rat\"; the nearest is win_rate",
        ),
        (
            card("win_rate", 0, Rate::HALF).unwrap_err(),
            "the weight of win_rate is 0, but must be above 0",
        ),
        (
            card("win_rate", 1, Rate::ZERO).unwrap_err(),
            "the benchmark of win_rate is 0%, but must be above 0",
        ),
        (
            Percent::from_percent(-10)
                .map_err(Error::from)
                .and_then(|cap| Scorecard::new().with_cap(cap))
                .unwrap_err(),
            "the cap is -10%, but must be above 0",
        ),
        (
            card("win_rate", 1, 25_u64).unwrap_err(),
            "the benchmark of win_rate is in Count, but the KPI's unit is Rate; let them agree",
        ),
        (
            scored("total_revenue", Money::new(1, Currency::EUR)),
            "the benchmark of total_revenue is in EUR, but the KPI is in USD; let them agree",
        ),
        (
            scored("revenue_per_day", monthly("1")),
            "the benchmark of revenue_per_day is per month, but the KPI is per day; let them agree",
        ),
        (
            card("time_allocation", 1, Rate::HALF).unwrap_err(),
            "time_allocation is better neither way by itself; say which way by Kpi::with_better",
        ),
        (
            report::find("weather").unwrap_err(),
            "no KPI is called \"weather\"; report::catalog() lists them all",
        ),
        (
            own("win_rate", Unit::Count).unwrap_err(),
            "win_rate is a KPI of the catalog; give your own another name",
        ),
        (
            report::find("churn_rate")
                .unwrap()
                .clone()
                .with_abbreviation("NRR")
                .unwrap_err(),
            "net_revenue_retention is a KPI of the catalog; give your own another abbreviation",
        ),
        (own("", Unit::Count).unwrap_err(), "label \"\" is empty"),
        (
            own("sevens", Unit::Rate)
                .and_then(|sevens| sevens.evaluate(&Inputs::new(&BookTally::new(q1()))))
                .unwrap_err(),
            "value is in Count, but the KPI's unit is Rate; let them agree",
        ),
        (
            ExchangeRates::new(Currency::USD)
                .with_rate(Currency::EUR, day("2026-01-01"), 0)
                .unwrap_err(),
            "the rate 0 from EUR to USD on 2026-01-01 must be above 0",
        ),
        (
            ExchangeRates::new(Currency::USD)
                .convert_money(Money::new(1, Currency::EUR), day("2026-01-01"))
                .unwrap_err(),
            "there is no rate from EUR to USD on 2026-01-01; add one of that day or of the days before",
        ),
        (
            kpi::revenue_growth(&empty(), &DealTally::new(scope("2025-Q4"))).unwrap_err(),
            "the previous period's bookings are 0",
        ),
        (
            "1,000 EUR".parse::<Money>().unwrap_err(),
            "\"1,000\" is no exact number; write it without marks between the thousands, as 1000",
        ),
        (
            "1.000,5 EUR".parse::<Money>().unwrap_err(),
            "\"1.000,5\" is no exact number; write it as -1234.56, with at most 28 digits",
        ),
        (
            "12".parse::<Rate>().unwrap_err(),
            "\"12\" lacks its unit; write it after the number, as in \"12%\"",
        ),
        (
            "12".parse::<Money>().unwrap_err(),
            "\"12\" lacks its unit; write it after the number, as in \"12 EUR\"",
        ),
        (
            "12".parse::<Days>().unwrap_err(),
            "\"12\" lacks its unit; write it after the number, as in \"12 days\"",
        ),
        (
            "12 EUR".parse::<MoneyPer>().unwrap_err(),
            "\"12 EUR\" lacks its unit; write it after the number, as in \"12/day\"",
        ),
        (
            Rate::from_fraction(dec("1.2")).unwrap_err(),
            "the rate 1.2 is not between 0 and 1 (0% and 100%)",
        ),
        (
            Days::new(-3).unwrap_err(),
            "-3 days: a length of time is never negative",
        ),
        (
            Interval::new(2, 1).unwrap_err(),
            "the low end of an interval is above its high end, or cannot be compared with it",
        ),
        (
            Currency::from_code("euro").unwrap_err(),
            "\"euro\" is no ISO 4217 currency code; write three capitals, such as EUR",
        ),
        (
            usd("1")
                .checked_add(Money::new(1, Currency::EUR))
                .unwrap_err(),
            "the second amount is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out",
        ),
        (
            Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::EUR)
                .and_then(|deal| DealTally::of([deal], q1()))
                .unwrap_err(),
            "deal D-1 is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out",
        ),
        (
            kpi::pipeline_coverage(&empty(), Money::new(1, Currency::EUR)).unwrap_err(),
            "the target is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out",
        ),
        (
            Deal::new("D-1", day("1899-12-31"), Outcome::Open, Currency::EUR).unwrap_err(),
            "deal D-1: created: 1899-12-31 is outside of the supported years 1900 to 2999",
        ),
        (
            deal().with_first_contact(day("3000-01-01")).unwrap_err(),
            "deal D-1: first contact: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            Period::between(day("2999-01-01"), day("3000-01-02")).unwrap_err(),
            "end of the period: 3000-01-02 is outside of the supported years 1900 to 2999",
        ),
        (
            q1().as_of(day("0024-01-05")).unwrap_err(),
            "as-of day: 0024-01-05 is outside of the supported years 1900 to 2999",
        ),
        (
            sales_metrics::day("26-03-31").unwrap_err(),
            "\"26-03-31\" is no date; write it as 2026-03-31",
        ),
        (
            sales_metrics::day("1899-12-31").unwrap_err(),
            "date: 1899-12-31 is outside of the supported years 1900 to 2999",
        ),
        (
            Period::half(2026, 3).unwrap_err(),
            "there is no half 3; expected 1 or 2",
        ),
        (
            usd("12.505").to_minor().unwrap_err(),
            "12.505 USD is finer than its minor unit, which has 2 decimals; round it first",
        ),
        (
            usd("100000000000000000").to_minor().unwrap_err(),
            "the result is beyond what a decimal number holds",
        ),
        (
            "1:30".parse::<Length>().unwrap_err(),
            "\"1:30\" is no length of time; write it as 49h 05m 10s, 4m or 10.5s",
        ),
        (
            date(2026, 2, 29).unwrap_err(),
            "\"2026-02-29\" is no date; write it as 2026-03-31",
        ),
        (
            WorkCalendar::new([], NaiveTime::MIN, noon()).unwrap_err(),
            "a working calendar needs hours on one day of the week at least",
        ),
        (
            WorkCalendar::new([Weekday::Mon], noon(), noon()).unwrap_err(),
            "working hours on Mon from 12:00:00 to 12:00:00 hold no time; a whole day is from 00:00 to 00:00",
        ),
        (
            WorkCalendar::new([Weekday::Mon], noon(), NaiveTime::MIN)
                .and_then(|calendar| {
                    calendar
                        .with_hours([Weekday::Sun], [(noon(), "00:01".parse().unwrap())])?
                        .with_hours([Weekday::Mon], [(NaiveTime::MIN, noon())])
                })
                .unwrap_err(),
            "working hours on Sun from 12:00:00 to 00:01:00 overlap those on Mon from 00:00:00 to 12:00:00; give each hour once",
        ),
        (
            "EST".parse::<Place>().unwrap_err(),
            "\"EST\" is no offset; write it as +01:00, or as Z; a time zone has several, which Place::in_zone lists",
        ),
        (
            Place::changing(
                utc(),
                [
                    (at("2026-03-29T01:00:00Z"), utc()),
                    (at("2026-03-29T02:00:00+01:00"), utc()),
                ],
            )
            .unwrap_err(),
            "the offset of the place changes at 2026-03-29T01:00:00+00:00, which is not after its change at 2026-03-29T01:00:00+00:00; list its offsets from the earliest to the latest, each once",
        ),
        (
            "1Q 2026".parse::<Period>().unwrap_err(),
            "\"1Q 2026\" is no period; write 2026, 2026-H1 or H1 2026, 2026-Q1 or Q1 2026, 2026-03 or Mar 2026, 2026-W07, 2026-03-31 or 2026-01-01/2026-04-01 (the second day excluded)",
        ),
        (
            FiscalCalendar::new(2, FiscalYearLabel::EndYear)
                .and_then(|fiscal| fiscal.named("Feb FY2026"))
                .unwrap_err(),
            "\"Feb FY2026\" is no period of the fiscal calendar; write FY2026, FY2026-Q1 or Q1 FY2026, or FY2026-P03",
        ),
        (
            "2026-04-01/2026-01-01".parse::<Period>().unwrap_err(),
            "a period from 2026-04-01 up to, not including, 2026-01-01 has no day in it",
        ),
        (
            Period::quarter(2026, 5).unwrap_err(),
            "there is no quarter 5; expected 1 to 4",
        ),
        (
            Period::month(2026, 13).unwrap_err(),
            "there is no month 13; expected 1 to 12",
        ),
        (
            Period::week(2026, 54).unwrap_err(),
            "there is no week 54; expected the ISO weeks of the year, 1 to 52 or 53",
        ),
        (
            Period::year(1899).unwrap_err(),
            "there is no supported year 1899; expected 1900 to 2999",
        ),
        (
            FiscalCalendar::new(0, FiscalYearLabel::EndYear).unwrap_err(),
            "there is no month 0; expected 1 to 12",
        ),
        (
            FiscalCalendar::new(2, FiscalYearLabel::EndYear)
                .unwrap()
                .previous(period("2026-W07"))
                .unwrap_err(),
            "2026-02-09/2026-02-16 is no year, quarter or month of the fiscal calendar; take one from its year, quarter or month",
        ),
        (
            period("1900-Q1").previous().unwrap_err(),
            "the period before 1900-01-01/1900-04-01 is outside of the supported years 1900 to 2999",
        ),
        (
            period("2999").next().unwrap_err(),
            "the period after 2999-01-01/3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            period("1900").year_before().unwrap_err(),
            "the period a year before 1900-01-01/1901-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            kpi::revenue_growth(&empty(), &DealTally::new(scope("2025-12"))).unwrap_err(),
            "2026-01-01/2026-04-01 in USD as of 2026-03-31 and 2025-12-01/2026-01-01 in USD as of 2025-12-31 are not of like length; compare whole periods, or the same number of days of each",
        ),
        (
            kpi::arr_growth(&customers(&[]), &CustomerTally::new(scope("2025-Q4"))).unwrap_err(),
            "2026-01-01/2026-04-01 in USD as of 2026-03-31 and 2025-10-01/2026-01-01 in USD as of 2025-12-31 are not a year apart; tally the scope that Scope::year_before makes of the later one",
        ),
        (
            kpi::smoothed_deal_size(&[DealTally::new(may), DealTally::new(may)]).unwrap_err(),
            "2026-05-01/2026-06-01 in USD as of 2026-05-31 begins before 2026-05-01/2026-06-01 in USD as of 2026-05-31 ends; a series runs from the past to the present without overlap",
        ),
        (
            Segment::new("rep").unwrap_err(),
            "\"rep\" is a dimension of every book; give the segment another name",
        ),
        (
            by("planet", [won()]),
            "no record has the dimension \"planet\", or any other",
        ),
        (
            by(
                "planet",
                [won()
                    .with_owner("ada")
                    .and_then(|won| won.with_region("north"))
                    .unwrap()],
            ),
            "no record has the dimension \"planet\"; take one of: rep, region",
        ),
        (
            BookTally::from(empty())
                .merge(&DealDetail::new(q1()).into())
                .unwrap_err(),
            "a book tally with a DealDetail cannot be merged with one that has a DealTally without it; fill both alike",
        ),
        (DealId::new("").unwrap_err(), "deal id \"\" is empty"),
        (
            Deal::new("", day("2026-01-07"), Outcome::Open, Currency::EUR).unwrap_err(),
            "deal id \"\" is empty",
        ),
        (
            WorkTime::new("", day("2026-03-06"), TimeDelta::hours(8)).unwrap_err(),
            "rep id \"\" is empty",
        ),
        (
            deal().with_dimension("segment", "").unwrap_err(),
            "deal D-1: segment \"\" is empty",
        ),
        (
            deal().with_dimension("", "x").unwrap_err(),
            "deal D-1: dimension \"\" is empty",
        ),
        (
            deal().with_owner("ada ").unwrap_err(),
            "deal D-1: owner \"ada \" begins or ends with white space; trim it first",
        ),
        (
            deal().with_account("a\tb").unwrap_err(),
            "deal D-1: account \"a\\tb\" contains a control character",
        ),
        (
            deal().with_stage("x".repeat(256)).unwrap_err(),
            "deal D-1: stage \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" is longer than 255 bytes",
        ),
        (
            deal().with_cost(-1).unwrap_err(),
            "deal D-1: cost is -1, but cannot be negative",
        ),
        (
            deal().with_list_price(100_000_000_000_001_i64).unwrap_err(),
            "deal D-1: list price is 100000000000001, but cannot exceed 100000000000000 (10^14)",
        ),
        (
            deal().with_cost(dec("0.00001")).unwrap_err(),
            "deal D-1: cost is 0.00001, but at most 4 decimals are kept; round it first",
        ),
        (
            deal()
                .with_probability("12.34567%".parse().unwrap())
                .unwrap_err(),
            "deal D-1: probability is 0.1234567, but at most 6 decimals are kept; round it first",
        ),
        (
            won().with_owners([("ada", Rate::HALF)]).unwrap_err(),
            "deal D-1: the shares of its owners add up to 0.5, but must add up to 1 (100%)",
        ),
        (
            won().with_loss_reason("price").unwrap_err(),
            "deal D-1: a loss reason was given, but the deal is not lost",
        ),
        (
            call().with_duration(TimeDelta::seconds(-1)).unwrap_err(),
            "activity A-1: duration is -PT1S, but must be a whole number of microseconds, 0 or more",
        ),
        (
            Length::try_from(TimeDelta::seconds(-1)).unwrap_err(),
            "a length of time is -PT1S, but must be a whole number of microseconds, from 0 to 2^64 - 1",
        ),
        (
            call().with_meeting_status(MeetingStatus::Held).unwrap_err(),
            "activity A-1: a meeting status was given, but it is no meeting",
        ),
        (
            meeting().with_callback().unwrap_err(),
            "activity A-1: it is a callback, but no call",
        ),
        (
            meeting().with_inbound().unwrap_err(),
            "activity A-1: it came in, but is no call; leave out what others sent",
        ),
        (
            Activity::new("A-1", ActivityKind::Call, at("3000-01-01T00:00:00+01:00")).unwrap_err(),
            "activity A-1: at: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            WorkTime::new("ada", day("2026-03-06"), TimeDelta::nanoseconds(1)).unwrap_err(),
            "rep ada on 2026-03-06: working time is PT0.000000001S, but must be a whole number of microseconds, 0 or more",
        ),
        (
            WorkTime::new("ada", day("1899-12-31"), TimeDelta::zero()).unwrap_err(),
            "rep ada: working time: 1899-12-31 is outside of the supported years 1900 to 2999",
        ),
        (
            week().with_selling(TimeDelta::hours(41)).unwrap_err(),
            "rep ada on 2026-03-06: selling for 41h 00m 00s is more than working for 40h 00m 00s; it is a part of it",
        ),
        (
            week().with_selling(TimeDelta::hours(-1)).unwrap_err(),
            "rep ada on 2026-03-06: selling time is -PT3600S, but must be a whole number of microseconds, 0 or more",
        ),
        (
            kpi::call_to_win_rate(&empty(), &ActivityTally::new(scope("2026-03"))).unwrap_err(),
            "the tally of the activities is of 2026-03-01/2026-04-01 in USD as of 2026-03-31, but 2026-01-01/2026-04-01 in USD as of 2026-03-31 was asked for; tally it in that scope",
        ),
        (
            WorkTally::of([endless(), endless(), endless()], q1()).unwrap_err(),
            "a sum of time (2^64 microseconds) would pass the largest total that a tally holds exactly; tally smaller groups",
        ),
        (
            "2026-01-07T09:00".parse::<When>().unwrap_err(),
            "\"2026-01-07T09:00\" is neither a date nor an instant; write it as 2026-03-31, or with its offset, as 2026-03-31T17:45:00+02:00",
        ),
        (
            instant("2026-01-07").unwrap_err(),
            "\"2026-01-07\" is no instant; write it with its offset, as 2026-03-31T17:45:00+02:00",
        ),
        (
            Rep::new("ada")
                .and_then(|ada| ada.with_manager("ada"))
                .unwrap_err(),
            "rep ada: nobody reports to oneself",
        ),
        (
            lead().with_won(day("2026-01-08")).unwrap_err(),
            "lead L-1: it was won, but not converted; give its conversion, too",
        ),
        (
            lead()
                .with_conversion("D-1", day("2026-01-08"))
                .and_then(|lead| lead.with_conversion("D-2", day("2026-01-08")))
                .unwrap_err(),
            "lead L-1: it became deal D-1 already, so it cannot become deal D-2",
        ),
        (
            lead().with_fit(101).unwrap_err(),
            "lead L-1: fit is 101, but must be from 0 to 100 points",
        ),
        (
            LeadScoring::new(0)
                .with_grid([0, 0], [0], [["a"], ["b"]])
                .unwrap_err(),
            "the fit bands of a grid must each begin above the one before",
        ),
        (
            leads(&[])
                .merge(&LeadDetail::new(
                    q1().in_working_time(&crate::lead::calendar()),
                ))
                .unwrap_err(),
            "a tally of leads cannot be merged into one that counts waiting by another calendar, or by none; tally both by one calendar",
        ),
        (
            kpi::close_rate(&empty(), &LeadTally::new(may)).unwrap_err(),
            "the tally of the leads is of 2026-05-01/2026-06-01 in USD as of 2026-05-31, but 2026-01-01/2026-04-01 in USD as of 2026-03-31 was asked for; tally it in that scope",
        ),
        (
            Rep::new("ada")
                .and_then(|rep| {
                    rep.with_hired(day("2026-02-01"))?
                        .with_left(day("2026-01-31"))
                })
                .unwrap_err(),
            "rep ada: left on 2026-01-31, before being hired on 2026-02-01; swap them, or leave out the end of an earlier stay",
        ),
        (
            contract().with_last_day(day("2025-12-31")).unwrap_err(),
            "contract C-1: end is 2025-12-31, before its start on 2026-01-01",
        ),
        (
            contract()
                .with_last_day(day("2026-12-31"))
                .and_then(|contract| contract.with_terminated(day("2027-01-01")))
                .unwrap_err(),
            "contract C-1: terminated on 2027-01-01, after its agreed end on 2026-12-31",
        ),
        (
            contract().with_renewal_of("C-1").unwrap_err(),
            "contract C-1: it cannot be the renewal of itself",
        ),
        (
            contract().with_recurring_every(1, 0, Per::Day).unwrap_err(),
            "contract C-1: it is due every 0 units of time; give 1 or more",
        ),
        (
            Months::new(-1).unwrap_err(),
            "-1 months: a length of time is never negative",
        ),
        (
            kpi::cost_per_new_contract(&SpendTally::new(q1()), &CustomerTally::new(may))
                .unwrap_err(),
            "the tally of the contracts is of 2026-05-01/2026-06-01 in USD as of 2026-05-31, but 2026-01-01/2026-04-01 in USD as of 2026-03-31 was asked for; tally it in that scope",
        ),
        (
            kpi::magic_number(&CustomerTally::new(q1()), &SpendTally::new(may)).unwrap_err(),
            "2026-01-01/2026-04-01 in USD as of 2026-03-31 and 2026-05-01/2026-06-01 in USD as of 2026-05-31 are not a whole quarter and the whole quarter before it; tally two whole quarters, one directly after the other",
        ),
        (
            ada().with_full_time_share(Rate::ZERO).unwrap_err(),
            "rep ada: full-time share is 0%, but must be above 0%",
        ),
        (
            Quota::of_deals("ada", period("2026-Q1"), 10_000_000_001).unwrap_err(),
            "quota of ada for 2026-01-01/2026-04-01: deals is 10000000001, but cannot exceed 10000000000",
        ),
        (
            roster([ada(), ada()], []).unwrap_err(),
            "rep ada is in the roster twice; give each rep once",
        ),
        (
            roster([], [quota(1)]).unwrap_err(),
            "quota of ada for 2026-01-01/2026-04-01: rep ada is not in the roster; add the rep or leave out the quota",
        ),
        (
            roster([ada()], [quota(1), quota(2)]).unwrap_err(),
            "quota of ada for 2026-01-01/2026-04-01 overlaps the one for 2026-01-01/2026-04-01; a day has one quota of money and one of deals",
        ),
        (
            roster([ada()], [quota(1)])
                .and_then(|roster| scope("2026-01").with_roster(&roster))
                .unwrap_err(),
            "quota of ada for 2026-01-01/2026-04-01 straddles the edge of 2026-01-01/2026-02-01; look at a period that holds all of it, set a quota for each part, or take Roster::without_quotas() for what needs none",
        ),
        (
            kpi::ramp_time(&[team([ada()], []), {
                let other = Roster::new([], []).unwrap();
                TeamTally::new(scope("2026-Q2").with_roster(&other).unwrap())
            }])
            .unwrap_err(),
            "the tallies are of different rosters; tally all of them with one",
        ),
        (
            team([ada()], [])
                .merge(&team([ada()], [quota(1)]))
                .unwrap_err(),
            "rep ada, or a quota of theirs, is not the same in both rosters; tally all deals with one roster, or parts of it",
        ),
        (
            team([ada()], [])
                .merge(&TeamTally::of([won()], team_scope([])).unwrap())
                .unwrap_err(),
            "a tally without rep ada has won deals of nobody in its roster, which may be theirs; tally all deals with one roster, or parts of it",
        ),
        (
            DealTally::grid([deal()], [may], |_| ())
                .unwrap()
                .merge(&DealTally::grid([deal()], [], |_| ()).unwrap())
                .unwrap_err(),
            "a grid of 0 scopes cannot be merged into one of 1; tally both in the same scopes",
        ),
        (
            empty().merge(&DealTally::new(may)).unwrap_err(),
            "a tally of 2026-05-01/2026-06-01 in USD as of 2026-05-31 cannot be merged into one of 2026-01-01/2026-04-01 in USD as of 2026-03-31; tally both in one scope",
        ),
        (
            AmountSum::try_from(dec("0.00001")).unwrap_err(),
            "0.00001 is no sum of amounts: it must be 0 or more, with at most 4 decimals and 28 digits",
        ),
        (
            full().record(&deal()).unwrap_err(),
            "the number of records (10^10) would pass the largest total that a tally holds exactly; tally smaller groups",
        ),
        (
            ready_made(|tally| tally.merge(&customers(&[contract()]))),
            "a tally made of totals knows none of its accounts, so that nothing can be added to it; count all records together, or tally them",
        ),
        (
            RenewalTally::from_totals(q1(), RenewalTotals::given())
                .and_then(|mut tally| tally.record(&contract()))
                .unwrap_err(),
            "a tally made of totals knows none of its contracts, so that nothing can be added to it; count all records together, or tally them",
        ),
        (
            PurchaseTally::new(q1()).with_channels([]).unwrap_err(),
            "a tally that knows its channels takes no other ones; give them once, to a tally made of totals",
        ),
        (
            SpendTally::new(q1()).with_channels([]).unwrap_err(),
            "a tally that knows its channels takes no other ones; give them once, to a tally made of totals",
        ),
        (
            totals(DealTotals::given().records(1).won(Priced::none(2))),
            "totals that no records can have: records are all deals looked at: at least created + without_creation, and at least won + credits + lost + disqualified + open",
        ),
    ]
}

/// Each with its text and its name in JSON.
fn reasons() -> Vec<(Undefined, &'static str, &'static str)> {
    let priced = || won().with_amount(100).unwrap();
    let target = |deals: &[Deal], target| {
        reason(kpi::remaining_pipeline_coverage(
            &running(deals),
            usd(target),
        ))
    };
    let free = won().with_amount(0).unwrap();
    let backwards = Deal::new(
        "D",
        day("2026-03-01"),
        Outcome::Won {
            on: day("2026-02-01"),
        },
        Currency::USD,
    )
    .unwrap();
    let at_once = Deal::new(
        "D",
        day("2026-02-01"),
        Outcome::Won {
            on: day("2026-02-01"),
        },
        Currency::USD,
    )
    .and_then(|deal| deal.with_amount(1))
    .unwrap();
    let later = Deal::new(
        "D",
        day("2026-02-01"),
        Outcome::Lost {
            on: day("2026-04-01"),
        },
        Currency::USD,
    )
    .unwrap();
    let early = DealTally::new(q1().as_of(day("2025-12-31")).unwrap());
    let detail = DealDetail::new(q1());
    let nobody_at_quota = reason(kpi::ramp_time(&[]));
    vec![
        (
            kpi::average_deal_size(&empty()).unwrap_err(),
            "no deal was won",
            "no_won_deals",
        ),
        (
            kpi::stale_pipeline(&QuietTally::new(q1()), 30).unwrap_err(),
            "no activity names a deal",
            "no_activity_names_a_deal",
        ),
        (
            reason(kpi::pipeline_needed(&empty(), usd("1"), Rate::ZERO)),
            "the win rate is 0",
            "zero_win_rate",
        ),
        (
            reason(kpi::pipeline_needed(
                &tally(&[priced()]),
                usd("100"),
                Rate::ONE,
            )),
            "the forecast reaches the target",
            "forecast_reaches_target",
        ),
        (
            reason(covered_without_stages()),
            "no deal due is in a stage of the order; check how the stages are spelled",
            "no_known_stage",
        ),
        (
            kpi::win_loss_ratio(&tally(&[won()])).unwrap_err(),
            "no deal was lost",
            "no_lost_deals",
        ),
        (
            kpi::win_rate(&empty()).unwrap_err(),
            "no deal was won or lost",
            "no_decided_deals",
        ),
        (
            kpi::broad_win_rate(&empty()).unwrap_err(),
            "no deal was closed",
            "no_closed_deals",
        ),
        (
            kpi::cohort_win_rate(&empty()).unwrap_err(),
            "no deal was created",
            "no_deals_created",
        ),
        (
            attainment(&Scorecard::new()),
            "there is no metric for it",
            "no_metrics",
        ),
        (
            attainment(&card("win_rate", 1, Rate::HALF).unwrap()),
            "none of its metrics has a value",
            "no_metric_values",
        ),
        (
            reason(ExpectedCloseRate::of(&empty(), &empty(), 9)),
            "none of the others' deals was won or lost",
            "nobody_else_decided",
        ),
        (
            kpi::corrected_median_cycle(&survival()).unwrap_err(),
            "at least half of the deals were always left; look from a later day",
            "half_still_left",
        ),
        (
            kpi::win_probability_within(&survival(), 365).unwrap_err(),
            "some of the deals are still open, and none was seen for that many days; look from a later day, or ask for fewer days",
            "not_seen_that_long",
        ),
        (
            kpi::average_deal_age(&empty()).unwrap_err(),
            "no deal is open",
            "no_open_deals",
        ),
        (
            kpi::total_revenue(&tally(&[won()])).unwrap_err(),
            "none of the deals has an amount",
            "nothing_priced",
        ),
        (
            kpi::weighted_pipeline(&tally(&[deal()])).unwrap_err(),
            "none of the open deals has both an amount and a probability; kpi::stage_probability learns one from a history",
            "nothing_weighable",
        ),
        (
            reason(kpi::forecast_ratio(usd("1"), usd("0"))),
            "the actual is not above 0",
            "actual_not_positive",
        ),
        (
            reason(kpi::mase(&[], &[])),
            "no forecast was given",
            "nothing_forecast",
        ),
        (
            reason(kpi::mase(&[usd("1")], &[(usd("1"), usd("1"))])),
            "the history never moved",
            "history_never_moved",
        ),
        (
            kpi::gross_profit(&tally(&[priced()])).unwrap_err(),
            "none of the won deals has both an amount and a cost",
            "nothing_costed",
        ),
        (
            kpi::discount_rate(&tally(&[priced()])).unwrap_err(),
            "none of the won deals has both an amount and a list price",
            "nothing_listed",
        ),
        (
            kpi::discount_rate(&tally(&[priced().with_list_price(0).unwrap()])).unwrap_err(),
            "the list prices add up to 0",
            "zero_list_price",
        ),
        (
            kpi::profit_margin(&tally(&[free.clone().with_cost(1).unwrap()])).unwrap_err(),
            "the bookings are 0",
            "zero_revenue",
        ),
        (
            kpi::win_rate_by_value(&tally(&[free])).unwrap_err(),
            "the amounts of the won and lost deals add up to 0",
            "zero_decided_amount",
        ),
        (
            kpi::total_revenue(&DealTally::from_totals(q1(), DealTotals::given()).unwrap())
                .unwrap_err(),
            "not counted: won; give it along with the other totals",
            "not_counted",
        ),
        (
            Undefined::ZeroPreviousRevenue,
            "the previous period's bookings are 0",
            "zero_previous_revenue",
        ),
        (
            kpi::average_revenue_per_account(&detail).unwrap_err(),
            "no won deal with an amount names an account",
            "no_accounts",
        ),
        (
            kpi::sales_cycle_length(&tally(&[backwards])).unwrap_err(),
            "of no closed deal is the creation known and on or before its close",
            "no_sound_cycle",
        ),
        (
            kpi::first_contact_cycle_length(&tally(&[won()])).unwrap_err(),
            "no won deal has a first contact on or before its close",
            "no_first_contact",
        ),
        (
            kpi::pipeline_velocity(&tally(&[at_once])).unwrap_err(),
            "the sales cycle is 0 days",
            "zero_cycle",
        ),
        (
            kpi::pipeline_value(&tally(&[later])).unwrap_err(),
            history::NEEDS_HISTORY,
            "needs_history",
        ),
        (
            kpi::revenue_per_day(&early).unwrap_err(),
            "the period has not begun",
            "nothing_elapsed",
        ),
        (
            target(&[], "0"),
            "the target is not above 0",
            "target_not_positive",
        ),
        (
            target(&[priced()], "100"),
            "the target is already met",
            "target_met",
        ),
        (
            kpi::quota_attainment(&team([ada()], [])).unwrap_err(),
            "no rep has a quota of money",
            "no_quota",
        ),
        (
            kpi::deal_quota_attainment(&team([ada()], [])).unwrap_err(),
            "no rep has a quota of deals",
            "no_deal_quota",
        ),
        (
            Undefined::NoRampedReps,
            "no rep whose ramp is over has a quota",
            "no_ramped_reps",
        ),
        (
            kpi::ramping_reps_at_quota_rate(&team([ada()], [quota(7)])).unwrap_err(),
            "no rep whose ramp goes on has a quota",
            "no_ramping_reps",
        ),
        (Undefined::NobodyHired, "no rep was hired", "nobody_hired"),
        (
            Undefined::NobodyHasWon,
            "no rep hired in the period has won yet",
            "nobody_has_won",
        ),
        (
            kpi::quota_attainment(&team([ada()], [quota(0)])).unwrap_err(),
            "the quotas add up to 0",
            "zero_quota",
        ),
        (
            kpi::rep_productivity(&team([], [])).unwrap_err(),
            "no rep worked in the period",
            "no_active_reps",
        ),
        (
            Undefined::NoRepsOnTheDay,
            "no rep works on the evening",
            "no_reps_on_the_day",
        ),
        (
            kpi::arr_per_fte(&customers(&[]), -1).unwrap_err(),
            "the full-time equivalents are not above 0",
            "staff_not_positive",
        ),
        (
            kpi::multi_year_rate(&agreed(&[])).unwrap_err(),
            "no contract was signed",
            "nothing_signed",
        ),
        (
            kpi::total_contract_value(&agreed(&[evergreen()])).unwrap_err(),
            "of none of the signed contracts the total value is known",
            "no_total_value",
        ),
        (
            kpi::average_contract_term(&agreed(&[evergreen()])).unwrap_err(),
            "none of the signed contracts has an agreed end",
            "no_term",
        ),
        (
            kpi::renewal_uplift(&RenewalTally::new(q1())).unwrap_err(),
            "no contract was renewed",
            "nothing_renewed",
        ),
        (
            kpi::turnover_rate(&team([], [])).unwrap_err(),
            "no rep was there at the start or at the end of the period",
            "no_head_count",
        ),
        (
            Undefined::NotToldApart("expenses"),
            "no expenses were given, or they are not told apart by group",
            "not_told_apart",
        ),
        (
            Undefined::NothingOver,
            "no period is over yet",
            "nothing_over",
        ),
        (
            Undefined::TooShort,
            "less than 28 days have passed, which tells nothing of a year",
            "too_short",
        ),
        (
            nobody_at_quota,
            "no rep hired in these periods has reached quota yet",
            "nobody_at_quota",
        ),
        (Undefined::NoTarget, "no target was given", "no_target"),
        (
            kpi::average_response_time(&leads(&[])).unwrap_err(),
            "no lead arrived",
            "no_leads",
        ),
        (
            kpi::average_response_time(&leads(&[lead()])).unwrap_err(),
            "no lead was touched",
            "no_touched_leads",
        ),
        (
            kpi::average_response_time(&leads(&[early_touch()])).unwrap_err(),
            "no lead was touched on or after its arrival",
            "no_sound_response",
        ),
        (
            kpi::average_response_time(&leads(&[Lead::new("L-1", day("2026-01-07"))
                .and_then(|lead| lead.with_first_touch(day("2026-01-08")))
                .unwrap()]))
            .unwrap_err(),
            "of no lead it is known at which times of day it arrived and was touched",
            "no_time_of_day",
        ),
        (
            kpi::response_compliance(&leads(&[lead()]), Length::hours(99 * 24)).unwrap_err(),
            "of no lead is it known that its time for a response is up",
            "no_due_leads",
        ),
        (
            kpi::contact_persistence(&leads(&[lead()]), 99).unwrap_err(),
            "no lead arrived that many days ago",
            "no_leads_that_old",
        ),
        (
            kpi::neglected_lead_rate(&leads(&[]), 60).unwrap_err(),
            "no lead is open",
            "no_open_leads",
        ),
        (
            kpi::sales_sourced_rate(leads(&[lead()]).tally()).unwrap_err(),
            "no lead's origin is known",
            "no_known_origin",
        ),
        (
            kpi::marketing_sourced_revenue_rate(&spread_of(&[won()])).unwrap_err(),
            "no deal's origin is known",
            "no_deal_origin",
        ),
        (
            kpi::marketing_sourced_pipeline_rate(&spread_of(&[found_for(0)])).unwrap_err(),
            "the amounts of the created deals add up to 0",
            "zero_created_amount",
        ),
        (
            kpi::prospect_to_opportunity_rate(leads(&[lead()]).tally()).unwrap_err(),
            "no lead was contacted",
            "no_contacted_leads",
        ),
        (
            kpi::sales_acceptance_rate(leads(&[lead()]).tally()).unwrap_err(),
            "no lead that marketing qualified was accepted or given back",
            "no_handovers_decided",
        ),
        (
            kpi::sal_to_sql_rate(leads(&[lead()]).tally()).unwrap_err(),
            "no lead was accepted",
            "no_accepted_leads",
        ),
        (
            Undefined::NobodyOnThatWay,
            "no lead went from the one milestone to the other",
            "nobody_on_that_way",
        ),
        (
            Undefined::ZeroPreviousLeads,
            "no lead of the previous period was qualified",
            "zero_previous_leads",
        ),
        (
            Undefined::NoPreviousPeriod,
            "no previous period was given",
            "no_previous_period",
        ),
        (
            spent_on_nobody(),
            "no account became a customer",
            "no_new_customers",
        ),
        (
            reason(kpi::cost_per_acquisition(
                &SpendTally::new(q1()),
                &PurchaseTally::new(q1()),
                &Label::new("web").unwrap(),
            )),
            "no account became a customer through the channel",
            "no_new_customers_of_channel",
        ),
        (
            reason(kpi::cost_per_new_contract(
                &SpendTally::new(q1()),
                &customers(&[]),
            )),
            "no account's first contract starts in the period",
            "no_new_contracts",
        ),
        (
            reason(kpi::cac_payback(
                &spent(1),
                &customers(&[]),
                Percent::from_percent(80).unwrap(),
            )),
            "the revenue or the margin is not above 0",
            "gross_profit_not_positive",
        ),
        (
            reason(kpi::ltv_to_cac(usd("1"), usd("0"))),
            "the acquisition cost is not above 0",
            "cost_not_positive",
        ),
        (
            reason(kpi::margin_lifetime_value(
                monthly("1"),
                Percent::from_percent(50).unwrap(),
                Rate::ZERO,
                Per::Month,
            )),
            "the churn is 0",
            "zero_churn",
        ),
        (
            kpi::churn_rate(&customers(&[])).unwrap_err(),
            "there was no customer at the start",
            "no_customers_at_start",
        ),
        (
            kpi::early_termination_rate(&renewals(&[])).unwrap_err(),
            "no contract was active at the start",
            "no_contracts_at_start",
        ),
        (
            kpi::renewal_rate(&renewals(&[])).unwrap_err(),
            "no contract came up for renewal",
            "no_contracts_due",
        ),
        (
            kpi::annual_contract_value(&due()).unwrap_err(),
            "no recurring fee is known",
            "no_recurring_fee",
        ),
        (
            kpi::average_contract_value(&customers(&[])).unwrap_err(),
            "no new contract was signed",
            "no_contracts_signed",
        ),
        (
            kpi::net_revenue_retention(&customers(&[])).unwrap_err(),
            "the recurring revenue at the start is 0, or is not known at both ends",
            "zero_opening_revenue",
        ),
        (
            kpi::quick_ratio(&customers(&[])).unwrap_err(),
            "no recurring revenue was lost",
            "no_recurring_loss",
        ),
        (
            reason(kpi::new_cac_ratio(&spent(1), &customers(&[]))),
            "no new customer pays a recurring fee",
            "no_new_recurring",
        ),
        (
            reason(kpi::blended_cac_ratio(&spent(1), &customers(&[]))),
            "no recurring revenue was gained",
            "no_recurring_gain",
        ),
        (
            kpi::win_back_rate(&customers(&[])).unwrap_err(),
            "no former customer could be won back",
            "no_former_customers",
        ),
        (
            reason(kpi::burn_multiple(usd("1"), &customers(&[]))),
            "the recurring revenue did not grow",
            "no_recurring_growth",
        ),
        (
            reason(kpi::cac_payback(
                &SpendTally::new(q1()),
                &customers(&[]),
                Percent::from_percent(80).unwrap(),
            )),
            "no such expense is recorded in the period",
            "no_spend",
        ),
        (
            kpi::average_call_duration(&ActivityTally::new(q1())).unwrap_err(),
            "no call was made",
            "no_calls",
        ),
        (
            kpi::average_call_duration(&activities([call()])).unwrap_err(),
            "none of the calls has a duration",
            "no_timed_calls",
        ),
        (
            kpi::positive_call_rate(&activities([call()])).unwrap_err(),
            "no call was connected",
            "no_connected_calls",
        ),
        (
            kpi::callback_rate(&activities([call()])).unwrap_err(),
            "no call went to voicemail or was missed",
            "nothing_to_call_back",
        ),
        (
            kpi::email_reply_rate(&activities([call()])).unwrap_err(),
            "no email was sent",
            "no_emails",
        ),
        (
            kpi::connect_rate(&activities([call()])).unwrap_err(),
            "of no call out is the outcome known",
            "no_known_calls_out",
        ),
        (
            kpi::calls_per_meeting(&activities([call()])).unwrap_err(),
            "no meeting was booked",
            "no_meetings_booked",
        ),
        (
            kpi::show_rate(&activities([meeting()])).unwrap_err(),
            "no meeting was held or missed",
            "no_meetings_due",
        ),
        (
            kpi::time_allocation(&activities([call()]), ActivityKind::Call).unwrap_err(),
            "no activity has a duration",
            "no_timed_activities",
        ),
        (
            call()
                .with_duration(TimeDelta::zero())
                .map(|call| kpi::time_allocation(&activities([call]), ActivityKind::Call))
                .unwrap()
                .unwrap_err(),
            "the durations add up to 0",
            "zero_duration",
        ),
        (
            kpi::call_capacity(Length::hours(8), Length::ZERO).unwrap_err(),
            "the time a call takes is not above 0",
            "call_time_not_positive",
        ),
        (
            kpi::selling_time(&WorkTally::new(q1())).unwrap_err(),
            "no working time is logged",
            "no_working_time",
        ),
        (
            kpi::selling_time(&WorkTally::of([week()], q1()).unwrap()).unwrap_err(),
            "none of the working time says how much of it was selling",
            "selling_time_unknown",
        ),
        (
            WorkTime::new("ada", day("2026-03-06"), TimeDelta::zero())
                .and_then(|work| work.with_selling(TimeDelta::zero()))
                .and_then(|work| WorkTally::of([work], q1()))
                .map(|work| kpi::selling_time_rate(&work))
                .unwrap()
                .unwrap_err(),
            "the working time is 0",
            "zero_working_time",
        ),
        (on_a_sunday(), "no day is a working day", "no_working_days"),
        (
            reason(kpi::sales_efficiency(&empty(), &given_back())),
            "the spend, less refunds, is not above 0",
            "spend_not_positive",
        ),
        (
            reason(kpi::pipeline_coverage(&empty(), usd("1"))),
            "the period is over; look from a day in it, or from before it",
            "period_over",
        ),
        (
            kpi::average_deal_age(&undated()).unwrap_err(),
            "of none of the open deals is the creation known",
            "no_creation",
        ),
        (
            Percent::from_fraction(Decimal::MAX).unwrap_err(),
            "the result is beyond what a decimal number holds",
            "out_of_range",
        ),
    ]
}

/// What an entry of the catalog says of these tallies.
fn said_by(name: &str, tally: &BookTally, parameters: &Parameters) -> Undefined {
    let inputs = Inputs::new(tally).with_parameters(parameters);
    reason(report::find(name).unwrap().evaluate(&inputs))
}

/// Of one deal, which is still open.
fn survival() -> SurvivalTally {
    SurvivalTally::of([deal()], q1()).unwrap()
}

/// Of a KPI of one's own.
fn of_its_own() -> Undefined {
    let none = |_: &Inputs<'_>| -> Result<Rate, Error> {
        Err(Undefined::Own("no seven was rolled").into())
    };
    let family = Family::Own("numbers");
    let sevens = Kpi::own("sevens", "sevens", family, Unit::Rate, Better::Up, none).unwrap();
    reason(sevens.evaluate(&Inputs::new(&BookTally::new(q1()))))
}

/// A Sunday alone, by a calendar of Mondays.
fn on_a_sunday() -> Undefined {
    let sunday = scope("2026-03-01/2026-03-02");
    let view = sunday.with_roster(&roster([ada()], []).unwrap()).unwrap();
    let none: [Activity; 0] = [];
    let team = TeamTally::new(view).with_activities(none).unwrap();
    reason(
        kpi::activities_per_rep_per_day(
            &team,
            ActivityKind::Call,
            &WorkCalendar::new([Weekday::Mon], NaiveTime::MIN, noon()).unwrap(),
        )
        .map_err(Error::from),
    )
}

/// A target is no target of the period before.
fn of_last_period() -> Undefined {
    let target = Parameters::new().with_target(usd("100"));
    let coverage = report::find("pipeline_coverage").unwrap();
    let plan = report::ReportPlan::new(q1())
        .with_kpis([coverage])
        .with_parameters(target);
    let book = sales_metrics::Book::new(Currency::USD).with_deals([won()]);
    let report = report::Report::of(&book.unwrap(), &plan).unwrap();
    let line = report.sections()[0].lines()[0].clone();
    reason(line.previous().unwrap().value.clone())
}

/// Reasons that the catalog alone gives: a KPI is asked for what was not given, or for a step of its own.
fn reasons_of_the_catalog() -> Vec<(Undefined, &'static str, &'static str)> {
    let nothing = BookTally::new(q1());
    let without = |name| said_by(name, &nothing, &Parameters::new());
    let usual = Parameters::new();
    let lifetime = Parameters::new().with_lifetime(Months::new(dec("36")).unwrap());
    let calls = BookTally::new(q1())
        .with_activities(activities([call()]))
        .and_then(|tally| tally.with_team(team([ada()], [])))
        .unwrap();
    let bought = BookTally::new(q1())
        .with_spend(SpendTally::new(q1()))
        .and_then(|tally| tally.with_purchases(PurchaseTally::new(q1())))
        .unwrap();
    let nobody = BookTally::new(q1()).with_customers(customers(&[])).unwrap();
    let acme = BookTally::new(q1())
        .with_customers(customers(&[due().with_recurring(5, Per::Month).unwrap()]))
        .unwrap();
    let priced = |scope| -> BookTally {
        let deals = [won().with_amount(100).unwrap()];
        DealDetail::of(deals, scope).unwrap().into()
    };
    let (year, before) = (scope("2026"), scope("2025"));
    let grown = priced(year);
    let earlier = Outcome::Won {
        on: day("2025-03-01"),
    };
    let earlier = Deal::new("D-0", day("2025-01-01"), earlier, Currency::USD);
    let earlier = earlier.and_then(|deal| deal.with_amount(50)).unwrap();
    let earlier: BookTally = DealDetail::of([earlier], before).unwrap().into();
    let growth = Inputs::new(&grown).with_year_before(&earlier).unwrap();
    let margin = reason(report::find("rule_of_40").unwrap().evaluate(&growth));
    let running = CustomerTally::new(q1().as_of(day("2026-02-14")).unwrap());
    let running = BookTally::new(running.scope())
        .with_customers(running)
        .unwrap();
    vec![
        (without("win_rate"), "no deals were given", "no_deals_given"),
        (
            said_by(
                "cost_per_converted_customer",
                &BookTally::new(q1())
                    .with_spend(SpendTally::new(q1()))
                    .unwrap(),
                &usual,
            ),
            "no purchases were given; they need the deals of all time",
            "no_purchases_given",
        ),
        (
            without("qualification_rate"),
            "no leads were given",
            "no_leads_given",
        ),
        (
            said_by("median_deal_size", &empty().into(), &usual),
            "this needs a DealDetail; a DealTally was given",
            "needs_deal_detail",
        ),
        (
            said_by("corrected_median_cycle", &empty().into(), &usual),
            "this needs a SurvivalTally; a DealTally or DealDetail was given",
            "needs_survival_tally",
        ),
        (
            said_by("discounted_deal_rate", &empty().into(), &usual),
            "this needs a SpreadTally; a DealTally or DealDetail was given",
            "needs_spread_tally",
        ),
        (
            said_by("neglected_lead_rate", &LeadTally::new(q1()).into(), &usual),
            "this needs a LeadDetail; a LeadTally was given",
            "needs_lead_detail",
        ),
        (
            said_by("churn_rate", &RenewalTally::new(q1()).into(), &usual),
            "this needs a CustomerTally; a RenewalTally was given",
            "needs_customer_tally",
        ),
        (
            said_by("renewal_rate", &CustomerTally::new(q1()).into(), &usual),
            "this needs a RenewalTally; a CustomerTally was given",
            "needs_renewal_tally",
        ),
        (
            said_by("committed_arr", &CustomerTally::new(q1()).into(), &usual),
            "this needs a CommitmentTally; a CustomerTally was given",
            "needs_commitment_tally",
        ),
        (
            without("email_reply_rate"),
            "no activities were given",
            "no_activities_given",
        ),
        (
            without("selling_time"),
            "no hours of work were given",
            "no_work_time_given",
        ),
        (
            without("rep_productivity"),
            "no reps were given",
            "no_team_given",
        ),
        (
            without("churn_rate"),
            "no contracts were given",
            "no_contracts_given",
        ),
        (
            without("cost_per_lead"),
            "no spend was given",
            "no_spend_given",
        ),
        (
            said_by("below_quota_streak", &calls, &usual),
            "no earlier periods of the team were given",
            "no_history",
        ),
        (
            said_by("activities_per_rep_per_day", &calls, &usual),
            "no working calendar was given",
            "no_calendar",
        ),
        (
            said_by("cost_per_acquisition", &bought, &usual),
            "no channel was given",
            "no_channel",
        ),
        (
            said_by("customer_lifetime_value", &acme, &usual),
            "no customer lifetime was given",
            "no_lifetime",
        ),
        (
            without("burn_multiple"),
            "no net burn was given",
            "no_net_burn",
        ),
        (
            said_by("rule_of_40", &grown, &usual),
            "the year before was not given",
            "no_year_before",
        ),
        (
            margin,
            "no operating margin was given",
            "no_operating_margin",
        ),
        (
            of_last_period(),
            "what it needs was given for the report's own period of the whole business alone",
            "only_for_the_period",
        ),
        (
            without("annual_contract_value"),
            "no contract was given",
            "no_contract",
        ),
        (
            said_by("customer_lifetime_value", &nobody, &lifetime),
            "no account is a customer at the end",
            "no_customers_at_end",
        ),
        (of_its_own(), "no seven was rolled", "own"),
        (
            said_by("margin_lifetime_value", &running, &usual),
            "the period is no whole month, quarter, half-year or year, or is not over yet",
            "no_unit_of_time",
        ),
    ]
}

fn all_errors() -> Vec<(Error, &'static str)> {
    let mut all = errors();
    all.extend(history::errors());
    all.extend(goal::errors());
    all
}

/// Of a deal that is due, and says in no stage where it is.
fn covered_without_stages() -> Result<sales_metrics::Multiple, Error> {
    let running = scope("2026-Q1").as_of(day("2026-02-14"))?;
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD)?;
    let deal = deal
        .with_expected_close(day("2026-03-20"))?
        .with_amount(9)?;
    let forecast = sales_metrics::ForecastTally::of([deal], running)?;
    kpi::stage_coverage(
        &forecast,
        &running.with_stages(["Proposal"])?,
        "Proposal",
        usd("10"),
    )
}

fn all_reasons() -> Vec<(Undefined, &'static str, &'static str)> {
    [
        reasons(),
        reasons_of_the_catalog(),
        history::reasons(),
        plan::reasons(),
    ]
    .concat()
}

/// The names of an enum's variants, as its source has them.
fn variants(enumeration: &str) -> BTreeSet<String> {
    let source = concat!(
        include_str!("../../src/error/kind.rs"),
        include_str!("../../src/error/undefined.rs")
    );
    let start = source.find(&format!("pub enum {enumeration} {{")).unwrap();
    let body = source[start..].split("\n}\n").next().unwrap();
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    lines
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split([' ', '(', ',']).next().unwrap().to_owned())
        .collect()
}

fn name(value: &dyn core::fmt::Debug) -> String {
    format!("{value:?}")
        .split([' ', '('])
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn every_error_says_what_is_wrong() {
    for (error, text) in all_errors() {
        assert_eq!(error.to_string(), text);
        // A `main` prints the one, and everything else the other.
        assert_eq!(format!("{error:?}"), text);
        assert_eq!(
            error.undefined().is_some(),
            error.kind() == ErrorKind::Undefined
        );
    }
}

/// What only JSON can say: a time on the clock, and records that the constructors don't let one build.
#[test]
fn what_is_read_says_what_is_wrong() {
    let of = |json: &str| serde_json::from_str::<Deal>(json).unwrap_err().to_string();
    let deal = |rest| {
        of(&format!(
            r#"{{"id":"D-1","currency":"USD","created":"2026-01-07",{rest}}}"#
        ))
    };
    let quota = serde_json::from_str::<Quota>(r#"{"rep":"ada","period":"2026-Q1"}"#);
    let lead = |rest| {
        let json = format!(r#"{{"id":"L-1","arrived":"2026-01-07T09:00:00Z",{rest}}}"#);
        serde_json::from_str::<Lead>(&json).unwrap_err().to_string()
    };
    let calendar = r#"{"hours":{"monday":{"from":"9:30","to":"17:00"}}}"#;
    let place = |json| serde_json::from_str::<Place>(json).unwrap_err().to_string();
    let cases = [
        (
            place("[]"),
            "a place needs an offset at least; write it as \"+01:00\"",
        ),
        (
            place(r#"[{"from":"2026-03-29T01:00:00Z","offset":"+02:00"}]"#),
            "the first offset of a place holds from the beginning; leave out its from",
        ),
        (
            place(r#"[{"offset":"+01:00"},{"offset":"+02:00"}]"#),
            "the offset +02:00 lacks the instant from which it holds; give it as from",
        ),
        (
            serde_json::from_str::<WorkCalendar>(calendar)
                .unwrap_err()
                .to_string(),
            "\"9:30\" is no time of day; write it as 09:30 or 17:45:30",
        ),
        (
            deal(r#""status":"open","closed":"2026-01-08""#),
            "deal D-1: it is open, but has a close date",
        ),
        (
            deal(r#""status":"won""#),
            "deal D-1: it is closed, but has no close date",
        ),
        (
            lead(r#""won":"2026-01-08""#),
            "lead L-1: it was won, but not converted; give its conversion, too",
        ),
        (
            lead(r#""converted":false"#),
            "invalid value: boolean `false`, expected a date, or true where it is not known",
        ),
        (
            quota.unwrap_err().to_string(),
            "quota of ada for 2026-01-01/2026-04-01: it has neither an amount nor deals",
        ),
    ];
    for (found, text) in cases {
        assert!(found.starts_with(text), "{found}");
    }
}

#[test]
fn every_reason_says_why_and_keeps_its_name() {
    for (reason, text, json) in all_reasons() {
        assert_eq!(reason.to_string(), text);
        assert_eq!(Error::from(reason).to_string(), text);
        assert_eq!(
            serde_json::to_string(&reason).unwrap(),
            format!("\"{json}\"")
        );
    }
}

/// The variant of a name in JSON.
fn camel(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}

#[test]
fn no_error_and_no_reason_is_left_out() {
    let found: BTreeSet<_> = all_errors()
        .iter()
        .map(|(error, _)| name(&error.kind()))
        .collect();
    assert_eq!(
        variants("ErrorKind"),
        found,
        "pin the text of each error in this file"
    );
    let found: BTreeSet<_> = all_reasons().iter().map(|(.., json)| camel(json)).collect();
    assert_eq!(
        variants("Undefined"),
        found,
        "pin the text of each reason in this file"
    );
}

/// So that they can stand in a sentence; a quotation, a name or a figure comes first as it is.
#[test]
fn texts_begin_in_lower_case_and_do_not_end_in_a_full_stop() {
    let reasons = all_reasons()
        .into_iter()
        .map(|(reason, ..)| reason.to_string());
    for text in all_errors()
        .into_iter()
        .map(|(error, _)| error.to_string())
        .chain(reasons)
    {
        assert!(!text.starts_with(char::is_uppercase), "{text}");
        assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
    }
}

#[test]
fn every_rule_of_totals_is_named() {
    let one = Priced::all(1, dec("1").try_into().unwrap());
    let base = DealTotals::given()
        .records(2)
        .won(one)
        .lost(Priced::none(0))
        .open(one)
        .created(one);
    assert!(DealTally::from_totals(q1(), base).is_ok());
    let sum = |text| AmountSum::try_from(dec(text)).unwrap();
    let two = Paired::of(2, sum("0"), sum("0"));
    let much = Paired::of(1, sum("1.0001"), sum("0"));
    let costly = Paired::of(1, sum("1"), sum("100000000000000.0001"));
    let cycle =
        |count, days, unsound| sales_metrics::tally::Cycle::of(count, days).with_unsound(unsound);
    let weighed =
        |count, amount| sales_metrics::tally::Weighed::of(count, dec(amount).try_into().unwrap());
    let priced = |count, priced, amount| Priced::some(count, priced, sum(amount));
    let sound = "priced deals are at most the count, and their amounts at most 10^14 each";
    let looked = "records are all deals looked at: at least created + without_creation, and at least won + credits + lost + disqualified + open";
    let paired = "costed and listed deals are parts of the priced won ones";
    let cycles = "cycles are of deals won or lost, at most 401766 days each";
    let expected = "expected and overdue deals are parts of the open ones";
    let closes = "deals expected, overdue and without an expected close are parts of the open ones";
    let aged =
        "open deals are at most 401766 days old each, and those without a creation a part of them";
    let weigh = "weighed deals are a part of the priced open ones, and weigh at most their amounts";
    let none = weighed(0, "0");
    let due_weigh = "weighed deals that are due are a part of the weighed ones";
    let due = "weighed deals that are due are a part of the priced ones expected and overdue, and weigh at most their amounts";
    let wrong = vec![
        (base.records(10_000_000_001), "records are at most 10^10"),
        (base.won(priced(1, 2, "1")), sound),
        (base.lost(priced(0, 0, "0.0001")), sound),
        (base.open(priced(1, 1, "100000000000000.0001")), sound),
        (base.disqualified(priced(1, 1, "200000000000000")), sound),
        (base.created(priced(1, 2, "1")), sound),
        (base.records(1), looked),
        (base.lost(one), looked),
        (base.disqualified(one), looked),
        (base.created(priced(3, 0, "0")), looked),
        (
            base.won(priced(u64::MAX, 0, "0"))
                .open(priced(u64::MAX, 0, "0")),
            looked,
        ),
        (
            base.cohort_won(1).cohort_open(1),
            "cohort_won and cohort_open are parts of created",
        ),
        (
            base.cohort_won(u64::MAX).cohort_open(1),
            "cohort_won and cohort_open are parts of created",
        ),
        (base.costed(two), paired),
        (base.listed(two), paired),
        (base.costed(much), paired),
        (base.listed(costly), paired),
        (base.won_cycle(cycle(1, 401_767, 0)), cycles),
        (base.won_cycle(cycle(1, 0, 1)), cycles),
        (base.lost_cycle(cycle(1, 0, 0)), cycles),
        (base.contact_cycle(cycle(2, 0, 0)), cycles),
        (base.contact_cycle(cycle(u64::MAX, 0, u64::MAX)), cycles),
        (base.expected(priced(2, 1, "1")), expected),
        (base.expected(priced(1, 1, "1.0001")), expected),
        (base.expected(priced(1, 0, "0")), expected),
        (base.overdue(priced(1, 1, "1.0001")), expected),
        (base.expected(one).overdue(one), closes),
        (base.expected(one).without_expected_close(1), closes),
        (base.without_expected_close(2), closes),
        (
            base.open_then(2),
            "open_then and cohort_open are parts of open",
        ),
        (
            base.created(priced(2, 0, "0")).cohort_open(2),
            "open_then and cohort_open are parts of open",
        ),
        (base.open_days(401_767), aged),
        (base.open_without_creation(2), aged),
        (base.without_creation(3), looked),
        (
            base.records(3).credits(priced(1, 0, "0")),
            "credits are deals of an amount",
        ),
        (base.weighed(weighed(2, "0")), weigh),
        (base.weighed(weighed(1, "1.0000000001")), weigh),
        (base.weighed(weighed(0, "0.0000000001")), weigh),
        (base.due_weighed(weighed(2, "0")), due),
        (
            base.expected(one)
                .overdue(Priced::none(0))
                .due_weighed(weighed(1, "1.0000000001")),
            due,
        ),
        (
            base.expected(Priced::none(0))
                .overdue(Priced::none(0))
                .due_weighed(weighed(1, "0")),
            due,
        ),
        (base.weighed(none).due_weighed(weighed(1, "0")), due_weigh),
        (
            base.weighed(weighed(1, "0.5"))
                .due_weighed(weighed(1, "0.5000000001")),
            due_weigh,
        ),
    ];
    for (totals, rule) in wrong {
        assert_eq!(
            complaint(DealTally::from_totals(q1(), totals)),
            broken(rule),
            "{totals:?}"
        );
    }
}

#[test]
fn quotations_are_cut_at_forty_characters() {
    for (long, kept) in [
        ("ä".repeat(41), "ä".repeat(40) + "…"),
        ("ä".repeat(40), "ä".repeat(40)),
    ] {
        let quoted = format!("\"{kept}\"");
        let errors = [
            long.parse::<Money>().unwrap_err(),
            long.parse::<Rate>().unwrap_err(),
            long.parse::<Period>().unwrap_err(),
            long.parse::<Currency>().unwrap_err(),
            long.parse::<MoneyPer>().unwrap_err(),
            RepId::new(&format!("{long} ")).unwrap_err(),
        ];
        for error in errors {
            let text = error.to_string();
            let longest = text.split('"').nth(1).unwrap().chars().count();
            assert!(longest <= 41, "{text}");
            if error.kind() != ErrorKind::InvalidId {
                assert!(text.contains(&quoted), "{text}");
            }
        }
    }
}

//! What every public type can do, fixed: taking any of it away would break somebody.

use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::str::FromStr;

use sales_metrics::{
    AccountId, Confidence, Currency, Cycle, Days, Deal, DealDetail, DealId, DealTally, DealTotals,
    Error, FiscalCalendar, FiscalYearLabel, Interval, Label, Money, MoneyPer, Multiple, Outcome,
    Paired, Per, Percent, Period, Priced, Rate, Rep, RepId, Scope, Standing, Stock, Sum, Undefined,
    Volume, Weighed, WorkCalendar,
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
fn id<T: for<'a> TryFrom<&'a str> + TryFrom<String> + AsRef<str> + core::borrow::Borrow<str>>() {}
fn std_error<T: std::error::Error + Send + Sync + 'static>() {}

macro_rules! every {
    ($($check:ident: $($type:ty),+;)+) => {
        $($($check::<$type>();)+)+
    };
}

#[test]
fn common_traits() {
    every! {
        common: AccountId, Confidence, Currency, Cycle, Days, Deal, DealDetail, DealId, DealTally, DealTotals,
            Error, FiscalCalendar, FiscalYearLabel, Interval<Rate>, Label, Money, MoneyPer, Multiple, Outcome,
            Paired, Per, Percent, Period, Priced, Rate, Rep, RepId, Scope, Standing, Stock, Sum<4>, Sum<10>,
            Undefined, Volume, Weighed, WorkCalendar;
        copy: Confidence, Currency, Cycle, Days, DealTotals, FiscalCalendar, FiscalYearLabel, Interval<Rate>,
            Money, MoneyPer, Multiple, Outcome, Paired, Per, Percent, Period, Priced, Rate, Scope, Standing,
            Stock, Sum<4>, Undefined, Volume, Weighed;
        hash: AccountId, Confidence, Currency, Cycle, Days, Deal, DealId, DealTotals, FiscalCalendar,
            FiscalYearLabel, Interval<Rate>, Label, Money, MoneyPer, Multiple, Outcome, Paired, Per, Percent,
            Period, Priced, Rate, Rep, RepId, Scope, Standing, Stock, Sum<4>, Undefined, Volume, Weighed,
            WorkCalendar;
        ordered: AccountId, Confidence, Currency, Days, DealId, FiscalYearLabel, Label, Multiple, Per, Percent,
            Period, Rate, RepId, Stock, Sum<4>, Undefined;
        partly_ordered: Money, MoneyPer;
        text: AccountId, Currency, Days, DealId, Label, Money, MoneyPer, Multiple, Percent, Period, Rate, RepId;
        shown: Error, Interval<Money>, Scope, Standing, Undefined, Volume;
        wire: AccountId, Confidence, Currency, Cycle, Days, Deal, DealDetail, DealId, DealTally, DealTotals,
            FiscalCalendar, FiscalYearLabel, Interval<Money>, Label, Money, MoneyPer, Multiple, Paired, Per,
            Percent, Period, Priced, Rate, Rep, RepId, Scope, Sum<4>, Sum<10>, Undefined, Volume, Weighed,
            WorkCalendar;
        default: Cycle, DealTotals, Paired, Priced, Sum<4>, Weighed;
        id: AccountId, DealId, Label, RepId;
        std_error: Error, Undefined;
    }
}

#[test]
fn sizes() {
    assert!(size_of::<DealTally>() < 1_024, "{}", size_of::<DealTally>());
    assert!(size_of::<Deal>() <= 128, "{}", size_of::<Deal>());
    assert!(size_of::<Error>() <= 128, "{}", size_of::<Error>());
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

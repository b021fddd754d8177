//! The sample files that ship with the crate: each reads as it is meant to.

use std::collections::BTreeMap;

use sales_metrics::import::{
    ActivityColumns, Columns, ContractColumns, LeadColumns, QuotaColumns, Reader, RepColumns,
    SpendColumns, StateColumns, WorkTimeColumns,
};
use sales_metrics::{Activity, Contract, Decimal, Departure, Lead, Rep, Roster, Spend};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::*;

/// The records of a sample, and its errors in words.
fn sample<C>(data: &str, columns: &str) -> (Vec<C::Record>, Vec<String>)
where
    C: Columns + Serialize + DeserializeOwned,
{
    let read: C = serde_json::from_str(columns).unwrap();
    let back = serde_json::to_value(&read).unwrap();
    let original: Value = serde_json::from_str(columns).unwrap();
    for (key, value) in original.as_object().unwrap() {
        assert_eq!(back[key], *value, "{key}");
    }
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    for row in Reader::new(data.as_bytes(), &read).unwrap() {
        match row {
            Ok(record) => records.push(record),
            Err(error) => errors.push(error.to_string()),
        }
    }
    assert_eq!(records.len() + errors.len(), data.lines().count() - 1);
    (records, errors)
}

macro_rules! sample {
    ($columns:ty, $name:literal) => {
        sample::<$columns>(
            include_str!(concat!("../../../examples/data/", $name, ".csv")),
            include_str!(concat!("../../../examples/columns/", $name, ".json")),
        )
    };
}

/// Ids that stand more than once.
fn repeated<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut counts = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_insert(0) += 1);
    let repeated = counts.into_iter().filter(|(_, count)| *count > 1);
    repeated.map(|(id, _)| id).collect()
}

fn deals() -> Vec<Deal> {
    let columns = serde_json::from_str(include_str!("../../../examples/columns/deals.json"));
    deals_in(
        include_bytes!("../../../examples/data/deals.csv"),
        &columns.unwrap(),
    )
    .records
}

#[test]
fn leads() {
    let (leads, errors) = sample!(LeadColumns, "leads");
    assert_eq!(
        errors,
        [
            "line 36, column \"Arrived\": \"30/02/2025 10:00 -05:00\" is no date in the format DD/MM/YYYY hh:mm z",
            "line 114, column \"Won\": \"01/10/2025\": lead L-902: it was won, but not converted; give its conversion, too",
        ]
    );
    assert_eq!(leads.len(), 151);
    assert_eq!(
        repeated(leads.iter().map(|lead| lead.id().as_str())),
        ["L-071",]
    );
    let count = |is: fn(&Lead) -> bool| leads.iter().filter(|one| is(one)).count();
    assert_eq!(count(|one| one.marketing_qualified().is_some()), 75);
    assert_eq!(count(|one| one.accepted().is_some()), 51);
    assert_eq!(count(|one| one.rejected().is_some()), 4);
    assert_eq!(count(|one| one.sales_qualified().is_some()), 40);
    // What became of a lead is what the deal says.
    let deals: BTreeMap<_, _> = deals()
        .into_iter()
        .map(|deal| (deal.id().clone(), deal))
        .collect();
    let converted = || leads.iter().filter_map(Lead::deal);
    assert_eq!(converted().count(), 59);
    for lead in leads.iter().filter(|lead| lead.deal().is_some()) {
        let Some(deal) = deals.get(lead.deal().unwrap()) else {
            assert_eq!(lead.deal().unwrap().as_str(), "D-999");
            continue;
        };
        assert_eq!(lead.clone().with_outcome_of(deal).unwrap(), *lead);
        assert_eq!(lead.owner(), deal.owner());
    }
}

#[test]
fn activities() {
    let (activities, errors) = sample!(ActivityColumns, "activities");
    assert_eq!(
        errors,
        [
            "line 80, column \"Type\": \"Fax\" is not declared; the words are \"Call\", \"Email\", \"Meeting\", \"Message\"",
            "line 184, column \"Minutes\": \"ten\" is no number in the format 1234.56",
        ]
    );
    assert_eq!(activities.len(), 436);
    let ids = activities
        .iter()
        .map(|activity: &Activity| activity.id().as_str());
    assert_eq!(repeated(ids), ["ACT-241"]);
    let count = |is: fn(&Activity) -> bool| activities.iter().filter(|one| is(one)).count();
    assert_eq!(count(Activity::is_inbound), 30);
    assert_eq!(count(Activity::is_callback), 18);
    assert_eq!(count(|one| one.booked().is_some()), 72);
}

#[test]
fn reps_and_quotas_make_a_roster() {
    let (reps, errors) = sample!(RepColumns, "reps");
    assert_eq!(
        errors,
        [
            "line 9, column \"Left\": \"31/08/2025\": rep R-08: left on 2025-08-31, before being hired on 2025-09-01; swap them, or leave out the end of an earlier stay",
        ]
    );
    let (quotas, errors) = sample!(QuotaColumns, "quotas");
    assert_eq!(
        errors,
        [
            "line 11, column \"Period\": \"2025-Q5\": there is no quarter 5; expected 1 to 4",
            "line 32, column \"Quota\": \"to be set\" is no number in the format 1,234.56",
        ]
    );
    let count = |is: fn(&Rep) -> bool| reps.iter().filter(|one| is(one)).count();
    assert_eq!(count(|one| one.name().is_some()), 7);
    assert_eq!(count(|one| one.manager().is_some()), 4);
    assert_eq!(
        count(|one| one.departure() == Some(Departure::Voluntary)),
        1
    );
    assert_eq!(count(|one| one.teams().count() == 2), 1);
    assert_eq!(count(|one| one.dimension("territory").is_some()), 6);
    let roster = Roster::new(reps, quotas).unwrap();
    assert_eq!((roster.reps().len(), roster.quotas().len()), (7, 29));
}

#[test]
fn contracts() {
    let (contracts, errors) = sample!(ContractColumns, "contracts");
    assert_eq!(
        errors,
        [
            "line 11, column \"End\": \"30/06/2023\": contract C-901: end is 2023-06-30, before its start on 2024-07-01",
            "line 42, column \"Billed\": \"weekly\" is not declared; the words are \"monthly\", \"quarterly\", \"yearly\"",
        ]
    );
    assert_eq!(contracts.len(), 39);
    let ids = contracts
        .iter()
        .map(|contract: &Contract| contract.id().as_str());
    assert_eq!(repeated(ids), ["C-015",]);
    let count = |is: fn(&Contract) -> bool| contracts.iter().filter(|one| is(one)).count();
    assert_eq!(count(|one| one.signed().is_some()), 37);
    assert_eq!(count(|one| one.notice().is_some()), 4);
    assert_eq!(count(|one| one.owner().is_some()), 31);
    assert_eq!(count(Contract::is_trial), 1);
    assert_eq!(count(Contract::is_auto_renewing), 10);
}

#[test]
fn spend() {
    let (spend, errors) = sample!(SpendColumns, "spend");
    assert_eq!(
        errors,
        [
            "line 33, column \"For\": \"Misc\" is not declared; the words are \"Ads\", \"Office\", \"Partner fees\", \"Referral bonus\", \"Sales pay\", \"Trade fair\", \"Travel\"",
        ]
    );
    assert_eq!(spend.len(), 31);
    let refunds = spend
        .iter()
        .filter(|spend| spend.amount().amount() < Decimal::ZERO);
    assert_eq!(refunds.count(), 1);
    assert_eq!(
        repeated(spend.iter().map(|spend: &Spend| spend.id().as_str())),
        ["S-019",]
    );
}

#[test]
fn states() {
    let (states, errors) = sample!(StateColumns, "states");
    assert_eq!(errors, [""; 0]);
    assert_eq!(states.len(), 505);
    // Two of one minute count in the order of their rows.
    let at_once = states
        .iter()
        .filter(|state| state.deal().as_str() == "D-302");
    let runs: Vec<u32> = at_once.map(sales_metrics::DealState::run).collect();
    assert!(runs.is_sorted_by(|a, b| a < b), "{runs:?}");
}

#[test]
fn work_time() {
    let (times, errors) = sample!(WorkTimeColumns, "work_time");
    assert_eq!(
        errors,
        [
            "line 43, column \"Selling Hours\": \"41\": rep R-04 on 2025-08-23: selling for 41h 00m 00s is more than working for 40h 00m 00s; it is a part of it",
            "line 92, column \"Hours\": \"32h\" is no number in the format 1234.56",
        ]
    );
    assert_eq!(times.len(), 143);
}

//! Deals at risk: the older ones.

use super::laws::any_deals;
use super::{bare, clean, lost, won};
use crate::support::day;
use proptest::prelude::*;
use sales_metrics::audit::{self, AtRisk};
use sales_metrics::chrono::Days as Step;
use sales_metrics::{Currency, Days, Deal, DealDetail, Outcome, Period, Rate, Scope, Undefined};

fn q1() -> Scope {
    Scope::new(Period::quarter(2026, 1).unwrap(), Currency::EUR)
}

fn open_since(id: &str, on: &str) -> Deal {
    Deal::new(id, day(on), Outcome::Open, Currency::EUR).unwrap()
}

fn ids(at_risk: &[AtRisk]) -> Vec<&str> {
    at_risk.iter().map(|deal| deal.deal.as_str()).collect()
}

/// Two won deals, after 10 and 20 days: percentile 75 is 17.5 days.
fn two_won() -> DealDetail {
    DealDetail::of(
        [
            bare("W-1", won("2026-01-20")),
            bare("W-2", won("2026-01-30")),
        ],
        q1(),
    )
    .unwrap()
}

#[test]
fn at_risk_is_what_is_older_than_the_percentile() {
    let deals = [
        open_since("D-13", "2026-03-13"),
        open_since("D-14", "2026-03-14"),
        open_since("D-31", "2026-03-31"),
        open_since("D-99", "2026-04-01"),
    ];
    let at = |percent: u64| {
        audit::at_risk(&deals, &two_won(), Rate::from_percent(percent).unwrap()).unwrap()
    };
    // Their ages are 18, 17, 0, and one is of tomorrow; the threshold is 10, 17, 17.5, 20.
    assert_eq!(ids(&at(0)), ["D-13", "D-14"]);
    assert_eq!(ids(&at(70)), ["D-13"]);
    assert_eq!(ids(&at(75)), ["D-13"]);
    assert_eq!(ids(&at(100)), [""; 0]);
    assert_eq!(at(75)[0].age, Days::new(18).unwrap());
    assert_eq!(
        at(75)[0].to_string(),
        "deal D-13: open for 18 days, longer than 17.5 days"
    );
}

#[test]
fn at_risk_has_the_oldest_first_and_ties_by_id() {
    let closed_since = bare("D-0", won("2026-04-02")).with_owner("ada").unwrap();
    let deals = [
        open_since("D-2", "2026-02-01"),
        open_since("D-3", "2026-01-31"),
        open_since("D-1", "2026-02-01"),
        clean("D-9", won("2026-03-31")),
        closed_since,
    ];
    let found = audit::at_risk(&deals, &two_won(), Rate::ONE).unwrap();
    assert_eq!(ids(&found), ["D-0", "D-3", "D-1", "D-2"]);
    assert_eq!(
        found[0].to_string(),
        "deal D-0 of ada: open for 80 days, longer than 20 days"
    );
    let json = serde_json::to_string(&found[..2]).unwrap();
    assert_eq!(
        json,
        r#"[{"deal":"D-0","owner":"ada","age":"80","threshold":"20"},{"deal":"D-3","age":"59","threshold":"20"}]"#
    );
    assert_eq!(
        serde_json::from_str::<Vec<AtRisk>>(&json).unwrap(),
        found[..2]
    );
}

#[test]
fn at_risk_needs_a_cycle_and_one_currency() {
    let deals = [open_since("D-1", "2026-01-01")];
    let of = |won: &[Deal]| audit::at_risk(&deals, &DealDetail::of(won, q1()).unwrap(), Rate::HALF);
    assert_eq!(of(&[]), Err(Undefined::NoWonDeals.into()));
    let unsound = bare("W-1", won("2026-01-09"));
    assert_eq!(of(&[unsound]), Err(Undefined::NoSoundCycle.into()));

    let dollars = Deal::new("D-7", day("2026-01-01"), lost("2026-01-02"), Currency::USD).unwrap();
    let error = audit::at_risk([dollars], &two_won(), Rate::HALF).unwrap_err();
    assert_eq!(
        error.to_string(),
        "deal D-7 is in USD, but EUR was asked for; convert it first, by exchange::ExchangeRates, or leave it out"
    );
}

proptest! {
    #[test]
    fn deals_at_risk_are_the_older_ones(deals in any_deals(), days in 0_u32..30) {
        let euros: Vec<&Deal> = deals.iter().filter(|deal| deal.currency() == Currency::EUR).collect();
        // One won deal, so that every percentile of the cycle is its own.
        let start = day("2026-01-01");
        let on = start + Step::new(days.into());
        let sample = Deal::new("W", start, Outcome::Won { on }, Currency::EUR).unwrap();
        let detail = DealDetail::of([sample], q1()).unwrap();
        let found = audit::at_risk(euros.iter().copied(), &detail, Rate::HALF).unwrap();
        let all = DealDetail::of(euros, q1()).unwrap();
        let older = sales_metrics::kpi::deals_older_than(&all, days);
        prop_assert_eq!(u64::try_from(found.len()).unwrap(), older);
        prop_assert!(found.windows(2).all(|pair| pair[0].age >= pair[1].age));
    }
}

//! All reps of a book, ranked by what their records prove.

use proptest::prelude::*;
use sales_metrics::scorecard::{CloseRates, ExpectedCloseRate};
use sales_metrics::{
    Book, Confidence, Currency, Deal, DealTally, Dimension, Outcome, Undefined, kpi,
};

use crate::support::{config, day, many_deals, scope, scopes};

/// So many deals won and lost by each, in the first quarter of 2026.
fn book(records: &[(Option<&str>, u32, u32)]) -> Book {
    let on = day("2026-02-20");
    let mut deals = Vec::new();
    for (rep, won, lost) in records {
        for number in 0..won + lost {
            let outcome = if number < *won {
                Outcome::Won { on }
            } else {
                Outcome::Lost { on }
            };
            let deal = Deal::new(deals.len(), day("2026-01-07"), outcome, Currency::USD).unwrap();
            deals.push(match rep {
                Some(rep) => deal.with_owner(*rep).unwrap(),
                None => deal,
            });
        }
    }
    Book::new(Currency::USD).with_deals(deals).unwrap()
}

fn rates(book: &Book, weight: u32) -> CloseRates {
    let sure = Confidence::NinetyFive;
    CloseRates::of(book, scope("2026-Q1"), &Dimension::Rep, weight, sure).unwrap()
}

fn ranks(rates: &CloseRates) -> Vec<(Option<usize>, &str)> {
    let places = rates.places().iter();
    places
        .map(|place| (place.rank, place.group.as_deref().unwrap_or("(none)")))
        .collect()
}

#[test]
fn three_of_three_do_not_outrank_sixty_of_a_hundred_however_little_the_others_weigh() {
    let book = book(&[
        (Some("ada"), 60, 40),
        (Some("ben"), 3, 0),
        (Some("eve"), 60, 140),
    ]);
    for weight in [0, 1, 5, 20, 100] {
        let found = rates(&book, weight);
        let place = |rep| ranks(&found).iter().position(|(_, name)| *name == rep);
        assert!(place("ada") < place("ben"), "{weight}");
    }
    // By the rate alone he would: the wrong answer, which weighs five deals of the others.
    let found = rates(&book, 5);
    let rate = |at: usize| found.places()[at].rate.unwrap().rate();
    assert!(rate(1) > rate(0));
}

#[test]
fn equal_ones_share_a_rank_and_those_without_a_rate_stand_last() {
    let book = book(&[
        (Some("dan"), 2, 2),
        (Some("ada"), 2, 2),
        (None, 1, 3),
        (Some("eve"), 3, 1),
    ]);
    let expected = [
        (Some(1), "eve"),
        (Some(2), "ada"),
        (Some(2), "dan"),
        (Some(4), "(none)"),
    ];
    assert_eq!(ranks(&rates(&book, 10)), expected);
}

/// Who has decided nothing is expected to do as the others, before whoever has proven less; by one's own record alone there is no rate.
#[test]
fn a_rep_without_a_decided_deal_stands_by_what_the_others_do() {
    let new = Deal::new("new", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let known = book(&[(Some("ada"), 60, 40), (Some("eve"), 2, 40)]);
    let book = known.with_deals([new.with_owner("zoe").unwrap()]).unwrap();
    let found = rates(&book, 10);
    let order = [(Some(1), "ada"), (Some(2), "zoe"), (Some(3), "eve")];
    assert_eq!(ranks(&found), order);
    let rate = found.places()[1].rate.unwrap();
    assert_eq!((rate.rate(), rate.decided()), (rate.of_others(), 0));
    let alone = [(Some(1), "ada"), (Some(2), "eve"), (None, "zoe")];
    assert_eq!(ranks(&rates(&book, 0)), alone);
}

#[test]
fn a_rep_alone_has_no_others() {
    let alone = rates(&book(&[(Some("ada"), 3, 1)]), 10);
    assert_eq!(alone.places()[0].rate, Err(Undefined::NobodyElseDecided));
    assert_eq!(ranks(&alone), [(None, "ada")]);
    let text = alone.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "expected close rate by rep, 2026-Q1",
            "               95% sure  n",
            "  –  ada  – ¹",
            "",
            "the others' record weighs as much as 10 deals",
            "",
            "¹ none of the others' deals was won or lost",
        ]
    );
    assert_eq!(
        serde_json::to_value(&alone).unwrap(),
        serde_json::json!({
            "scope": scope("2026-Q1"), "by": "rep", "weight": 10, "confidence": "ninety_five",
            "places": [{
                "rank": null, "group": "ada",
                "undefined": "nobody_else_decided", "reason": "none of the others' deals was won or lost",
            }],
        })
    );
}

#[test]
fn its_json_has_the_rate_and_the_interval() {
    let found = rates(&book(&[(Some("ada"), 2, 2), (Some("ben"), 4, 4)]), 4);
    let json = serde_json::to_value(&found).unwrap();
    let best = &found.places()[0];
    assert_eq!(
        json["places"][0],
        serde_json::json!({
            "rank": 1, "group": "ben",
            "rate": {"rate": "0.5", "won": 4, "lost": 4, "of_others": "0.5", "weight": 4},
            "interval": best.interval.unwrap(),
        })
    );
}

proptest! {
    #![proptest_config(config(100))]

    /// Each is what it is one by one, and the order is that of the low ends.
    #[test]
    fn each_is_the_rate_among_all_the_others(deals in many_deals(), scope in scopes(), weight in 0_u32..50) {
        let book = Book::new(scope.currency()).with_deals(deals.clone()).unwrap();
        let sure = Confidence::Ninety;
        let Ok(found) = CloseRates::of(&book, scope, &Dimension::Rep, weight, sure) else {
            // Nobody owns a deal.
            prop_assert!(deals.iter().all(|deal| deal.owner().is_none()));
            return Ok(());
        };
        let team = DealTally::of(&deals, scope).unwrap();
        let reps = DealTally::by(&deals, scope, |deal| deal.owner().map(|rep| rep.as_str())).unwrap();
        prop_assert_eq!(found.places().len(), reps.len());
        for place in found.places() {
            let one = ExpectedCloseRate::of(&reps[&place.group.as_deref()], &team, weight);
            prop_assert_eq!(place.rate, one.map_err(|error| error.undefined().unwrap()));
            prop_assert_eq!(place.interval.is_ok(), place.rank.is_some());
            if weight == 0 {
                let plain = kpi::win_rate(&reps[&place.group.as_deref()]);
                prop_assert_eq!(place.rate.map(|rate| rate.rate()), plain);
            }
        }
        for pair in found.places().windows(2) {
            let low = |at: usize| pair[at].interval.ok().map(|interval| *interval.low());
            prop_assert!(low(0) >= low(1));
            prop_assert_eq!(pair[0].rank == pair[1].rank, low(0) == low(1));
        }
    }
}

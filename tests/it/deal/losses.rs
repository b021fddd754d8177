//! What deals were lost for: laws, and a second way from the catalogue's words.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sales_metrics::{Currency, Deal, LossTally, Outcome, Scope, Undefined, kpi};

use crate::laws::{laws, money_laws};
use crate::support::{MOST, Q, Raw, build, config, day, exact, many_odd, q, scope, scopes};

const REASONS: [Option<&str>; 4] = [None, Some("price"), Some("duplicate"), Some("Price")];

fn reason_of(n: usize, turn: usize) -> Option<&'static str> {
    REASONS[(n + turn) % REASONS.len()]
}

/// Deals of which the lost ones have a reason or none.
fn with_reasons(raw: &[Raw], turn: usize) -> Vec<Deal> {
    let numbered = build(raw).into_iter().enumerate();
    let with = numbered.map(|(n, deal)| match (deal.outcome(), reason_of(n, turn)) {
        (Outcome::Lost { .. }, Some(reason)) => deal.with_loss_reason(reason).unwrap(),
        _ => deal,
    });
    with.collect()
}

fn explained() -> impl Strategy<Value = Vec<Deal>> + Clone {
    (many_odd(), 0..REASONS.len()).prop_map(|(raw, turn)| with_reasons(&raw, turn))
}

fn owner(deal: &Deal) -> Option<&str> {
    deal.owner().map(AsRef::as_ref)
}

fn foreign_deal() -> (Deal, String) {
    let on = day("2024-02-29");
    let raw = Raw::new("2024-01-31", Outcome::Lost { on });
    let deal = raw.deal("F-1", Currency::EUR).with_loss_reason("price");
    (deal.unwrap(), "deal F-1".to_owned())
}

/// 10¹⁴ at 100 %: 79,228 of them fit in 96 bits of units of 10⁻¹⁰.
fn heavy_deal() -> (Deal, Scope, usize) {
    let mut raw = Raw::new("2024-01-31", Outcome::Open);
    (raw.amount, raw.probability) = (Some(MOST), Some(1_000_000));
    (raw.deal("H-1", Currency::USD), scope("2024-Q1"), 79_228)
}

laws!(loss_tally: LossTally {
    records: explained(), view: core::convert::identity => Scope, key: owner,
});
money_laws!(money_of_loss_tally: LossTally {
    records: explained(), key: owner, foreign: foreign_deal(), heavy: heavy_deal(),
});

/// The names of what is recomputed here.
pub(crate) fn recomputed() -> [String; 2] {
    ["loss_reasons", "win_rate_without"].map(str::to_owned)
}

/// How many, how many of them without an amount, and what the others add up to.
type Count = (u64, u64, Q);

fn add((count, unpriced, sum): &mut Count, deal: &Raw) {
    let amount = deal.amount.filter(|_| !deal.is_negative);
    *count += 1;
    *unpriced += u64::from(amount.is_none());
    *sum += q(amount.unwrap_or_default(), 10_000);
}

fn none() -> Count {
    (0, 0, q(0, 1))
}

fn counted(volume: sales_metrics::Volume) -> Count {
    let amount = match volume.amount() {
        Ok(amount) => exact(amount.amount()),
        Err(reason) => {
            assert_eq!(reason, Undefined::NothingPriced);
            assert_eq!(volume.unpriced(), volume.count());
            q(0, 1)
        }
    };
    (volume.count(), volume.unpriced(), amount)
}

fn happened(scope: Scope, on: chrono::NaiveDate) -> bool {
    let period = scope.period();
    period.start() <= on && on < period.end() && on <= scope.as_of_day()
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn reasons_agree_with_the_oracle(raw in many_odd(), turn in 0..REASONS.len(), scope in scopes()) {
        let losses = LossTally::of(with_reasons(&raw, turn), scope).unwrap();
        let (mut by_reason, mut without, mut won) = (BTreeMap::new(), none(), 0);
        for (n, deal) in raw.iter().enumerate() {
            match (deal.outcome, reason_of(n, turn)) {
                (Outcome::Lost { on }, reason) if happened(scope, on) => match reason {
                    Some(reason) => add(by_reason.entry(reason).or_insert_with(none), deal),
                    None => add(&mut without, deal),
                },
                // Rule 11: one of a negative amount is a credit.
                (Outcome::Won { on }, _) if happened(scope, on) => won += u64::from(!deal.is_negative),
                _ => {}
            }
        }
        let known: u64 = by_reason.values().map(|(count, ..)| count).sum();
        match kpi::loss_reasons(&losses) {
            Err(reason) => {
                prop_assert_eq!(reason, Undefined::NoLostDeals);
                prop_assert_eq!(known + without.0, 0);
            }
            Ok(table) => {
                prop_assert!(known + without.0 > 0);
                let rows = table.reasons();
                prop_assert!(rows.is_sorted_by_key(|row| (core::cmp::Reverse(row.lost.count()), row.reason.clone())));
                let found: BTreeMap<&str, Count> = rows.iter().map(|row| (row.reason.as_str(), counted(row.lost))).collect();
                prop_assert_eq!(&found, &by_reason);
                prop_assert_eq!(counted(table.without_reason()), without.clone());
                for row in rows {
                    let off = exact(row.share.fraction()) - q(row.lost.count(), known);
                    prop_assert!(off.clone() * off <= crate::support::tiny(54));
                }
            }
        }
        let all = known + without.0;
        for left_out in [&[][..], &["price"], &["price", "duplicate", "price"], &["parked"]] {
            let of = |reason: &str| by_reason.get(reason).map_or(0, |(count, ..)| *count);
            let out = match left_out.len() { 0 => 0, 3 => of("price") + of("duplicate"), _ => of(left_out[0]) };
            prop_assert_eq!(losses.lost_for(left_out).count, out);
            let decided = won + all - out;
            match kpi::win_rate_without(&losses, left_out) {
                Ok(rate) => {
                    let off = exact(rate.fraction()) - q(won, decided);
                    prop_assert!(off.clone() * off <= crate::support::tiny(54));
                }
                Err(reason) => prop_assert_eq!((reason, decided), (Undefined::NoDecidedDeals, 0)),
            }
        }
        prop_assert_eq!(kpi::win_rate_without(&losses, &[]), kpi::win_rate(losses.tally()));
    }
}

#[test]
fn the_wire_format_and_what_is_refused() {
    let mut raw = Raw::new(
        "2024-01-31",
        Outcome::Lost {
            on: day("2024-02-29"),
        },
    );
    raw.amount = Some(15_000);
    let deal = raw.deal("D-1", Currency::USD).with_loss_reason("price");
    let losses = LossTally::of([deal.unwrap()], scope("2024-Q1")).unwrap();
    let json = serde_json::to_string(&losses).unwrap();
    let one = r#""reasons":{"price":{"count":1,"priced":1,"amount":"1.5"}}"#;
    assert!(json.ends_with(&format!("{one}}}")), "{json}");
    assert_eq!(serde_json::from_str::<LossTally>(&json).unwrap(), losses);
    let rule = "deals that were lost for a reason are some of those that its tally counts as lost";
    for other in [
        r#""reasons":{"price":{"count":2,"priced":1,"amount":"1.5"}}"#,
        r#""reasons":{"price":{"count":1,"priced":1,"amount":"1.6"}}"#,
        r#""reasons":{"price":{"count":0,"priced":0,"amount":"0"}}"#,
        r#""reasons":{"price":{"count":1,"priced":0,"amount":"1.5"}}"#,
        r#""reasons":{"price":{"count":18446744073709551615,"priced":0,"amount":"0"}}"#,
        r#""reasons":{"a":{"count":1,"priced":1,"amount":"1"},"b":{"count":1,"priced":0,"amount":"0"}}"#,
    ] {
        let text = json.replacen(one, other, 1);
        assert_ne!(text, json);
        let refused = serde_json::from_str::<LossTally>(&text).unwrap_err();
        assert!(refused.to_string().contains(rule), "{other}: {refused}");
    }
}

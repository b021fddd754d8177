//! What a deal says beside its dates and amounts: its kind, who found it, how sure the rep is, and who shares it.

use sales_metrics::{
    Currency, Deal, DealKind, DealTally, ErrorKind, ForecastCategory, Origin, Outcome, Rate,
};

use crate::support::{complaint, day, scope};

fn deal() -> Deal {
    Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap()
}

fn percent(text: &str) -> Rate {
    format!("{text}%").parse().unwrap()
}

fn shared(owners: &[(&str, &str)]) -> Result<Deal, sales_metrics::Error> {
    let owners = owners.iter().map(|(rep, share)| (*rep, percent(share)));
    deal().with_owners(owners)
}

/// As text, for comparing.
fn owners(deal: &Deal) -> String {
    let each = deal.owners().map(|(rep, share)| format!("{rep} {share}"));
    each.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_deal_says_what_it_is() {
    let bare = deal();
    assert_eq!(
        (bare.kind(), bare.origin(), bare.forecast_category()),
        (None, None, None)
    );
    let said = bare
        .with_kind(DealKind::Expansion)
        .with_origin(Origin::Partner)
        .with_forecast_category(ForecastCategory::BestCase);
    assert_eq!(said.kind(), Some(DealKind::Expansion));
    assert_eq!(said.origin(), Some(Origin::Partner));
    assert_eq!(said.forecast_category(), Some(ForecastCategory::BestCase));
    let by_kind = DealTally::by([&said, &deal()], scope("2026-Q1"), Deal::kind).unwrap();
    assert_eq!(
        by_kind.into_keys().collect::<Vec<_>>(),
        [None, Some(DealKind::Expansion)]
    );
}

#[test]
fn the_first_of_several_owners_owns_it() {
    assert_eq!(owners(&deal()), "");
    let alone = deal().with_owner("ada").unwrap();
    assert_eq!(owners(&alone), "ada 100%");
    let three = shared(&[("cleo", "33.34"), ("ada", "33.33"), ("ben", "33.33")]).unwrap();
    assert_eq!(three.owner().unwrap().as_str(), "cleo");
    assert_eq!(owners(&three), "cleo 33.34%, ada 33.33%, ben 33.33%");
    let fine = shared(&[("ada", "99.9999"), ("ben", "0.0001")]).unwrap();
    assert_eq!(owners(&fine), "ada 99.9999%, ben 0.0001%");
    // Who owns all of it owns it alone.
    assert_eq!(shared(&[("ada", "100")]).unwrap(), alone);
    // What was given last holds, and leaves no trace of what was before.
    let again = three.clone().with_owner("ada").unwrap();
    assert_eq!(again, alone);
    let stage = three.with_stage("demo").unwrap().with_owner("ada").unwrap();
    assert_eq!(stage, alone.clone().with_stage("demo").unwrap());
    let both = alone.with_owners([("ben", Rate::HALF), ("ada", Rate::HALF)]);
    assert_eq!(owners(&both.unwrap()), "ben 50%, ada 50%");
}

#[test]
fn shares_make_a_whole() {
    let refused = |shares: &[(&str, &str)], kind, problem: &str| {
        let expected = (kind, format!("deal D-1: {problem}"));
        assert_eq!(complaint(shared(shares)), expected);
    };
    let not_whole =
        |sum| format!("the shares of its owners add up to {sum}, but must add up to 1 (100%)");
    let kind = ErrorKind::SharesNotWhole;
    refused(&[], kind, &not_whole("0"));
    refused(&[("ada", "60")], kind, &not_whole("0.6"));
    refused(
        &[("ada", "60"), ("ben", "39.9999")],
        kind,
        &not_whole("0.999999"),
    );
    refused(
        &[("ada", "60"), ("ben", "40.0001")],
        kind,
        &not_whole("1.000001"),
    );
    refused(&[("ada", "100"), ("ben", "100")], kind, &not_whole("2"));
    refused(
        &[("ada", "100"), ("ben", "0")],
        ErrorKind::ZeroShare,
        "owners is 0%, but must be above 0%",
    );
    refused(
        &[("ada", "60"), ("ben", "20"), ("ada", "20")],
        ErrorKind::Contradiction,
        "one rep has two shares of it; add them up",
    );
    refused(
        &[("ada", "33.33333"), ("ben", "66.66667")],
        ErrorKind::TooManyDecimals,
        "owners is 0.3333333, but at most 6 decimals are kept; round it first",
    );
    assert_eq!(complaint(shared(&[("", "100")])).0, ErrorKind::InvalidId);
}

const SHARED: &str = r#"{"id":"D-1","currency":"USD","created":"2026-01-07","status":"open","owners":[{"rep":"ben","share":"0.7"},{"rep":"ada","share":"0.3"}],"stage":"demo","kind":"renewal","origin":"partner","forecast_category":"best_case"}"#;

#[test]
fn it_goes_through_json_and_back() {
    let deal = shared(&[("ben", "70"), ("ada", "30")])
        .and_then(|deal| deal.with_stage("demo"))
        .unwrap()
        .with_kind(DealKind::Renewal)
        .with_origin(Origin::Partner)
        .with_forecast_category(ForecastCategory::BestCase);
    assert_eq!(serde_json::to_string(&deal).unwrap(), SHARED);
    assert_eq!(serde_json::from_str::<Deal>(SHARED).unwrap(), deal);
    for (old, new, because) in [
        (
            r#""0.3""#,
            r#""0.4""#,
            "the shares of its owners add up to 1.1",
        ),
        (r#""0.3""#, "0.3", "not exact"),
        (r#""rep":"ada""#, r#""rep":"ben""#, "one rep has two shares"),
        (r#""rep":"ada""#, r#""who":"ada""#, "unknown field"),
        (
            r#""owners""#,
            r#""owner":"ben","owners""#,
            "it has one owner, and owners with shares",
        ),
        (r#""renewal""#, r#""Renewal""#, "unknown variant"),
        (r#""best_case""#, r#""closed""#, "unknown variant"),
        (r#""partner""#, r#""friend""#, "unknown variant"),
    ] {
        let text = SHARED.replacen(old, new, 1);
        let error = serde_json::from_str::<Deal>(&text).unwrap_err().to_string();
        assert!(error.contains(because), "{text}: {error}");
    }
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect::<Vec<_>>()
    };
    let kinds = [DealKind::New, DealKind::Expansion, DealKind::Renewal];
    let written = kinds.map(|kind| serde_json::to_string(&kind).unwrap());
    assert_eq!(written.to_vec(), words(&["new", "expansion", "renewal"]));
    let categories = [
        ForecastCategory::Commit,
        ForecastCategory::BestCase,
        ForecastCategory::Pipeline,
        ForecastCategory::Omitted,
    ];
    let written = categories.map(|category| serde_json::to_string(&category).unwrap());
    assert_eq!(
        written.to_vec(),
        words(&["commit", "best_case", "pipeline", "omitted"])
    );
}

/// No figure reads them yet: an owner by name owns all of it.
#[test]
fn shares_change_no_tally() {
    let won = |id: &str| {
        let on = day("2026-02-01");
        Deal::new(id, day("2026-01-07"), Outcome::Won { on }, Currency::USD)
            .and_then(|deal| deal.with_amount(100))
            .unwrap()
    };
    let plain = won("D-1").with_owner("ada").unwrap();
    let shared = won("D-1")
        .with_owners([("ada", Rate::HALF), ("ben", Rate::HALF)])
        .unwrap()
        .with_kind(DealKind::New);
    let by_owner = |deal: &Deal| {
        let tallies = DealTally::by([deal], scope("2026-Q1"), |deal| deal.owner().cloned());
        serde_json::to_string(&tallies.unwrap().into_values().collect::<Vec<_>>()).unwrap()
    };
    assert_eq!(by_owner(&shared), by_owner(&plain));
}

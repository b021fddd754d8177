//! What the catalog says of itself, and how a KPI is found in it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::ErrorKind;
use sales_metrics::report::{Kpi, catalog, find, starter_set};

use crate::{docs, support::config};

fn texts(kpi: &Kpi) -> impl Iterator<Item = &str> {
    let texts = [
        Some(kpi.name()),
        Some(kpi.label()),
        kpi.abbreviation(),
        kpi.question(),
    ];
    texts.into_iter().flatten()
}

#[test]
fn every_entry_says_what_it_is() {
    for kpi in catalog() {
        let name = kpi.name();
        assert!(!kpi.label().contains('_'), "{name}");
        let words = |text: &str| text.to_lowercase().replace('-', " ");
        let is_spelled_out = words(kpi.label()) == words(&name.replace('_', " "));
        assert!(is_spelled_out || ["arr", "mrr"].contains(&name), "{name}");
        assert!(
            kpi.question().is_some() && kpi.formula().is_some(),
            "{name}"
        );
        assert_eq!(kpi.least_sample(), None, "{name}");
    }
    let short = |name: &str| find(name).unwrap().abbreviation();
    let expected = [
        ("net_revenue_retention", Some("NRR")),
        ("gross_revenue_retention", Some("GRR")),
        ("customer_acquisition_cost", Some("CAC")),
        ("annual_contract_value", Some("ACV")),
        ("average_revenue_per_account", Some("ARPA")),
        ("customer_lifetime_value", Some("CLV")),
        ("margin_lifetime_value", Some("LTV")),
        ("mrr", Some("MRR")),
        ("arr", Some("ARR")),
        ("win_rate", None),
    ];
    for (name, abbreviation) in expected {
        assert_eq!(short(name), abbreviation, "{name}");
    }
}

/// By none of its texts another is found.
#[test]
fn every_text_finds_its_own_kpi_in_any_writing() {
    for kpi in catalog() {
        for text in texts(kpi) {
            let writings = [
                text.to_owned(),
                text.to_uppercase(),
                text.to_lowercase(),
                text.replace(['_', '-'], " "),
                text.replace([' ', '_'], "-"),
                format!(" {text}\n"),
            ];
            for writing in writings {
                assert_eq!(find(&writing).unwrap().name(), kpi.name(), "{writing}");
            }
        }
    }
}

#[test]
fn a_wrong_name_is_told_the_nearest() {
    let said = |text: &str| find(text).unwrap_err().to_string();
    for (text, nearest) in [
        ("win_rat", "win_rate"),
        ("winrate", "win_rate"),
        ("Wn rate", "win_rate"),
        ("NRRR", "net_revenue_retention"),
        ("customer aquisition cost", "customer_acquisition_cost"),
        ("monthly recuring revenue", "mrr"),
        ("churn", "churn_rate"),
        ("Retention", "retention_rate"),
        ("What do customers pay a yeer?", "arr"),
    ] {
        let expected = format!("no KPI is called \"{text}\"; the nearest is {nearest}");
        assert_eq!(said(text), expected);
        assert_eq!(find(text).unwrap_err().kind(), ErrorKind::UnknownKpi);
    }
}

/// Somebody who asks for it is not sent to another KPI that is called much like it.
#[test]
fn a_function_that_no_report_has_is_named() {
    let said = |text: &str| find(text).unwrap_err().to_string();
    for name in docs::OUTSIDE_OF_THE_CATALOG {
        for text in [name.to_owned(), name.replace('_', " ").to_uppercase()] {
            let expected = format!("no report has \"{text}\"; call kpi::{name} itself");
            assert_eq!(said(&text), expected);
            assert_eq!(find(&text).unwrap_err().kind(), ErrorKind::UnknownKpi);
        }
    }
    assert_eq!(
        said("stale_pipelin"),
        "no KPI is called \"stale_pipelin\"; the nearest is kpi::stale_pipeline, which no report has"
    );
}

#[test]
fn what_is_like_no_name_has_no_nearest() {
    let hint = "report::catalog() lists them all";
    let long = "win_rate".repeat(100_000);
    for text in ["", " ", "_", "x", "weather", "\u{0}", "удержание", &long] {
        let error = find(text).unwrap_err().to_string();
        assert!(error.ends_with(hint) && error.len() < 150, "{error}");
    }
}

#[test]
fn the_starter_set_is_of_seven() {
    let names: BTreeSet<&str> = starter_set().iter().map(Kpi::name).collect();
    assert_eq!(names.len(), 7);
}

#[test]
fn the_catalog_as_json() {
    let retention = serde_json::to_string(find("NRR").unwrap()).unwrap();
    let expected = [
        r#"{"name":"net_revenue_retention","label":"net revenue retention","abbreviation":"NRR","#,
        r#""question":"How much of the recurring revenue is there, with what customers pay more?","#,
        r#""formula":"Σ at the end / Σ at the start, over the customers at the start whose fees are known","#,
        r#""family":"recurring","unit":"percent","better":"up","timing":"lagging","needs":["contracts"]}"#,
    ];
    assert_eq!(retention, expected.concat());
    let json = serde_json::to_value(catalog()).unwrap();
    let entries = json.as_array().unwrap();
    assert_eq!(entries.len(), catalog().len());
    for (json, kpi) in entries.iter().zip(catalog()) {
        let text = |key: &str| json[key].as_str();
        assert_eq!(text("name"), Some(kpi.name()));
        assert_eq!(text("label"), Some(kpi.label()));
        assert_eq!(text("abbreviation"), kpi.abbreviation());
        assert_eq!(text("question"), kpi.question());
        assert_eq!(text("formula"), kpi.formula());
        assert_eq!(text("family"), Some(kpi.family().name()));
        assert_eq!(text("timing"), Some(kpi.timing().name()));
        assert_eq!(json["needs"], serde_json::to_value(kpi.needs()).unwrap());
        let keys = json.as_object().unwrap().len();
        assert_eq!(keys, 9 + usize::from(kpi.abbreviation().is_some()));
    }
}

proptest! {
    #![proptest_config(config(256))]

    /// One slip in a long name is found out.
    #[test]
    fn one_wrong_letter_is_no_riddle(
        kpi in select(catalog()), at in any::<prop::sample::Index>(), letter in "[a-z ]", slip in 0..3_u8,
    ) {
        let mut letters: Vec<String> = kpi.name().chars().map(String::from).collect();
        let at = at.index(letters.len());
        match slip {
            0 => { letters.remove(at); }
            1 => letters[at] = letter,
            _ => letters.insert(at, letter),
        }
        let text = letters.concat();
        let found = match find(&text) {
            Ok(found) => found.name().to_owned(),
            Err(error) => error.to_string().rsplit(' ').next().unwrap().to_owned(),
        };
        // Names that are a letter apart, such as `arr` and `mrr`, are as near as each other.
        prop_assert!(found == kpi.name() || kpi.name().len() < 8, "{text}: {found}");
    }

    #[test]
    fn any_text_is_answered(text in ".{0,120}") {
        if let Err(error) = find(&text) {
            prop_assert_eq!(error.kind(), ErrorKind::UnknownKpi);
        }
    }
}

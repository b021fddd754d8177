//! Leads as records: what they take, what they refuse, and their JSON.

use proptest::prelude::*;
use sales_metrics::tally::LeadTotals;
use sales_metrics::{
    Book, Currency, Deal, Lead, LeadDetail, LeadScope, LeadTally, Origin, Outcome, When,
};
use serde_json::{Value, json};

use super::{RawLead, at, build, calendar, many_leads};
use crate::support::{broken, complaint, config, day, scope};

fn lead() -> Lead {
    Lead::new("L-1", at("2026-03-06T18:30:00+01:00")).unwrap()
}

fn deal(id: &str, outcome: Outcome) -> Deal {
    Deal::new(id, day("2026-03-12"), outcome, Currency::USD).unwrap()
}

#[test]
fn the_first_touch_is_the_earliest_of_all() {
    let [early, middle, late] =
        ["07", "08", "09"].map(|d| When::from(at(&format!("2026-03-{d}T08:00:00Z"))));
    let attempts = lead()
        .with_attempt(late)
        .and_then(|l| l.with_attempt(middle))
        .unwrap();
    assert_eq!(attempts.first_touch(), Some(middle));
    assert_eq!(attempts.attempts().collect::<Vec<_>>(), [middle, late]);
    let earlier = attempts.clone().with_first_touch(early).unwrap();
    assert_eq!(
        (earlier.first_touch(), earlier.attempts().len()),
        (Some(early), 2)
    );
    assert_eq!(
        attempts.with_first_touch(late).unwrap().first_touch(),
        Some(middle)
    );
    assert_eq!(lead().first_touch(), None);
}

/// Instants are kept as they are written, to the microsecond.
#[test]
fn instants_keep_their_place_and_lose_nanoseconds() {
    let lead = Lead::new("L-1", at("2026-03-06T18:30:00.123456789-05:00")).unwrap();
    assert_eq!(
        lead.arrived().to_string(),
        "2026-03-06T18:30:00.123456-05:00"
    );
}

/// An offset of seconds cannot be written; the instant is what counts.
#[test]
fn an_odd_offset_leaves_the_instant_alone() {
    let amsterdam = chrono::FixedOffset::east_opt(1_172).unwrap();
    let arrived = at("2026-03-06T18:30:00Z").with_timezone(&amsterdam);
    let lead = Lead::new("L-1", arrived).unwrap();
    assert_eq!(lead.arrived(), arrived.into());
    let text = serde_json::to_string(&lead).unwrap();
    let back: Lead = serde_json::from_str(&text).unwrap();
    assert_eq!((back.arrived(), &back), (arrived.into(), &lead));
}

#[test]
fn a_deal_tells_what_became_of_its_lead() {
    let won = Outcome::Won {
        on: day("2026-04-02"),
    };
    let told = lead().with_outcome_of(&deal("D-1", won)).unwrap();
    assert_eq!(told.deal().unwrap().as_str(), "D-1");
    assert_eq!(
        (told.converted(), told.won()),
        (Some(day("2026-03-12")), Some(day("2026-04-02")))
    );
    // A deal that closed before it was created exists from its close on.
    let early = |on| {
        let told = lead().with_outcome_of(&deal("D-1", on)).unwrap();
        (told.converted(), told.won())
    };
    let on = day("2026-03-11");
    assert_eq!(early(Outcome::Won { on }), (Some(on), Some(on)));
    assert_eq!(early(Outcome::Disqualified { on }), (Some(on), None));
    let open = (Some(day("2026-03-12")), None);
    assert_eq!(early(Outcome::Open), open);
    // A day that is given already holds, and what is no longer won is not won.
    let known = lead().with_conversion("D-1", day("2026-03-10")).unwrap();
    let told = known.clone().with_outcome_of(&deal("D-1", won)).unwrap();
    assert_eq!(
        (told.converted(), told.won()),
        (Some(day("2026-03-10")), Some(day("2026-04-02")))
    );
    let lost = Outcome::Lost {
        on: day("2026-04-02"),
    };
    let told = told.with_outcome_of(&deal("D-1", lost)).unwrap();
    assert_eq!(
        (told.converted(), told.won()),
        (Some(day("2026-03-10")), None)
    );

    let refused = known
        .clone()
        .with_outcome_of(&deal("D-2", won))
        .unwrap_err();
    let text = "lead L-1: it became deal D-1 already, so it cannot become deal D-2";
    assert_eq!(refused.to_string(), text);
    assert_eq!(
        known
            .clone()
            .with_conversion("D-2", day("2026-03-10"))
            .unwrap_err()
            .to_string(),
        text
    );
    // The same deal again is no other deal.
    let again = known.with_conversion("D-1", day("2026-03-11")).unwrap();
    assert_eq!(again.converted(), Some(day("2026-03-11")));
}

/// By a date, by a deal, by a yes: whatever is known of a conversion is kept, in whatever order it is given.
#[test]
fn a_conversion_is_as_much_as_is_known_of_it() {
    let on = day("2026-03-10");
    let known = lead().with_conversion("D-1", on).unwrap();
    let dated = lead().with_converted(on).unwrap();
    let to_deal = lead().with_deal("D-1").unwrap();
    let yes = lead().with_undated_conversion();
    let of = |lead: &Lead| (lead.is_converted(), lead.converted(), lead.deal().is_some());
    assert_eq!(of(&lead()), (false, None, false));
    assert_eq!(of(&known), (true, Some(on), true));
    assert_eq!(of(&dated), (true, Some(on), false));
    assert_eq!(of(&to_deal), (true, None, true));
    assert_eq!(of(&yes), (true, None, false));
    for part in [&dated, &to_deal, &yes] {
        let all = part.clone().with_undated_conversion();
        let all = all
            .with_deal("D-1")
            .and_then(|lead| lead.with_converted(on));
        assert_eq!(all.as_ref(), Ok(&known));
        let all = all.unwrap().with_deal("D-1").unwrap();
        assert_eq!(all.with_undated_conversion(), known);
    }
    let error = to_deal.clone().with_deal("D-2").unwrap_err();
    let elsewhere = "lead L-1: it became deal D-1 already, so it cannot become deal D-2";
    assert_eq!(error.to_string(), elsewhere);

    let given_up = lead().with_undated_disqualification();
    assert!(given_up.is_disqualified() && given_up.disqualified().is_none());
    let later = given_up.clone().with_disqualified(on).unwrap();
    assert_eq!(later.disqualified(), Some(on));
    assert_eq!(later.clone().with_undated_disqualification(), later);

    let least = r#"{"id":"L-1","arrived":"2026-03-06T18:30:00+01:00""#;
    for (lead, more) in [
        (dated, r#","converted":"2026-03-10""#),
        (to_deal.clone(), r#","deal":"D-1","converted":true"#),
        (yes, r#","converted":true"#),
        (given_up, r#","disqualified":true"#),
    ] {
        let json = format!("{least}{more}}}");
        assert_eq!(serde_json::to_string(&lead).unwrap(), json);
        assert_eq!(serde_json::from_str::<Lead>(&json).unwrap(), lead);
    }
    let deal_alone = format!(r#"{least},"deal":"D-1"}}"#);
    assert_eq!(serde_json::from_str::<Lead>(&deal_alone).unwrap(), to_deal);
}

/// The deal has the day; where it has none, nobody knows it.
#[test]
fn a_deal_dates_its_leads_conversion() {
    let won = Outcome::Won {
        on: day("2026-04-02"),
    };
    let deals = [
        deal("D-1", won),
        Deal::new("D-2", None, Outcome::Open, Currency::USD).unwrap(),
    ];
    let leads = ["D-1", "D-2", "D-3"].map(|id| {
        let lead = Lead::new(id.replace('D', "L"), day("2026-03-06"));
        lead.and_then(|lead| lead.with_deal(id)).unwrap()
    });
    let book = Book::new(Currency::USD)
        .with_leads(leads)
        .and_then(|book| book.with_deals(deals))
        .unwrap();
    let told: Vec<_> = book
        .leads()
        .iter()
        .map(|lead| (lead.is_converted(), lead.converted(), lead.won()))
        .collect();
    let dated = (true, Some(day("2026-03-12")), Some(day("2026-04-02")));
    assert_eq!(told, [dated, (true, None, None), (true, None, None)]);
}

/// It is so from whatever day one looks, and the totals say of how many.
#[test]
fn what_is_undated_is_so_on_every_day() {
    let leads = [
        lead().with_undated_conversion(),
        lead().with_undated_disqualification(),
        lead().with_converted(day("2026-05-01")).unwrap(),
        lead(),
    ];
    for as_of in ["2026-03-06", "2026-03-31", "2026-12-31"] {
        let scope = scope("2026-Q1").as_of(day(as_of)).unwrap();
        let totals = *LeadTally::of(&leads, scope).unwrap().totals();
        let later = u64::from(as_of > "2026-05-01");
        assert_eq!(totals.converted(), Ok(1 + later));
        assert_eq!(totals.disqualified(), Ok(1));
        assert_eq!(totals.converted_undated(), Ok(1));
        assert_eq!(totals.disqualified_undated(), Ok(1));
        assert_eq!(
            (totals.open(), totals.cohort_open()),
            (Ok(2), Ok(2 - later))
        );
    }
    // Nobody knows how long it had waited when it was given up.
    let given_up = LeadDetail::of([&leads[1]], scope("2026-Q1")).unwrap();
    let hour = sales_metrics::Length::hours(1);
    assert_eq!((given_up.given_up_before(hour), given_up.due(hour)), (1, 0));
}

#[test]
fn what_is_wrong_is_named() {
    let cases = [
        (
            Lead::new("", at("2026-03-06T18:30:00Z")),
            "lead id \"\" is empty",
        ),
        (
            Lead::new("L-1", at("1899-12-31T23:30:00-01:00")),
            "lead L-1: arrived: 1899-12-31 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_assigned(at("1899-12-31T23:30:00Z")),
            "lead L-1: assigned: 1899-12-31 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_first_touch(at("3000-01-01T00:00:00Z")),
            "lead L-1: first touch: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_attempt(at("3000-01-01T00:00:00Z")),
            "lead L-1: attempt: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_qualified(day("3000-01-01")),
            "lead L-1: qualified: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_conversion("D-1", day("3000-01-01")),
            "lead L-1: converted: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_disqualified(day("3000-01-01")),
            "lead L-1: disqualified: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            lead()
                .with_conversion("D-1", day("2026-03-10"))
                .and_then(|l| l.with_won(day("3000-01-01"))),
            "lead L-1: won: 3000-01-01 is outside of the supported years 1900 to 2999",
        ),
        (
            lead().with_won(day("2026-03-10")),
            "lead L-1: it was won, but not converted; give its conversion, too",
        ),
        (
            lead().with_fit(101),
            "lead L-1: fit is 101, but must be from 0 to 100 points",
        ),
        (
            lead().with_interest(255),
            "lead L-1: interest is 255, but must be from 0 to 100 points",
        ),
        (
            lead().with_source(" web"),
            "lead L-1: source \" web\" begins or ends with white space; trim it first",
        ),
        (lead().with_owner(""), "lead L-1: owner \"\" is empty"),
    ];
    for (result, text) in cases {
        assert_eq!(result.unwrap_err().to_string(), text);
    }
}

/// What is odd but possible is taken as it is.
#[test]
fn odd_orders_are_no_errors() {
    let odd = lead()
        .with_first_touch(at("2020-01-01T00:00:00Z"))
        .and_then(|l| l.with_assigned(at("2019-01-01T00:00:00Z")))
        .and_then(|l| l.with_marketing_qualified(day("2018-04-01")))
        .and_then(|l| l.with_accepted(day("2018-03-01")))
        .and_then(|l| l.with_rejected(day("2018-03-01")))
        .and_then(|l| l.with_sales_qualified(day("2018-02-01")))
        .and_then(|l| l.with_qualified(day("2018-01-01")))
        .and_then(|l| l.with_conversion("D-1", day("2017-01-01")))
        .and_then(|l| l.with_won(day("2016-01-01")))
        .and_then(|l| l.with_disqualified(day("2015-01-01")));
    assert!(odd.is_ok());
}

fn full() -> (Lead, Value) {
    let lead = lead()
        .with_assigned(at("2026-03-06T18:31:00+01:00"))
        .and_then(|l| l.with_attempt(at("2026-03-10T09:00:00+01:00")))
        .and_then(|l| l.with_attempt(at("2026-03-09T09:00:00.5+01:00")))
        .and_then(|l| l.with_first_touch(at("2026-03-09T08:10:00+01:00")))
        .and_then(|l| l.with_marketing_qualified(day("2026-03-06")))
        .and_then(|l| l.with_rejected(day("2026-03-07")))
        .and_then(|l| l.with_accepted(day("2026-03-09")))
        .and_then(|l| l.with_sales_qualified(day("2026-03-11")))
        .and_then(|l| l.with_qualified(day("2026-03-10")))
        .and_then(|l| l.with_conversion("D-1", day("2026-03-12")))
        .and_then(|l| l.with_won(day("2026-04-02")))
        .and_then(|l| l.with_disqualified(day("2026-04-03")))
        .and_then(|l| l.with_origin(Origin::Marketing).with_fit(80))
        .and_then(|l| l.with_interest(0)?.with_owner("ada"))
        .and_then(|l| l.with_source("web")?.with_dimension("campaign", "spring"))
        .unwrap();
    let wire = json!({
        "id": "L-1", "arrived": "2026-03-06T18:30:00+01:00", "assigned": "2026-03-06T18:31:00+01:00",
        "first_touch": "2026-03-09T08:10:00+01:00",
        "attempts": ["2026-03-09T09:00:00.500+01:00", "2026-03-10T09:00:00+01:00"],
        "marketing_qualified": "2026-03-06", "accepted": "2026-03-09", "rejected": "2026-03-07",
        "sales_qualified": "2026-03-11", "qualified": "2026-03-10", "deal": "D-1", "converted": "2026-03-12", "won": "2026-04-02",
        "disqualified": "2026-04-03", "origin": "marketing", "fit": 80, "interest": 0, "owner": "ada",
        "dimensions": {"campaign": "spring", "source": "web"},
    });
    (lead, wire)
}

#[test]
fn a_lead_in_json() {
    let (lead, wire) = full();
    assert_eq!(serde_json::to_value(&lead).unwrap(), wire);
    assert_eq!(serde_json::from_value::<Lead>(wire).unwrap(), lead);
    let least = r#"{"id":"L-1","arrived":"2026-03-06T18:30:00+01:00"}"#;
    assert_eq!(serde_json::to_string(&self::lead()).unwrap(), least);
    assert_eq!(serde_json::from_str::<Lead>(least).unwrap(), self::lead());
}

#[test]
fn getters_say_what_was_given() {
    let (lead, _) = full();
    assert_eq!(lead.id().as_str(), "L-1");
    assert_eq!(lead.arrived(), at("2026-03-06T18:30:00+01:00").into());
    assert_eq!(
        lead.assigned(),
        Some(at("2026-03-06T18:31:00+01:00").into())
    );
    assert_eq!(lead.marketing_qualified(), Some(day("2026-03-06")));
    assert_eq!(lead.accepted(), Some(day("2026-03-09")));
    assert_eq!(lead.rejected(), Some(day("2026-03-07")));
    assert_eq!(lead.sales_qualified(), Some(day("2026-03-11")));
    assert_eq!(lead.disqualified(), Some(day("2026-04-03")));
    assert_eq!(
        (lead.origin(), lead.fit(), lead.interest()),
        (Some(Origin::Marketing), Some(80), Some(0))
    );
    assert_eq!(lead.owner().unwrap().as_str(), "ada");
    assert_eq!(lead.source().unwrap().as_str(), "web");
    assert_eq!(lead.dimension("campaign").unwrap().as_str(), "spring");
    let names: Vec<&str> = lead.dimensions().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["campaign", "source"]);
}

/// Whichever of the two was given first.
#[test]
fn a_lead_is_qualified_when_sales_says_so() {
    let (plain, sales) = (day("2026-03-10"), day("2026-03-11"));
    assert_eq!(
        lead().with_qualified(plain).unwrap().qualified(),
        Some(plain)
    );
    let alone = lead().with_sales_qualified(sales).unwrap();
    assert_eq!(
        (alone.qualified(), alone.sales_qualified()),
        (Some(sales), Some(sales))
    );
    let both = alone.clone().with_qualified(plain).unwrap();
    assert_eq!(
        (both.qualified(), both.sales_qualified()),
        (Some(sales), Some(sales))
    );
    let other_way = lead()
        .with_qualified(plain)
        .and_then(|lead| lead.with_sales_qualified(day("2026-03-20")))
        .and_then(|lead| lead.with_sales_qualified(sales));
    assert_eq!(other_way.unwrap(), both);
    // Neither is lost on the wire.
    for lead in [alone, both] {
        let text = serde_json::to_string(&lead).unwrap();
        assert_eq!(serde_json::from_str::<Lead>(&text).unwrap(), lead);
    }
    let march = lead()
        .with_sales_qualified(sales)
        .and_then(|lead| lead.with_qualified(day("2026-04-10")));
    assert!(
        march
            .unwrap()
            .standing(crate::support::scope("2026-03"))
            .is_qualified()
    );
}

#[test]
fn json_that_contradicts_itself_is_refused() {
    let cases = [
        (
            "converted",
            json!(false),
            "invalid value: boolean `false`, expected a date, or true where it is not known",
        ),
        ("converted", json!("soon"), "\"soon\" is no date"),
        ("disqualified", json!(1), "expected a date, or true"),
        (
            "fit",
            json!(101),
            "fit is 101, but must be from 0 to 100 points",
        ),
        (
            "interest",
            json!(101),
            "interest is 101, but must be from 0 to 100 points",
        ),
        ("fit", json!(-1), "invalid value"),
        (
            "arrived",
            json!("2026-03-06T18:30"),
            "\"2026-03-06T18:30\" is neither a date nor an instant",
        ),
        (
            "arrived",
            json!("1899-03-06T00:00:00Z"),
            "outside of the supported years",
        ),
        (
            "attempts",
            json!(["soon"]),
            "\"soon\" is neither a date nor an instant",
        ),
        ("won", json!("2026-4-2"), "is no date"),
        ("accepted", json!("2026-4-2"), "is no date"),
        ("sales_qualified", json!("3000-01-01"), "supported years"),
        ("origin", json!("Marketing"), "unknown variant"),
        ("channel", json!("web"), "unknown field"),
    ];
    for (field, value, because) in cases {
        let (_, mut wire) = full();
        wire[field] = value;
        let error = serde_json::from_value::<Lead>(wire)
            .unwrap_err()
            .to_string();
        assert!(error.contains(because), "{field}: {error}");
    }
    let won = json!({"id": "L-1", "arrived": "2026-03-06T18:30:00Z", "won": "2026-04-02"});
    let error = serde_json::from_value::<Lead>(won).unwrap_err().to_string();
    assert!(error.contains("it was won, but not converted"), "{error}");
}

fn detail() -> LeadDetail {
    let mut touched = RawLead::new("2024-02-28T16:00:00Z");
    touched.attempts = vec![at("2024-02-28T16:04:00Z"), at("2024-03-01T09:00:00Z")];
    touched.owner = Some("ada");
    let untouched = RawLead::new("2024-03-31T12:00:00Z");
    LeadDetail::of(
        build(&[touched, untouched]),
        scope("2024-Q1").in_working_time(&calendar()),
    )
    .unwrap()
}

fn wire_of_detail() -> Value {
    json!({
        "tally": {
            "scope": {"period": "2024-01-01/2024-04-01", "currency": "USD", "as_of": "2024-03-31"},
            "totals": {
                "records": 2, "arrived": 2, "qualified": 0, "newly_qualified": 0, "converted": 0, "converted_undated": 0, "won": 0,
                "disqualified": 0, "disqualified_undated": 0, "touched": 1,
                "marketing": 0, "sales": 0, "partner": 0, "cohort_open": 2, "open": 2, "open_untouched": 1, "contacted": 1,
                "contacted_converted": 0, "marketing_qualified": 0, "newly_marketing_qualified": 0, "marketing_accepted": 0,
                "marketing_rejected": 0, "newly_accepted": 0, "accepted_qualified": 0,
            },
        },
        "calendar": serde_json::to_value(calendar()).unwrap(),
        "response_micros": [240_000_000],
        "touched_waiting_micros": [662_400_000_000_u64],
        "waiting_micros": [0],
        "given_up_waiting_micros": [],
        "without_time": {"touched": 0, "untouched": 0},
        "attempts": {"lead_days": [0, 32], "came": [0, 1], "over": [32, 32]},
        "touched_early": 0,
        "untouched_ages": [0],
        "open_by_owner": {"ada": 1},
    })
}

#[test]
fn a_detail_in_json() {
    assert_eq!(serde_json::to_value(detail()).unwrap(), wire_of_detail());
    assert_eq!(
        serde_json::from_value::<LeadDetail>(wire_of_detail()).unwrap(),
        detail()
    );
    let plain = serde_json::to_value(LeadDetail::new(scope("2024-Q1"))).unwrap();
    assert_eq!(plain.get("calendar"), None);
    assert_eq!(plain.get("as_of_instant"), None);
    let noon = LeadScope::from(scope("2024-Q1")).as_of_instant(at("2024-03-31T12:00:00+02:00"));
    let noon = LeadDetail::of(
        build(&[RawLead::new("2024-03-31T11:58:00+02:00")]),
        noon.unwrap(),
    )
    .unwrap();
    let wire = serde_json::to_value(&noon).unwrap();
    assert_eq!(wire["as_of_instant"], json!("2024-03-31T12:00:00+02:00"));
    assert_eq!(
        serde_json::from_value::<LeadDetail>(wire.clone()).unwrap(),
        noon
    );
    let mut other_day = wire;
    other_day["as_of_instant"] = json!("2024-03-30T12:00:00+02:00");
    let error = serde_json::from_value::<LeadDetail>(other_day)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the as-of instant lies on the as-of day"),
        "{error}"
    );
}

#[test]
fn a_detail_that_no_leads_can_have_is_refused() {
    let cases = [
        ("/response_micros", json!([1, 2])),
        ("/response_micros", json!([u64::MAX])),
        ("/touched_waiting_micros", json!([])),
        ("/touched_waiting_micros", json!([239_999_999])),
        ("/touched_waiting_micros", json!([u64::MAX])),
        ("/given_up_waiting_micros", json!([0])),
        ("/without_time/touched", json!(u64::MAX)),
        ("/without_time/untouched", json!(1)),
        ("/waiting_micros", json!([])),
        ("/waiting_micros", json!([0, 0])),
        ("/waiting_micros", json!([u64::MAX])),
        ("/attempts/lead_days", json!([32])),
        ("/attempts/lead_days", json!([0, 401_768])),
        ("/attempts/came", json!([0])),
        ("/attempts/came", json!([0, 32])),
        ("/attempts/over", json!([32, 401_768])),
        ("/touched_early", json!(2)),
        ("/touched_early", json!(u64::MAX)),
        ("/untouched_ages", json!([])),
        ("/untouched_ages", json!([401_767])),
        ("/open_by_owner", json!({"ada": 3})),
        ("/open_by_owner", json!({"ada": 1, "ben": 0})),
        ("/open_by_owner", json!({"ada": u64::MAX, "ben": u64::MAX})),
    ];
    for (place, value) in cases {
        let mut wire = wire_of_detail();
        *wire.pointer_mut(place).unwrap() = value;
        let error = serde_json::from_value::<LeadDetail>(wire)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("totals that no records can have"),
            "{place}: {error}"
        );
    }
    let mut wire = wire_of_detail();
    wire["more"] = json!(1);
    assert!(serde_json::from_value::<LeadDetail>(wire).is_err());
}

#[test]
fn every_rule_of_totals_is_named() {
    let base = LeadTotals::given()
        .records(10)
        .arrived(8)
        .open(6)
        .contacted(5);
    assert!(LeadTally::from_totals(scope("2024"), base).is_ok());
    let parts = "qualified, marketing_qualified, converted, disqualified and touched leads are parts of the arrived ones";
    let records = "records are all leads looked at: at least the arrived, the open, the contacted and the newly qualified ones";
    let cohort =
        "cohort_open is a part of the arrived leads that are neither converted nor disqualified";
    let handed = "newly_marketing_qualified and newly_accepted leads are among the records";
    let sources = "marketing, sales and partner are parts of the arrived leads";
    let cases = [
        (base.records(10_000_000_001), "records are at most 10^10"),
        (base.arrived(11), records),
        (base.open(11), records),
        (base.contacted(11), records),
        (base.newly_qualified(11), records),
        (base.qualified(9), parts),
        (base.converted(9), parts),
        (base.disqualified(9), parts),
        (base.touched(9), parts),
        (base.marketing_qualified(9), parts),
        (base.newly_marketing_qualified(11), handed),
        (base.newly_accepted(11), handed),
        (
            base.newly_marketing_qualified(3)
                .marketing_accepted(2)
                .marketing_rejected(2),
            "marketing_accepted and marketing_rejected are parts of newly_marketing_qualified",
        ),
        (
            base.newly_accepted(2).accepted_qualified(3),
            "accepted_qualified is a part of newly_accepted",
        ),
        (
            base.converted(2).won(3),
            "won leads are a part of the converted ones",
        ),
        (
            base.converted(2).converted_undated(3),
            "converted_undated is a part of converted, and disqualified_undated of disqualified",
        ),
        (
            base.disqualified(2).disqualified_undated(3),
            "converted_undated is a part of converted, and disqualified_undated of disqualified",
        ),
        (base.marketing(5).sales(4), sources),
        (base.marketing(u64::MAX).sales(4), sources),
        (base.marketing(4).sales(4).partner(1), sources),
        (base.cohort_open(9), cohort),
        (base.cohort_open(6).converted(3), cohort),
        (base.cohort_open(6).disqualified(3), cohort),
        (base.open_untouched(7), "open_untouched is a part of open"),
        (
            base.contacted_converted(6),
            "contacted_converted is a part of contacted",
        ),
    ];
    for (totals, rule) in cases {
        let refused = LeadTally::from_totals(scope("2024"), totals);
        assert_eq!(complaint(refused), broken(rule), "{totals:?}");
    }
}

#[test]
fn a_tally_in_json() {
    let text = r#"{"scope":{"period":"2024-Q1","currency":"USD","as_of":"2024-03-31"},"totals":{"records":5,"arrived":3}}"#;
    let tally: LeadTally = serde_json::from_str(text).unwrap();
    assert_eq!(tally.totals().arrived().unwrap(), 3);
    assert!(serde_json::from_str::<LeadTally>(&text.replace("arrived", "came")).is_err());
    let wrong = text.replace("\"arrived\":3", "\"arrived\":6");
    assert!(serde_json::from_str::<LeadTally>(&wrong).is_err());
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn leads_survive_json(leads in many_leads()) {
        for lead in leads {
            let text = serde_json::to_string(&lead).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Lead>(&text).unwrap(), &lead);
        }
    }
}

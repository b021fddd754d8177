//! JSON of reps, quotas, rosters and team tallies, to the letter.

use core::fmt::Debug;

use proptest::prelude::*;
use sales_metrics::tally::{Staffing, TeamTotals};
use sales_metrics::{ActivityKind, Quota, Ramp, Rate, Rep, Roster, TeamTally, Undefined};
use serde::{Serialize, de::DeserializeOwned};

use super::{TeamCase, team_cases};
use crate::support::{config, day};

fn pinned<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) -> T {
    let value: T = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    value
}

fn refused<T: DeserializeOwned + Debug>(text: &str, because: &str) {
    let error = serde_json::from_str::<T>(text).unwrap_err().to_string();
    assert!(error.contains(because), "{error}");
}

#[test]
fn reps() {
    let rep: Rep = pinned(
        r#"{"id":"ada","hired":"2026-01-15","full_time_share":"0.5","ramp":["0","0.25","1"]}"#,
    );
    let ramp = Ramp::new([Rate::ZERO, "25%".parse().unwrap(), Rate::ONE]).unwrap();
    let same = Rep::new("ada").and_then(|ada| ada.with_hired(day("2026-01-15")));
    let same = same.unwrap().with_ramp(ramp);
    assert_eq!(rep, same.with_full_time_share(Rate::HALF).unwrap());
    pinned::<Rep>(r#"{"id":"ada"}"#);
    let moved: Rep = pinned(concat!(
        r#"{"id":"ada","name":"Ada","team":"north","teams":{"2026-02-01":"south","2026-07-01":"west"},"#,
        r#""manager":"ben","left":"2026-12-31","departure":"involuntary","dimensions":{"territory":"coast"}}"#,
    ));
    assert_eq!(
        (moved.teams().count(), moved.team().unwrap().as_str()),
        (3, "west")
    );
    assert_eq!(
        moved.dimension("territory").map(AsRef::as_ref),
        Some("coast")
    );
    pinned::<Rep>(r#"{"id":"ada","teams":{"2026-02-01":"south"},"departure":"voluntary"}"#);
    refused::<Rep>(r#"{"id":"ada","teams":{"2026-2-1":"south"}}"#, "is no date");
    refused::<Rep>(r#"{"id":"ada","teams":{"2026-02-01":""}}"#, "is empty");
    refused::<Rep>(r#"{"id":"ada","manager":""}"#, "is empty");
    refused::<Rep>(
        r#"{"id":"ada","manager":"ada"}"#,
        "rep ada: nobody reports to oneself",
    );
    refused::<Rep>(r#"{"id":"ada","departure":"fired"}"#, "unknown variant");
    let whole: Rep = serde_json::from_str(r#"{"id":"ada","full_time_share":1}"#).unwrap();
    assert_eq!(whole, Rep::new("ada").unwrap());
    refused::<Rep>(r#"{"id":"ada","full_time_share":"0"}"#, "must be above 0%");
    refused::<Rep>(r#"{"id":"ada","full_time_share":"1.5"}"#, "is not between");
    refused::<Rep>(
        r#"{"id":"ada","ramp":["0.5","0.1234567"]}"#,
        "month 2 of the ramp",
    );
    refused::<Rep>(
        r#"{"id":"ada","hired":"2026-02-01","left":"2026-01-31","full_time_share":"0.5"}"#,
        "before being hired",
    );
}

#[test]
fn quotas() {
    let money: Quota = pinned(
        r#"{"rep":"ada","period":"2026-01-01/2026-04-01","amount":"250000","currency":"USD"}"#,
    );
    assert_eq!(money.amount().unwrap().to_string(), "250000 USD");
    let deals: Quota = pinned(r#"{"rep":"ada","period":"2026-01-01/2026-04-01","deals":12}"#);
    assert_eq!(deals.deals(), Some(12));
    let with = |more: &str| format!(r#"{{"rep":"ada","period":"2026-Q1"{more}}}"#);
    let name = "quota of ada for 2026-01-01/2026-04-01: ";
    for (more, problem) in [
        ("", "it has neither an amount nor deals"),
        (r#","amount":"1""#, "it has an amount, but no currency"),
        (r#","currency":"USD""#, "it has a currency, but no amount"),
        (
            r#","amount":"1","currency":"USD","deals":1"#,
            "it is of deals, but has an amount or a currency too",
        ),
        (
            r#","currency":"USD","deals":1"#,
            "it is of deals, but has an amount or a currency too",
        ),
    ] {
        refused::<Quota>(&with(more), &format!("{name}{problem}"));
    }
    refused::<Quota>(
        &with(r#","amount":"-1","currency":"USD""#),
        "cannot be negative",
    );
    refused::<Quota>(
        &with(r#","deals":10000000001"#),
        "cannot exceed 10000000000",
    );
    refused::<Quota>(&with(r#","deals":-1"#), "invalid value");
    refused::<Quota>(&with(r#","deals":1,"typo":1"#), "unknown field");
    refused::<Quota>(&with(r#","amount":1.5,"currency":"USD""#), "not exact");
}

#[test]
fn rosters() {
    let roster: Roster = pinned(
        r#"{"reps":[{"id":"ada"},{"id":"ben"}],"quotas":[{"rep":"ada","period":"2026-01-01/2026-04-01","deals":12}]}"#,
    );
    assert_eq!((roster.reps().len(), roster.quotas().len()), (2, 1));
    pinned::<Roster>(r#"{"reps":[]}"#);
    refused::<Roster>(r#"{"reps":[{"id":"ada"},{"id":"ada"}]}"#, "twice");
    refused::<Roster>(
        r#"{"reps":[],"quotas":[{"rep":"ada","period":"2026","deals":1}]}"#,
        "rep ada is not in the roster",
    );
    refused::<Roster>(r#"{"reps":[],"typo":1}"#, "unknown field");
}

const SCOPE: &str = r#"{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"}"#;

fn tally(roster: &str, totals: &str) -> String {
    format!(r#"{{"scope":{SCOPE},"roster":{roster},"totals":{totals}}}"#)
}

#[test]
fn tallies() {
    let roster = r#"{"reps":[{"id":"ada"},{"id":"ben"}]}"#;
    let none = r#"{"count":0,"priced":0,"amount":"0"}"#;
    let totals = format!(
        r#"{{"records":9,"won":{{"ada":{{"all":{{"count":3,"priced":2,"amount":"12.5"}},"toward_quota":{none},"toward_deal_quota":0,"shared":1}}}},"unassigned":{none},"unassigned_shared":0,"unassigned_known":0,"activities":{{"ben":{{"calls":3}}}}}}"#
    );
    let team: TeamTally = pinned(&tally(roster, &totals));
    let ada = team.reps().next().unwrap();
    assert_eq!(
        (ada.won().unwrap().count, ada.won().unwrap().unpriced()),
        (3, 1)
    );
    assert_eq!(ada.deals_won(), Ok(2));
    let ben = team.reps().last().unwrap();
    assert_eq!(ben.activities(ActivityKind::Call), Ok(3));
    let none = Err(Undefined::NotCounted("activities.emails"));
    assert_eq!(ben.activities(ActivityKind::Email), none);
    let empty: TeamTally = serde_json::from_str(&tally(roster, "{}")).unwrap();
    assert_eq!(empty.totals(), &TeamTotals::from(TeamTotals::given()));
    let ben = empty.reps().last().unwrap();
    assert_eq!(ben.won(), Err(Undefined::NotCounted("won")));
    pinned::<Staffing>(r#"{"at_start":1,"joined":2,"left":3,"at_end":0}"#);
}

#[test]
fn tallies_of_no_deals_are_refused() {
    let roster = r#"{"reps":[{"id":"ada"}]}"#;
    for (totals, rule) in [
        (r#"{"records":10000000001}"#, "records are at most 10^10"),
        (
            r#"{"records":2,"won":{"ada":{"all":{"count":1,"priced":2,"amount":"0"}}}}"#,
            "priced deals are at most the count",
        ),
        (
            r#"{"records":2,"unassigned":{"count":1,"priced":0,"amount":"1"}}"#,
            "priced deals are at most the count",
        ),
        (
            r#"{"records":2,"won":{"ada":{"all":{"count":2,"priced":0,"amount":"0"},"shared":0}},"unassigned":{"count":1,"priced":0,"amount":"0"},"unassigned_shared":0}"#,
            "records are all deals looked at: at least those won by all reps and the unassigned ones",
        ),
        (
            r#"{"records":2,"won":{"ada":{"all":{"count":18446744073709551615,"priced":0,"amount":"0"}}},"unassigned":{"count":1,"priced":0,"amount":"0"}}"#,
            "records are all deals looked at",
        ),
        (
            r#"{"records":2,"won":{"eve":{"all":{"count":1,"priced":0,"amount":"0"}}}}"#,
            "won deals are of reps in the roster; those of others are unassigned",
        ),
        (
            r#"{"records":1,"won":{"ada":{"all":{"count":1,"priced":1,"amount":"1"},"shared":2}}}"#,
            "and so are shared ones",
        ),
        (
            r#"{"records":1,"won":{"ada":{"all":{"count":2,"priced":0,"amount":"0"},"shared":2}}}"#,
            "records are all deals looked at",
        ),
        (
            r#"{"records":1,"unassigned":{"count":1,"priced":0,"amount":"0"},"unassigned_shared":2}"#,
            "unassigned_shared and unassigned_known are parts of unassigned",
        ),
        (
            r#"{"records":1,"won":{"ada":{"all":{"count":1,"priced":1,"amount":"100000000000000"},"shared":1}},"unassigned":{"count":1,"priced":1,"amount":"1"},"unassigned_shared":0}"#,
            "records are all deals looked at",
        ),
        (
            r#"{"activities":{"eve":{"calls":1}}}"#,
            "activities are of reps in the roster; those of others count nowhere",
        ),
        (
            r#"{"activities":{"ada":{"calls":10000000001}}}"#,
            "activities are at most 10^10",
        ),
        (r#"{"typo":1}"#, "unknown field"),
        (
            r#"{"records":2,"won":{"ada":{"count":1}}}"#,
            "unknown field",
        ),
    ] {
        refused::<TeamTally>(&tally(roster, totals), rule);
    }
    let straddling =
        r#"{"reps":[{"id":"ada"}],"quotas":[{"rep":"ada","period":"2026","deals":1}]}"#;
    refused::<TeamTally>(&tally(straddling, "{}"), "straddles the edge of");
    let foreign = r#"{"reps":[{"id":"ada"}],"quotas":[{"rep":"ada","period":"2026-Q1","amount":1,"currency":"EUR"}]}"#;
    refused::<TeamTally>(&tally(foreign, "{}"), "is in EUR, but USD was asked for");
}

fn survives(case: &TeamCase) -> Result<(), TestCaseError> {
    let (roster, team) = (case.roster(), case.tally());
    let text = serde_json::to_string(&roster).unwrap();
    prop_assert_eq!(&serde_json::from_str::<Roster>(&text).unwrap(), &roster);
    let text = serde_json::to_string(&team).unwrap();
    prop_assert_eq!(&serde_json::from_str::<TeamTally>(&text).unwrap(), &team);
    Ok(())
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn whatever_fits_together_survives_the_wire(case in team_cases()) {
        survives(&case)?;
    }
}

const PART: &str = "wins toward a quota are a part of all the rep's wins";
const DAYS: &str = "wins are of days of employment; all of a rep's count toward quotas that hold every such day looked at, and none toward quotas that hold none";

/// Two wins of 9 together, and quotas of each kind in some periods.
fn with_wins(quotas: &[&str], toward: &str) -> Result<TeamTally, serde_json::Error> {
    let money = |period: &&str| {
        format!(
            r#"{{"rep":"ada","period":"{period}","amount":1,"currency":"USD"}},{{"rep":"ada","period":"{period}","deals":1}}"#
        )
    };
    let quotas: Vec<String> = quotas.iter().map(money).collect();
    let roster = format!(
        r#"{{"reps":[{{"id":"ada"}}],"quotas":[{}]}}"#,
        quotas.join(",")
    );
    let all = r#""shared":0,"all":{"count":2,"priced":2,"amount":"9"}"#;
    let totals = format!(r#"{{"records":2,"won":{{"ada":{{{all},{toward}}}}}}}"#);
    serde_json::from_str(&tally(&roster, &totals))
}

#[test]
fn wins_toward_a_quota_are_wins_in_its_days() {
    let toward = |count: u64, priced: u64, amount: u64, deals: u64| {
        let money = format!(r#"{{"count":{count},"priced":{priced},"amount":{amount}}}"#);
        format!(r#""toward_quota":{money},"toward_deal_quota":{deals}"#)
    };
    let (whole, thirds) = (["2026-Q1"], ["2026-01", "2026-02", "2026-03"]);
    let (some, none): (_, [&str; 0]) = (["2026-01", "2026-03"], []);
    for (quotas, toward, rule) in [
        (&whole[..], toward(2, 2, 9, 2), None),
        (&whole, toward(0, 0, 0, 2), Some(DAYS)),
        (&whole, toward(2, 2, 9, 1), Some(DAYS)),
        (&whole, toward(2, 2, 8, 2), Some(DAYS)),
        (&thirds, toward(2, 2, 9, 2), None),
        (&thirds, toward(2, 2, 9, 0), Some(DAYS)),
        (&some, toward(1, 1, 8, 0), None),
        (&some, toward(0, 0, 0, 2), None),
        (&some, toward(3, 2, 9, 0), Some(PART)),
        (&some, toward(2, 1, 9, 0), Some(PART)),
        (&some, toward(1, 1, 10, 0), Some(PART)),
        (&some, toward(0, 0, 0, 3), Some(PART)),
        (&some, toward(1, 1, 200_000_000_000_000, 0), Some(PART)),
        (&none, toward(0, 0, 0, 0), None),
        (&none, toward(1, 1, 1, 0), Some(DAYS)),
        (&none, toward(0, 0, 0, 1), Some(DAYS)),
    ] {
        let found = with_wins(quotas, &toward)
            .err()
            .map(|error| error.to_string());
        let agrees = match (&found, rule) {
            (None, None) => true,
            (Some(found), Some(rule)) => found.contains(rule),
            _ => false,
        };
        assert!(agrees, "{quotas:?} {toward}: {found:?}");
    }
}

//! Open deals that nobody has touched: the laws of their tally, and a second way from the catalogue's words.

use proptest::prelude::*;
use sales_metrics::{
    Activity, Currency, Deal, MeetingStatus, Outcome, QuietTally, Scope, Undefined, kpi,
};

use crate::activity;
use crate::laws::{PARTS, other_scopes, part, split};
use crate::support::{Raw, build, config, day, exact, kind_of, many_odd, q, scope, scopes};

/// Activities, each of which names one of the deals, another one or none.
type Named = Vec<(activity::Raw, usize)>;

fn named() -> impl Strategy<Value = Named> + Clone {
    let one = (activity::activities(), 0..22_usize);
    prop_oneof![
        1 => Just(Vec::new()),
        5 => proptest::collection::vec(one, 0..12),
    ]
}

/// By the number of a deal; none and further ones are of no deal that there is.
fn done(named: &Named) -> Vec<Activity> {
    let numbered = named.iter().enumerate();
    let all = numbered.map(|(n, (raw, deal))| {
        let activity = raw.activity(&format!("A-{n}"));
        match deal {
            20.. => activity,
            deal => activity.with_deal(format!("D-{}", deal % 6)).unwrap(),
        }
    });
    all.collect()
}

/// The names of what is recomputed here.
pub(crate) fn recomputed() -> [String; 1] {
    ["stale_pipeline"].map(str::to_owned)
}

fn naive(
    raw: &[Raw],
    named: &Named,
    scope: Scope,
    days: u32,
) -> Result<(u64, u64, u128), Undefined> {
    if named.iter().all(|(_, deal)| *deal >= 20) {
        return Err(Undefined::NoActivityNamesADeal);
    }
    let evening = scope.period().last_day().min(scope.as_of_day());
    let (mut open, mut found) = (false, (0, 0, 0));
    for (n, deal) in raw.iter().enumerate() {
        let credit = deal.is_negative && matches!(deal.outcome, Outcome::Won { .. });
        let born = (!deal.is_undated).then_some(deal.created);
        let since = born.or(deal.first_contact).or(deal.closed());
        if credit
            || since.is_some_and(|on| on > evening)
            || deal.closed().is_some_and(|on| on <= evening)
        {
            continue;
        }
        if deal.closed().is_some() {
            return Err(Undefined::NeedsHistory);
        }
        open = true;
        let days = i64::from(days);
        let is_of_late = |on: chrono::NaiveDate| {
            let back = (evening - on).num_days();
            0 <= back && back < days
        };
        let is_touched = named.iter().any(|(activity, names)| {
            *names < 20
                && names % 6 == n
                && activity.status != Some(MeetingStatus::Rescheduled)
                && is_of_late(activity.date)
        });
        if born.is_some_and(|on| (evening - on).num_days() > days) && !is_touched {
            let amount = deal.amount.filter(|_| !deal.is_negative);
            found.0 += 1;
            found.1 += u64::from(amount.is_none());
            found.2 += u128::from(amount.unwrap_or_default());
        }
    }
    if open && scope.as_of_day() > evening {
        return Err(Undefined::NeedsHistory);
    }
    Ok(found)
}

fn stale(tally: &QuietTally, days: u32) -> Result<(u64, u64, u128), Undefined> {
    let stale = kpi::stale_pipeline(tally, days)?;
    let amount = stale
        .amount()
        .map_or(q(0, 1), |amount| exact(amount.amount()));
    let units = (amount * q(10_000, 1)).to_integer();
    Ok((stale.count(), stale.unpriced(), units.try_into().unwrap()))
}

fn json(tally: &QuietTally) -> String {
    serde_json::to_string(tally).unwrap()
}

const DAYS: [u32; 8] = [0, 1, 7, 29, 30, 60, 365, 401_766];

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn what_is_stale_agrees_with_the_oracle(raw in many_odd(), named in named(), scope in scopes()) {
        let tally = QuietTally::of(build(&raw), done(&named), scope).unwrap();
        for days in DAYS {
            prop_assert_eq!(stale(&tally, days), naive(&raw, &named, scope, days), "{}", days);
        }
    }

    /// Deals split in any way, each part with the activities of its own deals: the parts merge to the whole.
    #[test]
    fn any_split_merges_to_the_whole(split in split(many_odd().prop_map(|raw| build(&raw))), named in named(), scope in scopes()) {
        let deals: Vec<Deal> = split.iter().map(|(_, deal)| deal.clone()).collect();
        let activities = done(&named);
        let whole = QuietTally::of(&deals, &activities, scope).unwrap();
        let mut sum = QuietTally::new(scope);
        let mut counted = 0;
        for at in 0..PARTS {
            let deals: Vec<Deal> = part(&split, at);
            let is_theirs = |activity: &&Activity| deals.iter().any(|deal| Some(deal.id()) == activity.deal());
            let theirs: Vec<&Activity> = activities.iter().filter(is_theirs).collect();
            counted += theirs.len() as u64;
            sum.merge(&QuietTally::of(&deals, theirs, scope).unwrap()).unwrap();
        }
        // Those of deals that are not there are in the whole alone.
        let none: [Deal; 0] = [];
        let others = activities.iter().filter(|activity| deals.iter().all(|deal| Some(deal.id()) != activity.deal()));
        let others = QuietTally::of(none, others, scope).unwrap();
        prop_assert_eq!(others.naming_a_deal() + counted, whole.naming_a_deal());
        sum.merge(&others).unwrap();
        prop_assert_eq!(&sum, &whole);
        prop_assert_eq!(json(&sum), json(&whole));
        let back: QuietTally = serde_json::from_str(&json(&whole)).unwrap();
        prop_assert_eq!(&back, &whole);
        prop_assert_eq!(whole.tally(), &sales_metrics::DealTally::of(&deals, scope).unwrap());
        for other in other_scopes(scope) {
            let refused = kind_of(&sum.merge(&QuietTally::new(other)));
            prop_assert_eq!(refused, Some(sales_metrics::ErrorKind::ScopeMismatch));
        }
        prop_assert_eq!(&sum, &whole);
    }
}

#[test]
fn the_wire_format_and_what_is_refused() {
    let mut raw = Raw::new("2024-01-31", Outcome::Open);
    raw.amount = Some(15_000);
    let deal = raw.deal("D-1", Currency::USD);
    let call = activity::Raw::new(sales_metrics::ActivityKind::Call, "2024-03-24");
    let call = call.activity("A-1").with_deal("D-1").unwrap();
    let scope = scope("2024-Q1").as_of(day("2024-03-31")).unwrap();
    let tally = QuietTally::of([deal], [call], scope).unwrap();
    let text = json(&tally);
    let one = r#""naming":1,"quiet":[[7,{"count":1,"priced":1,"amount":"1.5"}]]"#;
    assert!(text.ends_with(&format!("{one}}}")), "{text}");
    assert_eq!(
        (stale(&tally, 7), stale(&tally, 8)),
        (Ok((1, 0, 15_000)), Ok((0, 0, 0)))
    );
    let rule = "quiet deals are some of those that their tally counts as open";
    for other in [
        r#""naming":10000000001,"quiet":[]"#,
        r#""naming":1,"quiet":[[7,{"count":2,"priced":1,"amount":"1.5"}]]"#,
        r#""naming":1,"quiet":[[7,{"count":0,"priced":0,"amount":"0"}]]"#,
        r#""naming":1,"quiet":[[7,{"count":1,"priced":1,"amount":"1.6"}]]"#,
        r#""naming":1,"quiet":[[7,{"count":1,"priced":1,"amount":"1"}],[7,{"count":1,"priced":0,"amount":"0"}]]"#,
    ] {
        let changed = text.replacen(one, other, 1);
        assert_ne!(changed, text);
        let refused = serde_json::from_str::<QuietTally>(&changed).unwrap_err();
        assert!(refused.to_string().contains(rule), "{other}: {refused}");
    }
}

//! How long it takes until deals close, and how likely they are won: the catalogue's rules over exact fractions, its goldens, and the wrong
//! answers that are often given.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days as CalendarDays;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::tally::DealSurvival;
use sales_metrics::{
    Currency, Days, Deal, Decimal, ErrorKind, Outcome, Rate, Scope, SurvivalTally, Undefined, kpi,
};

use crate::figures::Answer;
use crate::laws::{foreign_laws, laws};
use crate::support::{
    MOST, Q, Raw, broken, build, complaint, config, day, exact, expect_values, many_deals,
    many_odd, odd_deals_up_to, q, scope, scopes, tiny,
};

/// How it ended for those who looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Won,
    Otherwise,
    Open,
}

/// The deals created in the period, up to as-of: after how many days each ended, and how. Those closed before their creation are left out.
fn followed(deals: &[Raw], scope: Scope) -> Vec<(i64, End)> {
    let (start, end, as_of) = (
        scope.period().start(),
        scope.period().end(),
        scope.as_of_day(),
    );
    let mut found = Vec::new();
    for deal in deals {
        let is_credit = deal.is_negative && matches!(deal.outcome, Outcome::Won { .. });
        let created = deal.created;
        let counts =
            !is_credit && !deal.is_undated && start <= created && created < end && created <= as_of;
        if !counts {
            continue;
        }
        let (last, how) = match deal.outcome {
            Outcome::Won { on } if on <= as_of => (on, End::Won),
            Outcome::Lost { on } | Outcome::Disqualified { on } if on <= as_of => {
                (on, End::Otherwise)
            }
            _ => (as_of, End::Open),
        };
        let days = (last - created).num_days();
        if days >= 0 {
            found.push((days, how));
        }
    }
    found
}

fn count(deals: &[(i64, End)], which: impl Fn(&(i64, End)) -> bool) -> Q {
    q(deals.iter().filter(|deal| which(deal)).count(), 1)
}

/// The share that is left after each day on which one closed: all of a day at once, those who go on unseen at risk on it.
fn curve(deals: &[(i64, End)]) -> Vec<(i64, Q)> {
    let days: BTreeSet<i64> = deals
        .iter()
        .filter(|(_, how)| *how != End::Open)
        .map(|(days, _)| *days)
        .collect();
    let mut left = q(1, 1);
    let mut found = Vec::new();
    for close in days {
        let at_risk = count(deals, |(days, _)| *days >= close);
        let closed = count(deals, |(days, how)| *days == close && *how != End::Open);
        left *= (&at_risk - closed) / at_risk;
        found.push((close, left.clone()));
    }
    found
}

/// Why nothing can be said: none was created, or none of the created has dates in order.
fn none(deals: &[Raw], scope: Scope) -> Undefined {
    let mut sound = deals.to_vec();
    for deal in &mut sound {
        deal.outcome = match deal.outcome {
            Outcome::Won { on } => Outcome::Won {
                on: on.max(deal.created),
            },
            Outcome::Lost { on } => Outcome::Lost {
                on: on.max(deal.created),
            },
            other => other,
        };
        if matches!(deal.outcome, Outcome::Disqualified { on } if on < deal.created) {
            deal.outcome = Outcome::Open;
        }
    }
    if followed(&sound, scope).is_empty() {
        Undefined::NoDealsCreated
    } else {
        Undefined::NoSoundCycle
    }
}

/// The first day on which fewer than half are left, or the middle of the while for which exactly half are.
fn median(deals: &[(i64, End)]) -> Option<Q> {
    let half = q(1, 2);
    let curve = curve(deals);
    let fewer = curve.iter().find(|(_, left)| *left < half)?.0;
    let exactly = curve.iter().find(|(_, left)| *left == half);
    let from = exactly.map_or(fewer, |(days, _)| *days);
    Some(q(from + fewer, 2))
}

/// Σ S(t−) · won(t) / at risk(t), the share that goes `how` by a day; none where some are left and none was seen for so long.
fn incidence(deals: &[(i64, End)], within: i64, how: End) -> Option<Q> {
    let curve = curve(deals);
    let before = |day: i64| {
        let earlier = curve.iter().rev().find(|(days, _)| *days < day);
        earlier.map_or(q(1, 1), |(_, left)| left.clone())
    };
    let is_seen = deals.iter().any(|(days, _)| *days >= within);
    if !is_seen && before(within + 1) > q(0, 1) {
        return None;
    }
    let mut sum = q(0, 1);
    for day in deals.iter().map(|(days, _)| *days).collect::<BTreeSet<_>>() {
        if day <= within {
            let at_risk = count(deals, |(days, _)| *days >= day);
            let gone = count(deals, |deal| *deal == (day, how));
            sum += before(day) * gone / at_risk;
        }
    }
    Some(sum)
}

/// The names of what is recomputed here.
pub(crate) fn recomputed() -> [String; 2] {
    ["corrected_median_cycle", "win_probability_within"].map(str::to_owned)
}

/// Both of them, in their order.
fn truth(deals: &[Raw], scope: Scope, within: u32) -> (Answer, Answer) {
    let seen = followed(deals, scope);
    if seen.is_empty() {
        let none = none(deals, scope);
        return (Err(none), Err(none));
    }
    (
        median(&seen).ok_or(Undefined::HalfStillLeft),
        incidence(&seen, i64::from(within), End::Won).ok_or(Undefined::NotSeenThatLong),
    )
}

fn tally(deals: &[Raw], scope: Scope) -> SurvivalTally {
    SurvivalTally::of(build(deals), scope).unwrap()
}

fn median_of(tally: &SurvivalTally) -> Answer {
    kpi::corrected_median_cycle(tally).map(|days| exact(days.decimal()))
}

fn within(tally: &SurvivalTally, days: u32) -> Answer {
    kpi::win_probability_within(tally, days).map(|rate| exact(rate.fraction()))
}

/// As a decimal of so many digits shows it: to the nearest, and from between two to the even one.
fn rounded(value: &Q) -> Q {
    let units = value / tiny(28);
    let (below, half) = (units.floor(), q(1, 2));
    let is_odd = &below.to_integer() % 2_u32 == 1_u32.into();
    let rest = &units - &below;
    let up = rest > half || (rest == half && is_odd);
    (below + q(u32::from(up), 1)) * tiny(28)
}

/// Deals created over three months and closed within some weeks, seen from a day on which many are open.
fn crowded() -> impl Strategy<Value = (Vec<Raw>, Scope)> {
    let deal = (0_u64..91, 0_u64..60, 0..10_u32).prop_map(|(created, took, how)| {
        let created = day("2024-01-01") + CalendarDays::new(created);
        let on = created + CalendarDays::new(took);
        let outcome = match how {
            0..3 => Outcome::Won { on },
            3..6 => Outcome::Lost { on },
            6 => Outcome::Disqualified { on },
            _ => Outcome::Open,
        };
        Raw {
            created,
            ..Raw::new("2024-01-01", outcome)
        }
    });
    let as_of = (0_u64..120).prop_map(|n| day("2024-02-01") + CalendarDays::new(n));
    let deals = prop_oneof![
        proptest::collection::vec(deal.clone(), 0..12),
        proptest::collection::vec(deal, 0..250),
    ];
    (deals, as_of).prop_map(|(deals, as_of)| (deals, scope("2024-Q1").as_of(as_of).unwrap()))
}

fn agrees(deals: &[Raw], scope: Scope, days: u32) -> Result<(), TestCaseError> {
    let found = tally(deals, scope);
    let (median, won) = truth(deals, scope, days);
    prop_assert_eq!(median_of(&found), median);
    prop_assert_eq!(within(&found, days), won.map(|won| rounded(&won)));
    Ok(())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn odd_deals_agree_with_the_oracle(deals in many_odd(), scope in scopes(), days in 0_u32..400) {
        agrees(&deals, scope, days)?;
    }

    #[test]
    fn many_open_deals_agree_with_the_oracle((deals, scope) in crowded(), days in 0_u32..130) {
        agrees(&deals, scope, days)?;
    }

    /// Of all deals, some are won, some closed otherwise, and the rest is left: after every day, exactly.
    #[test]
    fn what_became_of_them_adds_up_to_one((deals, scope) in crowded()) {
        let seen = followed(&deals, scope);
        for (days, left) in curve(&seen) {
            let gone = [End::Won, End::Otherwise].map(|how| incidence(&seen, days, how).unwrap());
            prop_assert_eq!(gone[0].clone() + &gone[1] + &left, q(1, 1));
        }
        // The crate's own two: once with the wins and the others changed round.
        let changed: Vec<Raw> = deals.iter().map(|deal| {
            let outcome = match deal.outcome {
                Outcome::Won { on } => Outcome::Lost { on },
                Outcome::Lost { on } | Outcome::Disqualified { on } => Outcome::Won { on },
                Outcome::Open => Outcome::Open,
            };
            Raw { outcome, ..deal.clone() }
        }).collect();
        let (found, others) = (tally(&deals, scope), tally(&changed, scope));
        prop_assert_eq!(median_of(&found), median_of(&others));
        for (days, left) in curve(&seen) {
            let days = u32::try_from(days).unwrap();
            let sum = within(&found, days).unwrap() + within(&others, days).unwrap() + left;
            let off = sum - q(1, 1);
            prop_assert!(-tiny(27) < off && off < tiny(27));
        }
    }

    /// More days, no fewer wins; what is taken as lost is none; and never as many as where losses count as deals seen no longer.
    #[test]
    fn chances_rise_with_the_days_and_stay_below_the_naive_ones((deals, scope) in crowded(), a in 0_u32..130, b in 0_u32..130) {
        let found = tally(&deals, scope);
        if let (Ok(less), Ok(more)) = (within(&found, a.min(b)), within(&found, a.max(b))) {
            prop_assert!(less <= more);
        }
        let seen = followed(&deals, scope);
        let watched_no_longer: Vec<_> = seen.iter().map(|(days, how)| (*days, if *how == End::Won { End::Won } else { End::Open })).collect();
        let naive = curve(&watched_no_longer);
        let naive = naive.iter().rev().find(|(days, _)| *days <= i64::from(a));
        let naive = naive.map_or(q(0, 1), |(_, left)| q(1, 1) - left);
        if let Ok(won) = within(&found, a) {
            prop_assert!(won <= naive + tiny(28));
        }
    }

    /// What is left out changes nothing but the count of it.
    #[test]
    fn what_does_not_count_changes_no_figure((deals, scope) in crowded(), odd in odd_deals_up_to(MOST), days in 0_u32..130) {
        let deal = odd.deal("X-1", Currency::USD);
        let mut found = tally(&deals, scope);
        let before = (median_of(&found), within(&found, days), found.totals().followed());
        found.record(&deal).unwrap();
        let is_followed = matches!(
            deal.survival(scope),
            DealSurvival::Won { .. } | DealSurvival::ClosedOtherwise { .. } | DealSurvival::Open { .. }
        );
        prop_assert_eq!(found.totals().followed(), before.2 + u64::from(is_followed));
        // Alone, what is left out says why there is no answer.
        if !is_followed && before.2 > 0 {
            prop_assert_eq!((median_of(&found), within(&found, days)), (before.0, before.1));
        }
    }

    /// Every deal by the rule that the tally uses; and what it has seen can be read from it.
    #[test]
    fn every_deal_is_where_its_survival_says(deals in many_odd(), scope in scopes()) {
        let found = tally(&deals, scope);
        let mut by_rule: BTreeMap<u8, Vec<Q>> = BTreeMap::new();
        for deal in build(&deals) {
            let (which, days) = match deal.survival(scope) {
                DealSurvival::NotCreated => (0, 0),
                DealSurvival::WithoutCreation => (1, 0),
                DealSurvival::Credit => (2, 0),
                DealSurvival::ClosedBeforeCreation => (3, 0),
                DealSurvival::Won { days } => (4, days),
                DealSurvival::ClosedOtherwise { days } => (5, days),
                DealSurvival::Open { days } => (6, days),
            };
            by_rule.entry(which).or_default().push(q(days, 1));
        }
        let mut of = |which| by_rule.remove(&which).unwrap_or_default();
        let totals = found.totals();
        let left_out = [totals.without_creation, totals.credits, totals.closed_before_creation];
        prop_assert_eq!(left_out, [1, 2, 3].map(|which| of(which).len() as u64));
        prop_assert_eq!(totals.records, deals.len() as u64);
        let bare = |days: Days| exact(days.decimal());
        let (won, otherwise, open) = (of(4), of(5), of(6));
        prop_assert_eq!([totals.won, totals.closed_otherwise, totals.open], [&won, &otherwise, &open].map(|days| days.len() as u64));
        expect_values(&found.won(), &won, bare, 10.into());
        expect_values(&found.closed_otherwise(), &otherwise, bare, 10.into());
        expect_values(&found.open(), &open, bare, 10.into());
        let seen = followed(&deals, scope);
        prop_assert_eq!(totals.followed(), seen.len() as u64);
        for row in found.days() {
            let day = i64::from(row.days);
            let on = |how| seen.iter().filter(|deal| **deal == (day, how)).count() as u64;
            prop_assert_eq!([row.won, row.closed_otherwise, row.open], [End::Won, End::Otherwise, End::Open].map(on));
            prop_assert_eq!(row.at_risk, seen.iter().filter(|(days, _)| *days >= day).count() as u64);
        }
        prop_assert_eq!(found.days().count(), seen.iter().map(|(days, _)| days).collect::<BTreeSet<_>>().len());
    }
}

fn foreign_deal() -> (Deal, String) {
    let raw = Raw::new("2024-01-31", Outcome::Open);
    (raw.deal("F-1", Currency::EUR), "deal F-1".to_owned())
}

fn owner(deal: &Deal) -> Option<&str> {
    deal.owner().map(AsRef::as_ref)
}

laws!(survival: SurvivalTally {
    records: many_deals(), view: core::convert::identity => Scope, key: owner,
});
foreign_laws!(foreign: SurvivalTally {
    records: many_deals(), key: owner, foreign: foreign_deal(),
});

/// So many deals of each number of days, created on the last day but those before the as-of day.
fn of_days(deals: &[(u64, End, usize)]) -> SurvivalTally {
    let as_of = day("2024-12-31");
    let mut tally = SurvivalTally::new(scope("2024"));
    for (days, how, count) in deals {
        let created = as_of - CalendarDays::new(*days);
        let outcome = match how {
            End::Won => Outcome::Won { on: as_of },
            End::Otherwise => Outcome::Lost { on: as_of },
            End::Open => Outcome::Open,
        };
        let deal = Deal::new("D", created, outcome, Currency::USD).unwrap();
        for _ in 0..*count {
            tally.record(&deal).unwrap();
        }
    }
    tally
}

fn singles(deals: &[(u64, End)]) -> SurvivalTally {
    of_days(
        &deals
            .iter()
            .map(|(days, how)| (*days, *how, 1))
            .collect::<Vec<_>>(),
    )
}

fn median_text(tally: &SurvivalTally) -> String {
    kpi::corrected_median_cycle(tally).unwrap().to_string()
}

// The catalogue's goldens.

#[test]
fn six_deals_of_one_to_six_days() {
    use End::{Open, Otherwise, Won};
    let six = singles(&[
        (1, Open),
        (2, Won),
        (3, Won),
        (4, Otherwise),
        (5, Otherwise),
        (6, Open),
    ]);
    assert_eq!(within(&six, 6), Ok(q(2, 5)));
    assert_eq!(within(&six, 7), Err(Undefined::NotSeenThatLong));
    assert_eq!(median_text(&six), "4 days");
    // Wrong: the lost ones taken as seen no longer, 1 − 4/5 × 3/4 × … of the wins alone, is the same here only until they are lost.
    assert_eq!(within(&six, 2), Ok(q(1, 5)));
    assert_eq!(within(&six, 1), Ok(q(0, 1)));
}

#[test]
fn with_nothing_open_it_is_the_plain_median_and_the_plain_share() {
    use End::{Otherwise, Won};
    assert_eq!(
        median_text(&singles(&[(10, Won), (20, Otherwise)])),
        "15 days"
    );
    assert_eq!(
        median_text(&singles(&[(10, Won), (20, Won), (90, Otherwise)])),
        "20 days"
    );
    assert_eq!(median_text(&singles(&[(0, Won)])), "0 days");
    assert_eq!(
        median_text(&singles(&[(3, Won), (10, Won), (10, Otherwise), (11, Won)])),
        "10 days"
    );
    assert_eq!(
        median_text(&singles(&[(3, Won), (10, Won), (13, Otherwise), (11, Won)])),
        "10.5 days"
    );
    let demo = of_days(&[(7, Won, 10), (14, Won, 10), (30, Otherwise, 571)]);
    let share = kpi::win_probability_within(&demo, 7).unwrap();
    assert_eq!(
        share,
        Rate::from_fraction(Decimal::from(10) / Decimal::from(591)).unwrap()
    );
    // All are decided: that holds for any number of days.
    assert_eq!(within(&demo, u32::MAX), Ok(rounded(&q(20, 591))));
}

/// The close in force at as-of; a deal that is reopened and lost later is as long as it took in the end.
#[test]
fn the_tiny_history() {
    use End::{Open, Otherwise, Won};
    let april = singles(&[(32, Won), (40, Otherwise), (57, Won), (32, Open)]);
    assert_eq!(median_text(&april), "40 days");
}

/// Wrong: of the closed deals alone; with the open ones taken as closed today; with losses as deals seen no longer.
#[test]
fn the_wrong_answers() {
    use End::{Open, Otherwise, Won};
    let deals = [
        (10, Won),
        (20, Otherwise),
        (30, Won),
        (40, Open),
        (50, Open),
        (60, Otherwise),
        (70, Open),
    ];
    let found = singles(&deals);
    assert_eq!(median_text(&found), "60 days");
    let closed: Vec<_> = deals
        .iter()
        .copied()
        .filter(|(_, how)| *how != Open)
        .collect();
    assert_eq!(median_text(&singles(&closed)), "25 days");
    let as_closed: Vec<_> = deals
        .iter()
        .map(|(days, how)| (*days, if *how == Open { Otherwise } else { *how }))
        .collect();
    assert_eq!(median_text(&singles(&as_closed)), "40 days");
    assert_eq!(within(&found, 30), Ok(rounded(&q(2, 7))));
    let unseen: Vec<_> = deals
        .iter()
        .map(|(days, how)| (*days, if *how == Otherwise { Open } else { *how }))
        .collect();
    // 1 − 6/7 × 4/5, which overstates it.
    assert_eq!(within(&singles(&unseen), 30), Ok(rounded(&q(11, 35))));
}

#[test]
fn exactly_half_for_a_while_and_to_the_end() {
    use End::{Open, Otherwise, Won};
    // 1/2 from day 20 on; who is seen no longer then moves nothing until the next one closes.
    let for_a_while = singles(&[(10, Won), (20, Won), (25, Open), (31, Otherwise)]);
    assert_eq!(median_text(&for_a_while), "25.5 days");
    // 2/3 × 3/4, though some were seen no longer in between.
    let after_some_left = [
        (1, Won),
        (2, Won),
        (3, Won),
        (4, Open),
        (4, Open),
        (5, Won),
        (6, Open),
        (9, Won),
        (12, Open),
    ];
    assert_eq!(median_text(&singles(&after_some_left)), "7 days");
    let to_the_end = singles(&[(10, Won), (20, Otherwise), (25, Open), (30, Open)]);
    assert_eq!(median_of(&to_the_end), Err(Undefined::HalfStillLeft));
    assert_eq!(
        median_of(&singles(&[(5, Open)])),
        Err(Undefined::HalfStillLeft)
    );
    assert_eq!(within(&singles(&[(5, Open)]), 5), Ok(q(0, 1)));
    assert_eq!(
        within(&singles(&[(5, Open)]), 6),
        Err(Undefined::NotSeenThatLong)
    );
}

/// On one day all closes at once, and who is seen until then is at risk on it: 2 of 4, not 2 of 3 or one after the other.
#[test]
fn all_of_a_day_at_once() {
    use End::{Open, Otherwise, Won};
    let ties = singles(&[(10, Won), (10, Otherwise), (10, Open), (12, Won)]);
    assert_eq!(within(&ties, 10), Ok(q(1, 4)));
    assert_eq!(median_text(&ties), "11 days");
    let all_left_unseen = singles(&[(10, Won), (10, Open), (10, Open)]);
    assert_eq!(median_of(&all_left_unseen), Err(Undefined::HalfStillLeft));
}

/// Exactly half, and exactly between two decimals, where no rounding can tell: whole numbers do.
#[test]
fn what_only_whole_numbers_decide() {
    use End::{Open, Otherwise, Won};
    // A million times 2/3 × 3/4, of which no binary fraction is exact; and one deal more or less of those left.
    for (left, expected) in [(1_999, "5 days"), (2_000, "7 days"), (2_001, "9 days")] {
        let deals = [
            (1, Otherwise, 3_000),
            (2, Open, 2_000),
            (5, Won, 3_000 - left),
            (9, Won, 10),
            (9, Open, left + 990),
        ];
        assert_eq!(median_text(&of_days(&deals)), expected, "{left}");
    }
    // Denominators 2¹⁰ × 2⁹ × 2⁸ × 2²: 29 decimals, the last of them a 5.
    let fine = [
        (1, Won, 1),
        (1, Open, 511),
        (2, Won, 1),
        (2, Open, 255),
        (3, Won, 1),
        (3, Open, 251),
        (4, Won, 1),
        (4, Otherwise, 3),
    ];
    let each: Vec<(i64, End)> = fine
        .iter()
        .flat_map(|(days, how, count)| {
            std::iter::repeat_n((i64::try_from(*days).unwrap(), *how), *count)
        })
        .collect();
    let tally = of_days(&fine);
    for days in 0..=5 {
        let truth = incidence(&each, days, Won).unwrap();
        if days >= 4 {
            let units = &truth / tiny(28);
            assert_eq!(units.fract(), q(1, 2), "a case that lies between");
        }
        assert_eq!(
            within(&tally, u32::try_from(days).unwrap()),
            Ok(rounded(&truth)),
            "{days}"
        );
    }
}

/// A hundred thousand deals that are seen for as many as 366 different times.
#[test]
fn long_products_stay_right_to_the_last_digit() {
    let mut numbers = 7_u64;
    let mut next = |below: u64| {
        numbers = numbers
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (numbers >> 33) % below
    };
    let mut deals = Vec::new();
    for days in 0..366 {
        deals.push((days, End::Won, usize::try_from(next(120)).unwrap()));
        deals.push((days, End::Otherwise, usize::try_from(next(150)).unwrap()));
        deals.push((days, End::Open, usize::try_from(next(130)).unwrap()));
    }
    let tally = of_days(&deals);
    // The oracle over groups, since it is slow over each.
    let at_risk = |day: u64| {
        deals
            .iter()
            .filter(|(days, ..)| *days >= day)
            .fold(0, |sum, (.., count)| sum + count)
    };
    let on = |day: u64, how: End| {
        deals
            .iter()
            .filter(|deal| (deal.0, deal.1) == (day, how))
            .fold(0, |sum, (.., count)| sum + count)
    };
    let (mut left, mut won, mut half) = (q(1, 1), q(0, 1), None);
    for day in 0..366 {
        let here = q(at_risk(day), 1);
        won += &left * q(on(day, End::Won), 1) / &here;
        left *= (&here - q(on(day, End::Won) + on(day, End::Otherwise), 1)) / here;
        half = half.or((left < q(1, 2)).then_some(day));
        if day % 37 == 0 || day == 365 {
            assert_eq!(
                within(&tally, u32::try_from(day).unwrap()),
                Ok(rounded(&won)),
                "{day}"
            );
        }
    }
    assert_eq!(median_of(&tally), Ok(q(half.unwrap(), 1)));
}

#[test]
fn nothing_to_follow_says_why() {
    let reasons = |deals: &[Raw], period: &str| {
        let tally = tally(deals, scope(period));
        assert_eq!(median_of(&tally), within(&tally, 9));
        median_of(&tally)
    };
    assert_eq!(reasons(&[], "2024-Q1"), Err(Undefined::NoDealsCreated));
    let on = day("2024-01-01");
    let early = [Raw::new("2024-02-01", Outcome::Won { on })];
    assert_eq!(reasons(&early, "2024-Q1"), Err(Undefined::NoSoundCycle));
    assert_eq!(reasons(&early, "2024-Q2"), Err(Undefined::NoDealsCreated));
    let mut credit = Raw::new(
        "2024-01-01",
        Outcome::Won {
            on: day("2024-02-01"),
        },
    );
    (credit.amount, credit.is_negative) = (Some(1), true);
    assert_eq!(
        reasons(&[credit.clone()], "2024-Q1"),
        Err(Undefined::NoDealsCreated)
    );
    assert_eq!(tally(&[credit], scope("2024-Q1")).totals().credits, 1);
}

#[test]
fn json_says_what_it_counted_and_takes_nothing_else() {
    let found = of_days(&[(3, End::Won, 2), (9, End::Open, 1)]);
    let text = serde_json::to_string(&found).unwrap();
    let days = r#""won_days":[[3,2]],"closed_otherwise_days":[],"open_days":[[9,1]]"#;
    assert!(text.ends_with(&format!("{days}}}")), "{text}");
    let refused = |old: &str, new: &str, rule: &str| {
        assert!(text.contains(old), "{old}");
        let error = serde_json::from_str::<SurvivalTally>(&text.replacen(old, new, 1)).unwrap_err();
        let (_, rule) = broken(rule);
        assert!(error.to_string().contains(&rule), "{new}: {error}");
    };
    let of_all = "a survival's days are of all deals that it follows";
    refused("[[3,2]]", "[[3,1]]", of_all);
    refused("[[9,1]]", "[]", of_all);
    let in_order =
        "days of survival are in order, each once, at most 401766, and at least one deal's";
    refused("[[3,2]]", "[[3,1],[3,1]]", in_order);
    refused("[[3,2]]", "[[3,1],[2,1]]", in_order);
    refused("[[3,2]]", "[[3,2],[4,0]]", in_order);
    refused("[[3,2]]", "[[401767,2]]", in_order);
    refused("[[3,2]]", "[[3,18446744073709551615],[4,3]]", of_all);
    let records = "records are all deals looked at: at least those followed and those left out";
    refused("\"records\":3", "\"records\":2", records);
    refused("\"credits\":0", "\"credits\":1", records);
    refused(
        "\"records\":3",
        "\"records\":10000000001",
        "records are at most 10^10",
    );
    let unknown = text.replacen('{', r#"{"typo":1,"#, 1);
    assert!(serde_json::from_str::<SurvivalTally>(&unknown).is_err());
}

#[test]
fn ten_billion_records_and_no_more() {
    let text = serde_json::to_string(&of_days(&[(3, End::Won, 1)])).unwrap();
    let full = text.replacen("\"records\":1", "\"records\":10000000000", 1);
    let mut full: SurvivalTally = serde_json::from_str(&full).unwrap();
    let before = full.clone();
    let deal = Raw::new("2024-01-31", Outcome::Open).deal("D-1", Currency::USD);
    assert_eq!(complaint(full.record(&deal)).0, ErrorKind::TotalTooLarge);
    let one = SurvivalTally::of([&deal], full.scope()).unwrap();
    assert_eq!(complaint(full.merge(&one)).0, ErrorKind::TotalTooLarge);
    assert_eq!(full, before);
    let won = text.replacen("[[3,1]]", "[[3,9999999999]]", 1).replacen(
        "\"won\":1",
        "\"won\":9999999999",
        1,
    );
    let won = won.replacen("\"records\":1", "\"records\":9999999999", 1);
    let mut many: SurvivalTally = serde_json::from_str(&won).unwrap();
    many.record(&deal).unwrap();
    assert_eq!(
        within(&many, 3),
        Ok(rounded(&q(9_999_999_999_u64, 10_000_000_000_u64)))
    );
    assert_eq!(median_text(&many), "3 days");
}

/// Without this, an oracle and a crate that both say "undefined" all the time would agree.
#[test]
fn generated_cases_reach_every_answer() {
    let mut runner = TestRunner::deterministic();
    let mut defined = [0; 2];
    let mut reasons = BTreeSet::new();
    let odd = (many_odd(), scopes());
    for at in 0..900 {
        let (deals, scope) = if at % 2 == 0 {
            crowded().new_tree(&mut runner).unwrap().current()
        } else {
            odd.new_tree(&mut runner).unwrap().current()
        };
        let (median, won) = truth(&deals, scope, 60);
        for (at, answer) in [median, won].into_iter().enumerate() {
            defined[at] += u32::from(answer.is_ok());
            reasons.extend(answer.err());
        }
    }
    assert!(defined.iter().all(|times| *times > 200), "{defined:?}");
    for reason in [
        Undefined::NoDealsCreated,
        Undefined::NoSoundCycle,
        Undefined::HalfStillLeft,
        Undefined::NotSeenThatLong,
    ] {
        assert!(reasons.contains(&reason), "{reason:?}");
    }
}

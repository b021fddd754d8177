//! Forecasts: goldens, laws, and a second way to every figure, over exact fractions.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::tally::DueDeal;
use sales_metrics::{
    CategoryForecast, Currency, Deal, DealId, DealTally, ErrorKind, ForecastCategory,
    ForecastTally, Interval, Money, Outcome, OutcomeDistribution, Rate, Scope, Undefined, Volume,
    kpi,
};

use crate::laws::{laws, money_laws};
use crate::support::{
    MOST, Q, Raw, build, complaint, config, day, dec, exact, in_euros, many_deals, q, scope,
    scopes, tiny, usd,
};

fn owner(deal: &Deal) -> Option<&str> {
    deal.owner().map(AsRef::as_ref)
}

/// Deals of which some have a category, and some a stage.
fn categorized() -> impl Strategy<Value = Vec<Deal>> + Clone {
    let categories = [
        None,
        Some(ForecastCategory::Commit),
        Some(ForecastCategory::BestCase),
        Some(ForecastCategory::Pipeline),
        Some(ForecastCategory::Omitted),
    ];
    (many_deals(), 0..5_usize).prop_map(move |(deals, turn)| {
        let numbered = deals.into_iter().enumerate();
        let with = numbered.map(|(n, deal)| match categories[(n + turn) % 5] {
            Some(category) => deal.with_forecast_category(category),
            None => deal,
        });
        let numbered = with.enumerate();
        let staged = numbered.map(|(n, deal)| match (n + turn) % 3 {
            0 => deal,
            1 => deal.with_stage("Proposal").unwrap(),
            _ => deal.with_stage("Negotiation").unwrap(),
        });
        staged.collect()
    })
}

fn foreign_deal() -> (Deal, String) {
    let mut raw = Raw::new("2024-01-31", Outcome::Open);
    raw.expected_close = Some(day("2024-02-29"));
    (raw.deal("F-1", Currency::EUR), "deal F-1".to_owned())
}

/// 10¹⁴ at 100 %, and due: 79,228 of them fit in 96 bits of units of 10⁻¹⁰.
fn heavy_deal() -> (Deal, Scope, usize) {
    let mut raw = Raw::new("2024-01-31", Outcome::Open);
    (raw.amount, raw.probability) = (Some(MOST), Some(1_000_000));
    raw.expected_close = Some(day("2024-02-29"));
    (raw.deal("H-1", Currency::USD), scope("2024-Q1"), 79_228)
}

laws!(forecast_tally: ForecastTally {
    records: categorized(), view: core::convert::identity => Scope, key: owner,
});
money_laws!(money_of_forecast_tally: ForecastTally {
    records: categorized(), key: owner, foreign: foreign_deal(), heavy: heavy_deal(),
});

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_forecast_holds_the_very_tally_and_the_deals_due(deals in categorized(), scope in scopes()) {
        let forecast = ForecastTally::of(&deals, scope).unwrap();
        prop_assert_eq!(forecast.tally(), &DealTally::of(&deals, scope).unwrap());
        let is_due = |deal: &&Deal| {
            let standing = deal.standing(scope);
            standing.is_expected() || standing.is_overdue()
        };
        let mut due: Vec<&Deal> = deals.iter().filter(is_due).collect();
        due.sort_by_key(|deal| deal.id().clone());
        let facts: Vec<_> = due.iter().map(|deal| (deal.id().clone(), deal.probability(), deal.forecast_category(), deal.stage().cloned())).collect();
        let found = forecast.due();
        let found: Vec<_> = found.iter().map(|due| (due.id().clone(), due.probability(), due.category(), due.stage().cloned())).collect();
        prop_assert_eq!(found, facts);
    }

    /// Whatever is in the sums is in one of the parts, and nothing is in two.
    #[test]
    fn categories_are_the_deals_due(deals in categorized(), scope in scopes()) {
        let forecast = ForecastTally::of(&deals, scope).unwrap();
        let Ok(categories) = kpi::category_forecast(&forecast) else { return Ok(()) };
        for (found, count) in naive_categories(&deals, scope).into_iter().zip(parts(categories)) {
            prop_assert_eq!(count, found);
        }
    }
}

fn parts(forecast: CategoryForecast) -> [(u64, Q); 9] {
    let parts = [
        forecast.closed(),
        forecast.commit(),
        forecast.best_case(),
        forecast.pipeline(),
        forecast.omitted(),
        forecast.uncategorized(),
        forecast.up_to_commit(),
        forecast.up_to_best_case(),
        forecast.up_to_pipeline(),
    ];
    parts.map(|volume: Volume| {
        let amount = volume.amount().map_or(dec("0"), Money::amount);
        (volume.count(), exact(amount))
    })
}

/// The same the long way round.
fn naive_categories(deals: &[Deal], scope: Scope) -> [(u64, Q); 9] {
    let of = |counts: &dyn Fn(&Deal) -> bool| {
        let those = deals.iter().filter(|deal| counts(deal));
        let amounts = those.map(|deal| deal.amount().map_or(dec("0"), Money::amount));
        amounts.fold((0, q(0, 1)), |(count, sum), amount| {
            (count + 1, sum + exact(amount))
        })
    };
    let is_over = scope.is_complete();
    let due = |category| {
        of(&|deal: &Deal| {
            let standing = deal.standing(scope);
            let is_due = standing.is_expected() || standing.is_overdue();
            !is_over && is_due && deal.forecast_category() == category
        })
    };
    let closed = of(&|deal: &Deal| deal.standing(scope).is_won());
    let [commit, best, pipeline, omitted] = [
        ForecastCategory::Commit,
        ForecastCategory::BestCase,
        ForecastCategory::Pipeline,
        ForecastCategory::Omitted,
    ]
    .map(|category| due(Some(category)));
    let plus = |a: &(u64, Q), b: &(u64, Q)| (a.0 + b.0, &a.1 + &b.1);
    let to_commit = plus(&closed, &commit);
    let to_best = plus(&to_commit, &best);
    let to_pipeline = plus(&to_best, &pipeline);
    let none = due(None);
    [
        closed,
        commit,
        best,
        pipeline,
        omitted,
        none,
        to_commit,
        to_best,
        to_pipeline,
    ]
}

/// An amount in units of 10⁻⁴, and a probability in millionths.
type Due = (u64, u32);

fn running() -> Scope {
    scope("2024-Q1").as_of(day("2024-02-14")).unwrap()
}

fn due_deals(due: &[Due]) -> Vec<Deal> {
    let raw: Vec<Raw> = due
        .iter()
        .map(|(units, millionths)| {
            let mut raw = Raw::new("2024-01-31", Outcome::Open);
            (raw.amount, raw.probability) = (Some(*units), Some(*millionths));
            raw.expected_close = Some(day("2024-03-20"));
            raw
        })
        .collect();
    build(&raw)
}

fn outcome(due: &[Due]) -> OutcomeDistribution {
    let forecast = ForecastTally::of(due_deals(due), running()).unwrap();
    kpi::outcome_distribution(&forecast).unwrap()
}

fn units(units: impl Into<BigInt>) -> Q {
    q(units, 10_000)
}

fn certain<T: PartialEq + Copy>(interval: Interval<T>) -> T {
    *interval.exact().expect("it is exact")
}

/// Every sum and its probability.
fn enumerated(due: &[Due]) -> BTreeMap<u128, Q> {
    let mut sums = BTreeMap::from([(0, q(1, 1))]);
    for (units, millionths) in due {
        let won = q(*millionths, 1_000_000);
        let lost = q(1, 1) - &won;
        let mut next = BTreeMap::new();
        for (sum, probability) in sums {
            *next.entry(sum).or_insert(q(0, 1)) += &probability * &lost;
            *next.entry(sum + u128::from(*units)).or_insert(q(0, 1)) += probability * &won;
        }
        next.retain(|_, probability| *probability > q(0, 1));
        sums = next;
    }
    sums
}

fn naive_quantile(sums: &BTreeMap<u128, Q>, level: Rate) -> Q {
    let mut total = q(0, 1);
    for (sum, probability) in sums {
        total += probability;
        if total >= exact(level.fraction()) {
            return units(*sum);
        }
    }
    unreachable!("the total is 1")
}

fn naive_chance(sums: &BTreeMap<u128, Q>, target: &Q) -> Q {
    let reached = sums.iter().filter(|(sum, _)| units(**sum) >= *target);
    reached.fold(q(0, 1), |sum, (_, probability)| sum + probability)
}

fn near(found: Rate, truth: &Q) -> bool {
    let off = exact(found.fraction()) - truth;
    off <= tiny(28) && off >= -tiny(28)
}

fn levels() -> impl Strategy<Value = Rate> + Clone {
    prop_oneof![
        proptest::sample::select(vec![0, 10, 25, 50, 75, 90, 100])
            .prop_map(|percent| Rate::from_percent(percent).unwrap()),
        (0..=1_000_000_i64).prop_map(|millionths| {
            Rate::from_fraction(sales_metrics::Decimal::new(millionths, 6)).unwrap()
        }),
    ]
}

fn due() -> impl Strategy<Value = Vec<Due>> + Clone {
    let amounts = prop_oneof![
        (0..200_u64).prop_map(|whole| whole * 10_000),
        (1..9_u64).prop_map(|thousands| thousands * 10_000_000),
        0..=MOST,
    ];
    let probabilities = prop_oneof![
        proptest::sample::select(vec![0, 100_000, 250_000, 500_000, 900_000, 1_000_000]),
        0..=1_000_000_u32,
    ];
    proptest::collection::vec((amounts, probabilities), 1..9)
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn the_distribution_is_that_of_every_case(due in due(), level in levels(), target in 0..=MOST) {
        let (found, sums) = (outcome(&due), enumerated(&due));
        prop_assert_eq!(exact(certain(found.quantile(level)).amount()), naive_quantile(&sums, level));
        let middle = certain(found.quantile(Rate::HALF));
        for target in [Money::new(sales_metrics::Decimal::from_i128_with_scale(target.into(), 4), Currency::USD), middle] {
            let chance = certain(found.chance_of(target).unwrap());
            prop_assert!(near(chance, &naive_chance(&sums, &exact(target.amount()))), "{}", chance);
        }
    }

    #[test]
    fn quantiles_rise_with_the_level(due in due(), a in levels(), b in levels()) {
        let found = outcome(&due);
        let (low, high) = (a.min(b), a.max(b));
        prop_assert!(certain(found.quantile(low)) <= certain(found.quantile(high)));
    }

    #[test]
    fn a_certain_deal_shifts_every_quantile(due in due(), more in 0..=MOST, level in levels()) {
        let with = outcome(&[due.as_slice(), &[(more, 1_000_000), (more, 0)]].concat());
        let (with, without) = (with.quantile(level), outcome(&due).quantile(level));
        let shift = exact(certain(with).amount()) - exact(certain(without).amount());
        prop_assert_eq!(shift, units(more));
    }

    #[test]
    fn a_factor_scales_every_quantile(due in due(), factor in 2..9_u64, level in levels()) {
        prop_assume!(due.iter().all(|(units, _)| units * factor <= MOST));
        let scaled: Vec<Due> = due.iter().map(|(units, probability)| (units * factor, *probability)).collect();
        let [plain, scaled] = [&due, &scaled].map(|due| exact(certain(outcome(due).quantile(level)).amount()));
        prop_assert_eq!(plain * q(factor, 1), scaled);
    }

    /// Won or lost, each with its probability: both together are what it is.
    #[test]
    fn a_deal_is_won_or_lost(due in due(), target in 0..=MOST) {
        let found = outcome(&due);
        let target = Money::new(sales_metrics::Decimal::from_i128_with_scale(target.into(), 4), Currency::USD);
        for (deal, _, probability) in found.deals() {
            let without = found.without(deal).unwrap();
            let won = found.if_won(deal).unwrap();
            prop_assert_eq!(&without.if_won(deal).unwrap(), &won);
            let [lost, won] = [without, won].map(|outcome| exact(certain(outcome.chance_of(target).unwrap()).fraction()));
            let p = exact(probability.fraction());
            let both = &p * won + (q(1, 1) - &p) * lost;
            let off = both - exact(certain(found.chance_of(target).unwrap()).fraction());
            prop_assert!(off <= tiny(27) && off >= -tiny(27), "{}", off);
        }
    }

    #[test]
    fn the_mean_is_the_weighted_forecast(due in due()) {
        let tally = DealTally::of(due_deals(&due), running()).unwrap();
        prop_assert_eq!(outcome(&due).mean(), kpi::weighted_forecast(&tally));
    }
}

/// Ten deals of a CRM's demo, each with its stage's probability.
fn golden() -> Vec<Deal> {
    [
        ("118", 200_000, "10%"),
        ("6305", 240_000, "10%"),
        ("10017", 12_000, "10%"),
        ("12427", 97_000, "10%"),
        ("15851", 202_000, "75%"),
        ("24588", 120_000, "10%"),
        ("34255", 24_420, "10%"),
        ("48751", 205_000, "10%"),
        ("53710", 23_000, "50%"),
        ("62022", 35_000, "10%"),
    ]
    .map(|(id, amount, probability)| {
        Deal::new(id, day("2016-05-02"), Outcome::Open, Currency::USD)
            .and_then(|deal| deal.with_amount(amount))
            .and_then(|deal| deal.with_probability(probability.parse()?))
            .and_then(|deal| deal.with_expected_close(day("2016-08-31")))
            .unwrap()
    })
    .to_vec()
}

#[test]
fn the_quarter_of_a_demo() {
    let before = scope("2016-Q3").as_of(day("2016-06-30")).unwrap();
    let forecast = ForecastTally::of(golden(), before).unwrap();
    let outcome = kpi::outcome_distribution(&forecast).unwrap();
    let largest = DealId::new("6305").unwrap();
    let expect = |outcome: &OutcomeDistribution, quantiles: [&str; 3], chance: &str| {
        for (percent, amount) in [10, 50, 90].into_iter().zip(quantiles) {
            let level = Rate::from_percent(percent).unwrap();
            assert_eq!(
                outcome.quantile(level).exact(),
                Some(&usd(amount)),
                "P{percent}"
            );
        }
        let found = outcome.chance_of(usd("386140")).unwrap();
        assert_eq!(found.exact().unwrap().fraction(), dec(chance));
    };
    expect(&outcome, ["23000", "225000", "454000"], "0.217334665");
    let without = outcome.without(&largest).unwrap();
    expect(&without, ["23000", "225000", "425000"], "0.1521416125");
    let won = outcome.if_won(&largest).unwrap();
    expect(&won, ["263000", "465000", "665000"], "0.8040721375");
    assert_eq!(outcome.mean(), Ok(usd("256342")));
    let something = outcome.chance_of(usd("0.0001")).unwrap();
    let nothing = exact(certain(something).complement().fraction());
    assert_eq!(nothing, exact(dec("0.05380840125")));
    assert_eq!(outcome.deals().count(), 10);
    assert_eq!(outcome.won(), usd("0"));
}

#[test]
fn what_lacks_a_probability_is_listed_and_not_assumed() {
    let mut deals = due_deals(&[(1_000_000, 500_000), (2_000_000, 500_000)]);
    let bare = Raw {
        expected_close: Some(day("2024-03-01")),
        ..Raw::new("2024-01-31", Outcome::Open)
    };
    let priced = Raw {
        amount: Some(70_000),
        ..bare.clone()
    };
    deals.push(bare.deal("U-2", Currency::USD));
    deals.push(priced.deal("U-1", Currency::USD));
    let forecast = ForecastTally::of(&deals, running()).unwrap();
    let outcome = kpi::outcome_distribution(&forecast).unwrap();
    let left_out: Vec<&str> = outcome.left_out().iter().map(AsRef::as_ref).collect();
    assert_eq!(left_out, ["U-1", "U-2"]);
    assert_eq!(outcome.quantile(Rate::ONE).to_string(), "300 USD");
    assert_eq!(
        forecast.due().iter().filter(|due| due.is_weighed()).count(),
        2
    );
    assert_eq!(forecast.due().iter().filter_map(DueDeal::amount).count(), 3);
    let nobody = DealId::new("U-1").unwrap();
    assert_eq!(
        (outcome.without(&nobody), outcome.if_won(&nobody)),
        (None, None)
    );
}

#[test]
fn once_it_is_over_it_is_what_was_won() {
    let mut won = Raw::new(
        "2024-01-31",
        Outcome::Won {
            on: day("2024-03-30"),
        },
    );
    won.amount = Some(5_000_000);
    let mut deals = due_deals(&[(1_000_000, 500_000)]);
    deals.push(won.deal("W-1", Currency::USD));
    let at = |as_of: &str| {
        ForecastTally::of(&deals, scope("2024-Q1").as_of(day(as_of)).unwrap()).unwrap()
    };
    // Open on the evening, and closed by today's records: hindsight.
    let early = at("2024-02-14");
    assert_eq!(
        kpi::outcome_distribution(&early),
        Err(Undefined::NeedsHistory)
    );
    assert_eq!(kpi::category_forecast(&early), Err(Undefined::NeedsHistory));
    let late = kpi::outcome_distribution(&at("2024-03-30")).unwrap();
    assert_eq!(late.quantile(Rate::ONE).to_string(), "600 USD");
    for over in ["2024-03-31", "2024-06-30"] {
        let outcome = kpi::outcome_distribution(&at(over)).unwrap();
        assert_eq!(outcome.quantile(Rate::ZERO).to_string(), "500 USD");
        assert_eq!(outcome.quantile(Rate::ONE).to_string(), "500 USD");
        let chance = outcome.chance_of(usd("500.0001")).unwrap();
        assert_eq!(chance.to_string(), "0%");
        let categories = kpi::category_forecast(&at(over)).unwrap();
        assert_eq!(categories.up_to_pipeline().to_string(), "1 · 500 USD");
        assert_eq!(categories.uncategorized().count(), 0);
    }
}

#[test]
fn a_target_of_any_size() {
    let outcome = outcome(&[(10_000, 250_000), (20_000, 1_000_000)]);
    let chance = |target: &str| outcome.chance_of(usd(target)).unwrap().to_string();
    assert_eq!(chance("-5"), "100%");
    assert_eq!(chance("0"), "100%");
    assert_eq!(chance("2"), "100%");
    assert_eq!(chance("2.00000000001"), "25%");
    assert_eq!(chance("3"), "25%");
    assert_eq!(chance("3.0000000000000000000000001"), "0%");
    assert_eq!(chance("79228162514264337593543950335"), "0%");
    assert_eq!(chance("-79228162514264337593543950335"), "100%");
    let euro = Money::new(1, Currency::EUR);
    assert_eq!(complaint(outcome.chance_of(euro)), in_euros("the target"));
}

/// More deals of odd amounts than can be exact.
#[test]
fn a_bracket_says_so() {
    let due: Vec<Due> = (0..60_u64)
        .map(|n| (10_000_000 * (1 + n % 7) + n * n * n + 1, 300_000))
        .collect();
    let found = outcome(&due).quantile(Rate::HALF);
    assert_eq!(found.exact(), None);
    let width = exact(found.high().amount()) - exact(found.low().amount());
    let total = due
        .iter()
        .fold(q(0, 1), |sum, (amount, _)| sum + units(*amount));
    assert!(width * q(1_000, 1) <= total);
    assert!(found.to_string().contains('–'));
}

#[test]
fn a_forecast_of_other_deals_is_refused() {
    let forecast = ForecastTally::of(golden(), scope("2016-Q3")).unwrap();
    let json = serde_json::to_string(&forecast).unwrap();
    assert_eq!(
        serde_json::from_str::<ForecastTally>(&json).unwrap(),
        forecast
    );
    for (is, was) in [
        (r#""probability":"0.2""#, r#""probability":"0.5""#),
        (r#""amount":"12001""#, r#""amount":"12000""#),
    ] {
        let other = json.replacen(was, is, 1);
        assert_ne!(other, json);
        let refused = serde_json::from_str::<ForecastTally>(&other).unwrap_err();
        let rule = "the deals due are those that its tally counts as expected and overdue";
        assert!(refused.to_string().contains(rule), "{refused}");
    }
}

#[test]
fn currencies_do_not_mix() {
    let (dollar, euro) = (usd("1"), Money::new(1, Currency::EUR));
    let refused = [
        (kpi::forecast_accuracy(dollar, euro).err(), "the actual"),
        (kpi::forecast_ratio(dollar, euro).err(), "the actual"),
        (kpi::forecast_bias(&[(dollar, euro)]).err(), "the actual"),
        (
            kpi::wape(&[(dollar, dollar), (euro, euro)]).err(),
            "a forecast of the series",
        ),
        (
            kpi::mase(&[euro], &[(dollar, dollar)]).err(),
            "an actual of the history",
        ),
    ];
    for (error, what) in refused {
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::CurrencyMismatch);
        assert_eq!(error.to_string(), in_euros(what).1);
    }
}

/// Forecasts and what came of them, and a history before.
#[derive(Clone, Debug)]
struct Case {
    periods: Vec<(i64, i64)>,
    history: Vec<i64>,
    due: Vec<Due>,
}

fn cases() -> impl Strategy<Value = Case> {
    let amount = || prop_oneof![Just(0), 0..3_i64, -50..1_000_i64, 1..1_000_000_000_000_i64];
    let periods = proptest::collection::vec((amount(), amount()), 0..5);
    let history = proptest::collection::vec(amount(), 0..5);
    (periods, history, due()).prop_map(|(periods, history, due)| Case {
        periods,
        history,
        due,
    })
}

fn cents(amount: i64) -> Money {
    Money::from_minor(amount, Currency::USD)
}

fn close(found: Result<Q, sales_metrics::Error>, truth: Result<Q, Undefined>) -> bool {
    match (found, truth) {
        (Ok(found), Ok(truth)) => {
            let off = &found - &truth;
            let least = tiny(26) * (q(1, 1) + truth.clone() * truth);
            off <= least && off >= -least
        }
        (Err(error), Err(reason)) => error.undefined() == Some(reason),
        _ => false,
    }
}

fn absolute(value: Q) -> Q {
    if value < q(0, 1) { -value } else { value }
}

fn over(part: Q, whole: Q) -> Result<Q, Undefined> {
    if whole <= q(0, 1) {
        return Err(Undefined::ActualNotPositive);
    }
    Ok(part / whole)
}

/// What the crate says agrees with what is reckoned here; by name.
fn agreements(case: &Case) -> BTreeMap<&'static str, bool> {
    let periods: Vec<(Money, Money)> = case
        .periods
        .iter()
        .map(|(forecast, actual)| (cents(*forecast), cents(*actual)))
        .collect();
    let history: Vec<Money> = case.history.iter().copied().map(cents).collect();
    let each = || {
        let fractions = case.periods.iter().copied();
        fractions.map(|(forecast, actual)| (q(forecast, 100), q(actual, 100)))
    };
    let sum = |of: &dyn Fn((Q, Q)) -> Q| each().map(of).fold(q(0, 1), |sum, one| sum + one);
    let mut agree = BTreeMap::new();
    if let (Some((forecast, actual)), Some((f, a))) = (periods.first(), each().next()) {
        let found = kpi::forecast_accuracy(*forecast, *actual).map(|p| exact(p.fraction()));
        let truth = over(absolute(&a - &f), a.clone()).map(|miss| q(1, 1) - miss);
        agree.insert("forecast_accuracy", close(found, truth));
        let found = kpi::forecast_ratio(*forecast, *actual).map(|p| exact(p.fraction()));
        agree.insert("forecast_ratio", close(found, over(f, a)));
    }
    let missed = || sum(&|(f, a)| absolute(f - a));
    let found = kpi::forecast_bias(&periods).map(|p| exact(p.fraction()));
    let truth = over(sum(&|(f, a)| f - a), sum(&|(_, a)| a));
    agree.insert("forecast_bias", close(found, truth));
    let found = kpi::wape(&periods).map(|p| exact(p.fraction()));
    agree.insert(
        "wape",
        close(found, over(missed(), sum(&|(_, a)| absolute(a)))),
    );
    let steps = case
        .history
        .windows(2)
        .map(|pair| absolute(q(pair[1] - pair[0], 100)));
    let steps: Vec<Q> = steps.collect();
    let moved = steps.iter().fold(q(0, 1), |sum, step| sum + step);
    let truth = if case.periods.is_empty() {
        Err(Undefined::NothingForecast)
    } else if moved == q(0, 1) {
        Err(Undefined::HistoryNeverMoved)
    } else {
        let mean = missed() / q(case.periods.len(), 1);
        Ok(mean / (moved / q(steps.len(), 1)))
    };
    let found = kpi::mase(&history, &periods).map(|m| exact(m.decimal()));
    agree.insert("mase", close(found, truth));
    let sums = enumerated(&case.due);
    let median = exact(certain(outcome(&case.due).quantile(Rate::HALF)).amount());
    agree.insert(
        "outcome_distribution",
        median == naive_quantile(&sums, Rate::HALF),
    );
    let deals = due_deals(&case.due);
    let forecast = ForecastTally::of(&deals, running()).unwrap();
    let categories = parts(kpi::category_forecast(&forecast).unwrap());
    agree.insert(
        "category_forecast",
        categories == naive_categories(&deals, running()),
    );
    agree
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn every_forecast_agrees_with_exact_fractions(case in cases()) {
        for (name, agrees) in agreements(&case) {
            prop_assert!(agrees, "{}", name);
        }
    }
}

/// The names of what is computed a second time here, for some case.
pub(crate) fn recomputed(runner: &mut TestRunner) -> Vec<String> {
    let case = cases().new_tree(runner).unwrap().current();
    let names = agreements(&case).into_keys();
    names.map(ToOwned::to_owned).collect()
}

//! What holds for every KPI, whatever the deals.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use sales_metrics::tally::DealStock;
use sales_metrics::tally::{Cycle, DealTotals, Paired, Priced};
use sales_metrics::{DealDetail, DealTally, Outcome, Period, Scope, date, kpi};

use crate::deal::oracle::{answers, close};
use crate::figures::{Answer, CONFIDENCES, Unit, figures};
use crate::support::{
    Case, Q, Raw, build, cases, cases_with, config, deals_up_to, decided, exact, many_odd,
    many_raw, millionths_of, odd_deals_up_to, q, scope, scopes,
};

fn values(case: &Case) -> BTreeMap<&'static str, Answer> {
    figures(case)
        .into_iter()
        .map(|figure| (figure.name, figure.value))
        .collect()
}

/// A deal that happened altogether before the period and before the as-of day.
fn long_gone(scope: Scope, before: u64, took: u64, outcome: usize) -> Option<Raw> {
    let edge = scope.period().start().min(scope.as_of_day() + Days::new(1));
    let closed = edge.checked_sub_days(Days::new(before + 1))?;
    let created = closed.checked_sub_days(Days::new(took))?;
    supported(created)?;
    let outcomes = [
        Outcome::Won { on: closed },
        Outcome::Lost { on: closed },
        Outcome::Disqualified { on: closed },
    ];
    Some(Raw {
        created,
        ..Raw::new("2000-01-01", outcomes[outcome % 3])
    })
}

/// A deal that did not exist yet on the as-of day.
fn not_yet(scope: Scope, after: u64, took: u64, outcome: usize) -> Option<Raw> {
    let created = scope.as_of_day() + Days::new(after + 1);
    let closed = created + Days::new(took);
    supported(closed)?;
    let outcomes = [
        Outcome::Open,
        Outcome::Won { on: closed },
        Outcome::Lost { on: closed },
        Outcome::Disqualified { on: closed },
    ];
    Some(Raw {
        created,
        ..Raw::new("2000-01-01", outcomes[outcome % 4])
    })
}

fn supported(day: NaiveDate) -> Option<NaiveDate> {
    (date(1900, 1, 1).ok()? <= day && day <= date(2999, 12, 31).ok()?).then_some(day)
}

fn flows(totals: &DealTotals) -> ([Priced; 5], [Paired; 2], [Cycle; 3]) {
    (
        [
            totals.created().unwrap(),
            totals.won().unwrap(),
            totals.credits().unwrap(),
            totals.lost().unwrap(),
            totals.disqualified().unwrap(),
        ],
        [totals.costed().unwrap(), totals.listed().unwrap()],
        [
            totals.won_cycle().unwrap(),
            totals.lost_cycle().unwrap(),
            totals.contact_cycle().unwrap(),
        ],
    )
}

/// The flows as numbers, so that they can be added up here without the crate's help.
fn flow_numbers(totals: &DealTotals) -> Vec<Q> {
    let (priced, paired, cycles) = flows(totals);
    let priced = priced
        .iter()
        .flat_map(|p| [q(p.count, 1), q(p.priced, 1), exact(p.amount.decimal())]);
    let paired = paired.iter().flat_map(|p| {
        [
            q(p.count, 1),
            exact(p.amount.decimal()),
            exact(p.other.decimal()),
        ]
    });
    let cycles = cycles
        .iter()
        .flat_map(|c| [q(c.count, 1), q(c.days, 1), q(c.unsound, 1)]);
    priced.chain(paired).chain(cycles).collect()
}

fn expect_flows_to_add_up(
    deals: &[Raw],
    scope: Scope,
    pieces: Vec<Period>,
) -> Result<(), TestCaseError> {
    let day = scope.as_of_day();
    let scopes = pieces
        .into_iter()
        .map(|piece| Scope::new(piece, scope.currency()).as_of(day).unwrap());
    let deals = build(deals);
    let whole = flow_numbers(DealTally::of(&deals, scope).unwrap().totals());
    let mut sum = vec![q(0, 1); whole.len()];
    for piece in DealTally::series(&deals, scopes).unwrap() {
        for (total, part) in sum.iter_mut().zip(flow_numbers(piece.totals())) {
            *total += part;
        }
    }
    prop_assert_eq!(sum, whole);
    Ok(())
}

proptest! {
    #![proptest_config(config(320))]

    #[test]
    fn figures_stay_within_their_bounds(case in cases()) {
        for figure in figures(&case) {
            let Ok(value) = figure.value else { continue };
            let (zero, one) = (q(0, 1), q(1, 1));
            match (figure.unit, figure.name) {
                (Unit::Rate, name) => prop_assert!(zero <= value && value <= one, "{}", name),
                (Unit::Percent, "profit_margin" | "discount_rate" | "discount_percentile") => prop_assert!(value <= one),
                (Unit::Percent, "revenue_growth" | "revenue_growth.year" | "revenue_growth.to_end") => prop_assert!(value >= -one),
                (Unit::Money, "gross_profit" | "average_deal_profit" | "net_revenue") => {}
                (_, name) => prop_assert!(value >= zero, "{}", name),
            }
        }
    }

    /// Cents for euros, thousands for units: money scales, and nothing else moves.
    #[test]
    fn a_factor_scales_money_and_nothing_else(
        mut case in cases_with(proptest::collection::vec(deals_up_to(1_000_000_000_000_000), 0..=10)),
        factor in 2_u64..=1_000,
    ) {
        case.target %= 1_000_000_000_000_000;
        let mut scaled = case.clone();
        scaled.target *= factor as i64;
        for deal in &mut scaled.deals {
            for amount in [&mut deal.amount, &mut deal.cost, &mut deal.list_price] {
                *amount = amount.map(|units| units * factor);
            }
        }
        for (plain, other) in figures(&case).into_iter().zip(figures(&scaled)) {
            let name = plain.name;
            match (plain.value, other.value) {
                (Ok(plain), Ok(found)) if other.unit == Unit::Money => {
                    prop_assert!(close(name, &(found / q(factor, 1)), &plain), "{}", name);
                }
                (Ok(plain), Ok(found)) => prop_assert!(close(name, &found, &plain), "{}", name),
                (plain, found) => prop_assert_eq!(plain, found, "{}", name),
            }
        }
    }

    #[test]
    fn a_record_that_does_not_count_changes_no_kpi(
        case in cases(),
        (apart, took, outcome) in (0_u64..400, 0_u64..400, 0_usize..12),
        bystander in deals_up_to(1_000_000_000_000),
    ) {
        let before = values(&case);
        let both = [
            long_gone(case.scope, apart, took, outcome),
            not_yet(case.scope, apart, took, outcome),
        ];
        for dates in both.into_iter().flatten() {
            let mut more = case.clone();
            more.deals.push(Raw { created: dates.created, outcome: dates.outcome, ..bystander.clone() });
            let mut after = values(&more);
            // It may well count in an earlier period.
            for (name, value) in &before {
                if !name.starts_with("revenue_growth") {
                    prop_assert_eq!(&after.remove(name).unwrap(), value, "{}", name);
                }
            }
        }
    }

    #[test]
    fn flows_of_months_and_weeks_add_up(deals in many_raw(), scope in scopes()) {
        let (months, weeks): (Vec<_>, Vec<_>) =
            (scope.period().months().take(60).collect(), scope.period().weeks().take(60).collect());
        // Beyond that many pieces (1900 to 2999) there is nothing more to learn.
        if months.len() < 60 {
            expect_flows_to_add_up(&deals, scope, months)?;
        }
        if weeks.len() < 60 {
            expect_flows_to_add_up(&deals, scope, weeks)?;
        }
    }

    /// Seen from its own last day, a month's flows are the same as seen from the quarter's.
    #[test]
    fn flows_of_whole_months_add_up_to_the_whole_quarter(deals in many_raw()) {
        let quarter: Scope = crate::support::scope("2024-Q1");
        let deals = build(&deals);
        let whole = flow_numbers(DealTally::of(&deals, quarter).unwrap().totals());
        let months = quarter.period().months().map(|month| Scope::new(month, quarter.currency()));
        let mut sum = vec![q(0, 1); whole.len()];
        for month in DealTally::series(&deals, months).unwrap() {
            sum.iter_mut().zip(flow_numbers(month.totals())).for_each(|(total, part)| *total += part);
        }
        prop_assert_eq!(sum, whole);
    }

    #[test]
    fn undefined_exactly_when_the_row_says(case in cases()) {
        let expected = answers(&case);
        for figure in figures(&case) {
            let reason = expected[figure.name].as_ref().err();
            prop_assert_eq!(figure.value.as_ref().err(), reason, "{}", figure.name);
        }
    }

    #[test]
    fn intervals_hold_the_win_rate_and_nest(won in 0_u64..3_000, lost in 0_u64..3_000) {
        prop_assume!(won + lost > 0);
        expect_intervals_to_nest(won, lost);
    }

    #[test]
    fn percentiles_rise_from_the_least_to_the_greatest(
        deals in many_raw(), scope in scopes(), p in 0_u32..=1_000_000, further in 0_u32..=1_000_000,
    ) {
        let detail = DealDetail::of(build(&deals), scope).unwrap();
        let at = |millionths| kpi::sales_cycle_percentile(&detail, millionths_of(millionths));
        let Ok(median) = kpi::median_sales_cycle(&detail) else {
            prop_assert!(at(p).is_err());
            return Ok(());
        };
        let (least, greatest) = (at(0).unwrap(), at(1_000_000).unwrap());
        let (low, high) = (at(p.min(further)).unwrap(), at(p.max(further)).unwrap());
        prop_assert!(least <= low && low <= high && high <= greatest);
        prop_assert_eq!(median, at(500_000).unwrap());
        let mean = kpi::sales_cycle_length(detail.tally()).unwrap();
        prop_assert!(least <= mean && mean <= greatest);
        let size = kpi::median_deal_size(&detail);
        if let Ok(size) = size {
            let won = build(&deals).into_iter().filter(|deal| deal.standing(scope).is_won());
            let sizes: Vec<_> = won.filter_map(|deal| deal.amount()).collect();
            prop_assert!(sizes.iter().any(|least| *least <= size));
            prop_assert!(sizes.iter().any(|greatest| *greatest >= size));
        }
    }

    #[test]
    fn a_standing_does_not_contradict_itself(raw in odd_deals_up_to(1), scope in scopes()) {
        let deal = raw.deal("D-1", scope.currency());
        let standing = deal.standing(scope);
        let closed = [standing.is_won(), standing.is_lost(), standing.is_disqualified()];
        prop_assert!(closed.iter().filter(|one| **one).count() <= 1);
        prop_assert!(!(closed.contains(&true) && standing.is_open()));
        prop_assert_eq!(standing.is_open(), matches!(standing.stock(), DealStock::Open | DealStock::OpenThen));
        if closed.contains(&true) {
            prop_assert_eq!(standing.stock(), DealStock::Closed);
        }
        if standing.is_won() {
            prop_assert!(standing.is_won_by_as_of());
        }
        if standing.is_won_by_as_of() {
            let won = matches!(raw.outcome, Outcome::Won { .. });
            prop_assert!(won);
        }
        if standing.is_credit() {
            prop_assert!(raw.is_negative && !closed.contains(&true) && !standing.is_created() && !standing.is_open());
        }
        prop_assert!(!(standing.is_expected() && standing.is_overdue()));
        if standing.is_created() || standing.is_expected() || standing.is_overdue() {
            prop_assert_ne!(standing.stock(), DealStock::NotYet);
        }
        if standing.is_expected() {
            prop_assert!(standing.is_open() && raw.expected_close.is_some());
        }
        if standing.stock() == DealStock::Open {
            prop_assert_eq!(raw.outcome, Outcome::Open);
        }
    }

    /// The records behind a number can be listed: they are as many as the number says.
    #[test]
    fn standings_are_what_tallies_count(raw in many_odd(), scope in scopes()) {
        let deals = build(&raw);
        let totals = *DealTally::of(&deals, scope).unwrap().totals();
        let count = |counts: fn(sales_metrics::tally::DealStanding) -> bool| {
            deals.iter().filter(|deal| counts(deal.standing(scope))).count() as u64
        };
        prop_assert_eq!(totals.records().unwrap(), deals.len() as u64);
        prop_assert_eq!(totals.created().unwrap().count, count(|s| s.is_created()));
        prop_assert_eq!(totals.won().unwrap().count, count(|s| s.is_won()));
        prop_assert_eq!(totals.lost().unwrap().count, count(|s| s.is_lost()));
        prop_assert_eq!(totals.disqualified().unwrap().count, count(|s| s.is_disqualified()));
        prop_assert_eq!(totals.open().unwrap().count, count(|s| s.is_open()));
        prop_assert_eq!(totals.open_then().unwrap(), count(|s| s.stock() == DealStock::OpenThen));
        prop_assert_eq!(totals.expected().unwrap().count, count(|s| s.is_expected()));
        prop_assert_eq!(totals.cohort_won().unwrap(), count(|s| s.is_created() && s.is_won_by_as_of()));
        prop_assert_eq!(totals.cohort_open().unwrap(), count(|s| s.is_pending()));
        let pending = raw.iter().zip(&deals).filter(|(raw, deal)| {
            deal.standing(scope).is_created() && raw.closed().is_none_or(|on| on > scope.as_of_day())
        });
        prop_assert_eq!(totals.cohort_open().unwrap(), pending.count() as u64);
        prop_assert_eq!(totals.overdue().unwrap().count, count(|s| s.is_overdue()));
        prop_assert_eq!(totals.credits().unwrap().count, count(|s| s.is_credit()));
        let undated = deals.iter().filter(|deal| deal.created().is_none());
        prop_assert_eq!(totals.without_creation().unwrap(), undated.clone().count() as u64);
        let open_undated = undated.filter(|deal| deal.standing(scope).is_open());
        prop_assert_eq!(totals.open_without_creation().unwrap(), open_undated.count() as u64);
        let without = deals.iter().filter(|d| d.standing(scope).is_open() && d.expected_close().is_none());
        prop_assert_eq!(totals.without_expected_close().unwrap(), without.count() as u64);
        let unsound = |d: &&sales_metrics::Deal| d.closed().zip(d.created()).is_some_and(|(closed, created)| closed < created);
        let won = deals.iter().filter(|d| d.standing(scope).is_won()).filter(unsound);
        prop_assert_eq!(totals.won_cycle().unwrap().unsound, won.count() as u64);
        let lost = deals.iter().filter(|d| d.standing(scope).is_lost()).filter(unsound);
        prop_assert_eq!(totals.lost_cycle().unwrap().unsound, lost.count() as u64);
    }

    /// One more win raises the win rate or leaves it at 100 %, one more loss lowers it or leaves it at 0 %.
    #[test]
    fn a_win_helps_and_a_loss_hurts(won in 0_u64..500, lost in 0_u64..500) {
        prop_assume!(won + lost > 0);
        let rate = |won, lost| kpi::win_rate(&of(won, lost)).unwrap();
        prop_assert!(rate(won + 1, lost) > rate(won, lost) || lost == 0);
        prop_assert!(rate(won, lost + 1) < rate(won, lost) || won == 0);
    }

    /// Siblings in their order.
    #[test]
    fn siblings_agree(case in cases()) {
        let all = values(&case);
        let pair = |a: &str, b: &str| Some((all[a].clone().ok()?, all[b].clone().ok()?));
        if let Some((broad, plain)) = pair("broad_win_rate", "win_rate") {
            prop_assert!(broad <= plain);
        }
        if let Some((weighted, full)) = pair("weighted_pipeline", "pipeline_value") {
            prop_assert!(weighted <= full);
        }
        if let Some((whole, rest)) = pair("pipeline_coverage", "remaining_pipeline_coverage") {
            prop_assert!(whole <= rest);
        }
        if let Some((value, hindsight)) = pair("pipeline_value", "hindsight_pipeline_value.amount") {
            prop_assert_eq!(value, hindsight);
        }
        prop_assert_eq!(&all["pipeline_created"], &all["pipeline_inflow.amount"]);
        prop_assert_eq!(&all["opportunities_created"], &all["pipeline_inflow"]);
        prop_assert_eq!(&all["open_deals"], &all["hindsight_pipeline_value"]);
        prop_assert!(all["deals_older_than"].clone().unwrap() <= all["open_deals"].clone().unwrap());
    }
}

fn of(won: u64, lost: u64) -> DealTally {
    DealTally::from_totals(scope("2024"), decided(won, lost)).unwrap()
}

fn expect_intervals_to_nest(won: u64, lost: u64) {
    let tally = of(won, lost);
    let rate = kpi::win_rate(&tally).unwrap();
    let intervals =
        CONFIDENCES.map(|(confidence, _)| kpi::win_rate_interval(&tally, confidence).unwrap());
    for interval in &intervals {
        assert!(
            interval.contains(&rate),
            "{won} won, {lost} lost: {rate} is not in {interval}"
        );
    }
    for pair in intervals.windows(2) {
        assert!(
            pair[1].contains(pair[0].low()) && pair[1].contains(pair[0].high()),
            "{won} {lost}"
        );
    }
}

/// Nothing won or nothing lost: the end of the interval is the rate itself, and rounding must not carry it past.
#[test]
fn intervals_of_all_or_nothing() {
    for n in 1..=400 {
        expect_intervals_to_nest(0, n);
        expect_intervals_to_nest(n, 0);
    }
    for exponent in 3..=10 {
        expect_intervals_to_nest(0, 10_u64.pow(exponent));
        expect_intervals_to_nest(10_u64.pow(exponent), 0);
    }
}

/// The three days beside each bound, for each event: only those inside count.
#[test]
fn bounds_of_a_period_are_half_open() {
    let scope = crate::support::scope("2024-02");
    let late = scope.as_of(crate::support::day("2024-06-30")).unwrap();
    let cases = [
        ("2024-01-31", false),
        ("2024-02-01", true),
        ("2024-02-29", true),
        ("2024-03-01", false),
    ];
    for (text, inside) in cases {
        let on = crate::support::day(text);
        let deal = |outcome| Raw::new("2020-01-01", outcome).deal("D", scope.currency());
        assert_eq!(
            deal(Outcome::Won { on }).standing(late).is_won(),
            inside,
            "{text}"
        );
        assert_eq!(
            deal(Outcome::Lost { on }).standing(late).is_lost(),
            inside,
            "{text}"
        );
        assert_eq!(
            deal(Outcome::Disqualified { on })
                .standing(late)
                .is_disqualified(),
            inside
        );
        let created = Raw::new(text, Outcome::Open).deal("D", scope.currency());
        assert_eq!(created.standing(late).is_created(), inside, "{text}");
        let expected = deal(Outcome::Open).with_expected_close(on).unwrap();
        assert_eq!(expected.standing(scope).is_expected(), inside, "{text}");
    }
}

/// On the evening of the as-of day: what closed that day is closed, what closes the day after is open.
#[test]
fn the_as_of_day_is_an_evening() {
    let scope = crate::support::scope("2024-Q1")
        .as_of(crate::support::day("2024-02-29"))
        .unwrap();
    let closing = |text| {
        let raw = Raw::new(
            "2024-01-01",
            Outcome::Won {
                on: crate::support::day(text),
            },
        );
        raw.deal("D", scope.currency()).standing(scope)
    };
    assert_eq!(
        (
            closing("2024-02-29").stock(),
            closing("2024-02-29").is_won()
        ),
        (DealStock::Closed, true)
    );
    assert_eq!(
        (
            closing("2024-03-01").stock(),
            closing("2024-03-01").is_won()
        ),
        (DealStock::OpenThen, false)
    );
    let created = |text| {
        Raw::new(text, Outcome::Open)
            .deal("D", scope.currency())
            .standing(scope)
    };
    assert_eq!(created("2024-02-29").stock(), DealStock::Open);
    assert_eq!(created("2024-03-01").stock(), DealStock::NotYet);
    assert!(!created("2024-03-01").is_created());
}

//! What covers a target: a second way from the catalogue's words, where the records say more than plain deals.

use proptest::prelude::*;
use sales_metrics::{Deal, ErrorKind, ForecastTally, Scope, Undefined, kpi};

use crate::support::{Raw, build, cases, config, exact, kind_of, q, scope, tiny, usd};

const STAGES: [&str; 3] = ["Qualification", "Proposal", "Negotiation"];

/// Some name no stage, some one that is not in the order.
const NAMED: [Option<&str>; 5] = [
    None,
    Some("Qualification"),
    Some("Proposal"),
    Some("Negotiation"),
    Some("Nurturing"),
];

fn stage_of(n: usize, turn: usize) -> Option<&'static str> {
    NAMED[(n + turn) % NAMED.len()]
}

fn staged(raw: &[Raw], turn: usize) -> Vec<Deal> {
    let numbered = build(raw).into_iter().enumerate();
    let with = numbered.map(|(n, deal)| match stage_of(n, turn) {
        Some(stage) => deal.with_stage(stage).unwrap(),
        None => deal,
    });
    with.collect()
}

/// The names of what is recomputed here.
pub(crate) fn recomputed() -> [String; 1] {
    ["stage_coverage"].map(str::to_owned)
}

/// Σ amount of the deals due at the stage or behind it; none where nobody knows it.
fn due_from(
    raw: &[Raw],
    turn: usize,
    scope: Scope,
    from: usize,
) -> Result<Option<crate::support::Q>, Undefined> {
    let evening = scope.period().last_day().min(scope.as_of_day());
    let (start, end) = (scope.period().start(), scope.period().end());
    let open: Vec<(usize, &Raw)> = raw
        .iter()
        .enumerate()
        .filter(|(_, deal)| {
            let credit =
                deal.is_negative && matches!(deal.outcome, sales_metrics::Outcome::Won { .. });
            let born = (!deal.is_undated).then_some(deal.created);
            let since = born.or(deal.first_contact).or(deal.closed());
            !credit
                && since.is_none_or(|on| on <= evening)
                && deal.closed().is_none_or(|on| on > evening)
        })
        .collect();
    if open.iter().any(|(_, deal)| deal.closed().is_some()) {
        return Err(Undefined::NeedsHistory);
    }
    let is_due = |deal: &Raw| {
        deal.expected_close
            .is_some_and(|on| on < end && (start <= on || start <= evening))
    };
    let place_of = |n: usize| {
        stage_of(n, turn).and_then(|stage| STAGES.iter().position(|known| *known == stage))
    };
    let reached = |n: usize| place_of(n).is_some_and(|place| from <= place);
    let mut all_due = open.iter().filter(|(_, deal)| is_due(deal)).peekable();
    if all_due.peek().is_some() && all_due.all(|(n, _)| place_of(*n).is_none()) {
        return Err(Undefined::NoKnownStage);
    }
    let due: Vec<Option<u64>> = open
        .iter()
        .filter(|(n, deal)| is_due(deal) && reached(*n))
        .map(|(_, deal)| deal.amount.filter(|_| !deal.is_negative))
        .collect();
    if !due.is_empty() && due.iter().all(Option::is_none) {
        return Ok(None);
    }
    let units: u128 = due.iter().flatten().map(|units| u128::from(*units)).sum();
    Ok(Some(q(units, 10_000)))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn stage_coverage_agrees_with_the_oracle(case in cases(), turn in 0..NAMED.len(), from in 0..STAGES.len()) {
        let scope = case.scope;
        let forecast = ForecastTally::of(staged(&case.deals, turn), scope).unwrap();
        let target = sales_metrics::Money::from_minor(case.target, scope.currency());
        let stages = scope.with_stages(STAGES).unwrap();
        let found = kpi::stage_coverage(&forecast, &stages, STAGES[from], target);
        let found = found.map_err(|error| error.undefined().unwrap());
        let left = |()| {
            let won = kpi::total_revenue(forecast.tally())?;
            let left = exact(target.amount()) - exact(won.amount());
            if left > q(0, 1) { Ok(left) } else { Err(Undefined::TargetMet) }
        };
        let expected = if target.amount() <= sales_metrics::Decimal::ZERO {
            Err(Undefined::TargetNotPositive)
        } else if scope.is_complete() {
            Err(Undefined::PeriodOver)
        } else {
            left(()).and_then(|left| {
                let due = due_from(&case.deals, turn, scope, from)?;
                Ok(due.ok_or(Undefined::NothingPriced)? / left)
            })
        };
        match (found, expected) {
            (Ok(found), Ok(expected)) => {
                let off = exact(found.decimal()) - &expected;
                prop_assert!(off.clone() * off <= (expected * tiny(26) + tiny(27)).pow(2));
            }
            (found, expected) => prop_assert_eq!(found.err(), expected.err()),
        }
    }
}

#[test]
fn of_another_scope_or_an_unknown_stage() {
    let running = scope("2024-Q1")
        .as_of(crate::support::day("2024-02-14"))
        .unwrap();
    let forecast = ForecastTally::new(running);
    let of = |scope: Scope, from| {
        let stages = scope.with_stages(STAGES).unwrap();
        kpi::stage_coverage(&forecast, &stages, from, usd("1"))
    };
    assert!(of(running, "Proposal").is_ok());
    let unknown = of(running, "proposal");
    assert_eq!(kind_of(&unknown), Some(ErrorKind::UnknownStage));
    let elsewhere = of(scope("2024-Q2"), "Proposal");
    assert_eq!(kind_of(&elsewhere), Some(ErrorKind::ScopeMismatch));
}

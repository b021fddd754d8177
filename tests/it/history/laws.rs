//! What holds for every history, whatever stands in it.

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::tally::{MovementTotals, Waterfall};
use sales_metrics::{
    Book, Currency, Deal, DealState, DealStatus, DealTally, ErrorKind, FunnelTally, History,
    MovementTally, Outcome, Period, Scope, kpi,
};

use super::cases::{self, RawDeal, STAGES};
use super::oracle::{expect_adds_up, sum_of};
use crate::laws::{PARTS, other_scopes, part, split};
use crate::support::{complaint, config, day, in_euros};

fn moved(history: &History, scope: Scope) -> MovementTally {
    MovementTally::of(history, scope).unwrap()
}

fn funnel(history: &History, scope: Scope) -> FunnelTally {
    FunnelTally::of(history, scope.with_stages(STAGES).unwrap()).unwrap()
}

fn json<T: ::serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// Both tallies and the deals of an evening, as texts.
fn all(history: &History, scope: Scope) -> [String; 5] {
    let by_owner = MovementTally::by_owner(history, scope).unwrap();
    let then = history.deals_on(scope.evening());
    [
        json(&moved(history, scope)),
        json(&funnel(history, scope)),
        format!("{by_owner:?}"),
        format!("{:?}", MovementTally::by_stage(history, scope).unwrap()),
        match then {
            Ok(deals) => json(&DealTally::of(deals, scope).unwrap()),
            Err(reason) => reason.to_string(),
        },
    ]
}

/// More than are taken at once, of which many are of deals, owners and stages that came before.
#[test]
fn many_states_at_once_are_those_that_come_in_small_parts() {
    let on = |n: u64| day("2026-01-01") + chrono::Days::new(n);
    let mut states = Vec::new();
    for n in 0..1_000 {
        let state = DealState::new(
            format!("D-{}", n * 7 % 331),
            on(n / 9),
            DealStatus::Open,
            Currency::USD,
        );
        let state = state
            .unwrap()
            .with_owner(format!("rep-{}", n * n % 173))
            .unwrap();
        let state = state
            .with_stage(STAGES[usize::try_from(n % 3).unwrap()])
            .unwrap();
        states.push(state.with_amount(n).unwrap());
    }
    let whole = History::new(Currency::USD).with_states(&states).unwrap();
    let mut parts = History::new(Currency::USD);
    for part in states.rchunks(60) {
        parts = parts.with_states(part).unwrap();
    }
    assert_eq!(
        (whole.states(), whole.unknown_deals().count()),
        (1_000, 331)
    );
    let then = |history: &History| {
        let mut then: Vec<_> = history.deals_on(on(40)).unwrap().into_iter().collect();
        then.sort_by(|a, b| a.id().cmp(b.id()));
        then
    };
    assert_eq!(then(&whole), then(&parts));
    let last = states
        .iter()
        .rfind(|state| state.deal().as_str() == "D-7" && state.at().date() <= on(40));
    let found = then(&whole)
        .into_iter()
        .find(|deal| deal.id().as_str() == "D-7")
        .unwrap();
    let last = last.unwrap();
    assert_eq!(
        (found.owner(), found.stage(), found.amount()),
        (last.owner(), last.stage(), last.amount())
    );
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn states_come_in_any_order_and_twice(
        (deals, states) in cases::deals().prop_flat_map(|deals| {
            let states = cases::states(&deals);
            let twice = [states.clone(), states].concat();
            (Just(deals), Just(twice).prop_shuffle())
        }),
        scope in cases::scopes(),
    ) {
        let whole = all(&cases::history(&deals), scope);
        let (first, rest) = states.split_at(states.len() / 3);
        let history = History::new(Currency::USD).with_states(first).unwrap();
        let history = history.with_deals(cases::records(&deals)).unwrap();
        let history = history.with_states(rest).unwrap();
        prop_assert_eq!(all(&history, scope), whole);
    }

    /// Of states of one instant and one running number, too: which of them is the last rests on what they say.
    #[test]
    fn what_nobody_put_in_order_is_in_one_order(
        (states, shuffled) in cases::unordered().prop_flat_map(|states| (Just(states.clone()), Just(states).prop_shuffle())),
        scope in cases::scopes(),
    ) {
        let of = |states: Vec<DealState>| History::new(Currency::USD).with_states(states).unwrap();
        prop_assert_eq!(all(&of(states), scope), all(&of(shuffled), scope));
    }

    #[test]
    fn parts_by_deals_merge_to_the_whole(split in split(cases::deals()), scope in cases::scopes()) {
        let deals: Vec<RawDeal> = split.iter().map(|(_, deal)| deal.clone()).collect();
        let whole = cases::history(&deals);
        let mut history = History::new(Currency::USD);
        let mut moves = MovementTally::new(scope);
        let mut stages = FunnelTally::new(scope.with_stages(STAGES).unwrap());
        for at in 0..PARTS {
            let own = part(&split, at);
            let own = cases::history(&own);
            history.merge(&own).unwrap();
            moves.merge(&moved(&own, scope)).unwrap();
            stages.merge(&funnel(&own, scope)).unwrap();
        }
        prop_assert_eq!(&moves, &moved(&whole, scope));
        prop_assert_eq!(&stages, &funnel(&whole, scope));
        prop_assert_eq!(all(&history, scope), all(&whole, scope));
    }

    #[test]
    fn records_come_before_their_states_or_after(deals in cases::deals(), scope in cases::scopes()) {
        let history = History::new(Currency::USD).with_states(cases::states(&deals)).unwrap();
        let history = history.with_deals(cases::records(&deals)).unwrap();
        prop_assert_eq!(all(&history, scope), all(&cases::history(&deals), scope));
        prop_assert_eq!(history.states(), cases::states(&deals).len() as u64);
    }

    #[test]
    fn json_round_trip(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let (moves, stages) = (moved(&history, scope), funnel(&history, scope));
        let back: MovementTally = serde_json::from_str(&json(&moves)).unwrap();
        prop_assert_eq!(&back, &moves);
        let back: FunnelTally = serde_json::from_str(&json(&stages)).unwrap();
        prop_assert_eq!(&back, &stages);
        for state in cases::states(&deals) {
            let back: DealState = serde_json::from_str(&json(&state)).unwrap();
            prop_assert_eq!(&back, &state);
            prop_assert_eq!(json(&back), json(&state));
        }
    }

    #[test]
    fn what_is_refused_changes_nothing(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let (before, before_stages) = (moved(&history, scope), funnel(&history, scope));
        let (mut moves, mut stages) = (before.clone(), before_stages.clone());
        for other in other_scopes(scope) {
            let refused = moves.merge(&MovementTally::new(other));
            prop_assert_eq!(refused.unwrap_err().kind(), ErrorKind::ScopeMismatch);
            let refused = stages.merge(&FunnelTally::new(other.with_stages(STAGES).unwrap()));
            prop_assert_eq!(refused.unwrap_err().kind(), ErrorKind::ScopeMismatch);
        }
        let later = scope.due_in(scope.period().next().unwrap());
        prop_assert_eq!(moves.merge(&MovementTally::new(later)).unwrap_err().kind(), ErrorKind::ScopeMismatch);
        let fewer = scope.with_stages(STAGES[1..].iter().copied()).unwrap();
        prop_assert_eq!(stages.merge(&FunnelTally::new(fewer)).unwrap_err().kind(), ErrorKind::ScopeMismatch);
        prop_assert_eq!(&moves, &before);
        prop_assert_eq!(&stages, &before_stages);

        let in_eur = Scope::new(scope.period(), Currency::EUR);
        let refused = MovementTally::of(&history, in_eur).unwrap_err();
        prop_assert_eq!(refused.kind(), ErrorKind::CurrencyMismatch);
        let mut kept = history.clone();
        prop_assert_eq!(kept.merge(&History::new(Currency::EUR)).unwrap_err().kind(), ErrorKind::CurrencyMismatch);
        prop_assert_eq!(all(&kept, scope), all(&history, scope));
        let euro = DealState::new("D-1", crate::support::day("2024-02-02"), sales_metrics::DealStatus::Open, Currency::EUR).unwrap();
        prop_assert_eq!(complaint(kept.with_states([euro]).map(|_| ())), in_euros("deal D-1"));
    }

    #[test]
    fn waterfalls_add_up(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let mut all = vec![moved(&history, scope)];
        all.extend(MovementTally::by_owner(&history, scope).unwrap().into_values());
        all.extend(MovementTally::by_stage(&history, scope).unwrap().into_values());
        for tally in all {
            expect_adds_up(tally.totals().rolling);
            expect_adds_up(tally.totals().due);
        }
    }

    #[test]
    fn days_add_up_to_their_period(deals in cases::deals(), on in cases::days(), length in 1_u64..12) {
        let history = cases::history(&deals);
        let end = on + chrono::Days::new(length);
        let target = Period::between(on, end).unwrap();
        let of = |from, to| {
            let scope = Scope::new(Period::between(from, to).unwrap(), Currency::USD);
            *MovementTally::of(&history, scope.due_in(target)).unwrap().totals()
        };
        let whole = of(on, end);
        let days: Vec<MovementTotals> = (0..length).map(|n| {
            let day = on + chrono::Days::new(n);
            of(day, day.succ_opt().unwrap())
        }).collect();
        for fall in [|totals: &MovementTotals| totals.rolling, |totals: &MovementTotals| totals.due] {
            let each: Vec<Waterfall> = days.iter().map(fall).collect();
            let (first, last) = (each[0], each[each.len() - 1]);
            prop_assert_eq!(sum_of(&each), sum_of(&[fall(&whole)]));
            prop_assert_eq!(first.opening, fall(&whole).opening);
            prop_assert_eq!(last.closing, fall(&whole).closing);
            for pair in each.windows(2) {
                prop_assert_eq!(pair[0].closing, pair[1].opening);
            }
        }
        let pushes = days.iter().map(|day| (day.pushes, day.push_days));
        let pushes = pushes.fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
        prop_assert_eq!(pushes, (whole.pushes, whole.push_days));
    }

    /// But for what moves between them, which comes in as often as it goes out.
    #[test]
    fn owners_and_stages_add_up_to_the_whole(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let whole = *moved(&history, scope).totals();
        let groups = [
            MovementTally::by_owner(&history, scope).unwrap().into_values().map(|tally| *tally.totals()).collect::<Vec<_>>(),
            MovementTally::by_stage(&history, scope).unwrap().into_values().map(|tally| *tally.totals()).collect(),
        ];
        for groups in groups {
            let rolling: Vec<_> = groups.iter().map(|totals| totals.rolling).collect();
            let sum = sum_of(&rolling);
            prop_assert_eq!(sum.moved_in, sum.moved_out);
            prop_assert_eq!(sum.without_moves(), sum_of(&[whole.rolling]).without_moves());
            let of = |count: fn(&MovementTotals) -> u64| groups.iter().map(count).sum::<u64>();
            prop_assert_eq!(of(|totals| totals.slipped), whole.slipped);
            prop_assert_eq!(of(|totals| totals.pushes), whole.pushes);
            prop_assert_eq!(of(|totals| totals.expected.count), whole.expected.count);
            prop_assert_eq!(of(|totals| totals.deleted), whole.deleted);
            prop_assert_eq!(of(|totals| totals.without_states), whole.without_states);
            prop_assert_eq!(of(|totals| totals.before_first_state), whole.before_first_state);
        }
    }

    #[test]
    fn the_closing_is_the_pipeline_of_the_evening(deals in cases::deals(), scope in cases::scopes()) {
        let deals = cases::without_late_creations(deals);
        let history = cases::history(&deals);
        let evening = scope.evening();
        let Ok(then) = history.deals_on(evening) else { return Ok(()) };
        let seen_then = scope.as_of(evening).unwrap();
        let tally = DealTally::of(then, seen_then).unwrap();
        let closing = moved(&history, scope).totals().rolling.closing;
        let open = tally.totals().open().unwrap();
        prop_assert_eq!(closing, open);
        if let Ok(value) = kpi::pipeline_value(&tally) {
            prop_assert_eq!(value.amount(), closing.amount.decimal());
        }
        prop_assert_eq!(then.deleted(), moved(&history, scope).totals().deleted);
    }

    #[test]
    fn rates_are_shares_and_the_funnel_falls(deals in cases::deals(), scope in cases::scopes()) {
        let history = cases::history(&deals);
        let (moves, stages) = (moved(&history, scope), funnel(&history, scope));
        let totals = moves.totals();
        prop_assert!(totals.slipped + totals.converted.count <= totals.expected.count);
        for rate in [kpi::slippage_rate(&moves), kpi::opening_pipeline_conversion(&moves)].into_iter().flatten() {
            prop_assert!((sales_metrics::Rate::ZERO..=sales_metrics::Rate::ONE).contains(&rate));
        }
        for (at, from) in STAGES.iter().enumerate() {
            let mut before = u64::MAX;
            for to in &STAGES[at + 1..] {
                let step = stages.step(from, *to).unwrap();
                prop_assert!(step.converted <= before && step.converted + step.pending <= step.reached);
                before = step.converted;
            }
        }
        if let Ok(funnel) = kpi::funnel(&stages) {
            for pair in funnel.steps().windows(2) {
                prop_assert!(pair[1].reached.count() + pair[1].pending <= pair[0].reached.count());
            }
        }
    }

    #[test]
    fn amounts_scale(deals in cases::deals(), scope in cases::scopes(), by in select(vec![2_i64, 7])) {
        let small = |deal: &mut RawDeal| for state in &mut deal.states {
            state.amount = state.amount.map(|amount| amount % 1_000_000_000);
        };
        let mut deals = deals;
        for deal in &mut deals {
            small(deal);
            if let Some(record) = &mut deal.record {
                record.amount = record.amount.map(|amount| amount % 1_000_000_000);
            }
        }
        let mut large = deals.clone();
        for deal in &mut large {
            for state in &mut deal.states {
                state.amount = state.amount.map(|amount| amount * by);
            }
            if let Some(record) = &mut deal.record {
                record.amount = record.amount.map(|amount| amount * by);
            }
        }
        let [small, large] = [deals, large].map(|deals| *moved(&cases::history(&deals), scope).totals());
        for (small, large) in [(small.rolling, large.rolling), (small.due, large.due)] {
            prop_assert_eq!(sum_of(&[small]).times(i128::from(by)), sum_of(&[large]));
        }
        prop_assert_eq!((small.slipped, small.pushes, small.expected.count), (large.slipped, large.pushes, large.expected.count));
    }

    #[test]
    fn what_comes_after_the_evening_changes_nothing(deals in cases::deals(), scope in cases::scopes(), later in cases::deals()) {
        let mut more = deals.clone();
        let after = scope.evening().max(scope.as_of_day()) + chrono::Days::new(1);
        for (n, mut deal) in later.into_iter().enumerate() {
            deal.id = format!("L-{n}");
            deal.record = None;
            for state in &mut deal.states {
                state.on = state.on.max(after);
                state.is_deleted = false;
                // What is kept at all stays so.
                state.owner = None;
            }
            more.push(deal);
        }
        let [less, more] = [deals, more].map(|deals| cases::history(&deals));
        let [a, b] = [&less, &more].map(|history| *moved(history, scope).totals());
        prop_assert_eq!((a.rolling, a.due, a.slipped), (b.rolling, b.due, b.slipped));
        let [a, b] = [&less, &more].map(|history| funnel(history, scope));
        for stage in STAGES {
            prop_assert_eq!(a.stage(stage).unwrap(), b.stage(stage).unwrap());
        }
    }
}

/// A tally whose parts no history can have is refused.
#[test]
fn a_forged_tally_is_refused() {
    let scope = crate::support::scope("2024-02");
    let text = json(&MovementTally::new(scope));
    let forged = text.replacen("\"slipped\":0", "\"slipped\":1", 1);
    assert_ne!(forged, text);
    let error = serde_json::from_str::<MovementTally>(&forged).unwrap_err();
    assert_eq!(
        error.to_string(),
        "totals that no records can have: converted and slipped deals are parts of the expected ones, and these of the opening"
    );
    let forged = text.replacen("\"count\":0", "\"count\":1", 1);
    let error = serde_json::from_str::<MovementTally>(&forged).unwrap_err();
    assert_eq!(
        error.to_string(),
        "totals that no records can have: opening + created + moved in + reopened + increased is decreased + moved out + won + lost + disqualified + closing"
    );
    let text = json(&FunnelTally::new(scope.with_stages(STAGES).unwrap()));
    let forged = text.replacen("\"leaked\":0", "\"leaked\":1", 1);
    assert_ne!(forged, text);
    let error: Result<FunnelTally, _> = serde_json::from_str(&forged);
    assert!(
        error
            .unwrap_err()
            .to_string()
            .starts_with("totals that no records can have: visits")
    );
    let forged = text.replacen(",\"Negotiation\"", "", 1);
    assert_ne!(forged, text);
    assert!(serde_json::from_str::<FunnelTally>(&forged).is_err());
}

/// Two states of one instant and one place that differ in a text alone: which of them holds is the same, whichever came first.
#[test]
fn states_at_once_that_differ_in_a_text_hold_in_one_order() {
    let state = |stage: &str, owner: &str| {
        DealState::new("D-1", day("2024-02-01"), DealStatus::Open, Currency::USD)
            .and_then(|state| state.with_stage(stage))
            .and_then(|state| state.with_owner(owner))
            .unwrap()
    };
    let stands = |states: [DealState; 2]| {
        let history = History::new(Currency::USD).with_states(states).unwrap();
        let then = history.deals_on(day("2024-02-02")).unwrap();
        let deal = then.into_iter().next().unwrap();
        (deal.stage().cloned(), deal.owner().cloned())
    };
    for (one, other) in [
        (state("Demo", "ada"), state("Proposal", "ada")),
        (state("Demo", "ada"), state("Demo", "ben")),
    ] {
        let orders = [[one.clone(), other.clone()], [other, one]];
        let [first, second] = orders.map(stands);
        assert_eq!(first, second);
    }
}

/// Told apart by what the records say, each group is what a history of its deals alone says.
#[test]
fn groups_by_records_are_their_own_histories() {
    let regions = ["north", "south", "north", "west"];
    let (mut deals, mut states) = (Vec::new(), Vec::new());
    for (at, region) in regions.iter().enumerate() {
        let id = format!("D-{at}");
        let outcome = Outcome::Won {
            on: day("2024-02-20"),
        };
        let deal = Deal::new(&id, day("2024-01-10"), outcome, Currency::USD).unwrap();
        deals.push(
            deal.with_region(*region)
                .unwrap()
                .with_amount(at as i64 + 1)
                .unwrap(),
        );
        for (on, status, stage) in [
            ("2024-01-10", DealStatus::Open, STAGES[0]),
            ("2024-02-05", DealStatus::Open, STAGES[1 + at % 2]),
            ("2024-02-20", DealStatus::Won, "Closed"),
        ] {
            let state = DealState::new(&id, day(on), status, Currency::USD).unwrap();
            let state = state.with_stage(stage).unwrap();
            states.push(state.with_amount(10 * (at as i64 + 1)).unwrap());
        }
    }
    let history = |keep: &dyn Fn(&Deal) -> bool| {
        let kept: Vec<Deal> = deals.iter().filter(|deal| keep(deal)).cloned().collect();
        let is_kept = |state: &&DealState| kept.iter().any(|deal| deal.id() == state.deal());
        let own: Vec<&DealState> = states.iter().filter(is_kept).collect();
        let history = History::new(Currency::USD)
            .with_deals(kept.clone())
            .unwrap();
        history.with_states(own).unwrap()
    };
    let february = Scope::new(Period::month(2024, 2).unwrap(), Currency::USD);
    let view = february.with_stages(STAGES).unwrap();
    let all = history(&|_| true);
    let moves = MovementTally::by(&all, february, |deal| deal.region().cloned()).unwrap();
    let funnels = FunnelTally::by(&all, &view, |deal| deal.region().cloned()).unwrap();
    assert_eq!((moves.len(), funnels.len()), (3, 3));
    for (region, moves) in moves {
        let own = history(&|deal| deal.region() == region.as_ref());
        assert_eq!(moves, moved(&own, february));
        assert_eq!(funnels[&region], funnel(&own, february));
    }
}

/// At its place a deal changed on the last day of March, in UTC on the first of April.
#[test]
fn a_place_says_on_which_day_a_state_began() {
    let lost = |status, at: &str| {
        let at = sales_metrics::instant(at).unwrap();
        DealState::new("D-1", at, status, Currency::USD).unwrap()
    };
    let states = [
        lost(DealStatus::Open, "2024-03-01T12:00:00Z"),
        lost(DealStatus::Lost, "2024-04-01T01:00:00Z"),
    ];
    let is_open = |history: &History| {
        let then = history.deals_on(day("2024-03-31")).unwrap();
        then.into_iter().next().unwrap().closed().is_none()
    };
    let new = || History::new(Currency::USD);
    let place = || "-04:00".parse().unwrap();
    assert!(is_open(&new().with_states(&states).unwrap()));
    assert!(!is_open(
        &new()
            .with_place(place())
            .unwrap()
            .with_states(&states)
            .unwrap()
    ));
    assert!(!is_open(
        &new()
            .with_states(&states)
            .unwrap()
            .with_place(place())
            .unwrap()
    ));
    let book = Book::new(Currency::USD).with_place(place()).unwrap();
    assert!(!is_open(
        book.with_states(&states).unwrap().history().unwrap()
    ));
    let book = Book::new(Currency::USD).with_states(&states).unwrap();
    assert!(!is_open(
        book.with_place(place()).unwrap().history().unwrap()
    ));
}

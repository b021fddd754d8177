//! The layouts in which sources keep the history of deals: whole states, one change a row, one date a stage. What a poorer one carries, all
//! say alike.

mod closings;
mod files;

use chrono::Days;
use proptest::prelude::*;
use sales_metrics::tally::Reach;
use sales_metrics::{
    Book, BookTally, Currency, Deal, DealChange, DealState, DealStatus, DealTally, ErrorKind,
    FunnelTally, History, MovementTally, NaiveDate, Outcome, Period, Scope, StagesEntered,
    Undefined, kpi,
};

use crate::support::{config, day};

const STAGES: [&str; 4] = ["Discovery", "Demo", "Proposal", "Negotiation"];
const OWNERS: [&str; 3] = ["ada", "ben", "cleo"];

/// A state in small numbers, so many days after the one before.
#[derive(Clone, Debug)]
struct Raw {
    after: u64,
    status: DealStatus,
    stage: Option<usize>,
    owner: Option<usize>,
    amount: Option<i64>,
    expected: Option<u64>,
}

fn raw() -> impl Strategy<Value = Raw> {
    let status = prop_oneof![
        6 => Just(DealStatus::Open),
        1 => Just(DealStatus::Won),
        2 => Just(DealStatus::Lost),
        1 => Just(DealStatus::Disqualified),
    ];
    let fields = (
        prop::option::weighted(0.9, 0..4_usize),
        prop::option::weighted(0.9, 0..3_usize),
        prop::option::weighted(0.8, prop_oneof![Just(0), 1..5_i64]),
        prop::option::weighted(0.8, 0..120_u64),
    );
    (0..25_u64, status, fields).prop_map(|(after, status, (stage, owner, amount, expected))| Raw {
        after,
        status,
        stage,
        owner,
        amount,
        expected,
    })
}

fn deals() -> impl Strategy<Value = Vec<Vec<Raw>>> {
    prop::collection::vec(prop::collection::vec(raw(), 1..7), 1..8)
}

fn created() -> NaiveDate {
    day("2026-01-15")
}

/// The states of a deal, on one day each in the order of their runs.
fn states(id: &str, raw: &[Raw]) -> Vec<DealState> {
    let mut on = created();
    let mut states = Vec::new();
    for (at, raw) in raw.iter().enumerate() {
        if at > 0 {
            on = on + Days::new(raw.after);
        }
        let run = u32::try_from(at).unwrap();
        let mut state = DealState::new(id, on, raw.status, Currency::USD)
            .unwrap()
            .with_run(run);
        if let Some(stage) = raw.stage {
            state = state.with_stage(STAGES[stage]).unwrap();
        }
        if let Some(owner) = raw.owner {
            state = state.with_owner(OWNERS[owner]).unwrap();
        }
        if let Some(amount) = raw.amount {
            state = state.with_amount(amount).unwrap();
        }
        if let Some(expected) = raw.expected {
            let expected = created() + Days::new(expected);
            state = state.with_expected_close(expected).unwrap();
        }
        states.push(state);
    }
    states
}

/// Today's record: the last state, closed on the day of the state that closed it.
fn record(id: &str, states: &[DealState]) -> Deal {
    let last = states.last().unwrap();
    let since = states
        .iter()
        .rev()
        .take_while(|state| state.status() == last.status());
    let on = since.last().unwrap().at().date();
    let outcome = match last.status() {
        DealStatus::Open => Outcome::Open,
        DealStatus::Won => Outcome::Won { on },
        DealStatus::Lost => Outcome::Lost { on },
        DealStatus::Disqualified => Outcome::Disqualified { on },
    };
    Deal::new(id, created(), outcome, Currency::USD)
        .unwrap()
        .with(last.stage(), Deal::with_stage)
        .unwrap()
        .with(last.owner(), Deal::with_owner)
        .unwrap()
        .with(
            last.amount().map(|amount| amount.amount()),
            Deal::with_amount,
        )
        .unwrap()
        .with(last.expected_close(), Deal::with_expected_close)
        .unwrap()
}

/// What a field history has of these states: a row for each field, whether it changed or not.
fn changes(states: &[DealState]) -> Vec<DealChange> {
    changes_between(states.iter().zip(&states[1..]))
}

/// The same of a source that has new values alone, from the first ones on.
fn new_values(states: &[DealState]) -> Vec<DealChange> {
    let first = states.iter().map(|first| (first, first)).take(1);
    let changes = changes_between(first.chain(states.iter().zip(&states[1..])));
    changes.into_iter().map(DealChange::without_from).collect()
}

fn changes_between<'a>(
    pairs: impl Iterator<Item = (&'a DealState, &'a DealState)>,
) -> Vec<DealChange> {
    let mut changes = Vec::new();
    for (before, after) in pairs {
        let (id, at) = (after.deal(), after.at());
        let amount = |state: &DealState| state.amount().map(|amount| amount.amount());
        let rows = [
            DealChange::of_status(id, at, before.status(), after.status()),
            DealChange::of_stage(id, at, before.stage(), after.stage()),
            DealChange::of_owner(id, at, before.owner(), after.owner()),
            DealChange::of_amount(id, at, amount(before), amount(after)),
            DealChange::of_expected_close(id, at, before.expected_close(), after.expected_close()),
        ];
        changes.extend(rows.map(|row| row.unwrap().with_run(after.run())));
    }
    changes
}

fn scopes() -> Vec<Scope> {
    let months = Period::between(day("2026-01-10"), day("2026-07-10")).unwrap();
    let mut scopes: Vec<Scope> = months
        .weeks()
        .map(|week| Scope::new(week, Currency::USD))
        .collect();
    scopes.push(Scope::new(months, Currency::USD));
    scopes
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn changes_undone_from_today_are_the_states(raw in deals(), reverse in any::<bool>(), has_runs in any::<bool>(), has_from in any::<bool>()) {
        let (mut all, mut records, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let changes = if has_from { changes } else { new_values };
        for (at, raw) in raw.iter().enumerate() {
            let id = format!("D-{at}");
            let own = states(&id, raw);
            records.push(record(&id, &own));
            rows.extend(changes(&own));
            all.extend(own);
        }
        if !has_runs {
            // Each field has a row in each state, so that one more begins the next.
            rows = rows.into_iter().map(|row: DealChange| row.with_run(0)).collect();
        } else if reverse {
            rows.reverse();
        }
        let of = || History::new(Currency::USD).with_deals(records.clone()).unwrap();
        let whole = of().with_states(&all).unwrap();
        let undone = of().with_changes(&rows).unwrap();
        let book = Book::new(Currency::USD).with_deals(records.clone()).unwrap();
        let book = book.with_stages(STAGES).and_then(|book| book.with_changes(&rows)).unwrap();
        for scope in scopes() {
            // The records that never changed have no states, and are as their records say.
            let told = BookTally::of(&book, scope).unwrap();
            prop_assert_eq!(told.movements(), Some(&MovementTally::of(&undone, scope).unwrap()));
            let (one, other) = (MovementTally::by_owner(&whole, scope).unwrap(), MovementTally::by_owner(&undone, scope).unwrap());
            let waterfalls = |tallies: std::collections::BTreeMap<_, MovementTally>| {
                let parts = tallies.into_iter().map(|(owner, tally)| {
                    let totals = *tally.totals();
                    (owner, totals.rolling, totals.due, totals.slipped, totals.pushes, totals.push_days)
                });
                parts.filter(|parts| (parts.1, parts.2) != Default::default()).collect::<Vec<_>>()
            };
            prop_assert_eq!(waterfalls(one), waterfalls(other));
            let stages = scope.with_stages(STAGES).unwrap();
            let (one, other) = (FunnelTally::of(&whole, stages.clone()).unwrap(), FunnelTally::of(&undone, stages).unwrap());
            for stage in STAGES {
                prop_assert_eq!(one.stage(stage).unwrap(), other.stage(stage).unwrap());
                prop_assert_eq!(one.step(stage, Reach::Won).unwrap(), other.step(stage, Reach::Won).unwrap());
            }
            let (Ok(one), Ok(other)) = (whole.deals_on(scope.evening()), undone.deals_on(scope.evening())) else {
                continue;
            };
            prop_assert_eq!(DealTally::of(one, scope).unwrap(), DealTally::of(other, scope).unwrap());
        }
    }

    /// A date a stage: of deals that go forward, and are in each stage once.
    #[test]
    fn a_date_a_stage_says_what_the_states_say_of_stages(
        steps in prop::collection::vec((prop::collection::vec(prop::option::weighted(0.7, 0..20_u64), 4), 0..4_u8, 0..20_u64), 1..8),
    ) {
        let (mut all, mut entries, mut records) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (steps, end, after)) in steps.iter().enumerate() {
            let id = format!("D-{at}");
            let (mut on, mut own, mut entered) = (created(), Vec::new(), StagesEntered::new(&id).unwrap());
            for (run, (stage, step)) in (0..).zip(STAGES.iter().zip(steps)) {
                let Some(step) = step else { continue };
                if !own.is_empty() {
                    on = on + Days::new(*step);
                }
                let state = DealState::new(&id, on, DealStatus::Open, Currency::USD).unwrap();
                own.push(state.with_stage(*stage).unwrap().with_run(run));
                entered = entered.with_stage(*stage, on).unwrap();
            }
            on = on + Days::new(*after);
            let (status, outcome) = match end {
                0 => (DealStatus::Won, Outcome::Won { on }),
                1 => (DealStatus::Lost, Outcome::Lost { on }),
                _ => (DealStatus::Open, Outcome::Open),
            };
            let deal = Deal::new(&id, created(), outcome, Currency::USD).unwrap();
            if status != DealStatus::Open {
                own.push(DealState::new(&id, on, status, Currency::USD).unwrap().with_run(9));
            }
            entries.push(entered);
            all.extend(own);
            records.push(deal);
        }
        let of = || History::new(Currency::USD).with_deals(records.clone()).unwrap();
        let (whole, dated) = (of().with_states(&all).unwrap(), of().with_stages_entered(&entries).unwrap());
        let book = Book::new(Currency::USD).with_deals(records.clone()).unwrap();
        let book = book.with_stages(STAGES).and_then(|book| book.with_stages_entered(&entries)).unwrap();
        for scope in scopes() {
            let stages = scope.with_stages(STAGES).unwrap();
            let one = FunnelTally::of(&whole, stages.clone()).unwrap();
            let told = BookTally::of(&book, scope).unwrap();
            prop_assert_eq!(told.funnel(), Some(&one));
            let other = FunnelTally::of(&dated, stages).unwrap();
            prop_assert_eq!(&one, &other);
            // It says nothing of money, and does not make it 0.
            let moved = MovementTally::of(&dated, scope).unwrap();
            prop_assert_eq!(kpi::pipeline_waterfall(&moved), Err(Undefined::NeedsHistory));
            prop_assert_eq!(kpi::slippage_rate(&moved), Err(Undefined::NeedsHistory));
        }
    }
}

#[test]
fn changes_and_stages_of_a_deal_without_a_record_are_named() {
    let change = DealChange::of_amount("D-9", day("2026-03-05"), Some(1), Some(2)).unwrap();
    let entered = StagesEntered::new("D-9").unwrap();
    let history = || History::new(Currency::USD);
    let book = || Book::new(Currency::USD);
    let changes = "deal D-9: there is no record of it to undo a change of; add the deals before their changes, and leave out the changes of deals that are gone";
    let stages = "deal D-9: there is no record of it that says how it closed; add the deals before the stages that they entered, and leave out the stages of deals that are gone";
    for (error, text) in [
        (history().with_changes([&change]).unwrap_err(), changes),
        (book().with_changes([&change]).unwrap_err(), changes),
        (
            history().with_stages_entered([&entered]).unwrap_err(),
            stages,
        ),
        (book().with_stages_entered([&entered]).unwrap_err(), stages),
    ] {
        assert_eq!(error.kind(), ErrorKind::UnknownDeal);
        assert_eq!(error.to_string(), text);
    }
}

/// One save of several fields is one state; a further change of the same field is the next.
#[test]
fn changes_of_one_instant_are_one_of_several_fields() {
    let at = day("2026-02-02");
    let open = DealStatus::Open;
    let rows = [
        DealChange::of_stage("D-1", at, Some("Demo"), Some("Proposal")),
        DealChange::of_stage("D-1", at, Some("Proposal"), Some("Closed"))
            .map(|row| row.with_status(open, DealStatus::Won)),
        DealChange::of_amount("D-1", at, Some(1_000), Some(900)),
    ];
    let rows = rows.map(Result::unwrap);
    let outcome = Outcome::Won { on: at };
    let deal = Deal::new("D-1", created(), outcome, Currency::USD).unwrap();
    let deal = deal
        .with_amount(900)
        .and_then(|deal| deal.with_stage("Closed"));
    let history = History::new(Currency::USD)
        .with_deals([deal.unwrap()])
        .unwrap();
    let history = history.with_changes(&rows).unwrap();
    // As it began, in the proposal, and won.
    assert_eq!(history.states(), 3);
    let period = Period::month(2026, 2).unwrap();
    let february = Scope::new(period, Currency::USD);
    let moved = MovementTally::of(&history, february).unwrap();
    let waterfall = kpi::pipeline_waterfall(&moved).unwrap().to_string();
    // It was repriced before it was won.
    assert!(
        waterfall.contains("decreased 100") && waterfall.contains("won 900"),
        "{waterfall}"
    );
    let stages = february.with_stages(["Demo", "Proposal"]).unwrap();
    let funnel = FunnelTally::of(&history, stages).unwrap();
    assert_eq!(funnel.stage("Proposal").unwrap().reached, 1);
}

/// A change of the status twice is one of the last.
#[test]
fn a_change_of_the_status_is_of_that_alone() {
    let at = day("2026-02-02");
    let (open, won) = (DealStatus::Open, DealStatus::Won);
    let lost = DealChange::of_status("D-1", at, won, DealStatus::Lost).unwrap();
    let same = DealChange::of_status("D-1", at, open, won).unwrap();
    assert_eq!(lost.with_status(open, won), same);
}

/// What is first said later was not there before; what the first change says, from the beginning on.
#[test]
fn new_values_hold_from_the_first_change_on() {
    let none = None::<i64>;
    let (started, priced) = (day("2026-02-02"), day("2026-03-03"));
    let rows = [
        DealChange::of_stage("D-1", started, None, Some("Demo")),
        DealChange::of_amount("D-1", priced, none, Some(900)),
    ];
    let rows = rows.map(|row| row.unwrap().without_from());
    let deal = Deal::new("D-1", created(), Outcome::Open, Currency::USD).unwrap();
    let deal = deal
        .with_amount(900)
        .and_then(|deal| deal.with_stage("Demo"));
    let history = History::new(Currency::USD)
        .with_deals([deal.unwrap()])
        .unwrap();
    let history = history.with_changes(&rows).unwrap();
    assert_eq!(history.states(), 2);
    for (on, amount) in [("2026-02-28", None), ("2026-03-31", Some(900))] {
        let then: Vec<Deal> = history.deals_on(day(on)).unwrap().into_iter().collect();
        assert_eq!(then[0].stage().unwrap().as_str(), "Demo");
        let found = then[0].amount().map(|amount| amount.amount());
        assert_eq!(found, amount.map(sales_metrics::Decimal::from), "{on}");
    }
}

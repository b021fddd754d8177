//! Histories as a CRM might hold them, as plain data, and how they become states of the crate.

use chrono::{Days, NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::{Currency, Deal, DealState, DealStatus, History, Outcome, Period, Scope};

use crate::support::{day, units_of};

pub(crate) const STAGES: [&str; 4] = [
    "Qualification",
    "Needs Analysis",
    "Proposal/Quote",
    "Negotiation",
];

/// How a deal stood from a day on, and from a minute of it where the hour is known; amounts in units of 10⁻⁴.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RawState {
    pub(super) on: NaiveDate,
    pub(super) minute: Option<u32>,
    pub(super) run: u32,
    pub(super) stage: Option<&'static str>,
    pub(super) status: DealStatus,
    pub(super) amount: Option<i64>,
    pub(super) expected: Option<NaiveDate>,
    pub(super) close: Option<NaiveDate>,
    pub(super) owner: Option<&'static str>,
    pub(super) is_deleted: bool,
}

/// What today's record says.
#[derive(Clone, Debug)]
pub(super) struct RawRecord {
    pub(super) created: Option<NaiveDate>,
    pub(super) outcome: Outcome,
    pub(super) amount: Option<i64>,
    pub(super) expected: Option<NaiveDate>,
    pub(super) stage: Option<&'static str>,
    pub(super) owner: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) struct RawDeal {
    pub(super) id: String,
    pub(super) record: Option<RawRecord>,
    pub(super) states: Vec<RawState>,
}

impl RawState {
    pub(super) fn build(&self, deal: &str) -> DealState {
        let mut state = match self.minute {
            Some(minute) => {
                let time = self.on.and_hms_opt(minute / 60, minute % 60, 0).unwrap();
                let at = Utc.from_utc_datetime(&time).fixed_offset();
                DealState::new(deal, at, self.status, Currency::USD).unwrap()
            }
            None => DealState::new(deal, self.on, self.status, Currency::USD).unwrap(),
        };
        state = state.with_run(self.run);
        if let Some(stage) = self.stage {
            state = state.with_stage(stage).unwrap();
        }
        if let Some(units) = self.amount {
            state = state.with_amount(money(units)).unwrap();
        }
        if let Some(on) = self.expected {
            state = state.with_expected_close(on).unwrap();
        }
        if let Some(on) = self.close {
            state = state.with_close(on).unwrap();
        }
        if let Some(owner) = self.owner {
            state = state.with_owner(owner).unwrap();
        }
        if self.is_deleted {
            state = state.with_deletion();
        }
        state
    }
}

impl RawRecord {
    pub(super) fn build(&self, id: &str) -> Deal {
        let mut deal = Deal::new(id, self.created, self.outcome, Currency::USD).unwrap();
        if let Some(units) = self.amount {
            deal = deal.with_amount(money(units)).unwrap();
        }
        if let Some(on) = self.expected {
            deal = deal.with_expected_close(on).unwrap();
        }
        if let Some(stage) = self.stage {
            deal = deal.with_stage(stage).unwrap();
        }
        if let Some(owner) = self.owner {
            deal = deal.with_owner(owner).unwrap();
        }
        deal
    }
}

impl RawDeal {
    pub(super) fn states(&self) -> impl Iterator<Item = DealState> + '_ {
        self.states.iter().map(|state| state.build(&self.id))
    }
}

fn money(units: i64) -> sales_metrics::Decimal {
    let size = units_of(units.unsigned_abs(), 4);
    if units < 0 { -size } else { size }
}

pub(crate) fn states(deals: &[RawDeal]) -> Vec<DealState> {
    deals.iter().flat_map(RawDeal::states).collect()
}

pub(super) fn records(deals: &[RawDeal]) -> Vec<Deal> {
    let records = deals.iter().filter_map(|deal| {
        let record = deal.record.as_ref()?;
        Some(record.build(&deal.id))
    });
    records.collect()
}

pub(super) fn history(deals: &[RawDeal]) -> History {
    let history = History::new(Currency::USD).with_deals(records(deals));
    history.unwrap().with_states(states(deals)).unwrap()
}

// What is made up.

pub(super) fn days() -> impl Strategy<Value = NaiveDate> + Clone {
    let edges = [
        "2024-01-31",
        "2024-02-01",
        "2024-02-29",
        "2024-03-01",
        "2024-03-31",
        "2024-04-01",
    ];
    prop_oneof![
        3 => (0_u64..110).prop_map(|n| day("2024-01-10") + Days::new(n)),
        2 => select(edges.to_vec()).prop_map(day),
    ]
}

fn status() -> impl Strategy<Value = DealStatus> + Clone {
    prop_oneof![
        6 => Just(DealStatus::Open),
        3 => Just(DealStatus::Won),
        3 => Just(DealStatus::Lost),
        1 => Just(DealStatus::Disqualified),
    ]
}

fn amount() -> impl Strategy<Value = Option<i64>> + Clone {
    prop_oneof![
        2 => Just(None),
        5 => (1_i64..6).prop_map(|n| Some(n * 1_000_000)),
        1 => Just(Some(0)),
        1 => (1_i64..4).prop_map(|n| Some(-n * 10_000)),
        1 => Just(Some(1)),
        1 => Just(Some(1_000_000_000_000_000_000)),
    ]
}

/// A stage of the order, one that is not in it, or none.
fn stage() -> impl Strategy<Value = Option<&'static str>> + Clone {
    prop_oneof![
        10 => select(&STAGES[..]).prop_map(Some),
        1 => Just(Some("Verbal")),
        1 => Just(None),
    ]
}

fn owner() -> impl Strategy<Value = Option<&'static str>> + Clone {
    prop_oneof![
        4 => Just(Some("Ann")),
        2 => Just(Some("Bob")),
        1 => Just(None),
    ]
}

fn minute() -> impl Strategy<Value = Option<u32>> + Clone {
    prop_oneof![
        1 => Just(None),
        3 => select(&[0_u32, 540, 600, 1_439][..]).prop_map(Some),
    ]
}

fn raw_state() -> impl Strategy<Value = RawState> + Clone {
    let maybe_day = |weight| proptest::option::weighted(weight, days());
    (
        (days(), minute(), 0_u32..3),
        (stage(), status(), amount()),
        (maybe_day(0.8), maybe_day(0.3)),
        owner(),
        proptest::bool::weighted(0.04),
    )
        .prop_map(
            |((on, minute, run), (stage, status, amount), (expected, close), owner, is_deleted)| {
                RawState {
                    on,
                    minute,
                    run,
                    stage,
                    status,
                    amount,
                    expected,
                    close: close.filter(|_| status != DealStatus::Open),
                    owner,
                    is_deleted,
                }
            },
        )
}

fn outcome() -> impl Strategy<Value = Outcome> + Clone {
    (status(), days()).prop_map(|(status, on)| match status {
        DealStatus::Open => Outcome::Open,
        DealStatus::Won => Outcome::Won { on },
        DealStatus::Lost => Outcome::Lost { on },
        DealStatus::Disqualified => Outcome::Disqualified { on },
    })
}

fn raw_record() -> impl Strategy<Value = RawRecord> + Clone {
    (
        proptest::option::weighted(0.9, days()),
        outcome(),
        amount(),
        proptest::option::weighted(0.8, days()),
        stage(),
        owner(),
    )
        .prop_map(
            |(created, outcome, amount, expected, stage, owner)| RawRecord {
                created,
                outcome,
                amount,
                expected,
                stage,
                owner,
            },
        )
}

/// A step of a deal as most go: days pass, and one thing or another changes.
#[derive(Clone, Debug)]
enum Step {
    Stage(Option<&'static str>),
    Amount(Option<i64>),
    Expected(Option<NaiveDate>),
    Owner(Option<&'static str>),
    Status(DealStatus, Option<NaiveDate>),
    All(RawState),
}

fn step() -> impl Strategy<Value = Step> + Clone {
    prop_oneof![
        4 => stage().prop_map(Step::Stage),
        3 => amount().prop_map(Step::Amount),
        3 => proptest::option::weighted(0.9, days()).prop_map(Step::Expected),
        1 => owner().prop_map(Step::Owner),
        4 => (status(), proptest::option::weighted(0.2, days()))
            .prop_map(|(status, close)| Step::Status(status, close)),
        2 => raw_state().prop_map(Step::All),
    ]
}

fn stepped(first: RawState, steps: Vec<(u64, Option<u32>, Step)>) -> Vec<RawState> {
    let mut all = vec![first.clone()];
    let mut now = first;
    for (gap, minute, step) in steps {
        let before = now.clone();
        match step {
            Step::Stage(stage) => now.stage = stage,
            Step::Amount(amount) => now.amount = amount,
            Step::Expected(expected) => now.expected = expected,
            Step::Owner(owner) => now.owner = owner,
            Step::Status(status, close) => {
                now.status = status;
                now.close = close.filter(|_| status != DealStatus::Open);
            }
            Step::All(state) => now = state,
        }
        now.on = before.on + Days::new(gap);
        now.minute = minute;
        now.run = 0;
        now.is_deleted = false;
        all.push(now.clone());
    }
    all
}

/// Each state at a place in time of its own: those of one instant get their running numbers in the order in which they stand.
fn told_apart(mut states: Vec<RawState>) -> Vec<RawState> {
    for at in 0..states.len() {
        let same =
            |other: &&RawState| (other.on, other.minute) == (states[at].on, states[at].minute);
        let run = states[..at]
            .iter()
            .filter(same)
            .map(|state| state.run + 1)
            .max();
        states[at].run = run.unwrap_or(0);
    }
    states
}

fn raw_states() -> impl Strategy<Value = Vec<RawState>> + Clone {
    let gaps = prop_oneof![1 => Just(0_u64), 3 => 1_u64..25];
    let steps = proptest::collection::vec((gaps, minute(), step()), 0..8);
    prop_oneof![
        1 => Just(Vec::new()),
        5 => (raw_state(), steps).prop_map(|(first, steps)| stepped(first, steps)),
        3 => proptest::collection::vec(raw_state(), 1..6),
    ]
    .prop_map(told_apart)
}

fn raw_deal() -> impl Strategy<Value = RawDeal> + Clone {
    let record = proptest::option::weighted(0.85, raw_record());
    (record, raw_states()).prop_map(|(mut record, states)| {
        // Most were created with their first state.
        if let (Some(record), Some(first)) =
            (&mut record, states.iter().map(|state| state.on).min())
        {
            if first.to_string().ends_with(['0', '1', '2', '3', '4', '5']) {
                record.created = Some(first);
            }
        }
        RawDeal {
            id: String::new(),
            record,
            states,
        }
    })
}

/// Deals and their histories.
pub(crate) fn deals() -> impl Strategy<Value = Vec<RawDeal>> + Clone {
    let deals = prop_oneof![
        2 => proptest::collection::vec(raw_deal(), 0..3),
        2 => proptest::collection::vec(raw_deal(), 0..9),
    ];
    deals.prop_map(|mut deals| {
        deals.retain(|deal| deal.record.is_some() || !deal.states.is_empty());
        for (n, deal) in deals.iter_mut().enumerate() {
            deal.id = format!("D-{n}");
        }
        deals
    })
}

/// Months, weeks and days around the states, seen from their last day or from any other.
pub(super) fn scopes() -> impl Strategy<Value = Scope> + Clone {
    let periods = [
        "2024-02", "2024-02", "2024-03", "2024-Q1", "2024-W09", "2024",
    ];
    let period = prop_oneof![
        4 => select(periods.to_vec()).prop_map(crate::support::period),
        1 => days().prop_map(|on| Period::between(on, on + Days::new(1)).unwrap()),
        1 => (days(), 1_u64..40).prop_map(|(on, n)| Period::between(on, on + Days::new(n)).unwrap()),
    ];
    (period, proptest::option::weighted(0.4, days())).prop_map(|(period, as_of)| {
        let whole = Scope::new(period, Currency::USD);
        as_of.map_or(whole, |day| whole.as_of(day).unwrap())
    })
}

/// States of which several are of one instant and one running number.
pub(super) fn unordered() -> impl Strategy<Value = Vec<DealState>> + Clone {
    let few = (raw_state(), select(vec!["D-1", "D-2"])).prop_map(|(mut state, deal)| {
        state.on = state.on.min(day("2024-02-02"));
        state.run %= 2;
        state.build(deal)
    });
    proptest::collection::vec(few, 0..8)
}

/// The same, none of which was created after its first state: that a deal closed and reopened before its creation is nothing that a record can say.
pub(super) fn without_late_creations(mut deals: Vec<RawDeal>) -> Vec<RawDeal> {
    for deal in &mut deals {
        let first = deal.states.iter().map(|state| state.on).min();
        if let (Some(record), Some(first)) = (&mut deal.record, first) {
            record.created = record.created.map(|created| created.min(first));
        }
    }
    deals
}

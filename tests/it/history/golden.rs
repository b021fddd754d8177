//! A tiny history, in which every rule of booking stands once.

use chrono::NaiveDate;
use sales_metrics::tally::{PipelineWaterfall, PriceChanges, Reach};
use sales_metrics::{
    Currency, Deal, DealState, DealStatus, DealTally, FunnelTally, History, MovementTally, Outcome,
    Period, Scope, Undefined, kpi,
};

use super::cases::STAGES;
use crate::support::{day, dec, scope};

const OPEN: DealStatus = DealStatus::Open;
const WON: DealStatus = DealStatus::Won;
const LOST: DealStatus = DealStatus::Lost;

/// Deal, instant, running number, stage, status, amount, expected close, owner.
type Row = (
    &'static str,
    &'static str,
    u32,
    &'static str,
    DealStatus,
    Option<i64>,
    &'static str,
    &'static str,
);

const ROWS: [Row; 18] = [
    (
        "A",
        "04-10T10:00",
        0,
        "Qualification",
        OPEN,
        Some(100),
        "05-20",
        "Ann",
    ),
    (
        "B",
        "04-15T10:00",
        0,
        "Qualification",
        OPEN,
        Some(200),
        "05-31",
        "Bob",
    ),
    (
        "C",
        "04-01T10:00",
        0,
        "Qualification",
        OPEN,
        Some(300),
        "04-20",
        "Ann",
    ),
    ("C", "04-18T10:00", 0, "", LOST, Some(300), "04-18", "Ann"),
    ("C", "05-02T10:00", 0, "", LOST, Some(310), "04-18", "Ann"),
    (
        "D",
        "05-03T10:00",
        0,
        "Qualification",
        OPEN,
        None,
        "05-31",
        "Bob",
    ),
    (
        "F",
        "05-04T10:00",
        0,
        "Needs Analysis",
        OPEN,
        Some(70),
        "05-30",
        "Ann",
    ),
    (
        "B",
        "05-05T10:00",
        0,
        "Qualification",
        OPEN,
        Some(200),
        "07-15",
        "Bob",
    ),
    ("E", "05-06T10:00", 0, "", WON, Some(60), "05-06", "Bob"),
    (
        "D",
        "05-09T10:00",
        0,
        "Qualification",
        OPEN,
        Some(80),
        "05-31",
        "Bob",
    ),
    (
        "C",
        "05-10T10:00",
        0,
        "Proposal/Quote",
        OPEN,
        Some(350),
        "05-30",
        "Ann",
    ),
    (
        "A",
        "05-12T09:00",
        0,
        "Negotiation",
        OPEN,
        Some(120),
        "05-20",
        "Ann",
    ),
    ("A", "05-12T09:00", 1, "", WON, Some(110), "05-12", "Ann"),
    (
        "D",
        "05-17T10:00",
        0,
        "Verbal",
        OPEN,
        Some(80),
        "05-31",
        "Ann",
    ),
    ("C", "05-20T10:00", 0, "", LOST, Some(350), "05-20", "Ann"),
    (
        "F",
        "05-22T10:00",
        0,
        "Needs Analysis",
        OPEN,
        None,
        "05-30",
        "Ann",
    ),
    (
        "B",
        "05-25T10:00",
        0,
        "Negotiation",
        LOST,
        Some(180),
        "05-25",
        "Bob",
    ),
    ("C", "05-28T10:00", 0, "", WON, Some(340), "05-20", "Ann"),
];

fn on(text: &str) -> NaiveDate {
    day(&format!("2016-{text}"))
}

#[allow(clippy::similar_names, reason = "a stage is no state")]
fn state((deal, at, run, stage, status, amount, expected, owner): Row) -> DealState {
    let at = sales_metrics::instant(&format!("2016-{at}:00+00:00")).unwrap();
    let mut state = DealState::new(deal, at, status, Currency::USD)
        .unwrap()
        .with_run(run)
        .with_expected_close(on(expected))
        .unwrap()
        .with_owner(owner)
        .unwrap();
    if !stage.is_empty() {
        state = state.with_stage(stage).unwrap();
    }
    if let Some(amount) = amount {
        state = state.with_amount(amount).unwrap();
    }
    state
}

/// Created on the day of the first state, but for F.
fn records() -> Vec<Deal> {
    let records = [
        ("A", "04-10", Outcome::Won { on: on("05-12") }, Some(110)),
        ("B", "04-15", Outcome::Lost { on: on("05-25") }, Some(180)),
        ("C", "04-01", Outcome::Won { on: on("05-28") }, Some(340)),
        ("D", "05-03", Outcome::Open, Some(80)),
        ("E", "05-06", Outcome::Won { on: on("05-06") }, Some(60)),
        ("F", "04-29", Outcome::Open, None),
    ];
    let build = |(id, created, outcome, amount)| {
        let deal = Deal::new(id, on(created), outcome, Currency::USD).unwrap();
        match amount {
            Some::<i64>(amount) => deal.with_amount(amount).unwrap(),
            None => deal,
        }
    };
    records.map(build).to_vec()
}

fn history() -> History {
    let states = ROWS.map(state);
    let history = History::new(Currency::USD).with_deals(records()).unwrap();
    history.with_states(states).unwrap()
}

fn moved() -> MovementTally {
    MovementTally::of(&history(), scope("2016-05")).unwrap()
}

fn changes(changes: PriceChanges) -> String {
    let PriceChanges {
        changes,
        deals,
        switched,
        total,
        ..
    } = changes;
    format!("{changes} of {deals} deals, {switched} switched: {total}")
}

/// Each part by its name.
fn parts(fall: PipelineWaterfall) -> [(&'static str, String); 11] {
    [
        ("opening", fall.opening().to_string()),
        ("created", fall.created().to_string()),
        ("moved in", fall.moved_in().to_string()),
        ("reopened", fall.reopened().to_string()),
        ("increased", changes(fall.increased())),
        ("decreased", changes(fall.decreased())),
        ("moved out", fall.moved_out().to_string()),
        ("won", fall.won().to_string()),
        ("lost", fall.lost().to_string()),
        ("disqualified", fall.disqualified().to_string()),
        ("closing", fall.closing().to_string()),
    ]
}

fn expect(fall: PipelineWaterfall, expected: [&str; 11]) {
    let found = parts(fall);
    for ((what, found), expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{what}");
    }
}

const NO_CHANGE: &str = "0 of 0 deals, 0 switched: 0 USD";

#[test]
fn the_rolling_waterfall_of_may() {
    let fall = kpi::pipeline_waterfall(&moved()).unwrap();
    expect(
        fall,
        [
            "3 · 370 USD",
            "2 · 60 USD · 1 unpriced",
            "0 · 0 USD",
            "2 · 660 USD",
            "3 of 3 deals, 1 switched: 140 USD",
            "4 of 4 deals, 1 switched: 110 USD",
            "0 · 0 USD",
            "3 · 510 USD",
            "2 · 530 USD",
            "0 · 0 USD",
            "2 · 80 USD · 1 unpriced",
        ],
    );
    assert_eq!(
        fall.to_string(),
        "370 + created 60 + moved in 0 + reopened 660 + increased 140 - decreased 110 - moved out 0 - won 510 - lost 530 - disqualified 0 = 80 USD"
    );
}

#[test]
fn the_waterfall_of_what_is_due_in_may() {
    expect(
        kpi::due_pipeline_waterfall(&moved()).unwrap(),
        [
            "3 · 370 USD",
            "2 · 60 USD · 1 unpriced",
            "2 · 510 USD",
            "1 · 350 USD",
            "3 of 3 deals, 1 switched: 140 USD",
            "4 of 4 deals, 1 switched: 110 USD",
            "1 · 200 USD",
            "3 · 510 USD",
            "2 · 530 USD",
            "0 · 0 USD",
            "2 · 80 USD · 1 unpriced",
        ],
    );
}

#[test]
fn the_waterfalls_of_ann_and_of_bob() {
    let all = MovementTally::by_owner(&history(), scope("2016-05")).unwrap();
    let names: Vec<_> = all
        .keys()
        .map(|rep| rep.as_ref().map(|rep| rep.as_str()))
        .collect();
    assert_eq!(names, [Some("Ann"), Some("Bob")]);
    let falls: Vec<_> = all
        .values()
        .map(|tally| kpi::pipeline_waterfall(tally).unwrap())
        .collect();
    expect(
        falls[0],
        [
            "2 · 170 USD",
            "0 · 0 USD",
            "1 · 80 USD",
            "2 · 660 USD",
            "2 of 2 deals, 0 switched: 60 USD",
            "3 of 3 deals, 1 switched: 90 USD",
            "0 · 0 USD",
            "2 · 450 USD",
            "1 · 350 USD",
            "0 · 0 USD",
            "2 · 80 USD · 1 unpriced",
        ],
    );
    expect(
        falls[1],
        [
            "1 · 200 USD",
            "2 · 60 USD · 1 unpriced",
            "0 · 0 USD",
            "0 · 0 USD",
            "1 of 1 deals, 1 switched: 80 USD",
            "1 of 1 deals, 0 switched: 20 USD",
            "1 · 80 USD",
            "1 · 60 USD",
            "1 · 180 USD",
            "0 · 0 USD",
            "0 · 0 USD",
        ],
    );
}

/// What is booked on each day, of all open deals and of those due in May; on all other days of May nothing is.
#[test]
fn every_day_of_may() {
    let booked = [
        ("05-03", "created 1 · – · 1 unpriced", "="),
        ("05-05", "", "moved out 1 · 200 USD"),
        ("05-06", "created 1 · 60 USD, won 1 · 60 USD", "="),
        ("05-09", "increased 1 of 1 deals, 1 switched: 80 USD", "="),
        (
            "05-10",
            "reopened 1 · 310 USD, increased 1 of 1 deals, 0 switched: 40 USD",
            "moved in 1 · 310 USD, increased 1 of 1 deals, 0 switched: 40 USD",
        ),
        (
            "05-12",
            "increased 1 of 1 deals, 0 switched: 20 USD, decreased 1 of 1 deals, 0 switched: 10 USD, won 1 · 110 USD",
            "=",
        ),
        ("05-20", "lost 1 · 350 USD", "="),
        ("05-22", "decreased 1 of 1 deals, 1 switched: 70 USD", "="),
        (
            "05-25",
            "decreased 1 of 1 deals, 0 switched: 20 USD, lost 1 · 180 USD",
            "moved in 1 · 200 USD, decreased 1 of 1 deals, 0 switched: 20 USD, lost 1 · 180 USD",
        ),
        (
            "05-28",
            "reopened 1 · 350 USD, decreased 1 of 1 deals, 0 switched: 10 USD, won 1 · 340 USD",
            "=",
        ),
    ];
    let history = history();
    let may = scope("2016-05").period();
    for number in 1..=31 {
        let date = on(&format!("05-{number:02}"));
        let today = Period::between(date, date.succ_opt().unwrap()).unwrap();
        let today = Scope::new(today, Currency::USD).due_in(may);
        let moved = MovementTally::of(&history, today).unwrap();
        let row = booked.iter().find(|(day, ..)| on(day) == date);
        let (rolling, due) = row.map_or(("", ""), |(_, rolling, due)| (*rolling, *due));
        let due = if due == "=" { rolling } else { due };
        assert_eq!(
            flows(kpi::pipeline_waterfall(&moved).unwrap()),
            rolling,
            "{date}"
        );
        assert_eq!(
            flows(kpi::due_pipeline_waterfall(&moved).unwrap()),
            due,
            "{date}, due"
        );
    }
}

/// What came in and went out, but for nothing.
fn flows(fall: PipelineWaterfall) -> String {
    let parts = parts(fall);
    let flows = &parts[1..10];
    let booked = flows
        .iter()
        .filter(|(_, text)| text != "0 · 0 USD" && text != NO_CHANGE);
    let texts: Vec<_> = booked
        .map(|(what, text)| format!("{what} {text}"))
        .collect();
    texts.join(", ")
}

#[test]
fn handed_over_on_the_seventeenth() {
    let day = Scope::new(
        Period::between(on("05-17"), on("05-18")).unwrap(),
        Currency::USD,
    );
    let all = MovementTally::by_owner(&history(), day).unwrap();
    let flows: Vec<_> = all
        .iter()
        .map(|(rep, tally)| {
            let rep = rep.as_ref().unwrap().to_string();
            (rep, flows(kpi::pipeline_waterfall(tally).unwrap()))
        })
        .collect();
    let expected = [
        ("Ann".to_owned(), "moved in 1 · 80 USD".to_owned()),
        ("Bob".to_owned(), "moved out 1 · 80 USD".to_owned()),
    ];
    assert_eq!(flows, expected);
}

#[test]
fn what_slipped_was_pushed_and_converted() {
    let moved = moved();
    let totals = moved.totals();
    assert_eq!((totals.slipped, totals.expected.count), (1, 3));
    assert_eq!(
        kpi::slippage_rate(&moved).unwrap().fraction(),
        dec("1") / dec("3")
    );
    assert_eq!(kpi::push_count(&moved), Ok(1));
    assert_eq!(kpi::net_push_days(&moved), Ok(45));
    let of = (
        totals.converted.amount.decimal(),
        totals.expected.amount.decimal(),
    );
    assert_eq!(of, (dec("100"), dec("370")));
    assert_eq!(
        kpi::opening_pipeline_conversion(&moved).unwrap().fraction(),
        dec("100") / dec("370")
    );
    assert_eq!(totals.before_first_state, 1, "F");
}

/// In the middle of May, what is due in it may still close.
#[test]
fn nothing_is_late_before_its_time() {
    let seen = |on_day| scope("2016-05").as_of(on(on_day)).unwrap();
    let late = |on_day| {
        let moved = MovementTally::of(&history(), seen(on_day)).unwrap();
        moved.totals().slipped
    };
    // B is expected in July from the 5th on, and lost on the 25th.
    assert_eq!(
        ["05-04", "05-05", "05-24", "05-25", "05-30", "05-31"].map(late),
        [0, 1, 1, 0, 0, 1]
    );
}

#[test]
fn april_opens_before_the_history() {
    let april = MovementTally::of(&history(), scope("2016-04")).unwrap();
    assert_eq!(
        kpi::pipeline_waterfall(&april),
        Err(Undefined::NeedsHistory)
    );
    assert_eq!(
        kpi::due_pipeline_waterfall(&april),
        Err(Undefined::NeedsHistory)
    );
    assert_eq!(kpi::slippage_rate(&april), Err(Undefined::NeedsHistory));
    assert_eq!(kpi::push_count(&april), Err(Undefined::NeedsHistory));
    assert_eq!(kpi::net_push_days(&april), Err(Undefined::NeedsHistory));
    assert_eq!(
        kpi::opening_pipeline_conversion(&april),
        Err(Undefined::NeedsHistory)
    );
    let from_the_second = Period::between(on("04-02"), on("05-01")).unwrap();
    let scope = Scope::new(from_the_second, Currency::USD);
    let moved = MovementTally::of(&history(), scope).unwrap();
    let fall = kpi::pipeline_waterfall(&moved).unwrap();
    assert_eq!(fall.opening().to_string(), "1 · 300 USD", "C");
}

fn funnel() -> FunnelTally {
    let stages = scope("2016-05").with_stages(STAGES).unwrap();
    FunnelTally::of(&history(), stages).unwrap()
}

#[test]
fn the_funnel_of_may() {
    let tally = funnel();
    let funnel = kpi::funnel(&tally).unwrap();
    let steps = funnel.steps();
    let reached: Vec<_> = steps.iter().map(|step| step.reached.count()).collect();
    assert_eq!(reached, [2, 1, 1, 1, 1]);
    let pending: Vec<_> = steps.iter().map(|step| step.pending).collect();
    assert_eq!(pending, [0, 1, 0, 0, 0]);
    let rates = |step: &kpi::FunnelStep| {
        [step.of_previous, step.of_first].map(|rate| rate.map(|rate| rate.to_string()))
    };
    let [half, whole] = ["50%", "100%"].map(|text| Some(text.to_owned()));
    assert_eq!(rates(&steps[0]), [None, None]);
    assert_eq!(rates(&steps[1]), [half.clone(), half.clone()]);
    assert_eq!(rates(&steps[4]), [whole, half]);
    // E was in no stage, so it has no days.
    assert!(
        steps
            .iter()
            .all(|step| step.timed == 0 && step.median_days.is_none())
    );
    assert_eq!(steps[4].stage, None);
    assert_eq!(tally.out_of_order(), 1, "Verbal is not in the order");
}

#[test]
fn the_stage_of_a_lost_state_is_not_reached() {
    let tally = funnel();
    // A was in Negotiation for no day, and B lost on the way to it.
    let negotiation = tally.stage("Negotiation").unwrap();
    assert_eq!(
        (negotiation.reached, negotiation.ended, negotiation.leaked),
        (3, 1, 0)
    );
    // D stays where it was when it says Verbal.
    assert_eq!(tally.stage("Qualification").unwrap().open, 1);
    let step = tally.step("Qualification", Reach::Won).unwrap();
    assert_eq!((step.reached, step.converted, step.pending), (2, 1, 1));
    // B left Qualification when it was lost; A when it went on.
    let qualification = tally.stage("Qualification").unwrap();
    assert_eq!((qualification.ended, qualification.leaked), (2, 1));
    assert_eq!(
        kpi::median_time_in_stage(&tally, "Qualification")
            .unwrap()
            .to_string(),
        "36 days"
    );
}

#[test]
fn deals_as_they_were() {
    let history = history();
    let count = |evening: &str| {
        let view = scope("2016-05").as_of(on(evening)).unwrap();
        let deals = DealTally::of(history.deals_on(on(evening)).unwrap(), view).unwrap();
        let totals = deals.totals();
        (
            totals.open().unwrap().count,
            kpi::pipeline_value(&deals).unwrap().to_string(),
        )
    };
    assert_eq!(count("05-01"), (3, "370 USD".to_owned()));
    assert_eq!(count("05-10"), (5, "800 USD".to_owned()));
    assert_eq!(count("05-31"), (2, "80 USD".to_owned()));
    assert_eq!(
        history.deals_on(on("03-31")).err(),
        Some(Undefined::NeedsHistory)
    );
}

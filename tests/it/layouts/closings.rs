//! How a deal closed, where its source does not say it: as its record does, behind all that happened until then.

use sales_metrics::{When, instant};

use super::*;

fn record(outcome: Outcome) -> History {
    let deal = Deal::new("D-1", created(), outcome, Currency::USD).unwrap();
    let deal = deal.with_amount(900).unwrap();
    History::new(Currency::USD).with_deals([deal]).unwrap()
}

fn won(on: &str) -> Outcome {
    Outcome::Won { on: day(on) }
}

/// A day, or an instant.
fn when(text: &str) -> When {
    match instant(text) {
        Ok(at) => at.into(),
        Err(_) => day(text).into(),
    }
}

/// The close dates on these evenings, and the amounts.
fn stood(history: &History, evenings: &[&str]) -> Vec<(Option<NaiveDate>, String)> {
    let mut stood = Vec::new();
    for evening in evenings {
        let then: Vec<Deal> = history
            .deals_on(day(evening))
            .unwrap()
            .into_iter()
            .collect();
        let amount = then[0].amount().map_or(String::new(), |it| it.to_string());
        stood.push((then[0].closed(), amount));
    }
    stood
}

fn entered(outcome: Outcome, stages: &[(&str, &str)]) -> History {
    let mut entered = StagesEntered::new("D-1").unwrap();
    for (stage, at) in stages {
        entered = entered.with_stage(*stage, when(at)).unwrap();
    }
    record(outcome).with_stages_entered([entered]).unwrap()
}

/// A day alone stands before the instants of that day, but a deal does not enter a stage once it has closed.
#[test]
fn a_deal_closes_behind_the_stages_that_it_entered() {
    for (last, on) in [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T00:00:00Z", "2026-03-02"),
        ("2026-03-02T15:30:00Z", "2026-03-02"),
        ("2026-03-02T01:00:00+09:00", "2026-03-02"),
        ("2026-03-02T22:00:00-08:00", "2026-03-02"),
        // On the evening before it, when it was that day in UTC already.
        ("2026-03-01T20:00:00-08:00", "2026-03-02"),
    ] {
        let history = entered(won(on), &[("Demo", "2026-02-02"), ("Proposal", last)]);
        let stood = stood(&history, &["2026-03-01", "2026-03-02", "2026-03-31"]);
        let closed: Vec<_> = stood.into_iter().map(|(closed, _)| closed).collect();
        assert_eq!(closed, [None, Some(day(on)), Some(day(on))], "{last}");
        let march = Scope::new(Period::month(2026, 3).unwrap(), Currency::USD);
        let funnel = FunnelTally::of(&history, march.with_stages(STAGES).unwrap()).unwrap();
        assert_eq!(funnel.stage("Proposal").unwrap().ended, 1, "{last}");
    }
}

/// The close date was brought back: it is known to be closed from its last stage on.
#[test]
fn a_close_date_before_the_last_stage_holds_from_that_on() {
    for last in ["2026-03-05", "2026-03-05T09:00:00Z"] {
        let history = entered(
            won("2026-03-02"),
            &[("Demo", "2026-02-02"), ("Proposal", last)],
        );
        let stood = stood(&history, &["2026-03-04", "2026-03-05", "2026-04-30"]);
        let closed: Vec<_> = stood.into_iter().map(|(closed, _)| closed).collect();
        let on = Some(day("2026-03-02"));
        assert_eq!(closed, [None, on, on], "{last}");
    }
}

fn priced(outcome: Outcome, at: &str) -> History {
    let change = DealChange::of_amount("D-1", when(at), Some(1_000), Some(900)).unwrap();
    record(outcome).with_changes([change]).unwrap()
}

/// Of the changes of amounts alone, say: it was open until the record closes it, and not won from the beginning on.
#[test]
fn a_deal_of_which_no_change_tells_the_status_closes_as_its_record_does() {
    let thousand = || "1000 USD".to_owned();
    let less = || "900 USD".to_owned();
    let on = Some(day("2026-04-09"));
    for (at, then) in [
        (
            "2026-03-05",
            [(None, thousand()), (None, less()), (on, less())],
        ),
        // As it was won.
        (
            "2026-04-09",
            [(None, thousand()), (None, thousand()), (on, less())],
        ),
        (
            "2026-04-09T15:30:00Z",
            [(None, thousand()), (None, thousand()), (on, less())],
        ),
        (
            "2026-04-08T20:00:00-08:00",
            [(None, thousand()), (None, thousand()), (on, less())],
        ),
        // It was corrected since.
        (
            "2026-04-10",
            [(None, thousand()), (None, thousand()), (on, thousand())],
        ),
    ] {
        let history = priced(won("2026-04-09"), at);
        assert_eq!(
            stood(&history, &["2026-02-28", "2026-04-07", "2026-04-09"]),
            then,
            "{at}"
        );
        assert_eq!(stood(&history, &["2026-04-30"]), [(on, less())], "{at}");
    }
    let q2 = Scope::new(Period::quarter(2026, 2).unwrap(), Currency::USD);
    let moved = |at| {
        let moved = MovementTally::of(&priced(won("2026-04-09"), at), q2).unwrap();
        kpi::pipeline_waterfall(&moved).unwrap().to_string()
    };
    let waterfall = moved("2026-04-09T15:30:00Z");
    assert!(
        waterfall.starts_with("1000 +")
            && waterfall.contains("decreased 100")
            && waterfall.contains("won 900"),
        "{waterfall}"
    );
    let waterfall = moved("2026-04-10");
    assert!(
        waterfall.starts_with("1000 +")
            && waterfall.contains("decreased 0")
            && waterfall.contains("won 1000"),
        "{waterfall}"
    );
}

/// From one stage of won deals to another: when it was won, its record says.
#[test]
fn a_change_while_closed_does_not_say_since_when() {
    let won_still = |at: &str| {
        let change = DealChange::of_stage("D-1", when(at), Some("Closed Won"), Some("Paid"));
        change
            .unwrap()
            .with_status(DealStatus::Won, DealStatus::Won)
    };
    let on = Some(day("2026-04-09"));
    for at in ["2026-05-04", "2026-04-09", "2026-04-09T00:30:00Z"] {
        let history = record(won("2026-04-09"))
            .with_changes([won_still(at)])
            .unwrap();
        let stood = stood(
            &history,
            &["2026-02-28", "2026-04-08", "2026-04-09", "2026-05-31"],
        );
        let closed: Vec<_> = stood.into_iter().map(|(closed, _)| closed).collect();
        assert_eq!(closed, [None, None, on, on], "{at}");
    }
    // It was won before the close date that its record has by now.
    let history = record(won("2026-04-09"))
        .with_changes([won_still("2026-03-03")])
        .unwrap();
    let stood = stood(&history, &["2026-02-28", "2026-03-03", "2026-04-30"]);
    let closed: Vec<_> = stood.into_iter().map(|(closed, _)| closed).collect();
    assert_eq!(closed, [None, Some(day("2026-03-03")), on]);
}

//! Were deals won as often as their probabilities said, counted once more from plain data.

use proptest::prelude::*;
use sales_metrics::{
    CalibrationTally, Currency, DealState, DealStatus, Error, History, Period, Rate, Scope,
    Undefined, kpi,
};

use crate::support::{config, day, exact, q};

pub(crate) fn recomputed() -> [String; 1] {
    ["win_calibration".to_owned()]
}

/// A deal that is there since January, its probability since then and since a day of March, and how and when it closed.
#[derive(Clone, Debug)]
struct Raw {
    january: Option<u64>,
    /// Whether it changed in March, and to what.
    march: (bool, Option<u64>),
    close: Option<(DealStatus, u32)>,
}

/// In percent, edges of bands among them.
fn percent() -> impl Strategy<Value = Option<u64>> {
    prop::option::weighted(
        0.8,
        prop_oneof![Just(0), Just(25), Just(50), Just(100), 0..101_u64],
    )
}

fn raw() -> impl Strategy<Value = Raw> {
    let status = prop_oneof![
        3 => Just(DealStatus::Won),
        3 => Just(DealStatus::Lost),
        1 => Just(DealStatus::Disqualified),
    ];
    // Months from February to August.
    let close = prop::option::weighted(0.8, (status, 2..9_u32));
    let fields = (percent(), (any::<bool>(), percent()), close);
    fields.prop_map(|(january, march, close)| Raw {
        january,
        march,
        close,
    })
}

fn with(state: DealState, percent: Option<u64>) -> Result<DealState, Error> {
    match percent {
        Some(percent) => state.with_probability(Rate::from_percent(percent)?),
        None => Ok(state),
    }
}

fn states(id: &str, raw: &Raw) -> Result<Vec<DealState>, Error> {
    let state = |on: &str, status| DealState::new(id, day(on), status, Currency::USD);
    let mut states = vec![with(state("2026-01-10", DealStatus::Open)?, raw.january)?];
    if let (true, percent) = raw.march {
        states.push(with(state("2026-03-15", DealStatus::Open)?, percent)?);
    }
    if let Some((status, month)) = raw.close {
        states.push(state(&format!("2026-{month:02}-20"), status)?);
    }
    Ok(states)
}

fn history(raw: &[Raw]) -> History {
    let states = raw.iter().enumerate();
    let states = states.flat_map(|(at, raw)| states_of(at, raw));
    History::new(Currency::USD).with_states(states).unwrap()
}

fn states_of(at: usize, raw: &Raw) -> Vec<DealState> {
    states(&format!("D-{at}"), raw).unwrap()
}

fn bands() -> [Rate; 3] {
    [0_u32, 25, 50].map(|percent| Rate::from_percent(percent).unwrap())
}

/// The first quarter, as it looked at the end of June.
fn view() -> Scope {
    let q1 = Scope::new(Period::quarter(2026, 1).unwrap(), Currency::USD);
    q1.as_of(day("2026-06-30")).unwrap()
}

/// Of a band: decided, won, the percents of the decided ones, pending, disqualified.
fn counted(raw: &[Raw], from: u64, to: u64) -> (u64, u64, u64, u64, u64) {
    let mut all = (0, 0, 0, 0, 0);
    for raw in raw {
        // What closed in February is open again where something changed in March; what closed by then else is not open on its last evening.
        let close = raw.close.filter(|(_, month)| *month > 2 || !raw.march.0);
        if close.is_some_and(|(_, month)| month <= 3) {
            continue;
        }
        let then = if raw.march.0 {
            raw.march.1
        } else {
            raw.january
        };
        let Some(percent) = then.filter(|percent| from <= *percent && *percent < to) else {
            continue;
        };
        match close.filter(|(_, month)| *month <= 6) {
            None => all.3 += 1,
            Some((DealStatus::Disqualified, _)) => all.4 += 1,
            Some((status, _)) => {
                all.0 += 1;
                all.1 += u64::from(status == DealStatus::Won);
                all.2 += percent;
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn each_band_is_counted(raw in prop::collection::vec(raw(), 0..20)) {
        let tally = CalibrationTally::of(&history(&raw), view(), &bands()).unwrap();
        let expected = [(0, 25), (25, 50), (50, 101)].map(|(from, to)| counted(&raw, from, to));
        let found = kpi::win_calibration(&tally);
        if raw.is_empty() {
            prop_assert_eq!(found, Err(Undefined::NeedsHistory));
            return Ok(());
        }
        if expected.iter().all(|band| band.0 == 0) {
            prop_assert_eq!(found, Err(Undefined::NoDecidedDeals));
            return Ok(());
        }
        for (band, expected) in found.unwrap().iter().zip(expected) {
            let (decided, won, percents, pending, disqualified) = expected;
            prop_assert_eq!((band.decided, band.won), (decided, won));
            prop_assert_eq!((band.pending, band.disqualified), (pending, disqualified));
            prop_assert_eq!(exact(band.expected.decimal()), q(percents, 100));
            prop_assert_eq!(band.kept.is_some(), decided > 0);
            if let Some(promised) = band.promised {
                let mean = exact(promised.fraction()) - q(percents, 100 * decided);
                prop_assert!(mean < crate::support::tiny(20) && -mean < crate::support::tiny(20));
            }
        }
    }

    #[test]
    fn parts_merge_to_the_whole_and_travel(raw in prop::collection::vec(raw(), 0..20), at in 0..20_usize) {
        let whole = CalibrationTally::of(&history(&raw), view(), &bands()).unwrap();
        let (head, tail) = raw.split_at(at.min(raw.len()));
        let mut sum = CalibrationTally::new(view(), &bands()).unwrap();
        for part in [tail, head] {
            sum.merge(&CalibrationTally::of(&history(part), view(), &bands()).unwrap()).unwrap();
        }
        prop_assert_eq!(&sum, &whole);
        let json = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(&serde_json::from_str::<CalibrationTally>(&json).unwrap(), &whole);
    }
}

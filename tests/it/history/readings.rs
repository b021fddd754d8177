//! What a report of a book with a history reads.

use proptest::prelude::*;
use sales_metrics::report::{self, Inputs, Kpi, Needs, Parameters, Records, Value};
use sales_metrics::tally::Reach;
use sales_metrics::{
    Book, BookTally, Currency, DealDetail, Error, FunnelTally, Label, Money, MovementTally,
    SpreadTally, kpi,
};

use super::cases::{self, STAGES};
use crate::coaching::expect_whole_shares;
use crate::support::config;

fn said<T: Into<Value>, E: Into<Error>>(found: Result<T, E>) -> Result<Value, Error> {
    found.map(Into::into).map_err(Into::into)
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn every_reading_is_what_its_function_says(deals in cases::deals(), scope in cases::scopes(), at in 0_usize..4) {
        let stage = STAGES[at];
        let next = STAGES.get(at + 1).map_or(Reach::Won, |next| Reach::Stage(next));
        let history = cases::history(&deals);
        let book = Book::new(Currency::USD)
            .with_deals(cases::records(&deals)).unwrap()
            .with_states(cases::states(&deals)).unwrap()
            .with_stages(STAGES).unwrap();
        let tally = BookTally::of(&book, scope).unwrap();
        let parameters = Parameters::new().with_stage(Label::new(stage).unwrap()).with_least_decided(1);
        let inputs = Inputs::new(&tally).with_parameters(&parameters);
        expect_whole_shares(&inputs)?;
        let moved = MovementTally::of(&history, scope).unwrap();
        let funnel = FunnelTally::of(&history, scope.with_stages(STAGES).unwrap()).unwrap();
        let p = parameters.percentile();
        let expected = [
            ("stage_conversion_rate", said(kpi::stage_conversion_rate(&funnel, stage, next))),
            ("stage_leakage", said(kpi::stage_leakage(&funnel, stage))),
            ("average_time_in_stage", said(kpi::average_time_in_stage(&funnel, stage))),
            ("median_time_in_stage", said(kpi::median_time_in_stage(&funnel, stage))),
            ("time_in_stage_percentile", said(kpi::time_in_stage_percentile(&funnel, stage, p))),
            ("stage_probability", said(kpi::stage_probability(&funnel, stage, 1))),
            ("pipeline_waterfall", said(kpi::pipeline_waterfall(&moved))),
            ("due_pipeline_waterfall", said(kpi::due_pipeline_waterfall(&moved))),
            ("slippage_rate", said(kpi::slippage_rate(&moved))),
            ("push_count", said(kpi::push_count(&moved))),
            ("opening_pipeline_conversion", said(kpi::opening_pipeline_conversion(&moved))),
        ];
        for (name, expected) in expected {
            prop_assert_eq!(report::find(name).unwrap().evaluate(&inputs), expected, "{}", name);
        }
        let pushed = report::find("net_push_days").unwrap().evaluate(&inputs);
        prop_assert_eq!(pushed.is_ok(), kpi::net_push_days(&moved).is_ok());

        // What is read of the open deals is read of the deals as they were.
        let evening = scope.evening();
        if deals.iter().all(|deal| deal.record.is_none()) {
            return Ok(());
        }
        let stock = match history.deals_on(evening) {
            Ok(then) => DealDetail::of(then, scope.as_of(evening).unwrap()).unwrap(),
            Err(_) => DealDetail::of(cases::records(&deals), scope).unwrap(),
        };
        let spread = match history.deals_on(evening) {
            Ok(then) => SpreadTally::of(then, scope.as_of(evening).unwrap()).unwrap(),
            Err(_) => SpreadTally::of(cases::records(&deals), scope).unwrap(),
        };
        let expected = [
            ("pipeline_value", said(kpi::pipeline_value(stock.tally()))),
            ("weighted_pipeline", said(kpi::weighted_pipeline(stock.tally()))),
            ("average_open_deal_size", said(kpi::average_open_deal_size(stock.tally()))),
            ("overdue_pipeline", said(kpi::overdue_pipeline(&spread))),
            ("average_deal_age", said(kpi::average_deal_age(stock.tally()))),
        ];
        for (name, expected) in expected {
            prop_assert_eq!(report::find(name).unwrap().evaluate(&inputs), expected, "{}", name);
        }
    }

    /// Whether a figure is of the deals as they were or as they are, its sample is of the same ones.
    #[test]
    fn every_sample_is_of_the_deals_of_its_value(deals in cases::deals(), scope in cases::scopes()) {
        let today = Book::new(Currency::USD).with_deals(cases::records(&deals)).unwrap();
        let book = today.clone().with_states(cases::states(&deals)).unwrap();
        let history = cases::history(&deals);
        let Ok(then) = history.deals_on(scope.evening()) else { return Ok(()) };
        let then = Book::new(Currency::USD).with_deals(then).unwrap();
        // Of a book without deals nothing is said; this one has some, of which none was there yet.
        if then.deals().is_empty() {
            return Ok(());
        }
        let tallies = [(&book, scope), (&then, scope.as_of(scope.evening()).unwrap()), (&today, scope)]
            .map(|(book, scope)| BookTally::of(book, scope).unwrap());
        let parameters = Parameters::new().with_target(Money::new(9, Currency::USD));
        let read = |kpi: &Kpi, tally| {
            let inputs = Inputs::new(tally).with_parameters(&parameters);
            (kpi.evaluate(&inputs), kpi.sample(&inputs))
        };
        if deals.iter().all(|deal| deal.record.is_none()) {
            return Ok(());
        }
        for kpi in report::catalog() {
            let is_of_deals = |needs: &Needs| matches!(needs, Needs::Records(Records::Deals) | Needs::Parameter(_));
            if kpi.needs().iter().all(is_of_deals) {
                let [found, then, now] = tallies.each_ref().map(|tally| read(kpi, tally));
                prop_assert!(found == then || found == now, "{}: {found:?} {then:?} {now:?}", kpi.name());
            }
        }
    }
}

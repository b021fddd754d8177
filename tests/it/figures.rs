//! Every KPI of deals, read through the crate and laid out as one list of plain figures.

use sales_metrics::{
    Confidence, Currency, Deal, DealDetail, DealTally, Decimal, Error, ErrorKind, Money, Scope,
    SpreadTally, Undefined, Volume, kpi,
};

use crate::support::{Case, Q, build, exact, millionths_of};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Money,
    Rate,
    Percent,
    Multiple,
    Days,
    Count,
}

pub(crate) type Answer = Result<Q, Undefined>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) unit: Unit,
    pub(crate) value: Answer,
}

pub(crate) const CONFIDENCES: [(Confidence, [&str; 2]); 3] = [
    (
        Confidence::Ninety,
        ["win_rate_interval.90.low", "win_rate_interval.90.high"],
    ),
    (
        Confidence::NinetyFive,
        ["win_rate_interval.95.low", "win_rate_interval.95.high"],
    ),
    (
        Confidence::NinetyNine,
        ["win_rate_interval.99.low", "win_rate_interval.99.high"],
    ),
];

const OVERDUE: [&str; 3] = [
    "overdue_pipeline",
    "overdue_pipeline.unpriced",
    "overdue_pipeline.amount",
];

/// What is joined by a KPI that can also be given bad input: here it must not be.
fn reason(error: Error) -> Undefined {
    error
        .undefined()
        .unwrap_or_else(|| panic!("good input was refused: {error}"))
}

struct List(Vec<Figure>);

impl List {
    fn put(&mut self, name: &'static str, unit: Unit, value: Result<Decimal, Undefined>) {
        let value = value.map(exact);
        self.0.push(Figure { name, unit, value });
    }

    fn money(&mut self, name: &'static str, value: Result<Money, Undefined>) {
        if let Ok(money) = value {
            assert_eq!(money.currency(), Currency::USD, "{name}");
        }
        self.put(name, Unit::Money, value.map(Money::amount));
    }

    fn count(&mut self, name: &'static str, value: u64) {
        self.put(name, Unit::Count, Ok(value.into()));
    }

    fn volume(&mut self, names: [&'static str; 3], volume: Volume) {
        self.count(names[0], volume.count());
        self.count(names[1], volume.unpriced());
        self.money(names[2], volume.amount());
    }
}

/// The scope's months as of its day: a series.
pub(crate) fn months(scope: Scope) -> Vec<Scope> {
    let months = scope.period().months();
    months
        .map(|month| {
            Scope::new(month, scope.currency())
                .as_of(scope.as_of_day())
                .unwrap()
        })
        .collect()
}

pub(crate) fn figures(case: &Case) -> Vec<Figure> {
    let deals = build(&case.deals);
    let detail = DealDetail::of(&deals, case.scope).unwrap();
    let mut list = List(Vec::new());
    revenue(&mut list, &detail, &deals);
    conversion(&mut list, &detail, case);
    pipeline(&mut list, &detail, case);
    spread(
        &mut list,
        &SpreadTally::of(&deals, case.scope).unwrap(),
        case,
    );
    list.0
}

fn revenue(list: &mut List, detail: &DealDetail, deals: &[Deal]) {
    let tally = detail.tally();
    list.money("total_revenue", kpi::total_revenue(tally));
    list.money("net_revenue", kpi::net_revenue(tally));
    let per_day = kpi::revenue_per_day(tally);
    list.money("revenue_per_day", per_day.map(|per| per.money()));
    if let Ok(scope) = tally.scope().previous() {
        let previous = DealTally::of(deals, scope).unwrap();
        let growth = kpi::revenue_growth(tally, &previous).map_err(reason);
        list.put(
            "revenue_growth",
            Unit::Percent,
            growth.map(|p| p.fraction()),
        );
    }
    let to_end = |scope: Scope| scope.previous()?.with_days_left_of(scope);
    if let Ok(scope) = to_end(tally.scope()) {
        let previous = DealTally::of(deals, scope).unwrap();
        let growth = kpi::revenue_growth(tally, &previous).map_err(reason);
        let growth = growth.map(|p| p.fraction());
        list.put("revenue_growth.to_end", Unit::Percent, growth);
    }
    if let Ok(scope) = tally.scope().year_before() {
        let previous = DealTally::of(deals, scope).unwrap();
        match kpi::revenue_growth(tally, &previous) {
            // A leap day between the ends makes a stretch of days a day longer than a year before.
            Err(error) if error.kind() == ErrorKind::PeriodsNotAlike => {
                assert_ne!(scope.period().days(), tally.scope().period().days());
            }
            growth => {
                let growth = growth.map_err(reason).map(|p| p.fraction());
                list.put("revenue_growth.year", Unit::Percent, growth);
            }
        }
    }
    list.money("average_deal_size", kpi::average_deal_size(tally));
    list.money("median_deal_size", kpi::median_deal_size(detail));
    // A few months are enough.
    let scopes = months(tally.scope());
    if scopes.len() <= 12 {
        let series = DealTally::series(deals, scopes).unwrap();
        let smoothed = kpi::smoothed_deal_size(&series).map_err(reason);
        list.money("smoothed_deal_size", smoothed);
    }
    list.money("gross_profit", kpi::gross_profit(tally));
    list.money("average_deal_profit", kpi::average_deal_profit(tally));
    let margin = kpi::profit_margin(tally).map(|p| p.fraction());
    list.put("profit_margin", Unit::Percent, margin);
    let per_account = kpi::average_revenue_per_account(detail);
    list.money("average_revenue_per_account", per_account);
    let discount = kpi::discount_rate(tally).map(|p| p.fraction());
    list.put("discount_rate", Unit::Percent, discount);
}

fn conversion(list: &mut List, detail: &DealDetail, case: &Case) {
    let tally = detail.tally();
    let rates = [
        ("win_rate", kpi::win_rate(tally)),
        ("broad_win_rate", kpi::broad_win_rate(tally)),
        ("win_rate_by_value", kpi::win_rate_by_value(tally)),
        ("cohort_win_rate", kpi::cohort_win_rate(tally)),
    ];
    for (name, rate) in rates {
        list.put(name, Unit::Rate, rate.map(|r| r.fraction()));
    }
    for (confidence, [low, high]) in CONFIDENCES {
        let interval = kpi::win_rate_interval(tally, confidence);
        list.put(low, Unit::Rate, interval.map(|i| i.low().fraction()));
        list.put(high, Unit::Rate, interval.map(|i| i.high().fraction()));
    }
    let ratio = kpi::win_loss_ratio(tally).map(|m| m.decimal());
    list.put("win_loss_ratio", Unit::Multiple, ratio);
    let opportunities = kpi::opportunity_conversion_rate(tally).map(|p| p.fraction());
    list.put("opportunity_conversion_rate", Unit::Percent, opportunities);
    let days = [
        ("sales_cycle_length", kpi::sales_cycle_length(tally)),
        (
            "first_contact_cycle_length",
            kpi::first_contact_cycle_length(tally),
        ),
        ("median_sales_cycle", kpi::median_sales_cycle(detail)),
        (
            "sales_cycle_percentile",
            kpi::sales_cycle_percentile(detail, millionths_of(case.p)),
        ),
        ("closed_cycle_length", kpi::closed_cycle_length(tally)),
        ("average_deal_age", kpi::average_deal_age(tally)),
    ];
    for (name, days) in days {
        list.put(name, Unit::Days, days.map(|d| d.decimal()));
    }
}

fn spread(list: &mut List, spread: &SpreadTally, case: &Case) {
    let late = kpi::late_revenue_rate(spread, case.age).map(|rate| rate.fraction());
    list.put("late_revenue_rate", Unit::Rate, late);
    let below = kpi::discounted_deal_rate(spread).map(|rate| rate.fraction());
    list.put("discounted_deal_rate", Unit::Rate, below);
    let discount = kpi::discount_percentile(spread, millionths_of(case.p)).map(|p| p.fraction());
    list.put("discount_percentile", Unit::Percent, discount);
    match kpi::overdue_pipeline(spread) {
        Ok(overdue) => list.volume(OVERDUE, overdue),
        Err(reason) => {
            for name in OVERDUE {
                list.put(name, Unit::Money, Err(reason));
            }
        }
    }
}

fn pipeline(list: &mut List, detail: &DealDetail, case: &Case) {
    let tally = detail.tally();
    list.money("pipeline_value", kpi::pipeline_value(tally));
    list.volume(
        ["credits", "credits.unpriced", "credits.amount"],
        kpi::credits(tally).unwrap(),
    );
    list.volume(
        [
            "hindsight_pipeline_value",
            "hindsight_pipeline_value.unpriced",
            "hindsight_pipeline_value.amount",
        ],
        kpi::hindsight_pipeline_value(tally).unwrap(),
    );
    list.count("open_deals", kpi::open_deals(tally).unwrap());
    list.money("pipeline_created", kpi::pipeline_created(tally));
    list.count(
        "opportunities_created",
        kpi::opportunities_created(tally).unwrap(),
    );
    list.volume(
        [
            "pipeline_inflow",
            "pipeline_inflow.unpriced",
            "pipeline_inflow.amount",
        ],
        kpi::pipeline_inflow(tally).unwrap(),
    );
    list.volume(
        [
            "pipeline_outflow",
            "pipeline_outflow.unpriced",
            "pipeline_outflow.amount",
        ],
        kpi::pipeline_outflow(tally).unwrap(),
    );
    list.money("weighted_pipeline", kpi::weighted_pipeline(tally));
    list.money("weighted_forecast", kpi::weighted_forecast(tally));
    list.money("run_rate_forecast", kpi::run_rate_forecast(tally));
    let velocity = kpi::pipeline_velocity(tally).map(|per| per.money());
    list.money("pipeline_velocity", velocity);
    let target = Money::new(Decimal::new(case.target, 4), Currency::USD);
    let coverage = kpi::pipeline_coverage(tally, target).map_err(reason);
    list.put(
        "pipeline_coverage",
        Unit::Multiple,
        coverage.map(|m| m.decimal()),
    );
    let rest = kpi::remaining_pipeline_coverage(tally, target).map_err(reason);
    list.put(
        "remaining_pipeline_coverage",
        Unit::Multiple,
        rest.map(|m| m.decimal()),
    );
    let pace = kpi::pace(tally, target, &crate::lead::calendar()).map_err(reason);
    list.put("pace", Unit::Percent, pace.map(|p| p.decimal()));
    list.money("average_open_deal_size", kpi::average_open_deal_size(tally));
    list.money("average_lost_deal_size", kpi::average_lost_deal_size(tally));
    let size = kpi::deal_size_percentile(detail, millionths_of(case.p));
    list.money("deal_size_percentile", size);
    let to_loss = kpi::time_to_loss(tally).map(|days| days.decimal());
    list.put("time_to_loss", Unit::Days, to_loss);
    let needed = kpi::pipeline_needed(tally, target, millionths_of(case.p)).map_err(reason);
    list.money("pipeline_needed", needed);
    let generated = kpi::pipeline_generation_rate(tally, target).map_err(reason);
    let generated = generated.map(|p| p.fraction());
    list.put("pipeline_generation_rate", Unit::Percent, generated);
    list.count("deals_older_than", kpi::deals_older_than(detail, case.age));
}

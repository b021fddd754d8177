//! The worked examples of the catalogue, sections 1 to 3, and the mistakes that popular tools make.

use sales_metrics::tally::{Cycle, DealTotals, Given, Paired, Priced};
use sales_metrics::{
    Confidence, Currency, Deal, DealDetail, DealTally, Outcome, Scope, Undefined, kpi,
};

use crate::support::{day, dec, decided, period, scope, usd};

fn sum(text: &str) -> sales_metrics::tally::AmountSum {
    dec(text).try_into().unwrap()
}

fn tally_in(period: &str, totals: impl Into<DealTotals>) -> DealTally {
    DealTally::from_totals(scope(period), totals).unwrap()
}

fn tally(totals: impl Into<DealTotals>) -> DealTally {
    tally_in("2026-Q1", totals)
}

fn won(count: u64, amount: &str) -> Given<DealTotals> {
    DealTotals::given()
        .records(count)
        .won(Priced::all(count, sum(amount)))
}

fn deal(id: &str, created: &str, outcome: Outcome) -> Deal {
    Deal::new(id, day(created), outcome, Currency::USD).unwrap()
}

fn won_on(created: &str, closed: &str) -> Deal {
    deal("W", created, Outcome::Won { on: day(closed) })
}

fn lost_on(created: &str, closed: &str) -> Deal {
    deal("L", created, Outcome::Lost { on: day(closed) })
}

fn open(created: &str) -> Deal {
    deal("O", created, Outcome::Open)
}

fn q1(deals: &[Deal]) -> DealTally {
    DealTally::of(deals, scope("2026-Q1")).unwrap()
}

fn detail(deals: &[Deal]) -> DealDetail {
    DealDetail::of(deals, scope("2026-Q1")).unwrap()
}

/// Won deals of these amounts.
fn sizes(amounts: &[i64]) -> DealDetail {
    let deal = |amount: &i64| {
        won_on("2026-01-05", "2026-02-05")
            .with_amount(*amount)
            .unwrap()
    };
    detail(&amounts.iter().map(deal).collect::<Vec<_>>())
}

// The catalogue, section 1.

#[test]
fn total_revenue_of_a_hundred_deals() {
    assert_eq!(
        kpi::total_revenue(&tally(won(100, "1000000"))),
        Ok(usd("1000000"))
    );
}

#[test]
fn revenue_growth_of_a_quarter() {
    let (now, before) = (
        tally_in("2026-Q1", won(1, "1000000")),
        tally_in("2025-Q4", won(1, "800000")),
    );
    assert_eq!(
        format!("{:+}", kpi::revenue_growth(&now, &before).unwrap()),
        "+25%"
    );
}

/// A fiscal period beside the one before it, or a year before, of which one has a week more: months of 4 and 5 weeks, quarters of 13 and 14,
/// halves of 26 and 27, years of 52 and 53.
#[test]
fn revenue_growth_of_fiscal_weeks() {
    let growth = |now: &str, before: &str| {
        let (now, before) = (
            tally_in(now, won(1, "120")),
            tally_in(before, won(1, "100")),
        );
        kpi::revenue_growth(&now, &before).map(|growth| growth.to_string())
    };
    let quarters = ("2023-10-29/2024-02-04", "2022-10-30/2023-01-29");
    assert_eq!(growth(quarters.0, quarters.1), Ok("20%".to_owned()));
    assert_eq!(
        growth("2023-01-29/2024-02-04", "2022-01-30/2023-01-29"),
        Ok("20%".to_owned())
    );
    let same = Ok("20%".to_owned());
    // Months: five weeks after four, the six that a 5th week of December makes of 4-4-5, and the other way around.
    assert_eq!(
        growth("2024-03-03/2024-04-07", "2024-02-04/2024-03-03"),
        same
    );
    assert_eq!(
        growth("2024-04-07/2024-05-05", "2024-03-03/2024-04-07"),
        same
    );
    assert_eq!(
        growth("2023-12-24/2024-02-04", "2022-12-25/2023-01-29"),
        same
    );
    // A half.
    assert_eq!(
        growth("2023-07-30/2024-02-04", "2022-07-31/2023-01-29"),
        same
    );
    assert_eq!(
        growth("2024-02-04/2024-08-04", "2023-07-30/2024-02-04"),
        same
    );
    // Other weeks are no steps of a year: 3 and 4, 2 and 3, 11 and 12; nor is a week more where they begin on other days of the week.
    assert!(growth("2024-03-03/2024-03-31", "2024-02-11/2024-03-03").is_err());
    assert!(growth("2024-03-03/2024-03-24", "2024-02-18/2024-03-03").is_err());
    assert!(growth("2024-03-03/2024-05-26", "2023-12-17/2024-03-03").is_err());
    assert!(growth("2024-03-03/2024-04-07", "2024-02-03/2024-03-02").is_err());
    // And a month is no quarter.
    assert!(growth("2024-03-03/2024-04-07", "2023-12-03/2024-03-03").is_err());
    assert!(
        growth("2026-01-01/2026-04-03", "2025-10-04/2026-01-01").is_err(),
        "92 and 89 days"
    );
}

#[test]
fn average_deal_size_of_fifty() {
    assert_eq!(
        kpi::average_deal_size(&tally(won(50, "500000"))),
        Ok(usd("10000"))
    );
}

#[test]
fn median_deal_sizes() {
    assert_eq!(kpi::median_deal_size(&sizes(&[9, 1, 2])), Ok(usd("2")));
    assert_eq!(kpi::median_deal_size(&sizes(&[9, 1, 4, 2])), Ok(usd("3")));
}

#[test]
fn smoothed_deal_size_weighs_by_deals() {
    let series = [
        tally_in("2026-01", won(1, "100")),
        tally_in("2026-02", won(3, "900")),
    ];
    // The mean of the two means would be 200.
    assert_eq!(kpi::smoothed_deal_size(&series), Ok(usd("250")));
}

#[test]
fn smoothed_deal_size_of_more_than_a_decimal_holds() {
    let largest = won(10_000_000_000, "1000000000000000000000000");
    let series: Vec<_> = (2001..2008)
        .map(|year| tally_in(&year.to_string(), largest))
        .collect();
    assert_eq!(kpi::smoothed_deal_size(&series), Ok(usd("100000000000000")));
    let series: Vec<_> = (2001..2009)
        .map(|year| tally_in(&year.to_string(), largest))
        .collect();
    assert_eq!(
        kpi::smoothed_deal_size(&series),
        Err(Undefined::OutOfRange.into())
    );
}

fn fifty_costed() -> DealTally {
    let costed = Paired::of(50, sum("500000"), sum("300000"));
    tally(won(50, "500000").costed(costed))
}

#[test]
fn profits_of_fifty_deals() {
    assert_eq!(kpi::gross_profit(&fifty_costed()), Ok(usd("200000")));
    assert_eq!(kpi::average_deal_profit(&fifty_costed()), Ok(usd("4000")));
    assert_eq!(
        kpi::profit_margin(&fifty_costed()).unwrap().to_string(),
        "40%"
    );
}

#[test]
fn a_loss_is_a_negative_profit() {
    let costed = Paired::of(1, sum("100"), sum("150.5"));
    let tally = tally(won(1, "100").costed(costed));
    assert_eq!(kpi::gross_profit(&tally), Ok(usd("-50.5")));
    assert_eq!(kpi::profit_margin(&tally).unwrap().to_string(), "-50.5%");
}

#[test]
fn average_revenue_per_account_of_four() {
    let deal = |(amount, account): (i64, &str)| {
        won_on("2026-01-05", "2026-02-05")
            .with_amount(amount)
            .unwrap()
            .with_account(account)
            .unwrap()
    };
    let deals = [
        (5_000, "A"),
        (5_000, "A"),
        (5_000, "B"),
        (5_000, "B"),
        (5_000, "C"),
        (5_000, "D"),
    ];
    let mut deals: Vec<_> = deals.map(deal).into();
    assert_eq!(
        kpi::average_revenue_per_account(&detail(&deals)),
        Ok(usd("7500"))
    );
    // A deal that names no account belongs to none of the four.
    deals.push(
        won_on("2026-01-05", "2026-02-05")
            .with_amount(9_999)
            .unwrap(),
    );
    assert_eq!(
        kpi::average_revenue_per_account(&detail(&deals)),
        Ok(usd("7500"))
    );
}

#[test]
fn discount_and_surcharge() {
    let deal = |amount, list| {
        let deal = won_on("2026-01-05", "2026-02-05")
            .with_amount(amount)
            .unwrap();
        q1(&[deal.with_list_price(list).unwrap()])
    };
    assert_eq!(
        kpi::discount_rate(&deal(900, 1_200)).unwrap().to_string(),
        "25%"
    );
    assert_eq!(
        kpi::discount_rate(&deal(1_200, 1_000)).unwrap().to_string(),
        "-20%"
    );
}

// Section 2.

#[test]
fn win_rate_of_a_hundred() {
    assert_eq!(
        kpi::win_rate(&tally(decided(25, 75))).unwrap().to_string(),
        "25%"
    );
}

#[test]
fn win_rate_interval_of_eight_in_ten() {
    let eight = tally(decided(8, 2));
    let interval = kpi::win_rate_interval(&eight, Confidence::NinetyFive).unwrap();
    assert_eq!(format!("{interval:.2}"), "49.02%–94.33%");
}

#[test]
fn cohort_win_rate_of_a_hundred_created() {
    let totals = DealTotals::given()
        .records(100)
        .created(Priced::none(100))
        .cohort_won(25);
    assert_eq!(
        kpi::cohort_win_rate(&tally(totals)).unwrap().to_string(),
        "25%"
    );
}

#[test]
fn opportunity_conversion_can_pass_a_hundred_percent() {
    // Both were created in the year before; one was created now.
    let old = won_on("2025-11-01", "2026-01-31");
    let deals = [old.clone(), old, open("2026-02-01")];
    assert_eq!(
        kpi::opportunity_conversion_rate(&q1(&deals))
            .unwrap()
            .to_string(),
        "200%"
    );
}

#[test]
fn sales_cycle_of_ten_deals() {
    let won_cycle = Cycle::of(10, 200);
    let tally = tally(won(10, "1").won_cycle(won_cycle));
    assert_eq!(
        kpi::sales_cycle_length(&tally).unwrap().to_string(),
        "20 days"
    );
}

#[test]
fn sales_cycle_percentiles_of_two_deals() {
    let deals = [
        won_on("2026-01-01", "2026-01-11"),
        won_on("2026-01-01", "2026-01-21"),
    ];
    let detail = detail(&deals);
    assert_eq!(
        kpi::median_sales_cycle(&detail).unwrap().to_string(),
        "15 days"
    );
    let p75 = "75%".parse().unwrap();
    assert_eq!(
        kpi::sales_cycle_percentile(&detail, p75)
            .unwrap()
            .to_string(),
        "17.5 days"
    );
}

// Section 3.

#[test]
fn pipeline_coverage_of_three() {
    let expected = Priced::all(3, sum("3000000"));
    let totals = DealTotals::given()
        .records(3)
        .open(expected)
        .open_then(0)
        .expected(expected)
        .overdue(Priced::none(0));
    let running = scope("2026-Q1").as_of(day("2026-03-30")).unwrap();
    let deals = DealTally::from_totals(running, totals).unwrap();
    let coverage = kpi::pipeline_coverage(&deals, usd("1000000")).unwrap();
    assert_eq!(format!("{coverage:.2}"), "3.00×");
    assert_eq!(coverage.to_string(), "3×");
}

#[test]
fn remaining_coverage_holds_the_pipeline_against_what_is_left() {
    let open = open("2026-01-05").with_amount(300).unwrap();
    let open = open.with_expected_close(day("2026-03-31")).unwrap();
    let won = won_on("2026-01-05", "2026-02-05").with_amount(900).unwrap();
    let running = scope("2026-Q1").as_of(day("2026-03-30")).unwrap();
    let tally = DealTally::of(&[open, won], running).unwrap();
    let rest = |target| kpi::remaining_pipeline_coverage(&tally, usd(target));
    assert_eq!(rest("1000").unwrap().to_string(), "3×");
    assert_eq!(rest("900"), Err(Undefined::TargetMet.into()));
    assert_eq!(rest("899.9999"), Err(Undefined::TargetMet.into()));
}

#[test]
fn hindsight_counts_what_has_closed_since() {
    // The catalogue's export: of 1,330 open deals, 617 were later won, 363 lost, 350 are open without an amount.
    let later = |outcome| deal("D", "2017-01-05", outcome).with_amount(10).unwrap();
    let mut deals = vec![
        later(Outcome::Won {
            on: day("2017-04-01")
        });
        617
    ];
    deals.extend(vec![
        later(Outcome::Lost {
            on: day("2017-12-31")
        });
        363
    ]);
    deals.extend(vec![deal("D", "2017-01-05", Outcome::Open); 350]);
    let tally = DealTally::of(&deals, scope("2017-Q1")).unwrap();
    let volume = kpi::hindsight_pipeline_value(&tally).unwrap();
    assert_eq!((volume.count(), volume.unpriced()), (1_330, 350));
    assert_eq!(tally.totals().open_then().unwrap(), 617 + 363);
    assert_eq!(volume.amount(), Ok(usd("9800")));
    assert_eq!(kpi::pipeline_value(&tally), Err(Undefined::NeedsHistory));
    assert_eq!(kpi::weighted_pipeline(&tally), Err(Undefined::NeedsHistory));
    assert_eq!(kpi::open_deals(&tally).unwrap(), 1_330);
}

#[test]
fn deals_older_than_a_month() {
    // 59, 31 and 30 days old on March 31.
    let deals = ["2026-01-31", "2026-02-28", "2026-03-01"].map(open);
    assert_eq!(kpi::deals_older_than(&detail(&deals), 30), 2);
    assert_eq!(
        kpi::average_deal_age(&q1(&deals)).unwrap().to_string(),
        "40 days"
    );
}

// Known wrong answers.

#[test]
fn wrong_days_to_close_with_the_sign_reversed() {
    let cycle = kpi::sales_cycle_length(&q1(&[won_on("2026-01-01", "2026-01-31")]));
    assert_eq!(cycle.unwrap().to_string(), "30 days");
}

#[test]
fn wrong_a_close_before_the_creation_shortens_the_mean() {
    let deals = [
        won_on("2026-01-01", "2026-01-31"),
        won_on("2026-03-01", "2026-02-01"),
    ];
    let tally = q1(&deals);
    assert_eq!(
        kpi::sales_cycle_length(&tally).unwrap().to_string(),
        "30 days"
    );
    assert_eq!(
        (
            tally.totals().won_cycle().unwrap().count,
            tally.totals().won_cycle().unwrap().unsound
        ),
        (1, 1)
    );
    assert_eq!(kpi::win_rate(&tally).unwrap().to_string(), "100%");
}

#[test]
fn wrong_open_deals_in_the_win_rate() {
    let closed = [
        won_on("2026-01-01", "2026-01-31"),
        lost_on("2026-01-01", "2026-01-31"),
    ];
    let with_open = [closed.to_vec(), vec![open("2026-01-01"); 8]].concat();
    assert_eq!(kpi::win_rate(&q1(&with_open)), kpi::win_rate(&q1(&closed)));
    assert_eq!(kpi::win_rate(&q1(&with_open)).unwrap().to_string(), "50%");
}

#[test]
fn wrong_lost_deals_in_the_pipeline() {
    let deals = [
        lost_on("2026-01-01", "2026-01-31")
            .with_amount(700)
            .unwrap(),
        open("2026-01-01").with_amount(50).unwrap(),
    ];
    assert_eq!(kpi::pipeline_value(&q1(&deals)), Ok(usd("50")));
    assert_eq!(kpi::open_deals(&q1(&deals)).unwrap(), 1);
}

#[test]
fn wrong_a_missing_probability_taken_as_certain() {
    let sure = open("2026-01-01").with_amount(100).unwrap();
    let half = sure
        .clone()
        .with_probability("50%".parse().unwrap())
        .unwrap();
    let tally = q1(&[sure.clone(), half]);
    assert_eq!(kpi::weighted_pipeline(&tally), Ok(usd("50")));
    assert_eq!(
        (
            tally.totals().weighed().unwrap().count,
            tally.totals().open().unwrap().priced
        ),
        (1, 2)
    );
    assert_eq!(
        kpi::weighted_pipeline(&q1(&[sure])),
        Err(Undefined::NothingWeighable)
    );
}

#[test]
fn wrong_sum_of_amounts_times_mean_probability() {
    let at = |amount: i64, probability: &str| {
        let deal = open("2026-01-01").with_amount(amount).unwrap();
        deal.with_probability(probability.parse().unwrap()).unwrap()
    };
    assert_eq!(
        kpi::weighted_pipeline(&q1(&[at(100, "99%"), at(100, "0%")])),
        Ok(usd("99"))
    );
    // The sum times the mean would be 5,050.
    assert_eq!(
        kpi::weighted_pipeline(&q1(&[at(10_000, "1%"), at(100, "99%")])),
        Ok(usd("199"))
    );
}

#[test]
fn wrong_the_previous_period_a_day_short() {
    let previous = period("2026-Q2").previous().unwrap();
    assert_eq!(previous, period("2026-Q1"));
    assert_eq!(previous.days(), 90);
    assert!(previous.contains(day("2026-03-31")));
    assert_eq!(period("2026-03").previous().unwrap(), period("2026-02"));
    assert_eq!(period("2024").previous().unwrap().days(), 365);
}

#[test]
fn wrong_the_last_day_of_the_period_left_out() {
    let tally = q1(&[won_on("2026-01-01", "2026-03-31").with_amount(5).unwrap()]);
    assert_eq!(kpi::total_revenue(&tally), Ok(usd("5")));
}

#[test]
fn wrong_rounding_before_dividing() {
    let third = kpi::average_deal_size(&tally(won(3, "100"))).unwrap();
    assert_eq!(third.amount(), dec("33.333333333333333333333333333"));
    // Each day's revenue rounded to cents would make 90 days worth 99.90.
    let per_day = kpi::revenue_per_day(&tally(won(1, "100"))).unwrap();
    assert_eq!(format!("{per_day:.2}"), "1.11 USD/day");
    assert_eq!(per_day.amount(), dec("1.1111111111111111111111111111"));
    let rate = kpi::win_rate(&tally(decided(2, 1))).unwrap();
    assert_eq!(
        (format!("{rate:.0}"), rate.fraction()),
        ("67%".into(), dec("0.6666666666666666666666666667"))
    );
}

#[test]
fn wrong_deals_that_close_after_the_quarter_count_in_it() {
    let later = won_on("2026-02-03", "2026-04-01").with_amount(5).unwrap();
    let tally = q1(&[later]);
    assert_eq!(kpi::win_rate(&tally), Err(Undefined::NoDecidedDeals));
    assert_eq!(kpi::total_revenue(&tally), Ok(usd("0")));
    assert_eq!(kpi::open_deals(&tally).unwrap(), 1);
    assert_eq!(kpi::cohort_win_rate(&tally).unwrap().to_string(), "0%");
    // Seen from later, the cohort has matured and the quarter's flows are what they were.
    let later = won_on("2026-02-03", "2026-04-01").with_amount(5).unwrap();
    let since = scope("2026-Q1").as_of(day("2026-06-30")).unwrap();
    let tally = DealTally::of([later], since).unwrap();
    assert_eq!(kpi::cohort_win_rate(&tally).unwrap().to_string(), "100%");
    assert_eq!(kpi::total_revenue(&tally), Ok(usd("0")));
}

/// A source prints the first factor, 200, for the whole product.
#[test]
fn wrong_velocity_of_two_hundred() {
    let totals = DealTotals::given()
        .records(300)
        .won(Priced::all(25, sum("250000")))
        .lost(Priced::none(75))
        .won_cycle(Cycle::of(25, 625))
        .open(Priced::none(200));
    let velocity = kpi::pipeline_velocity(&tally(totals)).unwrap();
    assert_eq!(velocity.to_string(), "20000 USD/day");
}

#[test]
fn wrong_margin_as_the_mean_of_margins() {
    let deal = |amount: i64, cost: i64| {
        let deal = won_on("2026-01-05", "2026-02-05")
            .with_amount(amount)
            .unwrap();
        deal.with_cost(cost).unwrap()
    };
    // 90 % of 1,000 and 10 % of 9,000: 18 %, not 50 %.
    let tally = q1(&[deal(1_000, 100), deal(9_000, 8_100)]);
    assert_eq!(kpi::profit_margin(&tally).unwrap().to_string(), "18%");
}

#[test]
fn wrong_win_rate_as_the_mean_of_the_reps_rates() {
    let (mut ada, ben) = (tally(decided(1, 0)), tally(decided(1, 9)));
    ada.merge(&ben).unwrap();
    assert_eq!(format!("{:.1}", kpi::win_rate(&ada).unwrap()), "18.2%");
}

#[test]
fn wrong_an_unpriced_deal_averaged_as_zero() {
    let plain = won_on("2026-01-05", "2026-02-05");
    let tally = q1(&[plain.clone().with_amount(100).unwrap(), plain]);
    assert_eq!(kpi::average_deal_size(&tally), Ok(usd("100")));
    assert_eq!(tally.totals().won().unwrap().unpriced(), 1);
}

#[test]
fn wrong_an_amount_of_zero_taken_as_missing() {
    let free = won_on("2026-01-05", "2026-02-05").with_amount(0).unwrap();
    let tally = q1(&[free.clone(), free.with_amount(100).unwrap()]);
    assert_eq!(kpi::average_deal_size(&tally), Ok(usd("50")));
}

#[test]
fn wrong_an_uncosted_deal_taken_as_free_to_deliver() {
    let deal = won_on("2026-01-05", "2026-02-05").with_amount(100).unwrap();
    let tally = q1(&[deal.clone().with_cost(60).unwrap(), deal]);
    assert_eq!(kpi::gross_profit(&tally), Ok(usd("40")));
    assert_eq!(kpi::profit_margin(&tally).unwrap().to_string(), "40%");
}

#[test]
fn wrong_disqualified_deals_taken_as_lost() {
    let none = deal(
        "D",
        "2026-01-05",
        Outcome::Disqualified {
            on: day("2026-02-05"),
        },
    );
    let tally = q1(&[won_on("2026-01-05", "2026-02-05"), none]);
    assert_eq!(kpi::win_rate(&tally).unwrap().to_string(), "100%");
    assert_eq!(kpi::broad_win_rate(&tally).unwrap().to_string(), "50%");
    assert_eq!(kpi::win_loss_ratio(&tally), Err(Undefined::NoLostDeals));
}

#[test]
fn wrong_zero_where_there_is_no_answer() {
    let nothing = DealDetail::new(scope("2026-Q1"));
    let tally = nothing.tally();
    assert_eq!(kpi::win_rate(tally), Err(Undefined::NoDecidedDeals));
    assert_eq!(kpi::broad_win_rate(tally), Err(Undefined::NoClosedDeals));
    assert_eq!(
        kpi::win_rate_by_value(tally),
        Err(Undefined::NoDecidedDeals)
    );
    assert_eq!(kpi::win_loss_ratio(tally), Err(Undefined::NoLostDeals));
    assert_eq!(kpi::cohort_win_rate(tally), Err(Undefined::NoDealsCreated));
    assert_eq!(kpi::average_deal_size(tally), Err(Undefined::NoWonDeals));
    assert_eq!(kpi::median_deal_size(&nothing), Err(Undefined::NoWonDeals));
    assert_eq!(kpi::profit_margin(tally), Err(Undefined::NoWonDeals));
    assert_eq!(kpi::discount_rate(tally), Err(Undefined::NoWonDeals));
    assert_eq!(kpi::sales_cycle_length(tally), Err(Undefined::NoWonDeals));
    assert_eq!(kpi::average_deal_age(tally), Err(Undefined::NoOpenDeals));
    assert_eq!(
        kpi::pipeline_velocity(tally),
        Err(Undefined::NoDecidedDeals)
    );
    // Where nothing counts, a sum is known: it is 0.
    assert_eq!(kpi::total_revenue(tally), Ok(usd("0")));
    assert_eq!(kpi::pipeline_value(tally), Ok(usd("0")));
    assert_eq!(kpi::gross_profit(tally), Ok(usd("0")));
    assert_eq!(kpi::weighted_pipeline(tally), Ok(usd("0")));
}

#[test]
fn wrong_an_unbegun_period_taken_as_poor() {
    let early = scope("2026-Q2").as_of(day("2026-03-31")).unwrap();
    let tally = DealTally::of(
        [won_on("2026-01-01", "2026-03-01").with_amount(9).unwrap()],
        early,
    )
    .unwrap();
    assert_eq!(kpi::revenue_per_day(&tally), Err(Undefined::NothingElapsed));
}

/// A deal of a quarter is compared with the same number of days of the quarter before.
#[test]
fn wrong_a_running_quarter_held_against_a_whole_one() {
    let running = scope("2026-Q2").as_of(day("2026-04-30")).unwrap();
    let deals = [
        won_on("2026-01-01", "2026-01-30").with_amount(100).unwrap(),
        won_on("2026-01-01", "2026-03-01").with_amount(900).unwrap(),
        won_on("2026-01-01", "2026-04-30").with_amount(150).unwrap(),
    ];
    let now = DealTally::of(&deals, running).unwrap();
    let before = DealTally::of(&deals, running.previous().unwrap()).unwrap();
    assert_eq!(
        kpi::revenue_growth(&now, &before).unwrap().to_string(),
        "50%"
    );
    let whole = DealTally::of(&deals, scope("2026-Q1")).unwrap();
    assert!(kpi::revenue_growth(&now, &whole).is_err());
}

/// The last days bring the most: three days before the end of either, and not on the 28th of both.
#[test]
fn a_running_month_is_held_against_as_many_days_left() {
    let running = scope("2026-03").as_of(day("2026-03-28")).unwrap();
    let deals = [
        won_on("2026-01-01", "2026-02-20").with_amount(100).unwrap(),
        won_on("2026-01-01", "2026-02-27").with_amount(900).unwrap(),
        won_on("2026-01-01", "2026-03-28").with_amount(150).unwrap(),
    ];
    let now = DealTally::of(&deals, running).unwrap();
    let growth = |before: Scope| {
        let before = DealTally::of(&deals, before).unwrap();
        kpi::revenue_growth(&now, &before).map(|growth| growth.to_string())
    };
    let from_start = running.previous().unwrap();
    assert_eq!(growth(from_start), Ok("-85%".to_owned()));
    let from_end = from_start.with_days_left_of(running).unwrap();
    assert_eq!(from_end.as_of_day(), day("2026-02-25"));
    assert_eq!(growth(from_end), Ok("50%".to_owned()));
    // Neither of the two.
    assert!(growth(from_start.as_of(day("2026-02-24")).unwrap()).is_err());
}

/// Not every month has a 31st, so what begins on it is counted in days.
#[test]
fn from_the_31st_on_as_many_days_compare() {
    let odd = scope("2024-01-31/2024-03-31");
    let deals = [
        won_on("2023-01-01", "2024-02-01").with_amount(300).unwrap(),
        won_on("2023-01-01", "2023-12-02").with_amount(200).unwrap(),
        won_on("2023-01-01", "2023-12-01").with_amount(400).unwrap(),
    ];
    let now = DealTally::of(&deals, odd).unwrap();
    let before = DealTally::of(&deals, odd.previous().unwrap()).unwrap();
    assert_eq!(before.scope().period(), period("2023-12-02/2024-01-31"));
    assert_eq!(
        kpi::revenue_growth(&now, &before).unwrap().to_string(),
        "50%"
    );
}

#[test]
fn win_rate_by_value_weighs_by_amount() {
    let deals = [
        won_on("2026-01-01", "2026-02-01").with_amount(900).unwrap(),
        lost_on("2026-01-01", "2026-02-01")
            .with_amount(100)
            .unwrap(),
        lost_on("2026-01-01", "2026-02-01"),
    ];
    assert_eq!(
        kpi::win_rate_by_value(&q1(&deals)).unwrap().to_string(),
        "90%"
    );
    let unpriced = [deals[0].clone(), deals[2].clone()];
    assert_eq!(
        kpi::win_rate_by_value(&q1(&unpriced)),
        Err(Undefined::NothingPriced)
    );
}

#[test]
fn first_contact_is_where_the_longer_cycle_starts() {
    let deal = won_on("2026-01-11", "2026-01-31");
    let contacted = deal.clone().with_first_contact(day("2026-01-01")).unwrap();
    let late = deal.clone().with_first_contact(day("2026-02-01")).unwrap();
    let tally = q1(&[contacted, late.clone()]);
    assert_eq!(
        kpi::first_contact_cycle_length(&tally).unwrap().to_string(),
        "30 days"
    );
    assert_eq!(tally.totals().contact_cycle().unwrap().unsound, 1);
    assert_eq!(
        kpi::first_contact_cycle_length(&q1(&[late])),
        Err(Undefined::NoFirstContact)
    );
}

#[test]
fn closed_cycle_is_of_won_and_lost() {
    let deals = [
        won_on("2026-01-01", "2026-01-11"),
        lost_on("2026-01-01", "2026-01-31"),
    ];
    assert_eq!(
        kpi::closed_cycle_length(&q1(&deals)).unwrap().to_string(),
        "20 days"
    );
}

/// Seen on the last day of June: what happened in the first quarter, and how things stood on its last evening.
#[test]
fn a_standing_says_how_a_deal_counts() {
    let late = scope("2026-Q1").as_of(day("2026-06-30")).unwrap();
    let in_q1 = day("2026-02-01");
    let outside = "closed by the evening, outside of the period";
    let cases = [
        (
            "2026-01-05",
            Outcome::Won { on: in_q1 },
            "created in the period; won in it",
        ),
        (
            "2025-01-05",
            Outcome::Lost { on: in_q1 },
            "not created in the period; lost in it",
        ),
        (
            "2025-01-05",
            Outcome::Disqualified { on: in_q1 },
            "not created in the period; disqualified in it",
        ),
        (
            "2026-07-01",
            Outcome::Open,
            "not created in the period; does not exist on the evening",
        ),
        (
            "2026-01-05",
            Outcome::Open,
            "created in the period; open on the evening",
        ),
        (
            "2026-01-05",
            Outcome::Won {
                on: day("2026-07-01"),
            },
            "created in the period; open on the evening, closed since",
        ),
        (
            "2026-01-05",
            Outcome::Won {
                on: day("2026-05-01"),
            },
            "created in the period; open on the evening, closed since",
        ),
        (
            "2025-01-05",
            Outcome::Lost {
                on: day("2025-05-01"),
            },
            &format!("not created in the period; {outside}"),
        ),
    ];
    for (created, outcome, text) in cases {
        assert_eq!(deal("D", created, outcome).standing(late).to_string(), text);
    }
}

#[test]
fn a_quarter_grows_against_that_of_a_leap_year() {
    let of = |text: &str, amount: &str| {
        let scope = scope(text);
        let won = Priced::all(1, dec(amount).try_into().unwrap());
        let totals = DealTotals::given().records(1).won(won);
        DealTally::from_totals(scope, totals).unwrap()
    };
    let (now, before) = (of("2025-Q1", "150"), of("2024-Q1", "100"));
    assert_eq!(now.scope().year_before().unwrap(), before.scope());
    assert_eq!(
        (now.scope().elapsed_days(), before.scope().elapsed_days()),
        (90, 91)
    );
    assert_eq!(
        kpi::revenue_growth(&now, &before).unwrap().to_string(),
        "50%"
    );
}

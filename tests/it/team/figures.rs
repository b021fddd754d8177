//! Every KPI of a team, read through the crate and laid out as plain figures.

use std::collections::BTreeMap;

use sales_metrics::{Currency, Error, Money, Percent, Undefined, kpi};

use super::TeamCase;
use crate::figures::Answer;
use crate::support::{exact, millionths_of, q, usd};

/// Of the bands of attainment, in percent.
pub(super) const EDGES: [u32; 3] = [50, 80, 100];

pub(crate) type Answers = BTreeMap<String, Answer>;

pub(crate) fn reason(error: Error) -> Undefined {
    error
        .undefined()
        .unwrap_or_else(|| panic!("good input was refused: {error}"))
}

fn amount(money: Result<Money, Undefined>) -> Answer {
    let money = money?;
    assert_eq!(money.currency(), Currency::USD);
    Ok(exact(money.amount()))
}

/// Those of one tally.
pub(crate) fn figures(case: &TeamCase) -> Answers {
    let team = case.tally();
    let mut all = Answers::new();
    let mut put = |name: &str, answer: Answer| all.insert(name.to_owned(), answer);
    let percents = [
        ("quota_attainment", kpi::quota_attainment(&team)),
        ("deal_quota_attainment", kpi::deal_quota_attainment(&team)),
        ("turnover_rate", kpi::turnover_rate(&team)),
        (
            "annualized_turnover_rate",
            kpi::annualized_turnover_rate(&team),
        ),
    ];
    for (name, percent) in percents {
        put(name, percent.map(|p| exact(p.fraction())));
    }
    for (name, rate) in [
        ("reps_at_quota_rate", kpi::reps_at_quota_rate(&team)),
        (
            "ramped_reps_at_quota_rate",
            kpi::ramped_reps_at_quota_rate(&team),
        ),
        (
            "ramping_reps_at_quota_rate",
            kpi::ramping_reps_at_quota_rate(&team),
        ),
    ] {
        put(name, rate.map(|r| exact(r.fraction())));
    }
    let attained = kpi::attainment_percentile(&team, millionths_of(case.p));
    put(
        "attainment_percentile",
        attained.map(|p| exact(p.fraction())),
    );
    let edges = EDGES.map(|edge| Percent::from_percent(edge).unwrap());
    let bands = kpi::attainment_distribution(&team, &edges).map_err(reason);
    for band in 0..=EDGES.len() {
        let found = bands.as_ref().map(|bands| bands[band]);
        let count = found.map(|band| q(band.reps, 1)).map_err(|none| *none);
        put(&format!("attainment_distribution.{band}"), count);
        let share = found.map(|band| exact(band.share.fraction()));
        put(
            &format!("attainment_distribution.{band}.share"),
            share.map_err(|none| *none),
        );
    }
    put("quota_capacity", amount(kpi::quota_capacity(&team)));
    let coverage = kpi::quota_coverage(&team, usd("70000")).map_err(reason);
    put("quota_coverage", coverage.map(|m| exact(m.decimal())));
    put("rep_productivity", amount(kpi::rep_productivity(&team)));
    let full_time = kpi::full_time_rep_productivity(&team);
    put("full_time_rep_productivity", amount(full_time));
    let percentile = kpi::rep_productivity_percentile(&team, millionths_of(case.p));
    put("rep_productivity_percentile", amount(percentile));
    for n in 0..=2 {
        let share = kpi::rep_concentration(&team, n).map(|rate| exact(rate.fraction()));
        put(&format!("rep_concentration.{n}"), share);
    }
    put(
        "full_time_equivalents",
        team.full_time_equivalents().map(|n| exact(n.decimal())),
    );
    put("active_reps", Ok(q(team.active_reps(), 1)));
    put("heads", Ok(q(team.heads(), 1)));
    put("unassigned", Ok(q(team.unassigned().unwrap().count, 1)));
    for (name, won) in [
        ("unassigned.amount", team.unassigned()),
        ("toward_quotas.amount", team.won_toward_quotas()),
        ("outside_quotas.amount", team.won_outside_quotas()),
    ] {
        put(name, Ok(exact(won.unwrap().amount.decimal())));
    }
    let staffing = team.staffing();
    put("staffing.at_start", Ok(q(staffing.at_start, 1)));
    put("staffing.joined", Ok(q(staffing.joined, 1)));
    put("staffing.left", Ok(q(staffing.left, 1)));
    put("staffing.at_end", Ok(q(staffing.at_end, 1)));
    for rep in team.reps() {
        let id = rep.rep().id();
        let won = rep.won().unwrap();
        put(&format!("{id}.won"), Ok(q(won.count, 1)));
        let amount_won = exact(won.amount.decimal());
        put(&format!("{id}.won_amount"), Ok(amount_won));
        let owned = rep.deals_won().unwrap();
        put(&format!("{id}.deals_won"), Ok(q(owned, 1)));
        let toward = rep.won_toward_quota().unwrap();
        put(&format!("{id}.toward_quota"), Ok(q(toward.count, 1)));
        put(
            &format!("{id}.toward_deal_quota"),
            Ok(q(rep.won_toward_deal_quota().unwrap(), 1)),
        );
        put(&format!("{id}.quota"), amount(rep.quota()));
        let deals = rep.deal_quota().map(|n| exact(n.decimal()));
        put(&format!("{id}.deal_quota"), deals);
        let attained = rep.attainment().map(|p| exact(p.fraction()));
        put(&format!("{id}.attainment"), attained);
        let attained = rep.deal_attainment().map(|p| exact(p.fraction()));
        put(&format!("{id}.deal_attainment"), attained);
        let there = rep.is_at_quota().map(|there| q(u64::from(there), 1));
        put(&format!("{id}.is_at_quota"), there);
    }
    all
}

/// Those of the months as a series.
pub(crate) fn series_figures(case: &TeamCase) -> Answers {
    let series = case.series();
    let streak = kpi::below_quota_streak(&series).map(|n| q(n, 1));
    let time = kpi::ramp_time(&series).map(|days| exact(days.decimal()));
    let ramping = kpi::ramping_reps(&series).map(|n| q(n, 1));
    [
        ("below_quota_streak", streak),
        ("ramp_time", time),
        ("ramping_reps", ramping),
    ]
    .map(|(name, answer)| (name.to_owned(), answer.map_err(reason)))
    .into()
}

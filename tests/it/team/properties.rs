//! What holds for every KPI of a team, whatever the deals and the reps.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use sales_metrics::{
    Average, Deal, DealTally, Decimal, Outcome, Roster, TeamTally, Undefined, kpi,
};

use super::figures::figures;
use super::{NAMES, RawGoal, RawQuota, RawRep, TeamCase, reps, series_cases, team_cases};
use crate::support::{Raw, build, config, exact, q, scopes};

/// Amounts and quotas of money that leave room to be multiplied.
fn small(mut case: TeamCase) -> TeamCase {
    for deal in &mut case.deals {
        deal.amount = deal.amount.map(|units| units % 10_000_000_000);
        // Shares are rounded to the cent, whatever the factor.
        deal.partner = None;
    }
    for quota in &mut case.quotas {
        if let RawGoal::Money(units) = &mut quota.goal {
            *units %= 10_000_000_000;
        }
    }
    case
}

/// Each deal is its owner's alone, so that deals can be taken apart by owner.
fn unshared(mut case: TeamCase) -> TeamCase {
    for deal in &mut case.deals {
        deal.partner = None;
    }
    case
}

fn times(case: &TeamCase, factor: u64) -> TeamCase {
    let mut case = case.clone();
    for deal in &mut case.deals {
        deal.amount = deal.amount.map(|units| units * factor);
    }
    for quota in &mut case.quotas {
        if let RawGoal::Money(units) = &mut quota.goal {
            *units *= factor;
        }
    }
    case
}

/// Whether a figure is an amount of money.
fn is_money(name: &str) -> bool {
    name.contains("productivity")
        || name == "quota_capacity"
        || name == "quota_coverage"
        || name.contains("amount")
        || name.rsplit('.').next() == Some("quota")
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn figures_stay_within_their_bounds(case in team_cases()) {
        let (zero, one) = (q(0, 1), q(1, 1));
        for (name, value) in figures(&case) {
            let Ok(value) = value else { continue };
            prop_assert!(value >= zero, "{name}: {value}");
            if name == "reps_at_quota_rate" {
                prop_assert!(value <= one, "{name}: {value}");
            }
        }
    }

    /// Whatever the roster and the day: each count is that of the days by themselves, and together they add up.
    #[test]
    fn start_and_joined_less_left_are_the_end(reps in reps(), scope in scopes()) {
        let case = TeamCase { deals: Vec::new(), reps, quotas: Vec::new(), scope, p: 0 };
        let team = case.tally();
        let staff = team.staffing();
        let (start, end) = (scope.period().start(), scope.period().end());
        let evening = scope.as_of_day().min(end - Days::new(1));
        let who = |counts: &dyn Fn(&RawRep) -> bool| case.reps.iter().filter(|rep| counts(rep)).count() as u64;
        let there_on = |day: NaiveDate, rep: &RawRep| {
            rep.hired.is_none_or(|hired| hired <= day) && rep.left.is_none_or(|left| left > day)
        };
        let eve = (start - Days::new(1)).min(evening);
        prop_assert_eq!(staff.at_start, who(&|rep| there_on(eve, rep)));
        prop_assert_eq!(staff.at_end, who(&|rep| there_on(evening, rep)));
        prop_assert_eq!(staff.left, who(&|rep| rep.left.is_some_and(|left| eve < left && left <= evening)));
        prop_assert_eq!(staff.joined, who(&|rep| rep.hired.is_some_and(|hired| eve < hired && hired <= evening)));
        prop_assert_eq!(staff.at_start + staff.joined, staff.at_end + staff.left);
        prop_assert_eq!(staff.at_end, team.heads());
    }

    #[test]
    fn full_time_is_at_most_the_head_count(case in team_cases()) {
        let team = case.tally();
        if let Ok(full_time) = team.full_time_equivalents() {
            prop_assert!(exact(full_time.decimal()) <= q(team.active_reps(), 1));
        }
        if let (Ok(a), Ok(b)) = (kpi::rep_productivity(&team), kpi::full_time_rep_productivity(&team)) {
            prop_assert!(exact(b.amount()) * q(10_i64.pow(18) + 1, 10_i64.pow(18)) >= exact(a.amount()));
        }
    }

    #[test]
    fn a_factor_on_all_money_scales_money_and_nothing_else(case in team_cases(), factor in 1_u64..1_000) {
        let case = small(case);
        let (before, after) = (figures(&case), figures(&times(&case, factor)));
        for (name, value) in before {
            let Ok(value) = value else {
                prop_assert_eq!(&value, &after[&name], "{}", name);
                continue;
            };
            let scaled = if is_money(&name) { value * q(factor, 1) } else { value };
            let found = after[&name].clone().unwrap();
            let distance = if found > scaled { &found - &scaled } else { &scaled - &found };
            prop_assert!(distance <= &scaled * q(1, 10_i64.pow(18)) + q(1, 10_i64.pow(18)), "{name}: {found}, not {scaled}");
        }
    }

    /// Deals that are not won in the period, up to the as-of day.
    #[test]
    fn a_deal_that_does_not_count_changes_nothing(case in team_cases(), other in crate::support::deals_up_to(10)) {
        let before = figures(&case);
        let mut other = other;
        let scope = case.scope;
        if let Outcome::Won { on } = other.outcome {
            if scope.period().contains(on) && on <= scope.as_of_day() {
                other.outcome = Outcome::Lost { on };
            }
        }
        let mut more = case.clone();
        more.deals.push(other);
        prop_assert_eq!(figures(&more), before);
    }

    /// A rep with neither quota, day of work nor win; and a quota beside the period.
    #[test]
    fn a_rep_of_another_time_and_a_quota_of_another_period_change_nothing(case in team_cases()) {
        let before = figures(&case);
        let mut more = case.clone();
        more.reps.push(RawRep {
            hired: Some("2026-01-01".parse().unwrap()),
            ..RawRep::new("zoe")
        });
        if let (Some(rep), Ok(next)) = (case.reps.first(), case.scope.period().next()) {
            let beside = RawQuota { rep: rep.id, period: next, goal: RawGoal::Money(1) };
            let free = |quota: &RawQuota| quota.rep != rep.id || quota.period.end() <= next.start();
            if case.quotas.iter().all(free) {
                more.quotas.push(beside);
            }
        }
        prop_assume!(case.scope.as_of_day() < "2026-01-01".parse().unwrap());
        let after = figures(&more);
        for (name, value) in before {
            prop_assert_eq!(&after[&name], &value, "{}", name);
        }
    }

    /// What is won and what is expected in the months adds up to that of the whole.
    #[test]
    fn months_add_up_to_the_whole(case in series_cases()) {
        let (whole, months) = (case.tally(), case.series());
        let sum = |of: &dyn Fn(&TeamTally) -> u64| months.iter().map(of).sum::<u64>();
        prop_assert_eq!(sum(&|team| team.unassigned().unwrap().count), whole.unassigned().unwrap().count);
        prop_assert_eq!(sum(&|team| team.staffing().joined), whole.staffing().joined);
        prop_assert_eq!(sum(&|team| team.staffing().left), whole.staffing().left);
        for (place, rep) in whole.reps().enumerate() {
            let parts = || months.iter().map(|month| month.reps().nth(place).unwrap());
            prop_assert_eq!(parts().map(|part| part.won().unwrap().count).sum::<u64>(), rep.won().unwrap().count);
            let number = |quota: Average| exact(quota.decimal());
            let deals = parts().filter_map(|part| part.deal_quota().ok()).map(number);
            let deals = deals.fold(q(0, 1), |sum, part| sum + part);
            let distance = deals - rep.deal_quota().map_or(q(0, 1), number);
            prop_assert!(distance.clone() * distance <= q(1, 10_i64.pow(18)));
        }
    }

    /// To the unit, whatever the roster: what is won is in a quota, outside of any, or unassigned.
    #[test]
    fn every_win_stands_in_one_of_three_places(case in team_cases()) {
        let (team, deals) = (case.tally(), build(&case.deals));
        let all = DealTally::of(&deals, case.scope).unwrap().totals().won().unwrap();
        let places = [team.won_toward_quotas(), team.won_outside_quotas(), team.unassigned()];
        let sum: Decimal = places.map(|won| won.unwrap().amount.decimal()).iter().sum();
        prop_assert_eq!(sum, all.amount.decimal());
        // Of each deal one owner counts, if somebody.
        let owned: u64 = team.reps().map(|rep| rep.deals_won().unwrap()).sum();
        let totals = team.totals();
        let nobodys = totals.unassigned().unwrap().count - totals.unassigned_shared().unwrap();
        prop_assert_eq!(owned + nobodys, all.count);
    }

    /// Rosters of disjoint teams share the wins among them.
    #[test]
    fn teams_of_a_roster_win_what_the_roster_wins(case in team_cases()) {
        let (deals, roster) = (build(&case.deals), case.roster());
        let won = |roster: &Roster| -> u64 {
            let view = case.scope.with_roster(roster).unwrap();
            won_by_all(&TeamTally::of(&deals, view).unwrap())
        };
        let first = roster.filter(|rep| rep.id().as_str() < "c");
        let second = roster.filter(|rep| rep.id().as_str() >= "c");
        prop_assert_eq!(won(&first) + won(&second), won(&roster));
    }

    /// What is taken apart by reps is a tally of its own, and merges back in any order: no head and no quota twice.
    #[test]
    fn parts_of_a_roster_merge_to_all_of_it(
        case in team_cases(), places in proptest::collection::vec(0..3_usize, NAMES.len()),
    ) {
        let case = unshared(case);
        let (whole, deals) = (case.tally(), build(&case.deals));
        let all = whole.filter(|_| true);
        let place = |rep: &str| places[NAMES.iter().position(|name| *name == rep).unwrap()];
        let parts = [0, 1, 2].map(|at| whole.filter(|rep| place(rep.id().as_str()) == at));
        for (at, part) in parts.iter().enumerate() {
            let theirs = deals.iter().filter(|deal| {
                let roster = whole.roster();
                let owner = deal.owner().and_then(|owner| roster.rep(owner.as_str()));
                let owner = owner.filter(|rep| deal.closed().is_some_and(|on| rep.is_active(on)));
                deal.standing(case.scope).is_won() && owner.is_some_and(|rep| place(rep.id().as_str()) == at)
            });
            let view = case.scope.with_roster(&case.roster().filter(|rep| place(rep.id().as_str()) == at));
            prop_assert_eq!(part, &TeamTally::of(theirs, view.unwrap()).unwrap());
        }
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let mut sum = parts[order[0]].clone();
            sum.merge(&parts[order[1]]).unwrap();
            sum.merge(&parts[order[2]]).unwrap();
            prop_assert_eq!(&sum, &all);
        }
        prop_assert_eq!((all.roster(), all.active_reps()), (whole.roster(), whole.active_reps()));
        let won = |team: &TeamTally| team.reps().map(|of| (of.rep().clone(), of.won())).collect::<Vec<_>>();
        prop_assert_eq!(won(&all), won(&whole));
    }

    /// A grid of parts of a roster is one of all of it, in every cell.
    #[test]
    fn grids_of_parts_of_a_roster_merge(case in team_cases()) {
        let case = unshared(case);
        let deals = build(&case.deals);
        let owned = |keep: fn(&str) -> bool| {
            let roster = case.roster().filter(|rep| keep(rep.id().as_str()));
            let is_theirs = |deal: &&Deal| deal.owner().is_some_and(|owner| roster.rep(owner.as_str()).is_some());
            let theirs: Vec<&Deal> = deals.iter().filter(is_theirs).collect();
            let view = case.scope.with_roster(&roster).unwrap();
            TeamTally::grid(theirs, [view], |deal| deal.owner().cloned()).unwrap()
        };
        let mut sum = owned(|rep| rep < "c");
        sum.merge(&owned(|rep| rep >= "c")).unwrap();
        prop_assert_eq!(sum, owned(|_| true));
    }

    /// A tally by owner: each group is of the same roster, and they add up.
    #[test]
    fn one_reps_deals_are_that_reps_result(case in team_cases()) {
        let view = case.scope.with_roster(&case.roster()).unwrap();
        let deals = build(&case.deals);
        let whole = TeamTally::of(&deals, view.clone()).unwrap();
        let groups = TeamTally::by(&deals, view, Deal::owner).unwrap();
        for result in whole.reps() {
            let won = groups.get(&Some(result.rep().id())).map_or(0, |team| {
                let mut reps = team.reps();
                reps.find(|other| other.rep() == result.rep()).unwrap().deals_won().unwrap()
            });
            prop_assert_eq!(won, result.deals_won().unwrap());
        }
    }

    /// Nothing lies before the period begins.
    #[test]
    fn before_it_begins_a_period_has_no_answers(case in team_cases()) {
        let Some(eve) = case.scope.period().start().checked_sub_days(Days::new(1)) else { return Ok(()) };
        let Ok(scope) = case.scope.as_of(eve) else { return Ok(()) };
        let team = case.tally_in(scope);
        let reason = Some(Undefined::NothingElapsed);
        prop_assert_eq!(kpi::turnover_rate(&team).err(), reason);
        prop_assert_eq!(kpi::rep_productivity(&team).err(), reason);
        prop_assert_eq!(kpi::full_time_rep_productivity(&team).err(), reason);
        prop_assert_eq!(team.full_time_equivalents().err(), reason);
        prop_assert_eq!(kpi::quota_attainment(&team).err(), reason);
        prop_assert_eq!(kpi::deal_quota_attainment(&team).err(), reason);
        prop_assert_eq!(kpi::reps_at_quota_rate(&team).err(), reason);
        prop_assert_eq!(team.active_reps(), 0);
        prop_assert_eq!(won_by_all(&team), 0);
    }
}

fn won_by_all(team: &TeamTally) -> u64 {
    team.reps().map(|rep| rep.won().unwrap().count).sum()
}

/// A win on each side of each edge of the period.
#[test]
fn edges_of_the_period() {
    for (on, counts) in [
        ("2023-12-31", false),
        ("2024-01-01", true),
        ("2024-03-31", true),
        ("2024-04-01", false),
    ] {
        let on = on.parse().unwrap();
        let mut deal = Raw::new("2023-06-01", Outcome::Won { on });
        (deal.owner, deal.amount) = (Some("ada"), Some(10_000));
        let case = TeamCase {
            deals: vec![deal],
            reps: vec![RawRep::new("ada")],
            quotas: Vec::new(),
            scope: crate::support::scope("2024-Q1"),
            p: 0,
        };
        assert_eq!(won_by_all(&case.tally()), u64::from(counts), "{on}");
    }
}

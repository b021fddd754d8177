//! Reps, rosters, quotas, and the KPIs of a team.

pub(crate) mod created;
mod figures;
mod golden;
mod oracle;
mod properties;
pub(crate) mod ramp;
mod records;
mod wire;

pub(crate) use oracle::recomputed;

use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::{
    Currency, Deal, Decimal, ErrorKind, Outcome, Period, Quota, Ramp, Rep, Roster, Scope,
    TeamScope, TeamTally,
};

use crate::laws::laws;
use crate::support::{
    MOST, Raw, build, complaint, config, dates, day, deals_up_to, in_euros, kind_of, many_deals,
    millionths_of, period, periods, scope, scopes, too_many_records,
};

/// A rep as an HR system might hold one; shares in millionths.
#[derive(Clone, Debug)]
pub(crate) struct RawRep {
    pub(crate) id: &'static str,
    pub(crate) hired: Option<NaiveDate>,
    pub(crate) left: Option<NaiveDate>,
    pub(crate) share: u32,
    pub(crate) ramp: Option<Vec<u32>>,
}

/// A quota; money in units of 10⁻⁴.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawQuota {
    pub(crate) rep: &'static str,
    pub(crate) period: Period,
    pub(crate) goal: RawGoal,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum RawGoal {
    Money(u64),
    Deals(u64),
}

/// Everything that the KPIs of a team take.
#[derive(Clone, Debug)]
pub(crate) struct TeamCase {
    pub(crate) deals: Vec<Raw>,
    pub(crate) reps: Vec<RawRep>,
    pub(crate) quotas: Vec<RawQuota>,
    pub(crate) scope: Scope,
    /// A percentile, in millionths.
    pub(crate) p: u32,
}

impl RawRep {
    pub(crate) fn new(id: &'static str) -> Self {
        Self {
            id,
            hired: None,
            left: None,
            share: 1_000_000,
            ramp: None,
        }
    }

    pub(crate) fn rep(&self) -> Rep {
        let mut rep = Rep::new(self.id).unwrap();
        if let Some(on) = self.hired {
            rep = rep.with_hired(on).unwrap();
        }
        if let Some(on) = self.left {
            rep = rep.with_left(on).unwrap();
        }
        if let Some(shares) = &self.ramp {
            rep = rep.with_ramp(Ramp::new(shares.iter().copied().map(millionths_of)).unwrap());
        }
        rep.with_full_time_share(millionths_of(self.share)).unwrap()
    }
}

impl RawQuota {
    pub(crate) fn quota(&self) -> Quota {
        match self.goal {
            RawGoal::Money(units) => {
                let amount = Decimal::from_i128_with_scale(units.into(), 4);
                Quota::of_money(self.rep, self.period, amount, Currency::USD)
            }
            RawGoal::Deals(deals) => Quota::of_deals(self.rep, self.period, deals),
        }
        .unwrap()
    }
}

impl TeamCase {
    pub(crate) fn roster(&self) -> Roster {
        let reps = self.reps.iter().map(RawRep::rep);
        Roster::new(reps, self.quotas.iter().map(RawQuota::quota)).unwrap()
    }

    pub(crate) fn tally(&self) -> TeamTally {
        self.tally_in(self.scope)
    }

    pub(crate) fn tally_in(&self, scope: Scope) -> TeamTally {
        let view = scope.with_roster(&self.roster()).unwrap();
        TeamTally::of(build(&self.deals), view).unwrap()
    }

    /// The months of its scope, as of its day.
    pub(crate) fn series(&self) -> Vec<TeamTally> {
        let months = crate::figures::months(self.scope);
        months
            .into_iter()
            .map(|month| self.tally_in(month))
            .collect()
    }
}

const NAMES: [&str; 4] = ["ada", "ben", "cleo", "dora"];

fn rep(id: &'static str) -> impl Strategy<Value = RawRep> + Clone {
    let leave = proptest::option::weighted(0.4, 0_u64..150);
    let shares = vec![1_000_000, 1_000_000, 500_000, 333_333, 1];
    let ramp = proptest::collection::vec(select(vec![0_u32, 1, 250_000, 333_333, 1_000_000]), 0..5);
    (
        proptest::option::weighted(0.7, dates()),
        dates(),
        leave,
        select(shares),
        proptest::option::weighted(0.5, ramp),
    )
        .prop_map(move |(hired, any, leave, share, ramp)| {
            let last = day("2999-12-31");
            let left = leave.map(|days| (hired.unwrap_or(any) + Days::new(days)).min(last));
            RawRep {
                id,
                hired,
                left,
                share,
                ramp,
            }
        })
}

/// Some of those whom deals name, and one whom none does.
pub(crate) fn reps() -> impl Strategy<Value = Vec<RawRep>> + Clone {
    let some = NAMES.map(|id| proptest::option::weighted(0.8, rep(id)));
    some.prop_map(|reps| reps.into_iter().flatten().collect())
}

fn goals() -> impl Strategy<Value = RawGoal> + Clone {
    prop_oneof![
        4 => (0_u64..200).prop_map(|thousands| RawGoal::Money(thousands * 10_000_000)),
        2 => select(vec![0, 1, 30_000, 10_000_000, MOST]).prop_map(RawGoal::Money),
        1 => (0..=MOST).prop_map(RawGoal::Money),
        3 => select(vec![0_u64, 1, 2, 3, 7, 10_000_000_000]).prop_map(RawGoal::Deals),
    ]
}

/// The period itself, its months, two parts of it, or what lies beside it.
fn pieces(whole: Period, how: u32, cut: u64) -> Vec<Period> {
    let at = whole.start() + Days::new(cut % u64::from(whole.days()));
    let two = [
        Period::between(whole.start(), at),
        Period::between(at, whole.end()),
    ];
    match how {
        0 => vec![whole],
        1 => whole.months().collect(),
        2 => two.into_iter().flatten().collect(),
        3 => [whole.previous(), whole.next()]
            .into_iter()
            .flatten()
            .collect(),
        4 => [whole.previous(), Ok(whole), whole.next()]
            .into_iter()
            .flatten()
            .collect(),
        _ => two.into_iter().flatten().take(1).collect(),
    }
}

/// A quota of each kind at most for every piece of the period.
fn quotas(
    reps: &[RawRep],
    whole: Period,
    hows: std::ops::Range<u32>,
) -> impl Strategy<Value = Vec<RawQuota>> + use<> {
    let sets: Vec<_> = reps
        .iter()
        .flat_map(|rep| [(rep.id, true), (rep.id, false)])
        .map(|(rep, money)| {
            let goals = proptest::collection::vec(goals(), 13);
            let set = (hows.clone(), 0_u64..400, goals).prop_map(move |(how, cut, goals)| {
                let kind = |goal: &RawGoal| matches!(goal, RawGoal::Money(_)) == money;
                let with_goal = pieces(whole, how, cut).into_iter().zip(goals);
                let quotas = with_goal.filter(|(_, goal)| kind(goal));
                quotas
                    .map(|(period, goal)| RawQuota { rep, period, goal })
                    .collect::<Vec<_>>()
            });
            proptest::option::weighted(0.8, set)
        })
        .collect();
    sets.prop_map(|sets| sets.into_iter().flatten().flatten().collect())
}

/// On days of employment, of what nobody else has a share.
fn amount_won(deals: &[Raw], reps: &[RawRep], rep: &str, within: Period) -> u64 {
    let is_there = |on| {
        let mut reps = reps.iter().filter(|known| known.id == rep);
        reps.any(|rep| {
            rep.hired.is_none_or(|hired| hired <= on) && rep.left.is_none_or(|left| on <= left)
        })
    };
    let own = deals
        .iter()
        .filter(|deal| deal.owner == Some(rep) && deal.partner.is_none());
    let won = own.filter(
        |deal| matches!(deal.outcome, Outcome::Won { on } if within.contains(on) && is_there(on)),
    );
    won.filter_map(|deal| deal.amount).sum::<u64>().min(MOST)
}

/// Some quotas of money are exactly what the rep won.
fn tied(mut case: TeamCase) -> TeamCase {
    for quota in &mut case.quotas {
        if let RawGoal::Money(units) = &mut quota.goal {
            let won = amount_won(&case.deals, &case.reps, quota.rep, quota.period);
            if *units % 3 != 1 && won > 0 {
                *units = won;
            }
        }
    }
    case
}

fn some_deals() -> impl Strategy<Value = Vec<Raw>> + Clone {
    prop_oneof![
        proptest::collection::vec(deals_up_to(10_000_000_000), 0..=6),
        proptest::collection::vec(deals_up_to(10_000_000_000), 0..=20),
        proptest::collection::vec(deals_up_to(MOST), 0..=12),
    ]
}

fn cases_of(
    periods: impl Strategy<Value = Period>,
    hows: std::ops::Range<u32>,
) -> impl Strategy<Value = TeamCase> {
    let p = prop_oneof![
        select(vec![0_u32, 500_000, 750_000, 1_000_000]),
        0..=1_000_000_u32
    ];
    let scopes = (periods, proptest::option::weighted(0.6, dates()));
    let scopes = scopes.prop_map(|(period, as_of)| {
        let whole = Scope::new(period, Currency::USD);
        as_of.map_or(whole, |day| whole.as_of(day).unwrap())
    });
    (some_deals(), reps(), scopes, p).prop_flat_map(move |(deals, reps, scope, p)| {
        quotas(&reps, scope.period(), hows.clone()).prop_map(move |quotas| {
            tied(TeamCase {
                deals: deals.clone(),
                reps: reps.clone(),
                quotas,
                scope,
                p,
            })
        })
    })
}

/// Whatever fits together.
pub(crate) fn team_cases() -> impl Strategy<Value = TeamCase> {
    let short = periods().prop_filter("too long for a day by day check", |p| p.days() <= 800);
    cases_of(short, 0..6)
}

/// Cases with quotas for each month, to be looked at as a series.
pub(crate) fn series_cases() -> impl Strategy<Value = TeamCase> {
    let named = ["2024-Q1", "2024-Q1", "2023-12-15/2024-04-15", "2024"];
    cases_of(select(named.to_vec()).prop_map(period), 1..2)
}

/// A roster with a quota of each kind for the period of any scope.
pub(crate) fn with_team(scope: Scope) -> TeamScope {
    let ben = RawRep {
        hired: Some(day("2024-02-10")),
        left: Some(day("2024-03-30")),
        share: 500_000,
        ramp: Some(vec![0, 250_000]),
        ..RawRep::new("ben")
    };
    let reps = [RawRep::new("ada").rep(), ben.rep()];
    let quotas = [
        Quota::of_money("ada", scope.period(), 1_000, scope.currency()).unwrap(),
        Quota::of_deals("ben", scope.period(), 3).unwrap(),
    ];
    scope
        .with_roster(&Roster::new(reps, quotas).unwrap())
        .unwrap()
}

fn owner(deal: &Deal) -> Option<&str> {
    deal.owner().map(AsRef::as_ref)
}

laws!(team_tally: TeamTally {
    records: many_deals(), view: with_team => TeamScope, key: owner,
});

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_foreign_deal_changes_nothing(records in many_deals(), scope in scopes()) {
        let mut tally = TeamTally::of(&records, with_team(scope)).unwrap();
        let before = tally.clone();
        let won = Outcome::Won { on: day("2024-02-29") };
        let foreign = Raw::new("2024-01-31", won).deal("F-1", Currency::EUR);
        let refused = in_euros("deal F-1");
        prop_assert_eq!(complaint(tally.record(&foreign)), refused.clone());
        prop_assert_eq!(&tally, &before);
        prop_assert_eq!(complaint(TeamTally::of([foreign], with_team(scope))), refused);
    }

    #[test]
    fn a_roster_with_another_ada_is_not_merged(records in many_deals(), scope in scopes()) {
        let mut tally = TeamTally::of(&records, with_team(scope)).unwrap();
        let before = tally.clone();
        let hired = RawRep { hired: Some(day("2024-02-11")), ..RawRep::new("ada") };
        let quotas = tally.roster().quotas().to_vec();
        let with_quota = tally.roster().filter(|rep| rep.id().as_str() == "ada");
        for roster in [
            Roster::new([hired.rep()], with_quota.quotas().to_vec()),
            Roster::new([RawRep::new("ada").rep()], []),
            Roster::new([hired.rep(), RawRep::new("ben").rep()], quotas),
        ] {
            let other = TeamTally::new(scope.with_roster(&roster.unwrap()).unwrap());
            prop_assert_eq!(kind_of(&tally.merge(&other)), Some(ErrorKind::RosterMismatch));
            prop_assert_eq!(&tally, &before);
        }
    }

    /// Whoever won what is nobody's in one roster may stand in the other.
    #[test]
    fn wins_of_nobody_are_merged_into_no_larger_roster(records in many_deals(), scope in scopes()) {
        let fewer = with_team(scope).roster().filter(|rep| rep.id().as_str() == "ada");
        let mut of_ada = TeamTally::of(&records, scope.with_roster(&fewer).unwrap()).unwrap();
        let mut of_both = TeamTally::of(&records, with_team(scope)).unwrap();
        let (before, whole) = (of_ada.clone(), of_both.clone());
        if of_ada.unassigned().unwrap().count > 0 {
            prop_assert_eq!(kind_of(&of_ada.merge(&of_both)), Some(ErrorKind::RosterMismatch));
            prop_assert_eq!(kind_of(&of_both.merge(&of_ada)), Some(ErrorKind::RosterMismatch));
            prop_assert_eq!((&of_ada, &of_both), (&before, &whole));
        } else {
            // Under either roster they are the same deals.
            of_ada.merge(&of_both).unwrap();
            prop_assert_eq!(of_ada, TeamTally::of(records.iter().chain(&records), with_team(scope)).unwrap());
        }
    }

    /// What records add up to is accepted as ready-made totals.
    #[test]
    fn totals_of_records_are_totals(records in many_deals(), scope in scopes()) {
        let tally = TeamTally::of(&records, with_team(scope)).unwrap();
        prop_assert_eq!(&TeamTally::from_totals(with_team(scope), tally.totals().clone()).unwrap(), &tally);
    }
}

/// The last record that fits, and the one after it.
#[test]
fn a_team_tally_takes_ten_billion_records_and_no_more() {
    let view = with_team(scope("2024-Q1"));
    let full = sales_metrics::tally::TeamTotals::given().records(9_999_999_999);
    let mut tally = TeamTally::from_totals(view.clone(), full).unwrap();
    let deal = build(&[Raw::new("2024-02-01", Outcome::Open)]).remove(0);
    tally.record(&deal).unwrap();
    let before = tally.clone();
    assert_eq!(complaint(tally.record(&deal)), too_many_records());
    assert_eq!(tally, before);
    let one = TeamTally::of([&deal], view).unwrap();
    assert_eq!(complaint(tally.merge(&one)), too_many_records());
    assert_eq!(tally, before);
    assert_eq!(tally.totals().records().unwrap(), 10_000_000_000);
}

/// The day so many months after a hire, as a calendar has it.
pub(crate) fn months_after(hired: NaiveDate, months: u32) -> NaiveDate {
    hired + Months::new(months)
}

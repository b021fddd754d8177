//! Every finding of reps, quotas and hours by the least record that shows it.

use super::{audit, rep, texts};
use crate::support::{day, period, scope};
use sales_metrics::{
    Currency, Deal, Outcome, Quota, Ramp, Rate, Rep, Roster, TeamTally, TimeDelta, WorkTime, kpi,
};

fn money(rep: &str, of: &str, amount: u64, currency: Currency) -> Quota {
    Quota::of_money(rep, period(of), amount, currency).unwrap()
}

fn deals(rep: &str, of: &str, deals: u64) -> Quota {
    Quota::of_deals(rep, period(of), deals).unwrap()
}

fn quota_lines(quotas: &[Quota]) -> Vec<String> {
    texts(&audit().quotas(quotas))
}

fn hours(rep: &str, on: &str, hours: i64) -> WorkTime {
    WorkTime::new(rep, day(on), TimeDelta::hours(hours)).unwrap()
}

fn hour_lines(work: &[WorkTime]) -> Vec<String> {
    texts(&audit().work_time(work))
}

#[test]
fn a_rep_by_itself() {
    let ada = Rep::new("ada").unwrap();
    let ramp = Ramp::new([Rate::HALF]).unwrap();
    let ramping = ada.clone().with_ramp(ramp);
    let hired = ramping.clone().with_hired(day("2026-03-01")).unwrap();
    assert_eq!(audit().reps([&ada, &hired].map(Clone::clone)).len(), 1);
    assert_eq!(
        texts(&audit().reps([&ramping])),
        ["rep ada: it has a ramp, but no hire date"]
    );
    assert_eq!(audit().reps([&hired]), []);
    assert_eq!(
        texts(&audit().reps([&ada, &ada, &ada])),
        ["rep ada: an earlier record has the same id"; 2]
    );
}

#[test]
fn a_dimension_of_reps_in_two_spellings() {
    let of = |id: &str, territory: &str| {
        let rep = Rep::new(id).and_then(|rep| rep.with_dimension("territory", territory));
        rep.unwrap()
    };
    let found = texts(&audit().reps([of("ada", "Coast"), of("ben", "Coast"), of("eve", "coast")]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("rep eve: "), "{found:?}");
}

#[test]
fn a_rep_without_a_quota_while_others_have_one() {
    let reps = [
        Rep::new("ada").unwrap(),
        rep("ben", "2026-03-31", "2026-03-31"),
        rep("cleo", "2026-01-01", "2026-03-30"),
        rep("dan", "2026-04-01", "2026-12-31"),
    ];
    // Of any period, and of either kind.
    let quotas = [deals("ada", "2019-Q1", 0)];
    let found = |audit: super::Audit| texts(&audit.reps(&reps));
    assert_eq!(
        found(audit().with_quotas(&quotas)),
        ["rep ben: active, but it has no quota, and others have one"]
    );
    assert_eq!(found(audit()), [""; 0]);
    assert_eq!(found(audit().with_quotas([] as [Quota; 0])), [""; 0]);
    let more = [money("ben", "2026", 5, Currency::EUR)];
    let both = audit().with_quotas(&quotas).with_quotas(more);
    assert_eq!(found(both), [""; 0]);
}

#[test]
fn a_quota_of_nothing() {
    let (q1, name) = ("2026-Q1", "quota of ada for 2026-01-01/2026-04-01");
    assert_eq!(
        quota_lines(&[money("ada", q1, 0, Currency::EUR)]),
        [format!("{name}: it is 0")]
    );
    assert_eq!(
        quota_lines(&[deals("ada", q1, 0)]),
        [format!("{name}: it is 0")]
    );
    assert_eq!(
        quota_lines(&[deals("ada", q1, 1), money("ada", q1, 1, Currency::EUR)]),
        [""; 0],
        "one of each kind is no overlap, and no duplicate"
    );
}

#[test]
fn a_quota_of_nobody_or_of_a_time_without_work() {
    let quota = [deals("ada", "2026-02", 4)];
    let found = |reps: &[Rep]| texts(&audit().with_reps(reps).quotas(&quota));
    let name = "quota of ada for 2026-02-01/2026-03-01";
    assert_eq!(
        found(&[]),
        [format!("{name}: its rep ada is not among the known reps")]
    );
    let without = [format!("{name}: the rep does not work on any day of it")];
    let (before, after) = (
        rep("ada", "2025-01-01", "2026-01-31"),
        rep("ada", "2026-03-01", "2026-12-31"),
    );
    assert_eq!(found(&[before.clone(), after.clone()]), without);
    for (hired, left) in [("2026-02-28", "2026-03-31"), ("2026-01-01", "2026-02-01")] {
        assert_eq!(
            found(&[before.clone(), rep("ada", hired, left), after.clone()]),
            [""; 0]
        );
    }
    assert_eq!(found(&[Rep::new("ada").unwrap()]), [""; 0]);
}

#[test]
fn quotas_that_overlap() {
    let overlaps = |period: &str, other: &str| {
        format!("quota of ada for {period}: it overlaps with the one for {other}")
    };
    let (q1, january, march) = (
        "2026-01-01/2026-04-01",
        "2026-01-01/2026-02-01",
        "2026-03-01/2026-04-01",
    );
    // The one that begins later, or is longer, wherever it stands.
    let quotas = [march, q1, "2026-Q2", january].map(|of| deals("ada", of, 4));
    assert_eq!(
        quota_lines(&quotas),
        [overlaps(march, q1), overlaps(q1, january)]
    );
    // January is over, but the longer one before it is not.
    let quotas = ["2025", "2025-01", "2025-02", "2025-03"].map(|of| deals("ada", of, 4));
    let year = "2025-01-01/2026-01-01";
    assert_eq!(
        quota_lines(&quotas),
        [
            overlaps(year, "2025-01-01/2025-02-01"),
            overlaps("2025-02-01/2025-03-01", year),
            overlaps("2025-03-01/2025-04-01", year),
        ]
    );
    let same = [deals("ada", "2026-Q1", 4), deals("ada", "2026-Q1", 5)];
    assert_eq!(quota_lines(&same), [overlaps(q1, q1)]);
    let others = [
        deals("ada", "2026-Q1", 4),
        deals("ben", "2026-Q1", 4),
        money("ada", "2026-Q1", 4, Currency::EUR),
        deals("ada", "2026-Q2", 4),
    ];
    assert_eq!(quota_lines(&others), [""; 0]);
}

#[test]
fn the_minority_of_quotas_is_in_another_currency() {
    let quotas = [
        money("ada", "2026-Q1", 4, Currency::USD),
        deals("ada", "2026-Q1", 4),
        money("ada", "2026-Q2", 4, Currency::USD),
        money("ada", "2026-Q3", 4, Currency::EUR),
    ];
    assert_eq!(
        quota_lines(&quotas),
        ["quota of ada for 2026-07-01/2026-10-01: it is in EUR, but most are in USD"]
    );
}

#[test]
fn hours_of_nobody_of_the_future_and_twice_on_a_day() {
    let work = [
        hours("ada", "2026-03-31", 8),
        hours("ben", "2026-03-31", 8),
        hours("ada", "2026-04-01", 8),
        hours("ada", "2026-03-31", 2),
    ];
    let ada = Rep::new("ada").unwrap();
    assert_eq!(
        texts(&audit().with_reps([ada]).work_time(&work)),
        [
            "work time of ben in 2026-03-31/2026-04-01: its rep ben is not among the known reps",
            "work time of ada in 2026-04-01/2026-04-02: dated 2026-04-01, after the as-of day",
            "work time of ada in 2026-03-31/2026-04-01: an earlier record has the same id",
        ]
    );
}

#[test]
fn more_hours_than_the_days_have() {
    let name = |on: &str, next: &str| format!("work time of ada in {on}/{next}");
    let by_day = [
        hours("ada", "2026-03-04", 25),
        hours("ada", "2026-03-02", 24),
        hours("ada", "2026-03-03", 24),
    ];
    let fourth = name("2026-03-04", "2026-03-05");
    assert_eq!(
        hour_lines(&by_day),
        [format!("{fourth}: more than 24 hours in a day")]
    );
    // By the week; and after a gap no more than a week either.
    let weeks = ["2026-02-06", "2026-02-13", "2026-03-06"];
    assert_eq!(hour_lines(&weeks.map(|on| hours("ada", on, 168))), [""; 0]);
    let long = hour_lines(&weeks.map(|on| hours("ada", on, 169)));
    assert_eq!(long.len(), 3);
    let first = name("2026-02-06", "2026-02-07");
    assert_eq!(
        long[0],
        format!("{first}: more than 24 hours a day, over 7 days")
    );
    // Two days after the last, 48 hours are the most; those of others don't count.
    let two = |most| {
        [
            hours("ada", "2026-03-02", 8),
            hours("ben", "2026-03-03", 8),
            hours("ada", "2026-03-04", most),
        ]
    };
    assert_eq!(hour_lines(&two(48)), [""; 0]);
    assert_eq!(
        hour_lines(&two(49)),
        [format!("{fourth}: more than 24 hours a day, over 2 days")]
    );
    // Of two on a day, each stands for the days since the one before.
    let twice = ["2026-03-02", "2026-03-04", "2026-03-04"].map(|on| hours("ada", on, 40));
    assert_eq!(
        hour_lines(&twice),
        [format!("{fourth}: an earlier record has the same id")]
    );
    assert_eq!(hour_lines(&[hours("ada", "2999-12-31", 8)]).len(), 1);
}

/// Ada and Bob have 100 each, and their boss, who sells nothing, the sum of both.
#[test]
fn a_manager_s_quota_that_is_the_sum_of_the_team_s() {
    let led = |rep: &str| Rep::new(rep).unwrap().with_manager("boss").unwrap();
    let reps = [led("ada"), led("bob"), Rep::new("boss").unwrap()];
    let quotas = |boss: u64| {
        [("ada", 100), ("bob", 100), ("boss", boss)]
            .map(|(rep, amount)| money(rep, "2026-Q1", amount, Currency::USD))
    };
    let found = |quotas: &[Quota]| texts(&audit().with_reps(&reps).quotas(quotas));
    let text = "quota of boss for 2026-01-01/2026-04-01: it is the sum of the quotas of those who report to its rep";
    assert_eq!(found(&quotas(200)), [text]);
    assert_eq!(found(&quotas(201)), [""; 0]);
    // Of one alone, of another period or kind it is no sum.
    let [ada, bob, boss] = quotas(100);
    assert_eq!(found(&[ada.clone(), boss.clone()]), [""; 0]);
    let deals_of_bob = deals("bob", "2026-Q1", 100);
    let later = money("boss", "2026-Q2", 200, Currency::USD);
    assert_eq!(found(&[ada, bob, deals_of_bob, later, boss]), [""; 0]);
    assert_eq!(audit().quotas(quotas(200)), []);

    // With it, the team is at half of what it is; without, at all of it.
    let attained = |quotas: &[Quota]| {
        let won = |rep: &str| {
            let on = Outcome::Won {
                on: day("2026-02-20"),
            };
            let deal = Deal::new(format!("D-{rep}"), day("2026-01-07"), on, Currency::USD);
            deal.and_then(|deal| deal.with_owner(rep)?.with_amount(100))
                .unwrap()
        };
        let roster = Roster::new(reps.clone(), quotas.to_vec()).unwrap();
        let view = scope("2026-Q1").with_roster(&roster).unwrap();
        let team = TeamTally::of([won("ada"), won("bob")], view).unwrap();
        let rate = kpi::reps_at_quota_rate(&team).unwrap();
        (
            kpi::quota_attainment(&team).unwrap().to_string(),
            format!("{rate:.0}"),
        )
    };
    assert_eq!(attained(&quotas(200)), ("50%".to_owned(), "67%".to_owned()));
    assert_eq!(
        attained(&quotas(200)[..2]),
        ("100%".to_owned(), "100%".to_owned())
    );
}

fn of_each(quotas: &[(&str, &str, u64)]) -> Vec<Quota> {
    let quotas = quotas.iter();
    quotas
        .map(|(rep, of, amount)| money(rep, of, *amount, Currency::USD))
        .collect()
}

fn led_by(rep: &str, manager: &str) -> Rep {
    Rep::new(rep).unwrap().with_manager(manager).unwrap()
}

/// The boss has a quarter, and the team its months.
#[test]
fn a_manager_s_quota_is_the_sum_of_what_makes_up_its_period() {
    let team = ["ada", "bob", "eve"].map(|rep| led_by(rep, "boss"));
    let reps = [&team[..], &[Rep::new("boss").unwrap()]].concat();
    let found =
        |quotas: &[(&str, &str, u64)]| texts(&audit().with_reps(&reps).quotas(of_each(quotas)));
    let text = "quota of boss for 2026-01-01/2026-04-01: it is the sum of the quotas of those who report to its rep";
    let months = ["2026-01", "2026-02", "2026-03"];
    let team: Vec<_> = months
        .into_iter()
        .flat_map(|of| [("ada", of, 100), ("bob", of, 100)])
        .collect();
    let with = |team: &[(&'static str, &'static str, u64)], boss: u64| {
        [team, &[("boss", "2026-Q1", boss)]].concat()
    };
    assert_eq!(found(&with(&team, 600)), [text]);
    assert_eq!(found(&with(&team, 601)), [""; 0]);
    // What lies outside of the quarter is no part of it, nor is what reaches beyond it.
    let more = [&team[..], &[("ada", "2026-04", 100), ("eve", "2026", 100)]].concat();
    assert_eq!(found(&with(&more, 600)), [text]);
    // Bob by the quarter; or Bob in February alone.
    let mixed = [
        &team[..1],
        &[("ada", "2026-02", 100), ("ada", "2026-03", 100)],
    ]
    .concat();
    let mixed = [&mixed[..], &[("bob", "2026-Q1", 300)]].concat();
    assert_eq!(found(&with(&mixed, 600)), [text]);
    let late = [
        &mixed[..2],
        &[("ada", "2026-03", 100), ("bob", "2026-02", 50)],
    ]
    .concat();
    assert_eq!(found(&with(&late, 350)), [text]);
    // Of March nothing is asked, so that it is another sum by chance.
    assert_eq!(found(&with(&team[..4], 400)), [""; 0]);
    // One rep alone is no team, in however many months.
    let ada = [
        ("ada", "2026-01", 100),
        ("ada", "2026-02", 100),
        ("ada", "2026-03", 100),
    ];
    assert_eq!(found(&with(&ada, 300)), [""; 0]);
    // Of whoever has both, the quarter is what is asked.
    let both = [&mixed[..], &[("bob", "2026-01", 100)]].concat();
    assert!(found(&with(&both, 600)).contains(&text.to_owned()));
}

/// A vice president has the sum of the reps two levels below; those between have none.
#[test]
fn a_manager_s_quota_is_the_sum_of_the_reps_below_those_without() {
    let reps = [
        led_by("north", "vp"),
        led_by("south", "vp"),
        led_by("ada", "north"),
        led_by("bob", "north"),
        led_by("eve", "south"),
        // Whoever reports to nobody above, or in a circle, ends no search.
        led_by("vp", "eve"),
    ];
    let found =
        |quotas: &[(&str, &str, u64)]| texts(&audit().with_reps(&reps).quotas(of_each(quotas)));
    let text = |rep: &str| {
        format!(
            "quota of {rep} for 2026-01-01/2026-04-01: it is the sum of the quotas of those who report to its rep"
        )
    };
    let team = [
        ("ada", "2026-Q1", 100),
        ("bob", "2026-Q1", 200),
        ("eve", "2026-Q1", 300),
    ];
    let with = |more: &[(&'static str, &'static str, u64)]| [&team[..], more].concat();
    assert_eq!(found(&with(&[("vp", "2026-Q1", 600)])), [text("vp")]);
    assert_eq!(found(&with(&[("vp", "2026-Q1", 599)])), [""; 0]);
    // North's own is the sum of hers, and stands for them.
    let north = [("north", "2026-Q1", 300), ("vp", "2026-Q1", 600)];
    assert_eq!(found(&with(&north)), [text("north"), text("vp")]);
    // What is asked of her is not asked of them again.
    let own = [("north", "2026-Q1", 50), ("vp", "2026-Q1", 600)];
    assert_eq!(found(&with(&own)), [""; 0]);
    let own = [("north", "2026-Q1", 50), ("vp", "2026-Q1", 350)];
    assert_eq!(found(&with(&own)), [text("vp")]);
}

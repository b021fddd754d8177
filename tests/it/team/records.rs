//! Reps, ramps, quotas and rosters: what they take and what they refuse.

use sales_metrics::{Currency, Departure, Error, ErrorKind, Quota, Ramp, Rate, Rep, Roster};

use crate::support::{day, dec, kind_of, period, scope};

fn rep(id: &str) -> Rep {
    Rep::new(id).unwrap()
}

fn money(id: &str, within: &str) -> Quota {
    Quota::of_money(id, period(within), 100, Currency::USD).unwrap()
}

fn deals(id: &str, within: &str) -> Quota {
    Quota::of_deals(id, period(within), 3).unwrap()
}

fn text<T: core::fmt::Debug>(refused: Result<T, Error>) -> String {
    refused.unwrap_err().to_string()
}

#[test]
fn a_rep_works_full_time_unless_said_otherwise() {
    assert_eq!(rep("ada").full_time_share(), Rate::ONE);
    let share = |text: &str| rep("ada").with_full_time_share(text.parse().unwrap());
    assert_eq!(share("50%").unwrap().full_time_share(), Rate::HALF);
    assert_eq!(share("100%").unwrap(), rep("ada"));
    assert_eq!(
        text(share("0%")),
        "rep ada: full-time share is 0%, but must be above 0%"
    );
    assert_eq!(
        text(share("12.34567%")),
        "rep ada: full-time share is 0.1234567, but at most 6 decimals are kept; round it first"
    );
    assert!(share("0.0001%").is_ok());
}

#[test]
fn a_team_holds_until_the_next_one() {
    let moved = rep("ada")
        .with_team_since("west", day("2026-07-01"))
        .and_then(|ada| ada.with_team_since("south", day("2026-02-01")));
    let moved = moved.unwrap();
    let on = |rep: &Rep, on: &str| rep.team_on(day(on)).map(|team| team.as_str().to_owned());
    assert_eq!(on(&moved, "2026-01-31"), None);
    assert_eq!(on(&moved, "2026-02-01").as_deref(), Some("south"));
    assert_eq!(on(&moved, "2026-06-30").as_deref(), Some("south"));
    assert_eq!(on(&moved, "2999-12-31").as_deref(), Some("west"));
    assert_eq!(on(&moved, "3000-01-01"), None);
    assert_eq!(moved.team().unwrap().as_str(), "west");

    let always = moved.clone().with_team("north").unwrap();
    assert_eq!(on(&always, "1900-01-01").as_deref(), Some("north"));
    assert_eq!(on(&always, "1899-12-31"), None);
    let teams: Vec<_> = always
        .teams()
        .map(|(since, team)| (since, team.as_str()))
        .collect();
    let since = |text| Some(day(text));
    assert_eq!(
        teams,
        [
            (None, "north"),
            (since("2026-02-01"), "south"),
            (since("2026-07-01"), "west")
        ]
    );
    // Given again, the last holds; the first supported day is a day as any other.
    let again = always.clone().with_team("east").unwrap().with_team("north");
    assert_eq!(again.unwrap(), always);
    let again = moved
        .clone()
        .with_team_since("east", day("2026-07-01"))
        .unwrap();
    assert_eq!(again.team().unwrap().as_str(), "east");
    let dated = rep("ada")
        .with_team_since("north", day("1900-01-01"))
        .unwrap();
    assert_ne!(dated, rep("ada").with_team("north").unwrap());
}

#[test]
fn what_else_a_rep_holds() {
    let bare = rep("ada");
    assert_eq!(
        (bare.name(), bare.manager(), bare.departure()),
        (None, None, None)
    );
    let ada = rep("ada")
        .with_name("Ada L.")
        .and_then(|ada| ada.with_manager("ben"))
        .map(|ada| ada.with_departure(Departure::Voluntary))
        .unwrap();
    assert_eq!(ada.name().unwrap().as_str(), "Ada L.");
    assert_eq!(ada.manager().unwrap().as_str(), "ben");
    assert_eq!(ada.departure(), Some(Departure::Voluntary));
}

#[test]
fn a_ramp_keeps_its_shares() {
    let shares = [Rate::ZERO, Rate::HALF, Rate::ONE];
    let ramp = Ramp::new(shares).unwrap();
    assert!(ramp.shares().eq(shares));
    assert_eq!(Ramp::new([]).unwrap().shares().count(), 0);
    assert_eq!(
        text(Ramp::new([Rate::HALF, "12.34567%".parse().unwrap()])),
        "month 2 of the ramp: share is 0.1234567, but at most 6 decimals are kept; round it first"
    );
    let ada = rep("ada").with_ramp(ramp.clone());
    assert_eq!(ada.ramp(), Some(&ramp));
    assert_eq!(rep("ada").ramp(), None);
}

#[test]
fn a_quota_is_of_money_or_of_deals() {
    let quota = money("ada", "2026-Q1");
    assert_eq!(quota.rep().as_str(), "ada");
    assert_eq!(quota.period(), period("2026-Q1"));
    assert_eq!(quota.amount().unwrap().to_string(), "100 USD");
    assert_eq!(quota.deals(), None);
    let quota = deals("ada", "2026-Q1");
    assert_eq!((quota.amount(), quota.deals()), (None, Some(3)));
}

#[test]
fn a_quota_that_cannot_be_is_refused_by_name() {
    let of = |amount: &str| Quota::of_money("ada", period("2026-Q1"), dec(amount), Currency::USD);
    let name = "quota of ada for 2026-01-01/2026-04-01";
    assert_eq!(
        text(of("-1")),
        format!("{name}: amount is -1, but cannot be negative")
    );
    assert_eq!(
        text(of("0.00001")),
        format!("{name}: amount is 0.00001, but at most 4 decimals are kept; round it first")
    );
    assert_eq!(
        text(of("100000000000000.0001")),
        format!(
            "{name}: amount is 100000000000000.0001, but cannot exceed 100000000000000 (10^14)"
        )
    );
    assert!(of("0").is_ok() && of("100000000000000").is_ok());
    let of = |deals| Quota::of_deals("ada", period("2026-Q1"), deals);
    assert_eq!(
        text(of(10_000_000_001)),
        format!("{name}: deals is 10000000001, but cannot exceed 10000000000")
    );
    assert!(of(0).is_ok() && of(10_000_000_000).is_ok());
    assert!(Quota::of_deals("", period("2026-Q1"), 1).is_err());
}

#[test]
fn the_order_in_which_a_roster_is_given_leaves_no_trace() {
    let reps = [rep("ben"), rep("ada")];
    let quotas = [
        deals("ben", "2026-Q1"),
        money("ada", "2026-Q2"),
        deals("ada", "2026-Q2"),
        money("ada", "2026-Q1"),
    ];
    let roster = Roster::new(reps.clone(), quotas.clone()).unwrap();
    let other = Roster::new(
        reps.into_iter().rev(),
        quotas.into_iter().rev().collect::<Vec<_>>(),
    );
    assert_eq!(roster, other.unwrap());
    assert_eq!(roster.reps(), [rep("ada"), rep("ben")]);
    let sorted = [
        money("ada", "2026-Q1"),
        money("ada", "2026-Q2"),
        deals("ada", "2026-Q2"),
        deals("ben", "2026-Q1"),
    ];
    assert_eq!(roster.quotas(), sorted);
    assert_eq!(roster.rep("ben"), Some(&rep("ben")));
    assert_eq!(roster.rep("eve"), None);
}

#[test]
fn what_would_count_twice_is_refused() {
    let twice = Roster::new([rep("ada"), rep("ben"), rep("ada")], []);
    assert_eq!(
        text(twice),
        "rep ada is in the roster twice; give each rep once"
    );
    let unknown = Roster::new([rep("ada")], [money("eve", "2026-Q1")]);
    assert_eq!(
        text(unknown),
        "quota of eve for 2026-01-01/2026-04-01: rep eve is not in the roster; add the rep or leave out the quota"
    );
    let overlap = Roster::new(
        [rep("ada")],
        [money("ada", "2026-03"), money("ada", "2026-Q1")],
    );
    assert_eq!(
        text(overlap),
        "quota of ada for 2026-03-01/2026-04-01 overlaps the one for 2026-01-01/2026-04-01; a day has one quota of money and one of deals"
    );
    let same = [deals("ada", "2026-Q1"), deals("ada", "2026-Q1")];
    assert!(Roster::new([rep("ada")], same).is_err());
    let euros = Quota::of_money("ada", period("2026-02"), 1, Currency::EUR).unwrap();
    assert!(Roster::new([rep("ada")], [money("ada", "2026-Q1"), euros]).is_err());
}

#[test]
fn quotas_of_two_kinds_or_two_reps_or_that_only_meet_do_not_overlap() {
    let quotas = [
        money("ada", "2026-Q1"),
        deals("ada", "2026-Q1"),
        money("ben", "2026-Q1"),
        money("ada", "2026-Q2"),
    ];
    assert!(Roster::new([rep("ada"), rep("ben")], quotas).is_ok());
}

#[test]
fn a_team_is_a_part_of_the_roster() {
    let north = |id: &str| rep(id).with_team("north").unwrap();
    let quotas = [
        money("ada", "2026-Q1"),
        money("ben", "2026-Q1"),
        deals("cleo", "2026-Q1"),
    ];
    let roster = Roster::new([north("ada"), rep("ben"), north("cleo")], quotas).unwrap();
    let team = roster.filter(|rep| rep.team().is_some());
    let expected = Roster::new(
        [north("ada"), north("cleo")],
        [money("ada", "2026-Q1"), deals("cleo", "2026-Q1")],
    );
    assert_eq!(team, expected.unwrap());
    assert_eq!(roster.filter(|_| true), roster);
    assert_eq!(roster.filter(|_| false), Roster::default());
}

#[test]
fn a_roster_fits_a_scope_or_says_why_not() {
    let roster = |quota: Quota| Roster::new([rep("ada")], [quota]).unwrap();
    let year = roster(money("ada", "2026"));
    let straddles = "quota of ada for 2026-01-01/2027-01-01 straddles the edge of 2026-01-01/2026-04-01; \
                     look at a period that holds all of it, set a quota for each part, or take Roster::without_quotas() for what needs none";
    assert_eq!(text(scope("2026-Q1").with_roster(&year)), straddles);
    for partly in ["2025-12-31/2026-01-02", "2026-03-31/2026-04-02"] {
        let refused = scope("2026-Q1").with_roster(&roster(deals("ada", partly)));
        assert!(
            kind_of(&refused) == Some(ErrorKind::QuotaStraddles),
            "{partly}"
        );
    }
    for beside in ["2025-Q4", "2026-Q2"] {
        assert!(
            scope("2026-Q1")
                .with_roster(&roster(money("ada", beside)))
                .is_ok()
        );
    }
    let euros = Quota::of_money("ada", period("2026-01"), 1, Currency::EUR).unwrap();
    assert_eq!(
        text(scope("2026-Q1").with_roster(&roster(euros.clone()))),
        "quota of ada for 2026-01-01/2026-02-01 is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out"
    );
    assert!(scope("2026-Q2").with_roster(&roster(euros)).is_ok());
    let fits = scope("2026").with_roster(&year).unwrap();
    assert_eq!((fits.scope(), fits.roster()), (scope("2026"), &year));
}

/// The longest quota of the longest-serving rep, at the end of all days.
#[test]
fn the_edges_of_time() {
    let all = "1900-01-01/3000-01-01";
    let quota = Quota::of_money("ada", period(all), 100_000_000_000_000_i64, Currency::USD);
    let ramp = Ramp::new([Rate::ZERO; 24]).unwrap();
    let ada = rep("ada").with_hired(day("2999-12-31")).unwrap();
    let ada = ada.with_ramp(ramp).with_left(day("2999-12-31")).unwrap();
    let roster = Roster::new([ada], [quota.unwrap()]).unwrap();
    let view = scope(all).with_roster(&roster).unwrap();
    let team = sales_metrics::TeamTally::new(view);
    assert_eq!(
        team.reps().next().unwrap().quota().unwrap().to_string(),
        "0 USD"
    );
    assert_eq!(team.staffing().left, 1);
    // Who leaves on the last evening is gone on it.
    assert_eq!((team.active_reps(), team.heads()), (1, 0));
}

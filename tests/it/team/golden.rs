//! The worked examples of the catalogue, section 6, and the mistakes that popular tools make.

use sales_metrics::tally::{Priced, RepWins, TeamTotals};
use sales_metrics::{
    Activity, ActivityKind, Average, Currency, Deal, ErrorKind, Outcome, Quota, Ramp, Rate, Rep,
    RepId, Roster, Scope, TeamTally, Undefined, instant, kpi,
};

use crate::support::{day, dec, kind_of, period, scope, usd};

fn rep(id: &str) -> Rep {
    Rep::new(id).unwrap()
}

fn hired(id: &str, on: &str) -> Rep {
    rep(id).with_hired(day(on)).unwrap()
}

fn gone(id: &str, on: &str) -> Rep {
    rep(id).with_left(day(on)).unwrap()
}

fn quota(id: &str, within: &str, amount: i64) -> Quota {
    Quota::of_money(id, period(within), amount, Currency::USD).unwrap()
}

fn roster<const R: usize, const Q: usize>(reps: [Rep; R], quotas: [Quota; Q]) -> Roster {
    Roster::new(reps, quotas).unwrap()
}

fn won(owner: &str, on: &str) -> Deal {
    let outcome = Outcome::Won { on: day(on) };
    let deal = Deal::new("W", day("2026-01-02"), outcome, Currency::USD).unwrap();
    deal.with_owner(owner).unwrap()
}

fn worth(owner: &str, on: &str, amount: i64) -> Deal {
    won(owner, on).with_amount(amount).unwrap()
}

fn team(deals: &[Deal], scope: Scope, roster: &Roster) -> TeamTally {
    TeamTally::of(deals, scope.with_roster(roster).unwrap()).unwrap()
}

fn q1(deals: &[Deal], roster: &Roster) -> TeamTally {
    team(deals, scope("2026-Q1"), roster)
}

fn staff(reps: Vec<Rep>, within: &str) -> TeamTally {
    let roster = Roster::new(reps, []).unwrap();
    TeamTally::new(scope(within).with_roster(&roster).unwrap())
}

/// Reps of whom the first so many reach 50,000.
fn of_twenty(there: usize) -> TeamTally {
    let ids: Vec<RepId> = (1..=20)
        .map(|n| RepId::new(&format!("rep-{n}")).unwrap())
        .collect();
    let quotas = ids.iter().map(|id| quota(id.as_str(), "2026-Q1", 50_000));
    let roster = Roster::new(ids.iter().map(|id| Rep::new(id).unwrap()), quotas).unwrap();
    let won = ids.iter().enumerate().map(|(n, id)| {
        let amount = if n < there { "50000" } else { "49999.9999" };
        let won = Priced::all(1, dec(amount).try_into().unwrap());
        (id.clone(), RepWins::all_toward_quota(won))
    });
    let totals = TeamTotals::given().records(20).won(won);
    TeamTally::from_totals(scope("2026-Q1").with_roster(&roster).unwrap(), totals).unwrap()
}

fn text<T: ToString>(answer: Result<T, Undefined>) -> String {
    answer.unwrap().to_string()
}

// The catalogue, section 6.

#[test]
fn fifteen_of_twenty_reps_at_quota() {
    assert_eq!(text(kpi::reps_at_quota_rate(&of_twenty(15))), "75%");
}

#[test]
fn a_million_by_twenty_reps() {
    let mut team = of_twenty(20);
    assert_eq!(kpi::rep_productivity(&team), Ok(usd("50000")));
    assert_eq!(kpi::full_time_rep_productivity(&team), Ok(usd("50000")));
    assert_eq!((team.active_reps(), team.heads()), (20, 20));
    // The median and the quartiles beside it.
    team = of_twenty(0);
    let quartile = |p: i64| kpi::rep_productivity_percentile(&team, Rate::from_percent(p).unwrap());
    assert_eq!([25, 50, 75].map(quartile), [Ok(usd("49999.9999")); 3]);
}

#[test]
fn one_in_five_a_year_is_where_the_warning_begins() {
    let mut reps: Vec<Rep> = (1..=8).map(|n| rep(&format!("rep-{n}"))).collect();
    reps.push(gone("nine", "2025-06-30"));
    reps.push(hired("ten", "2025-07-01"));
    reps.push(gone("eleven", "2025-12-31"));
    reps.push(hired("twelve", "2025-12-31"));
    let team = staff(reps, "2025");
    let staffing = team.staffing();
    assert_eq!((staffing.at_start, staffing.at_end), (10, 10));
    assert_eq!((staffing.joined, staffing.left), (2, 2));
    let rate = kpi::annualized_turnover_rate(&team);
    assert_eq!(text(rate), "20%");
    assert_eq!(kpi::turnover_rate(&team), rate);
}

/// Hired on March 2 at 90,000 for the quarter, of which 30,000 are left; 30,000 were won on January 10.
#[test]
fn what_a_predecessor_won_is_in_no_quota() {
    let roster = roster(
        [hired("ada", "2026-03-02")],
        [quota("ada", "2026-Q1", 90_000)],
    );
    let team = q1(&[worth("ada", "2026-01-10", 30_000)], &roster);
    let ada = team.reps().next().unwrap();
    assert_eq!(ada.quota(), Ok(usd("30000")));
    assert_eq!(text(kpi::quota_attainment(&team)), "0%");
    assert_eq!(text(kpi::reps_at_quota_rate(&team)), "0%");
    assert_eq!(
        (text(ada.attainment()), ada.won()),
        ("0%".to_owned(), Ok(Priced::default()))
    );
    assert_eq!(team.unassigned().unwrap().count, 1);
}

/// Deals handed to a rep who was hired on February 15, a win of January among them.
#[test]
fn a_quota_cut_to_the_days_of_work_is_met_by_wins_of_these_days() {
    let roster = roster([hired("ada", "2026-02-15")], [quota("ada", "2026-Q1", 90)]);
    let deals = [
        worth("ada", "2026-01-20", 45),
        worth("ada", "2026-03-01", 45),
    ];
    assert_eq!(text(kpi::quota_attainment(&q1(&deals, &roster))), "100%");
}

/// Whoever has left wins nothing, and no mean is above the best rep.
#[test]
fn a_deal_of_a_rep_who_has_left_is_unassigned() {
    let roster = roster([gone("ada", "2025-12-31"), rep("ben")], []);
    let team = q1(&[worth("ada", "2026-01-20", 100_000)], &roster);
    assert_eq!(kpi::rep_productivity(&team), Ok(usd("0")));
    assert_eq!(kpi::full_time_rep_productivity(&team), Ok(usd("0")));
    assert_eq!(
        kpi::rep_productivity_percentile(&team, Rate::ONE),
        Ok(usd("0"))
    );
    let unassigned = team.unassigned().unwrap();
    assert_eq!(
        (unassigned.count, unassigned.amount.decimal()),
        (1, dec("100000"))
    );
}

/// A full-time rep and one who works half of the week.
#[test]
fn a_rep_at_half_is_half_a_rep() {
    let roster = roster(
        [
            rep("ada"),
            rep("ben").with_full_time_share(Rate::HALF).unwrap(),
        ],
        [],
    );
    let team = q1(&[worth("ada", "2026-01-20", 90_000)], &roster);
    assert_eq!(kpi::full_time_rep_productivity(&team), Ok(usd("60000")));
}

/// Hired on January 31 at 31,000 a month: a day's share of it is reached by any deal, and is no ramp.
#[test]
fn a_part_of_a_month_ramps_nobody_up() {
    let roster = roster(
        [hired("ada", "2026-01-31")],
        [
            quota("ada", "2026-01", 31_000),
            quota("ada", "2026-02", 31_000),
        ],
    );
    let deals = |on| [worth("ada", on, 1_000), worth("ada", "2026-02-20", 30_999)];
    for on in ["2026-01-31", "2026-01-05"] {
        let months = [scope("2026-01"), scope("2026-02")];
        let series = months.map(|month| team(&deals(on), month, &roster));
        let none = Err(Undefined::NobodyAtQuota.into());
        assert_eq!(kpi::ramp_time(&series), none, "{on}");
        assert_eq!(kpi::ramping_reps(&series), Ok(1), "{on}");
    }
}

fn shared<const N: usize>(amount: &str, owners: [(&str, i64); N], currency: Currency) -> Deal {
    let outcome = Outcome::Won {
        on: day("2026-01-20"),
    };
    let deal = Deal::new("D-1", day("2026-01-07"), outcome, currency).unwrap();
    let percent = |(rep, share)| (rep, Rate::from_percent(share).unwrap());
    let deal = deal.with_owners(owners.map(percent)).unwrap();
    deal.with_amount(dec(amount)).unwrap()
}

/// What each rep has of a deal, and what nobody has.
fn parts<const N: usize>(deal: Deal, reps: [Rep; N]) -> Vec<String> {
    let scope = Scope::new(period("2026-Q1"), deal.currency());
    let team = team(&[deal], scope, &roster(reps, []));
    let each = team.reps().map(|rep| rep.won().unwrap());
    let all: Vec<Priced> = each.chain([team.unassigned().unwrap()]).collect();
    all.iter()
        .map(|won| won.amount.decimal().to_string())
        .collect()
}

#[test]
fn reps_share_the_money_of_a_deal() {
    let both = || [rep("ada"), rep("bob")];
    let halves = [("ada", 50), ("bob", 50)];
    let deal = shared("1000", halves, Currency::USD);
    assert_eq!(parts(deal.clone(), both()), ["500", "500", "0"]);
    // What is no whole cent, or yen, is the owner's.
    let cents = shared("0.05", halves, Currency::USD);
    assert_eq!(parts(cents, both()), ["0.03", "0.02", "0"]);
    let yen = shared("101", [("bob", 50), ("ada", 50)], Currency::JPY);
    assert_eq!(parts(yen, both()), ["50", "51", "0"]);
    // The part of one who is no rep, or not on that day, is nobody's.
    let with_bot = shared("1000", [("bot", 30), ("bob", 70)], Currency::USD);
    assert_eq!(parts(with_bot, both()), ["0", "700", "300"]);
    let bob_later = [rep("ada"), hired("bob", "2026-01-21")];
    assert_eq!(parts(deal.clone(), bob_later), ["500", "0", "500"]);
    assert_eq!(parts(deal.clone(), [rep("cleo")]), ["0", "1000"]);
    // A quota of deals is the owner's.
    let quotas = ["ada", "bob"].map(|id| Quota::of_deals(id, period("2026-Q1"), 1).unwrap());
    let team = q1(&[deal], &roster(both(), quotas));
    let each = |rep: &str| {
        let mut reps = team.reps();
        let rep = reps.find(|of| of.rep().id().as_str() == rep).unwrap();
        (rep.deals_won().unwrap(), text(rep.deal_attainment()))
    };
    assert_eq!(each("ada"), (1, "100%".to_owned()));
    assert_eq!(each("bob"), (0, "0%".to_owned()));
}

/// A deal of which two had no part on that day, as reps of another roster may know better.
#[test]
fn what_is_nobodys_may_be_a_strangers_part() {
    let merged = |reps: Vec<Rep>| {
        let deal = shared("1000", [("ada", 50), ("bob", 50)], Currency::USD);
        let mut ours = q1(&[deal], &Roster::new(reps, []).unwrap());
        assert_eq!(ours.unassigned().unwrap().count, 1);
        kind_of(&ours.merge(&q1(&[], &roster([rep("cleo")], []))))
    };
    let later = |id| hired(id, "2026-01-21");
    assert_eq!(merged(vec![later("ada"), later("bob")]), None);
    let refused = Some(ErrorKind::RosterMismatch);
    assert_eq!(merged(vec![later("ada")]), refused);
    assert_eq!(merged(vec![later("bob")]), refused);
}

/// How many deals there are of some reps alone is known where none of them is another's.
#[test]
fn a_deal_shared_with_a_rep_is_one_of_nobody_knows_how_many() {
    let deal = shared("1000", [("ada", 50), ("bob", 50)], Currency::USD);
    let team = q1(&[deal], &roster([rep("ada"), rep("bob")], []));
    let records = |id: &str| {
        let part = team.filter(|rep| rep.id().as_str() == id);
        part.totals().records()
    };
    assert_eq!(records("ada"), Ok(1));
    assert_eq!(records("bob"), Err(Undefined::NotCounted("records")));
}

/// Who leaves after the quarter was a head of it, from whatever day one looks.
#[test]
fn heads_are_those_of_the_evening() {
    let leavers = ["ada", "cleo"].map(|id| gone(id, "2026-04-15"));
    let reps = leavers.into_iter().chain([hired("ben", "2026-04-01")]);
    let reps = Roster::new(reps, []).unwrap();
    for as_of in ["2025-12-01", "2026-03-31", "2026-06-30"] {
        let q1 = scope("2026-Q1").as_of(day(as_of)).unwrap();
        let team = team(&[], q1, &reps);
        assert_eq!((team.heads(), team.staffing().at_end), (2, 2), "{as_of}");
    }
}

/// A database that counts what was won before the hire is told so.
#[test]
fn ready_made_wins_are_of_days_of_employment() {
    let won = [(
        RepId::new("ada").unwrap(),
        RepWins::without_quota(Priced::all(1, dec("5").try_into().unwrap())),
    )];
    let of = |hire: &str| {
        let view = scope("2026-Q1").with_roster(&roster([hired("ada", hire)], []));
        TeamTally::from_totals(view.unwrap(), TeamTotals::given().won(won.clone()))
    };
    assert!(of("2026-03-31").is_ok());
    assert_eq!(
        kind_of(&of("2026-04-01")),
        Some(ErrorKind::InconsistentTotals)
    );
}

/// As of two files.
#[test]
fn activities_are_added_to_those_there_are() {
    let at = instant("2026-01-07T10:00:00+01:00").unwrap();
    let call = |id: &str| Activity::new(id, ActivityKind::Call, at).and_then(|a| a.with_rep("ada"));
    let team = q1(&[], &roster([rep("ada")], []));
    let team = team.with_activities([call("A-1").unwrap(), call("A-2").unwrap()]);
    let team = team.and_then(|team| team.with_activities([call("A-3").unwrap()]));
    assert_eq!(text(kpi::touchpoints_per_rep(&team.unwrap())), "3");
}

// Mistakes.

/// Bouncer gives the name of attainment to the share of reps at quota; these are two figures.
#[test]
fn attainment_is_not_the_share_of_reps_at_quota() {
    let roster = roster(
        [rep("ada"), rep("ben")],
        [quota("ada", "2026-Q1", 100), quota("ben", "2026-Q1", 100)],
    );
    let team = q1(&[worth("ada", "2026-02-01", 180)], &roster);
    assert_eq!(text(kpi::quota_attainment(&team)), "90%");
    assert_eq!(text(kpi::reps_at_quota_rate(&team)), "50%");
}

#[test]
fn attainment_is_not_the_mean_of_the_reps_attainments() {
    let roster = roster(
        [rep("ada"), rep("ben")],
        [quota("ada", "2026-Q1", 900), quota("ben", "2026-Q1", 100)],
    );
    let deals = [
        worth("ada", "2026-02-01", 450),
        worth("ben", "2026-02-01", 150),
    ];
    let team = q1(&deals, &roster);
    let each: Vec<String> = team.reps().map(|rep| text(rep.attainment())).collect();
    assert_eq!(each, ["50%", "150%"]);
    assert_eq!(text(kpi::quota_attainment(&team)), "60%");
}

#[test]
fn no_quota_is_not_a_quota_of_zero() {
    let without = roster([rep("ada"), rep("ben")], [quota("ben", "2026-Q1", 100)]);
    let deals = [
        worth("ada", "2026-02-01", 500),
        worth("ben", "2026-02-01", 50),
    ];
    assert_eq!(text(kpi::quota_attainment(&q1(&deals, &without))), "50%");
    let zero = [quota("ada", "2026-Q1", 0), quota("ben", "2026-Q1", 100)];
    let with = q1(&deals, &roster([rep("ada"), rep("ben")], zero));
    assert_eq!(text(kpi::quota_attainment(&with)), "50%");
    let nobody = q1(&deals, &roster([rep("ada")], []));
    assert_eq!(kpi::quota_attainment(&nobody), Err(Undefined::NoQuota));
    let nothing = q1(&deals, &roster([rep("ada")], [quota("ada", "2026-Q1", 0)]));
    assert_eq!(kpi::quota_attainment(&nothing), Err(Undefined::ZeroQuota));
    assert_eq!(kpi::reps_at_quota_rate(&nothing), Err(Undefined::ZeroQuota));
}

/// Three months won against the quotas of two would say 150 %.
#[test]
fn a_win_in_a_month_without_a_quota_is_toward_none() {
    let quotas = ["2026-01", "2026-02"].map(|month| quota("ada", month, 100));
    let deals = ["2026-01-31", "2026-02-01", "2026-03-01"].map(|on| worth("ada", on, 100));
    let team = q1(&deals, &roster([rep("ada")], quotas));
    assert_eq!(text(kpi::quota_attainment(&team)), "100%");
    assert_eq!(text(kpi::reps_at_quota_rate(&team)), "100%");
    assert_eq!(kpi::rep_productivity(&team), Ok(usd("300")));
    let ada = team.reps().next().unwrap();
    assert_eq!(text(ada.attainment()), "100%");
    assert_eq!(
        (
            ada.won().unwrap().count,
            ada.won_toward_quota().unwrap().count
        ),
        (3, 2)
    );
    assert_eq!(ada.won_toward_deal_quota(), Ok(0));
    // Short of it in its months, and beyond it with the month after them: below quota.
    let team = q1(&deals[1..], team.roster());
    assert_eq!(text(kpi::quota_attainment(&team)), "50%");
    assert_eq!(text(kpi::reps_at_quota_rate(&team)), "0%");
    assert_eq!(kpi::below_quota_streak(&[team]), Ok(1));
}

#[test]
fn each_kind_of_quota_has_its_own_days() {
    let quotas = [
        quota("ada", "2026-01", 100),
        Quota::of_deals("ada", period("2026-02"), 2).unwrap(),
    ];
    let deals = [
        worth("ada", "2026-01-20", 50),
        worth("ada", "2026-02-20", 900),
        worth("ada", "2026-03-20", 900),
    ];
    let team = q1(&deals, &roster([rep("ada")], quotas));
    assert_eq!(text(kpi::quota_attainment(&team)), "50%");
    assert_eq!(text(kpi::deal_quota_attainment(&team)), "50%");
    let ada = team.reps().next().unwrap();
    assert_eq!(text(ada.deal_attainment()), "50%");
}

/// A win of a rep who is not asked for anything is not a surplus of the others.
#[test]
fn what_is_won_without_a_quota_above_zero_covers_for_nobody() {
    let quotas = [quota("ada", "2026-Q1", 100), quota("ben", "2026-Q1", 100)];
    let roster = roster([hired("ada", "2026-04-01"), rep("ben")], quotas);
    let deals = [
        worth("ada", "2026-02-01", 900),
        worth("ben", "2026-02-01", 50),
    ];
    assert_eq!(text(kpi::quota_attainment(&q1(&deals, &roster))), "50%");
}

#[test]
fn a_quarter_that_has_not_begun_is_not_missed() {
    let quotas = [
        quota("ada", "2026-Q1", 90),
        Quota::of_deals("ada", period("2026-Q1"), 3).unwrap(),
    ];
    let roster = roster([rep("ada")], quotas);
    let before = scope("2026-Q1").as_of(day("2025-12-31")).unwrap();
    let team = team(&[], before, &roster);
    let reason = Err(Undefined::NothingElapsed);
    assert_eq!(kpi::quota_attainment(&team), reason);
    assert_eq!(kpi::deal_quota_attainment(&team), reason);
    assert_eq!(kpi::reps_at_quota_rate(&team).err(), reason.err());
    let ada = team.reps().next().unwrap();
    assert_eq!((ada.attainment(), ada.deal_attainment()), (reason, reason));
    assert_eq!(ada.is_at_quota().err(), reason.err());
    // What will be asked for is known.
    assert_eq!(ada.quota(), Ok(usd("90")));
    let streak = kpi::below_quota_streak(&[team]);
    assert_eq!(streak, Err(Undefined::NothingOver.into()));
}

#[test]
fn a_quota_of_deals_is_none_of_money() {
    let quotas = [Quota::of_deals("ada", period("2026-Q1"), 4).unwrap()];
    let team = q1(
        &[worth("ada", "2026-02-01", 500)],
        &roster([rep("ada")], quotas),
    );
    assert_eq!(kpi::quota_attainment(&team), Err(Undefined::NoQuota));
    assert_eq!(text(kpi::deal_quota_attainment(&team)), "25%");
}

#[test]
fn a_win_without_an_amount_is_not_a_win_of_zero() {
    let roster = roster(
        [rep("ada"), rep("ben")],
        [quota("ada", "2026-Q1", 100), quota("ben", "2026-Q1", 100)],
    );
    let unknown = q1(&[won("ada", "2026-02-01")], &roster);
    assert_eq!(
        kpi::quota_attainment(&unknown),
        Err(Undefined::NothingPriced)
    );
    assert_eq!(
        kpi::rep_productivity(&unknown),
        Err(Undefined::NothingPriced)
    );
    // Of two reps one is known to be below.
    assert_eq!(text(kpi::reps_at_quota_rate(&unknown)), "0%");
    let first = unknown.reps().next().unwrap();
    assert_eq!(first.is_at_quota(), Err(Undefined::NothingPriced));
    let known = q1(
        &[won("ada", "2026-02-01"), worth("ben", "2026-02-01", 100)],
        &roster,
    );
    assert_eq!(text(kpi::reps_at_quota_rate(&known)), "100%");
    let median = kpi::rep_productivity_percentile(&known, Rate::HALF);
    assert_eq!(median, Ok(usd("100")));
}

#[test]
fn deals_of_strangers_are_not_the_teams() {
    let roster = roster([rep("ada")], [quota("ada", "2026-Q1", 100)]);
    let ownerless = Deal::new(
        "N",
        day("2026-01-02"),
        Outcome::Won {
            on: day("2026-01-02"),
        },
        Currency::USD,
    );
    let deals = [
        worth("ada", "2026-02-01", 100),
        worth("eve", "2026-02-01", 900),
        ownerless.unwrap(),
    ];
    let team = q1(&deals, &roster);
    assert_eq!(text(kpi::quota_attainment(&team)), "100%");
    assert_eq!(kpi::rep_productivity(&team), Ok(usd("100")));
    let apart = team.unassigned().unwrap();
    assert_eq!((apart.count, apart.priced), (2, 1));
    assert_eq!(apart.amount.decimal(), dec("900"));
}

#[test]
fn a_new_rep_does_not_carry_a_whole_quota() {
    let quotas = [quota("ada", "2026-Q1", 90)];
    let from_february = q1(&[], &roster([hired("ada", "2026-02-01")], quotas.clone()));
    let expected = |team: &TeamTally| team.reps().next().unwrap().quota();
    assert_eq!(expected(&from_february), Ok(usd("59")));
    let until_january = q1(&[], &roster([gone("ada", "2026-01-31")], quotas.clone()));
    assert_eq!(expected(&until_january), Ok(usd("31")));
    let last_day_only = q1(&[], &roster([hired("ada", "2026-03-31")], quotas.clone()));
    assert_eq!(expected(&last_day_only), Ok(usd("1")));
    let too_late = q1(&[], &roster([hired("ada", "2026-04-01")], quotas));
    assert_eq!(expected(&too_late), Ok(usd("0")));
    assert_eq!(kpi::quota_attainment(&too_late), Err(Undefined::ZeroQuota));
}

#[test]
fn a_running_quarter_has_its_whole_quota() {
    let roster = roster([rep("ada")], [quota("ada", "2026-Q1", 90)]);
    let running = scope("2026-Q1").as_of(day("2026-01-30")).unwrap();
    let deals = [
        worth("ada", "2026-01-30", 45),
        worth("ada", "2026-01-31", 45),
    ];
    assert_eq!(
        text(kpi::quota_attainment(&team(&deals, running, &roster))),
        "50%"
    );
}

#[test]
fn half_a_week_does_not_halve_a_quota() {
    let ada = rep("ada").with_full_time_share(Rate::HALF).unwrap();
    let roster = roster([ada], [quota("ada", "2026-Q1", 90)]);
    let team = q1(&[worth("ada", "2026-01-30", 45)], &roster);
    assert_eq!(text(kpi::quota_attainment(&team)), "50%");
    assert_eq!(team.full_time_equivalents(), Ok(Average::new(dec("0.5"))));
    assert_eq!(kpi::full_time_rep_productivity(&team), Ok(usd("90")));
}

/// Each third rounded by itself, the three would add up to less than the whole, and 100 would be more than 100 %.
#[test]
fn three_thirds_of_a_quota_are_a_whole_one() {
    let days = "2026-01-01/2026-01-04";
    let reps = ["ada", "ben", "cleo"].map(|id| hired(id, "2026-01-03"));
    let quotas = ["ada", "ben", "cleo"].map(|id| quota(id, days, 100));
    let team = q1(&[worth("ada", "2026-01-03", 100)], &roster(reps, quotas));
    assert_eq!(text(kpi::quota_attainment(&team)), "100%");
    assert_eq!(kpi::below_quota_streak(&[team]), Ok(0));
}

#[test]
fn a_rep_who_is_exactly_at_a_split_quota_is_at_quota() {
    // 100 × 2/3 + 100 × 1/3, of two periods of three days.
    let first = quota("ada", "2026-01-01/2026-01-04", 100);
    let second = quota("ada", "2026-01-04/2026-01-07", 200);
    let ada = hired("ada", "2026-01-02")
        .with_left(day("2026-01-05"))
        .unwrap();
    let team = q1(
        &[worth("ada", "2026-01-04", 200)],
        &roster([ada], [first, second]),
    );
    let result = team.reps().next().unwrap();
    assert_eq!(result.quota(), Ok(usd("200")));
    assert_eq!(result.is_at_quota(), Ok(true));
    assert_eq!(kpi::below_quota_streak(&[team]), Ok(0));
}

#[test]
fn months_of_a_ramp_are_counted_from_the_hire_date() {
    let half = Ramp::new([Rate::ZERO, Rate::HALF]).unwrap();
    let expected = |on: &str, within: &str, amount: i64| {
        let roster = roster(
            [hired("ada", on).with_ramp(half.clone())],
            [quota("ada", within, amount)],
        );
        let team = team(&[], scope(within), &roster);
        team.reps().next().unwrap().quota().unwrap().to_string()
    };
    // Nothing from January 15 on, half of it from February 15 on (14 days of February), all of it from March 15 on.
    assert_eq!(expected("2026-01-15", "2026-02", 28), "7 USD");
    assert_eq!(expected("2026-01-15", "2026-03", 31), "24 USD");
    assert_eq!(expected("2026-01-15", "2026-Q1", 90), "31 USD");
    // Hired on the 31st: the second month begins on February 28, the third on March 31, not on the 28th.
    assert_eq!(expected("2026-01-31", "2026-02", 28), "0.5 USD");
    assert_eq!(expected("2026-01-31", "2026-03", 31), "16 USD");
    // A leap day.
    assert_eq!(expected("2024-01-31", "2024-02", 29), "0.5 USD");
    assert_eq!(expected("2023-12-29", "2024-02", 29), "15 USD");
}

#[test]
fn a_ramp_needs_a_hire_date() {
    let ada = rep("ada").with_ramp(Ramp::new([Rate::ZERO]).unwrap());
    let team = q1(&[], &roster([ada], [quota("ada", "2026-Q1", 90)]));
    assert_eq!(team.reps().next().unwrap().quota(), Ok(usd("90")));
}

#[test]
fn months_and_quarter_have_their_own_quotas() {
    let months: Vec<_> = period("2026-Q1").months().collect();
    let quotas = months
        .iter()
        .map(|month| quota("ada", &month.to_string(), 30));
    let roster = Roster::new([rep("ada")], quotas).unwrap();
    let team = q1(&[worth("ada", "2026-02-01", 45)], &roster);
    assert_eq!(team.reps().next().unwrap().quota(), Ok(usd("90")));
    assert_eq!(text(kpi::quota_attainment(&team)), "50%");
    // Those of other quarters play no part, in whatever currency they are.
    let later = Quota::of_money("ada", period("2026-Q2"), 90, Currency::EUR).unwrap();
    let all = Roster::new([rep("ada")], roster.quotas().iter().cloned().chain([later])).unwrap();
    assert_eq!(text(kpi::quota_attainment(&q1(&[], &all))), "0%");
}

/// Leavers by the head-count at the start would say 50 %.
#[test]
fn turnover_is_by_the_mean_of_both_ends() {
    let mut reps = vec![rep("ada"), gone("ben", "2026-02-13")];
    reps.extend([hired("cleo", "2026-02-20"), hired("dora", "2026-03-31")]);
    let team = staff(reps, "2026-Q1");
    assert_eq!(text(kpi::turnover_rate(&team)), "40%");
}

/// By 365 days, a leap year would be below itself, and each of twelve months another share of a year.
#[test]
fn a_year_is_twelve_months_and_itself() {
    let reps = || vec![rep("ada"), rep("ben"), gone("cleo", "2024-02-14")];
    let yearly = |within: &str| kpi::annualized_turnover_rate(&staff(reps(), within));
    assert_eq!(text(yearly("2024")), "40%");
    assert_eq!(text(yearly("2024-Q1")), "160%");
    assert_eq!(text(yearly("2024-02")), "480%");
    assert_eq!(text(yearly("2024-02-10/2024-03-10")), "480%");
    assert_eq!(text(yearly("2023-02-15/2025-02-15")), "20%");
    // Weeks, and periods that run, are no whole months: 40 % in 35 days.
    let weeks = yearly("2024-02-12/2024-03-18").unwrap();
    assert_eq!(format!("{weeks:.2}"), "417.14%");
    let running = scope("2024").as_of(day("2024-02-14")).unwrap();
    let team = team(&[], running, &Roster::new(reps(), []).unwrap());
    let rate = kpi::annualized_turnover_rate(&team).unwrap();
    // 40 % in 45 days.
    assert_eq!(format!("{rate:.2}"), "324.44%");
}

/// One of ten leaves in the first days: that would be 768 % a year.
#[test]
fn a_few_days_tell_nothing_of_a_year() {
    let yearly = |as_of: &str, within: &str| {
        let mut reps: Vec<Rep> = (1..=9).map(|n| rep(&format!("rep-{n}"))).collect();
        reps.push(gone("ten", "2026-01-05"));
        let seen = scope(within).as_of(day(as_of)).unwrap();
        let roster = Roster::new(reps, []).unwrap();
        kpi::annualized_turnover_rate(&team(&[], seen, &roster))
    };
    assert_eq!(yearly("2026-01-05", "2026"), Err(Undefined::TooShort));
    assert_eq!(yearly("2026-01-27", "2026"), Err(Undefined::TooShort));
    assert!(yearly("2026-01-28", "2026").is_ok());
    // Nor does a week that is over.
    assert_eq!(yearly("2026-03-01", "2026-W01"), Err(Undefined::TooShort));
    assert!(yearly("2026-03-01", "2026-01").is_ok());
}

#[test]
fn who_comes_and_goes_within_the_period_leaves_in_it() {
    let short = hired("ben", "2026-01-01")
        .with_left(day("2026-01-01"))
        .unwrap();
    let team = staff(vec![rep("ada"), short.clone()], "2026-Q1");
    assert_eq!(text(kpi::turnover_rate(&team)), "100%");
    assert_eq!((team.active_reps(), team.heads()), (2, 1));
    let alone = staff(vec![short], "2026-Q1");
    assert_eq!(kpi::turnover_rate(&alone), Err(Undefined::NoHeadCount));
    assert_eq!(
        kpi::annualized_turnover_rate(&alone),
        Err(Undefined::NoHeadCount)
    );
    assert_eq!(
        kpi::turnover_rate(&staff(vec![], "2026-Q1")),
        Err(Undefined::NoHeadCount)
    );
}

#[test]
fn a_leaver_of_tomorrow_has_not_left() {
    let roster = roster([rep("ada"), gone("ben", "2026-02-14")], []);
    let rate = |as_of: &str| {
        let running = scope("2026-Q1").as_of(day(as_of)).unwrap();
        kpi::turnover_rate(&team(&[], running, &roster)).map(|rate| format!("{rate:.1}"))
    };
    assert_eq!(rate("2026-02-13"), Ok("0.0%".to_owned()));
    assert_eq!(rate("2026-02-14"), Ok("66.7%".to_owned()));
    assert_eq!(rate("2025-12-31"), Err(Undefined::NothingElapsed));
}

#[test]
fn reps_who_left_before_or_came_after_are_not_counted() {
    let reps = vec![
        gone("before", "2025-12-31"),
        gone("first-day", "2026-01-01"),
        hired("last-day", "2026-03-31"),
        hired("after", "2026-04-01"),
    ];
    let team = staff(reps, "2026-Q1");
    assert_eq!((team.active_reps(), team.heads()), (2, 1));
    let later = roster([hired("ada", "2026-04-01")], []);
    let none = q1(&[worth("ada", "2026-02-01", 1)], &later);
    assert_eq!(kpi::rep_productivity(&none), Err(Undefined::NoActiveReps));
    let p = kpi::rep_productivity_percentile(&none, Rate::HALF);
    assert_eq!(p, Err(Undefined::NoActiveReps));
    assert_eq!(none.full_time_equivalents(), Ok(Average::new(0)));
}

#[test]
fn a_streak_ends_with_a_period_at_quota_and_has_no_answer_without_one() {
    let months = ["2026-01", "2026-02", "2026-03"];
    let at = |won: [i64; 3], quotas: Vec<Quota>| {
        let roster = Roster::new([rep("ada")], quotas).unwrap();
        let deals: Vec<Deal> = (1..)
            .zip(won)
            .map(|(m, a)| worth("ada", &format!("2026-0{m}-09"), a))
            .collect();
        let series = months.map(|month| team(&deals, scope(month), &roster));
        kpi::below_quota_streak(&series)
    };
    let all = || months.map(|month| quota("ada", month, 10)).to_vec();
    assert_eq!(at([10, 9, 9], all()), Ok(2));
    assert_eq!(at([9, 9, 9], all()), Ok(3));
    assert_eq!(at([0, 0, 11], all()), Ok(0));
    assert_eq!(at([9, 10, 9], all()[1..].to_vec()), Ok(1));
    // Before the first quotas, and beyond a gap in them, there is nothing to be counted.
    assert_eq!(at([9, 9, 9], all()[1..].to_vec()), Ok(2));
    assert_eq!(at([9, 9, 9], [&all()[..1], &all()[2..]].concat()), Ok(1));
    let unknown = Err(Undefined::NoQuota.into());
    assert_eq!(at([9, 9, 9], all()[..2].to_vec()), unknown);
    assert_eq!(at([9, 9, 9], Vec::new()), unknown);
    assert_eq!(kpi::below_quota_streak(&[]), unknown);
}

#[test]
fn a_streak_is_of_what_is_over() {
    let months: Vec<_> = period("2026-Q1").months().collect();
    let quotas = months
        .iter()
        .map(|month| quota("ada", &month.to_string(), 10));
    let roster = Roster::new([rep("ada")], quotas).unwrap();
    let streak = |as_of: &str| {
        let running = scope("2026-Q1").as_of(day(as_of)).unwrap();
        let series: Vec<_> = running
            .months()
            .map(|month| team(&[], month, &roster))
            .collect();
        kpi::below_quota_streak(&series)
    };
    assert_eq!(streak("2026-03-31"), Ok(3));
    assert_eq!(streak("2026-03-30"), Ok(2));
    assert_eq!(streak("2026-02-01"), Ok(1));
    assert_eq!(streak("2026-01-31"), Ok(1));
    let none = Err(Undefined::NothingOver.into());
    assert_eq!(streak("2026-01-30"), none);
    assert_eq!(streak("2025-12-31"), none);
}

#[test]
fn ramp_time_is_the_median_of_those_who_got_there() {
    let reps = ["ada", "ben", "cleo", "dora"].map(|id| hired(id, "2026-01-01"));
    let months: Vec<_> = period("2026-Q1").months().collect();
    let quotas = reps.iter().flat_map(|rep| {
        let of =
            move |month: &sales_metrics::Period| quota(rep.id().as_str(), &month.to_string(), 10);
        months.iter().map(of).collect::<Vec<_>>()
    });
    let roster = Roster::new(reps.clone(), quotas).unwrap();
    let deals = [
        worth("ada", "2026-01-31", 10),
        worth("ben", "2026-02-28", 10),
        worth("cleo", "2026-03-01", 10),
        worth("cleo", "2026-03-02", 99),
        worth("dora", "2026-03-31", 9),
    ];
    let series: Vec<TeamTally> = months
        .iter()
        .map(|month| team(&deals, scope(&month.to_string()), &roster))
        .collect();
    // January 31, February 28 and March 31: 30, 58 and 89 days after the hire.
    assert_eq!(kpi::ramp_time(&series).unwrap().to_string(), "58 days");
    assert_eq!(kpi::ramping_reps(&series), Ok(1));
    assert_eq!(kpi::ramp_time(&series[..2]).unwrap().to_string(), "44 days");
    assert_eq!(kpi::ramping_reps(&series[..2]), Ok(2));
    let nobody = Err(Undefined::NobodyAtQuota.into());
    assert_eq!(kpi::ramp_time(&series[1..]), nobody);
    assert_eq!(kpi::ramp_time(&[]), nobody);
    assert_eq!(
        (kpi::ramping_reps(&series[1..]), kpi::ramping_reps(&[])),
        (Ok(0), Ok(0))
    );
}

/// What the month still has to come is not behind a rep who is at quota today.
#[test]
fn a_running_month_ramps_nobody_up_before_it_is_over() {
    let roster = roster([hired("ada", "2026-01-01")], [quota("ada", "2026-01", 10)]);
    let series = |as_of: &str| {
        let running = scope("2026-01").as_of(day(as_of)).unwrap();
        [team(&[worth("ada", "2026-01-09", 10)], running, &roster)]
    };
    let took = |as_of: &str| kpi::ramp_time(&series(as_of)).unwrap().to_string();
    let none = Err(Undefined::NobodyAtQuota.into());
    assert_eq!(kpi::ramp_time(&series("2026-01-30")), none);
    assert_eq!(took("2026-01-31"), "30 days");
    assert_eq!(took("2026-06-30"), "30 days");
    assert_eq!(kpi::ramping_reps(&series("2026-01-30")), Ok(1));
}

/// In the ramp half is asked for, and won; who has ramped wins what is asked of everybody.
#[test]
fn a_quota_of_the_ramp_ramps_nobody_up() {
    let ada = hired("ada", "2026-01-01").with_ramp(Ramp::new([Rate::HALF]).unwrap());
    let quotas = ["2026-01", "2026-02"].map(|month| quota("ada", month, 10));
    let roster = roster([ada], quotas);
    let deals = [
        worth("ada", "2026-01-20", 5),
        worth("ada", "2026-02-20", 10),
    ];
    let series = ["2026-01", "2026-02"].map(|month| team(&deals, scope(month), &roster));
    assert_eq!(text(kpi::quota_attainment(&series[0])), "100%");
    assert_eq!(kpi::ramping_reps(&series[..1]), Ok(1));
    assert_eq!(kpi::ramp_time(&series).unwrap().to_string(), "58 days");
}

#[test]
fn a_series_is_in_order_in_one_currency_and_a_ramp_of_one_roster() {
    let (one, other) = (roster([rep("ada")], []), roster([rep("ben")], []));
    let at = |scope: Scope, roster: &Roster| team(&[], scope, roster);
    let january = at(scope("2026-01"), &one);
    let overlapping = at(scope("2026-01-31/2026-03-01"), &one);
    let backwards = [january.clone(), overlapping];
    let euros = at(Scope::new(period("2026-02"), Currency::EUR), &one);
    let mixed = [january.clone(), euros];
    for series in [&backwards, &mixed] {
        let refused = kpi::below_quota_streak(series).unwrap_err();
        assert_eq!(kpi::ramp_time(series), Err(refused.clone()));
        assert_eq!(kpi::ramping_reps(series), Err(refused.clone()));
        assert!(refused.undefined().is_none(), "{refused}");
    }
    let changed = [january, at(scope("2026-02"), &other)];
    assert_eq!(
        kind_of(&kpi::ramp_time(&changed)),
        Some(ErrorKind::RosterMismatch)
    );
    assert_eq!(
        kind_of(&kpi::ramping_reps(&changed)),
        Some(ErrorKind::RosterMismatch)
    );
    // A streak asks nothing of single reps.
    let reason = kpi::below_quota_streak(&changed);
    assert_eq!(reason, Err(Undefined::NoQuota.into()));
}

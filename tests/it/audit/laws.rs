//! Laws that hold for all records.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sales_metrics::audit::{self, Audit, Finding, FindingKind};
use sales_metrics::chrono::{DateTime, Days as Step, FixedOffset, NaiveDate};
use sales_metrics::{
    Activity, ActivityKind, ActivityTally, Book, Contract, Currency, Deal, DealTally, Disposition,
    ErrorKind, Lead, LeadDetail, MeetingStatus, Origin, Outcome, Per, Period, Quota, Ramp, Rate,
    Rep, Roster, Scope, Spend, SpendCategory, TimeDelta, When, WorkTime, date, instant,
};

use super::audit;
use crate::support::{day, period};

/// A day around the as-of day.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40).prop_map(|days| day("2026-03-11") + Step::new(days))
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    (0..4, any_day()).prop_map(|(kind, on)| match kind {
        0 => Outcome::Open,
        1 => Outcome::Won { on },
        2 => Outcome::Lost { on },
        _ => Outcome::Disqualified { on },
    })
}

prop_compose! {
    fn any_deal()(
        id in "D-[0-9]{1,2}",
        euro in prop::bool::weighted(0.7),
        start in prop::option::weighted(0.9, any_day()),
        outcome in any_outcome(),
        owner in prop::option::of("ada|bob|eve|Eve"),
        fine in prop::bool::weighted(0.1),
        amount in prop::option::of(-1_i64..3),
        likely in any::<bool>(),
        contact in prop::option::of(any_day()),
        expected in prop::option::of(any_day()),
    ) -> Deal {
        let currency = if euro { Currency::EUR } else { Currency::USD };
        let mut deal = Deal::new(id, start, outcome, currency).unwrap();
        if let Some(owner) = owner { deal = deal.with_owner(owner).unwrap(); }
        if let Some(amount) = amount { deal = deal.with_amount(amount).unwrap(); }
        if fine { deal = deal.with_list_price("1.234".parse::<sales_metrics::Decimal>().unwrap()).unwrap(); }
        if likely { deal = deal.with_probability(Rate::HALF).unwrap(); }
        if let Some(contact) = contact { deal = deal.with_first_contact(contact).unwrap(); }
        if let Some(expected) = expected { deal = deal.with_expected_close(expected).unwrap(); }
        deal
    }
}

pub(super) fn any_deals() -> impl Strategy<Value = Vec<Deal>> {
    prop::collection::vec(any_deal(), 0..40)
}

prop_compose! {
    /// An instant around the as-of day.
    fn any_instant()(on in any_day(), minutes in 0_u64..1_440, zone in select(vec!["-05:00", "+00:00", "+14:00"])) -> DateTime<FixedOffset> {
        let (hour, minute) = (minutes / 60, minutes % 60);
        instant(&format!("{on}T{hour:02}:{minute:02}:00{zone}")).unwrap()
    }
}

fn currencies() -> impl Strategy<Value = Currency> {
    prop::bool::weighted(0.7).prop_map(|euro| if euro { Currency::EUR } else { Currency::USD })
}

fn names() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.8, select(vec!["ada", "bob", "eve"]))
}

prop_compose! {
    fn any_lead()(
        id in "L-[0-9]",
        arrived in any_instant(),
        touched in prop::option::of(any_instant()),
        qualified in prop::option::of(any_day()),
        converted in prop::option::of(("D-[0-9]{1,2}", any_day())),
        won in prop::option::of(any_day()),
        disqualified in prop::option::weighted(0.3, any_day()),
        origin in prop::option::of(select(vec![Origin::Marketing, Origin::Sales])),
        owner in names(),
        known in any::<[bool; 4]>(),
    ) -> Lead {
        let when = |known: bool, at: DateTime<FixedOffset>| {
            if known { When::Instant(at) } else { When::Day(at.date_naive()) }
        };
        let mut lead = Lead::new(id, when(known[0], arrived)).unwrap();
        if let Some(at) = touched { lead = lead.with_first_touch(when(known[1], at)).unwrap(); }
        if let Some(on) = qualified { lead = lead.with_qualified(on).unwrap(); }
        if let Some((deal, on)) = &converted {
            lead = match known {
                [.., true, true] => lead.with_conversion(deal.as_str(), *on).unwrap(),
                [.., true, false] => lead.with_deal(deal.as_str()).unwrap(),
                [.., false, true] => lead.with_converted(*on).unwrap(),
                [.., false, false] => lead.with_undated_conversion(),
            };
        }
        if let Some(on) = won.filter(|_| converted.is_some()) { lead = lead.with_won(on).unwrap(); }
        if let Some(on) = disqualified {
            lead = if known[2] {
                lead.with_disqualified(on).unwrap()
            } else {
                lead.with_undated_disqualification()
            };
        }
        if let Some(origin) = origin { lead = lead.with_origin(origin); }
        if let Some(owner) = owner { lead = lead.with_owner(owner).unwrap(); }
        lead
    }
}

const KINDS: [ActivityKind; 3] = [
    ActivityKind::Call,
    ActivityKind::Email,
    ActivityKind::Meeting,
];
const DISPOSITIONS: [Disposition; 3] = [
    Disposition::Positive,
    Disposition::Voicemail,
    Disposition::Missed,
];
const STATUSES: [MeetingStatus; 3] = [
    MeetingStatus::Booked,
    MeetingStatus::Held,
    MeetingStatus::Cancelled,
];

prop_compose! {
    fn any_activity()(
        id in "A-[0-9]",
        kind in select(&KINDS[..]),
        at in any_instant(),
        rep in names(),
        disposition in prop::option::of(select(&DISPOSITIONS[..])),
        status in select(&STATUSES[..]),
        minutes in prop::option::of(0_i64..90),
        lead in prop::option::of("L-[0-9]"),
        deal in prop::option::of("D-[0-9]{1,2}"),
    ) -> Activity {
        let mut activity = Activity::new(id, kind, at).unwrap();
        if let Some(rep) = rep { activity = activity.with_rep(rep).unwrap(); }
        if let Some(disposition) = disposition { activity = activity.with_disposition(disposition); }
        if kind == ActivityKind::Meeting { activity = activity.with_meeting_status(status).unwrap(); }
        if let Some(minutes) = minutes { activity = activity.with_duration(TimeDelta::minutes(minutes)).unwrap(); }
        if let Some(lead) = lead { activity = activity.with_lead(lead).unwrap(); }
        if let Some(deal) = deal { activity = activity.with_deal(deal).unwrap(); }
        activity
    }
}

prop_compose! {
    fn any_rep()(
        id in select(vec!["ada", "bob", "cleo", "dan"]),
        hired in prop::option::of(any_day()),
        stays in prop::option::of(0_u64..20),
        ramps in any::<bool>(),
        is_led in prop::bool::weighted(0.8),
    ) -> Rep {
        let mut rep = Rep::new(id).unwrap();
        if is_led { rep = rep.with_manager("eve").unwrap(); }
        if let Some(hired) = hired { rep = rep.with_hired(hired).unwrap(); }
        if let Some(days) = stays { rep = rep.with_left(hired.unwrap_or(day("2026-03-11")) + Step::new(days)).unwrap(); }
        if ramps { rep = rep.with_ramp(Ramp::new([Rate::HALF]).unwrap()); }
        rep
    }
}

prop_compose! {
    fn any_quota()(
        rep in select(vec!["ada", "bob", "eve"]),
        of in select(vec!["2026-Q1", "2026-03", "2026-04", "2026-W11", "2026", "2019-Q1"]),
        of_deals in any::<bool>(),
        goal in 0_u64..3,
        currency in currencies(),
    ) -> Quota {
        let of = period(of);
        if of_deals { Quota::of_deals(rep, of, goal).unwrap() } else { Quota::of_money(rep, of, goal, currency).unwrap() }
    }
}

prop_compose! {
    fn any_contract()(
        id in 0..8,
        account in select(vec!["Acme", "Initech"]),
        currency in currencies(),
        start in any_day(),
        term in prop::option::of(0_u64..20),
        fee in prop::option::of(0_u64..2),
        renews in prop::option::of(0..10),
    ) -> Contract {
        let mut contract = Contract::new(format!("C-{id}"), account, start, currency).unwrap();
        if let Some(days) = term { contract = contract.with_last_day(start + Step::new(days)).unwrap(); }
        if let Some(fee) = fee { contract = contract.with_recurring(fee, Per::Month).unwrap(); }
        if let Some(renewed) = renews.filter(|renewed| *renewed != id) {
            contract = contract.with_renewal_of(format!("C-{renewed}")).unwrap();
        }
        contract
    }
}

prop_compose! {
    fn any_spend()(
        id in "S-[0-9]",
        on in any_day(),
        amount in 0_u64..3,
        currency in currencies(),
        category in select(vec![SpendCategory::Sales, SpendCategory::Other]),
        placed in any::<bool>(),
    ) -> Spend {
        let spend = Spend::new(id, on, amount, currency, category).unwrap();
        if placed { spend.with_source("webinar").unwrap() } else { spend }
    }
}

prop_compose! {
    fn any_hours()(rep in select(vec!["ada", "bob", "eve"]), on in any_day(), hours in 0_i64..200) -> WorkTime {
        WorkTime::new(rep, on, TimeDelta::hours(hours)).unwrap()
    }
}

/// Records of every kind, which name each other now and then.
#[derive(Clone, Debug)]
struct Odd {
    deals: Vec<Deal>,
    leads: Vec<Lead>,
    activities: Vec<Activity>,
    reps: Vec<Rep>,
    quotas: Vec<Quota>,
    contracts: Vec<Contract>,
    spend: Vec<Spend>,
    hours: Vec<WorkTime>,
}

/// Some quotas, and in half of the cases those of a team and the sum of them.
fn any_quotas() -> impl Strategy<Value = Vec<Quota>> {
    let some = prop::collection::vec(any_quota(), 0..8);
    (some, any::<bool>()).prop_map(|(mut quotas, with_sum)| {
        let team = [("ada", 1), ("bob", 2), ("eve", 3)];
        let sum = team.map(|(rep, deals)| Quota::of_deals(rep, period("2026-04"), deals).unwrap());
        quotas.extend(sum.into_iter().filter(|_| with_sum));
        quotas
    })
}

fn odd() -> impl Strategy<Value = Odd> {
    use prop::collection::vec;
    let people = (vec(any_rep(), 0..5), any_quotas(), vec(any_hours(), 0..12));
    let trade = (
        any_deals(),
        vec(any_lead(), 0..12),
        vec(any_activity(), 0..12),
    );
    let money = (vec(any_contract(), 0..10), vec(any_spend(), 0..10));
    (people, trade, money).prop_map(|(people, trade, money)| Odd {
        deals: trade.0,
        leads: trade.1,
        activities: trade.2,
        reps: people.0,
        quotas: people.1,
        contracts: money.0,
        spend: money.1,
        hours: people.2,
    })
}

/// The records, and the same in another order.
fn odd_and_shuffled() -> impl Strategy<Value = (Odd, Odd)> {
    odd().prop_flat_map(|odd| {
        let copy = odd.clone();
        let shuffled = (
            Just(copy.deals).prop_shuffle(),
            Just(copy.leads).prop_shuffle(),
            Just(copy.activities).prop_shuffle(),
            Just(copy.reps).prop_shuffle(),
            Just(copy.quotas).prop_shuffle(),
            Just(copy.contracts).prop_shuffle(),
            Just(copy.spend).prop_shuffle(),
            Just(copy.hours).prop_shuffle(),
        );
        let shuffled = shuffled.prop_map(|all| Odd {
            deals: all.0,
            leads: all.1,
            activities: all.2,
            reps: all.3,
            quotas: all.4,
            contracts: all.5,
            spend: all.6,
            hours: all.7,
        });
        (Just(odd), shuffled)
    })
}

impl Odd {
    fn audit(&self) -> Audit {
        audit()
            .with_reps(&self.reps)
            .with_quotas(&self.quotas)
            .with_deals(&self.deals)
            .with_leads(&self.leads)
            .with_contracts(&self.contracts)
    }

    fn findings(&self) -> [Vec<Finding>; 8] {
        let audit = self.audit();
        [
            audit.deals(&self.deals),
            audit.leads(&self.leads),
            audit.activities(&self.activities),
            audit.reps(&self.reps),
            audit.quotas(&self.quotas),
            audit.contracts(&self.contracts),
            audit.spend(&self.spend),
            audit.work_time(&self.hours),
        ]
    }

    /// The text of every record's name.
    fn records(&self) -> HashSet<String> {
        let deals = self.deals.iter().map(|deal| format!("deal {}", deal.id()));
        let leads = self.leads.iter().map(|lead| format!("lead {}", lead.id()));
        let activities = self
            .activities
            .iter()
            .map(|one| format!("activity {}", one.id()));
        let reps = self.reps.iter().map(|rep| format!("rep {}", rep.id()));
        let quotas = self
            .quotas
            .iter()
            .map(|quota| format!("quota of {} for {}", quota.rep(), quota.period()));
        let contracts = self
            .contracts
            .iter()
            .map(|contract| format!("contract {}", contract.id()));
        let spend = self
            .spend
            .iter()
            .map(|spend| format!("spend {}", spend.id()));
        let hours = self.hours.iter().map(|work| {
            format!(
                "work time of {} in {}",
                work.rep(),
                Period::day(work.on()).unwrap()
            )
        });
        let own = deals.chain(leads).chain(activities).chain(reps);
        own.chain(quotas)
            .chain(contracts)
            .chain(spend)
            .chain(hours)
            .collect()
    }
}

/// What is found in a good many odd records, the same ones each time.
pub(super) fn found_in_odd_records() -> Vec<Finding> {
    let mut runner = TestRunner::deterministic();
    let samples = (0..200).map(|_| odd().new_tree(&mut runner).unwrap().current());
    samples.flat_map(|odd| odd.findings().concat()).collect()
}

/// So many days after the first of January.
fn later(days: u64) -> NaiveDate {
    day("2026-01-01") + Step::new(days)
}

fn morning(on: NaiveDate) -> DateTime<FixedOffset> {
    instant(&format!("{on}T09:00:00Z")).unwrap()
}

/// A deal of January or February with nothing odd about it: it closes within 20 days, or is open.
fn sound_deal(n: usize, start: u64, days: u64, kind: u8) -> Deal {
    let on = later(start + days);
    let outcome = match kind {
        0 => Outcome::Open,
        1 => Outcome::Won { on },
        2 => Outcome::Lost { on },
        _ => Outcome::Disqualified { on },
    };
    let owner = if kind == 0 { "ada" } else { "bob" };
    Deal::new(format!("D-{n}"), later(start), outcome, Currency::EUR)
        .and_then(|deal| deal.with_owner(owner))
        .and_then(|deal| deal.with_amount(days + 1))
        .and_then(|deal| deal.with_probability(Rate::HALF))
        .and_then(|deal| deal.with_expected_close(later(89 + days)))
        .and_then(|deal| deal.with_first_contact(later(start)))
        .unwrap()
}

/// A lead that became that deal, is open or was given up.
fn sound_lead(n: usize, start: u64, days: u64, kind: u8) -> Lead {
    let lead = Lead::new(format!("L-{n}"), morning(later(start))).unwrap();
    let lead = lead.with_origin(if kind == 0 {
        Origin::Sales
    } else {
        Origin::Marketing
    });
    let lead = lead.with_first_touch(morning(later(start + days))).unwrap();
    match kind {
        0 => lead.with_owner("ada"),
        1 => lead.with_disqualified(later(start + days)),
        _ => lead
            .with_owner("bob")
            .and_then(|lead| lead.with_conversion(format!("D-{n}"), later(start))),
    }
    .unwrap()
}

/// An activity about that lead and that deal.
fn sound_activity(n: usize, start: u64, days: u64, kind: u8) -> Activity {
    let base =
        |activity| Activity::new(format!("A-{n}"), activity, morning(later(start + days))).unwrap();
    let activity = match kind {
        0 => base(ActivityKind::Email),
        1 => base(ActivityKind::Call).with_disposition(Disposition::Missed),
        2 => base(ActivityKind::Call)
            .with_disposition(Disposition::Neutral)
            .with_duration(TimeDelta::minutes(5))
            .unwrap(),
        _ => base(ActivityKind::Meeting)
            .with_meeting_status(MeetingStatus::Held)
            .unwrap(),
    };
    activity
        .with_rep("bob")
        .and_then(|activity| activity.with_lead(format!("L-{n}")))
        .and_then(|activity| activity.with_deal(format!("D-{n}")))
        .unwrap()
}

/// A contract of so many days that renews the one before it, if there is one.
fn sound_contract(n: usize, days: u64) -> Contract {
    let start = day("2020-01-01") + Step::new(30 * u64::try_from(n).unwrap());
    let contract = Contract::new(format!("C-{n}"), "Acme", start, Currency::EUR)
        .and_then(|contract| contract.with_last_day(start + Step::new(days)))
        .and_then(|contract| contract.with_recurring(days + 1, Per::Quarter))
        .unwrap();
    match n.checked_sub(1) {
        Some(before) => contract.with_renewal_of(format!("C-{before}")).unwrap(),
        None => contract,
    }
}

fn sound_team() -> ([Rep; 2], Vec<Quota>) {
    let bob = Rep::new("bob")
        .and_then(|bob| bob.with_hired(later(0)))
        .and_then(|bob| bob.with_left(later(80)))
        .unwrap()
        .with_ramp(Ramp::new([Rate::HALF]).unwrap());
    let quotas = period("2026").months().flat_map(|month| {
        let of_ada = [
            Quota::of_deals("ada", month, 3).unwrap(),
            Quota::of_money("ada", month, 9, Currency::EUR).unwrap(),
        ];
        let bob_works = month.start() <= later(80);
        let of_bob = bob_works.then(|| Quota::of_deals("bob", month, 3).unwrap());
        of_ada.into_iter().chain(of_bob)
    });
    ([Rep::new("ada").unwrap(), bob], quotas.collect())
}

prop_compose! {
    /// A book in which everything is as it should be.
    fn sound_book()(records in prop::collection::vec((0_u64..60, 0_u64..=20, 0_u8..4), 0..12)) -> Book {
        let numbered = || records.iter().copied().enumerate();
        let (reps, quotas) = sound_team();
        let spend = |(n, (start, days, _)): (usize, (u64, u64, u8))| {
            let spend = Spend::new(format!("S-{n}"), later(start + days), days + 1, Currency::EUR, SpendCategory::Sales);
            spend.and_then(|spend| spend.with_source("webinar")).unwrap()
        };
        let hours = |(n, (_, days, _)): (usize, (u64, u64, u8))| {
            WorkTime::new("bob", later(u64::try_from(n).unwrap()), TimeDelta::hours(days.try_into().unwrap())).unwrap()
        };
        Book::new(Currency::EUR)
            .with_deals(numbered().map(|(n, (start, days, kind))| sound_deal(n, start, days, kind)))
            .and_then(|book| book.with_leads(numbered().map(|(n, (start, days, kind))| sound_lead(n, start, days, kind))))
            .and_then(|book| book.with_quotas(quotas))
            .and_then(|book| book.with_contracts(numbered().map(|(n, (_, days, _))| sound_contract(n, days))))
            .and_then(|book| book.with_spend(numbered().map(spend)))
            .unwrap()
            .with_reps(reps).unwrap()
            .with_activities(numbered().map(|(n, (start, days, kind))| sound_activity(n, start, days, kind)))
            .unwrap()
            .with_work_time(numbered().map(hours))
    }
}

/// Every record there is, seen from the last supported day.
fn all_time() -> Scope {
    let (first, end) = (date(1900, 1, 1).unwrap(), day("3000-01-01"));
    Scope::new(Period::between(first, end).unwrap(), Currency::EUR)
}

fn until_today() -> Scope {
    all_time().as_of(super::today()).unwrap()
}

fn count(findings: &[Finding], what: impl Fn(&FindingKind) -> bool) -> u64 {
    findings
        .iter()
        .filter(|finding| what(&finding.kind))
        .count()
        .try_into()
        .unwrap()
}

proptest! {
    #[test]
    fn a_sound_book_has_no_finding(book in sound_book()) {
        prop_assert_eq!(audit().book(&book), []);
    }

    #[test]
    fn findings_name_records_that_exist_and_the_summary_adds_up(odd in odd()) {
        let (findings, records) = (odd.findings().concat(), odd.records());
        for finding in &findings {
            prop_assert!(records.contains(&finding.record.to_string()), "{}", finding);
        }
        let summary = audit::summary(&findings);
        let total: u64 = summary.values().map(|found| found.count).sum();
        prop_assert_eq!(total, u64::try_from(findings.len()).unwrap());
    }

    #[test]
    fn the_findings_are_the_same_in_any_order((odd, shuffled) in odd_and_shuffled()) {
        let sorted = |odd: &Odd| odd.findings().map(|mut findings| {
            findings.sort();
            findings
        });
        prop_assert_eq!(sorted(&odd), sorted(&shuffled));
    }

    #[test]
    fn a_roster_is_refused_where_the_audit_finds_why(odd in odd()) {
        let findings = odd.findings();
        let found = |why: &dyn Fn(&FindingKind) -> bool| count(&findings[3], why) + count(&findings[4], why) > 0;
        let refused = match Roster::new(odd.reps.clone(), odd.quotas.clone()) {
            Ok(_) => false,
            Err(error) if error.kind() == ErrorKind::DuplicateRep => found(&|kind| *kind == FindingKind::DuplicateId),
            Err(error) if error.kind() == ErrorKind::UnknownRep => found(&|kind| matches!(kind, FindingKind::UnknownRep { .. })),
            Err(_) => found(&|kind| matches!(kind, FindingKind::OverlappingQuota { .. })),
        };
        let any = found(&|kind| matches!(
            kind,
            FindingKind::DuplicateId | FindingKind::UnknownRep { .. } | FindingKind::OverlappingQuota { .. }
        ));
        prop_assert_eq!(refused, any);
    }

    #[test]
    fn the_audit_finds_the_leads_that_the_tally_counts_apart(odd in odd()) {
        let findings = odd.findings()[1].clone();
        let detail = LeadDetail::of(&odd.leads, all_time()).unwrap();
        let totals = detail.tally().totals();
        let too_soon = |kind: &FindingKind| matches!(kind, FindingKind::TouchedBeforeArrival { .. });
        prop_assert_eq!(count(&findings, too_soon), detail.touched_before_arrival());
        prop_assert_eq!(count(&findings, |kind| *kind == FindingKind::MissingTime), detail.without_time());
        prop_assert_eq!(count(&findings, |kind| *kind == FindingKind::UndatedConversion), totals.converted_undated().unwrap());
        prop_assert_eq!(
            count(&findings, |kind| *kind == FindingKind::UndatedDisqualification),
            totals.disqualified_undated().unwrap()
        );
        prop_assert_eq!(count(&findings, |kind| *kind == FindingKind::MissingOrigin), totals.unknown_origin().unwrap());
        prop_assert_eq!(count(&findings, |kind| *kind == FindingKind::MissingOwner), detail.open_without_owner());
        let both = |kind: &FindingKind| matches!(kind, FindingKind::ConvertedAndDisqualified { .. });
        prop_assert_eq!(
            totals.converted().unwrap() + totals.disqualified().unwrap() + totals.open().unwrap(),
            totals.arrived().unwrap() + count(&findings, both)
        );
    }

    #[test]
    fn the_audit_finds_the_activities_that_the_tally_counts_apart(odd in odd()) {
        let findings = odd.findings()[2].clone();
        let totals = *ActivityTally::of(&odd.activities, all_time()).unwrap().totals();
        let calls = totals.call_outcomes().unwrap();
        let known = calls.connected().unwrap() + calls.voicemail().unwrap() + calls.missed().unwrap();
        let silent = count(&findings, |kind| *kind == FindingKind::CallWithoutDisposition);
        prop_assert_eq!(totals.calls().unwrap().count, known + silent);
        let untimed = count(&findings, |kind| *kind == FindingKind::ConnectedWithoutDuration);
        prop_assert!(untimed <= calls.connected().unwrap().min(totals.calls().unwrap().untimed()));
        let late = count(&findings, |kind| matches!(kind, FindingKind::DatedAfterAsOf { .. }));
        let by_now = ActivityTally::of(&odd.activities, until_today()).unwrap().totals().all().unwrap();
        let ahead = odd.activities.iter().filter(|one| {
            let may = [Some(MeetingStatus::Booked), Some(MeetingStatus::Cancelled)].contains(&one.meeting_status());
            may && one.at().date() > super::today()
        });
        prop_assert_eq!(totals.all().unwrap(), by_now + late + u64::try_from(ahead.count()).unwrap());
    }

    #[test]
    fn the_audit_finds_what_the_tally_counts_apart(deals in any_deals()) {
        let is_negative = |deal: &&Deal| deal.amount().is_some_and(|amount| amount.amount().is_sign_negative() && !amount.amount().is_zero());
        let (below, euros): (Vec<&Deal>, Vec<&Deal>) = deals.iter().filter(|deal| deal.currency() == Currency::EUR).partition(is_negative);
        // A credit where it is won, and else an amount that counts as none.
        let wrong = below.iter().filter(|deal| !matches!(deal.outcome(), Outcome::Won { .. })).count();
        let found = count(&audit().deals(below.iter().copied()), |kind| *kind == FindingKind::NegativeAmount);
        prop_assert_eq!(found, u64::try_from(wrong).unwrap());
        let totals = *DealTally::of(euros.iter().copied(), all_time()).unwrap().totals();
        let decided = |deal: &&&Deal| !matches!(deal.outcome(), Outcome::Disqualified { .. });
        let findings = audit().deals(euros.iter().filter(decided).copied());

        let unsound = totals.won_cycle().unwrap().unsound + totals.lost_cycle().unwrap().unsound;
        prop_assert_eq!(count(&findings, |k| matches!(k, FindingKind::ClosedBeforeCreated { .. })), unsound);
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::WonWithoutAmount), totals.won().unwrap().unpriced());
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::LostWithoutAmount), totals.lost().unwrap().unpriced());
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::OpenWithoutAmount), totals.open().unwrap().unpriced());
        prop_assert_eq!(
            count(&findings, |k| *k == FindingKind::MissingExpectedClose),
            totals.without_expected_close().unwrap()
        );
        let ids: HashSet<_> = euros.iter().filter(decided).map(|deal| deal.id()).collect();
        let repeated = euros.iter().filter(decided).count() - ids.len();
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::DuplicateId), u64::try_from(repeated).unwrap());

        let won = euros.iter().copied().filter(|deal| matches!(deal.outcome(), Outcome::Won { .. }));
        let late = count(&audit().deals(won), |k| matches!(k, FindingKind::FirstContactAfterClose { .. }));
        prop_assert_eq!(late, totals.contact_cycle().unwrap().unsound);
    }
}

//! Leads: as plain data, how they become records of the crate, and the laws that their tallies obey.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::tally::{LeadStanding, LeadTotals};
use sales_metrics::{
    Currency, ErrorKind, Lead, LeadDetail, LeadScope, LeadTally, Origin, Scope, WorkCalendar,
    instant,
};

use crate::laws::laws;
use crate::support::{complaint, config, dates, day, kind_of, scope, scopes, too_many_records};

mod days;
mod golden;
pub(crate) mod milestones;
mod oracle;
mod properties;
mod records;
pub(crate) mod responses;
mod scoring;

pub(crate) use oracle::recomputed;

pub(crate) type Instant = DateTime<FixedOffset>;

pub(crate) fn at(text: &str) -> Instant {
    instant(text).unwrap()
}

/// A lead as an export might hold it.
#[derive(Clone, Debug)]
pub(crate) struct RawLead {
    pub(crate) arrived: Instant,
    pub(crate) first_touch: Option<Instant>,
    pub(crate) attempts: Vec<Instant>,
    pub(crate) qualified: Option<NaiveDate>,
    /// Whether it was sales that qualified it.
    pub(crate) by_sales: bool,
    pub(crate) marketing_qualified: Option<NaiveDate>,
    pub(crate) accepted: Option<NaiveDate>,
    pub(crate) rejected: Option<NaiveDate>,
    pub(crate) converted: Option<NaiveDate>,
    pub(crate) won: Option<NaiveDate>,
    pub(crate) disqualified: Option<NaiveDate>,
    pub(crate) origin: Option<Origin>,
    pub(crate) owner: Option<&'static str>,
}

impl RawLead {
    pub(crate) fn new(arrived: &str) -> Self {
        Self {
            arrived: at(arrived),
            first_touch: None,
            attempts: Vec::new(),
            qualified: None,
            by_sales: false,
            marketing_qualified: None,
            accepted: None,
            rejected: None,
            converted: None,
            won: None,
            disqualified: None,
            origin: None,
            owner: None,
        }
    }

    pub(crate) fn lead(&self, id: &str) -> Lead {
        let mut lead = Lead::new(id, self.arrived).unwrap();
        for attempt in &self.attempts {
            lead = lead.with_attempt(*attempt).unwrap();
        }
        if let Some(touch) = self.first_touch {
            lead = lead.with_first_touch(touch).unwrap();
        }
        if let Some(on) = self.qualified {
            lead = self.with_qualification(lead, on);
        }
        if let Some(on) = self.marketing_qualified {
            lead = lead.with_marketing_qualified(on).unwrap();
        }
        if let Some(on) = self.accepted {
            lead = lead.with_accepted(on).unwrap();
        }
        if let Some(on) = self.rejected {
            lead = lead.with_rejected(on).unwrap();
        }
        if let Some(on) = self.converted {
            lead = lead.with_conversion(format!("D-{id}"), on).unwrap();
        }
        if let Some(on) = self.won {
            lead = lead.with_won(on).unwrap();
        }
        if let Some(on) = self.disqualified {
            lead = lead.with_disqualified(on).unwrap();
        }
        if let Some(origin) = self.origin {
            lead = lead.with_origin(origin);
        }
        if let Some(owner) = self.owner {
            lead = lead.with_owner(owner).unwrap();
        }
        lead
    }
}

impl RawLead {
    /// Qualified, by whoever it was. Where sales says a day, a plain one plays no part.
    fn with_qualification(&self, lead: Lead, qualified: NaiveDate) -> Lead {
        let arrived = self.arrived.date_naive();
        match (self.by_sales, self.attempts.len() % 2) {
            (false, _) => lead.with_qualified(qualified),
            (true, 0) => lead.with_sales_qualified(qualified),
            (true, _) => lead
                .with_qualified(arrived)
                .and_then(|lead| lead.with_sales_qualified(qualified)),
        }
        .unwrap()
    }
}

pub(crate) fn build(raw: &[RawLead]) -> Vec<Lead> {
    let numbered = raw.iter().enumerate();
    numbered
        .map(|(n, raw)| raw.lead(&format!("L-{n}")))
        .collect()
}

/// The places where leads arrive, in seconds east of UTC.
fn offsets() -> impl Strategy<Value = FixedOffset> + Clone {
    let hours = vec![0, 0, 3_600, -18_000, 50_400, -43_200, 20_700];
    select(hours).prop_map(|seconds| FixedOffset::east_opt(seconds).unwrap())
}

const MICROS_A_DAY: u64 = 86_400_000_000;

/// Times of the day, in microseconds: its first and its last, the bounds of working hours, and any other.
fn times() -> impl Strategy<Value = u64> + Clone {
    let hour = 3_600_000_000;
    prop_oneof![
        3 => select(vec![0, 0, 1, 9 * hour, 17 * hour - 1, 17 * hour, 18 * hour, MICROS_A_DAY - 1]),
        2 => 0..MICROS_A_DAY,
    ]
}

fn is_supported(at: &Instant) -> bool {
    (day("1900-01-01")..=day("2999-12-31")).contains(&at.date_naive())
}

pub(crate) fn instants() -> impl Strategy<Value = Instant> + Clone {
    (dates(), clocks()).prop_map(|(date, (micros, place))| instant_on(date, micros, place))
}

/// A time of the day, and the place whose clock shows it.
pub(crate) fn clocks() -> impl Strategy<Value = (u64, FixedOffset)> + Clone {
    (times(), offsets())
}

pub(crate) fn instant_on(date: NaiveDate, micros: u64, place: FixedOffset) -> Instant {
    let local = date.and_time(NaiveTime::MIN) + TimeDelta::microseconds(micros as i64);
    local.and_local_timezone(place).unwrap()
}

/// How long after its arrival somebody gets in touch with a lead, in microseconds; sometimes before.
fn waits() -> impl Strategy<Value = i64> + Clone {
    let minute = 60_000_000;
    let day = MICROS_A_DAY as i64;
    prop_oneof![
        3 => select(vec![0, 1, 5 * minute - 1, 5 * minute, 5 * minute + 1, -1, -day]),
        2 => select(vec![day - 1, day, day + 1, 7 * day - 1, 7 * day, 30 * day]),
        4 => 0..10 * day,
        1 => -day..90 * day,
    ]
}

/// A wait, and the place where the touch is taken down, if it is another.
fn touches() -> impl Strategy<Value = (i64, Option<FixedOffset>)> + Clone {
    (waits(), proptest::option::weighted(0.2, offsets()))
}

fn touch(arrived: Instant, (micros, place): (i64, Option<FixedOffset>)) -> Option<Instant> {
    let touch = arrived + TimeDelta::microseconds(micros);
    let there = place.map_or(touch, |place| touch.with_timezone(&place));
    Some(there).filter(is_supported)
}

pub(crate) fn raw_leads() -> impl Strategy<Value = RawLead> + Clone {
    let maybe = |share| proptest::option::weighted(share, dates());
    (
        instants(),
        (
            proptest::option::weighted(0.4, touches()),
            proptest::collection::vec(touches(), 0..8),
        ),
        (maybe(0.5), maybe(0.4), maybe(0.5), maybe(0.2)),
        (maybe(0.5), maybe(0.5), maybe(0.3), any::<bool>()),
        proptest::option::weighted(
            0.7,
            select(vec![Origin::Marketing, Origin::Sales, Origin::Partner]),
        ),
        proptest::option::weighted(0.8, select(vec!["ada", "ben", "cleo"])),
    )
        .prop_map(
            |(arrived, (first, attempts), days, handed, origin, owner)| RawLead {
                arrived,
                first_touch: first.and_then(|first| touch(arrived, first)),
                attempts: attempts
                    .into_iter()
                    .filter_map(|attempt| touch(arrived, attempt))
                    .collect(),
                qualified: days.0,
                by_sales: handed.3,
                marketing_qualified: handed.0,
                accepted: handed.1,
                rejected: handed.2,
                converted: days.1,
                won: days.1.and(days.2),
                disqualified: days.3,
                origin,
                owner,
            },
        )
        // Some that nobody has touched.
        .prop_map(|mut raw| {
            if raw.owner == Some("cleo") {
                (raw.first_touch, raw.attempts) = (None, Vec::new());
            }
            raw
        })
}

pub(crate) fn many_raw_leads() -> impl Strategy<Value = Vec<RawLead>> + Clone {
    prop_oneof![
        3 => proptest::collection::vec(raw_leads(), 0..=4),
        3 => proptest::collection::vec(raw_leads(), 0..=16),
    ]
}

pub(crate) fn many_leads() -> impl Strategy<Value = Vec<Lead>> + Clone {
    many_raw_leads().prop_map(|raw| build(&raw))
}

/// Monday to Friday from 9 to 17, Saturday from 10 to 13, and a free leap day.
pub(crate) fn calendar() -> WorkCalendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    WorkCalendar::new(week, hour(9), hour(17))
        .and_then(|calendar| calendar.with_hours([Weekday::Sat], [(hour(10), hour(13))]))
        .and_then(|calendar| calendar.with_holiday(day("2024-02-29")))
        .unwrap()
}

fn in_working_time(scope: Scope) -> LeadScope {
    scope.in_working_time(&calendar())
}

/// At noon of the as-of day, somewhere.
fn at_noon(scope: Scope) -> LeadScope {
    let noon = instant_on(
        scope.as_of_day(),
        MICROS_A_DAY / 2,
        FixedOffset::east_opt(20_700).unwrap(),
    );
    in_working_time(scope).as_of_instant(noon).unwrap()
}

fn owner(lead: &Lead) -> Option<&str> {
    lead.owner().map(AsRef::as_ref)
}

laws!(lead_tally: LeadTally {
    records: many_leads(), view: core::convert::identity => Scope, key: owner,
});
laws!(lead_detail: LeadDetail {
    records: many_leads(), view: core::convert::identity => Scope, key: owner,
});
laws!(lead_detail_in_working_time: LeadDetail {
    records: many_leads(), view: in_working_time => LeadScope, key: owner,
});
laws!(lead_detail_at_an_instant: LeadDetail {
    records: many_leads(), view: at_noon => LeadScope, key: owner,
});

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_detail_holds_the_very_tally(leads in many_leads(), scope in scopes()) {
        let tally = LeadTally::of(&leads, scope).unwrap();
        for view in [scope.into(), in_working_time(scope)] {
            let detail = LeadDetail::of(&leads, view).unwrap();
            prop_assert_eq!(detail.tally(), &tally);
        }
        prop_assert_eq!(&LeadTally::from_totals(scope, *tally.totals()).unwrap(), &tally);
    }

    #[test]
    fn another_instant_is_not_merged(leads in many_leads(), scope in scopes()) {
        let mut detail = LeadDetail::of(&leads, at_noon(scope)).unwrap();
        let before = detail.clone();
        let other = LeadDetail::of(&leads, in_working_time(scope)).unwrap();
        prop_assert_eq!(kind_of(&detail.merge(&other)), Some(ErrorKind::ScopeMismatch));
        prop_assert_eq!(&detail, &before);
        prop_assert!(detail.as_of_instant().is_some() && other.as_of_instant().is_none());
    }

    /// Seen at an instant, the leads are those there were, as they were.
    #[test]
    fn standings_at_an_instant_are_what_the_detail_counts(leads in many_leads(), scope in scopes()) {
        let view = at_noon(scope);
        let totals = *LeadDetail::of(&leads, view.clone()).unwrap().totals();
        let count = |counts: fn(LeadStanding) -> bool| {
            leads.iter().filter(|lead| counts(view.standing(lead))).count() as u64
        };
        prop_assert_eq!(totals.arrived().unwrap(), count(|s| s.is_arrived()));
        prop_assert_eq!(totals.touched().unwrap(), count(|s| s.is_arrived() && s.is_touched()));
        prop_assert_eq!(totals.open_untouched().unwrap(), count(|s| s.is_open_untouched()));
        prop_assert_eq!(totals.contacted().unwrap(), count(|s| s.is_contacted()));
    }

    #[test]
    fn another_calendar_is_not_merged(leads in many_leads(), scope in scopes()) {
        let other = calendar().with_holiday(day("2024-02-28")).unwrap();
        let views = [scope.into(), in_working_time(scope), scope.in_working_time(&other)];
        for (n, mine) in views.iter().enumerate() {
            let mut detail = LeadDetail::of(&leads, mine.clone()).unwrap();
            let before = detail.clone();
            for (_, theirs) in views.iter().enumerate().filter(|(m, _)| *m != n) {
                let other = LeadDetail::of(&leads, theirs.clone()).unwrap();
                prop_assert_eq!(kind_of(&detail.merge(&other)), Some(ErrorKind::CalendarMismatch));
                prop_assert_eq!(&detail, &before);
            }
        }
    }
}

/// The last record that fits, and the one after it.
#[test]
fn a_tally_takes_ten_billion_leads_and_no_more() {
    let scope = scope("2024-Q1");
    let full = LeadTotals::given().records(9_999_999_999);
    let mut tally = LeadTally::from_totals(scope, full).unwrap();
    let lead = RawLead::new("2024-02-01T12:00:00Z").lead("L-1");
    tally.record(&lead).unwrap();
    let before = tally.clone();
    assert_eq!(complaint(tally.record(&lead)), too_many_records());
    assert_eq!(tally, before);
    let one = LeadTally::of([&lead], scope).unwrap();
    assert_eq!(complaint(tally.merge(&one)), too_many_records());
    assert_eq!(tally, before);
}

/// From the first supported instant to the last.
#[test]
fn the_longest_wait() {
    let mut answered = RawLead::new("1900-01-01T00:00:00+14:00");
    answered.attempts = vec![
        at("2999-12-31T23:59:59-12:00"),
        at("2999-12-31T00:00:00+14:00"),
    ];
    let ignored = RawLead::new("1900-01-01T00:00:00+14:00");
    let scope = Scope::new("1900".parse().unwrap(), Currency::USD);
    let late = scope.as_of(day("2999-12-31")).unwrap();
    let detail = LeadDetail::of(build(&[answered, ignored]), late).unwrap();
    let text = serde_json::to_string(&detail).unwrap();
    assert_eq!(serde_json::from_str::<LeadDetail>(&text).unwrap(), detail);
    let persistence = |days| sales_metrics::kpi::contact_persistence(&detail, days);
    assert_eq!(persistence(401_766).unwrap().to_string(), "0");
    assert_eq!(persistence(401_767).unwrap().to_string(), "0.5");
    assert!(persistence(401_768).is_err());
}

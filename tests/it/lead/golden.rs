//! The worked examples of the catalogue for leads, and the mistakes that guides and tools make with them.

use chrono::{NaiveTime, Weekday};
use sales_metrics::report::{self, Inputs, Parameters};
use sales_metrics::tally::{DealTotals, Given, LeadTotals, Priced};
use sales_metrics::{
    Book, BookTally, Currency, Deal, DealTally, ErrorKind, Lead, LeadDetail, LeadScope, LeadTally,
    Length, Origin, Outcome, Rep, Roster, TeamTally, Undefined, WorkCalendar, kpi,
};

use super::at;
use crate::place::berlin;
use crate::support::{day, kind_of, scope};

fn tally(totals: impl Into<LeadTotals>) -> LeadTally {
    LeadTally::from_totals(scope("2026-Q1"), totals).unwrap()
}

fn arrived(arrived: u64) -> Given<LeadTotals> {
    LeadTotals::given().records(arrived).arrived(arrived)
}

fn lead(arrived: &str) -> Lead {
    Lead::new("L-1", at(arrived)).unwrap()
}

fn touched(arrived: &str, touch: &str) -> Lead {
    lead(arrived).with_first_touch(at(touch)).unwrap()
}

fn q1(leads: &[Lead]) -> LeadDetail {
    LeadDetail::of(leads, scope("2026-Q1")).unwrap()
}

fn office_hours() -> WorkCalendar {
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    WorkCalendar::new(week, hour(9), hour(17)).unwrap()
}

fn in_office_hours(leads: &[Lead]) -> LeadDetail {
    LeadDetail::of(leads, scope("2026-Q1").in_working_time(&office_hours())).unwrap()
}

fn minutes(n: u64) -> Length {
    Length::minutes(n)
}

// The catalogue, sections 2 and 4.

#[test]
fn lead_conversion_of_two_hundred_in_a_thousand() {
    let leads = tally(arrived(1_000).converted(200).won(50));
    assert_eq!(
        kpi::lead_conversion_rate(&leads).unwrap().to_string(),
        "20%"
    );
    assert_eq!(
        kpi::lead_to_customer_rate(&leads).unwrap().to_string(),
        "5%"
    );
}

#[test]
fn qualification_of_a_hundred_and_fifty_in_five_hundred() {
    let leads = tally(arrived(500).qualified(150).newly_qualified(150));
    assert_eq!(kpi::qualified_leads(&leads).unwrap(), 150);
    assert_eq!(kpi::qualification_rate(&leads).unwrap().to_string(), "30%");
}

#[test]
fn qualification_of_a_quarter() {
    let leads = tally(arrived(100).qualified(25));
    assert_eq!(kpi::qualification_rate(&leads).unwrap().to_string(), "25%");
}

#[test]
fn close_rate_of_two_populations_passes_a_hundred_percent() {
    let won = Priced::none(3);
    let totals = DealTotals::given().records(3).won(won);
    let deals = DealTally::from_totals(scope("2026-Q1"), totals).unwrap();
    assert_eq!(
        kpi::close_rate(&deals, &tally(arrived(2)))
            .unwrap()
            .to_string(),
        "150%"
    );
    assert_eq!(
        kpi::close_rate(&deals, &tally(arrived(0))),
        Err(Undefined::NoLeads.into())
    );
}

#[test]
fn response_within_five_minutes_to_the_microsecond() {
    let leads = q1(&[
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:05:00Z"),
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:05:00.000001Z"),
        // Half a microsecond is cut when the lead is recorded.
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:05:00.0000005Z"),
    ]);
    assert_eq!(leads.touched_within(minutes(5)), 2);
    let compliance = kpi::response_compliance(&leads, minutes(5)).unwrap();
    assert_eq!(format!("{compliance:.2}"), "66.67%");
}

#[test]
fn five_hundred_leads_are_the_cap_and_one_more_is_too_many() {
    let leads = |count| -> Vec<Lead> {
        let lead = lead("2026-01-07T09:00:00Z").with_owner("ada").unwrap();
        vec![lead; count]
    };
    let roster = Roster::new([Rep::new("ada").unwrap()], []).unwrap();
    let overloaded = |leads: LeadDetail| {
        let team = TeamTally::new(leads.scope().with_roster(&roster).unwrap());
        kpi::overloaded_reps(&leads, &team, 500).unwrap()
    };
    assert_eq!(overloaded(q1(&leads(500))), 0);
    assert_eq!(overloaded(q1(&leads(501))), 1);
}

#[test]
fn sixty_days_are_not_yet_neglect() {
    // January 30 is 60 days before March 31.
    let leads = q1(&[lead("2026-01-30T09:00:00Z"), lead("2026-01-29T23:59:59Z")]);
    assert_eq!(
        kpi::neglected_lead_rate(&leads, 60).unwrap().to_string(),
        "50%"
    );
}

#[test]
fn one_prospect_in_ten_is_the_floor() {
    let totals = arrived(10).contacted(10).contacted_converted(1);
    assert_eq!(
        kpi::prospect_to_opportunity_rate(&tally(totals))
            .unwrap()
            .to_string(),
        "10%"
    );
}

#[test]
fn velocity_of_qualified_leads() {
    let of = |period, qualified| {
        LeadTally::from_totals(scope(period), arrived(500).newly_qualified(qualified)).unwrap()
    };
    let velocity =
        |now, before| kpi::lead_velocity_rate(&of("2026-02", now), &of("2026-01", before));
    assert_eq!(format!("{:+}", velocity(150, 120).unwrap()), "+25%");
    assert_eq!(velocity(0, 120).unwrap().to_string(), "-100%");
    assert_eq!(velocity(150, 0), Err(Undefined::ZeroPreviousLeads.into()));
    let swapped = kpi::lead_velocity_rate(&of("2026-01", 1), &of("2026-02", 1));
    assert!(kind_of(&swapped) == Some(ErrorKind::SeriesOutOfOrder));
    let unlike = kpi::lead_velocity_rate(&of("2026-Q2", 1), &of("2026-01", 1));
    assert!(kind_of(&unlike) == Some(ErrorKind::PeriodsNotAlike));
}

/// Each counts in the month in which it met the criteria, so that the months add up to their quarter.
#[test]
fn leads_are_qualified_in_the_month_of_that() {
    let leads = [
        ("2026-01-30", "2026-02-02"),
        ("2026-02-27", "2026-03-03"),
        ("2026-03-31", "2026-04-01"),
    ];
    let leads = leads.map(|(arrived, qualified)| {
        let lead = lead(&format!("{arrived}T09:00:00Z"));
        lead.with_qualified(day(qualified)).unwrap()
    });
    let months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-Q1"];
    let qualified = months.map(|within| {
        let tally = LeadTally::of(&leads, scope(within)).unwrap();
        kpi::qualified_leads(&tally).unwrap()
    });
    assert_eq!(qualified, [0, 1, 1, 1, 2]);
}

/// Mean attempts of the first week, over leads that have had one.
#[test]
fn persistence_of_the_first_week() {
    let tried = |arrived: &str, attempts: &[&str]| {
        let lead = lead(arrived);
        attempts.iter().fold(lead, |lead, attempt| {
            lead.with_attempt(at(attempt)).unwrap()
        })
    };
    let leads = q1(&[
        tried(
            "2026-01-07T09:00:00Z",
            &[
                "2026-01-07T08:59:59Z",
                "2026-01-07T09:00:00Z",
                "2026-01-14T08:59:59.999999Z",
                "2026-01-14T09:00:00Z",
            ],
        ),
        tried("2026-03-25T00:00:00Z", &["2026-03-31T23:59:59Z"]),
        tried(
            "2026-03-25T00:00:00.000001Z",
            &["2026-03-25T09:00:00Z", "2026-03-25T09:00:00Z"],
        ),
    ]);
    assert_eq!(
        kpi::contact_persistence(&leads, 7).unwrap().to_string(),
        "1.5"
    );
    assert_eq!(
        kpi::contact_persistence(&leads, 0).unwrap().to_string(),
        "0"
    );
    assert_eq!(
        kpi::contact_persistence(&leads, 90),
        Err(Undefined::NoLeadsThatOld)
    );
}

#[test]
fn means_and_percentiles_round_half_away_from_zero_to_the_microsecond() {
    let leads = q1(&[
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:00:00.000001Z"),
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:00:00.000002Z"),
    ]);
    let two = Length::micros(2);
    assert_eq!(kpi::average_response_time(&leads), Ok(two));
    assert_eq!(kpi::median_response_time(&leads), Ok(two));
    let quarter = kpi::response_time_percentile(&leads, "49%".parse().unwrap());
    assert_eq!(quarter, Ok(Length::micros(1)));
}

// Named mistakes.

#[test]
fn a_lead_that_arrives_on_friday_evening_is_not_late_on_monday_morning() {
    let monday = touched("2026-03-06T18:30:00+01:00", "2026-03-09T09:05:00+01:00");
    let by_the_clock = q1(std::slice::from_ref(&monday));
    assert_eq!(
        kpi::response_compliance(&by_the_clock, minutes(5))
            .unwrap()
            .to_string(),
        "0%"
    );
    let leads = in_office_hours(&[monday]);
    assert_eq!(
        kpi::response_compliance(&leads, minutes(5))
            .unwrap()
            .to_string(),
        "100%"
    );
    assert_eq!(kpi::average_response_time(&leads), Ok(minutes(5)));
    // On Sunday evening its clock has not begun to run: it is pending, not overdue.
    let sunday = scope("2026-Q1").as_of(day("2026-03-08")).unwrap();
    let waiting = [lead("2026-03-06T18:30:00+01:00")];
    let leads = LeadDetail::of(&waiting, sunday.in_working_time(&office_hours())).unwrap();
    let moment = Length::micros(1);
    assert_eq!((leads.pending(moment), leads.overdue(moment)), (1, 0));
    assert_eq!(
        kpi::response_compliance(&leads, minutes(5)),
        Err(Undefined::NoDueLeads)
    );
    let leads = LeadDetail::of(&waiting, sunday).unwrap();
    assert_eq!(
        (leads.pending(minutes(5)), leads.overdue(minutes(5))),
        (0, 1)
    );
}

#[test]
fn a_touch_out_of_hours_is_no_wait() {
    let saturday = touched("2026-03-06T18:30:00+01:00", "2026-03-07T10:00:00+01:00");
    assert_eq!(
        kpi::average_response_time(&in_office_hours(&[saturday])),
        Ok(minutes(0))
    );
}

#[test]
fn a_lead_never_touched_is_not_answered_at_once() {
    let leads = q1(&[
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:10:00Z"),
        lead("2026-01-07T09:00:00Z"),
    ]);
    assert_eq!(kpi::average_response_time(&leads), Ok(minutes(10)));
    assert_eq!(
        kpi::response_compliance(&leads, minutes(10))
            .unwrap()
            .to_string(),
        "50%"
    );
}

#[test]
fn a_lead_whose_clock_runs_has_not_failed() {
    let leads = q1(&[
        touched("2026-03-31T09:00:00Z", "2026-03-31T09:01:00Z"),
        lead("2026-03-31T23:55:00.000001Z"),
        lead("2026-03-31T23:55:00Z"),
    ]);
    assert_eq!(leads.pending(minutes(5)), 1);
    assert_eq!(
        kpi::response_compliance(&leads, minutes(5))
            .unwrap()
            .to_string(),
        "50%"
    );
}

#[test]
fn a_touch_after_the_as_of_day_is_none_yet() {
    let late = touched("2026-03-31T23:00:00Z", "2026-04-01T00:00:00Z");
    let leads = q1(std::slice::from_ref(&late));
    assert_eq!(leads.tally().totals().untouched(), Ok(1));
    assert_eq!(
        kpi::response_compliance(&leads, minutes(30))
            .unwrap()
            .to_string(),
        "0%"
    );
    let later = scope("2026-Q1").as_of(day("2026-04-01")).unwrap();
    let leads = LeadDetail::of([late], later).unwrap();
    assert_eq!(kpi::average_response_time(&leads), Ok(minutes(60)));
}

#[test]
fn a_touch_before_the_arrival_does_not_shorten_the_mean() {
    let leads = q1(&[
        touched("2026-01-07T09:00:00Z", "2026-01-07T09:10:00Z"),
        touched("2026-01-07T09:00:00Z", "2026-01-07T08:00:00Z"),
    ]);
    assert_eq!(kpi::average_response_time(&leads), Ok(minutes(10)));
    assert_eq!(leads.touched_before_arrival(), 1);
    assert_eq!(leads.tally().totals().touched().unwrap(), 2);
    assert_eq!(
        kpi::response_compliance(&leads, minutes(10))
            .unwrap()
            .to_string(),
        "100%"
    );
}

#[test]
fn an_unknown_origin_is_not_sales() {
    let mut leads = vec![lead("2026-01-07T09:00:00Z"); 2];
    leads.push(lead("2026-01-07T09:00:00Z").with_origin(Origin::Marketing));
    let leads = q1(&leads);
    assert_eq!(
        kpi::marketing_sourced_rate(leads.tally())
            .unwrap()
            .to_string(),
        "100%"
    );
    assert_eq!(
        kpi::sales_sourced_rate(leads.tally()).unwrap().to_string(),
        "0%"
    );
    assert_eq!(leads.tally().totals().unknown_origin(), Ok(2));
}

/// A mean over a lead or two proves little, however many arrived since.
#[test]
fn persistence_rests_on_the_leads_whose_days_are_over() {
    let leads = [
        lead("2026-01-07T09:00:00Z"),
        lead("2026-03-24T23:59:59Z"),
        lead("2026-03-25T00:00:01Z"),
        lead("2026-03-30T09:00:00Z"),
    ];
    let detail = q1(&leads);
    assert_eq!([7, 1, 200].map(|days| detail.as_old_as(days)), [2, 4, 0]);
    let now = BookTally::new(scope("2026-Q1"))
        .with_lead_detail(detail)
        .unwrap();
    let parameters = Parameters::new().with_attempt_days(7);
    let inputs = Inputs::new(&now).with_parameters(&parameters);
    let persistence = report::find("contact_persistence").unwrap();
    assert_eq!(persistence.sample(&inputs), Some(2));
}

#[test]
fn a_lead_won_late_is_no_customer_yet() {
    let won = Outcome::Won {
        on: day("2026-04-01"),
    };
    let deal = Deal::new("D-1", day("2026-03-31"), won, Currency::USD).unwrap();
    let leads = q1(&[lead("2026-03-30T09:00:00Z").with_outcome_of(&deal).unwrap()]);
    assert_eq!(
        kpi::lead_conversion_rate(leads.tally())
            .unwrap()
            .to_string(),
        "100%"
    );
    assert_eq!(
        kpi::lead_to_customer_rate(leads.tally())
            .unwrap()
            .to_string(),
        "0%"
    );
}

// On which clock, and seen when.

/// The case of the catalogue: at noon, a lead of two minutes before has three more; one of five minutes before has had its five.
#[test]
fn a_lead_of_two_minutes_ago_is_pending_at_noon() {
    let noon = || {
        let scope = LeadScope::from(scope("2026-Q1"));
        scope
            .as_of_instant(at("2026-03-09T12:00:00+01:00"))
            .unwrap()
    };
    let five = minutes(5);
    let fresh = LeadDetail::of([lead("2026-03-09T11:58:00+01:00")], noon()).unwrap();
    assert_eq!((fresh.pending(five), fresh.overdue(five)), (1, 0));
    assert_eq!(
        kpi::response_compliance(&fresh, five),
        Err(Undefined::NoDueLeads)
    );
    assert_eq!(fresh.scope().as_of_day(), day("2026-03-09"));
    // Touched or not: whoever is quick has not met it yet.
    let quick = touched("2026-03-09T11:58:00+01:00", "2026-03-09T11:59:00+01:00");
    let quick = LeadDetail::of([quick], noon()).unwrap();
    assert_eq!((quick.pending(five), quick.touched_within(five)), (1, 0));
    assert_eq!(kpi::average_response_time(&quick), Ok(minutes(1)));
    let met = touched("2026-03-09T11:55:00+01:00", "2026-03-09T12:00:00+01:00");
    let met = LeadDetail::of([met], noon()).unwrap();
    assert_eq!(
        kpi::response_compliance(&met, five).unwrap().to_string(),
        "100%"
    );
    // Of the same day, and not there yet.
    let later = [
        lead("2026-03-09T12:00:00.000001+01:00"),
        touched(
            "2026-03-09T11:55:00+01:00",
            "2026-03-09T12:00:00.000001+01:00",
        ),
    ];
    let later = LeadDetail::of(later, noon()).unwrap();
    assert_eq!(later.totals().arrived(), Ok(1));
    assert_eq!((later.totals().touched(), later.overdue(five)), (Ok(0), 1));
    // The evening sees them all.
    let evening = scope("2026-Q1").as_of(day("2026-03-09")).unwrap();
    let evening = LeadDetail::of([lead("2026-03-09T11:58:00+01:00")], evening).unwrap();
    assert_eq!((evening.pending(five), evening.overdue(five)), (0, 1));
}

/// Nobody owes an answer to a lead that was given up while its time ran.
#[test]
fn a_lead_given_up_in_time_is_left_out_and_counted() {
    let given_up = |on: &str| {
        lead("2026-03-06T18:00:00+01:00")
            .with_disqualified(day(on))
            .unwrap()
    };
    let hours = Length::hours;
    let late = q1(&[given_up("2026-03-09")]);
    // Its clock stops with the day.
    assert_eq!(late.given_up_before(hours(78)), 0);
    assert_eq!(late.overdue(hours(78)), 1);
    assert_eq!(late.given_up_before(hours(79)), 1);
    assert_eq!((late.overdue(hours(79)), late.pending(hours(79))), (0, 0));
    assert_eq!(
        kpi::response_compliance(&late, hours(79)),
        Err(Undefined::NoDueLeads)
    );
    // Over the weekend there is no work, and so no time has passed.
    let in_hours = in_office_hours(&[given_up("2026-03-08")]);
    assert_eq!(in_hours.given_up_before(minutes(1)), 1);
    // One that was touched has had its chance.
    let touched = given_up("2026-03-09")
        .with_first_touch(at("2026-03-07T18:00:00+01:00"))
        .unwrap();
    let touched = q1(&[touched]);
    assert_eq!(
        (touched.given_up_before(hours(79)), touched.due(hours(79))),
        (0, 1)
    );
}

/// What one lists is what was counted.
#[test]
fn a_lead_stands_as_it_is_seen_at_noon() {
    let noon = LeadScope::from(scope("2026-Q1")).as_of_instant(at("2026-03-09T12:00:00+01:00"));
    let noon = noon.unwrap();
    let here = touched("2026-03-09T11:55:00+01:00", "2026-03-09T12:01:00+01:00");
    assert!(noon.standing(&here).is_arrived() && !noon.standing(&here).is_touched());
    assert!(here.standing(noon.scope()).is_touched());
    let later = lead("2026-03-09T12:01:00+01:00");
    assert!(!noon.standing(&later).is_arrived() && !noon.standing(&later).is_open());
}

/// At four on Monday, an hour before the end of work; nothing of Tuesday is over on Monday evening.
#[test]
fn the_work_of_the_as_of_day_is_over_and_no_more() {
    let monday = scope("2026-Q1").as_of(day("2026-03-09")).unwrap();
    let view = monday.in_working_time(&office_hours());
    let leads = LeadDetail::of([lead("2026-03-09T16:00:00+01:00")], view).unwrap();
    assert_eq!(
        (leads.overdue(minutes(60)), leads.pending(minutes(61))),
        (1, 1)
    );
}

/// Whose day of being given up is not over has waited up to when one looks.
#[test]
fn a_lead_given_up_today_has_not_waited_until_tonight() {
    let given_up = lead("2026-03-09T11:00:00+01:00")
        .with_disqualified(day("2026-03-09"))
        .unwrap();
    let noon = LeadScope::from(scope("2026-Q1")).as_of_instant(at("2026-03-09T12:00:00+01:00"));
    let leads = LeadDetail::of([given_up], noon.unwrap()).unwrap();
    let within = |hours| {
        let hours = Length::hours(hours);
        (leads.overdue(hours), leads.given_up_before(hours))
    };
    assert_eq!([1, 2].map(within), [(1, 0), (0, 1)]);
}

/// A later day says what became of the leads, and not who was open on the evening of the quarter.
#[test]
fn a_later_day_opens_and_closes_no_lead() {
    let lead = lead("2026-03-09T11:00:00+01:00")
        .with_first_touch(at("2026-04-02T11:00:00+02:00"))
        .and_then(|lead| lead.with_conversion("D-1", day("2026-04-09")))
        .unwrap();
    let q1 = scope("2026-Q1");
    for as_of in ["2026-03-31", "2026-04-30"] {
        let leads = LeadTally::of([&lead], q1.as_of(day(as_of)).unwrap()).unwrap();
        let totals = leads.totals();
        assert_eq!((totals.open(), totals.open_untouched()), (Ok(1), Ok(1)));
        let became = u64::from(as_of > "2026-04-09");
        assert_eq!(
            (totals.touched(), totals.converted()),
            (Ok(became), Ok(became))
        );
    }
}

/// Ten in London and half past twelve in Berlin are an hour and a half apart, and so is the work between them.
#[test]
fn two_clocks_add_no_work() {
    let leads = in_office_hours(&[touched(
        "2026-03-06T10:00:00+00:00",
        "2026-03-06T12:30:00+01:00",
    )]);
    assert_eq!(kpi::median_response_time(&leads), Ok(minutes(90)));
}

/// The cases of the audit: exports in UTC, of a business in New York.
#[test]
fn three_hours_in_new_york_are_no_zero_minutes() {
    let leads = [touched("2026-03-04T18:00:00Z", "2026-03-04T21:00:00Z")];
    let book = |leads: &[Lead]| {
        let book = Book::new(Currency::USD).with_leads(leads.to_vec()).unwrap();
        book.with_calendar(office_hours())
    };
    let detail = |book: &Book| {
        let tally = BookTally::of(book, scope("2026-Q1")).unwrap();
        tally.lead_detail().unwrap().clone()
    };
    let in_utc = detail(&book(&leads));
    assert_eq!(kpi::average_response_time(&in_utc), Ok(minutes(0)));
    let there = book(&leads).with_place("-05:00".parse().unwrap()).unwrap();
    let there = detail(&there);
    assert_eq!(kpi::average_response_time(&there), Ok(minutes(180)));
    assert_eq!(
        kpi::response_compliance(&there, minutes(5))
            .unwrap()
            .to_string(),
        "0%"
    );
    let as_written = [touched(
        "2026-03-04T13:00:00-05:00",
        "2026-03-04T16:00:00-05:00",
    )];
    assert_eq!(detail(&book(&as_written)), there);
    // A lead of five, called at five past nine.
    let evening = [touched("2026-01-14T22:00:00Z", "2026-01-15T14:05:00Z")];
    let evening = book(&evening)
        .with_place("-05:00".parse().unwrap())
        .unwrap();
    assert_eq!(kpi::median_response_time(&detail(&evening)), Ok(minutes(5)));
    // New Year's Eve there is in the old year, and the last of March in the first quarter.
    let edges = [lead("2026-01-01T03:00:00Z"), lead("2026-04-01T01:00:00Z")];
    let arrived = |book: &Book| detail(book).totals().arrived().unwrap();
    assert_eq!(arrived(&book(&edges)), 1);
    let edges = book(&edges).with_place("-05:00".parse().unwrap()).unwrap();
    assert_eq!(arrived(&edges), 1);
    assert_eq!(edges.leads()[1].arrived().date(), day("2026-03-31"));
}

#[test]
fn a_change_of_the_clocks_costs_nobody_an_hour() {
    for (arrived, touch) in [
        ("2026-03-27T16:00:00+01:00", "2026-03-30T09:30:00+02:00"),
        ("2026-10-23T16:00:00+02:00", "2026-10-26T09:30:00+01:00"),
        // Written in UTC, and brought to Berlin.
        ("2026-03-27T15:00:00Z", "2026-03-30T07:30:00Z"),
        ("2026-10-23T14:00:00Z", "2026-10-26T08:30:00Z"),
    ] {
        let book = Book::new(Currency::USD)
            .with_leads([touched(arrived, touch)])
            .and_then(|book| book.with_place(berlin().place()))
            .unwrap()
            .with_calendar(office_hours());
        let year = BookTally::of(&book, scope("2026")).unwrap();
        let time = kpi::median_response_time(year.lead_detail().unwrap());
        assert_eq!(time, Ok(minutes(90)), "{arrived}");
    }
}

/// The day at its own place decides, not the one in UTC.
#[test]
fn new_years_eve_in_new_york_is_last_year() {
    let leads = q1(&[
        lead("2025-12-31T23:30:00-05:00"),
        lead("2026-01-01T00:30:00+09:00"),
    ]);
    assert_eq!(leads.tally().totals().arrived().unwrap(), 1);
}

//! A report says of which figures working hours alone are counted.

use proptest::prelude::*;
use sales_metrics::report::{self, Caveat, Inputs, Needs, Records, Report, ReportPlan};
use sales_metrics::{Book, BookTally, Currency, Dimension, Lead, LeadDetail, instant};

use crate::business::businesses;
use crate::lead::calendar;
use crate::support::{config, scope};

/// What is counted by the calendar where there is one, and by the clock where there is none.
const BY_CALENDAR: [&str; 4] = [
    "average_response_time",
    "median_response_time",
    "response_compliance",
    "response_time_percentile",
];

/// A lead of a Friday evening, answered on Monday.
fn book() -> Book {
    let lead = Lead::new("L-1", instant("2026-02-06T22:30:00Z").unwrap()).unwrap();
    let lead = lead.with_first_touch(instant("2026-02-09T09:10:00Z").unwrap());
    let lead = lead.and_then(|lead| lead.with_owner("ada")).unwrap();
    Book::new(Currency::USD).with_leads([lead]).unwrap()
}

fn lines(report: &Report) -> Vec<String> {
    let text = report.to_string();
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[test]
fn a_report_says_that_response_times_are_in_working_hours() {
    let chosen =
        ["average_response_time", "neglected_lead_rate"].map(|name| report::find(name).unwrap());
    let plan = ReportPlan::new(scope("2026-Q1")).with_kpis(chosen);
    let with = Report::of(&book().with_calendar(calendar()), &plan).unwrap();
    let note = "counted in working hours, by the calendar";
    let said = lines(&with);
    assert!(said.iter().any(|line| line.contains(note)), "{said:#?}");
    let line = |report: &Report, name: &str| {
        report.sections()[0]
            .line(name)
            .unwrap()
            .now()
            .caveats
            .clone()
    };
    assert_eq!(line(&with, "average_response_time"), [Caveat::WorkingHours]);
    assert_eq!(line(&with, "neglected_lead_rate"), []);
    let json = serde_json::to_string(&Caveat::WorkingHours).unwrap();
    assert_eq!(json, "\"working_hours\"");
    // By the clock there is nothing to say.
    let without = Report::of(&book(), &plan).unwrap();
    assert_eq!(line(&without, "average_response_time"), []);
    assert!(
        !lines(&without)
            .iter()
            .any(|line| line.contains("working hours"))
    );
    // And by group as for the whole.
    let board = Report::of(
        &book().with_calendar(calendar()),
        &plan.with_dimension(Dimension::Rep),
    );
    let board = board
        .unwrap()
        .leaderboard("average_response_time")
        .unwrap()
        .to_string();
    assert!(board.contains(note), "{board}");
}

/// A book's calendar is one thing, and by which the leads were tallied another.
#[test]
fn it_is_the_calendar_of_the_leads_that_counts() {
    let leads = LeadDetail::of(book().leads(), scope("2026-Q1")).unwrap();
    let tally = BookTally::from(leads).with_calendar(calendar());
    let inputs = Inputs::new(&tally);
    let table = report::Table::new([report::find("average_response_time").unwrap()]);
    let table = table.with_column("2026-Q1", inputs).to_string();
    assert!(!table.contains("working hours"), "{table}");
}

proptest! {
    #![proptest_config(config(48))]

    /// The second way: what says something else with a calendar than without one is marked.
    #[test]
    fn whatever_a_calendar_changes_says_so(business in businesses()) {
        let plan = ReportPlan::new(business.scope()).with_kpis(report::catalog());
        let with = Report::of(&business.book(), &plan).unwrap();
        let without = Report::of(&business.book_without_calendar(), &plan).unwrap();
        for (with, without) in with.sections()[0].lines().iter().zip(without.sections()[0].lines()) {
            let name = with.kpi().name();
            let marked = with.now().caveats.contains(&Caveat::WorkingHours);
            prop_assert_eq!(marked, BY_CALENDAR.contains(&name) && with.now().value.is_ok(), "{}", name);
            prop_assert!(!without.now().caveats.contains(&Caveat::WorkingHours), "{}", name);
            // What has no value at all without one says by its formula what it is of.
            let needs_one = with.kpi().needs().contains(&Needs::Records(Records::Calendar));
            if with.now().value != without.now().value && !needs_one {
                prop_assert!(BY_CALENDAR.contains(&name), "{}", name);
            }
        }
    }
}

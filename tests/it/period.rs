//! Periods, fiscal years and scopes, held against the calendar.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use proptest::prelude::*;
use sales_metrics::{
    Currency, ErrorKind, FiscalCalendar, FiscalYearEnd, FiscalYearLabel, Period, QuarterWeeks,
    Scope, date,
};

use crate::support::{config, dates, day, kind_of, period, periods, scope, scopes};

fn between(start: NaiveDate, end: NaiveDate) -> Period {
    Period::between(start, end).unwrap()
}

/// From one day up to another; any of the supported years.
fn any_period() -> impl Strategy<Value = Period> {
    let first = date(1900, 1, 1).unwrap();
    let days = (0_u64..401_767, prop_oneof![1_u64..400, 1_u64..401_768]);
    let anywhere = days.prop_filter_map("beyond 2999", move |(start, length)| {
        Period::between(first + Days::new(start), first + Days::new(start + length)).ok()
    });
    let whole_months = (1900_i32..2990, 1_u32..=12, 1_u32..=31, 1_u32..40).prop_filter_map(
        "no such day",
        |(year, month, day, months)| {
            let start = NaiveDate::from_ymd_opt(year, month, day)?;
            Period::between(start, start + Months::new(months)).ok()
        },
    );
    prop_oneof![3 => periods(), 2 => anywhere, 3 => whole_months]
}

/// Months between two days of the month that are the same, and that every month has.
fn whole_months(period: Period) -> Option<u32> {
    let months = |day: NaiveDate| day.year() * 12 + day.month() as i32;
    let (first, last) = (period.start().day(), period.end().day());
    (first == last && first <= 28).then(|| (months(period.end()) - months(period.start())) as u32)
}

/// The day a year before which a period begins: of months by months, of weeks by weeks, else on that date.
fn start_a_year_before(period: Period) -> NaiveDate {
    let start = period.start();
    let is_of_weeks = period.days() % 7 == 0 && whole_months(period).is_none();
    if !is_of_weeks {
        return start.checked_sub_months(Months::new(12)).unwrap();
    }
    let week = start.iso_week();
    NaiveDate::from_isoywd_opt(week.year() - 1, week.week(), Weekday::Mon)
        .filter(|_| start.weekday() == Weekday::Mon)
        .unwrap_or(start - Days::new(52 * 7))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn a_period_holds_its_days_and_no_other(period in any_period(), day in dates()) {
        let (start, end) = (period.start(), period.end());
        prop_assert!(start < end);
        prop_assert_eq!(i64::from(period.days()), (end - start).num_days());
        prop_assert_eq!(period.last_day() + Days::new(1), end);
        prop_assert_eq!(period.contains(day), start <= day && day < end);
        prop_assert!(period.contains(start) && period.contains(period.last_day()));
        prop_assert!(!period.contains(end) && !period.contains(start - Days::new(1)));
    }

    #[test]
    fn neighbours_meet_and_are_as_long(period in any_period()) {
        let months = whole_months(period);
        match period.previous() {
            Ok(before) => {
                prop_assert_eq!(before.end(), period.start());
                let start = match months {
                    Some(months) => period.start() - Months::new(months),
                    None => period.start() - Days::new(u64::from(period.days())),
                };
                prop_assert_eq!(before.start(), start);
            }
            Err(error) => {
                let out = format!("the period before {period} is outside of the supported years 1900 to 2999");
                prop_assert_eq!((error.kind(), error.to_string()), (ErrorKind::PeriodOutOfRange, out));
                prop_assert!(period.start() - Days::new(u64::from(period.days())) < date(1900, 1, 3).unwrap());
            }
        }
        match period.next() {
            Ok(after) => {
                prop_assert_eq!(after.start(), period.end());
                let end = match months {
                    Some(months) => period.end() + Months::new(months),
                    None => period.end() + Days::new(u64::from(period.days())),
                };
                prop_assert_eq!(after.end(), end);
            }
            Err(error) => {
                let out = format!("the period after {period} is outside of the supported years 1900 to 2999");
                prop_assert_eq!((error.kind(), error.to_string()), (ErrorKind::PeriodOutOfRange, out));
                prop_assert!(period.end() + Days::new(u64::from(period.days()) + 3) > date(2999, 12, 31).unwrap());
            }
        }
    }

    #[test]
    fn pieces_cover_a_period_exactly(period in any_period()) {
        prop_assume!(period.days() < 40_000);
        for (pieces, is_month) in [(period.months().collect::<Vec<_>>(), true), (period.weeks().collect(), false)] {
            prop_assert_eq!(pieces[0].start(), period.start());
            prop_assert_eq!(pieces.last().unwrap().end(), period.end());
            for (n, pair) in pieces.windows(2).enumerate() {
                prop_assert_eq!(pair[0].end(), pair[1].start());
                // Reckoned from the first day, so that January 31 does not become the 28th for good.
                let n = n as u32 + 1;
                let cut = if is_month {
                    period.start() + Months::new(n)
                } else {
                    period.start() + Days::new(7 * u64::from(n))
                };
                prop_assert_eq!(pair[1].start(), cut);
            }
            let longest = if is_month { 31 } else { 7 };
            prop_assert!(pieces.iter().all(|piece| piece.days() <= longest));
        }
    }

    #[test]
    fn a_year_before_is_as_long_and_of_its_kind(period in any_period()) {
        let start = start_a_year_before(period);
        match period.year_before() {
            Ok(before) => {
                prop_assert_eq!(before.start(), start);
                let days = start + Days::new(period.days().into());
                let end = whole_months(period).map_or(days, |months| start + Months::new(months));
                prop_assert_eq!(before.end(), end);
            }
            Err(error) => {
                prop_assert!(start < date(1900, 1, 1).unwrap(), "{}", error);
                let out = format!("the period a year before {period} is outside of the supported years 1900 to 2999");
                prop_assert_eq!((error.kind(), error.to_string()), (ErrorKind::PeriodOutOfRange, out));
            }
        }
    }

    #[test]
    fn text_and_label_name_the_period(period in any_period()) {
        prop_assert_eq!(period.to_string(), format!("{}/{}", period.start(), period.end()));
        prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
        prop_assert_eq!(period.label().parse::<Period>().unwrap(), period);
        prop_assert!(period.label().len() <= period.to_string().len());
    }

    #[test]
    fn a_scope_elapses_day_by_day(scope in scopes()) {
        let period = scope.period();
        let (start, as_of) = (period.start(), scope.as_of_day());
        let elapsed = ((as_of - start).num_days() + 1).clamp(0, i64::from(period.days()));
        prop_assert_eq!(i64::from(scope.elapsed_days()), elapsed);
        prop_assert_eq!(scope.is_complete(), as_of >= period.last_day());
    }

    /// Whole beside whole; else the same number of days, or the whole of a shorter one.
    #[test]
    fn earlier_scopes_are_seen_alike(scope in scopes()) {
        let earlier = [
            (scope.previous(), scope.period().previous()),
            (scope.year_before(), scope.period().year_before()),
        ];
        for (found, period) in earlier {
            let (Ok(found), Ok(period)) = (found, period) else { continue };
            prop_assert_eq!((found.period(), found.currency()), (period, scope.currency()));
            if scope.is_complete() {
                let since = scope.as_of_day() - scope.period().last_day();
                prop_assert_eq!(found.as_of_day() - period.last_day(), since);
            } else {
                prop_assert_eq!(found.elapsed_days(), scope.elapsed_days().min(period.days()));
            }
        }
    }
}

#[test]
fn quarters_and_their_neighbours() {
    assert_eq!(period("2026-Q1").previous(), Ok(period("2025-Q4")));
    assert_eq!(period("2025-Q4").next(), Ok(period("2026-Q1")));
    assert_eq!(period("2024-03").previous(), Ok(period("2024-02")));
    assert_eq!(period("2024").next(), Ok(period("2025")));
    assert_eq!(period("2026-W01").previous(), Ok(period("2025-W52")));
    assert_eq!(period("2026-W53").next(), Ok(period("2027-W01")));
    let odd = period("2026-01-10/2026-01-20");
    assert_eq!(odd.previous(), Ok(period("2025-12-31/2026-01-10")));
    assert_eq!(odd.next(), Ok(period("2026-01-20/2026-01-30")));
}

#[test]
fn months_from_the_31st_on() {
    let cuts: Vec<_> = period("2024-01-31/2024-05-31")
        .months()
        .map(|month| month.to_string())
        .collect();
    let expected = [
        "2024-01-31/2024-02-29",
        "2024-02-29/2024-03-31",
        "2024-03-31/2024-04-30",
        "2024-04-30/2024-05-31",
    ];
    assert_eq!(cuts, expected);
    let rest: Vec<_> = period("2024-01-01/2024-01-16")
        .weeks()
        .map(Period::days)
        .collect();
    assert_eq!(rest, [7, 7, 1]);
    assert_eq!(period("2026").months().count(), 12);
    assert_eq!(period("2026").weeks().count(), 53);
}

#[test]
fn years_before_at_leap_days() {
    let before = |text: &str| period(text).year_before().unwrap();
    assert_eq!(
        before("2024-02-28/2024-02-29"),
        period("2023-02-28/2023-03-01")
    );
    assert_eq!(
        before("2024-02-29/2024-03-01"),
        period("2023-02-28/2023-03-01")
    );
    assert_eq!(before("2024-02"), period("2023-02"));
    assert_eq!(before("2025-02"), period("2024-02"));
    assert_eq!(before("2024-Q1"), period("2023-Q1"));
    // As many days, and not to the end of a month that is a day shorter.
    assert_eq!(
        before("2024-01-01/2024-02-29"),
        period("2023-01-01/2023-03-01")
    );
    assert_eq!(
        before("2024-01-01/2024-03-02"),
        period("2023-01-01/2023-03-03")
    );
    assert_eq!(
        before("2025-02-28/2025-03-01"),
        period("2024-02-28/2024-02-29")
    );
    assert_eq!(before("2025"), period("2024"));
}

#[test]
fn a_year_before_weeks_are_weeks() {
    let before = |text: &str| period(text).year_before().unwrap();
    assert_eq!(before("2026-W07"), period("2025-W07"));
    assert_eq!(before("2025-W09"), period("2024-W09"), "across a leap day");
    // There is no week 53 of 2025, and 52 weeks before is the first of 2026.
    assert_eq!(before("2026-W53"), period("2026-W01"));
    assert_eq!(before("2021-W01"), period("2020-W01"), "53 weeks back");
    // A quarter of thirteen weeks; weeks that begin on a Sunday; and months that happen to be weeks.
    assert_eq!(
        before("2026-01-05/2026-04-06"),
        period("2025-01-06/2025-04-07")
    );
    assert_eq!(
        before("2026-01-04/2026-01-11"),
        period("2025-01-05/2025-01-12")
    );
    assert_eq!(before("2021-02"), period("2020-02"));
    assert_eq!(period("2021-02").previous(), Ok(period("2021-01")));
}

#[test]
fn weeks_are_those_of_iso_8601() {
    for year in
        (1900..=2999).filter(|year| *year < 1910 || *year > 2990 || (1995..2035).contains(year))
    {
        for week in 0..=54 {
            let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon);
            let found = Period::week(year, week);
            match monday.filter(|monday| *monday + Days::new(7) <= day("3000-01-01")) {
                Some(monday) if monday >= day("1900-01-01") => {
                    assert_eq!(
                        found,
                        Ok(between(monday, monday + Days::new(7))),
                        "{year}-W{week}"
                    );
                    assert_eq!(found.unwrap().label(), format!("{year}-W{week:02}"));
                }
                _ => assert!(found.is_err(), "{year}-W{week}"),
            }
        }
    }
    assert_eq!(Period::week(2026, 53), Ok(period("2026-12-28/2027-01-04")));
    assert!(Period::week(2027, 53).is_err());
    assert_eq!(Period::week(2025, 1), Ok(period("2024-12-30/2025-01-06")));
    assert!(Period::week(2026, u32::MAX).is_err() && Period::week(i32::MAX, 1).is_err());
}

/// One name each way of writing it, and one way of printing it.
#[test]
fn quarters_halves_and_months_are_read_as_the_field_writes_them() {
    let names = [
        ("2016-Q1", "2016Q1,2016 Q1,Q1 2016,Q1-2016"),
        ("2016-H2", "2016H2,2016 H2,H2 2016,H2-2016"),
        (
            "2016-01",
            "Jan 2016,January 2016,Jan-2016,JAN 2016,jan 2016,2016 Jan,2016-January",
        ),
        ("2016-05", "May 2016,may-2016"),
        ("2016-09", "Sep 2016,SEPTEMBER 2016"),
        ("2016-W07", "W07 2016,2016 W07"),
    ];
    for (label, others) in names {
        for other in others.split(',') {
            let read = other.parse::<Period>();
            assert_eq!(read.map(Period::label).as_deref(), Ok(label), "{other}");
        }
    }
    let no_periods = "Q12016,2016Jan,201601,01 2016,01-2016,2016 01,1Q 2016,Q1 16,Q01 2016,Janu 2016,Sept 2016,q1 2016,Q1,Jan,FY2016,\
        FY2016-Q1,2016-P01,2016-,2016 ,-2016, 2016,Q1  2016,Q1 2016 ,Q1_2016,2016-Q,2016--Q1,\u{e4}\u{e4}\u{e4} 2016,201\u{e4}";
    for text in no_periods.split(',') {
        let kind = kind_of(&text.parse::<Period>());
        assert_eq!(kind, Some(ErrorKind::InvalidPeriod), "{text:?}");
    }
    for text in ["Q5 2016", "H3 2016", "W54 2016", "Q1 1899", "Jan 3000"] {
        let kind = kind_of(&text.parse::<Period>());
        assert_eq!(kind, Some(ErrorKind::NoSuchPeriod), "{text:?}");
    }
}

#[test]
fn periods_of_a_fiscal_calendar_are_read_by_their_names() {
    let july = FiscalCalendar::new(7, FiscalYearLabel::EndYear).unwrap();
    let retail = FiscalCalendar::new(2, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Nearest(Weekday::Sat),
            QuarterWeeks::FourFiveFour,
        );
    for fiscal in [july, retail] {
        let year = fiscal.year(2027).unwrap();
        let quarters = (1..=4).map(|quarter| fiscal.quarter(2027, quarter).unwrap());
        let months = (1..=12).map(|month| fiscal.month(2027, month).unwrap());
        for period in [year].into_iter().chain(quarters).chain(months) {
            let name = fiscal.name(period).unwrap();
            assert_eq!(fiscal.named(&name), Ok(period), "{name}");
            if let Some((year, part)) = name.split_once('-') {
                for other in [
                    format!("{part} {year}"),
                    format!("{year} {part}"),
                    name.replace("FY", ""),
                ] {
                    assert_eq!(fiscal.named(&other), Ok(period), "{other}");
                }
            }
        }
    }
    for text in [
        "FY2027-H1",
        "Jan FY2027",
        "2027-03",
        "FY27-Q1",
        "FY2027-W07",
        "FYFY2027",
        "2FY027",
        "2027 FY Q1",
        "",
        "FY",
    ] {
        let kind = kind_of(&july.named(text));
        assert_eq!(kind, Some(ErrorKind::InvalidPeriod), "{text:?}");
    }
    for text in ["FY2027-Q5", "FY2027-P13", "FY1900"] {
        let kind = kind_of(&july.named(text));
        assert_eq!(kind, Some(ErrorKind::NoSuchPeriod), "{text:?}");
    }
}

#[test]
fn labels_are_the_shortest_names() {
    for name in [
        "2026",
        "2026-H1",
        "2026-H2",
        "2026-Q3",
        "2026-03",
        "2026-W07",
        "2026-03-31",
        "1900-H1",
        "2999-12-31",
        "2020-W53",
        "1900",
        "2999-12",
        "2026-01-02/2026-01-09",
    ] {
        assert_eq!(period(name).label(), name);
    }
    assert_eq!(period("2026-01-01/2027-01-01").label(), "2026");
    assert_eq!(period("2026-07-01/2027-01-01").label(), "2026-H2");
    assert_eq!(period("2026-03-31/2026-04-01").label(), "2026-03-31");
    // Six months from another month on are no half of a year.
    assert_eq!(
        period("2026-02-01/2026-08-01").label(),
        "2026-02-01/2026-08-01"
    );
    // February 2027 is four weeks from a Monday on, and a month first of all.
    assert_eq!(period("2027-02-01/2027-03-01").label(), "2027-02");
}

#[test]
fn the_first_and_the_last_supported_day() {
    let all = between(day("1900-01-01"), day("3000-01-01"));
    assert_eq!(all.days(), 401_767);
    assert_eq!(all.last_day(), day("2999-12-31"));
    assert!(!all.contains(day("3000-01-01")) && !all.contains(day("1899-12-31")));
    assert_eq!(all.months().count(), 13_200);
    assert!(all.previous().is_err() && all.next().is_err() && all.year_before().is_err());
    assert_eq!(all.to_string().parse::<Period>(), Ok(all));
    assert!(Period::between(day("1899-12-31"), day("1900-01-02")).is_err());
    assert!(Period::between(day("2999-12-31"), day("3000-01-02")).is_err());
    assert!(Period::between(day("3000-01-01"), day("3000-01-02")).is_err());
    assert!(Period::between(NaiveDate::MIN, NaiveDate::MAX).is_err());
    assert!(Period::between(NaiveDate::MAX, NaiveDate::MIN).is_err());
    assert!(!all.contains(NaiveDate::MIN) && !all.contains(NaiveDate::MAX));
    assert_eq!(Period::year(2999).unwrap().previous(), Period::year(2998));
    assert_eq!(Period::month(2999, 12).unwrap().end(), day("3000-01-01"));
    assert_eq!(Period::year(1900).unwrap().next(), Period::year(1901));
    for year in [i32::MIN, -1, 0, 1899, 3000, i32::MAX] {
        assert!(
            Period::year(year).is_err() && Period::quarter(year, 1).is_err(),
            "{year}"
        );
        assert!(
            Period::month(year, 1).is_err() && Period::week(year, 1).is_err(),
            "{year}"
        );
    }
    assert!(date(1900, 1, 1).is_ok() && date(2999, 12, 31).is_ok());
    assert!(date(1899, 12, 31).is_err() && date(3000, 1, 1).is_err());
}

/// Fiscal years by counting months from January of the year 0.
#[test]
fn fiscal_calendars() {
    for first in 1..=12_u32 {
        for label in [FiscalYearLabel::StartYear, FiscalYearLabel::EndYear] {
            let fiscal = FiscalCalendar::new(first, label).unwrap();
            for year in [1905, 2023, 2024, 2025, 2990] {
                expect_fiscal_year(fiscal, first, label, year);
            }
        }
    }
}

fn expect_fiscal_year(fiscal: FiscalCalendar, first: u32, label: FiscalYearLabel, year: i32) {
    let months = |from: i32, count: i32| {
        let first_of = |n: i32| {
            NaiveDate::from_ymd_opt(n.div_euclid(12), n.rem_euclid(12) as u32 + 1, 1).unwrap()
        };
        between(first_of(from), first_of(from + count))
    };
    let in_end_year = label == FiscalYearLabel::EndYear && first > 1;
    let start = (year - i32::from(in_end_year)) * 12 + first as i32 - 1;
    let whole = months(start, 12);
    assert_eq!(fiscal.year(year), Ok(whole));
    let named = if label == FiscalYearLabel::EndYear {
        whole.last_day()
    } else {
        whole.start()
    };
    assert_eq!(named.year(), year);
    for quarter in 1..=4 {
        assert_eq!(
            fiscal.quarter(year, quarter),
            Ok(months(start + 3 * (quarter as i32 - 1), 3))
        );
    }
    for month in 1..=12 {
        let period = fiscal.month(year, month).unwrap();
        assert_eq!(period, months(start + month as i32 - 1, 1));
        assert_eq!(
            (
                fiscal.year_of(period.start()),
                fiscal.year_of(period.last_day())
            ),
            (year, year)
        );
    }
}

/// The last day of a fiscal year of weeks by looking at each day around the end of the month.
fn week_year_end(end: FiscalYearEnd, month_end: NaiveDate) -> NaiveDate {
    let near = (0..=12).map(|n| month_end - Days::new(6) + Days::new(n));
    match end {
        FiscalYearEnd::Last(weekday) => near
            .filter(|day| day.weekday() == weekday && *day <= month_end)
            .max()
            .unwrap(),
        FiscalYearEnd::Nearest(weekday) => near
            .filter(|day| day.weekday() == weekday)
            .min_by_key(|day| (*day - month_end).num_days().abs())
            .unwrap(),
    }
}

#[test]
fn fiscal_years_of_weeks() {
    use FiscalYearEnd::{Last, Nearest};
    use FiscalYearLabel::{EndYear, StartYear};
    let patterns = [
        (QuarterWeeks::FourFourFive, [4, 4, 5]),
        (QuarterWeeks::FourFiveFour, [4, 5, 4]),
        (QuarterWeeks::FiveFourFour, [5, 4, 4]),
    ];
    for first in [1_u32, 2, 7, 10] {
        for end in [
            Last(Weekday::Sat),
            Nearest(Weekday::Sat),
            Last(Weekday::Sun),
            Nearest(Weekday::Thu),
        ] {
            for (label, (pattern, weeks)) in [
                (StartYear, patterns[0]),
                (EndYear, patterns[1]),
                (EndYear, patterns[2]),
            ] {
                let fiscal = FiscalCalendar::new(first, label)
                    .unwrap()
                    .in_weeks(end, pattern);
                let in_end_year = i32::from(label == EndYear && first > 1);
                for year in 1995..2032 {
                    let begins = |year: i32| {
                        let month = date(year - in_end_year, first, 1).unwrap();
                        week_year_end(end, month - Days::new(1)) + Days::new(1)
                    };
                    let whole = between(begins(year), begins(year + 1));
                    expect_weeks(fiscal, year, whole, weeks);
                }
            }
        }
    }
}

fn expect_weeks(fiscal: FiscalCalendar, year: i32, whole: Period, weeks: [u64; 3]) {
    assert_eq!(fiscal.year(year), Ok(whole));
    assert!([52 * 7, 53 * 7].contains(&whole.days()));
    let mut start = whole.start();
    for month in 1..=12_u32 {
        let last = month == 12;
        let end = start + Days::new(7 * weeks[(month as usize - 1) % 3]);
        let end = if last { whole.end() } else { end };
        let found = fiscal.month(year, month).unwrap();
        assert_eq!(found, between(start, end), "{year} month {month}");
        assert_eq!(fiscal.name(found), Some(format!("FY{year}-P{month:02}")));
        let before = if month == 1 {
            (year - 1, 12)
        } else {
            (year, month - 1)
        };
        assert_eq!(fiscal.previous(found), fiscal.month(before.0, before.1));
        assert_eq!(fiscal.year_before(found), fiscal.month(year - 1, month));
        start = end;
    }
    for quarter in 1..=4_u32 {
        let found = fiscal.quarter(year, quarter).unwrap();
        let [first, last] =
            [3 * quarter - 2, 3 * quarter].map(|month| fiscal.month(year, month).unwrap());
        assert_eq!(found, between(first.start(), last.end()));
        assert_eq!(fiscal.name(found), Some(format!("FY{year}-Q{quarter}")));
        let before = if quarter == 1 {
            (year - 1, 4)
        } else {
            (year, quarter - 1)
        };
        assert_eq!(fiscal.previous(found), fiscal.quarter(before.0, before.1));
        assert_eq!(fiscal.year_before(found), fiscal.quarter(year - 1, quarter));
    }
    assert_eq!(fiscal.name(whole), Some(format!("FY{year}")));
    assert_eq!(fiscal.previous(whole), fiscal.year(year - 1));
    for day in [
        whole.start(),
        whole.start() + Days::new(100),
        whole.last_day(),
    ] {
        assert_eq!(fiscal.year_of(day), year, "{day}");
    }
}

/// Published: the National Retail Federation's 4-5-4 calendar has 53 weeks in 2006, 2012, 2017 and 2023; Apple's fiscal 2023, which
/// ended on the last Saturday of September, had 53.
#[test]
fn fiscal_years_of_weeks_as_published() {
    let retail = FiscalCalendar::new(2, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Nearest(Weekday::Sat),
            QuarterWeeks::FourFiveFour,
        );
    let long: Vec<i32> = (2003..2028)
        .filter(|year| retail.year(*year).unwrap().days() == 53 * 7)
        .collect();
    assert_eq!(long, [2006, 2012, 2017, 2023]);
    let apple = FiscalCalendar::new(10, FiscalYearLabel::EndYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Last(Weekday::Sat),
            QuarterWeeks::FourFourFive,
        );
    assert_eq!(apple.year(2023), Ok(period("2022-09-25/2023-10-01")));
    assert_eq!(apple.year(2024), Ok(period("2023-10-01/2024-09-29")));
}

#[test]
fn fiscal_periods_have_names_and_neighbours() {
    let fiscal = FiscalCalendar::new(2, FiscalYearLabel::EndYear).unwrap();
    let q1 = fiscal.quarter(2027, 1).unwrap();
    assert_eq!(fiscal.name(q1).as_deref(), Some("FY2027-Q1"));
    assert_eq!(fiscal.previous(q1), Ok(q1.previous().unwrap()));
    assert_eq!(fiscal.year_before(q1), Ok(q1.year_before().unwrap()));
    let odd = period("2026-02-02/2026-05-02");
    assert_eq!(fiscal.name(odd), None);
    assert_eq!(
        kind_of(&fiscal.previous(odd)),
        Some(ErrorKind::NoSuchPeriod)
    );
    let scope = Scope::new(q1, Currency::USD)
        .as_of(day("2026-02-10"))
        .unwrap();
    assert_eq!(scope.previous_in(fiscal), scope.previous());
    assert_eq!(scope.year_before_in(fiscal), scope.year_before());
}

/// A scope of a fiscal year of weeks: its quarter of 14 weeks, before it one of 13, seen from as many days.
#[test]
fn scopes_step_by_fiscal_weeks() {
    let retail = FiscalCalendar::new(2, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(
            FiscalYearEnd::Nearest(Weekday::Sat),
            QuarterWeeks::FourFiveFour,
        );
    let seen =
        |period: Period, as_of: &str| Scope::new(period, Currency::USD).as_of(day(as_of)).unwrap();
    // Ten days into the first quarter of 2024: beside the first ten of the 14 weeks before.
    let running = seen(retail.quarter(2024, 1).unwrap(), "2024-02-13");
    let before = seen(retail.quarter(2023, 4).unwrap(), "2023-11-07");
    assert_eq!(running.elapsed_days(), 10);
    assert_eq!(running.previous_in(retail), Ok(before));
    assert_eq!(before.elapsed_days(), 10);
    assert_ne!(running.previous().unwrap().period(), before.period());
    let year_before = seen(retail.quarter(2023, 1).unwrap(), "2023-02-07");
    assert_eq!(running.year_before_in(retail), Ok(year_before));
    // As many days before the end of each, though one has a week more.
    let left = before.with_days_left_of(running).unwrap();
    assert_eq!(left.as_of_day(), day("2023-11-14"));
    // A day after the end of a whole month of five weeks, and of the four before it.
    let whole = seen(retail.month(2024, 2).unwrap(), "2024-04-07");
    let before = seen(retail.month(2024, 1).unwrap(), "2024-03-03");
    assert_eq!(whole.previous_in(retail), Ok(before));
    // What is no period of the calendar has no neighbours in it.
    let odd = scope("2024-01");
    assert_eq!(
        kind_of(&odd.previous_in(retail)),
        Some(ErrorKind::NoSuchPeriod)
    );
    assert_eq!(
        kind_of(&odd.year_before_in(retail)),
        Some(ErrorKind::NoSuchPeriod)
    );
}

#[test]
fn as_many_days_left_need_not_be_in_the_supported_years() {
    let early = scope("1900-01");
    let late = scope("2026-Q1").as_of(day("2026-01-05")).unwrap();
    let error = early.with_days_left_of(late).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DateOutOfRange);
    assert_eq!(
        error.to_string(),
        "as-of day: 1899-11-07 is outside of the supported years 1900 to 2999"
    );
    // As many days after the end, where it is over.
    let over = scope("2026-Q1").as_of(day("2026-04-05")).unwrap();
    let left = scope("2025-Q4").with_days_left_of(over).unwrap();
    assert_eq!(left, over.previous().unwrap());
}

/// The years in which a fiscal year of weeks is cut off by the supported ones: an error, or the year, and never a panic.
#[test]
fn fiscal_years_of_weeks_end_with_the_supported_years() {
    use FiscalYearEnd::{Last, Nearest};
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu]
        .into_iter()
        .chain([Weekday::Fri, Weekday::Sat, Weekday::Sun]);
    for weekday in days {
        for (end, first) in [Last(weekday), Nearest(weekday)]
            .into_iter()
            .flat_map(|end| [(end, 1), (end, 2), (end, 12)])
        {
            for label in [FiscalYearLabel::StartYear, FiscalYearLabel::EndYear] {
                let fiscal = FiscalCalendar::new(first, label).unwrap();
                let fiscal = fiscal.in_weeks(end, QuarterWeeks::FourFourFive);
                for year in [1899, 1900, 1901, 2998, 2999, 3000, 3001] {
                    expect_year_or_error(fiscal, year);
                }
                for edge in ["1900-01-01", "1900-01-31", "2999-12-01", "2999-12-31"] {
                    let period = Period::day(day(edge)).unwrap();
                    assert_eq!(fiscal.name(period), None);
                    let error = fiscal.previous(period);
                    assert_eq!(kind_of(&error), Some(ErrorKind::NoSuchPeriod));
                }
            }
        }
    }
    // 2999 ends on the Saturday nearest to its last day, a Tuesday, and so within the supported years.
    let nearest = FiscalCalendar::new(1, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(Nearest(Weekday::Sat), QuarterWeeks::FourFourFive);
    assert_eq!(nearest.year(2999).unwrap().end(), day("2999-12-29"));
    // To the Thursday nearest, it would end in the year 3000.
    let beyond = FiscalCalendar::new(1, FiscalYearLabel::StartYear)
        .unwrap()
        .in_weeks(Nearest(Weekday::Thu), QuarterWeeks::FourFourFive);
    assert_eq!(kind_of(&beyond.year(2999)), Some(ErrorKind::NoSuchPeriod));
    assert!(beyond.quarter(2999, 3).is_ok());
    // Those of months reach from the first day to the last.
    let months = FiscalCalendar::new(1, FiscalYearLabel::StartYear).unwrap();
    assert_eq!(months.year(1900), Period::year(1900));
    assert_eq!(months.year(2999), Period::year(2999));
}

fn expect_year_or_error(fiscal: FiscalCalendar, year: i32) {
    match fiscal.year(year) {
        Ok(whole) => {
            assert_eq!(fiscal.name(whole), Some(format!("FY{year}")));
            assert!([52 * 7, 53 * 7].contains(&whole.days()));
            assert!(fiscal.month(year, 12).is_ok() && fiscal.quarter(year, 4).is_ok());
        }
        Err(error) => assert_eq!(error.kind(), ErrorKind::NoSuchPeriod),
    }
}

#[test]
fn fiscal_calendars_refuse_what_there_is_not() {
    use FiscalYearLabel::{EndYear, StartYear};
    for month in [0, 13, u32::MAX] {
        assert!(FiscalCalendar::new(month, StartYear).is_err());
    }
    let july = FiscalCalendar::new(7, EndYear).unwrap();
    for number in [0, 5, 13, u32::MAX] {
        assert!(july.quarter(2026, number).is_err(), "{number}");
        assert!(number == 5 || july.month(2026, number).is_err(), "{number}");
    }
    for year in [i32::MIN, 1899, 1900, 3001, i32::MAX] {
        assert!(
            july.year(year).is_err()
                && july.quarter(year, 1).is_err()
                && july.month(year, 1).is_err(),
            "{year}"
        );
    }
    assert!(july.year(1901).is_ok() && july.year(2999).is_ok());
    assert!(july.year(3000).is_err());
    // July to December of 2999 are still supported.
    assert_eq!(july.quarter(3000, 2), Ok(period("2999-Q4")));
    assert!(july.quarter(3000, 3).is_err());
    assert_eq!(
        (july.year_of(NaiveDate::MAX), july.year_of(NaiveDate::MIN)),
        (NaiveDate::MAX.year() + 1, NaiveDate::MIN.year())
    );
}

fn seen(text: &str, as_of: &str) -> Scope {
    scope(text).as_of(day(as_of)).unwrap()
}

#[test]
fn a_complete_scope_has_complete_neighbours() {
    assert_eq!(scope("2026-Q1").previous(), Ok(scope("2025-Q4")));
    assert_eq!(scope("2026-Q1").year_before(), Ok(scope("2025-Q1")));
    // Seen from later, its neighbours are seen from as much later: a cohort must not stand beside one that had less time.
    assert_eq!(
        seen("2026-Q1", "2026-04-30").previous(),
        Ok(seen("2025-Q4", "2026-01-30"))
    );
    assert_eq!(
        seen("2025-02", "2025-03-10").year_before(),
        Ok(seen("2024-02", "2024-03-10"))
    );
}

#[test]
fn a_running_scope_is_held_against_as_many_days() {
    let running = seen("2026-Q2", "2026-04-10");
    assert_eq!((running.elapsed_days(), running.is_complete()), (10, false));
    assert_eq!(running.previous(), Ok(seen("2026-Q1", "2026-01-10")));
    assert_eq!(running.year_before(), Ok(seen("2025-Q2", "2025-04-10")));
    // Thirty days of March are more than February has.
    assert_eq!(
        seen("2026-03", "2026-03-30").previous(),
        Ok(scope("2026-02"))
    );
    assert_eq!(
        seen("2024", "2024-03-01").year_before(),
        Ok(seen("2023", "2023-03-02")),
        "61 days of each"
    );
    let first_day = seen("2026-Q2", "2026-04-01");
    assert_eq!(
        (first_day.elapsed_days(), first_day.previous()),
        (1, Ok(seen("2026-Q1", "2026-01-01")))
    );
}

#[test]
fn a_scope_that_has_not_begun() {
    for as_of in ["2026-03-31", "2025-01-01"] {
        let early = seen("2026-Q2", as_of);
        assert_eq!((early.elapsed_days(), early.is_complete()), (0, false));
        let previous = early.previous().unwrap();
        assert_eq!(
            (previous.period(), previous.elapsed_days()),
            (period("2026-Q1"), 0)
        );
        assert_eq!(early.year_before().unwrap().elapsed_days(), 0);
    }
    // There is no day before 1900 to see from.
    let early = seen("1901", "1900-06-30");
    assert!(kind_of(&early.previous()) == Some(ErrorKind::PeriodOutOfRange));
    assert!(kind_of(&early.year_before()) == Some(ErrorKind::PeriodOutOfRange));
}

#[test]
fn the_as_of_day_is_the_last_one_unless_told() {
    assert_eq!(scope("2026-Q1").as_of_day(), day("2026-03-31"));
    assert_eq!(
        Scope::new(period("2999"), Currency::JPY).as_of_day(),
        day("2999-12-31")
    );
    assert!(scope("2026").as_of(day("1899-12-31")).is_err());
    assert!(scope("2026").as_of(day("3000-01-01")).is_err());
    assert_eq!(seen("2999-12", "2999-12-31"), scope("2999-12"));
}

#[test]
fn a_day_is_a_period_up_to_the_last_supported_one() {
    let last = Period::day(day("2999-12-31")).unwrap();
    assert_eq!((last.days(), last.last_day()), (1, day("2999-12-31")));
    assert_eq!(last, period("2999-12-31/3000-01-01"));
    let late = sales_metrics::NaiveDate::from_ymd_opt(3000, 1, 1).unwrap();
    assert_eq!(
        Period::day(late).unwrap_err().to_string(),
        "day of the period: 3000-01-01 is outside of the supported years 1900 to 2999"
    );
}

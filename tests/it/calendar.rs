//! Working days and hours, held against walking through every day and every minute.

use chrono::{Datelike as _, Days, Timelike as _};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sales_metrics::{
    DateTime, ErrorKind, FixedOffset, Length, NaiveDate, NaiveTime, Period, TimeDelta, Weekday,
    WorkCalendar, date,
};

use crate::support::{complaint, config, dates, day, kind_of, period, periods};

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn nine_to_five() -> WorkCalendar {
    WorkCalendar::new(WEEK[..5].to_vec(), time("09:00"), time("17:00")).unwrap()
}

/// A calendar as plain data.
#[derive(Clone, Debug)]
struct Raw {
    hours: Vec<(Weekday, NaiveTime, NaiveTime)>,
    holidays: Vec<NaiveDate>,
}

impl Raw {
    fn calendar(&self) -> WorkCalendar {
        let (weekday, from, to) = self.hours[0];
        let mut calendar = WorkCalendar::new([weekday], from, to).unwrap();
        for (weekday, from, to) in &self.hours {
            calendar = calendar.with_hours(*weekday, *from, *to).unwrap();
        }
        calendar.with_holidays(self.holidays.clone()).unwrap()
    }

    fn hours_on(&self, date: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
        if self.holidays.contains(&date) {
            return None;
        }
        let mut hours = self.hours.iter();
        let of_day = hours.find(|(weekday, ..)| *weekday == date.weekday());
        of_day.map(|(_, from, to)| (*from, *to))
    }

    /// Day by day: what lies both in the stretch and in the day's hours.
    fn days_walked(&self, from: DateTime<FixedOffset>, until: DateTime<FixedOffset>) -> TimeDelta {
        let until = until.with_timezone(from.offset()).naive_local();
        let from = from.naive_local();
        let mut sum = TimeDelta::zero();
        let mut date = from.date();
        while date <= until.date() {
            if let Some((begin, end)) = self.hours_on(date) {
                let (begin, end) = (
                    date.and_time(begin).max(from),
                    date.and_time(end).min(until),
                );
                sum += (end - begin).max(TimeDelta::zero());
            }
            date = date + Days::new(1);
        }
        sum
    }

    /// Minute by minute, for stretches and hours of whole minutes.
    fn minutes_walked(&self, from: DateTime<FixedOffset>, until: DateTime<FixedOffset>) -> i64 {
        let mut minutes = 0;
        let mut now = from;
        while now < until {
            let there = now.naive_local();
            let hours = self.hours_on(there.date());
            minutes += i64::from(
                hours.is_some_and(|(begin, end)| begin <= there.time() && there.time() < end),
            );
            now += TimeDelta::minutes(1);
        }
        minutes
    }
}

fn whole_minutes() -> impl Strategy<Value = NaiveTime> + Clone {
    (0_u32..24 * 60).prop_map(|m| NaiveTime::from_num_seconds_from_midnight_opt(m * 60, 0).unwrap())
}

fn micros() -> impl Strategy<Value = NaiveTime> + Clone {
    let any = (0_u32..86_400, 0_u32..1_000_000)
        .prop_map(|(s, m)| NaiveTime::from_num_seconds_from_midnight_opt(s, m * 1_000).unwrap());
    let edges = [
        "00:00:00",
        "00:00:00.000001",
        "23:59:59.999999",
        "09:00:00",
        "17:00:00",
    ];
    prop_oneof![2 => any, 1 => select(edges.to_vec()).prop_map(time), 1 => whole_minutes()]
}

/// Holidays on any day of the week, on leap days and on the first and last days there are; some twice.
fn calendars(times: impl Strategy<Value = NaiveTime> + Clone) -> impl Strategy<Value = Raw> {
    let hours = (times.clone(), times)
        .prop_filter("no time between", |(a, b)| a != b)
        .prop_map(|(a, b)| (a.min(b), a.max(b)));
    let hours = proptest::collection::vec(hours, 7);
    let days = prop_oneof![
        Just(WEEK[..5].to_vec()),
        Just(WEEK.to_vec()),
        subsequence(WEEK.to_vec(), 1..=7),
    ];
    let holidays = proptest::collection::vec(dates(), 0..=24);
    (days, hours, holidays).prop_map(|(days, hours, holidays)| Raw {
        hours: days
            .into_iter()
            .zip(hours)
            .map(|(d, (from, to))| (d, from, to))
            .collect(),
        holidays,
    })
}

fn offsets() -> impl Strategy<Value = FixedOffset> + Clone {
    let hours = prop_oneof![
        select(vec![
            0, 3_600, 7_200, 19_800, -12_600, 50_400, -43_200, 86_399, -86_399
        ]),
        (-840..=840).prop_map(|minutes: i32| minutes * 60),
    ];
    hours.prop_map(|seconds| FixedOffset::east_opt(seconds).unwrap())
}

fn instants(
    times: impl Strategy<Value = NaiveTime> + Clone,
) -> impl Strategy<Value = DateTime<FixedOffset>> + Clone {
    let near = (0_u64..240).prop_map(|n| date(2023, 11, 1).unwrap() + Days::new(n));
    (near, times, offsets())
        .prop_map(|(on, time, place)| on.and_time(time).and_local_timezone(place).unwrap())
}

proptest! {
    #![proptest_config(config(320))]

    #[test]
    fn working_time_is_what_lies_in_the_hours(
        raw in calendars(micros()), from in instants(micros()), until in instants(micros()),
    ) {
        prop_assert_eq!(TimeDelta::from(raw.calendar().working_time(from, until)), raw.days_walked(from, until));
    }

    #[test]
    fn working_days_are_those_walked(raw in calendars(micros()), period in periods()) {
        let calendar = raw.calendar();
        let days = || (0..u64::from(period.days())).map(|n| period.start() + Days::new(n));
        let worked = days().filter(|date| raw.hours_on(*date).is_some()).count();
        prop_assert_eq!(calendar.working_days(period) as usize, worked);
        for date in days().take(800) {
            prop_assert_eq!(calendar.is_working_day(date), raw.hours_on(date).is_some(), "{}", date);
        }
    }

    #[test]
    fn stretches_add_up(
        raw in calendars(micros()), from in instants(micros()), a in instants(micros()), b in instants(micros()),
    ) {
        let calendar = raw.calendar();
        let place = from.offset();
        let mut points = [from, a.with_timezone(place), b.with_timezone(place)];
        points.sort();
        let [first, middle, last] = points;
        let parts = TimeDelta::from(calendar.working_time(first, middle)) + calendar.working_time(middle, last).into();
        prop_assert_eq!(parts, calendar.working_time(first, last).into());
        prop_assert!(parts <= last - first);
        prop_assert_eq!(calendar.working_time(last, first), Length::ZERO);
    }

    #[test]
    fn the_order_of_holidays_leaves_no_trace(raw in calendars(micros())) {
        let mut other = raw.clone();
        other.holidays.reverse();
        let one_by_one = raw.holidays.iter().try_fold(
            Raw { holidays: Vec::new(), ..raw.clone() }.calendar(),
            |calendar, on| calendar.with_holiday(*on),
        );
        prop_assert_eq!(&one_by_one.unwrap(), &raw.calendar());
        prop_assert_eq!(raw.calendar(), other.calendar());
        let mut holidays = raw.holidays.clone();
        holidays.sort();
        holidays.dedup();
        prop_assert_eq!(raw.calendar().holidays().collect::<Vec<_>>(), holidays);
    }

    #[test]
    fn calendars_survive_the_wire(raw in calendars(micros())) {
        let calendar = raw.calendar();
        let text = serde_json::to_string(&calendar).unwrap();
        prop_assert_eq!(&serde_json::from_str::<WorkCalendar>(&text).unwrap(), &calendar);
        for weekday in WEEK {
            let hours = raw.hours.iter().find(|(on, ..)| *on == weekday);
            prop_assert_eq!(calendar.hours(weekday), hours.map(|(_, from, to)| (*from, *to)));
        }
    }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn working_minutes_are_those_walked(
        raw in calendars(whole_minutes()), from in instants(whole_minutes()), minutes in 0_i64..20_000,
        place in offsets(),
    ) {
        let until = (from + TimeDelta::minutes(minutes)).with_timezone(&place);
        let worked = TimeDelta::minutes(raw.minutes_walked(from, until));
        prop_assert_eq!(TimeDelta::from(raw.calendar().working_time(from, until)), worked);
    }
}

#[test]
fn a_weekend_does_not_count() {
    let calendar = nine_to_five();
    let cases = [
        // Friday evening to Monday morning.
        ("2026-03-06T18:30:00+01:00", "2026-03-09T09:10:00+01:00", 10),
        // Within a day, before its hours, after them, over them.
        ("2026-03-09T10:00:00+01:00", "2026-03-09T10:07:00+01:00", 7),
        ("2026-03-09T06:00:00+01:00", "2026-03-09T08:00:00+01:00", 0),
        ("2026-03-09T17:00:00+01:00", "2026-03-09T23:00:00+01:00", 0),
        (
            "2026-03-09T00:00:00+01:00",
            "2026-03-10T00:00:00+01:00",
            480,
        ),
        // A whole week, from a Wednesday noon on.
        (
            "2026-03-04T12:00:00+01:00",
            "2026-03-11T12:00:00+01:00",
            2_400,
        ),
        // A weekend.
        ("2026-03-07T00:00:00+01:00", "2026-03-09T00:00:00+01:00", 0),
        // Nothing at all, and backwards.
        ("2026-03-09T10:00:00+01:00", "2026-03-09T10:00:00+01:00", 0),
        ("2026-03-09T10:07:00+01:00", "2026-03-09T10:00:00+01:00", 0),
        // Written at another place: 10:07 of the first one's clock.
        ("2026-03-09T10:00:00+01:00", "2026-03-09T04:07:00-05:00", 7),
    ];
    for (from, until, minutes) in cases {
        let worked = calendar.working_time(at(from), at(until));
        assert_eq!(worked, Length::minutes(minutes), "{from} to {until}");
    }
}

/// The hours are those on the clock where the stretch begins.
#[test]
fn hours_are_local_where_it_begins() {
    let calendar = nine_to_five();
    let (east, utc) = (at("2026-03-09T09:00:00+09:00"), at("2026-03-09T00:00:00Z"));
    assert_eq!(east, utc);
    let until = at("2026-03-09T01:30:00Z");
    assert_eq!(calendar.working_time(east, until), Length::minutes(90));
    assert_eq!(calendar.working_time(utc, until), Length::ZERO);
}

#[test]
fn each_day_has_its_own_hours() {
    let calendar = nine_to_five()
        .with_hours(Weekday::Fri, time("09:00"), time("13:30"))
        .and_then(|calendar| calendar.with_hours(Weekday::Sat, time("10:00"), time("10:30")))
        .unwrap();
    let week = period("2026-W11");
    assert_eq!(calendar.working_days(week), 6);
    let (from, until) = (at("2026-03-09T00:00:00Z"), at("2026-03-16T00:00:00Z"));
    let minutes = 4 * 480 + 270 + 30;
    assert_eq!(calendar.working_time(from, until), Length::minutes(minutes));
    let friday = Some((time("09:00"), time("13:30")));
    assert_eq!(calendar.hours(Weekday::Fri), friday);
    assert_eq!(calendar.hours(Weekday::Sun), None);
    // The one it was made of is as it was.
    assert_eq!(nine_to_five().working_days(week), 5);
}

#[test]
fn a_holiday_at_a_weekend_takes_nothing_away() {
    let free = ["2026-12-25", "2026-12-26", "2026-12-25"].map(day);
    let calendar = nine_to_five().with_holidays(free).unwrap();
    let december = period("2026-12");
    assert_eq!(nine_to_five().working_days(december), 23);
    assert_eq!(calendar.working_days(december), 22);
    assert!(!calendar.is_working_day(day("2026-12-25")));
    assert!(calendar.is_working_day(day("2026-12-24")));
    let (from, until) = (at("2026-12-25T08:00:00Z"), at("2026-12-25T12:00:00Z"));
    assert_eq!(calendar.working_time(from, until), Length::ZERO);
    let (from, until) = (at("2026-12-25T12:00:00Z"), at("2026-12-28T09:01:00Z"));
    assert_eq!(calendar.working_time(from, until), Length::minutes(1));
    let (from, until) = (at("2026-12-24T16:00:00Z"), at("2026-12-25T12:00:00Z"));
    assert_eq!(calendar.working_time(from, until), Length::hours(1));
}

#[test]
fn a_leap_day_is_a_day() {
    let calendar = nine_to_five();
    assert!(calendar.is_working_day(day("2024-02-29")));
    assert_eq!(calendar.working_days(period("2024-02")), 21);
    assert_eq!(calendar.working_days(period("2023-02")), 20);
    let (from, until) = (at("2024-02-28T16:00:00Z"), at("2024-03-01T10:00:00Z"));
    assert_eq!(calendar.working_time(from, until), Length::hours(10));
}

/// Any stretch is reckoned, not walked: all dates that there are, a hundred thousand times.
#[test]
fn centuries_are_quick() {
    let free = (1900..3000).map(|year| date(year, 1, 1).unwrap());
    let calendar = nine_to_five().with_holidays(free).unwrap();
    let all = Period::between(day("1900-01-01"), day("3000-01-01")).unwrap();
    let walked = (0..u64::from(all.days())).map(|n| all.start() + Days::new(n));
    let worked = walked.filter(|on| on.weekday().num_days_from_monday() < 5 && on.ordinal() > 1);
    assert_eq!(calendar.working_days(all) as usize, worked.count());
    let (from, until) = (at("1900-01-01T00:00:00Z"), at("2999-12-31T23:59:59Z"));
    let once = calendar.working_time(from, until);
    assert_eq!(
        once,
        Length::hours(8 * u64::from(calendar.working_days(all)))
    );
    for _ in 0..1_000 {
        assert_eq!(calendar.working_time(from, until), once);
    }
}

/// As far as `chrono` goes, and beyond the years of the crate.
#[test]
fn no_instant_is_too_far() {
    let calendar = nine_to_five();
    let (first, last) = (
        DateTime::<chrono::Utc>::MIN_UTC,
        DateTime::<chrono::Utc>::MAX_UTC,
    );
    for seconds in [-86_399, 0, 86_399] {
        let place = FixedOffset::east_opt(seconds).unwrap();
        let (first, last) = (first.with_timezone(&place), last.with_timezone(&place));
        assert_eq!(calendar.working_time(last, first), Length::ZERO);
        let worked = TimeDelta::from(calendar.working_time(first, last));
        let share = worked.num_hours() * 168 / (last - first).num_hours();
        assert!((39..=40).contains(&share), "{share}");
    }
    assert!(calendar.is_working_day(NaiveDate::MAX) || calendar.is_working_day(NaiveDate::MIN));
}

#[test]
fn a_leap_second_and_nanoseconds_are_cut() {
    let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_999_999_999).unwrap();
    let fine = NaiveTime::from_hms_nano_opt(9, 0, 0, 999).unwrap();
    let calendar = WorkCalendar::new([Weekday::Mon], fine, leap).unwrap();
    let (from, to) = calendar.hours(Weekday::Mon).unwrap();
    assert_eq!(from, time("09:00"));
    assert_eq!(
        (to.num_seconds_from_midnight(), to.nanosecond()),
        (86_399, 999_999_000)
    );
}

#[test]
fn what_holds_no_time_is_refused() {
    let hours = (time("09:00"), time("17:00"));
    let empty = WorkCalendar::new([], hours.0, hours.1);
    assert_eq!(kind_of(&empty), Some(ErrorKind::EmptyWeek));
    for (from, to) in [("17:00", "09:00"), ("09:00", "09:00"), ("09:00", "00:00")] {
        let text = format!(
            "working hours on Wed from {} to {} hold no time; they begin and end on one day",
            time(from),
            time(to)
        );
        let reversed = (ErrorKind::HoursReversed, text);
        let new = WorkCalendar::new([Weekday::Wed], time(from), time(to));
        assert_eq!(complaint(new), reversed);
        let changed = nine_to_five().with_hours(Weekday::Wed, time(from), time(to));
        assert_eq!(complaint(changed), reversed);
    }
    for text in ["1899-12-31", "3000-01-01"] {
        let error = nine_to_five()
            .with_holiday(day(text))
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("holiday: {text} is outside")),
            "{error}"
        );
    }
}

#[test]
fn json_is_pinned_and_checked() {
    let calendar = WorkCalendar::new([Weekday::Mon, Weekday::Sun], time("09:00"), time("17:30"))
        .and_then(|c| c.with_hours(Weekday::Tue, time("08:00:01"), time("08:00:01.5")))
        .and_then(|c| c.with_holidays([day("2026-12-25"), day("2026-01-01")]))
        .unwrap();
    let text = concat!(
        r#"{"hours":{"monday":{"from":"09:00","to":"17:30"},"tuesday":{"from":"08:00:01","to":"08:00:01.500"},"#,
        r#""sunday":{"from":"09:00","to":"17:30"}},"holidays":["2026-01-01","2026-12-25"]}"#,
    );
    assert_eq!(serde_json::to_string(&calendar).unwrap(), text);
    assert_eq!(
        serde_json::from_str::<WorkCalendar>(text).unwrap(),
        calendar
    );
    let seconds = text.replace("09:00", "09:00:00");
    assert_eq!(
        serde_json::from_str::<WorkCalendar>(&seconds).unwrap(),
        calendar
    );

    let monday = |from: &str, to: &str| {
        format!(r#"{{"hours":{{"monday":{{"from":"{from}","to":"{to}"}}}}}}"#)
    };
    assert!(serde_json::from_str::<WorkCalendar>(&monday("09:00", "17:00")).is_ok());
    let refused = [
        (r#"{"hours":{}}"#.to_owned(), "needs hours on one day"),
        (monday("17:00", "09:00"), "hold no time"),
        (monday("9:00", "17:00"), "\"9:00\" is no time of day"),
        (monday("09:00", "24:00"), "is no time of day"),
        (monday("09:00", "5 pm"), "is no time of day"),
        (monday("09:00", "17:00Z"), "is no time of day"),
        (monday("09:00 ", "17:00"), "is no time of day"),
        (monday("09:00:00.0000001", "17:00"), "is no time of day"),
        (monday("09:00", "23:59:60"), "is no time of day"),
        (monday(&"9".repeat(99), "17:00"), "…\" is no time of day"),
        (
            r#"{"hours":{"mon":{"from":"09:00","to":"17:00"}}}"#.to_owned(),
            "unknown field",
        ),
        (text.replace("2026-12-25", "24-12-25"), "is no date"),
        (text.replace("2026-12-25", "3026-12-25"), "supported years"),
        (text.replace("\"holidays\"", "\"free\""), "unknown field"),
    ];
    for (text, because) in refused {
        let error = serde_json::from_str::<WorkCalendar>(&text)
            .expect_err(&text)
            .to_string();
        assert!(error.contains(because), "{error}");
    }
}

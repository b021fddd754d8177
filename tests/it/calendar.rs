//! Working days and hours, held against walking through every day and every minute.

use chrono::{Datelike as _, Days, NaiveDateTime, Timelike as _};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sales_metrics::{
    DateTime, ErrorKind, FixedOffset, Length, NaiveDate, NaiveTime, Period, TimeDelta, Weekday,
    WorkCalendar, date,
};

use crate::place::{Zone, zones};
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
    /// Where in the week each stretch begins, and how long it is, in microseconds; the earliest first.
    stretches: Vec<(i64, i64)>,
    holidays: Vec<NaiveDate>,
}

const DAY: i64 = 86_400_000_000;

impl Raw {
    /// As they are told: by the clock.
    fn hours(&self, weekday: Weekday) -> Vec<(NaiveTime, NaiveTime)> {
        let clock = |micros: i64| NaiveTime::MIN + TimeDelta::microseconds(micros.rem_euclid(DAY));
        let of_day = |begin: &i64| begin / DAY == i64::from(weekday.num_days_from_monday());
        let stretches = self.stretches.iter().filter(|(begin, _)| of_day(begin));
        stretches
            .map(|(begin, length)| (clock(*begin), clock(begin + length)))
            .collect()
    }

    fn calendar(&self) -> WorkCalendar {
        let begun = WEEK[(self.stretches[0].0 / DAY) as usize];
        let (from, to) = self.hours(begun)[0];
        let mut calendar = WorkCalendar::new([begun], from, to).unwrap();
        for weekday in WEEK {
            calendar = calendar.with_hours([weekday], self.hours(weekday)).unwrap();
        }
        calendar.with_holidays(self.holidays.clone()).unwrap()
    }

    /// The stretches that begin on a date, on its clock.
    fn work_of(&self, date: NaiveDate) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        if self.holidays.contains(&date) {
            return Vec::new();
        }
        let monday = date.week(Weekday::Mon).first_day().and_time(NaiveTime::MIN);
        let of_day = self
            .stretches
            .iter()
            .filter(|(begin, _)| begin / DAY == i64::from(date.weekday().num_days_from_monday()));
        of_day
            .map(|(begin, length)| {
                let begin = monday + TimeDelta::microseconds(*begin);
                (begin, begin + TimeDelta::microseconds(*length))
            })
            .collect()
    }

    fn is_worked(&self, date: NaiveDate) -> bool {
        !self.work_of(date).is_empty()
    }

    /// Day by day: what lies both in the stretch and in the work that has begun on the day or the one before, on the face of the clock.
    fn days_walked(&self, from: NaiveDateTime, until: NaiveDateTime) -> TimeDelta {
        let mut sum = TimeDelta::zero();
        let mut date = from.date() - Days::new(1);
        while date <= until.date() {
            for (begin, end) in self.work_of(date) {
                sum += (end.min(until) - begin.max(from)).max(TimeDelta::zero());
            }
            date = date + Days::new(1);
        }
        sum
    }

    fn is_at_work(&self, there: NaiveDateTime) -> bool {
        let days = [there.date() - Days::new(1), there.date()];
        let mut work = days.into_iter().flat_map(|date| self.work_of(date));
        work.any(|(begin, end)| begin <= there && there < end)
    }

    /// Minute by minute at a place, for hours of whole minutes: the clock's minutes in which there is work. Those that it skips count,
    /// and those that it shows twice count once.
    fn minutes_walked(&self, zone: &Zone, from: i64, minutes: i64) -> i64 {
        let there = |second: i64, east: i32| {
            DateTime::from_timestamp(second + i64::from(east), 0)
                .unwrap()
                .naive_utc()
        };
        let works = |second, east| i64::from(self.is_at_work(there(second, east)));
        let mut sum = 0;
        for n in 0..minutes {
            let now = from + n * 60;
            sum += works(now, zone.east(now));
        }
        for (change, east) in &zone.changes {
            if from < *change && *change <= from + minutes * 60 {
                let before = zone.east(change - 1);
                for minute in 0..i64::from(east - before) / 60 {
                    sum += works(change + minute * 60, before);
                }
                for minute in 0..i64::from(before - east) / 60 {
                    sum -= works(change + minute * 60, *east);
                }
            }
        }
        sum.clamp(0, minutes)
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

/// Times of the week, of which each second one ends what the one before has begun, on and over into the next week; no work is longer
/// than a day, and one of a day begins at midnight.
fn weeks(
    times: impl Strategy<Value = NaiveTime> + Clone,
) -> impl Strategy<Value = Vec<(i64, i64)>> + Clone {
    let point = (0_i64..7, times)
        .prop_map(|(day, time)| day * DAY + (time - NaiveTime::MIN).num_microseconds().unwrap());
    let points = proptest::collection::btree_set(point, 2..=32);
    let stretches = (points, any::<bool>()).prop_map(|(points, shifted)| {
        let mut points: Vec<i64> = points.into_iter().collect();
        if shifted {
            points.rotate_left(1);
        }
        let pairs = points
            .chunks_exact(2)
            .map(|pair| (pair[0], (pair[1] - pair[0]).rem_euclid(7 * DAY)));
        let mut list: Vec<_> = pairs
            .filter(|(begin, length)| *length < DAY || (*length == DAY && begin % DAY == 0))
            .collect();
        list.sort_unstable();
        list
    });
    stretches.prop_filter("no work", |list| !list.is_empty())
}

/// Nine to five on some days, or anything: breaks, nights, whole days. Holidays on any day of the week, on leap days and on the first and
/// last days there are; some twice.
fn calendars(times: impl Strategy<Value = NaiveTime> + Clone) -> impl Strategy<Value = Raw> {
    let days = prop_oneof![
        Just((0..5).collect()),
        subsequence((0..7).collect::<Vec<i64>>(), 1..=7)
    ];
    let office = days.prop_map(|days: Vec<i64>| {
        days.into_iter()
            .map(|day| (day * DAY + DAY / 24 * 9, DAY / 3))
            .collect()
    });
    let whole = subsequence((0..7).collect::<Vec<i64>>(), 1..=7)
        .prop_map(|days| days.into_iter().map(|day| (day * DAY, DAY)).collect());
    let stretches = prop_oneof![2 => office, 1 => whole, 6 => weeks(times)];
    let near = (0_u64..240).prop_map(|n| date(2023, 11, 1).unwrap() + Days::new(n));
    let holidays = proptest::collection::vec(prop_oneof![dates(), near], 0..=24);
    (stretches, holidays).prop_map(|(stretches, holidays)| Raw {
        stretches,
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
        // Each end on its own clock, and never more than has passed.
        let walked = raw.days_walked(from.naive_local(), until.naive_local());
        let passed = (until - from).max(TimeDelta::zero());
        prop_assert_eq!(TimeDelta::from(raw.calendar().working_time(from, until)), walked.min(passed));
    }

    #[test]
    fn working_days_are_those_walked(raw in calendars(micros()), period in periods()) {
        let calendar = raw.calendar();
        let days = || (0..u64::from(period.days())).map(|n| period.start() + Days::new(n));
        let worked = days().filter(|date| raw.is_worked(*date)).count();
        prop_assert_eq!(calendar.working_days(period) as usize, worked);
        for date in days().take(800) {
            prop_assert_eq!(calendar.is_working_day(date), raw.is_worked(date), "{}", date);
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
            prop_assert_eq!(calendar.hours(weekday).collect::<Vec<_>>(), raw.hours(weekday));
        }
    }
}

proptest! {
    #![proptest_config(config(48))]

    /// At a place whose clocks change: every minute is looked at.
    #[test]
    fn working_minutes_are_those_walked(
        raw in calendars(whole_minutes()), zone in zones(), from in 0_i64..300_000, minutes in 0_i64..20_000,
    ) {
        let from = 1_699_000_020 + from * 60;
        let at = |second| DateTime::from_timestamp(second, 0).unwrap().fixed_offset();
        let place = zone.place();
        let (begin, end) = (place.at(at(from)), place.at(at(from + minutes * 60)));
        let worked = TimeDelta::minutes(raw.minutes_walked(&zone, from, minutes));
        prop_assert_eq!(TimeDelta::from(raw.calendar().working_time(begin, end)), worked);
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
        // Before and after a change of the clocks.
        ("2026-03-27T16:00:00+01:00", "2026-03-30T09:30:00+02:00", 90),
        ("2026-10-23T16:00:00+02:00", "2026-10-26T09:30:00+01:00", 90),
        // Written at two places, of which one is asleep; and never more than has passed.
        ("2026-03-09T10:00:00+01:00", "2026-03-09T04:07:00-05:00", 0),
        ("2026-03-09T04:00:00-05:00", "2026-03-09T10:07:00+01:00", 7),
    ];
    for (from, until, minutes) in cases {
        let worked = calendar.working_time(at(from), at(until));
        assert_eq!(worked, Length::minutes(minutes), "{from} to {until}");
    }
}

/// The hours are those on the clock by which each end is written.
#[test]
fn hours_are_local_where_they_are_written() {
    let calendar = nine_to_five();
    let (east, utc) = (at("2026-03-09T09:00:00+09:00"), at("2026-03-09T00:00:00Z"));
    assert_eq!(east, utc);
    let (until, until_utc) = (at("2026-03-09T10:30:00+09:00"), at("2026-03-09T01:30:00Z"));
    assert_eq!(calendar.working_time(east, until), Length::minutes(90));
    assert_eq!(calendar.working_time(utc, until_utc), Length::ZERO);
}

#[test]
fn a_break_at_noon_is_no_work() {
    let stretches =
        [("13:00", "17:00"), ("09:00", "12:00")].map(|(from, to)| (time(from), time(to)));
    let calendar = nine_to_five().with_hours(WEEK, stretches).unwrap();
    let hours: Vec<_> = calendar.hours(Weekday::Sun).collect();
    assert_eq!(hours, [stretches[1], stretches[0]]);
    let (from, until) = (
        at("2026-03-09T11:50:00+01:00"),
        at("2026-03-09T13:10:00+01:00"),
    );
    assert_eq!(calendar.working_time(from, until), Length::minutes(20));
    assert_eq!(calendar.working_days(period("2026-W11")), 7);
    // What meets does not overlap.
    let halves = [("09:00", "12:00"), ("12:00", "17:00")].map(|(from, to)| (time(from), time(to)));
    let halves = nine_to_five().with_hours([Weekday::Mon], halves).unwrap();
    assert_eq!(halves.working_time(from, until), Length::minutes(80));
}

/// A night belongs to the day on which it begins.
#[test]
fn hours_go_on_after_midnight() {
    let nights =
        WorkCalendar::new([Weekday::Fri, Weekday::Sun], time("22:00"), time("06:00")).unwrap();
    let minutes = |from, until| nights.working_time(at(from), at(until));
    assert_eq!(
        minutes("2026-03-06T23:00:00+01:00", "2026-03-07T05:00:00+01:00"),
        Length::hours(6)
    );
    assert_eq!(
        minutes("2026-03-07T01:00:00+01:00", "2026-03-07T12:00:00+01:00"),
        Length::hours(5)
    );
    assert_eq!(
        minutes("2026-03-08T23:00:00+01:00", "2026-03-09T07:00:00+01:00"),
        Length::hours(7)
    );
    assert_eq!(
        minutes("2026-03-02T00:00:00+01:00", "2026-03-09T00:00:00+01:00"),
        Length::hours(8 + 2 + 6)
    );
    assert!(!nights.is_working_day(day("2026-03-07")));
    assert_eq!(nights.working_days(period("2026-W11")), 2);
    // A holiday takes the night that begins on it, and leaves the one that ends on it.
    let free = nights
        .clone()
        .with_holidays([day("2026-03-06"), day("2026-03-09")])
        .unwrap();
    let week = (
        at("2026-03-06T00:00:00+01:00"),
        at("2026-03-10T00:00:00+01:00"),
    );
    assert_eq!(nights.working_time(week.0, week.1), Length::hours(16));
    assert_eq!(free.working_time(week.0, week.1), Length::hours(8));
    // On the face of the clock, though an hour of the night was skipped.
    let saturday = WorkCalendar::new([Weekday::Sat], time("22:00"), time("06:00")).unwrap();
    let worked = saturday.working_time(
        at("2026-03-28T21:00:00+01:00"),
        at("2026-03-29T07:00:00+02:00"),
    );
    assert_eq!(worked, Length::hours(8));
}

#[test]
fn work_until_midnight_and_around_the_clock() {
    let late = WorkCalendar::new([Weekday::Mon], time("09:00"), time("00:00")).unwrap();
    let (from, until) = (at("2026-03-09T00:00:00Z"), at("2026-03-11T00:00:00Z"));
    assert_eq!(late.working_time(from, until), Length::hours(15));
    let always = WorkCalendar::new(WEEK, time("00:00"), time("00:00")).unwrap();
    assert_eq!(always.working_time(from, until), Length::hours(48));
}

#[test]
fn each_day_has_its_own_hours() {
    let calendar = nine_to_five()
        .with_hours([Weekday::Fri], [(time("09:00"), time("13:30"))])
        .and_then(|calendar| calendar.with_hours([Weekday::Sat], [(time("10:00"), time("10:30"))]))
        .unwrap();
    let week = period("2026-W11");
    assert_eq!(calendar.working_days(week), 6);
    let (from, until) = (at("2026-03-09T00:00:00Z"), at("2026-03-16T00:00:00Z"));
    let minutes = 4 * 480 + 270 + 30;
    assert_eq!(calendar.working_time(from, until), Length::minutes(minutes));
    let friday: Vec<_> = calendar.hours(Weekday::Fri).collect();
    assert_eq!(friday, [(time("09:00"), time("13:30"))]);
    assert_eq!(calendar.hours(Weekday::Sun).count(), 0);
    let short = calendar
        .with_hours([Weekday::Fri, Weekday::Sat], [])
        .unwrap();
    assert_eq!(short.working_days(week), 4);
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
    let (from, to) = calendar.hours(Weekday::Mon).next().unwrap();
    assert_eq!(from, time("09:00"));
    assert_eq!(
        (to.num_seconds_from_midnight(), to.nanosecond()),
        (86_399, 999_999_000)
    );
}

#[test]
fn what_holds_no_time_is_refused() {
    let hours = (time("09:00"), time("17:00"));
    let without_days = WorkCalendar::new([], hours.0, hours.1);
    assert_eq!(kind_of(&without_days), Some(ErrorKind::EmptyWeek));
    let text = "working hours on Wed from 09:00:00 to 09:00:00 hold no time; a whole day is from 00:00 to 00:00";
    let nothing = (ErrorKind::EmptyHours, text.to_owned());
    let nine = time("09:00");
    assert_eq!(
        complaint(WorkCalendar::new([Weekday::Wed], nine, nine)),
        nothing
    );
    assert_eq!(
        complaint(nine_to_five().with_hours([Weekday::Wed], [(nine, nine)])),
        nothing
    );
    let empty = nine_to_five().with_hours(WEEK, []);
    assert_eq!(kind_of(&empty), Some(ErrorKind::EmptyWeek));
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
fn no_hour_is_given_twice() {
    let overlap = |a: &str, b: &str| {
        let text = format!("working hours on {a} overlap those on {b}; give each hour once");
        (ErrorKind::OverlappingHours, text)
    };
    let hours = |stretches: &[(&str, &str)]| {
        stretches
            .iter()
            .map(|(from, to)| (time(from), time(to)))
            .collect::<Vec<_>>()
    };
    let of = |weekday, stretches| complaint(nine_to_five().with_hours([weekday], hours(stretches)));
    assert_eq!(
        of(Weekday::Mon, &[("12:00", "17:00"), ("09:00", "12:01")]),
        overlap(
            "Mon from 09:00:00 to 12:01:00",
            "Mon from 12:00:00 to 17:00:00"
        )
    );
    assert_eq!(
        of(Weekday::Mon, &[("09:00", "12:00"), ("09:00", "12:00")]),
        overlap(
            "Mon from 09:00:00 to 12:00:00",
            "Mon from 09:00:00 to 12:00:00"
        )
    );
    assert_eq!(
        of(Weekday::Sun, &[("22:00", "09:01")]),
        overlap(
            "Sun from 22:00:00 to 09:01:00",
            "Mon from 09:00:00 to 17:00:00"
        )
    );
    assert!(
        nine_to_five()
            .with_hours([Weekday::Sun], hours(&[("22:00", "09:00")]))
            .is_ok()
    );
    assert_eq!(
        complaint(
            WorkCalendar::new(WEEK, time("09:00"), time("08:00")).and_then(|calendar| {
                calendar.with_hours([Weekday::Tue], hours(&[("07:00", "08:00")]))
            })
        ),
        overlap(
            "Mon from 09:00:00 to 08:00:00",
            "Tue from 07:00:00 to 08:00:00"
        )
    );
}

#[test]
fn json_is_pinned_and_checked() {
    let calendar = WorkCalendar::new([Weekday::Mon, Weekday::Sun], time("09:00"), time("17:30"))
        .and_then(|c| c.with_hours([Weekday::Tue], [(time("08:00:01"), time("08:00:01.5"))]))
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

    let several =
        r#"{"hours":{"monday":[{"from":"09:00","to":"12:00"},{"from":"22:00","to":"06:00"}]}}"#;
    let calendar: WorkCalendar = serde_json::from_str(several).unwrap();
    assert_eq!(calendar.hours(Weekday::Mon).count(), 2);
    assert_eq!(serde_json::to_string(&calendar).unwrap(), several);
    let unsorted =
        r#"{"hours":{"monday":[{"from":"22:00","to":"06:00"},{"from":"09:00","to":"12:00"}]}}"#;
    assert_eq!(
        serde_json::from_str::<WorkCalendar>(unsorted).unwrap(),
        calendar
    );
    let one = r#"{"hours":{"monday":[{"from":"09:00","to":"17:00"}]}}"#;
    let one: WorkCalendar = serde_json::from_str(one).unwrap();
    assert_eq!(
        serde_json::to_string(&one).unwrap(),
        r#"{"hours":{"monday":{"from":"09:00","to":"17:00"}}}"#
    );

    let monday = |from: &str, to: &str| {
        format!(r#"{{"hours":{{"monday":{{"from":"{from}","to":"{to}"}}}}}}"#)
    };
    assert!(serde_json::from_str::<WorkCalendar>(&monday("09:00", "17:00")).is_ok());
    let refused = [
        (r#"{"hours":{}}"#.to_owned(), "needs hours on one day"),
        (
            r#"{"hours":{"monday":[]}}"#.to_owned(),
            "a day of the week without hours is left out",
        ),
        (
            r#"{"hours":{"monday":"09:00"}}"#.to_owned(),
            "expected {\"from\", \"to\"}, or a list of them",
        ),
        (several.replace("22:00", "11:00"), "overlap those on Mon"),
        (
            several.replace(
                "\"06:00\"}]",
                "\"06:00\"}],\"tuesday\":{\"from\":\"05:00\",\"to\":\"06:00\"}",
            ),
            "overlap those on Tue",
        ),
        (monday("09:00", "09:00"), "hold no time"),
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

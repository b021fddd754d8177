use core::borrow::Borrow;

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::period::Day;
use crate::period::moment::MICROS_A_DAY;
use crate::record::WorkTime;
use crate::value::{RepId, sorted};

/// The days that one record may stand for: hours are logged by the day or by the week.
const MOST_DAYS: u64 = 7;

/// Where hours stand among the others of their rep; and how many they are, in microseconds.
type Place = (RepId, Day, u64, usize);

impl Audit {
    /// Everything odd about these hours, as [`deals`](Self::deals) says it of deals.
    ///
    /// Their reps are checked against [`with_reps`](Self::with_reps).
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Length, WorkTime, date};
    ///
    /// let hours = [
    ///     WorkTime::new("ada", date(2026, 3, 6)?, Length::hours(40))?,
    ///     WorkTime::new("ada", date(2026, 3, 7)?, Length::hours(40))?,
    /// ];
    /// let findings = Audit::new(date(2026, 3, 31)?)?.work_time(&hours);
    /// let lines: Vec<String> = findings.iter().map(|finding| finding.to_string()).collect();
    /// assert_eq!(lines, ["work time of ada in 2026-03-07/2026-03-08: more than 24 hours in a day"]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn work_time<I>(&self, hours: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<WorkTime>,
    {
        Passed::findings(vec![self.pass_work_time(hours)])
    }

    pub(in crate::audit) fn pass_work_time<I>(&self, hours: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<WorkTime>,
    {
        let mut passed = Passed::default();
        let mut places: Vec<Place> = Vec::new();
        for hours in hours {
            let hours = hours.borrow();
            let (rep, facts) = (hours.rep(), hours.facts());
            let position = passed.pass(hours);
            self.hours(hours, &mut passed);
            places.push((rep.clone(), facts.on, facts.working, position));
        }
        passed.find_duplicates();
        find_long_days(places, &mut passed);
        passed
    }

    fn hours(&self, hours: &WorkTime, passed: &mut Passed) {
        let on = hours.on();
        passed.note(&mut [
            (on > self.as_of).then_some(FindingKind::DatedAfterAsOf { on }),
            self.unknown_rep(hours.rep()),
        ]);
        passed.name("rep", Some(hours.rep().as_str()));
    }
}

/// Finds the hours that are more than the days have for which they may stand: those since the rep's hours before.
fn find_long_days(places: Vec<Place>, passed: &mut Passed) {
    let places = sorted(places, Ord::cmp);
    for hours in places.chunk_by(|(a, ..), (b, ..)| a == b) {
        let mut before: Option<Day> = None;
        for same_day in hours.chunk_by(|(_, a, ..), (_, b, ..)| a == b) {
            for (_, day, micros, position) in same_day {
                let since = before.and_then(|before| day.days_since(before));
                let days = since.map_or(MOST_DAYS, |days| MOST_DAYS.min(days.into()));
                if *micros > days * MICROS_A_DAY.unsigned_abs() {
                    passed.found(*position, FindingKind::TooManyHours { days });
                }
            }
            before = same_day.first().map(|(_, day, ..)| *day);
        }
    }
}

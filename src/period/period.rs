use chrono::{Datelike, NaiveDate, Weekday};

use super::day::{Day, date, out_of_range};
use super::error::PeriodProblem;
use super::fiscal_weeks::months_of;
use crate::error::Error;

/// A stretch of whole days, from its first day up to, and not including, its end. It holds at least one day.
///
/// Half-open, so that the months of a quarter meet without a gap and without a day counted twice.
///
/// ```
/// use sales_metrics::{Period, date};
///
/// let q1 = Period::quarter(2026, 1)?;
/// assert_eq!(q1.to_string(), "2026-01-01/2026-04-01");
/// assert_eq!((q1.days(), q1.last_day()), (90, date(2026, 3, 31)?));
/// assert!(q1.contains(date(2026, 3, 31)?) && !q1.contains(date(2026, 4, 1)?));
/// assert_eq!(q1, "2026-Q1".parse()?);
/// assert_eq!(q1.previous()?, Period::quarter(2025, 4)?);
/// assert_eq!(q1.months().count(), 3);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: Day,
    /// Invariant: after `start`.
    end: Day,
}

impl Period {
    /// From `start` up to, and not including, `end`.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyPeriod`](crate::ErrorKind::EmptyPeriod) where `end` is not after `start`; [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999
    /// (`end` may be 3000-01-01).
    pub fn between(start: NaiveDate, end: NaiveDate) -> Result<Self, Error> {
        let first = Day::new(start).map_err(|error| error.about("start of the period"))?;
        let last = Day::end(end).ok_or_else(|| out_of_range(end).about("end of the period"));
        if end <= start {
            return Err(PeriodProblem::EmptyPeriod { start, end }.into());
        }
        Ok(Self {
            start: first,
            end: last?,
        })
    }

    pub(crate) fn of_days(start: Day, end: Day) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// A single day.
    ///
    /// ```
    /// use sales_metrics::{Period, date};
    ///
    /// assert_eq!(Period::day(date(2026, 3, 31)?)?.to_string(), "2026-03-31/2026-04-01");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn day(date: NaiveDate) -> Result<Self, Error> {
        let start = Day::new(date).map_err(|error| error.about("day of the period"))?;
        Ok(Self {
            start,
            end: start.following(),
        })
    }

    /// A calendar year.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) outside of 1900 to 2999.
    pub fn year(year: i32) -> Result<Self, Error> {
        Self::of_months(year, 1, 12)
    }

    /// A half of a calendar year, 1 or 2.
    ///
    /// ```
    /// use sales_metrics::Period;
    ///
    /// assert_eq!(Period::half(2026, 1)?, "2026-H1".parse()?);
    /// assert_eq!(Period::half(2026, 2)?.to_string(), "2026-07-01/2027-01-01");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another half or a year outside of 1900 to 2999.
    pub fn half(year: i32, half: u32) -> Result<Self, Error> {
        let first = match half {
            1 => 1,
            2 => 7,
            _ => return Err(no_such("half", half, "1 or 2")),
        };
        Self::of_months(year, first, 6)
    }

    /// A calendar quarter, 1 to 4.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another quarter or a year outside of 1900 to 2999.
    pub fn quarter(year: i32, quarter: u32) -> Result<Self, Error> {
        let first = match quarter {
            1 => 1,
            2 => 4,
            3 => 7,
            4 => 10,
            _ => return Err(no_such("quarter", quarter, "1 to 4")),
        };
        Self::of_months(year, first, 3)
    }

    /// A calendar month, 1 to 12.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) for another month or a year outside of 1900 to 2999.
    pub fn month(year: i32, month: u32) -> Result<Self, Error> {
        Self::of_months(year, month, 1)
    }

    /// An ISO 8601 week: it begins on a Monday, and week 1 holds the year's first Thursday.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) where the year has no such week or is outside of 1900 to 2999.
    pub fn week(year: i32, week: u32) -> Result<Self, Error> {
        let january_4 = date(year, 1, 4).map_err(|_| no_such_year(year))?;
        let week_1 = january_4.week(Weekday::Mon).checked_first_day();
        let monday = week_1.and_then(|monday| {
            monday.checked_add_days(chrono::Days::new(u64::from(week.checked_sub(1)?) * 7))
        });
        // The week belongs to the year that its Thursday is in.
        monday
            .filter(|monday| (monday.iso_week().year(), monday.iso_week().week()) == (year, week))
            .and_then(Day::supported)
            .and_then(|start| Self::of_days(start, start.plus(7)?))
            .ok_or_else(|| no_such("week", week, "the ISO weeks of the year, 1 to 52 or 53"))
    }

    /// The calendar year that a date lies in.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchPeriod`](crate::ErrorKind::NoSuchPeriod) outside of 1900 to 2999.
    pub fn year_of(date: NaiveDate) -> Result<Self, Error> {
        Self::year(date.year())
    }

    /// The half of a calendar year that a date lies in.
    ///
    /// # Errors
    /// As [`year_of`](Self::year_of).
    pub fn half_of(date: NaiveDate) -> Result<Self, Error> {
        Self::half(date.year(), date.month().div_ceil(6))
    }

    /// The calendar quarter that a date lies in.
    ///
    /// ```
    /// use sales_metrics::{Period, date};
    ///
    /// assert_eq!(Period::quarter_of(date(2026, 5, 17)?)?, Period::quarter(2026, 2)?);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`year_of`](Self::year_of).
    pub fn quarter_of(date: NaiveDate) -> Result<Self, Error> {
        Self::quarter(date.year(), date.month().div_ceil(3))
    }

    /// The calendar month that a date lies in.
    ///
    /// # Errors
    /// As [`year_of`](Self::year_of).
    pub fn month_of(date: NaiveDate) -> Result<Self, Error> {
        Self::month(date.year(), date.month())
    }

    /// The ISO 8601 week that a date lies in.
    ///
    /// # Errors
    /// As [`year_of`](Self::year_of).
    pub fn week_of(date: NaiveDate) -> Result<Self, Error> {
        let week = date.iso_week();
        Self::week(week.year(), week.week())
    }

    /// So many whole months from the first of a month on.
    pub(crate) fn of_months(year: i32, month: u32, months: i32) -> Result<Self, Error> {
        if !(1..=12).contains(&month) {
            return Err(no_such("month", month, "1 to 12"));
        }
        date(year, month, 1)
            .ok()
            .and_then(Day::supported)
            .and_then(|start| Self::of_days(start, start.plus_months(months)?))
            .ok_or_else(|| no_such_year(year))
    }

    /// Its first day.
    #[must_use]
    pub fn start(self) -> NaiveDate {
        self.start.date()
    }

    /// The day after its last.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.end.date()
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.end.date().pred_opt().unwrap_or_default()
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u32 {
        self.end.days_since(self.start).unwrap_or_default()
    }

    /// Whether a date lies in it.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        Day::supported(date).is_some_and(|day| self.start <= day && day < self.end)
    }

    pub(crate) fn bounds(self) -> (Day, Day) {
        (self.start, self.end)
    }

    /// The period before it, which ends where this one starts: by whole months where both ends fall on the same day of the
    /// month, at most the 28th (a quarter before a quarter), else by as many days.
    ///
    /// # Errors
    /// [`ErrorKind::PeriodOutOfRange`](crate::ErrorKind::PeriodOutOfRange) before 1900.
    pub fn previous(self) -> Result<Self, Error> {
        self.step_from(self.start, -1)
            .and_then(|start| Self::of_days(start, self.start))
            .ok_or(self.out_of_range("before"))
    }

    /// The period after it, which starts where this one ends; as [`previous`](Self::previous).
    ///
    /// # Errors
    /// [`ErrorKind::PeriodOutOfRange`](crate::ErrorKind::PeriodOutOfRange) after 2999.
    pub fn next(self) -> Result<Self, Error> {
        self.step_from(self.end, 1)
            .and_then(|end| Self::of_days(self.end, end))
            .ok_or(self.out_of_range("after"))
    }

    /// The period a year earlier, as long as this one.
    ///
    /// Months go back by twelve months. Weeks go back to weeks, so that the same days of the week stand beside one another: those from
    /// a Monday on to the ISO week of that number, where that year has it, all others by 52 weeks. Any other period goes back to the
    /// date of its first day (February 29 to the 28th), and has as many days.
    ///
    /// ```
    /// use sales_metrics::Period;
    ///
    /// let before = |text: &str| text.parse::<Period>()?.year_before();
    /// assert_eq!(before("2024-02")?.label(), "2023-02");
    /// assert_eq!(before("2026-W07")?.label(), "2025-W07");
    /// assert_eq!(before("2024-01-01/2024-03-02")?.to_string(), "2023-01-01/2023-03-03");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::PeriodOutOfRange`](crate::ErrorKind::PeriodOutOfRange) before 1900.
    pub fn year_before(self) -> Result<Self, Error> {
        let (start, end) = match self.steps_by() {
            Step::Months(_) => (self.start.plus_months(-12), self.end.plus_months(-12)),
            Step::Weeks => self.moved(self.weeks_a_year_before()),
            Step::Days => self.moved(self.start.plus_months(-12)),
        };
        start
            .zip(end)
            .and_then(|(start, end)| Self::of_days(start, end))
            .ok_or(self.out_of_range("a year before"))
    }

    /// As many days from another first day on.
    fn moved(self, start: Option<Day>) -> (Option<Day>, Option<Day>) {
        let end = start.and_then(|start| start.plus(self.days().into()));
        (start, end)
    }

    fn weeks_a_year_before(self) -> Option<Day> {
        let week = self.start().iso_week();
        let of_number = Self::week(week.year().checked_sub(1)?, week.week());
        match of_number {
            Ok(of_number) if self.start().weekday() == Weekday::Mon => Some(of_number.start),
            _ => self.start.plus(-52 * 7),
        }
    }

    /// Its months, counted from its first day; they cover it exactly, so the last one may be shorter.
    pub fn months(self) -> impl Iterator<Item = Self> {
        self.pieces(|start, n| start.plus_months(i32::try_from(n).ok()?))
    }

    /// Its weeks of seven days, counted from its first day; they cover it exactly, so the last one may be shorter.
    pub fn weeks(self) -> impl Iterator<Item = Self> {
        self.pieces(|start, n| start.plus(n.checked_mul(7)?))
    }

    /// Each cut is reckoned from the period's first day: stepping from cut to cut would turn January 31 into the 28th for good.
    fn pieces(self, cut: impl Fn(Day, i64) -> Option<Day>) -> impl Iterator<Item = Self> {
        let at = move |n| cut(self.start, n).map_or(self.end, |day| day.min(self.end));
        (0..).map_while(move |n: i64| Self::of_days(at(n), at(n.checked_add(1)?)))
    }

    /// How many months it spans, where both its ends fall on the same day of the month.
    pub(crate) fn whole_months(self) -> Option<i32> {
        let (start, end) = (self.start.date(), self.end.date());
        if start.day() != end.day() {
            return None;
        }
        month_number(end)?.checked_sub(month_number(start)?)
    }

    /// The months from its first day that fit into it, and the days that are left over.
    pub(crate) fn months_and_days(self) -> Option<(i32, u32)> {
        let months =
            month_number(self.end.date())?.checked_sub(month_number(self.start.date())?)?;
        let fits = |months: i32| {
            let until = self.start.plus_months(months)?;
            Some((months, self.end.days_since(until)?))
        };
        fits(months).or_else(|| fits(months.checked_sub(1)?))
    }

    /// Whether an earlier one is of like length: as many months, or as many days, or the same step of a fiscal year of weeks, which has a
    /// week more here than there.
    pub(super) fn is_like(self, earlier: Self) -> bool {
        if let Some((now, before)) = self.whole_months().zip(earlier.whole_months()) {
            return now == before;
        }
        let weeks_apart = self.start.number().saturating_sub(earlier.start.number()) % 7 == 0;
        let step = months_of(self.days()).filter(|_| weeks_apart);
        self.days() == earlier.days() || (step.is_some() && step == months_of(earlier.days()))
    }

    /// Whether it is as long as a quarter: of months, or of a fiscal year of weeks.
    pub(crate) fn is_quarter(self) -> bool {
        self.whole_months() == Some(3) || months_of(self.days()) == Some(3)
    }

    /// Months that begin on a day which every month has are months, also where they happen to be whole weeks.
    fn steps_by(self) -> Step {
        match self.whole_months() {
            Some(months) if self.start.date().day() <= 28 => Step::Months(months),
            _ if self.days() % 7 == 0 => Step::Weeks,
            _ => Step::Days,
        }
    }

    fn step_from(self, day: Day, direction: i32) -> Option<Day> {
        match self.steps_by() {
            Step::Months(months) => day.plus_months(months.checked_mul(direction)?),
            Step::Weeks | Step::Days => {
                day.plus(i64::from(self.days()).checked_mul(i64::from(direction))?)
            }
        }
    }

    pub(super) fn out_of_range(self, relation: &'static str) -> Error {
        let period = self.to_string();
        PeriodProblem::PeriodOutOfRange { relation, period }.into()
    }
}

/// In what a period is counted where one goes from it to another.
enum Step {
    Months(i32),
    Weeks,
    Days,
}

fn month_number(date: NaiveDate) -> Option<i32> {
    let month = i32::try_from(date.month()).ok()?;
    date.year().checked_mul(12)?.checked_add(month)
}

pub(crate) fn no_such(unit: &'static str, number: impl Into<i64>, expected: &'static str) -> Error {
    let number = number.into();
    let problem = PeriodProblem::NoSuchPeriod {
        unit,
        number,
        expected,
    };
    problem.into()
}

fn no_such_year(year: i32) -> Error {
    no_such("supported year", year, "1900 to 2999")
}

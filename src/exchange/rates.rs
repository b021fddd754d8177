use core::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Convertible;
use super::conversion::Conversion;
use super::error::ExchangeProblem;
use crate::error::Error;
use crate::period::Day;
use crate::value::number::Exact;
use crate::value::{Currency, Entries, Money, RecordId};

/// What one unit of other currencies is worth in one, by date.
///
/// A rate holds from its date until the next one, and for no more than seven days unless
/// [`with_valid_days`](Self::with_valid_days) says otherwise: so that it spans a weekend, and a table that ends is noticed.
///
/// ```
/// use sales_metrics::{Currency, Money, date, decimal};
/// use sales_metrics::exchange::ExchangeRates;
///
/// let rates = ExchangeRates::new(Currency::JPY).with_rate(Currency::EUR, date(2026, 3, 6)?, decimal("161.25")?)?;
/// let price = Money::new(decimal("19.90")?, Currency::EUR);
/// assert_eq!(rates.convert_money(price, date(2026, 3, 8)?)?.to_string(), "3209 JPY");
///
/// let error = rates.convert_money(price, date(2026, 3, 5)?).unwrap_err();
/// assert_eq!(error.to_string(), "there is no rate from EUR to JPY on 2026-03-05; add one of that day or of the days before");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct ExchangeRates {
    to: Currency,
    rates: Rates,
    valid_days: u32,
}

/// By currency and by day, the units of the target for one unit of another currency. Invariant: above 0, at most 18 digits and 18
/// decimals, so that an amount times a rate is exact.
type Rates = Entries<Currency, Entries<Day, Exact>>;

const MOST_DIGITS: u128 = 1_000_000_000_000_000_000;
const MOST_DECIMALS: u32 = 18;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    to: Currency,
    rates: Rates,
    #[serde(default = "week")]
    valid_days: u32,
}

fn week() -> u32 {
    7
}

impl TryFrom<Wire> for ExchangeRates {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut rates = Self::new(wire.to).with_valid_days(wire.valid_days);
        for (currency, dated) in wire.rates {
            for (day, Exact(rate)) in dated {
                rates = rates.with_rate(currency, day.date(), rate)?;
            }
        }
        Ok(rates)
    }
}

impl From<ExchangeRates> for Wire {
    fn from(rates: ExchangeRates) -> Self {
        Self {
            to: rates.to,
            rates: rates.rates,
            valid_days: rates.valid_days,
        }
    }
}

/// Records of one currency, and what could not be brought into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted<R> {
    /// In their order, those that were in the target currency already among them.
    pub records: Vec<R>,
    /// What has no rate, in its order.
    pub without_rate: Vec<NoRate>,
}

/// A record that has no exchange rate.
///
/// Its text is `deal D-3: no rate from GBP to USD on 2026-03-01`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoRate {
    /// The record.
    pub record: RecordId,
    /// Its currency.
    pub from: Currency,
    /// The currency that was asked for.
    pub to: Currency,
    /// The date for which there is no rate.
    pub on: NaiveDate,
}

impl fmt::Display for NoRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            record,
            from,
            to,
            on,
        } = self;
        f.pad(&format!("{record}: no rate from {from} to {to} on {on}"))
    }
}

impl ExchangeRates {
    /// Rates into a currency; none yet.
    #[must_use]
    pub fn new(to: Currency) -> Self {
        Self {
            to,
            rates: Rates::default(),
            valid_days: week(),
        }
    }

    /// From this day on, one unit of `from` is worth so many units of the target.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidExchangeRate`](crate::ErrorKind::InvalidExchangeRate) for a rate that is not above 0, has more than 18 digits or 18 decimals, is a second one of
    /// that day, or is one of the target itself; [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_rate(
        mut self,
        from: Currency,
        on: NaiveDate,
        rate: impl Into<Decimal>,
    ) -> Result<Self, Error> {
        let rate = rate.into().normalize();
        let day = Day::new(on)
            .map_err(|error| error.about(format!("rate from {from} to {}", self.to)))?;
        let known = self.rates.get(&from).and_then(|dated| dated.get(&day));
        let problem = if from == self.to {
            Some("is of the target currency itself, which is always 1")
        } else if rate <= Decimal::ZERO {
            Some("must be above 0")
        } else if rate.mantissa().unsigned_abs() >= MOST_DIGITS || rate.scale() > MOST_DECIMALS {
            Some("has more than 18 digits or 18 decimals; round it")
        } else if known.is_some_and(|Exact(known)| *known != rate) {
            Some("is the second one of that day")
        } else {
            None
        };
        if let Some(problem) = problem {
            let problem = ExchangeProblem::InvalidExchangeRate {
                from,
                to: self.to,
                on,
                rate,
                problem,
            };
            return Err(problem.into());
        }
        match self.rates.get_mut(&from) {
            Some(dated) => dated.set(day, Exact(rate)),
            None => self.rates.set(from, Entries::of(vec![(day, Exact(rate))])),
        }
        Ok(self)
    }

    /// For how many days a rate holds where no newer one follows, its own day not counted: 7 unless it is said otherwise, 31 for a table of months.
    #[must_use]
    pub fn with_valid_days(self, days: u32) -> Self {
        Self {
            valid_days: days,
            ..self
        }
    }

    /// The currency into which these convert.
    #[must_use]
    pub fn to(&self) -> Currency {
        self.to
    }

    /// The rate that holds on a day, if there is one; 1 for the target itself.
    #[must_use]
    pub fn rate(&self, from: Currency, on: NaiveDate) -> Option<Decimal> {
        if from == self.to {
            return Some(Decimal::ONE);
        }
        let on = Day::supported(on)?;
        let (since, Exact(rate)) = self.rates.get(&from)?.last_up_to(&on)?;
        (on.days_since(*since)? <= self.valid_days).then_some(*rate)
    }

    /// An amount of money in the target currency, rounded to its minor unit; as it is where it is in that currency already.
    ///
    /// # Errors
    /// [`ErrorKind::NoExchangeRate`](crate::ErrorKind::NoExchangeRate); [`Undefined::OutOfRange`](crate::Undefined::OutOfRange) beyond what a decimal holds.
    pub fn convert_money(&self, money: Money, on: NaiveDate) -> Result<Money, Error> {
        let from = money.currency();
        let rate = self.rate(from, on).ok_or(ExchangeProblem::NoExchangeRate {
            from,
            to: self.to,
            on,
        })?;
        if from == self.to {
            return Ok(money);
        }
        let exact = money.amount().checked_mul(rate);
        let exact = exact.ok_or(crate::error::Undefined::OutOfRange)?;
        Ok(Money::new(self.in_minor_units(exact), self.to))
    }

    fn in_minor_units(&self, amount: Decimal) -> Decimal {
        let half_away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        amount.round_dp_with_strategy(self.to.minor_units(), half_away)
    }

    /// Records in the target currency, each converted at its own date: a closed deal at its close, an open one at `as_of`, a
    /// contract at its start, an expense at its date, a quota at the first day of its period.
    ///
    /// So it is booked. [`Book::with_own_rates`](crate::Book::with_own_rates) tells a report, which marks what compares two days. Contracts
    /// are better taken through [`convert_at`](Self::convert_at): here, a contract and the one that renews it for the same fee have two
    /// rates, and the difference would show as expansion or contraction.
    ///
    /// # Errors
    /// [`ErrorKind::AmountTooLarge`](crate::ErrorKind::AmountTooLarge) where an amount passes 10¹⁴ once it is converted.
    pub fn convert<'a, R: Convertible + 'a>(
        &self,
        records: impl IntoIterator<Item = &'a R>,
        as_of: NaiveDate,
    ) -> Result<Converted<R>, Error> {
        self.convert_on(records, |record| record.converted_on(as_of))
    }

    /// Records in the target currency, all at the rates of one day (constant currency): what moves between two periods is then what was
    /// sold, and not what the rates did.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, decimal, kpi};
    /// use sales_metrics::exchange::ExchangeRates;
    ///
    /// let contract = |id, start| Contract::new(id, "Acme", start, Currency::EUR)?.with_recurring(1_000, Per::Month);
    /// let contracts = [
    ///     contract("C-1", date(2025, 2, 1)?)?.with_last_day(date(2026, 1, 31)?)?,
    ///     contract("C-2", date(2026, 2, 1)?)?.with_renewal_of("C-1")?,
    /// ];
    /// let rates = ExchangeRates::new(Currency::USD)
    ///     .with_rate(Currency::EUR, date(2025, 2, 1)?, 1)?
    ///     .with_rate(Currency::EUR, date(2026, 2, 1)?, decimal("1.2")?)?;
    ///
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// let day = date(2026, 2, 1)?;
    /// let retention = |contracts: &[Contract]| Ok::<_, sales_metrics::Error>(
    ///     kpi::net_revenue_retention(&CustomerTally::of(contracts, q1)?)?.to_string(),
    /// );
    /// assert_eq!(retention(&rates.convert_at(&contracts, day)?.records)?, "100%");
    /// // Nobody pays more, and yet:
    /// assert_eq!(retention(&rates.convert(&contracts, day)?.records)?, "120%");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`convert`](Self::convert).
    pub fn convert_at<'a, R: Convertible + 'a>(
        &self,
        records: impl IntoIterator<Item = &'a R>,
        day: NaiveDate,
    ) -> Result<Converted<R>, Error> {
        self.convert_on(records, |_| day)
    }

    /// Each at the rate of its own day.
    fn convert_on<'a, R: Convertible + 'a>(
        &self,
        records: impl IntoIterator<Item = &'a R>,
        day: impl Fn(&R) -> NaiveDate,
    ) -> Result<Converted<R>, Error> {
        let mut converted = Converted {
            records: Vec::new(),
            without_rate: Vec::new(),
        };
        for record in records {
            let (from, on) = (record.currency().unwrap_or(self.to), day(record));
            match self.rate(from, on) {
                Some(_) if from == self.to => converted.records.push(record.clone()),
                Some(rate) => {
                    let there = record.converted(&Conversion::new(self.to, rate))?;
                    converted.records.push(there);
                }
                None => converted.without_rate.push(NoRate {
                    record: record.record_id(),
                    from,
                    to: self.to,
                    on,
                }),
            }
        }
        Ok(converted)
    }
}

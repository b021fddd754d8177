//! A benchmark as text, and whether it fits the KPI that is held against it.

use rust_decimal::Decimal;

use super::error::ScorecardProblem;
use crate::error::Error;
use crate::report::{Unit, Value};
use crate::value::{Average, MoneyPer, number};

/// A value of a unit from the text that it prints; of what has several parts, of the one by which it is ranked.
pub(super) fn read(unit: Unit, text: &str) -> Result<Value, Error> {
    Ok(match unit {
        Unit::Money | Unit::Volume | Unit::Waterfall => Value::Money(text.parse()?),
        Unit::MoneyPer | Unit::Movements => Value::MoneyPer(text.parse()?),
        Unit::Rate | Unit::Interval => Value::Rate(text.parse()?),
        Unit::Percent => Value::Percent(text.parse()?),
        Unit::Multiple => Value::Multiple(text.parse()?),
        Unit::Days => Value::Days(text.parse()?),
        Unit::Months => Value::Months(text.parse()?),
        Unit::Duration => Value::Duration(text.parse()?),
        Unit::Flag => Value::Flag(text == "yes"),
        Unit::DayChange => whole(number::parse_with_unit(text, &[" days", " day"])?).map_or_else(
            |number| Value::Number(Average::new(number)),
            Value::DayChange,
        ),
        Unit::Count | Unit::Number => {
            let number = number::parse(text)?;
            let count = whole(number)
                .ok()
                .and_then(|count| u64::try_from(count).ok());
            count.map_or_else(|| Value::Number(Average::new(number)), Value::Count)
        }
    })
}

fn whole(number: Decimal) -> Result<i64, Decimal> {
    if number.is_integer() {
        return i64::try_from(number).map_err(|_| number);
    }
    Err(number)
}

/// The benchmark in the unit of its KPI, or in that of the part by which that is ranked. A whole number is an average, too.
pub(super) fn fitting(metric: &str, unit: Unit, benchmark: &Value) -> Result<Value, Error> {
    let fits = match (unit, benchmark) {
        (Unit::Number, Value::Count(count)) => return Ok(Value::Number(Average::new(*count))),
        (Unit::Volume | Unit::Waterfall, Value::Money(_))
        | (Unit::Movements, Value::MoneyPer(_))
        | (Unit::Interval, Value::Rate(_)) => true,
        (Unit::Volume | Unit::Waterfall | Unit::Movements | Unit::Interval, _) => false,
        (unit, benchmark) => benchmark.unit() == unit,
    };
    if fits {
        return Ok(*benchmark);
    }
    let (metric, found) = (metric.to_owned(), benchmark.unit());
    Err(ScorecardProblem::Unit {
        metric,
        expected: part(unit),
        found,
    }
    .into())
}

/// The unit in which a benchmark is given.
fn part(unit: Unit) -> Unit {
    match unit {
        Unit::Volume | Unit::Waterfall => Unit::Money,
        Unit::Movements => Unit::MoneyPer,
        Unit::Interval => Unit::Rate,
        unit => unit,
    }
}

/// Money is held against money of the same currency, and of the same unit of time.
pub(super) fn expect_like(metric: &str, benchmark: &Value, actual: &Value) -> Result<(), Error> {
    if let (Some(found), Some(expected)) = (benchmark.currency(), actual.currency()) {
        if found != expected {
            let metric = metric.to_owned();
            let (expected, found) = (expected.to_string(), found.to_string());
            return Err(ScorecardProblem::Currency {
                metric,
                expected,
                found,
            }
            .into());
        }
    }
    match (per(benchmark), per(actual)) {
        (Some(found), Some(expected)) if found.per() != expected.per() => {
            Err(ScorecardProblem::Per {
                metric: metric.to_owned(),
                expected: expected.per().name(),
                found: found.per().name(),
            }
            .into())
        }
        _ => Ok(()),
    }
}

fn per(value: &Value) -> Option<MoneyPer> {
    match value {
        Value::MoneyPer(money) => Some(*money),
        Value::Movements(movements) => Some(movements.net_change()),
        _ => None,
    }
}

use core::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::tally::{MrrMovements, PipelineWaterfall};
use crate::value::{
    Average, Currency, Days, Interval, Length, Money, MoneyPer, Months, Multiple, Percent, Rate,
    Volume, number,
};

/// The value of any KPI.
///
/// It prints as what it holds does, and obeys the precision. Its JSON says what it is: `{"unit":"rate","value":"0.571"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "unit", content = "value", rename_all = "snake_case")]
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = "a report holds a few hundred of them, and hands them around freely"
)]
pub enum Value {
    /// An amount.
    Money(Money),
    /// An amount per unit of time.
    MoneyPer(MoneyPer),
    /// A share of a whole.
    Rate(Rate),
    /// A relative figure.
    Percent(Percent),
    /// How many times.
    Multiple(Multiple),
    /// A length of time.
    Days(Days),
    /// A length of time in months.
    Months(Months),
    /// A length of time by the clock or in working hours; in JSON, its seconds.
    Duration(#[serde(serialize_with = "in_seconds")] Length),
    /// How many.
    Count(u64),
    /// How many on average.
    Number(Average),
    /// Whether something holds.
    Flag(bool),
    /// How recurring revenue moved.
    Movements(MrrMovements),
    /// How the pipeline moved.
    Waterfall(PipelineWaterfall),
    /// Whole days, to later ones or below 0 to earlier ones.
    DayChange(i64),
    /// How many, and how much.
    Volume(Volume),
    /// From one rate to another.
    Interval(Interval<Rate>),
}

/// What a [`Value`] is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// [`Money`]
    Money,
    /// [`MoneyPer`]
    MoneyPer,
    /// [`Rate`]
    Rate,
    /// [`Percent`]
    Percent,
    /// [`Multiple`]
    Multiple,
    /// [`Days`]
    Days,
    /// [`Months`]
    Months,
    /// [`Length`]
    Duration,
    /// `u64`
    Count,
    /// [`Average`]
    Number,
    /// `bool`
    Flag,
    /// [`MrrMovements`]
    Movements,
    /// [`PipelineWaterfall`](crate::tally::PipelineWaterfall)
    Waterfall,
    /// `i64`
    DayChange,
    /// [`Volume`]
    Volume,
    /// [`Interval`] of [`Rate`]
    Interval,
}

impl Value {
    /// What it is measured in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self {
            Self::Money(_) => Unit::Money,
            Self::MoneyPer(_) => Unit::MoneyPer,
            Self::Rate(_) => Unit::Rate,
            Self::Percent(_) => Unit::Percent,
            Self::Multiple(_) => Unit::Multiple,
            Self::Days(_) => Unit::Days,
            Self::Months(_) => Unit::Months,
            Self::Duration(_) => Unit::Duration,
            Self::Count(_) => Unit::Count,
            Self::Number(_) => Unit::Number,
            Self::Flag(_) => Unit::Flag,
            Self::Movements(_) => Unit::Movements,
            Self::Waterfall(_) => Unit::Waterfall,
            Self::DayChange(_) => Unit::DayChange,
            Self::Volume(_) => Unit::Volume,
            Self::Interval(_) => Unit::Interval,
        }
    }

    /// The bare number, to rank or plot values of one KPI: of money the amount, of rates the fraction, of a volume its
    /// money, of an interval its low end, of a duration its seconds, of movements their balance a month, of a waterfall the money it closes
    /// with, of a flag 1 or 0.
    #[must_use]
    pub fn magnitude(&self) -> Decimal {
        match self {
            Self::Money(money) => money.decimal(),
            Self::MoneyPer(money) => money.decimal(),
            Self::Rate(rate) => rate.decimal(),
            Self::Percent(percent) => percent.decimal(),
            Self::Multiple(multiple) => multiple.decimal(),
            Self::Days(days) => days.decimal(),
            Self::Months(months) => months.decimal(),
            Self::Duration(length) => length.decimal(),
            Self::Count(count) => Decimal::from(*count),
            Self::Number(number) => number.decimal(),
            Self::Flag(holds) => Decimal::from(u8::from(*holds)),
            Self::Movements(movements) => movements.net_change().amount(),
            Self::Waterfall(waterfall) => waterfall.closing().decimal(),
            Self::DayChange(days) => Decimal::from(*days),
            Self::Volume(volume) => volume.decimal(),
            Self::Interval(interval) => interval.low().fraction(),
        }
    }

    /// The same, but none of a volume of which nobody knows the money.
    pub(crate) fn known_magnitude(&self) -> Option<Decimal> {
        match self {
            Self::Volume(volume) => volume.amount().ok().map(Money::amount),
            other => Some(other.magnitude()),
        }
    }

    /// Rounded for people: money to its minor unit with grouped digits, rates to one decimal, durations to seconds, other
    /// numbers to two decimals.
    ///
    /// ```
    /// use sales_metrics::{Currency, Money};
    /// use sales_metrics::report::Value;
    ///
    /// assert_eq!(Value::Money(Money::new(1_134_672, Currency::USD)).rounded(), "1,134,672.00 USD");
    /// assert_eq!(Value::Money(Money::new(1_134_672, Currency::JPY)).rounded(), "1,134,672 JPY");
    /// ```
    #[must_use]
    pub fn rounded(&self) -> String {
        match self {
            Self::Money(money) => in_minor_units(self, *money),
            Self::MoneyPer(money) => in_minor_units(self, money.money()),
            Self::Volume(volume) => match volume.amount() {
                Ok(money) => in_minor_units(self, money),
                Err(_) => format!("{self:#}"),
            },
            Self::Movements(movements) => in_minor_units(self, movements.net_change().money()),
            Self::Waterfall(waterfall) => in_minor_units(self, waterfall.closing().total()),
            Self::Count(_) | Self::Flag(_) | Self::DayChange(_) => format!("{self:#}"),
            Self::Duration(_) => format!("{self:.0}"),
            Self::Rate(_) | Self::Percent(_) | Self::Interval(_) => format!("{self:#.1}"),
            Self::Multiple(_) | Self::Days(_) | Self::Months(_) | Self::Number(_) => {
                format!("{self:#.2}")
            }
        }
    }

    /// The currency of what is money.
    pub(crate) fn currency(&self) -> Option<Currency> {
        match self {
            Self::Money(money) => Some(money.currency()),
            Self::MoneyPer(money) => Some(money.currency()),
            Self::Movements(movements) => Some(movements.net_change().currency()),
            Self::Waterfall(waterfall) => Some(waterfall.closing().total().currency()),
            Self::Volume(volume) => Some(volume.total().currency()),
            _ => None,
        }
    }

    /// The rounded figure with its unit, where a column of figures has none in common.
    pub(super) fn figure_with_unit(&self) -> String {
        match self.unit_and_figure() {
            _ if matches!(self, Self::Volume(_)) => self.rounded(),
            (unit, figure) => format!("{figure} {unit}").trim_end().to_owned(),
        }
    }

    /// The unit that a column of figures has in common, and the rounded figure without it: `USD` and `1,134,672.00`.
    pub(super) fn unit_and_figure(&self) -> (String, String) {
        let unit = match self {
            Self::Money(money) => money.currency().to_string(),
            Self::MoneyPer(money) => format!("{}/{}", money.currency(), money.per().name()),
            Self::Days(_) | Self::DayChange(_) => "days".to_owned(),
            Self::Months(_) => "months".to_owned(),
            Self::Volume(volume) => return volume_parts(*volume),
            // All its parts would be too wide for a column.
            Self::Waterfall(waterfall) => {
                let closing = Self::Money(waterfall.closing().total());
                let (unit, figure) = closing.unit_and_figure();
                return (format!("{unit} closing"), figure);
            }
            // All five movements would be too wide for a column.
            Self::Movements(movements) => {
                let (unit, figure) = Self::MoneyPer(movements.net_change()).unit_and_figure();
                return (format!("{unit} net"), figure);
            }
            Self::Rate(_)
            | Self::Percent(_)
            | Self::Multiple(_)
            | Self::Duration(_)
            | Self::Count(_)
            | Self::Number(_)
            | Self::Flag(_)
            | Self::Interval(_) => String::new(),
        };
        let figure = self.rounded();
        let figure = figure.strip_suffix(&unit).unwrap_or(&figure).trim_end();
        (unit, figure.to_owned())
    }
}

/// A volume is wide: its words go into the unit.
fn volume_parts(volume: Volume) -> (String, String) {
    let currency = volume.total().currency();
    let count = Value::Count(volume.count());
    let amount = volume.amount().map_or_else(
        |_| "–".to_owned(),
        |money| Value::Money(money).unit_and_figure().1,
    );
    (
        format!("deals · {currency} (unpriced)"),
        format!("{count:#} · {amount} ({})", volume.unpriced()),
    )
}

fn in_minor_units(value: &Value, money: Money) -> String {
    let places = usize::try_from(money.currency().minor_units()).unwrap_or_default();
    format!("{value:#.places$}")
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(f),
            Self::MoneyPer(money) => money.fmt(f),
            Self::Rate(rate) => rate.fmt(f),
            Self::Percent(percent) => percent.fmt(f),
            Self::Multiple(multiple) => multiple.fmt(f),
            Self::Days(days) => days.fmt(f),
            Self::Months(months) => months.fmt(f),
            Self::Duration(length) => length.fmt(f),
            Self::Count(count) => number::show_count(*count, f),
            Self::Number(number) => number.fmt(f),
            Self::Flag(holds) => number::pad(if *holds { "yes" } else { "no" }, f),
            Self::Movements(movements) => movements.fmt(f),
            Self::Waterfall(waterfall) => waterfall.fmt(f),
            Self::DayChange(days) => show_days(*days, f),
            Self::Volume(volume) => volume.fmt(f),
            Self::Interval(interval) => interval.fmt(f),
        }
    }
}

/// As a length of time prints, and below 0.
fn show_days(days: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let unit = if days.unsigned_abs() == 1 {
        " day"
    } else {
        " days"
    };
    number::show(Decimal::from(days), unit, f)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn in_seconds<S: Serializer>(length: &Length, serializer: S) -> Result<S::Ok, S::Error> {
    number::Exact(length.decimal()).serialize(serializer)
}

macro_rules! from {
    ($($variant:ident($type:ty),)*) => {
        $(
            impl From<$type> for Value {
                fn from(value: $type) -> Self {
                    Self::$variant(value)
                }
            }
        )*
    };
}

from! {
    Money(Money),
    MoneyPer(MoneyPer),
    Rate(Rate),
    Percent(Percent),
    Multiple(Multiple),
    Days(Days),
    Months(Months),
    Duration(Length),
    Count(u64),
    Number(Average),
    Flag(bool),
    Movements(MrrMovements),
    Waterfall(PipelineWaterfall),
    DayChange(i64),
    Volume(Volume),
    Interval(Interval<Rate>),
}

use core::cmp::Ordering;

use super::{Better, Inputs, Kpi, Value};
use crate::error::Error;
use crate::value::money::expect_currency;

/// A place in a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place<K> {
    /// From 1 on; equal values share a rank, and the next rank is then left out. None where the value is undefined.
    pub rank: Option<usize>,
    /// Whose place it is.
    pub key: K,
    /// The value, or why there is none.
    pub value: Result<Value, Error>,
}

/// Ranks groups by a KPI: the best first, by what the KPI calls better; the undefined last, without a rank.
///
/// Where neither way is better, the largest comes first. Equal values keep the order in which they were given.
///
/// # Errors
/// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the values are money of two currencies: a yen is not worth a euro.
///
/// # Examples
/// ```
/// use sales_metrics::report::{self, Inputs, leaderboard};
/// use sales_metrics::{Book, BookTally, Currency, Deal, Dimension, Outcome, Period, Scope, date};
///
/// let deals = [
///     Deal::new("D-1", date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?.with_owner("ada")?,
///     Deal::new("D-2", date(2026, 1, 9)?, Outcome::Lost { on: date(2026, 3, 1)? }, Currency::USD)?.with_owner("bob")?,
///     Deal::new("D-3", date(2026, 1, 9)?, Outcome::Open, Currency::USD)?.with_owner("eve")?,
/// ];
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let book = Book::new(Currency::USD).with_deals(deals)?;
/// let by_rep = BookTally::by(&book, q1, &Dimension::Rep)?;
///
/// let win_rate = report::find("win_rate")?;
/// let places = leaderboard(win_rate, by_rep.iter().map(|(rep, tally)| (rep, Inputs::new(tally))))?;
/// let ranks: Vec<_> = places.iter().map(|place| place.rank).collect();
/// assert_eq!(ranks, [Some(1), Some(2), None]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
pub fn leaderboard<'a, K>(
    kpi: &Kpi,
    groups: impl IntoIterator<Item = (K, Inputs<'a>)>,
) -> Result<Vec<Place<K>>, Error> {
    let mut places: Vec<Place<K>> = groups
        .into_iter()
        .map(|(key, inputs)| Place {
            rank: None,
            key,
            value: kpi.evaluate(&inputs),
        })
        .collect();
    expect_one_currency(&places)?;
    places.sort_by(|a, b| order(kpi.better(), &a.value, &b.value));
    rank(&mut places);
    Ok(places)
}

fn expect_one_currency<K>(places: &[Place<K>]) -> Result<(), Error> {
    let values = places.iter().filter_map(|place| place.value.as_ref().ok());
    let mut currencies = values.filter_map(Value::currency);
    let Some(first) = currencies.next() else {
        return Ok(());
    };
    currencies.try_for_each(|found| expect_currency("the value of a group", first, found))
}

fn order(better: Better, a: &Result<Value, Error>, b: &Result<Value, Error>) -> Ordering {
    match (a, b) {
        (Ok(a), Ok(b)) if better == Better::Down => a.magnitude().cmp(&b.magnitude()),
        (Ok(a), Ok(b)) => b.magnitude().cmp(&a.magnitude()),
        (a, b) => a.is_err().cmp(&b.is_err()),
    }
}

/// Gives each defined value its rank; they stand in order already.
fn rank<K>(places: &mut [Place<K>]) {
    let mut shared = None;
    for (position, place) in (1_usize..).zip(places.iter_mut()) {
        let Ok(value) = &place.value else { return };
        let magnitude = value.magnitude();
        let rank = match shared {
            Some((equal, rank)) if equal == magnitude => rank,
            _ => position,
        };
        shared = Some((magnitude, rank));
        place.rank = Some(rank);
    }
}

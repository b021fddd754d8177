use crate::error::Error;

/// One pass over rows of which each may fail, as those of a file or a database do: `of`, `series` or `grid` of any tally, or whatever takes
/// an iterator. It ends at the first row that fails, and is that row's error.
///
/// # Errors
/// That of the first row that fails; else that of the pass.
///
/// # Examples
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Error, Outcome, Period, Scope, date, tally};
///
/// // A stream: each row becomes a deal, or is an error.
/// let won = |id: &str, owner: &str| {
///     let won = Outcome::Won { on: date(2026, 2, 20)? };
///     Deal::new(id, date(2026, 1, 7)?, won, Currency::USD)?.with_owner(owner)
/// };
/// let rows = [("D-1", "ada"), ("D-2", "ben"), ("D-3", "ada")];
/// let months = || Period::quarter(2026, 1).map(|q1| q1.months().map(|month| Scope::new(month, Currency::USD)));
/// let grid = |rows: &[(&str, &str)]| {
///     let deals = rows.iter().map(|(id, owner)| won(id, owner));
///     let months = months()?;
///     tally::of_rows(deals, |deals| DealTally::grid(deals, months, |deal| deal.owner().cloned()))
/// };
///
/// let by_rep = grid(&rows)?;
/// let wins = |month: &DealTally| Ok::<_, Error>(month.totals().won()?.count);
/// assert_eq!(by_rep.series()?.iter().map(wins).collect::<Result<Vec<_>, _>>()?, [0, 3, 0]);
///
/// // An empty id is no id.
/// let error = grid(&[("D-1", "ada"), ("", "ben")]).unwrap_err();
/// assert_eq!(error.kind(), sales_metrics::ErrorKind::InvalidId);
/// # Ok::<(), Error>(())
/// ```
/// Rows of another source have errors of another kind; whatever an [`Error`] can become will do:
/// ```
/// use sales_metrics::{Currency, Deal, DealTally, Outcome, Period, Scope, date, tally};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let rows = ["1", "two", "3"].map(|row| {
///     let number: u64 = row.parse()?;
///     Ok::<_, Box<dyn std::error::Error>>(Deal::new(number, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?)
/// });
/// let error = tally::of_rows(rows, |deals| DealTally::of(deals, q1)).unwrap_err();
/// assert_eq!(error.to_string(), "invalid digit found in string");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
pub fn of_rows<R, T, E: From<Error>>(
    rows: impl IntoIterator<Item = Result<R, E>>,
    pass: impl FnOnce(&mut dyn Iterator<Item = R>) -> Result<T, Error>,
) -> Result<T, E> {
    let mut failed = None;
    let sound = |row: Result<R, E>| row.map_err(|error| failed = Some(error)).ok();
    let tallied = pass(&mut rows.into_iter().map_while(sound).fuse());
    match failed {
        Some(error) => Err(error),
        None => Ok(tallied?),
    }
}

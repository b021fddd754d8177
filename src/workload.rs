//! Who has how much in hand, against how much each can carry: territories in balance, and whose turn it is.

use core::cmp::Ordering;
use core::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::value::id::checked;
use crate::value::{Entries, IntoId, Label, Percent};

/// The load of each rep, territory or team beside its cap: open leads, open deals, accounts.
///
/// A load is what one counts, whoever counts it: [`BookTally::by`](crate::BookTally::by) tells it by rep, by team and by any dimension or
/// [`Segment`](crate::Segment). Its JSON is read and written.
///
/// ```
/// use sales_metrics::workload::Workload;
/// use sales_metrics::{Book, BookTally, Currency, Dimension, Lead, Period, Scope, instant};
///
/// let lead = |id: &str, owner| Lead::new(id, instant("2026-03-06T18:30:00Z")?)?.with_owner(owner);
/// let leads = [lead("L-1", "ada")?, lead("L-2", "ada")?, lead("L-3", "ben")?];
/// let book = Book::new(Currency::USD).with_leads(leads)?;
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
///
/// let mut workload = Workload::new().with_cap("ada", 2)?.with_cap("ben", 4)?.with_cap("eve", 4)?;
/// for (rep, tallies) in BookTally::by(&book, q1, &Dimension::Rep)? {
///     let open = tallies.leads().expect("there are leads").totals().open()?;
///     workload = workload.with_load(rep.unwrap_or("nobody"), open)?;
/// }
/// assert_eq!(workload.to_string(), "\
/// ada  2 of 2  100.0%
/// ben  1 of 4   25.0%
/// eve  0 of 4    0.0%
/// ");
/// // Three leads come in: who has the smallest part of the cap in hand is next.
/// let next: Vec<String> = workload.assigned(3).iter().map(ToString::to_string).collect();
/// assert_eq!(next, ["eve", "ben", "eve"]);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Workload(Entries<Label, Share>);

/// How much one has in hand, and how much at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Share {
    /// What is in hand.
    #[serde(default)]
    pub load: u64,
    /// How much it is meant to be at most; none where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u64>,
}

impl Share {
    /// The load as a part of the cap; more than 100 % where it is above. None where there is no cap, or one of 0.
    #[must_use]
    pub fn used(&self) -> Option<Percent> {
        let part = Decimal::from(self.load).checked_div(Decimal::from(self.cap?))?;
        Percent::from_fraction(part).ok()
    }

    /// How many more fit; 0 where the cap is reached, and where there is none.
    #[must_use]
    pub fn room(&self) -> u64 {
        self.cap.map_or(0, |cap| cap.saturating_sub(self.load))
    }

    /// By how many the load is above the cap.
    #[must_use]
    pub fn excess(&self) -> u64 {
        self.cap.map_or(0, |cap| self.load.saturating_sub(cap))
    }

    /// Whose turn it is: the smaller part of the cap first, and of equal parts the larger cap.
    fn is_freer(self, than: Self) -> bool {
        let [cap, other_cap] = [self, than].map(|share| u128::from(share.cap.unwrap_or_default()));
        let [load, other_load] = [self, than].map(|share| u128::from(share.load));
        // Neither product passes 128 bits.
        match (load * other_cap).cmp(&(other_load * cap)) {
            Ordering::Less => true,
            Ordering::Equal => cap > other_cap,
            Ordering::Greater => false,
        }
    }
}

impl Workload {
    /// Of nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How much one is meant to have at most; said again, the last cap holds. A cap without a load has nothing in hand.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_cap(mut self, whose: impl IntoId<Label>, cap: u64) -> Result<Self, Error> {
        let (whose, share) = self.share(whose)?;
        let cap = Some(cap);
        self.0.set(whose, Share { cap, ..share });
        Ok(self)
    }

    /// How much more one has in hand: several loads of one add up.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_load(mut self, whose: impl IntoId<Label>, load: u64) -> Result<Self, Error> {
        let (whose, share) = self.share(whose)?;
        let load = share.load.saturating_add(load);
        self.0.set(whose, Share { load, ..share });
        Ok(self)
    }

    /// All shares, in the order of the names.
    pub fn shares(&self) -> impl Iterator<Item = (&Label, Share)> {
        self.0.iter().map(|(whose, share)| (whose, *share))
    }

    /// Those with more in hand than their cap.
    pub fn overloaded(&self) -> impl Iterator<Item = (&Label, Share)> {
        self.shares().filter(|(_, share)| share.excess() > 0)
    }

    /// Who gets the next so many, one after the other: each goes to whoever has the smallest part of the cap in hand by then, of equal parts
    /// to the larger cap, of equal caps to the first by name. They are fewer where nobody has room for more; who has no cap gets none.
    #[must_use]
    pub fn assigned(&self, count: usize) -> Vec<&Label> {
        let mut shares: Vec<(&Label, Share)> = self.shares().collect();
        let mut turns = Vec::new();
        while turns.len() < count {
            let mut next: Option<&mut (&Label, Share)> = None;
            for share in shares.iter_mut().filter(|(_, share)| share.room() > 0) {
                if next
                    .as_ref()
                    .is_none_or(|(_, freest)| share.1.is_freer(*freest))
                {
                    next = Some(share);
                }
            }
            let Some((whose, share)) = next else { break };
            share.load += 1;
            turns.push(*whose);
        }
        turns
    }

    fn share(&self, whose: impl IntoId<Label>) -> Result<(Label, Share), Error> {
        let whose: Label = checked(whose).map_err(|error| error.about("workload"))?;
        let share = self.0.get(&whose).copied().unwrap_or_default();
        Ok((whose, share))
    }
}

/// A line each: who, the load of the cap, and the part of it.
impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: Vec<[String; 3]> = Vec::new();
        for (whose, share) in self.shares() {
            let load = match share.cap {
                Some(cap) => format!("{} of {cap}", share.load),
                None => format!("{} of –", share.load),
            };
            let used = share
                .used()
                .map_or_else(|| "–".to_owned(), |used| format!("{used:.1}"));
            rows.push([whose.to_string(), load, used]);
        }
        let width = |at: usize| {
            rows.iter()
                .filter_map(|row| Some(row.get(at)?.chars().count()))
                .max()
                .unwrap_or_default()
        };
        let (names, loads, parts) = (width(0), width(1), width(2));
        for [whose, load, used] in &rows {
            writeln!(f, "{whose:names$}  {load:>loads$}  {used:>parts$}")?;
        }
        Ok(())
    }
}

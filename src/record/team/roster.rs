use core::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::error::Error;
use crate::record::error::RecordProblem;
use crate::record::{Quota, Record, Rep};
use crate::value::{kept, sorted};

/// The reps of a team and their quotas.
///
/// The order in which they are given leaves no trace: reps stand by their ids, quotas by their rep and period. It shares them: cloning
/// it copies none.
///
/// ```
/// use sales_metrics::{Currency, Period, Quota, Rep, Roster};
///
/// let q1 = Period::quarter(2026, 1)?;
/// let roster = Roster::new(
///     [Rep::new("ada")?.with_team("north")?, Rep::new("ben")?.with_team("south")?],
///     [Quota::of_money("ada", q1, 250_000, Currency::USD)?, Quota::of_deals("ben", q1, 12)?],
/// )?;
/// let north = roster.filter(|rep| rep.team().is_some_and(|team| team.as_str() == "north"));
/// assert_eq!((north.reps().len(), north.quotas().len()), (1, 1));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Members")]
pub struct Roster {
    /// Invariant: each id once, in their order.
    #[serde(serialize_with = "as_list")]
    reps: Arc<Vec<Rep>>,
    /// Invariant: in the order of [`Quota::place`], of reps above, those of one rep and kind without overlap.
    #[serde(serialize_with = "as_list", skip_serializing_if = "is_empty")]
    quotas: Arc<Vec<Quota>>,
}

/// As it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    reps: Vec<Rep>,
    #[serde(default)]
    quotas: Vec<Quota>,
}

impl TryFrom<Members> for Roster {
    type Error = Error;

    fn try_from(wire: Members) -> Result<Self, Error> {
        Self::new(wire.reps, wire.quotas)
    }
}

fn as_list<T: Serialize, S: Serializer>(
    records: &Arc<Vec<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    records.as_slice().serialize(serializer)
}

fn is_empty(quotas: &Arc<Vec<Quota>>) -> bool {
    quotas.is_empty()
}

/// In order; shared on where they are in order already.
fn in_order<T: Clone>(records: Arc<Vec<T>>, compare: fn(&T, &T) -> Ordering) -> Arc<Vec<T>> {
    if records.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return records;
    }
    Arc::new(sorted(Arc::unwrap_or_clone(records), compare))
}

impl Roster {
    /// The roster of these reps and quotas.
    ///
    /// # Errors
    /// - [`ErrorKind::DuplicateRep`](crate::ErrorKind::DuplicateRep) where an id is there twice.
    /// - [`ErrorKind::UnknownRep`](crate::ErrorKind::UnknownRep) for a quota of a rep who is not there.
    /// - [`ErrorKind::QuotasOverlap`](crate::ErrorKind::QuotasOverlap) where a rep has two quotas of money, or two of deals, for the same day.
    pub fn new(
        reps: impl IntoIterator<Item = Rep>,
        quotas: impl IntoIterator<Item = Quota>,
    ) -> Result<Self, Error> {
        let (reps, quotas) = (reps.into_iter().collect(), quotas.into_iter().collect());
        Self::sharing(Arc::new(reps), Arc::new(quotas))
    }

    /// The same, of shared ones.
    pub(crate) fn sharing(reps: Arc<Vec<Rep>>, quotas: Arc<Vec<Quota>>) -> Result<Self, Error> {
        let roster = Self {
            reps: in_order(reps, |a, b| a.id().cmp(b.id())),
            quotas: in_order(quotas, |a, b| a.place().cmp(&b.place())),
        };
        roster.expect_each_rep_once()?;
        roster.expect_known_reps()?;
        roster.expect_no_overlap()?;
        Ok(roster)
    }

    /// The reps, by their ids.
    #[must_use]
    pub fn reps(&self) -> &[Rep] {
        &self.reps
    }

    /// The quotas, by rep, those of money first, and by period.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.quotas
    }

    /// A rep by the id.
    #[must_use]
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        let at = self
            .reps()
            .binary_search_by(|rep| rep.id().as_str().cmp(id));
        self.reps().get(at.ok()?)
    }

    /// The roster of some of the reps, with their quotas: that of a team.
    #[must_use]
    pub fn filter(&self, mut keep: impl FnMut(&Rep) -> bool) -> Self {
        self.part(&mut keep)
    }

    /// The same, once for whatever is asked of a rep.
    pub(crate) fn part(&self, keep: &mut dyn FnMut(&Rep) -> bool) -> Self {
        let reps = kept(&self.reps, keep);
        if reps.len() == self.reps.len() {
            return self.clone();
        }
        let mut quotas = Vec::new();
        for rep in reps.iter() {
            quotas.extend_from_slice(self.quotas_of(rep));
        }
        Self {
            reps,
            quotas: Arc::new(quotas),
        }
    }

    /// The reps without their quotas: for what needs none, in a period that a quota straddles.
    ///
    /// ```
    /// use sales_metrics::{Currency, Period, Quota, Rep, Roster, Scope};
    ///
    /// let year = Quota::of_money("ada", Period::year(2026)?, 1_000_000, Currency::USD)?;
    /// let roster = Roster::new([Rep::new("ada")?], [year])?;
    /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
    /// assert!(q1.with_roster(&roster).is_err());
    /// assert!(q1.with_roster(&roster.without_quotas()).is_ok());
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn without_quotas(&self) -> Self {
        Self {
            reps: Arc::clone(&self.reps),
            quotas: Arc::default(),
        }
    }

    /// The quotas of a rep.
    pub(crate) fn quotas_of(&self, rep: &Rep) -> &[Quota] {
        let quotas = self.quotas();
        let start = quotas.partition_point(|quota| quota.rep() < rep.id());
        let end = quotas.partition_point(|quota| quota.rep() <= rep.id());
        quotas.get(start..end).unwrap_or_default()
    }

    fn expect_each_rep_once(&self) -> Result<(), Error> {
        let ids = self.reps().iter().map(Rep::id);
        match ids.clone().zip(ids.skip(1)).find(|(id, next)| id == next) {
            Some((id, _)) => Err(Error::from(RecordProblem::DuplicateRep).of(id)),
            None => Ok(()),
        }
    }

    fn expect_known_reps(&self) -> Result<(), Error> {
        let mut quotas = self.quotas().iter();
        match quotas.find(|quota| self.rep(quota.rep().as_str()).is_none()) {
            Some(quota) => {
                let rep = quota.rep().clone();
                quota.in_field("rep", Err(RecordProblem::UnknownRep { rep }.into()))
            }
            None => Ok(()),
        }
    }

    fn expect_no_overlap(&self) -> Result<(), Error> {
        let pairs = self.quotas().iter().zip(self.quotas().iter().skip(1));
        for (earlier, later) in pairs {
            let ((a, kind, first), (b, same, second)) = (earlier.place(), later.place());
            if (a, kind) == (b, same) && second.start() < first.end() {
                let problem = RecordProblem::QuotasOverlap { other: first };
                return later.in_field("period", Err(problem.into()));
            }
        }
        Ok(())
    }
}

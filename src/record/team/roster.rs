use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::error::Error;
use crate::record::{Quota, Record, Rep};
use crate::value::sorted;

/// The reps of a team and their quotas.
///
/// The order in which they are given leaves no trace: reps stand by their ids, quotas by their rep and period. Cloning it is cheap.
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "Members")]
pub struct Roster(Arc<Members>);

/// As it is on the wire, too.
#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    /// Invariant: each id once, in their order.
    reps: Vec<Rep>,
    /// Invariant: in the order of [`Quota::place`], of reps above, those of one rep and kind without overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    quotas: Vec<Quota>,
}

impl TryFrom<Members> for Roster {
    type Error = Error;

    fn try_from(wire: Members) -> Result<Self, Error> {
        Self::new(wire.reps, wire.quotas)
    }
}

impl Serialize for Roster {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Roster {
    /// The roster of these reps and quotas.
    ///
    /// # Errors
    /// - [`Error::DuplicateRep`] where an id is there twice.
    /// - [`Error::UnknownRep`] for a quota of a rep who is not there.
    /// - [`Error::QuotasOverlap`] where a rep has two quotas of money, or two of deals, for the same day.
    pub fn new(
        reps: impl IntoIterator<Item = Rep>,
        quotas: impl IntoIterator<Item = Quota>,
    ) -> Result<Self, Error> {
        Self::of(reps.into_iter().collect(), quotas.into_iter().collect())
    }

    fn of(reps: Vec<Rep>, quotas: Vec<Quota>) -> Result<Self, Error> {
        let roster = Self(Arc::new(Members {
            reps: sorted(reps, |a, b| a.id().cmp(b.id())),
            quotas: sorted(quotas, |a, b| a.place().cmp(&b.place())),
        }));
        roster.expect_each_rep_once()?;
        roster.expect_known_reps()?;
        roster.expect_no_overlap()?;
        Ok(roster)
    }

    /// The reps, by their ids.
    #[must_use]
    pub fn reps(&self) -> &[Rep] {
        &self.0.reps
    }

    /// The quotas, by rep, those of money first, and by period.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.0.quotas
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
        let reps = self.reps().iter().filter(|rep| keep(rep)).cloned();
        let mut kept = Members {
            reps: reps.collect(),
            quotas: Vec::new(),
        };
        for rep in &kept.reps {
            kept.quotas.extend_from_slice(self.quotas_of(rep));
        }
        Self(Arc::new(kept))
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
        Self(Arc::new(Members {
            reps: self.reps().to_vec(),
            quotas: Vec::new(),
        }))
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
            Some((id, _)) => Err(Error::DuplicateRep { rep: id.clone() }),
            None => Ok(()),
        }
    }

    fn expect_known_reps(&self) -> Result<(), Error> {
        let mut quotas = self.quotas().iter();
        match quotas.find(|quota| self.rep(quota.rep().as_str()).is_none()) {
            Some(quota) => Err(Error::UnknownRep {
                quota: quota.record_id().to_string(),
                rep: quota.rep().clone(),
            }),
            None => Ok(()),
        }
    }

    fn expect_no_overlap(&self) -> Result<(), Error> {
        let pairs = self.quotas().iter().zip(self.quotas().iter().skip(1));
        for (earlier, later) in pairs {
            let ((a, kind, first), (b, same, second)) = (earlier.place(), later.place());
            if (a, kind) == (b, same) && second.start() < first.end() {
                return Err(Error::QuotasOverlap {
                    quota: later.record_id().to_string(),
                    other: first,
                });
            }
        }
        Ok(())
    }
}

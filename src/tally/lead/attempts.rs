use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::Lead;
use crate::tally::error::impossible;
use crate::tally::priced::MAX_DAYS;
use crate::tally::rules::expect_all;
use crate::tally::store::DayCounts;

/// How often leads were tried, by days of 24 hours from their arrival on: the first 24 hours are day 0.
///
/// A lead counts for a stretch of days where that stretch is over by the evening of the as-of day. An attempt then counts if it
/// came on one of these days; so of an attempt on day `a` of a lead whose first `d` days are over, the stretches from
/// `a + 1` to `d` days take notice. Both numbers are kept apart: what is before a stretch's end, less what is before its
/// beginning, is what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub(crate) struct Attempts {
    /// Of each lead, how many of its days are over.
    lead_days: DayCounts,
    /// Of each attempt on a day that is over, which day it came on.
    came: DayCounts,
    /// Of each of these attempts, how many days of its lead are over. Invariant: as many as in `came`, each later than
    /// its day.
    over: DayCounts,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    lead_days: Vec<u64>,
    came: Vec<u64>,
    over: Vec<u64>,
}

/// From the first midnight of the supported years to the last: one more than days lie between two dates.
const MAX_OVER: u64 = MAX_DAYS + 1;

impl TryFrom<Wire> for Attempts {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let counts =
            |list: &[u64]| DayCounts::within(list, MAX_OVER).ok_or_else(|| impossible(LATE));
        let attempts = Self {
            lead_days: counts(&wire.lead_days)?,
            came: counts(&wire.came)?,
            over: counts(&wire.over)?,
        };
        let (came, over) = (attempts.came.list(), attempts.over.list());
        let in_order = came.iter().zip(&over).all(|(came, over)| came < over);
        expect_all(&[(came.len() == over.len() && in_order, LATE)])?;
        Ok(attempts)
    }
}

impl From<Attempts> for Wire {
    fn from(attempts: Attempts) -> Self {
        Self {
            lead_days: attempts.lead_days.list(),
            came: attempts.came.list(),
            over: attempts.over.list(),
        }
    }
}

impl Attempts {
    /// Adds a lead of which so many days are over, and the days on which it was tried.
    #[inline]
    pub(in crate::tally) fn add(&mut self, over: u32, lead: &Lead) {
        self.lead_days.push(over);
        lead.each_attempt_day(|came| {
            if came < over {
                self.came.push(came);
                self.over.push(over);
            }
        });
    }

    pub(in crate::tally) fn merge(&mut self, other: &Self) {
        self.lead_days.merge(&other.lead_days);
        self.came.merge(&other.came);
        self.over.merge(&other.over);
    }

    /// How many leads there are.
    pub(in crate::tally) fn leads(&self) -> u64 {
        self.lead_days.count()
    }

    /// How many leads have so many days behind them.
    pub(crate) fn leads_over(&self, days: u64) -> u64 {
        self.leads()
            .saturating_sub(self.lead_days.count_below(days))
    }

    /// How many attempts these leads had in that time.
    pub(crate) fn within(&self, days: u64) -> u64 {
        let came = self.came.count_below(days);
        came.saturating_sub(self.over.count_below(days))
    }
}

const LATE: &str = "every attempt comes on a day of its lead that is over, and nothing takes longer than 401767 days";

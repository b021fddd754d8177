use core::borrow::Borrow;

use chrono::NaiveDate;

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::period::{Day, Stamp};
use crate::record::Lead;
use crate::value::{DealId, LeadId, RepId, sorted};

impl Audit {
    /// Everything odd about these leads, as [`deals`](Self::deals) says it of deals.
    ///
    /// Their owners are checked against [`with_reps`](Self::with_reps), the deals that they became against
    /// [`with_deals`](Self::with_deals).
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Lead, Origin, date, instant};
    ///
    /// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00+01:00")?)?
    ///     .with_first_touch(instant("2026-03-06T09:00:00-05:00")?)?
    ///     .with_origin(Origin::Marketing)
    ///     .with_owner("ada")?;
    /// let findings = Audit::new(date(2026, 3, 31)?)?.leads([&lead]);
    /// assert_eq!(
    ///     findings[0].to_string(),
    ///     "lead L-1: first touched at 2026-03-06T09:00:00-05:00, before it arrived at 2026-03-06T18:30:00+01:00",
    /// );
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn leads<I>(&self, leads: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Lead>,
    {
        Passed::findings(vec![self.pass_leads(leads)])
    }

    pub(in crate::audit) fn pass_leads<I>(&self, leads: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Lead>,
    {
        let mut passed = Passed::default();
        let mut converted = Vec::new();
        for lead in leads {
            let lead = lead.borrow();
            let position = passed.pass(lead);
            self.lead(lead, &mut passed);
            if let Some(deal) = lead.deal() {
                converted.push((deal.clone(), lead.id().clone(), position));
            }
        }
        passed.find_duplicates();
        find_shared_deals(converted, &mut passed);
        passed
    }

    fn lead(&self, lead: &Lead, passed: &mut Passed) {
        let is_unplaced = lead.origin().is_none();
        passed.note(&mut self.lead_late(lead));
        passed.note(&mut lead_order(lead));
        passed.note(&mut self.conversion(lead));
        passed.note(&mut untold(lead));
        let facts = lead.facts();
        passed.note(&mut [
            self.in_utc(&[Some(facts.arrived), facts.touched]),
            is_unplaced.then_some(FindingKind::MissingOrigin),
            self.lead_owner(lead),
        ]);
        passed.name("owner", lead.owner().map(RepId::as_str));
        passed.dimensions(lead.dimensions());
    }

    /// What has happened after the as-of day.
    fn lead_late(&self, lead: &Lead) -> [Option<FindingKind>; 6] {
        let facts = lead.facts();
        let late = |on: Option<Day>| on.map(Day::date).filter(|on| *on > self.as_of);
        [
            late(Some(facts.arrived_on)).map(|arrived| FindingKind::ArrivedAfterAsOf { arrived }),
            late(facts.touched_on).map(|touched| FindingKind::TouchedAfterAsOf { touched }),
            late(facts.qualified).map(|qualified| FindingKind::QualifiedAfterAsOf { qualified }),
            late(facts.converted_on())
                .map(|converted| FindingKind::ConvertedAfterAsOf { converted }),
            late(facts.won).map(|won| FindingKind::WonAfterAsOf { won }),
            late(facts.disqualified_on())
                .map(|disqualified| FindingKind::DisqualifiedAfterAsOf { disqualified }),
        ]
    }

    /// Whether its deal is known, and won if the lead is.
    fn conversion(&self, lead: &Lead) -> [Option<FindingKind>; 2] {
        let Some(deal) = lead.deal() else {
            return [None, None];
        };
        let known = self.deals.as_ref().and_then(|known| known.get(deal));
        let not_won = lead.won().is_some() && known.is_some_and(|won| !won);
        [
            self.unknown_deal(deal),
            not_won.then(|| FindingKind::DealNotWon { deal: deal.clone() }),
        ]
    }

    fn lead_owner(&self, lead: &Lead) -> Option<FindingKind> {
        let is_open = !lead.is_converted() && !lead.is_disqualified();
        match (lead.owner(), closed(lead)) {
            (Some(rep), Some(closed)) => self.owner(rep, closed),
            (Some(rep), None) if is_open => self.owner(rep, self.as_of),
            (Some(rep), None) => self.unknown_rep(rep),
            (None, _) => is_open.then_some(FindingKind::MissingOwner),
        }
    }
}

/// The day on which it became a deal or was given up, whichever is known and came first.
fn closed(lead: &Lead) -> Option<NaiveDate> {
    let days = [lead.converted(), lead.disqualified()];
    days.into_iter().flatten().min()
}

/// What is out of order, or excludes each other.
fn lead_order(lead: &Lead) -> [Option<FindingKind>; 3] {
    let facts = lead.facts();
    let arrived = facts.arrived_on.date();
    let too_soon = |touched: &Stamp| touched.is_surely_before(facts.arrived);
    [
        facts
            .touched
            .filter(too_soon)
            .map(|touched| FindingKind::TouchedBeforeArrival {
                touched: touched.when(),
                arrived: lead.arrived(),
            }),
        lead.converted()
            .filter(|converted| *converted < arrived)
            .map(|converted| FindingKind::ConvertedBeforeArrival { arrived, converted }),
        (lead.is_converted() && lead.is_disqualified()).then(|| {
            FindingKind::ConvertedAndDisqualified {
                converted: lead.converted(),
                disqualified: lead.disqualified(),
            }
        }),
    ]
}

/// What an export does not say, so that it cannot be told.
fn untold(lead: &Lead) -> [Option<FindingKind>; 3] {
    let facts = lead.facts();
    let undated = |is: bool, on: Option<Day>| is && on.is_none();
    [
        facts.lacks_time().then_some(FindingKind::MissingTime),
        undated(lead.is_converted(), facts.converted_on())
            .then_some(FindingKind::UndatedConversion),
        undated(lead.is_disqualified(), facts.disqualified_on())
            .then_some(FindingKind::UndatedDisqualification),
    ]
}

/// Finds the deals that more than one lead became. One lead that is there twice is a duplicate, and nothing else.
fn find_shared_deals(converted: Vec<(DealId, LeadId, usize)>, passed: &mut Passed) {
    let converted = sorted(converted, Ord::cmp);
    for leads in converted.chunk_by(|(a, ..), (b, ..)| a == b) {
        let shared = leads.windows(2).any(|pair| match pair {
            [(_, a, _), (_, b, _)] => a != b,
            _ => false,
        });
        for (deal, _, position) in leads.iter().filter(|_| shared) {
            passed.found(*position, FindingKind::SharedDeal { deal: deal.clone() });
        }
    }
}

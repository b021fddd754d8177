mod facts;
mod handover;
mod milestone;
mod standing;
mod wire;

pub(crate) use facts::LeadFacts;
pub use facts::Origin;
pub use milestone::Milestone;
pub use standing::LeadStanding;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Place, Scope, Stamp, When};
use crate::record::error::RecordProblem;
use crate::record::lead::facts::EARLY;
use crate::record::lead::handover::Handover;
use crate::record::lead::wire::LeadWire;
use crate::record::part::dimensions::SOURCE;
use crate::record::{Deal, Dimensioned, Dimensions, Outcome, Record};
use crate::value::id::{checked, own};
use crate::value::{Currency, DealId, IntoId, Label, LeadId, RecordId, RepId};

/// A lead: somebody who may become an opportunity.
///
/// The constructor takes what every lead has; `with_…` adds what an export may lack. When it arrived, was handed over or touched may be an
/// instant, or a day alone ([`When`]): such a lead counts by its days, and has no response time. Instants carry the offset of their place
/// and are kept to the microsecond: what is finer is cut. Where that is not the place of the business, as in an export in UTC, a
/// [`Book`](crate::Book::with_place) or a mapping of their file brings them there.
///
/// Orders that are odd but possible are taken as they are:
/// - A lead touched before it arrived is a touched one, and has no response time.
///   [`LeadDetail::touched_before_arrival`](crate::LeadDetail::touched_before_arrival) counts such leads apart.
/// - An attempt before the arrival is left out of [`contact_persistence`](crate::kpi::contact_persistence); nothing counts it
///   apart.
/// - Days before the arrival, or before one another (a win before the conversion, a conversion before the lead was qualified or
///   after it was given up, one accepted that never was marketing-qualified), count like any others: each by the as-of day, and a win as soon as the conversion does, too.
///
/// ```
/// use sales_metrics::{Lead, Origin, date, instant};
///
/// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00+01:00")?)?
///     .with_attempt(instant("2026-03-09T08:10:00+01:00")?)?
///     .with_qualified(date(2026, 3, 10)?)?
///     .with_conversion("D-1", date(2026, 3, 12)?)?
///     .with_origin(Origin::Marketing)
///     .with_owner("ada")?;
/// assert_eq!(lead.first_touch(), lead.attempts().next());
///
/// let error = lead.with_fit(101).unwrap_err();
/// assert_eq!(error.to_string(), "lead L-1: fit is 101, but must be from 0 to 100 points");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "LeadWire", into = "LeadWire")]
pub struct Lead {
    pub(super) facts: LeadFacts,
    pub(super) id: LeadId,
    /// The earliest first; the first touch is not after any of them.
    pub(super) attempts: Vec<Stamp>,
    /// Invariant: none unless it is converted.
    pub(super) deal: Option<DealId>,
    /// None where nothing is in it.
    handover: Option<Box<Handover>>,
    owner: Option<RepId>,
    dimensions: Dimensions,
}

/// The most points for fit, and for interest.
const MOST_POINTS: u8 = 100;

impl Lead {
    /// A lead and when it arrived: an instant, or a day whose hour nobody wrote down. It belongs to that day, or to the date at the offset of the instant.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(id: impl IntoId<LeadId>, arrived: impl Into<When>) -> Result<Self, Error> {
        let id = own(id)?;
        let arrived = Stamp::new(arrived.into()).map_err(|error| error.about("arrived").of(&id))?;
        Ok(Self::arrived_at(id, arrived))
    }

    pub(super) fn arrived_at(id: LeadId, arrived: Stamp) -> Self {
        Self {
            facts: LeadFacts::new(arrived),
            id,
            attempts: Vec::new(),
            deal: None,
            handover: None,
            owner: None,
            dimensions: Dimensions::default(),
        }
    }

    /// When it was handed over to a rep.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_assigned(mut self, at: impl Into<When>) -> Result<Self, Error> {
        let at = self.in_field("assigned", Stamp::new(at.into()))?;
        self.handover_mut().assigned = Some(at);
        Ok(self)
    }

    /// When a human first got in touch, or tried to. Of several that are given, the earliest holds, attempts included; a day without a
    /// time stands before the instants of that day, since it may have been the first.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_first_touch(mut self, at: impl Into<When>) -> Result<Self, Error> {
        let at = self.in_field("first touch", Stamp::new(at.into()))?;
        self.facts.touch(at);
        Ok(self)
    }

    /// One attempt of a human to get in touch; call it again for each further one, in any order. An attempt is a touch.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_attempt(mut self, at: impl Into<When>) -> Result<Self, Error> {
        let at = self.in_field("attempt", Stamp::new(at.into()))?;
        self.attempt(at);
        Ok(self)
    }

    pub(super) fn attempt(&mut self, at: Stamp) {
        let place = self.attempts.partition_point(|known| !at.is_before(*known));
        self.attempts.insert(place, at);
        self.facts.attempt(&self.attempts);
        self.facts.touch(at);
    }

    /// The day on which it met the criteria of a qualified lead, where marketing and sales have the same ones, or nobody says whose.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_qualified(mut self, on: NaiveDate) -> Result<Self, Error> {
        let on = self.in_field("qualified", Day::new(on))?;
        self.qualify(Some(on));
        Ok(self)
    }

    /// The day on which it met the criteria of marketing: it became an MQL.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_marketing_qualified(mut self, on: NaiveDate) -> Result<Self, Error> {
        let on = self.in_field("marketing-qualified", Day::new(on))?;
        self.facts.marketing_qualified = Some(on);
        Ok(self)
    }

    /// The day on which sales accepted it from marketing: it became an SAL.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_accepted(mut self, on: NaiveDate) -> Result<Self, Error> {
        let on = self.in_field("accepted", Day::new(on))?;
        self.handover_mut().accepted = Some(on);
        Ok(self)
    }

    /// The day on which sales gave it back to marketing. It may have been accepted as well, before or after.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_rejected(mut self, on: NaiveDate) -> Result<Self, Error> {
        let on = self.in_field("rejected", Day::new(on))?;
        self.handover_mut().rejected = Some(on);
        Ok(self)
    }

    /// The day on which it met the criteria of sales: it became an SQL. It is the day of its qualification then, whatever else was
    /// given as that.
    ///
    /// ```
    /// use sales_metrics::{Lead, date, instant};
    ///
    /// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00+01:00")?)?
    ///     .with_marketing_qualified(date(2026, 3, 6)?)?
    ///     .with_accepted(date(2026, 3, 9)?)?
    ///     .with_sales_qualified(date(2026, 3, 20)?)?;
    /// assert_eq!(lead.qualified(), lead.sales_qualified());
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_sales_qualified(mut self, on: NaiveDate) -> Result<Self, Error> {
        let on = self.in_field("sales-qualified", Day::new(on))?;
        let plain = self.plainly_qualified();
        (self.facts.sales_qualified, self.facts.qualified) = (Some(on), Some(on));
        self.qualify(plain);
        Ok(self)
    }

    /// The plain day of its qualification. That of sales stands before it.
    pub(super) fn qualify(&mut self, plain: Option<Day>) {
        match (self.facts.sales_qualified, plain) {
            (None, plain) => self.facts.qualified = plain,
            (Some(_), None) => {}
            (Some(_), plain) => self.handover_mut().qualified = plain,
        }
    }

    pub(super) fn plainly_qualified(&self) -> Option<Day> {
        match self.facts.sales_qualified {
            None => self.facts.qualified,
            Some(_) => self.handover().and_then(|handover| handover.qualified),
        }
    }

    /// The opportunity that it became, and on which day; given again for the same deal, the last day holds. Where an export says less,
    /// [`with_deal`](Self::with_deal), [`with_converted`](Self::with_converted) and [`with_undated_conversion`](Self::with_undated_conversion) take that.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId), [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange); [`ErrorKind::ConvertedElsewhere`](crate::ErrorKind::ConvertedElsewhere) where it became another deal already.
    pub fn with_conversion(self, deal: impl IntoId<DealId>, on: NaiveDate) -> Result<Self, Error> {
        let deal = self.in_field("deal", checked(deal))?;
        let on = self.in_field("converted", Day::new(on))?;
        self.converted_to(deal, on)
    }

    pub(super) fn converted_to(mut self, deal: DealId, on: Day) -> Result<Self, Error> {
        self.expect_no_other(&deal)?;
        (self.deal, self.facts.converted) = (Some(deal), Some(on));
        Ok(self)
    }

    /// The opportunity that it became; nobody knows on which day, unless that is given, too. A [`Book`](crate::Book) that has the deal
    /// takes the day from there.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::ConvertedElsewhere`](crate::ErrorKind::ConvertedElsewhere) where it became another deal already.
    pub fn with_deal(self, deal: impl IntoId<DealId>) -> Result<Self, Error> {
        let deal = self.in_field("deal", checked(deal))?;
        let on = self.facts.converted.unwrap_or(Day::FIRST);
        self.converted_to(deal, on)
    }

    /// The day on which it was converted; to which deal is not known, or it became a contact alone.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_converted(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.facts.converted = Some(self.in_field("converted", Day::new(on))?);
        Ok(self)
    }

    /// It was converted; nobody knows on which day, unless that is given, too.
    ///
    /// It counts as converted from whatever day one looks: whether it was by then cannot be told.
    /// [`LeadTotals::converted_undated`](crate::tally::LeadTotals::converted_undated) says of how many leads that is so.
    ///
    /// ```
    /// use sales_metrics::{Currency, Lead, LeadTally, Period, Scope, date, day, kpi};
    ///
    /// let leads = [
    ///     Lead::new("L-1", day("2026-01-05")?)?.with_undated_conversion(),
    ///     Lead::new("L-2", day("2026-01-05")?)?.with_deal("D-17")?,
    ///     Lead::new("L-3", day("2026-01-05")?)?.with_converted(date(2026, 4, 10)?)?,
    ///     Lead::new("L-4", day("2026-01-05")?)?,
    /// ];
    /// assert!(leads[1].is_converted() && leads[1].converted().is_none());
    /// let leads = LeadTally::of(&leads, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// assert_eq!(kpi::lead_conversion_rate(&leads)?.to_string(), "50%");
    /// assert_eq!(leads.totals().converted_undated()?, 2);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn with_undated_conversion(mut self) -> Self {
        self.facts.converted.get_or_insert(Day::FIRST);
        self
    }

    /// The day on which the deal that it became was won.
    ///
    /// # Errors
    /// [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) unless it was converted; [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_won(mut self, on: NaiveDate) -> Result<Self, Error> {
        if self.facts.converted.is_none() {
            let problem = RecordProblem::Contradiction {
                field: "won",
                problem: "it was won, but not converted; give its conversion, too",
            };
            return self.in_field("won", Err(problem.into()));
        }
        self.facts.won = Some(self.in_field("won", Day::new(on))?);
        Ok(self)
    }

    /// What became of it, as told by the deal that it became: converted on the day of the deal's creation, or of its close if that
    /// is earlier, unless a day is given already; won on the deal's close, if the deal is won, else not won. Where no day of the deal is
    /// known, nobody knows on which it was converted.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, Lead, Outcome, date, instant};
    ///
    /// let deal = Deal::new("D-1", date(2026, 3, 12)?, Outcome::Won { on: date(2026, 4, 2)? }, Currency::USD)?;
    /// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00+01:00")?)?.with_outcome_of(&deal)?;
    /// assert_eq!(lead.deal(), Some(deal.id()));
    /// assert_eq!((lead.converted(), lead.won()), (Some(date(2026, 3, 12)?), Some(date(2026, 4, 2)?)));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::ConvertedElsewhere`](crate::ErrorKind::ConvertedElsewhere) where it became another deal.
    pub fn with_outcome_of(self, deal: &Deal) -> Result<Self, Error> {
        let facts = deal.facts();
        let closed = facts.ending.map_or(Day::NEVER, |ending| ending.on);
        let since = facts.since().min(closed);
        let on = self.facts.converted.and_then(Day::known).unwrap_or(since);
        let mut lead = self.converted_to(deal.id().clone(), on)?;
        lead.facts.won = match deal.outcome() {
            Outcome::Won { .. } => facts.ending.map(|ending| ending.on),
            _ => None,
        };
        Ok(lead)
    }

    /// The day on which it was given up.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_disqualified(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.facts.disqualified = Some(self.in_field("disqualified", Day::new(on))?);
        Ok(self)
    }

    /// It was given up; nobody knows on which day, unless that is given, too. It counts as given up from whatever day one looks, and
    /// [`LeadTotals::disqualified_undated`](crate::tally::LeadTotals::disqualified_undated) says of how many leads that is so.
    #[must_use]
    pub fn with_undated_disqualification(mut self) -> Self {
        self.facts.disqualified.get_or_insert(Day::FIRST);
        self
    }

    /// Where it came from: the dimension `source`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_source(self, source: impl IntoId<Label>) -> Result<Self, Error> {
        self.with_dimension(SOURCE, source)
    }

    /// Who found it: marketing, sales or a partner.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.facts.origin = Some(origin);
        self
    }

    /// How well it fits what is sold: 0 to 100 points.
    ///
    /// # Errors
    /// [`ErrorKind::PointsOutOfRange`](crate::ErrorKind::PointsOutOfRange).
    pub fn with_fit(mut self, points: u8) -> Result<Self, Error> {
        self.facts.fit = Some(self.in_field("fit", checked_points(points))?);
        Ok(self)
    }

    /// How interested it is: 0 to 100 points.
    ///
    /// # Errors
    /// [`ErrorKind::PointsOutOfRange`](crate::ErrorKind::PointsOutOfRange).
    pub fn with_interest(mut self, points: u8) -> Result<Self, Error> {
        self.facts.interest = Some(self.in_field("interest", checked_points(points))?);
        Ok(self)
    }

    /// The rep who owns it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_owner(mut self, owner: impl IntoId<RepId>) -> Result<Self, Error> {
        self.owner = Some(self.in_field("owner", checked(owner))?);
        Ok(self)
    }

    /// Any further dimension to group by, such as a campaign or a territory; set again, the last value holds.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_dimension(
        mut self,
        name: impl IntoId<Label>,
        value: impl IntoId<Label>,
    ) -> Result<Self, Error> {
        let (name, value) = self.checked_dimension(name, value)?;
        self.set_dimension(name, value);
        Ok(self)
    }

    /// How it counts in a scope. The scope's currency plays no part in it.
    #[must_use]
    #[inline]
    pub fn standing(&self, scope: Scope) -> LeadStanding {
        self.standing_of(&self.facts, &scope)
    }

    /// The same of what is seen of it.
    #[inline]
    pub(crate) fn standing_of(&self, seen: &LeadFacts, scope: &Scope) -> LeadStanding {
        let standing = LeadStanding::of(seen, scope);
        if self.says_milestones(seen) {
            return standing.with_milestones(seen, self.handover(), scope);
        }
        standing
    }

    /// Whether anybody says a milestone between marketing and sales.
    #[inline]
    pub(crate) fn says_milestones(&self, seen: &LeadFacts) -> bool {
        seen.says_milestones() || self.handover.is_some()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &LeadId {
        &self.id
    }

    /// When it arrived.
    #[must_use]
    pub fn arrived(&self) -> When {
        self.facts.arrived.when()
    }

    /// When it was handed over to a rep.
    #[must_use]
    pub fn assigned(&self) -> Option<When> {
        self.assigned_at().map(Stamp::when)
    }

    pub(crate) fn assigned_at(&self) -> Option<Stamp> {
        self.handover().and_then(|handover| handover.assigned)
    }

    /// When a human first got in touch or tried to: the earliest of the touch that was given and the attempts.
    #[must_use]
    pub fn first_touch(&self) -> Option<When> {
        self.facts.touched.map(Stamp::when)
    }

    /// The attempts to get in touch, the earliest first.
    #[must_use]
    pub fn attempts(&self) -> impl ExactSizeIterator<Item = When> {
        self.attempts.iter().map(|at| at.when())
    }

    /// The day on which it met the criteria of a qualified lead: those of sales, where that day is known.
    #[must_use]
    pub fn qualified(&self) -> Option<NaiveDate> {
        self.facts.qualified.map(Day::date)
    }

    /// The day on which it met the criteria of marketing.
    #[must_use]
    pub fn marketing_qualified(&self) -> Option<NaiveDate> {
        self.facts.marketing_qualified.map(Day::date)
    }

    /// The day on which sales accepted it from marketing.
    #[must_use]
    pub fn accepted(&self) -> Option<NaiveDate> {
        self.accepted_on().map(Day::date)
    }

    fn accepted_on(&self) -> Option<Day> {
        self.handover().and_then(|handover| handover.accepted)
    }

    /// The day on which sales gave it back to marketing.
    #[must_use]
    pub fn rejected(&self) -> Option<NaiveDate> {
        let rejected = self.handover().and_then(|handover| handover.rejected);
        rejected.map(Day::date)
    }

    /// The day on which it met the criteria of sales.
    #[must_use]
    pub fn sales_qualified(&self) -> Option<NaiveDate> {
        self.facts.sales_qualified.map(Day::date)
    }

    /// The opportunity that it became; none where that is not known.
    #[must_use]
    pub fn deal(&self) -> Option<&DealId> {
        self.deal.as_ref()
    }

    /// Whether it was converted, on a day that is known or not.
    #[must_use]
    pub fn is_converted(&self) -> bool {
        self.facts.converted.is_some()
    }

    /// The day on which it was converted: became an opportunity; none where that is not known.
    #[must_use]
    pub fn converted(&self) -> Option<NaiveDate> {
        self.facts.converted_on().map(Day::date)
    }

    /// The day on which the deal that it became was won.
    #[must_use]
    pub fn won(&self) -> Option<NaiveDate> {
        self.facts.won.map(Day::date)
    }

    /// Whether it was given up, on a day that is known or not.
    #[must_use]
    pub fn is_disqualified(&self) -> bool {
        self.facts.disqualified.is_some()
    }

    /// The day on which it was given up; none where that is not known.
    #[must_use]
    pub fn disqualified(&self) -> Option<NaiveDate> {
        self.facts.disqualified_on().map(Day::date)
    }

    /// Where it came from.
    #[must_use]
    pub fn source(&self) -> Option<&Label> {
        self.dimension(SOURCE)
    }

    /// Who found it; none where that is not known.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.facts.origin
    }

    /// How well it fits what is sold: 0 to 100 points.
    #[must_use]
    pub fn fit(&self) -> Option<u8> {
        self.facts.fit
    }

    /// How interested it is: 0 to 100 points.
    #[must_use]
    pub fn interest(&self) -> Option<u8> {
        self.facts.interest
    }

    /// The rep who owns it.
    #[must_use]
    pub fn owner(&self) -> Option<&RepId> {
        self.owner.as_ref()
    }

    /// Any dimension by its name.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&Label> {
        self.dimensions.get(name)
    }

    /// All its dimensions and their values, by name.
    pub fn dimensions(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.dimensions.iter()
    }

    /// With all its instants on the clock of a place.
    pub(crate) fn moved_to(&mut self, place: &Place) -> Result<(), Error> {
        let arrived = self.in_field("arrived", self.facts.arrived.at(place))?;
        let mut touched = self.facts.touched;
        if let Some(at) = &mut touched {
            *at = self.in_field("first touch", at.at(place))?;
        }
        let mut attempts = self.attempts.clone();
        for at in &mut attempts {
            *at = self.in_field("attempt", at.at(place))?;
        }
        let assigned = self.handover().and_then(|handover| handover.assigned);
        if let Some(at) = assigned {
            let at = self.in_field("assigned", at.at(place))?;
            self.handover_mut().assigned = Some(at);
        }
        self.attempts = attempts;
        self.facts.moved_to(arrived, touched);
        Ok(())
    }

    pub(crate) fn facts(&self) -> &LeadFacts {
        &self.facts
    }

    fn handover(&self) -> Option<&Handover> {
        self.handover.as_deref()
    }

    fn handover_mut(&mut self) -> &mut Handover {
        self.handover.get_or_insert_default()
    }

    /// Days from the arrival to each attempt that came after it: of 24 hours, or of the calendar where one of the two is a day alone.
    #[inline]
    pub(crate) fn each_attempt_day(&self, mut day: impl FnMut(u32)) {
        if self.attempts.len() > EARLY {
            return self.each_of_many_attempts(&mut day);
        }
        self.facts.each_early_attempt(day);
    }

    #[cold]
    fn each_of_many_attempts(&self, day: &mut dyn FnMut(u32)) {
        for at in &self.attempts {
            if let Some(days) = at.whole_days_since(self.facts.arrived) {
                day(days);
            }
        }
    }

    /// The one rule that a lead becomes one deal.
    fn expect_no_other(&self, deal: &DealId) -> Result<(), Error> {
        match &self.deal {
            Some(known) if known != deal => {
                let (deal, found) = (known.clone(), deal.clone());
                let problem = RecordProblem::ConvertedElsewhere { deal, found };
                Err(Error::from(problem).of(&self.id))
            }
            _ => Ok(()),
        }
    }
}

impl Dimensioned for Lead {
    fn set_dimension(&mut self, name: Label, value: Label) {
        self.dimensions.set(name, value);
    }

    fn remove_dimension(&mut self, name: &Label) {
        self.dimensions.remove(name);
    }
}

impl Record for Lead {
    fn record_id(&self) -> RecordId {
        (&self.id).into()
    }

    fn currency(&self) -> Option<Currency> {
        None
    }
}

fn checked_points(points: u8) -> Result<u8, Error> {
    if points <= MOST_POINTS {
        return Ok(points);
    }
    Err(RecordProblem::PointsOutOfRange { points }.into())
}

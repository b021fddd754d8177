use std::sync::LazyLock;

use super::Parameters;
use crate::book::{BookTally, TeamOrFault, Unrecorded};
use crate::error::{Error, Undefined};
use crate::period::{FiscalCalendar, Scope, WorkCalendar};
use crate::tally::{
    ActivityTally, CommitmentTally, CustomerTally, DealDetail, DealTally, FunnelTally, LeadDetail,
    LeadTally, MovementTally, PurchaseTally, RenewalTally, SpendTally, SpreadTally, SurvivalTally,
    TeamTally, WorkTally,
};
use crate::value::money::expect_currency;

/// What KPIs are evaluated from: the tallies of a scope, and whatever some KPIs need besides.
///
/// What is not given makes the KPIs that need it undefined, and no other.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    now: &'a BookTally,
    previous: Option<&'a BookTally>,
    year_before: Option<&'a BookTally>,
    history: &'a [TeamTally],
    parameters: &'a Parameters,
    /// Whether the target, and what else was given for one period of the whole business, was given for this one.
    is_given_for: bool,
    fiscal: Option<FiscalCalendar>,
}

static USUAL: LazyLock<Parameters> = LazyLock::new(Parameters::new);

impl<'a> Inputs<'a> {
    /// The tallies of a scope, with the usual parameters.
    #[must_use]
    pub fn new(tally: &'a BookTally) -> Self {
        Self {
            now: tally,
            previous: None,
            year_before: None,
            history: &[],
            parameters: &USUAL,
            is_given_for: true,
            fiscal: None,
        }
    }

    /// What they are of: the period, the currency and the day from which one looks.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.now.scope()
    }

    /// By this calendar a period is stepped from, if it is a year, a quarter or a month of it: say so before the earlier periods.
    #[must_use]
    pub fn with_fiscal_calendar(self, calendar: FiscalCalendar) -> Self {
        self.stepped_by(Some(calendar))
    }

    pub(super) fn stepped_by(self, fiscal: Option<FiscalCalendar>) -> Self {
        Self { fiscal, ..self }
    }

    /// The tallies of the previous period, as [`Scope::previous`](crate::Scope::previous) gives it, or
    /// [`Scope::previous_in`](crate::Scope::previous_in) a [fiscal calendar](Self::with_fiscal_calendar), or the same
    /// [with as many days left](crate::Scope::with_days_left_of).
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch); [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where it is of another scope than that.
    pub fn with_previous(self, previous: &'a BookTally) -> Result<Self, Error> {
        let now = self.now.scope();
        let expected = now.previous_by(self.fiscal)?;
        expect_earlier("the previous period", now, expected, previous.scope())?;
        Ok(Self {
            previous: Some(previous),
            ..self
        })
    }

    /// The tallies of the same period a year before, as [`Scope::year_before`](crate::Scope::year_before) gives it, or
    /// [`Scope::year_before_in`](crate::Scope::year_before_in) a [fiscal calendar](Self::with_fiscal_calendar), or the same
    /// [with as many days left](crate::Scope::with_days_left_of).
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch); [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where it is of another scope than that.
    pub fn with_year_before(self, year_before: &'a BookTally) -> Result<Self, Error> {
        let now = self.now.scope();
        let expected = now.year_before_by(self.fiscal)?;
        expect_earlier("the year before", now, expected, year_before.scope())?;
        Ok(Self {
            year_before: Some(year_before),
            ..self
        })
    }

    /// The team's tallies of some periods up to this one, from the past to the present: for streaks and ramp times.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) for one in another currency; [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where the last is not of this scope.
    pub fn with_history(self, history: &'a [TeamTally]) -> Result<Self, Error> {
        let now = self.now.scope();
        for team in history {
            let found = team.scope().currency();
            expect_currency("a period of the history", now.currency(), found)?;
        }
        if let Some(last) = history.last() {
            expect("the last period of the history", now, last.scope())?;
        }
        Ok(Self { history, ..self })
    }

    /// Other parameters than the usual ones.
    #[must_use]
    pub fn with_parameters(self, parameters: &'a Parameters) -> Self {
        Self { parameters, ..self }
    }

    /// The tallies.
    #[must_use]
    pub fn tally(&self) -> &'a BookTally {
        self.now
    }

    /// Of another period, or of a group, than the target and the like were given for.
    pub(super) fn elsewhere(self) -> Self {
        Self {
            is_given_for: false,
            ..self
        }
    }

    /// What was given, unless it was for another period or for the whole of which this is a group.
    pub(super) fn if_for_this<T>(&self, given: T) -> Result<T, Undefined> {
        let given = self.is_given_for.then_some(given);
        given.ok_or(Undefined::OnlyForThePeriod)
    }

    /// What some KPIs take besides records.
    #[must_use]
    pub fn parameters(&self) -> &'a Parameters {
        self.parameters
    }

    /// The deals, with what grows with them: every cycle, size and age, and the accounts.
    ///
    /// # Errors
    /// [`Undefined::NoDealsGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn detail(&self) -> Result<&'a DealDetail, Undefined> {
        self.now.given()
    }

    /// The deals.
    ///
    /// # Errors
    /// [`Undefined::NoDealsGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn deals(&self) -> Result<&'a DealTally, Undefined> {
        self.now.given()
    }

    /// The deals as they were on the evening, where the book has a history that reaches back to it, and else as their records are: for what
    /// is read of open deals.
    ///
    /// # Errors
    /// As [`detail`](Self::detail).
    pub fn stock(&self) -> Result<&'a DealDetail, Undefined> {
        match self.now.deals_then() {
            Some(then) => Ok(then),
            None => self.detail(),
        }
    }

    /// The same, without what grows with the deals.
    ///
    /// # Errors
    /// As [`deals`](Self::deals).
    pub fn stock_tally(&self) -> Result<&'a DealTally, Undefined> {
        match self.now.deals_then() {
            Some(then) => Ok(then.tally()),
            None => self.deals(),
        }
    }

    /// The same of over what their money is spread, and of what is past due.
    ///
    /// # Errors
    /// As [`spread`](Self::spread).
    pub fn stock_spread(&self) -> Result<&'a SpreadTally, Undefined> {
        match self.now.spread_then() {
            Some(then) => Ok(then),
            None => self.spread(),
        }
    }

    /// How the pipeline moved.
    ///
    /// # Errors
    /// [`Undefined::NoStatesGiven`] where there are no states of deals; in a group [`Undefined::NotToldApart`].
    pub fn movements(&self) -> Result<&'a MovementTally, Undefined> {
        self.now.given()
    }

    /// How far deals got, stage by stage.
    ///
    /// # Errors
    /// [`Undefined::NoStatesGiven`] where there are no states of deals; [`Undefined::NoStagesGiven`] where nobody said in which order the stages
    /// stand; in a group [`Undefined::NotToldApart`].
    pub fn funnel(&self) -> Result<&'a FunnelTally, Undefined> {
        self.now.given()
    }

    /// How long deals take, those still open among them.
    ///
    /// # Errors
    /// [`Undefined::NoDealsGiven`] where there are none; in a group [`Undefined::NotToldApart`]; [`Undefined::NeedsSurvivalTally`] where
    /// another tally of deals was given alone.
    pub fn survival(&self) -> Result<&'a SurvivalTally, Undefined> {
        self.now.given()
    }

    /// Over what the money of the deals is spread: accounts, days, who found them, list prices; and what is past due.
    ///
    /// # Errors
    /// [`Undefined::NoDealsGiven`] where there are none; in a group [`Undefined::NotToldApart`]; [`Undefined::NeedsSpreadTally`] where
    /// another tally of deals was given alone.
    pub fn spread(&self) -> Result<&'a SpreadTally, Undefined> {
        self.now.given()
    }

    /// Who bought for the first time, by the deals of all time.
    ///
    /// # Errors
    /// [`Undefined::NoPurchasesGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn purchases(&self) -> Result<&'a PurchaseTally, Undefined> {
        self.now.given()
    }

    /// The leads, with what grows with them: every wait and attempt, and whose they are.
    ///
    /// # Errors
    /// [`Undefined::NoLeadsGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn lead_detail(&self) -> Result<&'a LeadDetail, Undefined> {
        self.now.given()
    }

    /// The leads.
    ///
    /// # Errors
    /// [`Undefined::NoLeadsGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn leads(&self) -> Result<&'a LeadTally, Undefined> {
        self.now.given()
    }

    /// The activities.
    ///
    /// # Errors
    /// [`Undefined::NoActivitiesGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn activities(&self) -> Result<&'a ActivityTally, Undefined> {
        self.now.given()
    }

    /// The hours of work.
    ///
    /// # Errors
    /// [`Undefined::NoWorkTimeGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn work_time(&self) -> Result<&'a WorkTally, Undefined> {
        self.now.given()
    }

    /// The reps and their quotas, joined to the deals they won.
    ///
    /// # Errors
    /// [`Undefined::NoTeamGiven`] where there are none; in a group [`Undefined::NotToldApart`]; what is the matter with them
    /// or their quotas, such as [`ErrorKind::QuotaStraddles`](crate::ErrorKind::QuotaStraddles).
    pub fn team(&self) -> Result<&'a TeamTally, Error> {
        self.now.given::<TeamOrFault>()?.with_quotas()
    }

    /// The same, whatever is the matter with their quotas.
    ///
    /// # Errors
    /// [`Undefined::NoTeamGiven`] where there are none; in a group [`Undefined::NotToldApart`]; what is the matter with the
    /// reps themselves, such as [`ErrorKind::DuplicateRep`](crate::ErrorKind::DuplicateRep).
    pub fn reps(&self) -> Result<&'a TeamTally, Error> {
        self.now.given::<TeamOrFault>()?.reps()
    }

    /// The working hours and holidays.
    ///
    /// # Errors
    /// [`Undefined::NoCalendar`] where none was given.
    pub fn calendar(&self) -> Result<&'a WorkCalendar, Undefined> {
        self.now.calendar().ok_or(Undefined::NoCalendar)
    }

    /// Whether no record says it, as where there are none of such records.
    pub(super) fn is_unrecorded(&self, what: Unrecorded) -> bool {
        !self.now.recorded().says(what)
    }

    pub(super) fn has_own_rates(&self) -> bool {
        self.now.has_own_rates()
    }

    /// The customers on the two evenings, by their contracts.
    ///
    /// # Errors
    /// [`Undefined::NoContractsGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn customers(&self) -> Result<&'a CustomerTally, Undefined> {
        self.now.given()
    }

    /// The contracts that came up for renewal.
    ///
    /// # Errors
    /// [`Undefined::NoContractsGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn renewals(&self) -> Result<&'a RenewalTally, Undefined> {
        self.now.given()
    }

    /// What is agreed on by the evening though some of it begins later, and what was signed.
    ///
    /// # Errors
    /// [`Undefined::NoContractsGiven`] where there are none; in a group [`Undefined::NotToldApart`];
    /// [`Undefined::NeedsCommitmentTally`] where a tally of customers was given alone.
    pub fn commitments(&self) -> Result<&'a CommitmentTally, Undefined> {
        self.now.given()
    }

    /// The expenses.
    ///
    /// # Errors
    /// [`Undefined::NoSpendGiven`] where there are none; in a group [`Undefined::NotToldApart`].
    pub fn spend(&self) -> Result<&'a SpendTally, Undefined> {
        self.now.given()
    }

    /// The same of the previous period.
    ///
    /// # Errors
    /// [`Undefined::NoPreviousPeriod`] where it was not given.
    pub fn previous(&self) -> Result<Self, Undefined> {
        let tally = self.previous.ok_or(Undefined::NoPreviousPeriod)?;
        Ok(self.of_earlier(tally))
    }

    /// The same of the year before.
    ///
    /// # Errors
    /// [`Undefined::NoYearBefore`] where it was not given.
    pub fn year_before(&self) -> Result<Self, Undefined> {
        let tally = self.year_before.ok_or(Undefined::NoYearBefore)?;
        Ok(self.of_earlier(tally))
    }

    /// By the same calendar, with the same parameters.
    fn of_earlier(&self, tally: &'a BookTally) -> Self {
        Self::new(tally)
            .with_parameters(self.parameters)
            .stepped_by(self.fiscal)
            .elsewhere()
    }

    /// The team in some periods up to this one, from the past to the present.
    ///
    /// # Errors
    /// [`Undefined::NoHistory`] where it was not given. Where the team itself cannot be counted, that is why it has no history: as
    /// [`team`](Self::team).
    pub fn history(&self) -> Result<&'a [TeamTally], Error> {
        if self.history.is_empty() {
            self.team()?;
            return Err(Undefined::NoHistory.into());
        }
        Ok(self.history)
    }
}

/// An earlier period is seen as the present one is, or with as many days left.
fn expect_earlier(
    what: &'static str,
    now: Scope,
    expected: Scope,
    found: Scope,
) -> Result<(), Error> {
    match expected.with_days_left_of(now) {
        Ok(from_end) if from_end == found => Ok(()),
        _ => expect(what, expected, found),
    }
}

/// Another currency is told apart from another period.
fn expect(what: &'static str, expected: Scope, found: Scope) -> Result<(), Error> {
    expect_currency(what, expected.currency(), found.currency())?;
    expected.expect_of(what, found)
}

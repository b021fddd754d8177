mod particulars;
mod renewed;
mod standing;
mod terms;
mod wire;

pub use standing::ContractStanding;
pub(crate) use terms::{Pays, Terms};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::{Day, Scope};
use crate::record::contract::particulars::Particulars;
use crate::record::contract::renewed::Renewed;
use crate::record::contract::terms::Recurring;
use crate::record::contract::wire::ContractWire;
use crate::record::error::RecordProblem;
use crate::record::{Amount, Dimensioned, Record};
use crate::value::id::{checked, own};
use crate::value::{
    AccountId, ContractId, Currency, IntoId, Label, Money, MoneyPer, Per, RecordId, RepId,
};

/// An agreement with an account: from when to when, and for what fees.
///
/// The constructor takes what every contract has; `with_…` adds the rest. Amounts are from 0 to 10¹⁴ with at most 4 decimals,
/// and so is what a recurring fee comes to in a year.
///
/// ```
/// use sales_metrics::{Contract, Currency, Per, date};
///
/// let contract = Contract::new("C-1", "Initech", date(2026, 1, 1)?, Currency::USD)?
///     .with_last_day(date(2028, 12, 31)?)?
///     .with_recurring(25_000, Per::Quarter)?
///     .with_one_time(4_000)?;
/// assert!(contract.is_active(date(2028, 12, 31)?) && !contract.is_active(date(2029, 1, 1)?));
/// assert_eq!(contract.yearly().map(|fee| fee.to_string()).as_deref(), Some("100000 USD/year"));
/// assert_eq!(contract.total_value().map(|money| money.to_string()).as_deref(), Some("304000 USD"));
///
/// let error = contract.with_terminated(date(2029, 1, 31)?).unwrap_err();
/// assert_eq!(error.to_string(), "contract C-1: terminated on 2029-01-31, after its agreed end on 2028-12-31");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "ContractWire", into = "ContractWire")]
pub struct Contract {
    /// Invariant: no day in it is before the start, and it is not terminated after its agreed end.
    pub(super) terms: Terms,
    id: ContractId,
    account: AccountId,
    /// Invariant: other contracts.
    renewal_of: Renewed,
    particulars: Particulars,
}

impl Contract {
    /// A contract with an account, from its first day on, in a currency, without an end.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId); [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange) outside of the years 1900 to 2999.
    pub fn new(
        id: impl IntoId<ContractId>,
        account: impl IntoId<AccountId>,
        start: NaiveDate,
        currency: Currency,
    ) -> Result<Self, Error> {
        let id = own(id)?;
        let account = checked(account).map_err(|error| error.about("account").of(&id))?;
        let start = Day::new(start).map_err(|error| error.about("start").of(&id))?;
        Ok(Self {
            terms: Terms::new(start, currency),
            id,
            account,
            renewal_of: Renewed::default(),
            particulars: Particulars::default(),
        })
    }

    /// The last day that was agreed on: its term. A contract without one goes on until it is terminated.
    ///
    /// # Errors
    /// [`ErrorKind::EndBeforeStart`](crate::ErrorKind::EndBeforeStart), [`ErrorKind::TerminatedAfterEnd`](crate::ErrorKind::TerminatedAfterEnd), [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_last_day(mut self, last_day: NaiveDate) -> Result<Self, Error> {
        self.terms.end = Some(self.in_field("end", Day::new(last_day))?);
        self.in_order()
    }

    /// The last day on which it held, where it was ended before its term, or had none. One that
    /// [renews itself](Self::with_auto_renewal) may be terminated after its agreed end; that it does is said before.
    ///
    /// # Errors
    /// [`ErrorKind::EndBeforeStart`](crate::ErrorKind::EndBeforeStart), [`ErrorKind::TerminatedAfterEnd`](crate::ErrorKind::TerminatedAfterEnd), [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_terminated(mut self, last_day: NaiveDate) -> Result<Self, Error> {
        self.terms.terminated = Some(self.in_field("terminated", Day::new(last_day))?);
        self.in_order()
    }

    /// The fee that is due again every day, week, month, quarter, half-year or year.
    ///
    /// # Errors
    /// [`ErrorKind::NegativeAmount`](crate::ErrorKind::NegativeAmount), [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals);
    /// [`ErrorKind::AmountTooLarge`](crate::ErrorKind::AmountTooLarge) also where a year of it is.
    pub fn with_recurring(self, amount: impl Into<Decimal>, per: Per) -> Result<Self, Error> {
        self.with_recurring_every(amount, 1, per)
    }

    /// The fee that is due again every so many units of time: every 2 years, every 4 weeks.
    ///
    /// A year of it is exact where it has at most 4 decimals, and else rounded to that, half up. The
    /// [`total_value`](Self::total_value) is of the fee itself.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, Per, date};
    ///
    /// let contract = Contract::new("C-1", "Initech", date(2026, 1, 1)?, Currency::USD)?.with_last_day(date(2028, 12, 31)?)?;
    /// let yearly = |contract: &Contract| contract.yearly().map(|fee| fee.to_string());
    /// let every_2_years = contract.clone().with_recurring_every(2_400, 2, Per::Year)?;
    /// assert_eq!(yearly(&every_2_years).as_deref(), Some("1200 USD/year"));
    /// let every_3_years = contract.with_recurring_every(100, 3, Per::Year)?;
    /// assert_eq!(yearly(&every_3_years).as_deref(), Some("33.3333 USD/year"));
    /// assert_eq!(every_3_years.total_value().map(|money| money.to_string()).as_deref(), Some("100 USD"));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`with_recurring`](Self::with_recurring); [`ErrorKind::Contradiction`](crate::ErrorKind::Contradiction) for every 0 units.
    pub fn with_recurring_every(
        mut self,
        amount: impl Into<Decimal>,
        every: u16,
        per: Per,
    ) -> Result<Self, Error> {
        let fee = Amount::new(amount.into()).and_then(|fee| Recurring::new(fee, every, per));
        self.terms.recurring = Some(self.in_field("recurring fee", fee)?);
        Ok(self)
    }

    /// The fees that are due once: for setting up, training, and the like.
    ///
    /// # Errors
    /// [`ErrorKind::NegativeAmount`](crate::ErrorKind::NegativeAmount), [`ErrorKind::AmountTooLarge`](crate::ErrorKind::AmountTooLarge), [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals).
    pub fn with_one_time(mut self, amount: impl Into<Decimal>) -> Result<Self, Error> {
        self.terms.one_time = Some(self.in_field("one-time fee", Amount::new(amount.into()))?);
        Ok(self)
    }

    /// A contract that this one renews; call it again for each further one, in any order, where several are merged into one.
    ///
    /// In the figures of renewals, the contracts that one renews are one group: each of their fees counts once, and so does the new one.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, date};
    ///
    /// let merged = Contract::new("C-3", "Initech", date(2026, 1, 1)?, Currency::USD)?
    ///     .with_renewal_of("C-1")?
    ///     .with_renewal_of("C-2")?;
    /// assert_eq!(merged.renewal_of().len(), 2);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::RenewsItself`](crate::ErrorKind::RenewsItself); [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_renewal_of(mut self, contract: impl IntoId<ContractId>) -> Result<Self, Error> {
        let renewed = self.in_field("renewal of", checked(contract))?;
        if renewed == self.id {
            return self.in_field("renewal of", Err(RecordProblem::RenewsItself.into()));
        }
        self.renewal_of.add(renewed);
        Ok(self)
    }

    /// The day on which it was signed: agreed on, be it long before its first day or after.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_signed(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.terms.signed = Some(self.in_field("signed", Day::new(on))?);
        Ok(self)
    }

    /// The day on which notice was given, by either side: on which it became known that it ends, be that early or with its term.
    ///
    /// # Errors
    /// [`ErrorKind::DateOutOfRange`](crate::ErrorKind::DateOutOfRange).
    pub fn with_notice(mut self, on: NaiveDate) -> Result<Self, Error> {
        self.terms.notice = Some(self.in_field("notice", Day::new(on))?);
        Ok(self)
    }

    /// It is a trial: whatever its fee, it makes no customer.
    #[must_use]
    pub fn with_trial(mut self) -> Self {
        self.terms.trial = true;
        self
    }

    /// It renews itself at the end of its term, and goes on, unless notice is given by then. Without a last day it goes on anyway.
    ///
    /// It goes on even where another contract [renews](Self::with_renewal_of) it, so that [`arr`](crate::kpi::arr) has the fees of both: say
    /// by notice, or by the day on which it was [terminated](Self::with_terminated), that it ended.
    /// [`Audit::contracts`](crate::audit::Audit::contracts) finds those of which neither is said.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, date};
    ///
    /// let year = Contract::new("C-1", "Initech", date(2025, 1, 1)?, Currency::USD)?
    ///     .with_last_day(date(2025, 12, 31)?)?
    ///     .with_auto_renewal();
    /// let later = date(2026, 6, 30)?;
    /// assert!(year.is_active(later));
    /// assert!(!year.clone().with_notice(date(2025, 11, 30)?)?.is_active(later));
    /// assert!(!year.with_terminated(date(2026, 3, 31)?)?.is_active(later));
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn with_auto_renewal(mut self) -> Self {
        self.terms.auto_renewal = true;
        self
    }

    /// The rep who looks after it: who sold it, or whose account it is.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`](crate::ErrorKind::InvalidId).
    pub fn with_owner(mut self, owner: impl IntoId<RepId>) -> Result<Self, Error> {
        let owner = self.in_field("owner", checked(owner))?;
        self.particulars.set_owner(owner);
        Ok(self)
    }

    /// A dimension to group by, such as a region or a plan; set again, the last value holds.
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
    pub fn standing(&self, scope: Scope) -> ContractStanding {
        ContractStanding::of(&self.terms, self.renews(), &scope)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &ContractId {
        &self.id
    }

    /// The account it is with.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.terms.currency
    }

    /// Its first day.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        self.terms.start.date()
    }

    /// The last day that was agreed on; none where it is open-ended.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.terms.end.map(Day::date)
    }

    /// The last day on which it held, if it was terminated.
    #[must_use]
    pub fn terminated(&self) -> Option<NaiveDate> {
        self.terms.terminated.map(Day::date)
    }

    /// The fee that is due again and again, as it was given: for each unit of time, or for [as many](Self::recurring_every) as it is due
    /// every.
    #[must_use]
    pub fn recurring(&self) -> Option<MoneyPer> {
        let recurring = self.terms.recurring?;
        Some(MoneyPer::new(self.money(recurring.fee()), recurring.per()))
    }

    /// How many of its units of time lie between one recurring fee and the next: 1 for most.
    #[must_use]
    pub fn recurring_every(&self) -> Option<u16> {
        self.terms.recurring.map(Recurring::every)
    }

    /// What the recurring fee comes to in a year.
    #[must_use]
    pub fn yearly(&self) -> Option<MoneyPer> {
        let yearly = self.terms.yearly()?;
        Some(MoneyPer::new(self.money(yearly), Per::Year))
    }

    /// The fees that are due once; none where none were agreed on.
    #[must_use]
    pub fn one_time(&self) -> Option<Money> {
        self.terms.one_time.map(|amount| self.money(amount))
    }

    /// The contracts that this one renews, by their ids.
    #[must_use]
    pub fn renewal_of(&self) -> &[ContractId] {
        self.renewal_of.list()
    }

    /// Whether it renews another contract.
    #[inline]
    pub(crate) fn renews(&self) -> bool {
        !self.renewal_of.is_none()
    }

    /// The day on which it was signed, where that is known.
    #[must_use]
    pub fn signed(&self) -> Option<NaiveDate> {
        self.terms.signed.map(Day::date)
    }

    /// The day on which notice was given, if it was.
    #[must_use]
    pub fn notice(&self) -> Option<NaiveDate> {
        self.terms.notice.map(Day::date)
    }

    /// Whether it is a trial.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.terms.trial
    }

    /// Whether it renews itself at the end of its term.
    #[must_use]
    pub fn is_auto_renewing(&self) -> bool {
        self.terms.auto_renewal
    }

    /// The rep who looks after it.
    #[must_use]
    pub fn owner(&self) -> Option<&RepId> {
        self.particulars.owner()
    }

    /// Any dimension by its name.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&Label> {
        self.particulars.dimension(name)
    }

    /// All its dimensions and their values, by name.
    pub fn dimensions(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.particulars.dimensions()
    }

    /// Whether it holds on that day: from its first day to its last, both included. One that [renews itself](Self::with_auto_renewal) goes
    /// on after the last day that was agreed on.
    #[must_use]
    pub fn is_active(&self, on: NaiveDate) -> bool {
        let last = self.terms.last();
        self.start() <= on && last.is_none_or(|last| on <= last.date())
    }

    /// Everything that the agreed term brings in: the recurring fee over the term and the one-time fees.
    ///
    /// None where there is no term or no recurring fee, and where the sum would not be exact: a term that is no whole number
    /// of months, or one of months that don't divide the fee. A week is a 52nd of 12 months there, and a day a 365th.
    #[must_use]
    pub fn total_value(&self) -> Option<Money> {
        let total = self.terms.total_value()?;
        Some(Money::new(total.decimal(), self.currency()))
    }

    /// The same in another currency, each amount changed as `change` says.
    pub(crate) fn with_money_in(
        &self,
        currency: Currency,
        change: impl Fn(Amount) -> Result<Amount, Error>,
    ) -> Result<Self, Error> {
        let recurring = self.terms.recurring.map(|recurring| {
            let fee = change(recurring.fee())
                .and_then(|fee| Recurring::new(fee, recurring.every(), recurring.per()));
            self.in_field("recurring fee", fee)
        });
        let one_time = self.terms.one_time.map(change);
        let one_time = one_time.map(|amount| self.in_field("one-time fee", amount));
        let terms = Terms {
            currency,
            recurring: recurring.transpose()?,
            one_time: one_time.transpose()?,
            ..self.terms
        };
        Ok(Self {
            terms,
            ..self.clone()
        })
    }

    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    fn money(&self, amount: Amount) -> Money {
        Money::new(amount.decimal(), self.currency())
    }

    fn in_order(self) -> Result<Self, Error> {
        let Terms {
            start,
            end,
            terminated,
            ..
        } = self.terms;
        for (field, last) in [("end", end), ("terminated", terminated)] {
            if let Some(last) = last.filter(|last| *last < start) {
                let (start, last) = (start.date(), last.date());
                let problem = RecordProblem::EndBeforeStart { start, last };
                return self.in_field(field, Err(problem.into()));
            }
        }
        match (end, terminated) {
            (Some(end), Some(terminated)) if end < terminated && !self.terms.auto_renewal => {
                let (end, terminated) = (end.date(), terminated.date());
                let problem = RecordProblem::TerminatedAfterEnd { end, terminated };
                self.in_field("terminated", Err(problem.into()))
            }
            _ => Ok(self),
        }
    }
}

impl Dimensioned for Contract {
    fn set_dimension(&mut self, name: Label, value: Label) {
        self.particulars.set_dimension(name, value);
    }

    fn remove_dimension(&mut self, name: &Label) {
        self.particulars.remove_dimension(name);
    }
}

impl Record for Contract {
    fn record_id(&self) -> RecordId {
        (&self.id).into()
    }

    #[inline]
    fn currency(&self) -> Option<Currency> {
        Some(self.terms.currency)
    }
}

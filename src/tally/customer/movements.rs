use core::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Undefined};
use crate::tally::given::given;
use crate::tally::rules::expect_all;
use crate::value::{AmountSum, Currency, Money, MoneyPer, Per, number};

given! {
    /// How recurring revenue moved from one evening to another, per year and exact.
    ///
    /// It adds up: `opening + new + reactivation + expansion − contraction − churn + became known − became unknown = closing`.
    ///
    /// A customer is in the first five where what it pays is known on both evenings; whoever is no customer pays nothing, which is known.
    #[derive(Copy)]
    pub struct Movements in "recurring." {
        /// What all customers pay at the start.
        pub(super) opening: AmountSum,
        /// What customers pay at the end whose first contract ever started after the opening.
        pub(super) new: AmountSum,
        /// What customers pay at the end who had none at the start, but an earlier one.
        pub(super) reactivation: AmountSum,
        /// What customers of the start pay more.
        pub(super) expansion: AmountSum,
        /// What customers of the start pay less, and still are customers.
        pub(super) contraction: AmountSum,
        /// What customers of the start paid who are none at the end.
        pub(super) churn: AmountSum,
        /// What is known of fees at the end and was not at the start, of customers whose fees are not all known on both evenings.
        pub(super) became_known: AmountSum,
        /// What was known of their fees at the start and no longer is at the end.
        pub(super) became_unknown: AmountSum,
        /// What all customers pay at the end.
        pub(super) closing: AmountSum,
        /// Of the opening, the part of customers whose fees are all known on both evenings: what retention is measured against.
        pub(super) comparable: AmountSum,
    }
}

impl Movements {
    pub(super) const RULE: &'static str = "opening + new + reactivation + expansion + became known is closing + contraction + churn + became unknown, and contraction + churn are at most the comparable part of opening";

    /// Whether it adds up, and no more is lost than there was, as far as it is given. Parts that are missing may be as large as need be.
    pub(super) fn is_sound(&self) -> bool {
        let sum = |parts: &[AmountSum]| {
            let units = parts.iter().map(|part| part.units());
            units.fold(0_u128, u128::saturating_add)
        };
        let gained = sum(&[
            self.new,
            self.reactivation,
            self.expansion,
            self.became_known,
        ]);
        let lost = sum(&[self.contraction, self.churn]);
        let unknown = self.became_unknown.units();
        let (opening, closing) = (self.opening.units(), self.closing.units());
        let are_gained = [
            self.new(),
            self.reactivation(),
            self.expansion(),
            self.became_known(),
        ];
        let are_lost = [self.contraction(), self.churn(), self.became_unknown()];
        let is_gain_given = self.opening().is_ok() && are_gained.iter().all(Result::is_ok);
        let is_loss_given = self.closing().is_ok() && are_lost.iter().all(Result::is_ok);
        let before = opening.saturating_add(gained);
        let after = closing.saturating_add(lost).saturating_add(unknown);
        let comparable = self.comparable().map_or(lost, AmountSum::units);
        // What is known of one side is at most the other, where that is known as a whole.
        (!is_gain_given || after <= before)
            && (!is_loss_given || before <= after)
            && lost <= comparable
            && (self.opening().is_err() || comparable.saturating_add(unknown) <= opening)
            && (self.closing().is_err() || gained <= closing)
    }
}

/// Movements per unit of time: the exact figures per year are kept inside, and each part is as many of them as a year has such units.
macro_rules! movements {
    ($(#[$doc:meta])* $movements:ident: $per:ident, $times:literal, $unit:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "Wire")]
        pub struct $movements {
            currency: Currency,
            /// Invariant: every one of them is held, and it adds up.
            yearly: Movements,
        }

        impl TryFrom<Wire> for $movements {
            type Error = Error;

            fn try_from(wire: Wire) -> Result<Self, Error> {
                Self::new(wire.yearly, wire.currency)
            }
        }

        impl $movements {
            /// The movements of these figures per year.
            ///
            /// # Errors
            /// [`ErrorKind::InconsistentTotals`](crate::ErrorKind::InconsistentTotals) where they don't add up, or more is lost than there was at the start;
            /// [`Undefined::NotCounted`] where one was not given.
            pub fn new(yearly: impl Into<Movements>, currency: Currency) -> Result<Self, Error> {
                let yearly = yearly.into();
                yearly.expect_whole()?;
                expect_all(&[(yearly.is_sound(), Movements::RULE)])?;
                Ok(Self { currency, yearly })
            }

            /// For figures that a tally holds.
            pub(crate) fn of(yearly: Movements, currency: Currency) -> Result<Self, Undefined> {
                yearly.expect_whole()?;
                Ok(Self { currency, yearly })
            }

            /// The exact figures per year.
            #[must_use]
            pub fn yearly(self) -> Movements {
                self.yearly
            }

            /// The currency.
            #[must_use]
            pub fn currency(self) -> Currency {
                self.currency
            }

            /// The recurring revenue at the start.
            #[must_use]
            pub fn opening(self) -> MoneyPer {
                self.part(self.yearly.opening.decimal())
            }

            /// Gained from customers whose first contract ever started after the opening.
            #[must_use]
            pub fn new_business(self) -> MoneyPer {
                self.part(self.yearly.new.decimal())
            }

            /// Gained from customers who came back.
            #[must_use]
            pub fn reactivation(self) -> MoneyPer {
                self.part(self.yearly.reactivation.decimal())
            }

            /// Gained from customers of the start who pay more.
            #[must_use]
            pub fn expansion(self) -> MoneyPer {
                self.part(self.yearly.expansion.decimal())
            }

            /// Lost with customers of the start who pay less; 0 or more.
            #[must_use]
            pub fn contraction(self) -> MoneyPer {
                self.part(self.yearly.contraction.decimal())
            }

            /// Lost with customers of the start who are gone; 0 or more.
            #[must_use]
            pub fn churn(self) -> MoneyPer {
                self.part(self.yearly.churn.decimal())
            }

            /// What comes in because fees became known: of customers whose fees are not all known on both evenings. No growth.
            #[must_use]
            pub fn became_known(self) -> MoneyPer {
                self.part(self.yearly.became_known.decimal())
            }

            /// What goes out because fees became unknown; 0 or more. No loss.
            #[must_use]
            pub fn became_unknown(self) -> MoneyPer {
                self.part(self.yearly.became_unknown.decimal())
            }

            /// The recurring revenue at the end.
            #[must_use]
            pub fn closing(self) -> MoneyPer {
                self.part(self.yearly.closing.decimal())
            }

            /// Closing less opening: negative where more was lost than gained.
            #[must_use]
            pub fn net_change(self) -> MoneyPer {
                let (closing, opening) = (self.yearly.closing.decimal(), self.yearly.opening.decimal());
                self.part(closing.checked_sub(opening).unwrap_or_default())
            }

            /// A sum has far fewer digits than would be lost by the division.
            fn part(self, yearly: Decimal) -> MoneyPer {
                let amount = yearly.checked_div(Decimal::from($times)).unwrap_or_default();
                MoneyPer::new(Money::new(amount.normalize(), self.currency), Per::$per)
            }
        }

        impl fmt::Display for $movements {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let parts = [
                    self.new_business(),
                    self.reactivation(),
                    self.expansion(),
                    self.contraction(),
                    self.churn(),
                    self.became_known(),
                    self.became_unknown(),
                    self.net_change(),
                ];
                fmt_parts(parts.map(MoneyPer::amount), format_args!("{}/{}", self.currency, $unit), f)
            }
        }
    };
}

movements! {
    /// How monthly recurring revenue moved: new, reactivation, expansion, contraction and churn, and fees that became known or unknown.
    ///
    /// Its text is `new 50 + reactivation 0 + expansion 0 - contraction 0 - churn 20 = 30 USD/month`; where fees became known or unknown,
    /// ` + became known 10 - became unknown 0` stands before the sum. Exact figures per year are kept inside ([`yearly`](Self::yearly)); the others are a twelfth of them.
    ///
    /// ```
    /// use sales_metrics::{Currency, Decimal, MrrMovements};
    /// use sales_metrics::tally::Movements;
    ///
    /// let sum = |amount: i64| Decimal::from(amount).try_into();
    /// let yearly = Movements::given()
    ///     .opening(sum(1_200)?)
    ///     .new(sum(600)?)
    ///     .reactivation(sum(0)?)
    ///     .expansion(sum(0)?)
    ///     .contraction(sum(0)?)
    ///     .churn(sum(240)?)
    ///     .became_known(sum(0)?)
    ///     .became_unknown(sum(0)?)
    ///     .closing(sum(1_560)?)
    ///     .comparable(sum(1_200)?);
    /// let movements = MrrMovements::new(yearly, Currency::USD)?;
    /// assert_eq!(movements.new_business().to_string(), "50 USD/month");
    /// assert_eq!(movements.net_change().to_string(), "30 USD/month");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    MrrMovements: Month, 12, "month"
}

movements! {
    /// How yearly recurring revenue moved: the parts of [`MrrMovements`], per year and exact.
    ///
    /// Its text is `new 600 + reactivation 0 + expansion 0 - contraction 0 - churn 240 = 360 USD/year`, and as there where fees became known or
    /// unknown.
    ///
    /// ```
    /// use sales_metrics::{Contract, Currency, CustomerTally, Per, Period, Scope, date, kpi};
    ///
    /// let contract = Contract::new("C-1", "Initech", date(2026, 2, 1)?, Currency::USD)?.with_recurring(50, Per::Month)?;
    /// let customers = CustomerTally::of([contract], Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
    /// let moved = kpi::arr_movements(&customers)?;
    /// assert_eq!(moved.to_string(), "new 600 + reactivation 0 + expansion 0 - contraction 0 - churn 0 = 600 USD/year");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    ArrMovements: Year, 1, "year"
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    currency: Currency,
    yearly: Movements,
}

/// The parts in their order, and the net.
fn fmt_parts(
    parts: [Decimal; 8],
    unit: fmt::Arguments<'_>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let style = number::Style::of(f);
    let [.., came, went, _] = parts;
    let fees = if came.is_zero() && went.is_zero() {
        String::new()
    } else {
        let [came, went] = [came, went].map(|amount| style.text(number::Shown(amount)));
        format!(" + became known {came} - became unknown {went}")
    };
    let [new, back, more, less, lost, _, _, net] =
        parts.map(|amount| style.text(number::Shown(amount)));
    let text = format!(
        "new {new} + reactivation {back} + expansion {more} - contraction {less} - churn {lost}{fees} = {net} {unit}"
    );
    number::pad(&text, f)
}

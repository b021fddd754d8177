use rust_decimal::Decimal;

use crate::error::Error;
use crate::record::Amount;
use crate::record::error::RecordProblem;
use crate::value::Currency;

/// A rate of one day into a currency.
pub struct Conversion {
    to: Currency,
    /// Above 0, at most 18 digits and 18 decimals.
    rate: Decimal,
}

impl Conversion {
    pub(super) fn new(to: Currency, rate: Decimal) -> Self {
        Self { to, rate }
    }

    pub(super) fn to(&self) -> Currency {
        self.to
    }

    /// An amount of a record.
    pub(super) fn amount(&self, amount: Amount) -> Result<Amount, Error> {
        self.rounded(amount).ok_or_else(|| {
            let amount = amount.decimal();
            RecordProblem::AmountTooLarge { amount }.into()
        })
    }

    /// Whole numbers all the way: one rounding, to the minor unit.
    fn rounded(&self, amount: Amount) -> Option<Amount> {
        let mantissa = u128::try_from(self.rate.mantissa()).ok()?;
        let product = u128::from(amount.units()).checked_mul(mantissa)?;
        // The product is in units of 10⁻⁴ times the rate's; a minor unit has so many of them.
        let places = Amount::PLACES.min(self.to.minor_units());
        let minor = 10_u128.checked_pow(Amount::PLACES.checked_sub(places)?)?;
        let step = 10_u128.checked_pow(self.rate.scale())?.checked_mul(minor)?;
        let rounded = product.checked_add(step / 2)?.checked_div(step)?;
        Amount::of_units(u64::try_from(rounded.checked_mul(minor)?).ok()?)
    }
}

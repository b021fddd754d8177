use std::sync::Arc;

use rust_decimal::Decimal;

use crate::error::{Error, Undefined};
use crate::record::Share;
use crate::tally::ForecastTally;
use crate::value::independent::{IndependentSum, PLACES};
use crate::value::money::expect_currency;
use crate::value::{AmountSum, Currency, DealId, Interval, Money, Rate, WeightedSum};

/// What a period will bring: what is won, and the sum of the deals due, each of which is won or not, independently and with its probability.
///
/// It is made by [`outcome_distribution`](crate::kpi::outcome_distribution). Nothing is drawn at random, so that the same deals have the same
/// digits in any order and on any machine. An answer is exact, or else a proven bracket that holds the exact one:
/// [`exact`](Interval::exact) tells.
///
/// - Up to some 40 deals of any amounts it is exact, and so are many more whose sums are few: hundreds of deals in whole thousands.
/// - Beyond that each amount is rounded to a cell: a quantile is then a bracket, of a thousandth of all amounts as a rule up to 1,000 deals.
///   It is wider where a sum is not passed with so nearly the probability asked for that it can't be told whether it reaches it: it then
///   holds the next sums, too.
///
/// ```
/// use sales_metrics::{Currency, Deal, DealId, ForecastTally, Money, Outcome, Period, Rate, Scope, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD).as_of(date(2026, 2, 14)?)?;
/// let due = |id, amount, probability: &str| {
///     Deal::new(id, date(2026, 1, 7)?, Outcome::Open, Currency::USD)?
///         .with_amount(amount)?
///         .with_probability(probability.parse()?)?
///         .with_expected_close(date(2026, 3, 20)?)
/// };
/// let deals = [due("D-1", 100, "50%")?, due("D-2", 200, "25%")?, due("D-3", 400, "10%")?];
/// let outcome = kpi::outcome_distribution(&ForecastTally::of(&deals, q1)?)?;
/// assert_eq!(outcome.quantile(Rate::HALF).to_string(), "100 USD");
///
/// // Which deal decides it?
/// let target = Money::new(300, Currency::USD);
/// assert_eq!(outcome.chance_of(target)?.to_string(), "21.25%");
/// let third = DealId::new("D-3")?;
/// let without = outcome.without(&third).expect("it is due");
/// assert_eq!(without.chance_of(target)?.to_string(), "12.5%");
/// assert_eq!(without.if_won(&third).expect("it was taken out").chance_of(target)?.to_string(), "100%");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OutcomeDistribution {
    currency: Currency,
    /// What is won, or is taken to be, in units of 10⁻⁴.
    won: u128,
    /// Which are won or not.
    deals: Vec<Chance>,
    /// Which are taken out.
    taken: Vec<Chance>,
    /// Which lack an amount or a probability.
    left_out: Vec<DealId>,
    /// That of the deals that are neither certain nor hopeless.
    sum: Arc<IndependentSum>,
}

/// A deal with its amount in units of 10⁻⁴ and its probability in millionths.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chance {
    deal: DealId,
    units: u64,
    millionths: u64,
}

impl Chance {
    /// Whether it is neither certain nor hopeless, and worth anything.
    fn is_open(&self) -> bool {
        self.units > 0 && (1..Rate::MILLIONTHS).contains(&self.millionths)
    }
}

impl OutcomeDistribution {
    /// Of what is won, and of these deals due, if any are.
    pub(super) fn of(forecast: &ForecastTally) -> Result<Self, Undefined> {
        let (mut deals, mut left_out) = (Vec::new(), Vec::new());
        // Nothing is due any more once the period is over.
        let is_over = forecast.scope().is_complete();
        for deal in forecast.due().into_iter().filter(|_| !is_over) {
            match deal.weight() {
                Some((units, millionths)) => deals.push(Chance {
                    deal: deal.id().clone(),
                    units,
                    millionths,
                }),
                None => left_out.push(deal.id().clone()),
            }
        }
        Ok(Self {
            currency: forecast.scope().currency(),
            won: forecast.totals().won()?.amount.units(),
            sum: sum_of(&deals),
            deals,
            taken: Vec::new(),
            left_out,
        })
    }

    /// What is won, or taken to be won.
    #[must_use]
    pub fn won(&self) -> Money {
        self.money(self.won)
    }

    /// The deals that are won or not, each with its amount and its probability.
    pub fn deals(&self) -> impl Iterator<Item = (&DealId, Money, Rate)> {
        self.deals.iter().map(|chance| {
            let fraction = Share::decimal_of(chance.millionths);
            (
                &chance.deal,
                self.money(chance.units.into()),
                rate(fraction),
            )
        })
    }

    /// The deals due that lack an amount or a probability: nothing is assumed of them, and they are in no figure of this.
    #[must_use]
    pub fn left_out(&self) -> &[DealId] {
        &self.left_out
    }

    /// What comes on average: [`weighted_forecast`](crate::kpi::weighted_forecast) where no deal is taken out.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] where it has more digits than a decimal holds.
    pub fn mean(&self) -> Result<Money, Undefined> {
        let mut sum = Some(WeightedSum::default());
        for chance in &self.deals {
            let weight = u128::from(chance.units) * u128::from(chance.millionths);
            sum = sum.and_then(|sum| sum.checked_add(weight));
        }
        let due = sum.ok_or(Undefined::OutOfRange)?.decimal();
        let mean = self.won().checked_add(Money::new(due, self.currency));
        mean.map_err(|_| Undefined::OutOfRange)
    }

    /// The smallest sum that is not passed with a probability of so much or more: of 10 %, the low one, P10.
    ///
    /// Where it is exact, it is a sum that some of the deals come to; the ends of a bracket need not be. 0 % is the smallest of all, 100 % the largest.
    #[must_use]
    pub fn quantile(&self, level: Rate) -> Interval<Money> {
        let level = level.fraction();
        let part = level.mantissa().unsigned_abs();
        let whole = 10_u128.checked_pow(level.scale()).unwrap_or(u128::MAX);
        let (low, high) = self.sum.quantile(part, whole);
        let certain = self.certain();
        Interval::of(self.money(certain + low), self.money(certain + high))
    }

    /// How likely it is to reach a target: that the sum is as much or more. Exact means to 28 decimals.
    ///
    /// # Errors
    /// [`ErrorKind::CurrencyMismatch`](crate::ErrorKind::CurrencyMismatch) where the target is in another currency.
    pub fn chance_of(&self, target: Money) -> Result<Interval<Rate>, Error> {
        expect_currency("the target", self.currency, target.currency())?;
        let (low, high) = match units_to_reach(target) {
            Some(units) => self.sum.chance_of(units.saturating_sub(self.certain())),
            None => (0, 0),
        };
        let chance = |units: u128| rate(decimal(units, PLACES));
        Ok(Interval::of(chance(low), chance(high)))
    }

    /// The same without a deal, as if it were lost; none where no such deal is in it.
    #[must_use]
    pub fn without(&self, deal: &DealId) -> Option<Self> {
        let (taken, deals): (Vec<Chance>, Vec<Chance>) = self
            .deals
            .iter()
            .cloned()
            .partition(|chance| chance.deal == *deal);
        if taken.is_empty() {
            return None;
        }
        let mut sum = Some(Arc::clone(&self.sum));
        for chance in taken.iter().filter(|chance| chance.is_open()) {
            let less = sum.and_then(|sum| sum.without(chance.units, chance.millionths));
            sum = less.map(Arc::new);
        }
        Some(Self {
            sum: sum.unwrap_or_else(|| sum_of(&deals)),
            deals,
            taken: [self.taken.as_slice(), &taken].concat(),
            left_out: self.left_out.clone(),
            ..*self
        })
    }

    /// The same with a deal won, also one that was taken out, which costs next to nothing; none where there is no such deal.
    #[must_use]
    pub fn if_won(&self, deal: &DealId) -> Option<Self> {
        let is_it = |chance: &&Chance| chance.deal == *deal;
        if !self.taken.iter().any(|chance| is_it(&chance)) {
            return self.without(deal)?.if_won(deal);
        }
        let mut certain = self.clone();
        for chance in self.taken.iter().filter(is_it) {
            certain.won += u128::from(chance.units);
        }
        certain.taken.retain(|chance| !is_it(&chance));
        Some(certain)
    }

    /// What is won, and the deals of 100 %.
    fn certain(&self) -> u128 {
        let mut certain = self.won;
        for chance in &self.deals {
            if chance.millionths == Rate::MILLIONTHS {
                certain += u128::from(chance.units);
            }
        }
        certain
    }

    fn money(&self, units: u128) -> Money {
        let mut sum = AmountSum::ZERO;
        sum.add(units);
        Money::new(sum.decimal(), self.currency)
    }
}

impl PartialEq for OutcomeDistribution {
    /// The rest follows from these.
    fn eq(&self, other: &Self) -> bool {
        (self.currency, self.won) == (other.currency, other.won)
            && self.deals == other.deals
            && self.taken == other.taken
            && self.left_out == other.left_out
    }
}

fn sum_of(deals: &[Chance]) -> Arc<IndependentSum> {
    let mut open = Vec::new();
    for chance in deals {
        if chance.is_open() {
            open.push((chance.units, chance.millionths));
        }
    }
    Arc::new(IndependentSum::of(&open))
}

/// The smallest number of units of 10⁻⁴ that reaches a target; none beyond what any deals come to.
fn units_to_reach(target: Money) -> Option<u128> {
    let target = target.amount().max(Decimal::ZERO);
    let units = target.checked_mul(AmountSum::UNITS_PER_ONE.into())?;
    let units = units.ceil().normalize();
    u128::try_from(units).ok()
}

fn decimal(units: u128, places: u32) -> Decimal {
    let units = i128::try_from(units).ok();
    let decimal = units.and_then(|units| Decimal::try_from_i128_with_scale(units, places).ok());
    decimal.unwrap_or_default().normalize()
}

fn rate(fraction: Decimal) -> Rate {
    Rate::from_fraction(fraction).unwrap_or(Rate::ONE)
}

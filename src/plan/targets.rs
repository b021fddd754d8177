//! What a plan yields, to be worked with: quotas and goals.

use super::given::Aim;
use super::split::{expect_pieces, expect_weight, split};
use super::{Goal, Plan};
use crate::error::{Error, Undefined};
use crate::period::Period;
use crate::record::{ActivityKind, Quota};
use crate::report::{Better, Family, Kpi, Needs, Records, Unit, Value, find};
use crate::value::id::checked;
use crate::value::{IntoId, Money, RepId};

impl Plan {
    /// What is to be won, as quotas: one for each rep and period, each rep with a weight and each period with one, of the season, say. Those of
    /// a plan of revenue are of money, those of a plan of wins are of deals.
    ///
    /// They add up to the target exactly: no cent is lost. Rep by rep and period by period, what is due by the end of each is rounded up, so that
    /// what cannot be divided is spread evenly: no quota, nor those of a rep together, is a unit away from its exact share.
    ///
    /// # Errors
    /// [`Undefined::TargetNotPositive`]; [`ErrorKind::ZeroShare`](crate::ErrorKind::ZeroShare) where the weights add up to 0;
    /// [`ErrorKind::PeriodsNotWhole`](crate::ErrorKind::PeriodsNotWhole) where the periods do not make up the plan's, one after the other;
    /// [`ErrorKind::TooManyDecimals`](crate::ErrorKind::TooManyDecimals) where the target is finer than its currency's minor unit; as
    /// [`Quota::of_money`] and [`Quota::of_deals`].
    ///
    /// # Examples
    /// ```
    /// use sales_metrics::plan::Plan;
    /// use sales_metrics::{Currency, Money, Period};
    ///
    /// let plan = Plan::of_revenue(Money::new(100, Currency::USD), Period::quarter(2026, 1)?);
    /// let quotas = plan.quotas([("ada", 1), ("ben", 2)], plan.period().months().map(|month| (month, 1)))?;
    /// let texts: Vec<String> = quotas.iter().filter_map(|quota| Some(format!("{} {}", quota.rep(), quota.amount()?))).collect();
    /// assert_eq!(texts, [
    ///     "ada 11.12 USD", "ada 11.11 USD", "ada 11.11 USD",
    ///     "ben 22.22 USD", "ben 22.22 USD", "ben 22.22 USD",
    /// ]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn quotas<R: IntoId<RepId>>(
        &self,
        reps: impl IntoIterator<Item = (R, u32)>,
        periods: impl IntoIterator<Item = (Period, u32)>,
    ) -> Result<Vec<Quota>, Error> {
        let (mut ids, mut weights) = (Vec::new(), Vec::new());
        for (rep, weight) in reps {
            ids.push(checked(rep).map_err(|error| error.about("rep"))?);
            weights.push(u64::from(weight));
        }
        let periods: Vec<(Period, u32)> = periods.into_iter().collect();
        self.quotas_of(&ids, &weights, &periods)
    }

    fn quotas_of(
        &self,
        reps: &[RepId],
        weights: &[u64],
        periods: &[(Period, u32)],
    ) -> Result<Vec<Quota>, Error> {
        expect_pieces(self.period, periods)?;
        let units = self.target_units()?;
        expect_weight(weights, "reps")?;
        let (mut pairs, mut shares) = (Vec::new(), Vec::new());
        for (rep, weight) in reps.iter().zip(weights) {
            for (period, season) in periods {
                pairs.push((rep, *period));
                // Each is of 32 bits.
                shares.push(weight * u64::from(*season));
            }
        }
        let mut quotas = Vec::new();
        for ((rep, period), units) in pairs.into_iter().zip(split(units, &shares, "periods")?) {
            quotas.push(self.quota(rep, period, units)?);
        }
        Ok(quotas)
    }

    /// What it takes, as goals: for each period, with its weight, the revenue, the wins, the opportunities, the leads and the activities. What
    /// the plan cannot tell is left out; [`lines`](Self::lines) says why.
    ///
    /// Those of one kind add up to that of the whole plan exactly, divided as the [`quotas`](Self::quotas) of a single rep are. Of the wins, leads
    /// and activities, which are no KPI that [`find`] has, the plan brings one of its own: `deals_won`, `leads_arrived`, `activities_done`.
    ///
    /// # Errors
    /// As [`quotas`](Self::quotas), and as [`wins`](Self::wins) where the average deal is in another currency.
    ///
    /// # Examples
    /// ```
    /// use sales_metrics::plan::Plan;
    /// use sales_metrics::{Period, Rate};
    ///
    /// let plan = Plan::of_wins(50, Period::year(2026)?).with_win_rate(Rate::from_percent(25)?);
    /// let goals = plan.goals(plan.period().months().map(|month| (month, 1)))?;
    /// let wins: Vec<String> = goals.iter().filter(|goal| goal.kpi().label() == "deals won").map(|goal| goal.target().to_string()).collect();
    /// assert_eq!(wins, ["5", "4", "4", "4", "4", "4", "5", "4", "4", "4", "4", "4"]);
    /// assert_eq!(goals.len(), 24);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn goals(
        &self,
        periods: impl IntoIterator<Item = (Period, u32)>,
    ) -> Result<Vec<Goal>, Error> {
        let periods: Vec<(Period, u32)> = periods.into_iter().collect();
        self.goals_of(&periods)
    }

    fn goals_of(&self, periods: &[(Period, u32)]) -> Result<Vec<Goal>, Error> {
        expect_pieces(self.period, periods)?;
        let mut goals = Vec::new();
        if let Aim::Revenue(revenue) = self.aim {
            let money = |units: u64| {
                let units = i64::try_from(units).map_err(|_| Undefined::OutOfRange)?;
                Ok(Money::from_minor(units, revenue.currency()).into())
            };
            let kpi = find("total_revenue")?;
            add(&mut goals, kpi, self.target_units()?, periods, &money)?;
        }
        let count = |count: u64| Ok(Value::Count(count));
        let kind = self.activity_kind;
        let needs = [
            (deals_won()?, self.wins()),
            (find("opportunities_created")?.clone(), self.opportunities()),
            (leads_arrived()?, self.leads()),
            (activities_done(kind)?, self.activities()),
        ];
        for (kpi, need) in needs {
            match need {
                Ok(need) => add(&mut goals, &kpi, need.count(), periods, &count)?,
                Err(error) if error.undefined().is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(goals)
    }

    /// In minor units, or in deals.
    fn target_units(&self) -> Result<u64, Error> {
        match self.aim {
            Aim::Wins(_) => Ok(self.wins()?.count()),
            Aim::Revenue(_) => {
                let units = u64::try_from(self.revenue()?.to_minor()?);
                Ok(units.map_err(|_| Undefined::TargetNotPositive)?)
            }
        }
    }

    fn quota(&self, rep: &RepId, period: Period, units: u64) -> Result<Quota, Error> {
        match self.aim {
            Aim::Wins(_) => Quota::of_deals(rep.clone(), period, units),
            Aim::Revenue(revenue) => {
                let units = i64::try_from(units).map_err(|_| Undefined::OutOfRange)?;
                let money = Money::from_minor(units, revenue.currency());
                Quota::of_money(rep.clone(), period, money.amount(), money.currency())
            }
        }
    }
}

fn add(
    goals: &mut Vec<Goal>,
    kpi: &Kpi,
    whole: u64,
    periods: &[(Period, u32)],
    value: &dyn Fn(u64) -> Result<Value, Error>,
) -> Result<(), Error> {
    let weights: Vec<u64> = periods.iter().map(|(_, weight)| (*weight).into()).collect();
    for ((period, _), part) in periods.iter().zip(split(whole, &weights, "periods")?) {
        goals.push(Goal::at_least(kpi, value(part)?, *period)?);
    }
    Ok(())
}

fn deals_won() -> Result<Kpi, Error> {
    let count = Kpi::own(
        "deals_won",
        "deals won",
        Family::Conversion,
        Unit::Count,
        Better::Up,
        |inputs| Ok(inputs.deals()?.totals().won()?.count),
    )?;
    Ok(flow(count, Records::Deals))
}

fn leads_arrived() -> Result<Kpi, Error> {
    let count = Kpi::own(
        "leads_arrived",
        "leads arrived",
        Family::Lead,
        Unit::Count,
        Better::Up,
        |inputs| Ok(inputs.leads()?.totals().arrived()?),
    )?;
    Ok(flow(count, Records::Leads))
}

fn activities_done(kind: ActivityKind) -> Result<Kpi, Error> {
    let count = Kpi::own(
        "activities_done",
        &format!("activities done ({kind})"),
        Family::Activity,
        Unit::Count,
        Better::Up,
        move |inputs| Ok(inputs.activities()?.totals().distinct(kind)?),
    )?;
    Ok(flow(count, Records::Activities))
}

fn flow(kpi: Kpi, records: Records) -> Kpi {
    kpi.as_flow().with_needs([Needs::Records(records)])
}

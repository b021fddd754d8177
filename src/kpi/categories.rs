use crate::period::Scope;
use crate::record::ForecastCategory;
use crate::tally::{ForecastTally, Priced};
use crate::value::Volume;

/// The deals of a period by what the reps say of them: full amounts, not weighted.
///
/// It is made by [`category_forecast`](crate::kpi::category_forecast). Each figure is a [`Volume`], which says how many of its deals have no
/// amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CategoryForecast {
    scope: Scope,
    closed: Priced,
    commit: Priced,
    best_case: Priced,
    pipeline: Priced,
    omitted: Priced,
    uncategorized: Priced,
}

impl CategoryForecast {
    /// Of what is won, and of the deals due, if any are.
    pub(super) fn of(forecast: &ForecastTally, closed: Priced) -> Self {
        let is_over = forecast.scope().is_complete();
        let of = |category| {
            if is_over {
                return Priced::default();
            }
            forecast.due_in(category)
        };
        Self {
            scope: forecast.scope(),
            closed,
            commit: of(Some(ForecastCategory::Commit)),
            best_case: of(Some(ForecastCategory::BestCase)),
            pipeline: of(Some(ForecastCategory::Pipeline)),
            omitted: of(Some(ForecastCategory::Omitted)),
            uncategorized: of(None),
        }
    }

    /// Won so far.
    #[must_use]
    pub fn closed(self) -> Volume {
        self.volume(&[self.closed])
    }

    /// Due, and sure to be won.
    #[must_use]
    pub fn commit(self) -> Volume {
        self.volume(&[self.commit])
    }

    /// Due, and won if all goes well.
    #[must_use]
    pub fn best_case(self) -> Volume {
        self.volume(&[self.best_case])
    }

    /// Due, and worked on.
    #[must_use]
    pub fn pipeline(self) -> Volume {
        self.volume(&[self.pipeline])
    }

    /// Due, and left out of the forecast by the rep: in no sum.
    #[must_use]
    pub fn omitted(self) -> Volume {
        self.volume(&[self.omitted])
    }

    /// Due, and nobody said how sure they are: in no sum.
    #[must_use]
    pub fn uncategorized(self) -> Volume {
        self.volume(&[self.uncategorized])
    }

    /// What is won and committed.
    #[must_use]
    pub fn up_to_commit(self) -> Volume {
        self.volume(&[self.closed, self.commit])
    }

    /// What is won, committed or a best case.
    #[must_use]
    pub fn up_to_best_case(self) -> Volume {
        self.volume(&[self.closed, self.commit, self.best_case])
    }

    /// What is won, committed, a best case or in the pipeline.
    #[must_use]
    pub fn up_to_pipeline(self) -> Volume {
        self.volume(&[self.closed, self.commit, self.best_case, self.pipeline])
    }

    fn volume(self, parts: &[Priced]) -> Volume {
        let mut sum = Priced::default();
        for part in parts {
            sum = sum.plus(*part);
        }
        sum.sound_volume(self.scope.currency())
    }
}

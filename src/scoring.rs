//! How warm a lead is: points by named rules, and what to do with it.

use core::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Joint, Problem};
use crate::record::Lead;
use crate::value::id::checked;
use crate::value::{IntoId, Label};

/// Named rules that give a lead points in three aspects, weights, a threshold above which a lead is hot, and a grid that says what
/// to do.
///
/// Points that a lead carries already ([`Lead::fit`], [`Lead::interest`]) go in beside the rules'.
///
/// ```
/// use sales_metrics::{Lead, instant};
/// use sales_metrics::scoring::LeadScoring;
/// use sales_metrics::scoring::Aspect;
///
/// let scoring = LeadScoring::new(100)
///     .with_weight(Aspect::Behaviour, 2)
///     .with_rule(Aspect::Fit, "mid-market", 40, |lead| {
///         lead.dimension("segment").is_some_and(|segment| segment.as_str() == "mid-market")
///     })?
///     .with_rule(Aspect::Behaviour, "never answered", -10, |lead| lead.attempts().len() > 5)?
///     .with_grid([0, 30], [0, 50], [["leave", "nurture"], ["nurture", "call today"]])?;
///
/// let lead = Lead::new("L-1", instant("2026-03-06T18:30:00Z")?)?
///     .with_dimension("segment", "mid-market")?
///     .with_interest(70)?;
/// let score = scoring.score(&lead);
/// assert_eq!((score.points(Aspect::Fit), score.points(Aspect::Interest)), (Some(40), Some(70)));
/// assert_eq!((score.total(), score.is_hot()), (110, true));
/// assert_eq!(score.action().map(|action| action.as_str()), Some("call today"));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct LeadScoring {
    hot_above: i64,
    /// In the order of [`Aspect::ALL`].
    weights: [u16; 3],
    rules: Vec<Rule>,
    grid: Option<Grid>,
}

/// What points are given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Aspect {
    /// How well it fits what is sold: who it is.
    Fit,
    /// How interested it is: what it asked for.
    Interest,
    /// What it does: visits, replies, silence.
    Behaviour,
}

#[derive(Clone)]
struct Rule {
    name: Label,
    aspect: Aspect,
    points: i16,
    holds: Arc<dyn Fn(&Lead) -> bool + Send + Sync>,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} {:+}", self.aspect, self.name, self.points)
    }
}

/// Invariant: both axes rise, and there is an action for each pair of their bands.
#[derive(Clone, Debug)]
struct Grid {
    fit_from: Vec<i64>,
    interest_from: Vec<i64>,
    actions: Vec<Vec<Label>>,
}

impl Aspect {
    /// All of them.
    pub const ALL: &'static [Self] = &Self::EACH;

    const EACH: [Self; 3] = [Self::Fit, Self::Interest, Self::Behaviour];

    fn of<T: Copy>(self, values: [T; 3]) -> T {
        let [fit, interest, behaviour] = values;
        match self {
            Self::Fit => fit,
            Self::Interest => interest,
            Self::Behaviour => behaviour,
        }
    }

    /// The points that the lead carries already.
    fn recorded(self, lead: &Lead) -> Option<i64> {
        self.of([lead.fit(), lead.interest(), None]).map(i64::from)
    }
}

impl LeadScoring {
    /// No rules yet, every weight 1, and no grid. A lead is hot where its total is above the threshold, not at it.
    #[must_use]
    pub fn new(hot_above: i64) -> Self {
        Self {
            hot_above,
            weights: [1; 3],
            rules: Vec::new(),
            grid: None,
        }
    }

    /// How much a point of this aspect counts in the total.
    #[must_use]
    pub fn with_weight(mut self, aspect: Aspect, weight: u16) -> Self {
        let places = self.weights.iter_mut().zip(Aspect::EACH);
        for (place, _) in places.filter(|(_, known)| *known == aspect) {
            *place = weight;
        }
        self
    }

    /// One more rule: so many points, below 0 perhaps, for the leads that it holds for. A name given again replaces the rule of
    /// that name, in its place.
    ///
    /// A rule answers yes or no. One that cannot know, since the lead lacks what it asks for, answers no: "is not in this
    /// segment" must ask whether the segment is known as well.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidId`] where the name can be none.
    pub fn with_rule(
        mut self,
        aspect: Aspect,
        name: impl IntoId<Label>,
        points: i16,
        holds: impl Fn(&Lead) -> bool + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let rule = Rule {
            name: checked(name)?,
            aspect,
            points,
            holds: Arc::new(holds),
        };
        match self.rules.iter_mut().find(|known| known.name == rule.name) {
            Some(known) => *known = rule,
            None => self.rules.push(rule),
        }
        Ok(self)
    }

    /// What to do with a lead, by bands of fit (a row each) and of interest (a column each). A band begins at its points and ends
    /// where the next begins; below the first there is no action.
    ///
    /// # Errors
    /// [`ErrorKind::BandsOutOfOrder`] unless each band begins above the one before; [`ErrorKind::InvalidId`].
    pub fn with_grid<const F: usize, const I: usize, L: IntoId<Label>>(
        mut self,
        fit_from: [i64; F],
        interest_from: [i64; I],
        actions: [[L; I]; F],
    ) -> Result<Self, Error> {
        expect_rising("fit", &fit_from)?;
        expect_rising("interest", &interest_from)?;
        let label = |action: L| checked(action);
        let rows = actions.map(|row| row.into_iter().map(label).collect());
        self.grid = Some(Grid {
            fit_from: fit_from.into(),
            interest_from: interest_from.into(),
            actions: rows.into_iter().collect::<Result<_, Error>>()?,
        });
        Ok(self)
    }

    /// The score of a lead.
    #[must_use]
    pub fn score(&self, lead: &Lead) -> LeadScore {
        let held = self.rules.iter().filter(|rule| (rule.holds)(lead));
        let given: Vec<_> = held
            .map(|rule| (rule.name.clone(), rule.aspect, rule.points))
            .collect();
        let points = Aspect::EACH.map(|aspect| self.points(aspect, lead, &given));
        let weighted = points.iter().zip(self.weights);
        let total = weighted.fold(0_i64, |sum, (points, weight)| {
            let points = points.unwrap_or_default();
            sum.saturating_add(points.saturating_mul(weight.into()))
        });
        LeadScore {
            given,
            points,
            total,
            hot: total > self.hot_above,
            action: self.action(points),
        }
    }

    /// Unknown where no rule is about the aspect and the lead carries no points for it.
    fn points(&self, aspect: Aspect, lead: &Lead, given: &[(Label, Aspect, i16)]) -> Option<i64> {
        let recorded = aspect.recorded(lead);
        if recorded.is_none() && self.rules.iter().all(|rule| rule.aspect != aspect) {
            return None;
        }
        let of_aspect = given.iter().filter(|(_, of, _)| *of == aspect);
        let sum = of_aspect.fold(0_i64, |sum, (.., points)| {
            sum.saturating_add((*points).into())
        });
        Some(sum.saturating_add(recorded.unwrap_or_default()))
    }

    fn action(&self, [fit, interest, _]: [Option<i64>; 3]) -> Option<Label> {
        let grid = self.grid.as_ref()?;
        let row = grid.actions.get(band(&grid.fit_from, fit?)?)?;
        row.get(band(&grid.interest_from, interest?)?).cloned()
    }
}

/// The last band that begins at these points or below.
fn band(from: &[i64], points: i64) -> Option<usize> {
    from.partition_point(|start| *start <= points)
        .checked_sub(1)
}

fn expect_rising(axis: &'static str, from: &[i64]) -> Result<(), Error> {
    let rises = from.iter().zip(from.iter().skip(1)).all(|(a, b)| a < b);
    if rises {
        Ok(())
    } else {
        Err(Error::new(BandsOutOfOrder { axis }))
    }
}

/// Bands of a grid that do not rise.
#[derive(Debug, thiserror::Error)]
#[error("the {axis} bands of a grid must each begin above the one before")]
struct BandsOutOfOrder {
    axis: &'static str,
}

impl Problem for BandsOutOfOrder {
    fn kind(&self) -> ErrorKind {
        ErrorKind::BandsOutOfOrder
    }

    fn joint(&self) -> Joint {
        Joint::Apart
    }

    fn field(&self) -> Option<&'static str> {
        Some(self.axis)
    }
}

/// How many points a lead has, and what gave them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadScore {
    given: Vec<(Label, Aspect, i16)>,
    /// In the order of [`Aspect::ALL`].
    points: [Option<i64>; 3],
    total: i64,
    hot: bool,
    action: Option<Label>,
}

impl LeadScore {
    /// The rules that held, in the order of the scoring, and the points that each gave. What the lead carried already is not
    /// among them.
    pub fn rules(&self) -> impl Iterator<Item = (&Label, Aspect, i64)> {
        let given = self.given.iter();
        given.map(|(name, aspect, points)| (name, *aspect, i64::from(*points)))
    }

    /// The points of one aspect, without its weight: what the rules gave, and what the lead carried already. None where nothing is
    /// known of it: no rule is about it, and the lead carries no points for it.
    #[must_use]
    pub fn points(&self, aspect: Aspect) -> Option<i64> {
        aspect.of(self.points)
    }

    /// The weighted points of all aspects; one of which nothing is known adds nothing.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.total
    }

    /// Whether the total is above the threshold.
    #[must_use]
    pub fn is_hot(&self) -> bool {
        self.hot
    }

    /// What to do with it: none without a grid, below its first bands, or where fit or interest is not known.
    #[must_use]
    pub fn action(&self) -> Option<&Label> {
        self.action.as_ref()
    }
}

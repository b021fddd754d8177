/// How far a deal gets: to a stage, or to its win, which is beyond the last of them. The name of a stage goes in as it is.
///
/// ```
/// use sales_metrics::tally::Reach;
///
/// assert_eq!(Reach::from("Proposal"), Reach::Stage("Proposal"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach<'a> {
    /// To a stage.
    Stage(&'a str),
    /// To the win.
    Won,
}

impl<'a> From<&'a str> for Reach<'a> {
    fn from(stage: &'a str) -> Self {
        Self::Stage(stage)
    }
}

use crate::error::Error;
use crate::tally::error::impossible;

/// What must hold, and how to say so.
pub(super) type Rule = (bool, &'static str);

/// Of a tally that is a part of a detail, which is never made of ready-made totals.
pub(super) const WHOLE: &str = "a detail's tally holds every counter";

/// Refuses totals for the first rule that does not hold.
pub(super) fn expect_all(rules: &[Rule]) -> Result<(), Error> {
    match rules.iter().find(|(holds, _)| !holds) {
        Some((_, rule)) => Err(impossible(rule)),
        None => Ok(()),
    }
}

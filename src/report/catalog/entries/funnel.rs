use super::{entry, of};
use crate::kpi;
use crate::report::Family;
use crate::report::catalog::kpi::Definition;
use crate::report::catalog::samples::followed;

const FAMILY: Family = Family::Funnel;

pub(super) static ENTRIES: &[Definition] = &[
    entry!(corrected_median_cycle "corrected median cycle": Days Down Lagging; Deals; Mean(followed);
        "How long do deals take, those still open among them?";
        "Kaplan–Meier: left(t) = Π (1 − closed(s) / at risk(s)) over the days s ≤ t after creation;\n\
         the first t with left(t) < 1/2, or the middle of the time for which exactly half are left";
        inputs => of(inputs.survival(), kpi::corrected_median_cycle)),
    entry!(win_probability_within "win probability within": Rate Up Lagging; Deals WinLimit; Mean(followed);
        "How likely is a new deal won within so many days?";
        "Σ left(t − 1) × won(t) / at risk(t) over the days t ≤ N after creation, left as for corrected_median_cycle";
        inputs => kpi::win_probability_within(inputs.survival()?, inputs.parameters().win_limit())),
];

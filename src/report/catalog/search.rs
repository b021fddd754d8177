//! A KPI by any of its texts.

use super::entries::ENTRIES;
use super::kpi::Kpi;
use crate::error::{Error, shorten};
use crate::report::error::ReportProblem;
use crate::value::Nearest;

/// The KPI of a name, a label, an abbreviation or a question. Capitals, hyphens and underscores make no difference.
///
/// # Errors
/// [`ErrorKind::UnknownKpi`](crate::ErrorKind::UnknownKpi), with the nearest name, where none is called so.
///
/// # Examples
/// ```
/// use sales_metrics::report;
///
/// for text in ["win_rate", "Win rate", "What share of the decided deals do we win?"] {
///     assert_eq!(report::find(text)?.name(), "win_rate");
/// }
/// assert_eq!(report::find("GRR")?.label(), "gross revenue retention");
///
/// let error = report::find("win_rat").unwrap_err();
/// assert_eq!(error.to_string(), "no KPI is called \"win_rat\"; the nearest is win_rate");
///
/// // Several at once:
/// let chosen = ["NRR", "GRR", "churn_rate"].into_iter().map(report::find).collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(chosen.len(), 3);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
pub fn find(text: &str) -> Result<&'static Kpi, Error> {
    called(text).ok_or_else(|| {
        let (asked, nearest) = (shorten(text), nearest(&plain(text)));
        ReportProblem::UnknownKpi { asked, nearest }.into()
    })
}

/// The KPI of the catalog that is called so by any of its texts.
pub(super) fn called(text: &str) -> Option<&'static Kpi> {
    let asked = plain(text);
    let is_asked = |kpi: &&Kpi| kpi.texts().iter().any(|text| plain(text) == asked);
    ENTRIES.iter().find(is_asked)
}

/// The KPI of the catalog that has this name.
pub(super) fn named(name: &str) -> Option<&'static Kpi> {
    let name = plain(name);
    ENTRIES.iter().find(|kpi| plain(kpi.name()) == name)
}

/// As it is compared.
fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace(['_', '-'], " ")
}

/// The nearest; else the first with such a word in its name.
fn nearest(asked: &str) -> Option<&'static Kpi> {
    let (mut search, mut nearest) = (Nearest::to(asked)?, None);
    for kpi in ENTRIES.iter() {
        for text in kpi.texts() {
            if search.is(&plain(text)) {
                nearest = Some(kpi);
            }
        }
    }
    let has_it = |kpi: &&Kpi| asked.len() > 3 && plain(kpi.name()).contains(asked);
    nearest.or_else(|| ENTRIES.iter().find(has_it))
}

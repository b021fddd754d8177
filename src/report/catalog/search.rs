//! A KPI by any of its texts.

use super::apart;
use super::entries::ENTRIES;
use super::kpi::Kpi;
use crate::error::{Error, shorten};
use crate::report::error::ReportProblem;
use crate::value::Nearest;

/// The KPI of a name, a label, an abbreviation or a question. Capitals, hyphens and underscores make no difference.
///
/// # Errors
/// [`ErrorKind::UnknownKpi`](crate::ErrorKind::UnknownKpi), with the nearest name, where none is called so, or where it is a function of [`kpi`](crate::kpi) that
/// no report has.
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
/// let error = report::find("loss reasons").unwrap_err();
/// assert_eq!(error.to_string(), "no report has \"loss reasons\"; call kpi::loss_reasons itself");
///
/// // Several at once:
/// let chosen = ["NRR", "GRR", "churn_rate"].into_iter().map(report::find).collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(chosen.len(), 3);
/// # Ok::<(), sales_metrics::Error>(())
/// ```
pub fn find(text: &str) -> Result<&'static Kpi, Error> {
    called(text).ok_or_else(|| {
        let (plain, asked) = (plain(text), shorten(text));
        if let Some(function) = apart::called(&plain) {
            return ReportProblem::Apart { asked, function }.into();
        }
        let nearest = nearest(&plain);
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

/// The nearest, as it is written; else the first with such a word in its name.
fn nearest(asked: &str) -> Option<String> {
    let (mut search, mut nearest) = (Nearest::to(asked)?, None);
    for kpi in ENTRIES.iter() {
        for text in kpi.texts() {
            if search.is(&plain(text)) {
                nearest = Some(kpi.name().to_owned());
            }
        }
    }
    for name in apart::names() {
        if search.is(&plain(name)) {
            nearest = Some(format!("kpi::{name}, which no report has"));
        }
    }
    let has_it = |kpi: &&Kpi| asked.len() > 3 && plain(kpi.name()).contains(asked);
    let with_it = || ENTRIES.iter().find(has_it).map(|kpi| kpi.name().to_owned());
    nearest.or_else(with_it)
}

use std::sync::Arc;

/// Those of shared records that are to be kept; where that is all of them, they are shared on.
pub(crate) fn kept<T: Clone>(
    records: &Arc<Vec<T>>,
    mut keep: impl FnMut(&T) -> bool,
) -> Arc<Vec<T>> {
    let mut kept = Vec::new();
    for record in records.iter() {
        if keep(record) {
            kept.push(record.clone());
        }
    }
    if kept.len() == records.len() {
        return Arc::clone(records);
    }
    Arc::new(kept)
}

//! The words that deals are grouped by and no tally reads, kept apart so that a pass over deals does not drag them along.

use super::Label;

/// Deals that agree in all of it may share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Particulars {
    pub(crate) stage: Option<Label>,
    pub(crate) loss_reason: Option<Label>,
    /// Sorted by name; every name once.
    dimensions: Vec<(Label, Label)>,
}

impl Particulars {
    pub(crate) fn set(&mut self, name: Label, value: Label) {
        match self.position(name.as_str()) {
            Ok(at) => {
                if let Some((_, old)) = self.dimensions.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => self.dimensions.insert(at, (name, value)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Label> {
        let at = self.position(name).ok()?;
        self.dimensions.get(at).map(|(_, value)| value)
    }

    pub(crate) fn dimensions(&self) -> &[(Label, Label)] {
        &self.dimensions
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.dimensions
            .binary_search_by(|(present, _)| present.as_str().cmp(name))
    }
}

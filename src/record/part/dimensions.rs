use crate::value::Label;

/// The names of dimensions that records have methods for.
pub(crate) const SOURCE: &str = "source";
pub(crate) const PRODUCT: &str = "product";
pub(crate) const REGION: &str = "region";

/// What a record is grouped by: the names of dimensions and their values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Dimensions(
    /// Sorted by name; every name once.
    Vec<(Label, Label)>,
);

impl Dimensions {
    pub(crate) fn set(&mut self, name: Label, value: Label) {
        match self.position(name.as_str()) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Label> {
        let at = self.position(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    pub(crate) fn list(&self) -> &[(Label, Label)] {
        &self.0
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(present, _)| present.as_str().cmp(name))
    }
}

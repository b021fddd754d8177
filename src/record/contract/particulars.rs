//! What contracts are grouped by, kept apart so that a pass over them does not drag it along.

use std::sync::Arc;

use crate::record::part::Entries;
use crate::value::{Label, RepId};

/// Contracts that agree in all of it may share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Particulars(
    /// None where there is nothing.
    Option<Arc<Words>>,
);

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Words {
    owner: Option<RepId>,
    dimensions: Entries,
}

impl Particulars {
    pub(super) fn new(owner: Option<RepId>, dimensions: Entries) -> Self {
        let is_empty = owner.is_none() && dimensions.is_empty();
        Self((!is_empty).then(|| Arc::new(Words { owner, dimensions })))
    }

    pub(super) fn owner(&self) -> Option<&RepId> {
        self.0.as_ref()?.owner.as_ref()
    }

    pub(super) fn set_owner(&mut self, owner: RepId) {
        self.words().owner = Some(owner);
    }

    pub(super) fn dimension(&self, name: &str) -> Option<&Label> {
        self.0.as_ref()?.dimensions.get(name)
    }

    pub(super) fn dimensions(&self) -> impl Iterator<Item = (&Label, &Label)> {
        self.0.iter().flat_map(|words| words.dimensions.iter())
    }

    pub(super) fn set_dimension(&mut self, name: Label, value: Label) {
        self.words().dimensions.set(name, value);
    }

    pub(super) fn remove_dimension(&mut self, name: &Label) {
        if self.dimension(name.as_str()).is_some() {
            self.words().dimensions.remove(name);
            self.0.take_if(|words| **words == Words::default());
        }
    }

    pub(super) fn into_parts(self) -> (Option<RepId>, Entries) {
        let words = self.0.map(Arc::unwrap_or_clone).unwrap_or_default();
        (words.owner, words.dimensions)
    }

    fn words(&mut self) -> &mut Words {
        Arc::make_mut(self.0.get_or_insert_default())
    }
}

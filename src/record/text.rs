use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use std::sync::Arc;

/// A text that is kept in place where it is short. Deal ids are: each is another, so that sharing them would gain nothing.
#[derive(Clone)]
pub(super) enum Text {
    Short {
        /// Invariant: the bytes up to here are UTF-8.
        length: u8,
        bytes: [u8; SHORT],
    },
    Long(Arc<str>),
}

const SHORT: usize = 22;

impl Text {
    /// Up to 22 visible ASCII characters; none for any other text.
    #[cfg(feature = "csv")]
    #[inline]
    pub(super) fn short(text: &[u8]) -> Option<Self> {
        let plain = |plain, byte: &u8| plain & byte.is_ascii_graphic();
        let plain = !text.is_empty() && text.iter().fold(true, plain);
        plain.then(|| Self::kept(text))?
    }

    /// UTF-8 of at most 22 bytes.
    #[inline]
    fn kept(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        let length = u8::try_from(text.len()).ok()?;
        Some(Self::Short { length, bytes })
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::kept(text.as_bytes()).unwrap_or_else(|| Self::Long(Arc::from(text)))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Short { length, bytes } => {
                let text = bytes.get(..usize::from(*length)).unwrap_or_default();
                core::str::from_utf8(text).unwrap_or_default()
            }
            Self::Long(text) => text,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

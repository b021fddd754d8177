use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use std::sync::Arc;

/// A text that is kept in place where it is short, as most ids are: neither an allocation nor a trip to memory when it is read.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Text {
    /// Invariant: every text that fits, so that equal texts are kept alike.
    Short {
        /// Invariant: the bytes up to here are UTF-8, those behind are 0.
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

    #[inline]
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
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
            Self::Short { .. } => core::str::from_utf8(self.bytes()).unwrap_or_default(),
            Self::Long(text) => text,
        }
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

/// As that of the `str` by which it can be looked up: no hasher can tell on stable Rust. Reading the bytes as a `str` would check them.
impl Hash for Text {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.bytes());
        state.write_u8(0xff);
    }
}

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
    /// One to 22 visible ASCII characters; none for any other text.
    #[inline]
    pub(super) fn short(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT];
        for (place, byte) in bytes.iter_mut().zip(text) {
            *place = byte.is_ascii_graphic().then_some(*byte)?;
        }
        let length = u8::try_from(text.len()).ok()?;
        (1..=22)
            .contains(&length)
            .then_some(Self::Short { length, bytes })
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(Arc::from(text)),
        }
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

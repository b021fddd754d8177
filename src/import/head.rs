//! The first bytes of a text as one number: most words and figures are told by it, whatever their length, without a branch for each byte.

/// How many bytes that are.
pub(super) const WHOLE: usize = 16;

/// The length of a text, and its first 16 bytes as a number with the first of them lowest, and zeros behind a shorter text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) bytes: u128,
    pub(super) length: usize,
}

impl Head {
    pub(super) fn of(text: &[u8]) -> Self {
        let mut bytes = [0; WHOLE];
        for (place, byte) in bytes.iter_mut().zip(text) {
            *place = *byte;
        }
        Self {
            bytes: u128::from_le_bytes(bytes),
            length: text.len(),
        }
    }

    /// The bytes of a text that is shorter than they may be, and its length above them.
    #[inline]
    pub(super) fn whole(self) -> u128 {
        self.bytes | (u128::from(u8::try_from(self.length).unwrap_or_default()) << 120)
    }
}

/// A text of at most 16 bytes where it stands: so many bytes can be read there, whatever its length.
#[derive(Clone, Copy)]
pub(super) struct Short<'a> {
    ahead: &'a [u8; WHOLE],
    length: usize,
}

impl<'a> Short<'a> {
    /// The text of this length at the beginning of these bytes, if it is short and they are enough.
    #[inline]
    pub(super) fn of(bytes: &'a [u8], length: usize) -> Option<Self> {
        let ahead = bytes.first_chunk()?;
        (length <= WHOLE).then_some(Self { ahead, length })
    }

    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.length == 0
    }

    #[inline]
    pub(super) fn head(self) -> Head {
        Head {
            bytes: u128::from_le_bytes(*self.ahead) & lowest(self.length),
            length: self.length,
        }
    }

    /// All of it as one number, with its length above its bytes; none of the longest.
    #[inline]
    pub(super) fn whole(self) -> Option<u128> {
        Some(self.head())
            .filter(|_| self.length < WHOLE)
            .map(Head::whole)
    }

    /// The whole text, if it has so many bytes.
    #[inline]
    pub(super) fn exactly<const N: usize>(self) -> Option<&'a [u8; N]> {
        self.ahead.first_chunk().filter(|_| self.length == N)
    }

    /// Without this byte at its end, if that is where it ends.
    #[inline]
    pub(super) fn without(self, end: u8) -> Self {
        let length = self.length.wrapping_sub(1);
        match self.ahead.get(length) {
            Some(last) if *last == end => Self { length, ..self },
            _ => self,
        }
    }
}

/// So many of the lowest bytes.
#[inline]
pub(super) fn lowest(bytes: usize) -> u128 {
    LOWEST.get(bytes).copied().unwrap_or(u128::MAX)
}

const LOWEST: [u128; 17] = [
    0,
    u128::MAX >> 120,
    u128::MAX >> 112,
    u128::MAX >> 104,
    u128::MAX >> 96,
    u128::MAX >> 88,
    u128::MAX >> 80,
    u128::MAX >> 72,
    u128::MAX >> 64,
    u128::MAX >> 56,
    u128::MAX >> 48,
    u128::MAX >> 40,
    u128::MAX >> 32,
    u128::MAX >> 24,
    u128::MAX >> 16,
    u128::MAX >> 8,
    u128::MAX,
];

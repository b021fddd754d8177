//! A quick hash for grouping. The standard one, made to withstand any attacker, costs more than the tally itself; this one
//! folds each word with a multiplication, from a start that is secret and new in every process.

use core::hash::{BuildHasher, Hasher};
use std::hash::RandomState;
use std::sync::LazyLock;

static SECRET: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("start"));

/// Odd, with as many ones as zeros in no pattern: the golden ratio's fraction.
const FACTOR: u128 = 0x9e37_79b9_7f4a_7c15;

#[derive(Clone, Copy)]
pub(crate) struct QuickHash(u64);

impl QuickHash {
    pub(crate) fn new() -> Self {
        Self(*SECRET)
    }
}

impl BuildHasher for QuickHash {
    type Hasher = Self;

    #[inline]
    fn build_hasher(&self) -> Self {
        *self
    }
}

impl Hasher for QuickHash {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.write_u64(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            self.write_u64(few(bytes, rest));
        }
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    #[inline]
    fn write_u64(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * FACTOR;
        let folded = (product ^ (product >> 64)) & u128::from(u64::MAX);
        self.0 = u64::try_from(folded).unwrap_or_default();
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// The last one to seven bytes as one word, and how many they are. Whole words are sooner read than bytes one by one.
#[inline]
fn few(bytes: &[u8], rest: &[u8]) -> u64 {
    let length = u64::try_from(rest.len()).unwrap_or_default();
    let word = match (bytes.last_chunk(), rest.first_chunk(), rest.last_chunk()) {
        // What went before is shifted out.
        (Some(last), ..) => u64::from_le_bytes(*last) >> (64 - 8 * length),
        (None, Some(first), Some(last)) => {
            let [first, last] = [*first, *last].map(u32::from_le_bytes).map(u64::from);
            first | (last << (8 * length - 32))
        }
        _ => rest
            .iter()
            .rev()
            .fold(0, |word, byte| (word << 8) | u64::from(*byte)),
    };
    word | (length << 56)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_that_look_alike_spread() {
        let low_bits = |n: u32| QuickHash::new().hash_one(format!("rep-{n:04}")) % 1024;
        let buckets: HashSet<u64> = (0..4096).map(low_bits).collect();
        assert!(buckets.len() > 900, "{} of 1024 buckets", buckets.len());
    }

    /// Every byte counts, and the length.
    #[test]
    fn the_last_bytes_are_one_word() {
        for length in 1..8 {
            for before in [0, 8, 16] {
                let bytes: Vec<u8> = (1..=before + length).collect();
                let rest = &bytes[usize::from(before)..];
                let mut word = [0; 8];
                word[..rest.len()].copy_from_slice(rest);
                word[7] = length;
                assert_eq!(few(&bytes, rest), u64::from_le_bytes(word), "{bytes:?}");
            }
        }
    }

    #[test]
    fn texts_of_like_bytes_differ() {
        let texts = [
            "0001",
            "00001",
            "000000001",
            "0000000002",
            "aaaaaaaab",
            "aaaaaaaaaa",
            "",
            "a",
        ];
        let hashes: HashSet<u64> = texts.map(|text| QuickHash::new().hash_one(text)).into();
        assert_eq!(hashes.len(), texts.len());
    }

    #[test]
    fn length_and_order_matter() {
        let hash = |key: &(&str, &str)| QuickHash::new().hash_one(key);
        assert_ne!(hash(&("ab", "c")), hash(&("a", "bc")));
        assert_ne!(hash(&("a", "b")), hash(&("b", "a")));
    }
}

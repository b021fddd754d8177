//! Where marks stand in bytes: 64 bytes at a time become a number with a bit for each, which is quicker than to look at each byte.

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const EACH: u64 = 0x0101_0101_0101_0101;

/// A mark, in each of eight bytes.
#[derive(Clone, Copy)]
pub(super) struct Mark(u64);

impl Mark {
    pub(super) fn new(byte: u8) -> Self {
        Self(EACH.wrapping_mul(u64::from(byte)))
    }

    /// A bit for each byte that is the mark.
    #[inline]
    pub(super) fn in_block(self, block: &[u8; 64]) -> u64 {
        let mut bits = 0;
        let mut rest = block.as_slice();
        while let Some((others, eight)) = rest.split_last_chunk::<8>() {
            bits = (bits << 8) | self.in_eight(*eight);
            rest = others;
        }
        bits
    }

    #[inline]
    fn in_eight(self, bytes: [u8; 8]) -> u64 {
        let differs = u64::from_le_bytes(bytes) ^ self.0;
        // The top bit of each byte that does not differ, and no other; then these eight bits moved together.
        let same = !(((differs & LOW) + LOW) | differs | LOW);
        (same >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
}

/// Fewer than 64 bytes, with zeroes behind them, which no mark is.
#[inline]
pub(super) fn padded(bytes: &[u8]) -> [u8; 64] {
    let mut block = [0; 64];
    if let Some(start) = block.get_mut(..bytes.len()) {
        start.copy_from_slice(bytes);
    }
    block
}

/// The position of the lowest bit.
#[inline]
pub(super) fn lowest(bits: u64) -> usize {
    usize::try_from(bits.trailing_zeros()).unwrap_or_default()
}

/// The positions of delimiters, quotes and line ends, in order.
pub(super) struct Marks<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) delimiter: u8,
    kinds: [Mark; 3],
    /// Where the current block begins.
    block: usize,
    /// Behind the current block.
    ahead: usize,
    bits: u64,
}

impl<'a> Marks<'a> {
    pub(super) fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        Self {
            bytes,
            delimiter,
            kinds: [delimiter, b'"', b'\n'].map(Mark::new),
            block: 0,
            ahead: 0,
            bits: 0,
        }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.bits = self.load()?;
        }
        let at = self.block.wrapping_add(lowest(self.bits));
        self.bits &= self.bits.wrapping_sub(1);
        Some(at)
    }

    #[inline]
    fn load(&mut self) -> Option<u64> {
        let rest = self.bytes.get(self.ahead..)?;
        let [delimiter, quote, line_end] = self.kinds;
        let marks = |block: &[u8; 64]| {
            delimiter.in_block(block) | quote.in_block(block) | line_end.in_block(block)
        };
        self.block = self.ahead;
        self.ahead = self.ahead.wrapping_add(64);
        match rest.first_chunk::<64>() {
            Some(block) => Some(marks(block)),
            None if rest.is_empty() => None,
            None => Some(marks(&padded(rest))),
        }
    }
}

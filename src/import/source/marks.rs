//! Where marks stand in bytes: 64 bytes at a time become a number with a bit for each, which is quicker than to look at each byte.

/// The bit of each byte, among eight.
const PLACES: [[u8; 8]; 8] = [[1, 2, 4, 8, 16, 32, 64, 128]; 8];
const EACH: u64 = 0x0101_0101_0101_0101;

/// A bit for each byte of which this holds.
#[inline]
pub(super) fn bits(block: &[u8; 64], holds: impl Fn(u8) -> bool) -> u64 {
    // Plain loops over as many bytes as are known beforehand, of which the compiler makes a few instructions.
    let mut hits = [0_u8; 64];
    for ((hit, byte), place) in hits.iter_mut().zip(block).zip(PLACES.as_flattened()) {
        *hit = if holds(*byte) { *place } else { 0 };
    }
    let (mut bits, mut rest) = (0, hits.as_slice());
    while let Some((others, eight)) = rest.split_last_chunk::<8>() {
        // The sum of eight bytes without a bit in common comes to stand in the highest.
        let sum = u64::from_le_bytes(*eight).wrapping_mul(EACH) >> 56;
        bits = (bits << 8) | sum;
        rest = others;
    }
    bits
}

/// Whether a byte parts cells or rows, or quotes.
#[inline]
pub(super) fn is_mark(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || matches!(byte, b'"' | b'\n')
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
        let delimiter = self.delimiter;
        let marks = |block: &[u8; 64]| bits(block, |byte| is_mark(byte, delimiter));
        self.block = self.ahead;
        self.ahead = self.ahead.wrapping_add(64);
        match rest.first_chunk::<64>() {
            Some(block) => Some(marks(block)),
            None if rest.is_empty() => None,
            None => Some(marks(&padded(rest))),
        }
    }
}

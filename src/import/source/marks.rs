//! Where marks stand in bytes: 64 bytes at a time become a number with a bit for each, which is quicker than to look at each byte.

/// The bit of each byte: of the first eight the lowest, of the next eight the second, up to the highest.
const PLACES: [[u8; 8]; 8] = [
    [1; 8], [2; 8], [4; 8], [8; 8], [16; 8], [32; 8], [64; 8], [128; 8],
];

/// A bit for each byte of which this holds.
#[inline]
pub(super) fn bits(block: &[u8; 64], holds: impl Fn(u8) -> bool) -> u64 {
    // Plain loops over as many bytes as are known beforehand, of which the compiler makes a few instructions.
    let mut hits = [0_u8; 64];
    for ((hit, byte), place) in hits.iter_mut().zip(block).zip(PLACES.as_flattened()) {
        *hit = if holds(*byte) { *place } else { 0 };
    }
    let (mut joined, mut rest) = (0, hits.as_slice());
    while let Some((eight, others)) = rest.split_first_chunk::<8>() {
        joined |= u64::from_le_bytes(*eight);
        rest = others;
    }
    turned(joined)
}

/// Eight bytes of eight bits with rows and columns exchanged: first within squares of four bits, then of 16, then of all.
#[inline]
fn turned(bits: u64) -> u64 {
    let exchanged = |bits: u64, distance: u32, mask: u64| {
        let differing = (bits ^ (bits >> distance)) & mask;
        bits ^ differing ^ (differing << distance)
    };
    let bits = exchanged(bits, 7, 0x00aa_00aa_00aa_00aa);
    let bits = exchanged(bits, 14, 0x0000_cccc_0000_cccc);
    exchanged(bits, 28, 0x0000_0000_f0f0_f0f0)
}

/// Whether a byte parts cells or rows, or quotes.
#[inline]
fn is_mark(byte: u8, delimiter: u8) -> bool {
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

//! The bytes of a file on their way to the CSV parser.

use std::io::{self, Chain, Cursor, ErrorKind, Read};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Set behind the last byte of the file: a row of its own, unless a quote is still open and swallows it.
/// (The parser takes the end of the file for the end of any quote.)
const END: &[u8] = b"\n\0";

/// What the parser makes of it.
pub(super) const END_ROW: &[u8] = b"\0";

/// No row is longer; what seems so is a quote that is not closed, or no CSV.
const LONGEST_ROW: usize = 16 << 20;

/// Leaves out the byte order mark, marks the end, and stops a row without end before it fills the memory.
pub(super) struct Source<R> {
    bytes: Chain<Chain<Cursor<Vec<u8>>, R>, &'static [u8]>,
    handed_out: u64,
    allowance: usize,
}

impl<R: Read> Source<R> {
    pub(super) fn new(mut file: R) -> io::Result<Self> {
        let mut start = Vec::new();
        file.by_ref().take(3).read_to_end(&mut start)?;
        if start == BYTE_ORDER_MARK {
            start.clear();
        }
        Ok(Self {
            bytes: Cursor::new(start).chain(file).chain(END),
            handed_out: 0,
            allowance: LONGEST_ROW,
        })
    }

    /// A new row begins.
    pub(super) fn renew(&mut self) {
        self.allowance = LONGEST_ROW;
    }

    /// Whether the parser, at this position, has taken the end mark.
    pub(super) fn is_spent(&self, position: u64) -> bool {
        let (_, end) = self.bytes.get_ref();
        end.is_empty() && position >= self.handed_out
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.allowance == 0 {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                "a row is longer than 16 MiB; a quote may be open that is not closed",
            ));
        }
        loop {
            match self.bytes.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(read) => {
                    self.allowance = self.allowance.saturating_sub(read);
                    self.handed_out += u64::try_from(read).unwrap_or(u64::MAX);
                    return Ok(read);
                }
            }
        }
    }
}

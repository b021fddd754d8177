//! The bytes of a file as UTF-8, whatever its encoding. What means nothing in it becomes a flaw: a byte that UTF-8 does not have, and which
//! says, with what follows it, what stood there. The row that holds it is refused.

use std::io::{self, ErrorKind, Read};

use serde::{Deserialize, Serialize};

use super::kinds;
use super::start::unreadable;
use crate::import::{ImportError, Problem};

/// How the texts of a file are written as bytes. A byte order mark at its beginning says so itself; what a mapping declares holds for
/// files without one.
///
/// ```
/// use sales_metrics::import::Encoding;
///
/// let encoding: Encoding = serde_json::from_str("\"windows_1252\"")?;
/// assert_eq!(encoding, Encoding::Windows1252);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, which holds unless another is declared. In JSON `utf8`.
    #[default]
    Utf8,
    /// UTF-16 with the low byte first, which Excel calls Unicode text. In JSON `utf16_le`.
    Utf16Le,
    /// UTF-16 with the high byte first. In JSON `utf16_be`.
    Utf16Be,
    /// Windows-1252, of western Europe and America, of which Latin-1 is a part. In JSON `windows_1252`.
    #[serde(rename = "windows_1252")]
    Windows1252,
}

impl Encoding {
    pub(in crate::import) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The marks of byte order, and what they say.
const MARKS: [(&[u8], Encoding); 3] = [
    (b"\xef\xbb\xbf", Encoding::Utf8),
    (b"\xff\xfe", Encoding::Utf16Le),
    (b"\xfe\xff", Encoding::Utf16Be),
];

/// Enough to tell what a file is.
const HEAD: u64 = 64;
/// How much is decoded at once.
const CHUNK: usize = 16 << 10;

/// In no UTF-8: begins a flaw. Of Windows-1252 its byte follows, of half a pair its lower 11 bits in two bytes from 0x80 on, and nothing where
/// the last character was cut.
const FLAW: u8 = 0xff;

/// A file as UTF-8.
pub(super) struct Decoded<R> {
    file: R,
    encoding: Encoding,
    read: u64,
    /// Bytes that are not decoded yet: part of a character, but for the first ones.
    raw: Vec<u8>,
    ready: Vec<u8>,
    /// How much of it was handed out.
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(mut file: R, declared: Option<Encoding>) -> Result<Self, ImportError> {
        let mut head = Vec::new();
        let read = file.by_ref().take(HEAD).read_to_end(&mut head);
        read.map_err(|error| unreadable(1, &error))?;
        let read = u64::try_from(head.len()).unwrap_or(u64::MAX);
        let marked = MARKS.iter().find(|(mark, _)| head.starts_with(mark));
        kinds::check(&head, marked.map(|(_, encoding)| *encoding).or(declared))?;
        let encoding = match marked {
            Some((mark, encoding)) => {
                head.drain(..mark.len());
                *encoding
            }
            None => declared.unwrap_or_default(),
        };
        let mut decoded = Self {
            file,
            encoding,
            read,
            raw: head,
            ready: Vec::new(),
            given: 0,
            ended: false,
        };
        decoded.decode();
        Ok(decoded)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.read
    }

    /// Whether there may be flaws of decoding.
    #[inline]
    pub(super) fn is_decoded(&self) -> bool {
        self.encoding != Encoding::Utf8
    }

    /// Hands out some bytes; none at the end of the file.
    pub(super) fn fill(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let ready = self.ready.get(self.given..).unwrap_or_default();
            if !ready.is_empty() {
                let count = ready.len().min(room.len());
                copy(ready, room);
                self.given = self.given.saturating_add(count);
                return Ok(count);
            }
            if self.ended {
                return Ok(0);
            }
            if self.encoding == Encoding::Utf8 {
                let count = read(&mut self.file, room)?;
                self.read += u64::try_from(count).unwrap_or(u64::MAX);
                return Ok(count);
            }
            self.read_on()?;
        }
    }

    fn read_on(&mut self) -> io::Result<()> {
        let left = self.raw.len();
        self.raw.resize(CHUNK, 0);
        let room = self.raw.get_mut(left..).unwrap_or_default();
        let result = read(&mut self.file, room);
        let count = *result.as_ref().unwrap_or(&0);
        self.raw.truncate(left.saturating_add(count));
        self.ended = result? == 0;
        self.read += u64::try_from(count).unwrap_or(u64::MAX);
        self.decode();
        Ok(())
    }

    fn decode(&mut self) {
        self.ready.clear();
        self.given = 0;
        let (raw, decoded) = (&self.raw, &mut self.ready);
        let done = match self.encoding {
            Encoding::Utf8 => {
                decoded.extend_from_slice(raw);
                raw.len()
            }
            Encoding::Utf16Le => utf16(raw, u16::from_le_bytes, self.ended, decoded),
            Encoding::Utf16Be => utf16(raw, u16::from_be_bytes, self.ended, decoded),
            Encoding::Windows1252 => windows_1252(raw, decoded),
        };
        self.raw.drain(..done.min(self.raw.len()));
    }

    /// The first flaw among these bytes.
    pub(super) fn undecodable(&self, bytes: &[u8]) -> Option<Problem> {
        let at = memchr::memchr(FLAW, bytes).filter(|_| self.is_decoded())?;
        let found = match (self.encoding, bytes.get(at.saturating_add(1)..)) {
            (Encoding::Windows1252, Some([byte, ..])) => format!("the byte 0x{byte:02X}"),
            (_, Some([high @ 0x80..=0xff, low @ 0x80..=0xff, ..])) => {
                let unit = 0xd800 | (u16::from(*high & 0x7f) << 6) | u16::from(*low & 0x3f);
                format!("0x{unit:04X} without the other half of its pair")
            }
            _ => "a last character that is cut".to_owned(),
        };
        let encoding = self.encoding;
        Some(Problem::Undecodable { found, encoding })
    }
}

fn read(file: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(room) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

fn copy(from: &[u8], to: &mut [u8]) {
    let count = from.len().min(to.len());
    if let (Some(from), Some(to)) = (from.get(..count), to.get_mut(..count)) {
        to.copy_from_slice(from);
    }
}

/// Decodes all but a character that is cut, whose other half may follow; how many bytes that were.
fn utf16(raw: &[u8], order: fn([u8; 2]) -> u16, is_last: bool, decoded: &mut Vec<u8>) -> usize {
    let pairs = raw.chunks_exact(2);
    let odd = pairs.remainder().len();
    let units = pairs.filter_map(|pair| pair.first_chunk().copied().map(order));
    let waits = !is_last && matches!(units.clone().next_back(), Some(0xd800..=0xdbff));
    let whole = (raw.len() / 2).saturating_sub(usize::from(waits));
    for unit in char::decode_utf16(units.take(whole)) {
        match unit {
            Ok(char) => push(char, decoded),
            Err(half) => {
                let [high, low] = (half.unpaired_surrogate() & 0x7ff).to_be_bytes();
                let high = 0x80 | (high << 2) | (low >> 6);
                decoded.extend([FLAW, high, 0x80 | (low & 0x3f)]);
            }
        }
    }
    if is_last && odd > 0 {
        decoded.push(FLAW);
        return raw.len();
    }
    whole.saturating_mul(2)
}

/// What stands from 0x80 to 0x9F; the zeroes are not defined.
const SPECIAL: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(raw: &[u8], decoded: &mut Vec<u8>) -> usize {
    for byte in raw {
        let special = byte.checked_sub(0x80).map(usize::from);
        match special.and_then(|at| SPECIAL.get(at)) {
            Some('\0') => decoded.extend([FLAW, *byte]),
            Some(char) => push(*char, decoded),
            None => push(char::from(*byte), decoded),
        }
    }
    raw.len()
}

#[inline]
fn push(char: char, decoded: &mut Vec<u8>) {
    match u8::try_from(char) {
        Ok(byte) if byte.is_ascii() => decoded.push(byte),
        _ => decoded.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

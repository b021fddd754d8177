use std::io::{self, Read};

use super::encoding::Decoded;

/// What is held at first; it grows with a row that is longer.
const FIRST: usize = 128 << 10;

/// The part of a file that is in memory: the row that is being read, and what was read behind it.
pub(super) struct Buffer<R> {
    pub(super) file: Decoded<R>,
    bytes: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    failure: Option<io::Error>,
}

impl<R: Read> Buffer<R> {
    pub(super) fn new(file: Decoded<R>) -> Self {
        Self {
            file,
            bytes: vec![0; FIRST],
            from: 0,
            to: 0,
            ended: false,
            failure: None,
        }
    }

    /// What is held, from the beginning of the row on.
    #[inline]
    pub(super) fn held(&self) -> &[u8] {
        self.bytes.get(self.from..self.to).unwrap_or_default()
    }

    /// Where the row begins among all bytes.
    #[inline]
    pub(super) fn from(&self) -> usize {
        self.from
    }

    /// All that was read and has not been moved away, what was passed among it.
    #[inline]
    pub(super) fn all(&self) -> &[u8] {
        self.bytes.get(..self.to).unwrap_or_default()
    }

    /// All bytes behind this place; those at the end may mean nothing.
    #[inline]
    pub(super) fn behind(&self, from: usize) -> &[u8] {
        self.bytes.get(from..).unwrap_or_default()
    }

    /// What was held at this place before it was passed.
    #[inline]
    pub(super) fn at_mut(&mut self, from: usize, length: usize) -> &mut [u8] {
        let to = from.saturating_add(length);
        self.bytes.get_mut(from..to).unwrap_or_default()
    }

    /// Goes on behind this many bytes; where they were.
    #[inline]
    pub(super) fn pass(&mut self, count: usize) -> usize {
        let from = self.from;
        self.from = from.saturating_add(count).min(self.to);
        from
    }

    /// Reads on; false at the end of the file. Its last line gets the end that it may lack.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let held = self.held().len();
        // A long row is looked at anew only when a part more of it has come.
        let least = if held < FIRST { 1 } else { held / 4 };
        let enough = held.saturating_add(least);
        self.make_room(enough);
        while self.to < enough && !self.ended {
            let room = self.bytes.get_mut(self.to..).unwrap_or_default();
            match self.file.fill(room) {
                Ok(0) => self.end(),
                Ok(read) => self.to = self.to.saturating_add(read),
                // What came before the error comes first; it is told of next time.
                Err(error) if self.to > held => {
                    self.failure = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(self.to > held)
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    fn make_room(&mut self, enough: usize) {
        self.bytes.copy_within(self.from..self.to, 0);
        self.to = self.to.saturating_sub(self.from);
        self.from = 0;
        if enough > self.bytes.len() || self.to == self.bytes.len() {
            self.bytes.resize(self.bytes.len().saturating_mul(2), 0);
        }
    }

    fn end(&mut self) {
        self.ended = true;
        if matches!(self.held(), [] | [.., b'\n']) {
            return;
        }
        if self.to == self.bytes.len() {
            self.bytes.push(0);
        }
        if let Some(place) = self.bytes.get_mut(self.to) {
            *place = b'\n';
        }
        self.to = self.to.saturating_add(1);
    }
}

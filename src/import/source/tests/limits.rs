//! How long cells and rows may be, and what stays in memory.

use std::io::{self, Read};

use super::super::quotes::{LONGEST_QUOTE, LONGEST_ROW};
use super::super::{Csv, Source};
use super::{COMMAS, Item, all, items, shown};
use crate::import::Problem;

fn problems(file: &[u8]) -> Vec<(u64, Option<Problem>)> {
    let brief = |item| match item {
        Item::Row { line, .. } => (line, None),
        Item::Fault(fault) => (fault.line, Some(fault.problem)),
    };
    items(file).into_iter().map(brief).collect()
}

#[test]
fn a_cell_in_quotes_is_up_to_1_mib_long() {
    for (length, problem) in [
        (LONGEST_QUOTE, None),
        (LONGEST_QUOTE + 1, Some(Problem::LongQuote)),
    ] {
        let text = "x\n".repeat(length.div_ceil(2));
        let file = format!("a\n\"{}\"\n1\n", &text[..length]);
        let found = problems(file.as_bytes());
        assert_eq!(found[1], (2, problem.clone()));
        assert_eq!(found.last().unwrap(), &(3 + 524_288, None));
        // Where it is a row, the next follows; where not, each of its lines.
        assert_eq!(found.len() > 3, problem.is_some());
    }
    let file = format!("a\n\"{}\n2\n", "x".repeat(LONGEST_QUOTE + 1));
    assert_eq!(
        shown(&items(file.as_bytes())),
        [
            "1: a",
            "2! a quote opens here that is not closed within 1 MiB; close it, or double it where it is a part of the text",
            "3: 2",
        ]
    );
}

#[test]
fn a_row_is_up_to_16_mib_long() {
    for (length, problem) in [
        (LONGEST_ROW, None),
        (LONGEST_ROW + 1, Some(Problem::LongRow)),
    ] {
        let file = format!("a\n{}\n1\n", "x".repeat(length));
        assert_eq!(
            problems(file.as_bytes()),
            [(1, None), (2, problem), (3, None)]
        );
    }
}

#[test]
fn a_row_of_many_quotes_is_up_to_16_mib_long() {
    let cells = "\"x\ny\",".repeat(LONGEST_ROW / 6 + 10);
    let file = format!("a\n{cells}\n1\n");
    let found = problems(file.as_bytes());
    assert_eq!(found[1].1, Some(Problem::LongRow));
    let ends_at = found[1].0;
    assert_eq!(found[2].0, ends_at + 1);
    assert_eq!(found.last().unwrap().1, None);
}

/// As many bytes as one likes.
struct Endless(usize);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.0);
        buffer[..count].fill(b'x');
        self.0 = self.0.saturating_sub(count);
        Ok(count)
    }
}

#[test]
fn a_line_without_end_does_not_fill_the_memory() {
    let file = b"a\n".chain(Endless(40 << 20)).chain(b"\n1\n".as_slice());
    let mut csv = Csv::new(file, &COMMAS).unwrap();
    let found = all(&mut csv);
    assert_eq!(
        shown(&found),
        [
            "1: a",
            "2! the row is longer than 16 MiB; check that its quotes are closed, and that lines end with LF or CRLF",
            "3: 1",
        ]
    );
    assert!(csv.buffer.capacity() <= 32 << 20);
    assert_eq!(csv.bytes(), (40 << 20) + 5);
}

/// Some bytes, and then an error.
struct Broken<'a>(&'a [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the line went dead")),
            count => Ok(count),
        }
    }
}

#[test]
fn what_cannot_be_read_on_ends_the_rows() {
    let rows = "1,2\n".repeat(100);
    let file = format!("a,b\n{rows}3,");
    let mut csv = Csv::new(Broken(file.as_bytes()), &COMMAS).unwrap();
    let found = shown(&all(&mut csv));
    assert_eq!(found.len(), 102);
    assert_eq!(found[100], "101: 1|2");
    assert_eq!(found[101], "102! the line went dead");
}

#[test]
fn a_long_row_before_the_error_is_read() {
    let long = "x".repeat(300 << 10);
    let file = format!("a\n{long}\n");
    let mut csv = Csv::new(Broken(file.as_bytes()), &COMMAS).unwrap();
    let found = all(&mut csv);
    assert_eq!(found.len(), 3);
    assert!(matches!(&found[1], Item::Row { line: 2, .. }));
}

//! Rows against those of the `csv` crate, wrong quotes, encodings, what stands above the header, and the limits.

mod ahead;
mod encodings;
mod laws;
mod limits;
mod quotes;
mod starts;
mod texts;

use core::iter::Cycle;
use core::slice::Iter;
use std::io::{self, Read};

use super::{Csv, CsvFormat, Fault, Source, header};
use crate::import::ImportError;

/// Commas, and UTF-8.
const COMMAS: CsvFormat = CsvFormat {
    delimiter: b',',
    encoding: None,
    title_lines: 0,
};

/// A row by its texts, or a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Row {
        line: u64,
        lines: u64,
        cells: Vec<Vec<u8>>,
    },
    Fault(Fault),
}

fn all(source: &mut impl Source) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(item) = source.next() {
        items.push(match item {
            Ok(row) => Item::Row {
                line: row.line(),
                lines: row.lines,
                cells: (0..row.len()).map(|at| row.cell(at).to_vec()).collect(),
            },
            Err(fault) => Item::Fault(fault),
        });
    }
    assert!(source.next().is_none(), "ends once and for all");
    items
}

fn cells(item: &Item) -> Vec<Vec<u8>> {
    match item {
        Item::Row { cells, .. } => cells.clone(),
        Item::Fault(fault) => panic!("{fault:?}"),
    }
}

fn items(file: &[u8]) -> Vec<Item> {
    all(&mut Csv::new(file, &COMMAS).unwrap())
}

/// The rows as `line: cell|cell`, the faults as `line: what`.
fn shown(items: &[Item]) -> Vec<String> {
    let show = |item: &Item| match item {
        Item::Row { line, cells, .. } => {
            let cells: Vec<_> = cells.iter().map(|it| String::from_utf8_lossy(it)).collect();
            format!("{line}: {}", cells.join("|"))
        }
        Item::Fault(fault) => format!("{}! {}", fault.line, fault.problem),
    };
    items.iter().map(show).collect()
}

fn refused(file: &[u8], format: &CsvFormat) -> String {
    match Csv::new(file, format) {
        Err(error) => error.to_string(),
        Ok(mut csv) => header(&mut csv).unwrap_err().to_string(),
    }
}

fn names(file: &[u8], format: &CsvFormat) -> Result<Vec<String>, ImportError> {
    header(&mut Csv::new(file, format)?)
}

/// Hands out bytes in portions of these sizes, over and over, and is interrupted before each.
struct Portions<'a> {
    rest: &'a [u8],
    sizes: Cycle<Iter<'a, usize>>,
    interrupts: bool,
}

impl<'a> Portions<'a> {
    fn new(rest: &'a [u8], sizes: &'a [usize]) -> Self {
        Self {
            rest,
            sizes: sizes.iter().cycle(),
            interrupts: false,
        }
    }
}

impl Read for Portions<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupts = !self.interrupts;
        if self.interrupts {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let size = *self.sizes.next().unwrap();
        let count = size.min(buffer.len()).min(self.rest.len());
        let (now, rest) = self.rest.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.rest = rest;
        Ok(count)
    }
}

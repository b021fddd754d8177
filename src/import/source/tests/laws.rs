//! Laws of all files.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::lines;
use super::super::quotes::{self, Found};
use super::super::{Csv, CsvFormat};
use super::{COMMAS, Item, Portions, all, cells, items};

/// A cell of a sound file, as it is written.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z0-9 .€ß-]{0,12}",
        1 => Just(String::new()),
        1 => "[a-z]{1,4}\"[a-z\" ]{0,4}",
        1 => " \"[a-z\" ]{0,4}",
        1 => "[a-z€]{60,140}",
        3 => "[a-z,;\"\n ]{0,12}".prop_map(in_quotes),
        1 => "([a-z]|\r\n|\"|\"\"){0,9}".prop_map(in_quotes),
        1 => "[a-z,\n]{60,200}".prop_map(in_quotes),
    ]
}

fn in_quotes(text: impl AsRef<str>) -> String {
    format!("\"{}\"", text.as_ref().replace('"', "\"\""))
}

/// A sound file: rows of unlike length, blank lines, either end of a line.
fn sound() -> impl Strategy<Value = String> {
    let end =
        prop_oneof![3 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\n\n"), 1 => Just("\r\n\r\n")];
    let row = (prop::collection::vec(cell(), 1..9), end);
    (prop::collection::vec(row, 0..12), any::<bool>()).prop_map(|(rows, ends)| {
        let mut file: String = rows
            .iter()
            .map(|(cells, end)| cells.join(",") + end)
            .collect();
        if !ends {
            while file.ends_with(['\r', '\n']) {
                file.pop();
            }
        }
        file
    })
}

/// Quotes anywhere. No lone CR, since a file of such lines is refused.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab,\"\n]{0,60}",
        "([ab, \n]|\r\n|\"|\"\"|,\"|\",|\"\n){0,60}",
        "([ab]{30}|,|\"|\n|\r\n){0,40}",
    ]
}

fn oracle(file: &str) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(file.as_bytes());
    let rows = reader.byte_records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(<[u8]>::to_vec).collect())
        .collect()
}

fn cells_of(items: &[Item]) -> Vec<Vec<Vec<u8>>> {
    items.iter().map(cells).collect()
}

fn is_blank(line: &str) -> bool {
    line.is_empty() || line == "\r"
}

proptest! {
    #[test]
    fn a_sound_file_has_the_rows_of_the_oracle(file in sound()) {
        prop_assert_eq!(cells_of(&items(file.as_bytes())), oracle(&file));
    }

    /// Each line that is not blank stands in one row or one fault, and in no other.
    #[test]
    fn no_line_is_lost(file in hostile()) {
        let mut told = Vec::new();
        for item in items(file.as_bytes()) {
            match item {
                Item::Row { line, lines, .. } => told.extend(line..line + lines),
                Item::Fault(fault) => {
                    prop_assert!(fault.first <= fault.line && fault.line <= fault.last);
                    told.extend(fault.first..=fault.last);
                }
            }
        }
        let each: BTreeSet<u64> = told.iter().copied().collect();
        prop_assert_eq!(each.len(), told.len(), "none twice: {:?}", told);
        for (line, text) in (1..).zip(file.split('\n')) {
            prop_assert!(is_blank(text) || each.contains(&line), "line {}", line);
        }
    }

    #[test]
    fn rows_are_the_same_however_the_bytes_come(
        file in prop_oneof![sound(), hostile()],
        sizes in prop::collection::vec(1..100_usize, 1..5),
    ) {
        let whole = items(file.as_bytes());
        for sizes in [&[1], sizes.as_slice()] {
            let parts = Portions::new(file.as_bytes(), sizes);
            prop_assert_eq!(&all(&mut Csv::new(parts, &COMMAS).unwrap()), &whole);
        }
    }

    /// The quick way to split a line with quotes, and the one that tells what is wrong.
    #[test]
    fn two_ways_to_split_a_line_agree(line in prop_oneof!["[ab,\"]{0,150}", "([ab]{9}|,\"|\",|\"|\"\"| ){0,40}"]) {
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        let sound = lines::sound(line.as_bytes(), b',', &mut quick);
        let file = format!("{line}\n");
        let extent = match quotes::split(file.as_bytes(), b',', &mut slow) {
            Found::Row(extent) => Some(extent),
            _ => None,
        };
        if let Some(doubled) = sound {
            let extent = extent.unwrap();
            prop_assert_eq!((extent.end, extent.lines, extent.doubled), (line.len(), 1, doubled));
            prop_assert_eq!(quick, slow);
        }
    }

    #[test]
    fn any_bytes_are_read_to_the_end(file in prop::collection::vec(any::<u8>(), 0..200), delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|', b' '])) {
        if let Ok(mut csv) = Csv::new(file.as_slice(), &CsvFormat { delimiter, ..COMMAS }) {
            all(&mut csv);
        }
    }
}

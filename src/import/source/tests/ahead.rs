//! Rows that are found many at once, among such as are not.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::{Csv, Source};
use super::{COMMAS, Portions, all, items};

const CELLS: usize = 3;

/// Mostly ordinary rows of three cells, and between them whatever is none, long rows among it.
fn file() -> impl Strategy<Value = String> {
    let ordinary = prop::collection::vec("[a-z0-9 .-]{0,30}", CELLS).prop_map(|row| row.join(","));
    let other = select(vec![
        "",
        "a",
        ",",
        ",,,",
        "\"a,\n,b\",c,d",
        "a\",b,c",
        "\"a\"x,b,c",
        "ö,\u{7f},\t",
        "a,b\0,c",
    ]);
    let long = (200..9_000_usize).prop_map(|length| format!("{},b,", "a".repeat(length)));
    let row = prop_oneof![
        20 => ordinary,
        2 => other.prop_map(str::to_owned),
        1 => long,
    ];
    let end = prop_oneof![6 => Just("\n"), 1 => Just("\r\n")];
    let rows = prop::collection::vec((row, end), 0..80);
    rows.prop_map(|rows| rows.iter().map(|(row, end)| row.clone() + end).collect())
}

/// The rows of this file alone, each read as the first of another one.
fn one_by_one(file: &str) -> Vec<Vec<Vec<u8>>> {
    let lines = file.split_inclusive('\n');
    let mut rows = Vec::new();
    for line in lines {
        rows.extend(
            all(&mut Csv::new(line.as_bytes(), &COMMAS).unwrap())
                .iter()
                .map(super::cells),
        );
    }
    rows
}

/// As many marks as in one row of three cells, and a line feed as the last of them.
#[test]
fn lines_of_one_cell_are_no_row_of_several() {
    let file = "a,b,c\nd,e,f\n1\n2\n3\ng,h,i\n";
    let rows: Vec<_> = items(file.as_bytes()).iter().map(super::cells).collect();
    assert_eq!(rows, one_by_one(file));
}

proptest! {
    #[test]
    fn a_row_is_the_same_whatever_stands_before(file in file()) {
        let without_quotes: String = file.split_inclusive('\n').filter(|line| !line.contains('"')).collect();
        let rows: Vec<_> = items(without_quotes.as_bytes()).iter().map(super::cells).collect();
        prop_assert_eq!(rows, one_by_one(&without_quotes));
    }

    #[test]
    fn rows_are_the_same_in_small_portions(file in file(), sizes in prop::collection::vec(1..5_000_usize, 1..4)) {
        let parts = Portions::new(file.as_bytes(), &sizes);
        prop_assert_eq!(all(&mut Csv::new(parts, &COMMAS).unwrap()), items(file.as_bytes()));
    }

    /// What is known of a row beforehand, and what a look at each of its bytes tells.
    #[test]
    fn plain_rows_are_short_and_of_visible_characters(file in file()) {
        let mut csv = Csv::new(file.as_bytes(), &COMMAS).unwrap();
        while let Some(next) = csv.next() {
            let Ok(row) = next else { continue };
            let text = row.text();
            let is_plain = text.len() <= 255 && text.iter().all(|byte| (b' '..=b'~').contains(byte));
            prop_assert_eq!(row.is_plain(), is_plain);
        }
    }

    /// A short cell is the cell, wherever it stands.
    #[test]
    fn short_cells_are_cells(file in file()) {
        let mut csv = Csv::new(file.as_bytes(), &COMMAS).unwrap();
        while let Some(next) = csv.next() {
            let Ok(row) = next else { continue };
            for at in 0..row.len() {
                let cell = row.cell(at);
                let short = row.short(at).map(|short| short.head().bytes);
                let mut bytes = [0; 16];
                for (place, byte) in bytes.iter_mut().zip(cell) {
                    *place = *byte;
                }
                let expected = (cell.len() <= 16).then_some(u128::from_le_bytes(bytes));
                prop_assert_eq!(short, expected);
            }
            prop_assert!(row.short(row.len()).is_none());
        }
    }
}

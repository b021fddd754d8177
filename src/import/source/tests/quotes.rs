//! Wrong quotes cost their row and no other.

use super::{Item, items, shown};

#[track_caller]
fn expect(file: &str, expected: &[&str]) {
    assert_eq!(shown(&items(file.as_bytes())), expected);
}

const UNCLOSED: &str = "a quote opens here that is not closed before the end of the file";

fn text_after(line: u64) -> String {
    format!(
        "a quote opens here, and behind the one that closes it, on line {line}, the cell goes on; close it at the end of its cell, and \
         double quotes that are a part of the text"
    )
}

#[test]
fn an_unclosed_quote_swallows_no_rows() {
    let file = "id,created,stage,closed,amount,notes
D-1,2026-01-07,Won,2026-01-20,100,\"unclosed
D-2,2026-01-07,Won,2026-01-20,200,ok
D-3,2026-01-07,Won,2026-01-20,300,\"fine\"
D-4,2026-01-07,Won,2026-01-20,400,x
";
    expect(
        file,
        &[
            "1: id|created|stage|closed|amount|notes",
            &format!("2! {}", text_after(4)),
            "3: D-2|2026-01-07|Won|2026-01-20|200|ok",
            "4: D-3|2026-01-07|Won|2026-01-20|300|fine",
            "5: D-4|2026-01-07|Won|2026-01-20|400|x",
        ],
    );
}

#[test]
fn a_quote_open_at_the_end_costs_its_line() {
    for end in ["", "\n", "\r\n", "\n\n"] {
        let file = format!("a,b\n1,\"x\n2,y\n3,z{end}");
        let unclosed = format!("2! {UNCLOSED}");
        expect(&file, &["1: a|b", &unclosed, "3: 2|y", "4: 3|z"]);
    }
    expect("a\n\"", &["1: a", &format!("2! {UNCLOSED}")]);
    expect("a\n\"\"\"", &["1: a", &format!("2! {UNCLOSED}")]);
}

#[test]
fn text_behind_a_closing_quote_costs_the_row() {
    for cell in [
        "\"x\"y",
        "\"x\" y",
        "\"x\" \"y\"",
        "\"x\"\ry",
        "\"\"x",
        "\"x\"\t\u{a0}",
    ] {
        let file = format!("a,b\n1,{cell},2\n3,4\n");
        expect(
            &file,
            &["1: a|b", &format!("2! {}", text_after(2)), "3: 3|4"],
        );
    }
}

#[test]
fn the_reading_goes_on_behind_the_line_on_which_the_quote_opens() {
    let file = "a,b,c\n1,\"x\ny\",\"z\" z\n2,3,4\n";
    expect(
        file,
        &["1: a|b|c", &format!("3! {}", text_after(3)), "4: 2|3|4"],
    );
    let Item::Fault(fault) = &items(file.as_bytes())[1] else {
        panic!("a fault");
    };
    assert_eq!((fault.first, fault.line, fault.last), (2, 3, 3));
}

#[test]
fn sound_quotes_are_none_of_the_cell() {
    expect("\"a\",\"b\"\n", &["1: a|b"]);
    expect("\"a\" ,\"b\" \t\r\n", &["1: a|b"]);
    expect("\"a\"", &["1: a"]);
    expect("\"a\"\r", &["1: a"]);
    expect("\"\",\"\"\"\",\"\"\"\"\"\"\n", &["1: |\"|\"\""]);
    expect("\"a \"\"b\"\"\" ,c\n", &["1: a \"b\"|c"]);
    expect("\"a,b\",c\n1,2\n", &["1: a,b|c", "2: 1|2"]);
}

#[test]
fn a_quote_within_a_cell_is_a_character() {
    expect(
        "12\" monitor,x\"\ny,\"z\"\n",
        &["1: 12\" monitor|x\"", "2: y|z"],
    );
    // Behind a space, too.
    expect("a, \"b\"\n", &["1: a| \"b\""]);
}

#[test]
fn cells_of_several_lines_are_taken() {
    let file = "a,b\n1,\"x\r\n\ny\"\n2,z\n";
    expect(file, &["1: a|b", "2: 1|x\r\n\ny", "5: 2|z"]);
    let Item::Row { lines, .. } = &items(file.as_bytes())[1] else {
        panic!("a row");
    };
    assert_eq!(*lines, 3);
}

#[test]
fn swallowed_rows_can_be_told() {
    use super::super::{Csv, Source};
    let file = "a,b\n1,\"x\n2,y\n3,z\"\n4,\"x\ny\"\n5,6\n";
    let mut csv = Csv::new(file.as_bytes(), &super::COMMAS).unwrap();
    let mut alike = Vec::new();
    while let Some(row) = csv.next() {
        alike.push(row.unwrap().lines_like_rows(2));
    }
    assert_eq!(alike, [0, 2, 0, 0]);
}

#[test]
fn blank_lines_are_no_rows() {
    expect("\n\r\na,b\n\n\r\n1,2\n\n", &["3: a|b", "6: 1|2"]);
    expect("a\n\"\"\n \n", &["1: a", "2: ", "3:  "]);
    expect("", &[]);
    expect("\r", &[]);
}

#[test]
fn returns_before_line_feeds_are_no_part_of_a_cell() {
    expect("a,b\r\n1,2\r\n3,4\r", &["1: a|b", "2: 1|2", "3: 3|4"]);
    expect("a,b\n1,\r\n,\r\r\n", &["1: a|b", "2: 1|", "3: |\r"]);
}

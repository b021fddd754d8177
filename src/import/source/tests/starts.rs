//! What stands above the header, and files that are none of texts.

use super::super::{Csv, CsvFormat, Encoding};
use super::{COMMAS, all, names, refused, shown};

const SEMICOLONS: CsvFormat = CsvFormat {
    delimiter: b';',
    ..COMMAS
};

#[test]
fn a_line_that_names_the_delimiter_is_passed() {
    for line in [
        "sep=;\n",
        "sep=;\r\n",
        "\"sep=;\"\r\n",
        "\u{feff}sep=;\n",
        "SEP=;\n",
    ] {
        let file = format!("{line}id;b\n1;2\n");
        let mut csv = Csv::new(file.as_bytes(), &SEMICOLONS).unwrap();
        assert_eq!(shown(&all(&mut csv)), ["2: id|b", "3: 1|2"]);
    }
    assert_eq!(
        refused(b"sep=;\nid;b\n", &COMMAS),
        "the file says that its delimiter is ';', but declared is ','; declare ';'"
    );
    assert_eq!(
        refused(b"sep=\t\nid\tb\n", &COMMAS),
        "the file says that its delimiter is '\\t', but declared is ','; declare '\\t'"
    );
    // Other lines are rows.
    assert_eq!(names(b"sep=,,\n", &COMMAS).unwrap(), ["sep=", "", ""]);
    assert_eq!(names(b"sep\n", &COMMAS).unwrap(), ["sep"]);
}

#[test]
fn declared_title_lines_are_passed() {
    let titled = |title_lines| CsvFormat {
        title_lines,
        ..SEMICOLONS
    };
    let file = "Opportunity \"Report\n\nid;b\n1;2\n";
    let mut csv = Csv::new(file.as_bytes(), &titled(2)).unwrap();
    assert_eq!(shown(&all(&mut csv)), ["3: id|b", "4: 1|2"]);
    assert_eq!(names(file.as_bytes(), &titled(1)).unwrap(), ["id", "b"]);
    // A line that names the delimiter is one of them.
    let file = b"sep=;\nOpportunity Report\nid;b\n";
    assert_eq!(names(file, &titled(2)).unwrap(), ["id", "b"]);
    assert_eq!(
        refused(b"a\nb\n", &titled(2)),
        "the file is empty; its first row must name the columns"
    );
}

#[test]
fn lines_that_end_with_cr_alone_are_named() {
    let message = "the lines end with CR alone; save the file with lines that end with LF or CRLF";
    assert_eq!(refused(b"id,b\r1,2\r", &COMMAS), message);
    let titled = CsvFormat {
        title_lines: 1,
        ..COMMAS
    };
    assert_eq!(refused(b"Report\rid,b\r1,2\r", &titled), message);
    assert_eq!(
        names(b"id,\"b\r\nc\"\r\n1,2", &COMMAS).unwrap(),
        ["id", "b\r\nc"]
    );
}

#[test]
fn a_header_that_is_not_utf8_is_named() {
    assert_eq!(
        refused(b"id,created,stage,Betr\xe4ge\n", &COMMAS),
        "the header is not UTF-8, as in \"Betr\u{fffd}ge\"; save the file as UTF-8, or declare the encoding, such as windows_1252"
    );
    let declared = CsvFormat {
        encoding: Some(Encoding::Windows1252),
        ..COMMAS
    };
    assert_eq!(
        names(b"id,created,stage,Betr\xe4ge\n", &declared).unwrap(),
        ["id", "created", "stage", "Beträge"]
    );
}

#[test]
fn files_of_another_kind_are_named() {
    let text = |file: &[u8]| refused(file, &COMMAS);
    assert_eq!(
        text(b"PK\x03\x04\x14\0"),
        "the file is an Excel workbook (.xlsx) or another ZIP archive; save its sheet as CSV, or unpack it"
    );
    assert_eq!(
        text(b"\xd0\xcf\x11\xe0\xa1\xb1"),
        "the file is an old Excel workbook (.xls); save its sheet as CSV"
    );
    assert_eq!(
        text(b"\x1f\x8b\x08"),
        "the file is compressed by gzip; unpack it"
    );
    assert_eq!(
        text(b"%PDF-1.7\n"),
        "the file is a PDF document; export the table as CSV"
    );
    let page = "the file is an HTML page; export the table as CSV; where it was downloaded, check that the download was allowed";
    assert_eq!(text(b"<!DOCTYPE html>"), page);
    assert_eq!(text(b"\xef\xbb\xbf\n <HTML lang=\"en\">"), page);
    assert_eq!(
        text(b"i\0d\0,\0b\0"),
        "the file is UTF-16 without a byte order mark; declare the encoding utf16_le, or save it as UTF-8"
    );
    assert_eq!(
        text(b"\0i\0d\0,\0b"),
        "the file is UTF-16 without a byte order mark; declare the encoding utf16_be, or save it as UTF-8"
    );
    assert_eq!(
        text(b""),
        "the file is empty; its first row must name the columns"
    );
}

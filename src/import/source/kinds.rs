//! What a file is that is no CSV, told by its first bytes.

use super::Encoding;
use crate::import::ImportError;

const MARKED: [(&[u8], &str, &str); 8] = [
    (
        b"PK\x03\x04",
        "an Excel workbook (.xlsx) or another ZIP archive",
        "save its sheet as CSV, or unpack it",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook (.xls)",
        "save its sheet as CSV",
    ),
    (b"\x1f\x8b", "compressed by gzip", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd", "unpack it"),
    (b"%PDF-", "a PDF document", "export the table as CSV"),
    (b"PAR1", "a Parquet file", "export its table as CSV"),
    (b"\xff\xfe\0\0", "UTF-32", "save it as UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32", "save it as UTF-8"),
];

/// Compared without regard to case, behind white space and a byte order mark.
const OPENED: [(&str, &str, &str); 3] = [
    ("<!doctype html", HTML, EXPORT),
    ("<html", HTML, EXPORT),
    ("<?xml", "XML", EXPORT),
];

const HTML: &str = "an HTML page";
const EXPORT: &str =
    "export the table as CSV; where it was downloaded, check that the download was allowed";

/// An error where these are the first bytes of anything else; `encoding` is the one that is declared or marked.
pub(super) fn check(head: &[u8], encoding: Option<Encoding>) -> Result<(), ImportError> {
    let marked = MARKED.iter().find(|(mark, ..)| head.starts_with(mark));
    let opened = || {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let text = text.trim_ascii_start();
        let opens = |mark: &str| {
            let start = text.get(..mark.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
        };
        OPENED.iter().find(|(mark, ..)| opens(mark))
    };
    if let Some((_, found, remedy)) = marked {
        return Err(ImportError::NoText { found, remedy });
    }
    if let Some((_, found, remedy)) = opened() {
        return Err(ImportError::NoText { found, remedy });
    }
    if matches!(encoding, Some(Encoding::Utf16Le | Encoding::Utf16Be)) {
        return Ok(());
    }
    unmarked_utf16(head)
}

/// ASCII with a zero before or behind each of its bytes.
fn unmarked_utf16(head: &[u8]) -> Result<(), ImportError> {
    let (found, remedy) = match head {
        [1..=0xff, 0, 1..=0xff, 0, ..] => (
            "UTF-16 without a byte order mark",
            "declare the encoding utf16_le, or save it as UTF-8",
        ),
        [0, 1..=0xff, 0, 1..=0xff, ..] => (
            "UTF-16 without a byte order mark",
            "declare the encoding utf16_be, or save it as UTF-8",
        ),
        _ => return Ok(()),
    };
    Err(ImportError::NoText { found, remedy })
}

//! Files as a whole: lines, quotes, ends, and what interrupts them.

use std::io::{self, Cursor, ErrorKind, Read};

use sales_metrics::import::{DealReader, Problem};
use sales_metrics::{DealTally, Origin, Period, Scope};

use super::*;

/// Ids of the deals, and the texts of the rows that are none.
fn outline(file: impl AsRef<[u8]>) -> (Vec<String>, Vec<String>) {
    let Imported {
        records: deals,
        rejected,
        ..
    } = deals_in(file, &few());
    let ids = deals.iter().map(|deal| deal.id().to_string());
    (ids.collect(), texts(&rejected))
}

const BAD_STAGE: &str = "column \"stage\": \"?\" is not declared; the words are \"Junk\", \"Lost\", \"Offer\", \"Talk\", \"Won\"";

#[test]
fn a_file_may_end_its_lines_either_way_or_not_at_all() {
    let file = "id,created,closed,stage\nD-1,2024-01-05,2024-03-01,Won\nD-2,2024-01-06,,Talk\n";
    let unix = deals(file, &few());
    assert_eq!(unix.len(), 2);
    assert_eq!(deals(file.replace('\n', "\r\n"), &few()), unix);
    assert_eq!(deals(file.trim_end(), &few()), unix);
    assert_eq!(deals(file.replace('\n', "\r\n").trim_end(), &few()), unix);
    assert_eq!(deals(format!("\u{feff}{file}"), &few()), unix);
    assert_eq!(
        deals(
            file.replace(",stage", ",\"stage\"").replace('\n', "\r\n"),
            &few()
        ),
        unix
    );
}

#[test]
fn a_lone_cr_ends_no_line() {
    let file = "id,created,closed,stage\rD-1,2024-01-05,2024-03-01,Won\r";
    assert_eq!(
        refusal(file, &few()).to_string(),
        "the lines end with CR alone; save the file with lines that end with LF or CRLF"
    );
    let below = "id,created,closed,stage\nD-1,2024-01-05,,Talk\rD-2,2024-01-05,,Talk\rD-3,2024-01-05,,Talk\n";
    assert_eq!(
        outline(below).1,
        ["line 2: the number of fields is 10, but 4 in the header"]
    );
}

#[test]
fn a_header_may_have_line_breaks_in_its_names() {
    let columns = DealColumns::new("Deal\r\nID", outcome(), Currency::USD)
        .with_created("created")
        .with_closed("closed");
    let file =
        "\"Deal\r\nID\",created,closed,stage\r\nD-1,2024-01-05,,?\r\nD-2,2024-01-05,,Talk\r\n";
    let Imported {
        records: deals,
        rejected,
        ..
    } = deals_in(file, &columns);
    assert_eq!(deals.len(), 1);
    assert_eq!(texts(&rejected), [format!("line 3, {BAD_STAGE}")]);
}

#[test]
fn blank_lines_are_no_rows_but_are_counted() {
    for end in ["\n", "\r\n"] {
        let file = "\n\nid,created,closed,stage\n\nD-1,2024-01-05,,Talk\n\n\nD-2,2024-01-05,,?\n\n";
        let (ids, errors) = outline(file.replace('\n', end));
        assert_eq!(ids, ["D-1"]);
        assert_eq!(errors, [format!("line 8, {BAD_STAGE}")]);
    }
}

#[test]
fn a_line_of_spaces_or_commas_is_a_row() {
    let (_, errors) = outline(format!("{FEW}   \n,,,\n\"\"\n"));
    assert_eq!(
        errors,
        [
            "line 2: the number of fields is 1, but 4 in the header",
            "line 3, column \"stage\": the cell is empty, but every row needs it",
            "line 4: the number of fields is 1, but 4 in the header",
        ]
    );
}

#[test]
fn rows_too_short_or_too_long_are_refused() {
    let (ids, errors) = outline(format!(
        "{FEW}D-1,2024-01-05,\nD-2,2024-01-05,,Talk,\nD-3,2024-01-05,,Talk\nD-4\n"
    ));
    assert_eq!(ids, ["D-3"]);
    assert_eq!(
        errors,
        [
            "line 2: the number of fields is 3, but 4 in the header",
            "line 3: the number of fields is 5, but 4 in the header",
            "line 5: the number of fields is 1, but 4 in the header",
        ]
    );
}

#[test]
fn lines_are_right_behind_quoted_line_breaks() {
    let file = "id,created,closed,stage,note\n\
        D-1,2024-01-05,,Talk,\"one\ntwo \"\"2\"\"\n\nthree\"\n\
        D-2,2024-01-05,,?,\"one\r\ntwo\"\r\n\
        \n\
        D-3,2024-01-05,,?,\"\"\"\"\n\
        D-4,2024-01-05,,?,\"a\nb\"";
    let (ids, errors) = outline(file);
    assert_eq!(ids, ["D-1"]);
    assert_eq!(
        errors,
        [6, 9, 10].map(|line| format!("line {line}, {BAD_STAGE}"))
    );
}

#[test]
fn doubled_quotes_are_one() {
    let read = deal(&[("account", "\"Acme\", the \"\"first\"\"")]);
    assert_eq!(
        read.account().unwrap().as_str(),
        "\"Acme\", the \"\"first\"\""
    );
}

#[test]
fn a_quote_that_nothing_closes_is_an_error_of_its_row() {
    for (tail, others) in [
        ("", &[][..]),
        ("\n", &[]),
        ("\r\n", &[]),
        (
            "\nD-3,2024-01-05,,Talk\nD-4,2024-01-05,,Talk\n",
            &["D-3", "D-4"],
        ),
        ("\"\"", &[]),
        ("\0", &[]),
    ] {
        let (ids, errors) = outline(format!(
            "{FEW}D-1,2024-01-05,,Talk\n\nD-2,2024-01-05,,\"Talk{tail}"
        ));
        assert_eq!(ids, [&["D-1"], others].concat());
        assert_eq!(
            errors,
            ["line 4: a quote opens here that is not closed before the end of the file"],
            "{tail:?}"
        );
    }
}

#[test]
fn a_quote_that_opens_in_the_header_and_never_closes_is_named() {
    for end in ["\n", "\r\n", ""] {
        let file = format!("id,created,closed,\"stage{end}D-1,2024-01-05,,Talk{end}");
        assert_eq!(
            refusal(file, &few()).to_string(),
            "line 1: a quote opens here that is not closed before the end of the file"
        );
    }
}

#[test]
fn a_last_row_of_a_nul_is_not_the_end_mark() {
    for end in ["", "\n", "\r\n"] {
        let (ids, errors) = outline(format!("{FEW}D-1,2024-01-05,,Talk\n\0{end}"));
        assert_eq!(ids, ["D-1"]);
        assert_eq!(
            errors,
            ["line 3: the number of fields is 1, but 4 in the header"]
        );
    }
}

#[test]
fn a_row_without_end_is_stopped() {
    let quote = io::repeat(b'x').take(40 << 20);
    let start = format!("{FEW}D-1,2024-01-05,,Talk\nD-2,2024-01-05,,\"");
    let mut reader = DealReader::new(start.as_bytes().chain(quote), &few()).unwrap();
    assert!(reader.next().unwrap().is_ok());
    assert_eq!(
        reader.next().unwrap().unwrap_err().to_string(),
        "line 3: a quote opens here that is not closed within 1 MiB; close it, or double it where it is a part of the text"
    );
    assert!(reader.next().is_none());
}

#[test]
fn many_long_rows_are_no_row_without_end() {
    let row = format!("D-1,2024-01-05,,Talk,{}\n", "x".repeat(1 << 20));
    let file = format!("id,created,closed,stage,note\n{}", row.repeat(18));
    assert_eq!(deals(file, &few()).len(), 18);
}

#[test]
fn semicolons_decimal_commas_and_points_between_thousands() {
    let columns = columns()
        .with_delimiter(';')
        .with_decimal_mark(',')
        .with_grouping_mark('.')
        .with_dates("DD.MM.YYYY");
    let cells = [
        ("created", "05.01.2024"),
        ("closed", "01.03.2024"),
        ("amount", "1.234,50"),
        ("p", "0,5"),
    ];
    assert_eq!(
        deals(file(&cells, ';'), &columns),
        [deal(&[("amount", "1234.5"), ("p", "0.5")])]
    );
}

#[test]
fn a_decimal_comma_that_is_not_quoted_makes_the_row_too_long() {
    let columns = columns().with_decimal_mark(',');
    assert_eq!(
        deals(file(&[("amount", "1,5")], ','), &columns),
        [deal(&[("amount", "1.5")])]
    );
    let bare = file(&[("amount", "1,5")], ',').replace('"', "");
    assert_eq!(
        texts(&rejected(bare, &columns)),
        ["line 2: the number of fields is 18, but 17 in the header"]
    );
}

#[test]
fn tabs_and_bars_are_delimiters_too() {
    for mark in ['\t', '|'] {
        let read = deals(
            file(&[("account", "a,b")], mark),
            &columns().with_delimiter(mark),
        );
        assert_eq!(read, [deal(&[("account", "a,b")])]);
    }
}

#[test]
fn ids_may_repeat_for_the_audit_to_find() {
    let row = "D-1,2024-01-05,,Talk\n";
    let (ids, errors) = outline(format!("{FEW}{row}{row}"));
    assert_eq!((ids.len(), errors.len()), (2, 0));
}

#[test]
fn columns_may_stand_in_any_order_and_serve_twice() {
    let file = "stage,note,closed,id,note,created\nOffer,,,D-1,,2024-01-05\n";
    let read = deals(file, &few().with_stage("stage").with_product("stage"));
    assert_eq!(read[0].stage().unwrap().as_str(), "Offer");
    assert_eq!(read[0].product().unwrap().as_str(), "Offer");
}

#[test]
fn the_sample_reads_as_it_is_meant_to() {
    let columns: DealColumns =
        serde_json::from_str(include_str!("../../../examples/columns/deals.json")).unwrap();
    let Imported {
        records: deals,
        rejected,
        ..
    } = deals_in(include_bytes!("../../../examples/data/deals.csv"), &columns);
    assert_eq!(deals.len(), 112);
    let undated = deals.iter().filter(|deal| deal.created().is_none());
    assert_eq!(undated.count(), 1);
    let count = |is: fn(&Deal) -> bool| deals.iter().filter(|one| is(one)).count();
    assert_eq!(count(|one| one.kind().is_some()), 107);
    assert_eq!(count(|one| one.origin() == Some(Origin::Partner)), 51);
    assert_eq!(count(|one| one.forecast_category().is_some()), 12);
    assert_eq!(count(|one| one.owners().count() == 2), 6);
    assert_eq!(
        texts(&rejected),
        [
            "line 72, column \"Closed\": \"31/02/2025\" is no date in the format DD/MM/YYYY",
            "line 92, column \"Status\": \"Verbal yes\" is not declared; the words are \"Closed Lost\", \"Closed Won\", \"Disqualified\", \"Open\"",
            "line 103, column \"Amount\": \"12k\" is no number in the format 1,234.56",
        ]
    );
}

/// So many rows, made while they are read; it counts what was taken of it.
struct Rows {
    left: u64,
    rest: Cursor<Vec<u8>>,
    taken: u64,
}

impl Rows {
    fn new(count: u64) -> Self {
        Self {
            left: count,
            rest: Cursor::new(FEW.into()),
            taken: 0,
        }
    }
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(buffer)?;
        self.taken += read as u64;
        if read > 0 || self.left == 0 {
            return Ok(read);
        }
        self.left -= 1;
        self.rest =
            Cursor::new(format!("D-{},2024-01-05,2024-03-01,Won\n", self.left).into_bytes());
        self.read(buffer)
    }
}

#[test]
fn a_file_is_tallied_while_it_is_read() {
    const ROWS: u64 = 300_000;
    let mut rows = Rows::new(ROWS);
    let mut tally = DealTally::new(Scope::new(Period::year(2024).unwrap(), Currency::USD));
    for deal in DealReader::new(&mut rows, &few()).unwrap() {
        tally.record(&deal.unwrap()).unwrap();
    }
    assert_eq!(
        (
            tally.totals().records().unwrap(),
            tally.totals().won().unwrap().count
        ),
        (ROWS, ROWS)
    );
    assert!(rows.taken > 30 * ROWS);
}

#[test]
fn no_more_is_read_ahead_than_a_buffer() {
    let mut rows = Rows::new(100_000);
    let first = DealReader::new(&mut rows, &few()).unwrap().next();
    assert!(first.unwrap().is_ok());
    assert!(rows.taken < 1 << 18, "{}", rows.taken);
}

/// Gives a text, then fails, then would go on.
struct Failing(Vec<Result<&'static str, ErrorKind>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            return Ok(0);
        }
        match self.0.remove(0) {
            Ok(text) => {
                let (now, later) = text.split_at(text.len().min(buffer.len()));
                buffer[..now.len()].copy_from_slice(now.as_bytes());
                if !later.is_empty() {
                    self.0.insert(0, Ok(later));
                }
                Ok(now.len())
            }
            Err(kind) => Err(io::Error::new(kind, "the cable is out")),
        }
    }
}

/// Longer than what is read to tell what a file is.
const HEAD: &str =
    "id,created,closed,stage\nD-1,2024-01-05,,Talk\nD-1,2024-01-05,,Talk\n\nD-2,2024-";
const TAIL: &str = "01-05,,Talk\nD-3,2024-01-05,,Talk\n";

/// A header that comes byte by byte would not fit the first read of three bytes.
fn failing(kind: ErrorKind) -> impl Read {
    let (first, rest) = HEAD.split_at(3);
    Failing(vec![Ok(first), Ok(rest), Err(kind), Ok(TAIL)])
}

#[test]
fn an_error_of_the_file_is_said_and_ends_the_reading() {
    let mut reader = DealReader::new(failing(ErrorKind::BrokenPipe), &few()).unwrap();
    for _ in 0..2 {
        assert_eq!(reader.next().unwrap().unwrap().id().as_str(), "D-1");
    }
    let error = reader.next().unwrap().unwrap_err();
    assert!(matches!(error.problem, Problem::Unreadable(_)));
    assert_eq!(error.to_string(), "line 5: the cable is out");
    assert!(reader.next().is_none());
    assert!(reader.next().is_none());
    assert_eq!(
        read(failing(ErrorKind::BrokenPipe), &few()),
        Err(ImportError::Unreadable {
            line: 5,
            problem: "the cable is out".to_owned()
        })
    );
}

#[test]
fn an_error_in_the_header_is_said() {
    for parts in [
        vec![Err(ErrorKind::BrokenPipe)],
        vec![Ok("id,"), Err(ErrorKind::BrokenPipe)],
        vec![Ok("id,"), Ok("created,"), Err(ErrorKind::BrokenPipe)],
    ] {
        let error = read(Failing(parts), &few()).unwrap_err();
        assert_eq!(error.to_string(), "line 1: the cable is out");
    }
}

#[test]
fn an_interruption_is_no_error() {
    let imported = read(failing(ErrorKind::Interrupted), &few()).unwrap();
    assert_eq!((imported.records.len(), imported.rejected.len()), (4, 0));
}

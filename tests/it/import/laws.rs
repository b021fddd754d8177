//! For all files: nothing panics, no row is lost, and what was written is what is read.

use std::io::{self, Read};

use csv::{ReaderBuilder, StringRecord};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use sales_metrics::import::DealReader;
use sales_metrics::{Decimal, Label, NaiveDate, Outcome, Rate};

use super::*;
use crate::support::{MOST, Raw, config, deals_up_to};

/// How many rows and faults a file has under its header, by the rule of quotes, read byte by byte: after a fault, the reading goes on at the
/// line behind the one on which the quote opens.
fn rows(file: &[u8]) -> usize {
    let (mut at, mut rows) = (0, 0);
    while at < file.len() {
        let line = &file[at..line_after(file, at)];
        if matches!(line, b"\n" | b"\r\n" | b"\r") {
            at += line.len();
            continue;
        }
        rows += 1;
        at = row_after(file, at).unwrap_or_else(|opened| line_after(file, opened));
    }
    rows - 1
}

fn line_after(file: &[u8], at: usize) -> usize {
    let length = file[at..].iter().position(|byte| *byte == b'\n');
    length.map_or(file.len(), |length| at + length + 1)
}

/// Where the row that begins here ends, or where a quote opens that is wrong.
fn row_after(file: &[u8], mut at: usize) -> Result<usize, usize> {
    loop {
        if file.get(at) == Some(&b'"') {
            at = quote_after(file, at)?;
        }
        while !matches!(file.get(at), None | Some(b',' | b'\n')) {
            at += 1;
        }
        match file.get(at) {
            Some(b',') => at += 1,
            Some(_) => return Ok(at + 1),
            None => return Ok(at),
        }
    }
}

/// Where the cell in quotes ends that opens here.
fn quote_after(file: &[u8], opened: usize) -> Result<usize, usize> {
    let mut at = opened + 1;
    loop {
        match (file.get(at), file.get(at + 1)) {
            (None, _) => return Err(opened),
            (Some(b'"'), Some(b'"')) => at += 2,
            (Some(b'"'), _) => break,
            _ => at += 1,
        }
    }
    at += 1;
    while file.get(at) == Some(&b' ') {
        at += 1;
    }
    match &file[at..] {
        [] | [b',' | b'\n', ..] | [b'\r'] | [b'\r', b'\n', ..] => Ok(at),
        _ => Err(opened),
    }
}

fn total<T>(imported: &Imported<T>) -> usize {
    imported.records.len() + imported.rejected.len()
}

/// Bytes that make up rows, and those that break them.
pub(super) fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"D-1",
        b",",
        b",",
        b",",
        b",,",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b"2024-01-05",
        b"Won",
        b"Talk",
        b" ",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b";",
        b"-",
        "é".as_bytes(),
        b"D-2,2024-01-05,,Talk\n",
        b"D-3,2024-01-05,2024-02-01,Won\n",
        b"\n\0",
        b"\0\n",
    ];
    let piece = prop_oneof![
        9 => select(pieces).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 0..4),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A reader that gives one byte at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(1);
        self.0.read(&mut buffer[..most])
    }
}

/// How a file writes what a deal holds.
struct Dialect {
    delimiter: char,
    dates: (&'static str, &'static str),
    decimal: char,
    grouping: Option<char>,
    percent: Option<&'static str>,
    end: &'static str,
}

const DIALECTS: [Dialect; 3] = [
    Dialect {
        delimiter: ',',
        dates: ("YYYY-MM-DD", "%Y-%m-%d"),
        decimal: '.',
        grouping: None,
        percent: None,
        end: "\n",
    },
    Dialect {
        delimiter: ';',
        dates: ("DD.MM.YYYY", "%d.%m.%Y"),
        decimal: ',',
        grouping: Some('.'),
        percent: None,
        end: "\r\n",
    },
    Dialect {
        delimiter: ',',
        dates: ("M/D/YYYY", "%-m/%-d/%Y"),
        decimal: '.',
        grouping: Some(','),
        percent: Some(" %"),
        end: "\n",
    },
];

impl Dialect {
    fn columns(&self) -> DealColumns {
        let columns = columns()
            .with_dates(self.dates.0)
            .with_decimal_mark(self.decimal)
            .with_delimiter(self.delimiter);
        let columns = match self.grouping {
            Some(mark) => columns.with_grouping_mark(mark),
            None => columns,
        };
        match self.percent {
            Some(_) => in_percent(&columns),
            None => columns,
        }
    }

    fn date(&self, date: Option<NaiveDate>) -> String {
        date.map_or(String::new(), |date| date.format(self.dates.1).to_string())
    }

    fn number(&self, number: Decimal) -> String {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.extend(self.grouping);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }

    fn probability(&self, rate: Rate) -> String {
        match self.percent {
            Some(sign) => format!("{}{sign}", self.number(rate.percent().normalize())),
            None => self.number(rate.fraction()),
        }
    }

    fn row(&self, deal: &Deal) -> String {
        let (word, on) = match deal.outcome() {
            Outcome::Won { on } => ("Won", Some(on)),
            Outcome::Lost { on } => ("Lost", Some(on)),
            Outcome::Disqualified { on } => ("Junk", Some(on)),
            Outcome::Open => ("Offer", None),
        };
        let money = |money: Option<sales_metrics::Money>| {
            money.map_or(String::new(), |money| self.number(money.amount()))
        };
        let text = |label: Option<&Label>| label.map(Label::to_string).unwrap_or_default();
        let cells = [
            deal.id().to_string(),
            self.date(deal.created()),
            self.date(on),
            word.to_owned(),
            deal.currency().code().to_owned(),
            money(deal.amount()),
            money(deal.cost()),
            money(deal.list_price()),
            deal.probability()
                .map_or(String::new(), |rate| self.probability(rate)),
            self.date(deal.first_contact()),
            self.date(deal.expected_close()),
            text(deal.loss_reason()),
            deal.owner().map(ToString::to_string).unwrap_or_default(),
            deal.account().map(ToString::to_string).unwrap_or_default(),
            text(deal.product()),
            text(deal.dimension("segment")),
            "a note\nof two lines".to_owned(),
        ];
        line(&cells, self.delimiter)
    }

    fn file(&self, deals: &[Deal]) -> String {
        let header = line(&HEADER, self.delimiter);
        let rows = deals.iter().map(|deal| self.row(deal));
        std::iter::once(header)
            .chain(rows)
            .map(|row| row + self.end)
            .collect()
    }
}

/// The same mapping with the probability in percent.
fn in_percent(columns: &DealColumns) -> DealColumns {
    let mut json = serde_json::to_value(columns).unwrap();
    let keys = json.as_object_mut().unwrap();
    let probability = keys.remove("probability").unwrap();
    keys.insert("probability_percent".to_owned(), probability);
    serde_json::from_value(json).unwrap()
}

/// Texts that need quotes, that are long, and that differ in one place only.
fn texts_of_cells() -> impl Strategy<Value = Option<String>> {
    let odd = [
        "a,b",
        "a;b",
        "say \"hi\"",
        "\"",
        "\"\"",
        "'",
        "=1+1",
        "%",
        "ß",
        "名前",
        "a  b",
        "abcdefgh",
        "abcdefghi",
    ];
    prop_oneof![
        Just(None),
        select(odd.to_vec()).prop_map(|text| Some(text.to_owned())),
        (30..40_usize, 0..30_usize, "[a-c]").prop_map(|(length, at, letter)| {
            let mut text = "x".repeat(length);
            text.replace_range(at..=at, &letter);
            Some(text)
        }),
        "[ -~é☃]{1,12}"
            .prop_map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
    ]
}

/// A deal with everything that a file of [`HEADER`] can say, with its status' word as its stage.
fn full(raw: &Raw, id: &str, texts: [Option<String>; 4], currency: Currency) -> Deal {
    // Owners with their shares stand in columns of their own, and have tests of their own.
    let alone = Raw {
        partner: None,
        ..raw.clone()
    };
    let mut deal = alone.deal(id, currency);
    let [account, product, segment, reason] = texts;
    let lost = matches!(raw.outcome, Outcome::Lost { .. });
    let word = match raw.outcome {
        Outcome::Won { .. } => "Won",
        Outcome::Lost { .. } => "Lost",
        Outcome::Disqualified { .. } => "Junk",
        Outcome::Open => "Offer",
    };
    deal = deal.with_stage(word).unwrap();
    if let Some(account) = account {
        deal = deal.with_account(account.as_str()).unwrap();
    }
    if let Some(product) = product {
        deal = deal.with_product(product.as_str()).unwrap();
    }
    if let Some(segment) = segment {
        deal = deal.with_dimension("segment", segment.as_str()).unwrap();
    }
    match reason.filter(|_| lost) {
        Some(reason) => deal.with_loss_reason(reason.as_str()).unwrap(),
        None => deal,
    }
}

fn full_deals() -> impl Strategy<Value = Vec<Deal>> {
    let texts = || texts_of_cells();
    let texts = (texts(), texts(), texts(), texts()).prop_map(<[Option<String>; 4]>::from);
    let currency = select(vec![Currency::USD, Currency::EUR, Currency::JPY]);
    let deal = (deals_up_to(MOST), texts, currency);
    vec(deal, 0..12).prop_map(|deals| {
        let numbered = deals.into_iter().enumerate();
        numbered
            .map(|(n, (raw, texts, currency))| full(&raw, &format!("D-{n}"), texts, currency))
            .collect()
    })
}

/// One byte put in, taken out or replaced.
#[derive(Clone, Debug)]
enum Edit {
    Insert(u8),
    Remove,
    Replace(u8),
}

fn edits() -> impl Strategy<Value = Edit> {
    let byte = || prop_oneof![select(b"\"\n\r,;\0\xff 0-.".to_vec()), any::<u8>()];
    prop_oneof![
        byte().prop_map(Edit::Insert),
        Just(Edit::Remove),
        byte().prop_map(Edit::Replace)
    ]
}

impl Edit {
    fn apply(&self, file: &mut Vec<u8>, at: usize) {
        match self {
            Self::Insert(byte) => file.insert(at, *byte),
            Self::Remove => drop(file.remove(at)),
            Self::Replace(byte) => file[at] = *byte,
        }
    }

    /// Whether it can change where rows begin and end.
    fn moves_rows(&self, old: u8) -> bool {
        let marks = |byte: &u8| b"\"\n".contains(byte);
        match self {
            Self::Insert(new) => marks(new),
            Self::Remove => old == b'\n',
            Self::Replace(new) => marks(new) || old == b'\n',
        }
    }
}

const PLAIN: usize = 6;

fn plain_file() -> (String, Vec<Deal>) {
    let rows = (0..PLAIN).map(|n| format!("D-{n},2024-01-05,2024-02-0{},Won\n", n + 1));
    let file: String = std::iter::once(FEW.to_owned()).chain(rows).collect();
    let deals = deals(&file, &few());
    (file, deals)
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200), body in bodies()) {
        let _ = read(&bytes[..], &few());
        let _ = read(&body[..], &few());
        let _ = read(&body[..], &columns());
    }

    #[test]
    fn every_row_and_every_fault_is_a_deal_or_an_error(body in bodies()) {
        let file = [FEW.as_bytes(), &body].concat();
        prop_assert_eq!(total(&deals_in(&file, &few())), rows(&file));
    }

    #[test]
    fn a_reader_gives_what_read_deals_gives_however_the_bytes_come(body in bodies()) {
        let file = [FEW.as_bytes(), &body].concat();
        let whole = deals_in(&file, &few());
        let mut parts = Imported::default();
        let mut reader = DealReader::new(Drops(&file), &few()).unwrap();
        for row in &mut reader {
            match row {
                Ok(deal) => parts.records.push(deal),
                Err(error) => parts.rejected.push(error),
            }
        }
        parts.rounded = reader.rounded();
        parts.swallowed = reader.swallowed().clone();
        prop_assert_eq!(parts, whole);
    }

    #[test]
    fn errors_stand_in_the_order_of_their_lines(body in bodies()) {
        let file = [FEW.as_bytes(), &body].concat();
        let lines: Vec<u64> = deals_in(&file, &few()).rejected.iter().map(|error| error.line).collect();
        let all = file.split(|byte| *byte == b'\n').count() as u64;
        prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", lines);
        prop_assert!(lines.iter().all(|line| (2..=all).contains(line)), "{:?} of {}", lines, all);
    }

    #[test]
    fn a_row_that_was_changed_never_disappears(edits in vec((edits(), any::<Index>()), 1..4)) {
        let (file, _) = plain_file();
        let mut file = file.into_bytes();
        let mut moved = false;
        for (edit, at) in edits {
            let at = FEW.len() + at.index(file.len() - FEW.len());
            moved |= edit.moves_rows(file[at]);
            edit.apply(&mut file, at);
        }
        let imported = deals_in(&file, &few());
        prop_assert_eq!(total(&imported), rows(&file));
        if !moved {
            prop_assert_eq!(total(&imported), PLAIN);
        } else if total(&imported) < PLAIN {
            prop_assert!(!imported.rejected.is_empty(), "{:?}", String::from_utf8_lossy(&file));
        }
    }

    #[test]
    fn a_change_of_one_row_is_no_change_of_another(edit in edits(), at in any::<Index>()) {
        let (file, before) = plain_file();
        let at = FEW.len() + at.index(file.len() - FEW.len());
        let changed = file[..at].matches('\n').count() - 1;
        let moves = edit.moves_rows(file.as_bytes()[at]);
        let mut file = file.into_bytes();
        edit.apply(&mut file, at);
        let Imported { records: deals, rejected, .. } = deals_in(&file, &few());
        prop_assert_eq!(&deals[..changed], &before[..changed]);
        if !moves {
            let after = &before[changed + 1..];
            prop_assert_eq!(&deals[deals.len() - after.len()..], after);
            let line = u64::try_from(changed).unwrap() + 2;
            prop_assert!(rejected.iter().all(|error| error.line == line));
        }
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn what_was_written_is_what_is_read(deals in full_deals()) {
        for dialect in &DIALECTS {
            let file = dialect.file(&deals);
            let imported = deals_in(&file, &dialect.columns());
            prop_assert_eq!(&imported.rejected, &[]);
            prop_assert_eq!(&imported.records, &deals, "{}", file);
        }
    }

    #[test]
    fn lines_of_errors_are_those_of_a_count_by_hand(rows in vec((0..4_usize, 0..3_usize, any::<bool>()), 1..20)) {
        let (mut file, mut line, mut expected) = ("id,created,closed,stage,note\n".to_owned(), 2, Vec::new());
        for (breaks, blank, bad) in rows {
            file.push_str(&"\n".repeat(blank));
            line += blank as u64;
            let stage = if bad { "?" } else { "Talk" };
            let row = format!("D-1,2024-01-05,,{stage},\"{}\"\n", "x\n".repeat(breaks));
            file.push_str(&row);
            expected.extend(bad.then_some(line));
            line += 1 + breaks as u64;
        }
        let lines: Vec<u64> = deals_in(&file, &few()).rejected.iter().map(|error| error.line).collect();
        prop_assert_eq!(lines, expected);
    }
}

/// The writer of these tests is judged by another reader.
#[test]
fn what_these_tests_write_is_csv() {
    let cells = ["a,b", "say \"hi\"", "one\ntwo", "", " x "];
    let text = line(&cells, ',') + "\n";
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    assert!(reader.read_record(&mut record).unwrap());
    assert_eq!(record.iter().collect::<Vec<_>>(), cells);
}

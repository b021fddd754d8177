//! What is written in an encoding is read as it was.

use proptest::prelude::*;

use super::super::encoding::Decoded;
use super::super::{Csv, CsvFormat, Encoding};
use super::{COMMAS, Portions, all, refused, shown};

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn in_encoding(encoding: Encoding) -> CsvFormat {
    CsvFormat {
        encoding: Some(encoding),
        ..COMMAS
    }
}

fn decoded(file: &[u8], encoding: Option<Encoding>, sizes: &[usize], room: usize) -> Vec<u8> {
    let mut decoded = Decoded::new(Portions::new(file, sizes), encoding).unwrap();
    let (mut found, mut room) = (Vec::new(), vec![0; room]);
    loop {
        match decoded.fill(&mut room).unwrap() {
            0 => break,
            count => found.extend_from_slice(&room[..count]),
        }
    }
    assert_eq!(decoded.bytes(), u64::try_from(file.len()).unwrap());
    found
}

#[test]
fn unicode_text_of_excel_is_read() {
    let text = "\u{feff}id,Beträge\r\n1,\"2 €\n😀\"\r\n";
    for file in [utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes)] {
        for encoding in [None, Some(Encoding::Utf8), Some(Encoding::Windows1252)] {
            let format = CsvFormat { encoding, ..COMMAS };
            let mut csv = Csv::new(file.as_slice(), &format).unwrap();
            assert_eq!(shown(&all(&mut csv)), ["1: id|Beträge", "2: 1|2 €\n😀"]);
        }
    }
    // A byte order mark has the last word.
    let mut csv = Csv::new("\u{feff}ä".as_bytes(), &in_encoding(Encoding::Windows1252)).unwrap();
    assert_eq!(shown(&all(&mut csv)), ["1: ä"]);
}

#[test]
fn what_an_encoding_does_not_know_costs_its_row() {
    let mut csv = Csv::new(
        b"id,b\n1,x\x81\n2,\"\n\x9d\"\n3,\x80\n".as_slice(),
        &in_encoding(Encoding::Windows1252),
    )
    .unwrap();
    assert_eq!(
        shown(&all(&mut csv)),
        [
            "1: id|b",
            "2! the row has the byte 0x81, which means nothing in Windows-1252; mend it, or declare another encoding",
            "3! the row has the byte 0x9D, which means nothing in Windows-1252; mend it, or declare another encoding",
            "5: 3|€",
        ]
    );
    let units = [0xfeff, 97, 10, 0xd83d, 10, 98, 10, 0xdfff, 10, 0xd83d];
    let mut file: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
    file.push(1);
    let mut csv = Csv::new(file.as_slice(), &COMMAS).unwrap();
    let text = |line: u64, found: &str| {
        format!(
            "{line}! the row has {found}, which means nothing in UTF-16; mend it, or declare another encoding"
        )
    };
    assert_eq!(
        shown(&all(&mut csv)),
        [
            "1: a".to_owned(),
            text(2, "0xD83D without the other half of its pair"),
            "3: b".to_owned(),
            text(4, "0xDFFF without the other half of its pair"),
            text(5, "0xD83D without the other half of its pair"),
        ]
    );
    assert_eq!(
        refused(b"\xfe\xff\0", &COMMAS),
        "line 1: the row has a last character that is cut, which means nothing in UTF-16; mend it, or declare another encoding"
    );
}

#[test]
fn windows_1252_has_27_characters_of_its_own() {
    let all: Vec<u8> = (0..=255).collect();
    let found = decoded(&all, Some(Encoding::Windows1252), &[7], 5);
    let flaws = memchr::memchr_iter(0xff, &found).count();
    assert_eq!(flaws, 5);
    let special = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    assert_eq!(special.chars().count(), 27);
    let text = String::from_utf8_lossy(&found);
    let own: String = text
        .chars()
        .filter(|char| special.contains(*char))
        .collect();
    assert_eq!(own, special);
    assert!(text.ends_with("ýþÿ") && text.starts_with("\0\u{1}"));
}

#[test]
fn encodings_are_words_of_a_mapping() {
    for (encoding, json) in [
        (Encoding::Utf8, "\"utf8\""),
        (Encoding::Utf16Le, "\"utf16_le\""),
        (Encoding::Utf16Be, "\"utf16_be\""),
        (Encoding::Windows1252, "\"windows_1252\""),
    ] {
        assert_eq!(serde_json::to_string(&encoding).unwrap(), json);
        assert_eq!(serde_json::from_str::<Encoding>(json).unwrap(), encoding);
    }
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(1..20_usize, 1..5)
}

proptest! {
    /// However the bytes come, and however they are fetched.
    #[test]
    fn utf16_is_read_as_it_was_written(text in "[a-z,\n\"äö€😀🦀]{0,90}", sizes in sizes(), room in 1..9_usize) {
        for (bytes, encoding) in [
            (utf16(&text, u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(&text, u16::to_be_bytes), Encoding::Utf16Be),
        ] {
            let found = decoded(&bytes, Some(encoding), &sizes, room);
            prop_assert_eq!(String::from_utf8(found).unwrap(), text.as_str());
        }
    }

    #[test]
    fn windows_1252_is_read_as_it_was_written(bytes in prop::collection::vec(any::<u8>(), 0..90), sizes in sizes(), room in 1..9_usize) {
        // Not by chance the first bytes of another kind of file.
        let bytes = [b"ab", bytes.as_slice()].concat();
        let text = String::from_utf8(decoded(&bytes, Some(Encoding::Windows1252), &sizes, room));
        let undefined = |byte: &u8| [0x81, 0x8d, 0x8f, 0x90, 0x9d].contains(byte);
        prop_assert_eq!(text.is_err(), bytes.iter().any(undefined));
        if let Ok(text) = text {
            prop_assert_eq!(text.chars().count(), bytes.len());
            for (char, byte) in text.chars().zip(&bytes) {
                if !(0x80..0xa0).contains(byte) {
                    prop_assert_eq!(u32::from(char), u32::from(*byte));
                }
            }
        }
    }
}

//! The format itself: its JSON, its contradictions, and one over another.

use super::*;
use crate::import::Column;

#[test]
fn a_format_that_contradicts_itself_says_why() {
    let affix = |what: &str, text: &str| {
        format!(
            "the {what} \"{text}\" must be a sign or a word, such as $ or USD, without digits, signs of numbers and spaces at its ends"
        )
    };
    for (format, problem) in [
        (commas().with_affix(""), affix("affix", "")),
        (commas().with_affix(" $"), affix("affix", " $")),
        (commas().with_affix("5"), affix("affix", "5")),
        (commas().with_affix("-"), affix("affix", "-")),
        (commas().with_affix("(€)"), affix("affix", "(€)")),
        (commas().with_affix(",."), affix("affix", ",.")),
        (commas().with_multiplier("", 2), affix("multiplier", "")),
        (
            commas().with_multiplier("K", 0),
            "the multiplier \"K\" is 0".into(),
        ),
        (
            commas().with_multiplier("K", 2).with_affix("K"),
            "\"K\" is both an affix and a multiplier".into(),
        ),
        (
            NumberFormat::new().with_grouping(Grouping::Indian),
            "the grouping is that of a grouping_mark; name that, too".into(),
        ),
        (
            commas().rounded_to(29),
            "rounded_to is 29, but at most 28 decimals are kept".into(),
        ),
        (
            commas().with_decimal_mark(','),
            "',' is both the decimal and the grouping mark".into(),
        ),
        (
            NumberFormat::new()
                .with_decimal_mark('\'')
                .with_grouping_mark('\u{2019}'),
            "'\\'' is both the decimal and the grouping mark".into(),
        ),
        (
            NumberFormat::new().with_grouping_mark('\u{2212}'),
            "'\u{2212}' cannot be the decimal or the grouping mark".into(),
        ),
    ] {
        assert_eq!(Numbers::new(&format).unwrap_err(), problem);
    }
}

#[test]
fn a_format_is_data() {
    let format = german()
        .with_grouping(Grouping::Thousands)
        .with_affix("€")
        .with_negatives([Negatives::Parentheses, Negatives::TrailingMinus])
        .with_multiplier("Mio.", 1_000_000)
        .in_minor_units()
        .rounded_to(2);
    let column = Column::new("Wert").with_numbers(format);
    let json = serde_json::to_string(&column).unwrap();
    assert_eq!(
        json,
        r#"{"column":"Wert","decimal_mark":",","grouping_mark":".","grouping":"thousands","affixes":["€"],"negatives":["parentheses","trailing_minus"],"multipliers":{"Mio.":1000000},"minor_units":true,"rounded_to":2}"#
    );
    assert_eq!(serde_json::from_str::<Column>(&json).unwrap(), column);
    let unknown = serde_json::from_str::<Column>(r#"{"column": "Wert", "affix": "$"}"#);
    let unknown = unknown.unwrap_err().to_string();
    assert!(unknown.starts_with("unknown field `affix`"), "{unknown}");
}

#[test]
fn a_column_declares_in_place_of_its_file() {
    let file = german().with_affix("€").rounded_to(2);
    let column = NumberFormat::new()
        .with_affix("$")
        .with_decimal_mark('\u{b7}');
    let both = column.within(&file);
    assert_eq!(
        both,
        NumberFormat::new()
            .with_decimal_mark('\u{b7}')
            .with_grouping_mark('.')
            .with_affix("$")
            .rounded_to(2)
    );
}

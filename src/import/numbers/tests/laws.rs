//! What a format writes, it reads: of formats that are made, not listed.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// How this writer writes one number.
#[derive(Clone, Debug)]
struct Style {
    affix: &'static str,
    gap: &'static str,
    behind: bool,
    negative: usize,
    grouped: bool,
    multiplied: bool,
}

fn formats() -> impl Strategy<Value = NumberFormat> {
    let marks = select(vec![
        ('.', ','),
        (',', '.'),
        (',', ' '),
        ('.', '\''),
        (',', '\u{202f}'),
        ('.', '_'),
        ('\u{66b}', '\u{66c}'),
    ]);
    (marks, any::<bool>()).prop_map(|((decimal, group), indian)| {
        let format = NumberFormat::new()
            .with_decimal_mark(decimal)
            .with_grouping_mark(group)
            .with_affix("$")
            .with_affix("kr.")
            .with_affix("US$")
            .with_negatives([Negatives::Parentheses, Negatives::TrailingMinus])
            .with_multiplier("K", 1_000);
        if indian {
            format.with_grouping(Grouping::Indian)
        } else {
            format
        }
    })
}

fn styles() -> impl Strategy<Value = Style> {
    let texts = (
        select(vec!["", "$", "kr.", "US$"]),
        select(vec!["", " ", "\u{a0}", "\u{2009} "]),
    );
    (texts, any::<[bool; 3]>(), 0..6_usize).prop_map(|((affix, gap), flags, negative)| Style {
        affix,
        gap: if affix.is_empty() { "" } else { gap },
        behind: flags[0],
        negative,
        grouped: flags[1],
        multiplied: flags[2],
    })
}

fn write(format: &NumberFormat, style: &Style, number: Decimal) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = if style.grouped {
        grouped(format, whole)
    } else {
        whole.to_owned()
    };
    if !fraction.is_empty() {
        text.push(format.decimal_mark());
        text += fraction;
    }
    if style.multiplied {
        text += "K";
    }
    let affixed = |text: String| {
        if style.behind {
            format!("{text}{}{}", style.gap, style.affix)
        } else {
            format!("{}{}{text}", style.affix, style.gap)
        }
    };
    if !number.is_sign_negative() {
        return affixed(text);
    }
    match style.negative {
        0 => affixed(format!("-{text}")),
        1 => format!("\u{2212}{}", affixed(text)),
        2 => format!("({})", affixed(text)),
        3 => affixed(format!("({text})")),
        4 => affixed(format!("{text}-")),
        _ => format!("{}-", affixed(text)),
    }
}

fn grouped(format: &NumberFormat, whole: &str) -> String {
    let mark = format.grouping_mark().unwrap();
    let mut backward = String::new();
    for (at, digit) in whole.chars().rev().enumerate() {
        let begins = match format.grouping() {
            Some(Grouping::Indian) => at >= 3 && at % 2 == 1,
            _ => at > 0 && at % 3 == 0,
        };
        if begins {
            backward.push(mark);
        }
        backward.push(digit);
    }
    backward.chars().rev().collect()
}

fn any_number() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0..12_u32).prop_map(|(digits, scale)| {
        Decimal::try_from_i128_with_scale(digits.into(), scale).unwrap()
    })
}

proptest! {
    #[test]
    fn what_a_format_writes_it_reads(format in formats(), style in styles(), number in any_number()) {
        let cell = write(&format, &style, number);
        let times = Decimal::from(if style.multiplied { 1_000 } else { 1 });
        let expected = number.checked_mul(times).unwrap();
        prop_assert_eq!(numbers(&format).decimal(&cell), Some(expected), "{}", cell);
    }

    #[test]
    fn what_is_not_declared_is_not_taken(format in formats(), style in styles(), number in any_number()) {
        let cell = write(&format, &style, number);
        let bare = NumberFormat::new().with_decimal_mark(format.decimal_mark());
        let is_bare = cell.strip_prefix(['-', '\u{2212}']).unwrap_or(&cell);
        let is_bare = is_bare.chars().all(|c| c.is_ascii_digit() || c == format.decimal_mark());
        prop_assert_eq!(numbers(&bare).decimal(&cell).is_some(), is_bare, "{}", cell);
    }

    #[test]
    fn the_quick_way_says_what_the_other_says(format in formats(), digits in "[0-9]{0,9}[.,]?[0-9]{0,4}", places in 0..7_usize) {
        let numbers = numbers(&format);
        if let Some(units) = numbers.units(Head::of(digits.as_bytes()), places) {
            let scale = u32::try_from(places).unwrap();
            let quick = Decimal::try_from_i128_with_scale(units.into(), scale).unwrap();
            prop_assert_eq!(numbers.decimal(&digits), Some(quick));
        }
    }

    #[test]
    fn the_quick_way_knows_short_digits(whole in "[0-9]{1,7}", decimals in "([.][0-9]{1,4})?", places in 4..7_usize) {
        let text = whole + &decimals;
        prop_assert!(numbers(&commas()).units(Head::of(text.as_bytes()), places).is_some(), "{}", text);
    }

    #[test]
    fn the_quick_way_knows_nothing_else(text in "[0-9.]{0,8}[^0-9.][0-9.]{0,8}|[0-9]{13,20}|[.][0-9]*|[0-9]*[.]|[0-9]{0,5}[.][0-9]{0,5}[.][0-9]{0,5}") {
        prop_assert_eq!(numbers(&commas()).units(Head::of(text.as_bytes()), 6), None);
    }

    #[test]
    fn no_cell_makes_it_panic(format in formats(), cell in "[0-9.,$K()' \u{2212}\u{202f}-]{0,20}|.*", decimals in 0..5_u32) {
        let declared = numbers(&format.in_minor_units().rounded_to(2));
        if let Some(number) = declared.decimal(&cell) {
            let _ = declared.amount(number, decimals);
        }
    }
}

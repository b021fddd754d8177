//! Numbers as programs write them, and those that no declared format fits.

mod amounts;
mod formats;
mod laws;

use super::*;
use crate::import::head::Head;

fn numbers(format: &NumberFormat) -> Numbers {
    Numbers::new(format).unwrap()
}

fn commas() -> NumberFormat {
    NumberFormat::new().with_grouping_mark(',')
}

fn german() -> NumberFormat {
    NumberFormat::new()
        .with_decimal_mark(',')
        .with_grouping_mark('.')
}

fn assert_reads(format: &NumberFormat, cases: &[(&str, &str)]) {
    let numbers = numbers(format);
    for (cell, expected) in cases {
        let read = numbers.decimal(cell).map(|number| number.to_string());
        assert_eq!(read.as_deref(), Some(*expected), "{cell}");
    }
}

fn assert_refuses(format: &NumberFormat, cells: &[&str]) {
    let numbers = numbers(format);
    for cell in cells {
        assert_eq!(numbers.decimal(cell), None, "{cell}");
        assert_eq!(numbers.units(Head::of(cell.as_bytes()), 4), None, "{cell}");
    }
}

#[test]
fn a_declared_affix_stands_before_or_behind() {
    let dollars = commas().with_affix("$").with_affix("USD").with_affix("US$");
    assert_reads(
        &dollars,
        &[
            ("$22,700.00", "22700.00"),
            ("22,700.00", "22700.00"),
            ("USD 1,200.00", "1200.00"),
            ("USD\u{a0}1,200.00", "1200.00"),
            ("1,200.00\u{202f}USD", "1200.00"),
            ("US$5", "5"),
            ("$ 5 USD", "5"),
            ("-$5", "-5"),
            ("$-5", "-5"),
            ("$ -5", "-5"),
        ],
    );
    assert_refuses(
        &dollars,
        &[
            "$", "USD", "$$5", "5$$", "$ $5", "1$5", "€5", "usd 5", "--$5", "-$-5", "- 5", "$,5",
            "($5)", "$5-", "5\tUSD", " 5",
        ],
    );
    assert_reads(
        &german().with_affix("€"),
        &[
            ("1.355,90€", "1355.90"),
            ("9,13 €", "9.13"),
            ("€ -1.000", "-1000"),
        ],
    );
    // Their full stop is not a mark of the number.
    let rupees = commas().with_affix("Rs.").with_affix("kr.");
    assert_reads(
        &rupees,
        &[("Rs.500", "500"), ("Rs. 0.5", "0.5"), ("500 kr.", "500")],
    );
    assert_refuses(&rupees, &["Rs..5", "Rs 5", "5.kr."]);
}

#[test]
fn without_a_declaration_nothing_is_taken() {
    let cells = [
        "$5", "5 €", "(5)", "5-", "1 000", "1,000", "12K", "1'000", "+5", "5.", ".5", "", "-",
    ];
    assert_refuses(&NumberFormat::new(), &cells);
}

#[test]
fn every_minus_sign_is_one() {
    assert_reads(
        &NumberFormat::new(),
        &[("\u{2212}5", "-5"), ("-5", "-5"), ("\u{2212}0", "0")],
    );
    assert_refuses(
        &NumberFormat::new(),
        &["\u{2013}5", "\u{2212}-5", "5\u{2212}"],
    );
}

#[test]
fn negatives_of_accountants() {
    let accounts = commas().with_affix("$").with_affix("USD");
    let parentheses = accounts.clone().with_negatives([Negatives::Parentheses]);
    assert_reads(
        &parentheses,
        &[
            ("(1,234.00)", "-1234.00"),
            ("($5)", "-5"),
            ("$(5)", "-5"),
            ("$ (5.00)", "-5.00"),
            ("(5) USD", "-5"),
            ("(5 USD)", "-5"),
            ("-5", "-5"),
            ("(0)", "0"),
        ],
    );
    assert_refuses(
        &parentheses,
        &[
            "(5", "5)", "()", "((5))", "(-5)", "-(5)", "5-", "(5)-", ")5(", "($)",
        ],
    );
    let trailing = accounts.with_negatives([Negatives::TrailingMinus]);
    assert_reads(
        &trailing,
        &[
            ("1234.00-", "-1234.00"),
            ("$5\u{2212}", "-5"),
            ("5- USD", "-5"),
            ("-5", "-5"),
        ],
    );
    assert_refuses(&trailing, &["(5)", "-5-", "5--", "-", "5 -"]);
}

#[test]
fn every_kind_of_space_is_one_grouping_mark() {
    for declared in [' ', '\u{a0}', '\u{202f}', '\u{2009}'] {
        let french = NumberFormat::new()
            .with_decimal_mark(',')
            .with_grouping_mark(declared)
            .with_affix("€");
        assert_reads(
            &french,
            &[
                ("1 234,5", "1234.5"),
                ("1\u{a0}234,5", "1234.5"),
                ("1\u{202f}234\u{a0}567", "1234567"),
                ("1\u{2009}234 €", "1234"),
            ],
        );
        assert_refuses(
            &french,
            &["1  234", "1 23", "1234 567", "1\u{3000}234", "1\t234"],
        );
    }
    for declared in ['\'', '\u{2019}'] {
        let swiss = NumberFormat::new().with_grouping_mark(declared);
        assert_reads(
            &swiss,
            &[("1'234.5", "1234.5"), ("1\u{2019}234'567", "1234567")],
        );
        assert_refuses(&swiss, &["1`234", "1 234"]);
    }
}

#[test]
fn indian_groups() {
    let indian = commas().with_grouping(Grouping::Indian);
    assert_reads(
        &indian,
        &[
            ("12,34,567.00", "1234567.00"),
            ("1,00,000", "100000"),
            ("12,345", "12345"),
            ("1234567", "1234567"),
            ("999", "999"),
            ("-1,23,45,678", "-12345678"),
        ],
    );
    assert_refuses(
        &indian,
        &[
            "1,234,567",
            "123,456",
            "1,2,345",
            "12,34",
            "12,34,56",
            ",34,567",
            "1,,234",
        ],
    );
    assert_refuses(&commas(), &["12,34,567.00"]);
    assert_eq!(numbers(&indian).example(), "12,34,567.56");
}

#[test]
fn multipliers_are_those_declared() {
    let short = commas()
        .with_affix("$")
        .with_multiplier("K", 1_000)
        .with_multiplier("M", 1_000_000)
        .with_multiplier("MM", 1_000_000);
    assert_reads(
        &short,
        &[
            ("12K", "12000"),
            ("$1.5M", "1500000"),
            ("-$0.0005 K", "-0.5"),
            ("1,200MM $", "1200000000"),
            ("7", "7"),
        ],
    );
    assert_refuses(
        &short,
        &[
            "12k", "K", "$K", "1K5", "KK", "1KK", "1 K K", "12K$5", "1M$K",
        ],
    );
    // No digit is lost.
    let most = NumberFormat::new().with_multiplier("x", 1_000_000);
    assert_refuses(&most, &["79228162514264337593543950335x"]);
    assert_reads(
        &most,
        &[(
            "0.0000000000000000000000000001x",
            "0.0000000000000000000001",
        )],
    );
}

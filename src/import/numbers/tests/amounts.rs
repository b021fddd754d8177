//! Amounts of money: out of minor units, and rounded.

use super::*;

#[test]
fn amounts_in_minor_units_are_whole() {
    let cents = numbers(&commas().with_affix("$").in_minor_units());
    let read = |cell: &str, decimals| {
        let figure = cents.amount(cents.decimal(cell)?, decimals)?;
        assert!(!figure.is_rounded);
        Some(figure.value.to_string())
    };
    assert_eq!(read("1,250", 2).as_deref(), Some("12.50"));
    assert_eq!(read("$1250", 0).as_deref(), Some("1250"));
    assert_eq!(read("-5", 3).as_deref(), Some("-0.005"));
    assert_eq!(read("1250.0", 2).as_deref(), Some("12.50"));
    assert_eq!(
        read("0", 2).map(|zero| zero.parse()),
        Some(Ok(Decimal::ZERO))
    );
    assert_eq!(read("12.50", 2), None);
    assert_eq!(cents.example(), "1,234");
    // The quick way knows of no minor units.
    assert_eq!(cents.units(Head::of(b"1250"), 4), None);
}

#[test]
fn amounts_are_rounded_where_that_is_declared_and_say_so() {
    let rounded = numbers(&NumberFormat::new().rounded_to(2));
    for (cell, value, is_rounded) in [
        ("1.005", "1.01", true),
        ("-1.005", "-1.01", true),
        ("1.0049", "1.00", true),
        ("1.500", "1.50", false),
        ("7", "7", false),
        ("-0.001", "0.00", true),
    ] {
        let figure = rounded.amount(rounded.decimal(cell).unwrap(), 2).unwrap();
        assert_eq!(
            (figure.value.to_string().as_str(), figure.is_rounded),
            (value, is_rounded)
        );
    }
    assert_eq!(rounded.units(Head::of(b"1.005"), 4), None);
    let plain = numbers(&NumberFormat::new());
    let exact = plain.amount(plain.decimal("1.005").unwrap(), 2).unwrap();
    assert_eq!(exact.value.to_string(), "1.005");
    assert!(!exact.is_rounded);
}

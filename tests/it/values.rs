//! Values: how they print, add up and compare.

use proptest::prelude::*;
use sales_metrics::tally::{AmountSum, Priced};
use sales_metrics::{
    Average, Currency, Days, Decimal, ErrorKind, Interval, Length, Money, MoneyPer, Months,
    Multiple, Per, Percent, Rate, TimeDelta, Undefined, Volume,
};

use crate::support::{complaint, config, dec, exact, kind_of, q, usd, volume};

fn percent(text: &str) -> Percent {
    text.parse().unwrap()
}

#[test]
fn rounds_half_away_from_zero() {
    let cases = [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-2.5", 0, "-3"),
        ("0.4999999999999999999999999999", 0, "0"),
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("-1.005", 2, "-1.01"),
        ("0.999", 2, "1.00"),
        ("0.994", 2, "0.99"),
        ("9.995", 2, "10.00"),
        ("99.95", 1, "100.0"),
        ("-0.004", 2, "0.00"),
        ("-0.005", 2, "-0.01"),
        ("7", 2, "7.00"),
        ("7.10", 1, "7.1"),
    ];
    for (value, places, shown) in cases {
        assert_eq!(
            format!("{:.places$}", usd(value)),
            format!("{shown} USD"),
            "{value}"
        );
        assert_eq!(
            format!("{:.places$}", Multiple::new(dec(value))),
            format!("{shown}×"),
            "{value}"
        );
        assert_eq!(
            format!("{:.places$}", Average::new(dec(value))),
            shown,
            "{value}"
        );
    }
}

#[test]
fn without_a_precision_every_digit_is_shown_and_no_zero_more() {
    assert_eq!(usd("12.50").to_string(), "12.5 USD");
    assert_eq!(usd("100").to_string(), "100 USD");
    assert_eq!(usd("0.00").to_string(), "0 USD");
    assert_eq!(
        percent("57.142857142857142857142857%").to_string(),
        "57.142857142857142857142857%"
    );
    assert_eq!(Multiple::new(3).to_string(), "3×");
    assert_eq!(Average::new(dec("1.50")).to_string(), "1.5");
}

#[test]
fn one_day_and_many() {
    let days = |text: &str| Days::new(dec(text)).unwrap();
    assert_eq!(days("1").to_string(), "1 day");
    assert_eq!(days("1.0").to_string(), "1 day");
    assert_eq!(days("0").to_string(), "0 days");
    assert_eq!(days("1.5").to_string(), "1.5 days");
    assert_eq!(format!("{:.1}", days("1")), "1.0 days");
}

#[test]
fn lengths_print_as_a_clock_counts() {
    let micros = Length::micros;
    let cases = [
        (Length::ZERO, "0s", "0s"),
        (micros(1), "0.000001s", "0s"),
        (micros(500_000), "0.5s", "1s"),
        (Length::seconds(59), "59s", "59s"),
        (micros(59_499_999), "59.499999s", "59s"),
        (micros(59_500_000), "59.5s", "1m 00s"),
        (Length::minutes(4), "4m 00s", "4m 00s"),
        (Length::seconds(28 * 60 + 20), "28m 20s", "28m 20s"),
        (micros(3_599_900_000), "59m 59.9s", "1h 00m 00s"),
        (Length::hours(41), "41h 00m 00s", "41h 00m 00s"),
        (micros(176_710_250_000), "49h 05m 10.25s", "49h 05m 10s"),
        (
            Length::hours(u32::MAX.into()),
            "4294967295h 00m 00s",
            "4294967295h 00m 00s",
        ),
        (
            micros(u64::MAX),
            "5124095576h 01m 49.551615s",
            "5124095576h 01m 50s",
        ),
    ];
    for (length, full, rounded) in cases {
        assert_eq!(length.to_string(), full);
        assert_eq!(format!("{length:.0}"), rounded);
        assert_eq!(full.parse(), Ok(length));
    }
    let length = Length::minutes(4);
    assert_eq!(
        format!("{length:.2}|{length:>8}|{length:<8}|"),
        "4m 00.00s|  4m 00s|4m 00s  |"
    );
}

#[test]
fn lengths_are_read_as_people_write_them() {
    let read = |text: &str| text.parse::<Length>();
    for (text, micros) in [
        ("90m", 5_400_000_000),
        ("1h 30m", 5_400_000_000),
        ("1h 5s", 3_605_000_000),
        ("0.000001s", 1),
        ("1.50s", 1_500_000),
        ("007m", 420_000_000),
        ("18446744073709.551615s", u64::MAX),
    ] {
        assert_eq!(read(text), Ok(Length::micros(micros)), "{text}");
    }
    for text in [
        "",
        " ",
        "h",
        "1",
        "s",
        "-1s",
        "1 h",
        "1h30m",
        "30m 1h",
        "1m 1m",
        "1.5h",
        "1h  5m",
        "5M",
        "1h,5m",
        "0.0000001s",
        "18446744073709.551616s",
        "5124095577h",
        "99999999999999999999999h",
        "１h",
        " 1h",
        "1h ",
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnfitLength, "{text}");
    }
}

/// What no record takes is not wrapped around to what one does.
#[test]
fn a_length_beyond_all_is_the_longest() {
    let longest = Length::micros(u64::MAX);
    for length in [
        Length::seconds(u64::MAX),
        Length::minutes(u64::MAX / 2),
        Length::hours(5_124_095_577),
    ] {
        assert_eq!(length, longest);
    }
    let on = crate::support::day("2026-03-06");
    assert!(sales_metrics::WorkTime::new("ada", on, longest).is_err());
}

#[test]
fn minor_units_go_in_and_out() {
    let money = |units, code: &str| Money::from_minor(units, Currency::from_code(code).unwrap());
    for (units, code, text) in [
        (1_250, "EUR", "12.5 EUR"),
        (-1_250, "EUR", "-12.5 EUR"),
        (1_250, "JPY", "1250 JPY"),
        (1_250, "BHD", "1.25 BHD"),
        (0, "EUR", "0 EUR"),
        (i64::MIN, "EUR", "-92233720368547758.08 EUR"),
        (i64::MAX, "BHD", "9223372036854775.807 BHD"),
    ] {
        assert_eq!(money(units, code).to_string(), text);
        assert_eq!(money(units, code).to_minor(), Ok(units));
    }
    let minor = |text: &str| text.parse::<Money>().unwrap().to_minor();
    assert_eq!(minor("12.50000 EUR"), Ok(1_250));
    for (text, kind) in [
        ("12.505 EUR", ErrorKind::TooManyDecimals),
        ("0.5 JPY", ErrorKind::TooManyDecimals),
        (
            "0.0000000000000000000000000001 EUR",
            ErrorKind::TooManyDecimals,
        ),
        ("92233720368547758.08 EUR", ErrorKind::Undefined),
        ("79228162514264337593543950335 BHD", ErrorKind::Undefined),
    ] {
        assert_eq!(minor(text).unwrap_err().kind(), kind, "{text}");
    }
}

#[test]
fn lengths_and_time_deltas() {
    let delta = |length: Length| TimeDelta::from(length);
    assert_eq!(delta(Length::seconds(7)), TimeDelta::seconds(7));
    assert_eq!(delta(Length::minutes(7)), TimeDelta::minutes(7));
    assert_eq!(delta(Length::hours(7)), TimeDelta::hours(7));
    for micros in [0, 1, 999_999, 1_000_000, i64::MAX as u64, u64::MAX] {
        let length = Length::micros(micros);
        assert_eq!(Length::try_from(delta(length)), Ok(length));
        assert_eq!(length.to_micros(), micros);
        let seconds = q(micros, 1_000_000);
        assert_eq!(exact(length.decimal()), seconds);
    }
    let beyond = delta(Length::micros(u64::MAX)) + TimeDelta::microseconds(1);
    for unfit in [
        beyond,
        TimeDelta::MAX,
        TimeDelta::MIN,
        TimeDelta::nanoseconds(-1),
        TimeDelta::nanoseconds(1_500),
        TimeDelta::microseconds(-1),
        TimeDelta::seconds(-1),
    ] {
        let text = format!(
            "a length of time is {unfit}, but must be a whole number of microseconds, from 0 to 2^64 - 1"
        );
        assert_eq!(
            complaint(Length::try_from(unfit)),
            (ErrorKind::UnfitLength, text)
        );
    }
}

#[test]
fn width_fill_and_alignment() {
    let rate: Rate = "12.34%".parse().unwrap();
    assert_eq!(format!("{rate:>8.1}|"), "   12.3%|");
    assert_eq!(
        format!("{rate:8.1}|"),
        "   12.3%|",
        "numbers stand on the right"
    );
    assert_eq!(format!("{rate:<8.1}|"), "12.3%   |");
    assert_eq!(format!("{rate:^8.1}|"), " 12.3%  |");
    assert_eq!(format!("{rate:*^9.1}|"), "**12.3%**|");
    assert_eq!(format!("{rate:2}|"), "12.34%|", "nothing is cut");
    let coverage = Multiple::new(dec("3.2"));
    assert_eq!(
        format!("{coverage:>6.1}|"),
        "  3.2×|",
        "× is one character wide"
    );
    assert_eq!(format!("{:·>12.2}|", usd("1.5")), "····1.50 USD|");
    let largest = Average::new(Decimal::MAX);
    assert_eq!(
        format!("{largest:^+#44.3}|"),
        "+79,228,162,514,264,337,593,543,950,335.000 |",
        "`Decimal` by itself panics"
    );
}

#[test]
fn plus_signs() {
    assert_eq!(format!("{:+}", percent("25%")), "+25%");
    assert_eq!(format!("{:+.1}", percent("-25%")), "-25.0%");
    assert_eq!(format!("{:+}", percent("0%")), "+0%");
    assert_eq!(format!("{:+.0}", percent("-0.1%")), "+0%");
    assert_eq!(format!("{:+#.2}", usd("1234.5")), "+1,234.50 USD");
}

#[test]
fn groups_of_digits() {
    let cases = [
        ("0", "0"),
        ("12", "12"),
        ("123", "123"),
        ("1234", "1,234"),
        ("-12", "-12"),
        ("-123", "-123"),
        ("-1234", "-1,234"),
        ("-123456", "-123,456"),
        ("1134672.125", "1,134,672.125"),
        ("-1134672.125", "-1,134,672.125"),
        ("0.123456", "0.123456"),
        ("999999", "999,999"),
        ("100000000000000", "100,000,000,000,000"),
    ];
    for (value, shown) in cases {
        assert_eq!(format!("{:#}", usd(value)), format!("{shown} USD"));
    }
    assert_eq!(format!("{:#.0}", usd("999999.5")), "1,000,000 USD");
    assert_eq!(format!("{:+#.0}", usd("-999999.5")), "-1,000,000 USD");
    assert_eq!(
        format!("{:#>12}", usd("1234")),
        "####1234 USD",
        "a # to fill with is no grouping"
    );
    let velocity = MoneyPer::new(usd("20000"), Per::Day);
    assert_eq!(format!("{velocity:#.2}"), "20,000.00 USD/day");
}

#[test]
fn every_other_text() {
    assert_eq!(
        volume(12, 2, "5000").to_string(),
        "12 · 5000 USD · 2 unpriced"
    );
    assert_eq!(
        format!("{:#.2}", volume(12, 0, "5000")),
        "12 · 5,000.00 USD"
    );
    assert_eq!(volume(2, 2, "0").to_string(), "2 · – · 2 unpriced");
    assert_eq!(volume(0, 0, "0").to_string(), "0 · 0 USD");
    assert_eq!(format!("{:>14}|", volume(0, 0, "0")), "     0 · 0 USD|");
    let interval =
        Interval::new("49.02%".parse::<Rate>().unwrap(), "94.33%".parse().unwrap()).unwrap();
    assert_eq!(interval.to_string(), "49.02%–94.33%");
    assert_eq!(format!("{interval:>14.0}|"), "       49%–94%|");
    assert_eq!(
        format!("{:>5}|{:<5}|", Currency::EUR, Currency::JPY),
        "  EUR|JPY  |"
    );
    assert_eq!(
        format!("{:?}", AmountSum::try_from(dec("1.50")).unwrap()),
        "1.5"
    );
    assert_eq!(
        MoneyPer::new(usd("1"), Per::Month).to_string(),
        "1 USD/month"
    );
    assert_eq!(MoneyPer::new(usd("1"), Per::Year).to_string(), "1 USD/year");
}

#[test]
fn minor_units() {
    let units = |code| Currency::from_code(code).unwrap().minor_units();
    assert_eq!(
        (units("EUR"), units("JPY"), units("BHD"), units("CLF")),
        (2, 0, 3, 4)
    );
}

/// `Decimal` by itself drops digits without a word when a sum needs more than it has.
#[test]
fn sums_of_money_are_exact_or_refused() {
    let refused = Err(Undefined::OutOfRange.into());
    let largest = Money::new(Decimal::MAX, Currency::USD);
    assert_eq!(largest.checked_add(usd("0.1")), refused);
    assert_eq!(largest.checked_add(usd("1")), refused);
    assert_eq!(largest.checked_sub(usd("0.5")), refused);
    assert_eq!(usd("0.5").checked_sub(largest), refused);
    assert_eq!(
        usd("9999999999999999999999999999").checked_add(usd("0.01")),
        refused
    );
    assert_eq!(
        usd("7922816251426433759354395033").checked_add(usd("0.5")),
        Ok(usd("7922816251426433759354395033.5"))
    );
    assert_eq!(largest.checked_add(usd("0")), Ok(largest));
    assert_eq!(largest.checked_sub(largest), Ok(usd("0")));
    assert_eq!(
        largest.checked_sub(usd("1")),
        Ok(usd("79228162514264337593543950334"))
    );
    assert_eq!(usd("0.5").checked_add(usd("0.50")), Ok(usd("1")));
    assert_eq!(
        usd("0.5").checked_sub(usd("0.5")).unwrap().to_string(),
        "0 USD"
    );
    assert_eq!(
        usd("1").checked_sub(usd("1.10")).unwrap().to_string(),
        "-0.1 USD"
    );
    assert!(
        kind_of(&usd("1").checked_sub(Money::zero(Currency::EUR)))
            == Some(ErrorKind::CurrencyMismatch)
    );
}

#[test]
fn no_order_between_currencies_or_units_of_time() {
    let euro = Money::new(5, Currency::EUR);
    assert_eq!(usd("1").partial_cmp(&euro), None);
    assert!(usd("1") != euro && Money::new(5, Currency::USD) != euro);
    assert!(usd("1.50") == usd("1.5") && usd("-1") < usd("0"));
    let (day, month) = (
        MoneyPer::new(usd("1"), Per::Day),
        MoneyPer::new(usd("1"), Per::Month),
    );
    assert_eq!(day.partial_cmp(&month), None);
    assert_eq!(
        kind_of(&Interval::new(usd("1"), euro)),
        Some(ErrorKind::IntervalReversed)
    );
}

#[test]
fn equal_numbers_are_one_key() {
    let set = std::collections::HashSet::from([usd("1.5"), usd("1.50"), usd("1.500")]);
    assert_eq!(set.len(), 1);
    let zeros =
        std::collections::HashSet::from([Multiple::new(dec("0")), Multiple::new(dec("-0.00"))]);
    assert_eq!(zeros.len(), 1);
    let averages = std::collections::BTreeSet::from([
        Average::new(dec("1.50")),
        Average::new(dec("1.5")),
        Average::new(dec("-0.0")),
        Average::new(0),
    ]);
    assert_eq!(averages.len(), 2);
}

#[test]
fn rates_and_their_complements() {
    let rate: Rate = "57.1%".parse().unwrap();
    assert_eq!(rate.complement().to_string(), "42.9%");
    assert_eq!(
        (
            Rate::ZERO.complement(),
            Rate::ONE.complement(),
            Rate::HALF.complement()
        ),
        (Rate::ONE, Rate::ZERO, Rate::HALF)
    );
    assert_eq!(Rate::from_percent(100).unwrap(), Rate::ONE);
    assert!(Rate::from_percent(101).is_err() && Rate::from_fraction(dec("-0.1")).is_err());
    assert_eq!(Rate::from_fraction(dec("-0")).unwrap(), Rate::ZERO);
}

#[test]
fn volumes_know_what_is_missing() {
    assert_eq!(volume(3, 3, "0").amount(), Err(Undefined::NothingPriced));
    assert_eq!(volume(0, 0, "0").amount(), Ok(usd("0")));
    let priced = |count, priced, amount: &str| {
        let amount = dec(amount).try_into().unwrap();
        Priced::some(count, priced, amount).volume(Currency::USD)
    };
    assert!(priced(3, 4, "0").is_err());
    assert!(priced(3, 0, "1").is_err());
    assert!(priced(3, 1, "100000000000000.0001").is_err());
    assert_eq!(
        priced(3, 1, "100000000000000").unwrap().to_string(),
        "3 · 100000000000000 USD · 2 unpriced"
    );
    let read = |unpriced, total| {
        let total = format!(r#"{{"amount":"{total}","currency":"USD"}}"#);
        let volume = format!(r#"{{"count":3,"unpriced":{unpriced},"total":{total}}}"#);
        serde_json::from_str::<Volume>(&volume)
    };
    assert_eq!(read(1, "7").unwrap(), volume(3, 1, "7"));
    assert!(read(4, "0").is_err() && read(3, "1").is_err());
}

/// Whatever a KPI returns, its bare number is asked for in one way.
#[test]
fn bare_numbers() {
    let rate: Rate = "62.5%".parse().unwrap();
    let numbers = [
        (usd("12.50").decimal(), "12.5"),
        (MoneyPer::new(usd("12.50"), Per::Day).decimal(), "12.5"),
        (rate.decimal(), "0.625"),
        (percent("-125%").decimal(), "-1.25"),
        (Multiple::new(dec("3.2")).decimal(), "3.2"),
        (Average::new(dec("3.2")).decimal(), "3.2"),
        (Days::new(dec("65.625")).unwrap().decimal(), "65.625"),
        (Months::of_years(3).unwrap().decimal(), "36"),
        (Length::micros(250_500_000).decimal(), "250.5"),
        (volume(3, 1, "7").decimal(), "7"),
        (volume(3, 3, "0").decimal(), "0"),
    ];
    for (number, expected) in numbers {
        assert_eq!(number, dec(expected));
    }
}

#[test]
fn plotting() {
    assert!((usd("12.5").approx_f64() - 12.5).abs() < f64::EPSILON);
    assert!((percent("-12.5%").approx_f64() + 0.125).abs() < f64::EPSILON);
    assert!(
        (Money::new(Decimal::MAX, Currency::USD).approx_f64() / 7.922_816_251_426_434e28 - 1.0)
            .abs()
            < 1e-12
    );
}

pub(crate) fn decimals() -> impl Strategy<Value = Decimal> {
    let mantissa = prop_oneof![
        -1_000_000_i128..1_000_000,
        any::<i64>().prop_map(i128::from),
        (-79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335),
    ];
    (mantissa, 0_u32..=28)
        .prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn shown_is_the_nearest_with_ties_away_from_zero(value in decimals(), places in 0_usize..32) {
        let shown = format!("{:.places$}", Multiple::new(value));
        let text = shown.strip_suffix('×').unwrap();
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        prop_assert_eq!(decimals, places);
        prop_assert!(!text.starts_with("-0") || text.contains(|c: char| ('1'..='9').contains(&c)), "{}", text);
        let digits: num_bigint::BigInt = text.replace('.', "").parse().unwrap();
        let unit = num_bigint::BigInt::from(10).pow(places as u32);
        let (found, truth) = (q(digits, unit.clone()), exact(value));
        let (zero, half) = (q(0, 1), q(1, unit * 2));
        let off = if truth < zero { &truth - &found } else { &found - &truth };
        // Never more than half a unit away; at exactly half, away from zero.
        prop_assert!(off > -half.clone() && off <= half, "{} for {}", text, value);
    }

    #[test]
    fn grouping_only_adds_commas(value in decimals()) {
        let (plain, grouped) = (usd("0"), Money::new(value, Currency::USD));
        prop_assert_eq!(format!("{grouped:#}").replace(',', ""), grouped.to_string());
        let whole = format!("{grouped:#.0}");
        let whole = whole.trim_start_matches('-').trim_end_matches(" USD");
        let groups: Vec<&str> = whole.split(',').collect();
        prop_assert!(groups[0].len() <= 3 && !groups[0].is_empty());
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
        prop_assert_eq!(plain.to_string(), "0 USD");
    }

    #[test]
    fn adding_money_is_exact_or_an_error(a in decimals(), b in decimals()) {
        let money = |value| Money::new(value, Currency::USD);
        for (found, truth) in [
            (money(a).checked_add(money(b)), exact(a) + exact(b)),
            (money(a).checked_sub(money(b)), exact(a) - exact(b)),
        ] {
            let places = a.normalize().scale().max(b.normalize().scale());
            let holds = fits(&truth, places);
            match found {
                Ok(sum) => prop_assert_eq!(exact(sum.amount()), truth),
                Err(error) => prop_assert!(!holds, "{} for {} and {}", error, a, b),
            }
        }
    }
}

/// Whether 96 bits are enough for this at so many places.
fn fits(value: &crate::support::Q, places: u32) -> bool {
    let units = value * q(num_bigint::BigInt::from(10).pow(places), 1);
    units.to_integer().bits() <= 96
}

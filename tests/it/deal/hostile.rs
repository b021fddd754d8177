//! Everything malformed that can be thought of: a clear error, and nothing lost, nothing crashed.

use core::fmt::{Debug, Display};
use core::str::FromStr;

use proptest::prelude::*;
use sales_metrics::tally::{AmountSum, DealTotals, Given, Priced, Weighed};
use sales_metrics::{
    AccountId, Average, Currency, Days, Deal, DealDetail, DealId, DealTally, Decimal, Error,
    ErrorKind, Label, Money, MoneyPer, Multiple, Outcome, Per, Percent, Period, Rate, Rep, RepId,
    SpreadTally, Undefined, kpi,
};

use crate::support::{config, day, dec, kind_of, scope, usd};
use crate::values::decimals;

const NUMBERS: [&str; 44] = [
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    "1e5",
    "1E5",
    "1e-5",
    "+1",
    "1_000",
    "1,000",
    "1.000,00",
    "1'000",
    "١٢",
    "１２",
    "²",
    "½",
    " 1",
    "1 ",
    "\t1",
    "1\n",
    "--1",
    "-+1",
    "1-",
    "1.",
    ".5",
    "-.5",
    "1.2.3",
    "0x10",
    "0b1",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "null",
    "$12",
    "€12",
    "12€",
    "1/2",
    "−1",
    "1\u{200b}2",
    "1\0",
];

fn too_long() -> Vec<String> {
    vec![
        "0".repeat(41),
        format!("0.{}", "1".repeat(39)),
        "9".repeat(29),
        "79228162514264337593543950336".to_owned(),
        "-79228162514264337593543950336".to_owned(),
        // One digit more than there is room for: never rounded away.
        "0.00000000000000000000000000001".to_owned(),
        "79228162514264337593543950.3351".to_owned(),
        "9".repeat(100_000),
    ]
}

#[test]
fn malformed_numbers() {
    let malformed = NUMBERS.iter().map(ToString::to_string).chain(too_long());
    for number in malformed {
        let quoted: String = number.chars().take(40).collect();
        for result in [
            format!("{number}%").parse::<Rate>().map(|_| ()),
            format!("{number}%").parse::<Percent>().map(|_| ()),
            format!("{number}×").parse::<Multiple>().map(|_| ()),
            number.parse::<Average>().map(|_| ()),
            format!("{number}days").parse::<Days>().map(|_| ()),
        ] {
            // One space may stand between a number and its unit.
            if number != "1 " {
                assert!(
                    kind_of(&result) == Some(ErrorKind::InvalidNumber),
                    "{quoted}: {result:?}"
                );
            }
        }
        let money = format!("{number} EUR").parse::<Money>();
        assert!(money.is_err(), "{quoted}: {money:?}");
        let json = serde_json::to_string(&number).unwrap();
        assert!(
            serde_json::from_str::<AmountSum>(&json).is_err(),
            "{quoted}"
        );
        assert!(serde_json::from_str::<Rate>(&json).is_err(), "{quoted}");
    }
}

#[test]
fn numbers_that_are_well_formed() {
    for text in [
        "0",
        "-0",
        "007",
        "-12.50",
        "0.0000000000000000000000000001",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
    ] {
        let money: Money = format!("{text} EUR").parse().unwrap();
        assert_eq!(money.amount(), dec(text));
    }
    assert_eq!("0".repeat(40).parse::<Money>().ok(), None, "no currency");
    assert_eq!(
        format!("{} EUR", "0".repeat(40))
            .parse::<Money>()
            .unwrap()
            .to_string(),
        "0 EUR"
    );
}

#[test]
fn malformed_texts_of_values() {
    for text in [
        "",
        "EUR",
        "12EUR",
        "EUR 12",
        "12 eur",
        "12  EUR",
        "12 EUR ",
        "12 XXX",
        "12 XAU",
        "12 €",
        "12 EURO",
        "12\u{a0}EUR",
    ] {
        assert!(text.parse::<Money>().is_err(), "{text}");
    }
    for text in [
        "12 EUR/fortnight",
        "12 EUR/",
        "12 EUR / day",
        "/day",
        "12/day",
        "12 EUR/day/day",
        "12 EUR/Day",
    ] {
        assert!(text.parse::<MoneyPer>().is_err(), "{text}");
    }
    for text in [
        "12",
        "%",
        " %",
        "12%%",
        "12 percent",
        "%12",
        "12  %",
        "12 % ",
    ] {
        assert!(
            text.parse::<Rate>().is_err() && text.parse::<Percent>().is_err(),
            "{text}"
        );
    }
    for text in [
        "12",
        "days",
        "12 dayss",
        "12 weeks",
        "-1 days",
        "12 d",
        "12  days",
        "12 days ",
        "1 days 2 days",
    ] {
        assert!(text.parse::<Days>().is_err(), "{text}");
    }
    for text in ["3", "×", "x3", "3××", "3X", "3 times"] {
        assert!(text.parse::<Multiple>().is_err(), "{text}");
    }
    for text in ["101%", "-1%", "100.0000000000000000000000001%"] {
        assert!(text.parse::<Rate>().is_err(), "{text}");
    }
}

#[test]
fn malformed_currencies() {
    let codes = [
        "", "eur", "Eur", "EU", "EURO", " EUR", "EUR ", "€", "ΕUR", "E\u{0}R", "978", "XXX", "XTS",
        "XAU", "XDR", "ZZZ",
    ];
    for code in codes {
        let error = Currency::from_code(code).unwrap_err();
        assert!(
            error.kind() == ErrorKind::UnknownCurrency,
            "{code}: {error}"
        );
        assert!(code.parse::<Currency>().is_err());
    }
    let long = Currency::from_code(&"E".repeat(1_000_000))
        .unwrap_err()
        .to_string();
    assert!(long.len() < 200);
}

#[test]
fn malformed_periods() {
    let texts = [
        "",
        "26",
        "02026",
        "2026-",
        "2026-Q",
        "2026-Q0",
        "2026-Q5",
        "2026-Q01",
        "2026-q1",
        "1Q2026",
        "2026-1",
        "2026-0",
        "2026-00",
        "2026-13",
        "2026-001",
        "2026-W",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "2026-W7",
        "2026-w07",
        "2026-W007",
        "1899",
        "3000",
        "1899-Q4",
        "3000-01",
        "-2026",
        "+2026",
        " 2026",
        "2026 ",
        "２０２６",
        "2026-Q１",
        "2026-H",
        "2026-H0",
        "2026-H3",
        "2026-H01",
        "2026-h1",
        "3000-H1",
        "2026-02-29",
        "2026-1-1",
        "26-01-01",
        "2026-01-01 ",
        "1899-12-31",
        "3000-01-01",
        "2026-01-01/",
        "/2026-01-01",
        "2026-01-01/2026-01-01",
        "2026-04-01/2026-01-01",
        "2026-01-01/2026-02-30",
        "26-01-01/26-02-01",
        "2026-1-1/2026-2-1",
        "2026-01-01/2026-02-01/2026-03-01",
        "2026-01-01 / 2026-02-01",
        "2026-01-01..2026-02-01",
        "1899-12-31/1900-02-01",
        "2999-12-31/3000-01-02",
        "2026-Q1/2026-Q2",
    ];
    for text in texts {
        let error = text.parse::<Period>().expect_err(text);
        assert!(error.undefined().is_none(), "{text}: {error}");
    }
    assert!("2999-12-31/3000-01-01".parse::<Period>().is_ok());
}

/// Text, and what is wrong with it.
fn bad_ids() -> Vec<(String, &'static str)> {
    vec![
        (String::new(), "is empty"),
        (" ".into(), "begins or ends with white space; trim it first"),
        (
            " ada".into(),
            "begins or ends with white space; trim it first",
        ),
        (
            "ada\u{3000}".into(),
            "begins or ends with white space; trim it first",
        ),
        (
            "ada\n".into(),
            "begins or ends with white space; trim it first",
        ),
        ("a\nb".into(), "contains a control character"),
        ("a\0b".into(), "contains a control character"),
        ("a\u{7f}".into(), "contains a control character"),
        ("a\u{85}b".into(), "contains a control character"),
        ("x".repeat(256), "is longer than 255 bytes"),
        ("é".repeat(128), "is longer than 255 bytes"),
        ("😀".repeat(64), "is longer than 255 bytes"),
    ]
}

#[test]
fn malformed_ids() {
    for (text, wrong) in bad_ids() {
        let errors = [
            DealId::new(&text).unwrap_err(),
            RepId::try_from(text.as_str()).unwrap_err(),
            AccountId::try_from(text.clone()).unwrap_err(),
            text.parse::<Label>().unwrap_err(),
            Rep::new(text.as_str()).unwrap_err(),
            Deal::new(
                text.as_str(),
                day("2026-01-01"),
                Outcome::Open,
                Currency::EUR,
            )
            .unwrap_err(),
        ];
        for error in errors {
            assert!(
                error.kind() == ErrorKind::InvalidId && error.to_string().ends_with(wrong),
                "{error}"
            );
            assert!(!error.to_string().contains(char::is_control), "{error:?}");
            assert!(error.to_string().chars().count() < 120);
        }
    }
    for text in [
        "x".repeat(255),
        "é".repeat(127),
        "a b".into(),
        "名前".into(),
        "-".into(),
        "\u{200b}".into(),
    ] {
        assert_eq!(DealId::new(&text).unwrap().as_str(), text);
    }
}

fn deal() -> Deal {
    Deal::new("D-1", day("2026-01-01"), Outcome::Open, Currency::EUR).unwrap()
}

#[test]
fn hostile_amounts_of_records() {
    for (amount, accepted) in [
        ("0", true),
        ("-0", true),
        ("0.0001", true),
        ("1.00000", true),
        ("100000000000000", true),
        ("100000000000000.0000", true),
        ("99999999999999.9999", true),
        ("0.00001", false),
        ("0.00010000000000000000000001", false),
        ("100000000000000.0001", false),
        ("100000000000001", false),
    ] {
        let value = dec(amount);
        let results = [
            deal().with_amount(value.abs()),
            deal().with_cost(value),
            deal().with_list_price(value),
        ];
        assert!(
            results.iter().all(|result| result.is_ok() == accepted),
            "{amount}"
        );
        // What is given back is as large and as fine.
        assert_eq!(deal().with_amount(-value).is_ok(), accepted, "-{amount}");
        assert!(deal().with_cost(-value.abs() - Decimal::ONE).is_err());
        if let Ok(deal) = &results[0] {
            assert_eq!(deal.amount().unwrap().amount(), value);
            assert!(!deal.amount().unwrap().to_string().starts_with('-'));
        }
    }
    for value in [
        Decimal::MAX,
        Decimal::MIN,
        i64::MAX.into(),
        u64::MAX.into(),
        i128::from(i64::MIN).into(),
    ] {
        assert!(deal().with_amount(value).is_err(), "{value}");
    }
    for (probability, accepted) in [
        ("0%", true),
        ("100%", true),
        ("0.0001%", true),
        ("0.00001%", false),
        ("33.333333%", false),
    ] {
        let rate = probability.parse().unwrap();
        assert_eq!(
            deal().with_probability(rate).is_ok(),
            accepted,
            "{probability}"
        );
    }
}

#[test]
fn hostile_dates_of_records() {
    use chrono::NaiveDate;
    for on in [
        NaiveDate::MIN,
        NaiveDate::MAX,
        day("1899-12-31"),
        day("3000-01-01"),
    ] {
        assert!(Deal::new("D", on, Outcome::Open, Currency::EUR).is_err());
        for outcome in [
            Outcome::Won { on },
            Outcome::Lost { on },
            Outcome::Disqualified { on },
        ] {
            let error = Deal::new("D", day("2026-01-01"), outcome, Currency::EUR).unwrap_err();
            assert!(error.to_string().starts_with("deal D: close: "), "{error}");
        }
        assert!(deal().with_expected_close(on).is_err() && deal().with_first_contact(on).is_err());
        assert!(Rep::new("a").unwrap().with_hired(on).is_err());
        assert!(Rep::new("a").unwrap().with_left(on).is_err());
    }
}

/// The last value holds, and the order in which dimensions were set does not show.
#[test]
fn dimensions_set_again() {
    let one = deal()
        .with_dimension("a", "1")
        .unwrap()
        .with_region("x")
        .unwrap()
        .with_dimension("a", "2")
        .unwrap();
    let other = deal()
        .with_region("x")
        .unwrap()
        .with_dimension("a", "2")
        .unwrap();
    assert_eq!(one, other);
    assert_eq!(one.dimension("a").map(Label::as_str), Some("2"));
    assert_eq!(one.dimension("b"), None);
    assert_eq!(one.dimensions().count(), 2);
    assert_eq!(one.region(), one.dimension("region"));
}

#[test]
fn silly_formats() {
    let largest = Money::new(Decimal::MAX, Currency::USD);
    assert_eq!(
        format!("{largest:.3}"),
        "79228162514264337593543950335.000 USD"
    );
    assert_eq!(
        format!("{largest:#.1}"),
        "79,228,162,514,264,337,593,543,950,335.0 USD"
    );
    let least = Money::new(Decimal::MIN, Currency::USD);
    assert_eq!(format!("{least:.0}"), "-79228162514264337593543950335 USD");
    assert_eq!(
        format!("{:.40}", usd("0.5")),
        format!("0.5{} USD", "0".repeat(39))
    );
    assert_eq!(
        format!("{:.40}", usd("0")),
        format!("0.{} USD", "0".repeat(40))
    );
    assert_eq!(format!("{:.1000}", usd("1")).len(), 1_002 + 4);
    assert_eq!(format!("{:>60}", usd("1")).chars().count(), 60);
    assert_eq!(format!("{:é^60.3}", usd("1")).chars().count(), 60);
    let tiny = Money::new(dec("0.0000000000000000000000000001"), Currency::USD);
    assert_eq!(format!("{tiny:.27}"), "0.000000000000000000000000000 USD");
    assert_eq!(format!("{tiny:.28}"), "0.0000000000000000000000000001 USD");
    let huge = Percent::from_fraction(dec("792281625142643375935439503.35")).unwrap();
    assert_eq!(format!("{huge:.3}"), "79228162514264337593543950335.000%");
    assert_eq!(
        Percent::from_fraction(dec("792281625142643375935439503.36")),
        Err(Undefined::OutOfRange)
    );
    assert_eq!(
        Percent::from_fraction(Decimal::MIN),
        Err(Undefined::OutOfRange)
    );
    assert_eq!(
        format!("{:5}|{:.1}", Currency::EUR, Currency::EUR),
        "EUR  |E"
    );
}

#[test]
fn never_a_negative_zero() {
    for zero in [dec("-0"), dec("-0.00"), -Decimal::ZERO] {
        let texts = [
            Money::new(zero, Currency::USD).to_string(),
            MoneyPer::new(Money::new(zero, Currency::USD), Per::Day).to_string(),
            Percent::from_fraction(zero).unwrap().to_string(),
            Percent::from_percent(zero).unwrap().to_string(),
            Rate::from_fraction(zero).unwrap().to_string(),
            Rate::from_percent(zero).unwrap().to_string(),
            Multiple::new(zero).to_string(),
            Average::new(zero).to_string(),
            Days::new(zero).unwrap().to_string(),
            Priced::some(0, 0, zero.try_into().unwrap())
                .volume(Currency::USD)
                .unwrap()
                .to_string(),
            serde_json::to_string(&Money::new(zero, Currency::USD)).unwrap(),
            serde_json::to_string(&Multiple::new(zero)).unwrap(),
            serde_json::to_string(&Average::new(zero)).unwrap(),
            serde_json::to_string(&AmountSum::try_from(zero).unwrap()).unwrap(),
            serde_json::to_string(&deal().with_amount(zero).unwrap()).unwrap(),
        ];
        for text in texts {
            assert!(
                !text.contains("-0 ") && !text.contains("-0\"") && !text.starts_with('-'),
                "{text}"
            );
        }
    }
    for tiny in ["-0.4", "-0.0000000000000000000000000001"] {
        assert_eq!(format!("{:.0}", usd(tiny)), "0 USD");
        assert_eq!(format!("{:+.0}", Multiple::new(dec(tiny))), "+0×");
        assert_eq!(
            format!("{:#.1}", Percent::from_fraction(dec("-0.0001")).unwrap()),
            "0.0%"
        );
    }
}

#[test]
fn totals_of_the_largest_counts() {
    type Set = fn(Given<DealTotals>, Priced) -> Given<DealTotals>;
    let most = Priced::all(u64::MAX, dec("1").try_into().unwrap());
    let fields: [Set; 6] = [
        |t, p| t.created(p),
        |t, p| t.won(p),
        |t, p| t.lost(p),
        |t, p| t.disqualified(p),
        |t, p| t.open(p),
        |t, p| t.expected(p),
    ];
    let refused = |totals| DealTally::from_totals(scope("2026"), totals).is_err();
    for set in fields {
        let totals = set(DealTotals::given(), most);
        assert!(refused(totals));
        assert!(refused(totals.records(u64::MAX)));
        assert!(refused(totals.records(10_000_000_000)));
    }
    let weighed = |count| Weighed::of(count, dec("0").try_into().unwrap());
    let none = Priced::none(0);
    for totals in [
        DealTotals::given().cohort_won(u64::MAX),
        DealTotals::given().cohort_open(u64::MAX),
        DealTotals::given().open_then(u64::MAX),
        DealTotals::given().open_days(u64::MAX),
        DealTotals::given().without_expected_close(u64::MAX),
        DealTotals::given().weighed(weighed(u64::MAX)),
    ] {
        assert!(refused(totals));
        assert!(refused(totals.records(10_000_000_000)));
        assert!(refused(totals.created(none).open(none)));
    }
}

/// A target of any size, a tally of any size: an answer or a reason.
#[test]
fn figures_beyond_a_decimal_are_out_of_range() {
    let open = Priced::all(
        10_000_000_000,
        dec("1000000000000000000000000").try_into().unwrap(),
    );
    let totals = DealTotals::given()
        .records(open.count)
        .open(open)
        .open_then(0)
        .expected(open)
        .overdue(Priced::none(0));
    let running = scope("2026").as_of(day("2026-03-31")).unwrap();
    let tally = DealTally::from_totals(running, totals).unwrap();
    let coverage = |target| kpi::pipeline_coverage(&tally, usd(target));
    assert_eq!(
        coverage("0.0000000000000000000000000001"),
        Err(Undefined::OutOfRange.into())
    );
    assert_eq!(
        coverage("79228162514264337593543950335")
            .unwrap()
            .to_string(),
        "0.0000126217744835361888865877×"
    );
    assert_eq!(
        coverage("1").unwrap().to_string(),
        "1000000000000000000000000×"
    );
    assert_eq!(
        kpi::deals_older_than(&DealDetail::new(scope("2026")), u32::MAX),
        0
    );
}

/// Whatever the text: an answer, and what was read is read again from what is shown.
fn expect_round_trip<T: FromStr<Err = Error> + Display + Debug + PartialEq>(text: &str) {
    match text.parse::<T>() {
        Ok(value) => assert_eq!(value.to_string().parse::<T>().unwrap(), value, "{text}"),
        Err(error) => assert!(error.to_string().len() < 600, "{error}"),
    }
}

fn expect_everything_to_read(text: &str) {
    expect_round_trip::<Money>(text);
    expect_round_trip::<MoneyPer>(text);
    expect_round_trip::<Rate>(text);
    expect_round_trip::<Percent>(text);
    expect_round_trip::<Multiple>(text);
    expect_round_trip::<Average>(text);
    expect_round_trip::<Days>(text);
    expect_round_trip::<Currency>(text);
    expect_round_trip::<Period>(text);
    expect_round_trip::<DealId>(text);
    expect_round_trip::<RepId>(text);
    expect_round_trip::<AccountId>(text);
    expect_round_trip::<Label>(text);
    let _ = serde_json::from_str::<Deal>(text);
    let _ = serde_json::from_str::<DealDetail>(text);
    let _ = serde_json::from_str::<SpreadTally>(text);
}

proptest! {
    #![proptest_config(config(1_024))]

    #[test]
    fn any_text(text in "\\PC*") {
        expect_everything_to_read(&text);
    }

    #[test]
    fn nearly_right_text(
        text in "-?[0-9]{0,31}\\.?[0-9]{0,30}( ?)(EUR|USD|%|×|x| days| day|days|EUR/day|XXX)?(/month)?",
    ) {
        expect_everything_to_read(&text);
    }

    #[test]
    fn nearly_right_periods(text in "(1[89]|2[0-9]|30)[0-9]{2}(-(Q[0-5]|W[0-5][0-9]|[01][0-9]))?(-[0-3][0-9]/[12][0-9]{3}-[01][0-9]-[0-3][0-9])?") {
        expect_everything_to_read(&text);
    }

    #[test]
    fn values_read_what_they_show(value in decimals()) {
        let money = Money::new(value, Currency::EUR);
        prop_assert_eq!(money.to_string().parse::<Money>().unwrap(), money);
        let per = MoneyPer::new(money, Per::Year);
        prop_assert_eq!(per.to_string().parse::<MoneyPer>().unwrap(), per);
        let multiple = Multiple::new(value);
        prop_assert_eq!(multiple.to_string().parse::<Multiple>().unwrap(), multiple);
        let average = Average::new(value);
        prop_assert_eq!(average.to_string().parse::<Average>().unwrap(), average);
        if let Ok(days) = Days::new(value) {
            prop_assert_eq!(days.to_string().parse::<Days>().unwrap(), days);
        }
        if let Ok(percent) = Percent::from_fraction(value) {
            prop_assert_eq!(percent.to_string().parse::<Percent>().unwrap(), percent);
            let json = serde_json::to_string(&percent).unwrap();
            prop_assert_eq!(serde_json::from_str::<Percent>(&json).unwrap(), percent);
        }
        if let Ok(rate) = Rate::from_fraction(value) {
            prop_assert_eq!(rate.to_string().parse::<Rate>().unwrap(), rate);
            prop_assert_eq!(rate.complement().complement(), rate);
        }
    }

    /// No number that was read lacks a digit that was written.
    #[test]
    fn no_digit_is_lost(text in "-?[0-9]{1,30}(\\.[0-9]{1,30})?") {
        let written = |number: &str| {
            let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let digits: num_bigint::BigInt = number.replace('.', "").parse().unwrap();
            crate::support::q(digits, num_bigint::BigInt::from(10).pow(decimals as u32))
        };
        if let Ok(multiple) = format!("{text}×").parse::<Multiple>() {
            prop_assert_eq!(crate::support::exact(multiple.decimal()), written(&text));
        }
        if let Ok(percent) = format!("{text}%").parse::<Percent>() {
            let found = crate::support::exact(percent.fraction()) * crate::support::q(100, 1);
            prop_assert_eq!(found, written(&text), "{}", percent);
        }
    }
}

//! One cell at a time: what is read, and the exact text where it is refused.

use sales_metrics::import::{Grouping, Negatives, Problem};
use sales_metrics::{Currency, ErrorKind, Outcome};

use super::*;
use crate::support::{day, dec, usd};

const COMMAS: &str = "1,234.56";

fn grouped() -> DealColumns {
    columns().with_grouping_mark(',')
}

fn percent() -> DealColumns {
    few().with_probability_percent("p")
}

/// Each of these cells is quoted, and said to be no number in this format.
fn assert_no_numbers(columns: &DealColumns, format: &str, cells: &[&str]) {
    for cell in cells {
        assert_eq!(
            error_by(columns, &[("amount", cell)]),
            format!("line 2, column \"amount\": \"{cell}\" is no number in the format {format}")
        );
    }
}

fn amount(columns: &DealColumns, cell: &str) -> String {
    let money = deal_by(columns, &[("amount", cell)]).amount().unwrap();
    money.to_string()
}

#[test]
fn a_full_row_becomes_a_full_deal() {
    let read = deal(&[
        ("stage", "Lost"),
        ("amount", "1200.50"),
        ("cost", "0"),
        ("list", "1500"),
        ("p", "0.25"),
        ("contact", "2023-12-31"),
        ("expected", "2024-02-29"),
        ("reason", "Price, \"too high\""),
        ("owner", "ada"),
        ("account", "Ægir"),
        ("product", "Basic"),
        ("segment", "mid-market"),
        ("note", "nobody named this column\nand nobody reads it"),
    ]);
    let lost = Outcome::Lost {
        on: day("2024-03-01"),
    };
    let built = Deal::new("D-1", day("2024-01-05"), lost, Currency::USD)
        .and_then(|deal| deal.with_amount(dec("1200.50")))
        .and_then(|deal| deal.with_cost(0))
        .and_then(|deal| deal.with_list_price(1500))
        .and_then(|deal| deal.with_probability("25%".parse()?))
        .and_then(|deal| deal.with_first_contact(day("2023-12-31")))
        .and_then(|deal| deal.with_expected_close(day("2024-02-29")))
        .and_then(|deal| deal.with_loss_reason("Price, \"too high\""))
        .and_then(|deal| deal.with_owner("ada"))
        .and_then(|deal| deal.with_account("Ægir"))
        .and_then(|deal| deal.with_stage("Lost"))
        .and_then(|deal| deal.with_product("Basic"))
        .and_then(|deal| deal.with_dimension("segment", "mid-market"));
    assert_eq!(read, built.unwrap());
}

#[test]
fn an_empty_cell_is_an_unknown_value() {
    let read = deal(&[("stage", "Junk"), ("amount", "  ")]);
    let on = day("2024-03-01");
    assert_eq!(read.outcome(), Outcome::Disqualified { on });
    assert_eq!(read.amount(), None);
    assert_eq!(read.cost(), None);
    assert_eq!(read.probability(), None);
    assert_eq!(read.first_contact(), None);
    assert_eq!(read.loss_reason(), None);
    assert_eq!(read.owner(), None);
    assert_eq!(read.dimensions().count(), 0);
}

#[test]
fn white_space_at_the_ends_of_a_cell_is_not_part_of_it() {
    let read = deal(&[
        ("id", " D 1\u{a0}"),
        ("stage", "Won \t"),
        ("amount", " 12\u{2003}"),
    ]);
    assert_eq!(read.id().as_str(), "D 1");
    assert_eq!(read.amount(), Some(usd("12")));
}

#[test]
fn malformed_amounts_are_no_numbers() {
    let cells = [
        "1e5", "+1", "1_000", "1,200", "1.", ".5", ".", "-", "--1", "1-", "1 200", "1.2.3", "(5)",
        "0x10", "NaN", "inf", "１２", "٣", "12k", "1,5", "1'200",
    ];
    assert_no_numbers(&columns(), "1234.56", &cells);
    assert_eq!(
        error(&[("amount", "$5")]),
        "line 2, column \"amount\": \"$5\" is no number in the format 1234.56; \"$\" has to be declared among the affixes"
    );
}

#[test]
fn digits_that_would_be_lost_are_no_number() {
    let long = "0.00000000000000000000000000001";
    let huge = "79228162514264337593543950336";
    assert_no_numbers(&columns(), "1234.56", &[long, huge]);
}

#[test]
fn grouping_is_of_three_digits_and_only_where_declared() {
    let cells = [
        "12,34.5",
        "1,2345",
        "1234,567",
        ",123",
        "1,,234",
        "1,23",
        "1,234,56",
        "1.234,5",
        "1,234,",
        "1.234.567",
        "-,123",
    ];
    assert_no_numbers(&grouped(), COMMAS, &cells);
    for (cell, value) in [
        ("1,234.56", "1234.56 USD"),
        ("1234.56", "1234.56 USD"),
        ("12,345,678", "12345678 USD"),
        ("999", "999 USD"),
        ("0,001", "1 USD"),
    ] {
        assert_eq!(amount(&grouped(), cell), value, "{cell}");
    }
}

#[test]
fn marks_are_those_declared_and_no_others() {
    let german = columns().with_decimal_mark(',').with_grouping_mark('.');
    assert_eq!(amount(&german, "1.234.567,8"), "1234567.8 USD");
    assert_no_numbers(
        &german,
        "1.234,56",
        &["1,234.56", "1,", ",5", "1.5", "12.34"],
    );
    let french = columns()
        .with_decimal_mark(',')
        .with_grouping_mark('\u{202f}');
    assert_eq!(amount(&french, "1\u{202f}234,5"), "1234.5 USD");
    assert_no_numbers(&french, "1\u{202f}234,56", &["1  234,5", "1.5"]);
    // A space that is declared is any kind of space.
    assert_eq!(amount(&french, "1 234,5"), "1234.5 USD");
    assert_eq!(amount(&french, "1\u{a0}234,5"), "1234.5 USD");
    let arabic = columns().with_decimal_mark('٫').with_grouping_mark('٬');
    assert_eq!(amount(&arabic, "1٬234٫5"), "1234.5 USD");
}

#[test]
fn what_else_stands_in_a_number_is_declared() {
    let declared = grouped()
        .with_grouping(Grouping::Indian)
        .with_affix("$")
        .with_affix("USD")
        .with_negatives([Negatives::Parentheses])
        .with_multiplier("K", 1_000);
    for (cell, value) in [
        ("$22,700.00", "22700 USD"),
        ("USD 1,200.00", "1200 USD"),
        ("12,34,567.00", "1234567 USD"),
        ("($5)", "-5 USD"),
        ("\u{2212}5", "-5 USD"),
        ("$1.5K", "1500 USD"),
    ] {
        assert_eq!(amount(&declared, cell), value, "{cell}");
    }
    assert_no_numbers(&declared, "12,34,567.56", &["123,456", "5-", "1M"]);
    assert_eq!(
        error_by(&declared, &[("amount", "€5")]),
        "line 2, column \"amount\": \"€5\" is no number in the format 12,34,567.56; \"€\" has to be declared among the affixes"
    );
    assert_eq!(amount(&columns(), "\u{2212}5"), "-5 USD");
}

#[test]
fn amounts_keep_every_digit_they_may_have() {
    for (cell, value) in [
        ("0", "0 USD"),
        ("-0.00", "0 USD"),
        ("007", "7 USD"),
        ("0.0001", "0.0001 USD"),
        ("1.50000000", "1.5 USD"),
        ("99999999999999.9999", "99999999999999.9999 USD"),
        ("100000000000000", "100000000000000 USD"),
        ("000000000000000000000012.5", "12.5 USD"),
    ] {
        assert_eq!(amount(&columns(), cell), value, "{cell}");
    }
}

#[test]
fn amounts_that_no_deal_can_have_are_refused() {
    let most = "cannot exceed 100000000000000 (10^14)";
    for (column, cell, problem) in [
        (
            "amount",
            "-100000000000001",
            format!("amount is -100000000000001, but {most}"),
        ),
        (
            "cost",
            "-0.01",
            "cost is -0.01, but cannot be negative".to_owned(),
        ),
        (
            "list",
            "-5",
            "list price is -5, but cannot be negative".to_owned(),
        ),
        (
            "amount",
            "100000000000001",
            format!("amount is 100000000000001, but {most}"),
        ),
        (
            "cost",
            "100000000000000.0001",
            format!("cost is 100000000000000.0001, but {most}"),
        ),
        (
            "list",
            "9999999999999999999999999999",
            format!("list price is 9999999999999999999999999999, but {most}"),
        ),
        (
            "amount",
            "1.23456",
            "amount is 1.23456, but at most 4 decimals are kept; round it first, or declare rounded_to".to_owned(),
        ),
    ] {
        let expected = format!("line 2, column \"{column}\": deal D-1: {problem}");
        assert_eq!(error(&[(column, cell)]), expected);
    }
}

#[test]
fn a_long_cell_is_quoted_up_to_40_characters() {
    let cut = format!("{}…", "9".repeat(40));
    let expected =
        format!("line 2, column \"amount\": \"{cut}\" is no number in the format 1234.56");
    assert_eq!(error(&[("amount", &"9".repeat(200))]), expected);
    assert_eq!(error(&[("amount", &"9".repeat(41))]), expected);
    let whole = "é".repeat(40);
    let expected =
        format!("line 2, column \"created\": \"{whole}\" is no date in the format YYYY-MM-DD");
    assert_eq!(error(&[("created", &whole)]), expected);
}

#[test]
fn control_characters_are_not_quoted() {
    assert_eq!(
        error(&[("amount", "1\u{1b}[2J2\n3")]),
        "line 2, column \"amount\": \"1\u{fffd}[2J2\\n3\" is no number in the format 1234.56"
    );
}

#[test]
fn what_is_no_date_in_the_declared_format_is_refused() {
    for cell in [
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "24-01-05",
        "2024/01/05",
        "2024.01.05",
        "20240105",
        "05-01-2024",
        "2024-1-5",
        "2024-01-05 10:00",
        "2024-01-05T00:00:00Z",
        "2024-01-05x",
        "+2024-01-5",
        "٢٠٢٤-٠١-٠٥",
        "today",
        "45296",
    ] {
        assert_eq!(
            error(&[("created", cell)]),
            format!("line 2, column \"created\": \"{cell}\" is no date in the format YYYY-MM-DD")
        );
    }
}

#[test]
fn every_column_of_dates_says_which_it_is() {
    for column in ["created", "closed", "contact", "expected"] {
        assert_eq!(
            error(&[(column, "31/02/2024")]),
            format!(
                "line 2, column \"{column}\": \"31/02/2024\" is no date in the format YYYY-MM-DD"
            )
        );
    }
}

#[test]
fn dates_outside_of_the_supported_years_are_refused() {
    for (column, name, cell) in [
        ("created", "created", "1899-12-31"),
        ("closed", "close", "3000-01-01"),
        ("contact", "first contact", "0001-01-01"),
        ("expected", "expected close", "9999-12-31"),
    ] {
        assert_eq!(
            error(&[(column, cell)]),
            format!(
                "line 2, column \"{column}\": deal D-1: {name}: {cell} is outside of the supported years \
                 1900 to 2999"
            )
        );
    }
    let read = deal(&[("created", "1900-01-01"), ("closed", "2999-12-31")]);
    assert_eq!(read.created(), Some(day("1900-01-01")));
    assert_eq!(read.closed(), Some(day("2999-12-31")));
}

/// Reads the date in this pattern, if it can be read.
fn created(pattern: &str, cell: &str) -> Option<String> {
    let columns = few().with_dates(pattern);
    let open = file(&[("created", cell), ("closed", ""), ("stage", "Talk")], ',');
    let Imported {
        records: deals,
        rejected,
        ..
    } = deals_in(open, &columns);
    let expected =
        format!("line 2, column \"created\": \"{cell}\" is no date in the format {pattern}");
    assert!(
        texts(&rejected).iter().all(|text| *text == expected),
        "{rejected:?}"
    );
    assert_eq!(deals.len() + rejected.len(), 1);
    deals
        .first()
        .map(|deal| deal.created().unwrap().to_string())
}

#[test]
fn declared_patterns_are_read_strictly() {
    let t = "YYYY-MM-DDThh:mm:ss.fz";
    for (pattern, good, bad) in [
        (
            "DD.MM.YYYY",
            &["05.01.2024"][..],
            &[
                "5.1.2024",
                "01.13.2024",
                "05/01/2024",
                "05.01.24",
                "05.01.2024.",
            ][..],
        ),
        (
            "M/D/YYYY",
            &["1/5/2024", "01/05/2024"],
            &["13/1/2024", "1/32/2024", "1/5/24", "001/5/2024", "/5/2024"],
        ),
        (
            "D MMM YYYY",
            &["5 Jan 2024", "05 JAN 2024", "5 jan 2024"],
            &["5 January 2024", "5 Mai 2024", "5  Jan 2024"],
        ),
        (
            "YYYYMMDD",
            &["20240105"],
            &["2024-01-05", "240105", "202401050"],
        ),
        (
            t,
            &[
                "2024-01-05T23:59:60.1Z",
                "2024-01-05T00:00:00.000+02:00",
                "2024-01-05T00:00:00.000-0930",
            ],
            &[
                "2024-01-05T24:00:00.0Z",
                "2024-01-05T23:60:00.0Z",
                "2024-01-05T23:00:61.0Z",
                "2024-01-05T00:00:00.Z",
                "2024-01-05T00:00:00.0",
                "2024-01-05T00:00:00.0+24:00",
                "2024-01-05T00:00:00.0+02:60",
                "2024-01-05T00:00:00.0z",
                "2024-01-05",
            ],
        ),
    ] {
        for cell in good {
            assert_eq!(
                created(pattern, cell).as_deref(),
                Some("2024-01-05"),
                "{pattern} {cell}"
            );
        }
        for cell in bad {
            assert_eq!(created(pattern, cell), None, "{pattern} {cell}");
        }
    }
}

#[test]
fn ids_must_be_there_and_be_ids() {
    let long = "x".repeat(256);
    let cut = format!("{}…", "x".repeat(40));
    assert_eq!(
        error(&[("id", "")]),
        "line 2, column \"id\": the cell is empty, but every row needs it"
    );
    assert_eq!(
        error(&[("id", &long)]),
        format!("line 2, column \"id\": deal id \"{cut}\" is longer than 255 bytes")
    );
    for (column, kind) in [
        ("id", "deal id"),
        ("owner", "rep id"),
        ("account", "account id"),
        ("product", "label"),
        ("segment", "label"),
    ] {
        assert_eq!(
            error(&[(column, "a\u{7}b")]),
            format!(
                "line 2, column \"{column}\": {kind} \"a\u{fffd}b\" contains a control character"
            )
        );
    }
    assert_eq!(deal(&[("id", &long[1..])]).id().as_str().len(), 255);
}

#[test]
fn an_account_of_two_lines_is_refused_where_a_quote_swallowed_a_row() {
    let file = format!(
        "{}\n{}\n",
        line(&HEADER, ','),
        row(&[("account", "Acme\nD-2")], ',')
    );
    assert_eq!(
        texts(&rejected(file, &columns())),
        ["line 2, column \"account\": account id \"Acme\\nD-2\" contains a control character"]
    );
}

#[test]
fn statuses_are_the_declared_words_and_no_others() {
    for cell in ["won", "WON", "Wo", "Won.", "Won Won", "0"] {
        let way_out = if cell.eq_ignore_ascii_case("won") {
            "; with fold it is read as \"Won\""
        } else {
            ""
        };
        assert_eq!(
            error(&[("stage", cell)]),
            format!(
                "line 2, column \"stage\": \"{cell}\" is not declared; the words are \"Junk\", \"Lost\", \"Offer\", \"Talk\", \"Won\"{way_out}"
            )
        );
    }
    assert_eq!(
        error(&[("stage", "")]),
        "line 2, column \"stage\": the cell is empty, but every row needs it"
    );
}

#[test]
fn an_empty_status_means_what_was_declared() {
    let outcome = OutcomeColumn::new("stage")
        .with_won(["Won"])
        .with_open([""]);
    let columns = DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_closed("closed");
    let read = deal_by(&columns, &[("stage", " "), ("closed", "")]);
    assert_eq!(read.outcome(), Outcome::Open);
}

#[test]
fn words_are_told_apart_by_all_their_letters() {
    let word = "x".repeat(60);
    let like = format!("{}y{}", &word[..30], &word[31..]);
    let outcome = OutcomeColumn::new("stage").with_won([word.clone()]);
    let columns = DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_closed("closed");
    deal_by(&columns, &[("stage", &word)]);
    let cut = format!("{}y{}…", &word[..30], &word[..9]);
    let cut_word = format!("{}…", &word[..40]);
    assert_eq!(
        error_by(&columns, &[("stage", &like)]),
        format!(
            "line 2, column \"stage\": \"{cut}\" is not declared; the words are \"{cut_word}\""
        )
    );
}

#[test]
fn currencies_are_codes() {
    for cell in ["US", "$", "ABC", "USDX", "US Dollar"] {
        assert_eq!(
            error(&[("ccy", cell)]),
            format!(
                "line 2, column \"ccy\": \"{cell}\" is no ISO 4217 currency code; write three capitals, such as EUR"
            )
        );
    }
    assert_eq!(
        error(&[("ccy", "")]),
        "line 2, column \"ccy\": the cell is empty, but every row needs it"
    );
    for cell in ["EUR", "eur"] {
        assert_eq!(deal(&[("ccy", cell)]).currency(), Currency::EUR);
    }
}

#[test]
fn probabilities_are_from_0_to_1() {
    for (cell, fraction) in [("1.01", "1.01"), ("-0.1", "-0.1"), ("50", "50")] {
        assert_eq!(
            error(&[("p", cell)]),
            format!(
                "line 2, column \"p\": the rate {fraction} is not between 0 and 1 (0% and 100%)"
            )
        );
    }
    assert_eq!(
        error(&[("p", "0.1234567")]),
        "line 2, column \"p\": deal D-1: probability is 0.1234567, but at most 6 decimals are kept; round it first"
    );
    assert_eq!(
        error(&[("p", "50%")]),
        "line 2, column \"p\": \"50%\" is no number in the format 1234.56"
    );
    let read = deal(&[("p", "0.123456")]);
    assert_eq!(read.probability().unwrap().fraction(), dec("0.123456"));
}

#[test]
fn percent_is_from_0_to_100_with_its_sign_or_without() {
    for (cell, fraction) in [
        ("0", "0"),
        ("100", "1"),
        ("100.000 %", "1"),
        ("12.5%", "0.125"),
        ("0.0001%", "0.000001"),
    ] {
        let read = deal_by(&percent(), &[("p", cell)]);
        assert_eq!(
            read.probability().unwrap().fraction(),
            dec(fraction),
            "{cell}"
        );
    }
    for cell in ["%", "5%%", "%5", "5 % x", "five%"] {
        let text = error_by(&percent(), &[("p", cell)]);
        assert_eq!(
            text,
            format!("line 2, column \"p\": \"{cell}\" is no number in the format 1234.56")
        );
    }
    assert_eq!(
        error_by(&percent(), &[("p", "150%")]),
        "line 2, column \"p\": \"150%\": the rate 1.50 is not between 0 and 1 (0% and 100%)"
    );
}

#[test]
fn what_is_closed_has_a_close_date_and_what_is_open_has_none() {
    for word in ["Won", "Lost", "Junk"] {
        assert_eq!(
            error(&[("stage", word), ("closed", "")]),
            "line 2, column \"closed\": deal D-1: it is closed, but has no close date"
        );
    }
    assert_eq!(
        error(&[("stage", "Talk")]),
        "line 2, column \"closed\": \"2024-03-01\": deal D-1: it is open, but has a close date; where it may say something else, declare ignored_when"
    );
}

#[test]
fn only_lost_deals_have_a_loss_reason() {
    for (word, closed) in [("Won", "2024-03-01"), ("Junk", "2024-03-01"), ("Offer", "")] {
        assert_eq!(
            error(&[("stage", word), ("closed", closed), ("reason", "Price")]),
            "line 2, column \"reason\": \"Price\": deal D-1: a loss reason was given, but the deal is not lost; where it may say something else, declare ignored_when"
        );
    }
    // The same cells again, after a deal that may have them.
    let rows = [
        row(
            &[("stage", "Lost"), ("reason", "Price"), ("product", "P")],
            ',',
        ),
        row(
            &[("stage", "Won"), ("reason", "Price"), ("product", "P")],
            ',',
        ),
    ];
    let file = format!("{}\n{}\n", line(&HEADER, ','), rows.join("\n"));
    let Imported {
        records: deals,
        rejected,
        ..
    } = deals_in(file, &columns());
    assert_eq!((deals.len(), rejected.len()), (1, 1));
}

#[test]
fn bytes_that_are_no_utf_8_are_named() {
    for column in [
        "id", "created", "closed", "stage", "ccy", "amount", "p", "reason", "owner", "account",
        "segment",
    ] {
        for cell in ["M@nchen", "@", "M@", "@M"] {
            let bytes: Vec<u8> = file(&[(column, cell)], ',')
                .bytes()
                .map(|byte| if byte == b'@' { 0xfc } else { byte })
                .collect();
            let shown = cell.replace('@', "\u{fffd}");
            assert_eq!(
                texts(&rejected(bytes, &columns())),
                [format!(
                    "line 2, column \"{column}\": \"{shown}\" is not UTF-8; save the file as UTF-8, or declare its encoding"
                )]
            );
        }
    }
}

#[test]
fn a_column_that_is_not_named_or_is_ignored_may_hold_any_bytes() {
    let columns =
        columns().with_loss_reason(Column::new("reason").with_ignored_when([DealStatus::Won]));
    let cells = [("note", "@"), ("reason", "x@")];
    let bytes: Vec<u8> = file(&cells, ',')
        .bytes()
        .map(|byte| if byte == b'@' { 0xff } else { byte })
        .collect();
    assert_eq!(deals(bytes, &columns), [deal(&[])]);
}

#[test]
fn texts_mean_unknown_only_where_declared() {
    let columns = columns()
        .with_amount(Column::new("amount").with_unknown(["n/a", "-"]))
        .with_owner(Column::new("owner").with_unknown(["nobody"]))
        .with_first_contact(Column::new("contact").with_unknown(["1970-01-01"]));
    let read = deal_by(
        &columns,
        &[
            ("amount", "n/a"),
            ("owner", "nobody"),
            ("contact", "1970-01-01"),
        ],
    );
    assert_eq!(
        (read.amount(), read.owner(), read.first_contact()),
        (None, None, None)
    );
    let read = deal_by(&columns, &[("amount", " - "), ("account", "nobody")]);
    assert_eq!(read.amount(), None);
    assert_eq!(read.account().unwrap().as_str(), "nobody");
    assert_eq!(
        error_by(&columns, &[("amount", "N/A")]),
        "line 2, column \"amount\": \"N/A\" is no number in the format 1234.56"
    );
    assert_eq!(
        error_by(&columns, &[("cost", "n/a")]),
        "line 2, column \"cost\": \"n/a\" is no number in the format 1234.56"
    );
}

#[test]
fn a_figure_may_mean_unknown_for_one_status_however_it_is_written() {
    let amount = Column::new("amount").with_unknown_when(DealStatus::Lost, ["0"]);
    let columns = columns().with_amount(amount);
    for cell in ["0", "0.00", "-0", "000"] {
        let read = |stage| deal_by(&columns, &[("stage", stage), ("amount", cell)]).amount();
        assert_eq!(read("Lost"), None, "{cell}");
        assert_eq!(read("Won"), Some(usd("0")), "{cell}");
        assert_eq!(read("Junk"), Some(usd("0")), "{cell}");
    }
    let lost = deal_by(&columns, &[("stage", "Lost"), ("amount", "0.01")]);
    assert_eq!(lost.amount(), Some(usd("0.01")));
}

#[test]
fn only_the_declared_figure_means_unknown() {
    let columns = columns().with_amount(Column::new("amount").with_unknown(["-1", "99"]));
    for cell in ["-1", "-1.00", "99.0", "099"] {
        assert_eq!(
            deal_by(&columns, &[("amount", cell)]).amount(),
            None,
            "{cell}"
        );
    }
    assert_eq!(
        deal_by(&columns, &[("amount", "0")]).amount(),
        Some(usd("0"))
    );
    assert_eq!(
        deal_by(&columns, &[("amount", "1")]).amount(),
        Some(usd("1"))
    );
}

#[test]
fn words_of_two_columns_do_not_run_together() {
    let rows = [
        ("ab", "c"),
        ("a", "bc"),
        ("abc", ""),
        ("", "abc"),
        ("ab", "c"),
    ];
    let rows = rows.map(|(product, segment)| {
        (
            row(&[("product", product), ("segment", segment)], ','),
            deal(&[("product", product), ("segment", segment)]),
        )
    });
    let (rows, expected): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let file = format!("{}\n{}\n", line(&HEADER, ','), rows.join("\n"));
    assert_eq!(deals(file, &columns()), expected);
}

#[test]
fn a_percentage_may_mean_unknown_too() {
    let columns = percent().with_probability_percent(Column::new("p").with_unknown(["0", "n/a"]));
    for cell in ["0", "0%", "0.0 %", "n/a"] {
        assert_eq!(
            deal_by(&columns, &[("p", cell)]).probability(),
            None,
            "{cell}"
        );
    }
    let read = deal_by(&columns, &[("p", "1%")]);
    assert_eq!(read.probability().unwrap().fraction(), dec("0.01"));
}

#[test]
fn a_column_is_not_read_where_it_is_ignored() {
    let columns = columns()
        .with_closed(Column::new("closed").with_ignored_when([DealStatus::Open]))
        .with_amount(
            Column::new("amount").with_ignored_when([DealStatus::Lost, DealStatus::Disqualified]),
        );
    assert_eq!(
        deal_by(&columns, &[("stage", "Offer"), ("closed", "soon")]).closed(),
        None
    );
    assert_eq!(
        deal_by(&columns, &[("stage", "Lost"), ("amount", "1e9")]).amount(),
        None
    );
    assert_eq!(
        error_by(&columns, &[("stage", "Won"), ("amount", "1e9")]),
        "line 2, column \"amount\": \"1e9\" is no number in the format 1234.56"
    );
}

#[test]
fn an_unknown_close_date_of_a_closed_deal_is_none() {
    let columns = columns().with_closed(Column::new("closed").with_unknown(["?"]));
    assert_eq!(
        error_by(&columns, &[("closed", "?")]),
        "line 2, column \"closed\": \"?\": deal D-1: it is closed, but has no close date"
    );
}

#[test]
fn an_error_is_data() {
    let errors = rejected(file(&[("cost", "-1")], ','), &columns());
    let [
        RowError {
            line: 2,
            column,
            value,
            problem: Problem::Refused(reason),
            ..
        },
    ] = errors.as_slice()
    else {
        panic!("{errors:?}")
    };
    assert_eq!(
        (column.as_deref(), value.as_deref()),
        (Some("cost"), Some("-1"))
    );
    assert_eq!(
        (reason.kind(), reason.field()),
        (ErrorKind::NegativeAmount, Some("cost"))
    );
}

/// What is refused for want of a declaration names it.
#[test]
fn errors_name_the_way_out() {
    let no_number = "is no number in the format 1234.56";
    for (cell, said) in [
        ("$1200", "; \"$\" has to be declared among the affixes"),
        ("-$1200", "; \"$\" has to be declared among the affixes"),
        ("1200 €", "; \"€\" has to be declared among the affixes"),
        (
            "USD 1200.50",
            "; \"USD\" has to be declared among the affixes",
        ),
        ("R$ 5", "; \"R$\" has to be declared among the affixes"),
        ("9k", ""),
        ("ten", ""),
        ("$", ""),
        ("(12", ""),
        ("12 apples", ""),
    ] {
        let expected = format!("line 2, column \"amount\": \"{cell}\" {no_number}{said}");
        assert_eq!(error(&[("amount", cell)]), expected);
    }
    let words = "is not declared; the words are \"Junk\", \"Lost\", \"Offer\", \"Talk\", \"Won\"";
    for (cell, said) in [("WON", "; with fold it is read as \"Won\""), ("W on", "")] {
        let expected = format!("line 2, column \"stage\": \"{cell}\" {words}{said}");
        assert_eq!(error(&[("stage", cell)]), expected);
    }
    let counted = few().with_dates("unix");
    for (cell, said) in [
        (
            "1767225600000",
            ": deal D-1: created: +57971-02-25 is outside of the supported years 1900 to 2999; milliseconds are unix_ms",
        ),
        ("soon", " is no date in the format unix"),
    ] {
        let found = rejected(format!("{FEW}D-1,{cell},,Talk\n"), &counted);
        let expected = format!("line 2, column \"created\": \"{cell}\"{said}");
        assert_eq!(texts(&found), [expected]);
    }
    // A tab is seen as one.
    let found = error(&[("amount", "1\t2\r")]);
    assert_eq!(
        found,
        format!("line 2, column \"amount\": \"1\\t2\" {no_number}")
    );
}

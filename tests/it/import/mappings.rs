//! The mapping itself: its JSON, its contradictions, and a header that does not fit it.

use sales_metrics::import::{Grouping, Negatives, WordColumn};
use sales_metrics::{DealKind, ForecastCategory, Origin};
use serde_json::{Value, json};

use super::*;
use crate::support::day;

const CRM: &str = include_str!("../../../examples/columns/crm-sales-opportunities.json");
const SAMPLE: &str = include_str!("../../../examples/columns/deals.json");

fn minimal() -> Value {
    json!({
        "id": "id",
        "created": "created",
        "outcome": {"column": "stage", "open": ["Talk"]},
        "currency": {"fixed": "USD"},
    })
}

/// The minimal mapping with one key more, or another value for it.
fn parsed(key: &str, value: Value) -> Result<DealColumns, String> {
    let mut json = minimal();
    json[key] = value;
    serde_json::from_value(json).map_err(|error| error.to_string())
}

/// Whoever builds it in code is told when the file is opened; whoever reads it from JSON, at once.
fn assert_invalid(columns: &DealColumns, problem: &str) {
    let expected = format!("columns: {problem}");
    assert_eq!(refusal(FEW, columns).to_string(), expected);
    let json = serde_json::to_string(columns).unwrap();
    let error = serde_json::from_str::<DealColumns>(&json).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[test]
fn both_shipped_mappings_parse_and_survive_a_round_trip() {
    for text in [CRM, SAMPLE] {
        let columns: DealColumns = serde_json::from_str(text).unwrap();
        let back: Value = serde_json::to_value(&columns).unwrap();
        let original: Value = serde_json::from_str(text).unwrap();
        for (key, value) in original.as_object().unwrap() {
            assert_eq!(back[key], *value, "{key}");
        }
        assert_eq!(
            serde_json::from_value::<DealColumns>(back).unwrap(),
            columns
        );
    }
}

#[test]
fn the_json_of_every_key_is_what_the_builder_builds() {
    let json = json!({
        "id": "a",
        "created": "b",
        "outcome": {"column": "c", "won": ["w"], "lost": ["l"], "disqualified": ["d"], "open": ["", "o"]},
        "currency": {"column": "d"},
        "closed": {"column": "e", "ignored_when": ["open"]},
        "owner": "f",
        "account": "g",
        "amount": {"column": "h", "unknown": ["n/a"], "unknown_when": {"lost": ["0"], "disqualified": ["0"]}},
        "cost": "i",
        "list_price": "j",
        "stage": "k",
        "probability_percent": "l",
        "first_contact": "m",
        "expected_close": "n",
        "loss_reason": {"column": "o", "ignored_when": ["disqualified", "open", "won"]},
        "kind": {"column": "u", "words": {"new": ["N"], "expansion": ["X"], "renewal": ["R"]}},
        "origin": {"column": "v", "words": {"partner": ["P"]}, "unknown": ["?"]},
        "forecast_category": {"fixed": "best_case"},
        "source": "p",
        "product": "q",
        "region": "r",
        "dimensions": {"segment": "s", "team": {"column": "t", "unknown": ["-"]}},
        "dates": "D.M.YYYY",
        "decimal_mark": ",",
        "grouping_mark": ".",
        "delimiter": ";",
    });
    let outcome = OutcomeColumn::new("c")
        .with_won(["w"])
        .with_lost(["l"])
        .with_disqualified(["d"])
        .with_open(["", "o"]);
    let amount = Column::new("h")
        .with_unknown(["n/a"])
        .with_unknown_when(DealStatus::Lost, ["0"])
        .with_unknown_when(DealStatus::Disqualified, ["0"]);
    let not_lost = [DealStatus::Open, DealStatus::Won, DealStatus::Disqualified];
    let built = DealColumns::new("a", outcome, CurrencyColumn::new("d"))
        .with_created("b")
        .with_closed(Column::new("e").with_ignored_when([DealStatus::Open]))
        .with_owner("f")
        .with_account("g")
        .with_amount(amount)
        .with_cost("i")
        .with_list_price("j")
        .with_stage("k")
        .with_probability_percent("l")
        .with_first_contact("m")
        .with_expected_close("n")
        .with_loss_reason(Column::new("o").with_ignored_when(not_lost))
        .with_kind(
            WordColumn::new("u")
                .with_words(DealKind::New, ["N"])
                .with_words(DealKind::Expansion, ["X"])
                .with_words(DealKind::Renewal, ["R"]),
        )
        .with_origin(
            WordColumn::new("v")
                .with_words(Origin::Partner, ["P"])
                .with_unknown(["?"]),
        )
        .with_forecast_category(WordColumn::fixed(ForecastCategory::BestCase))
        .with_source("p")
        .with_product("q")
        .with_region("r")
        .with_dimension("segment", "s")
        .with_dimension("team", Column::new("t").with_unknown(["-"]))
        .with_dates("D.M.YYYY")
        .with_decimal_mark(',')
        .with_grouping_mark('.')
        .with_delimiter(';');
    assert_eq!(
        serde_json::from_value::<DealColumns>(json.clone()).unwrap(),
        built
    );
    assert_eq!(serde_json::to_value(&built).unwrap(), json);
}

#[test]
fn what_json_leaves_out_has_a_default() {
    let columns: DealColumns = serde_json::from_value(minimal()).unwrap();
    let outcome = OutcomeColumn::new("stage").with_open(["Talk"]);
    let built = DealColumns::new("id", outcome, Currency::USD).with_created("created");
    assert_eq!(columns, built);
    assert_eq!(serde_json::to_value(&columns).unwrap(), minimal());
}

#[test]
fn unknown_keys_and_values_are_refused_by_name() {
    for (key, value, expected) in [
        (
            "amounts",
            json!("x"),
            "unknown field `amounts`, the nearest is `amount`, expected one of `id`, ",
        ),
        (
            "amount",
            json!({"column": "x", "unknwon": []}),
            "unknown field `unknwon`, the nearest is `unknown`, expected one of `column`, ",
        ),
        (
            "amount",
            json!(7),
            "invalid type: integer `7`, expected the name of a column, or an object with \"column\"",
        ),
        (
            "amount",
            json!({"unknown": ["x"]}),
            "missing field `column`",
        ),
        (
            "amount",
            json!({"column": "x", "unknown_when": {"Lost": ["0"]}}),
            "columns: column \"x\": \"Lost\" is none of open, won, lost, disqualified",
        ),
        (
            "outcome",
            json!({"column": "x", "closed": ["y"]}),
            "unknown field `closed`, expected one of `column`, `aliases`, `nth`, `won`, ",
        ),
        (
            "currency",
            json!({"fixed": "usd"}),
            "\"usd\" is no ISO 4217 currency code",
        ),
        (
            "currency",
            json!("USD"),
            "invalid type: string \"USD\", expected an object with \"fixed\" or \"column\"",
        ),
        (
            "decimal_mark",
            json!(",,"),
            "invalid value: string \",,\", expected a character",
        ),
        (
            "id",
            json!(null),
            "invalid type: null, expected the name of a column",
        ),
    ] {
        let error = parsed(key, value).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    for (twice, problem) in [
        (
            r#""amount": "a", "amount": "b""#,
            "duplicate field `amount`",
        ),
        (
            r#""dimensions": {"team": "a", "team": "b"}"#,
            "\"team\" stands twice",
        ),
        (
            r#""amount": {"column": "a", "unknown_when": {"lost": ["0"], "lost": ["1"]}}"#,
            "\"lost\" stands twice",
        ),
    ] {
        let text = minimal()
            .to_string()
            .replacen('{', &format!("{{{twice},"), 1);
        let error = serde_json::from_str::<DealColumns>(&text).unwrap_err();
        assert!(error.to_string().starts_with(problem), "{error}");
    }
}

#[test]
fn a_mapping_names_one_owner_or_several() {
    let shared = few()
        .with_owner_share("a", "b")
        .with_owner_share(Column::new("c").with_unknown(["-"]), "d");
    let json = serde_json::to_value(&shared).unwrap();
    let expected = json!([
        {"rep": "a", "share_percent": "b"},
        {"rep": {"column": "c", "unknown": ["-"]}, "share_percent": "d"},
    ]);
    assert_eq!(json["owners"], expected);
    assert_eq!(serde_json::from_value::<DealColumns>(json).unwrap(), shared);
    assert_invalid(
        &shared.with_owner("e"),
        "name owner, or owners with their shares, not both",
    );
    let error = parsed("owners", json!([{"rep": "a"}])).unwrap_err();
    assert!(error.contains("missing field `share_percent`"), "{error}");
}

#[test]
fn a_word_stands_for_one_outcome() {
    let outcome = outcome().with_lost(["Won"]);
    let columns = DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_closed("closed");
    assert_invalid(
        &columns,
        "the word \"Won\" of column \"stage\" stands twice",
    );
}

#[test]
fn an_outcome_needs_words_and_closed_deals_a_close_date() {
    let no_words =
        DealColumns::new("id", OutcomeColumn::new("stage"), Currency::USD).with_created("created");
    assert_invalid(
        &no_words,
        "column \"stage\" has no words; declare what they mean",
    );
    let no_close = DealColumns::new("id", outcome(), Currency::USD).with_created("created");
    assert_invalid(
        &no_close,
        "closed deals need a close date; name its column as closed",
    );
}

#[test]
fn marks_must_differ_and_be_marks() {
    let same = few().with_decimal_mark(',').with_grouping_mark(',');
    assert_invalid(&same, "',' is both the decimal and the grouping mark");
    let default = few().with_grouping_mark('.');
    assert_invalid(&default, "'.' is both the decimal and the grouping mark");
    for mark in ['0', 'x', '-', '٣'] {
        let problem = format!("{mark:?} cannot be the decimal or the grouping mark");
        assert_invalid(&few().with_decimal_mark(mark), &problem);
        assert_invalid(&few().with_grouping_mark(mark), &problem);
    }
}

#[test]
fn the_delimiter_is_one_ascii_mark() {
    for mark in ['a', '1', '"', '\n', '\r', '\0', '；', 'é'] {
        assert_invalid(
            &few().with_delimiter(mark),
            &format!(
                "the delimiter is {mark:?}, but must be one ASCII mark, such as ',', ';' or a tab"
            ),
        );
    }
}

#[test]
fn a_date_format_says_what_a_date_needs() {
    let (year, month, day) = (
        "year (YYYY or YY)",
        "month (MM, M, MMM or MMMM)",
        "day (DD or D)",
    );
    for (pattern, problem) in [
        (
            "",
            format!("lacks the {year} and the {month} and the {day}"),
        ),
        ("YYYY-MM", format!("lacks the {day}")),
        ("YYYY-MM-DD DD", format!("says the {day} more than once")),
        ("YYYY-MM-DD MMM", format!("says the {month} more than once")),
        ("YYYY YYYY-MM-DD", format!("says the {year} more than once")),
        (
            "YYYY-mm-dd",
            "has \"dd\", which is written DD here".to_owned(),
        ),
        (
            "JJJJ-MM-TT",
            "has \"JJJJ\", which is written YYYY here".to_owned(),
        ),
        ("%Y-%m-%d", "is written YYYY-MM-DD here".to_owned()),
    ] {
        assert_invalid(
            &few().with_dates(pattern),
            &format!("the date format \"{pattern}\" {problem}"),
        );
    }
    for (pattern, unknown) in [
        ("YYYY/M/D x", "x"),
        ("YYYY年MM月DD日", "年"),
        ("YYYY-MM-DD\n", "\\n"),
    ] {
        let symbols = "YYYY, YY, MMMM, MMM, MM, M, DD, D, WWW, hh, h, ap, mm, ss, f, z, Z; what stands for itself stands in apostrophes";
        assert_invalid(
            &few().with_dates(pattern),
            &format!("the date format \"{pattern}\" has \"{unknown}\", which is none of {symbols}"),
        );
    }
}

#[test]
fn dates_and_what_they_are_read_by_are_data() {
    let json = r#"{"id": "id", "created": "created", "closed": "closed", "currency": {"fixed": "USD"},
        "outcome": {"column": "stage", "won": ["Won"]}, "dates": ["D. MMMM YY", "YYYY-MM-DD"], "years_from": 1950,
        "months": [["Jan", "Jän"], "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]}"#;
    let columns: DealColumns = serde_json::from_str(json).unwrap();
    let file = "id,created,closed,stage\nD-1,2. jän. 50,2049-12-31,Won\n";
    let deal = deals(file, &columns).remove(0);
    assert_eq!(deal.created(), Some(day("1950-01-02")));
    let again = serde_json::to_string(&columns).unwrap();
    assert_eq!(
        serde_json::from_str::<DealColumns>(&again).unwrap(),
        columns
    );
    let months = [["Jan"; 1]; 11];
    assert_invalid(&few().with_months(months), "months are 12, not 11");
    assert_invalid(
        &few().with_years_from(1899),
        "years_from is 1899, but must be a year from 1900 to 2900",
    );
    let error = serde_json::from_str::<DealColumns>(&json.replace("1950", "\"x\"")).unwrap_err();
    assert!(error.to_string().contains("u32"), "{error}");
    let error = serde_json::from_str::<DealColumns>(&json.replace("\"Feb\"", "2")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("expected a text, or a list of texts"),
        "{error}"
    );
}

#[test]
fn numbers_and_what_they_are_read_by_are_data() {
    let mut json = minimal();
    let declared = json!({
        "grouping_mark": ",", "grouping": "indian", "affixes": ["$", "USD"], "negatives": ["parentheses", "trailing_minus"],
        "multipliers": {"K": 1000},
    });
    for (key, value) in declared.as_object().unwrap() {
        json[key] = value.clone();
    }
    let columns: DealColumns = serde_json::from_value(json).unwrap();
    let outcome = OutcomeColumn::new("stage").with_open(["Talk"]);
    let built = DealColumns::new("id", outcome, Currency::USD)
        .with_created("created")
        .with_grouping_mark(',')
        .with_grouping(Grouping::Indian)
        .with_affix("USD")
        .with_affix("$")
        .with_negatives([Negatives::TrailingMinus, Negatives::Parentheses])
        .with_multiplier("K", 1_000);
    assert_eq!(columns, built);
    let again = serde_json::to_value(&columns).unwrap();
    for (key, value) in declared.as_object().unwrap() {
        assert_eq!(again[key], *value);
    }
    assert_invalid(
        &few().with_affix("$").with_multiplier("$", 10),
        "\"$\" is both an affix and a multiplier",
    );
    assert_invalid(
        &few().with_grouping(Grouping::Indian),
        "the grouping is that of a grouping_mark; name that, too",
    );
}

#[test]
fn one_probability_and_one_column_a_dimension() {
    let both = few().with_probability("p").with_probability_percent("p%");
    assert_invalid(&both, "name probability or probability_percent, not both");
    let twice = few().with_source("a").with_dimension("source", "b");
    assert_invalid(&twice, "the dimension \"source\" has two columns");
    assert_invalid(
        &few().with_dimension("", "b"),
        "a dimension's label \"\" is empty",
    );
}

#[test]
fn names_that_could_never_be_found_are_refused() {
    assert_invalid(&few().with_amount(""), "a column has an empty name");
    let problem = |text: &str| {
        format!("\"{text}\" begins or ends with white space, but cells are compared without")
    };
    assert_invalid(&few().with_amount("amount "), &problem("amount "));
    assert_invalid(
        &few().with_amount(Column::new("a").with_unknown([" -"])),
        &problem(" -"),
    );
    let outcome = OutcomeColumn::new("stage").with_open(["\tTalk"]);
    let columns = DealColumns::new("id", outcome, Currency::USD).with_created("created");
    assert_invalid(&columns, &problem("\tTalk"));
}

#[test]
fn all_columns_that_the_header_lacks_are_named_once() {
    let columns = columns().with_source("Origin");
    let file = "id,Created,\"clo\"\"sed\",  ccy ,amount,cost,list,p,contact,expected,reason,owner,account,product,segment\n";
    assert_eq!(
        refusal(file, &columns).to_string(),
        "the header lacks \"created\", \"stage\", \"closed\", \"Origin\"; it has \"id\", \"Created\", \"clo\"sed\", \"ccy\", \
         \"amount\", \"cost\", \"list\", \"p\", \"contact\", \"expected\", \"reason\", \"owner\", \"account\", \"product\", \
         \"segment\"; with fold they are compared without regard to capitals and spaces"
    );
}

#[test]
fn a_wrong_delimiter_shows_itself_as_missing_columns() {
    let error = refusal("id;created;closed;stage\n", &few());
    assert_eq!(
        error.to_string(),
        "the header lacks \"id\", \"created\", \"stage\", \"closed\"; it has \"id;created;closed;stage\"; \
         if ';' parts its columns, declare it as the delimiter"
    );
}

#[test]
fn of_very_many_columns_only_the_first_are_listed() {
    let names: Vec<String> = (0..1000).map(|n| format!("c{n}")).collect();
    let text = refusal(names.join(","), &few()).to_string();
    assert!(text.ends_with("\"c48\", \"c49\" and 950 more"), "{text}");
}

#[test]
fn a_named_column_must_not_stand_twice() {
    let file = "id,stage,created,note,closed,id,note,stage,id\nD-1,Talk,2024-01-05,,,,,,\n";
    assert_eq!(
        refusal(file, &few()).to_string(),
        "the header has \"id\", \"stage\" more than once; say which it is by nth, or rename or remove the others"
    );
}

#[test]
fn a_file_needs_a_header_and_nothing_else() {
    for empty in ["", "\n", "\r\n\r\n", "\u{feff}", "\u{feff}\n"] {
        assert_eq!(
            refusal(empty, &few()).to_string(),
            "the file is empty; its first row must name the columns",
            "{empty:?}"
        );
    }
    for header in [
        FEW,
        FEW.trim_end(),
        "\u{feff}id,created,closed,stage\r\n\r\n",
    ] {
        assert_eq!(deals_in(header, &few()), Imported::default());
    }
}

#[test]
fn a_header_in_another_encoding_says_so() {
    let columns = few().with_owner("Besitzer für");
    let error = refusal(b"id,created,closed,stage,Besitzer f\xfcr\n", &columns).to_string();
    assert_eq!(
        error,
        "the header is not UTF-8, as in \"Besitzer f\u{fffd}r\"; save the file as UTF-8, or declare the encoding, such as windows_1252"
    );
}

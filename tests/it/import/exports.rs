//! What stands in public exports, one kind of trouble after another: it comes in, or says what a person can do.

use sales_metrics::import::{
    ActivityColumns, Answer, ChangeColumns, ContractColumns, Encoding, Grouping, LeadColumns,
    LeftOut, Negatives, NumberFormat, QuotaColumns, Reader, RepColumns, SpendColumns, StateColumns,
    WordColumn, pour,
};
use sales_metrics::{
    ActivityKind, DealDetail, DealKind, DealStatus, DealTally, FunnelTally, History, Length,
    MovementTally, Outcome, Per, Period, Scope, SpendCategory, When, instant, kpi,
};

use super::*;
use crate::support::{day, scope, usd};

const BASE: &str = r#"{"id":"id","created":"created","outcome":{"column":"stage","won":["Won"],"lost":["Lost"],"open":["Open"]},
    "currency":{"fixed":"USD"},"closed":"closed","amount":"amount"}"#;

/// The mapping of most of these files.
fn base() -> DealColumns {
    serde_json::from_str(BASE).unwrap()
}

/// The same, with further keys.
fn base_with(keys: &str) -> DealColumns {
    let whole = BASE.strip_suffix('}').unwrap();
    let json = format!("{whole},{keys}}}");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn amounts(imported: &Imported<Deal>) -> Vec<String> {
    assert_eq!(imported.rejected, []);
    let amount = |deal: &Deal| {
        deal.amount()
            .map_or("-".to_owned(), |money| money.to_string())
    };
    imported.records.iter().map(amount).collect()
}

fn outcomes(imported: &Imported<Deal>) -> Vec<Outcome> {
    assert_eq!(imported.rejected, []);
    imported.records.iter().map(Deal::outcome).collect()
}

fn won(on: &str) -> Outcome {
    Outcome::Won { on: day(on) }
}

fn lost(on: &str) -> Outcome {
    Outcome::Lost { on: day(on) }
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_row() {
    let file = "id,created,stage,closed,amount,notes\n\
        D-1,2026-01-07,Won,2026-01-20,100,\"unclosed\n\
        D-2,2026-01-07,Won,2026-01-20,200,ok\n\
        D-3,2026-01-07,Won,2026-01-20,300,\"fine\"\n\
        D-4,2026-01-07,Won,2026-01-20,400,x\n";
    let imported = deals_in(file, &base());
    let ids: Vec<_> = imported
        .records
        .iter()
        .map(|deal| deal.id().as_str())
        .collect();
    assert_eq!(ids, ["D-2", "D-3", "D-4"]);
    assert_eq!(
        texts(&imported.rejected),
        [
            "line 2: a quote opens here, and behind the one that closes it, on line 4, the cell goes on; close it at the end of its cell, and \
             double quotes that are a part of the text"
        ]
    );
}

#[test]
fn the_close_date_of_an_instant_is_that_of_the_place() {
    let columns = base()
        .with_dates("YYYY-MM-DDThh:mm:ssZ")
        .with_place("-07:00".parse().unwrap());
    let file =
        "id,created,stage,closed,amount\nD-1,2023-01-10T17:00:00Z,Won,2023-04-01T01:09:44Z,1000\n";
    assert_eq!(outcomes(&deals_in(file, &columns)), [won("2023-03-31")]);
}

#[test]
fn an_end_may_be_excluded() {
    let columns = ContractColumns::new("id", "customer", "start_date", Currency::USD)
        .with_terminated_before("ended_at")
        .with_recurring("fee", Per::Month.into())
        .with_dates("YYYY-MM-DDThh:mm:ssZ");
    let file = "id,customer,start_date,ended_at,fee\nS-1,Acme,2025-06-01T00:00:00Z,2026-03-01T00:00:00Z,100\n";
    let contract = read(file.as_bytes(), &columns).unwrap().records.remove(0);
    assert_eq!(contract.terminated(), Some(day("2026-02-28")));
    let both = columns.with_terminated("ended_at");
    assert_eq!(
        read(file.as_bytes(), &both).unwrap_err().to_string(),
        "columns: name terminated or terminated_before, not both"
    );
}

#[test]
fn rows_are_left_out_by_declaration_and_counted() {
    let columns = base_with(
        r#""left_out": [{"reason": "deleted", "column": "is_deleted", "words": ["true"]},
            {"reason": "total", "column": "id", "words": ["Total"]},
            {"reason": "another pipeline", "column": "pipeline", "except": ["Sales"]}]"#,
    );
    let file = "id,created,stage,closed,amount,is_deleted,pipeline\n\
        D-1,2026-01-07,Won,2026-01-20,1000,false,Sales\n\
        D-2,2026-01-07,Won,2026-01-21,700,true,Sales\n\
        D-3,2026-01-07,Won,2026-01-21,50,false,Partners\n\
        Total,1750\n";
    let imported = deals_in(file, &columns);
    assert_eq!(amounts(&imported), ["1000 USD"]);
    let left_out = [("deleted", 1), ("total", 1), ("another pipeline", 1)];
    assert_eq!(
        imported.left_out,
        left_out.map(|(reason, rows)| (reason.to_owned(), rows))
    );
}

/// A row that ends before the column says nothing there: it is broken, and no row of another pipeline.
#[test]
fn a_row_that_breaks_off_is_not_left_out() {
    for rule in [
        LeftOut::all_but("another pipeline", "pipeline", ["Sales"]),
        LeftOut::rows("nobody's", "pipeline", [""]),
    ] {
        let columns = base().with_left_out(rule);
        let file = "id,created,stage,closed,amount,pipeline\nD-1,2026-01-07,Won,2026-01-20\n";
        let imported = deals_in(file, &columns);
        assert_eq!(
            texts(&imported.rejected),
            ["line 2: the number of fields is 4, but 6 in the header"]
        );
        assert_eq!(imported.left_out[0].1, 0);
    }
}

/// A record that came in is what is counted, not a row that did not.
#[test]
fn amounts_of_rejected_rows_are_not_rounded() {
    let columns = base().with_owner("owner").rounded_to(2);
    let file = "id,created,stage,closed,amount,owner\n\
        D-1,2026-01-07,Open,,1.005,ada\nD-2,2026-01-07,Open,,1.005,a\u{7}da\n";
    let imported = deals_in(file, &columns);
    assert_eq!((imported.rejected.len(), imported.rounded), (1, 1));
}

/// Two deals of the same words, for one of which a column of them is not read.
#[test]
fn words_that_are_ignored_tell_deals_apart() {
    let kind = WordColumn::new("kind")
        .with_words(DealKind::New, ["N"])
        .with_ignored_when([DealStatus::Lost]);
    let columns = base().with_kind(kind);
    let file = "id,created,stage,closed,amount,kind\n\
        D-1,2026-01-07,Won,2026-01-20,1,N\nD-2,2026-01-07,Lost,2026-01-20,1,N\nD-3,2026-01-07,Won,2026-01-20,1,N\n";
    let kinds: Vec<_> = deals(file, &columns).iter().map(Deal::kind).collect();
    assert_eq!(kinds, [Some(DealKind::New), None, Some(DealKind::New)]);
}

/// A whole year would be a guess.
#[test]
fn half_of_a_joined_period_is_none() {
    let columns = QuotaColumns::new("User")
        .with_period(Column::new("Year").followed_by("Quarter"))
        .with_deals("n");
    let file = "User,Year,Quarter,n\nu1,2016,Q1,3\nu1,2016,,3\nu1,,Q1,3\nu1,,,3\n";
    let imported = read(file.as_bytes(), &columns).unwrap();
    assert_eq!(imported.records.len(), 1);
    assert_eq!(
        texts(&imported.rejected),
        [
            "line 3, column \"Quarter\": the cell is empty, but the one of column \"Year\" needs it",
            "line 4, column \"Year\": the cell is empty, but the one of column \"Quarter\" needs it",
            "line 5, column \"Year\": the cell is empty, but every row needs it",
        ]
    );
}

/// Nor is one of an id, a name or a word to group by, on both roads. The other half may be the only one that tells two apart.
#[test]
fn half_of_a_joined_text_of_a_deal_is_none() {
    let joined = |name: &str| Column::new(name).followed_by("no");
    let empty = |first: &str| {
        format!("column \"no\": the cell is empty, but the one of column \"{first}\" needs it")
    };
    let stage = OutcomeColumn::new("stage").with_open(["Talk"]);
    let plain = |id: Column| DealColumns::new(id, stage.clone(), Currency::USD);
    for (named, columns) in [
        ("id", plain(joined("id"))),
        ("owner", plain("id".into()).with_owner(joined("owner"))),
        (
            "account",
            plain("id".into()).with_account(joined("account")),
        ),
        ("area", plain("id".into()).with_region(joined("area"))),
        ("step", plain("id".into()).with_stage(joined("step"))),
        (
            "mate",
            plain("id".into())
                .with_owner_share("owner", "p")
                .with_owner_share(joined("mate"), "q"),
        ),
    ] {
        // The whole text of the first row is the half of the second.
        let mut file = "id,owner,account,area,step,mate,stage,p,q,no\n".to_owned();
        for (id, half, no) in [
            ("D-1", "Ost", "7"),
            ("D-2", "Ost 7", ""),
            ("D-3", "Ost", "8"),
        ] {
            for name in ["id", "owner", "account", "area", "step", "mate"] {
                let other = if name == "id" { id } else { name };
                file += if name == named { half } else { other };
                file += ",";
            }
            file.extend(["Talk,50,50,", no, "\n"]);
        }
        let refused = [format!("line 3, {}", empty(named))];
        let imported = read(file.as_bytes(), &columns).unwrap();
        assert_eq!(texts(&imported.rejected), refused);
        assert_eq!(imported.records.len(), 2);
        let mut deals = DealTally::new(scope("2026-Q1"));
        let poured = pour(file.as_bytes(), &columns, &mut deals).unwrap();
        assert_eq!(texts(&poured.rejected), refused);
        let mut deals = DealDetail::new(scope("2026-Q1"));
        let poured = pour(file.as_bytes(), &columns, &mut deals).unwrap();
        assert_eq!(texts(&poured.rejected), refused);
    }
}

/// Nor of a rep's, wherever a record names one.
#[test]
fn half_of_a_name_is_no_name() {
    let columns = RepColumns::new("id").with_manager(Column::new("first").followed_by("last"));
    let file = "id,first,last\nR-1,Ada,Lovelace\nR-2,Ada,\n";
    let imported = read(file.as_bytes(), &columns).unwrap();
    assert_eq!(
        texts(&imported.rejected),
        ["line 3, column \"last\": the cell is empty, but the one of column \"first\" needs it"]
    );
}

#[test]
fn a_fee_is_multiplied_by_how_many_are_bought() {
    let columns = ContractColumns::new(
        "id",
        "Customer ID",
        "Start",
        CurrencyColumn::new("Currency"),
    )
    .with_quantity("Quantity")
    .with_recurring(
        "Amount",
        WordColumn::new("Interval").with_words(Per::Month, ["month"]),
    );
    let file = "id,Customer ID,Quantity,Currency,Interval,Amount,Start\nsub_1,cus_1,3,usd,month,49,2026-01-02\n";
    let contract = read(file.as_bytes(), &columns).unwrap().records.remove(0);
    assert_eq!(contract.yearly().unwrap().to_string(), "1764 USD/year");
}

#[test]
fn a_credit_note_is_below_zero_in_every_writing() {
    let columns = base()
        .with_grouping_mark(',')
        .with_negatives([Negatives::Parentheses, Negatives::TrailingMinus]);
    for cell in ["-20", "\u{2212}20", "(20.00)", "20.00-"] {
        let file =
            format!("id,created,stage,closed,amount\nD-1,2026-01-07,Won,2026-01-20,{cell}\n");
        assert_eq!(
            deals_in(file, &columns).records[0].amount(),
            Some(usd("-20")),
            "{cell}"
        );
    }
}

#[test]
fn an_outcome_stands_in_two_flags() {
    let outcome = OutcomeColumn::new("IsWon")
        .with_won(["true"])
        .with_unknown(["false"])
        .or(OutcomeColumn::new("IsClosed")
            .with_lost(["true"])
            .with_open(["false"]));
    let columns = DealColumns::new("id", outcome, Currency::USD)
        .with_closed(Column::new("closed").with_ignored_when([DealStatus::Open]));
    let file = "id,created,IsClosed,IsWon,closed,amount\n\
        D-1,2026-01-07,true,true,2026-01-20,1000\n\
        D-2,2026-01-07,false,false,2026-06-30,1000\n\
        D-3,2026-01-07,true,false,2026-02-01,1000\n";
    let expected = [won("2026-01-20"), Outcome::Open, lost("2026-02-01")];
    assert_eq!(outcomes(&deals_in(file, &columns)), expected);
    let json = serde_json::to_string(&columns).unwrap();
    assert_eq!(serde_json::from_str::<DealColumns>(&json).unwrap(), columns);
}

#[test]
fn two_formats_of_dates_stand_in_one_file() {
    let file = "id,created,stage,closed,amount\n\
        D-1,2026-01-07T09:30:00.000Z,Won,2026-02-20,1000\n\
        D-2,2026-01-08T10:00:00.000Z,Open,,500\n";
    let by_column =
        base().with_created(Column::new("created").with_dates("YYYY-MM-DDThh:mm:ss.fZ"));
    let by_file = base().with_dates(["YYYY-MM-DD", "YYYY-MM-DDThh:mm:ss.fZ"]);
    for columns in [by_column, by_file] {
        let imported = deals_in(file, &columns);
        assert_eq!(amounts(&imported), ["1000 USD", "500 USD"]);
        assert_eq!(imported.records[0].created(), Some(day("2026-01-07")));
    }
}

#[test]
fn dates_are_written_in_many_ways() {
    let created = |format: &str, cell: &str| {
        let columns = base().with_created(Column::new("created").with_dates(format));
        let file = format!("id,created,stage,closed,amount\nD-1,\"{cell}\",Open,,1\n");
        let imported = deals_in(file, &columns);
        assert_eq!(imported.rejected, [], "{format}");
        imported.records[0].created().unwrap().to_string()
    };
    for (format, cell, expected) in [
        ("M/D/YY h:mm", "12/25/25 8:05", "2025-12-25"),
        ("M/D/YYYY h:mm", "1/18/2021 0:00", "2021-01-18"),
        ("serial", "45383", "2024-04-01"),
        ("serial", "45383.65625", "2024-04-01"),
        ("MMMM D, YYYY", "April 15, 2021", "2021-04-15"),
        ("D MMMM, YYYY", "5 Sept, 2021", "2021-09-05"),
        (
            "DD MMM, YYYY hh:mm:ss",
            "05 Mar, 2024 10:11:12",
            "2024-03-05",
        ),
    ] {
        assert_eq!(created(format, cell), expected, "{cell}");
    }
}

#[test]
fn symbols_stand_around_numbers() {
    let cells = [
        (".", ",", "$22,700.00", "22700 USD"),
        (",", ".", "1.355,90€", "1355.9 USD"),
        (",", ".", "9,13 €", "9.13 USD"),
        (".", ",", "USD 1,200.00", "1200 USD"),
        (".", ",", "1,200", "1200 USD"),
    ];
    for (decimal, grouping, cell, expected) in cells {
        let mut format = NumberFormat::new()
            .with_decimal_mark(decimal.parse().unwrap())
            .with_grouping_mark(grouping.parse().unwrap());
        for affix in ["$", "€", "USD"] {
            format = format.with_affix(affix);
        }
        let columns = base().with_amount(Column::new("amount").with_numbers(format));
        let file = format!("id,created,stage,closed,amount\nD-1,2026-01-07,Open,,\"{cell}\"\n");
        assert_eq!(amounts(&deals_in(file, &columns)), [expected]);
        let json = serde_json::to_string(&columns).unwrap();
        assert_eq!(serde_json::from_str::<DealColumns>(&json).unwrap(), columns);
    }
    let indian = base()
        .with_grouping_mark(',')
        .with_grouping(Grouping::Indian);
    let file = "id,created,stage,closed,amount\nD-1,2026-01-07,Open,,\"12,34,567.00\"\n";
    assert_eq!(amounts(&deals_in(file, &indian)), ["1234567 USD"]);
}

#[test]
fn amounts_come_in_minor_units_and_rounded() {
    let cents = base().in_minor_units();
    let file = "id,created,stage,closed,amount\nD-1,2026-01-07,Open,,1250\n";
    assert_eq!(amounts(&deals_in(file, &cents)), ["12.5 USD"]);
    let long = "id,created,stage,closed,amount\nD-1,2026-01-07,Open,,12.3456789\nD-2,2026-01-07,Open,,12.5\n";
    assert_eq!(deals_in(long, &base()).rejected.len(), 1);
    assert_eq!(
        amounts(&deals_in(long, &base().rounded_to(2))),
        ["12.35 USD", "12.5 USD"]
    );
}

#[test]
fn a_deal_needs_no_creation() {
    let stages = OutcomeColumn::new("deal_stage").with_won(["Closed Won"]);
    let columns = DealColumns::new("deal_id", stages, Currency::USD)
        .with_closed("close_date")
        .with_amount("amount");
    let file = "deal_id,contact_id,deal_stage,amount,close_date\n2241,1826,Closed Won,1190.00,2014-06-16\n";
    let deals = deals(file, &columns);
    assert_eq!(deals[0].created(), None);
    let tally = DealTally::of(
        &deals,
        Scope::new(Period::year(2014).unwrap(), Currency::USD),
    )
    .unwrap();
    assert_eq!(kpi::total_revenue(&tally).unwrap(), usd("1190"));
    assert_eq!(kpi::win_rate(&tally).unwrap().to_string(), "100%");
}

#[test]
fn the_line_is_the_id_of_rows_that_have_none() {
    let columns = SpendColumns::new(
        Column::line("costs-"),
        "cost_date",
        "cost_amount",
        CurrencyColumn::new("currency"),
        SpendCategory::Marketing.into(),
    );
    let file = "cost_date,source,campaign,cost_amount,currency\n\n2026-06-01,avito,panels,4500.00,EUR\n2026-06-01,avito,panels,4500.00,EUR\n";
    let spend = read(file.as_bytes(), &columns).unwrap().records;
    let ids: Vec<_> = spend.iter().map(|spend| spend.id().as_str()).collect();
    assert_eq!(ids, ["costs-3", "costs-4"]);
    let json = serde_json::to_value(&columns).unwrap();
    assert_eq!(json["id"], serde_json::json!({"line": "costs-"}));
}

#[test]
fn utf_16_and_windows_1252_are_read() {
    let file = "id,created,closed,stage,Beträge\nD-1,2024-01-05,,Talk,7\n";
    let columns = few().with_amount("Beträge");
    for encode in [u16::to_le_bytes, u16::to_be_bytes] {
        let marked = format!("\u{feff}{file}");
        let bytes: Vec<u8> = marked.encode_utf16().flat_map(encode).collect();
        assert_eq!(amounts(&deals_in(bytes, &columns)), ["7 USD"]);
    }
    let bytes: Vec<u8> = file
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    let declared = columns.clone().with_encoding(Encoding::Windows1252);
    assert_eq!(amounts(&deals_in(&bytes, &declared)), ["7 USD"]);
    let error = refusal(&bytes, &columns).to_string();
    assert!(
        error.starts_with("the header is not UTF-8, as in \"Betr\u{fffd}ge\""),
        "{error}"
    );
}

#[test]
fn what_stands_above_the_header_is_passed() {
    let body = "id;created;closed;stage\nD-1;2024-01-05;;Talk\n";
    let columns = few().with_delimiter(';');
    assert_eq!(deals(format!("sep=;\n{body}"), &columns).len(), 1);
    assert_eq!(deals(format!("sep=;\r\n{body}"), &columns).len(), 1);
    let titled = format!("Opportunity Report\nas of today\n\n{body}");
    assert_eq!(deals(titled, &columns.clone().with_title_lines(3)).len(), 1);
    assert_eq!(
        refusal(format!("sep=,\n{body}"), &columns).to_string(),
        "the file says that its delimiter is ',', but declared is ';'; declare ','"
    );
}

#[test]
fn a_quota_has_its_first_day_and_how_long_it_is() {
    let columns = QuotaColumns::new("User")
        .with_start("StartDate")
        .with_lasting(Per::Month.into())
        .with_amount("QuotaAmount", Currency::USD);
    let file = "User,StartDate,QuotaAmount\nu1,2016-01-01,300000\n";
    let quota = read(file.as_bytes(), &columns).unwrap().records.remove(0);
    assert_eq!(quota.period(), Period::month(2016, 1).unwrap());
    let lasting = WordColumn::new("Span")
        .with_words(Per::Quarter, ["Q"])
        .with_words(Per::Week, ["W"]);
    let columns = columns.with_lasting(lasting);
    let file = "User,StartDate,QuotaAmount,Span\nu1,2016-01-01,300000,Q\nu1,2016-01-04,1,W\n";
    let quotas = read(file.as_bytes(), &columns).unwrap().records;
    assert_eq!(quotas[0].period(), Period::quarter(2016, 1).unwrap());
    assert_eq!(quotas[1].period().to_string(), "2016-01-04/2016-01-11");
}

#[test]
fn a_year_and_a_quarter_stand_in_two_columns() {
    let columns = QuotaColumns::new("User")
        .with_period(Column::new("Quarter").followed_by("Year"))
        .with_amount("QuotaAmount", Currency::USD);
    let file = "User,Year,Quarter,QuotaAmount\nu1,2016,Q1,300000\n";
    let quota = read(file.as_bytes(), &columns).unwrap().records.remove(0);
    assert_eq!(quota.period(), Period::quarter(2016, 1).unwrap());
}

#[test]
fn another_column_has_the_planned_close() {
    let columns = base().with_closed(Column::new("closed").or("planned"));
    let json: DealColumns = serde_json::from_str(
        &BASE.replace(r#""closed":"closed""#, r#""closed":["closed","planned"]"#),
    )
    .unwrap();
    assert_eq!(columns, json);
    let file = "id,created,stage,closed,planned,amount\n\
        D-1,2026-01-07,Won,,2026-02-20,1000\nD-2,2026-01-07,Won,2026-02-01,2026-02-20,1000\n";
    let expected = [won("2026-02-20"), won("2026-02-01")];
    assert_eq!(outcomes(&deals_in(file, &columns)), expected);
}

#[test]
fn one_word_stands_for_all_the_rest() {
    let outcome = OutcomeColumn::new("stage")
        .with_won(["Closed Won"])
        .with_lost(["Closed Lost"])
        .with_others(DealStatus::Open);
    let columns = DealColumns::new("id", outcome, Currency::USD).with_closed("closed");
    let file = "id,stage,closed\nD-1,Solution Mapping,\nD-2,Closed Won,2026-01-20\n";
    assert_eq!(
        outcomes(&deals_in(file, &columns)),
        [Outcome::Open, won("2026-01-20")]
    );
    let empty = rejected("id,stage,closed\nD-1,,\n", &columns);
    assert_eq!(
        texts(&empty),
        ["line 2, column \"stage\": the cell is empty, but every row needs it"]
    );
    // Capitals and spaces differ where that is declared.
    let file = "ID,Stage,closed\nD-1,closed  WON,2026-01-20\n";
    assert_eq!(
        outcomes(&deals_in(file, &columns.clone().with_folding())),
        [won("2026-01-20")]
    );
    // A sharp s has no capital but two, and a sigma at the end of a word is a sigma.
    let greek = OutcomeColumn::new("Straße").with_won(["ΠΕΛΑΤΗΣ"]);
    let greek = DealColumns::new("id", greek, Currency::USD).with_closed("closed");
    let capitals = "ID,STRASSE,CLOSED\nD-1,Πελάτης,2026-01-20\n".replace('ά', "α");
    assert_eq!(
        outcomes(&deals_in(capitals, &greek.with_folding())),
        [won("2026-01-20")]
    );
    assert_eq!(
        refusal(file, &columns).to_string(),
        "the header lacks \"id\", \"stage\"; it has \"ID\", \"Stage\", \"closed\"; with fold they are compared without regard to capitals and spaces"
    );
}

#[test]
fn a_loss_reason_of_several_lines_is_one_line() {
    let columns = base().with_loss_reason("why");
    let file = "id,created,stage,closed,amount,why\n\
        D-1,2026-01-07,Lost,2026-01-20,1000,\"Price too high,\r\nwent with\tX\"\n";
    let deals = deals(file, &columns);
    assert_eq!(
        deals[0].loss_reason().unwrap().as_str(),
        "Price too high, went with X"
    );
    let long = format!(
        "id,created,stage,closed,amount,why\nD-1,2026-01-07,Lost,2026-01-20,1000,{}\n",
        "ü".repeat(300)
    );
    let reason = self::deals(long, &columns)[0]
        .loss_reason()
        .unwrap()
        .to_string();
    assert!(reason.len() <= 255 && reason.ends_with("ü…"), "{reason}");
}

#[test]
fn fees_are_due_every_so_many_units() {
    let per = WordColumn::new("Interval")
        .with_words(Per::Week, ["week"])
        .with_words(Per::HalfYear, ["half-year"])
        .with_words(Per::Year, ["year"]);
    let columns = ContractColumns::new("id", "who", "from", Currency::USD)
        .with_recurring("fee", per)
        .with_recurring_every("Count");
    let file = "id,who,from,fee,Interval,Count\n\
        1,a,2026-01-01,10,week,\n2,a,2026-01-01,10,half-year,1\n3,a,2026-01-01,2400,year,2\n";
    let contracts = read(file.as_bytes(), &columns).unwrap().records;
    let yearly: Vec<_> = contracts
        .iter()
        .map(|one| one.yearly().unwrap().to_string())
        .collect();
    assert_eq!(yearly, ["520 USD/year", "20 USD/year", "1200 USD/year"]);
}

fn calls() -> WordColumn<ActivityKind> {
    WordColumn::new("type").with_words(ActivityKind::Call, ["Call"])
}

#[test]
fn the_time_stands_in_a_column_of_its_own_or_is_not_known() {
    let at = Column::new("Due date").followed_by("Due time");
    let columns = ActivityColumns::new("id", calls(), at)
        .with_instants("YYYY-MM-DD[ hh:mm]")
        .with_place("+01:00".parse().unwrap());
    let file = "id,type,Due date,Due time\n1,Call,2026-01-05,10:30\n2,Call,2026-01-05,\n";
    let activities = read(file.as_bytes(), &columns).unwrap().records;
    let first = When::Instant(instant("2026-01-05T10:30:00+01:00").unwrap());
    assert_eq!(activities[0].at(), first);
    assert_eq!(activities[1].at(), When::Day(day("2026-01-05")));
}

#[test]
fn lengths_stand_as_a_clock_shows_them() {
    let columns =
        ActivityColumns::new("id", calls(), "at").with_duration_clock("dur", ["h:mm:ss", "m:ss"]);
    let file = "id,type,at,dur\n1,Call,2026-01-05,00:05:30\n2,Call,2026-01-05,5:30\n3,Call,2026-01-05,\n4,Call,2026-01-05,5h\n";
    let imported = read(file.as_bytes(), &columns).unwrap();
    let lengths: Vec<_> = imported.records.iter().map(|one| one.duration()).collect();
    let half_past_five = Some(Length::seconds(330));
    assert_eq!(lengths, [half_past_five, half_past_five, None]);
    assert_eq!(
        texts(&imported.rejected),
        ["line 5, column \"dur\": \"5h\" is no length of time in the format h:mm:ss or m:ss"]
    );
}

#[test]
fn a_lead_is_converted_by_a_yes_by_a_date_or_by_a_deal() {
    let answer = |name: &str| {
        WordColumn::new(name)
            .with_words(Answer::Yes, ["Yes"])
            .with_words(Answer::No, ["No"])
    };
    let columns = LeadColumns::new("id", "in")
        .with_converted("on")
        .with_deal("deal")
        .with_is_converted(answer("conv"))
        .with_is_disqualified(answer("junk"));
    let file = "id,in,on,deal,conv,junk\n\
        L-1,2026-01-05,2026-01-10,,,\nL-2,2026-01-05,,17,,No\nL-3,2026-01-05,,,Yes,\nL-4,2026-01-05,,,No,Yes\n\
        L-5,2026-01-05,2026-01-10,,No,\n";
    let imported = read(file.as_bytes(), &columns).unwrap();
    let converted: Vec<_> = imported
        .records
        .iter()
        .map(|lead| (lead.is_converted(), lead.converted()))
        .collect();
    assert_eq!(
        converted,
        [
            (true, Some(day("2026-01-10"))),
            (true, None),
            (true, None),
            (false, None)
        ]
    );
    assert!(imported.records[3].is_disqualified() && imported.records[3].disqualified().is_none());
    assert_eq!(
        texts(&imported.rejected),
        [
            "line 6, column \"on\": stands beside a value of column \"conv\", but only one of them can count"
        ]
    );
}

#[test]
fn words_stand_for_probabilities() {
    let chance = Column::new("p")
        .with_reading("High", "80")
        .with_reading("Low", "12.5");
    let columns = base().with_probability_percent(chance);
    let file = "id,created,stage,closed,amount,p\nD-1,2026-01-07,Open,,1,High\nD-2,2026-01-07,Open,,1,Low\nD-3,2026-01-07,Open,,1,50%\n";
    let deals = deals(file, &columns);
    let chances: Vec<_> = deals
        .iter()
        .map(|deal| deal.probability().unwrap().to_string())
        .collect();
    assert_eq!(chances, ["80%", "12.5%", "50%"]);
}

#[test]
fn currencies_are_written_in_small_letters_or_by_symbols() {
    let currency = CurrencyColumn::new(
        Column::new("ccy")
            .with_reading("€", "EUR")
            .with_reading("US Dollar", "USD"),
    );
    let columns = DealColumns::new("id", outcome(), currency)
        .with_amount("amount")
        .with_closed("closed");
    let file =
        "id,stage,closed,amount,ccy\nD-1,Talk,,1,dkk\nD-2,Talk,,1,€\nD-3,Talk,,1,US Dollar\n";
    assert_eq!(
        amounts(&deals_in(file, &columns)),
        ["1 DKK", "1 EUR", "1 USD"]
    );
    let json = serde_json::to_string(&columns).unwrap();
    assert_eq!(serde_json::from_str::<DealColumns>(&json).unwrap(), columns);
}

#[test]
fn headers_repeat_and_have_other_names() {
    let columns = DealColumns::new("id", outcome(), Currency::USD)
        .with_closed("closed")
        .with_owner(Column::new("Deal owner").with_alias("Deal Owner"))
        .with_account(Column::new("Name").nth(2))
        .with_product(Column::new("Name").nth(1));
    let file = "id,stage,closed,Deal Owner,Name,Name\nD-1,Talk,,ada,GTX,Acme\n";
    let deal = deals(file, &columns).remove(0);
    assert_eq!(deal.owner().unwrap().as_str(), "ada");
    assert_eq!(deal.account().unwrap().as_str(), "Acme");
    assert_eq!(deal.dimension("product").unwrap().as_str(), "GTX");
    let third = columns.with_region(Column::new("Name").nth(3));
    assert!(matches!(
        refusal(file, &third),
        ImportError::MissingColumns { .. }
    ));
}

#[test]
fn rows_come_from_anywhere() {
    let rows = [
        ["id", "created", "closed", "stage"],
        ["D-1", "2024-01-05", "", "Talk"],
    ];
    let rows = rows.map(Ok::<_, core::convert::Infallible>);
    let mut reader = Reader::of_rows(rows, &few()).unwrap();
    assert_eq!(reader.next().unwrap().unwrap().id().as_str(), "D-1");
    assert!(reader.next().is_none());
}

/// The rows of an export of Salesforce under its own headers: all of them come in, and what an activity is not says nothing of it.
#[test]
fn an_export_of_salesforce_comes_in_whole() {
    macro_rules! whole {
        ($columns:ty, $name:literal) => {
            whole!($columns, $name, $name)
        };
        ($columns:ty, $name:literal, $file:literal) => {{
            let columns: $columns = serde_json::from_str(include_str!(concat!(
                "../../../examples/columns/salesforce/",
                $name,
                ".json"
            )))
            .unwrap();
            let file = include_bytes!(concat!("../../../examples/data/salesforce/", $file, ".csv"));
            let imported = read(&file[..], &columns).unwrap();
            assert_eq!(imported.rejected, [], $file);
            imported.records
        }};
    }
    let deals = whole!(DealColumns, "opportunities");
    let outcomes: Vec<_> = deals.iter().map(Deal::outcome).collect();
    let (first, second) = (won("2016-11-28"), lost("2016-12-16"));
    let open = Outcome::Open;
    assert_eq!(outcomes, [first, second, open, open, won("2016-12-20")]);
    assert_eq!(deals[2].expected_close(), Some(day("2017-02-22")));
    assert_eq!(deals[0].expected_close(), None);
    // Whole states and changes of fields tell one history.
    let of = || {
        History::new(Currency::USD)
            .with_deals(deals.clone())
            .unwrap()
    };
    let states = whole!(StateColumns, "history", "opportunity_history");
    let changes = whole!(ChangeColumns, "field_history", "opportunity_field_history");
    assert_eq!((states.len(), changes.len()), (11, 13));
    let (states, changes) = (
        of().with_states(states).unwrap(),
        of().with_changes(changes).unwrap(),
    );
    for scope in Period::quarter(2016, 4)
        .unwrap()
        .months()
        .map(|month| Scope::new(month, Currency::USD))
    {
        let rolling = |history| MovementTally::of(history, scope).unwrap().totals().rolling;
        assert_eq!(rolling(&states), rolling(&changes));
        let names = [
            "Qualification",
            "Needs Analysis",
            "Proposal/Quote",
            "Negotiation",
        ];
        let funnel = |history| FunnelTally::of(history, scope.with_stages(names).unwrap()).unwrap();
        for name in names {
            assert_eq!(
                funnel(&states).stage(name).unwrap(),
                funnel(&changes).stage(name).unwrap(),
                "{name}"
            );
        }
    }
    let tasks = whole!(ActivityColumns, "tasks");
    let said: Vec<_> = tasks
        .iter()
        .map(|task| {
            (
                task.kind(),
                task.disposition().is_some(),
                task.duration().is_some(),
            )
        })
        .collect();
    let call = (ActivityKind::Call, true, true);
    let (other, email) = (ActivityKind::Other, ActivityKind::Email);
    assert_eq!(
        said,
        [
            call,
            call,
            (other, false, false),
            (email, false, false),
            call
        ]
    );
    assert_eq!(whole!(ActivityColumns, "events").len(), 2);
    let leads = whole!(LeadColumns, "leads");
    let converted = leads.iter().filter(|lead| lead.is_converted()).count();
    assert_eq!((leads.len(), converted), (3, 2));
    let quotas = whole!(QuotaColumns, "quotas");
    assert_eq!(quotas[2].period(), Period::month(2016, 12).unwrap());
    assert_eq!(whole!(sales_metrics::import::RepColumns, "users").len(), 2);
}

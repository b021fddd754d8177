//! Ready-made and read tallies that no records can have, and tallies that are full.

use core::fmt::Debug;

use sales_metrics::tally::{AmountSum, Movements, SpendTotals, Spent};
use sales_metrics::{
    Contract, Currency, CustomerTally, Deal, ErrorKind, MrrMovements, Outcome, Per, PurchaseTally,
    RenewalTally, Scope, Spend, SpendCategory, SpendTally,
};
use serde::de::DeserializeOwned;

use crate::support::{complaint, day, dec, kind_of, scope, too_many_records};

fn sum(text: &str) -> AmountSum {
    dec(text).try_into().unwrap()
}

fn q1() -> Scope {
    scope("2026-Q1")
}

fn contract() -> Contract {
    Contract::new("C-1", "Acme", day("2025-01-01"), Currency::USD)
        .and_then(|contract| contract.with_last_day(day("2026-03-31")))
        .and_then(|contract| contract.with_recurring(100, Per::Year))
        .and_then(|contract| contract.with_renewal_of("C-0"))
        .unwrap()
}

fn deal() -> Deal {
    let on = day("2026-02-20");
    Deal::new("D-1", day("2026-01-07"), Outcome::Won { on }, Currency::USD)
        .and_then(|deal| deal.with_account("Acme"))
        .and_then(|deal| deal.with_source("webinar"))
        .unwrap()
}

fn spend() -> Spend {
    Spend::new(
        "S-1",
        day("2026-02-20"),
        100,
        Currency::USD,
        SpendCategory::Sales,
    )
    .and_then(|spend| spend.with_source("webinar"))
    .unwrap()
}

const CUSTOMERS: &str = r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"counts":{"records":1,"at_start":{"count":1,"priced":1,"amount":"100"},"at_end":{"count":1,"priced":1,"amount":"100"},"signed":{"count":0,"priced":0,"amount":"0"},"one_time_sales":{"count":0,"priced":0,"amount":"0"}},"accounts":{"Acme":{"first_start":"2025-01-01","at_start":"known","at_end":"known","before":"100","now":"100"}}}"#;

const RENEWALS: &str = r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"counted":{"records":1,"at_start":1,"due":{"C-1":{"ending":"run_out","last":"2026-03-31","fee":"100","cut":0}},"renewals":[["C-0",{"id":"C-1","start":"2025-01-01","last":"2026-03-31","fee":"100"}]]}}"#;

const PURCHASES: &str = r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"counts":{"records":1,"won":1,"without_account":0,"won_by_accounts":{"count":1,"priced":0,"amount":"0"}},"accounts":{"Acme":{"on":"2026-02-20","source":"webinar","amount":"0"}}}"#;

const SPENT: &str = r#"{"scope":{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"2026-03-31"},"totals":{"records":1,"sales":{"count":1,"amount":"100"},"marketing":{"count":0,"amount":"0"},"other":{"count":0,"amount":"0"}},"channels":{"webinar":{"records":1,"sales":{"count":1,"amount":"100"},"marketing":{"count":0,"amount":"0"},"other":{"count":0,"amount":"0"}}}}"#;

#[test]
fn the_wire_formats() {
    let customers = CustomerTally::of([contract()], q1()).unwrap();
    assert_eq!(serde_json::to_string(&customers).unwrap(), CUSTOMERS);
    let renewals = RenewalTally::of([contract()], q1()).unwrap();
    assert_eq!(serde_json::to_string(&renewals).unwrap(), RENEWALS);
    let purchases = PurchaseTally::of([deal()], q1()).unwrap();
    assert_eq!(serde_json::to_string(&purchases).unwrap(), PURCHASES);
    let spent = SpendTally::of([spend()], q1()).unwrap();
    assert_eq!(serde_json::to_string(&spent).unwrap(), SPENT);
}

/// Each edit of a sound text is refused.
fn refused<T: DeserializeOwned + Debug>(sound: &str, edits: &[(&str, &str)], because: &str) {
    serde_json::from_str::<T>(sound).unwrap();
    for (old, new) in edits {
        let text = sound.replacen(old, new, 1);
        assert_ne!(text, sound, "{old}");
        let error = serde_json::from_str::<T>(&text)
            .expect_err(&text)
            .to_string();
        assert!(error.contains(because), "{text}: {error}");
    }
}

#[test]
fn customers_that_no_contracts_make() {
    let edits = [
        (r#""records":1"#, r#""records":0"#),
        (r#""records":1"#, r#""records":10000000001"#),
        (
            r#""one_time_sales":{"count":0"#,
            r#""one_time_sales":{"count":2"#,
        ),
        (
            r#""signed":{"count":0,"priced":0"#,
            r#""signed":{"count":2,"priced":0"#,
        ),
        (
            r#""signed":{"count":0,"priced":0"#,
            r#""signed":{"count":0,"priced":1"#,
        ),
        (
            r#""first_start":"2025-01-01""#,
            r#""first_start":"2026-01-01""#,
        ),
        (r#""at_start":{"count":1"#, r#""at_start":{"count":2"#),
        (r#""at_start":{"count":1"#, r#""at_start":{"count":0"#),
        (r#""at_end":{"count":1"#, r#""at_end":{"count":2"#),
        (
            r#""at_end":{"count":1,"priced":1,"amount":"100""#,
            r#""at_end":{"count":1,"priced":1,"amount":"100000000000000.0001""#,
        ),
        // It adds up to other revenue than that of the contracts.
        (r#""before":"100""#, r#""before":"99.9999""#),
        (r#""now":"100""#, r#""now":"100.0001""#),
        (r#""now":"100""#, r#""now":"0""#),
        (
            r#""at_end":{"count":1,"priced":1,"amount":"100""#,
            r#""at_end":{"count":1,"priced":1,"amount":"99""#,
        ),
        (
            r#""first_start":"2025-01-01""#,
            r#""first_start":"2026-01-31""#,
        ),
        // A customer without a contract, and a contract without a customer.
        (r#""at_start":"known""#, r#""at_start":"absent""#),
        (r#""at_end":"known""#, r#""at_end":"unknown""#),
        (
            r#""at_end":{"count":1,"priced":1,"amount":"100""#,
            r#""at_end":{"count":0,"priced":0,"amount":"0""#,
        ),
        (
            r#""accounts":{"Acme":{"first_start":"2025-01-01","at_start":"known","at_end":"known","before":"100","now":"100"}}"#,
            r#""accounts":{}"#,
        ),
    ];
    refused::<CustomerTally>(CUSTOMERS, &edits, "totals that no records can have");
    let unknown = [
        (r#""before""#, r#""afore""#),
        (r#""first_start""#, r#""start""#),
    ];
    refused::<CustomerTally>(CUSTOMERS, &unknown, "unknown field");
    let finer = [
        (r#""now":"100""#, r#""now":"100.00001""#),
        (r#""before":"100""#, r#""before":"-100""#),
    ];
    refused::<CustomerTally>(CUSTOMERS, &finer, "is no sum");
    let inexact = [(r#""now":"100""#, r#""now":0.1"#)];
    refused::<CustomerTally>(CUSTOMERS, &inexact, "not exact");
}

/// The opening is the closing where the period has not begun.
#[test]
fn customers_that_moved_before_the_period() {
    let early = CUSTOMERS.replacen(r#""as_of":"2026-03-31""#, r#""as_of":"2025-12-30""#, 1);
    let edits = [(r#""now":"100""#, r#""now":"99""#)];
    refused::<CustomerTally>(&early, &edits, "totals that no records can have");
    let early = RENEWALS.replacen(r#""as_of":"2026-03-31""#, r#""as_of":"2025-12-30""#, 1);
    let due = r#"{"C-1":{"ending":"run_out","last":"2026-03-31","fee":"100","cut":0}}"#;
    let text = early.replacen(due, "{}", 1);
    serde_json::from_str::<RenewalTally>(&text).unwrap();
    let error = serde_json::from_str::<RenewalTally>(&early).unwrap_err();
    assert!(
        error.to_string().contains("none is due before the period"),
        "{error}"
    );
}

/// Presence and fees at the start, then at the end, of an account.
type Account<'a> = (&'a str, [&'a str; 2], [&'a str; 2]);

/// A customer tally of Q1 2026, or of a day before it, whose sums add up; only what it says of its accounts may not be.
fn accounts(as_of: &str, counts: [&str; 3], accounts: &[Account<'_>]) -> String {
    let accounts = accounts.iter().enumerate().map(
        |(number, (first_start, [at_start, before], [at_end, now]))| {
            format!(
                r#""A-{number}":{{"first_start":"{first_start}","at_start":"{at_start}","at_end":"{at_end}","before":"{before}","now":"{now}"}}"#
            )
        },
    );
    let accounts = accounts.collect::<Vec<_>>().join(",");
    let [at_start, at_end, signed] = counts.map(|priced| {
        let parts: Vec<&str> = priced.split(' ').collect();
        format!(
            r#"{{"count":{},"priced":{},"amount":"{}"}}"#,
            parts[0], parts[1], parts[2]
        )
    });
    let none = r#"{"count":0,"priced":0,"amount":"0"}"#;
    format!(
        r#"{{"scope":{{"period":"2026-01-01/2026-04-01","currency":"USD","as_of":"{as_of}"}},"counts":{{"records":9,"at_start":{at_start},"at_end":{at_end},"signed":{signed},"one_time_sales":{none}}},"accounts":{{{accounts}}}}}"#
    )
}

/// What a contract list is called, what it holds, and which accounts are there before and after.
type Listed<'a> = (
    &'static str,
    [&'static str; 3],
    Vec<Account<'a>>,
    Vec<Account<'a>>,
);

/// Each is one account away from what contracts can leave, and its totals give nothing away.
#[test]
fn accounts_that_no_contracts_make() {
    let (old, end, early) = ("2025-01-01", "2026-03-31", "2025-12-30");
    let (one, two, none) = ("1 1 100", "2 2 200", "0 0 0");
    let (absent, hundred) = (["absent", "0"], ["known", "100"]);
    let (more, less) = (["known", "150"], ["known", "50"]);
    let cases: [Listed<'_>; 5] = [
        // A customer at the start whose first contract starts on the day after, and one at the end likewise.
        (
            end,
            [one, one, one],
            vec![("2025-12-31", hundred, hundred)],
            vec![("2026-01-01", hundred, hundred)],
        ),
        (
            end,
            [none, one, one],
            vec![("2026-03-31", absent, hundred)],
            vec![("2026-04-01", absent, hundred)],
        ),
        // What nobody pays, and what somebody pays who is none.
        (
            end,
            [two, two, none],
            vec![(old, more, hundred), (old, less, hundred)],
            vec![
                (old, ["known", "200"], hundred),
                (old, ["known", "0"], hundred),
            ],
        ),
        // Nothing moves before the period.
        (
            early,
            [two, two, none],
            vec![(old, hundred, hundred), (old, hundred, hundred)],
            vec![(old, more, less), (old, less, more)],
        ),
        (
            early,
            [one, one, none],
            vec![(old, hundred, hundred), (old, absent, absent)],
            vec![(old, absent, hundred), (old, hundred, absent)],
        ),
    ];
    for (as_of, counts, sound, unsound) in cases {
        let sound = accounts(as_of, counts, &sound);
        serde_json::from_str::<CustomerTally>(&sound).unwrap();
        let unsound = accounts(as_of, counts, &unsound);
        let error = serde_json::from_str::<CustomerTally>(&unsound)
            .expect_err(&unsound)
            .to_string();
        assert!(
            error.contains("totals that no records can have"),
            "{unsound}: {error}"
        );
    }
}

#[test]
fn renewals_that_no_contracts_make() {
    let edits = [
        (r#""records":1"#, r#""records":0"#),
        (r#""records":1"#, r#""records":10000000001"#),
        (r#""at_start":1"#, r#""at_start":2"#),
        (r#""cut":0"#, r#""cut":2"#),
        // Nothing that came up, and nothing that renews by the as-of day.
        (
            r#""last":"2026-03-31","fee":"100","cut""#,
            r#""last":"2026-04-01","fee":"100","cut""#,
        ),
        (r#""ending":"run_out""#, r#""ending":"cut_before""#),
        (r#""start":"2025-01-01""#, r#""start":"2026-04-02""#),
        (r#""start":"2025-01-01""#, r#""start":"2026-03-31""#),
        (r#""id":"C-1""#, r#""id":"C-0""#),
        (
            r#""renewals":["#,
            r#""renewals":[["C-7",{"id":"C-9","start":"2025-01-01","fee":null}],"#,
        ),
    ];
    refused::<RenewalTally>(RENEWALS, &edits, "totals that no records can have");
    let unknown = [(r#""due""#, r#""dues""#), (r#""ending""#, r#""end""#)];
    refused::<RenewalTally>(RENEWALS, &unknown, "unknown field");
    let fees = [
        (r#""fee":"100""#, r#""fee":"-1""#),
        (r#""fee":"100""#, r#""fee":"1.00001""#),
        (r#""fee":"100""#, r#""fee":"100000000000000.0001""#),
    ];
    refused::<RenewalTally>(RENEWALS, &fees, "recurring fee a year");
    let id = [(r#""C-1":{"#, r#""":{"#)];
    refused::<RenewalTally>(RENEWALS, &id, "contract id");
}

#[test]
fn purchases_that_no_deals_make() {
    let edits = [
        (r#""records":1"#, r#""records":0"#),
        (r#""records":1"#, r#""records":10000000001"#),
        (r#""won":1"#, r#""won":2"#),
        (r#""won":1"#, r#""won":0"#),
        (r#""without_account":0"#, r#""without_account":1"#),
        (r#""without_account":0"#, r#""without_account":2"#),
        (r#""on":"2026-02-20""#, r#""on":"2026-04-01""#),
        (
            r#""accounts":{"Acme":{"on":"2026-02-20","source":"webinar","amount":"0"}}"#,
            r#""accounts":{}"#,
        ),
        // No deal of the period for a new customer, and one too many.
        (
            r#""won_by_accounts":{"count":1"#,
            r#""won_by_accounts":{"count":0"#,
        ),
        (
            r#""won_by_accounts":{"count":1"#,
            r#""won_by_accounts":{"count":2"#,
        ),
        (
            r#""won_by_accounts":{"count":1,"priced":0"#,
            r#""won_by_accounts":{"count":1,"priced":2"#,
        ),
        // It bought for more than anybody did.
        (
            r#""source":"webinar","amount":"0""#,
            r#""source":"webinar","amount":"1""#,
        ),
    ];
    refused::<PurchaseTally>(PURCHASES, &edits, "totals that no records can have");
    refused::<PurchaseTally>(
        PURCHASES,
        &[(r#""source""#, r#""channel""#)],
        "unknown field",
    );
}

#[test]
fn spend_that_no_expenses_make() {
    let edits = [
        (r#""totals":{"records":1"#, r#""totals":{"records":0"#),
        (
            r#""totals":{"records":1"#,
            r#""totals":{"records":10000000001"#,
        ),
        (
            r#""sales":{"count":1,"amount":"100"}"#,
            r#""sales":{"count":1,"amount":"100000000000000.0001"}"#,
        ),
        (r#""sales":{"count":1"#, r#""sales":{"count":0"#),
        (r#""marketing":{"count":0"#, r#""marketing":{"count":1"#),
        (r#""webinar":{"records":1"#, r#""webinar":{"records":2"#),
        (
            r#""webinar":{"records":1,"sales":{"count":1,"amount":"100"}"#,
            r#""webinar":{"records":1,"sales":{"count":1,"amount":"101"}"#,
        ),
        (
            r#""webinar":{"records":1,"sales":{"count":1,"amount":"100"}"#,
            r#""webinar":{"records":0,"sales":{"count":0,"amount":"0"}"#,
        ),
    ];
    refused::<SpendTally>(SPENT, &edits, "totals that no records can have");
    refused::<SpendTally>(SPENT, &[(r#""other""#, r#""misc""#)], "unknown field");
    let marketing = Spent::of(2, sum("1"));
    let totals = SpendTotals::given().records(1).marketing(marketing);
    let refused = SpendTally::from_totals(q1(), totals);
    assert!(kind_of(&refused) == Some(ErrorKind::InconsistentTotals));
    let sound = totals.records(2);
    assert_eq!(
        SpendTally::from_totals(q1(), sound).unwrap().totals(),
        &SpendTotals::from(sound)
    );
}

#[test]
fn movements_that_do_not_add_up() {
    let sound = Movements::given()
        .opening(sum("100"))
        .new(sum("20"))
        .reactivation(sum("0"))
        .expansion(sum("0"))
        .contraction(sum("30"))
        .churn(sum("70"))
        .became_known(sum("7"))
        .became_unknown(sum("5"))
        .closing(sum("27"))
        .comparable(sum("100"));
    let sound = sound.opening(sum("105"));
    let moved = MrrMovements::new(sound, Currency::USD).unwrap();
    let text = r#"{"currency":"USD","yearly":{"opening":"105","new":"20","reactivation":"0","expansion":"0","contraction":"30","churn":"70","became_known":"7","became_unknown":"5","closing":"27","comparable":"100"}}"#;
    assert_eq!(serde_json::to_string(&moved).unwrap(), text);
    assert_eq!(serde_json::from_str::<MrrMovements>(text).unwrap(), moved);
    for wrong in [
        sound.closing(sum("27.0001")),
        sound.reactivation(sum("1")),
        sound.expansion(sum("1")),
        // More lost than there was, or than can be compared.
        sound.expansion(sum("1")).churn(sum("71")),
        sound.comparable(sum("99")),
        sound.comparable(sum("101")),
    ] {
        assert!(
            MrrMovements::new(wrong, Currency::USD).is_err(),
            "{wrong:?}"
        );
        let text = serde_json::to_string(&Movements::from(wrong)).unwrap();
        let text = format!(r#"{{"currency":"USD","yearly":{text}}}"#);
        assert!(serde_json::from_str::<MrrMovements>(&text).is_err());
    }
}

/// A tally that has room for one more record only: it takes that, and nothing after.
macro_rules! full {
    ($name:ident: $tally:ty, $text:expr, $record:expr) => {
        #[test]
        fn $name() {
            let text = $text.replacen(r#""records":1"#, r#""records":9999999999"#, 1);
            let mut tally: $tally = serde_json::from_str(&text).unwrap();
            let one = <$tally>::of([$record], q1()).unwrap();
            tally.record(&$record).unwrap();
            let before = tally.clone();
            let refused = too_many_records();
            assert_eq!(complaint(tally.record(&$record)), refused);
            assert_eq!(complaint(tally.merge(&one)), refused);
            assert_eq!(tally, before);
            let (mut other, kept) = (one.clone(), one);
            assert_eq!(complaint(other.merge(&tally)), refused);
            assert_eq!(other, kept);
        }
    };
}

full!(contracts_beyond_ten_billion: CustomerTally, CUSTOMERS, contract());
full!(renewals_beyond_ten_billion: RenewalTally, RENEWALS, contract());
full!(purchases_beyond_ten_billion: PurchaseTally, PURCHASES, deal());
full!(expenses_beyond_ten_billion: SpendTally, SPENT, spend());

/// One contract, of an iterator that promises more than there is room for.
struct Boastful(Option<Contract>);

impl Iterator for Boastful {
    type Item = Contract;

    fn next(&mut self) -> Option<Contract> {
        self.0.take()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}

#[test]
fn room_that_nobody_has_is_not_asked_for() {
    let contract = Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD).unwrap();
    let of_one = RenewalTally::of(Boastful(Some(contract)), scope("2026-Q1")).unwrap();
    assert_eq!(of_one.totals().records(), Ok(1));
}

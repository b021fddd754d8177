//! Dimensions that are derived from the records: the same as if the records named them, in whatever order a book is made.

use std::slice;

use proptest::prelude::*;
use sales_metrics::plan::Goal;
use sales_metrics::report::{Caveat, Inputs, Report, ReportPlan, Value, find};
use sales_metrics::workload::Workload;
use sales_metrics::{
    Book, BookTally, Contract, Currency, Deal, DealState, DealStatus, Decimal, Dimension,
    ErrorKind, Label, Lead, Money, Outcome, PurchaseTally, Rep, Scope, Segment, Spend,
    SpendCategory, instant, kpi,
};

use crate::business::{Business, sparse_businesses};
use crate::support::{day, scope};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

/// Bands of amounts; what has no amount is in none.
fn band(deal: &Deal) -> Option<&'static str> {
    let limit = Money::new(1_000, Currency::USD);
    Some(match deal.amount()? {
        amount if amount < limit => "small",
        _ => "large",
    })
}

/// Out of a region and what became of it.
fn kind_of_lead(lead: &Lead) -> Option<String> {
    let region = lead.dimension("region")?;
    let end = if lead.won().is_some() { "won" } else { "open" };
    Some(format!("{region}, {end}"))
}

fn by_month(contract: &Contract) -> Option<String> {
    contract
        .last_day()
        .map(|day| day.format("%Y-%m").to_string())
}

fn by_category(spend: &Spend) -> Option<&'static str> {
    (spend.category() == SpendCategory::Sales).then_some("sales")
}

fn by_hire(rep: &Rep) -> Option<&'static str> {
    rep.hired().map(|hired| {
        if hired < day("2024-01-01") {
            "old"
        } else {
            "new"
        }
    })
}

fn segments() -> [Segment; 2] {
    let band = Segment::new("band")
        .unwrap()
        .of_deals(band)
        .of_leads(kind_of_lead);
    let band = band.of_contracts(by_month).of_spend(by_category);
    let tenure = Segment::new("tenure").unwrap().of_reps(by_hire);
    [band, tenure]
}

/// The records with their values written on them.
fn by_hand(business: &Business) -> Book {
    let put = |value: Option<String>| value.map(|value| label(&value));
    let deals = business.deals().into_iter().map(|deal| {
        let value = put(band(&deal).map(ToOwned::to_owned));
        deal.with(value, |deal, value| deal.with_dimension("band", value))
            .unwrap()
    });
    let leads = business.joined_leads().into_iter().map(|lead| {
        let value = put(kind_of_lead(&lead));
        lead.with(value, |lead, value| lead.with_dimension("band", value))
            .unwrap()
    });
    let contracts = business.contracts().into_iter().map(|contract| {
        let value = put(by_month(&contract));
        contract
            .with(value, |contract, value| {
                contract.with_dimension("band", value)
            })
            .unwrap()
    });
    let spend = business.spend().into_iter().map(|spend| {
        let value = put(by_category(&spend).map(ToOwned::to_owned));
        spend
            .with(value, |spend, value| spend.with_dimension("band", value))
            .unwrap()
    });
    let reps = business.reps().into_iter().map(|rep| {
        let value = put(by_hire(&rep).map(ToOwned::to_owned));
        rep.with(value, |rep, value| rep.with_dimension("tenure", value))
            .unwrap()
    });
    Book::new(Currency::USD)
        .with_deals(deals)
        .and_then(|book| book.with_leads(leads))
        .and_then(|book| book.with_contracts(contracts))
        .and_then(|book| book.with_spend(spend))
        .and_then(|book| book.with_reps(reps))
        .unwrap()
}

proptest! {
    #![proptest_config(crate::support::config(64))]

    #[test]
    fn a_segment_is_a_dimension_that_the_records_name(business in sparse_businesses(), turn in 0_usize..9) {
        let expected = by_hand(&business);
        let [band, tenure] = segments();
        // A day there may be in no supported year.
        let utc = || "+00:00".parse().unwrap();
        let can_move = business.book().with_place(utc()).is_ok();
        // Its place among the doors plays no part.
        let mut book = Book::new(Currency::USD);
        for step in 0..9 {
            book = match (step + turn) % 9 {
                0 => book.with_segment(band.clone()),
                1 => book.with_segment(tenure.clone()),
                2 => book.with_deals(business.deals()),
                3 => book.with_leads(business.leads()),
                4 => book.with_contracts(business.contracts()),
                5 => book.with_spend(business.spend()),
                6 => book.with_reps(business.reps()),
                7 if can_move => book.with_place(utc()),
                _ => book.with_deals([]),
            }.unwrap();
        }
        prop_assert_eq!(book.deals(), expected.deals());
        prop_assert_eq!(book.contracts(), expected.contracts());
        prop_assert_eq!(book.spend(), expected.spend());
        prop_assert_eq!(book.reps(), expected.reps());
        let of_leads = |book: &Book| -> Vec<Option<String>> {
            book.leads().iter().map(|lead| lead.dimension("band").map(ToString::to_string)).collect()
        };
        prop_assert_eq!(of_leads(&book), of_leads(&expected));
    }
}

/// It leaves no trace of what a record had before.
#[test]
fn a_function_has_the_last_word_and_sees_no_value_of_its_name() {
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let lead = Lead::new("L-1", instant("2026-01-06T18:30:00Z").unwrap()).unwrap();
    let contract = Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD).unwrap();
    let spend = Spend::new(
        "S-1",
        day("2026-01-31"),
        5,
        Currency::USD,
        SpendCategory::Sales,
    )
    .unwrap();
    let rep = Rep::new("ada").unwrap();
    macro_rules! expect_none {
        ($($records:ident, $with:ident, $of:ident: $bare:ident;)*) => {
            $(
                let written = || [$bare.clone().with_dimension("band", "by hand").unwrap()];
                let segment = || Segment::new("band").unwrap().$of(|record| {
                    assert_eq!(record.dimension("band"), None);
                    None::<&str>
                });
                let empty = || Book::new(Currency::USD);
                let before = empty().with_segment(segment()).and_then(|book| book.$with(written()));
                let after = empty().$with(written()).and_then(|book| book.with_segment(segment()));
                for book in [before, after] {
                    assert_eq!(book.unwrap().$records(), slice::from_ref(&$bare));
                }
            )*
        };
    }
    expect_none! {
        deals, with_deals, of_deals: deal;
        leads, with_leads, of_leads: lead;
        contracts, with_contracts, of_contracts: contract;
        spend, with_spend, of_spend: spend;
        reps, with_reps, of_reps: rep;
    }
}

/// Ben, of the west, has handed his only deal over to Ada, of the east: on a day before that the west had it open.
#[test]
fn a_deal_then_is_of_its_rep_then() {
    let rep = |id, desk| {
        Rep::new(id)
            .and_then(|rep| rep.with_dimension("desk", desk))
            .unwrap()
    };
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD);
    let deal = deal.and_then(|deal| deal.with_owner("ada")).unwrap();
    let state = |owner: &str, on| {
        let state = DealState::new("D-1", day(on), DealStatus::Open, Currency::USD);
        state.and_then(|state| state.with_owner(owner)).unwrap()
    };
    let book = Book::new(Currency::USD)
        .with_reps([rep("ada", "east"), rep("ben", "west")])
        .and_then(|book| book.with_deals([deal]))
        .and_then(|book| book.with_states([state("ben", "2026-01-07"), state("ada", "2026-04-02")]))
        .unwrap();
    let desk = Dimension::named("desk").unwrap();
    let groups = BookTally::by(&book, q1(), &desk).unwrap();
    let open = |desk| {
        groups[&Some(desk)]
            .deals_then()
            .unwrap()
            .tally()
            .totals()
            .open()
            .unwrap()
            .count
    };
    assert_eq!((open("west"), open("east")), (1, 0));
}

/// Whatever changes a lead in the book: its deal, which comes later, and the place.
#[test]
fn a_lead_that_the_book_changes_is_asked_again() {
    let lead = Lead::new("L-1", instant("2026-01-06T23:30:00Z").unwrap());
    let lead = lead
        .and_then(|lead| lead.with_conversion("D-1", day("2026-01-07")))
        .unwrap();
    let segment = Segment::new("story").unwrap().of_leads(|lead| {
        let end = if lead.won().is_some() { "won" } else { "open" };
        Some(format!("{} {end}", lead.arrived().date()))
    });
    let outcome = Outcome::Won {
        on: day("2026-02-20"),
    };
    let deal = Deal::new("D-1", day("2026-01-07"), outcome, Currency::USD).unwrap();
    let book = Book::new(Currency::USD)
        .with_segment(segment)
        .unwrap()
        .with_leads([lead])
        .unwrap();
    let story = |book: &Book| book.leads()[0].dimension("story").unwrap().to_string();
    assert_eq!(story(&book), "2026-01-06 open");
    let book = book.with_deals([deal]).unwrap();
    assert_eq!(story(&book), "2026-01-06 won");
    let book = book.with_place("+01:00".parse().unwrap()).unwrap();
    assert_eq!(story(&book), "2026-01-07 won");
}

#[test]
fn a_later_segment_reads_an_earlier_one() {
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let deal = deal
        .with_amount(5_000)
        .and_then(|deal| deal.with_region("north"))
        .unwrap();
    let territory = Segment::new("territory").unwrap().of_deals(|deal| {
        let (region, band) = (deal.region()?, deal.dimension("band")?);
        Some(format!("{region} {band}"))
    });
    let [band, _] = segments();
    let book = Book::new(Currency::USD)
        .with_segment(band)
        .unwrap()
        .with_segment(territory)
        .unwrap();
    let book = book.with_deals([deal]).unwrap();
    let territory = book.deals()[0]
        .dimension("territory")
        .map(ToString::to_string);
    assert_eq!(territory.as_deref(), Some("north large"));
}

#[test]
fn a_name_is_taken_once_and_an_answer_is_a_label() {
    let told = |error: sales_metrics::Error| (error.kind(), error.to_string());
    assert_eq!(
        told(Segment::new("team").unwrap_err()),
        (
            ErrorKind::TakenName,
            "\"team\" is a dimension of every book; give the segment another name".to_owned()
        )
    );
    let book = Book::new(Currency::USD)
        .with_segment(Segment::new("size").unwrap())
        .unwrap();
    assert_eq!(
        told(
            book.with_segment(Segment::new("size").unwrap())
                .unwrap_err()
        ),
        (
            ErrorKind::TakenName,
            "\"size\" is a segment of this book; give the segment another name".to_owned()
        )
    );
    let deal = Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let empty = Segment::new("size").unwrap().of_deals(|_| Some(""));
    let book = Book::new(Currency::USD).with_segment(empty).unwrap();
    assert_eq!(
        told(book.with_deals([deal]).unwrap_err()),
        (
            ErrorKind::InvalidId,
            "deal D-1: size \"\" is empty".to_owned()
        )
    );
}

/// What the records of a kind say themselves holds for all of them.
#[test]
fn records_that_name_a_dimension_are_not_told_apart_by_their_reps() {
    let deal = |id: &str| {
        let deal = Deal::new(id, day("2026-01-07"), Outcome::Open, Currency::USD);
        deal.and_then(|deal| deal.with_owner("ada")).unwrap()
    };
    let lead = Lead::new("L-1", instant("2026-01-06T18:30:00Z").unwrap());
    let lead = lead.and_then(|lead| lead.with_owner("ada")).unwrap();
    let ada = Rep::new("ada")
        .and_then(|rep| rep.with_dimension("region", "north"))
        .unwrap();
    let south = deal("D-1").with_region("south").unwrap();
    let book = Book::new(Currency::USD)
        .with_deals([south, deal("D-2")])
        .and_then(|book| book.with_leads([lead]))
        .and_then(|book| book.with_reps([ada]))
        .unwrap();
    let region = Dimension::named("region").unwrap();
    let groups = BookTally::by(&book, q1(), &region).unwrap();
    let open = |group: Option<&str>| {
        let tally = &groups[&group];
        let deals = tally.deals().unwrap().totals().open().unwrap().count;
        (deals, tally.leads().unwrap().totals().open().unwrap())
    };
    assert_eq!(
        groups.keys().copied().collect::<Vec<_>>(),
        [None, Some("north"), Some("south")]
    );
    assert_eq!(
        [open(None), open(Some("north")), open(Some("south"))],
        [(1, 0), (0, 1), (1, 0)]
    );
}

/// Acme first bought in the north, a year ago; that it buys in the south now makes it no new customer there.
#[test]
fn an_account_is_new_where_it_first_bought() {
    let won = |id: &str, on, region: &str, account: &str| {
        let outcome = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2024-01-07"), outcome, Currency::USD)?;
        deal.with_region(region)?
            .with_account(account)?
            .with_amount(900)
    };
    let deals = [
        won("D-1", "2025-02-03", "north", "Acme"),
        won("D-2", "2026-02-03", "south", "Acme"),
        won("D-3", "2026-02-04", "south", "Initech"),
        won("D-4", "2026-02-04", "north", "Initech"),
        won("D-5", "2026-02-05", "south", "Umbrella"),
    ]
    .map(Result::unwrap);
    let spend = ["north", "south"].map(|region| {
        let spend = Spend::new(
            region,
            day("2026-01-31"),
            500,
            Currency::USD,
            SpendCategory::Sales,
        );
        spend
            .and_then(|spend| spend.with_dimension("region", region))
            .unwrap()
    });
    let book = Book::new(Currency::USD)
        .with_deals(deals)
        .unwrap()
        .with_spend(spend)
        .unwrap();
    let region = Dimension::named("region").unwrap();
    let groups = BookTally::by(&book, q1(), &region).unwrap();
    let new = |region| {
        let tally: &BookTally = &groups[&Some(region)];
        let purchases: &PurchaseTally = tally.purchases().unwrap();
        let cac = kpi::customer_acquisition_cost(tally.spend().unwrap(), purchases);
        (
            purchases.totals().new_customers().unwrap(),
            cac.unwrap().to_string(),
        )
    };
    // Of two first purchases on one day the first region by name holds.
    assert_eq!(new("north"), (1, "500 USD".to_owned()));
    assert_eq!(new("south"), (1, "500 USD".to_owned()));
}

/// The north has sold for years; that the south has sold since January alone makes none of its customers a doubtful one.
#[test]
fn a_group_that_is_new_is_no_short_history() {
    let won = |id: &str, on, region: &str| {
        let outcome = Outcome::Won { on: day(on) };
        let deal = Deal::new(id, day("2023-01-07"), outcome, Currency::USD)?;
        deal.with_region(region)?.with_account(id)?.with_amount(900)
    };
    let spend = Spend::new(
        "S-1",
        day("2026-01-31"),
        500,
        Currency::USD,
        SpendCategory::Sales,
    );
    let spend = spend
        .and_then(|spend| spend.with_dimension("region", "south"))
        .unwrap();
    let (old, new) = (
        won("D-1", "2023-02-03", "north"),
        won("D-2", "2026-02-03", "south"),
    );
    let marks = |deals: Vec<Deal>| {
        let book = Book::new(Currency::USD)
            .with_deals(deals)
            .unwrap()
            .with_spend([spend.clone()])
            .unwrap();
        let plan = ReportPlan::new(q1()).with_kpis([find("customer_acquisition_cost").unwrap()]);
        let plan = plan.with_dimension(Dimension::named("region").unwrap());
        let report = Report::of(&book, &plan).unwrap();
        let south = report
            .sections()
            .iter()
            .find(|section| section.group() == Some("south"))
            .unwrap();
        south.lines()[0]
            .now()
            .caveats
            .contains(&Caveat::ShortHistory)
    };
    let both = vec![old.unwrap(), new.clone().unwrap()];
    assert!(!marks(both.clone()));
    // Nor is what such groups are together.
    let west = won("D-3", "2026-03-03", "west").unwrap();
    let book = Book::new(Currency::USD)
        .with_deals(both)
        .unwrap()
        .with_deals([west])
        .unwrap()
        .with_spend([spend.clone()])
        .unwrap();
    let region = Dimension::named("region").unwrap();
    let groups = BookTally::by(&book, q1(), &region).unwrap();
    let mut south = groups[&Some("south")].clone();
    south.merge(&groups[&Some("west")]).unwrap();
    let cac = find("customer_acquisition_cost").unwrap();
    let goal = Goal::new(cac, Money::new(900, Currency::USD), q1().period()).unwrap();
    let judged = goal.judge(&Inputs::new(&south)).unwrap();
    assert_eq!(
        judged.reading().value,
        Ok(Value::Money(Money::new(250, Currency::USD)))
    );
    assert!(
        !judged.reading().caveats.contains(&Caveat::ShortHistory),
        "{judged}"
    );
    assert!(marks(vec![new.unwrap()]));
}

#[test]
fn the_next_goes_to_whoever_has_the_smallest_part_in_hand() {
    let workload = [("ada", 10), ("ben", 20), ("cleo", 0)]
        .into_iter()
        .try_fold(Workload::new(), |all, (rep, cap)| all.with_cap(rep, cap))
        .and_then(|all| {
            all.with_load("ada", 6)?
                .with_load("ben", 9)?
                .with_load("ada", 2)?
                .with_load("zoe", 3)
        })
        .unwrap();
    let turns = |count| -> Vec<String> {
        workload
            .assigned(count)
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    // 9 of 20 to 16 of 20; then 8 of 10 and 16 of 20 are equal parts, and the larger cap is first.
    assert_eq!(turns(7), ["ben"; 7]);
    assert_eq!(turns(9)[7..], ["ben", "ada"]);
    // Nobody has room for more than 13, and who has no cap gets none.
    assert_eq!(turns(99).len(), 13);
    assert_eq!(workload.overloaded().count(), 0);
    let text =
        "ada   8 of 10  80.0%\nben   9 of 20  45.0%\ncleo   0 of 0      –\nzoe    3 of –      –\n";
    assert_eq!(workload.to_string(), text);

    let over = workload.with_load("cleo", 1).unwrap();
    let named: Vec<(String, u64)> = over
        .overloaded()
        .map(|(rep, share)| (rep.to_string(), share.excess()))
        .collect();
    assert_eq!(named, [("cleo".to_owned(), 1)]);
    let json = serde_json::to_string(&over).unwrap();
    assert_eq!(
        json,
        r#"{"ada":{"load":8,"cap":10},"ben":{"load":9,"cap":20},"cleo":{"load":1,"cap":0},"zoe":{"load":3}}"#
    );
    assert_eq!(serde_json::from_str::<Workload>(&json).unwrap(), over);
}

proptest! {
    #![proptest_config(crate::support::config(256))]

    /// Each turn, told again in fractions.
    #[test]
    fn turns_are_fair(shares in proptest::collection::vec((0_u64..9, 0_u64..9), 1..5), count in 0_usize..12) {
        let mut all = Workload::new();
        for (at, (load, cap)) in shares.iter().enumerate() {
            all = all.with_load(at, *load).unwrap().with_cap(at, *cap).unwrap();
        }
        let mut loads: Vec<u64> = shares.iter().map(|(load, _)| *load).collect();
        let mut expected: Vec<String> = Vec::new();
        while expected.len() < count {
            let free = (0..shares.len()).filter(|at| loads[*at] < shares[*at].1);
            let part = |at: &usize| {
                let cap = shares[*at].1;
                // Hundreds of fortieths: exact for caps below 9.
                (Decimal::from(loads[*at] * 840) / Decimal::from(cap), core::cmp::Reverse(cap), *at)
            };
            let Some(next) = free.min_by_key(part) else { break };
            loads[next] += 1;
            expected.push(next.to_string());
        }
        let turns: Vec<String> = all.assigned(count).iter().map(ToString::to_string).collect();
        prop_assert_eq!(turns, expected);
    }
}

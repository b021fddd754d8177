//! Deals that reps share, and the words of deals.

use sales_metrics::import::WordColumn;
use sales_metrics::{
    DealKind, Decimal, ForecastCategory, Origin, Period, Rate, Rep, Roster, Scope, TeamTally,
};

use super::*;

const SPLIT: &str = "id,created,closed,stage,rep,%,rep 2,% 2,rep 3,% 3\n";

fn split() -> DealColumns {
    few()
        .with_owner_share("rep", "%")
        .with_owner_share("rep 2", Column::new("% 2").with_unknown(["-"]))
        .with_owner_share("rep 3", "% 3")
}

fn one(cells: &str) -> Result<Deal, String> {
    let file = format!("{SPLIT}D-1,2024-01-05,2024-03-01,Won,{cells}\n");
    let Imported {
        mut records,
        mut rejected,
        ..
    } = deals_in(file, &split());
    match records.pop() {
        Some(deal) => Ok(deal),
        None => Err(rejected.remove(0).to_string()),
    }
}

fn won() -> Deal {
    deals(format!("{FEW}D-1,2024-01-05,2024-03-01,Won\n"), &few()).remove(0)
}

#[test]
fn a_row_names_one_owner_or_several() {
    assert_eq!(one(",,,,,").unwrap(), won());
    let alone = won().with_owner("ada").unwrap();
    for cells in ["ada,,,,,", "ada,100 %,,-,,", ",,ada,100.00,,", "ada,,,,,"] {
        assert_eq!(one(cells).unwrap(), alone, "{cells}");
    }
    let percent = |text| Rate::from_percent(sales_metrics::decimal(text).unwrap()).unwrap();
    let two = won().with_owners([("ada", percent("62.5")), ("ben", percent("37.5"))]);
    let two = two.unwrap();
    for cells in ["ada,62.5,ben,37.5%,,", "ada,62.50 %,,,ben,37.5"] {
        assert_eq!(one(cells).unwrap(), two, "{cells}");
    }
    let three = [
        ("cleo", percent("50")),
        ("ada", percent("30")),
        ("ben", percent("20")),
    ];
    assert_eq!(
        one("cleo,50,ada,30,ben,20").unwrap(),
        won().with_owners(three).unwrap()
    );
}

#[test]
fn shares_that_make_no_whole_are_named() {
    let sum = |sum: &str| {
        format!("deal D-1: the shares of its owners add up to {sum}, but must add up to 1 (100%)")
    };
    for (cells, because) in [
        (
            "ada,60,ben,30,,",
            format!("column \"% 2\": \"30\": {}", sum("0.9")),
        ),
        (
            "ada,60,ben,30,cleo,20",
            format!("column \"% 3\": \"20\": {}", sum("1.1")),
        ),
        (
            "ada,60,,,,",
            format!("column \"%\": \"60\": {}", sum("0.6")),
        ),
        (
            "ada,100,ben,0,,",
            "column \"% 2\": \"0\": deal D-1: owners is 0%, but must be above 0%".to_owned(),
        ),
        (
            "ada,60,ben,,,",
            "column \"% 2\": the cell is empty, but the one of column \"rep 2\" needs it"
                .to_owned(),
        ),
        (
            "ada,60,ben,-,,",
            "column \"% 2\": the cell is empty, but the one of column \"rep 2\" needs it"
                .to_owned(),
        ),
        (
            "ada,60,,40,,",
            "column \"rep 2\": the cell is empty, but the one of column \"% 2\" needs it"
                .to_owned(),
        ),
        (
            "ada,60,ada,40,,",
            "column \"% 2\": \"40\": deal D-1: one rep has two shares of it; add them up"
                .to_owned(),
        ),
        (
            "ada,most,ben,40,,",
            "column \"%\": \"most\" is no number in the format 1234.56".to_owned(),
        ),
        (
            "ada,most,,,,",
            "column \"%\": \"most\" is no number in the format 1234.56".to_owned(),
        ),
        (
            "ada,140,ben,40,,",
            "column \"%\": \"140\": the rate 1.40 is not between 0 and 1 (0% and 100%)".to_owned(),
        ),
    ] {
        assert_eq!(
            one(cells).unwrap_err(),
            format!("line 2, {because}"),
            "{cells}"
        );
    }
}

/// Deals of one file share what they have in common, and nothing else.
#[test]
fn rows_are_told_apart_by_their_shares() {
    let rows = [
        "D-1,2024-01-05,2024-03-01,Won,ada,60,ben,40,,",
        "D-2,2024-01-05,2024-03-01,Won,ada,40,ben,60,,",
        "D-3,2024-01-05,2024-03-01,Won,ada,,,,,",
        "D-4,2024-01-05,2024-03-01,Won,ada,60,,,ben,40",
        "D-5,2024-01-05,2024-03-01,Won,ada,60,ben,40,,",
    ];
    let deals = deals(format!("{SPLIT}{}\n", rows.join("\n")), &split());
    let shares: Vec<String> = deals
        .iter()
        .map(|deal| {
            let shares = deal.owners().map(|(rep, share)| format!("{rep} {share}"));
            shares.collect::<Vec<_>>().join(", ")
        })
        .collect();
    assert_eq!(
        shares,
        [
            "ada 60%, ben 40%",
            "ada 40%, ben 60%",
            "ada 100%",
            "ada 60%, ben 40%",
            "ada 60%, ben 40%"
        ]
    );
}

#[test]
fn the_words_of_a_deal() {
    let columns = few()
        .with_kind(WordColumn::fixed(DealKind::New))
        .with_origin(
            WordColumn::new("by")
                .with_words(Origin::Marketing, ["MKT"])
                .with_words(Origin::Partner, ["Partner"]),
        )
        .with_forecast_category(
            WordColumn::new("call")
                .with_words(ForecastCategory::Commit, ["sure"])
                .with_words(ForecastCategory::Omitted, [""])
                .with_unknown(["Closed"]),
        );
    let file = |cells: &str| {
        format!("id,created,closed,stage,by,call\nD-1,2024-01-05,2024-03-01,Won,{cells}\n")
    };
    let new = won().with_kind(DealKind::New);
    let sure = new
        .clone()
        .with_origin(Origin::Partner)
        .with_forecast_category(ForecastCategory::Commit);
    assert_eq!(deals(file("Partner,sure"), &columns), [sure]);
    let omitted = new
        .clone()
        .with_forecast_category(ForecastCategory::Omitted);
    assert_eq!(deals(file(","), &columns), [omitted]);
    assert_eq!(deals(file(",Closed"), &columns), [new]);
    assert_eq!(
        texts(&rejected(file("Sales,sure"), &columns)),
        ["line 2, column \"by\": \"Sales\" is not declared; the words are \"MKT\", \"Partner\""]
    );
}

/// Owners in one cell: the first owns it, and they share alike.
#[test]
fn a_cell_of_several_owners_is_parted_by_the_declared_mark() {
    const FILE: &str = "id,created,closed,stage,owner\n";
    let columns = few().with_owner("owner").with_owner_separator(';');
    let one = |owner: &str| {
        let file = format!("{FILE}D-1,2024-01-05,2024-03-01,Won,{owner}\n");
        let Imported {
            mut records,
            mut rejected,
            ..
        } = deals_in(file, &columns);
        records.pop().ok_or_else(|| rejected.remove(0).to_string())
    };
    let millionths = |count| Rate::from_fraction(Decimal::new(count, 6)).unwrap();
    assert_eq!(one("").unwrap(), won());
    assert_eq!(one(" ada ").unwrap(), won().with_owner("ada").unwrap());
    let two = won().with_owners([("ada", Rate::HALF), ("bob", Rate::HALF)]);
    assert_eq!(one("ada;bob").unwrap(), two.unwrap());
    let three = [
        ("cleo", millionths(333_334)),
        ("ada", millionths(333_333)),
        ("bob", millionths(333_333)),
    ];
    let three = won().with_owners(three).unwrap();
    assert_eq!(one("cleo; ada ;bob").unwrap(), three);

    for (owner, said) in [
        (
            "ada;",
            "column \"owner\": \"ada;\": deal D-1: owner \"\" is empty",
        ),
        ("ada;bob;ada", "one rep has two shares of it; add them up"),
    ] {
        let error = one(owner).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn whoever_shares_a_deal_by_a_mark_has_a_part_of_it() {
    let file = "id,created,stage,closed,amount,owner\nD-1,2026-01-07,Won,2026-01-20,1000,ada;bob\n";
    let columns = few()
        .with_amount("amount")
        .with_owner("owner")
        .with_owner_separator(';');
    let reps = ["ada", "bob"].map(|id| Rep::new(id).unwrap());
    let roster = Roster::new(reps, []).unwrap();
    let q1 = Scope::new(Period::quarter(2026, 1).unwrap(), Currency::USD);
    let team = TeamTally::of(deals(file, &columns), q1.with_roster(&roster).unwrap()).unwrap();
    let won: Vec<String> = team
        .reps()
        .map(|rep| rep.won().unwrap().amount.decimal().to_string())
        .collect();
    assert_eq!(won, ["500", "500"]);
}

#[test]
fn a_mark_that_parts_owners_is_none_of_their_ids_and_stands_with_the_owner() {
    let said = |columns: &DealColumns| {
        let refused = read::<DealColumns>("".as_bytes(), columns).unwrap_err();
        refused.to_string()
    };
    let error = said(&few().with_owner("owner").with_owner_separator('x'));
    let problem = "'x' cannot part the ids of reps, since it can be a part of one";
    assert!(error.contains(problem), "{error}");
    let error = said(&split().with_owner_separator(';'));
    let problem = "owner_separator parts the reps of owner; name that column, too";
    assert!(error.contains(problem), "{error}");
}

//! Any mapping of changes and of dates of stages: as JSON it is itself again, and what is written by it is read back by it.

use proptest::prelude::*;
use sales_metrics::import::{ChangeColumns, StageColumns};
use sales_metrics::{DealChange, DealState, Rate, StagesEntered};
use serde_json::{Map, Value, json};

use super::styles::{Dice, Style};
use super::whole::{As, Keys, STATUSES, expect_back_of, said, told};
use super::*;
use crate::history::cases::{STAGES, deals, states};
use crate::support::config;

/// With a status of its own, or one that the stage says.
const CHANGES: [Keys; 2] = [
    &[
        ("deal", "deal", As::Text),
        ("at", "at", As::When),
        ("run", "run", As::Number),
        ("field", "field", As::Words(&FIELDS)),
    ],
    &[
        ("deal", "deal", As::Text),
        ("at", "at", As::When),
        ("run", "run", As::Number),
        ("field", "field", As::Words(FIELDS.split_at(7).0)),
    ],
];

const FIELDS: [&str; 8] = [
    "stage",
    "owner",
    "amount",
    "expected_close",
    "probability",
    "probability_percent",
    "forecast_category",
    "status",
];

const CATEGORIES: [&str; 4] = ["commit", "best_case", "pipeline", "omitted"];

const DATES: Keys = &[("deal", "deal", As::Text)];

/// As the words of the file say it.
fn word(meaning: &str) -> String {
    format!("is {meaning}")
}

/// What a field of a state is written from.
fn written(state: &DealState, field: &str) -> Option<Value> {
    let text = |text: &str| Value::from(text);
    match field {
        "stage" => state.stage().map(|stage| text(stage.as_str())),
        "owner" => state.owner().map(|owner| text(owner.as_str())),
        "amount" => state.amount().map(|it| it.amount().to_string().into()),
        "expected_close" => state.expected_close().map(|on| on.to_string().into()),
        "probability" | "probability_percent" => {
            let share = state.probability().map(Rate::fraction);
            share.map(|share| share.to_string().into())
        }
        "forecast_category" => {
            let category = serde_json::to_value(state.forecast_category()?).unwrap();
            Some(word(category.as_str().unwrap()).into())
        }
        _ => {
            let status = serde_json::to_value(state.status()).unwrap();
            Some(word(status.as_str().unwrap()).into())
        }
    }
}

fn change(before: &DealState, after: &DealState, field: &str) -> DealChange {
    let (id, at) = (after.deal(), after.at());
    let amount = |state: &DealState| state.amount().map(|amount| amount.amount());
    match field {
        "stage" => DealChange::of_stage(id, at, before.stage(), after.stage()),
        "owner" => DealChange::of_owner(id, at, before.owner(), after.owner()),
        "amount" => DealChange::of_amount(id, at, amount(before), amount(after)),
        "expected_close" => {
            DealChange::of_expected_close(id, at, before.expected_close(), after.expected_close())
        }
        "probability" | "probability_percent" => {
            DealChange::of_probability(id, at, before.probability(), after.probability())
        }
        "forecast_category" => DealChange::of_forecast_category(
            id,
            at,
            before.forecast_category(),
            after.forecast_category(),
        ),
        _ => DealChange::of_status(id, at, before.status(), after.status()),
    }
    .unwrap()
}

/// What the stage says: the last one is that of won deals, the one before it of lost ones.
fn status_of(state: &DealState) -> DealStatus {
    let is_in = |name: &str| state.stage().is_some_and(|stage| stage.as_str() == name);
    if is_in(STAGES[3]) {
        DealStatus::Won
    } else if is_in(STAGES[2]) {
        DealStatus::Lost
    } else {
        DealStatus::Open
    }
}

/// Changes between states, whatever these are of, and the JSON of each.
fn changes(
    states: &[DealState],
    dice: &mut Dice,
    by_stage: bool,
    has_from: bool,
) -> (Vec<DealChange>, Vec<Map<String, Value>>) {
    let (mut changes, mut all) = (Vec::new(), Vec::new());
    for (before, after) in states.iter().zip(states.iter().skip(1)) {
        let field = FIELDS[dice.below(if by_stage { 7 } else { 8 })];
        let mut row = change(before, after, field).with_run(after.run());
        if by_stage && field == "stage" {
            row = row.with_status(status_of(before), status_of(after));
        }
        changes.push(if has_from { row } else { row.without_from() });
        let mut fields = Map::new();
        fields.insert("deal".to_owned(), after.deal().as_str().into());
        fields.insert("at".to_owned(), after.at().to_string().into());
        fields.insert("run".to_owned(), after.run().into());
        fields.insert("field".to_owned(), field.into());
        let sides = [("from", before), ("to", after)];
        for (side, state) in sides {
            let value = written(state, field);
            fields.extend(value.map(|value| (side.to_owned(), value)));
        }
        all.push(fields);
    }
    (changes, all)
}

/// What changed fields say, each as it is written.
fn sides(style: &mut Style, all: &[Map<String, Value>], names: &[&str]) {
    for name in names {
        let side = all.iter().map(|fields| {
            let how = match fields["field"].as_str().unwrap() {
                "expected_close" => As::Date,
                "amount" | "probability" => As::Number,
                "probability_percent" => As::Percent,
                _ => As::Text,
            };
            Some(said(fields.get(*name)?, how))
        });
        let column = style.column(&side.collect::<Vec<_>>(), None);
        style.mapping.insert((*name).to_owned(), column);
    }
}

/// The words of the fields that the mapping reads.
fn words(style: &mut Style, by_stage: bool) {
    let fixed = style.mapping["field"].get("fixed").cloned();
    let reads = |field: &str| fixed.as_ref().is_none_or(|fixed| *fixed == field);
    let listed = |meanings: &[&str]| {
        let words = meanings.iter();
        let words = words.map(|meaning| ((*meaning).to_owned(), json!([word(meaning)])));
        Value::Object(words.collect())
    };
    if reads("forecast_category") {
        // What is not declared is one of them.
        let category =
            json!({"words": listed(&CATEGORIES[1..]), "unknown": ["-"], "others": "commit"});
        style
            .mapping
            .insert("forecast_category".to_owned(), category);
    }
    if by_stage && reads("stage") {
        let words = json!({"won": [STAGES[3]], "lost": [STAGES[2]], "open": [""]});
        let stages = json!({"words": words, "others": "open"});
        style.mapping.insert("status_by_stage".to_owned(), stages);
    } else if !by_stage && reads("status") {
        let status = json!({"words": listed(STATUSES)});
        style.mapping.insert("status".to_owned(), status);
    }
}

/// When each deal first entered each stage, and the JSON of that.
fn entered(states: &[DealState]) -> (Vec<StagesEntered>, Vec<Map<String, Value>>) {
    let (mut records, mut all) = (Vec::new(), Vec::new());
    for own in states.chunk_by(|a, b| a.deal() == b.deal()) {
        let id = own[0].deal();
        let mut record = StagesEntered::new(id).unwrap();
        let mut fields = Map::new();
        fields.insert("deal".to_owned(), id.as_str().into());
        for stage in STAGES {
            let is_in = |state: &&DealState| state.stage().is_some_and(|it| it.as_str() == stage);
            let Some(first) = own.iter().find(is_in) else {
                continue;
            };
            record = record.with_stage(stage, first.at()).unwrap();
            fields.insert(stage.to_owned(), first.at().to_string().into());
        }
        records.push(record);
        all.push(fields);
    }
    (records, all)
}

fn dates(style: &mut Style, all: &[Map<String, Value>]) {
    let mut stages = Vec::new();
    for stage in STAGES {
        let dates = all
            .iter()
            .map(|fields| Some(said(fields.get(stage)?, As::When)));
        let column = style.column(&dates.collect::<Vec<_>>(), None);
        stages.push(json!({"stage": stage, "entered": column}));
    }
    style.mapping.insert("stages".to_owned(), stages.into());
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn what_a_mapping_of_the_past_writes_it_reads(history in deals(), seed in any::<u64>(), by_stage in any::<bool>(), has_from in any::<bool>()) {
        let states: Vec<DealState> = states(&history).into_iter().map(|state| told(state, seed)).collect();
        let mut dice = Dice::new(seed);
        let (records, all) = changes(&states, &mut dice, by_stage, has_from);
        let keys = CHANGES[usize::from(by_stage)];
        expect_back_of::<ChangeColumns>(&records, &all, (keys, None), seed, |style, all| {
            style.declare_instants();
            sides(style, all, if has_from { &["from", "to"] } else { &["to"] });
            words(style, by_stage);
        });
        let (records, all) = entered(&states);
        expect_back_of::<StageColumns>(&records, &all, (DATES, None), seed, |style, all| {
            style.declare_instants();
            dates(style, all);
        });
    }
}

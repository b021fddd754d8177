//! Any mapping whatever: as JSON it is itself again, and what is written by it is read back by it.

use proptest::prelude::*;
use sales_metrics::import::{
    ActivityColumns, Columns, ContractColumns, LeadColumns, QuotaColumns, RepColumns, SpendColumns,
    StateColumns, WorkTimeColumns,
};
use sales_metrics::{DealState, Decimal, ForecastCategory, Rate};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::styles::{Said, Style};
use super::*;
use crate::business::businesses;
use crate::history::cases::{deals, states};
use crate::support::config;

/// How a key of a mapping says what a field of a record's JSON says.
#[derive(Clone, Copy)]
pub(super) enum As {
    Text,
    Date,
    /// The day after it.
    DateAfter,
    When,
    Number,
    Percent,
    Ramp,
    Seconds,
    /// Several texts, with `;` between them.
    Texts,
    Words(&'static [&'static str]),
    Outcome,
    Currency,
    /// An answer, of which the JSON has the yes alone.
    Yes,
}

/// The field of the record, the key of the mapping, and how.
pub(super) type Keys = &'static [(&'static str, &'static str, As)];

pub(super) const STATUSES: &[&str] = &["open", "won", "lost", "disqualified"];
const ORIGINS: &[&str] = &["marketing", "sales", "partner"];

const DEALS: Keys = &[
    ("id", "id", As::Text),
    ("created", "created", As::Date),
    ("status", "outcome", As::Outcome),
    ("currency", "currency", As::Currency),
    ("closed", "closed", As::Date),
    ("account", "account", As::Text),
    ("amount", "amount", As::Number),
    ("cost", "cost", As::Number),
    ("list_price", "list_price", As::Number),
    ("probability", "probability_percent", As::Percent),
    ("first_contact", "first_contact", As::Date),
    ("expected_close", "expected_close", As::Date),
    ("stage", "stage", As::Text),
    ("loss_reason", "loss_reason", As::Text),
    ("kind", "kind", As::Words(&["new", "expansion", "renewal"])),
    ("origin", "origin", As::Words(ORIGINS)),
    (
        "forecast_category",
        "forecast_category",
        As::Words(&["commit", "best_case", "pipeline", "omitted"]),
    ),
];

const LEADS: Keys = &[
    ("id", "id", As::Text),
    ("arrived", "arrived", As::When),
    ("assigned", "assigned", As::When),
    ("first_touch", "first_touch", As::When),
    ("marketing_qualified", "marketing_qualified", As::Date),
    ("accepted", "accepted", As::Date),
    ("rejected", "rejected", As::Date),
    ("sales_qualified", "sales_qualified", As::Date),
    ("qualified", "qualified", As::Date),
    ("converted", "converted", As::Date),
    ("is_converted", "is_converted", As::Yes),
    ("deal", "deal", As::Text),
    ("won", "won", As::Date),
    ("disqualified", "disqualified", As::Date),
    ("is_disqualified", "is_disqualified", As::Yes),
    ("origin", "origin", As::Words(ORIGINS)),
    ("fit", "fit", As::Number),
    ("interest", "interest", As::Number),
    ("owner", "owner", As::Text),
];

const ACTIVITIES: Keys = &[
    ("id", "id", As::Text),
    (
        "kind",
        "kind",
        As::Words(&["call", "email", "message", "meeting", "other"]),
    ),
    ("at", "at", As::When),
    ("rep", "rep", As::Text),
    ("duration_micros", "duration_seconds", As::Seconds),
    (
        "disposition",
        "disposition",
        As::Words(&["positive", "neutral", "negative", "voicemail", "missed"]),
    ),
    (
        "meeting_status",
        "meeting_status",
        As::Words(&["booked", "held", "no_show", "cancelled", "rescheduled"]),
    ),
    ("inbound", "inbound", As::Yes),
    ("callback", "callback", As::Yes),
    ("booked", "booked", As::Date),
    ("lead", "lead", As::Text),
    ("deal", "deal", As::Text),
];

const REPS: Keys = &[
    ("id", "id", As::Text),
    ("name", "name", As::Text),
    ("team", "team", As::Text),
    ("manager", "manager", As::Text),
    ("hired", "hired", As::Date),
    ("left", "left", As::Date),
    (
        "departure",
        "departure",
        As::Words(&["voluntary", "involuntary"]),
    ),
    ("full_time_share", "full_time_share_percent", As::Percent),
    ("ramp", "ramp_percent", As::Ramp),
];

const QUOTAS: Keys = &[
    ("rep", "rep", As::Text),
    ("period", "period", As::Text),
    ("amount", "amount", As::Number),
    ("currency", "currency", As::Currency),
    ("deals", "deals", As::Number),
];

const CONTRACTS: Keys = &[
    ("id", "id", As::Text),
    ("account", "account", As::Text),
    ("start", "start", As::Date),
    ("currency", "currency", As::Currency),
    ("last_day", "last_day", As::Date),
    ("terminated", "terminated_before", As::DateAfter),
    ("recurring", "recurring", As::Number),
    (
        "recurring_per",
        "recurring_per",
        As::Words(&["day", "week", "month", "quarter", "half_year", "year"]),
    ),
    ("recurring_every", "recurring_every", As::Number),
    ("one_time", "one_time", As::Number),
    ("renewal_of", "renewal_of", As::Texts),
    ("signed", "signed", As::Date),
    ("notice", "notice", As::Date),
    ("owner", "owner", As::Text),
    ("trial", "trial", As::Yes),
    ("auto_renewal", "auto_renewal", As::Yes),
];

const SPEND: Keys = &[
    ("id", "id", As::Text),
    ("on", "on", As::Date),
    ("amount", "amount", As::Number),
    ("currency", "currency", As::Currency),
    (
        "category",
        "category",
        As::Words(&["sales", "marketing", "other"]),
    ),
    ("source", "source", As::Text),
];

const WORK_TIME: Keys = &[
    ("rep", "rep", As::Text),
    ("on", "on", As::Date),
    ("working_micros", "working_seconds", As::Seconds),
    ("selling_micros", "selling_seconds", As::Seconds),
];

const STATES: Keys = &[
    ("deal", "deal", As::Text),
    ("at", "at", As::When),
    ("run", "run", As::Number),
    ("status", "outcome", As::Outcome),
    ("currency", "currency", As::Currency),
    ("closed", "closed", As::Date),
    ("stage", "stage", As::Text),
    ("owner", "owner", As::Text),
    ("amount", "amount", As::Number),
    ("expected_close", "expected_close", As::Date),
    ("probability", "probability_percent", As::Percent),
    (
        "forecast_category",
        "forecast_category",
        As::Words(&["commit", "best_case", "pipeline", "omitted"]),
    ),
    ("deleted", "deleted", As::Yes),
];

/// A record's JSON with a field for each column.
fn flat(record: &impl Serialize) -> Map<String, Value> {
    let json = serde_json::to_value(record).unwrap();
    let mut fields = json.as_object().unwrap().clone();
    if let Some(Value::Object(fee)) = fields.get("recurring").cloned() {
        fields.insert("recurring".to_owned(), fee["amount"].clone());
        fields.insert("recurring_per".to_owned(), fee["per"].clone());
        fields.extend(
            fee.get("every")
                .map(|every| ("recurring_every".to_owned(), every.clone())),
        );
    }
    for name in ["converted", "disqualified"] {
        if matches!(fields.get(name), Some(Value::Bool(_))) {
            fields.remove(name);
            fields.insert(format!("is_{name}"), Value::Bool(true));
        } else if fields.contains_key(name) {
            fields.insert(format!("is_{name}"), Value::Bool(true));
        }
    }
    fields
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn number(value: &Value) -> Decimal {
    text(value).parse().unwrap()
}

pub(super) fn said(value: &Value, how: As) -> Said {
    let percent = |value: &Value| number(value) * Decimal::from(100);
    match how {
        As::Date => Said::Date(text(value).parse().unwrap()),
        As::DateAfter => Said::Date(
            text(value)
                .parse::<sales_metrics::NaiveDate>()
                .unwrap()
                .succ_opt()
                .unwrap(),
        ),
        As::When => match text(value).parse() {
            Ok(day) => Said::Date(day),
            Err(_) => Said::Instant(sales_metrics::instant(&text(value)).unwrap()),
        },
        As::Number => Said::Number(number(value)),
        As::Seconds => Said::Number(number(value) / Decimal::from(1_000_000)),
        As::Percent => Said::Percent(percent(value)),
        As::Ramp => Said::Ramp(value.as_array().unwrap().iter().map(percent).collect()),
        As::Texts => Said::Text(match value {
            Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(" ; "),
            one => text(one),
        }),
        _ => Said::Text(text(value)),
    }
}

/// What every mapping has, or what others of its keys need.
const NEEDED: [&str; 20] = [
    "id",
    "deal",
    "outcome",
    "currency",
    "closed",
    "kind",
    "at",
    "arrived",
    "field",
    "rep",
    "on",
    "account",
    "start",
    "period",
    "category",
    "amount",
    "recurring",
    "recurring_per",
    "is_converted",
    "working_seconds",
];

/// For each row, whether it is of the class; of none of these rows the field says anything.
fn free(
    style: &mut Style,
    all: &[Map<String, Value>],
    field: &str,
    by: &str,
) -> Option<(String, Vec<bool>)> {
    let of = |record: &Map<String, Value>| {
        record
            .get(by)
            .and_then(Value::as_str)
            .map(ToOwned::to_owned)
    };
    let at = style.dice.below(all.len().max(1));
    let class = of(all.get(at)?)?;
    let is_free = |record: &Map<String, Value>| of(record).as_ref() == Some(&class);
    let says = all
        .iter()
        .any(|record| is_free(record) && record.contains_key(field));
    (!says && style.dice.in_hundred(60)).then(|| (class.clone(), all.iter().map(is_free).collect()))
}

fn keyed(style: &mut Style, all: &[Map<String, Value>], keys: Keys, by: Option<&str>) {
    for (field, key, how) in keys {
        let values: Vec<Option<&Value>> = all.iter().map(|record| record.get(*field)).collect();
        let is_needed = NEEDED.contains(key) || values.iter().any(Option::is_some);
        // What no record says may be named, too: nothing stands there.
        if !is_needed && style.dice.in_hundred(50) {
            continue;
        }
        let meant = || {
            values
                .iter()
                .map(|value| value.and_then(Value::as_str))
                .collect::<Vec<_>>()
        };
        let entry = match how {
            As::Words(meanings) => {
                let free = by
                    .filter(|by| *by == "kind" && by != field)
                    .and_then(|by| free(style, all, field, by));
                style.words(meanings, &meant(), free)
            }
            As::Outcome => style.outcome(STATUSES, &meant()),
            As::Currency => style.currency(&meant()),
            As::Yes => {
                let answers = values
                    .iter()
                    .map(|value| Some(if value.is_some() { "yes" } else { "no" }));
                style.words(&["yes", "no"], &answers.collect::<Vec<_>>(), None)
            }
            how => {
                let said: Vec<_> = values
                    .iter()
                    .map(|value| value.map(|value| said(value, *how)))
                    .collect();
                let is_when = matches!(how, As::When);
                let free = by.and_then(|by| free(style, all, field, by));
                if is_when && style.dice.in_hundred(20) {
                    style.in_halves(&said)
                } else {
                    style.column(&said, free)
                }
            }
        };
        style.mapping.insert((*key).to_owned(), entry);
    }
}

fn named(style: &mut Style, all: &[Map<String, Value>], single: &[&str]) {
    let mut names = std::collections::BTreeSet::new();
    let dimensions = |record: &Map<String, Value>| {
        record
            .get("dimensions")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    for record in all {
        names.extend(dimensions(record).keys().cloned());
    }
    let mut others = Map::new();
    for name in names {
        let values = all
            .iter()
            .map(|record| Some(Said::Text(text(dimensions(record).get(&name)?))));
        let column = style.column(&values.collect::<Vec<_>>(), None);
        if single.contains(&name.as_str()) {
            style.mapping.insert(name, column);
        } else {
            others.insert(name, column);
        }
    }
    if !others.is_empty() {
        style
            .mapping
            .insert("dimensions".to_owned(), Value::Object(others));
    }
}

/// Two columns for each of several: `of` says what they are of a record.
fn pairs(style: &mut Style, key: &str, names: [&str; 2], of: &[Vec<[Option<Said>; 2]>]) {
    let most = of.iter().map(Vec::len).max().unwrap_or_default();
    let mut list = Vec::new();
    for at in 0..most {
        let half = |half: usize| {
            of.iter()
                .map(|pairs| pairs.get(at)?[half].clone())
                .collect::<Vec<_>>()
        };
        let mut pair = Map::new();
        for (place, name) in names.iter().enumerate() {
            pair.insert((*name).to_owned(), style.column(&half(place), None));
        }
        list.push(Value::Object(pair));
    }
    if most > 0 {
        style.mapping.insert(key.to_owned(), Value::Array(list));
    }
}

fn owners(style: &mut Style, all: &[Map<String, Value>]) {
    let alone =
        |record: &Map<String, Value>| record.get("owner").map(|owner| Said::Text(text(owner)));
    if all.iter().all(|record| !record.contains_key("owners")) {
        let owners = style.column(&all.iter().map(alone).collect::<Vec<_>>(), None);
        style.mapping.insert("owner".to_owned(), owners);
        return;
    }
    let of = |record: &Map<String, Value>| match record.get("owners").and_then(Value::as_array) {
        Some(owners) => owners
            .iter()
            .map(|owner| {
                [
                    Some(Said::Text(text(&owner["rep"]))),
                    Some(said(&owner["share"], As::Percent)),
                ]
            })
            .collect(),
        None => alone(record)
            .map(|owner| [Some(owner), None])
            .into_iter()
            .collect(),
    };
    pairs(
        style,
        "owners",
        ["rep", "share_percent"],
        &all.iter().map(of).collect::<Vec<_>>(),
    );
}

fn teams(style: &mut Style, all: &[Map<String, Value>]) {
    let of = |record: &Map<String, Value>| {
        let teams = record.get("teams").and_then(Value::as_object);
        let teams = teams.into_iter().flatten();
        let pair = |(since, team): (&String, &Value)| {
            [
                Some(Said::Text(text(team))),
                Some(Said::Date(since.parse().unwrap())),
            ]
        };
        teams.map(pair).collect()
    };
    pairs(
        style,
        "teams",
        ["team", "since"],
        &all.iter().map(of).collect::<Vec<_>>(),
    );
}

fn attempts(style: &mut Style, all: &[Map<String, Value>]) {
    let of = |record: &Map<String, Value>| -> Vec<Said> {
        let attempts = record.get("attempts").and_then(Value::as_array);
        attempts
            .into_iter()
            .flatten()
            .map(|at| said(at, As::When))
            .collect()
    };
    let all: Vec<Vec<Said>> = all.iter().map(of).collect();
    let most = all.iter().map(Vec::len).max().unwrap_or_default();
    let columns = (0..most).map(|at| {
        style.column(
            &all.iter()
                .map(|attempts| attempts.get(at).cloned())
                .collect::<Vec<_>>(),
            None,
        )
    });
    let columns: Vec<Value> = columns.collect();
    if most > 0 {
        style
            .mapping
            .insert("attempts".to_owned(), Value::Array(columns));
    }
}

/// The records are written by a random mapping, which becomes JSON and itself again: both read what was written.
fn expect_back<C>(
    records: &[C::Record],
    (keys, by): (Keys, Option<&str>),
    seed: u64,
    more: fn(&mut Style, &[Map<String, Value>]),
) where
    C: Columns + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    C::Record: Serialize + PartialEq + std::fmt::Debug,
{
    let all: Vec<Map<String, Value>> = records.iter().map(flat).collect();
    expect_back_of::<C>(records, &all, (keys, by), seed, more);
}

/// The same of records of whose fields the JSON is given.
pub(super) fn expect_back_of<C>(
    records: &[C::Record],
    all: &[Map<String, Value>],
    (keys, by): (Keys, Option<&str>),
    seed: u64,
    more: impl Fn(&mut Style, &[Map<String, Value>]),
) where
    C: Columns + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    C::Record: PartialEq + std::fmt::Debug,
{
    let mut style = Style::new(seed, records.len());
    keyed(&mut style, all, keys, by);
    more(&mut style, all);
    let left_out = style.leave_some_out();
    let json = serde_json::to_string_pretty(&style.mapping).unwrap();
    let columns: C = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let written = serde_json::to_string(&columns).unwrap();
    let back: C = serde_json::from_str(&written).unwrap();
    assert_eq!(columns, back);
    assert_eq!(serde_json::to_string(&back).unwrap(), written);
    let file = style.file();
    let imported = read(&file[..], &columns).unwrap_or_else(|error| panic!("{error}: {json}"));
    let shown = || format!("{json}\n{}", String::from_utf8_lossy(&file));
    assert_eq!(imported.rejected, [], "{}", shown());
    assert_eq!(imported.records, records, "{}", shown());
    assert_eq!(
        imported.left_out.iter().map(|(_, rows)| rows).sum::<u64>(),
        left_out
    );
    assert!(read(&file[..], &back).unwrap() == imported);
}

fn none(_: &mut Style, _: &[Map<String, Value>]) {}

/// With what the histories of the other tests do without.
pub(super) fn told(state: DealState, seed: u64) -> DealState {
    let run = state.run() + 1;
    let state = state.with_run(run);
    match (seed + u64::from(run)) % 3 {
        0 => state.with_probability(Rate::HALF).unwrap(),
        1 => state.with_forecast_category(ForecastCategory::BestCase),
        _ => state,
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn what_a_mapping_writes_it_reads(business in businesses(), history in deals(), seed in any::<u64>()) {
        expect_back::<DealColumns>(&business.deals(), (DEALS, Some("status")), seed, |style, all| {
            owners(style, all);
            named(style, all, &["source", "product", "region"]);
        });
        expect_back::<LeadColumns>(&business.leads(), (LEADS, None), seed, |style, all| {
            style.declare_instants();
            attempts(style, all);
            named(style, all, &["source"]);
        });
        expect_back::<ActivityColumns>(&business.activities(), (ACTIVITIES, Some("kind")), seed, |style, _| style.declare_instants());
        // A ramp of no month is none that a cell could say.
        let mut reps = business.reps();
        reps.retain(|rep| rep.ramp().is_none_or(|ramp| ramp.shares().next().is_some()));
        expect_back::<RepColumns>(&reps, (REPS, None), seed, |style, all| {
            teams(style, all);
            named(style, all, &[]);
        });
        expect_back::<QuotaColumns>(&business.quotas(), (QUOTAS, None), seed, none);
        expect_back::<ContractColumns>(&business.contracts(), (CONTRACTS, None), seed, |style, all| {
            style.mapping.insert("renewal_separator".to_owned(), ";".into());
            named(style, all, &[]);
        });
        expect_back::<SpendColumns>(&business.spend(), (SPEND, None), seed, |style, all| named(style, all, &[]));
        expect_back::<WorkTimeColumns>(&business.work_time(), (WORK_TIME, None), seed, none);
        // A running number of 0 is that of a state without one.
        let states = states(&history).into_iter().map(|state| told(state, seed));
        let states: Vec<DealState> = states.collect();
        expect_back::<StateColumns>(&states, (STATES, Some("status")), seed, |style, _| style.declare_instants());
    }
}

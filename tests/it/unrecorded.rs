//! What no record says is no finding of 0: a figure that counts it is marked, until one record says it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use sales_metrics::import::{Columns, read};
use sales_metrics::report::{
    self, Caveat, Parameters, Reading, Report, ReportPlan, Unrecorded, Value,
};
use sales_metrics::{
    Activity, ActivityKind, Book, BookTally, Contract, Currency, Deal, DealState, DealStatus,
    Disposition, Lead, LeadDetail, Length, MeetingStatus, Money, Outcome, Quota, Rate, Rep, Scope,
    Spend,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{day, scope};

/// A business that records whatever there is.
#[derive(Clone)]
struct Sample {
    deals: Vec<Deal>,
    leads: Vec<Lead>,
    activities: Vec<Activity>,
    reps: Vec<Rep>,
    quotas: Vec<Quota>,
    contracts: Vec<Contract>,
    spend: Vec<Spend>,
}

fn records<C: Columns + DeserializeOwned>(name: &str) -> Vec<C::Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let columns = File::open(folder.join(format!("columns/{name}.json"))).unwrap();
    let columns: C = serde_json::from_reader(columns).unwrap();
    let file = File::open(folder.join(format!("data/{name}.csv"))).unwrap();
    read(file, &columns).unwrap().records
}

/// Of a kind of which the sample has none.
fn demos() -> Vec<Activity> {
    let demo = |number: usize| {
        let on = sales_metrics::day(["2025-11-04", "2026-01-14"][number % 2]).unwrap();
        Activity::new(format!("X-{number}"), ActivityKind::Other, on)
            .and_then(|demo| demo.with_rep("R-01")?.with_duration(Length::minutes(50)))
            .unwrap()
    };
    (0..60).map(demo).collect()
}

/// Sales gives back a few of them in each of the periods.
fn given_back() -> Vec<Lead> {
    let lead = |number: usize| {
        let on = day(["2025-11-04", "2026-01-14"][number % 2]);
        Lead::new(
            format!("X-{number}"),
            sales_metrics::day(&on.to_string()).unwrap(),
        )
        .and_then(|lead| lead.with_marketing_qualified(on)?.with_rejected(on))
        .unwrap()
    };
    (0..6).map(lead).collect()
}

fn in_dollars<T>(mut records: Vec<T>, currency: impl Fn(&T) -> Currency) -> Vec<T> {
    records.retain(|record| currency(record) == Currency::USD);
    records
}

impl Sample {
    fn new() -> Self {
        use sales_metrics::import::{
            ActivityColumns, ContractColumns, DealColumns, LeadColumns, QuotaColumns, RepColumns,
            SpendColumns,
        };
        Self {
            deals: in_dollars(records::<DealColumns>("deals"), Deal::currency),
            leads: [records::<LeadColumns>("leads"), given_back()].concat(),
            activities: [records::<ActivityColumns>("activities"), demos()].concat(),
            reps: records::<RepColumns>("reps"),
            quotas: records::<QuotaColumns>("quotas"),
            contracts: in_dollars(records::<ContractColumns>("contracts"), Contract::currency),
            spend: in_dollars(records::<SpendColumns>("spend"), |expense| {
                expense.amount().currency()
            }),
        }
    }

    fn book(&self) -> Book {
        Book::new(Currency::USD)
            .with_deals(self.deals.clone())
            .and_then(|book| book.with_leads(self.leads.clone()))
            .and_then(|book| book.with_activities(self.activities.clone()))
            .and_then(|book| {
                book.with_reps(self.reps.clone())
                    .unwrap()
                    .with_quotas(self.quotas.clone())
            })
            .and_then(|book| book.with_contracts(self.contracts.clone()))
            .and_then(|book| book.with_spend(self.spend.clone()))
            .map(|book| book.with_calendar(crate::lead::calendar()))
            .unwrap()
    }
}

/// Without what the keys say, from which record on: of the first of those that say it, or the second.
fn without<T: Serialize + DeserializeOwned>(records: &[T], keys: &[&str], kept: usize) -> Vec<T> {
    let mut said = 0;
    let bare = records.iter().map(|record| {
        let mut json = serde_json::to_value(record).unwrap();
        let fields = json.as_object_mut().unwrap();
        if keys.iter().any(|key| fields.contains_key(*key)) {
            said += 1;
        }
        if said > kept {
            fields.retain(|key, _| !keys.contains(&key.as_str()));
        }
        serde_json::from_value(json).unwrap()
    });
    bare.collect()
}

/// Without those that are so, but for the first few.
fn few<T: Clone>(records: &[T], kept: usize, is_so: impl Fn(&T) -> bool) -> Vec<T> {
    let mut said = 0;
    let others = records.iter().filter(|record| {
        said += usize::from(is_so(record));
        !is_so(record) || said <= kept
    });
    others.cloned().collect()
}

/// With the calls that were taken so, but for the first few, saying nothing of it.
fn silent(activities: &[Activity], kept: usize, is_so: fn(Disposition) -> bool) -> Vec<Activity> {
    let mut said = 0;
    let bare = activities.iter().map(|done| {
        let is_call = done.kind() == ActivityKind::Call;
        said += usize::from(is_call && done.disposition().is_some_and(is_so));
        if !is_call || !done.disposition().is_some_and(is_so) || said <= kept {
            return done.clone();
        }
        let mut json = serde_json::to_value(done).unwrap();
        json.as_object_mut().unwrap().remove("disposition");
        serde_json::from_value(json).unwrap()
    });
    bare.collect()
}

type Bare = fn(&mut Sample, usize);

/// How a business does not record each of them, but for the first few records that say it.
const BARE: [(Unrecorded, Bare); 36] = {
    use Unrecorded as U;
    macro_rules! fields {
        ($records:ident: $($key:literal)*) => {
            |all, kept| all.$records = without(&all.$records, &[$($key),*], kept)
        };
    }
    macro_rules! those {
        ($records:ident, $is_so:expr) => {
            |all, kept| all.$records = few(&all.$records, kept, $is_so)
        };
    }
    [
        (U::DealOwner, fields!(deals: "owner" "owners")),
        (U::DealAmount, fields!(deals: "amount")),
        (U::ExpectedClose, fields!(deals: "expected_close")),
        (
            U::WonDeal,
            those!(deals, |deal| matches!(deal.outcome(), Outcome::Won { .. })),
        ),
        (
            U::LostDeal,
            those!(deals, |deal| matches!(deal.outcome(), Outcome::Lost { .. })),
        ),
        (
            U::DisqualifiedDeal,
            those!(deals, |deal| matches!(
                deal.outcome(),
                Outcome::Disqualified { .. }
            )),
        ),
        (U::LeadOwner, fields!(leads: "owner")),
        (U::LeadAttempt, fields!(leads: "attempts")),
        (U::LeadTouch, fields!(leads: "first_touch" "attempts")),
        (
            U::QualifiedLead,
            fields!(leads: "qualified" "sales_qualified"),
        ),
        (
            U::MarketingQualifiedLead,
            fields!(leads: "marketing_qualified"),
        ),
        (U::AcceptedLead, fields!(leads: "accepted")),
        (U::RejectedLead, fields!(leads: "rejected")),
        (U::SalesQualifiedLead, fields!(leads: "sales_qualified")),
        (U::ConvertedLead, fields!(leads: "converted" "deal" "won")),
        (U::WonLead, |all, kept| {
            // Otherwise its deal says it.
            all.leads = without(&without(&all.leads, &["deal"], 0), &["won"], kept);
        }),
        (U::ActivityRep, fields!(activities: "rep")),
        (
            U::Call,
            those!(activities, |done| done.kind() == ActivityKind::Call),
        ),
        (
            U::Email,
            those!(activities, |done| done.kind() == ActivityKind::Email),
        ),
        (
            U::Message,
            those!(activities, |done| done.kind() == ActivityKind::Message),
        ),
        (
            U::Meeting,
            those!(activities, |done| done.kind() == ActivityKind::Meeting),
        ),
        (
            U::OtherActivity,
            those!(activities, |done| done.kind() == ActivityKind::Other),
        ),
        (U::ConnectedCall, |all, kept| {
            all.activities = silent(&all.activities, kept, Disposition::is_reached);
        }),
        (U::UnansweredCall, |all, kept| {
            all.activities = silent(&all.activities, kept, |taken| !taken.is_reached());
        }),
        (U::Callback, fields!(activities: "callback")),
        (
            U::PositiveCall,
            those!(activities, |done| {
                done.kind() == ActivityKind::Call
                    && done.disposition() == Some(Disposition::Positive)
            }),
        ),
        (
            U::AnsweredEmail,
            those!(activities, |done| {
                done.kind() == ActivityKind::Email && done.disposition().is_some()
            }),
        ),
        (
            U::HeldMeeting,
            those!(activities, |done| done.meeting_status()
                == Some(MeetingStatus::Held)),
        ),
        (
            U::MissedMeeting,
            those!(activities, |done| done.meeting_status()
                == Some(MeetingStatus::NoShow)),
        ),
        (U::HiredRep, fields!(reps: "hired" "ramp")),
        (U::LeftRep, fields!(reps: "left" "departure")),
        (U::ContractEnd, |all, kept| {
            all.contracts = without(
                &all.contracts,
                &["last_day", "terminated", "auto_renewal", "notice"],
                kept,
            );
        }),
        (U::EarlyEnd, fields!(contracts: "terminated")),
        (U::Renewal, fields!(contracts: "renewal_of" "auto_renewal")),
        (U::RecurringFee, fields!(contracts: "recurring")),
        // Nobody says when they were hired, either.
        (
            U::HiredRep,
            fields!(reps: "hired" "ramp" "left" "departure"),
        ),
    ]
};

/// Sums and counts of what there is: 0 where there is none. And a share of what there is: all, where there is nothing else.
const SUMS: [&str; 10] = [
    "credits",
    "deals_older_than",
    "gross_profit",
    "net_revenue",
    "open_deals",
    "pipeline_value",
    "revenue_per_day",
    "time_allocation",
    "total_revenue",
    "weighted_pipeline",
];

/// What other records say, though none of the period; and what a mark of its own says, where sales qualified none.
const OF_OTHER_DAYS: [(Unrecorded, &str); 9] = [
    (Unrecorded::EarlyEnd, "churn_rate"),
    (Unrecorded::EarlyEnd, "gross_revenue_churn_rate"),
    (Unrecorded::EarlyEnd, "gross_revenue_retention"),
    (Unrecorded::EarlyEnd, "retention_rate"),
    (Unrecorded::OtherActivity, "touchpoints_per_rep"),
    (Unrecorded::QualifiedLead, "sal_to_sql_rate"),
    (Unrecorded::RecurringFee, "churn_rate"),
    (Unrecorded::RecurringFee, "early_termination_rate"),
    (Unrecorded::RecurringFee, "retention_rate"),
];

fn scopes() -> [Scope; 2] {
    let running = scope("2026-Q1").as_of(day("2026-02-10")).unwrap();
    [scope("2025-Q4"), running]
}

fn readings(book: &Book, scope: Scope) -> BTreeMap<String, Reading> {
    let target = Money::new(1_000_000, Currency::USD);
    let mut all = BTreeMap::new();
    let of_kinds = ["activities_per_rep_per_day", "time_allocation"];
    for kind in [
        ActivityKind::Email,
        ActivityKind::Message,
        ActivityKind::Meeting,
        ActivityKind::Other,
        ActivityKind::Call,
    ] {
        let parameters = Parameters::new()
            .with_target(target)
            .with_activity_kind(kind);
        let plan = ReportPlan::new(scope).with_parameters(parameters);
        let plan = match kind {
            ActivityKind::Call => plan.with_kpis(report::catalog()),
            _ => plan.with_kpis(of_kinds.map(|name| report::find(name).unwrap())),
        };
        let report = Report::of(book, &plan).unwrap();
        for line in report.sections()[0].lines() {
            all.insert(line.title().to_owned(), line.now().clone());
        }
    }
    all
}

fn is_marked(reading: &Reading, what: Unrecorded) -> bool {
    reading.caveats.contains(&Caveat::Unrecorded(what))
}

fn is_bare(value: &Value) -> bool {
    let figure = value.to_string();
    let number = figure.trim_end_matches(|c: char| !c.is_ascii_digit());
    number == "0" || *value == Value::Rate(Rate::ONE)
}

/// Whoever records nothing of a kind gets no 0 and no 100 % of it without a word; and one record is proof that it is recorded.
#[test]
fn a_counter_that_nobody_could_fill_is_marked() {
    let sample = Sample::new();
    let (mut seen, mut silent) = (Vec::new(), BTreeSet::new());
    for scope in scopes() {
        let whole = readings(&sample.book(), scope);
        for (what, bare) in BARE {
            let mut none = sample.clone();
            bare(&mut none, 0);
            let none = readings(&none.book(), scope);
            for (title, reading) in &none {
                let (Ok(value), Ok(was)) = (&reading.value, &whole[title].value) else {
                    continue;
                };
                if is_marked(reading, what) {
                    seen.push(what);
                }
                if value != was && is_bare(value) && !is_marked(reading, what) {
                    let name = title
                        .split(" (")
                        .next()
                        .unwrap()
                        .replace([' ', '-'], "_")
                        .to_lowercase();
                    let name = name.as_str();
                    if !SUMS.contains(&name) && !OF_OTHER_DAYS.contains(&(what, name)) {
                        silent.insert(format!("{what:?}: {name} is {value}"));
                    }
                }
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
    for (what, bare) in BARE {
        assert!(seen.contains(&what), "{what:?} marks nothing");
        let mut one = sample.clone();
        bare(&mut one, 1);
        for (title, reading) in readings(&one.book(), scopes()[1]) {
            assert!(!is_marked(&reading, what), "{what:?}: {title}");
        }
    }
}

/// The list is that of the book: neither the period nor the group may be without.
#[test]
fn what_one_record_of_another_day_or_group_says_is_recorded() {
    let lead = |id: &str, on: &str, region: &str| {
        Lead::new(id, sales_metrics::day(on).unwrap())
            .and_then(|lead| lead.with_dimension("region", region))
            .unwrap()
    };
    let new = lead("L-2", "2026-01-05", "south");
    let old = lead("L-1", "2024-01-05", "north");
    let qualified = old.clone().with_qualified(day("2024-01-09")).unwrap();
    let caveats = |book: &Book| {
        let rate = report::find("qualification_rate").unwrap();
        let plan = ReportPlan::new(scope("2026-Q1")).with_kpis([rate]);
        let report = Report::of(book, &plan.with_dimension("region".parse().unwrap())).unwrap();
        let line = |section: &report::Section| section.lines()[0].now().caveats.clone();
        report.sections().iter().flat_map(line).collect::<Vec<_>>()
    };
    let book = |leads: [Lead; 2]| Book::new(Currency::USD).with_leads(leads).unwrap();
    let mark = Caveat::Unrecorded(Unrecorded::QualifiedLead);
    assert_eq!(caveats(&book([old, new.clone()])), [mark]);
    let whole = book([qualified, new]);
    assert_eq!(caveats(&whole), []);
    // A part is a book of its own, and so is what was added to.
    let south = whole.filter_leads(|lead| lead.id().as_str() == "L-2");
    assert_eq!(caveats(&south), [mark]);
    let more = whole.leads()[0].clone();
    assert_eq!(caveats(&south.with_leads([more]).unwrap()), []);
}

/// States of the past are of the list, too; and where a period is over, no forecast asks when a deal is expected to close.
#[test]
fn what_a_state_says_is_recorded() {
    let on = day("2026-01-07");
    let deal = Deal::new("D-1", on, Outcome::Open, Currency::USD)
        .and_then(|deal| deal.with_amount(900)?.with_probability(Rate::HALF))
        .unwrap();
    let bare = Book::new(Currency::USD).with_deals([deal]).unwrap();
    let state = DealState::new(
        "D-1",
        sales_metrics::day("2026-01-07").unwrap(),
        DealStatus::Open,
        Currency::USD,
    )
    .and_then(|state| state.with_amount(900))
    .unwrap();
    let expected = state
        .clone()
        .with_expected_close(day("2026-03-20"))
        .unwrap();
    let target = Money::new(1_000, Currency::USD);
    let marked = |book: &Book, scope: Scope| {
        let names = ["overdue_pipeline", "pipeline_coverage", "weighted_forecast"];
        let plan = ReportPlan::new(scope)
            .with_parameters(Parameters::new().with_target(target))
            .with_kpis(names.map(|name| report::find(name).unwrap()));
        let report = Report::of(book, &plan).unwrap();
        let lines = report.sections()[0].lines().iter();
        let lines = lines.filter(|line| is_marked(line.now(), Unrecorded::ExpectedClose));
        lines
            .map(|line| line.kpi().name().to_owned())
            .collect::<Vec<_>>()
    };
    let running = scope("2026-Q1").as_of(day("2026-02-10")).unwrap();
    let all = ["overdue_pipeline", "pipeline_coverage", "weighted_forecast"];
    // Whatever was asked of a book before, more that comes is looked at.
    assert_eq!(marked(&bare, running), all);
    let silent = bare.clone().with_states([state]).unwrap();
    assert!(marked(&silent, running).contains(&"weighted_forecast".to_owned()));
    let told = silent.with_states([expected]).unwrap();
    assert_eq!(marked(&told, running), [""; 0]);

    let won = Deal::new(
        "D-2",
        on,
        Outcome::Won {
            on: day("2026-02-02"),
        },
        Currency::USD,
    );
    let over = bare
        .with_deals([won.and_then(|deal| deal.with_amount(5)).unwrap()])
        .unwrap();
    assert!(!marked(&over, scope("2026-Q1")).contains(&"weighted_forecast".to_owned()));
    assert!(marked(&over, running).contains(&"weighted_forecast".to_owned()));
}

/// A team whose deals are nowhere has a figure all the same, and that is marked as well: of no deals, none was won.
#[test]
fn of_records_that_are_not_there_none_says_it() {
    let rep = Rep::new("ada")
        .unwrap()
        .with_hired(day("2025-01-06"))
        .unwrap();
    let quota = Quota::of_deals("ada", "2026-Q1".parse().unwrap(), 5).unwrap();
    let book = Book::new(Currency::USD)
        .with_reps([rep])
        .and_then(|book| book.with_quotas([quota]))
        .unwrap();
    let attainment = report::find("deal_quota_attainment").unwrap();
    let plan = ReportPlan::new(scope("2026-Q1")).with_kpis([attainment]);
    let report = Report::of(&book, &plan).unwrap();
    let reading = report.sections()[0].lines()[0].now();
    assert_eq!(reading.value.as_ref().map(is_bare), Ok(true));
    for what in [Unrecorded::DealOwner, Unrecorded::WonDeal] {
        assert!(is_marked(reading, what), "{what:?}");
    }
}

/// Its text, its JSON; and of tallies nobody knows what their records said.
#[test]
fn the_mark_says_what_is_not_recorded() {
    let lead = Lead::new("L-1", sales_metrics::day("2026-01-05").unwrap()).unwrap();
    let rate = report::find("qualification_rate").unwrap();
    let q1 = scope("2026-Q1");
    let book = Book::new(Currency::USD).with_leads([lead.clone()]).unwrap();
    let report = Report::of(&book, &ReportPlan::new(q1).with_kpis([rate])).unwrap();
    let text = report.to_string();
    let note = "¹ no lead says when it was qualified: perhaps it is not recorded";
    assert!(text.contains("0.0% ¹") && text.contains(note), "{text}");
    let json = serde_json::to_value(&report).unwrap();
    let caveats = &json["sections"][0]["lines"][0]["now"]["caveats"];
    assert_eq!(caveats.to_string(), r#"[{"unrecorded":"qualified_lead"}]"#);

    let detail = LeadDetail::of([lead], q1).unwrap();
    let table = |tally: &BookTally| {
        let inputs = report::Inputs::new(tally);
        report::Table::new([rate])
            .with_column("Q1", inputs)
            .to_string()
    };
    let filled = BookTally::of(&book, q1).unwrap();
    assert!(table(&filled).contains(note));
    assert!(!table(&BookTally::from(detail)).contains("recorded"));
    let mut merged = BookTally::new(q1);
    merged.merge(&filled).unwrap();
    assert!(table(&merged).contains(note));
}

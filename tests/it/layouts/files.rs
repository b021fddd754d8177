//! The three layouts as files: what each says is read back, and they say alike what the poorer one carries.

use sales_metrics::import::{
    ChangeColumns, ChangedField, Columns, DealColumns, LeftOut, OutcomeColumn, StageColumns,
    StateColumns, WordColumn, Words, read,
};

use super::*;

const END: [&str; 3] = ["Closed Won", "Closed Lost", ""];

/// Days, cents, and days until the expected close.
type Stay = (u64, Option<i64>, Option<u64>);

/// A deal that goes forward: in which stages it was for how many days, at which amount and expected to close when; and how it ended.
#[derive(Clone, Debug)]
struct Forward {
    stages: Vec<Option<Stay>>,
    end: usize,
}

fn forward() -> impl Strategy<Value = Vec<Forward>> {
    let amount = prop::option::weighted(0.8, 0..5_000_000_i64);
    let stage = (0..20_u64, amount, prop::option::weighted(0.8, 0..120_u64));
    let stages = prop::collection::vec(prop::option::weighted(0.7, stage), 4);
    let deal = (stages, 0..3_usize).prop_map(|(stages, end)| Forward { stages, end });
    prop::collection::vec(deal, 1..8)
}

/// A row of a state, or a record: stage, status, amount and expected close as their files have them.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    on: NaiveDate,
    stage: String,
    amount: String,
    due: String,
}

impl Forward {
    fn lines(&self) -> Vec<Line> {
        let mut on = created();
        let mut lines: Vec<Line> = Vec::new();
        for (stage, said) in STAGES.iter().zip(&self.stages) {
            let Some((days, amount, due)) = said else {
                continue;
            };
            let line = Line {
                on,
                stage: (*stage).to_owned(),
                amount: amount.map_or(String::new(), |cents| {
                    format!("{}.{:02}", cents / 100, cents % 100)
                }),
                due: due.map_or(String::new(), |due| {
                    (created() + Days::new(due)).to_string()
                }),
            };
            lines.push(line);
            on = on + Days::new(*days);
        }
        if let (Some(last), false) = (lines.last().cloned(), END[self.end].is_empty()) {
            let stage = END[self.end].to_owned();
            lines.push(Line { on, stage, ..last });
        }
        lines
    }
}

/// The lines of each.
struct Files {
    deals: Vec<String>,
    states: Vec<String>,
    changes: Vec<String>,
    new_values: Vec<String>,
}

/// Those that were in a stage at all.
fn files(deals: &[Forward]) -> Files {
    let mut files = Files {
        deals: vec![format!(
            "id,created,closed,stage,amount,due,{}",
            STAGES.join(",")
        )],
        states: vec!["id,at,stage,amount,due".to_owned()],
        changes: vec!["id,at,what,old,new,n".to_owned()],
        new_values: vec!["id,at,what,new,n".to_owned()],
    };
    for (at, deal) in deals.iter().enumerate() {
        let lines = deal.lines();
        let Some(last) = lines.last() else { continue };
        let on = |stage: &str| {
            let line = lines.iter().find(|line| line.stage == stage);
            line.map_or(String::new(), |line| line.on.to_string())
        };
        let closed = if END.contains(&last.stage.as_str()) {
            last.on.to_string()
        } else {
            String::new()
        };
        let Line {
            stage, amount, due, ..
        } = last;
        let entered = STAGES.map(on).join(",");
        let created = created();
        files.deals.push(format!(
            "D-{at},{created},{closed},{stage},{amount},{due},{entered}"
        ));
        for (run, line) in lines.iter().enumerate() {
            let Line {
                on,
                stage,
                amount,
                due,
            } = line;
            files
                .states
                .push(format!("D-{at},{on},{stage},{amount},{due}"));
            let before = run.checked_sub(1).map(|before| &lines[before]);
            let old = before.unwrap_or(line);
            for (field, from, to) in [
                ("StageName", &old.stage, stage),
                ("Amount", &old.amount, amount),
                ("CloseDate", &old.due, due),
            ] {
                if before.is_none() || from != to {
                    files
                        .new_values
                        .push(format!("D-{at},{on},{field},{to},{run}"));
                }
                if from != to {
                    files
                        .changes
                        .push(format!("D-{at},{on},{field},{from},{to},{run}"));
                }
            }
            files
                .changes
                .push(format!("D-{at},{on},NextStep,,call back,{run}"));
        }
    }
    files
}

fn stages() -> OutcomeColumn {
    OutcomeColumn::new("stage")
        .with_won([END[0]])
        .with_lost([END[1]])
        .with_others(DealStatus::Open)
}

fn stage_words() -> Words<DealStatus> {
    Words::new()
        .with_words(DealStatus::Won, [END[0]])
        .with_words(DealStatus::Lost, [END[1]])
        .with_others(DealStatus::Open)
}

fn fields() -> WordColumn<ChangedField> {
    WordColumn::new("what")
        .with_words(ChangedField::Stage, ["StageName"])
        .with_words(ChangedField::Amount, ["Amount"])
        .with_words(ChangedField::ExpectedClose, ["CloseDate"])
}

/// All rows of a file are records, or left out by declaration.
fn all<C: Columns>(lines: &[String], columns: &C) -> Vec<C::Record> {
    let found = read(lines.join("\n").as_bytes(), columns).unwrap();
    assert_eq!(found.rejected, []);
    found.records
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn files_of_the_three_layouts_say_alike_what_the_poorer_carries(deals in forward()) {
        let files = files(&deals);
        let deals = DealColumns::new("id", stages(), Currency::USD)
            .with_created("created")
            .with_closed("closed")
            .with_stage("stage")
            .with_amount("amount")
            .with_expected_close("due");
        let records = all(&files.deals, &deals);
        let of = || History::new(Currency::USD).with_deals(records.clone()).unwrap();

        let states = StateColumns::new("id", "at", stages(), Currency::USD)
            .with_stage("stage")
            .with_amount("amount")
            .with_expected_close("due");
        let whole = of().with_states(all(&files.states, &states)).unwrap();
        let changes = ChangeColumns::new("id", "at", fields(), "old", "new")
            .with_run("n")
            .with_status_by_stage(stage_words())
            .with_left_out(LeftOut::rows("other fields", "what", ["NextStep"]));
        let undone = of().with_changes(all(&files.changes, &changes)).unwrap();
        let new_values = ChangeColumns::without_from("id", "at", fields(), "new")
            .with_run("n")
            .with_status_by_stage(stage_words());
        let told = of().with_changes(all(&files.new_values, &new_values)).unwrap();
        // What does not say how a deal stands leaves that to its record.
        let silent = ChangeColumns::new("id", "at", fields(), "old", "new")
            .with_run("n")
            .with_left_out(LeftOut::rows("other fields", "what", ["NextStep"]));
        let silent = of().with_changes(all(&files.changes, &silent)).unwrap();
        let told_less = ChangeColumns::without_from("id", "at", fields(), "new").with_run("n");
        let told_less = of().with_changes(all(&files.new_values, &told_less)).unwrap();
        let dates = StageColumns::new("id", STAGES.map(|stage| (stage, stage)));
        let dated = of().with_stages_entered(all(&files.deals, &dates)).unwrap();

        for scope in scopes() {
            let stages = scope.with_stages(STAGES).unwrap();
            let funnel = FunnelTally::of(&whole, stages.clone()).unwrap();
            for other in [&undone, &told, &silent, &told_less, &dated] {
                for stage in STAGES {
                    prop_assert_eq!(funnel.stage(stage).unwrap(), FunnelTally::of(other, stages.clone()).unwrap().stage(stage).unwrap());
                }
            }
            // The dates know nothing of money.
            let moved = MovementTally::of(&whole, scope).unwrap();
            prop_assert_eq!(*moved.totals(), *MovementTally::of(&told, scope).unwrap().totals());
            prop_assert_eq!(*moved.totals(), *MovementTally::of(&told_less, scope).unwrap().totals());
            // A deal of which nothing changed is as its record says; but a source of no change at all keeps nothing.
            for undone in [&undone, &silent] {
                let other = MovementTally::of(undone, scope).unwrap();
                if undone.states() > 0 {
                    prop_assert_eq!(moved.totals().rolling, other.totals().rolling);
                    prop_assert_eq!(moved.totals().due, other.totals().due);
                }
            }
        }
    }
}

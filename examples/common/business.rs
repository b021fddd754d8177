//! The files of a business, read into a book.

#[path = "bar.rs"]
mod bar;

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sales_metrics::import::{
    ActivityColumns, ChangeColumns, Columns, ContractColumns, DealColumns, LeadColumns, Problem,
    QuotaColumns, Reader, RepColumns, SpendColumns, StageColumns, StateColumns, Summary,
    WorkTimeColumns,
};
use sales_metrics::{
    Book, Contract, Currency, Deal, DealChange, DealId, DealState, Quota, RecordId, Spend,
    StagesEntered, WorkCalendar,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use bar::Bar;

/// Which files there are, and the mapping of each; a kind of record may have several. Paths are relative to the manifest, those of the files
/// to another folder where one is given.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Manifest {
    deals: Sources,
    states: Sources,
    changes: Sources,
    stages_entered: Sources,
    /// Of the pipeline, from the first to the last.
    stages: Vec<String>,
    leads: Sources,
    activities: Sources,
    reps: Sources,
    quotas: Sources,
    work_time: Sources,
    contracts: Sources,
    spend: Sources,
    calendar: Option<WorkCalendar>,
    #[serde(skip)]
    folder: PathBuf,
    #[serde(skip)]
    files: PathBuf,
    /// Whether what came of the files is not shown, but for what was rejected.
    #[serde(skip)]
    is_quiet: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sources {
    One(Source),
    Several(Vec<Source>),
}

impl Default for Sources {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Sources {
    fn all(&self) -> &[Source] {
        match self {
            Self::One(source) => std::slice::from_ref(source),
            Self::Several(sources) => sources,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    file: PathBuf,
    columns: PathBuf,
}

/// The sample that ships with the crate.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/business.json");

/// What a `main` returns: what went wrong is told in its own words.
pub(crate) fn told(result: Result<(), Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The words behind the name of the example.
pub(crate) fn arguments() -> Vec<String> {
    std::env::args().skip(1).collect()
}

/// Whose business is asked for and what of it, by `NAME [BUSINESS.json FOLDER …]`: the sample and the usual words, or a manifest, the folder
/// of its files and as many words.
#[allow(dead_code, reason = "one example has arguments of its own")]
pub(crate) fn asked<const N: usize>(
    usage: &str,
    usual: [&str; N],
) -> Result<(Book, [String; N]), Box<dyn Error>> {
    let usage = || format!("usage: {usage}");
    let (manifest, words) = match arguments().as_slice() {
        [] => (Manifest::sample()?, usual.map(ToOwned::to_owned)),
        [path, folder, words @ ..] => {
            let words = words.to_vec().try_into().map_err(|_| usage())?;
            let manifest = Manifest::read(Path::new(path), Some(Path::new(folder)))?;
            (manifest, words)
        }
        _ => return Err(usage().into()),
    };
    let (book, _) = manifest.quiet().records()?;
    Ok((book, words))
}

impl Manifest {
    pub(crate) fn sample() -> Result<Self, Box<dyn Error>> {
        Self::read(Path::new(SAMPLE), None)
    }

    pub(crate) fn read(path: &Path, files: Option<&Path>) -> Result<Self, Box<dyn Error>> {
        let manifest: Self = serde_json::from_reader(open(path)?)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let files = files.unwrap_or(&folder).to_owned();
        Ok(Self {
            folder,
            files,
            ..manifest
        })
    }

    /// The same, showing of its files what was rejected alone.
    fn quiet(self) -> Self {
        Self {
            is_quiet: true,
            ..self
        }
    }

    /// A business of which there is nothing but a file of deals.
    #[allow(dead_code, reason = "one example takes a file of deals alone")]
    pub(crate) fn of_deals(file: &str, columns: &str) -> Self {
        Self {
            deals: Sources::One(Source {
                file: file.into(),
                columns: columns.into(),
            }),
            ..Self::default()
        }
    }

    /// All records, and those of other currencies than most deals, which cannot be added up with them.
    pub(crate) fn records(&self) -> Result<(Book, Vec<RecordId>), Box<dyn Error>> {
        let deals = self.part::<DealColumns>(&self.deals)?;
        let currency = usual_currency(&deals).ok_or("the file holds no deal")?;
        let quotas = self.part::<QuotaColumns>(&self.quotas)?;
        let contracts = self.part::<ContractColumns>(&self.contracts)?;
        let spend = self.part::<SpendColumns>(&self.spend)?;
        let mut others = Vec::new();
        let deals = only(deals, &mut others, |deal: &Deal| {
            (deal.currency() == currency, deal.id().into())
        });
        let quotas = only(quotas, &mut others, |quota: &Quota| {
            let same = quota
                .amount()
                .is_none_or(|amount| amount.currency() == currency);
            let (rep, period) = (quota.rep().clone(), quota.period());
            let (start, end) = (period.start(), period.end());
            (same, RecordId::Quota { rep, start, end })
        });
        let contracts = only(contracts, &mut others, |contract: &Contract| {
            (contract.currency() == currency, contract.id().into())
        });
        let spend = only(spend, &mut others, |spend: &Spend| {
            (spend.currency() == currency, spend.id().into())
        });
        let states = self.part::<StateColumns>(&self.states)?;
        let states = only(states, &mut others, |state: &DealState| {
            (state.currency() == currency, state.deal().into())
        });
        let known: HashSet<DealId> = deals.iter().map(|deal| deal.id().clone()).collect();
        let changes = self.part::<ChangeColumns>(&self.changes)?;
        let changes = with_record(changes, &known, DealChange::deal);
        let entered = self.part::<StageColumns>(&self.stages_entered)?;
        let entered = with_record(entered, &known, StagesEntered::deal);
        let mut book = Book::new(currency)
            .with_deals(deals)?
            .with_leads(self.part::<LeadColumns>(&self.leads)?)?
            .with_activities(self.part::<ActivityColumns>(&self.activities)?)?
            .with_reps(self.part::<RepColumns>(&self.reps)?)?
            .with_quotas(quotas)?
            .with_work_time(self.part::<WorkTimeColumns>(&self.work_time)?)
            .with_contracts(contracts)?
            .with_spend(spend)?;
        if !states.is_empty() {
            book = book.with_states(states)?;
        }
        if !changes.is_empty() {
            book = book.with_changes(changes)?;
        }
        if !entered.is_empty() {
            book = book.with_stages_entered(entered)?;
        }
        if !self.stages.is_empty() {
            book = book.with_stages(&self.stages)?;
        }
        if let Some(calendar) = &self.calendar {
            book = book.with_calendar(calendar.clone());
        }
        Ok((book, others))
    }

    /// The files of one kind of record; what came of them is shown.
    fn part<C: Columns + DeserializeOwned>(
        &self,
        sources: &Sources,
    ) -> Result<Vec<C::Record>, Box<dyn Error>> {
        let (mut records, mut summary) = (Vec::new(), Summary::new());
        for source in sources.all() {
            let columns = self.folder.join(&source.columns);
            let columns: C = serde_json::from_reader(open(&columns)?)
                .map_err(|error| format!("{}: {error}", columns.display()))?;
            let path = self.files.join(&source.file);
            read(&path, &columns, &mut records, &mut summary)
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        if self.is_quiet && summary.rejected() > 0 {
            println!(
                "rejected: {}; quarterly_report says why",
                summary.rejected()
            );
        } else if !self.is_quiet && !sources.all().is_empty() {
            println!("{summary}");
        }
        Ok(records)
    }
}

/// The records of one more file.
fn read<C: Columns>(
    path: &Path,
    columns: &C,
    records: &mut Vec<C::Record>,
    summary: &mut Summary,
) -> Result<(), Box<dyn Error>> {
    let file = File::open(path)?;
    let mut bar = Bar::new(path, file.metadata()?.len());
    let mut reader = Reader::new(file, columns)?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    summary.begin(name.to_string_lossy());
    while let Some(row) = reader.next() {
        bar.show(reader.bytes());
        match row {
            Ok(record) => {
                summary.record(&record);
                records.push(record);
            }
            Err(error) if matches!(error.problem, Problem::Unreadable(_)) => {
                return Err(error.into());
            }
            Err(error) => summary.reject(&error),
        }
    }
    summary.finish(&reader);
    Ok(())
}

fn open(path: &Path) -> Result<BufReader<File>, String> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn usual_currency(deals: &[Deal]) -> Option<Currency> {
    let mut counts: BTreeMap<Currency, u64> = BTreeMap::new();
    for deal in deals {
        *counts.entry(deal.currency()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(currency, _)| currency)
}

/// The records of the book's currency; the others by name.
fn only<T>(
    records: Vec<T>,
    others: &mut Vec<RecordId>,
    look: impl Fn(&T) -> (bool, RecordId),
) -> Vec<T> {
    let mut kept = Vec::new();
    for record in records {
        let (same, id) = look(&record);
        if same {
            kept.push(record);
        } else {
            others.push(id);
        }
    }
    kept
}

/// What is told of deals that there are records of; how much is not is shown.
fn with_record<T>(told: Vec<T>, known: &HashSet<DealId>, deal: fn(&T) -> &DealId) -> Vec<T> {
    let (told, others): (Vec<T>, Vec<T>) = told
        .into_iter()
        .partition(|told| known.contains(deal(told)));
    if !others.is_empty() {
        println!(
            "left out, being of deals without a record: {}",
            others.len()
        );
    }
    told
}

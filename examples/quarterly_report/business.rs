//! The files of a business, read into a book.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use sales_metrics::import::{
    self, ActivityColumns, Columns, ContractColumns, DealColumns, Imported, LeadColumns,
    QuotaColumns, RepColumns, SpendColumns, WorkTimeColumns,
};
use sales_metrics::{Book, Contract, Currency, Deal, Quota, RecordId, Spend, WorkCalendar};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::show;

/// Which files there are, and the mapping of each; paths are relative to the manifest.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Manifest {
    deals: Option<Source>,
    leads: Option<Source>,
    activities: Option<Source>,
    reps: Option<Source>,
    quotas: Option<Source>,
    work_time: Option<Source>,
    contracts: Option<Source>,
    spend: Option<Source>,
    calendar: Option<WorkCalendar>,
    #[serde(skip)]
    folder: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    file: PathBuf,
    columns: PathBuf,
}

impl Manifest {
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let manifest: Self = serde_json::from_reader(open(path)?)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { folder, ..manifest })
    }

    /// A business of which there is nothing but a file of deals.
    pub(crate) fn of_deals(file: &str, columns: &str) -> Self {
        Self {
            deals: Some(Source {
                file: file.into(),
                columns: columns.into(),
            }),
            ..Self::default()
        }
    }

    /// All records, and those of other currencies than most deals, which cannot be added up with them.
    pub(crate) fn records(&self) -> Result<(Book, Vec<RecordId>), Box<dyn Error>> {
        let deals = self.part::<DealColumns>("deals", self.deals.as_ref())?;
        let currency = usual_currency(&deals).ok_or("the file holds no deal")?;
        let quotas = self.part::<QuotaColumns>("quotas", self.quotas.as_ref())?;
        let contracts = self.part::<ContractColumns>("contracts", self.contracts.as_ref())?;
        let spend = self.part::<SpendColumns>("expenses", self.spend.as_ref())?;
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
        let mut book = Book::new(currency)
            .with_deals(deals)?
            .with_leads(self.part::<LeadColumns>("leads", self.leads.as_ref())?)?
            .with_activities(self.part::<ActivityColumns>("activities", self.activities.as_ref())?)?
            .with_reps(self.part::<RepColumns>("reps", self.reps.as_ref())?)
            .with_quotas(quotas)?
            .with_work_time(self.part::<WorkTimeColumns>("work times", self.work_time.as_ref())?)
            .with_contracts(contracts)?
            .with_spend(spend)?;
        if let Some(calendar) = &self.calendar {
            book = book.with_calendar(calendar.clone());
        }
        Ok((book, others))
    }

    /// One file; what is rejected is shown.
    fn part<C: Columns + DeserializeOwned>(
        &self,
        name: &str,
        source: Option<&Source>,
    ) -> Result<Vec<C::Record>, Box<dyn Error>> {
        let Some(source) = source else {
            return Ok(Vec::new());
        };
        let columns: C = serde_json::from_reader(open(&self.folder.join(&source.columns))?)?;
        let path = self.folder.join(&source.file);
        let Imported { records, rejected } = import::read(open(&path)?, &columns)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        println!(
            "{} {name} read, {} rows rejected",
            records.len(),
            rejected.len()
        );
        show::list(&rejected);
        Ok(records)
    }
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

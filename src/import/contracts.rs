use super::answer::{Answer, if_yes};
use super::cells::{Build, Cells, missing_beside, needed, with};
use super::field::{CurrencyField, Field, WordField};
use super::finder::Finder;
use super::format::{Format, Formats, invalid};
use super::mapping::{Columns, mapping};
use super::row::Trouble;
use super::{Column, CurrencyColumn, ImportError, WordColumn};
use crate::record::Contract;
use crate::value::{ContractId, Label, Per};

mapping! {
    /// Which column of a file of contracts is what, and how the file writes dates and numbers. It is data: built here, or read
    /// from JSON, as [`DealColumns`](super::DealColumns) is.
    ///
    /// ```
    /// use sales_metrics::import::{ContractColumns, WordColumn, read};
    /// use sales_metrics::{Currency, Per};
    ///
    /// let per = WordColumn::new("billed").with_words(Per::Month, ["monthly"]).with_words(Per::Year, ["yearly"]);
    /// let columns = ContractColumns::new("id", "account", "from", Currency::EUR).with_last_day("to").with_recurring("fee", per);
    /// let file = "id,account,from,to,fee,billed\nC-1,Initech,2026-01-01,2026-12-31,100,monthly\n";
    /// let contracts = read(file.as_bytes(), &columns)?.records;
    /// assert_eq!(contracts[0].yearly().unwrap().to_string(), "1200 EUR/year");
    /// # Ok::<(), sales_metrics::import::ImportError>(())
    /// ```
    ContractColumns {
        required {
            id: String,
            account: String,
            start: String,
            currency: CurrencyColumn,
        }
        columns {
            /// The last day that was agreed on; empty where the contract is open-ended.
            with_last_day last_day
            /// The last day on which it held, where it was ended early.
            with_terminated terminated
            /// The fees that are due once.
            with_one_time one_time
            /// The id of the contract that it renews; of several, their ids, parted by the separator.
            with_renewal_of renewal_of
            /// The date on which it was signed.
            with_signed signed
            /// The date on which notice was given: on which it became known that it ends.
            with_notice notice
        }
        others {
            #[serde(skip_serializing_if = "Option::is_none")]
            recurring: Option<Column>,
            #[serde(skip_serializing_if = "Option::is_none")]
            recurring_per: Option<WordColumn<Per>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            renewal_separator: Option<char>,
            #[serde(skip_serializing_if = "Option::is_none")]
            trial: Option<WordColumn<Answer>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            auto_renewal: Option<WordColumn<Answer>>,
        }
    }
    grouped by dimensions
}

impl ContractColumns {
    /// The columns that every contract needs: its id, the account, its first day and its currency.
    pub fn new(
        id: impl Into<String>,
        account: impl Into<String>,
        start: impl Into<String>,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        Self(Wire::of(
            id.into(),
            account.into(),
            start.into(),
            currency.into(),
        ))
    }

    /// The fee that is due again and again, and whether every month, quarter or year; of a row without a fee, that is not read.
    #[must_use]
    pub fn with_recurring(mut self, column: impl Into<Column>, per: WordColumn<Per>) -> Self {
        self.0.recurring = Some(column.into());
        self.0.recurring_per = Some(per);
        self
    }

    /// The mark between the ids of several contracts that one renews; a cell holds one id unless it is declared.
    #[must_use]
    pub fn with_renewal_separator(mut self, mark: char) -> Self {
        self.0.renewal_separator = Some(mark);
        self
    }

    /// Whether it is a trial.
    #[must_use]
    pub fn with_trial(mut self, words: WordColumn<Answer>) -> Self {
        self.0.trial = Some(words);
        self
    }

    /// Whether it renews itself at the end of its term.
    #[must_use]
    pub fn with_auto_renewal(mut self, words: WordColumn<Answer>) -> Self {
        self.0.auto_renewal = Some(words);
        self
    }
}

/// Where everything is, and how it is written.
pub struct Layout {
    id: Field,
    account: Field,
    start: Field,
    currency: CurrencyField,
    last_day: Field,
    terminated: Field,
    recurring: Field,
    recurring_per: WordField<Per>,
    one_time: Field,
    renewal_of: Field,
    renewal_separator: Option<char>,
    signed: Field,
    notice: Field,
    trial: WordField<Answer>,
    auto_renewal: WordField<Answer>,
    dimensions: Vec<(Label, Field)>,
    formats: Formats,
}

impl Columns for ContractColumns {
    type Record = Contract;
    type Layout = Layout;

    fn format(&self) -> Format<'_> {
        self.0.format()
    }

    fn layout(&self, formats: Formats, finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let wire = &self.0;
        if wire.recurring.is_some() != wire.recurring_per.is_some() {
            return invalid(
                "a recurring fee is due every month, quarter or year; name both, recurring and recurring_per",
            );
        }
        if let Some(mark) = wire.renewal_separator.filter(|mark| mark.is_alphanumeric()) {
            return invalid(format!(
                "{mark:?} cannot part the ids of contracts, since it can be a part of one"
            ));
        }
        Ok(Layout {
            id: finder.required(&wire.id),
            account: finder.required(&wire.account),
            start: finder.required(&wire.start),
            currency: finder.currency(&wire.currency),
            last_day: finder.optional(wire.last_day.as_ref()),
            terminated: finder.optional(wire.terminated.as_ref()),
            recurring: finder.optional(wire.recurring.as_ref()),
            recurring_per: finder.optional_words(wire.recurring_per.as_ref()),
            one_time: finder.optional(wire.one_time.as_ref()),
            renewal_of: finder.optional(wire.renewal_of.as_ref()),
            renewal_separator: wire.renewal_separator,
            signed: finder.optional(wire.signed.as_ref()),
            notice: finder.optional(wire.notice.as_ref()),
            trial: finder.optional_words(wire.trial.as_ref()),
            auto_renewal: finder.optional_words(wire.auto_renewal.as_ref()),
            dimensions: finder.dimensions(&[], wire.further()),
            formats,
        })
    }
}

impl Build<Contract> for Layout {
    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Contract, Trouble> {
        let contract = self.agreement(cells)?;
        let contract = self.fee(contract, cells)?;
        let contract = self.kind(contract, cells)?;
        let last_day = cells.date(&self.last_day)?;
        let contract = with(contract, last_day, Contract::with_last_day)?;
        let terminated = cells.date(&self.terminated)?;
        let contract = with(contract, terminated, Contract::with_terminated)?;
        let one_time = cells.number(&self.one_time)?;
        let contract = with(contract, one_time, Contract::with_one_time)?;
        let contract = self.renewal(contract, cells)?;
        let contract = with(contract, cells.date(&self.signed)?, Contract::with_signed)?;
        let contract = with(contract, cells.date(&self.notice)?, Contract::with_notice)?;
        cells.dimensions(contract, &self.dimensions, Contract::with_dimension)
    }
}

impl Layout {
    fn agreement<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Contract, Trouble> {
        let id = needed(cells.text(&self.id, ContractId::new)?, &self.id)?.value;
        let account = needed(cells.account(&self.account)?, &self.account)?.value;
        let currency = cells.currency(&self.currency)?;
        let start = needed(cells.date(&self.start)?, &self.start)?;
        start.make(|start| Contract::new(id, account, start, currency))
    }

    fn renewal<'a>(
        &'a self,
        contract: Contract,
        cells: &mut Cells<'a>,
    ) -> Result<Contract, Trouble> {
        let renewed = cells.texts(&self.renewal_of, self.renewal_separator, ContractId::new)?;
        with(contract, renewed, |mut contract, renewed| {
            for id in renewed {
                contract = contract.with_renewal_of(id)?;
            }
            Ok(contract)
        })
    }

    /// Before its dates: one that renews itself may end later than was agreed.
    fn kind<'a>(&'a self, contract: Contract, cells: &mut Cells<'a>) -> Result<Contract, Trouble> {
        let renews_itself = cells.word(&self.auto_renewal)?;
        let contract = with(
            contract,
            renews_itself,
            if_yes(|contract: Contract| Ok(contract.with_auto_renewal())),
        )?;
        let trial = cells.word(&self.trial)?;
        with(
            contract,
            trial,
            if_yes(|contract: Contract| Ok(contract.with_trial())),
        )
    }

    fn fee<'a>(&'a self, contract: Contract, cells: &mut Cells<'a>) -> Result<Contract, Trouble> {
        let Some(fee) = cells.number(&self.recurring)? else {
            return Ok(contract);
        };
        let per = cells.needed_word(&self.recurring_per, |field| {
            missing_beside(field, &self.recurring)
        })?;
        fee.make(|fee| contract.with_recurring(fee, per))
    }
}

use super::mapping::{Columns, Entry, Mapping, Meanings as _, invalid, mapping};
use super::row::{
    Build, Cells, CurrencyField, Field, Finder, Trouble, WordField, if_yes, missing_beside, needed,
    with,
};
use super::{Answer, Column, CurrencyColumn, ImportError, WordColumn};
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
            id: What::Column,
            account: What::Column,
            start: What::Column,
            currency: What::Currency,
        }
        columns {
            /// The last day that was agreed on; empty where the contract is open-ended.
            with_last_day last_day
            /// The last day on which it held, where it was ended early.
            with_terminated terminated
            /// The day after the last one that was agreed on, where the file names that.
            with_ends_before ends_before
            /// The day after the one with which it ended early, where the file names that. What ended on the day on which it began held on no day,
            /// and is refused: leave such rows out by their status.
            with_terminated_before terminated_before
            /// After how many of these units of time the recurring fee is due again; 1 where it is empty.
            with_recurring_every recurring_every
            /// The fees that are due once.
            with_one_time one_time
            /// How many are bought, where the recurring fee is that of one: it is multiplied.
            with_quantity quantity
            /// The id of the contract that it renews; of several, their ids, parted by the separator.
            with_renewal_of renewal_of
            /// The date on which it was signed.
            with_signed signed
            /// The date on which notice was given: on which it became known that it ends.
            with_notice notice
            /// The id of the rep who looks after it.
            with_owner owner
        }
        others {
            recurring: What::Column,
            recurring_per: What::Words(Per::NAMES),
            renewal_separator: What::Mark,
            trial: What::Words(Answer::NAMES),
            auto_renewal: What::Words(Answer::NAMES),
        }
    }
    grouped by dimensions
}

impl ContractColumns {
    /// The columns that every contract needs: its id, the account, its first day and its currency.
    pub fn new(
        id: impl Into<Column>,
        account: impl Into<Column>,
        start: impl Into<Column>,
        currency: impl Into<CurrencyColumn>,
    ) -> Self {
        Self(Mapping::of(vec![
            ("id", id.into().into()),
            ("account", account.into().into()),
            ("start", start.into().into()),
            ("currency", currency.into().into()),
        ]))
    }

    /// The fee that is due again and again, and whether every month, quarter or year; of a row without a fee, that is not read.
    #[must_use]
    pub fn with_recurring(mut self, column: impl Into<Column>, per: WordColumn<Per>) -> Self {
        self.0.set_column("recurring", column);
        self.0.set("recurring_per", per.into());
        self
    }

    /// The mark between the ids of several contracts that one renews; a cell holds one id unless it is declared.
    #[must_use]
    pub fn with_renewal_separator(mut self, mark: char) -> Self {
        self.0.set("renewal_separator", Entry::Mark(mark));
        self
    }

    /// Whether it is a trial.
    #[must_use]
    pub fn with_trial(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("trial", words.into());
        self
    }

    /// Whether it renews itself at the end of its term.
    #[must_use]
    pub fn with_auto_renewal(mut self, words: WordColumn<Answer>) -> Self {
        self.0.set("auto_renewal", words.into());
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
    ends_before: Field,
    terminated_before: Field,
    recurring_every: Field,
    recurring: Field,
    recurring_per: WordField<Per>,
    one_time: Field,
    quantity: Field,
    renewal_of: Field,
    renewal_separator: Option<char>,
    signed: Field,
    notice: Field,
    trial: WordField<Answer>,
    auto_renewal: WordField<Answer>,
    owner: Field,
    dimensions: Vec<(Label, Field)>,
}

impl Columns for ContractColumns {
    type Record = Contract;
    type Layout = Layout;

    fn layout(finder: &mut Finder<'_>) -> Result<Layout, ImportError> {
        let mapping = finder.mapping;
        if mapping.has("recurring") != mapping.has("recurring_per") {
            return invalid(
                "a recurring fee is due every day, week, month, quarter, half-year or year; name both, recurring and recurring_per",
            );
        }
        let renewal_separator = mapping.separator_of_ids("renewal_separator", "contracts")?;
        for (day, before) in [
            ("last_day", "ends_before"),
            ("terminated", "terminated_before"),
        ] {
            mapping.expect_one_of(day, before)?;
        }
        Ok(Layout {
            id: finder.field("id"),
            account: finder.field("account"),
            start: finder.field("start"),
            currency: finder.currency("currency"),
            last_day: finder.field("last_day"),
            terminated: finder.field("terminated"),
            ends_before: finder.field("ends_before"),
            terminated_before: finder.field("terminated_before"),
            recurring_every: finder.field("recurring_every"),
            recurring: finder.field("recurring"),
            recurring_per: finder.words("recurring_per"),
            one_time: finder.field("one_time"),
            quantity: finder.field("quantity"),
            renewal_of: finder.field("renewal_of"),
            renewal_separator,
            signed: finder.field("signed"),
            notice: finder.field("notice"),
            trial: finder.words("trial"),
            auto_renewal: finder.words("auto_renewal"),
            owner: finder.field("owner"),
            dimensions: finder.dimensions(&[]),
        })
    }
}

impl Build for Layout {
    type Record = Contract;

    fn build<'a>(&'a self, cells: &mut Cells<'a>) -> Result<Contract, Trouble> {
        let contract = self.agreement(cells)?;
        let contract = self.fee(contract, cells)?;
        let contract = self.kind(contract, cells)?;
        let last_day = cells.last_day(&self.last_day, &self.ends_before)?;
        let contract = with(contract, last_day, Contract::with_last_day)?;
        let terminated = cells.last_day(&self.terminated, &self.terminated_before)?;
        let contract = with(contract, terminated, Contract::with_terminated)?;
        let one_time = cells.money(&self.one_time, contract.currency())?;
        let contract = with(contract, one_time, Contract::with_one_time)?;
        let contract = self.renewal(contract, cells)?;
        let contract = with(contract, cells.date(&self.signed)?, Contract::with_signed)?;
        let contract = with(contract, cells.date(&self.notice)?, Contract::with_notice)?;
        let contract = with(contract, cells.rep(&self.owner)?, Contract::with_owner)?;
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
        let Some(fee) = cells.money(&self.recurring, contract.currency())? else {
            return Ok(contract);
        };
        let quantity = cells.number(&self.quantity)?;
        let fee = match quantity {
            Some(quantity) => fee.times(quantity)?,
            None => fee,
        };
        let Some(per) = cells.word(&self.recurring_per)? else {
            return Err(missing_beside(self.recurring_per.name(), &self.recurring));
        };
        let every = cells.count(&self.recurring_every, u16::MAX.into())?;
        let every = every.map_or(1, |every| u16::try_from(every.value).unwrap_or(u16::MAX));
        fee.make(|fee| contract.with_recurring_every(fee, every, per.value))
    }
}

use core::borrow::Borrow;

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind, Renewable};
use crate::record::Contract;
use crate::value::{ContractId, MoneyPer, RepId};

impl Audit {
    /// Everything odd about these contracts, as [`deals`](Self::deals) says it of deals.
    ///
    /// What they renew is checked against [`with_contracts`](Self::with_contracts). A gap before a renewal is not odd.
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Contract, Currency, Per, date};
    ///
    /// let year = |id, account, start, end| {
    ///     Contract::new(id, account, start, Currency::USD)?.with_last_day(end)?.with_recurring(900, Per::Month)
    /// };
    /// let contracts = [
    ///     year("C-1", "Initech", date(2025, 1, 1)?, date(2025, 12, 31)?)?,
    ///     year("C-2", "Acme", date(2026, 1, 1)?, date(2026, 12, 31)?)?.with_renewal_of("C-1")?,
    /// ];
    /// let findings = Audit::new(date(2026, 3, 31)?)?.with_contracts(&contracts).contracts(&contracts);
    /// assert_eq!(findings[0].to_string(), "contract C-2: contract C-1, which it renews, is another account's");
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn contracts<I>(&self, contracts: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Contract>,
    {
        Passed::findings(vec![self.pass_contracts(contracts)])
    }

    pub(in crate::audit) fn pass_contracts<I>(&self, contracts: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Contract>,
    {
        let mut passed = Passed::default();
        for contract in contracts {
            let contract = contract.borrow();
            passed.pass(contract);
            self.contract(contract, &mut passed);
        }
        passed.find_duplicates();
        passed.find_other_currencies();
        passed
    }

    fn contract(&self, contract: &Contract, passed: &mut Passed) {
        let open_ended = contract.last_day().is_none();
        for renewed in contract.renewal_of() {
            passed.note(&mut self.renewal(contract, renewed));
        }
        passed.note(&mut [
            fee(contract),
            open_ended.then_some(FindingKind::OpenEnded),
            self.contract_owner(contract),
        ]);
        passed.price("recurring fee", contract.recurring().map(MoneyPer::money));
        passed.price("one-time fee", contract.one_time());
        passed.name("account", Some(contract.account().as_str()));
        passed.name("owner", contract.owner().map(RepId::as_str));
        passed.dimensions(contract.dimensions());
    }

    /// While it holds somebody must be there to look after it.
    fn contract_owner(&self, contract: &Contract) -> Option<FindingKind> {
        let owner = contract.owner()?;
        if contract.is_active(self.as_of) {
            return self.owner(owner, self.as_of);
        }
        self.unknown_rep(owner)
    }

    /// What does not fit to the renewed contract; of several with its id, one that fits is enough.
    fn renewal(&self, contract: &Contract, id: &ContractId) -> [Option<FindingKind>; 2] {
        let renewed = || id.clone();
        let Some(known) = self.contracts.as_ref() else {
            return [None, None];
        };
        let Some(earlier) = known.get(id) else {
            let renewed = renewed();
            return [Some(FindingKind::UnknownContract { renewed }), None];
        };
        let start = contract.start();
        let account = |one: &Renewable| one.account == *contract.account();
        let over = |one: &Renewable| one.last_day.is_some_and(|last| last < start);
        let (fits, follows) = (earlier.iter().any(account), earlier.iter().any(over));
        [
            (!follows).then(|| FindingKind::OverlappingRenewal {
                start,
                renewed: renewed(),
            }),
            (!fits).then(|| FindingKind::RenewsOtherAccount { renewed: renewed() }),
        ]
    }
}

/// A trial needs no fee, and what is sold once no recurring one.
fn fee(contract: &Contract) -> Option<FindingKind> {
    match contract.recurring() {
        _ if contract.is_trial() => None,
        None if contract.one_time().is_some() => None,
        None => Some(FindingKind::MissingRecurringFee),
        Some(fee) if fee.amount().is_zero() => Some(FindingKind::ZeroRecurringFee),
        Some(_) => None,
    }
}

//! Contracts, spend and first wins: as plain data, how they become records, and what holds for their tallies.

mod golden;
mod hostile;
mod oracle;
mod outlook;
mod properties;
mod records;
mod reliance;

pub(crate) use oracle::{a_year, recomputed};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::{
    CohortTally, CommitmentTally, Contract, Currency, CustomerTally, Deal, Decimal, Outcome, Per,
    PurchaseTally, RenewalTally, Scope, Spend, SpendCategory, SpendTally,
};

use crate::laws::{foreign_laws, laws};
use crate::support::{MOST, Raw, config, dates, day, deals_up_to, scopes, units_of};

/// A contract as an export might hold it; fees in units of 10⁻⁴, the renewed contracts by their numbers.
#[derive(Clone, Debug)]
pub(crate) struct RawContract {
    pub(crate) account: &'static str,
    pub(crate) start: NaiveDate,
    pub(crate) end: Option<NaiveDate>,
    pub(crate) terminated: Option<NaiveDate>,
    /// So many units of 10⁻⁴, every so many units of time.
    pub(crate) fee: Option<(u64, u16, Per)>,
    pub(crate) one_time: Option<u64>,
    pub(crate) trial: bool,
    pub(crate) renewal_of: Vec<usize>,
    pub(crate) signed: Option<NaiveDate>,
    pub(crate) notice: Option<NaiveDate>,
    pub(crate) auto_renewal: bool,
}

impl RawContract {
    /// Of which nothing else is known.
    pub(crate) fn new(account: &'static str, start: NaiveDate) -> Self {
        Self {
            account,
            start,
            end: None,
            terminated: None,
            fee: None,
            one_time: None,
            trial: false,
            renewal_of: Vec::new(),
            signed: None,
            notice: None,
            auto_renewal: false,
        }
    }

    fn contract(&self, number: usize, currency: Currency) -> Contract {
        let id = format!("C-{number}");
        let mut contract = Contract::new(id, self.account, self.start, currency).unwrap();
        if self.auto_renewal {
            contract = contract.with_auto_renewal();
        }
        if self.trial {
            contract = contract.with_trial();
        }
        if let Some(end) = self.end {
            contract = contract.with_last_day(end).unwrap();
        }
        if let Some(terminated) = self.terminated {
            contract = contract.with_terminated(terminated).unwrap();
        }
        if let Some((units, every, per)) = self.fee {
            let fee = units_of(units, 4);
            contract = contract.with_recurring_every(fee, every, per).unwrap();
        }
        if let Some(units) = self.one_time {
            contract = contract.with_one_time(units_of(units, 4)).unwrap();
        }
        for renewed in self.renewal_of.iter().filter(|renewed| **renewed != number) {
            contract = contract.with_renewal_of(format!("C-{renewed}")).unwrap();
        }
        if let Some(signed) = self.signed {
            contract = contract.with_signed(signed).unwrap();
        }
        if let Some(notice) = self.notice {
            contract = contract.with_notice(notice).unwrap();
        }
        contract
    }
}

pub(crate) fn contracts(raw: &[RawContract]) -> Vec<Contract> {
    let numbered = raw.iter().enumerate();
    numbered
        .map(|(number, raw)| raw.contract(number, Currency::USD))
        .collect()
}

pub(crate) const ACCOUNTS: [&str; 4] = ["Acme", "Initech", "Umbrella", "Ægir"];
pub(crate) const CHANNELS: [&str; 3] = ["ads", "referral", "webinar"];

/// Fees up to so many units of 10⁻⁴ a year.
fn fees(most: u64) -> impl Strategy<Value = (u64, u16, Per)> + Clone {
    let pers = [
        (1, Per::Month, 12),
        (1, Per::Quarter, 4),
        (1, Per::Year, 1),
        (1, Per::HalfYear, 2),
        (1, Per::Week, 52),
        (1, Per::Day, 365),
        (2, Per::Month, 6),
        (4, Per::Week, 13),
        (73, Per::Day, 5),
    ];
    (select(pers.to_vec()), 0_u32..10, any::<u64>()).prop_map(
        move |((every, per, times), kind, any)| {
            let most = most / times;
            let units = match kind {
                0 => 0,
                1 => 1.min(most),
                2 => most,
                3 => any % (most + 1),
                _ => (any % 500 * 1_000_000).min(most),
            };
            (units, every, per)
        },
    )
}

/// Contracts whose fees are at most so many units of 10⁻⁴ a year.
pub(crate) fn contracts_up_to(most: u64) -> impl Strategy<Value = RawContract> + Clone {
    let lengths = select(vec![0_u64, 1, 30, 59, 89, 90, 91, 181, 365, 1_095]);
    let end = prop_oneof![
        2 => Just(None),
        3 => lengths.prop_map(|days| Some(Err(days))),
        3 => dates().prop_map(|on| Some(Ok(on))),
    ];
    let terminated = proptest::option::weighted(0.35, dates());
    let renewal_of = prop_oneof![
        5 => Just(Vec::new()),
        5 => proptest::collection::vec(0_usize..12, 1),
        2 => proptest::collection::vec(0_usize..12, 2..4),
    ];
    let fees = (
        proptest::option::weighted(0.8, fees(most)),
        proptest::option::weighted(0.2, 0..=most),
        proptest::bool::weighted(0.1),
    );
    let days = (
        proptest::option::weighted(0.4, dates()),
        proptest::option::weighted(0.3, dates()),
        proptest::bool::weighted(0.3),
    );
    let parts = (end, terminated, renewal_of, fees, days);
    (select(&ACCOUNTS[..]), dates(), parts).prop_map(|(account, start, parts)| {
        let (end, terminated, renewal_of, (fee, one_time, trial), days) = parts;
        let (signed, notice, auto_renewal) = days;
        let latest = day("2999-12-31");
        let end = end.map(|end| match end {
            Ok(on) => on.max(start),
            Err(days) => (start + Days::new(days)).min(latest),
        });
        let most = end.filter(|_| !auto_renewal).unwrap_or(latest);
        RawContract {
            end,
            terminated: terminated.map(|on| on.max(start).min(most)),
            fee,
            one_time,
            trial,
            renewal_of,
            signed,
            notice,
            auto_renewal,
            ..RawContract::new(account, start)
        }
    })
}

pub(crate) fn many_contracts() -> impl Strategy<Value = Vec<RawContract>> + Clone {
    proptest::collection::vec(contracts_up_to(MOST), 0..=12)
}

/// An expense; its amount in units of 10⁻⁴.
#[derive(Clone, Debug)]
pub(crate) struct RawSpend {
    pub(crate) on: NaiveDate,
    /// A refund is below 0.
    pub(crate) units: i64,
    pub(crate) category: SpendCategory,
    pub(crate) channel: Option<&'static str>,
}

impl RawSpend {
    fn spend(&self, number: usize, currency: Currency) -> Spend {
        let (id, sign) = (format!("S-{number}"), self.units.signum());
        let amount = Decimal::from(sign) * units_of(self.units.unsigned_abs(), 4);
        let spend = Spend::new(id, self.on, amount, currency, self.category).unwrap();
        match self.channel {
            Some(channel) => spend.with_source(channel).unwrap(),
            None => spend,
        }
    }
}

pub(crate) fn spends(raw: &[RawSpend]) -> Vec<Spend> {
    let numbered = raw.iter().enumerate();
    numbered
        .map(|(number, raw)| raw.spend(number, Currency::USD))
        .collect()
}

fn spends_up_to(most: u64) -> impl Strategy<Value = RawSpend> + Clone {
    let categories = [
        SpendCategory::Sales,
        SpendCategory::Marketing,
        SpendCategory::Other,
    ];
    let units = prop_oneof![select(vec![0, 1, most]), 0..=most, 0..=most.min(9_000_000)];
    let units = (units, proptest::bool::weighted(0.1)).prop_map(|(units, is_refund)| {
        let units = i64::try_from(units).unwrap();
        if is_refund { -units } else { units }
    });
    let channel = proptest::option::weighted(0.6, select(&CHANNELS[..]));
    (dates(), units, select(categories.to_vec()), channel).prop_map(
        |(on, units, category, channel)| RawSpend {
            on,
            units,
            category,
            channel,
        },
    )
}

pub(crate) fn many_spends() -> impl Strategy<Value = Vec<RawSpend>> + Clone {
    proptest::collection::vec(spends_up_to(MOST), 0..=40)
}

/// A deal and where it came from.
pub(crate) type RawPurchase = (Raw, Option<&'static str>);

pub(crate) fn purchases(raw: &[RawPurchase]) -> Vec<Deal> {
    let numbered = raw.iter().enumerate();
    let deal = |(number, (raw, source)): (usize, &RawPurchase)| {
        let deal = raw.deal(&format!("D-{number}"), Currency::USD);
        match source {
            Some(source) => deal.with_source(*source).unwrap(),
            None => deal,
        }
    };
    numbered.map(deal).collect()
}

/// Many are won on the same few days, so that several first wins of an account meet.
pub(crate) fn many_purchases() -> impl Strategy<Value = Vec<RawPurchase>> + Clone {
    let source = proptest::option::weighted(0.7, select(&CHANNELS[..]));
    let won = proptest::option::weighted(
        0.5,
        select(vec!["2024-01-01", "2024-02-29", "2024-03-31", "2023-12-31"]),
    );
    let deal = (deals_up_to(MOST), source, won).prop_map(|(mut raw, source, won)| {
        if let Some(on) = won {
            raw.outcome = Outcome::Won { on: day(on) };
        }
        (raw, source)
    });
    proptest::collection::vec(deal, 0..=12)
}

pub(crate) fn built_contracts() -> impl Strategy<Value = Vec<Contract>> + Clone {
    many_contracts().prop_map(|raw| contracts(&raw))
}

pub(crate) fn built_spends() -> impl Strategy<Value = Vec<Spend>> + Clone {
    many_spends().prop_map(|raw| spends(&raw))
}

pub(crate) fn built_purchases() -> impl Strategy<Value = Vec<Deal>> + Clone {
    many_purchases().prop_map(|raw| purchases(&raw))
}

fn account(contract: &Contract) -> usize {
    // Coarser than the account, so that contracts and their renewals fall into different groups, too.
    contract.id().as_str().len() + contract.account().as_str().len() % 2
}

fn channel(spend: &Spend) -> Option<&str> {
    spend.source().map(AsRef::as_ref)
}

fn source(deal: &Deal) -> Option<&str> {
    deal.source().map(AsRef::as_ref)
}

fn foreign_contract() -> (Contract, String) {
    let raw = RawContract {
        end: Some(day("2024-03-31")),
        fee: Some((1, 1, Per::Year)),
        renewal_of: vec![0],
        ..RawContract::new("Acme", day("2024-01-01"))
    };
    (raw.contract(99, Currency::EUR), "contract C-99".to_owned())
}

fn foreign_spend() -> (Spend, String) {
    let raw = RawSpend {
        on: day("2024-02-29"),
        units: 1,
        category: SpendCategory::Sales,
        channel: Some("ads"),
    };
    (raw.spend(99, Currency::EUR), "spend S-99".to_owned())
}

fn foreign_deal() -> (Deal, String) {
    let mut raw = Raw::new(
        "2024-01-31",
        Outcome::Won {
            on: day("2024-02-29"),
        },
    );
    raw.account = Some("Acme");
    (raw.deal("F-1", Currency::EUR), "deal F-1".to_owned())
}

laws!(customer_tally: CustomerTally {
    records: built_contracts(), view: core::convert::identity => Scope, key: account,
});
foreign_laws!(money_of_customer_tally: CustomerTally {
    records: built_contracts(), key: account, foreign: foreign_contract(),
});
laws!(renewal_tally: RenewalTally {
    records: built_contracts(), view: core::convert::identity => Scope, key: account,
});
laws!(commitment_tally: CommitmentTally {
    records: built_contracts(), view: core::convert::identity => Scope, key: account,
});
foreign_laws!(money_of_commitment_tally: CommitmentTally {
    records: built_contracts(), key: account, foreign: foreign_contract(),
});
laws!(cohort_tally: CohortTally {
    records: built_contracts(), view: core::convert::identity => Scope, key: account,
});
foreign_laws!(money_of_cohort_tally: CohortTally {
    records: built_contracts(), key: account, foreign: foreign_contract(),
});
foreign_laws!(money_of_renewal_tally: RenewalTally {
    records: built_contracts(), key: account, foreign: foreign_contract(),
});
laws!(spend_tally: SpendTally {
    records: built_spends(), view: core::convert::identity => Scope, key: channel,
});
foreign_laws!(money_of_spend_tally: SpendTally {
    records: built_spends(), key: channel, foreign: foreign_spend(),
});
laws!(purchase_tally: PurchaseTally {
    records: built_purchases(), view: core::convert::identity => Scope, key: source,
});
foreign_laws!(money_of_purchase_tally: PurchaseTally {
    records: built_purchases(), key: source, foreign: foreign_deal(),
});

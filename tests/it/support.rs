//! Business-like records and their edges: as plain data, and how they become records of the crate.

use chrono::{Days, NaiveDate};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::tally::Distribution;
use sales_metrics::tally::{DealTotals, Given, Priced};
use sales_metrics::{
    Currency, Deal, Decimal, Error, ErrorKind, Money, Outcome, Period, Rate, Scope, Volume, date,
};

/// An exact fraction.
pub(crate) type Q = BigRational;

pub(crate) fn q(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Q {
    Q::new(numerator.into(), denominator.into())
}

pub(crate) fn exact(value: Decimal) -> Q {
    q(value.mantissa(), BigInt::from(10).pow(value.scale()))
}

/// So many records, of which some have no amount, and what the others add up to.
pub(crate) fn volume(count: u64, unpriced: u64, total: &str) -> Volume {
    let priced = Priced::some(count, count - unpriced, dec(total).try_into().unwrap());
    priced.volume(Currency::USD).unwrap()
}

/// A distribution holds these values: each of them, in their order, on both sides of a limit.
pub(crate) fn expect_values<V: Copy>(
    found: &Distribution<'_, V>,
    values: &[Q],
    bare: impl Fn(V) -> Q,
    limit: V,
) {
    let mut sorted = values.to_vec();
    sorted.sort();
    let each: Vec<Q> = found.iter().map(&bare).collect();
    assert_eq!(each, sorted);
    assert_eq!(found.count(), sorted.len() as u64);
    let total = sorted.iter().fold(q(0, 1), |sum, value| sum + value);
    assert_eq!(bare(found.total().unwrap()), total);
    let above = sorted.iter().filter(|value| **value > bare(limit));
    let above = above.count() as u64;
    assert_eq!(found.count_above(limit), above);
    assert_eq!(found.count_up_to(limit), found.count() - above);
    assert_eq!(
        found.percentile(Rate::ZERO).map(&bare),
        sorted.first().cloned()
    );
    assert_eq!(
        found.percentile(Rate::ONE).map(&bare),
        sorted.last().cloned()
    );
}

/// 10⁻ⁿ.
pub(crate) fn tiny(n: u32) -> Q {
    q(1, BigInt::from(10).pow(n))
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A decimal from its text.
pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// What kind of error it is, if it is one.
pub(crate) fn kind_of<T>(result: &Result<T, Error>) -> Option<ErrorKind> {
    result.as_ref().err().map(Error::kind)
}

/// What kind of error it is, and its text.
pub(crate) fn complaint<T>(result: Result<T, Error>) -> (ErrorKind, String) {
    match result {
        Ok(_) => panic!("nothing was refused"),
        Err(error) => (error.kind(), error.to_string()),
    }
}

/// That of totals which break a rule.
pub(crate) fn broken(rule: &str) -> (ErrorKind, String) {
    let text = format!("totals that no records can have: {rule}");
    (ErrorKind::InconsistentTotals, text)
}

/// That of the first record, or the first tally, that is one too many.
pub(crate) fn too_many_records() -> (ErrorKind, String) {
    let text = "the number of records (10^10) would pass the largest total that a tally holds exactly; tally smaller groups";
    (ErrorKind::TotalTooLarge, text.to_owned())
}

/// That of a record, or whatever else is named, in euros where dollars were asked for.
pub(crate) fn in_euros(what: &str) -> (ErrorKind, String) {
    let text = format!(
        "{what} is in EUR, but USD was asked for; convert it first, by exchange::ExchangeRates, or leave it out"
    );
    (ErrorKind::CurrencyMismatch, text)
}

/// A date from its text.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// A period in US dollars.
pub(crate) fn scope(text: &str) -> Scope {
    Scope::new(period(text), Currency::USD)
}

/// So many deals, won and lost, whose amounts nobody knows.
pub(crate) fn decided(won: u64, lost: u64) -> Given<DealTotals> {
    DealTotals::given()
        .records(won + lost)
        .won(Priced::none(won))
        .lost(Priced::none(lost))
}

/// The functions of a file of KPIs, and what each takes.
pub(crate) fn functions(source: &str) -> impl Iterator<Item = (&str, &str)> {
    source.split("\npub fn ").skip(1).map(|signature| {
        let (name, rest) = signature.split_once('(').unwrap();
        (name, rest.split_once(')').unwrap().0)
    })
}

pub(crate) fn usd(text: &str) -> Money {
    Money::new(dec(text), Currency::USD)
}

/// A deal as an export might hold it; amounts in units of 10⁻⁴, the probability in millionths.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) created: NaiveDate,
    /// Nobody knows when it was created, whatever stands there.
    pub(crate) is_undated: bool,
    /// Its amount is below 0.
    pub(crate) is_negative: bool,
    pub(crate) outcome: Outcome,
    pub(crate) amount: Option<u64>,
    pub(crate) cost: Option<u64>,
    pub(crate) list_price: Option<u64>,
    pub(crate) probability: Option<u32>,
    pub(crate) first_contact: Option<NaiveDate>,
    pub(crate) expected_close: Option<NaiveDate>,
    pub(crate) owner: Option<&'static str>,
    /// Another rep who shares it with the owner, and the share, in millionths.
    pub(crate) partner: Option<(&'static str, u32)>,
    pub(crate) account: Option<&'static str>,
}

impl Raw {
    pub(crate) fn new(created: &str, outcome: Outcome) -> Self {
        Self {
            created: day(created),
            is_undated: false,
            is_negative: false,
            outcome,
            amount: None,
            cost: None,
            list_price: None,
            probability: None,
            first_contact: None,
            expected_close: None,
            owner: None,
            partner: None,
            account: None,
        }
    }

    pub(crate) fn deal(&self, id: &str, currency: Currency) -> Deal {
        let created = (!self.is_undated).then_some(self.created);
        let mut deal = Deal::new(id, created, self.outcome, currency).unwrap();
        if let Some(units) = self.amount {
            let amount = units_of(units, 4);
            let amount = if self.is_negative { -amount } else { amount };
            deal = deal.with_amount(amount).unwrap();
        }
        if let Some(units) = self.cost {
            deal = deal.with_cost(units_of(units, 4)).unwrap();
        }
        if let Some(units) = self.list_price {
            deal = deal.with_list_price(units_of(units, 4)).unwrap();
        }
        if let Some(millionths) = self.probability {
            deal = deal.with_probability(millionths_of(millionths)).unwrap();
        }
        if let Some(on) = self.first_contact {
            deal = deal.with_first_contact(on).unwrap();
        }
        if let Some(on) = self.expected_close {
            deal = deal.with_expected_close(on).unwrap();
        }
        if let Some(owner) = self.owner {
            deal = match self.partner {
                Some((partner, share)) => {
                    let [rest, share] = [1_000_000 - share, share].map(millionths_of);
                    deal.with_owners([(owner, rest), (partner, share)]).unwrap()
                }
                None => deal.with_owner(owner).unwrap(),
            };
        }
        if let Some(account) = self.account {
            deal = deal.with_account(account).unwrap();
        }
        deal
    }

    pub(crate) fn closed(&self) -> Option<NaiveDate> {
        match self.outcome {
            Outcome::Open => None,
            Outcome::Won { on } | Outcome::Lost { on } | Outcome::Disqualified { on } => Some(on),
        }
    }
}

pub(crate) fn units_of(units: u64, places: u32) -> Decimal {
    Decimal::from_i128_with_scale(i128::from(units), places)
}

pub(crate) fn millionths_of(millionths: u32) -> Rate {
    Rate::from_fraction(units_of(u64::from(millionths), 6)).unwrap()
}

/// Records in US dollars, numbered.
pub(crate) fn build(raw: &[Raw]) -> Vec<Deal> {
    let numbered = raw.iter().enumerate();
    numbered
        .map(|(n, raw)| raw.deal(&format!("D-{n}"), Currency::USD))
        .collect()
}

/// Days on which something tends to go wrong: bounds of periods, leap days, the first and the last day there is.
const EDGES: [&str; 19] = [
    "2023-02-28",
    "2023-03-02",
    "2023-12-31",
    "2024-01-01",
    "2024-01-01",
    "2024-01-31",
    "2024-02-01",
    "2024-02-28",
    "2024-02-29",
    "2024-02-29",
    "2024-03-01",
    "2024-03-30",
    "2024-03-31",
    "2024-03-31",
    "2024-04-01",
    "2024-12-31",
    "2025-01-01",
    "1900-01-01",
    "2999-12-31",
];

pub(crate) fn dates() -> impl Strategy<Value = NaiveDate> + Clone {
    let first = date(2023, 11, 1).unwrap();
    prop_oneof![
        6 => (0_u64..240).prop_map(move |n| first + Days::new(n)),
        4 => select(&EDGES[..]).prop_map(day),
    ]
}

fn outcomes() -> impl Strategy<Value = Outcome> + Clone {
    prop_oneof![
        3 => Just(Outcome::Open),
        4 => dates().prop_map(|on| Outcome::Won { on }),
        3 => dates().prop_map(|on| Outcome::Lost { on }),
        1 => dates().prop_map(|on| Outcome::Disqualified { on }),
    ]
}

/// Amounts up to so many units of 10⁻⁴: everyday prices, whole and odd ones, 0, the smallest and the largest.
fn amounts(most: u64) -> impl Strategy<Value = u64> + Clone {
    prop_oneof![
        4 => (0..=(most / 10_000).min(100_000)).prop_map(|whole| whole * 10_000),
        2 => 0..=most.min(1_000_000_000),
        2 => select(vec![0, 1, 9_999, most]),
        1 => 0..=most,
    ]
}

/// Who shares a deal, one of them no rep, and how much of it.
fn shares() -> impl Strategy<Value = (&'static str, u32)> + Clone {
    let partners = vec!["ada", "ben", "cleo", "inbound-queue"];
    let shares = prop_oneof![select(vec![500_000, 333_333, 1, 999_999]), 1..1_000_000_u32];
    (select(partners), shares)
}

/// Deals whose amounts are at most so many units of 10⁻⁴.
pub(crate) fn deals_up_to(most: u64) -> impl Strategy<Value = Raw> + Clone {
    let maybe_amount = move || proptest::option::weighted(0.8, amounts(most));
    let maybe_date = || proptest::option::weighted(0.7, dates());
    let maybe_probability = proptest::option::weighted(
        0.7,
        prop_oneof![
            select(vec![0, 1, 250_000, 500_000, 1_000_000]),
            0..=1_000_000_u32
        ],
    );
    let names = |names: &'static [&'static str]| proptest::option::weighted(0.8, select(names));
    (
        (dates(), outcomes(), maybe_date(), maybe_date()),
        (
            maybe_amount(),
            maybe_amount(),
            maybe_amount(),
            maybe_probability,
        ),
        (
            names(&["ada", "ben", "cleo"]),
            proptest::option::weighted(0.25, shares()),
        ),
        names(&["Acme", "Initech", "Umbrella", "Ægir"]),
    )
        .prop_map(|(dates, money, (owner, partner), account)| Raw {
            created: dates.0,
            is_undated: false,
            is_negative: false,
            outcome: dates.1,
            first_contact: dates.2,
            expected_close: dates.3,
            amount: money.0,
            cost: money.1,
            list_price: money.2,
            probability: money.3,
            owner,
            // Nobody shares with oneself.
            partner: partner.filter(|(rep, _)| owner.is_some_and(|owner| owner != *rep)),
            account,
        })
        // Some deals that open and close on the same day.
        .prop_map(|mut raw| {
            if raw.amount.is_some_and(|units| units % 7 == 3) {
                raw.created = raw.closed().unwrap_or(raw.created);
            }
            raw
        })
}

/// The same, of which some lack a creation, and some an amount that is above 0.
pub(crate) fn odd_deals_up_to(most: u64) -> impl Strategy<Value = Raw> + Clone {
    let odd = proptest::bool::weighted;
    (deals_up_to(most), odd(0.15), odd(0.15)).prop_map(|(mut raw, is_undated, is_negative)| {
        raw.is_undated = is_undated;
        raw.is_negative = is_negative && raw.amount.is_some_and(|units| units > 0);
        raw
    })
}

/// The largest amount of a record, in units of 10⁻⁴.
pub(crate) const MOST: u64 = 1_000_000_000_000_000_000;

pub(crate) fn many_raw() -> impl Strategy<Value = Vec<Raw>> + Clone {
    prop_oneof![
        3 => proptest::collection::vec(deals_up_to(MOST), 0..=4),
        3 => proptest::collection::vec(deals_up_to(MOST), 0..=16),
    ]
}

pub(crate) fn many_odd() -> impl Strategy<Value = Vec<Raw>> + Clone {
    prop_oneof![
        3 => proptest::collection::vec(odd_deals_up_to(MOST), 0..=4),
        3 => proptest::collection::vec(odd_deals_up_to(MOST), 0..=16),
    ]
}

pub(crate) fn many_deals() -> impl Strategy<Value = Vec<Deal>> + Clone {
    many_raw().prop_map(|raw| build(&raw))
}

pub(crate) fn periods() -> impl Strategy<Value = Period> + Clone {
    let named = [
        "2024-Q1",
        "2024-Q1",
        "2024-02",
        "2024-W09",
        "2024",
        "2023-Q4",
        "2024-02-29/2024-03-01",
    ];
    prop_oneof![
        4 => select(named.to_vec()).prop_map(period),
        1 => (dates(), dates()).prop_filter_map("an empty period", |(a, b)| {
            Period::between(a.min(b), a.max(b)).ok()
        }),
    ]
}

/// Scopes in US dollars, seen from their last day or from any other: before, in or after the period.
pub(crate) fn scopes() -> impl Strategy<Value = Scope> + Clone {
    (periods(), proptest::option::weighted(0.6, dates())).prop_map(|(period, as_of)| {
        let whole = Scope::new(period, Currency::USD);
        as_of.map_or(whole, |day| whole.as_of(day).unwrap())
    })
}

/// Everything that the KPIs of deals take.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) deals: Vec<Raw>,
    pub(crate) scope: Scope,
    /// A target, in units of 10⁻⁴; may be 0 or below.
    pub(crate) target: i64,
    /// A percentile, in millionths.
    pub(crate) p: u32,
    /// An age in days.
    pub(crate) age: u32,
}

pub(crate) fn cases() -> impl Strategy<Value = Case> {
    cases_with(many_odd())
}

pub(crate) fn cases_with(deals: impl Strategy<Value = Vec<Raw>>) -> impl Strategy<Value = Case> {
    let targets = prop_oneof![
        1 => select(vec![0_i64, -1, 1, 30_000]),
        3 => 1..=20_000_000_000_i64,
        2 => 1..=2_000_000_000_000_000_000_i64,
    ];
    let p = prop_oneof![
        select(vec![0, 500_000, 750_000, 1_000_000]),
        0..=1_000_000_u32
    ];
    (
        deals,
        scopes(),
        targets,
        p,
        select(vec![0_u32, 1, 29, 30, 90, 401_766]),
    )
        .prop_map(|(deals, scope, target, p, age)| Case {
            deals,
            scope,
            target,
            p,
            age,
        })
}

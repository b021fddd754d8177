//! A book and its tallies, over small whole businesses: each tally is that of its own family, and what is split adds up again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::tally::RepResult;
use sales_metrics::{
    ActivityKind, ActivityTally, Book, BookTally, CommitmentTally, Contract, Currency,
    CustomerTally, Deal, DealDetail, DealTally, Decimal, Dimension, ErrorKind, Lead, LeadDetail,
    LeadScope, LeadTally, Origin, Outcome, Period, PurchaseTally, Quota, RenewalTally, Rep, Scope,
    Spend, SpendCategory, SpendTally, SpreadTally, TeamTally, TimeDelta, When, WorkTally, instant,
    kpi,
};

use crate::business::{Business, businesses, sparse_businesses};
use crate::lead::{build, calendar, many_raw_leads};
use crate::place::zones;
use crate::support::{config, day, kind_of, period, scope, scopes};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn some<T>(records: &[impl Sized], tally: impl FnOnce() -> T) -> Option<T> {
    (!records.is_empty()).then(tally)
}

fn dimensions() -> impl Strategy<Value = Dimension> {
    let names = ["rep", "team", "region", "source", "desk", "planet"];
    select(names.to_vec()).prop_map(|name| name.parse().unwrap())
}

fn named(dimension: &Dimension) -> Option<&str> {
    match dimension {
        Dimension::Named(name) => Some(name.as_str()),
        _ => None,
    }
}

/// The groups; none where no record has the dimension, and the book does not list it.
fn groups_of<'a>(
    book: &'a Book,
    scope: Scope,
    dimension: &'a Dimension,
) -> BTreeMap<Option<&'a str>, BookTally> {
    let is_known = book.dimensions().contains(dimension);
    match BookTally::by(book, scope, dimension) {
        Ok(groups) => {
            assert!(is_known && !groups.is_empty(), "{dimension}");
            groups
        }
        Err(error) => {
            assert!(
                error.kind() == ErrorKind::UnknownDimension && !is_known,
                "{error}"
            );
            BTreeMap::new()
        }
    }
}

/// The group of whatever a rep did, or owns, on a day; where that has not come, or there is none, on the evening.
fn group_of_rep(
    business: &Business,
    dimension: &Dimension,
    rep: Option<&str>,
    on: Option<NaiveDate>,
) -> Option<String> {
    let rep = rep?;
    if *dimension == Dimension::Rep {
        return Some(rep.to_owned());
    }
    let reps = business.reps();
    let known = reps.iter().find(|known| known.id().as_str() == rep)?;
    if let Some(name) = named(dimension) {
        return known.dimension(name).map(ToString::to_string);
    }
    let (period, as_of) = (business.scope().period(), business.scope().as_of_day());
    let evening = period.last_day().min(as_of);
    let day = on.filter(|on| *on <= evening).unwrap_or(evening);
    Some(known.team_on(day)?.to_string())
}

/// No record but a rep has a desk, and no rep has anything else that records have.
fn is_of_reps(dimension: &Dimension) -> bool {
    matches!(dimension, Dimension::Rep | Dimension::Team) || named(dimension) == Some("desk")
}

/// Whether a record is reason enough for its kind to be told apart: by team whatever names a rep, where one is in a team; by a desk what
/// names a rep with one.
fn tells(business: &Business, dimension: &Dimension, rep: Option<&str>) -> bool {
    match dimension {
        Dimension::Rep => rep.is_some(),
        Dimension::Team => rep.is_some() && business.reps().iter().any(|rep| rep.team().is_some()),
        _ => group_of_rep(business, dimension, rep, None).is_some(),
    }
}

fn group_of_deal(business: &Business, dimension: &Dimension, deal: &Deal) -> Option<String> {
    if let Some(name) = named(dimension).filter(|_| !is_of_reps(dimension)) {
        return deal.dimension(name).map(ToString::to_string);
    }
    let owner = deal.owner().map(AsRef::as_ref);
    group_of_rep(business, dimension, owner, deal.closed())
}

/// What an account buys counts where it first bought: of several such deals on one day, in the first group by name.
fn group_of_purchase(business: &Business, dimension: &Dimension, deal: &Deal) -> Option<String> {
    let as_of = business.scope().as_of_day();
    let bought = |deal: &Deal| match deal.outcome() {
        Outcome::Won { on }
            if on <= as_of
                && deal
                    .amount()
                    .is_none_or(|amount| amount.amount() > Decimal::ZERO) =>
        {
            Some(on)
        }
        _ => None,
    };
    let own = || group_of_deal(business, dimension, deal);
    let (Some(account), Some(_)) = (deal.account(), bought(deal)) else {
        return own();
    };
    let deals = business.deals();
    let of_account = deals.iter().filter(|deal| deal.account() == Some(account));
    let firsts = of_account.filter_map(|deal| {
        let group = group_of_deal(business, dimension, deal);
        Some((bought(deal)?, group.is_none(), group))
    });
    firsts.min().and_then(|(_, _, group)| group)
}

fn group_of_lead(business: &Business, dimension: &Dimension, lead: &Lead) -> Option<String> {
    if let Some(name) = named(dimension).filter(|_| !is_of_reps(dimension)) {
        return lead.dimension(name).map(ToString::to_string);
    }
    let closed = [lead.converted(), lead.disqualified()];
    let owner = lead.owner().map(AsRef::as_ref);
    group_of_rep(
        business,
        dimension,
        owner,
        closed.into_iter().flatten().min(),
    )
}

/// What each rep won, and was to win.
fn results(team: &TeamTally) -> Vec<String> {
    let result = |rep: RepResult<'_>| {
        format!(
            "{:?} {:?} {:?} {:?}",
            rep.rep(),
            rep.won(),
            rep.quota(),
            rep.deal_quota()
        )
    };
    team.reps().map(result).collect()
}

/// A business, and which half of a book each record goes to.
fn halves() -> impl Strategy<Value = (Business, Vec<bool>)> {
    let sides = proptest::collection::vec(any::<bool>(), 32);
    (sparse_businesses(), sides)
}

fn half<T>(records: Vec<T>, sides: &[bool], side: bool) -> Vec<T> {
    let sides = sides.iter().cycle();
    let placed = records.into_iter().zip(sides);
    placed
        .filter(|(_, at)| **at == side)
        .map(|(record, _)| record)
        .collect()
}

/// With the deals and leads as they were joined, all reps and all quotas.
fn half_book(business: &Business, sides: &[bool], side: bool) -> Book {
    Book::new(Currency::USD)
        .with_deals(half(business.joined_deals(), sides, side))
        .and_then(|book| book.with_leads(half(business.joined_leads(), sides, side)))
        .and_then(|book| book.with_contracts(half(business.contracts(), sides, side)))
        .and_then(|book| book.with_spend(half(business.spend(), sides, side)))
        .and_then(|book| book.with_quotas(business.quotas()))
        .unwrap()
        .with_reps(business.reps())
        .unwrap()
        .with_activities(half(business.activities(), sides, side))
        .unwrap()
        .with_work_time(half(business.work_time(), sides, side))
        .with_calendar(calendar())
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn every_tally_is_that_of_its_own_family(business in sparse_businesses(), with_calendar in any::<bool>()) {
        let scope = business.scope();
        let book = if with_calendar { business.book() } else { business.book_without_calendar() };
        let view: LeadScope = if with_calendar { scope.in_working_time(&calendar()) } else { scope.into() };
        let all = BookTally::of(&book, scope).unwrap();
        let (deals, leads) = (business.joined_deals(), business.joined_leads());
        prop_assert_eq!(all.scope(), scope);
        let of_deals = some(&deals, || DealDetail::of(&deals, scope).unwrap());
        prop_assert_eq!(all.deal_detail(), of_deals.as_ref());
        prop_assert_eq!(all.deals(), of_deals.as_ref().map(DealDetail::tally));
        let spread = some(&deals, || SpreadTally::of(&deals, scope).unwrap());
        prop_assert_eq!(all.spread(), spread.as_ref());
        let purchases = some(&deals, || PurchaseTally::of(&deals, scope).unwrap());
        prop_assert_eq!(all.purchases(), purchases.as_ref());
        let of_leads = some(&leads, || LeadDetail::of(&leads, view).unwrap());
        prop_assert_eq!(all.lead_detail(), of_leads.as_ref());
        prop_assert_eq!(all.leads(), of_leads.as_ref().map(LeadDetail::tally));
        let done = business.activities();
        let of_activities = some(&done, || ActivityTally::of(&done, scope).unwrap());
        prop_assert_eq!(all.activities(), of_activities.as_ref());
        let hours = business.work_time();
        let of_hours = some(&hours, || WorkTally::of(&hours, scope).unwrap());
        prop_assert_eq!(all.work_time(), of_hours.as_ref());
        let contracts = business.contracts();
        let customers = some(&contracts, || CustomerTally::of(&contracts, scope).unwrap());
        prop_assert_eq!(all.customers(), customers.as_ref());
        let renewals = some(&contracts, || RenewalTally::of(&contracts, scope).unwrap());
        prop_assert_eq!(all.renewals(), renewals.as_ref());
        let commitments = some(&contracts, || CommitmentTally::of(&contracts, scope).unwrap());
        prop_assert_eq!(all.commitments(), commitments.as_ref());
        let spend = business.spend();
        let of_spend = some(&spend, || SpendTally::of(&spend, scope).unwrap());
        prop_assert_eq!(all.spend(), of_spend.as_ref());
        let reps = business.reps();
        let of_team = some(&reps, || {
            let view = scope.with_roster(&book.roster().unwrap()).unwrap();
            let team = TeamTally::of(&deals, view).unwrap();
            team.with_activities(business.activities()).unwrap()
        });
        prop_assert_eq!(all.team().unwrap(), of_team.as_ref());
    }

    #[test]
    fn a_lead_takes_the_outcome_of_its_deal_and_gives_its_origin_whichever_comes_first(business in businesses()) {
        let joined = business.joined_leads();
        let book = business.book();
        prop_assert_eq!(book.leads(), &joined[..]);
        prop_assert_eq!(book.deals(), &business.joined_deals()[..]);
        let deals_first = Book::new(Currency::USD).with_deals(business.deals()).unwrap();
        let deals_first = deals_first.with_leads(business.leads()).unwrap();
        prop_assert_eq!(deals_first.leads(), &joined[..]);
        prop_assert_eq!(deals_first.deals(), &business.joined_deals()[..]);
        // One by one is as all at once.
        let mut slowly = Book::new(Currency::USD);
        for (lead, deal) in business.leads().into_iter().zip(business.deals()) {
            slowly = slowly.with_leads([lead]).unwrap().with_deals([deal]).unwrap();
        }
        let met = slowly.leads().len();
        for (lead, expected) in slowly.leads().iter().zip(&joined) {
            let deal = lead.deal().and_then(|id| slowly.deals().iter().find(|deal| deal.id() == id));
            prop_assert!(deal.is_none() || lead == expected);
        }
        prop_assert!(met <= joined.len());
    }

    #[test]
    fn a_series_is_a_tally_for_each_scope(
        business in sparse_businesses(),
        others in proptest::collection::vec(scopes(), 0..4),
    ) {
        let book = business.book();
        let scopes: Vec<Scope> = [business.scope()].into_iter().chain(others).collect();
        let series = BookTally::series(&book, scopes.iter().copied()).unwrap();
        let apart: Vec<BookTally> = scopes.iter().map(|scope| BookTally::of(&book, *scope).unwrap()).collect();
        prop_assert_eq!(series, apart);
    }

    #[test]
    fn two_halves_of_a_book_merge_to_the_whole((business, sides) in halves()) {
        let scope = business.scope();
        let [mut left, right] = [false, true].map(|side| BookTally::of(&half_book(&business, &sides, side), scope).unwrap());
        let whole = BookTally::of(&business.book(), scope).unwrap();
        let mut other = right.clone();
        other.merge(&left).unwrap();
        left.merge(&right).unwrap();
        prop_assert_eq!(&left, &whole);
        prop_assert_eq!(&other, &whole);
        let before = left.clone();
        for elsewhere in crate::laws::other_scopes(scope) {
            let refused = left.merge(&BookTally::new(elsewhere)).unwrap_err();
            let mismatch = refused.kind() == ErrorKind::ScopeMismatch;
            prop_assert!(mismatch, "{}", refused);
            prop_assert_eq!(&left, &before);
        }
    }

    #[test]
    fn groups_are_of_their_own_records_and_merge_to_the_whole(
        business in sparse_businesses(), dimension in dimensions(),
    ) {
        let (book, scope) = (business.book(), business.scope());
        let groups = groups_of(&book, scope, &dimension);
        let whole = BookTally::of(&book, scope).unwrap();
        let view = scope.in_working_time(&calendar());
        let mut deals = DealDetail::new(scope);
        let mut spread = SpreadTally::new(scope);
        let mut purchases = PurchaseTally::new(scope);
        let mut leads = LeadDetail::new(view.clone());
        // A family of which no record names the dimension is in no group.
        let names = |deal: &Deal| match named(&dimension) {
            Some(name) if !is_of_reps(&dimension) => deal.dimension(name).is_some(),
            _ => tells(&business, &dimension, deal.owner().map(AsRef::as_ref)),
        };
        let told_deals = business.deals().iter().any(names);
        let names = |lead: &Lead| match named(&dimension) {
            Some(name) if !is_of_reps(&dimension) => lead.dimension(name).is_some(),
            _ => tells(&business, &dimension, lead.owner().map(AsRef::as_ref)),
        };
        let told_leads = business.joined_leads().iter().any(names);
        for (key, group) in &groups {
            let key = key.map(ToOwned::to_owned);
            prop_assert_eq!(group.scope(), scope);
            let own = business.joined_deals().into_iter().filter(|deal| group_of_deal(&business, &dimension, deal) == key);
            let own = own.collect::<Vec<_>>();
            let money = SpreadTally::of(&own, scope).unwrap();
            prop_assert_eq!(group.spread(), whole.spread().filter(|_| told_deals).map(|_| &money));
            spread.merge(&money).unwrap();
            let own = DealDetail::of(own, scope).unwrap();
            prop_assert_eq!(group.deal_detail(), whole.deal_detail().filter(|_| told_deals).map(|_| &own));
            deals.merge(&own).unwrap();
            let own = business.joined_leads().into_iter().filter(|lead| group_of_lead(&business, &dimension, lead) == key);
            let own = LeadDetail::of(own.collect::<Vec<_>>(), view.clone()).unwrap();
            prop_assert_eq!(group.lead_detail(), whole.lead_detail().filter(|_| told_leads).map(|_| &own));
            leads.merge(&own).unwrap();
            let own = business.deals().into_iter().filter(|deal| group_of_purchase(&business, &dimension, deal) == key);
            let own = PurchaseTally::of(own.collect::<Vec<_>>(), scope).unwrap();
            prop_assert_eq!(group.purchases(), whole.purchases().filter(|_| told_deals).map(|_| &own));
            purchases.merge(&own).unwrap();
        }
        prop_assert!(!told_deals || whole.purchases() == Some(&purchases));
        prop_assert!(!told_deals || whole.deal_detail() == Some(&deals));
        prop_assert!(!told_deals || whole.spread() == Some(&spread));
        prop_assert!(!told_leads || whole.lead_detail() == Some(&leads));
    }

    #[test]
    fn what_reps_did_is_told_apart_by_them_and_their_teams(
        business in sparse_businesses(), dimension in dimensions(),
    ) {
        let (book, scope) = (business.book(), business.scope());
        let groups = groups_of(&book, scope, &dimension);
        let whole = BookTally::of(&book, scope).unwrap();
        let (mut done, mut hours) = (ActivityTally::new(scope), WorkTally::new(scope));
        let told = business.activities().iter().any(|done| tells(&business, &dimension, done.rep().map(AsRef::as_ref)));
        let told_hours = business.work_time().iter().any(|hours| tells(&business, &dimension, Some(hours.rep().as_ref())));
        let told_reps = is_of_reps(&dimension) && business.reps().iter().any(|rep| tells(&business, &dimension, Some(rep.id().as_ref())));
        let mut reps: Vec<String> = Vec::new();
        for (key, group) in &groups {
            if !is_of_reps(&dimension) {
                prop_assert_eq!((group.activities(), group.work_time(), group.team().unwrap()), (None, None, None));
                continue;
            }
            let key = key.map(ToOwned::to_owned);
            let is_own = |rep: Option<&str>, on: Option<NaiveDate>| group_of_rep(&business, &dimension, rep, on) == key;
            let own = business.activities().into_iter().filter(|done| {
                is_own(done.rep().map(AsRef::as_ref), Some(done.at().date()))
            });
            let own = ActivityTally::of(own.collect::<Vec<_>>(), scope).unwrap();
            prop_assert_eq!(group.activities(), whole.activities().filter(|_| told).map(|_| &own));
            done.merge(&own).unwrap();
            let own = business.work_time().into_iter().filter(|hours| is_own(Some(hours.rep().as_str()), Some(hours.on())));
            let own = WorkTally::of(own.collect::<Vec<_>>(), scope).unwrap();
            prop_assert_eq!(group.work_time(), whole.work_time().filter(|_| told_hours).map(|_| &own));
            hours.merge(&own).unwrap();
            // A group's team is its reps, with what they won, and nobody else's wins.
            let team = group.team().unwrap();
            prop_assert_eq!(team.is_some(), told_reps);
            let Some(team) = team else { continue };
            prop_assert_eq!(team.unassigned().unwrap().count, 0);
            for rep in team.reps() {
                prop_assert!(is_own(Some(rep.rep().id().as_str()), None));
            }
            reps.extend(results(team));
        }
        prop_assert!(!told || whole.activities() == Some(&done));
        prop_assert!(!told_hours || whole.work_time() == Some(&hours));
        if told_reps {
            reps.sort();
            let mut all = whole.team().unwrap().map(results).unwrap_or_default();
            all.sort();
            prop_assert_eq!(reps, all);
        }
    }

    /// Each group has reps of its own, so that no head and no quota is there twice.
    #[test]
    fn the_teams_of_groups_merge_to_that_of_all(
        business in sparse_businesses(), dimension in select(vec!["rep", "team", "desk"]),
    ) {
        let (book, scope) = (business.book(), business.scope());
        let dimension = dimension.parse().unwrap();
        let mut groups = groups_of(&book, scope, &dimension).into_values();
        let Some(mut sum) = groups.next() else { return Ok(()) };
        for group in groups {
            sum.merge(&group).unwrap();
        }
        let whole = BookTally::of(&book, scope).unwrap();
        let all = whole.team().unwrap().map(|team| team.filter(|_| true));
        prop_assert_eq!(sum.team().unwrap(), all.as_ref().filter(|_| sum.team().unwrap().is_some()));
        prop_assert_eq!(sum.activities(), whole.activities().filter(|_| sum.activities().is_some()));
    }

    #[test]
    fn contracts_and_spend_are_told_apart_by_their_dimensions(
        business in sparse_businesses(), dimension in dimensions(),
    ) {
        let (book, scope) = (business.book(), business.scope());
        let groups = groups_of(&book, scope, &dimension);
        let whole = BookTally::of(&book, scope).unwrap();
        let (mut customers, mut spend) = (CustomerTally::new(scope), SpendTally::new(scope));
        let mut renewals = RenewalTally::new(scope);
        let mut commitments = CommitmentTally::new(scope);
        let name = named(&dimension);
        let of_reps = is_of_reps(&dimension);
        let told_contracts = business.contracts().iter().any(|contract| match name {
            Some(name) if !of_reps => contract.dimension(name).is_some(),
            _ => tells(&business, &dimension, contract.owner().map(AsRef::as_ref)),
        });
        let told_spend = business.spend().iter().any(|spend| name.is_some_and(|name| spend.dimension(name).is_some()));
        for (key, group) in &groups {
            let is_own = |label: Option<&sales_metrics::Label>| label.map(AsRef::as_ref) == *key;
            let own = business.contracts().into_iter().filter(|contract| match name {
                Some(name) if !of_reps => is_own(contract.dimension(name)),
                _ => group_of_rep(&business, &dimension, contract.owner().map(AsRef::as_ref), None).as_deref() == *key,
            });
            let own: Vec<Contract> = own.collect();
            let of_customers = CustomerTally::of(&own, scope).unwrap();
            prop_assert_eq!(group.customers(), whole.customers().filter(|_| told_contracts).map(|_| &of_customers));
            customers.merge(&of_customers).unwrap();
            let of_renewals = RenewalTally::of(&own, scope).unwrap();
            prop_assert_eq!(group.renewals(), whole.renewals().filter(|_| told_contracts).map(|_| &of_renewals));
            renewals.merge(&of_renewals).unwrap();
            let of_commitments = CommitmentTally::of(&own, scope).unwrap();
            prop_assert_eq!(group.commitments(), whole.commitments().filter(|_| told_contracts).map(|_| &of_commitments));
            commitments.merge(&of_commitments).unwrap();
            let own = business.spend().into_iter().filter(|spend| name.is_some_and(|name| is_own(spend.dimension(name))));
            let own = SpendTally::of(own.collect::<Vec<_>>(), scope).unwrap();
            prop_assert_eq!(group.spend(), whole.spend().filter(|_| told_spend).map(|_| &own));
            spend.merge(&own).unwrap();
        }
        prop_assert!(!told_contracts || whole.customers() == Some(&customers));
        prop_assert!(!told_contracts || whole.renewals() == Some(&renewals));
        prop_assert!(!told_contracts || whole.commitments() == Some(&commitments));
        prop_assert!(!told_spend || whole.spend() == Some(&spend));
    }

    /// Every group that a record names is there, and no other: that of none where a family names the dimension, and a record of it
    /// does not.
    #[test]
    fn there_is_a_group_for_each_value(business in sparse_businesses()) {
        type Keys = Vec<Option<String>>;
        let book = business.book();
        let by = |dimension: &Dimension| -> BTreeSet<Option<String>> {
            let groups = groups_of(&book, business.scope(), dimension);
            groups.into_keys().map(|key| key.map(ToOwned::to_owned)).collect()
        };
        let told = |families: Vec<Keys>| -> BTreeSet<Option<String>> {
            families.into_iter().filter(|keys| keys.iter().any(Option::is_some)).flatten().collect()
        };
        let reps = told(vec![
            book.reps().iter().map(|rep| Some(rep.id().to_string())).collect(),
            book.deals().iter().map(|deal| deal.owner().map(ToString::to_string)).collect(),
            book.leads().iter().map(|lead| lead.owner().map(ToString::to_string)).collect(),
            book.activities().iter().map(|done| done.rep().map(ToString::to_string)).collect(),
            book.work_time().iter().map(|hours| Some(hours.rep().to_string())).collect(),
            book.contracts().iter().map(|contract| contract.owner().map(ToString::to_string)).collect(),
        ]);
        prop_assert_eq!(by(&Dimension::Rep), reps);
        let region = |label: Option<&sales_metrics::Label>| label.map(ToString::to_string);
        let regions = told(vec![
            book.deals().iter().map(|deal| region(deal.dimension("region"))).collect(),
            book.leads().iter().map(|lead| region(lead.dimension("region"))).collect(),
            book.contracts().iter().map(|contract| region(contract.dimension("region"))).collect(),
            book.spend().iter().map(|spend| region(spend.dimension("region"))).collect(),
        ]);
        prop_assert_eq!(by(&Dimension::named("region").unwrap()), regions);
        prop_assert_eq!(by(&Dimension::named("planet").unwrap()), BTreeSet::new());
    }
}

fn won(id: &str) -> Deal {
    let outcome = Outcome::Won {
        on: day("2026-02-20"),
    };
    let deal = Deal::new(id, day("2026-01-07"), outcome, Currency::USD);
    deal.and_then(|deal| deal.with_amount(100)).unwrap()
}

fn lead() -> Lead {
    Lead::new("L-1", instant("2026-01-06T18:30:00+01:00").unwrap()).unwrap()
}

/// The CRM's lead was never told that the deal is lost after all.
#[test]
fn a_deal_knows_better_than_its_lead() {
    let lost = Outcome::Lost {
        on: day("2026-02-20"),
    };
    let lost = Deal::new("D-1", day("2026-01-07"), lost, Currency::USD).unwrap();
    let lead = lead()
        .with_conversion("D-1", day("2026-01-08"))
        .and_then(|lead| lead.with_won(day("2026-02-20")))
        .unwrap();
    let alone = Book::new(Currency::USD).with_leads([lead]).unwrap();
    let rate = |book: &Book| {
        let tally = BookTally::of(book, q1()).unwrap();
        kpi::lead_to_customer_rate(tally.leads().unwrap())
            .unwrap()
            .to_string()
    };
    assert_eq!(rate(&alone), "100%");
    let book = alone.with_deals([lost]).unwrap();
    assert_eq!(rate(&book), "0%");
    assert_eq!(book.leads()[0].converted(), Some(day("2026-01-08")));
}

#[test]
fn foreign_money_is_stopped_at_the_door_by_the_name_of_its_record() {
    let book = || Book::new(Currency::EUR);
    let contract = Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD).unwrap();
    let sales = SpendCategory::Sales;
    let spend = Spend::new("S-1", day("2026-01-31"), 5, Currency::USD, sales).unwrap();
    let quota = Quota::of_money("ada", period("2026-Q1"), 5, Currency::USD).unwrap();
    let refused = [
        book().with_deals([won("D-1")]),
        book().with_contracts([contract]),
        book().with_spend([spend]),
        book().with_quotas([quota]),
    ]
    .map(|book| book.unwrap_err().to_string());
    let because = "is in USD, but EUR was asked for; convert it first, by exchange::ExchangeRates, or leave it out";
    let records = [
        "deal D-1",
        "contract C-1",
        "spend S-1",
        "quota of ada for 2026-01-01/2026-04-01",
    ];
    assert_eq!(refused, records.map(|record| format!("{record} {because}")));
    // A quota of deals has no currency.
    let quota = Quota::of_deals("ada", period("2026-Q1"), 5).unwrap();
    assert!(book().with_quotas([quota]).is_ok());
}

/// Whatever the book holds: leads know no currency, and still they are those of a business that reckons in dollars.
#[test]
fn a_scope_in_another_currency_than_the_book_s_is_refused() {
    let euros = Scope::new(q1().period(), Currency::EUR);
    let because = "the book is in USD, but EUR was asked for; convert it first, by exchange::ExchangeRates, or leave it out";
    let empty = Book::new(Currency::USD);
    let leads = empty.clone().with_leads([lead()]).unwrap();
    let deals = empty.clone().with_deals([won("D-1")]).unwrap();
    for book in [empty, leads, deals] {
        let refused = BookTally::of(&book, euros).unwrap_err();
        assert_eq!(refused.to_string(), because);
        let refused = BookTally::series(&book, [q1(), euros]).unwrap_err();
        assert_eq!(refused.to_string(), because);
        let refused = BookTally::by(&book, euros, &Dimension::Rep).unwrap_err();
        assert_eq!(refused.to_string(), because);
    }
}

#[test]
fn quotas_that_straddle_are_the_error_of_the_team_alone() {
    let book = Book::new(Currency::USD)
        .with_deals([won("D-1").with_owner("ada").unwrap()])
        .and_then(|book| book.with_quotas([Quota::of_deals("ada", period("2026"), 4)?]))
        .unwrap()
        .with_reps([Rep::new("ada").unwrap()])
        .unwrap();
    let year = scope("2026");
    let mut series = BookTally::series(&book, [q1(), year, scope("2025-Q4")]).unwrap();
    let text = "quota of ada for 2026-01-01/2027-01-01 straddles the edge of 2026-01-01/2026-04-01; look at a period that holds all of it, set a quota for each part, or take Roster::without_quotas() for what needs none";
    assert_eq!(series[0].team().unwrap_err().to_string(), text);
    assert!(series[0].deals().is_some());
    let team = series[1].team().unwrap().unwrap();
    assert_eq!(team.scope(), year);
    assert_eq!(kpi::deal_quota_attainment(team).unwrap().to_string(), "25%");
    assert_eq!(series[2].team().unwrap().unwrap().scope(), scope("2025-Q4"));
    // Nothing is merged half-way.
    let mut q1 = series.remove(0);
    let (before, other) = (q1.clone(), q1.clone());
    assert_eq!(q1.merge(&other).unwrap_err().to_string(), text);
    assert_eq!(q1, before);
    let groups = BookTally::by(&book, before.scope(), &Dimension::Rep).unwrap();
    let ada = &groups[&Some("ada")];
    assert_eq!(ada.team().unwrap_err().to_string(), text);
    // Heads are counted without the quota.
    for tally in [ada, &before] {
        let reps = tally.reps().unwrap().unwrap();
        assert!(reps.reps().all(|rep| !rep.has_quota()));
        assert_eq!(kpi::rep_productivity(reps).unwrap().to_string(), "100 USD");
    }
}

/// The roster's own faults, too.
#[test]
fn reps_that_do_not_fit_together_are_the_error_of_the_team_alone() {
    let ada = || Rep::new("ada").unwrap();
    let book = Book::new(Currency::USD).with_reps([ada(), ada()]).unwrap();
    let book = book.with_deals([won("D-1")]).unwrap();
    let tally = BookTally::of(&book, q1()).unwrap();
    assert!(kind_of(&tally.team()) == Some(ErrorKind::DuplicateRep));
    assert!(kind_of(&tally.reps()) == Some(ErrorKind::DuplicateRep));
    let deals = tally.deals().unwrap();
    assert_eq!(kpi::total_revenue(deals).unwrap().to_string(), "100 USD");
}

#[test]
fn a_tally_of_another_scope_is_not_put_in() {
    let other = scope("2025-Q4");
    let empty = || BookTally::new(q1());
    let error = empty().with_deals(DealTally::new(other)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the tally of deals is of {other}, but {} was asked for; tally it in that scope",
            q1()
        )
    );
    let roster = sales_metrics::Roster::default();
    let team = TeamTally::new(other.with_roster(&roster).unwrap());
    let errors = vec![
        empty().with_deal_detail(DealDetail::new(other)),
        empty().with_lead_detail(LeadDetail::new(other)),
        empty().with_purchases(PurchaseTally::new(other)),
        empty().with_leads(LeadTally::new(other)),
        empty().with_activities(ActivityTally::new(other)),
        empty().with_work_time(WorkTally::new(other)),
        empty().with_customers(CustomerTally::new(other)),
        empty().with_renewals(RenewalTally::new(other)),
        empty().with_commitments(CommitmentTally::new(other)),
        empty().with_spend(SpendTally::new(other)),
        empty().with_team(team),
    ];
    for tally in errors {
        assert!(kind_of(&tally) == Some(ErrorKind::ScopeMismatch));
    }
    let same = empty().with_deal_detail(DealDetail::new(q1())).unwrap();
    assert_eq!(same, BookTally::from(DealDetail::new(q1())));
    let same = empty().with_deals(DealTally::new(q1())).unwrap();
    assert_eq!(same, BookTally::from(DealTally::new(q1())));
    // Where no money is counted, the currency plays no part.
    let euros = Scope::new(q1().period(), Currency::EUR);
    assert!(empty().with_leads(LeadTally::new(euros)).is_ok());
    assert!(empty().with_lead_detail(LeadDetail::new(euros)).is_ok());
    assert!(empty().with_activities(ActivityTally::new(euros)).is_ok());
    assert!(empty().with_work_time(WorkTally::new(euros)).is_ok());
    let deals = empty().with_deals(DealTally::new(euros));
    assert!(kind_of(&deals) == Some(ErrorKind::ScopeMismatch));
}

#[test]
fn a_dimension_travels_as_its_name() {
    for (text, dimension) in [
        ("rep", Dimension::Rep),
        ("team", Dimension::Team),
        ("region", Dimension::named("region").unwrap()),
        ("Rep", Dimension::named("Rep").unwrap()),
    ] {
        assert_eq!(dimension.to_string(), text);
        assert_eq!(text.parse(), Ok(dimension.clone()));
        let json = serde_json::to_string(&dimension).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Dimension>(&json).unwrap(), dimension);
    }
    assert_eq!(format!("{:>6}|", Dimension::Rep), "   rep|");
    assert_eq!(Dimension::named("rep"), Ok(Dimension::Rep));
    assert_eq!(Dimension::named("team"), Ok(Dimension::Team));
    for wrong in ["", " region", "a\nb"] {
        assert!(wrong.parse::<Dimension>().is_err());
        assert!(Dimension::named(wrong).is_err());
        let json = serde_json::to_string(wrong).unwrap();
        assert!(serde_json::from_str::<Dimension>(&json).is_err());
    }
}

/// A record that is there, though it does not count, makes a family present; none at all makes it absent.
#[test]
fn kept_but_empty_is_not_the_same_as_not_kept() {
    let book = Book::new(Currency::USD).with_deals([won("D-1")]).unwrap();
    let long_ago = Scope::new(Period::year(1950).unwrap(), Currency::USD);
    let tally = BookTally::of(&book, long_ago).unwrap();
    let deals = tally.deals().unwrap();
    assert_eq!(kpi::total_revenue(deals).unwrap().to_string(), "0 USD");
    assert_eq!((tally.leads(), tally.spend()), (None, None));
}

/// Who has no deals yet has won nothing: that is known, where the others' deals are.
#[test]
fn a_group_without_deals_has_an_empty_tally_of_them() {
    let book = Book::new(Currency::USD)
        .with_deals([won("D-1").with_owner("ada").unwrap()])
        .and_then(|book| book.with_leads([lead().with_owner("ben")?]))
        .unwrap();
    let groups = BookTally::by(&book, q1(), &Dimension::Rep).unwrap();
    let deals = groups[&Some("ben")].deals().unwrap();
    assert_eq!(kpi::total_revenue(deals).unwrap().to_string(), "0 USD");
    assert!(groups[&Some("ada")].leads().is_some());
    assert!(groups[&Some("ada")].activities().is_none());
}

/// A family of which no record names the dimension is not told apart by it: nobody knows that a group has none, and it opens no
/// group of none.
#[test]
fn a_family_that_does_not_know_the_dimension_is_absent_in_its_groups() {
    let north = won("D-1").with_dimension("region", "north").unwrap();
    let book = Book::new(Currency::USD)
        .with_deals([north])
        .and_then(|book| book.with_leads([lead()]))
        .unwrap();
    let region = Dimension::named("region").unwrap();
    let groups = BookTally::by(&book, q1(), &region).unwrap();
    assert_eq!(groups.keys().collect::<Vec<_>>(), [&Some("north")]);
    assert!(groups[&Some("north")].leads().is_none());
    // Where another deal has no region, the group of none is that of the deals.
    let book = book.with_deals([won("D-2")]).unwrap();
    let groups = BookTally::by(&book, q1(), &region).unwrap();
    assert_eq!(groups.keys().collect::<Vec<_>>(), [&None, &Some("north")]);
    assert!(groups[&None].deals().is_some());
    assert!(groups[&None].leads().is_none());
    assert!(groups_of(&book, q1(), &Dimension::Rep).is_empty());
}

/// Every family that can be told apart, alone in its book: by what its records name, and by nothing else.
#[test]
fn each_family_opens_the_groups_that_its_records_name() {
    let empty = || Book::new(Currency::USD);
    let on = day("2026-01-31");
    let contract = Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD).unwrap();
    let spend = Spend::new("S-1", on, 5, Currency::USD, SpendCategory::Sales).unwrap();
    let email = instant("2026-01-06T18:30:00+01:00")
        .and_then(|at| sales_metrics::Activity::new("A-1", ActivityKind::Email, at))
        .unwrap();
    let hours = sales_metrics::WorkTime::new("ada", on, TimeDelta::hours(8)).unwrap();
    let of_rep = [
        empty()
            .with_deals([won("D-1").with_owner("ada").unwrap()])
            .unwrap(),
        empty()
            .with_leads([lead().with_owner("ada").unwrap()])
            .unwrap(),
        empty()
            .with_activities([email.clone().with_rep("ada").unwrap()])
            .unwrap(),
        empty().with_work_time([hours]),
        empty().with_reps([Rep::new("ada").unwrap()]).unwrap(),
    ];
    let of_north = [
        empty()
            .with_deals([won("D-1").with_dimension("region", "north").unwrap()])
            .unwrap(),
        empty()
            .with_leads([lead().with_dimension("region", "north").unwrap()])
            .unwrap(),
        empty()
            .with_contracts([contract.clone().with_dimension("region", "north").unwrap()])
            .unwrap(),
        empty()
            .with_spend([spend.clone().with_dimension("region", "north").unwrap()])
            .unwrap(),
    ];
    let of_nothing = [
        empty().with_deals([won("D-1")]).unwrap(),
        empty().with_leads([lead()]).unwrap(),
        empty().with_activities([email]).unwrap(),
        empty().with_contracts([contract]).unwrap(),
        empty().with_spend([spend]).unwrap(),
    ];
    let groups = |book: &Book, dimension: &str| {
        let dimension: Dimension = dimension.parse().unwrap();
        let groups = groups_of(book, q1(), &dimension);
        let keys = groups.into_keys().map(|key| key.map(ToOwned::to_owned));
        keys.collect::<Vec<_>>()
    };
    let named = |name: &str| vec![Some(name.to_owned())];
    let zoe = Rep::new("zoe").and_then(|zoe| zoe.with_team("red"));
    for book in &of_rep {
        assert_eq!(groups(book, "rep"), named("ada"));
        for other in ["team", "region"] {
            assert!(groups(book, other).is_empty());
        }
        // Where another is in a team, a rep of none is known to be in none.
        let both = book.clone().with_reps(zoe.clone()).unwrap();
        assert_eq!(groups(&both, "team"), [None, Some("red".to_owned())]);
    }
    for book in &of_north {
        assert_eq!(groups(book, "region"), named("north"));
        for other in ["rep", "team", "planet"] {
            assert!(groups(book, other).is_empty());
        }
    }
    for book in &of_nothing {
        for dimension in ["rep", "team", "region"] {
            assert!(groups(book, dimension).is_empty());
        }
    }
}

/// Ada moves from the north to the south on February 10.
#[test]
fn a_lead_is_of_the_team_in_which_its_owner_was_when_it_was_decided() {
    let ada = Rep::new("ada").and_then(|ada| ada.with_team("north"));
    let ada = ada.and_then(|ada| ada.with_team_since("south", day("2026-02-10")));
    let lead = |converted: Option<&str>, given_up: Option<&str>| {
        let mut lead = lead().with_owner("ada").unwrap();
        if let Some(on) = converted {
            lead = lead.with_conversion("D-1", day(on)).unwrap();
        }
        if let Some(on) = given_up {
            lead = lead.with_disqualified(day(on)).unwrap();
        }
        lead
    };
    let of_north = [
        lead(Some("2026-02-09"), None),
        lead(None, Some("2026-02-09")),
        // Of both, the first decided it.
        lead(Some("2026-03-01"), Some("2026-02-01")),
        lead(Some("2026-02-01"), Some("2026-03-01")),
    ];
    let of_south = [
        lead(None, None),
        lead(Some("2026-02-10"), None),
        lead(None, Some("2026-04-09")),
    ];
    for (leads, team) in [
        (of_north.as_slice(), "north"),
        (of_south.as_slice(), "south"),
    ] {
        for lead in leads {
            let book = Book::new(Currency::USD).with_reps(ada.clone()).unwrap();
            let book = book.with_leads([lead.clone()]).unwrap();
            let groups = BookTally::by(&book, q1(), &Dimension::Team).unwrap();
            let in_it = groups[&Some(team)].leads().unwrap().totals().records();
            assert_eq!(in_it, Ok(1), "{lead:?}");
        }
    }
}

/// In whatever period, so that the groups of one stand beside those of another.
#[test]
fn every_team_has_its_group_before_anybody_is_in_it() {
    let ada = Rep::new("ada").and_then(|ada| ada.with_team("north"));
    let ada = ada.and_then(|ada| ada.with_team_since("south", day("2026-07-01")));
    let ben = Rep::new("ben").and_then(|ben| ben.with_team_since("west", day("2026-07-01")));
    let book = Book::new(Currency::USD)
        .with_reps([ada.unwrap(), ben.unwrap()])
        .unwrap();
    for quarter in ["2026-Q1", "2026-Q3"] {
        let groups = groups_of(&book, scope(quarter), &Dimension::Team);
        let teams = [None, Some("north"), Some("south"), Some("west")];
        assert!(groups.into_keys().eq(teams), "{quarter}");
    }
}

/// A quota of nobody, too, is no matter of how many reps there are.
#[test]
fn a_quota_of_nobody_does_not_hide_the_reps() {
    let book = Book::new(Currency::USD)
        .with_quotas([Quota::of_deals("eve", period("2026-Q1"), 4).unwrap()])
        .unwrap()
        .with_reps([Rep::new("ada").unwrap()])
        .unwrap();
    let tally = BookTally::of(&book, q1()).unwrap();
    assert!(kind_of(&tally.team()) == Some(ErrorKind::UnknownRep));
    assert_eq!(tally.reps().unwrap().unwrap().active_reps(), 1);
}

#[test]
fn of_two_deals_with_one_id_the_first_tells_the_lead() {
    let lost = Outcome::Lost {
        on: day("2026-02-20"),
    };
    let lost = Deal::new("D-1", day("2026-01-07"), lost, Currency::USD).unwrap();
    let lead = || lead().with_conversion("D-1", day("2026-01-08")).unwrap();
    let book = || Book::new(Currency::USD);
    let both = [won("D-1"), lost.clone()];
    let books = [
        book()
            .with_deals(both.clone())
            .unwrap()
            .with_leads([lead()]),
        book().with_leads([lead()]).unwrap().with_deals(both),
        book()
            .with_deals([won("D-1")])
            .and_then(|book| book.with_leads([lead()])?.with_deals([lost])),
    ];
    for book in books {
        assert_eq!(book.unwrap().leads()[0].won(), Some(day("2026-02-20")));
    }
}

#[test]
fn the_calendar_of_a_book_is_that_of_its_tallies() {
    let plain = BookTally::of(&Book::new(Currency::USD), q1()).unwrap();
    assert_eq!(plain.calendar(), None);
    let book = Book::new(Currency::USD)
        .with_calendar(calendar())
        .with_reps([Rep::new("ada").unwrap()])
        .unwrap();
    let mut of = BookTally::of(&book, q1()).unwrap();
    let groups = BookTally::by(&book, q1(), &Dimension::Rep).unwrap();
    assert_eq!(of.calendar(), Some(&calendar()));
    assert_eq!(groups[&Some("ada")].calendar(), Some(&calendar()));
    let week = [chrono::Weekday::Mon];
    let noon = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    let other = sales_metrics::WorkCalendar::new(week, chrono::NaiveTime::MIN, noon).unwrap();
    let other = BookTally::new(q1()).with_calendar(other);
    let before = of.clone();
    assert_eq!(
        kind_of(&of.merge(&other)),
        Some(ErrorKind::CalendarMismatch)
    );
    assert_eq!(of, before);
}

proptest! {
    #![proptest_config(config(48))]

    /// Before the records or after them; and it is they alone that are brought there.
    #[test]
    fn a_place_is_where_all_instants_are(leads in many_raw_leads(), zone in zones(), other in zones()) {
        let place = zone.place();
        let whole = |leads: Vec<Lead>| Book::new(Currency::USD).with_leads(leads);
        let raw = build(&leads);
        let near = |lead: &Lead| (1901..2999).contains(&lead.arrived().date().year())
            && lead.first_touch().is_none_or(|touch| touch.date().year() < 2999);
        let near: Vec<Lead> = raw.into_iter().filter(near).collect();
        let after = whole(near.clone()).unwrap().with_place(place.clone()).unwrap();
        let before = Book::new(Currency::USD).with_place(place.clone()).and_then(|book| book.with_leads(near.clone()));
        let twice = whole(near.clone()).unwrap().with_place(other.place()).and_then(|book| book.with_place(place.clone()));
        let (before, twice) = (before.unwrap(), twice.unwrap());
        prop_assert_eq!(after.leads(), before.leads());
        prop_assert_eq!(after.leads(), twice.leads());
        prop_assert_eq!(after.place(), Some(&place));
        for (lead, was) in after.leads().iter().zip(&near) {
            let same = |at: When| zone.there(at.instant().unwrap()).to_rfc3339();
            prop_assert_eq!(lead.arrived().to_string(), same(was.arrived()));
            let touches = |lead: &Lead| lead.first_touch().into_iter().chain(lead.attempts()).collect::<Vec<_>>();
            for (now, was) in touches(lead).into_iter().zip(touches(was)) {
                prop_assert_eq!(now.to_string(), same(was));
            }
            // As if they had been written so.
            let text = serde_json::to_string(lead).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Lead>(&text).unwrap(), lead);
        }
    }
}

/// Parts and clones have it, too, and what was cloned before has not.
#[test]
fn a_place_is_of_one_book() {
    let at = |text| instant(text).unwrap();
    let call = sales_metrics::Activity::new("A-1", ActivityKind::Call, at("2026-04-01T01:00:00Z"))
        .unwrap();
    let lead = Lead::new("L-1", at("2026-04-01T01:00:00Z"))
        .and_then(|lead| lead.with_assigned(at("2026-04-01T02:00:00Z")))
        .unwrap();
    let book = Book::new(Currency::USD)
        .with_activities([call.clone()])
        .and_then(|book| book.with_leads([lead]))
        .unwrap();
    let there = book.clone().with_place("-05:00".parse().unwrap()).unwrap();
    assert_eq!(
        there.activities()[0].at().to_string(),
        "2026-03-31T20:00:00-05:00"
    );
    assert_eq!(
        there.leads()[0].assigned().unwrap().to_string(),
        "2026-03-31T21:00:00-05:00"
    );
    let calls = |book: &Book| {
        BookTally::of(book, q1())
            .unwrap()
            .activities()
            .unwrap()
            .totals()
            .calls()
            .map(|calls| calls.count)
    };
    assert_eq!((calls(&book), calls(&there)), (Ok(0), Ok(1)));
    let part = there
        .filter_leads(|_| false)
        .with_activities([call])
        .unwrap();
    assert_eq!(
        part.activities()[1].at().to_string(),
        "2026-03-31T20:00:00-05:00"
    );
    assert_eq!(book.place(), None);
}

/// Two leads became one deal, and two teams claim to have found it: their order leaves no trace.
#[test]
fn of_several_finders_one_holds_whatever_the_order() {
    let leads = [Origin::Sales, Origin::Marketing, Origin::Partner];
    let lead = |origin: &Origin| {
        Lead::new(
            format!("L-{origin:?}"),
            instant("2026-01-05T09:00:00Z").unwrap(),
        )
        .and_then(|lead| lead.with_origin(*origin).with_deal("D-1"))
        .unwrap()
    };
    let deal = || Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::USD).unwrap();
    let own = || deal().with_origin(Origin::Partner);
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let leads = order.map(|place: usize| lead(&leads[place]));
        for before in 0..=leads.len() {
            let (first, rest) = leads.split_at(before);
            let book_of = |deal: Deal| {
                let book = Book::new(Currency::USD).with_leads(first.to_vec()).unwrap();
                book.with_deals([deal]).unwrap()
            };
            let at_once = |deal| book_of(deal).with_leads(rest.to_vec()).unwrap();
            let one_by_one = |deal| {
                let rest = rest.iter().cloned();
                rest.fold(book_of(deal), |book, lead| book.with_leads([lead]).unwrap())
            };
            let filtered = |deal| {
                let all = book_of(deal).filter_deals(|_| true).filter_leads(|_| true);
                all.with_leads(rest.to_vec()).unwrap()
            };
            for found in [at_once(deal()), one_by_one(deal()), filtered(deal())] {
                assert_eq!(
                    found.deals()[0].origin(),
                    Some(Origin::Marketing),
                    "{order:?} {before}"
                );
            }
            assert_eq!(at_once(own()).deals()[0].origin(), Some(Origin::Partner));
        }
    }
}

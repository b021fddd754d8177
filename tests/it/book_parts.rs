//! Parts of a book, and what is shared between them.

use proptest::prelude::*;
use sales_metrics::{
    Book, BookTally, Contract, Currency, Deal, DealDetail, Dimension, Lead, Outcome, Quota, Rep,
    Roster, Scope, Spend, SpendCategory, WorkTime, instant,
};

use crate::business::{Business, businesses};
use crate::support::{config, day, period, scope};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn won(id: &str) -> Deal {
    let on = day("2026-02-20");
    Deal::new(id, day("2026-01-07"), Outcome::Won { on }, Currency::USD).unwrap()
}

fn lost(id: &str) -> Deal {
    let on = day("2026-02-20");
    Deal::new(id, day("2026-01-07"), Outcome::Lost { on }, Currency::USD).unwrap()
}

fn lead(id: &str, deal: &str) -> Lead {
    let lead = Lead::new(id, instant("2026-01-06T18:30:00+01:00").unwrap());
    lead.and_then(|lead| lead.with_conversion(deal, day("2026-01-08")))
        .unwrap()
}

/// Keeps the first, the third, …
fn in_turns<T>() -> impl FnMut(&T) -> bool {
    let mut keep = false;
    move |_| {
        keep = !keep;
        keep
    }
}

/// The book with every other record of each kind alone.
fn every_other(book: &Book) -> Book {
    book.filter_deals(in_turns())
        .filter_leads(in_turns())
        .filter_activities(in_turns())
        .filter_quotas(in_turns())
        .filter_work_time(in_turns())
        .filter_contracts(in_turns())
        .filter_spend(in_turns())
}

fn every_other_of<T: Clone>(records: &[T]) -> Vec<T> {
    records.iter().step_by(2).cloned().collect()
}

/// With leads that know their outcome from the deals of the whole.
fn book_of(business: &Business, whole: &Book) -> Book {
    Book::new(Currency::USD)
        .with_deals(every_other_of(whole.deals()))
        .and_then(|book| book.with_leads(every_other_of(&business.joined_leads())))
        .and_then(|book| book.with_quotas(every_other_of(whole.quotas())))
        .and_then(|book| book.with_contracts(every_other_of(whole.contracts())))
        .and_then(|book| book.with_spend(every_other_of(whole.spend())))
        .unwrap()
        .with_reps(whole.reps().to_vec())
        .unwrap()
        .with_activities(every_other_of(whole.activities()))
        .unwrap()
        .with_work_time(every_other_of(whole.work_time()))
        .with_calendar(whole.calendar().unwrap().clone())
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_part_is_a_book_of_its_own(business in businesses()) {
        let whole = business.book();
        let part = every_other(&whole);
        let apart = book_of(&business, &whole);
        prop_assert_eq!(part.deals(), apart.deals());
        prop_assert_eq!(part.leads(), apart.leads());
        prop_assert_eq!(part.activities(), apart.activities());
        prop_assert_eq!(part.reps(), apart.reps());
        prop_assert_eq!(part.quotas(), apart.quotas());
        prop_assert_eq!(part.work_time(), apart.work_time());
        prop_assert_eq!(part.contracts(), apart.contracts());
        prop_assert_eq!(part.spend(), apart.spend());
        prop_assert_eq!(part.dimensions(), apart.dimensions());
        let scope = business.scope();
        prop_assert_eq!(BookTally::of(&part, scope), BookTally::of(&apart, scope));
        // Whatever joins it later is joined as if the part had always been alone.
        let [part, apart] = [part, apart].map(|book| book.with_deals(business.deals()).unwrap().with_leads(business.leads()).unwrap());
        prop_assert_eq!(part.deals(), apart.deals());
        prop_assert_eq!(part.leads(), apart.leads());
    }
}

/// Where the records of two books are the same ones in memory.
fn shares<T>(a: &[T], b: &[T]) -> bool {
    core::ptr::eq(a, b)
}

fn full() -> Book {
    let contract = Contract::new("C-1", "Acme", day("2026-01-01"), Currency::USD);
    let sales = SpendCategory::Sales;
    let spend = Spend::new("S-1", day("2026-01-31"), 5, Currency::USD, sales);
    let hours = WorkTime::new("ada", day("2026-03-06"), sales_metrics::TimeDelta::hours(8));
    let quota = |rep| Quota::of_deals(rep, period("2026-Q1"), 4).unwrap();
    let email = instant("2026-01-06T18:30:00+01:00")
        .and_then(|at| sales_metrics::Activity::new("A-1", sales_metrics::ActivityKind::Email, at));
    Book::new(Currency::USD)
        .with_deals([won("D-1"), lost("D-2")])
        .and_then(|book| book.with_leads([lead("L-1", "D-1"), lead("L-2", "D-2")]))
        .and_then(|book| book.with_contracts([contract?]))
        .and_then(|book| book.with_spend([spend?]))
        .and_then(|book| book.with_quotas([quota("ada"), quota("ben")]))
        .unwrap()
        .with_reps([Rep::new("ada").unwrap(), Rep::new("ben").unwrap()])
        .unwrap()
        .with_activities(email)
        .unwrap()
        .with_work_time(hours)
}

/// What is not filtered, and what is not changed by it, is nowhere copied.
#[test]
fn records_are_shared_by_clones_and_parts() {
    let whole = full();
    let shared = |part: &Book| {
        [
            ("deals", shares(whole.deals(), part.deals())),
            ("leads", shares(whole.leads(), part.leads())),
            ("activities", shares(whole.activities(), part.activities())),
            ("reps", shares(whole.reps(), part.reps())),
            ("quotas", shares(whole.quotas(), part.quotas())),
            ("work_time", shares(whole.work_time(), part.work_time())),
            ("contracts", shares(whole.contracts(), part.contracts())),
            ("spend", shares(whole.spend(), part.spend())),
        ]
    };
    let all = |own: &[&str], part: Book| {
        for (kind, is_shared) in shared(&part) {
            assert_eq!(is_shared, !own.contains(&kind), "{kind}");
        }
    };
    all(&[], whole.clone());
    all(&["deals"], whole.filter_deals(|_| false));
    all(&["leads"], whole.filter_leads(|_| false));
    all(&["activities"], whole.filter_activities(|_| false));
    all(&["reps", "quotas"], whole.filter_reps(|_| false));
    all(&["quotas"], whole.filter_quotas(|_| false));
    all(&["work_time"], whole.filter_work_time(|_| false));
    all(&["contracts"], whole.filter_contracts(|_| false));
    all(&["spend"], whole.filter_spend(|_| false));
    // Where all are kept, there is nothing to copy.
    let kept = whole
        .filter_deals(|_| true)
        .filter_leads(|_| true)
        .filter_activities(|_| true)
        .filter_reps(|_| true)
        .filter_quotas(|_| true)
        .filter_work_time(|_| true)
        .filter_contracts(|_| true)
        .filter_spend(|_| true);
    all(&[], kept);
    // What is added to a clone is not in the whole.
    let more = whole.clone().with_deals([won("D-3")]).unwrap();
    assert_eq!((whole.deals().len(), more.deals().len()), (2, 3));
    all(&["deals"], more);
    // A roster of reps that are in order already.
    let roster = whole.roster().unwrap();
    assert!(shares(roster.reps(), whole.reps()) && shares(roster.quotas(), whole.quotas()));
    assert!(shares(roster.clone().reps(), roster.reps()));
    assert!(shares(roster.without_quotas().reps(), roster.reps()));
    assert!(shares(roster.filter(|_| true).quotas(), roster.quotas()));
    let backwards = Book::new(Currency::USD)
        .with_reps(whole.reps().iter().rev().cloned())
        .unwrap();
    assert_eq!(backwards.roster().unwrap(), roster.without_quotas());
    assert_eq!(
        roster,
        Roster::new(whole.reps().to_vec(), whole.quotas().to_vec()).unwrap()
    );
}

/// Who became a customer is no matter of which deals one looks at.
#[test]
fn leads_keep_the_outcome_that_their_deals_gave_them() {
    let whole = full();
    let part = whole.filter_deals(|deal| deal.id().as_str() != "D-1");
    assert_eq!(part.leads(), whole.leads());
    assert_eq!(part.leads()[0].won(), Some(day("2026-02-20")));
    // A deal that comes back has the last word again, and so has one that a lead waited for.
    let back = part.with_deals([lost("D-1")]).unwrap();
    assert_eq!(back.leads()[0].won(), None);
    let waiting = Book::new(Currency::USD)
        .with_leads([lead("L-0", "D-0"), lead("L-1", "D-1")])
        .unwrap();
    let waiting = waiting.filter_leads(|lead| lead.id().as_str() == "L-1");
    let met = waiting.with_deals([won("D-1"), won("D-0")]).unwrap();
    assert_eq!(met.leads()[0].won(), Some(day("2026-02-20")));
    // A lead that comes later is joined to the deals that are kept.
    let later = whole
        .filter_deals(|deal| deal.id().as_str() == "D-1")
        .with_leads([lead("L-3", "D-1"), lead("L-4", "D-2")])
        .unwrap();
    let wins: Vec<bool> = later
        .leads()
        .iter()
        .map(|lead| lead.won().is_some())
        .collect();
    assert_eq!(wins, [true, false, true, false]);
    let later = later.with_deals([won("D-2")]).unwrap();
    let wins: Vec<bool> = later
        .leads()
        .iter()
        .map(|lead| lead.won().is_some())
        .collect();
    assert_eq!(wins, [true, true, true, true]);
}

#[test]
fn reps_go_with_their_quotas() {
    let book = full();
    let quota = Quota::of_deals("eve", period("2026-Q1"), 4).unwrap();
    let ada = book.filter_reps(|rep| rep.id().as_str() == "ada");
    assert_eq!(ada.quotas().len(), 1);
    assert!(ada.roster().is_ok());
    assert_eq!(ada.deals().len(), 2);
    // A quota of nobody stays the fault that it is.
    let odd = book.with_quotas([quota]).unwrap();
    let ada = odd.filter_reps(|rep| rep.id().as_str() == "ada");
    assert_eq!(ada.quotas().len(), 2);
    assert!(ada.roster().is_err());
    // As one of two reps of an id stays, so do the quotas.
    let twice = full()
        .with_reps([Rep::new("ada")
            .and_then(|ada| ada.with_team("red"))
            .unwrap()])
        .unwrap();
    let first = twice.filter_reps(|rep| rep.id().as_str() == "ada" && rep.team().is_none());
    assert_eq!((first.reps().len(), first.quotas().len()), (1, 1));
}

#[test]
fn a_book_lists_its_dimensions() {
    let names = |book: &Book| {
        let dimensions = book.dimensions().into_iter();
        dimensions
            .map(|dimension| dimension.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&Book::new(Currency::USD)), [""; 0]);
    assert_eq!(names(&full()), ["rep"]);
    let red = Rep::new("zoe")
        .and_then(|zoe| zoe.with_team("red"))
        .unwrap();
    let deal = won("D-9")
        .with_dimension("segment", "retail")
        .and_then(|deal| deal.with_region("north"))
        .unwrap();
    let on = day("2026-01-31");
    let spend = Spend::new("S-2", on, 5, Currency::USD, SpendCategory::Marketing);
    let spend = spend.and_then(|spend| spend.with_source("web"));
    let book = full()
        .with_reps([red])
        .unwrap()
        .with_deals([deal])
        .and_then(|book| book.with_spend([spend?]))
        .unwrap();
    assert_eq!(names(&book), ["rep", "team", "region", "segment", "source"]);
    // What a record itself calls a team is not the team of a rep.
    let odd = won("D-1").with_dimension("team", "red").unwrap();
    let odd = Book::new(Currency::USD).with_deals([odd]).unwrap();
    assert_eq!(names(&odd), [""; 0]);
    let refused = BookTally::by(&odd, q1(), &Dimension::Team).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "no record has the dimension \"team\", or any other"
    );
}

/// A part of it is as good as the whole for every report.
#[test]
fn a_part_is_tallied_as_what_it_is() {
    let won_alone = full().filter_deals(|deal| deal.id().as_str() == "D-1");
    let tally = BookTally::of(&won_alone, q1()).unwrap();
    assert_eq!(
        tally.deal_detail(),
        Some(&DealDetail::of([won("D-1")], q1()).unwrap())
    );
}

//! A whole book: each kind of record against the others.

use super::{audit, bare, rep, texts};
use crate::support::{day, period};
use sales_metrics::audit::Audit;
use sales_metrics::{
    Activity, ActivityKind, Book, Contract, Currency, Deal, Disposition, Lead, NaiveTime, Origin,
    Outcome, Quota, Rep, Spend, SpendCategory, TimeDelta, Weekday, WorkCalendar, WorkTime, instant,
};

fn deal(owner: &str) -> Deal {
    super::clean("D-1", Outcome::Open)
        .with_owner(owner)
        .unwrap()
}

fn lead(owner: &str, deal: &str) -> Lead {
    Lead::new("L-1", instant("2026-01-10T09:00:00Z").unwrap())
        .and_then(|lead| lead.with_owner(owner))
        .and_then(|lead| lead.with_conversion(deal, day("2026-01-10")))
        .unwrap()
        .with_origin(Origin::Sales)
}

fn email(rep: &str, lead: &str, deal: &str) -> Activity {
    let at = instant("2026-03-09T09:10:00Z").unwrap();
    Activity::new("A-1", ActivityKind::Email, at)
        .and_then(|email| email.with_rep(rep))
        .and_then(|email| email.with_lead(lead))
        .and_then(|email| email.with_deal(deal))
        .unwrap()
        .with_disposition(Disposition::Missed)
}

/// One record of each kind; they name each other, and whom they are told to.
fn book(rep: &str, lead_id: &str, deal_id: &str, renewed: &str) -> Book {
    let on = day("2026-03-09");
    let contract = |id| Contract::new(id, "Acme", day("2026-01-01"), Currency::EUR).unwrap();
    let spend = Spend::new("S-1", on, 0, Currency::EUR, SpendCategory::Other).unwrap();
    Book::new(Currency::EUR)
        .with_work_time([WorkTime::new(rep, on, TimeDelta::hours(8)).unwrap()])
        .with_spend([spend])
        .unwrap()
        .with_contracts([contract("C-1").with_renewal_of(renewed).unwrap()])
        .unwrap()
        .with_quotas([Quota::of_deals(rep, period("2026-Q1"), 4).unwrap()])
        .unwrap()
        .with_reps([Rep::new("ada").unwrap(), Rep::new("ben").unwrap()])
        .unwrap()
        .with_activities([email(rep, lead_id, deal_id)])
        .unwrap()
        .with_leads([lead(rep, deal_id)])
        .unwrap()
        .with_deals([deal(rep)])
        .unwrap()
}

#[test]
fn every_kind_against_the_others_in_one_order() {
    let of_contract = [
        "contract C-1: it has no recurring fee",
        "contract C-1: it has no agreed end",
        "contract C-1: contract C-9, which it renews, is not among the known contracts",
        "spend S-1: its amount is 0",
    ];
    let sound = [
        "rep ben: active, but it has no quota, and others have one",
        of_contract[0],
        of_contract[1],
        of_contract[2],
        of_contract[3],
    ];
    assert_eq!(
        texts(&audit().book(&book("ada", "L-1", "D-1", "C-9"))),
        sound
    );
    let eve = [
        "deal D-1: its rep eve is not among the known reps",
        "lead L-1: its rep eve is not among the known reps",
        "lead L-1: its deal D-9 is not among the known deals",
        "activity A-1: its rep eve is not among the known reps",
        "activity A-1: its lead L-9 is not among the known leads",
        "activity A-1: its deal D-9 is not among the known deals",
        "rep ada: active, but it has no quota, and others have one",
        "rep ben: active, but it has no quota, and others have one",
        "quota of eve for 2026-01-01/2026-04-01: its rep eve is not among the known reps",
        of_contract[0],
        of_contract[1],
        of_contract[2],
        of_contract[3],
        "work time of eve in 2026-03-09/2026-03-10: its rep eve is not among the known reps",
    ];
    assert_eq!(texts(&audit().book(&book("eve", "L-9", "D-9", "C-9"))), eve);
}

#[test]
fn what_a_book_does_not_have_is_not_missed() {
    let empty = || Book::new(Currency::EUR);
    assert_eq!(audit().book(&empty()), []);
    let alone = empty().with_leads([lead("eve", "D-9")]).unwrap();
    assert_eq!(audit().book(&alone), []);
    let alone = empty()
        .with_activities([email("eve", "L-9", "D-9")])
        .unwrap();
    assert_eq!(audit().book(&alone), []);
    let alone = empty().with_reps([Rep::new("ada").unwrap()]).unwrap();
    assert_eq!(audit().book(&alone), []);
}

#[test]
fn what_is_known_from_before_counts_with_the_book() {
    let book = Book::new(Currency::EUR)
        .with_activities([email("eve", "L-9", "D-9")])
        .unwrap()
        .with_reps([Rep::new("ada").unwrap()])
        .unwrap();
    assert_eq!(audit().book(&book).len(), 1);
    let with_eve: Audit = audit().with_reps([rep("eve", "2026-03-09", "2026-03-09")]);
    assert_eq!(with_eve.book(&book), []);
    let with_deals = with_eve.with_deals([bare("D-1", Outcome::Open)]);
    assert_eq!(with_deals.book(&book).len(), 1);
}

/// What is compared with each other is one list, whichever records name it: sources, accounts, people, and dimensions of one name.
#[test]
fn spellings_are_compared_across_kinds_of_records() {
    let on = day("2026-03-09");
    let deals = ["D-1", "D-2"].map(|id| {
        super::clean(id, Outcome::Open)
            .with_owner("ada")
            .and_then(|deal| deal.with_source("Google Ads"))
            .and_then(|deal| deal.with_account("Initech"))
            .and_then(|deal| deal.with_dimension("segment", "Mid Market"))
            .unwrap()
    });
    let spend = Spend::new("S-1", on, 9, Currency::EUR, SpendCategory::Sales)
        .and_then(|spend| spend.with_source("google ads"))
        .unwrap();
    let contract = Contract::new("C-1", "INITECH", day("2026-01-01"), Currency::EUR)
        .and_then(|contract| contract.with_last_day(day("2026-12-31")))
        .and_then(|contract| contract.with_recurring(9, sales_metrics::Per::Month))
        .and_then(|contract| contract.with_dimension("segment", "mid market"))
        .unwrap();
    let roster = Rep::new("Ada")
        .and_then(|rep| rep.with_manager("ADA"))
        .unwrap();
    let quota = Quota::of_deals("Ada", period("2026-Q1"), 4).unwrap();
    let lead = Lead::new("L-1", instant("2026-01-10T09:00:00Z").unwrap())
        .and_then(|lead| lead.with_owner("aDa"))
        .and_then(|lead| lead.with_source("GoogleAds"))
        .unwrap()
        .with_origin(Origin::Sales);
    let call = email("ADA", "L-1", "D-1");
    let work = WorkTime::new("adA", on, TimeDelta::hours(8)).unwrap();
    let book = Book::new(Currency::EUR)
        .with_deals(deals)
        .and_then(|book| book.with_leads([lead]))
        .and_then(|book| book.with_activities([call]))
        .and_then(|book| book.with_contracts([contract]))
        .and_then(|book| book.with_spend([spend]))
        .and_then(|book| book.with_reps([roster]))
        .and_then(|book| book.with_quotas([quota]))
        .unwrap()
        .with_work_time([work]);
    let found = texts(&audit().book(&book));
    let written: Vec<&String> = found
        .iter()
        .filter(|text| text.contains("is written"))
        .collect();
    // Of ada, three spellings have two places each: the usual one is the first of them by its text.
    assert_eq!(
        written,
        [
            "deal D-1: its owner is written \"ada\", but mostly \"ADA\"",
            "deal D-2: its owner is written \"ada\", but mostly \"ADA\"",
            "lead L-1: its owner is written \"aDa\", but mostly \"ADA\"",
            "lead L-1: its source is written \"GoogleAds\", but mostly \"Google Ads\"",
            "rep Ada: its id is written \"Ada\", but mostly \"ADA\"",
            "quota of Ada for 2026-01-01/2026-04-01: its rep is written \"Ada\", but mostly \"ADA\"",
            "contract C-1: its account is written \"INITECH\", but mostly \"Initech\"",
            "contract C-1: its segment is written \"mid market\", but mostly \"Mid Market\"",
            "spend S-1: its source is written \"google ads\", but mostly \"Google Ads\"",
            "work time of adA in 2026-03-09/2026-03-10: its rep is written \"adA\", but mostly \"ADA\"",
        ]
    );
    // One kind alone is compared with itself.
    assert_eq!(
        texts(&audit().deals(book.deals()))
            .iter()
            .filter(|text| text.contains("is written"))
            .count(),
        0
    );
}

fn office_hours() -> WorkCalendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    WorkCalendar::new([Weekday::Mon], hour(9), hour(17)).unwrap()
}

fn with_instants(arrived: &str, touched: &str, called: &str) -> Book {
    let at = |text| instant(text).unwrap();
    let lead = Lead::new("L-1", at(arrived))
        .and_then(|lead| lead.with_first_touch(at(touched))?.with_owner("ada"))
        .unwrap();
    let call = Activity::new("A-1", ActivityKind::Email, at(called)).unwrap();
    Book::new(Currency::EUR)
        .with_leads([lead.with_origin(Origin::Sales)])
        .and_then(|book| book.with_activities([call.with_rep("ada")?]))
        .unwrap()
}

/// As an export in UTC is, of a business with working hours.
pub(super) fn in_utc() -> Book {
    let book = with_instants(
        "2026-03-04T18:00:00Z",
        "2026-03-04T21:00:00Z",
        "2026-03-04T21:00:00Z",
    );
    book.with_calendar(office_hours())
}

#[test]
fn dates_in_utc_beside_a_calendar_without_a_place_are_found() {
    assert_eq!(
        texts(&audit().book(&in_utc())),
        [
            "lead L-1: written in UTC (2026-03-04T18:00:00+00:00), beside a calendar without a place; give the book its place",
            "activity A-1: written in UTC (2026-03-04T21:00:00+00:00), beside a calendar without a place; give the book its place",
        ]
    );
    // One of its instants is enough.
    let here = "2026-03-04T13:00:00-05:00";
    let mixed = with_instants(here, "2026-03-04T21:00:00Z", here).with_calendar(office_hours());
    let findings = texts(&audit().book(&mixed));
    assert_eq!(findings.len(), 1);
    assert!(findings[0].starts_with("lead L-1: written in UTC (2026-03-04T21:00:00+00:00)"));
    // Nobody asks for hours, or they are those there; London has a place, too.
    let in_utc_alone = with_instants("2026-03-04T18:00:00Z", "2026-03-04T21:00:00Z", here);
    assert_eq!(audit().book(&in_utc_alone), []);
    let local = with_instants(here, here, here).with_calendar(office_hours());
    assert_eq!(audit().book(&local), []);
    for place in ["-05:00", "Z"] {
        let book = in_utc().with_place(place.parse().unwrap()).unwrap();
        assert_eq!(audit().book(&book), []);
    }
}

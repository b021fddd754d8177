//! Which record and which field an error is about, at every door of every record.

use sales_metrics::exchange::ExchangeRates;
use sales_metrics::plan::{Goal, Plan};
use sales_metrics::report::{self, Better, Family, Inputs, Kpi, ReportPlan, Unit};
use sales_metrics::scorecard::Scorecard;
use sales_metrics::{
    Activity, ActivityKind, Book, Contract, Currency, Deal, DealChange, DealState, DealStatus,
    Error, ErrorKind, FixedOffset, History, Lead, LeadScope, MeetingStatus, Money, NaiveDate,
    Outcome, Per, Percent, Period, Place, Quota, Ramp, Rate, RecordId, Rep, Roster, Scope, Spend,
    SpendCategory, StagesEntered, TimeDelta, WorkTime, instant, kpi,
};

use crate::support::{day, dec, period, scope};

/// A day that no record takes.
fn late() -> NaiveDate {
    day("3000-01-01")
}

fn deal() -> Deal {
    Deal::new("D-1", day("2026-01-07"), Outcome::Open, Currency::EUR).unwrap()
}

fn lead() -> Lead {
    Lead::new("L-1", instant("2026-01-07T09:00:00Z").unwrap()).unwrap()
}

fn contract() -> Contract {
    Contract::new("C-1", "Acme", day("2026-01-01"), Currency::EUR).unwrap()
}

fn call() -> Activity {
    let at = instant("2026-03-06T18:30:00+01:00").unwrap();
    Activity::new("A-1", ActivityKind::Call, at).unwrap()
}

fn spend() -> Spend {
    Spend::new(
        "S-1",
        day("2026-02-03"),
        1,
        Currency::EUR,
        SpendCategory::Sales,
    )
    .unwrap()
}

fn hours() -> WorkTime {
    WorkTime::new("ada", day("2026-03-06"), TimeDelta::hours(8)).unwrap()
}

fn rep() -> Rep {
    Rep::new("ada").unwrap()
}

fn quota(deals: u64) -> Quota {
    Quota::of_deals("ada", period("2026-Q1"), deals).unwrap()
}

/// A share that is finer than a record keeps.
fn fine() -> Rate {
    Rate::from_fraction(dec("0.1234567")).unwrap()
}

/// What an error is about: the record's text and the field.
type About = (Option<String>, Option<String>);

fn about<T>(refused: Result<T, Error>) -> About {
    let Err(error) = refused else {
        panic!("nothing was refused");
    };
    let record = error.record().map(ToString::to_string);
    (record, error.field().map(str::to_owned))
}

fn expect<const N: usize>(record: Option<&str>, doors: [(About, &str); N]) {
    for ((found, field), expected) in doors {
        assert_eq!(found.as_deref(), record, "{expected}");
        assert_eq!(field.as_deref(), Some(expected), "{found:?}");
    }
}

#[test]
fn of_a_deal() {
    let new = |created, outcome| Deal::new("D-1", created, outcome, Currency::EUR);
    let won = |on| Outcome::Won { on };
    expect(
        Some("deal D-1"),
        [
            (about(new(late(), Outcome::Open)), "created"),
            (about(new(day("2026-01-07"), won(late()))), "close"),
            (about(deal().with_owner(" ")), "owner"),
            (about(deal().with_owners([("", Rate::ONE)])), "owners"),
            (about(deal().with_owners([("ada", Rate::HALF)])), "owners"),
            (about(deal().with_owners([("ada", fine())])), "owners"),
            (about(deal().with_owners([("ada", Rate::ZERO)])), "owners"),
            (
                about(deal().with_owners([("ada", Rate::HALF), ("ada", Rate::HALF)])),
                "owners",
            ),
            (about(deal().with_account("")), "account"),
            (about(deal().with_amount(dec("0.00001"))), "amount"),
            (about(deal().with_cost(-1)), "cost"),
            (about(deal().with_list_price(-1)), "list price"),
            (about(deal().with_probability(fine())), "probability"),
            (about(deal().with_first_contact(late())), "first contact"),
            (about(deal().with_expected_close(late())), "expected close"),
            (about(deal().with_stage("")), "stage"),
            (about(deal().with_loss_reason("price")), "loss reason"),
            (about(deal().with_source("")), "source"),
            (about(deal().with_dimension("", "x")), "dimension"),
            (about(deal().with_dimension("x", "")), "x"),
        ],
    );
    let lost = Outcome::Lost {
        on: day("2026-02-01"),
    };
    let lost = new(day("2026-01-07"), lost).unwrap();
    expect(
        Some("deal D-1"),
        [(about(lost.with_loss_reason("")), "loss reason")],
    );
    expect(
        None,
        [(
            about(Deal::new("", late(), Outcome::Open, Currency::EUR)),
            "id",
        )],
    );
}

#[test]
fn of_a_state() {
    let new = |on| DealState::new("D-1", on, DealStatus::Open, Currency::EUR);
    let state = || new(day("2026-01-07")).unwrap();
    let history = || History::new(Currency::USD);
    expect(
        Some("deal D-1"),
        [
            (about(new(late())), "state"),
            (about(state().with_stage("")), "stage"),
            (about(state().with_owner(" ")), "owner"),
            (about(state().with_amount(dec("0.00001"))), "amount"),
            (about(state().with_expected_close(late())), "expected close"),
            (about(state().with_probability(fine())), "probability"),
            (about(state().with_close(late())), "close"),
            (about(state().with_close(day("2026-01-08"))), "close"),
        ],
    );
    let entered = || StagesEntered::new("D-1").unwrap();
    let change = |at| DealChange::of_status("D-1", at, DealStatus::Open, DealStatus::Won);
    let on = day("2026-01-07");
    let past = |changed: DealChange| about(history().with_changes([changed]));
    expect(
        Some("deal D-1"),
        [
            (about(change(late())), "change"),
            (
                about(DealChange::of_stage("D-1", on, None, Some(""))),
                "stage",
            ),
            (
                about(DealChange::of_owner("D-1", on, Some(" "), None)),
                "owner",
            ),
            (
                about(DealChange::of_amount("D-1", on, None, Some(dec("0.00001")))),
                "amount",
            ),
            (
                about(DealChange::of_expected_close("D-1", on, None, Some(late()))),
                "expected close",
            ),
            (
                about(DealChange::of_probability("D-1", on, None, Some(fine()))),
                "probability",
            ),
            (past(change(on).unwrap()), "change"),
            (about(entered().with_stage("Lead", late())), "stage"),
            (about(entered().with_stage("", on)), "stage"),
            (
                about(history().with_stages_entered([entered()])),
                "stages entered",
            ),
        ],
    );
    assert_eq!(about(StagesEntered::new("")), (None, Some("id".to_owned())));
    let refused = about(history().with_states([state()]));
    assert_eq!(refused.0.as_deref(), Some("deal D-1"));
    let stages = |names: [&str; 2]| about(scope("2026-Q1").with_stages(names));
    assert_eq!(stages(["Lead", ""]), (None, Some("stages".to_owned())));
}

#[test]
fn of_a_lead() {
    let late_at = instant("3000-01-01T00:00:00Z").unwrap();
    let other = Deal::new("D-2", day("2026-01-07"), Outcome::Open, Currency::EUR).unwrap();
    let converted = lead().with_conversion("D-1", day("2026-01-08")).unwrap();
    expect(
        Some("lead L-1"),
        [
            (about(Lead::new("L-1", late_at)), "arrived"),
            (about(lead().with_assigned(late_at)), "assigned"),
            (about(lead().with_first_touch(late_at)), "first touch"),
            (about(lead().with_attempt(late_at)), "attempt"),
            (about(lead().with_qualified(late())), "qualified"),
            (
                about(lead().with_marketing_qualified(late())),
                "marketing-qualified",
            ),
            (about(lead().with_accepted(late())), "accepted"),
            (about(lead().with_rejected(late())), "rejected"),
            (
                about(lead().with_sales_qualified(late())),
                "sales-qualified",
            ),
            (about(lead().with_conversion("", day("2026-01-08"))), "deal"),
            (about(lead().with_conversion("D-1", late())), "converted"),
            (
                about(converted.clone().with_conversion("D-2", day("2026-01-08"))),
                "deal",
            ),
            (about(converted.clone().with_outcome_of(&other)), "deal"),
            (about(lead().with_won(day("2026-01-08"))), "won"),
            (about(converted.with_won(late())), "won"),
            (about(lead().with_disqualified(late())), "disqualified"),
            (about(lead().with_fit(101)), "fit"),
            (about(lead().with_interest(101)), "interest"),
            (about(lead().with_owner("")), "owner"),
            (about(lead().with_source("")), "source"),
            (about(lead().with_dimension("", "x")), "dimension"),
        ],
    );
    expect(None, [(about(Lead::new("", late_at)), "id")]);
}

#[test]
fn of_a_contract() {
    let new = |account, start| Contract::new("C-1", account, start, Currency::EUR);
    let early = day("2025-12-31");
    let ended = contract().with_last_day(day("2026-12-31")).unwrap();
    let yearly = 100_000_000_000_000_i64;
    expect(
        Some("contract C-1"),
        [
            (about(new("", day("2026-01-01"))), "account"),
            (about(new("Acme", late())), "start"),
            (about(contract().with_last_day(late())), "end"),
            (about(contract().with_last_day(early)), "end"),
            (about(contract().with_terminated(late())), "terminated"),
            (about(contract().with_terminated(early)), "terminated"),
            (
                about(ended.with_terminated(day("2027-01-01"))),
                "terminated",
            ),
            (
                about(contract().with_recurring(-1, Per::Year)),
                "recurring fee",
            ),
            (
                about(contract().with_recurring_every(1, 0, Per::Day)),
                "recurring fee",
            ),
            (
                about(contract().with_recurring(yearly, Per::Month)),
                "recurring fee a year",
            ),
            (about(contract().with_one_time(-1)), "one-time fee"),
            (about(contract().with_renewal_of("")), "renewal of"),
            (about(contract().with_renewal_of("C-1")), "renewal of"),
            (about(contract().with_signed(late())), "signed"),
            (about(contract().with_notice(late())), "notice"),
            (about(contract().with_owner("")), "owner"),
            (about(contract().with_dimension("x", "")), "x"),
        ],
    );
    let unnamed = Contract::new("", "Acme", late(), Currency::EUR);
    expect(None, [(about(unnamed), "id")]);
}

#[test]
fn of_an_activity() {
    let late_at = instant("3000-01-01T00:00:00Z").unwrap();
    let new = |id| Activity::new(id, ActivityKind::Email, late_at);
    let email = Activity::new("A-1", ActivityKind::Email, call().at()).unwrap();
    expect(
        Some("activity A-1"),
        [
            (about(new("A-1")), "at"),
            (about(call().with_rep("")), "rep"),
            (
                about(call().with_duration(TimeDelta::seconds(-1))),
                "duration",
            ),
            (about(email.clone().with_inbound()), "inbound"),
            (about(email.with_callback()), "callback"),
            (about(call().with_booked(late())), "booked"),
            (
                about(call().with_meeting_status(MeetingStatus::Held)),
                "meeting status",
            ),
            (about(call().with_lead("")), "lead"),
            (about(call().with_deal("")), "deal"),
        ],
    );
    expect(None, [(about(new("")), "id")]);
}

#[test]
fn of_an_expense() {
    let new = |id, on, amount| Spend::new(id, on, amount, Currency::EUR, SpendCategory::Sales);
    expect(
        Some("spend S-1"),
        [
            (about(new("S-1", late(), 1)), "date"),
            (
                about(new("S-1", day("2026-02-03"), -100_000_000_000_001_i64)),
                "amount",
            ),
            (about(spend().with_source("")), "source"),
            (about(spend().with_dimension("x", "")), "x"),
            (about(spend().with_dimension("source", "")), "source"),
        ],
    );
    expect(None, [(about(new("", late(), -1)), "id")]);
}

#[test]
fn of_hours() {
    let new = |rep, on, hours| WorkTime::new(rep, on, TimeDelta::hours(hours));
    // Their own name has the day, which is wrong here: the error is one of the rep.
    expect(
        Some("rep ada"),
        [(about(new("ada", late(), 8)), "working time")],
    );
    expect(
        Some("work time of ada in 2026-03-06/2026-03-07"),
        [
            (about(new("ada", day("2026-03-06"), -1)), "working time"),
            (
                about(hours().with_selling(TimeDelta::hours(-1))),
                "selling time",
            ),
            (
                about(hours().with_selling(TimeDelta::hours(9))),
                "selling time",
            ),
        ],
    );
    expect(None, [(about(new("", day("2026-03-06"), 8)), "rep")]);
}

#[test]
fn of_a_rep_and_a_ramp() {
    let hired = rep().with_hired(day("2026-02-01")).unwrap();
    let left = rep().with_left(day("2026-01-31")).unwrap();
    expect(
        Some("rep ada"),
        [
            (about(rep().with_name("")), "name"),
            (about(rep().with_team("")), "team"),
            (about(rep().with_dimension("", "coast")), "dimension"),
            (about(rep().with_dimension("territory", "")), "territory"),
            (about(rep().with_team_since("", late())), "team"),
            (about(rep().with_team_since("north", late())), "team"),
            (about(rep().with_manager("")), "manager"),
            (about(rep().with_manager("ada")), "manager"),
            (about(rep().with_hired(late())), "hired"),
            (about(rep().with_left(late())), "left"),
            (about(hired.with_left(day("2026-01-31"))), "left"),
            (about(left.with_hired(day("2026-02-01"))), "left"),
            (
                about(rep().with_full_time_share(Rate::ZERO)),
                "full-time share",
            ),
            (about(rep().with_full_time_share(fine())), "full-time share"),
        ],
    );
    expect(
        None,
        [
            (about(Rep::new("")), "id"),
            (
                about(Ramp::new([Rate::ONE, fine()])),
                "month 2 of the ramp: share",
            ),
        ],
    );
}

#[test]
fn of_quotas_and_their_roster() {
    let of_money = |rep, amount| Quota::of_money(rep, period("2026-Q1"), amount, Currency::EUR);
    let beyond = Quota::of_deals("ada", period("2026-Q1"), 10_000_000_001);
    let roster = Roster::new([rep()], [quota(1)]).unwrap();
    expect(
        Some("quota of ada for 2026-01-01/2026-04-01"),
        [
            (about(of_money("ada", -1)), "amount"),
            (about(beyond), "deals"),
            (about(Roster::new([], [quota(1)])), "rep"),
            (about(Roster::new([rep()], [quota(1), quota(2)])), "period"),
            (about(scope("2026-01").with_roster(&roster)), "period"),
        ],
    );
    expect(
        None,
        [
            (about(of_money("", 1)), "rep"),
            (about(Quota::of_deals("", period("2026-Q1"), 1)), "rep"),
        ],
    );
    let (record, field) = about(Roster::new([rep(), rep()], []));
    assert_eq!((record.as_deref(), field), (Some("rep ada"), None));
}

/// A record in another currency, and one whose amounts have no room in it.
#[test]
fn of_records_that_are_counted_or_converted() {
    let q1 = scope("2026-Q1");
    let in_yen = ExchangeRates::new(Currency::JPY)
        .with_rate(Currency::EUR, day("2026-01-01"), 160)
        .unwrap()
        .with_valid_days(400);
    let on = day("2026-03-31");
    let much = 10_000_000_000_000_i64;
    let dear = deal().with_list_price(much).unwrap();
    expect(
        Some("deal D-1"),
        [
            (
                about(sales_metrics::DealTally::of([deal()], q1)),
                "currency",
            ),
            (about(in_yen.convert([&dear], on)), "list price"),
        ],
    );
    let dear = contract().with_recurring(much, Per::Year).unwrap();
    expect(
        Some("contract C-1"),
        [
            (
                about(sales_metrics::CustomerTally::of([contract()], q1)),
                "currency",
            ),
            (about(in_yen.convert([&dear], on)), "recurring fee"),
        ],
    );
    let dear = contract().with_one_time(much).unwrap();
    expect(
        Some("contract C-1"),
        [(about(in_yen.convert([&dear], on)), "one-time fee")],
    );
    expect(
        Some("spend S-1"),
        [(
            about(sales_metrics::SpendTally::of([spend()], q1)),
            "currency",
        )],
    );
}

/// A day that is in the supported years where it was written, and not at the place.
#[test]
fn of_records_that_are_brought_to_a_place() {
    let first = || instant("1900-01-01T00:30:00Z").unwrap();
    let later = || instant("1900-01-02T00:30:00Z").unwrap();
    let west = || "-01:00".parse::<Place>().unwrap();
    let book = || sales_metrics::Book::new(Currency::EUR);
    let lead = |arrived| Lead::new("L-1", arrived).unwrap();
    let with = |lead: Lead| {
        book()
            .with_leads([lead])
            .and_then(|book| book.with_place(west()))
    };
    let there = || book().with_place(west()).unwrap();
    let call = || Activity::new("A-1", ActivityKind::Call, first()).unwrap();
    expect(
        Some("lead L-1"),
        [
            (about(with(lead(first()))), "arrived"),
            (about(there().with_leads([lead(first())])), "arrived"),
            (
                about(with(lead(later()).with_first_touch(first()).unwrap())),
                "first touch",
            ),
            (
                about(with(lead(later()).with_assigned(first()).unwrap())),
                "assigned",
            ),
        ],
    );
    expect(
        Some("activity A-1"),
        [
            (
                about(
                    book()
                        .with_activities([call()])
                        .and_then(|book| book.with_place(west())),
                ),
                "at",
            ),
            (about(there().with_activities([call()])), "at"),
        ],
    );
}

/// What is about no record names the argument.
#[test]
fn of_no_record() {
    let q1 = scope("2026-Q1");
    let own = |name: &str, label: &str| {
        let family = Family::Own("numbers");
        Kpi::own(name, label, family, Unit::Rate, Better::Up, |_| Ok(7_u64))
    };
    let tally = sales_metrics::BookTally::new(q1);
    let count = own("sevens", "sevens").and_then(|kpi| kpi.evaluate(&Inputs::new(&tally)));
    let deals = sales_metrics::DealTally::new(q1);
    let leads = sales_metrics::LeadTally::new(scope("2026-01"));
    let deal_size = report::find("average_deal_size").unwrap();
    let interval = report::find("win_rate_interval").unwrap();
    expect(
        None,
        [
            (
                about(kpi::pipeline_coverage(&deals, Money::new(1, Currency::EUR))),
                "the target",
            ),
            (about(kpi::close_rate(&deals, &leads)), "the leads"),
            (
                about(sales_metrics::BookTally::by(
                    &sales_metrics::Book::new(Currency::EUR),
                    Scope::new(q1.period(), Currency::EUR),
                    &sales_metrics::Dimension::Rep,
                )),
                "dimension",
            ),
            (about(report::find("win_rat")), "name"),
            (
                about(Plan::of_wins(1, q1.period()).quotas([("ada", 1)], [])),
                "periods",
            ),
            (
                about(Plan::of_wins(1, q1.period()).quotas([("", 1)], [])),
                "rep",
            ),
            (about(Goal::new(deal_size, 5_u64, q1.period())), "target"),
            (about(Goal::new(interval, Rate::HALF, q1.period())), "kpi"),
            (about(own("Win rate", "wins")), "name"),
            (about(own("sevens ", "sevens")), "name"),
            (about(own("sevens", "")), "label"),
            (about(count), "value"),
            (about(q1.as_of(day("1899-12-31"))), "as-of day"),
            (
                about(LeadScope::from(q1).as_of_instant("1899-12-31T12:00:00Z".parse().unwrap())),
                "as-of instant",
            ),
            (
                about(Place::changing(
                    FixedOffset::east_opt(0).unwrap(),
                    [(
                        "1899-12-31T12:00:00Z".parse().unwrap(),
                        FixedOffset::east_opt(60).unwrap(),
                    )],
                )),
                "change of a place's offset",
            ),
            (
                about(Period::between(day("1899-12-31"), day("2026-01-01"))),
                "start of the period",
            ),
        ],
    );
    let error = Scope::as_of(q1, day("1899-12-31")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DateOutOfRange);
    let nothing = about(kpi::close_rate(&deals, &sales_metrics::LeadTally::new(q1)));
    assert_eq!(nothing, (None, None));
}

/// An id of hours or of a quota is in JSON what it was as a text of their period.
#[test]
fn records_without_an_id_in_json() {
    let (rep, start, end) = (rep().id().clone(), day("2026-01-01"), day("2026-04-01"));
    let quota = RecordId::Quota {
        rep: rep.clone(),
        start,
        end,
    };
    let hours = RecordId::WorkTime { rep, start, end };
    for (id, json) in [
        (quota, r#"{"quota":["ada","2026-01-01/2026-04-01"]}"#),
        (hours, r#"{"work_time":["ada","2026-01-01/2026-04-01"]}"#),
    ] {
        assert_eq!(serde_json::to_string(&id).unwrap(), json);
        assert_eq!(serde_json::from_str::<RecordId>(json).unwrap(), id);
    }
    for days in [
        "2026-04-01/2026-01-01",
        "2026-1-1/2026-04-01",
        "2026-01-01",
        "",
    ] {
        let json = format!(r#"{{"quota":["ada","{days}"]}}"#);
        assert!(serde_json::from_str::<RecordId>(&json).is_err(), "{days}");
    }
}

/// It passes through every record of a pass.
#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
    assert!(size_of::<Result<(), Error>>() <= 16);
}

#[test]
fn scorecards_are_about_the_metric() {
    let card = |name: &str, weight: i64, benchmark: Rate| {
        let kpi = report::find(name).unwrap();
        Scorecard::new().with_activity(kpi, weight, benchmark)
    };
    let euros = Scorecard::new().with_objective(
        report::find("total_revenue").unwrap(),
        1,
        Money::new(1, Currency::EUR),
    );
    let book = Book::new(Currency::USD);
    let scored = euros
        .unwrap()
        .score(&book, &ReportPlan::new(scope("2026-Q1")));
    let cap = Percent::from_percent(0).unwrap();
    expect(
        None,
        [
            (about(card("win_rate", 0, Rate::HALF)), "weight"),
            (about(card("win_rate", 1, Rate::ZERO)), "benchmark"),
            (about(card("open_deals", 1, Rate::HALF)), "benchmark"),
            (about(card("time_allocation", 1, Rate::HALF)), "better"),
            (about(Scorecard::new().with_cap(cap)), "cap"),
            (about(scored), "benchmark"),
        ],
    );
}

//! The audit: every finding by the least deal that shows it, and laws that hold for all deals.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sales_metrics::audit::{self, AtRisk, Audit, Finding, FindingKind, Found};
use sales_metrics::chrono::{Days as Step, NaiveDate};
use sales_metrics::{
    Currency, Days, Deal, DealDetail, DealId, DealTally, Error, Outcome, Period, Rate, Rep, RepId,
    Scope, Undefined, date,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The day of the export in all these tests.
fn today() -> NaiveDate {
    day("2026-03-31")
}

fn won(on: &str) -> Outcome {
    Outcome::Won { on: day(on) }
}

fn lost(on: &str) -> Outcome {
    Outcome::Lost { on: day(on) }
}

/// A deal created on 2026-01-10.
fn bare(id: &str, outcome: Outcome) -> Deal {
    Deal::new(id, Currency::EUR, day("2026-01-10"), outcome).unwrap()
}

/// A deal with nothing odd about it, as long as its outcome has nothing.
fn clean(id: &str, outcome: Outcome) -> Deal {
    bare(id, outcome)
        .with_owner("ada")
        .and_then(|deal| deal.with_amount(900))
        .and_then(|deal| deal.with_probability(Rate::HALF))
        .and_then(|deal| deal.with_expected_close(today()))
        .and_then(|deal| deal.with_first_contact(day("2026-01-02")))
        .unwrap()
}

fn created(deal: &Deal, on: &str) -> Deal {
    let moved = Deal::new(deal.id(), deal.currency(), day(on), deal.outcome()).unwrap();
    moved
        .with_owner("ada")
        .and_then(|deal| deal.with_amount(900))
        .unwrap()
}

fn audit() -> Audit {
    Audit::new(today()).unwrap()
}

fn texts(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(Finding::to_string).collect()
}

fn lines(deals: &[Deal]) -> Vec<String> {
    texts(&audit().deals(deals))
}

#[test]
fn a_clean_deal_has_no_finding() {
    let deals = [
        clean("D-1", Outcome::Open),
        clean("D-2", won("2026-03-31")),
        clean("D-3", lost("2026-01-10")),
        clean(
            "D-4",
            Outcome::Disqualified {
                on: day("2026-02-01"),
            },
        ),
    ];
    let ada = Rep::new("ada").unwrap();
    assert_eq!(audit().with_reps([ada]).deals(&deals), []);
    assert_eq!(audit().deals([] as [Deal; 0]), []);
}

#[test]
fn dates_out_of_order() {
    let deal = created(&bare("D-1", won("2026-02-03")), "2026-03-09");
    assert_eq!(
        lines(&[deal]),
        ["deal D-1: closed on 2026-02-03, before it was created on 2026-03-09"]
    );
    let deal = clean("D-1", lost("2026-02-03")).with_first_contact(day("2026-02-04"));
    assert_eq!(
        lines(&[deal.unwrap()]),
        ["deal D-1: first contact on 2026-02-04, after it closed on 2026-02-03"]
    );
    let same_day = clean("D-1", lost("2026-02-03")).with_first_contact(day("2026-02-03"));
    assert_eq!(lines(&[same_day.unwrap()]), [""; 0]);
}

#[test]
fn dates_after_the_as_of_day() {
    assert_eq!(
        lines(&[clean("D-1", won("2026-04-01"))]),
        ["deal D-1: closed on 2026-04-01, after the as-of day"]
    );
    let deal = created(
        &bare(
            "D-1",
            Outcome::Disqualified {
                on: day("2026-04-02"),
            },
        ),
        "2026-04-01",
    );
    assert_eq!(
        lines(&[deal]),
        [
            "deal D-1: created on 2026-04-01, after the as-of day",
            "deal D-1: closed on 2026-04-02, after the as-of day",
        ]
    );
    assert_eq!(
        lines(&[created(&bare("D-1", won("2026-03-31")), "2026-03-31")]),
        [""; 0]
    );
}

#[test]
fn amounts_that_are_missing_or_zero() {
    let owned = |outcome| bare("D-1", outcome).with_owner("ada").unwrap();
    let outlook = |deal: Deal| {
        deal.with_probability(Rate::ONE)
            .and_then(|deal| deal.with_expected_close(today()))
            .unwrap()
    };
    let zero = |deal: Deal| deal.with_amount(0).unwrap();
    let disqualified = Outcome::Disqualified {
        on: day("2026-02-01"),
    };
    let cases = [
        (owned(won("2026-02-01")), "won, but it has no amount"),
        (zero(owned(won("2026-02-01"))), "won, but its amount is 0"),
        (owned(lost("2026-02-01")), "lost, but it has no amount"),
        (zero(owned(lost("2026-02-01"))), "lost, but its amount is 0"),
        (outlook(owned(Outcome::Open)), "open, but it has no amount"),
        (
            zero(outlook(owned(Outcome::Open))),
            "open, but its amount is 0",
        ),
    ];
    for (deal, text) in cases {
        assert_eq!(lines(&[deal]), [format!("deal D-1: {text}")]);
    }
    for deal in [owned(disqualified), zero(owned(disqualified))] {
        assert_eq!(lines(&[deal]), [""; 0]);
    }
}

#[test]
fn what_an_open_deal_lacks() {
    let deal = bare("D-1", Outcome::Open);
    assert_eq!(
        lines(&[deal]),
        [
            "deal D-1: open, but it has no amount",
            "deal D-1: open, but it has no probability",
            "deal D-1: open, but it has no expected close",
            "deal D-1: it has no owner",
        ]
    );
    let closed = bare("D-1", won("2026-02-01"));
    assert_eq!(
        lines(&[closed]),
        [
            "deal D-1: won, but it has no amount",
            "deal D-1: it has no owner"
        ]
    );
}

#[test]
fn an_expected_close_in_the_past() {
    let expected = |outcome, on| clean("D-1", outcome).with_expected_close(day(on)).unwrap();
    assert_eq!(
        lines(&[expected(Outcome::Open, "2026-03-30")]),
        ["deal D-1: still open, though expected to close by 2026-03-30"]
    );
    assert_eq!(lines(&[expected(Outcome::Open, "2026-03-31")]), [""; 0]);
    assert_eq!(lines(&[expected(won("2026-02-01"), "2026-01-30")]), [""; 0]);
}

#[test]
fn an_id_is_found_once_for_each_further_deal() {
    let deals = ["D-1", "D-2", "D-1", "D-1"].map(|id| clean(id, Outcome::Open));
    let again = "deal D-1: an earlier deal has the same id";
    assert_eq!(lines(&deals), [again, again]);
}

#[test]
fn the_owner_is_unknown_or_away() {
    let rep = |hired, left| {
        Rep::new("ada")
            .and_then(|rep| rep.with_hired(day(hired)))
            .and_then(|rep| rep.with_left(day(left)))
            .unwrap()
    };
    let deals = [clean("D-1", Outcome::Open), clean("D-2", won("2026-02-01"))];
    let found = |reps: &[Rep]| texts(&audit().with_reps(reps).deals(&deals));

    assert_eq!(
        found(&[]),
        [
            "deal D-1: its owner ada is not among the known reps",
            "deal D-2: its owner ada is not among the known reps",
        ]
    );
    // Gone by the as-of day, but there on the day of the close; and the reverse.
    let (then, now) = (
        rep("2026-02-01", "2026-02-01"),
        rep("2026-03-31", "2026-05-01"),
    );
    assert_eq!(
        found(core::slice::from_ref(&then)),
        ["deal D-1: its owner ada was not active on 2026-03-31"]
    );
    assert_eq!(
        found(core::slice::from_ref(&now)),
        ["deal D-2: its owner ada was not active on 2026-02-01"]
    );
    assert_eq!(found(&[then.clone(), now.clone()]), [""; 0]);
    let in_two_steps = audit().with_reps([then]).with_reps([now]);
    assert_eq!(in_two_steps.deals(&deals), []);
}

#[test]
fn the_minority_is_in_another_currency() {
    let in_currency = |id, currency| {
        Deal::new(id, currency, day("2026-01-10"), won("2026-02-01"))
            .and_then(|deal| deal.with_owner("ada"))
            .and_then(|deal| deal.with_amount(900))
            .unwrap()
    };
    let mut deals = vec![
        in_currency("D-1", Currency::USD),
        in_currency("D-2", Currency::EUR),
        in_currency("D-3", Currency::USD),
    ];
    let minority = ["deal D-2: it is in EUR, but most deals are in USD"];
    assert_eq!(lines(&deals), minority);
    // At a tie the first code leads, whichever comes first.
    deals.push(in_currency("D-4", Currency::EUR));
    let tie = [
        "deal D-1: it is in USD, but most deals are in EUR",
        "deal D-3: it is in USD, but most deals are in EUR",
    ];
    assert_eq!(lines(&deals), tie);
}

#[test]
fn findings_come_in_the_order_of_the_deals_and_then_of_the_kinds() {
    let wrong = Deal::new("D-9", Currency::USD, day("2026-04-10"), won("2026-04-01")).unwrap();
    let deals = [
        wrong.clone(),
        clean("D-1", Outcome::Open),
        wrong,
        clean("D-2", Outcome::Open),
    ];
    let names: Vec<_> = audit()
        .deals(&deals)
        .iter()
        .map(|finding| finding.kind.name())
        .collect();
    let alone = [
        "created_after_as_of",
        "closed_before_created",
        "closed_after_as_of",
        "won_without_amount",
        "missing_owner",
    ];
    // Two of either currency: the euro leads, by its code.
    let first = ["other_currency"].into_iter().chain(alone);
    let again = ["duplicate_id", "other_currency"].into_iter().chain(alone);
    assert_eq!(names, first.chain(again).collect::<Vec<_>>());
}

#[test]
fn a_stream_of_owned_deals_is_audited_too() {
    let stream = (1..=3).map(|number| clean(&format!("D-{number}"), won("2026-04-01")));
    assert_eq!(audit().deals(stream).len(), 3);
}

#[test]
fn the_as_of_day_is_a_supported_one() {
    let error = Audit::new(NaiveDate::MAX).unwrap_err();
    assert_eq!(
        error.to_string(),
        "as-of day: +262142-12-31 is outside of the supported years 1900 to 2999"
    );
}

/// Every kind there is, with its JSON.
fn every_kind() -> Vec<(FindingKind, &'static str)> {
    let (first, second) = (day("2026-01-02"), day("2026-02-03"));
    let rep = RepId::new("ada").unwrap();
    let (usual, found) = (Currency::EUR, Currency::USD);
    let (created, closed) = (second, first);
    vec![
        (FindingKind::DuplicateId, r#""duplicate_id""#),
        (
            FindingKind::OtherCurrency { usual, found },
            r#"{"other_currency":{"usual":"EUR","found":"USD"}}"#,
        ),
        (
            FindingKind::CreatedAfterAsOf { created },
            r#"{"created_after_as_of":{"created":"2026-02-03"}}"#,
        ),
        (
            FindingKind::ClosedBeforeCreated { created, closed },
            r#"{"closed_before_created":{"created":"2026-02-03","closed":"2026-01-02"}}"#,
        ),
        (
            FindingKind::ClosedAfterAsOf { closed },
            r#"{"closed_after_as_of":{"closed":"2026-01-02"}}"#,
        ),
        (
            FindingKind::FirstContactAfterClose {
                first_contact: second,
                closed,
            },
            r#"{"first_contact_after_close":{"first_contact":"2026-02-03","closed":"2026-01-02"}}"#,
        ),
        (FindingKind::WonWithoutAmount, r#""won_without_amount""#),
        (FindingKind::WonForZero, r#""won_for_zero""#),
        (FindingKind::LostWithoutAmount, r#""lost_without_amount""#),
        (FindingKind::LostForZero, r#""lost_for_zero""#),
        (FindingKind::OpenWithoutAmount, r#""open_without_amount""#),
        (FindingKind::OpenForZero, r#""open_for_zero""#),
        (FindingKind::MissingProbability, r#""missing_probability""#),
        (
            FindingKind::MissingExpectedClose,
            r#""missing_expected_close""#,
        ),
        (
            FindingKind::ExpectedCloseOverdue { expected: first },
            r#"{"expected_close_overdue":{"expected":"2026-01-02"}}"#,
        ),
        (FindingKind::MissingOwner, r#""missing_owner""#),
        (
            FindingKind::UnknownRep { rep: rep.clone() },
            r#"{"unknown_rep":{"rep":"ada"}}"#,
        ),
        (
            FindingKind::OwnerNotActive { rep, on: first },
            r#"{"owner_not_active":{"rep":"ada","on":"2026-01-02"}}"#,
        ),
    ]
}

#[test]
fn json_of_every_kind_and_back() {
    let kinds = every_kind();
    assert!(
        kinds.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "in the order of the kinds"
    );
    for (kind, json) in kinds {
        let finding = Finding {
            record: (&DealId::new("D-1").unwrap()).into(),
            kind,
        };
        let whole = serde_json::to_string(&finding).unwrap();
        assert_eq!(
            whole,
            format!(r#"{{"record":{{"deal":"D-1"}},"kind":{json}}}"#)
        );
        assert_eq!(serde_json::from_str::<Finding>(&whole).unwrap(), finding);
        let name = json.split('"').nth(1);
        assert_eq!(name, Some(finding.kind.name()));
    }
}

#[test]
fn json_that_no_finding_has_is_refused() {
    for json in [
        r#"{"record":{"deal":"D-1"},"kind":"closed_before_christmas"}"#,
        r#"{"record":{"deal":"D-1"},"kind":"missing_owner","extra":1}"#,
        r#"{"record":{"deal":""},"kind":"missing_owner"}"#,
        r#"{"record":{"deal":"D-1"}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"unknown_rep":{}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"unknown_rep":{"rep":"ada","on":"2026-01-02"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":"26-01-02"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":"2026-1-2"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":"1899-12-31"}}}"#,
        r#"{"record":{"deal":"D-1"},"kind":{"closed_after_as_of":{"closed":20260102}}}"#,
    ] {
        assert!(serde_json::from_str::<Finding>(json).is_err(), "{json}");
    }
    let closed = NaiveDate::MAX;
    let unreadable = FindingKind::ClosedAfterAsOf { closed };
    assert!(
        serde_json::to_string(&unreadable).is_err(),
        "what cannot be read is not written"
    );
}

#[test]
fn texts_pad_as_a_whole() {
    let finding = Finding {
        record: (&DealId::new("D-1").unwrap()).into(),
        kind: FindingKind::MissingOwner,
    };
    assert_eq!(format!("{finding:30}|"), "deal D-1: it has no owner     |");
    assert_eq!(format!("{:>16}|", finding.kind), " it has no owner|");
    let found = Found {
        count: 2,
        first: finding.record,
    };
    assert_eq!(format!("{found:>23}|"), "    2 (first: deal D-1)|");
}

#[test]
fn the_summary_counts_each_kind_and_names_its_first_deal() {
    let deals = [
        clean("D-1", Outcome::Open),
        bare("D-3", won("2026-02-01")),
        bare("D-2", won("2026-02-01")),
        clean("D-4", won("2026-05-01")),
    ];
    let findings = audit().deals(&deals);
    let summary = audit::summary(&findings);
    let lines: Vec<_> = summary
        .iter()
        .map(|(name, found)| format!("{name}: {found}"))
        .collect();
    assert_eq!(
        lines,
        [
            "closed_after_as_of: 1 (first: deal D-4)",
            "missing_owner: 2 (first: deal D-3)",
            "won_without_amount: 2 (first: deal D-3)",
        ]
    );
    let json = serde_json::to_string(&summary["missing_owner"]).unwrap();
    assert_eq!(json, r#"{"count":2,"first":{"deal":"D-3"}}"#);
    assert_eq!(audit::summary([]), BTreeMap::new());
}

fn q1() -> Scope {
    Scope::new(Period::quarter(2026, 1).unwrap(), Currency::EUR)
}

fn open_since(id: &str, on: &str) -> Deal {
    Deal::new(id, Currency::EUR, day(on), Outcome::Open).unwrap()
}

fn ids(at_risk: &[AtRisk]) -> Vec<&str> {
    at_risk.iter().map(|deal| deal.deal.as_str()).collect()
}

/// Two won deals, after 10 and 20 days: percentile 75 is 17.5 days.
fn two_won() -> DealDetail {
    DealDetail::of(
        [
            bare("W-1", won("2026-01-20")),
            bare("W-2", won("2026-01-30")),
        ],
        q1(),
    )
    .unwrap()
}

#[test]
fn at_risk_is_what_is_older_than_the_percentile() {
    let deals = [
        open_since("D-13", "2026-03-13"),
        open_since("D-14", "2026-03-14"),
        open_since("D-31", "2026-03-31"),
        open_since("D-99", "2026-04-01"),
    ];
    let at = |percent: u64| {
        audit::at_risk(&deals, &two_won(), Rate::from_percent(percent).unwrap()).unwrap()
    };
    // Their ages are 18, 17, 0, and one is of tomorrow; the threshold is 10, 17, 17.5, 20.
    assert_eq!(ids(&at(0)), ["D-13", "D-14"]);
    assert_eq!(ids(&at(70)), ["D-13"]);
    assert_eq!(ids(&at(75)), ["D-13"]);
    assert_eq!(ids(&at(100)), [""; 0]);
    assert_eq!(at(75)[0].age, Days::new(18).unwrap());
    assert_eq!(
        at(75)[0].to_string(),
        "deal D-13: open for 18 days, longer than 17.5 days"
    );
}

#[test]
fn at_risk_has_the_oldest_first_and_ties_by_id() {
    let closed_since = bare("D-0", won("2026-04-02")).with_owner("ada").unwrap();
    let deals = [
        open_since("D-2", "2026-02-01"),
        open_since("D-3", "2026-01-31"),
        open_since("D-1", "2026-02-01"),
        clean("D-9", won("2026-03-31")),
        closed_since,
    ];
    let found = audit::at_risk(&deals, &two_won(), Rate::ONE).unwrap();
    assert_eq!(ids(&found), ["D-0", "D-3", "D-1", "D-2"]);
    assert_eq!(
        found[0].to_string(),
        "deal D-0 of ada: open for 80 days, longer than 20 days"
    );
    let json = serde_json::to_string(&found[..2]).unwrap();
    assert_eq!(
        json,
        r#"[{"deal":"D-0","owner":"ada","age":"80","threshold":"20"},{"deal":"D-3","age":"59","threshold":"20"}]"#
    );
    assert_eq!(
        serde_json::from_str::<Vec<AtRisk>>(&json).unwrap(),
        found[..2]
    );
}

#[test]
fn at_risk_needs_a_cycle_and_one_currency() {
    let deals = [open_since("D-1", "2026-01-01")];
    let of = |won: &[Deal]| audit::at_risk(&deals, &DealDetail::of(won, q1()).unwrap(), Rate::HALF);
    assert_eq!(of(&[]), Err(Error::Undefined(Undefined::NoWonDeals)));
    let unsound = bare("W-1", won("2026-01-09"));
    assert_eq!(
        of(&[unsound]),
        Err(Error::Undefined(Undefined::NoSoundCycle))
    );

    let dollars = Deal::new("D-7", Currency::USD, day("2026-01-01"), lost("2026-01-02")).unwrap();
    let error = audit::at_risk([dollars], &two_won(), Rate::HALF).unwrap_err();
    assert_eq!(
        error.to_string(),
        "deal D-7 is in USD, but EUR was asked for; convert it first or take it apart"
    );
}

/// A day around the as-of day.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40).prop_map(|days| day("2026-03-11") + Step::new(days))
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    (0..4, any_day()).prop_map(|(kind, on)| match kind {
        0 => Outcome::Open,
        1 => Outcome::Won { on },
        2 => Outcome::Lost { on },
        _ => Outcome::Disqualified { on },
    })
}

prop_compose! {
    fn any_deal()(
        id in "D-[0-9]{1,2}",
        euro in prop::bool::weighted(0.7),
        start in any_day(),
        outcome in any_outcome(),
        owner in prop::option::of("ada|bob|eve"),
        amount in prop::option::of(0_u64..3),
        likely in any::<bool>(),
        contact in prop::option::of(any_day()),
        expected in prop::option::of(any_day()),
    ) -> Deal {
        let currency = if euro { Currency::EUR } else { Currency::USD };
        let mut deal = Deal::new(id, currency, start, outcome).unwrap();
        if let Some(owner) = owner { deal = deal.with_owner(owner).unwrap(); }
        if let Some(amount) = amount { deal = deal.with_amount(amount).unwrap(); }
        if likely { deal = deal.with_probability(Rate::HALF).unwrap(); }
        if let Some(contact) = contact { deal = deal.with_first_contact(contact).unwrap(); }
        if let Some(expected) = expected { deal = deal.with_expected_close(expected).unwrap(); }
        deal
    }
}

fn any_deals() -> impl Strategy<Value = Vec<Deal>> {
    prop::collection::vec(any_deal(), 0..40)
}

fn known_reps() -> [Rep; 2] {
    let bob = Rep::new("bob").and_then(|bob| bob.with_left(day("2026-03-20")));
    [Rep::new("ada").unwrap(), bob.unwrap()]
}

/// Every deal there is, seen from the last supported day.
fn all_time() -> Scope {
    let (first, end) = (date(1900, 1, 1).unwrap(), day("3000-01-01"));
    Scope::new(Period::between(first, end).unwrap(), Currency::EUR)
}

fn count(findings: &[Finding], what: impl Fn(&FindingKind) -> bool) -> u64 {
    findings
        .iter()
        .filter(|finding| what(&finding.kind))
        .count()
        .try_into()
        .unwrap()
}

proptest! {
    #[test]
    fn findings_name_deals_that_exist_and_the_summary_adds_up(deals in any_deals()) {
        let findings = audit().with_reps(known_reps()).deals(&deals);
        for finding in &findings {
            prop_assert!(deals.iter().any(|deal| finding.record == deal.id().into()));
        }
        let summary = audit::summary(&findings);
        let total: u64 = summary.values().map(|found| found.count).sum();
        prop_assert_eq!(total, u64::try_from(findings.len()).unwrap());
    }

    #[test]
    fn the_findings_are_the_same_in_any_order(
        (deals, shuffled) in any_deals().prop_flat_map(|deals| (Just(deals.clone()), Just(deals).prop_shuffle()))
    ) {
        let sorted = |deals: &[Deal]| {
            let mut findings = audit().with_reps(known_reps()).deals(deals);
            findings.sort();
            findings
        };
        prop_assert_eq!(sorted(&deals), sorted(&shuffled));
    }

    #[test]
    fn the_audit_finds_what_the_tally_counts_apart(deals in any_deals()) {
        let euros: Vec<&Deal> = deals.iter().filter(|deal| deal.currency() == Currency::EUR).collect();
        let totals = *DealTally::of(euros.iter().copied(), all_time()).unwrap().totals();
        let decided = |deal: &&&Deal| !matches!(deal.outcome(), Outcome::Disqualified { .. });
        let findings = audit().deals(euros.iter().filter(decided).copied());

        let unsound = totals.won_cycle.unsound + totals.lost_cycle.unsound;
        prop_assert_eq!(count(&findings, |k| matches!(k, FindingKind::ClosedBeforeCreated { .. })), unsound);
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::WonWithoutAmount), totals.won.unpriced());
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::LostWithoutAmount), totals.lost.unpriced());
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::OpenWithoutAmount), totals.open.unpriced());
        prop_assert_eq!(
            count(&findings, |k| *k == FindingKind::MissingExpectedClose),
            totals.without_expected_close
        );
        let ids: std::collections::HashSet<_> = euros.iter().filter(decided).map(|deal| deal.id()).collect();
        let repeated = euros.iter().filter(decided).count() - ids.len();
        prop_assert_eq!(count(&findings, |k| *k == FindingKind::DuplicateId), u64::try_from(repeated).unwrap());

        let won = euros.iter().copied().filter(|deal| matches!(deal.outcome(), Outcome::Won { .. }));
        let late = count(&audit().deals(won), |k| matches!(k, FindingKind::FirstContactAfterClose { .. }));
        prop_assert_eq!(late, totals.contact_cycle.unsound);
    }

    #[test]
    fn deals_at_risk_are_the_older_ones(deals in any_deals(), days in 0_u32..30) {
        let euros: Vec<&Deal> = deals.iter().filter(|deal| deal.currency() == Currency::EUR).collect();
        // One won deal, so that every percentile of the cycle is its own.
        let start = day("2026-01-01");
        let on = start + Step::new(days.into());
        let sample = Deal::new("W", Currency::EUR, start, Outcome::Won { on }).unwrap();
        let detail = DealDetail::of([sample], q1()).unwrap();
        let found = audit::at_risk(euros.iter().copied(), &detail, Rate::HALF).unwrap();
        let all = DealDetail::of(euros, q1()).unwrap();
        let older = sales_metrics::kpi::deals_older_than(&all, days);
        prop_assert_eq!(u64::try_from(found.len()).unwrap(), older);
        prop_assert!(found.windows(2).all(|pair| pair[0].age >= pair[1].age));
    }
}

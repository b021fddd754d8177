//! Every finding of a deal by the least deal that shows it.

use super::{audit, bare, clean, lost, rep, texts, today, won};
use crate::support::day;
use sales_metrics::audit::Audit;
use sales_metrics::chrono::NaiveDate;
use sales_metrics::{Currency, Deal, Outcome, Rate, Rep};

fn created(deal: &Deal, on: &str) -> Deal {
    let moved = Deal::new(deal.id(), day(on), deal.outcome(), deal.currency()).unwrap();
    moved
        .with_owner("ada")
        .and_then(|deal| deal.with_amount(900))
        .unwrap()
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
    let again = "deal D-1: an earlier record has the same id";
    assert_eq!(lines(&deals), [again, again]);
}

#[test]
fn the_owner_is_unknown_or_away() {
    let deals = [clean("D-1", Outcome::Open), clean("D-2", won("2026-02-01"))];
    let found = |reps: &[Rep]| texts(&audit().with_reps(reps).deals(&deals));

    assert_eq!(
        found(&[]),
        [
            "deal D-1: its rep ada is not among the known reps",
            "deal D-2: its rep ada is not among the known reps",
        ]
    );
    // Gone by the as-of day, but there on the day of the close; and the reverse.
    let (then, now) = (
        rep("ada", "2026-02-01", "2026-02-01"),
        rep("ada", "2026-03-31", "2026-05-01"),
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
        Deal::new(id, day("2026-01-10"), won("2026-02-01"), currency)
            .and_then(|deal| deal.with_owner("ada"))
            .and_then(|deal| deal.with_amount(900))
            .unwrap()
    };
    let mut deals = vec![
        in_currency("D-1", Currency::USD),
        in_currency("D-2", Currency::EUR),
        in_currency("D-3", Currency::USD),
    ];
    let minority = ["deal D-2: it is in EUR, but most are in USD"];
    assert_eq!(lines(&deals), minority);
    // At a tie the first code leads, whichever comes first.
    deals.push(in_currency("D-4", Currency::EUR));
    let tie = [
        "deal D-1: it is in USD, but most are in EUR",
        "deal D-3: it is in USD, but most are in EUR",
    ];
    assert_eq!(lines(&deals), tie);
}

#[test]
fn findings_come_in_the_order_of_the_deals_and_then_of_the_kinds() {
    let wrong = Deal::new("D-9", day("2026-04-10"), won("2026-04-01"), Currency::USD).unwrap();
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

/// Of two that lead, the first by its text is the usual one, in whatever order they come.
#[test]
fn spellings_that_differ_in_capitals_or_spaces_alone_are_found() {
    let deal = |id: &str, account: &str| {
        let won = Outcome::Won {
            on: day("2026-02-20"),
        };
        Deal::new(id, day("2026-01-07"), won, Currency::USD)
            .and_then(|deal| {
                deal.with_amount(1)?
                    .with_owner("ada")?
                    .with_account(account)
            })
            .unwrap()
    };
    let found = |accounts: &[&str]| {
        let deals = accounts.iter().map(|account| deal(account, account));
        let findings = Audit::new(day("2026-03-31")).unwrap().deals(deals);
        let texts = findings.iter().map(ToString::to_string);
        texts.collect::<Vec<_>>()
    };
    assert_eq!(
        found(&["Acme Inc", "acme inc", "Acme Inc", "Initech"]),
        [
            "deal acme inc: its account is written \"acme inc\", but mostly \"Acme Inc\"",
            "deal Acme Inc: an earlier record has the same id",
        ]
    );
    let one = "deal acme: its account is written \"acme\", but mostly \"ACME\"";
    assert_eq!(found(&["acme", "ACME"]), [one]);
    assert_eq!(found(&["ACME", "acme"]), [one]);
    assert_eq!(found(&["Acme", "Acme Corp"]), [""; 0]);
}

/// A mark between thousands that was taken for the decimal mark.
#[test]
fn an_amount_finer_than_its_currency_is_found() {
    let deal = |amount: &str, currency| {
        Deal::new(
            "D-1",
            day("2026-01-07"),
            Outcome::Won {
                on: day("2026-02-20"),
            },
            currency,
        )
        .and_then(|deal| {
            deal.with_owner("ada")?
                .with_amount(amount.parse::<sales_metrics::Decimal>().unwrap())
        })
        .unwrap()
    };
    let found = |amount, currency| {
        let findings = Audit::new(day("2026-03-31"))
            .unwrap()
            .deals([deal(amount, currency)]);
        findings.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let fine = "deal D-1: its amount has more decimals than its currency";
    assert_eq!(found("1.234", Currency::USD), [fine]);
    assert_eq!(found("1.50", Currency::JPY), [fine]);
    assert_eq!(found("1.2300", Currency::USD), [""; 0]);
    assert_eq!(found("1.234", "BHD".parse().unwrap()), [""; 0]);
}

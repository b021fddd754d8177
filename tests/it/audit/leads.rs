//! Every finding of a lead by the least lead that shows it.

use super::{audit, bare, lost, rep, texts, won};
use crate::support::day;
use sales_metrics::audit::Audit;
use sales_metrics::{Deal, Lead, Origin, Outcome, instant};

/// A lead of 2026-03-02, late in the evening, that names nothing.
fn bare_lead(id: &str) -> Lead {
    Lead::new(id, instant("2026-03-02T23:30:00-05:00").unwrap()).unwrap()
}

/// A lead with nothing odd about it.
fn clean_lead(id: &str) -> Lead {
    bare_lead(id)
        .with_origin(Origin::Sales)
        .with_owner("ada")
        .unwrap()
}

fn converted(lead: Lead, deal: &str, on: &str) -> Lead {
    lead.with_conversion(deal, day(on)).unwrap()
}

fn found(audit: &Audit, leads: &[Lead]) -> Vec<String> {
    texts(&audit.leads(leads))
}

fn lines(leads: &[Lead]) -> Vec<String> {
    found(&audit(), leads)
}

fn deals() -> [Deal; 3] {
    [
        bare("D-1", won("2026-03-20")),
        bare("D-2", lost("2026-03-20")),
        bare("D-3", Outcome::Open),
    ]
}

#[test]
fn a_clean_lead_has_no_finding() {
    let whole = converted(clean_lead("L-2"), "D-1", "2026-03-02")
        .with_first_touch(instant("2026-03-03T05:30:00+01:00").unwrap())
        .and_then(|lead| lead.with_qualified(day("2026-03-31")))
        .and_then(|lead| lead.with_won(day("2026-03-20")))
        .unwrap();
    let given_up = bare_lead("L-3")
        .with_origin(Origin::Marketing)
        .with_disqualified(day("2026-03-31"))
        .unwrap();
    let leads = [clean_lead("L-1"), whole, given_up];
    let audit = audit()
        .with_reps([rep("ada", "2026-03-02", "2026-03-31")])
        .with_deals(deals());
    assert_eq!(audit.leads(&leads), []);
    assert_eq!(audit.leads([] as [Lead; 0]), []);
}

#[test]
fn what_a_lead_lacks() {
    let no_origin = "lead L-1: it has no origin";
    assert_eq!(
        lines(&[bare_lead("L-1")]),
        [no_origin, "lead L-1: it has no owner"]
    );
    // Only an open one needs somebody to look after it.
    let converted = converted(bare_lead("L-1"), "D-1", "2026-03-04");
    assert_eq!(lines(&[converted]), [no_origin]);
    let given_up = bare_lead("L-1").with_disqualified(day("2026-03-04"));
    assert_eq!(lines(&[given_up.unwrap()]), [no_origin]);
}

#[test]
fn touched_before_it_arrived() {
    let touched = |at| {
        clean_lead("L-1")
            .with_first_touch(instant(at).unwrap())
            .unwrap()
    };
    // On the clock of its place a minute later, and yet before it.
    assert_eq!(
        lines(&[touched("2026-03-02T23:31:00-04:00")]),
        [
            "lead L-1: first touched at 2026-03-02T23:31:00-04:00, before it arrived at 2026-03-02T23:30:00-05:00"
        ]
    );
    assert_eq!(lines(&[touched("2026-03-03T00:30:00-04:00")]), [""; 0]);
}

#[test]
fn converted_before_it_arrived() {
    // In UTC it arrived on the 3rd; where it arrived, it was still the 2nd.
    let on = |on| [converted(clean_lead("L-1"), "D-1", on)];
    assert_eq!(lines(&on("2026-03-02")), [""; 0]);
    assert_eq!(
        lines(&on("2026-03-01")),
        ["lead L-1: converted on 2026-03-01, before it arrived on 2026-03-02"]
    );
}

#[test]
fn leads_of_the_future() {
    let late = Lead::new("L-1", instant("2026-04-01T00:00:00+14:00").unwrap())
        .and_then(|lead| lead.with_owner("ada"))
        .unwrap()
        .with_origin(Origin::Sales);
    let arrived = "lead L-1: arrived on 2026-04-01, after the as-of day";
    assert_eq!(lines(core::slice::from_ref(&late)), [arrived]);

    // The day is the one by which the touch is written, wherever the lead arrived.
    let touched = |at| {
        [clean_lead("L-1")
            .with_first_touch(instant(at).unwrap())
            .unwrap()]
    };
    assert_eq!(lines(&touched("2026-03-31T23:59:00+01:00")), [""; 0]);
    assert_eq!(
        lines(&touched("2026-04-01T00:00:00+01:00")),
        ["lead L-1: first touched on 2026-04-01, after the as-of day"]
    );
}

#[test]
fn what_becomes_of_a_lead_after_the_as_of_day() {
    let lead = |on| {
        [converted(clean_lead("L-1"), "D-1", on)
            .with_qualified(day(on))
            .and_then(|lead| lead.with_won(day(on)))
            .and_then(|lead| lead.with_disqualified(day(on)))
            .unwrap()]
    };
    assert_eq!(
        lines(&lead("2026-04-01")),
        [
            "lead L-1: qualified on 2026-04-01, after the as-of day",
            "lead L-1: converted on 2026-04-01, after the as-of day",
            "lead L-1: won on 2026-04-01, after the as-of day",
            "lead L-1: given up on 2026-04-01, after the as-of day",
            "lead L-1: converted on 2026-04-01, and given up on 2026-04-01",
        ]
    );
    assert_eq!(
        lines(&lead("2026-03-31")),
        ["lead L-1: converted on 2026-03-31, and given up on 2026-03-31"]
    );
}

#[test]
fn a_lead_that_is_there_twice_is_a_duplicate_and_shares_no_deal() {
    let leads = ["L-1", "L-2", "L-1"].map(clean_lead);
    let again = "lead L-1: an earlier record has the same id";
    assert_eq!(lines(&leads), [again]);
    let twice = converted(clean_lead("L-1"), "D-1", "2026-03-04");
    assert_eq!(lines(&[twice.clone(), twice]), [again]);
}

#[test]
fn two_leads_that_became_one_deal() {
    let became = |id, deal| converted(clean_lead(id), deal, "2026-03-04");
    let leads = [
        became("L-3", "D-1"),
        became("L-2", "D-2"),
        clean_lead("L-4"),
        became("L-1", "D-1"),
        became("L-3", "D-1"),
    ];
    assert_eq!(
        lines(&leads),
        [
            "lead L-3: another lead became its deal D-1, too",
            "lead L-1: another lead became its deal D-1, too",
            "lead L-3: an earlier record has the same id",
            "lead L-3: another lead became its deal D-1, too",
        ]
    );
}

#[test]
fn the_deal_is_missing_or_not_won() {
    let leads = ["D-1", "D-2", "D-3", "D-4"].map(|deal| {
        let lead = converted(clean_lead(&format!("L-of-{deal}")), deal, "2026-03-04");
        lead.with_won(day("2026-03-20")).unwrap()
    });
    assert_eq!(lines(&leads), [""; 0]);
    let known = audit().with_deals(deals());
    assert_eq!(
        found(&known, &leads),
        [
            "lead L-of-D-2: won, but its deal D-2 is not",
            "lead L-of-D-3: won, but its deal D-3 is not",
            "lead L-of-D-4: its deal D-4 is not among the known deals",
        ]
    );
    // Of several deals with one id, a won one is enough, wherever it stands.
    let known = known
        .with_deals([bare("D-2", won("2026-03-20"))])
        .with_deals([bare("D-2", Outcome::Open), bare("D-4", Outcome::Open)]);
    assert_eq!(
        found(&known, &leads),
        [
            "lead L-of-D-3: won, but its deal D-3 is not",
            "lead L-of-D-4: won, but its deal D-4 is not",
        ]
    );
    let not_won = converted(clean_lead("L-1"), "D-3", "2026-03-04");
    assert_eq!(found(&known, &[not_won]), [""; 0]);
    let none = audit().with_deals([] as [Deal; 0]);
    assert_eq!(none.leads(&leads).len(), 4);
}

#[test]
fn the_owner_is_unknown_or_away() {
    let both = converted(clean_lead("L-2"), "D-1", "2026-03-06")
        .with_disqualified(day("2026-03-05"))
        .unwrap();
    let leads = [clean_lead("L-1"), both];
    let with = |reps: &[_]| {
        let mut lines = found(&audit().with_reps(reps), &leads);
        lines.retain(|line| line.contains("ada"));
        lines
    };
    assert_eq!(
        with(&[]),
        [
            "lead L-1: its rep ada is not among the known reps",
            "lead L-2: its rep ada is not among the known reps",
        ]
    );
    // Open, it needs an owner on the as-of day; else on the day on which it closed first.
    assert_eq!(
        with(&[rep("ada", "2026-03-05", "2026-03-05")]),
        ["lead L-1: its owner ada was not active on 2026-03-31"]
    );
    assert_eq!(
        with(&[rep("ada", "2026-03-06", "2026-03-31")]),
        ["lead L-2: its owner ada was not active on 2026-03-05"]
    );
}

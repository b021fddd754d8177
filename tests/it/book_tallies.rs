//! Any single tally stands where those of a whole book do.

use proptest::prelude::*;
use sales_metrics::report::{self, Inputs, Kpi, Value};
use sales_metrics::{
    ActivityTally, Book, BookTally, CommitmentTally, Currency, CustomerTally, Deal, DealDetail,
    DealTally, Error, ErrorKind, Lead, LeadDetail, LeadTally, Outcome, PurchaseTally, RenewalTally,
    Rep, Roster, Scope, SpendTally, SpreadTally, SurvivalTally, TeamTally, Undefined, WorkTally,
    instant,
};

use crate::business::sparse_businesses;
use crate::support::{config, day, kind_of, scope};

fn q1() -> Scope {
    scope("2026-Q1")
}

fn evaluate(kpi: &Kpi, tally: &BookTally) -> Result<Value, Error> {
    kpi.evaluate(&Inputs::new(tally))
}

/// The KPIs that say of such a tally that they need another, by that reason.
fn in_need(tally: &BookTally, reason: Undefined) -> Vec<&'static str> {
    let needs = |kpi: &&Kpi| evaluate(kpi, tally) == Err(reason.into());
    report::catalog()
        .iter()
        .filter(needs)
        .map(Kpi::name)
        .collect()
}

#[test]
fn each_tally_alone_is_one_that_was_put_in() {
    let scope = q1();
    let empty = || BookTally::new(scope);
    let view = || scope.with_roster(&Roster::default()).unwrap();
    let pairs = vec![
        (
            DealTally::new(scope).into(),
            empty().with_deals(DealTally::new(scope)),
        ),
        (
            DealDetail::new(scope).into(),
            empty().with_deal_detail(DealDetail::new(scope)),
        ),
        (
            PurchaseTally::new(scope).into(),
            empty().with_purchases(PurchaseTally::new(scope)),
        ),
        (
            SurvivalTally::new(scope).into(),
            empty().with_survival(SurvivalTally::new(scope)),
        ),
        (
            SpreadTally::new(scope).into(),
            empty().with_spread(SpreadTally::new(scope)),
        ),
        (
            LeadTally::new(scope).into(),
            empty().with_leads(LeadTally::new(scope)),
        ),
        (
            LeadDetail::new(scope).into(),
            empty().with_lead_detail(LeadDetail::new(scope)),
        ),
        (
            ActivityTally::new(scope).into(),
            empty().with_activities(ActivityTally::new(scope)),
        ),
        (
            WorkTally::new(scope).into(),
            empty().with_work_time(WorkTally::new(scope)),
        ),
        (
            TeamTally::new(view()).into(),
            empty().with_team(TeamTally::new(view())),
        ),
        (
            CustomerTally::new(scope).into(),
            empty().with_customers(CustomerTally::new(scope)),
        ),
        (
            RenewalTally::new(scope).into(),
            empty().with_renewals(RenewalTally::new(scope)),
        ),
        (
            CommitmentTally::new(scope).into(),
            empty().with_commitments(CommitmentTally::new(scope)),
        ),
        (
            SpendTally::new(scope).into(),
            empty().with_spend(SpendTally::new(scope)),
        ),
    ];
    let pairs: Vec<(BookTally, Result<BookTally, Error>)> = pairs;
    assert_eq!(pairs.len(), 14);
    for (alone, put_in) in &pairs {
        assert_eq!(put_in.as_ref(), Ok(alone));
        assert_ne!(alone, &empty());
    }
    let of = |at: usize| &pairs[at].0;
    assert_eq!(of(0).deals(), Some(&DealTally::new(scope)));
    assert_eq!(
        (of(0).deal_detail(), of(1).deal_detail()),
        (None, Some(&DealDetail::new(scope)))
    );
    assert_eq!(of(3).survival(), Some(&SurvivalTally::new(scope)));
    assert_eq!(of(4).spread(), Some(&SpreadTally::new(scope)));
    assert_eq!(of(5).leads(), Some(&LeadTally::new(scope)));
    assert_eq!(
        (of(5).lead_detail(), of(6).lead_detail()),
        (None, Some(&LeadDetail::new(scope)))
    );
    assert_eq!(of(9).team(), Ok(Some(&TeamTally::new(view()))));
    // The last one that is put in is there.
    let both = empty().with_deal_detail(DealDetail::new(scope));
    let both = both.and_then(|tally| tally.with_deals(DealTally::new(scope)));
    assert_eq!(both.as_ref(), Ok(of(0)));
}

#[test]
fn what_needs_more_says_which_tally() {
    let deals = BookTally::from(DealTally::new(q1()));
    assert_eq!(
        in_need(&deals, Undefined::NeedsDealDetail),
        [
            "median_deal_size",
            "average_revenue_per_account",
            "median_sales_cycle",
            "sales_cycle_percentile",
            "deals_older_than",
            "deal_size_percentile",
            "deal_concentration",
        ]
    );
    assert_eq!(
        in_need(&deals, Undefined::NeedsSpreadTally),
        [
            "discounted_deal_rate",
            "discount_percentile",
            "overdue_pipeline",
            "marketing_sourced_pipeline_rate",
            "marketing_sourced_revenue_rate",
            "revenue_concentration",
        ]
    );
    assert_eq!(
        in_need(&deals, Undefined::NeedsSurvivalTally),
        ["corrected_median_cycle", "win_probability_within"]
    );
    let leads = BookTally::from(LeadTally::new(q1()));
    assert_eq!(
        in_need(&leads, Undefined::NeedsLeadDetail),
        [
            "average_response_time",
            "median_response_time",
            "response_time_percentile",
            "response_compliance",
            "touched_lead_rate",
            "contact_persistence",
            "neglected_lead_rate",
            "overloaded_reps",
            "leads_per_rep",
        ]
    );
    let customers = BookTally::from(CustomerTally::new(q1()));
    assert_eq!(
        in_need(&customers, Undefined::NeedsRenewalTally),
        [
            "non_renewal_rate",
            "renewal_rate",
            "on_time_renewal_rate",
            "early_termination_rate",
            "renewal_uplift",
        ]
    );
    assert_eq!(
        in_need(&customers, Undefined::NeedsCommitmentTally),
        [
            "total_contract_value",
            "average_contract_term",
            "multi_year_rate",
            "committed_arr",
        ]
    );
    let renewals = BookTally::from(RenewalTally::new(q1()));
    let needed = in_need(&renewals, Undefined::NeedsCustomerTally);
    assert!(
        needed.contains(&"churn_rate") && needed.contains(&"mrr"),
        "{needed:?}"
    );
    for tally in [&deals, &leads, &customers, &renewals] {
        let none = in_need(tally, Undefined::NoContractsGiven);
        assert!(tally.customers().is_none() || none.is_empty(), "{none:?}");
    }
}

proptest! {
    #![proptest_config(config(24))]

    /// With the same answers as a whole book's, except for what needs more than was given.
    #[test]
    fn a_tally_without_its_detail_gives_the_same_or_says_what_it_needs(business in sparse_businesses()) {
        let whole = BookTally::of(&business.book(), business.scope()).unwrap();
        let mut plain = whole.clone();
        if let Some(deals) = whole.deals() {
            plain = plain.with_deals(deals.clone()).unwrap();
        }
        if let Some(leads) = whole.leads() {
            plain = plain.with_leads(leads.clone()).unwrap();
        }
        for kpi in report::catalog() {
            let found = evaluate(kpi, &plain);
            let reason = found.as_ref().err().and_then(Error::undefined);
            match reason {
                Some(Undefined::NeedsDealDetail) => prop_assert!(whole.deals().is_some()),
                Some(Undefined::NeedsLeadDetail) => prop_assert!(whole.leads().is_some()),
                _ => prop_assert_eq!(found, evaluate(kpi, &whole), "{}", kpi.name()),
            }
        }
    }

    /// Totals without a detail merge as their tallies do.
    #[test]
    fn halves_without_detail_merge_to_the_whole(business in sparse_businesses(), middle in 0_usize..12) {
        let (deals, leads, scope) = (business.deals(), business.joined_leads(), business.scope());
        let tally = |deals: &[Deal], leads: &[Lead]| {
            let tally = BookTally::from(DealTally::of(deals, scope).unwrap());
            tally.with_leads(LeadTally::of(leads, scope).unwrap()).unwrap()
        };
        let (first, second) = deals.split_at(middle.min(deals.len()));
        let (early, late) = leads.split_at(middle.min(leads.len()));
        let mut merged = tally(first, early);
        merged.merge(&tally(second, late)).unwrap();
        prop_assert_eq!(merged, tally(&deals, &leads));
    }
}

fn won(id: &str) -> Deal {
    let on = day("2026-02-20");
    let deal = Deal::new(id, day("2026-01-07"), Outcome::Won { on }, Currency::USD);
    deal.and_then(|deal| deal.with_owner("ada")?.with_amount(100))
        .unwrap()
}

/// A median of half of the deals would be no median, and said by nobody.
#[test]
fn what_only_one_side_has_of_the_same_records_is_not_merged() {
    let deals = || DealTally::of([won("D-1")], q1()).unwrap();
    let roster = Roster::new([Rep::new("ada").unwrap()], []).unwrap();
    let team = TeamTally::of([won("D-2")], q1().with_roster(&roster).unwrap()).unwrap();
    let lead = Lead::new("L-1", instant("2026-01-06T18:30:00+01:00").unwrap()).unwrap();
    let with_detail = BookTally::from(DealDetail::of([won("D-2")], q1()).unwrap());
    let and_purchases = BookTally::from(deals()).with_purchases(PurchaseTally::new(q1()));
    let and_survival = BookTally::from(deals()).with_survival(SurvivalTally::new(q1()));
    let and_spread = BookTally::from(deals()).with_spread(SpreadTally::new(q1()));
    let and_team = BookTally::from(deals()).with_team(team.clone());
    let both = BookTally::from(CustomerTally::new(q1())).with_renewals(RenewalTally::new(q1()));
    let both = both.unwrap();
    let and_commitments =
        BookTally::from(CustomerTally::new(q1())).with_commitments(CommitmentTally::new(q1()));
    let pairs = vec![
        (
            with_detail,
            BookTally::from(deals()),
            "a DealDetail",
            "a DealTally",
        ),
        (
            BookTally::from(LeadDetail::of([&lead], q1()).unwrap()),
            BookTally::from(LeadTally::of([&lead], q1()).unwrap()),
            "a LeadDetail",
            "a LeadTally",
        ),
        (
            and_purchases.unwrap(),
            BookTally::from(deals()),
            "a PurchaseTally",
            "a tally of deals",
        ),
        (
            and_survival.unwrap(),
            BookTally::from(deals()),
            "a SurvivalTally",
            "a tally of deals",
        ),
        (
            and_spread.unwrap(),
            BookTally::from(deals()),
            "a SpreadTally",
            "a tally of deals",
        ),
        (
            and_team.unwrap(),
            BookTally::from(deals()),
            "a TeamTally",
            "a tally of deals",
        ),
        (
            and_commitments.unwrap(),
            BookTally::from(CustomerTally::new(q1())),
            "a CommitmentTally",
            "a CustomerTally",
        ),
        (
            both.clone(),
            BookTally::from(CustomerTally::new(q1())),
            "a RenewalTally",
            "a CustomerTally",
        ),
        (
            both,
            BookTally::from(RenewalTally::new(q1())),
            "a CustomerTally",
            "a RenewalTally",
        ),
    ];
    for (more, less, has, alone) in pairs {
        let text = format!(
            "a book tally with {has} cannot be merged with one that has {alone} without it; fill both alike"
        );
        for (ours, theirs) in [(&more, &less), (&less, &more)] {
            let mut merged = ours.clone();
            let refused = merged.merge(theirs);
            assert!(kind_of(&refused) == Some(ErrorKind::TallyMismatch));
            assert_eq!(refused.unwrap_err().to_string(), text);
            assert_eq!(&merged, ours);
        }
        // What has no such records at all adds nothing.
        let mut merged = BookTally::new(q1());
        merged.merge(&more).unwrap();
        assert_eq!(merged, more);
        let mut merged = less.clone();
        merged.merge(&BookTally::new(q1())).unwrap();
        assert_eq!(merged, less);
    }
    // A team without a deal has won nothing: that is known.
    let mut nobody = BookTally::from(TeamTally::new(q1().with_roster(&roster).unwrap()));
    let somebody = BookTally::from(deals()).with_team(team).unwrap();
    nobody.merge(&somebody).unwrap();
    assert_eq!(nobody, somebody);
}

/// The tally of a book says which records there are, whatever is counted of them.
#[test]
fn a_book_fills_every_detail() {
    let book = Book::new(Currency::USD).with_deals([won("D-1")]).unwrap();
    let tally = BookTally::of(&book, q1()).unwrap();
    assert_eq!(tally.deals(), tally.deal_detail().map(DealDetail::tally));
    assert!(in_need(&tally, Undefined::NeedsDealDetail).is_empty());
    assert!(in_need(&tally, Undefined::NeedsSurvivalTally).is_empty());
    assert!(in_need(&tally, Undefined::NeedsSpreadTally).is_empty());
}

/// By itself it says on how many deals its figures rest.
#[test]
fn a_spread_alone_has_its_samples() {
    let tally = BookTally::from(SpreadTally::of([won("D-1")], q1()).unwrap());
    let sample = |name| report::find(name).unwrap().sample(&Inputs::new(&tally));
    assert_eq!(sample("overdue_pipeline"), Some(0));
    assert_eq!(sample("revenue_concentration"), Some(0));
    assert_eq!(sample("marketing_sourced_revenue_rate"), Some(0));
    assert_eq!(sample("discount_percentile"), Some(0));
}

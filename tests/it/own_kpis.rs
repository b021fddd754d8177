//! KPIs of one's own: beside those of the catalog, and as they are.

use proptest::prelude::*;
use sales_metrics::report::{
    Better, Earlier, Family, Inputs, Kpi, Leaderboard, Line, Needs, Parameter, Parameters, Reading,
    Records, Report, ReportPlan, Table, Timing, Unit, Value, catalog, find,
};
use sales_metrics::{
    Book, BookTally, Currency, Deal, DealDetail, Decimal, Dimension, Error, ErrorKind, Length,
    Outcome, Rate, Undefined, kpi,
};

use crate::business::sparse_businesses;
use crate::support::{config, day, scope, usd};

/// A twin of a KPI of the catalog, under a name of its own.
fn twin(
    name: &str,
    evaluate: impl Fn(&Inputs<'_>) -> Result<Value, Error> + Send + Sync + 'static,
) -> Kpi {
    let of = find(name).unwrap();
    let own = Kpi::own(
        &format!("own_{name}"),
        &format!("own {}", of.label()),
        of.family(),
        of.unit(),
        of.better(),
        evaluate,
    );
    let own = own.unwrap().with_timing(of.timing());
    let own = own.with_needs(of.needs().iter().copied());
    let size = move |inputs: &Inputs<'_>| of.sample(inputs).ok_or(Undefined::Own("none").into());
    if of.is_estimate() {
        own.with_estimate_sample(size)
    } else {
        own.with_sum_sample(size)
    }
}

/// One of each kind of input, by the functions of `kpi`.
fn twins() -> Vec<Kpi> {
    vec![
        twin("win_rate", |inputs| {
            Ok(kpi::win_rate(inputs.deals()?)?.into())
        }),
        twin("median_deal_size", |inputs| {
            Ok(kpi::median_deal_size(inputs.detail()?)?.into())
        }),
        twin("revenue_growth", |inputs| {
            Ok(kpi::revenue_growth(inputs.deals()?, inputs.previous()?.deals()?)?.into())
        }),
        twin("rule_of_40", |inputs| {
            let before = inputs.year_before()?;
            let growth = kpi::revenue_growth(inputs.deals()?, before.deals()?)?;
            Ok(kpi::rule_of_40(growth, *inputs.operating_margin()?)?.into())
        }),
        twin("pipeline_coverage", |inputs| {
            Ok(kpi::pipeline_coverage(inputs.deals()?, *inputs.target()?)?.into())
        }),
        twin("response_compliance", |inputs| {
            let within = inputs.parameters().response_limit();
            Ok(kpi::response_compliance(inputs.lead_detail()?, within)?.into())
        }),
        twin("leads_per_rep", |inputs| {
            Ok(kpi::leads_per_rep(inputs.lead_detail()?, inputs.reps()?)?.into())
        }),
        twin("quota_attainment", |inputs| {
            Ok(kpi::quota_attainment(inputs.team()?)?.into())
        }),
        twin("ramp_time", |inputs| {
            Ok(kpi::ramp_time(inputs.history()?)?.into())
        }),
        twin("churn_rate", |inputs| {
            Ok(kpi::churn_rate(inputs.customers()?)?.into())
        }),
        twin("renewal_rate", |inputs| {
            Ok(kpi::renewal_rate(inputs.renewals()?)?.into())
        }),
        twin("customer_acquisition_cost", |inputs| {
            Ok(kpi::customer_acquisition_cost(inputs.spend()?, inputs.purchases()?)?.into())
        }),
        twin("selling_time", |inputs| {
            Ok(kpi::selling_time(inputs.work_time()?)?.into())
        }),
        twin("activities_per_rep_per_day", |inputs| {
            let kind = inputs.parameters().activity_kind();
            inputs.activities()?;
            Ok(kpi::activities_per_rep_per_day(inputs.reps()?, kind, inputs.calendar()?)?.into())
        }),
        // And what the catalog says by itself.
        twin("ltv_to_cac", |inputs| find("LTV:CAC")?.evaluate(inputs)),
    ]
}

fn parameters() -> Parameters {
    Parameters::new()
        .with_response_limit(Length::hours(30))
        .with_target(usd("77000"))
}

proptest! {
    #![proptest_config(config(32))]

    /// In every column and every group an own KPI reads what the catalog's reads, and is shown where it is shown.
    #[test]
    fn a_twin_is_its_kpi(business in sparse_businesses(), by in prop::option::of(Just(Dimension::Rep))) {
        let own = twins();
        let mut plan = ReportPlan::new(business.scope()).with_own_kpis(&own).with_parameters(parameters());
        if let Some(by) = by {
            plan = plan.with_dimension(by);
        }
        let book = business.book();
        let report = match Report::of(&book, &plan) {
            Ok(report) => report,
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::UnknownDimension);
                prop_assert!(!book.dimensions().contains(&Dimension::Rep));
                return Ok(());
            }
        };
        for section in report.sections() {
            for twin in &own {
                let name = twin.name().strip_prefix("own_").unwrap();
                let (found, expected) = (section.line(twin.name()), section.line(name));
                prop_assert_eq!(found.is_some(), expected.is_some(), "{}", name);
                let (Some(found), Some(expected)) = (found, expected) else { continue };
                prop_assert_eq!(found.title(), format!("own {}", expected.title()));
                // Nobody knows of a user's own which spend it is of.
                let said = |reading: &Reading| (reading.value.clone(), reading.sample, reading.is_small);
                prop_assert_eq!(said(found.now()), said(expected.now()), "{}", name);
                prop_assert_eq!(found.previous().map(said), expected.previous().map(said), "{}", name);
                prop_assert_eq!(found.year_before().map(said), expected.year_before().map(said), "{}", name);
            }
        }
    }
}

fn won(id: &str, owner: &str, amount: u32) -> Deal {
    let outcome = Outcome::Won {
        on: day("2026-02-20"),
    };
    Deal::new(id, day("2026-01-07"), outcome, Currency::USD)
        .and_then(|deal| deal.with_owner(owner)?.with_amount(amount))
        .unwrap()
}

fn book() -> Book {
    let deals = [
        won("D-1", "ada", 12_500),
        won("D-2", "ada", 9_000),
        won("D-3", "bob", 20_000),
    ];
    Book::new(Currency::USD).with_deals(deals).unwrap()
}

/// How many of the wins are of 10,000 dollars and more.
fn large() -> Kpi {
    let limit = usd("10000");
    let family = Family::Own("size");
    let large = Kpi::own(
        "large",
        "large deals",
        family,
        Unit::Rate,
        Better::Up,
        move |inputs| {
            let sizes = inputs.detail()?.sizes();
            let share = Decimal::from(sizes.count_above(limit)).checked_div(sizes.count().into());
            Rate::from_fraction(share.ok_or(Undefined::Own("no win has an amount"))?)
        },
    );
    large
        .unwrap()
        .with_needs([Needs::Records(Records::Deals)])
        .with_estimate_sample(|inputs| Ok(inputs.detail()?.sizes().count()))
}

fn line(kpi: &Kpi, plan: ReportPlan) -> (Line, String) {
    let report = Report::of(&book(), &plan.with_kpis([kpi])).unwrap();
    (report.sections()[0].lines()[0].clone(), report.to_string())
}

/// Its own threshold stands above the plan's, both ways, and the footnote says so.
#[test]
fn few_records_are_flagged_by_the_kpis_own_threshold() {
    let plan = || ReportPlan::new(scope("2026-Q1"));
    let flagged = |least: Option<u64>, of_plan: u64| {
        let kpi = least.map_or_else(large, |least| large().with_least_sample(least));
        let (line, text) = line(&kpi, plan().with_least_sample(of_plan));
        let note = text.lines().find_map(|line| line.strip_prefix("* "));
        assert_eq!(line.now().is_small, note.is_some());
        note.map(ToOwned::to_owned)
    };
    assert_eq!(flagged(None, 3), None);
    assert_eq!(flagged(None, 4).unwrap(), "fewer than 4 records");
    assert_eq!(flagged(Some(3), 4), None);
    assert_eq!(
        flagged(Some(4), 3).unwrap(),
        "large deals: fewer than 4 records"
    );
    // A sum is what it is.
    let sum = large().with_sum_sample(|_| Ok(1)).with_least_sample(4);
    assert!(!line(&sum, plan()).0.now().is_small);
    // Where the sample is not known, nothing is said of it.
    let none = large().with_estimate_sample(|_| Err(Undefined::NoDealsGiven.into()));
    assert_eq!(line(&none, plan()).0.now().sample, None);
}

#[test]
fn both_thresholds_are_named_each_once() {
    let strict = large().with_least_sample(9);
    let kpis = [&strict, find("win_rate").unwrap()];
    let plan = ReportPlan::new(scope("2026-Q1")).with_kpis(kpis);
    let by_rep = plan.with_dimension(Dimension::Rep);
    let text = Report::of(&book(), &by_rep).unwrap().to_string();
    let notes: Vec<&str> = text.lines().filter(|line| line.starts_with('*')).collect();
    assert_eq!(
        notes,
        ["* fewer than 30 records; large deals: fewer than 9 records"]
    );
}

#[test]
fn a_report_has_it_as_text_and_as_json() {
    let none = scope("2026-Q1");
    let strict = large().with_least_sample(9);
    let kpis = [find("total_revenue").unwrap(), &strict];
    let report = Report::of(&book(), &ReportPlan::new(none).with_kpis(kpis)).unwrap();
    let text = report.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "                                 2026-Q1  2025-Q4  2025-Q1  n",
            "revenue",
            "  total revenue  USD  lagging  41,500.00     0.00     0.00  3",
            "size",
            "  large deals         lagging      66.7%      – ¹      – ¹  3 *",
            "",
            "* large deals: fewer than 9 records",
            "",
            "¹ no win has an amount",
        ]
    );
    let json = serde_json::to_value(&report).unwrap();
    let line = &json["sections"][0]["lines"][1];
    let expected = serde_json::json!({
        "kpi": "large",
        "title": "large deals",
        "family": "size",
        "better": "up",
        "timing": "lagging",
        "least_sample": 9,
        "now": {
            "value": {"unit": "rate", "value": "0.6666666666666666666666666667"},
            "sample": 3,
            "small_sample": true,
        },
        "previous": {
            "undefined": "own",
            "reason": "no win has an amount",
            "sample": 0,
            "small_sample": false,
        },
        "year_before": {
            "undefined": "own",
            "reason": "no win has an amount",
            "sample": 0,
            "small_sample": false,
        },
    });
    assert_eq!(*line, expected);
}

#[test]
fn tables_and_rankings_take_it_beside_the_catalogs() {
    let (book, q1) = (book(), scope("2026-Q1"));
    let board = Leaderboard::of(&book, q1, &Dimension::Rep, &large()).unwrap();
    let places = board.places().iter();
    let groups: Vec<&str> = places
        .map(|place| place.group.as_deref().unwrap())
        .collect();
    assert_eq!(groups, ["bob", "ada"]);

    let tally = BookTally::of(&book, q1).unwrap();
    let large = large();
    let by_value = Table::new([large.clone(), find("win_rate").unwrap().clone()]);
    let by_reference = Table::new([&large, find("win_rate").unwrap()]);
    let texts = [by_value, by_reference].map(|table| {
        let table = table.with_column("2026-Q1", Inputs::new(&tally));
        table.to_string()
    });
    assert_eq!(texts[0], texts[1]);
    assert!(
        texts[0].contains("size\n  large deals       66.7%\n"),
        "{}",
        texts[0]
    );
    // Of the catalog alone, too.
    assert!(Table::new(catalog()).to_string().contains("win rate"));
}

#[test]
fn it_says_what_was_said_of_it() {
    let plain = large();
    assert_eq!(plain.timing(), Timing::Lagging);
    assert_eq!(
        (plain.question(), plain.formula(), plain.abbreviation()),
        (None, None, None)
    );
    assert_eq!(plain.least_sample(), None);
    let said = plain
        .clone()
        .with_timing(Timing::Leading)
        .with_needs([
            Needs::Parameter(Parameter::Percentile),
            Needs::Earlier(Earlier::Previous),
        ])
        .with_question("How many of the wins are large?")
        .with_abbreviation("LDR")
        .unwrap()
        .with_formula("large wins / wins with an amount")
        .with_least_sample(7)
        .with_label("Großaufträge")
        .unwrap();
    let json = [
        r#"{"name":"large","label":"Großaufträge","abbreviation":"LDR","#,
        r#""question":"How many of the wins are large?","formula":"large wins / wins with an amount","#,
        r#""family":"size","unit":"rate","better":"up","timing":"leading","needs":["percentile","previous"],"#,
        r#""least_sample":7}"#,
    ];
    assert_eq!(serde_json::to_string(&said).unwrap(), json.concat());
    // What it was made from is as it was.
    assert_eq!((plain.label(), plain.needs().len()), ("large deals", 1));
    let tally = BookTally::of(&book(), scope("2026-Q1")).unwrap();
    assert_eq!(said.title(&Inputs::new(&tally)), "Großaufträge (90%)");
}

#[test]
fn one_of_the_catalog_under_another_label_is_itself() {
    let win_rate = find("win_rate").unwrap();
    let german = win_rate.clone().with_label("Gewinnrate").unwrap();
    let (line, text) = line(&german, ReportPlan::new(scope("2026-Q1")));
    assert!(text.contains("  Gewinnrate"), "{text}");
    assert_eq!(line.kpi(), win_rate);
    assert_eq!(win_rate.label(), "win rate");
    // What is read of it is what the catalog's reads, in every column.
    let (plain, _) = self::line(win_rate, ReportPlan::new(scope("2026-Q1")));
    assert_eq!(line.now(), plain.now());
    assert_eq!(line.previous(), plain.previous());
    assert_eq!(line.year_before(), plain.year_before());
    assert_eq!(line.title(), "Gewinnrate");
    assert_eq!(
        (german.question(), german.formula()),
        (win_rate.question(), win_rate.formula())
    );
    // In its own words in any writing.
    let same = win_rate.clone().with_label("Win Rate").unwrap();
    assert_eq!(same.label(), "Win Rate");
    let error = win_rate.clone().with_label("two\nlines").unwrap_err();
    assert_eq!(
        (error.kind(), error.field()),
        (ErrorKind::InvalidId, Some("label"))
    );
}

/// By whatever `find` has one of the catalog, another is not called.
#[test]
fn what_the_catalog_is_called_is_taken() {
    let own = |name: &str, label: &str| {
        let family = Family::Own("mine");
        Kpi::own(name, label, family, Unit::Count, Better::Up, |_| Ok(1_u64))
    };
    let refused = |kpi: Result<Kpi, Error>, field: &str, text: &str| {
        let error = kpi.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DuplicateKpi);
        assert_eq!(
            (error.field(), error.to_string()),
            (Some(field), text.to_owned())
        );
    };
    let nrr = |field: &str| {
        format!("net_revenue_retention is a KPI of the catalog; give your own another {field}")
    };
    let mine = || own("mine", "my figure").unwrap();
    refused(own("NRR", "mine"), "name", &nrr("name"));
    refused(own("net revenue-retention", "mine"), "name", &nrr("name"));
    refused(own("mine", "Net Revenue Retention"), "label", &nrr("label"));
    refused(own("mine", "nrr"), "label", &nrr("label"));
    refused(mine().with_label("NRR"), "label", &nrr("label"));
    refused(
        mine().with_abbreviation("NRR"),
        "abbreviation",
        &nrr("abbreviation"),
    );
    // One of the catalog is not called as another is.
    let churn = find("churn_rate").unwrap();
    refused(churn.clone().with_label("NRR"), "label", &nrr("label"));
    assert!(churn.clone().with_abbreviation("CR").is_ok());
    for kpi in catalog() {
        let same = kpi.clone().with_label(kpi.label()).unwrap();
        assert_eq!(same.label(), kpi.label());
        for text in [Some(kpi.label()), kpi.abbreviation(), kpi.question()] {
            let Some(text) = text else { continue };
            assert_eq!(
                own(text, "mine").unwrap_err().kind(),
                ErrorKind::DuplicateKpi,
                "{text}"
            );
        }
    }
}

#[test]
fn a_name_of_the_catalog_is_taken_in_any_writing() {
    for kpi in catalog() {
        for name in [kpi.name().to_owned(), kpi.name().to_uppercase()] {
            let own = Kpi::own(&name, "mine", kpi.family(), Unit::Count, Better::Up, |_| {
                Ok(1_u64)
            });
            assert_eq!(own.unwrap_err().kind(), ErrorKind::DuplicateKpi, "{name}");
        }
    }
}

/// A report of all that the book can tell has those of one's own for which it has the records.
#[test]
fn own_kpis_are_shown_where_there_is_what_they_need() {
    let of_leads = Kpi::own(
        "mine",
        "mine",
        Family::Lead,
        Unit::Count,
        Better::Up,
        |_| Ok(1_u64),
    );
    let of_leads = of_leads
        .unwrap()
        .with_needs([Needs::Records(Records::Leads)]);
    let own = [large(), of_leads];
    let plan = ReportPlan::new(scope("2026-Q1")).with_own_kpis(&own);
    let report = Report::of(&book(), &plan).unwrap();
    let section = &report.sections()[0];
    let shown = |name: &str| section.line(name).is_some();
    assert!(shown("large") && shown("win_rate"));
    assert!(!shown("mine") && !shown("qualified_leads"));
    // Behind a choice they are a part of it.
    let chosen = Report::of(&book(), &plan.with_kpis([find("win_rate").unwrap()])).unwrap();
    let lines = chosen.sections()[0].lines().iter();
    let names: Vec<&str> = lines.map(|line| line.kpi().name()).collect();
    assert_eq!(names, ["win_rate", "large", "mine"]);
}

#[test]
fn a_kpi_is_a_reference() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) -> usize {
        size_of::<T>()
    }
    assert!(shared(&large()) <= 16);
    let of_crate: &'static [Kpi] = catalog();
    assert_eq!(of_crate[0].clone(), of_crate[0]);
    // On other threads as well.
    let kpi = large();
    let tally: BookTally = DealDetail::of([won("D-1", "ada", 12_500)], scope("2026-Q1"))
        .unwrap()
        .into();
    let value = std::thread::spawn(move || kpi.evaluate(&Inputs::new(&tally)));
    assert_eq!(value.join().unwrap().unwrap().to_string(), "100%");
}

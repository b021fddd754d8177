//! What holds for every tally, written once: a new kind of tally is one more `laws!` beside its tests, those of deals at the end.

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::tally::DealTotals;
use sales_metrics::{Currency, Deal, DealDetail, DealTally, Outcome, Scope, SpreadTally};

use crate::support::{
    MOST, Raw, build, complaint, config, dec, many_deals, scope, scopes, too_many_records,
};

/// Into how many parts records are split.
pub(crate) const PARTS: usize = 4;

/// Records and a part for each of them.
pub(crate) fn split<R: Clone + core::fmt::Debug>(
    records: impl Strategy<Value = Vec<R>>,
) -> impl Strategy<Value = Vec<(usize, R)>> {
    records.prop_flat_map(|records| {
        let parts = proptest::collection::vec(0..PARTS, records.len());
        parts.prop_map(move |parts| parts.into_iter().zip(records.clone()).collect())
    })
}

pub(crate) fn part<R: Clone>(split: &[(usize, R)], part: usize) -> Vec<R> {
    let chosen = split.iter().filter(|(at, _)| *at == part);
    chosen.map(|(_, record)| record.clone()).collect()
}

/// `scope` and some that differ from it in one thing.
pub(crate) fn other_scopes(scope: Scope) -> Vec<Scope> {
    let day = scope.as_of_day();
    let others = [
        scope
            .period()
            .next()
            .map(|period| Scope::new(period, scope.currency()).as_of(day).unwrap()),
        Scope::new(scope.period(), Currency::EUR).as_of(day),
        scope.as_of(day.pred_opt().unwrap()),
    ];
    others.into_iter().flatten().collect()
}

/// - `$records`: a strategy for many records;
/// - `$view`: what the tally takes as its scope, made of a scope;
/// - `$key`: what to group by.
macro_rules! laws {
    ($name:ident: $tally:ty {
        records: $records:expr, view: $view:expr => $type:ty, key: $key:expr $(,)?
    }) => {
        mod $name {
            #[allow(unused_imports, reason = "whatever the strategies need")]
            use super::*;
            #[allow(unused_imports, reason = "its own laws have them already")]
            use $crate::laws::*;

            fn view(scope: Scope) -> $type {
                ($view)(scope)
            }

            fn merged(mut a: $tally, b: &$tally) -> $tally {
                a.merge(b).unwrap();
                a
            }

            fn json(tally: &$tally) -> String {
                serde_json::to_string(tally).unwrap()
            }

            proptest! {
                #![proptest_config(config(160))]

                #[test]
                fn nothing_is_the_identity(records in $records, scope in scopes()) {
                    let tally = <$tally>::of(&records, view(scope)).unwrap();
                    let nothing = <$tally>::new(view(scope));
                    prop_assert_eq!(&<$tally>::of(&records[..0], view(scope)).unwrap(), &nothing);
                    prop_assert_eq!(&merged(nothing.clone(), &tally), &tally);
                    prop_assert_eq!(&merged(tally.clone(), &nothing), &tally);
                }

                #[test]
                fn merging_is_associative_and_commutative(
                    a in $records, b in $records, c in $records, scope in scopes(),
                ) {
                    let [a, b, c] = [a, b, c].map(|records| <$tally>::of(&records, view(scope)).unwrap());
                    let left = merged(merged(a.clone(), &b), &c);
                    let right = merged(a.clone(), &merged(b.clone(), &c));
                    prop_assert_eq!(&left, &right);
                    prop_assert_eq!(json(&left), json(&right));
                    prop_assert_eq!(merged(a.clone(), &b), merged(b, &a));
                }

                #[test]
                fn order_leaves_no_trace(
                    (records, shuffled) in $records.prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle())),
                    scope in scopes(),
                ) {
                    let tally = <$tally>::of(&records, view(scope)).unwrap();
                    let other = <$tally>::of(&shuffled, view(scope)).unwrap();
                    prop_assert_eq!(&tally, &other);
                    prop_assert_eq!(json(&tally), json(&other));
                }

                #[test]
                fn any_split_merges_to_the_whole(split in split($records), scope in scopes()) {
                    let all: Vec<_> = split.iter().map(|(_, record)| record.clone()).collect();
                    let whole = <$tally>::of(&all, view(scope)).unwrap();
                    let mut sum = <$tally>::new(view(scope));
                    for at in 0..PARTS {
                        sum.merge(&<$tally>::of(part(&split, at), view(scope)).unwrap()).unwrap();
                    }
                    prop_assert_eq!(&sum, &whole);
                    prop_assert_eq!(json(&sum), json(&whole));
                }

                #[test]
                fn one_by_one_is_as_all_at_once(records in $records, scope in scopes()) {
                    let mut tally = <$tally>::new(view(scope));
                    for record in &records {
                        tally.record(record).unwrap();
                    }
                    let whole = <$tally>::of(&records, view(scope)).unwrap();
                    prop_assert_eq!(&tally, &whole);
                    prop_assert_eq!(json(&tally), json(&whole));
                    prop_assert_eq!(tally.scope(), scope);
                    prop_assert_eq!(<$tally>::of(records, view(scope)).unwrap(), whole);
                }

                #[test]
                fn groups_are_tallies_of_their_records_and_merge_to_the_whole(
                    records in $records, scope in scopes(),
                ) {
                    let groups = <$tally>::by(&records, view(scope), $key).unwrap();
                    let mut sum = <$tally>::new(view(scope));
                    for (key, group) in &groups {
                        let members = records.iter().filter(|record| ($key)(record) == *key);
                        prop_assert_eq!(group, &<$tally>::of(members, view(scope)).unwrap());
                        sum.merge(group).unwrap();
                    }
                    prop_assert_eq!(sum, <$tally>::of(&records, view(scope)).unwrap());
                }

                #[test]
                fn a_series_is_a_tally_for_each_scope(
                    records in $records,
                    scopes in proptest::collection::vec(scopes(), 0..5),
                ) {
                    let series = <$tally>::series(&records, scopes.iter().copied().map(view)).unwrap();
                    let apart: Vec<_> = scopes
                        .iter()
                        .map(|scope| <$tally>::of(&records, view(*scope)).unwrap())
                        .collect();
                    prop_assert_eq!(series, apart);
                }

                #[test]
                fn a_grid_is_a_series_for_each_group(
                    (records, shuffled) in $records.prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle())),
                    scopes in proptest::collection::vec(scopes(), 0..4),
                ) {
                    let views = || scopes.iter().copied().map(view);
                    let key = |record: &_| format!("{:?}", ($key)(record));
                    let grid = <$tally>::grid(&records, views(), key).unwrap();
                    // A stream gives its records away, in any order.
                    prop_assert_eq!(&<$tally>::grid(shuffled, views(), key).unwrap(), &grid);
                    let keys: std::collections::BTreeSet<String> = records.iter().map(key).collect();
                    prop_assert!(grid.groups().map(|(key, _)| key).eq(&keys));
                    for (group, row) in grid.groups() {
                        let members = records.iter().filter(|record| key(*record) == *group);
                        prop_assert_eq!(row, <$tally>::series(members, views()).unwrap());
                        prop_assert_eq!(grid.group(group), Some(row));
                    }
                    prop_assert!(grid.scopes().eq(scopes.iter().copied()));
                    prop_assert_eq!(grid.series().unwrap(), <$tally>::series(&records, views()).unwrap());
                    for (at, (scope, column)) in grid.periods().enumerate() {
                        let cells = grid.groups().map(|(key, row)| (key, &row[at]));
                        prop_assert!(column.eq(cells));
                        let first = scopes.iter().position(|other| *other == scope).unwrap();
                        for (key, row) in grid.groups() {
                            prop_assert_eq!(grid.get(key, scope), Some(&row[first]));
                        }
                    }
                }

                #[test]
                fn grids_of_split_records_merge_to_the_whole(
                    split in split($records), scopes in proptest::collection::vec(scopes(), 1..4),
                ) {
                    let grid = |records: Vec<_>, scopes: &[Scope]| {
                        let views = scopes.iter().copied().map(view);
                        <$tally>::grid(records, views, |record| format!("{:?}", ($key)(record))).unwrap()
                    };
                    let whole = grid(split.iter().map(|(_, record)| record.clone()).collect(), &scopes);
                    for order in [[0, 1, 2, 3], [3, 1, 0, 2]] {
                        let mut sum = grid(Vec::new(), &scopes);
                        for at in order {
                            sum.merge(&grid(part(&split, at), &scopes)).unwrap();
                        }
                        prop_assert_eq!(&sum, &whole);
                    }
                    let mut kept = whole.clone();
                    let (last, rest) = scopes.split_last().unwrap();
                    let others = other_scopes(*last).into_iter().map(|other| [rest, &[other]].concat());
                    for others in others.chain([rest.to_vec(), [&scopes[..], &[*last]].concat()]) {
                        let refused = $crate::support::kind_of(&kept.merge(&grid(Vec::new(), &others)));
                        prop_assert_eq!(refused, Some(sales_metrics::ErrorKind::ScopeMismatch));
                        prop_assert_eq!(&kept, &whole);
                    }
                }

                #[test]
                fn json_round_trip(records in $records, scope in scopes()) {
                    let tally = <$tally>::of(&records, view(scope)).unwrap();
                    let text = json(&tally);
                    let back: $tally = serde_json::from_str(&text).unwrap();
                    prop_assert_eq!(&back, &tally);
                    prop_assert_eq!(json(&back), text);
                    // What was read goes on as what was written.
                    let twice = merged(back, &tally);
                    prop_assert_eq!(twice, merged(tally.clone(), &tally));
                }

                #[test]
                fn what_was_read_goes_on(
                    records in $records, scope in scopes(), at in any::<prop::sample::Index>(),
                ) {
                    let (first, rest) = records.split_at(at.index(records.len() + 1));
                    let first = json(&<$tally>::of(first, view(scope)).unwrap());
                    let mut counted: $tally = serde_json::from_str(&first).unwrap();
                    let sum = merged(counted.clone(), &<$tally>::of(rest, view(scope)).unwrap());
                    for record in rest {
                        counted.record(record).unwrap();
                    }
                    let whole = <$tally>::of(&records, view(scope)).unwrap();
                    prop_assert_eq!(&counted, &whole);
                    prop_assert_eq!(&sum, &whole);
                }

                /// Recorded, merged into and out of, written and read: each step leaves the totals of one pass.
                #[test]
                fn totals_are_current_at_every_step(steps in split($records), scope in scopes()) {
                    let of = |records: &[_]| <$tally>::of(records, view(scope)).unwrap();
                    let mut tally = <$tally>::new(view(scope));
                    let mut counted = Vec::new();
                    for (step, record) in steps {
                        let one = core::slice::from_ref(&record);
                        match step {
                            0 => tally.merge(&of(one)).unwrap(),
                            1 => tally = merged(of(one), &tally),
                            2 => {
                                tally = serde_json::from_str(&json(&tally)).unwrap();
                                tally.record(&record).unwrap();
                            }
                            _ => tally.record(&record).unwrap(),
                        }
                        counted.push(record);
                        let whole = of(&counted);
                        prop_assert_eq!(tally.totals(), whole.totals());
                    }
                }

                #[test]
                fn another_scope_is_not_merged(records in $records, scope in scopes()) {
                    let mut tally = <$tally>::of(&records, view(scope)).unwrap();
                    let (before, text) = (tally.clone(), json(&tally));
                    for found in other_scopes(scope) {
                        let refused = format!("a tally of {found} cannot be merged into one of {scope}; tally both in one scope");
                        let other = <$tally>::new(view(found));
                        prop_assert_eq!($crate::support::complaint(tally.merge(&other)), (sales_metrics::ErrorKind::ScopeMismatch, refused));
                        prop_assert_eq!(&tally, &before);
                        prop_assert_eq!(json(&tally), text.clone());
                    }
                }
            }
        }
    };
}

/// What holds for every tally of one currency besides:
/// - `$foreign`: a record in euros and how an error names it.
macro_rules! foreign_laws {
    ($name:ident: $tally:ty {
        records: $records:expr, key: $key:expr, foreign: $foreign:expr $(,)?
    }) => {
        mod $name {
            #[allow(unused_imports, reason = "whatever the strategies need")]
            use super::*;

            fn json(tally: &$tally) -> String {
                serde_json::to_string(tally).unwrap()
            }

            proptest! {
                #![proptest_config(config(160))]

                #[test]
                fn a_foreign_record_changes_nothing(records in $records, scope in scopes()) {
                    let mut tally = <$tally>::of(&records, scope).unwrap();
                    let (before, text) = (tally.clone(), json(&tally));
                    let (foreign, name) = $foreign;
                    let refused = $crate::support::in_euros(&name);
                    prop_assert_eq!($crate::support::complaint(tally.record(&foreign)), refused.clone());
                    prop_assert_eq!(&tally, &before);
                    prop_assert_eq!(json(&tally), text);

                    let mut mixed = records.clone();
                    mixed.push(foreign);
                    prop_assert_eq!($crate::support::complaint(<$tally>::of(&mixed, scope)), refused.clone());
                    prop_assert_eq!($crate::support::complaint(<$tally>::by(&mixed, scope, $key)), refused.clone());
                    prop_assert_eq!($crate::support::complaint(<$tally>::series(&mixed, [scope])), refused.clone());
                    let key = |record: &_| format!("{:?}", ($key)(record));
                    prop_assert_eq!($crate::support::complaint(<$tally>::grid(&mixed, [scope], key)), refused);
                }
            }
        }
    };
}

/// What holds for tallies of money besides:
/// - `$foreign`: a record in euros and how an error names it;
/// - `$heavy`: a record and a scope, and how many of it a tally can just hold.
macro_rules! money_laws {
    ($name:ident: $tally:ty {
        records: $records:expr, key: $key:expr, foreign: $foreign:expr, heavy: $heavy:expr $(,)?
    }) => {
        mod $name {
            use super::*;

            $crate::laws::foreign_laws!(foreign: $tally {
                records: $records, key: $key, foreign: $foreign,
            });

            fn json(tally: &$tally) -> String {
                serde_json::to_string(tally).unwrap()
            }

            #[test]
            fn what_is_too_much_changes_nothing() {
                let (record, scope, most) = $heavy;
                let mut tally = <$tally>::of(std::iter::repeat_n(&record, most), scope).unwrap();
                let (before, text) = (tally.clone(), json(&tally));
                let refused = tally.record(&record).unwrap_err();
                assert!(refused.kind() == sales_metrics::ErrorKind::TotalTooLarge, "{refused}");
                assert_eq!((&tally, json(&tally)), (&before, text.clone()));

                let mut one_more = <$tally>::new(scope);
                one_more.record(&record).unwrap();
                let refused = tally.merge(&one_more).unwrap_err();
                assert!(refused.kind() == sales_metrics::ErrorKind::TotalTooLarge, "{refused}");
                assert_eq!((&tally, json(&tally)), (&before, text));
                let one = one_more.clone();
                assert!(one_more.merge(&tally).is_err());
                assert_eq!(one_more, one);
                // Of two groups, one fits and the other does not: neither is added.
                let grid = |keys: &[u8]| {
                    let mut keys = keys.iter();
                    let records = std::iter::repeat_n(&record, keys.len());
                    <$tally>::grid(records, [scope], |_| *keys.next().unwrap()).unwrap()
                };
                let mut full = grid(&[&[1][..], &vec![2; most]].concat());
                let (before, small) = (full.clone(), grid(&[1, 2, 3]));
                let refused = full.merge(&small).unwrap_err();
                assert!(refused.kind() == sales_metrics::ErrorKind::TotalTooLarge, "{refused}");
                assert_eq!(full, before);
                assert!(grid(&[&[1][..], &vec![2; most]].concat()).series().is_err());
            }
        }
    };
}

#[allow(
    unused_imports,
    reason = "not every kind of tally can be filled up by records"
)]
pub(crate) use money_laws;
pub(crate) use {foreign_laws, laws};

fn foreign_deal() -> (Deal, String) {
    let won = Outcome::Won {
        on: "2024-02-29".parse().unwrap(),
    };
    let mut raw = Raw::new("2024-01-31", won);
    (raw.amount, raw.account) = (Some(10_000), Some("Acme"));
    (raw.deal("F-1", Currency::EUR), "deal F-1".to_owned())
}

/// 10¹⁴ at 100 %: 79,228 of them fit in 96 bits of units of 10⁻¹⁰.
fn heavy_deal() -> (Deal, Scope, usize) {
    let mut raw = Raw::new("2024-01-31", Outcome::Open);
    (raw.amount, raw.probability) = (Some(MOST), Some(1_000_000));
    (raw.deal("H-1", Currency::USD), scope("2024-Q1"), 79_228)
}

fn owner(deal: &Deal) -> Option<&str> {
    deal.owner().map(AsRef::as_ref)
}

laws!(deal_tally: DealTally {
    records: many_deals(), view: core::convert::identity => Scope, key: owner,
});
money_laws!(money_of_deal_tally: DealTally {
    records: many_deals(), key: owner, foreign: foreign_deal(), heavy: heavy_deal(),
});
laws!(deal_detail: DealDetail {
    records: many_deals(), view: core::convert::identity => Scope, key: owner,
});
money_laws!(money_of_deal_detail: DealDetail {
    records: many_deals(), key: owner, foreign: foreign_deal(), heavy: heavy_deal(),
});
laws!(spread_tally: SpreadTally {
    records: many_deals(), view: core::convert::identity => Scope, key: owner,
});
money_laws!(money_of_spread_tally: SpreadTally {
    records: many_deals(), key: owner, foreign: foreign_deal(), heavy: heavy_deal(),
});

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_detail_holds_the_very_tally(records in many_deals(), scope in scopes()) {
        let detail = DealDetail::of(&records, scope).unwrap();
        let tally = DealTally::of(&records, scope).unwrap();
        prop_assert_eq!(detail.tally(), &tally);
        let spread = SpreadTally::of(&records, scope).unwrap();
        prop_assert_eq!(spread.tally(), &tally);
    }

    /// What records add up to is accepted as ready-made totals.
    #[test]
    fn totals_of_records_are_totals(records in many_deals(), scope in scopes()) {
        let tally = DealTally::of(&records, scope).unwrap();
        prop_assert_eq!(&DealTally::from_totals(scope, *tally.totals()).unwrap(), &tally);
    }

    /// A part of the keys is enough to group by, and keys may be of any kind.
    #[test]
    fn groups_by_a_computed_key(records in many_deals(), scope in scopes(), modulus in select(vec![1_usize, 2, 3])) {
        let groups = DealTally::by(&records, scope, |deal| deal.id().as_str().len() % modulus).unwrap();
        let counted: u64 = groups.values().map(|group| group.totals().records().unwrap()).sum();
        prop_assert_eq!(counted, records.len() as u64);
    }
}

/// The last record that fits, and the one after it.
#[test]
fn a_tally_takes_ten_billion_records_and_no_more() {
    let scope = scope("2024-Q1");
    let full = DealTotals::given().records(9_999_999_999);
    let mut tally = DealTally::from_totals(scope, full).unwrap();
    let deal = build(&[Raw::new("2024-02-01", Outcome::Open)]).remove(0);
    tally.record(&deal).unwrap();
    let before = tally.clone();
    assert_eq!(complaint(tally.record(&deal)), too_many_records());
    assert_eq!(tally, before);
    let one = DealTally::of([&deal], scope).unwrap();
    assert_eq!(complaint(tally.merge(&one)), too_many_records());
    assert_eq!(tally, before);
    assert_eq!(tally.totals().records().unwrap(), 10_000_000_000);
}

/// From the first supported day to the last: the longest cycle and the greatest age that there are.
#[test]
fn the_longest_stretch_of_time() {
    let scope = scope("2999");
    let on = "2999-12-31".parse().unwrap();
    let deals = build(&[
        Raw::new("1900-01-01", Outcome::Won { on }),
        Raw::new("1900-01-01", Outcome::Open),
    ]);
    let detail = DealDetail::of(&deals, scope).unwrap();
    let totals = detail.tally().totals();
    assert_eq!(
        (
            totals.won_cycle().unwrap().days,
            totals.open_days().unwrap()
        ),
        (401_766, 401_766)
    );
    let text = serde_json::to_string(&detail).unwrap();
    assert_eq!(serde_json::from_str::<DealDetail>(&text).unwrap(), detail);
}

/// The largest totals that a tally takes are still read out exactly.
#[test]
fn ten_billion_deals_of_the_largest_amount() {
    let amount = dec("1000000000000000000000000").try_into().unwrap();
    let won = sales_metrics::tally::Priced::all(10_000_000_000, amount);
    let totals = DealTotals::given().records(10_000_000_000).won(won);
    let tally = DealTally::from_totals(scope("2024"), totals).unwrap();
    let revenue = sales_metrics::kpi::total_revenue(&tally).unwrap();
    assert_eq!(revenue.to_string(), "1000000000000000000000000 USD");
    let size = sales_metrics::kpi::average_deal_size(&tally).unwrap();
    assert_eq!(size.to_string(), "100000000000000 USD");
}

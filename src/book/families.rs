//! The families of a book: what is tallied of its records, one row each.

use super::depth::Depth;
use super::error::BookProblem;
use super::family::{Apart, Family, Given, Kept};
use super::grouping::Grouping;
use super::groups::Groups;
use super::past::Then;
use super::team_or_fault::TeamOrFault;
use super::{Book, BookTally, Recorded};
use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::tally::{
    ActivityTally, CommitmentTally, CustomerTally, DealDetail, DealTally, FunnelTally, LeadDetail,
    LeadScope, LeadTally, MovementTally, PurchaseTally, RenewalTally, SpendTally, SpreadTally,
    SurvivalTally, WorkTally,
};

/// What the records of a book are looked at in.
trait View {
    fn of(book: &Book, scope: Scope) -> Self;
}

impl View for Scope {
    fn of(_: &Book, scope: Scope) -> Self {
        scope
    }
}

impl View for LeadScope {
    fn of(book: &Book, scope: Scope) -> Self {
        book.lead_scope(scope)
    }
}

/// How a tally is filled: that of the book's records in what they are looked at in, by what names each record's group. Without that it is
/// not told apart.
macro_rules! filled {
    ($tally:ident of $records:ident in $view:ident $(by $name:ident)?) => {
        fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error> {
            if book.$records().is_empty() {
                return Ok(Vec::new());
            }
            let views = scopes.iter().map(|scope| <$view as View>::of(book, *scope));
            Self::series(book.$records(), views)
        }

        $(
            fn in_groups<'a>(
                book: &'a Book,
                scope: Scope,
                by: &Grouping<'a>,
            ) -> Result<Option<Apart<'a, Self>>, Error> {
                let Some(by) = by.told(book.$records()) else {
                    return Ok(None);
                };
                let view = <$view as View>::of(book, scope);
                let empty = Self::new(view.clone());
                let name = by.$name(book.$records(), scope);
                let (names, tallies) = Self::groups(book.$records(), view, name)?;
                Ok(Some(Apart { names, tallies, empty }))
            }
        )?
    };
}

/// What a [`BookTally`] has of a tally: where it is kept, as which; if its scope fits.
macro_rules! place {
    ($(#[$doc:meta])* $kept:ident, $with:ident: $tally:ident as $as:expr, if $fits:ident) => {
        impl BookTally {
            $(#[$doc])*
            ///
            /// # Errors
            /// [`ErrorKind::ScopeMismatch`](crate::ErrorKind::ScopeMismatch) where it is of another scope; the currency plays no part where it counts no money.
            pub fn $with(mut self, tally: $tally) -> Result<Self, Error> {
                self.scope.$fits(stringify!($kept), tally.scope())?;
                self.tallies.$kept = Some($as(tally));
                self.recorded = Recorded::UNKNOWN;
                Ok(self)
            }
        }

        impl From<$tally> for BookTally {
            /// Of a business that keeps nothing else.
            fn from(tally: $tally) -> Self {
                let mut all = Self::new(tally.scope());
                all.tallies.$kept = Some($as(tally));
                all.recorded = Recorded::UNKNOWN;
                all
            }
        }

        impl Kept for $tally {
            fn add(&mut self, other: &Self) -> Result<(), Error> {
                self.merge(other)
            }
        }
    };
}

/// `field, with_field: Tally` is what is kept, and `of the book's records in what they are looked at in, by what names a record's group` how
/// it is filled; `if its scope fits` it can be put in, `or` that is why it is missing. `beside` another tally of the same records it must be on
/// both sides of a merge or on none, and where that one is there alone, the reason may be that this is needed. What has a detail is kept with it,
/// or alone, and filled with it. Those at the end write their [`Family`], and what is public of them, by hand.
///
/// From a row follow the place among the [`Tallies`], the accessor, the `with_…` and the `from` of a [`BookTally`], and that it is filled, told
/// apart and merged.
macro_rules! families {
    (
        [with detail]
        $(
            $(#[$deep_doc:meta])*
            $deep:ident, $with_deep:ident: $part:ident, $detail:ident, $with_detail:ident: $whole:ident
                of $deep_records:ident in $deep_view:ident, by $deep_name:ident, if $deep_fits:ident, or $deep_missing:ident, or $needed:ident;
        )*
        [of one kind]
        $(
            $(#[$doc:meta])*
            $field:ident, $with:ident: $tally:ident of $records:ident in $view:ident, $(by $name:ident,)? if $fits:ident,
                or $missing:ident $(, beside $other:ident as $alone:literal $(or $beside:ident)?)?;
        )*
        [by hand] $($own:ident: $by_hand:ident as $own_name:literal, beside $own_other:ident as $own_alone:literal;)*
    ) => {
        /// Every tally of a book, each where there is one.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Tallies {
            $(pub(super) $deep: Option<Depth<$whole>>,)*
            $(pub(super) $field: Option<$tally>,)*
            $(pub(super) $own: Option<$by_hand>,)*
        }

        impl Tallies {
            /// Puts those of a book in each scope into what there is for each.
            pub(super) fn fill(all: &mut [BookTally], book: &Book, scopes: &[Scope]) -> Result<(), Error> {
                $(fill::<$whole>(all, book, scopes)?;)*
                $(fill::<$tally>(all, book, scopes)?;)*
                $(fill::<$by_hand>(all, book, scopes)?;)*
                Ok(())
            }

            /// Puts those of each group into it, and an empty one where a group has no records of a family that is told apart.
            pub(super) fn fill_groups(groups: &mut Groups<'_>) -> Result<(), Error> {
                $(let $deep = groups.put::<$whole>()?;)*
                $(let $field = groups.put::<$tally>()?;)*
                $(let $own = groups.put::<$by_hand>()?;)*
                $(groups.complete($deep);)*
                $(groups.complete($field);)*
                $(groups.complete($own);)*
                Ok(())
            }

            /// Where both have tallies of some records, and one of them lacks what the other has of these, that would be of a part of them
            /// alone.
            pub(super) fn expect_alike(&self, other: &Self) -> Result<(), Error> {
                self.expect_all_of(other)?;
                other.expect_all_of(self)
            }

            fn expect_all_of(&self, other: &Self) -> Result<(), Error> {
                $($(
                    let lacks = self.$field.is_none() && other.$field.is_some();
                    expect(!lacks || self.$other.is_none(), concat!("a ", stringify!($tally)), $alone)?;
                )?)*
                $(
                    let lacks = self.$own.is_none() && other.$own.is_some();
                    expect(!lacks || self.$own_other.is_none(), $own_name, $own_alone)?;
                )*
                Ok(())
            }

            /// Adds those of other records. Where it fails, some are added.
            pub(super) fn add(&mut self, other: &Self) -> Result<(), Error> {
                $(add(&mut self.$deep, other.$deep.as_ref())?;)*
                $(add(&mut self.$field, other.$field.as_ref())?;)*
                $(add(&mut self.$own, other.$own.as_ref())?;)*
                Ok(())
            }
        }

        $(
            place! {
                /// With this tally instead, and without its detail: the KPIs that need one say so.
                $deep, $with_deep: $part as Depth::Tally, if $deep_fits
            }
            place! {
                /// With this tally instead, and its part of a fixed size.
                $deep, $with_detail: $whole as Depth::Detail, if $deep_fits
            }

            impl BookTally {
                $(#[$deep_doc])*
                #[must_use]
                pub fn $deep(&self) -> Option<&$part> {
                    self.tallies.$deep.as_ref().map(Depth::tally)
                }

                /// The same and what grows with the records; none where the part of a fixed size was given alone.
                #[must_use]
                pub fn $detail(&self) -> Option<&$whole> {
                    self.tallies.$deep.as_ref()?.detail()
                }
            }

            impl Given for $part {
                fn given(all: &Tallies) -> Result<&Self, Undefined> {
                    let kept = all.$deep.as_ref().ok_or(Undefined::$deep_missing)?;
                    Ok(kept.tally())
                }
            }

            impl Given for $whole {
                fn given(all: &Tallies) -> Result<&Self, Undefined> {
                    let kept = all.$deep.as_ref().ok_or(Undefined::$deep_missing)?;
                    kept.detail().ok_or(Undefined::$needed)
                }
            }

            impl Family for $whole {
                type Kept = Depth<Self>;

                fn place(all: &mut Tallies) -> &mut Option<Depth<Self>> {
                    &mut all.$deep
                }

                filled!($whole of $deep_records in $deep_view by $deep_name);
            }
        )*

        $(
            place! {
                /// With this tally instead.
                $field, $with: $tally as core::convert::identity, if $fits
            }

            impl BookTally {
                $(#[$doc])*
                #[must_use]
                pub fn $field(&self) -> Option<&$tally> {
                    self.tallies.$field.as_ref()
                }
            }

            impl Given for $tally {
                fn given(all: &Tallies) -> Result<&Self, Undefined> {
                    let missing = Undefined::$missing;
                    $($(let missing = if all.$other.is_some() { Undefined::$beside } else { missing };)?)?
                    all.$field.as_ref().ok_or(missing)
                }
            }

            impl Family for $tally {
                type Kept = Self;

                fn place(all: &mut Tallies) -> &mut Option<Self> {
                    &mut all.$field
                }

                filled!($tally of $records in $view $(by $name)?);
            }
        )*
    };
}

families! {
    [with detail]
    /// The deals.
    deals, with_deals: DealTally, deal_detail, with_deal_detail: DealDetail
        of deals in Scope, by each, if expect_of, or NoDealsGiven, or NeedsDealDetail;
    /// The leads.
    leads, with_leads: LeadTally, lead_detail, with_lead_detail: LeadDetail
        of leads in LeadScope, by each, if expect_days_of, or NoLeadsGiven, or NeedsLeadDetail;

    [of one kind]
    /// How long deals take, those still open among them.
    survival, with_survival: SurvivalTally of deals in Scope, by each, if expect_of,
        or NoDealsGiven, beside deals as "a tally of deals" or NeedsSurvivalTally;
    /// Over what the money of the deals is spread, and what is past due.
    spread, with_spread: SpreadTally of deals in Scope, by each, if expect_of,
        or NoDealsGiven, beside deals as "a tally of deals" or NeedsSpreadTally;
    /// The first purchases of accounts.
    purchases, with_purchases: PurchaseTally of deals in Scope, by first_purchase, if expect_of,
        or NoPurchasesGiven, beside deals as "a tally of deals";
    /// The activities.
    activities, with_activities: ActivityTally of activities in Scope, by each, if expect_days_of, or NoActivitiesGiven;
    /// The hours of work.
    work_time, with_work_time: WorkTally of work_time in Scope, by each, if expect_days_of, or NoWorkTimeGiven;
    /// The contracts, by account: customers and what they pay. Renewals are read from [`renewals`](Self::renewals) instead.
    customers, with_customers: CustomerTally of contracts in Scope, by each, if expect_of,
        or NoContractsGiven, beside renewals as "a RenewalTally" or NeedsCustomerTally;
    /// The contracts that came up for renewal: for `renewal_rate` and `non_renewal_rate`.
    renewals, with_renewals: RenewalTally of contracts in Scope, by each, if expect_of,
        or NoContractsGiven, beside customers as "a CustomerTally" or NeedsRenewalTally;
    /// What is agreed on by the evening though some of it begins later, and what was signed.
    commitments, with_commitments: CommitmentTally of contracts in Scope, by each, if expect_of,
        or NoContractsGiven, beside customers as "a CustomerTally" or NeedsCommitmentTally;
    /// The expenses.
    spend, with_spend: SpendTally of spend in Scope, by each, if expect_of, or NoSpendGiven;

    [by hand]
    team: TeamOrFault as "a TeamTally", beside deals as "a tally of deals";
    then: Then as "a history of deals", beside deals as "a tally of deals";
    movements: MovementTally as "a MovementTally", beside deals as "a tally of deals";
    funnel: FunnelTally as "a FunnelTally", beside deals as "a tally of deals";
}

fn expect(is_so: bool, has: &'static str, alone: &'static str) -> Result<(), Error> {
    if is_so {
        return Ok(());
    }
    Err(BookProblem::TalliesDiffer { has, alone }.into())
}

fn fill<T: Family>(all: &mut [BookTally], book: &Book, scopes: &[Scope]) -> Result<(), Error> {
    let mut all = all.iter_mut();
    for tally in T::in_scopes(book, scopes)? {
        if let Some(all) = all.next() {
            *T::place(&mut all.tallies) = Some(tally.into());
        }
    }
    Ok(())
}

fn add<T: Kept>(ours: &mut Option<T>, theirs: Option<&T>) -> Result<(), Error> {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours.add(theirs),
        (Some(ours), None) => ours.expect_addable(),
        (None, None) => Ok(()),
        (ours, Some(theirs)) => {
            theirs.expect_addable()?;
            *ours = Some(theirs.clone());
            Ok(())
        }
    }
}

//! The families of a book: what is tallied of its records, one row each.

use super::grouping::{Grouping, Name};
use super::groups::Groups;
use super::team_or_fault::TeamOrFault;
use super::{Book, BookTally};
use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::tally::{
    ActivityTally, CustomerTally, DealDetail, LeadDetail, LeadScope, PurchaseTally, RenewalTally,
    SpendTally, WorkTally,
};

/// What a book tallies of one kind of its records.
pub(crate) trait Family: Clone {
    /// Why there is no value of a KPI that needs it, where it is absent.
    const MISSING: Undefined;

    /// Its place among the tallies of a book.
    fn place(all: &Tallies) -> Option<&Self>;

    /// The same, to put it in.
    fn place_mut(all: &mut Tallies) -> &mut Option<Self>;

    /// One for each scope, in one pass over its records; none where the book has no such records.
    fn in_scopes(book: &Book, scopes: &[Scope]) -> Result<Vec<Self>, Error>;

    /// One for each group, in one pass over its records; none where it is not told apart by the dimension.
    fn in_groups<'a>(
        _book: &'a Book,
        _scope: Scope,
        _by: &Grouping<'a>,
    ) -> Result<Option<Apart<'a, Self>>, Error> {
        Ok(None)
    }

    /// Adds that of other records in the same scope.
    fn add(&mut self, other: &Self) -> Result<(), Error>;

    /// Whether it could be added to another at all.
    fn expect_addable(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// A family, told apart.
pub(crate) struct Apart<'a, T> {
    pub(super) groups: Vec<(Option<Name<'a>>, T)>,
    /// That of a group which has no such records.
    pub(super) empty: T,
}

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

/// `field, with_field: Tally of the book's records in what they are looked at in, by what names a record's group, or why it is
/// missing`. Without `by` it is not told apart. Those at the end write their [`Family`], and what is public of them, by hand.
///
/// From a row follow the place among the [`Tallies`], the accessor and the `with_…` of a [`BookTally`], and that it is filled, told
/// apart and merged.
macro_rules! families {
    (
        $(
            $(#[$doc:meta])*
            $field:ident, $with:ident: $tally:ident of $records:ident in $view:ident, $(by $name:ident,)? or $missing:ident;
        )*
        [by hand] $($own:ident: $by_hand:ident;)*
    ) => {
        /// Every tally of a book, each where there is one.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Tallies {
            $($field: Option<$tally>,)*
            $(pub(super) $own: Option<$by_hand>,)*
        }

        impl Tallies {
            /// Puts those of a book in each scope into what there is for each.
            pub(super) fn fill(all: &mut [BookTally], book: &Book, scopes: &[Scope]) -> Result<(), Error> {
                $(fill::<$tally>(all, book, scopes)?;)*
                $(fill::<$by_hand>(all, book, scopes)?;)*
                Ok(())
            }

            /// Puts those of each group into it, and an empty one where a group has no records of a family that is told apart.
            pub(super) fn fill_groups(groups: &mut Groups<'_>) -> Result<(), Error> {
                $(let $field = groups.put::<$tally>()?;)*
                $(let $own = groups.put::<$by_hand>()?;)*
                $(groups.complete($field);)*
                $(groups.complete($own);)*
                Ok(())
            }

            /// Adds those of other records. Where it fails, some are added.
            pub(super) fn add(&mut self, other: &Self) -> Result<(), Error> {
                $(add::<$tally>(self, other)?;)*
                $(add::<$by_hand>(self, other)?;)*
                Ok(())
            }
        }

        $(
            impl Family for $tally {
                const MISSING: Undefined = Undefined::$missing;

                fn place(all: &Tallies) -> Option<&Self> {
                    all.$field.as_ref()
                }

                fn place_mut(all: &mut Tallies) -> &mut Option<Self> {
                    &mut all.$field
                }

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
                        if !by.tells(book.$records()) {
                            return Ok(None);
                        }
                        let view = <$view as View>::of(book, scope);
                        let empty = Self::new(view.clone());
                        let groups = Self::groups(book.$records(), view, |record| by.$name(record))?;
                        Ok(Some(Apart { groups, empty }))
                    }
                )?

                fn add(&mut self, other: &Self) -> Result<(), Error> {
                    self.merge(other)
                }
            }
        )*

        impl BookTally {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $field(&self) -> Option<&$tally> {
                    self.tallies.$field.as_ref()
                }

                /// With this tally instead, which must be of the same scope.
                ///
                /// # Errors
                /// [`Error::ScopesDiffer`].
                pub fn $with(mut self, tally: $tally) -> Result<Self, Error> {
                    self.scope.expect_of(stringify!($field), tally.scope())?;
                    self.tallies.$field = Some(tally);
                    Ok(self)
                }
            )*
        }
    };
}

families! {
    /// The deals.
    deals, with_deals: DealDetail of deals in Scope, by name, or NoDealsGiven;
    /// The first purchases of accounts.
    purchases, with_purchases: PurchaseTally of deals in Scope, or NoPurchasesGiven;
    /// The leads.
    leads, with_leads: LeadDetail of leads in LeadScope, by name, or NoLeadsGiven;
    /// The activities.
    activities, with_activities: ActivityTally of activities in Scope, by name, or NoActivitiesGiven;
    /// The hours of work.
    work_time, with_work_time: WorkTally of work_time in Scope, by name, or NoWorkTimeGiven;
    /// The contracts, by account: customers and what they pay. Renewals are read from [`renewals`](Self::renewals) instead.
    customers, with_customers: CustomerTally of contracts in Scope, by name, or NoContractsGiven;
    /// The contracts that came up for renewal: for `renewal_rate` and `non_renewal_rate`.
    renewals, with_renewals: RenewalTally of contracts in Scope, by name, or NoContractsGiven;
    /// The expenses.
    spend, with_spend: SpendTally of spend in Scope, by name, or NoSpendGiven;

    [by hand]
    team: TeamOrFault;
}

fn fill<T: Family>(all: &mut [BookTally], book: &Book, scopes: &[Scope]) -> Result<(), Error> {
    for (all, tally) in all.iter_mut().zip(T::in_scopes(book, scopes)?) {
        *T::place_mut(&mut all.tallies) = Some(tally);
    }
    Ok(())
}

fn add<T: Family>(ours: &mut Tallies, theirs: &Tallies) -> Result<(), Error> {
    let Some(theirs) = T::place(theirs) else {
        return T::place(ours).map_or(Ok(()), T::expect_addable);
    };
    match T::place_mut(ours) {
        Some(ours) => ours.add(theirs),
        ours => {
            theirs.expect_addable()?;
            *ours = Some(theirs.clone());
            Ok(())
        }
    }
}

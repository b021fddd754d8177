//! In which group an account is a new customer.

use std::collections::HashMap;

use super::grouping::{Name, Told};
use crate::period::{Day, Scope};
use crate::record::Deal;
use crate::tally::purchased_on;
use crate::value::AccountId;

/// The group of an account's first purchase: that of its first day, of several on that day the first by name.
struct First<'a> {
    on: Day,
    group: Option<Name<'a>>,
}

impl First<'_> {
    /// What belongs to no group stands last.
    fn is_before(&self, other: &Self) -> bool {
        let key = |first: &Self| (first.on, first.group.is_none(), first.group.map(Name::text));
        key(self) < key(other)
    }
}

impl<'a> Told<'_, 'a> {
    /// What names a deal's group, where all purchases of an account are in that of its first one, whenever that was: so an account is new
    /// in one group, on the day on which it is new in the whole, and the groups add up.
    pub(super) fn first_purchase<'r>(
        self,
        deals: &'r [Deal],
        scope: Scope,
    ) -> impl FnMut(&'r Deal) -> Option<Name<'r>>
    where
        'a: 'r,
    {
        let mut firsts: HashMap<&'r AccountId, First<'r>> = HashMap::new();
        for deal in deals {
            let (Some(account), Some(on)) = (deal.account(), purchased_on(deal, scope)) else {
                continue;
            };
            let group = self.name(deal);
            let first = First { on, group };
            match firsts.get_mut(account) {
                Some(known) if first.is_before(known) => *known = first,
                Some(_) => {}
                None => {
                    firsts.insert(account, first);
                }
            }
        }
        move |deal| {
            let account = deal
                .account()
                .filter(|_| purchased_on(deal, scope).is_some());
            match account.and_then(|account| firsts.get(account)) {
                Some(first) => first.group,
                None => self.name(deal),
            }
        }
    }
}

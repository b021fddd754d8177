use std::collections::BTreeMap;

use super::grouping::{Grouped, Grouping, Name};
use super::team::Team;
use super::{Book, BookTally, Dimension};
use crate::error::Error;
use crate::period::Scope;
use crate::record::WorkTime;
use crate::tally::{
    ActivityTally, CustomerTally, DealDetail, LeadDetail, RenewalTally, SpendTally, WorkTally,
};

/// The tallies of each group of a book's records, as they are being filled.
pub(super) struct Groups<'a> {
    book: &'a Book,
    scope: Scope,
    all: BTreeMap<Option<&'a str>, BookTally>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(
        book: &'a Book,
        scope: Scope,
        dimension: &'a Dimension,
    ) -> Result<BTreeMap<Option<&'a str>, BookTally>, Error> {
        book.expect_currency(scope)?;
        let by = Grouping::new(book, dimension);
        let mut groups = Self {
            book,
            scope,
            all: BTreeMap::new(),
        };
        groups.put_deals_and_leads(&by)?;
        if by.is_of_reps() {
            groups.put_work(&by)?;
            groups.put_team(&by)?;
        } else {
            groups.put_contracts_and_spend(&by)?;
        }
        groups.complete(&by);
        Ok(groups.all)
    }

    fn put_deals_and_leads(&mut self, by: &Grouping<'a>) -> Result<(), Error> {
        let (book, scope) = (self.book, self.scope);
        let deals = DealDetail::groups(book.deals(), scope, |deal| by.deal(deal))?;
        self.put(deals, |group, tally| group.deals = Some(tally));
        let leads = LeadDetail::groups(book.leads(), book.lead_scope(scope), |lead| by.lead(lead))?;
        self.put(leads, |group, tally| group.leads = Some(tally));
        Ok(())
    }

    fn put_work(&mut self, by: &Grouping<'a>) -> Result<(), Error> {
        let (book, scope) = (self.book, self.scope);
        let tallies =
            ActivityTally::groups(book.activities(), scope, |activity| by.activity(activity))?;
        self.put(tallies, |group, tally| group.activities = Some(tally));
        let tallies = WorkTally::groups(book.work_time(), scope, |hours: &WorkTime| {
            by.work_time(hours)
        })?;
        self.put(tallies, |group, tally| group.work_time = Some(tally));
        Ok(())
    }

    fn put_contracts_and_spend(&mut self, by: &Grouping<'a>) -> Result<(), Error> {
        let (book, scope) = (self.book, self.scope);
        let tallies =
            CustomerTally::groups(book.contracts(), scope, |contract| by.contract(contract))?;
        self.put(tallies, |group, tally| group.customers = Some(tally));
        let tallies =
            RenewalTally::groups(book.contracts(), scope, |contract| by.contract(contract))?;
        self.put(tallies, |group, tally| group.renewals = Some(tally));
        let tallies = SpendTally::groups(book.spend(), scope, |spend| by.spend(spend))?;
        self.put(tallies, |group, tally| group.spend = Some(tally));
        Ok(())
    }

    fn put<T>(&mut self, tallies: Vec<(Option<Name<'a>>, T)>, set: impl Fn(&mut BookTally, T)) {
        for (name, tally) in tallies {
            set(self.group(name), tally);
        }
    }

    fn group(&mut self, name: Option<Name<'a>>) -> &mut BookTally {
        let (book, scope) = (self.book, self.scope);
        let group = self.all.entry(name.map(Name::text));
        group.or_insert_with(|| BookTally::empty(book, scope))
    }

    /// Each group's reps, with what they won; there is a group for each rep, and for each team.
    fn put_team(&mut self, by: &Grouping<'a>) -> Result<(), Error> {
        let book = self.book;
        for rep in book.reps() {
            self.group(by.rep(Some(rep.id())));
        }
        let whole = Team::series(book, &[self.scope])?.pop();
        let Some(whole) = whole.filter(|_| !book.reps().is_empty()) else {
            return Ok(());
        };
        for (key, group) in &mut self.all {
            group.team = Some(whole.filter(|rep| by.has(rep, *key)));
        }
        Ok(())
    }

    /// An empty tally for each group that has no records of a family which is told apart by the dimension.
    fn complete(&mut self, by: &Grouping<'a>) {
        let (book, scope) = (self.book, self.scope);
        self.fill(by, book.deals(), |group| {
            group.deals.get_or_insert_with(|| DealDetail::new(scope));
        });
        self.fill(by, book.leads(), |group| {
            let empty = || LeadDetail::new(book.lead_scope(scope));
            group.leads.get_or_insert_with(empty);
        });
        self.fill(by, book.activities(), |group| {
            group
                .activities
                .get_or_insert_with(|| ActivityTally::new(scope));
        });
        self.fill(by, book.work_time(), |group| {
            group.work_time.get_or_insert_with(|| WorkTally::new(scope));
        });
        self.fill(by, book.contracts(), |group| {
            group
                .customers
                .get_or_insert_with(|| CustomerTally::new(scope));
            group
                .renewals
                .get_or_insert_with(|| RenewalTally::new(scope));
        });
        self.fill(by, book.spend(), |group| {
            group.spend.get_or_insert_with(|| SpendTally::new(scope));
        });
    }

    fn fill(&mut self, by: &Grouping<'a>, records: &[impl Grouped], fill: impl Fn(&mut BookTally)) {
        if by.tells(records) {
            self.all.values_mut().for_each(fill);
        }
    }
}

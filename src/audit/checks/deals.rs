use core::borrow::Borrow;

use chrono::NaiveDate;

use crate::audit::passed::Passed;
use crate::audit::{Audit, Finding, FindingKind};
use crate::record::{Deal, DealStatus, Outcome};
use crate::value::{AccountId, Label};

impl Audit {
    /// Everything odd about these deals: in the order of the deals, and of one deal in the order of [`FindingKind`].
    ///
    /// One pass, over a stream as well as over a slice; only ids, currencies and names are kept. In another order of the deals the
    /// findings are the same, in that order. The methods for other records promise the same.
    ///
    /// ```
    /// use sales_metrics::audit::Audit;
    /// use sales_metrics::{Currency, Deal, Outcome, date};
    ///
    /// let lost = Outcome::Lost { on: date(2026, 2, 20)? };
    /// let deal = Deal::new("D-1", date(2026, 1, 7)?, lost, Currency::USD)?.with_amount(900)?.with_owner("ada")?;
    /// assert_eq!(Audit::new(date(2026, 3, 31)?)?.deals([&deal]), []);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    #[must_use]
    pub fn deals<I>(&self, deals: I) -> Vec<Finding>
    where
        I: IntoIterator,
        I::Item: Borrow<Deal>,
    {
        Passed::findings(vec![self.pass_deals(deals)])
    }

    pub(in crate::audit) fn pass_deals<I>(&self, deals: I) -> Passed
    where
        I: IntoIterator,
        I::Item: Borrow<Deal>,
    {
        let mut passed = Passed::default();
        for deal in deals {
            let deal = deal.borrow();
            passed.pass(deal);
            self.deal(deal, &mut passed);
        }
        passed.find_duplicates();
        passed.find_other_currencies();
        passed
    }

    fn deal(&self, deal: &Deal, passed: &mut Passed) {
        passed.note(&mut self.deal_dates(deal));
        passed.note(&mut [price(deal), self.deal_owner(deal)]);
        passed.note(&mut self.outlook(deal));
        for (field, price) in [
            ("amount", deal.amount()),
            ("cost", deal.cost()),
            ("list price", deal.list_price()),
        ] {
            passed.price(field, price);
        }
        for (rep, _) in deal.owners() {
            passed.name("owner", Some(rep.as_str()));
        }
        passed.name("account", deal.account().map(AccountId::as_str));
        passed.name("stage", deal.stage().map(Label::as_str));
        passed.name("loss reason", deal.loss_reason().map(Label::as_str));
        passed.dimensions(deal.dimensions());
    }

    fn deal_dates(&self, deal: &Deal) -> [Option<FindingKind>; 5] {
        let (as_of, created, closed) = (self.as_of, deal.created(), deal.closed());
        let contact = deal.first_contact();
        let too_early = |(created, closed): (NaiveDate, NaiveDate)| {
            (closed < created).then_some(FindingKind::ClosedBeforeCreated { created, closed })
        };
        [
            created.is_none().then_some(FindingKind::MissingCreation),
            created
                .filter(|created| *created > as_of)
                .map(|created| FindingKind::CreatedAfterAsOf { created }),
            created.zip(closed).and_then(too_early),
            closed
                .filter(|closed| *closed > as_of)
                .map(|closed| FindingKind::ClosedAfterAsOf { closed }),
            contact.zip(closed).and_then(contact_after_close),
        ]
    }

    /// What an open deal says of its future.
    fn outlook(&self, deal: &Deal) -> [Option<FindingKind>; 2] {
        if deal.outcome() != Outcome::Open {
            return [None, None];
        }
        let improbable = deal.probability().is_none();
        let close = match deal.expected_close() {
            None => Some(FindingKind::MissingExpectedClose),
            Some(expected) if expected < self.as_of => {
                Some(FindingKind::ExpectedCloseOverdue { expected })
            }
            Some(_) => None,
        };
        [improbable.then_some(FindingKind::MissingProbability), close]
    }

    fn deal_owner(&self, deal: &Deal) -> Option<FindingKind> {
        match deal.owner() {
            Some(rep) => self.owner(rep, deal.closed().unwrap_or(self.as_of)),
            None => Some(FindingKind::MissingOwner),
        }
    }
}

fn contact_after_close((first_contact, closed): (NaiveDate, NaiveDate)) -> Option<FindingKind> {
    (first_contact > closed).then_some(FindingKind::FirstContactAfterClose {
        first_contact,
        closed,
    })
}

fn price(deal: &Deal) -> Option<FindingKind> {
    let zero = match deal.amount() {
        None => false,
        Some(amount) if amount.amount().is_zero() => true,
        Some(amount) if amount.amount().is_sign_negative() && deal.status() != DealStatus::Won => {
            return Some(FindingKind::NegativeAmount);
        }
        Some(_) => return None,
    };
    match (deal.outcome(), zero) {
        (Outcome::Won { .. }, false) => Some(FindingKind::WonWithoutAmount),
        (Outcome::Won { .. }, true) => Some(FindingKind::WonForZero),
        (Outcome::Lost { .. }, false) => Some(FindingKind::LostWithoutAmount),
        (Outcome::Lost { .. }, true) => Some(FindingKind::LostForZero),
        (Outcome::Open, false) => Some(FindingKind::OpenWithoutAmount),
        (Outcome::Open, true) => Some(FindingKind::OpenForZero),
        // It never was an opportunity, so nobody had to say what it would be worth.
        (Outcome::Disqualified { .. }, _) => None,
    }
}

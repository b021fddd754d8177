use crate::error::{Error, Undefined};
use crate::period::Day;
use crate::record::Amount;
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, Priced, expect_room};
use crate::tally::rules::expect_all;
use crate::tally::team::quota_days::QuotaDays;
use crate::tally::team::scope::{Target, TeamScope};
use crate::value::{Entries, RepId};

given! {
    /// Everything a [`TeamTally`](crate::TeamTally) counts: the form in which ready-made totals go in.
    pub struct TeamTotals {
        /// All deals that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Won in the period, by owner; who is not here has won none. The wins of a rep who comes twice are added up.
        pub(super) won: Entries<RepId, RepWins> [each of (RepId, RepWins), by added_up],
        /// Won in the period, by nobody of the roster.
        pub(super) unassigned: Priced,
    }
}

given! {
    /// The deals that a rep won, and which of them count toward a quota: those that closed in the period of one.
    ///
    /// Of a rep with quotas for January and February alone, the wins of March are wins, and count toward no quota.
    #[derive(Copy)]
    pub struct RepWins in "won." {
        /// All deals won in the period.
        pub(super) all: Priced,
        /// Of these, the deals that closed in the period of one of the rep's quotas of money.
        pub(super) toward_quota: Priced,
        /// Of all, how many deals closed in the period of one of the rep's quotas of deals.
        pub(super) toward_deal_quota: u64,
    }
}

/// The wins of each rep. What is beyond all bounds is not added to: it is refused as it stands.
fn added_up(wins: Vec<(RepId, RepWins)>) -> Entries<RepId, RepWins> {
    let mut sums = Entries::default();
    for (rep, more) in wins {
        let sum = match sums.get(&rep).copied() {
            Some(sum) if !RepWins::is_bounded(&sum) => sum,
            Some(sum) if more.is_bounded() => sum.plus(more),
            _ => more,
        };
        sums.set(rep, sum);
    }
    sums
}

impl TeamTotals {
    /// Adds totals of the same roster.
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        expect_room(self.least(), other.least())?;
        self.missing = self.missing.or(other.missing);
        self.records += other.records;
        self.unassigned = self.unassigned.plus(other.unassigned);
        for (rep, more) in other.won.iter() {
            self.add_wins(rep, *more);
        }
        *self = core::mem::take(self).settled();
        Ok(())
    }

    pub(super) fn add_wins(&mut self, rep: &RepId, more: RepWins) {
        let wins = self.won.get(rep).copied().unwrap_or_default();
        self.won.set(rep.clone(), wins.plus(more));
    }

    /// Those of some of the reps: of the deals that they won, as far as these are told.
    pub(super) fn of_reps(&self, view: &TeamScope) -> Self {
        let totals = Self::given().unassigned(Priced::default());
        let Ok(won) = self.won() else {
            return totals.into();
        };
        let (mut theirs, mut records) = (Vec::new(), Ok::<u64, Undefined>(0));
        for (rep, wins) in won.iter().filter(|(rep, _)| view.place_of(rep).is_some()) {
            theirs.push((rep.clone(), *wins));
            records = records.and_then(|sum| Ok(sum + wins.all()?.count));
        }
        let totals = totals.won(theirs);
        match records {
            Ok(records) => totals.records(records).into(),
            Err(_) => totals.into(),
        }
    }

    /// How many deals there are at least: all of them, where their number was given.
    fn least(&self) -> u64 {
        let won = self
            .won
            .iter()
            .fold(self.unassigned.count, |sum, (_, wins)| {
                sum.saturating_add(wins.least())
            });
        won.max(self.records)
    }

    /// The same, without those who have won nothing.
    pub(super) fn forget_idle(&mut self) {
        let mut won = Vec::new();
        for (rep, wins) in core::mem::take(&mut self.won) {
            if wins != RepWins::default() {
                won.push((rep, wins));
            }
        }
        self.won = Entries::of(won);
    }

    /// Checks that some set of deals can have these totals.
    pub(super) fn check(&self, view: &TeamScope) -> Result<(), Error> {
        let groups = || {
            let of_reps = self.won.iter().map(|(_, wins)| wins.all);
            of_reps.chain([self.unassigned])
        };
        let fits = |(rep, wins): (&RepId, &RepWins)| {
            let target = view
                .place_of(rep)
                .and_then(|place| view.targets().get(place));
            target.is_some_and(|target| wins.fit(target, view.scope().window()))
        };
        let rules = [
            (
                self.won.iter().all(|(rep, _)| view.place_of(rep).is_some()),
                "won deals are of reps in the roster; those of others are unassigned",
            ),
            (
                self.records().unwrap_or(self.least()) <= MAX_RECORDS,
                "records are at most 10^10",
            ),
            (
                groups().all(Priced::is_sound),
                "priced deals are at most the count, and their amounts at most 10^14 each",
            ),
            (
                self.won.iter().all(|(_, wins)| wins.is_sound()),
                "wins toward a quota are a part of all the rep's wins",
            ),
            (
                self.won.iter().all(fits),
                "all of a rep's wins count toward quotas that hold every day looked at, and none toward quotas that hold none",
            ),
            (
                self.records()
                    .map_or(true, |records| self.least() <= records),
                "records are all deals looked at: at least those won by all reps and the unassigned ones",
            ),
        ];
        expect_all(&rules)
    }
}

impl RepWins {
    /// The wins of a rep without a quota in the period.
    #[must_use]
    pub fn without_quota(won: Priced) -> Self {
        Self {
            all: won,
            ..Self::default()
        }
    }

    /// The wins of a rep whose quotas of money hold every day of the period, and who has none of deals.
    #[must_use]
    pub fn all_toward_quota(won: Priced) -> Self {
        Self {
            all: won,
            toward_quota: won,
            ..Self::default()
        }
    }

    /// The wins of a rep whose quotas of deals hold every day of the period, and who has none of money.
    #[must_use]
    pub fn all_toward_deal_quota(won: Priced) -> Self {
        Self {
            all: won,
            toward_deal_quota: won.count,
            ..Self::default()
        }
    }

    /// Counts a deal won on a day.
    #[inline]
    pub(in crate::tally) fn add(&mut self, amount: Option<Amount>, on: Day, target: &Target) {
        self.all.add(amount);
        if target.days.hold(on) {
            self.toward_quota.add(amount);
        }
        self.toward_deal_quota += u64::from(target.deal_days.hold(on));
    }

    pub(in crate::tally) fn plus(self, other: Self) -> Self {
        let sum = Self {
            missing: self.missing.or(other.missing),
            all: self.all.plus(other.all),
            toward_quota: self.toward_quota.plus(other.toward_quota),
            toward_deal_quota: self.toward_deal_quota + other.toward_deal_quota,
        };
        sum.settled()
    }

    /// How many deals the rep won at least.
    fn least(&self) -> u64 {
        let toward = self.toward_quota.count.max(self.toward_deal_quota);
        toward.max(self.all.count)
    }

    /// Whether they can be added to others.
    fn is_bounded(&self) -> bool {
        self.least() <= MAX_RECORDS && self.all.is_sound() && self.toward_quota.is_sound()
    }

    pub(in crate::tally) fn is_sound(&self) -> bool {
        self.all.is_sound()
            && self.toward_quota.is_sound()
            && (self.all().is_err()
                || (self.toward_quota.is_part_of(self.all)
                    && self.toward_deal_quota <= self.all.count))
    }

    /// Whether they can be won from the first day up to, and not including, the second, with quotas for these days.
    pub(super) fn fit(&self, target: &Target, window: (Day, Day)) -> bool {
        let all = self.all();
        let is_all = |part: bool| all.is_err() || part;
        let fits = |days: &QuotaDays, is_none: bool, is_all: bool| {
            (is_none || !days.hold_none(window)) && (is_all || !days.hold_all(window))
        };
        let toward = self.toward_quota().map_or(true, |toward| {
            fits(&target.days, toward.count == 0, is_all(all == Ok(toward)))
        });
        let toward_deals = self.toward_deal_quota().map_or(true, |deals| {
            fits(
                &target.deal_days,
                deals == 0,
                is_all(self.all.count == deals),
            )
        });
        toward && toward_deals
    }
}

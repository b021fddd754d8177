use crate::error::{Error, Undefined};
use crate::period::Day;
use crate::record::{ActivityFacts, ActivityKind, Amount, MeetingStatus};
use crate::tally::given::{Given, given};
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
        /// Won in the period, by rep and on days of employment; who is not here has won none. The wins of a rep who comes twice are
        /// added up.
        pub(super) won: Entries<RepId, RepWins> [each of (RepId, RepWins), by added_up],
        /// Won in the period by nobody who was a rep of the roster on that day; of a deal that reps share, the parts of those who were none.
        pub(super) unassigned: Priced,
        /// Of these, the deals whose owner was a rep on that day, and with whom somebody shared it who was not.
        pub(super) unassigned_shared: u64,
        /// Of the same, the deals of which reps of the roster alone have these parts, who were not employed on that day: they are nobody's in
        /// any other roster.
        pub(super) unassigned_known: u64,
        /// Done in the period, by rep and on days of employment; who is not here has done nothing.
        pub(super) activities: Entries<RepId, RepActivities> [each of (RepId, RepActivities), by all_done],
    }
}

given! {
    /// The deals that a rep won on days of employment, and which of them count toward a quota: those that closed in the period of one
    /// of which, for the days of work and after the ramp, more than 0 is left.
    ///
    /// Of a rep with quotas for January and February alone, the wins of March are wins, and count toward no quota. Of a deal that
    /// reps share, each has a part of the amount.
    #[derive(Copy)]
    pub struct RepWins in "won." {
        /// All deals won in the period of which the rep has a part, and what these parts add up to.
        pub(super) all: Priced,
        /// Of these, the deals that closed in the period of one of the rep's quotas of money above 0.
        pub(super) toward_quota: Priced,
        /// Of all that the rep owns, how many deals closed in the period of one of the rep's quotas of deals above 0.
        pub(super) toward_deal_quota: u64,
        /// Of all, how many deals another rep owns.
        pub(super) shared: u64,
    }
}

given! {
    /// What a rep did on days of employment, each activity taken once: of a meeting that was put off, the one that stands for it counts.
    #[derive(Copy)]
    pub struct RepActivities in "activities." {
        /// Calls.
        pub(super) calls: u64,
        /// Emails sent.
        pub(super) emails: u64,
        /// Messages by other ways.
        pub(super) messages: u64,
        /// Meetings, but for rescheduled ones.
        pub(super) meetings: u64,
        /// All other activities.
        pub(super) others: u64,
    }
}

/// What one rep has of a deal.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) amount: Option<Amount>,
    pub(super) on: Day,
    /// Whether the deal is theirs, and not shared with them.
    pub(super) is_owner: bool,
    /// Whether the roster has them, employed on that day or not.
    pub(super) is_known: bool,
}

impl Part {
    /// With another part of the same deal.
    pub(super) fn join(&mut self, other: Self) {
        let amounts = self.amount.zip(other.amount);
        let sum = |(a, b): (Amount, Amount)| Amount::of_units(a.units() + b.units());
        self.amount = amounts.and_then(sum);
        self.is_owner |= other.is_owner;
        self.is_known &= other.is_known;
    }
}

/// The sums of each rep. What is beyond all bounds is not added to: it is refused as it stands.
fn sums<T: Copy>(
    parts: Vec<(RepId, T)>,
    is_bounded: fn(&T) -> bool,
    plus: fn(T, T) -> T,
) -> Entries<RepId, T> {
    let mut sums = Entries::default();
    for (rep, more) in parts {
        let sum = match sums.get(&rep).copied() {
            Some(sum) if !is_bounded(&sum) => sum,
            Some(sum) if is_bounded(&more) => plus(sum, more),
            _ => more,
        };
        sums.set(rep, sum);
    }
    sums
}

/// The wins of each rep.
fn added_up(wins: Vec<(RepId, RepWins)>) -> Entries<RepId, RepWins> {
    sums(wins, RepWins::is_bounded, RepWins::plus)
}

/// What each rep did.
fn all_done(done: Vec<(RepId, RepActivities)>) -> Entries<RepId, RepActivities> {
    sums(done, RepActivities::is_bounded, RepActivities::plus)
}

/// Those who have something.
fn without_idle<T: Default + PartialEq>(each: Entries<RepId, T>) -> Entries<RepId, T> {
    let mut busy = Vec::new();
    for (rep, sum) in each {
        if sum != T::default() {
            busy.push((rep, sum));
        }
    }
    Entries::of(busy)
}

fn done_by_all(each: &Entries<RepId, RepActivities>) -> u64 {
    let each = each.iter();
    each.fold(0, |sum, (_, done)| sum.saturating_add(done.all()))
}

impl TeamTotals {
    /// Of no deals, and of activities that nobody has counted.
    pub(super) fn of_no_deals() -> Self {
        let deals = Self::given().records(0).won([]);
        let deals = deals.unassigned(Priced::default()).unassigned_shared(0);
        deals.unassigned_known(0).into()
    }

    /// Whether it holds every counter of deals.
    #[inline]
    pub(super) fn holds_deals(&self) -> bool {
        let parts = self.unassigned_shared().and(self.unassigned_known());
        self.records().and(parts).is_ok() && self.unassigned().is_ok() && self.won().is_ok()
    }

    /// Adds totals of the same roster.
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        expect_room(self.least(), other.least())?;
        expect_room(self.done(), other.done())?;
        // Where one is of nothing at all, the sum is the other.
        if *other == Self::of_no_deals() {
            return Ok(());
        }
        if *self == Self::of_no_deals() {
            *self = other.clone();
            return Ok(());
        }
        self.missing = self.missing.or(other.missing);
        self.records += other.records;
        self.unassigned = self.unassigned.plus(other.unassigned);
        self.unassigned_shared += other.unassigned_shared;
        self.unassigned_known += other.unassigned_known;
        for (rep, more) in other.won.iter() {
            self.add_wins(rep, *more);
        }
        for (rep, more) in other.activities.iter() {
            self.add_activities(rep, *more);
        }
        *self = core::mem::take(self).settled();
        Ok(())
    }

    /// With what the reps did, beside what is known of it already.
    pub(super) fn with_activities(self, done: Vec<(RepId, RepActivities)>) -> Result<Self, Error> {
        let more = all_done(done);
        let mut sum = self;
        if sum.activities().is_err() {
            sum = Given(sum).activities([]).into();
        }
        expect_room(sum.done(), done_by_all(&more))?;
        for (rep, more) in more.iter() {
            sum.add_activities(rep, *more);
        }
        Ok(sum)
    }

    fn add_activities(&mut self, rep: &RepId, more: RepActivities) {
        let done = self.activities.get(rep).copied().unwrap_or_default();
        self.activities.set(rep.clone(), done.plus(more));
    }

    /// What all reps did.
    fn done(&self) -> u64 {
        done_by_all(&self.activities)
    }

    pub(super) fn add_unassigned(&mut self, part: Part) {
        self.unassigned.add(part.amount);
        self.unassigned_shared += u64::from(!part.is_owner);
        self.unassigned_known += u64::from(part.is_known);
    }

    pub(super) fn add_wins(&mut self, rep: &RepId, more: RepWins) {
        let wins = self.won.get(rep).copied().unwrap_or_default();
        self.won.set(rep.clone(), wins.plus(more));
    }

    /// Those of some of the reps: of the deals that they won, as far as these are told.
    pub(super) fn of_reps(&self, view: &TeamScope) -> Self {
        let mut totals = Self::given()
            .unassigned(Priced::default())
            .unassigned_shared(0)
            .unassigned_known(0);
        if let Ok(done) = self.activities() {
            let theirs = done.iter();
            let theirs = theirs.filter(|(rep, _)| view.place_of(rep).is_some());
            totals = totals.activities(theirs.map(|(rep, done)| (rep.clone(), *done)));
        }
        let Ok(won) = self.won() else {
            return totals.into();
        };
        let (mut theirs, mut records) = (Vec::new(), Ok::<u64, Undefined>(0));
        for (rep, wins) in won.iter().filter(|(rep, _)| view.place_of(rep).is_some()) {
            theirs.push((rep.clone(), *wins));
            records = records.and_then(|sum| Ok(sum + wins.unshared()?));
        }
        let totals = totals.won(theirs);
        match records {
            Ok(records) => totals.records(records).into(),
            Err(_) => totals.into(),
        }
    }

    /// How many deals there are at least: all of them, where their number was given. Each has one owner, who may be no rep, and one part
    /// at most of each rep, and the parts add up to no more than its amount.
    fn least(&self) -> u64 {
        let shared = self.unassigned_shared().unwrap_or(self.unassigned.count);
        let (mut owned, mut most) = (self.unassigned.count.saturating_sub(shared), 0);
        most = most.max(self.unassigned.count);
        let mut units = self.unassigned.amount.units();
        for (_, wins) in self.won.iter() {
            owned = owned.saturating_add(wins.owned().unwrap_or(wins.toward_deal_quota));
            most = most.max(wins.least());
            units = units.saturating_add(wins.all.amount.units());
        }
        let by_amount = units.div_ceil(u128::from(Amount::MAX_UNITS));
        let by_amount = u64::try_from(by_amount).unwrap_or(u64::MAX);
        self.records.max(owned).max(most).max(by_amount)
    }

    /// The same, without those who have won nothing, and those who did nothing.
    pub(super) fn forget_idle(&mut self) {
        self.won = without_idle(core::mem::take(&mut self.won));
        self.activities = without_idle(core::mem::take(&mut self.activities));
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
                self.activities
                    .iter()
                    .all(|(rep, _)| view.place_of(rep).is_some()),
                "activities are of reps in the roster; those of others count nowhere",
            ),
            (self.done() <= MAX_RECORDS, "activities are at most 10^10"),
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
                "wins toward a quota are a part of all the rep's wins, and so are shared ones; of quotas of deals, of those that are not shared",
            ),
            (
                self.unassigned().is_err()
                    || self.unassigned_shared.max(self.unassigned_known) <= self.unassigned.count,
                "unassigned_shared and unassigned_known are parts of unassigned",
            ),
            (
                self.won.iter().all(fits),
                "wins are of days of employment; all of a rep's count toward quotas that hold every such day looked at, and none toward quotas that hold none",
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

    /// Counts a part of a deal.
    #[inline]
    pub(super) fn add(&mut self, part: Part, target: &Target) {
        let Part {
            amount,
            on,
            is_owner,
            ..
        } = part;
        self.all.add(amount);
        if target.days.hold(on) {
            self.toward_quota.add(amount);
        }
        self.toward_deal_quota += u64::from(is_owner & target.deal_days.hold(on));
        self.shared += u64::from(!is_owner);
    }

    pub(in crate::tally) fn plus(self, other: Self) -> Self {
        let sum = Self {
            missing: self.missing.or(other.missing),
            all: self.all.plus(other.all),
            toward_quota: self.toward_quota.plus(other.toward_quota),
            toward_deal_quota: self.toward_deal_quota + other.toward_deal_quota,
            shared: self.shared + other.shared,
        };
        sum.settled()
    }

    /// How many deals the rep has a part of at least.
    fn least(&self) -> u64 {
        let owned = self.toward_deal_quota.saturating_add(self.shared);
        self.toward_quota.count.max(owned).max(self.all.count)
    }

    /// How many deals they are, where none is shared with the rep: of those that are, others may be counted with it.
    fn unshared(&self) -> Result<u64, Undefined> {
        match self.shared()? {
            0 => Ok(self.all()?.count),
            _ => Err(Undefined::NotCounted("records")),
        }
    }

    /// How many of the deals are the rep's own.
    pub(super) fn owned(&self) -> Result<u64, Undefined> {
        Ok(self.all()?.count.saturating_sub(self.shared()?))
    }

    /// Whether they can be added to others.
    fn is_bounded(&self) -> bool {
        self.least() <= MAX_RECORDS && self.all.is_sound() && self.toward_quota.is_sound()
    }

    pub(in crate::tally) fn is_sound(&self) -> bool {
        let own = self.toward_deal_quota.saturating_add(self.shared);
        self.all.is_sound()
            && self.toward_quota.is_sound()
            && (self.all().is_err()
                || (self.toward_quota.is_part_of(self.all) && own <= self.all.count))
    }

    /// Whether they can be won from the first day up to, and not including, the second, with employment and quotas for these days.
    pub(super) fn fit(&self, target: &Target, window: (Day, Day)) -> bool {
        let window = target.employed_within(window);
        let (start, end) = window;
        if start == end {
            return self.least() == 0;
        }
        let fits = |days: &QuotaDays, is_none: bool, is_all: bool| {
            (is_none || !days.hold_none(window)) && (is_all || !days.hold_all(window))
        };
        let toward = self.toward_quota().map_or(true, |toward| {
            let is_all = self.all().map_or(true, |all| all == toward);
            fits(&target.days, toward.count == 0, is_all)
        });
        let toward_deals = self.toward_deal_quota().map_or(true, |deals| {
            let is_all = self.owned().map_or(true, |owned| owned == deals);
            fits(&target.deal_days, deals == 0, is_all)
        });
        toward && toward_deals
    }
}

impl RepActivities {
    /// Those of a kind.
    ///
    /// # Errors
    /// [`Undefined::NotCounted`] where they were not given.
    pub fn of(&self, kind: ActivityKind) -> Result<u64, Undefined> {
        match kind {
            ActivityKind::Call => self.calls(),
            ActivityKind::Email => self.emails(),
            ActivityKind::Message => self.messages(),
            ActivityKind::Meeting => self.meetings(),
            ActivityKind::Other => self.others(),
        }
    }

    /// Counts an activity, unless another one stands for it.
    #[inline]
    pub(super) fn add(&mut self, facts: &ActivityFacts) {
        let count = match facts.kind {
            ActivityKind::Call => &mut self.calls,
            ActivityKind::Email => &mut self.emails,
            ActivityKind::Message => &mut self.messages,
            ActivityKind::Meeting => &mut self.meetings,
            ActivityKind::Other => &mut self.others,
        };
        *count += u64::from(facts.status != Some(MeetingStatus::Rescheduled));
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self {
            missing: self.missing.or(other.missing),
            calls: self.calls + other.calls,
            emails: self.emails + other.emails,
            messages: self.messages + other.messages,
            meetings: self.meetings + other.meetings,
            others: self.others + other.others,
        };
        sum.settled()
    }

    /// Those of every kind that is known.
    fn all(self) -> u64 {
        let kinds = [self.emails, self.messages, self.meetings, self.others];
        kinds.into_iter().fold(self.calls, u64::saturating_add)
    }

    fn is_bounded(&self) -> bool {
        self.all() <= MAX_RECORDS
    }
}

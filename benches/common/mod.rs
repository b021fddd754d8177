//! The records that every benchmark looks at, and the scope in which it does.

use sales_metrics::*;

pub(crate) const MILLION: usize = 1_000_000;
pub(crate) const OWNERS: u64 = 500;

/// Numbers that look like chance and are the same on every machine.
struct Mix(u64);

impl Mix {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        from.get(self.below(from.len() as u64) as usize).unwrap()
    }
}

/// Deals created over two years, half of them won, a quarter lost, the rest open or disqualified.
pub(crate) fn deals(count: usize) -> Vec<Deal> {
    let mut mix = Mix(7);
    let first = date(2025, 1, 1).unwrap();
    let owners = owners();
    let accounts: Vec<AccountId> = (0..20_000)
        .map(|n| AccountId::new(&format!("account-{n}")).unwrap())
        .collect();
    (0..count)
        .map(|n| {
            let created = first + chrono::Days::new(mix.below(730));
            let on = created + chrono::Days::new(mix.below(120));
            let outcome = match mix.below(20) {
                0..10 => Outcome::Won { on },
                10..15 => Outcome::Lost { on },
                15 => Outcome::Disqualified { on },
                _ => Outcome::Open,
            };
            let cents =
                Decimal::try_from_i128_with_scale(i128::from(mix.below(5_000_000)), 2).unwrap();
            let mut deal = Deal::new(format!("D-{n}"), created, outcome, Currency::USD)
                .unwrap()
                .with_owner(mix.pick(&owners))
                .unwrap()
                .with_account(mix.pick(&accounts))
                .unwrap()
                .with_expected_close(created + chrono::Days::new(90))
                .unwrap();
            if mix.below(10) > 0 {
                deal = deal.with_amount(cents).unwrap();
            }
            if mix.below(4) > 0 {
                let share = Decimal::from(mix.below(101));
                deal = deal
                    .with_probability(Rate::from_percent(share).unwrap())
                    .unwrap();
            }
            deal
        })
        .collect()
}

pub(crate) fn year() -> Scope {
    Scope::new(Period::year(2025).unwrap(), Currency::USD)
}

/// An instant of 2025 or 2026, at one of two places.
fn moment(mix: &mut Mix) -> DateTime<FixedOffset> {
    let hours = if mix.below(2) == 0 { -5 } else { 1 };
    let offset = FixedOffset::east_opt(hours * 3_600).unwrap();
    let start = date(2025, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let instant = start + TimeDelta::seconds(mix.below(730 * 86_400) as i64);
    DateTime::from_naive_utc_and_offset(instant, offset)
}

/// Every owner once: records share their ids, as those of an import do.
fn owners() -> Vec<RepId> {
    (0..OWNERS)
        .map(|n| RepId::new(&format!("rep-{n:03}")).unwrap())
        .collect()
}

/// Leads of two years: most are touched within a day, a third become deals.
pub(crate) fn leads(count: usize) -> Vec<Lead> {
    let mut mix = Mix(11);
    let owners = owners();
    let channels = ["web", "fair", "partner", "referral"];
    (0..count)
        .map(|n| {
            let arrived = moment(&mut mix);
            let day = arrived.date_naive();
            let mut lead = Lead::new(format!("L-{n}"), arrived)
                .unwrap()
                .with_owner(mix.pick(&owners))
                .unwrap()
                .with_source(*mix.pick(&channels))
                .unwrap();
            if mix.below(10) > 0 {
                let touch = arrived + TimeDelta::seconds(mix.below(86_400) as i64);
                lead = lead.with_first_touch(touch).unwrap();
                for _ in 0..mix.below(4) {
                    let attempt = touch + TimeDelta::hours(mix.below(240) as i64);
                    lead = lead.with_attempt(attempt).unwrap();
                }
            }
            if mix.below(2) == 0 {
                lead = lead.with_qualified(day + chrono::Days::new(3)).unwrap();
            }
            if mix.below(3) == 0 {
                let on = day + chrono::Days::new(mix.below(30));
                lead = lead.with_conversion(format!("D-{n}"), on).unwrap();
            }
            match mix.below(3) {
                0 => lead.with_origin(Origin::Marketing),
                1 => lead.with_origin(Origin::Sales),
                _ => lead,
            }
        })
        .collect()
}

pub(crate) fn activities(count: usize) -> Vec<Activity> {
    let mut mix = Mix(13);
    let kinds = [
        ActivityKind::Call,
        ActivityKind::Call,
        ActivityKind::Email,
        ActivityKind::Message,
        ActivityKind::Meeting,
    ];
    let answers = [
        Disposition::Positive,
        Disposition::Neutral,
        Disposition::Negative,
        Disposition::Voicemail,
        Disposition::Missed,
    ];
    let owners = owners();
    (0..count)
        .map(|n| {
            let kind = *mix.pick(&kinds);
            let mut activity = Activity::new(format!("A-{n}"), kind, moment(&mut mix))
                .unwrap()
                .with_rep(mix.pick(&owners))
                .unwrap();
            if kind == ActivityKind::Meeting {
                activity = activity.with_meeting_status(MeetingStatus::Held).unwrap();
            } else {
                activity = activity.with_disposition(*mix.pick(&answers));
            }
            if mix.below(2) == 0 {
                let length = TimeDelta::seconds(mix.below(3_600) as i64);
                activity = activity.with_duration(length).unwrap();
            }
            activity
        })
        .collect()
}

/// A few contracts an account, most of them renewed after a year.
pub(crate) fn contracts(count: usize) -> Vec<Contract> {
    let mut mix = Mix(17);
    (0..count)
        .map(|n| {
            let account = format!("account-{}", n / 3);
            let start = date(2023, 1, 1).unwrap() + chrono::Days::new(mix.below(1_095));
            let mut contract = Contract::new(format!("C-{n}"), account, start, Currency::USD)
                .unwrap()
                .with_last_day(start + chrono::Days::new(364))
                .unwrap()
                .with_recurring(mix.below(5_000), Per::Month)
                .unwrap();
            if n % 3 > 0 {
                contract = contract.with_renewal_of(format!("C-{}", n - 1)).unwrap();
            }
            contract
        })
        .collect()
}

/// As a file that is sorted by something else.
pub(crate) fn in_random_order<T>(mut records: Vec<T>) -> Vec<T> {
    let mut mix = Mix(41);
    for at in (1..records.len()).rev() {
        records.swap(at, mix.below(at as u64 + 1) as usize);
    }
    records
}

pub(crate) fn expenses(count: usize) -> Vec<Spend> {
    let mut mix = Mix(19);
    let channels = ["web", "fair", "partner", "referral"];
    (0..count)
        .map(|n| {
            let on = date(2025, 1, 1).unwrap() + chrono::Days::new(mix.below(730));
            let category = if mix.below(2) == 0 {
                SpendCategory::Sales
            } else {
                SpendCategory::Marketing
            };
            Spend::new(
                format!("S-{n}"),
                on,
                mix.below(10_000),
                Currency::USD,
                category,
            )
            .unwrap()
            .with_source(*mix.pick(&channels))
            .unwrap()
        })
        .collect()
}

pub(crate) fn work_time(count: usize) -> Vec<WorkTime> {
    let mut mix = Mix(23);
    let owners = owners();
    (0..count)
        .map(|_| {
            let on = date(2025, 1, 1).unwrap() + chrono::Days::new(mix.below(730));
            WorkTime::new(mix.pick(&owners), on, TimeDelta::hours(8))
                .unwrap()
                .with_selling(TimeDelta::minutes(mix.below(480) as i64))
                .unwrap()
        })
        .collect()
}

/// Every owner, each with a quota for each quarter of two years.
pub(crate) fn reps_and_quotas() -> (Vec<Rep>, Vec<Quota>) {
    let mut quotas = Vec::new();
    let reps = (0..OWNERS).map(|n| {
        let id = format!("rep-{n:03}");
        for (year, quarter) in (2025..=2026).flat_map(|year| (1..=4).map(move |q| (year, q))) {
            let period = Period::quarter(year, quarter).unwrap();
            quotas.push(Quota::of_money(id.as_str(), period, 5_000_000, Currency::USD).unwrap());
        }
        let team = format!("team-{}", n % 20);
        Rep::new(id).unwrap().with_team(team).unwrap()
    });
    (reps.collect(), quotas)
}

/// The stages of the pipeline, from the first to the last.
pub(crate) const STAGES: [&str; 8] = [
    "Lead in",
    "Qualified",
    "Discovery",
    "Demo",
    "Proposal",
    "Review",
    "Negotiation",
    "Verbal",
];

/// Four states a deal in the order of their instants, as a log has them: it moves through some stages, its amount and its expected close
/// change, half of the deals close, a few are reopened.
pub(crate) fn states(deals: &[Deal]) -> Vec<DealState> {
    let mut mix = Mix(23);
    let owners = owners();
    let mut states = Vec::new();
    for deal in deals {
        let created = deal.created().unwrap();
        let (mut day, mut stage) = (created, mix.below(3));
        let mut owner = mix.pick(&owners);
        let amount = Decimal::from(mix.below(50_000));
        for step in 0..4 {
            let status = match (step, mix.below(20)) {
                (3, 0..6) => DealStatus::Won,
                (2 | 3, 6..9) => DealStatus::Lost,
                _ => DealStatus::Open,
            };
            if mix.below(20) == 0 {
                owner = mix.pick(&owners);
            }
            let push = chrono::Days::new(90 + 30 * mix.below(3));
            let state = DealState::new(deal.id(), day, status, Currency::USD)
                .and_then(|state| state.with_stage(*STAGES.get(stage as usize).unwrap()))
                .and_then(|state| state.with_owner(owner))
                .and_then(|state| state.with_amount(amount + Decimal::from(step)))
                .and_then(|state| state.with_expected_close(created + push));
            states.push(state.unwrap());
            day = day + chrono::Days::new(1 + mix.below(40));
            stage = (stage + mix.below(3)).min(7);
        }
    }
    states.sort_by_key(|state| state.at());
    states
}

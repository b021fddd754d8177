//! The deals that every benchmark looks at, and the scope in which it does.

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
    let owners: Vec<RepId> = (0..OWNERS)
        .map(|n| RepId::new(&format!("rep-{n:03}")).unwrap())
        .collect();
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
            let mut deal = Deal::new(format!("D-{n}"), Currency::USD, created, outcome)
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

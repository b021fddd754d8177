//! A small whole business: records of every family that belong together, made of the families' own plain data.

use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::{
    Activity, Book, Contract, Currency, Deal, Lead, Quota, Rep, Scope, Spend, WorkTime,
};

use crate::activity::{self, RawWork, many_works};
use crate::customer::{
    CHANNELS, RawContract, RawSpend, contracts, many_contracts, many_spends, spends,
};
use crate::lead::{RawLead, calendar, many_raw_leads};
use crate::support;
use crate::team::{RawRep, TeamCase, team_cases};

/// Deals, reps, quotas and the scope are those of `team`.
#[derive(Clone, Debug)]
pub(crate) struct Business {
    pub(crate) team: TeamCase,
    pub(crate) leads: Vec<RawLead>,
    /// For each lead, the deal that it became, by its number: where it was converted and there is such a deal.
    pub(crate) links: Vec<usize>,
    pub(crate) activities: Vec<activity::Raw>,
    pub(crate) works: Vec<RawWork>,
    pub(crate) contracts: Vec<RawContract>,
    pub(crate) spends: Vec<RawSpend>,
    /// From which region the first record of each kind comes; the next one from the next region.
    pub(crate) turn: usize,
}

/// One record in three names none.
const REGIONS: [Option<&str>; 3] = [Some("north"), Some("south"), None];
const TEAMS: [(&str, Option<&str>); 4] = [
    ("ada", Some("red")),
    ("ben", Some("red")),
    ("cleo", Some("blue")),
    ("dora", None),
];

/// Of reps alone: what they own and do is told apart by it.
const DESKS: [(&str, &str); 3] = [("ada", "east"), ("ben", "west"), ("cleo", "east")];

/// Who looks after contracts, one after the other; one of them is no rep.
const OWNERS: [Option<&str>; 5] = [Some("ada"), None, Some("ben"), Some("zoe"), Some("dora")];

/// Into which team, and from when on.
const MOVES: [(&str, &str, &str); 3] = [
    ("ben", "blue", "2024-02-10"),
    ("ben", "red", "2024-03-20"),
    ("dora", "blue", "2024-03-01"),
];

pub(crate) fn businesses() -> impl Strategy<Value = Business> {
    let leads = many_raw_leads().prop_flat_map(|leads| {
        let links = proptest::collection::vec(0_usize..8, leads.len());
        (Just(leads), links)
    });
    let sold = (many_contracts(), many_spends());
    let done = (activity::many_raw(), many_works());
    (team_cases(), leads, done, sold, 0_usize..3).prop_map(
        |(team, (leads, links), (activities, works), (contracts, spends), turn)| Business {
            team,
            leads,
            links,
            activities,
            works,
            contracts,
            spends,
            turn,
        },
    )
}

/// Some of its records are left out altogether, as a business does that does not keep them.
pub(crate) fn sparse_businesses() -> impl Strategy<Value = Business> {
    (businesses(), select(vec![0_u32, 0, 1, 2, 4, 8, 16, 32, 63])).prop_map(
        |(mut business, without)| {
            let is_kept = |bit: u32| without >> bit & 1 == 0;
            let keep = |kept: bool, len: usize| if kept { len } else { 0 };
            let team = &mut business.team;
            team.deals.truncate(keep(is_kept(0), team.deals.len()));
            if !is_kept(1) {
                (team.reps, team.quotas) = (Vec::new(), Vec::new());
            }
            let leads = keep(is_kept(2), business.leads.len());
            business.leads.truncate(leads);
            business.links.truncate(leads);
            let done = keep(is_kept(3), business.activities.len());
            business.activities.truncate(done);
            business
                .works
                .truncate(keep(is_kept(3), business.works.len()));
            let sold = keep(is_kept(4), business.contracts.len());
            business.contracts.truncate(sold);
            let spent = keep(is_kept(5), business.spends.len());
            business.spends.truncate(spent);
            business
        },
    )
}

impl Business {
    pub(crate) fn scope(&self) -> Scope {
        self.team.scope
    }

    fn region(&self, number: usize) -> Option<&'static str> {
        REGIONS[(self.turn + number) % REGIONS.len()]
    }

    /// What the record of that number among its kind names as its source, where its kind has one.
    pub(crate) fn channel(&self, number: usize) -> Option<&'static str> {
        self.region(number).map(|_| CHANNELS[number % 3])
    }

    pub(crate) fn deals(&self) -> Vec<Deal> {
        let deal = |(number, raw): (usize, &support::Raw)| {
            let deal = raw.deal(&format!("D-{number}"), Currency::USD);
            match self.region(number) {
                Some(region) => deal.with_region(region)?.with_source(CHANNELS[number % 3]),
                None => Ok(deal),
            }
        };
        let deals = self.team.deals.iter().enumerate().map(deal);
        deals.collect::<Result<_, _>>().unwrap()
    }

    /// As a CRM exports them: those that became a deal of this business name it.
    pub(crate) fn leads(&self) -> Vec<Lead> {
        let lead = |(number, raw): (usize, &RawLead)| {
            let mut lead = self.converted(number, raw);
            if let Some(region) = self.region(number) {
                lead = lead.with_dimension("region", region)?;
                lead = lead.with_source(CHANNELS[number % 3])?;
            }
            Ok(lead)
        };
        let leads = self.leads.iter().enumerate().map(lead);
        leads.collect::<Result<_, sales_metrics::Error>>().unwrap()
    }

    /// The number of the deal that a lead became.
    pub(crate) fn deal_of(&self, number: usize) -> Option<usize> {
        let link = self.links[number];
        let converted = self.leads[number].converted.is_some();
        (converted && link < self.team.deals.len()).then_some(link)
    }

    fn converted(&self, number: usize, raw: &RawLead) -> Lead {
        let id = format!("L-{number}");
        let Some(deal) = self.deal_of(number) else {
            return raw.lead(&id);
        };
        let open = RawLead {
            converted: None,
            won: None,
            ..raw.clone()
        };
        let lead = open
            .lead(&id)
            .with_conversion(format!("D-{deal}"), raw.converted.unwrap())
            .unwrap();
        match raw.won {
            Some(on) => lead.with_won(on).unwrap(),
            None => lead,
        }
    }

    /// The deals with the origins of their leads: of several, the first of all origins.
    pub(crate) fn joined_deals(&self) -> Vec<Deal> {
        let leads = self.leads();
        let deals = self.deals().into_iter().enumerate();
        let joined = deals.map(|(place, deal)| {
            let leads = leads.iter().enumerate();
            let leads = leads.filter(|(number, _)| self.deal_of(*number) == Some(place));
            let lent = leads.filter_map(|(_, lead)| lead.origin()).min();
            match (deal.origin(), lent) {
                (None, Some(origin)) => deal.with_origin(origin),
                _ => deal,
            }
        });
        joined.collect()
    }

    /// The leads with the outcomes of their deals.
    pub(crate) fn joined_leads(&self) -> Vec<Lead> {
        let deals = self.deals();
        let leads = self.leads().into_iter().enumerate();
        leads
            .map(|(number, lead)| match self.deal_of(number) {
                Some(deal) => lead.with_outcome_of(&deals[deal]).unwrap(),
                None => lead,
            })
            .collect()
    }

    pub(crate) fn activities(&self) -> Vec<Activity> {
        activity::build(&self.activities)
    }

    pub(crate) fn work_time(&self) -> Vec<WorkTime> {
        activity::build_work(&self.works)
    }

    pub(crate) fn reps(&self) -> Vec<Rep> {
        let rep = |raw: &RawRep| {
            let (_, team) = TEAMS.iter().find(|(rep, _)| *rep == raw.id).unwrap();
            let rep = match team {
                Some(team) => raw.rep().with_team(*team).unwrap(),
                None => raw.rep(),
            };
            let rep = match DESKS.iter().find(|(rep, _)| *rep == raw.id) {
                Some((_, desk)) => rep.with_dimension("desk", *desk).unwrap(),
                None => rep,
            };
            let moves = MOVES.iter().filter(|(rep, ..)| *rep == raw.id);
            moves.fold(rep, |rep, (_, team, since)| {
                rep.with_team_since(*team, support::day(since)).unwrap()
            })
        };
        self.team.reps.iter().map(rep).collect()
    }

    pub(crate) fn quotas(&self) -> Vec<Quota> {
        let quotas = self.team.quotas.iter();
        quotas.map(crate::team::RawQuota::quota).collect()
    }

    pub(crate) fn contracts(&self) -> Vec<Contract> {
        let contracts = contracts(&self.contracts).into_iter().enumerate();
        let placed = contracts.map(|(number, contract)| {
            let contract = match OWNERS[(self.turn + number) % OWNERS.len()] {
                Some(owner) => contract.with_owner(owner).unwrap(),
                None => contract,
            };
            match self.region(number) {
                Some(region) => contract.with_dimension("region", region).unwrap(),
                None => contract,
            }
        });
        placed.collect()
    }

    pub(crate) fn spend(&self) -> Vec<Spend> {
        let spends = spends(&self.spends).into_iter().enumerate();
        let placed = spends.map(|(number, spend)| match self.region(number) {
            Some(region) => spend.with_dimension("region", region).unwrap(),
            None => spend,
        });
        placed.collect()
    }

    pub(crate) fn book(&self) -> Book {
        self.book_without_calendar().with_calendar(calendar())
    }

    pub(crate) fn book_without_calendar(&self) -> Book {
        Book::new(Currency::USD)
            .with_activities(self.activities())
            .unwrap()
            .with_work_time(self.work_time())
            .with_reps(self.reps())
            .unwrap()
            .with_leads(self.leads())
            .and_then(|book| book.with_deals(self.deals()))
            .and_then(|book| book.with_quotas(self.quotas()))
            .and_then(|book| book.with_contracts(self.contracts()))
            .and_then(|book| book.with_spend(self.spend()))
            .unwrap()
    }
}

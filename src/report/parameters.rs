use super::Needs;
use crate::error::Undefined;
use crate::record::{ActivityKind, Contract};
use crate::value::{Confidence, Label, Length, Money, Months, Percent, Rate};

/// What some KPIs take besides records: a target, a percentile, from when on a deal is old.
///
/// What has no usual value makes the KPIs that need it undefined until it is given, and no other.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    target: Option<Money>,
    pub(super) confidence: Confidence,
    pub(super) percentile: Rate,
    pub(super) age_limit: u32,
    pub(super) response_limit: Length,
    pub(super) attempt_days: u32,
    pub(super) lead_cap: u64,
    pub(super) lead_age_limit: u32,
    pub(super) activity_kind: ActivityKind,
    pub(super) channel: Option<Label>,
    lifetime: Option<Months>,
    net_burn: Option<Money>,
    contract: Option<Contract>,
    operating_margin: Option<Percent>,
    pub(super) working_time: Length,
    pub(super) time_per_call: Length,
}

impl Default for Parameters {
    fn default() -> Self {
        Self::new()
    }
}

macro_rules! with {
    ($($(#[$doc:meta])* $with:ident $field:ident: $type:ty,)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $with(self, $field: $type) -> Self {
                Self { $field, ..self }
            }
        )*
    };
    (optional $($(#[$doc:meta])* $with:ident $field:ident: $type:ty,)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $with(self, $field: $type) -> Self {
                Self { $field: Some($field), ..self }
            }
        )*
    };
}

impl Parameters {
    /// The usual ones.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            target: None,
            confidence: Confidence::NinetyFive,
            percentile: Rate::NINE_TENTHS,
            age_limit: 90,
            response_limit: Length::minutes(5),
            attempt_days: 7,
            lead_cap: 500,
            lead_age_limit: 60,
            activity_kind: ActivityKind::Call,
            channel: None,
            lifetime: None,
            net_burn: None,
            contract: None,
            operating_margin: None,
            working_time: Length::hours(8),
            time_per_call: Length::minutes(10),
        }
    }

    with! {
        /// How sure an interval is to be: 95 % unless it is said otherwise.
        with_confidence confidence: Confidence,
        /// Which percentile of sales cycles, of response times and of reps: the 90th unless it is said otherwise.
        with_percentile percentile: Rate,
        /// From how many days on an open deal is old: 90 unless it is said otherwise.
        with_age_limit age_limit: u32,
        /// Within what time a lead is to be touched: 5 minutes unless it is said otherwise.
        with_response_limit response_limit: Length,
        /// In how many first days attempts to reach a lead are counted: 7 unless it is said otherwise.
        with_attempt_days attempt_days: u32,
        /// Above how many open leads a rep has too many: 500 unless it is said otherwise.
        with_lead_cap lead_cap: u64,
        /// From how many days on an untouched lead is neglected: 60 unless it is said otherwise.
        with_lead_age_limit lead_age_limit: u32,
        /// Which kind of activity is counted or timed: calls unless it is said otherwise.
        with_activity_kind activity_kind: ActivityKind,
        /// For how long one works a day: 8 hours unless it is said otherwise.
        with_working_time working_time: Length,
        /// How long a call takes: 10 minutes unless it is said otherwise.
        with_time_per_call time_per_call: Length,
    }

    with! { optional
        /// What is to be won in the period. In a report, in its own period and by the whole business.
        with_target target: Money,
        /// The channel that an acquisition's cost is asked of.
        with_channel channel: Label,
        /// How long a customer stays.
        with_lifetime lifetime: Months,
        /// What was spent beyond what came in. In a report, in its own period and by the whole business.
        with_net_burn net_burn: Money,
        /// What is left of the revenue after all costs of running the business, for the rule of 40; not the deals' gross margin. In a
        /// report, in its own period and of the whole business.
        with_operating_margin operating_margin: Percent,
        /// The contract whose yearly value is asked. A report shows it in its own period and of the whole business.
        with_contract contract: Contract,
    }

    pub(super) fn target(&self) -> Result<Money, Undefined> {
        self.target.ok_or(Undefined::NoTarget)
    }

    pub(super) fn channel(&self) -> Result<&Label, Undefined> {
        self.channel.as_ref().ok_or(Undefined::NoChannel)
    }

    pub(super) fn lifetime(&self) -> Result<Months, Undefined> {
        self.lifetime.ok_or(Undefined::NoLifetime)
    }

    pub(super) fn net_burn(&self) -> Result<Money, Undefined> {
        self.net_burn.ok_or(Undefined::NoNetBurn)
    }

    pub(super) fn operating_margin(&self) -> Result<Percent, Undefined> {
        self.operating_margin.ok_or(Undefined::NoOperatingMargin)
    }

    pub(super) fn contract(&self) -> Result<&Contract, Undefined> {
        self.contract.as_ref().ok_or(Undefined::NoContract)
    }

    /// What a KPI is evaluated with, for its title.
    pub(super) fn text(&self, needs: Needs) -> Option<String> {
        let days = |days: u32| Some(format!("{days} days"));
        match needs {
            Needs::Target => self.target.map(|target| format!("{target:#}")),
            Needs::NetBurn => self.net_burn.map(|burn| format!("{burn:#}")),
            Needs::OperatingMargin => self.operating_margin.map(|margin| margin.to_string()),
            Needs::Contract => self.contract.as_ref().map(|signed| signed.id().to_string()),
            Needs::Confidence => Some(self.confidence.level().to_string()),
            Needs::Percentile => Some(self.percentile.to_string()),
            Needs::AgeLimit => days(self.age_limit),
            Needs::ResponseLimit => Some(self.response_limit.to_string()),
            Needs::AttemptDays => days(self.attempt_days),
            Needs::LeadCap => Some(self.lead_cap.to_string()),
            Needs::LeadAgeLimit => days(self.lead_age_limit),
            Needs::ActivityKind => Some(self.activity_kind.to_string()),
            Needs::Channel => self.channel.as_ref().map(ToString::to_string),
            Needs::Lifetime => self.lifetime.map(|months| months.to_string()),
            Needs::CallTime => Some(format!("{} at {}", self.working_time, self.time_per_call)),
            _ => None,
        }
    }
}

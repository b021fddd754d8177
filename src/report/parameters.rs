use super::{Inputs, Parameter};
use crate::error::Undefined;
use crate::kpi;
use crate::record::{ActivityKind, Contract};
use crate::value::{Confidence, Label, Length, Money, Months, Percent, Rate};

/// What has a usual value is `with_field field: Type = usual`; what has none, `with_field field: Type, or why it is missing`, and is asked
/// of the [`Inputs`]. What stands in place of what the records say is `with_field field: Type`, and what holds in one period of the whole
/// business alone says which [`Parameter`] it is.
macro_rules! parameters {
    (
        $(#[$doc:meta])*
        usual { $($(#[$usual_doc:meta])* $with_usual:ident $usual:ident: $usual_type:ty = $value:expr;)* }
        given { $($(#[$given_doc:meta])* $with_given:ident $given:ident: $given_type:ty, or $missing:ident;)* }
        in_place { $($(#[$place_doc:meta])* $with_place:ident $place:ident: $place_type:ty;)* }
        for_the_period {
            $($(#[$own_doc:meta])* $parameter:ident $with_own:ident $own:ident: $own_type:ty, or $none:ident;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct Parameters {
            $($usual: $usual_type,)*
            $($given: Option<$given_type>,)*
            $($place: Option<$place_type>,)*
            $($own: Option<$own_type>,)*
        }

        impl Parameters {
            const USUAL: Self = Self {
                $($usual: $value,)*
                $($given: None,)*
                $($place: None,)*
                $($own: None,)*
            };

            $(
                $(#[$usual_doc])*
                #[must_use]
                pub fn $with_usual(self, $usual: $usual_type) -> Self {
                    Self { $usual, ..self }
                }

                $(#[$usual_doc])*
                #[must_use]
                pub fn $usual(&self) -> $usual_type {
                    self.$usual
                }
            )*

            $(
                $(#[$given_doc])*
                #[must_use]
                pub fn $with_given(self, $given: $given_type) -> Self {
                    Self { $given: Some($given), ..self }
                }
            )*

            $(
                $(#[$place_doc])*
                #[must_use]
                pub fn $with_place(self, $place: $place_type) -> Self {
                    Self { $place: Some($place), ..self }
                }
            )*

            $(
                $(#[$own_doc])*
                #[must_use]
                pub fn $with_own(self, $own: $own_type) -> Self {
                    Self { $own: Some($own), ..self }
                }
            )*
        }

        impl Parameter {
            /// Whether it was given for one period of the whole business, and holds in no other and in no group.
            pub(super) fn is_for_the_period(self) -> bool {
                matches!(self, $(Self::$parameter)|*)
            }
        }

        impl<'a> Inputs<'a> {
            $(
                $(#[$given_doc])*
                ///
                /// # Errors
                #[doc = concat!("[`Undefined::", stringify!($missing), "`] where it was not given.")]
                pub fn $given(&self) -> Result<&'a $given_type, Undefined> {
                    self.parameters().$given.as_ref().ok_or(Undefined::$missing)
                }
            )*

            $(
                $(#[$own_doc])*
                ///
                /// # Errors
                #[doc = concat!("[`Undefined::", stringify!($none), "`] where it was not given;")]
                /// [`Undefined::OnlyForThePeriod`] where it was given for another period, or for the whole of which this is a group.
                pub fn $own(&self) -> Result<&'a $own_type, Undefined> {
                    let given = self.parameters().$own.as_ref().ok_or(Undefined::$none)?;
                    self.if_for_this(given)
                }
            )*
        }
    };
}

parameters! {
    /// What some KPIs take besides records: a target, a percentile, from when on a deal is old.
    ///
    /// What has no usual value makes the KPIs that need it undefined until it is given, and no other.
    usual {
        /// How sure an interval is to be: 95 % unless it is said otherwise.
        with_confidence confidence: Confidence = Confidence::NinetyFive;
        /// Which percentile of sales cycles, of response times and of reps: the 90th unless it is said otherwise.
        with_percentile percentile: Rate = Rate::NINE_TENTHS;
        /// From how many days on an open deal is old: 90 unless it is said otherwise.
        with_age_limit age_limit: u32 = 90;
        /// Within how many days of its creation a deal is to be won: 90 unless it is said otherwise.
        with_win_limit win_limit: u32 = 90;
        /// Within what time a lead is to be touched: 5 minutes unless it is said otherwise.
        with_response_limit response_limit: Length = Length::minutes(5);
        /// In how many first days attempts to reach a lead are counted: 7 unless it is said otherwise.
        with_attempt_days attempt_days: u32 = 7;
        /// Above how many open leads a rep has too many: 500 unless it is said otherwise.
        with_lead_cap lead_cap: u64 = 500;
        /// From how many days on an untouched lead is neglected: 60 unless it is said otherwise.
        with_lead_age_limit lead_age_limit: u32 = 60;
        /// How many decided deals are enough for a stage's probability: 30 unless it is said otherwise.
        with_least_decided least_decided: u64 = 30;
        /// How many of the largest accounts, deals or reps are taken together: 10 unless it is said otherwise.
        with_largest largest: u32 = 10;
        /// Which kind of activity is counted or timed: calls unless it is said otherwise.
        with_activity_kind activity_kind: ActivityKind = ActivityKind::Call;
        /// For how long one works a day: 8 hours unless it is said otherwise.
        with_working_time working_time: Length = Length::hours(8);
        /// How long a call takes: 10 minutes unless it is said otherwise.
        with_time_per_call time_per_call: Length = Length::minutes(10);
    }
    given {
        /// The channel whose costs are asked, and what it brings.
        with_channel channel: Label, or NoChannel;
        /// The stage of the pipeline that is asked of.
        with_stage stage: Label, or NoStage;
        /// How long a customer stays.
        with_lifetime lifetime: Months, or NoLifetime;
    }
    in_place {
        /// What is left of the revenue after the costs of what is sold: for payback and lifetime values, in every period and group. Unless it
        /// is given it is the [`profit_margin`](crate::kpi::profit_margin) of the period's deals, by their costs.
        ///
        /// ```
        /// use sales_metrics::report::{Parameters, Report, ReportPlan, find};
        /// use sales_metrics::{Book, Contract, Currency, Per, Percent, Period, Scope, Spend, SpendCategory, date};
        ///
        /// // Nobody keeps what a deal costs; the ledger says that 80 % of the revenue are left.
        /// let contract = Contract::new("C-1", "Acme", date(2026, 2, 1)?, Currency::USD)?.with_recurring(100, Per::Month)?;
        /// let spend = Spend::new("S-1", date(2026, 1, 31)?, 1_200, Currency::USD, SpendCategory::Sales)?;
        /// let book = Book::new(Currency::USD).with_contracts([contract])?.with_spend([spend])?;
        /// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
        /// let parameters = Parameters::new().with_gross_margin(Percent::from_percent(80)?);
        ///
        /// let plan = ReportPlan::new(q1).with_kpis([find("cac_payback")?]).with_parameters(parameters);
        /// let report = Report::of(&book, &plan)?;
        /// let line = report.sections()[0].line("cac_payback").expect("it is chosen");
        /// assert_eq!(line.title(), "CAC payback (gross margin 80%)");
        /// assert_eq!(line.now().value.as_ref().expect("it is paid back").to_string(), "15 months");
        /// # Ok::<(), sales_metrics::Error>(())
        /// ```
        with_gross_margin gross_margin: Percent;
    }
    for_the_period {
        /// What is to be won in the period. In a report, in its own period and by the whole business.
        Target with_target target: Money, or NoTarget;
        /// What was spent beyond what came in. In a report, in its own period and by the whole business.
        NetBurn with_net_burn net_burn: Money, or NoNetBurn;
        /// What is left of the revenue after all costs of running the business, for the rule of 40; not the deals' gross margin. In a
        /// report, in its own period and of the whole business.
        OperatingMargin with_operating_margin operating_margin: Percent, or NoOperatingMargin;
        /// The contract whose yearly value is asked. A report shows it in its own period and of the whole business.
        Contract with_contract contract: Contract, or NoContract;
    }
}

impl Parameters {
    /// The usual ones.
    #[must_use]
    pub const fn new() -> Self {
        Self::USUAL
    }

    /// What a KPI is evaluated with, for its title; none where it was not given.
    pub(super) fn text(&self, parameter: Parameter) -> Option<String> {
        let days = |days: u32| Some(format!("{days} days"));
        match parameter {
            Parameter::Target => self.target.map(|target| format!("{target:#}")),
            Parameter::NetBurn => self.net_burn.map(|burn| format!("{burn:#}")),
            Parameter::OperatingMargin => self.operating_margin.map(|margin| margin.to_string()),
            Parameter::Contract => self.contract.as_ref().map(|signed| signed.id().to_string()),
            Parameter::Confidence => Some(self.confidence.level().to_string()),
            Parameter::Percentile => Some(self.percentile.to_string()),
            Parameter::AgeLimit => days(self.age_limit),
            Parameter::WinLimit => days(self.win_limit),
            Parameter::ResponseLimit => Some(self.response_limit.to_string()),
            Parameter::AttemptDays => days(self.attempt_days),
            Parameter::Stage => self.stage.as_ref().map(ToString::to_string),
            Parameter::LeastDecided => Some(format!("of {} decided", self.least_decided)),
            Parameter::LeadCap => Some(self.lead_cap.to_string()),
            Parameter::LeadAgeLimit => days(self.lead_age_limit),
            Parameter::Largest => Some(format!("{} largest", self.largest)),
            Parameter::ActivityKind => Some(self.activity_kind.to_string()),
            Parameter::Channel => self.channel.as_ref().map(ToString::to_string),
            Parameter::Lifetime => self.lifetime.map(|months| months.to_string()),
            Parameter::GrossMargin => self
                .gross_margin
                .map(|margin| format!("gross margin {margin}")),
            Parameter::CallTime => Some(format!("{} at {}", self.working_time, self.time_per_call)),
        }
    }
}

impl Inputs<'_> {
    /// What is left of the revenue after the costs of what is sold: the margin that [was given](Parameters::with_gross_margin), and else
    /// that of the deals.
    ///
    /// # Errors
    /// Where none was given, as [`deals`](Self::deals) and [`profit_margin`](kpi::profit_margin).
    pub fn gross_margin(&self) -> Result<Percent, Undefined> {
        match self.parameters().gross_margin {
            Some(margin) => Ok(margin),
            None => kpi::profit_margin(self.deals()?),
        }
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self::new()
    }
}

//! What the records of a book say, and what none of them does.

use core::fmt;

use serde::Serialize;

use super::AllRecords;
use crate::record::{ActivityKind, Disposition, History, MeetingStatus, Outcome};

/// For each kind of records: what one may say, as a field and by its name; the text where none does; and whether a record says it.
macro_rules! recorded {
    ($($records:ident: $record:ident { $($field:ident as $name:ident, $text:literal: $says:expr;)* })*) => {
        /// What no record of a book's list says, whatever its day: it never was so, or nobody recorded it, or the import of it was not
        /// asked for. Nobody but the reader can tell which, so a figure that counts it is marked.
        ///
        /// Its JSON is its name (`"lead_owner"`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Unrecorded {
            $($(#[doc = concat!("In the whole list, ", $text, ".")] $name,)*)*
        }

        impl fmt::Display for Unrecorded {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(match self {
                    $($(Self::$name => concat!($text, ": perhaps it is not recorded"),)*)*
                })
            }
        }

        /// What at least one record says.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[allow(clippy::struct_excessive_bools, reason = "each is said or not, whatever the others are")]
        pub(crate) struct Recorded {
            $($($field: bool,)*)*
        }

        impl Recorded {
            /// Of records that are gone nobody knows what they said: it is held to be all.
            pub(super) const UNKNOWN: Self = Self { $($($field: true,)*)* };

            pub(super) fn of(records: &AllRecords) -> Self {
                let mut found = Self::default();
                $(
                    for $record in records.$records.iter() {
                        $(found.$field = found.$field || $says;)*
                        if true $(&& found.$field)* {
                            break;
                        }
                    }
                )*
                found
            }

            /// Of both.
            pub(super) fn or(self, other: Self) -> Self {
                Self { $($($field: self.$field || other.$field,)*)* }
            }

            pub(crate) fn says(self, what: Unrecorded) -> bool {
                match what {
                    $($(Unrecorded::$name => self.$field,)*)*
                }
            }
        }
    };
}

impl Recorded {
    /// What the states of deals say of that which figures read off them.
    pub(super) fn of_history(history: &History) -> Self {
        Self {
            expected_close: history.keeps().expect_expected_close().is_ok(),
            ..Self::default()
        }
    }
}

recorded! {
    deals: deal {
        deal_owner as DealOwner, "no deal names its owner": deal.owner().is_some();
        deal_amount as DealAmount, "no deal has an amount": deal.amount().is_some();
        expected_close as ExpectedClose, "no deal says when it is expected to close": deal.expected_close().is_some();
        won_deal as WonDeal, "no deal was won": matches!(deal.outcome(), Outcome::Won { .. });
        lost_deal as LostDeal, "no deal was lost": matches!(deal.outcome(), Outcome::Lost { .. });
        disqualified_deal as DisqualifiedDeal, "no deal was disqualified": matches!(deal.outcome(), Outcome::Disqualified { .. });
    }
    leads: lead {
        lead_owner as LeadOwner, "no lead names its owner": lead.owner().is_some();
        lead_attempt as LeadAttempt, "no lead says when somebody tried to reach it": lead.attempts().len() > 0;
        lead_touch as LeadTouch, "no lead says when it was first touched": lead.first_touch().is_some();
        qualified_lead as QualifiedLead, "no lead says when it was qualified": lead.qualified().or(lead.sales_qualified()).is_some();
        marketing_qualified_lead as MarketingQualifiedLead, "no lead says when marketing qualified it": lead.marketing_qualified().is_some();
        accepted_lead as AcceptedLead, "no lead says when sales accepted it": lead.accepted().is_some();
        rejected_lead as RejectedLead, "no lead says when sales gave it back": lead.rejected().is_some();
        sales_qualified_lead as SalesQualifiedLead, "no lead says when sales qualified it": lead.sales_qualified().is_some();
        converted_lead as ConvertedLead, "no lead was converted": lead.is_converted();
        won_lead as WonLead, "no lead's deal was won": lead.won().is_some();
    }
    activities: activity {
        activity_rep as ActivityRep, "no activity names its rep": activity.rep().is_some();
        call as Call, "no activity is a call": activity.kind() == ActivityKind::Call;
        email as Email, "no activity is an email": activity.kind() == ActivityKind::Email;
        message as Message, "no activity is a message": activity.kind() == ActivityKind::Message;
        meeting as Meeting, "no activity is a meeting": activity.kind() == ActivityKind::Meeting;
        other_activity as OtherActivity, "no activity is of another kind": activity.kind() == ActivityKind::Other;
        connected_call as ConnectedCall, "no call out reached anybody": activity.kind() == ActivityKind::Call
            && !activity.is_inbound()
            && activity.disposition().is_some_and(Disposition::is_reached);
        unanswered_call as UnansweredCall, "no call out went unanswered": activity.kind() == ActivityKind::Call
            && !activity.is_inbound()
            && activity.disposition().is_some_and(|taken| !taken.is_reached());
        callback as Callback, "no call is a callback": activity.is_callback();
        positive_call as PositiveCall, "no call was taken well":
            activity.kind() == ActivityKind::Call && activity.disposition() == Some(Disposition::Positive);
        answered_email as AnsweredEmail, "no email was answered":
            activity.kind() == ActivityKind::Email && activity.disposition().is_some_and(Disposition::is_reached);
        held_meeting as HeldMeeting, "no meeting was held": activity.meeting_status() == Some(MeetingStatus::Held);
        missed_meeting as MissedMeeting, "no meeting was missed": activity.meeting_status() == Some(MeetingStatus::NoShow);
    }
    reps: rep {
        hired_rep as HiredRep, "no rep has a first day of work": rep.hired().is_some();
        left_rep as LeftRep, "no rep has a last day of work": rep.left().is_some();
    }
    contracts: contract {
        contract_end as ContractEnd, "no contract has a last day": contract.last_day().or(contract.terminated()).is_some();
        early_end as EarlyEnd, "no contract was ended early": contract.terminated().is_some();
        renewal as Renewal, "no contract renews another or itself": contract.renews() || contract.is_auto_renewing();
        recurring_fee as RecurringFee, "no contract has a recurring fee": contract.recurring().is_some();
    }
}

//! What words can mean.

use super::{Answer, ChangedField};
use crate::record::{
    ActivityKind, DealKind, DealStatus, Departure, Disposition, ForecastCategory, MeetingStatus,
    Origin, SpendCategory,
};
use crate::value::Per;

/// What the words of a [`WordColumn`](super::WordColumn) can mean. It cannot be implemented outside of this crate.
pub trait Meaning: sealed::Meanings {}

impl<T: sealed::Meanings> Meaning for T {}

pub(in crate::import) mod sealed {
    pub trait Meanings: Copy + PartialEq + 'static {
        /// All of them, in their order.
        const ALL: &'static [Self];
        /// As JSON names them, in the same order.
        const NAMES: &'static [&'static str];
    }
}

pub(in crate::import) use sealed::Meanings;

/// At which place among all of its kind a meaning stands.
pub(in crate::import) fn place<T: Meanings>(meaning: T) -> usize {
    let mut all = T::ALL.iter();
    all.position(|known| *known == meaning).unwrap_or_default()
}

/// As JSON names it.
pub(super) fn name<T: Meanings>(meaning: T) -> String {
    let name = T::NAMES.get(place(meaning)).copied();
    name.unwrap_or_default().to_owned()
}

macro_rules! meanings {
    ($($meaning:ident { $($variant:ident $name:literal)* })*) => {
        $(
            impl sealed::Meanings for $meaning {
                const ALL: &'static [Self] = &[$(Self::$variant),*];
                const NAMES: &'static [&'static str] = &[$($name),*];
            }
        )*

        #[cfg(test)]
        mod tests {
            use super::{sealed::Meanings, *};

            /// A new variant needs its word: the JSON of a record takes it.
            #[test]
            fn names_are_those_of_the_records() {
                $(
                    for (meaning, name) in $meaning::ALL.iter().zip($meaning::NAMES) {
                        assert_eq!(serde_json::to_value(meaning).ok(), Some((*name).into()));
                        match meaning { $($meaning::$variant => {})* }
                    }
                )*
            }
        }
    };
}

meanings! {
    ActivityKind { Call "call" Email "email" Message "message" Meeting "meeting" Other "other" }
    Answer { Yes "yes" No "no" }
    ChangedField {
        Stage "stage" Status "status" Owner "owner" Amount "amount" ExpectedClose "expected_close" Probability "probability"
        ProbabilityPercent "probability_percent" ForecastCategory "forecast_category"
    }
    DealKind { New "new" Expansion "expansion" Renewal "renewal" }
    DealStatus { Open "open" Won "won" Lost "lost" Disqualified "disqualified" }
    Departure { Voluntary "voluntary" Involuntary "involuntary" }
    Disposition { Positive "positive" Neutral "neutral" Negative "negative" Voicemail "voicemail" Missed "missed" }
    ForecastCategory { Commit "commit" BestCase "best_case" Pipeline "pipeline" Omitted "omitted" }
    MeetingStatus { Booked "booked" Held "held" NoShow "no_show" Cancelled "cancelled" Rescheduled "rescheduled" }
    Origin { Marketing "marketing" Sales "sales" Partner "partner" }
    Per { Day "day" Week "week" Month "month" Quarter "quarter" HalfYear "half_year" Year "year" }
    SpendCategory { Sales "sales" Marketing "marketing" Other "other" }
}

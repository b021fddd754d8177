//! Dates and instants of a finding on the wire: strictly `2026-03-31` and `2026-03-31T09:30:00+02:00`, in the supported years,
//! as on a record.

use chrono::NaiveDate;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, ser};

use crate::period::Day;

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
pub(super) fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    Day::new(*date)
        .map_err(|error| ser::Error::custom(error.about("date")))?
        .serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<NaiveDate, D::Error> {
    Day::deserialize(deserializer).map(Day::date)
}

/// Where it may be absent.
pub(super) mod maybe {
    use chrono::NaiveDate;
    use serde::{Deserializer, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "the signature that serde calls"
    )]
    pub(in crate::audit) fn serialize<S: Serializer>(
        date: &Option<NaiveDate>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => super::serialize(date, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(in crate::audit) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
}

pub(super) mod instant {
    use chrono::{DateTime, FixedOffset};
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, ser};

    use crate::period::Moment;

    pub(in crate::audit) fn serialize<S: Serializer>(
        at: &DateTime<FixedOffset>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Moment::new(*at)
            .map_err(|error| ser::Error::custom(error.about("instant")))?
            .serialize(serializer)
    }

    pub(in crate::audit) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime<FixedOffset>, D::Error> {
        Moment::deserialize(deserializer).map(Moment::instant)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use crate::audit::FindingKind;

    #[test]
    fn what_cannot_be_read_is_not_written() {
        let closed = NaiveDate::MAX;
        let unreadable = FindingKind::ClosedAfterAsOf { closed };
        assert!(serde_json::to_string(&unreadable).is_err());
        let arrived = DateTime::parse_from_rfc3339("1899-12-31T09:00:00Z")
            .unwrap()
            .into();
        let unreadable = FindingKind::TouchedBeforeArrival {
            touched: arrived,
            arrived,
        };
        assert!(serde_json::to_string(&unreadable).is_err());
    }
}

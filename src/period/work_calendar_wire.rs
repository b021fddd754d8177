//! A calendar in JSON: hours by the names of the weekdays, and holidays.

use serde::{Deserialize, Serialize};

use super::Day;
use super::work_hours::{Hours, HoursWire, WEEK};
use crate::error::Error;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    pub(super) hours: WeekWire,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) holidays: Vec<Day>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    monday: Option<HoursWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tuesday: Option<HoursWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wednesday: Option<HoursWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thursday: Option<HoursWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    friday: Option<HoursWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saturday: Option<HoursWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sunday: Option<HoursWire>,
}

impl WeekWire {
    pub(super) fn of(week: &[Hours; 7]) -> Self {
        let [
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        ] = week.each_ref().map(Hours::wire);
        Self {
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        }
    }

    pub(super) fn week(self) -> Result<[Hours; 7], Error> {
        let days = [
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        ];
        let mut week = <[Hours; 7]>::default();
        for ((weekday, place), hours) in WEEK.iter().zip(&mut week).zip(days) {
            if let Some(hours) = hours {
                *place = hours.hours(*weekday)?;
            }
        }
        Ok(week)
    }
}

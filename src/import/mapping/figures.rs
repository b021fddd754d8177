//! How numbers are written, as the JSON of a mapping says it: of a whole file, or of one column.

use serde::de::MapAccess;
use serde::ser::SerializeMap;

use super::header::once;
use super::unique::Unique;
use crate::import::NumberFormat;

/// Whether the key is one of numbers; then its value is read.
pub(super) fn read<'de, A: MapAccess<'de>>(
    format: &mut NumberFormat,
    key: &str,
    map: &mut A,
) -> Result<bool, A::Error> {
    match key {
        "decimal_mark" => once("decimal_mark", &mut format.decimal_mark, map)?,
        "grouping_mark" => once("grouping_mark", &mut format.grouping_mark, map)?,
        "grouping" => once("grouping", &mut format.grouping, map)?,
        "affixes" => format.affixes = map.next_value()?,
        "negatives" => format.negatives = map.next_value()?,
        "multipliers" => format.multipliers = map.next_value::<Unique<_, _>>()?.0,
        "minor_units" => once("minor_units", &mut format.minor_units, map)?,
        "rounded_to" => once("rounded_to", &mut format.rounded_to, map)?,
        _ => return Ok(false),
    }
    Ok(true)
}

pub(super) fn write<S: SerializeMap>(format: &NumberFormat, map: &mut S) -> Result<(), S::Error> {
    if let Some(mark) = format.decimal_mark {
        map.serialize_entry("decimal_mark", &mark)?;
    }
    if let Some(mark) = format.grouping_mark {
        map.serialize_entry("grouping_mark", &mark)?;
    }
    if let Some(grouping) = format.grouping {
        map.serialize_entry("grouping", &grouping)?;
    }
    if !format.affixes.is_empty() {
        map.serialize_entry("affixes", &format.affixes)?;
    }
    if !format.negatives.is_empty() {
        map.serialize_entry("negatives", &format.negatives)?;
    }
    if !format.multipliers.is_empty() {
        map.serialize_entry("multipliers", &format.multipliers)?;
    }
    if let Some(minor_units) = format.minor_units {
        map.serialize_entry("minor_units", &minor_units)?;
    }
    match format.rounded_to {
        Some(decimals) => map.serialize_entry("rounded_to", &decimals),
        None => Ok(()),
    }
}

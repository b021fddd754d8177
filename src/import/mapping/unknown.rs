//! Keys that a mapping does not have.

use serde::de::Error;

use crate::value::distance;

/// The error of a key that is none of these, with the nearest.
pub(super) fn unknown_key<E: Error>(key: &str, keys: &'static [&'static str]) -> E {
    match problem(key, keys) {
        Some(problem) => E::custom(problem),
        None => E::unknown_field(key, keys),
    }
}

/// The one that differs in the fewest letters, unless that is every other one.
fn problem(key: &str, keys: &[&str]) -> Option<String> {
    // Longer than any of them, and too long to be compared with them all.
    if key.len() > 100 {
        return None;
    }
    let (mut nearest, mut fewest) = (None, key.len().div_ceil(2));
    for known in keys {
        let distance = distance(key, known);
        if distance < fewest {
            (nearest, fewest) = (Some(known), distance);
        }
    }
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let nearest = nearest?;
    Some(format!(
        "unknown field `{key}`, the nearest is `{nearest}`, expected one of {}",
        quoted.join(", ")
    ))
}

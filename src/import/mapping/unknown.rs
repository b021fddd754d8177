//! Keys that a mapping does not have.

use serde::de::Error;

use crate::value::Nearest;

/// The error of a key that is none of these, with the nearest.
pub(super) fn unknown_key<E: Error>(key: &str, keys: &'static [&'static str]) -> E {
    match problem(key, keys) {
        Some(problem) => E::custom(problem),
        None => E::unknown_field(key, keys),
    }
}

fn problem(key: &str, keys: &[&str]) -> Option<String> {
    let (mut search, mut nearest) = (Nearest::to(key)?, None);
    for known in keys {
        if search.is(known) {
            nearest = Some(known);
        }
    }
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let nearest = nearest?;
    Some(format!(
        "unknown field `{key}`, the nearest is `{nearest}`, expected one of {}",
        quoted.join(", ")
    ))
}

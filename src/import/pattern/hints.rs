//! What somebody may have meant by a pattern that means nothing.

use super::Symbols;

/// How other tools write it, and how it is written here. The longest of one letter first.
const ELSEWHERE: [(&str, &str); 29] = [
    ("yyyy", "YYYY"),
    ("yy", "YY"),
    ("y", "YYYY"),
    ("Y", "YYYY"),
    ("dddd", "WWW"),
    ("ddd", "WWW"),
    ("dd", "DD"),
    ("d", "D"),
    ("EEEE", "WWW"),
    ("EEE", "WWW"),
    ("E", "WWW"),
    ("HH24", "hh"),
    ("HH12", "hh and ap"),
    ("HH", "hh"),
    ("H", "h"),
    ("MI", "mm"),
    ("mi", "mm"),
    ("m", "mm"),
    ("SSS", "f"),
    ("SS", "ss"),
    ("S", "f"),
    ("s", "ss"),
    ("JJJJ", "YYYY"),
    ("JJ", "YY"),
    ("XXX", "z"),
    ("X", "z"),
    ("AM", "ap"),
    ("PM", "ap"),
    ("tt", "ap"),
];

/// Letters that stand for the half of the day, and for nothing else.
const HALVES: [char; 3] = ['a', 'A', 'p'];

/// Directives of `strftime`.
const DIRECTIVES: [(char, &str); 14] = [
    ('Y', "YYYY"),
    ('y', "YY"),
    ('m', "MM"),
    ('d', "DD"),
    ('e', "D"),
    ('b', "MMM"),
    ('B', "MMMM"),
    ('H', "hh"),
    ('I', "hh"),
    ('M', "mm"),
    ('S', "ss"),
    ('f', "f"),
    ('p', "ap"),
    ('z', "z"),
];

/// What is wrong with a pattern from here on.
#[cold]
pub(super) fn unknown(rest: &str, symbols: &Symbols) -> String {
    let first = rest.chars().next().unwrap_or_default();
    let run: String = rest.chars().take_while(|letter| *letter == first).collect();
    let mut known = Vec::new();
    for (symbol, _) in symbols {
        known.push(*symbol);
    }
    let mut elsewhere = ELSEWHERE.iter();
    let elsewhere = elsewhere.find(|(theirs, _)| rest.starts_with(theirs));
    let (theirs, ours) = match elsewhere {
        Some((theirs, ours)) => (*theirs, Some(*ours)),
        None => (run.as_str(), HALVES.contains(&first).then_some("ap")),
    };
    let is_known = |ours: &&str| ours.split(" and ").all(|ours| known.contains(&ours));
    if let Some(ours) = ours.filter(is_known) {
        return format!("has {theirs:?}, which is written {ours} here");
    }
    format!(
        "has {theirs:?}, which is none of {}; what stands for itself stands in apostrophes",
        known.join(", ")
    )
}

/// A pattern of `strftime` in the symbols of this crate, if it is one.
#[cold]
pub(in crate::import) fn of_directives(pattern: &str) -> Option<String> {
    let pattern = pattern.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S");
    let (mut letters, mut ours) = (pattern.chars(), String::new());
    while let Some(letter) = letters.next() {
        if letter != '%' {
            ours.push(letter);
            continue;
        }
        let directive = letters.find(|letter| *letter != '-')?;
        let known = DIRECTIVES.iter().find(|(theirs, _)| *theirs == directive);
        ours.push_str(known?.1);
    }
    (ours != pattern).then_some(ours)
}

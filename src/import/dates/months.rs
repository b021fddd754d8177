use crate::import::texts::Texts;
use crate::period::MONTHS;
use crate::value::sorted;

/// The names of the months: the English ones, or the mapping's own.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Months {
    /// Empty where they are the English ones; else each with its number, the longest first.
    own: Vec<(String, u32)>,
}

/// Its letters are three, except of this one, which some write with four.
const SEPT: (u32, &str) = (9, "Sept");

impl Months {
    /// Of twelve months, each with one name or several.
    pub(in crate::import) fn of(months: &[Texts]) -> Result<Self, String> {
        if months.len() != MONTHS.len() {
            return Err(format!("months are 12, not {}", months.len()));
        }
        let mut own: Vec<(String, u32)> = Vec::new();
        for (number, names) in (1..).zip(months) {
            for name in names.iter() {
                if name.is_empty() || name.trim() != name {
                    return Err(format!(
                        "the month's name \"{name}\" is empty, or begins or ends with white space"
                    ));
                }
                if own.iter().any(|(known, _)| is_one(known, name)) {
                    return Err(format!("the month's name \"{name}\" stands twice"));
                }
                own.push((name.to_owned(), number));
            }
            if names.iter().next().is_none() {
                return Err(format!("month {number} has no name"));
            }
        }
        let own = sorted(own, |(a, _), (b, _)| b.len().cmp(&a.len()));
        Ok(Self { own })
    }

    /// The month that is named in front: in English by three letters, else by any of the names.
    pub(super) fn short(&self, text: &mut &[u8]) -> Option<u32> {
        if !self.own.is_empty() {
            return self.own(text);
        }
        let (name, rest) = text.split_at_checked(3)?;
        *text = rest;
        let short = |month: &str| month.as_bytes().get(..3).map(<[u8]>::to_ascii_lowercase);
        let name = name.to_ascii_lowercase();
        let mut months = (1..).zip(MONTHS);
        months.find_map(|(number, month)| (short(month)? == name).then_some(number))
    }

    /// The same by any of the names.
    pub(super) fn any(&self, text: &mut &[u8]) -> Option<u32> {
        if !self.own.is_empty() {
            return self.own(text);
        }
        for (number, month) in (1..).zip(MONTHS).chain([SEPT]) {
            if let Some(rest) = behind(text, month) {
                *text = rest;
                return Some(number);
            }
        }
        self.short(text)
    }

    fn own(&self, text: &mut &[u8]) -> Option<u32> {
        for (name, number) in &self.own {
            if let Some(rest) = behind(text, name) {
                *text = rest;
                return Some(*number);
            }
        }
        None
    }
}

/// What is behind a name, in any case.
fn behind<'a>(text: &'a [u8], name: &str) -> Option<&'a [u8]> {
    if let Some((front, rest)) = text.split_at_checked(name.len()) {
        if front.eq_ignore_ascii_case(name.as_bytes()) {
            return Some(rest);
        }
    }
    if name.is_ascii() {
        return None;
    }
    let mut letters = core::str::from_utf8(text).ok()?.chars();
    let is_there = name
        .chars()
        .all(|letter| letters.next().is_some_and(|found| is_letter(found, letter)));
    is_there.then_some(letters.as_str().as_bytes())
}

fn is_one(name: &str, other: &str) -> bool {
    behind(name.as_bytes(), other).is_some_and(<[u8]>::is_empty)
}

fn is_letter(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

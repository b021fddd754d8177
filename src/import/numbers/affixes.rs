use super::{Negatives, NumberFormat};
use crate::import::spaces::is_space;
use crate::value::sorted;

/// What may stand around the digits of a number.
#[derive(Clone, Debug)]
pub(super) struct Affixes {
    /// As `$`; the longest first.
    signs: Vec<String>,
    /// The longest first.
    multipliers: Vec<(String, u64)>,
    parentheses: bool,
    trailing_minus: bool,
}

/// A number without what stands around its digits.
pub(super) struct Bare<'a> {
    pub(super) digits: &'a str,
    pub(super) is_negative: bool,
    /// By what it is multiplied.
    pub(super) times: u64,
}

const MINUS: [char; 2] = ['-', '\u{2212}'];
const PARENTHESES: [char; 2] = ['(', ')'];

/// Whether it can only be that of a number below 0.
pub(super) fn is_sign(mark: char) -> bool {
    MINUS.contains(&mark) || PARENTHESES.contains(&mark)
}

impl Affixes {
    pub(super) fn new(format: &NumberFormat) -> Result<Self, String> {
        let (mut affixes, mut multipliers) = (Vec::new(), Vec::new());
        for affix in format.affixes() {
            check("affix", affix, format)?;
            affixes.push(affix.clone());
        }
        for (sign, times) in format.multipliers() {
            check("multiplier", sign, format)?;
            if affixes.contains(sign) {
                return Err(format!("\"{sign}\" is both an affix and a multiplier"));
            }
            if *times == 0 {
                return Err(format!("the multiplier \"{sign}\" is 0"));
            }
            multipliers.push((sign.clone(), *times));
        }
        let negatives = format.negatives();
        Ok(Self {
            signs: sorted(affixes, |a, b| b.len().cmp(&a.len())),
            multipliers: sorted(multipliers, |(a, _), (b, _)| b.len().cmp(&a.len())),
            parentheses: negatives.contains(&Negatives::Parentheses),
            trailing_minus: negatives.contains(&Negatives::TrailingMinus),
        })
    }

    /// Whether the mark is in one of them.
    pub(super) fn hold(&self, mark: char) -> bool {
        let multipliers = self.multipliers.iter().map(|(sign, _)| sign);
        let mut all = self.signs.iter().chain(multipliers);
        all.any(|text| text.contains(mark)) || is_space(mark) && !self.signs.is_empty()
    }

    /// The digits in between. Each thing stands there once: a sign, an affix in front, an affix behind, a multiplier.
    pub(super) fn without<'a>(&self, text: &'a str) -> Option<Bare<'a>> {
        let mut digits = text;
        let (mut is_negative, mut in_front, mut behind) = (false, false, false);
        loop {
            let before = digits;
            if !is_negative {
                if let Some(rest) = self.negated(digits) {
                    (digits, is_negative) = (rest, true);
                }
            }
            if !in_front {
                if let Some(rest) = self.after_affix(digits) {
                    (digits, in_front) = (rest, true);
                }
            }
            if !behind {
                if let Some(rest) = self.before_affix(digits) {
                    (digits, behind) = (rest, true);
                }
            }
            if digits == before {
                break;
            }
        }
        let mut times = 1;
        for (sign, by) in &self.multipliers {
            if let Some(rest) = digits.strip_suffix(sign.as_str()) {
                (digits, times) = (rest.trim_end_matches(is_space), *by);
                break;
            }
        }
        let bare = Bare {
            digits,
            is_negative,
            times,
        };
        (!digits.is_empty()).then_some(bare)
    }

    fn negated<'a>(&self, text: &'a str) -> Option<&'a str> {
        if let Some(rest) = text.strip_prefix(MINUS) {
            return Some(rest);
        }
        if self.parentheses {
            let inside = text
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'));
            if inside.is_some() {
                return inside;
            }
        }
        text.strip_suffix(MINUS).filter(|_| self.trailing_minus)
    }

    fn after_affix<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut signs = self.signs.iter();
        let rest = signs.find_map(|affix| text.strip_prefix(affix.as_str()))?;
        Some(rest.trim_start_matches(is_space))
    }

    fn before_affix<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut signs = self.signs.iter();
        let rest = signs.find_map(|affix| text.strip_suffix(affix.as_str()))?;
        Some(rest.trim_end_matches(is_space))
    }
}

/// What could be read as a part of the number, or would never be found, is none.
fn check(what: &str, text: &str, format: &NumberFormat) -> Result<(), String> {
    let marks = [Some(format.decimal_mark()), format.grouping_mark()];
    let says_nothing = |mark: char| marks.contains(&Some(mark)) || is_space(mark);
    let is_part = |mark: char| mark.is_ascii_digit() || is_sign(mark);
    if text.trim() != text || text.contains(is_part) || text.chars().all(says_nothing) {
        return Err(format!(
            "the {what} \"{text}\" must be a sign or a word, such as $ or USD, without digits, signs of numbers and spaces at its ends"
        ));
    }
    Ok(())
}

use super::{Grouping, NumberFormat};
use crate::import::spaces::is_space;

/// The mark between groups of digits, and how many stand in each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Groups {
    mark: Option<char>,
    grouping: Grouping,
}

/// Programs write either for the other.
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

impl Groups {
    pub(super) fn new(format: &NumberFormat) -> Result<Self, String> {
        let mark = format.grouping_mark();
        match (mark, format.grouping()) {
            (None, Some(_)) => {
                Err("the grouping is that of a grouping_mark; name that, too".to_owned())
            }
            (mark, grouping) => Ok(Self {
                mark,
                grouping: grouping.unwrap_or(Grouping::Thousands),
            }),
        }
    }

    /// Whether it is the mark, or one that programs write for it.
    pub(super) fn is_mark(self, found: char) -> bool {
        self.mark.is_some_and(|mark| {
            let both = |are: &dyn Fn(char) -> bool| are(mark) && are(found);
            mark == found || both(&is_space) || both(&|mark| APOSTROPHES.contains(&mark))
        })
    }

    pub(super) fn example(self) -> String {
        match (self.mark, self.grouping) {
            (None, _) => "1234".to_owned(),
            (Some(mark), Grouping::Thousands) => format!("1{mark}234"),
            (Some(mark), Grouping::Indian) => format!("12{mark}34{mark}567"),
        }
    }

    /// Digits without their grouping: all of it, or none.
    pub(super) fn joined(self, whole: &str) -> Option<String> {
        if self.mark.is_none() {
            return all_digits(whole).then(|| whole.to_owned());
        }
        let mut groups = whole.split(|found| self.is_mark(found)).peekable();
        let (front, middle) = match self.grouping {
            Grouping::Thousands => (3, 3),
            Grouping::Indian => (2, 2),
        };
        let mut digits = groups.next().filter(|first| all_digits(first))?.to_owned();
        if groups.peek().is_some() && digits.len() > front {
            return None;
        }
        while let Some(group) = groups.next() {
            let length = if groups.peek().is_some() { middle } else { 3 };
            (group.len() == length && all_digits(group)).then(|| digits.push_str(group))?;
        }
        Some(digits)
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

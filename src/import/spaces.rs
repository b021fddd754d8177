//! The spaces that programs write for a space: no-break, narrow and thin ones. A space that a mapping declares is any of these.

pub(super) fn is_space(mark: char) -> bool {
    matches!(mark, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// What is behind one space, if there is one.
#[inline]
pub(super) fn without_space(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b' ', rest @ ..] | [0xc2, 0xa0, rest @ ..] | [0xe2, 0x80, 0xaf | 0x89, rest @ ..] => {
            Some(rest)
        }
        _ => None,
    }
}

/// A text without the spaces at its end.
pub(super) fn without_spaces_behind(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b' '] | [rest @ .., 0xc2, 0xa0] | [rest @ .., 0xe2, 0x80, 0xaf | 0x89] =
        text
    {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{is_space, without_space, without_spaces_behind};

    #[test]
    fn bytes_and_characters_are_told_by_one_rule() {
        for mark in '\0'..='\u{ffff}' {
            let text = format!("{mark}x");
            let rest = without_space(text.as_bytes());
            assert_eq!(rest == Some(b"x"), is_space(mark), "{mark:?}");
            assert!(rest.is_none() || rest == Some(b"x"));
            let text = format!("x{mark}{mark}");
            let rest = without_spaces_behind(text.as_bytes());
            assert_eq!(rest == b"x", is_space(mark), "{mark:?}");
            assert!(rest == b"x" || rest == text.as_bytes());
        }
    }
}

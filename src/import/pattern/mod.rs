//! A pattern of symbols: how it is written, for dates and for lengths of time.

pub(super) mod digits;
pub(super) mod hints;

/// A part of a pattern, or of what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Part {
    Year,
    TwoDigitYear,
    Month,
    ShortMonth,
    MonthByThree,
    MonthName,
    Day,
    ShortDay,
    Weekday,
    Hour,
    ShortHour,
    /// am or pm.
    Half,
    Minute,
    ShortMinute,
    Second,
    ShortSecond,
    Fraction,
    Zone,
    Utc,
    Space,
    Literal(u8),
}

/// What a pattern may hold, and what it stands for; the longest of one letter first.
pub(super) type Symbols = [(&'static str, Part)];

/// Two to the power of six brackets.
const MOST: usize = 64;

/// All that a text in this pattern may be, of which each has another choice of what stands in brackets: the fullest first.
pub(in crate::import) fn choices(
    pattern: &str,
    symbols: &Symbols,
) -> Result<Vec<Vec<Part>>, String> {
    let mut open: Vec<Vec<Vec<Part>>> = Vec::new();
    let mut choices = vec![Vec::new()];
    for token in tokens(pattern, symbols)? {
        match token {
            Token::Part(part) => choices.iter_mut().for_each(|choice| choice.push(part)),
            Token::Open => open.push(core::mem::replace(&mut choices, vec![Vec::new()])),
            Token::Close => {
                let before = open.pop().ok_or("closes a bracket that it does not open")?;
                choices = with_and_without(&before, &choices);
                if choices.len() > MOST {
                    return Err("has too many brackets; give it as several formats".to_owned());
                }
            }
        }
    }
    if !open.is_empty() {
        return Err("opens a bracket that it does not close".to_owned());
    }
    Ok(choices)
}

fn with_and_without(before: &[Vec<Part>], inside: &[Vec<Part>]) -> Vec<Vec<Part>> {
    let mut all = Vec::new();
    for begin in before {
        for end in inside {
            all.push([begin.as_slice(), end].concat());
        }
        all.push(begin.clone());
    }
    all
}

enum Token {
    Part(Part),
    Open,
    Close,
}

fn tokens(pattern: &str, symbols: &Symbols) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        let mut known = symbols.iter();
        let found = known.find_map(|(symbol, part)| Some((*part, rest.strip_prefix(*symbol)?)));
        if let Some((part, after)) = found {
            tokens.push(Token::Part(part));
            rest = after;
            continue;
        }
        let mut letters = rest.chars();
        let first = letters.next().and_then(|letter| u8::try_from(letter).ok());
        let after = letters.as_str();
        rest = match first {
            Some(b'\'') => quoted(after, &mut tokens)?,
            Some(mark) if mark.is_ascii_punctuation() || b"T ".contains(&mark) => {
                tokens.push(match mark {
                    b'[' => Token::Open,
                    b']' => Token::Close,
                    mark => literal(mark),
                });
                after
            }
            _ => return Err(hints::unknown(rest, symbols)),
        };
    }
    Ok(tokens)
}

fn literal(byte: u8) -> Token {
    Token::Part(match byte {
        b' ' => Part::Space,
        byte => Part::Literal(byte),
    })
}

/// A text in apostrophes, as it stands; nothing between them is an apostrophe.
fn quoted<'a>(text: &'a str, tokens: &mut Vec<Token>) -> Result<&'a str, String> {
    let (inside, after) = text
        .split_once('\'')
        .ok_or("opens an apostrophe that it does not close")?;
    let inside = if inside.is_empty() { "'" } else { inside };
    for byte in inside.bytes() {
        tokens.push(literal(byte));
    }
    Ok(after)
}

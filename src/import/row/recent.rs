use crate::value::halves;

/// What was made of the texts seen lately, so that a text that repeats is checked once, and stored once where it is shared.
///
/// Its size is fixed: a text has two places, and a third text of the same places drives the first out.
pub(in crate::import) struct Recent<T> {
    /// None before the first text.
    places: Vec<Option<Place<T>>>,
}

struct Place<T> {
    print: Print,
    /// The whole text, where its print is not all of it.
    text: Box<[u8]>,
    known: T,
}

/// A power of two.
const PLACES: usize = 4096;

impl<T: Clone> Recent<T> {
    pub(in crate::import) fn new() -> Self {
        Self { places: Vec::new() }
    }

    /// What this text means, from the store or made anew; an error is not stored.
    #[inline]
    pub(in crate::import) fn get<E>(
        &mut self,
        text: &[u8],
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let print = Print::of(text);
        let first = print.spread() % PLACES;
        for at in [first, first ^ 1] {
            if let Some(Some(place)) = self.places.get(at) {
                if place.print.is(&print) && (print.is_whole() || *place.text == *text) {
                    return Ok(place.known.clone());
                }
            }
        }
        let known = make()?;
        let text = if print.is_whole() { &[] } else { text };
        self.keep(
            first,
            Place {
                print,
                text: text.into(),
                known: known.clone(),
            },
        );
        Ok(known)
    }

    #[cold]
    fn keep(&mut self, first: usize, new: Place<T>) {
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        self.places.swap(first, first ^ 1);
        if let Some(place) = self.places.get_mut(first) {
            *place = Some(new);
        }
    }
}

/// The length of a text and its first and last bytes, as numbers: all of a text of up to 32 bytes. Quick to compare.
#[derive(Clone, Copy)]
struct Print {
    length: usize,
    a: u64,
    b: u64,
    c: u64,
    d: u64,
}

impl Print {
    #[inline]
    fn of(text: &[u8]) -> Self {
        let length = text.len();
        let (a, b, c, d) = match (text.first_chunk(), text.last_chunk()) {
            (Some(first), Some(last)) => {
                let (first, last) = (u128::from_le_bytes(*first), u128::from_le_bytes(*last));
                let ((a, b), (c, d)) = (halves(first), halves(last));
                (a, b, c, d)
            }
            _ => match (text.first_chunk(), text.last_chunk()) {
                (Some(first), Some(last)) => {
                    (u64::from_le_bytes(*first), u64::from_le_bytes(*last), 0, 0)
                }
                _ => (short(text), 0, 0, 0),
            },
        };
        Self { length, a, b, c, d }
    }

    /// Whether two texts of this print are one.
    #[inline]
    fn is_whole(&self) -> bool {
        self.length <= 32
    }

    /// Without branches, since most of its branches could not be foretold.
    #[inline]
    fn is(&self, other: &Self) -> bool {
        let words =
            (self.a ^ other.a) | (self.b ^ other.b) | (self.c ^ other.c) | (self.d ^ other.d);
        words == 0 && self.length == other.length
    }

    /// A number that differs for most texts.
    #[inline]
    fn spread(&self) -> usize {
        let ab = (self.a ^ self.b.rotate_left(31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let cd = (self.c ^ self.d.rotate_left(31)).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        usize::try_from((ab ^ cd.rotate_left(7)) >> 40).unwrap_or_default()
    }
}

/// At most 7 bytes.
#[inline]
fn short(text: &[u8]) -> u64 {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => {
            (u64::from(u32::from_le_bytes(*first)) << 32) | u64::from(u32::from_le_bytes(*last))
        }
        _ => text
            .iter()
            .fold(0, |word, byte| (word << 8) | u64::from(*byte)),
    }
}

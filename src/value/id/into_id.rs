use crate::error::Error;

/// What is taken for an id or a label, wherever one is asked for: text of any kind, a whole number, or an id of that very kind.
///
/// Text and numbers are checked by the rule of the id's `new`. The trait is sealed: it is there to be read in a signature, not to be
/// implemented or called.
///
/// ```
/// use sales_metrics::{Deal, Currency, Outcome, RepId, date};
///
/// let (id, owner) = (String::from("D-1"), RepId::new("ada")?);
/// let deal = Deal::new(&id, date(2026, 1, 7)?, Outcome::Open, Currency::EUR)?.with_owner(&owner)?.with_account(4711)?;
/// assert_eq!(deal.account().map(|account| account.as_str()), Some("4711"));
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is taken for no `{T}`",
    note = "give text (`&str`, `&String`, `String`), a whole number, or a `{T}` or a reference to one"
)]
pub trait IntoId<T>: sealed::Taken<T> {}

impl<T, I: sealed::Taken<T>> IntoId<T> for I {}

pub(super) mod sealed {
    use std::borrow::Cow;

    use crate::error::Error;

    pub trait Taken<T> {
        fn taken(self) -> Result<T, Error>;
    }

    /// An id that text can be.
    pub trait Checked: Sized {
        fn checked(text: &str) -> Result<Self, Error>;
    }

    /// What has a text.
    pub trait Text {
        fn text(&self) -> Cow<'_, str>;
    }

    impl<T: Checked, S: Text> Taken<T> for S {
        fn taken(self) -> Result<T, Error> {
            T::checked(&self.text())
        }
    }

    macro_rules! texts {
        ($($kind:ty)*) => {
            $(
                impl Text for $kind {
                    fn text(&self) -> Cow<'_, str> {
                        Cow::Borrowed(self)
                    }
                }
            )*
        };
    }
    texts! { &str &String String }

    macro_rules! numbers {
        ($($kind:ty)*) => {
            $(
                impl Text for $kind {
                    fn text(&self) -> Cow<'_, str> {
                        Cow::Owned(self.to_string())
                    }
                }
            )*
        };
    }
    numbers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
}

/// An id, from what is taken for one.
pub(crate) fn checked<T>(id: impl IntoId<T>) -> Result<T, Error> {
    id.taken()
}

/// A record's own id: nothing else can be named where it is wrong.
pub(crate) fn own<T>(id: impl IntoId<T>) -> Result<T, Error> {
    checked(id).map_err(|error| error.about("id"))
}

//! What all mappings have in common: what they say, their JSON and their builders.

pub(super) mod answer;
mod changed_field;
pub(super) mod column;
mod column_wire;
mod currency;
pub(super) mod each;
mod figures;
pub(super) mod format;
pub(super) mod header;
pub(super) mod keys;
pub(super) mod left_out;
mod listed;
pub(super) mod meaning;
mod outcome;
mod stage_date;
pub(super) mod unique;
mod unknown;
mod wire;
pub(super) mod words;
mod words_wire;

pub use answer::Answer;
pub use changed_field::ChangedField;
pub use column::Column;
pub use currency::CurrencyColumn;
pub use left_out::LeftOut;
pub use listed::Words;
pub use meaning::Meaning;
pub use outcome::OutcomeColumn;
pub use words::WordColumn;

pub(super) use column::{Place, Spec};
pub(super) use currency::CurrencySource;
pub(super) use each::Each;
pub(super) use format::{FileFormat, invalid, problem};
pub(super) use keys::{Entry, Key, Mapping, What};
pub(super) use meaning::Meanings;
pub(super) use stage_date::StageDate;
pub(super) use wire::{read, write};
pub(super) use words::Wording;

use super::row::{Build, Finder, Header};
use super::{ImportError, Summarized};

/// A mapping of columns: [`DealColumns`](super::DealColumns) and its siblings, one for each kind of record.
///
/// It cannot be implemented outside of this crate.
pub trait Columns: Keyed {
    /// What a row becomes.
    type Record: Summarized;
    #[doc(hidden)]
    type Layout: Build<Record = Self::Record>;
    #[doc(hidden)]
    fn layout(finder: &mut Finder<'_>) -> Result<Self::Layout, ImportError>;
}

/// The keys of a mapping, and what it says behind them.
#[doc(hidden)]
pub trait Keyed: Sized {
    const KEYS: &'static [Key];
    /// With those that all mappings have.
    const NAMES: &'static [&'static str];
    /// The names of the classes of rows on which depends what a cell means: the statuses of deals, the kinds of activities.
    const CLASSES: &'static [&'static str] = &[];
    fn of(mapping: Mapping) -> Self;
    fn mapping(&self) -> &Mapping;
}

/// Whether a mapping contradicts itself, whatever the file.
pub(super) fn check<C: Columns>(columns: &C) -> Result<(), ImportError> {
    columns.mapping().format.delimiter()?;
    lay(columns, None).map(drop)
}

/// A mapping laid over the header of a file: names become positions, once.
pub(super) fn lay<C: Columns>(
    columns: &C,
    header: Option<&Header>,
) -> Result<super::row::Laid<C::Layout>, ImportError> {
    let mut finder = Finder::new(columns.mapping(), header, C::CLASSES)?;
    let layout = C::layout(&mut finder);
    if let Some(wrong) = finder.wrong() {
        return Err(wrong);
    }
    finder.finish(layout?)
}

/// A mapping: what every record needs, its other columns with the builder of each, whatever else it says, and how the file writes
/// things.
macro_rules! mapping {
    (
        $(#[$doc:meta])*
        $columns:ident {
            required { $($required:ident: $required_what:expr,)* }
            columns { $($(#[$with_doc:meta])* $with:ident $field:ident)* }
            others { $($other:ident: $other_what:expr,)* }
        }
        $(classes: $classes:expr;)?
        $(grouped by $dimensions:ident)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $columns($crate::import::mapping::Mapping);

        impl $crate::import::mapping::Keyed for $columns {
            const KEYS: &'static [$crate::import::mapping::Key] = {
                use $crate::import::mapping::{Key, What};
                &[
                    $(Key { name: stringify!($required), what: $required_what, is_required: true },)*
                    $(Key { name: stringify!($field), what: What::Column, is_required: false },)*
                    $(Key { name: stringify!($other), what: $other_what, is_required: false },)*
                    $(Key { name: stringify!($dimensions), what: What::Dimensions, is_required: false },)?
                ]
            };
            const NAMES: &'static [&'static str] = &[
                $(stringify!($required),)*
                $(stringify!($field),)*
                $(stringify!($other),)*
                $(stringify!($dimensions),)?
                "dates", "months", "years_from", "decimal_mark", "grouping_mark", "grouping", "affixes", "negatives", "multipliers",
                "minor_units", "rounded_to", "delimiter", "encoding", "title_lines", "place", "offset", "fold", "left_out",
            ];
            $(const CLASSES: &'static [&'static str] = $classes;)?

            fn of(mapping: $crate::import::mapping::Mapping) -> Self {
                Self(mapping)
            }

            fn mapping(&self) -> &$crate::import::mapping::Mapping {
                &self.0
            }
        }

        impl serde::Serialize for $columns {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::import::mapping::write(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $columns {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::import::mapping::read(deserializer)
            }
        }

        impl $columns {
            $(
                $(#[$with_doc])*
                #[must_use]
                pub fn $with(mut self, column: impl Into<$crate::import::Column>) -> Self {
                    self.0.set_column(stringify!($field), column);
                    self
                }
            )*

            $(
                /// Any further dimension: its name on the records, and its column.
                #[must_use]
                pub fn with_dimension(
                    mut self,
                    name: impl Into<String>,
                    column: impl Into<$crate::import::Column>,
                ) -> Self {
                    debug_assert!(stringify!($dimensions) == $crate::import::mapping::keys::DIMENSIONS);
                    self.0.set_dimension(name.into(), column.into());
                    self
                }
            )?

            /// How the file writes dates; `YYYY-MM-DD` unless said otherwise. Several formats are tried in their order, and the first
            /// that a cell fits holds: `["YYYY-MM-DD", "M/D/YY h:mm ap"]`.
            ///
            /// | symbol | what stands there |
            /// |---|---|
            /// | `YYYY` | the year |
            /// | `YY` | its last two digits, of the hundred years [from](Self::with_years_from) 1970 |
            /// | `MM`, `M` | the month in two digits; in one or two |
            /// | `MMM` | its name by three letters, in any case: Jan, Feb; or any of those [given](Self::with_months) |
            /// | `MMMM` | its name in full or by three letters (Sept, too), with a full stop behind or not; or any of those given |
            /// | `DD`, `D` | the day in two digits; in one or two |
            /// | `WWW` | the day of the week in English, by three letters or in full, in any case; it must be that of the date |
            /// | `hh`, `h` | the hour, 0 to 23, in two digits; in one or two |
            /// | `ap` | am or pm, in any case, with full stops (`p.m.`) or without; then the hour is 1 to 12 |
            /// | `mm`, `ss` | minute and second in two digits |
            /// | `f` | the digits of a fraction of a second |
            /// | `z` | `Z`, `UTC`, `GMT` or an offset: `+02:00`, `+0200`, `+02` |
            /// | `Z` | itself; the time is in UTC |
            /// | `[…]` | what may lack: `YYYY-MM-DD[ hh:mm[:ss[.f]]]` |
            /// | `'…'` | itself: `D 'de' MMMM 'de' YYYY` |
            /// | a space | any kind of space, once |
            /// | `T`, other punctuation | itself |
            ///
            /// Or the whole format is one of these words:
            ///
            /// | format | what stands there |
            /// |---|---|
            /// | `serial` | the days of a spreadsheet: 45383 is 2024-04-01, and 45383.65625 a time of it, to the millisecond. From 61 on they count from 1899-12-30, below 60 from 1899-12-31; the 60th is none |
            /// | `serial1904` | the same from 1904-01-01 on, which is 0 |
            /// | `unix`, `unix_ms` | the seconds or milliseconds since 1970 in UTC |
            ///
            /// Where only the date counts, a time is checked, and it is the date at the [`place`](Self::with_place).
            #[must_use]
            pub fn with_dates(mut self, formats: impl Into<$crate::import::Texts>) -> Self {
                self.0.format.dates = Some(formats.into());
                self
            }

            /// The names of the twelve months, each one or several, instead of the English ones: `[["Jan", "Jän"], ["Feb"], …]`. They are
            /// read in any case.
            #[must_use]
            pub fn with_months<M: Into<$crate::import::Texts>>(
                mut self,
                names: impl IntoIterator<Item = M>,
            ) -> Self {
                let names = names.into_iter().map(Into::into).collect();
                self.0.format.months = Some(names);
                self
            }

            /// The first of the hundred years of which a date may have the last two digits; 1970 unless said otherwise: 70 is 1970, and
            /// 69 is 2069.
            #[must_use]
            pub fn with_years_from(mut self, first: u32) -> Self {
                self.0.format.years_from = Some(first);
                self
            }

            /// Where the business is: what the file writes with a time of day and an offset is brought there, before its date is read. It
            /// stays the same instant.
            ///
            /// A time without an offset (no `z` in the format) is one on the clock there. Where that clock shows it twice, it is the first
            /// time; an instant that the clock skips is an error of its row.
            #[must_use]
            pub fn with_place(mut self, place: $crate::Place) -> Self {
                self.0.format.place = Some(place);
                self
            }

            /// The offset of times that are written without one, such as `Z`, where they are not on the clock of the
            /// [`place`](Self::with_place), but are to be brought there.
            #[must_use]
            pub fn with_offset(mut self, offset: impl Into<String>) -> Self {
                self.0.format.offset = Some(offset.into());
                self
            }

            /// The mark before the decimals of a number; `.` unless said otherwise.
            #[must_use]
            pub fn with_decimal_mark(mut self, mark: char) -> Self {
                self.0.format.numbers.decimal_mark = Some(mark);
                self
            }

            /// The mark between groups of digits; none unless said otherwise. Numbers without it are read, too. A space is any kind of
            /// space, and an apostrophe (`'`) the curved one as well.
            #[must_use]
            pub fn with_grouping_mark(mut self, mark: char) -> Self {
                self.0.format.numbers.grouping_mark = Some(mark);
                self
            }

            /// How many digits stand in a group; three unless said otherwise.
            #[must_use]
            pub fn with_grouping(mut self, grouping: $crate::import::Grouping) -> Self {
                self.0.format.numbers.grouping = Some(grouping);
                self
            }

            /// A sign or a word that may stand before a number or behind it, as `$` and `USD`, with spaces between or without; call it
            /// again for each further one.
            #[must_use]
            pub fn with_affix(mut self, affix: impl Into<String>) -> Self {
                self.0.format.numbers.affixes.add(affix.into());
                self
            }

            /// How numbers below 0 may be written, beside a minus sign in front of them.
            #[must_use]
            pub fn with_negatives(
                mut self,
                negatives: impl IntoIterator<Item = $crate::import::Negatives>,
            ) -> Self {
                self.0.format.numbers.negatives.extend(negatives);
                self
            }

            /// A sign or a word behind a number that multiplies it, as `K` by 1,000; call it again for each further one.
            #[must_use]
            pub fn with_multiplier(mut self, sign: impl Into<String>, by: u64) -> Self {
                self.0.format.numbers.multipliers.set(sign.into(), by);
                self
            }

            /// Amounts of money are whole numbers of the currency's minor unit, as 1250 for 12.50 USD.
            #[must_use]
            pub fn in_minor_units(mut self) -> Self {
                self.0.format.numbers.minor_units = Some(true);
                self
            }

            /// Amounts of money are rounded to so many decimals, half away from 0, and those that lose digits are counted; no digit is
            /// rounded away unless said otherwise.
            #[must_use]
            pub fn rounded_to(mut self, decimals: u32) -> Self {
                self.0.format.numbers.rounded_to = Some(decimals);
                self
            }

            /// The mark between the fields of a row; `,` unless said otherwise.
            #[must_use]
            pub fn with_delimiter(mut self, mark: char) -> Self {
                self.0.format.delimiter = Some(mark);
                self
            }

            /// The encoding of files that do not begin with a byte order mark; UTF-8 unless said otherwise.
            #[must_use]
            pub fn with_encoding(mut self, encoding: $crate::import::Encoding) -> Self {
                self.0.format.encoding = Some(encoding);
                self
            }

            /// How many lines stand above the header, one such as `sep=;` among them; none unless said otherwise, but for such a line alone.
            #[must_use]
            pub fn with_title_lines(mut self, lines: u64) -> Self {
                self.0.format.title_lines = Some(lines);
                self
            }

            /// Headers and words are compared without regard to capitals and to how many spaces there are.
            #[must_use]
            pub fn with_folding(mut self) -> Self {
                self.0.format.fold = Some(true);
                self
            }

            /// Rows that are left out and counted; the first rule that fits a row names the reason.
            #[must_use]
            pub fn with_left_out(mut self, rows: $crate::import::LeftOut) -> Self {
                self.0.format.left_out.get_or_insert_default().push(rows);
                self
            }
        }
    };
}

/// The builders of a mapping of records that have instants.
macro_rules! instants {
    ($columns:ident) => {
        impl $columns {
            /// How the file writes instants, in the symbols of [`with_dates`](Self::with_dates); as dates unless said
            /// otherwise. One with a time must have `z` or `Z`, unless there is a [`place`](Self::with_place); what is finer than a microsecond is cut.
            /// Of one without a time, the day is all that is known.
            #[must_use]
            pub fn with_instants(mut self, formats: impl Into<$crate::import::Texts>) -> Self {
                let formats = $crate::import::mapping::Entry::Texts(formats.into());
                self.0.set("instants", formats);
                self
            }
        }
    };
}

pub(super) use {instants, mapping};

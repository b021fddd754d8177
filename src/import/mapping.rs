//! What all mappings have in common: their JSON, their builders, how they are checked and laid over a header.

use super::finder::{Finder, Header};
use super::format::{Format, Formats};
use super::row::Rows;
use super::{ImportError, dates};

/// A mapping of columns: [`DealColumns`](super::DealColumns) and its siblings, one for each kind of record.
///
/// It cannot be implemented outside of this crate.
pub trait Columns {
    /// What a row becomes.
    type Record;
    #[doc(hidden)]
    type Layout: Rows<Self::Record>;
    /// Whether the records are deals.
    #[doc(hidden)]
    const HAS_STATUSES: bool = false;
    #[doc(hidden)]
    fn format(&self) -> Format<'_>;
    #[doc(hidden)]
    fn layout(
        &self,
        formats: Formats,
        finder: &mut Finder<'_>,
    ) -> Result<Self::Layout, ImportError>;
}

/// Whether a mapping contradicts itself, whatever the file.
pub(super) fn check<C: Columns>(columns: &C) -> Result<(), ImportError> {
    super::format::delimiter(columns.format().delimiter)?;
    lay(columns, None).map(drop)
}

/// A mapping laid over the header of a file: names become positions, once.
pub(super) fn lay<C: Columns>(
    columns: &C,
    header: Option<&Header>,
) -> Result<C::Layout, ImportError> {
    let formats = Formats::new(&columns.format())?;
    let mut finder = Finder::new(header, formats.numbers, C::HAS_STATUSES);
    let layout = columns.layout(formats, &mut finder);
    if let Some(wrong) = finder.wrong() {
        return Err(wrong);
    }
    let layout = layout?;
    finder.finish().map(|()| layout)
}

pub(super) fn iso() -> String {
    dates::ISO.to_owned()
}

pub(super) fn point() -> char {
    '.'
}

pub(super) fn comma() -> char {
    ','
}

/// A mapping and its wire: what every record needs, its other columns with the builder of each, whatever else it says,
/// and how the file writes dates and numbers.
macro_rules! mapping {
    (
        $(#[$doc:meta])*
        $columns:ident {
            required { $($required:ident: $required_type:ty,)* }
            columns { $($(#[$with_doc:meta])* $with:ident $field:ident)* }
            others { $($(#[$other_serde:meta])* $other:ident: $other_type:ty,)* }
        }
        $(grouped by $dimensions:ident)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "Wire", into = "Wire")]
        pub struct $columns(Wire);

        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wire {
            $($required: $required_type,)*
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                $field: Option<$crate::import::Column>,
            )*
            $(
                $(#[$other_serde])*
                #[serde(default)]
                $other: $other_type,
            )*
            $(
                #[serde(
                    default,
                    deserialize_with = "crate::import::unique::map",
                    skip_serializing_if = "crate::value::Entries::is_empty"
                )]
                $dimensions: $crate::value::Entries<String, $crate::import::Column>,
            )?
            #[serde(default = "crate::import::mapping::iso")]
            dates: String,
            #[serde(default = "crate::import::mapping::point")]
            decimal_mark: char,
            #[serde(skip_serializing_if = "Option::is_none")]
            grouping_mark: Option<char>,
            #[serde(default = "crate::import::mapping::comma")]
            delimiter: char,
            #[serde(skip_serializing_if = "Option::is_none")]
            place: Option<$crate::period::Place>,
            #[serde(skip_serializing_if = "Option::is_none")]
            offset: Option<String>,
        }

        impl Wire {
            fn of($($required: $required_type),*) -> Self {
                Self {
                    $($required,)*
                    $($field: None,)*
                    $($other: Default::default(),)*
                    $($dimensions: $crate::value::Entries::default(),)?
                    dates: $crate::import::mapping::iso(),
                    decimal_mark: $crate::import::mapping::point(),
                    grouping_mark: None,
                    delimiter: $crate::import::mapping::comma(),
                    place: None,
                    offset: None,
                }
            }

            fn format(&self) -> $crate::import::format::Format<'_> {
                $crate::import::format::Format {
                    dates: &self.dates,
                    instants: None,
                    place: self.place.as_ref(),
                    offset: self.offset.as_deref(),
                    decimal_mark: self.decimal_mark,
                    grouping_mark: self.grouping_mark,
                    delimiter: self.delimiter,
                }
            }

            $(
                /// The columns of all further dimensions, by their names.
                fn further(&self) -> &$crate::value::Entries<String, $crate::import::Column> {
                    &self.$dimensions
                }
            )?
        }

        impl TryFrom<Wire> for $columns {
            type Error = $crate::import::ImportError;

            fn try_from(wire: Wire) -> Result<Self, Self::Error> {
                let columns = Self(wire);
                $crate::import::mapping::check(&columns).map(|()| columns)
            }
        }

        impl From<$columns> for Wire {
            fn from(columns: $columns) -> Self {
                columns.0
            }
        }

        impl $columns {
            $(
                $(#[$with_doc])*
                #[must_use]
                pub fn $with(mut self, column: impl Into<$crate::import::Column>) -> Self {
                    self.0.$field = Some(column.into());
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
                    self.0.$dimensions.set(name.into(), column.into());
                    self
                }
            )?

            /// How the file writes dates; `YYYY-MM-DD` unless said otherwise.
            ///
            /// `YYYY`; `MM`, `M` (one digit or two) or `MMM` (Jan, Feb, … in any case); `DD` or `D`; and of a time `hh` (0 to
            /// 23), `mm`, `ss`, `f` (digits of a fraction) and `z` (`Z` or an offset such as `+02:00`): where only the date
            /// counts, its rest is checked, and it is the date at the [`place`](Self::with_place). `Z` stands for itself, and says that the time
            /// is in UTC; `T`, spaces and punctuation stand for themselves: `M/D/YYYY`, `YYYY-MM-DDThh:mm:ss.fz`.
            #[must_use]
            pub fn with_dates(mut self, pattern: impl Into<String>) -> Self {
                self.0.dates = pattern.into();
                self
            }

            /// Where the business is: what the file writes with a time of day and an offset is brought there, before its date is read. It
            /// stays the same instant.
            ///
            /// A time without an offset (no `z` in the format) is one on the clock there. Where that clock shows it twice, it is the first
            /// time; one that the clock skips is an error of its row.
            #[must_use]
            pub fn with_place(mut self, place: $crate::Place) -> Self {
                self.0.place = Some(place);
                self
            }

            /// The offset of times that are written without one, such as `Z`, where they are not on the clock of the
            /// [`place`](Self::with_place), but are to be brought there.
            #[must_use]
            pub fn with_offset(mut self, offset: impl Into<String>) -> Self {
                self.0.offset = Some(offset.into());
                self
            }

            /// The mark before the decimals of a number; `.` unless said otherwise.
            #[must_use]
            pub fn with_decimal_mark(mut self, mark: char) -> Self {
                self.0.decimal_mark = mark;
                self
            }

            /// The mark between groups of three digits; none unless said otherwise. Numbers without it are read, too.
            #[must_use]
            pub fn with_grouping_mark(mut self, mark: char) -> Self {
                self.0.grouping_mark = Some(mark);
                self
            }

            /// The mark between the fields of a row; `,` unless said otherwise.
            #[must_use]
            pub fn with_delimiter(mut self, mark: char) -> Self {
                self.0.delimiter = mark;
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
            /// otherwise. It must have `hh` and `mm`, and `z` or `Z` unless there is a [`place`](Self::with_place). What is finer than a
            /// microsecond is cut.
            #[must_use]
            pub fn with_instants(mut self, pattern: impl Into<String>) -> Self {
                self.0.instants = Some(pattern.into());
                self
            }
        }

        impl Wire {
            fn format_of_instants(&self) -> $crate::import::format::Format<'_> {
                $crate::import::format::Format {
                    instants: Some(self.instants.as_ref().unwrap_or(&self.dates)),
                    ..self.format()
                }
            }
        }
    };
}

pub(super) use {instants, mapping};

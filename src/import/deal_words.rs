//! The words of a deal: what stands in its columns, and what it means.

use super::row::{Field, Recent, Row, Seen, Trouble, WordField, label};
use crate::record::{DealKind, ForecastCategory, Origin, Particulars};
use crate::value::Label;
use crate::value::id::is_sound;

/// One of the words of a deal: what tells two lists of words apart, and the words themselves, come from this.
pub(super) enum Word {
    Stage(Field),
    LossReason(Field),
    Kind(WordField<DealKind>),
    Origin(WordField<Origin>),
    Forecast(WordField<ForecastCategory>),
    Dimension(Label, Field),
}

impl Word {
    /// Whether it is no label, or one that means what it says.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Self::Stage(field) | Self::LossReason(field) | Self::Dimension(_, field) => {
                field.is_plain()
            }
            Self::Kind(_) | Self::Origin(_) | Self::Forecast(_) => true,
        }
    }

    /// Whether no row has it.
    pub(super) fn is_absent(&self) -> bool {
        match self {
            Self::Stage(field) | Self::LossReason(field) | Self::Dimension(_, field) => {
                field.is_absent()
            }
            Self::Kind(words) => words.is_absent(),
            Self::Origin(words) => words.is_absent(),
            Self::Forecast(words) => words.is_absent(),
        }
    }

    /// What stands in the file.
    #[inline]
    pub(super) fn key(&self, row: &Row<'_>, seen: &mut Seen) -> Result<(), Trouble> {
        match self {
            Self::Stage(field) | Self::LossReason(field) | Self::Dimension(_, field) => {
                seen.key_of(row.known_text(field)?);
                Ok(())
            }
            Self::Kind(words) => row.key_of_words(words, seen),
            Self::Origin(words) => row.key_of_words(words, seen),
            Self::Forecast(words) => row.key_of_words(words, seen),
        }
    }

    /// Whether nothing is wrong with it, as far as that is told at once; nothing is with a label of a plain row.
    #[inline]
    pub(super) fn is_sound(&self, row: &Row<'_>, is_plain: bool) -> bool {
        match self {
            Self::Stage(_) | Self::LossReason(_) | Self::Dimension(..) if is_plain => true,
            Self::Stage(field) | Self::LossReason(field) | Self::Dimension(_, field) => {
                match row.known_text(field) {
                    Ok(Some(cell)) => is_sound(cell.text),
                    Ok(None) => true,
                    Err(_) => false,
                }
            }
            Self::Kind(words) => row.word(words).is_ok(),
            Self::Origin(words) => row.word(words).is_ok(),
            Self::Forecast(words) => row.word(words).is_ok(),
        }
    }

    /// What it means.
    pub(super) fn put(
        &self,
        new: &mut Particulars,
        row: &Row<'_>,
        labels: &mut Recent<Label>,
    ) -> Result<(), Trouble> {
        let mut label = |field| {
            let label = row.repeated(field, labels, label)?;
            Ok(label.map(|(_, label)| label))
        };
        match self {
            Self::Stage(field) => new.stage = label(field)?,
            Self::LossReason(field) => new.loss_reason = label(field)?,
            Self::Kind(words) => new.kind = row.word(words)?.map(|(_, kind)| kind),
            Self::Origin(words) => new.origin = row.word(words)?.map(|(_, origin)| origin),
            Self::Forecast(words) => new.forecast = row.word(words)?.map(|(_, word)| word),
            Self::Dimension(name, field) => {
                if let Some(value) = label(field)? {
                    new.dimensions.set(name.clone(), value);
                }
            }
        }
        Ok(())
    }
}

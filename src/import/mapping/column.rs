use super::each::Each;
use super::header::Header;
use super::meaning::{self, Meaning};
use crate::import::{NumberFormat, Texts};
use crate::value::Entries;

/// A column of the file, and what in it means that the value is unknown.
///
/// A name by itself is a column: `"close_value".into()`. An empty cell is always an unknown value.
///
/// ```
/// use sales_metrics::DealStatus;
/// use sales_metrics::import::{Column, NumberFormat};
///
/// // This export writes 0 as the amount of every lost deal, and "n/a" where nobody knows.
/// let amount = Column::new("close_value").with_unknown(["n/a"]).with_unknown_when(DealStatus::Lost, ["0"]);
/// // This one has one column for the close date of closed deals and the expected close of open ones.
/// let closed = Column::new("CloseDate").with_ignored_when([DealStatus::Open]);
/// // And this one has a column for each, which a reopened deal may have kept: the first that is read and says something counts.
/// let either = Column::new("Won time").with_ignored_when([DealStatus::Lost, DealStatus::Open])
///     .or(Column::new("Lost time").with_ignored_when([DealStatus::Open]));
/// // A timestamp, where the other dates of the file are days.
/// let created = Column::new("CreatedDate").with_dates("YYYY-MM-DDThh:mm:ss.fZ");
/// // So much of another currency than the rest.
/// let cost = Column::new("Cost").with_numbers(NumberFormat::new().with_affix("$"));
/// // Words that stand for numbers.
/// let chance = Column::new("Chance").with_reading("High", "80").with_reading("Low", "20");
/// # let _ = (amount, closed, either, created, cost, chance);
/// ```
///
/// Its JSON is the name, or
/// `{"column": "close_value", "unknown": ["n/a"], "unknown_when": {"lost": ["0"]}, "ignored_when": ["open"]}`; or a list of
/// such, of which the first counts that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column(Vec<Spec>);

/// One of the columns that may hold a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Spec {
    pub(in crate::import) at: Place,
    /// A column whose text stands behind this one's, with a space between them.
    pub(in crate::import) followed_by: Option<String>,
    pub(in crate::import) unknown: Each<String>,
    pub(in crate::import) unknown_when: Entries<String, Each<String>>,
    pub(in crate::import) ignored_when: Each<String>,
    /// Texts that are read as other ones.
    pub(in crate::import) read_as: Entries<String, String>,
    pub(in crate::import) dates: Option<Texts>,
    pub(in crate::import) numbers: NumberFormat,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Place {
    Header(Header),
    /// No column: the line of the row, behind this text.
    Line(String),
}

impl Spec {
    pub(super) fn new(at: Place) -> Self {
        Self {
            at,
            followed_by: None,
            unknown: Each::default(),
            unknown_when: Entries::default(),
            ignored_when: Each::default(),
            read_as: Entries::default(),
            dates: None,
            numbers: NumberFormat::new(),
        }
    }

    /// What the column is called, in errors as well.
    pub(in crate::import) fn name(&self) -> &str {
        match &self.at {
            Place::Header(header) => &header.name,
            Place::Line(_) => "the line",
        }
    }

    /// The texts that mean unknown, each for one class of rows or (`None`) for all.
    pub(in crate::import) fn unknown(&self) -> Vec<(Option<&str>, &str)> {
        let mut all = Vec::new();
        for text in &self.unknown {
            all.push((None, text.as_str()));
        }
        for (class, texts) in self.unknown_when.iter() {
            for text in texts {
                all.push((Some(class.as_str()), text.as_str()));
            }
        }
        all
    }

    /// The classes of rows on which depends what it says.
    pub(in crate::import) fn classes(&self) -> impl Iterator<Item = &String> {
        let unknown = self.unknown_when.iter().map(|(class, _)| class);
        unknown.chain(&self.ignored_when)
    }
}

impl Column {
    /// The column with this header.
    pub fn new(name: impl Into<String>) -> Self {
        Self::of(vec![Spec::new(Place::Header(Header::new(name.into())))])
    }

    /// No column: the number of the line on which the row begins, behind this text. It is an id for the rows of a file that has none:
    /// `calls-7`.
    pub fn line(before: impl Into<String>) -> Self {
        Self::of(vec![Spec::new(Place::Line(before.into()))])
    }

    pub(super) fn of(specs: Vec<Spec>) -> Self {
        Self(specs)
    }

    pub(in crate::import) fn specs(&self) -> &[Spec] {
        &self.0
    }

    /// What follows is about the last column that was named.
    fn with(mut self, change: impl FnOnce(&mut Spec)) -> Self {
        if let Some(last) = self.0.last_mut() {
            change(last);
        }
        self
    }

    /// Another name that the column may have in the header.
    #[must_use]
    pub fn with_alias(self, name: impl Into<String>) -> Self {
        self.with(|spec| {
            if let Place::Header(header) = &mut spec.at {
                header.aliases.push(name.into());
            }
        })
    }

    /// Which of several columns of this name it is, the first being 1.
    #[must_use]
    pub fn nth(self, nth: usize) -> Self {
        self.with(|spec| {
            if let Place::Header(header) = &mut spec.at {
                header.nth = Some(nth);
            }
        })
    }

    /// The column that is read where this one says nothing: its cell is empty, or means that the value is unknown. What is said
    /// after it is about that column.
    #[must_use]
    pub fn or(mut self, column: impl Into<Self>) -> Self {
        self.0.extend(column.into().0);
        self
    }

    /// A column whose text stands behind this one's, as the time behind the date: both are read as one text, with a space between them.
    /// Of a date the first alone is enough; of an id, a name or another text, as a period, no half is: the row is rejected.
    #[must_use]
    pub fn followed_by(self, name: impl Into<String>) -> Self {
        self.with(|spec| spec.followed_by = Some(name.into()))
    }

    /// Texts that mean that the value is unknown. In a column of numbers, every spelling of a number means it: 0 and 0.00.
    #[must_use]
    pub fn with_unknown<T: Into<String>>(self, texts: impl IntoIterator<Item = T>) -> Self {
        self.with(|spec| spec.unknown.extend(texts.into_iter().map(Into::into)))
    }

    /// Texts that mean it for deals of one status, or activities of one kind, and something else for others.
    #[must_use]
    pub fn with_unknown_when<T: Into<String>>(
        self,
        class: impl Meaning,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
        let class = meaning::name(class);
        self.with(|spec| match spec.unknown_when.get_mut(&class) {
            Some(unknown) => unknown.extend(texts),
            None => spec.unknown_when.set(class, texts.into()),
        })
    }

    /// For deals of these statuses, or activities of these kinds, the column says something else, and is not read.
    #[must_use]
    pub fn with_ignored_when<M: Meaning>(self, classes: impl IntoIterator<Item = M>) -> Self {
        self.with(|spec| {
            spec.ignored_when
                .extend(classes.into_iter().map(meaning::name));
        })
    }

    /// A text that is read as another one: a word as the number that it stands for, a symbol as a currency's code.
    #[must_use]
    pub fn with_reading(self, text: impl Into<String>, read_as: impl Into<String>) -> Self {
        self.with(|spec| spec.read_as.set(text.into(), read_as.into()))
    }

    /// How this column writes dates or instants, where it does otherwise than the rest of the file; several formats are tried in
    /// their order.
    #[must_use]
    pub fn with_dates(self, formats: impl Into<Texts>) -> Self {
        self.with(|spec| spec.dates = Some(formats.into()))
    }

    /// How this column writes numbers, where it does otherwise than the rest of the file; what is not declared is as the file has it.
    #[must_use]
    pub fn with_numbers(self, format: NumberFormat) -> Self {
        self.with(|spec| spec.numbers = format)
    }
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Column {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

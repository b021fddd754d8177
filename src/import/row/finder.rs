//! The columns of a mapping, looked up in the header of one file and checked on the way.

use core::marker::PhantomData;
use std::sync::Arc;

use super::Laid;
use super::checks::{check_header, check_left_out, check_texts, check_words};
use super::field::{
    CurrencyField, Field, LengthField, Lexicon, Listed, Part, WordField, WordPart, class_of,
};
use super::formats::{Declared, Formats};
use super::header::Header;
use super::left_out::LeftOutRows;
use super::row::Virtual;
use super::word_list::{QuickWords, WordList};
use crate::import::lengths::Unit;
use crate::import::lengths::clock::Clock;
use crate::import::mapping::{
    Column, CurrencyColumn, CurrencySource, Mapping, Meanings, Place, Spec, StageDate, Wording,
    header, invalid, problem,
};
use crate::import::numbers::Numbers;
use crate::import::{ImportError, NumberFormat};
use crate::value::{Entries, Label, sorted};

/// What it was asked for and could not find, it says at the end, all at once.
pub struct Finder<'a> {
    pub(in crate::import) mapping: &'a Mapping,
    /// None where only the mapping is checked: then every name is found.
    header: Option<&'a Header>,
    /// The names of the classes of rows.
    classes: &'static [&'static str],
    declared: Declared<'a>,
    formats: Arc<Formats>,
    /// Whether some column has times without an offset.
    is_local: bool,
    virtuals: Vec<Virtual>,
    missing: Vec<String>,
    repeated: Vec<String>,
    /// The first thing that is wrong with the mapping itself; what stands for it in a layout is never read.
    wrong: Option<ImportError>,
}

impl<'a> Finder<'a> {
    pub(in crate::import) fn new(
        mapping: &'a Mapping,
        header: Option<&'a Header>,
        classes: &'static [&'static str],
    ) -> Result<Self, ImportError> {
        let declared = Declared::new(&mapping.format, mapping.texts("instants"))?;
        let formats = declared.of_file()?;
        Ok(Self {
            mapping,
            header,
            classes,
            is_local: formats.is_local(),
            declared,
            formats: Arc::new(formats),
            virtuals: Vec::new(),
            missing: Vec::new(),
            repeated: Vec::new(),
            wrong: None,
        })
    }

    /// How the file writes numbers.
    pub(in crate::import) fn numbers(&self) -> &Numbers {
        &self.formats.numbers
    }

    /// The columns behind a key; where it is left out, they are as one of empty cells.
    pub(in crate::import) fn field(&mut self, key: &str) -> Field {
        match self.mapping.column(key) {
            Some(column) => self.column(column),
            None => Field::absent(),
        }
    }

    /// The same, of instants.
    pub(in crate::import) fn instant(&mut self, key: &str) -> Field {
        let field = self.field(key);
        self.expect_clocks(&field);
        field
    }

    /// Several columns of instants behind one key.
    pub(in crate::import) fn instants(&mut self, key: &str) -> Vec<Field> {
        let mut fields = Vec::new();
        for column in self.mapping.columns(key) {
            let field = self.column(column);
            self.expect_clocks(&field);
            fields.push(field);
        }
        fields
    }

    fn expect_clocks(&mut self, field: &Field) {
        for part in &field.parts {
            if let Err(error) = part.formats.expect_clock(self.declared.clocks()) {
                self.refuse(error);
            }
        }
    }

    /// The pairs of columns behind a key.
    pub(in crate::import) fn pairs(&mut self, key: &str) -> Vec<(Field, Field)> {
        let mut fields = Vec::new();
        for (first, second) in self.mapping.pairs(key) {
            fields.push((self.column(first), self.column(second)));
        }
        fields
    }

    fn column(&mut self, column: &Column) -> Field {
        let mut parts = Vec::new();
        for spec in column.specs() {
            match self.part(spec) {
                Ok(part) => parts.push(part),
                Err(error) => self.refuse(error),
            }
        }
        Field { parts }
    }

    fn part(&mut self, spec: &Spec) -> Result<Part, ImportError> {
        self.expect_sound(spec)?;
        let formats = self.formats(spec)?;
        let at = self.place(spec);
        Ok(Part::new(at, spec, self.classes, formats))
    }

    fn formats(&mut self, spec: &Spec) -> Result<Arc<Formats>, ImportError> {
        if spec.dates.is_none() && spec.numbers == NumberFormat::new() {
            return Ok(Arc::clone(&self.formats));
        }
        let own = self
            .declared
            .of_column(spec.dates.as_ref(), &spec.numbers)?;
        self.is_local |= own.is_local();
        Ok(Arc::new(own))
    }

    fn expect_sound(&self, spec: &Spec) -> Result<(), ImportError> {
        self.expect_classes(spec.name(), spec.classes())?;
        let mut texts: Vec<&str> = Vec::new();
        for (_, text) in spec.unknown() {
            texts.push(text);
        }
        for (text, _) in spec.read_as.iter() {
            texts.push(text);
        }
        if let Place::Header(header) = &spec.at {
            check_header(header)?;
        }
        check_texts(&texts)
    }

    fn expect_classes<'b>(
        &self,
        name: &str,
        mut named: impl Iterator<Item = &'b String>,
    ) -> Result<(), ImportError> {
        match named.find(|class| class_of(self.classes, class).is_none()) {
            None => Ok(()),
            Some(_) if self.classes.is_empty() => invalid(format!(
                "column \"{name}\": unknown_when and ignored_when are for the statuses of deals, the kinds of activities and the fields of changes; \
                 say what is unknown as unknown"
            )),
            Some(class) => invalid(format!(
                "column \"{name}\": \"{class}\" is none of {}",
                self.classes.join(", ")
            )),
        }
    }

    /// At which place its cells stand.
    fn place(&mut self, spec: &Spec) -> usize {
        let at = match &spec.at {
            Place::Header(header) => self.position(header),
            Place::Line(before) => return self.made(Virtual::Line(before.clone())),
        };
        match &spec.followed_by {
            Some(time) => {
                let time = self.position(&header::Header::new(time.clone()));
                self.made(Virtual::Joined(at, time))
            }
            None => at,
        }
    }

    /// Whether all cells are those of the file, so far.
    pub(in crate::import) fn makes_none(&self) -> bool {
        self.virtuals.is_empty()
    }

    /// Behind the cells of the file.
    fn made(&mut self, cell: Virtual) -> usize {
        let width = self.header.map_or(0, Header::width);
        let at = width.saturating_add(self.virtuals.len());
        self.virtuals.push(cell);
        at
    }

    pub(in crate::import) fn currency(&mut self, key: &str) -> CurrencyField {
        let (fixed, field) = match self.mapping.currency(key).map(CurrencyColumn::source) {
            Some(CurrencySource::Fixed(currency)) => (Some(*currency), Field::absent()),
            Some(CurrencySource::Column(column)) => (None, self.column(column)),
            None => (None, Field::absent()),
        };
        CurrencyField { fixed, field }
    }

    pub(in crate::import) fn words<T: Meanings>(&mut self, key: &str) -> WordField<T> {
        let mut field = WordField {
            fixed: None,
            parts: Vec::new(),
            of: PhantomData,
        };
        if let Some(wording) = self.mapping.words(key) {
            if let Err(error) = self.put_words(wording, &mut field.fixed, &mut field.parts) {
                self.refuse(error);
            }
        }
        field
    }

    fn put_words(
        &mut self,
        wording: &Wording,
        fixed: &mut Option<usize>,
        parts: &mut Vec<WordPart>,
    ) -> Result<(), ImportError> {
        let Some(header) = &wording.column else {
            let has_words = !wording.words.is_empty() || !wording.unknown.is_empty();
            return match wording.fixed {
                Some(meaning) if !has_words && wording.or.is_none() => {
                    *fixed = Some(meaning);
                    Ok(())
                }
                Some(_) => invalid("what is fixed has no column, and no words"),
                None => invalid("words need their column, or say what is fixed"),
            };
        };
        if wording.fixed.is_some() {
            return invalid("what is fixed has no column, and no words");
        }
        check_header(header)?;
        let lexicon = self.lexicon(&format!("column \"{}\"", header.name), wording)?;
        self.expect_classes(&header.name, wording.ignored_when.iter())?;
        let mut ignored = Vec::new();
        for class in &wording.ignored_when {
            ignored.extend(class_of(self.classes, class));
        }
        let at = self.position(header);
        let part = Part::of_words(at, &header.name, ignored, Arc::clone(&self.formats));
        let quick = if part.is_plain() && !self.mapping.format.folds() {
            let (words, meanings) = wording.all();
            QuickWords::new(&words, &meanings)
        } else {
            QuickWords::default()
        };
        parts.push(WordPart {
            part,
            quick,
            lexicon,
        });
        match &wording.or {
            Some(next) => self.put_words(next, fixed, parts),
            None => Ok(()),
        }
    }

    /// The words of `name`, each with its meaning.
    fn lexicon(&self, name: &str, wording: &Wording) -> Result<Lexicon, ImportError> {
        let folds = self.mapping.format.folds();
        let (words, meanings) = wording.all();
        check_words(name, &words, wording, folds)?;
        Ok(Lexicon {
            words: WordList::new(&words, folds),
            meanings,
            others: wording.others,
        })
    }

    /// The words behind a key that stand in no column of their own; none where it is left out.
    pub(in crate::import) fn listed<T: Meanings>(&mut self, key: &str) -> Option<Listed<T>> {
        let lexicon = self.lexicon(key, self.mapping.words(key)?);
        if let Err(error) = &lexicon {
            self.refuse(error.clone());
        }
        Some(Listed {
            lexicon: lexicon.unwrap_or_default(),
            of: PhantomData,
        })
    }

    /// The stages behind a key, in their order, each once, and the columns of when they were entered.
    pub(in crate::import) fn stages(&mut self, key: &str) -> Vec<(Label, Field)> {
        let mut stages: Vec<(Label, Field)> = Vec::new();
        for StageDate { stage, entered } in self.mapping.stages(key) {
            let field = self.column(entered);
            self.expect_clocks(&field);
            match Label::new(stage) {
                Ok(label) => {
                    if stages.iter().any(|(known, _)| *known == label) {
                        self.refuse(problem(format!("the stage \"{stage}\" has two columns")));
                    }
                    stages.push((label, field));
                }
                Err(error) => self.refuse(problem(format!("a stage's {error}"))),
            }
        }
        stages
    }

    /// The one column of a length that is named, of those of its units, seconds, minutes, hours, and of a clock.
    pub(in crate::import) fn length(&mut self, name: &str) -> LengthField {
        let mut found = None;
        for unit in Unit::ALL {
            let Some(column) = self.mapping.column(&format!("{name}_{}", unit.name())) else {
                continue;
            };
            let field = self.column(column);
            self.put_length(name, &mut found, LengthField::In(unit, field));
        }
        if let Some(column) = self.mapping.column(&format!("{name}_clock")) {
            let formats = self.mapping.texts(&format!("{name}_format"));
            let formats = formats.cloned().unwrap_or_else(|| "h:mm:ss".into());
            match Clock::new(&formats) {
                Ok(clock) => {
                    let field = self.column(column);
                    self.put_length(name, &mut found, LengthField::Clock(clock, field));
                }
                Err(wrong) => self.refuse(problem(wrong)),
            }
        }
        found.unwrap_or_else(|| LengthField::In(Unit::Seconds, Field::absent()))
    }

    fn put_length(&mut self, name: &str, found: &mut Option<LengthField>, length: LengthField) {
        if found.replace(length).is_some() {
            self.refuse(problem(format!(
                "{name} is named in several units; name one of them"
            )));
        }
    }

    /// Those with a key of their own and the further ones, in the order of their names; each name once.
    pub(in crate::import) fn dimensions(&mut self, own: &[&str]) -> Vec<(Label, Field)> {
        let mapping = self.mapping;
        let mut columns = Vec::new();
        for name in own {
            if let Some(column) = mapping.column(name) {
                columns.push((*name, column));
            }
        }
        for (name, column) in mapping.dimensions().into_iter().flat_map(Entries::iter) {
            columns.push((name, column));
        }
        let mut dimensions: Vec<(Label, Field)> = Vec::new();
        for (name, column) in columns {
            let label = match Label::new(name) {
                Ok(label) => label,
                Err(error) => {
                    self.refuse(problem(format!("a dimension's {error}")));
                    continue;
                }
            };
            let field = self.column(column);
            if dimensions.iter().any(|(known, _)| *known == label) {
                self.refuse(problem(format!("the dimension \"{name}\" has two columns")));
            }
            dimensions.push((label, field));
        }
        sorted(dimensions, |(a, _), (b, _)| a.cmp(b))
    }

    /// Which rows are left out.
    fn left_out(&mut self) -> LeftOutRows {
        let mut rows = LeftOutRows::default();
        for rule in self.mapping.format.left_out.iter().flatten() {
            if let Err(error) = check_left_out(rule) {
                self.refuse(error);
            }
            let at = self.position(&header::Header::new(rule.column.clone()));
            let is_except = rule.words.is_empty();
            let words = if is_except { &rule.except } else { &rule.words };
            let mut list = Vec::new();
            for word in words {
                list.push(word.as_str());
            }
            let words = WordList::new(&list, self.mapping.format.folds());
            rows.add(at, words, is_except, &rule.reason);
        }
        rows
    }

    /// What was wrong before a layout came to its end, or to an error of its own.
    pub(in crate::import) fn wrong(&mut self) -> Option<ImportError> {
        self.wrong.take()
    }

    fn refuse(&mut self, error: ImportError) {
        self.wrong.get_or_insert(error);
    }

    /// The layout in its places, if all was found.
    pub(in crate::import) fn finish<L>(mut self, layout: L) -> Result<Laid<L>, ImportError> {
        let left_out = self.left_out();
        if self.declared.clocks().offset.is_some() && !self.is_local {
            return invalid(
                "the offset is that of times without one, but no format has hh and mm without z; leave it out",
            );
        }
        match (self.wrong, self.header) {
            (Some(wrong), _) => Err(wrong),
            (None, Some(header)) if !self.missing.is_empty() => Err(ImportError::MissingColumns {
                missing: self.missing,
                header: header.names.clone(),
                delimiter: header.other_delimiter(),
            }),
            _ if !self.repeated.is_empty() => Err(ImportError::RepeatedColumns {
                columns: self.repeated,
            }),
            _ => Ok(Laid {
                layout,
                virtuals: self.virtuals,
                left_out,
            }),
        }
    }

    fn position(&mut self, header: &header::Header) -> usize {
        let Some(file) = self.header else {
            return usize::MAX;
        };
        let places = file.places(header, self.mapping.format.folds());
        let place = if let Some(nth) = header.nth {
            nth.checked_sub(1).and_then(|at| places.get(at))
        } else {
            if places.len() > 1 {
                note(&mut self.repeated, &header.name);
            }
            places.first()
        };
        if place.is_none() {
            note(&mut self.missing, &header.name);
        }
        // What is missing is never read, since the finder refuses the file at the end.
        place.copied().unwrap_or(usize::MAX)
    }
}

fn note(names: &mut Vec<String>, name: &str) {
    if names.iter().all(|known| known != name) {
        names.push(name.to_owned());
    }
}

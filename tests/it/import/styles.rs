//! How a random file writes what its records say, and the mapping that declares it: names of columns, formats, words, and what else a
//! mapping can say of them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use sales_metrics::Decimal;
use serde_json::{Map, Value, json};

use super::line;

/// Numbers that follow from a seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Splitmix.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True in so many of a hundred.
    pub(super) fn in_hundred(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }

    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// What a cell is to say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    Text(String),
    Date(NaiveDate),
    Instant(DateTime<FixedOffset>),
    Number(Decimal),
    /// With a sign behind it, or without.
    Percent(Decimal),
    /// Percentages between marks.
    Ramp(Vec<Decimal>),
}

/// A class of rows, and which they are.
type Free = Option<(String, Vec<bool>)>;

fn fill(cells: &mut [String], rows: &[bool], with: &str) {
    for (cell, is_free) in cells.iter_mut().zip(rows) {
        if *is_free {
            with.clone_into(cell);
        }
    }
}

/// A format of dates here, and there.
type Pattern = (&'static str, &'static str);

const DATES: [Pattern; 7] = [
    ("YYYY-MM-DD", "%Y-%m-%d"),
    ("DD.MM.YYYY", "%d.%m.%Y"),
    ("M/D/YYYY", "%-m/%-d/%Y"),
    ("D MMM YYYY", "%-d %b %Y"),
    ("MMMM D, YYYY", "%B %-d, %Y"),
    ("WWW DD/MM/YYYY", "%a %d/%m/%Y"),
    ("YYYY-MM-DD['T'hh:mm]", "%Y-%m-%d"),
];

/// So many of them are days alone.
const DAYS: usize = 6;

/// The first two are of two parts.
const INSTANTS: [Pattern; 5] = [
    ("YYYY-MM-DD hh:mm:ss.f z", "%Y-%m-%d %H:%M:%S%.6f %:z"),
    ("M/D/YYYY h:mm:ss.f ap z", "%-m/%-d/%Y %-I:%M:%S%.6f %p %:z"),
    ("YYYY-MM-DDThh:mm:ss[.f]z", "%Y-%m-%dT%H:%M:%S%.6f%:z"),
    ("DD.MM.YYYY hh:mm:ss.fz", "%d.%m.%Y %H:%M:%S%.6f%z"),
    (
        "D MMM YYYY hh:mm:ss.f' ('z')'",
        "%-d %b %Y %H:%M:%S%.6f (%:z)",
    ),
];

/// How numbers are written.
#[derive(Clone, Copy)]
struct Numbers {
    decimal: char,
    grouping: Option<char>,
    indian: bool,
    affix: Option<&'static str>,
    negative: Option<&'static str>,
    thousands: bool,
}

impl Numbers {
    fn of(dice: &mut Dice) -> Self {
        let (decimal, groupings) = dice.pick(&[('.', [',', ' ', '\'']), (',', ['.', ' ', '\''])]);
        Self {
            decimal,
            grouping: dice.in_hundred(60).then(|| dice.pick(&groupings)),
            indian: dice.in_hundred(30),
            affix: dice.in_hundred(50).then(|| dice.pick(&["$", "EUR", "kr."])),
            negative: dice
                .in_hundred(50)
                .then(|| dice.pick(&["parentheses", "trailing_minus"])),
            thousands: dice.in_hundred(30),
        }
    }

    fn declare(self, to: &mut Map<String, Value>) {
        to.insert("decimal_mark".to_owned(), json!(self.decimal));
        // A column without one would have that of its file.
        let mark = self
            .grouping
            .unwrap_or(if self.decimal == '.' { ',' } else { '.' });
        to.insert("grouping_mark".to_owned(), json!(mark));
        let grouping = if self.indian { "indian" } else { "thousands" };
        to.insert("grouping".to_owned(), json!(grouping));
        if let Some(affix) = self.affix {
            to.insert("affixes".to_owned(), json!([affix, "~"]));
        }
        if let Some(negative) = self.negative {
            to.insert("negatives".to_owned(), json!([negative]));
        }
        if self.thousands {
            to.insert(
                "multipliers".to_owned(),
                json!({"K": 1000, "Mio": 1_000_000}),
            );
        }
    }

    fn show(self, number: Decimal, dice: &mut Dice) -> String {
        let thousand = Decimal::from(1_000);
        let is_short = self.thousands && number > thousand && (number % thousand).is_zero();
        let is_short = is_short && dice.in_hundred(60);
        let shown = if is_short { number / thousand } else { number };
        let mut text = self.digits(shown.abs().normalize());
        if is_short {
            text.push('K');
        }
        let is_negative = number.is_sign_negative() && !number.is_zero();
        if let Some(affix) = self.affix.filter(|_| dice.in_hundred(70)) {
            text = match dice.below(if is_negative { 2 } else { 3 }) {
                0 => format!("{affix}{text}"),
                1 => format!("{affix} {text}"),
                _ => format!("{text} {affix}"),
            };
        }
        match self.negative.filter(|_| is_negative) {
            Some("parentheses") => format!("({text})"),
            Some(_) => format!("{text}-"),
            None if is_negative => format!("-{text}"),
            None => text,
        }
    }

    fn digits(self, number: Decimal) -> String {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            let left = whole.len() - at;
            let is_start = if self.indian && left > 3 {
                (left - 3) % 2 == 0
            } else {
                left % 3 == 0
            };
            if at > 0 && is_start {
                out.extend(self.grouping);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }
}

/// The file as it is being written, and the mapping of it.
pub(super) struct Style {
    pub(super) dice: Dice,
    pub(super) mapping: Map<String, Value>,
    delimiter: char,
    end: &'static str,
    dates: Pattern,
    instants: Pattern,
    numbers: Numbers,
    folds: bool,
    encoding: Option<&'static str>,
    titles: usize,
    header: Vec<String>,
    /// For each row, what stands in its cells.
    rows: Vec<Vec<String>>,
    names: usize,
}

impl Style {
    pub(super) fn new(seed: u64, rows: usize) -> Self {
        let mut dice = Dice::new(seed);
        let mut style = Self {
            delimiter: dice.pick(&[',', ';', '\t', '|']),
            end: dice.pick(&["\n", "\r\n"]),
            dates: dice.pick(&DATES),
            instants: dice.pick(&INSTANTS),
            numbers: Numbers::of(&mut dice),
            folds: dice.in_hundred(30),
            encoding: dice
                .in_hundred(30)
                .then(|| dice.pick(&["utf16_le", "utf16_be"])),
            titles: dice.pick(&[0, 0, 1, 3]),
            mapping: Map::new(),
            header: Vec::new(),
            rows: vec![Vec::new(); rows],
            names: 0,
            dice,
        };
        style.declare();
        style
    }

    fn set(&mut self, key: &str, value: Value) {
        self.mapping.insert(key.to_owned(), value);
    }

    fn declare(&mut self) {
        self.set("dates", json!(self.dates.0));
        self.set("delimiter", json!(self.delimiter));
        let numbers = self.numbers;
        numbers.declare(&mut self.mapping);
        if self.folds || self.dice.in_hundred(20) {
            self.set("fold", json!(self.folds));
        }
        if let Some(encoding) = self.encoding {
            self.set("encoding", json!(encoding));
        }
        if self.titles > 0 {
            self.set("title_lines", json!(self.titles));
        }
        if self.dice.in_hundred(30) {
            // No amount has more decimals.
            self.set("rounded_to", json!(4));
        }
        if self.dice.in_hundred(30) {
            self.set("years_from", json!(1950));
        }
    }

    /// How instants are written, and days without one.
    pub(super) fn declare_instants(&mut self) {
        if self.dates == DATES[DAYS] {
            self.dates = DATES[0];
            self.set("dates", json!(self.dates.0));
        }
        self.set("instants", json!([self.instants.0, self.dates.0]));
    }

    /// A name that no other column has.
    fn name(&mut self) -> String {
        self.names += 1;
        let odd = [
            "Col",
            "Wert (€)",
            "a,b",
            "x;y",
            "say \"hi\"",
            "名前",
            "Two words",
            "t\tt|",
        ];
        format!("{} {}", self.dice.pick(&odd), self.names)
    }

    /// As the file may write it.
    fn varied(&mut self, text: &str) -> String {
        if !self.folds || text.chars().any(|c| c == '\t') {
            return text.to_owned();
        }
        let text = text.replace(' ', "   ");
        if self.dice.in_hundred(50) {
            text.to_uppercase()
        } else {
            text.to_lowercase()
        }
    }

    fn put(&mut self, name: &str, cells: Vec<String>) {
        let name = self.varied(name);
        self.header.push(name);
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }

    /// A column of which each row says something or nothing, and its JSON. The rows of a class of which none says anything may say
    /// whatever they like.
    pub(super) fn column(&mut self, said: &[Option<Said>], free: Free) -> Value {
        let (mut spec, mut cells) = self.written(said);
        self.replace_one(said, &mut spec, &mut cells);
        if self.dice.in_hundred(20) && cells.iter().any(String::is_empty) {
            spec.insert("unknown".to_owned(), json!(["n/a", "?"]));
            for cell in cells.iter_mut().filter(|cell| cell.is_empty()) {
                self.dice.pick(&["", "n/a", "?"]).clone_into(cell);
            }
        }
        if let Some((class, rows)) = free {
            let unknown = json!({ class.clone(): ["0", "none"] });
            let (key, value, cell) = if self.dice.in_hundred(50) {
                ("ignored_when", json!([class]), "whatever")
            } else {
                ("unknown_when", unknown, "none")
            };
            spec.insert(key.to_owned(), value);
            fill(&mut cells, &rows, cell);
        }
        match self.dice.below(10) {
            0 => self.in_two(spec, cells),
            1 => self.as_second(spec, cells),
            2 => self.by_alias(spec, cells),
            _ => self.plain(spec, cells),
        }
    }

    fn plain(&mut self, mut spec: Map<String, Value>, cells: Vec<String>) -> Value {
        let name = self.name();
        self.put(&name, cells);
        if spec.is_empty() && self.dice.in_hundred(80) {
            return json!(name);
        }
        spec.insert("column".to_owned(), json!(name));
        Value::Object(spec)
    }

    fn by_alias(&mut self, mut spec: Map<String, Value>, cells: Vec<String>) -> Value {
        let [name, alias, other] = [self.name(), self.name(), self.name()];
        self.put(&alias, cells);
        spec.insert("column".to_owned(), json!(name));
        spec.insert("aliases".to_owned(), json!([other, alias]));
        Value::Object(spec)
    }

    /// Behind another column of the same name.
    fn as_second(&mut self, mut spec: Map<String, Value>, cells: Vec<String>) -> Value {
        let name = self.name();
        self.put(&name, vec!["no matter".to_owned(); cells.len()]);
        self.put(&name, cells);
        spec.insert("column".to_owned(), json!(name));
        spec.insert("nth".to_owned(), json!(2));
        Value::Object(spec)
    }

    /// Each cell in one of two columns, of which the first counts that says something.
    fn in_two(&mut self, spec: Map<String, Value>, cells: Vec<String>) -> Value {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for cell in cells {
            let is_first = self.dice.in_hundred(50);
            let [full, empty] = if is_first {
                [&mut first, &mut second]
            } else {
                [&mut second, &mut first]
            };
            full.push(cell);
            empty.push(String::new());
        }
        json!([self.plain(spec.clone(), first), self.plain(spec, second)])
    }

    /// One of the texts is written otherwise.
    fn replace_one(
        &mut self,
        said: &[Option<Said>],
        spec: &mut Map<String, Value>,
        cells: &mut [String],
    ) {
        let at = self.dice.below(said.len().max(1));
        let Some(Some(Said::Text(text))) = said.get(at) else {
            return;
        };
        if self.dice.in_hundred(30) && spec.is_empty() {
            spec.insert("read_as".to_owned(), json!({ "~~": text }));
            for cell in cells.iter_mut().filter(|cell| *cell == text) {
                self.dice.pick(&["~~", text.as_str()]).clone_into(cell);
            }
        }
    }

    /// The cells, and what must be declared of their column.
    fn written(&mut self, said: &[Option<Said>]) -> (Map<String, Value>, Vec<String>) {
        let mut spec = Map::new();
        let has = |is: fn(&Said) -> bool| said.iter().flatten().any(is);
        let own = self.dice.in_hundred(30);
        let (mut dates, mut instants) = (self.dates, self.instants);
        if own && has(|said| matches!(said, Said::Instant(_))) {
            (dates, instants) = (self.dice.pick(&DATES[..DAYS]), self.dice.pick(&INSTANTS));
            spec.insert("dates".to_owned(), json!([instants.0, dates.0]));
        } else if own && has(|said| matches!(said, Said::Date(_))) {
            // It may be one of instants of which none has a time.
            dates = self.dice.pick(&DATES[..DAYS]);
            spec.insert("dates".to_owned(), json!(dates.0));
        }
        let mut numbers = self.numbers;
        if own && has(|said| matches!(said, Said::Number(_) | Said::Percent(_))) {
            numbers = Numbers::of(&mut self.dice);
            numbers.affix = numbers.affix.or(self.numbers.affix);
            numbers.negative = numbers.negative.or(self.numbers.negative);
            numbers.thousands |= self.numbers.thousands;
            numbers.declare(&mut spec);
        }
        let dice = &mut self.dice;
        let mut write = |said: &Said| match said {
            Said::Text(text) => text.clone(),
            Said::Date(date) => date.format(dates.1).to_string(),
            Said::Instant(instant) => instant.format(instants.1).to_string(),
            // A file of nothing but such numbers would be taken for one of shares.
            Said::Percent(number) if is_below_one(*number) || dice.in_hundred(50) => {
                format!("{} %", numbers.digits(number.normalize()))
            }
            Said::Number(number) | Said::Percent(number) => numbers.show(*number, dice),
            Said::Ramp(months) => {
                let months = months.iter().map(|month| {
                    let sign = if is_below_one(*month) { "%" } else { "" };
                    numbers.digits(month.normalize()) + sign
                });
                months.collect::<Vec<_>>().join("; ")
            }
        };
        let cells = said
            .iter()
            .map(|said| said.as_ref().map_or(String::new(), &mut write));
        let cells = cells.collect();
        (spec, cells)
    }

    /// An instant whose date and time stand in two columns; a day has no time.
    pub(super) fn in_halves(&mut self, said: &[Option<Said>]) -> Value {
        let (dates, instants) = (self.dice.pick(&DATES[..3]), self.dice.pick(&INSTANTS[..2]));
        let (mut days, mut times) = (Vec::new(), Vec::new());
        for said in said {
            let text = match said {
                Some(Said::Instant(instant)) => instant.format(instants.1).to_string(),
                Some(Said::Date(date)) => date.format(dates.1).to_string(),
                _ => String::new(),
            };
            let (day, time) = text.split_once(' ').unwrap_or((&text, ""));
            days.push(day.to_owned());
            times.push(time.to_owned());
        }
        let [first, second] = [self.name(), self.name()];
        self.put(&second, times);
        self.put(&first, days);
        json!({"column": first, "followed_by": second, "dates": [instants.0, dates.0]})
    }

    /// Words for what each row means: for each meaning one or two, or, of one of them, whatever words are declared nowhere.
    pub(super) fn words(
        &mut self,
        meanings: &[&'static str],
        meant: &[Option<&str>],
        free: Free,
    ) -> Value {
        let first = meant.first().copied().flatten();
        if first.is_some() && meant.iter().all(|meant| *meant == first) && self.dice.in_hundred(30)
        {
            return json!({"fixed": first});
        }
        let (name, words, others, mut cells) = self.wording(meanings, meant);
        let mut spec = Map::new();
        if let Some((class, rows)) = free {
            spec.insert("ignored_when".to_owned(), json!([class]));
            fill(&mut cells, &rows, "whatever");
        }
        spec.insert("column".to_owned(), json!(name));
        spec.insert("words".to_owned(), Value::Object(words));
        spec.insert("unknown".to_owned(), json!(["(unknown)"]));
        if let Some(others) = others {
            spec.insert("others".to_owned(), json!(others));
        }
        self.put(&name, cells);
        Value::Object(spec)
    }

    /// The same in the form of an outcome.
    pub(super) fn outcome(&mut self, meanings: &[&'static str], meant: &[Option<&str>]) -> Value {
        let (name, mut spec, others, cells) = self.wording(meanings, meant);
        spec.insert("column".to_owned(), json!(name));
        if let Some(others) = others {
            spec.insert("others".to_owned(), json!(others));
        }
        self.put(&name, cells);
        Value::Object(spec)
    }

    #[allow(clippy::type_complexity, reason = "what a column of words is made of")]
    fn wording(
        &mut self,
        meanings: &[&'static str],
        meant: &[Option<&str>],
    ) -> (
        String,
        Map<String, Value>,
        Option<&'static str>,
        Vec<String>,
    ) {
        let others = self.dice.in_hundred(30).then(|| self.dice.pick(meanings));
        let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
        for meaning in meanings {
            let count = 1 + self.dice.below(2);
            let odd = ["in Arbeit", "n,a", "say \"no\"", "ß", "Won", "0"];
            let mut word = |n: usize| format!("{} {meaning}{n}", self.dice.pick(&odd));
            lists.push((meaning, (0..count).map(&mut word).collect()));
        }
        let mut cells = Vec::new();
        for meant in meant {
            let cell = match meant {
                Some(meant) if others == Some(*meant) => format!("whatever {}", self.dice.below(9)),
                Some(meant) => {
                    let (_, words) = lists.iter().find(|(meaning, _)| meaning == meant).unwrap();
                    let word = words[self.dice.below(words.len())].clone();
                    self.varied(&word)
                }
                None => String::new(),
            };
            cells.push(cell);
        }
        lists.retain(|(meaning, _)| others != Some(*meaning));
        let words = lists
            .into_iter()
            .map(|(meaning, words)| (meaning.to_owned(), json!(words)));
        (self.name(), words.collect(), others, cells)
    }

    /// A currency for the whole file where there is one, or a column of codes.
    pub(super) fn currency(&mut self, codes: &[Option<&str>]) -> Value {
        let known: Vec<&str> = codes.iter().flatten().copied().collect();
        let first = known.first().copied().unwrap_or("USD");
        if known.iter().all(|code| *code == first) && self.dice.in_hundred(50) {
            return json!({"fixed": first});
        }
        let name = self.name();
        let mut cells = Vec::new();
        for code in codes {
            cells.push(match code {
                Some("EUR") => self.dice.pick(&["EUR", "eur", "€"]).to_owned(),
                Some(code) if self.dice.in_hundred(30) => code.to_lowercase(),
                code => code.unwrap_or_default().to_owned(),
            });
        }
        self.put(&name, cells);
        json!({"column": name, "read_as": {"€": "EUR"}})
    }

    /// Some rows more, which are left out by declaration: how many.
    pub(super) fn leave_some_out(&mut self) -> u64 {
        if self.dice.in_hundred(60) {
            return 0;
        }
        let name = self.name();
        let kept = self
            .rows
            .iter()
            .map(|_| ["", "no"][self.names % 2].to_owned());
        let kept = kept.collect();
        self.put(&name, kept);
        self.set(
            "left_out",
            json!([{"reason": "deleted", "column": name, "words": ["yes", "gone"]}]),
        );
        let rows = 1 + self.dice.below(3);
        for _ in 0..rows {
            let mut row = vec!["???".to_owned(); self.header.len()];
            row.pop();
            row.push(self.dice.pick(&["yes", "gone"]).to_owned());
            let at = self.dice.below(self.rows.len() + 1);
            self.rows.insert(at, row);
        }
        rows as u64
    }

    pub(super) fn file(&self) -> Vec<u8> {
        let titles = (0..self.titles).map(|_| "A title, with; marks".to_owned());
        let rows = [&self.header].into_iter().chain(&self.rows);
        let rows = rows.map(|row| line(row, self.delimiter));
        let text: String = titles.chain(rows).map(|row| row + self.end).collect();
        match self.encoding {
            Some("utf16_le") => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Some(_) => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            None => text.into_bytes(),
        }
    }
}

fn is_below_one(percents: Decimal) -> bool {
    Decimal::ZERO < percents && percents < Decimal::ONE
}

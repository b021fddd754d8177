//! Records from any CSV export, by a column mapping that is data (feature `csv`).
//!
//! | records | mapping | function |
//! |---|---|---|
//! | deals | [`DealColumns`] | [`read`] |
//! | leads | [`LeadColumns`] | [`read`] |
//! | activities | [`ActivityColumns`] | [`read`] |
//! | reps | [`RepColumns`] | [`read`] |
//! | quotas | [`QuotaColumns`] | [`read`] |
//! | contracts | [`ContractColumns`] | [`read`] |
//! | expenses | [`SpendColumns`] | [`read`] |
//! | working time | [`WorkTimeColumns`] | [`read`] |
//! | states of deals in time | [`StateColumns`] | [`read`] |
//! | changes of single fields of deals | [`ChangeColumns`] | [`read`] |
//! | when deals entered each stage | [`StageColumns`] | [`read`] |
//! | any of them, into a tally | the same | [`pour`] |
//!
//! ```
//! use sales_metrics::import::{DealColumns, OutcomeColumn, read};
//! use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
//!
//! let file = "id,created,closed,stage,value\nD-1,2026-01-07,2026-02-20,Won,12500\nD-2,2026-03-02,,Offer,9k\n";
//! let stages = OutcomeColumn::new("stage").with_won(["Won"]).with_lost(["Lost"]).with_open(["Offer"]);
//! let columns = DealColumns::new("id", stages, Currency::USD).with_created("created").with_closed("closed").with_amount("value");
//! let imported = read(file.as_bytes(), &columns)?; // or a File: anything that implements `Read`
//!
//! let deals = DealTally::of(&imported.records, Scope::new(Period::quarter(2026, 1)?, Currency::USD))?;
//! assert_eq!(format!("{:.2}", kpi::total_revenue(&deals)?), "12500.00 USD");
//! assert_eq!(
//!     imported.rejected[0].to_string(),
//!     "line 3, column \"value\": \"9k\" is no number in the format 1234.56"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it promises
//! - **Declared, never guessed.** The mapping says which column is what, what its words mean, and how dates and numbers are
//!   written. What does not fit is an error that quotes the cell, not a second try in a format that is not declared.
//! - **No row dropped.** Every row under the header is a record or a [`RowError`] with its line, its column and what would be
//!   right, or one that a declared rule leaves out and counts; a quote that nothing closes is the error of the row in which it opens, and the
//!   reading goes on at the next line. Blank lines are no rows.
//! - **Unknown is not 0.** An empty cell is an unknown value. Any other text means that only where the mapping says so.
//! - **One row at a time.** [`Reader`] and [`pour`] hold one row in memory, so a file of any size can be tallied while it is read.
//!   [`read`] keeps the records. A row longer than 16 MiB is an error, as is a cell in quotes longer than 1 MiB.
//! - **What came of it, at a glance.** A [`Summary`] counts the rows of one file or of many, and tells why which were rejected, which words
//!   nobody declared, and from which to which day and amount the records go: look at it before you trust a new mapping.
//!
//! The file is UTF-8, UTF-16 or Windows-1252 ([`Encoding`]), with lines that end with LF or CRLF. Cells may stand in quotes, with
//! line breaks in them, and a quote in quotes is doubled. White space at the ends of a cell is not part of it. Columns that the
//! mapping does not name are not read. Records with the same id are all read; of deals, [`audit`](crate::audit) finds them.
//!
//! # The mapping as JSON
//! A mapping reads and writes it through `serde`. Keys that are not in these tables are refused. This one is of deals:
//!
//! ```
//! # use sales_metrics::import::DealColumns;
//! let json = r#"{
//!     "id": "Nr",
//!     "created": "Angelegt",
//!     "outcome": { "column": "Phase", "won": ["gewonnen"], "lost": ["verloren"], "open": ["Angebot", ""] },
//!     "currency": { "fixed": "EUR" },
//!     "closed": { "column": "Abschluss", "ignored_when": ["open"] },
//!     "amount": { "column": "Wert", "unknown": ["k. A."], "unknown_when": { "lost": ["0"] } },
//!     "probability_percent": "Chance (%)",
//!     "dimensions": { "team": "Team" },
//!     "dates": "DD.MM.YYYY",
//!     "decimal_mark": ",",
//!     "grouping_mark": ".",
//!     "delimiter": ";"
//! }"#;
//! let columns: DealColumns = serde_json::from_str(json)?;
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! ## Every mapping
//! | key | value | meaning |
//! |---|---|---|
//! | `dates` | format, or list of formats | `"YYYY-MM-DD"` unless given; the symbols are those of [`DealColumns::with_dates`]; the first that a cell fits holds |
//! | `months` | list of 12 | the names of each month, a text or a list of texts, instead of the English ones |
//! | `years_from` | number | the first of the hundred years of which a date may have the last two digits; 1970 unless given |
//! | `decimal_mark` | character | before the decimals; `"."` unless given |
//! | `grouping_mark` | character | between groups of digits; none unless given. A space is any kind of space, and `'` the curved one as well |
//! | `grouping` | word | `"thousands"`, groups of three, unless given; or `"indian"`: 12,34,567 |
//! | `affixes` | list of texts | what may stand before a number or behind it: `["$", "USD"]` |
//! | `negatives` | list of words | how numbers below 0 may be written, beside a minus sign in front: `"parentheses"`, `"trailing_minus"` |
//! | `multipliers` | object | what behind a number multiplies it: `{"K": 1000}` |
//! | `minor_units` | true or false | amounts of money are whole numbers of the currency's minor unit |
//! | `rounded_to` | number | amounts of money are rounded to so many decimals, half away from 0; those that lose digits are counted |
//! | `delimiter` | character | between the cells of a row, one ASCII mark; `","` unless given |
//! | `encoding` | word | of files that do not begin with a byte order mark: `"utf8"` unless given, `"utf16_le"`, `"utf16_be"`, `"windows_1252"` |
//! | `title_lines` | number | how many lines stand above the header, one such as `sep=;` among them; none unless given, but for such a line alone |
//! | `place` | text or list | where the business is, as of a [`Place`](crate::Place): `"-05:00"`. What is written with a time and an offset is brought there, before its date is read; a time without an offset is on the clock there. The crate has no database of zones: in place of a zone's name, list its offsets, each with the instant from which it holds |
//! | `offset` | text | of times that are written without one, where they are not on the clock of the `place` but are brought there: `"Z"` |
//! | `fold` | true or false | headers and words are compared without regard to capitals and to how many spaces there are |
//! | `left_out` | list of objects | rows that are no records ([`LeftOut`]): `{"reason": "deleted", "column": "is_deleted", "words": ["true"]}` |
//!
//! A column of percents in which no number is above 1, and some are below, holds shares, or so it seems (of 0 and 1 alone nobody can tell): that is an error
//! ([`ImportError::OnlyShares`]) once the file has been read, since a quarter would otherwise count as a quarter of a percent. A number with its sign, as `0.5%`, is always one of percents.
//!
//! ## Deals
//! | key | value | meaning |
//! |---|---|---|
//! | `id` | header | the deal's id; required |
//! | `outcome` | object | the column of the status, and its words; required (below) |
//! | `currency` | object | `{"fixed": "USD"}` for the whole file, or `{"column": "ccy"}` for a column of codes; required |
//! | `created` | column | the date of its creation; empty where nobody knows it |
//! | `closed` | column | the date on which it was won, lost or disqualified; required unless all words mean open |
//! | `owner` | column | the rep's id |
//! | `owner_separator` | character | between the ids of several, who share the deal alike, the owner first; without it, a cell holds one |
//! | `owners` | list of objects | instead of `owner`, where reps share deals: `{"rep": column, "share_percent": column}`, the owner first |
//! | `account` | column | the account's id |
//! | `amount` | column | what it is worth, up to 10¹⁴ with at most 4 decimals; of a won deal below 0, what was given back |
//! | `cost` | column | what it costs to deliver, likewise, from 0 |
//! | `list_price` | column | its price before any discount, likewise, from 0 |
//! | `probability` | column | how likely it is to be won, from 0 to 1 |
//! | `probability_percent` | column | the same from 0 to 100, with `%` behind it or without; not both |
//! | `first_contact` | column | the date of the first contact |
//! | `expected_close` | column | the date on which it is expected to close, or was |
//! | `stage` | column | the stage of the pipeline; may be the column of the outcome |
//! | `kind` | words | what it is to the business: `new`, `expansion`, `renewal` |
//! | `origin` | words | who found it: `marketing`, `sales`, `partner` |
//! | `forecast_category` | words | how sure the rep is: `commit`, `best_case`, `pipeline`, `omitted`; words for what is closed are unknown |
//! | `loss_reason` | column | why it was lost; an error where it stands on a deal that is not |
//! | `source` | column | where it came from |
//! | `product` | column | what is sold |
//! | `region` | column | where it is sold |
//! | `dimensions` | object | any further dimension: its name, and its column |
//!
//! ## Leads
//! | key | value | meaning |
//! |---|---|---|
//! | `id` | header | the lead's id; required |
//! | `arrived` | header | the instant of its arrival, or its day; required |
//! | `assigned` | column | the instant at which it was handed over to a rep |
//! | `first_touch` | column | the instant at which a human first got in touch |
//! | `attempts` | list of columns | instants at which a human tried to get in touch |
//! | `marketing_qualified` | column | the date on which it met the criteria of marketing |
//! | `accepted` | column | the date on which sales accepted it |
//! | `rejected` | column | the date on which sales gave it back to marketing |
//! | `sales_qualified` | column | the date on which it met the criteria of sales |
//! | `qualified` | column | the date on which it met the criteria of a qualified lead; that of sales, where it is known, stands before it |
//! | `converted` | column | the date on which it became an opportunity |
//! | `deal` | column | the id of that opportunity; of what was converted, the date, the deal or both may be unknown |
//! | `won` | column | the date on which that opportunity was won |
//! | `is_converted` | words | whether it was converted: `yes`, `no`; for files that lack the deal or the date |
//! | `disqualified` | column | the date on which it was given up |
//! | `is_disqualified` | words | whether it was given up: `yes`, `no`; for files that lack the date |
//! | `source` | column | where it came from: the dimension `source` |
//! | `origin` | words | who found it: `marketing`, `sales`, `partner` |
//! | `fit` | column | how well it fits, in whole points from 0 to 100 |
//! | `interest` | column | how interested it is, likewise |
//! | `owner` | column | the rep's id |
//! | `dimensions` | object | any further dimension: its name, and its column |
//! | `instants` | format, or list of formats | how instants are written; as `dates` unless given. Where it has a time, it has `z` or `Z`, too, unless `place` is given; where it has none, a day is all that is known |
//!
//! Leads of a CRM with a timestamp and a yes:
//!
//! ```
//! # use sales_metrics::import::{LeadColumns, read};
//! let json = r#"{
//!     "id": "Lead ID",
//!     "arrived": "Created Date",
//!     "first_touch": { "column": "First Activity", "unknown": ["never"] },
//!     "attempts": ["1st Call", "2nd Call"],
//!     "qualified": { "column": "Qualified On", "dates": "M/D/YYYY" },
//!     "is_converted": { "column": "Converted", "words": { "yes": ["1"], "no": ["0"] } },
//!     "deal": "Converted Opportunity ID",
//!     "disqualified": { "column": "Disqualified On", "dates": "M/D/YYYY" },
//!     "origin": { "column": "Lead Source", "words": { "marketing": ["Web", "Event"], "sales": ["Cold call"] }, "unknown": ["Other"] },
//!     "source": "Lead Source",
//!     "owner": "Owner",
//!     "dimensions": { "country": "Country" },
//!     "instants": ["M/D/YYYY h:mm ap", "M/D/YYYY"],
//!     "place": "-05:00",
//!     "left_out": [{ "reason": "deleted", "column": "Deleted", "words": ["1"] }]
//! }"#;
//! let columns: LeadColumns = serde_json::from_str(json)?;
//! let file = "\
//! Lead ID,Created Date,First Activity,1st Call,2nd Call,Qualified On,Converted,Converted Opportunity ID,Disqualified On,Lead Source,Owner,Country,Deleted
//! L-1,1/7/2026 9:05 AM,1/7/2026 9:20 AM,1/8/2026,,1/12/2026,1,D-7,,Web,ada,US,0
//! L-2,1/9/2026 4:00 PM,never,,,,0,,2/1/2026,Other,ben,CA,0
//! ";
//! let leads = read(file.as_bytes(), &columns)?;
//! assert_eq!((leads.records.len(), leads.rejected.len()), (2, 0));
//! assert_eq!(leads.records[0].first_touch().unwrap().to_string(), "2026-01-07T09:20:00-05:00");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Activities
//! | key | value | meaning |
//! |---|---|---|
//! | `id` | header | the activity's id; required |
//! | `kind` | words | `call`, `email`, `message`, `meeting`, `other`; required |
//! | `at` | header | the instant at which it was done or, of a meeting, is scheduled; required |
//! | `rep` | column | the rep's id |
//! | `duration_seconds` | column | how long it took, as a decimal number; what is finer than a microsecond is cut |
//! | `duration_minutes` | column | the same in minutes; not both |
//! | `duration_hours` | column | the same in hours; one of them |
//! | `duration_clock` | column | the same as a clock shows it: `0:05:30` |
//! | `duration_format` | format, or list of formats | of `duration_clock`; `"h:mm:ss"` unless given |
//! | `disposition` | words | how the other side took it: `positive`, `neutral`, `negative`; not reached: `voicemail`, `missed` |
//! | `meeting_status` | words | `booked`, `held`, `no_show`, `cancelled`, `rescheduled`; an error on what is no meeting |
//! | `inbound` | words | `yes`, `no`: whether the other side called us; a yes is an error on what is no call, and a callback came in anyway |
//! | `callback` | words | `yes`, `no`: whether a call answers a voicemail or a missed call; a yes is an error on what is no call |
//! | `booked` | column | the date on which it was booked: of a meeting, when it was agreed to meet |
//! | `lead` | column | the lead's id |
//! | `deal` | column | the deal's id |
//! | `instants` | format, or list of formats | how instants are written; as `dates` unless given. Where it has a time, it has `z` or `Z`, too, unless `place` is given; where it has none, a day is all that is known |
//!
//! Activities of a dialler, where meetings have a status:
//!
//! ```
//! # use sales_metrics::import::{ActivityColumns, read};
//! let json = r#"{
//!     "id": { "line": "activity-" },
//!     "kind": { "column": "Type", "words": { "call": ["Call", "Callback"], "email": ["Email"], "meeting": ["Demo"] }, "others": "other" },
//!     "at": { "column": "Date", "followed_by": "Time" },
//!     "rep": "User",
//!     "duration_clock": { "column": "Talk time", "ignored_when": ["email", "other"] },
//!     "disposition": {
//!         "column": "Result",
//!         "words": { "positive": ["Interested"], "negative": ["Not interested"], "voicemail": ["VM"], "missed": ["No answer"] },
//!         "ignored_when": ["meeting", "other"]
//!     },
//!     "meeting_status": {
//!         "column": "Result",
//!         "words": { "booked": ["Scheduled"], "held": ["Held"], "no_show": ["No show"] },
//!         "ignored_when": ["call", "email", "other"]
//!     },
//!     "callback": { "column": "Type", "words": { "yes": ["Callback"] }, "others": "no" },
//!     "deal": "Deal",
//!     "instants": "DD.MM.YYYY hh:mm",
//!     "place": "+01:00"
//! }"#;
//! let columns: ActivityColumns = serde_json::from_str(json)?;
//! let file = "\
//! Type,Date,Time,User,Talk time,Result,Deal
//! Callback,07.01.2026,09:05,ada,0:04:30,Interested,D-1
//! Demo,12.01.2026,14:00,ada,0:45:00,Held,D-1
//! Letter,13.01.2026,08:00,ben,-,-,
//! ";
//! let activities = read(file.as_bytes(), &columns)?;
//! assert_eq!((activities.records.len(), activities.rejected.len()), (3, 0));
//! assert!(activities.records[0].is_callback());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Reps
//! | key | value | meaning |
//! |---|---|---|
//! | `id` | header | the rep's id; required |
//! | `name` | column | the name to show |
//! | `team` | column | the team |
//! | `teams` | list of objects | further teams, of whoever has changed: `{"team": column, "since": column}`, the second its first day |
//! | `manager` | column | the id of the rep's manager |
//! | `hired` | column | the first day of work |
//! | `left` | column | the last day of work |
//! | `departure` | words | `voluntary`, `involuntary`: at whose wish the rep left |
//! | `full_time_share` | column | the part of a full-time week, above 0 and up to 1 |
//! | `full_time_share_percent` | column | the same up to 100, with `%` behind it or without; not both |
//! | `ramp` | column | how much of a quota is expected in the first, second, … month after the hire: several numbers from 0 to 1 |
//! | `ramp_percent` | column | the same from 0 to 100, with `%` behind each or without; not both |
//! | `ramp_separator` | character | between the months of a ramp; `";"` unless given |
//! | `dimensions` | object | any dimension: its name, and its column |
//!
//! ## Quotas
//! | key | value | meaning |
//! |---|---|---|
//! | `rep` | header | the rep's id; required |
//! | `period` | column | `2026-Q1`, `2026-H1`, `2026-03`, `2026-W07`, `2026-03-31`, `2026` or `2026-01-01/2026-04-01`, and whatever else [`Period`](crate::Period) reads: a day is a period of one day, so that the first day of a month is `start`, with `lasting`; required unless `year` or `start` is named. With `fiscal`, a year, a quarter or a month of it: `FY2026-Q1` |
//! | `year` | column | the year, where the period is a quarter in two columns |
//! | `quarter` | column | the quarter of that year, `1` or `Q1`; required with `year` |
//! | `fiscal` | object | the calendar of these periods, as of a [`FiscalCalendar`](crate::FiscalCalendar): `{"first_month": 2, "label": "end_year"}` |
//! | `start` | column | the first day of the period |
//! | `last_day` | column | its last day; one of these three is required with `start` |
//! | `ends_before` | column | the day after it |
//! | `lasting` | words | how long it is: `day`, `week`, `month`, `quarter`, `half_year`, `year` |
//! | `amount` | column | the amount to be won; required unless `deals` is named |
//! | `currency` | object | of the amount, as for deals; required with it |
//! | `deals` | column | the number of deals to be won; where `amount` is named, too, each row has one of them |
//!
//! ## Contracts
//! | key | value | meaning |
//! |---|---|---|
//! | `id` | header | the contract's id; required |
//! | `account` | header | the account's id; required |
//! | `start` | header | its first day; required |
//! | `currency` | object | as for deals; required |
//! | `last_day` | column | the last day that was agreed on |
//! | `terminated` | column | the last day on which it held, where it was ended early |
//! | `ends_before` | column | in place of `last_day`: the day after it |
//! | `terminated_before` | column | in place of `terminated`: the day after it, as of billing systems, which name the instant at which it ended. What ended on the day on which it began held on no day, and is refused: such rows are left out by their status |
//! | `recurring` | column | the fee that is due again and again, from 0 to 10¹⁴ with at most 4 decimals |
//! | `recurring_per` | words | `day`, `week`, `month`, `quarter`, `half_year`, `year`; required with `recurring`, and where there is a fee |
//! | `recurring_every` | column | after how many of them it is due again; 1 where it is empty |
//! | `one_time` | column | the fees that are due once, likewise |
//! | `quantity` | column | how many are bought, where the recurring fee is that of one: it is multiplied |
//! | `renewal_of` | column | the id of the contract that it renews, or the ids of several |
//! | `renewal_separator` | character | between the ids of several; without it, a cell holds one |
//! | `signed` | column | the date on which it was signed |
//! | `notice` | column | the date on which notice was given: on which it became known that it ends |
//! | `owner` | column | the id of the rep who looks after it |
//! | `trial` | words | `yes`, `no`: whether it is a trial |
//! | `auto_renewal` | words | `yes`, `no`: whether it renews itself at the end of its term |
//! | `dimensions` | object | any dimension: its name, and its column |
//!
//! Subscriptions of a billing system, which names the day after:
//!
//! ```
//! # use sales_metrics::import::{ContractColumns, read};
//! let json = r#"{
//!     "id": "Subscription",
//!     "account": ["Company", "Customer Email"],
//!     "start": "Start (UTC)",
//!     "currency": { "column": "Currency" },
//!     "ends_before": "Period End (UTC)",
//!     "terminated_before": "Ended At (UTC)",
//!     "recurring": "Unit Amount",
//!     "recurring_per": { "column": "Interval", "words": { "month": ["month"], "year": ["year"] } },
//!     "recurring_every": "Interval Count",
//!     "quantity": "Quantity",
//!     "renewal_of": "Replaces",
//!     "trial": { "column": "Status", "words": { "yes": ["trialing"] }, "others": "no" },
//!     "auto_renewal": { "fixed": "yes" },
//!     "dimensions": { "plan": "Plan" },
//!     "dates": "YYYY-MM-DD hh:mm",
//!     "offset": "Z",
//!     "place": "+01:00",
//!     "minor_units": true,
//!     "left_out": [{ "reason": "never paid", "column": "Status", "words": ["incomplete_expired"] }]
//! }"#;
//! let columns: ContractColumns = serde_json::from_str(json)?;
//! let file = "\
//! Subscription,Company,Customer Email,Start (UTC),Currency,Period End (UTC),Ended At (UTC),Unit Amount,Interval,Interval Count,Quantity,Replaces,Status,Plan
//! S-1,,a@initech.example,2025-12-31 23:30,usd,2026-12-31 23:30,,4900,month,1,10,,active,Team
//! S-2,Hooli,b@hooli.example,2025-03-01 08:00,eur,2026-03-01 08:00,2026-01-15 09:00,120000,year,1,,,canceled,Pro
//! ";
//! let contracts = read(file.as_bytes(), &columns)?;
//! assert_eq!((contracts.records.len(), contracts.rejected.len()), (2, 0));
//! assert_eq!(contracts.records[0].start().to_string(), "2026-01-01");
//! assert_eq!(contracts.records[0].yearly().unwrap().to_string(), "5880 USD/year");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Spend
//! | key | value | meaning |
//! |---|---|---|
//! | `id` | header | the expense's id; required |
//! | `on` | header | its day; required |
//! | `amount` | header | how much it was, up to 10¹⁴ with at most 4 decimals; a refund is below 0; required |
//! | `currency` | object | as for deals; required |
//! | `category` | words | what it was for: `sales`, `marketing`, `other`; required |
//! | `source` | column | the channel it was spent on |
//! | `dimensions` | object | any dimension: its name, and its column |
//!
//! ## Working time
//! | key | value | meaning |
//! |---|---|---|
//! | `rep` | header | the rep's id; required |
//! | `on` | header | the day, or the last one of a week; required |
//! | `working_seconds` | column | how long the rep worked, as a decimal number; one of the three units is required |
//! | `working_minutes` | column | the same in minutes |
//! | `working_hours` | column | the same in hours |
//! | `selling_seconds` | column | how much of it was selling |
//! | `selling_minutes` | column | the same in minutes |
//! | `selling_hours` | column | the same in hours |
//!
//! ## States
//! | key | value | meaning |
//! |---|---|---|
//! | `deal` | header | the deal's id; required |
//! | `at` | header | the instant, or the day, from which on it stood so; required |
//! | `outcome` | object | as for deals; required |
//! | `currency` | object | as for deals; required |
//! | `run` | column | its place among the states of one instant, the lowest first; without it, that of its row |
//! | `stage` | column | the stage that the deal was in; may be the column of the outcome |
//! | `owner` | column | the rep's id |
//! | `amount` | column | what it was worth, as for deals |
//! | `expected_close` | column | the date on which it was expected to close |
//! | `closed` | column | the close date that a closed state carries; without it, a deal closes on the day of the state that closes it |
//! | `probability` | column | how likely it was to be won, from 0 to 1 |
//! | `probability_percent` | column | the same from 0 to 100, with `%` behind it or without; not both |
//! | `forecast_category` | words | as for deals |
//! | `deleted` | words | `yes`, `no`: whether the deal was deleted |
//! | `instants` | format, or list of formats | as for leads |
//!
//! A state that is rejected is a change that never happened: look at what was rejected before you trust a figure. A column of words that a figure does not need is better left
//! out, or given what its other words mean. States of days alone need no place: `"YYYY-MM-DD '00:00:00'"` reads a midnight that stands for a day.
//!
//! ## Changes
//! | key | value | meaning |
//! |---|---|---|
//! | `deal` | header | the deal's id; required |
//! | `at` | header | the instant, or the day, of the change; required |
//! | `field` | words | which field changed: `stage`, `status`, `owner`, `amount`, `expected_close`, `probability` (from 0 to 1), `probability_percent` (from 0 to 100), `forecast_category`; required |
//! | `from` | column | what it said before, written as a column of that field is; left out where the file has new values alone, of each field from the first one on |
//! | `to` | column | what it says since; required |
//! | `status` | listed words | what a changed status means: `open`, `won`, `lost`, `disqualified`; required where `field` may mean it |
//! | `status_by_stage` | listed words | the same by the stage, where that says it: a change of stage is one of the status, too. The word `""` says it of no stage. Not both |
//! | `forecast_category` | listed words | what a changed forecast category means, as for deals; required where `field` may mean it |
//! | `run` | column | its place among the changes of one instant, the lowest first |
//! | `instants` | format, or list of formats | as for leads |
//!
//! An empty cell is nothing: no stage, no owner, no amount. A status must say something. In `to` and `from`, `unknown_when` and `ignored_when` go by the field.
//! Changes of one instant are one change of several fields, as they were saved; one of the same field is another, in the order of the rows, the oldest first, unless `run` tells. The
//! file must hold all changes of these fields since the first that it has, and an amount is in the currency of the deal's record. A field history, of which other fields are left out:
//!
//! ```
//! # use sales_metrics::import::{ChangeColumns, read};
//! let json = r#"{
//!     "deal": "OpportunityId",
//!     "at": "CreatedDate",
//!     "field": {
//!         "column": "Field",
//!         "words": { "stage": ["StageName"], "amount": ["Amount"], "expected_close": ["CloseDate"], "forecast_category": ["ForecastCategoryName"] }
//!     },
//!     "from": "OldValue",
//!     "to": "NewValue",
//!     "status_by_stage": { "words": { "won": ["Closed Won"], "lost": ["Closed Lost"] }, "others": "open" },
//!     "forecast_category": {
//!         "words": { "commit": ["Commit"], "best_case": ["Best Case"], "pipeline": ["Pipeline"], "omitted": ["Omitted"] },
//!         "unknown": ["Closed"]
//!     },
//!     "instants": "YYYY-MM-DDThh:mm:ss[.f]z",
//!     "place": "-05:00",
//!     "left_out": [
//!         { "reason": "other fields", "column": "Field", "except": ["StageName", "Amount", "CloseDate", "ForecastCategoryName"] }
//!     ]
//! }"#;
//! let columns: ChangeColumns = serde_json::from_str(json)?;
//! let file = "\
//! OpportunityId,CreatedDate,Field,OldValue,NewValue
//! O-1,2026-01-07T14:05:00.000Z,created,,
//! O-1,2026-02-02T15:00:00.000Z,NextStep,,call back
//! O-1,2026-03-05T10:30:00.000Z,Amount,1000.0,900.0
//! O-1,2026-04-09T20:15:00.000Z,StageName,Proposal,Closed Won
//! O-1,2026-04-09T20:15:00.000Z,ForecastCategoryName,Commit,Closed
//! ";
//! let changes = read(file.as_bytes(), &columns)?;
//! assert_eq!((changes.records.len(), changes.rejected.len()), (3, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Stages entered
//! | key | value | meaning |
//! |---|---|---|
//! | `deal` | header | the deal's id; required |
//! | `stages` | list of objects | the stages in their order, each with the column of the instant or the day on which a deal first entered it: `{"stage": text, "entered": column}`; empty where it never did; required |
//! | `instants` | format, or list of formats | as for leads |
//!
//! How a deal closed, and when, is said by its record. These columns mostly stand in the file of the deals, which is then read twice.
//!
//! ```
//! # use sales_metrics::import::{StageColumns, read};
//! let json = r#"{
//!     "deal": "Record ID",
//!     "stages": [
//!         { "stage": "Discovery", "entered": "Date entered \"Discovery\"" },
//!         { "stage": "Proposal", "entered": "Date entered \"Proposal\"" }
//!     ],
//!     "instants": "YYYY-MM-DD hh:mm",
//!     "place": "+01:00"
//! }"#;
//! let columns: StageColumns = serde_json::from_str(json)?;
//! let file = "\
//! Record ID,Amount,\"Date entered \"\"Discovery\"\"\",\"Date entered \"\"Proposal\"\"\"
//! 101,900,2026-01-07 14:05,2026-02-11 09:00
//! 102,,2026-01-19 10:00,
//! ";
//! let entered = read(file.as_bytes(), &columns)?;
//! assert_eq!((entered.records.len(), entered.rejected.len()), (2, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Columns and words
//! A *header* is the name of a column. A *column* is a header too, or an object; or a list of both, of which the first counts that says
//! something: `["Full name", "Email"]`. Wherever a header stands above, a column may.
//!
//! | key | value | meaning |
//! |---|---|---|
//! | `column` | header | required, or `line` in its place |
//! | `aliases` | list of headers | other names that the column may have |
//! | `nth` | number | which of several columns of the name it is, the first being 1 |
//! | `line` | text | no column: this text and the number of the row's line, as an id for rows that have none |
//! | `followed_by` | header | a column whose text stands behind this one's, as the time behind the date: both are read as one text, with a space between. Of an id, a name or another text no half is enough |
//! | `unknown` | list of texts | they mean that the value is unknown; of a number, in every spelling (`0`, `0.00`) |
//! | `unknown_when` | object | the same for deals of one status, activities of one kind, or changes of one field: `{"lost": ["0"]}`; refused for other records |
//! | `ignored_when` | list of statuses, of kinds, or of fields | for such deals, activities or changes the column is not read; refused for other records |
//! | `read_as` | object | texts that are read as other ones: `{"High": "80", "€": "EUR"}` |
//! | `dates` | format, or list of formats | how this column writes dates or instants |
//! | `decimal_mark` and what else is said of numbers above | | how this column writes numbers |
//!
//! A *currency* is `{"fixed": "USD"}`, or a column of codes, in capitals or small letters.
//!
//! *Words* are an object: what a column says, by the words that are listed for each meaning, or what holds for the whole file.
//!
//! | key | value | meaning |
//! |---|---|---|
//! | `fixed` | meaning | it holds for every row; then the other keys are absent |
//! | `column` | header | required unless `fixed` is given; `aliases` and `nth` as above |
//! | `words` | object | the words of each meaning: `{"call": ["Call", "Telefonat"], "email": ["Email"]}` |
//! | `unknown` | list of words | they mean that it is unknown; an empty cell means that, too, unless `""` is among the words |
//! | `others` | meaning | what every word means that is declared nowhere |
//! | `ignored_when` | list of kinds | for such activities the column is not read |
//! | `or` | words | what is read where this column says nothing |
//!
//! *Listed words* are words without a column, for what stands in a column of many fields: `words`, `unknown` and `others` alone.
//!
//! Statuses are `open`, `won`, `lost` and `disqualified`. The *outcome* is words in another form, `{"column": "Stage", "won": ["Won"], "others": "open"}`:
//!
//! | key | value | meaning |
//! |---|---|---|
//! | `won` | list of words | the deal was won |
//! | `lost` | list of words | it was lost |
//! | `disqualified` | list of words | it was closed since it never was an opportunity |
//! | `open` | list of words | it is open |
//!
//! Words and texts are compared exactly, capitals included, unless `fold` is given; `""` stands for an empty cell. At least one word is
//! required, or `others`, and none may stand in two lists. A word that is not declared is an error of its row.
//!
//! Flags are words, too: `{"column": "IsWon", "won": ["true"], "unknown": ["false"], "or": {"column": "IsClosed", "lost": ["true"], "open": ["false"]}}`.

mod activities;
mod changes;
mod contracts;
mod dates;
mod deal_facts;
mod deal_row;
mod deal_words;
mod deals;
mod error;
mod head;
mod hints;
mod leads;
mod lengths;
mod mapping;
mod numbers;
mod pattern;
mod quotas;
mod reader;
mod reps;
mod row;
mod source;
mod spaces;
mod spend;
mod stages;
mod states;
mod summary;
mod swallowed;
mod texts;
mod work_time;

use std::io::Read;

use crate::tally::Pour;

pub use activities::ActivityColumns;
pub use changes::ChangeColumns;
pub use contracts::ContractColumns;
pub use deals::DealColumns;
pub use error::{ImportError, Problem, RowError};
pub use leads::LeadColumns;
pub use mapping::{
    Answer, ChangedField, Column, Columns, CurrencyColumn, LeftOut, Meaning, OutcomeColumn,
    WordColumn, Words,
};
pub use numbers::{Grouping, Negatives, NumberFormat};
pub use quotas::QuotaColumns;
pub use reader::{DealReader, Reader};
pub use reps::RepColumns;
pub use source::{Csv, Encoding, Rows};
pub use spend::SpendColumns;
pub use stages::StageColumns;
pub use states::StateColumns;
pub use summary::{
    AmountRange, DateRange, Example, FileLine, KindSummary, RateRange, Rejections, Rest,
    Summarized, Summary, UndeclaredWords,
};
pub use swallowed::Swallowed;
pub use texts::Texts;
pub use work_time::WorkTimeColumns;

/// A whole file: its records, the rows that were rejected, and how many were left out by declaration. Together they are all its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported<T> {
    /// In the order of the file.
    pub records: Vec<T>,
    /// In the order of the file.
    pub rejected: Vec<RowError>,
    /// The rows that were left out by declaration ([`LeftOut`]): the reasons, in the order of the mapping, and how many rows of each.
    pub left_out: Vec<(String, u64)>,
    /// How many amounts lost digits by the rounding that is declared.
    pub rounded: u64,
    /// The rows with lines in their cells that look like rows.
    pub swallowed: Swallowed,
}

impl<T> Default for Imported<T> {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            rejected: Vec::new(),
            left_out: Vec::new(),
            rounded: 0,
            swallowed: Swallowed::default(),
        }
    }
}

/// What became of a file whose records were given to a tally. Those that were taken, the rows that were rejected and those that were left
/// out by declaration are together all its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poured {
    /// How many records there were.
    pub records: u64,
    /// The rows that were rejected, in the order of the file.
    pub rejected: Vec<RowError>,
    /// The rows that were left out by declaration, as those of [`Imported`].
    pub left_out: Vec<(String, u64)>,
    /// How many amounts lost digits by the rounding that is declared.
    pub rounded: u64,
    /// The rows with lines in their cells that look like rows.
    pub swallowed: Swallowed,
}

/// Reads a whole file into memory, whatever its rows are; [`Reader`] reads one that is larger.
///
/// # Errors
/// As [`Reader::new`]; [`ImportError::Unreadable`] where the file cannot be read to its end, and [`ImportError::OnlyShares`] where what is
/// declared as percent seems to be shares.
pub fn read<C: Columns>(file: impl Read, columns: &C) -> Result<Imported<C::Record>, ImportError> {
    let mut imported = Imported::default();
    let mut reader = Reader::new(file, columns)?;
    for row in &mut reader {
        match row {
            Ok(record) => imported.records.push(record),
            Err(error) => imported.rejected.push(error.of_row()?),
        }
    }
    imported.left_out = reader.left_out().to_vec();
    imported.rounded = reader.rounded();
    imported.swallowed = reader.swallowed().clone();
    Ok(imported)
}

/// Gives the records of a whole file to a tally, one by one, and keeps none: whatever the mapping names, no more is made of a row than the
/// tally reads. The rows that are no records are those that [`read`] rejects, for the same reasons.
///
/// ```
/// use sales_metrics::import::{DealColumns, OutcomeColumn, pour};
/// use sales_metrics::{Currency, DealTally, Period, Scope, kpi};
///
/// let file = "id,created,closed,stage,value\nD-1,2026-01-07,2026-02-20,Won,12500\nD-2,2026-03-02,,Offer,9k\n";
/// let stages = OutcomeColumn::new("stage").with_won(["Won"]).with_open(["Offer"]);
/// let columns = DealColumns::new("id", stages, Currency::USD).with_created("created").with_closed("closed").with_amount("value");
///
/// let mut deals = DealTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
/// let poured = pour(file.as_bytes(), &columns, &mut deals)?; // or a File: anything that implements `Read`
/// assert_eq!(kpi::total_revenue(&deals)?.to_string(), "12500 USD");
/// assert_eq!((poured.records, poured.rejected.len()), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`read`]; and [`ImportError::Refused`] at the first record that the tally does not take. The tally has then counted the records
/// before: all of them, where it is [`ImportError::OnlyShares`].
pub fn pour<C: Columns>(
    file: impl Read,
    columns: &C,
    into: &mut impl Pour<C::Record>,
) -> Result<Poured, ImportError> {
    Reader::new(file, columns)?.pour(into)
}

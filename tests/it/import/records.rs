//! Rows of everything but deals: what a good one becomes, and the exact text where one is refused.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sales_metrics::import::{
    ActivityColumns, Answer, Columns, ContractColumns, LeadColumns, QuotaColumns, Reader,
    RepColumns, SpendColumns, WordColumn, WorkTimeColumns, read,
};
use sales_metrics::{
    Activity, ActivityKind, Contract, DateTime, Decimal, Departure, Disposition, FiscalCalendar,
    FiscalYearLabel, FixedOffset, Lead, Length, MeetingStatus, Origin, Per, Period, Quota, Ramp,
    Rate, Rep, Spend, SpendCategory, TimeDelta, WorkTime,
};

use super::*;
use crate::support::{config, day, dec};

/// The one record of a row under a header.
fn one<C: Columns>(header: &str, row: &str, columns: &C) -> Result<C::Record, String> {
    let file = format!("{header}\n{row}\n");
    let mut rows = Reader::new(file.as_bytes(), columns).unwrap();
    let first = rows.next().unwrap();
    assert!(rows.next().is_none());
    first.map_err(|error| error.to_string())
}

/// What is wrong with each row, without its line.
fn assert_errors<C: Columns>(header: &str, columns: &C, rows: &[(&str, &str)]) {
    for (row, expected) in rows {
        let error = one(header, row, columns).err();
        let error = error.unwrap_or_else(|| panic!("{row} is read"));
        assert_eq!(
            error.strip_prefix("line 2, column "),
            Some(*expected),
            "{row}"
        );
    }
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn rate(percent: &str) -> Rate {
    format!("{percent}%").parse().unwrap()
}

// Leads

const LEAD: &str = "id,in,given,touch,try 1,try 2,qual,conv,deal,won,dead,src,by,fit,int,own,seg";

fn leads() -> LeadColumns {
    let origin = WordColumn::new("by")
        .with_words(Origin::Marketing, ["MKT"])
        .with_words(Origin::Sales, ["SDR"]);
    LeadColumns::new("id", "in")
        .with_assigned("given")
        .with_first_touch("touch")
        .with_attempt("try 1")
        .with_attempt("try 2")
        .with_qualified("qual")
        .with_converted("conv")
        .with_deal("deal")
        .with_won("won")
        .with_disqualified("dead")
        .with_source("src")
        .with_origin(origin)
        .with_fit(Column::new("fit").with_unknown(["0"]))
        .with_interest("int")
        .with_owner("own")
        .with_dimension("segment", "seg")
        .with_instants("YYYY-MM-DD hh:mmz")
}

#[test]
fn a_lead_on_its_way_from_marketing_to_sales() {
    let columns = LeadColumns::new("id", "in")
        .with_marketing_qualified("mql")
        .with_accepted("sal")
        .with_rejected("back")
        .with_sales_qualified("sql")
        .with_qualified("qual")
        .with_instants("YYYY-MM-DD hh:mmz");
    let header = "id,in,mql,sal,back,sql,qual";
    let bare = Lead::new("L-1", at("2026-03-06T18:30:00Z")).unwrap();
    let built = bare
        .clone()
        .with_marketing_qualified(day("2026-03-07"))
        .and_then(|lead| lead.with_accepted(day("2026-03-08")))
        .and_then(|lead| lead.with_rejected(day("2026-03-09")))
        .and_then(|lead| lead.with_sales_qualified(day("2026-03-10")))
        .and_then(|lead| lead.with_qualified(day("2026-03-11")));
    let row = "L-1,2026-03-06 18:30Z,2026-03-07,2026-03-08,2026-03-09,2026-03-10,2026-03-11";
    assert_eq!(one(header, row, &columns).unwrap(), built.unwrap());
    assert_eq!(
        one(header, "L-1,2026-03-06 18:30Z,,,,,", &columns).unwrap(),
        bare
    );
    assert_errors(
        header,
        &columns,
        &[
            (
                "L-1,2026-03-06 18:30Z,yes,,,,",
                "\"mql\": \"yes\" is no date in the format YYYY-MM-DD",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,3000-01-01,",
                "\"sql\": lead L-1: sales-qualified: 3000-01-01 is outside of the supported years 1900 to 2999",
            ),
        ],
    );
}

#[test]
fn a_full_row_is_a_full_lead() {
    let row = "L-1,2026-03-06 18:30+01:00,2026-03-06 18:31+01:00,2026-03-09 08:05+01:00,2026-03-09 09:10+01:00,\
        2026-03-10 08:00Z,2026-03-10,2026-03-12,D-7,2026-04-01,2026-05-01,Web,MKT,80,15,ada,SMB";
    let built = Lead::new("L-1", at("2026-03-06T18:30:00+01:00"))
        .and_then(|lead| lead.with_assigned(at("2026-03-06T18:31:00+01:00")))
        .and_then(|lead| lead.with_first_touch(at("2026-03-09T08:05:00+01:00")))
        .and_then(|lead| lead.with_attempt(at("2026-03-09T09:10:00+01:00")))
        .and_then(|lead| lead.with_attempt(at("2026-03-10T08:00:00Z")))
        .and_then(|lead| lead.with_qualified(day("2026-03-10")))
        .and_then(|lead| lead.with_conversion("D-7", day("2026-03-12")))
        .and_then(|lead| lead.with_won(day("2026-04-01")))
        .and_then(|lead| lead.with_disqualified(day("2026-05-01")))
        .and_then(|lead| lead.with_source("Web"))
        .and_then(|lead| lead.with_fit(80))
        .and_then(|lead| lead.with_interest(15))
        .and_then(|lead| lead.with_owner("ada"))
        .and_then(|lead| lead.with_dimension("segment", "SMB"))
        .map(|lead| lead.with_origin(Origin::Marketing));
    assert_eq!(one(LEAD, row, &leads()).unwrap(), built.unwrap());
}

#[test]
fn what_is_empty_or_unknown_is_not_known_of_a_lead() {
    let read = one(LEAD, "L-1,2026-03-06 18:30Z,,,,,,,,,,,,0.0,0,,", &leads()).unwrap();
    let built = Lead::new("L-1", at("2026-03-06T18:30:00Z")).and_then(|lead| lead.with_interest(0));
    assert_eq!(read, built.unwrap());
    let few = LeadColumns::new("id", "in").with_instants("YYYY-MM-DD hh:mmz");
    let read = one(
        LEAD,
        "L-1,2026-03-06 18:30Z,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?",
        &few,
    )
    .unwrap();
    assert_eq!(read, Lead::new("L-1", at("2026-03-06T18:30:00Z")).unwrap());
}

#[test]
fn a_row_that_is_no_lead_says_why() {
    assert_errors(
        LEAD,
        &leads(),
        &[
            (
                ",2026-03-06 18:30Z,,,,,,,,,,,,,,,",
                "\"id\": the cell is empty, but every row needs it",
            ),
            (
                "L-1,,,,,,,,,,,,,,,,",
                "\"in\": the cell is empty, but every row needs it",
            ),
            (
                "L-1,2026-03-06 18:30,,,,,,,,,,,,,,,",
                "\"in\": \"2026-03-06 18:30\" is no date in the format YYYY-MM-DD hh:mmz",
            ),
            (
                "L-1,1899-12-31 23:59Z,,,,,,,,,,,,,,,",
                "\"in\": \"1899-12-31 23:59Z\": lead L-1: arrived: 1899-12-31 is outside of the supported years 1900 to 2999",
            ),
            (
                "L-1,2026-03-06 18:30Z,soon,,,,,,,,,,,,,,",
                "\"given\": \"soon\" is no date in the format YYYY-MM-DD hh:mmz",
            ),
            (
                "L-1,2026-03-06 18:30Z,,24:00,,,,,,,,,,,,,",
                "\"touch\": \"24:00\" is no date in the format YYYY-MM-DD hh:mmz",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,x,,,,,,,,,,,",
                "\"try 2\": \"x\" is no date in the format YYYY-MM-DD hh:mmz",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,6/3,,,,,,,,,,",
                "\"qual\": \"6/3\" is no date in the format YYYY-MM-DD",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,2026-04-01,,,,,,,",
                "\"won\": \"2026-04-01\": lead L-1: it was won, but not converted; give its conversion, too",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,,,,PR,,,,",
                "\"by\": \"PR\" is not declared; the words are \"MKT\", \"SDR\"",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,,,,,101,,,",
                "\"fit\": \"101\" is no whole number from 0 to 100",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,,,,,,1.5,,",
                "\"int\": \"1.5\" is no whole number from 0 to 100",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,,,,,,-1,,",
                "\"int\": \"-1\" is no whole number from 0 to 100",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,,,,,,hot,,",
                "\"int\": \"hot\" is no number in the format 1234.56",
            ),
            (
                "L-1,2026-03-06 18:30Z,,,,,,,,,,,,,,\"a\u{7}b\",",
                "\"own\": rep id \"a\u{fffd}b\" contains a control character",
            ),
        ],
    );
    let short = one(LEAD, "L-1,2026-03-06 18:30Z", &leads()).unwrap_err();
    assert_eq!(
        short,
        "line 2: the number of fields is 2, but 17 in the header"
    );
}

#[test]
fn points_are_from_0_to_100() {
    for points in [1, 99, 100] {
        let row = format!("L-1,2026-03-06 18:30Z,,,,,,,,,,,,{points},{points}.0,,");
        let read = one(LEAD, &row, &leads()).unwrap();
        assert_eq!((read.fit(), read.interest()), (Some(points), Some(points)));
    }
}

#[test]
fn instants_are_read_as_they_are_written() {
    for (pattern, place, cell, instant) in [
        (
            "YYYY-MM-DDThh:mm:ss.fz",
            None,
            "2026-03-06T18:30:15.5+05:30",
            "2026-03-06T18:30:15.500+05:30",
        ),
        (
            "YYYY-MM-DDThh:mm:ss.fz",
            None,
            "2026-03-06T18:30:15.1234567-0930",
            "2026-03-06T18:30:15.123456-09:30",
        ),
        (
            "YYYY-MM-DDThh:mm:ssz",
            None,
            "2026-03-06T23:59:59Z",
            "2026-03-06T23:59:59Z",
        ),
        (
            "YYYY-MM-DDThh:mm:ssZ",
            None,
            "2026-03-06T23:59:59Z",
            "2026-03-06T23:59:59Z",
        ),
        (
            "D MMM YYYY, hh:mm",
            Some("-05:00"),
            "6 Mar 2026, 00:05",
            "2026-03-06T00:05:00-05:00",
        ),
        (
            "hh:mm DD.MM.YYYY",
            Some("+01:00"),
            "07:00 29.02.2028",
            "2028-02-29T07:00:00+01:00",
        ),
        // A leap second is the one after it.
        (
            "YYYY-MM-DD hh:mm:ss",
            Some("Z"),
            "2016-12-31 23:59:60",
            "2017-01-01T00:00:00Z",
        ),
    ] {
        let columns = LeadColumns::new("id", "in").with_dates(pattern);
        let columns = match place {
            Some(place) => columns.with_place(place.parse().unwrap()),
            None => columns,
        };
        let read = one("id,in", &format!("L-1,\"{cell}\""), &columns).unwrap();
        assert_eq!(
            read.arrived().to_string(),
            at(instant).to_rfc3339(),
            "{cell}"
        );
    }
}

#[test]
fn instants_and_dates_may_share_a_format_or_not() {
    let columns = LeadColumns::new("id", "in").with_qualified("qual");
    let shared = columns.clone().with_dates("YYYY-MM-DD hh:mmz");
    let read = one(
        "id,in,qual",
        "L-1,2026-03-06 18:30Z,2026-03-07 00:10+14:00",
        &shared,
    )
    .unwrap();
    assert_eq!(read.qualified(), Some(day("2026-03-07")));
    let apart = columns
        .with_dates("DD.MM.YYYY")
        .with_instants("YYYY-MM-DD hh:mmz");
    let read = one("id,in,qual", "L-1,2026-03-06 18:30Z,07.03.2026", &apart).unwrap();
    assert_eq!(read.qualified(), Some(day("2026-03-07")));
}

// Activities

const ACTIVITY: &str = "id,type,at,rep,min,result,status,dir,booked,lead,deal";

fn activities() -> ActivityColumns {
    let kind = WordColumn::new("type")
        .with_words(ActivityKind::Call, ["Call", "Telefonat"])
        .with_words(ActivityKind::Meeting, ["Demo"])
        .with_words(ActivityKind::Other, ["Fax"]);
    let result = WordColumn::new("result")
        .with_words(Disposition::Positive, ["good"])
        .with_words(Disposition::Missed, [""])
        .with_unknown(["?"]);
    let status = WordColumn::new("status").with_words(MeetingStatus::NoShow, ["alone"]);
    let inbound = WordColumn::new("dir")
        .with_words(Answer::Yes, ["in"])
        .with_words(Answer::No, ["out"])
        .with_unknown(["back"]);
    let callback = WordColumn::new("dir")
        .with_words(Answer::Yes, ["back"])
        .with_words(Answer::No, ["in", "out"]);
    ActivityColumns::new("id", kind, "at")
        .with_rep("rep")
        .with_duration_minutes("min")
        .with_disposition(result)
        .with_meeting_status(status)
        .with_inbound(inbound)
        .with_callback(callback)
        .with_booked("booked")
        .with_lead("lead")
        .with_deal("deal")
        .with_dates("YYYY-MM-DD hh:mm")
        .with_place("+01:00".parse().unwrap())
}

#[test]
fn full_rows_are_full_activities() {
    let row = "A-1,Telefonat,2026-03-09 09:10,ada,2.5,good,,back,,L-1,D-1";
    let call = Activity::new("A-1", ActivityKind::Call, at("2026-03-09T09:10:00+01:00"))
        .and_then(|call| call.with_rep("ada"))
        .and_then(|call| call.with_duration(TimeDelta::seconds(150)))
        .and_then(|call| call.with_lead("L-1"))
        .and_then(|call| call.with_deal("D-1"))
        .and_then(Activity::with_callback)
        .map(|call| call.with_disposition(Disposition::Positive));
    assert_eq!(one(ACTIVITY, row, &activities()).unwrap(), call.unwrap());
    let row = "A-1,Call,2026-03-09 09:10,,,?,,in,,,";
    let rang = one(ACTIVITY, row, &activities()).unwrap();
    assert_eq!((rang.is_inbound(), rang.is_callback()), (true, false));
    let row = "M-1,Demo,2026-03-09 09:10,,,?,alone,out,2026-03-02 17:00,,";
    let demo = Activity::new(
        "M-1",
        ActivityKind::Meeting,
        at("2026-03-09T09:10:00+01:00"),
    )
    .and_then(|demo| demo.with_meeting_status(MeetingStatus::NoShow))
    .and_then(|demo| demo.with_booked(day("2026-03-02")));
    assert_eq!(one(ACTIVITY, row, &activities()).unwrap(), demo.unwrap());
    // An empty word was declared for this column, and for no other.
    let fax = one(ACTIVITY, "F-1,Fax,2026-03-09 09:10,,,,,,,,", &activities()).unwrap();
    assert_eq!(fax.disposition(), Some(Disposition::Missed));
    assert_eq!((fax.meeting_status(), fax.is_callback()), (None, false));
}

#[test]
fn a_row_that_is_no_activity_says_why() {
    assert_errors(
        ACTIVITY,
        &activities(),
        &[
            (
                ",Call,2026-03-09 09:10,,,,,,,,",
                "\"id\": the cell is empty, but every row needs it",
            ),
            (
                "A-1,,2026-03-09 09:10,,,,,,,,",
                "\"type\": the cell is empty, but every row needs it",
            ),
            (
                "A-1,call,2026-03-09 09:10,,,,,,,,",
                "\"type\": \"call\" is not declared; the words are \"Call\", \"Demo\", \"Fax\", \"Telefonat\"; with fold it is read as \"Call\"",
            ),
            (
                "A-1,Call,,,,,,,,,",
                "\"at\": the cell is empty, but every row needs it",
            ),
            (
                "A-1,Call,2026-03-09,,,,,,,,",
                "\"at\": \"2026-03-09\" is no date in the format YYYY-MM-DD hh:mm",
            ),
            (
                "A-1,Call,3000-01-01 00:00,,,,,,,,",
                "\"at\": \"3000-01-01 00:00\": activity A-1: at: 3000-01-01 is outside of the supported years 1900 to 2999",
            ),
            (
                "A-1,Call,2026-03-09 09:10,,1:30,,,,,,",
                "\"min\": \"1:30\" is no number in the format 1234.56",
            ),
            (
                "A-1,Call,2026-03-09 09:10,,,bad,,,,,",
                "\"result\": \"bad\" is not declared; the words are \"\", \"?\", \"good\"",
            ),
            (
                "A-1,Call,2026-03-09 09:10,,,,alone,,,,",
                "\"status\": \"alone\": activity A-1: a meeting status was given, but it is no meeting",
            ),
            (
                "A-1,Demo,2026-03-09 09:10,,,,,back,,,",
                "\"dir\": \"back\": activity A-1: it is a callback, but no call",
            ),
            (
                "A-1,Demo,2026-03-09 09:10,,,,,in,,,",
                "\"dir\": \"in\": activity A-1: it came in, but is no call; leave out what others sent",
            ),
            (
                "A-1,Call,2026-03-09 09:10,,,,,both,,,",
                "\"dir\": \"both\" is not declared; the words are \"back\", \"in\", \"out\"",
            ),
            (
                "A-1,Demo,2026-03-09 09:10,,,,,,02/03/2026,,",
                "\"booked\": \"02/03/2026\" is no date in the format YYYY-MM-DD hh:mm",
            ),
        ],
    );
    let negative = one(
        ACTIVITY,
        "A-1,Call,2026-03-09 09:10,,-1,,,,,,",
        &activities(),
    )
    .unwrap_err();
    let built = Activity::new("A-1", ActivityKind::Call, at("2026-03-09T09:10:00+01:00"))
        .and_then(|call| call.with_duration(TimeDelta::seconds(-60)));
    assert_eq!(
        negative,
        format!("line 2, column \"min\": \"-1\": {}", built.unwrap_err())
    );
}

#[test]
fn what_is_fixed_is_an_error_of_the_row_where_it_cannot_be() {
    let kind = WordColumn::new("type").with_words(ActivityKind::Call, ["Call"]);
    let columns = ActivityColumns::new("id", kind, "at")
        .with_meeting_status(WordColumn::fixed(MeetingStatus::Held))
        .with_dates("YYYY-MM-DD hh:mmz");
    let error = one("id,type,at", "A-1,Call,2026-03-09 09:10Z", &columns).unwrap_err();
    assert_eq!(
        error,
        "line 2: activity A-1: a meeting status was given, but it is no meeting"
    );
    let columns = ActivityColumns::new("id", WordColumn::fixed(ActivityKind::Meeting), "at")
        .with_meeting_status(WordColumn::fixed(MeetingStatus::Held))
        .with_dates("YYYY-MM-DD hh:mmz");
    let held = one("id,at", "A-1,2026-03-09 09:10Z", &columns).unwrap();
    assert_eq!(held.meeting_status(), Some(MeetingStatus::Held));
}

#[test]
fn lengths_are_exact_to_the_microsecond_and_cut_below() {
    let columns = ActivityColumns::new("id", WordColumn::fixed(ActivityKind::Call), "at")
        .with_dates("YYYY-MM-DD hh:mmz");
    let length = |columns: ActivityColumns, cell: &str| {
        let read = one(
            "id,at,n",
            &format!("A-1,2026-03-09 09:10Z,{cell}"),
            &columns,
        );
        read.unwrap().duration().unwrap().to_micros()
    };
    let (seconds, minutes, hours) = (
        columns.clone().with_duration_seconds("n"),
        columns.clone().with_duration_minutes("n"),
        columns.clone().with_duration_hours("n"),
    );
    assert_eq!(length(seconds.clone(), "90"), 90_000_000);
    assert_eq!(length(seconds.clone(), "0.000001"), 1);
    assert_eq!(length(seconds, "0.0000019999999999999999999999"), 1);
    assert_eq!(length(minutes, "1.1"), 66_000_000);
    assert_eq!(length(hours.clone(), "0.1"), 360_000_000);
    assert_eq!(length(hours.clone(), "0"), 0);
    assert_eq!(length(hours.clone(), "7.123456789012"), 25_644_444_440);
    for cell in ["99999999999999999999", "-99999999999999999999"] {
        let error = one("id,at,n", &format!("A-1,2026-03-09 09:10Z,{cell}"), &hours).unwrap_err();
        assert!(
            error.starts_with(&format!("line 2, column \"n\": \"{cell}\": activity A-1: ")),
            "{error}"
        );
    }
}

// Reps

const REP: &str = "id,team,hired,left,share,ramp";

fn reps() -> RepColumns {
    RepColumns::new("id")
        .with_team("team")
        .with_hired("hired")
        .with_left("left")
        .with_full_time_share_percent("share")
        .with_ramp_percent("ramp")
}

#[test]
fn what_else_a_rep_says_is_read() {
    let departure = WordColumn::new("why")
        .with_words(Departure::Voluntary, ["quit"])
        .with_words(Departure::Involuntary, ["fired"]);
    let columns = RepColumns::new("id")
        .with_name("name")
        .with_team("team")
        .with_team_since("team 2", "since 2")
        .with_team_since("team 3", "since 3")
        .with_manager("boss")
        .with_departure(departure);
    let header = "id,name,team,team 2,since 2,team 3,since 3,boss,why";
    let bare = Rep::new("ada").unwrap();
    let built = bare
        .clone()
        .with_name("Ada")
        .and_then(|rep| rep.with_team("north"))
        .and_then(|rep| rep.with_team_since("west", day("2026-07-01")))
        .and_then(|rep| rep.with_team_since("south", day("2026-02-01")))
        .and_then(|rep| rep.with_manager("ben"))
        .map(|rep| rep.with_departure(Departure::Involuntary));
    let row = "ada,Ada,north,south,2026-02-01,west,2026-07-01,ben,fired";
    assert_eq!(one(header, row, &columns).unwrap(), built.unwrap());
    assert_eq!(one(header, "ada,,,,,,,,", &columns).unwrap(), bare);
    assert_errors(
        header,
        &columns,
        &[
            (
                "ada,,,south,,,,,",
                "\"since 2\": the cell is empty, but the one of column \"team 2\" needs it",
            ),
            (
                "ada,,,,,,2026-02-01,,",
                "\"team 3\": the cell is empty, but the one of column \"since 3\" needs it",
            ),
            (
                "ada,,,south,3000-01-01,,,,",
                "\"since 2\": rep ada: team: 3000-01-01 is outside of the supported years 1900 to 2999",
            ),
            (
                "ada,,,,,,,,left",
                "\"why\": \"left\" is not declared; the words are \"fired\", \"quit\"",
            ),
        ],
    );
}

#[test]
fn a_full_row_is_a_full_rep() {
    let ramp = Ramp::new([rate("0"), rate("25"), rate("50.5")]).unwrap();
    let built = Rep::new("ada")
        .and_then(|rep| rep.with_team("north"))
        .and_then(|rep| rep.with_hired(day("2026-03-15")))
        .and_then(|rep| rep.with_left(day("2026-12-31")))
        .and_then(|rep| rep.with_full_time_share(rate("80")))
        .map(|rep| rep.with_ramp(ramp));
    let built = built.unwrap();
    for row in [
        "ada,north,2026-03-15,2026-12-31,80,0;25;50.5",
        "ada,north,2026-03-15,2026-12-31,80.00 %,\"0%; 25 % ;50.5\"",
    ] {
        assert_eq!(one(REP, row, &reps()).unwrap(), built);
    }
    assert_eq!(
        one(REP, "ada,,,,,", &reps()).unwrap(),
        Rep::new("ada").unwrap()
    );
}

#[test]
fn the_months_of_a_ramp_are_parted_by_the_declared_mark() {
    let columns = reps().with_ramp_separator('/').with_decimal_mark(',');
    let read = one(REP, "ada,,,,,\"0/12,5\"", &columns).unwrap();
    let ramp = Ramp::new([rate("0"), rate("12.5")]).unwrap();
    assert_eq!(read.ramp(), Some(&ramp));
    assert!(one(REP, "ada,,,,,0;25", &columns).is_err());
}

#[test]
fn a_row_that_is_no_rep_says_why() {
    assert_errors(
        REP,
        &reps(),
        &[
            (
                ",north,,,,",
                "\"id\": the cell is empty, but every row needs it",
            ),
            (
                "ada,,2026-02-30,,,",
                "\"hired\": \"2026-02-30\" is no date in the format YYYY-MM-DD",
            ),
            (
                "ada,,2026-03-15,2026-03-14,,",
                "\"left\": rep ada: left on 2026-03-14, before being hired on 2026-03-15; swap them, or leave out the end of an earlier stay",
            ),
            (
                "ada,,,,0%,",
                "\"share\": rep ada: full-time share is 0%, but must be above 0%",
            ),
            (
                "ada,,,,half,",
                "\"share\": \"half\" is no number in the format 1234.56",
            ),
            (
                "ada,,,,%,",
                "\"share\": \"%\" is no number in the format 1234.56",
            ),
            (
                "ada,,,,,25;;50",
                "\"ramp\": \"25;;50\" is no number in the format 1234.56",
            ),
            (
                "ada,,,,,25/50",
                "\"ramp\": \"25/50\" is no number in the format 1234.56",
            ),
        ],
    );
    for (row, cell) in [("ada,,,,101,", "101"), ("ada,,,,,25;101", "25;101")] {
        let error = one(REP, row, &reps()).unwrap_err();
        let refused = Rate::from_percent(Decimal::from(101)).unwrap_err();
        assert!(
            error.ends_with(&format!("\"{cell}\": {refused}")),
            "{error}"
        );
    }
}

// Quotas

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

#[test]
fn quotas_are_of_money_or_of_deals_and_of_periods_or_days() {
    let money = QuotaColumns::new("rep")
        .with_period("for")
        .with_amount("sum", Currency::USD);
    let built = Quota::of_money("ada", period("2026-Q1"), dec("1000.50"), Currency::USD).unwrap();
    for text in ["2026-Q1", "2026-01-01/2026-04-01"] {
        assert_eq!(
            one("rep,for,sum", &format!("ada,{text},1000.50"), &money).unwrap(),
            built
        );
    }
    let both = QuotaColumns::new("rep")
        .with_start("from")
        .with_last_day("to")
        .with_amount("sum", CurrencyColumn::new("ccy"))
        .with_deals("n");
    let header = "rep,from,to,sum,ccy,n";
    assert_eq!(
        one(header, "ada,2026-01-01,2026-03-31,1000.5,USD,", &both).unwrap(),
        built
    );
    let deals = Quota::of_deals("bob", period("2026-03"), 0).unwrap();
    assert_eq!(
        one(header, "bob,2026-03-01,2026-03-31,,,0", &both).unwrap(),
        deals
    );
    let only = QuotaColumns::new("rep").with_period("for").with_deals("n");
    assert_eq!(one("rep,for,n", "bob,2026-03,0.0", &only).unwrap(), deals);
}

/// By year and quarter in two columns, of everybody's calendar or of a fiscal one; half of it is no period.
#[test]
fn quotas_are_of_quarters_in_two_columns() {
    let columns = QuotaColumns::new("rep")
        .with_year("year")
        .with_quarter("quarter")
        .with_deals("n");
    let header = "rep,year,quarter,n";
    let of = |columns: &QuotaColumns, row: &str| one(header, row, columns).unwrap().period();
    for quarter in ["3", "Q3", "q3"] {
        let row = format!("ada,2026,{quarter},5");
        assert_eq!(of(&columns, &row), period("2026-Q3"));
    }
    let calendar = FiscalCalendar::new(2, FiscalYearLabel::EndYear).unwrap();
    let fiscal = columns.clone().with_fiscal_calendar(calendar);
    for year in ["2026", "FY2026"] {
        let row = format!("ada,{year},Q1,5");
        assert_eq!(of(&fiscal, &row), period("2025-02-01/2025-05-01"));
    }
    let json = serde_json::to_value(&fiscal).unwrap();
    assert_eq!(
        json["fiscal"],
        serde_json::json!({"first_month": 2, "label": "end_year"})
    );
    assert_eq!(
        serde_json::from_value::<QuotaColumns>(json).unwrap(),
        fiscal
    );
    let named = QuotaColumns::new("rep").with_period("for").with_deals("n");
    let named = named.with_fiscal_calendar(calendar);
    for (text, expected) in [
        ("FY2026-Q1", "2025-02-01/2025-05-01"),
        ("FY2026", "2025-02-01/2026-02-01"),
    ] {
        let quota = one("rep,for,n", &format!("ada,{text},5"), &named).unwrap();
        assert_eq!(quota.period(), period(expected));
    }
    assert_errors(
        header,
        &columns,
        &[
            (
                "ada,2026,,5",
                "\"quarter\": the cell is empty, but every row needs it",
            ),
            (
                "ada,,1,5",
                "\"year\": the cell is empty, but every row needs it",
            ),
        ],
    );
    // The cell that is wrong is the one that is named.
    assert_errors(
        header,
        &columns,
        &[
            (
                "ada,2026,5,5",
                "\"quarter\": there is no quarter 5; expected 1 to 4",
            ),
            (
                "ada,26,1,5",
                "\"year\": \"26\" is no period; write 2026, 2026-H1 or H1 2026, 2026-Q1 or Q1 2026, 2026-03 or Mar 2026, 2026-W07, 2026-03-31 or 2026-01-01/2026-04-01 (the second day excluded)",
            ),
            (
                "ada,2026-Q1,1,5",
                "\"year\": \"2026-Q1\" is no year alone; write the year, as its quarter is in column \"quarter\", or name this column as the period, and none of year and quarter",
            ),
            (
                "ada,Mar 2026,Q1,5",
                "\"year\": \"Mar 2026\" is no year alone; write the year, as its quarter is in column \"quarter\", or name this column as the period, and none of year and quarter",
            ),
            (
                "ada,1899,1,5",
                "\"year\": there is no supported year 1899; expected 1900 to 2999",
            ),
        ],
    );
    assert_errors(
        header,
        &fiscal,
        &[
            (
                "ada,2026,H1,5",
                "\"quarter\": \"H1\": \"2026-QH1\" is no period of the fiscal calendar; write FY2026, FY2026-Q1 or Q1 FY2026, or FY2026-P03",
            ),
            (
                "ada,Q1 FY2026,1,5",
                "\"year\": \"Q1 FY2026\" is no year alone; write the year, as its quarter is in column \"quarter\", or name this column as the period, and none of year and quarter",
            ),
            (
                "ada,FY26,1,5",
                "\"year\": \"FY26\" is no period of the fiscal calendar; write FY2026, FY2026-Q1 or Q1 FY2026, or FY2026-P03",
            ),
        ],
    );
}

#[test]
fn a_row_that_is_no_quota_says_why() {
    let both = QuotaColumns::new("rep")
        .with_start("from")
        .with_last_day("to")
        .with_amount("sum", CurrencyColumn::new("ccy"))
        .with_deals("n");
    assert_errors(
        "rep,from,to,sum,ccy,n",
        &both,
        &[
            (
                ",2026-01-01,2026-03-31,1,USD,",
                "\"rep\": the cell is empty, but every row needs it",
            ),
            (
                "ada,,2026-03-31,1,USD,",
                "\"from\": the cell is empty, but every row needs it",
            ),
            (
                "ada,2026-01-01,,1,USD,",
                "\"to\": the cell is empty, but every row needs it",
            ),
            (
                "ada,2026-01-01,2026-03-31,,USD,",
                "\"sum\": the cell is empty, as is that of column \"n\", but every row needs one of them",
            ),
            (
                "ada,2026-01-01,2026-03-31,1,USD,2",
                "\"n\": \"2\" stands beside a value of column \"sum\", but only one of them can count",
            ),
            (
                "ada,2026-01-01,2026-03-31,1,,",
                "\"ccy\": the cell is empty, but every row needs it",
            ),
            (
                "ada,2026-01-01,2026-03-31,1,us$,",
                "\"ccy\": \"us$\" is no ISO 4217 currency code; write three capitals, such as EUR",
            ),
            (
                "ada,2026-01-01,2026-03-31,-1,USD,",
                "\"sum\": quota of ada for 2026-01-01/2026-04-01: amount is -1, but cannot be negative",
            ),
            (
                "ada,2026-01-01,2026-03-31,,,1.5",
                "\"n\": \"1.5\" is no whole number from 0 to 18446744073709551615",
            ),
            (
                "ada,2026-01-01,2026-03-31,,,10000000001",
                "\"n\": quota of ada for 2026-01-01/2026-04-01: deals is 10000000001, but cannot exceed \
                 10000000000",
            ),
        ],
    );
    let error = one(
        "rep,from,to,sum,ccy,n",
        "ada,2026-04-01,2026-03-31,1,USD,",
        &both,
    )
    .unwrap_err();
    assert!(
        error.starts_with("line 2, column \"to\": \"2026-03-31\": "),
        "{error}"
    );
    let money = QuotaColumns::new("rep")
        .with_period("for")
        .with_amount("sum", Currency::USD);
    let deals = QuotaColumns::new("rep")
        .with_period("for")
        .with_deals("sum");
    let needed = "\"sum\": the cell is empty, but every row needs it";
    assert_errors("rep,for,sum", &money, &[("ada,2026,", needed)]);
    assert_errors("rep,for,sum", &deals, &[("ada,2026,", needed)]);
    assert_errors(
        "rep,for,sum",
        &deals,
        &[
            (
                "ada,,1",
                "\"for\": the cell is empty, but every row needs it",
            ),
            (
                "ada,2026-Q5,1",
                "\"for\": \"2026-Q5\": there is no quarter 5; expected 1 to 4",
            ),
        ],
    );
}

// Contracts

const CONTRACT: &str = "id,account,ccy,from,to,stopped,fee,per,once,old,plan";

fn contracts() -> ContractColumns {
    let per = WordColumn::new("per")
        .with_words(Per::Month, ["monthly"])
        .with_words(Per::Day, ["daily"]);
    ContractColumns::new("id", "account", "from", CurrencyColumn::new("ccy"))
        .with_last_day("to")
        .with_terminated("stopped")
        .with_recurring("fee", per)
        .with_one_time("once")
        .with_renewal_of("old")
        .with_dimension("plan", "plan")
}

#[test]
fn a_full_row_is_a_full_contract() {
    let row = "C-2,Initech,EUR,2026-01-01,2026-12-31,2026-06-30,100.5,monthly,50,C-1,Gold";
    let built = Contract::new("C-2", "Initech", day("2026-01-01"), Currency::EUR)
        .and_then(|contract| contract.with_last_day(day("2026-12-31")))
        .and_then(|contract| contract.with_terminated(day("2026-06-30")))
        .and_then(|contract| contract.with_recurring(dec("100.5"), Per::Month))
        .and_then(|contract| contract.with_one_time(50))
        .and_then(|contract| contract.with_renewal_of("C-1"))
        .and_then(|contract| contract.with_dimension("plan", "Gold"));
    assert_eq!(one(CONTRACT, row, &contracts()).unwrap(), built.unwrap());
    let built = Contract::new("C-2", "Initech", day("2026-01-01"), Currency::EUR).unwrap();
    for row in [
        "C-2,Initech,EUR,2026-01-01,,,,,,,",
        "C-2,Initech,EUR,2026-01-01,,,,whatever,,,",
    ] {
        assert_eq!(one(CONTRACT, row, &contracts()).unwrap(), built);
    }
    let yearly = ContractColumns::new("id", "account", "from", Currency::EUR)
        .with_recurring("fee", WordColumn::fixed(Per::Year));
    let read = one("id,account,from,fee", "C-2,Initech,2026-01-01,7", &yearly).unwrap();
    assert_eq!(read.yearly().unwrap().to_string(), "7 EUR/year");
}

#[test]
fn what_else_a_contract_says_is_read() {
    let yes = |column: &str| {
        WordColumn::new(column)
            .with_words(Answer::Yes, ["x"])
            .with_words(Answer::No, ["-"])
    };
    let columns = ContractColumns::new("id", "account", "from", Currency::EUR)
        .with_renewal_of("old")
        .with_renewal_separator(';')
        .with_signed("signed")
        .with_notice("notice")
        .with_trial(yes("trial"))
        .with_auto_renewal(yes("auto"));
    let header = "id,account,from,old,signed,notice,trial,auto";
    let bare = Contract::new("C-9", "Initech", day("2026-01-01"), Currency::EUR).unwrap();
    let built = bare
        .clone()
        .with_renewal_of("C-1")
        .and_then(|contract| contract.with_renewal_of("C-2"))
        .and_then(|contract| contract.with_signed(day("2025-12-01")))
        .and_then(|contract| contract.with_notice(day("2026-06-01")))
        .map(|contract| contract.with_trial().with_auto_renewal());
    let row = "C-9,Initech,2026-01-01,C-2 ; C-1,2025-12-01,2026-06-01,x,x";
    assert_eq!(one(header, row, &columns).unwrap(), built.unwrap());
    for row in [
        "C-9,Initech,2026-01-01,,,,,",
        "C-9,Initech,2026-01-01,,,,-,-",
    ] {
        assert_eq!(one(header, row, &columns).unwrap(), bare);
    }
    assert_errors(
        header,
        &columns,
        &[
            (
                "C-9,Initech,2026-01-01,C-1;;C-2,,,,",
                "\"old\": \"C-1;;C-2\": contract id \"\" is empty",
            ),
            (
                "C-9,Initech,2026-01-01,C-1;C-9,,,,",
                "\"old\": \"C-1;C-9\": contract C-9: it cannot be the renewal of itself",
            ),
            (
                "C-9,Initech,2026-01-01,,soon,,,",
                "\"signed\": \"soon\" is no date in the format YYYY-MM-DD",
            ),
            (
                "C-9,Initech,2026-01-01,,,3000-01-01,,",
                "\"notice\": contract C-9: notice: 3000-01-01 is outside of the supported years 1900 to 2999",
            ),
            (
                "C-9,Initech,2026-01-01,,,,yes,",
                "\"trial\": \"yes\" is not declared; the words are \"-\", \"x\"",
            ),
        ],
    );
    // Without a separator, the mark is a part of the id.
    let whole = ContractColumns::new("id", "account", "from", Currency::EUR).with_renewal_of("old");
    let read = one(
        "id,account,from,old",
        "C-9,Initech,2026-01-01,C-1;C-2",
        &whole,
    )
    .unwrap();
    assert_eq!(read.renewal_of(), ["C-1;C-2".try_into().unwrap()]);
}

#[test]
fn a_row_that_is_no_contract_says_why() {
    assert_errors(
        CONTRACT,
        &contracts(),
        &[
            (
                ",Initech,EUR,2026-01-01,,,,,,,",
                "\"id\": the cell is empty, but every row needs it",
            ),
            (
                "C-2,,EUR,2026-01-01,,,,,,,",
                "\"account\": the cell is empty, but every row needs it",
            ),
            (
                "C-2,Initech,,2026-01-01,,,,,,,",
                "\"ccy\": the cell is empty, but every row needs it",
            ),
            (
                "C-2,Initech,EUR,,,,,,,,",
                "\"from\": the cell is empty, but every row needs it",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,2025-12-31,,,,,,",
                "\"to\": contract C-2: end is 2025-12-31, before its start on 2026-01-01",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,2026-12-31,2027-01-01,,,,,",
                "\"stopped\": contract C-2: terminated on 2027-01-01, after its agreed end on 2026-12-31",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,,,100,,,,",
                "\"per\": the cell is empty, but the one of column \"fee\" needs it",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,,,100,weekly,,,",
                "\"per\": \"weekly\" is not declared; the words are \"daily\", \"monthly\"",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,,,-1,monthly,,,",
                "\"fee\": contract C-2: recurring fee is -1, but cannot be negative",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,,,,,0.00001,,",
                "\"once\": contract C-2: one-time fee is 0.00001, but at most 4 decimals are kept; round it first, or declare rounded_to",
            ),
            (
                "C-2,Initech,EUR,2026-01-01,,,,,,C-2,",
                "\"old\": \"C-2\": contract C-2: it cannot be the renewal of itself",
            ),
            // Neither the id of the record nor another day is the value that is wrong.
            (
                "C-2,Initech,EUR,2026-01-01,1999-01-01,,,,,,",
                "\"to\": contract C-2: end is 1999-01-01, before its start on 2026-01-01",
            ),
            (
                "99999999999999,Initech,EUR,2026-01-01,,,99999999999999,daily,,,",
                "\"fee\": \"99999999999999\": contract 99999999999999: recurring fee a year is 36499999999999635, but cannot exceed 100000000000000 (10^14)",
            ),
        ],
    );
    let row = "C-2,Initech,EUR,2026-01-01,,,1,daily,,,";
    let a_day = one(CONTRACT, row, &contracts()).unwrap();
    assert_eq!(a_day.yearly().unwrap().to_string(), "365 EUR/year");
}

// Spend

const SPEND: &str = "id,day,sum,ccy,for,channel,region";

fn spend() -> SpendColumns {
    let category = WordColumn::new("for")
        .with_words(SpendCategory::Sales, ["pay", "travel"])
        .with_words(SpendCategory::Other, ["rent"]);
    let currency = CurrencyColumn::new("ccy");
    SpendColumns::new("id", "day", "sum", currency, category)
        .with_source("channel")
        .with_dimension("region", "region")
}

#[test]
fn a_full_row_is_a_full_expense() {
    let built = Spend::new(
        "S-1",
        day("2026-02-03"),
        dec("12.34"),
        Currency::EUR,
        SpendCategory::Sales,
    )
    .and_then(|spend| spend.with_source("fair"))
    .and_then(|spend| spend.with_dimension("region", "west"));
    let read = one(SPEND, "S-1,2026-02-03,12.34,EUR,travel,fair,west", &spend());
    assert_eq!(read.unwrap(), built.unwrap());
    let fixed = SpendColumns::new(
        "id",
        "day",
        "sum",
        Currency::EUR,
        WordColumn::fixed(SpendCategory::Other),
    );
    let built = Spend::new(
        "S-1",
        day("2026-02-03"),
        0,
        Currency::EUR,
        SpendCategory::Other,
    );
    assert_eq!(
        one("id,day,sum", "S-1,2026-02-03,0", &fixed).unwrap(),
        built.unwrap()
    );
}

#[test]
fn a_row_that_is_no_expense_says_why() {
    assert_errors(
        SPEND,
        &spend(),
        &[
            (
                ",2026-02-03,1,EUR,pay,,",
                "\"id\": the cell is empty, but every row needs it",
            ),
            (
                "S-1,,1,EUR,pay,,",
                "\"day\": the cell is empty, but every row needs it",
            ),
            (
                "S-1,2026-02-03,,EUR,pay,,",
                "\"sum\": the cell is empty, but every row needs it",
            ),
            (
                "S-1,2026-02-03,1,,pay,,",
                "\"ccy\": the cell is empty, but every row needs it",
            ),
            (
                "S-1,2026-02-03,1,EUR,,,",
                "\"for\": the cell is empty, but every row needs it",
            ),
            (
                "S-1,2026-02-03,1,EUR,fun,,",
                "\"for\": \"fun\" is not declared; the words are \"pay\", \"rent\", \"travel\"",
            ),
            (
                "S-1,1899-12-31,1,EUR,pay,,",
                "\"day\": spend S-1: date: 1899-12-31 is outside of the supported years 1900 to 2999",
            ),
            (
                "S-1,2026-02-03,-100000000000001,EUR,pay,,",
                "\"sum\": spend S-1: amount is -100000000000001, but cannot exceed 100000000000000 (10^14)",
            ),
        ],
    );
}

// Working time

#[test]
fn working_time_is_read_in_any_unit() {
    let built = WorkTime::new("ada", day("2026-03-06"), TimeDelta::minutes(450))
        .and_then(|work| work.with_selling(TimeDelta::minutes(90)));
    let built = built.unwrap();
    let columns = WorkTimeColumns::new("rep", "day");
    for (columns, row) in [
        (
            columns
                .clone()
                .with_working_hours("w")
                .with_selling_hours("s"),
            "7.5,1.5",
        ),
        (
            columns
                .clone()
                .with_working_minutes("w")
                .with_selling_seconds("s"),
            "450,5400",
        ),
        (
            columns
                .clone()
                .with_working_seconds("w")
                .with_selling_minutes("s"),
            "27000,90",
        ),
    ] {
        let read = one("rep,day,w,s", &format!("ada,2026-03-06,{row}"), &columns);
        assert_eq!(read.unwrap(), built);
    }
    let hours = columns.with_working_hours("w").with_selling_hours("s");
    let read = one("rep,day,w,s", "ada,2026-03-06,0,", &hours).unwrap();
    assert_eq!((read.working(), read.selling()), (Length::ZERO, None));
    assert_errors(
        "rep,day,w,s",
        &hours,
        &[
            (
                ",2026-03-06,8,",
                "\"rep\": the cell is empty, but every row needs it",
            ),
            (
                "ada,,8,",
                "\"day\": the cell is empty, but every row needs it",
            ),
            (
                "ada,2026-03-06,,",
                "\"w\": the cell is empty, but every row needs it",
            ),
            (
                "ada,2026-03-06,8h,",
                "\"w\": \"8h\" is no number in the format 1234.56",
            ),
            (
                "ada,2026-03-06,8,9",
                "\"s\": \"9\": rep ada on 2026-03-06: selling for 9h 00m 00s is more than working for 8h 00m 00s; it is a part of it",
            ),
        ],
    );
    let error = one("rep,day,w,s", "ada,1899-03-06,8,", &hours).unwrap_err();
    assert!(
        error.starts_with("line 2, column \"day\": rep ada: working time: 1899-03-06 "),
        "{error}"
    );
}

// All

#[test]
fn a_whole_file_is_its_records_and_its_errors() {
    let file = "rep,day,h\nada,2026-03-06,8\nada,soon,8\n\nbob,2026-03-06,7\n";
    let columns = WorkTimeColumns::new("rep", "day").with_working_hours("h");
    let imported = read(file.as_bytes(), &columns).unwrap();
    assert_eq!(imported.records.len(), 2);
    assert_eq!(
        texts(&imported.rejected),
        ["line 3, column \"day\": \"soon\" is no date in the format YYYY-MM-DD"]
    );
    let error = read("name\n".as_bytes(), &RepColumns::new("id")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the header lacks \"id\"; it has \"name\"; if lines stand above it, declare how many as title_lines"
    );
    assert_eq!(
        read(LEAD.as_bytes(), &leads()).unwrap(),
        Imported::default()
    );
    assert_eq!(
        read(ACTIVITY.as_bytes(), &activities()).unwrap(),
        Imported::default()
    );
    assert_eq!(
        read(CONTRACT.as_bytes(), &contracts()).unwrap(),
        Imported::default()
    );
    assert_eq!(
        read(SPEND.as_bytes(), &spend()).unwrap(),
        Imported::default()
    );
    let quotas = QuotaColumns::new("rep").with_period("for").with_deals("n");
    assert_eq!(
        read("rep,for,n".as_bytes(), &quotas).unwrap(),
        Imported::default()
    );
}

/// Cells that are something in some column, and nothing in others.
fn cells() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "x",
        "L-1",
        "2026-03-06",
        "2026-03-06 18:30Z",
        "2026-03-06 18:30",
        "0",
        "7.5",
        "-1",
        "101",
        "50%",
        "0;25",
        "Call",
        "Demo",
        "good",
        "alone",
        "in",
        "MKT",
        "monthly",
        "pay",
        "USD",
        "EUR",
        "2026-Q1",
        "9999-12-31",
        "\u{7}",
        "%",
        "99999999999999999999999999",
        "\"a\nb\"",
        "\"\"\"\"",
        " ",
    ])
}

/// How many rows a reader gives; none of them panics, and their errors stand in the order of their lines.
fn count<C: Columns>(file: &str, columns: &C) -> usize {
    let rows: Vec<_> = Reader::new(file.as_bytes(), columns).unwrap().collect();
    let errors = rows.iter().filter_map(|row| row.as_ref().err());
    let lines: Vec<u64> = errors.map(|error| error.line).collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
    rows.len()
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn no_row_is_lost(rows in vec(vec(cells(), 19), 0..8)) {
        let file = |header: &str| {
            let width = header.split(',').count();
            let rows = rows.iter().map(|row| row[..width].join(","));
            [header.to_owned()].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
        };
        prop_assert_eq!(count(&file(LEAD), &leads()), rows.len());
        prop_assert_eq!(count(&file(ACTIVITY), &activities()), rows.len());
        prop_assert_eq!(count(&file(REP), &reps()), rows.len());
        prop_assert_eq!(count(&file(CONTRACT), &contracts()), rows.len());
        prop_assert_eq!(count(&file(SPEND), &spend()), rows.len());
        let quotas = QuotaColumns::new("rep").with_period("for").with_amount("sum", Currency::USD).with_deals("n");
        prop_assert_eq!(count(&file("rep,for,sum,n"), &quotas), rows.len());
        let hours = WorkTimeColumns::new("rep", "day").with_working_hours("w").with_selling_minutes("s");
        prop_assert_eq!(count(&file("rep,day,w,s"), &hours), rows.len());
    }

    #[test]
    fn any_length_is_the_exact_number_of_its_microseconds(mantissa in 0..10_i64.pow(15), scale in 0_u32..9) {
        let number = Decimal::try_from_i128_with_scale(mantissa.into(), scale).unwrap();
        let columns = WorkTimeColumns::new("rep", "day").with_working_hours("w");
        let read = one("rep,day,w", &format!("ada,2026-03-06,{number}"), &columns);
        let micros = i128::from(mantissa) * 3_600_000_000 / 10_i128.pow(scale);
        match i64::try_from(micros) {
            Ok(micros) => prop_assert_eq!(read.unwrap().working(), Length::micros(micros.unsigned_abs())),
            Err(_) => prop_assert!(read.is_err()),
        }
    }
}

//! The literate specification of `facts`: every example in `tests/spec/*.md` is run.
//!
//! An example is a line `input → expected` in a fenced block whose name is the reader. Where
//! the year of the document matters it stands before the input in square brackets. Several
//! results are separated by ` ; `, none is `nothing`, a problem is `!` and its kind with the
//! text at fault. `GONGBAO_UPDATE=1 cargo test --test suite facts::spec` writes what the readers give
//! into the files, for review by `git diff`.

#![expect(clippy::unwrap_used, reason = "clippy knows tests by #[test], not their helpers")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gongbao::facts::date::{Edge, Moment, When};
use gongbao::facts::deadline::{Basis, Context, Deadline, DeadlineReading, FactPlace};
use gongbao::facts::{Problem, alias, body, citation, date, deadline, target};
use jiff::civil::Date;

/// What stands between an input and its results.
const GIVES: &str = " → ";

#[test]
fn deadlines() {
    check_file("deadlines.md", 350);
}

#[test]
fn citations() {
    check_file("citations.md", 35);
}

#[test]
fn targets() {
    check_file("targets.md", 80);
}

#[test]
fn bodies() {
    check_file("bodies.md", 80);
}

/// Runs the examples of one file; `least` guards against blocks that are no longer read.
#[track_caller]
fn check_file(name: &str, least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec").join(name);
    let spec = fs::read_to_string(&path).unwrap();
    let (mut reader, mut examples, mut faults, mut updated) = ("", 0, String::new(), String::new());
    for (number, line) in spec.lines().enumerate() {
        if let Some(name) = line.strip_prefix("```") {
            reader = if reader.is_empty() { name } else { "" };
        }
        let example = line.split_once(GIVES).filter(|_| !reader.is_empty());
        let Some((input, expected)) = example else {
            updated += line;
            updated.push('\n');
            continue;
        };
        let actual = run(reader, input.trim_end());
        examples += 1;
        writeln!(updated, "{input}{GIVES}{actual}").unwrap();
        if actual != expected {
            let line = number + 1;
            writeln!(faults, "{name}:{line}: {input}\n  says  {expected}\n  gives {actual}").unwrap();
        }
    }
    finish(&path, &updated, &faults);
    assert!(examples >= least, "{name}: only {examples} examples were found");
}

#[track_caller]
fn finish(path: &PathBuf, updated: &str, faults: &str) {
    if std::env::var_os("GONGBAO_UPDATE").is_some() {
        fs::write(path, updated).unwrap();
    } else {
        assert!(faults.is_empty(), "\n{faults}");
    }
}

/// What `reader` makes of one input.
fn run(reader: &str, input: &str) -> String {
    let (year, text) = split_year(input);
    let (found, problems) = match reader {
        "date" => {
            let reading = date::read(text, year);
            let shown = reading.moments.iter().map(|m| show_moment(text, m)).collect();
            (shown, reading.problems)
        }
        "deadline" | "in-text" => show_deadlines(deadline::read(text, &context(year))),
        "citation" => {
            let reading = citation::read(text);
            (reading.citations.iter().map(|c| show_citation(text, c)).collect(), reading.problems)
        }
        "key" => (vec![citation::key(text)], Vec::new()),
        "alias" => {
            let reading = alias::read(text);
            let shown = reading.aliases.iter().map(|a| format!("{} = {}", a.name, a.full));
            (shown.collect(), reading.problems)
        }
        "target" => (target::read(text).iter().map(show_target).collect(), Vec::new()),
        "body" => show_bodies(body::read(text)),
        _ => panic!("no reader is called {reader}"),
    };
    let problems = problems.iter().map(|problem| show_problem(text, problem));
    let shown: Vec<String> = found.into_iter().chain(problems).collect();
    if shown.is_empty() { "nothing".to_owned() } else { shown.join(" ; ") }
}

/// A document for the year, issued on the 15th of January.
fn context(year: Option<i16>) -> Context {
    Context { year, issued: year.and_then(|year| Date::new(year, 1, 15).ok()) }
}

fn split_year(input: &str) -> (Option<i16>, &str) {
    let year = input.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    year.map_or((None, input), |(year, text)| (year.parse().ok(), text))
}

fn show_problem(text: &str, problem: &Problem) -> String {
    let kind = format!("{:?}", problem.kind);
    let kind = kind.split([' ', '{']).next().unwrap_or_default();
    format!("!{kind} {}", &text[problem.span.clone()])
}

fn show_moment(text: &str, moment: &Moment) -> String {
    let words = &text[moment.span.clone()];
    let edge = show_edge(moment.edge);
    match moment.when {
        When::Every(every) => format!("{words}: {}{edge}", show_recurrence(&every)),
        When::Once(period) => {
            let (first, last) = (period.first, period.last);
            let days = if first == last { last.to_string() } else { format!("{first}..{last}") };
            let open = if moment.open { " open" } else { "" };
            format!("{words}: {days} {}{edge}{open}", period.precision.as_str())
        }
    }
}

fn show_edge(edge: Edge) -> &'static str {
    match edge {
        Edge::Within => "",
        Edge::End => " end",
        Edge::Before => " before",
        Edge::From => " from",
    }
}

fn show_recurrence(every: &date::Recurrence) -> String {
    let mut shown = format!("{:?}", every.cycle).to_lowercase();
    if let Some(month) = every.month {
        write!(shown, " month {month}").unwrap();
    }
    if let Some(day) = every.day {
        write!(shown, " day {day}").unwrap();
    }
    shown
}

fn show_deadlines(reading: DeadlineReading) -> (Vec<String>, Vec<Problem>) {
    let shown = reading.deadlines.iter().map(show_deadline).collect();
    (shown, reading.problems)
}

fn show_deadline(deadline: &Deadline) -> String {
    let mut shown = deadline.kind.as_str().to_owned();
    if let Some(start) = deadline.start {
        write!(shown, " from {start}").unwrap();
    }
    if let Some(date) = deadline.date {
        write!(shown, " {date}").unwrap();
    }
    if let Some(precision) = deadline.precision {
        write!(shown, " {}", precision.as_str()).unwrap();
    }
    if let Some(every) = deadline.recurrence {
        write!(shown, " {}", show_recurrence(&every)).unwrap();
    }
    if let Some((occasion, year)) = deadline.occasion {
        write!(shown, " {}", occasion.name()).unwrap();
        year.iter().for_each(|year| write!(shown, " {year}").unwrap());
    }
    let basis = match deadline.basis {
        Basis::Stated => "",
        Basis::Latest => " latest",
        Basis::Computed => " computed",
    };
    let place = if deadline.place == FactPlace::Text { " in text" } else { "" };
    format!("{shown}{basis}{place} “{}”", deadline.text)
}

fn show_citation(text: &str, citation: &citation::Citation) -> String {
    let mut shown = citation.title.clone();
    for inner in &citation.inner {
        write!(shown, " [names {}]", &text[inner.clone()]).unwrap();
    }
    if let Some(qualifier) = &citation.qualifier {
        write!(shown, " [{qualifier}]").unwrap();
    }
    shown
}

fn show_target(t: &target::Target) -> String {
    let upper = t.upper.as_ref().map(|upper| format!("..{upper}")).unwrap_or_default();
    let yearly = if t.yearly { " yearly" } else { "" };
    let bound = format!("{:?}/{:?}", t.change, t.bound);
    format!("{}: {}{upper} {} {bound}{yearly} “{}”", t.measures, t.value, t.unit, t.text)
}

fn show_bodies(reading: body::BodyReading) -> (Vec<String>, Vec<Problem>) {
    let bodies = reading.bodies.iter();
    let others = |b: &body::Body| if b.others { "等" } else { "" };
    let mut shown: Vec<_> = bodies.map(|b| format!("{}{} {}", b.name, others(b), b.role.as_str())).collect();
    if reading.by_duty {
        shown.push("each by its duties".to_owned());
    }
    (shown, reading.problems)
}

//! Filters and facets over the columns.

use std::collections::BTreeMap;

use crate::format::columns::Row;
use crate::format::header::Header;
use crate::query::{Facet, Filter};
use crate::text::{Script, texts};

/// Filters prepared for a volume.
pub(crate) struct Filters(Vec<Group>);

/// Values of one facet; a record must have one of them or, if negated, none.
struct Group {
    facet: Facet,
    negated: bool,
    tests: Vec<Test>,
}

/// A value of a facet.
enum Test {
    /// Plan, kind, topic or body with one of these numbers.
    Number(Vec<u32>),
    /// A year in this range.
    Year(u32, u32),
    /// A due day (`yyyymmdd`) in this range.
    Day(u32, u32),
    /// Every due day before this day, and not ongoing.
    Overdue(u32),
    /// `ongoing`.
    Ongoing,
    /// No deadline at all.
    NoDeadline,
    /// Any deadline.
    Deadline,
}

impl Filters {
    /// Values of the same facet are alternatives. A value that is invalid for its facet (`year:soon`)
    /// matches no record.
    pub(crate) fn new(filters: &[Filter], header: &Header, today: Option<&str>) -> Filters {
        let mut groups: BTreeMap<(Facet, bool), Vec<Test>> = BTreeMap::new();
        for filter in filters {
            let tests = groups.entry((filter.facet, filter.negated)).or_default();
            tests.push(test(filter, header, today));
        }
        let group = |((facet, negated), tests)| Group { facet, negated, tests };
        Filters(groups.into_iter().map(group).collect())
    }

    /// The facets whose filters the record fails.
    pub(crate) fn failed(&self, row: &Row) -> Vec<Facet> {
        let fails =
            |group: &&Group| group.tests.iter().any(|test| test.meets(group.facet, row)) == group.negated;
        self.0.iter().filter(fails).map(|group| group.facet).collect()
    }
}

fn test(filter: &Filter, header: &Header, today: Option<&str>) -> Test {
    let value = filter.value.trim();
    match filter.facet {
        Facet::Plan => Test::Number(matching(&header.plans, header, value, |plan| (&plan.id, &plan.title))),
        Facet::Kind => Test::Number(matching(&header.kinds, header, kind_alias(value), |kind| (kind, kind))),
        Facet::Topic => Test::Number(matching(&header.topics, header, value, |(slug, name)| (slug, name))),
        Facet::Body => Test::Number(matching(&header.bodies, header, value, |(id, name)| (id, name))),
        Facet::Year => years(value).map_or(Test::Number(Vec::new()), |(a, b)| Test::Year(a, b)),
        Facet::Due => deadline(value, today),
    }
}

/// The numbers of the values whose id is `value`, or else whose name contains it.
fn matching<T>(
    values: &[T],
    header: &Header,
    value: &str,
    names: impl Fn(&T) -> (&String, &String),
) -> Vec<u32> {
    let fold = |text: &str| texts(&Script::Han.units(text, &header.variants)).concat();
    let wanted = fold(value);
    let numbers = |test: &dyn Fn(&T) -> bool| -> Vec<u32> {
        (0u32..).zip(values).filter(|(_, item)| test(item)).map(|(number, _)| number).collect()
    };
    let by_id = numbers(&|item| fold(names(item).0) == wanted);
    if by_id.is_empty() && !wanted.is_empty() {
        numbers(&|item| fold(names(item).1).contains(&wanted))
    } else {
        by_id
    }
}

fn kind_alias(value: &str) -> &str {
    match value {
        "任务" | "tasks" => "task",
        "要求" | "工作要求" | "requirements" => "requirement",
        "通知" | "notices" => "notice",
        "章节" | "sections" => "section",
        _ => value,
    }
}

/// `2023`, `2022..2024`, `2022..`, `..2024`; years plus one, as in [`Row::year`].
fn years(value: &str) -> Option<(u32, u32)> {
    let (from, to) = range(value);
    let year = |text: &str| text.trim_end_matches('年').trim().parse::<u32>().ok();
    let from = if from.is_empty() { 0 } else { year(from)?.saturating_add(1) };
    let to = if to.is_empty() { u32::MAX } else { year(to)?.saturating_add(1) };
    Some((from.max(1), to))
}

fn deadline(value: &str, today: Option<&str>) -> Test {
    match value {
        "past" | "overdue" | "逾期" => {
            return Test::Overdue(today.map_or(u32::MAX, |today| days(today).map_or(0, |(day, _)| day)));
        }
        "ongoing" | "持续推进" | "持续" => return Test::Ongoing,
        "none" | "无" => return Test::NoDeadline,
        "any" | "有" => return Test::Deadline,
        _ => {}
    }
    let (from, to) = range(value);
    let first = if from.is_empty() { Some(0) } else { days(from).map(|days| days.0) };
    let last = if to.is_empty() { Some(u32::MAX) } else { days(to).map(|days| days.1) };
    match (first, last) {
        (Some(first), Some(last)) => Test::Day(first, last),
        _ => Test::Number(Vec::new()),
    }
}

fn range(value: &str) -> (&str, &str) {
    value.split_once("..").map_or((value, value), |(from, to)| (from.trim(), to.trim()))
}

/// First and last day of `2025`, `2025-06` or `2025-06-30`.
fn days(value: &str) -> Option<(u32, u32)> {
    let mut parts = value.splitn(3, ['-', '/', '.', '年', '月']);
    let year: u32 = parts.next()?.parse().ok().filter(|year| *year < 10_000)?;
    let mut part = |max: u32| match parts.next().map(|text| text.trim_end_matches('日')) {
        None | Some("") => Some(None),
        Some(text) => text.parse().ok().filter(|part| (1..=max).contains(part)).map(Some),
    };
    let (month, day) = (part(12)?, part(31)?);
    let at = |month, day| year * 10_000 + month * 100 + day;
    Some((at(month.unwrap_or(1), day.unwrap_or(1)), at(month.unwrap_or(12), day.unwrap_or(31))))
}

impl Test {
    fn meets(&self, facet: Facet, row: &Row) -> bool {
        match self {
            Test::Number(numbers) => match facet {
                Facet::Plan => numbers.contains(&row.plan),
                Facet::Kind => numbers.contains(&row.kind),
                Facet::Topic => row.topics.iter().any(|topic| numbers.contains(topic)),
                Facet::Body => row.bodies.iter().any(|body| numbers.contains(body)),
                Facet::Year | Facet::Due => false,
            },
            Test::Year(from, to) => (*from..=*to).contains(&row.year),
            Test::Day(from, to) => row.due.iter().any(|day| (*from..=*to).contains(day)),
            Test::Overdue(today) => !row.ongoing && row.due.last().is_some_and(|day| day < today),
            Test::Ongoing => row.ongoing,
            Test::NoDeadline => row.due.is_empty() && !row.ongoing,
            Test::Deadline => !row.due.is_empty() || row.ongoing,
        }
    }
}

/// Numbers of records for each value of a facet: value → label and count.
pub(crate) type Counts = BTreeMap<String, (String, u32)>;

/// Counts facet values.
pub(crate) struct Counter<'a> {
    header: &'a Header,
    counts: BTreeMap<Facet, BTreeMap<Value, u32>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Number(u32),
    Ongoing,
    Nothing,
}

impl<'a> Counter<'a> {
    /// A counter at zero.
    pub(crate) fn new(header: &'a Header) -> Counter<'a> {
        Counter { header, counts: BTreeMap::new() }
    }

    /// Counts a record that fails the filters of these facets. The counts of a facet include the records that
    /// pass the filters of all other facets.
    pub(crate) fn add(&mut self, row: &Row, failed: &[Facet]) {
        for facet in Facet::ALL {
            if failed.iter().all(|&failed| failed == facet) {
                for value in values(facet, row) {
                    *self.counts.entry(facet).or_default().entry(value).or_default() += 1;
                }
            }
        }
    }

    /// The counts by facet.
    pub(crate) fn finish(self) -> BTreeMap<&'static str, Counts> {
        let named = |(facet, counts): (&Facet, &BTreeMap<Value, u32>)| {
            let counts = counts.iter().map(|(&value, &count)| {
                let (name, label) = self.label(*facet, value);
                (name, (label, count))
            });
            (facet.name(), counts.collect())
        };
        self.counts.iter().map(named).collect()
    }

    fn label(&self, facet: Facet, value: Value) -> (String, String) {
        let same = |text: String| (text.clone(), text);
        let Value::Number(number) = value else {
            return same(if value == Value::Ongoing { "ongoing" } else { "none" }.to_owned());
        };
        let at = number as usize;
        let known = match facet {
            Facet::Plan => self.header.plans.get(at).map(|plan| (plan.id.clone(), plan.title.clone())),
            Facet::Topic => self.header.topics.get(at).cloned(),
            Facet::Body => self.header.bodies.get(at).cloned(),
            Facet::Kind => self.header.kinds.get(at).cloned().map(same),
            Facet::Year | Facet::Due => None,
        };
        known.unwrap_or_else(|| same(number.to_string()))
    }
}

fn values(facet: Facet, row: &Row) -> Vec<Value> {
    match facet {
        Facet::Plan => vec![Value::Number(row.plan)],
        Facet::Kind => vec![Value::Number(row.kind)],
        Facet::Topic => row.topics.iter().map(|&topic| Value::Number(topic)).collect(),
        Facet::Body => row.bodies.iter().map(|&body| Value::Number(body)).collect(),
        Facet::Year => row.year.checked_sub(1).map(Value::Number).into_iter().collect(),
        Facet::Due => {
            let mut values: Vec<Value> = row.due.iter().map(|day| Value::Number(day / 10_000)).collect();
            values.dedup();
            values.extend(row.ongoing.then_some(Value::Ongoing));
            values.extend((row.due.is_empty() && !row.ongoing).then_some(Value::Nothing));
            values
        }
    }
}

//! `[[facts]]` in front matter: an editor's word on what a task states, read and laid over what is
//! read from the text.

use std::ops::Range;

use crate::base::fields::{At, Fields, nearest};
use crate::base::{Code, Diagnostic, SitePath};
use crate::facts::body::{Body, BodyRole};
use crate::facts::date::Precision;
use crate::facts::deadline::{Deadline, DeadlineKind};
use crate::facts::target::{Bound, Change, Target};
use crate::message;
use crate::model::document::Document;
use crate::model::index::{self, BlockIndex};
use crate::model::{Block, FactLists, FactsEntry, Quoted};
use crate::parse::plan::{Stated, TaskFacts};

/// Reads one entry; `None` if it names no task.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<FactsEntry> {
    let task = fields.required_text("task");
    let replace = lists(fields);
    let add = fields.table("add", lists).unwrap_or_default();
    Some(FactsEntry { task: task?, replace, add })
}

fn lists(fields: &mut Fields<'_>) -> FactLists {
    FactLists {
        deadlines: list(fields, "deadlines", deadline),
        bodies: list(fields, "bodies", body),
        targets: list(fields, "targets", target),
    }
}

/// The list under `key`: absent, empty, or with entries.
fn list<'a, T>(
    fields: &mut Fields<'a>,
    key: &'static str,
    read: fn(&mut Fields<'a>, &str) -> Option<T>,
) -> Option<At<Vec<Quoted<T>>>> {
    let span = fields.keys().into_iter().find(|known| known.value == key)?.span;
    let entry = |fields: &mut Fields<'a>| {
        let text = words(fields, "text");
        let fact = read(fields, text.as_ref().map_or("", |text| &text.value));
        Some(Quoted { fact: fact?, text: text? })
    };
    let entries = fields.tables(key, entry).into_iter().flatten().collect();
    Some(At { value: entries, span })
}

fn deadline(fields: &mut Fields<'_>, text: &str) -> Option<Deadline> {
    let kind = fields.text("kind").and_then(|kind| fields.one_of(kind, &DeadlineKind::NAMES));
    let date = fields.date("date").map(|date| date.value);
    let precision = fields.text("precision").and_then(|word| fields.one_of(word, &Precision::NAMES));
    let precision = precision.map_or(Precision::Day, |precision| precision.value);
    Some(Deadline::stated(kind.map_or(DeadlineKind::Due, |kind| kind.value), date, Some(precision), text))
}

fn body(fields: &mut Fields<'_>, text: &str) -> Option<Body> {
    let name = words(fields, "name");
    let role = fields.required_text("role").and_then(|role| fields.one_of(role, &BodyRole::NAMES));
    Some(Body { name: name?.value, role: role?.value, others: false, span: 0..text.len() })
}

fn target(fields: &mut Fields<'_>, text: &str) -> Option<Target> {
    let value = words(fields, "value").and_then(|value| figure(fields, value));
    let upper = fields.text("upper").and_then(|value| figure(fields, value));
    let unit = words(fields, "unit");
    let bound = fields.text("bound").and_then(|bound| fields.one_of(bound, &Bound::NAMES));
    let change = fields.text("change").and_then(|change| fields.one_of(change, &Change::NAMES));
    let measures = fields.text("measures").map(|measures| measures.value).unwrap_or_default();
    let bound = bound.map_or(Bound::Exactly, |bound| bound.value);
    let change = change.map_or(Change::Level, |change| change.value);
    let mut target = Target::stated(value?, unit?.value, change, bound, text);
    (target.upper, target.measures) = (upper, measures);
    Some(target)
}

/// A text that must be there and say something.
fn words(fields: &mut Fields<'_>, key: &'static str) -> Option<At<String>> {
    let text = fields.required_text(key)?;
    if !text.value.trim().is_empty() {
        return Some(text);
    }
    let title = message!("{key} 是空的", "`{key}` is empty");
    let hint = message!("写上文字，或删去这一条", "write the words, or delete this entry");
    fields.report(Diagnostic::new(Code::BAD_VALUE, title).at(fields.path(), text.span).hint(hint));
    None
}

/// A figure in ASCII digits: `7000`, `16.5`.
fn figure(fields: &mut Fields<'_>, value: At<String>) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = value.value.split_once('.').unwrap_or((&value.value, "0"));
    if digits(whole) && digits(part) {
        return Some(value.value);
    }
    let title = message!("“{}”不是数字", "“{}” is not a number", value.value);
    let hint = message!("写阿拉伯数字，如 7000、16.5", "write digits, such as 7000 or 16.5");
    fields.report(Diagnostic::new(Code::BAD_VALUE, title).at(fields.path(), value.span).hint(hint));
    None
}

/// Lays the entries over what was read. What no longer fits the text is reported.
pub(super) fn apply(document: &Document, tasks: &mut [TaskFacts], faults: &mut Vec<Diagnostic>) {
    for entry in &document.meta.facts {
        let number = |task: &TaskFacts| document.nodes[task.node].number.map(|number| number.to_string());
        let Some(task) = tasks.iter_mut().find(|task| number(task).as_deref() == Some(&entry.task.value))
        else {
            let known: Vec<String> = tasks.iter().filter_map(number).collect();
            faults.push(unknown(&document.path, &entry.task, &known));
            continue;
        };
        let mut editor = Editor { document, blocks: document.nodes[task.node].blocks.clone(), faults };
        editor.edit(&mut task.deadlines, entry.replace.deadlines.as_ref(), entry.add.deadlines.as_ref());
        editor.edit(&mut task.bodies, entry.replace.bodies.as_ref(), entry.add.bodies.as_ref());
        editor.edit(&mut task.targets, entry.replace.targets.as_ref(), entry.add.targets.as_ref());
    }
}

/// A fact whose places follow from its words.
trait PlacedFact: Clone {
    fn place(&mut self, text: &str, words: Range<usize>);
    /// Returns whether a fact that is read says the same.
    fn same(&self, other: &Self) -> bool;
}

impl PlacedFact for Deadline {
    fn place(&mut self, text: &str, words: Range<usize>) {
        text[words.clone()].clone_into(&mut self.text);
        self.time = words.clone();
        self.span = words;
    }

    fn same(&self, other: &Self) -> bool {
        (self.kind, self.date, self.precision) == (other.kind, other.date, other.precision)
            && self.text == other.text
    }
}

impl PlacedFact for Body {
    fn place(&mut self, text: &str, words: Range<usize>) {
        let name = text[words.clone()].find(&self.name).map(|at| words.start + at);
        self.span = name.map_or(words, |start| start..start + self.name.len());
    }

    fn same(&self, other: &Self) -> bool {
        (&self.name, self.role) == (&other.name, other.role)
    }
}

impl PlacedFact for Target {
    fn place(&mut self, text: &str, words: Range<usize>) {
        text[words.clone()].clone_into(&mut self.text);
        let measures = text[words.clone()].find(&self.measures).map(|at| words.start + at);
        self.measures_span = measures.map_or(words.start..words.start, |at| at..at + self.measures.len());
        self.span = words;
    }

    fn same(&self, other: &Self) -> bool {
        (&self.value, &self.unit, self.bound, self.change)
            == (&other.value, &other.unit, other.bound, other.change)
    }
}

struct Editor<'a> {
    document: &'a Document,
    /// The blocks of the task.
    blocks: Range<BlockIndex>,
    faults: &'a mut Vec<Diagnostic>,
}

impl Editor<'_> {
    fn edit<T: PlacedFact>(
        &mut self,
        facts: &mut Vec<Stated<T>>,
        replace: Option<&At<Vec<Quoted<T>>>>,
        add: Option<&At<Vec<Quoted<T>>>>,
    ) {
        if let Some(replace) = replace {
            let given = self.placed(&replace.value);
            let alike =
                given.len() == facts.len() && given.iter().zip(&*facts).all(|(a, b)| a.fact.same(&b.fact));
            if alike && given.len() == replace.value.len() {
                self.faults.push(no_effect(&self.document.path, replace.span.clone()));
            }
            *facts = given;
        }
        for given in add.map(|add| self.placed(&add.value)).unwrap_or_default() {
            if facts.iter().any(|known| known.fact.same(&given.fact)) {
                let span = add.map(|add| add.span.clone()).unwrap_or_default();
                self.faults.push(no_effect(&self.document.path, span));
            } else {
                facts.push(given);
            }
        }
    }

    /// The facts at the places of their words; one whose words the task does not have is reported
    /// and left out.
    fn placed<T: PlacedFact>(&mut self, entries: &[Quoted<T>]) -> Vec<Stated<T>> {
        let mut placed = Vec::new();
        for entry in entries {
            let mut blocks = index::blocks(self.blocks.clone());
            let found = blocks
                .find_map(|index| Some((index, find(&self.document.blocks[index], &entry.text.value)?)));
            let Some((block, words)) = found else {
                self.faults.push(not_in_text(&self.document.path, &entry.text));
                continue;
            };
            let mut fact = entry.fact.clone();
            fact.place(&self.document.blocks[block].text, words);
            placed.push(Stated { block, fact });
        }
        placed
    }
}

fn find(block: &Block, words: &str) -> Option<Range<usize>> {
    let start = block.text.find(words)?;
    Some(start..start + words.len())
}

fn unknown(path: &SitePath, task: &At<String>, known: &[String]) -> Diagnostic {
    let title = message!("本计划没有序号为“{}”的任务", "this plan has no task `{}`", task.value);
    let fault = Diagnostic::new(Code::UNKNOWN_ID, title).at(path, task.span.clone());
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match nearest(&task.value, &known) {
        Some(near) => fault.hint(message!("是否想写 {near}？", "did you mean `{near}`?")),
        None => fault.hint(message!("写任务的序号，如 \"5\"", "write the number of a task, such as \"5\"")),
    }
}

fn not_in_text(path: &SitePath, words: &At<String>) -> Diagnostic {
    let title = message!("该任务中没有“{}”", "the task does not say “{}”", words.value);
    Diagnostic::new(Code::FACT_NOT_IN_TEXT, title).at(path, words.span.clone()).hint(message!(
        "从该任务的正文逐字复制 text，不跨段落；正文已经改动的，重新核对这一条",
        "copy `text` from the task, from within one paragraph; if the text has changed, check this entry again"
    ))
}

fn no_effect(path: &SitePath, span: Range<usize>) -> Diagnostic {
    let title = message!("这一项与从正文读出的相同", "this says what is read from the text anyway");
    Diagnostic::new(Code::NO_EFFECT, title).at(path, span).hint(message!("可以删去", "it can be deleted"))
}

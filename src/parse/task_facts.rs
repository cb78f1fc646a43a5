//! The facts of each task: read from its blocks and tables, then corrected by the front matter.

use std::collections::BTreeSet;
use std::ops::Range;

use index_vec::IndexSlice;

use crate::base::{Diagnostic, characters};
use crate::facts::body::{self, Body};
use crate::facts::deadline::{self, Context, Deadline, DeadlineKind, FactPlace};
use crate::model::document::Document;
use crate::model::index::{self, BlockIndex, NodeIndex};
use crate::model::{BlockKind, NodeKind};
use crate::parse::facts_entry;
use crate::parse::plan::{BlockFacts, Stated, TaskFacts};
use crate::parse::problems::describe_all;

/// The facts of all tasks, in the order of their nodes.
pub(super) fn read(
    document: &Document,
    facts: &IndexSlice<BlockIndex, [BlockFacts]>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<TaskFacts> {
    let context = Context {
        year: document.meta.year,
        issued: document.meta.issued.as_ref().map(|issued| issued.value),
    };
    let entries = document.meta.facts.iter().filter(|entry| entry.replace.deadlines.is_some());
    let stated = entries.map(|entry| entry.task.value.as_str()).collect();
    let mut reader = TaskFactsReader { document, facts, context, stated, faults };
    let nodes = document.nodes.iter_enumerated().filter(|(_, node)| node.kind == NodeKind::Task);
    let mut tasks: Vec<TaskFacts> =
        nodes.map(|(index, node)| reader.task(index, node.blocks.clone())).collect();
    facts_entry::apply(document, &mut tasks, reader.faults);
    tasks
}

struct TaskFactsReader<'a> {
    document: &'a Document,
    facts: &'a IndexSlice<BlockIndex, [BlockFacts]>,
    context: Context,
    /// The tasks whose deadlines an editor states: nobody needs to be told that they are not understood.
    stated: BTreeSet<&'a str>,
    faults: &'a mut Vec<Diagnostic>,
}

impl TaskFactsReader<'_> {
    fn task(&mut self, node: NodeIndex, blocks: Range<BlockIndex>) -> TaskFacts {
        let mut task = TaskFacts { node, deadlines: Vec::new(), bodies: Vec::new(), targets: Vec::new() };
        for index in index::blocks(blocks) {
            let block = &self.document.blocks[index];
            let own = &self.facts[index];
            task.targets.extend(own.targets.iter().cloned().map(|fact| Stated { block: index, fact }));
            task.bodies.extend(own.bodies.iter().cloned().map(|fact| Stated { block: index, fact }));
            match &block.kind {
                BlockKind::Table { rows } => self.table(&mut task, index, rows),
                _ => {
                    let reading = deadline::read(&characters::ordinarily(&block.text), &self.context);
                    self.deadlines(&mut task, index, reading);
                }
            }
        }
        task.deadlines = each_time_once(task.deadlines);
        task.bodies = each_once(task.bodies);
        task
    }

    fn deadlines(&mut self, task: &mut TaskFacts, block: BlockIndex, reading: deadline::DeadlineReading) {
        let document = self.document;
        let number = document.nodes[task.node].number.map(|number| number.to_string());
        if !number.is_some_and(|number| self.stated.contains(number.as_str())) {
            self.faults.extend(describe_all(&document.path, &document.blocks[block], reading.problems));
        }
        task.deadlines.extend(reading.deadlines.into_iter().map(|fact| Stated { block, fact }));
    }

    /// The cells below heads such as 责任单位 and 完成时限.
    fn table(&mut self, task: &mut TaskFacts, index: BlockIndex, rows: &[Vec<Range<usize>>]) {
        let Some((heads, rows)) = rows.split_first() else { return };
        let document = self.document;
        let text = &*characters::ordinarily(&document.blocks[index].text);
        for (column, head) in heads.iter().enumerate() {
            let head = &text[head.clone()];
            let cells = rows.iter().filter_map(|row| row.get(column).cloned());
            if let Some(role) = body::column_role(head) {
                let found = cells.flat_map(|cell| body::in_cell(text, cell, role).bodies);
                task.bodies.extend(found.map(|fact| Stated { block: index, fact }));
            } else if deadline::is_time_column(head) {
                for cell in cells {
                    self.deadlines(task, index, deadline::in_cell(text, cell, &self.context));
                }
            }
        }
    }
}

/// A time that brackets, labels or cells state is not told again by running text, and something
/// ongoing is told once.
fn each_time_once(deadlines: Vec<Stated<Deadline>>) -> Vec<Stated<Deadline>> {
    let outside = deadlines.iter().filter(|deadline| deadline.place != FactPlace::Text);
    let outside: BTreeSet<String> = outside.map(|deadline| deadline.time_key()).collect();
    let mut told = BTreeSet::new();
    let mut is_new = |deadline: &Stated<Deadline>| {
        let key = deadline.time_key();
        let elsewhere = deadline.place == FactPlace::Text && outside.contains(&key);
        let words = if deadline.kind == DeadlineKind::Due { deadline.text.clone() } else { String::new() };
        !elsewhere && told.insert((key, words))
    };
    deadlines.into_iter().filter(|deadline| is_new(deadline)).collect()
}

fn each_once(bodies: Vec<Stated<Body>>) -> Vec<Stated<Body>> {
    let mut known = BTreeSet::new();
    bodies.into_iter().filter(|body| known.insert((body.name.clone(), body.role))).collect()
}

//! The ids by which catalogues name the items of plans: `2023/5`, `2024/requirement-3`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::site::{ItemRef, Plan};
use crate::base::fields::{At, nearest};
use crate::base::{Code, Diagnostic, SitePath, Span};
use crate::message;
use crate::model::{Node, NodeKind, PlanId};

/// The id of an item inside its plan: a task's number, or the node's id.
pub fn local_id(node: &Node) -> String {
    match (node.kind, node.number) {
        (NodeKind::Task, Some(number)) => number.to_string(),
        _ => node.id.to_string(),
    }
}

/// The nodes of a plan by their ids inside it, as indices.
pub fn by_id(nodes: &[Node]) -> BTreeMap<String, usize> {
    nodes.iter().enumerate().map(|(index, node)| (local_id(node), index)).collect()
}

/// Every item of the site by its id.
pub struct Items {
    plans: BTreeMap<PlanId, usize>,
    /// The nodes of each plan by their ids in it.
    nodes: Vec<Arc<BTreeMap<String, usize>>>,
    hidden: BTreeSet<PlanId>,
}

impl Items {
    /// The items of plans. `all` are the plans there are, drafts left out of `plans` among them.
    pub fn new<'a>(plans: &[Plan], all: impl Iterator<Item = &'a PlanId>) -> Self {
        let shown: BTreeSet<_> = plans.iter().map(|plan| &plan.id).collect();
        let hidden = all.filter(|id| !shown.contains(id)).cloned().collect();
        Self {
            plans: plans.iter().enumerate().map(|(index, plan)| (plan.id.clone(), index)).collect(),
            nodes: plans.iter().map(|plan| Arc::clone(&plan.ids)).collect(),
            hidden,
        }
    }

    /// The item of an id. An unknown id is a fault, that of an item in a draft is not.
    pub fn find(&self, file: &SitePath, id: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<ItemRef> {
        let (plan, local) = id.value.split_once('/').unwrap_or((&id.value, ""));
        let found = self.plans.get(plan).and_then(|plan| {
            let node = *self.nodes[*plan].get(local)?;
            Some(ItemRef { plan: *plan, node })
        });
        if found.is_none() && !self.hidden.contains(plan) {
            faults.push(self.unknown(file, id));
        }
        found
    }

    fn unknown(&self, file: &SitePath, id: &At<String>) -> Diagnostic {
        let title = message!("没有编号为“{}”的任务或要求", "there is no task or requirement `{}`", id.value);
        let ids = |(plan, index): (&PlanId, &usize)| {
            self.nodes[*index].keys().map(|local| format!("{plan}/{local}")).collect::<Vec<_>>()
        };
        let known: Vec<String> = self.plans.iter().flat_map(ids).collect();
        let known: Vec<_> = known.iter().map(String::as_str).collect();
        let fault = Diagnostic::new(Code::UNKNOWN_ID, title).at(file, id.span.clone());
        match nearest(&id.value, &known) {
            Some(near) => fault.hint(message!("是否想写 {near}？", "did you mean `{near}`?")),
            None => fault.hint(message!(
                "编号写作 计划/序号，如 2023/5、2024/requirement-3",
                "an id is a plan and a number, such as `2023/5` or `2024/requirement-3`"
            )),
        }
    }
}

/// The first place of exact words among the blocks of an item: the block, and the bytes of its text.
pub fn quoted(plan: &Plan, node: usize, words: &str) -> Option<(usize, Span)> {
    let mut blocks = plan.nodes[node].blocks.clone();
    blocks.find_map(|block| {
        let start = plan.blocks[block].original.text.find(words)?;
        Some((block, start..start + words.len()))
    })
}

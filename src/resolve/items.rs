//! The ids by which catalogues name the items of plans: `2023/5`, `2024/requirement-3`.

use std::collections::{BTreeMap, BTreeSet};

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

/// Every item of the site by its id.
pub struct Items {
    by_id: BTreeMap<String, ItemRef>,
    hidden: BTreeSet<PlanId>,
}

impl Items {
    /// The items of plans. `all` are the plans there are, drafts left out of `plans` among them.
    pub fn new<'a>(plans: &[Plan], all: impl Iterator<Item = &'a PlanId>) -> Self {
        let shown: BTreeSet<_> = plans.iter().map(|plan| &plan.id).collect();
        let hidden = all.filter(|id| !shown.contains(id)).cloned().collect();
        let of_plan = |(plan, of_plan): (usize, &Plan)| {
            let id =
                |(node, of_node)| (format!("{}/{}", of_plan.id, local_id(of_node)), ItemRef { plan, node });
            of_plan.nodes.iter().enumerate().map(id).collect::<Vec<_>>()
        };
        Self { by_id: plans.iter().enumerate().flat_map(of_plan).collect(), hidden }
    }

    /// The item of an id. An unknown id is a fault, that of an item in a draft is not.
    pub fn find(&self, file: &SitePath, id: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<ItemRef> {
        let found = self.by_id.get(&id.value).copied();
        let plan = id.value.split('/').next().and_then(PlanId::new);
        if found.is_none() && plan.is_none_or(|plan| !self.hidden.contains(&plan)) {
            faults.push(self.unknown(file, id));
        }
        found
    }

    fn unknown(&self, file: &SitePath, id: &At<String>) -> Diagnostic {
        let title = message!("没有编号为“{}”的任务或要求", "there is no task or requirement `{}`", id.value);
        let known: Vec<_> = self.by_id.keys().map(String::as_str).collect();
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

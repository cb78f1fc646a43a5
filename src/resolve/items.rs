//! The ids by which catalogues name the items of plans: `2023/5`, `2024/requirement-3`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::site::{ItemRef, Plan};
use crate::base::fields::{At, nearest};
use crate::base::{Code, Diagnostic, Label, SitePath, Span};
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
    /// The places that name plans which are not there, by the names.
    missing: RefCell<BTreeMap<String, Vec<Label>>>,
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
            missing: RefCell::default(),
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
            match self.plans.contains_key(plan) || local.is_empty() {
                true => faults.push(self.unknown(file, id)),
                false => self.note_missing(plan, Label::new(file, id.span.clone())),
            }
        }
        found
    }

    fn note_missing(&self, plan: &str, place: Label) {
        self.missing.borrow_mut().entry(plan.to_owned()).or_default().push(place);
    }

    /// One finding for each plan that is named and not there, however often it is named.
    pub fn missing_plans(&self) -> Vec<Diagnostic> {
        let missing = self.missing.take();
        missing.into_iter().map(|(plan, places)| self.no_plan(&plan, places)).collect()
    }

    fn no_plan(&self, plan: &str, mut places: Vec<Label>) -> Diagnostic {
        places.sort();
        let count = places.len();
        let title = match count {
            1 => message!("没有编号为“{plan}”的计划", "there is no plan `{plan}`"),
            _ => message!(
                "没有编号为“{plan}”的计划，目录中有 {count} 处用到它",
                "there is no plan `{plan}`, which catalogues name in {count} places"
            ),
        };
        let known: Vec<&str> = self.plans.keys().map(PlanId::as_str).collect();
        let folder = folder(plan);
        let mut fault = Diagnostic::new(Code::UNKNOWN_ID, title);
        fault.labels.extend(places.into_iter().next());
        let fault = folder.into_iter().fold(fault, Diagnostic::rests_on);
        match nearest(plan, &known) {
            Some(near) => fault.hint(message!(
                "是否改了文件夹的名称？把目录中的 {plan} 改为 {near}，或把文件夹改回原名",
                "was its folder renamed? write {near} in the catalogues, or give the folder its old name"
            )),
            None => fault.hint(message!(
                "编号是 content/plans 中文件夹的名称：{0}",
                "an id is the name of a folder in content/plans: {0}",
                known.join(", ")
            )),
        }
    }

    fn unknown(&self, file: &SitePath, id: &At<String>) -> Diagnostic {
        let title = message!("没有编号为“{}”的任务或要求", "there is no task or requirement `{}`", id.value);
        let ids = |(plan, index): (&PlanId, &usize)| {
            self.nodes[*index].keys().map(|local| format!("{plan}/{local}")).collect::<Vec<_>>()
        };
        let known: Vec<String> = self.plans.iter().flat_map(ids).collect();
        let known: Vec<_> = known.iter().map(String::as_str).collect();
        let plan = folder(&id.value);
        let fault = Diagnostic::new(Code::UNKNOWN_ID, title).at(file, id.span.clone());
        let fault = plan.into_iter().fold(fault, Diagnostic::rests_on);
        match nearest(&id.value, &known) {
            Some(near) => fault.hint(message!("是否想写 {near}？", "did you mean `{near}`?")),
            None => fault.hint(message!(
                "编号写作 计划/序号，如 2023/5、2024/requirement-3",
                "an id is a plan and a number, such as `2023/5` or `2024/requirement-3`"
            )),
        }
    }
}

/// The folder of the plan that an id names.
pub fn folder(id: &str) -> Option<SitePath> {
    SitePath::new(&format!("content/plans/{}", id.split('/').next()?))
}

/// The first place of exact words among the blocks of an item: the block, and the bytes of its text.
pub fn quoted(plan: &Plan, node: usize, words: &str) -> Option<(usize, Span)> {
    let mut blocks = plan.nodes[node].blocks.clone();
    blocks.find_map(|block| {
        let start = plan.blocks[block].original.text.find(words)?;
        Some((block, start..start + words.len()))
    })
}

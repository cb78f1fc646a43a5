//! The ids by which catalogues name the items of plans: `2023/5`, `2024/requirement-3`.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use index_vec::{IndexSlice, IndexVec};

use crate::base::fields::{At, nearest};
use crate::base::{Code, Diagnostic, Label, SitePath, Span};
use crate::message;
use crate::model::index::{self, BlockIndex, NodeIndex, PlanIndex};
use crate::model::{Node, PlanId};
use crate::site::{ItemRef, Plan, Plans};

/// The nodes of a plan by their ids inside it.
pub fn by_id(nodes: &IndexSlice<NodeIndex, [Node]>) -> BTreeMap<String, NodeIndex> {
    nodes.iter_enumerated().map(|(index, node)| (node.local_id(), index)).collect()
}

/// Every item of the site by its id.
pub struct Items {
    plans: BTreeMap<PlanId, PlanIndex>,
    /// The nodes of each plan by their ids in it.
    nodes: IndexVec<PlanIndex, Arc<BTreeMap<String, NodeIndex>>>,
    hidden: BTreeSet<PlanId>,
    /// The places that name plans which are not there, by the names.
    missing: RefCell<BTreeMap<String, Vec<Label>>>,
    /// How many unknown ids were compared with all that are known.
    compared: Cell<usize>,
}

/// How many unknown ids are compared with all that are known, to say which one was meant.
const MOST_COMPARED: usize = 100;

impl Items {
    /// The items of plans. `all` are the plans there are, drafts left out of `plans` among them.
    pub fn new<'a>(plans: &Plans, all: impl Iterator<Item = &'a PlanId>) -> Self {
        let shown: BTreeSet<_> = plans.iter().map(|plan| &plan.id).collect();
        let hidden = all.filter(|id| !shown.contains(id)).cloned().collect();
        Self {
            plans: plans.iter_enumerated().map(|(index, plan)| (plan.id.clone(), index)).collect(),
            nodes: plans.iter().map(|plan| Arc::clone(&plan.ids)).collect(),
            hidden,
            missing: RefCell::default(),
            compared: Cell::new(0),
        }
    }

    /// The item of an id. An unknown id is a fault, that of an item in a draft is not.
    pub fn find(&self, file: &SitePath, id: &At<String>, faults: &mut Vec<Diagnostic>) -> Option<ItemRef> {
        let found = self.known(&id.value);
        let (plan, local) = id.value.split_once('/').unwrap_or((&id.value, ""));
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
        let folder = folder(plan);
        let mut fault = Diagnostic::new(Code::UNKNOWN_ID, title);
        fault.labels.extend(places.into_iter().next());
        let fault = folder.into_iter().fold(fault, Diagnostic::rests_on);
        let known = || self.plans.keys().map(|plan| plan.to_string());
        match self.nearest(plan, known) {
            Err(TooMany) => fault,
            Ok(Some(near)) => fault.hint(message!(
                "是否改了文件夹的名称？把目录中的 {plan} 改为 {near}，或把文件夹改回原名",
                "was its folder renamed? write {near} in the catalogues, or give the folder its old name"
            )),
            Ok(None) => fault.hint(message!(
                "编号是 content/plans 中文件夹的名称：{0}",
                "an id is the name of a folder in content/plans: {0}",
                known().collect::<Vec<_>>().join(", ")
            )),
        }
    }

    /// The item of an id, if there is one.
    pub fn known(&self, id: &str) -> Option<ItemRef> {
        let (plan, local) = id.split_once('/').unwrap_or((id, ""));
        let plan = *self.plans.get(plan)?;
        Some(ItemRef { plan, node: *self.nodes[plan].get(local)? })
    }

    fn unknown(&self, file: &SitePath, id: &At<String>) -> Diagnostic {
        let title = message!("没有编号为“{}”的任务或要求", "there is no task or requirement `{}`", id.value);
        let fault = Diagnostic::new(Code::UNKNOWN_ID, title).at(file, id.span.clone());
        let fault = folder(&id.value).into_iter().fold(fault, Diagnostic::rests_on);
        let ids = |(plan, index): (&PlanId, &PlanIndex)| {
            self.nodes[*index].keys().map(|local| format!("{plan}/{local}")).collect::<Vec<_>>()
        };
        match self.nearest(&id.value, || self.plans.iter().flat_map(ids)) {
            Ok(Some(near)) => fault.hint(message!("是否想写 {near}？", "did you mean `{near}`?")),
            Ok(None) | Err(TooMany) => fault.hint(message!(
                "编号写作 计划/序号，如 2023/5、2024/requirement-3",
                "an id is a plan and a number, such as `2023/5` or `2024/requirement-3`"
            )),
        }
    }

    /// The known id that was meant, if one is near enough.
    ///
    /// # Errors
    /// So many unknown ids have been compared that no more are.
    fn nearest<I: Iterator<Item = String>>(
        &self,
        id: &str,
        known: impl FnOnce() -> I,
    ) -> Result<Option<String>, TooMany> {
        self.compared.set(self.compared.get() + 1);
        if self.compared.get() > MOST_COMPARED {
            return Err(TooMany);
        }
        let known: Vec<String> = known().collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        Ok(nearest(id, &known).map(str::to_owned))
    }
}

/// Too many unknown ids were compared with the known ones.
struct TooMany;

/// The folder of the plan that an id names.
pub fn folder(id: &str) -> Option<SitePath> {
    SitePath::new(&format!("content/plans/{}", id.split('/').next()?))
}

/// The first place of each of some exact words among the blocks of an item: the block, and the bytes of its
/// text. All are looked for in one pass.
pub fn quoted(plan: &Plan, node: NodeIndex, words: &[&str]) -> Vec<Option<(BlockIndex, Span)>> {
    let mut found = vec![None; words.len()];
    let Ok(automaton) = AhoCorasick::new(words) else { return found };
    for block in index::blocks(plan.nodes[node].blocks.clone()) {
        for hit in automaton.find_overlapping_iter(&plan.blocks[block].original.text) {
            found[hit.pattern().as_usize()].get_or_insert((block, hit.range()));
        }
    }
    found
}

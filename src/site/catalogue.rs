//! Subject headings, series, evidence, terms and pages of text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use index_vec::IndexVec;

use super::Plans;
use super::task::ItemRef;
use crate::base::{Lang, Span};
use crate::facts::body::BodyRole;
use crate::model::index::{BlockIndex, PlanIndex, TermIndex};
use crate::parse::glossary::TermEntry;
use crate::parse::page::ParsedPage;
use crate::settings::Localized;

/// A subject heading with its tasks.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The word in its URL.
    pub slug: String,
    /// Its name.
    pub title: Localized,
    /// Its scope.
    pub note: Localized,
    /// Its tasks, plans in the order of the site.
    pub tasks: Vec<ItemRef>,
    /// The tasks that an editor says it does not take in.
    pub removed: BTreeSet<ItemRef>,
}

/// A public body that issues plans or that tasks name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBody {
    /// The word in its URL.
    pub slug: String,
    /// Its name in each language in which it is known; always in the original's.
    pub name: Localized,
    /// Its other names in originals.
    pub aliases: Vec<String>,
    /// The names that it had before.
    pub former: Vec<String>,
    /// True for a class of bodies: 各区政府.
    pub is_class: bool,
    /// Its roles and tasks, in order.
    pub tasks: Vec<(BodyRole, ItemRef)>,
    /// The plans that it issued, in the order of the site. Empty if the site has plans of one issuer only.
    pub issued: Vec<PlanIndex>,
}

impl NamedBody {
    /// Its tasks, each once, plans in the order of the site.
    pub fn items(&self) -> Vec<ItemRef> {
        let items: BTreeSet<ItemRef> = self.tasks.iter().map(|(_, item)| *item).collect();
        items.into_iter().collect()
    }

    /// Its tasks and those of the plans that it issued, each once.
    pub fn covered(&self, plans: &Plans) -> Vec<ItemRef> {
        let of_plan = |plan: &PlanIndex| {
            let plan = *plan;
            plans[plan].tasks.iter().map(move |task| ItemRef { plan, node: task.node })
        };
        let tasks = self.tasks.iter().map(|(_, item)| *item);
        let items: BTreeSet<ItemRef> = tasks.chain(self.issued.iter().flat_map(of_plan)).collect();
        items.into_iter().collect()
    }

    /// For how many tasks it answers.
    pub fn answers(&self) -> usize {
        let answered = self.tasks.iter().filter(|(role, _)| role.answers()).map(|(_, item)| item);
        answered.collect::<BTreeSet<_>>().len()
    }
}

/// Plans that follow one another from year to year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The plans, from the first year to the last.
    pub plans: Vec<PlanIndex>,
    /// True if anything is said of what became of its tasks.
    pub traced: bool,
}

impl Series {
    /// The plans before and after one of the series.
    pub fn beside(&self, plan: PlanIndex) -> (Option<PlanIndex>, Option<PlanIndex>) {
        let Some(at) = self.plans.iter().position(|other| *other == plan) else { return (None, None) };
        (at.checked_sub(1).map(|at| self.plans[at]), self.plans.get(at + 1).copied())
    }
}

/// Words of an item, exactly as they are in its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The item.
    pub item: ItemRef,
    /// The block.
    pub block: BlockIndex,
    /// The words, in bytes of the block's text.
    pub span: Span,
}

/// A promise, and what a later document shows of it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The promise.
    pub promise: Quotation,
    /// The words of the later document.
    pub quote: Quotation,
    /// The meaning of the words, and the questions that they leave open.
    pub note: Localized,
}

/// The glossary, with what uses it.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The terms, in the order of the file.
    pub terms: IndexVec<TermIndex, Term>,
    /// For each language the numbers and abbreviations that a translation may add.
    pub added: BTreeMap<Lang, Vec<String>>,
    /// Words of one meaning that only the search knows.
    pub search: Vec<Vec<String>>,
}

/// A term of the originals.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its entry in the glossary.
    pub entry: TermEntry,
    /// The other terms of the same meaning.
    pub synonyms: Vec<TermIndex>,
    /// The items whose original text contains it.
    pub used_by: Vec<ItemRef>,
}

/// A page of text in all languages.
#[derive(Clone, Debug)]
pub struct TextPage {
    /// The word in its URL.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// The page in one sentence, as far as its files say it.
    pub description: Localized,
    /// Its text; the original is always there.
    pub texts: BTreeMap<Lang, Arc<ParsedPage>>,
}

//! Documents → plans: the original, its translations beside it, and what each task states.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use index_vec::{IndexSlice, IndexVec};
use rayon::prelude::*;

use super::found::{PlanMatches, Seekers};
use super::translations::AcceptedPairs;
use super::{Parsed, align, corrections, items, revisions};
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, FilesInProgress, Lang, SitePath};
use crate::message;
use crate::model::document::Meta;
use crate::model::index::{BlockIndex, CorrectionIndex, MilestoneIndex, PlanInstrumentIndex};
use crate::model::{Block, BlockKind, Node, PlanId, TaskMarking, task_table};
use crate::parse::numbering;
use crate::parse::plan::ParsedPlan;
use crate::settings::Localized;
use crate::site::{Correction, Heading, MetaText, Milestone, Plan, Task, TextBlock, Timed, Translation};

/// The files of one plan, by language.
pub type PlanFiles = BTreeMap<Lang, Arc<ParsedPlan>>;

/// Plans as they were put together before, to be taken again where their files
/// are the same. It is valid for one set of catalogues, one lock of translations and one glossary.
#[derive(Default)]
pub struct PlanCache {
    /// The files that are being read.
    pub reading: FilesInProgress,
    seekers: Option<Seekers>,
    plans: BTreeMap<PlanId, CachedPlan>,
}

struct CachedPlan {
    files: PlanFiles,
    plan: Option<(Plan, Arc<PlanMatches>)>,
    faults: Vec<Diagnostic>,
}

/// Puts every plan together that is not known from before, with what is found in it. What is
/// wrong is added to `faults`.
pub fn resolve_all(
    parsed: &Parsed,
    original: Lang,
    memory: &mut PlanCache,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(Plan, Arc<PlanMatches>)> {
    let (all, catalogues) = (&parsed.plans, &*parsed.catalogues);
    let PlanCache { reading, seekers, plans } = memory;
    let seekers = seekers.get_or_insert_with(|| Seekers::new(catalogues, original));
    plans.retain(|id, known| all.get(id).is_some_and(|files| same_files(&known.files, files)));
    let new: Vec<_> = all.iter().filter(|(id, _)| !plans.contains_key(*id)).collect();
    let resolve = |(id, files): (&PlanId, &PlanFiles)| {
        let mut faults = Vec::new();
        let first = files.get(&original).or_else(|| files.values().next());
        let first = first.expect("a plan has a file");
        let plan = reading.file(&first.document.path, || {
            let plan = resolve(id, files, original, &catalogues.lock, &mut faults);
            plan.map(|plan| seek(plan, &files[&original], seekers))
        });
        (id.clone(), CachedPlan { files: files.clone(), plan, faults })
    };
    plans.par_extend(new.into_par_iter().map(resolve));
    faults.extend(plans.values().flat_map(|known| known.faults.iter().cloned()));
    plans.par_iter().filter_map(|(_, known)| known.plan.clone()).collect()
}

/// Writes into a plan what catalogues and glossary find in it.
fn seek(mut plan: Plan, source: &ParsedPlan, seekers: &Seekers) -> (Plan, Arc<PlanMatches>) {
    let mut blocks = Arc::unwrap_or_clone(std::mem::take(&mut plan.blocks));
    let found = seekers.seek(&plan, &mut blocks, source);
    plan.blocks = Arc::new(blocks);
    seekers.terms.mark(plan.strings.iter_mut().map(|string| &mut string.text));
    for index in plan.tasks.indices() {
        let (cited, named) = instruments_of(&plan, &plan.tasks[index]);
        plan.tasks[index].cited = cited.into();
        plan.tasks[index].named = named.into();
    }
    (plan, Arc::new(found))
}

/// The instruments that a task cites, and those it only names, each once, in the order of the text.
fn instruments_of(plan: &Plan, task: &Task) -> (Vec<PlanInstrumentIndex>, Vec<PlanInstrumentIndex>) {
    let blocks = &plan.blocks[plan.nodes[task.node].blocks.clone()];
    let mut met = BTreeSet::new();
    let cited = blocks.iter().flat_map(|b| &b.citations).map(|c| c.instrument);
    let cited = cited.filter(|one| met.insert(*one)).collect();
    let named = blocks.iter().flat_map(|b| &b.mentions).map(|m| m.instrument);
    (cited, named.filter(|one| met.insert(*one)).collect())
}

/// Whether two plans have the very same parsed files.
pub fn same_files(a: &PlanFiles, b: &PlanFiles) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(a.1, b.1))
}

/// Puts a plan together. `None` if it has no original; what is wrong is added to `faults`.
fn resolve(
    id: &PlanId,
    files: &PlanFiles,
    original: Lang,
    lock: &AcceptedPairs,
    faults: &mut Vec<Diagnostic>,
) -> Option<Plan> {
    let Some(source) = files.get(&original) else {
        faults.extend(files.values().map(|file| orphan(id, &file.document.path, original)));
        return None;
    };
    let mut blocks = originals(source);
    let translated = || files.iter().filter(|(lang, _)| **lang != original);
    for (lang, file) in translated() {
        faults.extend(add_translation(&mut blocks, source, *lang, file, lock));
    }
    let document = &source.document;
    let meta = &document.meta;
    let metas: BTreeMap<Lang, &Meta> = files.iter().map(|(lang, f)| (*lang, &f.document.meta)).collect();
    let [title, number, issuer] = [
        localized(&metas, |m| Some(&m.title)),
        localized(&metas, |m| m.number.as_ref()),
        localized(&metas, |m| m.issuer.as_ref()),
    ];
    let mut plan = Plan {
        strings: strings(&metas, original, lock),
        id: id.clone(),
        kind: meta.kind.as_ref()?.value,
        year: meta.year,
        title,
        number,
        issuer,
        issuers: Vec::new(),
        series: meta.series.clone(),
        issued: meta.issued.as_ref().map(|day| day.value),
        published: meta.published.as_ref().map(|day| day.value),
        source: meta.source.clone(),
        draft: meta.draft,
        milestones: milestones(meta, &metas),
        path: document.path.clone(),
        translations: translated().map(|(lang, file)| (*lang, file.document.path.clone())).collect(),
        headings: Arc::new(
            document.nodes.iter().map(|node| headings(node, &blocks[node.blocks.start], original)).collect(),
        ),
        tasks: source.tasks.iter().map(|task| self::task(source, task)).collect(),
        ids: Arc::new(items::by_id(&document.nodes)),
        nodes: Arc::new(document.nodes.clone()),
        blocks: Arc::new(blocks),
        instruments: IndexVec::new(),
        corrections: IndexVec::new(),
        revisions: Arc::default(),
        timed: Timed::default(),
    };
    plan.timed = Timed::new(&plan.tasks);
    plan.corrections = corrections(&plan, files, faults);
    plan.revisions = revisions::of(&plan).into();
    for index in plan.corrections.indices() {
        let task = plan.corrections[index].node.and_then(|node| plan.task_at_mut(node));
        task.into_iter().for_each(|task| task.corrections.push(index));
    }
    Some(plan)
}

/// The corrections of all files of a plan, the latest first.
fn corrections(
    plan: &Plan,
    files: &PlanFiles,
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<CorrectionIndex, Correction> {
    let mut all: Vec<_> =
        files.iter().flat_map(|(lang, file)| corrections::of_file(plan, *lang, file, faults)).collect();
    all.sort_by_key(|correction| Reverse(correction.date));
    all.into()
}

fn orphan(id: &PlanId, path: &SitePath, original: Lang) -> Diagnostic {
    let fault =
        Diagnostic::new(Code::MISSING_FILE, message!("这个译文没有原文", "this translation has no original"));
    let file = SitePath::new(&format!("content/plans/{id}/{original}.md"));
    file.into_iter().fold(fault.at(path, 0..0), Diagnostic::rests_on).hint(message!(
        "原文文件是同一文件夹中的 {original}.md",
        "the original is the file {original}.md in the same folder"
    ))
}

fn originals(source: &ParsedPlan) -> IndexVec<BlockIndex, TextBlock> {
    source.document.blocks.iter().cloned().map(text_block).collect()
}

fn text_block(original: Arc<Block>) -> TextBlock {
    TextBlock {
        original,
        citations: Vec::new(),
        mentions: Vec::new(),
        terms: Vec::new(),
        translations: BTreeMap::new(),
    }
}

fn translate(text: &mut TextBlock, lang: Lang, block: &Arc<Block>, lock: &AcceptedPairs) {
    let state = lock.state(lang, &text.original, block);
    text.translations.insert(lang, Translation { block: Arc::clone(block), state });
}

fn add_translation(
    blocks: &mut IndexSlice<BlockIndex, [TextBlock]>,
    source: &ParsedPlan,
    lang: Lang,
    file: &ParsedPlan,
    lock: &AcceptedPairs,
) -> Vec<Diagnostic> {
    let (original, translation) = (&source.document, &file.document);
    let theirs = match original.meta.tasks {
        TaskMarking::Table => split_like(&translation.blocks.raw, &original.blocks.raw),
        _ => translation.blocks.raw.clone(),
    };
    let (pairs, faults) = align::align((&original.path, &original.blocks.raw), (&translation.path, &theirs));
    for (block, pair) in blocks.iter_mut().zip(pairs) {
        let Some(pair) = pair else { continue };
        translate(block, lang, &theirs[pair], lock);
    }
    faults
}

/// The blocks of a translation, its tables split into rows as those of the original are.
fn split_like(blocks: &[Arc<Block>], original: &[Arc<Block>]) -> Vec<Arc<Block>> {
    let blocks = blocks.iter().map(|block| Block::clone(block)).collect();
    let split = task_table::split_like(blocks, original.iter().map(AsRef::as_ref));
    split.into_iter().map(Arc::new).collect()
}

fn localized<'a>(
    metas: &BTreeMap<Lang, &'a Meta>,
    text: impl Fn(&'a Meta) -> Option<&'a At<String>>,
) -> Localized {
    metas.iter().filter_map(|(lang, meta)| Some((*lang, text(meta)?.value.clone()))).collect()
}

fn milestones(meta: &Meta, metas: &BTreeMap<Lang, &Meta>) -> IndexVec<MilestoneIndex, Milestone> {
    let one = |(index, milestone): (usize, &crate::model::StatedMilestone)| {
        let title = localized(metas, |m| m.milestones.get(index).map(|m| &m.title));
        Some(Milestone { due: milestone.due.as_ref()?.value, title })
    };
    meta.milestones.iter().enumerate().filter_map(one).collect()
}

/// The texts of the front matter, as blocks like those of the body.
fn strings(metas: &BTreeMap<Lang, &Meta>, original: Lang, lock: &AcceptedPairs) -> Vec<MetaText> {
    let own = metas.get(&original).map(|meta| texts(meta)).unwrap_or_default();
    let others = metas.iter().filter(|(lang, _)| **lang != original);
    let others: BTreeMap<Lang, BTreeMap<String, Arc<Block>>> =
        others.map(|(lang, meta)| (*lang, texts(meta).into_iter().collect())).collect();
    let string = |(id, original): (String, Arc<Block>)| {
        let mut text = text_block(original);
        for (lang, texts) in &others {
            if let Some(block) = texts.get(&id) {
                translate(&mut text, *lang, block, lock);
            }
        }
        MetaText { id, text }
    };
    own.into_iter().map(string).collect()
}

/// The texts of the front matter of one file, by their names.
fn texts(meta: &Meta) -> Vec<(String, Arc<Block>)> {
    let named =
        [("title", Some(&meta.title)), ("number", meta.number.as_ref()), ("issuer", meta.issuer.as_ref())];
    let named = named.into_iter().filter_map(|(id, text)| Some((id.to_owned(), text?)));
    let titles = meta.milestones.iter().map(|milestone| &milestone.title);
    let milestones = titles.enumerate().map(|(index, title)| (format!("milestone-{}", index + 1), title));
    named.chain(milestones).map(|(id, text)| (id, Arc::new(Block::of_value(text)))).collect()
}

/// A node's number and title in every language its first block is there in.
fn headings(node: &Node, first: &TextBlock, original: Lang) -> BTreeMap<Lang, Heading> {
    let own = Heading { label: node.label.clone(), title: node.title.clone() };
    let translated = first
        .translations
        .iter()
        .map(|(lang, translation)| (*lang, translated_heading(node, &translation.block)));
    translated.chain([(original, own)]).collect()
}

fn translated_heading(node: &Node, block: &Block) -> Heading {
    if node.title.is_empty() {
        return Heading::default();
    }
    if !block.is_heading() {
        return Heading { label: node.label.clone(), title: numbering::brief(first_sentence(&block.text)) };
    }
    if block.kind == (BlockKind::Heading { level: 1 }) {
        return Heading { label: String::new(), title: numbering::brief(&block.text) };
    }
    let heading = numbering::split(&block.text);
    Heading { label: heading.label.into(), title: numbering::brief(heading.title) }
}

/// The first sentence of a text with spaces between its words, without the stop.
fn first_sentence(text: &str) -> &str {
    let ends = |at: usize| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let abbreviated = ["No", "Nos", "Art", "e.g", "i.e"].iter().any(|a| before.ends_with(a));
        !abbreviated && after.strip_prefix(' ').is_some_and(|rest| !rest.starts_with(char::is_lowercase))
    };
    let end = text.match_indices('.').map(|(at, _)| at).find(|at| ends(*at));
    end.map_or(text.strip_suffix('.').unwrap_or(text), |at| &text[..at])
}

fn task(source: &ParsedPlan, facts: &crate::parse::plan::TaskFacts) -> Task {
    let node = &source.document.nodes[facts.node];
    Task {
        number: node.number.unwrap_or(0),
        node: facts.node,
        deadlines: facts.deadlines.as_slice().into(),
        bodies: facts.bodies.as_slice().into(),
        targets: facts.targets.as_slice().into(),
        cited: Arc::default(),
        named: Arc::default(),
        topics: Vec::new(),
        threads: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
        ends: Vec::new(),
        evidence: Vec::new(),
        corrections: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_sentences() {
        let check = |text, expected| assert_eq!(first_sentence(text), expected);
        check("Promote the revision. (Ongoing.)", "Promote the revision");
        check("Carry out No. 4 of 16.5 months. Then rest.", "Carry out No. 4 of 16.5 months");
        check("One sentence.", "One sentence");
    }
}

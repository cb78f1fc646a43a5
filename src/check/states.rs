//! How far each translation can be relied on, block by block.

use crate::base::{Code, Diagnostic, Label, Lang, SitePath};
use crate::message;
use crate::model::Block;
use crate::settings::Language;
use crate::site::{Plan, Site, TextBlock, TranslationState};

/// A text of a plan in one of the languages it is translated into.
#[derive(Clone, Debug)]
pub struct TextStatus<'a> {
    /// The plan.
    pub plan: &'a str,
    /// Its name in its plan: the anchor of a block (`task-5-p2`), or `title`, `milestone-1` …
    pub id: String,
    /// The names of what it belongs to: the item's (`task-5`) and a task's number (`5`).
    pub parts: Vec<String>,
    /// The language.
    pub lang: Lang,
    /// How far it can be relied on.
    pub state: TranslationState,
    /// The original.
    pub original: &'a Block,
    /// The translation, if there is one.
    pub translation: Option<&'a Block>,
    /// Where it is; where its original is, if it is missing.
    pub place: Label,
    /// Where its original is.
    pub original_place: Label,
}

impl TextStatus<'_> {
    /// Its name: `2023/task-5-p2`, `2023/title`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.plan, self.id)
    }

    /// Whether a name means it: `2023`, `2023/5`, `2023/task-5` or `2023/task-5-p2`.
    pub fn is_named(&self, name: &str) -> bool {
        match name.split_once('/') {
            None => name == self.plan,
            Some((plan, rest)) => {
                plan == self.plan && (rest == self.id || self.parts.iter().any(|part| part == rest))
            }
        }
    }
}

/// Every text of every plan in every language it is translated into, in reading order.
pub fn entries(site: &Site) -> Vec<TextStatus<'_>> {
    site.plans.iter().flat_map(|plan| of_plan(site, plan)).collect()
}

fn of_plan<'a>(site: &'a Site, plan: &'a Plan) -> impl Iterator<Item = TextStatus<'a>> {
    site.settings.translations().flat_map(move |language| in_language(plan, language.code))
}

fn in_language(plan: &Plan, lang: Lang) -> impl Iterator<Item = TextStatus<'_>> {
    let strings = plan.strings.iter().map(move |string| {
        let (id, parts) = (string.id.clone(), Vec::new());
        entry(plan, id, parts, &string.text, lang)
    });
    let blocks = plan.blocks.iter_enumerated().map(move |(index, block)| {
        let at = plan.node_of(index);
        let node = &plan.nodes[at];
        let task = plan.task_at(at).map(|task| task.number.to_string());
        let parts = std::iter::once(node.id.to_string()).chain(task).collect();
        entry(plan, node.id.block((index - node.blocks.start).index()), parts, block, lang)
    });
    strings.chain(blocks)
}

fn entry<'a>(
    plan: &'a Plan,
    id: String,
    parts: Vec<String>,
    text: &'a TextBlock,
    lang: Lang,
) -> TextStatus<'a> {
    let translation = text.translations.get(&lang).map(|translation| &translation.block);
    let original_place = Label::new(&plan.path, text.original.span.clone());
    let place = match (translation, plan.translations.get(&lang)) {
        (Some(translation), Some(path)) => Label::new(path, translation.span.clone()),
        _ => original_place.clone(),
    };
    TextStatus {
        plan: plan.id.as_str(),
        id,
        parts,
        lang,
        state: text.state(lang),
        original: &text.original,
        translation: translation.map(|block| &**block),
        place,
        original_place,
    }
}

/// The stale parts of a plan, and the languages without any translation.
pub fn diagnostics(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let missing = site.settings.translations().filter(|l| !plan.translations.contains_key(&l.code));
    let untranslated = missing.map(|language| untranslated(plan, language));
    let entries: Vec<_> = of_plan(site, plan).collect();
    let stale = entries.iter().filter(|entry| entry.state == TranslationState::Stale).map(stale);
    untranslated.chain(stale).collect()
}

fn untranslated(plan: &Plan, language: &Language) -> Diagnostic {
    let Language { name, code, .. } = language;
    let file = SitePath::new(&format!("content/plans/{}/{code}.md", plan.id));
    let fault = Diagnostic::new(
        Code::MISSING_TRANSLATION,
        message!("这份计划没有 {name} 译文", "this plan has no translation into {name}"),
    );
    file.into_iter().fold(fault.at(&plan.path, 0..0), Diagnostic::rests_on).hint(message!(
        "在同一文件夹中写译文；在此之前页面显示原文并注明",
        "write it in the same folder; until then the pages show the original and say so"
    ))
}

fn stale(entry: &TextStatus<'_>) -> Diagnostic {
    let name = entry.name();
    Diagnostic::new(
        Code::STALE_TRANSLATION,
        message!("{name}：原文改动后译文没有更新", "{name}: the original changed after this was translated"),
    )
    .label(entry.place.clone())
    .label(entry.original_place.clone().with_text(message!("原文在这里", "the original is here")))
    .hint(message!(
        "对照原文改好译文，再运行 gongbao translation accept {name}",
        "correct the translation, then run `gongbao translation accept {name}`"
    ))
}

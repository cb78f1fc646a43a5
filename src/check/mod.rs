//! Check: an original against its translation. Both use the terms of the
//! glossary, both state the same numbers, and neither has moved on alone.

pub mod figures;
pub mod numbers;
pub mod states;
pub mod terms;
pub mod words;

use rayon::prelude::*;

use crate::base::{Diagnostic, Lang, SitePath, Span};
use crate::model::Block;
use crate::resolve::Site;
use crate::resolve::site::{Plan, TextBlock};
use crate::settings::Language;
use terms::Renderings;

/// A block and its translation into one language.
pub struct Pair<'a> {
    /// The language of the translation.
    pub lang: Lang,
    /// The original.
    pub original: &'a TextBlock,
    /// The file of the original.
    pub original_path: &'a SitePath,
    /// The translation.
    pub translation: &'a Block,
    /// The file of the translation.
    pub translation_path: &'a SitePath,
}

impl Pair<'_> {
    /// Where the translation begins, for findings about what it lacks.
    pub fn translation_start(&self) -> Span {
        start(self.translation)
    }

    /// Where the original begins.
    pub fn original_start(&self) -> Span {
        start(&self.original.original)
    }
}

fn start(block: &Block) -> Span {
    let first = block.text.chars().next().map_or(0, char::len_utf8);
    block.locate(&(0..first))
}

/// How terms are rendered in the languages of translations, read once for a glossary.
pub struct Rules(Vec<(Language, Renderings)>);

impl Rules {
    /// The rules of a site.
    pub fn new(site: &Site) -> Self {
        let languages = site.settings.translations();
        let rules = languages.map(|language| (language.clone(), Renderings::new(&site.glossary, language)));
        Self(rules.collect())
    }
}

/// What is wrong between the original and the translations of each of the given plans.
pub fn plans(site: &Site, plans: &[&Plan], rules: &Rules) -> Vec<Vec<Diagnostic>> {
    plans.par_iter().map(|plan| of_plan(site, plan, rules)).collect()
}

fn of_plan(site: &Site, plan: &Plan, rules: &Rules) -> Vec<Diagnostic> {
    let mut faults = states::diagnostics(site, plan);
    for (language, renderings) in &rules.0 {
        // The words for numbers are known in English only.
        let english = language.tag.split('-').next() == Some("en");
        let one = |pair: Pair<'_>| {
            let mut faults = terms::check(&pair, renderings);
            if english {
                faults.extend(numbers::check(&pair, &site.glossary));
            }
            faults
        };
        let pairs: Vec<_> = pairs(plan, language.code).collect();
        faults.extend(pairs.into_par_iter().flat_map_iter(one).collect::<Vec<_>>());
    }
    faults
}

/// The blocks of a plan that have a translation into a language.
pub fn pairs(plan: &Plan, lang: Lang) -> impl Iterator<Item = Pair<'_>> {
    let path = plan.translations.get(&lang);
    plan.blocks.iter().filter_map(move |block| {
        Some(Pair {
            lang,
            original: block,
            original_path: &plan.path,
            translation: &block.translations.get(&lang)?.block,
            translation_path: path?,
        })
    })
}

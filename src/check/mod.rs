//! Check: an original against its translation. Both use the terms of the
//! glossary, both state the same numbers, and neither has moved on alone.

pub mod figures;
pub mod numbers;
pub mod states;
pub mod terms;
pub mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::base::digest::Sha256Digest;
use crate::base::{Diagnostic, FilesInProgress, Lang, SitePath, Span};
use crate::model::Block;
use crate::settings::Language;
use crate::site::{Plan, Site, TextBlock};
use terms::LanguageRenderings;

/// A text and its translation into one language.
pub struct TextPair<'a> {
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

impl TextPair<'_> {
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
pub struct Rules(Vec<(Language, LanguageRenderings)>);

impl Rules {
    /// The rules of a site.
    pub fn new(site: &Site) -> Self {
        let languages = site.settings.translations();
        let rules =
            languages.map(|language| (language.clone(), LanguageRenderings::new(&site.glossary, language)));
        Self(rules.collect())
    }
}

/// The pairs of texts that passed the checks, by their digests, for the next run of the program. A digest
/// covers everything that a pair is checked with.
#[derive(Clone, Debug, Default)]
pub struct PassedPairs {
    /// The digest of what all pairs are checked with: settings and glossary.
    pub environment: Sha256Digest,
    /// The pairs.
    pub pairs: BTreeSet<Sha256Digest>,
}

impl PassedPairs {
    fn digest(&self, pair: &TextPair<'_>) -> Sha256Digest {
        let mut all = Sha256::new().chain_update(self.environment).chain_update(pair.lang.as_str());
        for block in [&pair.original.original, pair.translation] {
            // The length tells where one text ends and the next begins.
            all.update((block.text.len() as u64).to_le_bytes());
            all.update([u8::from(block.is_heading())]);
            all.update(&block.text);
        }
        all.finalize().into()
    }
}

/// The result for a plan.
pub struct Findings {
    /// The diagnostics.
    pub faults: Vec<Diagnostic>,
    /// The digests of the pairs that passed, if they were asked for.
    pub passed: Vec<Sha256Digest>,
}

/// Compares the original and the translations of each of the given plans. Pairs that are known to pass are
/// skipped.
pub fn plans(
    site: &Site,
    plans: &[&Plan],
    rules: &Rules,
    known: Option<&PassedPairs>,
    reading: &FilesInProgress,
) -> Vec<Findings> {
    let check = |plan: &&Plan| reading.file(&plan.path, || of_plan(site, plan, rules, known));
    plans.par_iter().map(check).collect()
}

fn of_plan(site: &Site, plan: &Plan, rules: &Rules, known: Option<&PassedPairs>) -> Findings {
    let mut found = Findings { faults: states::diagnostics(site, plan), passed: Vec::new() };
    for (language, renderings) in &rules.0 {
        // The words for numbers are known in English only.
        let english = language.tag.split('-').next() == Some("en");
        let one = |pair: &TextPair<'_>| {
            let mut faults = terms::check(pair, renderings);
            if english {
                faults.extend(numbers::check(pair, &site.glossary));
            }
            faults
        };
        let unless_known = |pair: TextPair<'_>| {
            let digest = known.map(|known| known.digest(&pair));
            let is_known = known.zip(digest).is_some_and(|(known, digest)| known.pairs.contains(&digest));
            let faults = if is_known { Vec::new() } else { one(&pair) };
            (digest.filter(|_| faults.is_empty()), faults)
        };
        let pairs: Vec<_> = pairs(plan, language.code).collect();
        for (digest, faults) in pairs.into_par_iter().map(unless_known).collect::<Vec<_>>() {
            found.faults.extend(faults);
            found.passed.extend(digest);
        }
    }
    found
}

/// The texts of a plan that have a translation into a language: those of its front matter, and its blocks.
pub fn pairs(plan: &Plan, lang: Lang) -> impl Iterator<Item = TextPair<'_>> {
    let path = plan.translations.get(&lang);
    let texts = plan.strings.iter().map(|string| &string.text).chain(plan.blocks.iter());
    texts.filter_map(move |text| {
        Some(TextPair {
            lang,
            original: text,
            original_path: &plan.path,
            translation: &text.translations.get(&lang)?.block,
            translation_path: path?,
        })
    })
}

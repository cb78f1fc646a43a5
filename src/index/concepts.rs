//! Concepts, which have several names: the terms of the glossary and the instruments of the catalogue, with all their wordings.
//!
//! A rendering counts as a name of its term only if it is one in the texts: where it occurs in a translation,
//! the original must have the term, four times in five. “Period” may render 审查周期, and does not mean it.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use gongbao_search::Concept;

use crate::base::Lang;
use crate::model::index::NodeIndex;
use crate::site::{Instrument, Plan, Site, Term};

/// SearchWords of one meaning that only the search knows, and the terms that they belong to.
type SearchWords<'a> = (&'a [String], Vec<usize>);

/// Every concept of a site.
pub(super) fn concepts(site: &Site) -> Vec<Concept> {
    let mut groups: BTreeMap<&str, Vec<&Term>> = BTreeMap::new();
    for term in &site.glossary.terms {
        let id = term.entry.group.as_deref().unwrap_or(&term.entry.id.value);
        groups.entry(id).or_default().push(term);
    }
    let groups: Vec<Vec<&Term>> = groups.into_values().collect();
    let words: Vec<SearchWords<'_>> =
        site.glossary.search.iter().map(|words| (words.as_slice(), named_in(words, &groups))).collect();
    let of = |group: usize| {
        let own = words.iter().filter(move |(_, groups)| groups.contains(&group));
        own.flat_map(|(words, _)| words.iter()).map(String::as_str).collect::<Vec<&str>>()
    };
    let further: Vec<Vec<&str>> = (0..groups.len()).map(of).collect();
    let evidence = evidence(site, &groups, &further);
    let right: BTreeSet<&str> = groups.iter().flatten().flat_map(|term| right(term)).collect();
    let terms = groups.iter().enumerate().map(|(group, terms)| Concept {
        wordings: wordings(terms, &further[group], &evidence[group]),
        typed: terms.iter().flat_map(|term| mistakes(term, &right)).map(str::to_owned).collect(),
    });
    let alone = words.iter().filter(|(_, groups)| groups.is_empty());
    let alone = alone.map(|(words, _)| Concept { wordings: words.to_vec(), typed: Vec::new() });
    terms.chain(alone).chain(site.instruments.iter().filter_map(|one| names(site, one))).collect()
}

/// The groups of terms that some words belong to: those of which one is a term or its rendering.
fn named_in(words: &[String], groups: &[Vec<&Term>]) -> Vec<usize> {
    let is_of = |term: &&Term| {
        let has = |text: &str| words.iter().any(|word| word == text);
        has(&term.entry.original.value) || term.entry.renderings.values().any(|found| has(&found.approved))
    };
    (0..groups.len()).filter(|group| groups[*group].iter().any(&is_of)).collect()
}

fn right(term: &Term) -> impl Iterator<Item = &str> {
    term.entry.renderings.values().flat_map(|renderings| renderings.right())
}

/// The wordings that mean the terms wherever they occur.
fn wordings(terms: &[&Term], further: &[&str], evidence: &BTreeMap<&str, Tally>) -> Vec<String> {
    let sound = |text: &&str| evidence.get(text).is_none_or(Tally::is_sound);
    let mut words: BTreeSet<&str> = terms.iter().flat_map(|term| right(term)).filter(sound).collect();
    words.extend(terms.iter().map(|term| term.entry.original.value.as_str()));
    words.extend(further);
    words.into_iter().map(str::to_owned).collect()
}

/// Wrong renderings that somebody may type and mean the term: abbreviations, and several words together.
fn mistakes<'a>(term: &'a Term, right: &'a BTreeSet<&str>) -> impl Iterator<Item = &'a str> {
    let wrong = term.entry.renderings.values().flat_map(|renderings| &renderings.wrong);
    let wrong = wrong.map(String::as_str).filter(|text| !right.contains(text));
    wrong.filter(|text| is_abbreviation(text) || text.contains(' '))
}

/// The names of an instrument: in each language, with and without the name of the state.
fn names(site: &Site, instrument: &Instrument) -> Option<Concept> {
    const STATE: [&str; 2] = ["中华人民共和国", " of the People's Republic of China"];
    let entry = instrument.entry.as_ref()?;
    let titles = instrument.title.values().map(|title| title.as_str());
    let short = |title: &str| STATE.iter().fold(title.to_owned(), |title, state| title.replace(state, ""));
    let mut names: BTreeSet<String> = titles.flat_map(|title| [title.to_owned(), short(title)]).collect();
    if instrument.title.contains_key(&site.settings.original()) {
        names.extend(entry.named.iter().cloned());
    }
    Some(Concept { wordings: names.into_iter().collect(), typed: Vec::new() })
}

/// How many items have a rendering, and in how many of them the original has the term.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    all: usize,
    meant: usize,
}

impl Tally {
    fn is_sound(&self) -> bool {
        self.meant * 5 >= self.all * 4
    }
}

/// The evidence of the texts for the renderings of each group.
fn evidence<'a>(
    site: &Site,
    groups: &[Vec<&'a Term>],
    further: &[Vec<&'a str>],
) -> Vec<BTreeMap<&'a str, Tally>> {
    let mut tallies = vec![BTreeMap::new(); groups.len()];
    let original = site.settings.original();
    let terms = Patterns::new(groups, |group, term| {
        std::iter::once(term.entry.original.value.as_str()).chain(further[group].iter().copied()).collect()
    });
    for language in site.settings.languages.iter().filter(|language| language.code != original) {
        let lang = language.code;
        let renderings = Patterns::new(groups, |_, term| {
            let found = term.entry.renderings.get(&lang);
            found.into_iter().flat_map(|renderings| renderings.right()).collect()
        });
        for plan in &site.plans {
            for node in plan.nodes.indices() {
                let (Some(text), Some(source)) =
                    (whole(site, plan, node, lang), whole(site, plan, node, original))
                else {
                    continue;
                };
                let meant: BTreeSet<usize> = terms.found(&source, false).map(|(group, _)| group).collect();
                let found: BTreeSet<(usize, &str)> = renderings.found(&text, true).collect();
                for (group, rendering) in found {
                    let tally: &mut Tally = tallies[group].entry(rendering).or_default();
                    tally.all += 1;
                    tally.meant += usize::from(meant.contains(&group));
                }
            }
        }
    }
    tallies
}

/// Heading and text of an item.
fn whole(site: &Site, plan: &Plan, node: NodeIndex, lang: Lang) -> Option<String> {
    let text = plan.text(node, lang, site.settings.original())?;
    Some(format!("{}\n{text}", plan.headings[node].get(&lang)?.title))
}

/// Texts to look for, each with its group.
struct Patterns<'a> {
    patterns: Vec<(usize, &'a str)>,
    automaton: AhoCorasick,
}

impl<'a> Patterns<'a> {
    fn new(groups: &[Vec<&'a Term>], texts: impl Fn(usize, &'a Term) -> Vec<&'a str>) -> Self {
        let of_group = |(group, terms): (usize, &Vec<&'a Term>)| {
            terms
                .iter()
                .flat_map(|term| texts(group, term))
                .map(move |text| (group, text))
                .collect::<Vec<_>>()
        };
        let patterns: Vec<(usize, &str)> = groups.iter().enumerate().flat_map(of_group).collect();
        let automaton =
            AhoCorasick::builder().ascii_case_insensitive(true).build(patterns.iter().map(|p| p.1));
        Self {
            automaton: automaton.expect("a glossary is far smaller than what an automaton can hold"),
            patterns,
        }
    }

    /// Those that occur in a text; if `words`, as whole words.
    fn found(&self, text: &str, words: bool) -> impl Iterator<Item = (usize, &'a str)> {
        let found = self.automaton.find_overlapping_iter(text).filter(move |found| {
            let pattern = self.patterns[found.pattern().as_usize()].1;
            let same = !is_abbreviation(pattern) || &text[found.range()] == pattern;
            same && (!words || is_word(text, found.start(), found.end()))
        });
        found.map(|found| self.patterns[found.pattern().as_usize()])
    }
}

/// Whether a stretch of a text is made of whole words, the last of which may be a plural.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let rest = text[end..].strip_prefix("es").or(text[end..].strip_prefix('s')).unwrap_or(&text[end..]);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..start].chars().next_back()) && !letter(rest.chars().next())
}

fn is_abbreviation(text: &str) -> bool {
    text.len() > 1 && !text.contains(|c: char| c.is_lowercase() || c.is_whitespace()) && text.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let check = |text: &str, word: &str, expected: bool| {
            let start = text.find(word).unwrap();
            assert_eq!(is_word(text, start, start + word.len()), expected, "{word} in {text}");
        };
        check("the period of examination", "period", true);
        check("periods, and", "period", true);
        check("periodic", "period", false);
        check("aid", "id", false);
    }

    #[test]
    fn a_rendering_is_sound_that_mostly_means_its_term() {
        assert!(Tally { all: 5, meant: 4 }.is_sound() && Tally::default().is_sound());
        assert!(!Tally { all: 5, meant: 3 }.is_sound());
    }
}

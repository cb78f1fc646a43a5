//! Records: suggested links → text for `content/threads.toml` that can be published before an editor has
//! judged it.
//!
//! A record states only what is known: that the program suggests it, that nobody has reviewed it, and how
//! many words the texts have in common. `suggested = true` makes `check` list it until an editor removes
//! the line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Suggestion, SuggestionScope, candidates, names, script, text_of};
use crate::compare::WordSegmenter;
use crate::model::index::PlanIndex;
use crate::parse::catalogues::threads::EndKind;
use crate::settings::Settings;
use crate::site::{ItemRef, Site};

/// The links to write: each task gets the most alike task of the other plan that is not linked yet, so
/// that a second run on the result finds nothing. A task that an editor called new or dropped gets none
/// within its series.
///
/// The order is that of the years.
pub fn matches(site: &Site, scope: &SuggestionScope) -> Vec<Suggestion> {
    let sides = |from: ItemRef, to: ItemRef| [(from, to.plan), (to, from.plan)];
    let mut taken: BTreeSet<(ItemRef, PlanIndex)> =
        site.links.iter().flat_map(|link| sides(link.from, link.to)).collect();
    let mut found = candidates(site, scope);
    found.retain(|Suggestion { from, to, .. }| {
        let sides = sides(*from, *to);
        let is_free = !is_ended(site, *from, *to) && sides.iter().all(|side| !taken.contains(side));
        taken.extend(sides.into_iter().filter(|_| is_free));
        is_free
    });
    found.truncate(scope.limit);
    let year = |item: ItemRef| site.plans[item.plan].listed_year();
    found.sort_by_key(|link| (year(link.from), link.from, link.to));
    found
}

/// Returns whether a record says that the tasks have no counterpart in the plan of the other.
fn is_ended(site: &Site, from: ItemRef, to: ItemRef) -> bool {
    let ends = |item: ItemRef, kind: EndKind| {
        let task = site.plans[item.plan].task_at(item.node);
        task.is_some_and(|task| task.ends.iter().any(|end| site.ends[*end].kind == kind))
    };
    let in_series = site.series_of(from.plan).is_some_and(|series| series.plans.contains(&to.plan));
    in_series && (ends(from, EndKind::Dropped) || ends(to, EndKind::New))
}

/// The text of a catalogue with records for these links at its end.
pub fn append(site: &Site, catalogue: &str, links: &[Suggestion]) -> String {
    let mut text = catalogue.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let mut slugs = Slugs::of(site, links);
    let all: Vec<String> = links.iter().flat_map(|link| texts(site, link)).collect();
    let words = WordSegmenter::new(script(site), all.iter().map(String::as_str));
    for link in links {
        let comment = comment(site, link);
        let (slug, is_new) = slugs.of_link(site, link);
        if is_new {
            text.push_str(&format!("\n{comment}{}", thread(site, link.to, &slug)));
        }
        text.push_str(&format!("\n{comment}{}", record(site, link, &slug, shared(site, link, &words))));
    }
    // A blank line parts records; at the beginning of a file there is nothing to part them from.
    if catalogue.is_empty() { text.trim_start().to_owned() } else { text }
}

fn comment(site: &Site, Suggestion { from, to, score }: &Suggestion) -> String {
    let percent = percent(*score);
    let title = |item: ItemRef| {
        let title = site.node(item).title.chars().map(|c| if c.is_control() { ' ' } else { c });
        title.collect::<String>()
    };
    format!(
        "# 程序建议，请编辑核对：相似度 {percent}% · Suggested; an editor has to judge it: similarity {percent}%\n\
         # {} → {}\n",
        title(*from),
        title(*to)
    )
}

fn thread(site: &Site, task: ItemRef, slug: &str) -> String {
    let summary = localized(
        &site.settings,
        "summary",
        "程序按文字相似程度建议的一项工作，尚未核对。",
        "A line of work suggested by gongbao from similar wording; not reviewed yet.",
    );
    format!("[[thread]]\nslug = \"{slug}\"\n{}{summary}", names(site, task))
}

fn record(site: &Site, link: &Suggestion, slug: &str, shared: u32) -> String {
    let reason = localized(
        &site.settings,
        "reason",
        &format!("程序建议，尚未核对：两项任务有{shared}%的词语相同。"),
        &format!(
            "Suggested by gongbao and not reviewed yet: the two tasks have {shared}% of their words in common."
        ),
    );
    format!(
        "[[link]]\nthread = \"{slug}\"\nfrom = \"{}\"\nto = \"{}\"\ntype = \"continues\"\n{reason}suggested = true\n",
        site.item_id(link.from),
        site.item_id(link.to)
    )
}

/// A text in each language of the site, empty in languages other than Chinese and English: `check` reports an
/// empty text until an editor writes it.
fn localized(settings: &Settings, key: &str, zh: &str, en: &str) -> String {
    let texts = settings.languages.iter().map(|language| {
        let text = match language.tag.split('-').next() {
            Some("zh") => zh,
            Some("en") => en,
            _ => "",
        };
        format!("{} = {}", language.code, toml::Value::from(text))
    });
    format!("{key} = {{ {} }}\n", texts.collect::<Vec<_>>().join(", "))
}

/// The part of the words of two tasks that both contain (Sørensen–Dice), in per cent.
fn shared(site: &Site, link: &Suggestion, words: &WordSegmenter) -> u32 {
    let texts = texts(site, link);
    let [from, to] = texts.each_ref().map(|text| counts(text, words));
    let total = from.values().chain(to.values()).sum::<u32>();
    let common: u32 = from.iter().filter_map(|(word, n)| Some(*to.get(word)?.min(n))).sum();
    percent(f64::from(2 * common) / f64::from(total.max(1)))
}

fn counts<'a>(text: &'a str, words: &WordSegmenter) -> BTreeMap<&'a str, u32> {
    let mut counts = BTreeMap::new();
    for word in words.words(text).into_iter().filter(|word| word.chars().any(char::is_alphanumeric)) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// A share in whole per cent, rounded down, so that 100 means equality.
fn percent(part: f64) -> u32 {
    // The sum of products that gives the likeness of equal texts is a little less or more than 1.
    ((part + 1e-9) * 100.0).clamp(0.0, 100.0) as u32
}

/// The threads of tasks: those of the catalogue, and those that suggested links begin.
struct Slugs {
    used: BTreeSet<String>,
    of_task: BTreeMap<ItemRef, String>,
}

impl Slugs {
    /// A link joins the thread that one of its tasks is in, and links that follow one another are in one
    /// thread. `links` are in the order of the years.
    fn of(site: &Site, links: &[Suggestion]) -> Self {
        let used = site.threads.iter().map(|thread| thread.slug.clone()).collect();
        let tasks = links.iter().flat_map(|link| [link.from, link.to]);
        let known = tasks.filter_map(|task| Some((task, super::thread(site, task)?.to_owned())));
        let mut slugs = Self { used, of_task: known.collect() };
        links.iter().for_each(|link| slugs.pass_on(link.from, link.to));
        links.iter().rev().for_each(|link| slugs.pass_on(link.to, link.from));
        slugs
    }

    fn pass_on(&mut self, one: ItemRef, other: ItemRef) {
        if let Some(slug) = self.of_task.get(&one).cloned() {
            self.of_task.entry(other).or_insert(slug);
        }
    }

    /// The slug of the thread of a link, and whether the link begins it.
    fn of_link(&mut self, site: &Site, link: &Suggestion) -> (String, bool) {
        let of_task = |task| self.of_task.get(&task).cloned();
        let known = common(site, link).or_else(|| of_task(link.from)).or_else(|| of_task(link.to));
        let is_new = known.is_none();
        let slug = known.unwrap_or_else(|| self.free(&site.item_id(link.to).replace('/', "-")));
        for task in [link.from, link.to] {
            self.of_task.entry(task).or_insert_with(|| slug.clone());
        }
        (slug, is_new)
    }

    /// A slug that no thread has: the name itself, or with a number.
    fn free(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let slug = names.find(|name| !self.used.contains(name)).expect("there is always another number");
        self.used.insert(slug.clone());
        slug
    }
}

/// The thread that both tasks of a link are in already.
fn common(site: &Site, link: &Suggestion) -> Option<String> {
    let threads = |item: ItemRef| site.plans[item.plan].task_at(item.node).map(|task| &task.threads);
    let (from, to) = (threads(link.from)?, threads(link.to)?);
    from.iter().find(|thread| to.contains(thread)).map(|thread| site.threads[*thread].slug.clone())
}

fn texts(site: &Site, link: &Suggestion) -> [String; 2] {
    [link.from, link.to].map(|item| text_of(&site.plans[item.plan], item.node))
}

//! Suggest: links between the tasks of consecutive years, and subject headings, that an editor may
//! want, from how alike texts are.
//!
//! An editor judges each of them. Printed suggestions are TOML with the reasons left empty; [`records`]
//! that are written into the site say that nobody has reviewed them.

pub mod records;

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{self, AlikePair, Script};
use crate::model::index::{NodeIndex, PlanIndex, TaskIndex, TopicIndex};
use crate::parse::catalogues::{threads, topics};
use crate::resolve::series::yearly;
use crate::site::{ItemRef, Plan, Series, Site};

/// A link that nobody has made yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The earlier task.
    pub from: ItemRef,
    /// The later task.
    pub to: ItemRef,
    /// How alike their texts are: 0 to 1.
    pub score: f64,
}

/// Between which plans links are suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Between each plan of a series and the next.
    Series,
    /// Between each yearly plan and all those of the next year there is one for, whatever their series.
    AllYears,
}

/// Which suggestions are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestionScope {
    /// Between which plans links are suggested.
    pub reach: Reach,
    /// The plans that suggestions are about; all if none is named.
    pub plans: BTreeSet<PlanIndex>,
    /// The least likeness: 0 to 1. Below 0.1 two texts share little more than the words of the trade.
    pub least: f64,
    /// How many suggestions there may be.
    pub limit: usize,
}

impl SuggestionScope {
    /// Returns whether suggestions about a plan are wanted.
    fn contains(&self, plan: PlanIndex) -> bool {
        self.plans.is_empty() || self.plans.contains(&plan)
    }
}

/// The links that the texts suggest and the catalogue does not have, the most alike first.
pub fn links(site: &Site, scope: &SuggestionScope) -> Vec<Suggestion> {
    let mut found = candidates(site, scope);
    found.truncate(scope.limit);
    found
}

/// As [`links`], however many.
fn candidates(site: &Site, scope: &SuggestionScope) -> Vec<Suggestion> {
    let linked: BTreeSet<_> = site.links.iter().map(|link| (link.from, link.to)).collect();
    let mut pairs = pairs(site, scope.reach);
    pairs.retain(|(earlier, later)| scope.contains(*earlier) || scope.contains(*later));
    let between = |(earlier, later)| between(site, earlier, later);
    let mut found: Vec<_> = pairs.into_iter().flat_map(between).collect();
    found.retain(|s| s.score >= scope.least && !linked.contains(&(s.from, s.to)));
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    found
}

/// The plans to compare: an earlier one and a later one. Links do not join plans of the same year.
fn pairs(site: &Site, reach: Reach) -> Vec<(PlanIndex, PlanIndex)> {
    let year = |plan: PlanIndex| site.plans[plan].listed_year();
    let in_turn = |series: &Series| {
        let pairs = series.plans.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.filter(|(earlier, later)| year(*earlier) < year(*later)).collect::<Vec<_>>()
    };
    match reach {
        Reach::Series => site.series.iter().flat_map(in_turn).collect(),
        Reach::AllYears => {
            let all = yearly(&site.plans);
            let next =
                |earlier: PlanIndex| all.iter().map(|plan| year(*plan)).find(|later| *later > year(earlier));
            let after =
                |earlier: PlanIndex| all.iter().filter(move |later| Some(year(**later)) == next(earlier));
            all.iter()
                .flat_map(|earlier| after(*earlier).map(|later| (*earlier, *later)).collect::<Vec<_>>())
                .collect()
        }
    }
}

fn between(site: &Site, earlier: PlanIndex, later: PlanIndex) -> Vec<Suggestion> {
    let (from, to) = (&site.plans[earlier], &site.plans[later]);
    let item = |plan: PlanIndex, task: TaskIndex| ItemRef { plan, node: site.plans[plan].tasks[task].node };
    let suggestion = |pair: AlikePair| Suggestion {
        from: item(earlier, TaskIndex::new(pair.from)),
        to: item(later, TaskIndex::new(pair.to)),
        score: pair.score,
    };
    compare::alike(&texts(from), &texts(to), script(site)).into_iter().map(suggestion).collect()
}

/// How many of the tasks most like a task speak for a subject heading.
const WITNESSES: usize = 3;

/// A subject heading that a task may want.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicSuggestion {
    /// The topic.
    pub topic: TopicIndex,
    /// The task.
    pub task: ItemRef,
    /// How alike the task is to those of the topic: 0 to 1.
    pub score: f64,
}

/// The subject headings that the texts suggest, those of tasks that have none first, then the surest:
/// the mean likeness of a task to the three tasks of the topic that are most like it. What an editor
/// took out is not suggested again.
pub fn headings(site: &Site, scope: &SuggestionScope) -> Vec<TopicSuggestion> {
    let tasks: Vec<ItemRef> = site.plans.indices().flat_map(|plan| of_plan(site, plan)).collect();
    let texts: Vec<String> = site.plans.iter().flat_map(texts).collect();
    let mut near: BTreeMap<(ItemRef, TopicIndex), Vec<f64>> = BTreeMap::new();
    // The pairs come with the most alike first.
    for AlikePair { from, to, score } in compare::alike(&texts, &texts, script(site)) {
        let (task, other) = (tasks[from], tasks[to]);
        let wanted = task != other && scope.contains(task.plan);
        for topic in topics_of(site, other).iter().filter(|_| wanted) {
            let scores = near.entry((task, *topic)).or_default();
            scores.extend((scores.len() < WITNESSES).then_some(score));
        }
    }
    let lacking = near.into_iter().filter(|((task, topic), _)| may_want(site, *task, *topic));
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / WITNESSES as f64;
    let mut found: Vec<_> = lacking
        .map(|((task, topic), scores)| TopicSuggestion { topic, task, score: mean(&scores) })
        .collect();
    found.retain(|heading| heading.score >= scope.least);
    let bare = |heading: &TopicSuggestion| topics_of(site, heading.task).is_empty();
    found.sort_by(|a, b| {
        let surest = b.score.total_cmp(&a.score);
        bare(b).cmp(&bare(a)).then(surest).then((a.task, a.topic).cmp(&(b.task, b.topic)))
    });
    found.truncate(scope.limit);
    found
}

fn of_plan(site: &Site, plan: PlanIndex) -> impl Iterator<Item = ItemRef> {
    site.plans[plan].tasks.iter().map(move |task| ItemRef { plan, node: task.node })
}

fn topics_of(site: &Site, item: ItemRef) -> &[TopicIndex] {
    site.plans[item.plan].task_at(item.node).map_or(&[], |task| &task.topics)
}

fn may_want(site: &Site, task: ItemRef, topic: TopicIndex) -> bool {
    !topics_of(site, task).contains(&topic) && !site.topics[topic].removed.contains(&task)
}

/// The suggested headings as TOML, by topic; each task is above a comment that names it.
pub fn headings_toml(site: &Site, headings: &[TopicSuggestion]) -> String {
    let mut by_topic: BTreeMap<TopicIndex, Vec<&TopicSuggestion>> = BTreeMap::new();
    headings.iter().for_each(|heading| by_topic.entry(heading.topic).or_default().push(heading));
    let mut text = format!("# {}\n", topics::FILE);
    for (topic, headings) in by_topic {
        text.push_str(&format!("\n[[topic]]\nslug = \"{}\"\nadd = [\n", site.topics[topic].slug));
        for TopicSuggestion { task, score, .. } in headings {
            let (id, title) = (site.item_id(*task), &site.node(*task).title);
            text.push_str(&format!("    # {score:.2}  {title}\n    \"{id}\",\n"));
        }
        text.push_str("]\n");
    }
    text
}

fn script(site: &Site) -> Script {
    Script::of(site.settings.tag(site.settings.original()))
}

/// The words of each task of a plan in the original, its title among them.
fn texts(plan: &Plan) -> Vec<String> {
    plan.tasks.iter().map(|task| text_of(plan, task.node)).collect()
}

fn text_of(plan: &Plan, node: NodeIndex) -> String {
    let blocks = &plan.blocks[plan.nodes[node].blocks.clone()];
    blocks.iter().map(|block| block.original.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The suggestions as TOML, each below a comment that names the tasks. A link whose tasks are in no line
/// of work begins one, named after the later task. Summaries and reasons are for the editor to write.
pub fn toml(site: &Site, suggestions: &[Suggestion]) -> String {
    let mut text = format!("# {}\n", threads::FILE);
    let mut begun: BTreeMap<ItemRef, String> = BTreeMap::new();
    let unwritten = |key: &str| {
        let texts = site.settings.languages.iter().map(|language| format!("{} = \"\"", language.code));
        format!("{key} = {{ {} }}\n", texts.collect::<Vec<_>>().join(", "))
    };
    for Suggestion { from, to, score } in suggestions {
        let (from, to) = (*from, *to);
        let (old, new) = (&site.node(from).title, &site.node(to).title);
        let (from_id, to_id) = (site.item_id(from), site.item_id(to));
        text.push_str(&format!("\n# {score:.2}  {old} → {new}\n"));
        let known = thread(site, from).or_else(|| thread(site, to)).map(str::to_owned);
        let known = known.or_else(|| begun.get(&from).or_else(|| begun.get(&to)).cloned());
        let slug = known.unwrap_or_else(|| {
            let slug = to_id.replace('/', "-");
            text.push_str(&format!(
                "[[thread]]\nslug = \"{slug}\"\n{}{}\n",
                names(site, to),
                unwritten("summary")
            ));
            slug
        });
        begun.extend([(from, slug.clone()), (to, slug.clone())]);
        text.push_str(&format!(
            "[[link]]\nthread = \"{slug}\"\nfrom = \"{from_id}\"\nto = \"{to_id}\"\ntype = \"continues\"\n{}",
            unwritten("reason")
        ));
    }
    text
}

/// The title of a task in each language it has one in, as TOML.
fn names(site: &Site, task: ItemRef) -> String {
    let titles = site.plans[task.plan].titles(task.node);
    let titles = titles.iter().map(|(lang, title)| format!("{lang} = {}", toml::Value::from(title.as_str())));
    format!("title = {{ {} }}\n", titles.collect::<Vec<_>>().join(", "))
}

/// The first thread a task is in already.
fn thread(site: &Site, item: ItemRef) -> Option<&str> {
    let thread = site.plans[item.plan].task_at(item.node)?.threads.first()?;
    Some(&site.threads[*thread].slug)
}

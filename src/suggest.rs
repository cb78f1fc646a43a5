//! Suggest: links between the tasks of consecutive years that an editor may want, from how alike their texts are.
//!
//! Nothing enters the site by itself: what is printed is TOML for
//! `content/threads.toml` with the reasons left empty, for someone to judge.

use std::collections::BTreeSet;

use crate::compare::{self, Pair, Script};
use crate::parse::catalogues::threads::FILE;
use crate::resolve::Site;
use crate::resolve::site::{ItemRef, Plan};
use crate::resolve::threads::yearly;

/// Below this two texts share little more than the words of the trade.
const LEAST: f64 = 0.1;

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

/// The links that the texts suggest and the catalogue does not have, the most
/// alike first, between each yearly plan and the next.
pub fn links(site: &Site, limit: usize) -> Vec<Suggestion> {
    let linked: BTreeSet<_> = site.links.iter().map(|link| (link.from, link.to)).collect();
    let years = yearly(&site.plans);
    let mut found: Vec<_> = years.windows(2).flat_map(|pair| between(site, pair[0], pair[1])).collect();
    found.retain(|s| s.score >= LEAST && !linked.contains(&(s.from, s.to)));
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    found.truncate(limit);
    found
}

fn between(site: &Site, earlier: usize, later: usize) -> Vec<Suggestion> {
    let script = Script::of(site.settings.language(site.settings.original()).map_or("", |l| &l.tag));
    let (from, to) = (&site.plans[earlier], &site.plans[later]);
    let item = |plan: usize, task: usize| ItemRef { plan, node: site.plans[plan].tasks[task].node };
    let suggestion = |pair: Pair| Suggestion {
        from: item(earlier, pair.from),
        to: item(later, pair.to),
        score: pair.score,
    };
    compare::alike(&texts(from), &texts(to), script).into_iter().map(suggestion).collect()
}

/// The words of each task of a plan in the original, its title among them.
fn texts(plan: &Plan) -> Vec<String> {
    let text = |node: usize| {
        let blocks = &plan.blocks[plan.nodes[node].blocks.clone()];
        blocks.iter().map(|block| block.original.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    plan.tasks.iter().map(|task| text(task.node)).collect()
}

/// The suggestions as TOML, each below a comment that names the tasks.
pub fn toml(site: &Site, suggestions: &[Suggestion]) -> String {
    let mut text = format!("# {FILE}\n");
    for Suggestion { from, to, score } in suggestions {
        let (from, to) = (*from, *to);
        let (old, new) = (&site.node(from).title, &site.node(to).title);
        let (from_id, to_id) = (site.item_id(from), site.item_id(to));
        let thread = thread(site, from).or_else(|| thread(site, to)).unwrap_or_default();
        let reasons: Vec<_> = site.settings.languages.iter().map(|l| format!("{} = \"\"", l.code)).collect();
        let reasons = reasons.join(", ");
        text.push_str(&format!(
            "\n# {score:.2}  {old} → {new}\n[[link]]\nthread = \"{thread}\"\nfrom = \"{from_id}\"\n\
             to = \"{to_id}\"\ntype = \"continues\"\nreason = {{ {reasons} }}\n"
        ));
    }
    text
}

/// The first thread a task is in already.
fn thread(site: &Site, item: ItemRef) -> Option<&str> {
    let plan = &site.plans[item.plan];
    let thread = plan.tasks[plan.task_of(item.node)?].threads.first()?;
    Some(&site.threads[*thread].slug)
}

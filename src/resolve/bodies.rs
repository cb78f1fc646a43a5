//! Public bodies: the issuers of plans, and the bodies that are responsible for tasks or take part in them.

use std::collections::{BTreeMap, BTreeSet};

use index_vec::IndexVec;
use pinyin::ToPinyin;

use crate::base::characters::is_han;
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, Lang, SitePath, digest};
use crate::facts::body::BodyRole;
use crate::message;
use crate::model::index::{BodyIndex, PlanIndex};
use crate::parse::catalogues::bodies::{BodyEntry, FILE};
use crate::settings::Localized;
use crate::site::{ItemRef, NamedBody, Plan, Plans};

/// The names of bodies, with the entries of the catalogue that list them.
pub struct BodyNames<'a> {
    original: Lang,
    entries: &'a [BodyEntry],
    by_name: BTreeMap<&'a str, &'a BodyEntry>,
}

impl<'a> BodyNames<'a> {
    /// Takes the names of a catalogue.
    pub fn new(entries: &'a [BodyEntry], original: Lang) -> Self {
        let names = |entry: &'a BodyEntry| entry.names(original).map(move |name| (name, entry));
        // A name that is listed twice is an error; the first entry counts.
        let by_name = entries.iter().rev().flat_map(names).collect();
        Self { original, entries, by_name }
    }

    /// The present name of a body in the original's language.
    pub fn canonical<'n>(&'n self, name: &'n str) -> &'n str {
        let entry = self.by_name.get(name);
        entry.and_then(|entry| entry.name.get(&self.original)).map_or(name, String::as_str)
    }

    /// The issuers of a plan by their present names, in the order stated.
    pub fn issuers<'n>(&'n self, plan: &'n Plan) -> Vec<&'n str> {
        let text = plan.issuer.get(&self.original).map_or("", String::as_str);
        split(text).map(|name| self.canonical(name)).collect()
    }

    /// Warnings for entries whose names no plan uses.
    pub fn unused(&self, plans: &Plans) -> Vec<Diagnostic> {
        let tasks = plans.iter().flat_map(|plan| &plan.tasks);
        let named = tasks.flat_map(|task| task.bodies.iter()).map(|body| self.canonical(&body.name));
        let used: BTreeSet<&str> = plans.iter().flat_map(|plan| self.issuers(plan)).chain(named).collect();
        let path = SitePath::new(FILE).expect("the path of the catalogue is a path");
        let unused =
            self.entries.iter().filter(|entry| !entry.names(self.original).any(|name| used.contains(name)));
        unused.map(|entry| no_plan_names(&path, entry, self.original)).collect()
    }
}

fn no_plan_names(path: &SitePath, entry: &BodyEntry, original: Lang) -> Diagnostic {
    let name = entry.names(original).next().unwrap_or_default();
    let title = message!("没有计划提到“{name}”", "no plan names “{name}”");
    let hint = message!(
        "核对名称，补上计划所用的别名，或删去这一条",
        "check the name, add the alias that plans use, or remove the entry"
    );
    Diagnostic::new(Code::NO_EFFECT, title).at(path, entry.span.clone()).hint(hint)
}

/// The names in a text that lists bodies: 市发展改革委、市财政局.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let has_han = text.contains(is_han);
    let separates =
        move |c: char| "、；;".contains(c) || (has_han && (c.is_whitespace() || "，,".contains(c)));
    text.split(separates).map(str::trim).filter(|name| !name.is_empty())
}

/// The tasks and plans of one body while they are collected.
#[derive(Default)]
struct Collected {
    tasks: BTreeSet<(BodyRole, ItemRef)>,
    issued: BTreeSet<PlanIndex>,
    /// Names in translations, as plans state them.
    stated: Localized,
}

/// Collects the bodies of all tasks and the issuers of all plans, those with the most tasks first, and
/// connects plans with their issuers. A site with plans of one issuer only is about that body: it is not
/// collected as an issuer.
pub fn resolve(plans: &mut Plans, names: &BodyNames<'_>) -> IndexVec<BodyIndex, NamedBody> {
    let mut by_name: BTreeMap<String, Collected> = BTreeMap::new();
    let issuers: BTreeSet<&str> = plans.iter().flat_map(|plan| names.issuers(plan)).collect();
    let several = issuers.len() > 1;
    for (index, plan) in plans.iter_enumerated() {
        for task in &plan.tasks {
            let item = ItemRef { plan: index, node: task.node };
            for body in task.bodies.iter() {
                let name = names.canonical(&body.name).to_owned();
                by_name.entry(name).or_default().tasks.insert((body.role, item));
            }
        }
        let issuers = if several { names.issuers(plan) } else { Vec::new() };
        for (at, name) in issuers.iter().enumerate() {
            let body = by_name.entry((*name).to_owned()).or_default();
            body.issued.insert(index);
            body.stated.extend(translated(plan, names.original, issuers.len(), at));
        }
    }
    let mut taken: BTreeSet<String> =
        names.entries.iter().filter_map(|entry| Some(entry.slug.as_ref()?.value.clone())).collect();
    let mut bodies: Vec<NamedBody> =
        by_name.into_iter().map(|(name, collected)| body(name, collected, names, &mut taken)).collect();
    let original = names.original;
    bodies.sort_by(|a, b| {
        b.items().len().cmp(&a.items().len()).then_with(|| a.name.get(&original).cmp(&b.name.get(&original)))
    });
    let bodies: IndexVec<BodyIndex, NamedBody> = bodies.into();
    for (index, body) in bodies.iter_enumerated() {
        body.issued.iter().for_each(|plan| plans[*plan].issuers.push(index));
    }
    bodies
}

/// The bodies by all their names in the original's language.
pub fn by_name(bodies: &IndexVec<BodyIndex, NamedBody>, original: Lang) -> BTreeMap<String, BodyIndex> {
    let names = |(index, body): (BodyIndex, &NamedBody)| {
        let others = body.aliases.iter().chain(&body.former).cloned();
        let names: Vec<String> = others.chain(body.name.get(&original).cloned()).collect();
        names.into_iter().map(move |name| (name, index))
    };
    bodies.iter_enumerated().flat_map(names).collect()
}

/// The names of the issuer at a place, in the translations of a plan that list as many issuers as the original.
fn translated(plan: &Plan, original: Lang, count: usize, at: usize) -> impl Iterator<Item = (Lang, String)> {
    let others = plan.issuer.iter().filter(move |(lang, _)| **lang != original);
    others.filter_map(move |(lang, text)| {
        let listed: Vec<&str> = if count == 1 { vec![text.trim()] } else { split(text).collect() };
        (listed.len() == count).then(|| (*lang, listed[at].to_owned()))
    })
}

fn body(
    name: String,
    collected: Collected,
    names: &BodyNames<'_>,
    taken: &mut BTreeSet<String>,
) -> NamedBody {
    let entry = names.by_name.get(name.as_str());
    let own = entry.and_then(|entry| entry.slug.as_ref()).map(|slug| slug.value.clone());
    let values = |of: fn(&BodyEntry) -> &[At<String>]| -> Vec<String> {
        entry.map(|entry| of(entry).iter().map(|name| name.value.clone()).collect()).unwrap_or_default()
    };
    let mut localized = collected.stated;
    localized.extend(entry.map(|entry| entry.name.clone()).unwrap_or_default());
    let slug = own.unwrap_or_else(|| slug(&name, taken));
    localized.insert(names.original, name);
    NamedBody {
        slug,
        aliases: values(|entry| &entry.aliases),
        former: values(|entry| &entry.former),
        is_class: entry.is_some_and(|entry| entry.is_class),
        tasks: collected.tasks.into_iter().collect(),
        issued: collected.issued.into_iter().collect(),
        name: localized,
    }
}

/// The word in its URL: its name in pinyin; that of another name with the same pinyin has a part of its digest.
fn slug(name: &str, taken: &mut BTreeSet<String>) -> String {
    let spelled = name.chars().zip(name.to_pinyin()).map(|(c, spelled)| match spelled {
        Some(spelled) => spelled.plain().replace('ü', "v"),
        None if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
        None => String::new(),
    });
    let spelled: String = spelled.collect();
    let unique = format!("{spelled}-{}", digest::hex(&digest::sha256(name.as_bytes())[..4]));
    let slug = if spelled.is_empty() || taken.contains(&spelled) { unique } else { spelled };
    let slug = slug.trim_start_matches('-').to_owned();
    taken.insert(slug.clone());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_in_addresses() {
        let mut taken = BTreeSet::new();
        assert_eq!(slug("市财政局", &mut taken), "shicaizhengju");
        let other = slug("示财政局", &mut taken);
        assert!(other.starts_with("shicaizhengju-") && other.len() == "shicaizhengju-".len() + 8, "{other}");
        assert_eq!(slug("12345热线办", &mut taken), "12345rexianban");
    }

    #[test]
    fn issuers_are_listed() {
        let listed = |text| split(text).collect::<Vec<_>>();
        assert_eq!(listed("市发展改革委、市财政局"), ["市发展改革委", "市财政局"]);
        assert_eq!(listed("市发展改革委　市财政局 市水务局"), ["市发展改革委", "市财政局", "市水务局"]);
        assert_eq!(
            listed("Ministry of Finance, Customs; Tax Service"),
            ["Ministry of Finance, Customs", "Tax Service"]
        );
        assert_eq!(listed(" "), [""; 0]);
    }
}

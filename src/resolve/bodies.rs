//! Bodies that answer for tasks or take part in them: one entry for each name as it is written.

use std::collections::{BTreeMap, BTreeSet};

use index_vec::IndexVec;
use pinyin::ToPinyin;

use crate::base::digest;
use crate::facts::body::BodyRole;
use crate::model::index::BodyIndex;
use crate::site::{ItemRef, NamedBody, Plans};

/// Collects the bodies of all tasks, those with the most tasks first.
pub fn resolve(plans: &Plans) -> IndexVec<BodyIndex, NamedBody> {
    let mut by_name: BTreeMap<&str, BTreeSet<(BodyRole, ItemRef)>> = BTreeMap::new();
    for (index, plan) in plans.iter_enumerated() {
        for task in &plan.tasks {
            let item = ItemRef { plan: index, node: task.node };
            for body in task.bodies.iter() {
                by_name.entry(&body.name).or_default().insert((body.role, item));
            }
        }
    }
    let mut taken = BTreeSet::new();
    let body = |(name, tasks): (&str, BTreeSet<(BodyRole, ItemRef)>)| NamedBody {
        slug: slug(name, &mut taken),
        name: name.to_owned(),
        tasks: tasks.into_iter().collect(),
    };
    let mut bodies: Vec<NamedBody> = by_name.into_iter().map(body).collect();
    bodies.sort_by(|a, b| b.items().len().cmp(&a.items().len()).then_with(|| a.name.cmp(&b.name)));
    bodies.into()
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
}

//! Which templates pages reach: by extending, including, and calling components.
//!
//! Further templates of the default theme are left out of another theme, whose components of the same
//! names may be quite different.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::theme::template_error::TemplateSource;

/// The templates that are reached from these, by way of others.
///
/// Where two files define a component, `own` tells which of them is meant.
pub(super) fn reached(
    templates: &BTreeMap<String, TemplateSource>,
    from: impl Iterator<Item = &'static str>,
    own: impl Fn(&str) -> bool,
) -> BTreeSet<String> {
    let homes = homes(templates, own);
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = from.collect();
    while let Some(name) = next.pop() {
        let Some((_, text)) = templates.get(name).filter(|_| reached.insert(name.to_owned())) else {
            continue;
        };
        next.extend(names(&FILE, text));
        next.extend(names(&CALL, text).filter_map(|component| homes.get(component).copied()));
    }
    reached
}

/// The file that each component is defined in.
fn homes(templates: &BTreeMap<String, TemplateSource>, own: impl Fn(&str) -> bool) -> BTreeMap<&str, &str> {
    let mut homes = BTreeMap::new();
    for (file, (_, text)) in templates {
        for component in names(&COMPONENT, text) {
            if own(file) || !homes.contains_key(component) {
                homes.insert(component, file.as_str());
            }
        }
    }
    homes
}

fn names<'a>(pattern: &'static Regex, text: &'a str) -> impl Iterator<Item = &'a str> {
    pattern.captures_iter(text).filter_map(|found| found.get(1)).map(|name| name.as_str())
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

static FILE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\{%-?\s*(?:extends|include)\s+["'`]([^"'`]+)"#));
static COMPONENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{%-?\s*component\s+([\w.]+)"));
static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{[{%]-?\s*<([A-Za-z_][\w.]*)"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SitePath;

    #[test]
    fn what_pages_use_is_reached() {
        let path = SitePath::new("x.html").expect("a path");
        let templates = [
            ("home", "{% extends 'base' %}{{<a x={1}/>}}"),
            ("base", "{%- include \"foot\" -%}"),
            ("foot", "<p>"),
            ("ours", "{% component a(x) %}{{<b/>}}{% endcomponent a %}"),
            ("theirs", "{% component a(x) %}{% endcomponent a %}"),
            ("more", "{% component b() %}{% endcomponent b %}"),
            ("other", "{% component c() %}{{<a/>}}{% endcomponent c %}"),
        ];
        let templates = templates.map(|(name, text)| (name.to_owned(), (path.clone(), text.to_owned())));
        let found = reached(&templates.into(), ["home"].into_iter(), |name| name == "ours");
        assert_eq!(found.iter().collect::<Vec<_>>(), ["base", "foot", "home", "more", "ours"]);
    }
}

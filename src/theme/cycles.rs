//! Templates and components that would include themselves without end. The template engine has no
//! limit of its own: it would go on until its stack is full, and end the program with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::base::{Code, Diagnostic, SitePath};
use crate::message;

/// The parts of templates that include others: whole templates, by their file names, and
/// components, by their names in `<>`.
type Graph<'a> = BTreeMap<String, GraphNode<'a>>;

struct GraphNode<'a> {
    path: &'a SitePath,
    includes: BTreeSet<String>,
}

/// Reports every template or component that includes itself, at once or by way of others.
/// A condition that would end it is not looked at.
pub(super) fn check(templates: &BTreeMap<String, (SitePath, String)>) -> Vec<Diagnostic> {
    let mut graph = Graph::new();
    for (name, (path, text)) in templates {
        read(name, path, text, &mut graph);
    }
    graph.iter().filter_map(|(name, part)| Some(fault(part.path, &way_back(&graph, name)?))).collect()
}

fn read<'a>(name: &str, path: &'a SitePath, text: &str, graph: &mut Graph<'a>) {
    let text = COMMENT.replace_all(text, "");
    let mut inside = name.to_owned();
    for tag in TAG.find_iter(&text).map(|tag| tag.as_str()) {
        if tag.trim_start_matches(['{', '%', '-', ' ']).starts_with("endcomponent") {
            name.clone_into(&mut inside);
        } else if let Some(begun) = COMPONENT.captures(tag) {
            inside = format!("<{}>", &begun[1]);
        }
        let part =
            graph.entry(inside.clone()).or_insert_with(|| GraphNode { path, includes: BTreeSet::new() });
        part.includes.extend(INCLUDE.captures_iter(tag).map(|found| found[1].to_owned()));
        part.includes.extend(CALL.captures_iter(tag).map(|found| format!("<{}>", &found[1])));
    }
}

/// The shortest way from a part back to itself.
fn way_back(graph: &Graph<'_>, start: &str) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut ways = std::collections::VecDeque::from([vec![start.to_owned()]]);
    while let Some(way) = ways.pop_front() {
        let next = way.last().and_then(|last| graph.get(last)).map(|part| &part.includes);
        for name in next.into_iter().flatten() {
            let longer = [&way[..], std::slice::from_ref(name)].concat();
            if name == start {
                return Some(longer);
            }
            if seen.insert(name.clone()) {
                ways.push_back(longer);
            }
        }
    }
    None
}

fn fault(path: &SitePath, way: &[String]) -> Diagnostic {
    let (name, way) = (&way[0], way.join(" → "));
    Diagnostic::new(
        Code::TEMPLATE_ERROR,
        message!("{name} 会无止境地包含自己：{way}", "{name} would include itself without end: {way}"),
    )
    .at(path, 0..0)
    .hint(message!("用 for 循环代替", "use a `for` loop instead"))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\{#.*?#\}"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\{\{.*?\}\}|\{%.*?%\}"));
static COMPONENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\{%-?\s*component\s+([\w.]+)"));
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^\{%-?\s*include\s+["'`]([^"'`]+)"#));
static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"<([A-Za-z_][\w.]*)"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_includes_itself_is_found() {
        let path = SitePath::new("templates/x.html").unwrap();
        let ways = |texts: &[(&str, &str)]| {
            let one = |(name, text): &(&str, &str)| (name.to_string(), (path.clone(), text.to_string()));
            let found = check(&texts.iter().map(one).collect());
            found.into_iter().map(|fault| fault.title.en).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(ways(&[("a", "{% include \"b\" %}"), ("b", "{# {% include \"a\" %} #} <a>")]), "");
        assert!(ways(&[("a", "{%- include 'a' %}")]).contains("a → a"));
        assert!(ways(&[("a", "{% include \"b\" %}"), ("b", "{% include \"a\" %}")]).contains("a → b → a"));
        let component = "{% component c(x) %}{% if x %}{{ <c /> }}{% endif %}{% endcomponent c %}{{ <c /> }}";
        assert!(ways(&[("a", component)]).contains("<c> → <c>"));
        let apart =
            "{% component c() %}<c>{% endcomponent c %}{% component d() %}{{<c/>}}{% endcomponent d %}";
        assert_eq!(ways(&[("a", apart), ("b", "{{ <d /> }}")]), "");
    }
}

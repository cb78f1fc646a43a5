//! Themes as an interface: a site changes one thing without copying a theme, a second theme shows the
//! whole real site, and what a template uses and does not receive is found at its place.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::support::{SMALL, gongbao, page};
use gongbao::base::SitePath;
use gongbao::inputs::Inputs;
use gongbao::io::load;
use gongbao::links;
use gongbao::pipeline::{self, Compiled};
use gongbao::report;
use gongbao::verdict;
use gongbao::views::CONTENTS;

/// A small site with more files.
fn site(more: &[(&str, &str)]) -> (Compiled, Inputs) {
    let folder = tempfile::tempdir().unwrap();
    crate::support::write(folder.path(), SMALL);
    crate::support::write(folder.path(), more);
    let inputs = crate::support::inputs(folder.path());
    let mut compiled = pipeline::compile(&inputs);
    verdict::examine(&mut compiled, &|_, render| render());
    (compiled, inputs)
}

fn errors(compiled: &Compiled, inputs: &Inputs) -> String {
    let errors = compiled.diagnostics.iter().filter(|d| d.severity() == gongbao::base::Severity::Error);
    report::human(&errors.cloned().collect::<Vec<_>>(), inputs, false)
}

/// The pages of a small site with one file more, and those without it.
fn changed_by(path: &str, text: &str) -> [BTreeMap<SitePath, Vec<u8>>; 2] {
    let (compiled, inputs) = site(&[(path, text)]);
    assert_eq!(errors(&compiled, &inputs), "");
    [crate::support::render(&compiled), crate::support::render(&site(&[]).0)]
}

#[test]
fn a_site_changes_one_template() {
    let text = "{% extends \"base.html\" %}{% block content %}<h1>{{ page.title.text }}</h1><p>{{ content.tasks }} items</p>{% endblock %}";
    let [ours, theirs] = changed_by("templates/home.html", text);
    assert!(page(&ours, "zh/index.html").contains("<p>2 items</p>"));
    assert!(
        page(&ours, "zh/index.html").contains("<header class=\"site\">"),
        "the frame is that of the theme"
    );
    let differ: Vec<_> =
        ours.keys().filter(|path| ours[*path] != theirs[*path]).map(SitePath::as_str).collect();
    assert_eq!(differ, ["en/index.html", "en/index.md", "zh/index.html", "zh/index.md"]);
}

#[test]
fn a_site_changes_one_string() {
    let [ours, theirs] = changed_by("themes/default/i18n/zh.ftl", "nav-home = 门户\n");
    assert!(page(&ours, "zh/tasks/index.html").contains(">门户</a>"));
    assert!(page(&ours, "zh/tasks/index.html").contains(">时间表</a>"), "the other strings stay");
    let english = |path: &&SitePath| path.as_str().starts_with("en/");
    assert!(ours.keys().filter(english).all(|path| ours[path] == theirs[path]));
}

/// The style sheet of a rendered site: its path and its text.
fn style(files: &BTreeMap<SitePath, Vec<u8>>) -> (&str, &str) {
    let is_style = |path: &&SitePath| path.as_str().starts_with("assets/style.") && path.extension() == "css";
    let path = files.keys().find(is_style).unwrap().as_str();
    (path, page(files, path))
}

#[test]
fn a_site_changes_one_colour() {
    let [ours, theirs] = changed_by("themes/default/styles/95-site.css", ":root { --accent: #064; }\n");
    let ((path, sheet), (_, default)) = (style(&ours), style(&theirs));
    let own = sheet.strip_prefix(default).expect("the theme's own rules stay, and what comes later wins");
    assert_eq!(own.trim(), ":root{--accent:#064}");
    for page_path in ["zh/index.html", "zh/plans/2025/tasks/1/index.html", "zh/404.html", "index.html"] {
        assert!(page(&ours, page_path).contains(path), "{page_path}");
    }
}

#[test]
fn what_a_template_does_not_receive_is_found_at_its_place() {
    let task = "{% extends \"base.html\" %}\n{% block content %}\n<h1>{{ content.titel.text }}</h1>\n{% endblock %}\n";
    let home = "{% extends \"base.html\" %}\n{% block content %}甲{{ tasks }}{% endblock %}\n";
    let (compiled, inputs) = site(&[("templates/task.html", task), ("templates/home.html", home)]);
    insta::assert_snapshot!(errors(&compiled, &inputs));
}

#[test]
fn the_command_names_a_component_that_the_default_theme_misses() {
    let folder = tempfile::tempdir().unwrap();
    crate::support::write(folder.path(), SMALL);
    crate::support::write(
        folder.path(),
        &[("templates/components.html", "{% component text(p) %}{{ p.text }}{% endcomponent text %}\n")],
    );
    let output = gongbao(folder.path(), &["check"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("template-error") && said.contains("--> themes/default/templates/"), "{said}");
    assert!(said.lines().any(|line| line.contains(" | ") && line.contains("{{<")), "an excerpt: {said}");
}

#[test]
fn later_files_win_and_what_a_theme_lacks_is_that_of_the_default() {
    let config = "base_url = \"https://example.org/\"\ntheme = \"own\"\n";
    let says = |text: &str| {
        format!("{{% extends \"base.html\" %}}{{% block content %}}<h1>{text}</h1>{{% endblock %}}")
    };
    let (theme, site_own) = (says("of the theme"), says("of the site"));
    let (compiled, inputs) = site(&[
        ("config.toml", config),
        ("themes/own/templates/home.html", &theme),
        ("themes/own/templates/glossary.html", &theme),
        ("themes/own/i18n/zh.ftl", "nav-home = 门户\n"),
        ("templates/home.html", &site_own),
    ]);
    assert_eq!(errors(&compiled, &inputs), "");
    let ours = crate::support::render(&compiled);
    assert!(page(&ours, "zh/index.html").contains("<h1>of the site</h1>"));
    assert!(page(&ours, "zh/glossary/index.html").contains("<h1>of the theme</h1>"));
    let default = crate::support::render(&self::site(&[]).0);
    let english = "en/tasks/index.html";
    assert_eq!(page(&ours, english), page(&default, english));
    assert!(page(&ours, "zh/tasks/index.html").contains(">门户</a>"));
}

/// The inputs of the real site, shown by the plain theme of the tests.
fn in_plain() -> Inputs {
    let mut inputs = crate::support::inputs(crate::support::root());
    inputs.files.retain(|path, _| !path.as_str().starts_with("themes/"));
    let path = |path: &str| SitePath::new(path).unwrap();
    let config = inputs.read(&path("config.toml")).unwrap().unwrap();
    let config = config.replace("theme = \"default\"", "theme = \"plain\"");
    inputs.files.insert(path("config.toml"), Arc::from(config.into_bytes()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let theme = load::load(&folder).unwrap().into_iter();
    inputs.files.extend(theme.filter(|(path, _)| path.as_str().starts_with("themes/plain/")));
    inputs
}

#[test]
fn a_second_theme_shows_the_whole_site() {
    let inputs = in_plain();
    let mut compiled = pipeline::compile(&inputs);
    verdict::examine(&mut compiled, &|_, render| render());
    assert_eq!(report::human(&compiled.diagnostics, &inputs, false), "");
    for template in
        CONTENTS.iter().map(|(template, _)| *template).chain(["root.html", "base.html", "components.html"])
    {
        assert!(
            compiled.theme.templates[template].0.as_str().starts_with("themes/plain/"),
            "{template} is its own"
        );
    }
    let files = crate::support::render(&compiled);
    let paths = || files.keys().filter(|path| path.extension() == "html");
    let all = links::LinkableFiles::new(files.keys().cloned(), [&compiled.site.settings.base_url, "\0"]);
    let pages: Vec<_> =
        paths().map(|path| (path.clone(), all.read(path, page(&files, path.as_str())))).collect();
    assert_eq!(
        all.check(pages.iter().map(|(path, links)| (path, links)), &|path| page(&files, path.as_str())
            .to_owned()),
        []
    );
    assert!(pages.len() > 500, "{} pages", pages.len());
    for path in paths() {
        let text = page(&files, path.as_str());
        assert!(!text.contains("class=\"site\""), "{path}");
        let root = ["index.html", "404.html"].contains(&path.as_str());
        assert!(text.contains("<h1>") != root, "{path}");
    }
    assert!(page(&files, "zh/plans/2023/tasks/5/index.html").contains("畅通行政裁决受理渠道"));
}

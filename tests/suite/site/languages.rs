//! The languages of a site: the real one in two, a small one in three.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the site has failed")]

use std::path::Path;
use std::sync::Arc;

use gongbao::base::{Diagnostic, SitePath};
use gongbao::check::states;
use gongbao::inputs::Inputs;
use gongbao::io::load;
use gongbao::pipeline::{self, Compiled};
use gongbao::render::Renderer;
use gongbao::report;
use gongbao::resolve::translations;
use gongbao::routes;
use gongbao::site::TranslationState;
use html5gum::{Token, Tokenizer};
use regex::Regex;

fn inputs(site: &str) -> Inputs {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(site);
    let files = load::load(&root).unwrap();
    Inputs { files, today: jiff::civil::date(2026, 1, 31), drafts: false, base_url: None }
}

/// The inputs with one replacement in one file.
fn edited(mut inputs: Inputs, path: &str, from: &str, to: &str) -> Inputs {
    let path = SitePath::new(path).unwrap();
    let text = inputs.read(&path).unwrap().unwrap();
    assert!(text.contains(from), "{path} does not hold {from}");
    let text = text.replacen(from, to, 1);
    inputs.files.insert(path, Arc::from(text.into_bytes()));
    inputs
}

/// Every HTML page with its path in the output.
fn pages(compiled: &Compiled) -> Vec<(String, String)> {
    let renderer = Renderer::new(&compiled.site, &compiled.theme);
    let page = |route| {
        let path = routes::file(&compiled.site, route).to_string();
        let html = path.ends_with(".html");
        html.then(|| (path, String::from_utf8(renderer.render(route).unwrap()).unwrap()))
    };
    compiled.routes.list.iter().filter_map(page).collect()
}

fn page(compiled: &Compiled, path: &str) -> String {
    pages(compiled).into_iter().find(|(found, _)| found == path).unwrap().1
}

/// BCP 47 for what is in no language: scripts, and references written for programs.
const NO_LANGUAGE: &str = "zxx";

/// Every text of a page, attributes that are read out among them, with the nearest `lang`.
fn texts(html: &str) -> Vec<(String, String)> {
    const VOID: [&[u8]; 6] = [b"meta", b"link", b"br", b"wbr", b"input", b"img"];
    const SPOKEN: [&[u8]; 4] = [b"alt", b"title", b"aria-label", b"placeholder"];
    const CODE: [&[u8]; 2] = [b"script", b"code"];
    let mut open: Vec<String> = vec![String::new()];
    let mut texts = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let text = |value: &[u8]| String::from_utf8(value.to_vec()).unwrap();
                let own = tag.attributes.iter().find(|(name, _)| name.as_slice() == b"lang");
                let lang = own.map_or_else(|| open.last().unwrap().clone(), |(_, value)| text(value));
                let lang = if CODE.contains(&tag.name.as_slice()) { NO_LANGUAGE.to_owned() } else { lang };
                let described = tag.attributes.iter().any(|(name, _)| name.as_slice() == b"name")
                    && tag.name.as_slice() == b"meta";
                for (name, value) in &tag.attributes {
                    let spoken = SPOKEN.contains(&name.as_slice());
                    if spoken || (described && name.as_slice() == b"content") {
                        texts.push((lang.clone(), text(value)));
                    }
                }
                if !VOID.contains(&tag.name.as_slice()) {
                    open.push(lang);
                }
            }
            Token::EndTag(_) => drop(open.pop()),
            Token::String(found) => {
                texts.push((open.last().unwrap().clone(), String::from_utf8(found.to_vec()).unwrap()));
            }
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "every element is closed");
    texts
}

/// Texts in another script than that of the language they are marked as.
fn mismarked(compiled: &Compiled) -> Vec<String> {
    let han = Regex::new(r"\p{Han}").unwrap();
    let latin = Regex::new(r"[A-Za-z]{2,}(?:[ ’'-]+[A-Za-z]{2,}){2,}").unwrap();
    let mut wrong = Vec::new();
    for (path, html) in pages(compiled) {
        for (lang, text) in texts(&html) {
            let foreign = if lang.starts_with("zh") { &latin } else { &han };
            if lang != NO_LANGUAGE && foreign.is_match(&text) {
                wrong.push(format!("{path} [{lang}] {}", text.trim()));
            }
        }
    }
    wrong
}

#[test]
fn no_text_of_the_real_site_is_marked_as_another_language() {
    assert_eq!(mismarked(&pipeline::compile(&inputs("."))), [""; 0]);
}

#[test]
fn every_translation_of_the_real_site_is_reviewed_and_nothing_is_found() {
    let compiled = pipeline::compile(&inputs("."));
    assert_eq!(report::human(&compiled.diagnostics, &inputs("."), false), "");
    let entries = states::entries(&compiled.site);
    let open = entries.iter().filter(|entry| entry.state != TranslationState::Reviewed);
    assert_eq!(open.map(|entry| entry.name()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_translated_page_says_that_the_original_prevails() {
    let compiled = pipeline::compile(&inputs("."));
    for (path, html) in pages(&compiled) {
        let main = html.split("<main").nth(1).unwrap_or_default().split("</main>").next().unwrap();
        assert_eq!(main.contains("The Chinese text prevails."), path.starts_with("en/"), "{path}");
    }
}

#[test]
fn one_changed_sentence_makes_one_block_stale() {
    let (path, before, after) = ("content/plans/2023/zh.md", "压实属地和部门责任", "压实属地责任");
    let changed = edited(inputs("."), path, before, after);
    let mut compiled = pipeline::compile(&changed);
    let stale = |compiled: &Compiled| -> Vec<String> {
        let entries = states::entries(&compiled.site);
        let open = entries.iter().filter(|entry| entry.state != TranslationState::Reviewed);
        open.map(|entry| format!("{} {}", entry.name(), entry.state.as_str())).collect()
    };
    assert_eq!(stale(&compiled), ["2023/task-1-p1 stale"]);
    let note = "This paragraph changed after it was translated.";
    assert_eq!(page(&compiled, "en/plans/2023/tasks/1/index.html").matches(note).count(), 1);
    assert_eq!(page(&compiled, "en/plans/2023/tasks/2/index.html").matches(note).count(), 0);
    assert!(!gongbao::base::has_errors(&compiled.diagnostics), "stale translations are warnings");

    let accepted = states::entries(&compiled.site);
    let entry =
        accepted.into_iter().find(|entry| entry.is_named("2023/1") && entry.id == "task-1-p1").unwrap();
    std::sync::Arc::make_mut(&mut compiled.lock).accept(
        entry.lang,
        entry.original,
        entry.translation.unwrap(),
    );
    let lock = SitePath::new(translations::FILE).unwrap();
    let mut changed = changed;
    changed.files.insert(lock, Arc::from(compiled.lock.write().into_bytes()));
    assert_eq!(stale(&pipeline::compile(&changed)), [""; 0]);
}

#[test]
fn a_third_language_is_files_and_no_code() {
    let compiled = pipeline::compile(&inputs("tests/languages/french"));
    assert_eq!(report::human(&compiled.diagnostics, &inputs("tests/languages/french"), false), "");
    assert_eq!(mismarked(&compiled), [""; 0]);
    let task = page(&compiled, "fr/plans/2023/tasks/1/index.html");
    for part in [
        "<html lang=\"fr\">",
        "Renforcer la protection des brevets",
        "avant fin décembre 2023",
        "7 mars 2023",
        "Le texte chinois fait foi.",
        "hreflang=\"en\"",
        "<p lang=\"zh-Hans\">",
    ] {
        assert!(task.contains(part), "{part}");
    }
    let glossary = page(&compiled, "fr/glossary/index.html");
    assert!(glossary.contains("brevet") && glossary.contains("1 tâche l’emploie"));
}

/// What is found in the small site after one edit, of the kinds that `check` is about.
fn findings(path: &str, from: &str, to: &str) -> String {
    let inputs = edited(inputs("tests/languages/french"), path, from, to);
    let found: Vec<Diagnostic> = pipeline::compile(&inputs).diagnostics;
    report::human(&found, &inputs, false)
}

#[test]
fn a_term_that_is_not_rendered_is_shown_in_both_files() {
    let english = "content/plans/2023/en.md";
    insta::assert_snapshot!(findings(
        english,
        "Strengthen patent protection, and",
        "Strengthen protection, and"
    ));
}

#[test]
fn a_wrong_rendering_is_shown_in_both_files() {
    let french = "content/plans/2023/fr.md";
    let found = findings(french, "protection des marques. (", "protection des marques, des labels. (");
    insta::assert_snapshot!(found);
}

#[test]
fn a_rendering_may_be_wrong_by_a_space_alone() {
    let english = "content/plans/2023/en.md";
    let found =
        findings(english, "Strengthen trademark protection. (", "Strengthen trade mark protection. (");
    assert!(found.contains("“trade mark” does not render “商标”"), "{found}");
    assert_eq!(findings(english, "trademark protection. (", "trade-mark protection. ("), "");
}

#[test]
fn a_number_that_stands_on_one_side_only_is_shown_in_both_files() {
    insta::assert_snapshot!(findings("content/plans/2023/en.md", "7,000 cases", "7,500 cases"));
}

#[test]
fn a_plan_without_a_translation_is_built_and_says_so() {
    let mut inputs = inputs("tests/languages/french");
    inputs.files.remove(&SitePath::new("content/plans/2023/fr.md").unwrap());
    let compiled = pipeline::compile(&inputs);
    insta::assert_snapshot!(report::human(&compiled.diagnostics, &inputs, false));
    assert!(page(&compiled, "fr/plans/2023/tasks/1/index.html").contains("Pas encore traduit."));
    assert_eq!(mismarked(&compiled), [""; 0]);
}

#[test]
fn a_paragraph_without_a_translation_is_shown_in_both_files() {
    let found =
        findings("content/plans/2023/fr.md", "Renforcer la protection des marques. (En continu.)\n", "");
    insta::assert_snapshot!(found);
}

#[test]
fn a_string_that_one_language_lacks_is_an_error() {
    let french = "themes/default/i18n/fr.ftl";
    insta::assert_snapshot!(findings(french, "nav-home = Accueil\n", "nav-house = Accueil\n"));
}

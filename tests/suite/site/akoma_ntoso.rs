//! Plans as Akoma Ntoso: nothing of the text is lost, ids are those of the plan page, dates are stated ones.
//! The schema itself is held by `repository::outside`.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gongbao::base::Lang;
use gongbao::model::MarkKind;
use gongbao::pipeline::{self, Compiled};
use gongbao::render::Renderer;
use gongbao::routes::{Page, Route};
use gongbao::site::Plan;
use quick_xml::events::Event;

use crate::support::{MADE_PLAN, inputs, real_site, write};

/// A site with one plan that has every kind of block, half of it translated.
fn made_site() -> Compiled {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), MADE_PLAN);
    pipeline::compile(&inputs(folder.path()))
}

/// A document of Akoma Ntoso, read strictly.
#[derive(Default)]
struct ReadDocument {
    /// The text behind the metadata, without white space.
    text: String,
    /// The values of `eId`.
    ids: Vec<String>,
    /// The dates as `name date`.
    dates: BTreeSet<String>,
}

fn read(xml: &str) -> ReadDocument {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut document, mut in_meta) = (ReadDocument::default(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return document,
            Event::End(tag) if tag.name().as_ref() == "meta" => in_meta = false,
            Event::Start(tag) | Event::Empty(tag) => {
                in_meta |= tag.name().as_ref() == "meta";
                let get = |name: &str| {
                    tag.try_get_attribute(name).unwrap().map(|attribute| attribute.value.into_owned())
                };
                document.ids.extend(get("eId"));
                if tag.name().as_ref() == "FRBRdate" {
                    document.dates.insert(format!("{} {}", get("name").unwrap(), get("date").unwrap()));
                }
            }
            Event::Text(text) if !in_meta => document.text.push_str(&spaceless(&text)),
            Event::GeneralRef(name) if !in_meta => {
                let name = format!("&{};", &*name);
                document.text.push_str(&quick_xml::escape::unescape(&name).unwrap());
            }
            _ => {}
        }
    }
}

fn spaceless(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The file of a plan in a language.
fn file(compiled: &Compiled, lang: Lang, id: &str) -> String {
    let plan = compiled.site.plan(id).unwrap();
    let renderer = Renderer::new(&compiled.site, &compiled.theme);
    String::from_utf8(renderer.render(&Route::AkomaNtoso(lang, plan)).unwrap()).unwrap()
}

/// The stretches of text that are not in a document. A reference to a footnote, which is a mark there, is the
/// end of a stretch.
fn lost(plan: &Plan, lang: Lang, document: &ReadDocument) -> Vec<String> {
    let stretches = plan.blocks.iter().flat_map(|block| {
        let block = block.translations.get(&lang).map_or(&block.original, |t| &t.block);
        let (mut at, mut stretches) = (0, Vec::new());
        for mark in block.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Note(..))) {
            stretches.push(&block.text[at..mark.span.start]);
            at = mark.span.end;
        }
        stretches.push(&block.text[at..]);
        stretches
    });
    let stretches = stretches.map(|text| spaceless(text).replace('\u{fffe}', ""));
    stretches.filter(|text| !document.text.contains(text.as_str())).collect()
}

#[test]
fn the_real_plans_lose_nothing_and_keep_their_ids() {
    let compiled = real_site();
    let (site, renderer) = (&compiled.site, Renderer::new(&compiled.site, &compiled.theme));
    let mut files = 0;
    for (language, (index, plan)) in
        site.settings.languages.iter().flat_map(|l| site.plans.iter_enumerated().map(move |plan| (l, plan)))
    {
        let lang = language.code;
        let document = read(&file(&compiled, lang, plan.id.as_str()));
        assert_eq!(lost(plan, lang, &document), [""; 0], "{lang} {}", plan.id);
        let ids: BTreeSet<_> = document.ids.iter().cloned().collect();
        assert_eq!(ids.len(), document.ids.len(), "{lang} {}: an id twice", plan.id);
        let page = renderer.render(&Route::Page(lang, Page::Plan(index))).unwrap();
        let page = String::from_utf8(page).unwrap();
        for node in plan.nodes.iter() {
            let id = node.id.as_str();
            // The title of the plan is in the preface, without a container.
            assert!(ids.contains(id) || id == "preamble", "{lang} {}: {id}", plan.id);
        }
        let own =
            |id: &&String| *id == "site" || *id == "issuer" || *id == "not-stated" || id.starts_with("body-");
        let anchors = ids.iter().filter(|id| !own(id) && *id != "translation-status");
        for id in anchors {
            assert!(page.contains(&format!("id=\"{id}\"")), "{lang} {}: {id} is no anchor", plan.id);
        }
        files += 1;
    }
    assert_eq!(files, 10);
}

#[test]
fn dates_are_those_that_the_source_states() {
    let compiled = real_site();
    let mut dates = String::new();
    for plan in compiled.site.plans.iter() {
        let stated = read(&file(&compiled, compiled.site.settings.original(), plan.id.as_str())).dates;
        writeln!(dates, "{}: {}", plan.id, stated.into_iter().collect::<Vec<_>>().join(", ")).unwrap();
    }
    assert_eq!(
        dates,
        "2024: planYear 2024-01-01\n\
         2023: issued 2023-03-01, published 2023-03-07\n\
         promotion-plan: published 2022-10-28\n\
         2022-key-points: published 2022-06-21\n\
         2022: issued 2022-01-20, published 2022-01-24\n"
    );
}

#[test]
fn a_translation_says_that_it_is_one() {
    let compiled = real_site();
    let [zh, en] = ["zh", "en"].map(|code| file(&compiled, Lang::new(code).unwrap(), "2023"));
    assert!(zh.contains("<FRBRauthoritative value=\"true\"/>") && !zh.contains("FRBRtranslation"));
    assert!(en.contains("<FRBRauthoritative value=\"false\"/>"));
    assert!(en.contains(
        "<FRBRtranslation href=\"/akn/cn/doc/annual-plan/2023-03-01/2023/zh-Hans@\" \
         fromLanguage=\"zh-Hans\" authoritative=\"false\" by=\"#site\"/>"
    ));
    assert!(en.contains("<p>The English text is an unofficial translation. The Chinese text prevails.</p>"));
}

#[test]
fn every_kind_of_block_is_written() {
    let compiled = made_site();
    let [zh, en] = ["zh", "en"].map(|code| Lang::new(code).unwrap());
    let plan = &compiled.site.plans[compiled.site.plan("made").unwrap()];
    for lang in [zh, en] {
        let document = read(&file(&compiled, lang, "made"));
        assert_eq!(lost(plan, lang, &document), [""; 0], "{lang}");
    }
    insta::assert_snapshot!("made_zh", body(&file(&compiled, zh, "made")));
    insta::assert_snapshot!("made_en", body(&file(&compiled, en, "made")));
}

/// A document behind its metadata.
fn body(xml: &str) -> &str {
    xml.split_once("</meta>").unwrap().1
}

/// The addresses of the files of a site with the plan alone or with what is beside it.
fn check_files(files: &[(&str, &str)], expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let compiled = pipeline::compile(&inputs(folder.path()));
    assert!(compiled.site.plan("made").is_some());
    let files = crate::support::render(&compiled);
    let found: Vec<_> = files.keys().map(|p| p.as_str()).filter(|p| p.ends_with(".akn.xml")).collect();
    assert_eq!(found, expected);
    for lang in ["zh", "en"] {
        for page in ["plans/made", "data"] {
            let html = crate::support::page(&files, &format!("{lang}/{page}/index.html"));
            let is_there = expected.iter().any(|path| path.starts_with(lang));
            assert_eq!(html.contains("application/akn+xml"), is_there, "{lang} {page}");
        }
    }
}

#[test]
fn there_is_a_file_for_each_language_of_a_dated_plan() {
    let [config, original, translation, _] = MADE_PLAN else { panic!("four files") };
    let undated = original.1.replace("year = 2025\n", "");
    assert_ne!(undated, original.1);
    check_files(&[*config, (original.0, &undated), *translation], &[]);
    check_files(&[*config, *original], &["zh/plans/made/plan.akn.xml"]);
    let both = ["en/plans/made/plan.akn.xml", "zh/plans/made/plan.akn.xml"];
    check_files(&[*config, *original, *translation], &both);
}

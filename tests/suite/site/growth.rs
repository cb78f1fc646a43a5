//! Time follows the text: of a text twice as long, no reader takes more than 2½ times the processor time.
//!
//! A stage fails if it exceeds that at two doublings, one after the other: a step in between is not growth.
//!
//! The test measures the processor time of one thread, at the least of several runs, so that a busy
//! machine changes nothing. `GONGBAO_GROWTH=500000 cargo test --test suite growth -- --nocapture` does so
//! with texts of that many bytes and twice as many, and prints the ratios; `GONGBAO_GROWTH_ONLY=deadlines`
//! takes those whose name has the word.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]
#![expect(clippy::print_stdout, reason = "the ratios of a large run are its result")]

mod sites;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::thread::{self, available_parallelism};
use std::time::Duration;

use gongbao::base::{Diagnostic, SitePath};
use gongbao::facts::{alias, body, citation, date, deadline, target};
use gongbao::html::markdown;
use gongbao::import::{self, ImportOptions};
use gongbao::inputs::Inputs;
use gongbao::parse::markdown as parser;
use gongbao::pipeline::{self, CompileCache, Compiled};
use gongbao::render::Renderer;
use gongbao::routes::{self, Page, Route};
use gongbao::{index, report, serve, suggest, verdict};
use rustix::time::{ClockId, clock_gettime};

use crate::support::today;

/// How much more time twice the text may take.
const MOST: f64 = 2.5;
/// Less time than this is not judged.
const LEAST: Duration = Duration::from_millis(2);
/// How often what takes too long is measured again before it is believed.
const ROUNDS: usize = 8;

/// Processor time by stage.
type Times = BTreeMap<&'static str, Duration>;

/// A measurement with so many bytes.
type Measure = Box<dyn Fn(usize) -> Times + Send + Sync>;

#[test]
fn texts_twice_as_long_take_twice_the_time() {
    let bytes = std::env::var("GONGBAO_GROWTH").ok().map(|bytes| bytes.parse().unwrap());
    let only = std::env::var("GONGBAO_GROWTH_ONLY").unwrap_or_default();
    let mut all: Vec<(&str, Measure)> = Vec::new();
    for &(name, text) in texts::TEXTS {
        all.push((name, Box::new(move |bytes| of_text(&text(bytes)))));
        all.push((name, Box::new(move |bytes| of_site(&sites::of_text(&text(bytes / 2))))));
    }
    for &(name, files) in sites::SITES {
        all.push((name, Box::new(move |bytes| of_site(&files(bytes / 2)))));
    }
    all.retain(|(name, _)| name.contains(&only));
    let slow = check_all(&all, bytes);
    assert!(slow.is_empty(), "more than {MOST} times the time for twice the text:\n{}", slow.join("\n"));
}

/// The stages that grow too fast, in words. Threads of our own, since a thread of a pool that waits for
/// another pool begins further work.
fn check_all(all: &[(&str, Measure)], bytes: Option<usize>) -> Vec<String> {
    let (rest, slow) = (Mutex::new(all.iter()), Mutex::new(Vec::new()));
    let next = || rest.lock().unwrap().next();
    let work = || {
        while let Some((name, measure)) = next() {
            let found = check(name, measure, bytes);
            slow.lock().unwrap().extend(found);
        }
    };
    let threads = available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    slow.into_inner().unwrap()
}

/// The stages that grow too fast, in words.
fn check(name: &str, measure: &Measure, bytes: Option<usize>) -> Vec<String> {
    let (one, two) = (bytes.unwrap_or(8_000), 2 * bytes.unwrap_or(8_000));
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    // All work of a pool of one thread is done by it.
    let measure = |bytes| alone.install(|| measure(bytes));
    let (mut short, mut long) = (measure(one), measure(two));
    for _ in 1..ROUNDS {
        if too_slow(&short, &long).next().is_none() {
            break;
        }
        least(&mut short, measure(one));
        least(&mut long, measure(two));
    }
    if bytes.is_some() {
        for (stage, time) in &long {
            println!(
                "{name:40} {stage:12} {:8.1} ms  × {:.2}",
                time.as_secs_f64() * 1e3,
                ratio(&short, stage, *time)
            );
        }
    }
    let mut slow: Vec<_> = too_slow(&short, &long).collect();
    if !slow.is_empty() {
        let longer = measure(2 * two);
        // A step, such as where a table no longer fits into a cache, is not growth.
        slow.retain(|(stage, time)| longer[stage].as_secs_f64() > MOST * time.as_secs_f64());
    }
    let words =
        |(stage, time)| format!("{name}, {stage}: {:.2} × {:?}", ratio(&short, stage, time), short[stage]);
    slow.into_iter().map(words).collect()
}

fn too_slow<'a>(short: &'a Times, long: &'a Times) -> impl Iterator<Item = (&'static str, Duration)> {
    let stages = long.iter().filter(|(stage, time)| **time > LEAST && ratio(short, stage, **time) > MOST);
    stages.map(|(stage, time)| (*stage, *time))
}

fn ratio(short: &Times, stage: &str, time: Duration) -> f64 {
    time.as_secs_f64() / short[stage].max(LEAST / 2).as_secs_f64()
}

fn least(times: &mut Times, again: Times) {
    for (stage, time) in again {
        times.entry(stage).and_modify(|known| *known = time.min(*known));
    }
}

/// Does some work, and notes the processor time that this thread spends on it.
fn timed<T>(times: &mut Times, stage: &'static str, work: impl FnOnce() -> T) -> T {
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let start = now();
    let done = black_box(work());
    times.insert(stage, now() - start);
    done
}

/// The readers of a text by themselves.
fn of_text(text: &str) -> Times {
    let mut times = Times::new();
    timed(&mut times, "dates", || date::read(text, Some(2026)));
    let context = deadline::Context { year: Some(2026), issued: None };
    timed(&mut times, "deadlines", || deadline::read(text, &context));
    timed(&mut times, "citations", || citation::read(text));
    timed(&mut times, "aliases", || alias::read(text));
    timed(&mut times, "bodies", || body::read(text));
    timed(&mut times, "targets", || target::read(text));
    timed(&mut times, "markdown", || {
        parser::parse(&SitePath::new("a.md").unwrap(), text, 0, parser::Genre::Original)
    });
    let raw = format!("2026年甲工作方案\n\n一、主要任务\n\n1. {text}\n");
    let done = timed(&mut times, "import", || import::import(raw.as_bytes(), &ImportOptions::default()));
    timed(&mut times, "account", || done.map(|done| done.report.render()).unwrap_or_else(|e| e.to_string()));
    times
}

/// All that becomes of the files of a site.
fn of_site(files: &sites::Files) -> Times {
    let mut times = Times::new();
    let inputs = inputs(files);
    let mut memory = CompileCache::default();
    // The theme is read before, which takes longer than many texts.
    let empty = Inputs { files: BTreeMap::new(), ..inputs.clone() };
    pipeline::recompile(&empty, &mut memory);
    let compiled = timed(&mut times, "compile", || pipeline::recompile(&inputs, &mut memory));
    findings(&mut times, &compiled.diagnostics, &inputs);
    pages(&mut times, &compiled);
    let records = timed(&mut times, "records", || index::records(&compiled.site));
    if std::env::var("GONGBAO_GROWTH").is_ok() {
        let lexicon = index::lexicon(&compiled.site);
        timed(&mut times, "index", || gongbao_search::build(&records, &lexicon).unwrap());
    }
    timed(&mut times, "suggest", || {
        let scope = suggest::SuggestionScope {
            reach: suggest::Reach::Series,
            plans: BTreeSet::new(),
            least: 0.1,
            limit: 9,
        };
        (suggest::links(&compiled.site, &scope), suggest::headings(&compiled.site, &scope))
    });
    times
}

fn inputs(files: &sites::Files) -> Inputs {
    let file =
        |(path, text): &(&str, String)| (SitePath::new(path).unwrap(), Arc::<[u8]>::from(text.as_bytes()));
    Inputs { files: files.iter().map(file).collect(), today: today(), drafts: false, base_url: None }
}

fn findings(times: &mut Times, findings: &[Diagnostic], inputs: &Inputs) {
    // A person is shown at most so many findings with lines of at most so many bytes, which is more than
    // short texts have.
    if std::env::var("GONGBAO_GROWTH").is_ok() {
        timed(times, "findings", || report::human(findings, inputs, false));
    }
    timed(times, "json", || report::json(findings, inputs));
    let all: Vec<_> = findings.iter().collect();
    let head = serve::findings::OverlayHead { generation: 1, notice: None };
    timed(times, "overlay", || serve::findings::json(&head, &all, inputs));
}

fn pages(times: &mut Times, compiled: &Compiled) {
    let renderer = Renderer::of_all(&compiled.site, &compiled.theme);
    let original = compiled.site.settings.original();
    let is_page = |route: &&Route| match route {
        // Pages that show texts, and none that are the same whatever a site says.
        Route::Page(_, Page::Search | Page::Data | Page::NotFound) => false,
        Route::Page(lang, page) => *lang == original || matches!(page, Page::Plan(_) | Page::Task(..)),
        _ => false,
    };
    let pages: Vec<_> = compiled.routes.list.iter().filter(is_page).collect();
    let views =
        timed(times, "views", || pages.iter().map(|r| renderer.prepare(r).unwrap()).collect::<Vec<_>>());
    let html = |page| String::from_utf8(renderer.finish(page).unwrap()).unwrap();
    let all: Vec<String> = timed(times, "pages", || views.iter().map(html).collect());
    timed(times, "Markdown versions", || {
        all.iter().map(|html| markdown::of_page(html, true)).collect::<Vec<_>>()
    });
    let whole = verdict::RenderedPages::of(compiled);
    let paths = pages.iter().map(|route| routes::file(&compiled.site, route));
    timed(times, "links", || {
        let known = whole.files();
        let read: Vec<_> = paths.zip(&all).map(|(path, html)| (known.read(&path, html), path)).collect();
        whole.dead_links(&known, read.iter().map(|(links, path)| (path, links)))
    });
    let is_file = |route: &&Route| match route {
        Route::Calendar(lang, _) | Route::Feed(lang, _) | Route::AkomaNtoso(lang, _) => *lang == original,
        Route::Data(_) | Route::Llms | Route::Sitemap => true,
        _ => false,
    };
    let files = compiled.routes.list.iter().filter(is_file);
    timed(times, "files", || files.map(|route| renderer.render(route).unwrap()).collect::<Vec<_>>());
}

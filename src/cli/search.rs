//! `gongbao search`: the same search as on the published site, over its files.

use std::io::{IsTerminal, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use gongbao_search::{Engine, Hit, MANIFEST, Options, Results, Run, Step, Understood, UnderstoodKind};

use super::args::{Format, SearchArgs};
use super::{Exit, console};
use crate::base::characters::{visible_json, visible_line};
use crate::io::{Failure, clock, file};
use crate::message;

/// Runs `gongbao search`.
pub(super) fn run(args: &SearchArgs) -> Result<Exit, Failure> {
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("public"));
    let mut index = BuiltIndex::open(&out.join("search"))?;
    let today = Some(clock::today().to_string());
    let options = Options { limit: args.limit, widen: !args.only, today, others: true, ..Options::default() };
    let query = args.query.join(" ");
    let results = match &args.lang {
        Some(lang) if !index.languages().contains(lang) => {
            let languages = index.languages().join(" · ");
            console::usage(&message!(
                "没有语言为 {lang} 的文字；有文字的语言：{languages}",
                "there is no text in the language `{lang}`; there are texts in: {languages}"
            ));
            return Ok(Exit::Usage);
        }
        Some(lang) => index.search(&query, &Options { lang: lang.clone(), ..options })?,
        None => index.search_best(&query, &options)?,
    };
    match args.format {
        Format::Human => console::result(&human(&results, &out)),
        Format::Json => {
            let text = serde_json::to_string_pretty(&results).expect("results are plain data");
            console::result(&format!("{}\n", visible_json(&text)));
        }
    }
    Ok(Exit::Done)
}

/// How good an answer is among those in several languages: words found in the texts of their own language
/// come before those that led to other texts.
fn merit(results: &Results) -> (bool, bool, usize) {
    let is_own = results.understood.iter().all(|found| found.kind != UnderstoodKind::OtherLanguage);
    (results.exact, is_own, results.total)
}

/// The index of a built site, whose pieces are read from disk when the engine asks for them.
struct BuiltIndex {
    folder: PathBuf,
    engine: Engine,
}

impl BuiltIndex {
    fn open(folder: &Path) -> Result<Self, Failure> {
        let engine = Engine::open(&read(folder, MANIFEST)?).map_err(|error| damaged(folder, &error))?;
        Ok(Self { folder: folder.to_owned(), engine })
    }

    /// Searches every language and gives the answer with the most hits that contain all that was asked for.
    fn search_best(&mut self, query: &str, options: &Options) -> Result<Results, Failure> {
        let languages: Vec<String> =
            self.engine.languages().into_iter().map(|(lang, _)| lang.to_owned()).collect();
        let mut best = Results::default();
        for lang in languages {
            let results = self.search(query, &Options { lang, ..options.clone() })?;
            if best.total == 0 || merit(&results) > merit(&best) {
                best = results;
            }
        }
        Ok(best)
    }

    /// The languages in which there are texts.
    fn languages(&self) -> Vec<String> {
        self.engine.languages().into_iter().map(|(lang, _)| lang.to_owned()).collect()
    }

    fn search(&mut self, query: &str, options: &Options) -> Result<Results, Failure> {
        loop {
            // tantivy trusts its files: it may panic at forged ones, whose hashes were made to fit.
            let step = catch_unwind(AssertUnwindSafe(|| self.engine.search(query, options)));
            let step = step.unwrap_or_else(|_| Err(gongbao_search::Error::Corrupt("forged".to_owned())));
            match step.map_err(|error| damaged(&self.folder, &error))? {
                Step::Done(results) => return Ok(*results),
                Step::Needs { pieces, .. } => self.supply(&pieces)?,
            }
        }
    }

    fn supply(&self, pieces: &[String]) -> Result<(), Failure> {
        for piece in pieces {
            let bytes = read(&self.folder, piece)?;
            self.engine.supply(piece, bytes).map_err(|error| damaged(&self.folder, &error))?;
        }
        Ok(())
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    file::read(&folder.join(name)).map_err(|failure| {
        failure.hint(message!(
            "先运行 gongbao build，或用 --out 指明网站的输出文件夹",
            "run `gongbao build` first, or name the folder of the built site with --out"
        ))
    })
}

fn damaged(folder: &Path, error: &gongbao_search::Error) -> Failure {
    let folder = folder.display();
    Failure::said(message!(
        "{folder} 中的索引不能用：{error}",
        "the index in {folder} cannot be used: {error}"
    ))
    .hint(message!("重新运行 gongbao build", "run `gongbao build` again"))
}

fn human(results: &Results, out: &Path) -> String {
    let mark = match stdout().is_terminal() {
        true => Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
        false => Style::new(),
    };
    let mut text: String = results.hits.iter().map(|hit| describe(hit, mark, out)).collect();
    let total = results.total;
    text.push_str(&match (total, results.exact) {
        (0, _) => "Nothing found · 没有找到\n".to_owned(),
        (_, true) => format!("{total} found · 找到 {total} 项\n"),
        (_, false) => {
            format!("Nothing contains all of it; {total} contain most · 没有一项包含全部，{total} 项最接近\n")
        }
    });
    for other in results.others.iter().filter(|other| other.total > 0) {
        text.push_str(&format!("--lang {}: {}\n", other.lang, other.total));
    }
    for Understood { kind, text: meant, .. } in &results.understood {
        let meant = visible_line(meant);
        text.push_str(&match kind {
            UnderstoodKind::Words | UnderstoodKind::Filter => {
                format!("Understood as {meant} · 理解为 {meant}\n")
            }
            UnderstoodKind::Correction => format!("Searched for: {meant} · 改为检索：{meant}\n"),
            UnderstoodKind::OtherLanguage => {
                format!("Found in the texts in: {meant} · 在此语言的文字中找到：{meant}\n")
            }
        });
    }
    if results.widened {
        let synonyms = results.synonyms.join(" · ");
        let also = visible_line(&synonyms);
        text.push_str(&format!(
            "Also: {also} (--only: as typed) · 同时检索：{also}（--only：只检索输入的词）\n"
        ));
    }
    text
}

fn describe(hit: &Hit, mark: Style, out: &Path) -> String {
    let deadlines = hit.deadlines.iter().map(|d| d.date.as_deref().unwrap_or(&d.kind));
    let meta: Vec<&str> = [hit.id.as_str(), &hit.plan_title, &hit.section]
        .into_iter()
        .chain(deadlines)
        .chain(hit.bodies.iter().map(|body| body.label.as_str()))
        .filter(|part| !part.is_empty())
        .collect();
    let (title, snippet) = (runs(&hit.title_runs, mark), runs(&hit.snippet, mark));
    let snippet = if snippet.is_empty() { snippet } else { format!("  {snippet}\n") };
    let place = out.join(hit.url.split('#').next().unwrap_or_default());
    let (meta, place) = (meta.join(" · "), place.display().to_string());
    format!("{title}\n{snippet}  {}\n  {}\n\n", visible_line(&meta), visible_line(&place))
}

fn runs(runs: &[Run], mark: Style) -> String {
    let one = |run: &Run| match run.mark {
        true => format!("{mark}{}{mark:#}", visible_line(&run.text)),
        false => visible_line(&run.text).into_owned(),
    };
    runs.iter().map(one).collect()
}

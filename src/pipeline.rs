//! The pure part of the pipeline: inputs → site and theme; and the check of its links.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::digest::{self, Sha256Digest};
use crate::base::{Code, Diagnostic, FilesInProgress, Lang, SitePath};
use crate::check::{self, PassedPairs, Rules};
use crate::inputs::{self, Inputs};
use crate::links::written;
use crate::message;
use crate::model::PlanId;
use crate::parse::front_matter::FileRole;
use crate::parse::plan::ParsedPlan;
use crate::parse::{catalogues, glossary, page, plan};
use crate::resolve::pages::ParsedPages;
use crate::resolve::plans::{self, PlanFiles};
use crate::resolve::translations::{self, AcceptedPairs};
use crate::resolve::{self, Catalogues, Parsed};
use crate::routes::{self, RouteTable};
use crate::settings::{self, Language, Settings};
use crate::site::Site;
use crate::starter::{self, PlanHead};
use crate::theme::Theme;
use crate::views;

/// A site and the theme to render it with, and what was wrong on the way.
pub struct Compiled {
    /// The site.
    pub site: Site,
    /// The theme.
    pub theme: Theme,
    /// Every page and file that will exist.
    pub routes: Arc<RouteTable>,
    /// Which translations were accepted for which originals.
    pub lock: Arc<AcceptedPairs>,
    /// The diagnostics, sorted. With an error among them nothing is published.
    pub diagnostics: Vec<Diagnostic>,
}

/// Results of a compilation that the next one can use again, if the files
/// it was found in are the same. It changes how long one takes and nothing else.
#[derive(Default)]
pub struct CompileCache {
    /// The files that are being read, for those who wait.
    pub reading: FilesInProgress,
    /// The settings and catalogues. What is known of plans is forgotten when one of them changes.
    shared: Vec<(SitePath, Arc<[u8]>)>,
    catalogues: Option<(Arc<Catalogues>, Vec<Diagnostic>)>,
    plans: BTreeMap<SitePath, ReadPlan>,
    resolved: resolve::PlanCache,
    rules: Option<Rules>,
    checked: BTreeMap<PlanId, (PlanFiles, Vec<Diagnostic>)>,
    /// The pairs of texts that passed in another run of the program, if they are asked for.
    passed: Option<PassedPairs>,
    theme: Option<ReadTheme>,
    routes: Option<Arc<RouteTable>>,
}

struct ReadPlan {
    bytes: Arc<[u8]>,
    parsed: Arc<ParsedPlan>,
}

struct ReadTheme {
    files: Vec<(SitePath, Arc<[u8]>)>,
    name: String,
    languages: Vec<Language>,
    theme: Theme,
    faults: Vec<Diagnostic>,
}

impl CompileCache {
    /// Takes over the pairs of texts that passed in another run of the program: [`Self::into_passed_pairs`].
    pub fn use_passed_pairs(&mut self, pairs: BTreeSet<Sha256Digest>) {
        self.passed = Some(PassedPairs { pairs, ..PassedPairs::default() });
    }

    /// The digests of the pairs of texts in which the checks of translations found nothing.
    pub fn into_passed_pairs(self) -> BTreeSet<Sha256Digest> {
        self.passed.unwrap_or_default().pairs
    }

    /// Forgets what is no longer valid.
    fn forget(&mut self, inputs: &Inputs) {
        let apart = ["content/pages/", "content/plans/", "static/", "templates/", "themes/"];
        let is_shared = |path: &SitePath| !apart.iter().any(|folder| path.as_str().starts_with(folder));
        let shared = || inputs.files.iter().filter(|(path, _)| is_shared(path));
        if !same_files(shared(), &self.shared) {
            let environment = || digest::of_files(shared().map(|(path, bytes)| (path, &**bytes)));
            let passed =
                self.passed.take().map(|passed| PassedPairs { environment: environment(), ..passed });
            let shared = shared().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect();
            *self = Self {
                shared,
                theme: self.theme.take(),
                routes: self.routes.take(),
                passed,
                reading: self.reading.clone(),
                ..Self::default()
            };
        }
    }
}

/// Whether files are those that are known, by their paths and bytes.
fn same_files<'a>(
    mut files: impl Iterator<Item = (&'a SitePath, &'a Arc<[u8]>)>,
    known: &[(SitePath, Arc<[u8]>)],
) -> bool {
    let mut known = known.iter();
    files.all(|new| known.next().is_some_and(|old| *new.0 == old.0 && same(new.1, &old.1)))
        && known.next().is_none()
}

/// Parses and resolves everything.
pub fn compile(inputs: &Inputs) -> Compiled {
    recompile(inputs, &mut CompileCache::default())
}

/// As [`compile`], with what is known from before.
pub fn recompile(inputs: &Inputs, memory: &mut CompileCache) -> Compiled {
    memory.forget(inputs);
    memory.resolved.reading = memory.reading.clone();
    let (settings, mut diagnostics) = settings(inputs);
    let parsed = parse(inputs, &settings, memory, &mut diagnostics);
    let theme = theme(inputs, &settings, memory, &mut diagnostics);
    let (mut site, faults) =
        resolve::resolve(settings, inputs.today, inputs.drafts, &parsed, &mut memory.resolved);
    diagnostics.extend(faults);
    diagnostics.extend(leftovers(inputs, &parsed, site.settings.original()));
    diagnostics.extend(check(&site, &parsed, memory));
    let routes = RouteTable::renew(memory.routes.take(), &site, plain_files(inputs, &theme));
    diagnostics.extend_from_slice(&routes.faults);
    let base_urls = [&*site.settings.base_url, &site.settings.own_url];
    let (addresses, faults) = written::check(&site, &routes, base_urls);
    diagnostics.extend(faults);
    site.addresses = addresses;
    memory.routes = Some(Arc::clone(&routes));
    crate::base::settle(&mut diagnostics);
    Compiled { site, theme, routes, lock: Arc::clone(&parsed.catalogues.lock), diagnostics }
}

/// Parts of the sample that `gongbao new` wrote.
fn leftovers(inputs: &Inputs, parsed: &Parsed, original: Lang) -> Vec<Diagnostic> {
    let mut plans = Vec::new();
    for (id, files) in &parsed.plans {
        let path = SitePath::new(&format!("content/plans/{id}/{original}.md"));
        if let (Some(path), Some(file)) = (path, files.get(&original)) {
            plans.push(PlanHead { id, path, title: &file.document.meta.title });
        }
    }
    starter::leftovers(inputs, &plans)
}

/// The files that go into the output as they are.
fn plain_files(inputs: &Inputs, theme: &Theme) -> routes::StaticFiles {
    let path = |path: &str| SitePath::new(path).expect("a part of a path is a path");
    let statics = inputs.below("static").map(|(file, _)| path(&file.as_str()["static/".len()..]));
    let assets: BTreeSet<SitePath> = theme.assets.values().map(|asset| path(asset)).collect();
    routes::StaticFiles { assets: assets.into_iter().collect(), statics: statics.collect() }
}

fn settings(inputs: &Inputs) -> (Settings, Vec<Diagnostic>) {
    let path = SitePath::fixed(settings::FILE);
    let (mut settings, faults) = match inputs.read(&path) {
        Some(Ok(text)) => settings::read(&path, text),
        Some(Err(fault)) => (Settings::default(), vec![fault]),
        None => (Settings::default(), vec![no_config(&path)]),
    };
    settings.own_url.clone_from(&settings.base_url);
    if let Some(url) = &inputs.base_url {
        settings.base_url.clone_from(url);
    }
    (settings, faults)
}

fn no_config(path: &SitePath) -> Diagnostic {
    Diagnostic::new(Code::MISSING_FILE, message!("这里没有 config.toml", "there is no config.toml here"))
        .at(path, 0..0)
        .hint(message!(
            "在网站的文件夹中运行，用 --site 指明文件夹，或用 gongbao new 新建网站",
            "run gongbao in the folder of a site, name it with --site, or make one with gongbao new"
        ))
}

/// Whether a site is one of pages of text alone. One that keeps catalogues once had plans.
fn is_of_pages(inputs: &Inputs) -> bool {
    let content = || inputs.below("content").map(|(path, _)| path.as_str());
    content().next().is_some() && content().all(|path| path.starts_with("content/pages/"))
}

/// A site without plans takes the place of no other: its folder may just not be where it was.
fn no_plans() -> Diagnostic {
    Diagnostic::new(
        Code::MISSING_FILE,
        message!("content/plans 中没有计划", "there is no plan in content/plans"),
    )
    .hint(message!(
        "计划的文件是 content/plans/<编号>/zh.md；gongbao import 把原始文本转成这样的文件",
        "a plan is a file such as content/plans/<id>/zh.md; `gongbao import` makes one from raw text"
    ))
}

fn parse(
    inputs: &Inputs,
    settings: &Settings,
    memory: &mut CompileCache,
    faults: &mut Vec<Diagnostic>,
) -> Parsed {
    let files: Vec<_> =
        inputs.below("content/plans").map(|(path, bytes)| plan_file(path, bytes, settings)).collect();
    if files.is_empty() && !is_of_pages(inputs) {
        faults.push(no_plans());
    }
    let catalogues = beside_plans(inputs, settings, memory, faults);
    let pages = pages(inputs, settings, &memory.reading, faults);
    let mut parsed = Parsed { plans: BTreeMap::new(), pages, catalogues };
    let (known, reading) = (std::mem::take(&mut memory.plans), &memory.reading);
    let read = files
        .into_par_iter()
        .map(|file| file.and_then(|file| file.parse(&known, reading)))
        .collect::<Vec<_>>();
    for result in read {
        match result {
            Ok((file, read)) => {
                faults.extend_from_slice(&read.parsed.diagnostics);
                parsed.plans.entry(file.id).or_default().insert(file.lang, Arc::clone(&read.parsed));
                memory.plans.insert(file.path.clone(), read);
            }
            Err(fault) => faults.push(fault),
        }
    }
    parsed
}

/// Reads the pages of text. They are few and short, so that nothing is remembered of them.
fn pages(
    inputs: &Inputs,
    settings: &Settings,
    reading: &FilesInProgress,
    faults: &mut Vec<Diagnostic>,
) -> ParsedPages {
    let mut pages = ParsedPages::new();
    for (path, bytes) in inputs.below(page::FOLDER) {
        let read =
            page::name(path, &settings.languages).ok_or_else(|| page::bad_name(path, &settings.languages));
        match read.and_then(|name| Ok((name, inputs::text(path, bytes)?))) {
            Ok(((slug, lang), text)) => {
                let parsed = reading.file(path, || page::parse(path, text, lang == settings.original()));
                faults.extend_from_slice(&parsed.diagnostics);
                pages.entry(slug).or_default().insert(lang, Arc::new(parsed));
            }
            Err(fault) => faults.push(fault),
        }
    }
    pages
}

/// Reads what is beside the plans, unless that is known.
fn beside_plans(
    inputs: &Inputs,
    settings: &Settings,
    memory: &mut CompileCache,
    faults: &mut Vec<Diagnostic>,
) -> Arc<Catalogues> {
    let (catalogues, found) = memory.catalogues.get_or_insert_with(|| {
        let mut found = Vec::new();
        (Arc::new(catalogues(inputs, &settings.languages, &mut found)), found)
    });
    faults.extend_from_slice(found);
    Arc::clone(catalogues)
}

fn catalogues(inputs: &Inputs, languages: &[Language], faults: &mut Vec<Diagnostic>) -> Catalogues {
    use catalogues::{bodies, evidence, instruments, threads, topics};
    Catalogues {
        instruments: optional(inputs, instruments::FILE, faults, |p, t| {
            let (entries, found) = instruments::read(p, t, languages);
            (entries.into(), found)
        }),
        topics: optional(inputs, topics::FILE, faults, |p, t| {
            let (entries, found) = topics::read(p, t, languages);
            (entries.into(), found)
        }),
        bodies: optional(inputs, bodies::FILE, faults, |p, t| bodies::read(p, t, languages)),
        evidence: optional(inputs, evidence::FILE, faults, |p, t| evidence::read(p, t, languages)),
        threads: optional(inputs, threads::FILE, faults, |path, text| {
            let (file, found) = threads::read(path, text, languages);
            (Some(file), found)
        }),
        glossary: optional(inputs, glossary::FILE, faults, |p, t| glossary::read(p, t, languages)),
        lock: Arc::new(optional(inputs, translations::FILE, faults, AcceptedPairs::read)),
    }
}

/// Checks the translations of every plan that is not known from before.
fn check(site: &Site, parsed: &Parsed, memory: &mut CompileCache) -> Vec<Diagnostic> {
    let is_known = |id: &PlanId, files: &PlanFiles| {
        parsed.plans.get(id).is_some_and(|now| plans::same_files(files, now))
    };
    memory.checked.retain(|id, (files, _)| is_known(id, files));
    let new: Vec<_> = site.plans.iter().filter(|plan| !memory.checked.contains_key(&plan.id)).collect();
    let rules = memory.rules.get_or_insert_with(|| Rules::new(site));
    let found = check::plans(site, &new, rules, memory.passed.as_ref(), &memory.reading);
    if let Some(known) = &mut memory.passed {
        known.pairs = found.iter().flat_map(|found| &found.passed).copied().collect();
    }
    for (plan, found) in new.iter().zip(found) {
        memory.checked.insert(plan.id.clone(), (parsed.plans[&plan.id].clone(), found.faults));
    }
    site.plans.iter().flat_map(|plan| memory.checked[&plan.id].1.iter().cloned()).collect()
}

/// Reads a file that a site may do without.
fn optional<T: Default>(
    inputs: &Inputs,
    path: &'static str,
    faults: &mut Vec<Diagnostic>,
    read: impl FnOnce(&SitePath, &str) -> (T, Vec<Diagnostic>),
) -> T {
    let path = SitePath::fixed(path);
    match inputs.read(&path) {
        Some(Ok(text)) => {
            let (value, found) = read(&path, text);
            faults.extend(found);
            value
        }
        Some(Err(fault)) => {
            faults.push(fault);
            T::default()
        }
        None => T::default(),
    }
}

struct PlanFile<'a> {
    id: PlanId,
    lang: Lang,
    role: FileRole,
    path: &'a SitePath,
    bytes: &'a Arc<[u8]>,
}

impl PlanFile<'_> {
    /// Parses the file, unless that is what it was.
    fn parse(
        self,
        known: &BTreeMap<SitePath, ReadPlan>,
        reading: &FilesInProgress,
    ) -> Result<(Self, ReadPlan), Diagnostic> {
        let same = known.get(self.path).filter(|k| same(&k.bytes, self.bytes));
        let parsed = match same {
            Some(known) => Arc::clone(&known.parsed),
            None => {
                let text = inputs::text(self.path, self.bytes)?;
                Arc::new(reading.file(self.path, || plan::parse(self.path, text, self.role)))
            }
        };
        let read = ReadPlan { bytes: Arc::clone(self.bytes), parsed };
        Ok((self, read))
    }
}

/// Whether two files contain the same bytes; at once, if they are the same in memory.
fn same(a: &Arc<[u8]>, b: &Arc<[u8]>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// Loads the theme, unless its files and languages are what they were.
fn theme(
    inputs: &Inputs,
    settings: &Settings,
    memory: &mut CompileCache,
    faults: &mut Vec<Diagnostic>,
) -> Theme {
    let folders = ["static", "templates", "themes"];
    let files = || folders.iter().flat_map(|folder| inputs.below(folder));
    let is_known = |known: &&ReadTheme| {
        (&known.name, &known.languages) == (&settings.theme, &settings.languages)
            && same_files(files(), &known.files)
    };
    if let Some(known) = memory.theme.as_ref().filter(is_known) {
        faults.extend_from_slice(&known.faults);
        return known.theme.clone();
    }
    let (theme, found) = Theme::load(inputs, settings, &views::interface::interface());
    faults.extend_from_slice(&found);
    memory.theme = Some(ReadTheme {
        files: files().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect(),
        name: settings.theme.clone(),
        languages: settings.languages.clone(),
        theme: theme.clone(),
        faults: found,
    });
    theme
}

/// A file below `content/plans/`: `<plan>/<language>.md`.
fn plan_file<'a>(
    path: &'a SitePath,
    bytes: &'a Arc<[u8]>,
    settings: &Settings,
) -> Result<PlanFile<'a>, Diagnostic> {
    let mut parts = path.parts().skip(2);
    let id = parts.next().and_then(PlanId::new);
    let lang = parts.next().and_then(|name| Lang::new(name.strip_suffix(".md")?));
    let lang = lang.filter(|lang| settings.language(*lang).is_some());
    let (Some(id), Some(lang), None) = (id, lang, parts.next()) else {
        return Err(bad_file(path, settings));
    };
    let role = if lang == settings.original() { FileRole::Original } else { FileRole::Translation };
    Ok(PlanFile { id, lang, role, path, bytes })
}

fn bad_file(path: &SitePath, settings: &Settings) -> Diagnostic {
    let codes: Vec<_> = settings.languages.iter().map(|l| format!("{}.md", l.code)).collect();
    let codes = codes.join(", ");
    Diagnostic::new(
        Code::BAD_FILE_NAME,
        message!("{path} 不是计划的文件", "{path} is not a file of a plan"),
    )
    .at(path, 0..0)
    .hint(message!(
        "计划的文件是 content/plans/<编号>/ 下的 {codes}；编号用小写字母、数字和连字符",
        "the files of a plan are {codes} in content/plans/<id>/; an id is made of lower-case letters, digits and hyphens"
    ))
}

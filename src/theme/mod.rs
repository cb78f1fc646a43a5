//! Themes: templates, strings, dates and files, the built-in ones with those of the site laid over them.

pub mod built_in;
pub mod csp;
mod css;
mod cycles;
pub mod dates;
pub mod inert;
mod interface;
pub mod line_breaks;
mod numbers;
pub mod strings;
pub mod styles;
pub mod template_error;
mod used_templates;
pub mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use tera::{Kwargs, State, Tera, Value};

use crate::base::{Code, Diagnostic, Lang, SitePath, characters, digest};
use crate::inputs::{self, Inputs};
use crate::message;
use crate::settings::{Language, Settings};
use crate::theme::csp::InlineHashes;
use crate::theme::dates::Dates;
use crate::theme::line_breaks::TitleBreaks;
use crate::theme::numbers::Numbers;
use crate::theme::strings::Strings;
use crate::theme::vocabulary::{Vocabulary, ftl, string_uses};

pub use interface::Interface;

/// The style sheet of every page: made of the parts in `styles/`, unless `assets/` has one as it is to be.
pub const STYLE: &str = "style.css";

/// A theme, ready to render with.
#[derive(Clone)]
pub struct Theme {
    /// The parts for each language.
    languages: BTreeMap<Lang, Arc<Local>>,
    /// Files that go into the output as they are.
    pub files: BTreeMap<SitePath, Arc<[u8]>>,
    /// The templates, by name, each with its file.
    pub templates: Arc<BTreeMap<String, template_error::TemplateSource>>,
    /// Where the files of `assets/` are in the output, by name: `style.css` → `assets/style.1f2e….css`.
    pub assets: BTreeMap<String, String>,
    /// The scripts and styles in the templates themselves.
    pub inline: InlineHashes,
    /// The Content Security Policy of pages.
    pub policy: String,
    /// Where titles may go on in the next line.
    pub titles: Arc<TitleBreaks>,
}

/// The parts of a theme for one language.
pub struct Local {
    /// The templates, whose function `t` speaks the language.
    pub templates: Tera,
    /// The strings.
    pub strings: Arc<Strings>,
    /// How dates are written.
    pub dates: Dates,
}

impl Theme {
    /// Loads the theme that the settings name.
    ///
    /// Later files win: the built-in theme, then `themes/<name>/`, then
    /// `templates/` for templates; `static/` goes into the output as it is.
    pub fn load(inputs: &Inputs, settings: &Settings, interface: &Interface) -> (Self, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let sources = ThemeFiles::collect(inputs, &settings.theme, interface, &mut faults);
        faults.extend(missing(inputs, &settings.theme));
        faults.extend(vocabulary::check(
            &sources.calls,
            &sources.vocabularies(settings),
            interface.is_plural_form,
        ));
        let cycles = cycles::check(&sources.templates);
        let endless = !cycles.is_empty();
        faults.extend(cycles);
        let titles = Arc::new(TitleBreaks::default());
        let mut languages = BTreeMap::new();
        for language in settings.languages.iter().filter(|_| !endless) {
            match local(language, &sources, &titles, &mut faults) {
                Ok(local) => drop(languages.insert(language.code, Arc::new(local))),
                Err(fault) => faults.push(fault),
            }
        }
        let mut files: BTreeMap<_, _> = sources.site_files;
        let mut assets = BTreeMap::new();
        let mut own = sources.assets;
        own.entry(STYLE.into()).or_insert_with(|| styles::bundle(&sources.styles, &mut faults).into());
        for (name, bytes) in own {
            let path = fingerprinted(&name, &bytes);
            assets.insert(name, path.to_string());
            files.insert(path, bytes);
        }
        let mut inline = InlineHashes::default();
        sources.templates.values().for_each(|(_, text)| inline.read(text));
        let policy = inline.policy();
        let templates = Arc::new(sources.templates);
        (Self { languages, files, templates, assets, policy, inline, titles }, faults)
    }

    /// Whether it can render the pages of a site in each of its languages.
    pub fn speaks(&self, settings: &Settings) -> bool {
        settings.languages.iter().all(|language| self.languages.contains_key(&language.code))
    }

    /// The parts of the theme for a language of the site.
    pub fn local(&self, lang: Lang) -> &Local {
        &self.languages[&lang]
    }
}

/// The files of a theme before they are compiled, by their paths below its folder.
#[derive(Default)]
struct ThemeFiles {
    templates: BTreeMap<String, template_error::TemplateSource>,
    /// The names of templates that are those of the default theme.
    built_in: BTreeSet<String>,
    strings: BTreeMap<String, Vec<(SitePath, String)>>,
    /// Where strings are asked for, also by templates that others took the place of:
    /// a site need not delete the strings of what it replaces.
    calls: Vec<string_uses::Call>,
    styles: styles::StyleParts,
    assets: BTreeMap<String, Arc<[u8]>>,
    site_files: BTreeMap<SitePath, Arc<[u8]>>,
}

impl ThemeFiles {
    fn collect(inputs: &Inputs, theme: &str, interface: &Interface, faults: &mut Vec<Diagnostic>) -> Self {
        let mut sources = Self { calls: interface.strings.clone(), ..Self::default() };
        for (path, bytes) in built_in::FILES {
            let site_path =
                SitePath::new(&format!("themes/default/{path}")).expect("a path of the repository");
            faults.extend(sources.add(path, &site_path, bytes));
        }
        sources.built_in = sources.templates.keys().cloned().collect();
        let folder = format!("themes/{theme}");
        for (path, bytes) in inputs.below(&folder) {
            faults.extend(sources.add(&path.as_str()[folder.len() + 1..], path, bytes));
            faults.extend(unseen(path, bytes));
        }
        for (path, bytes) in inputs.below("templates") {
            faults.extend(sources.add(path.as_str(), path, bytes));
            faults.extend(unseen(path, bytes));
        }
        for (path, bytes) in inputs.below("static") {
            let target =
                SitePath::new(&path.as_str()["static/".len()..]).expect("a part of a path is a path");
            faults.extend(inert::check(path, bytes));
            sources.site_files.insert(target, bytes.clone());
        }
        sources.drop_unreached(&interface.templates);
        sources
    }

    /// Leaves out what no page of this theme uses of the default theme.
    fn drop_unreached(&mut self, pages: &[&'static str]) {
        let reached = used_templates::reached(&self.templates, pages.iter().copied(), |name| {
            !self.built_in.contains(name)
        });
        self.templates.retain(|name, _| reached.contains(name) || !self.built_in.contains(name));
    }

    /// The strings of each language that has any.
    fn vocabularies(&self, settings: &Settings) -> Vec<Vocabulary> {
        let of = |language: &Language| {
            let files = self.strings.get(&format!("{}.ftl", language.code))?;
            let strings = files.iter().flat_map(|(path, text)| ftl::read(path, text)).collect();
            Some(Vocabulary { path: files.last()?.0.clone(), strings })
        };
        settings.languages.iter().filter_map(of).collect()
    }

    fn add(&mut self, name: &str, path: &SitePath, bytes: &[u8]) -> Option<Diagnostic> {
        let (folder, rest) = name.split_once('/')?;
        if folder == "assets" {
            self.assets.insert(rest.into(), bytes.into());
            return inert::check(path, bytes);
        }
        let text = match inputs::text(path, bytes) {
            Ok(text) => text.to_owned(),
            Err(fault) => return Some(fault),
        };
        match folder {
            "templates" => {
                self.calls.extend(string_uses::calls(path, &text));
                self.built_in.remove(rest);
                self.templates.insert(rest.into(), (path.clone(), text));
            }
            "styles" => drop(self.styles.insert(rest.into(), (path.clone(), text))),
            "i18n" => self.strings.entry(rest.into()).or_default().push((path.clone(), text)),
            _ => {}
        }
        None
    }
}

/// The diagnostics of the characters of a template, a file of strings or a style sheet. Assets may be
/// anything and go into the output as they are.
fn unseen(path: &SitePath, bytes: &[u8]) -> Vec<Diagnostic> {
    let is_asset = path.as_str().starts_with("themes/") && path.parts().nth(2) == Some("assets");
    let text = std::str::from_utf8(bytes).ok().filter(|_| !is_asset);
    text.map_or_else(Vec::new, |text| characters::check(path, text))
}

fn local(
    language: &Language,
    sources: &ThemeFiles,
    titles: &Arc<TitleBreaks>,
    faults: &mut Vec<Diagnostic>,
) -> Result<Local, Diagnostic> {
    let strings = Arc::new(strings(language, sources, faults)?);
    let mut templates = Tera::new();
    let speaker = Arc::clone(&strings);
    templates.register_function("t", move |kwargs: Kwargs, _: &State<'_>| say(&speaker, &kwargs));
    let titles = Arc::clone(titles);
    templates.register_filter("by_words", move |text: &str, _: Kwargs, _: &State<'_>| {
        Value::from(&titles.html(text))
    });
    let numbers = Numbers::new(&language.tag).ok_or_else(|| bad_tag(language))?;
    templates.register_filter("number", move |number: i64, _: Kwargs, _: &State<'_>| numbers.whole(number));
    let texts = sources.templates.iter().map(|(name, (_, text))| (name.as_str(), text.as_str()));
    templates
        .add_raw_templates(texts)
        .map_err(|error| template_error::diagnostic(&error, "", &sources.templates))?;
    let dates = Dates::new(&language.tag).ok_or_else(|| bad_tag(language))?;
    Ok(Local { templates, strings, dates })
}

fn strings(
    language: &Language,
    sources: &ThemeFiles,
    faults: &mut Vec<Diagnostic>,
) -> Result<Strings, Diagnostic> {
    let name = format!("{}.ftl", language.code);
    let Some(files) = sources.strings.get(&name) else { return Err(no_strings(language)) };
    let mut strings = Strings::new(&language.tag);
    for (path, text) in files {
        faults.extend(strings.add(path, text));
    }
    Ok(strings)
}

/// The template function `t(key = "…", …)`: the string of that name in the language of the page.
fn say(strings: &Strings, kwargs: &Kwargs) -> tera::TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    let mut args = FluentArgs::new();
    for (name, value) in kwargs.iter() {
        if let Some(name) = name.as_str().filter(|name| *name != "key") {
            args.set(name.to_owned(), fluent_value(value));
        }
    }
    strings.get(key, &args).ok_or_else(|| {
        tera::Error::message(format!("there is no string `{key}`, or it needs another variable"))
    })
}

fn fluent_value(value: &Value) -> FluentValue<'static> {
    match (value.as_f64(), value.as_str()) {
        (Some(number), None) => FluentValue::from(number),
        (_, Some(text)) => FluentValue::from(text.to_owned()),
        _ => FluentValue::from(value.to_string()),
    }
}

/// Puts the first 64 bits of a file's SHA-256 into its name, so that it can be cached for ever.
fn fingerprinted(name: &str, bytes: &[u8]) -> SitePath {
    let digest = digest::hex(&digest::sha256(bytes)[..8]);
    let path = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{digest}.{extension}"),
        None => format!("assets/{name}.{digest}"),
    };
    SitePath::new(&path).expect("the name of a file of the site is a path")
}

/// A theme that has no files, unless it is the built-in one.
fn missing(inputs: &Inputs, theme: &str) -> Option<Diagnostic> {
    let folder = format!("themes/{theme}");
    if theme == built_in::NAME || inputs.below(&folder).next().is_some() {
        return None;
    }
    let config = SitePath::fixed(crate::settings::FILE);
    let title = message!("没有主题 {folder}", "there is no theme {folder}");
    let hint = message!(
        "删去 config.toml 中的 theme 一行以使用自带主题，或改正名称",
        "take the line `theme` out of config.toml to use the built-in theme, or correct the name"
    );
    Some(Diagnostic::new(Code::MISSING_FILE, title).at(&config, 0..0).hint(hint))
}

fn bad_tag(language: &Language) -> Diagnostic {
    let Language { code, tag, .. } = language;
    Diagnostic::new(
        Code::BAD_VALUE,
        message!(
            "语言 {code} 的 tag “{tag}”不是 BCP 47 语言标签",
            "the tag “{tag}” of the language {code} is not a BCP 47 tag"
        ),
    )
    .hint(message!("例如 zh-Hans、en、fr", "for example zh-Hans, en, fr"))
}

fn no_strings(language: &Language) -> Diagnostic {
    let Language { code, name, .. } = language;
    Diagnostic::new(
        Code::MISSING_STRING,
        message!(
            "主题没有{name}（{code}）的界面文字",
            "the theme has no interface strings in {name} ({code})"
        ),
    )
    .hint(message!(
        "在 themes/<主题>/i18n/{code}.ftl 中写出译文",
        "write them to themes/<theme>/i18n/{code}.ftl"
    ))
}

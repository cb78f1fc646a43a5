//! `config.toml`: what a site calls itself, which languages it speaks and where it will live.

mod redirects;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::fields::{self, At, Fields};
use crate::base::{Code, Diagnostic, Lang, Message, SitePath, address};
use crate::message;
pub use redirects::Redirect;

/// The file that contains the settings, at the root of a site.
pub const FILE: &str = "config.toml";

/// A text in the languages of the site.
pub type Localized = BTreeMap<Lang, String>;

/// A language of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// The word in URLs and file names.
    pub code: Lang,
    /// The BCP 47 tag for `lang` attributes, such as `zh-Hans`.
    pub tag: String,
    /// The name of the language in itself.
    pub name: String,
}

/// A way to compress files beside which hosts find them compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Brotli (RFC 7932): `index.html.br`.
    Brotli,
    /// gzip (RFC 1952): `index.html.gz`.
    Gzip,
}

impl Encoding {
    /// All of them, with the words by which `config.toml` knows them.
    const WORDS: [(&'static str, Self); 2] = [("br", Self::Brotli), ("gzip", Self::Gzip)];
}

/// The settings of a site, read from `config.toml` and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address the site will have, with a final `/`.
    pub base_url: String,
    /// The same as written in `config.toml`, where another takes its place, as in the preview.
    pub own_url: String,
    /// The name of the theme: `default`, or a folder of `themes/`.
    pub theme: String,
    /// The name of the site.
    pub title: Localized,
    /// The site in one sentence.
    pub description: Localized,
    /// The languages; the first is the one the originals are written in.
    pub languages: Vec<Language>,
    /// How files are also written compressed: `precompress` in `[build]`; no way unless asked for.
    pub precompress: Vec<Encoding>,
    /// The addresses that changed.
    pub redirects: Vec<Redirect>,
}

impl Settings {
    /// The language of the originals.
    pub fn original(&self) -> Lang {
        self.languages.first().map_or_else(fallback_language, |l| l.code)
    }

    /// The languages the originals are translated into.
    pub fn translations(&self) -> impl Iterator<Item = &Language> {
        self.languages.iter().skip(1)
    }

    /// The language of that code.
    pub fn language(&self, code: Lang) -> Option<&Language> {
        self.languages.iter().find(|l| l.code == code)
    }

    /// The BCP 47 tag of a language; empty if it is not one of the site's.
    pub fn tag(&self, code: Lang) -> &str {
        self.language(code).map_or("", |language| &language.tag)
    }
}

impl Default for Settings {
    fn default() -> Self {
        let language = |code: &str, tag: &str, name: &str| Language {
            code: Lang::new(code).unwrap_or_else(fallback_language),
            tag: tag.into(),
            name: name.into(),
        };
        Self {
            base_url: "http://localhost/".into(),
            own_url: "http://localhost/".into(),
            theme: "default".into(),
            title: Localized::new(),
            description: Localized::new(),
            languages: vec![language("zh", "zh-Hans", "中文"), language("en", "en", "English")],
            precompress: Vec::new(),
            redirects: Vec::new(),
        }
    }
}

fn fallback_language() -> Lang {
    Lang::new("zh").expect("`zh` is a language code")
}

/// Reads `config.toml`. The settings are complete even if there are faults.
pub fn read(path: &SitePath, text: &str) -> (Settings, Vec<Diagnostic>) {
    fields::parse(path, text, 0, read_fields)
}

fn read_fields(fields: &mut Fields<'_>) -> Settings {
    let default = Settings::default();
    let mut seen = BTreeSet::new();
    let listed =
        fields.tables("languages", |f| read_language(f, &mut seen)).into_iter().flatten().collect::<Vec<_>>();
    let languages = if listed.is_empty() { default.languages } else { listed };
    let base_url = fields.required_text("base_url").and_then(|url| check_url(fields, url));
    let theme = fields.text("theme").and_then(|name| check_theme(fields, name));
    let base_url = base_url.unwrap_or(default.base_url);
    Settings {
        own_url: base_url.clone(),
        base_url,
        theme: theme.unwrap_or(default.theme),
        title: fields.table("title", |t| localized(t, &languages)).unwrap_or_default(),
        description: fields.table("description", |t| localized(t, &languages)).unwrap_or_default(),
        precompress: fields.table("build", precompress).unwrap_or_default(),
        redirects: redirects::read(fields),
        languages,
    }
}

/// Each way once, in the order of the enumeration.
fn precompress(fields: &mut Fields<'_>) -> Vec<Encoding> {
    let mut encodings = Vec::new();
    for word in fields.texts("precompress") {
        match Encoding::WORDS.iter().find(|(name, _)| *name == word.value) {
            Some((_, encoding)) => encodings.push(*encoding),
            None => fields.report(bad_encoding(fields.path(), word)),
        }
    }
    encodings.sort();
    encodings.dedup();
    encodings
}

fn bad_encoding(path: &SitePath, word: At<String>) -> Diagnostic {
    let At { value, span } = word;
    Diagnostic::new(
        Code::BAD_VALUE,
        message!("“{value}”不是已知的压缩方式", "“{value}” is not a known way to compress"),
    )
    .at(path, span)
    .hint(message!("可用 \"br\" 和 \"gzip\"", "known are \"br\" and \"gzip\""))
}

fn read_language(fields: &mut Fields<'_>, seen: &mut BTreeSet<Lang>) -> Option<Language> {
    let (code, tag, name) = (fields.text("code"), fields.text("tag"), fields.text("name"));
    let code = fields.require("code", code)?;
    let tag = fields.require("tag", tag);
    let name = fields.require("name", name);
    let Some(lang) = Lang::new(&code.value) else {
        let fault = Diagnostic::new(
            Code::BAD_VALUE,
            message!("“{}”不是语言代码", "“{}” is not a language code", code.value),
        )
        .at(fields.path(), code.span)
        .hint(message!("用小写字母，如 zh、en、fr", "use lower-case letters, such as zh, en, fr"));
        fields.report(fault);
        return None;
    };
    if !seen.insert(lang) {
        let fault = Diagnostic::new(
            Code::DUPLICATE_ID,
            message!("语言 {lang} 出现两次", "the language {lang} is there twice"),
        );
        fields.report(fault.at(fields.path(), code.span));
        return None;
    }
    Some(Language { code: lang, tag: tag?.value, name: name?.value })
}

/// The name of a theme, which is that of a folder.
fn check_theme(fields: &mut Fields<'_>, name: At<String>) -> Option<String> {
    if SitePath::new(&name.value).is_some_and(|path| path.parts().count() == 1) {
        return Some(name.value);
    }
    let fault = Diagnostic::new(
        Code::BAD_VALUE,
        message!("theme “{}”不是文件夹名", "the theme “{}” is not the name of a folder", name.value),
    );
    let hint = message!("写 themes/ 中一个文件夹的名称", "write the name of a folder in themes/");
    fields.report(fault.at(fields.path(), name.span).hint(hint));
    None
}

/// Reads a table that contains one text a language, such as `title = { zh = "…", en = "…" }`.
pub fn localized(fields: &mut Fields<'_>, languages: &[Language]) -> Localized {
    let mut texts = Localized::new();
    for key in fields.keys() {
        let language = languages.iter().find(|l| l.code.as_str() == key.value);
        if let (Some(language), Some(text)) = (language, language.and_then(|_| fields.text(key.value))) {
            texts.insert(language.code, text.value);
        }
    }
    texts
}

fn check_url(fields: &mut Fields<'_>, url: At<String>) -> Option<String> {
    let Message { zh, en } = match address::of_site(&url.value) {
        Ok(address) => return Some(address),
        Err(reason) => reason,
    };
    let title = message!("base_url 不是网站的网址：{zh}", "`base_url` is not the address of a site: {en}");
    fields.report(
        Diagnostic::new(Code::BAD_VALUE, title)
            .at(fields.path(), url.span)
            .hint(message!("例如 https://example.org/plans/", "for example https://example.org/plans/")),
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Settings, Vec<Diagnostic>) {
        read(&SitePath::new(FILE).unwrap(), text)
    }

    #[test]
    fn an_address_gets_its_slash() {
        let (settings, faults) = check("base_url = \"https://example.org/plans\"");
        assert_eq!((settings.base_url.as_str(), faults.len()), ("https://example.org/plans/", 0));
    }

    #[test]
    fn ways_to_compress_are_read_and_unknown_ones_reported() {
        let text =
            "base_url = \"https://e.org/\"\n[build]\nprecompress = [\"gzip\", \"zip\", \"br\", \"gzip\"]\n";
        let (settings, faults) = check(text);
        assert_eq!(settings.precompress, [Encoding::Brotli, Encoding::Gzip]);
        assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::BAD_VALUE]);
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        let (_, mut faults) = check("base_url = 5\ntiltle = \"x\"\n[[languages]]\ncode = \"ZH\"\n");
        crate::base::settle(&mut faults);
        let codes: Vec<_> = faults.iter().map(|f| f.code.name()).collect();
        assert_eq!(codes, ["wrong-type", "unknown-key", "missing-key", "missing-key", "bad-value"]);
    }
}

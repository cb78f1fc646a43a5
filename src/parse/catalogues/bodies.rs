//! `content/bodies.toml`: public bodies, with the names that plans use for them.

use super::{duplicate, repeated, terms, texts, url_word};
use crate::base::fields::{self, At, Fields};
use crate::base::{Diagnostic, Lang, SitePath, Span};
use crate::settings::{Language, Localized};

/// Where the catalogue is kept.
pub const FILE: &str = "content/bodies.toml";

/// A public body: an issuer of plans, or one that tasks name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyEntry {
    /// The word in its URL; without one its name in pinyin.
    pub slug: Option<At<String>>,
    /// Its name in each language.
    pub name: Localized,
    /// Other names and abbreviations: 财政局, 市财政.
    pub aliases: Vec<At<String>>,
    /// Names that it had before, such as those of bodies that were merged into it.
    pub former: Vec<At<String>>,
    /// True for a class of bodies: 各区政府.
    pub is_class: bool,
    /// Its place in the file.
    pub span: Span,
}

impl BodyEntry {
    /// All names in originals, the present one first.
    pub fn names(&self, original: Lang) -> impl Iterator<Item = &str> {
        let others = self.aliases.iter().chain(&self.former).map(|name| name.value.as_str());
        self.name.get(&original).map(String::as_str).into_iter().chain(others)
    }
}

/// Reads the catalogue (`[[body]]`).
pub fn read(path: &SitePath, text: &str, languages: &[Language]) -> (Vec<BodyEntry>, Vec<Diagnostic>) {
    let (entries, mut faults) = fields::parse(path, text, 0, |f| {
        f.tables("body", |f| body(f, languages)).into_iter().flatten().collect::<Vec<_>>()
    });
    let others = || entries.iter().flat_map(|entry| entry.aliases.iter().chain(&entry.former));
    faults.extend(repeated(path, entries.iter().filter_map(|entry| entry.slug.as_ref())));
    faults.extend(repeated(path, others()));
    faults.extend(others().filter_map(|name| present_name(path, &entries, name)));
    (entries, faults)
}

fn body(fields: &mut Fields<'_>, languages: &[Language]) -> Option<BodyEntry> {
    let slug = fields.text("slug").and_then(|slug| url_word(fields, slug));
    let name = texts(fields, "name", languages);
    let entry = BodyEntry {
        slug,
        aliases: terms(fields, "aliases"),
        former: terms(fields, "former"),
        is_class: fields.flag("class").is_some_and(|flag| flag.value),
        span: fields.span(),
        name: name?,
    };
    Some(entry)
}

/// A diagnostic for an alias or former name that is the present name of a body.
fn present_name(path: &SitePath, entries: &[BodyEntry], name: &At<String>) -> Option<Diagnostic> {
    let entry = entries.iter().find(|entry| entry.name.values().any(|present| *present == name.value))?;
    Some(duplicate(path, &name.value, name.span.clone(), entry.span.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn names_lead_to_one_body() {
        let path = SitePath::new(FILE).unwrap();
        let languages = Settings::default().languages;
        let text = "[[body]]\nname = { zh = \"市财政局\", en = \"Finance Bureau\" }\naliases = [\"财政局\"]\n\
                    former = [\"市财政厅\"]\n\n[[body]]\nslug = \"districts\"\nclass = true\n\
                    name = { zh = \"各区政府\", en = \"District governments\" }\naliases = [\"财政局\"]\n";
        let (entries, faults) = read(&path, text, &languages);
        assert_eq!(entries.len(), 2);
        let names: Vec<_> = entries[0].names(languages[0].code).collect();
        assert_eq!(names, ["市财政局", "财政局", "市财政厅"]);
        assert!(entries[1].is_class && faults.len() == 1, "{faults:?}");
    }
}

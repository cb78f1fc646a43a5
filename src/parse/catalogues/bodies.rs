//! `content/bodies.toml`: public bodies, with the names that plans use for them.

use std::collections::BTreeMap;

use super::{duplicate, terms, texts, url_word};
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
    let names = entries.iter().flat_map(|entry| entry.aliases.iter().chain(&entry.former));
    faults.extend(super::repeated(path, entries.iter().filter_map(|entry| entry.slug.as_ref())));
    faults.extend(repeated_names(path, &entries, names));
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

/// A diagnostic for each name that is also that of another body, or listed twice.
fn repeated_names<'a>(
    path: &SitePath,
    entries: &[BodyEntry],
    names: impl Iterator<Item = &'a At<String>>,
) -> Vec<Diagnostic> {
    let present: Vec<&String> = entries.iter().flat_map(|entry| entry.name.values()).collect();
    let mut first: BTreeMap<&str, &At<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for name in names {
        let before = first.insert(&name.value, name);
        if let Some(before) = before {
            faults.push(duplicate(path, &name.value, name.span.clone(), before.span.clone()));
        } else if present.contains(&&name.value) {
            faults.push(duplicate(path, &name.value, name.span.clone(), name.span.clone()));
        }
    }
    faults
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

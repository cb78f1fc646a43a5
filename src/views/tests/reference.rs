//! `docs/theme-reference.md`: what templates receive, read from the views themselves, so that it
//! cannot drift; and the proof that the real site's pages receive just that.
//!
//! A test, not a part of the program. `GONGBAO_UPDATE=1` makes it rewrite the page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::views::CONTENTS;

/// A struct of the views.
pub(super) struct Struct {
    about: String,
    pub(super) fields: Vec<Field>,
}

pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: FieldType,
    about: String,
}

/// The type of a field, as a template sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldType {
    Text,
    Number,
    Flag,
    Html,
    Object(String),
    Maybe(Box<FieldType>),
    List(Box<FieldType>),
}

pub(super) type Structs = BTreeMap<String, Struct>;

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every serialized struct of the views, by name.
pub(super) fn structs() -> Structs {
    let mut all = Structs::new();
    for file in files("src/views") {
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        assert!(!text.contains("#[serde"), "{file:?}: fields are serialized under their own names");
        for part in text.split("\n#[derive(").skip(1).map(|part| part.split_once("]\n").unwrap()) {
            let (derived, body) = part;
            if !derived.contains("Serialize") {
                continue;
            }
            let body = body.strip_prefix("pub struct ").unwrap();
            let name = body.split([' ', '<']).next().unwrap();
            let before = &text[..text.find(&format!("pub struct {name}")).unwrap()];
            let found = Struct { about: comment_above(before), fields: fields(body) };
            assert!(all.insert(name.to_owned(), found).is_none(), "two views are called {name}");
        }
    }
    all
}

/// The doc comment that ends a text, attributes aside.
fn comment_above(text: &str) -> String {
    let lines = text.lines().rev().skip_while(|line| line.trim_start().starts_with("#["));
    let mut lines: Vec<_> = lines.map_while(|line| line.trim().strip_prefix("///")).map(str::trim).collect();
    lines.reverse();
    lines.join(" ")
}

fn fields(body: &str) -> Vec<Field> {
    let inner = body.split_once('{').unwrap().1;
    let inner = inner.split("\n}").next().unwrap();
    let mut fields = Vec::new();
    for (at, _) in inner.match_indices("    pub ") {
        let (name, rest) = inner[at + "    pub ".len()..].split_once(": ").unwrap();
        let kind =
            FieldType::read(rest.split_once(",\n").map_or(rest.trim_end_matches(','), |(kind, _)| kind));
        fields.push(Field { name: name.to_owned(), kind, about: comment_above(&inner[..at]) });
    }
    fields
}

impl FieldType {
    fn read(text: &str) -> Self {
        let inner = |name: &str| text.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>');
        if let Some(inner) = inner("Option") {
            return Self::Maybe(Box::new(Self::read(inner)));
        }
        if let Some(inner) = inner("Vec").or_else(|| inner("BTreeSet")) {
            return Self::List(Box::new(Self::read(inner)));
        }
        match text {
            "String" | "&'static str" => Self::Text,
            "bool" => Self::Flag,
            "usize" | "u8" | "u32" | "i16" | "i32" => Self::Number,
            "Html" => Self::Html,
            path => Self::Object(path.rsplit("::").next().unwrap().to_owned()),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Number => "number".into(),
            Self::Flag => "true or false".into(),
            Self::Html => "HTML, not escaped again".into(),
            Self::Object(name) if name == "C" => "what the template is about".into(),
            Self::Object(name) => format!("[{name}](#{})", name.to_lowercase()),
            Self::Maybe(kind) => format!("{}, or nothing", kind.show()),
            Self::List(kind) => format!("list of {}", kind.show()),
        }
    }

    fn names(&self) -> Option<&str> {
        match self {
            Self::Object(name) => Some(name),
            Self::Maybe(kind) | Self::List(kind) => kind.names(),
            _ => None,
        }
    }
}

/// The structs that templates reach, from these on.
fn reached<'a>(structs: &'a Structs, from: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = from.collect();
    while let Some(name) = next.pop() {
        if name == "C" || !reached.insert(name) {
            continue;
        }
        let of = structs.get(name).unwrap_or_else(|| panic!("no view is called {name}"));
        next.extend(of.fields.iter().filter_map(|field| field.kind.names()));
    }
    reached
}

const HEAD: &str = "# Theme reference

What templates receive, and what can be changed without copying a theme. This page is made from the
view structs in `src/views/`; a test holds it to them.

## How a theme is laid

Later files win, file by file:

1. the default theme, which is in the program;
2. `themes/<name>/` of the site, where `theme = \"<name>\"` in `config.toml`; the name is `default` if
   nothing is said;
3. `templates/` of the site, for templates alone.

So a site changes

| what | where |
|---|---|
| one template | `templates/home.html` |
| one string | `themes/<name>/i18n/en.ftl` with that string; the others stay |
| one colour | `themes/<name>/styles/95-site.css`, which comes after the theme's own rules: `:root { --link: #064; }` |
| everything | a theme of its own: all templates of the table below, and `assets/style.css`, which takes the place of all parts in `styles/` |

Files of `static/` go into the output as they are. `gongbao check` renders every page and names the
template, line and column of what a template uses and does not receive.

Templates are written for [Tera](https://keats.github.io/tera/) 2. Texts are escaped; what is HTML
already is said below. The function `t(key=\"…\", …)` gives an interface string in the language of the
page, with its variables; `themes/default/i18n/` has them all.
";

/// The page.
fn page() -> String {
    let structs = structs();
    let mut text = HEAD.to_owned();
    text.push_str("\n## Templates\n\nEvery template but `root.html` receives `page`, a [Head](#head), and `content`:\n\n");
    text.push_str("| template | `content` | what it shows |\n|---|---|---|\n");
    for (template, view) in CONTENTS {
        let about = &structs[*view].about;
        text.push_str(&format!("| `{template}` | [{view}](#{}) | {about} |\n", view.to_lowercase()));
    }
    text.push_str(
        "| `root.html` | – | The landing page of the site; it receives the fields of [RootView](#rootview). |\n",
    );
    text.push_str(
        "\nWhat else is in the default theme's `templates/` is its own: a theme need not have it, and what its\npages do not use is left out.\n",
    );
    let from = CONTENTS.iter().map(|(_, view)| *view).chain(["PageHead", "RootView"]);
    text.push_str("\n## Types\n");
    for name in reached(&structs, from) {
        text.push_str(&section(name, &structs[name]));
    }
    text + &components() + &colours()
}

fn section(name: &str, of: &Struct) -> String {
    let mut text = format!("\n### {name}\n\n{}\n", of.about);
    if !of.fields.is_empty() {
        text.push_str("\n| field | type | what it is |\n|---|---|---|\n");
    }
    for Field { name, kind, about } in &of.fields {
        text.push_str(&format!("| `{name}` | {} | {about} |\n", kind.show()));
    }
    text
}

/// The components of the default theme, which templates of a site may use.
fn components() -> String {
    let mut text =
        "\n## Components of the default theme\n\n| component | what it shows |\n|---|---|\n".to_owned();
    for file in files("themes/default/templates").iter().map(|file| std::fs::read_to_string(file).unwrap()) {
        for (at, _) in file.match_indices("{% component ") {
            let call = file[at + "{% component ".len()..].split(" %}").next().unwrap();
            let before = file[..at].trim_end().strip_suffix("-#}");
            let about = before.map(|before| before[before.rfind("{#-").unwrap() + 3..].trim());
            let about = about.unwrap_or_else(|| panic!("{call} says what it is for"));
            text.push_str(&format!("| `{call}` | {} |\n", about.replace('|', "\\|")));
        }
    }
    text
}

/// The files of a folder of the repository, in order; folders in it left out.
fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = entries.filter(|file| file.is_file()).collect();
    files.sort();
    files
}

/// The custom properties of the default style sheet.
fn colours() -> String {
    let parts = files("themes/default/styles");
    let style: String = parts.iter().map(|part| std::fs::read_to_string(part).unwrap()).collect();
    let names =
        style.split([';', '{']).filter_map(|part| part.trim().split_once(':')).map(|(name, _)| name.trim());
    let names: BTreeSet<_> = names.filter(|name| name.starts_with("--")).collect();
    let list: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("\n## Custom properties of the default style sheet\n\n{}\n", list.join(", "))
}

#[test]
fn the_reference_is_what_the_views_are() {
    let path = root().join("docs/theme-reference.md");
    let page = page();
    if std::env::var_os("GONGBAO_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/theme-reference.md is out of date: run this test with GONGBAO_UPDATE=1");
}

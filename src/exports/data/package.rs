//! `datapackage.json`: what the files of open data contain (Frictionless Data Package 1.0).

use serde_json::{Value, json};

use crate::base::digest;
use crate::exports::data::DataFiles;
use crate::exports::data::table;
use crate::exports::data::table::DataTable;
use crate::routes::{self, DataFile, Page, Route};
use crate::settings::Localized;

/// The package of the site.
pub fn package(files: &DataFiles<'_>) -> String {
    let site = files.site;
    let home = routes::absolute(site, &Route::Page(site.settings.original(), Page::Home));
    let described = DataFile::ALL.into_iter().filter(|file| *file != DataFile::Package);
    let package = json!({
        "profile": "data-package",
        "name": "gongbao",
        "title": joined(&site.settings.title),
        "description": joined(&site.settings.description),
        "homepage": home,
        "resources": described.map(|file| resource(files, file)).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&package).expect("the package is plain data");
    text.push('\n');
    text
}

fn resource(files: &DataFiles<'_>, file: DataFile) -> Value {
    let bytes = files.bytes(file);
    let name = file.name();
    let (stem, extension) = name.rsplit_once('.').expect("data files have an extension");
    let (format, media) = format(name);
    let mut resource = json!({
        "name": if extension == "csv" { stem.to_owned() } else { name.replace('.', "-") },
        "path": name,
        "profile": "data-resource",
        "format": format,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": bytes.len(),
        "hash": format!("sha256:{}", digest::hex(&digest::sha256(bytes))),
    });
    if let Some(table) = table(files.site, file) {
        resource["profile"] = "tabular-data-resource".into();
        resource["schema"] = DataTable::schema(&table);
    }
    resource
}

/// The format and media type of a file. A JSON Schema is called that: a reader that takes it for
/// plain JSON may take its `$schema` for that of a table.
fn format(name: &str) -> (&'static str, &'static str) {
    match name {
        _ if name.ends_with(".csv") => ("csv", "text/csv"),
        _ if name.ends_with(".schema.json") => ("schema+json", "application/schema+json"),
        _ => ("json", "application/json"),
    }
}

/// A text in all languages of the site, in one line.
fn joined(texts: &Localized) -> String {
    texts.values().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

//! The JSON Schemas against the readers: what one accepts, the other accepts.
//!
//! From each schema a file is made that has every key in every table. Then it is changed in every place, one
//! place at a time (a key is left out, a value has the wrong type or breaks its rule, an unknown key is added),
//! and the schema and the reader are asked about the result.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use gongbao::base::{Diagnostic, SitePath};
use gongbao::parse::catalogues::{bodies, evidence, instruments, threads, topics};
use gongbao::parse::front_matter::{self, FileRole};
use gongbao::parse::{glossary, page};
use gongbao::schemas::{ALL, Schema};
use gongbao::settings::{self, Settings};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// What stands for a day: TOML has days and JSON does not.
const DAY: &str = "2023-03-01";

fn schema(name: &str) -> &'static Schema {
    ALL.iter().find(|schema| schema.name == name).unwrap()
}

fn parsed(schema: &Schema) -> Value {
    serde_json::from_str(schema.text).unwrap()
}

fn validator(schema: &Schema) -> Validator {
    jsonschema::draft7::options().should_validate_formats(true).build(&parsed(schema)).unwrap()
}

/// What the reader of a kind of file finds wrong with a text.
fn read(schema: &Schema, toml: &str) -> Vec<Diagnostic> {
    let path = SitePath::new("a/file.toml").unwrap();
    let languages = Settings::default().languages;
    let front = format!("+++\n{toml}+++\n");
    match schema.name {
        "bodies" => bodies::read(&path, toml, &languages).1,
        "config" => settings::read(&path, toml).1,
        "evidence" => evidence::read(&path, toml, &languages).1,
        "glossary" => glossary::read(&path, toml, &languages).1,
        "instruments" => instruments::read(&path, toml, &languages).1,
        "page" => page::parse(&path, &front, true).diagnostics,
        "page-translation" => page::parse(&path, &front, false).diagnostics,
        "plan" => front_matter::read(&path, &front, FileRole::Original).2,
        "plan-translation" => front_matter::read(&path, &front, FileRole::Translation).2,
        "threads" => threads::read(&path, toml, &languages).1,
        "topics" => topics::read(&path, toml, &languages).1,
        other => panic!("no reader for {other}"),
    }
}

/// The faults that are about the form of a file; what ids lead to is for others to say.
fn form_faults(schema: &Schema, toml: &str) -> Vec<&'static str> {
    let form = ["toml-syntax", "unknown-key", "missing-key", "wrong-type", "bad-value"];
    read(schema, toml).iter().map(|fault| fault.code.name()).filter(|name| form.contains(name)).collect()
}

/// Follows `$ref` and `allOf`.
fn resolve<'a>(root: &'a Value, node: &'a Value) -> &'a Value {
    if let Some(target) = node.get("$ref") {
        let pointer = target.as_str().unwrap().trim_start_matches('#');
        return resolve(root, root.pointer(pointer).unwrap());
    }
    node.get("allOf").map_or(node, |all| resolve(root, &all[0]))
}

/// A value that a schema accepts, with every key it knows.
fn sample(root: &Value, node: &Value) -> Value {
    let node = resolve(root, node);
    if let Some(first) = node.get("examples").or(node.get("enum")).and_then(|list| list.get(0)) {
        return first.clone();
    }
    match node["type"].as_str().unwrap() {
        "object" => {
            let properties = node["properties"].as_object().unwrap();
            properties.iter().map(|(key, of)| (key.clone(), sample(root, of))).collect()
        }
        "array" => json!([sample(root, &node["items"])]),
        "string" if node.get("format") == Some(&json!("date")) => json!(DAY),
        "string" => json!("x"),
        "integer" => node.get("minimum").cloned().unwrap_or(json!(1)),
        "boolean" => json!(true),
        other => panic!("a sample of {other}"),
    }
}

/// JSON as TOML, with days as days.
fn toml(value: &Value) -> String {
    fn inline(value: &Value) -> String {
        match value {
            Value::String(text) if text == DAY => text.clone(),
            Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
            Value::Object(map) => format!("{{ {} }}", pairs(map).join(", ")),
            other => other.to_string(),
        }
    }
    fn pairs(map: &Map<String, Value>) -> Vec<String> {
        map.iter().map(|(key, value)| format!("{key} = {}", inline(value))).collect()
    }
    pairs(value.as_object().unwrap()).join("\n") + "\n"
}

/// The ways to every value below one, as JSON pointers, with the schema of each.
fn places<'a>(root: &'a Value, node: &'a Value, at: String, found: &mut Vec<(String, &'a Value)>) {
    let node = resolve(root, node);
    found.push((at.clone(), node));
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for (key, of) in properties {
            places(root, of, format!("{at}/{key}"), found);
        }
    }
    if let Some(items) = node.get("items") {
        places(root, items, format!("{at}/0"), found);
    }
}

/// Changes of the value at a place that its schema says something about.
fn changes(sample: &Value, at: &str, node: &Value) -> Vec<(String, Value)> {
    let mut changed = Vec::new();
    let mut change = |what: &str, edit: &dyn Fn(&mut Value)| {
        let mut copy = sample.clone();
        edit(copy.pointer_mut(at).unwrap());
        changed.push((format!("{what} at {at}"), copy));
    };
    if !at.is_empty() {
        let other = if node["type"] == "integer" { json!("x") } else { json!(7) };
        change("a wrong type", &|value| *value = other.clone());
    }
    for accepted in node.get("enum").and_then(Value::as_array).into_iter().flatten() {
        change("a listed value", &|value| *value = accepted.clone());
    }
    if node.get("enum").is_some() || node.get("pattern").is_some() {
        change("a value against the rule", &|value| *value = json!(" "));
    }
    if let Some(minimum) = node.get("minimum").and_then(Value::as_i64) {
        change("a number too small", &|value| *value = json!(minimum - 1));
        change("the greatest number", &|value| *value = node["maximum"].clone());
    }
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for key in properties.keys() {
            change(&format!("{key} missing"), &|value| drop(value.as_object_mut().unwrap().remove(key)));
        }
        change("an unknown key", &|value| {
            drop(value.as_object_mut().unwrap().insert("QQ_QQ".into(), json!(7)))
        });
    }
    changed
}

fn check(name: &str) {
    let schema = schema(name);
    let (root, validator) = (parsed(schema), validator(schema));
    let full = sample(&root, &root);
    assert!(
        validator.is_valid(&full),
        "{name}: {:?}",
        validator.iter_errors(&full).map(|e| e.to_string()).collect::<Vec<_>>()
    );
    assert_eq!(
        form_faults(schema, &toml(&full)),
        [""; 0],
        "{name}: every key of the schema is read\n{}",
        toml(&full)
    );
    let mut found = Vec::new();
    places(&root, &root, String::new(), &mut found);
    for (at, node) in found {
        for (what, changed) in changes(&full, &at, node) {
            let text = toml(&changed);
            let faults = form_faults(schema, &text);
            assert_eq!(validator.is_valid(&changed), faults.is_empty(), "{name}: {what}: {faults:?}\n{text}");
        }
    }
}

#[test]
fn settings_and_front_matter() {
    for name in ["config", "plan", "plan-translation", "page", "page-translation"] {
        check(name);
    }
}

#[test]
fn catalogues() {
    for name in ["bodies", "glossary", "instruments", "topics", "threads", "evidence"] {
        check(name);
    }
}

/// An unknown key makes a reader list the keys it knows; the schema has the same.
#[test]
fn readers_know_no_key_that_the_schemas_lack() {
    for schema in ALL {
        let root = parsed(schema);
        let full = sample(&root, &root);
        let mut found = Vec::new();
        places(&root, &root, String::new(), &mut found);
        let tables =
            found.into_iter().filter_map(|(at, node)| Some((at, node.get("properties")?.as_object()?)));
        for (at, properties) in tables {
            let mut changed = full.clone();
            changed.pointer_mut(&at).unwrap().as_object_mut().unwrap().insert("QQ_QQ".into(), json!(7));
            let faults = read(schema, &toml(&changed));
            let hint = faults.iter().find(|f| f.code.name() == "unknown-key").unwrap().hints[0].en.clone();
            let (_, known) = hint.split_once(" are ").unwrap();
            let mut listed: Vec<_> = properties.keys().map(String::as_str).collect();
            listed.sort_unstable();
            assert_eq!(known, listed.join(", "), "{} at {at}", schema.name);
        }
    }
}

/// TOML as JSON, with days as text, which is how editors look at it.
fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(list) => list.iter().map(json_of).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), json_of(value))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn assert_valid(name: &str, file: &str, text: &str) {
    let value = json_of(&toml::Value::Table(text.parse().unwrap()));
    let errors: Vec<_> = validator(schema(name)).iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0], "{file}");
}

#[test]
fn the_real_site_the_starter_and_the_guides_fit_the_schemas() {
    let root = crate::support::root();
    let mut seen = std::collections::BTreeSet::new();
    for folder in ["", "starter", "docs"] {
        for (path, bytes) in crate::support::tree(&root.join(folder).join("content")) {
            let (path, text) = (path.to_str().unwrap(), String::from_utf8(bytes).unwrap());
            let place = format!("{folder}/content/{path}");
            let translated = if path.ends_with("zh.md") { "" } else { "-translation" };
            let (name, text) = match path.split_once('/') {
                Some((kind @ ("plans" | "pages"), _)) => {
                    let front = front_matter::split(&text).unwrap().toml;
                    (format!("{}{translated}", kind.trim_end_matches('s')), text[front].to_owned())
                }
                _ if path.ends_with(".toml") => (path.trim_end_matches(".toml").to_owned(), text),
                _ => continue,
            };
            assert_valid(&name, &place, &text);
            seen.insert(name);
        }
        let config = std::fs::read_to_string(root.join(folder).join("config.toml")).unwrap();
        assert_valid("config", folder, &config);
        seen.insert("config".into());
    }
    // No site of the repository has tasks that name bodies; the guide has an example.
    let guide = std::fs::read_to_string(root.join("docs/content/pages/editor-guide.en.md")).unwrap();
    let (_, example) = guide.split_once("```toml save content/bodies.toml\n").unwrap();
    assert_valid("bodies", "editor-guide.en.md", example.split("```").next().unwrap());
    seen.insert("bodies".into());
    assert_eq!(seen.len(), ALL.len(), "{seen:?}");
}

//! `gongbao export quickwit`: the configuration keeps to what Quickwit documents, and the records to
//! the configuration.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeMap;

use gongbao::exports::quickwit;
use serde_json::Value;

/// Parameters of field mappings by type, as <https://quickwit.io/docs/configuration/index-config> lists them.
const PARAMETERS: [(&str, &[&str]); 5] = [
    ("text", &["description", "stored", "indexed", "tokenizer", "record", "fieldnorms", "fast"]),
    ("i64", &["description", "stored", "indexed", "fast", "coerce", "output_format"]),
    ("u64", &["description", "stored", "indexed", "fast", "coerce", "output_format"]),
    (
        "datetime",
        &["description", "input_formats", "output_format", "stored", "indexed", "fast", "fast_precision"],
    ),
    ("bool", &["description", "stored", "indexed", "fast"]),
];
const TOKENIZERS: [&str; 6] = ["raw", "lowercase", "default", "en_stem", "whitespace", "chinese_compatible"];

fn config() -> Value {
    serde_json::from_str(quickwit::CONFIG).unwrap()
}

/// The fields of the configuration: name → type.
fn fields() -> BTreeMap<String, String> {
    let config = config();
    let mappings = config["doc_mapping"]["field_mappings"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    mappings.iter().map(|field| (text(&field["name"]), text(&field["type"]))).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The type of the elements of an array, or the type itself.
fn element(kind: &str) -> &str {
    kind.strip_prefix("array<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(kind)
}

#[test]
fn the_configuration_is_as_documented() {
    let config = config();
    assert!(keys(&config).iter().all(|key| {
        [
            "version",
            "index_id",
            "index_uri",
            "doc_mapping",
            "indexing_settings",
            "search_settings",
            "retention",
        ]
        .contains(key)
    }));
    let mapping = &config["doc_mapping"];
    assert!(keys(mapping).iter().all(|key| {
        ["field_mappings", "mode", "dynamic_mapping", "tag_fields", "store_source", "timestamp_field"]
            .contains(key)
    }));
    for field in mapping["field_mappings"].as_array().unwrap() {
        let kind = element(field["type"].as_str().unwrap());
        let allowed = PARAMETERS.iter().find(|(name, _)| *name == kind).unwrap().1;
        for key in keys(field).into_iter().filter(|key| !["name", "type"].contains(key)) {
            assert!(allowed.contains(&key), "{field}: {key}");
        }
        assert!(field["tokenizer"].as_str().is_none_or(|name| TOKENIZERS.contains(&name)), "{field}");
        assert!(field["record"].as_str().is_none_or(|name| ["basic", "freq", "position"].contains(&name)));
        let name = field["name"].as_str().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphabetic() || c == '_'), "{name}");
    }
    let (fields, tags) = (fields(), mapping["tag_fields"].as_array().unwrap());
    let searched = config["search_settings"]["default_search_fields"].as_array().unwrap();
    assert!(tags.iter().chain(searched).all(|name| fields.contains_key(name.as_str().unwrap())));
}

#[test]
fn every_record_fits_the_configuration() {
    let site = crate::support::real_site().site;
    let (fields, documents) = (fields(), quickwit::documents(&site));
    assert_eq!(documents.lines().count(), gongbao::index::records(&site).len());
    for line in documents.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        for (name, value) in record.as_object().unwrap() {
            let kind = fields.get(name).unwrap_or_else(|| panic!("the configuration does not have {name}"));
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            assert_eq!(kind.starts_with("array<"), value.is_array(), "{name}");
            assert!(values.iter().all(|value| fits(value, element(kind))), "{name}: {value} is no {kind}");
        }
    }
}

fn fits(value: &Value, kind: &str) -> bool {
    match kind {
        "text" => value.is_string(),
        "i64" => value.is_i64(),
        "u64" => value.is_u64(),
        "bool" => value.is_boolean(),
        "datetime" => value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
        _ => false,
    }
}

#[test]
fn words_are_those_of_jieba() {
    let site = crate::support::real_site().site;
    let documents = quickwit::documents(&site);
    let record: Value = documents
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|record| record["id"] == "2023/6" && record["lang"] == "zh")
        .unwrap();
    let words: Vec<&str> = record["words"].as_str().unwrap().split(' ').collect();
    assert!(words.contains(&"商标") && words.contains(&"知识产权"), "{words:?}");
    assert!(record["url"].as_str().unwrap().starts_with("https://"));
}

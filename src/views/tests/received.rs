//! The pages of a real site receive what the reference says: these fields, of these types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::base::SitePath;
use crate::inputs::Inputs;
use crate::render::Renderer;
use crate::routes::{self, Route};
use crate::views::CONTENTS;
use crate::views::tests::reference::{Field, FieldType, Structs, root, structs};
use crate::{io, pipeline};

/// Holds a value to a type; gives the structs that were seen on the way.
fn fits(structs: &Structs, kind: &FieldType, value: &Value, place: &str, seen: &mut BTreeSet<String>) {
    match (kind, value) {
        (FieldType::Maybe(_), Value::Null)
        | (FieldType::Text | FieldType::Html, Value::String(_))
        | (FieldType::Number, Value::Number(_))
        | (FieldType::Flag, Value::Bool(_)) => {}
        (FieldType::Maybe(kind), value) => fits(structs, kind, value, place, seen),
        (FieldType::List(kind), Value::Array(items)) => {
            items.iter().for_each(|item| fits(structs, kind, item, place, seen));
        }
        (FieldType::Object(name), Value::Object(map)) => {
            let fields = &structs[name].fields;
            let said: BTreeSet<_> = fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(map.keys().map(String::as_str).collect::<BTreeSet<_>>(), said, "{place}: {name}");
            for Field { name: field, kind, .. } in fields {
                fits(structs, kind, &map[field], &format!("{place}.{field}"), seen);
            }
            seen.insert(name.clone());
        }
        (kind, value) => panic!("{place} is {value}, not {kind:?}"),
    }
}

#[test]
fn pages_receive_what_the_reference_says() {
    let mut files = io::load::load(root()).unwrap();
    let guide = "+++\ntitle = \"甲\"\n+++\n\n## 乙\n";
    files.insert(SitePath::new("content/pages/guide.zh.md").unwrap(), guide.as_bytes().into());
    // A body that a task names, and more plans than the home page lists.
    let plan = "+++\nkind = \"key-points\"\nyear = 2025\ntitle = \"甲\"\ntasks = \"list\"\n+++\n\n## 一、乙\n\n1. 丙。（某局负责）\n";
    for id in 0..routes::HOME_PLANS {
        let path = SitePath::new(&format!("content/plans/bodies-{id}/zh.md")).unwrap();
        files.insert(path, plan.as_bytes().into());
    }
    let today = jiff::civil::date(2026, 11, 21);
    let compiled = pipeline::compile(&Inputs { files, today, drafts: false, base_url: None });
    let renderer = Renderer::new(&compiled.site, &compiled.theme);
    let (structs, mut seen) = (structs(), BTreeSet::new());
    let contents: BTreeMap<_, _> = CONTENTS.iter().copied().collect();
    let mut hold = |kind: &str, value: Value, place: &str| {
        fits(&structs, &FieldType::Object(kind.into()), &value, place, &mut seen);
    };
    for route in &compiled.routes.list {
        let Route::Page(lang, page) = *route else { continue };
        let received = renderer.received(route, lang, page);
        let (template, context) = (received.template, received.context().unwrap());
        let of = |name: &str| serde_json::to_value(context.get(name).unwrap()).unwrap();
        hold("PageHead", of("page"), template);
        hold(contents[template], of("content"), template);
    }
    let received = renderer.root(&Route::Root);
    let (template, context) = (received.template, received.context());
    let context = context.unwrap();
    let names = structs["RootView"].fields.iter().map(|field| field.name.as_str());
    let landing =
        names.map(|name| (name.to_owned(), serde_json::to_value(context.get(name).unwrap()).unwrap()));
    hold("RootView", Value::Object(landing.collect()), template);
    for (_, view) in CONTENTS {
        assert!(seen.contains(*view), "{view} was never received");
    }
    assert!(seen.len() > 50, "{} structs were seen", seen.len());
}

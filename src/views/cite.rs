//! How to cite a task: as a reference, for programs, and as a quotation with its source.
//!
//! Facts that a plan does not state are left out. The day on which an online text was
//! read, which GB/T 7714 asks for, is the reader's: a script fills it in.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::base::Date;
use crate::model::index::TaskIndex;
use crate::routes;
use crate::site::Plan;
use crate::views::context::PageContext;
use crate::views::strings;

/// The forms in which a task can be cited.
#[derive(Clone, Debug, Serialize)]
pub struct CiteView {
    /// GB/T 7714—2025 up to the day of reading.
    pub reference: String,
    /// GB/T 7714—2025 from there on.
    pub reference_end: String,
    /// BibTeX.
    pub bibtex: String,
    /// CSL-JSON.
    pub csl: String,
    /// The text with its source.
    pub quotation: String,
}

/// A task as a source to cite.
struct CitedTask {
    key: String,
    title: String,
    part: String,
    plan: String,
    issuer: Option<String>,
    number: Option<String>,
    published: Option<Date>,
    /// The day it was published, or else issued.
    day: Option<Date>,
    address: String,
    language: String,
}

/// The forms in which a task can be cited, in the reader's language.
pub fn of_task(reader: &PageContext<'_>, plan: &Plan, index: TaskIndex) -> CiteView {
    let source = source(reader, plan, index);
    CiteView {
        reference: reference(&source),
        reference_end: format!(". {}.", source.address),
        bibtex: bibtex(&source),
        csl: csl(&source),
        quotation: quotation(reader, plan, index, &source),
    }
}

fn source(reader: &PageContext<'_>, plan: &Plan, index: TaskIndex) -> CitedTask {
    let task = &plan.tasks[index];
    let number = task.number.to_string();
    let title = reader.node_title(plan, task.node).text;
    let stated =
        |texts: &crate::settings::Localized| (!texts.is_empty()).then(|| reader.localized(texts).text);
    CitedTask {
        key: format!("{}-{}-{}", plan.id, task.number, reader.lang),
        title: reader.say(strings::task_entry(&number, &title)),
        part: reader.say(strings::reference_part(&number, &title)),
        plan: reader.plan_title(plan).text,
        issuer: stated(&plan.issuer),
        number: stated(&plan.number),
        published: plan.published,
        day: plan.published.or(plan.issued),
        address: routes::absolute(reader.site, reader.route),
        language: reader.language.tag.clone(),
    }
}

/// GB/T 7714—2025, a web page (§8.11.3.2): author. title: further title information[EB/OL].
/// (published)\[read\]. address. – with a stop at the very end.
///
/// A part of a work and its number are further title information (§7.2.3: 三松堂全集:第4卷), and
/// where no author is stated, none is given (§7.1.3). The form was checked against the examples of
/// the standard as the data of `typst-doc-cn/bib-csl-dev-data` transcribe them.
fn reference(source: &CitedTask) -> String {
    let author = source.issuer.as_ref().map(|issuer| format!("{issuer}. ")).unwrap_or_default();
    let number = source.number.as_ref().map(|number| format!(": {number}")).unwrap_or_default();
    let published = source.published.map(|day| format!("({day})")).unwrap_or_default();
    format!("{author}{}{number}: {}[EB/OL]. {published}", source.plan, source.part)
}

fn bibtex(source: &CitedTask) -> String {
    let mut fields = vec![("title", tex(&source.title)), ("howpublished", tex(&source.plan))];
    fields.extend(source.issuer.as_ref().map(|issuer| ("author", format!("{{{}}}", tex(issuer)))));
    fields.extend(source.number.as_ref().map(|number| ("number", tex(number))));
    fields.extend(source.day.map(|day| ("year", day.year().to_string())));
    fields.extend(source.day.map(|day| ("date", day.to_string())));
    fields.push(("url", verbatim(&source.address)));
    fields.push(("langid", source.language.clone()));
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    format!("@misc{{gongbao-{},\n{}\n}}", source.key, lines.join(",\n"))
}

/// A text as TeX reads it. Braces are named, since BibTeX counts those behind a backslash too.
fn tex(text: &str) -> String {
    let mut tex = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '#' | '_' | '$' => tex.extend(['\\', c]),
            '\\' => tex.push_str("\\textbackslash{}"),
            '{' => tex.push_str("\\textbraceleft{}"),
            '}' => tex.push_str("\\textbraceright{}"),
            '~' => tex.push_str("\\textasciitilde{}"),
            '^' => tex.push_str("\\textasciicircum{}"),
            _ if c.is_control() => tex.push(' '),
            _ => tex.push(c),
        }
    }
    tex
}

/// An address: the field is read as it is, so that only what would end it is encoded.
fn verbatim(address: &str) -> String {
    address.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

fn csl(source: &CitedTask) -> String {
    let mut item = Map::new();
    item.insert("id".into(), format!("gongbao-{}", source.key).into());
    item.insert("type".into(), "document".into());
    item.insert("title".into(), source.title.as_str().into());
    item.insert("container-title".into(), source.plan.as_str().into());
    item.extend(source.issuer.as_ref().map(|issuer| ("author".into(), json!([{ "literal": issuer }]))));
    item.extend(source.number.as_ref().map(|number| ("number".into(), number.as_str().into())));
    let parts = |day: Date| json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
    item.extend(source.day.map(|day| ("issued".into(), parts(day))));
    item.insert("URL".into(), source.address.as_str().into());
    item.insert("language".into(), source.language.as_str().into());
    serde_json::to_string_pretty(&Json::Array(vec![Json::Object(item)])).expect("a reference is plain data")
}

/// The text of the task in the reader's language, and where it is.
fn quotation(reader: &PageContext<'_>, plan: &Plan, index: TaskIndex, source: &CitedTask) -> String {
    let text = reader.task_text(plan, index);
    let number = plan.tasks[index].number.to_string();
    let parts: Vec<String> = source
        .issuer
        .clone()
        .into_iter()
        .chain([reader.say(strings::quotation_place(&source.plan, &number)), source.address.clone()])
        .collect();
    let place = parts.join(&reader.say(strings::list_comma()));
    reader.say(strings::quotation(&text, &place))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_of_tex_are_text() {
        assert_eq!(tex("R&D_100%与C#的$5"), "R\\&D\\_100\\%与C\\#的\\$5");
        assert_eq!(
            tex("{~^\\\n"),
            "\\textbraceleft{}\\textasciitilde{}\\textasciicircum{}\\textbackslash{} "
        );
        assert_eq!(verbatim("https://a/%20_#{}\\"), "https://a/%20_#%7B%7D%5C");
    }

    proptest! {
        #[test]
        fn braces_are_in_pairs(text in any::<String>()) {
            let tex = tex(&text);
            let pairs = tex.matches("{}").count();
            prop_assert_eq!((tex.matches('{').count(), tex.matches('}').count()), (pairs, pairs));
            prop_assert!(!tex.replace("\\%", "").contains(['%', '\n', '~', '^']));
        }
    }
}

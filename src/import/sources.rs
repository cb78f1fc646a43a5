//! Raw texts that plans were imported from: which of them a plan comes from, and whether it says the same.
//!
//! A source is found by what it says, not by its name or an exact title, so that no edit of a plan
//! can hide it from the proof.

use std::collections::HashMap;

use super::front::{self, FrontMatter};
use super::proof::Proof;
use super::{Import, ImportError, ImportOptions, Report, import, prove};

/// The share of a source's text from which on it is taken for that of a plan with other words for a title.
const ALIKE: f64 = 0.8;

/// The share from which on it is tried at all.
const RELATED: f64 = 0.3;

/// Raw texts, by name.
#[derive(Debug, Default)]
pub struct RawTexts {
    texts: Vec<RawText>,
    unreadable: Vec<(String, ImportError)>,
}

#[derive(Debug)]
struct RawText {
    name: String,
    bytes: Vec<u8>,
    report: Report,
    /// Letters and digits of the whole text.
    text: String,
    features: Features,
}

/// By what texts are recognised: letters and digits only, so that spaces and marks do not count.
#[derive(Debug)]
struct Features {
    title: String,
    number: String,
    pairs: HashMap<[char; 2], usize>,
}

/// The result of comparing a plan with the sources.
#[derive(Debug, PartialEq)]
pub enum Verdict<'a> {
    /// Title and body say what the source says.
    Proved {
        /// The name of the source.
        source: &'a str,
        /// How many characters were compared.
        characters: usize,
        /// Keys of the front matter whose values are not in the source.
        unstated: Vec<&'static str>,
    },
    /// Title or body say something else.
    Differs {
        /// The name of the source.
        source: &'a str,
        /// The first difference.
        error: ImportError,
    },
    /// The front matter contradicts the source.
    Contradicts {
        /// The name of the source.
        source: &'a str,
        /// The key of the front matter.
        key: &'static str,
        /// The value in the source.
        stated: String,
    },
    /// No source is that of the plan.
    Missing {
        /// The most similar one and the share of its text that the plan has, in percent.
        nearest: Option<(&'a str, u32)>,
    },
}

impl RawTexts {
    /// Reads raw texts.
    pub fn new(files: Vec<(String, Vec<u8>)>) -> Self {
        let mut sources = Self::default();
        for (name, bytes) in files {
            match import(&bytes, &ImportOptions::default()) {
                Ok(read) => sources.texts.push(RawText::new(name, bytes, read)),
                Err(error) => sources.unreadable.push((name, error)),
            }
        }
        sources
    }

    /// The files that are not raw texts of plans, and why.
    pub fn unreadable(&self) -> &[(String, ImportError)] {
        &self.unreadable
    }

    /// The names of the raw texts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|source| source.name.as_str())
    }

    /// Proves a plan, given as its file, against its source.
    pub fn prove(&self, markdown: &str) -> Verdict<'_> {
        let markdown = markdown.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let plan = Features::of(&markdown);
        let mut ranked: Vec<_> =
            self.texts.iter().map(|source| (plan.likeness(&source.features), source)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
        let mut first = None;
        for (likeness, source) in &ranked {
            let is_named = plan.names_the_same(&source.features);
            if !is_named && *likeness < RELATED {
                continue;
            }
            match prove(&source.bytes, &markdown, &source.report) {
                Ok(proof) => return source.verdict(&markdown, &proof),
                Err(error) if is_named || *likeness >= ALIKE => {
                    first.get_or_insert(Verdict::Differs { source: &source.name, error });
                }
                Err(_) => {}
            }
        }
        let nearest = ranked.first().map(|(likeness, source)| (source.name.as_str(), percent(*likeness)));
        first.unwrap_or(Verdict::Missing { nearest })
    }
}

impl RawText {
    fn new(name: String, bytes: Vec<u8>, import: Import) -> Self {
        let text = letters(&String::from_utf8_lossy(&bytes));
        let decoded = crate::container::decode::decode(&bytes).map_or(text, |input| letters(&input.text));
        Self { name, bytes, features: Features::of(&import.markdown), report: import.report, text: decoded }
    }

    /// The verdict on a plan whose title and body have been proved.
    fn verdict(&self, markdown: &str, proof: &Proof) -> Verdict<'_> {
        let mut unstated = Vec::new();
        for (key, values) in stated(markdown) {
            if values.iter().any(|value| self.text.contains(&letters(value))) {
                continue;
            }
            match self.report.metadata.iter().find(|stated| stated.field == key) {
                Some(other) if !values.contains(&other.value) => {
                    return Verdict::Contradicts { source: &self.name, key, stated: other.value.clone() };
                }
                Some(_) => {}
                None => unstated.push(key),
            }
        }
        Verdict::Proved { source: &self.name, characters: proof.title + proof.written, unstated }
    }
}

impl Features {
    fn of(markdown: &str) -> Self {
        let (toml, body) = front::split(markdown).unwrap_or(("", markdown));
        let front: FrontMatter = toml::from_str(toml).unwrap_or_default();
        let body: Vec<char> = letters(body).chars().collect();
        let mut pairs = HashMap::new();
        for pair in body.windows(2) {
            *pairs.entry([pair[0], pair[1]]).or_default() += 1;
        }
        let of = |value: Option<String>| letters(&value.unwrap_or_default());
        Self { title: of(front.title), number: of(front.number), pairs }
    }

    fn names_the_same(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| !a.is_empty() && a == b;
        same(&self.title, &other.title) || same(&self.number, &other.number)
    }

    /// The share of pairs of characters that both have (Dice).
    fn likeness(&self, other: &Self) -> f64 {
        let common = self.pairs.iter().map(|(pair, n)| (*n).min(other.pairs.get(pair).copied().unwrap_or(0)));
        let all = self.pairs.values().sum::<usize>() + other.pairs.values().sum::<usize>();
        if all == 0 { 0.0 } else { 2.0 * common.sum::<usize>() as f64 / all as f64 }
    }
}

/// The values of the front matter besides the title, each as a source may write it.
fn stated(markdown: &str) -> Vec<(&'static str, Vec<String>)> {
    let toml = front::split(markdown).map_or("", |(toml, _)| toml);
    let front: toml::Table = toml.parse().unwrap_or_default();
    let keys = ["number", "issuer", "issued", "published", "source"];
    let value = |key: &'static str| {
        let written = match front.get(key)? {
            toml::Value::String(text) => vec![text.clone()],
            toml::Value::Datetime(day) => ways_of_writing(day.date?),
            other => vec![other.to_string()],
        };
        Some((key, written))
    };
    keys.into_iter().filter_map(value).collect()
}

fn ways_of_writing(day: toml::value::Date) -> Vec<String> {
    let toml::value::Date { year, month, day } = day;
    vec![
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}年{month}月{day}日"),
        format!("{year}年{month:02}月{day:02}日"),
        format!("{year}/{month}/{day}"),
    ]
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn percent(share: f64) -> u32 {
    (0..=100).rev().find(|percent| f64::from(*percent) <= share * 100.0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = "2027年示例市公共阅读工作方案\n\n示例发〔2027〕1号\n\n一、主要任务\n\n1. 推行行政裁决，方便人民群众用好大力度工具。（市文化局负责；2027年6月30日前完成）\n\n2. 建立高水平工作机制，非必要不收费。（市文化局负责；2027年12月底前完成）\n";

    const OTHER: &str = "2028年示例市公共阅读工作方案\n\n一、主要任务\n\n1. 推进全民阅读。（持续推进）\n";

    fn sources() -> RawTexts {
        RawTexts::new(vec![("other.txt".into(), OTHER.into()), ("raw.txt".into(), RAW.into())])
    }

    /// The verdict on the plan that is made from [`RAW`], after an edit.
    fn check(edit: impl Fn(String) -> String, expected: &str) {
        let sources = sources();
        let plan = edit(import(RAW.as_bytes(), &ImportOptions::default()).unwrap().markdown);
        let verdict = format!("{:?}", sources.prove(&plan));
        assert!(verdict.starts_with(expected), "{verdict}\n{plan}");
    }

    #[test]
    fn no_edit_hides_a_plan_from_its_source() {
        let proved = "Proved { source: \"raw.txt\"";
        check(|plan| plan, proved);
        check(|plan| plan.replace('\n', "\r\n"), proved);
        check(|plan| plan.replacen("方案\"", "方案 \"", 1).replacen("+++\n", "+++ \n", 1), proved);
        for title in ["title = \"2027年 示例市公共阅读工作方案\"", "title = \"别的标题\"", "title = \"\"", ""]
        {
            let edit = |plan: String| {
                let line = plan.lines().find(|line| line.starts_with("title")).unwrap().to_owned();
                plan.replace(&line, title).replace("非必要不收费", "非必要也收费")
            };
            check(edit, "Differs { source: \"raw.txt\"");
        }
        check(|plan| plan.replacen("title", "titel", 1), "Differs { source: \"raw.txt\"");
        check(|_| "+++\ntitle = \"甲\"\n+++\n\n1. 乙丙丁。\n".into(), "Missing { nearest: Some");
        let other = import(OTHER.as_bytes(), &ImportOptions::default()).unwrap().markdown;
        check(|_| other.clone(), "Proved { source: \"other.txt\"");
    }

    #[test]
    fn front_matter_is_held_to_what_the_source_states() {
        let add =
            |line: &'static str| move |plan: String| plan.replacen("title", &format!("{line}\ntitle"), 1);
        check(add("issued = 2027-06-30"), "Proved");
        check(add("issuer = \"别的局\""), "Proved { source: \"raw.txt\", characters");
        let unstated = sources();
        let plan = add("source = \"https://example.org/\"")(
            import(RAW.as_bytes(), &ImportOptions::default()).unwrap().markdown,
        );
        assert!(matches!(unstated.prove(&plan), Verdict::Proved { unstated, .. } if unstated == ["source"]));
        let number = |plan: String| plan.replacen("1号\"", "2号\"", 1);
        check(number, "Contradicts { source: \"raw.txt\", key: \"number\"");
    }
}

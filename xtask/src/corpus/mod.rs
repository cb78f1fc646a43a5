//! A site of any size, made of the real one: its sentences, headings and catalogues, put together
//! anew in both languages. The same number of tasks gives the same site.
//!
//! Chains of yearly plans (2017 to 2022) are followed through `threads.toml`, task by task, with one
//! sentence changed from year to year; every second plan stands alone. Deadlines are made up; what
//! is cited is what the sentences cite.

mod hugo;
mod sentences;

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

pub(crate) use hugo::write_for_hugo;
use sentences::{Both, Sentences};

/// The years of a chain of plans.
const YEARS: std::ops::Range<usize> = 2017..2023;
/// The least tasks of a plan, and how many more it may have.
const TASKS: (usize, usize) = (20, 101);

/// `cargo xtask corpus`: the site in `site/`, the same for Hugo in `hugo/`.
pub(crate) fn write(folder: &str, tasks: &str) -> Result<(), Box<dyn Error>> {
    let (root, folder) = (Path::new("."), Path::new(folder));
    let corpus = Corpus::new(root, tasks.parse()?)?;
    corpus.write(root, &folder.join("site"))?;
    write_for_hugo(&corpus, root, &folder.join("hugo"))?;
    Ok(())
}

/// A made-up site.
pub(crate) struct Corpus {
    /// Its plans.
    pub(crate) plans: Vec<Plan>,
}

/// A made-up plan.
pub(crate) struct Plan {
    /// Its id.
    pub(crate) id: String,
    year: usize,
    /// The chain it belongs to, if it is a yearly plan.
    chain: Option<usize>,
    tasks: Vec<Task>,
}

/// A made-up task.
struct Task {
    title: Both,
    paragraphs: Vec<Vec<Both>>,
    deadline: Option<(usize, usize)>,
}

/// Numbers that look drawn and are the same every time (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

impl Corpus {
    /// A site of so many tasks, of the sentences of the real one below `root`.
    pub(crate) fn new(root: &Path, tasks: usize) -> io::Result<Self> {
        let sentences = Sentences::read(&root.join("content/plans"))?;
        let mut numbers = Numbers(2025);
        let (mut plans, mut left) = (Vec::new(), tasks);
        while left > 0 {
            let yearly = (plans.len() / YEARS.len()).is_multiple_of(2);
            left -= add_plan(&mut plans, left, yearly, &sentences, &mut numbers);
        }
        Ok(Self { plans })
    }

    /// Writes it as a site for gongbao.
    pub(crate) fn write(&self, root: &Path, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder.join("content"))?;
        fs::write(folder.join("config.toml"), fs::read(root.join("config.toml"))?)?;
        for name in ["glossary.toml", "instruments.toml", "topics.toml", "threads.toml"] {
            let text = fs::read_to_string(root.join("content").join(name))?;
            fs::write(folder.join("content").join(name), without_items(&text))?;
        }
        let mut threads = fs::read_to_string(folder.join("content/threads.toml"))?;
        threads.push_str(&self.links(&slugs(&threads)));
        fs::write(folder.join("content/threads.toml"), threads)?;
        for plan in &self.plans {
            let plans = folder.join("content/plans").join(&plan.id);
            fs::create_dir_all(&plans)?;
            fs::write(plans.join("zh.md"), plan.markdown(&CHINESE))?;
            fs::write(plans.join("en.md"), plan.markdown(&ENGLISH))?;
        }
        Ok(())
    }

    /// Every task of a chain leads to the one of the same number a year later.
    fn links(&self, threads: &[String]) -> String {
        let mut text = String::new();
        let chained = |plan: &Plan, other: &Plan| plan.chain.is_some() && plan.chain == other.chain;
        for (at, plan) in self.plans.iter().enumerate().filter(|(_, plan)| plan.chain.is_some()) {
            let next = self.plans.get(at + 1).filter(|next| chained(plan, next));
            let before = at.checked_sub(1).map(|at| &self.plans[at]).filter(|before| chained(plan, before));
            for number in 1..=plan.tasks.len() {
                let thread = &threads[number % threads.len()];
                let id = format!("{}/{number}", plan.id);
                let has = |plan: Option<&Plan>| plan.is_some_and(|plan| plan.tasks.len() >= number);
                let mut add = |kind: &str, ends: &str| {
                    let _ = write!(text, "\n[[{kind}]]\nthread = \"{thread}\"\n{ends}\nreason = {REASON}\n");
                };
                match next.filter(|next| next.tasks.len() >= number) {
                    Some(next) => add(
                        "link",
                        &format!("from = \"{id}\"\nto = \"{}/{number}\"\ntype = \"continues\"", next.id),
                    ),
                    None => add("end", &format!("task = \"{id}\"\ntype = \"dropped\"")),
                }
                if !has(before) {
                    add("end", &format!("task = \"{id}\"\ntype = \"new\""));
                }
            }
        }
        text
    }
}

const REASON: &str = r#"{ zh = "同一项工作。", en = "The same work." }"#;

/// Adds a plan of at most `left` tasks; returns how many it has.
fn add_plan(
    plans: &mut Vec<Plan>,
    left: usize,
    yearly: bool,
    sentences: &Sentences,
    numbers: &mut Numbers,
) -> usize {
    let at = plans.len();
    let year = YEARS.start + at % YEARS.len();
    let chain = yearly.then_some(at / YEARS.len());
    let count = (TASKS.0 + numbers.below(TASKS.1)).min(left);
    let before = plans.last().filter(|plan| chain.is_some() && plan.chain == chain);
    let mut task = |number: usize| match before.and_then(|plan| plan.tasks.get(number)) {
        Some(task) => task.changed(year, sentences, numbers),
        None => Task::new(year, sentences, numbers),
    };
    let tasks = (0..count).map(&mut task).collect();
    plans.push(Plan { id: format!("plan-{at}"), year, chain, tasks });
    count
}

impl Task {
    fn new(year: usize, sentences: &Sentences, numbers: &mut Numbers) -> Self {
        let title = sentences.title(numbers.below(usize::MAX)).clone();
        let mut paragraph = || -> Vec<Both> {
            (0..1 + numbers.below(3)).map(|_| sentences.one(numbers.below(usize::MAX)).clone()).collect()
        };
        let paragraphs = vec![paragraph(), paragraph()];
        let deadline = (numbers.below(2) == 0).then(|| (year, 1 + numbers.below(12)));
        Self { title, paragraphs, deadline }
    }

    /// The task a year later, with one sentence of its own.
    fn changed(&self, year: usize, sentences: &Sentences, numbers: &mut Numbers) -> Self {
        let mut paragraphs = self.paragraphs.clone();
        let paragraph = numbers.below(paragraphs.len());
        let sentence = numbers.below(paragraphs[paragraph].len());
        paragraphs[paragraph][sentence] = sentences.one(numbers.below(usize::MAX)).clone();
        let deadline = self.deadline.map(|(_, month)| (year, month));
        Self { title: self.title.clone(), paragraphs, deadline }
    }

    /// The text below the heading.
    fn body(&self, language: &Language) -> String {
        let paragraph =
            |texts: &Vec<Both>| texts.iter().map(language.of).collect::<Vec<_>>().join(language.space);
        let mut body = self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n\n");
        if let Some(deadline) = self.deadline {
            body.push_str(language.space);
            body.push_str(&(language.deadline)(deadline));
        }
        body
    }
}

impl Plan {
    /// How many tasks it has.
    pub(crate) fn size(&self) -> usize {
        self.tasks.len()
    }

    fn markdown(&self, language: &Language) -> String {
        let mut text = format!("+++\n{}+++\n\n{}\n\n", (language.front)(self), language.opening);
        for (index, task) in self.tasks.iter().enumerate() {
            if index % 8 == 0 {
                let _ = write!(text, "## {}\n\n", (language.section)(index / 8));
            }
            let title = (language.of)(&task.title);
            let _ = write!(text, "#### {}. {title}\n\n{}\n\n", index + 1, task.body(language));
        }
        text
    }
}

/// How a plan is written in a language.
struct Language {
    of: fn(&Both) -> &str,
    space: &'static str,
    front: fn(&Plan) -> String,
    opening: &'static str,
    section: fn(usize) -> String,
    deadline: fn((usize, usize)) -> String,
}

const CHINESE: Language = Language {
    of: |both| &both.zh,
    space: "",
    front: |plan| {
        let Plan { id, year, .. } = plan;
        let kind = if plan.chain.is_some() { "annual-plan" } else { "promotion-plan" };
        format!(
            "kind = \"{kind}\"\nyear = {year}\ntitle = \"{year}年知识产权保护工作方案（{id}）\"\n\
             issuer = \"国家知识产权局\"\nissued = {year}-01-15\ntasks = \"heading-4\"\n"
        )
    },
    opening: "为落实有关部署，制定本方案。",
    section: |index| format!("{}、重点工作", han(index + 1)),
    deadline: |(year, month)| format!("（{year}年{month}月底前完成）"),
};

const ENGLISH: Language = Language {
    of: |both| &both.en,
    space: " ",
    front: |plan| {
        let Plan { id, year, .. } = plan;
        format!(
            "title = \"{year} Work Plan for the Protection of Intellectual Property ({id})\"\n\
             issuer = \"China National Intellectual Property Administration\"\n"
        )
    },
    opening: "This Work Plan is formulated to carry out the arrangements in force.",
    section: |index| format!("{}. Key work", "I".repeat(index + 1)),
    deadline: |(year, month)| format!("(To be completed by the end of {} {year}.)", MONTHS[month - 1]),
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A number below 100 in Chinese.
fn han(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

/// A catalogue without what it says about items of the real site.
fn without_items(text: &str) -> String {
    let kept = text.split_inclusive("\n\n").filter(|part| {
        !part.trim_start().starts_with("[[link]]") && !part.trim_start().starts_with("[[end]]")
    });
    let is_about_items = |line: &&str| {
        ["add = [\"", "remove = [\"", "counterparts = "].iter().any(|start| line.starts_with(start))
    };
    kept.flat_map(|part| part.split_inclusive('\n').filter(|line| !is_about_items(line))).collect()
}

/// The slugs of a catalogue.
fn slugs(text: &str) -> Vec<String> {
    let slug = |line: &str| Some(line.strip_prefix("slug = \"")?.strip_suffix('"')?.to_owned());
    text.lines().filter_map(slug).collect()
}

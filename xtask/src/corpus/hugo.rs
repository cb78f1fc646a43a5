//! The same texts as a site for Hugo: a page for each task in each language, with templates that show
//! what gongbao shows of it, as far as templates can: both texts side by side, due day, instruments,
//! subject headings, the task of the year after, its neighbours; and of the site the plans whole,
//! the timeline, lists by instrument and heading, feeds, calendars, Markdown versions and open data.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use super::{CHINESE, Corpus, ENGLISH, Language, Plan, Task, YEARS, slugs};

const TEMPLATES: [(&str, &str); 11] = [
    ("_default/baseof.html", include_str!("../../hugo/_default/baseof.html")),
    ("_default/single.html", include_str!("../../hugo/_default/single.html")),
    ("_default/single.twin.md", include_str!("../../hugo/_default/page.md")),
    ("_default/list.html", include_str!("../../hugo/_default/list.html")),
    ("_default/list.twin.md", include_str!("../../hugo/_default/section.md")),
    ("_default/list.calendar.ics", include_str!("../../hugo/_default/calendar.ics")),
    ("_default/list.tasks.json", include_str!("../../hugo/_default/tasks.json")),
    ("_default/terms.html", include_str!("../../hugo/_default/rows.html")),
    ("_default/taxonomy.html", include_str!("../../hugo/_default/rows.html")),
    ("_default/term.html", include_str!("../../hugo/_default/rows.html")),
    ("_default/timeline.html", include_str!("../../hugo/_default/timeline.html")),
];
const PARTIALS: [(&str, &str); 2] = [
    ("text.html", include_str!("../../hugo/_default/text.html")),
    ("facts.html", include_str!("../../hugo/_default/facts.html")),
];

/// Writes a site for Hugo. Subject headings are found by the terms of the catalogue below `root`.
pub(crate) fn write_for_hugo(corpus: &Corpus, root: &Path, folder: &Path) -> io::Result<()> {
    let topics = topics(&fs::read_to_string(root.join("content/topics.toml"))?);
    fs::create_dir_all(folder.join("layouts/_default"))?;
    fs::create_dir_all(folder.join("layouts/partials"))?;
    fs::write(folder.join("hugo.toml"), include_str!("../../hugo/hugo.toml"))?;
    for (name, text) in TEMPLATES {
        fs::write(folder.join("layouts").join(name), text)?;
    }
    for (name, text) in PARTIALS {
        fs::write(folder.join("layouts/partials").join(name), text)?;
    }
    for (code, language) in [("zh", &CHINESE), ("en", &ENGLISH)] {
        let content = folder.join("content").join(code);
        fs::create_dir_all(&content)?;
        fs::write(content.join("timeline.md"), "+++\ntitle = \"Timeline\"\nlayout = \"timeline\"\n+++\n")?;
        for plan in &corpus.plans {
            write_plan(&content.join("plans").join(&plan.id), plan, language, &topics)?;
        }
    }
    Ok(())
}

fn write_plan(folder: &Path, plan: &Plan, language: &Language, topics: &[Topic]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let title = (language.front)(plan);
    let title = title.lines().find(|line| line.starts_with("title")).unwrap_or_default();
    fs::write(folder.join("_index.md"), format!("+++\n{title}\n+++\n{}\n", language.opening))?;
    for (index, task) in plan.tasks.iter().enumerate() {
        let page = page(plan, index + 1, task, language, topics);
        fs::write(folder.join(format!("task-{}.md", index + 1)), page)?;
    }
    Ok(())
}

fn page(plan: &Plan, number: usize, task: &Task, language: &Language, topics: &[Topic]) -> String {
    let (text, title) = (task.body(&CHINESE), (language.of)(&task.title));
    let cited: BTreeSet<&str> = text.split('《').skip(1).filter_map(|part| part.split('》').next()).collect();
    let cited: Vec<&str> = cited.into_iter().collect();
    let found = |topic: &&Topic| topic.terms.iter().any(|term| text.contains(term.as_str()));
    let topics: Vec<&str> = topics.iter().filter(found).map(|topic| topic.slug.as_str()).collect();
    let mut front = format!(
        "title = '''{title}'''\nnumber = {number}\nweight = {number}\ninstruments = {cited:?}\ntopics = {topics:?}\n"
    );
    if let Some((year, month)) = task.deadline {
        let _ = writeln!(front, "due = {year}-{month:02}-28");
    }
    if plan.chain.is_some() && plan.year + 1 < YEARS.end {
        let next: usize = plan.id.trim_start_matches("plan-").parse::<usize>().unwrap_or_default() + 1;
        let _ = writeln!(front, "after = \"/plans/plan-{next}/task-{number}\"");
    }
    format!("+++\n{front}+++\n{}\n", task.body(language))
}

/// A subject heading and the words that it is found by.
struct Topic {
    slug: String,
    terms: Vec<String>,
}

fn topics(catalogue: &str) -> Vec<Topic> {
    let terms = |line: &str| -> Option<Vec<String>> {
        let list = line.strip_prefix("terms = [")?.split('"').skip(1).step_by(2);
        Some(list.map(str::to_owned).collect())
    };
    let terms = catalogue.lines().filter_map(terms);
    slugs(catalogue).into_iter().zip(terms).map(|(slug, terms)| Topic { slug, terms }).collect()
}

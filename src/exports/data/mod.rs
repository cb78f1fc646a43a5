//! Open data: what machines read.

pub mod package;
pub mod table;
pub mod tables;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use crate::base::Lang;
use crate::facts::body::Body;
use crate::facts::date::Precision;
use crate::facts::deadline::{Basis, Deadline};
use crate::facts::target::Target;
use crate::model::index::{NodeIndex, PlanIndex, TaskIndex};
use crate::routes::{self, DataFile, Page, Route};
use crate::settings::Localized;
use crate::site::{Plan, Site};
use table::DataTable;

/// The contents of `tasks.json`, as a JSON Schema (draft 2020-12). A test validates the file.
const TASKS_SCHEMA: &str = include_str!("tasks.schema.json");

/// The files of open data of a site, each made when it is first asked for.
pub struct DataFiles<'a> {
    /// The site.
    pub site: &'a Site,
    made: [OnceLock<Vec<u8>>; DataFile::ALL.len()],
}

impl<'a> DataFiles<'a> {
    /// The files of a site.
    pub fn new(site: &'a Site) -> Self {
        Self { site, made: Default::default() }
    }

    /// The bytes of a file.
    pub fn bytes(&self, file: DataFile) -> &[u8] {
        let index = DataFile::ALL.iter().position(|other| *other == file).expect("all files are in the list");
        self.made[index].get_or_init(|| self.make(file))
    }

    fn make(&self, file: DataFile) -> Vec<u8> {
        match file {
            DataFile::TasksJson => tasks_json(self.site),
            DataFile::TasksSchema => TASKS_SCHEMA.as_bytes().to_vec(),
            DataFile::Package => package::package(self).into_bytes(),
            DataFile::TasksCsv | DataFile::DeadlinesCsv | DataFile::InstrumentsCsv | DataFile::ThreadsCsv => {
                table(self.site, file).map(DataTable::csv).unwrap_or_default()
            }
        }
    }
}

/// The table in a data file, if it contains one.
pub fn table(site: &Site, file: DataFile) -> Option<DataTable<'_>> {
    match file {
        DataFile::TasksCsv => Some(tables::tasks(site)),
        DataFile::DeadlinesCsv => Some(tables::deadlines(site)),
        DataFile::InstrumentsCsv => Some(tables::instruments(site)),
        DataFile::ThreadsCsv => Some(tables::threads(site)),
        DataFile::TasksJson | DataFile::TasksSchema | DataFile::Package => None,
    }
}

/// One entry of `/data/tasks.json`. Texts and addresses are by language code.
#[derive(Debug, Serialize)]
struct TaskData<'a> {
    id: String,
    plan: &'a str,
    number: u32,
    section: Option<Localized>,
    title: BTreeMap<Lang, &'a str>,
    text: Localized,
    deadlines: Vec<DeadlineData<'a>>,
    bodies: Vec<BodyData<'a>>,
    responsible: Vec<&'a str>,
    instruments: Vec<&'a str>,
    topics: Vec<&'a str>,
    threads: Vec<&'a str>,
    targets: Vec<TargetData<'a>>,
    url: BTreeMap<Lang, String>,
}

#[derive(Debug, Serialize)]
struct DeadlineData<'a> {
    kind: &'static str,
    date: Option<String>,
    precision: Option<&'static str>,
    text: &'a str,
    r#where: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct BodyData<'a> {
    name: &'a str,
    role: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    others: bool,
}

#[derive(Debug, Serialize)]
struct TargetData<'a> {
    measures: &'a str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<&'a str>,
    unit: &'a str,
    bound: &'static str,
    change: &'static str,
    text: &'a str,
}

/// `/data/tasks.json`: every task, in the order of the site, as [`TASKS_SCHEMA`] says. Dates are ISO 8601.
fn tasks_json(site: &Site) -> Vec<u8> {
    let tasks = site.tasks().map(|(plan, task)| entry(site, plan, task));
    let mut bytes = Vec::new();
    let mut json = serde_json::Serializer::pretty(&mut bytes);
    json.collect_seq(tasks).expect("tasks are plain data");
    bytes.push(b'\n');
    bytes
}

fn entry(site: &Site, plan_index: PlanIndex, index: TaskIndex) -> TaskData<'_> {
    let plan = &site.plans[plan_index];
    let task = &plan.tasks[index];
    let headings = &plan.headings[task.node];
    let url = |lang: Lang| routes::absolute(site, &Route::Page(lang, Page::Task(plan_index, index)));
    TaskData {
        id: plan.task_id(task),
        plan: plan.id.as_str(),
        number: task.number,
        section: plan.nodes[task.node].parent.map(|section| plan.titles(section)),
        title: headings.iter().map(|(lang, heading)| (*lang, heading.title.as_str())).collect(),
        text: texts(site, plan, task.node),
        deadlines: task.deadlines.iter().map(|stated| deadline(&stated.fact)).collect(),
        bodies: task.bodies.iter().map(|stated| body(&stated.fact)).collect(),
        responsible: task.responsible(),
        instruments: plan.instruments_of(&task.cited).map(|i| site.instruments[i].slug.as_str()).collect(),
        topics: task.topics.iter().map(|topic| site.topics[*topic].slug.as_str()).collect(),
        threads: task.threads.iter().map(|thread| site.threads[*thread].slug.as_str()).collect(),
        targets: task.targets.iter().map(|stated| target(&stated.fact)).collect(),
        url: site.settings.languages.iter().map(|l| (l.code, url(l.code))).collect(),
    }
}

/// The words of a task below its heading in every language they are all there in, a line a block.
fn texts(site: &Site, plan: &Plan, node: NodeIndex) -> Localized {
    let original = site.settings.original();
    let languages = site.settings.languages.iter().map(|language| language.code);
    languages.filter_map(|lang| Some((lang, plan.text(node, lang, original)?))).collect()
}

fn deadline(deadline: &Deadline) -> DeadlineData<'_> {
    DeadlineData {
        kind: deadline.kind.as_str(),
        date: deadline.date.map(|date| date.to_string()),
        precision: deadline.precision.map(Precision::as_str),
        text: &deadline.text,
        r#where: deadline.place.as_str(),
        basis: basis(deadline),
    }
}

/// The basis of a day that the text does not name.
fn basis(deadline: &Deadline) -> Option<&'static str> {
    match deadline.basis {
        Basis::Stated => None,
        Basis::Latest => Some("latest"),
        Basis::Computed => Some("computed"),
    }
}

fn body(body: &Body) -> BodyData<'_> {
    BodyData { name: &body.name, role: body.role.as_str(), others: body.others }
}

fn target(target: &Target) -> TargetData<'_> {
    TargetData {
        measures: &target.measures,
        value: &target.value,
        upper: target.upper.as_deref(),
        unit: &target.unit,
        bound: target.bound.as_str(),
        change: target.change.as_str(),
        text: &target.text,
    }
}

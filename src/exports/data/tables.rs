//! The tables of open data: tasks, due days, instruments and threads.
//!
//! A further table is one more function here and one more
//! [`DataFile`](crate::routes::DataFile).

use std::collections::BTreeMap;

use crate::exports::data::table::{Column, DataTable, LIST, column, guarded_date};
use crate::facts::date::Precision;
use crate::facts::deadline::DeadlineKind;
use crate::model::NodeKind;
use crate::model::id::dotted;
use crate::model::index::{InstrumentIndex, PlanIndex, TaskIndex, ThreadIndex};
use crate::routes::{self, Page, Route};
use crate::settings::Localized;
use crate::site::{Due, DueItem, Instrument, Site, Task, Undated};

/// Every task, in the order of the site.
pub fn tasks(site: &Site) -> DataTable<'_> {
    let string = |name, zh, en| column(name, "string", (zh, en));
    let mut columns = vec![
        string("id", "编号，如 2023.task-5", "id, such as 2023.task-5"),
        string("plan", "计划的编号", "id of the plan"),
        column("number", "integer", ("在计划中的序号", "number in the plan")),
    ];
    columns.extend(in_languages(site, "title", ("标题", "title")));
    columns.extend(in_languages(site, "text", ("全文", "full text")));
    columns.extend([
        column("due", "date", ("到期日；时段取其最后一日", "due day; of a period its last day")),
        string("precision", "原文写到哪一级", "how exactly the text states the day"),
        column("ongoing", "boolean", ("是否持续推进", "whether work is ongoing")),
        string("deadline_text", "期限的原文", "the words of the deadline"),
        string(
            "bodies",
            "文中的单位及其角色，写作“角色: 名称”",
            "bodies with their roles, each written `role: name`",
        ),
        string("responsible", "牵头和负责的单位", "bodies that lead or are responsible"),
        string("instruments", "引用的文件", "instruments cited, by id"),
        string("topics", "主题", "topics, by id"),
        string("threads", "所属的工作脉络", "threads it belongs to, by id"),
    ]);
    columns.extend(in_languages(site, "url", ("网址", "address")));
    DataTable { columns, rows: Box::new(site.tasks().map(|(plan, task)| task_row(site, plan, task))) }
}

fn task_row(site: &Site, plan_index: PlanIndex, index: TaskIndex) -> Vec<String> {
    let plan = &site.plans[plan_index];
    let task = &plan.tasks[index];
    let due = task.deadlines.iter().find(|deadline| deadline.kind == DeadlineKind::Due);
    let mut row = vec![id(&plan.task_id(task)), id(plan.id.as_str()), task.number.to_string()];
    row.extend(cells(site, &plan.titles(task.node)));
    row.extend(cells(site, &crate::exports::data::texts(site, plan, task.node)));
    row.extend([
        due.and_then(|deadline| deadline.date).map(|date| date.to_string()).unwrap_or_default(),
        due.and_then(|deadline| deadline.precision).map_or("", Precision::as_str).to_owned(),
        task.is_ongoing().to_string(),
        deadline_text(task),
        bodies(task),
        list(task.responsible().into_iter()),
        ids(plan.instruments_of(&task.cited).map(|i| site.instruments[i].slug.as_str())),
        ids(task.topics.iter().map(|i| site.topics[*i].slug.as_str())),
        ids(task.threads.iter().map(|i| site.threads[*i].slug.as_str())),
    ]);
    row.extend(addresses(site, Page::Task(plan_index, index)));
    row
}

fn bodies(task: &Task) -> String {
    let named = task.bodies.iter().map(|body| format!("{}: {}", body.role.as_str(), body.name));
    named.collect::<Vec<_>>().join(LIST)
}

fn deadline_text(task: &Task) -> String {
    let mut texts: Vec<&str> = task.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
    texts.dedup();
    list(texts.into_iter())
}

/// Every due day, in order of time, then what is due at no stated day.
pub fn deadlines(site: &Site) -> DataTable<'_> {
    let string = |name, zh, en| column(name, "string", (zh, en));
    let mut columns = vec![
        string(
            "id",
            "编号，如 2023.task-5、2023.milestone-1，与日历的 UID 相同",
            "id, such as 2023.task-5 or 2023.milestone-1, as in the UID of the calendars",
        ),
        string("kind", "任务（task）或报送（milestone）", "task, or milestone for a report"),
        string("plan", "计划的编号", "id of the plan"),
        column("date", "date", ("到期日；时段取其最后一日", "due day; of a period its last day")),
        string("precision", "原文写到哪一级", "how exactly the text states the day"),
        column("then_ongoing", "boolean", ("之后是否持续推进", "whether work goes on afterwards")),
        string("text", "期限的原文", "the words of the deadline"),
        string("where", "见于括号、正文、表格或由编辑写明", "parenthesis, text, table or front-matter"),
    ];
    columns.extend(in_languages(site, "title", ("事项", "what is due")));
    columns.extend(in_languages(site, "url", ("网址", "address")));
    let undated = site.undated.iter().map(|due| undated_row(site, due));
    DataTable { columns, rows: Box::new(site.timeline.iter().map(|due| due_row(site, due)).chain(undated)) }
}

fn due_row(site: &Site, due: &Due) -> Vec<String> {
    let plan = &site.plans[due.plan];
    let (kind, titles) = match due.what {
        DueItem::Task(task) => ("task", plan.titles(plan.tasks[task].node)),
        DueItem::Milestone(m) => ("milestone", plan.milestones[m].title.clone()),
    };
    let precision = due.precision.as_str().to_owned();
    let mut row = vec![id(&due.id), kind.into(), id(plan.id.as_str()), due.date.to_string(), precision];
    row.push(due.then_ongoing.to_string());
    row.extend(match due.what {
        DueItem::Task(task) => quoted(&plan.tasks[task], due.deadline),
        DueItem::Milestone(_) => Default::default(),
    });
    row.extend(cells(site, &titles));
    row.extend(addresses(site, routes::page_of(due)).into_iter().map(|address| address + due.anchor()));
    row
}

/// The words of a deadline, and where they are.
fn quoted(task: &Task, deadline: usize) -> [String; 2] {
    let deadline = &task.deadlines[deadline];
    [deadline.text.clone(), deadline.place.as_str().to_owned()]
}

fn undated_row(site: &Site, due: &Undated) -> Vec<String> {
    let plan = &site.plans[due.plan];
    let task = &plan.tasks[due.task];
    let mut row = vec![id(&due.id), "task".into(), id(plan.id.as_str()), String::new(), String::new()];
    row.push(task.is_ongoing().to_string());
    row.extend(quoted(task, due.deadline));
    row.extend(cells(site, &plan.titles(task.node)));
    let anchor = due.id.find('#').map_or("", |at| &due.id[at..]);
    let page = Page::Task(due.plan, due.task);
    row.extend(addresses(site, page).into_iter().map(|address| address + anchor));
    row
}

/// Every cited instrument, in order of the titles.
pub fn instruments(site: &Site) -> DataTable<'_> {
    let string = |name, zh, en| column(name, "string", (zh, en));
    let mut columns = vec![string("id", "编号，也是网址的一部分", "id, also part of the address")];
    columns.extend(in_languages(site, "title", ("名称", "title")));
    columns.extend([
        string("kind", "类别；文件目录未收录的为空", "kind; empty if the catalogue does not know it"),
        column("citations", "integer", ("被引用次数", "how often it is cited")),
        string("tasks", "引用它的任务", "the tasks that cite it, by id"),
    ]);
    columns.extend(in_languages(site, "url", ("网址", "address")));
    let rows = site.instruments.iter_enumerated().map(|(i, one)| instrument_row(site, i, one));
    DataTable { columns, rows: Box::new(rows) }
}

fn instrument_row(site: &Site, index: InstrumentIndex, instrument: &Instrument) -> Vec<String> {
    let citing = instrument.cited_by.iter().map(|(item, _)| *item);
    let citing = citing.filter(|item| site.node(*item).kind == NodeKind::Task);
    let citing: Vec<String> = citing.map(|item| site.item_id(item)).collect();
    let mut row = vec![id(&instrument.slug)];
    row.extend(cells(site, &instrument.title));
    row.extend([
        kind(instrument),
        instrument.citations().to_string(),
        ids(citing.iter().map(String::as_str)),
    ]);
    row.extend(addresses(site, Page::Instrument(index)));
    row
}

fn kind(instrument: &Instrument) -> String {
    instrument.entry.as_ref().map(|entry| entry.kind.to_string()).unwrap_or_default()
}

/// Every line of work, in the order of the catalogue.
pub fn threads(site: &Site) -> DataTable<'_> {
    let mut columns =
        vec![column("id", "string", ("编号，也是网址的一部分", "id, also part of the address"))];
    columns.extend(in_languages(site, "title", ("名称", "name")));
    columns.extend(in_languages(site, "summary", ("沿革", "its story")));
    columns.push(column("tasks", "string", ("属于它的任务", "the tasks that belong to it, by id")));
    columns.extend(in_languages(site, "url", ("网址", "address")));
    let mut tasks: BTreeMap<ThreadIndex, Vec<String>> = BTreeMap::new();
    for (plan, task) in site.plans.iter().flat_map(|plan| plan.tasks.iter().map(move |task| (plan, task))) {
        task.threads.iter().for_each(|thread| tasks.entry(*thread).or_default().push(plan.task_id(task)));
    }
    let row = move |index| thread_row(site, index, tasks.get(&index).map_or(&[], Vec::as_slice));
    DataTable { columns, rows: Box::new(site.threads.indices().map(row)) }
}

fn thread_row(site: &Site, index: ThreadIndex, tasks: &[String]) -> Vec<String> {
    let thread = &site.threads[index];
    let mut row = vec![id(&thread.slug)];
    row.extend(cells(site, &thread.title));
    row.extend(cells(site, &thread.summary));
    row.push(ids(tasks.iter().map(String::as_str)));
    row.extend(addresses(site, Page::Thread(index)));
    row
}

/// A column for each language of the site: `title_zh`, `title_en`.
fn in_languages(site: &Site, name: &str, about: (&'static str, &'static str)) -> Vec<Column> {
    let languages = site.settings.languages.iter();
    languages.map(|language| column(&format!("{name}_{}", language.code), "string", about)).collect()
}

/// The cells of such columns. What is not there in a language is empty.
fn cells(site: &Site, texts: &Localized) -> Vec<String> {
    let languages = site.settings.languages.iter();
    languages.map(|language| texts.get(&language.code).cloned().unwrap_or_default()).collect()
}

fn addresses(site: &Site, page: Page) -> Vec<String> {
    let languages = site.settings.languages.iter();
    languages.map(|language| routes::absolute(site, &Route::Page(language.code, page))).collect()
}

fn list<'a>(entries: impl Iterator<Item = &'a str>) -> String {
    entries.collect::<Vec<_>>().join(LIST)
}

/// The cell of an id: see [`dotted`] and [`guarded_date`].
fn id(id: &str) -> String {
    guarded_date(dotted(id))
}

/// The cell of several ids.
fn ids<'a>(entries: impl Iterator<Item = &'a str>) -> String {
    let entries: Vec<String> = entries.map(id).collect();
    list(entries.iter().map(String::as_str))
}

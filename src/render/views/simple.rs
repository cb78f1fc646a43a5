//! Pages with little of their own: the data page and the page for what is not there.

use serde::Serialize;

use super::head::{self, PageView};
use super::reader::{Phrase, Reader};
use crate::routes::{self, Route};

/// What can be downloaded.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// All tasks as JSON.
    pub tasks_json: String,
    /// How many entries it holds.
    pub tasks: usize,
}

/// The data page.
pub fn data(reader: &Reader<'_>) -> PageView<DataView> {
    let content = DataView {
        tasks_json: routes::href(reader.site, reader.route, &Route::TasksJson),
        tasks: reader.site.plans.iter().map(|plan| plan.tasks.len()).sum(),
    };
    let title = Phrase { text: reader.say("data-title"), lang: None };
    let description = reader.say("data-description");
    head::frame(reader, "data", title, description, vec![head::home_crumb(reader)], content)
}

/// Nothing.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {}

/// The page for what is not there.
pub fn not_found(reader: &Reader<'_>) -> PageView<NotFoundView> {
    let title = Phrase { text: reader.say("not-found-title"), lang: None };
    let description = reader.say("not-found-description");
    head::frame(reader, "not-found", title, description, vec![head::home_crumb(reader)], NotFoundView {})
}

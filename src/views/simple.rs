//! Pages with little of their own: the data page and the page for what is not there.

use serde::Serialize;

use crate::routes::{self, DataFile, Route};
use crate::views::context::PageContext;
use crate::views::head::{self, PageView};
use crate::views::share::{self, Offer};
use crate::views::strings;

/// The downloads.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// The files of open data.
    pub files: Vec<FileView>,
    /// The calendars; those of topics are on their own pages.
    pub calendars: Vec<Offer>,
    /// The feeds; those of topics are on their own pages.
    pub feeds: Vec<Offer>,
    /// The plans as Akoma Ntoso.
    pub akns: Vec<Offer>,
    /// The way round the site for language models.
    pub llms: String,
}

/// A file of open data.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Its address.
    pub href: String,
    /// Its name.
    pub name: &'static str,
    /// Its contents.
    pub about: String,
    /// Its size in units of 1000 bytes, rounded up.
    pub kilobytes: usize,
}

/// The data page.
pub fn data(reader: &PageContext<'_>) -> PageView<DataView> {
    let site = reader.site;
    let content = DataView {
        files: DataFile::ALL.map(|file| file_view(reader, file)).into(),
        calendars: share::calendars(reader),
        feeds: share::feeds(reader),
        akns: share::akns(reader),
        llms: routes::href(site, reader.route, &Route::Llms),
    };
    let title = reader.label(strings::data_title());
    let description = reader.say(strings::data_description());
    head::frame(reader, "data", title, description, vec![head::home_crumb(reader)], content)
}

fn file_view(reader: &PageContext<'_>, file: DataFile) -> FileView {
    FileView {
        href: routes::href(reader.site, reader.route, &Route::Data(file)),
        name: file.name(),
        about: reader.say(strings::data_file(file)),
        kilobytes: reader.shared.data_size(file).div_ceil(1000),
    }
}

/// Nothing.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {}

/// The page for what is not there.
pub fn not_found(reader: &PageContext<'_>) -> PageView<NotFoundView> {
    let title = reader.label(strings::not_found_title());
    let description = reader.say(strings::not_found_description());
    head::frame(reader, "not-found", title, description, vec![head::home_crumb(reader)], NotFoundView {})
}

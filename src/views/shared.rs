//! The values that all pages of a site share.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Lang;
use crate::compare::Run;
use crate::model::index::{InstrumentIndex, LinkIndex};
use crate::routes::DataFile;
use crate::site::Site;
use crate::theme::Theme;
use crate::views::comparisons::Comparisons;
use crate::views::titles;

/// A site with its theme, and what is computed once for all pages.
pub struct SiteContext<'a> {
    /// The site.
    pub site: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// The instruments by their titles in each language, for links in translations.
    titles: BTreeMap<(Lang, &'a str), InstrumentIndex>,
    comparisons: Comparisons,
    /// Gives the size of a file of open data in bytes.
    data_size: Box<dyn Fn(DataFile) -> usize + Send + Sync + 'a>,
}

impl<'a> SiteContext<'a> {
    /// Prepares the shared values. `data_size` gives the size of a file of open data, in bytes.
    pub fn new(
        site: &'a Site,
        theme: &'a Theme,
        comparisons: Comparisons,
        data_size: impl Fn(DataFile) -> usize + Send + Sync + 'a,
    ) -> Self {
        theme.titles.prepare(titles::of(site));
        let of = |(index, instrument): (InstrumentIndex, &'a crate::site::Instrument)| {
            instrument.title.iter().map(move |(lang, title)| ((*lang, title.as_str()), index))
        };
        let titles = site.instruments.iter_enumerated().flat_map(of).collect();
        Self { site, theme, titles, comparisons, data_size: Box::new(data_size) }
    }

    /// The words that differ between the two items of a link, and the language of these words.
    pub fn comparison(&self, link: LinkIndex, lang: Lang) -> (Lang, Arc<[Run]>) {
        self.comparisons.get(self.site, link, lang)
    }

    /// The instrument of that title in a language.
    pub fn instrument(&self, lang: Lang, title: &str) -> Option<InstrumentIndex> {
        self.titles.get(&(lang, title)).copied()
    }

    /// The size of a file of open data, in bytes.
    pub fn data_size(&self, file: DataFile) -> usize {
        (self.data_size)(file)
    }
}

//! The changes of wording from task to task: several pages show the same comparison, so each is computed once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use index_vec::IndexVec;

use crate::base::Lang;
use crate::compare::{self, Run, Script, WordSegmenter};
use crate::model::index::LinkIndex;
use crate::site::{ItemRef, Site};

/// The comparison of each link, once it has been made.
type ComparedLinks = IndexVec<LinkIndex, OnceLock<Arc<[Run]>>>;

/// The comparisons of the links of a site.
pub struct Comparisons {
    /// The word segmenter of a language, if it was prepared for all its texts.
    cutters: BTreeMap<Lang, WordSegmenter>,
    /// By language, and by the index of the link.
    known: BTreeMap<Lang, ComparedLinks>,
}

impl Comparisons {
    /// For a few pages: each pair of texts is prepared by itself.
    pub fn of_few(site: &Site) -> Self {
        let languages = site.settings.languages.iter();
        let none = |_| site.links.indices().map(|_| OnceLock::new()).collect();
        let known = languages.map(|language| (language.code, none(language))).collect();
        Self { cutters: BTreeMap::new(), known }
    }

    /// For all pages: all texts are prepared at once.
    pub fn of_all(site: &Site) -> Self {
        let cutters = site.settings.languages.iter().map(|language| {
            let items = site.links.iter().flat_map(|link| [link.from, link.to]);
            let texts: Vec<String> = items.filter_map(|item| text(site, item, language.code)).collect();
            (language.code, WordSegmenter::new(Script::of(&language.tag), texts.iter().map(String::as_str)))
        });
        Self { cutters: cutters.collect(), ..Self::of_few(site) }
    }

    /// The two items of a link compared in a language, or in the original's if either is
    /// not translated; and which of the two it is.
    pub fn get(&self, site: &Site, link: LinkIndex, lang: Lang) -> (Lang, Arc<[Run]>) {
        let (from, to) = (site.links[link].from, site.links[link].to);
        let pair = |lang| Some(LinkedTexts { old: text(site, from, lang)?, new: text(site, to, lang)? });
        let own = self.known[&lang][link].get().cloned();
        if let Some(runs) = own {
            return (lang, runs);
        }
        match pair(lang) {
            Some(pair) => (lang, self.make(site, link, lang, &pair)),
            None => self.get(site, link, site.settings.original()),
        }
    }

    fn make(
        &self,
        site: &Site,
        link: LinkIndex,
        lang: Lang,
        LinkedTexts { old, new }: &LinkedTexts,
    ) -> Arc<[Run]> {
        let runs = self.known[&lang][link].get_or_init(|| match self.cutters.get(&lang) {
            Some(cutter) => compare::compare(old, new, cutter).into(),
            None => {
                let script = Script::of(site.settings.tag(lang));
                compare::compare(old, new, &WordSegmenter::new(script, [old.as_str(), new.as_str()])).into()
            }
        });
        Arc::clone(runs)
    }
}

/// The texts of the two items of a link.
struct LinkedTexts {
    old: String,
    new: String,
}

fn text(site: &Site, item: ItemRef, lang: Lang) -> Option<String> {
    site.plans[item.plan].text(item.node, lang, site.settings.original())
}

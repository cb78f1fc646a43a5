//! The engine: supply it with pieces, ask it queries.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::sync::Arc;

use crate::answer::{Options, OtherLanguage, Results, Understood, UnderstoodKind};
use crate::correct::corrected;
use crate::error::{Error, Result, corrupt};
use crate::format::layout::{piece_hash, piece_name};
use crate::format::manifest::{Manifest, VolumeEntry};
use crate::paging::Pieces;
use crate::query::Query;
use crate::select::{Selection, select, select_from};
use crate::text::{Script, is_han};
use crate::understand::understand;
use crate::volume::Volume;

/// How often a query may ask for pieces before the bundle is taken to be damaged: a
/// term's block, its lists, the texts, and the same for each other language.
const ROUNDS: usize = 32;

/// An open bundle.
pub struct Engine {
    manifest: Manifest,
    pieces: Arc<Pieces>,
    volumes: BTreeMap<String, Volume>,
}

/// The result of one step of a search.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The answer.
    Done(Box<Results>),
    /// The engine must be supplied with these pieces, and asked again.
    Needs {
        /// Names of the pieces in the bundle.
        pieces: Vec<String>,
        /// The answer so far: all but the hits whose texts are missing.
        partial: Option<Box<Results>>,
    },
}

impl Engine {
    /// Opens a bundle by its manifest (`index.json`).
    ///
    /// # Errors
    /// If it is damaged or of another format.
    pub fn open(manifest: &[u8]) -> Result<Engine> {
        let manifest = Manifest::decode(manifest)?;
        Ok(Engine { manifest, pieces: Arc::default(), volumes: BTreeMap::new() })
    }

    /// The languages of the bundle, each with its number of records.
    pub fn languages(&self) -> Vec<(&str, u32)> {
        self.manifest.volumes.iter().map(|entry| (entry.lang.as_str(), entry.records)).collect()
    }

    /// Hands a piece over that [`Step::Needs`] named.
    ///
    /// # Errors
    /// If the content is not the one that its name stands for.
    pub fn supply(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let hash = piece_hash(name).ok_or_else(|| corrupt(format!("no piece has the name `{name}`")))?;
        self.pieces.supply(hash, bytes)
    }

    /// Answers a query, or says which pieces are needed for it. Nothing is found in a language
    /// without records; there may be hits in others.
    ///
    /// # Errors
    /// If the bundle is damaged; never for the query.
    pub fn search(&mut self, query: &str, options: &Options) -> Result<Step> {
        self.pieces.take_wanted();
        let mut shown = None;
        let answer = self.answer(query, options, &mut shown);
        let wanted = self.pieces.take_wanted();
        if wanted.is_empty() {
            return answer.map(|results| Step::Done(Box::new(results)));
        }
        let pieces = wanted.into_iter().map(piece_name).collect();
        Ok(Step::Needs { pieces, partial: shown.map(Box::new) })
    }

    /// Answers a query, fetching pieces by name as they are needed.
    ///
    /// # Errors
    /// As [`Engine::search`], and if a piece cannot be fetched.
    pub fn search_with(
        &mut self,
        query: &str,
        options: &Options,
        mut fetch: impl FnMut(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Results> {
        for _ in 0..ROUNDS {
            match self.search(query, options)? {
                Step::Done(results) => return Ok(*results),
                Step::Needs { pieces, .. } => {
                    for name in pieces {
                        let bytes =
                            fetch(&name).map_err(|cause| Error::Fetch { name: name.clone(), cause })?;
                        self.supply(&name, bytes)?;
                    }
                }
            }
        }
        Err(corrupt("a query asks for pieces without end"))
    }

    fn answer(&mut self, query: &str, options: &Options, shown: &mut Option<Results>) -> Result<Results> {
        let mut query = Query::parse(query);
        let understood = if options.widen { understand(&mut query) } else { Vec::new() };
        let own = |entry: &VolumeEntry| options.lang.is_empty() || entry.lang == options.lang;
        let own = self.manifest.volumes.iter().position(own);
        let mut results = match own {
            Some(own) => self.hits(own, &query, options, shown)?,
            None => Results { exact: true, ..Results::default() },
        };
        results.understood.splice(0..0, understood);
        if options.others {
            results.others = self.count_others(own, &query, options)?;
        }
        Ok(results)
    }

    fn hits(
        &mut self,
        own: usize,
        query: &Query,
        options: &Options,
        shown: &mut Option<Results>,
    ) -> Result<Results> {
        let mut selection = select(self.volume(own)?, query, options, options.widen)?;
        let mut understood = Vec::new();
        if options.widen
            && !selection.has_all()
            && let Some((meant, note)) = self.meant(own, query, options)?
        {
            selection = meant;
            understood.push(note);
        }
        let volume = self.volume(own)?;
        let mut results = Results { understood, ..selection.results() };
        let (hits, missing) = selection.hits(volume, options);
        results.hits = hits;
        *shown = Some(results.clone());
        missing.map_or(Ok(results), Err)
    }

    /// The records that were probably meant by words that no text of the language has.
    fn meant(
        &mut self,
        own: usize,
        query: &Query,
        options: &Options,
    ) -> Result<Option<(Selection, Understood)>> {
        if let Some(found) = self.in_other_language(own, query, options)? {
            return Ok(Some(found));
        }
        let volume = self.volume(own)?;
        let Some(query) = corrected(volume, query)? else { return Ok(None) };
        let selection = select(volume, &query, options, true)?;
        let note = Understood { kind: UnderstoodKind::Correction, text: query.words() };
        Ok(selection.has_all().then_some((selection, note)))
    }

    /// The records that have the words of a query in another language: Chinese typed on an English page.
    fn in_other_language(
        &mut self,
        own: usize,
        query: &Query,
        options: &Options,
    ) -> Result<Option<(Selection, Understood)>> {
        let script = Script::of(&self.manifest.volumes[own].lang);
        if !is_foreign(query, script) {
            return Ok(None);
        }
        for other in 0..self.manifest.volumes.len() {
            if Script::of(&self.manifest.volumes[other].lang) == script {
                continue;
            }
            self.volume(other)?;
            let [own, other] = [own, other].map(|at| &self.manifest.volumes[at].lang);
            let (Some(volume), Some(of)) = (self.volumes.get(own), self.volumes.get(other)) else { continue };
            let selection = select_from(volume, of, query, options)?;
            if selection.has_all() {
                let note = Understood { kind: UnderstoodKind::OtherLanguage, text: other.clone() };
                return Ok(Some((selection, note)));
            }
        }
        Ok(None)
    }

    fn count_others(
        &mut self,
        own: Option<usize>,
        query: &Query,
        options: &Options,
    ) -> Result<Vec<OtherLanguage>> {
        let others = (0..self.manifest.volumes.len()).filter(|index| Some(*index) != own);
        let count = |index: usize| {
            let total = select(self.volume(index)?, query, options, true)?.exact_total();
            Ok(OtherLanguage { lang: self.manifest.volumes[index].lang.clone(), total })
        };
        // All of them name the pieces that they need before one stops for it.
        let counts: Vec<Result<OtherLanguage>> = others.map(count).collect();
        counts.into_iter().collect()
    }

    /// A volume of the manifest, opened if it is not open yet.
    fn volume(&mut self, index: usize) -> Result<&Volume> {
        let VolumeEntry { lang, head, with, .. } = &self.manifest.volumes[index];
        let hash = |name: &String| {
            piece_hash(name).ok_or_else(|| corrupt(format!("no piece has the name `{name}`")))
        };
        Ok(match self.volumes.entry(lang.clone()) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(place) => {
                for name in with {
                    // Only notes that it is wanted: the volume opens without it.
                    let _ = self.pieces.get(hash(name)?);
                }
                place.insert(Volume::open(self.pieces.clone(), hash(head)?)?)
            }
        })
    }
}

/// Returns whether all words of a query are of another script than the texts.
fn is_foreign(query: &Query, script: Script) -> bool {
    let mut words = query.terms.iter().filter(|term| !term.negated).peekable();
    let is_other = |text: &str| match script {
        Script::Words => text.chars().any(is_han),
        Script::Han => text.len() > 2 && !text.chars().any(is_han) && text.chars().any(char::is_alphabetic),
    };
    words.peek().is_some() && words.all(|term| is_other(&term.text))
}

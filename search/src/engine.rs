//! The engine: supply it with pieces, ask it queries.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::answer::{Options, OtherLanguage, Results};
use crate::correct::corrected;
use crate::error::{Error, Result, corrupt, every};
use crate::format::layout::{piece_hash, piece_name};
use crate::format::manifest::{Manifest, VolumeEntry};
use crate::paging::Pieces;
use crate::query::Query;
use crate::select::{Selection, select};
use crate::text::{Script, is_han};
use crate::understand::understand;
use crate::volume::Volume;

/// Maximum number of rounds in which a query requests pieces (a term's block, its lists, the texts, and the
/// same for each other language). A bundle that needs more is damaged.
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
    /// Returns an error if it is damaged or has another format.
    pub fn open(manifest: &[u8]) -> Result<Engine> {
        let manifest = Manifest::decode(manifest)?;
        Ok(Engine { manifest, pieces: Arc::default(), volumes: BTreeMap::new() })
    }

    /// The languages of the bundle, each with its number of records.
    pub fn languages(&self) -> Vec<(&str, u32)> {
        self.manifest.volumes.iter().map(|entry| (entry.lang.as_str(), entry.records)).collect()
    }

    /// Supplies a piece that [`Step::Needs`] named.
    ///
    /// # Errors
    /// Returns an error if the content does not match the hash in the name.
    pub fn supply(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let hash = piece_hash(name).ok_or_else(|| corrupt(format!("no piece has the name `{name}`")))?;
        self.pieces.supply(hash, bytes)
    }

    /// Answers a query, or names the pieces that it needs. A language without records has no hits, but
    /// other languages may have some.
    ///
    /// # Errors
    /// Returns an error if the bundle is damaged. No query is an error.
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
    /// As for [`Engine::search`]; also returns an error if a piece cannot be fetched.
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
        let query = Query::parse(query);
        let (query, understood) = match options.widen {
            true => understand(query, options.today.as_deref()),
            false => (query, Vec::new()),
        };
        let own = |entry: &VolumeEntry| options.lang.is_empty() || entry.lang == options.lang;
        let own = self.manifest.volumes.iter().position(own);
        let mut results = match own {
            Some(own) => self.hits(own, &query, options, shown)?,
            None => self.elsewhere(&query, options)?,
        };
        results.understood.splice(0..0, understood);
        Ok(results)
    }

    fn hits(
        &mut self,
        own: usize,
        query: &Query,
        options: &Options,
        shown: &mut Option<Results>,
    ) -> Result<Results> {
        let (selection, through) = self.select(own, query, options)?;
        let volume = self.volume(own)?;
        let mut results = selection.results();
        results.through.clone_from(&self.manifest.volumes[through.unwrap_or(own)].lang);
        if options.others {
            let langs = self.manifest.volumes.iter().map(|entry| &entry.lang);
            let others = langs.filter(|lang| **lang != volume.header.lang);
            let other = |lang: &String| OtherLanguage { lang: lang.clone(), total: selection.others(lang) };
            results.others = others.map(other).collect();
        }
        let through = through.map(|index| self.volume(index)).transpose()?;
        let (hits, missing) = selection.hits(volume, through, options);
        results.hits = hits;
        *shown = Some(results.clone());
        missing.map_or(Ok(results), Err)
    }

    /// Selects records by their text in a language or, if the query is in another language, by their text in
    /// that one. Returns the selection and the other volume, if one was used.
    fn select(&mut self, own: usize, query: &Query, options: &Options) -> Result<(Selection, Option<usize>)> {
        let script = self.script(own);
        let asked = self.manifest.volumes.iter().position(|entry| entry.lang == options.through);
        let han = query.terms.iter().any(|term| !term.negated && term.text.chars().any(is_han));
        let foreign = asked.or(match (script, han && options.widen) {
            (Script::Words, true) => self.of_script(Script::Han),
            _ => None,
        });
        if let Some(other) = foreign.filter(|other| *other != own) {
            return Ok((self.select_in(own, Some(other), query, options)?, Some(other)));
        }
        let selection = self.select_in(own, None, query, options)?;
        let words =
            query.terms.iter().any(|term| !term.negated && term.text.chars().any(char::is_alphabetic));
        let open = asked.is_none() && options.widen && script == Script::Han && words && !han;
        if let (true, Some(other)) = (open && !selection.found(), self.of_script(Script::Words)) {
            let through = self.select_in(own, Some(other), query, options)?;
            if through.found() {
                return Ok((through, Some(other)));
            }
        }
        Ok((selection, None))
    }

    fn select_in(
        &mut self,
        own: usize,
        through: Option<usize>,
        query: &Query,
        options: &Options,
    ) -> Result<Selection> {
        // Both are opened before one stops for a piece that it needs.
        let opened = self.open_volume(own);
        let through = through.map(|index| self.open_volume(index).map(|()| index)).transpose()?;
        opened?;
        let through = through.map(|index| self.volume(index)).transpose()?;
        let own = self.volume(own)?;
        let selection = select(own, through, query, options)?;
        if selection.found() || !options.widen {
            return Ok(selection);
        }
        let Some(meant) = corrected(through.unwrap_or(own), query)? else {
            return Ok(selection);
        };
        let other = select(own, through, &meant, options)?;
        Ok(if other.found() { other.corrected(query, &meant) } else { selection })
    }

    fn script(&self, index: usize) -> Script {
        Script::of(&self.manifest.volumes[index].lang)
    }

    /// The first volume of a script.
    fn of_script(&self, script: Script) -> Option<usize> {
        (0..self.manifest.volumes.len()).find(|&index| self.script(index) == script)
    }

    /// The answer in a language without records: the numbers of hits in the others.
    fn elsewhere(&mut self, query: &Query, options: &Options) -> Result<Results> {
        let indexes = 0..if options.others { self.manifest.volumes.len() } else { 0 };
        let count = |index: usize| -> Result<OtherLanguage> {
            let total = self.select(index, query, options)?.0.exact_total();
            Ok(OtherLanguage { lang: self.manifest.volumes[index].lang.clone(), total })
        };
        Ok(Results { exact: true, others: every(indexes.map(count))?, ..Results::default() })
    }

    /// An open volume of the manifest.
    fn volume(&self, index: usize) -> Result<&Volume> {
        let lang = &self.manifest.volumes[index].lang;
        self.volumes.get(lang).ok_or_else(|| corrupt("a volume is not open"))
    }

    /// Opens a volume of the manifest unless it is already open.
    fn open_volume(&mut self, index: usize) -> Result<()> {
        let VolumeEntry { lang, head, with, .. } = &self.manifest.volumes[index];
        let hash = |name: &String| {
            piece_hash(name).ok_or_else(|| corrupt(format!("no piece has the name `{name}`")))
        };
        if !self.volumes.contains_key(lang) {
            for name in with {
                // Only notes that it is wanted: the volume opens without it.
                let _ = self.pieces.get(hash(name)?);
            }
            let volume = Volume::open(self.pieces.clone(), hash(head)?)?;
            self.volumes.insert(lang.clone(), volume);
        }
        Ok(())
    }
}

//! `[[facts]]` of front matter: what an editor states about a task in place of what is read.

use crate::base::fields::At;
use crate::facts::body::Body;
use crate::facts::deadline::Deadline;
use crate::facts::target::Target;

/// An editor's facts about one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsEntry {
    /// The task, by its number.
    pub task: At<String>,
    /// Lists that replace all facts of their kind that are read; an empty one says that
    /// the text states none.
    pub replace: FactLists,
    /// Facts beside those that are read.
    pub add: FactLists,
}

/// Facts by their kinds. A kind that is absent is left as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactLists {
    /// Due times.
    pub deadlines: Option<At<Vec<Quoted<Deadline>>>>,
    /// Bodies.
    pub bodies: Option<At<Vec<Quoted<Body>>>>,
    /// Figures.
    pub targets: Option<At<Vec<Quoted<Target>>>>,
}

/// A fact with the words of the task that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted<T> {
    /// The fact; its places in the text are not known yet.
    pub fact: T,
    /// The words, as the text has them.
    pub text: At<String>,
}

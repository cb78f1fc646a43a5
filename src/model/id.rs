//! Ids: the words by which plans and their items are known in URLs, anchors and data.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The id of a plan: lower-case ASCII letters, digits and hyphens (`2022-key-points`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanId(Arc<str>);

impl PlanId {
    /// Checks an id; `None` when it is not one.
    pub fn new(id: &str) -> Option<Self> {
        is_slug(id).then(|| Self(id.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for PlanId {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// Whether a word can be used in a URL as it is: lower-case ASCII letters, digits
/// and single hyphens between them.
pub fn is_slug(word: &str) -> bool {
    let fits =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    word.split('-').all(fits)
}

/// An id for calendars and tables: `2023/5` is `2023.task-5` there, `2023#milestone-1` is
/// `2023.milestone-1`, and `2023/5#due-2` is `2023.task-5.due-2`.
///
/// Calendar servers make names of files from the `UID`, where `/` is a folder, and spreadsheets take
/// `2023/5` for a month. A dot is in no id, so that different ids stay different.
pub fn dotted(id: &str) -> String {
    let dotted = match id.split_once('/') {
        Some((plan, item)) if item.starts_with(|c: char| c.is_ascii_digit()) => format!("{plan}.task-{item}"),
        Some((plan, item)) => format!("{plan}.{item}"),
        None => id.to_owned(),
    };
    dotted.replace('#', ".")
}

/// The id of an item inside its plan, the same in every language: `task-5`,
/// `s-2-1`, `requirement-3`, `notice`. It is the item's anchor on the plan page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(Arc<str>);

impl NodeId {
    /// An id made of a word and the numbers that follow it.
    pub fn new(word: &str, numbers: &[u32]) -> Self {
        let numbers: String = numbers.iter().map(|n| format!("-{n}")).collect();
        Self(format!("{word}{numbers}").into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The anchor of the item's block number `index`, counted from 0.
    pub fn block(&self, index: usize) -> String {
        format!("{}-p{index}", self.0)
    }
}

macro_rules! as_text {
    ($($id:ty),*) => { $(
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl Serialize for $id {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )* };
}

as_text!(PlanId, NodeId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_for_calendars_and_tables() {
        let check = |id: &str, expected: &str| assert_eq!(dotted(id), expected);
        check("2023/5", "2023.task-5");
        check("2023/5#due-2", "2023.task-5.due-2");
        check("2023#milestone-1", "2023.milestone-1");
        check("2024/requirement-3", "2024.requirement-3");
        check("tm-law", "tm-law");
    }
}

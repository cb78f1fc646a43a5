//! Pages as they were last shown, for when their template breaks.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many pages are kept: more than anyone looks at between two edits.
const MOST: usize = 32;

/// The pages shown last, by their addresses.
#[derive(Debug, Default)]
pub struct Kept(Mutex<VecDeque<(String, Vec<u8>)>>);

impl Kept {
    /// Keeps a page in place of what it was before.
    pub fn put(&self, url: String, bytes: Vec<u8>) {
        let mut pages = self.pages();
        pages.retain(|(kept, _)| *kept != url);
        pages.push_back((url, bytes));
        if pages.len() > MOST {
            pages.pop_front();
        }
    }

    /// The page as it was last shown.
    pub fn get(&self, url: &str) -> Option<Vec<u8>> {
        self.pages().iter().find(|(kept, _)| kept == url).map(|(_, bytes)| bytes.clone())
    }

    fn pages(&self) -> MutexGuard<'_, VecDeque<(String, Vec<u8>)>> {
        // Each change is complete before anything can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shown_longest_ago_goes_first() {
        let kept = Kept::default();
        for n in 0..MOST {
            kept.put(n.to_string(), vec![1]);
        }
        kept.put("0".into(), vec![2]);
        kept.put("new".into(), vec![3]);
        assert_eq!((kept.get("0"), kept.get("1"), kept.get("new")), (Some(vec![2]), None, Some(vec![3])));
    }
}

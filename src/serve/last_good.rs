//! The last good version of pages, shown while their template is broken.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of pages: more than anyone looks at between two edits.
const MOST: usize = 32;

/// The last good version of the pages shown last, by their addresses.
#[derive(Debug, Default)]
pub struct LastGoodPages(Mutex<VecDeque<(String, Vec<u8>)>>);

impl LastGoodPages {
    /// Replaces the last good version of a page.
    pub fn put(&self, url: String, bytes: Vec<u8>) {
        let mut pages = self.pages();
        pages.retain(|(kept, _)| *kept != url);
        pages.push_back((url, bytes));
        if pages.len() > MOST {
            pages.pop_front();
        }
    }

    /// The last good version of a page.
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
        let kept = LastGoodPages::default();
        for n in 0..MOST {
            kept.put(n.to_string(), vec![1]);
        }
        kept.put("0".into(), vec![2]);
        kept.put("new".into(), vec![3]);
        assert_eq!((kept.get("0"), kept.get("1"), kept.get("new")), (Some(vec![2]), None, Some(vec![3])));
    }
}

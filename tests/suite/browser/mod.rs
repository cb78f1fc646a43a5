//! Pages in a real browser.

mod documents;
mod hostile;
mod keys;
mod pages;
mod search;
mod serve;

//! Pages in a real browser.

mod hostile;
mod keys;
mod pages;
mod search;
mod serve;

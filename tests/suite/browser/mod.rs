//! Pages in a real browser.

mod hostile;
mod pages;
mod search;
mod serve;

//! Raw texts to Markdown.

mod characters;
mod documents;
mod formats;
mod properties;
mod typeset;

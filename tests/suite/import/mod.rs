//! Raw texts to Markdown.

mod characters;
mod documents;
mod properties;
mod typeset;

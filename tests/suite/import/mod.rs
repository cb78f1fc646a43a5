//! Raw texts to Markdown.

mod documents;
mod properties;
mod typeset;

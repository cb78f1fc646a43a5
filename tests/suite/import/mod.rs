//! Raw texts to Markdown.

mod characters;
mod documents;
mod files;
mod formats;
mod made;
mod properties;
mod typeset;

//! JSON Schemas (draft 07) of the files that editors write, for editors such as VS Code.
//!
//! The schemas accept the same files as the readers; `tests/suite/command/schemas.rs` changes a file of
//! each kind in every place and asks both.

/// A schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Its name, such as `config`; its file is `<name>.schema.json`.
    pub name: &'static str,
    /// The files it describes, below the folder of a site.
    pub files: &'static str,
    /// The schema itself.
    pub text: &'static str,
}

macro_rules! schemas {
    ($($name:literal of $files:literal)*) => {
        /// All schemas, in the order of their names.
        pub const ALL: &[Schema] = &[$(Schema {
            name: $name,
            files: $files,
            text: include_str!(concat!($name, ".schema.json")),
        }),*];
    };
}

schemas! {
    "bodies" of "content/bodies.toml"
    "config" of "config.toml"
    "evidence" of "content/evidence.toml"
    "glossary" of "content/glossary.toml"
    "instruments" of "content/instruments.toml"
    "page" of "content/pages/*.md, +++"
    "page-translation" of "content/pages/*.md, +++"
    "plan" of "content/plans/*/*.md, +++"
    "plan-translation" of "content/plans/*/*.md, +++"
    "threads" of "content/threads.toml"
    "topics" of "content/topics.toml"
}

impl Schema {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.schema.json", self.name)
    }
}

//! `gongbao schema`: the JSON Schemas of the files that editors write.

use std::path::Path;

use super::args::SchemaArgs;
use super::{Exit, console};
use crate::io::{Failure, file};
use crate::message;
use crate::schemas::{ALL, Schema};

/// Where a site keeps its schemas.
pub(super) const FOLDER: &str = "schemas";

/// Runs `gongbao schema`.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    match (&args.name, &args.out) {
        (None, None) => console::result(&list()),
        (None, Some(folder)) => {
            write_all(folder)?;
            console::result(&format!("→ {}\n", folder.display()));
        }
        (Some(name), out) => {
            let Some(schema) = ALL.iter().find(|schema| schema.name == name) else {
                console::usage(&message!("没有名为 {name} 的模式", "there is no schema `{name}`"));
                console::say(&list());
                return Ok(Exit::Usage);
            };
            one(schema, out.as_deref())?;
        }
    }
    Ok(Exit::Done)
}

/// Writes all schemas into a folder.
///
/// # Errors
/// The disk does not let us.
pub(super) fn write_all(folder: &Path) -> Result<(), Failure> {
    ALL.iter().try_for_each(|schema| file::write(&folder.join(schema.file()), schema.text))
}

fn one(schema: &Schema, out: Option<&Path>) -> Result<(), Failure> {
    let Some(folder) = out else {
        console::result(schema.text);
        return Ok(());
    };
    let path = folder.join(schema.file());
    file::write(&path, schema.text)?;
    console::result(&format!("→ {}\n", path.display()));
    Ok(())
}

fn list() -> String {
    let width = ALL.iter().map(|schema| schema.name.len()).max().unwrap_or(0);
    ALL.iter().map(|schema| format!("{:width$}  {}\n", schema.name, schema.files)).collect()
}

//! `gongbao schema`: the JSON Schemas of the files that editors write.

use std::path::Path;

use super::args::SchemaArgs;
use super::{Exit, console};
use crate::io::{Failure, folder};
use crate::message;
use crate::schemas::{ALL, Schema};

/// Where a site keeps its schemas.
pub(super) const FOLDER: &str = "schemas/";

/// Runs `gongbao schema`.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    match (&args.name, &args.out) {
        (None, None) => console::result(&list()),
        (None, Some(folder)) => {
            write_all(folder, "")?;
            console::tell(&format!("→ {}\n", folder.display()));
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

/// Writes all schemas into a folder that the user named, below `inside`, which is empty or ends with `/`.
///
/// # Errors
/// The disk does not let us.
pub(super) fn write_all(folder: &Path, inside: &str) -> Result<(), Failure> {
    let write = |schema: &Schema| folder::write(folder, &format!("{inside}{}", schema.file()), schema.text);
    ALL.iter().try_for_each(write)
}

fn one(schema: &Schema, out: Option<&Path>) -> Result<(), Failure> {
    let Some(folder) = out else {
        console::result(schema.text);
        return Ok(());
    };
    folder::write(folder, &schema.file(), schema.text)?;
    console::tell(&format!("→ {}\n", folder.join(schema.file()).display()));
    Ok(())
}

fn list() -> String {
    let width = ALL.iter().map(|schema| schema.name.len()).max().unwrap_or(0);
    ALL.iter().map(|schema| format!("{:width$}  {}\n", schema.name, schema.files)).collect()
}

//! `gongbao new`: a small site to begin with.

use std::path::Path;

use super::args::NewArgs;
use super::{Exit, console, schema};
use crate::io::{Failure, file, folder};
use crate::message;
use crate::starter::FILES;

/// Runs `gongbao new`.
pub(super) fn run(args: &NewArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    if !file::is_free(folder)? {
        return Err(not_empty(folder));
    }
    for (name, text) in FILES {
        folder::write(folder, name, text)?;
    }
    schema::write_all(folder, schema::FOLDER)?;
    console::tell(&next_steps(folder));
    Ok(Exit::Done)
}

fn not_empty(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::said(message!("{folder} 不是空文件夹，没有改动", "{folder} is not empty; nothing was changed"))
        .hint(message!("换一个名称，或先移走其中的文件", "choose another name, or move its files away first"))
}

fn next_steps(folder: &Path) -> String {
    let shown = folder.display();
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd '{shown}'\n") };
    format!(
        "→ {shown}\n\nNext · 接下来\n{enter}\
         \x20 gongbao serve   look at the site while you write · 边写边看\n\
         \x20 gongbao check   look for mistakes · 检查内容\n\
         \x20 gongbao build   write the site into public/ · 生成网站\n\n\
         Begin with config.toml and content/plans/; README.md says what is where.\n\
         先改 config.toml 和 content/plans/；各文件的用途见 README.md。\n"
    )
}

//! `gongbao suggest`: links between tasks that an editor may want, as TOML.

use super::args::SuggestArgs;
use super::{Exit, build, console};
use crate::io::Failure;
use crate::pipeline;
use crate::suggest;

/// Runs `gongbao suggest`. A site whose links are not complete yet has errors, and that is when it is wanted.
pub(super) fn run(args: &SuggestArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let site = pipeline::compile(&inputs).site;
    let suggestions = suggest::links(&site, args.limit);
    if suggestions.is_empty() {
        console::say("Nothing to suggest · 没有可建议的联系\n");
    } else {
        console::result(&suggest::toml(&site, &suggestions));
    }
    Ok(Exit::Done)
}

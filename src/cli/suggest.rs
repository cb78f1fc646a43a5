//! `gongbao suggest`: links between tasks and subject headings that an editor may want, as TOML.

use super::args::SuggestArgs;
use super::{Exit, build, console};
use crate::io::Failure;
use crate::pipeline;
use crate::suggest;

/// Runs `gongbao suggest`. A site whose links are not complete yet has errors, and that is when it is wanted.
pub(super) fn run(args: &SuggestArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let site = pipeline::compile(&inputs).site;
    let (links, headings) = (suggest::links(&site, args.limit), suggest::headings(&site, args.limit));
    let parts = [
        (!links.is_empty()).then(|| suggest::toml(&site, &links)),
        (!headings.is_empty()).then(|| suggest::headings_toml(&site, &headings)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        console::say("Nothing to suggest · 没有可建议的内容\n");
    } else {
        console::result(&parts.join("\n"));
    }
    Ok(Exit::Done)
}

//! `gongbao suggest`: links between tasks and subject headings that an editor may want, as TOML.

use super::args::SuggestArgs;
use super::{Exit, build, console};
use crate::io::Failure;
use crate::pipeline;
use crate::suggest::{self, Reach};

/// Runs `gongbao suggest`, also on a site that has errors.
pub(super) fn run(args: &SuggestArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let site = pipeline::compile(&inputs).site;
    let reach = if args.across { Reach::AllYears } else { Reach::Series };
    let (links, headings) = (suggest::links(&site, reach, args.limit), suggest::headings(&site, args.limit));
    let parts = [
        (!links.is_empty()).then(|| suggest::toml(&site, &links)),
        (!headings.is_empty()).then(|| suggest::headings_toml(&site, &headings)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        console::say("Nothing to suggest · 没有可建议的内容\n");
    } else {
        console::tell(&parts.join("\n"));
    }
    Ok(Exit::Done)
}

//! `gongbao check`: what is wrong with the content.

use super::args::{CheckArgs, Format};
use super::console::WithTheme;
use super::patience::{self, Patience};
use super::{Exit, build, console};
use crate::base;
use crate::io::{Failure, output};
use crate::pipeline::{self, Memory};
use crate::{report, verdict};

/// Runs `gongbao check`.
pub(super) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let mut memory = Memory::default();
    let reading = memory.reading.clone();
    let compile = || pipeline::recompile(&inputs, &mut memory);
    let mut compiled = patience::compiling(args.compile_limit, &reading, compile);
    verdict::add(&mut compiled, output::links(&args.site.site));
    let patience = Patience::default();
    patience.watch(|| verdict::examine(&mut compiled, &|path, render| patience.page(path, render)));
    if args.strict {
        base::strict(&mut compiled.diagnostics);
    }
    let sources = WithTheme(&inputs);
    match args.format {
        Format::Human => console::findings(&compiled.diagnostics, &sources),
        Format::Json => console::result(&report::json(&compiled.diagnostics, &sources)),
    }
    let failed = base::has_errors(&compiled.diagnostics);
    if args.format == Format::Human && compiled.diagnostics.is_empty() {
        console::result("No findings · 没有发现问题\n");
    }
    Ok(if failed { Exit::Content } else { Exit::Done })
}

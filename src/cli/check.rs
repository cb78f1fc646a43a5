//! `gongbao check`: reports everything that `build` would find.

use super::args::{CheckArgs, Format};
use super::console::WithTheme;
use super::{Exit, build, console};
use crate::base;
use crate::io::Failure;
use crate::report;

/// Runs `gongbao check`.
pub(super) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let outcome = crate::build::check(inputs, args.site.site.clone(), args.strict, args.compile_limit);
    let outcome = build::unless_limited(outcome)?;
    let (diagnostics, sources) = (&outcome.compiled.diagnostics, WithTheme(&outcome.inputs));
    match args.format {
        Format::Human => console::findings(diagnostics, &sources),
        Format::Json => console::result(&report::json(diagnostics, &sources)),
    }
    if args.format == Format::Human && diagnostics.is_empty() {
        console::result("No findings · 没有发现问题\n");
    }
    Ok(if base::has_errors(diagnostics) { Exit::Content } else { Exit::Done })
}

//! `gongbao check`: reports everything that `build` would find.

use super::args::{CheckArgs, CheckFormat};
use super::console::WithTheme;
use super::{Exit, build, console};
use crate::base;
use crate::io::Failure;
use crate::report::{self, CiReport};

/// Runs `gongbao check`.
pub(super) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let outcome = crate::build::check(inputs, args.site.site.clone(), args.strict, args.compile_limit);
    let outcome = build::unless_limited(outcome)?;
    let (diagnostics, sources) = (&outcome.compiled.diagnostics, WithTheme(&outcome.inputs));
    let folder = args.site.site.to_string_lossy().replace('\\', "/");
    let ci = || CiReport::new(diagnostics, &sources, &folder);
    match args.format {
        CheckFormat::Human => console::findings(diagnostics, &sources),
        CheckFormat::Json => console::result(&report::json(diagnostics, &sources)),
        CheckFormat::Github => console::result(&ci().github()),
        CheckFormat::Sarif => console::result(&ci().sarif()),
        CheckFormat::Junit => console::result(&ci().junit()),
    }
    if args.format == CheckFormat::Human && diagnostics.is_empty() {
        console::result("No findings · 没有发现问题\n");
    }
    Ok(if base::has_errors(diagnostics) { Exit::Content } else { Exit::Done })
}

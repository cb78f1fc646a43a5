//! `gongbao check` and `gongbao explain`: what is wrong with the content, and what the codes mean.

use super::args::{CheckArgs, ExplainArgs, Format};
use super::console::WithTheme;
use super::{Exit, build, console};
use crate::base::{self, Code, Severity};
use crate::io::Failure;
use crate::{pipeline, report};

/// Runs `gongbao check`.
pub(super) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let mut compiled = pipeline::compile(&inputs);
    compiled.check_templates();
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

/// Runs `gongbao explain`.
pub(super) fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    let codes: Vec<Code> = match &args.code {
        None => Code::all().collect(),
        Some(name) => Code::find(name).into_iter().collect(),
    };
    for code in &codes {
        let (zh, en) = code.summary();
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        console::result(&format!("{} ({severity})\n  {en}\n  {zh}\n", code.name()));
    }
    Ok(if codes.is_empty() { Exit::Usage } else { Exit::Done })
}

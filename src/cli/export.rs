//! `gongbao export`: the records of a site for other search engines.

use super::args::{ExportCommand, QuickwitArgs};
use super::console::counted;
use super::{Exit, build, console};
use crate::base;
use crate::exports::quickwit;
use crate::io::{Failure, folder};
use crate::pipeline;

/// Runs `gongbao export`.
pub(super) fn run(command: &ExportCommand) -> Result<Exit, Failure> {
    let ExportCommand::Quickwit(args) = command;
    quickwit(args)
}

fn quickwit(args: &QuickwitArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let compiled = pipeline::compile(&inputs);
    console::findings(&compiled.diagnostics, &inputs);
    if base::has_errors(&compiled.diagnostics) {
        return Ok(Exit::Content);
    }
    let (base, inside) = match &args.out {
        Some(out) => (out, ""),
        None => (&args.site.site, "quickwit/"),
    };
    let [config, records] = ["index-config.json", "records.ndjson"].map(|name| format!("{inside}{name}"));
    let documents = quickwit::documents(&compiled.site);
    folder::write(base, &config, quickwit::CONFIG)?;
    folder::write(base, &records, &documents)?;
    let count = documents.lines().count();
    let counted_records = counted(count, "record");
    let [config, records] = [config, records].map(|inside| base.join(inside));
    let (config, records) = (config.display(), records.display());
    console::tell(&format!(
        "{counted_records} · {count} 条记录\n\
         quickwit index create --index-config {config}\n\
         quickwit index ingest --index gongbao --input-path {records}\n\
         quickwit index search --index gongbao --query '\"专利侵权纠纷\" AND lang:zh'\n"
    ));
    Ok(Exit::Done)
}

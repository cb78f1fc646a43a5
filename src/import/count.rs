//! Counts of what `check` and `build` find in the Markdown that was written.

use super::report::Structure;
use crate::base::SitePath;
use crate::model::{BlockKind, NodeKind};
use crate::parse::front_matter::FileRole;
use crate::parse::plan;

/// Reads `markdown` as the site will, and counts its nodes.
pub(super) fn structure(markdown: &str) -> Structure {
    let path = SitePath::new("import.md").expect("the path is inside the site");
    let parsed = plan::parse(&path, markdown, FileRole::Original);
    let document = &parsed.document;
    let nodes = |kind| document.nodes.iter().filter(move |node| node.kind == kind);
    let blocks = |is: fn(&BlockKind) -> bool| {
        let of_plan = document.nodes.iter().filter(|node| node.kind != NodeKind::Notice);
        of_plan.flat_map(|node| &document.blocks[node.body()]).filter(|block| is(&block.kind)).count()
    };
    Structure {
        sections: nodes(NodeKind::Section).filter(|node| node.headed).count(),
        tasks: nodes(NodeKind::Task).count(),
        requirements: nodes(NodeKind::Requirement).count(),
        paragraphs: blocks(|kind| *kind == BlockKind::Paragraph),
        tables: blocks(|kind| matches!(kind, BlockKind::Table { .. })),
        deadlines: parsed.tasks.iter().filter(|task| !task.deadlines.is_empty()).count(),
        ..Structure::default()
    }
}

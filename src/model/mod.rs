//! The model of a plan: blocks of text, and the numbered items they belong to.

pub mod block;
pub mod document;
pub mod facts;
pub mod id;
pub mod index;
pub mod node;
pub mod task_table;

pub use block::{Block, BlockKind, Mark, MarkKind};
pub use document::{CorrectionEntry, Document, Meta, StatedMilestone, TaskMarking};
pub use facts::{FactLists, FactsEntry, Quoted};
pub use id::{NodeId, PlanId};
pub use node::{Node, NodeKind};

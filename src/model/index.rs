//! Typed indices: the place of a part in the one list that has it. An index of one list cannot be used in another.

use std::ops::Range;

use index_vec::define_index_type;

/// Declares the index types of lists.
macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(define_index_type! {
            $(#[$doc])*
            pub struct $name = u32;
        })*
    };
}

indices! {
    /// A block in a document, and in the plan that it belongs to.
    BlockIndex,
    /// A node in a document, and in the plan that it belongs to.
    NodeIndex,
    /// A task in a plan.
    TaskIndex,
    /// A correction in a plan.
    CorrectionIndex,
    /// A milestone in a plan.
    MilestoneIndex,
    /// An entry of the catalogue of instruments.
    CatalogueIndex,
    /// An instrument in the list of those that one plan cites or names.
    PlanInstrumentIndex,
    /// An instrument in the site.
    InstrumentIndex,
    /// A plan in the site.
    PlanIndex,
    /// A body that tasks name, in the site.
    BodyIndex,
    /// A subject heading in the site.
    TopicIndex,
    /// A thread in the site.
    ThreadIndex,
    /// A link between tasks in the site.
    LinkIndex,
    /// A beginning or an end of a thread in the site.
    EndIndex,
    /// A piece of evidence in the site.
    EvidenceIndex,
    /// A term in the glossary.
    TermIndex,
    /// A page of text in the site.
    PageIndex,
}

/// The blocks of a range, one after the other.
pub fn blocks(range: Range<BlockIndex>) -> impl DoubleEndedIterator<Item = BlockIndex> + Clone {
    (range.start.index()..range.end.index()).map(BlockIndex::new)
}

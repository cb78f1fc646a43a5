//! HTML elements → their form in Markdown.

/// An element, as far as Markdown knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkdownElement {
    /// Pictures, controls and ways around the page, which have no place in a text.
    LeftOut,
    /// Has lines of its own.
    Block,
    Heading(usize),
    List,
    Ordered,
    Item,
    Terms,
    Term,
    Description,
    Quote,
    Table,
    Row,
    Cell,
    Link,
    Strong,
    Emphasis,
    Deleted,
    Code,
    Preformatted,
    Break,
    Rule,
    Image,
    /// Ends with its tag and shows nothing.
    Empty,
    /// Goes on in the line.
    Inline,
}

impl MarkdownElement {
    /// The element of a name (HTML Standard, §4).
    pub(super) fn of(name: &str) -> Self {
        match name {
            name if name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Self::of(&name.to_ascii_lowercase())
            }
            "button" | "fieldset" | "figure" | "form" | "label" | "nav" | "noscript" | "output"
            | "script" | "select" | "style" | "svg" | "template" | "textarea" => Self::LeftOut,
            "address" | "article" | "aside" | "caption" | "center" | "details" | "dialog" | "div"
            | "figcaption" | "footer" | "header" | "hgroup" | "legend" | "main" | "p" | "search"
            | "section" | "summary" => Self::Block,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "ul" | "menu" => Self::List,
            "ol" => Self::Ordered,
            "li" => Self::Item,
            "dl" => Self::Terms,
            "dt" => Self::Term,
            "dd" => Self::Description,
            "blockquote" => Self::Quote,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "a" => Self::Link,
            "b" | "strong" => Self::Strong,
            "em" | "i" => Self::Emphasis,
            "s" => Self::Deleted,
            "code" | "kbd" | "samp" => Self::Code,
            "pre" => Self::Preformatted,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "img" => Self::Image,
            "area" | "base" | "col" | "embed" | "input" | "link" | "meta" | "source" | "track" | "wbr" => {
                Self::Empty
            }
            _ => Self::Inline,
        }
    }

    /// Whether it ends with its start tag (HTML Standard, §13.1.2).
    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Image | Self::Empty)
    }

    /// Whether it ends where the next one begins, though its end tag is left out (§13.1.2.4).
    pub(super) fn ends_before(self, name: &str, next: Self) -> bool {
        use MarkdownElement::*;
        match self {
            Item => next == Item,
            Term | Description => matches!(next, Term | Description),
            Cell => matches!(next, Cell | Row),
            Row => next == Row,
            Block if name == "p" => matches!(
                next,
                Block | Heading(_) | List | Ordered | Terms | Quote | Table | Preformatted | Rule
            ),
            _ => false,
        }
    }
}

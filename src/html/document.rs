//! The blocks of a page of text → HTML, with its lists put together again.

use std::collections::BTreeMap;

use crate::html::{Html, escape, inline, note_reference, table};
use crate::model::{Block, BlockKind};

/// Renders blocks in reading order. For each block there is the anchor it has, if any.
pub fn document(blocks: &[Block], anchors: &[Option<String>]) -> Html {
    let mut writer = DocumentWriter::default();
    let is_note = |block: &Block| matches!(block.kind, BlockKind::Footnote { .. });
    for (block, anchor) in blocks.iter().zip(anchors).filter(|(block, _)| !is_note(block)) {
        writer.block(block, anchor.as_deref());
    }
    writer.close_quote();
    writer.close_lists(0);
    writer.notes(blocks);
    Html(writer.out)
}

#[derive(Default)]
struct DocumentWriter {
    out: String,
    /// The lists around the current place, outermost first; the last item of each is open.
    lists: Vec<OpenList>,
    quoting: bool,
}

/// An open list: the number of its last item, or `None` if it has no numbers.
struct OpenList(Option<u32>);

impl OpenList {
    /// Whether an item can be the next one of the list.
    fn takes(&self, number: Option<u32>) -> bool {
        match (self.0, number) {
            (Some(last), Some(next)) => next > last,
            (last, next) => last.is_none() && next.is_none(),
        }
    }

    fn name(&self) -> &'static str {
        if self.0.is_some() { "ol" } else { "ul" }
    }
}

impl DocumentWriter {
    fn block(&mut self, block: &Block, anchor: Option<&str>) {
        if block.kind != BlockKind::Quote {
            self.close_quote();
        }
        let depth = usize::from(block.depth);
        match &block.kind {
            BlockKind::Item { number } => self.item(block, Some(*number)),
            BlockKind::Bullet => self.item(block, None),
            kind => {
                self.close_lists(depth);
                self.plain(block, kind, anchor);
            }
        }
    }

    /// A block that does not begin an item.
    fn plain(&mut self, block: &Block, kind: &BlockKind, anchor: Option<&str>) {
        match kind {
            BlockKind::Heading { level } => self.heading(block, (*level).clamp(2, 6), anchor),
            BlockKind::Quote => self.quote(block),
            BlockKind::Listing { info } => self.listing(block, info),
            // Wide tables scroll by themselves, also by keyboard (WCAG 2.1.1).
            BlockKind::Table { rows } => {
                let table = table(&block.text, rows, &block.marks, &[]);
                self.out
                    .push_str(&format!("<div class=\"scroll\" tabindex=\"0\">{}</div>\n", table.as_str()));
            }
            _ => self.element("p", block),
        }
    }

    fn element(&mut self, name: &str, block: &Block) {
        self.out.push_str(&format!("<{name}>{}</{name}>\n", words(block).as_str()));
    }

    fn heading(&mut self, block: &Block, level: u8, anchor: Option<&str>) {
        let mut id = String::new();
        escape(anchor.unwrap_or_default(), &mut id);
        let id = if id.is_empty() { id } else { format!(" id=\"{id}\"") };
        self.out.push_str(&format!("<h{level}{id}>{}</h{level}>\n", words(block).as_str()));
    }

    fn quote(&mut self, block: &Block) {
        if !self.quoting {
            self.close_lists(usize::from(block.depth));
            self.out.push_str("<blockquote>\n");
            self.quoting = true;
        }
        self.element("p", block);
    }

    fn close_quote(&mut self) {
        if std::mem::take(&mut self.quoting) {
            self.out.push_str("</blockquote>\n");
        }
    }

    /// A listing, which scrolls like a table. Of what follows the fence, the first word is the language.
    fn listing(&mut self, block: &Block, info: &str) {
        self.out.push_str("<pre tabindex=\"0\"><code");
        let language = info.split_whitespace().next().unwrap_or_default();
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape(language, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        escape(&block.text, &mut self.out);
        self.out.push_str("</code></pre>\n");
    }

    fn item(&mut self, block: &Block, number: Option<u32>) {
        let depth = usize::from(block.depth).max(1);
        self.close_lists(depth);
        if self.lists.len() == depth && !self.lists.last().is_some_and(|list| list.takes(number)) {
            self.close_lists(depth - 1);
        }
        match self.lists.get_mut(depth - 1) {
            Some(list) => {
                list.0 = number;
                self.out.push_str("</li>\n");
            }
            None => self.open_list(number),
        }
        self.out.push_str("<li>");
        self.out.push_str(words(block).as_str());
    }

    /// The footnotes in the order of their numbers, each with a way back to the place in the text.
    fn notes(&mut self, blocks: &[Block]) {
        let mut notes: BTreeMap<usize, Vec<&Block>> = BTreeMap::new();
        for block in blocks {
            if let BlockKind::Footnote { number } = block.kind {
                notes.entry(number).or_default().push(block);
            }
        }
        if notes.is_empty() {
            return;
        }
        self.out.push_str("<section role=\"doc-endnotes\">\n<hr>\n<ol>\n");
        for (number, paragraphs) in notes {
            self.out.push_str(&format!("<li id=\"note-{number}\">"));
            let last = paragraphs.len() - 1;
            for (index, paragraph) in paragraphs.into_iter().enumerate() {
                let back = if index == last { way_back(number) } else { String::new() };
                self.out.push_str(&format!("<p>{}{back}</p>\n", words(paragraph).as_str()));
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn open_list(&mut self, number: Option<u32>) {
        let list = OpenList(number);
        let start = number.filter(|number| *number != 1).map(|number| format!(" start=\"{number}\""));
        self.out.push_str(&format!("\n<{}{}>\n", list.name(), start.unwrap_or_default()));
        self.lists.push(list);
    }

    /// Closes lists until there are at most `depth` around the current place.
    fn close_lists(&mut self, depth: usize) {
        while self.lists.len() > depth
            && let Some(list) = self.lists.pop()
        {
            self.out.push_str(&format!("</li>\n</{}>\n", list.name()));
        }
    }
}

/// A link from a footnote back to the first place that refers to it. Its name is the arrow and the number.
fn way_back(number: usize) -> String {
    let href = note_reference(number, 1);
    format!(" <a href=\"#{href}\" role=\"doc-backlink\">↩ {number}</a>")
}

fn words(block: &Block) -> Html {
    inline(&block.text, 0..block.text.len(), &block.marks, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SitePath;
    use crate::parse::markdown;

    fn check(text: &str, expected: &str) {
        let (blocks, _) =
            markdown::parse(&SitePath::new("x.md").expect("a path"), text, 0, markdown::Genre::Original);
        let anchors: Vec<_> = blocks.iter().map(|b| b.is_heading().then(|| "s-1".to_owned())).collect();
        let html = document(&blocks, &anchors);
        assert_eq!(html.as_str().replace('\n', ""), expected, "{text}");
    }

    #[test]
    fn lists_are_put_together() {
        check(
            "1. 甲\n   - 子\n   - 丑\n\n   续\n2. 乙\n\n后\n\n- x\n",
            "<ol><li>甲<ul><li>子</li><li>丑</li></ul><p>续</p></li><li>乙</li></ol><p>后</p><ul><li>x</li></ul>",
        );
        check("3. 甲\n\n- 乙\n", "<ol start=\"3\"><li>甲</li></ol><ul><li>乙</li></ul>");
        check(
            "1. 甲\n\n   ```sh run\n   ls\n   ```\n",
            "<ol><li>甲<pre tabindex=\"0\"><code class=\"language-sh\">ls</code></pre></li></ol>",
        );
    }

    #[test]
    fn headings_quotes_and_tables() {
        check(
            "## 甲\n\n> 乙\n>\n> 丙\n\n丁\n",
            "<h2 id=\"s-1\">甲</h2><blockquote><p>乙</p><p>丙</p></blockquote><p>丁</p>",
        );
        check(
            "|a|b|\n|--|--|\n|c|`d`|\n",
            "<div class=\"scroll\" tabindex=\"0\"><table><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr><tr><td>c</td><td><code>d</code></td></tr></table></div>",
        );
    }

    #[test]
    fn footnotes_are_at_the_end_and_lead_back() {
        check(
            "甲[^a]乙[^b]，甲[^a]\n\n[^b]: 丑\n\n[^a]: 子\n",
            "<p>甲<sup id=\"note-1-back\"><a href=\"#note-1\" role=\"doc-noteref\">1</a></sup>\
             乙<sup id=\"note-2-back\"><a href=\"#note-2\" role=\"doc-noteref\">2</a></sup>，\
             甲<sup id=\"note-1-back-2\"><a href=\"#note-1\" role=\"doc-noteref\">1</a></sup></p>\
             <section role=\"doc-endnotes\"><hr><ol>\
             <li id=\"note-1\"><p>子 <a href=\"#note-1-back\" role=\"doc-backlink\">↩ 1</a></p></li>\
             <li id=\"note-2\"><p>丑 <a href=\"#note-2-back\" role=\"doc-backlink\">↩ 2</a></p></li></ol></section>",
        );
    }

    #[test]
    fn nothing_breaks_out() {
        check(
            "```\"><script>\n</code><script>x</script>\n```\n",
            "<pre tabindex=\"0\"><code class=\"language-&quot;&gt;&lt;script&gt;\">&lt;/code&gt;&lt;script&gt;x&lt;/script&gt;</code></pre>",
        );
        check("[x](javascript:alert(1)) <b>\n", "<p><span>x</span></p>");
    }
}

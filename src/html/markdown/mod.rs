//! The Markdown version of a page: its main part, as a reader sees it before any switch is used.

mod element;
mod page;
mod writer;

use crate::html::scanner::{HtmlPiece, Scanner};
use page::MarkdownPage;
use writer::MarkdownWriter;

/// The main part of an HTML page as Markdown. Of two languages side by side it
/// keeps the one that the page shows first: the original if `original`, else
/// the translation.
pub fn of_page(html: &str, original: bool) -> String {
    let mut scanner = Scanner::new(main(html));
    let mut page = MarkdownPage::new(if original { "translation" } else { "original" });
    while let Some(piece) = scanner.next() {
        match piece {
            HtmlPiece::Start(name) => page.start(name, &scanner),
            HtmlPiece::End(name) => page.end(name),
            HtmlPiece::Text(text) => page.text(text),
        }
    }
    page.finish()
}

/// A text as Markdown within a line: white space is a space, and nothing in it is markup.
pub(crate) fn inline(text: &str) -> String {
    let mut writer = MarkdownWriter::default();
    writer.flatten();
    writer.text(text);
    writer.finish().trim_end().to_owned()
}

/// The element of that name; a page has one.
fn main(html: &str) -> &str {
    let from = html.find("<main").unwrap_or(0);
    let to = html.find("</main>").unwrap_or(html.len());
    html.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;
    use crate::base::SitePath;
    use crate::html::document;
    use crate::html::scanner::decoded_text;
    use crate::model::{Block, MarkKind};
    use crate::parse::markdown;

    fn check(html: &str, expected: &str) {
        assert_eq!(of_page(&format!("<body>x<main>{html}</main></body>"), true), format!("{expected}\n"));
    }

    #[test]
    fn the_page_shows_one_language_first() {
        check(
            "<div class=\"block\"><div class=\"text original\"><p>甲</p></div><div class=\"text translation\"><p>A</p></div></div>",
            "甲",
        );
        check(
            "<p>甲<span class=\"text original same\">乙</span><span class=\"textile translation\">B</span></p>",
            "甲B",
        );
    }

    #[test]
    fn footnotes_are_footnotes() {
        check(
            "<p>甲<sup id=\"note-1-back\"><a href=\"#note-1\" role=\"doc-noteref\">1</a></sup></p><section role=\"doc-endnotes\"><ol><li id=\"note-1\"><p>乙 <a href=\"#note-1-back\" role=\"doc-backlink\">↩ 1</a></p></li></ol></section>",
            "甲[^1]\n\n[^1]: 乙",
        );
    }

    #[test]
    fn controls_and_pictures_go() {
        check("<nav>x<nav>y</nav></nav><h1>甲</h1><p><a href=\"../b/\">乙</a></p>", "# 甲\n\n[乙](../b/)");
        check("甲<form><input><p>x</form>乙<figure><svg><title>x</title></svg></figure>", "甲乙");
        check("<p>1<!-- x --><script>'<p>'</script>2", "12");
    }

    #[test]
    fn blocks_and_what_stands_in_a_line() {
        check("<h2> 甲\n <em>乙 </em>丙</h2>丁<br>戊<hr><p>己", "## 甲 *乙* 丙\n\n丁  \n戊\n\n---\n\n己");
        check("<p><b>甲<strong>乙</strong></b> <i> </i><a href=x> </a><a>丙</a></p>", "**甲乙** 丙");
        check(
            "<a href=\"a (b)\" title=\"c &quot;d&quot;\">e<h3>f</h3></a>",
            "[e f](<a (b)> \"c \\\"d\\\"\")",
        );
        check(
            "<p>甲 <code> `x` </code></p><pre><code>a\n\n  <b>b</b> &lt;</code></pre>",
            "甲 `` `x` ``\n\n```\na\n\n  b <\n```",
        );
        check(
            "<blockquote><p>甲<p>乙</blockquote><img src=a.svg alt=\"丙\">",
            "> 甲\n>\n> 乙\n\n![丙](a.svg)",
        );
    }

    #[test]
    fn lists() {
        check(
            "<ul><li>甲<ul><li>乙</ul><li><p>丙<p>丁</li><li></li></ul>戊",
            "- 甲\n  - 乙\n- 丙\n\n  丁\n\n戊",
        );
        check("<ol start=9><li>甲<li>乙<br>丙</ol>", "9. 甲\n10. 乙  \n    丙");
        check(
            "<dl><div><dt>来源</dt><dd><p>甲</p><p>乙</p></dd></div><dt>主题<dd>丙<dd>丁<dt>未载明<dd><ul><li>戊<li>己</ul></dl>庚",
            "- **来源** 甲\n\n  乙\n\n- **主题** 丙\n  丁\n- **未载明**\n  - 戊\n  - 己\n\n庚",
        );
    }

    #[test]
    fn tables() {
        check(
            "<table><caption>表</caption><thead><tr><th>甲<th>乙</thead><tr><th>丙|</th><td><ul><li>丁<li>戊</ul></td></tr></table>己",
            "表\n\n| 甲 | 乙 |\n| --- | --- |\n| 丙\\| | 丁 戊 |\n\n己",
        );
    }

    #[test]
    fn what_markdown_would_take_for_markup_is_escaped() {
        check(
            "<p>a*b_c [d] `e` \\ &lt;f> 1 < 2 &amp;amp; &amp; g|h</p>",
            "a\\*b\\_c \\[d\\] \\`e\\` \\\\ \\<f> 1 < 2 \\&amp; & g\\|h",
        );
        check(
            "<p>3. 甲<p># 乙<p>- 丙<p>+ 丁<p>> 戊<p>3.1 己<p>10) 庚",
            "3\\. 甲\n\n\\# 乙\n\n\\- 丙\n\n\\+ 丁\n\n\\> 戊\n\n3.1 己\n\n10\\) 庚",
        );
        check(
            "<h2>3. 甲</h2><ul><li>4. 乙<li><a href=x>5. 丙</a></ul>",
            "## 3. 甲\n\n- 4\\. 乙\n- [5. 丙](x)",
        );
    }

    /// The text that Markdown shows, without white space.
    fn shown(markdown: &str) -> String {
        let text = |event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.to_string()),
            _ => None,
        };
        letters(&Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(text).collect::<String>())
    }

    fn letters(text: &str) -> String {
        text.split_whitespace().collect()
    }

    /// How elements begin and end.
    const ELEMENTS: [(&str, &str); 13] = [
        ("<p>0</p>", ""),
        ("<div>", "</div>"),
        ("<section><h2>1", "</h2></section>"),
        ("<ul><li>2<li>", "</ul>"),
        ("<ol><li>", "</li><li>3</li></ol>"),
        ("<dl><dt>4</dt><dd>5<dd>", "</dl>"),
        ("<dl><div><dt>", "</dt><dd>6</dd></div></dl>"),
        ("<blockquote>", "</blockquote>"),
        ("<b>", "</b>"),
        ("<em>", "</em>"),
        ("<a href=x>", "</a>"),
        ("<table><tr><th>7<td>8<tr><th>9<td>", "</table>"),
        ("<span><br>", "</span>"),
    ];

    proptest! {
        /// Any page of sound elements keeps its text.
        #[test]
        fn nothing_is_lost(
            pieces in prop::collection::vec((0..ELEMENTS.len(), "[a-z甲乙丙0-9#>_<&|`.+=~\\[\\]\\\\-]{0,4}", 0..3_usize), 0..40),
        ) {
            let (mut html, mut open) = (String::from("<main>"), Vec::new());
            for (element, text, ends) in pieces {
                let (start, end) = ELEMENTS[element];
                html += &format!("{start}{} ", text.replace('&', "&amp;").replace('<', "&lt;"));
                open.push(end);
                open.drain(open.len() - ends.min(open.len())..).rev().for_each(|end| html += end);
            }
            let text = |piece| match piece {
                HtmlPiece::Text(text) => Some(letters(&decoded_text(text))),
                _ => None,
            };
            // Emphasis that CommonMark does not see as such leaves its marks in the text.
            let shown = shown(&of_page(&html, true)).replace('*', "");
            prop_assert_eq!(shown, Scanner::new(&html).filter_map(text).collect::<String>());
        }

        /// Texts that are not pages cause no panic.
        #[test]
        fn of_anything(html in r#"(<|>|/|"|p|ul|li|dl|dt|td|b|a href=x|pre|code| |&|&lt;|x|地|class="same"|</){0,40}"#) {
            of_page(&format!("<main>{html}"), true);
        }
    }

    /// The characters of an original, each with what it is marked as.
    fn read(text: &str) -> Vec<(char, [bool; 4])> {
        let path = SitePath::new("zh.md").expect("a path");
        let (blocks, _) = markdown::parse(&path, text, 0, markdown::Genre::Original);
        let marked = |block: &Block, at: usize| {
            let is = |kind: fn(&MarkKind) -> bool| {
                block.marks.iter().any(|mark| mark.span.contains(&at) && kind(&mark.kind))
            };
            [
                is(|kind| *kind == MarkKind::Strong),
                is(|kind| *kind == MarkKind::Emphasis),
                is(|kind| *kind == MarkKind::Deleted),
                is(|kind| matches!(kind, MarkKind::Link(_))),
            ]
        };
        let all = blocks
            .iter()
            .flat_map(|block| block.text.char_indices().map(move |(at, c)| (c, marked(block, at))));
        all.collect()
    }

    proptest! {
        /// Emphasis beside Chinese punctuation, links and signs is the same in the Markdown version of a page.
        #[test]
        fn emphasis_is_read_again(parts in proptest::collection::vec(proptest::sample::select(vec![
            "甲", "乙", "丙", "。", "，", "“", "”", "《", "》", "（", "）", "**", "**", "**", "~~", "~", "\\*", "\\~\\~", "&amp;",
            "5", "PCT", " ", "[丁](x.md)", "`戊`",
        ]), 1..14)) {
            let text = format!("文{}。\n", parts.concat());
            let path = SitePath::new("zh.md").expect("a path");
            let (blocks, faults) = markdown::parse(&path, &text, 0, markdown::Genre::Original);
            prop_assume!(faults.is_empty() && blocks.len() == 1 && !text.contains("  "));
            let html = document(&blocks, &[None]);
            let written = of_page(&format!("<main>{}</main>", html.as_str()), true);
            prop_assert_eq!(read(&written), read(&text), "{} -> {}", text, written);
        }
    }
}

//! What a twin leaves out, emptied before the page is taken apart: parsing it costs more than all else.

use super::LEFT_OUT;

/// A page without what stands in elements that the twin leaves out. The elements themselves stay,
/// empty, so that the text around them is what it was. Of an element that does not end nothing is
/// taken away.
pub(super) fn emptied(html: &str, hidden: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let (mut from, mut at) = (0, 0);
    while let Some(next) = html[at..].find('<') {
        let start = at + next;
        let Some(tag) = Tag::read(&html[start..]) else {
            at = start + 1;
            continue;
        };
        at = start + tag.len;
        if tag.is_left_out(hidden)
            && let Some(end) = end_of(html, at, tag.name)
        {
            kept.push_str(&html[from..at]);
            (from, at) = (end, end);
        }
    }
    kept.push_str(&html[from..]);
    kept
}

/// The start of an element.
struct Tag<'a> {
    name: &'a str,
    /// All of it as written.
    text: &'a str,
    len: usize,
}

impl<'a> Tag<'a> {
    fn read(html: &'a str) -> Option<Self> {
        let name_end = html[1..].find(|c: char| !c.is_ascii_alphanumeric())? + 1;
        let len = html.find('>')? + 1;
        (name_end > 1).then(|| Self { name: &html[1..name_end], text: &html[..len], len })
    }

    fn is_left_out(&self, hidden: &str) -> bool {
        if LEFT_OUT.contains(&self.name) {
            return self.name != "input";
        }
        if !matches!(self.name, "div" | "span") {
            return false;
        }
        let class = self.text.split_once("class=\"").and_then(|(_, rest)| rest.split('"').next());
        super::is_hidden(class.unwrap_or_default(), hidden)
    }
}

/// Where the end tag begins of the element whose content begins at `from`.
fn end_of(html: &str, from: usize, name: &str) -> Option<usize> {
    let (mut depth, mut at) = (1, from);
    loop {
        let start = at + html[at..].find('<')?;
        let rest = &html[start + 1..];
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        at = start + 1;
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        if rest.strip_prefix(name).is_some_and(ends) {
            depth = if closes { depth - 1 } else { depth + 1 };
            if depth == 0 {
                return Some(start);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(emptied(html, "translation"), expected);
    }

    #[test]
    fn elements_stay_and_what_is_in_them_goes() {
        check("a<nav><ul></ul></nav> b", "a<nav></nav> b");
        check(
            "<div class=\"text translation\"><div>a</div><p>b</p></div><div class=\"text original\">c</div>",
            "<div class=\"text translation\"></div><div class=\"text original\">c</div>",
        );
        check(
            "<form><form>x</form></form><input><span class=\"same\">1</span>",
            "<form></form><input><span class=\"same\"></span>",
        );
        check("<navigation>a</navigation><p>1 < 2</p><nav>b", "<navigation>a</navigation><p>1 < 2</p><nav>b");
    }
}

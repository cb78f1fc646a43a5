//! Traces of the web page: navigation around the text, and lines that say where it comes from.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use super::{marker, markup, title};
use crate::container::DropReason;
use crate::container::chars;
use crate::container::marks;

/// Says for every line whether it belongs to the page around the document.
///
/// Inside the text only an imprint is dropped; before and after it, whatever is
/// between known menus is menu as well.
pub(super) fn classify(lines: &[Line]) -> Vec<Option<DropReason>> {
    let roles: Vec<LineRole> = lines.iter().map(role).collect();
    let text = text_range(lines, &roles);
    let menu_before = last_menu_before_title(&roles, text.title);
    let menu_after = (text.end..lines.len()).find(|&i| roles[i] == LineRole::Menu);
    (0..lines.len())
        .map(|i| match roles[i] {
            LineRole::Provenance if !text.contains(i) => Some(DropReason::Provenance),
            LineRole::Imprint => Some(DropReason::Navigation),
            LineRole::Menu if !text.contains(i) => Some(DropReason::Navigation),
            _ if menu_before.is_some_and(|last| i < last) => Some(DropReason::Navigation),
            _ if menu_after.is_some_and(|first| i > first) => Some(DropReason::Navigation),
            _ => None,
        })
        .collect()
}

/// The role of a line, judged alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineRole {
    /// Surely not the document: registration numbers, site imprint.
    Imprint,
    /// A menu, if it is before or after the text.
    Menu,
    /// Where and when the text was published.
    Provenance,
    /// A title, by its form.
    Title,
    /// A sentence or a numbered part.
    Prose,
    /// Anything else.
    Other,
}

fn role(line: &Line) -> LineRole {
    let text = chars::squeeze(&line.text);
    let short = chars::columns(&text) <= 100 && !text.contains('。');
    if short && (IMPRINT.is_match(&text)) {
        LineRole::Imprint
    } else if marks::is_provenance(&line.text) {
        LineRole::Provenance
    } else if only_links(&line.raw) || (short && is_path(&line.raw)) || (short && MENU.is_match(&text)) {
        LineRole::Menu
    } else if title::is_title_like(&text) {
        LineRole::Title
    } else if is_prose(line) {
        LineRole::Prose
    } else {
        LineRole::Other
    }
}

fn is_prose(line: &Line) -> bool {
    let sentence = chars::han_count(&line.text) >= 10 && line.text.contains(['，', '。', '：', '；', '、']);
    sentence || line.text.ends_with('。') || marker::parse(&line.text).is_some() || line.bullet.is_some()
}

static IMPRINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "ICP备|公网安备|网站标识码|版权所有|网站地图|^(?:主办单位|承办单位|技术支持|网站管理|运行维护)[:：]",
    )
    .expect("the pattern is valid")
});

static MENU: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "^(?:首页|文章属性$|正文$|网站首页|返回首页|当前位置|您的位置|您现在的位置|您当前的位置|所在位置|字号|字体|【字体|【打印|打印|分享|关闭窗口|返回顶部",
        "|扫一扫|相关链接|友情链接|相关阅读|相关解读|上一篇|下一篇|责任编辑|编辑[:：]|浏览次数|访问量|点击数|无障碍|登录|注册",
        "|联系我们|版权声明|关于我们|网站导航|政务微博|政务微信|请输入.*搜索|Copyright)|>.*>"
    ))
    .expect("the pattern is valid")
});

/// Returns whether a line is the path to a page that the line before began: > 政务公开 > 通知.
fn is_path(raw: &str) -> bool {
    let raw = raw.trim();
    raw.starts_with('>') && raw[1..].contains('>')
}

/// Whether a line is made of links that lead nowhere (`#`), or of several links and nothing else.
fn only_links(raw: &str) -> bool {
    let mut links = 0;
    let mut rest = raw.trim();
    while let Some((_, whole)) = markup::link_parts(rest) {
        links += if rest[..whole].ends_with("(#)") { 2 } else { 1 };
        rest = rest[whole..].trim_start_matches(['|', ' ', '\u{3000}', '·']);
    }
    links >= 2 && rest.is_empty()
}

/// The lines of the document among those of the page.
struct TextRange {
    title: Option<usize>,
    start: usize,
    end: usize,
}

impl TextRange {
    fn contains(&self, index: usize) -> bool {
        (self.start..self.end).contains(&index)
    }
}

fn text_range(lines: &[Line], roles: &[LineRole]) -> TextRange {
    let first_part = lines.iter().position(|l| marker::parse(&l.text).is_some()).unwrap_or(lines.len());
    let title = roles[..first_part].iter().position(|&r| r == LineRole::Title);
    let from = title.unwrap_or(0);
    let start = (from..lines.len()).find(|&i| roles[i] == LineRole::Prose).unwrap_or(lines.len());
    let end = roles.iter().rposition(|&r| r == LineRole::Prose).map_or(start, |last| (last + 1).max(start));
    TextRange { title, start, end }
}

fn last_menu_before_title(roles: &[LineRole], title: Option<usize>) -> Option<usize> {
    roles[..title?].iter().rposition(|&r| matches!(r, LineRole::Menu | LineRole::Imprint))
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, dropped: &[usize]) {
        let lines = lines::split(text);
        let verdicts = classify(&lines);
        let found: Vec<usize> =
            lines.iter().zip(verdicts).filter(|(_, v)| v.is_some()).map(|(l, _)| l.number).collect();
        assert_eq!(found, dropped);
    }

    const TEXT: &str = "一、总体要求\n坚持稳中求进，全面加强保护工作。\n";

    #[test]
    fn menus_and_what_stands_between_them_are_dropped() {
        let page = format!(
            "[首页](#)[机构](#)\n搜索框\n当前位置：首页 > 政策\n示例市推进计划\n发布时间：2022-10-28\n字号：大 中 小\n{TEXT}相关链接\n某某网站\n京ICP备1号\n"
        );
        check(&page, &[1, 2, 3, 5, 6, 9, 10, 11]);
    }

    #[test]
    fn a_page_without_menus_is_kept_whole() {
        check(
            &format!("示例市文件\n示例市推进计划\n{TEXT}附件：（略）\n示例市人民政府\n2022年1月1日\n"),
            &[],
        );
    }

    #[test]
    fn menu_words_inside_the_text_are_text() {
        check(&format!("示例市推进计划\n{TEXT}打印机、\n二、主要任务\n"), &[]);
    }
}

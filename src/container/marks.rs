//! Lines beside the document, by their form: page numbers, and where and when it was published.

use std::sync::LazyLock;

use regex::Regex;

use super::chars;

/// Returns whether a line can be a page number by its form, wherever it is.
pub(crate) fn may_be_number(raw: &str) -> bool {
    is_page_number(raw) || bare_number(raw.trim()).is_some()
}

/// — 3 —, - 3 -, 第3页 共8页, 3/8, Page 3 of 8.
pub(crate) fn is_page_number(raw: &str) -> bool {
    PAGE_NUMBER.is_match(&chars::squeeze(raw))
}

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[-—–―─－~·]{1,3}[0-9０-９]{1,4}[-—–―─－~·]{1,3}",
        r"|第[0-9]{1,4}页[,，/]?(?:共[0-9]{1,4}页)?",
        r"|[0-9]{1,3}/[0-9]{1,3}",
        r"|(?i:page)[0-9]{1,4}(?:(?i:of)[0-9]{1,4})?)$"
    ))
    .expect("the pattern is valid")
});

/// A number alone, as page numbers are.
pub(crate) fn bare_number(text: &str) -> Option<u32> {
    (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Whether `text` has the form of a provenance line: a known label with a colon, or a bare address.
pub(crate) fn is_provenance(text: &str) -> bool {
    let text = labelled(&chars::squeeze(text));
    LABEL.is_match(&text) || ADDRESS.is_match(&text)
}

/// A row of labels and values between pipes, as labels with colons: 发文字号|示发〔2027〕3号|.
pub(crate) fn labelled(text: &str) -> String {
    // Databases of law: ∙【公布日期】2020.01.17
    let bare = text.trim_start_matches(['∙', '·', '•', '●', '・']);
    if let Some((label, value)) = bare.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        // On web pages 字号 is the size of the type.
        let label = if label == "字号" { "文号" } else { label };
        return format!("{label}：{value}");
    }
    let cells: Vec<&str> = text.trim_matches('|').split('|').collect();
    let known = |cell: &str| LABEL.is_match(&format!("{}：", cell.trim_end_matches(['：', ':'])));
    if !text.contains('|') || !cells.first().is_some_and(|first| known(first)) {
        return text.to_owned();
    }
    let pair = |pair: &[&str]| {
        let label = pair[0].trim_end_matches(['：', ':']);
        format!("{label}：{}", pair.get(1).copied().unwrap_or_default())
    };
    cells.chunks(2).map(pair).collect::<Vec<_>>().join("\n")
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "^(?:出所|出处|来源|信息来源|文章来源|稿件来源|发布时间|发布日期|发文日期|成文日期|公开日期|更新时间|索引号|主题分类|主题词",
        "|发文机关|发布机构|发布单位|制发机构|制定机关|颁布单位|公布日期|施行日期|生效日期|实施日期|效力等级|效力级别|时效性|法规类别|发文字号|文号|标题|有效性|公开方式|日期|时间)[:：]"
    ))
    .expect("the pattern is valid")
});

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^https?://[!-~]+$").expect("the pattern is valid"));

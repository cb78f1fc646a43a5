//! Figures with their units: 16.5个月, 1.2万件, 百分之九十, 10%—15%.

use super::Span;
use crate::facts::number;
use crate::facts::scan::Cursor;

/// A figure and its unit.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) span: Span,
    pub(super) value: String,
    pub(super) upper: Option<String>,
    pub(super) unit: String,
    /// Whether it is in Arabic figures.
    pub(super) arabic: bool,
}

impl Figure {
    /// Returns whether it says how long.
    pub(super) fn is_time(&self) -> bool {
        TIMES.contains(&self.unit.as_str())
    }

    /// Returns whether its unit may say which things are meant.
    pub(super) fn classifies(&self) -> bool {
        self.is_time() || KINDS.contains(&self.unit.as_str())
    }
}

/// Units that figures of this genre have; longer ones first.
const UNITS: &[&str] = &[
    "个百分点",
    "百分点",
    "个工作日",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "个自然日",
    "工作日",
    "个月",
    "小时",
    "分钟",
    "人次",
    "车次",
    "班次",
    "人民币",
    "美元",
    "公里",
    "千米",
    "延米",
    "公顷",
    "件次",
    "户次",
    "千瓦时",
    "千瓦",
    "兆瓦",
    "吉瓦",
    "吨标准煤",
    "标准煤",
    "微克",
    "毫克",
    "毫米",
    "厘米",
    "公斤",
    "千克",
    "课时",
    "学时",
    "张床位",
    "个泊位",
    "标段",
    "人份",
    "个",
    "件",
    "天",
    "日",
    "年",
    "周",
    "项",
    "家",
    "人",
    "元",
    "批",
    "起",
    "所",
    "名",
    "次",
    "场",
    "期",
    "门",
    "套",
    "处",
    "座",
    "吨",
    "倍",
    "种",
    "宗",
    "例",
    "户",
    "亩",
    "分",
    "条",
    "部",
    "篇",
    "类",
    "支",
    "位",
    "辆",
    "台",
    "村",
    "站",
    "眼",
    "口",
    "只",
    "头",
    "株",
    "棵",
    "张",
    "册",
    "间",
    "栋",
    "幢",
    "根",
    "路",
    "趟",
    "单",
    "笔",
    "组",
    "列",
    "艘",
    "架",
    "枚",
    "片",
    "块",
    "段",
    "孔",
    "盏",
    "桶",
    "米",
    "克",
    "羽",
    "尾",
    "团",
    "顶",
    "幅",
    "份",
    "轮",
    "遍",
    "具",
    "副",
    "辈",
    "面",
];

/// Denominators of rates: 吨/日, 微克/立方米.
const PER: &[&str] =
    &["立方米", "平方米", "平方公里", "公里", "亩", "人", "日", "天", "年", "月", "小时", "户", "次", "吨"];

/// Units of time, which say how long.
const TIMES: &[&str] =
    &["个月", "小时", "分钟", "年", "周", "天", "日", "个工作日", "工作日", "个自然日", "课时", "学时"];

/// Further units that say which things are meant where 以上 or 超过 goes with them: 10人以上单位.
const KINDS: &[&str] =
    &["人", "名", "位", "元", "美元", "平方米", "米", "公里", "吨", "分", "部", "类", "亩", "千瓦", "次"];

const PERCENT: &[&str] = &["%", "％", "‰"];

/// The figure whose number starts at `start`; none where the number has no unit, counts in
/// order (第31届) or is a part of a document number.
pub(super) fn read(text: &str, start: usize) -> Option<Figure> {
    if is_in_order(text, start) {
        return None;
    }
    let mut c = Cursor::new(text, start);
    let (value, in_hundred) =
        percentage(&mut c).map(|value| (value, true)).or_else(|| Some((amount(&mut c)?, false)))?;
    if in_hundred {
        return Some(figure(start, &c, value, None, "%"));
    }
    let first_unit = c.eat_any(PERCENT);
    let upper = upper(&mut c);
    c.eat_any(&["多", "余", "几"]);
    let second_unit = c.eat_any(PERCENT).or_else(|| c.eat_any(UNITS));
    let unit = second_unit.or(first_unit)?;
    let per = per(&mut c).map(|per| format!("{unit}/{per}"));
    Some(figure(start, &c, value, upper, per.as_deref().unwrap_or(unit)))
}

/// The end of the number at `start` that is no figure. Of one in thousands none of the groups is one.
pub(super) fn end(text: &str, start: usize) -> usize {
    let mut c = Cursor::new(text, start);
    if !is_in_order(text, start) && number::leading_arabic(c.rest()).is_some() {
        c.number();
        while thousands(&mut c).is_some() {}
    }
    let end = c.rest().find(|c: char| !number::is_numeral(c) && c != '.');
    end.map_or(text.len(), |i| c.at() + i)
}

/// Returns whether the number at `start` counts in order, or is a part of a document number or of another number.
fn is_in_order(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    before.is_some_and(|c| matches!(c, '第' | '〔' | '〕' | '[' | ']' | '·' | '.'))
}

fn figure(start: usize, c: &Cursor<'_>, value: String, upper: Option<String>, unit: &str) -> Figure {
    let unit = if unit == "％" { "%" } else { unit };
    Figure {
        span: start..c.at(),
        value,
        upper,
        unit: unit.to_owned(),
        arabic: number::leading_arabic(c.since(start)).is_some(),
    }
}

/// 百分之九十.
fn percentage(c: &mut Cursor<'_>) -> Option<String> {
    let mut attempt = *c;
    let value = attempt.eat("百分之").then(|| amount(&mut attempt))?;
    *c = attempt;
    value
}

/// `/日` of 万立方米/日.
fn per(c: &mut Cursor<'_>) -> Option<&'static str> {
    let mut attempt = *c;
    attempt.eat_any(&["/", "／"])?;
    let per = attempt.eat_any(PER)?;
    *c = attempt;
    Some(per)
}

/// The other end of 10—15 or 10%至15%.
fn upper(c: &mut Cursor<'_>) -> Option<String> {
    let mut attempt = *c;
    attempt.eat_any(&["——", "—", "–", "-", "－", "~", "～", "至", "到"])?;
    let value = amount(&mut attempt)?;
    *c = attempt;
    Some(value)
}

/// A number, decimal or in thousands, with 万 and 亿 worked in.
fn amount(c: &mut Cursor<'_>) -> Option<String> {
    let arabic = number::leading_arabic(c.ahead()).is_some();
    let first = c.number()?;
    let mut digits = if arabic { digits(c.taken(first.bytes)) } else { first.value.to_string() };
    let mut places = 0;
    if arabic {
        while let Some(group) = thousands(c) {
            digits.push_str(&group);
        }
        if let Some(decimals) = decimals(c) {
            places = decimals.len();
            digits.push_str(&decimals);
        }
    }
    let zeros = match c.eat_any(&["万亿", "千万", "百万", "亿", "万", "千", "百"]) {
        Some("万亿") => 12,
        Some("亿") => 8,
        Some("千万") => 7,
        Some("百万") => 6,
        Some("万") => 4,
        Some("千") => 3,
        Some("百") => 2,
        _ => 0,
    };
    Some(scaled(&digits, places, zeros))
}

fn digits(words: &str) -> String {
    let values = words.chars().filter_map(number::arabic);
    values.filter_map(|d| char::from_digit(d, 10)).collect()
}

/// `,000` of `7,000`.
fn thousands(c: &mut Cursor<'_>) -> Option<String> {
    let mut attempt = *c;
    let run = c.rest().strip_prefix(',').and_then(number::leading_arabic)?;
    attempt.eat(",");
    attempt.number()?;
    (run.chars == 3).then(|| {
        *c = attempt;
        digits(attempt.taken(run.bytes))
    })
}

/// `.5` of `16.5`.
fn decimals(c: &mut Cursor<'_>) -> Option<String> {
    let mut attempt = *c;
    let run = c.rest().strip_prefix(['.', '．']).and_then(number::leading_arabic)?;
    attempt.eat_any(&[".", "．"])?;
    attempt.number()?;
    *c = attempt;
    Some(digits(attempt.taken(run.bytes)))
}

/// `digits` with the last `places` behind the point, times ten to the `zeros`.
fn scaled(digits: &str, places: usize, zeros: usize) -> String {
    let padded = format!("{digits}{}", "0".repeat(zeros));
    let (whole, part) = padded.split_at(padded.len() - places);
    let part = part.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, value: &str, unit: &str) {
        let figure = read(text, 0).unwrap();
        assert_eq!((figure.value.as_str(), figure.unit.as_str()), (value, unit));
    }

    #[test]
    fn figures() {
        check("16.5个月", "16.5", "个月");
        check("1.2万件", "12000", "件");
        check("7,000件", "7000", "件");
        check("0.50%", "0.5", "%");
        check("百分之九十", "90", "%");
        check("三千件", "3000", "件");
        check("１２％", "12", "%");
    }
}

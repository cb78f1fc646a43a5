//! The report for people: every statement in Chinese and in English.

use super::account::{Doubt, DoubtKind, Dropped, Edit, Layout, Rule};
use super::report::{Metadata, Report, Structure};
use crate::container::Container;
use crate::container::DropReason;

/// Places of one rule that are shown; the rest is in the JSON.
const PLACES: usize = 8;

impl Report {
    /// The report as text, section by section; nothing is left out but repeated places of one rule.
    pub fn render(&self) -> String {
        let mut out = String::new();
        section(&mut out, "来源 · Source", &[input(self), layout(self.layout)]);
        section(&mut out, "元数据 · Front matter", &self.metadata.iter().map(metadata).collect::<Vec<_>>());
        section(
            &mut out,
            "未收入正文的行 · Lines left out",
            &self.dropped.iter().map(dropped).collect::<Vec<_>>(),
        );
        let rules: Vec<String> =
            self.normalisations.iter().map(|(rule, edits)| normalisation(*rule, edits)).collect();
        section(&mut out, "规范化 · Normalisations", &rules);
        section(&mut out, "识别的结构 · Structure", &[structure(&self.structure)]);
        section(&mut out, "请核对 · Please check", &doubts(&self.doubts));
        section(&mut out, "文本一致性 · Fidelity", &[proof(self)]);
        out
    }
}

fn section(out: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        *out += &format!("{title}\n");
        *out += &lines.iter().map(|line| format!("  {line}\n")).collect::<String>();
    }
}

fn input(report: &Report) -> String {
    let facts = &report.input;
    let name = match facts.container {
        Container::Text => facts.encoding,
        container => container.name(),
    };
    format!(
        "{}，{}行；控制字符{}个，无法解码{}处 · {0}, {1} lines; {2} control characters, {3} undecodable",
        name, facts.lines, facts.controls, facts.malformed
    )
}

fn layout(layout: Layout) -> String {
    match layout {
        Layout::TrailingSpace { width } => {
            format!(
                "每行{width}列，行尾空格表示段落结束 · wrapped at {width} columns, a trailing space ends a paragraph"
            )
        }
        Layout::Wrapped { width, .. } => {
            format!(
                "每行{width}列，未满行表示段落结束 · wrapped at {width} columns, a short line ends a paragraph"
            )
        }
        Layout::LineIsParagraph => "每行为一段 · every line is a paragraph".to_owned(),
        Layout::Stated => "段落由文件标明 · the file marks its paragraphs".to_owned(),
    }
}

fn metadata(metadata: &Metadata) -> String {
    let Metadata { field, value, line } = metadata;
    format!("{field} = {value}{}", at(*line))
}

/// 第3行 · line 3
fn at(line: usize) -> String {
    if line == 0 { String::new() } else { format!("（第{line}行 · line {line}）") }
}

fn dropped(dropped: &Dropped) -> String {
    let Dropped { line, text, reason } = dropped;
    let (zh, en) = drop_reason(*reason);
    format!("{line}: {zh} · {en}: {text}")
}

fn normalisation(rule: Rule, edits: &[Edit]) -> String {
    let (zh, en) = rule_name(rule);
    let shown: Vec<String> =
        edits.iter().take(PLACES).map(|e| format!("{}:「{}」→「{}」", e.line, e.from, e.to)).collect();
    let more = if edits.len() > PLACES { " …" } else { "" };
    format!("{zh} · {en}: {}  {}{more}", edits.len(), shown.join(" "))
}

fn structure(s: &Structure) -> String {
    let notice = if s.notice { "有印发通知 · covering notice; " } else { "" };
    format!(
        "{notice}标题{}，任务{}，工作要求{}，段落{}，表格{}，时限{}，报送时间{} · {0} sections, {1} tasks, {2} requirements, {3} paragraphs, {4} tables, {5} deadlines, {6} milestones",
        s.sections, s.tasks, s.requirements, s.paragraphs, s.tables, s.deadlines, s.milestones
    )
}

/// Doubts of one kind that are shown; the JSON account has all.
const SHOWN_DOUBTS: usize = 3;

/// The doubts, those that decide most first; of each kind the first few.
fn doubts(doubts: &[Doubt]) -> Vec<String> {
    let mut kinds: Vec<DoubtKind> = doubts.iter().map(|doubt| doubt.kind).collect();
    kinds.sort_by_key(|kind| rank(*kind));
    kinds.dedup();
    let mut lines = Vec::new();
    for kind in kinds {
        let of_kind: Vec<&Doubt> = doubts.iter().filter(|doubt| doubt.kind == kind).collect();
        lines.extend(of_kind.iter().take(SHOWN_DOUBTS).map(|found| doubt(found)));
        if let Some(more) = of_kind.len().checked_sub(SHOWN_DOUBTS).filter(|more| *more > 0) {
            lines.push(format!("… 另有{more}处同类（--format json 全部列出） · {more} more of this kind (--format json lists all)"));
        }
        lines.extend(remedy(kind).map(|remedy| format!("  {remedy}")));
    }
    lines
}

/// The option that decides a doubt otherwise.
fn remedy(kind: DoubtKind) -> Option<&'static str> {
    match kind {
        DoubtKind::NoTitle | DoubtKind::TitleJoined => {
            Some("--title \"…\" 指定文件中的标题 · --title \"…\" gives the title as written in the document")
        }
        DoubtKind::NoKind => Some("--kind 指定种类 · --kind says the kind"),
        DoubtKind::NoYear => Some("在前置元数据中补写 year · add `year` to the front matter"),
        DoubtKind::NoTasks | DoubtKind::PartWithoutTitle => Some(
            "--tasks heading-2|heading-3|heading-4|list|table 指定任务写法 · … says how tasks are marked",
        ),
        _ => None,
    }
}

/// The place of a kind of doubt: those about the whole document first, those about single lines last.
fn rank(kind: DoubtKind) -> usize {
    const ORDER: [DoubtKind; 17] = [
        DoubtKind::NoTasks,
        DoubtKind::NoTitle,
        DoubtKind::WrappedCells,
        DoubtKind::TitleJoined,
        DoubtKind::NoKind,
        DoubtKind::NoYear,
        DoubtKind::StatedTwice,
        DoubtKind::UnreadMilestone,
        DoubtKind::Undecodable,
        DoubtKind::PrivateUse,
        DoubtKind::PartWithoutTitle,
        DoubtKind::Numbering,
        DoubtKind::NumbersJoined,
        DoubtKind::MarkerAsText,
        DoubtKind::LongTaskTitle,
        DoubtKind::EndsMidSentence,
        DoubtKind::JoinedMidSentence,
    ];
    ORDER.iter().position(|ranked| *ranked == kind).unwrap_or(ORDER.len())
}

fn doubt(doubt: &Doubt) -> String {
    let Doubt { line, excerpt, kind } = doubt;
    let (zh, en) = doubt_name(*kind);
    let place = if *line == 0 { "全文 · document".to_owned() } else { line.to_string() };
    format!("{place}: {zh} · {en}: {excerpt}").trim_end_matches([' ', ':']).to_owned()
}

fn proof(report: &Report) -> String {
    let p = &report.proof;
    format!(
        "原文{}字 = 正文{}字 + 标题{}字 + 未收入{}字，逐字一致 · {0} characters read; {1} written, {2} in the title, {3} left out; equal character for character",
        p.read, p.written, p.title, p.dropped
    )
}

fn drop_reason(reason: DropReason) -> (&'static str, &'static str) {
    match reason {
        DropReason::PageNumber => ("页码", "page number"),
        DropReason::RunningHead => ("页眉页脚", "running head"),
        DropReason::Navigation => ("网站导航", "site navigation"),
        DropReason::Provenance => ("出处", "provenance"),
        DropReason::Rule => ("分隔线", "rule"),
        DropReason::Title => ("标题移入元数据", "title moved to the front matter"),
    }
}

fn rule_name(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::JoinedLines => ("合并换行", "lines joined"),
        Rule::JoinedPages => ("合并跨页", "pages joined"),
        Rule::Space => ("删除空格", "spaces removed"),
        Rule::Parenthesis => ("半角括号改全角", "parentheses widened"),
        Rule::Compatibility => ("兼容字符改为通用字", "compatibility characters replaced"),
        Rule::Markup => ("去除标记", "markup undone"),
        Rule::ListNumber => ("列表编号", "list numbers corrected"),
        Rule::Table => ("表格", "tables"),
        Rule::Columns => ("按列读取", "read down columns"),
    }
}

fn doubt_name(kind: DoubtKind) -> (&'static str, &'static str) {
    match kind {
        DoubtKind::JoinedAfterSentence => {
            ("满行且句子结束，已与下一行合并", "full line ends a sentence, joined with the next")
        }
        DoubtKind::JoinedMidSentence => {
            ("句子未完，已与下一行合并", "breaks off in mid-sentence, joined with the next")
        }
        DoubtKind::EndsMidSentence => ("段落结束但无句末标点", "paragraph ends without ending a sentence"),
        DoubtKind::MarkerAsText => {
            ("行首编号不合顺序，视为正文", "number at the start of a line is out of order, taken for text")
        }
        DoubtKind::NumbersJoined => ("两个数字在换行处相接", "two numbers meet where lines were joined"),
        DoubtKind::WrappedCells => (
            "表格单元格跨行，已合并，请核对各行",
            "cells go on from line to line, put together: compare the rows",
        ),
        DoubtKind::TitleJoined => ("多行标题已合并", "title set in several lines, put together"),
        DoubtKind::PartWithoutTitle => {
            ("编号段落无标题，保留为正文", "numbered part without a title, kept as a paragraph")
        }
        DoubtKind::LongTaskTitle => {
            ("任务首句较长，整句作标题", "long first sentence is the heading of the task")
        }
        DoubtKind::Numbering => ("编号不连续", "number does not follow the one before"),
        DoubtKind::StatedTwice => {
            ("两处所述不同，取先出现者", "stated twice and differently; the first is kept")
        }
        DoubtKind::UnreadMilestone => ("报送时间未能识别", "date for reports not understood"),
        DoubtKind::NoTitle => ("未找到标题", "no title found"),
        DoubtKind::NoKind => ("标题未表明文件类别", "title does not say the kind of plan"),
        DoubtKind::NoYear => ("标题未写年份", "title names no year"),
        DoubtKind::NoTasks => ("未识别到任务", "no tasks recognised"),
        DoubtKind::Undecodable => ("含无法解码的字节", "contains undecodable bytes"),
        DoubtKind::PrivateUse => {
            ("含专用区字符，须对照原件", "has private-use characters: compare with the source")
        }
    }
}

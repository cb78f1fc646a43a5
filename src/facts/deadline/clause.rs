//! What a parenthesis says: promises about time, clause by clause.

use super::{Deadline, Kind};
use crate::facts::date::{self, Edge, Moment, Precision, When};
use crate::facts::scan::{self, Cursor};
use crate::facts::{Problem, ProblemKind, Span, alias, body};

/// What one parenthesis says about time; nothing, if it is about something else.
#[derive(Debug, Default)]
pub(super) struct Sense {
    pub(super) deadlines: Vec<Deadline>,
    pub(super) problems: Vec<Problem>,
}

impl Sense {
    /// Whether it is a promise beyond doubt, so that it is one wherever it stands: a bare
    /// （2021年） is not.
    pub(super) fn is_plain_promise(&self) -> bool {
        let plain = |deadline: &Deadline| {
            deadline.kind == Kind::Ongoing || matches!(deadline.edge, Some(Edge::Before | Edge::End))
        };
        !self.deadlines.is_empty() && self.deadlines.iter().all(plain)
    }
}

/// Words that something is kept up. They open a clause or follow 并.
const ONGOING: &[&str] = &[
    "持续",
    "长期",
    "常年",
    "贯穿",
    "全年",
    "常态化",
    "经常性",
    "坚持",
    "不断",
    "滚动",
    "持之以恒",
    "始终",
    "日常",
    "接续",
    "一以贯之",
    "久久为功",
];

/// Words that something will be done: they make a date before them a due day.
pub(super) const VERBS: &[&str] = &[
    "完成", "落实", "实现", "达到", "启动", "印发", "出台", "发布", "建成", "到位", "报", "提交", "形成",
    "取得", "制定", "制订", "修订", "推进", "推动", "实施", "开展", "建立", "办结", "交付", "验收", "上线",
    "运行", "见效", "召开", "举办", "成立", "设立", "部署", "公布", "送审", "立项", "开工", "竣工", "投产",
    "整改", "总结", "评估", "考核", "通报", "更新", "编制", "起草", "提出", "覆盖", "结束", "执行", "评选",
    "遴选", "认定", "建设", "组织", "公开", "反馈", "提高", "提升",
];

/// Words without weight before a date.
const FILLERS: &[&str] = &[
    "完成时限",
    "完成时间",
    "时间节点",
    "时限",
    "力争",
    "争取",
    "确保",
    "原则上",
    "预计",
    "最迟",
    "不晚于",
    "不迟于",
    "计划",
    "分别",
    "截止",
    "限期",
    "全部",
    "其中",
    "首次",
    "并",
    "且",
    "拟",
    "应",
    "须",
    "需",
    "于",
    "在",
    "至",
    "到",
    "自",
    "从",
    "限",
    "：",
    ":",
    "后",
    "再",
    "要",
    "为",
];

/// Words that place the time in the past, or beside the promise.
const ASIDES: &[&str] = &[
    "截至", "含", "包括", "不含", "除", "如", "例如", "见", "详见", "参见", "略", "注", "附", "指", "较",
    "比", "同比", "依据", "根据",
];

/// Ends of editions of documents: （2022年修订）, （2023年版）.
const EDITIONS: &[&str] = &["修订", "修正", "版", "本", "号", "通过", "施行", "生效", "已完成", "试行"];

/// Words of time from which no day follows.
const RELATIVE: &[&str] = &[
    "适时",
    "尽快",
    "尽早",
    "近期",
    "及时",
    "立即",
    "即时",
    "工作日内",
    "日内",
    "天内",
    "周内",
    "个月内",
    "年内",
    "视情",
    "限时",
    "按时",
    "按期",
    "如期",
];

/// Words that make an unread parenthesis look like a deadline.
const HINTS: &[&str] = &["完成", "推进", "底前", "时限", "长期", "持续", "到期", "截止", "届满"];

/// What the text between the marks of a parenthesis says.
pub(super) fn sense(text: &str, inner: Span, year: Option<i16>) -> Sense {
    let words = text[inner.clone()].trim();
    if is_something_else(words) {
        return Sense::default();
    }
    let dates = date::read(&text[inner.clone()], year);
    if !dates.problems.is_empty() {
        let problems = dates.problems.into_iter();
        return Sense {
            problems: problems.map(|p| Problem::new(shift(p.span, inner.start), p.kind)).collect(),
            ..Sense::default()
        };
    }
    let moments: Vec<Moment> =
        (dates.moments.into_iter()).map(|m| Moment { span: shift(m.span, inner.start), ..m }).collect();
    let mut sense = Sense::default();
    for span in scan::pieces(text, inner, |c| matches!(c, '，' | ',' | '；' | ';' | '。')) {
        sense.add(Clause::new(text, span, &moments));
    }
    sense
}

/// Whether the whole parenthesis is plainly no deadline.
fn is_something_else(words: &str) -> bool {
    let aside = ASIDES.iter().any(|word| words.starts_with(word));
    let edition = EDITIONS.iter().any(|word| words.ends_with(word));
    words.is_empty() || aside || edition && !words.contains(['前', '底', '末']) || alias::defines(words)
}

impl Sense {
    fn add(&mut self, clause: Clause<'_>) {
        match clause.read() {
            Ok(deadlines) => self.deadlines.extend(deadlines),
            Err(Some(kind)) => self.problems.push(Problem::new(clause.span.clone(), kind)),
            Err(None) => {}
        }
    }
}

/// A clause and the times it names.
struct Clause<'a> {
    text: &'a str,
    span: Span,
    moments: Vec<&'a Moment>,
}

impl<'a> Clause<'a> {
    fn new(text: &'a str, span: Span, moments: &'a [Moment]) -> Self {
        let inside = |m: &&Moment| span.start <= m.span.start && m.span.end <= span.end;
        let moments = moments.iter().filter(inside).collect();
        Self { text, span, moments }
    }

    /// Its promises; or the problem with it; or `Err(None)` if it is about something else.
    fn read(&self) -> Result<Vec<Deadline>, Option<ProblemKind>> {
        let words = &self.text[self.span.clone()];
        let (Some(first), Some(last)) = (self.moments.first(), self.moments.last()) else {
            return self.read_undated(words);
        };
        let before = &self.text[self.span.start..first.span.start];
        let tail = Tail::of(self.text, last.span.end..self.span.end);
        if let Some(deadline) = self.until(before, &tail) {
            return Ok(vec![deadline]);
        }
        let clear = matches!(last.edge, Edge::Before | Edge::End) && !before.contains("较");
        let led = is_filler(before) || body::is_clause(before) || (clear && tail.acts(self.text));
        if !led || !tail.fits(self.text) {
            return Err(Some(ProblemKind::DeadlineNotUnderstood));
        }
        Ok(self.promises(&tail))
    }

    fn read_undated(&self, words: &str) -> Result<Vec<Deadline>, Option<ProblemKind>> {
        if ongoing_at(words) == Some(0) {
            return Ok(vec![self.ongoing(self.span.clone())]);
        }
        if body::is_clause(words) || is_filler(words) {
            return Err(None);
        }
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        if has(RELATIVE) && (has(VERBS) || !has(HINTS)) {
            return Err(Some(ProblemKind::RelativeDate));
        }
        let hints = has(HINTS) || date::hints_at_time(words) || words.ends_with('前');
        Err(hints.then_some(ProblemKind::DeadlineNotUnderstood))
    }

    /// `持续推进至2025年底`.
    fn until(&self, before: &str, tail: &Tail) -> Option<Deadline> {
        let [moment] = self.moments[..] else {
            return None;
        };
        let goes_on = ongoing_at(before) == Some(0) && before.trim_end().ends_with(['至', '到']);
        (goes_on && tail.is_empty()).then(|| {
            let mut deadline = dated(self.text, moment, self.span.clone());
            deadline.kind = Kind::Ongoing;
            deadline
        })
    }

    fn promises(&self, tail: &Tail) -> Vec<Deadline> {
        let mut deadlines = self.due(tail);
        if let (true, Some(ongoing)) = (tail.verb.is_empty(), &tail.ongoing) {
            // 2022年至2025年持续推进: the time belongs to what goes on.
            for deadline in &mut deadlines {
                deadline.kind = Kind::Ongoing;
                deadline.span.end = ongoing.end;
                deadline.text = self.text[deadline.span.clone()].to_owned();
            }
        } else if let Some(ongoing) = &tail.ongoing {
            deadlines.push(self.ongoing(ongoing.clone()));
        }
        deadlines
    }

    /// One promise for each time named; a range and a recurrence make one together.
    fn due(&self, tail: &Tail) -> Vec<Deadline> {
        let end = if tail.verb.is_empty() { None } else { Some(tail.verb.end) };
        if let [range, every] = self.moments[..]
            && matches!((range.when, every.when), (When::Once(_), When::Every(_)))
        {
            let span = range.span.start..end.unwrap_or(every.span.end);
            let mut deadline = dated(self.text, range, span);
            deadline.kind = Kind::Due;
            deadline.recurrence = dated(self.text, every, every.span.clone()).recurrence;
            return vec![deadline];
        }
        let last = self.moments.len() - 1;
        let numbered = self.moments.iter().enumerate();
        numbered
            .map(|(i, moment)| {
                let own = moment.span.end;
                let end = if i == last { end.unwrap_or(own) } else { own };
                dated(self.text, moment, moment.span.start..end)
            })
            .collect()
    }

    fn ongoing(&self, span: Span) -> Deadline {
        Deadline {
            kind: Kind::Ongoing,
            date: None,
            start: None,
            precision: None,
            edge: None,
            recurrence: None,
            text: self.text[span.clone()].to_owned(),
            span,
        }
    }
}

/// The promise that goes with a time by itself.
pub(super) fn dated(text: &str, moment: &Moment, span: Span) -> Deadline {
    let (period, recurrence) = match moment.when {
        When::Once(period) => (Some(period), None),
        When::Every(recurrence) => (None, Some(recurrence)),
    };
    let from = moment.edge == Edge::From;
    let stretch = |p: &date::Period| p.range || from || is_plan_period(p, moment.edge);
    Deadline {
        kind: if from { Kind::Ongoing } else { Kind::Due },
        date: period.filter(|p| !from || p.range).map(|p| p.last),
        start: period.filter(stretch).map(|p| p.first),
        precision: period.map(|p| p.precision),
        edge: Some(moment.edge),
        recurrence,
        text: text[span.clone()].to_owned(),
        span,
    }
}

fn is_plan_period(period: &date::Period, edge: Edge) -> bool {
    period.precision == Precision::FiveYear && edge == Edge::Within
}

/// What follows the last time of a clause: `完成` and `持续推进` of `…完成并持续推进`.
struct Tail {
    verb: Span,
    ongoing: Option<Span>,
}

impl Tail {
    fn of(text: &str, span: Span) -> Self {
        let words = &text[span.clone()];
        let ongoing = ongoing_at(words).map(|at| span.start + at..span.end);
        let verb_end = ongoing.as_ref().map_or(span.end, |ongoing| ongoing.start);
        let verb = scan::trim(text, span.start..verb_end);
        let mut bare = &text[verb.clone()];
        while let Some(shorter) =
            ["并", "且", "后", "，", "、", "再", "，并", "此"].iter().find_map(|join| bare.strip_suffix(join))
        {
            bare = shorter.trim_end();
        }
        Self {
            verb: verb.start..verb.start + bare.len(),
            ongoing: ongoing.map(|span| scan::trim(text, span)),
        }
    }

    fn is_empty(&self) -> bool {
        self.verb.is_empty() && self.ongoing.is_none()
    }

    /// Whether it names an act.
    fn acts(&self, text: &str) -> bool {
        let verb = &text[self.verb.clone()];
        VERBS.iter().any(|word| verb.contains(word)) || self.ongoing.is_some()
    }

    /// Whether it can follow a promised time.
    fn fits(&self, text: &str) -> bool {
        let past = text[self.verb.clone()].starts_with('已');
        !past && (self.verb.is_empty() || self.acts(text))
    }
}

/// Where in `words` the phrase of something kept up begins; 0 if nothing but joints lead in.
fn ongoing_at(words: &str) -> Option<usize> {
    let mut cursor = Cursor::new(words, 0);
    while cursor.eat_any(&["并", "且", "今后", "此后", "以后", "后", "需", "要", "作为"]).is_some()
    {
    }
    if ONGOING.iter().any(|word| cursor.ahead().starts_with(word)) {
        return (!counts_time(cursor.ahead())).then_some(0);
    }
    let starts = ONGOING.iter().filter_map(|word| words.find(word));
    starts.min()
}

/// 持续3年 says how long, not that it goes on.
fn counts_time(words: &str) -> bool {
    let after = words.strip_prefix("持续").unwrap_or_default();
    Cursor::new(after, 0).number().is_some()
}

fn is_filler(words: &str) -> bool {
    let mut cursor = Cursor::new(words, 0);
    while cursor.eat_any(FILLERS).is_some() {}
    cursor.ahead().is_empty()
}

fn shift(span: Span, by: usize) -> Span {
    span.start + by..span.end + by
}

//! The words that bind a figure, before it and behind it.

use super::{Bound, Change, Span};
use crate::facts::number;
use crate::facts::scan::{self, Cursor};

/// Words directly before a figure that bind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// Where they begin.
    pub(super) start: usize,
    change: Change,
    bound: Bound,
    /// Whether they name an act whose object is behind the figure: 建成50个….
    pub(super) act: bool,
}

impl Lead {
    /// Returns whether they state the level of something, not its change.
    pub(super) fn is_level(self) -> bool {
        self.change == Change::Level
    }
}

/// The bound that words behind a unit set.
pub(super) type Limit = Bound;

/// Kinds of words before a figure, longer words before shorter ones they end with.
const LEADS: &[(&[&str], Change, Bound)] = &[
    (
        &[
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "不长于",
            "至多",
            "最多",
            "控制在",
            "压减到",
            "压缩到",
            "缩短到",
            "缩减到",
            "减少到",
            "下降到",
            "降低到",
            "降到",
            "压减至",
            "压缩至",
            "缩短至",
            "缩减至",
            "减少至",
            "下降至",
            "降低至",
            "降至",
            "减至",
            "压降至",
        ],
        Change::Level,
        Bound::AtMost,
    ),
    (
        &[
            "不少于",
            "不低于",
            "不小于",
            "至少",
            "最少",
            "超过",
            "突破",
            "大于",
            "高于",
            "达到",
            "达",
            "提高到",
            "提升到",
            "增加到",
            "增长到",
            "扩大到",
            "提高至",
            "提升至",
            "增加至",
            "增长至",
            "扩大至",
            "增至",
            "升至",
            "升到",
        ],
        Change::Level,
        Bound::AtLeast,
    ),
    (&["稳定在", "保持在", "维持在", "稳定至", "稳定到", "控制到"], Change::Level, Bound::Exactly),
    (
        &["缩短", "压缩", "压减", "减少", "下降", "降低", "缩减", "压降", "削减"],
        Change::Decrease,
        Bound::Exactly,
    ),
    (
        &["年均增长", "年增长", "增长", "提高", "提升", "增加", "新增", "净增", "扩大", "增幅"],
        Change::Increase,
        Bound::Exactly,
    ),
];

/// Acts that add to what there is.
const ADDITIONS: &[&str] = &["新增", "净增"];

/// Acts that make their count a commitment, if it is in Arabic figures.
const ACTS: &[&str] = &[
    "建成",
    "建设",
    "培育",
    "遴选",
    "认定",
    "打造",
    "完成",
    "举办",
    "培训",
    "新建",
    "培养",
    "选树",
    "扶持",
    "支持",
    "制定",
    "制修订",
    "发布",
    "改造",
    "新改建",
    "改建",
    "扩建",
    "改扩建",
    "续建",
    "创建",
    "开展",
    "组织",
    "引进",
    "引育",
    "招引",
    "开工",
    "竣工",
    "投放",
    "设立",
    "建立",
    "整治",
    "治理",
    "修复",
    "修缮",
    "更新",
    "更换",
    "维修",
    "铺设",
    "敷设",
    "新打",
    "种植",
    "植树",
    "造林",
    "绿化",
    "清理",
    "清淤",
    "疏浚",
    "拆除",
    "关停",
    "淘汰",
    "盘活",
    "收储",
    "供应",
    "筹集",
    "筹建",
    "招聘",
    "帮扶",
    "救助",
    "资助",
    "发放",
    "检查",
    "抽查",
    "抽检",
    "排查",
    "查处",
    "立案",
    "办结",
    "调解",
    "安置",
    "转移就业",
    "孵化",
    "推出",
    "出台",
    "编制",
    "出版",
    "评选",
    "命名",
    "布设",
    "布局",
    "安装",
    "配备",
    "配置",
    "购置",
    "升级",
    "提质",
    "实施",
    "推进",
    "推动",
    "谋划",
    "储备",
    "签约",
    "达产",
    "入库",
    "贯通",
    "打通",
    "疏通",
    "通车",
    "加固",
    "开通",
    "开设",
    "增设",
    "增殖放流",
    "放流",
    "回收",
    "处理",
    "处置",
    "节约",
    "落地",
    "投运",
    "投用",
    "解决",
    "输送",
    "募集",
    "巡查",
    "监测",
    "示范推广",
    "推广",
    "选派",
    "选拔",
    "招收",
    "创作",
    "演出",
    "增种",
    "补植",
    "栽植",
    "轮训",
    "归集",
    "开发",
    "创造",
    "提供",
    "新开",
    "新开工",
    "新开通",
    "新辟",
];

/// Words that hedge a commitment; what is quoted of it begins with them.
const HEDGES: &[&str] = &["力争", "争取", "原则上", "预计", "努力", "尽量"];

/// Units that 以上 and 以下 do not make a target of: 3年以上经验, 10人以上企业.
const NOT_BY_LIMIT: &[&str] = &["年", "人", "位", "分", "部", "类"];

/// The words at the end of `before` that bind the figure behind it.
pub(super) fn lead(before: &str) -> Option<Lead> {
    let trimmed = before.trim_end();
    let trimmed = ["近", "约", "各", "了", "共", "再", "总计", "合计", "累计", "全年"]
        .iter()
        .find_map(|word| trimmed.strip_suffix(word))
        .unwrap_or(trimmed);
    let found = LEADS.iter().find_map(|&(words, change, bound)| {
        let start = start_of(trimmed, words)?;
        Some(Lead { start, change, bound, act: ADDITIONS.contains(&&trimmed[start..]) })
    });
    let act = || {
        Some(Lead {
            start: start_of(trimmed, ACTS)?,
            change: Change::Level,
            bound: Bound::Exactly,
            act: true,
        })
    };
    found.or_else(act)
}

/// An act in `before` that binds a figure closing its clause, with its object between:
/// 举办培训班20期, 在全市改造管网120公里.
pub(super) fn distant_lead(before: &str) -> Option<Lead> {
    let increase = ADDITIONS.iter().map(|word| (*word, Change::Increase));
    let acts = increase.chain(ACTS.iter().map(|act| (*act, Change::Level)));
    let found = acts.filter_map(|(word, change)| Some((before.find(word)?, word, change)));
    let (start, word, change) = found.min_by_key(|&(start, word, _)| (start, usize::MAX - word.len()))?;
    let object = !before[start + word.len()..].trim().is_empty();
    object.then_some(Lead { start, change, bound: Bound::Exactly, act: true })
}

/// Where the quotation of a commitment begins: at its hedge, such as 力争, or at 除…外 in the
/// clause before.
pub(super) fn hedged(text: &str, from: usize, start: usize) -> usize {
    let hedge = HEDGES.iter().filter_map(|word| text[from..start].find(word)).min();
    let start = hedge.map_or(start, |at| from + at);
    let before = text[..from].strip_suffix(['，', ',']).filter(|before| before.ends_with('外'));
    let clause = before.map(|before| scan::clause_start_within(text, before.len()));
    clause.filter(|at| text[*at..].trim_start().starts_with('除')).unwrap_or(start)
}

fn start_of(before: &str, words: &[&str]) -> Option<usize> {
    let ends = words.iter().find(|word| before.ends_with(*word))?;
    Some(before.len() - ends.len())
}

/// The bound that 以上, 以内 or 左右 directly behind a unit sets, and where it ends.
pub(super) fn limit(text: &str, unit_end: usize) -> (Option<Limit>, usize) {
    const LIMITS: &[(&str, Bound)] = &[
        ("及以上", Bound::AtLeast),
        ("以上", Bound::AtLeast),
        ("及以下", Bound::AtMost),
        ("以内", Bound::AtMost),
        ("之内", Bound::AtMost),
        ("以下", Bound::AtMost),
        ("左右", Bound::About),
    ];
    let mut cursor = Cursor::new(text, unit_end);
    let found = LIMITS.iter().find(|(word, _)| cursor.eat(word));
    (found.map(|&(_, bound)| bound), cursor.at())
}

/// The setting of a figure, from the words on both sides; `None` if nothing binds it.
pub(super) fn binding(lead: Option<Lead>, limit: Option<Bound>, unit: &str) -> Option<(Change, Bound)> {
    match (lead, limit) {
        (Some(lead), Some(limit)) => Some((lead.change, limit)),
        (Some(lead), None) => Some((lead.change, lead.bound)),
        (None, Some(limit)) if !NOT_BY_LIMIT.contains(&unit) => Some((Change::Level, limit)),
        (None, _) => None,
    }
}

/// Verbs that lead in to what is measured.
const VERBS: &[&str] = &[
    "完成", "实现", "力争", "确保", "争取", "推动", "推进", "努力", "其中", "全年", "年均", "累计", "、",
    "，",
];

/// Joints that do, with what makes other words of them: 和解率, 并购额.
const JOINTS: &[(&str, &[&str])] = &[
    ("和", &["解", "平", "谐"]),
    ("及", &["时", "格"]),
    ("并", &["购", "网"]),
    ("将", &["军"]),
    ("把", &["握"]),
    ("使", &["用"]),
];

/// The object of the act that `span` begins with.
pub(super) fn object(text: &str, span: Span) -> Span {
    let slice = &text[..span.end];
    let mut cursor = Cursor::new(slice, span.start);
    let longest = |words: &str| {
        let acts = ACTS.iter().chain(ADDITIONS).chain(&["了"]);
        acts.filter(|act| words.starts_with(**act)).max_by_key(|act| act.len())
    };
    let mut act = longest(cursor.ahead());
    while let Some(word) = act {
        cursor.eat(word);
        // 新建改建, but not 举办培训班.
        act = longest(cursor.ahead()).filter(|next| next.ends_with('建') || next.starts_with('了'));
    }
    scan::trim(slice, cursor.at()..span.end)
}

/// Words that may separate a noun from the words that bind its figure.
const TRAILS: &[&str] = &["年均", "总体", "累计", "全部", "均", "要", "在", "为", "约", "近"];

/// The noun phrase of `span`: without the verbs that lead in and the words that trail.
pub(super) fn noun(text: &str, span: Span) -> Span {
    let slice = &text[..span.end];
    let mut cursor = Cursor::new(slice, span.start);
    while cursor.eat_any(VERBS).is_some() || JOINTS.iter().any(|(word, stops)| cursor.eat_unless(word, stops))
    {
    }
    let rest = scan::trim(slice, cursor.at()..span.end);
    let mut end = rest.end;
    while let Some(shorter) = TRAILS.iter().find_map(|word| slice[rest.start..end].strip_suffix(word)) {
        end = rest.start + shorter.len();
    }
    // 由20个工作日压减至5个: the figure before is not what is measured.
    let from = slice[rest.start..end].char_indices().find(|&(at, c)| {
        c == '由' && slice[rest.start + at + c.len_utf8()..end].starts_with(number::is_numeral)
    });
    rest.start..from.map_or(end, |(at, _)| rest.start + at)
}

//! The words that give a body its role, and the words that its name ends with.

use super::BodyRole;

/// Words that close a list of bodies; longer words before shorter ones that they end with.
pub(super) const ROLES: &[(&str, BodyRole)] = &[
    ("牵头组织实施", BodyRole::Lead),
    ("牵头组织落实", BodyRole::Lead),
    ("牵头抓总", BodyRole::Lead),
    ("牵头负责", BodyRole::Lead),
    ("负责牵头", BodyRole::Lead),
    ("牵头落实", BodyRole::Lead),
    ("牵头推进", BodyRole::Lead),
    ("牵头实施", BodyRole::Lead),
    ("牵头办理", BodyRole::Lead),
    ("牵头", BodyRole::Lead),
    ("主办", BodyRole::Lead),
    ("负责组织实施", BodyRole::Responsible),
    ("负责组织落实", BodyRole::Responsible),
    ("负责抓好落实", BodyRole::Responsible),
    ("负责落实", BodyRole::Responsible),
    ("负责实施", BodyRole::Responsible),
    ("负责推进", BodyRole::Responsible),
    ("抓好落实", BodyRole::Responsible),
    ("组织实施", BodyRole::Responsible),
    ("组织落实", BodyRole::Responsible),
    ("承办", BodyRole::Responsible),
    ("主责", BodyRole::Responsible),
    ("负责", BodyRole::Responsible),
    ("落实", BodyRole::Responsible),
    ("实施", BodyRole::Responsible),
    ("积极配合", BodyRole::Cooperate),
    ("协同配合", BodyRole::Cooperate),
    ("支持配合", BodyRole::Cooperate),
    ("协助配合", BodyRole::Cooperate),
    ("配合协助", BodyRole::Cooperate),
    ("配合做好", BodyRole::Cooperate),
    ("配合落实", BodyRole::Cooperate),
    ("配合实施", BodyRole::Cooperate),
    ("配合", BodyRole::Cooperate),
    ("协助", BodyRole::Cooperate),
    ("协办", BodyRole::Cooperate),
    ("协同", BodyRole::Cooperate),
    ("会办", BodyRole::Cooperate),
    ("配合参与", BodyRole::Participate),
    ("积极参与", BodyRole::Participate),
    ("参与", BodyRole::Participate),
    ("参加", BodyRole::Participate),
    ("督促指导", BodyRole::Guide),
    ("指导督促", BodyRole::Guide),
    ("指导监督", BodyRole::Guide),
    ("加强指导", BodyRole::Guide),
    ("业务指导", BodyRole::Guide),
    ("督导", BodyRole::Guide),
    ("指导", BodyRole::Guide),
];

/// Each body answers for its own part.
pub(super) const BY_DUTY: &[&str] = &[
    "按照各自职责分工",
    "根据各自职责分工",
    "按各自职责分工",
    "按照职责分工",
    "根据职责分工",
    "依职责分工",
    "按职责分工",
    "依据职责",
    "按照各自职责",
    "根据各自职责",
    "按各自职责",
    "按照职责",
    "根据职责",
    "按职责",
    "依职责",
    "分工",
];

/// How bodies share a role.
pub(super) const MANNERS: &[&str] =
    &["共同", "分别", "具体", "分头", "联合", "主要", "直接", "统一", "一并", "各自", "组织"];

/// The first words of labels, with the role that they give.
const LABEL_HEADS: &[(&str, BodyRole)] = &[
    ("牵头及责任", BodyRole::Lead),
    ("牵头责任", BodyRole::Lead),
    ("责任牵头", BodyRole::Lead),
    ("牵头负责", BodyRole::Lead),
    ("主要牵头", BodyRole::Lead),
    ("总牵头", BodyRole::Lead),
    ("牵头", BodyRole::Lead),
    ("主办", BodyRole::Lead),
    ("配合责任", BodyRole::Cooperate),
    ("责任配合", BodyRole::Cooperate),
    ("协助责任", BodyRole::Cooperate),
    ("配合", BodyRole::Cooperate),
    ("协助", BodyRole::Cooperate),
    ("协办", BodyRole::Cooperate),
    ("协同", BodyRole::Cooperate),
    ("会办", BodyRole::Cooperate),
    ("参与", BodyRole::Participate),
    ("参加", BodyRole::Participate),
    ("指导", BodyRole::Guide),
    ("督导", BodyRole::Guide),
    ("责任", BodyRole::Responsible),
    ("负责", BodyRole::Responsible),
    ("主责", BodyRole::Responsible),
    ("承办", BodyRole::Responsible),
    ("实施", BodyRole::Responsible),
    ("落实", BodyRole::Responsible),
    ("办理", BodyRole::Responsible),
];

/// The nouns of labels.
const LABEL_NOUNS: &[&str] = &[
    "单位",
    "部门",
    "主体",
    "处室",
    "机构",
    "机关",
    "科室",
    "股室",
    "司局",
    "地区",
    "县区",
    "县市区",
    "单位（部门）",
    "部门（单位）",
    "部门和单位",
    "单位和部门",
    "部门及单位",
    "单位及部门",
];

/// The label that `words` ends with: where it begins, and its role.
pub(super) fn label_at_end(words: &str) -> Option<(usize, BodyRole)> {
    let words = words.trim_end();
    let nouns = LABEL_NOUNS.iter().filter_map(|noun| words.strip_suffix(noun));
    let labels = nouns.flat_map(|rest| {
        let heads = LABEL_HEADS.iter();
        heads.filter_map(move |&(head, role)| Some((rest.strip_suffix(head)?.len(), role)))
    });
    labels.min_by_key(|&(start, _)| start)
}

/// The role of a column with this head, or of a label without its colon: 责任单位, 牵头部门.
pub(super) fn label(words: &str) -> Option<BodyRole> {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    label_at_end(&words).filter(|&(start, _)| start == 0).map(|(_, role)| role)
}

/// The ends of names. Regions stand for their governments: 各区, 示例县.
const ENDINGS: &[&str] = &[
    "部",
    "委",
    "局",
    "署",
    "院",
    "会",
    "办",
    "厅",
    "中心",
    "社",
    "行",
    "公司",
    "政府",
    "单位",
    "部门",
    "机构",
    "机关",
    "中央",
    "联",
    "处",
    "司",
    "室",
    "组",
    "队",
    "所",
    "校",
    "区",
    "市",
    "省",
    "县",
    "旗",
    "盟",
    "州",
    "乡",
    "镇",
    "街道",
    "地方",
    "企业",
    "集团",
    "协会",
    "海关",
    "大学",
    "政协",
    "人大",
    "团委",
    "科协",
    "方面",
    "站",
    "馆",
    "园区",
    "法庭",
    "税务",
    "供电",
    "电信",
    "移动",
    "联通",
    "铁塔",
    "邮政",
    "自治区",
    "各地",
    "村",
    "社区",
    "厂",
    "电网",
    "高校",
    "部队",
    "军区",
    "警备区",
    "台",
    "报社",
    "总工会",
    "平台",
    "基地",
    "库",
    "港",
];

/// Kinds of bodies that are no names by themselves: 各有关部门和单位 is one.
pub(super) const GENERIC: &[&str] =
    &["单位", "部门", "机构", "企业", "地方", "机关", "有关单位", "相关单位", "有关部门", "相关部门"];

/// Words of sentences, which no name has.
const SENTENCE: &[&str] = &[
    "要",
    "应",
    "须",
    "做好",
    "加强",
    "认真",
    "积极",
    "及时",
    "完成",
    "持续",
    "底前",
    "长期",
    "适时",
    "期间",
    "的",
    "了",
    "并",
    "：",
    ":",
    "“",
    "”",
    "《",
    "》",
    "时限",
    "同志",
    "责任人",
    "联系",
];

/// Parties of principles (政府负责、社会参与), which are no bodies.
const PARTIES: &[&str] =
    &["政府", "社会", "全社会", "企业", "单位", "部门", "市场", "机构", "行业", "村民", "居民"];

/// Verbs that begin a sentence and no name.
const LEAD_INS: &[&str] =
    &["坚持", "推进", "推动", "开展", "建立", "强化", "引导", "鼓励", "发挥", "健全", "形成"];

/// The longest name, in characters.
const LONGEST: usize = 40;

/// Returns whether `words` ends like the name of a body.
pub(super) fn is_name(words: &str) -> bool {
    let words = words.trim_end();
    let bare = words.strip_suffix('）').and_then(|inner| Some(&inner[..inner.rfind('（')?])).unwrap_or(words);
    let ends = ENDINGS.iter().any(|ending| bare.ends_with(ending) || words.ends_with(ending));
    ends && words.chars().nth(1).is_some() && !PARTIES.contains(&words) && is_plausible(words)
}

/// Returns whether `words` may be a name.
pub(super) fn is_plausible(words: &str) -> bool {
    let short = words.chars().nth(LONGEST).is_none();
    let told = SENTENCE.iter().any(|word| words.contains(word))
        || LEAD_INS.iter().any(|word| words.starts_with(word));
    short && !words.is_empty() && !told && !is_time(words)
}

/// Returns whether `words` tells a time: 6月底, 每年.
fn is_time(words: &str) -> bool {
    let dated = words.char_indices().any(|(i, c)| {
        let before = words[..i].chars().next_back();
        matches!(c, '月' | '日') && before.is_some_and(crate::facts::number::is_numeral)
    });
    let ends = ["年", "月", "日", "季度", "半年", "年底", "月底", "年内", "旬", "底", "前"];
    dated || ends.iter().any(|end| words.ends_with(end)) || words.starts_with('每')
}

//! The words by which a promise about time is known.

/// Ends of labels behind which a line tells a due time: `完成时限：2025年底`.
pub(super) const LABELS: &[&str] = &[
    "时限",
    "期限",
    "完成时间",
    "时间节点",
    "完成节点",
    "时间要求",
    "时限要求",
    "进度要求",
    "进度安排",
    "截止时间",
    "截止日期",
    "时间进度",
];

/// Words that something is kept up. They open a clause or follow 并.
pub(super) const ONGOING: &[&str] = &[
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
    "遴选", "认定", "建设", "组织", "公开", "反馈", "试点", "推广", "提高", "提升",
];

/// Words of completion: directly behind a month or a year they make it a due time.
pub(super) const COMPLETIONS: &[&str] = &[
    "完成",
    "建成",
    "竣工",
    "完工",
    "投用",
    "投入使用",
    "投入运行",
    "投运",
    "投产",
    "通车",
    "出台",
    "印发",
    "上线",
    "启用",
    "交付",
    "办结",
    "到位",
    "实现",
    "达到",
    "报送",
    "上报",
    "提交",
    "验收",
    "落地",
    "达产",
    "见效",
    "清零",
    "销号",
    "报",
];

/// Hedges before a time; what is quoted begins with them.
pub(super) const HEDGES: &[&str] = &[
    "力争",
    "争取",
    "确保",
    "原则上",
    "预计",
    "最迟",
    "不晚于",
    "不迟于",
    "努力",
    "计划",
    "拟于",
    "拟在",
    "尽量",
];

/// Words of a clause whose time is no due time.
pub(super) const NO_PROMISE: &[&str] = &[
    "截至",
    "截止到",
    "早在",
    "同比",
    "有效期",
    "施行",
    "以来",
    "曾",
    "此前",
    "原定",
    "延续至",
    "延长至",
    "执行至",
    "实施期",
    "保留至",
    "成立于",
    "始于",
    "除20",
];

/// Words behind a time that make it one of validity or entry into force.
pub(super) const FOLLOWING: &[&str] = &["施行", "废止", "失效", "生效", "起算", "届满"];

/// Verbs that with a time before them and 的 behind say which things are meant.
pub(super) const ATTRIBUTES: &[&str] = &[
    "建成",
    "建设",
    "投运",
    "投用",
    "投产",
    "出生",
    "注册",
    "登记",
    "到期",
    "取得",
    "购买",
    "竣工",
    "批准",
    "立项",
    "签订",
    "参保",
    "毕业",
    "入学",
    "入职",
    "成立",
    "设立",
    "施行",
    "实施",
    "印发",
    "发布",
    "形成",
    "发生",
    "受理",
    "审批",
    "开工",
    "备案",
    "上市",
    "生产",
    "出厂",
    "完工",
    "交付",
    "确定",
    "列入",
    "纳入",
    "存在",
    "存量",
    "入住",
    "领取",
    "颁发",
    "核发",
    "退休",
    "死亡",
    "在册",
    "在籍",
    "报废",
    "使用",
    "投入使用",
    "办理",
    "申请",
    "公布",
    "出台",
    "制定",
    "签约",
    "供应",
    "出让",
    "登记在册",
    "注册登记",
    "认定",
];

/// Words without weight before a date, besides [`HEDGES`].
pub(super) const FILLERS: &[&str] = &[
    "完成时限",
    "截止时间",
    "截止日期",
    "截止期限",
    "完成期限",
    "办理时限",
    "时间要求",
    "完成时间",
    "时间节点",
    "时限",
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

/// Words between a time and its verb.
pub(super) const ADVERBS: &[&str] = &[
    "全面", "基本", "初步", "全部", "正式", "分别", "陆续", "分批", "分步", "逐步", "内", "力争", "确保",
    "集中", "各", "全市", "全省", "全县", "全区", "率先", "同步", "整体", "全线", "应", "须", "需", "要",
    "，", "、", "再",
];

/// Words that place the time in the past, or beside the promise.
pub(super) const ASIDES: &[&str] = &[
    "截至", "不含", "含", "包括", "例如", "详见", "参见", "见附", "同比", "较20", "比20", "较上", "比上",
    "注：", "附件", "略",
];

/// Ends of editions of documents: （2022年修订）, （2023年版）.
pub(super) const EDITIONS: &[&str] =
    &["修订", "修正", "修改", "版", "本", "号", "通过", "施行", "生效", "已完成", "试行"];

/// Words of time from which no day follows.
pub(super) const RELATIVE: &[&str] = &[
    "适时",
    "随时",
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
pub(super) const HINTS: &[&str] = &["完成", "推进", "底前", "时限", "长期", "持续", "到期", "截止", "届满"];

/// Words that may separate two times of one promise.
pub(super) const JOINTS: &[&str] = &["、", "和", "及", "与", "以及", "并", "或", "或者", "、并"];

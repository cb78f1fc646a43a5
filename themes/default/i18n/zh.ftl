# 界面文字，Project Fluent 格式。

skip-to-content = 跳到正文
languages = 语言
navigation = 导航
breadcrumb = 所在位置
nav-home = 首页
nav-tasks = 全部任务
nav-timeline = 时间表
nav-instruments = 引用文件
nav-glossary = 术语表
nav-data = 数据
as-of = “剩余天数”以{ $day }为准。
unofficial = 译文为非官方译文，以中文原文为准。
draft = 草稿
list-comma = ，

kind-annual-plan = 年度工作方案
kind-key-points = 工作要点
kind-promotion-plan = 推进计划

figure-plans = 份计划
figure-tasks = 项任务
figure-due = 个到期日
figure-instruments = 份引用文件
home-plans = 计划
home-next = 即将到期
home-next-none = { $n } 个到期日都已过去；这些文件没有说明结果。
published-on = { $day }发布

count-tasks = { $n } 项任务
count-dated = { $n } 项有到期日
count-ongoing = { $n } 项持续推进
count-due = { $n } 项
count-citations = 引用 { $n } 次

fact-number = 发文字号
fact-issuer = 发文机关
fact-issued = 成文日期
fact-published = 发布日期
fact-tasks = 任务
fact-source = 来源
not-stated = 来源未载明

view = 显示
view-original = 原文
view-both = 对照
translation-missing = 这一段还没有英文译文。
translation-stale = 译文完成后，原文这一段有改动。
translation-unreviewed = 这一段的译文尚未审校。

contents = 目录
milestones = 报送期限
milestone = 报送
node-notice = 印发通知
node-preamble = 引言
node-attachments = 附件
plan-description = 《{ $title }》全文与 { $tasks } 项任务。
task-page = 第 { $number } 项的页面

deadline = 期限
deadline-quote = 原文：
deadline-ongoing = 持续推进
deadline-day = { $day }前
deadline-month = { $month }底前
deadline-quarter = { $year }年第 { $quarter } 季度
deadline-half-year = { $year }年{ $half ->
    [1] 上半年
   *[other] 下半年
 }
deadline-within-year = { $year }年内
deadline-year = { $year }年底前
deadline-five-year = 五年规划期末（{ $year }年底）
deadline-passed = 日期已过；这些文件没有说明结果
deadline-today = 今天到期
deadline-days-left = 还有 { $days } 天
then-ongoing = 并持续推进

targets = 量化目标
bodies = 责任单位
body-lead = 牵头
body-responsible = 负责
body-participating = 参与
cites = 引用的文件
source = 出处
in-plan = 在计划全文中阅读
permalink = 永久链接
neighbours = 相邻任务
previous-task = 上一项
next-task = 下一项

tasks-title = 全部任务
tasks-description = 各计划共 { $tasks } 项任务，按计划和章节排列。
timeline-title = 时间表
timeline-description = 所有写明日期的任务和报送期限，按时间排列。
year = { $year }年
column-when = 期限
column-what = 事项
column-plan = 计划
column-today = 与今天的关系
ongoing-explained = 另有 { $n } 项任务写明“持续推进”，没有到期日。

instrument = 引用文件
instruments-title = 引用文件
instruments-lead = 各计划共 { $citations } 次引用 { $instruments } 份文件。
instruments-description = 各计划引用的 { $instruments } 份法律、规章、标准、规划和协定。
instrument-description = 引用《{ $title }》的 { $items } 处。
instrument-unknown = 文件目录尚未收录这个名称，按原文列出。
instrument-is-plan = 这份文件就是本站的一份计划
also-cited-as = 又称
succeeded-by = 后来的文件
succeeds = 先前的文件
instrument-law = 法律
instrument-regulation = 行政法规
instrument-rules = 部门规章
instrument-judicial-interpretation = 司法解释
instrument-judicial-policy = 司法文件
instrument-standard = 标准
instrument-plan = 规划、计划
instrument-policy = 政策文件
instrument-guidelines = 指南、指引
instrument-treaty = 条约、协定
cited-by = 被引用 { $n } 次

glossary-title = 术语表
glossary-description = 各计划的 { $terms } 条术语，附本站采用的英文和使用它们的任务。
glossary-filter = 筛选
glossary-accepted = 也可译作：
glossary-synonyms = 同义：
glossary-tasks = { $n } 项任务用到
glossary-unused = 没有任务用到。

data-title = 数据
data-description = 本站全部内容可以下载，供统计、核对和再利用。
data-tasks-json = { $n } 项任务，含全文、期限、引用文件和网址（JSON）
data-licence = 计划原文是国家机关的公文，依《中华人民共和国著作权法》第五条不适用著作权法。
not-found-title = 没有这个页面
not-found-description = 网址可能有误。请从首页查找。

search = 检索
search-title = 检索
search-description = 在全部计划的原文和译文中检索任务、工作要求和通知。
search-placeholder = 检索任务
search-needs-script = 检索需要 JavaScript。没有它时，可以在一页上查看
search-help = 检索方法
search-help-words = 专利 侵权
search-help-words-meaning = 两个词都要有；词在哪里断开不影响结果
search-help-phrase = “双随机一公开”
search-help-phrase-meaning = 连续出现，其间的标点不计
search-help-not = 商标 -恶意
search-help-not-meaning = 不含减号后的词
search-help-fields-meaning = 限定计划、年份、种类、期限
search-loading = 正在载入检索……
search-none = 没有找到。
search-none-hint = 少写几个字，或去掉筛选条件。
search-partial = 没有一项包含全部所写的词；以下是最接近的：
search-failed = 检索没有载入，可能是网络中断。
search-retry = 重试
search-all = 查看全部结果
search-more = 更多
search-count-other = %n 项结果
search-other-language-other = %lang：%n 项结果
search-sort = 排序
search-sort-relevance = 相关程度
search-sort-date = 计划由新到旧
search-sort-due = 期限由近到远
search-facet-plan = 计划
search-facet-year = 年份
search-facet-kind = 种类
search-facet-due = 期限
search-facet-topic = 主题
search-kind-task = 任务
search-kind-requirement = 工作要求
search-kind-notice = 印发通知
search-kind-section = 其他段落
search-due = %date 前
search-ongoing = 持续推进
search-clear = 清除筛选
search-synonyms = 也检索：
search-widened = 也检索了：
search-csv = 复制为 CSV
search-copied = 已复制

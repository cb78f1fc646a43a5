//! Every rule that a diagnostic can name, declared once.

use std::fmt;

use super::Severity::{self, Error, Warning};

/// The name of a rule, such as `unreadable-deadline`. Only this catalogue makes one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

impl Code {
    fn rule(self) -> &'static CodeRule {
        &RULES[usize::from(self.0)]
    }

    /// The name, in kebab case; it never changes once published.
    pub fn name(self) -> &'static str {
        self.rule().name
    }

    /// How much a breach weighs.
    pub fn severity(self) -> Severity {
        self.rule().severity
    }

    /// The rule in one sentence, in Chinese and in English.
    pub fn summary(self) -> (&'static str, &'static str) {
        (self.rule().zh, self.rule().en)
    }

    /// The code of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::all().find(|code| code.name() == name)
    }

    /// All codes, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).zip(RULES).map(|(place, _)| Self(place))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

struct CodeRule {
    name: &'static str,
    severity: Severity,
    zh: &'static str,
    en: &'static str,
}

macro_rules! catalogue {
    ($($constant:ident $name:literal $severity:ident $zh:literal $en:literal;)*) => {
        const RULES: &[CodeRule] = &[$(CodeRule { name: $name, severity: $severity, zh: $zh, en: $en }),*];
        #[expect(non_camel_case_types, reason = "counts the rules; its variants are the constants' names")]
        #[expect(clippy::upper_case_acronyms, reason = "as above")]
        enum CodeIndex { $($constant),* }
        impl Code { $(
            #[doc = concat!("`", $name, "`: ", $en)]
            pub const $constant: Code = Code(CodeIndex::$constant as u16);
        )* }
    };
}

catalogue! {
    // Files
    NOT_UTF8 "not-utf8" Error "文件不是 UTF-8 编码。" "The file is not UTF-8.";
    BAD_FILE_NAME "bad-file-name" Error "文件名不合规则。" "The file name breaks the rules.";
    UNREADABLE_FILE "unreadable-file" Error "文件无法读取。" "A file cannot be read.";
    OUTPUT_LINK "output-link" Error "要写入的位置是链接。" "A link is in the place of a file or folder that gongbao writes.";
    MISSING_FILE "missing-file" Error "缺少必需的文件。" "A file that is needed is missing.";
    CONTROL_CHARACTER "control-character" Error "文本含有看不见或不应使用的字符。" "The text has a character that is not seen or not to be used.";
    COMPATIBILITY_CHARACTER "compatibility-character" Warning "文本含有与通用字看起来相同的兼容字符。" "The text has a compatibility character, which looks like an ordinary one.";
    // TOML: configuration, front matter, catalogues
    TOML_SYNTAX "toml-syntax" Error "TOML 语法错误。" "The TOML cannot be read.";
    UNKNOWN_KEY "unknown-key" Error "未知的键。" "The key is unknown.";
    MISSING_KEY "missing-key" Error "缺少必需的键。" "A key that is needed is missing.";
    WRONG_TYPE "wrong-type" Error "值的类型不对。" "The value is of the wrong type.";
    BAD_VALUE "bad-value" Error "值不合规则。" "The value breaks the rules.";
    DUPLICATE_ID "duplicate-id" Error "编号重复。" "The same id is used twice.";
    UNKNOWN_ID "unknown-id" Error "编号没有对应的条目。" "An id leads to no entry.";
    MISSING_FRONT_MATTER "missing-front-matter" Error "文件没有以 +++ 开头的前置元数据。" "The file does not begin with front matter between +++ lines.";
    // The structure of a plan
    RAW_HTML "raw-html" Error "不允许使用 HTML 标记。" "Raw HTML is not allowed.";
    UNSUPPORTED_MARKDOWN "unsupported-markdown" Error "不支持的 Markdown 写法。" "This Markdown construct is not supported.";
    STRUCTURE_LOOKALIKE "structure-lookalike" Error "像标题或任务的一行不是标题或任务。" "A line looks like a heading or a task and is neither.";
    MERGE_CONFLICT "merge-conflict" Error "文件中留有合并的冲突标记。" "Conflict markers of a merge remain in the file.";
    UNMATCHED_EMPHASIS "unmatched-emphasis" Error "强调或删除的标记没有成对。" "A mark of emphasis or deletion has no partner.";
    DOUBTFUL_EMPHASIS "doubtful-emphasis" Warning "强调的标记可能不是本意。" "A mark of emphasis may not be meant as one.";
    TEXT_NOT_SHOWN "text-not-shown" Error "有文字不会显示在页面上。" "A text is not shown on the page.";
    NO_TASKS "no-tasks" Error "文件中没有任务。" "The plan has no task.";
    NUMBER_GAP "number-gap" Error "任务编号不连续。" "The task numbers have a gap.";
    NUMBER_REPEATED "number-repeated" Error "任务编号重复。" "A task number is used twice.";
    UNNUMBERED_TASK "unnumbered-task" Error "任务没有编号。" "A task has no number.";
    SECTION_ORDER "section-order" Warning "章节编号不连续。" "The section numbers have a gap or a repeat.";
    // What the text states
    UNREADABLE_DEADLINE "unreadable-deadline" Warning "无法识别的期限。" "The deadline is not understood.";
    RELATIVE_DEADLINE "relative-deadline" Warning "期限不能换算为日期。" "No day follows from a deadline.";
    UNREADABLE_ALIAS "unreadable-alias" Warning "无法识别的简称。" "A short name is not understood.";
    UNREADABLE_BODY "unreadable-body" Warning "无法识别的负责单位。" "A responsible body is not understood.";
    IMPOSSIBLE_DATE "impossible-date" Error "日期不存在。" "The date does not exist.";
    UNLIKELY_DATE "unlikely-date" Warning "日期很可能写错了。" "A date is probably a slip.";
    IDENTICAL_PLANS "identical-plans" Warning "两份计划完全相同。" "Two plans are the same.";
    SAMPLE_CONTENT "sample-content" Warning "网站中还有示例的内容。" "Something of the sample site is left.";
    UNBALANCED_TITLE_MARK "unbalanced-title-mark" Warning "书名号不成对。" "A book-title mark has no partner.";
    UNKNOWN_INSTRUMENT "unknown-instrument" Warning "引用的文件不在文件目录中。" "A cited title is not in the catalogue of instruments.";
    // Catalogues against the plans
    NO_EFFECT "no-effect" Warning "目录中的一项不起作用。" "Something in a catalogue has no effect.";
    UNWRITTEN_TEXT "unwritten-text" Warning "目录中有一段文字没有写。" "A text of a catalogue is empty.";
    INEXACT_QUOTATION "inexact-quotation" Error "引文与原文不符。" "A quotation is not what the original says.";
    CORRECTION_NOT_IN_TEXT "correction-not-in-text" Error "更正后的文字不在正文中。" "The text does not contain the words of a correction.";
    FACT_NOT_IN_TEXT "fact-not-in-text" Error "前置元数据中的一项事实与正文不符。" "A fact of the front matter does not fit the text.";
    LINK_BACKWARDS "link-backwards" Error "联系的方向颠倒。" "A link leads from a later document to an earlier one.";
    LINK_CYCLE "link-cycle" Error "联系形成循环。" "Links lead round in a circle.";
    ONE_SIDED_LINK "one-sided-link" Error "分立或合并只有一半。" "A split or a merger has only one half.";
    NO_COUNTERPART "no-counterpart" Warning "年度任务还没有与前后年份核对。" "Yearly tasks have not been compared with those of the years beside theirs.";
    UNREVIEWED_LINK "unreviewed-link" Warning "程序建议的联系尚未核对。" "Nobody has reviewed a link that the program suggested.";
    // Translations
    TRANSLATION_WITHOUT_ORIGINAL "translation-without-original" Error "译文没有对应的原文。" "The translation has no original.";
    MISALIGNED "misaligned" Warning "译文与原文结构不一致。" "The translation does not have the structure of the original.";
    MISSING_TRANSLATION "missing-translation" Warning "没有译文。" "There is no translation.";
    STALE_TRANSLATION "stale-translation" Warning "原文改动后译文没有更新。" "The original changed after it was translated.";
    GLOSSARY_TERM_MISSING "glossary-term-missing" Warning "译文没有用术语表中的译法。" "The translation uses no rendering that the glossary has for a term.";
    GLOSSARY_WRONG_RENDERING "glossary-wrong-rendering" Warning "译文用了术语表列为错误的译法。" "The translation uses a rendering that the glossary calls wrong.";
    NUMBER_MISMATCH "number-mismatch" Warning "原文与译文的数字或缩写不一致。" "A number or abbreviation is in one of original and translation only.";
    // Pages
    TEMPLATE_ERROR "template-error" Error "模板有错误。" "The template has an error.";
    STYLE_FAULT "style-fault" Warning "样式表中有无法识别的内容。" "Something in a style sheet is not understood.";
    DEAD_LINK "dead-link" Error "站内链接没有目标。" "A link inside the site leads nowhere.";
    UNSAFE_DRAWING "unsafe-drawing" Error "SVG 图形含有静态图形以外的内容。" "An SVG drawing contains more than a static drawing.";
    UNSAFE_DOCUMENT "unsafe-document" Error "网页、XML 或压缩文件含有不允许的内容。" "A page, an XML file or a compressed file contains something that is not allowed.";
    ROUTE_COLLISION "route-collision" Error "两个页面或文件占用同一网址。" "Two pages or files claim the same URL.";
    RESERVED_NAME "reserved-name" Warning "Windows 上不能使用的名称。" "Windows cannot have a file or folder of this name.";
    COMPILE_LIMIT "compile-limit" Error "编译超过时限。" "Compiling takes longer than its limit.";
    SEARCH_INDEX "search-index" Error "无法建立检索索引。" "The search index cannot be made.";
    MISSING_STRING "missing-string" Error "界面文字缺失。" "An interface string is missing.";
    UNUSED_STRING "unused-string" Error "界面文字没有用到。" "An interface string is not used.";
    STRING_VARIABLES "string-variables" Error "界面文字的变量不一致。" "An interface string has other variables than it is given, or than it has in another language.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::all() {
            assert!(seen.insert(code.name()), "{code:?} twice");
            assert!(code.name().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            assert_eq!(Code::find(code.name()), Some(code));
        }
    }
}

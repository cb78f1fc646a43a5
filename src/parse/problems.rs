//! Problems of facts in words, with what to do. Nobody is advised to alter an official text: what a
//! reader does not understand stays as it is, and the front matter can state what it means.

use crate::base::{Code, Diagnostic, Message, SitePath, Span};
use crate::facts::{Problem, ProblemKind};
use crate::message;
use crate::model::Block;

/// How many problems of one kind of facts are reported of a block. A block with more is not
/// corrected mark by mark.
const MOST: usize = 20;

/// The problems of one kind of facts of a block, in words.
pub(super) fn describe_all(
    path: &SitePath,
    block: &Block,
    problems: Vec<Problem>,
) -> impl Iterator<Item = Diagnostic> {
    problems.into_iter().take(MOST).map(|problem| describe(path, block, &problem))
}

/// Says a problem in words.
fn describe(path: &SitePath, block: &Block, problem: &Problem) -> Diagnostic {
    let text = &block.text[problem.span.clone()];
    let place: Span = block.locate(&problem.span);
    let (code, title, hint) = wording(text, &problem.kind);
    let fault = Diagnostic::new(code, title).at(path, place).hint(hint);
    match code {
        Code::IMPOSSIBLE_DATE => fault.hint(message!(
            "原件如此的，不要改动；在前置元数据的 [[facts]] 中写明该任务的 deadlines",
            "if the source says so, leave it and state the task's `deadlines` in the front matter, under [[facts]]"
        )),
        _ => fault,
    }
}

fn wording(text: &str, kind: &ProblemKind) -> (Code, Message, Message) {
    use ProblemKind as K;
    let stated = || {
        message!(
            "对照原件；原件如此的，保留原文。另有文件写明日期的，可以在前置元数据的 [[facts]] 中写明",
            "compare with the source; if it says so, keep it. Where another document states the day, give it \
             in the front matter, under [[facts]]"
        )
    };
    match kind {
        K::ImpossibleDate { .. } => (
            Code::IMPOSSIBLE_DATE,
            message!("日历上没有“{text}”", "the calendar has no “{text}”"),
            message!("对照原件改正数字", "compare with the source and correct the figure"),
        ),
        K::ReversedRange => (
            Code::IMPOSSIBLE_DATE,
            message!("“{text}”的结束早于开始", "“{text}” ends before it begins"),
            message!("对照原件改正数字", "compare with the source and correct the figure"),
        ),
        K::YearNotStated => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”没有写年份", "“{text}” states no year"),
            message!(
                "计划以年度为期的，在前置元数据中写 year；否则保留原文，期限照录文字",
                "give the plan a `year` in its front matter if it is for one; else the deadline is shown in words"
            ),
        ),
        K::RelativeDate => (
            Code::RELATIVE_DEADLINE,
            message!("“{text}”不能确定是哪一天", "no day follows from “{text}”"),
            stated(),
        ),
        K::VagueDate => (
            Code::RELATIVE_DEADLINE,
            message!("“{text}”没有公认的起止日", "“{text}” has no agreed limits"),
            stated(),
        ),
        K::BeforePeriod => (
            Code::UNREADABLE_DEADLINE,
            message!(
                "“{text}”没有说明是开始之前还是结束之前",
                "“{text}” does not say whether its first or its last day is meant"
            ),
            stated(),
        ),
        K::DeadlineNotUnderstood => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”像是期限，但无法识别", "“{text}” looks like a deadline and is not understood"),
            stated(),
        ),
        K::UnclosedParenthesis => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”的括号没有结束", "the parenthesis of “{text}” is never closed"),
            message!(
                "对照原件；漏录的补上“）”，原件如此的保留",
                "compare with the source: add `）` if it was left out in copying"
            ),
        ),
        K::UnopenedParenthesis => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”的括号没有开始", "the parenthesis of “{text}” is never opened"),
            message!(
                "对照原件；漏录的补上“（”，原件如此的保留",
                "compare with the source: add `（` if it was left out in copying"
            ),
        ),
        K::UnclosedTitle { mark } => (
            Code::UNBALANCED_TITLE_MARK,
            message!("“{mark}”没有结束", "`{mark}` is never closed"),
            message!(
                "对照原件；漏录的补上，原件如此的保留",
                "compare with the source: add the closing mark if it was left out in copying"
            ),
        ),
        K::UnopenedTitle { mark } => (
            Code::UNBALANCED_TITLE_MARK,
            message!("“{mark}”没有开始", "`{mark}` closes nothing"),
            message!(
                "对照原件；漏录的补上，原件如此的保留",
                "compare with the source: add the opening mark if it was left out in copying"
            ),
        ),
        K::EmptyTitle => (
            Code::UNBALANCED_TITLE_MARK,
            message!("书名号里没有文字", "there is no title between the marks"),
            message!("对照原件", "compare with the source"),
        ),
        K::EmptyAlias | K::AliasWithoutReferent => (
            Code::UNREADABLE_ALIAS,
            message!("“{text}”没有说明什么简称什么", "“{text}” does not say what stands for what"),
            message!("对照原件；原件如此的保留", "compare with the source; if it says so, keep it"),
        ),
        K::NoBodyNamed => (
            Code::UNREADABLE_BODY,
            message!("“{text}”没有写明单位", "“{text}” names nobody"),
            message!(
                "对照原件；原件没有写明的保留，或在前置元数据的 [[facts]] 中写明单位",
                "compare with the source; if it names nobody, keep it or state the body in the front matter, under \
                 [[facts]]"
            ),
        ),
    }
}

//! Problems of a text, as data: wording and codes belong to the diagnostics.

use super::Span;

/// Something that ought to be understood and is not, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The text at fault, never empty.
    pub span: Span,
    /// The kind of problem.
    pub kind: ProblemKind,
}

impl Problem {
    /// A problem of `kind` at `span`.
    pub(super) fn new(span: Span, kind: ProblemKind) -> Self {
        Self { span, kind }
    }
}

/// The kinds of problem that the readers of this folder report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A day, month or quarter that the calendar does not have: `2025年2月30日`, `13月`.
    /// Advise: compare with the source and correct the figure.
    ImpossibleDate {
        /// The year as stated or carried over, if there is one.
        year: Option<i16>,
        /// The month as stated, if one is.
        month: Option<u32>,
        /// The day as stated, if one is.
        day: Option<u32>,
    },
    /// A range whose end is before its start: `2025年至2022年`.
    /// Advise: put the earlier date first.
    ReversedRange,
    /// A date without a year, where neither its sentence nor the document gives one:
    /// `12月底前完成` in a plan without `year`.
    /// Advise: write the year, or give the document one in its front matter.
    YearNotStated,
    /// Time told from an unknown today, `本月底`, `次年3月底前`, `尽快完成`, `30个工作日内`:
    /// no day follows from the text.
    /// Advise: keep it; it is shown in words, or the front matter states the day.
    RelativeDate,
    /// A part of a year or month without agreed limits: `2025年初`, `3月中`.
    /// Advise: write the month, the quarter or 上旬／中旬／下旬.
    VagueDate,
    /// 前 directly behind something that comes round, `每季度前`: before its first day or its last?
    /// Advise: state the day in the front matter, if another document does.
    BeforePeriod,
    /// The item's last parenthesis looks like a deadline and is not understood.
    /// Advise: write it like `（2025年12月底前完成）` or `（持续推进）`.
    DeadlineNotUnderstood,
    /// The item's last parenthesis looks like a deadline and is never closed.
    /// Advise: add `）`.
    UnclosedParenthesis,
    /// A closing parenthesis at the end of an item, after what looks like a deadline, that
    /// nothing opens. Advise: add `（`.
    UnopenedParenthesis,
    /// `《` or `〈` without its closing mark before the sentence ends.
    /// Advise: add the closing mark.
    UnclosedTitle {
        /// The opening mark.
        mark: char,
    },
    /// `》` or `〉` that nothing opens. Advise: add the opening mark, or delete this one.
    UnopenedTitle {
        /// The closing mark.
        mark: char,
    },
    /// `《》` with nothing between. Advise: write the title.
    EmptyTitle,
    /// `（以下简称）` without a short name. Advise: write the name.
    EmptyAlias,
    /// `（以下简称…）` with nothing before it that the name could stand for.
    /// Advise: put it directly behind the full name.
    AliasWithoutReferent,
    /// `（负责）` or `责任单位：` that names nobody. Advise: name the body.
    NoBodyNamed,
}

//! Dates as typed: a year, a month or a day.

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: u32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl Date {
    /// A year from 1990 to 2099.
    pub(super) fn year(year: u32) -> Option<Date> {
        (1990..2100).contains(&year).then_some(Date { year, month: None, day: None })
    }

    /// `2025`, `2025-06` or `2025-06-30`.
    pub(super) fn value(self) -> String {
        match (self.month, self.day) {
            (None, _) => self.year.to_string(),
            (Some(month), None) => format!("{}-{month:02}", self.year),
            (Some(month), Some(day)) => format!("{}-{month:02}-{day:02}", self.year),
        }
    }

    /// The range of later months or years.
    pub(super) fn after(self) -> String {
        let next = match self.month {
            None => Date { year: self.year + 1, ..self },
            Some(12) => Date { year: self.year + 1, month: Some(1), day: None },
            Some(month) => Date { month: Some(month + 1), day: None, ..self },
        };
        format!("{}..", next.value())
    }

    /// The range of earlier months or years.
    pub(super) fn before(self) -> String {
        let last = match self.month {
            None => Date { year: self.year - 1, ..self },
            Some(1) => Date { year: self.year - 1, month: Some(12), day: None },
            Some(month) => Date { month: Some(month - 1), day: None, ..self },
        };
        format!("..{}", last.value())
    }

    /// The range from the beginning of this date to the end of another.
    pub(super) fn to(self, end: Date) -> String {
        format!("{}..{}", self.value(), end.value())
    }
}

/// A date and, for a named range, its last date.
pub(super) type Dates = (Date, Option<Date>);

/// Months of a year, from one to another.
pub(super) fn part_of(year: Date, first: u32, last: u32) -> Dates {
    (Date { month: Some(first), ..year }, Some(Date { month: Some(last), ..year }))
}

/// The year of a day in ISO 8601.
pub(super) fn year_of(today: &str) -> Option<u32> {
    today.get(..4)?.parse().ok()
}

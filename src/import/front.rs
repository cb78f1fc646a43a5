//! The front matter: only what the source or an option states, written as TOML.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use super::error::ImportError;
use super::milestones::FoundMilestone;
use crate::model::TaskMarking;
use crate::model::document::PlanKind;

/// The front matter, key for key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct FrontMatter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<PlanKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) year: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issued: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tasks: Option<TaskMarking>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) milestones: Vec<MilestoneEntry>,
}

/// An entry of `[[milestones]]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct MilestoneEntry {
    pub(super) due: Datetime,
    pub(super) title: String,
}

impl From<&FoundMilestone> for MilestoneEntry {
    fn from(milestone: &FoundMilestone) -> Self {
        Self { due: local_date(milestone.due), title: milestone.title.clone() }
    }
}

/// A TOML local date.
pub(super) fn local_date(date: Date) -> Datetime {
    let [month, day] = [date.month(), date.day()].map(i8::unsigned_abs);
    let date = toml::value::Date { year: date.year().unsigned_abs(), month, day };
    Datetime { date: Some(date), time: None, offset: None }
}

/// Writes the front matter between its `+++` lines.
pub(super) fn write(front: &FrontMatter) -> Result<String, ImportError> {
    let toml = toml::to_string(front).map_err(|e| ImportError::FrontMatter(e.to_string()))?;
    Ok(format!("+++\n{toml}+++\n"))
}

/// Cuts Markdown into the TOML of its front matter and its body. White space after a fence does not
/// count, as the parser of plans has it.
pub(super) fn split(markdown: &str) -> Option<(&str, &str)> {
    let is_fence = |line: &str| line.trim_end() == "+++";
    let (first, rest) = markdown.split_once('\n')?;
    let mut at = 0;
    let mut lines = rest.split_inclusive('\n').map(|line| {
        at += line.len();
        (line, at)
    });
    let (fence, end) = lines.find(|(line, _)| is_fence(line)).filter(|_| is_fence(first))?;
    Some((&rest[..end - fence.len()], &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_matter_reads_back() {
        let due = MilestoneEntry {
            due: local_date(Date::constant(2023, 3, 15)),
            title: "报送“实施”方案".to_owned(),
        };
        let front = FrontMatter {
            kind: Some(PlanKind::AnnualPlan),
            year: Some(2023),
            tasks: Some(TaskMarking::Heading(4)),
            issued: Some(local_date(Date::constant(2023, 3, 1))),
            milestones: vec![due],
            ..FrontMatter::default()
        };
        let written = write(&front).unwrap();
        let (toml, body) = split(&written).unwrap();
        assert_eq!((toml::from_str::<FrontMatter>(toml).unwrap(), body), (front, ""));
        assert!(
            toml.contains("issued = 2023-03-01\ntasks = \"heading-4\"\n\n[[milestones]]\ndue = 2023-03-15\n"),
            "{toml}"
        );
    }
}

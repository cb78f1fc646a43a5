//! The picture of the timeline: months from left to right, a lane for each plan,
//! a mark for everything due. A template draws it as SVG; this module computes the positions.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::base::Date;
use crate::model::index::PlanIndex;
use crate::site::{Due, DueItem};
use crate::views::context::PageContext;
use crate::views::strings;

/// The width of the picture. It is shown at half of that or less, so lengths are whole numbers.
const WIDTH: i32 = 720;
/// The margin on either side.
const MARGIN: i32 = 24;
/// The height of a lane without its marks: its name and the space below.
const LANE: i32 = 72;
/// The space below a lane for the mark of its publication.
const BELOW: i32 = 20;
/// The largest mark, with the space around it.
const LARGEST: i32 = 16;
/// The smallest mark, with the space around it.
const SMALLEST: i32 = 6;

/// The picture.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Half the side of a mark.
    pub radius: i32,
    /// The beginnings of the years.
    pub years: Vec<Tick>,
    /// The plans.
    pub lanes: Vec<Lane>,
    /// Where the years are written.
    pub axis: i32,
}

/// A place on the axis with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Tick {
    /// How far from the left.
    pub x: i32,
    /// The label.
    pub label: String,
}

/// A plan.
#[derive(Clone, Debug, Serialize)]
pub struct Lane {
    /// The short description.
    pub label: String,
    /// Where its name is written.
    pub top: i32,
    /// The line its marks are on.
    pub base: i32,
    /// The day it was published, if stated.
    pub published: Option<Tick>,
    /// The due days, by month.
    pub months: Vec<Month>,
}

/// The due days of a month.
#[derive(Clone, Debug, Serialize)]
pub struct Month {
    /// How far from the left.
    pub x: i32,
    /// Where the number of marks is written.
    pub top: i32,
    /// How many marks there are.
    pub count: usize,
    /// The first of them in the table.
    pub anchor: String,
    /// The description of what is due.
    pub label: String,
    /// The marks, from the bottom up.
    pub marks: Vec<ChartMark>,
}

/// Something due.
#[derive(Clone, Debug, Serialize)]
pub struct ChartMark {
    /// `task`, `early` for a task due before its plan was published, or `milestone`.
    pub kind: &'static str,
    /// How far from the top.
    pub y: i32,
}

/// Draws the timeline; nothing if nothing is due.
pub fn chart(reader: &PageContext<'_>) -> Option<Chart> {
    let timeline = &reader.site.timeline;
    let axis = Axis::new(timeline.first()?.date.year(), timeline.last()?.date.year());
    let mut plans: BTreeMap<PlanIndex, Vec<&Due>> = BTreeMap::new();
    for due in timeline {
        plans.entry(due.plan).or_default().push(due);
    }
    let mut top = 0;
    let mut lanes = Vec::new();
    for (plan, dues) in plans {
        let lane = lane(reader, &axis, plan, &dues, top);
        top = lane.base + BELOW;
        lanes.push(lane);
    }
    let years =
        axis.years().map(|year| Tick { x: axis.x(Date::constant(year, 1, 1)), label: year.to_string() });
    let years = years.collect();
    Some(Chart { width: WIDTH, height: top + 40, radius: axis.pitch / 2 - 1, years, lanes, axis: top + 28 })
}

struct Axis {
    first: i16,
    last: i16,
    month: i32,
    pitch: i32,
}

impl Axis {
    fn new(first: i16, last: i16) -> Self {
        let months = (i32::from(last) - i32::from(first) + 1) * 12;
        let month = ((WIDTH - 2 * MARGIN) / months).max(1);
        Self { first, last, month, pitch: month.clamp(SMALLEST, LARGEST) }
    }

    fn years(&self) -> RangeInclusive<i16> {
        self.first..=self.last
    }

    /// Where the month of a day begins.
    fn x(&self, date: Date) -> i32 {
        let months = (i32::from(date.year()) - i32::from(self.first)) * 12 + i32::from(date.month()) - 1;
        MARGIN + months * self.month
    }
}

fn lane(reader: &PageContext<'_>, axis: &Axis, index: PlanIndex, dues: &[&Due], top: i32) -> Lane {
    let plan = &reader.site.plans[index];
    let mut months: BTreeMap<(i16, i8), Vec<&Due>> = BTreeMap::new();
    for due in dues {
        months.entry((due.date.year(), due.date.month())).or_default().push(due);
    }
    let highest = months.values().map(Vec::len).max().unwrap_or(0);
    let base = top + LANE + i32::try_from(highest).unwrap_or(i32::MAX / axis.pitch) * axis.pitch;
    let kind = reader.kind(plan);
    let published = plan.published.filter(|day| axis.years().contains(&day.year()));
    let published = published.map(|day| {
        let words = reader.local.dates.day(day);
        Tick { x: axis.x(day), label: reader.say(strings::published_on(&words)) }
    });
    Lane {
        label: plan.year.map_or(kind.clone(), |year| format!("{kind} {year}")),
        top: top + 26,
        base,
        published,
        months: months.values().map(|dues| month(reader, axis, dues, base)).collect(),
    }
}

fn month(reader: &PageContext<'_>, axis: &Axis, dues: &[&Due], base: i32) -> Month {
    let first = dues[0];
    let (mut marks, mut y) = (Vec::new(), base);
    for due in dues {
        marks.push(ChartMark { kind: kind(reader, due), y: y - axis.pitch / 2 });
        y -= axis.pitch;
    }
    let month = reader.local.dates.month(first.date);
    Month {
        x: axis.x(first.date) + axis.month / 2,
        top: y - 6,
        count: dues.len(),
        anchor: anchor(first),
        label: format!(
            "{month}{}{}",
            reader.say(strings::colon()),
            reader.say(strings::count_due(dues.len()))
        ),
        marks,
    }
}

/// The row of something due in the table, as an anchor.
pub fn anchor(due: &Due) -> String {
    anchor_of(&due.id)
}

/// The row of what has this id.
pub fn anchor_of(id: &str) -> String {
    format!("due-{}", id.replace(['/', '#'], "-"))
}

fn kind(reader: &PageContext<'_>, due: &Due) -> &'static str {
    match due.what {
        DueItem::Milestone(_) => "milestone",
        DueItem::Task(_) if is_early(reader, due) => "early",
        DueItem::Task(_) => "task",
    }
}

/// Whether something was due before its plan was published.
pub fn is_early(reader: &PageContext<'_>, due: &Due) -> bool {
    reader.site.plans[due.plan].published.is_some_and(|published| due.date < published)
}

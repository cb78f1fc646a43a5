//! Due days for calendars: iCalendar (RFC 5545). No clock: the same site gives the same bytes.
//!
//! The format is written here, in a few lines: the builders there are fold
//! lines past 75 octets and stamp entries with the time of the run.

use jiff::ToSpan;

use crate::base::{Date, address};
use crate::model::id::dotted;
use crate::routes::{self, Route, Scope};
use crate::site::Due;
use crate::views::context::PageContext;
use crate::views::share;
use crate::views::strings;
use crate::views::timeline::{self, DueView};

/// The longest line, in octets without its end (RFC 5545 §3.1).
const LONGEST: usize = 75;

/// The calendar of what is due in the site, in a plan or under a topic, in the reader's language.
pub fn calendar(reader: &PageContext<'_>, scope: Scope) -> String {
    let mut lines = ContentLines::default();
    let name = share::name(reader, scope).text;
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", &format!("-//{}//gongbao//{}", host(reader), reader.lang.as_str().to_uppercase()));
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    // The second name is the one that calendar programs know (RFC 7986 §5.1 is the first).
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    for due in scope.dues(reader.site).iter() {
        event(&mut lines, reader, due);
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

/// One entry: all day, the end not included (§3.6.1), in nobody's way (`TRANSPARENT`).
///
/// `DTSTAMP` is the day of the plan: an entry says what the plan said then. A due day that was
/// corrected has the day of its last correction, and the number of them as `SEQUENCE` (§3.8.7.4),
/// without which programs keep the old day.
fn event(lines: &mut ContentLines, reader: &PageContext<'_>, due: &Due) {
    let plan = &reader.site.plans[due.plan];
    let view = timeline::due(reader, due);
    let stamp = due.revised.first().copied().or(plan.day()).unwrap_or(due.date);
    lines.add("BEGIN", "VEVENT");
    lines.text("UID", &format!("{}@{}", dotted(&due.id), host(reader)));
    lines.add("DTSTAMP", &midnight(stamp));
    if !due.revised.is_empty() {
        lines.add("LAST-MODIFIED", &midnight(stamp));
        lines.add("SEQUENCE", &due.revised.len().to_string());
    }
    lines.add("DTSTART;VALUE=DATE", &basic(due.date));
    lines.add("DTEND;VALUE=DATE", &basic(due.date.saturating_add(1.day())));
    lines.text("SUMMARY", &reader.say(strings::calendar_summary(&view.title.text)));
    let address = address(reader, due);
    lines.text("DESCRIPTION", &description(reader, due, &view, &address));
    lines.text("CATEGORIES", &view.plan.text);
    lines.add("URL", &address);
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
}

fn description(reader: &PageContext<'_>, due: &Due, view: &DueView, address: &str) -> String {
    let mut parts = vec![view.words.clone()];
    if due.then_ongoing {
        parts.push(reader.say(strings::then_ongoing()));
    }
    let when = parts.join(&reader.say(strings::list_comma()));
    let clause = view.clause.as_ref().map(|clause| clause.text.as_str());
    let lines = [Some(when.as_str()), clause, Some(&view.plan.text), Some(address)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn address(reader: &PageContext<'_>, due: &Due) -> String {
    routes::absolute(reader.site, &Route::Page(reader.lang, routes::page_of(due))) + due.anchor()
}

/// The host of the site's address, which makes ids unique in the world (§3.8.4.7). Colons of an IPv6
/// address would not do in the names of files that servers make of an id.
fn host(reader: &PageContext<'_>) -> String {
    address::host(&reader.site.settings.base_url).replace(':', "-")
}

/// ISO 8601 basic format: `20251231`.
fn basic(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// The beginning of a day as a date-time (§3.3.5).
fn midnight(date: Date) -> String {
    format!("{}T000000Z", basic(date))
}

/// Content lines (§3.1), each ended by CRLF and folded.
#[derive(Default)]
struct ContentLines(String);

impl ContentLines {
    /// A line whose value is written as it is, but for controls, which no value may have (§3.1).
    fn add(&mut self, name: &str, value: &str) {
        let value = value.replace(|c: char| c.is_control() && c != '\t', "");
        self.fold(&format!("{name}:{value}"));
    }

    /// A line whose value is a text (§3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let escaped = value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.add(name, &escaped.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n"));
    }

    /// Folds between characters; the space that begins a further line counts.
    fn fold(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_unfold_to_the_same() {
        for length in 60..240 {
            let value: String = "a知识产权；".chars().cycle().take(length).collect();
            let mut lines = ContentLines::default();
            lines.add("SUMMARY", &value);
            assert!(lines.0.split("\r\n").all(|line| line.len() <= LONGEST), "{length}");
            assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        }
    }

    #[test]
    fn texts_are_escaped() {
        let mut lines = ContentLines::default();
        lines.text("X", "a;b,c\\d\ne\r\u{b}f");
        assert_eq!(lines.0, "X:a\\;b\\,c\\\\d\\ne\\nf\r\n");
    }
}

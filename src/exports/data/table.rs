//! Tables of open data: what their columns mean, and their rows as CSV (RFC 4180).
//!
//! A file begins with the UTF-8 byte order mark. Without it Excel reads CSV in
//! the code page of the computer, and Chinese comes out garbled; every other
//! reader skips the mark or can be told to (`utf-8-sig`). What begins like a
//! formula gets an apostrophe before it, so that no spreadsheet runs what a text
//! says: at the head of a cell, and behind a semicolon or line end, where programs
//! set to semicolons begin a cell, whatever the quotes say. So does an id that a spreadsheet would
//! take for a date.

use serde_json::{Value, json};

/// The first bytes of a table file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Stands between the entries of a list in a cell.
pub const LIST: &str = "; ";

/// A table with its description.
pub struct DataTable<'a> {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, made one by one: a cell for each column. The first cell is the row's id.
    pub rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

/// A column.
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as Table Schema names it: `string`, `integer`, `date`, `boolean`.
    pub kind: &'static str,
    /// A description in Chinese and in English.
    pub about: (&'static str, &'static str),
}

/// A column.
pub fn column(name: &str, kind: &'static str, about: (&'static str, &'static str)) -> Column {
    Column { name: name.into(), kind, about }
}

impl DataTable<'_> {
    /// The file.
    pub fn csv(self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        let header = self.columns.iter().map(|column| column.name.clone()).collect();
        for row in std::iter::once(header).chain(self.rows) {
            let cells = row.iter().map(|cell| guarded(cell));
            writer.write_record(cells).expect("every row has a cell for each column");
        }
        writer.into_inner().expect("writing to memory does not fail")
    }

    /// The description of the columns, as a Table Schema.
    pub fn schema(&self) -> Value {
        let fields = self.columns.iter().map(|column| {
            let (zh, en) = column.about;
            json!({ "name": column.name, "type": column.kind, "description": format!("{zh} · {en}") })
        });
        json!({
            "fields": fields.collect::<Vec<_>>(),
            "primaryKey": self.columns[0].name,
            "missingValues": [""],
        })
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
fn guarded(cell: &str) -> String {
    let mut guarded = String::with_capacity(cell.len() + 1);
    let mut at_start = true;
    for c in cell.chars() {
        if at_start && matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') {
            guarded.push('\'');
        }
        guarded.push(c);
        at_start = matches!(c, ';' | '\n' | '\r' | '\t') || (at_start && matches!(c, ' ' | '"'));
    }
    guarded
}

/// An id that no spreadsheet takes for a date. Those of tasks are none (`2023.task-5`); a word that an
/// editor chose may be: `2024-12`, `3-mar`, `sept2`.
pub fn guarded_date(id: String) -> String {
    if reads_as_date(&id) { format!("'{id}") } else { id }
}

/// Returns whether a spreadsheet reads a word as a date or a time: two or three numbers, or one or two and the
/// name of a month.
fn reads_as_date(word: &str) -> bool {
    let kind = |c: char| {
        if c.is_ascii_digit() {
            'd'
        } else if c.is_ascii_alphabetic() {
            'l'
        } else {
            ' '
        }
    };
    let mut parts: Vec<(char, String)> = Vec::new();
    for c in word.chars() {
        match parts.last_mut() {
            Some((last, part)) if *last == kind(c) => part.push(c),
            _ => parts.push((kind(c), c.to_string())),
        }
    }
    parts.retain(|(kind, _)| *kind != ' ');
    let is_month = |part: &str| part.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(part));
    let words = parts.iter().filter(|(kind, _)| *kind == 'l');
    let months = words.clone().filter(|(_, part)| is_month(&part.to_ascii_lowercase())).count();
    matches!(parts.len(), 2 | 3) && words.count() == months && months < 2
}

const MONTHS: [&str; 13] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "sept",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_are_dates_are_texts() {
        for bad in ["2024-12", "1-2-3", "2023/5", "2023:5", "3-mar", "sept2", "may-2024", "1-jan-2024"] {
            assert_eq!(guarded_date(bad.into()), format!("'{bad}"));
        }
        let good =
            ["2023", "2023.task-5", "2022-key-points", "tm-law", "1-2-3-4", "march", "maybe-2", "law-2"];
        for good in good {
            assert_eq!(guarded_date(good.into()), good);
        }
    }

    #[test]
    fn formulas_are_texts() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "＝1"] {
            assert_eq!(guarded(bad), format!("'{bad}"));
        }
        for (bad, good) in [("a;=1", "a;'=1"), ("a; \"=1", "a; \"'=1"), ("a\n-1", "a\n'-1"), (" =1", " '=1")]
        {
            assert_eq!(guarded(bad), good);
        }
        for same in ["2023/5", "a-1=2; b, =c", "“甲；乙”"] {
            assert_eq!(guarded(same), same);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let columns = vec![column("id", "string", ("", "")), column("text", "string", ("", ""))];
        let row = vec!["a".into(), "甲，\"乙\"\n,丙".into()];
        let table = DataTable { columns, rows: Box::new([row].into_iter()) };
        let text = String::from_utf8(table.csv()).unwrap();
        assert_eq!(text, "\u{feff}id,text\r\na,\"甲，\"\"乙\"\"\n,丙\"\r\n");
    }
}

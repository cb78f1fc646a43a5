//! Files of every kind, made of one document.

mod docx;
mod pdf;

pub(super) use docx::{docx, package};
pub(super) use pdf::{pdf, picture};

/// A part of a document.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// The title, in the lines that it is set in.
    Title(&'static [&'static str]),
    /// A paragraph.
    Text(&'static str),
    /// A paragraph whose number, of the list given, a program generates, and the number.
    Numbered(List, &'static str, &'static str),
    /// A table; a cell `↑` is merged with the one above.
    Table(&'static [&'static [&'static str]]),
}

/// The lists of numbered paragraphs: 一、 and （一）.
#[derive(Clone, Copy)]
pub(super) enum List {
    Parts,
    Sections,
}

/// The cells of a table with merged ones carried down.
fn whole(rows: &[&[&str]]) -> Vec<Vec<String>> {
    let mut whole: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let cell = |(at, cell): (usize, &&str)| match *cell {
            "↑" => whole[whole.len() - 1][at].clone(),
            text => text.to_owned(),
        };
        let row = row.iter().enumerate().map(cell).collect();
        whole.push(row);
    }
    whole
}

/// Plain text, a paragraph a line, cells parted by tabs.
pub(super) fn text(parts: &[Part]) -> String {
    let line = |part: &Part| match part {
        Part::Title(lines) => lines.concat(),
        Part::Text(text) => (*text).to_owned(),
        Part::Numbered(_, number, text) => format!("{number}{text}"),
        Part::Table(rows) => whole(rows).iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n"),
    };
    parts.iter().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// A page of a public body: menu, path, metadata in a table, share bar, foot.
pub(super) fn html(parts: &[Part]) -> String {
    let cell = |cell: &&str, rows: usize| match rows {
        1 => format!("<td>{cell}</td>"),
        rows => format!("<td rowspan=\"{rows}\">{cell}</td>"),
    };
    let part = |part: &Part| match part {
        Part::Title(lines) => format!("<p align=\"center\"><strong>{}</strong></p>", lines.join("<br/>\n")),
        Part::Text(text) => format!("<p>&emsp;&emsp;{text}"),
        Part::Numbered(_, number, text) => format!("<p style=\"text-indent:2em\">{number}{text}</p>"),
        Part::Table(rows) => {
            let row = |(at, row): (usize, &&[&str])| {
                let below =
                    |column: usize| rows[at + 1..].iter().take_while(|r| r[column] == "↑").count() + 1;
                let cells = row.iter().enumerate().filter(|(_, text)| **text != "↑");
                format!(
                    "<tr>{}</tr>",
                    cells.map(|(column, text)| cell(text, below(column))).collect::<String>()
                )
            };
            format!(
                "<table border=\"1\"><tbody>{}</tbody></table>",
                rows.iter().enumerate().map(row).collect::<String>()
            )
        }
    };
    let body: String = parts.iter().map(part).collect();
    let title =
        parts.iter().find_map(|p| if let Part::Title(lines) = p { Some(lines.concat()) } else { None });
    let title = title.unwrap_or_default();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}_示例市人民政府</title>\
         <meta name=\"ArticleTitle\" content=\"{title}\"></head><body>\
         <div class=\"header\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/a\">政务公开</a></li></ul></div>\
         <div class=\"wrap\"><div class=\"crumbs\">您的位置：<a href=\"/\">首页</a> &gt; <a href=\"/b\">政策文件</a></div>\
         <h1>{title}</h1><div class=\"article-info\"><span>字号：大 中 小</span></div>\
         <div class=\"bdsharebuttonbox\">分享到：<a href=\"#\">微信</a></div>\
         <div id=\"UCAP-CONTENT\" class=\"TRS_Editor\">{body}</div>\
         <div class=\"xgjd\"><a href=\"/c\">一图读懂</a></div></div>\
         <div class=\"foot\"><p>版权所有：示例市人民政府办公室　备案编号：示000001</p></div></body></html>"
    )
}

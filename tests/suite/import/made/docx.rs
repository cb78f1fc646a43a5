//! A Word document: a package of the parts that the importer reads, written by hand.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{List, Part};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

/// A document whose numbers are generated and whose text is cut into runs.
pub(in super::super) fn docx(parts: &[Part]) -> Vec<u8> {
    let body: String = parts.iter().map(part).collect();
    let document = format!("{HEAD}<w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr/></w:body></w:document>");
    let styles = format!(
        "{HEAD}<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"Title\"/>\
         <w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style></w:styles>"
    );
    let level = |at: usize, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "{HEAD}<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        level(0, "%1、"),
        level(1, "（%2）")
    );
    package(&[
        ("word/document.xml", document),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
    ])
}

/// A ZIP file.
pub(in super::super) fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Runs of seven characters each, as editing leaves them.
fn runs(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let run =
        |run: &[char]| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", String::from_iter(run));
    characters.chunks(7).map(run).collect()
}

fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn part(part: &Part) -> String {
    match part {
        Part::Title(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| runs(line)).collect();
            paragraph("<w:pStyle w:val=\"a1\"/>", &lines.join("<w:r><w:br/></w:r>"))
        }
        Part::Text(text) => {
            paragraph("", &format!("{}<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", runs(text)))
        }
        Part::Numbered(list, _, text) => {
            let level = match list {
                List::Parts => 0,
                List::Sections => 1,
            };
            let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
            paragraph(&properties, &runs(text))
        }
        Part::Table(rows) => {
            let cell = |row: usize, column: usize| {
                let merged = rows.get(row + 1).is_some_and(|below| below[column] == "↑");
                let (merge, text) = match rows[row][column] {
                    "↑" => ("<w:vMerge/>", ""),
                    text if merged => ("<w:vMerge w:val=\"restart\"/>", text),
                    text => ("", text),
                };
                format!("<w:tc><w:tcPr>{merge}</w:tcPr>{}</w:tc>", paragraph("", &runs(text)))
            };
            let row = |at: usize| {
                let cells: String = (0..rows[at].len()).map(|column| cell(at, column)).collect();
                format!("<w:tr>{cells}</w:tr>")
            };
            format!("<w:tbl>{}</w:tbl>", (0..rows.len()).map(row).collect::<String>())
        }
    }
}

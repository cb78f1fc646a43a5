//! A PDF: wrapped lines, a centred title, a running head, page numbers and tables between ruled lines. Its
//! codes mean characters by a `ToUnicode` table only, as in PDFs with embedded subsets of fonts.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write;

use super::Part;

/// Size of the text, the width of a line in characters, and the distance of lines.
const SIZE: f64 = 16.0;
const WIDTH: usize = 28;
const PITCH: f64 = 28.0;
const LEFT: f64 = 73.0;
const TOP: f64 = 740.0;
const BOTTOM: f64 = 420.0;

/// How far a code is from the character that it means.
const SHIFT: u32 = 7;

struct Typesetter {
    pages: Vec<String>,
    y: f64,
}

/// A document on pages of A4.
pub(in super::super) fn pdf(parts: &[Part]) -> Vec<u8> {
    let mut set = Typesetter { pages: Vec::new(), y: 0.0 };
    for part in parts {
        match part {
            Part::Title(lines) => set.title(lines),
            Part::Text(text) => set.paragraph(text),
            Part::Numbered(_, number, text) => set.paragraph(&format!("{number}{text}")),
            Part::Table(rows) => set.table(rows),
        }
    }
    file(&set.pages)
}

/// A page without text, as a scanner makes it.
pub(in super::super) fn picture() -> Vec<u8> {
    file(&["0 0 595 842 re f".to_owned()])
}

impl Typesetter {
    fn line(&mut self) {
        self.y -= PITCH;
        if self.pages.is_empty() || self.y < BOTTOM {
            self.pages.push(String::new());
            self.y = TOP;
            let number = format!("— {} —", self.pages.len());
            self.show(LEFT, 790.0, 10.0, "示例市人民政府公报");
            self.show(270.0, 60.0, 14.0, &number);
        }
    }

    fn show(&mut self, x: f64, y: f64, size: f64, text: &str) {
        let codes: String = text.chars().map(|c| format!("{:04X}", u32::from(c) - SHIFT)).collect();
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET").unwrap();
    }

    fn title(&mut self, lines: &[&str]) {
        for line in lines {
            self.line();
            let width = line.chars().count() as f64 * 22.0;
            self.show(LEFT + (WIDTH as f64 * SIZE - width) / 2.0, self.y, 22.0, line);
        }
        self.y -= PITCH / 2.0;
    }

    fn paragraph(&mut self, text: &str) {
        let characters: Vec<char> = text.chars().collect();
        let mut rest = characters.as_slice();
        let mut indent = 2;
        while !rest.is_empty() {
            let mut taken = rest.len().min(WIDTH - indent);
            // No mark that closes may open a line.
            taken += usize::from(rest.get(taken).is_some_and(|c| "，。、；：）".contains(*c)));
            self.line();
            self.show(LEFT + indent as f64 * SIZE, self.y, SIZE, &String::from_iter(&rest[..taken]));
            rest = &rest[taken..];
            indent = 0;
        }
    }

    /// Every cell has room for two lines of seven characters.
    fn table(&mut self, rows: &[&[&str]]) {
        const CELL: f64 = 110.0;
        self.line();
        let width = CELL * rows[0].len() as f64;
        for (at, row) in rows.iter().enumerate() {
            let top = self.y + 20.0;
            let bottom = top - 44.0;
            for (column, text) in row.iter().enumerate() {
                let x = LEFT + CELL * column as f64;
                if *text != "↑" {
                    self.rule(x, top, CELL, 0.5);
                    let characters: Vec<char> = text.chars().collect();
                    for (line, cut) in characters.chunks(7).enumerate() {
                        let y = top - 16.0 - 18.0 * line as f64;
                        self.show(x + 4.0, y, 14.0, &String::from_iter(cut));
                    }
                }
                self.rule(x, bottom, 0.5, 44.0);
            }
            self.rule(LEFT + width, bottom, 0.5, 44.0);
            if at + 1 == rows.len() {
                self.rule(LEFT, bottom, width, 0.5);
            }
            self.y -= 44.0;
        }
    }

    fn rule(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "{x} {y} {width} {height} re f").unwrap();
    }
}

/// The objects of a PDF, with its table of where they are.
fn file(pages: &[String]) -> Vec<u8> {
    let first_page = 6;
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", first_page + 2 * at)).collect();
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Made /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Made /Flags 4 >> >>".to_owned(),
        stream(&to_unicode(pages)),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            first_page + 2 * at + 1
        ));
        objects.push(stream(page));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
        .unwrap();
    file.into_bytes()
}

/// The ToUnicode table for the codes of `pages`.
fn to_unicode(pages: &[String]) -> String {
    let hex = pages.iter().flat_map(|page| page.split('<').skip(1).filter_map(|part| part.split_once('>')));
    let mut codes: Vec<u32> = hex
        .flat_map(|(hex, _)| {
            (0..hex.len() / 4).map(|at| u32::from_str_radix(&hex[at * 4..at * 4 + 4], 16).unwrap())
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let mut table =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n\
                     1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            .to_owned();
    for codes in codes.chunks(100) {
        writeln!(table, "{} beginbfchar", codes.len()).unwrap();
        for code in codes {
            writeln!(table, "<{code:04X}> <{:04X}>", code + SHIFT).unwrap();
        }
        table += "endbfchar\n";
    }
    table + "endcmap CMapName currentdict /CMap defineresource pop end end"
}

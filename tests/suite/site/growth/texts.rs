//! Texts of any length that a reader could take quadratic time for: a name, and what makes so many bytes.

/// A kind of text, and the text of about so many bytes.
pub(super) type Text = (&'static str, fn(usize) -> String);

/// Every text is one paragraph, but for those of many paragraphs at the end.
pub(super) const TEXTS: &[Text] = &[
    // What a pasted annex is made of.
    ("prose", |n| repeat("深入推进专利审查提质增效，完善审查标准，加强商标审查管理。", n)),
    ("prose without stops", |n| repeat("深入推进专利审查提质增效", n)),
    ("latin", |n| repeat("Strengthen the protection of intellectual property rights, ", n)),
    // Time.
    ("deadlines", |n| repeat("（2026年12月底前完成）", n)),
    ("deadlines of measures", |n| repeat("推进甲工作（2026年12月底前完成）；", n)),
    ("deadlines in one parenthesis", |n| format!("甲。（{}）", repeat("2026年12月底前完成，", n))),
    ("deadlines without an act", |n| format!("甲。（{}）", repeat("2026年12月底前", n))),
    ("days in a sentence", |n| repeat("于2026年12月1日前", n)),
    ("days in a sentence with acts", |n| repeat("2026年12月1日前完成甲、", n)),
    ("labels of days", |n| repeat("完成时限：2026年12月底 ", n)),
    ("months", |n| repeat("3月、", n)),
    ("impossible days", |n| repeat("（2026年13月底前完成）", n)),
    ("impossible days in a clause", |n| format!("甲。（{}）", repeat("2026年13月底前、", n))),
    ("recurrences", |n| repeat("（每年12月底前完成，持续推进）", n)),
    ("ongoing", |n| format!("甲。（{}）", repeat("持续推进，", n))),
    // Figures.
    ("digits", |n| repeat("1", n)),
    ("numerals", |n| repeat("一", n)),
    ("thousands", |n| repeat("1,000,", n)),
    ("decimals", |n| repeat("1.1.", n)),
    ("numbers", |n| numbered(n, |i| format!("{i}、"))),
    ("targets", |n| repeat("稳定在7个月以内", n)),
    ("targets in clauses", |n| repeat("审查周期稳定在7个月以内，", n)),
    ("figures without a lead", |n| repeat("甲7个月", n)),
    ("figures of members", |n| numbered(n, |i| format!("{i}件、"))),
    ("figures behind joints", |n| repeat("、", n / 2) + &repeat("1件、", n / 2)),
    ("figures in order", |n| repeat("第1,000件", n)),
    ("many numerals", |n| repeat("十一", n)),
    ("percentages", |n| repeat("达到百分之九十", n)),
    // Bodies.
    ("bodies in a parenthesis", |n| format!("甲。（{}负责）", repeat("司法部、", n))),
    ("bodies joined", |n| format!("甲。（{}司法部负责）", repeat("司法部和", n))),
    ("bodies joined by 会同", |n| format!("甲。（{}司法部负责）", repeat("司法部会同", n))),
    ("roles", |n| format!("甲。（{}）", repeat("司法部牵头公安部配合，", n))),
    ("roles without commas", |n| format!("甲。（{}）", repeat("司法部牵头", n))),
    ("names without roles", |n| format!("甲。（{}）", repeat("司法部，", n))),
    ("labels of bodies", |n| repeat("责任单位：司法部；", n)),
    ("labels of bodies without stops", |n| repeat("责任单位：司法部", n)),
    ("labels without bodies", |n| repeat("责任单位", n)),
    ("labels in parentheses", |n| repeat("（责任单位：司法部）", n)),
    // Parentheses.
    ("openings", |n| repeat("（", n)),
    ("closings", |n| repeat("）", n)),
    ("empty parentheses", |n| repeat("（）", n)),
    ("nested parentheses", |n| repeat("（", n / 2) + &repeat("）", n / 2)),
    ("an opening before parentheses", |n| format!("（{}", repeat("（甲）", n))),
    ("parentheses of words", |n| repeat("（甲乙）", n)),
    // Titles and short names.
    ("titles", |n| repeat("《商标法》", n)),
    ("unknown titles", |n| numbered(n, |i| format!("《甲{i}办法》"))),
    ("unknown titles in clauses", |n| numbered(n, |i| format!("落实《甲{i}办法》，"))),
    ("opening title marks", |n| repeat("《", n)),
    ("closing title marks", |n| repeat("》", n)),
    ("nested titles", |n| repeat("《", n / 2) + &repeat("》", n / 2)),
    ("closing marks that nothing opens", |n| repeat("《", n / 2) + &repeat("〉", n / 2)),
    ("inner title marks", |n| format!("《{}", repeat("〈甲", n))),
    ("crossed title marks", |n| repeat("《甲〈乙》", n)),
    ("titles in an open mark", |n| format!("《{}", repeat("《商标法》", n))),
    ("aliases", |n| repeat("《戊条例》（以下简称《条例》）", n)),
    ("aliases of clauses", |n| repeat("推进甲工作（以下简称甲）", n)),
    ("aliases of one name each", |n| numbered(n, |i| format!("《甲{i}办法》（以下简称《{i}》）"))),
    ("aliases without a name", |n| repeat("《戊条例》（以下简称）", n)),
    ("aliases without a referent", |n| repeat("（以下简称甲）", n)),
    ("aliases of a list", |n| format!("甲{}（以下统称乙）", repeat("、丙", n))),
    ("short names", |n| format!("《戊条例》（以下简称《条例》）{}", repeat("《条例》", n))),
    ("mentions", |n| repeat("商标法", n)),
    ("mentions that overlap", |n| repeat("商标法及其实施条例", n)),
    ("terms", |n| repeat("专利侵权", n)),
    ("topics", |n| repeat("创新", n)),
    // Markdown.
    ("code with line ends", |n| format!("`{}`", repeat("a\r", n))),
    ("code of characters that differ", |n| format!("`{}`", repeat("甲\n乙\0", n))),
    ("code spans", |n| repeat("`甲`乙", n)),
    ("backticks", |n| numbered(n, |i| "`".repeat(i % 60 + 1) + "甲")),
    ("stars", |n| repeat("*", n)),
    ("open stars", |n| repeat("*甲 ", n)),
    ("open double stars", |n| repeat("**甲 **乙 ", n)),
    ("links in nested emphasis", |n| repeat("*a **b ", n / 2) + &repeat("[a](b) ", n / 2)),
    ("hidden references behind text", |n| repeat("甲", n / 2) + &repeat("&#x200b;", n / 2)),
    ("hidden code", |n| format!("`{}\n{}`", repeat("甲", n / 2), repeat("\u{200b}", n / 2))),
    ("nested emphasis", |n| repeat("*a **b ", n)),
    ("bold", |n| repeat("**甲**乙", n)),
    ("bold beside marks", |n| repeat("**“甲”**乙", n)),
    ("emphasis and bold", |n| repeat("**甲*乙*丙**丁", n)),
    ("underscores", |n| repeat("_a ", n)),
    ("tildes", |n| repeat("~~甲~~乙", n)),
    ("open tildes", |n| repeat("~甲 ", n)),
    ("brackets", |n| repeat("[", n)),
    ("bracket pairs", |n| repeat("[甲]", n)),
    ("nested brackets", |n| repeat("[", n / 2) + &repeat("]", n / 2)),
    ("links", |n| repeat("[甲](https://www.example.org/)", n)),
    ("dead links", |n| numbered(n, |i| format!("[甲](../x{i}/)"))),
    ("dead anchors", |n| numbered(n, |i| format!("[甲](#x{i})"))),
    ("notes", |n| numbered(n / 2, |i| format!("甲[^{i}]")) + &numbered(n / 2, |i| format!("\n\n[^{i}]: 乙"))),
    ("look-alikes of structure", |n| repeat("\n\n1．甲\n\n###乙", n)),
    ("open links", |n| repeat("[a](", n)),
    ("open addresses", |n| repeat("[a](<b", n)),
    ("images", |n| repeat("![", n)),
    ("less-than signs", |n| repeat("<", n)),
    ("open tags", |n| repeat("<a ", n)),
    ("tags", |n| repeat("<b>甲", n)),
    ("comments", |n| repeat("<!-- ", n)),
    ("declarations", |n| repeat("<!A ", n)),
    ("processing instructions", |n| repeat("<?", n)),
    ("ampersands", |n| repeat("&", n)),
    ("references", |n| repeat("&amp;甲", n)),
    ("hidden references", |n| repeat("&#x200b;", n)),
    ("hidden characters", |n| repeat("甲\u{200b}", n)),
    ("backslashes", |n| repeat("\\", n)),
    ("escapes", |n| repeat("\\*甲", n)),
    ("spaces", |n| format!("甲{}乙", repeat(" ", n))),
    ("ideographic spaces", |n| format!("甲{}乙", repeat("\u{3000}", n))),
    ("digits and spaces", |n| repeat("1 ", n)),
    ("soft line ends", |n| repeat("甲\n", n)),
    ("soft line ends of words", |n| repeat("word\n", n)),
    ("hard line ends", |n| repeat("甲\\\n", n)),
    ("full-width forms", |n| repeat("ＡＢ１２", n)),
    ("quotation marks", |n| repeat("“甲”", n)),
    ("open quotation marks", |n| repeat("“", n)),
    ("dashes", |n| repeat("—", n)),
    ("hyphens", |n| repeat("甲-", n)),
    ("numbers of documents", |n| repeat("国知发〔2022〕5号", n)),
    // Many blocks.
    ("paragraphs", |n| repeat("\n\n甲乙丙，推进丁工作。", n)),
    ("paragraphs with deadlines", |n| repeat("\n\n甲乙丙。（2026年12月底前完成）", n)),
    ("paragraphs with titles", |n| repeat("\n\n落实《商标法》。", n)),
    ("bullets", |n| repeat("\n- 甲", n)),
    ("nested bullets", |n| format!("\n\n{}甲", repeat("- ", n))),
    ("quotations", |n| format!("\n\n{}甲", repeat("> ", n))),
    ("quotations of lines", |n| repeat("\n> 甲", n)),
    ("rules", |n| repeat("\n\n---", n)),
    ("listings", |n| repeat("\n\n```\n甲\n```", n)),
    ("an open listing", |n| format!("\n\n```\n{}", repeat("甲\n", n))),
    ("link definitions", |n| format!("\n\n{}", numbered(n, |i| format!("[a{i}]: https://a.example/\n")))),
    ("open definitions", |n| format!("\n\n{}", repeat("[a\n", n))),
    ("a table of rows", |n| format!("\n\n|甲|乙|\n|--|--|\n{}", repeat("|《商标法》|**丙**|\n", n))),
    ("a table of columns", |n| {
        let row = |cell| format!("|{}\n", repeat(cell, n / 3));
        format!("\n\n{}{}{}", row("甲|"), row("--|"), row("乙|"))
    }),
    ("tasks", |n| numbered(n, |i| format!("\n\n{}. 推进甲工作。（2026年12月底前完成）", i + 2))),
    ("tasks of one number", |n| repeat("\n\n1) 推进甲工作。", n)),
    ("sections", |n| repeat("\n\n## 甲乙", n)),
    ("sections with requirements", |n| format!("\n\n## 工作要求{}", repeat("\n\n### 甲", n))),
    ("parts", |n| repeat("\n\n# 甲", n)),
    ("nested sections", |n| repeat("\n\n## 甲\n\n### 乙\n\n#### 丙\n\n丁", n)),
    ("attachments", |n| repeat("\n\n附件：甲", n)),
    ("one heading", |n| format!("\n\n## {}", repeat("加强专利保护", n))),
    ("lines", |n| repeat("\n甲乙丙。", n)),
    ("lines that differ", |n| numbered(n, |i| format!("\n甲{i}乙"))),
    ("lines with page numbers", |n| {
        numbered(n, |i| format!("\n正文，\n正文，\n正文，\n正文，\n正文，\n{}", i % 999))
    }),
    ("delimiters of tables", |n| repeat("\n|--|--|", n)),
    ("indented lines", |n| repeat("\n    甲乙丙。", n)),
    ("empty lines", |n| repeat("\n", n)),
];

/// A word over and over.
pub(super) fn repeat(word: &str, bytes: usize) -> String {
    word.repeat(bytes / word.len() + 1)
}

/// Words with a number in each.
pub(super) fn numbered(bytes: usize, word: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 64);
    for number in 0.. {
        if text.len() > bytes {
            break;
        }
        text += &word(number);
    }
    text
}

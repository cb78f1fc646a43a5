//! One document as text, web page, Word document and PDF: the same Markdown, each proved against its file.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use gongbao::import::{Container, Import, ImportError, ImportOptions, Unreadable, import, prove};

use super::made::List::{Parts, Sections};
use super::made::Part::{self, Numbered, Table, Text, Title};
use super::made::{docx, html, package, pdf, picture, text};

const PLAN: [Part; 8] = [
    Title(&["示例市改善社区公共阅读服务", "和鼓励邻里共享图书2027年工作方案"]),
    Text(
        "为落实全市公共文化服务工作会议部署，进一步改善社区公共阅读服务，鼓励邻里共享图书，结合本市实际，制定本方案，请各区各部门结合实际抓好落实并及时报送进展情况。",
    ),
    Numbered(Parts, "一、", "主要任务"),
    Numbered(
        Sections,
        "（一）",
        "新建社区书房。按照便民就近的原则，在尚无书房的街道新建书房十二个，并与社区活动室统筹使用，每周开放不少于四十小时。（市文旅局负责，2027年12月底前完成）",
    ),
    Numbered(
        Sections,
        "（二）",
        "培训管理人员。分批组织培训，提高服务水平，并将结果纳入考核。（市人社局牵头，各区政府配合，2027年6月底前完成）",
    ),
    Numbered(
        Sections,
        "（三）",
        "公开藏书目录。把公共图书馆和社区书房的藏书目录接入城市服务平台，居民可以在平台查询、预约和续借，并按月公布借阅情况。（市大数据局负责，持续推进）",
    ),
    Numbered(Parts, "二、", "工作要求"),
    Text("各区各部门要加强统筹协调，明确专人负责，每季度末向市文旅局报送进展情况，确保各项任务按期完成。"),
];

const LISTED: [Part; 6] = [
    Title(&["示例市2027年河湖管护任务清单"]),
    Text("为做好全市河湖管护工作，制定本清单，请各区各部门认真组织实施。"),
    Text("一、重点任务"),
    Table(&[
        &["类别", "工作任务", "责任单位", "完成时限"],
        &["水质", "加密监测断面，按月公布结果。", "市环境局", "2027年6月底前"],
        &["↑", "整治混接管道，消除直排。", "市水务局", "2027年9月底前"],
        &["岸线", "清理违建，恢复岸线。", "市水务局", "持续推进"],
    ]),
    Text("二、工作要求"),
    Text("各区要每月报送进展。"),
];

#[track_caller]
fn read(bytes: &[u8], container: Container) -> Import {
    let done = import(bytes, &ImportOptions::default()).unwrap();
    assert_eq!(done.report.input.container, container);
    assert_eq!(prove(bytes, &done.markdown, &done.report).unwrap(), done.report.proof);
    done
}

/// Reads the document in every form; returns its Markdown and how many tasks it has.
#[track_caller]
fn check(parts: &[Part]) -> (String, usize) {
    let expected = read(text(parts).as_bytes(), Container::Text);
    let files = [
        (html(parts).into_bytes(), Container::Html),
        (docx(parts), Container::Docx),
        (pdf(parts), Container::Pdf),
    ];
    for (bytes, container) in files {
        let found = read(&bytes, container);
        assert!(
            found.markdown == expected.markdown,
            "{container:?}:\n{}\nnot\n{}",
            found.markdown,
            expected.markdown
        );
        assert_eq!(found.report.structure.tasks, expected.report.structure.tasks, "{container:?}");
    }
    (expected.markdown, expected.report.structure.tasks)
}

#[test]
fn a_plan_of_paragraphs_is_the_same_from_every_file() {
    let (markdown, tasks) = check(&PLAN);
    assert_eq!(tasks, 3);
    assert!(
        markdown.contains("title = \"示例市改善社区公共阅读服务和鼓励邻里共享图书2027年工作方案\""),
        "{markdown}"
    );
    assert!(markdown.contains("### （二）培训管理人员。"), "{markdown}");
}

#[test]
fn a_table_of_tasks_is_the_same_from_every_file() {
    let (markdown, tasks) = check(&LISTED);
    assert_eq!(tasks, 3);
    assert!(
        markdown.contains("| 水质 | 整治混接管道，消除直排。 | 市水务局 | 2027年9月底前 |"),
        "{markdown}"
    );
}

#[test]
fn a_file_without_text_is_refused() {
    let error = import(&picture(), &ImportOptions::default()).unwrap_err();
    assert_eq!(error, ImportError::Unreadable(Unreadable::Scan));
    assert!(error.to_string().contains("OCR") && error.to_string().contains("文字识别"));
    let error = import(&package(&[("OFD.xml", String::new())]), &ImportOptions::default()).unwrap_err();
    assert_eq!(error, ImportError::Unreadable(Unreadable::Ofd));
    let error =
        import(&package(&[("xl/workbook.xml", String::new())]), &ImportOptions::default()).unwrap_err();
    assert_eq!(error, ImportError::Unreadable(Unreadable::Spreadsheet));
}

#[test]
fn a_changed_word_is_found_in_every_file() {
    for bytes in [html(&PLAN).into_bytes(), docx(&PLAN), pdf(&PLAN)] {
        let done = import(&bytes, &ImportOptions::default()).unwrap();
        let changed = done.markdown.replace("书房十二个", "书房十个");
        let error = prove(&bytes, &changed, &done.report).unwrap_err();
        assert!(matches!(error, ImportError::Unfaithful(_)), "{error}");
    }
}

/// A page as the State Council's site has them: layout in tables, metadata in another, breaks in the title.
const OFFICIAL: &str = r##"<!-- saved from url=(0050)https://www.example.gov.cn/zhengce/2027-03/c_1.htm -->
<html><head><meta charset="utf-8"><title>关于印发示例省促进发展行动方案的通知_示例省人民政府</title></head><body><form>
<table><tr><td><div><table><tr><td><b>索 引 号：</b></td><td>000/2027-1</td><td><b>主题分类：</b></td><td>工业</td></tr>
<tr><td><b>发文机关：</b></td><td>示例省人民政府办公厅</td><td><b>成文日期：</b></td><td>2027年03月01日</td></tr>
<tr><td><b>发文字号：</b></td><td>示政办发〔2027〕8号</td><td><b>发布日期：</b></td><td>2027年03月05日</td></tr></table></div>
<div class="wrap"><table><tr><td><p style="text-align: center"><b>示例省人民政府办公厅关于印发<br>示例省促进发展<br>行动方案的通知</b></p>
<p>各市、县人民政府：</p><p>《示例省促进发展行动方案》已经省政府同意，现印发给你们，请认真贯彻执行。</p>
<p align="right">示例省人民政府办公厅<br>2027年3月1日</p><p align="center">示例省促进发展行动方案</p>
<p>为促进发展，制定本方案。</p><p><b>一、夯实基础</b></p><p><b>（一）扩大覆盖。</b>建成基站，覆盖城乡。（省工信厅负责）</p>
<p><b>（二）建设平台。</b>建成平台，统一调度。（省数据局负责）</p></td></tr></table></div>
<div><a href="javascript:print()">打印</a> <a href="#">关闭窗口</a></div><p>扫一扫在手机打开当前页</p></td></tr></table>
<div id="footer"><p>主办单位：示例省人民政府办公厅</p></div></form></body></html>"##;

#[test]
fn a_page_that_is_laid_out_in_tables_is_read() {
    let done = read(OFFICIAL.as_bytes(), Container::Html);
    let front = done.markdown.split("+++").nth(1).unwrap();
    for stated in [
        "title = \"示例省促进发展行动方案\"",
        "number = \"示政办发〔2027〕8号\"",
        "issuer = \"示例省人民政府办公厅\"",
        "issued = 2027-03-01",
        "published = 2027-03-05",
        "source = \"https://www.example.gov.cn/zhengce/2027-03/c_1.htm\"",
    ] {
        assert!(front.contains(stated), "{stated} is not in {front}");
    }
    assert!(
        done.markdown.contains("# 示例省人民政府办公厅关于印发示例省促进发展行动方案的通知"),
        "{}",
        done.markdown
    );
    assert_eq!(done.report.structure.tasks, 2);
    for menu in ["打印", "扫一扫", "主办单位", "主题分类"] {
        assert!(!done.markdown.contains(menu), "{menu}");
    }
}

#[test]
fn damaged_files_are_survived() {
    for bytes in [html(&PLAN).into_bytes(), docx(&LISTED), pdf(&LISTED)] {
        for step in 1..40 {
            let mut damaged = bytes.clone();
            let at = bytes.len() * step / 40;
            damaged[at] = damaged[at].wrapping_add(13);
            let faults = [
                import(&damaged, &ImportOptions::default()),
                import(&bytes[..at], &ImportOptions::default()),
            ];
            for fault in faults.into_iter().filter_map(Result::err) {
                assert!(!matches!(fault, ImportError::Unfaithful(_)), "{fault}");
            }
        }
    }
}

/// Word numbers notes as they come, whatever their ids, and writes some characters as references.
#[test]
fn footnotes_have_the_numbers_that_word_shows() {
    let namespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let paragraph = |runs: &str| format!("<w:p>{runs}</w:p>");
    let refer = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let body = [
        paragraph(&run("示例市2027年读书工作方案")),
        paragraph(&(run("（一）新建书房。本年建成。") + refer)),
        paragraph(&run("（二）开展活动。每月举办。")),
    ];
    let document = format!("<w:document {namespace}><w:body>{}</w:body></w:document>", body.concat());
    let notes = format!(
        "<w:footnotes {namespace}><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
         <w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        paragraph(&run("含A&amp;B书房。"))
    );
    let done =
        read(&package(&[("word/document.xml", document), ("word/footnotes.xml", notes)]), Container::Docx);
    assert!(done.markdown.contains("本年建成。\\[1\\]"), "{}", done.markdown);
    assert!(done.markdown.contains("\\[1\\]含A\\&B书房。"), "{}", done.markdown);
}

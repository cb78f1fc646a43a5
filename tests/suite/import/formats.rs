//! One plan as text, web page, DOCX and PDF of three producers, and small documents of every kind of fault.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gongbao::import::{Container, ImportError, ImportOptions, Unreadable, import, prove};
use gongbao::model::TaskMarking;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// Every file of a folder that `tests/import/formats/make.py` made says what the plain text says.
#[track_caller]
fn check(name: &str, tasks: usize) {
    let folder = folder("formats").join(name);
    let read = |file: &str| import(&fs::read(folder.join(file)).unwrap(), &ImportOptions::default()).unwrap();
    let text = read("plan.txt");
    assert_eq!(text.report.structure.tasks, tasks);
    let files = [
        ("plan.html", Container::Html),
        ("plan.docx", Container::Docx),
        ("chromium.pdf", Container::Pdf),
        ("libreoffice.pdf", Container::Pdf),
        ("weasyprint.pdf", Container::Pdf),
    ];
    for (file, container) in files {
        let done = read(file);
        assert_eq!(done.report.input.container, container, "{file}");
        assert_eq!(done.markdown, text.markdown, "{file}");
    }
}

#[test]
fn a_plan_is_the_same_in_every_format() {
    check("text", 6);
}

#[test]
fn a_table_of_tasks_is_the_same_in_every_format() {
    check("table", 3);
}

#[test]
fn wrapped_cells_are_proved_from_the_account() {
    let bytes = fs::read(folder("cases/14-table-wrapped-in-columns.txt")).unwrap();
    let done = import(&bytes, &ImportOptions::default()).unwrap();
    assert_eq!(prove(&bytes, &done.markdown, &done.report).unwrap(), done.report.proof);
}

#[test]
fn other_kinds_of_files_are_refused_with_what_to_do() {
    let refused = |bytes: &[u8]| match import(bytes, &ImportOptions::default()) {
        Err(ImportError::Unreadable(why)) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]), Unreadable::OldWord);
    assert_eq!(refused(b"{\\rtf1\\ansi text}"), Unreadable::Rtf);
    assert_eq!(refused(b"PK\x03\x04 broken off"), Unreadable::Damaged);
    assert_eq!(refused(b"%PDF-1.7\nbroken off"), Unreadable::Damaged);
    assert!(Unreadable::OldWord.to_string().contains("另存为 .docx"));
}

/// A file with some bytes changed or its end cut off, the same on every run.
fn damaged(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut bytes = bytes.to_vec();
    for _ in 0..=next(8) {
        let at = next(bytes.len());
        bytes[at] = next(256) as u8;
    }
    if seed.is_multiple_of(3) {
        bytes.truncate(next(bytes.len()));
    }
    bytes
}

#[test]
fn damaged_files_are_read_or_refused() {
    for (file, times) in
        [("plan.docx", 60), ("plan.html", 60), ("libreoffice.pdf", 12), ("weasyprint.pdf", 6)]
    {
        let bytes = fs::read(folder("formats/table").join(file)).unwrap();
        for seed in 1..=times {
            // Whatever comes of it: nothing panics, and what is written passed the proof.
            drop(import(&damaged(&bytes, seed), &ImportOptions::default()));
        }
    }
}

/// Runs the checker that lies beside the cases; it says which fail, and why.
#[test]
fn every_case_is_read_as_an_editor_would() {
    let cases = folder("cases");
    let program = env!("CARGO_BIN_EXE_gongbao");
    let done = Command::new("python3").arg(cases.join("check.py")).arg(program).arg(&cases).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn an_editor_decides_otherwise() {
    let text = "示例市文件\n示例市2027年重点工作\n为落实部署，制定本方案。\n一、主要任务\n（一）新建书房。\n1.选址。优先街道。\n2.建设。年底前建成。\n（二）开展活动。\n1.阅读。每月举办。\n";
    let read = |options: &ImportOptions| import(text.as_bytes(), options).unwrap();
    let options = ImportOptions {
        title: Some("示例市2027年重点工作".into()),
        number: Some("示发〔2027〕1号".into()),
        issuer: Some("示例市人民政府".into()),
        tasks: Some(TaskMarking::Heading(3)),
        ..ImportOptions::default()
    };
    let done = read(&options);
    assert_eq!(done.report.structure.tasks, 2, "{}", done.markdown);
    for line in
        ["title = \"示例市2027年重点工作\"", "number = \"示发〔2027〕1号\"", "issuer = \"示例市人民政府\""]
    {
        assert!(done.markdown.contains(line), "{line} is not in {}", done.markdown);
    }
    assert_eq!(read(&ImportOptions::default()).report.structure.tasks, 3);
    let wrong = ImportOptions { title: Some("别的标题".into()), ..ImportOptions::default() };
    let error = import(text.as_bytes(), &wrong).unwrap_err();
    assert_eq!(error, ImportError::NoSuchTitle { title: "别的标题".into() });
}

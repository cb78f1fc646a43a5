//! Sense: what can be written down but is probably a slip is a warning at its line.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use crate::support::{SMALL, gongbao, write};

/// The findings about a small site with these files, without those about translations.
fn check(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    write(
        folder.path(),
        &[(
            "config.toml",
            "base_url = \"https://example.org/\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n",
        )],
    );
    write(
        folder.path(),
        &[(
            "content/instruments.toml",
            "[[instrument]]\nslug = \"m\"\nkind = \"rules\"\ntitle = { zh = \"乙办法\" }\n",
        )],
    );
    write(folder.path(), files);
    let output = gongbao(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stderr).unwrap()
}

fn plan(front: &str, task: &str) -> String {
    format!(
        "+++\nkind = \"key-points\"\ntasks = \"list\"\nyear = 2026\ntitle = \"要点\"\n{front}\n+++\n\n1. {task}\n"
    )
}

#[test]
fn slips_are_warnings_at_their_lines() {
    let file = "content/plans/2026/zh.md";
    let mut said = String::new();
    for (front, task) in [
        ("issued = 2026-01-15\npublished = 2025-11-01", "推进。"),
        ("[[milestones]]\ndue = 2062-11-30\ntitle = \"报送总结\"", "推进。"),
        ("issued = 2062-01-15", "推进。"),
        ("", "推进。（2062年12月底前完成）"),
        ("", "推进。（2004年12月底前完成）"),
    ] {
        said += &check(&[(file, &plan(front, task))]);
    }
    let topics = "[[topic]]\nslug = \"t\"\ntitle = { zh = \"题\" }\nterms = [\"\", \"办法\"]\n";
    said += &check(&[("content/topics.toml", topics)]);
    let instruments =
        "[[instrument]]\nslug = \"m\"\nkind = \"plan\"\ntitle = { zh = \"乙办法\" }\nplan = \"2052\"\n";
    said += &check(&[("content/instruments.toml", instruments)]);
    let twin = SMALL[1].1;
    said += &check(&[("content/plans/2025-copy/zh.md", twin)]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_makes_sense_is_not_reported() {
    let front =
        "issued = 2026-01-15\npublished = 2026-01-15\n[[milestones]]\ndue = 2046-11-30\ntitle = \"报送总结\"";
    assert_eq!(check(&[("content/plans/2026/zh.md", &plan(front, "推进。（2035年12月底前完成）"))]), "");
}

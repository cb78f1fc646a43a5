//! The guides in `docs/`: they are a site that builds without findings, and what they tell readers to do works.
//!
//! Listings whose fences say so are followed as a reader would, in an empty folder: `sh run` (or `sh run fails`)
//! is run, `text output` must be in what the last command said, `… save FILE` and `… append FILE` are written,
//! and `diff edit FILE` is an edit.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{SMALL, gongbao, root, tree, write};
use gongbao::base::SitePath;
use gongbao::model::BlockKind;
use gongbao::parse::page;
use tempfile::TempDir;

/// Someone who follows a guide.
struct Newcomer {
    home: TempDir,
    folder: PathBuf,
    said: String,
}

impl Newcomer {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("work");
        fs::create_dir(&folder).unwrap();
        Self { home, folder, said: String::new() }
    }

    fn follow(&mut self, info: &str, text: &str) {
        match info.split_whitespace().collect::<Vec<_>>()[..] {
            ["sh", "run"] => self.run(text, true),
            ["sh", "run", "fails"] => self.run(text, false),
            ["text", "output"] => self.expect(text),
            [_, "save", file] => self.write(file, text.to_owned() + "\n"),
            [_, "append", file] => self.write(file, self.read(file) + text + "\n"),
            ["diff", "edit", file] => self.edit(file, text),
            [_, _, ..] => panic!("what is one to do with ```{info}"),
            _ => {}
        }
    }

    fn run(&mut self, script: &str, succeeds: bool) {
        let place = self.home.path().join("place");
        let script = format!("exec 2>&1\ntrap 'pwd > \"{}\"' EXIT\n{script}\n", place.display());
        let folder = Path::new(env!("CARGO_BIN_EXE_gongbao")).parent().unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        let mut bash = Command::new("bash");
        let output = bash.args(["-euo", "pipefail", "-c", &script]).env("PATH", path);
        let output = output.current_dir(&self.folder).output().unwrap();
        self.said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.success(), succeeds, "{script}\n{}", self.said);
        self.folder = fs::read_to_string(place).unwrap().trim_end().into();
    }

    fn expect(&self, lines: &str) {
        for line in lines.lines() {
            assert!(self.said.contains(line), "“{line}” is not in:\n{}", self.said);
        }
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file)).unwrap_or_default()
    }

    fn write(&self, file: &str, text: String) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn edit(&self, file: &str, diff: &str) {
        let lines =
            |sign| diff.lines().filter_map(|line| line.strip_prefix(sign)).collect::<Vec<_>>().join("\n");
        let (old, new, text) = (lines('-'), lines('+'), self.read(file));
        assert_eq!(text.matches(&old).count(), 1, "“{old}” in {file}:\n{text}");
        self.write(file, text.replacen(&old, &new, 1));
    }
}

/// Follows a guide, and gives the folder in which that ended.
fn follow(guide: &str) -> Newcomer {
    let file = format!("content/pages/{guide}.md");
    let text = fs::read_to_string(root().join("docs").join(&file)).unwrap();
    let page = page::parse(&SitePath::new(&file).unwrap(), &text, true);
    let mut newcomer = Newcomer::new();
    for block in &page.blocks {
        if let BlockKind::Listing { info } = &block.kind {
            newcomer.follow(info, &block.text);
        }
    }
    newcomer
}

#[test]
fn the_guides_are_a_site_without_findings() {
    let out = tempfile::tempdir().unwrap();
    let public = out.path().join("public");
    let checked = gongbao(root(), &["check", "--site", "docs"]);
    assert_eq!(String::from_utf8(checked.stderr).unwrap(), "");
    let built = gongbao(root(), &["build", "--site", "docs", "--out", public.to_str().unwrap()]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let read = |path: &str| fs::read_to_string(public.join(path)).unwrap();
    for (lang, title) in [("zh", "编辑<wbr>指南"), ("en", "Editor&#39;s guide")] {
        let guide = read(&format!("{lang}/pages/editor-guide/index.html"));
        assert!(
            guide.contains(&format!("<h1>{title}</h1>")) && guide.contains("/pages/deployment/\""),
            "{guide}"
        );
        assert!(!guide.contains("class=\"unofficial\"") && !guide.contains("role=\"search\""), "{guide}");
        let home = read(&format!("{lang}/index.html"));
        assert!(home.contains("pages/editor-guide/") && !home.contains("timeline/"), "{home}");
    }
    assert!(read("sitemap.xml").contains("/en/pages/theme-guide/</loc>"));
    assert!(read("en/pages/deployment/index.md").starts_with("# "));
    assert!(read("llms.txt").contains("/zh/pages/deployment/index.md"));
}

#[test]
fn the_editors_guide_works_as_it_is_written() {
    for guide in ["editor-guide.en", "editor-guide.zh"] {
        let newcomer = follow(guide);
        let page = newcomer.read("public/en/plans/2027/tasks/3/index.html");
        assert!(page.contains("Open 10 new") && page.contains("2027-02-01"), "{guide}: {page}");
    }
}

#[test]
fn the_other_guides_work_as_they_are_written() {
    for guide in ["theme-guide.en", "theme-guide.zh"] {
        let home = follow(guide).read("public/en/index.html");
        assert!(home.contains("Ministry of Examples"), "{guide}: {home}");
    }
    for guide in ["deployment.en", "deployment.zh"] {
        let newcomer = follow(guide);
        let home = newcomer.read("public/en/index.html");
        assert!(home.contains("rel=\"canonical\" href=\"https://www.example.org/plans/en/\""), "{home}");
        let (headers, nginx) = (newcomer.read("public/_headers"), newcomer.read("nginx.conf"));
        let said: Vec<_> = headers.lines().filter_map(|line| line.trim().split_once(": ")).collect();
        assert!(said.iter().any(|(name, _)| *name == "Content-Security-Policy"), "{headers}");
        for (name, value) in said {
            assert!(nginx.contains(name) && nginx.contains(value), "{guide} leaves out {name}: {value}");
        }
    }
}

#[test]
fn a_new_site_has_nothing_wrong_and_searches_at_once() {
    let home = tempfile::tempdir().unwrap();
    let made = gongbao(home.path(), &["new", "my site"]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(said.contains("cd 'my site'") && said.contains("Next · 接下来"), "{said}");
    let site = home.path().join("my site");
    let checked = gongbao(&site, &["check"]);
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "No findings · 没有发现问题\n");
    let status = String::from_utf8(gongbao(&site, &["translation", "status"]).stdout).unwrap();
    assert_eq!(status.lines().count(), 2, "every translation is reviewed: {status}");
    assert_eq!(gongbao(&site, &["build"]).status.code(), Some(0));
    for (query, task) in [("有声读物", "example-2026/4"), ("audiobooks", "example-2026/4")] {
        let found = String::from_utf8(gongbao(&site, &["search", query]).stdout).unwrap();
        assert!(found.contains(task), "{query}: {found}");
    }
    let ignored = fs::read_to_string(site.join(".gitignore")).unwrap();
    assert!(
        ignored.lines().any(|line| line == "/public") && site.join("schemas/config.schema.json").exists()
    );
    for file in ["config", "content/instruments", "content/topics", "content/glossary"] {
        let file = site.join(format!("{file}.toml"));
        let text = fs::read_to_string(&file).unwrap();
        let schema = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap();
        assert!(file.parent().unwrap().join(schema).is_file(), "{}: {schema}", file.display());
    }
}

#[test]
fn a_folder_that_holds_anything_is_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(".hidden"), "mine").unwrap();
    let before = tree(home.path());
    let refused = gongbao(home.path(), &["new", "."]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(3));
    assert!(said.contains("not empty") && said.contains("不是空文件夹"), "{said}");
    assert_eq!(gongbao(home.path(), &["new", ".hidden"]).status.code(), Some(3));
    assert_eq!(tree(home.path()), before);
    assert_eq!(fs::read_to_string(home.path().join(".hidden")).unwrap(), "mine");
}

#[test]
fn completions_and_manual_pages() {
    let home = tempfile::tempdir().unwrap();
    for (shell, word) in
        [("bash", "complete -F"), ("zsh", "#compdef gongbao"), ("fish", "complete -c gongbao")]
    {
        let script = String::from_utf8(gongbao(home.path(), &["completions", shell]).stdout).unwrap();
        assert!(
            script.contains(word) && script.contains("translation") && script.contains("base-url"),
            "{shell}"
        );
    }
    assert_eq!(gongbao(home.path(), &["completions", "cmd"]).status.code(), Some(2));
    let page = String::from_utf8(gongbao(home.path(), &["man"]).stdout).unwrap();
    assert!(page.contains(".TH gongbao 1") && page.contains("gongbao\\-import(1)"), "{page}");
    assert_eq!(gongbao(home.path(), &["man", "--out", "man1"]).status.code(), Some(0));
    let build = fs::read_to_string(home.path().join("man1/gongbao-build.1")).unwrap();
    assert!(build.contains("\\-\\-base\\-url"), "{build}");
}

#[test]
fn schemas_are_listed_shown_and_written() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| gongbao(home.path(), args);
    let listed = String::from_utf8(run(&["schema"]).stdout).unwrap();
    assert!(listed.contains("config ") && listed.contains("content/glossary.toml"), "{listed}");
    let shown: serde_json::Value = serde_json::from_slice(&run(&["schema", "plan"]).stdout).unwrap();
    assert_eq!(shown["properties"]["year"]["type"], "integer");
    assert_eq!(run(&["schema", "plans"]).status.code(), Some(2));
    assert_eq!(run(&["schema", "--out", "s"]).status.code(), Some(0));
    assert_eq!(tree(&home.path().join("s")).len(), listed.lines().count());
}

#[test]
fn a_page_without_a_translation_is_shown_in_its_own_language() {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), SMALL);
    let text = "+++\ntitle = \"关于<b>\"\n+++\n\n## 一、来源\n\n见[计划](../../plans/2025/)。\n\n```\n</code><script>alert(1)</script>\n```\n";
    write(site.path(), &[("content/pages/about.zh.md", text)]);
    let checked = String::from_utf8(gongbao(site.path(), &["check"]).stderr).unwrap();
    assert!(checked.contains("warning[missing-translation]") && checked.contains("about.en.md"), "{checked}");
    assert_eq!(gongbao(site.path(), &["build"]).status.code(), Some(0));
    let page = fs::read_to_string(site.path().join("public/en/pages/about/index.html")).unwrap();
    assert!(page.contains("<article class=\"prose\" lang=\"zh-Hans\">"), "{page}");
    assert!(page.contains("has not been translated into English"), "{page}");
    assert!(page.contains("关于&lt;b&gt;") && !page.contains("<script>alert"), "{page}");
    assert!(page.contains("<h2 id=\"s-1\">一、来源</h2>"), "{page}");
}

#[test]
fn a_link_of_a_page_that_leads_nowhere_is_found_at_its_place() {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), SMALL);
    let text = "+++\ntitle = \"甲\"\n+++\n\n见[指南](guide.zh.md)。\n";
    write(site.path(), &[("content/pages/about.zh.md", text)]);
    let checked = gongbao(site.path(), &["check"]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(said.contains("error[dead-link]") && said.contains("content/pages/about.zh.md:5:3"), "{said}");
    assert_eq!(checked.status.code(), Some(1));
}

#[test]
fn a_site_that_lost_its_plans_is_not_taken_for_one_of_pages() {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), SMALL);
    write(site.path(), &[("content/pages/about.zh.md", "+++\ntitle = \"甲\"\n+++\n")]);
    fs::remove_dir_all(site.path().join("content/plans")).unwrap();
    let said = String::from_utf8(gongbao(site.path(), &["build"]).stderr).unwrap();
    assert!(said.contains("there is no plan"), "{said}");
    fs::remove_file(site.path().join("content/instruments.toml")).unwrap();
    assert_eq!(gongbao(site.path(), &["build"]).status.code(), Some(0));
}

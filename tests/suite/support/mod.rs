//! What several suites share: the real site, and small sites on disk.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

pub(crate) mod browser;
pub(crate) mod random;
pub(crate) mod serve;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gongbao::base::{Date, SitePath};
use gongbao::inputs::Inputs;
use gongbao::io::load;
use gongbao::pipeline::{self, Compiled};
use gongbao::render::Renderer;
use gongbao::routes;

/// The root of the repository, which is the real site.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fixed day, so that "days left" does not change.
pub(crate) fn today() -> Date {
    Date::constant(2026, 11, 21)
}

/// The inputs of a site on disk.
pub(crate) fn inputs(site: &Path) -> Inputs {
    Inputs { files: load::load(site).unwrap(), today: today(), drafts: false, base_url: None }
}

/// The real site, compiled.
pub(crate) fn real_site() -> Compiled {
    pipeline::compile(&inputs(root()))
}

/// Every file of a compiled site, by its path in the output.
pub(crate) fn render(compiled: &Compiled) -> BTreeMap<SitePath, Vec<u8>> {
    let renderer = Renderer::new(&compiled.site, &compiled.theme);
    let one = |route| (routes::file(&compiled.site, route), renderer.render(route).unwrap());
    compiled.routes.list.iter().map(one).collect()
}

/// A page of a rendered site, as text.
pub(crate) fn page<'a>(files: &'a BTreeMap<SitePath, Vec<u8>>, path: &str) -> &'a str {
    let bytes = files.get(&SitePath::new(path).unwrap()).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

/// The smallest complete site: one plan of two tasks, in Chinese.
pub(crate) const SMALL: &[(&str, &str)] = &[
    ("config.toml", "base_url = \"https://example.org/\"\n"),
    (
        "content/plans/2025/zh.md",
        "+++\nkind = \"promotion-plan\"\nyear = 2025\ntitle = \"甲计划\"\n+++\n\n为了甲，制定本计划。\n\n\
         ## 一、主要任务\n\n1. 修改《乙办法》。（2025年12月底前完成）\n\n2. 推进丙工作。（持续推进）\n",
    ),
    (
        "content/instruments.toml",
        "[[instrument]]\nslug = \"measures\"\nkind = \"rules\"\ntitle = { zh = \"乙办法\", en = \"Measures B\" }\n",
    ),
];

/// A plan with every kind of block, with a part of its translation.
pub(crate) const MADE_PLAN: &[(&str, &str)] = &[
    (
        "config.toml",
        "base_url = \"https://example.org/\"\n[title]\nzh = \"试验\"\nen = \"Trial\"\n\
         [[languages]]\ncode = \"zh\"\ntag = \"zh-Hant-HK\"\nname = \"中文\"\n\
         [[languages]]\ncode = \"en\"\ntag = \"en\"\nname = \"English\"\n",
    ),
    (
        "content/plans/made/zh.md",
        "+++\nkind = \"annual-plan\"\nyear = 2025\ntitle = \"甲<&>计划\"\ntasks = \"heading-3\"\n+++\n\n\
         # 关于印发甲计划的通知\n\n各局：\n\n> 引文甲\n>\n> 引文乙\n\n# 甲计划\n\n为了甲，制定本计划，见注[^a]和[^b]。\n\n\
         ## 一、主要任务\n\n总的要求：\n\n3. 丙\n   - 丙一\n   - 丙二\n\n   续丙\n\n4. 丁\n\n- 戊\n\n\
         ### 1. 修改《乙办法》。\n\n**强调***斜体*`代码`~~删除~~[链接](https://example.com/?a=1&b=2)\\\n另行。\
         （市财政局牵头，某某部负责；2025年12月底前完成）\n\n再见注[^a]。\n\n\
         ### 2. 推进己工作。\n\n| 指标 | 数量 |\n|---|---|\n| *庚* | 5件[^b] |\n\n```\n一行\n二 < 行\n```\n\n\u{fffe}尾。\n\n\
         [^a]: 注甲。\n\n[^b]: 注乙，见注[^a]。\n\n附件：1. 名单\n",
    ),
    (
        "content/plans/made/en.md",
        "+++\ntitle = \"Plan A\"\n+++\n\n# Notice on Issuing Plan A\n\nTo all bureaus:\n\n> Quotation A\n",
    ),
    (
        "content/instruments.toml",
        "[[instrument]]\nslug = \"measures\"\nkind = \"rules\"\ntitle = { zh = \"乙办法\", en = \"Measures B\" }\n",
    ),
];

/// Writes files below a folder.
pub(crate) fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Runs the real binary in a folder.
pub(crate) fn gongbao(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongbao")).current_dir(folder).args(args).output().unwrap()
}

/// Every file below a folder with its bytes, hidden ones left out.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if !path.file_name().unwrap().to_str().unwrap().starts_with('.') {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

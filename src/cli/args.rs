//! The flags, as clap reads them.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::base::Date;

/// Publishes policy plans as a bilingual, cross-linked, searchable website.
/// 把政策计划发布为双语、互链、可检索的网站。
#[derive(Debug, Parser)]
#[command(name = "gongbao", version, about, propagate_version = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into a folder · 生成网站
    Build(BuildArgs),
    /// Look for mistakes in the content · 检查内容
    Check(CheckArgs),
    /// Turn raw text into a plan's Markdown · 把原始文本转为计划的 Markdown
    Import(ImportArgs),
    /// Propose links between tasks of consecutive years · 建议任务之间的联系
    Suggest(SuggestArgs),
    /// Explain a code that a message names · 说明一个代码
    Explain(ExplainArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct SiteArgs {
    /// Folder of the site · 网站的文件夹
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Folder to build into; default: `public` in the site · 输出的文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Address the site will have, in place of `base_url` · 网站的网址
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(super) base_url: Option<String>,
    /// Day from which days are counted, such as 2026-01-31 · 计算日数的基准日
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
    /// Include drafts · 包括草稿
    #[arg(long)]
    pub(super) drafts: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// How to write the findings · 输出格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ImportArgs {
    /// The raw text, in UTF-8 or GB18030; `-` for standard input · 原始文本
    pub(super) file: PathBuf,
    /// Id of the plan, such as 2023 · 计划的编号
    #[arg(long, value_name = "ID")]
    pub(super) plan: String,
    /// Language of the text · 文本的语言
    #[arg(long, value_name = "LANG", default_value = "zh")]
    pub(super) lang: String,
    /// Kind of the plan, if its title does not show it · 计划的种类
    #[arg(long, value_enum)]
    pub(super) kind: Option<Kind>,
    /// Folder of the plans; default: content/plans · 计划的文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Show the Markdown and write nothing · 只显示，不写入
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Replace the file if there is one · 覆盖已有的文件
    #[arg(long)]
    pub(super) force: bool,
    /// How to write the account · 报告的格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

/// The kinds of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// A work plan for a year.
    AnnualPlan,
    /// The key points of a year's work.
    KeyPoints,
    /// A plan that carries a policy out over some years.
    PromotionPlan,
}

impl From<Kind> for crate::import::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::AnnualPlan => Self::AnnualPlan,
            Kind::KeyPoints => Self::KeyPoints,
            Kind::PromotionPlan => Self::PromotionPlan,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct SuggestArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// How many to propose at most · 最多建议几条
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) limit: usize,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// The code, such as unreadable-deadline; none lists them all · 代码
    pub(super) code: Option<String>,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

fn base_url(text: &str) -> Result<String, String> {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>?#".contains(c));
    if plain && (text.starts_with("https://") || text.starts_with("http://")) {
        return Ok(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") });
    }
    Err("an address begins with https:// · 网址以 https:// 开头".to_owned())
}

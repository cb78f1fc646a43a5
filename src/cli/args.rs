//! The flags, as clap reads them.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::base::{Date, address};
use crate::model::TaskMarking;
use crate::serve::guard;
use crate::watchdog;

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
    /// Show the site in the browser while it is being written · 边写边看
    Serve(ServeArgs),
    /// Look for mistakes in the content and the theme · 检查内容和主题
    Check(CheckArgs),
    /// Search a built site · 检索已生成的网站
    Search(SearchArgs),
    /// Turn a document into a plan's Markdown · 把文件转为计划的 Markdown
    Import(ImportArgs),
    /// Propose links between tasks of consecutive years, and topics · 建议任务之间的联系和任务的主题
    Suggest(SuggestArgs),
    /// Show and record which translations were reviewed · 管理译文的审校状态
    #[command(subcommand)]
    Translation(TranslationCommand),
    /// Write the records for another search engine · 导出检索记录
    #[command(subcommand)]
    Export(ExportCommand),
    /// Check that a built site is as it was written, and plans as their sources · 核对网站与来源
    Verify(VerifyArgs),
    /// Explain a code that a message names · 说明一个代码
    Explain(ExplainArgs),
    /// Make a small site to begin with · 新建一个小网站
    New(NewArgs),
    /// Show the JSON Schemas of the files of a site, for editors · 供编辑器使用的 JSON Schema
    Schema(SchemaArgs),
    /// Print the script that completes commands in a shell · 输出命令行补全脚本
    Completions(CompletionsArgs),
    /// Print the manual page · 输出手册页
    Man(ManArgs),
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
    /// Seconds after which compiling is given up · 编译的时限（秒）
    #[arg(long, value_name = "N", default_value_t = watchdog::COMPILE_LIMIT)]
    pub(super) compile_limit: u32,
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
    /// Treat warnings as errors, as `check --strict` does · 把警告当作错误
    #[arg(long)]
    pub(super) strict: bool,
    /// Secret key of minisign to sign SHA256SUMS with; its password, if it has one, is asked for or
    /// read from GONGBAO_SIGN_PASSWORD · 用于签名的 minisign 私钥
    #[arg(long, value_name = "KEYFILE")]
    pub(super) sign: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Seconds after which compiling is given up · 编译的时限（秒）
    #[arg(long, value_name = "N", default_value_t = watchdog::COMPILE_LIMIT / 3)]
    pub(super) compile_limit: u32,
    /// Port to listen at; a free one near it if it is taken · 端口
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub(super) port: u16,
    /// Open the site in the browser · 打开浏览器
    #[arg(long)]
    pub(super) open: bool,
    /// Answer other machines too · 其他机器也可访问
    #[arg(long)]
    pub(super) host: bool,
    /// Answer under this name too, at any port; may be repeated · 也接受这个域名的访问，可多次使用
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    pub(super) allow_host: Vec<String>,
    /// Look for changes twice a second, where the file system does not announce them · 轮询
    #[arg(long)]
    pub(super) poll: bool,
    /// Leave drafts out, as `build` does · 不显示草稿
    #[arg(long)]
    pub(super) no_drafts: bool,
    /// Day from which days are counted, such as 2026-01-31 · 计算日数的基准日
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Seconds after which compiling is given up · 编译的时限（秒）
    #[arg(long, value_name = "N", default_value_t = watchdog::COMPILE_LIMIT)]
    pub(super) compile_limit: u32,
    /// Output format · 输出格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: CheckFormat,
    /// Treat warnings as errors, as `build --strict` does · 把警告当作错误
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SearchArgs {
    /// Words to search for, in quotes if they contain a minus: "专利 -侵权 plan:2024" · 检索词
    #[arg(required = true)]
    pub(super) query: Vec<String>,
    /// Folder of the built site; default: public · 网站的输出文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Language to search in; default: that with the most hits · 检索的语言
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,
    /// How many hits to show · 显示的项数
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) limit: usize,
    /// Search for the words as typed, not for those of the same meaning · 不检索同义词
    #[arg(long)]
    pub(super) only: bool,
    /// Output format · 输出格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ImportArgs {
    /// A DOCX, PDF or HTML file, or text in UTF-8 or GB18030; `-` for standard input; or a folder of
    /// such files · 要导入的文件或文件夹
    pub(super) file: PathBuf,
    /// Id of the plan, such as 2023; files of a folder are named after themselves · 计划的编号
    #[arg(long, value_name = "ID")]
    pub(super) plan: Option<String>,
    /// Language of the text · 文本的语言
    #[arg(long, value_name = "LANG", default_value = "zh")]
    pub(super) lang: String,
    /// Kind of the plan, if its title does not show it · 计划的种类
    #[arg(long, value_enum)]
    pub(super) kind: Option<PlanKindArg>,
    /// How tasks are marked, if the numbers do not show it · 任务的写法
    #[arg(long, value_name = "MARKING", value_parser = marking())]
    pub(super) tasks: Option<TaskMarking>,
    /// The title of the plan as written in the document · 文件中的标题
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// The document number · 发文字号
    #[arg(long, value_name = "NUMBER")]
    pub(super) number: Option<String>,
    /// The issuer · 发文机关
    #[arg(long, value_name = "ISSUER")]
    pub(super) issuer: Option<String>,
    /// Folder of the plans; default: content/plans · 计划的文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Show the Markdown and write nothing · 只显示，不写入
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Replace the file if there is one · 覆盖已有的文件
    #[arg(long)]
    pub(super) force: bool,
    /// Output format · 报告的格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

/// Reads a way of marking tasks by its name in front matter.
fn marking() -> impl TypedValueParser<Value = TaskMarking> {
    let names = PossibleValuesParser::new(TaskMarking::NAMES.map(|(name, _)| name));
    names.map(|name| {
        let found = TaskMarking::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, marking)| *marking).expect("clap has accepted the name")
    })
}

#[derive(Debug, Subcommand)]
pub(super) enum TranslationCommand {
    /// Show what is reviewed, unreviewed, stale or missing · 显示译文状态
    Status(StatusArgs),
    /// Mark translations as reviewed for the originals as they are now · 确认译文
    Accept(AcceptArgs),
}

#[derive(Debug, Subcommand)]
pub(super) enum ExportCommand {
    /// For Quickwit: lines of JSON, and the configuration of an index · 供 Quickwit 使用
    Quickwit(QuickwitArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct QuickwitArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Folder to write to; default: `quickwit` in the site · 输出的文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct StatusArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Output format · 输出格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct AcceptArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Texts to accept: 2023, 2023/5, 2023/requirement-1, 2023/task-5-p2; all if none is named · 编号
    #[arg(value_name = "ID")]
    pub(super) ids: Vec<String>,
}

/// The kinds of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PlanKindArg {
    /// A work plan for a year.
    AnnualPlan,
    /// The key points of a year's work.
    KeyPoints,
    /// A plan that carries a policy out over some years.
    PromotionPlan,
}

impl From<PlanKindArg> for crate::model::document::PlanKind {
    fn from(kind: PlanKindArg) -> Self {
        match kind {
            PlanKindArg::AnnualPlan => Self::AnnualPlan,
            PlanKindArg::KeyPoints => Self::KeyPoints,
            PlanKindArg::PromotionPlan => Self::PromotionPlan,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct SuggestArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Also compare plans of different issuers and kinds · 也比较不同机关、不同种类的计划
    #[arg(long)]
    pub(super) across: bool,
    /// Plans to suggest for, such as 2024; all if none is named · 计划的编号
    #[arg(value_name = "PLAN")]
    pub(super) plans: Vec<String>,
    /// How many to propose at most; default: 20, with `--write` all · 最多建议几条
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Least similarity in per cent · 相似度的下限（百分数）
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) at_least: u8,
    /// Add the most similar pairs of tasks to content/threads.toml, for an editor to judge · 写入最相似的任务之间的联系
    #[arg(long)]
    pub(super) write: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Folder of the built site; default: `public` in the site · 网站的输出文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Folder of the raw texts that plans were imported from, one for each plan; default: `sources` in
    /// the site, if there is one · 来源文本的文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) sources: Option<PathBuf>,
    /// Public key of minisign, as a file or as its line RW…: SHA256SUMS must be signed by it · minisign 公钥
    #[arg(long, value_name = "KEY")]
    pub(super) public_key: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// The code, such as unreadable-deadline; none lists them all · 代码
    pub(super) code: Option<String>,
    /// Output format · 输出格式
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct NewArgs {
    /// Folder of the new site, which must be empty or missing · 新网站的文件夹
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SchemaArgs {
    /// Name of a schema, such as config; none lists them all · 名称
    pub(super) name: Option<String>,
    /// Folder to write into, instead of showing · 写入的文件夹
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell · 命令行解释器
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ManArgs {
    /// Folder to write a page for each command into · 写入的文件夹，每个命令一页
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Output formats of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// JUnit, for GitLab and Jenkins.
    Junit,
}

fn base_url(text: &str) -> Result<String, String> {
    address::of_site(text).map_err(|reason| format!("{} · {}", reason.en, reason.zh))
}

fn host_name(text: &str) -> Result<String, String> {
    guard::host_name(text).ok_or_else(|| {
        "write the name of a host only, such as preview.example.org · 只写域名，例如 preview.example.org"
            .to_owned()
    })
}

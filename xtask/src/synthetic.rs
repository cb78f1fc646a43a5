//! A site of any size, made up: plans of the kind that gongbao publishes, in Chinese and English.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// Tasks in each plan.
pub(crate) const TASKS_PER_PLAN: usize = 100;
/// Tasks in each section.
const TASKS_PER_SECTION: usize = 10;

/// How many instruments the plans cite, beside the law that all of them do.
const INSTRUMENTS: usize = 50;

/// Writes a site of so many tasks, in both languages, into a folder.
pub(crate) fn write(folder: &Path, tasks: usize) -> io::Result<()> {
    fs::create_dir_all(folder.join("content"))?;
    fs::write(folder.join("config.toml"), CONFIG)?;
    fs::write(folder.join("content/instruments.toml"), instruments())?;
    for plan in 0..tasks.div_ceil(TASKS_PER_PLAN) {
        let count = TASKS_PER_PLAN.min(tasks - plan * TASKS_PER_PLAN);
        let plans = folder.join("content/plans").join(plan_id(plan));
        fs::create_dir_all(&plans)?;
        fs::write(plans.join("zh.md"), chinese(plan, count))?;
        fs::write(plans.join("en.md"), english(plan, count))?;
    }
    Ok(())
}

/// The id of a plan by its place.
pub(crate) fn plan_id(plan: usize) -> String {
    format!("plan-{plan}")
}

const CONFIG: &str = r#"base_url = "https://plans.example.org/"

[title]
zh = "政策计划"
en = "Policy plans"

[description]
zh = "一万项任务。"
en = "Ten thousand tasks."

[[languages]]
code = "zh"
tag = "zh-Hans"
name = "中文"

[[languages]]
code = "en"
tag = "en"
name = "English"
"#;

fn instruments() -> String {
    let law = (
        "patent-law".to_owned(),
        "中华人民共和国专利法".to_owned(),
        "Patent Law of the People's Republic of China".to_owned(),
    );
    let regulations = (0..INSTRUMENTS).map(|n| {
        let english = format!("Regulations on Intellectual Property Work No. {n}");
        (format!("regulations-{n}"), format!("知识产权工作条例第{n}号"), english)
    });
    let entry = |(slug, zh, en): (String, String, String)| {
        format!(
            "[[instrument]]\nslug = \"{slug}\"\nkind = \"law\"\ntitle = {{ zh = \"{zh}\", en = \"{en}\" }}\n\n"
        )
    };
    std::iter::once(law).chain(regulations).map(entry).collect()
}

fn year(plan: usize) -> usize {
    1960 + plan % 80
}

fn chinese(plan: usize, tasks: usize) -> String {
    let year = year(plan);
    let mut text = format!(
        "+++\nkind = \"annual-plan\"\nyear = {year}\ntitle = \"{year}年第{plan}号知识产权工作方案\"\n\
         issuer = \"国家知识产权局\"\nissued = {year}-03-01\ntasks = \"heading-4\"\n+++\n\n\
         为落实有关部署，制定本方案。\n\n"
    );
    for task in 0..tasks {
        if task % TASKS_PER_SECTION == 0 {
            let section = task / TASKS_PER_SECTION + 1;
            let _ = write!(text, "## {}、第{section}部分\n\n", HAN[(section - 1) % HAN.len()]);
        }
        let (number, month, work) = (task + 1, task % 12 + 1, WORK[(plan * 7 + task) % WORK.len()].0);
        let _ = write!(
            text,
            "#### {number}. {work}（{plan}—{number}）\n\n\
             依据《中华人民共和国专利法》《知识产权工作条例第{}号》，{work}，健全协作机制，\
             强化行政保护与司法保护的衔接，年内办理不少于{}件。\n\n\
             各地区要结合实际细化措施，加强宣传引导，及时报送进展情况，形成工作合力。（{year}年{month}月底前完成）\n\n",
            plan % INSTRUMENTS,
            100 + task
        );
    }
    text
}

fn english(plan: usize, tasks: usize) -> String {
    let year = year(plan);
    let mut text = format!(
        "+++\ntitle = \"Work Plan No. {plan} on Intellectual Property for {year}\"\n\
         issuer = \"China National Intellectual Property Administration\"\n+++\n\n\
         This plan is made to carry out the arrangements in force.\n\n"
    );
    for task in 0..tasks {
        if task % TASKS_PER_SECTION == 0 {
            let section = task / TASKS_PER_SECTION + 1;
            let _ = write!(text, "## {}. Part {section}\n\n", ROMAN[(section - 1) % ROMAN.len()]);
        }
        let (number, month, work) = (task + 1, MONTHS[task % 12], WORK[(plan * 7 + task) % WORK.len()].1);
        let _ = write!(
            text,
            "#### {number}. {work} ({plan}–{number})\n\n\
             Under the *Patent Law of the People's Republic of China* and the *Regulations on Intellectual \
             Property Work No. {}*, work shall proceed: {work}. Cooperation shall be improved, administrative \
             and judicial protection joined more closely, and at least {} cases handled within the year.\n\n\
             Each region shall draw up measures in the light of its circumstances, inform the public and report \
             progress in good time. (To be completed by the end of {month} {year}.)\n\n",
            plan % INSTRUMENTS,
            100 + task
        );
    }
    text
}

const HAN: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WORK: [(&str, &str); 9] = [
    ("加强专利侵权纠纷行政裁决", "Strengthen administrative adjudication of patent disputes"),
    ("完善地理标志保护体系", "Improve the protection of geographical indications"),
    ("推进商标注册便利化改革", "Make trademark registration easier"),
    ("开展展会知识产权保护行动", "Protect intellectual property at exhibitions"),
    ("建设知识产权快速维权中心", "Build centres for fast protection of rights"),
    ("规范专利代理服务行为", "Regulate the services of patent agents"),
    ("深化海外纠纷应对指导", "Guide the handling of disputes abroad"),
    ("提升审查质量和审查效率", "Raise the quality and speed of examination"),
    ("健全数据知识产权保护规则", "Complete the rules for the protection of data"),
];

/// Writes the same texts as a site for Hugo: a page for each task in each language.
pub(crate) fn write_for_hugo(folder: &Path, tasks: usize) -> io::Result<()> {
    let layouts = folder.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    fs::write(folder.join("hugo.toml"), HUGO)?;
    fs::write(layouts.join("single.html"), "<h1>{{ .Title }}</h1>{{ .Content }}")?;
    fs::write(
        layouts.join("list.html"),
        "<h1>{{ .Title }}</h1>{{ range .Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}",
    )?;
    for plan in 0..tasks.div_ceil(TASKS_PER_PLAN) {
        for (lang, text) in [("zh", chinese(plan, TASKS_PER_PLAN)), ("en", english(plan, TASKS_PER_PLAN))] {
            let section = folder.join("content").join(lang).join(plan_id(plan));
            fs::create_dir_all(&section)?;
            for (index, task) in text.split("\n#### ").skip(1).enumerate() {
                let (title, body) = task.split_once('\n').unwrap_or((task, ""));
                let page = format!("+++\ntitle = '''{title}'''\n+++\n{body}");
                fs::write(section.join(format!("task-{}.md", index + 1)), page)?;
            }
        }
    }
    Ok(())
}

const HUGO: &str = r#"baseURL = "https://plans.example.org/"
defaultContentLanguage = "zh"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term"]

[languages.zh]
contentDir = "content/zh"

[languages.en]
contentDir = "content/en"
"#;

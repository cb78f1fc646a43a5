//! Sites of any size that a reader could take quadratic time for: a name, and what makes files of so many bytes.

use super::texts::{numbered, repeat};

/// The files of a site, by their paths.
pub(super) type Files = Vec<(&'static str, String)>;

/// A kind of site, and the files of about so many bytes.
pub(super) type Site = (&'static str, fn(usize) -> Files);

const CONFIG: &str = "base_url = \"https://www.example.org/\"\n";

const INSTRUMENTS: &str = "[[instrument]]\nslug = \"tm\"\nkind = \"law\"\n\
     title = { zh = \"中华人民共和国商标法\", en = \"Trademark Law\" }\nnamed = [\"商标法\"]\n\
     also = [{ title = \"商标法\", reason = { zh = \"简称\", en = \"Short\" } }]\n\
     [[instrument]]\nslug = \"tm-rules\"\nkind = \"regulation\"\n\
     title = { zh = \"商标法实施条例\", en = \"Regulations\" }\nnamed = [\"商标法及其实施条例\"]\n\
     [[instrument]]\nslug = \"wu\"\nkind = \"law\"\ntitle = { zh = \"戊条例\", en = \"Regulations Wu\" }\n";

const TOPICS: &str = "[[topic]]\nslug = \"a\"\ntitle = { zh = \"创新\", en = \"Innovation\" }\n\
     terms = [\"创新\", \"专利\"]\n";

const GLOSSARY: &str = "[[term]]\nid = \"a\"\nzh = \"专利侵权\"\n[term.en]\napproved = \"patent infringement\"\n\
     wrong = [\"patent violation\"]\n[[term]]\nid = \"b\"\nzh = \"专利\"\n[term.en]\napproved = \"patent\"\n";

/// A site whose plan, its translation and a page have this text in one task.
pub(super) fn of_text(text: &str) -> Files {
    let mut files = plans(&format!("1. {text}\n"), &format!("1. {text}\n"));
    files.push(("content/pages/about.zh.md", format!("+++\ntitle = \"甲\"\n+++\n\n{text}\n")));
    files
}

/// A site of one plan and its translation.
fn plans(zh: &str, en: &str) -> Files {
    let head = "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲计划\"\n+++\n\n## 一、主要任务\n\n";
    let english = "+++\ntitle = \"Plan A\"\n+++\n\n## I. Main tasks\n\n";
    site(&[("content/plans/2026/zh.md", head, zh), ("content/plans/2026/en.md", english, en)])
}

/// A site of such files, each with its head, beside the catalogues.
fn site(files: &[(&'static str, &str, &str)]) -> Files {
    let fixed = [
        ("config.toml", CONFIG),
        ("content/instruments.toml", INSTRUMENTS),
        ("content/topics.toml", TOPICS),
        ("content/glossary.toml", GLOSSARY),
    ];
    let mut all: Files = fixed.map(|(path, text)| (path, text.to_owned())).to_vec();
    all.extend(files.iter().map(|(path, head, body)| (*path, format!("{head}{body}"))));
    all
}

/// The same with another file in place of one, or beside them.
fn with(mut files: Files, path: &'static str, text: String) -> Files {
    files.retain(|(other, _)| *other != path);
    files.push((path, text));
    files
}

/// Plans of two years with a task of each number.
fn two_years(tasks: usize) -> Files {
    let head = |year: usize| {
        format!(
            "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\ntitle = \"{year}年甲计划\"\n+++\n\n"
        )
    };
    let body: String = (1..=tasks).map(|i| format!("{i}. 推进甲{i}工作。\n")).collect();
    site(&[
        ("content/plans/2025/zh.md", &head(2025), &body),
        ("content/plans/2026/zh.md", &head(2026), &body),
    ])
}

pub(super) const SITES: &[Site] = &[
    ("a title", |n| {
        let head = "+++\nkind = \"promotion-plan\"\nyear = 2026\n";
        let title = format!("title = \"{}\"\n+++\n\n1. 甲。\n", repeat("落实《商标法》", n));
        site(&[("content/plans/2026/zh.md", head, &title)])
    }),
    ("milestones", |n| {
        let head = "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲\"\n";
        let all = repeat("[[milestones]]\ndue = 2026-12-01\ntitle = \"报送甲\"\n", n) + "+++\n\n1. 甲。\n";
        site(&[("content/plans/2026/zh.md", head, &all)])
    }),
    ("terms rendered", |n| {
        plans(&format!("1. {}", repeat("专利侵权", n)), &format!("1. {}", repeat("patent infringement ", n)))
    }),
    ("terms rendered wrongly", |n| {
        plans(&format!("1. {}", repeat("专利侵权", n)), &format!("1. {}", repeat("patent violation ", n)))
    }),
    ("terms of a large glossary", |n| {
        let term =
            |i| format!("[[term]]\nid = \"t{i}\"\nzh = \"甲{i}乙\"\n[term.en]\napproved = \"term{i}\"\n");
        let (zh, en) = (numbered(n / 4, |i| format!("甲{i}乙、")), numbered(n / 4, |i| format!("term{i} ")));
        with(plans(&format!("1. {zh}"), &format!("1. {en}")), "content/glossary.toml", numbered(n, term))
    }),
    ("terms of one meaning", |n| {
        let term = |i| {
            format!(
                "[[term]]\nid = \"t{i}\"\nzh = \"甲{i}乙\"\ngroup = \"g{}\"\n[term.en]\napproved = \"term\"\n",
                i / 3
            )
        };
        with(plans("1. 甲1乙", "1. term"), "content/glossary.toml", numbered(n, term))
    }),
    ("numbers translated", |n| {
        let (zh, en) = (numbered(n, |i| format!("{i}件、")), numbered(n, |i| format!("{i} pieces, ")));
        plans(&format!("1. {zh}"), &format!("1. {en}"))
    }),
    ("numbers lost", |n| plans(&format!("1. {}", numbered(n, |i| format!("{i}件、"))), "1. pieces")),
    ("numbers added", |n| plans("1. 件", &format!("1. {}", numbered(n, |i| format!("{i} pieces, "))))),
    ("numbers in terms", |n| {
        let zh = numbered(n, |i| format!("专利侵权{i}件、"));
        plans(&format!("1. {zh}"), &format!("1. {}", repeat("twenty-one March ", n)))
    }),
    ("titles translated", |n| {
        plans(
            &format!("1. {}", repeat("《商标法》", n)),
            &format!("1. {}", repeat("*Trademark Law* and ", n)),
        )
    }),
    ("many titles translated", |n| {
        let work = |i| {
            format!(
                "[[instrument]]\nslug = \"w{i}\"\nkind = \"law\"\ntitle = {{ zh = \"甲{i}法\", en = \"Law {i}\" }}\n"
            )
        };
        let (zh, en) =
            (numbered(n / 4, |i| format!("《甲{i}法》")), numbered(n / 4, |i| format!("*Law {i}* and ")));
        with(plans(&format!("1. {zh}"), &format!("1. {en}")), "content/instruments.toml", numbered(n, work))
    }),
    ("works named", |n| {
        let work = |i| {
            format!(
                "[[instrument]]\nslug = \"w{i}\"\nkind = \"law\"\ntitle = {{ zh = \"甲{i}法\" }}\nnamed = [\"乙{i}法\"]\n"
            )
        };
        let zh = numbered(n / 4, |i| format!("乙{i}法、"));
        with(plans(&format!("1. {zh}"), "1. x"), "content/instruments.toml", numbered(n, work))
    }),
    ("works that follow works", |n| {
        let next =
            |i| format!("successor = {{ slug = \"w{}\", reason = {{ zh = \"甲\", en = \"A\" }} }}\n", i + 1);
        let work = |i| {
            format!(
                "[[instrument]]\nslug = \"w{i}\"\nkind = \"law\"\ntitle = {{ zh = \"甲{i}法\" }}\n{}",
                next(i)
            )
        };
        with(plans("1. 甲", "1. A"), "content/instruments.toml", numbered(n, work))
    }),
    ("tasks translated", |n| {
        plans(&numbered(n, |i| format!("{}. 甲\n", i + 1)), &numbered(n, |i| format!("{}. A\n", i + 1)))
    }),
    ("tasks translated in another order", |n| {
        let tasks = n / 8;
        let en: String = (1..=tasks).rev().map(|i| format!("{i}. A\n\n<!-- -->\n\n")).collect();
        plans(&numbered(n, |i| format!("{}. 甲\n", i + 1)), &en)
    }),
    ("blocks without a translation", |n| plans(&repeat("甲\n\n- 乙\n\n", n), &repeat("A\n\nB\n\n", n))),
    ("blocks of kinds that alternate", |n| {
        let kind = |i: usize| ["甲\n\n", "- 乙\n\n", "> 丙\n\n"][i * i % 7 % 3].to_owned();
        plans(&numbered(n, kind), &numbered(n, |i| kind(i / 2 + 1)))
    }),
    ("corrections", |n| {
        let record =
            |i| format!("[[corrections]]\ndate = 2026-12-01\nold = \"误{i}字\"\nnew = \"正{i}字\"\n");
        let head = "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲\"\n";
        let (records, text) = (numbered(n, record), numbered(n / 4, |i| format!("正{i}字")));
        site(&[("content/plans/2026/zh.md", head, &format!("{records}+++\n\n1. {text}\n"))])
    }),
    ("corrections of tasks", |n| {
        let record = |i| {
            format!("[[corrections]]\nitem = \"{0}\"\ndate = 2026-12-01\nold = \"误\"\nnew = \"正\"\n", i + 1)
        };
        let head = "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲\"\n";
        let (records, text) = (numbered(n, record), numbered(n / 4, |i| format!("{}. 正\n", i + 1)));
        site(&[("content/plans/2026/zh.md", head, &format!("{records}+++\n\n{text}"))])
    }),
    ("corrections that are not there", |n| {
        let record = |i| format!("[[corrections]]\ndate = 2026-12-01\nold = \"误{i}\"\nnew = \"正{i}字\"\n");
        let head = "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲\"\n";
        let text = numbered(n, record) + "+++\n\n1. " + &repeat("正", n);
        site(&[("content/plans/2026/zh.md", head, &text)])
    }),
    ("evidence", |n| {
        let entry = |i| {
            format!(
                "[[evidence]]\ntask = \"2025/1\"\npromise = \"甲{i}乙\"\nlater = \"2026/1\"\nquote = \"甲{i}乙\"\nnote = {{ zh = \"甲\", en = \"A\" }}\n"
            )
        };
        let text = format!("1. {}", numbered(n / 4, |i| format!("甲{i}乙、")));
        let head = |year: usize| {
            format!("+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\ntitle = \"甲\"\n+++\n\n")
        };
        let plans = site(&[
            ("content/plans/2025/zh.md", &head(2025), &text),
            ("content/plans/2026/zh.md", &head(2026), &text),
        ]);
        with(plans, "content/evidence.toml", numbered(n, entry))
    }),
    ("links of tasks", |n| {
        let (head, tasks) = (
            "[[thread]]\nslug = \"t\"\ntitle = { zh = \"甲\", en = \"A\" }\nsummary = { zh = \"甲\", en = \"A\" }\n",
            n / 160,
        );
        let link = |i| {
            format!(
                "[[link]]\nthread = \"t\"\nfrom = \"2025/{i}\"\nto = \"2026/{i}\"\ntype = \"continues\"\nreason = {{ zh = \"甲\", en = \"A\" }}\n"
            )
        };
        let links: String = (1..=tasks).map(link).collect();
        with(two_years(tasks), "content/threads.toml", format!("{head}{links}"))
    }),
    ("links to unknown tasks", |n| {
        let (head, tasks) = (
            "[[thread]]\nslug = \"t\"\ntitle = { zh = \"甲\", en = \"A\" }\nsummary = { zh = \"甲\", en = \"A\" }\n",
            n / 160,
        );
        let link = |i| {
            format!(
                "[[link]]\nthread = \"t\"\nfrom = \"2025/x{i}\"\nto = \"2026/y{i}\"\ntype = \"continues\"\nreason = {{ zh = \"甲\", en = \"A\" }}\n"
            )
        };
        let links: String = (1..=tasks).map(link).collect();
        with(two_years(tasks), "content/threads.toml", format!("{head}{links}"))
    }),
    ("links of one task", |n| {
        let (head, tasks) = (
            "[[thread]]\nslug = \"t\"\ntitle = { zh = \"甲\", en = \"A\" }\nsummary = { zh = \"甲\", en = \"A\" }\n",
            n / 160,
        );
        let link = |i| {
            format!(
                "[[link]]\nthread = \"t\"\nfrom = \"2025/1\"\nto = \"2026/{i}\"\ntype = \"splits-into\"\nreason = {{ zh = \"甲\", en = \"A\" }}\n"
            )
        };
        let links: String = (1..=tasks).map(link).collect();
        with(two_years(tasks), "content/threads.toml", format!("{head}{links}"))
    }),
    ("threads", |n| {
        let thread = |i| {
            format!(
                "[[thread]]\nslug = \"t{i}\"\ntitle = {{ zh = \"甲\", en = \"A\" }}\nsummary = {{ zh = \"甲\", en = \"A\" }}\ncounterparts = [\"2025/1\"]\n"
            )
        };
        with(two_years(1), "content/threads.toml", numbered(n, thread))
    }),
    ("tasks that were rewritten", |n| {
        let (old, new) = (numbered(n, |i| format!("甲{i:05}")), numbered(n, |i| format!("乙{i:05}")));
        rewritten(&old, &new)
    }),
    ("tasks that were reordered", |n| {
        let (old, new) =
            (numbered(n, |i| format!("甲{i:05}")), numbered(n, |i| format!("甲{:05}", i * 7919 % 10_000)));
        rewritten(&old, &new)
    }),
    ("topics of many terms", |n| {
        let topic = |i| {
            format!(
                "[[topic]]\nslug = \"t{i}\"\ntitle = {{ zh = \"甲\", en = \"A\" }}\nterms = [\"甲{i}乙\"]\n"
            )
        };
        let zh = numbered(n / 4, |i| format!("甲{i}乙"));
        with(plans(&format!("1. {zh}"), "1. A"), "content/topics.toml", numbered(n, topic))
    }),
    ("topics by hand", |n| {
        let ids = numbered(n, |i| format!("\"2025/{}\", ", i + 1));
        let topic = format!(
            "[[topic]]\nslug = \"t\"\ntitle = {{ zh = \"甲\", en = \"A\" }}\nterms = []\nadd = [{ids}]\nremove = [{ids}]\n"
        );
        with(two_years(n / 11), "content/topics.toml", topic)
    }),
    ("works cited by all tasks", |n| {
        plans(&numbered(n, |i| format!("{}. 落实《商标法》和《戊条例》。\n", i + 1)), "1. A")
    }),
    ("short names in all tasks", |n| {
        plans(&numbered(n, |i| format!("{0}. 《商标法》（以下简称《法{0}》）\n", i + 1)), "1. A")
    }),
    ("due days of all tasks", |n| {
        plans(&numbered(n, |i| format!("{}. 推进甲。（2026年{}月底前完成）\n", i + 1, i % 12 + 1)), "1. A")
    }),
    ("plans", |n| {
        let path = |i: usize| -> &'static str { format!("content/plans/p{i}/zh.md").leak() };
        let text = "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲\"\n+++\n\n1. 甲。（2026年12月底前完成）\n";
        (0..n / 400).fold(site(&[]), |files, i| with(files, path(i), text.to_owned()))
    }),
    ("keys that are not known", |n| {
        with(
            plans("1. 甲", "1. A"),
            "config.toml",
            format!("{CONFIG}{}", numbered(n, |i| format!("key{i} = 1\n"))),
        )
    }),
    ("pairs of translations", |n| {
        let line = |i| format!("\"{i:016x}\" = [\"{i:016x}\"]\n");
        with(plans("1. 甲", "1. A"), "content/translations.lock", format!("[en]\n{}", numbered(n, line)))
    }),
];

/// A task of one year that became one of the next.
fn rewritten(old: &str, new: &str) -> Files {
    let head = |year: usize| {
        format!("+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\ntitle = \"甲\"\n+++\n\n1. ")
    };
    let files = site(&[
        ("content/plans/2025/zh.md", &head(2025), old),
        ("content/plans/2026/zh.md", &head(2026), new),
    ]);
    let threads = "[[thread]]\nslug = \"t\"\ntitle = { zh = \"甲\", en = \"A\" }\nsummary = { zh = \"甲\", en = \"A\" }\n\
                   [[link]]\nthread = \"t\"\nfrom = \"2025/1\"\nto = \"2026/1\"\ntype = \"continues\"\n\
                   reason = { zh = \"甲\", en = \"A\" }\n";
    with(files, "content/threads.toml", threads.to_owned())
}

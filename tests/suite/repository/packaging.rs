//! Files for code hosts and containers: they are well-formed, and their commands do what they say.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::fs;
use std::process::Command;

use saphyr::{LoadableYamlNode, Yaml};

use super::architecture::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn yaml(text: &str) -> Yaml<'_> {
    let mut documents = Yaml::load_from_str(text).unwrap();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// Lets a shell read a script without running it.
#[track_caller]
fn is_shell(script: &str, place: &str) {
    let checked = Command::new("bash").args(["-n", "-c", script]).output().unwrap();
    assert!(checked.status.success(), "{place}: {}", String::from_utf8_lossy(&checked.stderr));
}

/// The scripts of the steps of a workflow or an action.
fn scripts<'a>(steps: &'a Yaml<'_>) -> Vec<&'a str> {
    let steps = steps.as_vec().unwrap();
    assert!(!steps.is_empty());
    steps.iter().filter_map(|step| step.as_mapping_get("run")?.as_str()).collect()
}

#[test]
fn the_action_checks_and_builds_a_site() {
    let text = read("action.yml");
    let action = yaml(&text);
    let scripts = scripts(&action["runs"]["steps"]);
    let [install, check, build] = scripts[..] else { panic!("{scripts:?}") };
    is_shell(install, "action.yml");
    assert!(install.contains(r#"name="gongbao-$VERSION-x86_64-unknown-linux-musl""#));
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_gongbao"));
    let made = Command::new(program).arg("new").arg(&site).output().unwrap();
    assert!(made.status.success());
    let run = |script: &str| {
        let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("bash");
        shell.args(["-eu", "-c", script]).env("PATH", path).env("SITE", &site);
        shell.env("OUT", folder.path().join("out")).env("BASE_URL", "https://plans.example.org/x/");
        shell.output().unwrap()
    };
    assert!(run(check).status.success());
    assert!(run(build).status.success());
    let sitemap = fs::read_to_string(folder.path().join("out/sitemap.xml")).unwrap();
    assert!(sitemap.contains("https://plans.example.org/x/zh/"));
    fs::write(site.join("content/plans/2025/zh.md"), "+++\n标题\n+++\n").ok();
    let plan = fs::read_dir(site.join("content/plans")).unwrap().next().unwrap().unwrap().path();
    fs::write(plan.join("zh.md"), "+++\ntitle = 1\n+++\n").unwrap();
    let found = run(check);
    let said = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(!found.status.success());
    assert!(
        said.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")),
        "{said}"
    );
    assert!(said.contains("/content/plans/"), "{said}");
}

#[test]
fn workflows_and_templates_are_well_formed() {
    let text = read(".github/workflows/release.yml");
    let release = yaml(&text);
    scripts(&release["jobs"]["packages"]["steps"]).iter().for_each(|script| is_shell(script, "release.yml"));
    let text = read("packaging/gitlab-ci.yml");
    let pipeline = yaml(&text);
    for (job, key) in [(".gongbao", "before_script"), ("check", "script"), ("pages", "script")] {
        let lines = pipeline[job][key].as_vec().unwrap();
        lines.iter().for_each(|line| is_shell(line.as_str().unwrap(), "gitlab-ci.yml"));
    }
    let text = read(".pre-commit-hooks.yaml");
    let hooks = yaml(&text);
    let hook = &hooks.as_vec().unwrap()[0];
    assert_eq!(hook["entry"].as_str(), Some("gongbao check"));
    let files = regex::Regex::new(hook["files"].as_str().unwrap()).unwrap();
    assert!(files.is_match("content/plans/2025/zh.md") && !files.is_match("README.md"));
    for form in fs::read_dir(root().join(".github/ISSUE_TEMPLATE")).unwrap() {
        let text = fs::read_to_string(form.unwrap().path()).unwrap();
        assert!(yaml(&text)["body"].as_vec().is_some_and(|body| !body.is_empty()));
    }
}

/// The manual of a release is that of its program, so the version is the same everywhere.
#[test]
fn the_version_is_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("CITATION.cff").contains(&format!("\nversion: {version}\n")));
    assert!(read("CHANGELOG.md").contains(&format!("\n## {version} – ")));
    for guide in ["en", "zh"] {
        let text = read(&format!("docs/content/pages/deployment.{guide}.md"));
        assert!(text.contains(&format!("OWNER/gongbao@v{version}")));
    }
}

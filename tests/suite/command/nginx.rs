//! The nginx configuration of the deployment guide, run by nginx; skipped where there is none.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{SMALL, gongbao, root, write};

/// The program and its list of media types; `None` where it is not installed.
fn nginx() -> Option<(PathBuf, PathBuf)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]).collect::<Vec<_>>();
    let program = folders.iter().map(|folder| folder.join("nginx")).find(|file| file.is_file())?;
    let types = program.parent()?.join("../../etc/nginx/mime.types");
    types.is_file().then_some((program, types))
}

/// The configuration of the guide, for a site in a folder and a port of this machine.
fn configuration(guide: &str, out: &Path, port: u16) -> String {
    let text = fs::read_to_string(root().join("docs/content/pages").join(guide)).unwrap();
    let server = text.split("```nginx save nginx.conf\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(server.contains("listen 80;") && server.contains("root /srv/www/plans;"), "{server}");
    let server = server.replace("listen 80;", &format!("listen 127.0.0.1:{port};"));
    let server = server.replace("/srv/www/plans", out.to_str().unwrap());
    let logs_and_scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {name};\n"))
        .concat();
    format!(
        "user root root;\ndaemon off;\npid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{logs_and_scratch}{server}}}\n"
    )
}

/// A running nginx; it ends with the test.
struct Nginx {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Nginx {
    fn start(guide: &str, out: &Path) -> Option<Self> {
        let (program, types) = nginx()?;
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        fs::copy(types, folder.path().join("mime.types")).unwrap();
        fs::write(folder.path().join("nginx.conf"), configuration(guide, out, port)).unwrap();
        let mut command = Command::new(program);
        command.arg("-e").arg(folder.path().join("error.log")).arg("-p").arg(folder.path());
        let child = command.args(["-c", "nginx.conf"]).spawn().unwrap();
        let nginx = Self { child, port, _folder: folder };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(nginx);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!(
            "nginx does not listen: {}",
            fs::read_to_string(nginx._folder.path().join("error.log")).unwrap()
        );
    }

    /// The head of an answer in lower case, and its body.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: www.example.org\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end only if it is asked to stop.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

#[test]
fn the_configuration_of_the_guide_serves_a_site() {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), SMALL);
    let config =
        "base_url = \"https://example.org/\"\n[[redirect]]\nfrom = \"plans/old/\"\nto = \"plans/2025/\"\n";
    write(site.path(), &[("config.toml", config)]);
    write(site.path(), &[("static/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]);
    assert!(gongbao(site.path(), &["build"]).status.success());
    for guide in ["deployment.en.md", "deployment.zh.md"] {
        let Some(nginx) = Nginx::start(guide, &site.path().join("public")) else {
            return println!("SKIPPED: there is no nginx");
        };
        let check = |path: &str, status: u16, heads: &[&str]| {
            let (head, body) = nginx.get(path);
            assert!(head.starts_with(&format!("http/1.1 {status}")), "{path}: {head}");
            for part in heads {
                assert!(head.contains(part), "{path}: {part} in {head}");
            }
            body
        };
        let html = "content-type: text/html; charset=utf-8";
        let own = ["content-security-policy: default-src 'none'; img-src 'self'", "x-frame-options: deny"];
        check("/zh/plans/2025/", 200, &[&own[..], &[html, "cache-control: no-cache"]].concat());
        check("/zh/plans/2025", 301, &["location: /zh/plans/2025/\r"]);
        check("/zh/plans/old/tasks/1/", 301, &["location: /zh/plans/2025/tasks/1/\r"]);
        check("/en/plans/old/atom.xml", 301, &["location: /en/plans/2025/atom.xml\r"]);
        assert!(check("/nowhere", 404, &own).contains("<html lang=\"zh-Hans\""));
        assert!(check("/en/nowhere", 404, &own).contains("<html lang=\"en\""));
        check("/.gongbao", 404, &[]);
        check("/data/tasks.json", 200, &["access-control-allow-origin: *", "application/json"]);
        check("/search/gongbao-search.js", 200, &["wasm-unsafe-eval"]);
        check("/chart.svg", 200, &["image/svg+xml", "sandbox"]);
        check("/zh/deadlines.ics", 200, &["content-type: text/calendar; charset=utf-8"]);
        let home = nginx.get("/zh/").1;
        let style = home.split("assets/style.").nth(1).unwrap().split('"').next().unwrap().to_owned();
        check(&format!("/assets/style.{style}"), 200, &["max-age=31536000, immutable", "text/css"]);
    }
}

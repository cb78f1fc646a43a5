//! `gongbao serve`: the real binary, asked over HTTP.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use crate::support::serve::{Reply, Server, site};

fn get(server: &Server, path: &str) -> Reply {
    server.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host()))
}

fn get_with(server: &Server, path: &str, headers: &str) -> Reply {
    server.ask(&format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n"))
}

#[test]
fn pages_have_their_types_and_versions() {
    let folder = site("types");
    fs::create_dir_all(folder.join("static")).unwrap();
    fs::write(folder.join("static/logo.svg"), "<svg/>").unwrap();
    let server = Server::start(&folder);
    let check = |path: &str, content_type: &str| {
        let reply = get(&server, path);
        assert_eq!((reply.status, reply.header("content-type")), (200, Some(content_type)), "{path}");
        let etag = reply.header("etag").unwrap().to_owned();
        let headers = format!("Host: {}\r\nIf-None-Match: \"x\", W/{etag}\r\n", server.host());
        let again = get_with(&server, path, &headers);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(etag.as_str()), "{path}");
    };
    check("/", "text/html; charset=utf-8");
    check("/zh/", "text/html; charset=utf-8");
    check("/zh/plans/2025/tasks/1/", "text/html; charset=utf-8");
    check("/zh/index.html", "text/html; charset=utf-8");
    check("/data/tasks.json", "application/json");
    check("/sitemap.xml", "application/xml");
    check("/robots.txt", "text/plain; charset=utf-8");
    check("/logo.svg", "image/svg+xml");
    check("/search/gongbao-search.js", "text/javascript; charset=utf-8");
}

#[test]
fn a_page_is_what_build_writes_and_the_script() {
    let folder = site("script");
    let server = Server::start(&folder);
    let built = crate::support::serve::build(&folder, &server);
    let page = get(&server, "/zh/plans/2025/").body;
    assert!(String::from_utf8_lossy(&page).contains("src=\"/__gongbao/client.js\""));
    assert_eq!(crate::support::serve::without_script(&page), built["zh/plans/2025/index.html"]);
    assert_eq!(get(&server, "/sitemap.xml").body, built["sitemap.xml"]);
    assert_eq!(
        get(&server, "/__gongbao/client.js").header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
}

#[test]
fn what_is_not_there_is_said_in_the_readers_language() {
    let server = Server::start(&site("missing"));
    let check = |path: &str, accept: &str, lang: &str| {
        let headers = format!("Host: {}\r\nAccept-Language: {accept}\r\n", server.host());
        let reply = get_with(&server, path, &headers);
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.text().contains(&format!("<html lang=\"{lang}\"")), "{path} {accept}");
    };
    check("/en/nothing", "zh", "en");
    check("/zh/nothing/", "en", "zh-Hans");
    check("/nothing", "fr, en-GB;q=0.8, zh;q=0.5", "en");
    check("/nothing", "fr", "zh-Hans");
    check("/nothing.png", "", "zh-Hans");
}

#[test]
fn folders_are_sent_to_their_slash() {
    let server = Server::start(&site("slash"));
    let reply = get(&server, "/zh?a=b");
    assert_eq!((reply.status, reply.header("location")), (308, Some("./zh/?a=b")));
    let reply = get(&server, "/zh/plans/2025");
    assert_eq!((reply.status, reply.header("location")), (308, Some("./2025/")));
}

#[test]
fn head_has_the_headers_and_no_body() {
    let server = Server::start(&site("head"));
    let length = get(&server, "/zh/").body.len().to_string();
    let request = format!("HEAD /zh/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host());
    let reply = server.ask(&request);
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(reply.header("content-length"), Some(length.as_str()));
}

#[test]
fn only_its_own_names_are_answered() {
    let server = Server::start(&site("names"));
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "192.0.2.1:1", ""] {
        assert_eq!(get_with(&server, "/zh/", &format!("Host: {host}\r\n")).status, 421, "{host}");
    }
    let port = server.port;
    for host in [format!("localhost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(get_with(&server, "/zh/", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
    let own = format!("Host: {}\r\n", server.host());
    for foreign in ["Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        let headers = format!("{own}{foreign}\r\n");
        assert_eq!(get_with(&server, "/__gongbao/findings", &headers).status, 403, "{foreign}");
        assert_eq!(get_with(&server, "/__gongbao/events", &headers).status, 403, "{foreign}");
    }
    let post = format!("POST /zh/ HTTP/1.1\r\nContent-Length: 3\r\nConnection: close\r\n{own}\r\nabc");
    assert_eq!(server.ask(&post).status, 405);
}

#[test]
fn nothing_outside_the_site_is_served() {
    let folder = site("outside");
    fs::create_dir_all(folder.join("static")).unwrap();
    fs::write(folder.join("static/.secret"), "secret").unwrap();
    fs::write(folder.join("notes.txt"), "secret").unwrap();
    let server = Server::start(&folder);
    for path in [
        "/config.toml",
        "/notes.txt",
        "/.secret",
        "/content/plans/2025/zh.md",
        "/../notes.txt",
        "/zh/../../notes.txt",
        "/%2e%2e/notes.txt",
        "/..%2fnotes.txt",
        "/..%5cnotes.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/static/",
        "/assets/",
        "/data/",
        "/zh/plans/",
        "/%00",
        "/%ff",
        "/__gongbao/",
        "/__gongbao/../zh/",
    ] {
        let reply = get(&server, path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("secret"), "{path}");
    }
}

#[test]
fn requests_have_limits() {
    let server = Server::start(&site("limits"));
    let own = format!("Host: {}\r\nConnection: close\r\n", server.host());
    let long = format!("GET /{} HTTP/1.1\r\n{own}\r\n", "a".repeat(100_000));
    assert!(server.ask(&long).status >= 400);
    let many = (0..200).map(|n| format!("x-{n}: y\r\n")).collect::<String>();
    assert_eq!(get_with(&server, "/zh/", &format!("{own}{many}")).status, 431);
    assert_eq!(server.ask("nonsense\r\n\r\n").status, 400);
    assert_eq!(get(&server, "/zh/").status, 200, "it is still there");
}

#[test]
fn a_taken_port_gives_way_to_a_free_one() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::start_at(&site("port"), port, &[]);
    assert_ne!(server.port, port);
    assert!(server.said().contains(&format!("Port {port} is taken")), "{}", server.said());
    assert_eq!(get(&server, "/en/").status, 200);
}

#[test]
fn ctrl_c_ends_it_cleanly() {
    let mut server = Server::start(&site("end"));
    let mut open = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let request = format!("GET /__gongbao/events HTTP/1.1\r\nHost: {}\r\n\r\n", server.host());
    open.write_all(request.as_bytes()).unwrap();
    let mut first = [0; 64];
    open.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert!(open.read(&mut first).unwrap() > 0);
    assert_eq!(server.interrupt(), Some(0));
}

#[test]
fn an_edit_is_on_the_page_and_an_error_beside_it() {
    let folder = site("edit");
    let server = Server::start(&folder);
    let plan = folder.join("content/plans/2025/zh.md");
    let good = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, good.replace("推进丙工作", "推进丁工作")).unwrap();
    server.wait_for("/zh/plans/2025/", "推进丁工作");
    fs::write(&plan, good.replace("2025年12月底前", "2025年13月底前")).unwrap();
    server.wait_for("/__gongbao/findings?path=/zh/", "impossible-date");
    let findings: serde_json::Value =
        serde_json::from_slice(&get(&server, "/__gongbao/findings").body).unwrap();
    let place = &findings["findings"][0]["places"][0];
    assert_eq!(
        (place["file"].as_str(), place["line"].as_u64()),
        (Some("content/plans/2025/zh.md"), Some(11))
    );
    assert!(get(&server, "/zh/plans/2025/").text().contains("推进丁工作"), "the last good page stays");
    fs::write(&plan, good).unwrap();
    server.wait_for("/zh/plans/2025/", "推进丙工作");
    server.wait_for("/__gongbao/findings", "\"errors\":0");
    let said = server.said();
    assert_eq!(said.matches("impossible-date").count(), 1, "{said}");
    assert!(said.contains("content/plans/2025/zh.md") && said.contains("fixed"), "{said}");
}

#[test]
fn a_page_that_never_ends_is_given_up_and_the_others_stay() {
    let folder = site("endless");
    crate::support::write(&folder, &[("templates/glossary.html", ENDLESS)]);
    let server = Server::start(&folder);
    let asked = std::thread::scope(|scope| {
        let first = scope.spawn(|| get(&server, "/zh/glossary/"));
        assert_eq!(get(&server, "/zh/").status, 200);
        std::thread::sleep(Duration::from_secs(21));
        // It is not begun again: who asks now has the answer at once.
        let start = Instant::now();
        assert_eq!(get(&server, "/zh/glossary/").status, 500);
        let findings = get(&server, "/__gongbao/findings?path=/zh/glossary/").text();
        assert!(findings.contains("zh/glossary/index.html is not finished"), "{findings}");
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
        first.join().unwrap()
    });
    assert_eq!(asked.status, 500);
    assert!(asked.text().contains("/__gongbao/client.js"), "{}", asked.text());
    assert_eq!(server.said().matches("is not finished after").count(), 1, "{}", server.said());
    fs::remove_file(folder.join("templates/glossary.html")).unwrap();
    server.wait_for("/zh/glossary/", "<h1");
}

#[test]
fn a_page_whose_template_fails_stays_as_it_was() {
    let folder = site("template-fails");
    let server = Server::start(&folder);
    let before = get(&server, "/zh/glossary/").body;
    let template = "{% extends \"base.html\" %}{% block content %}{{ content.nowhere }}{% endblock %}\n";
    crate::support::write(&folder, &[("templates/glossary.html", template)]);
    server.wait_for("/__gongbao/findings?path=/zh/glossary/", "template-error");
    let reply = get(&server, "/zh/glossary/");
    assert_eq!((reply.status, reply.body == before), (200, true), "{}", reply.text());
}

/// It writes nothing, so that no limit of size ends it.
const ENDLESS: &str = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}\
    {% for c in range(end=100000) %}{% endfor %}{% endfor %}{% endfor %}\n";

#[test]
fn polling_sees_changes_too() {
    let folder = site("poll");
    let server = Server::start_at(&folder, 0, &["--poll"]);
    let plan = folder.join("content/plans/2025/zh.md");
    let text = fs::read_to_string(&plan).unwrap().replace("推进丙工作", "推进另一项工作");
    fs::write(&plan, text).unwrap();
    server.wait_for("/zh/plans/2025/", "推进另一项工作");
}

#[test]
fn a_paragraph_leads_to_its_line() {
    let server = Server::start(&site("source"));
    let about = get(&server, "/__gongbao/about?path=/zh/plans/2025/&anchor=task-2").text();
    assert!(about.contains("\"file\":\"content/plans/2025/zh.md\",\"line\":13"), "{about}");
}

#[test]
fn linked_files_are_followed() {
    let folder = site("linked");
    let elsewhere = folder.join("elsewhere.md");
    let plan = folder.join("content/plans/2025/zh.md");
    fs::rename(&plan, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &plan).unwrap();
    let server = Server::start(&folder);
    let text = fs::read_to_string(&elsewhere).unwrap().replace("推进丙工作", "推进远处的工作");
    fs::write(&elsewhere, text).unwrap();
    server.wait_for("/zh/plans/2025/", "推进远处的工作");
}

//! No answer of the preview may be shown in a frame, and documents of the site's own get their policy.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::serve::{Server, site};
use crate::support::write;

/// The head of an answer, in lower case. The body is not waited for: that of events has no end.
fn head(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.write_all(request.replace("HOST", &server.host()).as_bytes()).unwrap();
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap().to_lowercase()
}

#[test]
fn no_answer_may_be_framed() {
    let folder = site("framing");
    write(&folder, &[("static/a.txt", "甲"), ("templates/glossary.html", "{{ undefined_here }}")]);
    let server = Server::start(&folder);
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: HOST\r\n\r\n");
    let etag = server.get("/a.txt").header("etag").unwrap().to_owned();
    for (status, request) in [
        ("200", get("/zh/")),
        ("200", get("/")),
        ("200", get("/data/tasks.json")),
        ("200", get("/a.txt")),
        ("200", get("/__gongbao/client.js")),
        ("200", get("/__gongbao/events")),
        ("200", get("/__gongbao/findings?path=/zh/")),
        ("200", get("/zh/").replace("GET", "HEAD")),
        ("304", get("/a.txt").replace("\r\n\r\n", &format!("\r\nIf-None-Match: {etag}\r\n\r\n"))),
        ("308", get("/zh")),
        ("403", get("/__gongbao/about").replace("\r\n\r\n", "\r\nOrigin: https://evil.example\r\n\r\n")),
        ("404", get("/nowhere")),
        ("404", get("/__gongbao/nowhere")),
        ("405", get("/zh/").replace("GET", "POST")),
        ("421", get("/zh/").replace("HOST", "evil.example")),
        ("500", get("/zh/glossary/")),
    ] {
        let head = head(&server, &request);
        assert!(head.starts_with(&format!("http/1.1 {status} ")), "{request}{head}");
        assert!(head.contains("\r\nx-frame-options: deny\r\n"), "{request}{head}");
        assert!(head.contains("\r\ncontent-security-policy: frame-ancestors 'none'\r\n"), "{request}{head}");
    }
}

#[test]
fn documents_have_a_policy_and_pages_of_static_no_script() {
    let folder = site("documents-policy");
    let page = "<!doctype html><meta charset=utf-8><title>甲</title><p>乙</p>";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    write(&folder, &[("static/a.html", page), ("static/b/c.svg", svg), ("static/d.xml", "<r/>")]);
    write(&folder, &[("static/zh/e.svg", svg), ("static/b/words.txt", "甲")]);
    let server = Server::start(&folder);
    for path in ["/a.html", "/b/c.svg", "/d.xml", "/zh/e.svg"] {
        let head = head(&server, &format!("GET {path} HTTP/1.1\r\nHost: HOST\r\n\r\n"));
        assert!(
            head.contains("\r\ncontent-security-policy: default-src 'none'; ")
                && head.contains("sandbox\r\n"),
            "{head}"
        );
    }
    assert_eq!(server.get("/a.html").text(), page, "no script is added to it");
    let built = crate::support::gongbao(&folder, &["build"]);
    assert!(built.status.success());
    let headers = fs::read_to_string(folder.join("public/_headers")).unwrap();
    let rules: Vec<_> = headers.split("\n/").filter(|rule| rule.contains("; sandbox")).collect();
    let paths: Vec<_> = rules.iter().map(|rule| rule.lines().next().unwrap()).collect();
    assert_eq!(paths, ["assets/*", "a.html", "b/*", "d.xml", "zh/e.svg"], "{headers}");
}

//! `gongbao serve` against malice: paths out of the site, names of others, requests from other
//! sites, and clients that take all its time.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::serve::{Server, site};

/// Ways to write a step up, a separator or an end, each of which some server once took for one.
const UP: [&str; 14] = [
    "..",
    "%2e%2e",
    "%2E%2E",
    ".%2e",
    "%252e%252e",
    "%25252e%25252e",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%ef%bc%8e%ef%bc%8e",
    "%e2%80%a5",
    "..%00",
    "..%0d%0a",
    "..;",
    "%u002e%u002e",
];
const SEPARATORS: [&str; 8] = ["/", "%2f", "%5c", "\\", "%252f", "%c0%af", "%ef%bc%8f", "//"];

#[test]
fn no_path_leads_out_of_the_site() {
    let folder = site("hostile-paths");
    fs::write(folder.join("secret.txt"), "the secret").unwrap();
    fs::write(folder.with_file_name("secret.txt"), "the secret").unwrap();
    let server = Server::start(&folder);
    let mut asked = 0;
    for up in UP {
        for separator in SEPARATORS {
            for start in ["/", "/zh/", "/assets/", "/__gongbao/"] {
                for deep in [1, 3, 9] {
                    let path = format!("{start}{}secret.txt", format!("{up}{separator}").repeat(deep));
                    let reply = server.get(&path);
                    assert!((400..500).contains(&reply.status), "{path}: {}", reply.status);
                    assert!(!reply.text().contains("the secret"), "{path}");
                    asked += 1;
                }
            }
        }
    }
    let absolute = [
        "/etc/passwd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/file:///etc/passwd",
        "/C:/windows",
        "/..%2f.gongbao",
    ];
    for path in absolute {
        let reply = server.get(path);
        assert!((400..500).contains(&reply.status) && !reply.text().contains("root:"), "{path}");
    }
    assert!(asked > 1000, "{asked}");
    assert_eq!(server.get("/zh/").status, 200);
}

#[test]
fn a_path_is_not_written_into_the_page_as_it_is() {
    let server = Server::start(&site("hostile-echo"));
    for path in [
        "/%3Cscript%3Ehit()%3C/script%3E",
        "/zh/<script>hit()</script>",
        "/__gongbao/about?path=<script>hit()</script>",
    ] {
        let reply = server.get(path);
        assert!(!reply.text().contains("<script>hit()"), "{path}: {}", reply.text());
    }
}

/// A page of another site whose name was made to lead here (DNS rebinding) says that name as the host.
#[test]
fn names_of_others_are_refused() {
    let server = Server::start(&site("hostile-names"));
    let port = server.port;
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("evil.example@127.0.0.1:{port}"),
        format!("127.0.0.1:{port}@evil.example"),
        format!("127.0.0.1:{port}, evil.example"),
        format!("0x7f000001:{port}"),
        format!("2130706433:{port}"),
        format!("127.1:{port}"),
        format!("[::ffff:127.0.0.1]:{port}.evil.example"),
        String::new(),
    ] {
        let reply = server.ask(&format!("GET /zh/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert!([400, 421].contains(&reply.status), "{host}: {}", reply.status);
        assert!(!reply.text().contains("甲计划"), "{host}");
    }
    let two = format!(
        "GET /zh/ HTTP/1.1\r\nHost: {}\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        server.host()
    );
    assert!(server.ask(&two).status >= 400, "two names");
    let none = "GET /zh/ HTTP/1.0\r\n\r\n";
    assert!(server.ask(none).status >= 400, "no name");
}

#[test]
fn other_sites_learn_nothing() {
    let server = Server::start(&site("hostile-sites"));
    let own = format!("Host: {}\r\nConnection: close\r\n", server.host());
    for header in [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost.evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ] {
        for path in ["/__gongbao/findings", "/__gongbao/events", "/__gongbao/about?path=/zh/"] {
            let reply = server.ask(&format!("GET {path} HTTP/1.1\r\n{own}{header}\r\n\r\n"));
            assert_eq!(reply.status, 403, "{path} {header}");
        }
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"] {
        let reply = server.ask(&format!("{method} /zh/ HTTP/1.1\r\n{own}Content-Length: 0\r\n\r\n"));
        assert!(reply.status >= 400, "{method}: {}", reply.status);
    }
    let reply = server.ask(&format!("GET /zh/ HTTP/1.1\r\n{own}\r\n"));
    assert_eq!(reply.header("access-control-allow-origin"), None);
}

/// How long a reader may wait while others take the server's time, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(10);

fn is_answered(server: &Server) {
    let start = Instant::now();
    assert_eq!(server.get("/zh/").status, 200);
    assert!(start.elapsed() < PATIENCE, "answered after {:?}", start.elapsed());
}

#[test]
fn slow_clients_do_not_hold_up_others() {
    let server = Server::start(&site("hostile-slow"));
    let begin = |index: usize| {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        // A byte now and then, or a request without an end, or nothing at all.
        let part = ["G", "GET /zh/ HTTP/1.1\r\nHost: x\r\nX: ", ""][index % 3];
        stream.write_all(part.as_bytes()).unwrap();
        stream
    };
    let mut slow: Vec<TcpStream> = (0..200).map(begin).collect();
    for _ in 0..3 {
        is_answered(&server);
        slow.iter_mut().for_each(|stream| drop(stream.write_all(b"x")));
    }
}

#[test]
fn thousands_of_connections_are_survived() {
    let mut server = Server::start(&site("hostile-many"));
    let mut open = Vec::new();
    for _ in 0..2000 {
        // The queue of the system may be full: then the connection waits or fails, which is no harm.
        let address = ([127, 0, 0, 1], server.port).into();
        match TcpStream::connect_timeout(&address, Duration::from_millis(5)) {
            Ok(stream) => open.push(stream),
            Err(_) => continue,
        }
    }
    assert!(open.len() > 256, "{} connections", open.len());
    drop(open);
    is_answered(&server);
    for _ in 0..500 {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let _ = stream.write_all(b"GET /zh/ HTTP/1.1\r\n");
    }
    is_answered(&server);
    assert!(server.is_up());
}

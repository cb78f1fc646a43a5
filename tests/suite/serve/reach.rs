//! `gongbao serve` where editors work: behind forwarded ports and names of their own, in many tabs, and
//! on machines and disks that do not announce changes.

#![expect(clippy::unwrap_used, reason = "a test whose connection fails has failed")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use crate::support::serve::{Reply, Server, site};

fn get(server: &Server, host: &str, path: &str) -> Reply {
    server.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
}

#[test]
fn loopback_names_are_answered_at_any_port() {
    let server = Server::start(&site("reach-loopback"));
    for host in ["localhost:8080", "127.0.0.1", "[::1]:1", "plans.localhost:8080", "127.1.2.3:65535"] {
        let reply = get(&server, host, "/zh/");
        assert_eq!(reply.status, 200, "{host}");
        assert!(reply.text().contains("甲计划"), "{host}");
    }
}

#[test]
fn other_names_are_refused_and_the_refusal_names_the_option() {
    let server = Server::start(&site("reach-refused"));
    for host in ["mymac.local:4711", "attacker.example", "localhost.attacker.example:8080", "192.0.2.1"] {
        let reply = get(&server, host, "/zh/");
        let name = host.split(':').next().unwrap();
        assert_eq!(reply.status, 421, "{host}");
        let hint = format!("gongbao serve --allow-host {name}\n");
        assert_eq!(reply.text().matches(&hint).count(), 2, "in both languages: {}", reply.text());
        assert!(!reply.text().contains("甲计划"), "{host}");
    }
}

#[test]
fn names_are_let_in_by_option() {
    let flags = ["--allow-host", "MyMac.local:4711", "--allow-host", "preview.example.org"];
    let server = Server::start_at(&site("reach-allowed"), 0, &flags);
    for host in ["mymac.local", "mymac.local:80", "preview.example.org:8443", "localhost"] {
        assert_eq!(get(&server, host, "/zh/").status, 200, "{host}");
    }
    assert_eq!(get(&server, "example.org", "/zh/").status, 421);
    assert_eq!(get(&server, "x.preview.example.org", "/zh/").status, 421);
}

#[test]
fn other_machines_are_answered_by_option_only() {
    // Every address of 127.0.0.0/8 is this machine; a server at 127.0.0.1 does not listen at the others.
    let other = |server: &Server| TcpStream::connect(("127.0.0.2", server.port));
    assert!(other(&Server::start(&site("reach-closed"))).is_err());
    let server = Server::start_at(&site("reach-open"), 0, &["--host"]);
    assert!(other(&server).is_ok());
    for (host, status) in [("192.0.2.1:4000", 200), ("[2001:db8::1]", 200), ("attacker.example", 421)] {
        assert_eq!(get(&server, host, "/zh/").status, status, "{host}");
    }
}

#[test]
fn the_page_for_missing_pages_loads_its_files_from_where_it_was_asked() {
    let server = Server::start(&site("reach-missing"));
    let page = get(&server, "localhost:8080", "/zh/nothing/here").text();
    assert!(page.contains("href=\"/assets/"), "{page}");
    assert!(!page.contains(&format!("=\"http://{}", server.host())), "{page}");
}

#[test]
fn folders_get_their_slash_below_a_folder_of_a_proxy_too() {
    let server = Server::start(&site("reach-slash"));
    let check = |path: &str, expected: &str| {
        let reply = get(&server, "localhost", path);
        assert_eq!((reply.status, reply.header("location")), (308, Some(expected)), "{path}");
    };
    check("/zh", "./zh/");
    check("/zh/plans/2025", "./2025/");
    check("/zh/plans/2025?q=%E4%B8%93&x", "./2025/?q=%E4%B8%93&x");
    check("/zh/plans/2025/tasks/1", "./1/");
}

/// Listens for events; gives the connection and the first that came.
fn listen(server: &Server) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET /__gongbao/events HTTP/1.1\r\nHost: {}\r\n\r\n", server.host()).unwrap();
    let (mut text, mut buffer) = (String::new(), [0; 1024]);
    while !text.contains("data: ") {
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0, "{text}");
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
    (stream, text)
}

#[test]
fn many_open_tabs_never_hold_up_a_page() {
    let server = Server::start(&site("reach-tabs"));
    let open: Vec<_> = (0..300).map(|_| listen(&server)).collect();
    // A stream that goes on has no length; those beyond the limit end, and the browser asks again.
    let lasting = open.iter().filter(|(_, head)| head.contains("transfer-encoding: chunked")).count();
    assert!((1..6).contains(&lasting), "{lasting} streams go on; a browser has six connections");
    let ended = open.iter().filter(|(_, head)| head.contains("retry: 1000")).count();
    assert_eq!(lasting + ended, 300);
    assert_eq!(server.get("/zh/").status, 200);
    drop(open);
}

/// A command that sets limits of the system for the program it runs; `None` where that is not allowed.
fn limited(script: &str) -> Option<Command> {
    let mut command = Command::new("unshare");
    let script = format!("{script}; exec \"$0\" \"$@\"");
    command.args(["--user", "--map-root-user", "sh", "-c", &script]);
    let mut tried = Command::new("unshare");
    tried.args(["--user", "--map-root-user", "sh", "-c", "echo 9 > /proc/sys/user/max_inotify_watches"]);
    let allowed = tried.output().is_ok_and(|output| output.status.success());
    command.arg(env!("CARGO_BIN_EXE_gongbao"));
    allowed.then_some(command)
}

#[test]
fn limits_of_the_system_lead_to_polling_which_is_said() {
    let limits = (0..7).map(|n| format!("echo {n} > /proc/sys/user/max_inotify_watches"));
    let limits = limits.chain(["echo 0 > /proc/sys/user/max_inotify_instances".to_owned()]);
    let mut told = 0;
    for (nth, limit) in limits.enumerate() {
        let Some(command) = limited(&limit) else {
            println!("SKIPPED: this machine does not let users have namespaces");
            return;
        };
        let folder = site(&format!("reach-limit-{nth}"));
        let server = Server::start_by(command, &folder, 0, &[]);
        let plan = folder.join("content/plans/2025/zh.md");
        let text = fs::read_to_string(&plan).unwrap().replace("推进丙工作", "推进另一项工作");
        fs::write(&plan, text).unwrap();
        server.wait_for("/zh/plans/2025/", "推进另一项工作");
        let findings: serde_json::Value =
            serde_json::from_slice(&server.get("/__gongbao/findings").body).unwrap();
        let said = server.said();
        // Where the limit is just enough there is nothing to say.
        assert_eq!(said.contains("--poll"), !findings["notice"].is_null(), "{limit}: {said}");
        told += usize::from(said.contains("--poll"));
        if nth < 3 || limit.contains("instances") {
            assert!(said.contains("--poll") && said.contains("每秒检查两次"), "{limit}: {said}");
            assert!(findings["notice"]["en"].as_str().unwrap().contains("--poll"), "{findings}");
        }
    }
    assert!(told >= 4, "{told}");
}

#[test]
fn a_limit_that_is_reached_later_is_noticed() {
    let Some(command) = limited("echo 6 > /proc/sys/user/max_inotify_watches") else { return };
    let folder = site("reach-later");
    let server = Server::start_by(command, &folder, 0, &[]);
    for n in 0..12 {
        let plan = fs::read_to_string(folder.join("content/plans/2025/zh.md")).unwrap();
        let file = format!("content/plans/new-{n}/zh.md");
        crate::support::write(&folder, &[(&file, &plan)]);
        server.wait_for(&format!("/zh/plans/new-{n}/"), "推进丙工作");
        let edited = plan.replace("推进丙工作", "推进新的工作");
        crate::support::write(&folder, &[(&file, &edited)]);
        server.wait_for(&format!("/zh/plans/new-{n}/"), "推进新的工作");
    }
    assert!(server.said().contains("--poll"), "{}", server.said());
}

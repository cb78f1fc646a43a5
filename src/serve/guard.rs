//! Who may ask: this machine's own pages, under the names this server has, and nobody else.
//!
//! A page of any site can make a browser send requests to `127.0.0.1`, and a
//! name of an attacker's can be made to lead here (DNS rebinding). The first is
//! stopped by looking at `Origin` and `Sec-Fetch-Site`, the second by `Host`.

use core::net::{IpAddr, Ipv6Addr};

use crate::io::request::{Answer, Method, Request};

/// Where what only this server's own pages may ask for is found.
pub const PRIVATE: &str = "/__gongbao/";

/// Headers of every answer, whatever its status: its type is believed, and no page – not even one of
/// this server – shows it in a frame, where a hostile page could lay its own buttons over it.
pub const HEADERS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("content-security-policy", "frame-ancestors 'none'"),
];

/// The names under which the server may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Whether it listens to other machines too, so that any IP address may be its name.
    pub public: bool,
    /// Further names that are let in, as [`host_name`] gives them.
    pub allowed: Vec<String>,
}

impl Guard {
    /// The refusal of a request that is not to be answered.
    pub fn refuse(&self, request: &Request) -> Option<Answer> {
        if request.method == Method::Other {
            let answer = Answer::plain(405, "This server only reads.", "本服务器只供读取。");
            return Some(answer.header("allow", "GET, HEAD"));
        }
        let name = request.host.as_deref().and_then(host_name);
        if !name.as_deref().is_some_and(|name| self.is_own(name)) {
            return Some(unknown_name(name.as_deref()));
        }
        let foreign = request.path.starts_with(PRIVATE) && is_foreign(request);
        foreign
            .then(|| Answer::plain(403, "Only this server's own pages may ask.", "只有本站的页面可以访问。"))
    }

    /// Returns whether a name is one of this server's. Loopback names and IP addresses cannot be rebound, and
    /// ports are ignored: Docker, `ssh -L` and editors forward another port than the one listened at.
    fn is_own(&self, name: &str) -> bool {
        match name.parse::<IpAddr>() {
            Ok(address) if address.to_canonical().is_loopback() => true,
            Ok(_) if self.public => true,
            // Reserved for the machine itself (RFC 6761 §6.3).
            Err(_) if name == "localhost" || name.ends_with(".localhost") => true,
            _ => self.allowed.iter().any(|allowed| allowed == name),
        }
    }
}

/// The name in a `Host` header or an address: in lower case, without port, brackets and the final
/// dot of a complete name; `None` if it is not the name of a host.
pub fn host_name(host: &str) -> Option<String> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    if !port.is_empty() {
        port.strip_prefix(':')?.parse::<u16>().ok()?;
    }
    if host.starts_with('[') {
        return Some(name.parse::<Ipv6Addr>().ok()?.to_string());
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let fits = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    name.split('.').all(fits).then_some(name)
}

/// The refusal of a name that is not this server's. It names the option that lets the name in.
fn unknown_name(name: Option<&str>) -> Answer {
    let name = name.unwrap_or("NAME");
    Answer::plain(
        421,
        &format!(
            "The preview does not answer under this name, which another site could have made to lead here.\n\
             If the name is your own, start the preview again with: gongbao serve --allow-host {name}"
        ),
        &format!(
            "预览不以这个名称提供服务：其他网站可以把自己的域名指向本机。\n\
             如果这是您自己的域名，请用以下命令重新启动预览：gongbao serve --allow-host {name}"
        ),
    )
}

/// Whether the page that asks is another site's.
fn is_foreign(request: &Request) -> bool {
    let other_site = request.fetch_site.as_deref().is_some_and(|s| !matches!(s, "same-origin" | "none"));
    // A proxy in front may speak TLS: the scheme is the one part of the origin that `Host` does not tell.
    let origin = request.origin.as_deref();
    let asking = origin.map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
    other_site || asking.is_some() && asking != request.host.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, guard: &Guard, expected: Option<u16>) {
        let request = Request { path: "/zh/".into(), host: Some(host.into()), ..Request::default() };
        assert_eq!(guard.refuse(&request).map(|answer| answer.status), expected, "{host}");
    }

    #[test]
    fn loopback_names_are_answered_at_any_port() {
        let guard = Guard::default();
        for own in [
            "127.0.0.1:4000",
            "127.0.0.1",
            "localhost:8080",
            "LocalHost.:4000",
            "docs.localhost:80",
            "[::1]:4000",
            "[::ffff:127.0.0.1]",
            "127.255.0.9:65535",
        ] {
            check(own, &guard, None);
        }
        for foreign in [
            "evil.example:4000",
            "localhost.evil.example:4000",
            "evillocalhost",
            ".localhost",
            "localhost:",
            "localhost:65536",
            "localhost:4000@evil.example",
            "192.168.1.2:4000",
            "",
            "[::1",
            "[::1]evil.example",
            "[localhost]",
            "::1",
            "127.0.0.1:4000:4000",
            "127.1",
        ] {
            check(foreign, &guard, Some(421));
        }
    }

    #[test]
    fn other_names_are_let_in_by_option() {
        let guard = Guard { public: false, allowed: vec!["mymac.local".into(), "192.168.1.2".into()] };
        for own in ["mymac.local", "MyMac.local:8080", "192.168.1.2:4000", "localhost"] {
            check(own, &guard, None);
        }
        for foreign in ["x.mymac.local", "mymac.local.evil.example", "192.168.1.3"] {
            check(foreign, &guard, Some(421));
        }
        let public = Guard { public: true, allowed: Vec::new() };
        check("192.168.1.2:4000", &public, None);
        check("[fd00::1]:8080", &public, None);
        check("evil.example:4000", &public, Some(421));
    }

    #[test]
    fn the_refusal_names_the_option() {
        let told = |host: &str| match unknown_name(host_name(host).as_deref()).body {
            crate::io::request::ResponseBody::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
            crate::io::request::ResponseBody::Events => unreachable!(),
        };
        assert_eq!(told("mymac.local:4711").matches("--allow-host mymac.local\n").count(), 2);
        assert_eq!(told("<script>").matches("--allow-host NAME\n").count(), 2);
    }

    #[test]
    fn origins() {
        let check = |path: &str, origin: Option<&str>, site: Option<&str>, expected: Option<u16>| {
            let request = Request {
                path: path.into(),
                host: Some("localhost:4000".into()),
                origin: origin.map(str::to_owned),
                fetch_site: site.map(str::to_owned),
                ..Request::default()
            };
            let refused = Guard::default().refuse(&request);
            assert_eq!(refused.map(|answer| answer.status), expected, "{request:?}");
        };
        check("/__gongbao/events", None, Some("same-origin"), None);
        check("/__gongbao/events", Some("http://localhost:4000"), None, None);
        check("/__gongbao/events", Some("https://localhost:4000"), None, None);
        check("/__gongbao/events", Some("http://localhost:4001"), None, Some(403));
        check("/__gongbao/events", Some("null"), None, Some(403));
        check("/__gongbao/client.js", None, Some("cross-site"), Some(403));
        check("/zh/", None, Some("cross-site"), None);
    }

    #[test]
    fn only_reading() {
        let request = Request { method: Method::Other, path: "/".into(), ..Request::default() };
        assert_eq!(Guard::default().refuse(&request).map(|a| a.status), Some(405));
    }
}

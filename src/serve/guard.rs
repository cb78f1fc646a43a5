//! Who may ask: this machine's own pages, under the names this server has, and nobody else.
//!
//! A page of any site can make a browser send requests to `127.0.0.1`, and a
//! name of an attacker's can be made to lead here (DNS rebinding). The first is
//! stopped by looking at `Origin` and `Sec-Fetch-Site`, the second by `Host`.

use core::net::IpAddr;

use super::request::{Answer, Method, Request};

/// Where what only this server's own pages may ask for is found.
pub const PRIVATE: &str = "/__gongbao/";

/// The names under which the server may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The port it listens at.
    pub port: u16,
    /// Whether it listens to other machines too, so that any IP address may be its name.
    pub public: bool,
}

impl Guard {
    /// The refusal of a request that is not to be answered.
    pub fn refuse(self, request: &Request) -> Option<Answer> {
        if request.method == Method::Other {
            let answer = Answer::plain(405, "This server only reads.", "本服务器只供读取。");
            return Some(answer.header("allow", "GET, HEAD"));
        }
        if !request.host.as_deref().is_some_and(|host| self.is_own(host)) {
            let (en, zh) = ("This server is not known by that name.", "本服务器不使用这个名称。");
            return Some(Answer::plain(421, en, zh));
        }
        let foreign = request.path.starts_with(PRIVATE) && is_foreign(request);
        foreign
            .then(|| Answer::plain(403, "Only this server's own pages may ask.", "只有本站的页面可以访问。"))
    }

    /// Whether a `Host` is a name of this server. A name made of an IP address cannot be rebound.
    fn is_own(self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        port == Some(self.port)
            && match address {
                Ok(address) => self.public || address.is_loopback(),
                Err(_) => name.eq_ignore_ascii_case("localhost"),
            }
    }
}

/// Whether the page that asks is another site's.
fn is_foreign(request: &Request) -> bool {
    let other_site = request.fetch_site.as_deref().is_some_and(|s| !matches!(s, "same-origin" | "none"));
    let own = request.host.as_ref().map(|host| format!("http://{host}"));
    other_site || request.origin.is_some() && request.origin != own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, public: bool, expected: Option<u16>) {
        let request = Request { path: "/zh/".into(), host: Some(host.into()), ..Request::default() };
        let guard = Guard { port: 4000, public };
        assert_eq!(guard.refuse(&request).map(|answer| answer.status), expected, "{host}");
    }

    #[test]
    fn hosts() {
        for own in ["127.0.0.1:4000", "localhost:4000", "LocalHost:4000", "[::1]:4000", "127.0.0.9:4000"] {
            check(own, false, None);
        }
        for foreign in [
            "evil.example:4000",
            "localhost.evil.example:4000",
            "127.0.0.1",
            "127.0.0.1:4001",
            "localhost:",
            "192.168.1.2:4000",
            "",
            "[::1",
            "127.0.0.1:4000:4000",
        ] {
            check(foreign, false, Some(421));
        }
        check("192.168.1.2:4000", true, None);
        check("evil.example:4000", true, Some(421));
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
            let refused = Guard { port: 4000, public: false }.refuse(&request);
            assert_eq!(refused.map(|answer| answer.status), expected, "{request:?}");
        };
        check("/__gongbao/events", None, Some("same-origin"), None);
        check("/__gongbao/events", Some("http://localhost:4000"), None, None);
        check("/__gongbao/events", Some("http://localhost:4001"), None, Some(403));
        check("/__gongbao/events", Some("null"), None, Some(403));
        check("/__gongbao/client.js", None, Some("cross-site"), Some(403));
        check("/zh/", None, Some("cross-site"), None);
    }

    #[test]
    fn only_reading() {
        let request = Request { method: Method::Other, path: "/".into(), ..Request::default() };
        assert_eq!(Guard { port: 1, public: false }.refuse(&request).map(|a| a.status), Some(405));
    }
}

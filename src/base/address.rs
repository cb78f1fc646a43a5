//! Addresses: those that a text may lead to, and those of sites.

use core::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::{CONTROLS, utf8_percent_encode};

use super::Message;
use crate::message;

/// Whether an address can be followed without running anything: `http`,
/// `https`, `mailto`, or an address without a scheme.
pub fn is_harmless(url: &str) -> bool {
    let url: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    match url.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// Whether it is the address of something on the web, and can be written into a page as it is.
pub fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
}

/// The address of a site as it is written into pages, with a slash at its end: scheme and host in lower
/// case, a name in other letters than ASCII as Punycode (IDNA), such letters in the path percent-encoded.
///
/// # Errors
/// Says why it is not the address of a site.
pub fn of_site(url: &str) -> Result<String, Message> {
    let Some((scheme, rest)) = url.split_once("://") else { return Err(no_scheme()) };
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(no_scheme());
    }
    if rest.contains(['?', '#']) {
        return Err(message!("网址中不能有 ? 或 #", "it has a query or a fragment (? or #)"));
    }
    if let Some(bad) =
        rest.chars().find(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(*c))
    {
        let bad = bad.escape_debug();
        return Err(message!("网址中不能有字符“{bad}”", "it contains the character `{bad}`"));
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(message!(
            "网址中不能写用户名和密码：它们会出现在每一页上",
            "it contains a user name or a password, which every page would show"
        ));
    }
    let slash = if path.ends_with('/') { "" } else { "/" };
    Ok(format!("{scheme}://{}{}{slash}", of_host(authority)?, of_path(path)?))
}

fn no_scheme() -> Message {
    message!("网址以 https:// 或 http:// 开头", "it does not begin with https:// or http://")
}

/// Host and port.
fn of_host(authority: &str) -> Result<String, Message> {
    let at = authority.rfind(':').filter(|at| !authority[*at..].contains(']'));
    let (host, port) = authority.split_at(at.unwrap_or(authority.len()));
    let is_port = |port: &str| !port.starts_with('+') && port.parse::<u16>().is_ok_and(|port| port > 0);
    if !port.is_empty() && !is_port(&port[1..]) {
        return Err(message!("端口“{port}”应为 1 到 65535", "the port `{port}` is not from 1 to 65535"));
    }
    if let Some(inside) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        let address = inside.parse::<Ipv6Addr>().map_err(|_| bad_host(host))?;
        return Ok(format!("[{address}]{port}"));
    }
    let name = idna::domain_to_ascii(host).map_err(|_| bad_host(host))?;
    let fits = |label: &str| {
        !label.is_empty()
            && label.len() < 64
            && !label.starts_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    // A name whose last part is a number is an IPv4 address (WHATWG URL, host parsing).
    let numeric = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    let is_host = name.split('.').all(fits) && (!numeric || name.parse::<Ipv4Addr>().is_ok());
    if is_host { Ok(name + port) } else { Err(bad_host(host)) }
}

fn bad_host(host: &str) -> Message {
    message!("“{host}”不是域名或 IP 地址", "`{host}` is not the name or address of a host")
}

/// A path, which leads down only: browsers resolve `..` and some hosts drop empty parts.
fn of_path(path: &str) -> Result<String, Message> {
    let encoded = utf8_percent_encode(path, CONTROLS).to_string();
    let bare = encoded.strip_prefix('/').unwrap_or(&encoded);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let dots = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "" | "." | "..");
    if !bare.is_empty() && bare.split('/').any(dots) {
        return Err(message!(
            "网址的路径中有空的、“.”或“..”一级",
            "its path has an empty part, or a part `.` or `..`"
        ));
    }
    let is_encoded = |(at, _): (usize, &str)| {
        let code = encoded.get(at + 1..at + 3);
        code.is_some_and(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    if !encoded.match_indices('%').all(is_encoded) {
        return Err(message!(
            "网址中的 % 之后应有两位十六进制数",
            "a % in it is not followed by two hexadecimal digits"
        ));
    }
    Ok(encoded)
}

/// The host of a site's address, without port and brackets.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or(address),
        None => authority.split(':').next().unwrap_or(authority),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sites_are_written_as_browsers_do() {
        let check = |url: &str, expected: &str| assert_eq!(of_site(url).as_deref(), Ok(expected));
        check("https://example.org", "https://example.org/");
        check("HTTPS://Example.ORG/plans", "https://example.org/plans/");
        check("http://localhost:4000/", "http://localhost:4000/");
        check("https://知识产权.中国/计划", "https://xn--wlqv31d6xlvxs.xn--fiqs8s/%E8%AE%A1%E5%88%92/");
        check("https://bücher.example:8443/a%20b/", "https://xn--bcher-kva.example:8443/a%20b/");
        check("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a/");
        check("http://192.0.2.1/~web/", "http://192.0.2.1/~web/");
    }

    #[test]
    fn other_addresses_are_refused_with_the_reason() {
        let check = |url: &str, reason: &str| {
            let refused = of_site(url).expect_err(url);
            assert!(refused.en.contains(reason), "{url}: {}", refused.en);
        };
        for url in ["example.org", "ftp://example.org", "//example.org", "javascript://x/"] {
            check(url, "https://");
        }
        for url in ["https://user:secret@example.org/", "https://user@example.org/", "https://@example.org/"]
        {
            check(url, "a user name or a password");
        }
        for url in ["https://example.org/?a=b", "https://example.org/#top", "https://example.org?"] {
            check(url, "a query or a fragment");
        }
        for url in [
            "https://",
            "https:///a",
            "https://a..b/",
            "https://-a.org/",
            "https://[::1",
            "https://1.2.3/",
            "https://a%2eb/",
        ] {
            check(url, "is not the name or address of a host");
        }
        for url in [
            "https://a.org:0/",
            "https://a.org:65536/",
            "https://a.org:/",
            "https://a.org:+1/",
            "https://[::1]:x/",
        ] {
            check(url, "the port");
        }
        for url in ["https://a.org/b/../c", "https://a.org//b", "https://a.org/b/%2E%2e/", "https://a.org/./"]
        {
            check(url, "its path has");
        }
        for url in ["https://a.org/%", "https://a.org/%4", "https://a.org/%zz/", "https://a.org/%计"] {
            check(url, "two hexadecimal digits");
        }
        for url in ["https://a.org/b c", "https://a.org/\"", "https://a.org\\b", "https://a.org/<b>"] {
            check(url, "the character");
        }
    }

    #[test]
    fn hosts_of_addresses() {
        let check = |url: &str, expected: &str| assert_eq!(host(url), expected);
        check("https://example.org:8080/a/", "example.org");
        check("http://[2001:db8::1]:8080/a/", "2001:db8::1");
        check("http://localhost/", "localhost");
    }
}

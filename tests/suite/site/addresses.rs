//! `base_url`: refused with the reason, or written as browsers do, in settings and on the command line.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use crate::support::{SMALL, gongbao, write};

/// Builds with an address, in `config.toml` and by option. Gives the canonical address of a page.
fn check(base_url: &str, expected: Result<&str, &str>) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    let by_option = gongbao(folder.path(), &["build", "--base-url", base_url]);
    let option_page = std::fs::read_to_string(folder.path().join("public/zh/index.html"));
    let _ = std::fs::remove_dir_all(folder.path().join("public"));
    write(folder.path(), &[("config.toml", &format!("base_url = '{base_url}'\n"))]);
    let by_setting = gongbao(folder.path(), &["build"]);
    let page = std::fs::read_to_string(folder.path().join("public/zh/index.html"));
    match expected {
        Ok(address) => {
            assert!(by_option.status.success(), "{base_url}");
            let said = String::from_utf8_lossy(&by_setting.stderr).into_owned();
            assert!(by_setting.status.success(), "{base_url}: {said}");
            let canonical = format!("<link rel=\"canonical\" href=\"{address}zh/\">");
            assert!(page.unwrap().contains(&canonical), "{base_url}");
            assert!(option_page.unwrap().contains(&canonical), "{base_url}");
        }
        Err(reason) => {
            assert_eq!((by_option.status.code(), by_setting.status.code()), (Some(2), Some(1)), "{base_url}");
            for output in [by_option, by_setting] {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(said.contains(reason), "{base_url}: {said}");
            }
            assert!(page.is_err(), "{base_url}");
        }
    }
}

#[test]
fn addresses_are_written_as_browsers_do() {
    check("HTTPS://Example.org:8443/计划", Ok("https://example.org:8443/%E8%AE%A1%E5%88%92/"));
    check("https://知识产权.中国", Ok("https://xn--wlqv31d6xlvxs.xn--fiqs8s/"));
    check("http://[2001:DB8::1]/a/", Ok("http://[2001:db8::1]/a/"));
}

#[test]
fn other_addresses_are_refused_with_the_reason() {
    check("https://web:secret@example.org/", Err("user name or a password"));
    check("https://example.org/?a=b", Err("a query or a fragment"));
    check("https://example.org:99999/", Err("the port"));
    check("https://exa mple.org/", Err("the character"));
    check("ftp://example.org/", Err("does not begin with https://"));
    check("https://example.org/../a/", Err("a part `.` or `..`"));
}

//! Keys that act by themselves can be switched off (WCAG 2.1.4). Needs Node.js, Chromium and `npm ci` in
//! `tests/browser`; skipped without them, except where `CI` is set.

use crate::support::browser;
use crate::support::gongbao;
use crate::support::serve::{Server, site};

#[test]
fn single_keys_can_be_switched_off() {
    let Some(chromium) = browser::chromium() else { return };
    let folder = site("keys");
    let built = gongbao(&folder, &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let server = Server::start(&folder);
    let preview = format!("http://{}/", server.host());
    let said = browser::run("keys.mjs", &[&folder.join("public"), &preview, &chromium]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}\n{}", server.said())));
}

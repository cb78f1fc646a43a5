//! `gongbao serve`: the site as it is being written, in the browser.

use std::net::IpAddr;
use std::sync::Arc;

use super::args::ServeArgs;
use super::{Exit, build, console};
use crate::io::http::{self, Listener};
use crate::io::{Failure, browser};
use crate::pipeline;
use crate::routes::{self, Page, Route};
use crate::serve::guard::Guard;
use crate::serve::{Snapshot, answer};

/// Runs `gongbao serve`.
pub(super) fn run(args: &ServeArgs) -> Result<Exit, Failure> {
    let listener = Listener::open(args.port, args.host)?;
    let port = listener.address.port();
    let base_url = base_url(args.host, port);
    let mut inputs = build::inputs(&args.site, args.as_of)?;
    inputs.drafts = args.drafts;
    inputs.base_url = Some(base_url.clone());
    let compiled = pipeline::compile(&inputs);
    console::findings(&compiled.diagnostics, &inputs);
    let snapshot = Snapshot::new(compiled);
    console::result(&welcome(&snapshot, args.port, port));
    if args.open {
        browser::open(&base_url);
    }
    let guard = Guard { port, public: args.host };
    http::serve(listener, Arc::new(move |request| answer::answer(&snapshot, guard, request)))?;
    console::say("\nStopped · 已停止\n");
    Ok(Exit::Done)
}

/// The server's own address, which takes the place of the site's.
fn base_url(public: bool, port: u16) -> String {
    let outside = http::own_address().filter(|_| public);
    match outside {
        Some(IpAddr::V6(address)) => format!("http://[{address}]:{port}/"),
        Some(address) => format!("http://{address}:{port}/"),
        None => format!("http://127.0.0.1:{port}/"),
    }
}

/// Where to look, in each language of the site.
fn welcome(snapshot: &Snapshot, asked: u16, port: u16) -> String {
    let site = &snapshot.site;
    let mut text = String::new();
    if port != asked {
        text += &format!("Port {asked} is taken; using {port} · 端口 {asked} 已被占用，改用 {port}\n");
    }
    for language in &site.settings.languages {
        let home = routes::absolute(site, &Route::Page(language.code, Page::Home));
        text += &format!("{home}  {}\n", language.name);
    }
    text + "Ctrl-C stops the server · 按 Ctrl-C 停止\n"
}

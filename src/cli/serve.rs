//! `gongbao serve`: shows the site in the browser while it is being edited.

use std::sync::Arc;

use super::args::ServeArgs;
use super::{Exit, console};
use crate::base::Diagnostic;
use crate::inputs::Inputs;
use crate::io::{Failure, browser};
use crate::serve::server::{PreviewEvent, PreviewOptions, Server, SiteUpdate};

/// How many diagnostics are written to the terminal at once.
const MOST: usize = 10;

/// Runs `gongbao serve`.
pub(super) fn run(args: &ServeArgs) -> Result<Exit, Failure> {
    let options = PreviewOptions {
        site: args.site.site.clone(),
        as_of: args.as_of,
        drafts: !args.no_drafts,
        compile_limit: args.compile_limit,
        port: args.port,
        public: args.host,
        allowed_hosts: args.allow_host.clone(),
        poll: args.poll,
    };
    let server = Server::open(options, Arc::new(report))?;
    let state = server.state();
    diagnostics(&state.diagnostics, &state.inputs);
    console::tell(&welcome(&server, args.port));
    if args.open {
        browser::open(server.base_url());
    }
    server.run()?;
    console::say("\nStopped · 已停止\n");
    Ok(Exit::Done)
}

/// The address of the site in each of its languages.
fn welcome(server: &Server, asked: u16) -> String {
    let (mut text, port, base_url) = (String::new(), server.port(), server.base_url());
    if port != asked && asked != 0 {
        text += &format!("Port {asked} is taken; using {port} · 端口 {asked} 已被占用，改用 {port}\n");
    }
    match &server.state().snapshot {
        Some(snapshot) => {
            for language in &snapshot.site.settings.languages {
                text += &format!("{base_url}{}/  {}\n", language.code, language.name);
            }
        }
        None => text += &format!("{base_url}\n"),
    }
    text + "Ctrl-C stops the server · 按 Ctrl-C 停止\n"
}

/// Writes an event to the terminal.
fn report(event: PreviewEvent) {
    match event {
        PreviewEvent::Polling(reason) => console::say(&format!("note: {} · {}\n", reason.en, reason.zh)),
        PreviewEvent::Changed(change) => console::say(&status(&change)),
        PreviewEvent::Diagnostics(new, inputs) => diagnostics(&new, &inputs),
        PreviewEvent::Defect => {
            console::say(
                "A fault of gongbao itself; the site stays as it was · gongbao 自身出错，网站保持原样\n",
            );
        }
        PreviewEvent::OutOfMemory(diagnostic) => console::give_up(&diagnostic),
    }
}

/// One line: what changed, how long it took, where to look, the state of the site.
fn status(change: &SiteUpdate) -> String {
    let files = match &*change.files {
        [] => String::new(),
        [path] => path.to_string(),
        [path, rest @ ..] => format!("{path} +{}", rest.len()),
    };
    let state = match (change.has_errors, change.had_errors) {
        (true, _) => "  ✗ errors; the last good site is shown · 有错误，仍显示最近一次无误的网站",
        (false, true) => "  ✓ fixed · 已改正",
        (false, false) => "",
    };
    format!("{files}  {} ms  {}{state}\n", change.took.as_millis(), change.url)
}

/// Writes new diagnostics; of many, the beginning.
fn diagnostics(new: &[Diagnostic], inputs: &Inputs) {
    let shown = &new[..new.len().min(MOST)];
    console::findings(shown, inputs);
    let rest = new.len() - shown.len();
    if rest > 0 {
        console::say(&format!("{rest} more in the browser · 浏览器中还有 {rest} 个\n"));
    }
}

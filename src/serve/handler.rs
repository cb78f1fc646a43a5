//! A request → an answer.

use super::guard::{Guard, PRIVATE};
use super::last_good::LastGoodPages;
use super::snapshot::{Lookup, Snapshot};
use super::state::ServerState;
use super::{about, client, findings};
use crate::base::{Diagnostic, Message, digest};
use crate::io::request::{self, Answer, Method, Request, ResponseBody};
use crate::routes::Route;
use crate::theme::inert;

/// The bytes of a route, or what is wrong with its template.
type Render<'a> = dyn Fn(&Snapshot, &Route) -> Result<Vec<u8>, Diagnostic> + 'a;

/// Answers requests from a state of the server.
#[derive(Clone, Copy)]
pub struct Handler<'a> {
    /// The state of the server.
    pub state: &'a ServerState,
    /// The last good version of pages.
    pub last_good: &'a LastGoodPages,
    /// Decides which requests are answered.
    pub guard: &'a Guard,
    /// A notice to editors about the preview itself.
    pub notice: Option<&'a Message>,
    /// Renders a route within the limits of the preview.
    pub render: &'a Render<'a>,
    /// Receives the diagnostics of templates that fail.
    pub failed: &'a dyn Fn(&Diagnostic),
}

impl Handler<'_> {
    /// Answers a request.
    pub fn answer(self, request: &Request) -> Answer {
        let answer = self.guard.refuse(request).unwrap_or_else(|| self.find(request));
        finish(answer, request)
    }

    fn find(self, request: &Request) -> Answer {
        if let Some(name) = request.path.strip_prefix(PRIVATE) {
            return self.private(name, request);
        }
        let Some(snapshot) = &self.state.snapshot else { return client::bare_page() };
        match snapshot.find(&request.path, request.accept_language.as_deref().unwrap_or_default()) {
            Lookup::Route(route) => self.page(snapshot, &route, 200),
            Lookup::Folder => redirect(&request.path, &request.query),
            Lookup::Nothing(route) => local(self.page(snapshot, &route, 404), snapshot, request),
        }
    }

    /// A page as it is now. If its template fails, as it was last shown.
    fn page(self, snapshot: &Snapshot, route: &Route, status: u16) -> Answer {
        let url = snapshot.url(route);
        let content_type = super::content_type::of(&url);
        // The policy of a document would refuse the script that pages get.
        let is_page = content_type.starts_with("text/html") && !matches!(route, Route::File(_));
        let bytes = match (self.render)(snapshot, route) {
            Ok(bytes) => bytes,
            Err(fault) => {
                (self.failed)(&fault);
                match self.last_good.get(&url) {
                    Some(bytes) => bytes,
                    None => return client::bare_page(),
                }
            }
        };
        let version = version(&bytes);
        let body = if is_page { client::inject(&bytes, &version) } else { bytes.clone() };
        if is_page {
            self.last_good.put(url, bytes);
        }
        let answer = Answer::new(status, content_type, body).header("etag", format!("\"{version}\""));
        match route {
            Route::File(path) if inert::is_document(path) => {
                answer.header("content-security-policy", inert::POLICY)
            }
            _ => answer,
        }
    }

    /// Answers the requests of the script on the pages.
    fn private(self, name: &str, request: &Request) -> Answer {
        match name {
            "client.js" => Answer::new(200, "text/javascript; charset=utf-8", client::SCRIPT.into()),
            "events" => {
                Answer { body: ResponseBody::Events, ..Answer::new(200, "text/event-stream", Vec::new()) }
            }
            "findings" => json(self.findings(request)),
            "about" => json(self.about(request)),
            _ => Answer::plain(404, "There is nothing here.", "这里没有内容。"),
        }
    }

    /// The diagnostics of the site, and of the template of the page that asks.
    fn findings(self, request: &Request) -> String {
        let fault = self.route(request).and_then(|(snapshot, route)| (self.render)(snapshot, &route).err());
        fault.iter().for_each(self.failed);
        let all: Vec<&Diagnostic> = fault.iter().chain(&self.state.diagnostics).collect();
        let head = findings::OverlayHead { generation: self.state.generation, notice: self.notice };
        findings::json(&head, &all, &*self.state.inputs)
    }

    fn about(self, request: &Request) -> String {
        let anchor = parameter(&request.query, "anchor").unwrap_or_default();
        let about = self.route(request).map(|(snapshot, route)| about::about(snapshot, &route, &anchor));
        serde_json::to_string(&about.unwrap_or_default()).expect("what is known of a page is plain data")
    }

    /// The route of the page that the query names as `path`.
    fn route(&self, request: &Request) -> Option<(&Snapshot, Route)> {
        let snapshot = self.state.snapshot.as_deref()?;
        match snapshot.find(&parameter(&request.query, "path")?, "") {
            Lookup::Route(route) | Lookup::Nothing(route) => Some((snapshot, route)),
            Lookup::Folder => None,
        }
    }
}

fn json(text: String) -> Answer {
    Answer::new(200, "application/json", text.into_bytes())
}

/// Sends a browser to the folder it named without its final slash. The address is relative, so that
/// it is right below a folder of a proxy too.
fn redirect(path: &str, query: &str) -> Answer {
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let name = path.rsplit('/').next().unwrap_or_default();
    let answer = Answer::plain(308, "This is a folder: add a slash.", "这是文件夹，网址末尾要有斜线。");
    answer.header("location", format!("./{name}/{query}"))
}

/// The page for missing pages under the name that was asked for. Its links are full addresses, and
/// the port of the server's own may lead nowhere from where the browser is.
fn local(mut answer: Answer, snapshot: &Snapshot, request: &Request) -> Answer {
    let base_url = &snapshot.site.settings.base_url;
    let asked = request.host.as_ref().is_some_and(|host| base_url.contains(&format!("://{host}/")));
    if let (false, ResponseBody::Bytes(bytes)) = (asked, &answer.body) {
        let page = String::from_utf8_lossy(bytes).replace(&format!("=\"{base_url}"), "=\"/");
        answer.body = ResponseBody::Bytes(page.into_bytes());
    }
    answer
}

/// The value of a parameter of a query (`application/x-www-form-urlencoded`).
fn parameter(query: &str, name: &str) -> Option<String> {
    let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    request::decode(found?)
}

/// The version of a page: the first 128 bits of its SHA-256, in hexadecimal.
fn version(bytes: &[u8]) -> String {
    digest::hex(&digest::sha256(bytes)[..16])
}

/// Adds the headers of every answer of the site: browsers must revalidate it each time.
fn finish(mut answer: Answer, request: &Request) -> Answer {
    if matches!(answer.status, 200 | 404) && is_known(&answer, request) {
        answer.status = 304;
        answer.headers.retain(|(name, _)| *name != "content-type");
        answer.body = ResponseBody::Bytes(Vec::new());
    }
    if request.method == Method::Head && answer.body == ResponseBody::Events {
        answer.body = ResponseBody::Bytes(Vec::new());
    }
    answer.header("cache-control", "no-cache")
}

/// Whether the browser has this very version (RFC 9110, 13.1.2).
fn is_known(answer: &Answer, request: &Request) -> bool {
    let etag = answer.headers.iter().find(|(name, _)| *name == "etag").map(|(_, etag)| etag);
    let (Some(etag), Some(known)) = (etag, &request.if_none_match) else { return false };
    known.split(',').map(str::trim).any(|k| k == "*" || k.strip_prefix("W/").unwrap_or(k) == etag)
}

//! A request → an answer.

use sha2::{Digest, Sha256};

use super::guard::Guard;
use super::request::{Answer, Body, Method, Request};
use super::snapshot::{self, Found, Snapshot};
use crate::routes::Route;

/// Answers a request from a snapshot.
pub fn answer(snapshot: &Snapshot, guard: Guard, request: &Request) -> Answer {
    let answer = guard.refuse(request).unwrap_or_else(|| from_site(snapshot, request));
    finish(answer, request)
}

fn from_site(snapshot: &Snapshot, request: &Request) -> Answer {
    match snapshot.find(request) {
        Found::Route(route) => page(snapshot, &route, 200),
        Found::Folder(folder) => snapshot::redirect(&folder, &request.query),
        Found::Nothing(route) => page(snapshot, &route, 404),
    }
}

fn page(snapshot: &Snapshot, route: &Route, status: u16) -> Answer {
    match snapshot.render(route) {
        Ok(bytes) => {
            let version = version(&bytes);
            Answer::new(status, snapshot.content_type(route), bytes).header("etag", format!("\"{version}\""))
        }
        Err(fault) => Answer::plain(500, &fault.title.en, &fault.title.zh),
    }
}

/// The version of a page: the first 128 bits of its SHA-256, in hexadecimal.
fn version(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What holds for every answer: it is asked about anew each time, its type is
/// believed, and only this server's own pages can hold it.
fn finish(mut answer: Answer, request: &Request) -> Answer {
    if answer.status == 200 && is_known(&answer, request) {
        answer.status = 304;
        answer.headers.retain(|(name, _)| *name != "content-type");
        answer.body = Body::Bytes(Vec::new());
    }
    if request.method == Method::Head && answer.body == Body::Events {
        answer.body = Body::Bytes(Vec::new());
    }
    answer
        .header("cache-control", "no-cache")
        .header("x-content-type-options", "nosniff")
        .header("cross-origin-resource-policy", "same-origin")
}

/// Whether the browser has this very version (RFC 9110, 13.1.2).
fn is_known(answer: &Answer, request: &Request) -> bool {
    let etag = answer.headers.iter().find(|(name, _)| *name == "etag").map(|(_, etag)| etag);
    let (Some(etag), Some(known)) = (etag, &request.if_none_match) else { return false };
    known.split(',').map(str::trim).any(|k| k == "*" || k.strip_prefix("W/").unwrap_or(k) == etag)
}

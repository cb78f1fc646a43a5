//! The engine as a WebAssembly module: four functions, no JavaScript glue.
//!
//! The caller writes a message into memory from [`gb_alloc`], passes it to [`gb_call`],
//! reads the answer at the returned address, and gives both back with [`gb_free`].
//! Messages are JSON, but for pieces of the index:
//!
//! | operation | message | answer |
//! |---|---|---|
//! | 0 open | `index.json` | `{"ok":[[lang, records], …]}` |
//! | 1 supply | length of the name (one byte), name, content | `{"ok":null}` |
//! | 2 search | `{"query": …, "options": {…}}` | `{"ok": results}` or `{"needs": […], "partial": results?}` |
//!
//! A failure is `{"error": "…"}`. This module alone may use `unsafe`: memory is shared
//! with a caller that the compiler does not see.
#![expect(unsafe_code, reason = "exported functions that take addresses from JavaScript")]

use std::cell::RefCell;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::Options;
use crate::engine::{Engine, Step};
use crate::error::{Error, Result, corrupt};

thread_local! {
    /// The one engine of this instance; a module instance is one thread.
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// Bytes that precede an answer: its length.
const PREFIX: usize = 4;

/// Allocates `len` bytes for a message.
#[unsafe(no_mangle)]
pub extern "C" fn gb_alloc(len: usize) -> *mut u8 {
    Box::leak(vec![0u8; len].into_boxed_slice()).as_mut_ptr()
}

/// Frees what [`gb_alloc`] or [`gb_call`] returned; `len` includes an answer's prefix.
///
/// # Safety
/// `address` and `len` must be those of an allocation that was not freed before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gb_free(address: *mut u8, len: usize) {
    // SAFETY: the caller returns what `leak` gave away, with the same length.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(address, len)) });
}

/// Carries out an operation on a message. The answer begins with its length as a
/// little-endian 32-bit number.
///
/// # Safety
/// `address` and `len` must be those of a message in memory from [`gb_alloc`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gb_call(operation: u32, address: *const u8, len: usize) -> *mut u8 {
    // SAFETY: the caller wrote the message there and leaves it alone until this returns.
    let message = unsafe { std::slice::from_raw_parts(address, len) };
    let answer = ENGINE.with_borrow_mut(|engine| call(engine, operation, message));
    let json = answer.unwrap_or_else(|error| json!({ "error": error.to_string() })).to_string();
    let mut bytes = Vec::with_capacity(PREFIX + json.len());
    bytes.extend_from_slice(&(json.len() as u32).to_le_bytes());
    bytes.extend_from_slice(json.as_bytes());
    Box::leak(bytes.into_boxed_slice()).as_mut_ptr()
}

fn call(engine: &mut Option<Engine>, operation: u32, message: &[u8]) -> Result<Value> {
    if operation == 0 {
        let opened = engine.insert(Engine::open(message)?);
        return Ok(json!({ "ok": opened.languages() }));
    }
    let engine = engine.as_mut().ok_or_else(|| corrupt("no bundle is open"))?;
    match operation {
        1 => supply(engine, message).map(|()| json!({ "ok": null })),
        2 => search(engine, message),
        _ => Err(corrupt("no such operation")),
    }
}

fn supply(engine: &mut Engine, message: &[u8]) -> Result<()> {
    let short = || corrupt("a message is cut short");
    let (&len, rest) = message.split_first().ok_or_else(short)?;
    let (name, content) = rest.split_at_checked(len.into()).ok_or_else(short)?;
    engine.supply(text(name)?, content.to_vec())
}

fn search(engine: &mut Engine, message: &[u8]) -> Result<Value> {
    #[derive(Deserialize)]
    struct Request {
        query: String,
        options: Options,
    }
    let request: Request = serde_json::from_slice(message)
        .map_err(|error| Error::Index(format!("the request is malformed: {error}")))?;
    Ok(match engine.search(&request.query, &request.options)? {
        Step::Done(results) => json!({ "ok": results }),
        Step::Needs { pieces, partial } => json!({ "needs": pieces, "partial": partial }),
    })
}

fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| corrupt("a message is not UTF-8"))
}

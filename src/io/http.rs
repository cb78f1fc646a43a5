//! HTTP/1.1 over TCP: connections in, requests out to be answered, answers back. With limits on everything.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http_body_util::channel::{Channel, Sender};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName};
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::Failure;
use super::request::{Answer, Method, Request, ResponseBody};
use crate::message;

/// How many connections are open at once; further ones wait.
const CONNECTIONS: usize = 256;
/// The size of a request's line and headers.
const REQUEST_BYTES: usize = 16 * 1024;
/// How many headers a request may have.
const HEADERS: usize = 64;
/// How long a request may take to arrive, a connection may lie idle, and a part of an answer may wait to be taken.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection lives at most; browsers open another.
const LIFETIME: Duration = Duration::from_secs(600);
/// How long an answer may take. What is still being made then keeps its thread.
pub const ANSWERED_WITHIN: Duration = Duration::from_secs(40);
/// How many answers are made at once; further requests wait. No more threads than these can be kept.
const ANSWERS: usize = 64;
/// How often a stream of events without events says that it is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it connects again to a stream that ended.
const RECONNECT: Duration = Duration::from_millis(500);
/// How long it waits where there is no place for its stream, and it asks now and then instead.
const ASK_AGAIN: Duration = Duration::from_secs(1);
/// How many streams of events one machine has at once: fewer than the six connections that a browser
/// opens to a server (HTTP/1.1), so that one is always free for pages.
const STREAMS_EACH: usize = 4;
/// How many streams of events there are at once, so that most connections are free for pages.
const STREAMS: usize = CONNECTIONS / 4;
/// How many ports after the one asked for are tried.
const NEXT_PORTS: u16 = 20;

/// Answers requests.
#[derive(Clone)]
pub struct Responder {
    /// Answers one request. It may block: each call has a thread of its own.
    pub answer: Arc<dyn Fn(&Request) -> Answer + Send + Sync>,
    /// The answer to a request that takes longer than [`ANSWERED_WITHIN`].
    pub timed_out: fn() -> Answer,
    /// Headers of every answer, whatever its status.
    pub headers: &'static [(&'static str, &'static str)],
}

/// Tells the pages that listen for events the number of the latest change, so that they reload.
#[derive(Debug, Default)]
pub struct ReloadChannel(watch::Sender<u64>);

impl ReloadChannel {
    /// Announces a change. Slow listeners receive the latest only.
    pub fn announce(&self, generation: u64) {
        self.0.send_replace(generation);
    }
}

/// A socket that waits for connections.
pub struct Listener {
    socket: std::net::TcpListener,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Listener {
    /// Listens at a port, or at a free one near it if it is taken: to this
    /// machine only, or to all that reach it.
    ///
    /// # Errors
    /// The machine has no free port or does not let us.
    pub fn open(port: u16, public: bool) -> Result<Self, Failure> {
        let ip = if public { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let near = (0..=NEXT_PORTS).map_while(|step| port.checked_add(step));
        let mut last = None;
        for port in near.chain([0]) {
            match Self::bind((ip, port).into()) {
                Ok(listener) => return Ok(listener),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
                Err(error) => return Err(cannot_listen(port, &error)),
            }
        }
        Err(cannot_listen(port, &last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into())))
    }

    fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = std::net::TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }
}

fn cannot_listen(port: u16, error: &io::Error) -> Failure {
    Failure::said(message!("无法使用端口 {port}：{error}", "cannot listen at port {port}: {error}"))
        .hint(message!("用 --port 指明另一个端口", "name another port with --port"))
}

/// The address of a server on this machine, with a slash at its end: for other machines if it is `public`.
pub fn base_url(public: bool, port: u16) -> String {
    match own_address().filter(|_| public) {
        Some(IpAddr::V6(address)) => format!("http://[{address}]:{port}/"),
        Some(address) => format!("http://{address}:{port}/"),
        None => format!("http://127.0.0.1:{port}/"),
    }
}

/// The address of this machine as others reach it; no packet is sent to find it.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address reserved for documentation (RFC 5737): only the route to it is looked up.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// Answers requests until the process is asked to end (Ctrl-C, SIGTERM).
///
/// # Errors
/// The machine does not let us wait for connections.
pub fn serve(listener: Listener, channel: &ReloadChannel, responder: Responder) -> Result<(), Failure> {
    let port = listener.address.port();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(ANSWERS).build();
    let runtime = runtime.map_err(|error| cannot_listen(port, &error))?;
    let result = runtime.block_on(async {
        let socket = TcpListener::from_std(listener.socket)?;
        tokio::select! {
            () = accept(socket, Service::new(responder, channel)) => Ok(()),
            end = asked_to_end() => end,
        }
    });
    // Connections still open are dropped: browsers connect again.
    runtime.shutdown_background();
    result.map_err(|error| cannot_listen(port, &error))
}

#[derive(Clone)]
struct Service {
    responder: Responder,
    events: EventSource,
}

impl Service {
    fn new(responder: Responder, channel: &ReloadChannel) -> Self {
        let run = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos());
        let changes = channel.0.subscribe();
        Self { responder, events: EventSource { changes, run, streams: Arc::default() } }
    }
}

/// The source of event streams.
#[derive(Clone)]
struct EventSource {
    changes: watch::Receiver<u64>,
    /// Tells this run of the server from the one before, whose numbers began at the same.
    run: u128,
    streams: Arc<Streams>,
}

/// The open streams of events, by the machines that listen.
#[derive(Debug, Default)]
struct Streams(Mutex<BTreeMap<IpAddr, usize>>);

impl Streams {
    /// A place for one more stream to a machine, if there is one.
    fn enter(self: &Arc<Self>, machine: IpAddr) -> Option<StreamSlot> {
        let mut open = self.open();
        let all: usize = open.values().sum();
        let of_machine = open.entry(machine).or_default();
        let free = all < STREAMS && *of_machine < STREAMS_EACH;
        free.then(|| {
            *of_machine += 1;
            StreamSlot { streams: Arc::clone(self), machine }
        })
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<IpAddr, usize>> {
        // Each change is complete before anything can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a stream; free again when it is dropped.
struct StreamSlot {
    streams: Arc<Streams>,
    machine: IpAddr,
}

impl Drop for StreamSlot {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        if let Some(count) = open.get_mut(&self.machine) {
            *count -= 1;
        }
        open.retain(|_, count| *count > 0);
    }
}

async fn accept(socket: TcpListener, service: Service) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        let Ok((stream, peer)) = socket.accept().await else {
            // Too many open files, or a connection that ended before it began.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = service.clone();
        tokio::spawn(async move {
            // A connection that breaks, or has lived long enough, concerns nobody else.
            let _ = timeout(LIFETIME, connection(stream, peer.ip(), service)).await;
            drop(place);
        });
    }
}

async fn connection(stream: TcpStream, peer: IpAddr, service: Service) -> hyper::Result<()> {
    // Small answers should not wait for each other (RFC 896).
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(request, peer, service.clone()));
    let mut stream = TimeoutStream::new(stream);
    // Who does not take what was asked for makes room for others.
    stream.set_write_timeout(Some(PATIENCE));
    let mut server = hyper::server::conn::http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_headers(HEADERS);
    server.max_buf_size(REQUEST_BYTES);
    server.serve_connection(TokioIo::new(Box::pin(stream)), service).await
}

type Reply = Response<UnsyncBoxBody<Bytes, Infallible>>;

async fn respond(
    request: hyper::Request<Incoming>,
    peer: IpAddr,
    service: Service,
) -> Result<Reply, Infallible> {
    let asked = read(&request);
    // A body is never asked for and never read: hyper closes the connection if one comes.
    drop(request);
    let Service { responder: Responder { answer, timed_out, headers }, events } = service;
    let answered = timeout(ANSWERED_WITHIN, tokio::task::spawn_blocking(move || answer(&asked))).await;
    let failed = || Answer::plain(500, "This page cannot be shown.", "此页无法显示。");
    let answer = answered.map_or_else(|_| timed_out(), |made| made.unwrap_or_else(|_| failed()));
    Ok(reply(answer, headers, peer, events))
}

fn read(request: &hyper::Request<Incoming>) -> Request {
    let header = |name: HeaderName| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
    Request {
        method: match *request.method() {
            hyper::Method::GET => Method::Get,
            hyper::Method::HEAD => Method::Head,
            _ => Method::Other,
        },
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        // More than one is no name (RFC 9112 §3.2).
        host: header(header::HOST).filter(|_| request.headers().get_all(header::HOST).iter().count() == 1),
        origin: header(header::ORIGIN),
        fetch_site: header(HeaderName::from_static("sec-fetch-site")),
        if_none_match: header(header::IF_NONE_MATCH),
        accept_language: header(header::ACCEPT_LANGUAGE),
    }
}

fn reply(
    answer: Answer,
    headers: &'static [(&'static str, &'static str)],
    peer: IpAddr,
    source: EventSource,
) -> Reply {
    let body = match answer.body {
        ResponseBody::Bytes(bytes) => Full::new(Bytes::from(bytes)).boxed_unsync(),
        ResponseBody::Events => match source.streams.enter(peer) {
            Some(place) => {
                let (sender, body) = Channel::new(1);
                tokio::spawn(events(sender, source, place));
                body.boxed_unsync()
            }
            // The browser asks again by itself (HTML, 9.2.3).
            None => Full::new(source.latest(ASK_AGAIN).into()).boxed_unsync(),
        },
    };
    let mut builder = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        builder = builder.header(name, value);
    }
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body).unwrap_or_else(|_| {
        let mut reply = Response::new(Full::default().boxed_unsync());
        *reply.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        reply
    })
}

impl EventSource {
    /// The latest change as an event, with how long to wait before connecting once more.
    fn latest(mut self: EventSource, retry: Duration) -> String {
        event(self.run, *self.changes.borrow_and_update(), retry)
    }
}

fn event(run: u128, generation: u64, retry: Duration) -> String {
    format!("retry: {}\ndata: {run:x}-{generation}\n\n", retry.as_millis())
}

/// Writes server-sent events (HTML, 9.2), the latest at once, until the browser has gone.
async fn events(mut body: Sender<Bytes, Infallible>, mut source: EventSource, _place: StreamSlot) {
    source.changes.mark_changed();
    loop {
        let text = match timeout(HEARTBEAT, source.changes.changed()).await {
            Ok(Ok(())) => event(source.run, *source.changes.borrow_and_update(), RECONNECT),
            Ok(Err(_)) => return,
            Err(_) => ":\n\n".to_owned(),
        };
        if body.send_data(text.into()).await.is_err() {
            return;
        }
    }
}

/// Waits for Ctrl-C or, where there is one, the signal to terminate.
async fn asked_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_leave_room_for_pages() {
        let streams = Arc::new(Streams::default());
        let machine = |n: u8| IpAddr::V4(Ipv4Addr::new(10, 0, 0, n));
        let places: Vec<_> = std::iter::from_fn(|| streams.enter(machine(0))).collect();
        assert_eq!(places.len(), STREAMS_EACH);
        let others: Vec<_> = (1..=255)
            .flat_map(|n| std::iter::from_fn(move || Some(n)).map_while(|n| streams.enter(machine(n))))
            .collect();
        assert_eq!(places.len() + others.len(), STREAMS);
        drop(places);
        assert!(streams.enter(machine(0)).is_some(), "a place is free again");
    }
}

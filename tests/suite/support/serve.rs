//! A running `gongbao serve`, and what it is asked.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The day every test counts from.
const DAY: &str = "2026-11-21";

/// A running server. It ends with the test.
pub(crate) struct Server {
    child: Child,
    /// The port it listens at.
    pub(crate) port: u16,
    said: Arc<Mutex<String>>,
}

/// An answer.
pub(crate) struct Reply {
    /// The status code.
    pub(crate) status: u16,
    headers: BTreeMap<String, String>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// A small site of its own for a test.
pub(crate) fn site(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(name);
    let _ = fs::remove_dir_all(&folder);
    super::write(&folder, super::SMALL);
    folder
}

impl Server {
    /// Serves a site at any free port.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_at(folder, 0, &[])
    }

    /// Serves a site.
    pub(crate) fn start_at(folder: &Path, port: u16, flags: &[&str]) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_gongbao")), folder, port, flags)
    }

    /// Serves a site by a command that runs the program with the arguments it gets.
    pub(crate) fn start_by(mut command: Command, folder: &Path, port: u16, flags: &[&str]) -> Self {
        let mut child = command
            .args(["serve", "--as-of", DAY, "--port", &port.to_string(), "--site"])
            .arg(folder)
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        // Read from the start: a pipe that nobody reads holds the server up once it is full.
        listen(BufReader::new(child.stderr.take().unwrap()), &said);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let port = std::iter::from_fn(|| {
            let mut line = String::new();
            let some = out.read_line(&mut line).unwrap() > 0;
            said.lock().unwrap().push_str(&line);
            some.then_some(line)
        })
        .find_map(|line| line.strip_prefix("http://")?.split('/').next()?.rsplit(':').next()?.parse().ok())
        .expect("the server says where to look");
        listen(out, &said);
        Self { child, port, said }
    }

    /// What a browser puts into `Host`.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What it wrote to the terminal so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Sends a request as it is and reads the answer to its end.
    pub(crate) fn ask(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // A server that refuses may stop reading before everything is written.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Reply::read(&bytes)
    }

    /// The page at a path.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host()))
    }

    /// Waits until the page at a path holds a text.
    pub(crate) fn wait_for(&self, path: &str, text: &str) {
        let start = Instant::now();
        while !self.get(path).text().contains(text) {
            assert!(start.elapsed() < Duration::from_secs(20), "{path} never held {text}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Interrupts it as Ctrl-C does. Gives its exit code.
    pub(crate) fn interrupt(&mut self) -> Option<i32> {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code()
    }

    /// Whether it is still running.
    pub(crate) fn is_up(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(from: BufReader<impl Read + Send + 'static>, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in from.lines().map_while(Result::ok) {
            said.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
}

impl Reply {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let header =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let headers = lines.filter_map(header).collect();
        Self { status, headers, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Builds a site afresh with the server's address. Gives its files by path.
pub(crate) fn build(site: &Path, server: &Server) -> BTreeMap<String, Vec<u8>> {
    let out = site.with_extension("built");
    let base_url = format!("http://{}/", server.host());
    let args = ["build", "--as-of", DAY, "--base-url", &base_url, "--out", out.to_str().unwrap()];
    let built = super::gongbao(site, &args);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let pages = super::tree(&out).into_iter().filter(|(path, _)| path != Path::new("SHA256SUMS"));
    pages.map(|(path, bytes)| (path.to_str().unwrap().to_owned(), bytes)).collect()
}

/// A served page without what the server adds to it.
pub(crate) fn without_script(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8(page.to_vec()).unwrap();
    let start = page.find("<script src=\"/__gongbao/client.js\"").unwrap();
    let end = start + page[start..].find('\n').unwrap() + 1;
    format!("{}{}", &page[..start], &page[end..]).into_bytes()
}

//! Access to disk, clock and network. No other module of the crate touches them.

pub mod audit;
pub mod batch;
pub mod browser;
pub mod clock;
pub mod file;
pub mod folder;
pub mod http;
pub mod load;
pub mod memory;
pub mod output;
pub mod publish;
pub mod request;
pub mod signature;
pub mod stamp;
pub mod sums;
pub mod watch;

use std::fmt;
use std::path::Path;

use crate::base::Message;
use crate::message;

/// An action on a path, in Chinese and in English, in words that follow “cannot”.
type Doing = (&'static str, &'static str);

const READ: Doing = ("读取", "read");
const READ_FOLDER: Doing = ("读取文件夹", "read the folder");
const WRITE: Doing = ("写入", "write");
const MAKE_FOLDER: Doing = ("建立文件夹", "make the folder");
const LOCK: Doing = ("锁定", "lock");

/// Something outside failed: what was tried, on what, and why it failed.
#[derive(Debug)]
pub struct Failure {
    /// The failure, with the path.
    pub message: Message,
    /// Advice, if there is any.
    pub hint: Option<Message>,
}

impl Failure {
    /// A failure to do something with a path.
    fn new(path: &Path, what: Doing, error: &std::io::Error) -> Self {
        let path = path.display();
        let (zh, en) = what;
        Self { message: message!("无法{zh} {path}：{error}", "cannot {en} {path}: {error}"), hint: None }
    }

    /// A failure that has its own words.
    pub fn said(message: Message) -> Self {
        Self { message, hint: None }
    }

    /// Adds advice.
    pub fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} · {}", self.message.en, self.message.zh)
    }
}

impl std::error::Error for Failure {}

//! The watch server.

mod framing;
mod hostile;
mod preview;
mod reach;
mod torture;

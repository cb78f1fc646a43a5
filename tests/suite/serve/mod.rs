//! The watch server.

mod hostile;
mod preview;
mod reach;
mod torture;

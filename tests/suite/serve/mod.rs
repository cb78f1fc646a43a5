//! The watch server.

mod hostile;
mod preview;
mod torture;

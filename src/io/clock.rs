//! The clock.

use std::time::Instant;

use crate::base::Date;

/// Today in the time zone of the machine's clock, UTC if it has none.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// The present moment of a clock that never goes back, for measuring how long something takes.
pub fn instant() -> Instant {
    Instant::now()
}

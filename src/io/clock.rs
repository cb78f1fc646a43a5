//! The clock.

use crate::base::Date;

/// Today in the time zone of the machine's clock, UTC if it has none.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

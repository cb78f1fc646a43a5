//! The interface between a theme and the views that it renders.

use crate::theme::vocabulary::string_uses::Call;

/// Templates and strings that the views ask a theme for.
pub struct Interface {
    /// The names of the page templates: `task.html`.
    pub templates: Vec<&'static str>,
    /// The strings that views ask for by name, with their variables.
    pub strings: Vec<Call>,
    /// Tells whether a string is a plural form of one that scripts show, which templates do not name.
    pub is_plural_form: fn(&str) -> bool,
}

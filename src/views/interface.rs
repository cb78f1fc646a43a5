//! The interface that views expect of every theme: templates and strings.

use crate::theme::Interface;
use crate::views::root::RootView;
use crate::views::{CONTENTS, View, strings};

/// The templates and strings that a theme must have.
pub fn interface() -> Interface {
    let templates = CONTENTS.iter().map(|(template, _)| *template).chain([RootView::TEMPLATE]);
    Interface {
        templates: templates.collect(),
        strings: strings::all(),
        is_plural_form: strings::is_plural_form,
    }
}

//! Interface strings: Project Fluent files of the theme → text in the reader's language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::parser::ParserError;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use crate::theme::numbers::Numbers;

/// The strings of one language.
pub struct Strings {
    bundle: FluentBundle<FluentResource>,
}

impl Strings {
    /// No strings yet, for the language of a BCP 47 tag, which decides on plurals.
    pub fn new(tag: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(written));
        Self { bundle }
    }

    /// Adds the strings of a `.ftl` file; they win over those of the same name.
    pub fn add(&mut self, path: &SitePath, text: &str) -> Vec<Diagnostic> {
        let (resource, errors) = match FluentResource::try_new(text.into()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        self.bundle.add_resource_overriding(resource);
        errors.iter().map(|error| syntax_error(path, error)).collect()
    }

    /// Whether there is a string of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.bundle.has_message(name)
    }

    /// The string of that name with its variables filled in; `None` if there
    /// is no such string or a variable it needs was not given.
    pub fn get(&self, name: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(name)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

/// A whole number as the language writes it; anything else is left to Fluent.
fn written(value: &FluentValue<'_>, language: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.value as i64;
    if whole as f64 != number.value {
        return None;
    }
    language.with_try_get::<Numbers, _, _>((), |numbers| numbers.whole(whole)).ok()
}

impl Memoizable for Numbers {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        Self::new(&language.to_string()).ok_or(())
    }
}

fn syntax_error(path: &SitePath, error: &ParserError) -> Diagnostic {
    let span = error.pos.clone();
    Diagnostic::new(
        Code::MISSING_STRING,
        message!("界面文字无法读取：{error}", "the interface strings cannot be read: {error}"),
    )
    .at(path, span)
    .hint(message!("格式见 Project Fluent 语法：名称 = 文字", "the format is Project Fluent: name = text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_and_plurals() {
        let path = SitePath::new("i18n/en.ftl").unwrap();
        let text = "tasks = { $n ->\n    [one] { $n } task\n   *[other] { $n } tasks\n }\n";
        let mut strings = Strings::new("en");
        assert_eq!(strings.add(&path, text), []);
        let args = |n: i64| FluentArgs::from_iter([("n", n)]);
        assert_eq!(strings.get("tasks", &args(1)).unwrap(), "1 task");
        assert_eq!(strings.get("tasks", &args(14)).unwrap(), "14 tasks");
        assert_eq!(strings.get("tasks", &args(10_000)).unwrap(), "10,000 tasks");
        assert_eq!(strings.get("tasks", &FluentArgs::new()), None);
        assert_eq!(strings.get("nothing", &FluentArgs::new()), None);
    }
}

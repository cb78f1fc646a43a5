//! Explanations: why there is such a rule, what to do, and an example that breaks it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Code;

/// The long explanation of a code.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The example that raises it; only a defect of the program has none.
    pub example: Option<Example>,
}

/// An example that breaks a rule when it is put into a good site.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Commands for `sh`, run in the folder of the site before the file is written.
    pub shell: Option<String>,
    /// The file, relative to the site.
    pub file: Option<String>,
    /// Its contents.
    pub text: Option<String>,
    /// Its bytes in hexadecimal, if they are no text.
    pub hex: Option<String>,
}

/// The explanation of a code.
pub fn of(code: Code) -> &'static Explanation {
    ALL.get(code.name()).expect("every code is explained, as a test ensures")
}

static ALL: LazyLock<BTreeMap<String, Explanation>> = LazyLock::new(|| {
    toml::from_str(include_str!("explanations.toml")).expect("it is TOML, as a test ensures")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_and_nothing_else() {
        let codes: Vec<_> = Code::all().map(Code::name).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        assert_eq!(ALL.keys().map(String::as_str).collect::<Vec<_>>(), sorted);
        for code in Code::all() {
            let Explanation { zh, en, example } = of(code);
            assert!(zh.ends_with('。') && en.ends_with('.'), "{code:?}");
            let depends_on_machine = [Code::SEARCH_INDEX, Code::COMPILE_LIMIT].contains(&code);
            assert!(example.is_some() || depends_on_machine, "{code:?} has an example");
        }
    }
}

//! The strings of `.ftl` files: where each is and which variables it uses.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::base::{Label, SitePath, Span};

/// The strings of one language: of each name the one read last, which is the one shown.
pub type FtlStrings = BTreeMap<String, FtlString>;

/// One string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FtlString {
    /// Where its name is.
    pub place: Label,
    /// The variables and strings it uses.
    pub uses: Uses,
}

/// The arguments and references of a string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Variables that the text shows.
    pub shown: BTreeSet<String>,
    /// Variables that choose between variants of the text.
    pub choosing: BTreeSet<String>,
    /// Other strings whose text it takes in.
    pub strings: BTreeSet<String>,
}

/// Reads the strings of a file; what cannot be read is left out.
pub fn read(path: &SitePath, text: &str) -> FtlStrings {
    let resource = parser::parse(text).unwrap_or_else(|(resource, _)| resource);
    let message = |entry: &Entry<&str>| {
        let Entry::Message(message) = entry else { return None };
        let mut uses = Uses::default();
        message.value.iter().for_each(|pattern| uses.pattern(pattern));
        let name = message.id.name;
        Some((name.to_owned(), FtlString { place: Label::new(path, place(text, name)), uses }))
    };
    resource.body.iter().filter_map(message).collect()
}

/// Where a line begins with a name; the last such line, as the last one wins.
fn place(text: &str, name: &str) -> Span {
    let begins = |at: &usize| {
        let alone = text[at + name.len()..].trim_start_matches(' ').starts_with('=');
        alone && (*at == 0 || text[..*at].ends_with('\n'))
    };
    let at = text.rmatch_indices(name).map(|(at, _)| at).find(begins).unwrap_or(0);
    at..(at + name.len()).min(text.len())
}

impl Uses {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let mut chosen = Self::default();
                chosen.inline(selector);
                self.choosing.append(&mut chosen.shown);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => drop(self.shown.insert(id.name.to_owned())),
            InlineExpression::MessageReference { id, .. } => drop(self.strings.insert(id.name.to_owned())),
            InlineExpression::FunctionReference { arguments, .. }
            | InlineExpression::TermReference { arguments: Some(arguments), .. } => self.arguments(arguments),
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_string_uses() {
        let text = "a = { $n ->\n    [one] one { $x }\n   *[other] { NUMBER($n) } { b }\n }\nb = c a = d\n";
        let strings = read(&SitePath::new("en.ftl").unwrap(), text);
        let uses = &strings["a"].uses;
        assert_eq!(uses.shown.iter().collect::<Vec<_>>(), ["n", "x"]);
        assert_eq!(uses.choosing.iter().collect::<Vec<_>>(), ["n"]);
        assert_eq!(uses.strings.iter().collect::<Vec<_>>(), ["b"]);
        assert_eq!(strings["b"].place.start, text.find("b =").unwrap());
    }
}

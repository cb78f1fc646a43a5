//! `[[redirect]]` of `config.toml`: addresses that changed.

use std::collections::BTreeSet;

use crate::base::fields::{At, Fields};
use crate::base::{Code, Diagnostic, Span};
use crate::message;

/// An address that changed, with all addresses below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old address without the language, with a final `/`: `plans/2023-old/`.
    pub from: String,
    /// The new address, in the same form.
    pub to: String,
    /// The place of the old address in `config.toml`.
    pub from_place: Span,
    /// The place of the new address in `config.toml`.
    pub to_place: Span,
}

/// Reads all redirects. Those with a fault are reported and left out.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<Redirect> {
    let mut seen = BTreeSet::new();
    let redirects = fields.tables("redirect", |fields| read_one(fields, &mut seen));
    redirects.into_iter().flatten().collect()
}

fn read_one(fields: &mut Fields<'_>, seen: &mut BTreeSet<String>) -> Option<Redirect> {
    let (from, to) = (address(fields, "from"), address(fields, "to"));
    let (from, to) = (from?, to?);
    if !seen.insert(from.value.clone()) {
        let title = message!("网址 {} 有两条跳转", "the address {} is redirected twice", from.value);
        fields.report(Diagnostic::new(Code::DUPLICATE_ID, title).at(fields.path(), from.span));
        return None;
    }
    Some(Redirect { from: from.value, to: to.value, from_place: from.span, to_place: to.span })
}

/// An address below a language, with a final `/`.
fn address<'a>(fields: &mut Fields<'a>, key: &'a str) -> Option<At<String>> {
    let At { value, span } = fields.required_text(key)?;
    let path = value.strip_suffix('/').unwrap_or(&value);
    if path.split('/').all(is_part) {
        return Some(At { value: format!("{path}/"), span });
    }
    let title = message!("“{value}”不是本站页面的地址", "“{value}” is not the address of a page of the site");
    let hint = message!(
        "写语言代码之后的部分，例如 plans/2023/",
        "write the part after the language, for example plans/2023/"
    );
    fields.report(Diagnostic::new(Code::BAD_VALUE, title).at(fields.path(), span).hint(hint));
    None
}

/// Returns whether a text can be a part of an address: other characters are syntax in the files of hosts.
fn is_part(part: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !part.is_empty() && !part.starts_with('.') && part.chars().all(is_plain)
}

//! The Content Security Policy of every page.

use std::collections::BTreeSet;

use crate::base::{base64, digest};

/// The sources that a page may load from, beside scripts and styles: its own site only.
const PAGE: &str = "default-src 'none'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                    manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";

/// The scripts and styles that are in templates themselves, as the hashes by which a policy allows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InlineHashes {
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
}

impl InlineHashes {
    /// Adds those of a template. One that the template engine rewrites on each page has
    /// no fixed hash and will be refused; its data belong into an attribute or a data block.
    pub fn read(&mut self, template: &str) {
        for text in elements(template, "script").filter_map(|(tag, text)| is_code(tag).then_some(text)) {
            self.scripts.insert(hash(text));
        }
        self.styles.extend(elements(template, "style").map(|(_, text)| hash(text)));
    }

    /// The policy of a page, for `<meta http-equiv="Content-Security-Policy">`.
    pub fn policy(&self) -> String {
        let list =
            |hashes: &BTreeSet<String>| hashes.iter().map(|hash| format!(" '{hash}'")).collect::<String>();
        format!("{PAGE}; script-src 'self'{}; style-src 'self'{}", list(&self.scripts), list(&self.styles))
    }
}

/// The elements of a name with what is in their start tags and between their tags.
fn elements<'a>(text: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        let tag = rest.split_once(&open)?.1;
        let (tag, after) = tag.split_once('>')?;
        let (inside, after) = after.split_once(&close)?;
        rest = after;
        Some((tag, inside))
    })
}

/// Whether a script is in the page and is run: it has no `src`, and its type is not one of data.
fn is_code(tag: &str) -> bool {
    let data = tag.contains("type=") && !tag.contains("module") && !tag.contains("javascript");
    !tag.contains("src=") && !data
}

/// A hash as policies write it (CSP 3 §2.3.1): the digest in Base64.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64::encode(&digest::sha256(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_template_is_allowed_by_its_hash_and_nothing_else_is() {
        let mut inline = InlineHashes::default();
        inline.read("<script src=\"a.js\"></script><script type=\"application/ld+json\">{}</script>");
        assert_eq!(inline, InlineHashes::default());
        assert!(inline.policy().ends_with("script-src 'self'; style-src 'self'"));
        inline.read("<script>alert(1)</script> <style media=\"print\">p{}</style>");
        let policy = inline.policy();
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(
            policy.contains("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"),
            "{policy}"
        );
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
    }
}

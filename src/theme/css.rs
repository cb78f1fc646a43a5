//! A style sheet made small: without comments and needless white space, and with `light-dark()` written out for
//! browsers that do not know it (before 2024).
//!
//! Only the syntax of CSS is read (CSS Syntax Module Level 3), so that properties of any age pass.

use cssparser::{ParseError, Parser, Token};

/// A mistake: where it is, in bytes, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CssFault {
    pub(super) at: usize,
    pub(super) kind: CssFaultKind,
}

/// The kinds of mistakes of syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CssFaultKind {
    /// A text that its line ends.
    OpenString,
    /// An address with quotes, brackets or spaces, without quotes around it.
    BadUrl,
    /// A closing bracket that nothing opened.
    Unopened,
    /// A bracket that nothing closes.
    Unclosed,
    /// Words at the end that no block follows.
    Unfinished,
}

/// Names of the two custom properties of which one is empty: `var(--gongbao-light,A)` is `A` in light colours
/// and nothing in dark ones.
const LIGHT: &str = "--gongbao-light";
const DARK: &str = "--gongbao-dark";

/// The sheet made small, and its mistakes. What is wrong is left out, as browsers do.
pub(super) fn shrink(text: &str) -> (String, Vec<CssFault>) {
    let mut parser = Parser::new(text);
    let mut writer = CssWriter {
        text,
        out: String::new(),
        faults: Vec::new(),
        statement: 0,
        gap: CssGap::None,
        comma: None,
    };
    writer.contents(&mut parser, Inside::Sheet);
    if writer.out.len() > writer.statement {
        // An open bracket explains it.
        if writer.faults.last().is_none_or(|last| last.kind != CssFaultKind::Unclosed) {
            let at = text.trim_end().len().saturating_sub(1);
            writer.faults.push(CssFault { at, kind: CssFaultKind::Unfinished });
        }
        writer.out.truncate(writer.statement);
    }
    (writer.out, writer.faults)
}

/// The surroundings of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Sheet,
    Block,
    Brackets,
    /// The brackets of `light-dark()`, whose first comma is noted.
    Pair,
}

/// The gap between two tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CssGap {
    None,
    Comment,
    Space,
}

impl Inside {
    fn has_statements(self) -> bool {
        matches!(self, Inside::Sheet | Inside::Block)
    }
}

struct CssWriter<'t> {
    text: &'t str,
    out: String,
    faults: Vec<CssFault>,
    /// Where in `out` the statement begins: a rule or a declaration.
    statement: usize,
    /// The gap before the next token.
    gap: CssGap,
    /// Where in `out` the first comma of the `light-dark()` is that is read.
    comma: Option<usize>,
}

impl CssWriter<'_> {
    /// Writes tokens to the end of the sheet or the block.
    fn contents(&mut self, parser: &mut Parser<'_>, inside: Inside) {
        loop {
            let start = parser.position().byte_index();
            let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return };
            let written = &self.text[start..parser.position().byte_index()];
            match token {
                Token::WhiteSpace(_) => self.gap = CssGap::Space,
                Token::Comment(_) => self.gap = self.gap.max(CssGap::Comment),
                // At the end of the sheet, where CSS lets them be open.
                Token::UnquotedUrl(_) if !written.ends_with(')') => self.fault(start, CssFaultKind::Unclosed),
                Token::QuotedString(_) if !is_closed(written) => self.fault(start, CssFaultKind::OpenString),
                _ if self.is_last_backslash(start, written) => self.fault(start, CssFaultKind::Unfinished),
                Token::BadString(_) => self.fault(start, CssFaultKind::OpenString),
                Token::BadUrl(_) => self.fault(start, CssFaultKind::BadUrl),
                Token::CloseParenthesis | Token::CloseSquareBracket | Token::CloseCurlyBracket => {
                    self.fault(start, CssFaultKind::Unopened);
                }
                Token::Semicolon => self.end_statement(inside),
                Token::CurlyBracketBlock => self.rule(parser, start, inside),
                Token::ParenthesisBlock => self.block(parser, start, written, ')'),
                Token::SquareBracketBlock => self.block(parser, start, written, ']'),
                Token::Function(name) if name.eq_ignore_ascii_case("light-dark") => {
                    self.light_dark(parser, start)
                }
                Token::Function(_) => self.block(parser, start, written, ')'),
                Token::Comma => {
                    if inside == Inside::Pair && self.comma.is_none() {
                        self.comma = Some(self.out.len());
                    }
                    self.tight(",");
                }
                _ => self.token(written),
            }
        }
    }

    /// Returns whether a token ends with a backslash that would escape what is written behind it.
    fn is_last_backslash(&self, start: usize, written: &str) -> bool {
        start + written.len() == self.text.len() && written.ends_with('\\')
    }

    /// Notes a mistake in the place of a token.
    fn fault(&mut self, at: usize, kind: CssFaultKind) {
        self.gap = self.gap.max(CssGap::Comment);
        self.faults.push(CssFault { at, kind });
    }

    /// Writes a token, behind a space where white space may mean something.
    fn token(&mut self, written: &str) {
        let begins =
            self.out.len() == self.statement || self.out.ends_with(['{', '}', ';', ',', '(', '[', ':']);
        let mark = |c: char| "{}()[];,:".contains(c);
        match self.gap {
            _ if begins || written.starts_with('!') => {}
            CssGap::None => {}
            CssGap::Space => self.out.push(' '),
            // What a comment separates may be something else if it is joined.
            CssGap::Comment if self.out.ends_with(mark) || written.starts_with(mark) => {}
            CssGap::Comment => self.out.push_str("/**/"),
        }
        self.gap = CssGap::None;
        self.out.push_str(written);
    }

    /// Writes a mark that takes no space before it.
    fn tight(&mut self, mark: &str) {
        self.gap = CssGap::None;
        self.out.push_str(mark);
    }

    /// Ends a declaration or an at-rule without a block.
    fn end_statement(&mut self, inside: Inside) {
        if !inside.has_statements() {
            return self.tight(";");
        }
        self.empty_value();
        self.gap = CssGap::None;
        if self.out.len() > self.statement {
            self.out.push(';');
            self.colour_scheme();
        }
        self.statement = self.out.len();
    }

    /// Keeps the white space that is the value of a custom property.
    fn empty_value(&mut self) {
        if self.out.ends_with(':') {
            self.out.push(' ');
        }
    }

    /// Writes what is in brackets.
    fn block(&mut self, parser: &mut Parser<'_>, start: usize, opening: &str, closing: char) {
        self.token(opening);
        self.nested(parser, start, Inside::Brackets, closing);
        self.gap = CssGap::None;
        self.out.push(closing);
    }

    /// Writes the block of a rule, whose words before it are written already.
    fn rule(&mut self, parser: &mut Parser<'_>, start: usize, inside: Inside) {
        self.gap = CssGap::None;
        let (rule, before) = (self.statement, self.out[self.statement..].to_owned());
        self.out.push('{');
        let content = self.out.len();
        self.statement = content;
        self.nested(parser, start, Inside::Block, '}');
        self.empty_value();
        self.colour_scheme();
        if self.out.ends_with(';') {
            self.out.pop();
        }
        self.gap = CssGap::None;
        self.out.push('}');
        if inside.has_statements() {
            self.dark_scheme(&before, content);
            self.statement = self.out.len();
        } else {
            self.statement = rule;
        }
    }

    fn nested(&mut self, parser: &mut Parser<'_>, start: usize, inside: Inside, closing: char) {
        let read = parser.parse_nested_block(|parser| {
            self.contents(parser, inside);
            Ok::<(), ParseError<()>>(())
        });
        debug_assert!(read.is_ok(), "all of it is read");
        if !self.text[..parser.position().byte_index()].ends_with(closing) {
            self.fault(start, CssFaultKind::Unclosed);
        }
    }

    /// `light-dark(A, B)`: both, of which one is shown.
    fn light_dark(&mut self, parser: &mut Parser<'_>, start: usize) {
        self.token("var(");
        let (from, around) = (self.out.len(), self.comma.take());
        self.nested(parser, start, Inside::Pair, ')');
        let comma = self.comma.unwrap_or(self.out.len()) - from;
        self.comma = around;
        let values = self.out.split_off(from);
        let (light, dark) = (&values[..comma], values.get(comma + 1..).unwrap_or_default());
        self.out.push_str(&format!("{LIGHT},{light})var({DARK},{dark})"));
        self.gap = CssGap::None;
    }

    /// Behind `color-scheme`: which of the two properties is empty.
    fn colour_scheme(&mut self) {
        let declaration = self.out[self.statement..].trim_end_matches(';');
        let Some(scheme) = declaration.strip_prefix("color-scheme:") else { return };
        let values = match (scheme.contains("light"), scheme.contains("dark")) {
            (false, true) => format!("{LIGHT}: ;{DARK}:initial;"),
            (true, _) => format!("{LIGHT}:initial;{DARK}: ;"),
            (false, false) => return,
        };
        if !self.out.ends_with(';') {
            self.out.push(';');
        }
        self.out.push_str(&values);
    }

    /// Behind a rule for both schemes: the same rule where the reader asks for dark colours.
    fn dark_scheme(&mut self, before: &str, content: usize) {
        let both = ["color-scheme:light dark", "color-scheme:dark light"];
        if both.iter().any(|scheme| self.out[content..].contains(scheme)) {
            let rule = format!("@media (prefers-color-scheme:dark){{{before}{{{LIGHT}: ;{DARK}:initial}}}}");
            self.out.push_str(&rule);
        }
    }
}

/// Returns whether a text in quotation marks ends with the mark that it begins with.
fn is_closed(written: &str) -> bool {
    let mut inside = written.chars();
    let Some(mark) = inside.next() else { return true };
    let mut is_escaped = false;
    let ends = |c: char| {
        let ends = c == mark && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    };
    inside.any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shrink(text), (expected.to_owned(), Vec::new()), "{text}");
    }

    #[track_caller]
    fn wrong(text: &str, expected: &str, kind: CssFaultKind, at: usize) {
        assert_eq!(shrink(text), (expected.to_owned(), vec![CssFault { at, kind }]), "{text}");
    }

    #[test]
    fn white_space_stays_where_it_means_something() {
        check(
            "/* why */ a ,  b > c { color : red ; margin: 0  auto !important; }",
            "a,b > c{color :red;margin:0 auto!important}",
        );
        check("a :hover { top: calc( 1px + 2px ) }", "a :hover{top:calc(1px + 2px)}");
        check(
            "@media (min-width: 10rem)  and (max-width: 20rem) { a { top: 0 } }",
            "@media (min-width:10rem) and (max-width:20rem){a{top:0}}",
        );
        check(":root { --empty: ; --other: a  b }", ":root{--empty: ;--other:a b}");
        check("a{b:c/* x */d}", "a{b:c/**/d}");
        check(
            "a::before { content: \"a  /* b */\"; background: url( x.png ) }",
            "a::before{content:\"a  /* b */\";background:url( x.png )}",
        );
        check("@import \"a.css\" ; ;; a{}", "@import \"a.css\";a{}");
        check("a { &:hover { top: 0 } color: red }", "a{&:hover{top:0}color:red}");
    }

    #[test]
    fn dark_colours_reach_old_browsers() {
        check(
            ":root { color-scheme: light dark; --ink: light-dark(#fff, rgb(0, 0, 0)) }",
            ":root{color-scheme:light dark;--gongbao-light:initial;--gongbao-dark: ;--ink:var(--gongbao-light,#fff)var(--gongbao-dark,rgb(0,0,0))}\
             @media (prefers-color-scheme:dark){:root{--gongbao-light: ;--gongbao-dark:initial}}",
        );
        check(
            "@media print { :root { color-scheme: light } }",
            "@media print{:root{color-scheme:light;--gongbao-light:initial;--gongbao-dark: }}",
        );
    }

    #[test]
    fn what_is_wrong_is_left_out_and_named() {
        wrong("a{top:0} b(", "a{top:0}", CssFaultKind::Unclosed, 9);
        wrong("a{top:0} b", "a{top:0}", CssFaultKind::Unfinished, 9);
        wrong("a{top:0", "a{top:0}", CssFaultKind::Unclosed, 1);
        wrong("a{top:0}} b{left:0}", "a{top:0}b{left:0}", CssFaultKind::Unopened, 8);
        wrong("a{content:\"x\n;top:0}", "a{content: ;top:0}", CssFaultKind::OpenString, 10);
        wrong("a{background:url(a\"b);top:0}", "a{background: ;top:0}", CssFaultKind::BadUrl, 13);
    }

    #[test]
    fn the_comma_of_two_colours_is_the_outer_one() {
        let shown = |values: &str| shrink(&format!("a{{b:{values}}}")).0;
        assert_eq!(
            shown("light-dark(rgb(1, 2, 3), \")\")"),
            "a{b:var(--gongbao-light,rgb(1,2,3))var(--gongbao-dark,\")\")}"
        );
        assert_eq!(shown("light-dark(red)"), "a{b:var(--gongbao-light,red)var(--gongbao-dark,)}");
        assert_eq!(
            shown("light-dark(light-dark(a, b), c)"),
            "a{b:var(--gongbao-light,var(--gongbao-light,a)var(--gongbao-dark,b))var(--gongbao-dark,c)}"
        );
    }

    proptest::proptest! {
        /// Whatever a sheet says, it is read to its end, and what was made small stays as it is.
        #[test]
        fn any_sheet_is_read(text in "([a-z0-9 ,;:{}()\\\\\\[\\]\"'/*@#.!>\n\u{4e00}-]|light-dark\\(|color-scheme:light dark;|url\\(|/\\*|\\*/){0,60}") {
            let (small, _) = shrink(&text);
            let (again, faults) = shrink(&small);
            proptest::prop_assert!(faults.is_empty(), "{small:?} of {text:?}: {faults:?}");
            if !small.contains("color-scheme") {
                proptest::prop_assert_eq!(again, small);
            }
        }
    }
}

//! Requests and answers: the part of HTTP (RFC 9110) that the preview needs.

/// A request. Headers that are absent or not text are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path as it is in the request, percent-encoded, with its leading slash.
    pub path: String,
    /// The query after the question mark; empty if there is none.
    pub query: String,
    /// `Host`.
    pub host: Option<String>,
    /// `Origin`.
    pub origin: Option<String>,
    /// `Sec-Fetch-Site`: how the asking page relates to this server.
    pub fetch_site: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `Accept-Language`.
    pub accept_language: Option<String>,
}

/// The methods that are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    #[default]
    Get,
    /// `HEAD`: as `GET`, without the body.
    Head,
    /// Any other; none is allowed.
    Other,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: ResponseBody,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseBody {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The stream of events of the server (HTML, server-sent events), until one side ends it.
    Events,
}

impl Answer {
    /// An answer with a body of a type.
    pub fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: ResponseBody::Bytes(body),
        }
    }

    /// An answer in plain words, English and Chinese.
    pub fn plain(status: u16, en: &str, zh: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{en}\n{zh}\n").into_bytes())
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Undoes percent-encoding (RFC 3986, 2.1). `None` if the result is not UTF-8,
/// contains a control character, or the text is not validly encoded.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding() {
        assert_eq!(decode("/zh/%E4%B8%93%e5%88%a9").as_deref(), Some("/zh/专利"));
        assert_eq!(decode("/a+b").as_deref(), Some("/a+b"));
        for bad in ["%", "%4", "%zz", "%ff", "%00", "a%0d%0ab"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}

//! Redirects of renamed pages: a page at each old address, and rules for hosts and nginx.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::headers::{base_path, escaped};
use crate::base::Lang;
use crate::html::escape;
use crate::routes::{self, Page, Route, redirects};
use crate::site::Site;
use crate::theme::STYLE;
use crate::views::context::PageContext;
use crate::views::{head, strings};

/// The page at an old address, for hosts that read no rules. It has no script, so that it works under every
/// policy, and a link for browsers that do not follow the redirect.
pub fn page(reader: &PageContext<'_>, lang: Lang, page: Page) -> String {
    let target = Route::Page(lang, page);
    let text = |text: &str| {
        let mut out = String::new();
        escape(text, &mut out);
        out
    };
    let href = text(&routes::href(reader.site, reader.route, &target));
    let (title, link) = (text(&reader.say(strings::moved_title())), text(&reader.say(strings::moved_link())));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         <link rel=\"canonical\" href=\"{canonical}\">\n\
         <link rel=\"icon\" href=\"{icon}\" type=\"image/svg+xml\">\n<link rel=\"stylesheet\" href=\"{style}\">\n\
         </head>\n<body class=\"landing\">\n<main>\n<section>\n<h1>{title}</h1>\n\
         <p><a class=\"button\" href=\"{href}\">{link}</a></p>\n</section>\n</main>\n</body>\n</html>\n",
        tag = text(&reader.language.tag),
        policy = text(&reader.shared.theme.policy),
        canonical = text(&routes::absolute(reader.site, &target)),
        icon = text(&head::asset(reader, "mark.svg")),
        style = text(&head::asset(reader, STYLE)),
    )
}

/// `/_redirects`, in which hosts such as Netlify and Cloudflare Pages read redirects: a line for each
/// old address.
pub fn for_hosts(site: &Site) -> String {
    let base = base_path(&site.settings.base_url);
    rules(site, |old, new| format!("{base}{} {base}{} 301\n", escaped(old), escaped(new)))
}

/// `/redirects.nginx.conf`: the entries of a `map` of nginx, from the path of a request, which nginx
/// decodes, to its new path.
pub fn for_nginx(site: &Site) -> String {
    let base = base_path(&site.settings.base_url);
    let decoded: Cow<'_, str> = percent_decode_str(base).decode_utf8_lossy();
    rules(site, |old, new| format!("\"{decoded}{old}\" \"{base}{}\";\n", escaped(new)))
}

/// The rules for all old addresses, of pages and of the files beside them.
fn rules(site: &Site, rule: impl Fn(&str, &str) -> String) -> String {
    redirects::targets(site).iter().map(|(old, target)| rule(old, &routes::url(site, target))).collect()
}

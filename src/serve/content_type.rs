//! The media type of a file, by its name, as the static servers of the published site give it.

/// The `Content-Type` of a file of the site.
pub fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        _ if name.is_empty() => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" if name == "atom.xml" => "application/atom+xml",
        "xml" if name == "opensearch.xml" => "application/opensearchdescription+xml",
        "xml" if name.ends_with(".akn.xml") => "application/akn+xml",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn pages_and_files() {
        assert_eq!(of(""), "text/html; charset=utf-8");
        assert_eq!(of("zh/plans/2023/"), "text/html; charset=utf-8");
        assert_eq!(of("zh/atom.xml"), "application/atom+xml");
        assert_eq!(of("zh/plans/2023/plan.akn.xml"), "application/akn+xml");
        assert_eq!(of("sitemap.xml"), "application/xml");
        assert_eq!(of("search/engine.1f2e.WASM"), "application/wasm");
        assert_eq!(of("data/unknown"), "application/octet-stream");
    }
}

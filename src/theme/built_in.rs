//! The default theme, as it is in `themes/default/` of the repository.

use crate::base::SitePath;

/// Its name.
pub const NAME: &str = "default";

macro_rules! files {
    ($($path:literal)*) => {
        /// Paths below the theme's folder, and contents.
        pub const FILES: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*];
    };
}

files! {
    "assets/cite.js"
    "assets/contents.js"
    "assets/days.js"
    "assets/filter.js"
    "assets/mark.svg"
    "assets/results.js"
    "assets/search-save.js"
    "assets/search-ui.js"
    "assets/search.js"
    "assets/site.js"
    "i18n/en.ftl"
    "i18n/zh.ftl"
    "styles/10-tokens.css"
    "styles/20-type.css"
    "styles/30-frame.css"
    "styles/40-lists.css"
    "styles/50-document.css"
    "styles/55-page.css"
    "styles/60-years.css"
    "styles/70-search.css"
    "styles/80-modes.css"
    "styles/90-print.css"
    "templates/404.html"
    "templates/base.html"
    "templates/bodies.html"
    "templates/body.html"
    "templates/components-task.html"
    "templates/components.html"
    "templates/data.html"
    "templates/glossary.html"
    "templates/home.html"
    "templates/instrument.html"
    "templates/instruments.html"
    "templates/page.html"
    "templates/plan.html"
    "templates/plans.html"
    "templates/root.html"
    "templates/search.html"
    "templates/task.html"
    "templates/tasks.html"
    "templates/thread.html"
    "templates/threads.html"
    "templates/timeline.html"
    "templates/topic.html"
    "templates/topics.html"
    "templates/transition.html"
}

/// The text of a file of the default theme, by the path at which a site would keep its own.
pub fn text(path: &SitePath) -> Option<&'static str> {
    let name = path.as_str().strip_prefix("themes/default/")?;
    let (_, bytes) = FILES.iter().find(|(path, _)| *path == name)?;
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_theme_is_in_the_binary() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
            for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                found.push(file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
            }
        }
        found.sort();
        assert_eq!(found, FILES.iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>());
    }
}

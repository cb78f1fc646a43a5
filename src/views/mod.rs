//! Views: what each template receives. Every struct here is part of the interface of themes.

pub mod blocks;
pub mod bodies;
pub mod changes;
pub mod chart;
pub mod cite;
pub mod comparisons;
pub mod context;
pub mod corrections;
pub mod deadline;
pub mod evidence;
pub mod glossary;
pub mod head;
pub mod home;
pub mod instruments;
pub mod interface;
pub mod items;
pub mod json_ld;
pub mod links;
pub mod overlays;
pub mod page;
pub mod plan;
pub mod plans;
pub mod root;
pub mod search;
pub mod share;
pub mod shared;
pub mod simple;
pub mod strings;
pub mod targets;
pub mod task;
pub mod tasks;
pub mod threads;
pub mod timeline;
pub mod titles;
pub mod topics;
pub mod transition;

use serde::Serialize;

/// All that a template receives.
pub trait View: Serialize {
    /// The template that shows it, in the folder `templates/` of a theme.
    const TEMPLATE: &'static str;
}

/// The `content` of one kind of page.
pub trait Content: Serialize {
    /// The template that shows it.
    const TEMPLATE: &'static str;
}

impl<C: Content> View for head::PageView<C> {
    const TEMPLATE: &'static str = C::TEMPLATE;
}

impl View for root::RootView {
    const TEMPLATE: &'static str = "root.html";
}

macro_rules! contents {
    ($($template:literal => $module:ident::$view:ident),* $(,)?) => {
        $(impl Content for $module::$view {
            const TEMPLATE: &'static str = $template;
        })*

        /// The templates of pages, each with the name of what it receives as `content`.
        pub const CONTENTS: &[(&str, &str)] = &[$(($template, stringify!($view))),*];
    };
}

contents! {
    "home.html" => home::HomeView,
    "plans.html" => plans::PlansView,
    "plan.html" => plan::PlanView,
    "task.html" => task::TaskView,
    "tasks.html" => tasks::TasksView,
    "timeline.html" => timeline::TimelineView,
    "instruments.html" => instruments::InstrumentsView,
    "instrument.html" => instruments::InstrumentView,
    "threads.html" => threads::ThreadsView,
    "thread.html" => threads::ThreadView,
    "transition.html" => transition::TransitionView,
    "bodies.html" => bodies::BodiesView,
    "body.html" => bodies::BodyPage,
    "topics.html" => topics::TopicsView,
    "topic.html" => topics::TopicView,
    "search.html" => search::SearchView,
    "glossary.html" => glossary::GlossaryView,
    "page.html" => page::TextPageView,
    "data.html" => simple::DataView,
    "404.html" => simple::NotFoundView,
}

#[cfg(test)]
mod tests;

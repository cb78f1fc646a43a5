//! Files for other programs: plans as Akoma Ntoso, calendars, feeds, sitemaps, open data, redirects, and the
//! records for Quickwit.

pub mod akn;
pub mod atom;
pub mod data;
pub mod headers;
pub mod ics;
pub mod llms;
pub mod opensearch;
pub mod quickwit;
pub mod redirects;
pub mod sitemap;

//! The integration tests of the program, one folder for each area, in one binary so that it links once.

mod browser;
mod command;
mod facts;
mod import;
mod publish;
mod repository;
mod search;
mod serve;
mod site;
mod support;

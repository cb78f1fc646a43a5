//! Tests of the views as the interface of themes: what is said of them, and what pages receive.

mod received;
mod reference;

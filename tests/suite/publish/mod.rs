//! Publishing.

mod publishing;

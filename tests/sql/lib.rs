//! The SQL of the documentation, run: see `sqlite.rs`.

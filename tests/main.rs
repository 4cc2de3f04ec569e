//! One binary for all integration tests; a file a topic.
#![allow(clippy::unwrap_used, clippy::format_collect, reason = "a test that cannot go on has failed; its strings are short")]
#![allow(clippy::print_stderr, reason = "skips and scores are told to whoever runs the tests")]

mod archive;
mod attachment;
mod cli;
mod czech;
mod detail;
mod docs;
mod engine;
mod export;
mod extract;
mod gazetteer;
mod harvest;
mod house;
mod import;
mod lang;
mod layers;
mod merge;
mod notice;
mod pages;
mod politeness;
mod replay;
mod replica;
mod search;
mod serve;
mod supply;

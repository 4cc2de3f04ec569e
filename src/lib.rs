#![doc = include_str!("README.md")]

pub mod home;
pub mod lang;
pub mod record;
pub mod reference;
pub mod visit;

pub mod config;

pub mod crawl;
pub mod pages;

pub mod extract;
pub mod gazetteer;
pub mod notice;

pub mod archive;
pub mod export;
pub mod search;

pub mod engine;
pub mod harvest;

pub mod demo;
pub mod replay;
pub mod serve;

pub mod cli;

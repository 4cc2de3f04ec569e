//! `search --engine`: the same questions to a Quickwit that was given an export, and what cannot be asked of it.
//!
//! Refuses: to look for an engine; the user names it, wherever it may be.

use anyhow::{anyhow, bail};
use serde_json::Value;
use tokio::runtime::Builder;
use url::Url;

use crate::crawl::Service;
use crate::engine;
use crate::search::elsewhere::{Error, Fault};
use crate::search::{Answer, Options};

/// Bytes of an answer: a page of records with all of their texts.
const LARGEST: u64 = 256 << 20;
/// Letters of what an engine says of a fault.
const TOLD: usize = 300;

/// An address as people type it.
pub fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{error}: write http://HOST:PORT, with a path where the engine has one"))?;
    let plain = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
    if !plain || !url.username().is_empty() || url.password().is_some() {
        return Err("write http://HOST:PORT, with a path where the engine has one, and no more".to_owned());
    }
    Ok(url)
}

/// Puts a question to the engine; `refused` are the options given that it cannot heed.
pub fn ask(address: &Url, question: &str, options: &Options, refused: &[&str]) -> anyhow::Result<Answer> {
    if !refused.is_empty() {
        bail!("an engine answers with hits and facets of what was exported: leave {} out", refused.join(", "));
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let service = Service::new(address.clone())?;
    let send = |path: &str, json: Option<&Value>| {
        let (status, body) = runtime.block_on(service.ask(path, json.map(Value::to_string), LARGEST))?;
        answered(status, &body)
    };
    engine::ask(&send, question, options).map_err(|error| match error {
        Error::Engine(fault) => anyhow!("{address}: {fault}"),
        other => other.into(),
    })
}

fn answered(status: u16, body: &[u8]) -> Result<Value, Fault> {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    match answer {
        Some(answer) if (200..300).contains(&status) => Ok(answer),
        answer => {
            let said = answer.as_ref().and_then(|answer| answer["message"].as_str()).unwrap_or("no JSON that Quickwit would answer");
            let said: String = said.chars().filter(|letter| !letter.is_control()).take(TOLD).collect();
            Err(format!("status {status}: {said}").into())
        }
    }
}

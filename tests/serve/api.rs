//! The interface for programs: real answers against the document that describes them, and downloads against the command line.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DEMO, demo, first};

/// Judges values by the schemas of the document.
fn judge(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let mut whole = document.clone();
    whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    whole["allOf"] = json!([schema]);
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("mem:///api.json", whole).map_err(|error| error.to_string())?;
    let judged = compiler.compile("mem:///api.json", &mut schemas).map_err(|error| error.to_string())?;
    schemas.validate(value, judged).map_err(|error| error.to_string())
}

#[test]
fn real_answers_are_as_the_document_says() {
    let served = demo();
    let document = served.get("/api/openapi.json").json();
    assert_eq!(
        (document["openapi"].as_str(), document["servers"][0]["url"].as_str()),
        (Some("3.1.0"), Some(&*format!("http://{}", served.host)))
    );
    let id = first(&served, "partner");
    let mut asked = BTreeMap::new();
    for (path, question) in [
        ("/api/search", "?q=partner+2011&limit=5"),
        ("/api/search", "?q=xyzzyqux"),
        ("/api/stats", "?country=UA"),
        ("/api/places", ""),
        ("/health", ""),
    ] {
        asked.insert(format!("{path}{question}"), path.to_owned());
    }
    asked.insert(format!("/api/records/{id}"), "/api/records/{source}/{name}".to_owned());
    asked.insert(format!("/api/versions/{id}"), "/api/versions/{source}/{name}".to_owned());
    for (address, path) in &asked {
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{path} is not described");
        let answer = served.get(address);
        assert_eq!(answer.status, 200, "{address}");
        judge(&document, schema, &answer.json()).unwrap_or_else(|fault| panic!("{address}: {fault}"));
    }
    let described = document["paths"].as_object().unwrap().keys().all(|path| asked.values().any(|known| known == path));
    assert!(described, "every path of the document is asked here");
    // The judge can say no.
    assert!(judge(&document, &json!({"$ref": "#/components/schemas/Stats"}), &json!({"query": 1})).is_err());
}

#[test]
fn refusals_are_json_with_a_status() {
    let served = demo();
    for (address, status) in [
        ("/api/records/demo/nothing", 404),
        ("/api/nothing", 404),
        ("/api/search?offset=10000", 400),
        ("/api/search?limit=abc", 400),
        ("/api/stats?q=partner&from=yesterday", 400),
        ("/api/records/demo/nothing?version=4294967297", 400),
        ("/download/csv?country=QQ", 400),
        (&*format!("/api/search?q={}", "a".repeat(501)), 400),
    ] {
        let answer = served.get(address);
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.json()["error"].is_string());
    }
}

#[test]
fn a_download_is_what_the_command_line_exports() {
    let served = demo();
    let exported = DEMO.run(&["--home", "state", "export", "--quiet", "--query", "partner"]).stdout;
    let download = served.get("/download/jsonl?q=partner");
    assert!(download.field("content-disposition").unwrap().starts_with("attachment"));
    assert_eq!(download.body.lines().count(), exported.lines().count());
    assert_eq!(download.body.lines().next(), exported.lines().next());
    let all = served.get("/download/csv?country=PL");
    let counted = served.get("/api/stats?country=PL").json()["total"].as_u64().unwrap();
    assert!(all.body.matches("\r\n").count() as u64 > counted);
    let feed = served.get("/feed.atom?q=partner");
    feed.has("<feed").has("/feed.atom?q=partner");
    served.get("/feed.atom?q=partner&from=2011").has("<title>twindex: (partner) date:2011-01-01..</title>");
    assert!(feed.field("content-type").unwrap().starts_with("application/atom+xml"));
    assert!(served.get("/download/xlsx?q=partner").body.starts_with("PK"));
    assert!(served.get("/download/sqlite?q=partner").body.starts_with("SQLite format 3"));
    assert_eq!(served.get("/download/docx").status, 404);
}

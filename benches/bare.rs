//! tantivy by itself, as a whole process, for `benches/questions.py`: what a question costs that knows no Czech.
//!
//! `bare build RECORDS.jsonl DIR` indexes title, summary, body and documents of exported records as one text, folded, with
//! the record stored; `bare ask DIR QUERY` prints the ten best with passages, and how many there are.

use std::fmt::Write as _;
use std::io::BufRead;
use std::path::Path;

use anyhow::{Context, bail};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, TantivyDocument};

const FOLDED: &str = "folded";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", records, dir] => build(Path::new(records), Path::new(dir)),
        ["ask", dir, query] => ask(Path::new(dir), query),
        [] => Ok(()),
        _ => bail!("write `build RECORDS.jsonl DIR` or `ask DIR QUERY`"),
    }
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build()
}

fn build(records: &Path, dir: &Path) -> anyhow::Result<()> {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(FOLDED).set_index_option(tantivy::schema::IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let record = schema.add_bytes_field("record", STORED);
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema.build())?;
    index.tokenizers().register(FOLDED, analyzer());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 64 << 20)?;
    for line in std::io::BufReader::new(std::fs::File::open(records)?).lines() {
        let line = line?;
        let read: serde_json::Value = serde_json::from_str(&line)?;
        let attached = read["attachments"].as_array().into_iter().flatten().filter_map(|attached| attached["text"].as_str());
        let said: Vec<&str> = ["title", "summary", "body"].iter().filter_map(|name| read[name].as_str()).chain(attached).collect();
        let mut document = TantivyDocument::new();
        document.add_text(text, said.join("\n"));
        document.add_bytes(record, line.as_bytes());
        writer.add_document(document)?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    writer.merge(&segments).wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn ask(dir: &Path, query: &str) -> anyhow::Result<()> {
    let index = Index::open_in_dir(dir)?;
    index.tokenizers().register(FOLDED, analyzer());
    let searcher = index.reader()?.searcher();
    let text = index.schema().get_field("text")?;
    let (query, _) = QueryParser::for_index(&index, vec![text]).parse_query_lenient(query);
    let (best, count) = searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
    let passages = SnippetGenerator::create(&searcher, &*query, text)?;
    let mut out = format!("{count} hits\n");
    for (score, address) in best {
        let document: TantivyDocument = searcher.doc(address)?;
        let said = document.get_first(text).and_then(|value| value.as_str()).context("a document without text")?;
        writeln!(out, "{score:.2} {}", passages.snippet(said).to_html())?;
    }
    std::io::Write::write_all(&mut std::io::stdout(), out.as_bytes())?;
    Ok(())
}

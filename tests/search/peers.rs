//! The same queries through what else is at hand: SQLite FTS5, and tantivy with the Snowball stemmer it brings.
//!
//! Both get the same texts with the title twice, ask all words with OR and rank by BM25. FTS5 removes diacritics; the
//! Snowball chain stems Czech words and folds the stems. Neither knows facts, as neither has a place for them.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, TantivyDocument, Term};
use twindex::record::Record;
use twindex::search::czech;

/// Answers a query with the ids of the best twenty records.
pub type Peer = Box<dyn Fn(&str) -> Vec<String>>;

fn text(record: &Record) -> String {
    let attachments = record.attachments.iter().filter_map(|attachment| attachment.text.as_deref());
    let parts = [record.title.as_str(), record.title.as_str()].into_iter().chain(record.summary.as_deref()).chain(record.body.as_deref());
    parts.chain(attachments).collect::<Vec<_>>().join("\n")
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !czech::is_stop(word))
        .collect()
}

pub fn fts5(records: &[Record]) -> Peer {
    let base = rusqlite::Connection::open_in_memory().unwrap();
    base.execute_batch("CREATE VIRTUAL TABLE notice USING fts5(id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2')").unwrap();
    for record in records {
        base.execute("INSERT INTO notice VALUES (?1, ?2)", (&record.id.0, text(record))).unwrap();
    }
    Box::new(move |query| {
        let asked = words(query).iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
        let mut statement = base.prepare("SELECT id FROM notice WHERE notice MATCH ?1 ORDER BY rank LIMIT 20").unwrap();
        statement.query_map([asked], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    })
}

pub fn snowball(records: &[Record]) -> Peer {
    let stems = |text: &str| {
        let stemmer = frostem::Stemmer::new(frostem::Algorithm::Czech);
        words(text).iter().map(|word| czech::fold(&stemmer.stem(word))).collect::<Vec<_>>()
    };
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let counted = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(counted));
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 20 << 20).unwrap();
    for record in records {
        let mut doc = TantivyDocument::new();
        doc.add_text(id, &record.id.0);
        let tokens =
            stems(&text(record)).into_iter().enumerate().map(|(position, text)| Token { position, text, ..Token::default() }).collect();
        doc.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
        writer.add_document(doc).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    Box::new(move |query| {
        let term =
            |stem: String| Box::new(TermQuery::new(Term::from_field_text(field, &stem), IndexRecordOption::WithFreqs)) as Box<dyn Query>;
        let asked = BooleanQuery::union(stems(query).into_iter().map(term).collect());
        let best = searcher.search(&asked, &TopDocs::with_limit(20).order_by_score()).unwrap();
        let found = best.into_iter().map(|(_, doc)| searcher.doc::<TantivyDocument>(doc).unwrap());
        found.map(|doc| doc.get_first(id).unwrap().as_str().unwrap().to_owned()).collect()
    })
}

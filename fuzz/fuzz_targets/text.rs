//! Texts: dates, numbers, folding and the Czech analysis give ranges inside the text, on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twindex::lang::dates::{self, Context};
use twindex::lang::numbers;
use twindex::search::czech::{Lang, analyze_query, analyze_text, words};

fuzz_target!(|text: &str| {
    for mention in dates::find(text, &Context::default()) {
        assert!(text.get(mention.range.clone()).is_some(), "{:?}", mention.range);
    }
    for quantity in numbers::find(text) {
        assert!(text.get(quantity.range.clone()).is_some(), "{:?}", quantity.range);
    }
    for word in words(text) {
        assert!(text.get(word.clone()).is_some(), "{word:?}");
    }
    for lang in [Lang::Cs, Lang::Sk, Lang::En] {
        let _tokens = (analyze_text(text, lang), analyze_query(text, lang));
    }
});

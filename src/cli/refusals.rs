//! Words with a minus in front on the command line of `search`: `twindex search lázně -sport` needs no dashes before it.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

/// The arguments as clap is to read them: after `search`, a word with a minus in front is a word, not a row of short options.
///
/// Such a word gets a blank in front, which the query language does not mind.
pub fn with_refusals(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if !args.iter().any(|arg| refusal(arg)) {
        return args;
    }
    let options = super::Args::command();
    let Some(search) = options.find_subcommand("search") else { return args };
    // An option's value is not touched: `--sort -date`.
    let takes_value = |arg: &str| {
        let valued = options.get_opts().chain(search.get_opts()).filter(|option| option.get_action().takes_values());
        valued.into_iter().any(|option| {
            arg.strip_prefix("--").is_some_and(|name| option.get_long() == Some(name))
                || option.get_short().is_some_and(|short| arg.strip_prefix('-') == Some(short.to_string().as_str()))
        })
    };
    let (mut searching, mut value) = (false, false);
    for arg in args.iter_mut().skip(1) {
        let text = arg.to_string_lossy().into_owned();
        if text == "--" {
            break;
        }
        if !value && !text.starts_with('-') {
            if !searching && text != "search" {
                break;
            }
            searching = true;
        } else if !value && searching && refusal(arg) {
            *arg = format!(" {text}").into();
        }
        value = !value && takes_value(&text);
    }
    args
}

/// A minus and a word; `-n5` and flags such as `-qv` are options.
fn refusal(arg: &OsStr) -> bool {
    let Some(word) = arg.to_str().and_then(|text| text.strip_prefix('-')) else { return false };
    let count = word.strip_prefix('n').map(|count| count.trim_start_matches('='));
    let option = word.starts_with('-')
        || word.chars().all(|flag| matches!(flag, 'h' | 'q' | 'v' | 'V'))
        || count.is_some_and(|count| count.chars().all(|digit| digit.is_ascii_digit()));
    !option && word.chars().any(|letter| !letter.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minus_makes_a_word_only_where_words_are_expected() {
        for (line, read) in [
            ("t search -sport", "t|search| -sport"),
            ("t search lázně -sport -n 5", "t|search|lázně| -sport|-n|5"),
            ("t search -n5 -q lázně -no -\"a", "t|search|-n5|-q|lázně| -no| -\"a"),
            ("t --home x -q search --sort -date -sport --json", "t|--home|x|-q|search|--sort|-date| -sport|--json"),
            ("t search a -- -sport", "t|search|a|--|-sport"),
            ("t show -sport", "t|show|-sport"),
            ("t crawl search -sport", "t|crawl|search|-sport"),
        ] {
            let read_as = with_refusals(line.split(' ').map(OsString::from)).join(OsStr::new("|"));
            assert_eq!(read_as, OsString::from(read), "{line}");
        }
    }
}

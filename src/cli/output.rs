//! The only printer: data to stdout, talk to stderr.
//!
//! Whatever came from a web page passes `clean` before a person's terminal sees it: control and escape
//! characters, bidirectional overrides and invisible separators are dropped (CWE-150). JSON is not
//! cleaned; serde escapes C0, and a program may want the text as it is.

use std::fmt::{Arguments, Display};
use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::wrap::wrap;
use super::{Color, Global, pager};

/// Longer lines are hard to read.
const READABLE: usize = 110;

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const HIT: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
const ERROR: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const HINT: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// What standard output can show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    Plain,
    Colored,
    /// A terminal that shows colours is taken for one that knows links.
    Linked,
}

pub struct Output {
    stdout: AutoStream<std::io::StdoutLock<'static>>,
    /// What a pager will show, and the pager; `None`: data go out at once.
    paged: Option<(AutoStream<Vec<u8>>, String)>,
    stderr: AutoStream<std::io::Stderr>,
    pub json: bool,
    pub quiet: bool,
    pub verbose: u8,
    looks: Looks,
    /// Columns that lines are broken at; `None` where nobody looks at a terminal.
    data_width: Option<usize>,
    talk_width: Option<usize>,
}

/// For who has no output at hand because the program ends here and now.
#[derive(Clone, Copy)]
pub struct LastWords {
    quiet: bool,
}

impl LastWords {
    pub fn say(self, text: &str) {
        if !self.quiet {
            drop(writeln!(std::io::stderr(), "{text}"));
        }
    }
}

impl Output {
    pub fn new(global: &Global) -> Self {
        let choice = match global.color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto => AutoStream::choice(&std::io::stdout()),
        };
        Self {
            stdout: AutoStream::new(std::io::stdout().lock(), choice),
            paged: None,
            stderr: AutoStream::new(std::io::stderr(), if global.color == Color::Auto { ColorChoice::Auto } else { choice }),
            json: global.json,
            quiet: global.quiet,
            verbose: global.verbose,
            looks: match choice {
                ColorChoice::Never => Looks::Plain,
                _ if std::io::stdout().is_terminal() => Looks::Linked,
                _ => Looks::Colored,
            },
            data_width: (columns_variable().is_some() || std::io::stdout().is_terminal()).then(|| terminal().min(READABLE)),
            talk_width: std::io::stderr().is_terminal().then(terminal),
        }
    }

    /// From here on a person at a terminal reads in a pager.
    pub fn page(&mut self, global: &Global) {
        if global.json || global.no_pager || !std::io::stdout().is_terminal() {
            return;
        }
        let choice = if self.colored() { ColorChoice::AlwaysAnsi } else { ColorChoice::Never };
        self.paged = pager::wanted().map(|pager| (AutoStream::new(Vec::new(), choice), pager));
    }

    /// A line of data.
    pub fn line(&mut self, text: Arguments<'_>) -> anyhow::Result<()> {
        match &mut self.paged {
            Some((page, _)) => writeln!(page, "{text}")?,
            None => writeln!(self.stdout, "{text}")?,
        }
        Ok(())
    }

    /// A line of data that is broken at the terminal's width and hung under its beginning: `prefix` takes `indent` columns.
    pub fn hung(&mut self, prefix: impl Display, indent: usize, text: &str) -> anyhow::Result<()> {
        match self.data_width {
            Some(width) => self.line(format_args!("{prefix}{}", wrap(text, indent, width))),
            None => self.line(format_args!("{prefix}{text}")),
        }
    }

    /// One JSON value on a line, or indented for a person at a terminal.
    pub fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let text = if std::io::stdout().is_terminal() { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }?;
        writeln!(self.stdout, "{text}")?;
        Ok(())
    }

    /// Bytes of data as they are.
    pub fn raw(&mut self) -> &mut impl Write {
        &mut self.stdout
    }

    /// Talk: what is going on. Lost talk is no failure.
    pub fn say(&mut self, text: Arguments<'_>) {
        if !self.quiet {
            self.talk("", 0, text);
        }
    }

    /// Talk: what to do next.
    pub fn hint(&mut self, text: Arguments<'_>) {
        if !self.quiet {
            self.talk(&format!("{HINT}hint:{HINT:#} "), 6, text);
        }
    }

    /// Talk that even `--quiet` wants.
    pub fn warn(&mut self, text: Arguments<'_>) {
        self.talk(&format!("{ERROR}warning:{ERROR:#} "), 9, text);
    }

    pub fn last_words(&self) -> LastWords {
        LastWords { quiet: self.quiet }
    }

    pub fn error(&mut self, error: &anyhow::Error) {
        let text = clean(&format!("{error:#}"));
        self.talk(&format!("{ERROR}error:{ERROR:#} "), 7, format_args!("{text}"));
    }

    fn talk(&mut self, prefix: &str, indent: usize, text: Arguments<'_>) {
        let text = text.to_string();
        let text = self.talk_width.map_or_else(|| text.clone(), |width| wrap(&text, indent, width));
        let _lost = writeln!(self.stderr, "{prefix}{text}").is_err();
    }

    /// Marks survive without colour as brackets.
    pub fn colored(&self) -> bool {
        self.looks != Looks::Plain
    }

    /// The text as a link (OSC 8), where the terminal has them; elsewhere the text.
    pub fn link(&self, address: &str, text: &str) -> String {
        let address = clean(address);
        if self.looks == Looks::Linked && address.starts_with("http") && !address.contains(char::is_whitespace) {
            format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
        } else {
            text.to_owned()
        }
    }

    pub fn flush(&mut self) -> anyhow::Result<()> {
        if let Some((page, pager)) = self.paged.take() {
            let text = page.into_inner();
            if !text.is_empty() && !pager::show(&pager, &text)? {
                self.stdout.write_all(&text)?;
            }
        }
        self.stdout.flush()?;
        Ok(())
    }
}

/// For a program that we start: what it prints is talk.
pub fn as_talk() -> std::process::Stdio {
    std::io::stderr().into()
}

/// Columns that the environment asks for.
fn columns_variable() -> Option<usize> {
    std::env::var("COLUMNS").ok().and_then(|value| value.parse().ok())
}

/// Columns as `COLUMNS` says, else of the terminal; a file or pipe gets 100.
pub fn terminal() -> usize {
    columns_variable().or_else(|| comfy_table::Table::new().width().map(usize::from)).unwrap_or(100)
}

/// A styled piece of text.
pub fn styled(style: Style, text: impl Display) -> impl Display {
    struct Styled<T>(Style, T);
    impl<T: Display> Display for Styled<T> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{}{}{:#}", self.0, self.1, self.0)
        }
    }
    Styled(style, text)
}

/// The text without characters that steer a terminal or hide what is written.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|char| match char {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}' => None,
            _ if char.is_control() => None,
            _ => Some(char),
        })
        .collect()
}

/// The reader of our output went away: nothing failed.
pub fn closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<serde_json::Error>().is_some_and(|json| json.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn nothing_that_steers_a_terminal_is_printed() {
        let table = [
            ("\u{1b}[31mčervená\u{1b}[0m", "[31mčervená[0m"),
            ("\u{1b}]8;;http://a\u{7}b", "]8;;http://ab"),
            ("a\u{202e}b\u{2066}c\u{200b}d", "abcd"),
            ("a\u{9b}31mb\rc", "a31mbc"),
            ("řádek\nřádek", "řádek\nřádek"),
        ];
        for (raw, want) in table {
            assert_eq!(clean(raw), want);
        }
    }
}

//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    twindex::cli::run()
}

//! Writes the map of country terms that is built in, from the tables of countries.
//!
//!     cargo run --example country-terms -- src/gazetteer/data/terms.fst

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let target = std::env::args().nth(1).ok_or("usage: country-terms TARGET")?;
    std::fs::write(target, twindex::gazetteer::expansion::packed()?)?;
    Ok(())
}

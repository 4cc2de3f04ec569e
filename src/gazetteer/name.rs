//! A written name with what is made of it to look it up: its keys, its nominative candidates, whether it is a common word.
//!
//! Each is made when it is first asked for, and once: a notice asks of a name in several countries, and the next notice asks of
//! many names again, so a thread keeps those of late. Refuses to look anything up.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::endings::{base_forms_in, has_genitive};
use super::entry::Entry;
use super::keys::{Key, Spelling, keys, softened};
use super::lands::{Land, bearers_anywhere};
use super::lookalike;
use super::sound::is_transliterated;
use crate::lang::fnv::FnvMap;

/// Names that a thread keeps; when there are more it begins anew.
const KEPT: usize = 2_000;

pub(super) struct Name {
    pub written: String,
    /// The name as it is.
    pub own: Forms,
    is_lookalike: OnceCell<bool>,
    /// Nominative candidates, and those where a name may end in the genitive's `s`.
    bases: [OnceCell<Forms>; 2],
}

impl Name {
    pub fn of(written: &str) -> Rc<Self> {
        thread_local! { static KNOWN: RefCell<FnvMap<String, Rc<Name>>> = RefCell::default(); }
        KNOWN.with_borrow_mut(|known| {
            if let Some(name) = known.get(written) {
                return Rc::clone(name);
            }
            if known.len() == KEPT {
                known.clear();
            }
            let name = Rc::new(Self {
                written: written.to_owned(),
                own: Forms::new(vec![written.to_owned()]),
                is_lookalike: OnceCell::new(),
                bases: Default::default(),
            });
            known.insert(written.to_owned(), Rc::clone(&name));
            name
        })
    }

    pub fn is_lookalike(&self) -> bool {
        *self.is_lookalike.get_or_init(|| lookalike::is_lookalike(&self.written))
    }

    /// Without marks, in lower case; empty if it has no letter.
    pub fn folded(&self) -> &str {
        self.own.keys(Spelling::Folded).first().map_or("", |key| &key.text)
    }

    /// The nominative candidates in a country, or in the world.
    pub fn bases(&self, country: Option<&str>) -> &Forms {
        self.bases[usize::from(country.is_some_and(has_genitive))].get_or_init(|| Forms::new(base_forms_in(&self.written, country)))
    }

    /// Whether a folded name is this one's or one of its nominative candidates'.
    pub fn may_be(&self, folded: &str, country: &str) -> bool {
        self.folded() == folded || self.bases(Some(country)).keys(Spelling::Folded).iter().any(|key| key.text == folded)
    }
}

/// Forms of a name with their keys in each spelling.
pub(super) struct Forms {
    pub written: Vec<String>,
    keys: [OnceCell<Vec<Key<'static>>>; 3],
}

impl Forms {
    pub fn new(written: Vec<String>) -> Self {
        Self { written, keys: Default::default() }
    }

    fn keys(&self, spelling: Spelling) -> &[Key<'static>] {
        self.keys[spelling as usize].get_or_init(|| {
            let mut found: Vec<Key> = Vec::new();
            for key in self.written.iter().flat_map(|form| keys(form, spelling)).map(|key| Key::of(spelling, key)) {
                if !found.iter().any(|known| known.print == key.print && known.text == key.text) {
                    found.push(key);
                }
            }
            found
        })
    }

    /// Hands the keys that apply in a country to `take`.
    fn with_keys<T>(&self, country: &str, spelling: Spelling, take: impl FnOnce(&[Key]) -> T) -> T {
        if spelling != Spelling::Folded && !is_transliterated(country) {
            return take(&[]);
        }
        if self.written.iter().any(|form| softened(form, country).is_some()) {
            let soft = self.written.iter().map(|form| softened(form, country).unwrap_or_else(|| form.clone()));
            return take(Self::new(soft.collect()).keys(spelling));
        }
        take(self.keys(spelling))
    }

    /// The rows of a country that bear one of the forms in this spelling.
    pub fn bearers(&self, country: &str, spelling: Spelling) -> Vec<Entry> {
        let mut found = Vec::new();
        if let Some(land) = Land::of(country) {
            self.with_keys(country, spelling, |keys| keys.iter().for_each(|key| land.bearers(key, &mut found)));
        }
        found
    }

    /// The rows of all countries that bear one of the forms but for its marks.
    pub fn bearers_anywhere(&self) -> Vec<Entry> {
        let mut found = Vec::new();
        self.keys(Spelling::Folded).iter().for_each(|key| bearers_anywhere(key, &mut found));
        found
    }

    /// Whether a row bears one of the forms in this spelling.
    pub fn are_borne_by(&self, entry: &Entry, spelling: Spelling) -> bool {
        self.with_keys(entry.place.country, spelling, |keys| keys.iter().any(|key| entry.bears(key)))
    }
}

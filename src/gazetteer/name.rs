//! A written name with what is made of it to look it up: its keys, its nominative candidates, whether it is a common word.
//!
//! Each is made when it is first asked for, and once: a notice asks of a name in several countries, and the next notice asks of
//! many names again, so a thread keeps those of late. Refuses to look anything up.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::endings::{base_forms_in, has_genitive};
use super::entry::{Entry, bearers, bearers_anywhere};
use super::keys::{Key, Spelling, keys, softened};
use super::lookalike;
use super::sound::is_transliterated;

/// Names that a thread keeps; when there are more it begins anew.
const KEPT: usize = 2_000;

pub(super) struct Name {
    pub own: Form,
    is_lookalike: OnceCell<bool>,
    /// Nominative candidates, and those where a name may end in the genitive's `s`.
    bases: [OnceCell<Vec<Form>>; 2],
}

impl Name {
    pub fn of(written: &str) -> Rc<Self> {
        thread_local! { static KNOWN: RefCell<HashMap<String, Rc<Name>>> = RefCell::default(); }
        KNOWN.with_borrow_mut(|known| {
            if let Some(name) = known.get(written) {
                return Rc::clone(name);
            }
            if known.len() == KEPT {
                known.clear();
            }
            let name = Rc::new(Self { own: Form::new(written.to_owned()), is_lookalike: OnceCell::new(), bases: Default::default() });
            known.insert(written.to_owned(), Rc::clone(&name));
            name
        })
    }

    pub fn written(&self) -> &str {
        &self.own.written
    }

    pub fn is_lookalike(&self) -> bool {
        *self.is_lookalike.get_or_init(|| lookalike::is_lookalike(self.written()))
    }

    /// The nominative candidates in a country, or in the world.
    pub fn bases(&self, country: Option<&str>) -> &[Form] {
        self.bases[usize::from(country.is_some_and(has_genitive))]
            .get_or_init(|| base_forms_in(self.written(), country).into_iter().map(Form::new).collect())
    }

    /// The rows of a country that bear one of the nominative candidates.
    pub fn bearers_of_bases(&self, country: &str, spelling: Spelling) -> Vec<Entry> {
        self.bases(Some(country)).iter().flat_map(|base| base.bearers(country, spelling)).collect()
    }

    /// Whether a folded name is this one's or one of its nominative candidates'.
    pub fn may_be(&self, folded: &str, country: &str) -> bool {
        self.own.folded() == folded || self.bases(Some(country)).iter().any(|base| base.folded() == folded)
    }
}

/// One form of a name with its keys in each spelling.
pub(super) struct Form {
    pub written: String,
    keys: [OnceCell<Vec<Key<'static>>>; 3],
}

impl Form {
    fn new(written: String) -> Self {
        Self { written, keys: Default::default() }
    }

    /// Without marks, in lower case; empty if it has no letter.
    pub fn folded(&self) -> &str {
        self.keys(Spelling::Folded).first().map_or("", |key| &key.text)
    }

    fn keys(&self, spelling: Spelling) -> &[Key<'static>] {
        self.keys[spelling as usize].get_or_init(|| keys(&self.written, spelling).into_iter().map(|key| Key::of(spelling, key)).collect())
    }

    /// The rows of a country that bear the form in this spelling.
    pub fn bearers(&self, country: &str, spelling: Spelling) -> Vec<Entry> {
        if spelling != Spelling::Folded && !is_transliterated(country) {
            return Vec::new();
        }
        if let Some(soft) = softened(&self.written, country) {
            return Self::new(soft).keys(spelling).iter().flat_map(|key| bearers(country, key)).collect();
        }
        self.keys(spelling).iter().flat_map(|key| bearers(country, key)).collect()
    }

    /// The rows of all countries that bear the form but for its marks.
    pub fn bearers_anywhere(&self) -> Vec<Entry> {
        self.keys(Spelling::Folded).iter().flat_map(bearers_anywhere).collect()
    }

    /// Whether a row bears the form in this spelling.
    pub fn is_borne_by(&self, entry: &Entry, spelling: Spelling) -> bool {
        let soft = softened(&self.written, entry.place.country).map(Self::new);
        let mut keys = soft.as_ref().unwrap_or(self).keys(spelling).iter();
        (spelling == Spelling::Folded || is_transliterated(entry.place.country)) && keys.any(|key| entry.bears(key))
    }
}

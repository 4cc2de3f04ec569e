//! Facts by how far they may be trusted.
//!
//! Refuses to judge: what is sure the evidence of each fact says.

use super::{Certainty, Evidence, Facts, PlaceRole};

impl Facts {
    /// How far the kind and all seekers may be trusted; `None` where the notice has no kind.
    pub fn certainty(&self) -> Option<Certainty> {
        self.kind?;
        let seekers = self.places.iter().enumerate().filter(|(_, place)| place.role == PlaceRole::Seeker);
        let fields = std::iter::once("kind".to_owned()).chain(seekers.map(|(at, _)| format!("places[{at}]")));
        Some(fields.into_iter().all(|field| self.is_sure(&field)).into())
    }

    /// Without what is only likely; the evidence of what is left is counted anew.
    #[must_use]
    pub fn only_sure(mut self) -> Self {
        let known = std::mem::take(&mut self.evidence);
        let read = Self { evidence: known, ..Self::default() };
        let mut sure = Sure { read: &read, kept: Vec::new() };
        self.kind = self.kind.filter(|_| sure.keeps("kind"));
        self.population = self.population.filter(|_| sure.keeps("population"));
        self.wanted.population_min = self.wanted.population_min.filter(|_| sure.keeps("wanted.population_min"));
        self.wanted.population_max = self.wanted.population_max.filter(|_| sure.keeps("wanted.population_max"));
        self.wanted.similar_size &= sure.keeps("wanted.similar_size");
        self.places = sure.list("places", self.places);
        self.countries = sure.list("countries", self.countries);
        self.wanted.countries = sure.list("wanted.countries", self.wanted.countries);
        self.dates = sure.list("dates", self.dates);
        self.contacts.emails = sure.list("contacts.emails", self.contacts.emails);
        self.contacts.phones = sure.list("contacts.phones", self.contacts.phones);
        self.contacts.urls = sure.list("contacts.urls", self.contacts.urls);
        self.themes.retain(|theme| {
            let name = serde_json::to_value(theme).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            sure.keeps(&format!("themes.{name}"))
        });
        self.evidence = sure.kept;
        self
    }

    fn is_sure(&self, field: &str) -> bool {
        self.evidence.iter().any(|evidence| evidence.field == field && evidence.certainty == Certainty::Sure)
    }
}

/// What is sure of the facts as read, with the evidence of what was kept.
struct Sure<'a> {
    read: &'a Facts,
    kept: Vec<Evidence>,
}

impl Sure<'_> {
    /// Whether a field is sure; its evidence is kept then.
    fn keeps(&mut self, field: &str) -> bool {
        self.keeps_as(field, field)
    }

    fn keeps_as(&mut self, field: &str, renamed: &str) -> bool {
        let is_sure = self.read.is_sure(field);
        if is_sure {
            let own = self.read.evidence.iter().filter(|evidence| evidence.field == field);
            self.kept.extend(own.map(|evidence| Evidence { field: renamed.to_owned(), ..evidence.clone() }));
        }
        is_sure
    }

    /// The sure items of a list, numbered anew.
    fn list<T>(&mut self, field: &str, items: Vec<T>) -> Vec<T> {
        let mut kept = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            if self.keeps_as(&format!("{field}[{at}]"), &format!("{field}[{}]", kept.len())) {
                kept.push(item);
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Kind, Where};

    fn evidence(field: &str, certainty: Certainty) -> Evidence {
        Evidence { field: field.to_owned(), text: String::new(), place: Where::Title, start: 0, end: 0, rule: String::new(), certainty }
    }

    #[test]
    fn what_is_likely_goes_and_lists_are_counted_anew() {
        let facts = Facts {
            kind: Some(Kind::News),
            countries: vec!["DE".to_owned(), "PL".to_owned()],
            evidence: vec![
                evidence("kind", Certainty::Sure),
                evidence("countries[0]", Certainty::Likely),
                evidence("countries[1]", Certainty::Sure),
            ],
            ..Facts::default()
        };
        assert_eq!(facts.certainty(), Some(Certainty::Sure));
        let sure = facts.only_sure();
        assert_eq!((sure.kind, sure.countries.as_slice()), (Some(Kind::News), ["PL".to_owned()].as_slice()));
        assert_eq!(sure.evidence.iter().map(|evidence| evidence.field.as_str()).collect::<Vec<_>>(), ["kind", "countries[0]"]);
        let likely = Facts { kind: Some(Kind::News), evidence: vec![evidence("kind", Certainty::Likely)], ..Facts::default() };
        assert_eq!((likely.certainty(), likely.only_sure().kind), (Some(Certainty::Likely), None));
        assert_eq!(Facts::default().certainty(), None);
    }
}

//! The case forms a noun or an adjectival name could have, from its nominative, by every paradigm its ending allows.
//!
//! It over-generates: `Cherson` is declined as a town and as a man. That is right for matching against the words that do
//! occur. The noun half of `data/paradigms.py`, and the adjectives that towns are named with (Vysoká, Deštné).

use super::sound::{bare_plural, in_plural, is_vowel, shorten, soft_e, soft_i, split_last, with_e, with_i, without_fleeting_e};

/// Every form the lowercase noun could take, the noun itself first; a form may come more than once.
pub fn forms(noun: &str) -> impl Iterator<Item = String> {
    let mut forms = Forms(vec![noun.to_owned()]);
    if let Some((stem, last)) = split_last(noun).filter(|(stem, _)| !stem.is_empty()) {
        match last {
            'a' => forms.ending_in_a(stem),
            'e' | 'ě' => forms.ending_in_e(stem, last),
            'o' => forms.ending_in_o(stem),
            'í' => forms.add(noun, "m ch mi ho mu"),
            'á' => forms.add(stem, "é ou ý ých ým ými"),
            'é' => forms.add(stem, "á ého ému ém ým ých ými"),
            'ý' => forms.add(stem, "á é ého ému ém ým ou ých ými í"),
            'y' => forms.ending_in_y(noun, stem),
            'i' | 'u' => forms.add(noun, "ho mu m ovi ové em"),
            c if c.is_alphabetic() && !is_vowel(c) => forms.ending_in_consonant(noun, last),
            _ => {}
        }
    }
    forms.0.into_iter()
}

struct Forms(Vec<String>);

impl Forms {
    fn add(&mut self, stem: &str, endings: &str) {
        self.0.extend(endings.split(' ').map(|ending| format!("{stem}{ending}")));
    }

    /// hrad, pán, stroj, muž, píseň, kost and the Latin -us, -um.
    fn ending_in_consonant(&mut self, noun: &str, last: char) {
        let mut stems = vec![noun.to_owned()];
        stems.extend(without_fleeting_e(noun));
        if noun.chars().rev().take(3).any(|c| "ůáíé".contains(c)) {
            stems.extend(shorten(noun));
        }
        for stem in &stems {
            self.add(stem, "u a e em y ů ům ovi ové é ama");
            self.0.extend([with_e(stem), with_i(stem)]);
            self.0.extend(in_plural(stem));
            if "cčďjlňřšťžzstnxdvbmp".contains(last) {
                let soft = soft_e(stem);
                self.add(&soft, "m ch mi");
                self.0.extend(["i", "í", "ím", "ích"].map(|ending| soft_i(stem, ending)));
                self.0.push(soft);
                self.add(stem, "mi");
            }
            // píseň, krev, obec: a soft feminine may end in a labial too.
            if "bmvp".contains(last) {
                self.add(stem, "ě ěmi");
            }
            // otec, otče
            if let Some(head) = stem.strip_suffix('c') {
                self.add(head, "če");
            }
        }
        if let Some(stem) = ["us", "os", "as", "es", "um"].iter().find_map(|ending| noun.strip_suffix(ending)) {
            self.add(stem, "u a ovi e em y ů ům i ové í ím ích");
            self.0.extend(in_plural(stem));
            self.0.extend(bare_plural(stem));
        }
    }

    /// žena, předseda, drama, the plural města, and -ia, -ea.
    fn ending_in_a(&mut self, stem: &str) {
        self.add(stem, "y u o ou ám ách ami ovi ové é ů ům i e í ím ích emi");
        self.0.extend([with_e(stem), with_i(stem), soft_e(stem), soft_i(stem, "i")]);
        self.0.extend(in_plural(stem));
        self.0.extend(bare_plural(stem));
        for short in shorten(stem) {
            self.add(&short, "ám ách ami");
        }
        if stem.ends_with('m') {
            self.add(stem, "atu atem ata at atům atech aty");
        }
        // Nováková
        if let Some(head) = stem.strip_suffix("ov") {
            self.add(head, "ové ovou");
        }
    }

    /// růže, moře, kuře, soudce, and the plural Litoměřice.
    fn ending_in_e(&mut self, stem: &str, last: char) {
        self.add(stem, "i í ím ích em ovi ové ů ům ata at atům atech aty");
        self.add(&format!("{stem}{last}"), "m mi te ti tem ho mu");
        let bare = if last == 'ě' { soft_stem(stem) } else { stem.to_owned() };
        self.0.extend(shorten(&bare));
        self.0.push(bare);
    }

    /// město, Mařo, studio.
    fn ending_in_o(&mut self, stem: &str) {
        self.add(stem, "a u em ům y ama ovi ové ů í ím ích i");
        self.0.push(with_e(stem));
        self.0.extend(in_plural(stem));
        self.0.extend(bare_plural(stem));
    }

    /// The plurals Karlovy Vary and Čechy, and names such as Tony.
    fn ending_in_y(&mut self, noun: &str, stem: &str) {
        self.add(stem, "ám ách ami ů ům");
        self.0.extend(bare_plural(stem));
        self.0.extend(in_plural(stem));
        self.add(noun, "ho mu m ovi ové");
    }
}

/// The stem of a word in `-ě`: bání, but Báň.
fn soft_stem(stem: &str) -> String {
    match split_last(stem) {
        Some((head, 'n')) => format!("{head}ň"),
        Some((head, 't')) => format!("{head}ť"),
        Some((head, 'd')) => format!("{head}ď"),
        _ => stem.to_owned(),
    }
}

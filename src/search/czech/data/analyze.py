"""Reference behaviour of the Czech analyzer over the tables build.py writes.

  python analyze.py TABLES < words.txt

prints word TAB lemmas TAB folded lemmas of the word typed without diacritics TAB links of the folded lemmas.
The Rust code must answer the same; tests/czech.rs compares the two on reference.tsv.
"""
import os, sys
from sound import fold


def load(path):
    with open(path, encoding='utf8') as f:
        return {k: [x for x in v.split(',') if x] for k, v in (l.rstrip('\n').split('\t') for l in f)}


def guess(rules, w):
    x = '^' + w
    for n in range(min(7, len(x)), 0, -1):
        r = rules.get(x[-n:])
        if r:
            return [w[:len(w) - k] + a for k, a in r if k < len(w)] or [w]
    return [w]


def takes_ne(l, accents):
    """infinitives and adjectives; a verbal noun in ne- is a word of its own"""
    if accents:
        return l.endswith(('t', 'ý', 'í', 'ci')) and not l.endswith(('ení', 'ění', 'ání', 'tí'))
    return l.endswith(('t', 'y', 'i')) and not l.endswith(('eni', 'ani', 'ti'))


def certain():
    """by hand: the lemma of each form, that of each folded form, the adjectives of each folded lemma"""
    rows = [l.rstrip('\n').split('\t') for l in open(os.path.join(os.path.dirname(__file__), 'certain.tsv'), encoding='utf8') if l[0] != '#']
    forms = {w: l for l, _, ws in rows for w in ws.split()}
    return forms, {fold(w): fold(l) for w, l in forms.items()}, {fold(l): [fold(a) for a in adj.split('|') if a] for l, adj, _ in rows}


def look(lex, rules, families, w, accents):
    """lexicon; else ne + a known verb or adjective; else the longest suffix rule"""
    if w in lex:
        return lex[w]
    if w.startswith('ne') and len(w) > 5:
        rest = lex.get(w[2:]) or [l for l in guess(rules, w[2:]) if fold(l) in families]
        rest = [l for l in rest if takes_ne(l, accents)]
        if rest:
            return rest
    return guess(rules, w)


class Analyzer:
    def __init__(self, d):
        self.lex, self.flex, self.families = (load(os.path.join(d, n)) for n in ('lexicon.tsv', 'flexicon.tsv', 'families.tsv'))
        def rules(n):
            return {s: [(int(a), b) for a, b in (e.split(':') for e in v)] for s, v in load(os.path.join(d, n)).items()}
        forms, folded, links = certain()
        self.lex.update({w: [l] for w, l in forms.items()})
        self.flex.update({w: [l] for w, l in folded.items()})
        self.families.update(links)
        self.rules, self.frules = rules('rules.tsv'), rules('frules.tsv')

    def lemmas(self, w):                       # text, and queries with diacritics
        return look(self.lex, self.rules, self.families, w.lower(), True)

    def folded_lemmas(self, w):                # queries typed without any diacritics
        return look(self.flex, self.frules, self.families, fold(w.lower()), False)

    def links(self, l):                        # folded lemma -> folded relational adjectives of its family
        if l in self.families:
            return self.families[l]
        if l.endswith(('sky', 'cky')):
            return [l]
        if l.endswith(('sko', 'cko')):
            return [l[:-1] + 'y']
        if len(l) > 3 and l.isalpha():         # unknown names: Cherson -> chersonsky
            return [(l[:-1] if l[-1] in 'aeiouy' else l) + 'sky']
        return []


if __name__ == '__main__':
    a = Analyzer(sys.argv[1])
    for line in sys.stdin:
        w = line.strip()
        lemmas = a.lemmas(w)
        links = sorted({x for l in lemmas for x in a.links(fold(l))})
        print(w, ','.join(lemmas), ','.join(a.folded_lemmas(w)), ','.join(links), sep='\t')

#!/usr/bin/env python3
"""fit.py READ.jsonl [DECISION...]: fits the weights of the reader of notices and tells how it does on authors it did not learn from.

    cargo run --example notice-read -- LABELLED.jsonl... tests/notice/frames.tsv >READ.jsonl
    python3 src/notice/data/weights/fit.py READ.jsonl seeker     # then build and read anew: kind looks at seekers,
    python3 src/notice/data/weights/fit.py READ.jsonl kind       # then again: wanted and theme look at the kind
    python3 src/notice/data/weights/fit.py READ.jsonl wanted theme

Regularised logistic regression (softmax for the kind), by L-BFGS; needs numpy and scipy. Words are features beside those of the code
if labelled notices of several authors have them (SEEN, BY), and stay if their weight matters (MATTERS). Where several words
may state one thing (a theme, a country) the likeliest of them is taken to. The author of a notice is its `half` (AUTHORS); what is
closed is left out. Prints right and wrong with each author left out, and where a probability is as good as said; writes the tables
beside this file.
"""
import json, pathlib, sys, unicodedata
from collections import defaultdict, namedtuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

HERE = pathlib.Path(__file__).parent
KINDS = ["partner_search", "partner_list", "project", "event", "funding", "guide", "news"]
AUTHORS = {"dev": "first", "blind": "first", "kinds": "styles", "dev2": "second", "aside": "second"}
CLOSED = "-closed"
WORD = "word "
PENALTY = {"kind": 1.0, "seeker": 0.4, "wanted": 1.0, "theme": 2.0}
# The penalty of words, where they are learned.
WORDS = {"kind": 1.5}
# Notices and authors that have a word at least; logits below which it does not matter.
SEEN, BY, MATTERS = 3, 2, 0.1
# Of addresses that were invented for labelled notices.
INVENTED = {"examp", "www", "http", "https"}
# Fits, each with what the one before takes to be stated.
ROUNDS = 3
# What stands in `not_judged` where a decision has no label.
UNJUDGED = {"kind": {"kind"}, "seeker": {"seekers"}, "wanted": {"wanted", "wanted_countries"}, "theme": {"themes"}}
NOTES = {
    "kind": "What speaks for each kind of notice (logits). Columns: feature, " + ", ".join(KINDS),
    "seeker": "What speaks for a name being one that seeks (logits). Columns: feature, weight",
    "wanted": "What speaks for a country being wanted (logits). Columns: feature, weight",
    "theme": "What speaks for a word stating a theme (logits). Columns: feature, weight",
}


def priors(decision):
    """Weights before anything is learned: those of the rows of the grammar. Weights that nothing speaks for stay there."""
    if decision != "seeker":
        return {}
    rows = [line.split("\t") for line in (HERE.parent / "grammar.tsv").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {f"row {row[0]}": float(row[3]) for row in rows}


def fold(text):
    text = unicodedata.normalize("NFKD", text or "").casefold().translate(str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss"}))
    return "".join(char for char in text if char.isalnum())


def alike(one, other):
    """Equal, or forms of one name: all but the last three letters agree, four at least."""
    stem = max(4, min(len(one), len(other)) - 3)
    return one == other or len(one) >= stem <= len(other) and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 4


# A candidate: of a group with label 1 one at least is right. A kind's label is the list of those that may be argued for.
Example = namedtuple("Example", "notice author features words group label")


def examples(number, entry, decision):
    """The candidates of one notice."""
    half = entry.get("half") or "seed"
    gold, unjudged = entry["gold"], UNJUDGED[decision] & set(entry.get("not_judged", []))
    kinds = [gold["kind"]] + gold.get("kind_also", [])
    # Which names seek is asked of searches alone; whether a notice is one, the kind says.
    if half.endswith(CLOSED) or unjudged or decision == "seeker" and "partner_search" not in kinds:
        return
    seekers = [fold(place[key]) for place in gold["places"] if place["role"] == "seeker" for key in ("name", "as_written") if place.get(key)]
    for at, one in enumerate(one for one in entry["candidates"] if one["decision"] == decision):
        value, group = one["value"], (number, at)
        if decision == "kind":
            label = [KINDS.index(kind) for kind in kinds]
        elif decision == "seeker":
            label = int(any(alike(fold(value), name) for name in seekers))
        else:
            group = number, value
            label = int(value in (gold["wanted"]["countries"] if decision == "wanted" else gold["themes"]))
        features = {name: much for name, much, _ in one["features"] if not name.startswith(WORD)}
        words = {word for word in one["words"] if word.removeprefix(WORD) not in INVENTED}
        yield Example(number, AUTHORS.get(half, half), features, words, group, label)


def feature_names(learned, prior):
    """The features by number, the bias first and the words last, and how many are no words."""
    seen, by = defaultdict(set), defaultdict(set)
    for one in learned:
        if one.author != "frames":
            for word in one.words:
                seen[word].add(one.notice)
                by[word].add(one.author)
    plain = sorted({name for one in learned for name in one.features} | set(prior), key=lambda name: (name != "bias", name))
    words = sorted(word for word in seen if len(seen[word]) >= SEEN and len(by[word]) >= BY)
    return {name: number for number, name in enumerate(plain + words)}, len(plain)


def matrix(learned, names):
    cells = [(row, names[name], much) for row, one in enumerate(learned) for name, much in one.features.items() if name in names]
    cells += [(row, names[word], 1.0) for row, one in enumerate(learned) for word in one.words if word in names]
    rows, columns, values = zip(*cells)
    return csr_matrix((values, (rows, columns)), shape=(len(learned), len(names)))


def minimise(table, wanted, penalty, prior):
    """Weights that say what is wanted, each held back towards its prior by its penalty."""

    def loss(flat):
        weights = flat.reshape(prior.shape)
        logits = table @ weights
        if prior.shape[1] == 1:
            logits = np.hstack([logits, np.zeros_like(logits)])
        every = np.logaddexp.reduce(logits, axis=1, keepdims=True)
        off = (np.exp(logits - every) - wanted)[:, : prior.shape[1]]
        away = weights - prior
        total = np.sum(every) - np.sum(wanted * logits) + 0.5 * np.sum(penalty * away**2)
        return total, (table.T @ off + penalty * away).ravel()

    return minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.reshape(prior.shape)


def stated(learned, logits, decision):
    """What is wanted of each example, given the logits so far; zeros for one that may be right or not."""
    wanted = np.zeros((len(learned), len(KINDS) if decision == "kind" else 2))
    if decision == "kind":
        for row, one in enumerate(learned):
            shares = np.exp(logits[row, one.label] - logits[row, one.label].max())
            # The first of the kinds that may be argued for counts half at least.
            wanted[row, one.label] = shares / shares.sum() / 2
            wanted[row, one.label[0]] += 0.5
        return wanted
    best = {}
    for row, one in enumerate(learned):
        if one.group not in best or logits[row, 0] > logits[best[one.group], 0]:
            best[one.group] = row
    for row, one in enumerate(learned):
        if one.label == 0 or best[one.group] == row:
            wanted[row, 1 - one.label] = 1.0
    return wanted


def fit(learned, decision):
    """Weights by feature; words that do not matter are left out, and the others fitted again."""
    prior = priors(decision)
    names, plain = feature_names(learned, prior)
    answers = len(KINDS) if decision == "kind" else 1
    for last in (False, True):
        table = matrix(learned, names)
        before = np.zeros((len(names), answers))
        for name, weight in prior.items():
            before[names[name]] = weight
        penalty = np.full((len(names), 1), PENALTY[decision])
        penalty[0], penalty[plain:] = 0.001, WORDS.get(decision, 1.0)
        weights = before
        for _ in range(ROUNDS):
            wanted = stated(learned, table @ weights, decision)
            kept = wanted.sum(axis=1) > 0
            weights = minimise(table[kept], wanted[kept], penalty, before)
        if not last:
            matter = [name for name, number in names.items() if number < plain or np.abs(weights[number]).max() >= MATTERS]
            names = {name: number for number, name in enumerate(matter)}
    return names, weights


def judge(asked, decision, names, weights):
    """(probability, right, counts) of each decision: kinds as the likeliest, all else if one of its words says so."""
    if not asked:
        return
    logits = matrix(asked, names) @ weights
    if decision == "kind":
        for row, one in zip(logits, asked):
            best = row.argmax()
            yield 1 / np.exp(row - row[best]).sum(), int(best) in one.label, True
        return
    groups = defaultdict(list)
    for score, one in zip(logits[:, 0], asked):
        groups[one.group].append((score, one.label))
    for members in groups.values():
        score, label = max(score for score, _ in members), members[0][1]
        yield 1 / (1 + np.exp(-abs(score))), (score > 0) == bool(label), score > 0 or label == 1


def report(learned, decision, names, weights):
    """Prints what each author's notices score when they are left out."""
    said = []
    for author in sorted({one.author for one in learned}):
        own, others = [one for one in learned if one.author == author], [one for one in learned if one.author != author]
        left = list(judge(own, decision, *fit(others, decision)))
        kept = list(judge(own, decision, names, weights))
        counted = [right for _, right, counts in left if counts]
        print(f"{decision:7} {author:12} {len({one.notice for one in own}):4} notices; left out {sum(r for _, r, _ in left)}/{len(left)}"
              f" (of those read or labelled {sum(counted)}/{len(counted)}), learned from {sum(r for _, r, _ in kept)}/{len(kept)}", flush=True)
        said += left
    for floor in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95):
        sure = [right for probability, right, _ in said if probability >= floor]
        print(f"{decision:7} probability >= {floor}: {sum(sure)}/{len(sure)} right")


def main():
    entries = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for decision in [word for word in sys.argv[2:] if word in PENALTY] or list(PENALTY):
        learned = [one for number, entry in enumerate(entries) for one in examples(number, entry, decision)]
        names, weights = fit(learned, decision)
        if "--quick" not in sys.argv:
            report(learned, decision, names, weights)
        lines = ["# " + NOTES[decision]] + [name + "\t" + "\t".join(f"{weight:.2f}" for weight in weights[number]) for name, number in names.items()]
        (HERE / f"{decision}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

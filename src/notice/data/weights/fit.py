#!/usr/bin/env python3
"""fit.py READ.jsonl [DECISION...]: fits the weights of the reader of notices and tells how it does on authors it did not learn from.

    cargo run --example notice-read -- LABELLED.jsonl... tests/notice/frames.tsv >READ.jsonl
    python3 src/notice/data/weights/fit.py READ.jsonl seeker     # then build and read anew: kind looks at seekers,
    python3 src/notice/data/weights/fit.py READ.jsonl kind       # then again: wanted and theme look at the kind
    python3 src/notice/data/weights/fit.py READ.jsonl wanted theme

Regularised logistic regression (softmax for the kind), by Adam on all examples at once; standard library only. Where several words
may state one thing (a theme, a country) the likeliest of them is taken to. The author of a notice is its `half` (AUTHORS). Prints
right and wrong with each author left out, and where a probability is as good as said; writes the tables beside this file.
"""
import json, math, pathlib, sys, unicodedata
from collections import defaultdict

HERE = pathlib.Path(__file__).parent
KINDS = ["partner_search", "partner_list", "project", "event", "funding", "guide", "news"]
AUTHORS = {"dev": "first", "blind": "first", "kinds": "styles", "dev2": "second", "aside": "second"}
PENALTY = {"kind": 0.6, "seeker": 0.4, "wanted": 1.0, "theme": 2.0}
NOTES = {
    "kind": "What speaks for each kind of notice (logits). Columns: feature, " + ", ".join(KINDS),
    "seeker": "What speaks for a name being one that seeks (logits). Columns: feature, weight",
    "wanted": "What speaks for a country being wanted (logits). Columns: feature, weight",
    "theme": "What speaks for a word stating a theme (logits). Columns: feature, weight",
}
ROUNDS = 400


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


def examples(entry, decision):
    """(features, group, label) of each candidate; of a group with label 1 one at least is right. A kind's label is a list."""
    gold, unjudged = entry["gold"], entry.get("not_judged", [])
    found = []
    for number, one in enumerate(entry["candidates"]):
        if one["decision"] != decision:
            continue
        features = [(name, value) for name, value, _ in one["features"]]
        if decision == "kind":
            if "kind" not in unjudged:
                found.append((features, None, [KINDS.index(kind) for kind in [gold["kind"]] + gold.get("kind_also", [])]))
        elif decision == "seeker":
            # Which names seek is asked of searches alone; whether a notice is one, the kind says.
            if "seekers" not in unjudged and "partner_search" in [gold["kind"]] + gold.get("kind_also", []):
                names = [fold(place[key]) for place in gold["places"] if place["role"] == "seeker" for key in ("name", "as_written") if place.get(key)]
                found.append((features, number, int(any(alike(fold(one["value"]), name) for name in names))))
        elif decision == "wanted":
            if "wanted_countries" not in unjudged and "wanted" not in unjudged:
                found.append((features, one["value"], int(one["value"] in gold["wanted"]["countries"])))
        elif "themes" not in unjudged:
            found.append((features, one["value"], int(one["value"] in gold["themes"])))
    return found


def dot(weights, features, answer):
    return sum(weights[name][answer] * value for name, value in features if name in weights)


def targets(notice, decision, weights, answers):
    """(features, what each answer should be) of one notice, given the weights so far."""
    if decision == "kind":
        for features, _, accepted in notice:
            logits = [dot(weights, features, answer) for answer in range(answers)]
            top = max(logits)
            shares = [math.exp(logit - top) if answer in accepted else 0.0 for answer, logit in enumerate(logits)]
            # The first of the kinds that may be argued for counts half at least.
            total = sum(shares)
            wanted = [share / total / 2 for share in shares]
            wanted[accepted[0]] += 0.5
            yield features, wanted, logits
        return
    groups = defaultdict(list)
    for features, group, label in notice:
        groups[group].append((features, label))
    for members in groups.values():
        scored = [(dot(weights, features, 0), features, label) for features, label in members]
        best = max(score for score, _, _ in scored)
        for score, features, label in scored:
            if label == 0 or score == best:
                yield features, [float(label)], [score]


def fit(notices, decision):
    """Weights by feature."""
    answers = len(KINDS) if decision == "kind" else 1
    prior = priors(decision)
    names = {name for notice in notices for features, _, _ in notice for name, _ in features} | set(prior)
    weights = {name: [prior.get(name, 0.0)] * answers for name in names}
    mean = {name: [0.0] * answers for name in names}
    square = {name: [0.0] * answers for name in names}
    for step in range(1, ROUNDS + 1):
        gradient = {name: [PENALTY[decision] * (weight - prior.get(name, 0.0)) if name != "bias" else 0.0 for weight in weights[name]] for name in names}
        for notice in notices:
            for features, wanted, logits in targets(notice, decision, weights, answers):
                if answers == 1:
                    off = [1 / (1 + math.exp(-max(-40, min(40, logits[0])))) - wanted[0]]
                else:
                    top = max(logits)
                    shares = [math.exp(logit - top) for logit in logits]
                    off = [share / sum(shares) - want for share, want in zip(shares, wanted)]
                for name, value in features:
                    row = gradient[name]
                    for answer in range(answers):
                        row[answer] += off[answer] * value
        rate = 0.12 * min(1.0, 3.0 * (1 - step / (ROUNDS + 1)))
        for name in names:
            for answer in range(answers):
                slope = gradient[name][answer]
                mean[name][answer] = 0.9 * mean[name][answer] + 0.1 * slope
                square[name][answer] = 0.99 * square[name][answer] + 0.01 * slope * slope
                one, two = mean[name][answer] / (1 - 0.9**step), square[name][answer] / (1 - 0.99**step)
                weights[name][answer] -= rate * one / (math.sqrt(two) + 1e-8)
    return weights


def judge(notices, decision, weights):
    """(probability, right) of each decision."""
    for notice in notices:
        if decision == "kind":
            for features, _, accepted in notice:
                logits = [dot(weights, features, answer) for answer in range(len(KINDS))]
                best = max(range(len(KINDS)), key=lambda answer: logits[answer])
                yield 1 / sum(math.exp(logit - logits[best]) for logit in logits), best in accepted, True
            continue
        groups = defaultdict(list)
        for features, group, label in notice:
            groups[group].append((dot(weights, features, 0), label))
        for members in groups.values():
            score, label = max(score for score, _ in members), members[0][1]
            yield 1 / (1 + math.exp(-score)) if score > 0 else 1 / (1 + math.exp(score)), (score > 0) == bool(label), score > 0 or label


def main():
    entries = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for decision in [word for word in sys.argv[2:] if word in PENALTY] or list(PENALTY):
        by_author = defaultdict(list)
        for entry in entries:
            half = entry.get("half") or "seed"
            by_author[AUTHORS.get(half, half)].append(examples(entry, decision))
        weights = fit([notice for notices in by_author.values() for notice in notices], decision)
        said = []
        if "--quick" not in sys.argv:
            for author, notices in sorted(by_author.items()):
                others = [notice for other, rest in by_author.items() if other != author for notice in rest]
                left = list(judge(notices, decision, fit(others, decision)))
                kept = list(judge(notices, decision, weights))
                counted = [right for _, right, counts in left if counts]
                print(f"{decision:7} {author:12} {len(notices):4} notices; left out {sum(r for _, r, _ in left)}/{len(left)}"
                      f" (of those read or labelled {sum(counted)}/{len(counted)}), learned from {sum(r for _, r, _ in kept)}/{len(kept)}")
                said += left
            for floor in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95):
                sure = [right for probability, right, _ in said if probability >= floor]
                print(f"{decision:7} probability >= {floor}: {sum(sure)}/{len(sure)} right")
        rows = sorted(weights.items(), key=lambda item: (item[0] != "bias", item[0]))
        lines = ["# " + NOTES[decision]] + [name + "\t" + "\t".join(f"{weight:.2f}" for weight in row) for name, row in rows]
        (HERE / f"{decision}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

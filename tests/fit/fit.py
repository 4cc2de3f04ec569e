#!/usr/bin/env python3
"""Fits the weights of the list reader to labelled pages, and says by leave-one-site-out what they are worth.

    fit.py [--kind title|list] [--pull P] [--steps N] [--write] FOLDER...

FOLDER: either `pages.jsonl` (id, url, ctype, entries of date and title) with `pages/ID.html.gz`, or NAME.html with NAME.json (entries, or
`url` and `entries`) and perhaps NAME.at (address). Pages are read by the example `list-dump`; build it first: cargo build --example list-dump.

Both scores are sums of features times weights; the best of a page's columns (or candidates) is chosen. The fit maximises the probability of
a right one under a softmax, and is pulled towards the present weights by P per unit of squared change: few pages cannot overrule what a
feature plainly means. `--write` puts the weights into src/extract/listing/data/weights.tsv. Plain Python 3.11; the pages stay where they are.
"""
import argparse, collections, gzip, json, math, pathlib, re, subprocess, sys, tempfile, unicodedata
from urllib.parse import urlsplit

ROOT = pathlib.Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "src/extract/listing/data/weights.tsv"
DUMP = ROOT / "target/debug/examples/list-dump"
SEEN = "2026-11-28"


def fold(text):
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(sign)).lower()
    return re.sub(r"[\W_]+", " ", text).split()


def same(ours, theirs):
    """Seven of ten of the expected words, and not much besides."""
    if not ours or not theirs:
        return False
    return len(set(ours) & set(theirs)) >= 0.7 * len(set(theirs)) and len(ours) <= 3 * len(theirs) + 6


def labelled(folder, scratch):
    """(input of list-dump, site, entries) of each page."""
    if (folder / "pages.jsonl").exists():
        for line in (folder / "pages.jsonl").read_text("utf-8").splitlines():
            page = json.loads(line)
            file = scratch / f"{page['id']}.html"
            file.write_bytes(gzip.decompress((folder / "pages" / f"{page['id']}.html.gz").read_bytes()))
            url = page["url"] if urlsplit(page["url"]).netloc else "http://127.0.0.1" + page["url"]
            site = urlsplit(url).netloc.removeprefix("www.")
            yield {"id": page["id"], "url": url, "content_type": page.get("ctype"), "file": str(file), "seen": SEEN}, site, page["entries"]
    else:
        for file in sorted(folder.glob("*.html")):
            at = file.with_suffix(".at")
            url = "http://127.0.0.1" + (at.read_text().strip() if at.exists() else "/news")
            truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
            url, entries = (truth["url"], truth["entries"]) if "url" in truth else (url, truth)
            yield {"id": file.stem, "url": url, "content_type": "text/html; charset=utf-8", "file": str(file), "seen": SEEN}, file.stem, entries


def read(folders):
    with tempfile.TemporaryDirectory() as scratch:
        pages = [page for folder in folders for page in labelled(folder, pathlib.Path(scratch))]
        done = subprocess.run([DUMP], input="".join(json.dumps(page[0]) + "\n" for page in pages), capture_output=True, text=True, check=True)
    for line, (_, site, entries) in zip(done.stdout.splitlines(), pages):
        yield site, [(entry.get("date"), fold(entry["title"])) for entry in entries], json.loads(line)["candidates"]


def right(truth, days, texts):
    """How many expected entries these rows give."""
    by_day = collections.defaultdict(list)
    for day, title in truth:
        by_day[day].append(title)
    hits = 0
    for day, text in zip(days, texts):
        words = fold(text)
        found = next((title for title in by_day[day] if same(words, title)), None)
        if found is not None:
            by_day[day].remove(found)
            hits += 1
    return hits


def features(thing):
    return {feature["name"]: feature["value"] for feature in thing["features"]}


def examples(kind, pages):
    """(site, [(features, right)]) of each page that has a right and a wrong choice."""
    for site, truth, candidates in pages:
        if kind == "list":
            scored = [(2 * right(truth, *zip(*one["rows"])) / (len(one["rows"]) + len(truth)), one) for one in candidates if one["rows"]]
            best = max((score for score, _ in scored), default=0)
            choices = [(features(one), score >= best - 0.01) for score, one in scored]
        else:
            tables = [(column, right(truth, [day for day, _ in one["rows"]], column["texts"]), one) for one in candidates for column in one["columns"]]
            best, _, one = max(((hits, -len(one["rows"]), at) for at, (_, hits, one) in enumerate(tables)), default=(0, 0, None))
            if not best:
                continue
            owner = tables[one][2]
            choices = [(features(column), hits >= 0.9 * best) for column, hits, other in tables if other is owner]
        if best and any(good for _, good in choices) and not all(good for _, good in choices):
            yield site, choices


def choose(weights, choices):
    scores = [sum(weights.get(name, 0) * value for name, value in one.items()) for one, _ in choices]
    top = max(scores)
    return scores, top


def fit(data, prior, pull, steps):
    weights = dict(prior)
    rate = 0.3
    for step in range(steps):
        slope = collections.Counter()
        for _, choices in data:
            scores, top = choose(weights, choices)
            powers = [math.exp(score - top) for score in scores]
            total, good = sum(powers), sum(power for power, (_, fine) in zip(powers, choices) if fine)
            for power, (one, fine) in zip(powers, choices):
                share = power / total - (power / good if fine and good else 0)
                if abs(share) > 1e-6:
                    for name, value in one.items():
                        slope[name] -= share * value
        for name in prior:
            weights[name] += rate * (slope[name] - pull * (weights[name] - prior[name])) / len(data)
    return weights


def score(weights, data):
    hits = 0
    for _, choices in data:
        scores, top = choose(weights, choices)
        hits += any(fine for value, (_, fine) in zip(scores, choices) if value == top)
    return hits


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=pathlib.Path)
    options.add_argument("--kind", choices=("title", "list"), default="title")
    options.add_argument("--pull", type=float, default=1.0)
    options.add_argument("--steps", type=int, default=200)
    options.add_argument("--folds", type=int, default=8)
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    lines = WEIGHTS.read_text("utf-8").splitlines()
    data = list(examples(options.kind, list(read(options.folders))))
    known = {name for _, choices in data for one, _ in choices for name in one}
    prior = {row[1]: float(row[2]) for row in (line.split("\t") for line in lines) if row[0] == options.kind and row[1] in known}
    sites = sorted({site for site, _ in data})
    held = 0
    for part in range(options.folds):
        inside = set(sites[part::options.folds])
        held += score(fit([one for one in data if one[0] not in inside], prior, options.pull, options.steps), [one for one in data if one[0] in inside])
    weights = fit(data, prior, options.pull, options.steps)
    print(f"{options.kind}: {len(data)} pages of {len(sites)} sites; right before {score(prior, data)}, fitted {score(weights, data)}, "
          f"with the page's site left out {held}")
    for name in prior:
        print(f"  {name:10} {prior[name]:6.2f} -> {weights[name]:6.2f}")
    if options.write:
        rows = [line.split("\t") for line in lines]
        for row in rows:
            if row[0] == options.kind and row[1] in weights:
                row[2] = f"{weights[row[1]]:.2f}"
        WEIGHTS.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Fits the weights of the days that a page shows (src/extract/article/days.tsv) on pages whose day of publication is known.

    cargo build --example article-blocks
    python3 benches/fit/days.py [--bin target/debug/examples/article-blocks] [--pages DIR] [--write]

The pages are those of article.py that have a whole text. The odds of a day are the sum over its mentions of the exponential of their scores, those of none
are one; the weights have the greatest likelihood (with a ridge) of the day that is told, or of none where no mention is of that day.
Printed: how often the day read is the one told, by weights that do not know the site or the author of the notice, alone and where what
machines are told stands in for none. --write then fits on all and writes the file. Needs Python 3.11, numpy and scipy.
"""
import argparse, json, pathlib, subprocess, sys, tempfile

import numpy as np
from scipy.optimize import minimize

import article

TEXT = "<p>Ves leží pod lesem, má knihovnu i hasiče a chystá dvě slavnosti v roce.</p>" * 3
# Own pages: what machines are told of publication and change, the line below the heading, and whether its day is the page's.
OWN = (
    ("", "", "7. 2. 2023", True),
    ("", "", "7. 2. 2023 • Petr Malý • čtení na 5 minut", True),
    ("", "", "7. 2. 2023 • Redakce městského zpravodaje • čtení na 12 minut", True),
    ("", "", "7. 2. 2023 · tisková zpráva · odbor kultury a školství", True),
    ("", "", "7. 2. 2023 | Petr Malý | knihovna, kultura, pozvánky", True),
    ("", "", "7. 2. 2023 | Petr Malý", True),
    ("", "", "7. 2. 2023, autor: Petr Malý", True),
    ("", "", "Zveřejněno odborem kultury 7. 2. 2023 | zobrazeno 45krát", True),
    ("", "", "7. 2. 2023, sokolovna ve Lhotě", False),
    ("", "", "Zveřejněno v Brně, upraveno odborem 7. 2. 2023", False),
    ("", "", "Schůze zastupitelů 7. 2. 2023 v 18 hodin", False),
    ("2023-02-05T08:00:00+01:00", "", "7. 2. 2023", True),
    ("2023-02-09T08:00:00+01:00", "2023-02-10T08:00:00+01:00", "7. 2. 2023", True),
    ("2023-02-06T23:30:00Z", "2023-02-06T23:30:00Z", "7. 2. 2023", True),
)
WEIGHTS = article.ROOT / "src/extract/article/days.tsv"
RIDGE, GROUPS = 0.3, 6
BAR = 3  # as DATE_ODDS in thresholds.rs


def own(folder):
    for at, (published, changed, line, is_day) in enumerate(OWN):
        meta = "".join(f'<meta property="article:{name}_time" content="{day}">' for name, day in (("published", published), ("modified", changed)))
        file = folder / f"own{at}.html"
        file.write_text(f"<head>{meta}</head><main><h1>Ves chystá slavnost</h1><p>{line}</p>{TEXT}</main>", "utf-8")
        day = "2023-02-07" if is_day else None
        yield {"id": f"own{at}", "url": f"http://own{at}.example/a", "title": "Ves chystá slavnost", "date": day, "file": str(file)}


def gather(options):
    with tempfile.TemporaryDirectory() as scratch:
        pages = [page for page in article.gather(options, pathlib.Path(scratch)) if "author" in page or page.get("date") and "body" in page]
        pages += own(pathlib.Path(scratch))
        asked = "".join(json.dumps({key: page.get(key) for key in ("id", "url", "title", "summary", "file")}) + "\n" for page in pages)
        done = subprocess.run([options.bin], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return pages, [json.loads(line)["days"] for line in done.stdout.splitlines()]


def part(page, days, index):
    """Values of each mention, which day each is of, and which day is told: the last is none."""
    X, named = np.zeros((len(days["shown"]), len(index))), []
    for at, mention in enumerate(days["shown"]):
        named.append(mention["day"] or f"impossible {at}")
        for sign, value in mention["signs"]:
            X[at, index[sign]] = value
    names = sorted(set(named))
    of = np.array([names.index(day) for day in named], int)
    told = names.index(page["date"]) if page["date"] in names else len(names)
    return X, of, told, names + [None]


def odds(weights, X, of, names):
    """Shares of each day, and of each mention in its day."""
    own = np.exp(np.clip(X @ weights, -30, 30))
    sums = np.append(np.bincount(of, own, len(names) - 1), 1.0)
    return sums / sums.sum(), own / sums[of]


def fit(parts):
    def objective(weights):
        loss, slope = 0.5 * RIDGE * weights @ weights, RIDGE * weights
        for X, of, told, names in parts:
            days, mentions = odds(weights, X, of, names)
            loss -= np.log(max(days[told], 1e-30))
            slope = slope + X.T @ (mentions * (days[of] - (of == told)))
        return loss, slope

    return minimize(objective, np.zeros(parts[0][0].shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def count(name, pages, reports, parts, weights):
    shown, all_ = {"right": 0, "none": 0, "another": 0}, {"right": 0, "none": 0, "another": 0}
    for page, days, (X, of, told, names), of_page in zip(pages, reports, parts, weights):
        shares, _ = odds(of_page, X, of, names)
        best = names[int(np.argmax(shares * np.append(np.ones(len(names) - 1), BAR)))]
        best = None if best and best.startswith("impossible") else best
        for counts, day in ((shown, best), (all_, best or days["stated"])):
            counts["right" if day == page["date"] else "another" if day else "none"] += 1
    print(f"{name}: {len(pages)} pages; shown {shown}; with what machines are told {all_}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", default=article.ROOT / "target/debug/examples/article-blocks")
    options.add_argument("--pages", type=pathlib.Path, default=article.ROOT / "../shared/real/articles")
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    options.site = None
    pages, reports = gather(options)
    signs = sorted({sign for days in reports for mention in days["shown"] for sign, _ in mention["signs"]})
    index = {sign: at for at, sign in enumerate(signs)}
    parts = [part(page, days, index) for page, days in zip(pages, reports)]
    group = [f"author{page['author']}" if "author" in page else article.draw(page, "f", GROUPS) if page.get("real") else None for page in pages]
    by = {one: fit([part for part, other in zip(parts, group) if other != one]) for one in set(group)}
    all_ = fit(parts)
    for name, members in (
        ("whole texts", [at for at, page in enumerate(pages) if page.get("real")]),
        ("single notices", [at for at, page in enumerate(pages) if "author" in page]),
    ):
        take = lambda of: [of[at] for at in members]
        count(f"{name}, left out", take(pages), take(reports), take(parts), [by[group[at]] for at in members])
        count(f"{name}, in sample", take(pages), take(reports), take(parts), [all_ for _ in members])
    if options.write:
        notes = {line.split("\t")[0]: line.split("\t")[2] for line in WEIGHTS.read_text("utf-8").splitlines() if line.count("\t") == 2}
        head = [line for line in WEIGHTS.read_text("utf-8").splitlines() if line.startswith("#")]
        rows = [f"{sign}\t{all_[at]:.3f}\t{notes.get(sign, '')}".rstrip("\t") for sign, at in index.items()]
        WEIGHTS.write_text("\n".join(head + rows) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())

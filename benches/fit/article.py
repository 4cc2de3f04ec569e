#!/usr/bin/env python3
"""Fits the weights of extract/article (src/extract/article/weights.tsv) on pages whose text is known.

    cargo build --example article-blocks
    python3 benches/fit/article.py [--bin target/debug/examples/article-blocks] [--pages DIR] [--site DIR] [--write]

DIR (default ../shared/real/articles) holds gold.jsonl and pages/ID.html.gz: `body` is a whole text, `with` and `without` are
segments that must and must not be in it. --site: a folder built by ../shared/site/build.py, whose every page has its text.
tests/detail/outside has pages of single notices whose every line is told: text, optional (it may be either) or not; the pages of one author
are left out together. A block is text if most of its word 4-grams are in the body, or if it holds a segment that must be in it. The weights are a
logistic regression with a ridge, by Newton's method, of each feature and of each in the scope of the page (the element that holds heading and
text), so that each has a weight beside the scope and one in it. Printed: the score of leave-one-site-group-out on two thirds of the
sites, and that of the last third, which fits nothing, with weights of the others. --write then fits on all and writes the file.

Last, how many readings are told as doubtful, of sites that the weights do not know: by the left-out groups, and by weak readers,
fitted on few sites, for a good one hardly errs. A reading is wrong if it has less than a third of the text or less than a third of
it is text, and right if it has 60 % and half of it is.
Needs Python 3.11 and numpy.
"""
import argparse, collections, hashlib, html, json, pathlib, re, subprocess, sys, tempfile
from urllib.parse import urlsplit

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "src/extract/article/weights.tsv"
OUTSIDE = ROOT / "tests/detail/outside"
LAYOUTS = pathlib.Path(__file__).with_name("layouts.html")
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
GROUPS, RIDGE, LEAST = 6, 2.0, 8
NOTICE = 25  # how much a page of tests/detail/outside counts, where a page of a whole text counts 12
AUTHORS = (0, 12, 18, 24, 36, 48, 64, 80, 96, 108, 120, 134)  # the last numbers of the pages of each author
CLOSED = (*range(81, 97), *range(109, 121), *range(135, 147))  # never learned from
WEAK, FEW = 4, 25  # weak readers, and of how many sites each knows one
OVERLAP = 0.55  # as in thresholds.rs


def norm(text):
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b\u2060\ufeff]", "", text or "")).strip()


def words(text):
    return re.findall(r"\w+", (text or "").replace("\u00ad", "").casefold())


def signs(text):
    """Words as the reader counts them: where no blanks are written, each sign is one."""
    return re.findall(rf"[{UNSPACED}]|[^\W{UNSPACED}]+", (text or "").replace("\u00ad", "").casefold())


def site(page):
    return ".".join((urlsplit(page["url"]).hostname or "").split(".")[-2:])


def draw(page, salt, count):
    return int(hashlib.md5((salt + site(page)).encode()).hexdigest(), 16) % count


def told(page, texts):
    """What the lines of a page of single notices are: a piece of the text, or part of it; of a short one that stands twice the one beside long ones."""
    plain = lambda text: " ".join(re.findall(r"[^\W_]+", text.lower()))
    text, optional, title = [plain(piece) for piece in page["text"]], [plain(piece) for piece in page["optional"]], plain(page["title"])
    inside = lambda line, pieces: line in pieces or len(line.split()) >= 3 and f" {line} " in f" {' '.join(pieces)} "
    found, lines = np.zeros(len(texts)), [plain(line) for line in texts]
    for at, (line, written) in enumerate(zip(lines, texts)):
        parts = [plain(part) for part in written.split("\n") if plain(part)]
        if inside(line, text) or parts and all(part in text for part in parts):
            found[at] = 1
        elif not line or line == title or inside(line, optional) or all(part in optional for part in parts):
            found[at] = -1
        elif any(piece and piece in line and len(piece) > 0.6 * len(line) for piece in text):
            found[at] = 1
    sure, count = [at for at in range(len(texts)) if found[at] == 1 and len(lines[at].split()) >= 6], collections.Counter(lines)
    for at, line in enumerate(lines):
        if found[at] == 1 and at not in sure and (count[line] > 1 or len(line.split()) < 3) and all(abs(at - other) > 4 for other in sure):
            found[at] = -1
    return found


def truth(page, texts):
    """1 text, 0 none, -1 not known."""
    if "optional" in page:
        return told(page, texts)
    found = np.full(len(texts), -1.0)
    if "body" not in page:
        for at, text in enumerate(map(norm, texts)):
            if any(norm(part) in text for part in page["with"]):
                found[at] = 1
            elif any(norm(part) in text for part in page["without"]):
                found[at] = 0
        return found
    body = signs(page["body"])
    grams, line = {tuple(body[at : at + 4]) for at in range(len(body) - 3)}, f" {' '.join(body)} "
    whole = {tuple(signs(text)) for text in page["body"].split("\n")} if page.get("exact") else set()
    short, title = [], signs(page["title"])
    for at, text in enumerate(texts):
        own = signs(text)
        parts = [tuple(own[at : at + 4]) for at in range(len(own) - 3)]
        if len(own) >= 6:
            found[at] = sum(part in grams for part in parts) > 0.6 * len(parts)
        else:
            short.append((at, own))
    sure = [at for at in range(len(texts)) if found[at] == 1]
    for at, own in short:
        inside = own and f" {' '.join(own)} " in line and sure
        near = inside and min(abs(at - other) for other in sure) <= 2
        between = inside and sure[0] < at < sure[-1]
        lines = own and all(tuple(signs(part)) in whole for part in texts[at].split("\n"))
        exact = page.get("exact") and own != title
        found[at] = bool(lines or near and (exact or between and len(own) > 1))
    return found


def blocks(binary, pages):
    asked = "".join(json.dumps({key: page.get(key) for key in ("id", "url", "title", "summary", "file")}) + "\n" for page in pages)
    done = subprocess.run([binary], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line)["blocks"] for line in done.stdout.splitlines()]


def importance(page, texts, labels):
    """Each page counts alike, however long; a line of a whole text by its length."""
    if "body" not in page:
        return np.where(labels >= 0, 1.0, 0.0)
    sizes = np.array([min(len(text), 600) + 15.0 for text in texts])
    return np.where(labels >= 0, sizes / sizes.sum() * (page.get("share") or 12), 0.0) if "optional" in page else sizes / sizes.sum() * (page.get("share") or 12)


def fit(parts):
    """Newton's method for a logistic regression."""
    X = np.concatenate([part[0] for part in parts]).astype(float)
    y, importance = (np.concatenate([part[at] for part in parts]) for at in (1, 2))
    known = importance > 0
    X, y, importance = X[known], y[known], importance[known]
    ridge = np.full(X.shape[1], RIDGE)
    ridge[0] = 0  # the bias is the first feature
    weights = np.zeros(X.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(X @ weights, -30, 30)))
        slope = X.T @ (importance * (p - y)) + ridge * weights
        curve = (X * (importance * p * (1 - p))[:, None]).T @ X + np.diag(ridge + 1e-6)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if abs(step).max() < 1e-3:
            break
    return weights


def compare(page, text):
    """Precision, recall and F1 of 4-grams, or the counts of segments, as score.py counts them."""
    if "body" not in page:
        text = norm(text)
        lost = sum(norm(part) not in text for part in page["with"])
        return len(page["with"]) - lost, lost, sum(norm(part) in text for part in page["without"])
    gram = lambda text: collections.Counter(tuple(found[at : at + 4]) for found in [words(text)] for at in range(len(found) - 3))
    ours, theirs = gram(text), gram(page["body"])
    both = sum((ours & theirs).values())
    recall, precision = both / max(1, theirs.total()), both / max(1, ours.total())
    return precision, recall, 2 * recall * precision / (recall + precision) if both else 0


def text_of(texts, scores):
    return "\n\n".join(text for text, one in zip(texts, scores) if one > 0)


def measure(pages, read, scores):
    counts, means = collections.Counter(), []
    for page, (texts, _), score in zip(pages, read, scores):
        found = compare(page, text_of(texts, score))
        if "body" in page:
            means.append(found)
        else:
            counts.update(dict(zip(("tp", "fn", "fp"), found)))
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    segments = f"segments P {tp / max(1, tp + fp):.3f} R {tp / max(1, tp + fn):.3f} F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}"
    p, r, f = np.mean(means, axis=0) if means else (0, 0, 0)
    return f"{segments} | bodies P {p:.3f} R {r:.3f} F1 {f:.3f}, {sum(mean[1] < 0.5 for mean in means)} of {len(means)} less than half"


def verdict(page, text):
    found = compare(page, text)
    precision, recall = found[:2] if "body" in page else (found[0] / max(1, found[0] + found[2]), found[0] / max(1, found[0] + found[1]))
    return "wrong" if min(precision, recall) < 1 / 3 else "right" if recall >= 0.6 and precision >= 0.5 else "between"


def is_doubtful(texts, scores):
    """As `rescue.rs` doubts a reading."""
    sizes, chance, kept = np.array([len(text.encode()) for text in texts]), 1 / (1 + np.exp(-np.clip(scores, -30, 30))), scores > 0
    return (sizes * chance)[kept].sum() < OVERLAP * (sizes[kept].sum() + (sizes * chance)[~kept].sum())


def doubts(name, pages, read, scores):
    count = collections.Counter()
    for at in (at for at in scores if (scores[at] > 0).any()):
        of = verdict(pages[at], text_of(read[at][0], scores[at]))
        count.update({of: 1, "doubtful " + of: int(is_doubtful(read[at][0], scores[at]))})
    print(f"doubtful, {name}: " + ", ".join(f"{count['doubtful ' + of]} of {count[of]} {of}" for of in ("wrong", "between", "right")), flush=True)


def layouts(folder):
    """The pages of layouts.html, each written to a file of its own."""
    shown = lambda markup: html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<(p|li|tr|td|dd|h\d|div|br)\b", r"\n<\1", markup)))
    for at, part in enumerate(LAYOUTS.read_text("utf-8").split("<!-- page: ")[1:]):
        title, markup = part.split(" -->", 1)
        body = "\n".join(shown(text) for text in re.findall(r"(?s)<!-- text -->(.*?)<!-- /text -->", markup))
        file = folder / f"{at}.html"
        file.write_text(markup, "utf-8")
        yield {"id": f"layout{at}", "url": f"http://layout{at}.example/a", "title": title, "body": body, "exact": True, "share": 16, "file": str(file)}


def gather(options, scratch):
    folder = options.pages
    pages = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines() if line.strip()]
    for page in pages:
        page["file"] = str(folder / "pages" / f"{page['id']}.html.gz")
        page["real"] = True
    if options.site:
        routes = json.loads((options.site / "routes.json").read_text("utf-8"))["routes"]
        for at, line in enumerate((options.site / "expected/entries.jsonl").read_text("utf-8").splitlines()):
            entry = json.loads(line)
            body = "\n".join(entry["body"])
            # The page repeats the summary; whether that is text is not the score's to say.
            pages.append({"id": f"site{at}", "url": f"http://127.0.0.1:8000{entry['url']}", "title": entry["title"], "summary": entry["summary"],
                          "body": f"{entry['summary']}\n{body}", "exact": True, "share": 4, "file": str(options.site / routes[entry["url"]]["file"])})
    for truth in sorted(OUTSIDE.glob("*.json")):
        page, number = json.loads(truth.read_text("utf-8")), int(truth.stem)
        if number not in CLOSED:
            author = sum(number > last for last in AUTHORS)
            pages.append({**page, "id": f"outside{number}", "author": author, "body": "\n".join(page["text"]), "share": NOTICE, "file": str(truth.with_suffix(".html"))})
    return pages + list(layouts(scratch))


def write(names, weights):
    notes, head = {}, []
    for line in WEIGHTS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            head.append(line)
        elif line.count("\t") > 2:
            notes[line.split("\t")[0]] = line.split("\t", 3)[3]
    beside, more = np.split(weights, 2)
    pairs = [(name, one, one + other) for name, one, other in zip(names, beside, more) if max(abs(one), abs(one + other)) >= 0.005]
    rows = [f"{name}\t{one:.3f}\t{other:.3f}\t{notes.get(name, '')}".rstrip() for name, one, other in pairs]
    WEIGHTS.write_text("\n".join(head + rows) + "\n", "utf-8")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", default=ROOT / "target/debug/examples/article-blocks")
    options.add_argument("--pages", type=pathlib.Path, default=ROOT / "../shared/real/articles")
    options.add_argument("--site", type=pathlib.Path)
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        pages = gather(options, pathlib.Path(scratch))
        reports = blocks(options.bin, pages)
    count = collections.Counter(name for report in reports for name in {name for block in report for name, *_ in block["features"]})
    names = ["Bias"] + sorted(name for name, pages in count.items() if pages >= LEAST and name != "Bias")
    index = {name: at for at, name in enumerate(names)}
    read, parts = [], []
    for page, report in zip(pages, reports):
        texts = [block["text"] for block in report]
        X = np.zeros((len(report), len(names)), np.float32)
        for at, block in enumerate(report):
            for name, value, _ in block["features"]:
                if name in index:
                    X[at, index[name]] = value
        X = np.concatenate([X, X * np.array([[block["in_scope"]] for block in report]).reshape(-1, 1)], axis=1)
        labels = truth(page, texts)
        read.append((texts, X))
        parts.append((X, np.clip(labels, 0, 1), importance(page, texts, labels)))
    own = [at for at, page in enumerate(pages) if not page.get("real")]
    real = [at for at, page in enumerate(pages) if page.get("real")]
    notices = [at for at, page in enumerate(pages) if "author" in page]
    open_, held = ([at for at in real if (draw(pages[at], "", 3) == 0) is last] for last in (False, True))

    def show(name, part, scores):
        print(f"{name}: {len(part)} pages, " + measure([pages[at] for at in part], [read[at] for at in part], [scores[at] for at in part]), flush=True)

    def left_out(part):
        scores = {}
        for group in range(GROUPS):
            weights = fit([parts[at] for at in part + own if at in own or draw(pages[at], "f", GROUPS) != group])
            scores |= {at: read[at][1] @ weights for at in part if draw(pages[at], "f", GROUPS) == group}
        return scores

    show(f"{len(names)} features; two thirds, each site by weights of the others", open_, left_out(open_))
    weights = fit([parts[at] for at in open_ + own])
    show("last third, by weights of the two thirds", held, {at: read[at][1] @ weights for at in held})
    scores = {}
    for author in {pages[at]["author"] for at in notices}:
        weights = fit([part for page, part in zip(pages, parts) if page.get("author") != author])
        scores |= {at: read[at][1] @ weights for at in notices if pages[at]["author"] == author}
    show("single notices, each author by weights of the others", notices, scores)
    weights = fit(parts)
    show("all, in sample", real, {at: read[at][1] @ weights for at in real})
    if own:
        show("own pages, in sample", own, {at: read[at][1] @ weights for at in own})
    doubts("left out", pages, read, left_out(real))
    for weak in range(WEAK):
        knows = [draw(page, f"weak{weak}", FEW) == 0 for page in pages]
        weights = fit([part for part, known in zip(parts, knows) if known])
        doubts(f"weak reader {weak}", pages, read, {at: read[at][1] @ weights for at in real if not knows[at]})
    if options.write:
        write(names, weights)


if __name__ == "__main__":
    sys.exit(main())

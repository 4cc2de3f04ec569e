#!/usr/bin/env python3
"""CPU of reading a page, from its bytes to its text, beside trafilatura and resiliparse on the same pages in the same run.

    python3 benches/reading.py [--pages DIR] [--rounds 3] [--json]

DIR (default ../shared/real/articles) holds gold.jsonl and pages/ID.html.gz. Ours is `cargo bench --bench reading`: one thread, its
own CPU time, pages in memory; the others run in this process, likewise. Rounds go by turns; ratios are of medians.
Needs Python 3.11 with trafilatura and resiliparse (pip install trafilatura resiliparse); without one it is left out, and said.
"""
import argparse, gzip, json, pathlib, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def peers():
    """Names, and functions from bytes to text."""
    found = {}
    try:
        import trafilatura

        same = {"include_comments": False, "include_tables": True, "include_formatting": False}
        found["trafilatura"] = lambda data: trafilatura.extract(data, **same)
        found["trafilatura fast"] = lambda data: trafilatura.extract(data, fast=True, **same)
    except ImportError:
        print("trafilatura cannot be imported: left out", file=sys.stderr)
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree

        def resiliparse(data):
            return extract_plain_text(HTMLTree.parse_from_bytes(data, detect_encoding(data)), main_content=True)

        found["resiliparse"] = resiliparse
    except ImportError:
        print("resiliparse cannot be imported: left out", file=sys.stderr)
    return found


def ours(asked):
    """Milliseconds a page by stage."""
    done = subprocess.run(["cargo", "bench", "--locked", "--quiet", "--bench", "reading"], cwd=ROOT, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=pathlib.Path, default=ROOT / "../shared/real/articles")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    options = options.parse_args()
    folder = options.pages.resolve()
    pages = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines() if line.strip()]
    files = [folder / "pages" / f"{page['id']}.html.gz" for page in pages]
    asked = "".join(json.dumps({"id": page["id"], "url": page["url"], "title": page["title"], "file": str(file)}) + "\n" for page, file in zip(pages, files))
    data = [gzip.decompress(file.read_bytes()) for file in files]
    others = peers()
    for read in others.values():
        read(data[0])
    spent, stages = {name: [] for name in others}, []
    for _ in range(options.rounds):
        stages.append(ours(asked))
        for name, read in others.items():
            begun = time.process_time()
            for page in data:
                read(page)
            spent[name].append(1000 * (time.process_time() - begun) / len(data))
    figures = {stage: statistics.median(round[stage] for round in stages) for stage in ("tree", "model", "text")}
    figures |= {name: statistics.median(values) for name, values in spent.items()}
    ratios = {name: figures[name] / figures["text"] for name in others}
    if options.json:
        return print(json.dumps({"pages": len(pages), "ms": figures, "ratios": ratios}))
    print(f"{len(pages)} pages, {sum(map(len, data)) / len(data) / 1024:.0f} KiB each; CPU ms a page, median of {options.rounds}")
    for name, value in figures.items():
        print(f"  {name if name in others else 'twindex, ' + name:20} {value:8.2f}" + (f"   {ratios[name]:6.2f} times ours" if name in others else ""))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What `twindex import` costs against reading the same file with warcio, in one run.

    benches/import.py --bin target/release/twindex [--pages 10000]

Needs warcio (PyPI). A tenth of the pages are notices that a list names; each page has some 900 words. Rows:

  warcio      iterates over the records and reads each body, as a Python tool would begin
  reading     `import` with a configuration of another host: digest, copy, scan, filter, digests of bodies; nothing is walked
  import      `import` into an empty archive: reading, walking, facts, index
  again       `import` of an older capture of the same list: its source is forgotten and walked again
  on top      `import` of a newer capture of the same list: walked on top
"""
import argparse
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
from io import BytesIO

WORDS = "obec město partner spolupráce škola hasiči výměna festival kraj rada dopis nabídka řeka údolí".split()


def make(path, pages, day, notices):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    random.seed(1)
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=True)

        def add(address, html):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            told = {"WARC-Date": f"{day}T10:00:00Z"}
            writer.write_record(writer.create_warc_record(f"http://mesto.test{address}", "response", payload=BytesIO(html.encode()), http_headers=head, warc_headers_dict=told))

        items = [
            f'<li><a href="/a/{i}">Obec číslo {i} hledá partnera</a> <time>{1 + i % 28}. {1 + i % 12}. {2000 + i % 24}</time><p>Krátce {i}.</p></li>'
            for i in range(notices)
        ]
        lists = [items[k : k + 500] for k in range(0, notices, 500)]
        for k, part in enumerate(lists):
            more = f'<a rel="next" href="/seznam?page={k + 2}">další</a>' if k + 1 < len(lists) else ""
            add("/seznam" + (f"?page={k + 1}" if k else ""), f"<html><body><main><ul>{''.join(part)}</ul>{more}</main></body></html>")
        for i in range(pages - len(lists)):
            text = " ".join(random.choice(WORDS) for _ in range(900))
            add(f"/a/{i}" if i < notices else f"/x/{i}", f"<html><body><main><h1>Obec číslo {i} hledá partnera</h1><p>{text}</p></main></body></html>")


def run(command, folder):
    """CPU seconds and peak memory in MiB."""
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command}: {told}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--bin", default="target/release/twindex")
    args.add_argument("--pages", type=int, default=10000)
    args = args.parse_args()
    program = str(pathlib.Path(args.bin).resolve())
    reader = (
        "import sys\nfrom warcio.archiveiterator import ArchiveIterator\n"
        "for r in ArchiveIterator(open(sys.argv[1],'rb')):\n  r.content_stream().read() if r.rec_type=='response' else None"
    )
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        make(folder / "file.warc.gz", args.pages, "2025-01-01", args.pages // 10)
        make(folder / "older.warc.gz", 2, "2024-01-01", 1)
        make(folder / "newer.warc.gz", 2, "2026-01-01", 1)
        rows = [("warcio", *run([sys.executable, "-c", reader, "file.warc.gz"], folder))]
        for name, host, files in [("reading", "jinde.test", ["file"]), ("import", "mesto.test", ["file", "older", "newer"])]:
            (folder / f"{name}.toml").write_text(f'home = "{name}"\n[[source]]\nname = "town"\nlisting = ["http://{host}/seznam"]\n')
            for label, file in zip([name, "again", "on top"], files):
                # What falls off a list is asked for again or waits: exit code 3 would say so, 0 is all that is told here.
                rows.append((label, *run([program, "--config", f"{name}.toml", "import", f"{file}.warc.gz", "--quiet", "--accept-loss"], folder)))
        base = rows[0][1]
        print(f"{args.pages} pages, {(folder / 'file.warc.gz').stat().st_size / 1e6:.1f} MB packed; own peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
        print(f"{'':10} {'CPU s':>7} {'of warcio':>10} {'MiB':>6}")
        for name, cpu, memory in rows:
            print(f"{name:10} {cpu:7.2f} {cpu / base:10.2f} {memory:6.0f}")


main()

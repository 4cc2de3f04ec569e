"""How `serve` bears a crowd: pages' sizes, times alone, a hundred readers at once, beside Datasette over the same archive.db.

    python3 benches/serve.py HOME [--bin target/release/twindex] [--entries 100000] [--readers 100] [--seconds 20] [--datasette BIN]

HOME is a crawled state folder. With --entries its archive is copied to a temporary folder and each entry repeated, with other
identifiers, days and words, until there are so many; pages/ stays behind, so stored pages are not measured. Standard library
only; Datasette (PyPI) is asked where --datasette names it. All requests go to 127.0.0.1. Ratios mean something, times are this
machine's.
"""
import argparse
import asyncio
import gzip
import json
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

QUERIES = ["partner", "lázeňské město", "kultura a sport", "ukrajinská města", "obec do 10 000 obyvatel", "odpadní vody", "škola mládež", "hledá partnera v ČR"]


def grown(home, entries, target):
    """A copy of the archive with so many entries."""
    target.mkdir()
    with sqlite3.connect(f"file:{home}/archive.db?mode=ro", uri=True) as source, sqlite3.connect(target / "archive.db") as out:
        source.backup(out)
    sql = sqlite3.connect(target / "archive.db")
    sql.execute("PRAGMA journal_mode = WAL")
    ids = [row[0] for row in sql.execute("SELECT entry FROM entries ORDER BY entry")]
    rng = random.Random(7)
    columns = {table: [row[1] for row in sql.execute(f"PRAGMA table_info({table})")] for table in ("entries", "versions", "facts")}
    with sql:
        for copy in range(1, max(1, round(entries / len(ids)))):
            days = rng.randint(-3000, 3000)
            change = {"id": f"id || '-{copy}'", "entry": f"entry + {copy * 1_000_000}", "url": f"url || '?copy={copy}'", "key": f"key || '-{copy}'",
                      "published": f"date(published, '{days} days')", "title": f"title || ' č. {copy}'"}
            for table, names in columns.items():
                values = ", ".join(change.get(name, f'"{name}"') for name in names)
                marks = ", ".join("?" * len(ids))
                sql.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE entry IN ({marks})", ids)
        sql.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
    sql.close()


class Server:
    def __init__(self, command, ready):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = ready(self.process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def first_line(process):
    return process.stdout.readline().strip().rstrip("/")


def answering(base):
    def wait(_):
        for _ in range(300):
            try:
                urllib.request.urlopen(base, timeout=5).read()
                return base
            except OSError:
                time.sleep(0.1)
        sys.exit(f"{base} does not answer")
    return wait


def alone(base, path, times=15):
    """Bytes as sent and milliseconds, the median of some."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        request = urllib.request.Request(base + path, headers={"Accept-Encoding": "gzip"})
        body = urllib.request.urlopen(request, timeout=120).read()
        took.append((time.perf_counter() - begun) * 1000)
    return len(body), statistics.median(took), body


async def reader(host, port, paths, until, took):
    """One reader on one connection, who asks again as soon as an answer is there."""
    reading, writing = await asyncio.open_connection(host, port)
    rng = random.Random(id(reading))
    while time.perf_counter() < until:
        begun = time.perf_counter()
        writing.write(f"GET {rng.choice(paths)} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        head = await reading.readuntil(b"\r\n\r\n")
        status = int(head.split()[1])
        length = re.search(rb"content-length: (\d+)", head, re.I)
        if length:
            await reading.readexactly(int(length[1]))
        else:
            while (size := int(await reading.readline(), 16)):
                await reading.readexactly(size + 2)
            await reading.readline()
        took.append(((time.perf_counter() - begun) * 1000, status))
    writing.close()


async def crowd(base, paths, readers, seconds):
    host, port = base.removeprefix("http://").split(":")
    took, until = [], time.perf_counter() + seconds
    await asyncio.gather(*(reader(host, int(port), paths, until, took) for _ in range(readers)))
    refused = sum(status != 200 for _, status in took)
    took = sorted(ms for ms, status in took if status == 200)
    return {"refused": refused, "answers a second": round(len(took) / seconds, 1), "p50 ms": round(took[len(took) // 2], 1), "p99 ms": round(took[int(len(took) * 0.99)], 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--bin", default="target/release/twindex")
    parser.add_argument("--entries", type=int)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--datasette")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    home = args.home
    try:
        if args.entries:
            home = folder / "home"
            grown(args.home, args.entries, home)
            begun = time.perf_counter()
            subprocess.run([args.bin, "--home", home, "--quiet", "search", "x"], stdout=subprocess.DEVNULL)
            print(f"index of {args.entries} made in {time.perf_counter() - begun:.0f} s")
        with Server([args.bin, "--home", home, "--quiet", "serve", "--addr", "127.0.0.1:0"], first_line) as server:
            found = json.loads(urllib.request.urlopen(server.base + "/api/search?q=partner&limit=1").read())
            record = "/record/" + found["hits"][0]["record"]["id"]
            place = json.loads(urllib.request.urlopen(server.base + "/api/places").read())[0]["geonames_id"]
            questions = ["/?q=" + urllib.parse.quote(query) for query in QUERIES]
            pages = {"first page": "/", "search": questions[1], "table": "/?view=table", "time line": "/?view=timeline", "map": "/?view=map",
                     "record": record, "versions": record + "/versions", "places": "/places", "place": f"/place/{place}", "changes": "/changes",
                     "about": "/about", "help": "/help", "suggest": "/suggest?q=uk"}
            print(f"{'page':12} {'bytes':>8} {'packed':>8} {'ms':>8}")
            for name, path in pages.items():
                packed, ms, body = alone(server.base, path)
                plain = len(gzip.decompress(body)) if body[:2] == b"\x1f\x8b" else len(body)
                print(f"{name:12} {plain:8} {packed:8} {ms:8.1f}")
            style = re.findall(r'(?:href|src)="(/assets/[^"]+)"', gzip.decompress(alone(server.base, "/", 1)[2]).decode())
            print("style, script and icon, packed:", sum(alone(server.base, path, 1)[0] for path in style))
            ours = asyncio.run(crowd(server.base, questions + [record], args.readers, args.seconds))
            print(f"twindex, {args.readers} readers:", ours)
        if args.datasette:
            command = [args.datasette, "serve", home / "archive.db", "-p", "8643", "-h", "127.0.0.1", "--setting", "sql_time_limit_ms", "60000"]
            with Server(command, answering("http://127.0.0.1:8643")) as server:
                like = "/archive/versions?_where=" + urllib.parse.quote("title like '%partner%'") + "&_size=20"
                paths = ["/archive/versions?_size=20&_sort_desc=published", like]
                theirs = asyncio.run(crowd(server.base, paths, args.readers, args.seconds))
                print(f"Datasette, {args.readers} readers, a page of the table of versions and a LIKE:", theirs)
                print(f"ratio of p99: {ours['p99 ms'] / theirs['p99 ms']:.2f}")
    finally:
        shutil.rmtree(folder)


main()

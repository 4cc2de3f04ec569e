"""How `serve` bears a crowd: pages' sizes, times alone, a hundred readers at once, beside Datasette over the same archive.db.

    python3 benches/serve.py HOME [QUERIES.jsonl...] [--bin target/release/twindex] [--entries 100000] [--kept FOLDER]
                             [--readers 100] [--seconds 20] [--datasette BIN]

HOME is a crawled state folder. With --entries its archive is copied to a temporary folder and each entry repeated, with other
identifiers, days and words, until there are so many; pages/ stays behind, so stored pages are not measured. --kept: the copy is
made there once and kept. Readers take gzip, as browsers do. They ask a few questions again and again, then those of QUERIES.jsonl, each
from five pages of hits, then the same under addresses of which no two are alike, so that no answer can be one that was given
before. Standard library only; Datasette (PyPI) is asked where --datasette names it. All requests go to 127.0.0.1. Ratios mean something, times are this machine's.
"""
import argparse
import asyncio
import gzip
import itertools
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
import zlib
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
                      "published": f"date(published, '{days} days')", "title": f"title || ' č. {copy}'",
                      "seen_at": f"strftime('%Y-%m-%dT%H:%M:%fZ', seen_at, '{copy} seconds')"}
            for table, names in columns.items():
                values = ", ".join(change.get(name, f'"{name}"') for name in names)
                marks = ", ".join("?" * len(ids))
                sql.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE entry IN ({marks})", ids)
        sql.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
        sql.execute("DELETE FROM day_counts")
        sql.execute("""INSERT INTO day_counts SELECT source, coalesce(published, '') AS day, count(*), sum(current), sum(NOT complete), 0
                         FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current GROUP BY source, day""")
    sql.close()


class Server:
    def __init__(self, command, ready):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = ready(self.process)

    def __enter__(self):
        return self

    def cpu(self):
        """Milliseconds of CPU that its threads have used (Linux)."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def memory(self):
        """The largest resident set, in KiB (Linux)."""
        return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1])

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


def alone(base, path, times=15, most=1 << 30):
    """The body as sent, at most so much of it, and milliseconds to its first byte and to its last, the median of some, each made anew."""
    first, last = [], []
    for number in range(times):
        address = f"{base}{path}{'&' if '?' in path else '?'}n={number}"
        begun = time.perf_counter()
        request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            body = answer.read(1)
            first.append((time.perf_counter() - begun) * 1000)
            body += answer.read(most)
        last.append((time.perf_counter() - begun) * 1000)
    return body, statistics.median(first), statistics.median(last)


async def reader(host, port, path, until, took):
    """One reader on one connection, who asks again as soon as an answer is there."""
    reading, writing = await asyncio.open_connection(host, port)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        writing.write(f"GET {path()} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
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


async def crowd(server, path, readers, seconds):
    host, port = server.base.removeprefix("http://").split(":")
    took, until, used = [], time.perf_counter() + seconds, server.cpu()
    await asyncio.gather(*(reader(host, int(port), path, until, took) for _ in range(readers)))
    refused = sum(status != 200 for _, status in took)
    took = sorted(ms for ms, status in took if status == 200)
    cpu = (server.cpu() - used) / max(len(took), 1)
    return {"refused": refused, "answers a second": round(len(took) / seconds, 1), "CPU ms": round(cpu, 1), "p50 ms": round(took[len(took) // 2], 1), "p99 ms": round(took[int(len(took) * 0.99)], 1)}


def question(query):
    return "/?q=" + urllib.parse.quote(query)


def pages(base):
    """Every kind of page that is made from the archive."""
    read = lambda path: json.loads(urllib.request.urlopen(base + path).read())
    record = "/record/" + read("/api/search?q=partner&limit=1")["hits"][0]["record"]["id"]
    place = next(place for place in read("/api/places") if place["geonames_id"])
    return {
        "first page": "/", "search": question("lázeňské město"), "page 400": "/?page=400", "table": "/?view=table", "time line": "/?view=timeline",
        "map": "/?view=map", "record": record, "versions": record + "/versions", "places": "/places", "place": f"/place/{place['geonames_id']}",
        "country": f"/country/{place['country']}", "changes": "/changes", "about": "/about", "help": "/help", "suggest, 2 letters": "/suggest?q=uk",
        "suggest, a word": "/suggest?q=part", "API search": "/api/search?q=partner", "API record": "/api/records/" + record.removeprefix("/record/"),
        "API stats": "/api/stats", "API places": "/api/places", "health": "/health", "feed": "/feed.atom?", "feed of a query": "/feed.json?q=voda",
        "download CSV": "/download/csv?", "download JSON": "/download/jsonl?",
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("queries", nargs="*", type=Path)
    parser.add_argument("--bin", default="target/release/twindex")
    parser.add_argument("--entries", type=int)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--datasette")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    home = args.home
    try:
        if args.entries:
            home = args.kept or folder / "home"
            if not home.exists():
                grown(args.home, args.entries, home)
            begun = time.perf_counter()
            subprocess.run([args.bin, "--home", home, "--quiet", "search", "x"], stdout=subprocess.DEVNULL)
            print(f"index of {args.entries} ready in {time.perf_counter() - begun:.0f} s")
        with Server([args.bin, "--home", home, "--quiet", "serve", "--addr", "127.0.0.1:0"], first_line) as server:
            paths = pages(server.base)
            print(f"{'page':18} {'bytes':>9} {'packed':>8} {'first':>8} {'last ms':>8}")
            for name, path in paths.items():
                packed, first, last = alone(server.base, path, most=1 if name.startswith("download") else 1 << 30)
                plain = len(zlib.decompressobj(31).decompress(packed)) if packed[:2] == b"\x1f\x8b" else len(packed)
                print(f"{name:18} {plain:9} {len(packed):8} {first:8.1f} {last:8.1f}")
            style = re.findall(r'(?:href|src)="(/assets/[^"]+)"', gzip.decompress(alone(server.base, "/", 1)[0]).decode())
            print("style, script and icon, packed:", sum(len(alone(server.base, path, 1)[0]) for path in style))
            asked = [json.loads(line)["query"] for path in args.queries for line in path.read_text().splitlines()]
            few = [question(query) for query in QUERIES] + [paths["record"]]
            many = [f"{question(query)}&page={page}" for query in asked for page in range(1, 6)]
            rng, count = random.Random(7), itertools.count()
            crowds = {f"{len(few)} addresses": lambda: rng.choice(few)}
            if many:
                crowds[f"{len(many)} addresses"] = lambda: rng.choice(many)
                crowds["no address twice"] = lambda: f"{rng.choice(many)}&n={next(count)}"
            for name, path in crowds.items():
                ours = asyncio.run(crowd(server, path, args.readers, args.seconds))
                print(f"twindex, {args.readers} readers, {name}:", ours)
            print("most memory of the server, MiB:", server.memory() >> 10)
        if args.datasette:
            command = [args.datasette, "serve", home / "archive.db", "-p", "8643", "-h", "127.0.0.1", "--setting", "sql_time_limit_ms", "60000"]
            with Server(command, answering("http://127.0.0.1:8643")) as server:
                like = "/archive/versions?_where=" + urllib.parse.quote("title like '%partner%'") + "&_size=20"
                paths = ["/archive/versions?_size=20&_sort_desc=published", like]
                theirs = asyncio.run(crowd(server, lambda: random.choice(paths), args.readers, args.seconds))
                print(f"Datasette, {args.readers} readers, a page of the table of versions and a LIKE:", theirs)
                print(f"ratio of p99: {ours['p99 ms'] / theirs['p99 ms']:.2f}")
    finally:
        shutil.rmtree(folder)


main()

#!/usr/bin/env python3
"""Memory and outcomes of a crawl through thousands of hostile pages.

    benches/hostile.py [--bin target/release/twindex] [--pages 5000] [--each]

A server on 127.0.0.1 lists so many notices; each page is of one of the kinds below. Prints how the visits ended, the peak of
memory (ru_maxrss of the child) and the CPU time, and exits 1 if the peak is over 256 MiB or a visit is not accounted for.
Needs Python 3.11 and nothing else.
"""
import argparse, gzip, json, os, pathlib, random, subprocess, sys, tempfile, threading, zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIMIT = 256  # MiB
PER_LIST = 250
rng = random.Random(7)
NOISE = rng.randbytes(200_000)
TEXT = "<html><body><main><h1>Obec hledá partnera</h1>" + "<p>Obec leží v údolí řeky a hledá partnera pro kulturu a sport.</p>" * 6
BOMB = gzip.compress(bytes(200 << 20), 9)
KINDS = {
    "page": ("", TEXT.encode()),
    "bomb": ("Content-Encoding: gzip\r\n", BOMB),
    "bomb in a bomb": ("Content-Encoding: gzip, gzip\r\n", gzip.compress(BOMB, 9)),
    "packed just under the cap": ("Content-Encoding: gzip\r\n", gzip.compress(b"<p>a " * ((8 << 20) // 5 - 1), 9)),
    "torn gzip": ("Content-Encoding: gzip\r\n", gzip.compress(TEXT.encode())[:80]),
    "deflate with the label of gzip": ("Content-Encoding: gzip\r\n", zlib.compress(TEXT.encode())),
    "unknown coding": ("Content-Encoding: x-own\r\n", TEXT.encode()),
    "brotli, or so it says": ("Content-Encoding: br\r\n", NOISE),
    "noise": ("", NOISE),
    "deep nesting": ("", b"<div>" * 50_000 + TEXT.encode()),
    "many attributes": ("", b"<p " + b" ".join(b"a%d=b" % n for n in range(60_000)) + b">" + TEXT.encode()),
    "one long line": ("", b"<p>" + b"slovo " * 800_000),
    "long header": ("X: " + "a" * 70_000 + "\r\n", b"x"),
    "many headers": ("A: b\r\n" * 400, b"x"),
    "empty": ("", b""),
    "unasked 304": (None, b""),
    "table of ten thousand rows": ("", b"<table>" + b"<tr><td>1. 1. 2020<td>a</tr>" * 10_000 + b"</table>"),
    "entities": ("", b"&amp;&lt;&#x1F600;" * 100_000),
}


def answer(kind):
    fields, body = KINDS[kind]
    if fields is None:
        return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


class Handler(BaseHTTPRequestHandler):
    pages = 0
    kinds = list(KINDS)

    def do_GET(self):
        path = self.path
        if path.startswith("/list/"):
            at = int(path[6:])
            items = "".join(f'<article><p>{n % 28 + 1}. {n // 28 % 12 + 1}. {2000 + n // 336}</p><h2><a href="/n/{n}">Obec {n} hledá partnera</a></h2>'
                            f"<p>Stručně o obci {n}.</p></article>" for n in range(at, min(at + PER_LIST, self.pages)))
            more = f'<a rel="next" href="/list/{at + PER_LIST}">další</a>' if at + PER_LIST < self.pages else ""
            body = f"<html><body><main>{items}</main>{more}</body></html>".encode()
            out = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        elif path.startswith("/n/"):
            out = answer(self.kinds[int(path[3:]) % len(self.kinds)])
        else:
            out = b"HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        try:
            self.wfile.write(out)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_):
        pass


def crawl(binary, port):
    """One crawl; what it says of itself, the last run, and what the child used."""
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "config.toml")
        config.write_text('home = "state"\n[crawler]\ndelay = "0s"\nretries = 0\ntimeout = "10s"\n[[source]]\nname = "hostile"\n'
                          f'listing = "http://127.0.0.1:{port}/list/0"\nmax_pages = 1000\n')
        done = subprocess.Popen([binary, "--config", config, "--json", "crawl", "-q"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = done.stdout.read()
        _, status, used = os.wait4(done.pid, 0)
        done.returncode = os.waitstatus_to_exitcode(status)
        if done.returncode not in (0, 3):
            sys.exit(f"the crawl ended with {done.returncode}")
        stats = subprocess.run([binary, "--config", config, "--json", "stats"], capture_output=True, text=True).stdout
    return json.loads(said)[0], json.loads(stats)["runs"][0], used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", default="target/release/twindex")
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--each", action="store_true")
    args = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    binary, port = os.path.abspath(args.bin), server.server_address[1]
    if args.each:
        Handler.pages = 3
        for kind in KINDS:
            Handler.kinds = [kind]
            told, run, peak, cpu = crawl(binary, port)
            print(f"{kind:32} peak {peak:5.0f} MiB, CPU {cpu:5.1f} s, {run['failures']} of 3 failed", flush=True)
        return
    Handler.pages = args.pages
    told, run, peak, cpu = crawl(binary, port)
    print(f"{args.pages} notices, {len(KINDS)} kinds: {told['entries']} entries, {run['requests']} answers, {run['failures']} failures, "
          f"{len(told['troubles'])} told")
    print(f"peak {peak:.0f} MiB, CPU {cpu:.0f} s, {cpu * 1000 / args.pages:.1f} ms a page")
    sys.exit(1 if peak > LIMIT or told["entries"] != args.pages else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Memory of a notice with eight documents of 2 MB text each: crawl, refresh, rebuild, search.

    benches/documents.py [--bin target/release/twindex] [--documents 8] [--megabytes 2]

A server on 127.0.0.1 lists one notice that links so many documents, plain text and Word by turns, of words drawn with a seed. Prints
the peak of each command (ru_maxrss of the child) and the letters kept of each document, and exits 1 if a peak is over 256 MiB, or if
a document is shorter than it was without a problem that says so. Needs Python 3.11 and nothing else.
"""
import argparse, io, json, os, pathlib, random, subprocess, sys, tempfile, threading, zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIMIT = 256  # MiB
SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu řa ře ři ša še ši ža že ži".split()
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text(seed, size):
    """About so many bytes in lines of some words."""
    draw = random.Random(seed)
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(20_000)]
    lines, length = [], 0
    while length < size:
        lines.append(" ".join(draw.choices(words, k=14)).capitalize() + ".")
        length += len(lines[-1].encode()) + 1
    return "\n".join(lines)


def word(content):
    """A Word document, a paragraph a line."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in content.split("\n"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{NAMESPACE}"><w:body>{paragraphs}</w:body></w:document>')
    return out.getvalue()


def routes(documents, size):
    names = [f"/{at}.{'docx' if at % 2 else 'txt'}" for at in range(documents)]
    links = "".join(f'<li><a href="{name}">Příloha {at}</a></li>' for at, name in enumerate(names))
    page = "<p>Obec leží v údolí řeky a hledá partnera pro kulturu a sport.</p>" * 3
    found = {
        "/list": ("text/html; charset=utf-8", '<main><article><p>1. 2. 2024</p><h2><a href="/n">Obec hledá partnera</a></h2></article></main>'.encode()),
        "/n": ("text/html; charset=utf-8", f"<main><h1>Obec hledá partnera</h1>{page}<h2>Přílohy</h2><ul>{links}</ul></main>".encode()),
    }
    for at, name in enumerate(names):
        content = text(at, size)
        found[name] = ("application/octet-stream", word(content)) if at % 2 else ("text/plain; charset=utf-8", content.encode())
    return found


def serve(found):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            kind, body = found.get(self.path, ("text/plain", b"not here"))
            self.send_response(200 if self.path in found else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def peak(command):
    """MiB, and what the command says."""
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = done.stdout.read()
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}")
    return used.ru_maxrss / 1024, said


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", default="target/release/twindex")
    options.add_argument("--documents", type=int, default=8)
    options.add_argument("--megabytes", type=float, default=2)
    options = options.parse_args()
    size, binary = int(options.megabytes * 1e6), os.path.abspath(options.bin)
    port = serve(routes(options.documents, size))
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "config.toml")
        config.write_text(f'home = "state"\n[crawler]\ndelay = "0s"\n[[source]]\nname = "heavy"\nlisting = "http://127.0.0.1:{port}/list"\n')
        program = [binary, "--config", config]
        peaks = {name: peak([*program, *name.split()])[0] for name in ("crawl -q", "crawl -q --all", "rebuild -q", "search lada")}
        told, exported = peak([*program, "export", "--format", "jsonl"])
        peaks["export"] = told
        record = json.loads(exported)
    for name, told in peaks.items():
        print(f"{name:16} peak {told:5.0f} MiB")
    texts = [len((document["text"] or "").encode()) for document in record["attachments"]]
    short = [at for at, (one, document) in enumerate(zip(texts, record["attachments"])) if one < size and not document.get("problem")]
    print(f"{len(texts)} documents, bytes of text kept: {texts}")
    sys.exit(1 if max(peaks.values()) > LIMIT or len(texts) < options.documents or short else 0)


if __name__ == "__main__":
    main()

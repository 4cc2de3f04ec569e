#!/usr/bin/env python3
"""What the archive costs at size: CPU, time and memory of each command, and the bytes of each table.

    benches/size.py [--bin target/release/twindex] [--entries 1000,10000] [--short] [--work DIR] [--tables] [--json]

For each number of entries: a first crawl of benches/site.py, a night on which nothing changed, all known pages asked once
more, a night with ten new notices, all pages asked again with one of a hundred changed, rebuild, the index made anew, export,
a search, and Ctrl-C in the middle of a look at all known pages. CPU is user and system time of the program alone; memory is
its largest resident set, and in brackets the largest part of it that is not a mapped file (looked at every 20 ms). Needs Python 3.11 with an SQLite that has dbstat. Loopback only.
"""
import argparse, json, os, pathlib, shutil, signal, sqlite3, subprocess, sys, tempfile, threading, time

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = """home = "home"
[crawler]
contact = "bench@example.org"
delay = "0s"
[[source]]
name = "s"
listing = ["{url}"]
max_pages = 100000
details = {details}
"""


class Site:
    def __init__(self, *options):
        self.process = subprocess.Popen([sys.executable, HERE / "site.py", *map(str, options)], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Anonymous(threading.Thread):
    """The largest memory of a process that is not a mapped file, in MiB."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.status, self.mib = pathlib.Path(f"/proc/{pid}/status"), 0
        self.start()

    def run(self):
        while (found := [line for line in self.read() if line.startswith("RssAnon")]):
            self.mib = max(self.mib, int(found[0].split()[1]) / 1024)
            time.sleep(0.02)

    def read(self):
        try:
            return self.status.read_text().splitlines()
        except OSError:
            return []


def ended(process, began):
    anonymous = Anonymous(process.pid)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {"cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - began, "mib": used.ru_maxrss / 1024,
            "anonymous": anonymous.mib, "exit": process.returncode}


def timed(command, **more):
    began = time.monotonic()
    return ended(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if more.get("quiet") else None), began)


def interrupted(command, after):
    """How long a crawl takes to end once it is told to."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    if process.poll() is not None:
        return {"cpu": 0, "wall": 0, "mib": 0, "exit": process.returncode}
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    return ended(process, began)


def tables(path):
    sql = sqlite3.connect(path)
    rows = sql.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    sql.close()
    return rows


def size(path):
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else path.stat().st_size


def measure(binary, entries, short, work):
    home = work / "home"
    shutil.rmtree(home, ignore_errors=True)
    config = work / "config.toml"
    run = [binary, "--config", str(config), "-q"]
    form = ["--entries", entries, "--port", 8300] + (["--short"] if short else [])
    config.write_text(CONFIG.format(url="http://127.0.0.1:8300/list/0", details=str(not short).lower()))
    steps = {}

    def step(name, *command):
        steps[name] = timed(run + list(command))
        print(f"  {name:28} {steps[name]['cpu']:9.2f} s CPU {1e3 * steps[name]['cpu'] / entries:8.3f} ms an entry"
              f" {steps[name]['wall']:8.2f} s wall {steps[name]['mib']:7.0f} ({steps[name]['anonymous']:.0f}) MiB  exit {steps[name]['exit']}", flush=True)

    with Site(*form):
        step("first crawl", "crawl")
        steps["bytes"] = {part.name: size(part) for part in sorted(home.iterdir())}
        steps["tables"] = tables(home / "archive.db")
        step("unchanged night", "crawl")
        step("all asked, unchanged", "crawl", "--all")
    with Site(*form, "--new", 10):
        step("night of ten new", "crawl")
    with Site(*form, "--new", 10, "--changed", 0.01):
        step("all asked, 1 % changed", "crawl", "--all")
        for after in (1, 3):
            steps[f"Ctrl-C after {after} s"] = found = interrupted(run + ["crawl", "--full"], after)
            print(f"  {'Ctrl-C after ' + str(after) + ' s':28} ended after {found['wall']:.2f} s, exit {found['exit']}", flush=True)
    step("rebuild", "rebuild")
    shutil.rmtree(home / "search")
    step("index anew, and a search", "search", "partner", "--limit", "1")
    step("search", "search", "slavnost údolí", "--limit", "10")
    step("export", "export")
    step("stats", "stats")
    step("verify", "verify")
    return steps


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--bin", default="target/release/twindex")
    args.add_argument("--entries", default="1000,10000")
    args.add_argument("--short", action="store_true")
    args.add_argument("--work")
    args.add_argument("--tables", action="store_true", help="which table and index holds how many bytes an entry")
    args.add_argument("--json", action="store_true")
    args = args.parse_args()
    work = pathlib.Path(args.work or tempfile.mkdtemp(prefix="twindex-size-"))
    work.mkdir(parents=True, exist_ok=True)
    out = {}
    for entries in map(int, args.entries.split(",")):
        print(f"{entries} entries{', short' if args.short else ''}")
        out[entries] = found = measure(str(pathlib.Path(args.bin).resolve()), entries, args.short, work)
        print("  bytes an entry:", {name: round(held / entries) for name, held in found["bytes"].items()})
        if args.tables:
            for name, held in found["tables"]:
                print(f"    {name:34} {held / entries:8.0f}")
    if args.json:
        print(json.dumps(out))


main()

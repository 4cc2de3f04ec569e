#!/usr/bin/env python3
"""What a question costs as a whole process: twindex, tantivy by itself, and the program sqlite3 with FTS5.

    benches/questions.py HOME QUERIES.jsonl... [--bin target/release/twindex] [--bare target/release/deps/bare-...] [--rounds 3]

The records of HOME are exported once and given to the others: one text of title, summary, body and documents, folded. Each
question is asked of all three by turns, with ten hits and passages; twindex counts facets besides. The others read no Czech and
get the words of the question as alternatives. CPU is user and system time of the process alone, its start included. `bare` is
built by `cargo build --release --bench bare`. Needs Python 3.11 and sqlite3 with FTS5.
"""
import argparse, json, os, pathlib, re, sqlite3, subprocess, sys, tempfile


def cpu(command):
    """CPU seconds and exit code of a process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, process.returncode


def fts5(records, path):
    sql = sqlite3.connect(path)
    sql.execute("CREATE VIRTUAL TABLE notice USING fts5(id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2')")
    for line in open(records, encoding="utf8"):
        record = json.loads(line)
        texts = [record["title"], record["summary"], record["body"]] + [attached["text"] for attached in record["attachments"]]
        sql.execute("INSERT INTO notice VALUES (?, ?)", (record["id"], "\n".join(text for text in texts if text)))
    sql.commit()
    sql.execute("INSERT INTO notice (notice) VALUES ('optimize')")
    sql.commit()
    sql.close()


def part(times, share):
    return 1e3 * sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("home")
    args.add_argument("queries", nargs="+")
    args.add_argument("--bin", default="target/release/twindex")
    args.add_argument("--bare")
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--slowest", type=int, default=0, help="name so many questions that cost twindex most")
    args.add_argument("--work", help="keeps what was made for the others")
    args = args.parse_args()
    queries = [json.loads(line)["query"] for path in args.queries for line in open(path, encoding="utf8")]
    work = pathlib.Path(args.work or tempfile.mkdtemp(prefix="twindex-questions-"))
    work.mkdir(parents=True, exist_ok=True)
    records, table, bare = work / "records.jsonl", work / "fts5.db", work / "bare"
    if not table.exists():
        subprocess.run([args.bin, "--home", args.home, "-q", "export", "-o", records], check=True)
        fts5(records, table)
        if args.bare:
            subprocess.run([args.bare, "build", records, bare], check=True)

    def one_of(words):
        return " OR ".join(f'"{word}"' for word in words) or '""'

    commands = {
        "twindex search": lambda query, words: [args.bin, "--home", args.home, "search", "--", query],
        "tantivy by itself": lambda query, words: [args.bare, "ask", bare, " ".join(words)],
        "sqlite3, FTS5": lambda query, words: ["sqlite3", table, "SELECT id, snippet(notice, 1, '[', ']', '…', 32) FROM notice"
                                               f" WHERE notice MATCH '{one_of(words)}' ORDER BY rank LIMIT 10;"
                                               f" SELECT count(*) FROM notice WHERE notice MATCH '{one_of(words)}'"],
    }
    if not args.bare:
        del commands["tantivy by itself"]
    times = {name: [] for name in commands}
    dearest = {}
    for _ in range(args.rounds):
        for query in queries:
            words = re.findall(r"\w+", query)
            for name, command in commands.items():
                used, code = cpu(command(query, words))
                if code not in (0, 1):
                    sys.exit(f"{name} ended with {code}: {query}")
                times[name].append(used)
                if name == "twindex search":
                    dearest[query] = min(used, dearest.get(query, used))
    for name, used in times.items():
        print(f"{name:18} {len(used):5} questions, CPU p50 {part(used, .5):6.1f} ms, p99 {part(used, .99):6.1f} ms")
    for query in sorted(dearest, key=dearest.get)[::-1][: args.slowest]:
        print(f"  {1e3 * dearest[query]:6.1f} ms  {query}")


main()

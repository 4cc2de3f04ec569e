#!/usr/bin/env python3
"""CPU of a crawl beside the sum of its bare parts: asking, parsing, packing, a row, an index, each by itself over the same pages.

    benches/crawl.py --parts target/release/deps/parts-... [--bin target/release/twindex] [--pages 1000] [--rounds 3] [--listing URL] [--work DIR]

By turns, `--rounds` times; medians. The site is benches/site.py unless `--listing` names another, whose list pages have the same
form. CPU is user and system time of the process alone. `parts` is built by `cargo build --release --bench parts`.
"""
import argparse, contextlib, json, os, pathlib, shutil, statistics, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = """home = "home"
[crawler]
contact = "bench@example.org"
delay = "0s"
[[source]]
name = "s"
listing = ["{url}"]
max_pages = 100000
"""


@contextlib.contextmanager
def site(pages):
    process = subprocess.Popen([sys.executable, HERE / "site.py", "--entries", str(pages)], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def cpu(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    return 1e3 * (used.ru_utime + used.ru_stime)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--bin", default="target/release/twindex")
    args.add_argument("--parts", required=True)
    args.add_argument("--pages", type=int, default=1000)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--listing")
    args.add_argument("--work")
    args = args.parse_args()
    work = pathlib.Path(args.work or tempfile.mkdtemp(prefix="twindex-crawl-"))
    work.mkdir(parents=True, exist_ok=True)
    crawls, parts = [], []
    with contextlib.nullcontext(args.listing) if args.listing else site(args.pages) as url:
        (work / "config.toml").write_text(CONFIG.format(url=url))
        for _ in range(args.rounds):
            for folder in ("home", "parts"):
                shutil.rmtree(work / folder, ignore_errors=True)
            parts.append(json.loads(subprocess.run([args.parts, url, work / "parts"], check=True, stdout=subprocess.PIPE).stdout))
            crawls.append(cpu([args.bin, "--config", str(work / "config.toml"), "-q", "crawl"]) / parts[-1]["pages"])
    middle = {name: statistics.median(one["parts"][name] for one in parts) for name in parts[0]["parts"]}
    total, crawl = sum(middle.values()), statistics.median(crawls)
    print(f"{parts[0]['pages']} pages, {args.rounds} rounds, ms of CPU a page: crawl {crawl:.3f}, sum of the parts {total:.3f}, ratio {crawl / total:.2f}")
    print("  ".join(f"{name} {spent:.3f}" for name, spent in middle.items()))


main()

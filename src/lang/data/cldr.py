#!/usr/bin/env python3
"""Writes months-cldr.tsv, weekdays-cldr.tsv and relative-days-cldr.tsv beside itself from Unicode CLDR.

    npm pack cldr-dates-full@48.2.0 && tar xzf cldr-dates-full-48.2.0.tgz
    cldr.py package/main

Languages whose rows are written by hand in months.tsv and weekdays.tsv, with more cases than CLDR has, are left to these.
Days told by their distance from today are those of all languages.
"""
import json, pathlib, sys

LANGUAGES = "be bg ca da el et fi gl is lt mk nb sq sv".split()
HEAD = """# Names of {0} in languages that no row of {0}.tsv is written for: Unicode CLDR 48.2 (Unicode-3.0), made by cldr.py.
# Columns: language, {1}
"""


WRITTEN = "cs de en es fr hr hu it nl pl pt ro ru sk sl sr uk".split()
RELATIVE_HEAD = """# Days told by their distance from today: Unicode CLDR 48.2 (Unicode-3.0), made by cldr.py.
# Columns: days before today (n where the figure in place of # tells it), language, phrases.
"""


def plain(name):
    """Without the preposition that Catalan writes before a month, and without the stop of an abbreviation."""
    return name.lower().removeprefix("de ").removeprefix("d’").rstrip(".")


def distinct(names):
    """Of an Albanian day (`e diel`) the last word."""
    return " ".join(dict.fromkeys(plain(name).split()[-1] for name in names))


def relative(folder, language):
    """Today, the days before it that have a name, and the phrase for so many days ago."""
    day = json.loads((folder / language / "dateFields.json").read_text())["main"][language]["dates"]["fields"]["day"]
    ago = dict.fromkeys(phrase.replace("{0}", "#") for phrase in day["relativeTime-type-past"].values())
    rows = [(str(days), day.get(f"relative-type-{-days}" if days else "relative-type-0")) for days in range(3)] + [("n", "|".join(ago))]
    return "".join(f"{days}\t{language}\t{phrases}\n" for days, phrases in rows if phrases)


def main(folder):
    here = pathlib.Path(__file__).parent
    months = HEAD.format("months", "month, names, abbreviations")
    weekdays = HEAD.format("weekdays", "words")
    for language in LANGUAGES:
        read = json.loads((folder / language / "ca-gregorian.json").read_text())
        calendar = read["main"][language]["dates"]["calendars"]["gregorian"]
        forms = [calendar["months"][form] for form in ("format", "stand-alone")]
        for month in map(str, range(1, 13)):
            full = distinct(form["wide"][month] for form in forms)
            short = [form["abbreviated"][month] for form in forms]
            short = " ".join(name for name in distinct(short).split() if name not in full.split())
            months += "\t".join([language, month, full, short]).rstrip("\t") + "\n"
        days = [calendar["days"][form]["wide"] for form in ("format", "stand-alone")]
        weekdays += f"{language}\t{distinct(name for form in days for name in form.values())}\n"
    (here / "months-cldr.tsv").write_text(months)
    (here / "relative-days-cldr.tsv").write_text(RELATIVE_HEAD + "".join(relative(folder, language) for language in sorted(LANGUAGES + WRITTEN)))
    (here / "weekdays-cldr.tsv").write_text(weekdays)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

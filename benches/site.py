#!/usr/bin/env python3
"""A site of any number of dated notices in the Czech manner, made while it is asked for: nothing lies on disk.

    benches/site.py [--entries 10000] [--new 0] [--changed 0] [--short] [--port 8300]

Every page follows from its number alone, so that two runs serve the same bytes. Names, countries and numbers of people come
from the tables of the gazetteer (src/gazetteer/data), the sentences are templates of ours. `--new` puts so many notices more
at the head of the list, `--changed` is the share of notices that say something else than before, `--short` makes notices
that have no page of their own. Answers carry an ETag and know If-None-Match. Listens on 127.0.0.1 only; needs Python 3.11.
"""
import argparse, asyncio, csv, datetime, functools, pathlib, random, signal, zlib

DATA = pathlib.Path(__file__).resolve().parent.parent / "src/gazetteer/data"
PER_LIST = 100
LAST_DAY = datetime.date(2025, 6, 30)
DAYS = 9000
ADJECTIVES = {"PL": "polské", "DE": "německé", "AT": "rakouské", "SK": "slovenské", "UA": "ukrajinské", "IT": "italské", "HU": "maďarské",
              "FR": "francouzské", "TR": "turecké", "RO": "rumunské", "HR": "chorvatské", "BA": "bosenské", "MD": "moldavské", "RU": "ruské"}
THEMES = ["kultury", "školství a výměny mládeže", "cestovního ruchu", "sportu", "odpadového hospodářství", "energetiky", "památkové péče",
          "sociálních služeb", "dopravy", "místní ekonomiky", "hasičské záchrany", "ochrany přírody", "zemědělství", "partnerství škol"]
TITLES = ["{Adj} město {place} hledá partnera v České republice", "{place} hledá partnerské město", "Město {place} nabízí spolupráci v oblasti {theme}",
          "Obec {place} zve na setkání partnerských měst", "{place}: pozvánka k projektu v oblasti {theme}"]
PEREXES = ["{Adj} město {place} s {people} obyvateli hledá partnera pro spolupráci v oblasti {theme} a {theme2}.",
           "Město {place} má {people} obyvatel a rádo by navázalo partnerství s českou obcí podobné velikosti.",
           "Starosta města {place} zve české obce ke spolupráci v oblasti {theme}."]
SENTENCES = ["Město leží v údolí řeky a jeho okolí nabízí {n} kilometrů značených stezek.", "V místních školách se učí {n} žáků, z nich mnozí česky.",
             "Zastupitelstvo schválilo záměr navázat partnerství na svém zasedání v dubnu.", "Každý rok se zde koná slavnost, kterou navštíví {n} hostů.",
             "Zájemci z řad českých měst a obcí se mohou přihlásit do konce měsíce.", "Spolupráce by se měla týkat zejména {theme} a také {theme2}.",
             "Radnice připravuje společný projekt z programu Evropské unie.", "Muzeum a knihovna pořádají výstavy o dějinách kraje.",
             "Místní spolky mají zkušenosti s výměnnými pobyty mladých lidí a seniorů.", "V okolí města {place} se pěstuje víno a zelenina.",
             "Hospodářství stojí na drobných podnicích, řemeslech a cestovním ruchu.", "Delegace přijede na podzim a setká se s představiteli obcí."]
MENU = "".join(f'<li><a href="/o/{n}">{word}</a></li>' for n, word in enumerate("Úvod Aktuality Členové Dokumenty Projekty Tisk Akce Kontakt Vedení Služby".split()))
HEAD = ('<!doctype html>\n<html lang="cs"><head><meta charset="utf-8"><title>{title} | Spolek</title><link rel="stylesheet" href="/s.css"></head><body>'
        f"<header><a href='/'>Spolek měst</a><nav><ul>{MENU}</ul></nav></header><main>")
FOOT = "</main><footer><p>© Spolek měst, Dlouhá 1, 110 00 Praha. Telefon 000 000 000</p></footer></body></html>"


def places():
    with open(DATA / "places-extra.tsv", encoding="utf8") as file:
        rows = [(row["name"], row["iso2"]) for row in csv.DictReader(file, delimiter="\t")]
    return [(name, ADJECTIVES[country]) for name, country in rows if country in ADJECTIVES]


class Notices:
    """The notices by number, 0 the oldest."""

    def __init__(self, entries, new=0, changed=0.0, short=False):
        self.entries, self.last, self.changed, self.short = entries, entries + new, changed, short
        self.places = places()

    def head(self, number):
        rng = random.Random(number)
        place, adjective = rng.choice(self.places)
        people = rng.randrange(8, 900) * 100
        words = {"place": place, "Adj": adjective.capitalize(), "people": f"{people:,}".replace(",", " "), "theme": rng.choice(THEMES), "theme2": rng.choice(THEMES)}
        day = LAST_DAY + datetime.timedelta(days=(number - self.entries) * DAYS // max(self.entries, DAYS))
        title = f"{rng.choice(TITLES).format(**words)} ({number})"
        return rng, words, day, title, rng.choice(PEREXES).format(**words)

    def list_page(self, page):
        top = self.last - page * PER_LIST
        if top <= 0 or page < 0:
            return None
        out = [HEAD.format(title="Partnerství měst"), "<h1>Partnerství měst</h1>"]
        for number in range(top - 1, max(top - PER_LIST, 0) - 1, -1):
            _, _, day, title, perex = self.head(number)
            head = title if self.short else f'<a href="/n/{number}">{title}</a>'
            out.append(f'<div class="item"><span>{day.day}. {day.month}. {day.year}</span><h3>{head}</h3><p>{perex}</p></div>\n')
        if top > PER_LIST:
            out.append(f'<p class="pager"><a rel="next" href="/list/{page + 1}">Další</a></p>')
        return "".join(out) + FOOT

    def detail(self, number):
        if self.short or not 0 <= number < self.last:
            return None
        rng, words, day, title, perex = self.head(number)
        out = [HEAD.format(title=title), f"<article><h1>{title}</h1><p>{day.day}. {day.month}. {day.year}</p><p><strong>{perex}</strong></p>"]
        for _ in range(rng.randrange(5, 9)):
            sentences = (rng.choice(SENTENCES).format(n=rng.randrange(20, 900), **words) for _ in range(rng.randrange(3, 6)))
            out.append(f"<p>{' '.join(sentences)}</p>\n")
        if random.Random(-number).random() < self.changed:
            out.append("<p>Doplněno: zájemci se mohou hlásit o dva týdny déle, než bylo oznámeno.</p>")
        return "".join(out) + "</article>" + FOOT

    def page(self, path):
        _, kind, number = (path + "//").split("/")[:3]
        if path == "/robots.txt":
            return "User-agent: *\nAllow: /\n"
        if kind not in ("list", "n") or not number.isdigit():
            return None
        return self.list_page(int(number)) if kind == "list" else self.detail(int(number))


class Connection(asyncio.Protocol):
    """HTTP/1.1, kept alive; requests without a body."""

    def __init__(self, notices):
        self.notices, self.buffer = notices, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            request, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.transport.write(self.answer(request.decode("latin-1")))

    def answer(self, request):
        lines = request.split("\r\n")
        path = lines[0].split(" ")[1]
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        text = self.notices.page(path)
        if text is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        body = text.encode()
        tag = f'"{zlib.crc32(body):08x}"'
        if fields.get("if-none-match") == tag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: {tag}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(notices, port):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(functools.partial(Connection, notices), "127.0.0.1", port)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/list/0", flush=True)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--entries", type=int, default=10_000)
    args.add_argument("--new", type=int, default=0)
    args.add_argument("--changed", type=float, default=0.0)
    args.add_argument("--short", action="store_true")
    args.add_argument("--port", type=int, default=8300)
    args = args.parse_args()
    asyncio.run(serve(Notices(args.entries, args.new, args.changed, args.short), args.port))

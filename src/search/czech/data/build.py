"""Induce the Czech lexicon from word frequencies and the hand-written paradigms.

  pip download --no-deps wordfreq==3.1.1      # data CC BY-SA 4.0
  pip install numpy scipy msgpack
  python build.py wordfreq-3.1.1-py3-none-any.whl TABLES
  cargo run --example czech-pack -- TABLES .
  python analyze.py TABLES < words.txt        # the chain, in Python

Every form in the frequency list is explained by (lemma, paradigm, slot) triples
from paradigms.py; a sparse EM (digamma = variational Dirichlet) decides which
lemmas exist.  No treebank, no dictionary, no hand-labelled pair is read.

TABLES/lexicon.tsv   form TAB lemma[,lemma...]           (most probable first)
TABLES/rules.tsv     suffix TAB strip:add[,strip:add]    longest suffix wins, ^ = word start
TABLES/flexicon.tsv  the same two for text typed without diacritics: folded form -> folded lemmas,
TABLES/frules.tsv    and of the forms only those that the rules get wrong
TABLES/families.tsv  folded lemma TAB folded relational adjectives of its family, or nothing

The wheel is checked against its checksum; the same wheel gives the same tables. 50 s, 1.1 GB of memory.
"""
import gzip, hashlib, os, re, sys, zipfile
from collections import Counter, defaultdict
import msgpack, numpy as np
from scipy.special import digamma
from analyze import look
from irregular import ALIAS
from paradigms import CLOSED, V, allforms, fleet, gen, prior, shorten
from sound import fold

SHA256 = '4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473'
POWER, SCALE, ALPHA, ITERS, KEEP = 0.4, 0.02, 0.05, 25, 0.2
T_NOUN, T_OTHER, T_FLOOR = 0.07, 0.02, 0.01
WORD = re.compile(r'^[a-záčďéěíňóřšťúůýžäöüëłôâàèç]{2,}$')
COUNTRIES = '''itálie italský|francie francouzský|belgie belgický|německo německý|rakousko rakouský|řecko řecký|turecko turecký|španělsko španělský|portugalsko portugalský|británie britský|anglie anglický|skotsko skotský|irsko irský|dánsko dánský|norsko norský|finsko finský|estonsko estonský|litva litevský|lotyšsko lotyšský|bělorusko běloruský|rusko ruský|moldavsko moldavský|rumunsko rumunský|bulharsko bulharský|srbsko srbský|chorvatsko chorvatský|slovinsko slovinský|bosna bosenský|hercegovina hercegovský|albánie albánský|kosovo kosovský|makedonie makedonský|izrael izraelský|palestina palestinský|gruzie gruzínský|arménie arménský|ázerbájdžán ázerbájdžánský|čína čínský|japonsko japonský|amerika americký|kanada kanadský|švýcarsko švýcarský|nizozemsko nizozemský|nizozemí nizozemský|holandsko holandský|lucembursko lucemburský|malta maltský|kypr kyperský|island islandský|polsko polský|slovensko slovenský|maďarsko maďarský|česko český|švédsko švédský|evropa evropský|ukrajina ukrajinský|indie indický|mexiko mexický|maroko marocký|tunisko tuniský|egypt egyptský|dalmácie dalmatský|morava moravský|slezsko slezský|peru peruánský|mali malijský|čechy český'''
PAIRS = [x.split() for x in COUNTRIES.split('|')]
# families that no rule of derivation gives
IRREGULAR = '''úřad úřední|řeka říční|mládeže mládežnický|hranice přeshraniční|umění umělecký|umělec umělecký|pivo pivovarský|zdraví zdravotní|stát státní|žák žákovský|otec otcovský|král královský|grónsko grónský|austrálie australský|brazílie brazilský|argentina argentinský|čile chilský|kolumbie kolumbijský|sicílie sicilský|sardinie sardinský|toskánsko toskánský|bavorsko bavorský|sasko saský|valonsko valonský|flandry vlámský|tyrolsko tyrolský|keňa keňský|etiopie etiopský|senegal senegalský|súdán súdánský|nigérie nigerijský|jordánsko jordánský|libanon libanonský|sýrie syrský|írán íránský|irák irácký|turkmenistán turkmenský|tádžikistán tádžický|kyrgyzstán kyrgyzský|mongolsko mongolský|barma barmský|thajsko thajský|kréta krétský|tallinn tallinnský|vilnius vilniuský|záhřeb záhřebský|lublaň lublaňský|bratislava bratislavský|varšava varšavský|kyjev kyjevský|budapešť budapešťský|vídeň vídeňský|berlín berlínský|paříž pařížský|londýn londýnský|lisabon lisabonský|atény aténský|bukurešť bukurešťský|kišiněv kišiněvský|minsk minský|riga rižský|helsinky helsinský|stockholm stockholmský|oslo oselský|kodaň kodaňský|brusel bruselský|haag haagský|andorra andorrský|flandr vlámský|flander vlámský|podněstří podněsterský|banát banátský|wales velšský|vojvodina vojvodinský|baskicko baskický|åland ålandský|benin beninský|botswana botswanský|mauritánie mauritánský|mauricius mauricijský|paraguay paraguayský|uruguay uruguayský|donbas donbaský|porýní porýnský|jadran jaderský|tchaj tchajwanský|chorvat chorvatský|polák polský|slovák slovenský|řek řecký|rakušan rakouský|ind indický|velšan velšský|lucemburčan lucemburský|kosovan kosovský|němec německý|čechoslovák československý|zpěv pěvecký|zpěvák pěvecký|zpěvačka pěvecký|malba malířský|knihovna knihovnický|senior seniorský|důchodce důchodcovský|dobrovolník dobrovolnický|starosta starostenský|primátor primátorský|radnice radniční|starostka starostenský|student studijní|farnost farní|farář farní|uhlí uhelný|auto automobilový|němčina německý|spolupráce spolupracující|spolupracovat spolupracující|podpis podepsaný|návštěva navštívený|navštívit navštívený|navštěvovat navštívený|jarmark jarmareční|olympiáda olympijský'''
IRREGULAR = [x.split() for x in IRREGULAR.split('|')]
# words that only look like the origin of a country's adjective, or of another
UNRELATED = {'řeka': 'řecký', 'řece': 'řecký', 'řeč': 'řecký', 'říc': 'řecký', 'říci': 'řecký', 'říka': 'řecký', 'pole': 'polský', 'pol': 'polský', 'polo': 'polský', 'půl': 'polský polní',
             'umět': 'uměný', 'notář': 'notový', 'partnerství': 'partnerský', 'ředitel': 'ředěný', 'představit': 'představený', 'skot': 'skotský', 'číše': 'český', 'slovně': 'slovenský', 'indicie': 'indický', 'fino': 'finský', 'fína': 'finský', 'nora': 'norský', 'malt': 'maltský', 'slez': 'slezský', 'sléz': 'slezský',
             'mír': 'měrný', 'místo': 'městský', 'pívo': 'pevný', 'dřív': 'dřevařský', 'vláda': 'vladařský', 'moment': 'momentální', 'horizont': 'horizontální', 'front': 'frontální',
             'prospěch': 'prospěchářský', 'stop': 'stopařský', 'milion': 'milionářský', 'částka': 'částečný', 'podmínka': 'podmínečný', 'pero': 'perský perný', 'péro': 'perský perný', 'dán': 'dánský', 'čín': 'čínský',
             'vlada': 'vladařský', 'vina': 'vinařský', 'spolek': 'společný', 'představitel': 'představený představitelný', 'roman': 'romský', 'román': 'romský', 'zeman': 'zemský', 'milan': 'milský', 'zíma': 'zemní zemský',
             'cesta': 'cestný', 'míra': 'mírový mírný', 'patro': 'patrný', 'důl': 'dolní dolný', 'hora': 'horní horný', 'kraj': 'krajní krajný', 'obec': 'obecný', 'správa': 'správný'}
# what a compound may begin with: agroturistika is of the family of turistika
BEGINNINGS = ('cyklo', 'agro', 'eko', 'velko', 'malo', 'mikro', 'mini', 'foto', 'video')


def frequencies(wheel):
    if hashlib.sha256(open(wheel, 'rb').read()).hexdigest() != SHA256:
        sys.exit(f'{wheel} is not wordfreq 3.1.1: its checksum differs')
    raw = zipfile.ZipFile(wheel).read('wordfreq/data/large_cs.msgpack.gz')
    bins = msgpack.unpackb(gzip.decompress(raw), raw=False)[1:]      # bin i: frequency 10^(-i/100)
    return {w: 10 ** (8 - i / 100) for i, b in enumerate(bins) for w in b if WORD.match(w)}


def claims(words, freq):
    """all (form, lemma+paradigm, slot) triples whose lemma and form are both attested"""
    wi = {w: i for i, w in enumerate(words)}
    lp, sl, cw, cl, cs = {}, {}, [], [], []
    # nechat, nenávidět: what hardly occurs without ne- is not negated
    unnegated = {l for l in words if l[-1] == 't' and freq.get('ne' + l[:-1] + 'l', 0) > 4 * freq.get(l[:-1] + 'l', 0)}
    for lemma in words:
        seen = set()
        for p, s, form in allforms(lemma):
            for pre in ('', 'ne') if p[0] in 'VAI' and lemma not in unnegated else ('',):
                i = wi.get(pre + form)
                if i is None or (p, pre + s, i) in seen:
                    continue
                seen.add((p, pre + s, i))
                cw.append(i); cl.append(lp.setdefault((lemma, p), len(lp))); cs.append(sl.setdefault((p, pre + s), len(sl)))
    lpn, cw, cl, cs = list(lp), np.array(cw), np.array(cl), np.array(cs)
    n = np.bincount(cl, minlength=len(lpn))
    keep = ((n >= 2) | np.array([p == 'indecl' for _, p in lpn]))[cl]
    return cw[keep], cl[keep], cs[keep], lpn, list(sl)


def induce(freq):
    words = sorted(freq)
    cw, cl, cs, lpn, sln = claims(words, freq)
    raw = np.array([freq[w] for w in words])
    f = raw ** POWER * SCALE
    # a lemma whose own form is rare beside its inflected forms is doubtful
    u = np.unique(cl.astype(np.int64) * len(words) + cw)
    tot = np.bincount(u // len(words), weights=raw[u % len(words)], minlength=len(lpn))
    # its negation is its own form too
    own = [freq.get(l, 0.0) + (freq.get('ne' + l, 0.0) if p[0] in 'VAI' else 0.0) for l, p in lpn]
    ratio = np.array(own) / np.maximum(tot, 1e-9)
    t0 = np.where([p == 'indecl' or p[0] in 'MFNPS' for _, p in lpn], T_NOUN, T_OTHER)
    pri = np.array([prior(l, p, freq) for l, p in lpn]) * np.maximum(np.minimum(1, ratio / t0), T_FLOOR)
    par = {}
    sp = np.array([par.setdefault(p, len(par)) for p, _ in sln])
    theta = 1.0 / np.bincount(sp, minlength=len(par))[sp]
    mass = np.bincount(cl, weights=f[cw], minlength=len(lpn))
    for it in range(ITERS):
        e = (np.exp(digamma(mass + ALPHA)) if it else mass) * pri
        sc = e[cl] * theta[cs]
        z = np.bincount(cw, weights=sc, minlength=len(words))
        post = sc / np.maximum(z[cw], 1e-300)
        w = post * f[cw]
        mass = np.bincount(cl, weights=w, minlength=len(lpn))
        s = np.bincount(cs, weights=w, minlength=len(sln)) + 1e-3
        theta = s / np.bincount(sp, weights=s, minlength=len(par))[sp]
    best = defaultdict(Counter)
    for i, j, p in zip(cw, cl, post):
        if p > 0.02:
            best[i][ALIAS.get(lpn[j][0], lpn[j][0])] += p
    lex = {words[i]: [l for l, p in c.most_common() if p >= KEEP * c.most_common(1)[0][1]] for i, c in best.items()}
    # Novákové is of Nováková, and of the Nováks
    for w, ls in lex.items():
        if w.endswith('ové') and (woman := w[:-1] + 'á') in lex.get(w[:-1] + 'á', ()) and woman not in ls:
            ls.append(woman)
    pars, most = defaultdict(set), defaultdict(float)
    for (l, _), m in zip(lpn, mass):
        most[l] = max(most[l], m)
    for j in np.nonzero(mass > 1e-3)[0]:
        if mass[j] > 0.02 * most[lpn[j][0]]:
            pars[lpn[j][0]].add(lpn[j][1])
    n = Counter(l for x in lex.values() for l in x)
    lex = {w: x for w, x in lex.items() if any(n[l] >= 2 for l in x) or w in CLOSED or len(w) < 3}
    for *nouns, adj in PAIRS:                                         # countries are always known
        for n_ in nouns + [adj]:
            for p, s, form in gen(n_):
                if p in (('Fž', 'Fr', 'No', 'MI', 'Py', 'indecl') if n_ != adj else ('Aý',)) and not s.startswith('k') or (p == 'Ní' and n_ != adj):
                    lex.setdefault(form, [])
                    if n_ not in lex[form]:
                        lex[form].append(n_)
    return lex, pars


def edit(w, l):
    k = 0
    while k < min(len(w), len(l)) and w[k] == l[k]:
        k += 1
    return len(w) - k, l[k:]


def learn_rules(lex, longest=7, least=4, ratio=0.25):
    """suffix -> up to three edits, pruned where the shorter suffix already decides the same"""
    c = defaultdict(Counter)
    for w, ls in lex.items():
        for l in ls:
            e = edit(w, l)
            if len(w) - e[0] < 2 or e[0] > 7:
                continue
            x = '^' + w
            for n in range(max(e[0], 1), min(longest, len(x)) + 1):
                c[x[-n:]][e] += 1 / len(ls)
    out = {}
    for s in sorted((s for s in c if sum(c[s].values()) >= least), key=len):
        top = c[s].most_common(3)
        d = tuple(e for e, k in top if k >= ratio * top[0][1])
        p = s[1:]
        while p and p not in out:
            p = p[1:]
        if not p or out[p] != d:
            out[s] = d
    return out


SOFTENED = (('zd', 'žď'), ('st', 'šť'), ('sl', 'šl'), ('d', 'z'), ('t', 'c'), ('s', 'š'), ('z', 'ž'))
HARD = {'ď': 'd', 'ť': 't', 'ň': 'n', 'ř': 'r'}


def masculine(n):
    """the man's name of her calling: učitelka, lékařka, turistka, hudebnice, sportovkyně"""
    for end, ours in (('telka', 'tel'), ('řka', 'ř'), ('istka', 'ista'), ('nice', 'ník'), ('anka', 'an'), ('ákyně', 'ák'), ('telkyně', 'tel'), ('kyně', 'ec'), ('ryně', 'r')):
        if n.endswith(end): yield n[:-len(end)] + ours


def deeds(v):
    """the verbal nouns that a verb may have: pěstovat, pěstování; doporučit, doporučení; rozhodnout, rozhodnutí"""
    t = v[:-2]
    if v.endswith(('at', 'át')): yield from (t + 'ání', t + 'aní')
    elif v.endswith('it'):
        yield from (t + 'ení', t + 'ění')
        yield from (t[:-len(a)] + b + 'ení' for a, b in SOFTENED if t.endswith(a))
    elif v.endswith(('et', 'ět')): yield from (t + 'ění', t + 'ení')
    elif v.endswith('nout'): yield v[:-3] + 'utí'


def relational(lex, pars):
    adjs = {l for x in lex.values() for l in x if l.endswith('ý') and 'Aý' in pars.get(l, ()) or l.endswith('ní') and 'Aí' in pars.get(l, ())}
    adjs |= {l for x in lex.values() for l in x if l.endswith(('ský', 'cký'))}
    def ski(s):
        if len(s) < 3: return
        if s.endswith('ch'): yield from (s[:-2] + 'šský', s + 'ský')
        elif s[-1] in 'kcč': yield from (s[:-1] + 'cký', s + 'ský')
        elif s[-1] in 'hgzž': yield from (s[:-1] + 'žský', s + 'ský')
        elif s[-1] in 'sš': yield from (s[:-1] + 'ský', s[:-1] + 'šský', s + 'ský')
        else: yield s + 'ský'
        if s[-1] in 'nmlrkv' and s[-2] not in V:
            yield from (s[:-1] + 'e' + s[-1] + 'ský', s[:-1] + 'ě' + s[-1] + 'ský')
    def fam(s):
        if len(s) < 3: return
        yield from (s + x for x in ('ní', 'ný', 'ový', 'ovní', 'ovný'))
        if s[-1] in 'kc': yield from (s[:-1] + 'čný', s[:-1] + 'ční')
        if s[-1] in 'hzg': yield from (s[:-1] + 'žní', s[:-1] + 'žný')
    def craft(s):
        """what is made by or of it: víno, vinařský"""
        if len(s) < 3: return
        for t in [s] + shorten(s)[:1]:
            yield from (t + x for x in ('ařský', 'ářský'))
    def derive(n):
        if n.endswith(('sko', 'cko')): yield n[:-1] + 'ý'
        if n.endswith('ie'):
            for s in [n[:-2]] + shorten(n[:-2]):
                yield from ski(s)
            yield from (n[:-2] + x for x in ('ický', 'ní', 'etický', 'tický'))
        if n.endswith(('ie', 'ye')): yield n[:-1] + 'jský'                # Libye, Zambie
        if n.endswith(('ea', 'ia', 'ua')): yield n[:-1] + 'jský'          # Korea
        if n.endswith('stán'):                                            # Afghánistán, Kazachstán
            yield from ski(n[:-5] if n.endswith('istán') else n[:-4])
        if n.endswith(('ba', 'ra', 'ru', 'ka')): yield n.rstrip('a') + 'ánský'   # Kuba, Peru
        if n.endswith('jka'): yield n[:-2] + 'ský'                        # Jamajka
        if n.endswith('no'): yield n[:-2] + 'něnský'                      # Brno
        if n.endswith(('ně', 'tě', 'dě')): yield n[:-2] + {'n': 'ň', 't': 'ť', 'd': 'ď'}[n[-2]] + 'ský'
        if n.endswith('ika'): yield n[:-3] + 'ický'
        if n.endswith('ice'): yield n[:-3] + 'ický'
        if n.endswith(('ec', 'ek')): yield n[:-2] + 'ecký'
        if n.endswith('ec'): yield n[:-2] + 'ský'                         # zemědělec, Slovinec
        if n.endswith(('žan', 'čan', 'van', 'pan')) or n.endswith('an') and 'MA' in pars[n]:   # Pražan, Ostravan, Kanaďan
            yield from ski(n[:-2])
            if n[-3] in HARD: yield from ski(n[:-3] + HARD[n[-3]])
        if n.endswith('ník'): yield from (n[:-2] + 'í', n[:-2] + 'ý')     # hudebník, úředník
        if n.endswith('ovec'): yield n[:-2] + 'ní'                        # sportovec
        if n.endswith('ista') and len(n) > 6 and n[:-1] + 'ický' not in adjs:   # hokejista, but not kulturista
            yield from (n[:-4] + 'ový', n[:-4] + 'ní')
        if n.endswith('ista'): yield n[:-2] + 'ový'                       # tenista
        if n.endswith(('ař', 'ář')) and len(n) > 4: yield from (n[:-2] + 'ní', n[:-2] + 'ový')   # archivář, filmař
        if n.endswith('ština'): yield n[:-5] + 'ský'                      # čeština
        if n.endswith('čtina'): yield n[:-5] + 'cký'
        if n.endswith('stvo'): yield n[:-4] + 'ský'                       # zastupitelstvo
        if n.endswith('ctvo'): yield n[:-4] + 'cký'
        if n.endswith('ie'): yield n[:-1] + 'jní'                         # galerie
        if n.endswith('ovka'): yield n[:-2] + 'ý'                         # dechovka
        if n.endswith(('log', 'graf', 'nom', 'krat', 'pat', 'metr')): yield n + 'ický'    # archeolog
        if n.endswith('ně') and len(n) > 3 and n[-3] not in V: yield n[:-2] + 'eňský'   # lázně
        if n.endswith('ba') and len(n) > 3 and n[-3] not in V: yield n[:-2] + 'ební'    # hudba, stavba
        if n.endswith('dlo') and n[-4:-3] in V: yield n[:-3] + 'delní'    # divadlo
        if n.endswith('ovna'): yield n[:-1] + 'í'                         # knihovna
        if n.endswith('ka') and len(n) > 4 and n[-3] not in V: yield n[:-2] + 'ečný'    # válka
        if n.endswith(('eum', 'ium')): yield n[:-2] + 'jní'               # muzeum
        if n.endswith(('ivita', 'alita', 'arita')): yield from (n[:-3] + 'ní', n[:-5] + {'i': 'i', 'a': 'á'}[n[-5]] + n[-4] + 'ní')
        if n.endswith('um') and len(n) > 4: yield n[:-2] + 'ální'         # centrum
        if n[-1] not in V and len(n) > 4: yield n + 'ální'                # region
        if 'ist' in n or n.endswith('ismus'):
            for e in ('ismus', 'ista'):
                if n.endswith(e): yield n[:-len(e)] + 'istický'
        stem = n[:-1] if n[-1] in V else n
        for s in [stem] + shorten(stem):
            yield from ski(s); yield from fam(s)
        yield from craft(stem)
        for s in fleet(n):
            yield from fam(s)
    rel = {}
    for n, ps in pars.items():
        if len(n) < 3 or n[-1] == 'ý' or n in adjs or n.endswith(('ost', 'ová')) or n[-1] == 't' and any(p[0] in 'VI' for p in ps):
            continue
        # a verbal noun has no family, but Porýní has
        if n.endswith('ství'): derived = [n[:-4] + 'ský']                 # lázeňství
        elif n.endswith('ctví'): derived = [n[:-4] + 'cký']
        elif n.endswith('ování'): derived = craft(n[:-5])
        elif n.endswith(('ní', 'tí')): derived = ski(n[:-1])
        else: derived = derive(n)
        a = sorted({x for x in derived if x in adjs})
        if a:
            rel[n] = a
    for v, ps in pars.items():
        if v[-1] == 't' and any(p[0] in 'VI' for p in ps):
            for n in deeds(v):
                if 'Ní' in pars.get(n, ()):
                    for kin in (v, n):
                        rel[kin] = sorted({*rel.get(kin, ()), n[:-1] + 'ý'})
    for n in pars:
        base = next((n[len(b):] for b in BEGINNINGS if n.startswith(b) and len(n) > len(b) + 3), None)
        kin = [m for m in masculine(n) if m in pars and any(p[0] == 'M' for p in pars[m])] + [b for b in [base] if b in pars]
        kin += [v for v in [n[:-2]] if n.endswith('tel') and len(v) > 4 and any(p[0] in 'VI' for p in pars.get(v, ()))]   # podnikatel, podnikat
        shared = {a for m in kin for a in rel.get(m, ())} | ({'cyklistický'} if n.startswith('cyklo') else set())
        if shared and n not in adjs:
            rel[n] = sorted({*rel.get(n, ()), *shared})
    for n, adj in IRREGULAR:
        rel[n] = sorted({*rel.get(n, ()), adj})
    for n, adj in UNRELATED.items():
        rel[n] = [a for a in rel.get(n, ()) if a not in adj.split()]
    for *nouns, adj in PAIRS:
        for n in nouns:
            rel[n] = [adj]
    return rel


def families(lex, rel):
    """every folded lemma with the folded adjectives of its family"""
    link = defaultdict(set)
    for n, v in rel.items():
        link[fold(n)].update(map(fold, v))
    for *nouns, adj in PAIRS:                                         # whatever else folds to peru
        link.update({fold(n): {fold(adj)} for n in nouns})
    adjs = set().union(*link.values())
    known = {fold(l) for v in lex.values() for l in v} | set(link) | adjs
    def keys(l):
        if l in link: return link[l]
        if l in adjs or l.endswith(('sky', 'cky')): return {l}
        if l.endswith(('sko', 'cko')): return {l[:-1] + 'y'}
        # the genitive of a region is often taken for its lemma: Alsaska
        if l.endswith(('ska', 'cka')) and len(l) > 4 and l[:-1] + 'y' in known: return {l[:-1] + 'y'}
        return ()
    return {l: sorted(keys(l)) for l in known}


def needed(lex, rules, fams):
    """the forms that the chain would get wrong without having them; shorter ones first, since `ne-` asks for them"""
    kept = {}
    for w in sorted(lex, key=lambda w: (len(w), w)):
        if look(kept, rules, fams, w, False) != lex[w]:
            kept[w] = lex[w]
    return kept


def readings(w, lemmas):
    """the folded lemmas of a folded form that are at least a tenth of it; an adverb takes nothing from its adjective: uplne"""
    adverb = lemmas[w] if w[-1] == 'e' and (w[:-1] + 'y' in lemmas or w[:-1] + 'i' in lemmas) else 0
    return [l for l, n in lemmas.most_common(6) if n >= 0.1 * (sum(lemmas.values()) - adverb)]


def main(wheel, out):
    os.makedirs(out, exist_ok=True)
    freq = frequencies(wheel)
    lex, pars = induce(freq)
    acc = defaultdict(Counter)
    for w, ls in lex.items():
        for l in ls:
            acc[fold(w)][fold(l)] += freq.get(w, 1) / len(ls)
    flex = {w: readings(w, c) for w, c in acc.items()}
    rules, frules = learn_rules(lex), learn_rules(flex)
    def tsv(name, rows):
        with open(os.path.join(out, name), 'w', encoding='utf8') as f:
            for k, v in sorted(rows):
                f.write(k + '\t' + ','.join(v) + '\n')
    fams = families(lex, relational(lex, pars))
    tsv('lexicon.tsv', lex.items())
    tsv('flexicon.tsv', needed(flex, frules, fams).items())
    for name, r in (('rules.tsv', rules), ('frules.tsv', frules)):
        tsv(name, ((s, [f'{n}:{a}' for n, a in d]) for s, d in r.items()))
    tsv('families.tsv', fams.items())


if __name__ == '__main__':
    main(*sys.argv[1:3])

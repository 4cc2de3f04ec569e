"""Czech inflection paradigms, written by hand for this project.

allforms(L) lists (paradigm, slot, form) for every paradigm the ending of the
candidate lemma L allows.  It over-generates on purpose: build.py decides
which (lemma, paradigm) pairs the word-frequency list supports.
"""
import os
from evidence import evidence
from irregular import ALIAS, COMP, COMPF, IRR, SHORTADJ, SUPL
from sound import V, ech, fleet, genpl, noun_pl_i, pal_e, pal_ii, shorten, soft_e, soft_i


def gen(L):
    out = []
    n = len(L)
    def add(p, slots):
        for s, f in slots:
            if isinstance(f, (list, tuple)):
                for g in f:
                    out.append((p, s, g))
            else:
                out.append((p, s, f))
    if n < 2:
        return [('indecl', 'x', L)]
    e = L[-1]
    out.append(('indecl', 'x', L))
    cons = e not in V
    if cons and n >= 2:
        stems = [('', L)]
        if n >= 3:
            stems += [('~e', t) for t in fleet(L)]
        if n >= 3:
            stems += [('~s', t) for t in shorten(L) if any(c in 'ůáíé' for c in L[-3:])]
        for tag, s in stems:
            add('MI' + tag, [('n', L), ('u', s + 'u'), ('e', pal_e(s)), ('e2', s + 'e'), ('em', s + 'em'), ('y', s + 'y'), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ech', ech(s)), ('a', s + 'a')])
            add('MA' + tag, [('n', L), ('a', s + 'a'), ('ovi', s + 'ovi'), ('u', s + 'u'), ('e', s + 'e'), ('em', s + 'em'), ('i', noun_pl_i(s)), ('ové', s + 'ové'), ('é', s + 'é'), ('ů', s + 'ů'), ('ům', s + 'ům'), ('y', s + 'y'), ('ech', ech(s)), ('ama', s + 'ama')])
        if e in 'cčďjlňřšťžzstnxd':
            for tag, s in stems:
                add('MIs' + tag, [('n', L), ('e', soft_e(s)), ('i', soft_i(s)), ('em', soft_e(s) + 'm'), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ích', soft_i(s, 'ích'))])
                x = [('n', L), ('e', soft_e(s)), ('i', soft_i(s)), ('ovi', s + 'ovi'), ('em', soft_e(s) + 'm'), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ích', soft_i(s, 'ích')), ('ové', s + 'ové'), ('é', s + 'é')]
                if s.endswith('c'):
                    x.append(('voc', s[:-1] + 'če'))
                add('MAs' + tag, x)
        if e in 'ňťjřšžčlvzďcbmsxtp':
            for tag, s in stems:
                add('Fp' + tag, [('n', L), ('e', soft_e(s) if s[-1] not in 'bmvp' else [s + 'ě', s + 'e']), ('i', soft_i(s)), ('í', soft_i(s, 'í')), ('ím', soft_i(s, 'ím')), ('ích', soft_i(s, 'ích')), ('emi', [soft_e(s) + 'mi', s + 'ěmi'] if s[-1] in 'bmvp' else soft_e(s) + 'mi')])
                add('Fk' + tag, [('n', L), ('i', soft_i(s)), ('í', soft_i(s, 'í')), ('em', soft_e(s) + 'm'), ('ím', soft_i(s, 'ím')), ('ech', soft_e(s) + 'ch'), ('ích', soft_i(s, 'ích')), ('mi', [s + 'mi', L + 'mi']), ('emi', soft_e(s) + 'mi')])
        # latin -us -os -um
        if n > 4 and L.endswith(('us', 'os', 'as', 'es')):
            s = L[:-2]
            add('Mus', [('n', L), ('u', s + 'u'), ('a', s + 'a'), ('ovi', s + 'ovi'), ('e', s + 'e'), ('em', s + 'em'), ('y', [s + 'y'] if s[-1] not in 'i' else [s + 'e', s + 'i']), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ech', ech(s) if s[-1] != 'i' else [s + 'ích']), ('i', noun_pl_i(s)), ('ové', s + 'ové')])
        if n > 4 and L.endswith('um'):
            s = L[:-2]
            if s[-1] in V:
                add('Nium', [('n', L), ('a', s + 'a'), ('u', s + 'u'), ('em', s + 'em'), ('í', s + 'í'), ('ím', s + 'ím'), ('ích', s + 'ích'), ('i', s + 'i')])
            else:
                add('Num', [('n', L), ('a', s + 'a'), ('u', s + 'u'), ('em', s + 'em'), ('0', genpl(s)), ('ům', s + 'ům'), ('ech', ech(s)), ('y', s + 'y')])
        # possessives
        if n > 4 and L.endswith('ův'):
            s = L[:-2] + 'ov'
            add('Puv', [('n', L), ('a', s + 'a'), ('o', s + 'o'), ('u', s + 'u'), ('ě', s + 'ě'), ('ým', s + 'ým'), ('y', s + 'y'), ('ých', s + 'ých'), ('ými', s + 'ými'), ('é', s + 'é')])
        if n > 4 and L.endswith('in'):
            s = L
            add('Pin', [('n', L), ('a', s + 'a'), ('o', s + 'o'), ('u', s + 'u'), ('ě', s + 'ě'), ('ým', s + 'ým'), ('i', s + 'i'), ('y', s + 'y'), ('ých', s + 'ých'), ('ými', s + 'ými')])
        # verbs
        if e == 't' or L.endswith('ct') or L.endswith('ci'):
            verbs(L, add)
    elif e == 'a':
        s = L[:-1]
        if n >= 3:
            if s[-1] in 'ieou':   # Maria, Korea, Samoa, Padua
                add('Fia', [('n', L), ('e', s + 'e'), ('i', s + 'i'), ('u', s + 'u'), ('í', s + 'í'), ('ou', s + 'ou'), ('ím', s + 'ím'), ('ích', s + 'ích'), ('emi', s + 'emi'), ('y', s + 'y')])
                if s[-1] == 'e':
                    add('Fea', [('n', L), ('e', s + 'je'), ('i', s + 'ji'), ('u', s + 'u'), ('í', s + 'jí'), ('ou', s + 'ou'), ('ím', s + 'jím'), ('ích', s + 'jích'), ('emi', s + 'jemi')])
            soft = s[-1] in 'jčšžřcňťď'
            add('Fž', [('n', L), ('y', s + 'y' if not soft else [soft_i(s), s + 'y']), ('e', pal_e(s) if not soft else soft_e(s)), ('u', s + 'u'), ('o', s + 'o'), ('ou', s + 'ou'), ('0', genpl(s)), ('ám', s + 'ám'), ('ách', s + 'ách'), ('ami', s + 'ami'), ('ama', s + 'ama')] + [('sh', [x for t in shorten(s) for x in (t + 'ám', t + 'ách', t + 'ami')])])
            add('Mp', [('n', L), ('y', s + 'y' if not soft else soft_i(s)), ('ovi', s + 'ovi'), ('u', s + 'u'), ('o', s + 'o'), ('ou', s + 'ou'), ('ové', s + 'ové'), ('é', s + 'é'), ('i', noun_pl_i(s)), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ech', ech(s))])
            if L.endswith('ma') and n > 3:
                t = s + 'at'
                add('Nma', [('n', L), ('u', t + 'u'), ('em', t + 'em'), ('a', t + 'a'), ('0', t), ('ům', t + 'ům'), ('ech', t + 'ech'), ('y', t + 'y')])
            add('Npl', [('n', L), ('0', genpl(s)), ('ům', s + 'ům'), ('ech', ech(s)), ('y', s + 'y')])
    elif e in 'eě':
        s = L[:-1]
        d = {'n': 'ň', 't': 'ť', 'd': 'ď'}
        h = s[:-1] + d[s[-1]] if e == 'ě' and s[-1] in d else s
        z = [s + 'í']
        if L.endswith(('ice', 'íce', 'ile', 'yně', 'kyně', 'iště', 'dě', 'tě', 'ně', 'ie', 'ce', 'le', 'še', 'že', 'ře', 'ze', 'če', 'ne')):
            z += [h] + ([ ] )
        z += shorten(h) if L.endswith(('íle', 'áze', 'íře')) else []
        emi = s + e + 'mi'
        add('Fr', [('n', L), ('i', s + 'i'), ('í', z), ('ím', s + 'ím'), ('ích', s + 'ích'), ('emi', emi)])
        if L.endswith('ice'):
            add('Fpl', [('n', L), ('0', s), ('ím', s + 'ím'), ('ích', s + 'ích'), ('emi', emi)])
        add('Nm', [('n', L), ('i', s + 'i'), ('em', s + e + 'm'), ('í', s + 'í'), ('0', h if L.endswith(('iště', 'ště')) else []), ('ím', s + 'ím'), ('ích', s + 'ích')])
        add('Nk', [('n', L), ('ete', s + e + 'te'), ('eti', s + e + 'ti'), ('etem', s + e + 'tem'), ('ata', s + 'ata'), ('at', s + 'at'), ('atům', s + 'atům'), ('atech', s + 'atech'), ('aty', s + 'aty')])
        if e == 'e':
            add('Ms', [('n', L), ('i', s + 'i'), ('ovi', s + 'ovi'), ('em', s + 'em'), ('ové', s + 'ové'), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ích', s + 'ích')])
            if s[-1] not in V:   # a silent e: Seattle, Seattlu; Shakespeare, Shakespeara
                add('Me', [('n', L), ('a', s + 'a'), ('u', s + 'u'), ('ovi', s + 'ovi'), ('em', s + 'em'), ('y', s + 'y'), ('ů', s + 'ů'), ('ové', s + 'ové')])
            add('Mee', [('n', L), ('ho', L + 'ho'), ('mu', L + 'mu'), ('m', L + 'm'), ('ovi', s + 'ovi')])
    elif e == 'o':
        s = L[:-1]
        if n >= 3:
            add('No', [('n', L), ('a', s + 'a'), ('u', s + 'u'), ('e', [pal_e(s)] ), ('em', s + 'em'), ('0', genpl(s)), ('ům', s + 'ům'), ('ech', ech(s)), ('y', s + 'y'), ('ama', s + 'ama')])
            add('Mo', [('n', L), ('a', s + 'a'), ('ovi', s + 'ovi'), ('u', s + 'u'), ('em', s + 'em'), ('ové', s + 'ové'), ('ů', s + 'ů'), ('ům', s + 'ům')])
            if s[-1] in 'iey':
                add('Nio', [('n', L), ('a', s + 'a'), ('u', s + 'u'), ('em', s + 'em'), ('í', s + 'í'), ('ím', s + 'ím'), ('ích', s + 'ích'), ('i', s + 'i')])
    elif e == 'í':
        s = L[:-1]
        add('Ní', [('n', L), ('m', L + 'm'), ('ch', L + 'ch'), ('mi', L + 'mi')])
        if n >= 4:
            add('Aí', [('n', L), ('ho', L + 'ho'), ('mu', L + 'mu'), ('m', L + 'm'), ('ch', L + 'ch'), ('mi', L + 'mi'), ('ma', L + 'ma')] + comp(s))
    elif e == 'ý':
        s = L[:-1]
        if n >= 3:
            x = [('n', L), ('ého', s + 'ého'), ('ému', s + 'ému'), ('ém', s + 'ém'), ('ým', s + 'ým'), ('á', s + 'á'), ('é', s + 'é'), ('ou', s + 'ou'), ('í', [] if s.endswith(('en', 'ěn', 'an', 'án', 'ut', 'it', 'yt', 'at', 'ět')) else pal_ii(s)), ('ých', s + 'ých'), ('ými', s + 'ými'), ('ej', s + 'ej'), ('ýho', [s + 'ýho', s + 'ýmu', s + 'ýma'])]
            if s.endswith(('en', 'ěn', 'án', 'an', 'it', 'at', 'yt', 'ut', 'ět', 'et', 'ít', 'ut', 'on', 'ov')) and n > 4:
                t = s
                if L.endswith('aný') :
                    t = s[:-2] + 'án'
                x += [('sn', [t, s] if t != s else [s]), ('sa', [t + 'a']), ('so', [t + 'o']), ('si', [t + 'i']), ('sy', [t + 'y']), ('su', [t + 'u'])]
            if L in SHORTADJ:
                m = SHORTADJ[L]
                b = m if L.endswith('aný') or L == 'zdravý' else s
                x += [('hn', m), ('ha', b + 'a'), ('ho_', b + 'o'), ('hi', b + 'i'), ('hy', b + 'y')]
            add('Aý', x + comp(s))
    elif e == 'y':
        s = L[:-1]
        if n >= 4 and s[-1] in 'aeo':   # Paraguay, Paraguaye
            for p in ('MIs', 'MAs'):
                add(p, [('n', L), ('e', L + 'e'), ('i', L + 'i'), ('ovi', L + 'ovi'), ('em', L + 'em'), ('ů', L + 'ů'), ('ům', L + 'ům'), ('ích', L + 'ích'), ('ové', L + 'ové')])
        if n >= 4:
            add('Py', [('n', L), ('0', genpl(s)), ('ám', s + 'ám'), ('ách', s + 'ách'), ('ami', s + 'ami')])
            add('Pyu', [('n', L), ('ů', s + 'ů'), ('ům', s + 'ům'), ('ech', ech(s))])
            add('My', [('n', L), ('ho', L + 'ho'), ('mu', L + 'mu'), ('m', L + 'm'), ('ové', s + 'yové'), ('ovi', s + 'yovi')])
    elif e == 'i':
        s = L[:-1]
        if n >= 4:
            add('My', [('n', L), ('ho', L + 'ho'), ('mu', L + 'mu'), ('m', L + 'm'), ('ovi', L + 'ovi'), ('ové', L + 'ové')])
    elif e in 'éu' and n >= 4:
        add('My', [('n', L), ('ho', L + 'ho'), ('mu', L + 'mu'), ('m', L + 'm')])
    if L.endswith('ová') and n >= 5:   # surnames -ová
        s = L[:-1]
        add('Fá', [('n', L), ('é', s + 'é'), ('ou', s + 'ou'), ('ých', s + 'ých'), ('ým', s + 'ým'), ('ými', s + 'ými')])
    return out


def comp(s):
    """comparative stems"""
    r = []
    k = s
    if len(s) < 3:
        return []
    if s.endswith('ck'):
        k = s[:-2] + 'čtě'
    elif s.endswith('sk'):
        k = s[:-2] + 'ště'
    elif s.endswith('ch'):
        k = s[:-2] + 'še'
    elif s[-1] == 'k':
        k = s[:-1] + 'če'
    elif s[-1] == 'h':
        k = s[:-1] + 'že'
    elif s[-1] == 'r':
        k = s[:-1] + 'ře'
    elif s[-1] in 'dtnbpvmf':
        k = s + 'ě'
    else:
        k = s + 'e'
    for pre in ('', 'nej'):
        for x in ('jší', 'jšího', 'jšímu', 'jším', 'jších', 'jšími'):
            r.append(('k' + x, pre + k + x))
    return r


PAST = ('l', 'la', 'lo', 'li', 'ly')


def verbs(L, add):
    s = L[:-1]
    n = len(L)
    if n < 3:
        return
    if L.endswith('ovat') and n > 5:
        t = L[:-4]
        add('Vovat', [('n', L)] + [('p' + x, s + x) for x in PAST] + [('uji', t + 'uji'), ('uju', t + 'uju'), ('uješ', t + 'uješ'), ('uje', t + 'uje'), ('ujeme', t + 'ujeme'), ('ujete', t + 'ujete'), ('ují', t + 'ují'), ('ujou', t + 'ujou'), ('uj', t + 'uj'), ('ujte', t + 'ujte'), ('ujme', t + 'ujme'), ('ujíc', [t + 'ujíc', t + 'ujíce', t + 'uje']), ('em', t + 'ujem')])
    elif L.endswith('at') and n > 3:
        t = L[:-2]
        add('Vat', [('n', L)] + [('p' + x, s + x) for x in PAST] + [('ám', t + 'ám'), ('áš', t + 'áš'), ('á', t + 'á'), ('áme', t + 'áme'), ('áte', t + 'áte'), ('ají', t + 'ají'), ('aj', t + 'aj'), ('ej', t + 'ej'), ('ejte', t + 'ejte'), ('ejme', t + 'ejme'), ('ajíc', [t + 'ajíc', t + 'ajíce', t + 'aje'])])
        # mazat type
        alts = []
        c = t[-1]
        if t.endswith('ch'):
            alts = [t[:-2] + 'š']
        elif c in 'zh':
            alts = [t[:-1] + 'ž']
        elif c == 's':
            alts = [t[:-1] + 'š']
        elif c in 'kc':
            alts = [t[:-1] + 'č']
        elif c == 'r':
            alts = [t[:-1] + 'ř', t]
        elif c in 'bpmvl':
            alts = [t]
        for a in alts:
            add('Vmaz', [('n', L)] + [('p' + x, s + x) for x in PAST] + [('u', [a + 'u', a + 'i']), ('eš', a + 'eš'), ('e', a + 'e'), ('eme', a + 'eme'), ('ete', a + 'ete'), ('ou', [a + 'ou', a + 'í']), ('imp', [a, a + 'te', a + 'me', a + 'i'])])
    elif L.endswith('át') and n > 3:
        t = L[:-2]
        add('Vát', [('n', L)] + [('p' + x, t + y + x) for x in PAST for y in ('á', 'a')] + [('aji', t + 'aji'), ('aju', t + 'aju'), ('aješ', t + 'aješ'), ('aje', t + 'aje'), ('ajeme', t + 'ajeme'), ('ajete', t + 'ajete'), ('ají', t + 'ají'), ('ám', t + 'ám'), ('áš', t + 'áš'), ('á', t + 'á'), ('áme', t + 'áme'), ('áte', t + 'áte'), ('ej', t + 'ej'), ('ejte', t + 'ejte')])
    elif L.endswith('it') and n > 3:
        t = L[:-2]
        imp = [t, t + 'te', t + 'me', t + 'i', t + 'ete', t + 'ěte', t + 'eme']
        d = {'n': 'ň', 't': 'ť', 'd': 'ď'}
        if t[-1] in d:
            imp += [t[:-1] + d[t[-1]], t[:-1] + d[t[-1]] + 'te', t[:-1] + d[t[-1]] + 'me']
        for sh in shorten(t):
            imp += [sh, sh + 'te', sh + 'me'] + ([sh[:-1] + d[sh[-1]], sh[:-1] + d[sh[-1]] + 'te'] if sh[-1] in d else [])
        add('Vit', [('n', L)] + [('p' + x, s + x) for x in PAST] + [('ím', t + 'ím'), ('íš', t + 'íš'), ('í', t + 'í'), ('íme', t + 'íme'), ('íte', t + 'íte'), ('ejí', [t + 'ejí', t + 'ějí']), ('imp', imp), ('íce', [t + 'íc', t + 'íce'])])
    elif L.endswith(('et', 'ět')) and n > 3:
        t = L[:-2]
        v = L[-2]
        add('Vet', [('n', L)] + [('p' + x, s + x) for x in PAST] + [('ím', t + 'ím'), ('íš', t + 'íš'), ('í', t + 'í'), ('íme', t + 'íme'), ('íte', t + 'íte'), ('ejí', t + v + 'jí'), ('ej', t + v + 'j'), ('ejte', t + v + 'jte'), ('ejme', t + v + 'jme'), ('íce', [t + 'íc', t + 'íce', t + v + 'jíce', t + v + 'jíc']), ('ju', t + v + 'ju')])
    elif L.endswith('nout') and n > 4:
        t = L[:-4]
        x = [('n', L)] + [('q' + x, t + 'nu' + x) for x in PAST] + [('nu', t + 'nu'), ('neš', t + 'neš'), ('ne', t + 'ne'), ('neme', t + 'neme'), ('nete', t + 'nete'), ('nou', t + 'nou'), ('ni', [t + 'ni', t + 'něte', t + 'něme', t + 'ň', t + 'ňte', t + 'ňme'])]
        if t and t[-1] not in V:
            x += [('p' + y, t + y) for y in PAST]
        else:
            x += [('p' + y, t + 'nu' + y) for y in PAST]
        add('Vnout', x)
    elif L.endswith(('ýt', 'ít', 'ít', 'ut', 'out')) and n > 3:
        v = L[-2] if not L.endswith('out') else 'ou'
        t = L[:-2] if not L.endswith('out') else L[:-3]
        sv = {'ý': 'y', 'í': 'i', 'u': 'u', 'ou': 'u'}[v]
        add('Výt', [('n', L)] + [('p' + x, t + sv + x) for x in PAST] + [('ji', t + sv + 'ji'), ('ju', t + sv + 'ju'), ('ješ', t + sv + 'ješ'), ('je', t + sv + 'je'), ('jeme', t + sv + 'jeme'), ('jete', t + sv + 'jete'), ('jí', t + sv + 'jí'), ('jou', t + sv + 'jou'), ('j', [t + sv + 'j', t + sv + 'jte', t + sv + 'jme'])])
    if L.endswith('nít') and n > 3:   # znít, zněl
        t = L[:-2]
        add('Vnít', [('n', L)] + [('p' + x, t + 'ě' + x) for x in PAST] + [('ím', t + 'ím'), ('íš', t + 'íš'), ('í', t + 'í'), ('íme', t + 'íme'), ('íte', t + 'íte'), ('ějí', t + 'ějí'), ('ěj', [t + 'ěj', t + 'ějte', t + 'ějíc'])])
    if L.endswith(('řít',)) and n > 3:
        t = L[:-2]
        add('Vřít', [('n', L)] + [('p' + x, t + 'e' + x) for x in PAST] + [('p' + x, t[:-1] + 'ř' + 'e' + x) for x in PAST] + [('u', t + 'u'), ('eš', t + 'eš'), ('e', t + 'e'), ('eme', t + 'eme'), ('ete', t + 'ete'), ('ou', t + 'ou'), ('i', [t + 'i', t + 'ete'])])


# in prefixed verbs the root vowel shortens: brát -> vybrat
SHORTB = {'brat', 'dat', 'psat', 'hnat', 'zvat', 'spat', 'prat', 'drat', 'žrat', 'lhat', 'stat'}
LONGONLY = {'brát', 'psát', 'dát', 'hnát', 'zvát', 'spát', 'prát', 'drát', 'žrát', 'lhát'}
PSET = set([''] + 'do na nad zau nade o ob obe od ode po pod pode pro pře před přede při roz roze s se u v ve vy vz vze z ze za znovu spolu zne popo'.split())


def irr(L):
    """irregular forms for prefixed irregular base"""
    r = []
    for b in IRR:
        if L.endswith(b) and L[:-len(b)] in PSET:
            p = L[:-len(b)]
            if b in SHORTB and not p:
                continue
            if b in LONGONLY and p:
                continue
            fs = IRR[b]
            if not fs:
                continue
            for i, f in enumerate(fs.split()):
                if p and f in ('je', 'má', 'jsem', 'jsi', 'jsou'):
                    continue
                r.append(('I_' + b, 'i%d' % i, p + f))
            r.append(('I_' + b, 'n', L))
    return r


def supl(L):
    r = []
    fs = SUPL.get(L)
    if fs:
        r += [('S_' + L, 's%d' % i, f) for i, f in enumerate(fs.split())]
    c = COMP.get(L)
    if c:
        for pre in ('', 'nej'):
            for x in ('', 'ho', 'mu', 'm', 'ch', 'mi'):
                r.append(('Aý', 'c' + pre + x, pre + c + x))
    return r


def allforms(L):
    r = gen(L)
    if L[-1] in 'ti':
        r += irr(L)
    r += supl(L)
    return r


CLOSED = set(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "stop.txt"), encoding="utf8").read().split())
# prior weight of a paradigm (1.0 where not listed)
RARE = {'Me': 0.03, 'Py': 0.02, 'Pyu': 0.02, 'Npl': 0.01, 'My': 0.05, 'indecl': 0.002, 'Mee': 0.05, 'Fá': 0.3, 'Ms': 0.2, 'Nk': 0.3, 'Puv': 0.3, 'Pin': 0.1, 'Mo': 0.3, 'Fpl': 0.3, 'Fk': 0.5, 'Vmaz': 0.5, 'Výt': 0.3, 'Vřít': 0.2, 'Vnít': 0.3, 'Vát': 0.3, 'Mp': 0.3}


def prior(L, p, V):
    if (L in CLOSED or len(L) < 3) and p != 'indecl' and not p.startswith(('I_', 'S_')):
        return 0.001
    return prior0(L, p, V)


def prior0(L, p, V):
    x = RARE.get(p.split('~')[0], 1.0)
    if '~' in p:
        x *= 1.0 if L.endswith(('ec', 'ek', 'en', 'eň', 'el')) else 0.5
    if L.endswith(('ejší', 'ější')) or L in COMPF or (L.startswith('nej') and L.endswith(('ší', 'čí'))):
        x *= 0.01
    if L.startswith('ne') and L[2:] in V and p[0] in 'VAI':
        x *= 0.002 if p[0] == 'A' else 0.02
    if L in ALIAS:
        x *= 0.05
    return x * evidence(L, p, V)

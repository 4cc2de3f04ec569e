"""Sound changes of Czech stems before endings: palatalisation, shortening, fleeting e, the empty genitive plural."""
import unicodedata
V = 'aeiouyáéěíóúůý'


def pal_e(s):
    """stem + e/ě locative-dative"""
    if s.endswith('ch'):
        return s[:-2] + 'še'
    c = s[-1]
    if c == 'k':
        return s[:-1] + 'ce'
    if c in 'hg':
        return s[:-1] + 'ze'
    if c == 'r':
        return s[:-1] + 'ře'
    if c in 'dtnbpvmf':
        return s + 'ě'
    return s + 'e'


def pal_i(s):
    if s.endswith('ch'):
        return s[:-2] + 'ši'
    if s.endswith('sk'):
        return s[:-2] + 'šti'
    if s.endswith('ck'):
        return s[:-2] + 'čti'
    c = s[-1]
    if c == 'k':
        return s[:-1] + 'ci'
    if c in 'hg':
        return s[:-1] + 'zi'
    if c == 'r':
        return s[:-1] + 'ři'
    return s + 'i'


def pal_ii(s): return pal_i(s)[:-1] + 'í'


def noun_pl_i(s):
    if s.endswith('ch'):
        return s[:-2] + 'ši'
    c = s[-1]
    if c == 'k':
        return s[:-1] + 'ci'
    if c in 'hg':
        return s[:-1] + 'zi'
    if c == 'r':
        return s[:-1] + 'ři'
    return s + 'i'


def ech(s):
    if s.endswith('ch'):
        return [s[:-2] + 'ších']
    c = s[-1]
    if c == 'k':
        return [s[:-1] + 'cích', s + 'ách']
    if c in 'hg':
        return [s[:-1] + 'zích', s + 'ách']
    return [s + 'ech']


def soft_e(s):
    """soft stem written: ň->ně ť->tě ď->dě else e"""
    d = {'ň': 'ně', 'ť': 'tě', 'ď': 'dě'}
    return s[:-1] + d[s[-1]] if s[-1] in d else s + 'e'


def soft_i(s, i='i'):
    d = {'ň': 'n', 'ť': 't', 'ď': 'd'}
    return (s[:-1] + d[s[-1]] if s[-1] in d else s) + i


SHORT = {'á': 'a', 'í': 'i', 'ý': 'y', 'ů': 'o', 'ú': 'u', 'é': 'e'}


def shorten(s):
    for k in range(len(s) - 1, -1, -1):
        if s[k] in V:
            if s[k] in SHORT: 
                r = [s[:k] + SHORT[s[k]] + s[k + 1:]]
                if s[k] == 'í':
                    r.append(s[:k] + 'ě' + s[k + 1:])
                if s[k] == 'í':
                    r.append(s[:k] + 'e' + s[k + 1:])
                return r
            if s[k] == 'u' and k and s[k - 1] == 'o':
                return [s[:k - 1] + 'u' + s[k + 1:]]
            return []
    return []


def fleet(s):
    """stems without fleeting e:  ...Ce C -> ...CC"""
    if len(s) >= 3 and s[-2] == 'e' and s[-3] not in V and s[-1] not in V: 
        t = s[:-2] + s[-1]
        if s[-1] in 'kclmnrtvšňbď':
            return [t]
    if len(s) > 3 and s[-2] == 'ě' and s[-1] in 'kcnť':
        d = {'n': 'ň', 't': 'ť', 'd': 'ď'}
        return [s[:-3] + d.get(s[-3], s[-3]) + s[-1]]
    return []


def genpl(s):
    """zero genitive plural of stem s (after removing vowel)"""
    r = [s]
    if len(s) >= 2 and s[-1] not in V and s[-2] not in V and s[-1] in 'kbnmlrvc' and not s.endswith('ch'):
        p = s[:-1]
        d = {'ň': 'ně', 'ť': 'tě', 'ď': 'dě'}
        r.append((p[:-1] + d[p[-1]] if p[-1] in d else p + 'e') + s[-1])
    r += shorten(s)
    return r


# Latin letters that do not decompose
STROKES = str.maketrans({'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ħ': 'h', 'ı': 'i', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'þ': 'th'})


def fold(s):
    """a lowercase word without diacritics"""
    return ''.join(c for c in unicodedata.normalize('NFD', s) if not unicodedata.combining(c)).translate(STROKES)

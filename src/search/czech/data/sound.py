"""Sound changes of Czech stems before endings: palatalisation, shortening, fleeting e, the empty genitive plural."""
import unicodedata
V = 'aeiouyáéěíóúůý'


def changed(s, pairs, ending):
    """the stem with the first of the changes that fits its end; else with the plain ending"""
    return next((s[:-len(old)] + new for old, new in pairs if s.endswith(old)), s + ending)


def pal_e(s):
    """stem + e/ě locative-dative"""
    return changed(s, (('ch', 'še'), ('k', 'ce'), ('h', 'ze'), ('g', 'ze'), ('r', 'ře')), 'ě' if s[-1] in 'dtnbpvmf' else 'e')


def noun_pl_i(s):
    """stem + i of the nominative plural"""
    return changed(s, (('ch', 'ši'), ('k', 'ci'), ('h', 'zi'), ('g', 'zi'), ('r', 'ři')), 'i')


def pal_ii(s):
    """the same of an adjective"""
    return changed(s, (('sk', 'ští'), ('ck', 'čtí')), '') if s.endswith(('sk', 'ck')) else noun_pl_i(s)[:-1] + 'í'


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
        if s[-1] in 'kclmnrtvšňbď' or s.endswith(('pes', 'ves')):
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

"""What the frequency list says against a lemma, beyond its own forms: weights that multiply the prior.

Two paradigms often claim the same forms (`hodin` and `hodina`, `uvedena` and `uvedený`). A form that only one of the
two can have decides: the instrumental for gender, `-ů` for masculine, `-ího` for adjectives. All marks are endings of
Czech grammar; no word is named here.
"""
from irregular import SHORTADJ
from sound import V, fleet, genpl

SHORTS = {s: l for l, m in SHORTADJ.items() for s in [m] + [l[:-1] + x for x in 'aoiy' if not l.endswith('aný')]} | {m + x: l for l, m in SHORTADJ.items() for x in 'aoiy'}
PASSIVE = ('ena', 'eno', 'ěna', 'ěno', 'ána', 'áno', 'uta', 'uto', 'yta', 'yto', 'en', 'ěn', 'án', 'ut', 'eny', 'ěny', 'ány', 'uty', 'eni', 'ěni', 'áni', 'uti')
COMPARATIVE = tuple(c + e for c in ('ejší', 'ější', 'ší', 'čí') for e in ('m', 'mi', 'ch', 'ho', 'mu'))


def long_form(w):
    """uvedena, uvedeno, uveden -> uvedený; zajišťováno -> zajišťovaný"""
    s = w[:-1] if w[-1] in V else w
    return (s[:-2] + 'an' if s.endswith('án') else s) + 'ý'


def long_use(adjective, f):
    """how often the long form of a participle occurs, in its most frequent case"""
    return max(f(adjective[:-1] + x, 0) for x in ('ý', 'á', 'é', 'ého', 'ých'))


def noun(p):
    return p[0] in 'MFNP' or p == 'indecl'


def evidence(l, p, freq):
    x, f = 1.0, freq.get
    own = f(l, 0) + 1e-9
    base = p.split('~')[0]
    if noun(p):
        # a short participle is not a noun when its long form is in use
        if len(l) > 5 and l.endswith(PASSIVE) and long_use(long_form(l), f) > 0.005 * own or l in SHORTS and f(SHORTS[l], 0) > 0.05 * own:
            x *= 0.002
    if l.startswith('nej') and l.endswith(COMPARATIVE) or l.endswith(('ějším', 'ejším', 'ějších', 'ejších', 'ějšího', 'ejšího', 'ějšími', 'ejšími', 'ějšímu', 'ejšímu')):
        x *= 0.01
    if base in ('MI', 'MA', 'MIs', 'MAs'):
        s = (fleet(l) or [l])[0] if '~e' in p else l
        # hodin: hodinou, never hodinem
        if f(s + 'ou', 0) > 3 * f(s + 'em', 0) and f(s + 'a', 0) > 0.02 * own:
            x *= 0.02
        # písmen: písmeno
        if base == 'MI' and f(s + 'o', 0) > 0.3 * own and f(s + 'em', 0) < 3 * f(s + 'o', 0) and f(s + 'ů', 0) < 0.05 * f(s + 'o', 0):
            x *= 0.1
    # the town of Václavov is no man, and Dominikovi is not of Dominika
    if base == 'MA' and l.endswith('ov') and f(l[:-2], 0) > own and not f(l + 'ovi', 0):
        x *= 0.02
    if base == 'Mp' and f(l[:-1], 0) > 0.05 * own and f(l[:-1] + 'em', 0) > 0.01 * own:
        x *= 0.1
    if base == 'Fž':
        s = l[:-1]
        if f(s + 'em', 0) > 3 * f(s + 'ou', 0) + 0.002 * own and max(f(z, 0) for z in [s + 'o'] + genpl(s)) > 0.02 * own:
            x *= 0.1
    # Durynsko: durynskou is an adjective's, durynskem can only be the country's
    if noun(p) and l.endswith(('ska', 'cka')) and f(l[:-1] + 'o', 0) > 0.05 * own and f(l[:-1] + 'em', 0) > 0.01 * own:
        x *= 0.02
    if base in ('Fr', 'Nm', 'Nk', 'Ms', 'Fpl'):
        s = l[:-1]
        if f(s + 'ů', 0) > 0.1 * own and base != 'Ms':
            x *= 0.1
        # variantně: variantního
        if l[-1] == 'ě' and (f(s + 'ího', 0) > 0.05 * own or f(s + 'ého', 0) > 0.05 * own):
            x *= 0.05
    if base == 'Fá' and f(l[:-1] + 'ého', 0) + f(l[:-1] + 'ý', 0) > 0.005 * own:
        x *= 0.05
    if base in ('MI', 'MA') and l.endswith('at') and (f(l[:-2] + 'e', 0) or f(l[:-2] + 'ě', 0)) and f(l + 'a', 0) > 0.2 * own and f(l + 'em', 0) < 0.05 * own:
        x *= 0.05
    # bylo, zaznělo: the participle of a verb has a plural in -li and no instrumental
    if base == 'No' and l.endswith('lo') and f(l[:-1] + 'i', 0) > 0.05 * own and f(l[:-1] + 'em', 0) < 0.002 * own:
        x *= 0.02
    # Karlova is Karlův's when karlových is in use
    if base in ('Fž', 'No') and l.endswith(('ova', 'ovo')) and f(l[:-3] + 'ův', 0) > 0.02 * own and f(l[:-1] + 'ých', 0) > 0.002 * own:
        x *= 0.02
    # Eduardovi is of Eduard, not of Eduardo
    if base == 'No' and f(l[:-1] + 'ovi', 0) > 0.02 * own and f(l[:-1], 0) > own or base == 'Mo' and f(l[:-1], 0) > 3 * own:
        x *= 0.05
    # Tomovi is of Tom, not of Tomas
    if base == 'Mus' and f(l[:-2], 0) > own:
        x *= 0.05
    # Andreji is of Andrej, not of Andrea
    if base == 'Fea' and f(l[:-1] + 'jem', 0):
        x *= 0.01
    if noun(p) and l.endswith('ův') and '~' in p:
        x *= 0.01
    # zvířata are of zvíře
    if base == 'Npl' and l.endswith('ata') and (f(l[:-3] + 'e', 0) or f(l[:-3] + 'ě', 0)):
        x *= 0.02
    if base == 'Aí' and l.endswith(('ení', 'ění', 'ání', 'utí', 'ytí', 'ití', 'etí')) and f(l + 'ho', 0) < 0.02 * own:
        x *= 0.02
    if base in ('Vit', 'Vet'):
        t = l[:-2]
        other = max(f(t + 'et', 0), f(t + 'ět', 0)) if base == 'Vit' else f(t + 'it', 0)
        if other > 20 * own:
            x *= 0.05
    return x

"""Words to compare the two implementations on: from the whole frequency list, as written, folded, negated, and made up.

  python sample.py wordfreq-3.1.1-py3-none-any.whl > words.txt
"""
import sys
from build import frequencies
from sound import fold


def sample(freq):
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    common, rare = ranked[:4000:4], ranked[4000::400]
    chosen = common + rare
    # no word of any list: the beginning of one and the end of another
    made_up = [a[:len(a) // 2 + 1] + b[len(b) // 2:] for a, b in zip(chosen, chosen[7:] + chosen[:7])]
    return sorted(set(chosen + [fold(w) for w in chosen] + ['ne' + w for w in chosen[::5]] + made_up))


if __name__ == '__main__':
    print('\n'.join(sample(frequencies(sys.argv[1]))))

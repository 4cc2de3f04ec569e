"""Asks a built archive every judged query through the program itself and prints how good the answers are.

  python benches/judge.py [--program target/release/twindex] [--below 0.9] HOME QUERIES.jsonl...

A line of QUERIES: {"query": "...", "relevant": {KEY: grade, ...}}, grades 1 and 2; KEY is "YYYY-MM-DD|title" or the identifier of the
notice without its source. Printed: nDCG@10 (gain 2^grade - 1),
recall@20, mean reciprocal rank; for all queries, and apart for those with and without diacritics. --below lists the queries
under that nDCG with what they found.
"""
import argparse, json, math, subprocess
from collections import defaultdict


def measures(found, grades):
    gain = lambda grades: sum((2 ** grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:10]))
    got = [grades.get(key, 0) for key in found]
    first = next((1 / rank for rank, grade in enumerate(got, 1) if grade), 0.0)
    return (gain(got) / gain(sorted(grades.values(), reverse=True)),
            sum(map(bool, got[:20])) / min(20, len(grades)), first)


def ask(program, home, query, grades):
    run = subprocess.run([program, '--home', home, '--json', 'search', '--limit', '20', '--', query], capture_output=True, text=True)
    records = [hit['record'] for hit in json.loads(run.stdout)['hits']]
    keys = [(record['id'].split('/', 1)[-1], f"{record['published']}|{record['title']}") for record in records]
    return [name if name in grades else key for name, key in keys]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument('home')
    options.add_argument('queries', nargs='+')
    options.add_argument('--program', default='target/release/twindex')
    options.add_argument('--below', type=float, default=0.0)
    options = options.parse_args()
    groups = defaultdict(list)
    for line in (line for path in options.queries for line in open(path, encoding='utf8')):
        judged = json.loads(line)
        grades = judged['relevant']
        found = ask(options.program, options.home, judged['query'], grades)
        measured = measures(found, grades)
        marks = 'without diacritics' if judged['query'].isascii() else 'with diacritics'
        groups['all'].append(measured)
        groups[marks].append(measured)
        if measured[0] < options.below:
            print(f"{measured[0]:.3f}  {judged['query']}")
            for key in found[:10]:
                print(f"       {grades.get(key, '-')}  {key}")
            for key in grades.keys() - set(found[:10]):
                print(f"       {grades[key]}  not found: {key}")
    for group, rows in groups.items():
        means = [sum(column) / len(rows) for column in zip(*rows)]
        print(f'{group:18} {len(rows):3} queries  nDCG@10 %.3f  recall@20 %.3f  MRR %.3f' % tuple(means))


if __name__ == '__main__':
    main()

"""Compares two files of decisions, JSON lines with `id` and `decision`; prints differences and counts.

usage: python3 compare.py ONE TWO [CASES]   (exit status 1 if they differ; CASES to print the differing cases)
"""
import collections
import json
import sys


def read(path):
    with open(path) as lines:
        return {d["id"]: d for d in map(json.loads, lines)}


one, two = read(sys.argv[1]), read(sys.argv[2])
cases = read(sys.argv[3]) if len(sys.argv) > 3 else {}
different = [k for k in one.keys() | two.keys() if one.get(k, {}).get("decision") != two.get(k, {}).get("decision")]
for key in sorted(different)[:20]:
    print(key, one.get(key, {}).get("decision"), "against", two.get(key, {}).get("decision"))
    if key in cases:
        print("   ", json.dumps(cases[key], ensure_ascii=False))
print(len(one.keys() & two.keys()), "cases in both,", len(different), "differences,", dict(collections.Counter(d["decision"] for d in one.values())))
sys.exit(bool(different))

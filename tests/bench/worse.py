#!/usr/bin/env python3
"""worse.py WITHOUT WITH: what kashida does to the lines that are loose without
it. Both are --dump para of one book; their paragraphs are compared in turn, by
the word space of their full lines."""
import re
import sys

LOOSE = 1.5005


def paragraphs(path):
    """Word spaces of the full lines, a list for each paragraph."""
    out = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("paragraph "):
                out.append([])
            m = re.match(r"line .* space=([\d.]+) of (\d+)", line)
            if m and int(m[2]) and "ragged" not in line:
                out[-1].append(float(m[1]))
    return out


def main():
    a, b = paragraphs(sys.argv[1]), paragraphs(sys.argv[2])
    if len(a) != len(b):
        sys.exit("the dumps are not of one book")
    before = sum(r > LOOSE for p in a for r in p)
    after = sum(r > LOOSE for p in b for r in p)
    worse = 0
    for p, q in zip(a, b):
        # From the loosest down: none may be looser than its counterpart.
        p, q = (sorted((r for r in x if r > LOOSE), reverse=True)
                for x in (p, q))
        worse += sum(i >= len(p) or r > p[i] for i, r in enumerate(q))
    print(f"lines loose without kashida: {before}; with it: {after}"
          f" ({'at least' if 2 * after <= before else 'NOT'} halved)")
    print(f"loose lines that kashida makes worse: {worse}")


main()

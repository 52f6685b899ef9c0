#!/usr/bin/env python3
"""evenness.py DUMP DUMP DUMP: how even the full lines of three breakings are.
The dumps are those of --dump para, which says of each line how wide its spaces
are. Only full lines count: not the last of a paragraph, no centred text."""
import math
import re
import sys

LOOSE = 1.5005
ROWS = [("full lines", "lines", "%14d"),
        ("squared deviations of word space, em^2", "deviation", "%14.3f"),
        ("word space, mean, em", "mean", "%14.3f"),
        ("word space, standard deviation, em", "sd", "%14.3f"),
        ("word space, worst, em", "worst", "%14.3f"),
        ("loosest line, times natural", "loosest", "%14.2f"),
        ("lines over 1.5 times natural", "loose", "%14d"),
        ("kashidas", "kashidas", "%14d"),
        ("  of mean length, em", "length", "%14.2f")]


def number(line, key):
    m = re.search(r" %s=(-?[\d.]+)" % key, line)
    return float(m[1]) if m else 0.0


def full_lines(path):
    """Of each full line: spaces, their ratio to natural and width in em,
    kashidas and what they add in em."""
    line = None
    with open(path, encoding="utf-8") as f:
        for text in f:
            if text.startswith("line "):
                n = int(re.search(r" of (\d+)", text)[1])
                k = re.search(r"kashida=([\d.]+)pt/(\d+)", text)
                line = n and " ragged" not in text and (
                    n, number(text, "space"),
                    float(k[1]) if k else 0.0, int(k[2]) if k else 0)
            elif line and text.startswith("\trun ") and " space=" in text:
                # The spaces of a line are in one ratio: one run tells all.
                em = number(text, "size")
                yield (line[0], line[1], number(text, "space") / em,
                       line[3], line[2] / em)
                line = None


def figures(path):
    lines = list(full_lines(path))
    n = sum(x[0] for x in lines)
    mean = sum(x[0] * x[2] for x in lines) / n
    squares = sum(x[0] * x[2] ** 2 for x in lines) / n
    kashidas = sum(x[3] for x in lines)
    return {
        "lines": len(lines), "mean": mean,
        "sd": math.sqrt(max(0, squares - mean ** 2)),
        "deviation": sum(x[0] * (x[2] - x[2] / x[1]) ** 2 for x in lines),
        "worst": max(x[2] for x in lines),
        "loosest": max(x[1] for x in lines),
        "loose": sum(x[1] > LOOSE for x in lines),
        "kashidas": kashidas,
        "length": sum(x[4] for x in lines) / kashidas if kashidas else 0}


def main():
    all_of = [figures(path) for path in sys.argv[1:4]]
    print(" " * 40 + "%14s%14s%14s" % ("first fit", "total fit",
                                       "with kashida"))
    for label, key, form in ROWS:
        print(f"{label:40}" + "".join(form % f[key] for f in all_of))


if __name__ == "__main__":
    main()

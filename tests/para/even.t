#!/usr/bin/env python3
"""What is promised of the lines of the article, as `make bench-paragraphs`
measures them: on the booklet kashida halves the lines that are loose without
it, at least, and none gets worse; on the page of the comparison, with its
limits for kashida, word spaces differ less than the best of the others' do."""
import os
import re
import subprocess
import sys

sys.path.insert(0, "tests/bench")
from evenness import figures

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
BOOK = "manuscript/book.yaml"
WAYS = {"first": "greedy: true, kashida: false", "total": "kashida: false",
        "kashida": "kashida: true"}
# XePersian with kashida, the best there is: standard deviation and worst
# word space in em, lines over 1.5 times natural.
DEVIATION, WORST, LOOSE = 0.026, 0.458, 0


def dump(style, way):
    name = os.path.join(tmp, f"{style}-{way}")
    with open(name + ".yaml", "w") as f:
        f.write(f"inherit: {style}\nparagraph: {{{WAYS[way]}}}\n")
    with open(name + ".dump", "w") as f:
        subprocess.run([dabir, "build", BOOK, "-t", "screen", "-o", tmp,
                        "--style", name + ".yaml", "--dump", "para"],
                       stdout=f, stderr=subprocess.DEVNULL)
    return name + ".dump"


def tell(good, what, more=""):
    print(("ok " if good else "not ok ") + what)
    if not good:
        print("#", more)


def worse(style, dumps):
    out = subprocess.run([sys.executable, "tests/bench/worse.py",
                          dumps["total"], dumps["kashida"]],
                         capture_output=True, text=True).stdout
    tell("(at least halved)" in out, f"{style}: kashida halves loose lines",
         out)
    tell(re.search(r"makes worse: 0$", out, re.M), f"{style}: no loose line "
         "is worse with kashida", out)


def main():
    for style in "booklet", "peers":
        dumps = {way: dump(style, way) for way in WAYS}
        f = {way: figures(dumps[way]) for way in WAYS}
        worse(style, dumps)
        for key in "deviation", "sd", "loose":
            got = [f[way][key] for way in WAYS]
            tell(got[0] >= got[1] > got[2], f"{style}: {key} falls from first "
                 "fit to total fit to kashida", got)
        if style == "booklet":
            tell(f["kashida"]["kashidas"] <= 1.3 * f["kashida"]["lines"],
                 "booklet: about one kashida a line", f["kashida"])
    best = f["kashida"]
    tell(best["sd"] < DEVIATION, "peers: word spaces differ less", best["sd"])
    tell(best["worst"] < WORST, "peers: the worst is better", best["worst"])
    tell(best["loose"] <= LOOSE, "peers: no line is loose", best["loose"])

    if not os.path.exists("../shared/tools/measure_pdf.py"):
        print("skip the tool of the comparison is not here")
        return
    out = subprocess.run(["tests/bench/paragraphs.sh"], capture_output=True,
                         text=True, env={**os.environ, "BENCH_ONLY": "tool"})
    if "No module named" in out.stderr:
        print("skip the tool of the comparison lacks a module")
        return
    m = re.search(r"deviation ([\d.]+) em,\n\s+worst ([\d.]+), .* natural "
                  r"(\d+); words whole ([\d.]+)%, ZWNJ (\d+) of (\d+)",
                  out.stdout)
    tell(m and float(m[1]) < DEVIATION and float(m[2]) < WORST and
         int(m[3]) <= LOOSE, "so says the tool of the comparison",
         out.stdout + out.stderr)
    tell(m and m[4] == "100.0" and m[5] == m[6],
         "with every word and ZWNJ whole", out.stdout)


main()

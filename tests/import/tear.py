#!/usr/bin/env python3
"""tear.py FILE CLEAN TORN SITES - tear Persian text as extraction does.

The Persian strings of FILE (a C source: its literals; anything else: its
lines) go to CLEAN; TORN is the same with known damage, always the same one,
and SITES says what was torn where in CLEAN: kind, from, to.
"""
import random
import re
import sys

ZWNJ = "\u200c"


def persian(path):
    text = open(path, encoding="utf-8").read()
    if path.endswith(".c"):
        runs = re.findall(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+', text)
        lines = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', r)) for r in runs]
    else:
        lines = [re.sub(r"^[\s:>-]*(\d+\.)?\s*", "", x)
                 for x in text.split("\n")]
    ok = lambda s: len(s) > 30 and "%" not in s and "\\" not in s and not \
        re.search(r"[A-Za-z{}\[\]<>#|@*`]", s)
    return " ".join(s.strip() for s in lines if ok(s))


def main():
    rng = random.Random(7)
    clean = persian(sys.argv[1])
    torn, sites, since, folio = [], [], 0, 3
    turned = {}
    for m in re.finditer(r"\(([^()]{2,60})\)", clean):
        if rng.random() < 0.5 and not re.search(r"[\d۰-۹]", m[1]):
            turned[m.start()], turned[m.end() - 1] = ")", "("
    i = 0
    while i < len(clean):
        c, n, since = clean[i], 1, since + 1
        if clean.startswith("لا", i) and rng.random() < 0.5:
            torn.append("ال")
            sites.append(("lam-alef", i, i + 2))
            n = 2
        elif i in turned:
            torn.append(turned[i])
            sites.append(("bracket", i, i + 1))
        elif c in "یک" and rng.random() < 0.2:
            torn.append({"ی": "ي", "ک": "ك"}[c])
            sites.append(("letter", i, i + 1))
        elif c == ZWNJ and rng.random() < 0.5:
            torn.append(" ")
            sites.append(("zwnj", i, i + 1))
        elif c == " " and since > 900:
            torn.append(f" {folio} ")
            sites.append(("page-number", i, i + 1))
            folio, since = folio + 1, 0
        else:
            torn.append(c)
        i += n
    open(sys.argv[2], "w", encoding="utf-8").write(clean + "\n")
    open(sys.argv[3], "w", encoding="utf-8").write("".join(torn) + "\n")
    open(sys.argv[4], "w").write("".join(
        f"{k} {a} {b}\n" for k, a, b in sites))


main()

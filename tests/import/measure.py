#!/usr/bin/env python3
"""measure.py - recall and precision of `dabir import`.

    measure.py DRAFT LIST CLEAN [ERRATA | SITES]

DRAFT and LIST are what import wrote (without marks), CLEAN is the text as it
should be. A repair is right when the signs of the draft it wrote stand in
CLEAN side by side, at the same place of the text; where ZWNJ, digits or blanks are what it mended, to the last
sign, else with those aside. An erratum is found when its corrected words stand
in the draft, and its torn words no more. SITES are of tear.py: what was torn,
and from where to where in CLEAN; found when these signs stand in the draft.
"""
import difflib
import itertools
import json
import re
import sys

ZWNJ = "\u200c"
FORM = ("zwnj", "digit", "space", "dash", "quote", "list")


def loose(t):
    t = t.replace(ZWNJ, " ").replace("–", "-").replace("…", "...")
    t = re.sub("[«»]", '"', t)
    t = re.sub(r"[\u06f0-\u06f9\u0660-\u0669]", lambda m: str(int(m[0])), t)
    return t


def dense(t):
    """No blanks between letters: errata quote the source's own spacing."""
    t = loose(t)
    ar = r"[\u0620-\u06ff]"
    t = re.sub(rf"(?<={ar})\s+(?={ar})", "", t)
    return re.sub(rf"(?<={ar}) ?- ?(?={ar})", "-", re.sub(r"\s+", " ", t))


def folded(t):
    """t with each run of blanks as one, and the new place of each sign."""
    out, place = [], []
    for c in t:
        place.append(len(out))
        if not c.isspace():
            out.append(c)
        elif not out or out[-1] != " ":
            out.append(" ")
        else:
            place[-1] = len(out) - 1
    return "".join(out), place + [len(out)]


def aligned(draft, clean):
    """For each sign of draft its place in clean, or None: first by words,
    then by signs where words differ."""
    cut = lambda t: [m[0] for m in re.finditer(r"\S+ ?", t)]
    a, b = cut(draft), cut(clean)
    at = lambda v: [0] + list(itertools.accumulate(map(len, v)))
    pa, pb = at(a), at(b)
    to = [None] * (len(draft) + 1)
    m = difflib.SequenceMatcher(None, a, b, False)
    for op, i, i2, j, j2 in m.get_opcodes():
        x, y = draft[pa[i]:pa[i2]], clean[pb[j]:pb[j2]]
        for s, t, n in difflib.SequenceMatcher(
                None, x, y, False).get_matching_blocks():
            for k in range(n):
                to[pa[i] + s + k] = pb[j] + t + k
    return to


class Judge:
    """Whether signs of the draft stand in clean, side by side as here."""
    def __init__(self, draft, clean):
        self.text, self.place = folded(draft)
        self.to = aligned(self.text, folded(clean)[0])

    def right(self, start, end):
        a, b = self.place[start], self.place[end]
        if a == b:                      # something was taken out here
            a, b = max(0, a - 1), min(len(self.text), a + 1)
        run = self.to[a:b]
        return None not in run and all(
            y - x == 1 for x, y in zip(run, run[1:]))


def main():
    raw = open(sys.argv[1], "rb").read()
    draft = raw.decode()
    clean = open(sys.argv[3], encoding="utf-8").read()
    exact = Judge(draft, clean)
    # Loosely: the same number of signs, so that places stay.
    same = {ZWNJ: " ", "–": "-", "«": '"', "»": '"', "…": "~"}
    flat = lambda t: re.sub(r"[\u06f0-\u06f9]", lambda m: str(int(m[0])),
                            "".join(same.get(c, c) for c in t))
    flatly = Judge(flat(draft), flat(clean))
    tally, wrong, doubtful = {}, [], 0
    for line in open(sys.argv[2], encoding="utf-8"):
        place, rule, was, now, span = line.rstrip("\n").split("\t")
        if rule.endswith("?"):
            doubtful += 1
            if "-v" in sys.argv:
                print("#", line.rstrip())
            continue
        a, b = (len(raw[:int(x)].decode()) for x in span.split("-"))
        good = (exact if rule.startswith(FORM) else flatly).right(a, b)
        n = tally.setdefault(rule, [0, 0])
        n[0] += 1
        n[1] += good
        if not good:
            wrong.append(f"{place} {rule}: {json.loads(was)!r} -> "
                         f"{json.loads(now)!r}: …{draft[max(0,a-15):b+15]!r}")
    for rule, (n, good) in sorted(tally.items()):
        print(f"#   {rule:14} {n:5} applied, {good:5} right")
    if "-v" in sys.argv:
        print("\n".join("# " + w for w in wrong))
    n = sum(x[0] for x in tally.values())
    good = sum(x[1] for x in tally.values())
    letters = {k: v for k, v in tally.items() if not k.startswith(FORM)}
    ln = sum(x[0] for x in letters.values())
    lg = sum(x[1] for x in letters.values())
    print(f"precision {good}/{n} = {100 * good / max(n, 1):.1f} %")
    print(f"precision-letters {lg}/{ln} = {100 * lg / max(ln, 1):.1f} %")
    print(f"doubtful {doubtful}")
    if len(sys.argv) > 4 and sys.argv[4].endswith(".sites"):
        there, found, kinds = Judge(clean, draft), 0, {}
        for n, line in enumerate(open(sys.argv[4]), 1):
            kind, a, b = line.split()
            hit = there.right(int(a), int(b))
            k = kinds.setdefault(kind, [0, 0])
            k[0] += 1
            k[1] += hit
            found += hit
            if not hit and "-v" in sys.argv:
                print("# missed", kind, clean[max(0, int(a)-12):int(b)+12])
        for kind, (m, hit) in sorted(kinds.items()):
            print(f"#   {kind:14} {m:5} sites,   {hit:5} found")
        print(f"recall {found}/{n} = {100 * found / n:.1f} %")
    elif len(sys.argv) > 4 and sys.argv[4] != "-v":
        rows = [x.rstrip("\n").split("\t")
                for x in open(sys.argv[4], encoding="utf-8")][1:]
        text, found, kinds = dense(draft), 0, {}
        for no, was, now, kind, *_ in rows:
            was, now = dense(was), dense(now)
            hit = now in text and (was not in text or was in now)
            k = kinds.setdefault(kind, [0, 0])
            k[0] += 1
            k[1] += hit
            found += hit
            if not hit and "-v" in sys.argv:
                print("# missed", no, kind, was, "->", now)
        for kind, (n, hit) in sorted(kinds.items()):
            print(f"#   {kind:14} {n:5} errata,  {hit:5} found")
        print(f"recall {found}/{len(rows)} = {100 * found / len(rows):.1f} %")


main()

#!/usr/bin/env python3
"""Floats of made-up books: each printed once, in its order, not before the
page that names it, never past its section, the text around it on the grid."""
import os
import random
import re
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
WORDS = "این یک جمله برای آزمایش است که چندین واژه دارد و دیگر هیچ".split()


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + note.replace("\n", "\n# ")[:2000])


def words(r, n):
    return " ".join(r.choice(WORDS) for _ in range(n)) + "."


def book(r, sections, dense):
    """Text, and for each float its number and the number of its section."""
    out, owner = "---\nlang: fa\n---\n\n", []
    for s in range(sections):
        level = 1 if s == 0 or r.random() < .4 else 2
        out += f"{'#' * level} بخش{s}س\n\n"
        for _ in range(r.randint(1, 9)):
            out += words(r, r.randint(5, 60)) + "\n\n"
            if r.random() < dense:
                k = len(owner)
                owner.append((s, level))
                out += f"نام{k}ن {words(r, 9)}\n\n"
                rows = "".join(f"| {i} | دو |\n"
                               for i in range(r.choice((1, 2, 2, 4, 7))))
                note = r.random() < .2
                out += (f"| یک | {'دو' + f'[^{k}]' if note else 'دو'} |\n"
                        f"|---|---|\n{rows}\n: شناور{k}ش "
                        f"{{place={r.choice(('top', 'top', 'foot'))}}}\n\n"
                        + (f"[^{k}]: یادداشت{k}ی\n\n" if note else ""))
    return out, owner


def places(dump):
    """Page and height of every marked word; baselines of plain lines."""
    at, lines, page = {}, [], 0
    for line in dump.splitlines():
        if line.startswith("page "):
            page += 1
        m = re.match(r"  text \S+ (\S+) w \S+ \[(\S+).*?\] “(.*)”", line)
        if not m:
            continue
        y, role, text = float(m[1]), m[2], m[3]
        for word in re.findall(r"(?:بخش|نام|شناور|یادداشت)\d+[سنشی]", text):
            at.setdefault(word, []).append((page, y))
        if role == "P" and "یادداشت" not in text:
            lines.append((page, y, text))
    return at, lines


bad, seen, far = [], 0, 0
for seed in range(12):
    r = random.Random(seed)
    text, owner = book(r, 14, seed % 3 * .25 + .3)
    path = os.path.join(tmp, "float.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    done = subprocess.run([dabir, "build", path, "--style",
                           "tests/page/small.yaml", "--dump", "page"],
                          capture_output=True, text=True, timeout=60)
    told = [t for t in done.stderr.splitlines() if "[LAY002]" not in t]
    if done.returncode or told:
        bad.append(f"{seed}: {told[:3]}")
    at, lines = places(done.stdout)
    before = (0, 0)
    levels = [int(len(m)) for m in re.findall(r"^(#+) ", text, re.M)]
    for k, (s, level) in enumerate(owner):
        spot = at.get(f"شناور{k}ش", [])
        name = at[f"نام{k}ن"][0]
        after = next((n for n in range(s + 1, len(levels))
                      if levels[n] <= level), None)
        seen += 1
        if len(spot) != 1:
            bad.append(f"{seed}: float {k} printed {len(spot)} times")
            continue
        if spot[0] < before:
            bad.append(f"{seed}: float {k} before the one before it")
        if spot[0][0] < name[0]:
            bad.append(f"{seed}: float {k} before the page that names it")
        if spot[0] < at[f"بخش{s}س"][0]:
            bad.append(f"{seed}: float {k} above its heading")
        if after is not None and spot[0] > at[f"بخش{after}س"][0]:
            bad.append(f"{seed}: float {k} past its section")
        if note := at.get(f"یادداشت{k}ی"):
            if note[0][0] != spot[0][0]:
                bad.append(f"{seed}: note of float {k} on another page")
        if seed % 3 == 0:
            far = max(far, spot[0][0] - name[0])
        before = spot[0]
    for page, y, line in lines:
        if abs((y - 49.816) / 15 - round((y - 49.816) / 15)) > .01:
            bad.append(f"{seed}: page {page}: off the grid: {line}")
say(f"{seen} floats of 12 books stand where they may", not bad and seen > 200,
    "\n".join(bad[:20]))
say(f"where few, none is further than two pages from its name ({far})", 0 < far <= 2)

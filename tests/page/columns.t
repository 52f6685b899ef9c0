#!/usr/bin/env python3
"""Columns of made-up books: every word in its order, the first column at the
starting side, lines on the grid, nothing outside of its column or over the
notes, columns as level at the end as lines allow, and optimal breaks never
dearer than greedy ones."""
import os
import random
import re
import shutil
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
FA = "این یک جمله برای آزمایش است که چندین واژه دارد و دیگر هیچ".split()
EN = "this is one more line of words that says nothing at all".split()
STYLE = """inherit: ./small.yaml
page: {width: 120mm, height: 130mm}
paragraph: {space-max: 9, space-min: 0.5, runt-demerits: 0}
classes:
  two: {columns: 2, column-gap: 10pt}
  three: {columns: 3, column-gap: 8pt}
  one: {columns: 1}
"""


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + note.replace("\n", "\n# ")[:2000])


class Book:
    """Words are numbered, so that their order can be read off the pages."""

    def __init__(self, seed, lang, plain):
        self.r, self.k, self.lang, self.plain = random.Random(seed), 0, lang, plain
        self.words = FA if lang == "fa" else EN

    def para(self, n):
        self.k += 1
        words = [self.r.choice(self.words) for _ in range(n)]
        return f"ب{self.k}ب " + " ".join(words) + "."

    def block(self, out):
        kind = 0 if self.plain else self.r.random()
        if kind > .92:
            out.append("- " + self.para(6) + "\n- " + self.para(9))
        elif kind > .86:
            out.append("| یک | دو |\n|---|---|\n" + f"| {self.para(2)} | سه |\n" * 1
                       + f"| {self.para(2)} | چهار |")
        elif kind > .8:
            out.append(f"## {self.para(2)}")
        elif kind > .72:
            n = self.k + 1
            out.append(self.para(12) + f"[^{n}] " + self.r.choice(self.words)
                       + f"\n\n[^{n}]: یادداشت{n}ی "
                       + " ".join([self.words[0]] * self.r.choice((3, 30, 60))))
        else:
            out.append(self.para(self.r.randint(3, 70)))

    def text(self):
        out = [f"---\nlang: {self.lang}\n---"]
        for _ in range(5):
            n = self.r.choice(("two", "three", "two"))
            out.append(self.para(self.r.randint(4, 60)))
            out.append(f"::: {n}")
            for i in range(self.r.randint(1, 22)):
                if i and not self.plain and self.r.random() < .05:
                    out.append("::: one\n" + self.para(20) + "\n:::")
                self.block(out)
            out.append(":::")
        return "\n\n".join(out) + "\n"


def read(dump):
    pages = []
    for line in dump.splitlines():
        if line.startswith("page "):
            pages.append([])
        m = re.match(r"  text (\S+) (\S+) w (\S+) \[(\S+).*?\] “(.*)”", line)
        if m and m[4] != "pagination":
            pages[-1].append((float(m[1]), float(m[2]), float(m[3]), m[4], m[5]))
    return pages


def build(text, style, *args):
    path = os.path.join(tmp, "columns.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    done = subprocess.run([dabir, "build", path, "--style", style, "--dump",
                           "page", *args], capture_output=True, text=True,
                          timeout=60)
    told = [t for t in done.stderr.splitlines()
            if not re.search(r"\[LAY0(02|11)\]", t)]
    return done.stdout, told


def judge(seed, book, text, pages, bad):
    number, left, right = 0, 120 * 72 / 25.4, 0
    for page in pages:
        left = min([left] + [x for x, *_ in page])
        right = max([right] + [x + w for x, y, w, *_ in page])
    for i, page in enumerate(pages):
        note = min([y for x, y, w, role, t in page if "یادداشت" in t] + [9999])
        body = [p for p in page if p[1] < note]
        for x, y, w, role, t in body:
            for k in re.findall(r"ب(\d+)ب", t):
                if int(k) != number + 1:
                    bad.append(f"{seed}: {k} after {number} on page {i + 1}")
                number = int(k)
            if role in ("P", "LBody") and \
                    abs((y - 49.816) / 15 - round((y - 49.816) / 15)) > .01:
                bad.append(f"{seed}: off the grid on page {i + 1}: {t}")
        # Lines of one height: in columns, from the starting side on.
        rows = {}
        for x, y, w, role, t in body:
            if role == "P":
                rows.setdefault(y, []).append((x, w))
        for y, row in rows.items():
            want = sorted(row, reverse=book.lang == "fa")
            for (x, w), (u, v) in zip(want, want[1:]):
                if min(x + w, u + v) > max(x, u) - 1:
                    bad.append(f"{seed}: lines touch on page {i + 1} at {y}")
            # The first column's line comes first in the flow.
            if row != want:
                bad.append(f"{seed}: columns out of order on page {i + 1}")
    if number != book.k:
        bad.append(f"{seed}: {number} of {book.k} paragraphs")


shutil.copy("tests/page/small.yaml", tmp)    # a style inherits from its own folder
style = os.path.join(tmp, "columns.yaml")
with open(style, "w", encoding="utf-8") as f:
    f.write(STYLE)

bad, dear, n, saved = [], [], 0, 0
for seed in range(16):
    book = Book(seed, ("fa", "en")[seed % 2], seed % 4 == 0)
    text = book.text()
    dump, told = build(text, style)
    if told:
        bad.append(f"{seed}: {told[:3]}")
    judge(seed, book, text, read(dump), bad)
    cost = [int(re.search(r"cost (\d+)", d)[1]) for d in
            (dump, build(text, style, "--greedy-pages")[0])]
    if cost[0] > cost[1]:
        dear.append(f"{seed}: {cost[0]}, greedy {cost[1]}")
    saved += cost[0] < cost[1]
    n += book.k
say(f"{n} paragraphs of 16 books stand in order in their columns", not bad
    and n > 500, "\n".join(bad[:20]))
say(f"optimal breaks are never dearer than greedy ones ({saved} cheaper)",
    not dear and saved > 4, "\n".join(dear))

# Two lines would be a widow and an orphan: they stay in one column.
for lines, want in ((2, (2, 2)), (9, (5, 4)), (12, (6, 6)), (13, (7, 6))):
    text = "---\nlang: fa\n---\n\n::: two\n" + "\\\n".join(
        f"سطر{i}" for i in range(lines)) + "\n:::\n\nپس از آن.\n"
    dump, told = build(text, style)
    xs = [round(x + w) for x, y, w, role, t in read(dump)[0] if "سطر" in t]
    got = (xs.count(max(xs)), xs.count(min(xs)))
    say(f"{lines} lines stand in columns of {want[0]} and {want[1]}",
        got == want, f"{got}\n{dump}")

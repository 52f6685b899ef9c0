#!/usr/bin/env python3
"""Random edits of a watched book: first phrases that make lines more, or fewer
again; then insert, delete, headings, notes, tables, citations, references,
style, book file. After each, its PDF is a cold
build's, byte for byte, and as much is said."""
import os
import random
import re
import shutil
import subprocess
import threading
import time

DABIR, TMP, TOP = os.environ["DABIR"], os.environ["TMP"], os.getcwd()
PHRASES, EDITS, SEED = 40, 140, 1916
BOOK = os.path.join(TMP, "book")


def put(name, text):
    """Save as editors do: beside it, then renamed."""
    path = os.path.join(BOOK, name)
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def pdf(path):
    with open(path, "rb") as f:
        return f.read()


def edit(blocks, rng, k):
    """One change of the list of blocks; what it was."""
    at = rng.randrange(1, len(blocks))
    kind = rng.choice(["insert", "delete", "word", "heading", "note", "table",
                       "citation", "broken"])
    if kind == "insert":
        blocks.insert(at, f"بند تازهٔ {k} که میان دیگران آمده است. " * 9)
    elif kind == "delete" and len(blocks) > 20:
        del blocks[at]
    elif kind == "heading":
        blocks.insert(at, f"## سرفصل {k} {{#s{k}}}")
    elif kind == "note":
        blocks.insert(at, f"یادداشتی دارد.[^e{k}]\n\n[^e{k}]: متن {k}.")
    elif kind == "table":
        blocks.insert(at, f"| سال | رویداد |\n|---|---|\n| {k} | جنگ |\n\n"
                          f": جدول {{#tbl-e{k}}}")
    elif kind == "citation":
        blocks.insert(at, "چنان که گفته‌اند [@" + rng.choice(
            ["طوغان۱۳۷۵", "طوغان۱۳۸۷", "فریزر۱۳۹۴", "nokey"]) + "].")
    elif kind == "broken":
        blocks.insert(at, "::: {.note\n\n| یک | دو\n\n```")
    else:
        words = blocks[at].split(" ")
        words[rng.randrange(len(words))] = f"واژه{k}"
        blocks[at] = " ".join(words)
    return kind


PHRASE = " و سخنی دراز که چند سطر دیگر می‌سازد تا صفحه جایی نداشته باشد"


def edit_phrase(blocks, rng):
    """A paragraph grows in its first line, or is again as it was."""
    grown = [i for i, b in enumerate(blocks) if PHRASE in b]
    if len(grown) > 3 and rng.random() < 0.7:
        i = rng.choice(grown)
        blocks[i] = blocks[i].replace(PHRASE, "", 1)
        return "phrase"
    i = rng.choice([i for i, b in enumerate(blocks)
                    if b.split("\n")[0].count(" ") > 5 and
                    "\u0600" < b[0] < "\u0700"])
    words = blocks[i].split(" ")
    words[2] += PHRASE * rng.randrange(1, 4)
    blocks[i] = " ".join(words)
    return "phrase"


def edit_bib(bib, k):
    """One change of the list of entries."""
    kind = k // 10 % 5
    if kind == 0:       # is cited, and shifts numbers and order
        bib.append("@book{nokey, author={آبی, الف}, title={کتاب}, year=1380}")
    elif kind == 1:     # one more of this author and year
        bib.append(bib[0].replace("{", "{دوم", 1))
    elif kind == 2:
        bib.append("@book{broken, title={بی‌پایان")
    elif kind == 3:
        bib.pop()
        bib[0] = bib[0].replace("title", "booktitle", 1)
    else:
        bib.insert(0, bib.pop())
    return "bib"


BOOK_FILE = """title: ک{}
lang: fa
manuscript: [text.md]
bibliography: [references.bib]
citations: {}
targets:
  screen: {{style: ./s.yaml, output: b.pdf, standard: ua-1+a-2a, default: true}}
"""
CITATIONS = ["author-date-fa", "numeric-fa", "footnote-fa", "no-such"]


def said(line):
    """What the watch's line says of errors and warnings."""
    return [int(n) for n in re.findall(r"(\d+) (?:error|warning)", line)]


def main():
    rng = random.Random(SEED)
    os.makedirs(BOOK)
    with open(os.path.join(TOP, "manuscript/references.bib"),
              encoding="utf-8") as f:
        bib = ["@" + e for e in f.read().split("\n@")[1:]]
    with open(os.path.join(TOP, "manuscript/basmachi.md"),
              encoding="utf-8") as f:
        blocks = f.read().split("\n\n")[:60]
    style = "inherit: booklet\npage: {{top: {}mm}}\n"
    put("text.md", "\n\n".join(blocks))
    put("s.yaml", style.format(15))
    put("references.bib", "\n".join(bib))
    put("book.yaml", BOOK_FILE.format("", CITATIONS[0]))
    book = os.path.join(BOOK, "book.yaml")
    time.sleep(0.2)     # what was saved just before may be built twice
    watch = subprocess.Popen([DABIR, "watch", book, "-q", "-o", TMP + "/w"],
                             stdout=subprocess.PIPE, text=True,
                             stderr=subprocess.DEVNULL)
    clock = threading.Timer(120, watch.kill)
    clock.start()
    differ, other, last, moved = [], [], None, 0
    watch.stdout.readline()
    for k in range(EDITS):
        if k < PHRASES:
            kind = edit_phrase(blocks, rng)
            put("text.md", "\n\n".join(blocks))
        elif k % 10 == 9:
            kind = "style"
            put("s.yaml", style.format(12 + k % 7))
        elif k % 10 == 6:
            kind = edit_bib(bib, k)
            put("references.bib", "\n".join(bib))
        elif k % 10 == 3:
            kind = "book"
            put("book.yaml", BOOK_FILE.format(k, CITATIONS[k // 10 % 4]))
        else:
            kind = edit(blocks, rng, k)
            put("text.md", "\n\n".join(blocks))
        line = watch.stdout.readline()
        if not line:
            differ.append(f"{k}: the watch ended at {kind}")
            break
        cold = subprocess.run([DABIR, "build", book, "-q", "-o", TMP + "/c"],
                              stderr=subprocess.PIPE, text=True, check=False)
        if said(line) != [cold.stderr.count(f": {level}: ")
                          for level in ("error", "warning")]:
            other.append(f"{k}: {kind}: {line}{cold.stderr}")
        made = pdf(TMP + "/w/b.pdf")
        if made != pdf(TMP + "/c/b.pdf"):
            differ.append(f"{k}: {kind}")
        moved += made != last
        last = made
    clock.cancel()
    watch.terminate()
    watch.wait()
    for text in "\n".join(differ + other).splitlines():
        print("#", text)
    print("not ok" if differ else "ok",
          f"{EDITS} edits: each PDF equals a cold build's")
    print("not ok" if other else "ok", "as much is said as by a cold build")
    print("ok" if moved > EDITS * 0.8 else "not ok", "edits change the PDF")


main()

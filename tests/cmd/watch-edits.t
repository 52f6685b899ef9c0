#!/usr/bin/env python3
"""A hundred random edits of a watched book: insert, delete, headings, notes,
tables, citations, style. After each, its PDF is a cold build's, byte for byte."""
import os
import random
import shutil
import subprocess
import threading
import time

DABIR, TMP, TOP = os.environ["DABIR"], os.environ["TMP"], os.getcwd()
EDITS, SEED = 100, 1916
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


def main():
    rng = random.Random(SEED)
    os.makedirs(BOOK)
    shutil.copy(os.path.join(TOP, "manuscript/references.bib"), BOOK)
    with open(os.path.join(TOP, "manuscript/basmachi.md"),
              encoding="utf-8") as f:
        blocks = f.read().split("\n\n")[:60]
    style = "inherit: booklet\npage: {{top: {}mm}}\n"
    put("text.md", "\n\n".join(blocks))
    put("s.yaml", style.format(15))
    put("book.yaml", "title: ک\nlang: fa\nmanuscript: [text.md]\n"
        "bibliography: [references.bib]\ncitations: author-date-fa\n"
        "targets:\n  screen: {style: ./s.yaml, output: b.pdf, "
        "standard: ua-1+a-2a, default: true}\n")
    book = os.path.join(BOOK, "book.yaml")
    time.sleep(0.2)     # what was saved just before may be built twice
    watch = subprocess.Popen([DABIR, "watch", book, "-q", "-o", TMP + "/w"],
                             stdout=subprocess.PIPE, text=True,
                             stderr=subprocess.DEVNULL)
    clock = threading.Timer(120, watch.kill)
    clock.start()
    differ, last, moved = [], None, 0
    watch.stdout.readline()
    for k in range(EDITS):
        kind = "style" if k % 10 == 9 else edit(blocks, rng, k)
        if kind == "style":
            put("s.yaml", style.format(12 + k % 7))
        else:
            put("text.md", "\n\n".join(blocks))
        if not watch.stdout.readline():
            differ.append(f"{k}: the watch ended at {kind}")
            break
        subprocess.run([DABIR, "build", book, "-q", "-o", TMP + "/c"],
                       stderr=subprocess.DEVNULL, check=False)
        made = pdf(TMP + "/w/b.pdf")
        if made != pdf(TMP + "/c/b.pdf"):
            differ.append(f"{k}: {kind}")
        moved += made != last
        last = made
    clock.cancel()
    watch.terminate()
    watch.wait()
    for said in differ:
        print("#", said)
    print("not ok" if differ else "ok",
          f"{EDITS} edits: each PDF equals a cold build's")
    print("ok" if moved > EDITS * 0.8 else "not ok", "edits change the PDF")


main()

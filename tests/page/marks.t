#!/usr/bin/env python3
"""Every note's number on its page: in a long book of many notes and tables,
on pages with twenty notes (so that numbers of two digits come and go while
pages are found), and for notes called from everywhere."""
import os
import random
import subprocess
import sys

sys.path.insert(0, "tests/page")
sys.dont_write_bytecode = True
import marks    # noqa: E402

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + note.replace("\n", "\n# ")[:2000])


def pages(*args):
    done = subprocess.run([dabir, "build", *args, "--dump", "page"],
                          capture_output=True, text=True, timeout=300)
    return marks.judge(done.stdout.split("\n")), done.stderr


made = subprocess.run([sys.executable, "tests/bench/make_book.py", "2",
                       "manuscript/basmachi.md", os.path.join(tmp, "book"),
                       "rich"], capture_output=True, text=True)
say("a book without two equal paragraphs or tables",
    "0 equal paragraphs, 0 equal tables" in made.stdout, made.stdout
    + made.stderr)
(npages, nnotes, wrong), err = pages(os.path.join(tmp, "book/book.yaml"),
                                     "-t", "plain")
print(f"# {npages} pages, {made.stdout.strip()}")
say("all its notes are printed", nnotes == int(made.stdout.split()[0]), err)
say("and numbered right on every page", not wrong and npages > 60
    and "LAY009" not in err, "\n".join(wrong) + err)

rng = random.Random(20)
words = "این یک جمله نمونه برای آزمایش صفحه است که چند واژه دارد".split()
text, notes = [], []
for p in range(60):
    line = []
    for _ in range(40):
        line.append(rng.choice(words))
        if rng.random() < 0.25:
            n = len(notes)
            line[-1] += f"[^n{n}]"
            notes.append(f"[^n{n}]: {rng.choice(words)} {rng.choice(words)}")
    text.append(" ".join(line) + ".")
path = os.path.join(tmp, "dense.md")
with open(path, "w", encoding="utf-8") as f:
    f.write("---\nlang: fa\n---\n\n" + "\n\n".join(text + notes) + "\n")
(npages, nnotes, wrong), err = pages(path, "--style", "styles/booklet.yaml")
say("twenty notes a page", not wrong and nnotes == len(notes)
    and nnotes > 15 * npages and "LAY009" not in err,
    f"{npages} pages, {nnotes} of {len(notes)}\n" + "\n".join(wrong) + err)

(npages, nnotes, wrong), err = pages("tests/page/called.md", "--style",
                                     "tests/page/small.yaml")
say("notes called from headings, cells, captions, verse, notes",
    not wrong and nnotes == 15 and not err, f"{nnotes}\n{err}"
    + "\n".join(wrong))

#!/usr/bin/env python3
"""What each cost of page breaking is for: with it there is less of what it
counts than without, over a dozen manuscripts made by a fixed seed."""
import os
import random
import re
import shutil
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
# A style inherits from its own folder.
shutil.copy("tests/page/small.yaml", tmp)
words = ("این یک جمله نمونه برای آزمایش صفحه است که چند واژه دارد و باز "
         "ادامه می‌یابد").split()


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    print("# " + str(note))


def text(r, n):
    return " ".join(r.choice(words) for _ in range(n)) + "."


def pages(md, breaks):
    """Of each page its height, and the elements that have lines on it."""
    with open(os.path.join(tmp, "a.md"), "w", encoding="utf-8") as f:
        f.write("---\nlang: fa\n---\n\n" + md + "\n")
    with open(os.path.join(tmp, "s.yaml"), "w", encoding="utf-8") as f:
        f.write(f"inherit: ./small.yaml\nbreaks: {{{breaks}}}\n"
                "classes: {kept: {keep-together: true}}\n")
    out = subprocess.run([dabir, "build", os.path.join(tmp, "a.md"), "--style",
                          os.path.join(tmp, "s.yaml"), "--dump", "page"],
                         capture_output=True, text=True, timeout=60).stdout
    made = []
    for line in out.split("\n"):
        m = re.match(r"page \d+ .*filled ([\d.]+)", line)
        if m:
            made.append((float(m[1]), set(), set()))
        m = re.match(r"  text .*\[(P|Lbl) (\d+)\] “", line)
        if m:
            made[-1][1 if m[1] == "P" else 2].add(int(m[2]))
    return made


def uneven(made):
    """Facing pages: the second with the third, and so on; not the last."""
    h = [p[0] for p in made]
    return sum((h[i] - h[i + 1]) ** 2 for i in range(1, len(h) - 2, 2))


def split(made, wanted):
    return sum(len({e for e in a[1] & b[1] if wanted(e, made)})
               for a, b in zip(made, made[1:]))


def is_note(e, made):
    """Its number is the element before it."""
    return any(e - 1 in p[2] for p in made)


def prose(r):
    return "\n\n".join(text(r, r.randint(8, 60)) if r.random() < .7 else
                       "## " + text(r, 3) for _ in range(14))


def noted(r):
    out, notes = [], []
    for i in range(12):
        out.append(text(r, r.randint(10, 50)) + f"[^{i}]")
        notes.append(f"[^{i}]: " + text(r, r.randint(5, 40)))
    return "\n\n".join(out + notes)


def kept(r):
    return "\n\n".join(("::: kept\n%s\n:::" if i % 2 else "%s")
                       % text(r, r.randint(20, 60)) for i in range(14))


for name, make, low, high, measure in (
        ("uneven pages", prose, "uneven: 0", "uneven: 20000", uneven),
        ("split notes", noted, "split-note: 0", "split-note: 200000",
         lambda made: split(made, is_note)),
        ("split blocks that are to be kept", kept, "keep: 0", "keep: 500000",
         lambda made: split(made, lambda e, _: True))):
    without = wth = 0
    for seed in range(12):
        md = make(random.Random(seed))
        without += measure(pages(md, low))
        wth += measure(pages(md, high))
    say(f"a cost makes {name} fewer", wth < without, f"{without}, then {wth}")

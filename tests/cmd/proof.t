#!/usr/bin/python3
"""dabir build --proof: the lines of the pages as they will be, with numbers,
places and remarks around them. And messages are placed at the line that they
are about, though a paragraph is one line of the manuscript."""
import html
import json
import os
import re
import subprocess

DABIR, TMP = os.environ["DABIR"], os.environ["TMP"]
SIDE, HEAD = 42 * 72 / 25.4, 14 * 72 / 25.4


def ok(what, good, *why):
    print(("ok " if good else "not ok ") + what)
    for line in why if not good else ():
        print("#", str(line)[:300])


def run(*command):
    return subprocess.run(command, text=True, capture_output=True, cwd=TMP)


def words(pdf):
    """(page, x, y, word) of each word; marks of direction dropped."""
    page, out = 0, []
    for line in run("pdftotext", "-bbox", pdf, "-").stdout.splitlines():
        page += "<page " in line
        m = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)".*>(.*)</word>', line)
        if m:
            out.append((page, float(m[1]), float(m[2]), re.sub(
                "[\u061c\u200e\u200f\u202a-\u202e]", "", html.unescape(m[3]))))
    return out


good = "این جمله‌ای است که سطری را پر می‌کند و چیزی نمی‌گوید. " * 60
with open(os.path.join(TMP, "a.md"), "w", encoding="utf-8") as f:
    f.write("---\nlang: fa\ntitle: کتاب\n---\n\n# سرفصل\n\n" + good +
            "این این پایان است.\n\nسه کتاب کتاب خوب.\n")

done = run(DABIR, "build", "a.md")
done = run(DABIR, "build", "a.md", "--proof")
ok("a proof beside the book", done.returncode == 0 and
   os.path.exists(TMP + "/a-proof.pdf") and "a-proof.pdf: " in done.stdout,
   done.stdout, done.stderr)
plain, proof = words("a.pdf"), words("a-proof.pdf")
moved = {(p, round(x + SIDE), round(y + HEAD), w) for p, x, y, w in plain}
there = {(p, round(x + dx), round(y + dy), w) for p, x, y, w in proof
         for dx in (-.4, 0, .4) for dy in (-.4, 0, .4)}
lost = [w for w in moved if w not in there]
ok("all words stand where they will stand", len(moved) > 600 and not lost,
   lost[:5])
margin = [w for w in proof if w[1] > SIDE + 148 * 72 / 25.4]
ok("lines are numbered", {"۱", "۲", "۱۰"} <= {w[3] for w in margin
                                              if w[0] == 1})
ok("with the manuscript's lines", {"6", "8"} <= {w[3] for w in margin},
   sorted({w[3] for w in margin}))
pages = max(w[0] for w in plain)
ok("it says what it is", run("pdftotext", "a-proof.pdf", "-").stdout.count(
    "نمونهٔ بازبینی") == pages)
left = [w for w in proof if w[1] < SIDE and "TXT010" in w[3]]
ok("remarks stand on the page of their line", pages > 1 and len(left) == 2 and
   all(w[0] == pages for w in left), pages, left)
ok("each beside it", len(left) == 2 and left[0][2] < left[1][2], left)
done = subprocess.run(
    ["tests/lib/verapdf.sh", "ua1", TMP + "/a-proof.pdf"], text=True,
    capture_output=True)
ok("veraPDF: PDF/UA-1", done.returncode == 0, done.stdout)

report = json.loads(run(DABIR, "check", "a.md", "--format", "json").stdout)
said = [m for m in report["messages"] if m["code"] == "TXT010"]
ok("check names that page as well", [m["page"] for m in said] ==
   [pages, pages] and said[0]["y"] < said[1]["y"], said)
with open(os.path.join(TMP, "b.md"), "w", encoding="utf-8") as f:
    f.write("---\nlang: fa\n---\n\nاین این آغاز است. " + good + "\n")
report = json.loads(run(DABIR, "check", "b.md", "--format", "json").stdout)
said = [m for m in report["messages"] if m["code"] == "TXT010"]
ok("a paragraph's first line is on its first page",
   [m["page"] for m in said] == [1], said)
done = run(DABIR, "build", "a.md", "-q")
ok("a book without --proof has no margins", re.search(
    r"Page size: +419\.", run("pdfinfo", "a.pdf").stdout))

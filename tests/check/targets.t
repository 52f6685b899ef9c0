#!/usr/bin/env python3
"""What build refuses, check tells: every target that would be built, its
sections, its sheets, its PDF; and what it makes is written nowhere."""
import json
import os
import re
import shutil
import subprocess
import sys

TOP = os.getcwd()
TMP, DABIR = os.environ["TMP"], os.environ["DABIR"]
os.chdir(TMP)
subprocess.run(["/usr/bin/python3", os.path.join(TOP, "tests/page/pictures.py"),
                "."], check=True)


def ok(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note).replace("\n", "\n# "))


def run(*args):
    done = subprocess.run([DABIR, *args], text=True, capture_output=True)
    return done.returncode, done.stderr


def book(*targets, text="# یک {#one .part}\n\nمتن.\n", more=""):
    with open("book.yaml", "w", encoding="utf-8") as f:
        f.write("title: ک\nlang: fa\nmanuscript: [a.md]\n" + more +
                "targets:\n" + "".join(f"  {t}\n" for t in targets))
    with open("a.md", "w", encoding="utf-8") as f:
        f.write(text)


def codes(err):
    return set(re.findall(r"(?:error|warning): .*\[(\w+)\]$", err, re.M))


PDFS = {
    "a profile that is not there":
        ["screen: {style: essay, output: a.pdf, standard: x-4, "
         "profile: none.icc, default: true}"],
    "a bleed that is no length":
        ["screen: {style: essay, output: a.pdf, bleed: wide, default: true}"],
    "marks of an unknown kind":
        ["screen: {style: essay, output: a.pdf, marks: [cross], "
         "default: true}"],
    "the second default target":
        ["one: {style: essay, output: a.pdf, default: true}",
         "two: {style: essay, output: b.pdf, bleed: wide, default: true}"],
    "a sheet too small":
        ["screen: {style: essay, output: a.pdf, default: true}",
         "imposed: {from: screen, output: b.pdf, default: true, "
         "impose: {method: saddle, sheet: A6}}"],
    "sheets of pages that nobody makes":
        ["screen: {style: essay, output: a.pdf, default: true}",
         "imposed: {from: scren, output: b.pdf, default: true}"],
    "sections that are not there":
        ["screen: {style: essay, output: a.pdf, default: true}",
         "parts: {style: essay, output: '{id}.pdf', each: .none, "
         "default: true}"],
}
for name, targets in PDFS.items():
    book(*targets)
    before = set(os.listdir("."))
    status, err = run("check", "book.yaml")
    left = set(os.listdir(".")) - before
    built, said = run("build", "book.yaml")
    for f in set(os.listdir(".")) - before:
        os.remove(f)
    ok(f"{name}: as build says it", codes(said) and
       codes(said) <= codes(err), said + err)
    ok(f"{name}: and as it ends", status == built, (status, built, err))
    ok(f"{name}: nothing is written", not left, left)
book("screen: {style: essay, output: a.pdf, standard: ua-1, default: true}",
     text="# یک\n\n![](photo.jpg)\n")
status, err = run("check", "book.yaml")
ok("a figure without words", status == 1 and "PDF004" in err, err)
book("screen: {style: essay, output: a.pdf, standard: ua-1, default: true}",
     text="# یک\n\n![شرح](photo.jpg)\n")
status, err = run("check", "book.yaml")
ok("and its twin", status == 0 and "PDF004" not in err, err)
shutil.copy("photo.jpg", "cut.jpg")
with open("cut.jpg", "r+b") as f:
    f.truncate(os.path.getsize("cut.jpg") * 2 // 3)
book("screen: {style: essay, output: a.pdf, default: true}",
     text="# یک\n\n![شرح](cut.jpg)\n")
ok("a damaged picture", codes(run("build", "book.yaml")[1]) <=
   codes(run("check", "book.yaml")[1]))

# --- ink --------------------------------------------------------------------------
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TOP, "tests/page"))
import pictures  # noqa: E402
for name, grey in (("dark.png", 0), ("light.png", 200)):
    with open(name, "wb") as f:
        f.write(pictures.png(300, 300, 8, 2, [bytes([grey]) * 900] * 300,
                             11811))
book("press: {style: essay, output: a.pdf, standard: x-4, profile: "
     f"{TOP}/build/icc/FOGRA39L_coated.icc, default: true}}",
     "screen: {style: essay, output: b.pdf}",
     text="# یک\n\n![شرح](light.png)\n\n![شرح](dark.png)\n")
if os.path.exists(f"{TOP}/build/icc/FOGRA39L_coated.icc"):
    status, err = run("check", "book.yaml")
    said = re.findall(r"^a\.md:(\d+):.* error: (\d+)% of ink.*LAY025", err, re.M)
    ok("a picture with more ink than the press takes", len(said) == 1 and
       said[0][0] == "5" and 300 < int(said[0][1]) <= 400, err)
    ok("on a screen it is a picture", "LAY025" not in run("check", "book.yaml",
       "-t", "screen")[1])
else:
    print("skip no profile of a press")

# --- sections -------------------------------------------------------------------
book("screen: {style: essay, output: a.pdf, default: true}",
     "parts: {style: s.yaml, output: 'p/{id}.pdf', each: .part}",
     text="# یک {#one .part}\n\nمتن.\n\n# دو {#two .part}\n\nمتن ، دو.\n")
with open("s.yaml", "w", encoding="utf-8") as f:
    f.write("inherit: essay\ncheck: {page-multiple: 4}\n")
status, err = run("check", "book.yaml", "-t", "parts")
pages = re.findall(r"^a\.md:(\d+):.*\(page (\d+) of (\S+)\) \[LAY021\]", err,
                   re.M)
ok("each section has pages of its own, and each page its file", pages ==
   [("3", "1", "p/one.pdf"), ("7", "1", "p/two.pdf")], err)
status, err = run("check", "book.yaml", "-t", "screen", "-t", "parts")
ok("a style's limits are for its own pages", err.count("LAY021") == 2, err)
out = subprocess.run([DABIR, "check", "book.yaml", "-t", "parts", "--format",
                      "json"], text=True, capture_output=True).stdout
ok("JSON names the file", ["p/one.pdf", "p/two.pdf"] == [
    m["output"] for m in json.loads(out)["messages"]
    if m["code"] == "LAY021"], out)
status, err = run("check", "book.yaml", "-t", "screen")
ok("where there is one file it is not named", " of " not in err, err)
status, err = run("check", "book.yaml", "-t", "part")
ok("an unknown target", status == 2 and "“parts”" in err, err)
with open("a.md", "a", encoding="utf-8") as f:
    f.write("\n<!-- dabir: allow LAY021: جزوه است -->\nپایان.\n")
ok("an excuse for pages that are not looked at is not unused",
   "MAN030" not in run("check", "book.yaml")[1])
ok("but it is where all are", "MAN030" not in run("check", "book.yaml", "-t",
   "screen", "-t", "parts")[1])
with open("s.yaml", "w", encoding="utf-8") as f:
    f.write("inherit: essay\n")
ok("and is told if it is of no use", "MAN030" in run("check", "book.yaml", "-t",
   "screen", "-t", "parts")[1])

#!/usr/bin/env python3
"""What dabir check --baseline tells of an edit, edit by edit: to people, to
machines, in both languages; and what it refuses to compare."""
import json
import os
import re
import shutil
import subprocess

TOP = os.getcwd()
TMP, DABIR = os.environ["TMP"], os.environ["DABIR"]
os.chdir(TMP)
PICTURES = os.path.join(TOP, "tests/page/pictures.py")
subprocess.run(["/usr/bin/python3", PICTURES, "."], check=True)

SENTENCE = "این یک بند آزمایشی است که برای سنجش خط پایه نوشته شده است. "
TEXT = "".join(f"بند {'یک دو سه چهار پنج شش هفت هشت'.split()[i % 8]} "
               f"{'الف ب پ ت'.split()[i // 8]}. " + SENTENCE * 5 + "\n\n"
               for i in range(24))
BOOK = ("# آغاز\n\n" + TEXT + "# پایان\n\nمتن [پیوند](https://a.example/) "
        "و *تأکید*.\n\n![شرح](p.jpg){width=40mm}\n")


def ok(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note)[:3000].replace("\n", "\n# "))


def write(text, name="a.md"):
    with open(name, "w", encoding="utf-8") as f:
        f.write("---\nlang: fa\n---\n\n" + text)


def run(*args, **more):
    done = subprocess.run([DABIR, "check", *args], text=True,
                          capture_output=True, env=dict(os.environ, **more))
    return done.returncode, done.stdout, done.stderr


def table(out):
    return [x.split("\t") for x in out.splitlines()]


shutil.copy("photo.jpg", "p.jpg")
write(BOOK)
status, out, err = run("a.md", "--write-baseline", "l.json")
ok("a baseline", status == 0 and os.path.exists("l.json"), err)
layout = json.load(open("l.json", encoding="utf-8"))
names = [m.rsplit(" ", 1)[0] for m in layout["made_with"]]
ok("made with what it hangs on", {"dabir", "HarfBuzz", "FriBidi", "FreeType",
                                  "ICU", "zlib", "libdeflate"} <= set(names),
   names)
ok("and the hash of each face", layout["fonts"] and all(
    re.fullmatch("[0-9a-f]{64}", v) for v in layout["fonts"].values()))

# --- an edit ---------------------------------------------------------------------
edited = BOOK.replace("بند دو الف. ", "بند دو الف. " + SENTENCE * 20, 1)
write(edited)
status, out, err = run("a.md", "--baseline", "l.json")
rows = table(out)
ok("exit status 0", status == 0, err)
line = edited[:edited.index("# پایان")].count("\n") + 5
ok("pages, old and new", len(rows[0]) == 3 and rows[0][0] == "pages" and
   int(rows[0][2]) > int(rows[0][1]), out)
heading = [r for r in rows if r[0] == "heading"]
ok("a heading that changed page, with its place", len(heading) == 1 and
   heading[0][3] == "پایان" and heading[0][4] == f"a.md:{line}" and
   int(heading[0][2]) > int(heading[0][1]), out)
moved = [r for r in rows if r[0] == "paragraph"]
ok("paragraphs by their words and places", len(moved) > 5 and all(
    r[3] and re.fullmatch(r"a\.md:\d+", r[4]) for r in moved) and any(
    r[3].startswith("بند سه الف.") for r in moved), out)
ok("the edited page", ["page", "1", "edited"] in rows, out)
ok("others changed", any(r[0] == "page" and r[2] == "changed" for r in rows),
   out)
status, out, err = run("a.md", "--baseline", "l.json", "--frozen")
ok("--frozen fails", status == 1 and re.search(
    r"^a\.md:\d+:\d+: error: page \d+ .*LAY027", err, re.M), err)
status, out, err = run("a.md", "--baseline", "l.json", LC_ALL="fa_IR.UTF-8")
ok("the table in Persian", "عنوان\t" in out and "ویرایش‌شده" in out and
   not re.search("[a-z]{4}", out.replace("a.md", "")), out)
status, out, err = run("a.md", "--baseline", "l.json", "--format", "json")
report = json.loads(out)
kinds = {c["kind"] for c in report["changes"]}
ok("JSON has the changes", {"pages", "page", "heading", "paragraph"} <= kinds,
   kinds)
ok("and says each at its line", all(
    any(m["code"] == code and m.get("line") for m in report["messages"])
    for code in ("LAY040", "LAY041", "LAY042", "LAY043")), out)
status, sarif, err = run("a.md", "--baseline", "l.json", "--format", "sarif")
ok("SARIF as notes", any(r["ruleId"] == "LAY043" and r["level"] == "note"
                         for r in json.loads(sarif)["runs"][0]["results"]))
status, out, err = run("a.md", "--baseline", "l.json", "--format", "junit")
ok("JUnit as what was skipped", 'classname="LAY042"' in out and
   "<failure" not in out, out)

# --- lines broken anew, and nothing moved -------------------------------------------
with open("s.yaml", "w", encoding="utf-8") as f:
    f.write("inherit: essay\nparagraph: {space-natural: 1.2}\n")
write(BOOK)
status, out, err = run("a.md", "--baseline", "l.json", "--style", "s.yaml")
ok("lines broken anew, from which on", any(
    r[0] == "lines" and re.fullmatch(r"\d+ from line \d+", r[2])
    for r in table(out)), out)

# --- what is no text ------------------------------------------------------------------
write(BOOK)
last = table(run("a.md", "--baseline", "l.json")[1])
ok("the same book has nothing to tell", not any(
    r[0] in ("page", "pages", "heading", "paragraph", "lines")
    for r in last), last)
write(BOOK.replace("https://a.example/", "https://b.example/"))
status, out, err = run("a.md", "--baseline", "l.json", "--frozen")
ok("another address of a link: its page was edited", status == 0 and
   [r[2] for r in table(out) if r[0] == "page"] == ["edited"], out + err)
write(BOOK)
subprocess.run(["/usr/bin/python3", "-c", "import sys; from PIL import Image, "
                "ImageOps; i = Image.open('photo.jpg'); "
                "ImageOps.mirror(i).save('p.jpg', dpi=i.info.get('dpi'))"])
if open("p.jpg", "rb").read() != open("photo.jpg", "rb").read():
    status, out, err = run("a.md", "--baseline", "l.json", "--frozen")
    ok("another picture of the same size", status == 0 and
       [r[2] for r in table(out) if r[0] == "page"] == ["edited"], out + err)
else:
    print("skip no PIL")
shutil.copy("photo.jpg", "p.jpg")
with open("s.yaml", "w", encoding="utf-8") as f:
    f.write("inherit: essay\nlooks: {emphasis: {colour: '#a00000'}}\n")
status, out, err = run("a.md", "--baseline", "l.json", "--frozen", "--style",
                       "s.yaml")
ok("another colour: a page changed that nobody edited", status == 1 and
   [r[2] for r in table(out) if r[0] == "page"] == ["changed"], out + err)

# --- what can be compared ---------------------------------------------------------------
write(BOOK.replace("*تأکید*", "**تأکید**"))
status, out, err = run("a.md", "--baseline", "l.json")
ok("the first bold word is no reason to refuse", status == 0 and
   any(r[0] == "page" for r in table(out)), err)
write(BOOK)
for key, old, new in (("a library", r"HarfBuzz [\d.]+", "HarfBuzz 0.1"),
                      ("dabir itself", r"dabir [^\"]+", "dabir 0.0.9"),
                      ("a font", r"(Parastoo Regular\": \")....",
                       r"\g<1>0000")):
    text = open("l.json", encoding="utf-8").read()
    with open("o.json", "w", encoding="utf-8") as f:
        f.write(re.sub(old, new, text, count=1))
    status, out, err = run("a.md", "--baseline", "o.json")
    name = new.split("0")[0].strip() if "g<1>" not in new else "Parastoo"
    ok(f"{key}: refused by name", status == 2 and "USE013" in err and
       name in err and not out, err)
before = open("o.json", "rb").read()
run("a.md", "--baseline", "o.json", "--write-baseline", "o.json")
ok("and is not written over", open("o.json", "rb").read() == before)
text = open("l.json", encoding="utf-8").read()
with open("o.json", "w", encoding="utf-8") as f:
    f.write(text.replace('"HarfBuzz', '"Raqm 0.1", "HarfBuzz'))
ok("what it does not hang on any more does not matter",
   run("a.md", "--baseline", "o.json")[0] == 0)

# --- several files ----------------------------------------------------------------------
write("# یک {#one .part}\n\n" + SENTENCE + "\n\n# دو {#two .part}\n\n" +
      SENTENCE + "\n")
with open("book.yaml", "w", encoding="utf-8") as f:
    f.write("lang: fa\nmanuscript: [a.md]\ntargets:\n  parts: {style: essay, "
            "output: '{id}.pdf', each: .part, default: true}\n")
run("book.yaml", "--write-baseline", "b.json")
write("# یک {#one .part}\n\n" + SENTENCE + "\n\n# دو {#two .part}\n\n" +
      SENTENCE * 2 + "\n")
status, out, err = run("book.yaml", "--baseline", "b.json")
ok("each file with its own", out.startswith("two.pdf\npage\t1\tedited\n"),
   out)

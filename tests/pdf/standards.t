#!/usr/bin/python3
"""Which standards a target keeps: those it names, ua-1+a-2a where it names
none, nothing where it says so; and what is said where one cannot be kept."""
import os
import re
import subprocess

import pikepdf

TMP, DABIR = os.environ["TMP"], os.environ["DABIR"]
os.chdir(TMP)


def ok(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note).replace("\n", "\n# "))


def build(text, *targets, head="title: کتاب\n"):
    """(exit status, messages, claims, tagged, title) of a.pdf; without targets
    a.md stands alone."""
    with open("a.md", "w", encoding="utf-8") as f:
        f.write(text)
    with open("book.yaml", "w", encoding="utf-8") as f:
        f.write(head + "lang: fa\nmanuscript: [a.md]\ntargets:\n" +
                "".join(f"  {t}\n" for t in targets))
    if os.path.exists("a.pdf"):
        os.remove("a.pdf")
    done = subprocess.run([DABIR, "build", "book.yaml" if targets else "a.md",
                           "--lang", "en"], text=True, capture_output=True)
    with pikepdf.open("a.pdf") as pdf:
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
        claims = "+".join(
            name for name, mark in (
                ("ua-1", "<pdfuaid:part>1<"),
                ("a-2a", "<pdfaid:conformance>A<"),
                ("a-2u", "<pdfaid:conformance>U<"),
                ("x-4", "<pdfxid:GTS_PDFXVersion>PDF/X-4<"))
            if mark in xmp)
        if "/GTS_PDFXVersion" in pdf.docinfo and "x-4" not in claims:
            claims += str(pdf.docinfo.GTS_PDFXVersion)
        return (done.returncode, done.stderr, claims,
                "/StructTreeRoot" in pdf.Root,
                str(pdf.docinfo.get("/Title", "")))


TARGET = "screen: {style: essay, output: a.pdf, default: true%s}"
LONE = "---\nlang: fa\n---\n\n"

status, said, claims, tagged, title = build(LONE + "# آغاز\n\nمتن.\n")
ok("a lone text is read aloud and lasts", (status, claims, tagged) ==
   (0, "ua-1+a-2a", True), (status, said, claims))
ok("its title is its first heading", title == "آغاز", title)
ok("and nothing is said of that", "PDF0" not in said, said)
title = build(LONE + "متن.\n")[4]
ok("without a heading it is the file's name", title == "a", title)
status, said, claims, tagged, title = build(
    LONE + "# یک\n\n![](pic.png)\n")
ok("a figure without words: a warning, no claim, tagged all the same",
   "PDF004" not in said and "[PDF006]" in said and
   re.search(r"a\.md:7:\d+: warning: .*PDF006", said) is not None and
   (claims, tagged) == ("", True), (said, claims, tagged))

status, said, claims, tagged, title = build("متن.\n", TARGET % "")
ok("a target that names none keeps ua-1+a-2a", (status, claims, tagged) ==
   (0, "ua-1+a-2a", True), (status, said, claims))
for word, want, tags in (("none", "", False), ("ua-1", "ua-1", True),
                         ("a-2u", "a-2u", False),
                         ("[ua-1, a-2a]", "ua-1+a-2a", True),
                         ("x-4", "x-4", False)):
    status, said, claims, tagged, title = build(
        "متن.\n", TARGET % f", standard: {word}")
    ok(f"standard: {word}", (status, claims, tagged) == (0, want, tags),
       (status, said, claims, tagged))

def layout(lang):
    with open("a.md", "w", encoding="utf-8") as f:
        f.write(f"---\nlang: {lang}\n---\n" + "\n\n::: page-break\n:::\n\n"
                .join(["سلام." if lang == "fa" else "Hello."] * 4))
    subprocess.run([DABIR, "build", "a.md", "-q"], capture_output=True)
    with pikepdf.open("a.pdf") as pdf:
        return (str(pdf.Root.get("/PageLayout", "none")),
                str(pdf.Root.ViewerPreferences.get("/Direction", "L2R")))


ok("a left-bound book opens as a spread", layout("en") ==
   ("/TwoPageRight", "L2R"), layout("en"))
ok("a right-bound one does not: pdf.js would turn it round", layout("fa") ==
   ("none", "/R2L"), layout("fa"))

status, said, claims, tagged, title = build(
    "متن.\n", TARGET % ", standard: ua-1+a-2e")
ok("a standard that is not known", status == 1 and claims == "ua-1" and
   re.search(r"book\.yaml:5:71: error: .*“a-2e”.*“a-2[au]”", said)
   is not None, (status, said, claims))
status, said, claims, tagged, title = build(
    "# یک\n\n![](pic.png)\n", TARGET % ", standard: ua-1")
ok("a figure without words where the author asks: an error",
   status == 1 and "[PDF004]" in said and "ua-1" not in claims, said)
status, said, claims, tagged, title = build(
    "متن.\n", TARGET % ", standard: ua-1", head="")
ok("and so is a book without a title", status == 1 and "[PDF004]" in said and
   claims == "", (said, claims))
status, said, claims, tagged, title = build(
    "متن.\n", TARGET % ", password: x")
ok("no file is encrypted", status == 1 and "[PDF007]" in said and
   "STY001" not in said, said)
for key in ("intent: a", "version: 1.5"):
    said = build("متن.\n", TARGET % f", {key}")[1]
    ok(f"{key} is no key", "[STY001]" in said, said)

#!/usr/bin/python3
"""What a target and its style ask of print, as the file has it."""
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib

import pikepdf

TOP = os.getcwd()
TMP, DABIR = os.environ["TMP"], os.environ["DABIR"]
sys.path.insert(0, os.path.join(TOP, "tests/pdf"))
from check_x import Drawn, near  # noqa: E402
from tree_text import Page  # noqa: E402

os.chdir(TMP)
FOGRA39 = os.path.join(TOP, "build/icc/FOGRA39L_coated.icc")
OTHER = "/usr/share/color/icc/ghostscript/default_cmyk.icc"
RED = (204, 0, 0)


def ok(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note).replace("\n", "\n# "))


def chunk(name, data):
    return (struct.pack(">I", len(data)) + name + data +
            struct.pack(">I", zlib.crc32(name + data)))


with open("red.png", "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress((b"\0" + bytes(RED) * 8) * 8)) +
            chunk(b"IEND", b""))


def build(target, style="", title="کتاب", text="متن.\n", env={}):
    """(messages, PDF) of a book whose only target says so."""
    with open("a.md", "w", encoding="utf-8") as f:
        f.write(text)
    with open("s.yaml", "w", encoding="utf-8") as f:
        f.write("inherit: essay\n" + style)
    with open("book.yaml", "w", encoding="utf-8") as f:
        f.write(f"title: {title}\nlang: fa\nmanuscript: [a.md]\ntargets:\n"
                f"  one: {{style: ./s.yaml, output: a.pdf, default: true, "
                f"{target}}}\n")
    done = subprocess.run([DABIR, "build", "book.yaml", "--lang", "en"],
                          text=True, capture_output=True,
                          env=dict(os.environ, SOURCE_DATE_EPOCH="86400")
                          | env)
    return done.stderr, pikepdf.open("a.pdf")


def shown(pdf, n=0):
    """Words of a page outside its bleed box, in the order they are drawn."""
    page = pdf.pages[n]
    data, below = [], False
    maps = {}
    reader = Page(page, maps)
    fonts = page.obj.Resources.Font
    for operands, op in pikepdf.parse_content_stream(page):
        op = str(op)
        if op == "Tf":
            table = maps[fonts[str(operands[0])].objgen]
        elif op == "BT":
            y = 0
        elif op in ("Tm", "Td"):
            y = float(operands[5]) if op == "Tm" else y + float(operands[1])
            below = y < 0
        elif op in ("Tj", "TJ") and below:
            s = b"".join(bytes(x) for x in operands[0]
                         if isinstance(x, pikepdf.String)) \
                if op == "TJ" else bytes(operands[0])
            data.append("".join(table.get(s[i] << 8 | s[i + 1], "?")
                                for i in range(0, len(s), 2)))
    return re.sub("[\u061c\u200e\u200f]", "", " ".join(data)), reader


if not (os.path.exists(FOGRA39) and os.path.exists(OTHER)):
    print("skip the profiles are not installed")
    sys.exit(0)
os.makedirs("icc", exist_ok=True)
shutil.copy(FOGRA39, "icc")
os.makedirs("styles", exist_ok=True)
for name in os.listdir(os.path.join(TOP, "styles")):
    if name.endswith(".yaml"):
        shutil.copy(os.path.join(TOP, "styles", name), "styles")
os.symlink(os.path.join(TOP, "fonts"), "fonts")

# --- the slug line
said, pdf = build("standard: x-4, marks: [slug], slug: J-1204")
words = shown(pdf)[0]
ok("the slug names page, condition, day, the printer's words",
   "۱" in words and "FOGRA39" in words and "1970-01-02" in words and
   "J-1204" in words, words)
long = " ".join(["عنوانی بسیار بلند برای یک کتاب"] * 8)
said, pdf = build("standard: x-4, marks: [slug]", title=long)
words = shown(pdf)[0]
ok("a long title pushes none of that off", "FOGRA39" in words and
   "1970-01-02" in words and "…" in words, words)
boxes = subprocess.run(["pdftotext", "-bbox", "a.pdf", "-"], text=True,
                       capture_output=True).stdout
right = max(float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes))
ok("and stays over the page", right < float(pdf.pages[0].obj.TrimBox[2]),
   right)

# --- folds
said, pdf = build("standard: x-4, marks: [crop, registration, fold]")
page = pdf.pages[0]
trim = [float(v) for v in page.obj.TrimBox]
middle = (trim[1] + trim[3]) / 2
ticks = [m for m in Drawn(page).marks if m.how == "S" and
         near(m.y0, middle) and near(m.y1, middle)]
ok("a fold has a tick on either side", len(ticks) == 2 and
   ticks[0].x1 <= trim[0] and ticks[1].x0 >= trim[2], len(ticks))
ok("registration marks make room", not [m for m in Drawn(page).marks if
                                        m.curves and near((m.y0 + m.y1) / 2,
                                                          middle)])
said, pdf = build("standard: x-4, marks: [fold], folds: 2")
third = [m.y0 for m in Drawn(pdf.pages[0]).marks if m.how == "S"]
trim = [float(v) for v in pdf.pages[0].obj.TrimBox]
ok("two folds make three parts", len(third) == 4 and all(
    min(abs(y - trim[1] - (trim[3] - trim[1]) * k / 3) for k in (1, 2)) < .02
    for y in third), third)
said, pdf = build("standard: x-4, marks: [crop, folds]")
ok("an unknown mark is told with the nearest", re.search(
    r"book\.yaml:5:\d+: error: “marks” knows no “folds”.*“fold”.*STY040",
    said) is not None, said)

# --- a style's choice
def plates(pdf):
    return [m for m in Drawn(pdf.pages[0]).marks if m.plates]


STYLE = "print: {bleed: 4mm, marks: [crop, slug]}\n"
said, pdf = build("standard: x-4", STYLE)
page = pdf.pages[0].obj
bleed = float(page.TrimBox[0]) - float(page.BleedBox[0])
ok("print of the style is for the press", abs(bleed - 11.339) < .01 and
   len(plates(pdf)) == 8, (said, bleed, len(plates(pdf))))
said, pdf = build("standard: ua-1", STYLE)
ok("and not for the screen", "/TrimBox" not in pdf.pages[0].obj and not said,
   said)
said, pdf = build("standard: x-4, bleed: 0mm, marks: false", STYLE)
page = pdf.pages[0].obj
ok("a target has the last word", not plates(pdf) and
   list(page.TrimBox) == list(page.MediaBox), said)

# --- the condition
intent = lambda pdf: pdf.Root.OutputIntents[0]
said, pdf = build("standard: x-4, condition: FOGRA47")
ok("a condition that is not the profile's is told", "[PDF009]" in said and
   str(intent(pdf).OutputConditionIdentifier) == "FOGRA39", said)
said, pdf = build("standard: x-4, condition: FOGRA39")
ok("one that is its is not", "PDF009" not in said and
   str(intent(pdf).OutputConditionIdentifier) == "FOGRA39", said)
said, pdf = build("standard: x-1a, condition: FOGRA47")
ok("X-1a may name one without a profile", "PDF009" not in said and
   "/DestOutputProfile" not in intent(pdf) and
   str(intent(pdf).OutputConditionIdentifier) == "FOGRA47" and
   "/RegistryName" in intent(pdf), said)
check = os.path.join(TOP, "tests/pdf/check_x.py")
done = subprocess.run(["/usr/bin/python3", check, "x1a", "a.pdf"],
                      capture_output=True, text=True)
ok("and keeps its rules", done.returncode == 0, done.stdout)
said, pdf = build(f"standard: x-4, condition: Our press, profile: {OTHER}")
ok("a name of the printer's own stands",
   str(intent(pdf).OutputConditionIdentifier) == "Our press", said)

# --- colours
said, pdf = build("standard: x-4", "looks: {heading-1: {colour: '#cc0000'}}\n",
                  text="# سرخ\n\n![](red.png){alt=سرخ width=20mm}\n")
inks = {tuple(float(v) for v in operands)
        for operands, op in pikepdf.parse_content_stream(pdf.pages[0])
        if str(op) == "k"} - {(0, 0, 0, 1)}
image = next(o for o in pdf.objects if isinstance(o, pikepdf.Stream) and
             o.get("/Subtype") == "/Image")
pixel = bytes(image.read_bytes())[:4]
ok("a style's red is the red of a picture", len(inks) == 1 and all(
    abs(a - b / 255) < .003 for a, b in zip(next(iter(inks)), pixel)),
   (inks, tuple(pixel)))

# --- dates
said, pdf = build("standard: x-4", env={"SOURCE_DATE_EPOCH": ""})
ok("that PDF/X has a date nobody gave is told", "[PDF008]" in said and
   str(pdf.docinfo.CreationDate).startswith("D:20000101"), said)
said, pdf = build("standard: x-4")
ok("that it was given is not", not said, said)
said, pdf = build("standard: ua-1", env={"SOURCE_DATE_EPOCH": "yesterday"})
ok("a date that cannot be read is told", "[USE041]" in said and
   "/CreationDate" not in pdf.docinfo, said)

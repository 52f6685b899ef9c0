#!/usr/bin/python3
"""Handouts of any book: their head, title, terms, and what a teacher's copy
has besides the answers."""
import os
import subprocess
import sys

sys.path.insert(0, "tests/page")
from sheet import Verdicts, dabir, pages, room, write

ok = Verdicts()
here = room("book")
BOOK = """title: کتاب نمونه
lang: fa
manuscript: [it.md]
targets:
  s: {style: handout, each: .lesson, output: "{id}.pdf", standard: ua-1}
  t: {style: handout, each: .lesson, output: "{id}-t.pdf", standard: ua-1, answers: true}
"""


def build(text, *more, book=BOOK):
    write(here, "it.md", text)
    write(here, "book.yaml", book)
    status, _, said = dabir("build", os.path.join(here, "book.yaml"), "-o",
                            here, "-t", "s", "-t", "t", "-q", *more)
    return said


def sheet(name):
    return pages(os.path.join(here, name + ".pdf"))


GLOSSARY = """
::: {.glossary title="واژه‌نامه"}

بار
: سنگینی

شهر
: آبادی بزرگ

:::
"""
LESSON = """# درس نخست {#one .lesson years="۱۳۰۰–۱۳۱۰"}

باران بر شهرها بارید.

بند دوم.

:::: {.question .short par="2 list" lines=2}
چه شد؟

::: {.answer}
باران بارید.
:::
::::
"""

said = build(LESSON + GLOSSARY.replace("title=", "#g title="))
ok("the class that picks sections is known", "MAN006" not in said, said)
one = sheet("one")
ok("a title has its years", one[0].has("درس نخست", "(۱۳۰۰–۱۳۱۰)"),
   one[0].text)
ok("a glossary in the section is not printed beside its terms",
   "".join(p.text for p in one).count("آبادی") == 1 and
   not any(p.has("سنگینی") for p in one), one[0].text)
build(LESSON.replace(" years", " x") + GLOSSARY)
ok("one without years has none", "۱۳۰۰" not in sheet("one")[0].text)
build(LESSON.replace("درس نخست", "درس نخست ۱۳۰۰–۱۳۱۰"))
ok("years that the title has are not doubled",
   sheet("one")[0].text.count("۱۳۰۰") == 1, sheet("one")[0].text)

info = subprocess.run(["pdfinfo", os.path.join(here, "one.pdf")], text=True,
                      capture_output=True).stdout
ok("the PDF is called by its section and the book",
   "درس نخست" in info and "کتاب نمونه" in info, info)

# --- the head ----------------------------------------------------------------

ok("without a course the book's title stands at the head",
   sheet("one")[0].has("کتاب نمونه"))
said = build(LESSON, book="course: تاریخ\n" + BOOK)
ok("a course has its line",
   "STY001" not in said and sheet("one")[0].has("درس: تاریخ"), said)
for style in ("handout", "handout-large", "handout-spaced",
              "handout-vocabulary"):
    build(LESSON, "--style", f"styles/{style}.yaml")
    page = sheet("one")[0]
    top = page.word("نخست")[1]
    blanks = [r for r in page.rules if 40 < r[2] - r[0] < 400 and r[1] < top]
    left, right = page.rules[0][0], max(r[2] for r in page.rules)
    ok(f"{style}: blanks for name, class and date, within the block",
       len(blanks) == 3 and all(left - 1 < r[0] and r[2] < right + 1
                                for r in blanks), blanks)
    ok(f"{style}: on one line, or the name's alone",
       len({r[1] for r in blanks}) in (1, 2) and
       all(b - a > 12 for a, b in zip(*[sorted({r[1] for r in blanks})[i:]
                                        for i in (0, 1)])), blanks)

# --- the teacher's -----------------------------------------------------------

build(LESSON)
one, teacher = sheet("one"), sheet("one-t")
ok("a teacher's copy says so", teacher[0].has("نسخهٔ آموزگار") and
   not one[0].has("آموزگار"))
ok("and where the text has the answer",
   teacher[0].has("بند", "فهرست") and not one[0].has("فهرست"),
   teacher[0].text)
# Beside a column, its numbers: between the two columns, and in the margin.
margin = [w for w in teacher[0].words if w[2] < 66 or
          (288 < w[0] < 308 and w[4] in "۱۲")]
ok("under the numbers that its paragraphs have",
   {"۱", "۲"} <= {w[4] for w in margin} and
   not [w for w in one[0].words if w[2] < 66], margin)
ok("nothing moves for that", set(one[0].words) <= set(teacher[0].words) and
   one[0].rules == teacher[0].rules)

# --- further pages, and what is left of the last -----------------------------

# A lesson of `n` lines, to end anywhere on a page.
def long(n, more=""):
    return LESSON.replace("بند دوم.", "سطر.\\\n" * n + "سطر.") + more


build(long(60))
one, teacher = sheet("one"), sheet("one-t")
ok("further pages name the section, and have room for a name",
   len(one) > 1 and all(p.has("درس نخست", "نام:") and
                        [r for r in p.rules if r[1] < 60] for p in one[1:]) and
   not [r for r in one[0].rules if r[1] < 60], one[-1].text)
ok("a teacher's copy says on each what it is",
   all(p.has("نسخهٔ آموزگار") for p in teacher))

counts = set()
for n in range(1, 80, 2):	# the text stands in two columns
    build(long(n))
    one, teacher = sheet("one"), sheet("one-t")
    last = one[-1]
    top = [w[3] for w in last.words if w[4] == "یادداشت\u200cهای"]
    lines = [r for r in last.rules if top and r[1] > top[0]]
    foot = max([r[1] for r in last.rules] or [0])
    counts.add((len(lines) > 2, len(lines) == 0, foot < 800,
                not lines or foot > 740,
                [p.rules for p in one] == [p.rules for p in teacher]))
ok("what the last page has left is ruled to its foot, three lines or none",
   counts <= {(True, False, True, True, True), (False, True, True, True, True)}
   and len(counts) == 2, counts)

TERMS = "\n::: {.glossary #g}\n\n" + "".join(
    f"واژهٔ{w}\n: معنای {w} این است\n\n" for w in
    ("آب", "بد", "پر", "تر", "جو", "چه", "خم", "دم")) + ":::\n"
lonely = []
for n in range(1, 44):
    build("# درس {#one .lesson}\n\n" + "سطر.\\\n" * n + "آب بد پر تر جو چه خم "
          "دم.\n" + TERMS.replace("واژهٔ", ""))
    for p in sheet("one"):
        if p.text.count("این است") == 1:
            lonely.append(n)
ok("neither the first nor the last term stands alone on a page", not lonely,
   lonely)

build("# درس {#one .lesson}\n\nآب و بد.\n" + TERMS.replace("واژهٔ", ""),
      "--style", "styles/handout-vocabulary.yaml")
p = sheet("one")[0]
ok("a vocabulary sheet has a line for each term",
   p.text.count("جملهٔ من") == 2 and p.text.count("این است") == 2, p.text)

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
margin = [w for w in teacher[0].words if w[2] < 66]
ok("under the numbers that its paragraphs have",
   {"۱", "۲"} <= {w[4] for w in margin} and
   not [w for w in one[0].words if w[2] < 66], margin)
ok("nothing moves for that", set(one[0].words) <= set(teacher[0].words) and
   one[0].rules == teacher[0].rules)

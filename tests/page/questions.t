#!/usr/bin/python3
"""Questions of handouts: nothing the author wrote is lost, each stands whole
on a page, and neither the room nor what moves betrays an answer."""
import os
import subprocess
import sys

sys.path.insert(0, "tests/page")
from sheet import Verdicts, alts, dabir, pages, room, write

ok = Verdicts()
here = room("book")
write(here, "book.yaml", """title: کتاب
lang: fa
manuscript: [it.md]
targets:
  s: {style: handout, each: .part, output: "s.pdf", standard: ua-1}
  t: {style: handout, each: .part, output: "t.pdf", standard: ua-1, answers: true}
""")


def build(text, *more):
    write(here, "it.md", "## بخش {#it .part}\n\nمتن.\n\n" + text)
    status, _, said = dabir("build", os.path.join(here, "book.yaml"), "-o",
                            here, "-t", "s", "-t", "t", "-q", *more)
    return (status, said, pages(os.path.join(here, "s.pdf")),
            pages(os.path.join(here, "t.pdf")))


def question(head, body, answer=None):
    text = f"\n:::: {{.question {head}}}\n{body}\n"
    if answer is not None:
        text += f"\n::: {{.answer}}\n{answer}\n:::\n"
    return text + "::::\n"


# --- nothing is lost ---------------------------------------------------------

status, said, student, teacher = build(
    question(".short", "چرا؟", "یکم‌پاره.\n\nدوم‌پاره.\n\n- سوم‌پاره\n"
             "- چهارم‌پاره") +
    question(".strange", "چه؟", "پنجم‌پاره") +
    question(".match", "جور کنید.", "ششم‌پاره") +
    question(".short lines=abc", "کی؟", "هفتم‌پاره") +
    question(".fill", "یک [دو]{.blank} سه.", "هشتم‌پاره"))
numbers = ["یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم"]
ok("all blocks of an answer stand in the teacher's edition",
   all(any(p.has(w + "\u200cپاره") for p in teacher) for w in numbers), said)
ok("and none of them in the student's, in a fence of questions or not",
   not any("پاره" in p.text for p in student))
ok("where something is amiss, it is told",
   all(f"[MAN06{i}]" in said for i in (0, 1, 3)), said)

table = """جور کنید.

| جایگاه | شخصیت |
|---|---|
| فرغانه | شیرمحمد |
| لوقای | ابراهیم |
| بخارا | عثمان |
"""
_, said, student, _ = build(question(".match", table))
ok("a table to match keeps the names of its columns",
   student[0].has("جایگاه", "شخصیت", "فرغانه", "عثمان"), said)

# --- each whole on a page ----------------------------------------------------

split = []
for filler in range(6, 44, 2):
    _, said, student, _ = build(
        "سطر.\\\n" * filler + "سطر.\n" +
        question(".short lines=5", "سرکوتاه؟", "آری.") +
        question(".match", table.replace("جور کنید", "سرجور")) +
        question(".order", "سرترتیب.\n\n1. دمیک\n2. دمدو\n3. دمسه\n4. دمچار") +
        question(".true-false answer=true", "سردرست.", "آری."))
    for first, last in (("سرجور", "لوقای"), ("سرجور", "فرغانه"),
                        ("سرترتیب", "دمیک"), ("سرترتیب", "دمدو"),
                        ("سرترتیب", "دمسه"), ("سرترتیب", "دمچار"),
                        ("سردرست", "شکل درست")):
        split += [(filler, first, last) for p in student
                  if p.has(first) != p.has(last)]
    for p in student:
        n = len([r for r in p.rules if r[2] - r[0] > 400])
        if p.has("سرکوتاه") and n < 5:
            split.append((filler, "lines", n))
ok("no question is split between pages", not split, *split)
ok("and none runs over the foot", "LAY007" not in said, said)

_, said, student, _ = build(question(".order", "چنین.\n\n" + "".join(
    f"{i}. فقره\n" for i in range(1, 121))))
ok("one that is higher than a page goes on to the next",
   len(student) > 2 and "LAY007" not in said and
   sum(p.text.count("فقره") for p in student) == 120,
   len(student), said)

# --- what the room tells -----------------------------------------------------

_, said, student, teacher = build(
    question(".fill", "الف [۲۰]{.blank} ب [جمهوری دموکراتیک]{.blank} پ.") +
    question(".fill", "ت [نه]{.blank} ث."))
widths = {round(r[2] - r[0]) for p in student for r in p.rules
          if 30 < r[2] - r[0] < 300 and r[1] > 200}
ok("all blanks of a handout have one width", len(widths) == 1, widths)

_, said, student, teacher = build(question(".fill", "الف [" +
                                           "پاسخی دراز " * 16 + "]{.blank} ب."))
margin = student[0].rules[0]
ok("no blank is wider than a line",
   all(r[0] > 60 and r[2] < 535 for p in student + teacher for r in p.rules) and
   "LAY001" not in said, said)
ok("and an answer that is, is told", "[MAN065]" in said, said)

_, said, student, teacher = build(
    question(".true-false answer=true", "سیب است.") +
    question(".true-false answer=false", "انار است.", "نه: " + "سخن دراز " * 30) +
    question(".true-false answer=false", "گیلاس است.", "نه."))
rules = [r[1] for r in student[0].rules if r[2] - r[0] > 300]
heads = [student[0].word(w)[1] for w in ("سیب", "انار", "گیلاس",
                                              "یادداشت")]
counts = [len([y for y in rules if a < y < b])
          for a, b in zip(heads, heads[1:])]
ok("true-or-false questions have as many lines, whatever the answer",
   len(set(counts)) == 1 and counts[0] >= 3, counts)
ok("and a word says what they are for", student[0].text.count("شکل درست") == 3)

_, said, student, teacher = build("".join(
    question(f".short lines={n}", "پرسش\nفرجام", "پاسخ. " * n)
    for n in (1, 2, 3, 4)))
feet = [w[3] for w in student[0].words if w[4] == "فرجام"]
gaps = {round(min(r[1] for r in student[0].rules if r[1] > y) - y)
        for y in feet}
ok("the first rule is as far below every prompt", len(gaps) == 1, gaps)

# --- nothing moves -----------------------------------------------------------

status, said, student, teacher = build(
    question(".short lines=2", "یک؟", "پاسخ یکم.") +
    question(".fill", "الف [دو]{.blank} ب.") +
    question(".true-false answer=false", "سه.", "نه.") +
    question(".match", table) +
    question(".order", "چهار.\n\n1. آ\n2. ب\n3. پ"))
ok("rules stand alike in both editions",
   [p.rules for p in student] == [p.rules for p in teacher])
ok("so do the student's words",
   all(set(a.words) <= set(b.words) for a, b in zip(student, teacher)),
   *(set(student[0].words) - set(teacher[0].words)))
s, t = (alts(os.path.join(here, f)) for f in ("s.pdf", "t.pdf"))
ok("blanks and lines are told to those who do not see them",
   s.count("جای خالی") >= 3 + 1 + 2 + 3 + 3 and
   any("جای نوشتن" in a for a in s), s)
ok("filled ones are not", t.count("جای خالی") < s.count("جای خالی"), t)
done = subprocess.run(["tests/lib/verapdf.sh", "ua1",
                       os.path.join(here, "s.pdf"),
                       os.path.join(here, "t.pdf")], text=True,
                      capture_output=True)
ok("veraPDF finds both to be PDF/UA-1", done.returncode == 0, done.stdout)

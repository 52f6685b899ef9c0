#!/usr/bin/env python3
"""hard.md, the page of hard cases, comes out of poppler and PDFium word for
word as it was written: digits, marks, ZWNJ, brackets and order, but for what
these readers do with every file. That is listed here place by place; any other
difference fails, and so does one that is no longer there."""
import difflib
import os
import re
import subprocess
import unicodedata

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x061C, 0x2060,
                          *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
TURNED = str.maketrans("()[]«»", ")(][»«")
NOTES = {"a": "۱", "b": "۲"}
CITED = {"one": "[۱]", "two": "[۲]"}
LIST = ["[۱] چالیشکان، آرمان (۱۳۹۹). آسیا. تهران: نشر.",
        "[۲] Smith, Ann (1931). Revolt in the Hills. London: Press."]
# What PDFium hands out instead. It turns the words of a left-to-right phrase
# round, and lets a mark slip behind the comma that follows its letter.
PDFIUM = {
    "۲۵°C": "C۲۵°", "(۰۲۱) ۸۸۷۷۶۶۵۵": "۸۸۷۷۶۶۵۵ )۰۲۱(",
    "۰۹۱۲ ۱۲۳ ۴۵۶۷": "۴۵۶۷ ۱۲۳ ۰۹۱۲",
    "C++": "++C", "Amu Darya": "Darya Amu",
    "the Turkestan Autonomous": "Autonomous Turkestan the",
    "Soviet Socialist Republic of nineteen eighteen":
    "eighteen nineteen of Republic Socialist Soviet",
    "مجدداً،": "مجددا،ً",
    "Smith, Ann (1931). Revolt in the Hills. London: Press.":
    ".Press :London .Hills the in Revolt .(1931 )Ann ,Smith",
    "Note one.": "one Note."}
# Poppler puts the space between a note's number and its text before both.
POPPLER = {"۱ نخست": "۱نخست", "۲ دوم.": "۲دوم."}


def words(text):
    return unicodedata.normalize("NFC", text.translate(CONTROLS)).split()


def source():
    with open("tests/pages/hard.md", encoding="utf-8") as f:
        text = f.read().split("---\n", 2)[2]
    notes = re.findall(r"^\[\^(\w)\]: (.*)$", text, re.M)
    text = re.sub(r"^\[\^\w\]: .*$", "", text, flags=re.M)
    text = re.sub(r"\]\[\^", "] [^", text)
    text = re.sub(r"\[\^(\w)\]", lambda m: NOTES[m[1]], text)
    text = re.sub(r"\[@(\w+)\]", lambda m: CITED[m[1]], text)
    text = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", text)
    tail = LIST + [NOTES[n] + " " + t for n, t in notes]
    return words(text + "\n".join([""] + tail))


def judge(reader, turns, want, got):
    text = " ".join(want)
    for there, instead in turns.items():
        if there not in text:
            print("not ok the page has:", there)
        text = text.replace(there, instead)
        print(f"# {reader}:", there, "->", instead)
    want = text.split()
    diff = [(want[a:b], got[c:d]) for tag, a, b, c, d in
            difflib.SequenceMatcher(None, want, got, False).get_opcodes()
            if tag != "equal"]
    print(("not ok " if diff else "ok ") +
          f"{reader}: {len(want)} words as they were written")
    for a, b in diff:
        print("#  ", " ".join(a), "->", " ".join(b))


def main():
    done = subprocess.run([dabir, "build", "tests/pages/hard.md", "-o", tmp,
                           "--style", "tests/pages/hard.yaml"],
                          capture_output=True, text=True)
    clean = done.returncode == 0 and "warning" not in done.stderr
    print(("ok" if clean else "not ok") + " hard.md builds without a warning")
    if done.stderr.strip():
        print("#", done.stderr.replace("\n", "\n# "))
    pdf = os.path.join(tmp, "hard.pdf")
    want = source()
    out = subprocess.run(["pdftotext", pdf, "-"], capture_output=True,
                         text=True).stdout
    judge("poppler", POPPLER, want, words(out))
    run = subprocess.run(["node", "tests/lib/extract.mjs", "pdfium", pdf],
                         capture_output=True, text=True)
    if run.returncode:
        print("not ok PDFium reads it")
        print("#", run.stderr.strip().replace("\n", "\n# "))
        return
    judge("PDFium", PDFIUM, want, words(run.stdout.translate(TURNED)))


main()

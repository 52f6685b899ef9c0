#!/usr/bin/env python3
"""table.py SHARED FOLDER: the table that `make extraction` prints.

FOLDER holds poppler.txt, pdfium.txt, pdfjs.txt, mupdf.txt and structure.txt
(tests/pdf/tree_text.py), and the pages as page.dump. Letters are judged by the source's own checker, those that were
added too: they may be no more than contents, tables, timelines, glossary,
title page, heads and folios hold, so nothing is printed twice. Words are
compared whole, ZWNJ, marks and punctuation included, once bidi controls are
gone, in the order of the source.
"""
import difflib
import pathlib
import re
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ZWNJ = "\u200c"
CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F),
                          *range(0x2066, 0x206A), 0xFEFF])
TURNED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
READERS = [("poppler", True), ("pdfium", True), ("pdfjs", False),
           ("mupdf", False), ("structure", True)]


def words(text):
    text = unicodedata.normalize("NFC", text.translate(CONTROLS))
    return text.replace("\u00a0", " ").split()


def is_mark(c):
    return unicodedata.category(c) == "Mn"


def letters(word):
    return "".join(c for c in word if unicodedata.category(c)[0] in "LN")


def loose(text):
    """Letters and digits alone, in one form."""
    return letters(unicodedata.normalize("NFKC", text))


def reason(want, got):
    """Why a reader's words differ from those they stand for. What the book
    itself has between them (heads, folios) is no fault of the reader."""
    a, b = "".join(want), "".join(got)
    if not got:
        return "stand elsewhere"
    if a == b:
        return "parted or joined by a space"
    if a.replace(ZWNJ, "") == b.replace(ZWNJ, ""):
        return "without ZWNJ"
    if re.sub(r"[\d\u2060]", "", b) == a:
        return "with the mark of a note"
    if a.replace("…", "...") == b:
        return "… comes as three full stops"
    if a.translate(TURNED) == b or a == b.translate(TURNED):
        return "brackets turned round"
    if loose(a) == loose(b):
        return "marks or punctuation at another place"
    if loose(a) in loose(b):
        return "a head, folio or table between"
    if sorted(loose(a)) == sorted(loose(b)):
        return "another order"
    return "other letters"


def source_words(shared):
    out = subprocess.run([sys.executable, shared / "seed/check_words.py",
                          seed(shared), shared / "seed/errata.tsv",
                          "--dump-source"], capture_output=True, text=True)
    return out.stdout


def seed(shared):
    return next(p for p in (shared / "seed").glob("*.txt")
                if re.match(r"\d+_", p.name))


def notes_letters(dump):
    """Letters of the edition's notes, and digits of their marks. A note's
    paragraph is the element that follows its number."""
    n, notes = 0, set()
    for tag, elem, text in re.findall(
            r"(?m)^  text .*\[(\w+) (\d+)\] “(.*)”$", dump):
        n += sum(map(len, re.findall(r"\\u\{2060\}(\d+)", text)))
        if tag == "Lbl" and re.fullmatch(r"\d+", text):
            notes.add(int(elem) + 1)
        elif tag == "P" and int(elem) in notes:
            n += len(loose(re.sub(r"\\u\{[0-9A-F]+\}", "", text)))
    return n


def apart(folder):
    """How many letters the pages print beside the running text."""
    with open(folder / "page.dump", encoding="utf-8") as f:
        dump = f.read()
    lines = re.findall(r"(?m)^  text .*\[(\w+)[^]]*\] “(.*)”$",
                       re.sub(r"\\u\{[0-9A-F]+\}", "", dump))
    n = sum(len(loose(text)) for tag, text in lines
            if tag not in ("P", "BibEntry") and not re.match(r"H\d", tag) and
            not re.fullmatch(r"\d+[.)]", text))
    n += notes_letters(dump)
    book = (HERE.parent.parent / "manuscript/basmachi.md").read_text(
        encoding="utf-8")
    words_ = "فهرست"
    for title, body in re.findall(
            r"(?ms)^::: \{\.glossary[^}]*title=\"(.*?)\"\}(.*?)^:::$", book):
        words_ += title + body
    return n + len(loose(words_))


def coverage(shared, text_file, most):
    """Per cent of the source's letters in order; strict: none missing, and
    at most `most` added."""
    out = subprocess.run([sys.executable, shared / "seed/check_words.py",
                          seed(shared), shared / "seed/errata.tsv", text_file,
                          "--plain", "--strict", "--max-added", str(most),
                          "-n", "40"],
                         capture_output=True, text=True)
    m = re.search(r"coverage: ([\d.]+) %", out.stdout)
    return float(m.group(1)) if m else 0.0, out.returncode == 0, out.stdout


def compare(want, got):
    """[(words of the source, words of the reader)] that differ, and how many
    of the source's words come whole and in order."""
    m = difflib.SequenceMatcher(None, want, got, autojunk=False)
    same, missed = 0, []
    for tag, a, b, c, d in m.get_opcodes():
        if tag == "equal":
            same += b - a
        elif b > a:
            missed.append((want[a:b], got[c:d]))
    return same, missed


def show(words_):
    text = " ".join(words_)
    return text if len(text) < 60 else text[:28] + " [...] " + text[-28:]


def main():
    shared, folder = map(pathlib.Path, sys.argv[1:3])
    clean = shared / "seed/source-clean.txt"
    source = words(clean.read_text(encoding="utf-8") if clean.exists()
                   else source_words(shared))
    zwnj = sum(w.count(ZWNJ) for w in source)
    most = apart(folder)
    failed = False
    rows = []
    for name, strict in READERS:
        path = folder / (name + ".txt")
        if not path.exists():
            print(f"not ok {name} gave nothing")
            failed = True
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if name == "pdfium":
            # It hands out brackets as they are drawn.
            text = text.translate(TURNED)
        flat = folder / (name + ".flat.txt")
        flat.write_text(text.translate(CONTROLS), encoding="utf-8")
        share, exact, said = coverage(shared, flat, most)
        good = exact if strict else share >= 98
        wanted = "all wanted" if strict else "98 wanted"
        print(f"{'ok' if good else 'not ok'} {name}: {share:.3f} % of the "
              f"letters in order ({wanted})")
        if not good:
            failed = True
            for line in said.splitlines():
                if re.match(r"(MISSING|CHANGED|ADDED|FAILED|coverage|"
                            r"  source|  manuscript)", line):
                    print("#  ", line)
        same, missed = compare(source, words(text))
        rows.append((name, share, same, missed))
    print("#")
    print(f"# the article has {len(source)} words with {zwnj} ZWNJ; words "
          "count whole, with ZWNJ, marks")
    print("# and punctuation, in the order of the source, controls of bidi "
          "left out")
    print("#")
    print("# reader     letters in order   words whole and in order")
    for name, share, same, missed in rows:
        print(f"# {name:10} {share:14.3f} % {100 * same / len(source):15.2f}"
              f" %  ({same})")
    for name, share, same, missed in rows:
        print("#")
        kinds = {}
        for a, b in missed:
            kinds.setdefault(reason(a, b), []).append((a, b))
        for why, cases in sorted(kinds.items(), key=lambda x: -len(x[1])):
            n = sum(len(a) for a, _ in cases)
            print(f"# {name}: {n} words: {why}")
            # Of a few each is shown, of many the first.
            for a, b in cases if len(cases) < 6 else cases[:2]:
                print(f"#     «{show(a)}» as «{show(b)}»")
    sys.exit(1 if failed else 0)


main()

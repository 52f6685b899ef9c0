#!/usr/bin/env python3
"""marks.py DUMP: are notes numbered right on every page? Says how many
pages and notes there are, and names the pages where they are not.

On each page the marks in the text, the marks in notes, and the numbers that
hang before the notes are 1, 2, 3 ... in this order, and as many; what is left
of a note from the page before has no number.
"""
import re
import sys

MARK = re.compile(r"\\u\{2060\}([۰-۹]+)")
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def judge(lines):
    """Pages and notes of a dump, and what is wrong with it."""
    pages, page = [], None
    for line in lines:
        if line.startswith("page "):
            page = (line.split("”")[0] + "”", [], [])
            pages.append(page)
        m = re.match(r"\s+text .*?\[(\S+)(?: \d+)?\] “(.*)”$", line)
        if m is None or page is None:
            continue
        if m[1] == "Lbl" and re.fullmatch(r"[۰-۹]{1,2}", m[2]):
            page[2].append(int(m[2].translate(DIGITS)))
        page[1].extend(int(x.translate(DIGITS)) for x in MARK.findall(m[2]))
    wrong = [f"{name}: marks {marks}, notes {notes}"
             for name, marks, notes in pages
             if not sorted(set(marks)) == notes == list(range(1, len(notes) + 1))]
    return len(pages), sum(len(p[2]) for p in pages), wrong


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as f:
        npages, nnotes, wrong = judge(f)
    print(f"{npages} pages, {nnotes} notes, {len(wrong)} pages wrong")
    print("\n".join(wrong[:10]))
    sys.exit(1 if wrong else 0)

#!/usr/bin/env python3
"""prose.py MANUSCRIPT TO.md TO.txt: the running text of a manuscript alone, as
a manuscript and as words, a paragraph a line. What a comparison of word spaces
with other systems must leave out goes: headings, tables, lists, fences, notes,
citations."""
import re
import sys


def paragraphs(text):
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.S)
    # Fences nest, each with more colons than those inside it.
    out, fence = [], 0
    for line in text.splitlines():
        m = re.match(r"(:{3,})(.*)", line)
        if m and fence == 0 and m[2].strip():
            fence = len(m[1])
        elif m and not m[2].strip() and len(m[1]) >= fence:
            fence = 0
        elif fence == 0:
            out.append(line)
    for block in re.split(r"\n\s*\n", "\n".join(out)):
        block = " ".join(block.split())
        if re.match(r"#|\||:|\d+\.|[۰-۹]+\.|[-*] |\[\^|$", block):
            continue
        block = re.sub(r"\s*\[@[^]]*\]|\[\^[^]]*\]", "", block)
        yield re.sub(r"\[([^]]*)\]\{[^}]*\}", r"\1", block)


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        found = list(paragraphs(f.read()))
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("---\nlang: fa\n---\n\n" + "\n\n".join(found) + "\n")
    with open(sys.argv[3], "w", encoding="utf-8") as f:
        f.write("\n".join(found) + "\n")


main()

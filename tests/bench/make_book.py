#!/usr/bin/env python3
"""make_book.py TIMES MANUSCRIPT.md OUT_DIR - a book of TIMES times the length.

Every copy has its own ids, and in every paragraph some words change places
and some digits change, by a fixed seed, so that no two paragraphs of the book
are equal and no cache that outlives a paragraph can help. Writes book.yaml,
text.md and copies references.bib beside them.
"""
import os
import random
import re
import shutil
import sys

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"


def vary(paragraph, rng):
    """Exchange plain words (never markup) and digits outside attributes."""
    words = paragraph.split(" ")
    plain = [i for i, w in enumerate(words)
             if re.fullmatch(r"[\u0621-\u06cc\u200c]+", w)]
    for _ in range(max(2, len(plain) // 6)):
        if len(plain) > 1:
            a, b = rng.sample(plain, 2)
            words[a], words[b] = words[b], words[a]
    text = " ".join(words)
    return re.sub(r"(?<=[۱۲])[۰-۹](?=[۰-۹])",
                  lambda m: rng.choice(PERSIAN), text)


def copy_of(body, k, rng):
    out = []
    for block in body.split("\n\n"):
        # ids and references to them belong to their copy
        block = re.sub(r"#([a-z][\w-]*)", lambda m: f"#{m[1]}-c{k}"
                       if m[1] != "refs" else m[0], block)
        block = re.sub(r"@((?:tbl|fig|sec)-[\w-]+)",
                       lambda m: f"@{m[1]}-c{k}", block)
        block = re.sub(r"\[\^(\w+)\]", lambda m: f"[^{m[1]}c{k}]", block)
        if not re.match(r"[|:#]|\s*:", block):
            block = vary(block, rng)
        out.append(block)
    return "\n\n".join(out)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    times, source, out = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.makedirs(out, exist_ok=True)
    with open(source, encoding="utf-8") as f:
        text = f.read()
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    # the list of references stands once, at the end
    body, refs = body.split("# منابع", 1)
    rng = random.Random(1916)
    parts = [copy_of(body.strip(), k, rng) for k in range(times)]
    with open(os.path.join(out, "text.md"), "w", encoding="utf-8") as f:
        f.write("\n\n".join(parts) + "\n\n# منابع" + refs)
    shutil.copy(os.path.join(os.path.dirname(source), "references.bib"), out)
    with open(os.path.join(out, "book.yaml"), "w", encoding="utf-8") as f:
        f.write("title: کتاب بلند\nlang: fa\nmanuscript: [text.md]\n"
                "bibliography: [references.bib]\n"
                "citations: author-date-fa\ntargets:\n"
                "  screen: {style: booklet, output: book.pdf, "
                "standard: ua-1+a-2a, default: true}\n"
                "  plain: {style: booklet, output: plain.pdf}\n")


if __name__ == "__main__":
    main()

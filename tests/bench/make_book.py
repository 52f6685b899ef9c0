#!/usr/bin/env python3
"""make_book.py TIMES MANUSCRIPT.md OUT_DIR [rich] - TIMES times the length.

Every copy has its own ids, and in every paragraph some words change places
and some digits change, by a fixed seed, so that no two paragraphs of the book
are equal and no cache that outlives a paragraph can help. `rich` adds notes
(some seven a page) and small tables (two in three pages). Writes book.yaml,
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


def enrich(part, k, rng):
    """Notes at the ends of sentences, a small table after some paragraphs."""
    out, notes, n, t = [], [], 0, 0
    for block in part.split("\n\n"):
        if re.match(r"[|:#0-9]|\s*:", block) or len(block) < 200:
            out.append(block)
            continue
        lines = block.split("\n")
        for i, line in enumerate(lines):
            words = line.rstrip(".").split(" ")
            if not line.endswith("."):
                continue
            for _ in range(1 if rng.random() < 0.3 else 2):
                n += 1
                lines[i] += f"[^n{k}x{n}]"
                rng.shuffle(words)
                notes.append(f"[^n{k}x{n}]: {' '.join(words[:9])}.")
        out.append("\n".join(lines))
        if rng.random() < 0.45:
            t += 1
            out.append("| سال | رویداد |\n|---|---|\n" + "\n".join(
                f"| ۱۹{rng.randrange(10, 99)} | {' '.join(words[:6])} |"
                for _ in range(3)) + f"\n\n: جدول {{#tbl-r{k}x{t}}}")
    return "\n\n".join(out + notes)


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    times, source, out = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    rich = len(sys.argv) == 5
    os.makedirs(out, exist_ok=True)
    with open(source, encoding="utf-8") as f:
        text = f.read()
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    # the list of references stands once, at the end
    body, refs = body.split("# منابع", 1)
    rng = random.Random(1916)
    parts = [copy_of(body.strip(), k, rng) for k in range(times)]
    if rich:
        parts = [enrich(p, k, rng) for k, p in enumerate(parts)]
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

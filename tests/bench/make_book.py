#!/usr/bin/env python3
"""make_book.py TIMES MANUSCRIPT.md OUT_DIR [rich] - TIMES times the length.

Every copy has its own ids, and in every paragraph, cell and heading some words
change places and some digits change, by a fixed seed, so that no two
paragraphs and no two tables of the book are equal and no cache that outlives a
paragraph can help. `rich` adds notes and small tables: seven times is a book
of 300 pages with 2,000 notes and 200 tables. Writes book.yaml, text.md and
copies references.bib beside them; says how many of each there are.
"""
import os
import random
import re
import shutil
import sys

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"


def persian(n):
    return str(n).translate(str.maketrans("0123456789", PERSIAN))


def vary(paragraph, rng):
    """Exchange plain words and digits, never markup nor citations."""
    words = paragraph.split(" ")
    plain = [i for i, w in enumerate(words)
             if re.fullmatch(r"[\u0621-\u06cc\u200c]+", w)]
    for _ in range(max(2, len(plain) // 6)):
        if len(plain) > 1:
            a, b = rng.sample(plain, 2)
            words[a], words[b] = words[b], words[a]
    text = " ".join(words)
    return re.sub(r"@\S+|(?<=[۱۲])[۰-۹](?=[۰-۹])",
                  lambda m: rng.choice(PERSIAN) if len(m[0]) == 1 else m[0],
                  text)


def vary_table(block, rng):
    """Words change places inside their cells; digits change."""
    return "\n".join(
        line if re.fullmatch(r"[|:\- ]+", line) else
        "|".join(vary(cell, rng) for cell in line.split("|"))
        for line in block.split("\n"))


def named(block, k):
    """A number that no other copy has at the end of a short text."""
    mark = persian(k + 1)
    if block.startswith("|"):
        head, _, rest = block.partition("\n")
        return re.sub(r"\s*\|\s*$", f" {mark} |", head) + "\n" + rest
    return re.sub(r"(\s*\{[^{}]*\})?\Z", lambda m: f" {mark}{m[0]}", block,
                  count=1)


def fence(block):
    return re.match(r":::|\s*:|\[\^", block) is not None


def text_of(block):
    """What must not come twice: the words, without ids."""
    return re.sub(r"\{[^{}]*\}|\s+", " ", block).strip()


def unequal(block, seen, k, rng):
    """The block, changed until the book has none like it."""
    change = vary_table if block.startswith("|") else vary
    for _ in range(8):
        new = change(block, rng)
        if text_of(new) not in seen:
            break
    else:
        new = named(new, k)
        while text_of(new) in seen:
            new = named(new, len(seen))
    seen.add(text_of(new))
    return new


def copy_of(body, k, rng, seen):
    out = []
    for block in body.split("\n\n"):
        # ids and references to them belong to their copy
        block = re.sub(r"#([a-z][\w-]*)", lambda m: f"#{m[1]}-c{k}"
                       if m[1] != "refs" else m[0], block)
        block = re.sub(r"@((?:tbl|fig|sec)-[\w-]+)",
                       lambda m: f"@{m[1]}-c{k}", block)
        block = re.sub(r"\[\^([\w-]+)\]", lambda m: f"[^{m[1]}c{k}]", block)
        if block.startswith("#"):
            block = named(block, k)
        elif block.strip() and not fence(block):
            block = unequal(block, seen, k, rng)
        out.append(block)
    return "\n\n".join(out)


def enrich(part, k, rng, seen):
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
            for _ in range(rng.choice((1, 2, 2, 2, 3))):
                n += 1
                lines[i] += f"[^n{k}x{n}]"
                rng.shuffle(words)
                notes.append(f"[^n{k}x{n}]: {' '.join(words[:9])}.")
        out.append("\n".join(lines))
        if rng.random() < 0.62:
            t += 1
            table = "| سال | رویداد |\n|---|---|\n" + "\n".join(
                f"| ۱۹{persian(rng.randrange(10, 99))} | {' '.join(words[:6])} |"
                for _ in range(3))
            out.append(unequal(table, seen, k, rng)
                       + f"\n\n: جدول {{#tbl-r{k}x{t}}}")
    return "\n\n".join(out + notes)


def count(text):
    """(notes, tables, equal paragraphs, equal tables) of a manuscript."""
    blocks = [text_of(b) for b in text.split("\n\n") if b.strip()
              and not fence(b)]
    tables = [b for b in blocks if b.startswith("|")]
    plain = [b for b in blocks if not b.startswith("|")]
    return (len(re.findall(r"(?m)^\[\^[\w-]+\]:", text)), len(tables),
            len(plain) - len(set(plain)), len(tables) - len(set(tables)))


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
    body, refs = body.split("::: {#refs}", 1)
    rng = random.Random(1916)
    seen = set()
    parts = [copy_of(body.strip(), k, rng, seen) for k in range(times)]
    if rich:
        parts = [enrich(p, k, rng, seen) for k, p in enumerate(parts)]
    text = "\n\n".join(parts) + "\n\n::: {#refs}" + refs
    with open(os.path.join(out, "text.md"), "w", encoding="utf-8") as f:
        f.write(text)
    shutil.copy(os.path.join(os.path.dirname(source), "references.bib"), out)
    with open(os.path.join(out, "book.yaml"), "w", encoding="utf-8") as f:
        f.write("title: کتاب بلند\nlang: fa\nmanuscript: [text.md]\n"
                "bibliography: [references.bib]\n"
                "citations: author-date-fa\ntargets:\n"
                "  screen: {style: booklet, output: book.pdf, "
                "standard: ua-1+a-2a, default: true}\n"
                "  plain: {style: booklet, output: plain.pdf, "
                "standard: none}\n")
    print("%d notes, %d tables, %d equal paragraphs, %d equal tables"
          % count(text))


if __name__ == "__main__":
    main()

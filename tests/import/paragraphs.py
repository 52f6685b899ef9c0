#!/usr/bin/env python3
"""paragraphs.py MANUSCRIPT DRAFT - which paragraphs of the manuscript begin one
of the draft that was made of its PDF, and which of the draft's begin none.

Prints both shares in percent: those found, those right.
"""
import re
import sys


def words(line):
    line = re.sub(r"<!--.*?-->|\[[^\]]*\]|[*_#>|:{}.]", " ", line)
    return re.sub(r"\s+", " ", line.replace("\u200c", "")).strip()


def starts(text):
    """The first words of each paragraph of prose, four or more."""
    out = []
    for block in re.split(r"\n\s*\n", text):
        line = words(block.split("\n")[0])
        if len(block) > 200 and len(line.split()) > 5 and "|" not in block \
                and not re.match(r"\s*([:>#-]|\d+\.|\[\^)", block):
            out.append(" ".join(line.split()[:4]))
    return out


manuscript, draft = (open(p, encoding="utf-8").read() for p in sys.argv[1:3])
text = words(draft.replace("\n", " "))
begin = {" ".join(words(b.split("\n")[0]).split()[:4])
         for b in re.split(r"\n\s*\n", draft)}
want = [s for s in starts(manuscript) if s in text]
found = [s for s in want if s in begin]
whole = words(manuscript.replace("\n", " "))
own = [s for s in starts(draft) if s in whole]
all_starts = {" ".join(words(line).split()[:4])
              for line in manuscript.split("\n")}
right = [s for s in own if s in all_starts]
print(f"paragraphs {len(found)}/{len(want)} found, {len(right)}/{len(own)} "
      "right")
if "-v" in sys.argv:
    print(*("# lost " + s for s in want if s not in begin), sep="\n")
    print(*("# wrong " + s for s in own if s not in all_starts), sep="\n")
sys.exit(len(found) < .75 * len(want) or len(right) < .85 * len(own) or
         len(want) < 30)
